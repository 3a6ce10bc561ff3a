//! The seam to the system's own file dialogs.

use std::path::{Path, PathBuf};

use crate::ui::desktop::purpose::Purpose;

/// A dialog of the system that asks for a file, without holding up the frames that are drawn meanwhile.
pub trait Chooser {
    /// Begins to ask. `proposed` is a folder, or a file that need not exist. One question is asked at a time.
    fn ask(&mut self, purpose: Purpose, proposed: &Path);

    /// What came of it, once. `None` while it is still asked.
    fn answer(&mut self) -> Option<Choice>;
}

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A file.
    File(PathBuf),
    /// None, on purpose.
    Cancelled,
    /// The system has no such dialog; why, in words.
    Unavailable(String),
}
