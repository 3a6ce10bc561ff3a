//! The gallery: every built-in cost and every lesson with its picture, found by typing, chosen by pointer or keys.

mod card;
mod cards;
mod entries;
mod thumbnails;

use egui::{Button, Event, Frame, Id, Key, Margin, Modal, RichText, ScrollArea, TextEdit, Ui, vec2};

use self::cards::cards_ui;
use self::entries::{Entry, Section, sections, words_of};
use self::thumbnails::Thumbnails;
use crate::figure::Look;
use crate::scenario::Scenario;

/// What assistive technology calls the field for the words to look for.
const FILTER: &str = "Find a cost or a lesson";
/// The most room that it takes, and what it leaves of the window around it.
const MAX_SIZE: egui::Vec2 = vec2(1320.0, 940.0);
const ROOM_AROUND: f32 = 20.0;
const MARGIN: i8 = 16;
const FILTER_WIDTH: f32 = 240.0;

/// The gallery, and what it keeps while it is closed.
#[derive(Default)]
pub struct Gallery {
    is_open: bool,
    /// The field is to have the focus. It is asked for until it is there, since the click that opens the gallery takes it
    /// away again.
    wants_focus: bool,
    filter: String,
    thumbnails: Thumbnails,
}

/// What is asked for in a frame.
#[derive(Default)]
struct Asked {
    close: bool,
    chosen: Option<&'static Entry>,
    /// The section to be brought to the top.
    jump: Option<&'static str>,
    /// The words have changed.
    typed: bool,
    /// Down was pressed in the field.
    into_cards: bool,
}

/// A section, and those of its entries that match the words.
type Hits = Vec<(&'static Section, Vec<&'static Entry>)>;

impl Gallery {
    /// Opens it with nothing typed.
    pub fn open(&mut self) {
        self.is_open = true;
        self.wants_focus = true;
        self.filter.clear();
    }

    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// How many pictures were drawn so far.
    pub fn thumbnails_made(&self) -> u64 {
        self.thumbnails.made()
    }

    /// Draws it over the window, if it is open. Returns the scenario that was chosen.
    pub fn show_ui(&mut self, ui: &Ui, look: Look) -> Option<Scenario> {
        if !self.is_open {
            return None;
        }
        self.thumbnails.begin_pass(ui.cumulative_frame_nr());
        let size =
            (ui.content_rect().size() - vec2(2.0, 2.0) * (ROOM_AROUND + f32::from(MARGIN))).min(MAX_SIZE);
        let frame = Frame::popup(ui.style()).inner_margin(Margin::same(MARGIN));
        let modal = Modal::new(Id::unique("gallery")).frame(frame).show(ui.ctx(), |ui| {
            ui.set_min_size(size);
            ui.set_max_size(size);
            self.contents_ui(ui, look)
        });
        let asked = &modal.inner;
        if asked.close || asked.chosen.is_some() || modal.should_close() {
            self.is_open = false;
            // Its field is gone; keys belong to the window again.
            ui.memory_mut(|memory| memory.stop_text_input());
        }
        asked.chosen.map(Entry::scenario)
    }

