//! The rows of data beside the plot, with the model of every run where it stands. Rows are dragged, added by a click and removed;
//! contours and paths follow.

mod rows_text;

use egui::{
    ComboBox, CursorIcon, Frame, Key, Margin, Modifiers, Panel, PointerButton, Pos2, Response, RichText,
    Role, Ui, WidgetInfo,
};
use rows_text::RowsText;

use crate::data::Table;
use crate::expr::display_name;
use crate::figure::Look;
use crate::figure::look::number::short;
use crate::figure::look::palette::PathStyle;
use crate::figure::plane::camera::Projection;
use crate::figure::scatter::{Drawn, Marks, Scatter, ScatterOutput};
use crate::objective::Point;
use crate::scenario::Data;
use crate::session::Session;
use crate::ui::actions::Action;
use crate::ui::widgets::number_field::{NumberField, Takes};

/// The view, with what it holds from one frame to the next.
#[derive(Debug, Default)]
pub struct DataView {
    /// Whether residuals are shown.
    residuals: bool,
    /// Which of several features is across.
    feature: usize,
    /// Whether rows that are added get the higher label.
    adds_high: bool,
    /// The features that are typed for a prediction; what is missing is the mean.
    typed: Vec<f64>,
    /// The row under the pointer.
    pub row: Option<usize>,
    /// The row that the hand moves.
    held: Option<usize>,
    /// The rows as they are typed.
    text: RowsText,
}

/// Where the view stands in the session.
#[derive(Clone, Copy, Debug)]
pub struct DataPlace {
    /// The step that is shown.
    pub step: u32,
    /// The run that residuals and predictions are of.
    pub chosen: Option<usize>,
    /// The point of the plane under the pointer.
    pub pointed_at: Option<Point>,
}

/// A view of at least this width has the rows beside the axes, and a narrower one below them.
const WIDE: f32 = 520.0;

impl DataView {
    /// Shows the rows as a text, with the keyboard in it.
    pub fn type_rows(&mut self) {
        (self.text.is_open, self.text.asks_for_keyboard) = (true, true);
    }

    /// Lets go of what is typed: another scenario stands now.
    pub fn forget_typed(&mut self) {
        self.text.forget();
    }

    /// What is chosen about it.
    pub fn choices_ui(&mut self, ui: &mut Ui, session: &Session) {
        if session.scenario().cost.data.is_some() {
            ui.toggle_value(&mut self.text.is_open, "as text")
                .on_hover_text(Action::TypeRows.explanation(ui.ctx()));
        }
        let Some(scatter) = Scatter::of(session, self.feature) else { return };
        let names = scatter.data().names();
        if !matches!(scatter.drawn(), Drawn::Boundary | Drawn::Cut) {
            ui.checkbox(&mut self.residuals, "residuals")
                .on_hover_text("From each row to what the model of the chosen run expects");
        }
        if scatter.drawn() == Drawn::Values {
            let features = scatter.roles().features.clone();
            let name = |place: usize| {
                features.get(place).map_or(String::new(), |column| display_name(&names[*column]))
            };
            let shown = ComboBox::from_id_salt("feature")
                .selected_text(name(self.feature))
                .width(70.0)
                .show_ui(ui, |ui| {
                    for place in 0..features.len() {
                        ui.selectable_value(&mut self.feature, place, name(place));
                    }
                });
            shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Feature across"));
        }
        if let (Some([low, high]), Drawn::Boundary) = (scatter.roles().labels, scatter.drawn()) {
            let target = display_name(&names[scatter.roles().target]);
            ui.label("a click adds").on_hover_text("The label of a row that is added by a click");
            ui.selectable_value(&mut self.adds_high, false, format!("{target} = {low}"));
            ui.selectable_value(&mut self.adds_high, true, format!("{target} = {high}"));
        }
    }

    /// Draws it into the space that is left.
    pub fn show_ui(&mut self, ui: &mut Ui, session: &mut Session, look: Look, place: DataPlace) {
        if self.text.is_open && session.scenario().cost.data.is_some() {
            let typed = self.text_ui(ui, session);
            egui::CentralPanel::no_frame().show(ui, |ui| self.rows_ui(ui, session, look, place));
            if typed.is_some() {
                session.edit(|scenario| scenario.cost.data = typed);
                ui.request_repaint();
            }
        } else {
            self.rows_ui(ui, session, look, place);
        }
    }

