//! What a formula is made of, before anything is known of its grammar.

use std::ops::Range;

/// A piece of the typed text.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub mark: Mark,
    pub span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Number(f64),
    /// A fraction that is one character.
    Fraction([u8; 2]),
    Word(Word),
    /// One of `+ - * / % ^`.
    Operator(char),
    Factorial,
    Relation(Relation),
    Equals,
    Open(Bracket),
    Close(Bracket),
    Bar,
    Comma,
    /// `\frac`: two groups in braces follow.
    Quotient,
    /// `\sum` or `\prod` with its index: two groups in braces follow, its limits, then what is summed.
    Repeated {
        name: &'static str,
        index: String,
    },
    /// `\sqrt`: perhaps an index in brackets, then a group in braces.
    Root,
}

/// A name, a function or several letters side by side.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// As it was typed, with plain characters for their look-alikes.
    pub typed: String,
    /// The canonical form of the name.
    pub name: String,
    /// Whether it is a letter that was typed as a Greek one, which is never the function of its name.
    pub greek: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Round,
    Curly,
    Square,
    Floor,
    Ceiling,
}

impl Bracket {
    /// The signs that open and close.
    pub fn signs(self) -> [&'static str; 2] {
        match self {
            Self::Round => ["(", ")"],
            Self::Curly => ["{", "}"],
            Self::Square => ["[", "]"],
            Self::Floor => ["⌊", "⌋"],
            Self::Ceiling => ["⌈", "⌉"],
        }
    }
}

/// What compares two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::expr) enum Relation {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Different,
}

impl Relation {
    /// The name of its row among the comparisons.
    pub fn name(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Equal => "==",
            Self::Different => "!=",
        }
    }
}
