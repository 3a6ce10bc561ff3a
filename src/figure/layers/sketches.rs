//! The stages of a step over the plot: slopes and ways as arrows, averages of squares as squares, effective rates as a box,
//! a fitted quadratic as its isolines, a line search as the lengths that it tried, a trust region as its disc, a simplex as itself.
//!
//! A way is true to scale. A slope has another unit than the plane: its arrow has one length on the screen whatever it is, and
//! squares and boxes are as large as suits the eye, to scale among themselves.

mod boxes;
mod label;
mod on_curve;
mod quadratic;
mod searched;

use egui::{Color32, Pos2, Rect, Shape, Stroke, Ui, Vec2, vec2};

use boxes::boxes;
use label::Label;
use on_curve::OnCurve;
use quadratic::quadratic;
use searched::{disc, line_search, simplex};

use crate::elementary;
use crate::figure::look::Look;
use crate::figure::look::palette::Inks;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::lift::Lift;
use crate::objective::{Curvature, Point, is_finite};
use crate::optimizer::{Drawn, Sketch, Stage};
use crate::scenario::Scenario;

/// How stages are drawn.
#[derive(Clone, Copy, Debug)]
pub struct SketchLook {
    /// The inks on the shades.
    pub inks: Inks,
    /// The color of the run.
    pub run: Color32,
    /// What stands around it, to be seen on any shade.
    pub edge: Color32,
    /// The stage that is spoken of; all of them are where none is.
    pub active: Option<usize>,
}

impl SketchLook {
    /// That of the stages of a run; nothing where there is no such run.
    pub fn of_run(
        ui: &Ui,
        scenario: &Scenario,
        run: usize,
        look: Look,
        active: Option<usize>,
    ) -> Option<Self> {
        let style = *look.path_styles(&scenario.optimizers, ui.theme()).get(run)?;
        Some(Self { inks: look.inks(ui.theme()), run: style.color, edge: style.edge, active })
    }
}

/// The length of the arrow of a slope, and of the longest side of a box, in points.
const SLOPE: f32 = 70.0;
const SIDE: f32 = 56.0;
/// A way shorter than this on the screen is no arrow any more.
const SHORTEST: f32 = 3.0;

/// A stage as it is on the screen: what is drawn, the line that a pointer may be at, and where its label would stand.
struct Placed {
    shapes: Vec<Shape>,
    line: Vec<Pos2>,
    /// Where the label belongs, and away from what.
    label: Option<(Pos2, Vec2)>,
}

/// Draws the stages of a step; returns the place of the stage that is under the pointer.
///
/// Of the stages before the one that is spoken of, arrows remain, faint; what comes after it is not there yet.
pub fn sketches_ui(
    ui: &mut Ui,
    stages: &[Stage],
    projection: Projection,
    look: SketchLook,
    lift: &Lift,
    pointer: Option<Pos2>,
) -> Option<usize> {
    let painter = ui.painter().with_clip_rect(projection.frame.intersect(ui.clip_rect()));
    let last = look.active.unwrap_or(stages.len().saturating_sub(1));
    let sketches = || stages.iter().enumerate().filter_map(|(at, stage)| Some((at, stage.sketch.as_ref()?)));
    let mut taken: Vec<Rect> = sketches()
        .filter_map(|(_, sketch)| match sketch.of {
            Drawn::Step { to, .. } => {
                Some(Rect::from_center_size(projection.to_pos(lift.place(to))?, Vec2::splat(20.0)))
            }
            _ => None,
        })
        .collect();
    let step = sketches().find_map(|(_, sketch)| match sketch.of {
        Drawn::Step { from, to } => Some([from, to]),
        _ => None,
    });
    let on_curve = lift.is_on_curve().then_some(OnCurve { lift, projection, look, step });
    let mut labels = Vec::new();
    let mut pointed_at: Option<(f32, usize)> = None;
    for (at, sketch) in sketches().filter(|(at, _)| *at <= last) {
        let is_active = at == last;
        let placed = match &on_curve {
            Some(on_curve) => on_curve.placed(&sketch.of, is_active),
            None => placed(&sketch.of, projection, look, is_active),
        };
        let Some(placed) = placed else { continue };
        painter.extend(placed.shapes);
        if let Some(distance) = pointer.and_then(|pointer| distance_to(&placed.line, pointer))
            && distance <= 8.0
            && pointed_at.is_none_or(|(nearest, _)| distance < nearest)
        {
            pointed_at = Some((distance, at));
        }
        labels.extend(placed.label.map(|place| (is_active, sketch.label.as_ref(), place)));
    }
    // The one that is spoken of has the first choice of a place.
    labels.sort_by_key(|(is_active, ..)| !is_active);
    // What several stages draw alike is named once.
    let mut named = std::collections::HashSet::new();
    labels.retain(|(_, text, _)| named.insert(*text));
    for (is_active, text, (anchor, away)) in labels {
        let label = Label { text, anchor, away, strength: if is_active { 1.0 } else { 0.8 } };
        label.show_ui(ui, projection.frame, look.inks, &mut taken);
    }
    pointed_at.map(|(_, at)| at)
}

