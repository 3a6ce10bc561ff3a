//! The learning rates that the steps of a run were taken with. They are not recorded: they follow from the plan.

use super::Trajectory;
use crate::objective::Point;
use crate::optimizer::{LearningRates, RateForm};

/// The learning rate of a step.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum StepRate {
    /// One for both variables.
    One(f64),
    /// One for each.
    PerVariable(Point),
}

impl StepRate {
    /// The number, or both.
    pub fn numbers(self) -> impl Iterator<Item = f64> + Clone {
        let (first, second) = match self {
            Self::One(rate) => (rate, None),
            Self::PerVariable(rates) => (rates.x, Some(rates.y)),
        };
        std::iter::once(first).chain(second)
    }
}

impl LearningRates {
    /// The rate as it is set, without what a schedule makes of it.
    pub fn of_settings(&self) -> StepRate {
        let rates = self.base();
        if self.are_per_variable() { StepRate::PerVariable(rates) } else { StepRate::One(rates.x) }
    }

    /// The rate of the step that comes after `t` others.
    pub fn step_rate(&mut self, t: u32) -> StepRate {
        let rates = self.after(t);
        if self.are_per_variable() { StepRate::PerVariable(rates) } else { StepRate::One(rates.x) }
    }
}

impl Trajectory {
    /// What its steps are taken with.
    pub fn rates(&self) -> LearningRates {
        LearningRates::new(&self.plan.settings)
    }

    /// Whether its steps have learning rates that are given, and not found on the way.
    pub fn has_rates(&self) -> bool {
        self.plan.settings.method().rate != RateForm::Fixed
    }

    /// Whether a schedule changes its learning rate from step to step.
    pub fn has_schedule(&self) -> bool {
        self.plan.settings.schedule().is_some()
    }

    /// The rate of each step that was taken.
    pub fn rates_of_steps(&self) -> impl Iterator<Item = StepRate> + use<> {
        let mut rates = self.rates();
        (0..self.steps()).map(move |t| rates.step_rate(u32::try_from(t).unwrap_or(u32::MAX)))
    }
}
