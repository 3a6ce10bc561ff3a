//! What would come of a run at each of many learning rates, found while nothing else is to be done.
//!
//! Convention. The rates are spread over the slider's range as the slider spreads them, each rounded to three digits, so that it
//! is a rate that is easily given. A run at each takes the steps of the scenario, but no more than 10,000, and fewer of a
//! formula that is much work. Minima are told apart as ends of runs are: where polishing leads, one where they agree to
//! 1e-6 max(1, ‖θ‖).

use super::{Good, Session};
use crate::elementary;
use crate::objective::{Goal, Minimum, Problem};
use crate::optimizer::{
    Outcome, OutcomeKind, ParameterKind, ParameterValue, Plan, Run, Scale, Treatment, nearest_minimum,
};
use crate::work::{Counted, Progress, Work};

/// How many rates are tried.
pub const RATES: usize = 64;
/// The most steps of each.
const MOST_STEPS: u64 = 10_000;
/// The most work of a strip, as [`Work::advance`] counts it, and the fewest steps that it buys: about a third of a second.
const MOST_WORK: u64 = 1_000_000_000;
const FEWEST_STEPS: u64 = 100;
/// For so long everything has to be at rest before rates are tried, in seconds.
const REST_SECS: f64 = 0.2;
/// The work of one slice: less than 3 ms.
const SLICE: u64 = 3_000_000;
/// The time from slice to slice, in seconds: a frame.
const PACE_SECS: f64 = 1.0 / 60.0;
/// So many powers of ten are told apart between where runs start and the best that is reached.
const DECADES: f64 = 6.0;
/// Minima nearer than this share are one.
const ONE: f64 = 1e-6;

/// What came of one rate.
#[derive(Clone, Debug, PartialEq)]
pub struct TriedRate {
    /// The rate.
    pub rate: f64,
    /// J at the last point.
    pub value: f64,
    /// How the run ended.
    pub outcome: Outcome,
    /// The number of the minimum that the end lies uphill of.
    pub minimum: Option<usize>,
}

impl TriedRate {
    /// Whether the run left every reasonable bound, or the numbers.
    pub fn is_lost(&self) -> bool {
        matches!(self.outcome.kind, OutcomeKind::Diverged | OutcomeKind::NotFinite) || !self.value.is_finite()
    }
}

/// What came of the rates of one run, as far as they were tried.
#[derive(Clone, Debug)]
struct Strip {
    /// With the least rate of the slider, and the steps that are taken.
    plan: Plan,
    rates: Vec<f64>,
    tried: Vec<TriedRate>,
    /// J at the start.
    begins_at: f64,
}

/// The strips of all visible runs.
#[derive(Debug, Default)]
pub(super) struct RateStrips {
    problem: Option<(Problem, u64)>,
    /// One for all runs that differ in nothing but the rate.
    strips: Vec<Strip>,
    /// Of all strips, as they were come upon.
    minima: Vec<Minimum>,
    /// The least value of what is minimized that was come upon.
    least: f64,
    /// The rate that is being tried.
    running: Option<Run>,
    /// Since when everything is at rest.
    rests_since: f64,
    made: u64,
}

/// What came of the rates of a run.
#[derive(Clone, Copy, Debug)]
pub struct RateStrip<'s> {
    /// Every rate.
    pub rates: &'s [f64],
    /// What came of them, from the first one as far as they were tried.
    pub tried: &'s [TriedRate],
    /// How many steps each takes at the most.
    pub steps: u32,
    /// The minima of all runs at all rates, which [`TriedRate::minimum`] numbers. Their values are of what is minimized.
    pub minima: &'s [Minimum],
    /// J at the start, and the best J of all runs at all rates.
    between: [f64; 2],
}

impl RateStrip<'_> {
    /// How near a value is to the best one: 0 at the value of the start, 1 where six powers of ten less are left of what
    /// there was to go.
    pub fn nearness(&self, value: f64) -> f64 {
        let [start, best] = self.between;
        let left = (value - best).abs() / (start - best).abs();
        if value == best {
            1.0
        } else if left.is_finite() {
            (-elementary::log10(left) / DECADES).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }

    /// Whether every rate was tried.
    pub fn is_complete(&self) -> bool {
        self.tried.len() == self.rates.len()
    }
}