/// What a stage alone is drawn with.
pub(super) fn shapes_of(
    drawn: &Drawn,
    projection: Projection,
    look: SketchLook,
    is_active: bool,
) -> Vec<Shape> {
    placed(drawn, projection, look, is_active).map_or_else(Vec::new, |placed| placed.shapes)
}

fn placed(drawn: &Drawn, projection: Projection, look: SketchLook, is_active: bool) -> Option<Placed> {
    let SketchLook { inks, run, edge, .. } = look;
    let strength = if is_active { 1.0 } else { 0.5 };
    let to_pos = |at: Point| projection.to_pos(at.into());
    match *drawn {
        Drawn::Slope { at, slope, before } => {
            let from = to_pos(at)?;
            let longest = before.map_or(0.0, length).max(length(slope));
            let arrow = |slope: Point, share: f64| {
                let direction = on_screen(slope, projection)?;
                Some((SLOPE * share as f32).max(8.0) * direction)
            };
            let whole = arrow(slope, length(slope) / longest)?;
            let mut shapes = Vec::new();
            if let Some(by) =
                before.and_then(|before| arrow(before, length(before) / longest)).filter(|_| is_active)
            {
                // Beside it, or one would hide the other.
                let aside = 7.0 * whole.normalized().rot90();
                shapes.extend(arrow_shapes(from + aside, by, inks.mark.gamma_multiply(0.55), inks.edge, 1.8));
            }
            shapes.extend(arrow_shapes(
                from,
                whole,
                faded(inks.mark, strength),
                faded(inks.edge, strength),
                2.6,
            ));
            Some(Placed { shapes, line: vec![from, from + whole], label: Some((from + whole, whole)) })
        }
        Drawn::Way { from, by } => {
            let (from, to) = (to_pos(from)?, to_pos(from + by)?);
            let width = if is_active { 3.4 } else { 2.0 };
            let shapes = arrow_shapes(from, to - from, faded(run, strength), faded(edge, strength), width);
            let label = Some((to, (to - from).rot90().normalized() * 8.0));
            Some(Placed { shapes, line: vec![from, to], label })
        }
        Drawn::Step { from, to } => {
            let (from, to) = (to_pos(from)?, to_pos(to)?);
            let mut shapes = arrow_shapes(from, to - from, run, edge, 4.2);
            shapes.push(Shape::circle_stroke(to, 9.0, Stroke::new(4.5, inks.edge)));
            shapes.push(Shape::circle_stroke(to, 9.0, Stroke::new(2.0, inks.mark)));
            let middle = from + 0.5 * (to - from);
            Some(Placed { shapes, line: vec![from, to], label: Some((to, to - middle)) })
        }
        // What has no place in the plane stands at the head only while it is spoken of.
        Drawn::Squares { of, before } if is_active => {
            boxes(of.map(f64::sqrt), before.map(|s| s.map(f64::sqrt)), true, projection, look)
        }
        Drawn::Sides(sides) if is_active => boxes(sides, None, false, projection, look),
        Drawn::Quadratic { at, gradient, hessian } if is_active => {
            quadratic(at, gradient, &Curvature::of(&hessian)?, projection, look)
        }
        Drawn::LineSearch(ref search) => line_search(search, projection, look, is_active),
        Drawn::Disc { at, radius } => disc(at, radius, projection, look, is_active),
        Drawn::Simplex { before, after } => simplex(before, after, projection, look, is_active),
        Drawn::Squares { .. } | Drawn::Sides(_) | Drawn::Quadratic { .. } => None,
        // They stand on a curve, not in the plane.
        Drawn::Tangent { .. } | Drawn::Secant { .. } | Drawn::Bracket { .. } => None,
    }
}

