//! A sum that rounds as if it had twice the digits, so that it is the same however its terms are grouped, but for the last bit.
//!
//! Source: A. Neumaier, *Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen*, ZAMM 54, 1974, 39-51.

/// The sum of what was added.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    sum: f64,
    /// What rounding has taken from it.
    lost: f64,
}

impl Sum {
    /// Adds a term.
    #[inline]
    pub fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        self.lost +=
            if self.sum.abs() >= term.abs() { (self.sum - sum) + term } else { (term - sum) + self.sum };
        self.sum = sum;
    }

    /// What has come together; infinite or not a number where a term is.
    #[inline]
    pub fn total(self) -> f64 {
        // Of an infinite sum nothing is lost, and what was reckoned is no number.
        if self.sum.is_finite() { self.sum + self.lost } else { self.sum }
    }
}

/// Sums side by side that are one in the end: their terms are added without a branch, so that the processor takes all at once
/// (Knuth, *The Art of Computer Programming*, volume 2, section 4.2.2, theorem B).
#[derive(Clone, Copy, Debug)]
pub struct Sums<const LANES: usize> {
    sums: [f64; LANES],
    /// What rounding has taken from them.
    lost: [f64; LANES],
}

impl<const LANES: usize> Default for Sums<LANES> {
    fn default() -> Self {
        Self { sums: [0.0; LANES], lost: [0.0; LANES] }
    }
}

impl<const LANES: usize> Sums<LANES> {
    /// Adds a term to each.
    #[inline]
    pub fn add(&mut self, terms: [f64; LANES]) {
        for ((a, lost), b) in self.sums.iter_mut().zip(&mut self.lost).zip(terms) {
            let sum = *a + b;
            let of_b = sum - *a;
            *lost += (*a - (sum - of_b)) + (b - of_b);
            *a = sum;
        }
    }

    /// What has come together in all of them.
    pub fn total(self) -> f64 {
        let mut all = Sum::default();
        self.sums.iter().for_each(|sum| all.add(*sum));
        if all.total().is_finite() {
            self.lost.iter().for_each(|lost| all.add(*lost));
        }
        all.total()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(terms: &[f64]) -> f64 {
        let mut sum = Sum::default();
        terms.iter().for_each(|term| sum.add(*term));
        sum.total()
    }

    #[test]
    fn sums_side_by_side_are_the_sum_of_all() {
        let terms: Vec<f64> = (0..803).map(|k| f64::from(k * k % 97) * 10f64.powi(k % 31 - 15)).collect();
        let mut sums = Sums::<8>::default();
        for eight in terms.chunks(8) {
            sums.add(std::array::from_fn(|lane| eight.get(lane).copied().unwrap_or(0.0)));
        }
        assert_eq!(sums.total(), of(&terms));
        let mut infinite = Sums::<2>::default();
        infinite.add([f64::INFINITY, 1.0]);
        assert_eq!(infinite.total(), f64::INFINITY);
    }

    #[test]
    fn nothing_is_lost_beside_larger_terms() {
        assert_eq!(of(&[1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(of(&[0.1; 10]), 1.0);
        assert_eq!(of(&[]), 0.0);
        assert_eq!(of(&[f64::MAX, f64::MAX]), f64::INFINITY);
        assert!(of(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan() && of(&[1.0, f64::NAN, 2.0]).is_nan());
    }
}
