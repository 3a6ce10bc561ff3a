//! Slips: the sentence, where it points, and what the buttons make of the text.

use downhill::expr::{Expression, FormulaError, Names, canonical_name, is_letter};

use super::compile;

/// The typed text, the marked part of it, the sentence, and the mended texts.
const SLIPS: &[(&str, &str, &str, &[&str])] = &[
    ("sinx", "sinx", "unknown name `sinx`: did you mean `sin(x)`?", &["sin(x)"]),
    ("2sinxy + 1", "sinxy", "unknown name `sinxy`: did you mean `sin(x*y)`?", &["2sin(x*y) + 1"]),
    ("arcsinx", "arcsinx", "unknown name `arcsinx`: did you mean `arcsin(x)`?", &["arcsin(x)"]),
    ("lnx + y", "lnx", "unknown name `lnx`: did you mean `ln(x)`?", &["ln(x) + y"]),
    ("cos2x", "cos2x", "unknown name `cos2x`: did you mean `cos(2*x)`?", &["cos(2*x)"]),
    ("sinn(x)", "sinn", "unknown function `sinn`: did you mean `sin`?", &["sin(x)"]),
    ("Sin(x)", "Sin", "unknown function `Sin`: did you mean `sin`?", &["sin(x)"]),
    ("sni(x)", "sni", "unknown function `sni`: did you mean `sin`?", &["sin(x)"]),
    ("sqr(x)", "sqr", "unknown function `sqr`: did you mean `sqrt`?", &["sqrt(x)"]),
    ("sigmod(x)", "sigmod", "unknown function `sigmod`: did you mean `sigmoid`?", &["sigmoid(x)"]),
    ("xsin(y)", "xsin", "unknown function `xsin`: did you mean `x*sin`?", &["x*sin(y)"]),
    ("xyexp(-x)", "xyexp", "unknown function `xyexp`: did you mean `x*y*exp`?", &["x*y*exp(-x)"]),
    ("xy(x+1)", "xy", "unknown function `xy`: did you mean `x*y`?", &["x*y(x+1)"]),
    ("norm(x, y)", "norm", "unknown function `norm`: did you mean `hypot`?", &["hypot(x, y)"]),
    ("erf(x)", "erf", "unknown function `erf`", &[]),
    ("Si(x)", "Si", "unknown function `Si`", &[]),
    ("beta(x, y)", "beta", "unknown function `beta`", &[]),
    ("abx", "abx", "unknown name `abx`: did you mean `a*b*x` or `abs`?", &["a*b*x", "abs"]),
    ("lamda*x", "lamda", "unknown name `lamda`: did you mean `lambda`?", &["lambda*x"]),
    (
        "volume*x",
        "volume",
        "unknown name `volume`: the variables are x and y; every other letter needs a value as a constant",
        &[],
    ),
    (
        "0,5x",
        ",",
        "this comma separates no arguments: decimals are written with a point, as in 0.5",
        &["0.5x"],
    ),
    ("x 2", "2", "an operator is missing before `2`", &["x *2"]),
    ("[x+1]^2", "[", "`[` has no meaning in a formula: use ( and ) to group", &["(x+1)^2"]),
    (
        "1,000x",
        ",",
        "this comma separates no arguments: decimals are written with a point, as in 0.5",
        &["1.000x", "1000x"],
    ),
    ("sinxcosy", "sinxcosy", "unknown name `sinxcosy`: did you mean `sin(x)*cos(y)`?", &["sin(x)*cos(y)"]),
    ("maxx", "maxx", "unknown name `maxx`: did you mean `max`?", &["max"]),
    ("х + y", "х", "`х` (U+0445) is a Cyrillic letter that looks like `x`: type `x`", &["x + y"]),
    (
        "x^2 + y^2 = 1",
        "=",
        "left of `=` stands the name of the cost, as in J = or f(x, y) =: of an equation, type one side",
        &[],
    ),
    ("f(x, y, z) = x", "z", "`z` would be a third variable: a cost has two", &[]),
    ("f(x, x) = x", "x", "`x` cannot be an argument of the cost: each is a name of its own", &[]),
    ("f(x) =", "=", "`=` needs something to its right", &[]),
    (
        r"\foo x",
        r"\foo",
        r"`\foo` is no LaTeX command that is read here: write it in words, as in sin(x)",
        &[],
    ),
    (r"\frac{x}", "}", r"this needs what it applies to in braces, as in \frac{x}{2}", &[]),
    (r"\frac{x}{2", "{", "this `{` is never closed", &[]),
    ("(x}", "}", "`}` cannot close what `(` opened", &[]),
    ("⌊x)", ")", "`)` cannot close what `⌊` opened", &[]),
    (r"\sum_{i} x", r"\sum", "write sum(i, 1, 5, x^i) for what runs over an index", &[]),
    (r"\sum_{i=1} x", r"\sum", "write sum(i, 1, 5, x^i) for what runs over an index", &[]),
    (r"\sum_{i=1}_{i=2}^3 x", r"\sum", "write sum(i, 1, 5, x^i) for what runs over an index", &[]),
    (r"\prod_{2}^3 x", r"\prod", "write prod(i, 1, 5, x - i) for what runs over an index", &[]),
    ("∏_k x", "∏", "write prod(i, 1, 5, x - i) for what runs over an index", &[]),
    (r"\sum_{i=1", "{", "this `{` is never closed", &[]),
    (r"\sum_{i=1}^3", r"\sum", r"`\sum` needs something to its right", &[]),
    (r"(\sum_{i=1}^3) x", r"\sum", r"`\sum` needs something to its right", &[]),
    (r"\sum_{i=}^3 x", "{i=}", "there is nothing between the parentheses", &[]),
    (r"\sum_{i=1}^{} x", "{}", "there is nothing between the parentheses", &[]),
    (
        r"\sum_{i=1}^\infty x",
        r"\infty",
        r"`\infty` is no LaTeX command that is read here: write it in words, as in sin(x)",
        &[],
    ),
    (
        r"\sum_{i=1}^{x} i",
        r"\sum",
        "the ends of a sum or product are whole numbers or constants that are whole",
        &[],
    ),
    (
        r"\begin{cases} x \end{cases}",
        " x ",
        r"cases end with a row for all the rest: its condition is \text{otherwise}",
        &[],
    ),
    (
        r"\begin{cases} x & x<0 \\ y & y>0 \end{cases}",
        " y>0 ",
        r"cases end with a row for all the rest: its condition is \text{otherwise}",
        &[r"\begin{cases} x & x<0 \\ y &\text{otherwise} \end{cases}"],
    ),
    (
        r"\begin{cases} x & x<0 \\ 1 & \text{else} \\ y & \text{else} \end{cases}",
        r" \text{else} ",
        r"cases end with a row for all the rest: its condition is \text{otherwise}",
        &[],
    ),
    (r"\begin{cases} x & x<0 \\ y", r"\begin{cases}", r"these cases have no \end{cases}", &[]),
    (r"\begin{matrix} x \end{matrix}", r"\begin{matrix}", "write if(x < 0, a, b) for cases", &[]),
    (
        r"\begin{cases} x & x \\ y & \text{else} \end{cases}",
        "x",
        "this compares nothing: a condition is such as x > 0 or 0 < x < 1",
        &[],
    ),
    ("x mod 2", "mod", "write mod(a, b) for the remainder of a divided by b", &[]),
    ("x!!", "!", "x!! is read as no factorial: write (x!)! for the factorial of a factorial", &[]),
    ("!x", "!", "`!` needs something to its left", &[]),
    ("x < 1", "<", "comparisons stand only in the first argument of if(condition, a, b)", &[]),
    ("(x > 0)*x", ">", "comparisons stand only in the first argument of if(condition, a, b)", &[]),
    ("if(x, 1, 2)", "x", "this compares nothing: a condition is such as x > 0 or 0 < x < 1", &[]),
    (
        "if((x > 0) + 1 > 0, 1, 2)",
        "(x > 0)",
        "a comparison is no number: it stands in the first argument of if(condition, a, b)",
        &[],
    ),
    ("if(x > 0, 1)", "if(", "`if` takes 3 arguments, not 2", &[]),
    ("if(x > and y, 1, 2)", "and", "`and` needs something to its left", &[]),
    ("if(x > 0 and, 1, 2)", "and", "`and` needs something to its right", &[]),
    ("sum(1, 1, 5, x)", "1", "`sum` needs a name for its index first, as in sum(i, 1, 5, x^i)", &[]),
    (
        "sum(i, 1, x, i)",
        "sum(",
        "the ends of a sum or product are whole numbers or constants that are whole",
        &[],
    ),
    (
        "sum(i, 1, 2.5, i)",
        "sum(",
        "the ends of a sum or product are whole numbers or constants that are whole, not 2.5",
        &[],
    ),
    (
        "sum(i,1,1e9,x)",
        "sum(",
        "sums, products and chains of comparisons are written out, and this makes more than 10000 operations",
        &[],
    ),
    (
        "prod(i,1,200,prod(j,1,200,x))",
        "prod(",
        "sums, products and chains of comparisons are written out, and this makes more than 10000 operations",
        &[],
    ),
    (
        "sqrt^-1(x)",
        "sqrt",
        "`sqrt` to the -1 is read as an inverse, and it has none here: write 1/sqrt(x) for the reciprocal",
        &[],
    ),
    (
        "sin^(x+1)(x)",
        "sin",
        "write (sin(x))^… for the power of a function: at its name stands a number or a letter, as in sin^2(x)",
        &[],
    ),
    (r"\sum x", r"\sum", "`sum` needs its argument in parentheses, as in sum(x)", &[]),
    ("sin*x", "sin", "`sin` needs its argument in parentheses, as in sin(x)", &[]),
    ("max x", "max", "`max` needs its argument in parentheses, as in max(x)", &[]),
    ("||x|-1", "|", "this `|` is never closed: absolute values are written |x| or abs(x)", &[]),
];

