//! Every step of a run in a table beside the plot: to be read, gone to and copied.

mod columns;
mod rows;

use columns::Columns;
use egui::{Button, Key, Label, Modifiers, Popup, RichText, Ui};
use rows::{ROW_HEIGHT, Rows, Scroll};

use crate::expr::display_name;
use crate::figure::Look;
use crate::record::csv::DecimalMark;
use crate::session::Session;
use crate::ui::views::run_choice::run_choice_ui;

/// How the table is read.
#[derive(Debug)]
pub struct StepsTable {
    scroll: Scroll,
    /// The run that was shown in the last frame, and its row that was marked; none if the table has to be scrolled to it
    /// wherever it is.
    marked: Option<(usize, usize)>,
    /// Whether the table scrolls to the step that is shown.
    follows: bool,
    all_digits: bool,
    /// Whether numbers are copied with a decimal comma.
    copies_commas: bool,
}

impl Default for StepsTable {
    fn default() -> Self {
        Self {
            scroll: Scroll::default(),
            marked: None,
            follows: true,
            all_digits: false,
            copies_commas: false,
        }
    }
}

/// What the table shows beside a run.
#[derive(Clone, Copy)]
pub struct StepsView {
    /// The step that is shown.
    pub step: u32,
    /// Whether the step moves by itself.
    pub is_playing: bool,
    /// Whether keys without a modifier are nobody else's.
    pub has_keys: bool,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepsRequest {
    /// Show this step.
    GoTo(u32),
    /// Speak of the run at this index.
    Choose(usize),
    /// Copy the table of the run at this index, with such numbers.
    Copy(usize, DecimalMark),
}

impl StepsTable {
    /// The row of controls: the run at `index`, and how its table is read. Returns what was asked for.
    pub fn controls_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        index: usize,
        look: Look,
    ) -> Option<StepsRequest> {
        let mut request =
            run_choice_ui(ui, session, index, look, "Run of the table").map(StepsRequest::Choose);
        let follow = ui.checkbox(&mut self.follows, "follow the step");
        if follow.on_hover_text("Scroll along with the step that is shown").changed() && self.follows {
            self.marked = None;
        }
        ui.checkbox(&mut self.all_digits, "all digits")
            .on_hover_text("Every digit that it takes to read a number back exactly");
        let is_over = session.trajectory(index).is_some_and(|(path, _)| path.outcome.is_some());
        let copy = ui.add_enabled(is_over, Button::new("Copy table"));
        let copy = copy
            .on_hover_text(
                "Copy every step with all digits, to be pasted into a spreadsheet; Figure… writes all runs as CSV",
            )
            .on_disabled_hover_text("The run is still being computed");
        ui.checkbox(&mut self.copies_commas, "decimal comma")
            .on_hover_text("Copy 0,5 in place of 0.5, for spreadsheets in languages that write it so");
        if copy.clicked() {
            let mark = if self.copies_commas { DecimalMark::Comma } else { DecimalMark::Point };
            request = Some(StepsRequest::Copy(index, mark));
        }
        request
    }

    /// The table of the run at `index`, and the line below it. Returns what was asked for.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        index: usize,
        view: StepsView,
    ) -> Option<StepsRequest> {
        let (path, _) = session.trajectory(index)?;
        let last = path.steps();
        let marked = (view.step as usize).min(last);
        let names = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
        let columns = Columns::new(ui, names.each_ref().map(String::as_str), path, self.all_digits);
        let footer = ui.text_style_height(&egui::TextStyle::Small) + 6.0;
        let height = (ui.available_height() - footer).max(3.0 * ROW_HEIGHT);
        let before = self.marked.filter(|(run, _)| *run == index).map(|(_, row)| row);
        let moved = before != Some(marked);
        let reveal = (moved && (self.follows || before.is_none())).then_some(marked);
        let rows = Rows { path, columns: &columns, marked };
        let drawn = ui.scope(|ui| rows.show_ui(ui, height, self.scroll, reveal)).inner;
        self.scroll = drawn.scroll;
        self.marked = Some((index, marked)).filter(|_| !drawn.is_late);
        if drawn.is_late {
            ui.ctx().request_repaint();
        }
        if drawn.by_hand && view.is_playing {
            // Whoever reads elsewhere while the step goes on is not to be carried off.
            self.follows = false;
        }
        let text = match &path.outcome {
            Some(outcome) => format!("{} rows; {}", last + 1, outcome.text),
            None => format!("{} rows so far", last + 1),
        };
        ui.add(Label::new(RichText::new(&text).small().weak()).truncate()).on_hover_text(&text);
        let page = (self.scroll.height / ROW_HEIGHT).floor().max(1.0) as i64;
        let by_key = if view.has_keys { moved_by_keys(ui, page) } else { 0 };
        if by_key != 0 {
            let step = (marked as i64).saturating_add(by_key).clamp(0, last as i64);
            // Whoever moves the step by hand wants to see it.
            self.marked = if self.follows { self.marked } else { None };
            return Some(StepsRequest::GoTo(step as u32));
        }
        drawn.clicked.map(|row| StepsRequest::GoTo(row as u32))
    }
}

/// By how many rows the keys move the step, where nothing else has the keyboard.
fn moved_by_keys(ui: &Ui, page: i64) -> i64 {
    if ui.memory(|memory| memory.focused().is_some()) || Popup::is_any_open(ui.ctx()) {
        return 0;
    }
    ui.input_mut(|input| {
        let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key) as i64;
        let lines = pressed(Key::ArrowDown) - pressed(Key::ArrowUp);
        lines + page * (pressed(Key::PageDown) - pressed(Key::PageUp))
    })
}
