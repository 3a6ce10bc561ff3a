//! Scenario plus everything derived from it, each cached under what it depends on.
//!
//! The only mutable place below the window. A value that is derived is never saved and never marked dirty: it is asked for
//! with its key, and made again if the key has changed. How often each stage was made is counted.

mod basins;
mod boundaries;
mod cached;
mod condition;
mod constraints;
mod contours;
mod curves;
mod drafts;
mod finer;
mod formula;
mod gradient_series;
mod memory;
mod own_rules;
mod picture;
mod pinned;
mod rate_strips;
mod rate_theory;
mod remark;
mod runs;
mod schedules;
mod solutions;
mod surface;
mod sweeps;
mod tuning;
mod unscaled;

use basins::BasinStages;
pub use basins::{BASIN_SIZES, Basins, MOST_BASIN_STEPS};
use boundaries::Boundaries;
pub use boundaries::Boundary;
use cached::Cached;
pub use condition::Condition;
use condition::Conditions;
pub use contours::{Contours, ContoursAt, ContoursOf};
use curves::CurveStages;
pub use curves::Curves;
use drafts::Drafts;
use formula::{FormulaDraft, free_letters};
pub use gradient_series::{GradientSeries, MOST_GRADIENTS};
use memory::Room;
use own_rules::RuleDraft;
pub use own_rules::RuleEdit;
pub use picture::{Picture, PictureRequest};
pub use pinned::{Pinned, PinnedPath};
use rate_strips::RateStrips;
pub use rate_strips::{RATES, RateStrip, TriedRate};
use rate_theory::Curvatures;
pub use rate_theory::{Place, RateMark, RateTheory};
pub use remark::Remark;
use runs::Runs;
use solutions::SolutionStages;
use surface::SurfaceStages;
pub use surface::{Detail, Surface};
use sweeps::SweepStage;
pub use sweeps::{MOST_SWEEP_STEPS, Swept};
use tuning::Race;
pub use tuning::Tuning;
use unscaled::UnscaledStages;

use crate::builtin::BuiltIn;
use crate::expr::FormulaError;
use crate::landscape::{Region, Walk};
use crate::objective::{Constraint, Goal, Objective, Penalty, Point, Problem};
use crate::optimizer::Trajectory;
use crate::scenario::{ConstraintChoice, Cost, OptimizerChoice, Scenario};
use crate::work::{Counted, PART_OF_A_FRAME, Progress, Work};

/// What a step is in work, in times of that for a value, with what derivatives cost.
const WORK_OF_STEP: u64 = 5;
/// What a step is in work at the least, whatever the formula.
const LEAST_WORK_OF_STEP: u64 = 200;

/// What a step on this cost is in work.
fn work_of_step(cost: &Objective) -> u64 {
    (WORK_OF_STEP * cost.work()).max(LEAST_WORK_OF_STEP)
}

/// A scenario that is being worked on.
#[derive(Debug)]
pub struct Session {
    scenario: Scenario,
    formula: FormulaDraft,
    /// Constants that a formula has had, so that a letter that comes back keeps its value.
    remembered: Vec<(String, f64)>,
    /// The constraints as they are typed, where that is not how they are kept.
    drafts: Drafts,
    /// The same of the formulas of schedules.
    schedule_drafts: Drafts,
    /// The rules that are being typed.
    rule_drafts: Vec<RuleDraft>,
    /// What parameters of typed rules were last.
    rule_parameters: Vec<(String, f64)>,
    objective: Cached<Cost, Result<Objective, FormulaError>>,
    constraints: Cached<ConstraintsKey, Result<Vec<Constraint>, FormulaError>>,
    /// Numbers for each cost with its constraints, by their versions.
    problems: Cached<[u64; 2], ()>,
    /// The last problem that could be evaluated.
    last_good: Option<Good>,
    remark: Cached<remark::Key, Option<Remark>>,
    surface: SurfaceStages,
    curves: CurveStages,
    boundaries: Boundaries,
    /// Other functions than the cost that contours are drawn of, by the version of the problem and their formulas.
    contoured: Cached<(u64, String), Option<Objective>>,
    solutions: SolutionStages,
    basins: BasinStages,
    sweep: SweepStage,
    runs: Runs,
    curvatures: Curvatures,
    conditions: Conditions,
    unscaled: UnscaledStages,
    rate_strips: RateStrips,
    /// The runs whose rates were tuned last, as they were then.
    tuned: Option<Race>,
    pinned: Option<Pinned>,
    /// How often other paths were pinned.
    pinned_version: u64,
    /// What runs and pinned paths take at the most.
    room: Room,
}

