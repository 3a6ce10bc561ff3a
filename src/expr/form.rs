//! What the form of a term says about its sign and its size, whatever the point.

use super::functions::{self, POWER, Unary};
use super::node::Node;
use super::op::{Op, Slot};

/// The sign of a term where it is defined. A positive one may have a weight of 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sign {
    Positive,
    NotNegative,
    #[default]
    Unknown,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Form {
    pub sign: Sign,
    /// Whether an exponential is inside, so that the term leaves the range of f64 where its logarithm is of ordinary size.
    pub exponential: bool,
}

/// Functions that grow or fall as the exponential does, and are positive.
const EXPONENTIALS: [&str; 6] = ["exp", "exp2", "exp10", "cosh", "sech", "sigmoid"];

/// Whether this is the function with the name.
pub(super) fn is(f: &Unary, name: &str) -> bool {
    functions::unary(name).is_some_and(|known| std::ptr::eq(known, f))
}

impl Form {
    /// The form of a node, from those of its operands.
    pub(super) fn of(node: &Node, operand: impl Fn(Slot) -> Self) -> Self {
        let op = match node {
            Node::Constant(value) => return Self::with(Sign::of(*value), false),
            Node::Input(_) => return Self::default(),
            Node::Op(op) => *op,
        };
        let [a, b, _] = op.operands().map(operand);
        let exponential = a.exponential || b.exponential;
        match op {
            Op::Add(..) => Self::with(a.sign.plus(b.sign), exponential),
            Op::Shift(_, c) => Self::with(a.sign.plus(Sign::of(c)), exponential),
            Op::Mul(..) | Op::Div(..) => Self::with(a.sign.times(b.sign), exponential),
            Op::Scale(_, c) | Op::Unscale(_, c) if c >= 0.0 => a,
            Op::Powi(_, n) if n % 2 != 0 => a,
            Op::Powi(..) | Op::Powf(..) => Self::with(a.sign.of_size(), exponential),
            Op::Unary(_, f) if EXPONENTIALS.iter().any(|name| is(f, name)) => {
                Self::with(Sign::Positive, true)
            }
            Op::Unary(_, f) if is(f, "softplus") => Self::with(Sign::Positive, false),
            Op::Unary(_, f) if is(f, "sqrt") || is(f, "abs") => Self::with(a.sign.of_size(), exponential),
            Op::Unary(_, f) if is(f, "cbrt") => a,
            // The base of such a power is a constant or varies as the power does.
            Op::Binary(_, _, f) if std::ptr::eq(f, &POWER) && a.sign == Sign::Positive => {
                Self::with(Sign::Positive, true)
            }
            _ => Self::default(),
        }
    }

    fn with(sign: Sign, exponential: bool) -> Self {
        Self { sign, exponential }
    }
}

impl Sign {
    fn of(number: f64) -> Self {
        if number > 0.0 {
            Self::Positive
        } else if number == 0.0 {
            Self::NotNegative
        } else {
            Self::Unknown
        }
    }

    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Positive, _) | (_, Self::Positive) => Self::Positive,
            _ => Self::NotNegative,
        }
    }

    fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Positive, Self::Positive) => Self::Positive,
            _ => Self::NotNegative,
        }
    }

    /// Of an absolute value, a root, an even power.
    fn of_size(self) -> Self {
        if self == Self::Positive { self } else { Self::NotNegative }
    }
}
