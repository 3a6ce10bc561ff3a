//! Derivatives backward through the graph of a formula against those forward along its tape: the chain rule from both ends.

use std::collections::BTreeSet;

use downhill::builtin::BUILT_INS;
use downhill::expr::Expression;
use downhill::symbolic::{Computation, Folded, NodeKind};

use super::oracle;
use super::random_term::Terms;

fn computation(formula: &str, variables: [&str; 2], constants: &[(String, f64)]) -> Computation {
    let expression = Expression::parse(formula).unwrap_or_else(|error| panic!("{formula}: {error}"));
    Computation::of(&expression, variables, constants, &[])
        .unwrap_or_else(|error| panic!("{formula}: {error}"))
}

/// What both ways make of the derivatives by the variables that the formula has: backward, forward.
fn both(graph: &Computation, point: [f64; 2]) -> Vec<(usize, f64, f64)> {
    let computed = graph.evaluator().at(graph, point, &[]);
    let axis = |node: usize| match graph.nodes()[node].kind {
        NodeKind::Variable(axis) => Some((node, axis)),
        _ => None,
    };
    let variables = (0..graph.nodes().len()).filter_map(axis);
    let pair = |(node, axis): (usize, usize)| {
        (axis, computed.adjoint(node), computed.forward_derivative(node).unwrap())
    };
    variables.map(pair).collect()
}

/// What the derivative by each node is summed from, without signs: terms that cancel are rounded as they are.
fn magnitudes(graph: &Computation, point: [f64; 2]) -> Vec<f64> {
    let shown = Folded::of(graph, &BTreeSet::new());
    let slopes = shown.slopes(graph, &graph.evaluator().at(graph, point, &[]));
    let mut sizes = vec![0.0; graph.nodes().len()];
    sizes[graph.result()] = 1.0;
    for (link, slope) in shown.links.iter().zip(slopes).rev() {
        sizes[link.from] += slope.map_or(0.0, |slope| slope.abs() * sizes[link.to]);
    }
    sizes
}

#[test]
fn random_formulas_have_the_same_gradient_backward_as_forward() {
    let mut terms = Terms::with_seed(20_261_128);
    let (mut compared, mut sharp, mut open, mut undefined) = (0, 0, 0, 0);
    for index in 0..3_000 {
        let term = terms.term(1 + index % 6);
        let graph = computation(&term.to_string(), ["x", "y"], &[]);
        for _ in 0..2 {
            let [x, y] = [terms.coordinate(), terms.coordinate()];
            let rounding = oracle::rounding(&term, x, y).map(|error| 8.0 * f64::EPSILON * error);
            for (axis, backward, forward) in both(&graph, [x, y]) {
                let leaf = graph.find(["x", "y"][axis]).unwrap();
                let summed = 1e-13 * magnitudes(&graph, [x, y])[leaf];
                let allowed = rounding[1 + axis].max(summed).max(1e-12 * forward.abs().max(1.0));
                if !forward.is_finite() || !allowed.is_finite() {
                    undefined += 1;
                } else if !backward.is_finite() {
                    // Where a branch has no derivative, forward differentiation looks further than the rule.
                    open += 1;
                } else {
                    let error = (backward - forward).abs();
                    assert!(error <= allowed, "{term} at ({x}, {y}) by {axis}: {backward:e} or {forward:e}");
                    compared += 1;
                    sharp += usize::from(allowed <= 1e-9 * forward.abs().max(1.0));
                }
            }
        }
    }
    println!("{compared} compared, {open} where the chain rule says nothing, {undefined} undefined");
    assert!(sharp > 7_000 && sharp * 100 > compared * 97, "{compared} compared, {sharp} sharply");
    assert!(open * 200 < compared, "{open} open");
}

#[test]
fn every_built_in_has_the_same_gradient_backward_as_forward() {
    let mut random = fastrand::Rng::with_seed(41);
    for row in BUILT_INS {
        let constants: Vec<(String, f64)> =
            row.constants.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
        let graph = computation(row.formula, row.variables, &constants);
        let mut compared = 0;
        for _ in 0..100 {
            let point = row.window.map(|[low, high]| low + (high - low) * random.f64());
            let pairs = both(&graph, point);
            let scale = pairs.iter().fold(1.0, |scale: f64, (.., forward)| scale.max(forward.abs()));
            for (axis, backward, forward) in pairs.into_iter().filter(|(.., forward)| forward.is_finite()) {
                let error = (backward - forward).abs();
                assert!(
                    error <= 1e-11 * scale,
                    "{} at {point:?} by {axis}: {backward:e} or {forward:e}",
                    row.id
                );
                compared += 1;
            }
        }
        assert!(compared > 50, "{}: {compared}", row.id);
    }
}

/// One sweep gives the derivatives by the constants too: those that forward differentiation has of them as variables.
#[test]
fn constants_have_the_derivatives_that_they_would_have_as_variables() {
    let formula = "1/2*(t - sigmoid(v*sigmoid(w*p + c) + b))^2 + w*log(b + 3, c) + max(v, b)*abs(t)";
    let values = [("t", 0.8), ("v", 0.4), ("w", -0.3), ("p", 1.5), ("c", 1.2), ("b", 0.25)];
    let point = |name: &str| values.iter().find(|(known, _)| *known == name).unwrap().1;
    let constants = |but: [&str; 2]| -> Vec<(String, f64)> {
        let kept = values.iter().filter(|(name, _)| !but.contains(name));
        kept.map(|(name, value)| ((*name).to_owned(), *value)).collect()
    };
    let all = computation(formula, ["v", "w"], &constants(["v", "w"]));
    let computed = all.evaluator().at(&all, [point("v"), point("w")], &[]);
    for (name, _) in values.iter().filter(|(name, _)| *name != "v") {
        let variables = [*name, "v"];
        let other = computation(formula, variables, &constants(variables));
        let (_, _, forward) =
            both(&other, variables.map(point)).into_iter().find(|(axis, ..)| *axis == 0).unwrap();
        let found = computed.derivative(all.find(name).unwrap());
        assert!((found - forward).abs() < 1e-13, "by {name}: {found} or {forward}");
    }
}

