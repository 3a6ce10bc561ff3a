//! Costs and their derivatives as they are written on the board.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use downhill::builtin::{BUILT_INS, find};
use downhill::expr::MAX_FORMULA_BYTES;
use downhill::symbolic::{Board, Unwritable, Written};

fn text(written: &Result<Written, Unwritable>) -> &str {
    &written.as_ref().unwrap().text
}

/// Formula in x and y, and what is written for ∂x, ∂y, ∂xx, ∂xy, ∂yy.
const FORMS: &[(&str, [&str; 5])] = &[
    (
        "(1-x)^2 + 100*(y-x^2)^2",
        ["−2(1 − x) − 400x(y − x²)", "200(y − x²)", "2 − 400(y − 3x²)", "−400x", "200"],
    ),
    ("(a-x)^2 + b*(y-x^2)^2", ["−2(a − x) − 4b·x(y − x²)", "2b(y − x²)", "2 − 4b(y − 3x²)", "−4b·x", "2b"]),
    ("3x^2+2x*y", ["6x + 2y", "2x", "6", "2", "0"]),
    (
        "((x+y)^2 + k*(x-y)^2)/4",
        ["(x + y + k(x − y))/2", "(x + y − k(x − y))/2", "(1 + k)/2", "(1 − k)/2", "(1 + k)/2"],
    ),
    (
        "(x^2+y-11)^2 + (x+y^2-7)^2",
        [
            "4x(x² + y − 11) + 2(x + y² − 7)",
            "2(x² + y − 11) + 4y(x + y² − 7)",
            "12x² + 4y − 42",
            "4x + 4y",
            "12y² + 4x − 26",
        ],
    ),
    ("x^2 + (x+y)^2", ["4x + 2y", "2(x + y)", "4", "2", "2"]),
    ("(x+y)^2 + (x-y)^2", ["4x", "4y", "4", "0", "4"]),
    (
        "(-13+x+((5-y)*y-2)*y)^2 + (-29+x+((y+1)*y-14)*y)^2",
        [
            "12y² + 4x − 32y − 84",
            "2(−13 + x + ((5 − y)y − 2)y)(10y − 3y² − 2) + 2(−29 + x + ((y + 1)y − 14)y)(3y² + 2y − 14)",
            "4",
            "24y − 32",
            "60y⁴ − 160y³ + 24y² + 24x − 480y + 24",
        ],
    ),
    ("x*(x-1)*(x-2) + y", ["3x² − 6x + 2", "1", "6x − 6", "0", "0"]),
    ("(a*x+b*y)^2 + (a*x-b*y)^2", ["4a²x", "4b²y", "4a²", "0", "4b²"]),
    ("0.1*(x+y)^2 + 0.2*(x-y)^2", ["0.6x − 0.2y", "0.6y − 0.2x", "0.6", "−0.2", "0.6"]),
    // No rounded number is put in the place of an exact one.
    ("1e-300*x^2 + (x+y)^2", ["2e-300x + 2(x + y)", "2(x + y)", "2", "2", "2"]),
    ("(2*x-2)^2*y", ["8y(x − 1)", "(2x − 2)²", "8y", "8(x − 1)", "0"]),
    ("(y-x^2)*(y-3*x^2)", ["4x(3x² − 2y)", "2y − 4x²", "4(9x² − 2y)", "−8x", "2"]),
    (
        "(1.5-x+x*y)^2",
        ["2(1.5 − x + x·y)(y − 1)", "2x(1.5 − x + x·y)", "2(y − 1)²", "2(2x·y − 2x + 1.5)", "2x²"],
    ),
    (
        "2*A + x^2 - A*cos(2*pi*x) + y^2 - A*cos(2*pi*y)",
        ["2x + 2π·A·sin(2π·x)", "2y + 2π·A·sin(2π·y)", "2 + 4π²A·cos(2π·x)", "0", "2 + 4π²A·cos(2π·y)"],
    ),
    (
        "ln(1+exp(-x)) + softplus(y)",
        [
            "−exp(−x)/(1 + exp(−x))",
            "sigmoid(y)",
            "exp(−x)/(1 + exp(−x))²",
            "0",
            "sigmoid(y)·(1 − sigmoid(y))",
        ],
    ),
    ("0.1*x*3 + y", ["0.3", "1", "0", "0", "0"]),
    ("abs(x) + |y|^2", ["sign(x)", "2y", "0", "0", "2"]),
    ("|2*x| + |-3*y|", ["2sign(x)", "3sign(y)", "0", "0", "0"]),
    (
        "|x*exp(y)*(1+x^2)|",
        [
            "(1 + 3x²)sign(x)·exp(y)",
            "x(1 + x²)sign(x)·exp(y)",
            "6x·sign(x)·exp(y)",
            "(1 + 3x²)sign(x)·exp(y)",
            "x(1 + x²)sign(x)·exp(y)",
        ],
    ),
    ("|x^3*y|", ["3x²y·sign(x·y)", "x³sign(x·y)", "6x·y·sign(x·y)", "3x²sign(x·y)", "0"]),
    ("relu(2*x) + relu(-3*y)", ["2(1 + sign(x))/2", "−3(1 − sign(y))/2", "0", "0", "0"]),
    ("x^-3 + y^-0.3", ["−3/x⁴", "−0.3/y^1.3", "12/x⁵", "0", "0.39/y^2.3"]),
    ("x*|x|*y", ["y(|x| + x·sign(x))", "x·|x|", "2y·sign(x)", "|x| + x·sign(x)", "0"]),
    (
        "sqrt(x^2+y^2)",
        ["x/√(x² + y²)", "y/√(x² + y²)", "y²/(x² + y²)^(3/2)", "−x·y/(x² + y²)^(3/2)", "x²/(x² + y²)^(3/2)"],
    ),
    ("sqrt(x)*y", ["y/(2√(x))", "√(x)", "−y/(4x^(3/2))", "1/(2√(x))", "0"]),
    ("x/y", ["1/y", "−x/y²", "0", "−1/y²", "2x/y³"]),
    ("x/(1+x^2) + y", ["(1 − x²)/(1 + x²)²", "1", "2x(x² − 3)/(1 + x²)³", "0", "0"]),
    ("x^2/(1+x^2) + y", ["2x/(1 + x²)²", "1", "2(1 − 3x²)/(1 + x²)³", "0", "0"]),
    (
        "ln(x^2+y^2)",
        [
            "2x/(x² + y²)",
            "2y/(x² + y²)",
            "2(y² − x²)/(x² + y²)²",
            "−4x·y/(x² + y²)²",
            "2(x² − y²)/(x² + y²)²",
        ],
    ),
    (
        "exp(-x^2-y^2)",
        [
            "−2x·exp(−x² − y²)",
            "−2y·exp(−x² − y²)",
            "−2(1 − 2x²)exp(−x² − y²)",
            "4x·y·exp(−x² − y²)",
            "−2(1 − 2y²)exp(−x² − y²)",
        ],
    ),
    ("x^y", ["y·x^(y − 1)", "x^y·ln(x)", "y(y − 1)x^(y − 2)", "x^(y − 1) + y·x^(y − 1)·ln(x)", "x^y·ln(x)²"]),
    ("2^x*y", ["y·2^x·ln(2)", "2^x", "y·2^x·ln(2)²", "2^x·ln(2)", "0"]),
    ("e^(x*y)", ["y·e^(x·y)", "x·e^(x·y)", "y²e^(x·y)", "(1 + x·y)e^(x·y)", "x²e^(x·y)"]),
    ("x^a + y^0.5", ["a·x^(a − 1)", "0.5/√(y)", "a(a − 1)x^(a − 2)", "0", "−0.25/y^(3/2)"]),
    (
        "tan(x)*tanh(y)",
        [
            "tanh(y)/cos(x)²",
            "(1 − tanh(y)²)tan(x)",
            "2sin(x)·tanh(y)/cos(x)³",
            "(1 − tanh(y)²)/cos(x)²",
            "−2(1 − tanh(y)²)tan(x)·tanh(y)",
        ],
    ),
    ("-p*x*ln(x) - y*ln(y)", ["−p(ln(x) + 1)", "−ln(y) − 1", "−p/x", "0", "−1/y"]),
    (
        "hypot(x, y)",
        [
            "x/hypot(x, y)",
            "y/hypot(x, y)",
            "y²/((x² + y²)hypot(x, y))",
            "−x·y/((x² + y²)hypot(x, y))",
            "x²/((x² + y²)hypot(x, y))",
        ],
    ),
    (
        "atan2(y, x)",
        ["−y/(y² + x²)", "x/(y² + x²)", "2x·y/(y² + x²)²", "(y² − x²)/(y² + x²)²", "−2x·y/(y² + x²)²"],
    ),
    (
        "max(x, 2*y)^2",
        [
            "2max(x, 2y)·(1 + sign(x − 2y))/2",
            "4max(x, 2y)·(1 + sign(2y − x))/2",
            "2(1 + sign(x − 2y))/2",
            "0",
            "8(1 + sign(2y − x))/2",
        ],
    ),
    ("relu(x-y)", ["(1 + sign(x − y))/2", "−(1 + sign(x − y))/2", "0", "0", "0"]),
    (
        "sin(x)*cos(y) + cos(y)*sin(x)",
        ["2cos(x)·cos(y)", "−2sin(x)·sin(y)", "−2sin(x)·cos(y)", "−2cos(x)·sin(y)", "−2sin(x)·cos(y)"],
    ),
    ("x - (y - (x - y))", ["2", "−2", "0", "0", "0"]),
];

