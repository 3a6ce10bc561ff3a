//! What each action does.

use egui::{Context, ThemePreference, ViewportCommand};

use super::App;
use super::tiling::ViewKind;
use crate::objective::MAX_CONSTRAINTS;
use crate::ui::actions::Action;
use crate::ui::desktop::Opened;
use crate::ui::desktop::purpose::Purpose;
use crate::ui::dialogs::data_dialog::DataDialog;
use crate::ui::dialogs::palette::CommandPalette;
use crate::ui::dialogs::tour::Tour;
use crate::ui::panels::formula_field::focus_formula;

impl App {
    /// Carries out an action.
    pub(super) fn act(&mut self, ctx: &Context, action: Action) {
        let theme = |preference| ctx.set_theme(preference);
        if self.is_of_series() && action.is_of_cost() {
            return self.say("this is a series: it has no cost and no runs".to_owned());
        }
        match action {
            Action::New => self.begin_or_ask(Opened::default()),
            Action::Gallery => self.overlays.gallery.open(),
            Action::Open => self.ask(Purpose::Open),
            Action::OpenPath => self.ask_for_path(Purpose::Open),
            Action::OpenRecent(index) => self.open_recent(index),
            Action::Revert => self.take_from_disk("revert"),
            Action::Save => self.save_or_ask(),
            Action::SaveAs => self.ask(Purpose::SaveAs),
            Action::Figure => self.open_figure_dialog(),
            Action::CopyPicture => self.copy_picture(ctx),
            Action::Undo => {
                let before = self.history.undo(self.session.scenario());
                self.go_to(before);
            }
            Action::Redo => {
                let after = self.history.redo(self.session.scenario());
                self.go_to(after);
            }
            Action::ResetView => self.views.plot.reset(self.session.scenario()),
            Action::FitPaths => {
                let left_out = self.views.plot.fit_paths(&self.session);
                if !left_out.is_empty() {
                    self.say(format!("left out, since they ran away: {}", left_out.join(", ")));
                }
            }
            Action::SuitCost => self.suit_cost(),
            Action::KeepView => self.keep_view(),
            Action::AddConstraint => {
                self.habits.arrangement.cost = true;
                let met_l1 = self.session.scenario().meets_l1_by_threshold();
                if !self.session.add_constraint() {
                    self.say(format!("a scenario has at most {MAX_CONSTRAINTS} constraints"));
                } else if met_l1 && !self.session.scenario().meets_l1_by_threshold() {
                    // They were changed with it, and nobody would look for that.
                    self.say(
                        "ISTA and FISTA meet no constraint: those runs now walk as others of their family"
                            .to_owned(),
                    );
                }
            }
            Action::AddData => self.overlays.data = Some(DataDialog::default()),
            Action::AddPenalty => self.session.add_penalty(),
            Action::PlotAlone => self.habits.arrangement.views.close_all(),
            Action::Charts => self.toggle_view(ViewKind::Charts),
            Action::Step => self.toggle_view(ViewKind::Step),
            Action::StageForward | Action::StageBack => self.go_to_stage(ctx, action == Action::StageForward),
            Action::Steps => self.toggle_view(ViewKind::Table),
            Action::Rows => self.toggle_view(ViewKind::Data),
            Action::TypeRows if self.session.scenario().cost.data.is_none() => {
                self.overlays.data = Some(DataDialog::default());
            }
            Action::TypeRows => {
                self.habits.arrangement.views.open(ViewKind::Data, self.views.room);
                self.views.data.type_rows();
            }
            Action::Unscaled => self.toggle_view(ViewKind::Unscaled),
            Action::Solutions => self.toggle_view(ViewKind::Solutions),
            Action::Race => self.toggle_view(ViewKind::Race),
            Action::Series => self.toggle_view(ViewKind::Series),
            Action::TuneRates => self.tune_rates(),
            Action::Graph => self.toggle_view(ViewKind::Graph),
            Action::Map => self.toggle_view(ViewKind::Map),
            Action::Notes => self.views.notes.toggle(),
            Action::Formula => {
                self.habits.arrangement.cost = true;
                focus_formula(ctx, self.session.formula_text());
            }
            Action::Keys => self.overlays.shows_keys = true,
            Action::About => self.overlays.shows_about = true,
            Action::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Action::Palette => self.overlays.palette = Some(CommandPalette::default()),
            Action::Tour => self.overlays.tour = Tour::start(),
            Action::PinPaths => self.pin_shown(),
            Action::UnpinPaths => self.pin_of(None),
            Action::ToggleCost
            | Action::ToggleOptimizers
            | Action::TogglePlayback
            | Action::LargerText
            | Action::SmallerText
            | Action::NormalText => self.habits.arrangement.act(action),
            Action::Dark => theme(ThemePreference::Dark),
            Action::Light => theme(ThemePreference::Light),
            Action::FollowSystem => theme(ThemePreference::System),
            Action::PlayPause | Action::StepForward | Action::StepBack | Action::ToStart | Action::ToEnd => {
                self.playback.act(action, self.session.longest_run());
            }
        }
    }
}
