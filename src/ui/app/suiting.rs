//! A typed cost gets a view of its own: its optima are searched for, a slice in each frame, and shown when they are found.

use egui::Ui;

use super::App;
use crate::decimal::rounded;
use crate::figure::look::number::{short, trimmed};
use crate::landscape::{OptimaSearch, Optimum};
use crate::scenario::{Cost, Suggestion};
use crate::work::{PART_OF_A_FRAME, Work as _};

/// The search that goes on, and what earlier ones brought.
#[derive(Default)]
pub(super) struct Suiting {
    search: Option<(Cost, OptimaSearch)>,
    earlier: Vec<Suggestion>,
}

impl App {
    /// Begins to look for what suits the cost.
    pub(super) fn suit_cost(&mut self) {
        let scenario = self.session.scenario();
        if !scenario.wants_suggestion() {
            return self.say("a built-in cost has a view of its own: choose it from the gallery".to_owned());
        }
        // That of the session is of the frame before.
        if let Ok(objective) = scenario.objective() {
            let search = OptimaSearch::new(&objective, scenario.window);
            self.suiting.search = Some((scenario.cost.clone(), search));
        }
    }

    /// Goes on looking, and shows what was found as one step that can be undone.
    pub(super) fn go_on_suiting(&mut self, ui: &Ui) {
        let Some((cost, mut search)) = self.suiting.search.take() else { return };
        if cost != self.session.scenario().cost {
            return;
        }
        let is_over = search.advance(PART_OF_A_FRAME);
        ui.request_repaint();
        if !is_over {
            self.suiting.search = Some((cost, search));
            return;
        }
        let scenario = self.session.scenario();
        let saddle = search.saddle();
        let found = saddle.map_or_else(|| search.optima(), |saddle| vec![saddle]);
        let missed = format!("no {} of J was found", cost.goal.optimum());
        let Some(suggestion) = Suggestion::new(scenario, &found) else {
            return self.say(format!("{missed} between −3000 and 3000"));
        };
        let suited = scenario.suited(&suggestion, &self.suiting.earlier);
        self.suiting.earlier.push(suggestion);
        if suited == *scenario {
            return self.say("view, start, steps and rates were chosen by you, and stay".to_owned());
        }
        self.history.jump(scenario, &suited, "fitting view and rates to the cost");
        self.views.plot.reset(&suited);
        self.session.edit(|scenario| *scenario = suited);
        self.values_are_new = true;
        self.playback.restart();
        if let Some(Optimum { at, .. }) = saddle {
            let [x, y] = [at.x, at.y].map(|at| trimmed(&short(rounded(at, 1e-6 * (1.0 + at.abs())), 4)));
            self.say(format!("{missed}: this is the saddle at ({x}, {y})"));
        }
    }
}
