//! A derivative as it is shown: like terms collected across parentheses, common factors drawn out of sums, and no factor
//! under a sign that has none.
//!
//! A form is as long as the symbols that are set: digits, letters, operators and parentheses. Nothing is shown that is
//! longer than the form before; and the factors that come from the cost, which say where a derivative comes from, are
//! kept unless like terms were collected and the form got clearly shorter by it.

use super::factors::Factors;
use super::number::Number;
use super::power::Power;
use super::signs::{sign_of, without_positive_factors};
use super::simplify::{factored, negative, product, quotient, raised, sum};
use super::term::{Node, Role, Term};
use super::text;

/// The most terms that a sum is multiplied out to.
const MAX_TERMS: usize = 200;

/// The highest power of a sum that is multiplied out.
const MAX_POWER: i64 = 6;

/// How long the form without parentheses may be, as a share of the one with them, and how many terms it may have, as a
/// share of those that are collected.
const SHARE_OF_SYMBOLS: f64 = 0.85;
const SHARE_OF_TERMS: f64 = 0.75;

/// How long the form may be in which products of sums are multiplied out, too.
const SHARE_OF_PRODUCTS: f64 = 0.5;

/// The term as it is shown.
pub(super) fn tidied(term: &Term) -> Term {
    let inner: Vec<Term> = match term.node() {
        // What stands in a function is as it was typed.
        Node::Call(..) | Node::Greater(..) => Vec::new(),
        node => node.inner().into_iter().map(tidied).collect(),
    };
    let is_same = inner.iter().zip(term.node().inner()).all(|(after, before)| after == before);
    let formed = || if is_same { term.clone() } else { formed_again(term, &inner) };
    let candidate = match term.node() {
        Node::Sum(_) => collected(&inner),
        Node::Product(_) => shorter(formed(), product(inner.iter().map(drawn_out))),
        Node::Call("sign" | "signum", arguments) if let [argument] = arguments.as_slice() => {
            sign_of(argument)
        }
        Node::Greater(a, b) if *b == Term::whole(0) => {
            Term::new(Node::Greater(without_positive_factors(a), b.clone()))
        }
        _ => formed(),
    };
    shorter(term.clone(), candidate)
}

/// The term with other terms in the place of those directly inside.
fn formed_again(term: &Term, inner: &[Term]) -> Term {
    match (term.node(), inner) {
        (Node::Negative(_), [inner]) => negative(inner),
        (Node::Product(_), factors) => product(factors.iter().cloned()),
        (Node::Quotient(..), [over, under]) => quotient(over.clone(), under),
        (Node::Power(..), [base, exponent]) => raised(base, exponent),
        _ => term.clone(),
    }
}

/// The second, unless it is longer than the first or the same in another order.
fn shorter(before: Term, after: Term) -> Term {
    if after != before && length(&after) <= length(&before) { after } else { before }
}

/// The symbols that are set: spaces, and dots between factors, are none.
fn length(term: &Term) -> usize {
    text::write(term).chars().filter(|c| !matches!(c, ' ' | '·')).count()
}

/// A sum among factors, or a power of one, with what its terms have in common before it: 4y(2x - 2) is 8y(x - 1).
fn drawn_out(factor: &Term) -> Term {
    let (base, exponent) = match factor.node() {
        Node::Power(base, exponent) if exponent.as_number().and_then(Number::as_whole).is_some() => {
            (base, exponent.clone())
        }
        _ => (factor, Term::whole(1)),
    };
    let drawn = base.node().as_sum().map(|terms| factored(terms, false));
    match drawn.as_ref().and_then(|drawn| drawn.node().as_product()) {
        Some(factors) => product(factors.iter().map(|factor| raised(factor, &exponent))),
        None => factor.clone(),
    }
}

/// The sum with like terms collected that stand in different parentheses, or in products of sums.
fn collected(terms: &[Term]) -> Term {
    let kept = Term::new(Node::Sum(terms.to_vec()));
    let is_shorter = |after: &Term, share: f64| length(after) as f64 <= share * length(&kept) as f64;
    let multiplied = all_opened(terms, Opening::Products).and_then(|terms| like_terms(terms, 1.0));
    if let Some(multiplied) = multiplied.filter(|after| is_shorter(after, SHARE_OF_PRODUCTS)) {
        return multiplied;
    }
    let Some(opened) =
        terms.iter().map(|term| opened(term, Opening::Parentheses)).collect::<Option<Vec<_>>>()
    else {
        return kept;
    };
    // Terms that have nothing to do with any parentheses stay out of the count.
    let in_parentheses: Vec<Term> =
        opened.iter().filter(|terms| terms.len() > 1).flatten().map(kind).collect();
    let (akin, others): (Vec<Vec<Term>>, Vec<Vec<Term>>) =
        opened.into_iter().partition(|terms| terms.iter().any(|term| in_parentheses.contains(&kind(term))));
    let Some(after) = like_terms(akin.concat(), SHARE_OF_TERMS) else { return kept };
    let after = summed(terms_of(&after).iter().cloned().chain(others.concat()));
    if is_shorter(&after, SHARE_OF_SYMBOLS) { after } else { kept }
}

/// What is the same in like terms: the term without its number.
fn kind(term: &Term) -> Term {
    Factors { coefficient: Number::ONE, ..Factors::of(term) }.term()
}

/// What is multiplied out.
#[derive(Clone, Copy, PartialEq)]
enum Opening {
    /// A sum with factors before it that are no sums.
    Parentheses,
    /// Products and powers of sums, too.
    Products,
}

