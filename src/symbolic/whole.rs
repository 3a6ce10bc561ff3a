//! What becomes of the board of a loss, or of a formula, in a cost that is made of it: the mean or sum over rows, and penalties.
//!
//! Both are linear, so that every derivative of the whole is the same of the derivative of the part.

use super::{Board, Written, latex};
use crate::expr::display_name;

/// What a cost makes of a formula.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Whole {
    /// Whether there are rows, and then whether their losses are averaged.
    pub mean_over_rows: Option<bool>,
    /// Whether l1 is added, and l2, and of which variables.
    pub l1: bool,
    /// See there.
    pub l2: bool,
    /// See there.
    pub counts: [bool; 2],
}

impl Board {
    /// The board of the cost that is made of this formula.
    pub fn whole(self, whole: &Whole, variables: [&str; 2]) -> Self {
        if *whole == Whole::default() {
            return self;
        }
        let name = if whole.mean_over_rows.is_some() { "J".to_owned() } else { self.name };
        let letters = variables.map(Letter::of);
        let counted = |axis: usize| Some(&letters[axis]).filter(|_| whole.counts[axis]);
        let over_rows = |written: Written| match whole.mean_over_rows {
            None => written,
            Some(is_mean) => over_rows(&written, is_mean),
        };
        let mut penalty = Vec::new();
        if whole.l1 {
            penalty.push(weighed("1", &letters, whole.counts, |x| {
                [format!("|{}|", x.text), format!(r"\left|{}\right|", x.latex)]
            }));
        }
        if whole.l2 {
            penalty.push(weighed("2", &letters, whole.counts, |x| {
                [format!("{}²", x.text), format!("{}^2", x.latex)]
            }));
        }
        let slope = |axis: usize| {
            let mut added = Vec::new();
            if let (true, Some(x)) = (whole.l1, counted(axis)) {
                added.push(written(
                    format!("l₁ sign({})", x.text),
                    format!(r"l_1\,\mathrm{{sign}}({})", x.latex),
                ));
            }
            if let (true, Some(x)) = (whole.l2, counted(axis)) {
                added.push(written(format!("2l₂{}", x.text), format!(r"2\,l_2\,{}", x.latex)));
            }
            added
        };
        let curvature = |row: usize, column: usize| {
            let is_there = whole.l2 && row == column && whole.counts[row];
            is_there.then(|| written("2l₂".to_owned(), r"2\,l_2".to_owned())).into_iter().collect::<Vec<_>>()
        };
        let [x, y] = self.gradient;
        let [[xx, xy], [yx, yy]] = self.hessian;
        Self {
            name,
            cost: sum(over_rows(self.cost), penalty),
            gradient: [x.map(|x| sum(over_rows(x), slope(0))), y.map(|y| sum(over_rows(y), slope(1)))],
            hessian: [
                [xx.map(|xx| sum(over_rows(xx), curvature(0, 0))), xy.map(over_rows)],
                [yx.map(over_rows), yy.map(|yy| sum(over_rows(yy), curvature(1, 1)))],
            ],
        }
    }
}

struct Letter {
    text: String,
    latex: String,
}

impl Letter {
    fn of(name: &str) -> Self {
        Self { text: display_name(name), latex: latex::name_latex(name) }
    }
}

fn written(text: String, latex: String) -> Written {
    Written { text, latex }
}

/// The weight of a penalty times what it counts.
fn weighed(
    index: &str,
    letters: &[Letter; 2],
    counts: [bool; 2],
    size: impl Fn(&Letter) -> [String; 2],
) -> Written {
    let counted = letters.iter().zip(counts).filter(|(_, counts)| *counts).map(|(x, _)| size(x));
    let (texts, latexes): (Vec<String>, Vec<String>) = counted.map(|[text, latex]| (text, latex)).unzip();
    let subscript = if index == "1" { '₁' } else { '₂' };
    let around = |sum: String| if texts.len() > 1 { format!("({sum})") } else { sum };
    written(
        format!("l{subscript}{}", around(texts.join(" + "))),
        format!(r"l_{index}\,{}", around(latexes.join(" + "))),
    )
}

