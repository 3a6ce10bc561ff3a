//! Newton's method for roots of a function of one variable.
//!
//! ```text
//! θ ← θ − α f(θ)/f′(θ)
//! ```
//!
//! Source: Süli & Mayers, *An Introduction to Numerical Analysis*, 2003, definition 1.6. With α = 1 the step leads to where the
//! tangent meets the axis. Convention: at f = 0 nothing moves; a tangent that never meets the axis, f′ = 0, has no step.

use super::super::term::scalar;
use super::super::{Drawn, Iterate, NoStep, Oracle, Stage, Stepper, Taken, Value};
use crate::objective::Point;

/// A tangent is followed to the axis; nothing is remembered.
#[derive(Clone, Debug)]
pub(super) struct NewtonRoot;

impl Stepper for NewtonRoot {
    fn step(&mut self, iterate: &Iterate, _: &mut Oracle) -> Result<Point, NoStep> {
        let &Iterate { at, here, rate, .. } = iterate;
        let slope = here.gradient.x;
        match here.value {
            0.0 => Ok(at),
            _ if slope == 0.0 => Err(NoStep::FlatTangent),
            value => Ok(Point::new(at.x - rate.x * value / slope, at.y)),
        }
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let (at, here) = (taken.from.at, taken.from.here);
        let (value, slope) = (scalar("f", "f", here.value), scalar("f′", "f'", here.gradient.x));
        let tangent = Drawn::Tangent { at: at.x, value: here.value, slope: here.gradient.x };
        vec![
            function("value", "the function where the step begins", ["f", "f"], here.value),
            Stage::line(
                "slope",
                "slope of the tangent there",
                ["f′", "f'"],
                scalar("f′(θ)", r"f'(\theta)", here.gradient.x),
                Value::Scalar(here.gradient.x),
            )
            .drawn("f′", tangent),
            Stage::part(
                "displacement",
                "from where the tangent meets the axis to θ",
                value.clone() / slope.clone(),
            )
            .subtracted_from("−f/f′", at),
            taken.end(taken.alpha() * value / slope),
        ]
    }
}

/// The line that looks the function up at θ.
pub(super) fn function(
    id: &'static str,
    title: &'static str,
    symbol: [&'static str; 2],
    value: f64,
) -> Stage {
    Stage::line(id, title, symbol, scalar("f(θ)", r"f(\theta)", value), Value::Scalar(value))
}
