//! The race as a table: a row for each visible run with what it took to get where it ended, in the colors of the paths. On the
//! screen its heads sort it, and its rows are pointed at and chosen.

use egui::{
    Align2, Color32, CursorIcon, FontId, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::decimal::with_minus;
use crate::figure::look::Look;
use crate::figure::look::number::{short, trimmed};
use crate::figure::look::palette::sample_shapes;
use crate::figure::look::words::outcome_words;
use crate::record::race::{RaceColumn, RaceOrder, RaceRow, race_rows};
use crate::session::Session;

const FONT: FontId = FontId::proportional(12.0);
const NUMBERS: FontId = FontId::monospace(12.0);
const HEAD: f32 = 22.0;
const ROW: f32 = 20.0;
/// Between two columns, and the room of a sample of a path.
const GAP: f32 = 14.0;
const CLOSE_GAP: f32 = 10.0;
const SAMPLE: f32 = 36.0;
/// Beside a head, for the arrow that says how rows are sorted.
const ARROW: f32 = 10.0;
/// A longer name is cut.
const MOST_CHARS: usize = 28;

/// What rows are marked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct RaceMarks {
    /// The run whose path is pointed at.
    pub highlighted: Option<usize>,
    /// The run that views speak of.
    pub chosen: Option<usize>,
}

/// What was done with the table.
#[derive(Clone, Copy, Debug, Default)]
pub struct RaceOutput {
    /// The run whose row is under the pointer.
    pub hovered: Option<usize>,
    /// The run whose row was clicked.
    pub clicked: Option<usize>,
    /// The column whose head was clicked.
    pub sorted_by: Option<RaceColumn>,
}

/// The table of a session's visible runs.
#[derive(Clone, Debug)]
pub struct RaceTable {
    order: RaceOrder,
    columns: Vec<RaceColumn>,
    rows: Vec<RaceRow>,
    /// What stands in each row, column by column.
    cells: Vec<Vec<String>>,
    /// Whether heads are cut short and columns stand close, for want of room.
    is_close: bool,
}

impl RaceTable {
    /// The runs in this order.
    pub fn of(session: &Session, order: RaceOrder) -> Self {
        let scenario = session.scenario();
        let mut rows = race_rows(session);
        rows.retain(|row| scenario.optimizers.get(row.index).is_some_and(|choice| choice.visible));
        for row in &mut rows {
            row.label = scenario.run_name(row.index);
        }
        order.sort(&mut rows);
        let has = |count: fn(&RaceRow) -> u64| rows.iter().any(|row| count(row) > 0);
        let mut columns = vec![
            RaceColumn::Run,
            RaceColumn::Label,
            RaceColumn::LearningRate,
            RaceColumn::Steps,
            RaceColumn::Gradients,
            RaceColumn::Values,
        ];
        columns.extend(has(|row| row.evaluations.hessian).then_some(RaceColumn::Hessians));
        columns.extend(has(|row| row.evaluations.rows).then_some(RaceColumn::Rows));
        columns.extend([
            RaceColumn::FinalValue,
            RaceColumn::FinalGradientNorm,
            RaceColumn::Distance,
            RaceColumn::Outcome,
        ]);
        let cells = rows.iter().map(|row| columns.iter().map(|column| cell(session, row, *column)).collect());
        Self { order, cells: cells.collect(), columns, rows, is_close: false }
    }

    /// Stands close where it is wider than this; then leaves out the place among the cards, which the order tells as well.
    pub fn close_up(&mut self, ui: &Ui, width: f32) {
        self.is_close = !self.is_within(ui, width);
        if !self.is_within(ui, width) && self.order.column == RaceColumn::Run {
            self.leave_out(RaceColumn::Run);
        }
    }

    /// Closes up, and leaves out the columns that say least until it is no wider than this.
    pub fn fit(&mut self, ui: &Ui, width: f32) {
        self.close_up(ui, width);
        let less = [RaceColumn::Run, RaceColumn::Values, RaceColumn::Rows, RaceColumn::Hessians];
        for column in less.into_iter().chain([RaceColumn::FinalGradientNorm, RaceColumn::Distance]) {
            if self.is_within(ui, width) {
                return;
            }
            self.leave_out(column);
        }
    }

