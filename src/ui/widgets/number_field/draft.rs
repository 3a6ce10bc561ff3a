//! What is typed into a field, until it is left.

use egui::Context;
use egui::emath::Numeric;

use crate::ui::widgets::number_text::exact_text;

/// What is typed into a field, kept in egui's memory under the field's id.
#[derive(Clone, Debug)]
pub struct Draft {
    pub text: String,
    /// The value that Escape brings back.
    pub before: f64,
    /// The value as the field left it. Another one was set elsewhere.
    pub stands: f64,
    pub is_typed: bool,
    /// Whether the text was clicked or typed, so that the next click is meant for a place in it.
    pub is_pointed_at: bool,
    /// Whether the keyboard belongs to the field. A text that was refused remains without it.
    pub is_open: bool,
    /// When a key was last pressed, or when the field was left.
    pub since: f64,
    pub verdict: Verdict,
}

/// What became of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Verdict {
    #[default]
    Taken,
    /// Taken, with something to be said of it.
    Remarked(String),
    Refused(String),
}

impl Verdict {
    pub fn sentence(&self) -> Option<&str> {
        match self {
            Self::Taken => None,
            Self::Remarked(said) | Self::Refused(said) => Some(said),
        }
    }
}

impl Draft {
    pub fn new<N: Numeric>(value: N, now: f64) -> Self {
        Self {
            text: whole_text(value),
            before: value.to_f64(),
            stands: value.to_f64(),
            is_typed: false,
            is_pointed_at: false,
            is_open: true,
            since: now,
            verdict: Verdict::Taken,
        }
    }

    /// Says a value that was stepped or set from elsewhere while the field has the keyboard; Escape still undoes it.
    pub fn renew<N: Numeric>(&mut self, value: N, now: f64) {
        *self = Self { before: self.before, is_typed: true, ..Self::new(value, now) };
    }

    pub fn is_refused(&self) -> bool {
        matches!(self.verdict, Verdict::Refused(_))
    }
}

/// All digits that a value of its type has.
pub fn whole_text<N: Numeric>(value: N) -> String {
    let exact = value.to_f64();
    // A number of single precision is the one of seven digits that it is nearest to.
    let short = format!("{exact:.6e}").parse().unwrap_or(exact);
    exact_text(if N::from_f64(short) == value { short } else { exact })
}

/// Whether a number is being typed: until it is finished, all that it changes is one change.
pub fn is_typing(ctx: &Context) -> bool {
    let focused = ctx.memory(|memory| memory.focused());
    let draft = focused.and_then(|id| ctx.data(|data| data.get_temp::<Draft>(id)));
    draft.is_some_and(|draft| draft.is_open && draft.is_typed)
}

/// Whether the text of the field that has the keyboard is no number that it takes.
pub fn is_refused(ctx: &Context) -> bool {
    let focused = ctx.memory(|memory| memory.focused());
    let draft = focused.and_then(|id| ctx.data(|data| data.get_temp::<Draft>(id)));
    draft.is_some_and(|draft| draft.is_refused())
}

/// Forgets everything that is typed and not taken: the values have been replaced.
pub fn forget_drafts(ctx: &Context) {
    ctx.data_mut(|data| data.remove_by_type::<Draft>());
}
