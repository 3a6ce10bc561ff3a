//! Derivatives at kinks, ties and roots: those that exist are found, and what stands on the board agrees with them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::f64::consts::PI;

use downhill::builtin::find;
use downhill::expr::{Expression, Tape};
use downhill::symbolic::Board;

use super::NAMES;

const NAN: f64 = f64::NAN;

fn compiled(formula: &str, constants: &[(String, f64)]) -> Tape {
    Expression::parse(formula)
        .and_then(|expression| expression.compile(["x", "y"], constants))
        .unwrap_or_else(|error| panic!("{formula}: {error}"))
}

/// ∂x, ∂y, ∂xx, ∂xy, ∂yy, after a look whether the gradient alone is the same.
fn derivatives(tape: &Tape, [x, y]: [f64; 2]) -> [f64; 5] {
    let (first, second) = (tape.evaluator().first(x, y), tape.evaluator().second(x, y));
    for (alone, whole) in [(first.dx, second.dx), (first.dy, second.dy)] {
        assert!(alone == whole || alone.is_nan() && whole.is_nan(), "{first:?} {second:?}");
    }
    [second.dx, second.dy, second.dxx, second.dxy, second.dyy]
}

fn assert_derivatives(formula: &str, at: [f64; 2], expected: [f64; 5]) {
    let found = derivatives(&compiled(formula, &[]), at);
    let scale = expected.iter().filter(|entry| entry.is_finite()).fold(1.0, |s: f64, e| s.max(e.abs()));
    for (index, (found_entry, entry)) in found.iter().zip(&expected).enumerate() {
        let same = (found_entry - entry).abs() <= 1e-13 * scale || found_entry.is_nan() && entry.is_nan();
        assert!(same, "{} of {formula} at {at:?}: {found:?}, not {expected:?}", NAMES[index + 1]);
    }
}

/// Linear forms that vanish at a point: a x + b y + c, as text and as a gradient.
const FORMS: &[(&str, [f64; 2], [f64; 2])] = &[
    ("x", [1.0, 0.0], [0.0, 0.7]),
    ("(y-3)", [0.0, 1.0], [2.0, 3.0]),
    ("(x+y)", [1.0, 1.0], [0.0, 0.0]),
    ("(2*x-y)", [2.0, -1.0], [1.5, 3.0]),
    ("(0.1-x/10)", [-0.1, 0.0], [1.0, 5.0]),
];

#[test]
fn an_even_function_of_an_absolute_value_is_smooth() {
    // With U for the form, and the second derivative by u at 0.
    let even = [
        ("|U|^2", 2.0),
        ("|U|*|U|", 2.0),
        ("abs(-U^2)", 2.0),
        ("abs(U^2)", 2.0),
        ("abs(abs(U)*U)", 2.0),
        ("abs(U)^4", 0.0),
        ("|U|^3", 0.0),
        ("|U|^2.5", 0.0),
        ("exp(-|U|^2)", -2.0),
        ("cos(|U|)", -1.0),
        ("cosh(2*|U|)", 4.0),
        ("|U|*tanh(|U|)", 2.0),
        ("ln(cosh(|U|))", 1.0),
        ("sqrt(1+|U|^2)", 1.0),
        ("1/(1+abs(U)*abs(U))", -2.0),
        ("|U|^4/(1+|U|^2)", 0.0),
        ("sign(U)*U*abs(U)", 2.0),
        ("U^2*sign(U)^2", 2.0),
        ("sqrt(|U|)^4", 2.0),
        ("sqrt(U^4)", 2.0),
        ("(U^2)^1.5", 0.0),
        ("cbrt(U)^6", 2.0),
        ("sqrt(1-cos(U))^2", 1.0),
        ("max(U,-U)^2", 2.0),
        ("relu(U)^2+relu(-U)^2", 2.0),
    ];
    for (form, [a, b], at) in FORMS {
        for (formula, second) in even {
            let hessian = [a * a, a * b, b * b].map(|product| second * product);
            let [dxx, dxy, dyy] = hessian;
            assert_derivatives(&formula.replace('U', form), *at, [0.0, 0.0, dxx, dxy, dyy]);
        }
    }
    let power = compiled("|x|^p + y", &[("p".to_owned(), 2.0)]);
    assert_eq!(derivatives(&power, [0.0, 1.0]), [0.0, 1.0, 2.0, 0.0, 0.0]);
}