    fn is_within(&self, ui: &Ui, width: f32) -> bool {
        self.edges(ui).last().is_none_or(|right| *right <= width)
    }

    fn leave_out(&mut self, column: RaceColumn) {
        if let Some(place) = self.columns.iter().position(|held| *held == column) {
            self.columns.remove(place);
            for cells in &mut self.cells {
                cells.remove(place);
            }
        }
    }

    fn gap(&self) -> f32 {
        if self.is_close { CLOSE_GAP } else { GAP }
    }

    /// The room for an arrow beside a head; the gap between two columns does where they stand close.
    fn arrow_room(&self) -> f32 {
        if self.is_close { 0.0 } else { ARROW }
    }

    /// The head of a column as it is drawn.
    fn drawn_head(&self, column: RaceColumn) -> &'static str {
        match column {
            RaceColumn::Gradients if self.is_close => "grad.",
            RaceColumn::Values if self.is_close => "val.",
            RaceColumn::Hessians if self.is_close => "Hess.",
            RaceColumn::Distance if self.is_close => "dist.",
            _ => head(column),
        }
    }

    /// How high it is with so many rows at most.
    pub fn height(&self, most_rows: usize) -> f32 {
        HEAD + ROW * self.rows.len().min(most_rows) as f32
    }

    /// How many rows such a height has room for.
    pub fn rows_within(height: f32) -> usize {
        ((height - HEAD) / ROW).floor().max(1.0) as usize
    }

    /// Draws its heads and at most so many rows, of more of them how many they are.
    pub fn show_ui(
        &self,
        ui: &mut Ui,
        session: &Session,
        look: Look,
        marks: RaceMarks,
        most_rows: usize,
    ) -> RaceOutput {
        let edges = self.edges(ui);
        let width = edges.last().copied().unwrap_or(0.0).max(ui.available_width());
        let (rect, _) = ui.allocate_exact_size(vec2(width, self.height(most_rows)), Sense::hover());
        let mut output = RaceOutput { sorted_by: self.heads_ui(ui, rect, &edges), ..RaceOutput::default() };
        let styles = look.path_styles(&session.scenario().optimizers, ui.theme());
        let is_cut = self.rows.len() > most_rows;
        let shown = if is_cut { most_rows.saturating_sub(1) } else { self.rows.len() };
        for (place, (row, cells)) in self.rows.iter().zip(&self.cells).take(shown).enumerate() {
            let top = rect.top() + HEAD + ROW * place as f32;
            let line = Rect::from_x_y_ranges(rect.x_range(), top..=top + ROW);
            let response = ui.interact(line, ui.scope_id().with(("race", row.index)), Sense::CLICK);
            let is_chosen = marks.chosen == Some(row.index);
            response.widget_info(|| WidgetInfo::selected(Role::Row, true, is_chosen, self.words(cells)));
            let visuals = ui.visuals();
            let fill = if is_chosen {
                Some(visuals.selection.bg_fill.gamma_multiply(0.5))
            } else if response.hovered() || marks.highlighted == Some(row.index) {
                Some(visuals.widgets.hovered.weak_bg_fill)
            } else {
                (place % 2 == 1).then_some(visuals.faint_bg_color)
            };
            if let Some(fill) = fill {
                ui.painter().rect_filled(line, 0.0, fill);
            }
            let ink = if is_chosen { visuals.strong_text_color() } else { visuals.text_color() };
            let mut left = rect.left();
            for ((column, cell), right) in self.columns.iter().zip(cells).zip(&edges) {
                let right = rect.left() + right;
                if *column == RaceColumn::Label
                    && let Some(style) = styles.get(row.index)
                {
                    let sample = Rect::from_min_size(pos2(left, top + 3.0), vec2(SAMPLE, ROW - 6.0));
                    ui.painter().extend(sample_shapes(sample, *style));
                }
                self.text(ui, *column, cell, [left, right], top + 0.5 * ROW, ink);
                left = right + self.gap();
            }
            if response.hovered() {
                output.hovered = Some(row.index);
            }
            if response.clicked() {
                output.clicked = Some(row.index);
            }
            let sentence = row.outcome.as_ref().map(|(_, text)| text.as_str()).unwrap_or_default();
            response.on_hover_cursor(CursorIcon::PointingHand).on_hover_ui(|ui| {
                ui.label(&row.label);
                for column in &self.columns[2..] {
                    ui.label(format!("{}: {}", head(*column), with_minus(&row.exact(*column))));
                }
                ui.label(sentence);
                ui.weak("click: let the views beside the plot speak of this run");
            });
        }
        if is_cut {
            let at = pos2(rect.left(), rect.top() + HEAD + ROW * (shown as f32 + 0.5));
            let words = format!("{} more runs", self.rows.len() - shown);
            ui.painter().text(at, Align2::LEFT_CENTER, words, FONT, ui.visuals().text_color());
        }
        output
    }

    /// The heads. Returns the column whose head was clicked.
    fn heads_ui(&self, ui: &Ui, rect: Rect, edges: &[f32]) -> Option<RaceColumn> {
        let mut sorted_by = None;
        let mut left = rect.left();
        for (column, right) in self.columns.iter().zip(edges) {
            let right = rect.left() + right;
            let place = Rect::from_x_y_ranges(left..=right, rect.top()..=rect.top() + HEAD - 2.0);
            let response = ui.interact(place, ui.scope_id().with(("race head", column)), Sense::click());
            let is_sorted = self.order.column == *column;
            response.widget_info(|| {
                let order = match (is_sorted, self.order.is_descending) {
                    (false, _) => "",
                    (true, false) => ", smallest first",
                    (true, true) => ", largest first",
                };
                WidgetInfo::labeled(Role::ColumnHeader, true, format!("{}{order}", head(*column)))
            });
            let ink = if response.hovered() || response.has_focus() {
                ui.visuals().hyperlink_color
            } else {
                ui.visuals().strong_text_color()
            };
            let (y, is_left) = (place.center().y, is_at_left(*column));
            let text = self.drawn_head(*column);
            let (anchor, x) = match *column {
                RaceColumn::Label => (Align2::LEFT_CENTER, left + SAMPLE + 6.0),
                _ if is_left => (Align2::LEFT_CENTER, left),
                _ => (Align2::RIGHT_CENTER, right - self.arrow_room()),
            };
            let drawn = ui.painter().text(pos2(x, y), anchor, text, FONT, ink);
            if is_sorted {
                ui.painter().add(arrow(pos2(drawn.right() + 6.0, y), self.order.is_descending, ink));
            }
            if response.clicked() {
                sorted_by = Some(*column);
            }
            response
                .on_hover_cursor(CursorIcon::PointingHand)
                .on_hover_text(format!("{}. Click to sort by it, again to turn the order", meaning(*column)));
            left = right + self.gap();
        }
        let line = ui.visuals().widgets.noninteractive.bg_stroke.color;
        ui.painter().hline(rect.x_range(), rect.top() + HEAD - 1.5, Stroke::new(1.0, line));
        sorted_by
    }

    /// What stands in a column, between its edges on the screen.
    fn text(&self, ui: &Ui, column: RaceColumn, cell: &str, [left, right]: [f32; 2], y: f32, ink: Color32) {
        let (anchor, x) = match column {
            RaceColumn::Label => (Align2::LEFT_CENTER, left + SAMPLE + 6.0),
            _ if is_at_left(column) => (Align2::LEFT_CENTER, left),
            _ => (Align2::RIGHT_CENTER, right - self.arrow_room()),
        };
        ui.painter().text(pos2(x, y), anchor, cell, font(column), ink);
    }

    /// The right edge of each column, from the left edge of the table.
    fn edges(&self, ui: &Ui) -> Vec<f32> {
        let width = |text: &str, font| {
            ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
        };
        let mut right = 0.0;
        let mut edges = Vec::with_capacity(self.columns.len());
        for (place, column) in self.columns.iter().enumerate() {
            let cells = self.cells.iter().map(|cells| width(&cells[place], font(*column)));
            let widest = cells.fold(width(self.drawn_head(*column), FONT), f32::max);
            let sample = if *column == RaceColumn::Label { SAMPLE + 6.0 } else { 0.0 };
            let from = if place == 0 { 0.0 } else { right + self.gap() };
            right = from + widest + sample + self.arrow_room();
            edges.push(right);
        }
        edges
    }

    /// A row as it is read out.
    fn words(&self, cells: &[String]) -> String {
        let named = self.columns.iter().zip(cells).map(|(column, cell)| format!("{} {cell}", head(*column)));
        named.collect::<Vec<_>>().join(", ")
    }
}