    /// The rows as a text, beside or below the axes.
    fn text_ui(&mut self, ui: &mut Ui, session: &Session) -> Option<Data> {
        let cost = &session.scenario().cost;
        let data = cost.data.as_ref()?;
        let size = ui.available_size();
        let (panel, gap) = if size.x >= WIDE {
            let panel = Panel::right("rows as text").default_size(0.4 * size.x);
            (panel.size_range(130.0..=0.6 * size.x), Margin { left: 8, ..Margin::ZERO })
        } else {
            let panel = Panel::bottom("rows as text below").default_size(0.4 * size.y);
            (panel.size_range(90.0..=0.6 * size.y), Margin { top: 6, ..Margin::ZERO })
        };
        let panel = panel.resizable(true).frame(Frame::NONE.inner_margin(gap));
        let shown = panel.show(ui, |ui| {
            // A panel is as large as what is in it, and would shrink.
            ui.set_min_size(ui.available_size());
            self.text.show_ui(ui, cost, data)
        });
        shown.inner
    }

    /// The axes with the rows, and what is said and asked below them.
    fn rows_ui(&mut self, ui: &mut Ui, session: &mut Session, look: Look, place: DataPlace) {
        let Some(mut scatter) = Scatter::of(session, self.feature) else {
            let words = if session.scenario().cost.data.is_none() {
                "There are no rows: add some by + beside the formula."
            } else {
                "The loss reads no feature that the target could be drawn against."
            };
            ui.weak(words);
            return;
        };
        let marks = Marks {
            pointed: place.pointed_at,
            residuals: self.residuals,
            row: self.held.or(self.row),
            ..Marks::of(session, look, place.step, place.chosen, ui.theme())
        };
        let chosen = marks.chosen;
        let below = 2.0 * ui.spacing().interact_size.y + ui.spacing().item_spacing.y + 6.0;
        let room = egui::vec2(ui.available_width(), (ui.available_height() - below).max(80.0));
        let output = ui.allocate_ui(room, |ui| scatter.show_ui(ui, &marks, look.inks(ui.theme()))).inner;
        let words = format!("Rows of data: {}", scatter.data().table().rows());
        output.response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, &words));
        let edited = self.by_hand(ui, &scatter, &output);
        self.words_ui(ui, &mut scatter, chosen);
        self.predict_ui(ui, session, &mut scatter, place);
        if let Some(table) = edited {
            session.edit(|scenario| {
                scenario.cost.data = scenario.cost.data.as_ref().map(|data| data.with_table(table));
            });
            ui.request_repaint();
        }
    }

    /// What the hand does with the rows: the table that comes of it, if it is another.
    fn by_hand(&mut self, ui: &Ui, scatter: &Scatter, output: &ScatterOutput) -> Option<Table> {
        let ScatterOutput { response, projection } = output;
        let before = self.row;
        self.row = response.hover_pos().and_then(|at| scatter.nearest(at, *projection));
        if self.row != before {
            // The plot beside it is drawn before it is known what is under the pointer.
            ui.request_repaint();
        }
        let table = scatter.data().table();
        if !can_be_edited(scatter) {
            return None;
        }
        if response.drag_started_by(PointerButton::Primary) {
            let from = ui.input(|input| input.pointer.press_origin());
            self.held = from.and_then(|at| scatter.nearest(at, *projection));
        }
        if self.row.is_some() || self.held.is_some() {
            ui.ctx().set_cursor_icon(if self.held.is_some() {
                CursorIcon::Grabbing
            } else {
                CursorIcon::Grab
            });
        }
        let held = self.held.filter(|row| *row < table.rows());
        if !response.dragged_by(PointerButton::Primary) {
            self.held = None;
        }
        if let Some((row, at)) = held.zip(response.interact_pointer_pos()) {
            let moved = moved(scatter, row, at, *projection);
            return (moved != table.row(row)).then(|| table.with_row(row, &moved).ok()).flatten();
        }
        if let Some(row) = self.row.filter(|_| removes(ui, response)) {
            self.row = None;
            return table.without_row(row).ok();
        }
        let at = response.interact_pointer_pos().filter(|_| response.clicked() && self.row.is_none())?;
        table.with_row(table.rows(), &self.added(scatter, at, *projection)).ok()
    }

    /// The row that a click adds: what is not drawn has its mean, a label the one that is chosen.
    fn added(&self, scatter: &Scatter, at: Pos2, projection: Projection) -> Vec<f64> {
        let table = scatter.data().table();
        let mean = |column: &Vec<f64>| column.iter().sum::<f64>() / column.len() as f64;
        let mut row: Vec<f64> = table.columns().iter().map(mean).collect();
        if let Some(labels) = scatter.roles().labels {
            row[scatter.roles().target] = labels[usize::from(self.adds_high)];
        }
        put(scatter, &mut row, at, projection);
        row
    }

    /// What belongs to the row under the pointer, or what can be done.
    fn words_ui(&self, ui: &mut Ui, scatter: &mut Scatter, chosen: Option<(Point, PathStyle)>) {
        let words =
            match self.held.or(self.row).filter(|row| *row < scatter.data().table().rows()).zip(chosen) {
                Some((row, (theta, _))) => {
                    let numbers = scatter.data().table().row(row);
                    let named = scatter.data().names().iter().zip(&numbers);
                    let named: Vec<String> = named
                        .map(|(name, number)| format!("{} {}", display_name(name), short(*number, 4)))
                        .collect();
                    let (loss, share) = scatter.share(theta, row);
                    let percent = if share.is_finite() {
                        format!(", {} % of all", short(100.0 * share, 3))
                    } else {
                        String::new()
                    };
                    format!("row {}: {}   loss {}{percent}", row + 1, named.join(", "), short(loss, 4))
                }
                None if can_be_edited(scatter) => {
                    "Drag rows; click adds, Delete or right click removes".to_owned()
                }
                None => "So many rows are not moved by hand: change the file, and open it again".to_owned(),
            };
        ui.add(egui::Label::new(RichText::new(words).small()).truncate());
    }

    /// What the model of the chosen run answers to features that are typed.
    fn predict_ui(&mut self, ui: &mut Ui, session: &Session, scatter: &mut Scatter, place: DataPlace) {
        let features = scatter.roles().features.clone();
        if self.typed.len() != features.len() {
            let columns = scatter.data().table().columns();
            let mean = |column: &usize| columns[*column].iter().sum::<f64>() / columns[*column].len() as f64;
            self.typed = features.iter().map(mean).collect();
        }
        let index = place.chosen.unwrap_or(0);
        let theta = session.trajectory(index).and_then(|(path, _)| path.point_at(place.step));
        ui.horizontal(|ui| {
            ui.label("predict").on_hover_text("What the model of the chosen run answers to these features");
            for (typed, column) in self.typed.iter_mut().zip(&features) {
                let name = display_name(&scatter.data().names()[*column]);
                ui.label(&name);
                let name = format!("predict: {name}");
                let field = NumberField {
                    takes: Takes::Any,
                    width: 64.0,
                    ..NumberField::new(&name, "A feature to predict the target of")
                };
                field.show_ui(ui, typed);
            }
            let Some(theta) = theta else { return };
            let target = display_name(&scatter.data().names()[scatter.roles().target]);
            let answer =
                scatter.predict(theta, &self.typed).map_or_else(|| "none".to_owned(), |y| short(y, 4));
            let run = session.scenario().run_name(index);
            ui.add(egui::Label::new(format!("\u{2192} {target} {answer}")).truncate())
                .on_hover_text(format!("By {run}, at the step that is shown"));
        });
    }
}

