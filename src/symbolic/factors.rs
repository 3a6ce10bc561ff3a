//! Products taken apart and put together again: one number in front, like factors collected, one fraction.
//!
//! Every step keeps the value wherever the original has one. What may be gained is a point where it had none: x/x is 1.

use super::number::{Number, common_divisor};
use super::power::Power;
use super::simplify::{divided, product, raised, sum};
use super::term::{Node, Term};

/// A product: a number, and powers of different bases.
#[derive(Clone)]
pub(super) struct Factors {
    pub coefficient: Number,
    pub powers: Vec<Power>,
}

impl Factors {
    pub fn new(coefficient: Number) -> Self {
        Self { coefficient, powers: Vec::new() }
    }

    /// The factors of a term.
    pub fn of(term: &Term) -> Self {
        let mut factors = Self::new(Number::ONE);
        factors.multiply(term, &Term::number(Number::ONE));
        factors
    }

    /// Multiplies by a power. Only whole powers are taken apart: √(x²) is no power of x.
    pub fn multiply(&mut self, base: &Term, exponent: &Term) {
        let number = exponent.as_number();
        let whole = number.and_then(Number::as_whole);
        let once = whole.filter(|whole| whole.abs() == 1);
        match (base.node(), whole, once) {
            (Node::Number(value), Some(whole), _) if let Some(value) = value.to_the(whole) => {
                self.coefficient = self.coefficient.times(value);
            }
            (Node::Negative(inner), Some(whole), _) => {
                if whole % 2 != 0 {
                    self.coefficient = self.coefficient.negated();
                }
                self.multiply(inner, exponent);
            }
            (Node::Product(factors), _, Some(_)) => {
                factors.iter().for_each(|factor| self.multiply(factor, exponent));
            }
            (Node::Quotient(over, under), _, Some(once)) => {
                self.multiply(over, exponent);
                self.multiply(under, &Term::whole(-once));
            }
            (Node::Power(inner, power), Some(_), _) => {
                self.multiply(inner, &product([power.clone(), exponent.clone()]));
            }
            (Node::Call("sqrt", inner), Some(whole), _) => {
                let half = Number::HALF.times(Number::whole(whole));
                inner.iter().for_each(|inner| self.multiply(inner, &Term::number(half)));
            }
            (Node::Call("cbrt", inner), Some(whole), _) if whole % 3 == 0 => {
                inner.iter().for_each(|inner| self.multiply(inner, &Term::whole(whole / 3)));
            }
            (Node::Call("hypot", legs), Some(whole), _) if whole % 2 == 0 => {
                let squares = sum(legs.iter().map(|leg| raised(leg, &Term::whole(2))));
                self.multiply(&squares, &Term::whole(whole / 2));
            }
            (Node::Call("exp", inner), Some(whole), _) => match inner.first().and_then(multiple) {
                Some((times, rest)) => {
                    let exponent = Number::whole(times).times(Number::whole(whole));
                    self.collect(&Term::call("exp", rest), &Term::number(exponent));
                }
                None => self.collect(base, exponent),
            },
            _ => self.collect(base, exponent),
        }
    }

    /// The exponent of a base, 0 where it is no factor, unless it is no number.
    pub fn exponent_of(&self, base: &Term) -> Option<Number> {
        let power = self.powers.iter().find(|power| power.base == *base);
        power.map_or(Some(Number::ZERO), |power| power.exponent.as_number())
    }

    fn collect(&mut self, base: &Term, exponent: &Term) {
        if let Some(at) = self.powers.iter().position(|power| power.base == *base) {
            let exponent = sum([self.powers[at].exponent.clone(), exponent.clone()]);
            if exponent.as_number() == Some(Number::ZERO) {
                self.powers.remove(at);
            } else {
                self.powers[at].exponent = exponent;
            }
        } else if exponent.as_number() != Some(Number::ZERO) {
            self.powers.push(Power { base: base.clone(), exponent: exponent.clone() });
        }
    }

    /// What is above and below the line of the fraction; the exponents below are positive. The coefficient is in neither.
    pub fn split(&self) -> (Vec<Power>, Vec<Power>) {
        let (mut over, mut under) = (Vec::new(), Vec::new());
        for power in &self.powers {
            match power.below() {
                Some(exponent) => {
                    under.push(Power { base: power.base.clone(), exponent: Term::number(exponent) });
                }
                None => over.push(power.clone()),
            }
        }
        (over, under)
    }

