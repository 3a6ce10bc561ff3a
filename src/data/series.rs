//! The exponentially weighted moving average of a series x₁, x₂, … of numbers, and noise to make such a series of.
//!
//! ```text
//! v_t = β v_{t−1} + (1 − β) x_t        v̂_t = v_t / (1 − βᵗ)        v_t = Σ (1 − β) βᵏ x_{t−k}, k = 0 … t − 1
//! ```
//!
//! Source: Roberts, *Control chart tests based on geometric moving averages*, Technometrics 1(3), 1959, 239; with the bias
//! correction of Kingma & Ba, *Adam: A Method for Stochastic Optimization*, ICLR 2015, section 3. Normal numbers: Box & Muller, *A
//! note on the generation of random normal deviates*, Annals of Mathematical Statistics 29(2), 1958, 610.
//! Convention: v₀ = 0 and t begins at 1. What v is divided by is the average of ones, so that nothing cancels where β is near one.
//! The generator is ChaCha8, the seed expanded as `seed_from_u64` of `rand_core` does; a uniform number is the high 53 bits of
//! `next_u64`, times 2⁻⁵³. Of each pair u₁, u₂ the first normal number is √(−2 ln(1 − u₁)) cos(2πu₂), the second the same with sin.

use std::f64::consts::TAU;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::elementary;

/// A series with an average of it.
#[derive(Clone, Debug, PartialEq)]
pub struct MovingAverage {
    /// How slowly it forgets, from 0 to below 1.
    pub beta: f64,
    /// v after each number.
    pub v: Vec<f64>,
    /// v̂ after each number.
    pub v_hat: Vec<f64>,
}

impl MovingAverage {
    /// That of these numbers.
    pub fn of(values: &[f64], beta: f64) -> Self {
        let (mut v, mut v_hat) = (Vec::with_capacity(values.len()), Vec::with_capacity(values.len()));
        let (mut average, mut ones) = (0.0, 0.0);
        for value in values {
            average = beta * average + (1.0 - beta) * value;
            ones = beta * ones + (1.0 - beta);
            v.push(average);
            v_hat.push(average / ones);
        }
        Self { beta, v, v_hat }
    }

    /// v before the number at `t`, counted from 1, and v and v̂ after it; nothing where there is no such number.
    pub fn step(&self, t: usize) -> Option<[f64; 3]> {
        let at = t.checked_sub(1)?;
        let before = at.checked_sub(1).map_or(Some(0.0), |before| self.v.get(before).copied());
        Some([before?, *self.v.get(at)?, *self.v_hat.get(at)?])
    }
}

/// What a number counts in v after so many more: (1 − β) βᵏ.
pub fn weight(beta: f64, k: usize) -> f64 {
    (1.0 - beta) * elementary::powi(beta, i32::try_from(k).unwrap_or(i32::MAX))
}

/// About so many numbers count: 1/(1 − β), in which the weights have come down to a third.
pub fn window(beta: f64) -> f64 {
    1.0 / (1.0 - beta)
}

/// Standard normal numbers, one after the other, the same on every machine.
#[derive(Clone, Debug)]
pub struct NormalNoise {
    generator: ChaCha8Rng,
    /// The second number of a pair whose first was given.
    second: Option<f64>,
}

impl NormalNoise {
    /// Those of a seed.
    pub fn new(seed: u64) -> Self {
        Self { generator: ChaCha8Rng::seed_from_u64(seed), second: None }
    }

    fn uniform(&mut self) -> f64 {
        const UNIT: f64 = 1.0 / (1_u64 << 53) as f64;
        (self.generator.next_u64() >> 11) as f64 * UNIT
    }
}

impl Iterator for NormalNoise {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        if let Some(second) = self.second.take() {
            return Some(second);
        }
        let radius = (-2.0 * elementary::ln(1.0 - self.uniform())).sqrt();
        let angle = TAU * self.uniform();
        self.second = Some(radius * elementary::sin(angle));
        Some(radius * elementary::cos(angle))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_steps_are_those_of_the_lecture() {
        let MovingAverage { v, v_hat, .. } = MovingAverage::of(&[10.0, 12.0], 0.9);
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        near(v[0], 1.0);
        near(v[1], 2.1);
        near(v_hat[0], 10.0);
        near(v_hat[1], 2.1 / 0.19);
        let average = MovingAverage::of(&[10.0, 12.0], 0.9);
        assert_eq!(average.step(1), Some([0.0, v[0], v_hat[0]]));
        assert_eq!(average.step(2), Some([v[0], v[1], v_hat[1]]));
        assert_eq!((average.step(0), average.step(3)), (None, None));
    }

    #[test]
    fn an_average_is_the_sum_of_its_weights_and_their_numbers() {
        let values: Vec<f64> = NormalNoise::new(3).take(60).collect();
        for beta in [0.0, 0.3, 0.9, 0.99] {
            let average = MovingAverage::of(&values, beta);
            for t in 1..=values.len() {
                let sum = |value: &dyn Fn(usize) -> f64| -> f64 {
                    (0..t).map(|k| weight(beta, k) * value(t - 1 - k)).sum()
                };
                let (v, ones) = (sum(&|at| values[at]), sum(&|_| 1.0));
                assert!((average.v[t - 1] - v).abs() < 1e-14, "{beta} {t}");
                assert!((average.v_hat[t - 1] - v / ones).abs() < 1e-13, "{beta} {t}");
            }
        }
        assert_eq!(weight(0.0, 0), 1.0);
        assert_eq!(weight(0.5, usize::MAX), 0.0);
    }

    #[test]
    fn nothing_cancels_where_beta_is_0_or_next_to_1_and_nothing_overflows() {
        let most = 1e300;
        for beta in [0.0, 0.5, 0.999_999, 1.0 - f64::EPSILON / 2.0] {
            let average = MovingAverage::of(&[most, most, -most, most], beta);
            assert!(average.v.iter().chain(&average.v_hat).all(|number| number.is_finite()), "{beta}");
            let constant = MovingAverage::of(&[7.0; 200], beta);
            assert!(constant.v_hat.iter().all(|number| (number - 7.0).abs() < 1e-13), "{beta}");
        }
        assert_eq!(MovingAverage::of(&[3.0, -1.0], 0.0).v, [3.0, -1.0]);
        assert!(MovingAverage::of(&[], 0.9).v.is_empty());
    }

    #[test]
    fn noise_is_the_same_on_every_machine_and_standard_normal() {
        // By Python from the first two words of seed 1, 7424550030962593201 and 1482817706323250795.
        let first: Vec<f64> = NormalNoise::new(1).take(2).collect();
        for (ours, theirs) in first.iter().zip([0.8881529718908301, 0.4910583485874152]) {
            assert!((ours - theirs).abs() < 1e-14, "{first:?}");
        }
        let many: Vec<f64> = NormalNoise::new(1).take(20_000).collect();
        let mean = |power: i32| many.iter().map(|z| elementary::powi(*z, power)).sum::<f64>() / 20_000.0;
        // Within four standard errors.
        assert!(mean(1).abs() < 0.03 && (mean(2) - 1.0).abs() < 0.04 && mean(3).abs() < 0.11, "{}", mean(1));
        assert!((mean(4) - 3.0).abs() < 0.28, "{}", mean(4));
    }
}
