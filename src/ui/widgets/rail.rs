//! What stands along the rail of a slider: marks at some of its values, and a strip that says what would come of each value.
//!
//! Both are drawn within the height of the slider: marks above the rail, the strip below it.

use std::ops::RangeInclusive;

use egui::style::HandleShape;
use egui::{
    Color32, CursorIcon, Pos2, Rangef, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::elementary;
use crate::ui::widgets::style::theory_color;
use crate::ui::widgets::tab_order::by_arrows;

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkForm {
    /// Something ends there for now.
    PassingLimit,
    /// Something ends there.
    Limit,
    /// Something is best there.
    Best,
}

/// A mark at a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Where.
    pub value: f64,
    /// What it looks like.
    pub form: MarkForm,
}

/// What a piece of the strip looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// One color.
    Plain(Color32),
    /// Hatched.
    Hatched,
    /// Nothing is known of it.
    Unknown,
}

/// What stands along a rail.
pub struct Rail<'a> {
    /// Marks; those beyond the ends of the slider are left out.
    pub marks: &'a [Mark],
    /// What a mark is called, what it means, and both in few words, by its place among the marks.
    pub mark_words: &'a dyn Fn(usize) -> [String; 3],
    /// The pieces of the strip, all equally long; empty where there is none.
    pub strip: &'a [Piece],
    /// What comes of the values of a piece.
    pub piece_words: &'a dyn Fn(usize) -> String,
    /// What the strip says as a whole, for assistive technology.
    pub strip_words: &'a dyn Fn() -> String,
    /// What is said of the slider beside what it means.
    pub remark: &'a str,
}

/// What was clicked, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RailClick {
    /// A mark.
    Mark(usize),
    /// A piece of the strip.
    Piece(usize),
}

/// How high the strip is, and how far from the lower edge of the slider, in points.
const STRIP_HEIGHT: f32 = 4.0;
const STRIP_MARGIN: f32 = 0.5;
/// From the middle of a mark to its side, and to the side of where it is clicked.
const MARK_SIDE: f32 = 3.5;
const MARK_REACH: f32 = 6.0;
/// From one line of the hatching to the next.
const HATCH: f32 = 4.0;

/// Where a slider draws its values.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub slider: Rect,
    pub handle: HandleShape,
    pub range: RangeInclusive<f64>,
    pub logarithmic: bool,
}

impl Places {
    /// Where the middle of the handle may be, as egui has it.
    fn span(&self) -> Rangef {
        let aspect_ratio = match self.handle {
            HandleShape::Circle => 1.0,
            HandleShape::Rect { aspect_ratio } => aspect_ratio,
        };
        self.slider.x_range().shrink(aspect_ratio * self.slider.height() / 2.5)
    }

    /// Where a value is; nothing where it is beyond the ends.
    fn of(&self, value: f64) -> Option<f32> {
        let (from, to) = (*self.range.start(), *self.range.end());
        let share = if self.logarithmic {
            elementary::log10(value / from) / elementary::log10(to / from)
        } else {
            (value - from) / (to - from)
        };
        // An end may be missed by a rounding.
        let is_within = (-1e-9..=1.0 + 1e-9).contains(&share);
        is_within.then(|| egui::lerp(self.span(), share.clamp(0.0, 1.0) as f32))
    }

    fn strip(&self) -> Rect {
        let bottom = self.slider.bottom() - STRIP_MARGIN;
        Rect::from_x_y_ranges(self.span(), bottom - STRIP_HEIGHT..=bottom)
    }
}

