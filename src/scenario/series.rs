//! The `[series]` table, in the place of `[cost]`: numbers one after the other, and the averages that are taken of them.

mod file;
mod typed;

pub(super) use file::{lines, newer, read};
pub use typed::{SeriesTextError, typed_values};

use std::sync::Arc;

use crate::data::{MAX_ROWS, MovingAverage, NormalNoise, Table};
use crate::expr::{Expression, FormulaError, FormulaErrorKind, Tape};
use crate::spelling::Selectable;

/// The most numbers of a series.
pub const MAX_VALUES: usize = MAX_ROWS;
/// The most averages of one.
pub const MAX_BETAS: usize = 8;
/// The largest size of a number: differences and averages of such are finite.
pub const LARGEST_VALUE: f64 = 1e300;
/// Of more numbers a file of their own is made, so that the scenario's stays one that is read.
pub const MAX_TYPED_VALUES: usize = 10_000;

/// A series with the averages that are taken of it.
#[derive(Clone, Debug)]
pub struct TimeSeries {
    source: SeriesSource,
    values: Arc<[f64]>,
    /// How slowly each average forgets, from 0 to below 1: at least one, at most [`MAX_BETAS`].
    pub betas: Vec<f64>,
    /// Which of v and v̂ are shown.
    pub bias_correction: BiasCorrection,
}

/// Where the numbers are from.
#[derive(Clone, Debug, PartialEq)]
pub enum SeriesSource {
    /// They stand in the scenario.
    Values,
    /// From a table.
    File {
        /// Its file, as the scenario names it.
        file: String,
        /// The name of the column.
        column: String,
    },
    /// By a formula in t and noise.
    Formula(SeriesFormula),
}

/// A formula that makes a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesFormula {
    /// In t = 1, 2, … and noise, which is another standard normal number for each t.
    pub formula: String,
    /// How many numbers are made.
    pub count: u32,
    /// What the generator of noise begins with.
    pub seed: u64,
}

/// What is drawn and written of an average.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BiasCorrection {
    /// v and v̂.
    #[default]
    Both,
    /// v.
    Off,
    /// v̂.
    On,
}

impl Selectable for BiasCorrection {
    const ALL: &'static [Self] = &[Self::Both, Self::Off, Self::On];

    fn id(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Off => "off",
            Self::On => "on",
        }
    }
}

impl BiasCorrection {
    /// Whether v is among what is shown, and whether v̂ is.
    pub fn shows(self) -> [bool; 2] {
        [self != Self::On, self != Self::Off]
    }
}

/// Why a formula makes no series. Its `Display` is one sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SeriesError {
    /// It cannot be read.
    #[error(transparent)]
    Formula(#[from] FormulaError),
    /// It gives no number that can be averaged.
    #[error("at t = {t} it is {value:?}, and a series has numbers up to {LARGEST_VALUE:e} in size")]
    NoNumber {
        /// Where.
        t: u32,
        /// What it gives there.
        value: f64,
    },
}

/// A formula beside another series of the same numbers is another source; numbers in two places are equal.
impl PartialEq for TimeSeries {
    fn eq(&self, other: &Self) -> bool {
        let is_same_source = match (&self.source, &other.source) {
            (SeriesSource::Formula(a), SeriesSource::Formula(b)) => a == b,
            (SeriesSource::Formula(_), _) | (_, SeriesSource::Formula(_)) => false,
            _ => self.has_values_of(other),
        };
        is_same_source && self.betas == other.betas && self.bias_correction == other.bias_correction
    }
}

impl Default for TimeSeries {
    /// The first numbers of the lecture's example.
    fn default() -> Self {
        Self::new(vec![10.0, 12.0, 11.0, 13.0, 9.0])
    }
}

impl TimeSeries {
    /// These numbers, each finite and at most [`LARGEST_VALUE`] in size, with β = 0.9.
    pub fn new(values: Vec<f64>) -> Self {
        let bias_correction = BiasCorrection::default();
        Self { source: SeriesSource::Values, values: values.into(), betas: vec![0.9], bias_correction }
    }

    /// The same averages of other numbers, which stand in the scenario.
    #[must_use]
    pub fn with_values(&self, values: Vec<f64>) -> Self {
        Self { source: SeriesSource::Values, values: values.into(), ..self.clone() }
    }

    /// The same averages of a column of a table, whose numbers then stand in the scenario.
    ///
    /// # Errors
    /// A number of it is larger than [`LARGEST_VALUE`], in words.
    pub fn with_column(&self, name: &str, values: &[f64]) -> Result<Self, String> {
        file::too_large(name, values).map_or_else(|| Ok(self.with_values(values.to_vec())), Err)
    }

    /// The same averages of what a formula gives.
    ///
    /// # Errors
    /// It cannot be read, or gives something that is no number of a series.
    pub fn with_formula(&self, formula: SeriesFormula) -> Result<Self, SeriesError> {
        let values = formula.values()?.into();
        Ok(Self { source: SeriesSource::Formula(formula), values, ..self.clone() })
    }

