//! Files are written whole or not at all.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// Writes a file whole or not at all: to a new file beside it, which then takes its place.
///
/// # Errors
/// One sentence that names the file. What was there before is still there then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), String> {
    write_whole_while(path, bytes, &|| true)
}

/// Writes a file whole or not at all, as [`write_whole`], unless it is called off before it takes its place.
///
/// # Errors
/// As [`write_whole`]; and that it was called off.
pub fn write_whole_while(path: &Path, bytes: &[u8], is_wanted: &dyn Fn() -> bool) -> Result<(), String> {
    write_with(path, |out| out.write_all(bytes), is_wanted)
}

/// Writes a file whole or not at all, as [`write_whole`], with what `write` writes: for what is too large to be held.
///
/// A device or a pipe, which cannot be replaced, is written as it is.
///
/// # Errors
/// As [`write_whole`].
pub fn write_whole_with(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), String> {
    write_with(path, write, &|| true)
}

fn write_with(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    is_wanted: &dyn Fn() -> bool,
) -> Result<(), String> {
    let cannot = |error: io::Error| format!("{}: cannot be written: {error}", path.display());
    // A link is followed, so that the file it leads to is replaced and not the link.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let before = std::fs::metadata(&target).ok();
    if before.is_none()
        && let Ok(leads_to) = std::fs::read_link(&target)
    {
        let leads_to = leads_to.display();
        return Err(format!(
            "{}: cannot be written: it is a link to {leads_to}, where there is nothing",
            path.display()
        ));
    }
    if before.as_ref().is_some_and(std::fs::Metadata::is_dir) {
        return Err(format!("{}: cannot be written: it is a folder", path.display()));
    }
    if before.as_ref().is_some_and(|meta| meta.permissions().readonly()) {
        return Err(format!("{}: cannot be written: it is read-only", path.display()));
    }
    if before.as_ref().is_some_and(|meta| !meta.is_file()) {
        let device = std::fs::OpenOptions::new().write(true).open(&target).map_err(cannot)?;
        return write_buffered(&device, write).map_err(cannot);
    }
    let permissions = before.map_or_else(new_file_permissions, |meta| Some(meta.permissions()));
    sweep(folder);
    let part = tempfile::Builder::new().prefix(PART[0]).suffix(PART[1]).tempfile_in(folder);
    let part = part.map_err(|error| {
        // The name of the temporary file, which follows the reason, is nobody's business.
        let reason = error.to_string();
        let reason = reason.split_once(" at path ").map_or(reason.as_str(), |(reason, _)| reason);
        format!("{}: cannot be written: {reason}", path.display())
    })?;
    write_buffered(part.as_file(), write).and_then(|()| part.as_file().sync_all()).map_err(cannot)?;
    if let Some(permissions) = permissions {
        part.as_file().set_permissions(permissions).map_err(cannot)?;
    }
    if !is_wanted() {
        return Err(format!("{}: not written: it was called off", path.display()));
    }
    part.persist(&target).map_err(|error| cannot(error.error))?;
    Ok(())
}

/// How the names of files begin and end that are not whole yet.
const PART: [&str; 2] = [".downhill-", ".part"];
/// What has not been written to for this time was left by a process that was ended.
const OLD: Duration = Duration::from_secs(600);
/// So many names of a folder are looked at, at most.
const MOST_NAMES: usize = 10_000;

/// Removes from a folder what was left half written.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.take(MOST_NAMES).flatten() {
        let name = entry.file_name();
        let is_part = name.to_str().is_some_and(|name| name.starts_with(PART[0]) && name.ends_with(PART[1]));
        // What is no file was left by somebody else.
        let meta = if is_part { entry.metadata().ok().filter(std::fs::Metadata::is_file) } else { None };
        let age = meta.and_then(|meta| meta.modified().ok()?.elapsed().ok());
        if age.is_some_and(|age| age >= OLD) {
            // Another process may have been quicker.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn write_buffered(
    file: &std::fs::File,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, file);
    write(&mut out)?;
    out.flush()
}

/// A new file may be read by others, as files usually may; a temporary one may not.
fn new_file_permissions() -> Option<std::fs::Permissions> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        Some(std::fs::Permissions::from_mode(0o644))
    }
    #[cfg(not(unix))]
    {
        None
    }
}
