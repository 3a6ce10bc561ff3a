//! Results as JSON. Numbers read back exactly; one that is not finite is `null`.

use std::borrow::Borrow;
use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::data::Batches;
use crate::expr::Jet2;
use crate::objective::{Evaluations, Point};
use crate::optimizer::{
    ColumnKind, Outcome, ParameterValue, Schedule, ScheduleEntry, Settings, StepRate, Trajectory,
    TreatmentParameter, TreatmentSettings,
};
use crate::scenario::OptimizerChoice;
use crate::spelling::Selectable;

/// Writes value, gradient and Hessian at a point as one object on a line of its own.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_evaluation(mut out: impl Write, at: &[f64], jet: &Jet2) -> io::Result<()> {
    #[derive(Serialize)]
    struct Evaluation<'a> {
        point: &'a [f64],
        value: f64,
        gradient: &'a [f64],
        hessian: Vec<&'a [f64]>,
    }
    // A zero has no sign worth printing: the Hessian of -x^2 has 0.0 in three places, not -0.0.
    let [value, dx, dy, dxx, dxy, dyy] =
        [jet.value, jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy].map(|number| number + 0.0);
    let (gradient, rows, count) = ([dx, dy], [[dxx, dxy], [dxy, dyy]], at.len().min(2));
    let hessian = rows.iter().take(count).map(|row| &row[..count]).collect();
    let evaluation = Evaluation { point: at, value, gradient: &gradient[..count], hessian };
    serde_json::to_writer(&mut out, &evaluation)?;
    writeln!(out)
}

/// Writes runs with every step as one object, a run a line, and the batches of their steps where steps look at some rows alone.
/// The runs are taken one after the other, so that each can be made when it is its turn.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_runs<'a, T: Borrow<Trajectory>>(
    mut out: impl Write,
    title: &str,
    batches: Option<&Batches>,
    runs: impl IntoIterator<Item = (&'a OptimizerChoice, T)>,
) -> io::Result<()> {
    write!(out, "{{\"title\":")?;
    serde_json::to_writer(&mut out, title)?;
    write!(out, ",\"runs\":[")?;
    let mut steps = 0;
    for (index, (choice, trajectory)) in runs.into_iter().enumerate() {
        writeln!(out, "{}", if index == 0 { "" } else { "," })?;
        let trajectory = trajectory.borrow();
        steps = steps.max(trajectory.steps());
        serde_json::to_writer(&mut out, &RunRecord { choice, trajectory })?;
    }
    write!(out, "\n]")?;
    if let Some(batches) = batches {
        write!(out, ",\"batches\":")?;
        serde_json::to_writer(&mut out, &List(|| batches.of_steps().take(steps)))?;
    }
    writeln!(out, "}}")
}

/// A run, in the order of its fields in files.
struct RunRecord<'a> {
    choice: &'a OptimizerChoice,
    trajectory: &'a Trajectory,
}

impl Serialize for RunRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { choice, trajectory } = *self;
        let mut run = serializer.serialize_map(None)?;
        run.serialize_entry("method", choice.settings.method().id)?;
        run.serialize_entry("label", &choice.name())?;
        run.serialize_entry("parameters", &Parameters(&choice.settings))?;
        if let Some(rule) = choice.settings.own_rule() {
            run.serialize_entry("state", rule.state())?;
            run.serialize_entry("rule", rule.lines())?;
        }
        run.serialize_entry("outcome", &trajectory.outcome.as_ref().map(OutcomeRecord::new))?;
        run.serialize_entry("evaluations", &EvaluationsRecord::new(trajectory))?;
        let variables = trajectory.variables();
        let coordinates = |at: Point| at.iter().copied().take(variables).collect::<Coordinates>();
        run.serialize_entry("points", &List(|| trajectory.points().map(coordinates)))?;
        run.serialize_entry("values", &List(|| trajectory.values()))?;
        run.serialize_entry("gradient_norms", &List(|| trajectory.gradient_norms()))?;
        for (index, column) in trajectory.columns().iter().enumerate() {
            let entries = || trajectory.column(index);
            match column.kind {
                ColumnKind::PerVariable => {
                    run.serialize_entry(column.id, &List(|| entries().map(coordinates)))?
                }
                ColumnKind::PerConstraint => {
                    let count = trajectory.constraints();
                    let list = |entry: Point| entry.iter().copied().take(count).collect::<Vec<f64>>();
                    run.serialize_entry(column.id, &List(|| entries().map(list)))?;
                }
                ColumnKind::One => {
                    run.serialize_entry(column.id, &List(|| entries().map(|entry| entry.x)))?
                }
            }
        }
        if trajectory.looks_for_root() {
            run.serialize_entry("order", &trajectory.order(trajectory.steps()))?;
        }
        if choice.settings.schedule().is_some() {
            run.serialize_entry("learning_rates", &List(|| trajectory.rates_of_steps().map(Rate)))?;
        }
        if let Some(treatment) = trajectory.treatment() {
            run.serialize_entry("treatment", &TreatmentRecord(treatment))?;
        }
        run.end()
    }
}

