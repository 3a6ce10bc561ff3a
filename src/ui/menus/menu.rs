//! The row of menus, with the title of the scenario and what the last action came to.

use std::path::{Path, PathBuf};

use egui::{Button, MenuBar, RichText, Ui};

use crate::figure::Look;
use crate::scenario::{Data, Scenario};
use crate::ui::actions::Action;
use crate::ui::menus::looks_menu::looks_menu_ui;
use crate::ui::menus::menu_keys::MenuKeys;
use crate::ui::menus::reading_menu::reading_menu_ui;

/// What the menu of files depends on.
pub struct FileMenu<'a> {
    /// Files that were open lately, the latest first.
    pub recent: &'a [PathBuf],
    /// Whether the scenario is in a file.
    pub has_file: bool,
    /// Whether the system asks for files, so that typing a path is another way.
    pub has_system_dialog: bool,
}

/// What the row shows.
pub struct MenuBarState<'a> {
    pub file: FileMenu<'a>,
    /// What would be undone and done again.
    pub history: [Option<String>; 2],
    pub title: &'a str,
    /// What the last action came to, and whether it is an error.
    pub message: Option<(&'a str, bool)>,
    /// Whether something lies over the window, to which the keys belong.
    pub is_covered: bool,
    /// The entries that are marked.
    pub on: Vec<Action>,
}

/// Draws the row. Returns the actions that were chosen.
pub fn menu_bar_ui(
    ui: &mut Ui,
    state: &MenuBarState<'_>,
    look: &mut Look,
    scenario: &Scenario,
) -> Vec<Action> {
    let MenuBarState { file, history: [undo, redo], title, message, is_covered, on } = state;
    let mut keys = MenuKeys::read(ui.ctx(), *is_covered);
    let (mut chosen, mut history, mut recent) = (Vec::new(), Vec::new(), None);
    let mut items = |ui: &mut Ui, actions: &[Action]| {
        for action in actions.iter().copied() {
            let is_of_this = scenario.series.is_none() || !action.is_of_cost();
            let item = ui.add_enabled_ui(is_of_this, |ui| action.menu_item_ui(ui, on.contains(&action)));
            chosen.extend(item.inner.then_some(action));
        }
    };
    MenuBar::new().ui(ui, |ui| {
        keys.menu_ui(ui, |ui| {
            items(ui, &[Action::New, Action::Gallery, Action::Open]);
            if file.has_system_dialog {
                items(ui, &[Action::OpenPath]);
            }
            recent = recent_ui(ui, file.recent);
            ui.separator();
            items(ui, &[Action::Save, Action::SaveAs]);
            ui.add_enabled_ui(file.has_file, |ui| items(ui, &[Action::Revert]));
            ui.separator();
            items(ui, &[Action::Figure, Action::CopyPicture]);
            ui.separator();
            items(ui, &[Action::Quit]);
        });
        keys.menu_ui(ui, |ui| {
            for (action, change) in [(Action::Undo, undo), (Action::Redo, redo)] {
                let Some(change) = change else {
                    ui.weak(format!("Nothing to {}", action.label().to_lowercase()));
                    continue;
                };
                if action.named_menu_item_ui(ui, &format!("{} {change}", action.label())) {
                    history.push(action);
                }
            }
            ui.separator();
            items(ui, &[Action::AddConstraint, Action::AddData]);
            if scenario.cost.data.is_some() {
                items(ui, &[Action::TypeRows]);
            }
            items(ui, &[Action::AddPenalty]);
            ui.separator();
            items(ui, &[Action::TuneRates]);
        });
        keys.menu_ui(ui, |ui| {
            items(
                ui,
                &[Action::PlayPause, Action::StepForward, Action::StepBack, Action::ToStart, Action::ToEnd],
            );
            ui.separator();
            items(ui, &[Action::StageForward, Action::StageBack]);
        });
        keys.menu_ui(ui, |ui| {
            items(
                ui,
                &[
                    Action::ResetView,
                    Action::FitPaths,
                    Action::SuitCost,
                    Action::KeepView,
                    Action::PinPaths,
                    Action::UnpinPaths,
                ],
            );
            ui.separator();
            items(ui, &[Action::ToggleCost, Action::ToggleOptimizers, Action::TogglePlayback, Action::Notes]);
            ui.separator();
            items(ui, &[Action::PlotAlone, Action::Charts, Action::Step, Action::Steps]);
            if scenario.cost.data.is_some() || on.contains(&Action::Rows) {
                items(ui, &[Action::Rows]);
            }
            let data = scenario.cost.data.as_ref();
            if data.is_some_and(Data::is_scaled) || on.contains(&Action::Unscaled) {
                items(ui, &[Action::Unscaled]);
            }
            items(ui, &[Action::Solutions, Action::Race, Action::Graph, Action::Series, Action::Map]);
            ui.separator();
            items(ui, &[Action::LargerText, Action::SmallerText, Action::NormalText]);
            ui.separator();
            // With all of it beside the rest the menu would be higher than a small window.
            ui.menu_button("On the plot", |ui| reading_menu_ui(ui, look, scenario)).response.on_hover_text(
                "What is read off the plot: isoline labels, the gradient at the pointer, searches …",
            );
            ui.separator();
            items(ui, &[Action::Dark, Action::Light, Action::FollowSystem]);
            ui.separator();
            looks_menu_ui(ui, look);
        });
        keys.menu_ui(ui, |ui| items(ui, &[Action::Tour, Action::Palette, Action::Keys, Action::About]));
        ui.separator();
        ui.label(RichText::new(*title).strong());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let Some((text, is_error)) = *message {
                let color =
                    if is_error { ui.visuals().error_fg_color } else { ui.visuals().weak_text_color() };
                ui.add(egui::Label::new(RichText::new(text).small().color(color)).truncate())
                    .on_hover_text(text);
            }
        });
    });
    keys.finish(ui.ctx());
    chosen.extend(history);
    chosen.extend(recent);
    chosen
}

/// The menu of files that were open lately: the name of each, and its folder, which tells two of one name apart.
fn recent_ui(ui: &mut Ui, recent: &[PathBuf]) -> Option<Action> {
    let mut chosen = None;
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            for (index, path) in recent.iter().enumerate() {
                let part =
                    |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
                let folder = part(path.parent().and_then(Path::file_name));
                let button = Button::new(part(path.file_name())).shortcut_text(folder);
                if ui.add(button).on_hover_text(path.display().to_string()).clicked() {
                    chosen = Some(Action::OpenRecent(index));
                }
            }
        })
        .response
        .on_hover_text("Files that were open lately");
    });
    chosen
}
