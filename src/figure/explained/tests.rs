use egui::{Context, RawInput};

use super::*;
use crate::figure::look::fonts;
use crate::optimizer::{METHODS, ParameterValue, Settings};
use crate::scenario::{OptimizerChoice, Scenario};

/// A session with a run of each method, and of the variant of Newton's that has the longest lines.
fn all_methods() -> Session {
    let optimizers = METHODS
        .iter()
        .filter(|method| !method.only_finds_roots())
        .map(|row| OptimizerChoice::new(Settings::defaults(row)))
        .collect();
    let mut scenario = Scenario { optimizers, ..Scenario::default() };
    let newton = scenario.optimizers.iter().find(|choice| choice.settings.method().id == "newton");
    let mut modified = newton.unwrap().clone();
    modified.settings.set("variant", ParameterValue::Choice("modified")).unwrap();
    scenario.optimizers.push(modified);
    scenario.run.steps = 4;
    let mut session = Session::new(scenario);
    session.finish();
    session
}

#[test]
fn no_line_of_numbers_is_cut_off_in_a_narrow_view() {
    // What the view of steps leaves for a line in a window of 1024 points.
    const WIDTH: f32 = 276.0;
    let session = all_methods();
    let ctx = Context::default();
    ctx.set_fonts(fonts::definitions());
    let mut broken = 0;
    let mut output = ctx.run_ui(RawInput::default(), |ui| {
        for (run, step) in (0..session.scenario().optimizers.len()).flat_map(|run| [(run, 0), (run, 3)]) {
            let explained = Explained::of(&session, run, step).unwrap();
            for (stage, lines) in explained.stages.iter().zip(&explained.lines) {
                let shown = lines.number_lines(ui, WIDTH, SIZE);
                broken += usize::from(shown.len() > 2);
                for line in &shown {
                    let name = session.scenario().run_name(run);
                    assert!(mathematics(line, SIZE).fits(ui, WIDTH), "{name}, {}: {}", stage.id, line.text);
                }
                // As it is read aloud, it is the line that the files have.
                let words = |text: &str| text.replace(' ', "");
                let read: String = shown.iter().map(|line| words(&line.text)).collect();
                assert_eq!(read, words(&stage.in_numbers().text));
            }
        }
    });
    output.textures_delta.clear();
    assert!(broken > 0, "a line is broken before its value alone");
}