#[test]
fn every_slip_has_a_sentence_a_place_and_what_mends_it() {
    let mut wrong = Vec::new();
    for (text, marked, sentence, mended) in SLIPS {
        let Err(error) = compile(text) else {
            wrong.push(format!("{text:?} is accepted"));
            continue;
        };
        let repaired: Vec<String> = error.repairs.iter().map(|repair| repair.applied(text)).collect();
        let found = (text.get(error.span.clone()).unwrap_or("outside"), error.to_string(), repaired);
        let meant = (*marked, (*sentence).to_owned(), mended.iter().map(|m| (*m).to_owned()).collect());
        if found != meant {
            wrong.push(format!("{text:?}:\n   found {found:?}\n   meant {meant:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_letter_without_a_value_is_no_slip_in_a_word() {
    let refused = |text: &str, constants: &[(String, f64)]| -> FormulaError {
        let names = Names::new(["x", "y"], constants.iter().map(|(name, _)| name.as_str()));
        let parsed = Expression::parse(text).and_then(|parsed| parsed.resolved(&names));
        parsed.and_then(|parsed| parsed.compile(["x", "y"], constants)).map(|_| ()).unwrap_err()
    };
    let greek = ('α'..='ω').map(|letter| canonical_name(&letter.to_string())).filter(|name| is_letter(name));
    for letter in greek.filter(|name| name != "pi").chain(["a".to_owned(), "w".to_owned()]) {
        // The bare word gamma is a function.
        for subscript in ["", "0", "1", "_2", "12"].into_iter().filter(|s| letter != "gamma" || !s.is_empty())
        {
            let error = refused(&format!("{letter}{subscript} + 1"), &[]);
            assert_eq!(error.repairs, [], "{error}");
            assert!(error.to_string().ends_with("every other letter needs a value as a constant"), "{error}");
        }
    }
    let error = refused("theta0*x", &[("theta1".to_owned(), 1.0)]);
    assert_eq!(error.to_string(), "unknown name `theta0`: did you mean `theta1`?");
}

#[test]
fn hostile_nesting_is_refused_or_read_in_bounded_time() {
    let repeated = |part: &str| part.repeat(4096 / part.len());
    let parts = [
        "|",
        "!",
        "{",
        "(",
        "x!",
        "||x",
        "sin ",
        "sin^2 ",
        r"\frac1",
        r"\frac{",
        r"\sqrt[3]{",
        "√",
        "⌊",
        "x|",
        "|x|",
        "-|",
        "½",
        "sum(i,1,1,",
        "sum(i,1,9,",
        "if(x<",
        "if(0<",
        "if(not ",
        "if((",
        "xy",
        "xy^",
        "x<",
        "0<x<",
        "mod(",
        "log_3 ",
        "e⁻ˣ",
        "=",
    ];
    for part in parts {
        let text = repeated(part);
        match compile(&text) {
            Ok(tape) => assert!(tape.len() <= 20_000, "{part}: {}", tape.len()),
            Err(error) => assert!(text.get(error.span.clone()).is_some(), "{part}: {error}"),
        }
    }
    let enclosing = [
        ("|", "|"),
        ("if(0<", "<1,x,y)"),
        ("sum(i,1,2,", ")"),
        ("if((", "),1,2)"),
        ("prod(j,1,3,", ")"),
        (r"\sum_{i=1}^2 ", ""),
        (r"\sum_{i=", "}^2 1"),
        (r"\begin{cases}", r" & x<1 \\ 2 \end{cases}"),
        (r"\begin{cases} 1 & x < ", r" \\ 2 \end{cases}"),
    ];
    for (open, close) in enclosing {
        for depth in [1, 5, 12, 13, 20, 60, 300] {
            let text = format!("{}x{}", open.repeat(depth), close.repeat(depth));
            if let Err(error) = compile(&text) {
                assert!(
                    text.get(error.span.clone()).is_some() || text.len() > 4096,
                    "{open} {depth}: {error}"
                );
            }
        }
    }
}
