//! Terms as one line of text that people read and [`crate::expr::Expression::parse`] reads back.

use crate::expr::display_name;

use super::number::Number;
use super::signs::sign_of;
use super::simplify::{difference, sum as sum_of};
use super::term::{Node, Term};

/// How tightly the parts of a written term hold together: as a sum, a product, a power, or something that needs no
/// parentheses anywhere.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Tightness {
    Sum,
    Product,
    Power,
    Atom,
}

/// The term in one line.
pub(super) fn write(term: &Term) -> String {
    match term.node() {
        Node::Number(number) => written_number(*number),
        Node::Name(name, _) => display_name(name),
        Node::Negative(inner) => format!("−{}", inside(inner, Tightness::Product)),
        Node::Sum(terms) => sum(terms),
        Node::Product(factors) => product(factors),
        Node::Quotient(over, under) => {
            format!("{}/{}", inside(over, Tightness::Product), inside(under, Tightness::Power))
        }
        Node::Power(base, exponent) => format!("{}{}", inside(base, Tightness::Atom), raised(exponent)),
        Node::Remainder(a, b) => {
            format!("{} % {}", inside(a, Tightness::Product), inside(b, Tightness::Power))
        }
        Node::Call(name, arguments) => call(name, arguments),
        Node::Greater(a, b) => {
            let one_and_sign = sum_of([Term::whole(1), sign_of(&difference(a.clone(), b))]);
            format!("({})/2", write(&one_and_sign))
        }
    }
}

fn tightness(term: &Term) -> Tightness {
    match term.node() {
        Node::Sum(_) | Node::Negative(_) | Node::Remainder(..) => Tightness::Sum,
        Node::Number(number) if number.is_negative() => Tightness::Sum,
        Node::Number(number) if number.as_fraction().is_some() => Tightness::Product,
        Node::Product(_) | Node::Quotient(..) | Node::Greater(..) => Tightness::Product,
        Node::Power(..) => Tightness::Power,
        Node::Number(_) | Node::Name(..) | Node::Call(..) => Tightness::Atom,
    }
}

fn inside(term: &Term, least: Tightness) -> String {
    if tightness(term) < least { format!("({})", write(term)) } else { write(term) }
}

fn written_number(number: Number) -> String {
    let sign = if number.is_negative() { "−" } else { "" };
    match (number.as_fraction(), number.digits()) {
        (Some((over, under)), _) => format!("{sign}{}/{under}", over.unsigned_abs()),
        (None, (digits, None)) => format!("{sign}{digits}"),
        (None, (digits, Some(power))) => format!("{sign}{digits}e{power}"),
    }
}

fn sum(terms: &[Term]) -> String {
    let mut written = String::new();
    for (index, term) in terms.iter().enumerate() {
        let (negative, magnitude) = match term.node() {
            Node::Negative(inner) => (true, inside(inner, Tightness::Product)),
            Node::Number(number) if number.is_negative() => (true, written_number(number.negated())),
            _ if index == 0 => (false, write(term)),
            _ => (false, inside(term, Tightness::Product)),
        };
        written.push_str(match (index, negative) {
            (0, true) => "−",
            (0, false) => "",
            (_, true) => " − ",
            (_, false) => " + ",
        });
        written.push_str(&magnitude);
    }
    written
}

fn product(factors: &[Term]) -> String {
    let mut written = String::new();
    for (index, factor) in factors.iter().enumerate() {
        // The last factor may be a bracket, which is written as a quotient: y(1 + sign(x))/2.
        let last = index + 1 == factors.len() && matches!(factor.node(), Node::Greater(..));
        let next = inside(factor, if index == 0 || last { Tightness::Product } else { Tightness::Power });
        if let Some(previous) = index.checked_sub(1).and_then(|before| factors.get(before))
            && !stand_together(previous, &next)
        {
            written.push('·');
        }
        written.push_str(&next);
    }
    written
}

/// Whether `next` may follow without a dot, as in 2x, x²y, x(y + 1) and (x + 1)(y + 1).
fn stand_together(previous: &Term, next: &str) -> bool {
    let mut ahead = next.chars();
    let (first, second) = (ahead.next(), ahead.next());
    let exponent_of_ten = matches!(first, Some('e' | 'E')) && second.is_some_and(|c| c.is_ascii_digit());
    let digit = first.is_none_or(|c| c.is_ascii_digit());
    match previous.node() {
        Node::Number(number) => number.as_fraction().is_none() && !digit && !exponent_of_ten,
        Node::Power(base, exponent) => {
            let after_call = matches!(base.node(), Node::Call(..)) && first != Some('(');
            !digit && !after_call && superscript(exponent).is_some()
        }
        Node::Sum(_) => !digit,
        Node::Name(..) => first == Some('('),
        _ => false,
    }
}

/// The exponent with what makes it one.
fn raised(exponent: &Term) -> String {
    if let Some(superscript) = superscript(exponent) {
        return superscript;
    }
    match exponent.node() {
        Node::Number(_) | Node::Name(..) => format!("^{}", inside(exponent, Tightness::Atom)),
        _ => format!("^({})", write(exponent)),
    }
}

/// A whole exponent in raised digits.
fn superscript(exponent: &Term) -> Option<String> {
    let whole = exponent.as_number()?.as_whole().filter(|whole| whole.abs() < 1_000_000)?;
    let raised = |c: char| match c {
        '-' => Some('⁻'),
        digit => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit.to_digit(10)? as usize),
    };
    whole.to_string().chars().map(raised).collect()
}

/// A condition, in parentheses where it is part of another one and has parts of its own.
fn truth(condition: &Term, inside: bool) -> String {
    let Node::Call(name, arguments) = condition.node() else { return write(condition) };
    let (written, is_compound) = match (*name, arguments.as_slice()) {
        ("and" | "or", parts) => {
            let parts: Vec<String> = parts.iter().map(|part| truth(part, true)).collect();
            (parts.join(&format!(" {name} ")), true)
        }
        ("not", [part]) => (format!("not {}", truth(part, true)), false),
        (relation, [a, b]) => (format!("{} {relation} {}", write(a), write(b)), false),
        _ => (write(condition), false),
    };
    if is_compound && inside { format!("({written})") } else { written }
}

fn call(name: &str, arguments: &[Term]) -> String {
    match (name, arguments) {
        ("if", [condition, a, b]) => {
            return format!("if({}, {}, {})", truth(condition, false), write(a), write(b));
        }
        ("factorial", [argument]) => return format!("{}!", inside(argument, Tightness::Atom)),
        _ => {}
    }
    let arguments: Vec<String> = arguments.iter().map(write).collect();
    let arguments = arguments.join(", ");
    match name {
        // Bars within bars could be read in two ways.
        "abs" if !arguments.contains('|') => format!("|{arguments}|"),
        "sqrt" => format!("√({arguments})"),
        _ => format!("{name}({arguments})"),
    }
}