/// What constraints depend on: their letters with the values of those that have one, and how they are typed.
type ConstraintsKey = ([String; 2], Vec<(String, f64)>, Vec<ConstraintChoice>);

/// A problem that can be evaluated.
#[derive(Debug)]
struct Good {
    problem: Problem,
    /// What its constraints were made of.
    constraints: ConstraintsKey,
    /// Another number for another cost.
    of_cost: u64,
    /// Another number for another cost or other constraints.
    version: u64,
}

/// A run with its path.
#[derive(Clone, Copy, Debug)]
pub struct Path<'s> {
    /// Its place among the optimizers of the scenario.
    pub index: usize,
    /// What was chosen.
    pub choice: &'s OptimizerChoice,
    /// The path, as far as it has been taken.
    pub trajectory: &'s Trajectory,
    /// A number that changes whenever another run takes its place.
    pub version: u64,
}

/// What the constraints of a scenario depend on.
fn constraints_key(scenario: &Scenario) -> ConstraintsKey {
    let Cost { variables, constants, .. } = &scenario.cost;
    let enabled: Vec<ConstraintChoice> = scenario.enabled_constraints().cloned().collect();
    let constants = if enabled.is_empty() { Vec::new() } else { constants.clone() };
    (variables.clone(), constants, enabled)
}

/// The runs of a scenario, with their paths.
fn paths_of<'s>(scenario: &'s Scenario, runs: &'s Runs) -> impl Iterator<Item = Path<'s>> {
    scenario.optimizers.iter().enumerate().filter_map(|(index, choice)| {
        let (trajectory, version) = runs.get(index)?;
        Some(Path { index, choice, trajectory, version })
    })
}

/// How often each stage was made since the session began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recomputed {
    /// Formulas compiled.
    pub objectives: u64,
    /// Runs begun.
    pub runs: u64,
    /// Fields sampled.
    pub fields: u64,
    /// Sets of isolines traced.
    pub isolines: u64,
    /// Curves sampled, of costs of one variable.
    pub curves: u64,
    /// Minima and curvatures found for the marks of rates.
    pub curvatures: u64,
    /// Rates tried for the strips below sliders.
    pub rates: u64,
    /// Searches for solutions.
    pub solutions: u64,
    /// Functions compiled of which contours are drawn, but for the cost.
    pub contoured: u64,
}

impl Session {
    /// Begins with a scenario.
    pub fn new(scenario: Scenario) -> Self {
        let formula = FormulaDraft { text: scenario.cost.formula().to_owned(), error: None };
        let mut session = Self {
            scenario,
            formula,
            remembered: Vec::new(),
            drafts: Drafts::default(),
            schedule_drafts: Drafts::default(),
            rule_drafts: Vec::new(),
            rule_parameters: Vec::new(),
            objective: Cached::default(),
            constraints: Cached::default(),
            problems: Cached::default(),
            basins: BasinStages::default(),
            sweep: SweepStage::default(),
            last_good: None,
            remark: Cached::default(),
            surface: SurfaceStages::default(),
            curves: CurveStages::default(),
            boundaries: Boundaries::default(),
            contoured: Cached::default(),
            conditions: Conditions::default(),
            unscaled: UnscaledStages::default(),
            solutions: SolutionStages::default(),
            runs: Runs::default(),
            curvatures: Curvatures::default(),
            rate_strips: RateStrips::default(),
            tuned: None,
            pinned: None,
            pinned_version: 0,
            room: Room::MOST,
        };
        session.update();
        session
    }

