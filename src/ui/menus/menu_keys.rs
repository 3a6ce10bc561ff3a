//! The menus by keys: Alt with a letter opens one, Alt alone the first. In it the arrow keys go from entry to entry, and to
//! the menus beside it; Enter chooses, Escape or Alt closes.

use egui::containers::menu::MenuButton;
use egui::{Context, Event, EventFilter, Id, Key, Modifiers, Popup, Ui};

use crate::ui::widgets::tab_order::{drawn_since, mark};

/// The menus in their order, each with the letter that opens it.
pub const MENUS: [(&str, Key); 5] =
    [("File", Key::F), ("Edit", Key::E), ("Playback", Key::P), ("View", Key::V), ("Help", Key::H)];

/// What was pressed, kept from frame to frame.
#[derive(Clone, Copy, Debug, Default)]
struct Pressed {
    /// Whether Alt is down and nothing else has been pressed with it.
    is_alt_alone: bool,
    /// The menu that has just been opened by a key, whose first entry gets the keyboard.
    opened: Option<usize>,
    /// A menu that was asked for when it had been drawn already.
    asked: Option<usize>,
}

/// How often Alt was pressed alone and released, given whether it has been held alone so far. It counts when it is
/// released. A slow frame has both in it, so that they are told by the events and not by how the keys are at its end.
fn alt_taps(events: &[Event], is_alone: &mut bool) -> usize {
    let mut taps = 0;
    for event in events {
        match event {
            Event::ModifiersChanged(keys) if keys.alt => *is_alone = !(keys.ctrl || keys.shift),
            Event::ModifiersChanged(_) => taps += usize::from(std::mem::take(is_alone)),
            // The desktop tells of Alt as of a key, too.
            Event::Key { key: Key::AltLeft | Key::AltRight, .. } => {}
            Event::Key { .. }
            | Event::Text(_)
            | Event::PointerButton { .. }
            | Event::MouseWheel { .. }
            | Event::Zoom(_)
            | Event::WindowFocused(_) => *is_alone = false,
            _ => {}
        }
    }
    taps
}

/// The row of menus while it is drawn.
pub struct MenuKeys {
    pressed: Pressed,
    /// The menu that a key asks for.
    asked: Option<usize>,
    drawn: usize,
    is_open: bool,
    has_opened: bool,
}

impl MenuKeys {
    /// Reads the keys; what is meant for the menus nobody else sees. They mean nothing while something lies over the
    /// window.
    pub fn read(ctx: &Context, is_covered: bool) -> Self {
        let mut pressed: Pressed = ctx.data(|data| data.get_temp(Id::NULL)).unwrap_or_default();
        if is_covered {
            pressed = Pressed::default();
        }
        let (asked, is_tapped) = ctx.input_mut(|input| {
            if is_covered {
                return (None, false);
            }
            let by_letter = MENUS.iter().position(|(_, letter)| input.consume_key(Modifiers::ALT, *letter));
            if let Some(asked) = by_letter {
                let letter = MENUS[asked].1.name();
                input.events.retain(|e| !matches!(e, Event::Text(text) if text.eq_ignore_ascii_case(letter)));
            }
            let taps = if input.focused { alt_taps(&input.events, &mut pressed.is_alt_alone) } else { 0 };
            pressed.is_alt_alone &= input.focused && by_letter.is_none();
            // Two between two frames lead in and out again.
            (by_letter.or((taps % 2 == 1).then_some(0)), taps % 2 == 1)
        });
        let mut asked = asked.or(pressed.asked.take());
        if is_tapped && Popup::is_any_open(ctx) {
            // Alt leads out again as it led in.
            Popup::close_all(ctx);
            asked = None;
        }
        Self { pressed, asked, drawn: 0, is_open: false, has_opened: false }
    }

    /// Draws the next menu.
    pub fn menu_ui(&mut self, ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
        let number = self.drawn;
        self.drawn += 1;
        let Some((name, _)) = MENUS.get(number) else { return };
        let (response, _) = MenuButton::new(*name).ui(ui, |ui| {
            let before = mark(ui);
            contents(ui);
            self.go_through(ui, before, number);
        });
        if self.asked.take_if(|asked| *asked == number).is_some() {
            Popup::open_id(ui.ctx(), Popup::default_response_id(&response));
            self.pressed.opened = Some(number);
            self.has_opened = true;
            ui.request_repaint();
        }
    }

    /// Moves the keyboard among the entries that were drawn since the mark, or to a menu beside this one.
    fn go_through(&mut self, ui: &Ui, before: usize, number: usize) {
        let entries = drawn_since(ui, before, |rect| rect.top());
        self.is_open = true;
        if self.pressed.opened == Some(number) {
            // In its first frame a menu is only measured. After it, one without entries has none to give the keyboard to.
            if entries.is_empty() && ui.is_sizing_pass() {
                ui.request_repaint();
                return;
            }
            self.pressed.opened = None;
            if let Some(first) = entries.first() {
                ui.memory_mut(|memory| memory.request_focus(*first));
                ui.request_repaint();
                return;
            }
        }
        let focused = ui.memory(|memory| memory.focused());
        let place = focused.and_then(|id| entries.iter().position(|entry| *entry == id));
        if let Some(focused) = focused.filter(|_| place.is_some()) {
            let arrows =
                EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(focused, arrows));
        } else if focused.is_some() {
            return;
        }
        let presses = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as isize;
        let down = presses(Key::ArrowDown) - presses(Key::ArrowUp);
        let beside = presses(Key::ArrowRight) - presses(Key::ArrowLeft);
        let count = entries.len() as isize;
        if down != 0 && count > 0 {
            let at = match place {
                Some(place) => place as isize + down,
                None if down > 0 => down - 1,
                None => down,
            };
            let next = entries[at.rem_euclid(count) as usize];
            ui.memory_mut(|memory| memory.request_focus(next));
        }
        if beside != 0 {
            let menus = MENUS.len() as isize;
            self.asked = Some((number as isize + beside).rem_euclid(menus) as usize);
            Popup::close_all(ui.ctx());
        }
    }

    /// Remembers what was pressed.
    pub fn finish(mut self, ctx: &Context) {
        if !(self.is_open || self.has_opened) {
            self.pressed.opened = None;
        }
        self.pressed.asked = self.asked;
        if self.asked.is_some() {
            ctx.request_repaint();
        }
        ctx.data_mut(|data| data.insert_temp(Id::NULL, self.pressed));
    }
}
