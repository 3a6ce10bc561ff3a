//! What is at a path, and where paths begin.

use std::path::{Path, PathBuf};

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum There {
    Nothing,
    File,
    Folder,
}

/// What is at a path: on a network it may take long to see.
pub fn what_is_at(path: &Path) -> There {
    match path.metadata() {
        Ok(found) if found.is_dir() => There::Folder,
        Ok(_) => There::File,
        Err(_) => There::Nothing,
    }
}

/// The folder that the program was started in.
pub fn current_folder() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

/// The person's own folder.
pub fn home_folder() -> Option<PathBuf> {
    std::env::home_dir()
}
