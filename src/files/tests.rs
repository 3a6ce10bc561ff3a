//! Files are written whole or not at all, and read as what they are.

use std::path::PathBuf;

use super::*;

#[test]
fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    write_whole(&path, b"one").unwrap();
    write_whole(&path, b"two").unwrap();
    assert_eq!(read_scenario(&path).unwrap().text, "two");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_is_called_off_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    write_whole_while(&path, b"one", &|| true).unwrap();
    let error = write_whole_while(&path, b"two", &|| false).unwrap_err();
    assert!(error.ends_with("it was called off"), "{error}");
    assert_eq!(read_text(&path).unwrap(), "one");
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
fn a_failure_half_way_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    write_whole(&path, b"one").unwrap();
    let error = write_whole_with(&path, |out| {
        out.write_all(&[b'x'; 1 << 17])?;
        Err(io::Error::other("the disk is full"))
    });
    assert!(error.unwrap_err().ends_with("cannot be written: the disk is full"));
    assert_eq!(read_scenario(&path).unwrap().text, "one");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_device_is_written_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt as _;
    write_whole(Path::new("/dev/null"), b"x").unwrap();
    assert!(std::fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

#[test]
fn what_is_no_text_is_refused() {
    let error = read_scenario_from(&b"ab\xff"[..], "f").unwrap_err();
    assert_eq!(error, ReadError::NotText { name: "f".to_owned(), at: 2 });
    assert_eq!(error.to_string(), "f: not a text in UTF-8: byte 2 does not fit");
    let large = vec![b'a'; MAX_SCENARIO_BYTES as usize + 1];
    assert!(read_scenario_from(&large[..], "f").unwrap_err().to_string().contains("1 MiB"));
}

/// A folder with an old file in it, and nothing else.
struct Old {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Old {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figure.svg");
        std::fs::write(&path, "old").unwrap();
        Self { folder, path }
    }

    #[track_caller]
    fn assert_alone(&self, content: &[u8]) {
        assert!(std::fs::read(&self.path).unwrap() == content);
        assert_eq!(std::fs::read_dir(self.folder.path()).unwrap().count(), 1, "something is left");
    }
}

#[test]
fn the_old_file_stays_wherever_the_writing_fails() {
    // The buffer holds 65536 bytes: before it is full, when it is, and when it has been written out.
    for fails_after in [0, 1, 100, 65_535, 65_536, 65_537, 131_072, 200_000, 1_000_000] {
        for piece in [1 << 10, 1 << 20] {
            let old = Old::new();
            let error = write_whole_with(&old.path, |out| {
                let mut left = fails_after;
                while left > 0 {
                    let now = left.min(piece);
                    out.write_all(&vec![b'x'; now])?;
                    left -= now;
                }
                Err(io::Error::other("the pen broke"))
            });
            assert_eq!(
                error.unwrap_err(),
                format!("{}: cannot be written: the pen broke", old.path.display())
            );
            old.assert_alone(b"old");
        }
    }
}

#[test]
fn the_old_file_stays_until_the_new_one_is_whole() {
    let old = Old::new();
    write_whole_with(&old.path, |out| {
        for _ in 0..4 {
            out.write_all(&[b'x'; 100_000])?;
            out.flush()?;
            assert_eq!(std::fs::read(&old.path)?, b"old");
        }
        Ok(())
    })
    .unwrap();
    old.assert_alone(&[b'x'; 400_000]);
}

#[test]
fn a_panic_while_writing_leaves_the_old_file() {
    let old = Old::new();
    let panics = std::panic::catch_unwind(|| {
        write_whole_with(&old.path, |out| {
            out.write_all(&[b'x'; 100_000])?;
            std::panic::resume_unwind(Box::new(()))
        })
    });
    assert!(panics.is_err());
    old.assert_alone(b"old");
}

#[test]
fn what_came_in_the_way_meanwhile_is_not_replaced() {
    let old = Old::new();
    let inside = old.path.join("inside");
    let error = write_whole_with(&old.path, |out| {
        std::fs::remove_file(&old.path)?;
        std::fs::create_dir(&old.path)?;
        std::fs::write(&inside, "kept")?;
        out.write_all(b"new")
    });
    assert!(error.unwrap_err().contains("cannot be written"));
    assert_eq!(std::fs::read(inside).unwrap(), b"kept");
    assert_eq!(std::fs::read_dir(old.folder.path()).unwrap().count(), 1, "something is left");
}

#[test]
fn a_folder_that_is_gone_meanwhile_is_said() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("figures");
    std::fs::create_dir(&folder).unwrap();
    let error = write_whole_with(&folder.join("a.svg"), |out| {
        std::fs::remove_dir_all(&folder)?;
        out.write_all(b"new")
    });
    assert!(error.unwrap_err().contains("a.svg: cannot be written"));
    assert!(!folder.exists());
}

