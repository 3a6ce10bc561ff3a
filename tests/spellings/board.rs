//! Cases, sums and the further functions as they stand on the board, and what is read back of it.

use downhill::builtin::BUILT_INS;
use downhill::expr::Expression;
use downhill::symbolic::Board;

use super::compile;

/// Formula, its text, its LaTeX, and the text of its derivative by x.
const FORMS: &[(&str, &str, &str, &str)] = &[
    (
        "if(x < 0, x^2, y)",
        "if(x < 0, x², y)",
        r"\begin{cases} x^{2} & x<0 \\ y & \text{otherwise} \end{cases}",
        "if(x < 0, 2x, 0)",
    ),
    (
        "if(0 < x <= 1 and not (y == 2 or y > 3), x, 0)",
        "if((0 < x and x <= 1) and not (y == 2 or y > 3), x, 0)",
        r"\begin{cases} x & (0<x\land x\le 1)\land \lnot (y=2\lor y>3) \\ 0 & \text{otherwise} \end{cases}",
        "if((0 < x and x <= 1) and not (y == 2 or y > 3), 1, 0)",
    ),
    (
        "if(x > 0, x, x + 1)",
        "if(x > 0, x, x + 1)",
        r"\begin{cases} x & x>0 \\ x+1 & \text{otherwise} \end{cases}",
        "1",
    ),
    ("sum(i, 1, 5, x^i)", "sum(i, 1, 5, x^i)", r"\sum_{i=1}^{5} x^{i}", "sum(i, 1, 5, i·x^(i − 1))"),
    ("sum(i, 1, n, i x) y", "sum(i, 1, n, i·x)·y", r"\left(\sum_{i=1}^{n} ix\right)y", "y·sum(i, 1, n, i)"),
    (
        "prod(i, 1, 3, x - i)",
        "prod(i, 1, 3, x − i)",
        r"\prod_{i=1}^{3} (x-i)",
        "prod(i, 1, 3, x − i)·sum(i, 1, 3, 1/(x − i))",
    ),
    ("x! + y", "x! + y", "x!+y", "x!·digamma(x + 1)"),
    ("2^x!*y", "2^(x!)·y", "2^{x!}y", "y·2^(x!)·x!·digamma(x + 1)·ln(2)"),
    ("(x + y)!", "(x + y)!", "(x+y)!", "(x + y)!·digamma(x + y + 1)"),
    ("gamma(x)", "gamma(x)", r"\Gamma(x)", "gamma(x)·digamma(x)"),
    ("log(x, 3)", "log(x, 3)", r"\log_{3}(x)", "1/(x·ln(3))"),
    ("mod(x, y)", "mod(x, y)", r"\operatorname{mod}(x,y)", "1"),
    (
        "clamp(x, 0, y)",
        "clamp(x, 0, y)",
        r"\operatorname{clamp}(x,0,y)",
        "(1 + sign(x))/2·(1 + sign(y − x))/2",
    ),
    ("sec(x)^2", "sec(x)²", r"\sec^{2}(x)", "2sec(x)²·tan(x)"),
    ("sin^-1(x) + cosec(y)", "asin(x) + csc(y)", r"\arcsin(x)+\csc(y)", "1/√(1 − x²)"),
    ("expm1(x) + exp2(y)", "expm1(x) + exp2(y)", r"\operatorname{expm1}(x)+2^{y}", "exp(x)"),
    ("xy + 3axy", "x·y + 3a·x·y", "xy+3axy", "y + 3a·y"),
];

