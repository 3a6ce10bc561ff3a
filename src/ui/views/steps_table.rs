//! Every step of a run in a table beside the plot: to be read, gone to and copied.

mod columns;
mod followed;
mod rows;

use columns::Columns;
use egui::{
    Align2, Atom, AtomPaintArgs, Button, ComboBox, Id, Key, Label, Modifiers, Popup, Pos2, RichText, Role,
    Ui, WidgetInfo, Window, vec2,
};
use followed::Followed;
use rows::{ROW_HEIGHT, Rows, Scroll};

use crate::expr::display_name;
use crate::figure::Look;
use crate::figure::look::palette::{PathStyle, sample_shapes};
use crate::figure::plane::camera::Projection;
use crate::figure::plane::corners::least_hiding;
use crate::optimizer::Trajectory;
use crate::record::csv::DecimalMark;
use crate::scenario::OptimizerChoice;
use crate::session::Session;
use crate::ui::widgets::swatch::swatch_ui;

/// The size that the window of the table opens with, in points, where there is room for it.
const SIZE: egui::Vec2 = vec2(610.0, 290.0);
/// What a window has around its content: margins, and the bar with its title.
const AROUND: egui::Vec2 = vec2(14.0, 48.0);
/// Where it opens over the plot, if it hides nothing in any.
const CORNERS: [Align2; 4] = [Align2::LEFT_BOTTOM, Align2::LEFT_TOP, Align2::RIGHT_BOTTOM, Align2::RIGHT_TOP];
/// The most characters of a run's name in the title.
const TITLE_CHARS: usize = 40;

/// The table, open or not.
#[derive(Debug)]
pub struct StepsTable {
    shown: Option<Shown>,
    /// Whether the table scrolls to the step that is shown.
    follows: bool,
    all_digits: bool,
    /// Whether numbers are copied with a decimal comma.
    copies_commas: bool,
}

impl Default for StepsTable {
    fn default() -> Self {
        Self { shown: None, follows: true, all_digits: false, copies_commas: false }
    }
}

/// The table while it is open.
#[derive(Debug)]
struct Shown {
    run: Followed,
    /// How many runs there were in the last frame.
    runs: usize,
    scroll: Scroll,
    /// Where the table opens, once the plot is there.
    corner: Option<Pos2>,
    /// The row that was marked in the last frame; none if the table has to be scrolled to it wherever it is.
    marked: Option<usize>,
    /// Whether Esc had nothing else to close in the last frame.
    takes_escape: bool,
}

/// What the table shows beside a run.
#[derive(Clone, Copy)]
pub struct StepsView {
    /// The step that is shown.
    pub step: u32,
    /// Whether the step moves by itself.
    pub is_playing: bool,
    pub look: Look,
    /// Whether keys without a modifier are nobody else's.
    pub has_keys: bool,
    /// The plot that the table opens over.
    pub plot: Option<Projection>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepsRequest {
    /// Show this step.
    GoTo(u32),
    /// Copy the table of the run at this index, with such numbers.
    Copy(usize, DecimalMark),
}

impl StepsTable {
    /// Opens the table on the run at `index`, if there is one.
    pub fn open(&mut self, index: usize, runs: &[OptimizerChoice]) {
        self.shown = Followed::at(index, runs).map(|run| Shown {
            run,
            runs: runs.len(),
            scroll: Scroll::default(),
            corner: None,
            marked: None,
            takes_escape: false,
        });
    }

    /// Whether the table is shown.
    pub fn is_open(&self) -> bool {
        self.shown.is_some()
    }

    /// The run that is shown, by its place in the last frame.
    pub fn run(&self) -> Option<usize> {
        self.shown.as_ref().map(|shown| shown.run.index())
    }

    /// Opens the table on the run that is pointed at, or on the first visible one. If it is open it closes, unless it shows
    /// another run than the one that is pointed at.
    pub fn toggle(&mut self, pointed_at: Option<usize>, runs: &[OptimizerChoice]) {
        let is_another = |shown: &Shown| pointed_at.is_some_and(|index| !shown.run.is_at(index));
        if self.shown.as_ref().is_some_and(|shown| !is_another(shown)) {
            self.shown = None;
        } else {
            let first = runs.iter().position(|run| run.visible).unwrap_or(0);
            self.open(pointed_at.unwrap_or(first), runs);
        }
    }

