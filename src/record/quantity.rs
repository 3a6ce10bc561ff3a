//! What can be followed along a run beside its points: how low it is, how steep, how far, and what its method remembers.
//!
//! Formulas. Excess J − J*, to maximize J* − J, with J* of the best optimum that is known, else the best value of all runs.
//! Distance ‖θ − θ*‖ to the nearest such optimum. Step length ‖θₖ₊₁ − θₖ‖. Angle between that step and −g, in degrees. Sharpness:
//! the largest eigenvalue of the Hessian of what is minimized; gradient descent loses its stability where it is above 2/α
//! (Cohen et al., *Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability*, ICLR 2021). Rate,
//! velocity, m, m̂, s and ŝ are those of the stages of a step; what a method does not have is absent, not 0.
//!
//! Convention. An entry stands at the point where its step begins, m and s after that step's update. In evaluations a value
//! counts 1, a gradient 2, a Hessian 3.

use serde::{Deserialize, Serialize};

use crate::elementary;
use crate::objective::{Curvature, Evaluations, Goal, Objective, Point};
use crate::optimizer::{StepRate, Trajectory, Value};
use crate::spelling::Selectable;

/// What is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// J.
    #[default]
    Value,
    /// How far J is from the best.
    Excess,
    /// ‖∇J‖.
    GradientNorm,
    /// To the nearest optimum that is known.
    Distance,
    /// How far a step goes.
    StepLength,
    /// The learning rate that each coordinate really gets.
    Rate,
    /// The learning rate that is set, as a schedule has it in each step.
    LearningRate,
    /// How fast the ball is.
    Velocity,
    /// The fading average of the gradients.
    M,
    /// The same corrected for its start at zero.
    MHat,
    /// The sum or average of squared gradients.
    S,
    /// The same corrected for its start at zero.
    SHat,
    /// Between the step and the way straight down.
    Angle,
    /// The largest curvature.
    Sharpness,
    /// λ of each constraint.
    Multiplier,
    /// The largest violation of a constraint.
    Violation,
    /// ‖∇J − Σ λ∇g‖.
    KktResidual,
    /// J as the step from a point sees it, by its rows alone.
    BatchValue,
}

impl Selectable for Quantity {
    const ALL: &'static [Self] = &[
        Self::Value,
        Self::Excess,
        Self::GradientNorm,
        Self::Distance,
        Self::StepLength,
        Self::Rate,
        Self::LearningRate,
        Self::Velocity,
        Self::M,
        Self::MHat,
        Self::S,
        Self::SHat,
        Self::Angle,
        Self::Sharpness,
        Self::Multiplier,
        Self::Violation,
        Self::KktResidual,
        Self::BatchValue,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Excess => "excess",
            Self::GradientNorm => "gradient-norm",
            Self::Distance => "distance",
            Self::StepLength => "step-length",
            Self::Rate => "rate",
            Self::LearningRate => "learning-rate",
            Self::Velocity => "velocity",
            Self::M => "m",
            Self::MHat => "m-hat",
            Self::S => "s",
            Self::SHat => "s-hat",
            Self::Angle => "angle",
            Self::Sharpness => "sharpness",
            Self::Multiplier => "multiplier",
            Self::Violation => "violation",
            Self::KktResidual => "kkt-residual",
            Self::BatchValue => "batch-value",
        }
    }
}

