//! Where a method stands, whichever it is, and what it asks there.

use super::{Iterate, LearningRates, NoStep, Oracle};
use crate::objective::{FirstOrder, Point};

/// An iterate, and the oracle that is asked at it.
#[derive(Debug)]
pub(super) struct Stand {
    pub oracle: Oracle,
    /// The learning rate of each step.
    pub rates: LearningRates,
    /// Steps taken.
    pub step: u32,
    pub at: Point,
    /// The minimized function there.
    pub here: FirstOrder,
}

/// The point that a step leads to, where it need not be possible to stand.
pub(super) struct Next {
    pub at: Point,
    pub there: FirstOrder,
}

/// Where nothing is to be looked at: within a square about the origin, where the gradient has a length and is no shorter than
/// the tolerance.
pub(super) struct Bounds {
    pub side: f64,
    pub tolerance: f64,
}

impl Bounds {
    /// Whether a point is there. What is not finite is nowhere.
    #[inline(always)]
    pub fn contain(&self, Next { at, there }: &Next) -> bool {
        let FirstOrder { value, gradient } = there;
        // One entry above the tolerance will do, and is cheaper to ask than the norm.
        at.x.abs() <= self.side
            && at.y.abs() <= self.side
            && (gradient.x.abs() >= self.tolerance || gradient.y.abs() >= self.tolerance)
            && gradient.x.is_finite()
            && gradient.y.is_finite()
            && value.is_finite()
    }
}

impl Stand {
    /// What a method begins its next step from.
    ///
    /// # Errors
    /// Where the step has no rate.
    #[inline(always)]
    pub fn iterate(&mut self) -> Result<Iterate, NoStep> {
        let rate = self.rates.of_step(self.step)?;
        Ok(Iterate { t: self.step + 1, at: self.at, here: self.here, rate })
    }

    /// The same, with whatever a schedule gives for a rate.
    pub fn iterate_at_any_rate(&mut self) -> Iterate {
        let rate = self.rates.after(self.step);
        Iterate { t: self.step + 1, at: self.at, here: self.here, rate }
    }

    /// Looks at where a method's step leads.
    ///
    /// # Errors
    /// Where it leads nowhere, as where no feasible point is near.
    #[inline(always)]
    pub fn look(&mut self, to: Point) -> Result<Next, NoStep> {
        let at = self.oracle.after_step(self.at, to)?;
        self.oracle.count_step();
        Ok(Next { at, there: self.oracle.arrive(at, self.step + 1) })
    }

    /// Goes there.
    #[inline(always)]
    pub fn go(&mut self, Next { at, there }: Next) {
        self.step += 1;
        (self.at, self.here) = (at, there);
    }
}