    /// Draws the table. Returns what was asked for.
    pub fn show_ui(&mut self, ui: &Ui, session: &Session, view: StepsView) -> Option<StepsRequest> {
        let mut shown = self.shown.take()?;
        let runs = &session.scenario().optimizers;
        // A run that was removed takes its table with it.
        let index = shown.run.find(runs, shown.runs)?;
        shown.runs = runs.len();
        let (path, _) = session.trajectory(index)?;
        let escaped = shown.takes_escape && view.has_keys;
        if escaped && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            return None;
        }
        let mut is_open = true;
        let mut request = None;
        let room = ui.ctx().content_rect().shrink(8.0);
        // In a small window half of it is left to what the table is about.
        let size = SIZE.min(room.size() * vec2(0.95, 0.5)).max(vec2(120.0, 80.0));
        if shown.corner.is_none() {
            shown.corner = view.plot.map(|plot| least_hiding(&CORNERS, plot, size + AROUND, session).min);
        }
        Window::new(title(&session.scenario().run_name(index)))
            .id(Id::unique("steps"))
            .open(&mut is_open)
            .collapsible(false)
            .default_pos(shown.corner.unwrap_or(room.min).max(room.min))
            .default_size(size)
            .min_size(size.min(vec2(260.0, 150.0)))
            .max_size((room.size() - vec2(0.0, 40.0)).max(size))
            .show(ui.ctx(), |ui| {
                let chosen = self.controls_ui(ui, &mut shown, session, index, view.look, &mut request);
                request = self.table_ui(ui, &mut shown, session, path, view).or(request);
                if chosen != index
                    && let Some(run) = Followed::at(chosen, runs)
                {
                    // The rows of this frame are still those of the run before.
                    shown.run = run;
                    shown.marked = None;
                    ui.ctx().request_repaint();
                }
            });
        let has_focus = ui.memory(|memory| memory.focused().is_some());
        shown.takes_escape = !has_focus && !Popup::is_any_open(ui.ctx());
        self.shown = is_open.then_some(shown);
        request
    }

    /// The row above the table. Returns the run that is chosen.
    fn controls_ui(
        &mut self,
        ui: &mut Ui,
        shown: &mut Shown,
        session: &Session,
        index: usize,
        look: Look,
        request: &mut Option<StepsRequest>,
    ) -> usize {
        let runs = &session.scenario().optimizers;
        let styles = look.path_styles(runs, ui.theme());
        let mut chosen = index;
        ui.horizontal_wrapped(|ui| {
            if let Some(style) = styles.get(index) {
                swatch_ui(ui, *style);
            }
            let box_of_runs = ComboBox::from_id_salt("run").selected_text(session.scenario().run_name(index)).truncate();
            let box_of_runs = box_of_runs.width(130.0).show_ui(ui, |ui| {
                for (place, style) in styles.iter().enumerate() {
                    let name = session.scenario().run_name(place);
                    if ui.add(Button::selectable(place == index, (sample(*style), name))).clicked() {
                        chosen = place;
                    }
                }
            });
            box_of_runs.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Run of the table"));
            box_of_runs.response.on_hover_text("The run whose steps are shown");
            let follow = ui.checkbox(&mut self.follows, "follow the step");
            if follow.on_hover_text("Scroll along with the step that is shown").changed()
                && self.follows
            {
                shown.marked = None;
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
                *request = Some(StepsRequest::Copy(index, mark));
            }
        });
        chosen
    }

    /// The table and the line below it.
    fn table_ui(
        &mut self,
        ui: &mut Ui,
        shown: &mut Shown,
        session: &Session,
        path: &Trajectory,
        view: StepsView,
    ) -> Option<StepsRequest> {
        let last = path.steps();
        let marked = (view.step as usize).min(last);
        let names = session.scenario().cost.variables.each_ref().map(|name| display_name(name));
        let columns = Columns::new(ui, names.each_ref().map(String::as_str), path, self.all_digits);
        let footer = ui.text_style_height(&egui::TextStyle::Small) + 6.0;
        let height = (ui.available_height() - footer).max(3.0 * ROW_HEIGHT);
        let moved = shown.marked != Some(marked);
        let reveal = (moved && (self.follows || shown.marked.is_none())).then_some(marked);
        let rows = Rows { path, columns: &columns, marked };
        let drawn = ui.scope(|ui| rows.show_ui(ui, height, shown.scroll, reveal)).inner;
        shown.scroll = drawn.scroll;
        shown.marked = Some(marked).filter(|_| !drawn.is_late);
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
        let page = (shown.scroll.height / ROW_HEIGHT).floor().max(1.0) as i64;
        let by_key = if view.has_keys { moved_by_keys(ui, page) } else { 0 };
        if by_key != 0 {
            let step = (marked as i64).saturating_add(by_key).clamp(0, last as i64);
            // Whoever moves the step by hand wants to see it.
            shown.marked = if self.follows { shown.marked } else { None };
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

/// A piece of a run's path, to stand beside its name.
fn sample(style: PathStyle) -> Atom<'static> {
    Atom::paint(vec2(36.0, 14.0), move |ui: &Ui, args: AtomPaintArgs| {
        ui.painter().extend(sample_shapes(args.rect, style));
    })
}

/// The title of the table of a run; a long name is cut.
fn title(name: &str) -> String {
    if name.chars().count() <= TITLE_CHARS {
        return format!("Steps of {name}");
    }
    let start: String = name.chars().take(TITLE_CHARS - 1).collect();
    format!("Steps of {}…", start.trim_end())
}
