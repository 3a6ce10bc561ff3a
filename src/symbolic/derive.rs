//! Derivatives by the rules of calculus, simplified as they are formed.
//!
//! Conventions: the derivative of |u| is sign(u) u', that of sign, floor and their like is 0, that of a maximum is the
//! derivative of the greater argument. At jumps, kinks and ties there is none, and what is written means nothing there.

use super::Unwritable;
use super::factors::Factors;
use super::number::Number;
use super::power::Power;
use super::signs::is_not_negative;
use super::simplify::{difference, factored, negative, power, product, quotient, raised, sum};
use super::term::{MAX_PARTS, Node, Role, Term};

/// The partial derivative in the direction of the first (0) or second (1) variable.
///
/// # Errors
/// There is no closed form, or it is too long.
pub(super) fn derivative(term: &Term, axis: usize) -> Result<Term, Unwritable> {
    if !term.varies(axis) {
        return Ok(Term::whole(0));
    }
    let result = match term.node() {
        Node::Number(_) | Node::Greater(..) => Term::whole(0),
        Node::Name(_, role) => Term::whole(i64::from(*role == Role::Variable(axis))),
        Node::Negative(inner) => negative(&derivative(inner, axis)?),
        Node::Sum(terms) => {
            let terms: Result<Vec<Term>, _> = terms.iter().map(|term| derivative(term, axis)).collect();
            sum(terms?)
        }
        Node::Product(_) | Node::Quotient(..) | Node::Power(..) | Node::Call("sqrt", _) => {
            of_factors(Factors::of(term), axis)?
        }
        Node::Remainder(a, b) => {
            if b.varies(axis) {
                return Err(Unwritable::NoClosedForm("a remainder whose divisor varies"));
            }
            derivative(a, axis)?
        }
        Node::Call(name, arguments) => of_call(name, arguments, axis)?,
    };
    result.within_bounds()
}

fn is_zero(term: &Term) -> bool {
    term.as_number() == Some(Number::ZERO)
}

/// Quotient rule: of u/v, one fraction. Of several factors below the line, only those that vary are squared.
fn of_factors(factors: Factors, axis: usize) -> Result<Term, Unwritable> {
    let (over, under) = factors.split();
    let (varying, fixed): (Vec<_>, Vec<_>) = under.iter().partition(|power| power.base.varies(axis));
    let mut scale = Factors::new(factors.coefficient);
    for Power { base, exponent } in fixed {
        scale.multiply(base, &negative(exponent));
    }
    let of_numerator = of_product(&over, axis)?;
    if varying.is_empty() {
        return Ok(product([scale.term(), of_numerator]));
    }
    // (u/vⁿ)' = (u'v - n u v')/vⁿ⁺¹
    let bases = || varying.iter().map(|power| power.base.clone());
    let mut terms = vec![product(bases().chain([of_numerator]))];
    let numerator = product(over.iter().map(Power::term));
    for (at, Power { base, exponent }) in varying.iter().enumerate() {
        let others = bases().enumerate().filter(|(other, _)| *other != at).map(|(_, base)| base);
        let outer = [negative(exponent), numerator.clone(), derivative(base, axis)?];
        terms.push(product(others.chain(outer)));
        bounded(&terms)?;
        scale.multiply(base, &sum([Term::whole(-1), negative(exponent)]));
    }
    terms.retain(|term| !is_zero(term));
    Ok(product([scale.term(), factored(&terms, true)]))
}

fn bounded(terms: &[Term]) -> Result<(), Unwritable> {
    let parts = terms.iter().fold(0, |parts: u32, term| parts.saturating_add(term.parts()));
    if parts > MAX_PARTS { Err(Unwritable::TooLong) } else { Ok(()) }
}

/// Product rule. What does not vary stays in front.
fn of_product(powers: &[Power], axis: usize) -> Result<Term, Unwritable> {
    let (varying, fixed): (Vec<_>, Vec<_>) = powers.iter().partition(|power| power.varies(axis));
    let mut terms = Vec::new();
    for (at, power) in varying.iter().enumerate() {
        let slope = of_power(power, axis)?;
        if !is_zero(&slope) {
            let others = varying.iter().enumerate().filter(|(other, _)| *other != at);
            terms.push(product(others.map(|(_, power)| power.term()).chain([slope])));
            bounded(&terms)?;
        }
    }
    Ok(product(fixed.into_iter().map(Power::term).chain([factored(&terms, false)])))
}

