//! How far a step goes along a direction d: by φ(α) = F(θ + α d), where F is what is minimized, and φ′(α) = ∇F(θ + α d)ᵀ d.
//!
//! ```text
//! exact:   the first α > 0 with φ′(α) = 0, to rounding
//! armijo:  the first of a, a/2, a/4, … with φ(α) ≤ φ(0) + c₁ α φ′(0)
//! wolfe:   φ(α) ≤ φ(0) + c₁ α φ′(0)  and  |φ′(α)| ≤ c₂ |φ′(0)|
//! ```
//!
//! Source: Armijo, *Minimization of functions having Lipschitz continuous first partial derivatives*, Pacific J. Math. 16, 1966;
//! Wolfe, *Convergence conditions for ascent methods*, SIAM Review 11, 1969; Nocedal & Wright, *Numerical Optimization*, 2nd ed.
//! 2006, equations (3.6) and (3.7), algorithms 3.5 and 3.6.
//! Convention: c₁ = 1e-4. A trial that is not finite is too far. At most 60 trials.

mod armijo;
mod exact;
mod slopes;
mod stages;
mod wolfe;

use super::parameter::positive;
use super::{Iterate, NoStep, Oracle, Parameter, ParameterKind};
use crate::objective::{Evaluations, Point};

/// The most trials of a step.
pub(super) const MOST_TRIALS: usize = 60;
/// c₁, the share of the fall that the slope promises which is asked for.
const SUFFICIENT: f64 = 1e-4;

/// What a length has to fulfill.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineSearchKind {
    /// The first minimum.
    Exact,
    /// A fall that is worth its length.
    Armijo,
    /// The same, and a slope that has flattened.
    Wolfe,
}

impl LineSearchKind {
    /// Its name in files and its name for people.
    pub(super) const fn option(self) -> (&'static str, &'static str) {
        match self {
            Self::Exact => ("exact", "exact: to the first minimum"),
            Self::Armijo => ("armijo", "Armijo: halved until J falls"),
            Self::Wolfe => ("wolfe", "strong Wolfe: falls and flattens"),
        }
    }

    /// What a length that it finds does, after "no length".
    pub(super) fn aim(self) -> &'static str {
        match self {
            Self::Exact => "reaches a minimum along the search direction",
            Self::Armijo => "lowers the cost as far as Armijo's condition asks",
            Self::Wolfe => "meets the strong Wolfe conditions",
        }
    }

    /// That with this name; nothing of another name, as `none`.
    pub(super) fn named(id: &str) -> Option<Self> {
        [Self::Exact, Self::Armijo, Self::Wolfe].into_iter().find(|kind| kind.option().0 == id)
    }
}

/// The choice of a line search.
pub(super) const fn line_search(
    default: &'static str,
    options: &'static [(&'static str, &'static str)],
) -> Parameter {
    Parameter {
        id: "line_search",
        symbol: "line search",
        meaning: "How the length of a step is found.",
        kind: ParameterKind::Choice { default, options },
    }
}

/// a, the length that is tried first.
pub(super) const INITIAL_STEP: Parameter = positive(
    ["initial_step", "a", "The length that a line search tries first, in each step anew."],
    1.0,
    [1e-3, 10.0],
);

/// A length that was tried.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Trial {
    /// α.
    pub length: f64,
    /// φ(α).
    pub value: f64,
    /// φ′(α), where it was asked for.
    pub slope: Option<f64>,
}

impl Trial {
    fn is_finite(&self) -> bool {
        self.value.is_finite() && self.slope.is_none_or(f64::is_finite)
    }

    /// φ′(α); not a number where it was not asked for.
    fn slope(&self) -> f64 {
        self.slope.unwrap_or(f64::NAN)
    }

    /// Whether φ falls there.
    fn falls(&self) -> bool {
        self.slope() < 0.0
    }
}

/// A line search: what it asks of lengths, and what it found in the last step.
#[derive(Clone, PartialEq, Debug)]
pub struct LineSearch {
    /// What a length has to fulfill.
    pub kind: LineSearchKind,
    /// c₂, the share of the first slope that may be left, of [`LineSearchKind::Wolfe`].
    pub curvature: f64,
    /// θ.
    pub from: Point,
    /// d.
    pub direction: Point,
    /// φ(0).
    pub value: f64,
    /// φ′(0).
    pub slope: f64,
    /// What was tried, in order.
    pub trials: Vec<Trial>,
    /// The α that was found; not a number where none was.
    pub length: f64,
}

