//! The chooser of a method to add: group by group, each method with what it does in a sentence.

use egui::{Atom, Button, Id, Key, Label, Modifiers, RichText, ScrollArea, Ui, vec2};

use crate::objective::Objective;
use crate::optimizer::{METHODS, Method, MethodGroup};
use crate::ui::widgets::tab_order::{drawn_since, mark};

/// As wide as the longest sentence, where the window is.
const WIDTH: f32 = 800.0;
/// Room for the names.
const NAME_WIDTH: f32 = 144.0;
/// What stays free of the window.
const MARGIN: f32 = 48.0;

/// Draws the chooser in an open menu. Returns the method that was chosen.
///
/// One that cannot work on the cost is off, and says why.
pub fn method_chooser_ui(ui: &mut Ui, cost: Option<&Objective>) -> Option<&'static Method> {
    let room = ui.ctx().content_rect().size() - vec2(MARGIN, MARGIN);
    ui.set_width(WIDTH.min(room.x));
    // A menu begins with less room than the window has.
    ui.set_max_height(room.y);
    let scroll = ScrollArea::vertical().max_height(room.y).auto_shrink([false, true]);
    let chosen = scroll.show(ui, |ui| groups_ui(ui, cost)).inner;
    if chosen.is_some() {
        // A key closes no menu by itself.
        ui.close();
    }
    chosen
}

fn groups_ui(ui: &mut Ui, cost: Option<&Objective>) -> Option<&'static Method> {
    let before = mark(ui);
    let mut chosen = None;
    for group in MethodGroup::ALL {
        let methods = || METHODS.iter().filter(|method| method.group == group);
        if methods().next().is_none() {
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(group.title()).strong());
            ui.label(RichText::new(group.explanation()).weak());
        });
        for method in methods() {
            if row_ui(ui, method, cost.and_then(|cost| method.misfit(cost))) {
                chosen = Some(method);
            }
        }
        ui.add_space(4.0);
    }
    go_through(ui, &drawn_since(ui, before, |rect| rect.top()));
    chosen
}

/// Draws a method. Returns whether it was chosen.
fn row_ui(ui: &mut Ui, method: &'static Method, misfit: Option<&str>) -> bool {
    let row = ui.horizontal(|ui| {
        // What grows behind it keeps the name on the left.
        let button = Button::new(method.name).right_text(Atom::grow()).min_size(vec2(NAME_WIDTH, 0.0));
        let button = ui.add_enabled(misfit.is_none(), button);
        let button = button.on_disabled_hover_text(misfit.unwrap_or_default());
        if button.gained_focus() {
            button.scroll_to_me(None);
        }
        ui.add(Label::new(RichText::new(method.summary).weak()).wrap());
        // The letter for a transpose is in no font of the window.
        let formula = method.formula.replace('ᵀ', "^T");
        button.on_hover_text(format!("{formula}\n{}", method.source)).clicked()
    });
    row.inner
}

/// Moves the keyboard among the entries. It comes to the first when the chooser was opened by a key.
fn go_through(ui: &Ui, entries: &[Id]) {
    if ui.is_sizing_pass() {
        return;
    }
    let Some(focused) = ui.memory(|memory| memory.focused()) else { return };
    let count = entries.len() as isize;
    let place = entries.iter().position(|entry| *entry == focused);
    let at = match place {
        None => 0,
        Some(place) => {
            let arrows = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(focused, arrows));
            let presses =
                |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as isize;
            place as isize + presses(Key::ArrowDown) - presses(Key::ArrowUp)
        }
    };
    if count > 0
        && let Some(next) = entries.get(at.rem_euclid(count) as usize).filter(|next| **next != focused)
    {
        ui.memory_mut(|memory| memory.request_focus(*next));
        ui.request_repaint();
    }
}
