//! Costs that are made of rows of data against independent reference values.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cases;

use cases::{assert_close, read};
use downhill::objective::Point;
use downhill::optimizer::Run;
use downhill::scenario::{self, Scenario};
use serde_json::Value;

const POINTS: &str = include_str!("reference/data_points.json");
const TRAJECTORIES: &str = include_str!("reference/data_trajectories.json");

fn list(text: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).unwrap();
    file["cases"].as_array().unwrap().clone()
}

/// Whether a case asks for nothing that is not here yet: penalties and batches.
fn is_plain(case: &Value) -> bool {
    let scenario = &case["scenario"];
    let has = |table: &str, keys: &[&str]| keys.iter().any(|key| !scenario[table][*key].is_null());
    !has("cost", &["l1", "l2"]) && !has("run", &["batch"])
}

/// A scenario that reads back as itself from what is written of it.
fn scenario_of(case: &Value) -> Scenario {
    let scenario = read(case);
    let written = scenario::write(&scenario);
    assert!(written.starts_with("format = 2"), "{written}");
    assert_eq!(scenario::read(&written, "again").unwrap(), scenario);
    scenario
}

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        number => vec![number.as_f64().unwrap()],
    }
}

#[test]
fn values_and_derivatives_are_those_of_the_reference() {
    let mut count = 0;
    for case in list(POINTS).into_iter().filter(is_plain) {
        let name = case["name"].as_str().unwrap();
        let tolerance = case["tolerance"].as_f64().unwrap();
        let mut evaluator = scenario_of(&case).objective().unwrap().evaluator();
        for at in case["at"].as_array().unwrap() {
            let point = numbers(&at["point"]);
            let here = evaluator.exact_uncounted(Point::new(point[0], point[1]));
            let size = numbers(&at["hessian"]).into_iter().fold(1.0_f64, |size, entry| size.max(entry.abs()));
            let pairs = [
                (vec![here.value], numbers(&at["value"])),
                (here.gradient.iter().copied().collect(), numbers(&at["gradient"])),
                (here.hessian.iter().copied().collect(), numbers(&at["hessian"])),
            ];
            for (ours, reference) in pairs {
                for (ours, reference) in ours.iter().zip(&reference) {
                    let room = tolerance * size.max(reference.abs());
                    assert!((ours - reference).abs() <= room, "{name} at {point:?}: {ours}, not {reference}");
                }
            }
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn runs_over_all_rows_walk_as_their_references() {
    let mut count = 0;
    for case in list(TRAJECTORIES).into_iter().filter(is_plain) {
        let name = case["name"].as_str().unwrap();
        let scenario = scenario_of(&case);
        let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
        run.finish();
        let path = run.trajectory();
        let points: Vec<Vec<f64>> = path.points().map(|at| vec![at.x, at.y]).collect();
        assert_close(name, &points, &case["expect"]["points"], case["tolerance"].as_f64().unwrap());
        let values: Vec<Vec<f64>> = path.values().map(|value| vec![value]).collect();
        assert_close(name, &values, &case["expect"]["values"], case["value_tolerance"].as_f64().unwrap());
        count += 1;
    }
    assert!(count > 10, "{count}");
}

/// m rows on a line with some noise.
fn regression(rows: usize, reduce: &str) -> String {
    let mut random = fastrand::Rng::with_seed(13);
    let row = |i: usize, random: &mut fastrand::Rng| {
        let x = i as f64 / rows as f64;
        format!("[{x:?}, {:?}]", 0.5 + 2.0 * x + random.f64() - 0.5)
    };
    let rows: Vec<String> = (0..rows).map(|i| row(i, &mut random)).collect();
    format!(
        "[cost]\nformula = \"(w*x + b - y)^2/2\"\nvariables = [\"w\", \"b\"]\nreduce = \"{reduce}\"\n[data]\ncolumns = [\"x\", \"y\"]\nrows = [{}]\n",
        rows.join(", ")
    )
}

#[test]
fn the_grid_holds_the_cost_and_the_mean_is_the_sum_by_the_rows() {
    let at = |reduce: &str| scenario::read(&regression(50, reduce), "rows").unwrap().objective().unwrap();
    let (mean, sum) = (at("mean"), at("sum"));
    let (xs, ys) = ([-1.0, 0.25, 3.0], [0.0, 2.0]);
    let mut grid = [0.0; 6];
    mean.fill_grid(&xs, &ys, &mut grid);
    for (place, value) in grid.iter().enumerate() {
        let point = Point::new(xs[place % 3], ys[place / 3]);
        let alone = mean.evaluator().value(point);
        assert!((value - alone).abs() <= 1e-13 * alone, "{point}");
        assert!((sum.evaluator().value(point) - 50.0 * alone).abs() <= 1e-12 * alone);
    }
    assert_eq!(mean.work(), sum.work());
}

#[test]
fn what_is_wrong_with_rows_is_said_at_its_place() {
    let of = |cost: &str, data: &str| {
        let text = format!("[cost]\nformula = \"(a*x + b - y)^2\"\n{cost}\n[data]\n{data}\n");
        scenario::read(&text, "rows.toml").map(|_| ()).unwrap_err().to_string()
    };
    let ab = "variables = [\"a\", \"b\"]";
    let xy = "columns = [\"x\", \"y\"]";
    for (cost, data, words) in [
        ("", "columns = [\"x\", \"y\"]\nrows = [[1, 2]]", "`x` is a column of [data] and a variable too"),
        (ab, "rows = [[1, 2]]", "[data] needs `columns`"),
        (ab, xy, "[data] needs `rows`"),
        (ab, "columns = [\"x\", \"y\"]\nrows = [[1, 2], [3]]", "row 2 of `rows` in [data] has 1 number"),
        (ab, "columns = [\"x\", \"y\"]\nrows = [[1, nan]]", "must be a finite number, not `nan`"),
        (ab, "columns = [\"x\", \"y\"]\nrows = [[1, \"two\"]]", "must be a number, not text"),
        (
            ab,
            "columns = [\"x\", \"y\"]\nrows = [1, 2]",
            "row 1 of `rows` in [data] must be a list of numbers",
        ),
        (ab, "columns = [\"x\", \"y\"]\nrows = []", "a table needs at least one row"),
        (ab, "columns = [\"x\", \"x\"]\nrows = [[1, 2]]", "two columns are called `x`"),
        (ab, "columns = [\"x\", \"2y\"]\nrows = [[1, 2]]", "`2y` cannot name a column"),
        (ab, "columns = [\"x\", \"z\"]\nrows = [[1, 2]]", "formula: "),
        (
            ab,
            "columns = [\"x\", \"y\"]\nrows = [[1, 2], [1, 3]]\nscale = { x = \"standardize\" }",
            "the column `x` cannot be scaled",
        ),
        (
            ab,
            "columns = [\"x\", \"y\"]\nrows = [[1, 2]]\nscale = { yy = \"min-max\" }",
            "no column is called `yy`",
        ),
        (ab, "columns = [\"x\", \"y\"]\nrows = [[1, 2]]\nscale = { y = \"log\" }", "must be"),
        (
            "variables = [\"a\", \"b\"]\nconstants = { y = 2.0 }",
            "columns = [\"x\", \"y\"]\nrows = [[1, 2]]",
            "so it cannot be a constant too",
        ),
        (
            "variables = [\"a\", \"b\"]\nreduce = \"median\"",
            "columns = [\"x\", \"y\"]\nrows = [[1, 2]]",
            "`reduce` in [cost] must be",
        ),
    ] {
        let said = of(cost, data);
        assert!(said.starts_with("rows.toml:") && said.contains(words), "{said}\ndoes not say: {words}");
    }
    let alone = scenario::read("[cost]\nformula = \"x\"\nreduce = \"sum\"\n", "rows.toml").unwrap_err();
    assert!(alone.to_string().contains("`reduce` needs a [data] table"), "{alone}");
}
