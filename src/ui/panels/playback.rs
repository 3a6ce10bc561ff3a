//! The step that is shown, and the row of controls that moves it.

use egui::{RichText, Sense, Slider, Ui, WidgetInfo};

use crate::ui::actions::Action;
use crate::ui::widgets::icons::{Icon, icon_button_ui};
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::sliders::{NumberSlider, key_steps, take_focus, wheel_steps};

/// Room for the slider of the speed, in points.
const SPEED_WIDTH: f32 = 250.0;

/// Which step is shown, and how fast it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    /// The step that is shown.
    pub step: u32,
    /// Whether it moves by itself.
    pub playing: bool,
    /// Steps per second while playing, within [`Playback::SPEEDS`].
    pub steps_per_second: f64,
    /// The step at which it last stood still.
    stood_at: u32,
    /// The part of a step that has passed since the last whole one.
    fraction: f64,
    /// Whether it has moved by itself to the end and stands there.
    has_played_out: bool,
}

impl Default for Playback {
    fn default() -> Self {
        Self {
            step: 0,
            playing: false,
            steps_per_second: 30.0,
            stood_at: 0,
            fraction: 0.0,
            has_played_out: false,
        }
    }
}

impl Playback {
    /// The slowest and the fastest, in steps per second.
    pub const SPEEDS: std::ops::RangeInclusive<f64> = 1.0..=1000.0;
    /// A longer pause between two frames counts as this, in seconds: a hidden window does not jump ahead.
    const LONGEST_FRAME: f64 = 0.25;

    /// Lets time pass. `last` is the last step there is; `more_to_come` while runs are still being computed.
    pub fn advance(&mut self, elapsed_secs: f64, last: u32, more_to_come: bool) {
        if !self.playing {
            self.stood_at = self.step;
            return;
        }
        self.fraction += self.steps_per_second * elapsed_secs.clamp(0.0, Self::LONGEST_FRAME);
        let whole = self.fraction.floor();
        self.fraction -= whole;
        self.step = self.step.saturating_add(whole as u32).min(last);
        if self.step == last && !more_to_come {
            self.playing = false;
            self.has_played_out = true;
        }
    }

    /// Plays from the beginning.
    pub fn restart(&mut self) {
        *self = Self { step: 0, playing: true, fraction: 0.0, has_played_out: false, ..*self };
    }

    /// Plays from the beginning what has been played to its end: the cost or the start is another one.
    pub fn replay(&mut self) {
        if self.has_played_out {
            self.restart();
        }
    }

    /// Carries out an action that moves the step; others do nothing.
    pub fn act(&mut self, action: Action, last: u32) {
        match action {
            Action::PlayPause if self.playing => self.playing = false,
            Action::PlayPause if self.step >= last => self.restart(),
            Action::PlayPause => (self.playing, self.has_played_out) = (true, false),
            Action::StepForward => self.hold_at(self.step.saturating_add(1).min(last)),
            Action::StepBack => self.hold_at(self.step.min(last).saturating_sub(1)),
            Action::ToStart => self.hold_at(0),
            Action::ToEnd => self.hold_at(last),
            _ => {}
        }
    }

    /// The step that is shown, or while it moves by itself the one at which it last stood still.
    pub(in crate::ui) fn step_to_keep(&self) -> u32 {
        if self.playing { self.stood_at } else { self.step }
    }

    /// Shows this step and stands still.
    pub fn hold_at(&mut self, step: u32) {
        *self = Self { step, playing: false, fraction: 0.0, has_played_out: false, ..*self };
    }

    /// The row of controls, with the epoch where steps look at batches. Returns the actions that were asked for.
    pub fn controls_ui(&mut self, ui: &mut Ui, last: u32, steps_of_epoch: Option<u32>) -> Vec<Action> {
        let mut asked = Vec::new();
        let play = if self.playing { Icon::Pause } else { Icon::Play };
        ui.horizontal(|ui| {
            let buttons = [
                (Icon::ToStart, Action::ToStart),
                (Icon::StepBack, Action::StepBack),
                (play, Action::PlayPause),
                (Icon::StepForward, Action::StepForward),
                (Icon::ToEnd, Action::ToEnd),
            ];
            for (icon, action) in buttons {
                let name = match icon {
                    Icon::Play => "Play",
                    Icon::Pause => "Pause",
                    _ => action.label(),
                };
                if icon_button_ui(ui, icon, name).on_hover_text(action.explanation(ui.ctx())).clicked() {
                    asked.push(action);
                }
            }
            ui.add_space(6.0);
            self.scrubber_ui(ui, last, steps_of_epoch);
        });
        asked
    }

