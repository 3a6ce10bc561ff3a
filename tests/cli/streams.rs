//! Pipes and devices in the place of files: what ends is read, what does not is bounded, and nothing waits for ever.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::{TWO_RUNS, assert_output, assert_refusal, command, downhill, write};

/// A program that may take no more than this of address space and of processor time, which the shell sees to.
pub fn bounded(megabytes: u32, seconds: u32, arguments: &[&str]) -> Command {
    let mut shell = Command::new("sh");
    let limits = format!("ulimit -v {}; ulimit -t {seconds}; exec \"$@\"", megabytes << 10);
    shell.args(["-c", &limits, "sh", env!("CARGO_BIN_EXE_downhill")]).args(arguments).stdin(Stdio::null());
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        shell.env_remove(display);
    }
    shell
}

fn fifo(folder: &Path, name: &str) -> String {
    let path = folder.join(name).to_str().unwrap().to_owned();
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    path
}

/// Runs a command that reads `fifo` while `bytes` are written into it.
fn through(fifo: &str, bytes: &[u8], command: &mut Command) -> Output {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It opens when the command does, or when the command has ended and this test stands still.
    let _ = std::fs::OpenOptions::new().write(true).open(fifo).unwrap().write_all(bytes);
    child.wait_with_output().unwrap()
}

#[test]
fn commands_read_pipes() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = fifo(folder.path(), "pipe.toml");
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let expected = downhill(&["run", &scenario]).stdout;
    assert!(through(&pipe, TWO_RUNS.as_bytes(), &mut command(&["run", &pipe])).stdout == expected);
    let output = through(&pipe, TWO_RUNS.as_bytes(), &mut command(&["check", &pipe]));
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

/// Nothing is asked of what does not end but a little of it.
#[test]
fn what_never_ends_is_refused_by_every_command_in_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (link, figure) = (path("link.toml"), path("figure.svg"));
    std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
    for endless in ["/dev/zero", "/dev/urandom", &link] {
        for arguments in [
            vec!["run", endless],
            vec!["check", endless],
            vec!["render", endless, "-o", &figure],
            vec!["render", endless, "-o", &figure, "--watch"],
            vec!["render", "-d", folder.path().to_str().unwrap(), "--format", "png", endless],
            vec![endless],
        ] {
            let output = bounded(1500, 5, &arguments).output().unwrap();
            let status = output.status.code();
            assert!(matches!(status, Some(1 | 2)), "{arguments:?}: {output:?}");
        }
    }
    let zeros = || std::fs::File::open("/dev/zero").unwrap();
    for arguments in [vec!["run", "-"], vec!["check", "-"], vec!["render", "-", "-o", &figure], vec!["-"]] {
        let output = bounded(1500, 5, &arguments).stdin(zeros()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    }
    // It begins like a picture, and goes on.
    let pipe = fifo(folder.path(), "pipe.png");
    let picture = [b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; 80 << 20]].concat();
    let output = through(&pipe, &picture, &mut bounded(1500, 5, &["run", &pipe]));
    assert_refusal(&output, 2, "a picture of more than 64 MiB");
}

/// As those are that are made as large as they may be.
#[test]
fn a_picture_of_any_length_gives_the_scenario_at_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let expected = downhill(&["run", &scenario]).stdout;
    for (ending, more) in [("png", "\0"), ("svg", "é"), ("pdf", "\0")] {
        let path = folder.path().join(format!("long.{ending}")).to_str().unwrap().to_owned();
        assert_output(&downhill(&["render", &scenario, "-o", &path, "--size", "300x200"]), 0, "", "");
        // An odd number of letters of two bytes, so that one is cut where reading ends.
        let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
        if file.metadata().unwrap().len().is_multiple_of(2) {
            file.write_all(b" ").unwrap();
        }
        file.write_all(more.repeat((80 << 20) / more.len()).as_bytes()).unwrap();
        let output = bounded(1500, 5, &["run", &path]).output().unwrap();
        assert!(output.stdout == expected, "{ending}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn what_is_watched_or_opened_in_a_window_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody ever writes into it.
    let pipe = fifo(folder.path(), "pipe.toml");
    let figure = folder.path().join("figure.svg").to_str().unwrap().to_owned();
    let refused = bounded(1500, 5, &["render", &pipe, "-o", &figure, "--watch"]).output().unwrap();
    assert_refusal(&refused, 2, "a pipe or a device cannot be watched");
    let refused = bounded(1500, 5, &[&pipe]).output().unwrap();
    assert_refusal(&refused, 1, "a pipe or a device, and no file that can be opened");
}