/// How a run meets its constraints: the kind and the parameters in use.
struct TreatmentRecord(TreatmentSettings);

impl Serialize for TreatmentRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TreatmentSettings { kind, mu, multiplier_rate, inner_steps } = self.0;
        let mut record = serializer.serialize_map(None)?;
        record.serialize_entry("kind", kind.id())?;
        for parameter in kind.row().parameters {
            match parameter {
                TreatmentParameter::Mu => record.serialize_entry(parameter.id(), &mu)?,
                TreatmentParameter::MultiplierRate => {
                    record.serialize_entry(parameter.id(), &multiplier_rate)?;
                }
                TreatmentParameter::InnerSteps => record.serialize_entry(parameter.id(), &inner_steps)?,
            }
        }
        record.end()
    }
}

/// The learning rate of a step: a number, or one for each variable.
struct Rate(StepRate);

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            StepRate::One(rate) => serializer.serialize_f64(rate),
            StepRate::PerVariable(rates) => <[f64; 2]>::from(rates).serialize(serializer),
        }
    }
}

/// Every parameter by its id, in the registry's order, and the schedule of the learning rate.
struct Parameters<'a>(&'a Settings);

impl Serialize for Parameters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parameters = serializer.serialize_map(None)?;
        for (parameter, value) in self.0.iter() {
            parameters.serialize_entry(parameter.id, &Setting(value))?;
        }
        if let Some(schedule) = self.0.schedule() {
            parameters.serialize_entry("schedule", &ScheduleRecord(schedule))?;
        }
        parameters.end()
    }
}

struct ScheduleRecord<'a>(&'a Schedule);

impl Serialize for ScheduleRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut record = serializer.serialize_map(None)?;
        for (key, entry) in self.0.entries() {
            match entry {
                ScheduleEntry::Id(text) | ScheduleEntry::Formula(text) => {
                    record.serialize_entry(key, text)?;
                }
                ScheduleEntry::Wholes(numbers) => record.serialize_entry(key, &numbers)?,
                ScheduleEntry::Reals(numbers) => record.serialize_entry(key, &numbers)?,
                ScheduleEntry::Whole(number) => record.serialize_entry(key, &number)?,
                ScheduleEntry::Real(number) => record.serialize_entry(key, &number)?,
            }
        }
        record.end()
    }
}

struct Setting(ParameterValue);

impl Serialize for Setting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ParameterValue::Real(value) => serializer.serialize_f64(value),
            ParameterValue::PerVariable(values) | ParameterValue::Interval(values) => {
                values.serialize(serializer)
            }
            ParameterValue::Choice(id) => serializer.serialize_str(id),
            ParameterValue::Switch(is_on) => serializer.serialize_bool(is_on),
        }
    }
}

#[derive(Serialize)]
struct OutcomeRecord<'a> {
    kind: &'static str,
    step: u32,
    text: &'a str,
}

impl<'a> OutcomeRecord<'a> {
    fn new(outcome: &'a Outcome) -> Self {
        Self { kind: outcome.kind.id(), step: outcome.step, text: &outcome.text }
    }
}

#[derive(Serialize)]
struct EvaluationsRecord {
    value: u64,
    gradient: u64,
    hessian: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
}

impl EvaluationsRecord {
    fn new(trajectory: &Trajectory) -> Self {
        let Evaluations { value, gradient, hessian, rows } = trajectory.evaluations;
        Self { value, gradient, hessian, rows: (trajectory.rows() > 0).then_some(rows) }
    }
}

/// A list that is made when it is written.
struct List<F>(F);

impl<I: IntoIterator<Item: Serialize>, F: Fn() -> I> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}

/// The one or two coordinates of a point.
struct Coordinates {
    of: [f64; 2],
    count: usize,
}

impl FromIterator<f64> for Coordinates {
    fn from_iter<I: IntoIterator<Item = f64>>(numbers: I) -> Self {
        let (mut of, mut count) = ([0.0; 2], 0);
        for (place, number) in of.iter_mut().zip(numbers) {
            *place = number;
            count += 1;
        }
        Self { of, count }
    }
}

impl Serialize for Coordinates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.of.iter().take(self.count))
    }
}