impl LineSearch {
    /// One that has found nothing yet; `curvature` is c₂.
    pub(super) fn new(kind: LineSearchKind, curvature: f64) -> Self {
        let nowhere = Point::repeat(f64::NAN);
        let (value, slope, length) = (f64::NAN, f64::NAN, f64::NAN);
        Self { kind, curvature, from: nowhere, direction: nowhere, value, slope, trials: Vec::new(), length }
    }

    /// c₁.
    pub fn sufficient(&self) -> f64 {
        SUFFICIENT
    }

    /// The point at a length along the direction from where a step begins; `first` is the length that is tried first. A direction
    /// of no length leads nowhere.
    ///
    /// # Errors
    /// Where the direction does not descend, or no length is found.
    pub(super) fn step(
        &mut self,
        Iterate { at, here, .. }: &Iterate,
        direction: Point,
        first: f64,
        oracle: &mut Oracle,
    ) -> Result<Point, NoStep> {
        self.trials.clear();
        (self.from, self.direction, self.length) = (*at, direction, f64::NAN);
        (self.value, self.slope) = (here.value, here.gradient.dot(&direction));
        if direction == Point::zeros() {
            self.length = 0.0;
            return Ok(*at);
        }
        if self.slope.is_nan() || self.slope >= 0.0 {
            return Err(NoStep::NoDescent);
        }
        let before = oracle.evaluations();
        let mut ray = Ray { search: self, oracle, before };
        let length = match ray.search.kind {
            LineSearchKind::Exact => exact::length(&mut ray, first),
            LineSearchKind::Armijo => armijo::length(&mut ray, first),
            LineSearchKind::Wolfe => wolfe::length(&mut ray, first),
        }?;
        let before = ray.before;
        let asked = oracle.evaluations() - before;
        oracle.has_evaluated(asked);
        self.length = length;
        Ok(self.point(length))
    }

    /// θ + α d.
    pub fn point(&self, length: f64) -> Point {
        self.from + length * self.direction
    }

    /// Whether a value is low enough for its length, but for what rounds the values.
    fn is_low_enough(&self, trial: &Trial, rounding: f64) -> bool {
        trial.value <= self.value + SUFFICIENT * trial.length * self.slope + rounding
    }

    /// What rounds φ: a few units in the last place.
    fn rounding(&self) -> f64 {
        4.0 * f64::EPSILON * self.value.abs()
    }
}

/// φ under way.
struct Ray<'a> {
    search: &'a mut LineSearch,
    oracle: &'a mut Oracle,
    /// What had been evaluated before the last trial.
    before: Evaluations,
}

impl Ray<'_> {
    /// φ at a length.
    fn value(&mut self, length: f64) -> Result<Trial, NoStep> {
        self.ask(length, |oracle, at, _| (oracle.value(at), None))
    }

    /// φ and φ′ at a length.
    fn value_and_slope(&mut self, length: f64) -> Result<Trial, NoStep> {
        self.ask(length, |oracle, at, direction| {
            let there = oracle.value_and_gradient(at);
            (there.value, Some(there.gradient.dot(&direction)))
        })
    }

    /// The same while φ falls as far as it was followed, on the way out.
    fn farther(&mut self, length: f64) -> Result<Trial, NoStep> {
        self.value_and_slope(length).map_err(|reason| match reason {
            NoStep::TrialsSpent(_) => NoStep::FallsOn,
            other => other,
        })
    }

    fn ask(
        &mut self,
        length: f64,
        look: impl FnOnce(&mut Oracle, Point, Point) -> (f64, Option<f64>),
    ) -> Result<Trial, NoStep> {
        if self.search.trials.len() >= MOST_TRIALS {
            return Err(NoStep::TrialsSpent(self.search.kind));
        }
        let at = self.search.point(length);
        if at == self.search.from {
            return Err(NoStep::LengthLost(self.search.kind));
        }
        self.before = self.oracle.evaluations();
        let (value, slope) = look(self.oracle, at, self.search.direction);
        let trial = Trial { length, value, slope };
        self.search.trials.push(trial);
        Ok(trial)
    }

    /// Where the search stands before its first trial.
    fn start(&self) -> Trial {
        Trial { length: 0.0, value: self.search.value, slope: Some(self.search.slope) }
    }
}

#[cfg(test)]
mod tests;
