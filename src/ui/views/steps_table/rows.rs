//! The rows of the table of steps. Only those in sight are made, however many there are.

use std::ops::Range;

use egui::{
    Align2, CursorIcon, Pos2, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::columns::{Columns, FONT};
use crate::optimizer::Trajectory;
use crate::ui::widgets::style::ACCENT;

/// The height of a row, in points. A whole number, and small enough that a million of them is still one in an `f32`.
pub(super) const ROW_HEIGHT: f32 = 16.0;
const HEAD_HEIGHT: f32 = 20.0;
/// Rows that stay in sight beyond the one that is followed.
const MARGIN_ROWS: f32 = 2.0;

/// Where the rows are scrolled to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Scroll {
    /// How far down, in points.
    pub offset: f32,
    /// The height of what is in sight, in points; 0 before the first frame.
    pub height: f32,
    /// The number of rows.
    pub rows: usize,
}

impl Scroll {
    /// The offset at the end of the rows.
    fn last(self) -> f32 {
        (self.rows as f32 * ROW_HEIGHT - self.height).max(0.0)
    }

    /// The offset that brings `row` into sight, or `None` if it is: as little as needed for the next row, and the row in
    /// the middle after a leap. The row on top is a whole one.
    fn to(self, row: usize) -> Option<f32> {
        let (top, height) = (row as f32 * ROW_HEIGHT, self.height);
        let margin = (MARGIN_ROWS * ROW_HEIGHT).min((0.5 * (height - ROW_HEIGHT)).max(0.0));
        let last = self.last();
        let above = top - margin;
        let below = top + ROW_HEIGHT + margin - height;
        let near = self.offset.clamp(below, above.max(below)).clamp(0.0, last);
        if near == self.offset {
            return None;
        }
        let is_leap = (near - self.offset).abs() > height;
        let offset = if is_leap { top - 0.5 * (height - ROW_HEIGHT) } else { near };
        let whole = offset / ROW_HEIGHT;
        let whole = if offset < self.offset { whole.floor() } else { whole.ceil() };
        Some((whole * ROW_HEIGHT).clamp(0.0, last))
    }
}

/// What the rows show.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub path: &'a Trajectory,
    pub columns: &'a Columns,
    /// The row that is marked: that of the step which is shown.
    pub marked: usize,
}

/// What became of the rows in a frame.
pub(super) struct RowsOutput {
    pub scroll: Scroll,
    /// The row that was clicked.
    pub clicked: Option<usize>,
    /// Whether a hand has scrolled.
    pub by_hand: bool,
    /// Whether the row to be revealed takes another frame, because there were fewer rows in the last one.
    pub is_late: bool,
}

