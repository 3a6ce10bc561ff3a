//! The learning rate at which a method is fastest on a cost from a start, found by trying.
//!
//! Convention. First 33 rates are tried, spread over the slider's range by powers of ten, and the one that is given; then three
//! times nine around the best so far, from the rate before it to the one after it, so that the last ones differ by less than
//! one in a hundred. Each but the given one is rounded to four digits; none leaves the range of the slider and the given rate.
//! Where each variable has a rate of its own, the larger one is tried, and the other keeps its ratio to it. A schedule stays.
//!
//! Better is the rate that converges with fewer gradient evaluations; where none converges, the one that ends at the lower
//! cost (to maximize, the higher one), or, with constraints, nearer to where all conditions of a solution hold, since there
//! the lowest cost is not what is looked for. Of rates that are alike the smaller one is better.

use super::{Outcome, OutcomeKind, ParameterKind, Plan, Run, Settings};
use crate::elementary;
use crate::objective::{Point, Problem};
use std::cmp::Ordering;

/// How many rates of the slider's range are tried first.
const FIRST: u32 = 33;
/// How many are tried around the best, and how often.
const AROUND: u32 = 9;
const ROUNDS: u32 = 3;
/// What beginning a run and taking what came of it is worth, in steps.
const BESIDE: u32 = 20;
/// So many steps are taken before it is asked whether the rate can still be the best.
const PIECE: u32 = 2048;
/// A run that has more entries lets go what nobody asks for.
const MOST_KEPT: usize = 16_384;

/// What came of a rate.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Finish {
    /// It converged with so many gradient evaluations.
    Reached(u64),
    /// It did not: so high is what is minimized at its end, or so far from holding the conditions of a solution are.
    Short(f64),
    /// It left the numbers, or cannot be better than the best.
    Lost,
}

impl Finish {
    fn compared(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Reached(a), Self::Reached(b)) => a.cmp(&b),
            (Self::Short(a), Self::Short(b)) => a.total_cmp(&b),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Reached(_) => 0,
            Self::Short(_) => 1,
            Self::Lost => 2,
        }
    }
}

/// The search for the best learning rate of one run, in slices.
#[derive(Debug)]
pub struct RateSearch {
    problem: Problem,
    /// With the rate that is given.
    plan: Plan,
    given: f64,
    within: [f64; 2],
    /// From a rate of the present round to the next.
    factor: f64,
    rounds_left: u32,
    /// The rates of the present round that are to be tried, the next one last.
    left: Vec<f64>,
    tried: Vec<f64>,
    done: u32,
    best: Option<(f64, Finish)>,
    going: Option<(f64, Box<Run>)>,
}

impl RateSearch {
    /// A search for a run with this plan; nothing where its method has no learning rate.
    pub fn new(problem: &Problem, plan: &Plan) -> Option<Self> {
        let ParameterKind::Real { slider: [low, high], .. } =
            plan.settings.method().parameter("learning_rate")?.kind
        else {
            return None;
        };
        let given = plan.settings.rates().max();
        let is_range = low > 0.0 && low < high && given > 0.0;
        is_range.then(|| {
            let last = f64::from(FIRST - 1);
            let rate = |place: u32| rounded(low * elementary::pow(high / low, f64::from(place) / last));
            let left = (0..FIRST).rev().map(rate).chain([given]).collect();
            Self {
                problem: problem.clone(),
                plan: plan.clone(),
                given,
                within: [low.min(given), high.max(given)],
                factor: elementary::pow(high / low, 1.0 / last),
                rounds_left: ROUNDS,
                left,
                tried: Vec::new(),
                done: 0,
                best: None,
                going: None,
            }
        })
    }

    /// Takes about so many steps, whatever their rates. Returns how many were taken, what else is to be done counted as some;
    /// fewer where all rates were tried.
    pub fn advance(&mut self, steps: u32) -> u32 {
        let mut left = steps;
        while left > 0 {
            let Some((rate, mut run)) = self.going.take().or_else(|| self.next_run()) else { break };
            left -= run.advance(left.min(PIECE));
            if run.is_over() || self.is_beaten(&run) {
                self.take(rate, &run);
                left = left.saturating_sub(BESIDE);
            } else {
                if run.trajectory().len() > MOST_KEPT {
                    run.keep_least();
                }
                self.going = Some((rate, run));
            }
        }
        steps - left
    }

