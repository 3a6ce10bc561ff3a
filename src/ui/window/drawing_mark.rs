//! A mark beside the session's file for as long as what the session holds has not been seen to be drawn: a scenario that
//! ends the program when it is drawn must not end it at every start.

use std::path::{Path, PathBuf};

use crate::scenario::Scenario;

/// The mark, and what it speaks of.
#[derive(Debug)]
pub struct DrawingMark {
    path: PathBuf,
    /// The scenario that is to be drawn, with the number of the frame that asked for it first.
    asked: Option<(Scenario, u64)>,
    is_set: bool,
}

impl DrawingMark {
    /// The mark of the session that is kept at `session`, set: nothing of it has been drawn yet.
    pub fn begin(session: &Path) -> Self {
        let mut mark = Self { path: path_for(session), asked: None, is_set: false };
        mark.set();
        mark
    }

    /// Whether the program ended while it drew what is kept at `session`.
    pub fn was_left(session: &Path) -> bool {
        std::fs::symlink_metadata(path_for(session)).is_ok()
    }

    /// Sees what the frame of this number asks to be drawn, which happens when it is over; nothing where drawing is
    /// suspended. Returns whether another frame is needed to know that it has happened.
    pub fn see(&mut self, frame: u64, asked: Option<&Scenario>) -> bool {
        match (&self.asked, asked) {
            (Some((before, since)), Some(asked)) if before == asked => {
                // A frame may be laid out twice before it is drawn.
                if frame > *since {
                    self.take_away();
                }
            }
            _ => {
                self.asked = asked.map(|asked| (asked.clone(), frame));
                self.set();
            }
        }
        self.is_set && asked.is_some()
    }

    fn set(&mut self) {
        if !self.is_set {
            // Where it cannot be written the session cannot either, which is said.
            self.is_set = std::fs::write(&self.path, "").is_ok();
        }
    }

    fn take_away(&mut self) {
        if std::mem::take(&mut self.is_set) {
            // Where it cannot be removed the next start suspends the drawing once more, with a way on.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

impl Drop for DrawingMark {
    /// A window that was closed leaves the mark only where drawing was suspended; one that panics may have done so while it
    /// drew something else than it had drawn before, such as a later step.
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.set();
        } else if self.asked.is_some() {
            self.take_away();
        }
    }
}

/// Where the mark of the session at `session` is.
pub fn path_for(session: &Path) -> PathBuf {
    session.with_extension("drawing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_until_a_frame_has_shown_what_was_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let session = folder.path().join("session-2.json");
        let is_there = || DrawingMark::was_left(&session);
        assert!(!is_there());
        let mut mark = DrawingMark::begin(&session);
        assert!(is_there(), "nothing was drawn yet");
        let [one, other] = ["x^2 + y^2", "x^4 + y^2"].map(Scenario::of_formula);
        for (frame, scenario) in [(5, &one), (8, &other)] {
            assert!(mark.see(frame, Some(scenario)) && is_there());
            assert!(mark.see(frame, Some(scenario)) && is_there(), "the same frame is laid out again");
            assert!(!mark.see(frame + 1, Some(scenario)) && !is_there(), "the frame before has shown it");
            assert!(!mark.see(frame + 2, Some(scenario)) && !is_there());
        }
        mark.see(11, Some(&one));
        drop(mark);
        assert!(!is_there(), "it was closed");
        let mut mark = DrawingMark::begin(&session);
        assert!(!mark.see(1, None));
        drop(mark);
        assert!(is_there(), "it was closed with the drawing suspended");
        let mut mark = DrawingMark::begin(&session);
        mark.see(1, Some(&one));
        mark.see(2, Some(&one));
        assert!(!is_there());
        let dies = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
            let _mark = mark;
            std::panic::resume_unwind(Box::new(()))
        }));
        assert!(dies.is_err() && is_there());
    }
}
