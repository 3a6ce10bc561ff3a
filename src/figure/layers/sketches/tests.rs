use egui::FontFamily;

use super::label::{LABEL_SIZE, Label, latex_of};
use super::*;
use crate::figure::look::fonts::book;
use crate::figure::mathematics::Mathematics;
use crate::figure::stage::{Sheet, draw};
use crate::landscape::Region;
use crate::objective::Goal;
use crate::optimizer::{METHODS, ParameterKind, ParameterValue, Settings};
use crate::session::Session;

/// The stages of a step of every method in every form.
fn all_stages(formula: &str, start: [f64; 2], goal: Goal) -> Vec<Vec<Stage>> {
    let mut scenario = Scenario::of_formula(formula);
    (scenario.run.start, scenario.run.steps, scenario.cost.goal) = (start, 6, goal);
    let choice = scenario.optimizers[0].clone();
    scenario.optimizers.clear();
    for settings in METHODS.iter().filter(|method| !method.only_finds_roots()).map(Settings::defaults) {
        for parameter in settings.method().parameters {
            let others = match parameter.kind {
                ParameterKind::Real { .. } | ParameterKind::Interval { .. } => Vec::new(),
                ParameterKind::Choice { options, .. } => {
                    options.iter().map(|(id, _)| ParameterValue::Choice(id)).collect()
                }
                ParameterKind::Switch { .. } => [true, false].map(ParameterValue::Switch).to_vec(),
            };
            for other in others {
                let mut changed = settings.clone();
                changed.set(parameter.id, other).unwrap();
                scenario
                    .optimizers
                    .push(crate::scenario::OptimizerChoice { settings: changed, ..choice.clone() });
            }
        }
        scenario.optimizers.push(crate::scenario::OptimizerChoice { settings, ..choice.clone() });
    }
    let mut session = Session::new(scenario);
    session.finish();
    session.paths().filter_map(|path| path.trajectory.stages(path.trajectory.steps().min(2))).collect()
}

#[test]
fn every_stage_of_every_method_is_drawn_and_its_label_is_mathematics() {
    let all = all_stages("x^2 + 3y^2 + x y", [2.0, 1.0], Goal::Minimize);
    assert!(all.len() > METHODS.len());
    for parameter in METHODS.iter().flat_map(|method| method.parameters) {
        if let ParameterKind::Choice { options, .. } = parameter.kind {
            let letters = options.iter().flat_map(|(_, name)| name.chars());
            assert!(
                letters.clone().all(|letter| book().has(&FontFamily::Proportional, letter)),
                "{options:?}"
            );
        }
    }
    for stage in all.iter().flatten() {
        let sketch = stage.sketch.as_ref().unwrap_or_else(|| panic!("{} is not drawn", stage.id));
        for letter in stage.name().chars().chain(stage.title.chars()) {
            assert!(book().has(&FontFamily::Proportional, letter), "{letter} of {}", stage.title);
        }
        draw(Sheet::new(vec2(100.0, 100.0), egui::Theme::Dark), None, |ui| {
            let latex = latex_of(&sketch.label);
            let formula = Mathematics { latex: &latex, spoken: &sketch.label, size: LABEL_SIZE };
            assert!(formula.natural_size(ui).is_some(), "{latex}");
        });
    }
}