#[test]
fn derivatives_stand_as_a_lecturer_writes_them() {
    for (formula, forms) in FORMS {
        let board = Board::of(formula, ["x", "y"]).unwrap();
        let [[xx, xy], [yx, yy]] = &board.hessian;
        let found = [&board.gradient[0], &board.gradient[1], xx, xy, yy].map(text);
        assert_eq!(found, *forms, "{formula}");
        assert_eq!(xy, yx, "{formula}");
    }
}

/// Formula, its text and its LaTeX.
const COSTS: &[(&str, &str, &str)] = &[
    ("((x))*((2))", "x·2", r"x\cdot 2"),
    ("(a-x)^2+b*((y-x^2))^2", "(a − x)² + b(y − x²)²", "(a-x)^{2}+b(y-x^{2})^{2}"),
    ("-(-x) + y--3", "x + y − (−3)", "x+y-(-3)"),
    ("x-(y-1)", "x − (y − 1)", "x-(y-1)"),
    ("-x^2/2*y", "−x²/2·y", r"-\frac{x^{2}}{2}y"),
    ("x^-2 + 2^-x", "x⁻² + 2^(−x)", "x^{-2}+2^{-x}"),
    ("(x^2)^3^y", "(x²)^(3^y)", "(x^{2})^{3^{y}}"),
    ("abs(x+abs(y))", "abs(x + |y|)", r"\left|x+\left|y\right|\right|"),
    ("sqrt(x/2)*exp(-y/2)", "√(x/2)·exp(−y/2)", r"\sqrt{\frac{x}{2}}e^{-y/2}"),
    ("theta_0*lambda*w_max*rate", "θ₀·λ·w_max·rate", r"\theta_{0}\lambda w_{\mathrm{max}}\,\mathrm{rate}"),
    ("1e-3*x + 2.5e-12*y", "0.001x + 2.5e-12y", r"0.001x+2.5\cdot 10^{-12}y"),
    ("sin(x)^2*log10(y)^2", "sin(x)²·log10(y)²", r"\sin^{2}(x)\log_{10}(y)^{2}"),
    ("sin(pi*x/2)", "sin(π·x/2)", r"\sin\left(\frac{\pi x}{2}\right)"),
    ("x*(y%3)", "x(y % 3)", r"x(y\operatorname{mod}3)"),
    ("max(x,y,0)", "max(x, y, 0)", r"\max(x,y,0)"),
    ("2*3^x*e1", "2·3^x·e₁", r"2\cdot 3^{x}e_{1}"),
];

