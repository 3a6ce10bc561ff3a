//! The first of a, a/2, a/4, … with φ(α) ≤ φ(0) + c₁ α φ′(0).

use super::{NoStep, Ray};

pub(super) fn length(ray: &mut Ray<'_>, first: f64) -> Result<f64, NoStep> {
    let mut length = first;
    loop {
        let trial = ray.value(length)?;
        if trial.value.is_finite() && ray.search.is_low_enough(&trial, 0.0) {
            return Ok(length);
        }
        length *= 0.5;
    }
}
