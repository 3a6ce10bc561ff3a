//! Many figures at a time, on all cores.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::{Blame, CommandError, input};
use super::{Job, Render};
use crate::figure::FigureKind;

/// A figure for each scenario, named after its file.
///
/// # Errors
/// Two scenarios whose figures would have the same name.
pub(super) fn jobs(scenarios: &[PathBuf], dir: &Path, kind: FigureKind) -> Result<Vec<Job>, CommandError> {
    let mut taken: BTreeMap<OsString, &Path> = BTreeMap::new();
    let mut jobs = Vec::new();
    for scenario in scenarios {
        let stem = match scenario.file_stem() {
            _ if input::is_stdin(scenario) => OsString::from("stdin"),
            Some(stem) => stem.to_owned(),
            None => {
                let message = format!("{}: no name for a figure can be made of this", scenario.display());
                return Err(CommandError::input(&message));
            }
        };
        let mut name = stem.clone();
        name.push(format!(".{}", kind.ending()));
        let figure = dir.join(&name);
        // Some file systems take `A.svg` and `a.svg` for one file.
        let key = name.to_ascii_lowercase();
        if let Some(other) = taken.insert(key, scenario) {
            let (other, this) = (other.display(), scenario.display());
            let message = format!("{other} and {this} would both be drawn to {}", figure.display());
            return Err(CommandError::input(&message));
        }
        jobs.push(Job { scenario: scenario.clone(), figure, kind });
    }
    Ok(jobs)
}

impl Render {
    /// Draws every figure; one that fails does not keep the others from being drawn.
    pub(super) fn draw_all(&self, jobs: &[Job]) -> Result<(), CommandError> {
        if let Some(dir) = &self.dir {
            std::fs::create_dir_all(dir).map_err(|error| {
                CommandError::work(&format!("{}: cannot be made a folder: {error}", dir.display()))
            })?;
        }
        let workers = self.jobs.or(std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        let next = AtomicUsize::new(0);
        let failures: Mutex<BTreeMap<usize, CommandError>> = Mutex::new(BTreeMap::new());
        let progress = Progress::new(jobs.len());
        std::thread::scope(|scope| {
            for _ in 0..workers.min(jobs.len()) {
                scope.spawn(|| {
                    while let Some((index, job)) = {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        jobs.get(index).map(|job| (index, job))
                    } {
                        if let Err(error) = self.draw(job)
                            && let Ok(mut failures) = failures.lock()
                        {
                            failures.insert(index, error);
                        }
                        progress.one_more();
                    }
                });
            }
        });
        progress.end();
        let failures = failures.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        if failures.is_empty() {
            return Ok(());
        }
        let mut message = String::new();
        for (index, error) in &failures {
            let name = jobs.get(*index).map(|job| job.scenario.display().to_string()).unwrap_or_default();
            // Most messages name the file already.
            let says_which = error.message.contains(&name);
            let line = error.message.strip_prefix("downhill: ").filter(|_| !says_which);
            message.push_str(
                &line.map_or_else(|| error.message.clone(), |line| format!("downhill: {name}: {line}")),
            );
            message.push('\n');
        }
        let (failed, all) = (failures.len(), jobs.len());
        message.push_str(&format!("downhill: {failed} of {all} figures not drawn"));
        Err(CommandError { message, blame: Blame::Work })
    }
}

/// How many figures are done, on a terminal.
struct Progress {
    done: AtomicUsize,
    all: usize,
    is_shown: bool,
}

impl Progress {
    fn new(all: usize) -> Self {
        Self { done: AtomicUsize::new(0), all, is_shown: std::io::stderr().is_terminal() }
    }

    fn one_more(&self) {
        let done = 1 + self.done.fetch_add(1, Ordering::Relaxed);
        if self.is_shown {
            let _ = write!(std::io::stderr(), "\r{done} of {} figures", self.all);
        }
    }

    fn end(&self) {
        if self.is_shown {
            // Nothing is left of the line, so that what follows stands by itself.
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
