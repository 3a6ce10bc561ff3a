//! The map beside the plot: where every start leads.

use egui::Ui;

use super::App;
use super::middle::no_runs_ui;
use super::tiling::ViewKind;
use crate::figure::plot::PlotOptions;
use crate::scenario::{MapOptions, OpenView, ViewOptions};
use crate::spelling::Selectable as _;
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

    /// Arranges the window as the scenario says, or else as the person likes it.
    pub(super) fn arrange(&mut self) {
        let view = self.session.scenario().view.clone();
        self.habits.arrange_by(view.as_ref(), self.views.room);
        if let Some(map) = view.and_then(|view| view.map) {
            self.views.map.show_kind(map.kind);
            self.views.chosen.choose(map.run, &self.session.scenario().optimizers);
        }
    }

    /// Makes the scenario say what is looked at, and what is open beside it where anything is.
    pub(super) fn keep_view(&mut self) {
        let views = &self.habits.arrangement.views;
        let open = OpenView::ALL.iter().copied().filter(|open| views.is_open(ViewKind::of(*open))).collect();
        let run = self.views.chosen.find(&self.session.scenario().optimizers).unwrap_or_default();
        let map = views.is_open(ViewKind::Map).then(|| MapOptions { kind: self.views.map.kind(), run });
        let relief = f64::from((100.0 * self.habits.look.relief).round()) / 100.0;
        let view = ViewOptions { open, map, relief };
        let view = (!view.open.is_empty()).then_some(view);
        self.views.plot.keep_view(&mut self.session);
        self.session.edit(|scenario| scenario.view = view);
    }
}
