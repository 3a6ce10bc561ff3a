//! Methods whose steps are taken from several points at a time: the state of each, entry by entry side by side.
//!
//! The arithmetic is that of the method's own step, operation by operation, so that every walk has the bits that it has alone.

use std::array::from_fn;

use super::Settings;
use crate::expr::Each;

/// Points, or slopes, entry by entry.
pub(super) type EachPoint = [Each; 2];

/// A method that walks from several points at a time.
pub(super) trait Kernel: std::fmt::Debug + Send {
    /// Begins anew in a place, with settings of the method that it was made for.
    fn begin(&mut self, place: usize, settings: &Settings);
    /// Where a step leads from each point, where the slopes of the minimized function are these.
    fn step(&mut self, at: &EachPoint, slope: &EachPoint) -> EachPoint;
}

/// The kernel of a method, as far as choices of its settings go; nothing where it has none, or there is a schedule.
pub(super) fn kernel(settings: &Settings) -> Option<Box<dyn Kernel>> {
    if settings.schedule().is_some() {
        return None;
    }
    match settings.method().id {
        "gd" => Some(Box::<GradientDescent>::default()),
        "momentum" => {
            let averages = settings.choice("form") == "ewma";
            Some(Box::new(Momentum { averages, ..Momentum::default() }))
        }
        "adam" => {
            let bias_correction = settings.switch("bias_correction");
            Some(Box::new(Adam { bias_correction, ..Adam::default() }))
        }
        _ => None,
    }
}

/// Sets an entry of each of two.
#[inline]
fn set(of: &mut EachPoint, place: usize, to: [f64; 2]) {
    of[0][place] = to[0];
    of[1][place] = to[1];
}

/// θ − α ∇J.
#[derive(Debug, Default)]
struct GradientDescent {
    rate: EachPoint,
}

impl Kernel for GradientDescent {
    fn begin(&mut self, place: usize, settings: &Settings) {
        set(&mut self.rate, place, settings.rates().into());
    }

    fn step(&mut self, at: &EachPoint, slope: &EachPoint) -> EachPoint {
        from_fn(|axis| from_fn(|k| at[axis][k] - self.rate[axis][k] * slope[axis][k]))
    }
}

/// v ← βv + α∇J, or its average, and θ − v.
#[derive(Debug, Default)]
struct Momentum {
    averages: bool,
    rate: EachPoint,
    beta: Each,
    v: EachPoint,
}

impl Kernel for Momentum {
    fn begin(&mut self, place: usize, settings: &Settings) {
        set(&mut self.rate, place, settings.rates().into());
        set(&mut self.v, place, [0.0; 2]);
        self.beta[place] = settings.real("beta");
    }

    fn step(&mut self, at: &EachPoint, slope: &EachPoint) -> EachPoint {
        let Self { averages, rate, beta, v } = self;
        from_fn(|axis| {
            let (rate, v, slope) = (&rate[axis], &mut v[axis], &slope[axis]);
            if *averages {
                *v = from_fn(|k| beta[k] * v[k] + (1.0 - beta[k]) * slope[k]);
                from_fn(|k| at[axis][k] - rate[k] * v[k])
            } else {
                *v = from_fn(|k| beta[k] * v[k] + rate[k] * slope[k]);
                from_fn(|k| at[axis][k] - v[k])
            }
        })
    }
}

/// θ − α m̂/(√ŝ + ε), or without the correction of the averages.
#[derive(Debug, Default)]
struct Adam {
    bias_correction: bool,
    rate: EachPoint,
    beta1: Each,
    beta2: Each,
    beta1_power: Each,
    beta2_power: Each,
    epsilon: Each,
    m: EachPoint,
    s: EachPoint,
}

impl Kernel for Adam {
    fn begin(&mut self, place: usize, settings: &Settings) {
        set(&mut self.rate, place, settings.rates().into());
        set(&mut self.m, place, [0.0; 2]);
        set(&mut self.s, place, [0.0; 2]);
        for (of, id) in
            [(&mut self.beta1, "beta1"), (&mut self.beta2, "beta2"), (&mut self.epsilon, "epsilon")]
        {
            of[place] = settings.real(id);
        }
        (self.beta1_power[place], self.beta2_power[place]) = (1.0, 1.0);
    }

    fn step(&mut self, at: &EachPoint, slope: &EachPoint) -> EachPoint {
        let Self { bias_correction, rate, beta1, beta2, beta1_power, beta2_power, epsilon, m, s } = self;
        *beta1_power = from_fn(|k| beta1_power[k] * beta1[k]);
        *beta2_power = from_fn(|k| beta2_power[k] * beta2[k]);
        from_fn(|axis| {
            let (rate, m, s, g) = (&rate[axis], &mut m[axis], &mut s[axis], &slope[axis]);
            *m = from_fn(|k| beta1[k] * m[k] + (1.0 - beta1[k]) * g[k]);
            *s = from_fn(|k| beta2[k] * s[k] + (1.0 - beta2[k]) * (g[k] * g[k]));
            let (m, s): (Each, Each) = if *bias_correction {
                (from_fn(|k| m[k] / (1.0 - beta1_power[k])), from_fn(|k| s[k] / (1.0 - beta2_power[k])))
            } else {
                (*m, *s)
            };
            let divisor: Each = from_fn(|k| epsilon[k] + s[k].sqrt());
            // As 0/0 is 0, and a divisor that has overflowed divides nothing: see `scaled_quotient`.
            from_fn(|k| {
                let quotient = rate[k] * m[k] / divisor[k];
                let quotient = if divisor[k].is_infinite() { f64::NAN } else { quotient };
                at[axis][k] - if m[k] == 0.0 { 0.0 } else { quotient }
            })
        })
    }
}
