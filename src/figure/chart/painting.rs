//! How a chart is painted: its axes with their numbers, the curve of a run, and the marks where curves leave.

use egui::{Align2, Color32, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::line::Line;
use super::{Chart, ChartChoice, FONT};
use crate::figure::look::number::short;
use crate::figure::look::palette::{PathStyle, line_strokes};
use crate::figure::plane::path::{dashes, line_shape};
use crate::figure::plane::ticks::nice_step;

/// The widths of a run's first and second coordinate.
const WIDTHS: [f32; 2] = [2.0, 1.1];

impl Chart {
    pub(super) fn axes(&self, ui: &Ui, frame: Rect, is_last: bool) {
        let painter = ui.painter();
        let ink = ui.visuals().text_color();
        let faint = Stroke::new(1.0, ink.gamma_multiply(0.13));
        for (value, text) in self.up.ticks(frame.height() / 34.0) {
            let y = frame.bottom() - self.up.position(value) as f32 * frame.height();
            painter.line_segment([pos2(frame.left(), y), pos2(frame.right(), y)], faint);
            painter.text(pos2(frame.left() - 6.0, y), Align2::RIGHT_CENTER, text, FONT, ink);
        }
        let step = nice_step(self.across[1] - self.across[0], frame.width() / 70.0).max(1.0);
        let (first, last) = ((self.across[0] / step).ceil() as i64, (self.across[1] / step).floor() as i64);
        for count in first..=last.min(first + 200) {
            let across = count as f64 * step;
            let x = self.x(across, frame);
            painter.line_segment([pos2(x, frame.top()), pos2(x, frame.bottom())], faint);
            if is_last {
                let below = pos2(x, frame.bottom() + 4.0);
                painter.text(below, Align2::CENTER_TOP, format!("{across:.0}"), FONT, ink);
            }
        }
        painter.rect_stroke(frame, 0.0, Stroke::new(1.0, ink.gamma_multiply(0.4)), egui::StrokeKind::Inside);
        let ChartChoice { quantity, against, .. } = self.choice;
        let note = self.note.as_ref().map(|note| format!("   ({note})")).unwrap_or_default();
        let name = format!("{}{note}", quantity.symbol());
        painter.text(pos2(frame.left(), frame.top() - 4.0), Align2::LEFT_BOTTOM, name, FONT, ink);
        if is_last {
            let below = pos2(frame.center().x, frame.bottom() + 19.0);
            painter.text(below, Align2::CENTER_TOP, against.name(), FONT, ink);
        }
    }

    /// The curves of a run, no more points than there are to be seen, and its threshold.
    pub(super) fn line_shapes(&self, line: &Line, frame: Rect, style: PathStyle, bold: f32) -> Vec<Shape> {
        let mut shapes = Vec::new();
        let limit = Stroke::new(1.0, style.color.gamma_multiply(0.8));
        let mut add = |ends: &[Pos2]| {
            shapes.extend(dashes(ends, &[2.0, 4.0]).into_iter().map(|dash| line_shape(&dash, limit)));
        };
        match line.limits.as_slice() {
            [(_, limit)] => {
                let y = frame.bottom() - self.up.position(*limit) as f32 * frame.height();
                add(&[pos2(frame.left(), y), pos2(frame.right(), y)]);
            }
            limits => {
                let seen = line.seen(limits, self.across).iter();
                let places = seen.map(|(entry, value)| self.place(line, *entry, *value, frame));
                pieces(places).iter().for_each(|piece| add(piece));
            }
        }
        for (list, width) in line.curve.coordinates.iter().zip(WIDTHS) {
            let seen = line.seen(list, self.across).iter();
            let places = seen.map(|(entry, value)| self.place(line, *entry, *value, frame));
            for piece in pieces(places) {
                for stroke in line_strokes(width + bold, style) {
                    let dashes = dashes(&piece, style.dashes).into_iter();
                    shapes.extend(dashes.map(|dash| line_shape(&dash, stroke)));
                }
            }
        }
        shapes
    }

    /// Where runs leave the chart above, with what came of them or how high they go.
    pub(super) fn edge_marks(&self, ui: &Ui, order: &[&Line], frame: Rect, styles: &[PathStyle]) {
        let mut row = 0;
        for line in order {
            let list = line.curve.coordinates.first().map(Vec::as_slice).unwrap_or_default();
            let list = line.seen(list, self.across);
            let mut beyond = list.iter().filter(|(_, value)| self.up.position(*value) > 1.0);
            let (entry, words) = match (&line.ran_away, beyond.next()) {
                (Some(words), left) => match left.or(list.last()) {
                    Some((entry, _)) => (entry, words.clone()),
                    None => continue,
                },
                (None, Some(first)) => {
                    let highest = beyond.fold(first, |most, next| if next.1 > most.1 { next } else { most });
                    (&highest.0, format!("{} at step {}", short(highest.1, 3), highest.0))
                }
                (None, None) => continue,
            };
            let color = styles[line.run].color;
            let top = pos2(self.x(line.across(*entry), frame), frame.top() + 2.0);
            let corners = vec![top, top + vec2(-5.0, 9.0), top + vec2(5.0, 9.0)];
            ui.painter().add(Shape::convex_polygon(corners, color, Stroke::NONE));
            let at = top + vec2(8.0, 2.0 + 14.0 * row as f32);
            let ground = ui.visuals().panel_fill.gamma_multiply(0.8);
            let galley = ui.painter().layout_no_wrap(words, FONT, color);
            let rect = Align2::LEFT_TOP.anchor_size(at, galley.size());
            let rect = rect.translate(vec2((frame.right() - rect.right()).min(0.0), 0.0));
            ui.painter().rect_filled(rect.expand(1.0), 2.0, ground);
            ui.painter().galley(rect.min, galley, Color32::PLACEHOLDER);
            row += 1;
        }
    }
}

/// The lines through places, cut where there is none, and thinned to what is seen: of those in one column of points the first,
/// the highest, the lowest and the last.
pub(in crate::figure) fn pieces(places: impl Iterator<Item = Option<Pos2>>) -> Vec<Vec<Pos2>> {
    let mut pieces: Vec<Vec<Pos2>> = Vec::new();
    let mut piece: Vec<Pos2> = Vec::new();
    let mut column: Vec<Pos2> = Vec::new();
    let flush = |column: &mut Vec<Pos2>, piece: &mut Vec<Pos2>| {
        if column.len() > 4 {
            let by_height = |a: &&Pos2, b: &&Pos2| a.y.total_cmp(&b.y);
            let (first, last) = (column[0], column[column.len() - 1]);
            let highest = column.iter().min_by(by_height).copied().unwrap_or(first);
            let lowest = column.iter().max_by(by_height).copied().unwrap_or(first);
            piece.extend([first, highest, lowest, last]);
        } else {
            piece.extend_from_slice(column);
        }
        column.clear();
    };
    for place in places {
        match place {
            Some(at) => {
                if column.first().is_some_and(|first| first.x.floor() != at.x.floor()) {
                    flush(&mut column, &mut piece);
                }
                column.push(at);
            }
            None => {
                flush(&mut column, &mut piece);
                pieces.push(std::mem::take(&mut piece));
            }
        }
    }
    flush(&mut column, &mut piece);
    pieces.push(piece);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}
