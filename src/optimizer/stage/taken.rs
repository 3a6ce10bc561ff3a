//! What the stages of all methods have in common: the step that was taken, and the lines and parts that most rules share.

use std::borrow::Cow;

use super::{Drawn, Stage};
use crate::objective::{Goal, Point};
use crate::optimizer::LearningRates;
use crate::optimizer::iterate::Iterate;
use crate::optimizer::term::{Term, Value, scalar, vector};

/// A step that was taken, for the stages of a [`crate::optimizer::Stepper`].
#[derive(Debug)]
pub struct Taken<'a, S> {
    /// The state before it.
    pub before: &'a S,
    /// Where it began.
    pub from: Iterate,
    /// The rates of the run, of which it has one.
    pub rates: &'a LearningRates,
    /// Where it leads; not a number where the method has no step from there.
    pub to: Point,
    /// Methods run on −J where the goal is to maximize.
    pub goal: Goal,
    /// Whether it walks on a merit M, which has the goal and the constraints in it, in the place of J.
    pub on_merit: bool,
    /// Whether it looks at some of the rows only: J is then that of the batch, J_B.
    pub on_batch: bool,
    /// Whether there is one variable, so that a matrix has one entry.
    pub of_one_variable: bool,
}

/// The learning rate as it is set, and that of a step.
const ALPHA: [&str; 2] = ["α", r"\alpha"];
const ALPHA_T: [&str; 2] = ["α_t", r"\alpha_t"];

impl<S> Taken<'_, S> {
    /// θ, where it began.
    pub(in crate::optimizer) fn theta(&self) -> Term {
        vector("θ", r"\theta", self.from.at)
    }

    /// α, the rate of the step: α_t where a schedule changes it.
    pub(in crate::optimizer) fn alpha(&self) -> Term {
        self.rate_named(if self.rates.factors().is_some() { ALPHA_T } else { ALPHA }, self.from.rate)
    }

    /// A rate by name, one number where both coordinates have the same.
    fn rate_named(&self, [text, latex]: [&'static str; 2], rate: Point) -> Term {
        if self.rates.are_per_variable() { vector(text, latex, rate) } else { scalar(text, latex, rate.x) }
    }

    /// The stages of the step, after that of its rate where a schedule changes it.
    pub(in crate::optimizer) fn all_of(&self, mut stages: Vec<Stage>) -> Vec<Stage> {
        if let Some(factors) = self.rates.factors() {
            let factor = factors.clone().at(self.from.t - 1);
            let right = self.rate_named(ALPHA, self.rates.base()) * scalar("φ(t)", r"\varphi(t)", factor);
            let (title, value) = (factors.schedule().form.kind().title(), self.alpha().value());
            stages.insert(0, Stage::line("learning_rate", title, ALPHA_T, right, value));
        }
        for sketch in stages.iter_mut().filter_map(|stage| stage.sketch.as_mut()) {
            sketch.label = self.label_of(&sketch.label);
        }
        stages
    }

    /// What is written beside a sketch, with the rate as the rule of the run has it.
    fn label_of(&self, label: &str) -> Cow<'static, str> {
        let label = match self.rates.are_per_variable() {
            true => label.replace("α ", "α ⊙ "),
            false => label.to_owned(),
        };
        if self.rates.factors().is_some() { label.replace('α', ALPHA_T[0]).into() } else { label.into() }
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
        let symbol = if self.of_one_variable { of_one_variable(symbol) } else { symbol };
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
            Goal::Minimize | Goal::Maximize | Goal::Zero => of_j(1.0),
        }
    }

    /// The name of something of J, or of the merit where it walks on that.
    pub(in crate::optimizer) fn named(
        &self,
        of_cost: [&'static str; 2],
        of_merit: [&'static str; 2],
    ) -> [&'static str; 2] {
        match (self.on_merit, self.of_one_variable) {
            (true, _) => of_merit,
            (false, true) => of_one_variable(of_cost),
            (false, false) => of_cost,
        }
    }

    /// The part that is the learning rate of each coordinate, α / divisor.
    pub(in crate::optimizer) fn effective_rate(&self, divisor: Term) -> Stage {
        let title = "learning rate that each coordinate really gets";
        Stage::part("effective_rate", title, self.alpha() / divisor).sides("rate")
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

/// The name of a gradient that is a slope, or of a Hessian that is a second derivative.
fn of_one_variable(symbol: [&'static str; 2]) -> [&'static str; 2] {
    match symbol[0] {
        "∇J(θ)" => ["J′(θ)", r"J'(\theta)"],
        "∇²J(θ)" => ["J″(θ)", r"J''(\theta)"],
        "∇J(θ − β v)" => ["J′(θ − β v)", r"J'(\theta - \beta\,v)"],
        "∇f(θ)" => ["f′(θ)", r"f'(\theta)"],
        "∇f(y)" => ["f′(y)", r"f'(y)"],
        _ => symbol,
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