#[test]
fn a_file_that_is_read_only_stays_and_so_does_one_in_such_a_folder() {
    let old = Old::new();
    let make_read_only = |path: &Path| {
        let before = std::fs::metadata(path).unwrap().permissions();
        let mut permissions = before.clone();
        permissions.set_readonly(true);
        std::fs::set_permissions(path, permissions).unwrap();
        before
    };
    let before = make_read_only(&old.path);
    assert!(write_whole(&old.path, b"new").unwrap_err().ends_with("it is read-only"));
    old.assert_alone(b"old");
    std::fs::set_permissions(&old.path, before).unwrap();
    let before = make_read_only(old.folder.path());
    // The administrator may write there all the same.
    let written = write_whole(&old.path, b"new");
    std::fs::set_permissions(old.folder.path(), before).unwrap();
    old.assert_alone(if written.is_ok() { b"new" } else { b"old" });
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_that_is_full_is_said() {
    for size in [10, 1 << 20] {
        let error = write_whole(Path::new("/dev/full"), &vec![b'x'; size]).unwrap_err();
        assert!(error.starts_with("/dev/full: cannot be written: No space left"), "{error}");
    }
}

/// A folder that processes were ended in while they wrote, some of them just now.
#[test]
fn what_was_left_half_written_is_swept_by_the_next_writing_once_it_is_old() {
    let old = Old::new();
    let at = |name: &str| old.folder.path().join(name);
    let leave = |name: &str, minutes: u64| {
        std::fs::write(at(name), "half").unwrap();
        let then = std::time::SystemTime::now() - std::time::Duration::from_secs(60 * minutes);
        std::fs::File::options().write(true).open(at(name)).unwrap().set_modified(then).unwrap();
    };
    let kept = [".downhill-new.part", "downhill-old.part", ".downhill-old", ".other-old.part"];
    leave(kept[0], 1);
    kept[1..].iter().for_each(|name| leave(name, 1000));
    [".downhill-a.part", ".downhill-b.part"].iter().for_each(|name| leave(name, 60));
    std::fs::create_dir(at(".downhill-folder.part")).unwrap();
    write_whole(&old.path, b"new").unwrap();
    let mut left: Vec<String> = std::fs::read_dir(old.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    let mut expected = [&kept[..], &[".downhill-folder.part", "figure.svg"]].concat();
    expected.sort_unstable();
    assert_eq!(left, expected);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_one_that_leads_nowhere_said() {
    let old = Old::new();
    let at = |name: &str| old.folder.path().join(name);
    std::os::unix::fs::symlink(&old.path, at("good")).unwrap();
    write_whole(&at("good"), b"new").unwrap();
    assert_eq!(std::fs::read(&old.path).unwrap(), b"new");
    assert!(std::fs::symlink_metadata(at("good")).unwrap().is_symlink());
    for to in ["nowhere", "missing/folder", "loop"] {
        let link = at(if to == "loop" { "loop" } else { "dangling" });
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(to, &link).unwrap();
        let error = write_whole(&link, b"new").unwrap_err();
        assert!(error.ends_with(&format!("it is a link to {to}, where there is nothing")), "{error}");
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink() && !at("nowhere").exists());
    }
}

#[test]
fn no_message_names_a_file_that_is_only_there_for_the_writing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing/a.svg");
    let error = write_whole(&path, b"x").unwrap_err();
    let said = error.strip_prefix(&format!("{}: cannot be written: ", path.display())).unwrap();
    assert!(said.starts_with("No such file") && !said.contains("part") && !said.contains('/'), "{error}");
}
