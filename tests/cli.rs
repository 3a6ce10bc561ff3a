//! The commands as processes: exact output, every exit status, hostile input.

use std::ffi::OsStr;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use downhill::objective::builtin::BUILT_INS;
use downhill::optimizer::{Limits, METHODS, Run, Trajectory};
use downhill::scenario;

/// The program, where no window can be opened.
fn command<S: AsRef<OsStr>>(arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_downhill"));
    command.args(arguments).stdin(Stdio::null());
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

fn assets() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn eval_prints_value_gradient_and_hessian_a_line_for_each_point() {
    let parabola =
        r#"{"point":[-1.0,2.0],"value":-1.0,"gradient":[2.0,0.0],"hessian":[[-2.0,0.0],[0.0,0.0]]}"#;
    for (arguments, lines) in [
        (
            &["x^2+10*y^2", "--at", "1,2"][..],
            vec![
                r#"{"point":[1.0,2.0],"value":41.0,"gradient":[2.0,40.0],"hessian":[[2.0,0.0],[0.0,20.0]]}"#,
            ],
        ),
        (&["-x^2", "--at", "-1,2"], vec![parabola]),
        (&["--at=-1,2", "-x^2", "--at", " −1 , 2 "], vec![parabola, parabola]),
        (
            &["a*x*y", "--constant", "a=-1", "--at", "2,3"],
            vec![
                r#"{"point":[2.0,3.0],"value":-6.0,"gradient":[-3.0,-2.0],"hessian":[[0.0,-1.0],[-1.0,0.0]]}"#,
            ],
        ),
        (
            &["x^1.5 + y", "--at", "0,1e200"],
            vec![
                r#"{"point":[0.0,1e+200],"value":1e+200,"gradient":[0.0,1.0],"hessian":[[null,0.0],[0.0,0.0]]}"#,
            ],
        ),
        (
            &["ln(x)", "--at", "-1,0"],
            vec![
                r#"{"point":[-1.0,0.0],"value":null,"gradient":[null,null],"hessian":[[null,null],[null,null]]}"#,
            ],
        ),
    ] {
        let arguments: Vec<&str> = ["eval"].iter().chain(arguments).copied().collect();
        assert_output(&downhill(&arguments), 0, &(lines.join("\n") + "\n"), "");
    }
}

#[test]
fn eval_draws_carets_under_the_wrong_characters() {
    let cases = [
        (
            "θ₀ + αβ + volume",
            "unknown name `volume`: the variables are x and y; every other letter needs a value as a constant",
            "\n  θ₀ + αβ + volume\n            ^^^^^^",
        ),
        ("x^2 + ", "`+` needs something to its right", "\n  x^2 +\n      ^"),
        ("(x", "this `(` is never closed", "\n  (x\n  ^"),
        ("x + \u{1b}[2J", "`\\u{1b}` has no meaning in a formula", "\n  x +  [2J\n      ^"),
        (" ", "the formula is empty: type a cost such as x^2 + 10*y^2", ""),
    ];
    for (formula, sentence, carets) in cases {
        let constants = ["--constant", "theta0=1", "--constant", "α=2", "--constant", "beta=3"];
        let arguments: Vec<&str> =
            ["eval", formula, "--at", "0,0"].iter().chain(&constants).copied().collect();
        assert_output(&downhill(&arguments), 2, "", &format!("downhill: {sentence}{carets}\n"));
    }
}

#[test]
fn eval_says_what_it_expected() {
    let long = "x+".repeat(3000) + "x";
    let cases: &[(&[&str], &str)] = &[
        (&["x"], "--at <X,Y>"),
        (&["--at", "1,2"], "<FORMULA>"),
        (&["x", "--at", "1"], "expected two numbers with a comma between them"),
        (&["x", "--at", "1,2,3"], "expected two numbers"),
        (&["x", "--at", "1,nan"], "both must be finite"),
        (&["x", "--at", "1,1e999"], "both must be finite"),
        (&["x", "--at"], "--at <X,Y>"),
        (&["x", "--at", "1,2", "--constant", "a"], "expected a name and a number, as in a=-1.5"),
        (&["x", "--at", "1,2", "--constant", "a=inf"], "the number must be finite"),
        (&["x", "--at", "1,2", "--constant", "y=1"], "`y` is a variable"),
        (&["θ", "--at", "1,2", "--constant", "θ=1", "--constant", "theta=2"], "`θ` is given twice"),
        (&["x", "--at", "1,2", "--constnat", "a=1"], "'--constant'"),
        (&[&long, "--at", "1,2"], "at most 4096 are read"),
    ];
    for (arguments, says) in cases {
        let arguments: Vec<&str> = ["eval"].iter().chain(*arguments).copied().collect();
        assert_refusal(&downhill(&arguments), 2, says);
    }
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

#[test]
fn run_writes_json() {
    let expected = concat!(
        r#"{"title":"Two \"runs\"","runs":["#,
        "\n",
        r#"{"method":"gd","label":"slow, \"plain\"","parameters":{"learning_rate":0.25},"#,
        r#""outcome":{"kind":"steps","step":1,"text":"the only step taken, |gradient| 1.4e+00"},"#,
        r#""evaluations":{"value":2,"gradient":2,"hessian":0},"points":[[1.0,-0.5],[0.5,-0.75]],"#,
        r#""values":[0.5,-0.5],"gradient_norms":[2.23606797749979,1.4142135623730951]},"#,
        "\n",
        r#"{"method":"nesterov","label":"Nesterov","parameters":{"learning_rate":0.5,"beta":0.5},"#,
        r#""outcome":{"kind":"steps","step":1,"text":"the only step taken, |gradient| 1.0e+00"},"#,
        r#""evaluations":{"value":2,"gradient":3,"hessian":0},"points":[[1.0,-0.5],[0.0,-1.0]],"#,
        r#""values":[0.5,-1.0],"gradient_norms":[2.23606797749979,1.0],"lookahead_points":[[1.0,-0.5],[-0.5,-1.25]]}"#,
        "\n]}\n"
    );
    assert_output(&downhill_reading(TWO_RUNS.as_bytes(), &["run", "-"]), 0, expected, "");
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "two.toml", TWO_RUNS);
    assert_output(&downhill(&["run", &file, "--format", "json"]), 0, expected, "");
    assert_eq!(serde_json::from_str::<serde_json::Value>(expected).unwrap()["title"], "Two \"runs\"");
}

#[test]
fn run_writes_csv_with_the_variables_own_names() {
    let expected = "\
run,method,label,step,u,v,value,gradient_u,gradient_v,gradient_norm
1,gd,\"slow, \"\"plain\"\"\",0,1.0,-0.5,0.5,2.0,1.0,2.23606797749979
1,gd,\"slow, \"\"plain\"\"\",1,0.5,-0.75,-0.5,1.0,1.0,1.4142135623730951
2,nesterov,Nesterov,0,1.0,-0.5,0.5,2.0,1.0,2.23606797749979
2,nesterov,Nesterov,1,0.0,-1.0,-1.0,0.0,1.0,1.0
";
    assert_output(&downhill_reading(TWO_RUNS.as_bytes(), &["run", "-", "--format", "csv"]), 0, expected, "");
}

#[test]
fn what_is_not_finite_is_null_in_json_and_named_in_csv() {
    let scenario =
        "[cost]\nformula = \"1/x + ln(y)\"\n[run]\nstart = [0.0, -1.0]\n[[optimizer]]\nmethod = \"gd\"\n";
    let json = downhill_reading(scenario.as_bytes(), &["run", "-"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let run = &json["runs"][0];
    assert_eq!(run["outcome"]["kind"], "not_finite");
    assert_eq!(run["values"].to_string(), "[null]");
    assert_eq!(run["points"].to_string(), "[[0.0,-1.0]]");
    let csv = downhill_reading(scenario.as_bytes(), &["run", "-", "--format", "csv"]);
    let csv = String::from_utf8(csv.stdout).unwrap();
    assert!(csv.lines().nth(1).unwrap().starts_with("1,gd,Gradient descent,0,0.0,-1.0,NaN,"), "{csv}");
}

/// The trajectories of a scenario as the library has them.
fn trajectories(text: &str) -> Vec<Trajectory> {
    let scenario = scenario::read(text, "test").unwrap();
    let objective = scenario.objective().unwrap();
    let limits = Limits { steps: scenario.run.steps, tolerance: scenario.run.tolerance };
    let walk = |choice: &scenario::OptimizerChoice| {
        let mut run = Run::new(&objective, &choice.settings, scenario.run.start.into(), limits);
        run.finish();
        run.into_trajectory()
    };
    scenario.optimizers.iter().map(walk).collect()
}

/// The numbers of one list in a line of JSON. Read by hand, since `serde_json` may be off by a bit.
fn numbers(line: &str, key: &str) -> Vec<f64> {
    let (_, rest) = line.split_once(&format!("\"{key}\":[")).unwrap();
    let list = rest.split('"').next().unwrap();
    let tokens = list.split(['[', ']', ',', '}']).filter(|token| !token.is_empty());
    tokens.map(|token| token.parse().unwrap()).collect()
}

fn bits(numbers: impl IntoIterator<Item = f64>) -> Vec<u64> {
    numbers.into_iter().map(f64::to_bits).collect()
}

#[test]
fn every_number_reads_back_exactly() {
    for id in ["rosenbrock", "rastrigin", "monkey_saddle"] {
        let text = format!("[cost]\nfunction = \"{id}\"\n");
        let expected = trajectories(&text);
        assert_eq!(expected.len(), METHODS.len());

        let json = downhill_reading(text.as_bytes(), &["run", "-"]);
        let json = String::from_utf8(json.stdout).unwrap();
        let lines: Vec<&str> = json.lines().filter(|line| line.starts_with("{\"method\"")).collect();
        assert_eq!(lines.len(), expected.len());
        for (line, path) in lines.iter().zip(&expected) {
            let flat = |points: &[downhill::objective::Point]| -> Vec<u64> {
                bits(points.iter().flat_map(|point| [point.x, point.y]))
            };
            assert_eq!(bits(numbers(line, "points")), flat(&path.points), "{id}");
            assert_eq!(bits(numbers(line, "values")), bits(path.values.iter().copied()), "{id}");
            assert_eq!(bits(numbers(line, "gradient_norms")), bits(path.gradient_norms()), "{id}");
            assert_eq!(line.contains("lookahead_points"), path.lookahead_points.is_some());
            if let Some(points) = &path.lookahead_points {
                assert_eq!(bits(numbers(line, "lookahead_points")), flat(points), "{id}");
            }
        }

        let csv = downhill_reading(text.as_bytes(), &["run", "-", "--format", "csv"]);
        let csv = String::from_utf8(csv.stdout).unwrap();
        let mut rows = csv.lines().skip(1);
        for (number, path) in (1..).zip(&expected) {
            for (step, norm) in path.gradient_norms().into_iter().enumerate() {
                let fields: Vec<&str> = rows.next().unwrap().split(',').collect();
                assert_eq!(fields[0], format!("{number}"));
                assert_eq!(fields[3], format!("{step}"));
                let (at, value, gradient) = (path.points[step], path.values[step], path.gradients[step]);
                assert_eq!(
                    bits(fields[4..].iter().map(|field| field.parse().unwrap())),
                    bits([at.x, at.y, value, gradient.x, gradient.y, norm]),
                    "{id} run {number} step {step}"
                );
            }
        }
        assert_eq!(rows.next(), None);
    }
}

#[test]
fn an_output_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let wrong = write(folder.path(), "wrong.toml", "[cost]\n");
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();

    assert_output(&downhill(&["run", &scenario, "-o", &path("runs.json")]), 0, "", "");
    assert!(read("runs.json").starts_with("{\"title\""));
    assert_output(&downhill(&["run", &scenario, "--output", &path("runs.CSV")]), 0, "", "");
    assert!(read("runs.CSV").starts_with("run,method"), "the ending says what is meant");
    assert_output(&downhill(&["run", &scenario, "-o", &path("a.csv"), "--format", "json"]), 0, "", "");
    assert!(read("a.csv").starts_with("{\"title\""), "the format that was asked for goes before the ending");

    let before = read("runs.json");
    assert_refusal(&downhill(&["run", &wrong, "-o", &path("runs.json")]), 2, "wrong.toml:1:1: ");
    assert_refusal(&downhill(&["run", &scenario, "-o", &path("missing/runs.json")]), 1, "cannot be written");
    let folder_name = folder.path().to_str().unwrap();
    assert_refusal(&downhill(&["run", &scenario, "-o", folder_name]), 1, "it is a folder");
    let mut permissions = std::fs::metadata(path("runs.json")).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(path("runs.json"), permissions).unwrap();
    assert_refusal(&downhill(&["run", &scenario, "-o", &path("runs.json")]), 1, "it is read-only");
    assert_eq!(read("runs.json"), before);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 5, "{left:?}");

    let piped = downhill(&["run", &scenario, "-o", "-"]);
    assert_output(&piped, 0, &before, "");
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
    assert_eq!(rosenbrock["rates"].as_object().unwrap().len(), METHODS.len());
    let momentum = &rows("optimizers")[1];
    assert_eq!(momentum["parameters"][1]["id"], "beta");
    assert_eq!(momentum["parameters"][1]["default"], 0.9);
    assert_eq!(momentum["parameters"][2]["options"][1]["id"], "ewma");
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
        assert_refusal(&output, 1, "`downhill run`, `eval`, `check` and `list`");
        assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 1);
    }
}

#[test]
fn help_has_an_example_for_every_command() {
    for command in ["run", "eval", "check", "list"] {
        let output = downhill(&[command, "--help"]);
        let help = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(help.contains(&format!("\n  downhill {command} ")), "{help}");
    }
    let output = downhill(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout).unwrap().contains("Exit status"));
    let version = format!("downhill {}\n", env!("CARGO_PKG_VERSION"));
    assert_output(&downhill(&["--version"]), 0, &version, "");
    for wrong in
        [&["run"][..], &["check"], &["list"], &["list", "costs"], &["run", "a", "--format", "xml"], &["--x"]]
    {
        assert_refusal(&downhill(wrong), 2, "downhill: ");
    }
}

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

#[cfg(unix)]
#[test]
fn arguments_need_not_be_unicode() {
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

/// More than any pipe holds.
const LONG_RUN: &str = "[cost]\nformula = \"x^2 + 10*y^2\"\n[run]\nsteps = 20000\ntolerance = 0\n[[optimizer]]\nmethod = \"adam\"\n";

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
