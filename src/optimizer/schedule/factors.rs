//! φ by its numbers, as the formulas at the head of the room have it.

use super::{Schedule, ScheduleForm};
use crate::elementary;
use crate::expr::TapeEvaluator;

/// Evaluates a schedule.
#[derive(Clone, Debug)]
pub struct Factors {
    schedule: Schedule,
    typed: Option<TapeEvaluator>,
}

impl Schedule {
    /// Its evaluator.
    pub fn factors(&self) -> Factors {
        let typed = match &self.form {
            ScheduleForm::Typed(factor) => Some(factor.tape.evaluator()),
            _ => None,
        };
        Factors { schedule: self.clone(), typed }
    }
}

impl Factors {
    /// The schedule.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// φ after `t` steps.
    pub fn at(&mut self, t: u32) -> f64 {
        match self.schedule.warmup {
            0 => self.after_warmup(t),
            steps if t < steps => (f64::from(t) + 1.0) / f64::from(steps) * self.after_warmup(0),
            steps => self.after_warmup(t - steps),
        }
    }

    /// φ without the warm-up.
    fn after_warmup(&mut self, t: u32) -> f64 {
        let time = f64::from(t);
        match &self.schedule.form {
            ScheduleForm::Constant => 1.0,
            ScheduleForm::Piecewise(pieces) => {
                pieces.iter().rev().find(|piece| piece.at <= t).map_or(1.0, |piece| piece.factor)
            }
            ScheduleForm::Step { every, factor } => {
                elementary::powi(*factor, i32::try_from(t / every.max(&1)).unwrap_or(i32::MAX))
            }
            ScheduleForm::Exponential { decay } => elementary::exp(-decay * time),
            ScheduleForm::InverseTime { decay } => 1.0 / (1.0 + decay * time),
            ScheduleForm::InverseRoot { decay } => 1.0 / (1.0 + decay * time).sqrt(),
            ScheduleForm::Cosine { steps, last } => {
                let share = time.min(f64::from(*steps)) / f64::from(*steps.max(&1));
                last + (1.0 - last) * (1.0 + elementary::cos(std::f64::consts::PI * share)) / 2.0
            }
            ScheduleForm::Typed(_) => self.typed.as_mut().map_or(f64::NAN, |typed| typed.value(time, time)),
        }
    }
}