impl Session {
    /// What came of the rates of the run at `index`, if it is visible and they are those of the present scenario.
    pub fn rate_strip(&self, index: usize) -> Option<RateStrip<'_>> {
        let Good { version, .. } = self.last_good.as_ref()?;
        if !self.tries_rates(index) {
            return None;
        }
        let RateStrips { problem, strips, minima, least, .. } = &self.rate_strips;
        let (problem, _) = problem.as_ref().filter(|(_, of)| of == version)?;
        let plan = strip_plan(problem, self.scenario.plans().nth(index)?)?;
        let strip = strips.iter().find(|strip| strip.plan == plan)?;
        let best = sign_of(problem) * least;
        Some(RateStrip {
            rates: &strip.rates,
            tried: &strip.tried,
            steps: plan.limits.steps,
            minima,
            between: [strip.begins_at, best],
        })
    }

    /// Whether the rates of the run at `index` are tried when all is at rest.
    pub fn tries_rates(&self, index: usize) -> bool {
        let is_visible = self.scenario.optimizers.get(index).is_some_and(|choice| choice.visible);
        // Where each variable has a rate of its own, it is not one number that is tried.
        let has_one =
            self.scenario.optimizers.get(index).is_some_and(|it| !it.settings.has_rate_per_variable());
        is_visible && has_one && self.scenario.enabled_constraints().next().is_none()
    }

    /// Drops what came of rates of another scenario and, where everything has been at rest for a moment, tries some more, for
    /// at most 3 ms. Returns in how many seconds there is more to do; nothing where there is not. While runs are not over
    /// or a hand is down, nothing is tried.
    pub fn try_rates(&mut self, now: f64, is_at_rest: bool) -> Option<f64> {
        let is_stepped = self.is_stepped();
        let Good { problem, version, .. } = self.last_good.as_ref()?;
        let visible: Vec<bool> = self.scenario.optimizers.iter().map(|choice| choice.visible).collect();
        let plans = self.scenario.plans().zip(visible).filter_map(|(plan, visible)| visible.then_some(plan));
        let strips = &mut self.rate_strips;
        if strips.update(problem, *version, plans) || !is_at_rest || !is_stepped {
            strips.rests_since = now;
        }
        if strips.is_complete() {
            return None;
        }
        let left = strips.rests_since + REST_SECS - now;
        if left > 0.0 {
            return Some(left);
        }
        (!strips.advance(SLICE)).then_some(PACE_SECS)
    }
}

/// The plan that all runs of a strip share.
fn strip_plan(problem: &Problem, mut plan: Plan) -> Option<Plan> {
    // With constraints the lowest cost is not what is best.
    if plan.treatment != Treatment::Plain || plan.settings.has_rate_per_variable() {
        return None;
    }
    let ([low, _], _) = slider(&plan)?;
    let steps = MOST_WORK / (RATES as u64 * super::work_of_step(&problem.cost));
    plan.limits.steps = plan.limits.steps.min(steps.clamp(FEWEST_STEPS, MOST_STEPS) as u32);
    plan.settings.set("learning_rate", ParameterValue::Real(low)).ok()?;
    Some(plan)
}

/// The slider of the rate.
fn slider(plan: &Plan) -> Option<([f64; 2], Scale)> {
    match plan.settings.method().parameter("learning_rate")?.kind {
        ParameterKind::Real { slider, scale, .. } => Some((slider, scale)),
        _ => None,
    }
}

/// The rates that are tried.
fn rates(plan: &Plan) -> Vec<f64> {
    let Some(([low, high], scale)) = slider(plan) else { return Vec::new() };
    let rate = |place: usize| {
        let share = (place as f64 + 0.5) / RATES as f64;
        let rate = match scale {
            Scale::Linear | Scale::Whole => low + share * (high - low),
            Scale::Logarithmic => low * elementary::pow(high / low, share),
        };
        format!("{rate:.2e}").parse().unwrap_or(rate)
    };
    (0..RATES).map(rate).collect()
}

fn sign_of(problem: &Problem) -> f64 {
    if problem.cost.goal() == Goal::Maximize { -1.0 } else { 1.0 }
}

