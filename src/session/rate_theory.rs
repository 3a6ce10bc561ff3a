//! What theory says of the learning rate of a run: its thresholds where the cost curves as at the minimum that the run goes to,
//! and as at the point that is shown.

use super::{Good, Session};
use crate::objective::{Goal, Minimum, Point};
use crate::optimizer::{
    Bowl, NoBowl, Plan, Threshold, ThresholdKind, Treatment, TreatmentKind, nearest_minimum,
};

/// A threshold of a run, and where it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateMark {
    /// The rate, and what it is.
    pub threshold: Threshold,
    /// Where the cost curves so.
    pub place: Place,
    /// How it does.
    pub bowl: Bowl,
}

/// A point that thresholds are asked of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// The minimum downhill of the run's end, or of its start where there is none; with that goal a maximum of the cost.
    Minimum(Point),
    /// The point that is shown.
    Present(Point),
    /// The point that is shown, where the cost curves as at that minimum.
    Both(Point),
}

/// What theory says of the rate of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RateTheory {
    /// The thresholds of a rate that stays as it is.
    pub marks: Vec<RateMark>,
    /// Those that the rate of each step is compared with where a schedule changes it: the limits.
    pub limits: Vec<RateMark>,
    /// Why there are none where they would be, in sentences.
    pub absent: Vec<String>,
}

/// A point as a key: one that is not a number is itself.
type Bits = [u64; 2];

fn bits(point: Point) -> Bits {
    [point.x.to_bits(), point.y.to_bits()]
}

/// What the minimum of a run depends on: the version of the problem, how it is treated, end and start of the path.
type MinimumKey = (u64, Treatment, [Bits; 2]);
/// The same of the curvatures at a point.
type PresentKey = (u64, Treatment, Bits);

/// What was found for one run.
#[derive(Clone, Debug, Default)]
struct Found {
    minimum: Option<(MinimumKey, Option<Minimum>)>,
    present: Option<(PresentKey, Result<Bowl, NoBowl>)>,
}

/// What was found for each run, in the order of the optimizers.
#[derive(Clone, Debug, Default)]
pub(super) struct Curvatures {
    found: Vec<Found>,
    made: u64,
}

/// Two rates nearer than this share are one mark.
const ONE: f64 = 1e-6;

impl Session {
    /// What theory says of the rate of the run at `index`, of which `step` is shown.
    pub fn rate_theory(&mut self, index: usize, step: u32) -> RateTheory {
        let mut theory = RateTheory::default();
        let Some(plan) = self.scenario.plans().nth(index) else { return theory };
        // A method that knows no threshold of a round bowl knows none.
        if plan.settings.thresholds(Bowl { least: 1.0, greatest: 1.0 }).is_empty() {
            return theory;
        }
        let goal = self.scenario.cost.goal;
        if let Treatment::Constrained(settings) = plan.treatment
            && settings.kind != TreatmentKind::Penalty
        {
            theory.absent.push("No marks: what is walked on changes with the multipliers.".to_owned());
            return theory;
        }
        if plan.settings.has_rate_per_variable() {
            theory.absent.push("No marks: each variable has a rate of its own.".to_owned());
            return theory;
        }
        if plan.settings.schedule().is_some() {
            let words =
                "No marks: the schedule changes the rate from step to step. Its curve has them as lines.";
            theory.absent.push(words.to_owned());
        }
        let Some((minimum, present, at)) = self.curvatures_of(index, &plan, step) else { return theory };
        if let Some(Minimum { at, curvatures: [greatest, least], .. }) = minimum {
            let bowl = Bowl { least, greatest };
            let mark = |threshold| RateMark { threshold, place: Place::Minimum(at), bowl };
            theory.marks = plan.settings.thresholds(bowl).into_iter().map(mark).collect();
        } else {
            theory.absent.push(no_minimum(goal));
        }
        match present {
            Ok(bowl) => theory.add_present(&plan, at, bowl),
            Err(reason) => {
                theory.absent.push(format!("No mark for the present point: there {}.", reason.words(goal)))
            }
        }
        if plan.settings.schedule().is_some() {
            theory.limits = std::mem::take(&mut theory.marks);
            theory.limits.retain(|mark| mark.threshold.kind == ThresholdKind::Limit);
        }
        theory
    }

    /// The minimum of a run, and the curvatures at the point of a step.
    fn curvatures_of(
        &mut self,
        index: usize,
        plan: &Plan,
        step: u32,
    ) -> Option<(Option<Minimum>, Result<Bowl, NoBowl>, Point)> {
        let Good { problem, version, .. } = self.last_good.as_ref()?;
        let (path, _) = self.runs.get(index)?;
        let (start, end) = (path.point(0)?, path.last()?);
        let at = path.point_at(step)?;
        let Curvatures { found, made } = &mut self.curvatures;
        found.truncate(self.scenario.optimizers.len());
        if found.len() <= index {
            found.resize_with(index + 1, Found::default);
        }
        let found = found.get_mut(index)?;
        let key = (*version, plan.treatment, [end, start].map(bits));
        if found.minimum.as_ref().is_none_or(|(held, _)| *held != key) {
            *made += 1;
            let minimum =
                nearest_minimum(problem, plan, end).or_else(|| nearest_minimum(problem, plan, start));
            found.minimum = Some((key, minimum));
        }
        let key = (*version, plan.treatment, bits(at));
        if found.present.as_ref().is_none_or(|(held, _)| *held != key) {
            *made += 1;
            found.present = Some((key, Bowl::at(problem, plan, at)));
        }
        Some((found.minimum?.1, found.present?.1, at))
    }
}

impl Curvatures {
    /// How often something was found.
    pub fn made(&self) -> u64 {
        self.made
    }
}

impl RateTheory {
    /// Adds the limit at the present point: what is fastest is so on the way to a minimum.
    fn add_present(&mut self, plan: &Plan, at: Point, bowl: Bowl) {
        let limits = plan.settings.thresholds(bowl).into_iter().filter(|t| t.kind == ThresholdKind::Limit);
        for threshold in limits {
            let is_same = |mark: &&mut RateMark| {
                let rate = mark.threshold.rate;
                mark.threshold.kind == threshold.kind && (rate - threshold.rate).abs() <= ONE * rate
            };
            match self.marks.iter_mut().find(is_same) {
                Some(mark) => mark.place = Place::Both(at),
                None => self.marks.push(RateMark { threshold, place: Place::Present(at), bowl }),
            }
        }
    }
}

fn no_minimum(goal: Goal) -> String {
    let optimum = goal.optimum();
    format!("No mark for the {optimum}: none with a definite Hessian is found from where the run ends.")
}
