//! How far a file is that takes long to be made.

use std::fmt;
use std::ops::ControlFlow;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Steps of all runs, which are taken first.
    Steps,
    /// Frames of a film.
    Frames,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is counted.
    pub of: Counted,
    /// So many are done.
    pub done: u64,
    /// So many there will be, or at most.
    pub total: u64,
}

/// Hears how far it is, and may call it off.
pub type Tell<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

impl Progress {
    /// The seconds that are left if it goes on as before; nothing while nothing is done.
    pub fn seconds_left(self, elapsed_secs: f64) -> Option<f64> {
        let left = self.total.saturating_sub(self.done) as f64;
        (self.done > 0).then(|| elapsed_secs / self.done as f64 * left)
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.of == Counted::Steps { "steps" } else { "frames" };
        write!(f, "{} of {} {unit}", self.done, self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_goes_by_what_is_done() {
        let progress = Progress { of: Counted::Steps, done: 250, total: 1000 };
        assert_eq!(progress.to_string(), "250 of 1000 steps");
        assert_eq!(progress.seconds_left(2.0), Some(6.0));
        assert_eq!(Progress { done: 0, ..progress }.seconds_left(2.0), None);
        assert_eq!(Progress { done: 2000, ..progress }.seconds_left(2.0), Some(0.0));
    }
}
