//! Writes the work to the session's file soon after every change, so that a crash or a pulled plug costs a second of it.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::files::write_whole;
use crate::ui::app::saved_state::{KeptTable, Snapshot};

/// How long a change waits for others that are written with it. The disk may take as long again before a second is over.
const WAIT: Duration = Duration::from_millis(500);
/// How long a window that is closed waits for the disk.
const LAST_WAIT: Duration = Duration::from_secs(10);

/// The work that is to be written, and when. Time is passed in.
#[derive(Debug, Default)]
struct Batch {
    newest: Option<Snapshot>,
    due: Option<Instant>,
}

impl Batch {
    /// Takes the newest state of the work. What changes without a pause is written all the same: the first change sets
    /// the time.
    fn see(&mut self, work: Snapshot, now: Instant) {
        self.newest = Some(work);
        self.due.get_or_insert(now + WAIT);
    }

    /// The work, once its time has come.
    fn take_due(&mut self, now: Instant) -> Option<Snapshot> {
        if self.due.is_some_and(|due| due <= now) { self.take() } else { None }
    }

    fn take(&mut self) -> Option<Snapshot> {
        self.due = None;
        self.newest.take()
    }
}

/// Keeps one session's file up to date on a thread of its own: the disk may be slow, the window may not. The thread
/// sleeps while nothing changes, and has its own clock, so that no frame need be drawn for it.
#[derive(Debug)]
pub struct Autosave {
    newest: Option<Sender<Snapshot>>,
    problems: Receiver<String>,
    sent: Option<Snapshot>,
}

impl Autosave {
    /// Begins to keep the file at `path`. `wake` is called after something went wrong.
    pub fn new(path: PathBuf, wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (newest, works) = channel();
        let (say, problems) = channel();
        std::thread::Builder::new().name("session".to_owned()).spawn(move || {
            keep(&works, &path, &|problem| {
                // Whoever is no longer there to hear it has closed the window.
                let _ = say.send(problem);
                wake();
            });
        })?;
        Ok(Self { newest: Some(newest), problems, sent: None })
    }

    /// Sends the work to be written, unless it is what was last sent.
    pub fn see(&mut self, work: Snapshot) {
        if self.sent.as_ref() == Some(&work) {
            return;
        }
        if let Some(newest) = &self.newest {
            // It fails only if the thread is gone, which it is not before this is dropped.
            let _ = newest.send(work.clone());
        }
        self.sent = Some(work);
    }

    /// Why the file could not be written, once for each time it begins to fail.
    pub fn problem(&self) -> Option<String> {
        self.problems.try_recv().ok()
    }
}

impl Autosave {
    /// Waits until what was last sent is written, unless the disk does not answer for this long.
    fn finish(&mut self, patience: Duration) {
        self.newest = None;
        let begun = Instant::now();
        // The thread hangs up when it has written the last.
        while self.problems.recv_timeout(patience.saturating_sub(begun.elapsed())).is_ok() {}
    }
}

impl Drop for Autosave {
    fn drop(&mut self) {
        self.finish(LAST_WAIT);
    }
}

/// What is said of a file that nobody has named, without its name.
fn without_name(problem: &str, path: &Path) -> String {
    problem.strip_prefix(&format!("{}: ", path.display())).unwrap_or(problem).to_owned()
}

