//! `downhill map`.

use serde_json::Value;

use crate::{assert_refusal, downhill, downhill_reading};

const HIMMELBLAU: &str = r#"
[cost]
formula = "(x^2+y-11)^2 + (x+y^2-7)^2"
[window]
x = [-5.0, 5.0]
y = [-5.0, 5.0]
[run]
start = [0.0, 0.0]
steps = 300
tolerance = 1e-6
[[optimizer]]
method = "gd"
learning_rate = 0.01
[[optimizer]]
method = "momentum"
learning_rate = 0.005
"#;

fn map(arguments: &[&str]) -> std::process::Output {
    downhill_reading(HIMMELBLAU.as_bytes(), &[&["map", "-"], arguments].concat())
}

fn text(output: std::process::Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_row_is_the_run_from_its_start() {
    let csv = text(map(&["--kind", "basins", "--run", "2", "--size", "5x4"]));
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("start_x,start_y,outcome,step,end_x,end_y,value,optimum"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 20);
    assert_eq!(
        (rows[0][0], rows[0][1], rows[1][0], rows[19][0], rows[19][1]),
        ("-5.0", "-5.0", "-2.5", "5.0", "5.0")
    );
    let json: Value = serde_json::from_str(&text(map(&[
        "--kind", "basins", "--run", "2", "--size", "5x4", "--format", "json",
    ])))
    .unwrap();
    let optima = json["optima"].as_array().unwrap();
    assert_eq!(json["columns"].as_array().unwrap().len(), 8);
    for (row, of_json) in rows.iter().zip(json["rows"].as_array().unwrap()) {
        let start = format!("start = [{}, {}]", row[0], row[1]);
        let scenario = HIMMELBLAU.replace("start = [0.0, 0.0]", &start);
        let run = downhill_reading(scenario.as_bytes(), &["run", "-"]);
        let whole: Value = serde_json::from_slice(&run.stdout).unwrap();
        let run = &whole["runs"][1];
        assert_eq!(run["outcome"]["kind"], row[2]);
        assert_eq!(run["outcome"]["step"].to_string(), row[3]);
        let last = run["points"].as_array().unwrap().last().unwrap();
        for axis in 0..2 {
            // The reader of JSON may be off by a last bit.
            let of_csv: f64 = row[4 + axis].parse().unwrap();
            assert!((last[axis].as_f64().unwrap() - of_csv).abs() <= 4.0 * f64::EPSILON * of_csv.abs());
            assert_eq!(of_json[4 + axis], last[axis]);
        }
        match of_json[7].as_u64() {
            Some(place) => {
                assert_eq!((row[2], row[7]), ("converged", place.to_string().as_str()));
                let at = &optima[usize::try_from(place).unwrap()];
                let apart =
                    (0..2).map(|axis| (at[axis].as_f64().unwrap() - last[axis].as_f64().unwrap()).abs());
                assert!(apart.fold(0.0, f64::max) < 1e-4);
            }
            None => assert_eq!(row[7], ""),
        }
    }
}

#[test]
fn a_sweep_has_a_row_for_each_pair_of_parameters() {
    let typed = [
        "--kind",
        "sweep",
        "--run",
        "2",
        "--x",
        "learning_rate=1e-4..1",
        "--y",
        "beta=0..0.99",
        "--size",
        "5x3",
    ];
    let csv = text(map(&typed));
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("x,y,outcome,step,value"));
    let rows: Vec<&str> = lines.collect();
    assert_eq!(rows.len(), 15);
    assert!(rows[0].starts_with("0.0001,0.0,") && rows[14].starts_with("1.0,0.99,"), "{rows:?}");
    let json: Value =
        serde_json::from_str(&text(map(&[&typed[..], &["--format", "json"]].concat()))).unwrap();
    assert_eq!((&json["x"], &json["y"]), (&"learning_rate".into(), &"beta".into()));
    assert_eq!(json["rows"].as_array().unwrap().len(), 15);
}

#[test]
fn a_map_goes_to_a_file_whose_ending_says_how_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("map.json");
    let name = file.to_str().unwrap();
    assert!(text(map(&["--kind", "basins", "--size", "2x2", "-o", name])).is_empty());
    let json: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(json["rows"].as_array().unwrap().len(), 4);
}

