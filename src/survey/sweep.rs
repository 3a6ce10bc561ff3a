//! What each pair of two parameters makes of one run.

use std::num::NonZeroUsize;

use super::MOST_ALONG;
use super::crowd::Crowd;
use crate::elementary;
use crate::objective::Problem;
use crate::optimizer::{End, ParameterKind, ParameterValue, Plan, Scale, Settings, Task};
use crate::spelling::near;
use crate::work::{Progress, Work};

/// The values of a parameter that are gone through, spaced as its slider is.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The id of the parameter.
    pub parameter: String,
    /// The first value and the last one.
    pub ends: [f64; 2],
    scale: Scale,
}

/// Why a parameter cannot be gone through. Its `Display` is one sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RangeError {
    /// The method has no such parameter.
    #[error("{method} has no parameter `{id}` that is a number{}", suggestion(.near, .known))]
    NoParameter {
        /// The method's name.
        method: &'static str,
        /// The id that was given.
        id: String,
        /// What may have been meant.
        near: Option<String>,
        /// The parameters that there are.
        known: Vec<String>,
    },
    /// An end is no value of it.
    #[error("{value:?} is no value of `{id}`: {reason}")]
    NoValue {
        /// The parameter.
        id: String,
        /// The end.
        value: f64,
        /// What is wrong with it.
        reason: String,
    },
    /// There is nothing between the ends.
    #[error("the range of `{id}` from {low:?} to {high:?} is empty: its first value must be below its last")]
    Empty {
        /// The parameter.
        id: String,
        /// The ends.
        low: f64,
        /// The ends.
        high: f64,
    },
    /// It is spaced by powers of ten, which do not reach 0.
    #[error("`{id}` is spaced by powers of ten: its range has to begin above 0, not at {low:?}")]
    NotAboveZero {
        /// The parameter.
        id: String,
        /// Where the range begins.
        low: f64,
    },
}

fn suggestion(near: &Option<String>, known: &[String]) -> String {
    match near {
        Some(near) => format!(": did you mean `{near}`?"),
        None if known.is_empty() => String::new(),
        None => format!(": it has {}", known.join(", ")),
    }
}

impl Range {
    /// These values of a parameter that the settings have; those of its slider where no ends are given.
    ///
    /// # Errors
    /// There is no such parameter, or an end is no value of it.
    pub fn new(settings: &Settings, id: &str, ends: Option<[f64; 2]>) -> Result<Self, RangeError> {
        let rows: Vec<(String, [f64; 2], Scale)> = numbers_of(settings);
        let Some((_, slider, scale)) = rows.iter().find(|(known, ..)| known == id) else {
            let known: Vec<String> = rows.into_iter().map(|(known, ..)| known).collect();
            let near = near(id, known.iter().map(String::as_str)).map(str::to_owned);
            let method = settings.method().name;
            return Err(RangeError::NoParameter { method, id: id.to_owned(), near, known });
        };
        let [low, high] = ends.unwrap_or(*slider);
        for value in [low, high] {
            let mut tried = settings.clone();
            if let Err(error) = tried.set(id, ParameterValue::Real(value)) {
                return Err(RangeError::NoValue { id: id.to_owned(), value, reason: error.to_string() });
            }
        }
        if low >= high {
            return Err(RangeError::Empty { id: id.to_owned(), low, high });
        }
        if *scale == Scale::Logarithmic && low <= 0.0 {
            return Err(RangeError::NotAboveZero { id: id.to_owned(), low });
        }
        Ok(Self { parameter: id.to_owned(), ends: [low, high], scale: *scale })
    }

    /// The parameters of these settings that can be gone through.
    pub fn parameters(settings: &Settings) -> Vec<String> {
        numbers_of(settings).into_iter().map(|(id, ..)| id).collect()
    }

