//! Formulas as lecturers type them: what they mean, what is wrong with them and where, and their exact derivatives.

use downhill::expr::{Expression, FormulaErrorKind as Kind, Jet2, MAX_FORMULA_BYTES, Tape};

fn compile(text: &str) -> Tape {
    let expression = Expression::parse(text).unwrap_or_else(|e| panic!("{text}: {e} at {:?}", e.span));
    expression.compile(["x", "y"], &[]).unwrap_or_else(|e| panic!("{text}: {e} at {:?}", e.span))
}

fn jet(text: &str, x: f64, y: f64) -> Jet2 {
    compile(text).evaluator().second(x, y)
}

fn value(text: &str, x: f64, y: f64) -> f64 {
    compile(text).evaluator().value(x, y)
}

#[test]
fn the_spellings_of_lecturers_mean_what_they_look_like() {
    let same = [
        ("2x", "2*x"),
        ("3 sin(x)", "3*sin(x)"),
        ("(x+1)(y-2)", "(x+1)*(y-2)"),
        ("x(y+1)", "x*(y+1)"),
        ("x y", "x*y"),
        ("2(x+1)", "2*(x+1)"),
        (".5x", "0.5*x"),
        ("1.", "1.0"),
        ("x²+y³", "x^2+y^3"),
        ("x¹²", "x^12"),
        ("x⁻²", "x^(-2)"),
        ("2πx", "2*pi*x"),
        ("x·y×x⋅y", "x*y*x*y"),
        ("x−y", "x-y"),
        ("x**2", "x^2"),
        ("|x|", "abs(x)"),
        ("2|x||y|", "2*abs(x)*abs(y)"),
        ("|x-|y||", "abs(x-abs(y))"),
        ("√(|x|)", "sqrt(abs(x))"),
        ("-x^2", "-(x^2)"),
        ("2^-x", "2^(-x)"),
        ("x^2y", "(x^2)*y"),
        ("1/2x", "(1/2)*x"),
        ("2e", "2*e"),
        ("1e-3x", "0.001*x"),
        ("2^3^2", "512"),
        ("x - -y", "x+y"),
        ("log(x^2+1)", "ln(x^2+1)"),
        ("pow(x, 2)", "x^2"),
        ("max(x, y, 1)", "max(max(x,y),1)"),
        ("max(x, y, x, x)", "max(max(x,y),x)"),
        ("x\u{a0}+\u{a0}y", "x+y"),
    ];
    for (typed, plain) in same {
        for (x, y) in [(1.5, -0.5), (-2.0, 3.0), (0.25, 0.75)] {
            assert_eq!(value(typed, x, y).to_bits(), value(plain, x, y).to_bits(), "{typed} is not {plain}");
        }
    }
}

#[test]
fn one_name_may_be_spelled_in_greek() {
    let spelled = Expression::parse("(θ₀ + theta_1 - 1)^2 + λ").unwrap();
    let tape = spelled.compile(["theta0", "θ1"], &[("lambda".to_owned(), 0.5)]).unwrap();
    assert_eq!(tape.evaluator().value(3.0, -1.0), 1.5);
    assert_eq!(
        spelled.names().iter().map(|n| n.name.as_str()).collect::<Vec<_>>(),
        ["theta0", "theta1", "lambda"]
    );
}

/// The typed text, the marked part of it, and the sentence.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("", "", "the formula is empty: type a cost such as x^2 + 10*y^2"),
    (" \n\t ", " \n\t ", "the formula is empty: type a cost such as x^2 + 10*y^2"),
    ("x +", "+", "`+` needs something to its right"),
    ("x + * y", "*", "`*` needs something to its left"),
    ("* y", "*", "`*` needs something to its left"),
    ("(x + y", "(", "this `(` is never closed"),
    ("sin(x", "(", "this `(` is never closed"),
    ("x + y)", ")", "this `)` closes nothing"),
    ("()", "()", "there is nothing between the parentheses"),
    ("|x + 1", "|", "this `|` is never closed: absolute values are written |x| or abs(x)"),
    ("||", "||", "there is nothing between the bars of |…|"),
    ("(|x) + 1", "|", "this `|` is never closed: absolute values are written |x| or abs(x)"),
    ("0,5*x", ",", "this comma separates no arguments: decimals are written with a point, as in 0.5"),
    ("max(x,)", ")", "an argument is missing here"),
    ("max(,x)", ",", "an argument is missing here"),
    ("sin()", ")", "an argument is missing here"),
    ("sin", "sin", "`sin` needs its argument in parentheses, as in sin(x)"),
    ("x 2", "2", "an operator is missing before `2`"),
    ("1.2.3", ".3", "an operator is missing before `.3`"),
    ("1e400", "1e400", "the number `1e400` is too large"),
    ("x # y", "#", "`#` has no meaning in a formula"),
    ("[x]", "[", "`[` has no meaning in a formula: use ( and ) to group"),
    (
        "x + y = 1",
        "=",
        "left of `=` stands the name of the cost, as in J = or f(x, y) =: of an equation, type one side",
    ),
    ("sqrt(x, y)", "sqrt(", "`sqrt` takes 1 argument, not 2"),
    ("atan2(x)", "atan2(", "`atan2` takes 2 arguments, not 1"),
    ("y + sni(x)", "sni", "unknown function `sni`: did you mean `sin`?"),
    ("frobnicate(x)", "frobnicate", "unknown function `frobnicate`"),
    ("x2 + y", "x2", "unknown name `x2`: did you mean `x^2`?"),
    (
        "a*x",
        "a",
        "unknown name `a`: the variables are x and y; every other letter needs a value as a constant",
    ),
    (
        "x + y + z",
        "z",
        "`z` would be a third variable: a cost has two, x and y; give `z` a value as a constant",
    ),
    ("π2", "π2", "unknown name `pi2`: did you mean `pi^2`?"),
];

