//! Hostile files, and output that nobody takes.

use std::io::Read as _;
use std::process::Stdio;

use crate::{LONG_RUN, assert_output, assert_refusal, command, downhill, downhill_reading, write};

#[test]
fn hostile_scenarios_are_refused_in_words() {
    let nested = format!("[cost]\nformula = \"{}x{}\"", "(".repeat(2000), ")".repeat(2000));
    let deep = format!("x = {}", "[".repeat(100_000));
    let cases: &[(&[u8], &str)] = &[
        (b"", "<stdin>:1:1: [cost] is missing"),
        (b"[cost]\nformula = \"x\0\"", "<stdin>:2:13: "),
        (b"\0\0\0", "<stdin>:1:1: "),
        (b"\xff\xfe[\0c\0", "not a text in UTF-8: byte 0 does not fit"),
        (b"[cost]\nformula = \"x^1e999\"", "<stdin>:2:"),
        (b"[cost]\nformula = \"x\"\n[run]\nsteps = 99999999999999999999", "<stdin>:4:"),
        (b"[cost]\nformula = \"x\"\n[run]\nstart = [1e999, 0]", "<stdin>:4:"),
        (b"[cost]\nformula = \"x\"\nformula = \"y\"", "<stdin>:3:1: `formula` is given twice"),
        (deep.as_bytes(), "<stdin>:1:"),
        (&[b'#'; (1 << 20) + 1], "larger than 1 MiB"),
    ];
    for (text, says) in cases {
        assert_refusal(&downhill_reading(text, &["run", "-"]), 2, says);
    }
    let output = downhill_reading(nested.as_bytes(), &["run", "-"]);
    assert!(matches!(output.status.code(), Some(0 | 2)), "{output:?}");
}

#[test]
fn huge_numbers_end_a_run_and_not_the_program() {
    let text = "[cost]\nformula = \"1e300*x^4 + exp(y)\"\n[run]\nstart = [1e60, 700.0]\n";
    let output = downhill_reading(text.as_bytes(), &["run", "-"]);
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for run in json["runs"].as_array().unwrap() {
        assert!(["diverged", "not_finite"].contains(&run["outcome"]["kind"].as_str().unwrap()), "{run}");
    }
}

#[test]
fn what_cannot_be_read_is_the_works_failure() {
    let folder = tempfile::tempdir().unwrap();
    let folder_name = folder.path().to_str().unwrap();
    for command in ["run", "check"] {
        assert_refusal(&downhill(&[command, folder_name]), 1, "cannot be read: ");
        assert_refusal(&downhill(&[command, "missing.toml"]), 1, "missing.toml: cannot be read: ");
    }
    assert_refusal(&downhill(&[folder_name]), 1, "cannot be read: ");
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "long.toml", LONG_RUN);
    for format in ["json", "csv"] {
        let mut child = command(&["run", &scenario, "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 100];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        assert_output(&child.wait_with_output().unwrap(), 0, "", "");
    }
    for arguments in [&["--help"][..], &["list", "functions"], &["eval", "x", "--at", "1,2"]] {
        let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        assert_output(&child.wait_with_output().unwrap(), 0, "", "");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for arguments in [&["--help"][..], &["list", "functions"], &["eval", "x", "--at", "1,2"]] {
        let output = command(arguments).stdout(full()).output().unwrap();
        assert_refusal(&output, 1, "downhill: standard output cannot be written: No space left on device");
    }
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "long.toml", LONG_RUN);
    assert_refusal(&downhill(&["run", &scenario, "-o", "/dev/full"]), 1, "No space left on device");
    let told_nobody = command(&["run", "missing.toml"]).stderr(full()).output().unwrap();
    assert_eq!(told_nobody.status.code(), Some(1));
}
