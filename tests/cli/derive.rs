//! `downhill derive`.

use std::process::Output;

use downhill::builtin::BUILT_INS;
use downhill::expr::Expression;
use serde_json::Value;

use crate::{assert_output, assert_refusal, downhill};

fn derive(arguments: &[&str]) -> Output {
    downhill(&[&["derive"], arguments].concat())
}

#[test]
fn derive_prints_cost_gradient_and_hessian_an_equation_a_line() {
    let cases: &[(&[&str], &str)] = &[
        (
            &["(a-x)^2 + b*(y-x^2)^2"],
            "J(x, y) = (a − x)² + b(y − x²)²\n\
             ∂J/∂x = −2(a − x) − 4b·x(y − x²)\n\
             ∂J/∂y = 2b(y − x²)\n\
             ∂²J/∂x² = 2 − 4b(y − 3x²)\n\
             ∂²J/∂x∂y = −4b·x\n\
             ∂²J/∂y² = 2b\n",
        ),
        (
            &["-theta0^2*w + c", "--variables", "θ₀, w", "--constant", "c=-2"],
            "J(θ₀, w) = −θ₀²w − 2\n\
             ∂J/∂θ₀ = −2θ₀·w\n\
             ∂J/∂w = −θ₀²\n\
             ∂²J/∂θ₀² = −2w\n\
             ∂²J/∂θ₀∂w = −2θ₀\n\
             ∂²J/∂w² = 0\n",
        ),
        (
            &["x^2 + k*x*y", "--format", "latex", "--constant", "k=0.5"],
            "J(x, y) = x^{2}+0.5xy\n\
             \\frac{\\partial J}{\\partial x} = 2x+0.5y\n\
             \\frac{\\partial J}{\\partial y} = 0.5x\n\
             \\nabla^2 J = \\begin{pmatrix} 2 & 0.5 \\\\ 0.5 & 0 \\end{pmatrix}\n",
        ),
        (
            &["x % y + y^2", "--format", "latex"],
            "J(x, y) = x\\operatorname{mod}y+y^{2}\n\
             \\frac{\\partial J}{\\partial x} = 1\n\
             % ∂J/∂y: no closed form is shown for the derivative of a remainder whose divisor varies\n\
             \\frac{\\partial^2 J}{\\partial x^2} = 0\n\
             \\frac{\\partial^2 J}{\\partial x\\,\\partial y} = 0\n\
             % ∂²J/∂y²: no closed form is shown for the derivative of a remainder whose divisor varies\n",
        ),
        (
            &["x^2 + 3*x*y", "--format", "json"],
            "{\"cost\":{\"text\":\"x² + 3x·y\",\"latex\":\"x^{2}+3xy\"},\
             \"gradient\":[{\"text\":\"2x + 3y\",\"latex\":\"2x+3y\"},{\"text\":\"3x\",\"latex\":\"3x\"}],\
             \"hessian\":[[{\"text\":\"2\",\"latex\":\"2\"},{\"text\":\"3\",\"latex\":\"3\"}],\
             [{\"text\":\"3\",\"latex\":\"3\"},{\"text\":\"0\",\"latex\":\"0\"}]]}\n",
        ),
    ];
    for (arguments, printed) in cases {
        assert_output(&derive(arguments), 0, printed, "");
    }
}

#[test]
fn what_has_no_closed_form_is_null() {
    let output = derive(&["x % y", "--format", "json"]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(value["gradient"][0].is_object() && value["gradient"][1].is_null(), "{value}");
    assert!(value["hessian"][1][1].is_null(), "{value}");
}

/// Every text in an object, whatever it belongs to.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(entries) => match entries.get("text") {
            Some(text) => vec![text.as_str().unwrap()],
            None => entries.values().flat_map(texts).collect(),
        },
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_text_is_read_again() {
    for row in BUILT_INS {
        let constants: Vec<String> =
            row.constants.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let variables = row.variables.join(",");
        let mut arguments = vec!["--variables", &variables, "--format", "json", row.formula];
        let without = derive(&arguments);
        arguments.extend(constants.iter().flat_map(|constant| ["--constant", constant.as_str()]));
        let with = derive(&arguments);
        for (output, knows_letters) in [(&without, true), (&with, false)] {
            let value: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(texts(&value).len(), 7, "{}: {value}", row.id);
            for text in texts(&value) {
                let known: Vec<(String, f64)> =
                    row.constants.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
                let known = if knows_letters { known } else { Vec::new() };
                let read = Expression::parse(text).and_then(|e| e.compile(row.variables, &known));
                assert!(read.is_ok(), "{}: {text}", row.id);
            }
        }
    }
}

#[test]
fn derive_says_what_is_wrong() {
    let carets = "downhill: unknown function `sni`: did you mean `sin`?\n  x^2 + sni(y)\n        ^^^\n";
    assert_output(&derive(&["x^2 + sni(y)"]), 2, "", carets);
    let long = "x+".repeat(1600) + "x";
    let cases: &[(&[&str], &str)] = &[
        (&[], "<FORMULA>"),
        (&["x +"], "`+` needs something to its right\n  x +\n    ^"),
        (&["x", "--variables", "2"], "expected two names with a comma between them, as in u,v"),
        (&["x", "--variables", "x,θ,y"], "no name"),
        (&["x", "--variables", "x,sin"], "`sin` can be no name: it is a function"),
        (&["x", "--variables", "θ,theta"], "the two variables must differ"),
        (&["u", "--variables", "u,v", "--constant", "v=1"], "`v` is a variable"),
        (&["x", "--constant", "a=1", "--constant", "a=2"], "`a` is given twice"),
        (&["x", "--format", "xml"], "possible values: text, latex, json"),
        (&[&long], "too long to be written down"),
    ];
    for (arguments, says) in cases {
        assert_refusal(&derive(arguments), 2, says);
    }
}