#[test]
fn every_mistake_has_a_sentence_and_a_place() {
    for (text, marked, sentence) in MISTAKES {
        let error = Expression::parse(text)
            .and_then(|e| e.compile(["x", "y"], &[]))
            .expect_err(&format!("{text:?} is accepted"));
        assert_eq!(error.to_string(), *sentence, "{text:?}");
        assert_eq!(&text[error.span.clone()], *marked, "{text:?}: {:?}", error.span);
    }
    let long = "x+".repeat(MAX_FORMULA_BYTES / 2) + "θ";
    let error = Expression::parse(&long).unwrap_err();
    assert_eq!(error.kind, Kind::TooLong { bytes: long.len() });
    assert_eq!(error.span, MAX_FORMULA_BYTES..long.len());
}

#[test]
fn any_text_is_read_or_refused_with_a_place_inside_it() {
    let pieces = [
        "x", "y", "2", ".5", "1e", "e", "(", ")", "|", ",", "+", "-", "*", "/", "^", "**", "²", "⁻", "θ",
        "₁", "_", " ", "sin", "sin(", "max(", "λ", "é", "\u{a0}", "%", "=", "#", "pow(", "√", "𝒳", "\n",
        "\0", "1e999", "π",
    ];
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..40_000 {
        let text: String = (0..random.usize(0..12)).map(|_| pieces[random.usize(0..pieces.len())]).collect();
        match Expression::parse(&text).and_then(|e| e.compile(["x", "y"], &[("θ1".to_owned(), 2.0)])) {
            Ok(tape) => {
                let mut at = tape.evaluator();
                assert_eq!(at.value(0.3, -0.7).to_bits(), at.second(0.3, -0.7).value.to_bits(), "{text:?}");
            }
            Err(error) => {
                assert!(text.get(error.span.clone()).is_some(), "{text:?}: {:?} is not inside", error.span);
                assert_ne!(error.kind, Kind::Unreadable, "{text:?}");
            }
        }
    }
}

#[test]
fn deep_nesting_is_no_danger() {
    let deep = format!("{}x{}", "(".repeat(2000), ")".repeat(2000));
    assert_eq!(value(&deep, 3.0, 0.0), 3.0);
    assert_eq!(value(&format!("{}x", "-".repeat(4000)), 3.0, 0.0), 3.0);
}

