//! Polynomials in x and y, with coefficients of twice the digits: what a sum of many formulas is, as that of a loss over rows
//! of data, found once and evaluated at points and on whole grids.

use super::double::Double;

/// The highest degree that is taken apart.
pub(super) const MOST: usize = 8;

/// A polynomial in two variables: the coefficient of xⁱyʲ stands at `place(i, j)`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Polynomial {
    degree: usize,
    coefficients: Vec<Double>,
}

fn place(i: usize, j: usize) -> usize {
    let d = i + j;
    d * (d + 1) / 2 + j
}

/// The exponents of the terms up to a degree.
fn terms(degree: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..=degree).flat_map(|d| (0..=d).map(move |j| (d - j, j)))
}

impl Polynomial {
    pub(super) fn constant(number: f64) -> Self {
        Self { degree: 0, coefficients: vec![number.into()] }
    }

    /// x, or y.
    pub(super) fn variable(axis: usize) -> Self {
        let mut variable = Self::default();
        variable.clear(1);
        variable.coefficients[place(1 - axis, axis)] = 1.0.into();
        variable
    }

    /// Becomes 0, with room for a degree. What is computed again and again keeps its memory.
    fn clear(&mut self, degree: usize) {
        self.degree = degree;
        self.coefficients.clear();
        self.coefficients.resize((degree + 1) * (degree + 2) / 2, Double::default());
    }

    /// The highest exponent that there is room for.
    pub(super) fn degree(&self) -> usize {
        self.degree
    }

    /// The term without x and y.
    pub(super) fn at_origin(&self) -> f64 {
        self.coefficients.first().map_or(0.0, |number| number.nearest())
    }

    /// Becomes a number.
    pub(super) fn set(&mut self, number: f64) {
        self.clear(0);
        self.coefficients[0] = number.into();
    }

    /// Becomes another one times a number.
    pub(super) fn set_scaled(&mut self, a: &Self, factor: f64) {
        self.clear(a.degree);
        self.coefficients.iter_mut().zip(&a.coefficients).for_each(|(own, a)| *own = *a * factor);
    }

    /// Becomes another one divided by a number.
    pub(super) fn set_quotient(&mut self, a: &Self, divisor: f64) {
        let inverse = 1.0 / divisor;
        // The inverse of a power of two is one: a half square needs no division.
        if inverse.is_normal() && inverse.to_bits() << 12 == 0 && divisor.to_bits() << 12 == 0 {
            return self.set_scaled(a, inverse);
        }
        self.clear(a.degree);
        self.coefficients.iter_mut().zip(&a.coefficients).for_each(|(own, a)| *own = a.over(divisor));
    }

    /// Becomes a·factor + b.
    pub(super) fn set_sum(&mut self, a: &Self, factor: f64, b: &Self) {
        self.clear(a.degree.max(b.degree));
        self.add(b, 1.0);
        self.add(a, factor);
    }

    /// Becomes a·b.
    pub(super) fn set_product(&mut self, a: &Self, b: &Self) {
        self.clear(a.degree + b.degree);
        for ((i, j), own) in terms(a.degree).zip(&a.coefficients) {
            if *own == Double::default() {
                continue;
            }
            for ((k, l), other) in terms(b.degree).zip(&b.coefficients) {
                let sum = &mut self.coefficients[place(i + k, j + l)];
                *sum = *sum + *own * *other;
            }
        }
    }

    /// Adds a number.
    pub(super) fn shift(&mut self, by: f64) {
        self.coefficients[0] = self.coefficients[0] + by.into();
    }

    /// Adds another one times a number. Nothing is lost where the factor is 1 or −1.
    pub fn add(&mut self, other: &Self, factor: f64) {
        if self.degree < other.degree || self.coefficients.is_empty() {
            self.degree = other.degree;
            self.coefficients.resize(other.coefficients.len(), Double::default());
        }
        for (own, other) in self.coefficients.iter_mut().zip(&other.coefficients) {
            *own = *own + if factor == 1.0 { *other } else { *other * factor };
        }
    }

    /// Whether every coefficient is a finite number.
    pub fn is_finite(&self) -> bool {
        self.coefficients.iter().all(|coefficient| coefficient.nearest().is_finite())
    }

    /// Whether there is nothing but 0.
    pub fn is_zero(&self) -> bool {
        self.coefficients.iter().all(|coefficient| *coefficient == Double::default())
    }

