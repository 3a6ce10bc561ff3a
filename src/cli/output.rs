//! Where results go.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use super::CommandError;
use crate::files;

/// Writes a result to standard output. A pipe that somebody closed has had enough: that is no error.
pub(super) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CommandError> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            // What is left in the buffer is not for anyone; dropping the buffer would try to write it again.
            let _ = out.into_parts();
            Ok(())
        }
        Err(error) => Err(CommandError::work(&format!("standard output cannot be written: {error}"))),
    }
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
