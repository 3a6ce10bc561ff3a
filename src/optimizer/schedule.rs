//! How a learning rate changes along a run: φ(t), which multiplies it in each step.
//!
//! α φ(t) stands wherever α stands in the rule of a method, with t = 0, 1, 2, … the steps taken before.
//!
//! | kind | φ(t) |
//! | --- | --- |
//! | constant | 1 |
//! | piecewise | 1 before the first of some steps, then a factor from each of them on |
//! | step | factor^⌊t/every⌋ |
//! | exponential | e^(−decay t) |
//! | inverse time | 1/(1 + decay t) |
//! | inverse root | 1/√(1 + decay t) |
//! | cosine | final + (1 − final)(1 + cos(π min(t, steps)/steps))/2 |
//! | formula | as it is typed, in t |
//!
//! With a warm-up over w steps φ is (t + 1)/w · φ(0) while t < w, and φ(t − w) from there on.
//!
//! Source: piecewise, exponential and inverse powers: Zhang, Lipton, Li & Smola, *Dive into Deep Learning*, 2023, section 12.4.2.
//! Inverse time: Robbins & Monro, *A stochastic approximation method*, Annals of Mathematical Statistics 22(3), 1951, 400-407.
//! Inverse root: Zinkevich, *Online convex programming and generalized infinitesimal gradient ascent*, ICML 2003, theorem 1.
//! Cosine: Loshchilov & Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts*, ICLR 2017, equation (5), without a
//! restart. Warm-up: Goyal et al., *Accurate, Large Minibatch SGD*, 2017, section 2.2, the gradual one.
//! Convention: t counts steps, not epochs, from 0, so that φ(0) is that of the first step. φ = 0 is a rate like others: the
//! step then moves nothing. A φ that is negative or not finite is none, and the run ends there.

mod factors;
mod kind;
mod typed;

pub use factors::Factors;
pub use kind::ScheduleKind;
pub use typed::TypedFactor;

use crate::decimal::rounded;
use crate::spelling::Selectable;

/// The most steps that a schedule counts.
pub const MOST_SCHEDULE_STEPS: u32 = 1_000_000;
/// The largest factor, and the largest decay.
pub const MOST_FACTOR: f64 = 1e6;
/// The most pieces of a piecewise schedule.
pub const MOST_PIECES: usize = 64;

/// A schedule.
#[derive(Clone, PartialEq, Debug)]
pub struct Schedule {
    /// What φ is after the warm-up.
    pub form: ScheduleForm,
    /// The steps over which φ rises to what it begins with; 0 where it begins with it.
    pub warmup: u32,
}

/// What φ is.
#[derive(Clone, PartialEq, Debug)]
pub enum ScheduleForm {
    /// 1.
    Constant,
    /// From each of some steps on a factor; 1 before the first.
    Piecewise(Vec<SchedulePiece>),
    /// A factor more every so many steps.
    Step {
        /// The steps.
        every: u32,
        /// The factor.
        factor: f64,
    },
    /// e^(−decay t).
    Exponential {
        /// By how much its logarithm falls in a step.
        decay: f64,
    },
    /// 1/(1 + decay t).
    InverseTime {
        /// After 1/decay steps it is a half.
        decay: f64,
    },
    /// 1/√(1 + decay t).
    InverseRoot {
        /// After 3/decay steps it is a half.
        decay: f64,
    },
    /// Down along half a wave.
    Cosine {
        /// The steps that it goes down.
        steps: u32,
        /// What it is from there on.
        last: f64,
    },
    /// As it is typed.
    Typed(TypedFactor),
}

/// A piece of a piecewise schedule.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SchedulePiece {
    /// The step that it begins at, above that of the piece before.
    pub at: u32,
    /// φ from there on.
    pub factor: f64,
}

impl ScheduleForm {
    /// Its kind.
    pub fn kind(&self) -> ScheduleKind {
        match self {
            Self::Constant => ScheduleKind::Constant,
            Self::Piecewise(_) => ScheduleKind::Piecewise,
            Self::Step { .. } => ScheduleKind::Step,
            Self::Exponential { .. } => ScheduleKind::Exponential,
            Self::InverseTime { .. } => ScheduleKind::InverseTime,
            Self::InverseRoot { .. } => ScheduleKind::InverseRoot,
            Self::Cosine { .. } => ScheduleKind::Cosine,
            Self::Typed(_) => ScheduleKind::Formula,
        }
    }
}

