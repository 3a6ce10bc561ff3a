//! `downhill run`.

use downhill::objective::Point;
use downhill::optimizer::{Entry, Run, Trajectory};
use downhill::scenario::{self, FIRST_METHODS};

use crate::{TWO_RUNS, assert_output, assert_refusal, downhill, downhill_reading, write};

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
    let problem = scenario.problem().unwrap();
    let walk = |plan| {
        let mut run = Run::new(&problem, &plan);
        run.finish();
        run.into_trajectory()
    };
    scenario.plans().map(walk).collect()
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
        assert_eq!(expected.len(), FIRST_METHODS.len());

        let json = downhill_reading(text.as_bytes(), &["run", "-"]);
        let json = String::from_utf8(json.stdout).unwrap();
        let lines: Vec<&str> = json.lines().filter(|line| line.starts_with("{\"method\"")).collect();
        assert_eq!(lines.len(), expected.len());
        for (line, path) in lines.iter().zip(&expected) {
            let flat =
                |points: &[Point]| -> Vec<u64> { bits(points.iter().flat_map(|point| [point.x, point.y])) };
            assert_eq!(bits(numbers(line, "points")), flat(&path.points().collect::<Vec<_>>()), "{id}");
            assert_eq!(bits(numbers(line, "values")), bits(path.values()), "{id}");
            assert_eq!(bits(numbers(line, "gradient_norms")), bits(path.gradient_norms()), "{id}");
            assert_eq!(line.contains("lookahead_points"), !path.columns().is_empty());
            for (index, column) in path.columns().iter().enumerate() {
                let entries: Vec<Point> = path.column(index).collect();
                assert_eq!(bits(numbers(line, column.id)), flat(&entries), "{id}");
            }
        }

        let csv = downhill_reading(text.as_bytes(), &["run", "-", "--format", "csv"]);
        let csv = String::from_utf8(csv.stdout).unwrap();
        let mut rows = csv.lines().skip(1);
        for (number, path) in (1..).zip(&expected) {
            for (step, norm) in path.gradient_norms().enumerate() {
                let fields: Vec<&str> = rows.next().unwrap().split(',').collect();
                assert_eq!(fields[0], format!("{number}"));
                assert_eq!(fields[3], format!("{step}"));
                let Entry { at, value, gradient } = path.entry(step).unwrap();
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
