//! The kinds of schedules: what they are called, and what they do.

use crate::spelling::Selectable;

/// The kinds of schedules.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ScheduleKind {
    /// [`super::ScheduleForm::Constant`].
    #[default]
    Constant,
    /// [`super::ScheduleForm::Piecewise`].
    Piecewise,
    /// [`super::ScheduleForm::Step`].
    Step,
    /// [`super::ScheduleForm::Exponential`].
    Exponential,
    /// [`super::ScheduleForm::InverseTime`].
    InverseTime,
    /// [`super::ScheduleForm::InverseRoot`].
    InverseRoot,
    /// [`super::ScheduleForm::Cosine`].
    Cosine,
    /// [`super::ScheduleForm::Typed`].
    Formula,
}

impl Selectable for ScheduleKind {
    const ALL: &'static [Self] = &[
        Self::Constant,
        Self::Piecewise,
        Self::Step,
        Self::Exponential,
        Self::InverseTime,
        Self::InverseRoot,
        Self::Cosine,
        Self::Formula,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Piecewise => "piecewise",
            Self::Step => "step",
            Self::Exponential => "exponential",
            Self::InverseTime => "inverse-time",
            Self::InverseRoot => "inverse-root",
            Self::Cosine => "cosine",
            Self::Formula => "formula",
        }
    }
}

impl ScheduleKind {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Piecewise => "piecewise",
            Self::Step => "step",
            Self::Exponential => "exponential",
            Self::InverseTime => "inverse time",
            Self::InverseRoot => "inverse root",
            Self::Cosine => "cosine",
            Self::Formula => "formula in t",
        }
    }

    /// φ(t), in the names of its parameters.
    pub fn formula(self) -> &'static str {
        match self {
            Self::Constant => "φ(t) = 1",
            Self::Piecewise => "φ(t) = 1, then a factor from each of some steps on",
            Self::Step => "φ(t) = factor^⌊t / every⌋",
            Self::Exponential => "φ(t) = e^(−decay t)",
            Self::InverseTime => "φ(t) = 1 / (1 + decay t)",
            Self::InverseRoot => "φ(t) = 1 / √(1 + decay t)",
            Self::Cosine => "φ(t) = final + (1 − final)(1 + cos(π t / steps)) / 2 up to t = steps",
            Self::Formula => "φ(t) as it is typed",
        }
    }

    /// What it does, in one sentence for a student.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Constant => "The rate stays as it is, but for a warm-up.",
            Self::Piecewise => "The rate is lowered by hand, at steps that are chosen.",
            Self::Step => "The rate is lowered by the same factor again and again.",
            Self::Exponential => "The rate loses the same share in every step, so that it soon is nothing.",
            Self::InverseTime => {
                "The rate falls like 1/t: slowly enough to get anywhere, fast enough to quiet the noise of batches."
            }
            Self::InverseRoot => {
                "The rate falls like 1/√t, more slowly than 1/t, as proofs for convex costs have it."
            }
            Self::Cosine => "The rate goes down along half a wave: gently at first, and gently at the end.",
            Self::Formula => "Whatever is typed, in the steps t that were taken before.",
        }
    }

    /// What [`Stage`](crate::optimizer::Stage) says of the rate of a step.
    pub(in crate::optimizer) fn title(self) -> &'static str {
        match self {
            Self::Constant => "learning rate of this step: φ = 1, but for a warm-up",
            Self::Piecewise => "learning rate of this step: φ is a factor from each of some steps on",
            Self::Step => "learning rate of this step: φ(t) = factor^⌊t / every⌋, after t steps",
            Self::Exponential => "learning rate of this step: φ(t) = e^(−decay t), after t steps",
            Self::InverseTime => "learning rate of this step: φ(t) = 1 / (1 + decay t), after t steps",
            Self::InverseRoot => "learning rate of this step: φ(t) = 1 / √(1 + decay t), after t steps",
            Self::Cosine => "learning rate of this step: φ falls along half a wave",
            Self::Formula => "learning rate of this step: φ(t) as it is typed, after t steps",
        }
    }
}
