//! Figures of costs and runs as wild as one likes: so much work and memory, and no more.

#[cfg(unix)]
use std::process::{Command, Output};

#[cfg(unix)]
use crate::write;

/// Draws a figure with so much processor time, in seconds, and this much memory at the most.
#[cfg(unix)]
fn draw_within_limits(scenario: &str, figure: &str, options: &[&str]) -> Output {
    // What is not optimized takes longer.
    let seconds = if cfg!(debug_assertions) { 40 } else { 12 };
    let limits = format!("ulimit -t {seconds} && ulimit -v 1200000 && exec \"$@\"");
    Command::new("sh")
        .args(["-c", &limits, "sh", env!("CARGO_BIN_EXE_downhill"), "render", scenario, "-o", figure])
        .args(options)
        .output()
        .unwrap()
}

/// Gradient descent that never settles, with so many rates.
#[cfg(unix)]
fn chaos(formula: &str, runs: u32, steps: u32) -> String {
    let mut text = format!(
        "[cost]\nformula = \"{formula}\"\n[run]\nstart = [0.3, 0.4]\nsteps = {steps}\ntolerance = 0\n"
    );
    for index in 0..runs {
        let rate = 0.9 + 0.3 * f64::from(index) / f64::from(runs);
        text.push_str(&format!("[[optimizer]]\nmethod = \"gd\"\nlearning_rate = {rate}\n"));
    }
    text
}

#[cfg(unix)]
#[test]
fn a_cost_that_varies_faster_than_a_figure_shows_is_drawn_within_limits_and_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    for (index, formula) in ["sin(1e6*x)*cos(1e6y)", "sin(400x)*cos(390y)"].into_iter().enumerate() {
        for scale in ["linear", "log", "quantile"] {
            let text = format!(
                "[cost]\nformula = \"{formula}\"\n[window]\nlevels = {{ scale = \"{scale}\", count = 200 }}\n"
            );
            let scenario = write(folder.path(), "dense.toml", text);
            let figure = folder.path().join(format!("{index}-{scale}.svg"));
            let output = draw_within_limits(&scenario, figure.to_str().unwrap(), &["--size", "3200x2400"]);
            let stderr = String::from_utf8(output.stderr).unwrap();
            assert!(output.status.success(), "{formula}, {scale}: {stderr}");
            assert!(stderr.contains("the cost varies faster than the screen can show: "), "{stderr}");
            assert_eq!(stderr.lines().count(), 1, "{stderr}");
            assert!(std::fs::metadata(&figure).unwrap().len() < 60_000_000);
        }
    }
}

#[cfg(unix)]
#[test]
fn runs_that_never_settle_are_drawn_within_limits_in_every_kind_of_figure() {
    let folder = tempfile::tempdir().unwrap();
    let (waves, ripples) = ("sin(3x)*cos(2y)+(x^2+y^2)/50", "sin(40x)*cos(37y)+(x^2+y^2)/50");
    let film = ["--size", "400x300", "--steps-per-frame", "10000"];
    let large = ["--size", "3200x2400"];
    for (formula, runs, steps, kinds) in [
        (waves, 20, 20_000, &[("svg", &large[..]), ("pdf", &large), ("png", &large), ("gif", &film)][..]),
        (waves, 64, 4000, &[("svg", &large)]),
        (ripples, 1, 200_000, &[("svg", &large), ("png", &[])]),
    ] {
        let scenario = write(folder.path(), "chaos.toml", chaos(formula, runs, steps));
        for (kind, options) in kinds {
            let figure = folder.path().join(format!("chaos.{kind}"));
            let output = draw_within_limits(&scenario, figure.to_str().unwrap(), options);
            let stderr = String::from_utf8(output.stderr).unwrap();
            assert!(output.status.success(), "{formula}, {runs} runs, {kind}: {stderr}");
            assert!(std::fs::metadata(&figure).unwrap().len() < 60_000_000);
        }
    }
}
