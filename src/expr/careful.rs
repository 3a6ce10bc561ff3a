//! Forward differentiation that tells a zero by structure from a zero by value, in numbers whose exponent has no bounds.
//!
//! x^1.5 + y at x = 0 has no second derivative in x, but ∂xy is 0: nothing there depends on both. Plain arithmetic makes
//! 0·∞ of it; here an entry that is zero by structure stays zero whatever it is multiplied with. And ln(u) with u = 10²⁰⁰
//! has the second derivative -10⁻⁴⁰⁰, which plain arithmetic takes for 0, though u_x² may be 10⁴⁰⁰.

use super::functions::Derivatives2;
use super::jet::{Jet2, Number};
use super::real::Real as _;
use super::wide::Wide;

/// A derivative entry that is `None` where it is zero by structure, whatever the point.
type Entry = Option<Wide>;

fn sum(terms: impl IntoIterator<Item = Entry>) -> Entry {
    terms.into_iter().flatten().reduce(|a, b| a + b)
}

fn times(factors: impl IntoIterator<Item = Entry>) -> Entry {
    factors.into_iter().reduce(|a, b| Some(a? * b?)).flatten()
}

/// [`Jet2`] whose structural zeros stay zero whatever they are multiplied with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Careful {
    value: Wide,
    d: [Entry; 2],
    dd: [Entry; 3],
}

/// The pairs of variables of the second derivatives: xx, xy, yy.
const PAIRS: [(usize, usize); 3] = [(0, 0), (0, 1), (1, 1)];

/// What is the same on both sides of an edge, to rounding.
fn common(a: Wide, b: Wide) -> Wide {
    let size = if a.abs() > b.abs() { a.abs() } else { b.abs() };
    let close = (a - b).abs() <= size * (64.0 * f64::EPSILON);
    if close || a == b { a } else { Wide::from(f64::NAN) }
}

impl Careful {
    /// The entries beside a value that is known; one that is not a finite number does not exist and is NaN, as is everything
    /// where the value is not finite.
    pub(super) fn finish(self, value: f64) -> Jet2 {
        let exists = value.is_finite();
        let entry = |e: Entry| {
            let number = e.map_or(0.0, Wide::to_f64);
            if exists && number.is_finite() { number } else { f64::NAN }
        };
        let [dx, dy] = self.d.map(entry);
        let [dxx, dxy, dyy] = self.dd.map(entry);
        Jet2 { value, dx, dy, dxx, dxy, dyy }
    }

    pub(super) fn value(self) -> f64 {
        self.value.to_f64()
    }

    fn combine(a: Self, b: Self, value: Wide, partials: [Wide; 5]) -> Self {
        let [da, db, daa, dab, dbb] = partials.map(Some);
        let d = [0, 1].map(|i| sum([times([da, a.d[i]]), times([db, b.d[i]])]));
        let mut dd = [None; 3];
        for (k, (i, j)) in PAIRS.into_iter().enumerate() {
            dd[k] = sum([
                times([daa, a.d[i], a.d[j]]),
                times([dab, a.d[i], b.d[j]]),
                times([dab, a.d[j], b.d[i]]),
                times([dbb, b.d[i], b.d[j]]),
                times([da, a.dd[k]]),
                times([db, b.dd[k]]),
            ]);
        }
        Self { value, d, dd }
    }
}