    /// Whether every rate was tried.
    pub fn is_over(&self) -> bool {
        self.going.is_none() && self.left.is_empty() && self.rounds_left == 0
    }

    /// How many rates were tried, and how many there are.
    pub fn rates(&self) -> [u32; 2] {
        [self.done, FIRST + 1 + ROUNDS * AROUND]
    }

    /// The settings with the best rate that was tried; as they are given where no rate came to a number.
    pub fn best(&self) -> Settings {
        let best = self.best.filter(|(_, finish)| *finish != Finish::Lost);
        best.and_then(|(rate, _)| self.settings_at(rate)).unwrap_or_else(|| self.plan.settings.clone())
    }

    fn settings_at(&self, rate: f64) -> Option<Settings> {
        let mut settings = self.plan.settings.clone();
        let rates = match rate == self.given {
            true => return Some(settings),
            false if settings.has_rate_per_variable() => settings.rates() * (rate / self.given),
            false => Point::repeat(rate),
        };
        settings.set_rates(rates).ok()?;
        Some(settings)
    }

    /// The run at the next rate; nothing where there is none.
    fn next_run(&mut self) -> Option<(f64, Box<Run>)> {
        loop {
            while let Some(rate) = self.left.pop() {
                // A number that the method does not take is no rate of it.
                if !self.tried.contains(&rate)
                    && let Some(settings) = self.settings_at(rate)
                {
                    self.tried.push(rate);
                    let plan = Plan { settings, ..self.plan.clone() };
                    return Some((rate, Box::new(Run::new(&self.problem, &plan))));
                }
                self.done += 1;
            }
            self.rounds_left = self.rounds_left.checked_sub(1)?;
            self.begin_round();
        }
    }

    /// The rates around the best one.
    fn begin_round(&mut self) {
        let center = self.best.map_or(self.given, |(rate, _)| rate);
        let [low, high] = self.within;
        let half = f64::from(AROUND / 2);
        let rate = |place: u32| {
            let share = f64::from(place) / half - 1.0;
            let rate = rounded(center * elementary::pow(self.factor, share));
            if share == 0.0 { center } else { rate.clamp(low, high) }
        };
        self.left = (0..AROUND).rev().map(rate).collect();
        self.factor = elementary::pow(self.factor, 1.0 / half);
    }

    /// Whether more gradients were evaluated than it takes at the best rate.
    fn is_beaten(&self, run: &Run) -> bool {
        let gradients = run.trajectory().evaluations.gradient;
        matches!(self.best, Some((_, Finish::Reached(fewest))) if gradients > fewest)
    }

    /// Takes what came of a rate.
    fn take(&mut self, rate: f64, run: &Run) {
        self.done += 1;
        let finish = self.finish(run);
        let is_better = self.best.is_none_or(|(best_rate, best)| {
            finish.compared(best).then_with(|| rate.total_cmp(&best_rate)) == Ordering::Less
        });
        if is_better {
            self.best = Some((rate, finish));
        }
    }

    fn finish(&self, run: &Run) -> Finish {
        let path = run.trajectory();
        match path.outcome {
            Some(Outcome { kind: OutcomeKind::Converged, .. }) => {
                return Finish::Reached(path.evaluations.gradient);
            }
            None | Some(Outcome { kind: OutcomeKind::NotFinite, .. }) => return Finish::Lost,
            Some(_) => {}
        }
        let sign = self.problem.cost.goal().sign();
        let value = || path.value(path.steps()).map_or(f64::NAN, |value| sign * value);
        let left = run.left_of_conditions().unwrap_or_else(value);
        if left.is_finite() { Finish::Short(left) } else { Finish::Lost }
    }
}

/// A rate that is easily given.
fn rounded(rate: f64) -> f64 {
    format!("{rate:.3e}").parse().unwrap_or(rate)
}

#[cfg(test)]
mod tests;
