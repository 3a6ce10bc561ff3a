//! What is written on the board against the exact derivatives: read back, compiled, and evaluated at points.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use downhill::builtin::BUILT_INS;
use downhill::expr::{Expression, Operator, Step};
use downhill::symbolic::{Board, Unwritable, Written};

use super::oracle;
use super::random_term::Terms;
use super::term::Term;
use super::{NAMES, functions, takes_two};

/// Gradient and Hessian in the order of `NAMES`, the value left out.
fn entries(board: &Board) -> [&Result<Written, Unwritable>; 5] {
    let [[xx, xy], [_, yy]] = &board.hessian;
    [&board.gradient[0], &board.gradient[1], xx, xy, yy]
}

/// The term that a text is read as; letters are looked up.
fn read(expression: &Expression, letters: &[(String, f64)]) -> Term {
    let mut stack: Vec<Term> = Vec::new();
    for step in expression.steps() {
        let term = match step {
            Step::Number(value) => Term::Number(*value),
            Step::Name(name) => match name.name.as_str() {
                "x" => Term::X,
                "y" => Term::Y,
                "e" => Term::Number(std::f64::consts::E),
                "pi" => Term::Number(std::f64::consts::PI),
                other => Term::Number(letters.iter().find(|(letter, _)| letter == other).unwrap().1),
            },
            Step::Negate => Term::Neg(Box::new(stack.pop().unwrap())),
            Step::Binary(operator) => {
                let (b, a) = (stack.pop().unwrap(), stack.pop().unwrap());
                match (operator, value(&b)) {
                    (Operator::Pow, Some(exponent)) => a.power(exponent),
                    (Operator::Pow, None) => Term::binary('^', a, b),
                    (Operator::Add, _) => Term::binary('+', a, b),
                    (Operator::Sub, _) => Term::binary('-', a, b),
                    (Operator::Mul, _) => Term::binary('*', a, b),
                    (Operator::Div, _) => Term::binary('/', a, b),
                    (Operator::Rem, _) => Term::binary('%', a, b),
                }
            }
            Step::Call { function, arguments } => {
                Term::call(function.name, stack.split_off(stack.len() - arguments))
            }
            Step::Repeat { .. } => unreachable!("no formula here has a sum"),
        };
        stack.push(term);
    }
    stack.pop().unwrap()
}

/// What a term without variables amounts to.
fn value(term: &Term) -> Option<f64> {
    match term {
        Term::Number(value) => Some(*value),
        Term::Neg(inner) => value(inner).map(|value| -value),
        Term::Binary('/', a, b) => Some(value(a)? / value(b)?),
        _ => None,
    }
}

/// What became of the points at which written derivatives were compared with exact ones.
#[derive(Debug, Default)]
struct Tally {
    written: usize,
    unwritten: usize,
    equal: usize,
    /// Rounding alone can move one of both visibly, or both are undefined.
    not_compared: usize,
    /// Only the written one overflows or divides by 0.
    lost: usize,
}

impl Tally {
    /// Compares all derivatives of a formula at the points. `term` is the formula with its letters looked up.
    fn compare(&mut self, formula: &str, term: &Term, letters: &[(String, f64)], points: &[[f64; 2]]) {
        let board = Board::of(formula, ["x", "y"]).unwrap_or_else(|e| panic!("{formula}: {e}"));
        let tape = Expression::parse(formula).and_then(|e| e.compile(["x", "y"], letters)).unwrap();
        let again = Board::of(&board.cost.text, ["x", "y"]).unwrap();
        assert_eq!(again.cost, board.cost, "{formula}");
        assert_balanced(&board.cost.latex);
        for (entry, result) in entries(&board).into_iter().enumerate() {
            let Ok(Written { text, latex }) = result else {
                self.unwritten += 1;
                continue;
            };
            self.written += 1;
            assert_balanced(latex);
            let expression = Expression::parse(text).unwrap_or_else(|e| panic!("{formula}: {text}: {e}"));
            let of_text = expression.compile(["x", "y"], letters).unwrap();
            let term_of_text = read(&expression, letters);
            for [x, y] in points.iter().copied() {
                let jet = tape.evaluator().second(x, y);
                let exact = [jet.value, jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy];
                let found = of_text.evaluator().value(x, y);
                let scale = exact.iter().fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
                let errors =
                    oracle::rounding(term, x, y)[entry + 1] + oracle::rounding(&term_of_text, x, y)[0];
                let allowed = 4.0 * f64::EPSILON * errors;
                if !exact.iter().all(|entry| entry.is_finite()) || allowed.is_nan() || allowed > 1e-8 * scale
                {
                    self.not_compared += 1;
                } else if !found.is_finite() {
                    self.lost += 1;
                } else {
                    let exact = exact[entry + 1];
                    let error = (found - exact).abs();
                    assert!(
                        error <= allowed.max(1e-13 * scale),
                        "{} of {formula} is written {text}, at ({x}, {y}) {found:e}, but it is {exact:e}: \
                         off by {error:.1e}, allowed {allowed:.1e}",
                        NAMES[entry + 1],
                    );
                    self.equal += 1;
                }
            }
        }
    }
}

