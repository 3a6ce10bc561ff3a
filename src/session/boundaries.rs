//! The constraints over a part of the plane: g at the nodes of a grid, and the curve g = level.

use super::cached::Cached;
use super::surface::Detail;
use super::{ConstraintsKey, Good};
use crate::landscape::{Field, Isoline, Region, isolines_of};
use crate::objective::{Constraint, MAX_CONSTRAINTS};

/// What a field of g depends on: its formula, the letters with their values, the region, and the nodes along x and y.
type FieldKey = (String, [String; 2], Vec<(String, f64)>, Region, [usize; 2]);

/// A constraint as it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Boundary<'s> {
    /// What it says.
    pub constraint: &'s Constraint,
    /// g over what is looked at.
    pub field: &'s Field,
    /// Where g has the level.
    pub lines: &'s [Isoline],
    /// A number that changes whenever the lines do.
    pub version: u64,
}

/// The stages of both, each kept under what it depends on: a level that is dragged samples nothing again.
#[derive(Debug, Default)]
pub(super) struct Boundaries {
    stages: [Stages; MAX_CONSTRAINTS],
}

/// Those of one constraint.
#[derive(Debug, Default)]
struct Stages {
    field: Cached<FieldKey, Field>,
    /// By the field and the level.
    lines: Cached<(u64, u64), Vec<Isoline>>,
}

impl Boundaries {
    /// The boundaries of a problem over `region`, as finely as asked for.
    pub(super) fn get<'s>(&'s mut self, good: &'s Good, region: Region, detail: Detail) -> Vec<Boundary<'s>> {
        let (variables, constants, choices): &ConstraintsKey = &good.constraints;
        let mut boundaries = Vec::new();
        let each = self.stages.iter_mut().zip(&good.problem.constraints).zip(choices);
        for ((Stages { field, lines }, constraint), choice) in each {
            let nodes = detail.nodes_at_once(&constraint.function);
            let key = (choice.formula.clone(), variables.clone(), constants.clone(), region, nodes);
            let (field, version) = field
                .get(key, |(.., [columns, rows])| Field::of(&constraint.function, region, *columns, *rows));
            let (lines, version) = lines.get((version, constraint.level.to_bits()), |_| {
                isolines_of(&constraint.function, field, &[constraint.level])
            });
            boundaries.push(Boundary { constraint, field, lines, version });
        }
        boundaries
    }
}
