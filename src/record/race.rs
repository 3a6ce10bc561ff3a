//! What came of each run, to be compared: as rows that can be sorted, and as text, JSON, CSV and tab-separated lines.
//!
//! Convention. Steps and evaluations are those to the end of the run, which is where it reaches the tolerance if it does. The
//! distance is ‖θ − θ*‖ from its last point to the nearest optimum that is known. Rows of data are 0 where there are none.

mod written;

pub use written::{tab_separated, write_csv, write_json, write_text};

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::decimal::with_minus;
use crate::objective::{Evaluations, Goal, Point};
use crate::optimizer::{LearningRates, OutcomeKind, StepRate};
use crate::scenario::Scenario;
use crate::session::{Path, Session};
use crate::spelling::Selectable;

/// What came of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RaceRow {
    /// Its place among the optimizers, from 0.
    pub index: usize,
    /// The method's id.
    pub method: &'static str,
    /// What it is called.
    pub label: String,
    /// As it is set, whatever a schedule makes of it; nothing where the method has none.
    pub learning_rate: Option<StepRate>,
    /// How many were taken.
    pub steps: usize,
    /// What was evaluated on the way.
    pub evaluations: Evaluations,
    /// J at the last point.
    pub value: f64,
    /// ‖∇J‖ there.
    pub gradient_norm: f64,
    /// From there to the nearest optimum that is known.
    pub distance: Option<f64>,
    /// How it ended, with the same in words; nothing while it goes on.
    pub outcome: Option<(OutcomeKind, String)>,
}

/// What a row says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RaceColumn {
    /// The number of the run, from 1.
    #[default]
    Run,
    /// The method's id.
    Method,
    /// What the run is called.
    Label,
    /// α.
    LearningRate,
    /// Steps taken.
    Steps,
    /// Gradients evaluated.
    Gradients,
    /// Values evaluated.
    Values,
    /// Hessians evaluated.
    Hessians,
    /// Rows of data looked at.
    Rows,
    /// J at the end.
    FinalValue,
    /// ‖∇J‖ at the end.
    FinalGradientNorm,
    /// From the end to the optimum.
    Distance,
    /// How it ended.
    Outcome,
}

impl Selectable for RaceColumn {
    const ALL: &'static [Self] = &[
        Self::Run,
        Self::Method,
        Self::Label,
        Self::LearningRate,
        Self::Steps,
        Self::Gradients,
        Self::Values,
        Self::Hessians,
        Self::Rows,
        Self::FinalValue,
        Self::FinalGradientNorm,
        Self::Distance,
        Self::Outcome,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Method => "method",
            Self::Label => "label",
            Self::LearningRate => "learning_rate",
            Self::Steps => "steps",
            Self::Gradients => "gradients",
            Self::Values => "values",
            Self::Hessians => "hessians",
            Self::Rows => "rows",
            Self::FinalValue => "final_value",
            Self::FinalGradientNorm => "final_gradient_norm",
            Self::Distance => "distance",
            Self::Outcome => "outcome",
        }
    }
}

/// By what rows are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RaceOrder {
    /// The column.
    pub column: RaceColumn,
    /// Whether the largest comes first.
    pub is_descending: bool,
}

impl RaceOrder {
    /// The order after somebody asked for this column: its smallest first, and asked again its largest.
    pub fn by(self, column: RaceColumn) -> Self {
        Self { column, is_descending: self.column == column && !self.is_descending }
    }

    /// Sorts rows. What is no number comes last, whatever the order, and rows that are alike stay in theirs.
    pub fn sort(self, rows: &mut [RaceRow]) {
        rows.sort_by(|a, b| {
            let turned = |order: Ordering| if self.is_descending { order.reverse() } else { order };
            if self.column == RaceColumn::Label || self.column == RaceColumn::Method {
                let text = |row: &RaceRow| match self.column {
                    RaceColumn::Method => row.method.to_owned(),
                    _ => row.label.to_lowercase(),
                };
                return turned(text(a).cmp(&text(b)));
            }
            let number = |row: &RaceRow| row.number(self.column).filter(|number| !number.is_nan());
            match (number(a), number(b)) {
                (Some(a), Some(b)) => turned(a.total_cmp(&b)),
                (a, b) => b.is_some().cmp(&a.is_some()),
            }
        });
    }
}

impl RaceRow {
    /// The row of a run; nothing of an empty path.
    fn of(Path { index, choice, trajectory, .. }: Path<'_>, optima: &[Point]) -> Option<Self> {
        let last = trajectory.last()?;
        let distances = optima.iter().map(|optimum| (last - optimum).norm());
        let rate = LearningRates::new(&choice.settings).of_settings();
        Some(Self {
            index,
            method: choice.settings.method().id,
            label: choice.name(),
            learning_rate: rate.numbers().all(|rate| !rate.is_nan()).then_some(rate),
            steps: trajectory.steps(),
            evaluations: trajectory.evaluations,
            value: trajectory.value(trajectory.steps()).unwrap_or(f64::NAN),
            gradient_norm: trajectory.gradient_norm(trajectory.steps()).unwrap_or(f64::NAN),
            distance: distances.min_by(f64::total_cmp),
            outcome: trajectory.outcome.as_ref().map(|outcome| (outcome.kind, outcome.text.clone())),
        })
    }

    /// What stands in a column, where that is a number; of an outcome its place among all of them, the best first.
    pub fn number(&self, column: RaceColumn) -> Option<f64> {
        let Evaluations { value, gradient, hessian, rows } = self.evaluations;
        Some(match column {
            RaceColumn::Run => (self.index + 1) as f64,
            RaceColumn::Method | RaceColumn::Label => return None,
            RaceColumn::LearningRate => self.learning_rate?.numbers().fold(0.0, f64::max),
            RaceColumn::Steps => self.steps as f64,
            RaceColumn::Gradients => gradient as f64,
            RaceColumn::Values => value as f64,
            RaceColumn::Hessians => hessian as f64,
            RaceColumn::Rows => rows as f64,
            RaceColumn::FinalValue => self.value,
            RaceColumn::FinalGradientNorm => self.gradient_norm,
            RaceColumn::Distance => self.distance?,
            RaceColumn::Outcome => f64::from(self.outcome.as_ref()?.0 as u8),
        })
    }
}

/// A row for each run of a session, in the order of its optimizers.
pub fn race_rows(session: &Session) -> Vec<RaceRow> {
    let optima = session.optima();
    session.paths().filter_map(|path| RaceRow::of(path, &optima)).collect()
}

/// By what the rates of a scenario's runs are found to be the best, in a sentence.
pub fn tuned_words(scenario: &Scenario) -> String {
    let is_constrained = scenario.enabled_constraints().next().is_some();
    let lowest = match scenario.cost.goal {
        _ if is_constrained => "least left of the conditions of a solution",
        Goal::Minimize => "lowest J",
        Goal::Maximize => "highest J",
        Goal::Zero => "least |f|",
    };
    let tolerance = scenario.run.tolerance;
    if tolerance == 0.0 {
        return format!("Rates tuned for each run: {lowest} after at most {} steps.", scenario.run.steps);
    }
    let small = if scenario.cost.goal == Goal::Zero {
        "|f|"
    } else if is_constrained {
        "‖∇J − Σ λ∇g‖"
    } else {
        "‖∇J‖"
    };
    let tolerance = with_minus(&format!("{tolerance:?}"));
    format!("Rates tuned for each run: fewest gradient evaluations to {small} < {tolerance}, else {lowest}.")
}

#[cfg(test)]
mod tests;