    fn contents_ui(&mut self, ui: &mut Ui, look: Look) -> Asked {
        let mut asked = Asked::default();
        ui.horizontal(|ui| {
            ui.heading("Costs and lessons");
            ui.add_space(8.0);
            self.filter_ui(ui, &mut asked);
            let hits: usize = self.hits().iter().map(|(_, entries)| entries.len()).sum();
            let words = if words_of(&self.filter).is_empty() { "in all" } else { "found" };
            ui.label(RichText::new(format!("{hits} {words}")).weak());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                asked.close |= ui.button("Close").on_hover_text("Back, with nothing changed (Esc)").clicked();
            });
        });
        let hits = self.hits();
        ui.horizontal_wrapped(|ui| {
            for section in sections() {
                let count = hits.iter().find(|(s, _)| s.title == section.title).map_or(0, |(_, e)| e.len());
                let label = format!("{} {count}", section.title);
                let button = ui.add_enabled(count > 0, Button::new(RichText::new(label).small()));
                if button.on_hover_text(format!("Go to {}", section.title)).clicked() {
                    asked.jump = Some(section.title);
                }
            }
        });
        ui.separator();
        if hits.is_empty() {
            self.nothing_ui(ui);
            return asked;
        }
        // Enter in the field chooses the first card, once there is something to look for.
        let next =
            if words_of(&self.filter).is_empty() { None } else { hits.first().map(|(_, e)| e[0].number) };
        let mut area = ScrollArea::vertical().auto_shrink(false);
        if asked.typed {
            area = area.vertical_scroll_offset(0.0);
        }
        area.show(ui, |ui| cards_ui(ui, &hits, look, next, &mut self.thumbnails, &mut asked));
        asked
    }

    /// The sections that have something to show.
    fn hits(&self) -> Hits {
        let words = words_of(&self.filter);
        let found = |section: &'static Section| {
            let entries = section.entries.iter().filter(|entry| entry.matches(&words));
            (section, entries.collect::<Vec<_>>())
        };
        sections().iter().map(found).filter(|(_, entries)| !entries.is_empty()).collect()
    }

    fn filter_ui(&mut self, ui: &mut Ui, asked: &mut Asked) {
        let id = field_id();
        if !ui.memory(|memory| memory.has_focus(id)) {
            self.type_from_elsewhere(ui);
        }
        let field = ui.add(
            TextEdit::singleline(&mut self.filter)
                .id(id)
                .hint_text("name, idea or formula")
                .desired_width(FILTER_WIDTH),
        );
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, FILTER));
        asked.typed |= field.changed();
        self.wants_focus &= !field.has_focus();
        if self.wants_focus {
            field.request_focus();
            ui.request_repaint();
        }
        // Enter gives the focus up; where a card has just taken it, Enter is for the card.
        let is_free = ui.memory(|memory| memory.focused().is_none());
        if field.lost_focus() && is_free && ui.input(|input| input.key_pressed(Key::Enter)) {
            let first = self.hits().first().and_then(|(_, entries)| entries.first().copied());
            asked.chosen = first.filter(|_| !words_of(&self.filter).is_empty());
            field.request_focus();
        }
        asked.into_cards = field.has_focus() && ui.input(|input| input.key_pressed(Key::ArrowDown));
        field.on_hover_text("All words must be found: in the name, the sentence, the group or the formula");
        if !self.filter.is_empty() && ui.button("Clear").on_hover_text("Show everything").clicked() {
            self.filter.clear();
            asked.typed = true;
            self.wants_focus = true;
        }
    }

    /// What is typed while a card has the focus goes into the field too.
    fn type_from_elsewhere(&mut self, ui: &Ui) {
        let typed: String = ui.input(|input| {
            let texts = input.events.iter().filter_map(|event| match event {
                Event::Text(text) if !text.trim().is_empty() => Some(text.as_str()),
                _ => None,
            });
            texts.collect()
        });
        if !typed.is_empty() {
            self.filter.push_str(&typed);
            self.wants_focus = true;
            let mut state = TextEdit::load_state(ui.ctx(), field_id()).unwrap_or_default();
            let end = egui::text::CCursor::new(self.filter.chars().count());
            state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
            TextEdit::store_state(ui.ctx(), field_id(), state);
        }
    }

    fn nothing_ui(&mut self, ui: &mut Ui) {
        ui.add_space(48.0);
        ui.vertical_centered(|ui| {
            ui.label(format!("Nothing is found for \u{201c}{}\u{201d}.", self.filter.trim()));
            ui.label(RichText::new("All words must be found: fewer words find more.").weak());
            ui.add_space(8.0);
            if ui.button("Show everything").on_hover_text("Clear the field").clicked() {
                self.filter.clear();
                self.wants_focus = true;
            }
        });
    }
}

fn field_id() -> Id {
    Id::unique(FILTER)
}
