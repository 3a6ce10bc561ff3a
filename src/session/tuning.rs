//! The best learning rate for each run: the search for them, and whether those of the scenario are such.
//!
//! That rates were tuned is no part of a scenario: it is what is known of them, for as long as cost, constraints, start, limits
//! and every setting of a run are those that were tuned. Whoever takes a change back knows it again.

use super::Session;
use crate::objective::Problem;
use crate::optimizer::{Plan, RateSearch, Settings};
use crate::scenario::{ConstraintChoice, Cost, Scenario};
use crate::work::{Counted, Progress, Work};

/// All that the best rates depend on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Race {
    cost: Cost,
    constraints: Vec<ConstraintChoice>,
    plans: Vec<Plan>,
}

impl Race {
    fn of(scenario: &Scenario) -> Self {
        Self {
            cost: scenario.cost.clone(),
            constraints: scenario.enabled_constraints().cloned().collect(),
            plans: scenario.plans().collect(),
        }
    }

    /// Whether each run of a scenario is one of these.
    fn has(&self, scenario: &Scenario) -> bool {
        self.cost == scenario.cost
            && scenario.enabled_constraints().eq(&self.constraints)
            && scenario.plans().all(|plan| self.plans.contains(&plan))
    }
}

/// The search for the best learning rate of every run of a scenario, in slices.
#[derive(Debug)]
pub struct Tuning {
    of: Race,
    /// Of each run that has a rate.
    searches: Vec<Option<RateSearch>>,
    /// What a step is in work.
    work_of_step: u64,
}

impl Tuning {
    /// A search for the runs of a scenario, whose problem this is.
    pub fn new(problem: &Problem, scenario: &Scenario) -> Self {
        let of = Race::of(scenario);
        let searches = of.plans.iter().map(|plan| RateSearch::new(problem, plan)).collect();
        Self { of, searches, work_of_step: super::work_of_step(&problem.cost) }
    }

    /// Whether nothing that it depends on has changed.
    pub fn is_of(&self, scenario: &Scenario) -> bool {
        self.of == Race::of(scenario)
    }

    /// Whether any run has a rate.
    pub fn has_rates(&self) -> bool {
        self.searches.iter().any(Option::is_some)
    }

    /// The same scenario with the best rates that were found.
    pub fn tuned(&self, scenario: &Scenario) -> Scenario {
        let mut tuned = scenario.clone();
        for (choice, search) in tuned.optimizers.iter_mut().zip(&self.searches) {
            let best: Option<Settings> = search.as_ref().map(RateSearch::best);
            choice.settings = best.unwrap_or_else(|| choice.settings.clone());
        }
        tuned
    }
}

impl Work for Tuning {
    fn advance(&mut self, budget: u64) -> bool {
        let mut left = u32::try_from((budget / self.work_of_step).max(1)).unwrap_or(u32::MAX);
        for search in self.searches.iter_mut().flatten() {
            left -= search.advance(left);
            if !search.is_over() {
                return false;
            }
        }
        true
    }

    fn progress(&self) -> Progress {
        let rates = self.searches.iter().flatten().map(RateSearch::rates);
        let [done, total] = rates
            .fold([0, 0], |[done, total], [more, most]| [done + u64::from(more), total + u64::from(most)]);
        Progress { of: Counted::Rates, done, total }
    }
}

impl Session {
    /// A search for the best rates of the present scenario; nothing while there is no problem that can be evaluated, or it is not
    /// the one that is typed.
    pub fn tuning(&self) -> Option<Tuning> {
        let (made, version) = self.objective.held(&self.scenario.cost)?;
        let good = self.last_good.as_ref().filter(|good| made.is_ok() && good.of_cost == version)?;
        Some(Tuning::new(&good.problem, &self.scenario))
    }

    /// Gives every run the best rate that was found, and remembers that.
    pub fn take_rates(&mut self, tuning: &Tuning) {
        let tuned = tuning.tuned(&self.scenario);
        self.edit(|scenario| *scenario = tuned);
        self.tuned = Some(Race::of(&self.scenario));
    }

    /// Whether the rates of all runs are those that were found to be the best.
    pub fn rates_are_tuned(&self) -> bool {
        self.tuned.as_ref().is_some_and(|tuned| tuned.has(&self.scenario))
    }
}