#[test]
fn costs_stand_as_they_were_typed() {
    for (formula, text, latex) in COSTS {
        let board = Board::of(formula, ["x", "y"]).unwrap();
        assert_eq!((board.cost.text.as_str(), board.cost.latex.as_str()), (*text, *latex), "{formula}");
        assert_eq!(Board::of(text, ["x", "y"]).unwrap(), board, "{text}");
    }
}

#[test]
fn derivatives_are_set_in_latex() {
    let rosenbrock = find("rosenbrock").unwrap();
    let board = Board::of(rosenbrock.formula, rosenbrock.variables).unwrap();
    assert_eq!(board.gradient[0].as_ref().unwrap().latex, "-2(a-x)-4bx(y-x^{2})");
    let board = Board::of("relu(x)*max(x, y)", ["x", "y"]).unwrap();
    assert_eq!(
        board.gradient[0].as_ref().unwrap().latex,
        r"\max(x,y)\left[x>0\right]+\operatorname{relu}(x)\left[x>y\right]"
    );
}

/// The derivatives of the built-in costs as a lecturer has looked them through; those of more characters than
/// [`MOST_READ`] are left out.
const READ_THROUGH: &str = include_str!("board.txt");
const MOST_READ: usize = 160;

#[test]
fn the_derivatives_of_built_ins_stand_as_they_were_read_through() {
    let mut costs: Vec<&str> = READ_THROUGH.split("\n\n").map(str::trim_end).collect();
    for row in BUILT_INS {
        let board = Board::of(row.formula, row.variables).unwrap();
        let [[xx, xy], [_, yy]] = &board.hessian;
        let derivatives = [&board.gradient[0], &board.gradient[1], xx, xy, yy].map(text);
        let lines = ["x", "y", "xx", "xy", "yy"].into_iter().zip(derivatives);
        let read = lines.filter(|(_, text)| text.chars().count() <= MOST_READ);
        let written: String = read.map(|(name, text)| format!("\n  {name} = {text}")).collect();
        let written = format!("{}{written}", row.id);
        let known = costs.iter().position(|cost| *cost == written);
        costs.remove(known.unwrap_or_else(|| panic!("not yet in tests/board.txt:\n\n{written}\n")));
    }
    assert!(costs.is_empty(), "{costs:?}");
}

