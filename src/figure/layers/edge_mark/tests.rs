use egui::{Color32, Theme, pos2};

use super::*;
use crate::figure::Look;
use crate::landscape::Region;
use crate::optimizer::{METHODS, Settings};
use crate::scenario::{MAX_OPTIMIZERS, OptimizerChoice};

const FRAME: Rect = Rect { min: pos2(60.0, 10.0), max: pos2(860.0, 610.0) };
const PLOT: Projection = Projection { region: Region { x: [-4.0, 4.0], y: [-3.0, 3.0] }, frame: FRAME };

/// Right, right and up, up, …: in the plane, where y points up.
const DIRECTIONS: [[f64; 2]; 8] =
    [[1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [-1.0, 1.0], [-1.0, 0.0], [-1.0, -1.0], [0.0, -1.0], [1.0, -1.0]];

#[test]
fn a_head_outside_is_marked_where_the_line_to_it_leaves_the_plot() {
    // The corners of the track: 17 points from each side of the frame.
    let places = [
        pos2(843.0, 310.0),
        pos2(743.0, 27.0),
        pos2(460.0, 27.0),
        pos2(177.0, 27.0),
        pos2(77.0, 310.0),
        pos2(177.0, 593.0),
        pos2(460.0, 593.0),
        pos2(743.0, 593.0),
    ];
    for far in [4.5, 1e3, 1e12, 1e300, f64::MAX] {
        for ([x, y], place) in DIRECTIONS.into_iter().zip(places) {
            let mark = edge_mark(PLOT, [far * x, far * y]).unwrap();
            let expected = vec2(x as f32, -y as f32).normalized();
            assert!((mark.direction - expected).length() < 1e-5, "{far} {x} {y}: {mark:?}");
            assert!(mark.at.distance(place) < 0.01, "{far} {x} {y}: {mark:?}");
        }
    }
}

#[test]
fn the_direction_is_that_of_the_screen_however_the_axes_are_stretched() {
    let region = Region { x: [-4e6, 4e6], y: [-3e-6, 3e-6] };
    let mark = edge_mark(Projection { region, ..PLOT }, [1e300, -1e288]).unwrap();
    assert!((mark.direction - vec2(1.0, 1.0).normalized()).length() < 1e-5, "{mark:?}");
    let near = Region { x: [1e6, 1e6 + 1e-3], y: [1e6, 1e6 + 1e-3] };
    let mark = edge_mark(Projection { region: near, ..PLOT }, [0.0, 1e6 + 5e-4]).unwrap();
    assert!((mark.direction - vec2(-1.0, 0.0)).length() < 1e-5, "{mark:?}");
}

#[test]
fn no_mark_for_what_can_be_seen_or_is_nowhere() {
    for head in [[0.0, 0.0], [4.0, 3.0], [-4.0, -3.0], [f64::NAN, 9.0], [9.0, f64::INFINITY]] {
        assert_eq!(edge_mark(PLOT, head), None, "{head:?}");
    }
    let small = Projection { frame: Rect::from_min_size(pos2(0.0, 0.0), vec2(200.0, 40.0)), ..PLOT };
    assert_eq!(edge_mark(small, [9.0, 9.0]), None);
    assert_eq!(edge_marks(small, &[[9.0, 9.0]; 3]), [None; 3]);
    assert!(edge_mark(PLOT, [4.0 + 1e-9, 0.0]).is_some());
}

/// Heads in all directions, many of them nearly in the same one.
fn crowds() -> Vec<Vec<[f64; 2]>> {
    let mut random = fastrand::Rng::with_seed(7);
    let mut crowd = |count: usize, directions: usize| -> Vec<[f64; 2]> {
        let toward = |angle: f64| [1e20 * angle.cos(), 1e20 * angle.sin()];
        let mut angle = || {
            std::f64::consts::TAU * random.usize(..directions) as f64 / directions as f64
                + 1e-3 * random.f64()
        };
        (0..count).map(|_| toward(angle())).collect()
    };
    let sizes = [1, 2, 3, 7, 20, MAX_OPTIMIZERS];
    sizes
        .iter()
        .flat_map(|count| [1, 2, 3, 8, 1000].map(|directions| (*count, directions)))
        .map(|(count, directions)| crowd(count, directions))
        .collect()
}

#[test]
fn marks_of_a_crowd_are_spread_along_the_edge_with_no_more_shifting_than_needed() {
    let track = track(FRAME).unwrap();
    let length = 2.0 * (track.width() + track.height());
    for heads in crowds() {
        let spread = edge_marks(PLOT, &heads);
        let mut places: Vec<f32> = spread.iter().map(|mark| along(track, mark.unwrap().at)).collect();
        places.sort_by(f32::total_cmp);
        let least = SPACING.min(0.5 * length / heads.len() as f32) - 0.01;
        for (k, place) in places.iter().enumerate() {
            let next = places.get(k + 1).map_or(places[0] + length, |next| *next);
            assert!(heads.len() == 1 || next - place >= least, "{} heads: {}", heads.len(), next - place);
        }
        for (mark, head) in spread.iter().zip(&heads) {
            let alone = edge_mark(PLOT, *head).unwrap();
            assert_eq!(mark.unwrap().direction, alone.direction);
            let shift = (along(track, mark.unwrap().at) - along(track, alone.at)).abs();
            assert!(shift.min(length - shift) <= 0.5 * SPACING * heads.len() as f32);
        }
    }
    let apart = [[9.0, 0.0], [-9.0, 0.0], [0.0, 9.0]];
    assert_eq!(edge_marks(PLOT, &apart), apart.map(|head| edge_mark(PLOT, head)));
}

#[test]
fn marks_of_all_methods_stay_inside_the_frame() {
    let runs: Vec<OptimizerChoice> = (METHODS.iter().cycle().take(21))
        .map(|method| OptimizerChoice::new(Settings::defaults(method)))
        .collect();
    let styles = Look::default().path_styles(&runs, Theme::Dark);
    for directions in [DIRECTIONS.map(|[x, y]| [1e300 * x, 1e300 * y]), [[5.0, 4.0]; 8]] {
        let heads: Vec<_> =
            styles.iter().zip(directions.iter().cycle()).map(|(s, head)| (*head, *s)).collect();
        let shapes = edge_mark_shapes(PLOT, &heads);
        for color in styles.iter().map(|style| style.color) {
            let drawn = |shape: &Shape| matches!(shape, Shape::Path(path) if path.fill == color);
            assert!(shapes.iter().any(drawn));
        }
        for shape in &shapes {
            assert!(FRAME.contains_rect(shape.visual_bounding_rect()), "{:?}", shape.visual_bounding_rect());
        }
    }
    let here = [([0.0, 0.0], PathStyle { color: Color32::RED, ..styles[0] })];
    assert!(edge_mark_shapes(PLOT, &here).is_empty());
}
