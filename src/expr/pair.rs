//! Numbers laid out for the processor.

/// A number on 16 bytes of its own. Two numbers that are computed apart but lie side by side would be stored singly and
/// loaded as a pair, which stalls the processor until the stores have reached the cache: most of an operation's time.
#[derive(Clone, Copy, Default)]
#[repr(align(16))]
pub(super) struct Lone(pub f64);

/// The two entries of a gradient or the diagonal of a Hessian, computed together.
#[derive(Clone, Copy, Default)]
#[repr(align(16))]
pub(super) struct Pair(pub [f64; 2]);

impl Pair {
    #[inline(always)]
    pub(super) fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self(self.0.map(f))
    }

    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self([f(self.0[0], other.0[0]), f(self.0[1], other.0[1])])
    }

    #[inline(always)]
    pub(super) fn plus(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    pub(super) fn minus(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }

    #[inline(always)]
    pub(super) fn product(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }

    #[inline(always)]
    pub(super) fn times(self, by: f64) -> Self {
        self.map(|a| a * by)
    }

    #[inline(always)]
    pub(super) fn over(self, by: f64) -> Self {
        self.map(|a| a / by)
    }
}