#[test]
fn what_has_no_closed_form_says_so() {
    let board = Board::of("x % y + y", ["x", "y"]).unwrap();
    assert_eq!(text(&board.gradient[0]), "1");
    let reason = board.gradient[1].as_ref().unwrap_err();
    assert_eq!(
        reason.to_string(),
        "no closed form is shown for the derivative of a remainder whose divisor varies"
    );
    assert_eq!(board.hessian[1][1].as_ref(), Err(reason));
    let unreadable = Board::of("x +", ["x", "y"]).unwrap_err();
    assert!(matches!(unreadable, Unwritable::Formula(_)), "{unreadable}");
}

/// Runs on a thread with a small stack, as the stack of a window's or a test's thread may be.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn hostile_formulas_are_refused_or_written() {
    on_a_small_stack(|| {
        let nested =
            |open: &str, close: &str, depth: usize| format!("{}x{}", open.repeat(depth), close.repeat(depth));
        let chain = |part: &str| format!("{part}x", part = part.repeat((MAX_FORMULA_BYTES - 1) / part.len()));
        for depth in [1, 2, 5, 10, 14, 20, 30, 45, 57, 58, 59, 60, 61, 100, 500] {
            for (open, close) in [
                ("(", ")"),
                ("-(", ")"),
                ("sin(", ")"),
                ("1/(y+", ")"),
                ("(1+", ")^y"),
                ("exp(y*", ")"),
                ("y^", ""),
                ("hypot(y,", ")"),
                ("ln(1+", ")"),
                ("max(y,", ")"),
                ("x/(", "+y)"),
                ("sqrt(y+", ")"),
                ("|y-(", ")|"),
            ] {
                let formula = nested(open, close, depth);
                let board = Board::of(&formula, ["x", "y"]);
                let plain = open == "(" || open == "-(";
                assert!(
                    formula.len() > MAX_FORMULA_BYTES || board.is_ok() || depth > 14,
                    "{formula}: {board:?}"
                );
                assert!(!plain || board.is_ok() || depth > 500, "{formula}: {board:?}");
            }
        }
        for part in
            ["x*", "x+", "x-", "x/", "x^", "-", "x%", "2*", "y^2*", "sin(x)*", "(x+y)*", "1/x+", "x*y/"]
        {
            let board = Board::of(&chain(part), ["x", "y"]);
            let kind = matches!(board, Ok(_) | Err(Unwritable::TooLong | Unwritable::TooDeep));
            assert!(kind, "{part}: {board:?}");
        }
        let products = |factor: &str, count: usize| vec![factor; count].join("*");
        for factor in ["x", "(x+y)", "(x+1/x)", "sin(x*y)", "exp(x)", "x^x"] {
            for count in [2, 10, 100, 400] {
                let _ = Board::of(&products(factor, count), ["x", "y"]);
            }
        }
        for depth in [61, 100, 500, 800] {
            let board = Board::of(&nested("sin(", ")", depth), ["x", "y"]);
            assert_eq!(board, Err(Unwritable::TooDeep), "{depth}");
        }
        assert_eq!(Board::of(&chain("x^"), ["x", "y"]), Err(Unwritable::TooDeep));
        assert_eq!(Board::of(&chain("x+"), ["x", "y"]), Err(Unwritable::TooLong));
        assert_eq!(Board::of(&chain("-"), ["x", "y"]).unwrap().cost.text, "−x");
        let different: Vec<String> = (0..100).map(|i| format!("(x+{i}*y)")).collect();
        let board = Board::of(&different.join("*"), ["x", "y"]).unwrap();
        assert_eq!(board.gradient, [Err(Unwritable::TooLong), Err(Unwritable::TooLong)]);
    });
}
