//! The only place where files are read and written.

use std::io::{Read, Write};
use std::path::Path;

/// The largest scenario file that is read, in bytes.
pub const MAX_SCENARIO_BYTES: u64 = 1 << 20;

/// The text of a file.
///
/// # Errors
/// One sentence that names the file: it cannot be read, is too large, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, String> {
    let name = path.display();
    let cannot = |error: std::io::Error| format!("{name}: cannot be read: {error}");
    let file = std::fs::File::open(path).map_err(cannot)?;
    read_text_from(file, &name.to_string())
}

/// The text of a stream that is called `name` in errors.
///
/// # Errors
/// As [`read_text`].
pub fn read_text_from(stream: impl Read, name: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    stream
        .take(MAX_SCENARIO_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("{name}: cannot be read: {error}"))?;
    if bytes.len() as u64 > MAX_SCENARIO_BYTES {
        return Err(format!("{name}: larger than 1 MiB, which no scenario is"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("{name}: not a text in UTF-8: byte {at} does not fit")
    })
}

/// Writes a file whole or not at all: to a new file beside it, which then takes its place.
///
/// # Errors
/// One sentence that names the file. What was there before is still there then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let cannot = |error: std::io::Error| format!("{}: cannot be written: {error}", path.display());
    // A link is followed, so that the file it leads to is replaced and not the link.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".downhill-").suffix(".part");
    let before = std::fs::metadata(&target).ok();
    if before.as_ref().is_some_and(std::fs::Metadata::is_dir) {
        return Err(format!("{}: cannot be written: it is a folder", path.display()));
    }
    if before.as_ref().is_some_and(|meta| meta.permissions().readonly()) {
        return Err(format!("{}: cannot be written: it is read-only", path.display()));
    }
    let permissions = before.map_or_else(new_file_permissions, |meta| Some(meta.permissions()));
    let mut part = builder.tempfile_in(folder).map_err(cannot)?;
    part.write_all(bytes).and_then(|()| part.as_file().sync_all()).map_err(cannot)?;
    if let Some(permissions) = permissions {
        part.as_file().set_permissions(permissions).map_err(cannot)?;
    }
    part.persist(&target).map_err(|error| cannot(error.error))?;
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(read_text(&path).unwrap(), "two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_says_so_and_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let error = write_whole(folder.path(), b"x").unwrap_err();
        assert!(error.ends_with("cannot be written: it is a folder"), "{error}");
        let error = write_whole(&folder.path().join("missing/a.toml"), b"x").unwrap_err();
        assert!(error.contains("cannot be written"), "{error}");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(
            read_text_from(&b"ab\xff"[..], "f").unwrap_err(),
            "f: not a text in UTF-8: byte 2 does not fit"
        );
        let large = vec![b'a'; MAX_SCENARIO_BYTES as usize + 1];
        assert!(read_text_from(&large[..], "f").unwrap_err().contains("1 MiB"));
    }
}
