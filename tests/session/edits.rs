//! Edits such as a person could make, at random.

use std::sync::Arc;

use downhill::builtin::BUILT_INS;
use downhill::data::{Sampling, Scaling, Table};
use downhill::landscape::{Levels, Region};
use downhill::objective::{Derivatives, Goal, Penalty, Reduce, Relation};
use downhill::optimizer::{
    METHODS, ParameterKind, ParameterValue, Scale, Schedule, ScheduleForm, ScheduleKind, Settings,
    TreatmentKind, TreatmentSettings,
};
use downhill::scenario::{Loss, OptimizerChoice, Scenario};
use downhill::session::Session;
use downhill::spelling::Selectable;

const RIGHT: &[&str] = &[
    "x^2 + 10*y^2",
    "a*x^2 + b*y^2",
    "(a-x)^2 + b*(y-x^2)^2",
    "x^2 - y^2",
    "sin(k*x) + |y|",
    "ln(x) + y^2",
    "1/x + c",
    "exp(x*y)",
    "3",
    "x^1.5 + y",
    "f(x) = x^3 - a*x",
    "f(t) = sin(t)/t",
    "f(x) = x + y",
];
const WRONG: &[&str] = &["", "x +", "x^2 + (y", "frobnicate(x)", "x + z", "0,5*x", "a*b*"];

const CONSTRAINTS: &[&str] = &[
    "x + y",
    "x^2 + y^2 <= 2",
    "x = 1",
    "x*y >= -0.5",
    "k*x - y = 0",
    "abs(x) + abs(y) <= 1",
    "ln(x) = 0",
    "x^2 + y^2 = -1",
    "x +",
    "3",
    "z <= 1",
];

/// The part of the plane that is looked at, and how finely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    pub region: Region,
    pub resolution: [usize; 2],
}

fn one_of<T: Clone>(random: &mut fastrand::Rng, list: &[T]) -> T {
    list[random.usize(0..list.len())].clone()
}

/// A valid value of a parameter.
fn some_value(random: &mut fastrand::Rng, kind: &ParameterKind) -> ParameterValue {
    match kind {
        ParameterKind::Real { default, min, max, slider, scale } => {
            let between = slider[0] + random.f64() * (slider[1] - slider[0]);
            let between = if *scale == Scale::Whole { between.round() } else { between };
            ParameterValue::Real(one_of(random, &[*default, *min, *max, slider[0], slider[1], between]))
        }
        ParameterKind::Choice { options, .. } => ParameterValue::Choice(one_of(random, options).0),
        ParameterKind::Switch { .. } => ParameterValue::Switch(random.bool()),
        ParameterKind::Interval { .. } => {
            let low = 8.0 * random.f64() - 4.0;
            ParameterValue::Interval([low, low + 0.1 + 4.0 * random.f64()])
        }
    }
}

