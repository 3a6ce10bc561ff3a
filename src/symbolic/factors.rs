//! Products taken apart and put together again: one number in front, like factors collected, one fraction.
//!
//! Every step keeps the value wherever the original has one. What may be gained is a point where it had none: x/x is 1.

use super::number::{Number, common_divisor};
use super::simplify::{divided, product, raised, sum};
use super::term::{Node, Role, Term};

/// A product: a number, and powers of different bases.
#[derive(Clone)]
pub(super) struct Factors {
    pub coefficient: Number,
    pub powers: Vec<Power>,
}

/// A power. A square root is one with the exponent 1/2.
#[derive(Clone, PartialEq)]
pub(super) struct Power {
    pub base: Term,
    pub exponent: Term,
}

impl Power {
    /// The exponent below the line of a fraction, if the power is written there.
    fn below(&self) -> Option<Number> {
        let exponent = self.exponent.as_number().filter(|e| e.is_negative())?;
        let whole_or_half = exponent.times(Number::whole(2)).as_whole().is_some();
        let exponential = matches!(self.base.node(), Node::Call("exp", _));
        (whole_or_half && !exponential).then(|| exponent.negated())
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
    fn rank(&self) -> (u8, usize) {
        let by_number = self.exponent.as_number().is_some();
        match self.base.node() {
            Node::Greater(..) => (6, 0),
            _ if self.is_exponential() => (5, 0),
            Node::Name(..) | Node::Number(_) if !by_number => (3, 1),
            Node::Name(_, Role::WellKnown) => (0, 0),
            Node::Number(_) => (0, 0),
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
                Some((times, rest)) => self.collect(&Term::call("exp", rest), &Term::whole(times * whole)),
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

    /// sign(u)² is 1, |u|² is u², and sign(u)|u| is u: where u is 0, a derivative with sign(u) means nothing.
    fn clear_signs(&mut self) {
        let mut at = 0;
        while let Some(Power { base, exponent }) = self.powers.get(at).cloned() {
            at += 1;
            let Node::Call(name, inner) = base.node() else { continue };
            let (Some(inner), Some(whole)) = (inner.first(), exponent.as_number().and_then(Number::as_whole))
            else {
                continue;
            };
            let clear = match *name {
                "abs" => whole % 2 == 0,
                "sign" | "signum" => true,
                _ => false,
            };
            if clear {
                at -= 1;
                self.powers.remove(at);
            }
            match *name {
                "abs" if clear => self.multiply(inner, &exponent),
                "sign" | "signum" if whole % 2 != 0 => {
                    let magnitude = Term::call("abs", inner.clone());
                    let odd = |p: &Power| {
                        let whole = p.exponent.as_number().and_then(Number::as_whole);
                        p.base == magnitude && whole.is_some_and(|whole| whole % 2 != 0)
                    };
                    if let Some(found) = self.powers.iter().position(odd) {
                        let exponent = self.powers.remove(found).exponent;
                        self.multiply(inner, &exponent);
                        at = 0;
                    } else {
                        self.powers.insert(at, Power { base, exponent: Term::whole(1) });
                        at += 1;
                    }
                }
                _ => {}
            }
        }
    }

    /// A bracket is 0 or 1, as its square is, and so one of [a > b] and [b > a] is 0. False where the product is.
    fn clear_brackets(&mut self) -> bool {
        let is_bracket = |power: &&mut Power| matches!(power.base.node(), Node::Greater(..));
        for power in self.powers.iter_mut().filter(is_bracket) {
            power.exponent = Term::whole(1);
        }
        self.powers.iter().all(|power| match power.base.node() {
            Node::Greater(a, b) => {
                let opposite = Term::new(Node::Greater(b.clone(), a.clone()));
                self.powers.iter().all(|other| other.base != opposite)
            }
            _ => true,
        })
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
        if self.coefficient == Number::ZERO {
            return Term::whole(0);
        }
        self.clear_signs();
        if !self.clear_brackets() {
            return Term::whole(0);
        }
        self.powers.sort_by_key(Power::rank);
        let (mut over, under) = self.split();
        while self.clear_fractions(&mut over, !under.is_empty()) {}
        if over.len() + under.len() > 1 || !matches!(self.coefficient.as_whole(), Some(1 | -1)) {
            self.draw_signs(&mut over);
        }
        if let ([only], true) =
            (over.as_mut_slice(), !under.is_empty() && self.coefficient == Number::MINUS_ONE)
        {
            // (b - a)/c rather than -(a - b)/c.
            let terms = only.base.node().as_sum().filter(|terms| terms.iter().any(Term::is_negative));
            if let (Some(terms), Some(1)) = (terms, only.exponent.as_number().and_then(Number::as_whole)) {
                only.base = divided(terms, Number::MINUS_ONE);
                self.coefficient = Number::ONE;
            }
        }
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
            (true, Node::Sum(terms)) => {
                sum(terms.iter().map(|term| product([Term::whole(-1), term.clone()])))
            }
            (true, _) => Term::new(Node::Negative(term)),
        }
    }

    /// A sum among several factors has no minus sign everywhere: -(-a - b)c is (a + b)c.
    fn draw_signs(&mut self, over: &mut [Power]) {
        for power in over {
            let once = power.exponent.as_number() == Some(Number::ONE);
            let Some(terms) = power.base.node().as_sum().filter(|_| once) else { continue };
            if terms.iter().all(Term::is_negative) {
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
        for power in over.iter_mut().filter(|power| power.exponent.as_number() == Some(Number::ONE)) {
            let Some(terms) = power.base.node().as_sum() else { continue };
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
