//! Where an iterate stands in the plot: of two variables at its place in the plane, of one on the curve, over its place on the axis.

use std::cell::RefCell;

use crate::figure::look::curve_trail::CurveTrail;
use crate::landscape::Region;
use crate::objective::{Evaluator, Goal, Objective, Point};

/// The map from iterates to the plot.
#[derive(Debug, Default)]
pub struct Lift(Option<Curve>);

/// What leads from one iterate of a path to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// A line.
    Line,
    /// A line with a tip.
    Arrow,
    /// A line to the place of the next on the axis, and from there up to the curve: what a method that looks for a root does.
    Foot,
    /// Down to the axis, along it, and up to the curve.
    Feet,
}

/// What iterates of one variable are lifted to.
#[derive(Debug)]
struct Curve {
    evaluator: RefCell<Evaluator>,
    goal: Goal,
}

impl Lift {
    /// The map of a cost.
    pub fn of(cost: Option<&Objective>) -> Self {
        let one = cost.filter(|cost| cost.is_of_one_variable());
        Self(one.map(|cost| Curve { evaluator: RefCell::new(cost.evaluator()), goal: cost.goal() }))
    }

    /// Whether iterates stand on a curve.
    pub fn is_on_curve(&self) -> bool {
        self.0.is_some()
    }

    /// What leads from one iterate to the next.
    pub fn link(&self, trail: CurveTrail) -> Link {
        match (&self.0, trail) {
            (None, _) => Link::Line,
            (Some(curve), CurveTrail::Usual | CurveTrail::Cobweb) if curve.goal == Goal::Zero => Link::Foot,
            (Some(_), CurveTrail::Cobweb) => Link::Feet,
            (Some(_), _) => Link::Arrow,
        }
    }

    /// Where an iterate stands.
    pub fn place(&self, at: Point) -> [f64; 2] {
        match &self.0 {
            None => at.into(),
            Some(curve) => {
                // Nothing evaluates it while it is evaluated.
                let value =
                    curve.evaluator.try_borrow_mut().map_or(f64::NAN, |mut f| f.value(Point::new(at.x, 0.0)));
                [at.x, value]
            }
        }
    }

    /// Where the start of the runs is taken hold of: on the axis, or on the edge that is nearest to it.
    pub fn start(&self, start: [f64; 2], seen: Region) -> [f64; 2] {
        if self.is_on_curve() { [start[0], axis(seen)] } else { start }
    }
}

/// The height of the horizontal axis in what is seen, or of the edge that is nearest to it.
pub fn axis(seen: Region) -> f64 {
    0.0_f64.max(seen.y[0]).min(seen.y[1])
}
