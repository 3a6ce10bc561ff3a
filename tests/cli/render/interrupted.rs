//! Figures that are not written to the end: what was there before stays, whole.

use std::ffi::OsString;
use std::path::PathBuf;
#[cfg(unix)]
use std::process::Command;
use std::time::Instant;

use super::text;
use crate::{TWO_RUNS, assert_output, assert_refusal, command, downhill, write};

#[test]
fn what_cannot_be_written_leaves_the_old_figure() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let wrong = write(folder.path(), "wrong.toml", "[cost]\n");
    let old = write(folder.path(), "old.svg", "old");
    let size = ["--size", "300x200"];
    let draw =
        |scenario: &str, figure: &str| downhill(&[&["render", scenario, "-o", figure][..], &size].concat());
    assert_refusal(&draw(&wrong, &old), 2, "wrong.toml:1:1: ");
    let mut permissions = std::fs::metadata(&old).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&old, permissions).unwrap();
    assert_refusal(&draw(&scenario, &old), 1, "it is read-only");
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "old");
    let nowhere = folder.path().join("missing/figure.png");
    assert_refusal(&draw(&scenario, text(&nowhere)), 1, "cannot be written");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    let in_the_way = ["render", &scenario, "-d", &old, "--format", "svg"];
    assert_refusal(&downhill(&in_the_way), 1, "cannot be made a folder");
    #[cfg(target_os = "linux")]
    {
        let full = [&["render", &scenario, "-o", "/dev/full", "--format", "svg"][..], &size].concat();
        assert_refusal(&downhill(&full), 1, "No space left on device");
    }
}

const KINDS: [&str; 4] = ["svg", "png", "pdf", "gif"];

/// An old figure and the bytes of the one that is to take its place.
struct Replacement {
    folder: tempfile::TempDir,
    arguments: [String; 8],
    figure: PathBuf,
    old: Vec<u8>,
    new: Vec<u8>,
}

impl Replacement {
    fn of(kind: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/scenarios/himmelblau.toml");
        let figure = folder.path().join("figure").with_extension(kind);
        let arguments = |step: &str| {
            ["render", scenario, "-o", text(&figure), "--size", "400x300", "--step", step].map(str::to_owned)
        };
        let draw = |step: &str| {
            assert_output(&downhill(&arguments(step)), 0, "", "");
            std::fs::read(&figure).unwrap()
        };
        let new = draw("9");
        let old = draw("2");
        assert!(old != new && new.len() > 8192, "{kind}: {} bytes", new.len());
        let arguments = arguments("9");
        Self { folder, arguments, figure, old, new }
    }

    /// Whether the file is the new one, which it is whole; otherwise it is the old one, whole.
    #[track_caller]
    fn is_new(&self) -> bool {
        let found = std::fs::read(&self.figure).unwrap();
        assert!(found == self.old || found == self.new, "neither the old nor the new file is there");
        found == self.new
    }

    fn files(&self) -> Vec<OsString> {
        std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    }
}

#[test]
fn a_figure_is_the_old_one_or_the_new_one_whenever_the_program_is_killed() {
    for kind in KINDS {
        let figure = Replacement::of(kind);
        let begun = Instant::now();
        assert_output(&downhill(&figure.arguments), 0, "", "");
        let whole = begun.elapsed();
        assert!(figure.is_new());
        // The moments reach from the start to beyond the end; the last ones are when it begins to write.
        for moment in 0..24 {
            std::fs::write(&figure.figure, &figure.old).unwrap();
            let mut child = command(&figure.arguments).spawn().unwrap();
            if moment < 16 {
                std::thread::sleep(whole * moment / 14);
            } else {
                let state = || (figure.files().len(), std::fs::metadata(&figure.figure).unwrap().len());
                let before = state();
                while state() == before && child.try_wait().unwrap().is_none() {}
            }
            child.kill().unwrap();
            let has_ended = child.wait().unwrap().success();
            assert!(figure.is_new() || !has_ended, "{kind}: it said that it was done");
        }
    }
}

/// The program may not write files of more than a few kilobytes, as if the disk were full.
#[cfg(unix)]
#[test]
fn a_figure_that_does_not_fit_leaves_the_old_one_and_nothing_else() {
    for kind in KINDS {
        let figure = Replacement::of(kind);
        let output = Command::new("sh")
            .args(["-c", "ulimit -f 4 && trap '' XFSZ && exec \"$@\"", "sh", env!("CARGO_BIN_EXE_downhill")])
            .args(&figure.arguments)
            .output()
            .unwrap();
        assert_refusal(
            &output,
            1,
            &format!("{}: cannot be written: File too large", figure.figure.display()),
        );
        assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 1, "{kind}");
        assert!(!figure.is_new());
        assert_eq!(figure.files().len(), 1, "{kind}: {:?}", figure.files());
    }
}
