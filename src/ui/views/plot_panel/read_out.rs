//! What the pointer reads off the plot: cost and derivatives in a corner, an arrow, the axes of curvature, the slopes on the
//! curve of a constraint, and the iterate of a path beside it.

use egui::text::LayoutJob;
use egui::{Align2, Color32, FontId, Pos2, Rect, Shape, Stroke, TextFormat, Ui};

use crate::expr::display_name;
use crate::figure::layers::contact::Contact;
use crate::figure::layers::heads::{HEAD_RADIUS, Head, head_places};
use crate::figure::layers::probe::{Probe, ProbedIterate, curvature_axes, nearest_iterate, steepest_arrow};
use crate::figure::layers::probe_shapes::{arrow_shapes, curvature_shapes, ring_shapes};
use crate::figure::look::number::{coordinate, short};
use crate::figure::look::palette::Inks;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::lift::Lift;
use crate::figure::plane::path::{line_shape, visible_pieces};
use crate::figure::{Look, unit_words};
use crate::objective::{Goal, Point};
use crate::optimizer::{Entry, Polyline};
use crate::session::{Path, Session};
use crate::ui::views::plate::{FONT, MARGIN, PADDING, plate_beside_ui, plate_ui};

/// A constraint's curve within this distance of the pointer is touched, in points.
pub(super) const TOUCH: f32 = 12.0;
/// An iterate within this distance of the pointer is meant, in points.
const REACH: f32 = 10.0;

/// What is read off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ReadOff {
    /// The run whose iterate is under the pointer.
    pub run: Option<usize>,
    /// That iterate, or what is below the pointer.
    pub at: Point,
}

/// Draws everything that is read at the pointer, of what is shown at `step`.
pub(super) fn read_out_ui(
    ui: &Ui,
    session: &Session,
    projection: Projection,
    pointer: Pos2,
    look: &Look,
    step: u32,
) -> Option<ReadOff> {
    let objective = session.objective()?;
    let lift = Lift::of(Some(objective));
    let iterate = iterate_at(session, projection, pointer, step, &lift);
    let [x, y] = projection.to_plane(pointer);
    if lift.is_on_curve() {
        return Some(curve_read_out_ui(ui, session, projection, pointer, look, iterate, &lift));
    }
    let probe = Probe::new(objective, Point::new(x, y), look.hessian_axes);
    let painter = ui.painter().with_clip_rect(projection.frame.intersect(ui.clip_rect()));
    let inks = look.inks(ui.theme());
    let contact = session.problem().filter(|_| iterate.is_none());
    let contact = contact.and_then(|problem| Contact::near(problem, projection, pointer, TOUCH));
    if let Some(contact) = contact {
        painter.extend(contact.shapes(projection, inks));
        let job = LayoutJob::simple(contact.lines().join("\n"), FONT, inks.mark, f32::INFINITY);
        plate_beside_ui(ui, &painter, inks, job, pointer, projection.frame.shrink(MARGIN));
    } else if iterate.is_none() {
        if let Some(curvature) = probe.curvature
            && let Some(axes) = curvature_axes(&curvature, projection)
        {
            painter.extend(curvature_shapes(pointer, axes, curvature.signs(), inks));
        }
        // Where the slopes of batches are drawn, so is that of all rows.
        let has_slopes = look.batch_gradients && session.scenario().batches().is_some();
        if look.gradient_arrow
            && !has_slopes
            && let Some(arrow) = steepest_arrow(probe.gradient, objective.goal(), projection)
        {
            painter.extend(arrow_shapes(pointer, arrow, inks));
            let name = if objective.goal() == Goal::Minimize { "−∇J" } else { "∇J" };
            let galley = painter.layout_no_wrap(name.to_owned(), FontId::proportional(12.5), inks.mark);
            let room = Rect::from_center_size(pointer + arrow + 20.0 * arrow.normalized(), galley.size());
            painter.rect_filled(room.expand(2.0), 3.0, inks.label_background);
            painter.galley(room.min, galley, inks.mark);
        }
    }
    let names = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
    let mut lines = probe.lines(&names, &projection.region);
    lines.extend(unit_lines(session, Point::new(x, y)));
    corner_ui(ui, projection, inks, Align2::LEFT_BOTTOM, lines.join("\n"));
    if let Some(iterate) = iterate {
        iterate_ui(ui, session, look, projection, iterate, pointer, &lift);
    }
    let of_path = |iterate: ProbedIterate| session.trajectory(iterate.run)?.0.point(iterate.step);
    let at = iterate.and_then(of_path).unwrap_or(Point::new(x, y));
    Some(ReadOff { run: iterate.map(|iterate| iterate.run), at })
}

