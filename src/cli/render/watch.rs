//! Figures that are drawn again whenever their scenarios change.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use super::super::CommandError;
use super::super::printable::printable;
use super::{Job, Render};
use crate::files::{Stamp, content, stamp};

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(200);

/// A file as it was last seen.
#[derive(Default)]
struct Seen {
    stamp: Option<Stamp>,
    content: Option<Vec<u8>>,
}

impl Seen {
    /// Whether the file holds something else than when it was last asked. A file that is not there, as while an editor
    /// replaces it, has not changed.
    fn has_changed(&mut self, path: &Path) -> bool {
        let stamp = stamp(path);
        if stamp.is_none() || stamp == self.stamp {
            return false;
        }
        let Some(content) = content(path) else { return false };
        self.stamp = stamp;
        let has_changed = self.content.as_ref() != Some(&content);
        self.content = Some(content);
        has_changed
    }
}

impl Render {
    /// Draws every figure, then again whenever its scenario changes, until the program is interrupted. A scenario with a
    /// mistake is reported and leaves the figure that was there.
    pub(super) fn watch(&self, jobs: &[Job]) -> Result<(), CommandError> {
        if let Some(dir) = &self.dir {
            std::fs::create_dir_all(dir).map_err(|error| {
                CommandError::work(&format!("{}: cannot be made a folder: {error}", dir.display()))
            })?;
        }
        let mut seen: Vec<Seen> = jobs.iter().map(|_| Seen::default()).collect();
        for (job, seen) in jobs.iter().zip(&mut seen) {
            seen.has_changed(&job.scenario);
            self.draw_and_tell(job)?;
        }
        loop {
            std::thread::sleep(PAUSE);
            for (job, seen) in jobs.iter().zip(&mut seen) {
                if seen.has_changed(&job.scenario) {
                    self.draw_and_tell(job)?;
                }
            }
        }
    }

    /// Draws a figure and says what came of it. Ends the watch where nobody can be told.
    fn draw_and_tell(&self, job: &Job) -> Result<(), CommandError> {
        let said = match self.draw(job) {
            Ok(()) => format!("drawn: {}", job.figure.display()),
            Err(error) => error.message,
        };
        let silent = CommandError { message: String::new(), blame: super::super::Blame::Work };
        writeln!(std::io::stderr(), "{}", printable(&said)).map_err(|_| silent)
    }
}
