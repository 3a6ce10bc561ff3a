//! One step of a run taken apart as at the board: what it came to, and each of its stages in symbols and in numbers, which are
//! drawn over the plot as far as one has come.

use egui::containers::menu::MenuButton;
use egui::{Align, Color32, Label, Layout, RichText, Role, ScrollArea, Stroke, Ui, WidgetInfo, vec2};

use crate::expr::display_name;
use crate::figure::Look;
use crate::figure::explained::{
    Explained, Lines, StageLook, StageOutput, StepChoice, stage_ui, step_rows_ui,
};
use crate::figure::layers::sketches::{SketchLook, sketches_ui};
use crate::figure::plane::camera::Projection;
use crate::figure::plane::lift::Lift;
use crate::objective::Point;
use crate::session::Session;
use crate::ui::actions::Action;
use crate::ui::views::run_choice::run_choice_ui;
use crate::ui::widgets::icons::{Icon, low_icon_button_ui};
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::style::ACCENT;

/// What is shown of a step.
pub struct StepView {
    held: Option<(Key, Option<Explained>)>,
    /// The stage that is spoken of; the last where it is beyond.
    stage: usize,
    /// The stage under the pointer: in the view, and on the plot.
    pointed_at: [Option<usize>; 2],
    /// Whether the plot looks at the step wherever that is.
    pub follows: bool,
    /// Whether the stages follow one another by themselves.
    pub is_playing: bool,
    /// How long each is shown then, in seconds.
    pub pace: f64,
    /// How long the present one has been shown, in seconds.
    shown_for: f64,
    /// Whether the stage is to be scrolled to.
    reveals: bool,
}

