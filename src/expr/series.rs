//! Power series in the distance t > 0 from a point: Σ cᵢ t^eᵢ + O(t^order), with real exponents that rise.
//!
//! They are what is left of a formula along a ray from a point where it has a kink or a root: |t| is t, √(t⁴) is t², and
//! (t + t²)^½ is t^½ + ½ t^(3/2) - …. A logarithm of something that vanishes has none.
//!
//! Source: Puiseux series; de Bruijn, *Asymptotic Methods in Analysis*, 1958, chapter 1. Conventions: the coefficient of t⁰ is
//! what the tape computes there, to the last bit. Any other that is rounding beside what it was summed from is 0.

use crate::elementary;

/// The most terms that are kept.
const TERMS: usize = 8;
/// Exponents that differ by less are the same.
pub(super) const SAME: f64 = 1e-9;
/// A coefficient is rounding where it is this share of what it was summed from.
const ROUNDING: f64 = 1e-14;

/// One term: `coefficient` · t^`exponent`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Term {
    pub exponent: f64,
    pub coefficient: f64,
    /// The sum of the sizes of what the coefficient was summed from, to which its rounding is proportional.
    pub size: f64,
}

/// A series in t > 0. Terms have rising exponents below the order and are not 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Series {
    pub terms: Vec<Term>,
    /// From this exponent on nothing is known; infinite where the series is exact.
    pub order: f64,
}

impl Series {
    pub fn zero() -> Self {
        Self { terms: Vec::new(), order: f64::INFINITY }
    }

    pub fn constant(value: f64) -> Option<Self> {
        Self::line(value, 0.0)
    }

    /// `value` + `slope` · t.
    pub fn line(value: f64, slope: f64) -> Option<Self> {
        let term = |exponent, coefficient: f64| Term { exponent, coefficient, size: coefficient.abs() };
        Self::sum_of(vec![term(0.0, value), term(1.0, slope)], f64::INFINITY)
    }

    /// The sum of the terms below the order; nothing where one has left the range of numbers.
    fn sum_of(mut terms: Vec<Term>, order: f64) -> Option<Self> {
        terms.sort_by(|a, b| a.exponent.total_cmp(&b.exponent));
        let mut sum: Vec<Term> = Vec::with_capacity(TERMS);
        for term in terms {
            match sum.last_mut() {
                Some(last) if term.exponent - last.exponent < SAME => {
                    last.coefficient += term.coefficient;
                    last.size += term.size;
                }
                _ => sum.push(term),
            }
        }
        let is_rounding = |t: &Term| t.exponent != 0.0 && t.coefficient.abs() <= ROUNDING * t.size;
        sum.retain(|t| t.coefficient != 0.0 && !is_rounding(t) && t.exponent < order - SAME);
        let order = sum.get(TERMS).map_or(order, |first_dropped| first_dropped.exponent);
        sum.truncate(TERMS);
        let is_finite = sum.iter().all(|t| t.coefficient.is_finite() && t.size.is_finite());
        is_finite.then_some(Self { terms: sum, order })
    }

