//! Where a step looks before it goes: the lengths of a line search, the disc of a trust region, the simplex of Nelder and Mead.

use egui::{Pos2, Shape, Stroke, vec2};

use super::{Placed, SketchLook, faded};
use crate::elementary;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::path::{dashes, line_shape};
use crate::objective::Point;
use crate::optimizer::LineSearch;

/// The corners that a circle is drawn with.
const CORNERS: u32 = 96;

/// The way along the direction as far as it was tried, with a mark at each length; the one that was found is full.
pub(super) fn line_search(
    search: &LineSearch,
    projection: Projection,
    look: SketchLook,
    is_active: bool,
) -> Option<Placed> {
    let SketchLook { inks, run, edge, .. } = look;
    let strength = if is_active { 1.0 } else { 0.5 };
    let to_pos = |length: f64| projection.to_pos(search.point(length).into());
    let from = to_pos(0.0)?;
    // Of lengths that lie far outside of the picture the nearest is enough.
    let places: Vec<(f64, Pos2)> = search
        .trials
        .iter()
        .filter_map(|trial| {
            Some((trial.length, to_pos(trial.length).filter(|at| (*at - from).length() < 1e5)?))
        })
        .collect();
    let farthest = places
        .iter()
        .map(|(_, at)| *at)
        .max_by(|a, b| (*a - from).length().total_cmp(&(*b - from).length()))?;
    let mut shapes = Vec::new();
    for dash in dashes(&[from, farthest], &[4.0, 4.0]) {
        shapes.push(line_shape(&dash, Stroke::new(3.6, faded(inks.edge, strength))));
        shapes.push(line_shape(&dash, Stroke::new(1.6, faded(inks.mark, strength))));
    }
    let radius = if is_active { 4.5 } else { 3.0 };
    for (length, at) in &places {
        let is_found = *length == search.length;
        shapes.push(Shape::circle_filled(*at, radius + 1.2, faded(edge, strength)));
        shapes.push(Shape::circle_filled(
            *at,
            radius,
            faded(if is_found { run } else { inks.label_background }, strength),
        ));
        shapes.push(Shape::circle_stroke(*at, radius, Stroke::new(1.5, faded(run, strength))));
    }
    let found = places.iter().find(|(length, _)| *length == search.length).map(|(_, at)| *at);
    let label = found.map(|at| (at, (at - from).rot90().normalized() * 8.0));
    Some(Placed { shapes, line: vec![from, farthest], label })
}

/// A disc of the plane.
pub(super) fn disc(
    at: Point,
    radius: f64,
    projection: Projection,
    look: SketchLook,
    is_active: bool,
) -> Option<Placed> {
    let strength = if is_active { 1.0 } else { 0.5 };
    let corner = |k: u32| {
        let angle = f64::from(k) * std::f64::consts::TAU / f64::from(CORNERS);
        let aside = Point::new(radius * elementary::cos(angle), radius * elementary::sin(angle));
        projection.to_pos((at + aside).into())
    };
    let rim: Vec<Pos2> = (0..=CORNERS).map(corner).collect::<Option<_>>()?;
    let mut shapes = Vec::new();
    for dash in dashes(&rim, &[7.0, 4.0]) {
        shapes.push(line_shape(&dash, Stroke::new(4.0, faded(look.edge, strength))));
        shapes.push(line_shape(&dash, Stroke::new(2.0, faded(look.run, strength))));
    }
    let top = rim[CORNERS as usize / 8];
    Some(Placed { shapes, line: rim, label: is_active.then_some((top, vec2(6.0, -6.0))) })
}

/// A simplex, dashed, and whole what it becomes.
pub(super) fn simplex(
    before: [Point; 3],
    after: [Point; 3],
    projection: Projection,
    look: SketchLook,
    is_active: bool,
) -> Option<Placed> {
    let strength = if is_active { 1.0 } else { 0.5 };
    let closed = |vertices: [Point; 3]| {
        let [a, b, c] = vertices.map(|at| projection.to_pos(at.into()));
        Some(vec![a?, b?, c?, a?])
    };
    let (before, after) = (closed(before)?, closed(after)?);
    let mut shapes = Vec::new();
    let mut outline = |corners: &[Pos2], pattern: &[f32], width: f32| {
        for dash in dashes(corners, pattern) {
            shapes.push(line_shape(&dash, Stroke::new(width + 2.2, faded(look.edge, strength))));
            shapes.push(line_shape(&dash, Stroke::new(width, faded(look.run, strength))));
        }
    };
    outline(&before, &[5.0, 4.0], 1.6);
    outline(&after, &[], 2.4);
    // The vertex that moved is the one that was not there.
    let moved = after.iter().find(|at| !before.contains(at)).copied().unwrap_or(after[0]);
    let others: Vec<Pos2> = after.iter().filter(|at| **at != moved).copied().collect();
    let middle =
        others.iter().fold(egui::Vec2::ZERO, |sum, at| sum + at.to_vec2()) / others.len().max(1) as f32;
    let label = is_active.then(|| (moved, moved.to_vec2() - middle));
    Some(Placed { shapes, line: after, label })
}
