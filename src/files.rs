//! The only place where files are read and written.

mod disk;
mod errand;
mod tables;
mod write;

pub use disk::{Stamp, fingerprint, is_same_file, lock, set_aside, stamp};
pub use errand::{Errand, Wanted};
pub use tables::{FolderTables, with_table_beside};
pub use write::{write_whole, write_whole_while, write_whole_with};

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::data::csv::{Pasted, read_text as read_text_of_table};
use crate::figure::FigureSpec;
use crate::figure::embedded::{self, EmbeddedError};
use crate::scenario::{self, Scenario, ScenarioError, Tables};

/// The largest scenario file that is read, in bytes.
pub const MAX_SCENARIO_BYTES: u64 = 1 << 20;
/// How much of a picture is searched for its scenario, in bytes. Those made here have it before what makes them large.
pub const MAX_PICTURE_BYTES: u64 = 64 << 20;

/// Why a text could not be read. Each names the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no such file, or it may not or cannot be read.
    #[error("{name}: cannot be read: {reason}")]
    Unreadable {
        /// The file.
        name: String,
        /// In the words of the operating system.
        reason: String,
    },
    /// It is a pipe or a device, which may never end, where only files are read.
    #[error("{name}: a pipe or a device, and no file that can be opened")]
    NoFile {
        /// What was to be read.
        name: String,
    },
    /// The file is larger than [`MAX_SCENARIO_BYTES`].
    #[error("{name}: larger than 1 MiB, which no scenario is")]
    TooLarge {
        /// The file.
        name: String,
    },
    /// The file is not a text in UTF-8.
    #[error("{name}: not a text in UTF-8: byte {at} does not fit")]
    NotText {
        /// The file.
        name: String,
        /// Where the first wrong byte stands, from 0.
        at: usize,
    },
    /// The file is a picture that gives no scenario within [`MAX_PICTURE_BYTES`], and goes on.
    #[error("{name}: a picture of more than 64 MiB, which has no scenario in the first 64")]
    PictureTooLarge {
        /// The file.
        name: String,
    },
    /// The file is a picture that gives no scenario.
    #[error("{name}: {error}")]
    Picture {
        /// The file.
        name: String,
        /// Why.
        error: EmbeddedError,
    },
}

impl ReadError {
    /// The same without the name of the file, for one that nobody has named.
    pub fn reason(&self) -> String {
        let (Self::Unreadable { name, .. }
        | Self::NoFile { name }
        | Self::TooLarge { name }
        | Self::NotText { name, .. }
        | Self::PictureTooLarge { name }
        | Self::Picture { name, .. }) = self;
        let whole = self.to_string();
        whole.strip_prefix(name).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&whole).to_owned()
    }
}

/// The text of a scenario, and what came with it.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioText {
    /// The text of the scenario file.
    pub text: String,
    /// Whether it comes from a picture, so that it must not be saved in its place.
    pub is_picture: bool,
    /// The choices about the figure, from a picture that carries them.
    pub figure: Option<FigureSpec>,
}

/// A scenario to begin with, and what came with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    /// The scenario.
    pub scenario: Scenario,
    /// The file that it may be saved to again: none for what comes from a picture or from nowhere.
    pub file: Option<PathBuf>,
    /// The picture that it comes from.
    pub picture: Option<PathBuf>,
    /// The scenario whose paths were pinned in the picture that it comes from.
    pub pinned: Option<Scenario>,
}

impl Opened {
    /// The scenario that a text of `file` says, with what came with the text.
    ///
    /// # Errors
    /// The first mistake in the text, under the name of the file.
    pub fn read(text: &ScenarioText, file: &Path) -> Result<Self, ScenarioError> {
        Self::read_with(text, file, &FolderTables::beside(file))
    }

    /// The same of a text whose tables are among these.
    ///
    /// # Errors
    /// As [`Opened::read`].
    pub fn read_with(text: &ScenarioText, file: &Path, tables: &dyn Tables) -> Result<Self, ScenarioError> {
        let scenario = scenario::read_with(&text.text, &file.display().to_string(), tables)?;
        // A picture that others have tampered with loses its pinned paths, and nothing else.
        let pinned = text.figure.as_ref().and_then(|figure| figure.pinned_scenario().ok().flatten());
        let (file, picture) =
            if text.is_picture { (None, Some(file.to_owned())) } else { (Some(file.to_owned()), None) };
        Ok(Self { scenario, file, picture, pinned })
    }
}