#[test]
fn at_kinks_both_ways_have_the_same_conventions() {
    // The derivative of |u| at 0 is 0; what max, min and cases do not pass on is not missed.
    for (formula, at, slope) in [
        ("abs(x)", [0.0, 0.0], 0.0),
        ("abs(x)^3 + y", [0.0, 1.0], 0.0),
        ("x*abs(x)", [0.0, 0.0], 0.0),
        ("max(x, sqrt(y - 1))", [2.0, 1.0], 1.0),
        ("min(3*x, y^2, 9)", [1.0, 2.0], 3.0),
        ("if(x < 1, x^2, sqrt(y))", [0.5, 0.0], 1.0),
        ("clamp(x, -1, 1)*y", [0.5, 2.0], 2.0),
        ("clamp(x, -1, 1)*y", [1.5, 2.0], 0.0),
        ("x^2*y", [0.0, 0.0], 0.0),
        ("(x - 1)^3", [1.0, 0.0], 0.0),
    ] {
        let graph = computation(formula, ["x", "y"], &[]);
        for (axis, backward, forward) in both(&graph, at) {
            let same = backward == forward || backward.is_nan() && forward.is_nan();
            assert!(same, "{formula} at {at:?} by {axis}: {backward} or {forward}");
            assert!(axis == 1 || backward == slope, "{formula}: {backward}");
        }
    }
    // Of a derivative that exists although one on the way does not, the chain rule says nothing, and never a wrong number.
    for (formula, at) in [
        ("hypot(x, y)^2", [0.0, 0.0]),
        ("max(x^2, y^2)", [0.0, 0.0]),
        ("sqrt(x^4 + y^4)", [0.0, 0.0]),
        ("exp(-1/x^2) + y", [0.0, 1.0]),
        ("if(x < 1, x^2, 2*x - 1)", [1.0, 0.0]),
    ] {
        let graph = computation(formula, ["x", "y"], &[]);
        let computed = graph.evaluator().at(&graph, at, &[]);
        let x = graph.find("x").unwrap();
        assert!(computed.is_beyond_chain_rule(x), "{formula}: {}", computed.adjoint(x));
        assert_eq!(Some(computed.derivative(x)), computed.forward_derivative(x), "{formula}");
    }
    for formula in ["relu(x)", "max(x, y)", "floor(x)", "sqrt(x^2)"] {
        let graph = computation(formula, ["x", "y"], &[]);
        let computed = graph.evaluator().at(&graph, [0.0, 0.0], &[]);
        let x = graph.find("x").unwrap();
        assert!(!computed.derivative(x).is_finite(), "{formula} has no derivative at 0");
    }
}

#[test]
fn what_rounding_loses_on_the_way_is_said() {
    let graph = computation("ln(1 - sigmoid(x))", ["x", "y"], &[]);
    let at = |x: f64| graph.evaluator().at(&graph, [x, 0.0], &[]).lost_value();
    assert_eq!(at(1.0), None);
    let lost = at(50.0).unwrap();
    assert!((lost + 50.0).abs() < 1e-12, "{lost}");
}

#[test]
fn a_graph_has_each_common_part_once_and_the_names_that_were_typed() {
    let graph = computation("(x*y + a)^2 + sin(y*x + a)/a", ["x", "y"], &[("a".to_owned(), 2.0)]);
    let texts: Vec<String> = graph
        .nodes()
        .iter()
        .map(|node| match node.kind.is_leaf() {
            true => node.symbol.text.clone(),
            false => format!("{} = {}", node.symbol.text, node.definition.text),
        })
        .collect();
    let expected =
        ["x", "y", "u₁ = x·y", "a", "u₂ = u₁ + a", "u₃ = u₂²", "u₄ = sin(u₂)", "u₅ = u₄/a", "J = u₃ + u₅"];
    assert_eq!(texts, expected);
    let slopes: Vec<String> = graph
        .nodes()
        .iter()
        .flat_map(|node| node.operands.iter().map(|(_, slope)| slope.as_ref().unwrap().text.clone()))
        .collect();
    assert_eq!(slopes, ["y", "x", "1", "1", "2u₂", "cos(u₂)", "1/a", "−u₄/a²", "1", "1"]);
    assert_eq!(
        graph.nodes()[7].whole.as_ref().unwrap().text,
        "sin(x·y + a)/a",
        "as the common part was typed first"
    );
    let network = computation("sigmoid(u1*x + y)", ["x", "y"], &[("u1".to_owned(), 1.0)]);
    let symbols: Vec<&str> = network.nodes().iter().map(|node| node.symbol.text.as_str()).collect();
    assert_eq!(symbols, ["u₁", "x", "v₁", "y", "v₂", "J"], "no letter is given twice");
    assert_eq!(network.nodes()[5].operands[0].1.as_ref().unwrap().text, "J(1 − J)");
    assert!(Folded::of(&network, &BTreeSet::new()).links.iter().all(|link| link.slope.is_some()));
}

#[test]
fn a_formula_that_nobody_would_find_anything_in_has_no_graph() {
    let expression = Expression::parse("sum(k, 1, 3000, sin(k*x))").unwrap();
    let error = Computation::of(&expression, ["x", "y"], &[], &[]).unwrap_err();
    assert!(error.to_string().contains("2000 operations"), "{error}");
}