    /// The same, with its numbers in the scenario where they were in a file.
    #[must_use]
    pub fn inline(&self) -> Self {
        let mut own = self.clone();
        if let SeriesSource::File { .. } = own.source {
            own.source = SeriesSource::Values;
        }
        own
    }

    /// The same, known to be in a column of a file.
    #[must_use]
    pub fn in_file(&self, file: String, column: String) -> Self {
        Self { source: SeriesSource::File { file, column }, ..self.clone() }
    }

    /// Where its numbers are from.
    pub fn source(&self) -> &SeriesSource {
        &self.source
    }

    /// Its numbers, x₁ first.
    pub fn values(&self) -> &Arc<[f64]> {
        &self.values
    }

    /// Whether both have the same numbers.
    pub fn has_values_of(&self, other: &Self) -> bool {
        let bits = |series: &Self| series.values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        Arc::ptr_eq(&self.values, &other.values)
            || self.values.len() == other.values.len() && bits(self) == bits(other)
    }

    /// Whether its numbers are so many that a scenario's file has them beside it.
    pub fn is_large(&self) -> bool {
        !matches!(self.source, SeriesSource::Formula(_)) && self.values.len() > MAX_TYPED_VALUES
    }

    /// Its numbers as a table with the column that they are from, or x.
    pub fn table(&self) -> Option<Table> {
        let column = match &self.source {
            SeriesSource::File { column, .. } => column.clone(),
            _ => "x".to_owned(),
        };
        Table::new(vec![column], vec![self.values.to_vec()]).ok()
    }

    /// Its averages, in the order of their β.
    pub fn averages(&self) -> Vec<MovingAverage> {
        self.betas.iter().map(|beta| MovingAverage::of(&self.values, *beta)).collect()
    }

    /// What it is in a few words: "x of noise.csv", "3 numbers", "sin(t/10), t = 1 to 200, seed 1".
    pub fn source_words(&self) -> String {
        let count = self.values.len();
        match &self.source {
            SeriesSource::Values if count == 1 => "1 number".to_owned(),
            SeriesSource::Values => format!("{count} numbers"),
            SeriesSource::File { file, column } => format!("{column} of {file}, {count} numbers"),
            SeriesSource::Formula(SeriesFormula { formula, seed, .. }) => {
                format!("x = {formula}, t = 1 to {count}, seed {seed}")
            }
        }
    }
}

impl SeriesFormula {
    /// What it gives, t = 1 first.
    ///
    /// # Errors
    /// It cannot be read, or gives something that is no number of a series.
    pub fn values(&self) -> Result<Vec<f64>, SeriesError> {
        let mut evaluator = self.tape()?.evaluator();
        let noise = NormalNoise::new(self.seed);
        let value = |(t, noise): (u32, f64)| {
            let value = evaluator.value(f64::from(t), noise) + 0.0;
            if is_value(value) { Ok(value) } else { Err(SeriesError::NoNumber { t, value }) }
        };
        (1..=self.count).zip(noise).map(value).collect()
    }

    fn tape(&self) -> Result<Tape, FormulaError> {
        Expression::parse(&self.formula).and_then(|read| read.compile(["t", "noise"], &[])).map_err(of_series)
    }
}

/// A mistake in a formula whose names are t and noise.
fn of_series(error: FormulaError) -> FormulaError {
    use FormulaErrorKind as Kind;
    let kind = match error.kind {
        Kind::Empty => Kind::EmptySeries,
        Kind::UnknownName { name, suggestions, .. } => Kind::NotOfSeries { name, suggestions },
        Kind::ThirdVariable { name, .. } => Kind::NotOfSeries { name, suggestions: Vec::new() },
        kind => kind,
    };
    FormulaError { kind, ..error }
}

/// Whether a number can stand in a series.
fn is_value(value: f64) -> bool {
    value.abs() <= LARGEST_VALUE
}

/// The change between two series in a few words.
pub(super) fn change(before: Option<&TimeSeries>, after: Option<&TimeSeries>) -> Option<String> {
    let (Some(before), Some(after)) = (before, after) else { return None };
    let words = match (&before.source, &after.source) {
        _ if before == after => return None,
        _ if before.betas.len() < after.betas.len() => "adding \u{3b2}",
        _ if before.betas.len() > after.betas.len() => "removing \u{3b2}",
        _ if before.betas != after.betas => "\u{3b2}",
        _ if before.bias_correction != after.bias_correction => "bias correction",
        (SeriesSource::Formula(a), SeriesSource::Formula(b)) if a.formula != b.formula => "formula",
        (SeriesSource::Formula(a), SeriesSource::Formula(b)) if a.seed != b.seed => "seed",
        (SeriesSource::Formula(_), SeriesSource::Formula(_)) => "count",
        _ => "series",
    };
    Some(words.to_owned())
}

#[cfg(test)]
mod tests;