impl Rows<'_> {
    /// Draws the heads and, over `height` points, the rows, scrolled as they were or to the row `reveal`.
    pub fn show_ui(self, ui: &mut Ui, height: f32, before: Scroll, reveal: Option<usize>) -> RowsOutput {
        ui.spacing_mut().item_spacing.y = 0.0;
        // Numbers are to be read up to the edge.
        ui.spacing_mut().scroll.fade.strength = 0.0;
        let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD_HEIGHT), Sense::hover());
        let body_height = (height - HEAD_HEIGHT).max(2.0 * ROW_HEIGHT);
        let rows = self.path.len();
        let known = if before.height > 0.0 { before.height } else { body_height };
        let mut scroll = Scroll { height: known, rows, ..before };
        let area = ScrollArea::both()
            .id_salt("rows")
            .auto_shrink(false)
            .max_height(body_height)
            .min_scrolled_height(body_height)
            .animated(false);
        let wanted = reveal.and_then(|row| scroll.to(row));
        // What lies beyond the rows of the last frame is overshot for the scroll area, which would spring back.
        let target = wanted.filter(|offset| *offset <= before.last());
        scroll.offset = target.unwrap_or(before.offset);
        let area = if let Some(offset) = target { area.vertical_scroll_offset(offset) } else { area };
        // The wheel belongs to whom it has scrolled, and is still for the rest of the frame.
        let is_turned = ui.input(|input| input.pointer.any_down() || input.smooth_scroll_delta().y != 0.0);
        let top = ui.cursor().top();
        let drawn = area.show_viewport(ui, |ui, viewport| {
            let size = vec2(self.columns.width(), rows as f32 * ROW_HEIGHT);
            ui.set_min_size(size.max(ui.available_size()));
            // Measured from what is in sight: over a million rows the far end of the content is coarse.
            let corner = pos2(ui.max_rect().left(), top - viewport.top());
            let first = (viewport.top() / ROW_HEIGHT).floor().max(0.0) as usize;
            let last = (viewport.bottom() / ROW_HEIGHT).ceil().max(0.0) as usize;
            self.rows_ui(ui, corner, viewport.left(), first.min(rows)..last.min(rows))
        });
        let offset = drawn.state.clamped_offset();
        let by_hand = is_turned && rows == before.rows && (offset.y - scroll.offset).abs() > 0.5;
        self.head_ui(ui, head, drawn.inner_rect, offset.x);
        scroll = Scroll { offset: offset.y, height: drawn.inner_rect.height(), rows };
        RowsOutput { scroll, clicked: drawn.inner, by_hand, is_late: wanted != target }
    }

    /// The heads over their columns, wherever these are scrolled to sideways.
    fn head_ui(self, ui: &Ui, rect: Rect, body: Rect, offset: f32) {
        let rect = rect.with_max_x(body.right());
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let step = rect.with_max_x(rect.left() + self.columns.step_right());
        let others = rect.with_min_x(step.right());
        let mut left = 0.0;
        for (index, column) in self.columns.list.iter().enumerate() {
            let (visible, offset) = if index == 0 { (step, 0.0) } else { (others, offset) };
            let [from, to] = [left, column.right].map(|x| rect.left() - offset + x);
            let at = pos2(to, rect.center().y);
            let painter = painter.with_clip_rect(visible.intersect(painter.clip_rect()));
            painter.text(at, Align2::RIGHT_CENTER, &column.head, FONT, ui.visuals().strong_text_color());
            let place = Rect::from_x_y_ranges(from..=to, rect.y_range()).intersect(visible);
            if place.is_positive() {
                let head = ui.interact(place, ui.scope_id().with(("head", index)), Sense::hover());
                head.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &column.head));
                head.on_hover_text(&column.meaning);
            }
            left = column.right;
        }
        let line = ui.visuals().widgets.noninteractive.bg_stroke.color;
        painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, line));
    }

    /// The rows of a range, the row 0 at `corner`, scrolled sideways by `offset`. Returns the one that was clicked.
    fn rows_ui(self, ui: &Ui, corner: Pos2, offset: f32, range: Range<usize>) -> Option<usize> {
        let step_right = corner.x + offset + self.columns.step_right();
        let mut clicked = None;
        for row in range {
            let y = corner.y + row as f32 * ROW_HEIGHT;
            let rect = Rect::from_x_y_ranges(ui.clip_rect().x_range(), y..=y + ROW_HEIGHT);
            // Without the focus: rows by the hundred are no stops for Tab, the arrow keys go through them.
            let response = ui.interact(rect, ui.scope_id().with(row), Sense::CLICK);
            let cells = self.columns.cells(self.path, row);
            self.row_ui(ui, [corner.x, step_right], row, &response, &cells);
            let is_marked = row == self.marked;
            response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_marked, self.words(&cells)));
            if response.clicked() {
                clicked = Some(row);
            }
            let response = response.on_hover_cursor(CursorIcon::PointingHand);
            let column = response.hover_pos().filter(|pos| pos.x > step_right);
            let column = column.map_or(0, |pos| self.columns.at(pos.x - corner.x));
            response.on_hover_ui(|ui| {
                ui.label(self.columns.in_full(self.path, row, column));
                ui.weak("click: go to this step");
            });
        }
        clicked
    }

    /// A row, with the left edge of the table and the right edge of the column of the step on the screen.
    fn row_ui(
        self,
        ui: &Ui,
        [left, step_right]: [f32; 2],
        row: usize,
        response: &Response,
        cells: &[String],
    ) {
        let (visuals, rect) = (ui.visuals(), response.rect);
        let is_marked = row == self.marked;
        let fill = if is_marked {
            Some(visuals.selection.bg_fill.gamma_multiply(0.6))
        } else if response.hovered() {
            Some(visuals.widgets.hovered.weak_bg_fill)
        } else {
            (row % 2 == 1).then_some(visuals.faint_bg_color)
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 0.0, fill);
        }
        if is_marked {
            ui.painter().rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, ACCENT);
        }
        let strong = if is_marked { visuals.strong_text_color() } else { visuals.text_color() };
        for (index, (column, cell)) in self.columns.list.iter().zip(cells).enumerate() {
            let color = if index == 0 && !is_marked { visuals.weak_text_color() } else { strong };
            let text = ui.painter().layout_no_wrap(cell.clone(), FONT, color);
            let right = if index == 0 { step_right } else { left + column.right };
            let at = pos2(right - text.size().x, rect.center().y - 0.5 * text.size().y);
            // The last digits of a number alone would be read as another number.
            if index == 0 || at.x > step_right {
                ui.painter().galley(at, text, color);
            }
        }
    }

    /// A row as it is read out.
    fn words(self, cells: &[String]) -> String {
        let named =
            self.columns.list.iter().zip(cells).map(|(column, cell)| format!("{} {cell}", column.head));
        named.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCROLL: Scroll = Scroll { offset: 160.0, height: 160.0, rows: 1_000_001 };

    #[test]
    fn the_next_row_scrolls_a_little_and_a_row_in_sight_not_at_all() {
        assert_eq!(SCROLL.to(15), None);
        assert_eq!(SCROLL.to(18), Some(176.0));
        assert_eq!(SCROLL.to(11), Some(144.0));
    }

    #[test]
    fn a_leap_ends_with_the_row_in_the_middle_and_within_the_table() {
        let row = 500_000;
        let offset = SCROLL.to(row).unwrap();
        assert_eq!(offset, (row - 4) as f32 * ROW_HEIGHT);
        assert_eq!(Scroll { offset: 9e6, ..SCROLL }.to(row), Some((row - 5) as f32 * ROW_HEIGHT));
        assert_eq!(SCROLL.to(1_000_000), Some(1_000_001.0 * ROW_HEIGHT - 160.0));
        assert_eq!(SCROLL.to(0), Some(0.0));
        let few = Scroll { offset: 0.0, height: 160.0, rows: 5 };
        assert_eq!(few.to(4), None);
        let narrow = Scroll { offset: 0.0, height: 20.0, rows: 100 };
        assert_eq!(narrow.to(50).map(|offset| (offset - 50.0 * ROW_HEIGHT).abs() < 20.0), Some(true));
    }

    #[test]
    fn the_offsets_of_a_million_rows_are_exact() {
        for row in [999_999, 1_000_000, 1_000_001_usize] {
            assert_eq!((row as f32 * ROW_HEIGHT) as usize, 16 * row);
        }
    }
}