/// Power rule, and (u^v)' = u^v (v' ln(u) + v u'/u) where the exponent varies.
fn of_power(Power { base, exponent }: &Power, axis: usize) -> Result<Term, Unwritable> {
    let (of_base, of_exponent) = (derivative(base, axis)?, derivative(exponent, axis)?);
    let lowered = sum([exponent.clone(), Term::whole(-1)]);
    let by_base = || product([exponent.clone(), raised(base, &lowered), of_base.clone()]);
    if is_zero(&of_exponent) {
        return Ok(if is_zero(&of_base) { of_base } else { by_base() });
    }
    let mut by_exponent = vec![raised(base, exponent), of_exponent];
    if !matches!(base.node(), Node::Name(name, Role::WellKnown) if **name == *"e") {
        by_exponent.push(Term::call("ln", base.clone()));
    }
    let by_exponent = product(by_exponent);
    Ok(if is_zero(&of_base) { by_exponent } else { sum([by_base(), by_exponent]) })
}

/// Chain rule.
fn of_call(name: &'static str, arguments: &[Term], axis: usize) -> Result<Term, Unwritable> {
    if matches!(name, "<" | "<=" | ">" | ">=" | "==" | "!=" | "and" | "or" | "not") {
        return Ok(Term::whole(0));
    }
    let slopes: Vec<Term> =
        arguments.iter().map(|argument| derivative(argument, axis)).collect::<Result<_, _>>()?;
    if slopes.iter().all(is_zero) {
        return Ok(Term::whole(0));
    }
    match (name, arguments, slopes.as_slice()) {
        ("max" | "min", [first, others @ ..], [slope, slopes @ ..]) => {
            Ok(of_extreme(name, (first, slope), others.iter().zip(slopes)))
        }
        ("atan2", [a, b], [da, db]) => {
            let numerator = difference(product([b.clone(), da.clone()]), &product([a.clone(), db.clone()]));
            Ok(quotient(numerator, &sum([squared(a), squared(b)])))
        }
        ("if", [condition, ..], [_, da, db]) => Ok(cases(condition, da, db)),
        ("log", [u, base], _) => {
            let [over, under] = [u, base].map(|term| Term::call("ln", term.clone()));
            derivative(&quotient(over, &under), axis)
        }
        ("mod", [a, b], [da, db]) => {
            let whole = Term::call("floor", quotient(a.clone(), b));
            Ok(difference(da.clone(), &product([whole, db.clone()])))
        }
        ("clamp", [u, low, high], [du, dlow, dhigh]) => {
            let greater = |a: &Term, b: &Term| Term::new(Node::Greater(a.clone(), b.clone()));
            Ok(sum([
                product([du.clone(), greater(u, low), greater(high, u)]),
                product([dlow.clone(), greater(low, u)]),
                product([dhigh.clone(), greater(u, high)]),
            ]))
        }
        ("sum", [index, from, to, _], [.., slope]) => Ok(repeated("sum", [index, from, to], slope.clone())),
        // The logarithmic derivative, which has none where a factor is 0.
        ("prod", [index, from, to, factor], [.., slope]) => {
            let relative = quotient(slope.clone(), factor);
            let whole = Term::new(Node::Call(name, arguments.to_vec()));
            Ok(product([whole, repeated("sum", [index, from, to], relative)]))
        }
        ("hypot", [a, b], [da, db]) => {
            let numerator = sum([product([a.clone(), da.clone()]), product([b.clone(), db.clone()])]);
            Ok(quotient(numerator, &Term::new(Node::Call(name, arguments.to_vec()))))
        }
        (_, [argument], [slope]) => Ok(product([outer(name, argument)?, slope.clone()])),
        _ => Err(Unwritable::NoClosedForm("this function")),
    }
}

/// Of max(a, b, c) as max(max(a, b), c): the derivative of the one that is greatest. One that never is is left out.
fn of_extreme<'a>(
    name: &'static str,
    (first, slope): (&Term, &Term),
    others: impl Iterator<Item = (&'a Term, &'a Term)>,
) -> Term {
    let mut taken = vec![first.clone()];
    let mut slope = slope.clone();
    for (other, its_slope) in others {
        let so_far = match taken.as_slice() {
            [only] => only.clone(),
            several => Term::new(Node::Call(name, several.to_vec())),
        };
        let (a, b) = if name == "max" { (&so_far, other) } else { (other, &so_far) };
        if is_not_negative(&difference(b.clone(), a)) {
            (taken, slope) = (vec![other.clone()], its_slope.clone());
        } else if !is_not_negative(&difference(a.clone(), b)) {
            let (greater, less) = (
                Term::new(Node::Greater(a.clone(), b.clone())),
                Term::new(Node::Greater(b.clone(), a.clone())),
            );
            slope = sum([product([slope, greater]), product([its_slope.clone(), less])]);
            taken.push(other.clone());
        }
    }
    slope
}

