//! What the averages of a run are taken of: its own gradient, step by step, as a series.

use super::Session;
use crate::optimizer::{ParameterValue, Stage, Value};
use crate::scenario::{LARGEST_VALUE, TimeSeries};

/// Of a longer run the first so many steps.
pub const MOST_GRADIENTS: usize = 5_000;

/// A coordinate of the gradients of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct GradientSeries {
    /// x_t is the gradient that step t is taken by, of what is minimized; its β is the method's own, where it has one.
    pub series: TimeSeries,
    /// Whether the run has more steps than are in it.
    pub is_cut: bool,
}

impl Session {
    /// The gradients that the steps of a run are taken by, at points ahead where the method looks there, in one coordinate. Nothing
    /// where there is no step, or none with a gradient.
    pub fn gradient_series(&self, run: usize, axis: usize) -> Option<GradientSeries> {
        let (path, _) = self.trajectory(run)?;
        let taken_by = |stages: &[Stage]| {
            let of = |id: &str| stages.iter().find(|stage| stage.id == id);
            match of("lookahead_gradient").or(of("gradient"))?.value {
                Value::Vector(gradient) => gradient.iter().nth(axis).copied(),
                _ => None,
            }
        };
        let steps = path.stages_of_steps(1).take(MOST_GRADIENTS);
        let gradients = steps.map_while(|(_, stages)| taken_by(&stages));
        let values: Vec<f64> = gradients.take_while(|gradient| gradient.abs() <= LARGEST_VALUE).collect();
        if values.is_empty() {
            return None;
        }
        let is_cut = values.len() < path.steps();
        let settings = &self.scenario().optimizers.get(run)?.settings;
        let beta = ["beta1", "beta"].into_iter().find_map(|id| match settings.get(id) {
            Some(ParameterValue::Real(beta)) if (0.0..1.0).contains(&beta) => Some(beta),
            _ => None,
        });
        let mut series = TimeSeries::new(values);
        if let Some(beta) = beta {
            series.betas = vec![beta];
        }
        Some(GradientSeries { series, is_cut })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::read;

    #[test]
    fn the_averages_of_adam_are_those_of_its_gradient() {
        let text = "[cost]\nformula = 'x^2 + 3*y^2 + sin(x*y)'\n[run]\nsteps = 40\nstart = [1.5, -1.0]\n\
                    [[optimizer]]\nmethod = 'adam'\nlearning_rate = 0.1\n[[optimizer]]\nmethod = 'gd'\n[[optimizer]]\nmethod = 'nesterov'\nlearning_rate = 0.02";
        let mut session = Session::new(read(text, "adam").unwrap());
        session.finish();
        let (path, _) = session.trajectory(0).unwrap();
        for axis in [0, 1] {
            let GradientSeries { series, is_cut } = session.gradient_series(0, axis).unwrap();
            assert_eq!((series.values().len(), &series.betas[..], is_cut), (path.steps(), &[0.9][..], false));
            let average = series.averages().remove(0);
            for (step, stages) in path.stages_of_steps(1) {
                let of = |id: &str| match stages.iter().find(|stage| stage.id == id).unwrap().value {
                    Value::Vector(value) => value[axis],
                    other => panic!("{other:?}"),
                };
                assert_eq!(average.v[step], of("m"), "step {step}");
                let m_hat = of("m_hat");
                assert!((average.v_hat[step] - m_hat).abs() <= 1e-12 * m_hat.abs().max(1.0), "step {step}");
            }
        }
        let plain = session.gradient_series(1, 0).unwrap().series;
        let (descent, _) = session.trajectory(1).unwrap();
        let first = descent.gradients().next().unwrap();
        assert_eq!((plain.values()[0], &plain.betas[..]), (first.x, &[0.9][..]));
        // At the first step v is 0, and so is what it looks ahead.
        let ahead = session.gradient_series(2, 1).unwrap().series;
        assert_eq!(ahead.values()[0], first.y);
        assert_ne!(ahead.values()[1], session.trajectory(2).unwrap().0.gradients().nth(1).unwrap().y);
        assert_eq!(session.gradient_series(9, 0), None);
    }
}
