//! What theory knows of a sweep over the learning rate and another parameter.
//!
//! Formulas. The limit of each value of the other parameter is that of [`Settings::thresholds`]: of momentum the line α = 2(1 + β)/λmax,
//! which with β = 1 and the axes bounds a triangle. On a quadratic the error of momentum shrinks by √β a step wherever
//! β ≥ (1 − √(αλ))² for both eigenvalues; so the best β of a rate is max (1 − √(αλmin))², (1 − √(αλmax))², and the least of these
//! belongs to α = 4/(√λmin + √λmax)². In the form `ewma` the same holds of α(1 − β).
//!
//! Source: Polyak, *Introduction to Optimization*, 1987, section 3.2.1.

use super::Range;
use crate::elementary;
use crate::optimizer::{Bowl, ParameterValue, Settings, ThresholdKind};

/// Lines and points over the plane of the two parameters, each as [x, y].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SweepTheory {
    /// Where the run goes to the minimum on one side, and away on the other.
    pub limit: Vec<[f64; 2]>,
    /// The best of the second parameter for each rate.
    pub best: Vec<[f64; 2]>,
    /// The best pair.
    pub fastest: Option<[f64; 2]>,
}

/// How many points a line has.
const POINTS: usize = 129;

impl SweepTheory {
    /// What is known where what is minimized curves so; nothing but for the learning rate along x.
    pub fn of(settings: &Settings, ranges: &[Range; 2], bowl: Bowl) -> Self {
        let [rate, other] = ranges;
        if rate.parameter != "learning_rate" {
            return Self::default();
        }
        let share = |place: usize| place as f64 / (POINTS - 1) as f64;
        let limit = (0..POINTS).filter_map(|place| {
            let value = other.at(share(place));
            let mut tried = settings.clone();
            tried.set(&other.parameter, ParameterValue::Real(value)).ok()?;
            let thresholds = tried.thresholds(bowl);
            let limit = thresholds.iter().find(|threshold| threshold.kind == ThresholdKind::Limit)?;
            Some([limit.rate, value])
        });
        let limit = limit.collect();
        if settings.method().id != "momentum" || other.parameter != "beta" {
            return Self { limit, ..Self::default() };
        }
        let averages = settings.choice("form") == "ewma";
        let roots = [bowl.least.sqrt(), bowl.greatest.sqrt()];
        let best_beta = |alpha: f64| {
            let of = |root: f64| (1.0 - alpha.sqrt() * root) * (1.0 - alpha.sqrt() * root);
            of(roots[0]).max(of(roots[1]))
        };
        let best = (0..POINTS).filter_map(|place| {
            // Up to where β reaches 1: α = 4/λmax.
            let alpha = 4.0 / bowl.greatest * elementary::powi(share(place), 4);
            let beta = best_beta(alpha);
            let rate = if averages { alpha / (1.0 - beta) } else { alpha };
            (alpha > 0.0 && beta < 1.0 && rate.is_finite()).then_some([rate, beta])
        });
        let thresholds = settings.thresholds(bowl);
        let fastest = thresholds.iter().find(|threshold| threshold.kind == ThresholdKind::Fastest);
        let fastest = fastest.and_then(|threshold| Some([threshold.rate, threshold.beta?]));
        Self { limit, best: best.collect(), fastest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::method;

    #[test]
    fn momentum_has_its_triangle_and_its_curve_whose_lowest_point_is_the_best_pair() {
        let mut settings = Settings::defaults(method("momentum").unwrap());
        let bowl = Bowl { least: 1.0, greatest: 100.0 };
        for form in ["standard", "ewma"] {
            settings.set("form", ParameterValue::Choice(form)).unwrap();
            let ranges = [("learning_rate", [1e-4, 1.0]), ("beta", [0.0, 0.99])];
            let ranges = ranges.map(|(id, ends)| Range::new(&settings, id, Some(ends)).unwrap());
            let theory = SweepTheory::of(&settings, &ranges, bowl);
            for [rate, beta] in &theory.limit {
                let scale = if form == "ewma" { 1.0 - beta } else { 1.0 };
                assert!((rate * scale - 2.0 * (1.0 + beta) / 100.0).abs() < 1e-12);
            }
            assert_eq!(theory.limit.len(), POINTS);
            let [rate, beta] = theory.fastest.unwrap();
            assert!((beta - (9.0_f64 / 11.0).powi(2)).abs() < 1e-12);
            let lowest = theory.best.iter().min_by(|a, b| a[1].total_cmp(&b[1])).unwrap();
            assert!(
                (lowest[1] - beta).abs() < 0.02 && (lowest[0] / rate - 1.0).abs() < 0.2,
                "{lowest:?} {rate}"
            );
            // All of the curve goes to the minimum.
            for [rate, beta] in &theory.best {
                let scale = if form == "ewma" { 1.0 - beta } else { 1.0 };
                assert!(rate * scale <= 2.0 * (1.0 + beta) / 100.0 * (1.0 + 1e-12));
            }
        }
    }

    #[test]
    fn nothing_is_known_of_other_parameters() {
        let settings = Settings::defaults(method("adam").unwrap());
        let bowl = Bowl { least: 1.0, greatest: 2.0 };
        let ranges = ["beta1", "beta2"].map(|id| Range::new(&settings, id, None).unwrap());
        assert_eq!(SweepTheory::of(&settings, &ranges, bowl), SweepTheory::default());
    }
}