impl RateStrips {
    /// Keeps the strips of these plans, and begins the others. Returns whether anything changed.
    fn update(&mut self, problem: &Problem, version: u64, plans: impl Iterator<Item = Plan>) -> bool {
        let is_same = self.problem.as_ref().is_some_and(|(_, held)| *held == version);
        if !is_same {
            let made = self.made;
            *self = Self {
                problem: Some((problem.clone(), version)),
                least: f64::INFINITY,
                made,
                ..Self::default()
            };
        }
        let mut kept = 0;
        let mut is_new = !is_same;
        for plan in plans.filter_map(|plan| strip_plan(problem, plan)) {
            match self.strips.iter().position(|strip| strip.plan == plan) {
                Some(at) if at < kept => {}
                Some(at) => {
                    is_new |= at != kept;
                    self.strips.swap(at, kept);
                    kept += 1;
                }
                None => {
                    is_new = true;
                    let strip = Strip { rates: rates(&plan), plan, tried: Vec::new(), begins_at: f64::NAN };
                    self.strips.insert(kept, strip);
                    kept += 1;
                }
            }
        }
        is_new |= kept != self.strips.len();
        self.strips.truncate(kept);
        if is_new {
            // It was of a strip that may be gone.
            self.running = None;
        }
        is_new
    }

    fn is_complete(&self) -> bool {
        self.strips.iter().all(|strip| strip.tried.len() == strip.rates.len())
    }

    /// How many rates were tried.
    pub fn made(&self) -> u64 {
        self.made
    }

    /// Takes what came of a rate.
    fn take(&mut self, problem: &Problem, at: usize, run: &Run) {
        let Some(strip) = self.strips.get_mut(at) else { return };
        let path = run.trajectory();
        let (Some(outcome), Some(end)) = (path.outcome.clone(), path.last()) else { return };
        let value = path.value(path.steps()).unwrap_or(f64::NAN);
        strip.begins_at = path.value(0).unwrap_or(f64::NAN);
        let rate = strip.rates.get(strip.tried.len()).copied().unwrap_or(f64::NAN);
        let mut tried = TriedRate { rate, value, outcome, minimum: None };
        let goes_to_minimum =
            matches!(tried.outcome.kind, OutcomeKind::Converged | OutcomeKind::Steps | OutcomeKind::Stalled);
        if !tried.is_lost() {
            self.least = self.least.min(sign_of(problem) * value);
            let minimum = goes_to_minimum.then(|| nearest_minimum(problem, &strip.plan, end)).flatten();
            tried.minimum = minimum.map(|minimum| {
                self.least = self.least.min(minimum.value);
                let reach = ONE * minimum.at.norm().max(1.0);
                let known = self.minima.iter().position(|known| (known.at - minimum.at).norm() <= reach);
                known.unwrap_or_else(|| {
                    self.minima.push(minimum);
                    self.minima.len() - 1
                })
            });
        }
        strip.tried.push(tried);
        self.made += 1;
    }
}

impl Work for RateStrips {
    fn advance(&mut self, budget: u64) -> bool {
        let Some((problem, _)) = self.problem.clone() else { return true };
        let work = super::work_of_step(&problem.cost);
        // What a run and its minimum are beside its steps.
        let beside = 100 * work;
        let mut left = budget;
        while let Some(at) = self.strips.iter().position(|strip| strip.tried.len() < strip.rates.len()) {
            let strip = &self.strips[at];
            let mut run = self.running.take().unwrap_or_else(|| {
                let mut plan = strip.plan.clone();
                let rate = ParameterValue::Real(strip.rates[strip.tried.len()]);
                // Every rate of the slider is valid.
                let _ = plan.settings.set("learning_rate", rate);
                Run::new(&problem, &plan)
            });
            let steps = u32::try_from((left / work).max(1)).unwrap_or(u32::MAX);
            left = left.saturating_sub(u64::from(run.advance(steps)) * work);
            if run.is_over() {
                self.take(&problem, at, &run);
                left = left.saturating_sub(beside);
            } else {
                self.running = Some(run);
            }
            if left == 0 {
                return self.is_complete();
            }
        }
        true
    }

    fn progress(&self) -> Progress {
        let count = |of: fn(&Strip) -> usize| self.strips.iter().map(|strip| of(strip) as u64).sum();
        Progress { of: Counted::Rates, done: count(|s| s.tried.len()), total: count(|s| s.rates.len()) }
    }
}
