//! Where φ′ vanishes, by the polynomial through the slopes that were found last.
//!
//! ```text
//! p(α) = s₀ + (α − α₀) q(α),  q(α) = s[0,1] + (α − α₁) (s[0,1,2] + (α − α₂) s[0,1,2,3])
//! α ← α₀ − s₀/q(α), from α₀, a few times
//! ```
//!
//! Source: Brent, *Algorithms for Minimization without Derivatives*, 1973, chapter 3: successive interpolation. s[…] are divided
//! differences of slopes, the last one that was found first.
//! Convention: the start counts twice where its curvature is known, φ″(0) being the difference of its slope with itself. So the
//! polynomial of a φ of fourth degree is its slope as soon as two lengths were tried.

/// The most slopes that a polynomial goes through: one more narrows less than it costs.
const MOST: usize = 4;
/// The polynomial bends so little where it is used that more bring nothing.
const ROUNDS: usize = 3;

/// The slopes of φ that were found last.
pub(super) struct Slopes {
    /// Lengths with their slopes, the last one first; behind `count` of them stands nothing.
    nodes: [(f64, f64); MOST],
    count: usize,
    /// φ″(0).
    curvature: f64,
}

impl Slopes {
    /// That of the start, with its curvature.
    pub fn at_start(slope: f64, curvature: f64) -> Self {
        let count = if curvature.is_finite() { 2 } else { 1 };
        Self { nodes: [(0.0, slope); MOST], count, curvature }
    }

    /// Takes another one for the last.
    pub fn push(&mut self, length: f64, slope: f64) {
        self.nodes.copy_within(..MOST - 1, 1);
        self.nodes[0] = (length, slope);
        self.count = MOST.min(self.count + 1);
    }

    /// Where their polynomial vanishes near the last one; not a number or anywhere where it does not.
    pub fn root(&self) -> f64 {
        let nodes = &self.nodes[..self.count];
        let mut differences = self.nodes.map(|(_, slope)| slope);
        for order in 1..nodes.len() {
            for k in (order..nodes.len()).rev() {
                let width = nodes[k].0 - nodes[k - order].0;
                let rise = differences[k] - differences[k - 1];
                differences[k] = if width == 0.0 { self.curvature } else { rise / width };
            }
        }
        let last = nodes[0].0;
        let mut root = last;
        for _ in 0..ROUNDS {
            let mut quotient = 0.0;
            for k in (1..nodes.len()).rev() {
                quotient = quotient * (root - nodes[k].0) + differences[k];
            }
            root = last - differences[0] / quotient;
        }
        root
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_of_third_degree_is_found_to_vanish_from_two_lengths() {
        // (α − 1)(α² + α + 3): falls at 0, and vanishes at 1 only.
        let slope = |a: f64| (a - 1.0) * (a * a + a + 3.0);
        let curvature = 2.0;
        let mut slopes = Slopes::at_start(slope(0.0), curvature);
        assert!((slopes.root() - 1.5).abs() < 1e-15, "the parabola of φ: {}", slopes.root());
        for length in [1.5, 1.02] {
            slopes.push(length, slope(length));
        }
        assert!((slopes.root() - 1.0).abs() < 1e-5, "{}", slopes.root());
        slopes.push(slopes.root(), slope(slopes.root()));
        assert!((slopes.root() - 1.0).abs() < 1e-15, "{}", slopes.root());
    }

    #[test]
    fn a_slope_that_does_not_change_vanishes_nowhere() {
        let mut slopes = Slopes::at_start(-1.0, f64::NAN);
        slopes.push(1.0, -1.0);
        assert!(!slopes.root().is_finite(), "{}", slopes.root());
    }
}