impl Rail<'_> {
    /// The strip, to be painted below the slider's handle.
    pub(super) fn strip_shape(&self, ui: &Ui, places: &Places) -> Shape {
        if self.strip.is_empty() {
            return Shape::Noop;
        }
        let (rect, count) = (places.strip(), self.strip.len());
        let ground = ui.visuals().widgets.inactive.bg_fill;
        let mut shapes = vec![Shape::rect_filled(rect, 1.0, ground)];
        let edge = |place: usize| egui::lerp(rect.x_range(), place as f32 / count as f32);
        let mut from = 0;
        while let Some(piece) = self.strip.get(from) {
            let length = self.strip[from..].iter().take_while(|next| *next == piece).count();
            let part = rect.with_min_x(edge(from)).with_max_x(edge(from + length));
            match piece {
                Piece::Plain(color) => shapes.push(Shape::rect_filled(part, 0.0, *color)),
                Piece::Hatched => {
                    let line = Stroke::new(1.0, ui.visuals().weak_text_color());
                    let mut x = part.left();
                    while x + HATCH <= part.right() + 0.5 {
                        let ends = [pos2(x, part.bottom()), pos2(x + HATCH, part.top())];
                        shapes.push(Shape::line_segment(ends, line));
                        x += HATCH;
                    }
                }
                Piece::Unknown => {}
            }
            from += length;
        }
        Shape::Vec(shapes)
    }

    /// What the strip says at the pointer, and as a whole for assistive technology. Returns the piece under the pointer.
    pub(super) fn strip_ui(&self, ui: &Ui, slider: &Response, places: &Places) -> Option<usize> {
        if self.strip.is_empty() {
            return None;
        }
        let rect = places.strip();
        let strip = ui.interact(rect, slider.id.with("strip"), Sense::hover());
        strip.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, (self.strip_words)()));
        let pointer = ui.input(|input| input.pointer.latest_pos()).filter(|at| rect.contains(*at))?;
        let place = (pointer.x - rect.left()) / rect.width() * self.strip.len() as f32;
        let place = (place as usize).min(self.strip.len() - 1);
        strip.on_hover_text_at_pointer((self.piece_words)(place));
        Some(place)
    }

    /// The marks. Returns the one that was clicked.
    pub(super) fn marks_ui(&self, ui: &mut Ui, slider: &Response, places: &Places) -> Option<usize> {
        let at = |mark: &Mark| places.of(mark.value);
        let mut placed: Vec<(usize, f32)> =
            self.marks.iter().enumerate().filter_map(|(index, mark)| Some((index, at(mark)?))).collect();
        placed.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut clicked = None;
        let mut shapes = Vec::new();
        for (place, &(index, x)) in placed.iter().enumerate() {
            // Where two are near each other, each has its half of what is between.
            let half = |other: Option<&(usize, f32)>| other.map_or(MARK_REACH, |(_, o)| 0.5 * (o - x).abs());
            let left = half(place.checked_sub(1).and_then(|before| placed.get(before))).min(MARK_REACH);
            let right = half(placed.get(place + 1)).min(MARK_REACH);
            let middle = places.slider.center().y;
            let rect = Rect::from_x_y_ranges(x - left..=x + right, places.slider.top()..=middle - 2.0);
            let mark = by_arrows(ui, |ui| ui.interact(rect, slider.id.with(("mark", index)), Sense::click()));
            mark.widget_info(|| WidgetInfo::labeled(Role::Button, true, (self.mark_words)(index)[0].clone()));
            let tip = pos2(x, middle - 0.5 * ui.spacing().slider_rail_height);
            let form = self.marks[index].form;
            shapes.push((form, mark_shape(ui, form, tip, mark.hovered() || mark.has_focus())));
            if mark.clicked() {
                clicked = Some(index);
            }
            let mark = mark.on_hover_cursor(CursorIcon::PointingHand);
            if mark.hovered() {
                let others =
                    placed.iter().filter(|(other, at)| *other != index && (at - x).abs() < MARK_SIDE);
                mark.on_hover_ui(|ui| {
                    ui.label(&(self.mark_words)(index)[1]);
                    for (other, _) in others {
                        ui.label(format!("Beside it, {}", (self.mark_words)(*other)[2]));
                    }
                });
            }
        }
        // What is open lies below what is filled, which it would hide.
        shapes.sort_by_key(|(form, _)| *form);
        ui.painter().extend(shapes.into_iter().map(|(_, shape)| shape));
        clicked
    }
}

/// A mark whose tip is on the rail.
fn mark_shape(ui: &Ui, form: MarkForm, tip: Pos2, is_pointed_at: bool) -> Shape {
    let color = if is_pointed_at { ui.visuals().strong_text_color() } else { theory_color(ui.theme()) };
    let (side, height) = (MARK_SIDE, 6.0);
    let triangle = vec![tip - vec2(side, height), tip - vec2(-side, height), tip];
    match form {
        MarkForm::Limit => Shape::convex_polygon(triangle, color, Stroke::NONE),
        MarkForm::PassingLimit => Shape::closed_line(triangle, Stroke::new(1.2, color)),
        MarkForm::Best => {
            let center = tip - vec2(0.0, 0.5 * height);
            let corners = [vec2(0.0, -3.5), vec2(side, 0.0), vec2(0.0, 3.5), vec2(-side, 0.0)];
            let corners = corners.map(|corner| center + corner).to_vec();
            Shape::convex_polygon(corners, color, Stroke::NONE)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_a_handle_would_and_none_beyond_the_ends() {
        let slider = Rect::from_min_size(Pos2::ZERO, vec2(116.0, 20.0));
        let handle = HandleShape::Circle;
        let places = Places { slider, handle, range: 1e-5..=10.0, logarithmic: true };
        for (value, x) in [(1e-5, Some(8.0)), (10.0, Some(108.0)), (1e-2, Some(58.0)), (1e-6, None)] {
            let found = places.of(value);
            assert_eq!(found.is_some(), x.is_some(), "{value}");
            assert!(found.zip(x).is_none_or(|(found, x)| (found - x).abs() < 1e-3), "{value}: {found:?}");
        }
        let beyond = [11.0, 0.0, -1.0, f64::NAN, f64::INFINITY];
        assert_eq!(beyond.map(|value| places.of(value)), [None; 5]);
        let linear = Places { range: 0.0..=1.0, logarithmic: false, ..places };
        assert_eq!([linear.of(0.5), linear.of(1.5)], [Some(58.0), None]);
        let narrow = Places { handle: HandleShape::Rect { aspect_ratio: 0.5 }, ..linear };
        assert_eq!([narrow.of(0.0), narrow.of(1.0)], [Some(4.0), Some(112.0)]);
    }
}