/// Does one thing that a person could do, and says what.
pub fn edit_somehow(random: &mut fastrand::Rng, session: &mut Session, view: &mut View) -> String {
    let runs = session.scenario().optimizers.len();
    let run = random.usize(0..runs.max(1));
    let number = f64::from(random.i16(-300..300)) / 64.0;
    match random.u8(0..37) {
        0 | 1 => {
            let text = one_of(random, RIGHT);
            session.set_formula_text(text);
            format!("formula {text}")
        }
        2 => {
            let text = one_of(random, WRONG);
            session.set_formula_text(text);
            format!("wrong formula {text}")
        }
        3 => {
            let count = session.scenario().cost.constants.len();
            let index = random.usize(0..count.max(1));
            session.edit(|s| s.cost.constants.iter_mut().skip(index).take(1).for_each(|c| c.1 = number));
            format!("constant {index} {number}")
        }
        4 => {
            let goal = one_of(random, Goal::ALL);
            session.edit(|s| s.cost.goal = goal);
            format!("{goal:?}")
        }
        5 => {
            let how = one_of(random, &[Derivatives::Exact, Derivatives::CentralDifference { step: 1e-4 }]);
            session.edit(|s| s.cost.derivatives = how);
            format!("{how:?}")
        }
        6 | 7 => {
            let start = [number, f64::from(random.i16(-300..300)) / 64.0];
            session.edit(|s| s.run.start = start);
            format!("start {start:?}")
        }
        8 => {
            let steps = one_of(random, &[1, 7, 50, 120]);
            session.edit(|s| s.run.steps = steps);
            format!("steps {steps}")
        }
        9 => {
            let tolerance = one_of(random, &[0.0, 1e-6, 0.1]);
            session.edit(|s| s.run.tolerance = tolerance);
            format!("tolerance {tolerance}")
        }
        10 | 11 if runs > 0 => {
            let settings = &session.scenario().optimizers[run].settings;
            let parameters: Vec<_> = settings.iter().map(|(p, _)| (p.id.to_owned(), p.kind)).collect();
            let (id, kind) = one_of(random, &parameters);
            let value = some_value(random, &kind);
            session.edit(|s| assert_eq!(s.optimizers[run].settings.set(&id, value), Ok(())));
            format!("run {run}: {id} {value:?}")
        }
        12 if runs < 12 => {
            let method = &METHODS[random.usize(0..METHODS.len())];
            session.edit(|s| s.optimizers.insert(run, OptimizerChoice::new(Settings::defaults(method))));
            format!("add {} at {run}", method.id)
        }
        13 if runs > 0 => {
            session.edit(|s| drop(s.optimizers.remove(run)));
            format!("remove {run}")
        }
        14 if (1..12).contains(&runs) => {
            session.edit(|s| s.optimizers.push(s.optimizers[run].clone()));
            format!("duplicate {run}")
        }
        15 => {
            session.edit(|s| s.optimizers.rotate_left(run));
            session.edit(|s| s.optimizers.iter_mut().take(1).for_each(|o| o.visible = !o.visible));
            format!("rotate by {run}")
        }
        16 => {
            let row = &BUILT_INS[random.usize(0..BUILT_INS.len())];
            let mut scenario = Scenario::of_built_in(row);
            scenario.run.steps = scenario.run.steps.min(120);
            session.replace(scenario);
            format!("built-in {}", row.id)
        }
        17 => {
            let levels = Levels { scale: one_of(random, &super::SCALES), count: random.u16(1..30) };
            session.edit(|s| s.levels = levels);
            format!("{levels:?}")
        }
        18 => format!("add a constraint: {}", session.add_constraint()),
        19 | 20 => {
            let index = random.usize(0..2);
            let text = one_of(random, CONSTRAINTS);
            session.set_constraint_text(index, text);
            format!("constraint {index}: {text}")
        }
        21 => {
            let index = random.usize(0..2);
            session.remove_constraint(index);
            format!("remove constraint {index}")
        }
        22 => {
            let relation = one_of(random, Relation::ALL);
            session.edit(|s| {
                for constraint in &mut s.constraints {
                    (constraint.relation, constraint.level) = (relation, number);
                    constraint.enabled ^= number > 2.0;
                }
            });
            format!("constraints {relation:?} {number}")
        }
        23 => {
            let kind = one_of(random, TreatmentKind::ALL);
            let treatment =
                TreatmentSettings { kind, mu: number.abs() + 0.1, ..TreatmentSettings::default() };
            session.edit(|s| match s.optimizers.get_mut(run) {
                _ if s.constraints.is_empty() => {}
                Some(choice) if number > 0.0 => choice.treatment = Some(treatment),
                _ => s.treatment = treatment,
            });
            format!("treatment {treatment:?}")
        }
        24 => {
            let names = ["u", "v", "k"].map(str::to_owned).to_vec();
            let columns = (0..3).map(|column| vec![number, 0.5 * f64::from(column), 1.0]).collect();
            let loss = one_of(random, Loss::ALL);
            if let Ok(table) = Table::new(names, columns) {
                let mut scenario = Scenario::of_data(loss.cost(Arc::new(table), [0, 1], 2));
                scenario.run.steps = 60;
                session.replace(scenario);
            }
            format!("data, {loss:?}")
        }
        25 => {
            let (reduce, scaling) =
                (one_of(random, Reduce::ALL), one_of(random, &[None, Some(Scaling::MinMax)]));
            session.edit(|s| {
                if let Some(data) = s.cost.data.take() {
                    // A column whose numbers are all one stays as it is.
                    let mut scaled = data.clone().with_scale(vec![scaling]).unwrap_or(data);
                    scaled.reduce = reduce;
                    s.cost.data = Some(scaled);
                }
            });
            format!("rows: {reduce:?}, {scaling:?}")
        }
        26 if number > 3.0 => {
            session.edit(|s| s.cost.forget_data());
            "without rows".to_owned()
        }
        28 | 29 => {
            let counts = one_of(random, &[[true, true], [true, false], [false, true]]);
            let [l1, l2] = [0, 1].map(|_| one_of(random, &[0.0, 0.25, number.abs()]));
            let penalty = one_of(random, &[None, Some(Penalty { l1, l2, counts })]);
            session.edit(|s| s.cost.penalty = penalty);
            format!("{penalty:?}")
        }
        30 | 31 => {
            let batch = one_of(random, &[None, Some(1), Some(2), Some(1_000)]);
            let sampling = one_of(random, Sampling::ALL);
            let seed = random.u64(0..5);
            session.edit(|s| (s.run.batch, s.run.sampling, s.run.seed) = (batch, sampling, seed));
            format!("batch {batch:?}, {sampling:?}, seed {seed}")
        }
        32 => {
            let row = random.usize(0..4);
            session.edit(|s| {
                let table = s
                    .cost
                    .data
                    .as_ref()
                    .map(|data| (data.table().with_row(row, &[number, -number, 1.0]), data));
                if let Some((Ok(table), data)) = table {
                    s.cost.data = Some(data.with_table(table));
                }
            });
            format!("row {row}")
        }
        34 if runs > 0 => {
            let (kind, warmup) = (one_of(random, ScheduleKind::ALL), one_of(random, &[0, 1, 30]));
            let form = ScheduleForm::suited(kind, one_of(random, &[1, 60, 1000]));
            let schedule = one_of(random, &[None, Some(Schedule { form, warmup })]);
            session.edit(|s| drop(s.optimizers[run].settings.set_schedule(schedule.clone())));
            format!("run {run}: {schedule:?}")
        }
        35 if runs > 0 => {
            let text = one_of(random, &["1/t", "1/sqrt(t+1)", "2 - t", "1/(1 + t", "k", ""]);
            session.set_schedule_text(run, text);
            format!("run {run}: schedule {text}")
        }
        36 if runs > 0 => {
            let rates = ParameterValue::PerVariable([number.abs() + 1e-3, 0.01]);
            session.edit(|s| drop(s.optimizers[run].settings.set("learning_rate", rates)));
            format!("run {run}: {rates:?}")
        }
        _ => {
            let size = 0.25 + 8.0 * random.f64();
            view.region = Region { x: [number, number + size], y: [-number, 1.5 * size - number] };
            view.resolution = [random.usize(2..40), random.usize(2..40)];
            format!("{view:?}")
        }
    }
}
