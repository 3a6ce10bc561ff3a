//! The learning rates of a run, step by step: α of each coordinate, times φ(t) where there is a schedule.

use super::schedule::Factors;
use super::{NoStep, Settings};
use crate::objective::Point;

/// What a run steps with.
#[derive(Clone, Debug)]
pub struct LearningRates {
    /// α of each coordinate.
    base: Point,
    is_per_variable: bool,
    factors: Option<Box<Factors>>,
}

impl LearningRates {
    /// Those that are set. Not a number where the method has no learning rate.
    pub fn new(settings: &Settings) -> Self {
        Self {
            base: settings.rates(),
            is_per_variable: settings.has_rate_per_variable(),
            factors: settings.schedule().map(|schedule| Box::new(schedule.factors())),
        }
    }

    /// The rate of the step that comes after `t` others, whatever φ is.
    pub fn after(&mut self, t: u32) -> Point {
        self.factors.as_mut().map_or(self.base, |factors| factors.at(t) * self.base)
    }

    /// The rate of the step that comes after `t` others.
    ///
    /// # Errors
    /// Where φ is negative or not finite.
    #[inline(always)]
    pub(super) fn of_step(&mut self, t: u32) -> Result<Point, NoStep> {
        match &mut self.factors {
            None => Ok(self.base),
            Some(factors) => scheduled(factors, self.base, t),
        }
    }

    /// α of each coordinate, as it is set.
    pub(super) fn base(&self) -> Point {
        self.base
    }

    /// Whether each variable has a number of its own.
    pub fn are_per_variable(&self) -> bool {
        self.is_per_variable
    }

    /// What φ is computed by, where there is a schedule.
    pub(super) fn factors(&self) -> Option<&Factors> {
        self.factors.as_deref()
    }
}

/// The rate of a step on a schedule.
fn scheduled(factors: &mut Factors, base: Point, t: u32) -> Result<Point, NoStep> {
    let factor = factors.at(t);
    if factor.is_finite() && factor >= 0.0 {
        return Ok(factor * base);
    }
    // A warm-up is a share of what φ begins with.
    let asked = t.saturating_sub(factors.schedule().warmup);
    Err(NoStep::NoRate { t: asked, factor })
}