#[test]
fn cases_sums_and_further_functions_stand_on_the_board() {
    let mut wrong = Vec::new();
    for (formula, text, latex, by_x) in FORMS {
        let board = Board::of(formula, ["x", "y"]).unwrap();
        let slope = board.gradient[0].as_ref().unwrap();
        let found = (board.cost.text.as_str(), board.cost.latex.as_str(), slope.text.as_str());
        if found != (*text, *latex, *by_x) {
            wrong.push(format!("{formula}:\n   found {found:?}\n   meant {:?}", (text, latex, by_x)));
        }
        let again = Board::of(&board.cost.text, ["x", "y"]).unwrap();
        assert_eq!(again.cost, board.cost, "{formula}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_board_says_is_what_the_numbers_say() {
    let points = [(0.4, 1.7), (-1.3, 2.4), (2.6, -0.7), (0.7, 0.9), (3.2, 3.6)];
    for (formula, ..) in FORMS {
        let board = Board::of(formula, ["x", "y"]).unwrap();
        let [[xx, xy], [_, yy]] = &board.hessian;
        let exact = compile(formula).unwrap();
        for (x, y) in points {
            let jet = exact.evaluator().second(x, y);
            let numbers = [jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy];
            let texts = [&board.gradient[0], &board.gradient[1], xx, xy, yy];
            for (number, text) in numbers.into_iter().zip(texts) {
                let Ok(written) = text else { continue };
                let found = compile(&written.text).unwrap_or_else(|e| panic!("{}: {e}", written.text));
                let found = found.evaluator().value(x, y);
                let close = (found - number).abs() <= 1e-11 * number.abs().max(1.0) || number.is_nan();
                assert!(close, "{formula} at ({x}, {y}): {} is {found}, not {number}", written.text);
            }
        }
    }
}

#[test]
fn latex_of_cases_and_sums_is_read_back() {
    for (formula, _, latex, _) in FORMS {
        // Of the digamma function and its like, letters alone are left.
        let [mut again, mut meant] = [latex, formula]
            .map(|typed| compile(typed).unwrap_or_else(|e| panic!("{typed}: {e}")).evaluator());
        for (x, y) in [(0.4, 1.7), (-1.3, 2.4), (2.6, -0.7)] {
            let [again, meant] = [again.value(x, y), meant.value(x, y)];
            let close = (again - meant).abs() <= 1e-12 * meant.abs().max(1.0);
            assert!(close || again.is_nan() && meant.is_nan(), "{latex}: {again}, not {meant}");
        }
    }
}

#[test]
fn latex_of_the_board_is_read_back() {
    for row in BUILT_INS {
        let board = Board::of(row.formula, row.variables).unwrap();
        let constants: Vec<(String, f64)> =
            row.constants.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        let derivatives = board.gradient.iter().chain(board.hessian.iter().flatten()).flatten();
        for written in derivatives.chain([&board.cost]) {
            // Iverson's bracket has no place in a formula.
            if written.latex.contains(r"\left[") {
                continue;
            }
            let [latex, text] = [&written.latex, &written.text].map(|typed| {
                let tape =
                    Expression::parse(typed).and_then(|parsed| parsed.compile(row.variables, &constants));
                tape.unwrap_or_else(|e| panic!("{}: {typed}: {e}", row.id)).evaluator()
            });
            for (x, y) in [(0.4, 1.7), (-1.3, 2.4), (2.6, -0.7)] {
                let [found, meant] = [latex.clone().value(x, y), text.clone().value(x, y)];
                let close = (found - meant).abs() <= 1e-12 * meant.abs().max(1.0);
                assert!(close || found == meant || meant.is_nan(), "{}: {}", row.id, written.latex);
            }
        }
    }
}

#[test]
fn built_in_costs_are_read_as_they_were() {
    for row in BUILT_INS {
        let constants: Vec<(String, f64)> =
            row.constants.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        let parsed = Expression::parse(row.formula).unwrap();
        let names: Vec<String> = parsed.names().into_iter().map(|name| name.name).collect();
        let known = |name: &String| {
            row.variables.contains(&name.as_str()) || constants.iter().any(|(n, _)| n == name)
        };
        assert!(names.iter().all(known), "{}: {names:?}", row.id);
    }
}
