//! The curves of a cost of one variable over what is looked at.

use super::Session;
use super::cached::Cached;
use crate::landscape::{Curve, CurveOf, Region};
use crate::objective::Objective;

/// What a curve depends on: the version of the cost, what of it, where, and in how many pieces it begins.
type Key = (u64, CurveOf, Region, usize);

/// The curves, each kept under what it depends on.
#[derive(Debug, Default)]
pub(super) struct CurveStages {
    held: [Cached<Key, Curve>; 3],
}

/// The curves that are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Curves<'a> {
    /// f, f′ and f″, as far as they are asked for.
    pub of: [Option<&'a Curve>; 3],
}

/// The curves in the order in which they are kept.
const ALL: [CurveOf; 3] = [CurveOf::Value, CurveOf::Slope, CurveOf::Bend];

impl CurveStages {
    /// Those that are asked for: f always, its derivatives on demand.
    pub fn get(
        &mut self,
        cost: &Objective,
        version: u64,
        region: Region,
        pieces: usize,
        derivatives: [bool; 2],
    ) -> Curves<'_> {
        let mut of = [None; 3];
        let wanted = [true, derivatives[0], derivatives[1]];
        for (place, (slot, cached)) in of.iter_mut().zip(&mut self.held).enumerate() {
            if wanted[place] {
                let key = (version, ALL[place], region, pieces);
                let sampled = |(_, what, region, pieces): &Key| Curve::sample(cost, *what, *region, *pieces);
                *slot = Some(cached.get(key, sampled).0);
            }
        }
        Curves { of }
    }

    /// How often a curve was sampled.
    pub fn made(&self) -> u64 {
        self.held.iter().map(Cached::made).sum()
    }
}

impl Session {
    /// Whether the cost that is shown has one variable alone.
    pub fn is_of_one_variable(&self) -> bool {
        self.objective().is_some_and(Objective::is_of_one_variable)
    }
}