    /// How the values are spaced.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The value at a share of the way, from 0 to 1.
    pub fn at(&self, share: f64) -> f64 {
        let [low, high] = self.ends;
        match self.scale {
            _ if share <= 0.0 => low,
            _ if share >= 1.0 => high,
            Scale::Logarithmic => low * elementary::pow(high / low, share),
            Scale::Linear => low + share * (high - low),
            Scale::Whole => (low + share * (high - low)).round(),
        }
    }

    /// The share of the way at which a value lies; below 0 or above 1 where it lies outside.
    pub fn share(&self, value: f64) -> f64 {
        let [low, high] = self.ends;
        match self.scale {
            Scale::Logarithmic => elementary::ln(value / low) / elementary::ln(high / low),
            Scale::Linear | Scale::Whole => (value - low) / (high - low),
        }
    }

    fn node(&self, place: usize, count: usize) -> f64 {
        self.at(place as f64 / count.saturating_sub(1).max(1) as f64)
    }
}

/// The parameters that are numbers on a slider: id, ends of the slider, spacing.
fn numbers_of(settings: &Settings) -> Vec<(String, [f64; 2], Scale)> {
    let rows = settings.parameters();
    rows.filter_map(|row| match row.kind {
        ParameterKind::Real { slider, scale, .. } => Some((row.id.to_owned(), slider, scale)),
        _ => None,
    })
    .collect()
}

/// What each pair of values makes of a run.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The values that are gone through, along x and along y.
    pub ranges: [Range; 2],
    size: [usize; 2],
    /// The end with each pair, row by row from the least value of the second range up; nothing where the two do not go together.
    pub ends: Vec<Option<End>>,
}

impl Sweep {
    /// The number of values along each axis.
    pub fn size(&self) -> [usize; 2] {
        self.size
    }

    /// The pair at a place among all.
    pub fn pair(&self, place: usize) -> [f64; 2] {
        pair(&self.ranges, self.size, place)
    }
}

fn pair(ranges: &[Range; 2], [columns, rows]: [usize; 2], place: usize) -> [f64; 2] {
    [ranges[0].node(place % columns, columns), ranges[1].node(place / columns, rows)]
}

/// Finds a [`Sweep`], in slices.
pub struct SweepSearch {
    ranges: [Range; 2],
    size: [usize; 2],
    plan: Plan,
    crowd: Crowd,
    is_over: bool,
}

impl std::fmt::Debug for SweepSearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SweepSearch").field("size", &self.size).finish_non_exhaustive()
    }
}

impl SweepSearch {
    /// The run of a plan with so many values along each axis, each at least 2 and at most [`MOST_ALONG`].
    pub fn new(
        problem: &Problem,
        plan: &Plan,
        ranges: [Range; 2],
        size: [usize; 2],
        cores: NonZeroUsize,
    ) -> Self {
        let size = size.map(|count| count.clamp(2, MOST_ALONG));
        let crowd = Crowd::new(problem, plan, size[0] * size[1], false, cores);
        Self { ranges, size, plan: plan.clone(), crowd, is_over: false }
    }

    /// The sweep, where all of it is found.
    pub fn sweep(&self) -> Option<Sweep> {
        let ends = || self.crowd.found.iter().map(|found| found.map(|(end, _)| end)).collect();
        self.is_over.then(|| Sweep { ranges: self.ranges.clone(), size: self.size, ends: ends() })
    }
}

impl Work for SweepSearch {
    fn advance(&mut self, budget: u64) -> bool {
        let Self { ranges, size, plan, crowd, .. } = self;
        let task = |number: usize| {
            let mut settings = plan.settings.clone();
            let pair = pair(ranges, *size, number);
            let goes = ranges
                .iter()
                .zip(pair)
                .all(|(range, value)| settings.set(&range.parameter, ParameterValue::Real(value)).is_ok());
            let id = u32::try_from(number).unwrap_or(u32::MAX);
            goes.then_some(Task { id, settings, start: plan.start })
        };
        self.is_over = self.is_over || crowd.advance(budget, &task);
        self.is_over
    }

    fn progress(&self) -> Progress {
        self.crowd.progress()
    }
}

#[cfg(test)]
mod tests;
