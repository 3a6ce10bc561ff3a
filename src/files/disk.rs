//! What becomes of files beside their being read and written: whether they changed, and who may use them.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What tells at a glance that a file is no longer what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
}

impl Stamp {
    /// When the file was last changed, where the system keeps that.
    pub fn modified(&self) -> Option<SystemTime> {
        self.modified
    }
}

/// The stamp of a file, or `None` where there is no file that can be looked at.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let meta = std::fs::metadata(path).ok()?;
    Some(Stamp { modified: meta.modified().ok(), bytes: meta.len() })
}

/// Whether two paths lead to one regular file: by links of either kind, by folders that are links, or by letters whose
/// case the file system does not tell apart. A path that leads nowhere is no file's.
///
/// Hard links are found on Unix only: elsewhere the standard library has no number of a file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let (Ok(one_meta), Ok(other_meta)) = (std::fs::metadata(one), std::fs::metadata(other)) else {
        return false;
    };
    // Devices and pipes may be read and written at once, as a terminal is.
    if !(one_meta.is_file() && other_meta.is_file()) {
        return false;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        (one_meta.dev(), one_meta.ino()) == (other_meta.dev(), other_meta.ino())
    }
    #[cfg(not(unix))]
    {
        let whole = |path: &Path| std::fs::canonicalize(path).ok();
        whole(one).is_some_and(|whole_one| whole(other) == Some(whole_one))
    }
}

/// A number that differs between any two texts that are likely to meet, and is the same in every version of the program:
/// FNV-1a with 64 bits (Fowler, Noll & Vo, <http://www.isthe.com/chongo/tech/comp/fnv/>).
pub fn fingerprint(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Gives a file that is of no use another name, so that it is neither read again nor lost, nor any that was set aside
/// before. Returns that name.
///
/// # Errors
/// One sentence that names the file.
pub fn set_aside(path: &Path) -> Result<PathBuf, String> {
    let named = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(if number == 1 { ".broken".to_owned() } else { format!(".broken-{number}") });
        PathBuf::from(name)
    };
    let is_free = |aside: &PathBuf| std::fs::symlink_metadata(aside).is_err();
    // A folder that tells nothing of what is in it lets nothing be renamed either.
    let aside = (1..=9999).map(named).find(is_free).unwrap_or_else(|| named(10_000));
    match std::fs::rename(path, &aside) {
        Ok(()) => Ok(aside),
        Err(error) => Err(format!("{}: cannot be renamed: {error}", path.display())),
    }
}

/// Takes a lock that lasts until the returned file is dropped, also by a process that is killed. `None` while another
/// holds it.
///
/// # Errors
/// One sentence that names the file, where it cannot be made or the file system knows no locks.
pub fn lock(path: &Path) -> Result<Option<File>, String> {
    let cannot = |error: std::io::Error| format!("{}: cannot be locked: {error}", path.display());
    if super::is_stream(path) {
        return Err(format!("{}: cannot be locked: it is a pipe or a device", path.display()));
    }
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_that_of_the_published_examples() {
        // From the test vectors of draft-eastlake-fnv-17, section 5.
        assert_eq!(fingerprint(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fingerprint("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_lock_is_held_by_one_until_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.lock");
        let held = lock(&path).unwrap();
        assert!(held.is_some());
        assert!(lock(&path).unwrap().is_none());
        drop(held);
        assert!(lock(&path).unwrap().is_some());
        assert!(lock(&folder.path().join("missing/a.lock")).is_err());
    }

    #[test]
    fn a_stamp_changes_with_the_file_and_a_file_set_aside_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        assert_eq!(stamp(&path), None);
        std::fs::write(&path, "one").unwrap();
        let before = stamp(&path);
        std::fs::write(&path, "three").unwrap();
        assert_ne!(stamp(&path), before);
        let aside = set_aside(&path).unwrap();
        assert_eq!((stamp(&path), std::fs::read_to_string(aside).unwrap()), (None, "three".to_owned()));
        assert!(set_aside(&path).is_err());
        // Nothing that was set aside before is lost.
        for number in 2..5 {
            std::fs::write(&path, number.to_string()).unwrap();
            let aside = set_aside(&path).unwrap();
            assert!(aside.ends_with(format!("a.json.broken-{number}")), "{aside:?}");
            assert_eq!(std::fs::read_to_string(aside).unwrap(), number.to_string());
        }
    }
}
