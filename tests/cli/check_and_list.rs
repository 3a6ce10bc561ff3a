//! `downhill check` and `downhill list`.

use std::path::{Path, PathBuf};

use downhill::builtin::BUILT_INS;
use downhill::optimizer::METHODS;

use crate::{TWO_RUNS, assert_output, downhill, downhill_reading, write};

fn assets() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn check_is_silent_about_every_example() {
    let mut arguments = vec![PathBuf::from("check")];
    arguments.extend(assets());
    assert_output(&downhill(&arguments), 0, "", "");
}

#[test]
fn check_goes_on_past_a_bad_file() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(folder.path(), "good.toml", TWO_RUNS);
    let typo = write(folder.path(), "typo.toml", "[cost]\nfunktion = \"rosenbrock\"\n");
    let escape = write(folder.path(), "escape.toml", "[cost]\nformula = \"x + \\u001b\"\n");
    let binary = write(folder.path(), "binary.toml", b"[cost]\n\xff\xfe");
    let missing = folder.path().join("missing.toml").to_str().unwrap().to_owned();

    let findings = format!(
        "{typo}:2:1: unknown key `funktion` in [cost]: did you mean `function`?\n\
         {escape}:2:16: formula: `\\u{{1b}}` has no meaning in a formula\n\
         downhill: {binary}: not a text in UTF-8: byte 7 does not fit\n"
    );
    let not_there = format!("downhill: {missing}: cannot be read: No such file or directory (os error 2)\n");
    let all = [&typo, &missing, &good, &escape, &binary].map(String::as_str);
    let arguments: Vec<&str> = ["check"].into_iter().chain(all).collect();
    assert_output(&downhill(&arguments), 2, &findings, &not_there);
    assert_output(&downhill(&["check", &good, &missing, &good]), 1, "", &not_there);
    assert_output(
        &downhill_reading(b"", &["check", "-"]),
        2,
        "<stdin>:1:1: [cost] is missing: a scenario needs a [cost] with a `formula` or a `function`\n",
        "",
    );
}

#[test]
fn lists_hold_every_row() {
    for (table, rows) in [
        ("functions", BUILT_INS.iter().map(|row| (row.id, row.name)).collect::<Vec<_>>()),
        ("optimizers", METHODS.iter().map(|method| (method.id, method.name)).collect()),
    ] {
        let json = downhill(&["list", table, "--format", "json"]);
        assert_eq!(json.status.code(), Some(0));
        let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        let listed: Vec<(&str, &str)> = json
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["id"].as_str().unwrap(), row["name"].as_str().unwrap()))
            .collect();
        assert_eq!(listed, rows);

        let text = downhill(&["list", table]);
        assert_eq!(text.status.code(), Some(0));
        let text = String::from_utf8(text.stdout).unwrap();
        for (id, name) in rows {
            let row = |line: &&str| line.trim_start().starts_with(&format!("{id} ")) && line.contains(name);
            assert_eq!(text.lines().filter(row).count(), 1, "{id}");
        }
    }
}

#[test]
fn a_listed_row_says_everything() {
    let rows = |table| -> serde_json::Value {
        serde_json::from_slice(&downhill(&["list", table, "--format", "json"]).stdout).unwrap()
    };
    let functions = rows("functions");
    let rosenbrock = functions.as_array().unwrap().iter().find(|row| row["id"] == "rosenbrock").unwrap();
    assert_eq!(rosenbrock["constants"].to_string(), r#"{"a":1.0,"b":100.0}"#);
    assert_eq!(rosenbrock["variables"].to_string(), r#"["x","y"]"#);
    assert_eq!(rosenbrock["minima"].to_string(), "[[1.0,1.0]]");
    assert_eq!(rosenbrock["goal"], "minimize");
    let rates = downhill::builtin::find("rosenbrock").unwrap().rates;
    assert_eq!(rosenbrock["rates"].as_object().unwrap().len(), rates.len());
    let momentum = &rows("optimizers")[1];
    assert_eq!(momentum["parameters"][1]["id"], "beta");
    assert_eq!(momentum["parameters"][1]["default"], 0.9);
    assert_eq!(momentum["parameters"][2]["options"][1]["id"], "ewma");
}