#[test]
fn what_cannot_be_mapped_says_what_and_what_to_do() {
    let line = "[cost]\nformula = \"x^2\"\nvariables = [\"x\"]\n";
    let one = downhill_reading(line.as_bytes(), &["map", "-", "--kind", "basins"]);
    assert_refusal(&one, 2, "a map needs a cost of two variables, and this one has one");
    for (arguments, words) in [
        (&["--kind", "basins", "--run", "3"][..], "--run 3: the scenario has 2 runs, from 1 to 2"),
        (&["--kind", "basins", "--run", "0"], "--run 0: the scenario has 2 runs, from 1 to 2"),
        (&["--kind", "basins", "--x", "learning_rate"], "--x and --y belong to --kind sweep"),
        (
            &["--kind", "sweep", "--x", "learning_rate"],
            "--y: a sweep needs a parameter of Gradient descent along each axis",
        ),
        (
            &["--kind", "sweep", "--x", "rate=1..2", "--y", "beta"],
            "--x: Gradient descent has no parameter `rate`",
        ),
        (
            &["--kind", "sweep", "--x", "learning_rate=1", "--y", "beta"],
            "`1` is no range: write it as in `learning_rate=1e-4..1`",
        ),
        (&["--kind", "sweep", "--run", "2", "--x", "beta", "--y", "beta"], "--x and --y are both `beta`"),
        (&["--kind", "basins", "--size", "1x5"], "expected two numbers from 2 to 4096, such as 64x64"),
        (
            &["--kind", "basins", "--size", "99999x99999"],
            "expected two numbers from 2 to 4096, such as 64x64",
        ),
        (&["--kind", "basins", "-o", "map.txt"], "`.txt` does not say how a map is written"),
        (&["--kind", "nonsense"], "nonsense"),
    ] {
        assert_refusal(&map(arguments), 2, words);
    }
    let missing = downhill(&["map", "no-such-file.toml", "--kind", "basins"]);
    assert!(!missing.status.success());
}

#[test]
fn the_picture_of_a_map_is_drawn_and_carries_what_it_is_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let [drawn, again, rendered] = ["a.svg", "b.svg", "c.svg"].map(|name| folder.path().join(name));
    let name = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    assert!(text(map(&["--kind", "basins", "--run", "2", "-o", &name(&drawn)])).is_empty());
    let svg = std::fs::read_to_string(&drawn).unwrap();
    for words in ["(3, 2)", "(3.584, \u{2212}1.848)", " %"] {
        assert!(svg.contains(words), "{words}");
    }
    // The same bytes by the other command, and from the picture itself.
    let render = ["render", "-", "-o", &name(&rendered), "--view", "map", "--run", "2"];
    assert!(downhill_reading(HIMMELBLAU.as_bytes(), &render).status.success());
    assert!(downhill(&["render", &name(&drawn), "-o", &name(&again)]).status.success());
    let bytes = |path: &std::path::Path| std::fs::read(path).unwrap();
    assert!(bytes(&drawn) == bytes(&rendered) && bytes(&drawn) == bytes(&again));
    let sweep =
        map(&["--kind", "sweep", "--run", "2", "--x", "learning_rate", "--y", "beta", "-o", "sweep.png"]);
    assert_refusal(&sweep, 2, "a sweep is written as numbers");
    let line = "[cost]\nformula = \"x^2\"\nvariables = [\"x\"]\n";
    let one = downhill_reading(line.as_bytes(), &["render", "-", "-o", &name(&again), "--view", "map"]);
    assert_refusal(&one, 2, "--view map: a map needs a cost of two variables");
    let too_many = downhill_reading(
        HIMMELBLAU.as_bytes(),
        &["render", "-", "-o", &name(&again), "--view", "map", "--run", "9"],
    );
    assert_refusal(&too_many, 2, "--run 9: the scenario has 2 runs");
}

#[test]
fn a_file_that_asks_for_it_is_drawn_as_a_hill_in_the_light_and_others_are_flat() {
    let draw = |view: &str| {
        let scenario = format!("{HIMMELBLAU}{view}");
        downhill_reading(scenario.as_bytes(), &["render", "-", "-o", "-", "--format", "svg", "--no-scenario"])
            .stdout
    };
    let (flat, lit) = (draw(""), draw("[view]\nrelief = 0.6\n"));
    assert!(!flat.is_empty() && flat != lit);
    assert!(flat == draw("[view]\nopen = [\"race\"]\n"));
}