impl Number for Careful {
    fn constant(value: f64) -> Self {
        Self { value: Wide::from(value), ..Self::default() }
    }
    fn x() -> Self {
        Self { value: Wide::default(), d: [Some(Wide::from(1.0)), None], dd: [None; 3] }
    }
    fn y() -> Self {
        Self { value: Wide::default(), d: [None, Some(Wide::from(1.0))], dd: [None; 3] }
    }
    fn set_value(&mut self, value: f64) {
        self.value = Wide::from(value);
    }
    fn neg(self) -> Self {
        self.scale(-1.0)
    }
    fn add(self, b: Self) -> Self {
        let d = [0, 1].map(|i| sum([self.d[i], b.d[i]]));
        let dd = [0, 1, 2].map(|k| sum([self.dd[k], b.dd[k]]));
        Self { value: self.value + b.value, d, dd }
    }
    fn sub(self, b: Self) -> Self {
        let difference = self.add(b.neg());
        Self { value: self.value - b.value, ..difference }
    }
    fn mul(self, b: Self) -> Self {
        let a = self;
        let (va, vb) = (Some(a.value), Some(b.value));
        let d = [0, 1].map(|i| sum([times([a.d[i], vb]), times([va, b.d[i]])]));
        let mut dd = [None; 3];
        for (k, (i, j)) in PAIRS.into_iter().enumerate() {
            dd[k] = sum([
                times([a.dd[k], vb]),
                times([a.d[i], b.d[j]]),
                times([a.d[j], b.d[i]]),
                times([va, b.dd[k]]),
            ]);
        }
        Self { value: a.value * b.value, d, dd }
    }
    fn div(self, b: Self) -> Self {
        let a = self;
        let q = a.value / b.value;
        let over = |numerator: Entry| numerator.map(|n| n / b.value);
        let minus = |e: Entry| e.map(|n| -n);
        let d = [0, 1].map(|i| over(sum([a.d[i], minus(times([Some(q), b.d[i]]))])));
        let mut dd = [None; 3];
        for (k, (i, j)) in PAIRS.into_iter().enumerate() {
            dd[k] = over(sum([
                a.dd[k],
                minus(times([d[i], b.d[j]])),
                minus(times([d[j], b.d[i]])),
                minus(times([Some(q), b.dd[k]])),
            ]));
        }
        Self { value: q, d, dd }
    }
    fn shift(self, by: f64) -> Self {
        Self { value: self.value + by, ..self }
    }
    fn scale(self, by: f64) -> Self {
        let scaled = |e: Entry| e.map(|n| n * by);
        Self { value: self.value * by, d: self.d.map(scaled), dd: self.dd.map(scaled) }
    }
    fn unscale(self, by: f64) -> Self {
        let divided = |e: Entry| e.map(|n| n / by);
        Self { value: self.value / by, d: self.d.map(divided), dd: self.dd.map(divided) }
    }
    fn chain(
        self,
        _: impl Fn(f64) -> f64,
        _: impl Fn(f64) -> (f64, f64),
        _: impl Fn(f64, f64, f64) -> f64,
        wide: impl Fn(Wide) -> [Wide; 3],
    ) -> Self {
        let ([value, first, second], zero) = (wide(self.value), Wide::default());
        Self::combine(self, Self::default(), value, [first, zero, second, zero, zero])
    }
    fn select(self, a: Self, b: Self) -> Self {
        let condition = self.value.to_f64();
        if condition.abs() > 1.0 {
            return if condition > 0.0 { a } else { b };
        }
        let undefined = Wide::from(f64::NAN);
        let value = if condition > 0.0 {
            a.value
        } else if condition < 0.0 {
            b.value
        } else {
            undefined
        };
        // At the edge a derivative exists along it, and across it where both sides have the same in common.
        let (taken, zero) = (if condition > 0.0 { a } else { b }, Wide::default());
        let shared = |a: Entry, b: Entry, exists: bool| {
            let both = common(a.unwrap_or(zero), b.unwrap_or(zero));
            let entry = (a.is_some() || b.is_some()).then_some(both);
            if exists { entry } else { Some(undefined) }
        };
        let is_number = |entry: Entry| entry.is_none_or(|e| !e.is_nan());
        let crosses = self.d.map(|slope| slope.is_some());
        let continuous = !common(a.value, b.value).is_nan();
        let d = [0, 1].map(|i| if crosses[i] { shared(a.d[i], b.d[i], continuous) } else { taken.d[i] });
        let dd = [0, 1, 2].map(|k| {
            let (i, j) = PAIRS[k];
            let same_slope = |axis: usize| is_number(shared(a.d[axis], b.d[axis], true));
            let exists = match (crosses[i], crosses[j]) {
                (false, false) => return taken.dd[k],
                (true, true) => continuous && same_slope(i) && same_slope(j),
                (true, false) => same_slope(j),
                (false, true) => same_slope(i),
            };
            shared(a.dd[k], b.dd[k], exists)
        });
        Self { value, d, dd }
    }
    fn chain2(
        self,
        b: Self,
        _: impl Fn(f64, f64) -> f64,
        _: impl Fn(f64, f64) -> Derivatives2,
        wide: impl Fn(Wide, Wide) -> Derivatives2<Wide>,
    ) -> Self {
        let [value, partials @ ..] = wide(self.value, b.value);
        // max and its like pass one argument on: what the other one lacks is not missed.
        if partials == [1.0, 0.0, 0.0, 0.0, 0.0] {
            Self { value, ..self }
        } else if partials == [0.0, 1.0, 0.0, 0.0, 0.0] {
            Self { value, ..b }
        } else {
            Self::combine(self, b, value, partials)
        }
    }
}
