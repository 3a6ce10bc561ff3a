//! What a figure file holds, read back from its SVG.

mod paths;

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;
use resvg::usvg::{fontdb, roxmltree};

use super::*;
use crate::figure::formats::base64;
use crate::figure::look::parts::Parts;
use crate::scenario::{self, Scenario};

fn small() -> FigureSpec {
    FigureSpec::of_size([480.0, 360.0])
}

fn svg(scenario: Scenario, spec: &FigureSpec) -> String {
    let mut session = Session::new(scenario);
    session.finish();
    Figure::draw(&mut session, spec).svg_file("")
}

fn pixels(svg: &str, database: Arc<fontdb::Database>) -> Vec<u8> {
    let options = usvg::Options { fontdb: database, ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).unwrap();
    let mut pixmap = Pixmap::new(480, 360).unwrap();
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    pixmap.take()
}

#[test]
fn the_letters_in_the_file_draw_the_same_as_the_fonts_of_the_program() {
    let title = "θ₀ → ∇J: Äußerst ﬁne, fi ⅓ ×".to_owned();
    let scenario = Scenario { title, ..Scenario::default() };
    let svg = svg(scenario, &small());
    let mut embedded = fontdb::Database::new();
    let fonts: Vec<&str> =
        svg.split("base64,").skip(1).map(|rest| rest.split([')', '"']).next().unwrap()).collect();
    let is_font = |bytes: &Vec<u8>| bytes.starts_with(&[0, 1, 0, 0]);
    for font in fonts.into_iter().filter_map(|text| base64::decode(text.as_bytes())).filter(is_font) {
        assert!(font.len() < 40_000, "{} bytes", font.len());
        embedded.load_font_data(font);
    }
    assert_eq!(embedded.len(), 2);
    let own = pixels(&svg, crate::figure::look::fonts::book().database.clone());
    let from_file = pixels(&svg, Arc::new(embedded));
    let without = pixels(&svg, Arc::new(fontdb::Database::new()));
    let differing = |other: &[u8]| own.iter().zip(other).filter(|(a, b)| a.abs_diff(**b) > 8).count();
    assert!(differing(&without) > 5000, "the letters are seen");
    assert_eq!(differing(&from_file), 0);
}

#[test]
fn letters_as_shapes_look_the_same_and_need_no_font() {
    let title = "θ₀ → ∇J: Äußerst ﬁne, fi ⅓ ×".to_owned();
    let scenario = Scenario { title, ..Scenario::default() };
    let as_text = svg(scenario.clone(), &small());
    let as_shapes = svg(scenario, &FigureSpec { has_outlines: true, ..small() });
    assert!(!as_shapes.contains("<text") && !as_shapes.contains("@font-face"));
    assert!(as_shapes.contains("aria-label=\"Gradient descent"));
    let own = pixels(&as_text, crate::figure::look::fonts::book().database.clone());
    let shapes = pixels(&as_shapes, Arc::new(fontdb::Database::new()));
    let differing = own.iter().zip(&shapes).filter(|(a, b)| a.abs_diff(**b) > 24).count();
    assert!(differing * 2000 < own.len(), "{differing} of {}", own.len());
}

#[test]
fn each_part_can_be_left_out_alone() {
    let scenario = || {
        let text = "title = \"T\"\n[cost]\nfunction = \"himmelblau\"\n[[constraint]]\nformula = \"x + y\"\n[run]\nsteps = 5\n[[optimizer]]\nmethod = \"gd\"\nlearning_rate = 0.02\n";
        scenario::read(text, "test").unwrap()
    };
    let whole = svg(scenario(), &small());
    for part in Part::ALL {
        let mut spec = small();
        spec.parts = Parts::without(&[part]);
        let without = svg(scenario(), &spec);
        assert!(without != whole, "{part:?}");
        let told = match part {
            Part::Title => ">T</text>",
            // The caption says it too, with what it is before it.
            Part::Legend => ">x + y = 0</text>",
            Part::Caption => ">J(x, y) = ",
            Part::Axes => ">x</text>",
            Part::ColorBar => ">J</text>",
            Part::HeatMap => "image-rendering",
            _ => continue,
        };
        assert!(whole.contains(told) && !without.contains(told), "{part:?}");
    }
    let nothing = svg(scenario(), &FigureSpec { parts: Parts::without(&Part::ALL), ..small() });
    assert!(!nothing.contains("<text") && !nothing.contains("<image"), "{nothing}");
}

