use egui::{Theme, pos2};

use super::*;
use crate::figure::Look;
use crate::landscape::Region;
use crate::optimizer::{METHODS, Settings};
use crate::scenario::{MAX_OPTIMIZERS, OptimizerChoice};

const FRAME: Rect = Rect { min: pos2(60.0, 10.0), max: pos2(860.0, 610.0) };
/// A hundred points for a unit.
const PLOT: Projection = Projection { region: Region { x: [-4.0, 4.0], y: [-3.0, 3.0] }, frame: FRAME };

fn heads(at: &[[f64; 2]]) -> Vec<Head> {
    at.iter().enumerate().map(|(run, at)| Head { run, at: *at }).collect()
}

fn nearest(places: &[Pos2]) -> f32 {
    let others = |k: usize| places[..k].iter().map(move |other| other.distance(places[k]));
    (0..places.len()).flat_map(others).fold(f32::INFINITY, f32::min)
}

#[test]
fn a_head_by_itself_is_where_it_is_and_one_out_of_sight_nowhere() {
    let at = [[0.0, 0.0], [0.2, 0.0], [-3.9, 2.9], [5.0, 0.0], [f64::NAN, 0.0], [1e300, -1e300]];
    let places = head_places(PLOT, &heads(&at));
    let expected = at.map(|at| PLOT.to_pos(at).filter(|at| FRAME.contains(*at)));
    assert_eq!(places, expected);
    assert_eq!(expected.iter().flatten().count(), 3);
}

#[test]
fn heads_at_one_place_touch_and_do_not_overlap_wherever_it_is() {
    for at in [[0.0, 0.0], [-4.0, 3.0], [4.0, -3.0], [3.95, 0.1]] {
        for count in 2..=MAX_OPTIMIZERS {
            // A point of the screen is a hundredth of a unit.
            let near = |k: usize| [at[0] * (1.0 - 1e-4 * k as f64 / count as f64), at[1]];
            let heads = heads(&(0..count).map(near).collect::<Vec<_>>());
            let places: Vec<Pos2> = head_places(PLOT, &heads).into_iter().flatten().collect();
            assert_eq!(places.len(), count);
            assert!(nearest(&places) > SPACING - 0.01, "{count} at {at:?}: {}", nearest(&places));
            let room = FRAME.shrink(INSET - 0.01);
            assert!(places.iter().all(|place| room.contains(*place)), "{count} at {at:?}");
            let middle = PLOT.to_pos(at).unwrap();
            let is_inside = FRAME.shrink(120.0).contains(middle);
            let away = places.iter().map(|place| place.distance(middle)).fold(f32::INFINITY, f32::min);
            assert!(!is_inside || away >= SMALLEST_FAN - 0.1, "{count}: the place itself is seen");
        }
    }
}

#[test]
fn no_marker_hides_another_however_the_heads_lie() {
    let mut random = fastrand::Rng::with_seed(7);
    for round in 0..400 {
        let spread = [1e-9, 0.05, 0.3, 1.0][round % 4];
        let count = random.usize(2..=MAX_OPTIMIZERS);
        let middle = [8.0 * random.f64() - 4.0, 6.0 * random.f64() - 3.0];
        let mut at = || [0, 1].map(|axis| middle[axis] + spread * (random.f64() - 0.5));
        let heads = heads(&(0..count).map(|_| at()).collect::<Vec<_>>());
        let places: Vec<Pos2> = head_places(PLOT, &heads).into_iter().flatten().collect();
        assert!(nearest(&places) >= NEAR, "round {round}: {}", nearest(&places));
    }
}

#[test]
fn places_do_not_depend_on_what_is_drawn_last() {
    let mut shown = heads(&[[0.0; 2]; 5]);
    let places = head_places(PLOT, &shown);
    shown.rotate_left(2);
    let mut rotated = head_places(PLOT, &shown);
    rotated.rotate_right(2);
    assert_eq!(rotated, places);
}

#[test]
fn every_run_is_seen_in_its_color_and_joined_to_its_place() {
    let run = |k: usize| OptimizerChoice::new(Settings::defaults(&METHODS[k]));
    let runs: Vec<OptimizerChoice> = (0..METHODS.len()).map(run).collect();
    let look = Look::default();
    let styles = look.path_styles(&runs, Theme::Dark);
    let shapes_of = |heads: &[Head]| heads_shapes(PLOT, heads, &styles, look.inks(Theme::Dark));
    let shown = heads(&vec![[1.0, 1.0]; METHODS.len()]);
    let shapes = shapes_of(&shown);
    let place = PLOT.to_pos([1.0, 1.0]).unwrap();
    for (style, marker) in styles.iter().zip(head_places(PLOT, &shown)) {
        let is_spoke = |shape: &Shape| match shape {
            Shape::LineSegment { points, stroke } => {
                stroke.color == style.color && *points == [place, marker.unwrap()]
            }
            _ => false,
        };
        assert_eq!(shapes.iter().filter(|shape| is_spoke(shape)).count(), 1);
    }
    // One by itself has no line, and one out of sight has a mark at the edge.
    let apart = shapes_of(&heads(&[[1.0, 1.0], [-1.0, 1.0]]));
    assert!(!apart.iter().any(|shape| matches!(shape, Shape::LineSegment { .. })));
    assert!(shapes_of(&[]).is_empty());
    let away = shapes_of(&heads(&[[1e300, 0.0]]));
    assert!(!away.is_empty() && away.iter().all(|shape| FRAME.contains_rect(shape.visual_bounding_rect())));
}