    /// The scenario, as it would be saved.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Changes the scenario. What derives from it follows at the next [`Session::update`].
    pub fn edit(&mut self, change: impl FnOnce(&mut Scenario)) {
        let formula_before = self.scenario.cost.formula().to_owned();
        change(&mut self.scenario);
        self.scenario.fit();
        if self.scenario.cost.formula() != formula_before {
            self.formula = FormulaDraft { text: self.scenario.cost.formula().to_owned(), error: None };
        }
    }

    /// Adds a penalty to what is minimized, where there is none: some l2 to begin with.
    pub fn add_penalty(&mut self) {
        let cost = &self.scenario.cost;
        if cost.penalty.is_none() && cost.goal == Goal::Minimize {
            self.edit(|scenario| scenario.cost.penalty = Some(Penalty { l2: 0.1, ..Penalty::default() }));
        }
    }

    /// Puts another scenario in the place of this one. What is being typed stays with the runs and constraints that both have.
    pub fn replace(&mut self, scenario: Scenario) {
        self.formula = FormulaDraft { text: scenario.cost.formula().to_owned(), error: None };
        self.scenario = scenario;
    }

    /// Brings objective and runs up to the scenario, and takes some steps. Returns whether every run is over; if not,
    /// another call takes more.
    pub fn update(&mut self) -> bool {
        self.advance(PART_OF_A_FRAME)
    }

    /// Whether every step of every run of the present scenario is taken: [`Session::update`] would change nothing.
    pub fn is_stepped(&self) -> bool {
        let Some((made, version)) = self.objective.held(&self.scenario.cost) else { return false };
        let Some((constraints, _)) = self.constraints.held(&constraints_key(&self.scenario)) else {
            return false;
        };
        let Some(good) = &self.last_good else { return true };
        // While a text is wrong there is nothing to be stepped on but what was.
        (made.is_err() || version == good.of_cost || constraints.is_err())
            && self.runs.are_over(good.version, self.scenario.plans())
    }

    /// Takes every step of every run.
    pub fn finish(&mut self) {
        while !self.update() {}
    }

    /// The cost that is drawn and stepped on: the last one that could be evaluated.
    pub fn objective(&self) -> Option<&Objective> {
        self.problem().map(|problem| &problem.cost)
    }

    /// The cost with its constraints: the last ones that could be evaluated.
    pub fn problem(&self) -> Option<&Problem> {
        self.last_good.as_ref().map(|good| &good.problem)
    }