impl Quantity {
    /// As it is written beside its axis.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Value => "J",
            Self::Excess => "J − J*",
            Self::GradientNorm => "‖∇J‖",
            Self::Distance => "‖θ − θ*‖",
            Self::StepLength => "‖step‖",
            Self::Rate => "rate",
            Self::LearningRate => "α",
            Self::Velocity => "‖v‖",
            Self::M => "m",
            Self::MHat => "m corrected",
            Self::S => "s",
            Self::SHat => "s corrected",
            Self::Angle => "angle in °",
            Self::Sharpness => "λmax",
            Self::Multiplier => "λ",
            Self::Violation => "violation",
            Self::KktResidual => "‖∇J − Σ λ∇g‖",
            Self::BatchValue => "J of the batch",
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "cost J",
            Self::Excess => "excess J − J*",
            Self::GradientNorm => "gradient ‖∇J‖",
            Self::Distance => "distance to the optimum",
            Self::StepLength => "step length",
            Self::Rate => "effective rate",
            Self::LearningRate => "learning rate α",
            Self::Velocity => "velocity ‖v‖",
            Self::M => "m",
            Self::MHat => "m corrected",
            Self::S => "s",
            Self::SHat => "s corrected",
            Self::Angle => "angle to −∇J",
            Self::Sharpness => "sharpness λmax",
            Self::Multiplier => "multiplier λ",
            Self::Violation => "violation of constraints",
            Self::KktResidual => "residual ‖∇J − Σ λ∇g‖",
            Self::BatchValue => "cost J of the batch",
        }
    }

    /// What it shows, in one sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Value => "The cost at each point",
            Self::Excess => {
                "How far the cost is from that of the best known optimum, or else from the best of all runs"
            }
            Self::GradientNorm => "How steep it is: 0 at an optimum, and at a saddle",
            Self::Distance => "How far each point is from the nearest known optimum",
            Self::StepLength => "How far each step goes",
            Self::Rate => "The learning rate that each coordinate really gets, the second one thinner",
            Self::LearningRate => {
                "The learning rate of each step, as it is set or as its schedule has it; that of the second variable thinner"
            }
            Self::Velocity => "How far the velocity alone would carry the next step",
            Self::M => "The fading average of the gradients, for each coordinate",
            Self::MHat => "The same corrected for its start at zero: compare it with m",
            Self::S => "The sum or fading average of the squared gradients, for each coordinate",
            Self::SHat => "The same corrected for its start at zero: compare it with s",
            Self::Angle => {
                "Between each step and the way straight down: 0 goes down the steepest way, above 90 uphill"
            }
            Self::Sharpness => {
                "The largest eigenvalue of the Hessian; gradient descent becomes unstable where it is above 2/α"
            }
            Self::Multiplier => "λ of each constraint, the second one thinner: what the next step uses",
            Self::Violation => "How far the constraint that holds least is from holding",
            Self::KktResidual => {
                "What of ∇J is not made of the gradients of the constraints: 0 at a solution"
            }
            Self::BatchValue => {
                "The cost as each step sees it, by the rows that it looks at: compare it with J"
            }
        }
    }

    /// Whether it is shown by powers of ten where nobody says anything else.
    pub fn is_logarithmic(self) -> bool {
        matches!(
            self,
            Self::Excess
                | Self::GradientNorm
                | Self::Distance
                | Self::Sharpness
                | Self::Violation
                | Self::KktResidual
        )
    }

    /// Whether only runs with constraints have it.
    pub fn is_of_constraints(self) -> bool {
        matches!(self, Self::Multiplier | Self::Violation | Self::KktResidual)
    }

    /// Whether only runs on batches have it.
    pub fn is_of_batches(self) -> bool {
        self == Self::BatchValue
    }

    /// The stage of a step that it is, where it is one.
    fn stage(self) -> Option<&'static str> {
        match self {
            Self::Rate => Some("effective_rate"),
            Self::Velocity => Some("velocity"),
            Self::M => Some("m"),
            Self::MHat => Some("m_hat"),
            Self::S => Some("s"),
            Self::SHat => Some("s_hat"),
            _ => None,
        }
    }
}

/// What it is followed against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// Steps.
    #[default]
    Steps,
    /// Gradients that were evaluated.
    Gradients,
    /// All evaluations, a gradient counting as two values, a Hessian as three.
    Evaluations,
    /// Times that as many rows were looked at as there are.
    Epochs,
    /// Rows that were looked at.
    Rows,
}

impl Selectable for Against {
    const ALL: &'static [Self] = &[Self::Steps, Self::Gradients, Self::Evaluations, Self::Epochs, Self::Rows];

    fn id(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Gradients => "gradients",
            Self::Evaluations => "evaluations",
            Self::Epochs => "epochs",
            Self::Rows => "rows",
        }
    }
}