/// A triangle that points where the largest is: down where it comes last.
fn arrow(at: Pos2, is_descending: bool, ink: Color32) -> Shape {
    let up = if is_descending { 1.0 } else { -1.0 };
    let corners = [vec2(-3.5, -2.5 * up), vec2(3.5, -2.5 * up), vec2(0.0, 3.0 * up)];
    Shape::convex_polygon(corners.map(|corner| at + corner).to_vec(), ink, Stroke::NONE)
}

fn is_at_left(column: RaceColumn) -> bool {
    matches!(column, RaceColumn::Label | RaceColumn::Outcome)
}

fn font(column: RaceColumn) -> FontId {
    if is_at_left(column) { FONT } else { NUMBERS }
}

fn head(column: RaceColumn) -> &'static str {
    match column {
        RaceColumn::Run => "#",
        RaceColumn::Method => "method",
        RaceColumn::Label => "run",
        RaceColumn::LearningRate => "rate α",
        RaceColumn::Steps => "steps",
        RaceColumn::Gradients => "gradients",
        RaceColumn::Values => "values",
        RaceColumn::Hessians => "Hessians",
        RaceColumn::Rows => "rows",
        RaceColumn::FinalValue => "J",
        RaceColumn::FinalGradientNorm => "‖∇J‖",
        RaceColumn::Distance => "distance",
        RaceColumn::Outcome => "outcome",
    }
}

