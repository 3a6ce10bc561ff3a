//! Sums of soft pluses of linear functions, as the loss of logistic regression over rows has them:
//!
//! ```text
//! S(x, y) = Σᵢ wᵢ ln(1 + exp(zᵢ)),   zᵢ = pᵢ + qᵢ·x + rᵢ·y
//! ∇S = Σᵢ wᵢ σ(zᵢ)·(qᵢ, rᵢ),   ∇²S = Σᵢ wᵢ σ(zᵢ)(1 − σ(zᵢ))·(qᵢ, rᵢ)(qᵢ, rᵢ)ᵀ,   σ(z) = 1/(1 + exp(−z))
//! ```
//!
//! with ln(1 + exp(z)) = max(z, 0) + ln(1 + t), t = exp(−|z|). At a point every term is taken by itself. On a grid
//!
//! - exp(zᵢ) = exp(pᵢ + rᵢy)·exp(qᵢx) is made of two numbers, one for the row and one for the column of the grid; the latter is
//!   exp(qᵢx₀)·exp(qᵢ(x − x₀)), since the distances along a grid come again and again;
//! - Σ ln(1 + tᵢ) = ln Π(1 + tᵢ) is one logarithm for many terms. Of the product 1 + T the part T is kept, by
//!   T ← T + t + T·t, so that small terms keep their digits.

use std::array::from_fn;

use super::Point;
use crate::data::Sums;
use crate::elementary::{exp_of_moderate, exp_of_nonpositive, ln_1p, ln_1p_of_fraction};
use crate::expr::{Jet1, Jet2, LANES, SoftPlus};

type Lanes = [f64; LANES];

/// A sum of soft pluses: the numbers of each, in the order of their weights.
#[derive(Clone, Debug, Default)]
pub(super) struct SoftSum {
    weights: Vec<f64>,
    linear: [Vec<f64>; 3],
}

/// How many factors of 1 to 2 have a product that is a number.
const FACTORS: usize = 512;
/// As many terms are added to a row of the grid before the next row is looked at: their columns stay in the cache.
const TERMS: usize = 32;
/// Along even distances one exponential is taken for as many columns.
const STRETCH: usize = 16;
/// Further from 0 an exponential is not a normal number.
const FARTHEST: f64 = 700.0;

impl SoftSum {
    pub fn new(mut terms: Vec<SoftPlus>) -> Self {
        terms.retain(|term| term.weight != 0.0);
        terms.sort_by(|a, b| a.weight.total_cmp(&b.weight));
        let linear = [0, 1, 2].map(|part| terms.iter().map(|term| term.linear[part]).collect());
        Self { weights: terms.iter().map(|term| term.weight).collect(), linear }
    }

    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    pub fn is_finite(&self) -> bool {
        let [p, q, r] = &self.linear;
        [&self.weights, p, q, r].into_iter().flatten().all(|number| number.is_finite())
    }

    /// Adds up what `of` makes of w, z, exp(−|z|), q and r of several terms at a time. Each of them is found for all before the
    /// next, so that the processor does what it can at once.
    #[inline(always)]
    fn added<const N: usize>(&self, at: Point, of: impl Fn([Lanes; 5]) -> [Lanes; N]) -> [f64; N] {
        let [p, q, r] = &self.linear;
        let mut sums = [Sums::<LANES>::default(); N];
        for first in (0..self.weights.len()).step_by(LANES) {
            let lanes = |column: &[f64]| -> Lanes {
                match column.get(first..first + LANES).and_then(|some| some.try_into().ok()) {
                    Some(some) => some,
                    // What is missing has no weight.
                    None => each(|lane| column.get(first + lane).copied().unwrap_or(0.0)),
                }
            };
            let (w, p, q, r) = (lanes(&self.weights), lanes(p), lanes(q), lanes(r));
            let z = each(|lane| p[lane] + q[lane] * at.x + r[lane] * at.y);
            let is_near = z.iter().all(|z| z.abs() <= FARTHEST);
            let e = match is_near {
                true => each(|lane| exp_of_moderate(-z[lane].abs())),
                false => each(|lane| exp_of_nonpositive(-z[lane].abs())),
            };
            let terms = of([w, z, e, q, r]);
            sums.iter_mut().zip(terms).for_each(|(sum, terms)| sum.add(terms));
        }
        sums.map(|sum| sum.total())
    }