    /// Whether it is 0 and nothing else.
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty() && self.order == f64::INFINITY
    }

    /// The exponent of the first term, or of what is not known.
    pub fn first_exponent(&self) -> f64 {
        self.terms.first().map_or(self.order, |term| term.exponent)
    }

    /// The sign that it has for small t: 0 where it is 0, nothing where that is not known.
    pub fn sign(&self) -> Option<f64> {
        match self.terms.first() {
            Some(term) => Some(term.coefficient.signum()),
            None => self.is_zero().then_some(0.0),
        }
    }

    /// The coefficient at an exponent below the order: a term, which may be 0.
    pub fn at(&self, exponent: f64) -> Option<Term> {
        let zero = Term { exponent, coefficient: 0.0, size: 0.0 };
        let found = self.terms.iter().find(|term| (term.exponent - exponent).abs() < SAME);
        (exponent < self.order - SAME).then(|| found.copied().unwrap_or(zero))
    }

    /// The limit at t = 0, and what is added to it; nothing where there is no finite limit.
    pub fn split(&self) -> Option<(Term, Self)> {
        let limit = self.at(0.0).filter(|_| self.first_exponent() > -SAME)?;
        let rest = self.terms.iter().filter(|term| term.exponent > SAME).copied().collect();
        Some((limit, Self { terms: rest, order: self.order }))
    }

    pub fn scale(&self, by: f64) -> Option<Self> {
        let scaled = |t: &Term| Term { coefficient: t.coefficient * by, size: t.size * by.abs(), ..*t };
        Self::sum_of(
            self.terms.iter().map(scaled).collect(),
            if by == 0.0 { f64::INFINITY } else { self.order },
        )
    }

    pub fn add(&self, other: &Self) -> Option<Self> {
        let terms = self.terms.iter().chain(&other.terms).copied().collect();
        Self::sum_of(terms, self.order.min(other.order))
    }

    pub fn sub(&self, other: &Self) -> Option<Self> {
        self.add(&other.scale(-1.0)?)
    }

    pub fn shift(&self, by: f64) -> Option<Self> {
        self.add(&Self::constant(by)?)
    }

    pub fn mul(&self, other: &Self) -> Option<Self> {
        if self.is_zero() || other.is_zero() {
            return Some(Self::zero());
        }
        let product = |a: &Term, b: &Term| Term {
            exponent: a.exponent + b.exponent,
            coefficient: a.coefficient * b.coefficient,
            size: a.size * b.size,
        };
        let terms = self.terms.iter().flat_map(|a| other.terms.iter().map(move |b| product(a, b))).collect();
        let order = (self.first_exponent() + other.order).min(self.order + other.first_exponent());
        Self::sum_of(terms, order)
    }

    pub fn unscale(&self, by: f64) -> Option<Self> {
        let divided = |t: &Term| Term { coefficient: t.coefficient / by, size: t.size / by.abs(), ..*t };
        Self::sum_of(self.terms.iter().map(divided).collect(), self.order)
    }

    pub fn div(&self, other: &Self) -> Option<Self> {
        let mut quotient = self.mul(&other.power(-1.0)?)?;
        // The quotient of the limits is rounded once, as the tape does it.
        if let (Some((over, _)), Some((under, _))) = (self.split(), other.split())
            && under.coefficient != 0.0
            && let Some(limit) = quotient.terms.iter_mut().find(|term| term.exponent == 0.0)
        {
            limit.coefficient = over.coefficient / under.coefficient;
        }
        Some(quotient)
    }

    /// This to a constant power, by the binomial series around its first term.
    pub fn power(&self, exponent: f64) -> Option<Self> {
        if exponent == 0.0 {
            return Self::constant(1.0);
        }
        let is_whole = exponent.fract() == 0.0;
        let Some(first) = self.terms.first() else {
            let known = exponent > 0.0 && (is_whole || self.is_zero());
            return known.then(|| Self { terms: Vec::new(), order: self.order * exponent });
        };
        if first.coefficient < 0.0 && !is_whole {
            return None;
        }
        let relative = |t: &Term| Term {
            exponent: t.exponent - first.exponent,
            coefficient: t.coefficient / first.coefficient,
            size: t.size / first.coefficient.abs(),
        };
        let rest = Self::sum_of(self.terms[1..].iter().map(relative).collect(), self.order - first.exponent)?;
        let coefficient = elementary::pow(first.coefficient, exponent);
        let growth = first.size / first.coefficient.abs();
        let mut sum = Self::constant(1.0)?;
        let (mut binomial, mut power) = (1.0, Self::constant(1.0)?);
        for k in 0..TERMS {
            power = power.mul(&rest)?;
            binomial *= (exponent - k as f64) / (k as f64 + 1.0);
            if binomial == 0.0 || power.is_zero() {
                break;
            }
            sum = sum.add(&power.scale(binomial)?)?;
        }
        let left = power.first_exponent() + rest.first_exponent();
        if binomial != 0.0 && left < sum.order {
            sum.order = left;
        }
        let raised = |t: &Term| Term {
            exponent: t.exponent + first.exponent * exponent,
            coefficient: t.coefficient * coefficient,
            size: t.size * coefficient.abs() * growth,
        };
        Self::sum_of(sum.terms.iter().map(raised).collect(), sum.order + first.exponent * exponent)
    }

    /// A smooth function of two limits and what is added to them, by its value, ∂a, ∂b, ∂aa, ∂ab, ∂bb at the limits.
    pub fn taylor(a: &(Term, Self), b: &(Term, Self), partials: [f64; 6]) -> Option<Self> {
        let ((limit_a, a), (limit_b, b)) = (a, b);
        let [value, da, db, daa, dab, dbb] = partials;
        let size = value.abs() + da.abs() * limit_a.size + db.abs() * limit_b.size;
        let value = Self::sum_of(vec![Term { exponent: 0.0, coefficient: value, size }], f64::INFINITY)?;
        let curved = |a: &Self, b: &Self, partial: f64| a.mul(b)?.scale(partial);
        let squares = curved(a, a, 0.5 * daa)?.add(&curved(a, b, dab)?)?.add(&curved(b, b, 0.5 * dbb)?)?;
        let sum = a.scale(da)?.add(&b.scale(db)?)?.add(&squares)?.add(&value)?;
        // A branch on which the function is flat is constant.
        let is_flat = partials[1..].iter().all(|partial| *partial == 0.0);
        let order = if is_flat { f64::INFINITY } else { 3.0 * a.first_exponent().min(b.first_exponent()) };
        Self::sum_of(sum.terms, sum.order.min(order))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(terms: &[(f64, f64)], order: f64) -> Series {
        let term = |(exponent, coefficient): &(f64, f64)| Term {
            exponent: *exponent,
            coefficient: *coefficient,
            size: coefficient.abs(),
        };
        Series::sum_of(terms.iter().map(term).collect(), order).unwrap()
    }

    fn assert_series(found: Option<Series>, terms: &[(f64, f64)], order: f64) {
        let found = found.unwrap();
        assert_eq!(found.order, order, "{found:?}");
        assert_eq!(found.terms.len(), terms.len(), "{found:?}");
        for (term, (exponent, coefficient)) in found.terms.iter().zip(terms) {
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-15 * b.abs().max(1.0);
            assert!(near(term.exponent, *exponent) && near(term.coefficient, *coefficient), "{found:?}");
        }
    }

    const EXACT: f64 = f64::INFINITY;

    #[test]
    fn sums_and_products_know_what_they_do_not_know() {
        let a = series(&[(0.0, 1.0), (1.0, 2.0)], 3.0);
        let b = series(&[(1.0, -2.0), (2.0, 5.0)], EXACT);
        assert_series(a.add(&b), &[(0.0, 1.0), (2.0, 5.0)], 3.0);
        assert_series(a.mul(&b), &[(1.0, -2.0), (2.0, 1.0), (3.0, 10.0)], 4.0);
        assert_series(a.mul(&Series::zero()), &[], EXACT);
        assert_series(b.div(&b), &[(0.0, 1.0)], 8.0);
        // 0.1 + 0.2 - 0.3 is rounding as a slope, but as a value it is what the tape computes.
        let [c, d, e] = [0.1, 0.2, -0.3].map(|c| series(&[(0.0, c), (1.0, c)], EXACT));
        assert_series(c.add(&d).unwrap().add(&e), &[(0.0, 0.1 + 0.2 - 0.3)], EXACT);
        assert!(series(&[(0.0, 1e200)], EXACT).power(2.0).is_none());
    }

    #[test]
    fn powers_are_those_of_the_binomial_series() {
        let a = series(&[(1.0, 4.0), (2.0, 4.0)], 3.0);
        assert_series(a.power(0.5), &[(0.5, 2.0), (1.5, 1.0)], 2.5);
        assert_series(a.power(-1.0), &[(-1.0, 0.25), (0.0, -0.25)], 1.0);
        assert_series(series(&[(4.0, 9.0)], EXACT).power(0.5), &[(2.0, 3.0)], EXACT);
        assert_series(series(&[(1.0, -2.0)], EXACT).power(3.0), &[(3.0, -8.0)], EXACT);
        assert_series(series(&[], 2.0).power(2.0), &[], 4.0);
        assert_series(Series::zero().power(0.5), &[], EXACT);
        assert_series(Series::zero().power(0.0), &[(0.0, 1.0)], EXACT);
        for undefined in [series(&[(1.0, -2.0)], EXACT).power(0.5), Series::zero().power(-1.0)] {
            assert_eq!(undefined, None);
        }
        assert_eq!(series(&[], 2.0).power(0.5), None, "it may be below 0");
    }

    #[test]
    fn a_smooth_function_reaches_as_far_as_its_second_derivative() {
        let at = |terms: &[(f64, f64)], order| series(terms, order).split().unwrap();
        let none = Series::zero().split().unwrap();
        let cosine = [1.0, 0.0, 0.0, -1.0, 0.0, 0.0];
        assert_series(
            Series::taylor(&at(&[(1.0, 2.0)], EXACT), &none, cosine),
            &[(0.0, 1.0), (2.0, -2.0)],
            3.0,
        );
        assert_series(
            Series::taylor(&at(&[(0.5, 2.0)], EXACT), &none, cosine),
            &[(0.0, 1.0), (1.0, -2.0)],
            1.5,
        );
        let flat = [3.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        assert_series(Series::taylor(&at(&[(1.0, 2.0)], 2.0), &none, flat), &[(0.0, 3.0)], EXACT);
        assert_eq!(series(&[], 2.0).sign(), None);
        assert_eq!(series(&[(2.0, -1.0)], 3.0).sign(), Some(-1.0));
        assert!(series(&[(-1.0, 1.0)], EXACT).split().is_none());
    }
}