    /// Every run in the order of the optimizers, with its path as far as it has been taken.
    pub fn paths(&self) -> impl Iterator<Item = Path<'_>> {
        paths_of(&self.scenario, &self.runs)
    }

    /// Those of the runs that are visible.
    pub fn visible_paths(&self) -> impl Iterator<Item = Path<'_>> {
        self.paths().filter(|path| path.choice.visible)
    }

    /// The path of the optimizer at `index`, as far as it has been taken, and a number that changes with the run.
    pub fn trajectory(&self, index: usize) -> Option<(&Trajectory, u64)> {
        self.runs.get(index)
    }

    /// Keeps every visible path, as far as it gets, beside what it becomes. Those that were pinned before are let go.
    pub fn pin(&mut self) {
        self.finish();
        self.set_pinned(Some(Pinned::of_session(self)));
    }

    /// Puts paths in the place of those that were pinned, or none.
    pub fn set_pinned(&mut self, pinned: Option<Pinned>) {
        self.pinned = pinned;
        self.pinned_version += 1;
        self.keep_within_memory();
    }

    /// The paths that are visible as those to be pinned in another session. What else there is of this one is let go.
    pub fn into_pinned(self) -> Pinned {
        Pinned::of_session(&self)
    }

    fn keep_within_memory(&mut self) {
        memory::keep_within(self.room, &mut self.runs, self.pinned.as_mut());
    }

    /// The paths that were pinned.
    pub fn pinned(&self) -> Option<&Pinned> {
        self.pinned.as_ref()
    }

    /// A number that changes whenever other paths are pinned.
    pub fn pinned_version(&self) -> u64 {
        self.pinned_version
    }

    /// The most steps that any run has taken; of a series the count of its numbers.
    pub fn longest_run(&self) -> u32 {
        if let Some(series) = &self.scenario.series {
            return u32::try_from(series.values().len()).unwrap_or(u32::MAX);
        }
        let steps = (0..self.scenario.optimizers.len()).filter_map(|i| self.trajectory(i));
        steps.map(|(path, _)| path.steps() as u32).max().unwrap_or(0)
    }

    /// The curve of a constraint that counts, over `region`, to be walked along.
    pub fn walk(&mut self, region: Region, constraint: usize) -> Option<&Walk> {
        self.boundaries.walk(self.last_good.as_ref()?, region, constraint)
    }

    /// The surface over `region`, as finely as asked for.
    pub fn surface(&mut self, region: Region, detail: Detail) -> Option<Surface<'_>> {
        let Good { problem, of_cost, .. } = self.last_good.as_ref()?;
        Some(self.surface.get(&problem.cost, *of_cost, region, detail, self.scenario.levels))
    }

    /// The built-in cost that the scenario shows, if it is one.
    pub fn built_in(&self) -> Option<&'static BuiltIn> {
        self.scenario.cost.built_in()
    }

    /// The optima that are known: those of a built-in cost whose constants are as its row has them.
    pub fn known_optima(&self) -> Vec<Point> {
        let Some(row) = self.built_in() else { return Vec::new() };
        let cost = &self.scenario.cost;
        let as_given = cost.goal == row.goal
            && cost.penalty.is_none_or(|penalty| penalty.is_nothing())
            && row
                .constants
                .iter()
                .all(|(name, value)| cost.constants.iter().any(|(n, v)| n == name && v == value));
        if as_given { row.minima.iter().map(|at| Point::from(*at)).collect() } else { Vec::new() }
    }

    /// How often each stage was made.
    pub fn recomputed(&self) -> Recomputed {
        let [fields, isolines] = self.surface.made();
        Recomputed {
            objectives: self.objective.made(),
            runs: self.runs.made(),
            fields,
            isolines,
            curves: self.curves.made(),
            curvatures: self.curvatures.made(),
            rates: self.rate_strips.made(),
            solutions: self.solutions.made(),
            contoured: self.contoured.made(),
        }
    }
}

impl Work for Session {
    fn advance(&mut self, budget: u64) -> bool {
        let cost = &self.scenario.cost;
        let (objective, of_cost) = self.objective.get(cost.clone(), Cost::objective);
        let (constraints, of_constraints) = self.constraints.get(constraints_key(&self.scenario), |key| {
            key.2.iter().map(|choice| cost.constraint(choice)).collect()
        });
        match (objective, constraints) {
            (Ok(objective), Ok(constraints)) => {
                let (_, version) = self.problems.get([of_cost, of_constraints], |_| ());
                if self.last_good.as_ref().is_none_or(|good| good.version != version) {
                    let problem = Problem { constraints: constraints.clone(), ..Problem::from(objective) };
                    let constraints = constraints_key(&self.scenario);
                    self.last_good = Some(Good { problem, constraints, of_cost, version });
                }
            }
            (Err(error), _) => self.formula.error = Some(error.clone()),
            // A scenario holds none that is wrong.
            (_, Err(_)) => {}
        }
        self.unscaled.update(cost);
        let Some(Good { problem, version, .. }) = &self.last_good else { return true };
        self.runs.update(problem, *version, self.scenario.plans());
        let steps = budget / work_of_step(&problem.cost);
        let is_over = self.runs.advance(u32::try_from(steps.max(1)).unwrap_or(u32::MAX));
        self.keep_within_memory();
        is_over
    }

    fn progress(&self) -> Progress {
        let (done, total) = self.runs.steps();
        Progress { of: Counted::Steps, done, total }
    }
}
