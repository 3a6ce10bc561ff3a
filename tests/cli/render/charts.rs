//! Charts of the runs.

use downhill::record::quantity::{Against, Quantity};
use downhill::spelling::Selectable as _;

use crate::{assert_output, assert_refusal, downhill, write};

#[test]
fn every_quantity_is_drawn_as_a_chart_and_an_unknown_one_is_refused_with_a_suggestion() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(
        folder.path(),
        "runs.toml",
        "[cost]\nfunction = \"bowl\"\n[run]\nsteps = 30\n[[optimizer]]\nmethod = \"adam\"\n\
         [[optimizer]]\nmethod = \"gd\"\nlearning_rate = 5.0\n",
    );
    let figure = folder.path().join("chart.svg");
    let figure = figure.to_str().unwrap();
    let render = |more: &[&str]| downhill(&[&["render", &scenario, "-o", figure], more].concat());
    for quantity in Quantity::ALL {
        for against in Against::ALL {
            for more in [&["--view", "chart"][..], &["--view", "both", "--scale", "log", "--scale", "2"]] {
                let asked = ["--quantity", quantity.id(), "--against", against.id()];
                assert_output(&render(&[more, &asked].concat()), 0, "", "");
                let text = std::fs::read_to_string(figure).unwrap();
                assert!(text.contains(against.name()), "{}", quantity.id());
            }
        }
    }
    // A method without a velocity has none to be drawn.
    assert_output(&render(&["--view", "chart", "--quantity", "value"]), 0, "", "");
    assert!(std::fs::read_to_string(figure).unwrap().contains("diverged at step"));
    assert_refusal(&render(&["--view", "chart", "--quantity", "gradient"]), 2, "gradient-norm");
    assert_refusal(&render(&["--scale", "logs"]), 2, "did you mean `log`?");
}