#[test]
fn a_smooth_function_of_the_distance_is_smooth_at_the_origin() {
    // With R for the distance, and the second derivative by r at 0.
    let radial = [
        ("R^2", 2.0),
        ("R*R", 2.0),
        ("R^4", 0.0),
        ("R^3", 0.0),
        ("R^2.5", 0.0),
        ("cos(R)", -1.0),
        ("-(1+cos(12*R))/(R^2/2+2)", 72.5),
        ("sin(R)^2", 2.0),
        ("R*sin(R)", 2.0),
        ("exp(-R^2)", -2.0),
        ("cosh(R)", 1.0),
        ("ln(1+R^2)", 2.0),
        ("ln(cosh(R))", 1.0),
        ("sqrt(1+R^2)", 1.0),
        ("1-cos(3*R)^3", 27.0),
        ("abs(-R^2)", 2.0),
        ("max(R^2, R^4)", 2.0),
    ];
    for (a, b, at, [dxx, dxy, dyy]) in [
        ("x", "y", [0.0, 0.0], [1.0, 0.0, 1.0]),
        ("(x-1)", "(y+2)", [1.0, -2.0], [1.0, 0.0, 1.0]),
        ("(x+y)", "(x-y)", [0.0, 0.0], [2.0, 0.0, 2.0]),
        ("(2*x+y)", "(x-3)", [3.0, -6.0], [5.0, 2.0, 1.0]),
    ] {
        for distance in ["hypot(A, B)", "sqrt(A^2 + B^2)", "((A*A + B*B)^0.5)"] {
            let distance = distance.replace('A', a).replace('B', b);
            for (formula, second) in radial {
                let formula = formula.replace('R', &distance);
                assert_derivatives(&formula, at, [0.0, 0.0, second * dxx, second * dxy, second * dyy]);
            }
        }
    }
    let row = find("drop_wave").unwrap();
    assert_derivatives(row.formula, [0.0, 0.0], [0.0, 0.0, 72.5, 0.0, 72.5]);
}

#[test]
fn what_exists_at_a_kink_is_found_and_nothing_else() {
    let table: &[(&str, [f64; 2], [f64; 5])] = &[
        // A bounded kink times 0.
        ("max(0, 1-x)^2", [1.0, 0.0], [0.0, 0.0, NAN, 0.0, 0.0]),
        ("max(0, 1-x)^2 + y^2", [1.0, 2.0], [0.0, 4.0, NAN, 0.0, 2.0]),
        ("max(0, 1-x*y)^2", [1.0, 1.0], [0.0, 0.0, NAN, NAN, NAN]),
        ("max(0, 1-x*y)^3", [1.0, 1.0], [0.0, 0.0, 0.0, 0.0, 0.0]),
        ("relu(x)^2", [0.0, 0.0], [0.0, 0.0, NAN, 0.0, 0.0]),
        ("relu(x)^3 + relu(y)", [0.0, 0.0], [0.0, NAN, 0.0, 0.0, NAN]),
        ("min(0, x)*sin(x)", [0.0, 0.0], [0.0, 0.0, NAN, 0.0, 0.0]),
        ("sign(x)*x^2 + x", [0.0, 0.0], [1.0, 0.0, NAN, 0.0, 0.0]),
        ("sign(x)*x^3", [0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]),
        ("floor(x)*(x-2)^2", [2.0, 0.0], [0.0, 0.0, NAN, 0.0, 0.0]),
        ("floor(x) + y", [2.0, 1.0], [NAN, 1.0, NAN, 0.0, 0.0]),
        ("sign(x) + x^2", [0.0, 0.0], [NAN, 0.0, NAN, 0.0, 0.0]),
        // What is constant around.
        ("relu(relu(x))", [-1.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]),
        ("sign(relu(x)) + y", [-1.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0]),
        ("sqrt(relu(x)) + y", [-1.0, 0.0], [0.0, 1.0, 0.0, 0.0, 0.0]),
        ("max(relu(x), relu(y), 0)", [-1.0, -2.0], [0.0, 0.0, 0.0, 0.0, 0.0]),
        // Ties.
        ("max(x^2, 2*x-1)", [1.0, 0.0], [2.0, 0.0, 2.0, 0.0, 0.0]),
        ("min(x^2, 2*x-1)", [1.0, 0.0], [2.0, 0.0, 0.0, 0.0, 0.0]),
        ("max(x*y, x+y-1)", [1.0, 1.0], [1.0, 1.0, 0.0, NAN, 0.0]),
        ("max(x, x^3) + y^2", [0.0, 1.0], [NAN, 2.0, NAN, 0.0, 2.0]),
        ("max(sin(x), x) + y^2", [0.0, 1.0], [1.0, 2.0, 0.0, 0.0, 2.0]),
        ("max(x, y)", [1.0, 1.0], [NAN, NAN, NAN, NAN, NAN]),
        ("max(x+y, y+x)", [1.0, 1.0], [1.0, 1.0, 0.0, 0.0, 0.0]),
        ("max(x^2, y^2)", [0.0, 0.0], [0.0, 0.0, 2.0, NAN, 2.0]),
        // Roots, poles and angles.
        ("exp(-1/x^2) + y", [0.0, 1.0], [0.0, 1.0, 0.0, 0.0, 0.0]),
        ("exp(-1/(x^2+y^2))", [0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]),
        ("tanh(1/x^2)", [0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]),
        ("relu(-1/x)", [0.0, 0.0], [NAN, 0.0, NAN, 0.0, 0.0]),
        ("1/(1+1/x^2)", [0.0, 0.0], [0.0, 0.0, 2.0, 0.0, 0.0]),
        ("hypot(x, y)", [0.0, 0.0], [NAN, NAN, NAN, NAN, NAN]),
        ("hypot(x, y) + x^2", [0.0, 0.0], [NAN, NAN, NAN, NAN, NAN]),
        ("exp(-hypot(x, y))", [0.0, 0.0], [NAN, NAN, NAN, NAN, NAN]),
        ("sin(x)/x", [0.0, 0.0], [NAN, NAN, NAN, NAN, NAN]),
        ("sqrt(x^2)", [0.0, 0.0], [NAN, 0.0, NAN, 0.0, 0.0]),
        ("x*sqrt(x^2)", [0.0, 0.0], [0.0, 0.0, NAN, 0.0, 0.0]),
        ("sqrt(x)^4", [0.0, 0.0], [NAN, 0.0, NAN, 0.0, 0.0]),
        ("sqrt(|x|)", [0.0, 0.0], [NAN, 0.0, NAN, 0.0, 0.0]),
        ("|x|^1.5", [0.0, 0.0], [0.0, 0.0, NAN, 0.0, 0.0]),
        ("sqrt(x^4+y^4)", [0.0, 0.0], [0.0, 0.0, 2.0, NAN, 2.0]),
        ("hypot(x,y)^2*cos(2*atan2(y,x))", [0.0, 0.0], [0.0, 0.0, 2.0, 0.0, -2.0]),
        ("hypot(x,y)^2*atan2(y,x)", [0.0, 0.0], [0.0, 0.0, NAN, NAN, NAN]),
        // Only the kink of the absolute value itself: the derivative of abs at 0 is 0.
        ("|x| + |y|", [0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]),
        ("|x| + |x|^2 + 3*x", [0.0, 0.0], [3.0, 0.0, 2.0, 0.0, 0.0]),
        ("|x| + hypot(x,y)^2", [0.0, 0.0], [0.0, 0.0, 2.0, 0.0, 2.0]),
        ("|x|*|y|", [0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]),
        ("|x|*y^2", [0.0, 3.0], [0.0, 0.0, 0.0, 0.0, 0.0]),
        ("x*|x|", [0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]),
        ("exp(|x|)", [0.0, 0.0], [0.0, 0.0, 1.0, 0.0, 0.0]),
        ("|x| + relu(x)", [0.0, 0.0], [NAN, 0.0, NAN, 0.0, 0.0]),
        ("|sin(x)|", [PI, 0.0], [-1.0, 0.0, 0.0, 0.0, 0.0]),
    ];
    for (formula, at, expected) in table {
        assert_derivatives(formula, *at, *expected);
    }
}