/// Both sides where they differ, or one that is the same on both.
fn cases(condition: &Term, a: &Term, b: &Term) -> Term {
    if a == b {
        a.clone()
    } else {
        Term::new(Node::Call("if", vec![condition.clone(), a.clone(), b.clone()]))
    }
}

/// A sum over an index.
fn repeated(name: &'static str, [index, from, to]: [&Term; 3], term: Term) -> Term {
    if is_zero(&term) {
        return term;
    }
    Term::new(Node::Call(name, vec![index.clone(), from.clone(), to.clone(), term]))
}

fn squared(term: &Term) -> Term {
    power(term, Number::whole(2))
}

/// The derivative of a function of one argument, at that argument.
fn outer(name: &'static str, u: &Term) -> Result<Term, Unwritable> {
    let one = || Term::whole(1);
    let call = |name| Term::call(name, u.clone());
    let minus_square = || difference(one(), &squared(u));
    let over = |under: Term| quotient(one(), &under);
    let root = |under: Term| power(&under, Number::HALF.negated());
    Ok(match name {
        "exp" => call("exp"),
        "ln" | "log" => over(u.clone()),
        "log2" => over(product([u.clone(), Term::call("ln", Term::whole(2))])),
        "log10" => over(product([u.clone(), Term::call("ln", Term::whole(10))])),
        "abs" | "relu" if is_not_negative(u) => one(),
        "abs" if is_not_negative(&negative(u)) => Term::whole(-1),
        "abs" => call("sign"),
        "sign" | "signum" | "floor" | "ceil" | "round" | "heaviside" => Term::whole(0),
        "sin" => call("cos"),
        "cos" => negative(&call("sin")),
        "tan" => over(squared(&call("cos"))),
        "asin" => root(minus_square()),
        "acos" => negative(&root(minus_square())),
        "atan" => over(sum([one(), squared(u)])),
        "sinh" => call("cosh"),
        "cosh" => call("sinh"),
        "tanh" => difference(one(), &squared(&call("tanh"))),
        "asinh" => root(sum([one(), squared(u)])),
        "acosh" => root(sum([squared(u), Term::whole(-1)])),
        "atanh" => over(minus_square()),
        "cbrt" => over(product([Term::whole(3), squared(&call("cbrt"))])),
        "sigmoid" => product([call("sigmoid"), difference(one(), &call("sigmoid"))]),
        "softplus" => call("sigmoid"),
        "relu" => Term::new(Node::Greater(u.clone(), Term::whole(0))),
        _ => return further(name, u),
    })
}

/// Likewise of the functions that came later.
fn further(name: &'static str, u: &Term) -> Result<Term, Unwritable> {
    let one = || Term::whole(1);
    let call = |name| Term::call(name, u.clone());
    let over = |under: Term| quotient(one(), &under);
    let magnitude = || Term::call("abs", u.clone());
    let root = |under: Term| power(&under, Number::HALF);
    Ok(match name {
        "log1p" => over(sum([one(), u.clone()])),
        "expm1" => call("exp"),
        "exp2" => product([call("exp2"), Term::call("ln", Term::whole(2))]),
        "exp10" => product([call("exp10"), Term::call("ln", Term::whole(10))]),
        "sec" => product([call("sec"), call("tan")]),
        "csc" => negative(&product([call("csc"), call("cot")])),
        "cot" => negative(&squared(&call("csc"))),
        "asec" => over(product([magnitude(), root(sum([squared(u), Term::whole(-1)]))])),
        "acsc" => negative(&over(product([magnitude(), root(sum([squared(u), Term::whole(-1)]))]))),
        "acot" => negative(&over(sum([one(), squared(u)]))),
        "sech" => negative(&product([call("sech"), call("tanh")])),
        "csch" => negative(&product([call("csch"), call("coth")])),
        "coth" => negative(&squared(&call("csch"))),
        "asech" => negative(&over(product([u.clone(), root(difference(one(), &squared(u)))]))),
        "acsch" => negative(&over(product([magnitude(), root(sum([one(), squared(u)]))]))),
        "acoth" => over(difference(one(), &squared(u))),
        "sinc" => quotient(difference(call("cos"), &call("sinc")), u),
        "gamma" => product([call("gamma"), call("digamma")]),
        "factorial" => product([call("factorial"), Term::call("digamma", sum([u.clone(), one()]))]),
        "digamma" => call("trigamma"),
        _ => return Err(Unwritable::NoClosedForm("this function")),
    })
}
