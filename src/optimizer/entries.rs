//! What is recorded at each iterate beside the point itself.

use super::Oracle;
use crate::expr::NO_VARIABLE;
use crate::objective::{Evaluations, FirstOrder, Point};

/// A list that only some methods have.
#[derive(Clone, PartialEq, Debug)]
pub struct Column {
    /// What it holds.
    pub spec: &'static ColumnSpec,
    /// A point for each point of the path.
    pub entries: Vec<Point>,
}

/// What a list holds that only some methods have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ColumnSpec {
    /// Its name in JSON.
    pub id: &'static str,
    /// What its coordinates are called in tables, with the name of the variable behind it.
    pub prefix: &'static str,
    /// The same where there is little room.
    pub short_prefix: &'static str,
    /// What a coordinate is, after the name of the variable.
    pub meaning: &'static str,
    /// What its entries are.
    pub kind: ColumnKind,
}

/// What the two numbers of an entry are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColumnKind {
    /// One for each variable.
    PerVariable,
    /// One for each constraint.
    PerConstraint,
    /// The first one is all.
    One,
}

impl ColumnSpec {
    /// What each number of an entry belongs to: a variable, a constraint by its number, or nothing where there is but one.
    pub fn owners(&self, variables: [&str; 2], constraints: usize) -> Vec<String> {
        match self.kind {
            ColumnKind::PerVariable => {
                let there = variables.into_iter().filter(|variable| *variable != NO_VARIABLE);
                there.map(str::to_owned).collect()
            }
            ColumnKind::PerConstraint => (1..=constraints).map(|number| number.to_string()).collect(),
            ColumnKind::One => vec![String::new()],
        }
    }

    /// How many numbers an entry has.
    pub fn width(&self, variables: usize, constraints: usize) -> usize {
        match self.kind {
            ColumnKind::PerVariable => variables,
            ColumnKind::PerConstraint => constraints,
            ColumnKind::One => 1,
        }
    }
}

/// λ, the lecture's multipliers of the cost as it is typed.
pub(super) const MULTIPLIERS: ColumnSpec = ColumnSpec {
    id: "multipliers",
    prefix: "multiplier",
    short_prefix: "λ",
    meaning: "multiplier λ of the constraint, which the next step uses",
    kind: ColumnKind::PerConstraint,
};
/// g.
pub(super) const CONSTRAINT_VALUES: ColumnSpec = ColumnSpec {
    id: "constraint_values",
    prefix: "constraint",
    short_prefix: "g",
    meaning: "value g of the constraint",
    kind: ColumnKind::PerConstraint,
};
/// The norm of ∇f − Σ λ ∇g.
const KKT_RESIDUALS: ColumnSpec = ColumnSpec {
    id: "kkt_residuals",
    prefix: "kkt_residual",
    short_prefix: "‖∇f−λ∇g‖",
    meaning: "norm of ∇f − Σ λ∇g, which vanishes at a solution",
    kind: ColumnKind::One,
};
/// What is recorded of a run with constraints, after what its method has.
pub(super) const OF_CONSTRAINTS: [&ColumnSpec; 3] = [&MULTIPLIERS, &CONSTRAINT_VALUES, &KKT_RESIDUALS];

/// Lists with an entry for each of some iterates.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub values: Vec<f64>,
    pub gradients: Vec<Point>,
    pub columns: Vec<Column>,
    /// What had been evaluated, where steps do not all take as much.
    pub evaluated: Vec<Evaluations>,
}

impl Record {
    /// Lists of nothing, with these columns.
    pub fn new(columns: &[&'static ColumnSpec]) -> Self {
        let columns = columns.iter().map(|spec| Column { spec, entries: Vec::new() }).collect();
        Self { values: Vec::new(), gradients: Vec::new(), columns, evaluated: Vec::new() }
    }

    /// Adds the entries of an iterate, but for those of the columns.
    #[inline(always)]
    pub fn push(&mut self, oracle: &Oracle, at: Point, here: FirstOrder) {
        let FirstOrder { value, gradient } = oracle.told(at, here);
        self.values.push(oracle.sign() * value);
        self.gradients.push(oracle.sign() * gradient);
    }

    /// Adds what is recorded of constraints.
    pub fn push_constraints(&mut self, oracle: &Oracle) {
        let Some(constrained) = oracle.constrained() else { return };
        let entries = [
            // A zero has no sign worth printing.
            oracle.sign() * Point::from(constrained.multipliers()) + Point::zeros(),
            Point::from(constrained.standing().values),
            Point::new(constrained.distance().residual, 0.0),
        ];
        let own = self.columns_of_method(oracle).len();
        for (column, entry) in self.columns[own..].iter_mut().zip(entries) {
            column.entries.push(entry);
        }
    }

    /// The columns that the method fills: those of constraints stand behind them.
    pub fn columns_of_method(&mut self, oracle: &Oracle) -> &mut [Column] {
        let others = if oracle.constrained().is_some() { OF_CONSTRAINTS.len() } else { 0 };
        let own = self.columns.len() - others;
        &mut self.columns[..own]
    }

    /// Makes room for so many entries.
    pub fn reserve(&mut self, entries: usize) {
        self.values.reserve_exact(entries);
        self.gradients.reserve_exact(entries);
        for column in &mut self.columns {
            column.entries.reserve_exact(entries);
        }
    }
}
