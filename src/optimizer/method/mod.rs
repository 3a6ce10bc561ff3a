//! The table of methods. Everything that lists, validates, documents or builds a method walks it.

mod adadelta;
mod adagrad;
mod adam;
mod adamax;
mod adamw;
mod amsgrad;
mod barzilai_borwein;
mod bfgs;
mod bisection;
mod cg;
mod custom;
mod fista;
mod gd;
mod group;
mod ista;
mod lbfgs;
mod levenberg_marquardt;
mod lion;
mod moments;
mod momentum;
mod nadam;
mod nelder_mead;
mod nesterov;
mod newton;
mod newton_root;
mod qhadam;
mod qhm;
mod rmsprop;
mod secant;
mod secant_pair;
mod steepest;
mod trust_region;

use super::stepper::AnyStepper;
use super::{Bowl, ColumnSpec, Family, LearningRates, Parameter, PathLook, RuleLine, Settings, Threshold};
use crate::objective::{Goal, Objective};
pub(crate) use bisection::{middle, shows_root};
pub use group::MethodGroup;

/// All methods, in the order in which they are taught.
pub static METHODS: &[Method] = &[
    gd::METHOD,
    momentum::METHOD,
    nesterov::METHOD,
    adagrad::METHOD,
    rmsprop::METHOD,
    adam::METHOD,
    adamw::METHOD,
    nadam::METHOD,
    amsgrad::METHOD,
    adamax::METHOD,
    adadelta::METHOD,
    qhm::METHOD,
    qhadam::METHOD,
    lion::METHOD,
    ista::METHOD,
    fista::METHOD,
    newton::METHOD,
    steepest::METHOD,
    barzilai_borwein::METHOD,
    cg::METHOD,
    bfgs::METHOD,
    lbfgs::METHOD,
    trust_region::METHOD,
    levenberg_marquardt::METHOD,
    nelder_mead::METHOD,
    secant::METHOD,
    bisection::METHOD,
    custom::METHOD,
];

/// A method: what it is called, what it does, where it comes from, and its parameters.
#[derive(Debug)]
pub struct Method {
    /// Name in scenario files and on the command line.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// The same where there is little room.
    pub short_name: &'static str,
    /// What it does, in one sentence for a student.
    pub summary: &'static str,
    /// The update rule, with g the gradient and H the Hessian at the current point.
    pub formula: &'static str,
    /// Where it comes from: paper and equation.
    pub source: &'static str,
    /// What it goes by.
    pub group: MethodGroup,
    /// What its paths are told apart by, and whose learning rates suit it where none is suggested for it.
    pub family: Family,
    /// The highest derivatives that it uses.
    pub needs: Needs,
    /// Whether its gradient is not that at the iterate, which it has no use for.
    pub looks_ahead: bool,
    /// Whether it meets l1 with a soft threshold, and walks on the rest of J: its iterates then have zeros that are exact.
    pub by_threshold: bool,
    /// What its learning rate may be.
    pub rate: RateForm,
    /// Its parameters, in the order of sliders and files.
    pub parameters: &'static [Parameter],
    /// What is recorded of its runs beside point, value and gradient.
    pub columns: &'static [ColumnSpec],
    /// The rates that theory knows of it: see [`super::thresholds`].
    pub(super) thresholds: fn(&Settings, Bowl) -> Vec<Threshold>,
    pub(super) build: fn(&Settings) -> Box<dyn AnyStepper>,
}

impl Method {
    /// The learning rate among those that are suggested by the ids of methods: its own, or what that of its family says.
    pub fn rate_among(&self, rates: &[(&str, f64)]) -> Option<f64> {
        let of = |id: &str| rates.iter().find(|(known, _)| *known == id).map(|(_, rate)| *rate);
        of(self.id).or_else(|| match self.family {
            Family::Own(_) => None,
            // Without the last digits that come of a product.
            Family::Of(kin) => of(kin.id).map(|rate| three_digits(kin.rates_times * rate)),
        })
    }

