//! Where results go.

use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use super::printable::Printable;
use super::{CommandError, input};
use crate::files;

/// Writes a result to standard output. A pipe that somebody closed has had enough: that is no error.
pub(super) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CommandError> {
    let stdout = io::stdout().lock();
    if stdout.is_terminal() {
        let mut out = Printable::new(stdout);
        return told(write(&mut out).and_then(|()| out.flush()));
    }
    let mut out = BufWriter::with_capacity(1 << 16, stdout);
    let written = write(&mut out).and_then(|()| out.flush());
    if written.is_err() {
        // What is left in the buffer is not for anyone; dropping the buffer would try to write it again.
        let _ = out.into_parts();
    }
    told(written)
}

fn told(written: io::Result<()>) -> Result<(), CommandError> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(CommandError::work(&format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Refuses a result that would take the place of something it is made from, by whatever path or link; `file` is as
/// [`to_file_or_stdout`] has it. Also a picture is not drawn over: with other options it would be another picture.
pub(super) fn refuse_over(inputs: &[PathBuf], file: Option<&Path>) -> Result<(), CommandError> {
    let place = |path: &Path, stream: &str| {
        if input::is_stdin(path) { PathBuf::from(stream) } else { path.to_owned() }
    };
    let file = file.unwrap_or(Path::new("-"));
    let to = place(file, "/dev/stdout");
    let is_over = |from: &&PathBuf| files::is_same_file(&place(from, "/dev/stdin"), &to);
    let Some(from) = inputs.iter().find(is_over) else { return Ok(()) };
    let (from_name, to_name) = (named(from, "standard input"), named(file, "standard output"));
    Err(CommandError::input(&if from == file {
        format!("{to_name} is itself the scenario, which is read and would be lost: name another file")
    } else {
        format!(
            "{to_name} is the same file as {from_name}, which is read and would be lost: name another file"
        )
    }))
}

/// A path as a sentence calls it; `-` is a stream.
fn named(path: &Path, stream: &str) -> String {
    if input::is_stdin(path) { stream.to_owned() } else { path.display().to_string() }
}

/// Writes a result to a file, whole or not at all, or to standard output where no file is named.
pub(super) fn to_file_or_stdout(
    file: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), CommandError> {
    match file {
        Some(path) if path.as_os_str() != "-" => {
            files::write_whole_with(path, write).map_err(|reason| CommandError::work(&reason))
        }
        _ => to_stdout(write),
    }
}
