//! Value, gradient and Hessian of a term by num-dual, and how far rounding can move them.
//!
//! A bound on the rounding error of every entry is carried along (running error analysis: Higham 2002, section 3.3): for a
//! product |a| e_b + |b| e_a + |ab|, for f(u) in each of its derivatives |f^(k+1)(u)| (e_u + |u|) + |f^(k)(u)|, to first
//! order and in units of the machine epsilon. The f^(k) are num-dual's.

use num_dual::{Dual3_64, DualStruct as _, HyperDual64};

use super::term::{Function, Number, Term};

/// Value, ∂x, ∂y, ∂xx, ∂xy, ∂yy.
pub type Entries = [f64; 6];

impl Number for HyperDual64 {
    fn of(value: f64) -> Self {
        Self::from_re(value)
    }
    fn value(self) -> f64 {
        self.re()
    }
    fn add(self, other: Self) -> Self {
        self + other
    }
    fn mul(self, other: Self) -> Self {
        self * other
    }
    fn div(self, other: Self) -> Self {
        self / other
    }
    fn call(self, function: Function) -> Self {
        function.of(self)
    }
}

/// What num-dual makes of the term.
pub fn entries(term: &Term, x: f64, y: f64) -> Entries {
    let at = |ex: [f64; 2], ey: [f64; 2]| {
        term.at(HyperDual64::new(x, ex[0], ex[1], 0.0), HyperDual64::new(y, ey[0], ey[1], 0.0))
    };
    let (xx, xy, yy) = (at([1.0, 1.0], [0.0; 2]), at([1.0, 0.0], [0.0, 1.0]), at([0.0; 2], [1.0, 1.0]));
    [xy.re, xy.eps1, xy.eps2, xx.eps1eps2, xy.eps1eps2, yy.eps1eps2]
}

/// How far rounding can move the entries, in units of the machine epsilon.
pub fn rounding(term: &Term, x: f64, y: f64) -> Entries {
    let mut at = [Jet::of(x), Jet::of(y)];
    at[0].0[1].value = 1.0;
    at[1].0[2].value = 1.0;
    term.at(at[0], at[1]).0.map(|entry| if entry.value.is_finite() { entry.error } else { f64::NAN })
}

/// A number and a bound on its error in units of the machine epsilon.
#[derive(Clone, Copy, Debug, Default)]
struct Rounded {
    value: f64,
    error: f64,
}

impl std::ops::Add for Rounded {
    type Output = Self;
    fn add(self, b: Self) -> Self {
        let value = self.value + b.value;
        Self { value, error: self.error + b.error + value.abs() }
    }
}

impl std::ops::Mul for Rounded {
    type Output = Self;
    fn mul(self, b: Self) -> Self {
        let value = self.value * b.value;
        // An exact zero stays one, whatever it is multiplied with.
        let part = |factor: f64, error: f64| if error == 0.0 { 0.0 } else { factor.abs() * error };
        Self { value, error: part(self.value, b.error) + part(b.value, self.error) + value.abs() }
    }
}

/// [`Entries`] with their errors.
#[derive(Clone, Copy, Debug, Default)]
struct Jet([Rounded; 6]);

impl Number for Jet {
    fn of(value: f64) -> Self {
        let mut jet = Self::default();
        jet.0[0].value = value;
        jet
    }
    fn value(self) -> f64 {
        self.0[0].value
    }
    fn error(self) -> f64 {
        f64::EPSILON * self.0[0].error
    }
    fn add(self, other: Self) -> Self {
        let mut sum = self;
        for (entry, b) in sum.0.iter_mut().zip(other.0) {
            *entry = *entry + b;
        }
        sum
    }
    fn mul(self, other: Self) -> Self {
        let ([a, ax, ay, axx, axy, ayy], [b, bx, by, bxx, bxy, byy]) = (self.0, other.0);
        Self([
            a * b,
            ax * b + a * bx,
            ay * b + a * by,
            axx * b + ax * bx + ax * bx + a * bxx,
            axy * b + ax * by + ay * bx + a * bxy,
            ayy * b + ay * by + ay * by + a * byy,
        ])
    }
    fn div(self, other: Self) -> Self {
        self.mul(other.call(Function::Power(-1.0)))
    }
    fn call(self, function: Function) -> Self {
        let [u, ux, uy, uxx, uxy, uyy] = self.0;
        let f = function.of(Dual3_64::from_re(u.value).derivative());
        // These are sums of ones in the oracle, so they are known to an absolute error only.
        let floor = match function {
            Function::Named("tanh" | "sigmoid" | "softplus") => 1.0,
            // Rounding decides on which side of the kink this is.
            Function::Named("abs" | "relu") if u.value.abs() <= f64::EPSILON * u.error => f64::INFINITY,
            _ => 0.0,
        };
        let moved = |value: f64, slope: f64| Rounded {
            value,
            error: slope.abs() * (u.error + u.value.abs()) + value.abs() + floor,
        };
        let (f0, f1, f2) = (moved(f.re, f.v1), moved(f.v1, f.v2), moved(f.v2, f.v3));
        Self([
            f0,
            f1 * ux,
            f1 * uy,
            f2 * (ux * ux) + f1 * uxx,
            f2 * (ux * uy) + f1 * uxy,
            f2 * (uy * uy) + f1 * uyy,
        ])
    }
}
