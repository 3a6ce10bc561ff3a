//! Value, gradient and Hessian against numbers of 60 digits that another program made: see `tests/reference/README.md`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use downhill::expr::Expression;
use serde_json::Value;

use super::NAMES;

/// The entries of a list of numbers written as texts; beyond the range of f64 they are infinite or 0.
fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().parse().unwrap()).collect()
}

/// Compares every case of a file: formula, x, y, entries, and the sizes of their terms where those cancel. Each entry is to
/// be right to 1e-13 of itself or of its terms; one beyond the range of f64 does not exist.
fn compare(text: &str) {
    let cases: Vec<Value> = serde_json::from_str(text).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let formula = case[0].as_str().unwrap();
        let [x, y] = [1, 2].map(|index| case[index].as_str().unwrap().parse::<f64>().unwrap());
        let entries = numbers(&case[3]);
        let sizes = case.get(4).map_or_else(|| entries.iter().map(|e| e.abs()).collect(), numbers);
        let tape = Expression::parse(formula).and_then(|e| e.compile(["x", "y"], &[])).unwrap();
        let (mut at, mut field) = (tape.evaluator(), [0.0]);
        let (value, first, second) = (at.value(x, y), at.first(x, y), at.second(x, y));
        tape.fill_grid(&[x], &[y], &mut field);
        assert_eq!(
            [value, field[0], first.dx, first.dy],
            [second.value, value, second.dx, second.dy],
            "{formula}"
        );
        let found = [second.value, second.dx, second.dy, second.dxx, second.dxy, second.dyy];
        for (((found, expected), size), name) in found.iter().zip(entries).zip(sizes).zip(NAMES) {
            let right = if expected.is_finite() {
                (found - expected).abs() <= (1e-13 * size).max(f64::MIN_POSITIVE)
            } else {
                found.is_nan()
            };
            if !right {
                wrong.push(format!("{name} of {formula} at ({x}, {y}) is {found:e}, not {expected:e}"));
            }
        }
    }
    assert!(cases.len() > 100, "{} cases", cases.len());
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_function_keeps_its_derivatives_far_from_one() {
    compare(include_str!("../reference/far_arguments.json"));
}

#[test]
fn exponentials_neither_overflow_nor_cancel_in_any_spelling() {
    compare(include_str!("../reference/exponentials.json"));
}