/// The thread: ends when the window does, with the last state written.
fn keep(works: &Receiver<Snapshot>, path: &Path, say: &dyn Fn(String)) {
    let mut batch = Batch::default();
    let mut is_failing = false;
    let mut tables = SessionTables::of(path);
    let mut write = |work: Snapshot| {
        let (saved_state, kept) = work.into_saved_state_beside(&tables.stem);
        let written = (tables.write(&kept))
            .and_then(|()| serde_json::to_vec_pretty(&saved_state).map_err(|error| error.to_string()))
            .and_then(|text| write_whole(path, &text))
            .map_err(|problem| without_name(&problem, path));
        if written.is_ok() {
            tables.remove_all_but(&kept);
        }
        match written {
            Ok(()) => is_failing = false,
            Err(problem) if !is_failing => {
                is_failing = true;
                say(format!("the session is not kept: {problem}"));
            }
            Err(_) => {}
        }
    };
    loop {
        let received = match batch.due {
            Some(due) => works.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => works.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match received {
            Ok(work) => batch.see(work, Instant::now()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                if let Some(work) = batch.take() {
                    write(work);
                }
                return;
            }
        }
        if let Some(work) = batch.take_due(Instant::now()) {
            write(work);
        }
    }
}

/// The tables beside a session's file.
struct SessionTables {
    folder: PathBuf,
    /// What their names begin with.
    stem: String,
    /// Those that are known to be there: the rest is looked for once.
    there: Option<Vec<String>>,
}

impl SessionTables {
    fn of(path: &Path) -> Self {
        let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        Self { folder: path.parent().map_or_else(PathBuf::new, PathBuf::from), stem, there: None }
    }

    /// Writes those that are not there.
    fn write(&mut self, kept: &[KeptTable]) -> Result<(), String> {
        for (name, data) in kept {
            if !self.there.as_ref().is_some_and(|there| there.contains(name)) {
                write_whole(&self.folder.join(name), data.rows_text().as_bytes())?;
            }
        }
        Ok(())
    }

    /// Removes those that the session has no use for any more. One that cannot be removed does no harm.
    fn remove_all_but(&mut self, kept: &[KeptTable]) {
        let names: Vec<String> = kept.iter().map(|(name, _)| name.clone()).collect();
        if self.there.as_ref() == Some(&names) {
            return;
        }
        let is_own = |name: &str| name.starts_with(&format!("{}.", self.stem)) && name.ends_with(".csv");
        for entry in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_own(&name) && !names.contains(&name) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
        self.there = Some(names);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::data::Table;
    use crate::files::FolderTables;
    use crate::scenario::{Cost, CostSource, Loss, Scenario};
    use crate::ui::{App, SavedState};

    fn work(formula: &str) -> Snapshot {
        App::new(Scenario::of_formula(formula), None).work()
    }

    #[test]
    fn a_change_is_written_within_a_second_also_while_others_follow() {
        let begin = Instant::now();
        let at = |millis| begin + Duration::from_millis(millis);
        let mut batch = Batch::default();
        assert_eq!(batch.take_due(at(0)), None);
        let mut written = Vec::new();
        for frame in 0..300 {
            batch.see(work(&format!("x + {frame}*y")), at(10 * frame));
            written.extend(batch.take_due(at(10 * frame)).map(|work| (10 * frame, work.formula)));
        }
        // Every half second, with what was newest.
        assert_eq!(written.len(), 5, "{written:?}");
        assert_eq!(written[0], (500, "x + 50*y".to_owned()));
        let last = batch.take_due(at(3500)).map(|work| work.formula);
        assert_eq!(last.as_deref(), Some("x + 299*y"));
        assert_eq!((batch.due, batch.take_due(at(9000))), (None, None));
    }

    #[test]
    fn what_was_last_sent_is_written_at_the_end_and_only_changes_are_sent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("session.json");
        let mut autosave = Autosave::new(path.clone(), || {}).unwrap();
        for formula in ["x^2 + y^2", "x^2 + 3*y^2"] {
            autosave.see(work(formula));
        }
        let (same, taken) = channel();
        let newest = autosave.newest.replace(same);
        autosave.see(work("x^2 + 3*y^2"));
        assert!(taken.try_recv().is_err(), "nothing has changed");
        autosave.newest = newest;
        drop(autosave);
        let saved_state: SavedState = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        assert_eq!(saved_state, work("x^2 + 3*y^2").into_saved_state());
    }

    #[test]
    fn many_rows_are_written_once_in_a_table_of_their_own_and_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("session-2.json");
        let tables = || -> Vec<String> {
            let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
            names
                .map(|name| name.to_string_lossy().into_owned())
                .filter(|name| name.ends_with(".csv"))
                .collect()
        };
        let rows = |seed: f64| -> Scenario {
            let numbers = (0..20_000).map(|row| f64::from(row).sin() * seed).collect();
            let table = Table::new(vec!["u".to_owned()], vec![numbers]).unwrap();
            let cost = Loss::LeastSquares.cost(Arc::new(table), [0, 0], 0);
            let cost = Cost { source: CostSource::Formula("(a - u)^2 + b^2".to_owned()), ..cost };
            Scenario::of_data(Cost { variables: ["a".to_owned(), "b".to_owned()], ..cost })
        };
        std::fs::write(folder.path().join("session-2.0.csv"), "old").unwrap();
        std::fs::write(folder.path().join("session.0.csv"), "another's").unwrap();
        let mut autosave = Autosave::new(path.clone(), || {}).unwrap();
        let app = App::new(rows(1.0), None);
        autosave.see(app.work());
        drop(autosave);
        let [own] = tables()
            .into_iter()
            .filter(|name| name != "session.0.csv")
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        assert!(own.starts_with("session-2."), "{own}");
        let text = std::fs::read(&path).unwrap();
        assert!(text.len() < 20_000, "the rows are not in the session's file");
        let saved_state: SavedState = serde_json::from_slice(&text).unwrap();
        assert!(App::restored(&saved_state).is_none(), "not without its table");
        let restored = App::restored_with(&saved_state, &FolderTables::beside(&path)).unwrap();
        assert_eq!(restored.work(), app.work());
        let mut autosave = Autosave::new(path.clone(), || {}).unwrap();
        autosave.see(App::new(rows(2.0), None).work());
        drop(autosave);
        assert_eq!(
            tables().len(),
            2,
            "what is no longer of use is gone, what is another's is not: {:?}",
            tables()
        );
    }

    #[test]
    fn what_cannot_be_written_is_said_once() {
        let folder = tempfile::tempdir().unwrap();
        let (woken, wakes) = channel();
        let wake = move || woken.send(()).unwrap();
        let mut autosave = Autosave::new(folder.path().join("missing/session.json"), wake).unwrap();
        autosave.see(work("x + y"));
        wakes.recv().unwrap();
        assert!(autosave.problem().unwrap().starts_with("the session is not kept: "));
        autosave.see(work("x - y"));
        autosave.newest = None;
        assert_eq!(
            autosave.problems.recv_timeout(Duration::from_secs(60)),
            Err(RecvTimeoutError::Disconnected)
        );
    }

    #[test]
    fn a_disk_that_does_not_answer_is_not_waited_for_for_ever() {
        let (newest, _works) = channel();
        let (say, problems) = channel();
        let mut autosave = Autosave { newest: Some(newest), problems, sent: None };
        autosave.finish(Duration::from_millis(1));
        assert!(autosave.newest.is_none());
        // Dropping it waits again, now for one that has hung up.
        drop(say);
    }
}
