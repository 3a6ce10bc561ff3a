//! Forms that overflow or cancel on the way to a finite value, and what is evaluated instead:
//!
//! | written | evaluated |
//! | --- | --- |
//! | ln of a product, quotient, power or root | the sum, difference, multiple of the logarithms |
//! | ln(exp(u)), ln(sigmoid(u)), ln(cosh(u)) | u, −softplus(−u), ln cosh(u) as one function |
//! | ln(c + exp(u)), ln(exp(u) + exp(v) + …) | ln c + softplus(u − ln c), max(u, v) + softplus(−abs(u − v)) … |
//! | exp(u)/(exp(u) + exp(v) + …), c/(c + exp(u)) | sigmoid(u − ln(exp(v) + …)), sigmoid(ln c − u) |
//! | 1 − sigmoid(u), 1 ± tanh(u) | sigmoid(−u), 2 sigmoid(±2u) |
//! | exp(u)/(1 + exp(u))^2, v/(1 + exp(u)) | sigmoid(u)·sigmoid(−u), v·sigmoid(−u) |
//! | exp(u)^c, sqrt(k·exp(u)/exp(v)) | exp(c·u), k^0.5·exp((u − v)/2) |
//! | sqrt(u² + v²) | hypot(u, v) |
//!
//! Logarithms are taken apart only where exponentials are inside and where what they are taken apart into is positive by its
//! form, so that what is undefined stays so; other formulas are evaluated as they are written.

use std::f64::consts::{LOG2_E, LOG10_E};

use super::form::is;
use super::functions::{self, Unary};
use super::graph::Graph;
use super::logarithms::{MAX_DEPTH, Sum};
use super::node::Node;
use super::op::{Op, Slot};
use super::operator::Operator;
use crate::elementary;

impl Graph {
    /// f(a) in a form that does not overflow, where a has one.
    pub(super) fn without_overflow(&mut self, f: &Unary, a: Slot) -> Option<Slot> {
        let log = |graph: &mut Self, a, factor| {
            let logarithm = graph.logarithm(a, MAX_DEPTH)?;
            Some(graph.scale(logarithm, factor))
        };
        match f {
            _ if is(f, "ln") || is(f, "log") => log(self, a, 1.0),
            _ if is(f, "log2") => log(self, a, LOG2_E),
            _ if is(f, "log10") => log(self, a, LOG10_E),
            _ if is(f, "log1p") => {
                let above = self.shift(a, 1.0);
                log(self, above, 1.0)
            }
            _ if is(f, "sqrt") => self.power_of_exponential(a, 0.5).or_else(|| self.root_of_squares(a)),
            _ if is(f, "cbrt") => self.power_of_exponential(a, 1.0 / 3.0),
            _ => None,
        }
    }

    pub(super) fn exp(&mut self, u: Slot) -> Slot {
        self.call_unary("exp", u)
    }

    /// The function with this name, which is in the table, of a.
    pub(super) fn call_unary(&mut self, name: &str, a: Slot) -> Slot {
        functions::unary(name).map_or(a, |f| self.op(Op::Unary(a, f)))
    }

    /// c·p/(p + q + …) for a positive p and others, one of which at least is an exponential.
    pub(super) fn share_of_sum(&mut self, a: Slot, b: Slot) -> Option<Slot> {
        let Sum { constant, mut terms } = self.sum(b);
        let (factor, share, others) = match self.value_of(a) {
            Some(c) if constant > 0.0 => {
                (c / constant, self.constant(elementary::ln(constant)), Sum { constant: 0.0, terms })
            }
            _ => {
                let (c, p) = self.scaled(a);
                let found = terms.iter().position(|term| self.scaled(*term).1 == p)?;
                let term = terms.remove(found);
                if !self.grows(term) {
                    return None;
                }
                (c / self.scaled(term).0, self.ln(term, MAX_DEPTH), Sum { constant, terms })
            }
        };
        let below = if others.terms.is_empty() && others.constant > 0.0 {
            self.constant(elementary::ln(others.constant))
        } else {
            self.log_of_sum(others, MAX_DEPTH)?
        };
        let exponent = self.difference(share, below);
        let sigmoid = self.call_unary("sigmoid", exponent);
        Some(self.scale(sigmoid, factor))
    }

