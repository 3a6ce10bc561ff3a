//! How a series is painted: dots, lines, the window, and the weights as bars below.

use egui::{Align2, Color32, FontId, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{SeriesChart, SeriesMarks, SeriesOutput, average_colors};
use crate::data::{MovingAverage, weight, window};
use crate::figure::chart::pieces;
use crate::figure::look::Look;
use crate::figure::look::number::{short, trimmed};
use crate::figure::mathematics::Mathematics;
use crate::figure::plane::path::{dashes, line_shape};
use crate::figure::plane::ticks::nice_step;

const FONT: FontId = FontId::proportional(12.0);
/// Room for the numbers beside and below the axes, and above and right of them.
const LEFT: f32 = 62.0;
const BELOW: f32 = 36.0;
const ABOVE: f32 = 18.0;
const RIGHT: f32 = 16.0;
/// The same without numbers.
const BARE: f32 = 6.0;
/// What the weights take of the height, and the most that they do.
const WEIGHTS_SHARE: f32 = 0.24;
const MOST_WEIGHTS: f32 = 130.0;
/// The dashes of v; v̂ is a whole line.
const DASHES: [f32; 2] = [6.0, 4.0];
/// How much of the ink lines have beyond the number that is looked at.
const AHEAD: f32 = 0.3;
/// Weights that are a smaller part of the first one are not seen.
const LEAST_WEIGHT: f64 = 0.004;

impl SeriesChart {
    /// Draws it into the space that is left.
    pub fn show_ui(&self, ui: &mut Ui, look: Look, marks: SeriesMarks) -> SeriesOutput {
        let colors = average_colors(look, ui.theme());
        let color = |place: usize| colors.get(place % colors.len().max(1)).copied().unwrap_or(Color32::GRAY);
        if marks.has_legend {
            self.legend_ui(ui, &color);
        }
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
        let [left, above, below] = if marks.has_axes { [LEFT, ABOVE, BELOW] } else { [BARE; 3] };
        let inner = Rect::from_min_max(rect.min + vec2(left, above), rect.max - vec2(RIGHT, below));
        let inner = inner.union(Rect::from_min_size(inner.min, vec2(1.0, 3.0)));
        let strip = (WEIGHTS_SHARE * inner.height()).min(MOST_WEIGHTS);
        let frame = inner.with_max_y(inner.bottom() - strip - above);
        let bars = inner.with_min_y(inner.bottom() - strip);
        let chosen = marks.chosen.min(self.averages.len().saturating_sub(1));
        let t = (marks.t as usize).min(self.values.len());
        self.axes(ui, frame, bars, marks.has_axes);
        if let Some(average) = self.averages.get(chosen) {
            self.weights(ui, [frame, bars], average.beta, t, color(chosen), marks.has_axes);
        }
        let inside = ui.painter().with_clip_rect(frame.expand(4.0).intersect(ui.clip_rect()));
        inside.extend(self.dots(ui, frame, t));
        let mut order: Vec<usize> = (0..self.averages.len()).collect();
        order.sort_by_key(|place| *place == chosen);
        for place in order {
            inside.extend(self.line_shapes(&self.averages[place], frame, t, color(place), place == chosen));
        }
        SeriesOutput { response, frame }
    }

    /// Which line is which.
    fn legend_ui(&self, ui: &mut Ui, color: &dyn Fn(usize) -> Color32) {
        let [shows_v, shows_v_hat] = self.bias_correction.shows();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let ink = ui.visuals().text_color();
            sample_ui(ui, |rect| vec![Shape::circle_filled(rect.center(), 2.6, dot_ink(ink))]);
            Mathematics { latex: "x_t", spoken: "x", size: 14.0 }.show_ui(ui);
            for (place, average) in self.averages.iter().enumerate() {
                let beta = format!("\u{3b2} = {}", trimmed(&short(average.beta, 12)));
                let lines = [(shows_v, "v", "v", &DASHES[..]), (shows_v_hat, r"\hat{v}", "v\u{302}", &[])];
                for (_, latex, spoken, pattern) in lines.into_iter().filter(|(is_shown, ..)| *is_shown) {
                    ui.add_space(8.0);
                    sample_ui(ui, |rect| {
                        let line = [rect.left_center(), rect.right_center()];
                        let stroke = Stroke::new(2.0, color(place));
                        dashes(&line, pattern).into_iter().map(|dash| line_shape(&dash, stroke)).collect()
                    });
                    Mathematics { latex, spoken, size: 14.0 }.show_ui(ui);
                    ui.label(&beta);
                }
            }
        });
        ui.add_space(2.0);
    }

    fn axes(&self, ui: &Ui, frame: Rect, bars: Rect, has_axes: bool) {
        let painter = ui.painter();
        let ink = ui.visuals().text_color();
        let faint = Stroke::new(1.0, ink.gamma_multiply(0.13));
        for (value, text) in self.up.ticks(frame.height() / 30.0) {
            let y = self.y(value, frame);
            painter.line_segment([pos2(frame.left(), y), pos2(frame.right(), y)], faint);
            if has_axes {
                painter.text(pos2(frame.left() - 6.0, y), Align2::RIGHT_CENTER, text, FONT, ink);
            }
        }
        let last = self.values.len();
        let step = nice_step(last as f64, frame.width() / 60.0).max(1.0) as usize;
        // The first number is the first of all; the others are round.
        let ticks = std::iter::once(1).chain((step..=last).step_by(step).filter(|t| *t > 1 + step / 2));
        for t in ticks {
            let x = self.x(t as f64, frame);
            for area in [frame, bars] {
                painter.line_segment([pos2(x, area.top()), pos2(x, area.bottom())], faint);
            }
            if has_axes {
                painter.text(pos2(x, bars.bottom() + 3.0), Align2::CENTER_TOP, t.to_string(), FONT, ink);
            }
        }
        for area in [frame, bars] {
            painter.rect_stroke(area, 0.0, Stroke::new(1.0, ink.gamma_multiply(0.4)), StrokeKind::Inside);
        }
        if has_axes {
            painter.text(frame.left_top() - vec2(0.0, 3.0), Align2::LEFT_BOTTOM, "x", FONT, ink);
            painter.text(bars.center_bottom() + vec2(0.0, 18.0), Align2::CENTER_TOP, "t", FONT, ink);
        }
    }

    /// The weights back from a number, the window that they have, and where it stands.
    fn weights(
        &self,
        ui: &Ui,
        [frame, bars]: [Rect; 2],
        beta: f64,
        t: usize,
        color: Color32,
        has_axes: bool,
    ) {
        let ink = ui.visuals().text_color();
        if has_axes {
            let painter = ui.painter();
            let [first, width] = [1.0 - beta, window(beta)].map(|number| trimmed(&short(number, 4)));
            let words = format!(
                "weights (1 \u{2212} \u{3b2})\u{3b2}^k in v, \u{3b2} = {}; window 1/(1 \u{2212} \u{3b2}) = {width}",
                trimmed(&short(beta, 12))
            );
            painter.text(bars.left_top() - vec2(0.0, 3.0), Align2::LEFT_BOTTOM, words, FONT, ink);
            painter.text(bars.left_bottom() - vec2(6.0, 0.0), Align2::RIGHT_CENTER, "0", FONT, ink);
            let top = pos2(bars.left() - 6.0, bars.bottom() - 0.9 * bars.height());
            painter.text(top, Align2::RIGHT_CENTER, first, FONT, ink);
        }
        if t == 0 {
            return;
        }
        let x = self.x(t as f64, frame);
        let half = 0.5 * self.spacing(frame);
        let reach = self.x(t as f64 + 0.5 - window(beta).min(t as f64), frame);
        for area in [frame, bars] {
            let inside = ui.painter().with_clip_rect(area.intersect(ui.clip_rect()));
            let shade = Rect::from_min_max(pos2(reach, area.top()), pos2(x + half, area.bottom()));
            inside.rect_filled(shade, 0.0, color.gamma_multiply(0.12));
            let at = [pos2(x, area.top()), pos2(x, area.bottom())];
            inside.line_segment(at, Stroke::new(1.0, ink.gamma_multiply(0.5)));
        }
        let inside = ui.painter().with_clip_rect(bars.intersect(ui.clip_rect()));
        // Where numbers stand nearer to one another than points do, every so many have a bar.
        let stride = (1.0 / self.spacing(frame).max(1e-6)).ceil() as usize;
        let width = (0.35 * stride as f32 * self.spacing(frame)).clamp(0.5, 9.0);
        for k in (0..t).step_by(stride) {
            let share = weight(beta, k) / weight(beta, 0);
            if share < LEAST_WEIGHT {
                break;
            }
            let x = self.x((t - k) as f64, frame);
            let top = bars.bottom() - 0.9 * share as f32 * bars.height();
            let bar = Rect::from_min_max(pos2(x - width, top), pos2(x + width, bars.bottom()));
            inside.rect_filled(bar, 0.0, color.gamma_multiply(0.85));
        }
    }

    /// The numbers of the series; of very many those that are seen.
    fn dots(&self, ui: &Ui, frame: Rect, t: usize) -> Vec<Shape> {
        let ink = dot_ink(ui.visuals().text_color());
        let radius = (0.3 * self.spacing(frame)).clamp(1.1, 2.8);
        let place = |(t, value): (usize, &f64)| pos2(self.x(t as f64, frame), self.y(*value, frame));
        let places: Vec<Pos2> = (1..).zip(self.values.iter()).map(place).collect();
        let places = if places.len() > 1 { pieces(places.into_iter().map(Some)).concat() } else { places };
        let mut shapes: Vec<Shape> =
            places.into_iter().map(|at| Shape::circle_filled(at, radius, ink)).collect();
        let looked_at = t.checked_sub(1).and_then(|at| self.values.get(at));
        shapes.extend(looked_at.map(|value| Shape::circle_filled(place((t, value)), radius + 1.6, ink)));
        shapes
    }

    /// The lines of an average, faint beyond the number that is looked at, and where it stands there.
    fn line_shapes(
        &self,
        average: &MovingAverage,
        frame: Rect,
        t: usize,
        color: Color32,
        is_chosen: bool,
    ) -> Vec<Shape> {
        let [shows_v, shows_v_hat] = self.bias_correction.shows();
        let width = if is_chosen { 2.2 } else { 1.6 };
        let mut shapes = Vec::new();
        let lists = [(shows_v, &average.v, &DASHES[..]), (shows_v_hat, &average.v_hat, &[])];
        for (_, list, pattern) in lists.into_iter().filter(|(is_shown, ..)| *is_shown) {
            let split = t.min(list.len());
            // Both parts have the number that is looked at, so that there is no gap.
            for (from, to, strength) in [(split.saturating_sub(1), list.len(), AHEAD), (0, split, 1.0)] {
                let part = list.get(from..to).unwrap_or_default();
                let place = |(at, value): (usize, &f64)| {
                    Some(pos2(self.x((from + at + 1) as f64, frame), self.y(*value, frame)))
                };
                let stroke = Stroke::new(width, color.gamma_multiply(strength));
                for piece in pieces(part.iter().enumerate().map(place)) {
                    let dashes = dashes(&piece, pattern).into_iter();
                    shapes.extend(dashes.map(|dash| line_shape(&dash, stroke)));
                }
            }
            if let Some(value) = split.checked_sub(1).and_then(|at| list.get(at)) {
                let at = pos2(self.x(split as f64, frame), self.y(*value, frame));
                shapes.push(Shape::circle_filled(at, 3.6, color));
            }
        }
        shapes
    }
}

/// The ink of the numbers themselves.
fn dot_ink(ink: Color32) -> Color32 {
    ink.gamma_multiply(0.62)
}

/// A piece of a line of the legend.
fn sample_ui(ui: &mut Ui, shapes: impl FnOnce(Rect) -> Vec<Shape>) {
    let (rect, _) = ui.allocate_exact_size(vec2(26.0, 16.0), Sense::hover());
    ui.painter().extend(shapes(rect));
}