#[test]
fn absurd_pages_and_many_runs_are_drawn() {
    let mut scenario = Scenario { title: "A very long title ".repeat(10), ..Scenario::default() };
    let mut one = scenario.optimizers[0].clone();
    one.label = Some("A run of many with a long name".to_owned());
    scenario.optimizers = vec![one; 64];
    scenario.run.steps = 3;
    for size in [[50.0, 50.0], [4000.0, 50.0], [50.0, 4000.0], [480.0, 360.0]] {
        let svg = svg(scenario.clone(), &FigureSpec::of_size(size));
        assert!(roxmltree::Document::parse(&svg).is_ok());
    }
    let spec = FigureSpec { parts: Parts::without(&[Part::Caption]), ..small() };
    let svg = svg(scenario, &spec);
    assert!(svg.contains(" more</text>"), "the runs without room are counted");
}

#[test]
fn a_cost_that_is_hardly_defined_and_runs_that_leave_make_a_figure() {
    for formula in ["ln(-1 - x^2 - y^2)", "1e300*x^4 + exp(y)", "0", "1/x", "-x^2 - y^2"] {
        let mut scenario = Scenario::of_formula(formula);
        scenario.run.start = [1.5, 1.0];
        let svg = svg(scenario, &small());
        assert!(roxmltree::Document::parse(&svg).is_ok(), "{formula}");
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{formula}");
    }
}

/// The size of the plot inside its axes, in points, and that of the page.
fn frame_and_page(scenario: Scenario, spec: &FigureSpec) -> [egui::Vec2; 2] {
    let mut session = Session::new(scenario);
    session.finish();
    let mut canvas = Canvas::default();
    stage::draw(page(spec), None, |ui| picture_ui(ui, &mut canvas, &mut session, spec));
    [canvas.frame_size().unwrap(), spec.drawn_size()]
}

#[test]
fn the_plot_takes_the_room_of_a_slide() {
    for (id, least) in [("slide-16x9", 0.33), ("slide-4x3", 0.33), ("a4", 0.45), ("square", 0.4)] {
        let spec = FigureSpec::of_preset(crate::figure::page::presets::preset(id).unwrap());
        let [frame, page] = frame_and_page(Scenario::default(), &spec);
        let share = frame.x * frame.y / (page.x * page.y);
        assert!(share >= least, "{id}: {share}");
    }
}

#[test]
fn an_exact_view_has_its_own_proportions_on_every_page() {
    for size in [[1600.0, 900.0], [900.0, 1600.0], [1000.0, 1000.0], [400.0, 300.0]] {
        for (x, y) in [([-2.0, 2.0], [-1.0, 3.0]), ([0.0, 3.0], [0.0, 1.0]), ([0.0, 1.0], [0.0, 2.5])] {
            let view = super::super::spec::View { x, y, equal_axes: true };
            let spec = FigureSpec { is_exact: true, view: Some(view), ..FigureSpec::of_size(size) };
            let [frame, _] = frame_and_page(Scenario::default(), &spec);
            let ratio = (x[1] - x[0]) / (y[1] - y[0]);
            let off = f64::from(frame.x / frame.y) / ratio - 1.0;
            assert!(off.abs() < 0.02, "{size:?} {x:?} {y:?}: {frame:?}");
        }
    }
}

#[test]
fn a_figure_without_a_title_is_headed_by_its_cost() {
    let mut scenario = Scenario::of_formula("x^2 + 3y^2");
    scenario.run.steps = 5;
    let mut without = small();
    without.parts = Parts::without(&[Part::Title]);
    let [with, without] = [small(), without].map(|spec| svg(scenario.clone(), &spec));
    assert!(with.len() > without.len() + 500, "set as shapes");
}
