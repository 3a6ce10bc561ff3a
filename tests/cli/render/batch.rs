//! Several scenarios.

use super::text;
use crate::{TWO_RUNS, downhill, write};

#[test]
fn one_that_fails_does_not_keep_the_others_from_being_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(folder.path(), "good.toml", TWO_RUNS);
    let wrong = write(folder.path(), "wrong.toml", "[cost]\nformula = \"x +\"\n");
    let dir = folder.path().join("new/figures");
    let missing = folder.path().join("missing.toml");
    let scenarios = [wrong.as_str(), text(&missing), &good];
    let mut arguments = vec!["render"];
    arguments.extend(scenarios);
    arguments.extend(["-d", text(&dir), "--format", "svg", "--size", "300x200"]);
    let output = downhill(&arguments);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert_eq!(lines.len(), 3, "{stderr}");
    assert!(lines[0].starts_with(&format!("{wrong}:2:")), "{stderr}");
    assert!(lines[1].contains("missing.toml: cannot be read"), "{stderr}");
    assert_eq!(lines[2], "downhill: 2 of 3 figures not drawn");
    let drawn: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(drawn, ["good.svg"]);
}
