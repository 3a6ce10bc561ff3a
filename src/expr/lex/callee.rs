//! What a word calls: a function, with a base or a degree that is written at its name.

use super::Token;
use crate::expr::functions::{Function, called, function, is_reserved};

/// What a word calls.
pub(super) struct Callee {
    pub function: &'static Function,
    /// The base of a logarithm that is written at its name.
    base: Option<f64>,
    /// How often the function is applied: the fourth root is the square root of the square root.
    times: usize,
    /// Whether a constant of the same name hides it.
    pub may_be_hidden: bool,
}

impl Callee {
    pub fn of(name: &str) -> Option<Self> {
        let may_be_hidden = !is_reserved(name);
        if let Some(function) = called(name) {
            return Some(Self { function, base: None, times: 1, may_be_hidden });
        }
        if name == "fourthroot" {
            return Some(Self { function: function("sqrt")?, base: None, times: 2, may_be_hidden });
        }
        let base = name.strip_prefix("log")?.parse::<u32>().ok().filter(|base| *base > 1)?;
        Some(Self { function: function("log")?, base: Some(base.into()), times: 1, may_be_hidden })
    }

    /// What stands before the argument and after it.
    pub fn tokens(&self) -> (Vec<Token>, Vec<Token>) {
        let mut closing = vec![Token::Close; self.times];
        if let Some(base) = self.base {
            closing.splice(0..0, [Token::Comma, Token::Number(base)]);
        }
        (vec![Token::Call(self.function); self.times], closing)
    }
}
