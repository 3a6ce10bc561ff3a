//! The commands as processes: exact output, every exit status, hostile input.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod arguments;
mod check_and_list;
mod derive;
mod eval;
mod explain;
mod graph;
mod hostile;
#[cfg(target_os = "linux")]
mod map;
mod pictures;
mod race;
mod render;
mod run;
#[cfg(unix)]
mod same_file;
mod series;
#[cfg(target_os = "linux")]
mod streams;
mod tables;
#[cfg(target_os = "linux")]
mod terminal;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program, where no window can be opened, in a folder of its own: what it writes by mistake is not written here.
fn command<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_downhill"));
    command.args(arguments).stdin(Stdio::null()).current_dir(env!("CARGO_TARGET_TMPDIR"));
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(display);
    }
    command
}

fn downhill<S: AsRef<OsStr>>(arguments: &[S]) -> Output {
    command(arguments).output().unwrap()
}

fn downhill_reading(input: &[u8], arguments: &[&str]) -> Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input to the end is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

#[track_caller]
fn assert_output(output: &Output, status: i32, stdout: &str, stderr: &str) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(text(&output.stderr), stderr);
    assert_eq!(text(&output.stdout), stdout);
    assert_eq!(output.status.code(), Some(status));
}

/// Nothing on standard output, and on standard error one message that says this.
#[track_caller]
fn assert_refusal(output: &Output, status: i32, says: &str) {
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(stderr.contains(says), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{stderr}");
    assert_eq!(output.status.code(), Some(status), "{stderr}");
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Two runs of one step each, whose numbers are exact.
const TWO_RUNS: &str = r#"
title = "Two \"runs\""
[cost]
formula = "u^2 + v"
variables = ["u", "v"]
[run]
start = [1.0, -0.5]
steps = 1
[[optimizer]]
method = "gd"
learning_rate = 0.25
label = "slow, \"plain\""
[[optimizer]]
method = "nesterov"
learning_rate = 0.5
beta = 0.5
visible = false
"#;

/// More than any pipe holds.
const LONG_RUN: &str = "[cost]\nformula = \"x^2 + 10*y^2\"\n[run]\nsteps = 20000\ntolerance = 0\n[[optimizer]]\nmethod = \"adam\"\n";