    /// The id of the method that its family begins with.
    pub fn family_id(&self) -> &'static str {
        match self.family {
            Family::Own(_) => self.id,
            Family::Of(kin) => kin.id,
        }
    }

    /// How its paths look, in the colors of its family; nothing of one whose family has no beginning, which the registry does not
    /// hold.
    pub fn path_look(&self) -> Option<PathLook> {
        match self.family {
            Family::Own(look) => Some(look),
            Family::Of(kin) => match method(kin.id)?.family {
                Family::Own(look) => Some(PathLook { marker: kin.marker, ..look }),
                Family::Of(_) => None,
            },
        }
    }

    /// Whether it works on a cost as it is, and can be held to no constraint.
    pub fn meets_no_constraint(&self) -> bool {
        self.by_threshold || self.needs == Needs::Residuals
    }

    /// Whether it can look for a root.
    pub fn finds_roots(&self) -> bool {
        self.group == MethodGroup::Roots || self.id == newton::METHOD.id
    }

    /// Whether it can do nothing but that.
    pub fn only_finds_roots(&self) -> bool {
        self.group == MethodGroup::Roots
    }

    /// Whether there are costs that it cannot work on, constraints aside.
    pub fn is_picky(&self) -> bool {
        self.needs == Needs::Residuals || self.needs == Needs::Value
    }

    /// Why it cannot work on a cost, in a sentence; nothing where it can.
    pub fn misfit(&self, cost: &Objective) -> Option<&'static str> {
        if (cost.goal() == Goal::Zero) != self.finds_roots() && self.id != newton::METHOD.id {
            return Some(if self.finds_roots() {
                "this method looks for roots of a function of one variable: choose the goal \"zero\" first"
            } else {
                "this method looks for minima; roots are found by Newton, secant and bisection"
            });
        }
        if cost.is_of_one_variable() && self.id == nelder_mead::METHOD.id {
            return Some("Nelder-Mead moves a triangle, and there is no triangle in one variable");
        }
        (self.needs == Needs::Residuals && !cost.is_of_squares()).then_some(
            "Levenberg-Marquardt needs rows of data and a loss that is a square, whole or halved, such as \
             (a*x + b - y)^2/2, to be minimized without l1",
        )
    }

    /// The parameter that it is known by: its learning rate, or the first one where it has none.
    pub fn main_parameter(&self) -> Option<&'static Parameter> {
        self.parameters.first()
    }

    /// Whether what a step does is typed: parameters, state and lines are those of a [`super::Rule`].
    pub fn has_own_rule(&self) -> bool {
        self.group == MethodGroup::Own
    }

    /// The parameter with this id.
    pub fn parameter(&self, id: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.id == id)
    }
}

impl Settings {
    /// What a step does, line by line: θ is the point, ∇J(θ) the gradient of the cost itself, whatever the goal. Where the
    /// goal is to maximize, methods run on −J, and the signs say so.
    pub fn rule(&self, goal: Goal) -> Vec<RuleLine> {
        self.stepper(goal).rule(&LearningRates::new(self), goal)
    }

    /// The method at its start, on the way to a goal.
    pub(super) fn stepper(&self, goal: Goal) -> Box<dyn AnyStepper> {
        match self.method() {
            newton if goal == Goal::Zero && *newton == newton::METHOD => Box::new(newton_root::NewtonRoot),
            method => (method.build)(self),
        }
    }
}

impl PartialEq for Method {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// What the learning rate of a method may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RateForm {
    /// The method finds the rates of its steps itself: there is none, or one number for the first step alone.
    Fixed,
    /// One number, which a schedule may change from step to step.
    Scheduled,
    /// The same, and also a number for each variable.
    PerVariable,
}

impl RateForm {
    /// Its name where methods are listed.
    pub fn id(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Scheduled => "scheduled",
            Self::PerVariable => "per-variable",
        }
    }
}

/// The highest derivatives that a method uses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Needs {
    /// No derivatives.
    Value,
    /// First derivatives.
    Gradient,
    /// First derivatives, and those of the residuals whose squares J is made of.
    Residuals,
    /// First and second derivatives.
    Hessian,
}

/// The same to three digits.
fn three_digits(rate: f64) -> f64 {
    format!("{rate:.2e}").parse().unwrap_or(rate)
}

