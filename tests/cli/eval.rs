//! `downhill eval`.

use crate::{assert_output, assert_refusal, downhill};

#[test]
fn eval_prints_value_gradient_and_hessian_a_line_for_each_point() {
    let parabola =
        r#"{"point":[-1.0,2.0],"value":-1.0,"gradient":[2.0,0.0],"hessian":[[-2.0,0.0],[0.0,0.0]]}"#;
    for (arguments, lines) in [
        (
            &["x^2+10*y^2", "--at", "1,2"][..],
            vec![
                r#"{"point":[1.0,2.0],"value":41.0,"gradient":[2.0,40.0],"hessian":[[2.0,0.0],[0.0,20.0]]}"#,
            ],
        ),
        (&["-x^2", "--at", "-1,2"], vec![parabola]),
        (&["--at=-1,2", "-x^2", "--at", " −1 , 2 "], vec![parabola, parabola]),
        (
            &["a*x*y", "--constant", "a=-1", "--at", "2,3"],
            vec![
                r#"{"point":[2.0,3.0],"value":-6.0,"gradient":[-3.0,-2.0],"hessian":[[0.0,-1.0],[-1.0,0.0]]}"#,
            ],
        ),
        (
            &["x^1.5 + y", "--at", "0,1e200"],
            vec![
                r#"{"point":[0.0,1e+200],"value":1e+200,"gradient":[0.0,1.0],"hessian":[[null,0.0],[0.0,0.0]]}"#,
            ],
        ),
        (
            &["ln(x)", "--at", "-1,0"],
            vec![
                r#"{"point":[-1.0,0.0],"value":null,"gradient":[null,null],"hessian":[[null,null],[null,null]]}"#,
            ],
        ),
    ] {
        let arguments: Vec<&str> = ["eval"].iter().chain(arguments).copied().collect();
        assert_output(&downhill(&arguments), 0, &(lines.join("\n") + "\n"), "");
    }
}

#[test]
fn eval_draws_carets_under_the_wrong_characters() {
    let cases = [
        (
            "θ₀ + αβ + volume",
            "unknown name `volume`: the variables are x and y; every other letter needs a value as a constant",
            "\n  θ₀ + αβ + volume\n            ^^^^^^",
        ),
        ("x^2 + ", "`+` needs something to its right", "\n  x^2 +\n      ^"),
        ("(x", "this `(` is never closed", "\n  (x\n  ^"),
        ("x + \u{1b}[2J", "`\\u{1b}` has no meaning in a formula", "\n  x +  [2J\n      ^"),
        (" ", "the formula is empty: type a cost such as x^2 + 10*y^2", ""),
    ];
    for (formula, sentence, carets) in cases {
        let constants = ["--constant", "theta0=1", "--constant", "α=2", "--constant", "beta=3"];
        let arguments: Vec<&str> =
            ["eval", formula, "--at", "0,0"].iter().chain(&constants).copied().collect();
        assert_output(&downhill(&arguments), 2, "", &format!("downhill: {sentence}{carets}\n"));
    }
}

#[test]
fn eval_says_what_it_expected() {
    let long = "x+".repeat(3000) + "x";
    let cases: &[(&[&str], &str)] = &[
        (&["x"], "--at <X,Y>"),
        (&["--at", "1,2"], "<FORMULA>"),
        (&["x", "--at", "1"], "expected two numbers with a comma between them"),
        (&["x", "--at", "1,2,3"], "expected two numbers"),
        (&["x", "--at", "1,nan"], "both must be finite"),
        (&["x", "--at", "1,1e999"], "both must be finite"),
        (&["x", "--at"], "--at <X,Y>"),
        (&["x", "--at", "1,2", "--constant", "a"], "expected a name and a number, as in a=-1.5"),
        (&["x", "--at", "1,2", "--constant", "a=inf"], "the number must be finite"),
        (&["x", "--at", "1,2", "--constant", "y=1"], "`y` is a variable"),
        (&["θ", "--at", "1,2", "--constant", "θ=1", "--constant", "theta=2"], "`θ` is given twice"),
        (&["x", "--at", "1,2", "--constnat", "a=1"], "'--constant'"),
        (&[&long, "--at", "1,2"], "at most 4096 are read"),
    ];
    for (arguments, says) in cases {
        let arguments: Vec<&str> = ["eval"].iter().chain(*arguments).copied().collect();
        assert_refusal(&downhill(&arguments), 2, says);
    }
}
