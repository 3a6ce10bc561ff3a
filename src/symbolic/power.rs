//! One factor of a product: a base and its exponent.

use super::number::Number;
use super::simplify::product;
use super::term::{Node, Role, Term};

/// A power. A square root is one with the exponent 1/2.
#[derive(Clone, PartialEq)]
pub(super) struct Power {
    pub base: Term,
    pub exponent: Term,
}

impl Power {
    /// The exponent below the line of a fraction, if the power is written there.
    pub fn below(&self) -> Option<Number> {
        let exponent = self.exponent.as_number().filter(|e| e.is_negative())?;
        let exponential = matches!(self.base.node(), Node::Call("exp", _));
        (!exponential).then(|| exponent.negated())
    }

    /// Whether it changes in the direction of a variable.
    pub fn varies(&self, axis: usize) -> bool {
        self.base.varies(axis) || self.exponent.varies(axis)
    }

    /// The exponent, if it is a whole number.
    pub fn whole(&self) -> Option<i64> {
        self.exponent.as_number()?.as_whole()
    }

    /// The terms of a sum that is not raised.
    pub fn as_sum(&self) -> Option<&[Term]> {
        self.base.node().as_sum().filter(|_| self.whole() == Some(1))
    }

    /// The power as a term.
    pub fn term(&self) -> Term {
        let exponent = self.exponent.as_number();
        match (self.base.node(), exponent) {
            (_, Some(exponent)) if exponent == Number::ONE => self.base.clone(),
            (_, Some(exponent)) if exponent == Number::HALF => Term::call("sqrt", self.base.clone()),
            (Node::Call("exp", inner), Some(_)) => {
                Term::call("exp", product(inner.iter().chain([&self.exponent]).cloned()))
            }
            _ => Term::new(Node::Power(self.base.clone(), self.exponent.clone())),
        }
    }

    /// Whether it is e to some power, by name or by function.
    pub fn is_exponential(&self) -> bool {
        match self.base.node() {
            Node::Call("exp", _) => true,
            Node::Name(_, Role::WellKnown) => self.exponent.as_number().is_none(),
            _ => false,
        }
    }

    /// Where it stands in a product: well-known numbers, letters, variables, sums and roots, functions.
    pub fn rank(&self) -> (u8, usize) {
        let by_number = self.exponent.as_number().is_some();
        match self.base.node() {
            Node::Greater(..) => (6, 0),
            _ if self.is_exponential() => (5, 0),
            Node::Name(..) | Node::Number(_) if !by_number => (3, 1),
            Node::Name(_, Role::WellKnown) | Node::Number(_) => (0, 0),
            Node::Name(_, Role::Constant) => (1, 0),
            Node::Name(_, Role::Variable(axis)) if self.exponent.as_number() != Some(Number::HALF) => {
                (2, *axis)
            }
            // σ(u)(1 - σ(u)), in this order.
            Node::Call("sigmoid", _) => (3, 0),
            Node::Call(..) => (4, self.base.order()),
            _ => (3, 0),
        }
    }
}
