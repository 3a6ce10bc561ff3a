//! Costs and runs as wild as one likes: a frame has only so many triangles, and none of them is where nothing is drawn.

use downhill::landscape::{LevelScale, Levels};
use downhill::optimizer::{METHODS, ParameterValue, Settings};
use downhill::scenario::{OptimizerChoice, Scenario};
use egui::epaint::Primitive;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::Queryable as _;

use crate::drive::{Window, press, press_with, retype, window_of};

/// Far below the 64 million that a graphics card takes: what one without a card draws in a fraction of a second.
const MOST_CORNERS: usize = 6_000_000;

/// How many corners the triangles of the last frame have.
fn corners(window: &Window<'_>) -> usize {
    let output = window.output();
    let drawn = window.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
    drawn
        .iter()
        .map(|drawn| match &drawn.primitive {
            Primitive::Mesh(mesh) => {
                assert!(mesh.vertices.iter().all(|vertex| vertex.pos.is_finite()));
                mesh.indices.len()
            }
            Primitive::Callback(_) => 0,
        })
        .sum()
}

/// Gradient descent that never settles, with so many rates.
fn chaos(formula: &str, runs: u32, steps: u32) -> Scenario {
    let mut scenario = Scenario::of_formula(formula);
    (scenario.run.start, scenario.run.steps, scenario.run.tolerance) = ([0.3, 0.4], steps, 0.0);
    let gd = METHODS.iter().find(|method| method.id == "gd").unwrap();
    scenario.optimizers = (0..runs)
        .map(|index| {
            let mut settings = Settings::defaults(gd);
            let rate = 0.9 + 0.3 * f64::from(index) / f64::from(runs);
            settings.set("learning_rate", ParameterValue::Real(rate)).unwrap();
            OptimizerChoice::new(settings)
        })
        .collect();
    scenario
}

#[test]
fn a_cost_that_varies_faster_than_the_screen_shows_is_drawn_without_its_isolines() {
    const NOTE: &str = "the cost varies faster than the screen can show";
    let mut scenario = Scenario::of_formula("x^2 + y^2");
    scenario.optimizers.clear();
    for scale in [LevelScale::Linear, LevelScale::Log, LevelScale::Quantile] {
        scenario.levels = Levels { scale, count: 200 };
        let mut window = window_of(scenario.clone(), vec2(1024.0, 768.0));
        for formula in ["sin(1e6*x)*cos(1e6y)", "sin(1e9 x) + cos(1e7 y)", "sin(400x)*cos(390y)"] {
            retype(&mut window, formula);
            // The field is fine once all is still.
            (0..8).for_each(|_| window.step());
            let drawn = corners(&window);
            assert!(drawn < MOST_CORNERS, "{formula}, {scale:?}: {drawn}");
            assert!(window.query_by_label_contains(NOTE).is_some(), "{formula}, {scale:?}");
        }
    }
    scenario.levels.count = 20;
    let mut window = window_of(scenario, vec2(1024.0, 768.0));
    retype(&mut window, "x^2 + 2y^2");
    (0..8).for_each(|_| window.step());
    assert!(window.query_by_label_contains(NOTE).is_none());
}

#[test]
fn runs_that_never_settle_have_no_more_line_than_a_screen_shows() {
    let waves = "sin(3x)*cos(2y)+(x^2+y^2)/50";
    let ripples = "sin(40x)*cos(37y)+(x^2+y^2)/50";
    for (formula, runs, steps) in [(waves, 20, 20_000), (waves, 64, 4000), (ripples, 1, 300_000)] {
        let mut window = window_of(chaos(formula, runs, steps), vec2(1024.0, 768.0));
        // The runs are taken and followed in slices.
        for _ in 0..40 {
            window.step();
        }
        press(&mut window, Key::End);
        let drawn = corners(&window);
        assert!(drawn < MOST_CORNERS, "{formula}, {runs}: {drawn}");
        // Those that are pinned share the room.
        press_with(&mut window, Modifiers::COMMAND, Key::P);
        retype(&mut window, &format!("{formula}+x/9"));
        for _ in 0..40 {
            window.step();
        }
        assert!(window.state().session().pinned().is_some());
        let drawn = corners(&window);
        assert!(drawn < MOST_CORNERS, "{formula}, {runs}, pinned: {drawn}");
    }
}