/// Whether there are so few numbers that each change may be kept for undo.
fn can_be_edited(scatter: &Scatter) -> bool {
    const MOST_NUMBERS: usize = 50_000;
    let table = scatter.data().table();
    table.rows() * table.names().len() <= MOST_NUMBERS
}

/// Whether a row is to be removed.
fn removes(ui: &Ui, response: &Response) -> bool {
    let has_key = response.hovered()
        && ui.ctx().memory(|memory| memory.focused().is_none())
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Delete));
    response.secondary_clicked() || has_key
}

/// A row where the hand has put it.
fn moved(scatter: &Scatter, row: usize, at: Pos2, projection: Projection) -> Vec<f64> {
    let mut numbers = scatter.data().table().row(row);
    put(scatter, &mut numbers, at, projection);
    numbers
}

/// Puts a place of the screen into a row; a label is the nearer one.
fn put(scatter: &Scatter, row: &mut [f64], at: Pos2, projection: Projection) {
    let to = projection.to_plane(at);
    for (axis, number) in scatter.axes().into_iter().zip(to) {
        let is_label = scatter.roles().labels.is_some() && axis == scatter.roles().target;
        let nearest = |[low, high]: [f64; 2]| if number < 0.5 * (low + high) { low } else { high };
        row[axis] = match scatter.roles().labels.filter(|_| is_label) {
            Some(labels) => nearest(labels),
            None => number,
        };
    }
}
