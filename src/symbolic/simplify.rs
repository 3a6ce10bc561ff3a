//! Sums, products and powers that are simplified as they are formed, as far as a lecturer would at the board: like terms
//! and like factors are collected, but no product of sums is multiplied out.

use super::factors::Factors;
use super::number::Number;
use super::term::{Node, Term};

/// The product of all.
pub(super) fn product(factors: impl IntoIterator<Item = Term>) -> Term {
    let mut product = Factors::new(Number::ONE);
    let one = Term::whole(1);
    for factor in factors {
        product.multiply(&factor, &one);
    }
    product.term()
}

/// The base to a power that is a number.
pub(super) fn power(base: &Term, exponent: Number) -> Term {
    raised(base, &Term::number(exponent))
}

/// The base to any power.
pub(super) fn raised(base: &Term, exponent: &Term) -> Term {
    let mut product = Factors::new(Number::ONE);
    product.multiply(base, exponent);
    product.term()
}

/// The first over the second, as one fraction.
pub(super) fn quotient(over: Term, under: &Term) -> Term {
    product([over, power(under, Number::MINUS_ONE)])
}

pub(super) fn negative(term: &Term) -> Term {
    product([Term::whole(-1), term.clone()])
}

pub(super) fn difference(a: Term, b: &Term) -> Term {
    sum([a, negative(b)])
}

/// The terms over a number.
pub(super) fn divided(terms: &[Term], divisor: Number) -> Term {
    let scale = Term::number(Number::ONE.over(divisor));
    sum(terms.iter().map(|term| product([scale.clone(), term.clone()])))
}

/// The sum of all.
pub(super) fn sum(terms: impl IntoIterator<Item = Term>) -> Term {
    let mut collected = Terms(Vec::new());
    terms.into_iter().for_each(|term| collected.add(Number::ONE, &term));
    let mut terms = collected.terms();
    // 1 - x rather than -x + 1.
    if terms.first().is_some_and(Term::is_negative)
        && let Some(positive) = terms.iter().position(|term| !term.is_negative())
    {
        terms[..=positive].rotate_right(1);
    }
    common_exponential(&terms).unwrap_or_else(|| listed(terms))
}

fn listed(terms: Vec<Term>) -> Term {
    match <[Term; 1]>::try_from(terms) {
        Ok([only]) => only,
        Err(terms) if terms.is_empty() => Term::whole(0),
        Err(terms) => Term::new(Node::Sum(terms)),
    }
}

/// Multiples of different terms, in the order in which they came.
struct Terms(Vec<(Number, Term)>);

impl Terms {
    fn add(&mut self, times: Number, term: &Term) {
        match term.node() {
            Node::Number(number) if *number == Number::ZERO => {}
            Node::Negative(inner) => self.add(times.negated(), inner),
            Node::Sum(terms) if times == Number::ONE || times == Number::MINUS_ONE => {
                terms.iter().for_each(|term| self.add(times, term));
            }
            Node::Sum(_) => self.collect(times, term.clone()),
            _ => {
                let mut factors = Factors::of(term);
                let times = times.times(factors.coefficient);
                factors.coefficient = Number::ONE;
                let rest = factors.term();
                match rest.node() {
                    Node::Negative(_) | Node::Sum(_) => self.add(times, &rest),
                    _ => self.collect(times, rest),
                }
            }
        }
    }

    fn collect(&mut self, times: Number, term: Term) {
        match self.0.iter_mut().find(|(_, known)| *known == term) {
            Some((sum, _)) => *sum = sum.plus(times),
            None => self.0.push((times, term)),
        }
    }

    fn terms(self) -> Vec<Term> {
        let multiple = |(times, term): (Number, Term)| product([Term::number(times), term]);
        self.0.into_iter().filter(|(times, _)| *times != Number::ZERO).map(multiple).collect()
    }
}

/// An exponential that is in every term stands once, after the sum of the rest.
fn common_exponential(terms: &[Term]) -> Option<Term> {
    let all: Vec<Factors> = terms.iter().map(Factors::of).collect();
    let (first, others) = all.split_first().filter(|(_, others)| !others.is_empty())?;
    let common = first.powers.iter().find(|power| {
        power.is_exponential() && others.iter().all(|factors| factors.powers.contains(power))
    })?;
    let inverse = negative(&common.exponent);
    let rest = all.iter().map(|factors| {
        let mut rest = factors.clone();
        rest.multiply(&common.base, &inverse);
        rest.term()
    });
    Some(product([factored(&rest.collect::<Vec<_>>(), false), common.term()]))
}

/// The sum with every factor drawn out that all its terms have, and numbers too. As a numerator, the fractions in it are
/// brought to the denominator that they have in common.
pub(super) fn factored(terms: &[Term], numerator: bool) -> Term {
    if terms.len() < 2 {
        return sum(terms.iter().cloned());
    }
    let mut all: Vec<Factors> = terms.iter().map(Factors::of).collect();
    let mut common = Factors::new(Number::common(all.iter().map(|factors| factors.coefficient)));
    for factors in &mut all {
        factors.coefficient = factors.coefficient.over(common.coefficient);
    }
    let bases: Vec<Term> = all.iter().flat_map(|factors| &factors.powers).map(|p| p.base.clone()).collect();
    for base in bases {
        let exponents = all.iter().map(|factors| factors.exponent_of(&base));
        let least = exponents.reduce(|a, b| a.zip(b).map(|(a, b)| if a.value() < b.value() { a } else { b }));
        let everywhere = all.iter().all(|factors| factors.exponent_of(&base) != Some(Number::ZERO));
        if let Some(Some(least)) = least
            && least != Number::ZERO
            && (everywhere || numerator)
        {
            common.multiply(&base, &Term::number(least));
            all.iter_mut().for_each(|factors| factors.multiply(&base, &Term::number(least.negated())));
        }
    }
    let rests: Vec<Term> = all.into_iter().map(Factors::term).collect();
    let (plain, expanded) = (sum(rests.iter().cloned()), sum(rests.iter().flat_map(multiplied_out)));
    let shorter = if expanded.parts() < plain.parts() { expanded } else { plain };
    common.multiply(&shorter, &Term::whole(1));
    common.term()
}

/// The terms of a product with one sum: 2a(x - 1) is 2ax - 2a.
fn multiplied_out(term: &Term) -> Vec<Term> {
    let mut factors = Factors::of(term);
    let mut sums =
        factors.powers.iter().enumerate().filter(|(_, power)| power.as_sum().is_some()).map(|(at, _)| at);
    let (Some(at), None) = (sums.next(), sums.next()) else { return vec![term.clone()] };
    let base = factors.powers.remove(at).base;
    let rest = factors.term();
    let terms = base.node().as_sum().unwrap_or_default();
    terms.iter().map(|term| product([rest.clone(), term.clone()])).collect()
}
