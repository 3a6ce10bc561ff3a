//! The constraints over a part of the plane: g at the nodes of a grid, and the curve g = level.

use super::cached::Cached;
use super::surface::Detail;
use super::{ConstraintsKey, Good};
use crate::landscape::{Field, Isoline, Region, Walk, isolines_of, parallel_gradients};
use crate::objective::{Constraint, MAX_CONSTRAINTS};

/// What a field of g depends on: its formula, the letters with their values, the region, and the nodes along x and y.
type FieldKey = (String, [String; 2], Vec<(String, f64)>, Region, [usize; 2]);

/// Nodes a side on which it is told where gradients are parallel.
const PARALLEL_NODES: usize = 161;

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
    /// Where ∇J and ∇g are parallel, if that was asked for, and a number that changes whenever these lines do.
    pub parallel: (&'s [Isoline], u64),
}

/// The stages of both, each kept under what it depends on: a level that is dragged samples nothing again.
#[derive(Debug, Default)]
pub(super) struct Boundaries {
    stages: [Stages; MAX_CONSTRAINTS],
    /// The curves to be walked along, by their lines and the version of the cost.
    walks: [Cached<[u64; 2], Walk>; MAX_CONSTRAINTS],
}

/// Those of one constraint.
#[derive(Debug, Default)]
struct Stages {
    field: Cached<FieldKey, Field>,
    /// By the field and the level.
    lines: Cached<(u64, u64), Vec<Isoline>>,
    /// By what a field of g depends on, and the version of the cost.
    parallel: Cached<(FieldKey, u64), Vec<Isoline>>,
}

/// So finely are curves followed that are walked along.
const WALKED: Detail = Detail { nodes: [257, 257], isoline_points: 0, work: 100_000_000, grows: false };

impl Boundaries {
    /// The boundaries of a problem over `region`, as finely as asked for; with where gradients are parallel, if that is.
    pub(super) fn get<'s>(
        &'s mut self,
        good: &'s Good,
        region: Region,
        detail: Detail,
        has_parallel: bool,
    ) -> Vec<Boundary<'s>> {
        let each = self.stages.iter_mut().zip(0..good.problem.constraints.len());
        let boundary =
            |(stages, place): (&'s mut Stages, usize)| stages.get(good, place, region, detail, has_parallel);
        each.filter_map(boundary).collect()
    }

    /// The curve of one constraint over `region`, to be walked along.
    pub(super) fn walk(&mut self, good: &Good, region: Region, constraint: usize) -> Option<&Walk> {
        let stages = self.stages.get_mut(constraint)?;
        let Boundary { lines, version, .. } = stages.get(good, constraint, region, WALKED, false)?;
        let key = [version, good.of_cost];
        Some(self.walks.get_mut(constraint)?.get(key, |_| Walk::of(&good.problem.cost, lines)).0)
    }
}

impl Stages {
    fn get<'s>(
        &'s mut self,
        good: &'s Good,
        place: usize,
        region: Region,
        detail: Detail,
        has_parallel: bool,
    ) -> Option<Boundary<'s>> {
        let (variables, constants, choices): &ConstraintsKey = &good.constraints;
        let (constraint, formula) = (good.problem.constraints.get(place)?, &choices.get(place)?.formula);
        let key = |nodes: [usize; 2]| (formula.clone(), variables.clone(), constants.clone(), region, nodes);
        let g = &constraint.function;
        let (field, version) = self
            .field
            .get(key(detail.nodes_at_once(g)), |(.., [columns, rows])| Field::of(g, region, *columns, *rows));
        let (lines, version) = self
            .lines
            .get((version, constraint.level.to_bits()), |_| isolines_of(g, field, &[constraint.level]));
        let parallel = has_parallel.then(|| {
            let nodes = PARALLEL_NODES;
            self.parallel.get((key([nodes; 2]), good.of_cost), |_| {
                parallel_gradients(&good.problem.cost, g, region, nodes)
            })
        });
        let parallel = parallel.map_or((&[][..], 0), |(lines, version)| (lines.as_slice(), version));
        Some(Boundary { constraint, field, lines, version, parallel })
    }
}