#[test]
fn terms_that_are_stages_are_marked_and_set_as_without_marks() {
    for stages in all_stages("x^2 + 3y^2 + x y", [2.0, 1.0], Goal::Minimize) {
        for (at, stage) in stages.iter().enumerate() {
            let [plain, marked] = [stage.formula(None), stage.marked_formula(&stages[..at])];
            assert_eq!(plain.text, marked.text);
            draw(Sheet::new(vec2(400.0, 100.0), egui::Theme::Dark), None, |ui| {
                let set = |latex| Mathematics { latex, spoken: "", size: 16.0 };
                let sizes = [&plain, &marked].map(|line| set(&line.latex).natural_size(ui).unwrap());
                assert!((sizes[0] - sizes[1]).length() < 0.5, "{marked:?}");
                let rect = Rect::from_min_size(Pos2::ZERO, sizes[1]);
                let marks = set(&marked.latex).marks_in(ui, rect);
                assert!(
                    marks.iter().all(|(stage, mark)| *stage < at && rect.expand(1.0).contains_rect(*mark))
                );
                // What a step subtracts is one of its stages.
                assert!(at + 1 < stages.len() || !marks.is_empty(), "{marked:?}");
            });
        }
    }
}

#[test]
fn the_ways_of_a_step_lead_from_the_iterate_to_the_next() {
    for stages in all_stages("x^2 + 3y^2 + x y", [2.0, 1.0], Goal::Maximize) {
        let Some(Drawn::Step { from, to }) =
            stages.last().and_then(|stage| stage.sketch.as_ref()).map(|sketch| sketch.of.clone())
        else {
            panic!("the last stage is the step")
        };
        let way = |id: &str| {
            let stage = stages.iter().find(|stage| stage.id == id)?;
            if let Drawn::Way { from, by } = stage.sketch.as_ref()?.of { Some((from, by)) } else { None }
        };
        // What coasts and what is pushed follow one another, and both are the whole way.
        if let (Some((start, coasts)), Some((middle, push))) = (way("coasting"), way("push")) {
            assert_eq!(start, from);
            assert!((start + coasts - middle).norm() < 1e-12 && (middle + push - to).norm() < 1e-12);
        } else if let Some((start, by)) = way("displacement").filter(|_| way("decay").is_none()) {
            assert!((start + by - to).norm() < 1e-12);
        }
    }
}

#[test]
fn labels_cover_neither_one_another_nor_the_end_and_nothing_breaks_where_numbers_are_none() {
    let frame = Rect::from_min_size(Pos2::ZERO, vec2(400.0, 300.0));
    for (formula, start) in [
        ("x^2 + 3y^2 + x y", [2.0, 1.0]),
        ("x^2 + y^2", [0.0, 0.0]),
        ("ln(x) + y^2", [0.01, 1.0]),
        ("exp(exp(x^2 + y^2))", [1.5, 1.0]),
        ("1e-300 x^2 + 1e300 y", [1.0, 1.0]),
        ("x^2 - y^2", [1.0, 1.0]),
    ] {
        for stages in all_stages(formula, start, Goal::Minimize) {
            for region in [[-3.0, 3.0], [0.99, 1.01], [1e6, 2e6]] {
                let projection = Projection { region: Region { x: region, y: region }, frame };
                for active in (0..stages.len()).map(Some).chain([None]) {
                    draw(Sheet::new(frame.size(), egui::Theme::Light), None, |ui| {
                        let inks = Inks::of(egui::Theme::Light);
                        let look = SketchLook { inks, run: Color32::RED, edge: Color32::WHITE, active };
                        sketches_ui(ui, &stages, projection, look, &Lift::default(), Some(frame.center()));
                    });
                }
            }
        }
    }
    let mut taken = vec![Rect::from_center_size(frame.center(), Vec2::splat(20.0))];
    draw(Sheet { passes: 1, ..Sheet::new(frame.size(), egui::Theme::Light) }, None, |ui| {
        for text in ["g", "−α g", "−β v", "θ − β v", "−α m̂ / (√ŝ + ε)"] {
            let label = Label { text, anchor: frame.center(), away: vec2(1.0, 0.0), strength: 1.0 };
            label.show_ui(ui, frame, Inks::of(egui::Theme::Light), &mut taken);
        }
    });
    assert_eq!(taken.len(), 6);
    for (at, rect) in taken.iter().enumerate() {
        assert!(taken[..at].iter().all(|other| !other.intersects(*rect)), "{taken:?}");
    }
}