impl Against {
    /// What the axis is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Steps => "step",
            Self::Gradients => "gradients evaluated",
            Self::Evaluations => "evaluations",
            Self::Epochs => "epochs",
            Self::Rows => "rows looked at",
        }
    }

    /// Whether only runs over rows of data have it.
    pub fn is_of_rows(self) -> bool {
        matches!(self, Self::Epochs | Self::Rows)
    }

    /// What it counts, in one sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Steps => "Each step counts the same, whatever it costs",
            Self::Gradients => "What the gradients cost: Nesterov's method takes two a step",
            Self::Evaluations => "A value counts 1, a gradient 2, a Hessian 3: what a step really costs",
            Self::Epochs => {
                "As many rows as there are make an epoch: one step on all rows costs as much as an epoch of batches"
            }
            Self::Rows => "The rows that gradients and Hessians were taken over",
        }
    }

    /// How much of it was evaluated, of a run over so many rows. Steps are not.
    pub fn count(self, of: Evaluations, rows: usize) -> f64 {
        let [value, gradient, hessian] = [of.value, of.gradient, of.hessian].map(|n| n as f64);
        match self {
            Self::Steps => 0.0,
            Self::Gradients => gradient,
            Self::Evaluations => value + 2.0 * gradient + 3.0 * hessian,
            Self::Rows => of.rows as f64,
            Self::Epochs => of.rows as f64 / rows.max(1) as f64,
        }
    }
}

/// What the quantities of a run are measured by.
#[derive(Clone, Debug)]
pub struct Yardstick<'a> {
    /// The cost.
    pub objective: &'a Objective,
    /// The optima that are known.
    pub optima: &'a [Point],
    /// J*, and whether it is that of a known optimum.
    pub best: Option<(f64, bool)>,
}

impl<'a> Yardstick<'a> {
    /// For runs that are compared.
    pub fn new<'p>(
        objective: &'a Objective,
        optima: &'a [Point],
        paths: impl Iterator<Item = &'p Trajectory>,
    ) -> Self {
        let mut evaluator = objective.exact().evaluator();
        let sign = objective.goal().sign();
        let best = |values: &mut dyn Iterator<Item = f64>| {
            let finite = values.filter(|value| value.is_finite());
            finite.min_by(|a, b| (sign * a).total_cmp(&(sign * b)))
        };
        let known = best(&mut optima.iter().map(|at| evaluator.value(*at)));
        let reached = || best(&mut paths.flat_map(Trajectory::values));
        if objective.goal() == Goal::Zero {
            return Self { objective, optima, best: Some((0.0, true)) };
        }
        let best = known.map(|value| (value, true)).or_else(|| reached().map(|value| (value, false)));
        Self { objective, optima, best }
    }
}

/// A quantity along a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The entry and the number there, for each coordinate that there is.
    pub coordinates: Vec<Vec<(usize, f64)>>,
}

/// Of longer runs what has to be replayed is shown at so many steps.
const MOST_REPLAYED: usize = 2000;