/// The same of a cost of one variable: the point of the curve over the pointer, with the tangent there.
fn curve_read_out_ui(
    ui: &Ui,
    session: &Session,
    projection: Projection,
    pointer: Pos2,
    look: &Look,
    iterate: Option<ProbedIterate>,
    lift: &Lift,
) -> ReadOff {
    let painter = ui.painter().with_clip_rect(projection.frame.intersect(ui.clip_rect()));
    let inks = look.inks(ui.theme());
    let at = Point::new(projection.to_plane(pointer)[0], 0.0);
    let of_path = |iterate: ProbedIterate| session.trajectory(iterate.run)?.0.point(iterate.step);
    let at = iterate.and_then(of_path).unwrap_or(at);
    if let Some(objective) = session.objective() {
        let here = objective.exact().evaluator().exact_uncounted(at);
        let [value, slope, bend] = [here.value, here.gradient.x, here.hessian.m11];
        if look.gradient_arrow && iterate.is_none() {
            painter.extend(tangent_shapes([at.x, value], slope, projection, inks));
        }
        let cost = &session.scenario().cost;
        let x = display_name(&cost.variables[0]);
        let f = cost.letter();
        let place = coordinate(at.x, projection.region.width());
        let lines = format!(
            "{x} {place}   {f} {}   {f}\u{2032} {}   {f}\u{2033} {}",
            short(value, 5),
            short(slope, 4),
            short(bend, 4)
        );
        corner_ui(ui, projection, inks, Align2::LEFT_BOTTOM, lines);
    }
    if let Some(iterate) = iterate {
        iterate_ui(ui, session, look, projection, iterate, pointer, lift);
    }
    ReadOff { run: iterate.map(|iterate| iterate.run), at }
}

/// The tangent at a point of a curve, across what is seen, and the point.
fn tangent_shapes([x, value]: [f64; 2], slope: f64, projection: Projection, inks: Inks) -> Vec<Shape> {
    let ends = projection.region.x.map(|end| projection.to_screen([end, value + slope * (end - x)]));
    let clip = projection.frame.expand(4.0);
    let mut shapes: Vec<Shape> = visible_pieces(ends, clip)
        .iter()
        .flat_map(|piece| {
            [Stroke::new(3.4, inks.edge), Stroke::new(1.4, inks.mark)].map(|stroke| line_shape(piece, stroke))
        })
        .collect();
    if let Some(at) = projection.to_pos([x, value]) {
        shapes.push(Shape::circle_filled(at, 4.4, inks.edge));
        shapes.push(Shape::circle_filled(at, 3.0, inks.mark));
    }
    shapes
}

/// What the parameters of scaled columns are for the columns as they are given: a line for each.
pub(super) fn unit_lines(session: &Session, theta: Point) -> Vec<String> {
    let Ok(units) = session.parameter_units() else { return Vec::new() };
    let names = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
    unit_words(units, &names, theta)
}

