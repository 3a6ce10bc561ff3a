//! What is typed: help, the scenario for the window, words that mean nothing.

use downhill::figure::FigureKind;

use crate::{TWO_RUNS, assert_output, assert_refusal, downhill, downhill_reading, write};

#[test]
fn help_has_an_example_for_every_command() {
    for command in ["run", "render", "eval", "derive", "check", "list"] {
        let output = downhill(&[command, "--help"]);
        let help = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(help.contains(&format!("\n  downhill {command} ")), "{help}");
    }
    let output = downhill(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("Exit status"));
    let of_render = String::from_utf8(downhill(&["render", "--help"]).stdout).unwrap();
    for kind in FigureKind::ALL {
        let ending = kind.ending();
        assert!(help.contains(&ending.to_uppercase()), "{help}");
        assert!(of_render.contains(&format!(".{ending}")), "{of_render}");
    }
    let version = format!("downhill {}\n", env!("CARGO_PKG_VERSION"));
    assert_output(&downhill(&["--version"]), 0, &version, "");
    for wrong in
        [&["run"][..], &["check"], &["list"], &["list", "costs"], &["run", "a", "--format", "xml"], &["--x"]]
    {
        assert_refusal(&downhill(wrong), 2, "downhill: ");
    }
}

#[test]
fn a_scenario_for_the_window_is_read_before_anything_opens() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(folder.path(), "good.toml", TWO_RUNS);
    let wrong = write(folder.path(), "wrong.toml", "[cost]\nformula = \"x+\"\n");
    assert_output(
        &downhill(&[&wrong]),
        2,
        "",
        &format!("{wrong}:2:13: formula: `+` needs something to its right\n"),
    );
    assert_refusal(&downhill(&["missing.toml"]), 1, "downhill: missing.toml: cannot be read: ");
    assert_refusal(&downhill(&["rnu"]), 1, "did you mean the command `downhill run`?");
    assert_refusal(&downhill(&["rnu", &good]), 2, "there is no command `rnu`: did you mean `downhill run`?");
    assert_refusal(
        &downhill(&["evl", "x", "--at", "1,2"]),
        2,
        "there is no command `evl`: did you mean `downhill eval`?",
    );
    assert_refusal(&downhill(&[&good, &wrong]), 2, "expected one scenario to open, or a command");
    assert_refusal(&downhill_reading(b"x", &["-"]), 2, "<stdin>:1:");
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_the_commands_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(folder.path(), "good.toml", TWO_RUNS);
    for arguments in [&[][..], &[good.as_str()]] {
        let output = downhill(arguments);
        assert_refusal(&output, 1, "`downhill run`, `render`, `eval`, `derive`, `check` and `list`");
        assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 1);
    }
}

#[cfg(unix)]
#[test]
fn arguments_need_not_be_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let strange = OsStr::from_bytes(b"a\xffb");
    let word = |text| OsStr::new(text);
    assert_refusal(&downhill(&[strange]), 1, "cannot be read: ");
    assert_refusal(&downhill(&[word("run"), strange]), 1, "cannot be read: ");
    assert_refusal(&downhill(&[word("eval"), strange, word("--at"), word("1,2")]), 2, "invalid UTF-8");
    assert_refusal(&downhill(&[word("eval"), word("x"), word("--at"), strange]), 2, "invalid UTF-8");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(strange);
    std::fs::write(&path, TWO_RUNS).unwrap();
    assert_eq!(downhill(&[word("run"), path.as_os_str()]).status.code(), Some(0));
}
