//! A short tour for somebody who has never seen the program. It points at the parts of the window and covers
//! nothing of them; work goes on beside it.

mod place;

use egui::{
    Align2, Area, AreaState, Color32, Frame, Id, Key, Modifiers, Order, Pos2, Rect, RichText, Stroke, Ui,
    vec2,
};

use self::place::{CARD, is_clear, place, protected};
use crate::ui::widgets::style::ACCENT;

/// The offer goes by itself after so much time of work, in seconds: whoever has found the way needs none.
const OFFER_SECS: f64 = 60.0;

/// The parts of the window that the tour points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
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
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Tour {
    /// Not under way.
    #[default]
    Over,
    /// Offered, and not yet answered.
    Offered {
        /// When the work beside it began, in seconds of the window's clock.
        working_since: Option<f64>,
    },
    /// At this stop.
    At(usize),
}

impl Tour {
    /// Begins at the first stop.
    pub fn start() -> Self {
        Self::At(0)
    }

    /// Offers the tour.
    pub fn offer() -> Self {
        Self::Offered { working_since: None }
    }

    /// Whether it is offered.
    pub fn is_offered(self) -> bool {
        matches!(self, Self::Offered { .. })
    }

    /// The rectangle of the card of a stop, as it was drawn last.
    #[cfg(test)]
    pub fn card(ctx: &egui::Context, index: usize) -> Option<Rect> {
        AreaState::load(ctx, card_id(index)).map(|state| state.rect())
    }

    /// The part that each stop points at.
    #[cfg(test)]
    pub fn parts() -> impl Iterator<Item = Part> {
        STOPS.iter().map(|stop| stop.part)
    }

    /// Where the tour is after a stop.
    fn after(index: usize) -> Self {
        if index + 1 < STOPS.len() { Self::At(index + 1) } else { Self::Over }
    }

    /// Draws the offer or the present stop, beside the part that it speaks of.
    pub fn show_ui(&mut self, ui: &Ui, part: impl Fn(Part) -> Option<Rect>) {
        match *self {
            Self::Over => {}
            Self::Offered { working_since } => {
                *self = after_work(ui, working_since);
                if self.is_offered() {
                    self.offer_ui(ui, part(Part::Plot));
                }
            }
            Self::At(index) => self.stop_ui(ui, index, part),
        }
    }

    fn offer_ui(&mut self, ui: &Ui, plot: Option<Rect>) {
        let window = ui.ctx().content_rect();
        let corner = plot.unwrap_or(window).right_top() + vec2(-14.0, 14.0);
        plate(ui, Id::unique("tour offer"), corner, Align2::RIGHT_TOP, |ui| {
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
        let found = part(stop.part);
        let shown = found.unwrap_or(window).intersect(window.shrink(2.0));
        if found.is_some() {
            let layer = egui::LayerId::new(Order::Foreground, Id::unique("tour outline"));
            let stroke = Stroke::new(3.0, ACCENT);
            ui.ctx().layer_painter(layer).rect_stroke(shown, 4.0, stroke, egui::StrokeKind::Inside);
        }
        let is_covered_at_edges = stop.part == Part::Plot || found.is_none();
        let corner = kept_corner(ui, index, protected(shown, is_covered_at_edges), shown, window);
        plate(ui, card_id(index), corner, Align2::LEFT_TOP, |ui| {
            ui.set_width(CARD.x - 2.0 * f32::from(MARGIN));
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

/// What becomes of the offer while somebody works beside it.
fn after_work(ui: &Ui, since: Option<f64>) -> Tour {
    let (works, now) = ui.input(|input| (!input.events.is_empty() || input.pointer.any_down(), input.time));
    match since {
        Some(since) if now - since >= OFFER_SECS => Tour::Over,
        None => Tour::Offered { working_since: works.then_some(now) },
        since => Tour::Offered { working_since: since },
    }
}

fn card_id(index: usize) -> Id {
    Id::unique(("tour stop", index))
}

/// The corner of the card of a stop: where it stood in the frame before, unless it would cover what it points at there.
fn kept_corner(ui: &Ui, index: usize, protected: Rect, part: Rect, window: Rect) -> Pos2 {
    let kept = Id::unique("tour corner");
    let state = AreaState::load(ui.ctx(), card_id(index)).and_then(|state| state.size);
    let size = state.unwrap_or(CARD);
    let before: Option<(usize, Pos2)> = ui.data(|data| data.get_temp(kept));
    let stays = before.filter(|(stop, corner)| {
        *stop == index && is_clear(Rect::from_min_size(*corner, size), protected, window)
    });
    let corner = stays.map_or_else(|| place(part, protected, window, size), |(_, corner)| corner);
    // Its size is known once it has been laid out.
    if state.is_some() {
        ui.data_mut(|data| data.insert_temp(kept, (index, corner)));
    }
    corner
}

/// Between the edge of a plate and what is in it, in points.
const MARGIN: i8 = 8;

fn plate(ui: &Ui, id: Id, at: Pos2, anchor: Align2, contents: impl FnOnce(&mut Ui)) {
    Area::new(id)
        .order(Order::Foreground)
        .fixed_pos(at)
        .pivot(anchor)
        .constrain_to(ui.ctx().content_rect())
        .show(ui.ctx(), |ui| {
            let fill = ui.visuals().window_fill;
            Frame::popup(ui.style()).inner_margin(MARGIN).fill(fill).stroke(Stroke::new(1.5, ACCENT)).show(
                ui,
                |ui| {
                    ui.visuals_mut().override_text_color =
                        (!ui.visuals().dark_mode).then_some(Color32::BLACK);
                    contents(ui);
                },
            );
        });
}
