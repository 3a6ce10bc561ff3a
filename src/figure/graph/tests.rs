use egui::{Theme, pos2};

use super::*;
use crate::figure::stage::{Sheet, draw};
use crate::scenario::Scenario;

const NETWORK: &str = "1/2*(t - sigmoid(w5*sigmoid(w1*p + c) + d))^2";

fn network() -> Cost {
    let constants = [("t", 1.0), ("p", 0.5), ("c", 0.1), ("d", -0.2)];
    Cost {
        variables: ["w1".to_owned(), "w5".to_owned()],
        constants: constants.map(|(name, value)| (name.to_owned(), value)).to_vec(),
        ..Cost::of_formula(NETWORK)
    }
}

/// The lines of a leaf, as text.
fn lines(graph: &mut CostGraph, leaf: &str) -> Vec<String> {
    let numbers = graph.numbers(Point::new(0.3, -0.7), 0);
    let leaf = graph.computation.find(leaf).unwrap();
    graph.product_lines(&numbers, leaf).into_iter().map(|line| line.text).collect()
}

#[test]
fn a_derivative_is_written_as_the_product_along_its_path_in_symbols_and_numbers() {
    let mut graph = CostGraph::of(&network()).unwrap();
    let of_w5 = lines(&mut graph, "w5");
    let symbols: Vec<&str> = graph.computation.nodes().iter().map(|node| &*node.definition.text).collect();
    assert_eq!(of_w5.len(), 3, "{of_w5:?} {symbols:?}");
    let path = "∂J/∂u₈ · ∂u₈/∂u₇ · ∂u₇/∂u₆ · ∂u₆/∂u₅ · ∂u₅/∂u₄ · ∂u₄/∂w₅";
    assert_eq!(of_w5[0], format!("∂J/∂w₅ = {path}"), "{symbols:?}");
    assert_eq!(of_w5[1].trim_start(), "= 1/2 · 2u₇ · (−1) · u₆(1 − u₆) · u₃");
    // The value by hand: (a − t)·a(1 − a)·h.
    let logistic = |z: f64| 1.0 / (1.0 + (-z).exp());
    let h = logistic(0.3 * 0.5 + 0.1);
    let a = logistic(-0.7 * h - 0.2);
    let slope = (a - 1.0) * a * (1.0 - a) * h;
    let last = of_w5[2].rsplit(" = ").next().unwrap().replace('−', "-");
    assert!((last.parse::<f64>().unwrap() - slope).abs() < 1e-4 * slope.abs(), "{of_w5:?}");
    let of_w1 = lines(&mut graph, "w1");
    assert!(of_w1[0].matches('·').count() > of_w5[0].matches('·').count(), "{of_w1:?}");
}

#[test]
fn several_paths_are_a_sum_and_what_is_folded_is_one_factor() {
    let mut graph = CostGraph::of(&Cost::of_formula("sin(x*y) + exp(x*y)*y")).unwrap();
    let of_y = lines(&mut graph, "y");
    // A line for each of its paths.
    assert_eq!(of_y[..3].concat().matches("∂J").count(), 3 + 1, "{of_y:?}");
    let product =
        graph.computation.nodes().iter().position(|node| node.definition.text == "sin(u₁)").unwrap();
    graph.turn(product);
    let folded = lines(&mut graph, "y");
    assert!(
        folded.concat().contains(&format!("∂{}/∂", graph.computation.nodes()[product].symbol.text)),
        "{folded:?}"
    );
    graph.turn(product);
    assert_eq!(lines(&mut graph, "y"), of_y);
}

#[test]
fn a_constant_that_changes_leaves_everything_in_its_place() {
    let mut cost = network();
    let mut graph = CostGraph::of(&cost).unwrap();
    graph.turn(graph.computation.result() - 1);
    let folded = graph.folded().clone();
    cost.constants[0].1 = 0.25;
    assert!(!graph.is_of(&cost));
    let graph = graph.followed(&cost).unwrap();
    assert!(graph.is_of(&cost) && *graph.folded() == folded);
    cost.constants.clear();
    assert!(graph.followed(&cost).is_err(), "letters without numbers");
}

/// The texts of a drawing.
fn drawn(scenario: Scenario, choice: &GraphChoice) -> String {
    let session = Session::new(scenario);
    let page = Sheet::new(vec2(1200.0, 800.0), Theme::Light);
    let point = Point::new(0.3, -0.7);
    draw(page, None, |ui| graph_ui(ui, &session, choice, (point, "at the start"))).to_svg(None)
}

#[test]
fn a_figure_has_values_forward_and_derivatives_backward() {
    let scenario = Scenario { cost: network(), ..Scenario::default() };
    let choice = |sweeps| GraphChoice { sweeps, leaf: Some("w5".to_owned()), ..GraphChoice::default() };
    let both = drawn(scenario.clone(), &choice(Sweeps::Both));
    let forward = drawn(scenario.clone(), &choice(Sweeps::Forward));
    let backward = drawn(scenario, &choice(Sweeps::Backward));
    for (svg, has_derivatives) in [(&both, true), (&forward, false), (&backward, true)] {
        assert!(svg.contains("w₅") && svg.contains("u₃ = sigmoid(u₂)"));
        assert_eq!(svg.contains("∂J/∂u₃ = "), has_derivatives);
    }
    assert!(forward.len() < both.len() && backward.len() < both.len());
}

#[test]
fn all_of_a_graph_fits_into_its_room() {
    let room = Rect::from_min_size(pos2(40.0, 10.0), vec2(300.0, 500.0));
    for size in [vec2(10.0, 10.0), vec2(2000.0, 100.0), vec2(100.0, 9000.0)] {
        let GraphCamera { corner, zoom } = GraphCamera::fitting(size, room);
        let far = corner + size * zoom;
        assert!(corner.x >= 0.0 && corner.y >= 0.0 && far.x <= 300.0 && far.y <= 500.0, "{size:?}");
    }
}