impl Default for StepView {
    /// The whole step, as far as it is drawn.
    fn default() -> Self {
        Self {
            held: None,
            stage: usize::MAX,
            pointed_at: [None; 2],
            follows: false,
            is_playing: false,
            pace: 1.5,
            shown_for: 0.0,
            reveals: false,
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepRequest {
    /// Show this step.
    GoTo(u32),
    /// Speak of the run at this index.
    Choose(usize),
    /// Do this.
    Act(Action),
    /// Make a figure of it.
    Figure(StepChoice),
    /// Take averages of a coordinate of the gradients of a run.
    Average {
        /// The place of the run.
        run: usize,
        /// Of the variable.
        axis: usize,
    },
}

/// The paces that can be chosen, in seconds a stage.
const PACES: std::ops::RangeInclusive<f64> = 0.2..=10.0;
impl StepView {
    /// Looks at the step from `step` of the run at `index`. Returns where it is in the plane, if it is another one than before.
    pub fn look_at(&mut self, session: &Session, index: Option<usize>, step: u32) -> Option<Vec<Point>> {
        let key = index.and_then(|index| Key::of(session, index, step));
        if let Some((held, _)) = &self.held
            && Some(held) == key.as_ref()
        {
            return None;
        }
        self.held = key.map(|key| {
            let explained = Explained::of(session, key.run, key.step);
            (key, explained)
        });
        let lift = Lift::of(session.objective());
        self.explained().map(|explained| explained.extent(&lift))
    }

    /// Lets go of what is shown, while the view is closed.
    pub fn close(&mut self) {
        (self.held, self.pointed_at, self.is_playing) = (None, [None; 2], false);
    }

    fn explained(&self) -> Option<&Explained> {
        self.held.as_ref().and_then(|(_, explained)| explained.as_ref())
    }

    /// The number of the stage that is spoken of.
    fn current(&self) -> usize {
        self.explained().map_or(0, |explained| self.stage.min(explained.stages.len().saturating_sub(1)))
    }

    /// Goes to the next stage, or the one before; from the last to the first of the next step. Returns the step that is
    /// gone to, if it is another one.
    pub fn go(&mut self, forward: bool, step: u32, last_step: u32) -> Option<u32> {
        let explained = self.explained()?;
        let (current, last) = (self.current(), explained.stages.len().saturating_sub(1));
        let first_of_step = explained.entry as u32;
        (self.reveals, self.shown_for) = (true, 0.0);
        match (forward, current) {
            (true, at) if at < last => self.stage = at + 1,
            (false, at) if at > 0 => self.stage = at - 1,
            (true, _) if first_of_step + 1 < last_step => {
                self.stage = 0;
                return Some(first_of_step + 1);
            }
            (false, _) if first_of_step > 0 => {
                self.stage = usize::MAX;
                return Some(first_of_step - 1);
            }
            _ => self.is_playing = false,
        }
        // A run that is over speaks of its last step.
        (step != first_of_step).then_some(first_of_step)
    }

    /// Lets time pass. Returns the step that is gone to, if it is another one.
    pub fn play(&mut self, elapsed_secs: f64, step: u32, last_step: u32) -> Option<u32> {
        self.shown_for += elapsed_secs.min(self.pace);
        let is_over = self.is_playing && self.shown_for >= self.pace;
        if is_over { self.go(true, step, last_step) } else { None }
    }

    /// The row of controls, for the run at `index`. Returns what was asked for.
    pub fn controls_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        index: usize,
        look: Look,
    ) -> Option<StepRequest> {
        let mut request = run_choice_ui(ui, session, index, look, "Run of the step").map(StepRequest::Choose);
        // The three stay in one line where there is little room.
        let side = ui.spacing().interact_size.y;
        let together = vec2(3.0 * side + 2.0 * ui.spacing().item_spacing.x, side);
        let asked = ui.allocate_ui_with_layout(together, Layout::left_to_right(Align::Center), |ui| {
            self.stage_buttons_ui(ui)
        });
        request = asked.inner.map(StepRequest::Act).or(request);
        let pace = NumberField {
            takes: Takes::Within(PACES),
            speed: 0.02,
            width: 34.0,
            ..NumberField::new("seconds a stage", "How long each stage is shown while they play, in seconds")
        };
        pace.show_ui(ui, &mut self.pace);
        ui.label("s").on_hover_text("Seconds a stage");
        let follow = ui.checkbox(&mut self.follows, "zoom to it");
        let explanation = "The plot looks at the step from near by, and goes along with it";
        if follow.on_hover_text(explanation).changed() {
            // It is looked at anew.
            self.held = None;
            ui.ctx().request_repaint();
        }
        let figure_ui = |ui: &mut Ui| {
            let one = ui.button("This stage…").on_hover_text("With the plot as far as it is drawn").clicked();
            let all = ui
                .button("All stages…")
                .on_hover_text("A page with each, or as a GIF one after the other")
                .clicked();
            (one || all).then(|| StepChoice { run: index, stage: one.then(|| self.current()) })
        };
        let (button, chosen) = MenuButton::new("Figure").ui(ui, figure_ui);
        button.on_hover_text("Save the step as a picture, a page or a film");
        let request = request.or(chosen.and_then(|menu| menu.inner).map(StepRequest::Figure));
        request.or(average_ui(ui, session, index))
    }

    /// Back, play and forward. Returns what was asked for, but for playing.
    fn stage_buttons_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        let mut asked = None;
        let play =
            if self.is_playing { (Icon::Pause, "Hold the stages") } else { (Icon::Play, "Play the stages") };
        for (icon, name, action) in [
            (Icon::StepBack, Action::StageBack.label(), Some(Action::StageBack)),
            (play.0, play.1, None),
            (Icon::StepForward, Action::StageForward.label(), Some(Action::StageForward)),
        ] {
            let explanation = match action {
                Some(action) => action.explanation(ui.ctx()),
                None => "Go through the stages, and on to the next step, by itself".to_owned(),
            };
            if low_icon_button_ui(ui, icon, name).on_hover_text(explanation).clicked() {
                match action {
                    Some(action) => asked = Some(action),
                    None => (self.is_playing, self.shown_for) = (!self.is_playing, 0.0),
                }
            }
        }
        asked
    }

    /// The step, while the window shows `step`. Returns what was asked for.
    pub fn show_ui(&mut self, ui: &mut Ui, step: u32) -> Option<StepRequest> {
        let current = self.current();
        let on_plot = self.pointed_at[1];
        let reveals = std::mem::take(&mut self.reveals);
        let Some((_, explained)) = &self.held else { return None };
        let Some(Explained { words, note, lines, entry, rows, .. }) = explained else {
            ui.weak("The run is still being computed.");
            return None;
        };
        if let Some(note) = note {
            ui.add(Label::new(RichText::new(note).color(ui.visuals().warn_fg_color)).wrap());
        }
        let mut request = None;
        let is_elsewhere = *entry != step as usize && !lines.is_empty();
        if is_elsewhere && ui.link("Go to this step").on_hover_text("Show the plot at this step").clicked() {
            request = Some(StepRequest::GoTo(*entry as u32));
        }
        if !words.is_empty() {
            ui.add(Label::new(RichText::new(words).strong()).wrap());
        }
        let mut pointed_at = None;
        let mut chosen = None;
        ScrollArea::vertical().auto_shrink([false; 2]).show(ui, |ui| {
            if let Some(rows) = rows {
                ScrollArea::horizontal().id_salt("rows").show(ui, |ui| step_rows_ui(ui, rows));
            }
            for (at, lines) in lines.iter().enumerate() {
                let look = if at == current {
                    Marked::Spoken
                } else if on_plot == Some(at) {
                    Marked::Pointed
                } else if at > current {
                    Marked::Ahead
                } else {
                    Marked::No
                };
                let StageOutput { response, pointed_at: term } =
                    marked_stage_ui(ui, at, lines, look, on_plot);
                if reveals && at == current {
                    response.scroll_to_me(None);
                }
                if response.hovered() || term.is_some() {
                    pointed_at = term.or(Some(at));
                }
                if response.clicked() {
                    chosen = Some(at);
                }
            }
        });
        if let Some(chosen) = chosen {
            self.stage = chosen;
            ui.ctx().request_repaint();
        }
        if pointed_at != self.pointed_at[0] {
            // The plot may have been drawn before.
            self.pointed_at[0] = pointed_at;
            ui.ctx().request_repaint();
        }
        request
    }

    /// Draws the step over the plot.
    pub fn sketches_ui(&mut self, ui: &mut Ui, session: &Session, projection: Projection, look: Look) {
        let Some((key, Some(explained))) = &self.held else { return };
        let active = self.pointed_at[0].unwrap_or_else(|| self.current());
        let look = SketchLook::of_run(ui, session.scenario(), key.run, look, Some(active));
        let Some(look) = look else { return };
        let pointer = ui.ctx().pointer_hover_pos().filter(|at| projection.frame.contains(*at));
        let lift = Lift::of(session.objective());
        let pointed_at = sketches_ui(ui, &explained.stages, projection, look, &lift, pointer);
        if pointed_at != self.pointed_at[1] {
            self.pointed_at[1] = pointed_at;
            ui.ctx().request_repaint();
        }
    }
}

/// Draws the menu that takes the gradients of the run at `run` into a series. Returns what was asked for.
fn average_ui(ui: &mut Ui, session: &Session, run: usize) -> Option<StepRequest> {
    let names = session.scenario().cost.variable_names().map(display_name);
    let (button, chosen) = MenuButton::new("Send to EWMA").ui(ui, |ui| {
        let axis = |(axis, name): (usize, &String)| {
            let item = ui.button(format!("\u{2202}J/\u{2202}{name}, step by step"));
            item.on_hover_text("A copy in the view of series").clicked().then_some(axis)
        };
        names.iter().enumerate().filter_map(axis).last()
    });
    button.on_hover_text(
        "The gradients of this run as a series with its average: momentum's v and Adam's m are nothing else",
    );
    chosen.and_then(|menu| menu.inner).map(|axis| StepRequest::Average { run, axis })
}

/// What a step is made from.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    /// The place of the run.
    run: usize,
    version: u64,
    step: u32,
    /// How far the run is, as far as the step depends on that.
    points: usize,
    is_over: bool,
}