impl Curve {
    /// The curve of a run; nothing where its method has no such quantity.
    pub fn new(quantity: Quantity, path: &Trajectory, by: &Yardstick<'_>) -> Option<Self> {
        let one =
            |numbers: Vec<f64>| Some(Self { coordinates: vec![numbers.into_iter().enumerate().collect()] });
        let sign = by.objective.goal().sign();
        let steps = || path.points().zip(path.points().skip(1)).map(|(from, to)| to - from);
        match quantity {
            Quantity::Value => one(path.values().collect()),
            Quantity::Excess => {
                let (best, _) = by.best?;
                if path.looks_for_root() {
                    return one(path.values().map(f64::abs).collect());
                }
                one(path.values().map(|value| sign * (value - best)).collect())
            }
            Quantity::GradientNorm => one(path.gradient_norms().collect()),
            Quantity::Distance => {
                let nearest = |at: Point| {
                    let distances = by.optima.iter().map(|optimum| length(at - optimum));
                    distances.min_by(f64::total_cmp)
                };
                one(path.points().map(nearest).collect::<Option<_>>()?)
            }
            Quantity::StepLength => one(steps().map(length).collect()),
            Quantity::Angle => {
                let angle = |(step, gradient): (Point, Point)| {
                    let down = -sign * gradient;
                    let (along, across) = (step.dot(&down), step.perp(&down));
                    elementary::atan2(across.abs(), along).to_degrees()
                };
                one(steps().zip(path.gradients()).map(angle).collect())
            }
            Quantity::Sharpness => {
                let mut evaluator = by.objective.exact().evaluator();
                let stride = path.len().div_ceil(MOST_REPLAYED).max(1);
                let largest = |(entry, at): (usize, Point)| {
                    let hessian = sign * evaluator.hessian(at);
                    if path.variables() == 1 {
                        return (entry, hessian.m11);
                    }
                    let curvature = Curvature::of(&hessian);
                    (entry, curvature.map_or(f64::NAN, |curvature| curvature.eigenvalues[0]))
                };
                let coordinate = path.points().enumerate().step_by(stride).map(largest).collect();
                Some(Self { coordinates: vec![coordinate] })
            }
            Quantity::BatchValue => one(path.batch_values()?),
            Quantity::Violation => one(path.violations()?.collect()),
            Quantity::KktResidual => {
                one(path.column(path.column_of("kkt_residuals")?).map(|entry| entry.x).collect())
            }
            Quantity::Multiplier => {
                let index = path.column_of("multipliers")?;
                let of = |k: usize| path.column(index).map(|entry| entry[k]).enumerate().collect();
                Some(Self { coordinates: (0..path.constraints()).map(of).collect() })
            }
            Quantity::LearningRate => Self::of_rates(path),
            _ => Self::of_stage(quantity, path),
        }
    }

    /// The learning rate of each step; nothing where the method has none.
    fn of_rates(path: &Trajectory) -> Option<Self> {
        if !path.has_rates() {
            return None;
        }
        let width = path.rates_of_steps().next()?.numbers().count();
        let mut coordinates = vec![Vec::with_capacity(path.steps()); width];
        for (entry, rate) in path.rates_of_steps().enumerate() {
            for (list, number) in coordinates.iter_mut().zip(rate.numbers()) {
                list.push((entry, number));
            }
        }
        Some(Self { coordinates })
    }

    fn of_stage(quantity: Quantity, path: &Trajectory) -> Option<Self> {
        let id = quantity.stage()?;
        let stride = path.steps().div_ceil(MOST_REPLAYED).max(1);
        let mut coordinates: Vec<Vec<(usize, f64)>> = Vec::new();
        let mut rates = path.rates();
        for (entry, stages) in path.stages_of_steps(stride) {
            let stage = |id: &str| stages.iter().find(|stage| stage.id == id);
            // What multiplies a slope may be found anew in each step.
            let found = stage(id).or_else(|| stage("step_size").filter(|_| quantity == Quantity::Rate));
            let value = match found {
                Some(stage) => stage.value,
                // Where no coordinate has a rate of its own, it is the learning rate.
                None if quantity == Quantity::Rate => {
                    match rates.step_rate(u32::try_from(entry).unwrap_or(u32::MAX)) {
                        StepRate::One(rate) if rate.is_nan() => return None,
                        StepRate::One(rate) => Value::Scalar(rate),
                        StepRate::PerVariable(rates) => Value::Vector(rates),
                    }
                }
                None => return None,
            };
            let numbers = match value {
                Value::Scalar(a) => vec![a],
                Value::Vector(v) if quantity == Quantity::Velocity => vec![length(v)],
                Value::Vector(v) => vec![v.x, v.y],
                Value::Matrix(_) => return None,
            };
            coordinates.resize(numbers.len(), Vec::new());
            coordinates.iter_mut().zip(numbers).for_each(|(list, number)| list.push((entry, number)));
        }
        (!coordinates.is_empty()).then_some(Self { coordinates })
    }
}

fn length(v: Point) -> f64 {
    elementary::hypot(v.x, v.y)
}