/// What is summed of each row; what is the same in all of them is counted.
fn over_rows(of_row: &Written, is_mean: bool) -> Written {
    let depends = of_row.latex.contains(latex::COLUMN);
    let Written { text, latex } = of_row;
    if !depends && (is_mean || text == "0") {
        return of_row.clone();
    }
    let [text, latex] = match is_sum(text) {
        true => [format!("({text})"), format!(r"\left({latex}\right)")],
        false => [text.clone(), latex.clone()],
    };
    match (depends, is_mean) {
        (false, _) => written(format!("m·{text}"), format!(r"m \cdot {latex}")),
        (true, true) => {
            written(format!("1/m Σ {text}"), format!(r"\frac{{1}}{{m}} \sum_{{i=1}}^{{m}} {latex}"))
        }
        (true, false) => written(format!("Σ {text}"), format!(r"\sum_{{i=1}}^{{m}} {latex}")),
    }
}

fn sum(first: Written, others: Vec<Written>) -> Written {
    let mut terms: Vec<Written> = vec![first];
    terms.extend(others);
    if terms.len() > 1 && terms[0].text == "0" {
        terms.remove(0);
    }
    let join = |part: fn(&Written) -> &str| terms.iter().map(part).collect::<Vec<_>>().join(" + ");
    written(join(|term| &term.text), join(|term| &term.latex))
}

/// Whether a sum or a difference stands outside of all brackets.
fn is_sum(text: &str) -> bool {
    let mut depth = 0_i32;
    text.chars().enumerate().any(|(at, c)| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        depth == 0 && (c == '+' || c == '−' || c == '-') && at > 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::{Expression, Names};

    fn board(formula: &str, columns: &[&str], whole: &Whole) -> Board {
        let variables = ["theta0", "theta1"];
        let names = Names::new(variables, columns.iter().copied()).with_free_letters();
        let expression = Expression::parse(formula).unwrap().resolved(&names).unwrap();
        let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
        Board::of_expression(&expression, variables, &[], &columns).unwrap().whole(whole, variables)
    }

    #[test]
    fn a_mean_over_rows_is_written_with_its_sum_and_each_derivative_alike() {
        let whole = Whole { mean_over_rows: Some(true), ..Whole::default() };
        let line = board("(theta0 + theta1*x - y)^2/2", &["x", "y"], &whole);
        assert_eq!(
            line.cost.latex,
            r"\frac{1}{m} \sum_{i=1}^{m} \frac{(\theta_{0}+\theta_{1}{x^{(i)}}-{y^{(i)}})^{2}}{2}"
        );
        assert_eq!(line.cost.text, "1/m Σ (θ₀ + θ₁·x − y)²/2");
        let gradient = line.gradient.map(|slope| slope.unwrap().text);
        assert_eq!(gradient, ["1/m Σ (θ₀ + θ₁·x − y)", "1/m Σ (θ₀ + θ₁·x − y)x"]);
        assert_eq!(
            line.hessian[0][0].as_ref().unwrap().text,
            "1",
            "the mean of what is the same in all rows"
        );
        assert_eq!(line.hessian[1][1].as_ref().unwrap().text, "1/m Σ x²");
        let sum = Whole { mean_over_rows: Some(false), ..Whole::default() };
        let line = board("(theta0 + theta1*x - y)^2/2", &["x", "y"], &sum);
        assert_eq!(line.hessian[0][0].as_ref().unwrap().text, "m·1");
        assert!(line.cost.text.starts_with("Σ "));
    }

    #[test]
    fn penalties_stand_behind_the_cost_and_its_derivatives() {
        let whole = Whole { l1: true, l2: true, counts: [false, true], ..Whole::default() };
        let cost = board("theta0^2 + theta1", &[], &whole);
        assert_eq!(cost.cost.text, "θ₀² + θ₁ + l₁|θ₁| + l₂θ₁²");
        let gradient = cost.gradient.map(|slope| slope.unwrap().text);
        assert_eq!(gradient, ["2θ₀", "1 + l₁ sign(θ₁) + 2l₂θ₁"]);
        assert_eq!(cost.hessian[1][1].as_ref().unwrap().text, "2l₂");
        let both = board("theta0", &[], &Whole { l1: true, counts: [true; 2], ..Whole::default() });
        assert_eq!(both.cost.latex, r"\theta_{0} + l_1\,(\left|\theta_{0}\right| + \left|\theta_{1}\right|)");
    }
}