    pub fn value(&self, at: Point) -> f64 {
        let [value] = self.added(at, |lanes| [values(&lanes)]);
        value
    }

    pub fn gradient(&self, at: Point) -> Point {
        Point::from(self.added(at, |lanes| slopes(&lanes)))
    }

    pub fn first(&self, at: Point) -> Jet1 {
        let [value, dx, dy] = self.added(at, |lanes| {
            let [dx, dy] = slopes(&lanes);
            [values(&lanes), dx, dy]
        });
        Jet1 { value, dx, dy }
    }

    pub fn second(&self, at: Point) -> Jet2 {
        let [value, dx, dy, dxx, dxy, dyy] = self.added(at, |lanes| {
            let ([dx, dy], [dxx, dxy, dyy]) = (slopes(&lanes), curvatures(&lanes));
            [values(&lanes), dx, dy, dxx, dxy, dyy]
        });
        Jet2 { value, dx, dy, dxx, dxy, dyy }
    }

    /// Adds the values on a grid to those that are there.
    pub fn add_to_grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        let mut products = vec![0.0; out.len()];
        let mut ramps = vec![0.0; out.len()];
        let mut columns = Columns::default();
        let (all, mut first, mut factors) = (self.weights.len(), 0, 0);
        while first < all {
            let weight = self.weights[first];
            let same = self.weights[first..].iter().take(TERMS).take_while(|own| **own == weight).count();
            let terms = first..first + same;
            columns.fill(xs, &self.linear[1][terms.clone()]);
            let lines =
                products.chunks_exact_mut(xs.len().max(1)).zip(ramps.chunks_exact_mut(xs.len().max(1)));
            for ((product, ramp), y) in lines.zip(ys) {
                for (column, term) in terms.clone().enumerate() {
                    let along = self.linear[0][term] + self.linear[2][term] * y;
                    columns.add(column, along, product, ramp);
                }
            }
            first += same;
            factors += same;
            if factors + TERMS > FACTORS || self.weights.get(first) != Some(&weight) {
                factors = 0;
                for ((value, product), ramp) in out.iter_mut().zip(&mut products).zip(&mut ramps) {
                    *value += weight * (*ramp + ln_1p(*product));
                    (*product, *ramp) = (0.0, 0.0);
                }
            }
        }
    }
}

/// A number for each lane, by a loop that is compiled into whatever asks for it.
#[inline(always)]
fn each(of: impl Fn(usize) -> f64) -> Lanes {
    let mut lanes = [0.0; LANES];
    for (lane, number) in lanes.iter_mut().enumerate() {
        *number = of(lane);
    }
    lanes
}

// Of w, z, exp(−|z|), q and r:

#[inline(always)]
fn values([w, z, e, ..]: &[Lanes; 5]) -> Lanes {
    each(|lane| {
        let above = if z[lane] < 0.0 { 0.0 } else { z[lane] };
        w[lane] * (above + ln_1p_of_fraction(e[lane]))
    })
}

#[inline(always)]
fn slopes([w, z, e, q, r]: &[Lanes; 5]) -> [Lanes; 2] {
    let above = each(|lane| if z[lane] < 0.0 { e[lane] } else { 1.0 });
    let share = each(|lane| w[lane] * above[lane] / (1.0 + e[lane]));
    [each(|lane| share[lane] * q[lane]), each(|lane| share[lane] * r[lane])]
}

/// By x twice, by both, by y twice.
#[inline(always)]
fn curvatures([w, _, e, q, r]: &[Lanes; 5]) -> [Lanes; 3] {
    let share = each(|lane| w[lane] * e[lane] / ((1.0 + e[lane]) * (1.0 + e[lane])));
    let along = |a: &Lanes, b: &Lanes| each(|lane| share[lane] * a[lane] * b[lane]);
    [along(q, q), along(q, r), along(r, r)]
}

