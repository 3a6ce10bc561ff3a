//! Signs, magnitudes and brackets among the factors of a product.

use super::factors::Factors;
use super::number::Number;
use super::power::Power;
use super::simplify::{factored, product};
use super::term::{Node, Role, Term};

/// The sign of a term, with nothing under it that has no part in it: that of -2u³exp(v) is -sign(u).
pub(super) fn sign_of(term: &Term) -> Term {
    let rest = Factors::of(&without_positive_factors(term));
    let sign = Term::number(rest.coefficient.sign());
    if rest.powers.is_empty() {
        return sign;
    }
    let magnitude = Factors { coefficient: Number::ONE, ..rest }.term();
    product([sign, Term::call("sign", magnitude)])
}

/// A term with the same sign: -u for -2u³exp(v).
pub(super) fn without_positive_factors(term: &Term) -> Term {
    let drawn = term.node().as_sum().map(|terms| factored(terms, false));
    let mut factors = Factors::of(drawn.as_ref().unwrap_or(term));
    factors.coefficient = factors.coefficient.sign();
    factors.powers.retain(|power| !is_positive(&power.term()));
    for power in factors.powers.iter_mut().filter(|power| power.whole().is_some_and(|n| n % 2 != 0)) {
        power.exponent = Term::whole(1);
    }
    factors.term()
}

/// Whether it is above 0 wherever it has a value, whatever the letters stand for.
fn is_positive(term: &Term) -> bool {
    match term.node() {
        Node::Number(number) => number.value() > 0.0,
        Node::Name(_, role) => *role == Role::WellKnown,
        Node::Call("exp" | "cosh" | "sigmoid" | "softplus", _) => true,
        Node::Call("sqrt" | "abs", inner) => inner.iter().all(is_positive),
        Node::Sum(terms) => terms.iter().all(is_not_negative) && terms.iter().any(is_positive),
        Node::Product(factors) => factors.iter().all(is_positive),
        Node::Quotient(over, under) => is_positive(over) && is_positive(under),
        Node::Power(base, _) => is_positive(base),
        _ => false,
    }
}

/// Whether it is 0 or above wherever it has a value.
pub(super) fn is_not_negative(term: &Term) -> bool {
    match term.node() {
        Node::Call("sqrt" | "abs" | "hypot" | "relu" | "acosh", _) | Node::Greater(..) => true,
        Node::Number(number) => !number.is_negative(),
        Node::Sum(terms) => terms.iter().all(is_not_negative),
        Node::Product(factors) => factors.iter().all(is_not_negative),
        Node::Quotient(over, under) => is_not_negative(over) && is_not_negative(under),
        Node::Power(_, exponent)
            if exponent.as_number().and_then(Number::as_whole).is_some_and(|n| n % 2 == 0) =>
        {
            true
        }
        Node::Power(base, _) => is_not_negative(base),
        _ => is_positive(term),
    }
}

/// The argument of a sign.
fn argument_of_sign(power: &Power) -> Option<&Term> {
    match power.base.node() {
        Node::Call("sign" | "signum", arguments) => arguments.first(),
        _ => None,
    }
}

/// The argument of an absolute value.
fn argument_of_magnitude(power: &Power) -> Option<&Term> {
    match power.base.node() {
        Node::Call("abs", arguments) => arguments.first(),
        _ => None,
    }
}

impl Factors {
    /// sign(u)² is 1, |u|² is u², and sign(u)|u| is u: where u is 0, a derivative with sign(u) means nothing.
    pub fn clear_signs(&mut self) {
        for mut power in std::mem::take(&mut self.powers) {
            let even = power.whole().map(|whole| whole % 2 == 0);
            match (argument_of_sign(&power), argument_of_magnitude(&power), even) {
                (Some(_), _, Some(true)) => {}
                (Some(_), _, Some(false)) => {
                    power.exponent = Term::whole(1);
                    self.powers.push(power);
                }
                (_, Some(inner), Some(true)) => self.multiply(inner, &power.exponent),
                _ => self.powers.push(power),
            }
        }
        while let Some((sign, magnitude)) = self.sign_with_magnitude() {
            let Power { exponent, .. } = self.powers[magnitude].clone();
            let inner = argument_of_magnitude(&self.powers[magnitude]).cloned();
            self.powers.remove(sign.max(magnitude));
            self.powers.remove(sign.min(magnitude));
            if let Some(inner) = inner {
                self.multiply(&inner, &exponent);
            }
        }
    }

    /// Where a sign stands, and an odd power of the magnitude of the same.
    fn sign_with_magnitude(&self) -> Option<(usize, usize)> {
        self.powers.iter().enumerate().find_map(|(sign, power)| {
            let inner = argument_of_sign(power).filter(|_| power.whole() == Some(1))?;
            let magnitude = self.powers.iter().position(|other| {
                argument_of_magnitude(other) == Some(inner)
                    && other.whole().is_some_and(|whole| whole % 2 != 0)
            })?;
            Some((sign, magnitude))
        })
    }

    /// A bracket is 0 or 1, as its square is.
    pub fn clear_brackets(&mut self) {
        for power in self.powers.iter_mut().filter(|power| matches!(power.base.node(), Node::Greater(..))) {
            power.exponent = Term::whole(1);
        }
    }

    /// Whether both `[a > b]` and `[b > a]` are factors, of which one is 0.
    pub fn has_opposite_brackets(&self) -> bool {
        self.powers.iter().any(|power| match power.base.node() {
            Node::Greater(a, b) => {
                let opposite = Term::new(Node::Greater(b.clone(), a.clone()));
                self.powers.iter().any(|other| other.base == opposite)
            }
            _ => false,
        })
    }
}
