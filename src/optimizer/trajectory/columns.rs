//! What is recorded beside point, value and gradient: by the method, and of constraints.

use super::{CHUNK, Trajectory};
use crate::objective::{Point, Problem};
use crate::optimizer::entries::{CONSTRAINT_VALUES, Column, ColumnSpec, MULTIPLIERS, Record};
use crate::optimizer::{Plan, Treatment, TreatmentSettings};

impl Trajectory {
    /// What is recorded beside point, value and gradient.
    pub fn columns(&self) -> &[&'static ColumnSpec] {
        &self.columns
    }

    /// How the run meets its constraints; nothing where there are none.
    pub fn treatment(&self) -> Option<TreatmentSettings> {
        treatment_of(&self.problem, &self.plan)
    }

    /// The numbers that stand at an entry in the columns.
    pub fn more(&self, entry: usize) -> Vec<f64> {
        let (variables, constraints) = (self.variables(), self.constraints());
        let of = |record: &Record| {
            let numbers = |column: &Column| {
                let entry = column.entries.get(entry % CHUNK)?;
                Some(
                    entry
                        .iter()
                        .copied()
                        .take(column.spec.width(variables, constraints))
                        .collect::<Vec<f64>>(),
                )
            };
            record.columns.iter().filter_map(numbers).flatten().collect()
        };
        self.with_record(entry / CHUNK, of).unwrap_or_default()
    }

    /// The place of a column among its columns.
    pub fn column_of(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|spec| spec.id == id)
    }

    /// The largest violation of a constraint at each point; nothing where there are no constraints.
    pub fn violations(&self) -> Option<impl Iterator<Item = f64> + '_> {
        let column = self.column_of(CONSTRAINT_VALUES.id)?;
        Some(self.column(column).map(|values| self.violation_of(values)))
    }

    /// The largest violation at an entry.
    pub fn violation(&self, entry: usize) -> Option<f64> {
        self.numbers_of(CONSTRAINT_VALUES.id, entry).map(|values| self.violation_of(values))
    }

    /// λ of each constraint as the step after an entry uses it; nothing where there are no constraints.
    pub fn multipliers(&self, entry: usize) -> Option<Point> {
        self.numbers_of(MULTIPLIERS.id, entry)
    }

    /// What stands at an entry in a column.
    fn numbers_of(&self, id: &str, entry: usize) -> Option<Point> {
        let column = self.column_of(id)?;
        self.with_record(entry / CHUNK, |record| {
            record.columns.get(column)?.entries.get(entry % CHUNK).copied()
        })?
    }

    fn violation_of(&self, values: Point) -> f64 {
        let each = self.problem.constraints.iter().zip(values.iter());
        let violations = each.map(|(one, value)| one.relation.violation(value - one.level).abs());
        violations.fold(0.0, f64::max)
    }

    /// How many constraints it is subject to.
    pub fn constraints(&self) -> usize {
        self.problem.constraints.len()
    }
}

/// How a run meets its constraints, where there are any.
pub(super) fn treatment_of(problem: &Problem, plan: &Plan) -> Option<TreatmentSettings> {
    match plan.treatment {
        Treatment::Constrained(settings) if !problem.constraints.is_empty() => Some(settings),
        Treatment::Constrained(_) | Treatment::Plain => None,
    }
}
