//! A step taken apart, stage by stage: as JSON, as lines of text, as lines of LaTeX.

use std::io::{self, Write};

use serde::Serialize;

use crate::objective::Point;
use crate::optimizer::{Stage, Trajectory, Value};

/// The step that leads to a point of a run.
#[derive(Debug)]
pub struct ExplainedStep<'a> {
    /// The number of the run, from 1.
    pub run: usize,
    /// The method's id.
    pub method: &'a str,
    /// What the run is called.
    pub label: &'a str,
    /// The number of the point that it leads to, from 1.
    pub step: usize,
    from: Point,
    to: Point,
    variables: usize,
    /// What it does, in order; the last leads to the point.
    pub stages: Vec<Stage>,
}

impl<'a> ExplainedStep<'a> {
    /// The step of a run that leads to its point `step`; nothing where there is no such step.
    pub fn new(run: usize, [method, label]: [&'a str; 2], path: &Trajectory, step: usize) -> Option<Self> {
        let from = path.point(step.checked_sub(1)?)?;
        let to = path.point(step)?;
        let (variables, stages) = (path.variables(), path.stages(step - 1)?);
        Some(Self { run, method, label, step, from, to, variables, stages })
    }

    /// Writes it as one JSON object on a line. Values are the numbers of the run, what is not finite is `null`.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        #[derive(Serialize)]
        struct StageRecord<'a> {
            id: &'a str,
            title: String,
            meaning: &'a str,
            formula: String,
            numbers: String,
            value: Entries,
        }
        #[derive(Serialize)]
        struct StepRecord<'a> {
            run: usize,
            method: &'a str,
            label: &'a str,
            step: usize,
            from: Vec<f64>,
            to: Vec<f64>,
            stages: Vec<StageRecord<'a>>,
        }
        fn of(stage: &Stage, variables: usize) -> StageRecord<'_> {
            StageRecord {
                id: &stage.id,
                title: stage.name(),
                meaning: &stage.title,
                formula: stage.formula(None).text,
                numbers: stage.in_numbers().text,
                value: Entries::of(stage.value, variables),
            }
        }
        let coordinates = |at: Point| at.iter().copied().take(self.variables).collect();
        let record = StepRecord {
            run: self.run,
            method: self.method,
            label: self.label,
            step: self.step,
            from: coordinates(self.from),
            to: coordinates(self.to),
            stages: self.stages.iter().map(|stage| of(stage, self.variables)).collect(),
        };
        serde_json::to_writer(&mut *out, &record)?;
        writeln!(out)
    }

    /// Writes each stage as three lines: what it is, its formula, and the same in numbers.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        let Self { run, label, step, .. } = self;
        writeln!(out, "Run {run}, {label}, step {step}")?;
        for stage in &self.stages {
            writeln!(out, "\n{}: {}", stage.name(), stage.title)?;
            writeln!(out, "  {}\n  {}", stage.formula(None).text, stage.in_numbers().text)?;
        }
        Ok(())
    }

    /// Writes formula and numbers of each stage for LaTeX's math mode, a line each, with what it is in a comment.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write_latex(&self, out: &mut dyn Write) -> io::Result<()> {
        for stage in &self.stages {
            writeln!(out, "% {}: {}", stage.name(), stage.title)?;
            writeln!(out, "{}\n{}", stage.formula(None).latex, stage.in_numbers().latex)?;
        }
        Ok(())
    }
}

/// A number, or those of a vector or a matrix row by row; of one variable a list of one.
#[derive(Serialize)]
#[serde(untagged)]
enum Entries {
    Scalar(f64),
    One([f64; 1]),
    Vector([f64; 2]),
    Matrix([f64; 4]),
}

impl Entries {
    fn of(value: Value, variables: usize) -> Self {
        match value {
            Value::Scalar(a) if variables == 1 => Self::One([a]),
            Value::Scalar(a) => Self::Scalar(a),
            Value::Vector(a) => Self::Vector(a.into()),
            Value::Matrix(a) => Self::Matrix([a.m11, a.m12, a.m21, a.m22]),
        }
    }
}
