//! What a file, its name or an argument contains never steers the terminal.

use std::process::{Command, Stdio};

use crate::{TWO_RUNS, downhill, write};

/// What clears a screen, renames a window, or does so in one byte, and what turns the direction of writing.
const STEERING: [&str; 6] = ["\u{1b}[2J", "\u{1b}]0;x\u{7}", "\u{9b}2J", "\u{8}\r", "\u{7f}", "\u{202e}"];

#[track_caller]
fn assert_inert(bytes: &[u8], case: &str) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let steers = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || c == '\u{202e}';
    assert!(!text.contains(steers), "{case}: {text:?}");
}

#[test]
fn messages_spell_out_what_would_steer_the_terminal() {
    for steering in STEERING {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let named =
            write(folder.path(), &format!("a{steering}.toml"), "[cost]\nformula = \"x\"\nwrong = 1\n");
        let good = write(folder.path(), &format!("good{steering}.toml"), TWO_RUNS);
        let inside = write(folder.path(), "b.toml", format!("[cost]\nformula = 'x + {steering}'\n"));
        let key = write(folder.path(), "c.toml", format!("\"a{steering}\" = 1\n"));
        let (missing, dir) = (path(&format!("missing{steering}.toml")), path("figures"));
        let formula = format!("x + {steering}");
        let ending = path(&format!("figure.{steering}"));
        for arguments in [
            vec!["run", &named],
            vec!["check", &named, &inside, &key, &missing],
            vec!["render", &inside, "-o", "never.svg"],
            vec!["render", "-d", &dir, "--format", "json", &named, &missing, &good],
            vec!["render", &good, "-o", &ending],
            vec!["run", &good, "-o", &good],
            vec!["run", &good, "-o", &path(&format!("no{steering}/where.json"))],
            vec!["eval", &formula, "--at", "1,2"],
            vec!["eval", "x", "--at", &formula],
            vec!["eval", "x", "--at", "1,2", "--constant", &formula],
            vec!["list", &formula],
            vec![&formula, &formula],
            vec![&missing],
        ] {
            let output = downhill(&arguments);
            assert!(!output.status.success(), "{arguments:?}");
            assert!(!output.stderr.is_empty() || !output.stdout.is_empty());
            assert_inert(&output.stderr, &format!("{arguments:?}"));
            assert_inert(&output.stdout, &format!("{arguments:?}"));
        }
    }
}

/// On a terminal of its own, which `script` makes.
#[test]
fn results_on_a_terminal_spell_out_what_would_steer_it_and_elsewhere_are_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let label = "=\u{1b}[31m\u{9b}red\u{7f}";
    let text = "[cost]\nformula = \"x^2 + y\"\n[run]\nsteps = 1\n[[optimizer]]\nmethod = \"gd\"\n\
                label = \"=\\u001b[31m\\u009bred\\u007f\"\n";
    let scenario = write(folder.path(), "two.toml", text);
    for format in ["csv", "json"] {
        let arguments = ["run", &scenario, "--format", format];
        let piped = String::from_utf8(downhill(&arguments).stdout).unwrap();
        // The apostrophe keeps a spreadsheet from calculating; JSON is for programs.
        let expected = if format == "csv" { format!("'{label}") } else { "=\\u001b[31m".to_owned() };
        assert!(piped.contains(&expected), "{piped}");
        let typed = format!("{} {}", env!("CARGO_BIN_EXE_downhill"), arguments.join(" "));
        let output =
            Command::new("script").args(["-qec", &typed, "/dev/null"]).stdin(Stdio::null()).output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
        assert!(shown.contains("red"), "{shown:?}");
        assert_inert(shown.as_bytes(), format);
    }
}