#[test]
fn derivatives_follow_the_conventions() {
    let nan = f64::NAN;
    // formula, point, then value, dx, dy, dxx, dxy, dyy; NaN where the entry does not exist.
    let table: &[(&str, [f64; 2], [f64; 6])] = &[
        ("abs(x) + y", [0.0, 1.0], [1.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
        ("x^2", [0.0, 0.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("x^3 + y", [-2.0, 0.0], [-8.0, 12.0, 1.0, -12.0, 0.0, 0.0]),
        ("x^0", [0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("0^0 + x", [0.0, 0.0], [1.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("x^1.5 + y^2", [0.0, 3.0], [9.0, 0.0, 6.0, nan, 0.0, 2.0]),
        ("x^1.5 * y", [0.0, 3.0], [0.0, 0.0, 0.0, nan, 0.0, 0.0]),
        ("sqrt(x) + y", [0.0, 3.0], [3.0, nan, 1.0, nan, 0.0, 0.0]),
        ("x^2.5", [0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("x^41", [-1.0, 0.0], [-1.0, 41.0, 0.0, -1640.0, 0.0, 0.0]),
        ("x^y", [0.0, 2.0], [0.0, 0.0, 0.0, 2.0, 0.0, 0.0]),
        ("x^y", [-2.0, 2.0], [4.0, -4.0, nan, 2.0, nan, nan]),
        ("ln(x)", [-1.0, 0.0], [nan, nan, nan, nan, nan, nan]),
        ("1/x", [0.0, 0.0], [f64::INFINITY, nan, nan, nan, nan, nan]),
        ("tanh(50x)", [40.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("ln(1+exp(-800x))", [1.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("ln(1+exp(800x))", [1.0, 0.0], [800.0, 800.0, 0.0, 0.0, 0.0, 0.0]),
        ("ln(exp(900x)+exp(y))", [1.0, 5.0], [900.0, 900.0, 0.0, 0.0, 0.0, 0.0]),
        ("ln(exp(0.1x)+exp(-1e9x*y))", [1.0, 5.0], [0.1, 0.1, 0.0, 0.0, 0.0, 0.0]),
        ("sigmoid(x)", [800.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("1/(1+exp(-x))", [-800.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("softplus(x)", [1000.0, 0.0], [1000.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("sqrt(x^2+y^2)", [3e200, 4e200], [5e200, 0.6, 0.8, 0.0, 0.0, 0.0]),
        ("relu(x)", [0.0, 0.0], [0.0, nan, 0.0, nan, 0.0, 0.0]),
        ("1/relu(x)", [-2.0, 0.0], [f64::INFINITY, nan, nan, nan, nan, nan]),
        ("relu(-1/x)", [0.0, 0.0], [0.0, nan, 0.0, nan, 0.0, 0.0]),
        ("max(x, y)", [2.0, 1.0], [2.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("max(x^2, x^2)", [3.0, 1.0], [9.0, 6.0, 0.0, 2.0, 0.0, 0.0]),
        ("max(cbrt(x), y^2)", [0.0, 2.0], [4.0, 0.0, 4.0, 0.0, 0.0, 2.0]),
        ("min(y, 1/x^2)", [0.0, 2.0], [2.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
        ("floor(x) + y", [2.5, 1.0], [3.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
    ];
    for (formula, [x, y], expected) in table {
        let j = jet(formula, *x, *y);
        let found = [j.value, j.dx, j.dy, j.dxx, j.dxy, j.dyy];
        for (entry, (f, e)) in found.iter().zip(expected).enumerate() {
            let close = (f - e).abs() <= 1e-15 * e.abs()
                || (f.is_nan() && e.is_nan())
                || f == e
                || f.abs() < 1e-150 && *e == 0.0;
            assert!(close, "{formula} at ({x}, {y}), entry {entry}: {found:?}, not {expected:?}");
        }
        let first = compile(formula).evaluator().first(*x, *y);
        assert_eq!([first.dx.to_bits(), first.dy.to_bits()], [j.dx.to_bits(), j.dy.to_bits()], "{formula}");
    }
    // Far left the softplus is the exponential itself, to the last digits.
    let far = value("softplus(x)", -50.0, 0.0);
    assert!((far / (-50.0f64).exp() - 1.0).abs() < 1e-15, "{far}");
}

#[test]
fn a_grid_equals_its_points() {
    let formulas = [
        "x^2 + 10*y^2",
        "(1-x)^2 + 100*(y-x^2)^2",
        "(x^2+y-11)^2 + (x+y^2-7)^2",
        "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
        "-20*exp(-0.2*sqrt(0.5*(x^2+y^2))) - exp(0.5*(cos(2*pi*x)+cos(2*pi*y))) + e + 20",
        "ln(1+exp(-(x+2y)))",
        "x^y + atan2(y, x) + hypot(x, y) + max(x, y, 0) + x % y",
        "ln(x) + 1/y",
        "x",
        "y",
        "cos(y)",
        "sin(x)",
        "3",
        "x*y*x*y - (x*y)^5/(1+x^2y^2)",
    ];
    let xs: Vec<f64> = (0..301).map(|i| -3.0 + 0.02 * f64::from(i)).collect();
    let ys: Vec<f64> = (0..7).map(|i| -1.0 + 0.5 * f64::from(i)).collect();
    for formula in formulas {
        let tape = compile(formula);
        let mut grid = vec![0.0; xs.len() * ys.len()];
        tape.fill_grid(&xs, &ys, &mut grid);
        let mut at = tape.evaluator();
        for (j, y) in ys.iter().enumerate() {
            for (i, x) in xs.iter().enumerate() {
                let (point, cell) = (at.value(*x, *y), grid[j * xs.len() + i]);
                assert!(
                    point.to_bits() == cell.to_bits() || point.is_nan() && cell.is_nan(),
                    "{formula} at ({x}, {y})"
                );
            }
        }
    }
}
