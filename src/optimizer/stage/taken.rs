//! What the stages of all methods have in common: the step that was taken, and the lines and parts that most rules share.

use super::{Drawn, Stage};
use crate::objective::{Goal, Point};
use crate::optimizer::iterate::Iterate;
use crate::optimizer::term::{Term, Value, scalar, vector};

/// A step that was taken, for the stages of a [`crate::optimizer::Stepper`].
#[derive(Debug)]
pub struct Taken<'a, S> {
    /// The state before it.
    pub before: &'a S,
    /// Where it began.
    pub from: Iterate,
    /// Where it leads; not a number where the method has no step from there.
    pub to: Point,
    /// Methods run on −J where the goal is to maximize.
    pub goal: Goal,
    /// Whether it walks on a merit M, which has the goal and the constraints in it, in the place of J.
    pub on_merit: bool,
    /// Whether it looks at some of the rows only: J is then that of the batch, J_B.
    pub on_batch: bool,
}

impl<S> Taken<'_, S> {
    /// θ, where it began.
    pub(in crate::optimizer) fn theta(&self) -> Term {
        vector("θ", r"\theta", self.from.at)
    }

    /// α, one number where both coordinates have the same.
    pub(in crate::optimizer) fn alpha(&self) -> Term {
        let rate = self.from.rate;
        if rate.x == rate.y { scalar("α", r"\alpha", rate.x) } else { vector("α", r"\alpha", rate) }
    }

    /// g, the gradient of the minimized function.
    pub(in crate::optimizer) fn g(&self) -> Term {
        vector("g", "g", self.from.here.gradient)
    }

    /// The line that defines g.
    pub(in crate::optimizer) fn gradient(&self) -> Stage {
        self.gradient_as(
            "direction of steepest ascent where the step begins",
            [self.from.at, self.from.here.gradient],
            self.named(["∇J(θ)", r"\nabla J(\theta)"], ["∇M(θ)", r"\nabla M(\theta)"]),
        )
    }

    /// The line that defines g as the gradient `symbol` at a point.
    pub(in crate::optimizer) fn gradient_as(
        &self,
        title: &'static str,
        [at, g]: [Point; 2],
        symbol: [&'static str; 2],
    ) -> Stage {
        let [text, latex] = if self.on_batch { of_batch(symbol) } else { symbol };
        Stage::line(
            "gradient",
            title,
            ["g", "g"],
            self.signed(|sign| vector(text, latex, sign * g)),
            Value::Vector(g),
        )
        .slope_at("g", at)
    }

    /// Something of J, made with the sign that it has beside the same of the minimized function.
    pub(in crate::optimizer) fn signed(&self, of_j: impl FnOnce(f64) -> Term) -> Term {
        match self.goal {
            Goal::Maximize if !self.on_merit => -of_j(-1.0),
            Goal::Minimize | Goal::Maximize => of_j(1.0),
        }
    }

    /// The name of something of J, or of the merit where it walks on that.
    pub(in crate::optimizer) fn named(
        &self,
        of_cost: [&'static str; 2],
        of_merit: [&'static str; 2],
    ) -> [&'static str; 2] {
        if self.on_merit { of_merit } else { of_cost }
    }

    /// The part that is the learning rate of each coordinate, α / divisor.
    pub(in crate::optimizer) fn effective_rate(&self, divisor: Term) -> Stage {
        let title = "learning rate that each coordinate really gets";
        let stage = Stage::part("effective_rate", title, self.alpha() / divisor);
        let sides = stage.entries();
        stage.drawn("rate", Drawn::Sides(sides))
    }

    /// The part that is subtracted, α direction / divisor; `label` stands beside it where it is drawn.
    pub(in crate::optimizer) fn displacement(
        &self,
        direction: Term,
        divisor: Term,
        label: &'static str,
    ) -> Stage {
        let right = self.alpha() * direction / divisor;
        Stage::part("displacement", "what the step subtracts", right).subtracted_from(label, self.from.at)
    }

    /// The last line: θ ← θ − what is subtracted.
    pub(in crate::optimizer) fn end(&self, subtracted: Term) -> Stage {
        self.end_at(self.theta() - subtracted)
    }

    /// The last line: what θ becomes.
    pub(in crate::optimizer) fn end_at(&self, right: Term) -> Stage {
        let step = Drawn::Step { from: self.from.at, to: self.to };
        Stage::line("point", "the next iterate", ["θ", r"\theta"], right, Value::Vector(self.to))
            .drawn("θ", step)
    }
}

/// The name of a gradient by the rows of a batch; that of a merit stays, since its cost has a name of its own.
fn of_batch(symbol: [&'static str; 2]) -> [&'static str; 2] {
    match symbol[0] {
        "∇J(θ)" => ["∇J_B(θ)", r"\nabla J_B(\theta)"],
        "∇J(θ − β v)" => ["∇J_B(θ − β v)", r"\nabla J_B(\theta - \beta\,v)"],
        "∇f(θ)" => ["∇f_B(θ)", r"\nabla f_B(\theta)"],
        "∇f(y)" => ["∇f_B(y)", r"\nabla f_B(y)"],
        _ => symbol,
    }
}