    /// The numbers p, q and r of p + q·x + r·y, where it is that to the last digit.
    pub(super) fn linear(&self) -> Option<[f64; 3]> {
        let exact = |place: usize| self.coefficients.get(place).map_or(Some(0.0), |number| number.exact());
        (self.degree <= 1).then(|| Some([exact(0)?, exact(1)?, exact(2)?]))?
    }

    /// The nearest numbers to those of a linear one.
    pub(super) fn nearly_linear(&self) -> [f64; 3] {
        [0, 1, 2].map(|place| self.coefficients.get(place).map_or(0.0, |number| number.nearest()))
    }

    /// The derivative by x, or by y.
    pub fn derivative(&self, axis: usize) -> Self {
        let mut derivative = Self::default();
        derivative.clear(self.degree.saturating_sub(1));
        for ((i, j), coefficient) in terms(self.degree).zip(&self.coefficients) {
            let exponents = [i, j];
            if let Some(left) = exponents[axis].checked_sub(1) {
                let target = if axis == 0 { place(left, j) } else { place(i, left) };
                derivative.coefficients[target] = *coefficient * exponents[axis] as f64;
            }
        }
        derivative
    }

    /// The value at a point.
    pub fn value(&self, x: f64, y: f64) -> f64 {
        // By rule of Horner in x, of coefficients that are such in y.
        let of_y = |i: usize| {
            let along = (0..=self.degree - i).rev().map(|j| self.coefficients[place(i, j)]);
            along.fold(Double::default(), |sum, coefficient| sum * y + coefficient)
        };
        let sum = (0..=self.degree).rev().map(of_y).fold(Double::default(), |sum, of_y| sum * x + of_y);
        sum.nearest()
    }

    /// The same polynomial of u and v, where x = center + half·u and y likewise: over a small rectangle far from the origin
    /// it has no large terms that cancel.
    fn centered(&self, [x, y]: [[f64; 2]; 2]) -> Self {
        let line = |[center, half]: [f64; 2], axis| {
            let mut line = Self::default();
            line.set_scaled(&Self::variable(axis), half);
            line.shift(center);
            line
        };
        let (u, v) = (line(x, 0), line(y, 1));
        let horner = |sum: &mut Self, by: &Self, next: &Self| {
            let mut product = Self::default();
            product.set_product(sum, by);
            sum.set_sum(&product, 1.0, next);
        };
        let single =
            |i: usize, j: usize| Self { degree: 0, coefficients: vec![self.coefficients[place(i, j)]] };
        let mut all = single(self.degree, 0);
        for i in (0..self.degree).rev() {
            let mut of_v = single(i, self.degree - i);
            for j in (0..self.degree - i).rev() {
                horner(&mut of_v, &v, &single(i, j));
            }
            horner(&mut all, &u, &of_v);
        }
        all
    }

    /// The values on a grid, as [`Tape::fill_grid`](super::Tape::fill_grid) has them.
    pub fn fill_grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        let (over_x, over_y) = (span(xs), span(ys));
        let centered = self.centered([over_x, over_y]);
        let coefficients: Vec<f64> = centered.coefficients.iter().map(|number| number.nearest()).collect();
        let places = |list: &[f64], [center, half]: [f64; 2]| -> Vec<f64> {
            list.iter().map(|x| (x - center) / half).collect()
        };
        let us = places(xs, over_x);
        let mut powers = vec![0.0; self.degree + 1];
        for (line, v) in out.chunks_exact_mut(xs.len().max(1)).zip(places(ys, over_y)) {
            // In u alone.
            for (i, power) in powers.iter_mut().enumerate() {
                let of_v = (0..=self.degree - i).rev().map(|j| coefficients[place(i, j)]);
                *power = of_v.fold(0.0, |sum, coefficient| sum * v + coefficient);
            }
            for (value, u) in line.iter_mut().zip(&us) {
                *value = powers.iter().rev().fold(0.0, |sum, power| sum * u + power);
            }
        }
    }
}

/// The middle between the ends of a list and half their distance, which is not 0.
fn span(list: &[f64]) -> [f64; 2] {
    let ends = list.first().copied().zip(list.last().copied());
    let (low, high) = ends.unwrap_or((0.0, 0.0));
    let half = 0.5 * (high - low).abs();
    [0.5 * low + 0.5 * high, if half > 0.0 { half } else { 1.0 }]
}