/// The direction of a vector of the plane on the screen; nothing where it has none.
fn on_screen(vector: Point, projection: Projection) -> Option<Vec2> {
    let Projection { region, frame } = projection;
    let size = length(vector);
    let direction = vec2(
        (vector.x / size) as f32 * frame.width() / region.width() as f32,
        -(vector.y / size) as f32 * frame.height() / region.height() as f32,
    );
    (size.is_finite() && size > 0.0 && direction.length() > 0.0).then(|| direction.normalized())
}

fn length(vector: Point) -> f64 {
    elementary::hypot(vector.x, vector.y)
}

fn faded(color: Color32, strength: f32) -> Color32 {
    color.gamma_multiply(strength)
}

/// An arrow with an edge; a point where it is too short for one.
fn arrow_shapes(from: Pos2, by: Vec2, color: Color32, edge: Color32, width: f32) -> Vec<Shape> {
    if by.length() < SHORTEST {
        return vec![Shape::circle_filled(from, 3.4, edge), Shape::circle_filled(from, 2.2, color)];
    }
    let direction = by.normalized();
    let across = direction.rot90();
    let tip = from + by;
    let head = (3.6 * width).min(by.length());
    let neck = tip - 0.8 * head * direction;
    let triangle = |more: f32| {
        let (tip, base) = (tip + 1.4 * more * direction, tip - (head + 0.6 * more) * direction);
        let half = 0.46 * head + more;
        vec![tip, base + half * across, base - half * across]
    };
    vec![
        Shape::line_segment([from, neck], Stroke::new(width + 2.6, edge)),
        Shape::convex_polygon(triangle(1.6), edge, Stroke::NONE),
        Shape::line_segment([from, neck], Stroke::new(width, color)),
        Shape::convex_polygon(triangle(0.0), color, Stroke::NONE),
    ]
}

/// How far a place is from a line; nothing of no line.
fn distance_to(line: &[Pos2], at: Pos2) -> Option<f32> {
    let of_piece = |ends: &[Pos2]| {
        let (along, to) = (ends[1] - ends[0], at - ends[0]);
        let share = (to.dot(along) / along.length_sq().max(f32::MIN_POSITIVE)).clamp(0.0, 1.0);
        (to - share * along).length()
    };
    line.windows(2).map(of_piece).min_by(f32::total_cmp)
}

/// Where the step and what is drawn of it are, in the plane: what is to be looked at to see it.
pub fn extent(stages: &[Stage], lift: &Lift) -> Vec<Point> {
    let ends = |sketch: &Sketch| match sketch.of {
        Drawn::Step { from, to } if lift.is_on_curve() => {
            let both = [from, to].map(|at| Point::from(lift.place(at)));
            both.into_iter().chain([from, to]).collect()
        }
        Drawn::Way { from, by } if lift.is_on_curve() => vec![from + by],
        Drawn::Way { from, by } => vec![from, from + by],
        Drawn::Step { from, to } => vec![from, to],
        Drawn::Simplex { before, after } => before.into_iter().chain(after).collect(),
        _ => Vec::new(),
    };
    let points = stages.iter().filter_map(|stage| stage.sketch.as_ref()).flat_map(ends);
    points.filter(|at| is_finite(*at)).collect()
}

#[cfg(test)]
mod tests;