/// Asserts that every brace and every growing delimiter is closed.
fn assert_balanced(latex: &str) {
    let mut open = 0_i32;
    for c in latex.chars() {
        open += i32::from(c == '{') - i32::from(c == '}');
        assert!(open >= 0, "{latex}");
    }
    let (left, right) = (latex.matches(r"\left").count(), latex.matches(r"\right").count());
    assert!(open == 0 && left == right, "{latex}");
}

#[test]
fn random_formulas_are_written_with_their_exact_derivatives() {
    let mut terms = Terms::with_seed(20_260_102);
    let mut tally = Tally::default();
    for index in 0..5000 {
        let term = terms.term(1 + index % 5);
        let points: Vec<[f64; 2]> = (0..3).map(|_| [terms.coordinate(), terms.coordinate()]).collect();
        tally.compare(&term.to_string(), &term, &[], &points);
    }
    println!("{tally:?}");
    assert!(tally.written > 9 * tally.unwritten, "{tally:?}");
    assert!(
        tally.equal > 9 * (tally.not_compared + tally.lost) && tally.equal > 50 * tally.lost,
        "{tally:?}"
    );
}

#[test]
fn every_built_in_is_written_with_its_exact_derivatives() {
    let mut random = fastrand::Rng::with_seed(41);
    for row in BUILT_INS {
        // The oracle knows the variables as x and y.
        let mut letters: Vec<(String, f64)> =
            row.constants.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect();
        let mut formula = row.formula.to_owned();
        for (variable, plain) in row.variables.into_iter().zip(["x", "y"]) {
            formula = formula.replace(variable, plain);
        }
        // A value with more digits than the default shows which letter stands where.
        letters.iter_mut().for_each(|(_, value)| *value *= 1.037);
        let term = read(&Expression::parse(&formula).unwrap(), &letters);
        let points: Vec<[f64; 2]> = (0..100)
            .map(|_| row.window.map(|[low, high]| low + (high - low) * (0.01 + 0.98 * random.f64())))
            .collect();
        let mut tally = Tally::default();
        tally.compare(&formula, &term, &letters, &points);
        assert!(tally.written == 5 && tally.equal > 400, "{}: {tally:?}", row.id);
    }
}

#[test]
fn every_function_is_written_with_its_exact_derivatives() {
    let coordinates = [-7.3, -2.6, -1.4, -0.83, -0.31, -0.02, 0.04, 0.27, 0.71, 0.96, 1.2, 2.3, 4.8];
    let points: Vec<[f64; 2]> = coordinates.into_iter().flat_map(|x| coordinates.map(|y| [x, y])).collect();
    for name in functions() {
        let formulas = if takes_two(name) {
            [
                format!("{name}(x, y)"),
                format!("{name}(x*y + 0.7, y - 0.3*x*y)"),
                format!("y*{name}(x^2 + 1, 2)"),
            ]
        } else {
            [format!("{name}(x)"), format!("{name}(0.13*(x*y + x))"), format!("y*{name}(x/(1 + y^2))^2")]
        };
        for formula in formulas {
            let mut tally = Tally::default();
            let term = read(&Expression::parse(&formula).unwrap(), &[]);
            tally.compare(&formula, &term, &[], &points);
            assert!(tally.written == 5 && tally.equal >= 40, "{formula}: {tally:?}");
        }
    }
}