impl Key {
    /// The step from `step` of the run at `index`, if there is such a run.
    fn of(session: &Session, index: usize, step: u32) -> Option<Self> {
        let (path, version) = session.trajectory(index)?;
        // What is taken beyond the step changes nothing of it.
        let enough = step as usize + 2;
        let points = path.len().min(enough);
        Some(Self { run: index, version, step, points, is_over: path.outcome.is_some() && points < enough })
    }
}

/// How a stage stands out.
#[derive(Clone, Copy, PartialEq)]
enum Marked {
    No,
    /// It is spoken of.
    Spoken,
    /// Its arrow on the plot is under the pointer.
    Pointed,
    /// It comes after the one that is spoken of.
    Ahead,
}

fn marked_stage_ui(
    ui: &mut Ui,
    at: usize,
    lines: &Lines,
    marked: Marked,
    term: Option<usize>,
) -> StageOutput {
    let edge = match marked {
        Marked::Spoken => Stroke::new(2.0, ACCENT),
        Marked::Pointed => Stroke::new(2.0, ui.visuals().strong_text_color()),
        Marked::No | Marked::Ahead => Stroke::new(1.0, ui.visuals().widgets.noninteractive.bg_stroke.color),
    };
    let is_spoken_of = marked == Marked::Spoken;
    let fill = if is_spoken_of { ui.visuals().faint_bg_color } else { Color32::TRANSPARENT };
    let look = StageLook { edge, fill, is_weak: marked == Marked::Ahead, marked: term };
    let output = stage_ui(ui, at, lines, look);
    let words = format!("Stage {}, {}: {}. {}", at + 1, lines.name, lines.title, lines.numbers.text);
    output.response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_spoken_of, &words));
    output
}
