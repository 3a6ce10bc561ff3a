//! A stage with the numbers of its step, so that whoever computes the line again from what it says gets what it says.

use super::{AT_MOST, RuleLine, Stage};
use crate::optimizer::term::{Term, Value};

/// The significant digits of a result.
const DIGITS: usize = 5;
/// As many say any double.
const ALL_DIGITS: usize = 17;

impl Stage {
    /// The line in numbers, `v = 0.9·(1, 2) + 0.1·(3, 4) = (1.2, 2.2)`: the result with five digits, and what it is computed
    /// from with as many as it takes to get it.
    pub fn in_numbers(&self) -> RuleLine {
        let (symbol, right, value) = self.number_parts();
        joined(self.relation(), [symbol, right, Some(value)])
    }

    /// The same in parts that may stand below one another: `v = 0.9·(1, 2)`, `+ 0.1·(3, 4)` and `= (1.2, 2.2)`; the value alone
    /// where it says all.
    pub fn numbers_in_parts(&self) -> Vec<RuleLine> {
        let (symbol, right, value) = self.number_parts();
        let Some(_) = right else { return vec![joined(self.relation(), [symbol, None, Some(value)])] };
        let digits = self.operand_digits();
        let mut parts: Vec<RuleLine> = self
            .right
            .in_parts(Some(&|number| written(number, digits)))
            .into_iter()
            .map(|[text, latex]| RuleLine { text, latex })
            .collect();
        if let Some(first) = parts.first_mut() {
            *first = joined(self.relation(), [symbol, Some(first.clone()), None]);
        }
        parts.push(RuleLine { text: format!("= {}", value.text), latex: format!("= {}", value.latex) });
        parts
    }

    /// What stands between what is defined and its numbers.
    fn relation(&self) -> &'static str {
        self.left.as_ref().map_or("=", |left| if left.relation[0] == AT_MOST[0] { AT_MOST[0] } else { "=" })
    }

    /// The significant digits of what is computed from, with which the result is what it is said to be.
    fn operand_digits(&self) -> usize {
        let result = |number: f64| written(number, DIGITS);
        let shown = self.value.text(&result);
        let gives_it = |digits: &usize| self.right.rounded(*digits).value().text(&result) == shown;
        (DIGITS..ALL_DIGITS).find(gives_it).unwrap_or(ALL_DIGITS)
    }

    /// What is defined, what it is computed from, and what comes out; nothing where one says no more than the next.
    fn number_parts(&self) -> (Option<RuleLine>, Option<RuleLine>, RuleLine) {
        let result = |number: f64| written(number, DIGITS);
        let shown = self.value.text(&result);
        let digits = self.operand_digits();
        let operand = |number: f64| written(number, digits);
        let symbol = self.left.as_ref().map(|left| {
            let [text, latex] = left.symbol.clone().map(std::borrow::Cow::into_owned);
            RuleLine { text, latex }
        });
        let right =
            RuleLine { text: self.right.text(Some(&operand)), latex: self.right.latex(Some(&operand)) };
        let value = RuleLine { text: shown, latex: self.value.latex(&result) };
        (symbol, (right.text != value.text).then_some(right), value)
    }
}

/// Lines as the sides of equations, the first of which may be a bound.
fn joined(relation: &str, [symbol, right, value]: [Option<RuleLine>; 3]) -> RuleLine {
    let relation_after = if symbol.is_some() { relation } else { "=" };
    let sides: Vec<RuleLine> = [symbol, right, value].into_iter().flatten().collect();
    let join = |side: fn(&RuleLine) -> &str, relation: &str| {
        let joined = sides.iter().map(side).collect::<Vec<_>>().join(" = ");
        joined.replacen(" = ", &format!(" {relation} "), 1)
    };
    let latex = if relation_after == AT_MOST[0] { AT_MOST[1] } else { relation_after };
    RuleLine { text: join(|line| &line.text, relation_after), latex: join(|line| &line.latex, latex) }
}

/// A number with at most so many significant digits, as short as that can be said.
fn written(number: f64, digits: usize) -> String {
    let rounded = rounded(number, digits);
    let is_plain = rounded == 0.0 || (1e-3..1e6).contains(&rounded.abs()) || !rounded.is_finite();
    if is_plain { format!("{}", rounded + 0.0) } else { format!("{rounded:e}") }
}

fn rounded(number: f64, digits: usize) -> f64 {
    format!("{number:.*e}", digits.max(1) - 1).parse().unwrap_or(number)
}

impl Term {
    /// The same of numbers with at most so many significant digits.
    fn rounded(&self, digits: usize) -> Self {
        self.map_symbols(&|value| match value {
            Value::Scalar(a) => Value::Scalar(rounded(a, digits)),
            Value::Vector(a) => Value::Vector(a.map(|a| rounded(a, digits))),
            Value::Matrix(a) => Value::Matrix(a.map(|a| rounded(a, digits))),
        })
    }
}
