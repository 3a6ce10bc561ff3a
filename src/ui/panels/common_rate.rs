//! One slider for all learning rates: what they are multiplied by.

use egui::Ui;

use crate::objective::{Point, is_finite};
use crate::scenario::OptimizerChoice;
use crate::session::Session;
use crate::ui::widgets::number_field::Takes;
use crate::ui::widgets::sliders::NumberSlider;

/// The common factor, and the rates that it multiplies: those that stood when it was last 1.
#[derive(Clone, Debug, PartialEq)]
pub struct CommonRate {
    factor: f64,
    base: Vec<Point>,
    /// The rates that came of it. When others stand, they are the new base.
    made: Vec<Point>,
}

impl Default for CommonRate {
    fn default() -> Self {
        Self { factor: 1.0, base: Vec::new(), made: Vec::new() }
    }
}

impl CommonRate {
    /// Draws the slider and changes the rates with it.
    pub fn show_ui(&mut self, ui: &mut Ui, session: &mut Session) {
        let rates = rates(&session.scenario().optimizers);
        if rates.is_empty() {
            return;
        }
        if rates != self.made {
            *self = Self { factor: 1.0, base: rates.clone(), made: rates };
        }
        let slider = NumberSlider {
            symbol: "all rates \u{d7}",
            name: "All learning rates",
            explanation: "Multiplies the learning rate of every run",
            range: 0.01..=100.0,
            takes: Takes::ABOVE_ZERO,
            logarithmic: true,
            default: 1.0,
        };
        if slider.show_ui(ui, &mut self.factor, 62.0) {
            session.edit(|scenario| self.multiply(&mut scenario.optimizers));
        }
    }

    /// Gives every run its rate times the factor. A rate that its method does not take stays as it is.
    fn multiply(&mut self, runs: &mut [OptimizerChoice]) {
        for (run, base) in runs.iter_mut().zip(&self.base) {
            // Through text with six digits, so that three times 0.1 is 0.3.
            let product = |base: f64| {
                if self.factor == 1.0 {
                    base
                } else {
                    format!("{:.5e}", base * self.factor).parse().unwrap_or(base)
                }
            };
            let _ = run.settings.set_rates(base.map(product));
        }
        self.made = rates(runs);
    }
}

fn rates(runs: &[OptimizerChoice]) -> Vec<Point> {
    // A run without a rate has 0: what is not a number would be another one in every frame.
    let of = |run: &OptimizerChoice| Some(run.settings.rates()).filter(|rates| is_finite(*rates));
    runs.iter().map(|run| of(run).unwrap_or_else(Point::zeros)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn what_has_no_rate_is_the_same_in_every_frame() {
        let mut runs = Scenario::default().optimizers;
        runs[1].settings = runs[1].settings.as_own_rule().unwrap();
        let before = rates(&runs);
        assert_eq!(before, rates(&runs));
        let own = runs[1].clone();
        CommonRate { factor: 3.0, base: before.clone(), made: before }.multiply(&mut runs);
        assert_eq!(runs[1], own);
    }

    #[test]
    fn every_rate_is_multiplied_and_one_brings_them_back() {
        let mut runs = Scenario::default().optimizers;
        let before = rates(&runs);
        let mut common = CommonRate { factor: 3.0, base: before.clone(), made: before.clone() };
        common.multiply(&mut runs);
        assert_eq!(runs[0].settings.real("learning_rate"), 0.003);
        assert!(before.iter().zip(rates(&runs)).all(|(a, b)| (b - 3.0 * a).amax() < 1e-5 * b.amax()));
        common.factor = 1.0;
        common.multiply(&mut runs);
        assert_eq!(rates(&runs), before);
        for factor in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e308] {
            common.factor = factor;
            common.multiply(&mut runs);
            assert!(
                rates(&runs)
                    .iter()
                    .flat_map(|rates| rates.iter())
                    .all(|rate| rate.is_finite() && *rate > 0.0),
                "{factor}"
            );
        }
    }
}
