//! J along the curve of a constraint: where a contour touches the curve, J neither rises nor falls along it.

use egui::{Align2, FontId, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::figure::chart::{ChartScale, ValueAxis};
use crate::figure::layers::solutions::mark_shapes;
use crate::figure::look::inks::Inks;
use crate::figure::look::marker::Marker;
use crate::figure::plane::path::line_shape;
use crate::figure::plane::ticks::{TickLabels, marks, nice_step};
use crate::landscape::{SolutionKind, Walk};

/// J along a curve, with what lies on it.
pub struct AlongChart<'a> {
    /// The curve.
    pub walk: &'a Walk,
    /// What is measured along it, for the name of the axis.
    pub name: &'a str,
    /// Solutions on it: how far along, J there, and what it is.
    pub solutions: Vec<(f64, f64, SolutionKind)>,
    /// Runs that stand on it: how far along, J there, and how they are drawn.
    pub heads: Vec<(f64, f64, Marker, egui::Color32)>,
    /// The point that is held on it: how far along, and J there.
    pub held: Option<[f64; 2]>,
}

/// What was drawn.
pub struct AlongOutput {
    /// Clicks and drags inside the axes.
    pub response: Response,
    /// The length at which it was clicked or is dragged.
    pub taken_to: Option<f64>,
}

const FONT: FontId = FontId::proportional(12.0);
/// Room for the numbers beside and below the axes, and above and right of them.
const LEFT: f32 = 56.0;
const BELOW: f32 = 34.0;
const ABOVE: f32 = 18.0;
const RIGHT: f32 = 12.0;

impl AlongChart<'_> {
    /// Draws it into this much height.
    pub fn show_ui(&self, ui: &mut Ui, height: f32, inks: Inks) -> AlongOutput {
        let size = vec2(ui.available_width(), height);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let frame = Rect::from_min_max(
            rect.min + vec2(LEFT, ABOVE),
            (rect.max - vec2(RIGHT, BELOW)).max(rect.min + vec2(LEFT + 1.0, ABOVE + 1.0)),
        );
        let values = self.walk.pieces.iter().flat_map(|piece| piece.values.iter().copied());
        let up = ValueAxis::over(ChartScale::Linear, values);
        let whole = self.walk.length().max(f64::MIN_POSITIVE);
        let place = |length: f64, value: f64| {
            let y = frame.bottom() - up.position(value).clamp(-0.5, 1.5) as f32 * frame.height();
            pos2(frame.left() + (length / whole) as f32 * frame.width(), y)
        };
        axes(ui, frame, &up, whole, ["J", self.name]);
        let inside = ui.painter().with_clip_rect(frame.expand(8.0).intersect(ui.clip_rect()));
        let ink = ui.visuals().text_color();
        for piece in &self.walk.pieces {
            let points = piece.lengths.iter().zip(&piece.values);
            for run in finite_runs(points.map(|(length, value)| (*length, *value))) {
                let line: Vec<Pos2> = run.into_iter().map(|(length, value)| place(length, value)).collect();
                inside.add(line_shape(&line, Stroke::new(1.8, ink)));
            }
            if let Some([_, end]) = piece.ends().filter(|[_, end]| *end < whole) {
                let x = place(end, 0.0).x;
                let stroke = Stroke::new(1.0, ink.gamma_multiply(0.4));
                inside.line_segment([pos2(x, frame.top()), pos2(x, frame.bottom())], stroke);
            }
        }
        let marks =
            Inks { mark: ui.visuals().strong_text_color(), edge: ui.visuals().extreme_bg_color, ..inks };
        for (length, value, kind) in &self.solutions {
            inside.extend(mark_shapes(*kind, place(*length, *value), marks));
        }
        for (length, value, marker, color) in &self.heads {
            inside.extend(marker.shapes(place(*length, *value), 4.5, *color, Stroke::new(1.2, marks.edge)));
        }
        if let Some([length, value]) = self.held {
            let at = place(length, value);
            inside.line_segment([pos2(at.x, frame.top()), pos2(at.x, frame.bottom())], Stroke::new(1.0, ink));
            inside.extend([
                Shape::circle_filled(at, 5.4, ui.visuals().strong_text_color()),
                Shape::circle_filled(at, 3.8, Inks::of(ui.theme()).constraint),
            ]);
        }
        let is_taken = response.dragged() || response.clicked();
        let pointer = response.interact_pointer_pos().filter(|_| is_taken);
        let taken_to = pointer.map(|at| {
            let share = f64::from((at.x - frame.left()) / frame.width()).clamp(0.0, 1.0);
            share * whole
        });
        AlongOutput { response, taken_to }
    }
}

/// Draws the axes of a chart of values over lengths from 0 to `whole`, with the names of both.
pub(super) fn axes(ui: &Ui, frame: Rect, up: &ValueAxis, whole: f64, [value_name, length_name]: [&str; 2]) {
    let painter = ui.painter();
    let ink = ui.visuals().text_color();
    let faint = Stroke::new(1.0, ink.gamma_multiply(0.13));
    for (value, text) in up.ticks(frame.height() / 30.0) {
        let y = frame.bottom() - up.position(value) as f32 * frame.height();
        painter.line_segment([pos2(frame.left(), y), pos2(frame.right(), y)], faint);
        painter.text(pos2(frame.left() - 6.0, y), Align2::RIGHT_CENTER, text, FONT, ink);
    }
    let step = nice_step(whole, frame.width() / 70.0);
    let labels = TickLabels::new([0.0, whole], step);
    for mark in marks((0.0, whole), step) {
        let x = frame.left() + (mark.value / whole) as f32 * frame.width();
        painter.line_segment([pos2(x, frame.top()), pos2(x, frame.bottom())], faint);
        painter.text(pos2(x, frame.bottom() + 3.0), Align2::CENTER_TOP, labels.label(mark.value), FONT, ink);
    }
    painter.rect_stroke(frame, 0.0, Stroke::new(1.0, ink.gamma_multiply(0.4)), egui::StrokeKind::Inside);
    painter.text(pos2(frame.left(), frame.top() - 3.0), Align2::LEFT_BOTTOM, value_name, FONT, ink);
    let below = pos2(frame.center().x, frame.bottom() + 18.0);
    painter.text(below, Align2::CENTER_TOP, length_name, FONT, ink);
}

/// The parts of a curve on which there is a number.
pub(super) fn finite_runs(points: impl Iterator<Item = (f64, f64)>) -> Vec<Vec<(f64, f64)>> {
    let mut runs = vec![Vec::new()];
    for point in points {
        match runs.last_mut() {
            Some(run) if point.1.is_finite() => run.push(point),
            Some(run) if run.is_empty() => {}
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_broken_where_the_cost_is_no_number() {
        let points = [
            (0.0, 1.0),
            (1.0, 2.0),
            (2.0, f64::NAN),
            (3.0, 1.0),
            (4.0, f64::INFINITY),
            (5.0, 2.0),
            (6.0, 3.0),
        ];
        let runs = finite_runs(points.into_iter());
        assert_eq!(runs, [vec![(0.0, 1.0), (1.0, 2.0)], vec![(5.0, 2.0), (6.0, 3.0)]]);
    }
}
