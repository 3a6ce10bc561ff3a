//! Scenarios whose rows are in a file beside them.

use std::path::Path;

use super::{assert_output, assert_refusal, command, downhill, downhill_reading, write};

/// A scenario whose rows are in a file.
fn over(file: &str, more: &str) -> String {
    format!(
        "[cost]\nformula = \"(a*x + b - y)^2\"\nvariables = [\"a\", \"b\"]\n[data]\nfile = {file:?}\n{more}"
    )
}

/// What `eval` says of a scenario in a folder, at (0, 0).
fn eval(folder: &Path, text: &str) -> (String, String) {
    let path = folder.join("lecture.toml");
    std::fs::write(&path, text).unwrap();
    let arguments = [Path::new("eval"), Path::new("--scenario"), &path, Path::new("--at"), Path::new("0,0")];
    let output = command(&arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

#[test]
fn rows_are_read_from_beside_the_scenario_and_below_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("tables")).unwrap();
    std::fs::write(folder.path().join("plain.csv"), "x,y\n1,2\n3,4\n").unwrap();
    std::fs::write(
        folder.path().join("tables/other.csv"),
        "\u{feff}city;y;x\nBern;2,0;1,0\n\nRoma;4,0;3,0\n",
    )
    .unwrap();
    let inline = over("", "").replace("file = \"\"", "columns = [\"x\", \"y\"]\nrows = [[1, 2], [3, 4]]");
    let (wanted, problem) = eval(folder.path(), &inline);
    assert!(wanted.contains("\"value\":10.0"), "{wanted}{problem}");
    for (file, more) in [
        ("plain.csv", ""),
        ("./plain.csv", ""),
        ("tables/other.csv", ""),
        ("tables/other.csv", "columns = [\"y\", \"x\"]\n"),
    ] {
        assert_eq!(eval(folder.path(), &over(file, more)), (wanted.clone(), String::new()), "{file} {more}");
    }
}

#[test]
fn a_table_is_read_from_nowhere_else_and_what_is_wrong_with_it_is_said_at_its_name() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("lectures");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(above.path().join("secret.csv"), "x,y\n1,2\n").unwrap();
    std::fs::write(folder.join("bad.csv"), "x,y\n1,2\n3,four\n").unwrap();
    std::fs::write(folder.join("head.csv"), "x,y\n").unwrap();
    std::fs::write(folder.join("latin.csv"), b"x,y\n1,2\n# \xe9\n").unwrap();
    std::fs::write(folder.join("twice.csv"), "x,x\n1,2\n").unwrap();
    std::fs::create_dir(folder.join("folder.csv")).unwrap();
    let secret = above.path().join("secret.csv").display().to_string();
    let mut cases = vec![
        (secret.as_str(), "", "is not beside the scenario or below it"),
        ("../secret.csv", "", "is not beside the scenario or below it"),
        ("tables/../../secret.csv", "", "is not beside the scenario or below it"),
        ("C:\\secret.csv", "", "is not beside the scenario or below it"),
        ("", "", "is not beside the scenario or below it"),
        ("missing.csv", "", "cannot be read: "),
        ("bad.csv", "", "line 3, column `y`: `four` is no number"),
        ("head.csv", "", "a table needs at least one column"),
        ("latin.csv", "", "is not a text in UTF-8: byte 10 does not fit"),
        ("twice.csv", "", "two columns are called `x`"),
        ("folder.csv", "", "cannot be read: "),
        ("bad.csv", "columns = [\"z\"]\n", "there is no column `z`; it has x, y"),
        ("bad.csv", "rows = [[1, 2]]\n", "has both `rows` and a `file`"),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(above.path().join("secret.csv"), folder.join("link.csv")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.join("zero.csv")).unwrap();
        cases.push(("link.csv", "", "is a link that leads out of the scenario's folder"));
        cases.push(("zero.csv", "", "is a link that leads out of the scenario's folder"));
    }
    for (file, more, words) in cases {
        let (said, problem) = eval(&folder, &over(file, more));
        assert!(said.is_empty() && problem.contains(words), "{file}: {problem}\ndoes not say: {words}");
        assert!(problem.contains("lecture.toml:"), "{problem}");
        let place = if more.starts_with("rows") { ":6:1: " } else { ":5:8: " };
        assert!(problem.contains(place), "{file}: {problem}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_even_touched() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let (said, problem) = eval(folder.path(), &over("pipe.csv", ""));
    assert!(
        said.is_empty() && problem.contains("`pipe.csv` is a pipe or a device, and no file"),
        "{problem}"
    );
}

#[test]
fn a_scenario_from_standard_input_names_no_table() {
    let output = downhill_reading(over("plain.csv", "").as_bytes(), &["check", "-"]);
    let problem = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(
        problem.contains("`plain.csv` cannot be read: a scenario that is in no file has no folder"),
        "{problem}"
    );
    assert_ne!(output.status.code(), Some(0));
}

#[test]
fn more_than_64_mib_are_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let file = std::fs::File::create(folder.path().join("large.csv")).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    let (said, problem) = eval(folder.path(), &over("large.csv", ""));
    assert!(said.is_empty() && problem.contains("is larger than 64 MiB"), "{problem}");
}

#[test]
fn the_contours_before_scaling_are_drawn_or_it_is_said_why_not() {
    let folder = tempfile::tempdir().unwrap();
    let figure = folder.path().join("figure.svg");
    let render = |scale: &str| {
        let rows = "columns = [\"x\", \"y\"]\nrows = [[1, 2], [2, 3], [4, 5]]";
        let text = over("", scale).replace("file = \"\"", rows);
        let scenario = write(folder.path(), "rows.toml", text);
        downhill(&["render", &scenario, "-o", figure.to_str().unwrap(), "--view", "unscaled"])
    };
    assert_refusal(&render(""), 2, "--view unscaled: no column has a scale");
    assert!(!figure.exists());
    assert_output(&render("scale = { x = \"standardize\" }\n"), 0, "", "");
    let drawn = std::fs::read_to_string(&figure).unwrap();
    for words in [">a per x<", ">b at x = 0<", " per sd of x = "] {
        assert!(drawn.contains(words), "{words}");
    }
}
