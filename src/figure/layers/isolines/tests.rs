//! The numbers of the isolines of every built-in cost, and the lines under them.

use super::*;
use crate::builtin::BUILT_INS;
use crate::figure::Look;
use crate::figure::plane::camera::Camera;
use crate::figure::plot::{Canvas, PlotOptions};
use crate::figure::stage::{Drawing, Sheet, draw};
use crate::landscape::ColorMap;
use crate::scenario::Scenario;
use crate::session::Session;
use egui::{Theme, pos2, vec2};

/// The plot of a scenario at about 900×600 points with its labels and frame.
fn drawn(scenario: Scenario, look: Look) -> (Drawing, Vec<IsolineLabel>, Projection) {
    let mut canvas = Canvas::default();
    let mut session = Session::new(scenario);
    let camera = Camera::new(session.scenario().window);
    let options = PlotOptions { cell: 2.0, ..PlotOptions::at_step(0, look) };
    let mut projection = None;
    let drawing = draw(Sheet::new(vec2(1000.0, 650.0), Theme::Dark), None, |ui| {
        projection = Some(canvas.plot_ui(ui, &mut session, &camera, &options).projection);
    });
    (drawing, canvas.isoline_labels().to_vec(), projection.unwrap())
}

fn turned_texts(drawing: &Drawing) -> Vec<&TextShape> {
    let texts = drawing.shapes.iter().filter_map(|clipped| match &clipped.shape {
        Shape::Text(text) => Some(text),
        _ => None,
    });
    texts.filter(|text| text.angle != 0.0).collect()
}

#[test]
fn no_numbers_of_any_built_in_cost_overlap_or_leave_the_frame() {
    let mut well_labelled = 0;
    for row in BUILT_INS {
        let (drawing, labels, projection) = drawn(Scenario::of_built_in(row), Look::default());
        assert!(labels.len() >= 2 && labels.len() <= 16, "{}: {} labels", row.id, labels.len());
        well_labelled += usize::from(labels.len() >= 8);
        for (index, label) in labels.iter().enumerate() {
            let inside = |corner: &Pos2| projection.frame.contains(*corner);
            assert!(label.area.corners(0.0).iter().all(inside), "{}: {label:?}", row.id);
            for other in &labels[..index] {
                assert!(!label.area.overlaps(&other.area, 6.0), "{}: {label:?} and {other:?}", row.id);
                assert_eq!(label.text == other.text, label.level == other.level, "{}", row.id);
            }
            let said: f64 = label.text.replace('\u{2212}', "-").parse().unwrap();
            assert!((said - label.level).abs() <= 0.005 * label.level.abs(), "{}: {label:?}", row.id);
            let is_drawn = |text: &&TextShape| {
                let middle =
                    text.pos + egui::emath::Rot2::from_angle(text.angle) * (0.5 * text.galley.size());
                text.galley.text() == label.text && middle.distance(label.area.center) < 0.01
            };
            assert!(label.area.angle == 0.0 || turned_texts(&drawing).iter().any(is_drawn), "{label:?}");
        }
    }
    assert!(well_labelled * 4 >= BUILT_INS.len() * 3, "{well_labelled} of {}", BUILT_INS.len());
}

#[test]
fn numbers_can_be_left_out_and_the_start_never_moves_the_others() {
    let scenario = Scenario::default();
    let (_, labels, projection) = drawn(scenario.clone(), Look::default());
    let none = drawn(scenario.clone(), Look { isoline_labels: false, ..Look::default() });
    assert!(none.1.is_empty() && turned_texts(&none.0).len() == 1, "the name of the y axis alone");
    let mut moved = scenario;
    moved.run.start = projection.to_plane(labels[0].area.center);
    assert_eq!(drawn(moved, Look::default()).1, labels[1..]);
}

#[test]
fn numbers_stand_still_while_paths_are_played() {
    let mut canvas = Canvas::default();
    let mut session = Session::new(Scenario::default());
    let camera = Camera::new(session.scenario().window);
    let mut at_step = |step| {
        let options = PlotOptions { cell: 2.0, ..PlotOptions::at_step(step, Look::default()) };
        let page = Sheet::new(vec2(800.0, 600.0), Theme::Dark);
        draw(page, None, |ui| drop(canvas.plot_ui(ui, &mut session, &camera, &options)));
        canvas.isoline_labels().to_vec()
    };
    let first = at_step(0);
    assert!(!first.is_empty());
    assert!([1, 57, 1000].into_iter().all(|step| at_step(step) == first));
}

#[test]
fn a_line_is_interrupted_under_its_number() {
    let line =
        |points: &[[f32; 2]]| LinePiece { level: 1.0, points: points.iter().map(|p| (*p).into()).collect() };
    let label = TextBox { center: pos2(50.0, 0.0), angle: 0.0, size: vec2(17.0, 12.0) };
    let ends = |pieces: Vec<LinePiece>| {
        pieces.iter().map(|piece| [piece.points[0].x, piece.points.last().unwrap().x]).collect::<Vec<_>>()
    };
    assert_eq!(ends(without(line(&[[0.0, 0.0], [100.0, 0.0]]), &label)), [[0.0, 40.0], [60.0, 100.0]]);
    assert_eq!(
        ends(without(line(&[[0.0, 0.0], [45.0, 0.0], [55.0, 0.0], [100.0, 0.0]]), &label)),
        [[0.0, 40.0], [60.0, 100.0]]
    );
    assert_eq!(ends(without(line(&[[0.0, 30.0], [100.0, 30.0]]), &label)), [[0.0, 100.0]]);
    assert!(without(line(&[[45.0, 0.0], [55.0, 0.0]]), &label).is_empty());
}

#[test]
fn ink_is_black_on_light_and_white_on_dark() {
    for (map, [low, high]) in [
        (ColorMap::Slate, [Color32::WHITE; 2]),
        (ColorMap::Paper, [Color32::BLACK; 2]),
        (ColorMap::Viridis, [Color32::WHITE, Color32::BLACK]),
    ] {
        assert_eq!([map.table()[0], map.table()[255]].map(ink_on), [low, high], "{map:?}");
    }
}
