//! Tab goes through the window as it is read, with few stops: from the menus to the cost, the plot, the runs, the playback.
//!
//! egui goes in the order in which widgets are drawn, and panels are drawn from the outside in. What is no stop of its own is
//! reached from its neighbors by the arrow keys.

use std::collections::HashSet;

use egui::{Context, Event, EventFilter, Id, Key, LayerId, Order, Plugin, Popup, RawInput, Rect, Ui};

/// Where Tab leads, kept from pass to pass.
#[derive(Default)]
pub struct TabOrder {
    /// What was pressed in this pass: Tab counts 1, with Shift -1.
    asked: i32,
    /// What gets the keyboard in the next pass.
    next: Option<Id>,
    /// Where the keyboard went in this pass.
    arrived: Option<Id>,
    /// The panels as they are read, as far as they are open. What is in none of them comes first.
    panels: Vec<Rect>,
    /// What only arrow keys lead to.
    passed_over: HashSet<Id>,
}

/// Says in which order the panels are read.
pub fn set_panels(ctx: &Context, panels: impl IntoIterator<Item = Rect>) {
    ctx.with_plugin(|order: &mut TabOrder| order.panels = panels.into_iter().collect());
}

/// Draws widgets that Tab passes over.
pub fn by_arrows<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let (layer, before) = (ui.layer_id(), mark(ui));
    let inner = contents(ui);
    let drawn: Vec<Id> = ui.ctx().viewport(|viewport| {
        viewport.this_pass.widgets.get_layer(layer).skip(before).map(|widget| widget.id).collect()
    });
    ui.ctx().with_plugin(|order: &mut TabOrder| order.passed_over.extend(drawn));
    inner
}

/// Where the widgets that follow begin, for [`go_along`].
pub fn mark(ui: &Ui) -> usize {
    let layer = ui.layer_id();
    ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get_layer(layer).count())
}

/// What takes the keyboard of the widgets that were drawn since the mark, ordered by where they stand.
pub fn drawn_since(ui: &Ui, mark: usize, place: impl Fn(Rect) -> f32) -> Vec<Id> {
    let layer = ui.layer_id();
    let mut drawn: Vec<(f32, Id)> = ui.ctx().viewport(|viewport| {
        let drawn = viewport.this_pass.widgets.get_layer(layer).skip(mark);
        drawn.filter(|w| w.enabled && w.sense.is_focusable()).map(|w| (place(w.rect), w.id)).collect()
    });
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    drawn.into_iter().map(|(_, id)| id).collect()
}

/// Lets the left and right arrow keys go along the widgets that were drawn since the mark.
pub fn go_along(ui: &Ui, mark: usize) {
    let Some(focused) = ui.memory(|memory| memory.focused()) else { return };
    let row = drawn_since(ui, mark, |rect| rect.left());
    let Some(place) = row.iter().position(|id| *id == focused) else { return };
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(focused, filter));
    let pressed = |key| ui.input(|input| input.num_presses(key)) as isize;
    let steps = pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
    if let Some(next) = place.checked_add_signed(steps).and_then(|at| row.get(at)).filter(|_| steps != 0) {
        ui.memory_mut(|memory| memory.request_focus(*next));
    }
}

/// Scrolls to what Tab has led to, if it is in this part of a scroll area. To be called when that has been drawn.
pub fn scroll_to_stop(ui: &Ui) {
    let arrived = ui.ctx().with_plugin(|order: &mut TabOrder| order.arrived).flatten();
    let stop =
        arrived.and_then(|id| ui.ctx().read_response(id)).filter(|stop| stop.layer_id == ui.layer_id());
    if let Some(stop) = stop.filter(|stop| ui.min_rect().contains(stop.rect.center())) {
        ui.scroll_to_rect(stop.rect.expand(6.0), None);
    }
}

impl Plugin for TabOrder {
    fn debug_name(&self) -> &'static str {
        "tab order"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        input.events.retain(|event| match event {
            Event::Key { key: Key::Tab, pressed: true, modifiers, .. } if !modifiers.any() => {
                self.asked += 1;
                false
            }
            Event::Key { key: Key::Tab, pressed: true, modifiers, .. } if modifiers.shift_only() => {
                self.asked -= 1;
                false
            }
            _ => true,
        });
        if self.asked != 0 {
            ctx.request_repaint();
        }
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        self.passed_over.clear();
        self.arrived = self.next.take();
        if let Some(next) = self.arrived {
            ui.memory_mut(|memory| memory.request_focus(next));
        }
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let asked = std::mem::take(&mut self.asked);
        if asked == 0 {
            return;
        }
        let focused = ui.memory(|memory| memory.focused());
        let stops = self.stops(ui, focused);
        let count = stops.len() as i32;
        if count == 0 {
            return;
        }
        let place = focused.and_then(|id| stops.iter().position(|stop| stop.id == id)).map(|at| at as i32);
        let place = match place {
            Some(at) => at + asked,
            None if asked > 0 => asked - 1,
            None => count + asked,
        };
        self.next = stops.get(place.rem_euclid(count) as usize).map(|stop| stop.id);
        ui.request_repaint();
    }
}

/// Something that Tab leads to.
struct Stop {
    id: Id,
    layer: LayerId,
    panel: usize,
}

impl TabOrder {
    /// Every stop in the order in which they are read. The one that has the keyboard is among them, even if it is reached by
    /// arrows only, so that Tab goes on from there.
    fn stops(&self, ui: &Ui, focused: Option<Id>) -> Vec<Stop> {
        let layers: Vec<LayerId> =
            ui.ctx().viewport(|viewport| viewport.this_pass.widgets.layer_ids().collect());
        let open: Vec<LayerId> = ui
            .memory(|memory| layers.into_iter().filter(|layer| memory.allows_interaction(*layer)).collect());
        let mut stops: Vec<Stop> = ui.ctx().viewport(|viewport| {
            let widgets = &viewport.this_pass.widgets;
            let of_layer = |layer: LayerId| {
                let usable = widgets.get_layer(layer).filter(|w| w.enabled && w.sense.is_focusable());
                let stops = usable.filter(|w| Some(w.id) == focused || !self.passed_over.contains(&w.id));
                stops.map(move |w| Stop { id: w.id, layer, panel: self.panel_of(w.rect) })
            };
            open.into_iter().flat_map(of_layer).collect()
        });
        // A menu is gone through by itself.
        let at = stops.iter().find(|stop| Some(stop.id) == focused).map(|stop| stop.layer);
        let is_in_menu = |layer: &LayerId| layer.order == Order::Foreground && Popup::is_any_open(ui.ctx());
        if let Some(menu) = at.filter(is_in_menu) {
            stops.retain(|stop| stop.layer == menu);
        }
        stops.sort_by_key(|stop| {
            let panel = if stop.layer.order == Order::Background { stop.panel } else { usize::MAX };
            (panel, stop.layer.order, stop.layer.id.value())
        });
        stops
    }

    fn panel_of(&self, rect: Rect) -> usize {
        self.panels.iter().position(|panel| panel.contains(rect.center())).map_or(0, |at| at + 1)
    }
}
