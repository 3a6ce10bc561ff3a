//! What the README and its pages say, held against the program: their tables, its commands with their output, its scenario, its links.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::{Command, Stdio};

use downhill::builtin::BUILT_INS;
use downhill::expr::FUNCTIONS;
use downhill::optimizer::METHODS;
use downhill::scenario;

const README: &str = include_str!("../README.md");
const CONTRIBUTING: &str = include_str!("../CONTRIBUTING.md");

/// The text of the only fenced block that is marked with `language`.
fn block(language: &str) -> &'static str {
    let fence = format!("```{language}\n");
    let mut blocks = README.split(&fence).skip(1);
    let block = blocks.next().unwrap().split("```").next().unwrap();
    assert!(blocks.next().is_none(), "there are several {language} blocks");
    block
}

/// Asserts that a file has these rows, in this order and with nothing between them, below a header. With
/// `DOWNHILL_TABLES=write` they are written instead.
fn assert_table(file: &str, header: &str, rows: &[String]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, after) = text.split_once(&format!("{header}\n")).unwrap();
    let table: Vec<&str> = after.lines().skip(1).take_while(|line| line.starts_with('|')).collect();
    if std::env::var_os("DOWNHILL_TABLES").is_some_and(|wish| wish == "write") {
        let line = after.lines().next().unwrap();
        let rest: Vec<&str> = after.lines().skip(1 + table.len()).collect();
        let parts = [before.to_owned() + header, line.to_owned(), rows.join("\n"), rest.join("\n")];
        std::fs::write(path, parts.join("\n") + "\n").unwrap();
        return;
    }
    assert_eq!(table, rows, "{file}: run `DOWNHILL_TABLES=write cargo test --test readme`");
}

#[test]
fn the_functions_are_those_of_formulas() {
    let cells = |function: &downhill::expr::Function| {
        let arguments = match function.arguments() {
            "1 argument" => "x",
            "2 arguments" => "a, b",
            "3 arguments" => "x, low, high",
            _ => "a, b, …",
        };
        let meaning = function.meaning.replace('|', "\\|");
        format!("`{}({arguments})` | {meaning}", function.name)
    };
    let cells: Vec<String> = FUNCTIONS.iter().map(cells).collect();
    let row = |pair: &[String]| match pair {
        [left, right] => format!("| {left} | {right} |"),
        pair => format!("| {} | | |", pair.concat()),
    };
    assert_table(
        "docs/functions.md",
        "| function | meaning | function | meaning |",
        &cells.chunks(2).map(row).collect::<Vec<_>>(),
    );
}

#[test]
fn the_quantities_are_those_of_charts() {
    use downhill::record::quantity::{Against, Quantity};
    use downhill::spelling::Selectable as _;
    let row = |it: &Quantity| {
        let scale = if it.is_logarithmic() { "log" } else { "linear" };
        format!("| `{}` | {} | {scale} |", it.id(), it.explanation())
    };
    let rows: Vec<String> = Quantity::ALL.iter().map(row).collect();
    assert_table("docs/reference.md", "| quantity | what it is | scale |", &rows);
    let rows = Against::ALL.iter().map(|it| format!("| `{}` | {} |", it.id(), it.explanation()));
    assert_table("docs/reference.md", "| against | what it counts |", &rows.collect::<Vec<_>>());
}

#[test]
fn the_presets_are_those_of_figures() {
    let row = |preset: &downhill::figure::page::presets::Preset| {
        let [width, height] = preset.size.map(f32::round);
        let scale = (100.0 * preset.scale).round() / 100.0;
        let (id, name, type_size) = (preset.id, preset.name, preset.type_size);
        format!("| `{id}` | {name} | {width}×{height} | {scale} | {type_size} |")
    };
    let rows: Vec<String> = downhill::figure::page::presets::PRESETS.iter().map(row).collect();
    assert_table("README.md", "| preset | for | points | scale | type |", &rows);
}

#[test]
fn the_methods_are_those_of_the_registry() {
    let row = |m: &downhill::optimizer::Method| {
        format!("| `{}` | {} | {} | {} |", m.id, m.name, m.formula.replace('|', "\\|"), m.source)
    };
    assert_table(
        "docs/methods.md",
        "| id | method | update | source |",
        &METHODS.iter().map(row).collect::<Vec<_>>(),
    );
}

#[test]
fn the_modules_are_those_of_the_library_and_in_their_order() {
    let library = include_str!("../src/lib.rs");
    let modules = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let table = README.split_once("| module | what it is |\n").unwrap().1;
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    let named: Vec<&str> = rows.map(|row| row.split('`').nth(1).unwrap()).collect();
    assert_eq!(named, modules.chain(["main"]).collect::<Vec<_>>());
}

#[test]
fn every_command_prints_what_is_shown() {
    let program = Path::new(env!("CARGO_BIN_EXE_downhill"));
    let paths = std::env::join_paths(
        std::iter::once(program.parent().unwrap().to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let paths = paths.unwrap();
    // A prompt begins its line.
    for session in format!("\n{}", block("console")).split("\n$ ").skip(1) {
        let (command, shown) = session.split_once('\n').unwrap_or((session, ""));
        let output = Command::new("sh")
            .args(["-c", &format!("{{ {command}; }} 2>&1")])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("PATH", &paths)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), shown.trim_end(), "{command}");
    }
}

#[test]
fn the_scenario_is_one() {
    let scenario = scenario::read(block("toml"), "README.md").unwrap();
    assert!(scenario.objective().is_ok());
    assert_eq!(scenario.optimizers.len(), 2);
}

#[test]
fn the_costs_that_are_named_are_built_in() {
    for name in ["Himmelblau", "Rosenbrock"] {
        let is_named = README.contains(name) || CONTRIBUTING.contains(name);
        assert!(is_named && BUILT_INS.iter().any(|row| row.name == name), "{name}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let in_brackets = README.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
    let in_quotes = ["srcset=\"", "src=\""]
        .into_iter()
        .flat_map(|mark| README.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap()));
    for link in in_brackets.chain(in_quotes) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(link.split('#').next().unwrap());
        assert!(path.exists(), "{link}");
    }
    let quoted = README.split('`').chain(CONTRIBUTING.split('`'));
    for path in quoted.filter(|text| text.ends_with(".rs") && text.contains('/')) {
        let is_pattern = path.contains("NAME") || path.contains("GROUP");
        assert!(is_pattern || Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "{path}");
    }
}

/// What the program asks for where it finds no display is what the README and the check before a merge install.
#[cfg(feature = "window")]
#[test]
fn the_packages_of_a_window_are_the_same_everywhere() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_downhill"));
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(display);
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    let package = |word: &&str| word.starts_with("lib") && word.contains(|c: char| c.is_ascii_digit());
    let packages: Vec<&str> = said.split([' ', ';', ',']).filter(package).collect();
    assert!(packages.len() > 5, "{said}");
    let line = packages.join(" ");
    for (name, text) in [("README.md", README), (".ci/run", include_str!("../.ci/run"))] {
        assert!(text.contains(&line), "{name} does not name {line}");
    }
}
