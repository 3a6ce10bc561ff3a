//! The lowest point of a quadratic in a disc.
//!
//! ```text
//! min gᵀp + ½ pᵀHp,  ‖p‖ ≤ Δ:  (H + λ I) p = −g,  λ ≥ 0,  λ (Δ − ‖p‖) = 0,  H + λ I ≥ 0
//! ```
//!
//! Source: Moré & Sorensen, *Computing a trust region step*, SIAM J. Sci. Stat. Comput. 4, 1983; Nocedal & Wright, *Numerical
//! Optimization*, 2nd ed. 2006, theorem 4.1, equations (4.40) to (4.43) and the hard case after them.
//! Method: along the eigenvectors of H, with δ = λ + λ₁, the norm of p falls from δ = 0 on; the root of 1/‖p‖ − 1/Δ by Newton's
//! method, within ever narrower ends.

use nalgebra::{Matrix2, SymmetricEigen};

use crate::objective::Point;
use crate::optimizer::linear::norm;

/// Where a quadratic is lowest in a disc about the point where it is known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct InDisc {
    /// p.
    pub step: Point,
    /// λ.
    pub shift: f64,
    /// Whether ‖p‖ = Δ.
    pub is_on_rim: bool,
}

/// The lowest point of the quadratic of a finite gradient and Hessian within a radius above 0.
pub(super) fn minimum_in_disc(h: &Matrix2<f64>, g: Point, radius: f64) -> InDisc {
    let eigen = SymmetricEigen::new(*h);
    let (low, high) = if eigen.eigenvalues.x <= eigen.eigenvalues.y { (0, 1) } else { (1, 0) };
    let [lowest, gap] = [eigen.eigenvalues[low], eigen.eigenvalues[high] - eigen.eigenvalues[low]];
    let [first, second] = [low, high].map(|k| eigen.eigenvectors.column(k).into_owned());
    let slope = Point::new(first.dot(&g), second.dot(&g));
    let along = |p: Point| p.x * first + p.y * second;
    // p where λ = δ − λ₁.
    let at = |delta: f64| Point::new(-slope.x / delta, -slope.y / (delta + gap));
    if lowest > 0.0 && norm(at(lowest)) <= radius {
        return InDisc { step: along(at(lowest)), shift: 0.0, is_on_rim: false };
    }
    // Where the slope has no part along the lowest curvature, p has one all the same: the hard case.
    let across = if slope.y == 0.0 { 0.0 } else { -slope.y / gap };
    if slope.x == 0.0 && lowest <= 0.0 && across.abs() <= radius {
        let rest = ((radius - across) * (radius + across)).sqrt();
        // A plane without slope along it is as low everywhere.
        let rest = if lowest == 0.0 { 0.0 } else { rest };
        return InDisc { step: along(Point::new(rest, across)), shift: -lowest, is_on_rim: rest > 0.0 };
    }
    let delta = root(|delta| norm(at(delta)), slope, gap, lowest, radius);
    InDisc { step: along(at(delta)), shift: delta - lowest, is_on_rim: true }
}

/// δ > max(0, λ₁) where p is as long as the radius.
fn root(length: impl Fn(f64) -> f64, slope: Point, gap: f64, lowest: f64, radius: f64) -> f64 {
    let mut low = lowest.max(slope.x.abs() / radius).max(f64::MIN_POSITIVE);
    let mut high = (norm(slope) / radius).max(low);
    let mut delta = low;
    for _ in 0..80 {
        let size = length(delta);
        if size > radius {
            low = delta
        } else {
            high = delta
        }
        if (size - radius).abs() <= 2.0 * f64::EPSILON * radius || high - low <= f64::EPSILON * high {
            break;
        }
        // −d‖p‖/dδ · ‖p‖.
        let [a, b] = [slope.x / delta, slope.y / (delta + gap)];
        let fall = a * a / delta + b * b / (delta + gap);
        let next = delta + (size - radius) / radius * size * size / fall;
        delta = if next > low && next < high { next } else { low + 0.5 * (high - low) };
    }
    delta
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_point_of_the_disc_is_lower() {
        let mut random = fastrand::Rng::with_seed(41);
        let mut number = |size: f64| size * (2.0 * random.f64() - 1.0);
        for round in 0..400 {
            let h = Matrix2::new(number(5.0), number(3.0), 0.0, number(5.0));
            let mut h = Matrix2::new(h.m11, h.m12, h.m12, h.m22);
            let mut g = Point::new(number(2.0), number(2.0));
            // Hard cases, and those that are nearly so.
            match round % 5 {
                0 => (h, g) = (Matrix2::new(-2.0, 0.0, 0.0, 3.0), Point::new(0.0, number(1.0))),
                1 => (h, g) = (Matrix2::new(-2.0, 0.0, 0.0, 3.0), Point::new(1e-14, number(1.0))),
                2 => g = Point::zeros(),
                _ => {}
            }
            let radius = 0.1 + number(1.0).abs();
            let InDisc { step, shift, is_on_rim } = minimum_in_disc(&h, g, radius);
            let model = |p: Point| g.dot(&p) + 0.5 * p.dot(&(h * p));
            let context = format!("{h} {g} {radius}: {step} {shift}");
            assert!(norm(step) <= radius * (1.0 + 1e-12), "{context}");
            assert!(is_on_rim == ((norm(step) - radius).abs() < 1e-9 * radius), "{context}");
            assert!(shift >= 0.0 && ((h * step + shift * step) + g).amax() < 1e-9, "{context}");
            let rim = (0..360).map(|k| f64::from(k).to_radians());
            let others = rim.map(|angle| radius * Point::new(angle.cos(), angle.sin()));
            let lowest = others.flat_map(|p| [p, 0.5 * p]).map(model).fold(0.0, f64::min);
            assert!(model(step) <= lowest + 1e-12, "{context}");
        }
    }
}
