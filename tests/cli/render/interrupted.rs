//! Figures that are not written to the end: what was there before stays, whole.

use super::text;
use crate::{TWO_RUNS, assert_refusal, downhill, write};

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
