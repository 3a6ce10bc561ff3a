//! A short tour for somebody who has never seen the program. It points at the parts of the window and covers none of
//! their controls for long; work goes on beside it.

use egui::{
    Align2, Area, Color32, Frame, Id, Key, Modifiers, Order, Pos2, Rect, RichText, Stroke, Ui, Vec2, vec2,
};

use super::style::ACCENT;

/// The parts of the window that the tour points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Plot,
    Playback,
    Optimizers,
    Cost,
    Menu,
}

struct Stop {
    part: Part,
    title: &'static str,
    text: &'static str,
}

const STOPS: &[Stop] = &[
    Stop {
        part: Part::Plot,
        title: "One start, seven ways down",
        text: "Every path is one method on the same cost. Drag the ring, or click, to let them start elsewhere.",
    },
    Stop {
        part: Part::Playback,
        title: "Step by step",
        text: "Space plays and pauses, the arrow keys take one step, and the slider reaches any step.",
    },
    Stop {
        part: Part::Optimizers,
        title: "Turn the learning rate",
        text: "Drag a rate: its path follows at once. The menu … of a card duplicates it, shows it alone or copies it.",
    },
    Stop {
        part: Part::Cost,
        title: "Any cost of two variables",
        text: "Type a formula such as x^2 + k*y^2: other letters become sliders. Costs for every lesson are built in.",
    },
    Stop {
        part: Part::Plot,
        title: "Look closer",
        text: "The wheel zooms, dragging moves the view, a double click brings back the scenario's window.",
    },
    Stop {
        part: Part::Menu,
        title: "Take it along",
        text: "Ctrl+E saves the picture, Ctrl+S the scenario. Ctrl+Z takes back any change. F1 lists all keys, Ctrl+K finds \
               any action.",
    },
];

/// Where the tour is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tour {
    /// Not under way.
    #[default]
    Over,
    /// Offered, and not yet answered.
    Offered,
    /// At this stop.
    At(usize),
}

impl Tour {
    /// Begins at the first stop.
    pub fn start() -> Self {
        Self::At(0)
    }

    /// Where the tour is after a stop.
    fn after(index: usize) -> Self {
        if index + 1 < STOPS.len() { Self::At(index + 1) } else { Self::Over }
    }

    /// Draws the offer or the present stop, beside the part that it speaks of.
    pub fn show_ui(&mut self, ui: &Ui, part: impl Fn(Part) -> Option<Rect>) {
        match *self {
            Self::Over => {}
            Self::Offered => self.offer_ui(ui, part(Part::Plot)),
            Self::At(index) => self.stop_ui(ui, index, part),
        }
    }

    fn offer_ui(&mut self, ui: &Ui, plot: Option<Rect>) {
        let window = ui.ctx().content_rect();
        let corner = plot.unwrap_or(window).right_top() + vec2(-14.0, 14.0);
        plate(ui, "tour offer", corner, Align2::RIGHT_TOP, |ui| {
            ui.horizontal(|ui| {
                ui.label("New here?");
                if ui.button("Take the tour").on_hover_text("Six short stops, about a minute").clicked() {
                    *self = Self::start();
                }
                if ui.button("No, thanks").on_hover_text("It stays in the Help menu (F2)").clicked() {
                    *self = Self::Over;
                }
            });
        });
    }

    fn stop_ui(&mut self, ui: &Ui, index: usize, part: impl Fn(Part) -> Option<Rect>) {
        let Some(stop) = STOPS.get(index) else { return *self = Self::Over };
        let window = ui.ctx().content_rect();
        let shown = part(stop.part).unwrap_or(window).intersect(window.shrink(2.0));
        let painter =
            ui.ctx().layer_painter(egui::LayerId::new(Order::Foreground, Id::unique("tour outline")));
        painter.rect_stroke(shown, 4.0, Stroke::new(3.0, ACCENT), egui::StrokeKind::Inside);
        let (at, anchor) = beside(shown, window);
        plate(ui, "tour stop", at, anchor, |ui| {
            ui.set_max_width(300.0);
            ui.label(RichText::new(stop.title).strong().size(16.0));
            ui.label(stop.text);
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                let is_last = index + 1 == STOPS.len();
                if ui.button(if is_last { "Done" } else { "Next" }).clicked() {
                    *self = Self::after(index);
                }
                if index > 0 && ui.button("Back").clicked() {
                    *self = Self::At(index - 1);
                }
                if !is_last && ui.button("Skip the tour").clicked() {
                    *self = Self::Over;
                }
                ui.weak(format!("{} of {}", index + 1, STOPS.len()));
            });
        });
        if ui.memory(|memory| memory.focused().is_none()) {
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            if pressed(Key::Escape) {
                *self = Self::Over;
            } else if pressed(Key::Enter) {
                *self = Self::after(index);
            }
        }
    }
}

/// Where a plate stands that speaks of `part`: on the side where the window has the most room, inside a part that leaves
/// none.
fn beside(part: Rect, window: Rect) -> (Pos2, Align2) {
    const GAP: f32 = 10.0;
    const NEEDED: Vec2 = vec2(330.0, 150.0);
    if part.area() > 0.3 * window.area() {
        // There is room inside it, and what stands beside it stays in sight.
        (part.right_top() + vec2(-14.0, 14.0), Align2::RIGHT_TOP)
    } else if part.left() - window.left() > NEEDED.x {
        (Pos2::new(part.left() - GAP, part.top() + 40.0), Align2::RIGHT_TOP)
    } else if part.top() - window.top() > NEEDED.y {
        (Pos2::new(part.center().x, part.top() - GAP), Align2::CENTER_BOTTOM)
    } else if window.bottom() - part.bottom() > NEEDED.y {
        (Pos2::new(part.center().x, part.bottom() + GAP), Align2::CENTER_TOP)
    } else {
        (part.right_bottom() - vec2(14.0, 14.0), Align2::RIGHT_BOTTOM)
    }
}

fn plate(ui: &Ui, name: &str, at: Pos2, anchor: Align2, contents: impl FnOnce(&mut Ui)) {
    Area::new(Id::unique(name))
        .order(Order::Foreground)
        .fixed_pos(at)
        .pivot(anchor)
        .constrain_to(ui.ctx().content_rect())
        .show(ui.ctx(), |ui| {
            let fill = ui.visuals().window_fill;
            Frame::popup(ui.style()).fill(fill).stroke(Stroke::new(1.5, ACCENT)).show(ui, |ui| {
                ui.visuals_mut().override_text_color = (!ui.visuals().dark_mode).then_some(Color32::BLACK);
                contents(ui);
            });
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plate_stands_beside_its_part_where_there_is_room() {
        let window = Rect::from_min_size(Pos2::ZERO, vec2(1024.0, 768.0));
        let right = Rect::from_min_max(Pos2::new(720.0, 24.0), Pos2::new(1024.0, 768.0));
        assert_eq!(beside(right, window).1, Align2::RIGHT_TOP);
        let bottom = Rect::from_min_max(Pos2::new(0.0, 730.0), Pos2::new(1024.0, 768.0));
        assert_eq!(beside(bottom, window).1, Align2::CENTER_BOTTOM);
        let top = Rect::from_min_max(Pos2::new(0.0, 24.0), Pos2::new(720.0, 130.0));
        assert_eq!(beside(top, window).1, Align2::CENTER_TOP);
        assert_eq!(beside(window, window).1, Align2::RIGHT_TOP);
        assert_eq!(beside(window.with_max_x(300.0), window.with_max_x(300.0)).1, Align2::RIGHT_TOP);
    }
}
