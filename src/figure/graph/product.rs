//! The derivative by a node as it is written below the graph: the product of the derivatives along its path, in symbols, as they are,
//! and in numbers; a sum of such where there are several paths.

use crate::figure::look::number::{short, trimmed};
use crate::symbolic::{Computation, Computed, Folded, MOST_PATHS, Paths, Written};

/// Digits of the numbers.
const DIGITS: usize = 4;
/// A sum with more factors than these takes a line for each of its products.
const FACTORS_IN_A_LINE: usize = 7;

/// The lines of ∂J/∂node: in symbols, in what they are, in numbers; those of several paths one below the other.
pub(super) fn lines(
    computation: &Computation,
    shown: &Folded,
    paths: &Paths,
    (computed, slopes): (&Computed, &[Option<f64>]),
    node: usize,
) -> Vec<Written> {
    let nodes = computation.nodes();
    let symbol = |node: usize| &nodes[node].symbol;
    let left = partial(symbol(computation.result()), symbol(node));
    if node == computation.result() {
        return vec![Written { text: format!("{} = 1", left.text), latex: format!("{} = 1", left.latex) }];
    }
    if paths.listed.is_empty() {
        return vec![Written { text: format!("{} = 0", left.text), latex: format!("{} = 0", left.latex) }];
    }
    let in_symbols = |link: usize| {
        let link = &shown.links[link];
        Some(partial(symbol(link.to), symbol(link.from)))
    };
    let as_written = |link: usize| {
        let link = &shown.links[link];
        match &link.slope {
            Some(slope) if slope.text == "1" => None,
            Some(slope) => Some(factor(slope)),
            None => Some(partial(symbol(link.to), symbol(link.from))),
        }
    };
    let in_numbers = |place: usize| {
        let is_one = shown.links[place].slope.as_ref().is_some_and(|slope| slope.text == "1");
        let value = slopes[place].unwrap_or(0.0);
        (!is_one).then(|| if value < 0.0 { in_parentheses(&number(value)) } else { number(value) })
    };
    let value = computed.derivative(node);
    let total = number(value);
    let total = match computed.is_beyond_chain_rule(node) || !value.is_finite() {
        true => None,
        false => Some(total),
    };
    let factors: usize = paths.listed.iter().map(Vec::len).sum();
    let is_broken = factors > FACTORS_IN_A_LINE && paths.listed.len() > 1;
    let rest = (paths.count > MOST_PATHS as f64).then_some(paths.count - MOST_PATHS as f64);
    let mut lines = Vec::new();
    let symbols = sum(&paths.listed, &in_symbols, is_broken, rest);
    lines.extend(after(&left, symbols));
    let written = sum(&paths.listed, &as_written, is_broken, rest);
    let empty = Written { text: "\u{2003}".to_owned(), latex: r"\phantom{J}".to_owned() };
    lines.extend(after(&empty, written));
    let mut numbers = after(&empty, sum(&paths.listed, &in_numbers, is_broken, rest));
    if let (Some(last), Some(total)) = (numbers.last_mut(), total) {
        // A single number is the value already.
        if factors > 1 {
            last.text.push_str(&format!(" = {}", total.text));
            last.latex.push_str(&format!(" = {}", total.latex));
        }
    }
    lines.extend(numbers);
    lines
}

/// The lines with what stands left of the equals sign before the first.
fn after(left: &Written, right: Vec<Written>) -> Vec<Written> {
    let line = |(place, right): (usize, Written)| match place {
        0 => Written {
            text: format!("{} = {}", left.text, right.text),
            latex: format!("{} = {}", left.latex, right.latex),
        },
        _ => Written { text: format!("\u{2003}{}", right.text), latex: format!(r"\quad {}", right.latex) },
    };
    right.into_iter().enumerate().map(line).collect()
}

/// The sum of the products along paths, in one line or in one for each.
fn sum(
    paths: &[Vec<usize>],
    factor: &impl Fn(usize) -> Option<Written>,
    is_broken: bool,
    rest: Option<f64>,
) -> Vec<Written> {
    let mut lines: Vec<Written> = Vec::new();
    for path in paths {
        let factors: Vec<Written> = path.iter().filter_map(|link| factor(*link)).collect();
        let product = product(factors);
        match lines.last_mut() {
            Some(line) if !is_broken => {
                line.text.push_str(&format!(" + {}", product.text));
                line.latex.push_str(&format!(" + {}", product.latex));
            }
            Some(_) => lines.push(Written {
                text: format!("+ {}", product.text),
                latex: format!("{{}} + {}", product.latex),
            }),
            None => lines.push(product),
        }
    }
    if let (Some(line), Some(rest)) = (lines.last_mut(), rest) {
        let more = if rest < 1e6 { format!("{rest}") } else { short(rest, 2) };
        line.text.push_str(&format!(" + … ({more} more paths)"));
        line.latex.push_str(&format!(r" + \dots \text{{ ({more} more paths)}}"));
    }
    lines
}

fn product(factors: Vec<Written>) -> Written {
    let joined = factors.into_iter().reduce(|a, b| Written {
        text: format!("{} · {}", a.text, b.text),
        latex: format!(r"{} \cdot {}", a.latex, b.latex),
    });
    joined.unwrap_or(Written { text: "1".to_owned(), latex: "1".to_owned() })
}

/// In parentheses where it is a sum or begins with a sign.
fn factor(written: &Written) -> Written {
    let mut depth = 0;
    let has_sign = written.text.chars().any(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0 && matches!(c, '−' | '+')
    });
    if has_sign { in_parentheses(written) } else { written.clone() }
}

fn in_parentheses(written: &Written) -> Written {
    Written { text: format!("({})", written.text), latex: format!(r"\left({}\right)", written.latex) }
}

/// ∂u/∂v
fn partial(of: &Written, by: &Written) -> Written {
    Written {
        text: format!("∂{}/∂{}", of.text, by.text),
        latex: format!(r"\frac{{\partial {}}}{{\partial {}}}", of.latex, by.latex),
    }
}

/// A number with few digits.
fn number(value: f64) -> Written {
    let text = trimmed(&short(value, DIGITS));
    let latex = match text.split_once('e') {
        _ if value.is_nan() => r"\text{undefined}".to_owned(),
        Some((digits, exponent)) => format!(r"{digits}\cdot 10^{{{exponent}}}"),
        None => text.replace('∞', r"\infty"),
    };
    Written { text, latex: latex.replace('−', "-") }
}