#[test]
fn the_board_agrees_at_kinks() {
    let mut compared = 0;
    for formula in [
        "|x|^2 + |y|^2",
        "abs(-x^2)",
        "abs(-x^2-y^2) + abs(x^4)",
        "relu(x^2) + max(0, y^2) + min(0, x^2)",
        "max(x^2 + y^2, -x^4, y^2)",
        "exp(-|x|^2)",
        "|x|*|x| + |y|*|x|",
        "|x|^3",
        "|x|^p",
        "|x|^p*y^2",
        "|x| + |y|",
        "x*|x|",
        "|x-y|^2",
        "max(0, x)^2 + y",
        "relu(x)^3",
        "max(x^2, 2*x)",
        "hypot(x, y)^2",
        "cos(hypot(x, y))",
        "sqrt(x^2 + y^2)^2",
        "sqrt(x^4)",
        "ln(cosh(|x|))",
        "sqrt(1 + |x|^2)",
    ] {
        let letters = [("p".to_owned(), 2.0)];
        let tape = compiled(formula, &letters);
        let board = Board::of(formula, ["x", "y"]).unwrap();
        let [[xx, xy], [_, yy]] = &board.hessian;
        for at in [[0.0, 0.0], [0.0, 1.5], [1.0, 1.0], [0.0, -2.0]] {
            let found = derivatives(&tape, at);
            let written = [&board.gradient[0], &board.gradient[1], xx, xy, yy];
            for ((found, written), name) in found.iter().zip(written).zip(&NAMES[1..]) {
                let text = &written.as_ref().unwrap().text;
                let [x, y] = at;
                let on_board = compiled(text, &letters).evaluator().value(x, y);
                if found.is_finite() && on_board.is_finite() {
                    let near = (found - on_board).abs() <= 1e-12 * found.abs().max(1.0);
                    assert!(near, "{name} of {formula} at {at:?} is {found}, and {on_board} by {text}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 250, "{compared}");
}
