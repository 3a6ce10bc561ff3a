//! Watches the document's file between frames, so that a window at rest learns that another program has changed it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::files::{Stamp, stamp};

/// How often the file is glanced at.
const GLANCE_EVERY: Duration = Duration::from_secs(2);

type Watched = Option<(PathBuf, Option<Stamp>)>;

/// A thread that glances at one file every two seconds, which costs nothing that can be measured, while drawing a frame
/// to do so would keep the machine awake.
#[derive(Debug)]
pub struct FileWatch {
    files: Sender<Watched>,
    sent: Watched,
    has_seen_a_change: Arc<AtomicBool>,
}

impl FileWatch {
    /// Begins, with nothing to watch. `wake` is called after a change was seen.
    pub fn new(wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (files, watched) = channel();
        let has_seen_a_change = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&has_seen_a_change);
        // It is not waited for at the end: a network drive may hold it up.
        std::thread::Builder::new().name("file watch".to_owned()).spawn(move || {
            watch(&watched, || {
                seen.store(true, Ordering::Relaxed);
                wake();
            });
        })?;
        Ok(Self { files, sent: None, has_seen_a_change })
    }

    /// Watches this file from now on, which is known to have had this stamp.
    pub fn watch(&mut self, file: Option<(&Path, Option<Stamp>)>) {
        if file != self.sent.as_ref().map(|(path, stamp)| (path.as_path(), *stamp)) {
            self.sent = file.map(|(path, stamp)| (path.to_owned(), stamp));
            // It fails only if the thread is gone, which it is not before this is dropped.
            let _ = self.files.send(self.sent.clone());
        }
    }

    /// Whether the file has changed since this was last asked.
    pub fn has_seen_a_change(&self) -> bool {
        self.has_seen_a_change.swap(false, Ordering::Relaxed)
    }
}

/// The thread: ends with the window.
fn watch(files: &Receiver<Watched>, on_change: impl Fn()) {
    let mut watched: Watched = None;
    loop {
        let received = match &watched {
            Some(_) => files.recv_timeout(GLANCE_EVERY),
            None => files.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match received {
            Ok(file) => watched = file,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                if glance(&mut watched) {
                    on_change();
                }
            }
        }
    }
}

/// Whether the file is no longer as it was known. What is found is what is known from then on.
fn glance(watched: &mut Watched) -> bool {
    let Some((path, known)) = watched else { return false };
    let now = stamp(path);
    let differs = now != *known;
    *known = now;
    differs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_seen_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, "one").unwrap();
        let mut watched = Some((path.clone(), stamp(&path)));
        assert!(!glance(&mut watched));
        std::fs::write(&path, "three").unwrap();
        assert!(glance(&mut watched) && !glance(&mut watched));
        std::fs::remove_file(&path).unwrap();
        assert!(glance(&mut watched) && !glance(&mut watched));
        assert!(!glance(&mut None));
    }
}
