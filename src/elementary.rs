//! Elementary functions in pure Rust, whose results are the same to the last bit on every platform: our own, or those of the
//! `libm` crate. The standard library takes those of the system, whose last digits differ; clippy refuses them everywhere
//! else.

mod exponential;
mod gamma;
mod inverse_hyperbolic;

pub use exponential::{exp_of_moderate, exp_of_nonpositive, ln_1p_of_fraction, split};
pub use gamma::{gamma, polygammas};
pub use inverse_hyperbolic::{acosh, asinh, atanh, exp_m1};
pub use libm::{
    acos, asin, atan, atan2, cbrt, cos, cosh, exp, exp2, exp10, log as ln, log1p as ln_1p, log2, log10, pow,
    sin, sinh, tan, tanh,
};

/// √(a² + b²), within one unit in the last place.
#[inline]
pub fn hypot(a: f64, b: f64) -> f64 {
    /// Within, no square leaves the range of doubles with all its digits.
    const SQUARES: std::ops::RangeInclusive<f64> = 1e-280..=1e300;
    let square = a * a + b * b;
    if SQUARES.contains(&square) { square.sqrt() } else { libm::hypot(a, b) }
}

/// aⁿ by repeated squaring.
#[inline]
pub fn powi(a: f64, n: i32) -> f64 {
    let (mut power, mut square, mut left) = (1.0, a, n.unsigned_abs());
    loop {
        if left % 2 == 1 {
            power *= square;
        }
        left /= 2;
        if left == 0 {
            return if n < 0 { 1.0 / power } else { power };
        }
        square *= square;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_right_near_every_end_of_the_range() {
        let mut random = fastrand::Rng::with_seed(4);
        for _ in 0..100_000 {
            let [a, b] = [(); 2].map(|()| (random.f64() - 0.5) * 10_f64.powi(random.i32(-320..308)));
            let (own, library) = (hypot(a, b), libm::hypot(a, b));
            assert!(own.to_bits().abs_diff(library.to_bits()) <= 1, "{a:e} {b:e}: {own:e}, {library:e}");
        }
        assert_eq!(
            [hypot(3.0, -4.0), hypot(0.0, -0.0), hypot(f64::INFINITY, 1.0)],
            [5.0, 0.0, f64::INFINITY]
        );
        assert!(hypot(f64::NAN, 1.0).is_nan());
    }

    #[test]
    fn whole_powers_are_those_of_the_standard_library() {
        for n in (-40..=40).chain([i32::MIN, i32::MAX]) {
            for a in [0.0, -0.0, 1.0, -1.0, 2.0, 10.0, -0.3, 1e200, f64::INFINITY, f64::NAN] {
                assert_eq!(powi(a, n).to_bits(), f64::powi(a, n).to_bits(), "{a}^{n}");
            }
        }
    }
}
