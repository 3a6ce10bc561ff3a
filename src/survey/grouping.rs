//! Which ends of runs are one optimum.
//!
//! Convention. An end is polished to the minimum that lies downhill of it. Two of these are one where they agree to
//! 1e-6 max(1, ‖θ‖). Where polishing comes to nothing, as on the floor of a flat valley or on a constraint, two ends are one within
//! 1e-3 of the way from start to end.

use super::crowd::Polished;
use crate::objective::Point;
use crate::optimizer::{End, OutcomeKind};

/// How far apart two polished ends may be and be one, beside their distance to the origin.
const ONE: f64 = 1e-6;
/// How far apart two others may be, beside the way from start to end.
const ONE_OF_THE_WAY: f64 = 1e-3;

/// An optimum, as far as it has been come upon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Group {
    /// Where it is.
    pub at: Point,
    /// J there.
    pub value: f64,
    /// How near to it others are the same one.
    reach: f64,
}

/// The optima that were come upon.
#[derive(Debug, Default)]
pub(super) struct Grouping {
    pub groups: Vec<Group>,
    /// The one that was reached last: from a start beside, one mostly reaches the same.
    last: usize,
}

impl Grouping {
    /// The place of the optimum that a run reached; nothing where it reached none, or there are as many as are told apart.
    pub fn place_of(
        &mut self,
        start: Point,
        end: &End,
        polished: Option<Polished>,
        sign: f64,
    ) -> Option<usize> {
        if end.kind != OutcomeKind::Converged {
            return None;
        }
        let group = match polished {
            Some((at, value)) => Group { at, value: sign * value, reach: ONE * at.norm().max(1.0) },
            None => Group { at: end.at, value: end.value, reach: ONE_OF_THE_WAY * (end.at - start).norm() },
        };
        let is_same = |known: &Group| (known.at - group.at).norm() <= known.reach.max(group.reach);
        if !self.groups.get(self.last).is_some_and(is_same) {
            self.last = match self.groups.iter().position(is_same) {
                Some(place) => place,
                None if self.groups.len() < super::MOST_OPTIMA => {
                    self.groups.push(group);
                    self.groups.len() - 1
                }
                None => return None,
            };
        }
        Some(self.last)
    }
}