fn meaning(column: RaceColumn) -> &'static str {
    match column {
        RaceColumn::Run => "The place of the run among the cards",
        RaceColumn::Method => "The method",
        RaceColumn::Label => "The run, as its path is drawn",
        RaceColumn::LearningRate => "The learning rate that is set; of two the larger one counts",
        RaceColumn::Steps => {
            "The steps until the gradient is shorter than the tolerance, or the run ends otherwise"
        }
        RaceColumn::Gradients => {
            "The gradients that were evaluated on the way: what a step of each method costs differs"
        }
        RaceColumn::Values => "The values that were evaluated on the way",
        RaceColumn::Hessians => "The Hessians that were evaluated on the way",
        RaceColumn::Rows => "The rows of data that were looked at on the way",
        RaceColumn::FinalValue => "The cost at the last point",
        RaceColumn::FinalGradientNorm => "The norm of the gradient at the last point",
        RaceColumn::Distance => "From the last point to the nearest optimum that is known",
        RaceColumn::Outcome => "How the run ended: the best outcome first",
    }
}

/// What stands in a column of a row, rounded for people.
fn cell(session: &Session, row: &RaceRow, column: RaceColumn) -> String {
    let number = |digits| row.number(column).map_or_else(|| "–".to_owned(), |value| short(value, digits));
    match column {
        RaceColumn::Label if row.label.chars().count() > MOST_CHARS => {
            let kept: String = row.label.chars().take(MOST_CHARS - 1).collect();
            format!("{kept}…")
        }
        RaceColumn::LearningRate => row.learning_rate.map_or_else(
            || "–".to_owned(),
            |rate| {
                let numbers: Vec<String> = rate.numbers().map(|rate| trimmed(&short(rate, 4))).collect();
                numbers.join(", ")
            },
        ),
        RaceColumn::FinalValue | RaceColumn::FinalGradientNorm | RaceColumn::Distance => number(4),
        RaceColumn::Outcome => {
            let path = session.trajectory(row.index).map(|(path, _)| path);
            let words = path.and_then(|path| outcome_words(path, u32::MAX, session.scenario().cost.goal));
            words.unwrap_or_else(|| "under way".to_owned())
        }
        _ => row.exact(column),
    }
}
