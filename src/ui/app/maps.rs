//! The map beside the plot: where every start leads.

use egui::Ui;

use super::App;
use super::middle::no_runs_ui;
use super::tiling::ViewKind;
use crate::figure::plot::PlotOptions;
use crate::ui::actions::Action;
use crate::ui::views::head::{HeadOutput, head_ui};
use crate::ui::views::map_view::MapRequest;

impl App {
    /// Draws the view.
    pub(super) fn map_ui(&mut self, ui: &mut Ui, step: u32, is_tab: bool) -> HeadOutput {
        let runs = &self.session.scenario().optimizers;
        let Some(run) = self.views.chosen.find(runs) else { return no_runs_ui(ui, ViewKind::Map, is_tab) };
        let Self { session, views, habits, .. } = self;
        let mut request = None;
        let head = head_ui(ui, ViewKind::Map.title(), Action::Map, is_tab, |ui| {
            request = views.map.controls_ui(ui, session, run, habits.look);
        });
        let options = PlotOptions::at_step(step, habits.look);
        views.map.show_ui(ui, session, &mut views.plot, options, run);
        match request {
            None => {}
            Some(MapRequest::Choose(run)) => {
                self.views.chosen.choose(run, &self.session.scenario().optimizers);
            }
            Some(MapRequest::Figure) => self.open_figure_of_map(run),
        }
        head
    }
}
