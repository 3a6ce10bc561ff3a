//! Steps taken apart as figures.

use crate::{assert_output, assert_refusal, downhill, write};

const RUNS: &str = "[cost]\nfunction = \"rosenbrock\"\n[run]\nsteps = 20\n[[optimizer]]\nmethod = \"gd\"\n\
                    [[optimizer]]\nmethod = \"adam\"\n[[optimizer]]\nmethod = \"newton\"\n";

#[test]
fn a_step_is_drawn_whole_or_stage_by_stage_in_every_kind_of_picture() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "runs.toml", RUNS);
    let figure = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let render = |to: &str, more: &[&str]| {
        let asked = ["render", &scenario, "-o", to, "--view", "step", "--step", "3", "--size", "960x720"];
        downhill(&[&asked, more].concat())
    };
    let svg = figure("step.svg");
    for run in ["1", "2", "3"] {
        assert_output(&render(&svg, &["--run", run]), 0, "", "");
        let text = std::fs::read_to_string(&svg).unwrap();
        assert!(text.contains("Step 4. J "), "the step that begins at the step of the figure");
        assert!(text.contains("the next iterate"));
    }
    assert_output(&render(&svg, &["--run", "2", "--stage", "m_hat"]), 0, "", "");
    let text = std::fs::read_to_string(&svg).unwrap();
    assert!(text.contains("m corrected for its start at zero") && !text.contains("the next iterate"));
    for ending in ["png", "pdf", "gif"] {
        let to = figure(&format!("step.{ending}"));
        let asked = ["--run", "2", "--hold", "0"];
        let output = render(&to, if ending == "gif" { &asked } else { &asked[..2] });
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(std::fs::metadata(&to).unwrap().len() > 1000);
    }
    // The film has a frame for each of Adam's eight stages.
    let film = std::fs::read(figure("step.gif")).unwrap();
    let mut decoder = gif::DecodeOptions::new().read_info(film.as_slice()).unwrap();
    let mut delays = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        delays.push(frame.delay);
    }
    assert_eq!(delays, [200; 8]);
    // The figure is drawn again from what it carries.
    let (first, again) = (figure("step.png"), figure("again.png"));
    assert_output(&downhill(&["render", &first, "-o", &again]), 0, "", "");
    assert_eq!(std::fs::read(first).unwrap(), std::fs::read(again).unwrap());
}

#[test]
fn what_has_no_step_or_no_such_stage_is_refused_with_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "runs.toml", RUNS);
    let figure = folder.path().join("step.gif");
    let render =
        |more: &[&str]| downhill(&[&["render", &scenario, "-o", figure.to_str().unwrap()], more].concat());
    for (more, message) in [
        (&["--view", "step", "--run", "4"][..], "--run 4: the scenario has 3 runs"),
        (&["--run", "2"], "--run is for --view step"),
        (&["--stage", "point", "--view", "both"], "--stage is for --view step"),
        (
            &["--view", "step", "--stage", "gradeint"],
            "--stage gradeint: the step has gradient, displacement, point; did you mean `gradient`?",
        ),
        (
            &["--view", "step", "--fps", "5"],
            "--fps is not for --view step: each frame shows one more of its stages",
        ),
    ] {
        assert_refusal(&render(more), 2, message);
        assert!(!figure.exists());
    }
}
