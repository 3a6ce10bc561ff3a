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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(terms: &[f64]) -> f64 {
        let mut sum = Sum::default();
        terms.iter().for_each(|term| sum.add(*term));
        sum.total()
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
