//! `downhill render --view graph`.

use crate::{assert_refusal, downhill_reading};

const NETWORK: &str = r#"
[cost]
formula = "1/2*(t - sigmoid(w5*sigmoid(w1*p + c)))^2"
variables = ["w1", "w5"]
constants = { t = 1.0, p = 0.5, c = 0.1 }
[run]
start = [0.3, -0.7]
steps = 20
tolerance = 0.0
[[optimizer]]
method = "gd"
learning_rate = 0.5
"#;

fn render(scenario: &str, options: &[&str]) -> std::process::Output {
    let fixed = ["render", "-", "-o", "-", "--format", "svg", "--view", "graph"];
    downhill_reading(scenario.as_bytes(), &[&fixed, options].concat())
}

fn svg(options: &[&str]) -> String {
    let output = render(NETWORK, options);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_figure_of_the_graph_follows_the_step_and_lights_a_leaf() {
    let (start, end) = (svg(&["--step", "0"]), svg(&[]));
    for words in ["u₁ = w₁·p", "∂J/∂w₅ = "] {
        assert!(start.contains(words) && end.contains(words), "{words}");
    }
    assert!(start.contains("w₁ = 0.3, w₅ = −0.7: step 0 of") && end.contains("step 20 of"));
    let lit = svg(&["--step", "0", "--leaf", "w_5"]);
    assert!(lit.len() > start.len() && lit != start);
    let forward = svg(&["--sweeps", "forward"]);
    assert!(forward.contains("u₁ = w₁·p") && !forward.contains("∂J/∂"));
}

#[test]
fn what_has_no_such_graph_is_refused() {
    assert_refusal(&render(NETWORK, &["--leaf", "w4"]), 2, "--leaf w4: the graph has the leaves w₁, w₅");
    assert_refusal(&render(NETWORK, &["--row", "2"]), 2, "no [data] table");
    assert_refusal(&render(NETWORK, &["--run", "3"]), 2, "the scenario has 1 run");
    assert_refusal(&render(NETWORK, &["--stage", "point"]), 2, "--stage is for --view step");
    let long = "[cost]\nformula = 'sum(k, 1, 3000, sin(k*x)) + y'\n";
    assert_refusal(&render(long, &[]), 2, "2000 operations");
    let plot =
        downhill_reading(NETWORK.as_bytes(), &["render", "-", "-o", "-", "--format", "svg", "--leaf", "w5"]);
    assert_refusal(&plot, 2, "--leaf is for --view graph");
}