    fn scrubber_ui(&mut self, ui: &mut Ui, last: u32, steps_of_epoch: Option<u32>) {
        let before = self.step.min(last);
        let mut step = before;
        let digits = last.max(1).ilog10() + 1;
        ui.label("step");
        let field = NumberField {
            takes: Takes::Within(0.0..=f64::from(last)),
            speed: 0.2,
            // As wide as its longest number, so that nothing moves while it counts.
            width: 9.0 * digits as f32 + 10.0,
            ..NumberField::new("step", "Click to type a step")
        };
        field.show_ui(ui, &mut step);
        ui.label(RichText::new(format!("/ {last}")).monospace());
        if let Some(steps) = steps_of_epoch {
            let width = (last / steps.max(1)).max(1).ilog10() as usize + 1;
            ui.label("epoch");
            ui.label(RichText::new(format!("{:>width$}", before / steps.max(1))).monospace())
                .on_hover_text(format!("Times that all rows have been looked at: {steps} steps each"));
        }
        ui.spacing_mut().slider_width = (ui.available_width() - SPEED_WIDTH).max(60.0);
        let scrubber = Slider::new(&mut step, 0..=last.max(1)).show_value(false).smart_aim(false);
        let scrubber = ui.add(scrubber).interact(Sense::click());
        take_focus(ui, &scrubber);
        let (keys, _) = key_steps(ui, &scrubber);
        let (wheel, _) = wheel_steps(ui, &scrubber);
        if keys + wheel != 0 {
            step = before.saturating_add_signed(keys + wheel);
        }
        if scrubber.double_clicked() {
            step = 0;
        }
        scrubber.widget_info(|| WidgetInfo::slider(true, f64::from(step), "step of all runs"));
        scrubber.on_hover_text("Drag to any step; after a click the arrow keys and the wheel take one step; double click: to the start");
        if step.min(last) != before {
            self.hold_at(step.min(last));
        }
        let speed = NumberSlider {
            symbol: "speed",
            name: "speed",
            explanation: "Steps per second while playing",
            range: Self::SPEEDS,
            takes: Takes::Within(Self::SPEEDS),
            logarithmic: true,
            default: Self::default().steps_per_second,
        };
        if speed.show_ui(ui, &mut self.steps_per_second, 38.0) {
            self.steps_per_second = self.steps_per_second.clamp(*Self::SPEEDS.start(), *Self::SPEEDS.end());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_moves_the_step_at_its_speed_and_stops_at_the_end() {
        let mut playback = Playback { steps_per_second: 10.0, ..Playback::default() };
        playback.restart();
        for _ in 0..15 {
            playback.advance(0.05, 100, false);
        }
        assert_eq!(playback.step, 7);
        for _ in 0..1000 {
            playback.advance(0.05, 100, false);
        }
        assert_eq!((playback.step, playback.playing), (100, false));
        playback.act(Action::PlayPause, 100);
        assert_eq!((playback.step, playback.playing), (0, true));
    }

    #[test]
    fn what_was_played_out_is_played_again_and_what_was_held_is_not() {
        let mut playback = Playback { steps_per_second: 100.0, ..Playback::default() };
        playback.restart();
        playback.advance(0.1, 100, false);
        playback.replay();
        assert_eq!((playback.step, playback.playing), (10, true), "on the way");
        for _ in 0..10 {
            playback.advance(0.2, 100, false);
        }
        playback.replay();
        assert_eq!((playback.step, playback.playing), (0, true));
        playback.act(Action::ToEnd, 100);
        playback.replay();
        assert_eq!((playback.step, playback.playing), (100, false), "gone to by hand");
    }

    #[test]
    fn steps_back_and_forth_stay_within_the_run() {
        let mut playback = Playback::default();
        playback.act(Action::StepBack, 3);
        assert_eq!(playback.step, 0);
        for _ in 0..5 {
            playback.act(Action::StepForward, 3);
        }
        assert_eq!(playback.step, 3);
        playback.act(Action::ToStart, 3);
        playback.act(Action::ToEnd, 3);
        assert_eq!(playback.step, 3);
    }

    #[test]
    fn a_long_pause_between_frames_is_no_leap() {
        let mut playback = Playback { steps_per_second: 100.0, ..Playback::default() };
        playback.restart();
        playback.advance(3600.0, 1_000_000, false);
        assert_eq!(playback.step, 25);
    }
}