impl ScheduleForm {
    /// One of this kind that suits a run of so many steps.
    pub fn suited(kind: ScheduleKind, steps: u32) -> Self {
        let steps = steps.clamp(4, MOST_SCHEDULE_STEPS);
        // So that decay t is this at the last step.
        let decay = |end: f64| rounded(end / f64::from(steps), 0.2 * end / f64::from(steps));
        match kind {
            ScheduleKind::Constant => Self::Constant,
            ScheduleKind::Piecewise => Self::Piecewise(vec![
                SchedulePiece { at: steps / 2, factor: 0.5 },
                SchedulePiece { at: steps / 4 * 3, factor: 0.1 },
            ]),
            ScheduleKind::Step => Self::Step { every: steps.div_ceil(5), factor: 0.5 },
            ScheduleKind::Exponential => Self::Exponential { decay: decay(5.0) },
            ScheduleKind::InverseTime => Self::InverseTime { decay: decay(20.0) },
            ScheduleKind::InverseRoot => Self::InverseRoot { decay: decay(100.0) },
            ScheduleKind::Cosine => Self::Cosine { steps, last: 0.0 },
            // It is a formula in t.
            ScheduleKind::Formula => TypedFactor::new("1/sqrt(t+1)").map_or(Self::Constant, Self::Typed),
        }
    }
}

impl From<ScheduleForm> for Schedule {
    fn from(form: ScheduleForm) -> Self {
        Self { form, warmup: 0 }
    }
}

/// A parameter of a schedule, as files have it.
#[derive(Clone, PartialEq, Debug)]
pub enum ScheduleEntry<'s> {
    /// The id of a kind.
    Id(&'static str),
    /// Whole numbers in a list.
    Wholes(Vec<u32>),
    /// Numbers in a list.
    Reals(Vec<f64>),
    /// A whole number.
    Whole(u32),
    /// A number.
    Real(f64),
    /// A formula.
    Formula(&'s str),
}

impl Schedule {
    /// What there is to know of it, by the names that files have for it.
    pub fn entries(&self) -> Vec<(&'static str, ScheduleEntry<'_>)> {
        use ScheduleEntry::{Formula, Id, Real, Reals, Whole, Wholes};
        let mut entries = vec![("kind", Id(self.form.kind().id()))];
        match &self.form {
            ScheduleForm::Constant => {}
            ScheduleForm::Piecewise(pieces) => {
                entries.push(("at", Wholes(pieces.iter().map(|piece| piece.at).collect())));
                entries.push(("factors", Reals(pieces.iter().map(|piece| piece.factor).collect())));
            }
            ScheduleForm::Step { every, factor } => {
                entries.extend([("every", Whole(*every)), ("factor", Real(*factor))]);
            }
            ScheduleForm::Exponential { decay }
            | ScheduleForm::InverseTime { decay }
            | ScheduleForm::InverseRoot { decay } => entries.push(("decay", Real(*decay))),
            ScheduleForm::Cosine { steps, last } => {
                entries.extend([("steps", Whole(*steps)), ("final", Real(*last))]);
            }
            ScheduleForm::Typed(factor) => entries.push(("formula", Formula(factor.text()))),
        }
        if self.warmup > 0 {
            entries.push(("warmup", Whole(self.warmup)));
        }
        entries
    }

    /// φ with its numbers, in a line: `1/(1 + 0.01 t)`.
    pub fn words(&self) -> String {
        let form = match &self.form {
            ScheduleForm::Constant => "1".to_owned(),
            ScheduleForm::Piecewise(pieces) => {
                let piece = |piece: &SchedulePiece| format!("{} from {}", piece.factor, piece.at);
                let pieces: Vec<String> = pieces.iter().map(piece).collect();
                format!("1, {}", pieces.join(", "))
            }
            ScheduleForm::Step { every, factor } => format!("{factor}^⌊t/{every}⌋"),
            ScheduleForm::Exponential { decay } => format!("e^(−{decay} t)"),
            ScheduleForm::InverseTime { decay } => format!("1/(1 + {decay} t)"),
            ScheduleForm::InverseRoot { decay } => format!("1/√(1 + {decay} t)"),
            ScheduleForm::Cosine { steps, last } => format!("cosine to {last} in {steps} steps"),
            ScheduleForm::Typed(factor) => factor.text().to_owned(),
        };
        match self.warmup {
            0 => form,
            steps => format!("{form}, warm-up {steps}"),
        }
    }
}

#[cfg(test)]
mod tests;