/// The text of the scenario in a file or a pipe: a scenario file, or a picture that was made of one.
///
/// # Errors
/// It cannot be read, is too large, is neither UTF-8 nor a picture, or is a picture without a scenario.
pub fn read_scenario(path: &Path) -> Result<ScenarioText, ReadError> {
    let name = path.display().to_string();
    match std::fs::File::open(path) {
        Ok(file) => read_scenario_from(file, &name),
        Err(error) => Err(ReadError::Unreadable { name, reason: error.to_string() }),
    }
}

/// What a scenario file or a picture says, with what came with it: for a window, which cannot wait for a pipe.
///
/// # Errors
/// One sentence: as [`read_scenario`] and [`Opened::read`] have it, or it is no file.
pub fn open(path: &Path) -> Result<Opened, String> {
    let name = path.display().to_string();
    let text = open_file(path).and_then(|file| read_scenario_from(file, &name));
    let text = text.map_err(|error| error.to_string())?;
    Opened::read(&text, path).map_err(|error| error.to_string())
}

/// The columns of numbers of a table in a file: for a window, which cannot wait for a pipe.
///
/// # Errors
/// One sentence that names the file: it cannot be read, is too large, or is no table.
pub fn open_table(path: &Path) -> Result<Pasted, String> {
    let name = path
        .file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let text = FolderTables::beside(path).text(&name).map_err(|reason| format!("{name} {reason}"))?;
    read_text_of_table(&text).map_err(|error| format!("{name}: {error}"))
}

/// The text of the scenario in a stream that is called `name` in errors.
///
/// # Errors
/// As [`read_scenario`].
pub fn read_scenario_from(mut stream: impl Read, name: &str) -> Result<ScenarioText, ReadError> {
    let name = name.to_owned();
    let mut bytes = Vec::new();
    let mut read_up_to = |limit: u64, bytes: &mut Vec<u8>| {
        let more = (limit + 1).saturating_sub(bytes.len() as u64);
        let done = stream.by_ref().take(more).read_to_end(bytes);
        done.map_err(|error| ReadError::Unreadable { name: name.clone(), reason: error.to_string() })
    };
    read_up_to(MAX_SCENARIO_BYTES, &mut bytes)?;
    if embedded::picture_name(&bytes).is_none() {
        return text_of(bytes, &name).map(|text| ScenarioText { text, is_picture: false, figure: None });
    }
    read_up_to(MAX_PICTURE_BYTES, &mut bytes)?;
    match embedded::extract(&bytes) {
        Ok(Some(kept)) => Ok(ScenarioText { text: kept.scenario, is_picture: true, figure: kept.figure }),
        Ok(None) => text_of(bytes, &name).map(|text| ScenarioText { text, is_picture: false, figure: None }),
        Err(_) if bytes.len() as u64 > MAX_PICTURE_BYTES => Err(ReadError::PictureTooLarge { name }),
        Err(error) => Err(ReadError::Picture { name, error }),
    }
}

/// The text of a file.
///
/// # Errors
/// It cannot be read, is no file, is larger than a scenario may be, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    match open_file(path)?.take(MAX_SCENARIO_BYTES + 1).read_to_end(&mut bytes) {
        Ok(_) => text_of(bytes, &name),
        Err(error) => Err(ReadError::Unreadable { name, reason: error.to_string() }),
    }
}

/// The bytes of a file, as far as any file is read. `None` where there is none.
pub fn content(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    open_file(path).ok()?.take(MAX_PICTURE_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Whether a path leads to a pipe or a device, which may never end and is never twice the same.
pub fn is_stream(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir())
}

/// Opens what is a file, and neither a pipe nor a device: these are not even touched, since opening them may wait for ever.
fn open_file(path: &Path) -> Result<std::fs::File, ReadError> {
    let name = path.display().to_string();
    let unreadable =
        |error: io::Error| ReadError::Unreadable { name: name.clone(), reason: error.to_string() };
    if is_stream(path) {
        return Err(ReadError::NoFile { name });
    }
    std::fs::File::open(path).map_err(unreadable)
}

fn text_of(bytes: Vec<u8>, name: &str) -> Result<String, ReadError> {
    let name = name.to_owned();
    if bytes.len() as u64 > MAX_SCENARIO_BYTES {
        return Err(ReadError::TooLarge { name });
    }
    String::from_utf8(bytes)
        .map_err(|error| ReadError::NotText { name, at: error.utf8_error().valid_up_to() })
}

#[cfg(test)]
mod tests;
