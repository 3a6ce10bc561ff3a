//! Terms as LaTeX for math mode.

use crate::expr::{canonical_name, display_name};

use super::number::Number;
use super::term::{Node, Role, Term};

/// How tightly the parts of a written term hold together. A fraction or a root is a factor as it stands, but no base of a
/// power.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Tightness {
    Sum,
    Product,
    Factor,
    Base,
}

/// Functions that LaTeX has a command for; those whose powers are written at the name.
const COMMANDS: &[(&str, &str)] = &[
    ("sin", r"\sin"),
    ("cos", r"\cos"),
    ("tan", r"\tan"),
    ("sinh", r"\sinh"),
    ("cosh", r"\cosh"),
    ("tanh", r"\tanh"),
    ("sec", r"\sec"),
    ("csc", r"\csc"),
    ("cot", r"\cot"),
    ("coth", r"\coth"),
    ("ln", r"\ln"),
    ("log", r"\log"),
];

/// Functions with another name in mathematics than in formulas.
const NAMES: &[(&str, &str)] = &[
    ("asin", r"\arcsin"),
    ("acos", r"\arccos"),
    ("atan", r"\arctan"),
    ("asinh", r"\operatorname{arsinh}"),
    ("acosh", r"\operatorname{arcosh}"),
    ("atanh", r"\operatorname{artanh}"),
    ("log2", r"\log_{2}"),
    ("log10", r"\log_{10}"),
    ("max", r"\max"),
    ("min", r"\min"),
    ("signum", r"\operatorname{sign}"),
];

/// The term as LaTeX.
pub(super) fn write(term: &Term) -> String {
    match term.node() {
        Node::Number(number) => written_number(*number),
        Node::Name(name, Role::Column) => format!("{{{}{COLUMN}}}", name_latex(name)),
        Node::Name(name, _) => name_latex(name),
        Node::Negative(inner) => format!("-{}", inside(inner, Tightness::Product)),
        Node::Sum(terms) => sum(terms),
        Node::Product(factors) => product(factors),
        Node::Quotient(over, under) => format!(r"\frac{{{}}}{{{}}}", write(over), write(under)),
        Node::Power(base, exponent) => power(base, exponent),
        Node::Remainder(a, b) => {
            format!(r"{}\operatorname{{mod}}{}", inside(a, Tightness::Factor), inside(b, Tightness::Factor))
        }
        Node::Call(name, arguments) => call(name, arguments),
        Node::Greater(a, b) => format!(r"\left[{}>{}\right]", write(a), write(b)),
    }
}

fn tightness(term: &Term) -> Tightness {
    match term.node() {
        Node::Sum(_) | Node::Negative(_) | Node::Remainder(..) => Tightness::Sum,
        Node::Number(number) if number.is_negative() => Tightness::Sum,
        Node::Number(number) if number.as_fraction().is_some() => Tightness::Factor,
        Node::Number(number) if number.digits().1.is_some() => Tightness::Product,
        Node::Product(_) => Tightness::Product,
        Node::Quotient(..) | Node::Power(..) | Node::Call("exp" | "sqrt" | "cbrt", _) => Tightness::Factor,
        Node::Call("sum" | "prod", _) => Tightness::Sum,
        Node::Call("exp2" | "exp10" | "factorial", _) => Tightness::Factor,
        Node::Number(_) | Node::Name(..) | Node::Call(..) | Node::Greater(..) => Tightness::Base,
    }
}

fn inside(term: &Term, least: Tightness) -> String {
    if tightness(term) < least { in_parentheses(&write(term)) } else { write(term) }
}

/// Parentheses grow with what is in them only where it is tall: growing ones stand off from the factor before them.
fn in_parentheses(written: &str) -> String {
    let tall = [r"\frac", r"\sqrt", r"\left", r"\sum", r"\prod", r"\begin"]
        .iter()
        .any(|command| written.contains(command));
    if tall { format!(r"\left({written}\right)") } else { format!("({written})") }
}