/// exp(u) and exp(−u) for |u| up to [`FARTHEST`]; beyond, anything.
#[inline]
fn both_exponentials(u: f64) -> [f64; 2] {
    let small = exp_of_nonpositive(-u.abs());
    let large = 1.0 / small;
    if u < 0.0 { [small, large] } else { [large, small] }
}

/// Whether numbers have the same distance from one to the next, but for their rounding.
fn is_even(xs: &[f64]) -> bool {
    let [Some(first), Some(last)] = [xs.first(), xs.last()] else { return false };
    let step = (last - first) / (xs.len().max(2) - 1) as f64;
    let rounding = 4.0 * f64::EPSILON * first.abs().max(last.abs());
    xs.iter().enumerate().all(|(place, x)| (first + place as f64 * step - x).abs() <= rounding)
}

/// q·x of some terms for every x, with its exponential and that of its negative.
#[derive(Default)]
struct Columns {
    width: usize,
    linear: Vec<f64>,
    exponentials: [Vec<f64>; 2],
    /// Whether all exponentials of a term are normal numbers.
    is_near: Vec<bool>,
}

impl Columns {
    fn fill(&mut self, xs: &[f64], slopes: &[f64]) {
        self.width = xs.len();
        self.linear.clear();
        self.is_near.clear();
        self.exponentials.iter_mut().for_each(Vec::clear);
        let is_even = is_even(xs);
        for q in slopes {
            let from = self.linear.len();
            self.linear.extend(xs.iter().map(|x| q * x));
            let own = &self.linear[from..];
            self.is_near.push(own.iter().all(|u| u.abs() <= FARTHEST));
            let [up, down] = &mut self.exponentials;
            let widest = xs.get(STRETCH - 1).or(xs.last()).map_or(0.0, |x| q * (x - xs[0]));
            if !is_even || widest.abs() > FARTHEST {
                up.extend(own.iter().map(|u| both_exponentials(*u)[0]));
                down.extend(own.iter().map(|u| both_exponentials(*u)[1]));
                continue;
            }
            // Over a stretch of them the distances from the first are the same, and so are the factors.
            let factors = from_fn::<_, STRETCH, _>(|place| {
                let distance = xs.get(place).map_or(0.0, |x| x - xs[0]);
                both_exponentials(q * distance)
            });
            for stretch in own.chunks(STRETCH) {
                let [first_up, first_down] = both_exponentials(stretch[0]);
                let factors = &factors[..stretch.len()];
                up.extend(factors.iter().map(|[factor, _]| first_up * factor));
                down.extend(factors.iter().map(|[_, factor]| first_down * factor));
            }
        }
    }

    /// One more term for a row of the grid, along which z = `along` + q·x.
    fn add(&self, column: usize, along: f64, products: &mut [f64], ramps: &mut [f64]) {
        let cells = column * self.width..(column + 1) * self.width;
        let linear = &self.linear[cells.clone()];
        let lines = products.iter_mut().zip(ramps).zip(linear);
        if self.is_near[column] && along.abs() <= FARTHEST {
            let [of_up, of_down] = both_exponentials(along);
            let [up, down] = &self.exponentials;
            let exponentials = up[cells.clone()].iter().zip(&down[cells]);
            for (((product, ramp), u), (up, down)) in lines.zip(exponentials) {
                let z = u + along;
                let (above, below) = (up * of_up, down * of_down);
                let t = if above < below { above } else { below };
                *ramp += if z > 0.0 { z } else { 0.0 };
                *product += t + *product * t;
            }
        } else {
            for ((product, ramp), u) in lines {
                let z = u + along;
                let t = exp_of_nonpositive(-z.abs());
                *ramp += if z > 0.0 { z } else { 0.0 };
                *product += t + *product * t;
            }
        }
    }
}
