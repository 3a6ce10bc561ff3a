//! Keys wait until whoever they are meant for has the keyboard.
//!
//! A slow frame brings a click and the keys that followed it together, but egui gives the keyboard to what was clicked only
//! when that is drawn: what was typed would be lost, or go elsewhere.

use egui::{Context, Event, Key, Plugin, RawInput};

/// Lets a frame take in events up to the first that may give the keyboard to another widget. Keys that came after it are
/// taken by the next frame.
#[derive(Default)]
pub struct Turns {
    waiting: Vec<Event>,
}

/// More events than this are no person's, and are taken together.
const MOST_WAITING: usize = 200;

impl Plugin for Turns {
    fn debug_name(&self) -> &'static str {
        "turns"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let mut events = std::mem::take(&mut self.waiting);
        events.append(&mut input.events);
        let end = events.iter().position(gives_the_keyboard).map_or(events.len(), |at| at + 1);
        if events.len() <= MOST_WAITING && events[end..].iter().any(is_for_the_keyboard) {
            self.waiting = events.split_off(end);
            ctx.request_repaint();
        }
        input.events = events;
    }
}

fn gives_the_keyboard(event: &Event) -> bool {
    match event {
        Event::PointerButton { .. } => true,
        Event::Key { key, pressed, .. } => *pressed && matches!(key, Key::Tab | Key::Enter | Key::Escape),
        _ => false,
    }
}

fn is_for_the_keyboard(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { pressed: true, .. } | Event::Text(_) | Event::Paste(_) | Event::Copy | Event::Cut
    )
}

#[cfg(test)]
mod tests {
    use egui::{Modifiers, PointerButton, Pos2};

    use super::*;

    fn key(key: Key, pressed: bool) -> Event {
        Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE }
    }

    fn click() -> [Event; 2] {
        [true, false].map(|pressed| Event::PointerButton {
            pos: Pos2::ZERO,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        })
    }

    /// The events of each frame until none is left.
    fn frames(events: Vec<Event>) -> Vec<usize> {
        let (mut turns, ctx) = (Turns::default(), Context::default());
        let mut input = RawInput { events, ..RawInput::default() };
        let mut sizes = Vec::new();
        loop {
            turns.input_hook(&ctx, &mut input);
            sizes.push(std::mem::take(&mut input.events).len());
            if turns.waiting.is_empty() {
                return sizes;
            }
        }
    }

    #[test]
    fn keys_after_a_click_or_tab_wait_for_the_next_frame() {
        let text = |text: &str| Event::Text(text.to_owned());
        let [press, release] = click();
        assert_eq!(frames(vec![press.clone(), release.clone(), text("1"), text("2")]), [1, 1, 2]);
        assert_eq!(frames(vec![text("1"), key(Key::Tab, true), key(Key::Tab, false), text("2")]), [2, 2]);
        assert_eq!(frames(vec![press, release]), [2]);
        assert_eq!(frames(vec![text("1"), text("2"), key(Key::Enter, true)]), [3]);
        assert_eq!(frames(vec![key(Key::Tab, true); 500]), [500]);
    }
}