fn written_number(number: Number) -> String {
    let sign = if number.is_negative() { "-" } else { "" };
    match (number.as_fraction(), number.digits()) {
        (Some((over, under)), _) => format!(r"{sign}\frac{{{}}}{{{under}}}", over.unsigned_abs()),
        (None, (digits, None)) => format!("{sign}{digits}"),
        (None, (digits, Some(power))) if digits == "1" => format!("{sign}10^{{{power}}}"),
        (None, (digits, Some(power))) => format!(r"{sign}{digits}\cdot 10^{{{power}}}"),
    }
}

/// What marks the number of a row's column.
pub(super) const COLUMN: &str = "^{(i)}";

/// `\theta_{0}` for theta0, `w_{\mathrm{max}}` for w_max, `\mathrm{rate}` for a word.
pub fn name_latex(name: &str) -> String {
    let canonical = canonical_name(name);
    let head = canonical.split('_').next().filter(|head| !head.is_empty()).unwrap_or(&canonical);
    let tail = canonical.get(head.len()..).unwrap_or_default().trim_start_matches('_');
    let stem = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = head.get(stem.len()..).unwrap_or_default();
    let letter = display_name(stem);
    let written = match stem {
        "epsilon" | "phi" => format!(r"\var{stem}"),
        _ if !letter.is_ascii() => format!(r"\{stem}"),
        _ if stem.len() == 1 => stem.to_owned(),
        _ => format!(r"\mathrm{{{}}}", stem.replace('_', r"\_")),
    };
    let tail = tail.replace('_', r"\_");
    match (digits, tail.as_str()) {
        ("", "") => written,
        (_, "") => format!("{written}_{{{digits}}}"),
        ("", _) => format!(r"{written}_{{\mathrm{{{tail}}}}}"),
        _ => format!(r"{written}_{{{digits},\mathrm{{{tail}}}}}"),
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
            (_, true) => "-",
            (0, false) => "",
            (_, false) => "+",
        });
        written.push_str(&magnitude);
    }
    written
}

fn product(factors: &[Term]) -> String {
    let mut written = String::new();
    for (index, factor) in factors.iter().enumerate() {
        let next = inside(factor, if index == 0 { Tightness::Product } else { Tightness::Factor });
        if let Some(previous) = index.checked_sub(1).and_then(|before| factors.get(before)) {
            written.push_str(between(previous, &written, &next));
        }
        written.push_str(&next);
    }
    written
}

/// What separates two factors: a dot before a number, a space after a word.
fn between(previous: &Term, written: &str, next: &str) -> &'static str {
    let after_number = written.ends_with(|c: char| c.is_ascii_digit());
    if next.starts_with(|c: char| c.is_ascii_digit()) || after_number && next.starts_with(r"\frac") {
        return r"\cdot ";
    }
    let word = |written: &str| written.contains(r"\mathrm{");
    if next.starts_with(r"\mathrm{") || matches!(previous.node(), Node::Name(..)) && word(&write(previous)) {
        return r"\,";
    }
    // A command ends before a letter only with a space.
    let ends_in_command = written.rsplit('\\').next().is_some_and(|last| {
        last.len() < written.len() && !last.is_empty() && last.chars().all(|c| c.is_ascii_alphabetic())
    });
    if ends_in_command && next.starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" }
}

fn power(base: &Term, exponent: &Term) -> String {
    let raised = raised(exponent);
    let whole = exponent.as_number().and_then(Number::as_whole);
    if let Node::Call(name, arguments) = base.node()
        && let Some((_, command)) = COMMANDS.iter().find(|(function, _)| function == name)
        && whole.is_some_and(|whole| whole > 1)
    {
        return format!("{command}^{{{raised}}}{}", in_parentheses(&list(arguments)));
    }
    format!("{}^{{{raised}}}", inside(base, Tightness::Base))
}

