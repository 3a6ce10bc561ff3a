//! The graph of the cost beside the plot: where its numbers are from.

use egui::Ui;

use super::App;
use super::tiling::ViewKind;
use crate::figure::graph::{place_at, place_words};
use crate::ui::actions::Action;
use crate::ui::views::graph_view::GraphPlace;
use crate::ui::views::head::{HeadOutput, head_ui};

impl App {
    /// Draws the view.
    pub(super) fn graph_ui(&mut self, ui: &mut Ui, step: u32, is_tab: bool) -> HeadOutput {
        let rows = self.session.scenario().cost.data.as_ref().map_or(1, |data| data.table().rows());
        let row = self.views.data.row.unwrap_or_default().min(rows.saturating_sub(1));
        let run = self.views.chosen.find(&self.session.scenario().optimizers);
        let (point, words) = match self.views.plot.pointed_at {
            Some(point) => (point, place_words(self.session.scenario(), point, "the pointer")),
            None => place_at(&self.session, run, step),
        };
        self.views.graph.look_at(&self.session);
        let mut figure = None;
        let head = head_ui(ui, ViewKind::Graph.title(), Action::Graph, is_tab, |ui| {
            figure = self.views.graph.controls_ui(ui, row);
        });
        self.views.graph.show_ui(ui, &self.session, &GraphPlace { point, words, row });
        if let Some(choice) = figure {
            self.open_figure_of_graph(crate::figure::graph::GraphChoice {
                run: run.unwrap_or_default(),
                ..choice
            });
        }
        head
    }
}
