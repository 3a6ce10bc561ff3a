//! The heads of the runs: where each stands at a step. Those at one place fan out around it, so that every one is seen.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use egui::{Pos2, Rect, Shape, Stroke, Vec2};

use super::edge_mark::edge_mark_shapes;
use super::scene::{Layer, Scene};
use crate::figure::look::inks::Inks;
use crate::figure::look::marker::REACH;
use crate::figure::look::palette::PathStyle;
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::lift::Lift;
use crate::optimizer::Trajectory;

/// The radius of the marker of a head, in screen points.
pub const HEAD_RADIUS: f32 = 6.0;
/// Of two markers nearer to each other than this, in screen points, one hides the other.
const NEAR: f32 = 5.0;
/// From one marker of a fan to the next: they touch.
const SPACING: f32 = 15.0;
/// The place itself is seen in the middle of a fan.
const SMALLEST_FAN: f32 = 14.0;
/// A fan has more than one ring where it has more markers than this.
const INNERMOST: usize = 8;
/// How far all of a marker is inside of the frame.
const INSET: f32 = HEAD_RADIUS * REACH + EDGE;
const EDGE: f32 = 1.5;
/// Of the line from a place to a marker that stands beside it, and of its edge.
const SPOKE_WIDTHS: [f32; 2] = [3.6, 1.6];
/// Of the dot at the place, with its edge and without.
const DOT_RADII: [f32; 2] = [3.4, 2.0];

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// The place of the run among the optimizers of the scenario.
    pub run: usize,
    /// The iterate.
    pub at: [f64; 2],
}

impl Head {
    /// Where the path of a run stands at `step`.
    pub fn new(run: usize, path: &Trajectory, step: u32, lift: &Lift) -> Option<Self> {
        path.point_at(step).map(|p| Self { run, at: lift.place(p) })
    }
}

/// The heads of the visible runs.
#[derive(Default)]
pub(in crate::figure) struct HeadLayer;

impl Layer for HeadLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        if scene.shows(Part::Heads) {
            let heads: Vec<Head> = (scene.order.iter())
                .filter_map(|&run| {
                    Head::new(run, scene.picture.paths.get(run)?.trajectory, scene.options.step, scene.lift)
                })
                .collect();
            scene.painter.extend(heads_shapes(scene.projection, &heads, scene.styles, scene.inks));
        }
        true
    }
}

/// Where the marker of each head is drawn: at its place, or beside it where another would hide it or be hidden. In the
/// order of the heads, which does not change where they are drawn; `None` for a head that is not in sight.
pub fn head_places(projection: Projection, heads: &[Head]) -> Vec<Option<Pos2>> {
    let in_sight = |head: &Head| projection.to_pos(head.at).filter(|at| projection.frame.contains(*at));
    let mut seen: Vec<(usize, usize, Pos2)> = (heads.iter().enumerate())
        .filter_map(|(index, head)| Some((head.run, index, in_sight(head)?)))
        .collect();
    seen.sort_by_key(|(run, ..)| *run);
    let stands: Vec<Pos2> = seen.iter().map(|(.., at)| *at).collect();
    let mut places = vec![None; heads.len()];
    for ((_, index, _), place) in seen.iter().zip(fanned_out(&stands, projection.frame)) {
        places[*index] = Some(place);
    }
    places
}

/// Moves positions apart that are too near to each other: they become a fan, and so do fans that meet.
fn fanned_out(stands: &[Pos2], frame: Rect) -> Vec<Pos2> {
    // The fan that each belongs to, by its first member.
    let mut fans: Vec<usize> = (0..stands.len()).collect();
    let mut places = stands.to_vec();
    loop {
        let mut has_met = false;
        for one in 0..stands.len() {
            for other in 0..one {
                let [kept, gone] = [fans[one].min(fans[other]), fans[one].max(fans[other])];
                if kept != gone && places[one].distance(places[other]) < NEAR {
                    fans.iter_mut().filter(|fan| **fan == gone).for_each(|fan| *fan = kept);
                    has_met = true;
                }
            }
        }
        if !has_met {
            return places;
        }
        for first in 0..stands.len() {
            let members: Vec<usize> = (0..stands.len()).filter(|member| fans[*member] == first).collect();
            if members.len() > 1 {
                let sum = members.iter().fold(Vec2::ZERO, |sum, member| sum + stands[*member].to_vec2());
                let middle = (sum / members.len() as f32).to_pos2();
                for (member, place) in members.iter().zip(fan(middle, members.len(), frame)) {
                    places[*member] = place;
                }
            }
        }
    }
}

/// So many places on rings around a middle, which gives way where the frame would cut a marker off.
fn fan(middle: Pos2, count: usize, frame: Rect) -> Vec<Pos2> {
    let fitting = |count: usize| SPACING / (2.0 * (PI / count as f32).sin());
    let mut radius = fitting(count.clamp(2, INNERMOST)).max(SMALLEST_FAN);
    let mut around: Vec<Vec2> =
        (0..count.min(INNERMOST)).map(|k| on_ring(radius, k, count.min(INNERMOST))).collect();
    while around.len() < count {
        radius += SPACING;
        let most = (PI / (SPACING / (2.0 * radius)).asin()) as usize;
        let here = most.min(count - around.len());
        around.extend((0..here).map(|k| on_ring(radius, k, here)));
    }
    let room = frame.shrink(radius + INSET);
    let middle = if room.is_positive() { room.clamp(middle) } else { middle };
    around.into_iter().map(|away| middle + away).collect()
}

/// One of so many vectors around a ring; two are side by side.
fn on_ring(radius: f32, k: usize, count: usize) -> Vec2 {
    let first = if count == 2 { PI } else { -FRAC_PI_2 };
    radius * Vec2::angled(first + TAU * k as f32 / count as f32)
}

/// The markers of the heads, later ones over earlier ones, and marks at the edge for those that are not in sight. A marker
/// beside its place is joined to it by a line, and the place has a dot.
fn heads_shapes(projection: Projection, heads: &[Head], styles: &[PathStyle], inks: Inks) -> Vec<Shape> {
    let places = head_places(projection, heads);
    let drawn: Vec<_> = (heads.iter().zip(places))
        .filter_map(|(head, place)| Some((head, place, *styles.get(head.run)?)))
        .collect();
    let (mut shapes, mut dots) = (Vec::new(), Vec::new());
    for (head, place, style) in &drawn {
        if let (Some(at), Some(place)) = (projection.to_pos(head.at), place)
            && at != *place
        {
            let spoke = |(width, ink)| Shape::line_segment([at, *place], Stroke::new(width, ink));
            shapes.extend(SPOKE_WIDTHS.into_iter().zip([style.edge, style.color]).map(spoke));
            let dot = |(radius, ink)| Shape::circle_filled(at, radius, ink);
            dots.extend(DOT_RADII.into_iter().zip([inks.edge, inks.mark]).map(dot));
        }
    }
    shapes.append(&mut dots);
    for (head, place, style) in &drawn {
        // Of a marker at the frame a part is seen.
        if let Some(at) = place.or_else(|| projection.to_pos(head.at)) {
            shapes.extend(style.marker.shapes(at, HEAD_RADIUS, style.color, Stroke::new(EDGE, style.edge)));
        }
    }
    let ends: Vec<_> = drawn.iter().map(|(head, _, style)| (head.at, *style)).collect();
    shapes.extend(edge_mark_shapes(projection, &ends));
    shapes
}

#[cfg(test)]
mod tests;