/// The method with this id.
pub fn method(id: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use super::super::{
        Limits, ParameterKind, ParameterValue, Plan, Run, Scale, ScheduleForm, Trajectory, Value,
    };
    use super::*;
    use crate::data::Table;
    use crate::expr::Expression;
    use crate::objective::{Derivatives, Objective, Point, Problem, Reduce, Rows};

    #[test]
    fn the_table_is_complete_and_consistent() {
        for m in METHODS {
            assert!(m.path_look().is_some(), "{}: its family has no beginning", m.id);
            assert_eq!(method(m.id), Some(m));
            for text in [m.name, m.summary, m.formula, m.source] {
                assert!(!text.is_empty(), "{}", m.id);
            }
            assert_eq!(m.needs == Needs::Hessian, m.formula.contains('H'), "{}", m.id);
            let place = m.parameters.iter().position(|p| p.id == "learning_rate");
            assert!(
                m.has_own_rule() || place == Some(0) || (place.is_none() && m.rate == RateForm::Fixed),
                "{}",
                m.id
            );
            let unique: HashSet<_> = m.parameters.iter().map(|p| p.id).collect();
            assert_eq!(unique.len(), m.parameters.len(), "{}", m.id);
            for p in m.parameters {
                assert!(p.meaning.ends_with('.') && !p.symbol.is_empty(), "{} {}", m.id, p.id);
                assert!(p.accepts(p.default_value()), "{} {}", m.id, p.id);
                if let ParameterKind::Real { default, min, max, slider: [low, high], scale } = p.kind {
                    assert!(min <= low && low < high && high <= max, "{} {}", m.id, p.id);
                    assert!(low <= default && default <= high, "{} {}", m.id, p.id);
                    assert!(scale == Scale::Linear || low > 0.0, "{} {}", m.id, p.id);
                }
            }
        }
        assert_eq!(method("sgd"), None);
    }

    /// The settings with a schedule, and with a learning rate for each variable, as far as the method takes them.
    fn rated(settings: Settings) -> Vec<Settings> {
        let mut scheduled = settings.clone();
        let decay = ScheduleForm::InverseTime { decay: 0.1 };
        let takes_schedule = scheduled.set_schedule(Some(decay.into())).is_ok();
        let mut each = scheduled.clone();
        let rates = settings.rates();
        let takes_rates =
            each.set("learning_rate", ParameterValue::PerVariable([rates.x, 0.3 * rates.y])).is_ok();
        let all = [(true, settings), (takes_schedule, scheduled), (takes_rates, each)];
        all.into_iter().filter_map(|(is_taken, settings)| is_taken.then_some(settings)).collect()
    }

    /// Every combination of choices and switches of a method, all else at its default.
    fn variants(method: &'static Method) -> Vec<Settings> {
        let mut all = vec![Settings::defaults(method)];
        for p in method.parameters {
            let values: Vec<_> = match p.kind {
                ParameterKind::Real { .. } | ParameterKind::Interval { .. } => continue,
                ParameterKind::Choice { options, .. } => {
                    options.iter().map(|o| ParameterValue::Choice(o.0)).collect()
                }
                ParameterKind::Switch { .. } => [true, false].map(ParameterValue::Switch).to_vec(),
            };
            all = all
                .iter()
                .flat_map(|s| {
                    values.iter().map(|v| {
                        let mut s = s.clone();
                        s.set(p.id, *v).unwrap();
                        s
                    })
                })
                .collect();
        }
        all
    }

    /// Whether two values agree but for rounding.
    fn agree(a: Value, b: Value) -> bool {
        match (a, b) {
            (Value::Scalar(a), Value::Scalar(b)) => (a - b).abs() <= 1e-12 * (1.0 + a.abs()),
            (Value::Vector(a), Value::Vector(b)) => (a - b).amax() <= 1e-12 * (1.0 + a.amax()),
            (Value::Matrix(a), Value::Matrix(b)) => (a - b).amax() <= 1e-12 * (1.0 + a.amax()),
            _ => false,
        }
    }

    #[test]
    fn the_stages_of_a_step_lead_to_the_next_iterate_and_each_is_what_its_formula_says() {
        let tape = Expression::parse("(1-x)^2 + 5*(y-x^2)^2").unwrap().compile(["x", "y"], &[]).unwrap();
        let goals = [Goal::Minimize, Goal::Maximize];
        for (settings, goal) in METHODS
            .iter()
            .filter(|method| !method.only_finds_roots())
            .flat_map(variants)
            .flat_map(rated)
            .flat_map(|settings| goals.map(|goal| (settings.clone(), goal)))
        {
            let objective = Objective::new(tape.clone(), goal, Derivatives::Exact);
            let start = Point::new(-0.6, 1.1);
            let limits = Limits { steps: 30, tolerance: 0.0 };
            let mut run = Run::new(&Problem::from(&objective), &Plan::new(settings.clone(), start, limits));
            run.finish();
            let path = run.trajectory();
            let finds_rates =
                settings.method().rate == RateForm::Fixed || settings.choice("line_search") == "armijo";
            assert!(
                goal == Goal::Maximize || path.len() == 31 || finds_rates,
                "{settings:?} {:?}",
                path.outcome
            );
            assert!(
                goal == Goal::Maximize || path.len() > 2 || settings.method().needs >= Needs::Residuals,
                "{settings:?} {:?}",
                path.outcome
            );
            assert_stages(path, &settings, goal);
        }
    }

    /// Asserts that each stage of each step is what its formula says, and that the last one leads to the next iterate.
    fn assert_stages(path: &Trajectory, settings: &Settings, goal: Goal) {
        for (step, next) in path.points().skip(1).enumerate() {
            let stages = path.stages(step).unwrap();
            let ids: HashSet<_> = stages.iter().map(|stage| &*stage.id).collect();
            assert_eq!(ids.len(), stages.len(), "{settings:?}");
            let last = stages.last().unwrap();
            assert_eq!((&*last.id, last.value), ("point", Value::Vector(next)), "{settings:?} step {step}");
            for stage in &stages {
                assert!(agree(stage.right.value(), stage.value), "{settings:?} step {step}: {stage:?}");
            }
            let lines = stages.iter().filter(|stage| stage.is_line()).map(|stage| stage.formula(None));
            assert_eq!(lines.collect::<Vec<_>>(), settings.rule(goal));
        }
    }

    #[test]
    fn the_stages_of_a_step_over_rows_lead_to_the_next_iterate_whether_it_was_taken_or_rejected() {
        let (t, y) = (vec![0.0, 1.0, 2.0, 3.0], vec![5.1, 3.2, 1.9, 1.3]);
        let loss = Expression::parse("(x*exp(-y*t) - z)^2").unwrap();
        let tape = loss.compile_with(["x", "y"], &[], &["t", "z"]).unwrap();
        let table = Arc::new(Table::new(vec!["t".to_owned(), "z".to_owned()], vec![t, y]).unwrap());
        let rows = Rows { stand_for: table.rows(), table, reduce: Reduce::Mean };
        let objective = Objective::over(rows, tape, Goal::Minimize, Derivatives::Exact);
        let settings = Settings::defaults(method("levenberg-marquardt").unwrap());
        let limits = Limits { steps: 30, tolerance: 1e-9 };
        let mut run =
            Run::new(&Problem::from(&objective), &Plan::new(settings.clone(), Point::new(1.0, 1.0), limits));
        run.finish();
        let path = run.trajectory();
        assert_stages(path, &settings, Goal::Minimize);
        let points: Vec<_> = path.points().collect();
        assert!(points.windows(2).any(|pair| pair[0] == pair[1]), "no step was rejected");
        assert!(path.values().zip(path.values().skip(1)).all(|(before, after)| after <= before));
    }

    #[test]
    fn of_a_step_that_does_not_exist_the_stages_say_where_it_ends() {
        let tape = Expression::parse("x^3 + y").unwrap().compile(["x", "y"], &[]).unwrap();
        let objective = Objective::new(tape, Goal::Minimize, Derivatives::Exact);
        let settings = Settings::defaults(method("newton").unwrap());
        let limits = Limits { steps: 9, tolerance: 0.0 };
        let run = Run::new(&Problem::from(&objective), &Plan::new(settings, Point::new(1.0, 1.0), limits));
        let stages = run.trajectory().stages(0).unwrap();
        let is_number = |id| {
            let stage = stages.iter().find(|stage| stage.id == id).unwrap();
            matches!(stage.value, Value::Vector(v) if v.x.is_finite())
                || matches!(stage.value, Value::Matrix(_))
        };
        assert_eq!(["gradient", "hessian", "direction", "point"].map(is_number), [true, true, false, false]);
    }
}
