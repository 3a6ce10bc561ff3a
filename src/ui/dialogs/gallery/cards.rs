//! The cards under their headings, in as many columns as there is room for, and the keys that move among them.

use egui::{FocusDirection, Id, Key, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::card::{card_height, card_ui, picture_size};
use super::entries::Entry;
use super::thumbnails::Thumbnails;
use super::{Asked, Hits, field_id};
use crate::figure::{Look, ThumbnailStyle};

const MIN_CARD_WIDTH: f32 = 210.0;
const GAP: f32 = 12.0;
/// Kept free for the scroll bar.
const BAR: f32 = 12.0;

/// Draws all sections. `next` is the number of the entry that Enter would choose.
pub(super) fn cards_ui(
    ui: &mut Ui,
    hits: &Hits,
    look: Look,
    next: Option<usize>,
    thumbnails: &mut Thumbnails,
    asked: &mut Asked,
) {
    let room = ui.available_width() - BAR;
    let columns = ((room + GAP) / (MIN_CARD_WIDTH + GAP)).floor().max(1.0);
    let width = ((room + GAP) / columns - GAP).floor();
    let size = vec2(width, card_height(width));
    let density = ui.pixels_per_point();
    let pixels = picture_size(width) * density;
    let style = ThumbnailStyle {
        pixels: [pixels.x.round().max(1.0) as u32, pixels.y.round().max(1.0) as u32],
        pixels_per_point: density,
        // The other choices change nothing in a thumbnail, which would be drawn anew for them.
        look: Look { color_map: look.color_map, palette: look.palette, ..Look::default() },
        theme: ui.theme(),
    };
    let mut places: Vec<(Id, Rect)> = Vec::new();
    for (index, (section, entries)) in hits.iter().enumerate() {
        if index > 0 {
            ui.add_space(GAP);
        }
        let heading = ui.label(RichText::new(section.title).strong().heading());
        if asked.jump == Some(section.title) {
            ui.scroll_to_rect(heading.rect, Some(egui::Align::TOP));
        }
        let rows = (entries.len() as f32 / columns).ceil();
        let (grid, _) = ui.allocate_exact_size(vec2(room, rows * (size.y + GAP) - GAP), Sense::empty());
        for (at, entry) in entries.iter().enumerate() {
            let (column, row) = (at as f32 % columns, (at as f32 / columns).floor());
            let corner = grid.min + vec2(column * (size.x + GAP), row * (size.y + GAP));
            let rect = Rect::from_min_size(pos2(corner.x.round(), corner.y.round()), size);
            let id = Id::unique(("gallery card", entry.number));
            places.push((id, rect));
            if entry_ui(ui, rect, id, entry, next == Some(entry.number), style, thumbnails) {
                asked.chosen = Some(entry);
            }
        }
    }
    move_focus(ui, &places, asked.into_cards);
}

/// Draws the card of an entry as far as it is seen. Returns whether it was chosen.
fn entry_ui(
    ui: &Ui,
    rect: Rect,
    id: Id,
    entry: &'static Entry,
    is_next: bool,
    style: ThumbnailStyle,
    thumbnails: &mut Thumbnails,
) -> bool {
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, entry.label()));
    if response.gained_focus() {
        ui.scroll_to_rect(rect.expand(GAP), None);
    }
    if ui.is_rect_visible(rect) {
        let picture = thumbnails.get(ui, entry, style);
        card_ui(ui, &response, entry, picture.as_ref(), is_next);
    }
    response.on_hover_text(&entry.explanation).clicked()
}

/// Lets the arrow keys move among the cards as they lie, and back to the field above them.
fn move_focus(ui: &Ui, places: &[(Id, Rect)], into_cards: bool) {
    let focused = ui.memory(|memory| memory.focused());
    let target = if into_cards {
        places.first().copied()
    } else {
        let Some(at) = places.iter().position(|(id, _)| Some(*id) == focused) else { return };
        let pressed = |key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
        let from = places[at].1;
        if pressed(Key::ArrowRight) {
            places.get(at + 1).copied()
        } else if pressed(Key::ArrowLeft) {
            at.checked_sub(1).map(|before| places[before])
        } else if pressed(Key::ArrowDown) {
            nearest(places, from, |rect| rect.top() - from.bottom())
        } else if pressed(Key::ArrowUp) {
            let above = nearest(places, from, |rect| from.top() - rect.bottom());
            above.or(Some((field_id(), Rect::NOTHING)))
        } else {
            return;
        }
    };
    // egui would look for a neighbor of its own, also behind the gallery.
    ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    let Some((id, rect)) = target else { return };
    ui.memory_mut(|memory| memory.request_focus(id));
    if rect.is_positive() {
        ui.scroll_to_rect(rect.expand(GAP), None);
    }
    ui.request_repaint();
}

/// The card in the nearest row at a positive distance, and there the one that lies straightest.
fn nearest(places: &[(Id, Rect)], from: Rect, distance: impl Fn(Rect) -> f32) -> Option<(Id, Rect)> {
    let score = |(_, rect): &&(Id, Rect)| (distance(*rect), (rect.left() - from.left()).abs());
    let ahead = places.iter().filter(|(_, rect)| distance(*rect) > 0.0);
    ahead.min_by(|a, b| score(a).partial_cmp(&score(b)).unwrap_or(std::cmp::Ordering::Equal)).copied()
}