/// The terms that a term is the sum of. Nothing where they are too many.
fn opened(term: &Term, opening: Opening) -> Option<Vec<Term>> {
    if let Some(terms) = term.node().as_sum() {
        return all_opened(terms, opening);
    }
    let Factors { coefficient, powers } = Factors::of(term);
    let is_opened = |power: &Power| {
        power.base.node().as_sum().is_some() && power.whole().is_some_and(|n| (1..=MAX_POWER).contains(&n))
    };
    let (sums, powers): (Vec<Power>, Vec<Power>) = powers.into_iter().partition(is_opened);
    let times: i64 = sums.iter().filter_map(Power::whole).sum();
    if times == 0 || times > 1 && opening == Opening::Parentheses {
        return Some(vec![term.clone()]);
    }
    let mut list = vec![Factors { coefficient, powers }.term()];
    for power in sums {
        let terms = all_opened(power.base.node().as_sum()?, opening)?;
        for _ in 0..power.whole()? {
            if list.len() * terms.len() > MAX_TERMS {
                return None;
            }
            let times_each =
                |a: &Term| terms.iter().map(|b| product([a.clone(), b.clone()])).collect::<Vec<_>>();
            list = list.iter().flat_map(times_each).collect();
        }
    }
    Some(list)
}

fn all_opened(terms: &[Term], opening: Opening) -> Option<Vec<Term>> {
    let lists: Option<Vec<Vec<Term>>> = terms.iter().map(|term| opened(term, opening)).collect();
    lists.map(|lists| lists.concat()).filter(|terms| terms.len() <= MAX_TERMS)
}

/// The sum with its like terms collected, if that leaves no more than this share of them.
fn like_terms(terms: Vec<Term>, most: f64) -> Option<Term> {
    let before = terms.len() as f64;
    let sum = summed(terms);
    let collected = terms_of(&sum);
    let is_exact = collected.iter().all(|term| Factors::of(term).coefficient.is_exact());
    (collected.len() as f64 <= most * before && is_exact).then(|| sum.clone())
}

/// The terms of a sum, or the only one.
fn terms_of(sum: &Term) -> &[Term] {
    sum.node().as_sum().unwrap_or(std::slice::from_ref(sum))
}

/// The sum; a polynomial begins with its highest powers.
fn summed(terms: impl IntoIterator<Item = Term>) -> Term {
    let mut terms: Vec<Term> = terms.into_iter().collect();
    if terms.iter().all(|term| degrees(term).is_some()) {
        terms.sort_by_key(|term| degrees(term).map(|[x, y]| [-(x + y), -x]));
    }
    sum(terms)
}

/// The powers of the variables in a term of a polynomial; constants may be anything that does not vary.
fn degrees(term: &Term) -> Option<[i64; 2]> {
    let mut degrees = [0, 0];
    for power in Factors::of(term).powers {
        match power.base.node() {
            Node::Name(_, Role::Variable(axis)) => degrees[*axis] += power.whole().filter(|n| *n > 0)?,
            _ if !(0..2).any(|axis| power.varies(axis)) => {}
            _ => return None,
        }
    }
    Some(degrees)
}

#[cfg(test)]
mod tests {
    use super::super::derive::derivative;
    use super::*;
    use crate::expr::Expression;

    const NUMBERS: [&str; 5] = ["2", "3", "0.5", "1.4", "12"];
    const LETTERS: [&str; 3] = ["x", "y", "a"];
    const OTHERS: [&str; 5] = ["x^-1.3", "|2*x-y|", "sin(x)", "exp(-y)", "sqrt(x)"];
    const SUMS: [&str; 6] = ["x", "x+y", "2*x-2", "y-x^2", "1-x", "a*x+y"];

    fn one_of(random: &mut fastrand::Rng, list: &[&str]) -> String {
        list[random.usize(0..list.len())].to_owned()
    }

    /// A random sum of products of numbers, letters, functions, and sums in parentheses or to a power.
    fn formula(random: &mut fastrand::Rng, depth: u32) -> String {
        let terms: Vec<String> = (0..random.u8(1..4)).map(|_| product_of(random, depth)).collect();
        terms.join(if random.bool() { " + " } else { " - " })
    }

    fn product_of(random: &mut fastrand::Rng, depth: u32) -> String {
        let factor = |random: &mut fastrand::Rng| match random.u8(0..10) {
            0..3 => one_of(random, &LETTERS),
            3 => one_of(random, &NUMBERS),
            4 => one_of(random, &OTHERS),
            power => {
                let sum = if depth == 0 { one_of(random, &SUMS) } else { formula(random, depth - 1) };
                if power == 5 { format!("({sum})^2") } else { format!("({sum})") }
            }
        };
        (0..random.u8(1..4)).map(|_| factor(random)).collect::<Vec<_>>().join("*")
    }

    #[test]
    fn nothing_is_longer_than_it_was() {
        let mut random = fastrand::Rng::with_seed(11);
        let (mut shortened, mut same) = (0, 0);
        for _ in 0..400 {
            let typed = formula(&mut random, 1);
            let cost = Term::of(&Expression::parse(&typed).unwrap(), ["x", "y"], &[], &[]).unwrap();
            let Ok(slope) = derivative(&cost, 0) else { continue };
            for term in [derivative(&slope, 1), Ok(slope)].into_iter().flatten() {
                let after = tidied(&term);
                assert!(length(&after) <= length(&term), "{typed}: {}", text::write(&after));
                if length(&after) < length(&term) { shortened += 1 } else { same += 1 }
            }
        }
        assert!(shortened > 100 && same > 100, "{shortened} are shorter, {same} are not");
    }
}