    /// a - b, without what a 0 would add.
    pub(super) fn difference(&mut self, a: Slot, b: Slot) -> Slot {
        match (self.value_of(a), self.value_of(b)) {
            (Some(0.0), _) => self.negated(b),
            (_, Some(0.0)) => a,
            _ => self.binary(Operator::Sub, a, b),
        }
    }

    pub(super) fn shifted(&mut self, a: Slot, c: f64) -> Slot {
        if c == 0.0 { a } else { self.shift(a, c) }
    }

    /// c and t, where `a` is c·t.
    fn scaled(&self, a: Slot) -> (f64, Slot) {
        let (mut factor, mut t) = (1.0, a);
        loop {
            let (inner, c) = match self.node(t) {
                Some(Node::Op(Op::Scale(inner, c))) => (inner, c),
                Some(Node::Op(Op::Unscale(inner, c))) => (inner, 1.0 / c),
                Some(Node::Op(Op::Neg(inner))) => (inner, -1.0),
                _ => return (factor, t),
            };
            (factor, t) = (factor * c, inner);
        }
    }

    /// c + sign·a where that is what a sigmoid or a tanh lacks to its bound.
    pub(super) fn complement(&mut self, a: Slot, c: f64, sign: f64) -> Option<Slot> {
        let (factor, t) = self.scaled(a);
        let factor = sign * factor;
        let Node::Op(Op::Unary(u, f)) = self.node(t)? else { return None };
        let (factor, exponent) = if is(f, "sigmoid") && c == -factor {
            (c, self.negated(u))
        } else if is(f, "tanh") && c == factor {
            (2.0 * c, self.scale(u, 2.0))
        } else if is(f, "tanh") && c == -factor {
            (2.0 * c, self.scale(u, -2.0))
        } else {
            return None;
        };
        let sigmoid = self.call_unary("sigmoid", exponent);
        Some(self.scale(sigmoid, factor))
    }

    /// A power of a product of exponentials, exp(c·u), or a negative one of a sum that a constant has a share of.
    pub(super) fn power_of_exponential(&mut self, a: Slot, c: f64) -> Option<Slot> {
        if !self.grows(a) {
            return None;
        }
        let (constant, factors) = self.factors(a);
        let exponents: Option<Vec<(Slot, bool)>> =
            factors.into_iter().map(|(slot, below)| Some((self.natural_exponent(slot)?, below))).collect();
        if let Some(exponents) = exponents {
            let exponent = self.signed_sum(exponents)?;
            let exponent = self.scale(exponent, c);
            let power = self.call_unary("exp", exponent);
            return Some(self.scale(power, elementary::pow(constant, c)));
        }
        let share = if c < 0.0 { self.constant_share(a)? } else { return None };
        Some(self.power(share, -c))
    }

    /// 1/(c + exp(u) + …)
    fn constant_share(&mut self, sum: Slot) -> Option<Slot> {
        let one = self.constant(1.0);
        self.share_of_sum(one, sum)
    }

    /// a/b where that is p/(p + q + …) for an exponential p, or where b is such a sum with a constant, or a power of one.
    pub(super) fn quotient_of_exponentials(&mut self, a: Slot, b: Slot) -> Option<Slot> {
        if let Some(share) = self.share_of_sum(a, b) {
            return Some(share);
        }
        let (sum, exponent) = match self.node(b)? {
            Node::Op(Op::Powi(sum, n)) if n > 0 => (sum, f64::from(n)),
            Node::Op(Op::Powf(sum, c)) if c > 0.0 => (sum, c),
            _ => (b, 1.0),
        };
        let share = self.constant_share(sum)?;
        let (first, left) = match self.share_of_sum(a, sum) {
            Some(first) => (first, exponent - 1.0),
            None => (a, exponent),
        };
        let power = self.power(share, left);
        Some(self.binary(Operator::Mul, first, power))
    }

    /// −u, without a second sign where u is already a negation.
    pub(super) fn negated(&mut self, u: Slot) -> Slot {
        match self.node(u) {
            Some(Node::Op(Op::Neg(inner))) => inner,
            _ => self.negate(u),
        }
    }

    fn root_of_squares(&mut self, sum: Slot) -> Option<Slot> {
        let Node::Op(Op::Add(a, b)) = self.node(sum)? else { return None };
        let (Node::Op(Op::Powi(u, 2)), Node::Op(Op::Powi(v, 2))) = (self.node(a)?, self.node(b)?) else {
            return None;
        };
        Some(self.call(functions::binary("hypot")?, u, v))
    }
}