/// The iterate of a visible path under the pointer, of those that are drawn at `step`: the one whose head is there, or the
/// one that is nearest.
fn iterate_at(
    session: &Session,
    projection: Projection,
    pointer: Pos2,
    step: u32,
    lift: &Lift,
) -> Option<ProbedIterate> {
    let runs: Vec<Path<'_>> = session.visible_paths().collect();
    let heads: Vec<Head> =
        runs.iter().filter_map(|path| Head::new(path.index, path.trajectory, step, lift)).collect();
    let places = head_places(projection, &heads);
    let distance = |place: &Option<Pos2>| place.map_or(f32::INFINITY, |place| place.distance(pointer));
    let under = (heads.iter().zip(&places)).min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
    let last = |run: usize| session.trajectory(run)?.0.entry_at(step);
    if let Some((head, place)) = under
        && distance(place) <= HEAD_RADIUS
        && let Some(step) = last(head.run).filter(|step| *step > 0)
    {
        return Some(ProbedIterate { run: head.run, step });
    }
    let paths: Vec<(usize, Polyline<'_>)> =
        (runs.iter()).map(|path| (path.index, path.trajectory.polyline(step))).collect();
    nearest_iterate(&paths, projection, pointer, REACH, lift)
}

/// A ring around an iterate, and a plate beside the pointer that says where it is and what the run found there.
fn iterate_ui(
    ui: &Ui,
    session: &Session,
    look: &Look,
    projection: Projection,
    ProbedIterate { run, step }: ProbedIterate,
    pointer: Pos2,
    lift: &Lift,
) -> Option<()> {
    let (path, _) = session.trajectory(run)?;
    let (Entry { at, value, .. }, norm) = (path.entry(step)?, path.gradient_norm(step)?);
    let painter = &ui.painter().with_clip_rect(projection.frame.intersect(ui.clip_rect()));
    let inks = look.inks(ui.theme());
    let color = look.path_styles(&session.scenario().optimizers, ui.theme()).get(run)?.color;
    if let Some(at) = projection.to_pos(lift.place(at)) {
        painter.extend(ring_shapes(at, color, inks));
    }
    let cost = &session.scenario().cost;
    let names = cost.variables.each_ref().map(|name| display_name(name));
    let mut job = LayoutJob::default();
    let mut add = |text: String, color: Color32| {
        job.append(&text, 0.0, TextFormat { font_id: FONT, color, ..TextFormat::default() });
    };
    add(session.scenario().run_name(run), color);
    let seen = projection.region;
    let sides = [seen.width(), seen.height()];
    let coordinates: Vec<String> = (0..cost.shown_variables().len())
        .map(|axis| format!("{} {}", names[axis], coordinate(at[axis], sides[axis])))
        .collect();
    let [letter, slope] = match (cost.goal, coordinates.len()) {
        (Goal::Zero, _) => ["f", "|f\u{2032}|"],
        (_, 1) => ["J", "|J\u{2032}|"],
        _ => ["J", "‖∇J‖"],
    };
    let (value, norm) = (short(value, 5), short(norm, 4));
    add(format!("\nstep {step}\n{}\n{letter} {value}   {slope} {norm}", coordinates.join("   ")), inks.mark);
    for line in unit_lines(session, at) {
        add(format!("\n{line}"), inks.mark);
    }
    plate_beside_ui(ui, painter, inks, job, pointer, projection.frame.shrink(MARGIN));
    Some(())
}

/// Lines of text on a plate in a corner of the plot: sentences above, quantities below.
pub(super) fn corner_ui(ui: &Ui, projection: Projection, inks: Inks, corner: Align2, text: String) {
    let ink = inks.mark;
    let painter = ui.painter().with_clip_rect(projection.frame.intersect(ui.clip_rect()));
    let widest = projection.frame.width() - 2.0 * (MARGIN + PADDING);
    let is_above = corner.y() == egui::Align::Min;
    let set = if is_above { text.clone() } else { kept_together(&text) };
    let galley = painter.layout(set, FONT, ink, widest);
    let area = corner.align_size_within_rect(galley.size(), projection.frame.shrink(MARGIN));
    plate_ui(ui, &painter, inks, area.expand(PADDING), &text, if is_above { "top" } else { "bottom" });
    painter.galley(area.min, galley, ink);
}

/// Lines that are broken between two quantities or before what one is equal to, and never between a name and its number.
fn kept_together(text: &str) -> String {
    let line = |line: &str| {
        let together =
            |quantity: &str| quantity.replace(' ', "\u{a0}").replacen("\u{a0}=\u{a0}", "\u{a0}= ", 1);
        line.split("   ").map(together).collect::<Vec<_>>().join("   ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_broken_between_quantities_alone() {
        let set = kept_together("x 1.5   J −2   ∇J (3, 4)\nθ₁ 1.9 per sd of x = 0.8 at x = 0");
        let pieces: Vec<&str> = set.split([' ', '\n']).filter(|piece| !piece.is_empty()).collect();
        let expected = ["x 1.5", "J −2", "∇J (3, 4)", "θ₁ 1.9 per sd of x =", "0.8 at x = 0"];
        assert_eq!(pieces, expected.map(|piece| piece.replace(' ', "\u{a0}")));
        assert_eq!(set.replace('\u{a0}', " ").lines().count(), 2);
    }
}
