//! The notes of the scenario in a window over the plot: read whole, with their mathematics, and written.

mod written;

use egui::{Id, Key, Modifiers, Popup, Rect, RichText, Role, ScrollArea, TextEdit, TextStyle, Ui};
use egui::{WidgetInfo, Window, vec2};
pub use written::plain;
use written::{Piece, pieces};

use crate::figure::mathematics::Mathematics;
use crate::scenario::MAX_NOTES_CHARS;
use crate::session::Session;

/// The size that it opens with, in points, where there is room for it.
const SIZE: egui::Vec2 = vec2(440.0, 260.0);
/// An em of the mathematics over one of the words around it, so that letters are about as high.
const EM: f32 = 1.15;
/// What is said of the length while notes have more than this part of the characters that they may have.
const SAID_FROM: usize = MAX_NOTES_CHARS / 10 * 9;

/// The window of the notes, open or not.
#[derive(Debug, Default)]
pub struct Notes {
    is_open: bool,
    is_editing: bool,
    /// The field is to have the keyboard. It is asked for until it is there, since the click that opens it takes it away.
    wants_focus: bool,
    /// The formula that the notes spoke of when they were last written here.
    written_for: Option<String>,
    /// Whether Esc had nothing else to close in the last frame.
    takes_escape: bool,
}

impl Notes {
    /// Whether they are shown.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it to be read, or closes it.
    pub fn toggle(&mut self) {
        *self = Self { is_open: !self.is_open, written_for: self.written_for.take(), ..Self::default() };
    }

    /// Whether the notes were written here for this formula.
    pub fn speak_of(&self, formula: &str) -> bool {
        self.written_for.as_deref() == Some(formula)
    }

    /// Draws it if it is open, over the `plot`. `has_keys`: keys without a modifier are nobody else's.
    pub fn show_ui(&mut self, ui: &Ui, session: &mut Session, plot: Option<Rect>, has_keys: bool) {
        if !self.is_open {
            return;
        }
        let escaped = self.takes_escape && has_keys;
        if escaped && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            return self.close(ui);
        }
        let room = ui.ctx().content_rect().shrink(8.0);
        let size = SIZE.min(room.size() * vec2(0.95, 0.5)).max(vec2(120.0, 80.0));
        let corner = plot.map_or(room.min, |plot| plot.min + vec2(12.0, 12.0));
        let mut stays = true;
        Window::new("Notes")
            .id(Id::unique("notes"))
            .open(&mut stays)
            .collapsible(false)
            .default_pos(corner)
            .default_size(size)
            .min_size(size.min(vec2(260.0, 120.0)))
            .max_size((room.size() - vec2(0.0, 40.0)).max(size))
            .show(ui.ctx(), |ui| {
                self.controls_ui(ui, session);
                ui.separator();
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    if self.is_editing { self.edit_ui(ui, session) } else { read_ui(ui, session) }
                });
            });
        let has_focus = ui.memory(|memory| memory.focused().is_some());
        self.takes_escape = !has_focus && !Popup::is_any_open(ui.ctx());
        if !stays {
            self.close(ui);
        }
    }

    fn close(&mut self, ui: &Ui) {
        self.toggle();
        // Its field is gone; keys belong to the window again.
        ui.memory_mut(|memory| memory.stop_text_input());
    }

    /// The row above the text.
    fn controls_ui(&mut self, ui: &mut Ui, session: &Session) {
        let scenario = session.scenario();
        ui.horizontal(|ui| {
            let (label, explanation) = if self.is_editing {
                ("Done", "Read the notes as they are set")
            } else {
                ("Edit notes", "Write them; a formula between two $ is set as mathematics")
            };
            if ui.button(label).on_hover_text(explanation).clicked() {
                self.is_editing = !self.is_editing;
                self.wants_focus = self.is_editing;
            }
            let count = scenario.notes.chars().count();
            if count > SAID_FROM {
                ui.weak(format!("{count} of {MAX_NOTES_CHARS} characters"));
            } else if !scenario.title.is_empty() {
                ui.add(egui::Label::new(RichText::new(&scenario.title).strong()).truncate());
            }
        });
    }

    /// The text as it stands in the file.
    fn edit_ui(&mut self, ui: &mut Ui, session: &mut Session) {
        let mut text = session.scenario().notes.clone();
        let field = TextEdit::multiline(&mut text)
            .char_limit(MAX_NOTES_CHARS)
            .hint_text("What is to be seen here? A formula such as $\\alpha < 2/L$ stands between two $.")
            .desired_width(f32::INFINITY)
            .desired_rows(8);
        let field = ui.add(field);
        field.widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, "Text of the notes"));
        self.wants_focus &= !field.has_focus();
        if self.wants_focus {
            field.request_focus();
            ui.ctx().request_repaint();
        }
        if field.changed() {
            self.written_for = Some(session.scenario().cost.formula().to_owned());
            session.edit(|scenario| scenario.notes = text);
        }
    }
}

/// The text as it is read.
fn read_ui(ui: &mut Ui, session: &Session) {
    let notes = &session.scenario().notes;
    if notes.trim().is_empty() {
        ui.weak("Nothing is written yet.");
        return;
    }
    let size = TextStyle::Body.resolve(ui.style()).size * EM;
    ui.spacing_mut().item_spacing.y = 2.0;
    for paragraph in written::paragraphs(notes) {
        if paragraph.is_empty() {
            ui.add_space(6.0);
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for piece in pieces(&paragraph) {
                piece_ui(ui, piece, size);
            }
        });
        ui.add_space(3.0);
    }
}

fn piece_ui(ui: &mut Ui, piece: Piece<'_>, size: f32) {
    let (Piece::Words(text) | Piece::Formula(text) | Piece::Display(text)) = piece;
    let formula = Mathematics { latex: text, spoken: text, size };
    match piece {
        Piece::Words(words) => {
            ui.label(words.replace("\\$", "$"));
        }
        // What cannot be set is read as it was written.
        _ if formula.natural_size(ui).is_none() => {
            ui.label(format!("${text}$"));
        }
        Piece::Formula(_) if formula.fits(ui, ui.available_width()) => {
            formula.show_ui(ui);
        }
        Piece::Formula(_) | Piece::Display(_) => {
            ui.end_row();
            ui.vertical(|ui| formula.show_ui(ui));
            ui.end_row();
        }
    }
}
