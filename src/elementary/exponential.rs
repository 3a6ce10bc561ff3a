//! exp(-u) for u ≥ 0 and ln(1 + t) for 0 ≤ t ≤ 1, compiled into the loops that need them: the soft plus takes both at every
//! point of a field, and there the system's functions spend more on calls and special cases than on arithmetic.
//!
//! With u = k·ln2/128 + r, exp(-u) = 2^(-k/128)·exp(-r): a table for the first factor, the Taylor polynomial of degree 5
//! for the second, where |r| ≤ ln2/256 leaves an error below 10⁻¹⁸ (P. T. P. Tang, Table-driven implementation of the
//! exponential function, ACM TOMS 15, 1989).
//!
//! With c = 1 + i/128 nearest to 1 + t, ln(1 + t) = ln c + ln(1 + r), r = (t - i/128)/c: a table for the first term, the
//! Taylor polynomial of degree 7 for the second, where |r| ≤ 1/256 leaves an error below 10⁻²⁰. Near t = 0 the first term is
//! 0 and no digit is lost (P. T. P. Tang, Table-driven implementation of the logarithm function, ACM TOMS 16, 1990).
//!
//! Both are within 2 units in the last place.

const STEPS: usize = 128;
/// 2^(1/128) as a sum of two numbers.
const ROOT: [f64; 2] = [1.005_429_901_112_802_7, 9.499_186_535_455_032e-17];
/// ln2/128 as a sum of two numbers; the first has few enough bits that k times it is exact.
const STEP: [f64; 2] = [0.005_415_212_333_900_854, 1.422_371_873_831_364_2e-11];
const STEPS_PER_UNIT: f64 = 184.664_965_233_787_3;
/// Added and taken away again it rounds to a whole number, whose bits then are the last ones of the sum.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
/// Below, the result would lose digits to the smallest exponents.
const SMALLEST: f64 = -708.0;

/// The bits of 2^(i/128).
static POWERS: [u64; STEPS] = powers();

const fn powers() -> [u64; STEPS] {
    let mut powers = [0; STEPS];
    let (mut high, mut low) = (1.0f64, 0.0f64);
    let mut i = 0;
    while i < STEPS {
        powers[i] = high.to_bits();
        // (high + low)·ROOT in twice the precision; the error of high·ROOT[0] is found by splitting both (Dekker 1971).
        let product = high * ROOT[0];
        let ([a, b], [c, d]) = (split(high), split(ROOT[0]));
        let error = ((a * c - product) + a * d + b * c) + b * d;
        let rest = error + high * ROOT[1] + low * ROOT[0];
        high = product + rest;
        low = rest - (high - product);
        i += 1;
    }
    powers
}

/// A number as a sum of two of half the digits (Dekker 1971). Not a number above 10³⁰⁰.
#[inline]
pub const fn split(number: f64) -> [f64; 2] {
    let scaled = 134_217_729.0 * number;
    let high = scaled - (scaled - number);
    [high, number - high]
}

/// exp(a) for a ≤ 0; not a number for what is none.
#[expect(
    clippy::neg_cmp_op_on_partial_ord,
    reason = "NaN is to take the branch too, at the price of one comparison"
)]
#[inline(always)]
pub fn exp_of_nonpositive(a: f64) -> f64 {
    // Written so that NaN goes the slow way, which keeps it.
    if !(a >= SMALLEST) {
        return libm::exp(a);
    }
    exp_of_moderate(a)
}

/// exp(a) for a between -708 and 709.
#[inline(always)]
pub fn exp_of_moderate(a: f64) -> f64 {
    let shifted = a * STEPS_PER_UNIT + ROUNDER;
    let whole = shifted - ROUNDER;
    let r = (a - whole * STEP[0]) - whole * STEP[1];
    let k = shifted.to_bits();
    // The low seven bits choose the power, those above go to the exponent.
    let power = f64::from_bits(POWERS[(k % STEPS as u64) as usize].wrapping_add((k / STEPS as u64) << 52));
    let square = r * r;
    let series = r + square * (0.5 + r * (1.0 / 6.0)) + (square * square) * (1.0 / 24.0 + r * (1.0 / 120.0));
    power + power * series
}

/// ln c and 1/c for c = 1 + i/128, i = 0 … 128; so long that eight bits always find an entry.
static LOGARITHMS: [[f64; 2]; 256] = logarithms();

const fn logarithms() -> [[f64; 2]; 256] {
    let mut logarithms = [[0.0; 2]; 256];
    let mut i = 0;
    while i <= STEPS {
        // ln c = 2·artanh(s), s = (c - 1)/(c + 1), as a quotient and what its rounding lost.
        let fraction = i as f64 / STEPS as f64;
        let (above, below) = (fraction, 2.0 + fraction);
        let s = above / below;
        let ([a, b], [c, d]) = (split(s), split(below));
        let lost = (((above - a * c) - a * d) - b * c - b * d) / below;
        let square = s * s;
        let (mut tail, mut power) = (0.0, 41.0);
        while power > 1.0 {
            tail = (tail + 1.0 / power) * square;
            power -= 2.0;
        }
        logarithms[i] = [2.0 * (s + (lost + s * tail)), 1.0 / (1.0 + fraction)];
        i += 1;
    }
    logarithms
}

/// ln(1 + t) for 0 ≤ t ≤ 1; not a number for what is none.
#[inline(always)]
pub fn ln_1p_of_fraction(t: f64) -> f64 {
    let shifted = t * STEPS as f64 + ROUNDER;
    let nearest = (shifted - ROUNDER) * (1.0 / STEPS as f64);
    let [logarithm, reciprocal] = LOGARITHMS[(shifted.to_bits() % 256) as usize];
    let r = (t - nearest) * reciprocal;
    let square = r * r;
    let high = (0.2 - r * (1.0 / 6.0)) + square * (1.0 / 7.0);
    let series = square * ((r * (1.0 / 3.0) - 0.5) + square * (r * high - 0.25));
    logarithm + (r + series)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_within_two_units_in_the_last_place_everywhere() {
        let mut random = fastrand::Rng::with_seed(1);
        let samples = (0..200_000).map(|i| -f64::from(i) * 0.0037).chain((0..200_000).map(|_| -random.f64()));
        for a in samples.chain([0.0, -0.0, -1e-300, -708.0, -745.0, -1e6, f64::NEG_INFINITY]) {
            let (own, library) = (exp_of_nonpositive(a), a.exp());
            let units = own.to_bits().abs_diff(library.to_bits());
            assert!(units <= 2, "exp({a}) is {own:e}, not {library:e}");
        }
        assert!(exp_of_nonpositive(f64::NAN).is_nan());
    }

    #[test]
    fn its_logarithm_is_within_two_units_in_the_last_place_everywhere() {
        let mut random = fastrand::Rng::with_seed(2);
        let even = (0..=200_000).map(|i| f64::from(i) / 200_000.0);
        let tiny = (0..100_000).map(|_| random.f64().powi(20));
        for t in even.chain(tiny).chain([0.0, 1e-300, 1.0 - f64::EPSILON, 1.0]) {
            let (own, library) = (ln_1p_of_fraction(t), t.ln_1p());
            let units = own.to_bits().abs_diff(library.to_bits());
            assert!(units <= 2, "ln(1 + {t}) is {own:e}, not {library:e}");
        }
        assert!(ln_1p_of_fraction(f64::NAN).is_nan());
    }
}
