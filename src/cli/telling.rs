//! How far long work is, on a terminal: one line that is written over and goes at the end.

use std::io::{IsTerminal as _, Write};
use std::time::{Duration, Instant};

use crate::work::{Counted, Progress};

/// Work that is over sooner says nothing.
const PATIENCE: Duration = Duration::from_millis(700);
/// The line is written over no more often.
const EVERY: Duration = Duration::from_millis(100);

/// Tells how far it is.
pub(super) struct Telling<W: Write> {
    out: W,
    is_told: bool,
    of: Option<Counted>,
    begun: Instant,
    last: Option<Instant>,
}

impl Telling<std::io::Stderr> {
    /// On standard error, where that is a terminal and `is_wanted`.
    pub fn on_terminal(is_wanted: bool) -> Self {
        Self::new(std::io::stderr(), is_wanted && std::io::stderr().is_terminal())
    }
}

impl<W: Write> Telling<W> {
    fn new(out: W, is_told: bool) -> Self {
        Self { out, is_told, of: None, begun: Instant::now(), last: None }
    }

    /// Whether anybody hears it.
    pub fn is_told(&self) -> bool {
        self.is_told
    }

    /// Tells it.
    pub fn tell(&mut self, progress: Progress) {
        self.tell_at(progress, Instant::now());
    }

    fn tell_at(&mut self, progress: Progress, now: Instant) {
        if !self.is_told {
            return;
        }
        // What is counted anew has a pace of its own.
        if self.of != Some(progress.of) {
            (self.of, self.begun) = (Some(progress.of), now);
        }
        let since = now.duration_since(self.last.unwrap_or(self.begun));
        if since < if self.last.is_some() { EVERY } else { PATIENCE } {
            return;
        }
        self.last = Some(now);
        let left = progress.seconds_left(now.duration_since(self.begun).as_secs_f64());
        let left = left.map_or_else(String::new, |left| format!(", {left:.0} s left"));
        // A terminal that is gone hears nothing.
        let _ = write!(self.out, "\r{progress}{left} \x1b[K");
        let _ = self.out.flush();
    }
}

impl<W: Write> Drop for Telling<W> {
    fn drop(&mut self) {
        if self.last.is_some() {
            let _ = write!(self.out, "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(is_told: bool, millis: &[u64]) -> String {
        let mut out = Vec::new();
        let mut telling = Telling::new(&mut out, is_told);
        let begun = Instant::now();
        for (done, millis) in (0..).zip(millis) {
            let progress = Progress { of: Counted::Steps, done: 100 * done, total: 1000 };
            telling.tell_at(progress, begun + Duration::from_millis(*millis));
        }
        drop(telling);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn long_work_is_told_now_and_then_and_the_line_goes_at_the_end() {
        assert_eq!(told(true, &[0, 200, 1000, 1010]), "\r200 of 1000 steps, 4 s left \x1b[K\r\x1b[K");
        assert_eq!(told(true, &[0, 200, 400]), "", "it was short");
        assert_eq!(told(false, &[0, 200, 1000]), "");
    }
}