    /// The product as it is written.
    pub fn term(mut self) -> Term {
        if self.coefficient == Number::ZERO || self.has_opposite_brackets() {
            return Term::whole(0);
        }
        self.clear_brackets();
        self.clear_signs();
        self.powers.sort_by_key(Power::rank);
        let (mut over, under) = self.split();
        while self.clear_fractions(&mut over, !under.is_empty()) {}
        self.draw_signs(&mut over, &under);
        let coefficient = self.coefficient;
        if over.is_empty() && under.is_empty() {
            return Term::number(coefficient);
        }
        let magnitude = if coefficient.is_negative() { coefficient.negated() } else { coefficient };
        let (above, below) = match magnitude.as_fraction() {
            Some((above, below)) => (Number::whole(above), Number::whole(below)),
            None => (magnitude, Number::ONE),
        };
        let (over, under) = (listed(above, &over), listed(below, &under));
        let term = if under == Term::whole(1) { over } else { Term::new(Node::Quotient(over, under)) };
        match (coefficient.is_negative(), term.node()) {
            (false, _) => term,
            (true, Node::Sum(terms)) => divided(terms, Number::MINUS_ONE),
            (true, _) => Term::new(Node::Negative(term)),
        }
    }

    /// A sum among several factors has no minus sign everywhere: -(-a - b)c is (a + b)c. And (b - a)/c is written rather
    /// than -(a - b)/c.
    fn draw_signs(&mut self, over: &mut [Power], under: &[Power]) {
        let negated = self.coefficient == Number::MINUS_ONE;
        let alone = over.len() + under.len() == 1 && (negated || self.coefficient == Number::ONE);
        let numerator = over.len() == 1 && !under.is_empty() && negated;
        for power in over.iter_mut().filter(|_| !alone) {
            let Some(terms) = power.as_sum() else { continue };
            let all_negative = terms.iter().all(Term::is_negative);
            if all_negative || numerator && terms.iter().any(Term::is_negative) {
                power.base = divided(terms, Number::MINUS_ONE);
                self.coefficient = self.coefficient.negated();
            }
        }
    }

    /// (2x + 4y)/8 is (x + 2y)/4, and (x + y/2)/z is (2x + y)/2z. Whether something changed.
    fn clear_fractions(&mut self, over: &mut [Power], below: bool) -> bool {
        let fraction = self.coefficient.as_fraction();
        if fraction.is_none() && !below {
            return false;
        }
        let (_, below) = fraction.unwrap_or((1, 1));
        for power in over {
            let Some(terms) = power.as_sum() else { continue };
            let numbers = terms.iter().map(|term| Self::of(term).coefficient);
            let shared =
                numbers.clone().map(Number::as_whole).try_fold(below, |a, b| Some(common_divisor(a, b?)));
            let divisor = match (shared, Number::denominator(numbers)) {
                (Some(shared), _) => Number::whole(shared),
                (None, Some(parts)) => Number::ONE.over(Number::whole(parts)),
                (None, None) => continue,
            };
            if divisor != Number::ONE {
                power.base = divided(terms, divisor);
                self.coefficient = self.coefficient.times(divisor);
                return true;
            }
        }
        false
    }
}

/// The argument of an exponential that is a whole multiple, at least twice, of another.
fn multiple(argument: &Term) -> Option<(i64, Term)> {
    match argument.node() {
        Node::Negative(inner) => {
            multiple(inner).map(|(times, rest)| (times, product([Term::whole(-1), rest])))
        }
        Node::Product(factors) => {
            let (first, rest) = factors.split_first()?;
            let times =
                first.as_number().and_then(Number::as_whole).filter(|times| (2..100).contains(times))?;
            Some((times, product(rest.iter().cloned())))
        }
        _ => None,
    }
}

/// A number and powers, one after the other.
fn listed(number: Number, powers: &[Power]) -> Term {
    let mut factors: Vec<Term> = powers.iter().map(Power::term).collect();
    if number != Number::ONE || factors.is_empty() {
        factors.insert(0, Term::number(number));
    }
    match <[Term; 1]>::try_from(factors) {
        Ok([only]) => only,
        Err(factors) => Term::new(Node::Product(factors)),
    }
}