/// An exponent: fractions with a short denominator stay on one line there.
fn raised(exponent: &Term) -> String {
    match exponent.node() {
        Node::Negative(inner) if tightness(inner) > Tightness::Sum => format!("-{}", raised(inner)),
        Node::Quotient(over, under) if tightness(under) == Tightness::Base => {
            format!("{}/{}", inside(over, Tightness::Product), write(under))
        }
        Node::Number(number) => match number.as_fraction() {
            Some((over, under)) => format!("{over}/{under}"),
            None => write(exponent),
        },
        _ => write(exponent),
    }
}

fn list(arguments: &[Term]) -> String {
    arguments.iter().map(write).collect::<Vec<_>>().join(",")
}

/// What stands before the parenthesis of a function: `\sin`, `\operatorname{relu}`.
pub fn function_latex(name: &str) -> String {
    match COMMANDS.iter().chain(NAMES).find(|(function, _)| *function == name) {
        Some((_, command)) => (*command).to_owned(),
        None => format!(r"\operatorname{{{name}}}"),
    }
}

/// A condition, in parentheses where it is part of another one and has parts of its own.
fn truth(condition: &Term, inside: bool) -> String {
    let Node::Call(name, arguments) = condition.node() else { return write(condition) };
    let (written, is_compound) = match (*name, arguments.as_slice()) {
        ("and" | "or", parts) => {
            let sign = if *name == "and" { r"\land " } else { r"\lor " };
            let parts: Vec<String> = parts.iter().map(|part| truth(part, true)).collect();
            (parts.join(sign), true)
        }
        ("not", [part]) => (format!(r"\lnot ({})", truth(part, false)), false),
        (relation, [a, b]) => {
            let sign = match relation {
                "<=" => r"\le ",
                ">=" => r"\ge ",
                "==" => "=",
                "!=" => r"\ne ",
                strict => strict,
            };
            (format!("{}{sign}{}", write(a), write(b)), false)
        }
        _ => (write(condition), false),
    };
    if is_compound && inside { format!("({written})") } else { written }
}

fn call(name: &str, arguments: &[Term]) -> String {
    if name == "exp" {
        return format!("e^{{{}}}", arguments.iter().map(raised).collect::<String>());
    }
    match (name, arguments) {
        ("if", [condition, a, b]) => {
            let rows =
                format!(r"{} & {} \\ {} & \text{{otherwise}}", write(a), truth(condition, false), write(b));
            return format!(r"\begin{{cases}} {rows} \end{{cases}}");
        }
        ("sum" | "prod", [index, from, to, term]) => {
            let range = format!("_{{{}={}}}^{{{}}}", write(index), write(from), write(to));
            return format!(r"\{name}{range} {}", inside(term, Tightness::Product));
        }
        ("log", [argument, base]) => {
            return format!(r"\log_{{{}}}{}", write(base), in_parentheses(&write(argument)));
        }
        ("factorial", [argument]) => return format!("{}!", inside(argument, Tightness::Base)),
        ("gamma", [argument]) => return format!(r"\Gamma{}", in_parentheses(&write(argument))),
        ("digamma", [argument]) => return format!(r"\psi{}", in_parentheses(&write(argument))),
        ("trigamma", [argument]) => return format!(r"\psi'{}", in_parentheses(&write(argument))),
        ("exp2" | "exp10", [argument]) => {
            let base = name.trim_start_matches("exp");
            return format!("{base}^{{{}}}", raised(argument));
        }
        _ => {}
    }
    let inner = list(arguments);
    match name {
        "abs" => format!(r"\left|{inner}\right|"),
        "sqrt" => format!(r"\sqrt{{{inner}}}"),
        "cbrt" => format!(r"\sqrt[3]{{{inner}}}"),
        "floor" => format!(r"\left\lfloor {inner}\right\rfloor "),
        "ceil" => format!(r"\left\lceil {inner}\right\rceil "),
        _ => format!("{}{}", function_latex(name), in_parentheses(&inner)),
    }
}
