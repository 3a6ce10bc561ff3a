//! The difference quotient of a cost of one variable, beside its derivative.
//!
//! ```text
//! forward: (f(x+Δx) − f(x))/Δx     central: (f(x+Δx) − f(x−Δx))/2Δx
//! ```
//!
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, equations (8.1) and (8.7).

use serde::{Deserialize, Serialize};

use crate::objective::{Objective, Point};

/// Which quotient is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuotientKind {
    /// None.
    #[default]
    None,
    /// From here to one Δx further.
    Forward,
    /// From one Δx before to one further.
    Central,
}

impl QuotientKind {
    /// Every kind, that of none first.
    pub const ALL: [Self; 3] = [Self::None, Self::Forward, Self::Central];

    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Forward => "forward",
            Self::Central => "central",
        }
    }
}

/// A quotient at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quotient {
    /// The two points of the curve.
    pub ends: [[f64; 2]; 2],
    /// The slope of the line through them.
    pub slope: f64,
    /// That of the tangent.
    pub exact: f64,
}

impl Quotient {
    /// The quotient of a cost at x; nothing where it is not defined, or none is asked for.
    pub fn of(cost: &Objective, kind: QuotientKind, x: f64, step: f64) -> Option<Self> {
        let from = match kind {
            QuotientKind::None => return None,
            QuotientKind::Forward => x,
            QuotientKind::Central => x - step,
        };
        let mut evaluator = cost.evaluator();
        let ends = [from, x + step].map(|at| [at, evaluator.value(Point::new(at, 0.0))]);
        let slope = (ends[1][1] - ends[0][1]) / (ends[1][0] - ends[0][0]);
        let exact = evaluator.exact_first_order(Point::new(x, 0.0)).gradient.x;
        slope.is_finite().then_some(Self { ends, slope, exact })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;
    use crate::objective::{Derivatives, Goal};

    #[test]
    fn the_error_of_the_forward_quotient_halves_with_the_step_and_that_of_the_central_one_quarters() {
        let tape = Expression::parse("exp(x)").unwrap().compile(["x", ""], &[]).unwrap();
        let cost = Objective::new(tape, Goal::Minimize, Derivatives::Exact).in_one_variable();
        let off = |kind, step| {
            let Quotient { slope, exact, .. } = Quotient::of(&cost, kind, 1.0, step).unwrap();
            (slope - exact).abs()
        };
        for (kind, order) in [(QuotientKind::Forward, 2.0), (QuotientKind::Central, 4.0)] {
            let ratio = off(kind, 1e-3) / off(kind, 5e-4);
            assert!((ratio - order).abs() < 0.01, "{kind:?}: {ratio}");
        }
        for kind in [QuotientKind::Forward, QuotientKind::Central] {
            for step in [f64::NAN, 0.0, f64::INFINITY] {
                assert_eq!(Quotient::of(&cost, kind, 1.0, step), None);
            }
        }
        assert_eq!(Quotient::of(&cost, QuotientKind::None, 1.0, 0.1), None);
    }
}
