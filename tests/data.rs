//! Costs that are made of rows of data against independent reference values.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod cases;

use cases::{assert_close, read};
use downhill::landscape::{Region, SolutionKind, solve};
use downhill::objective::{Penalty, Point};
use downhill::optimizer::{METHODS, Method, Needs, OutcomeKind, RateForm, Run};
use downhill::record::json;
use downhill::scenario::{self, Scenario};
use serde_json::Value;

const POINTS: &str = include_str!("reference/data_points.json");
const SOLUTIONS: &str = include_str!("reference/data_solutions.json");
const TRAJECTORIES: &str = include_str!("reference/data_trajectories.json");

fn list(text: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).unwrap();
    file["cases"].as_array().unwrap().clone()
}

/// Whether a case asks for nothing that is not here yet: schedules.
fn is_known(case: &Value) -> bool {
    let runs = case["scenario"]["optimizer"].as_array();
    runs.into_iter().flatten().all(|run| run["schedule"].is_null())
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
    for case in list(POINTS) {
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
    assert!(count > 30, "{count}");
}

#[test]
fn runs_walk_as_their_references() {
    let mut count = 0;
    for case in list(TRAJECTORIES).into_iter().filter(is_known) {
        let name = case["name"].as_str().unwrap();
        let scenario = scenario_of(&case);
        let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
        run.finish();
        let path = run.trajectory();
        let points: Vec<Vec<f64>> = path.points().map(|at| vec![at.x, at.y]).collect();
        assert_close(name, &points, &case["expect"]["points"], case["tolerance"].as_f64().unwrap());
        let values: Vec<Vec<f64>> = path.values().map(|value| vec![value]).collect();
        assert_close(name, &values, &case["expect"]["values"], case["value_tolerance"].as_f64().unwrap());
        let batches =
            scenario.batches().map(|batches| batches.of_steps().take(path.steps()).collect::<Vec<_>>());
        assert_eq!(serde_json::to_value(batches).unwrap(), case["expect"]["batches"], "{name}");
        count += 1;
    }
    assert_eq!(count, 45);
}

#[test]
fn solutions_are_arrived_at_with_zeros_that_are_exact() {
    for case in list(SOLUTIONS) {
        let name = case["name"].as_str().unwrap();
        let scenario = scenario_of(&case);
        let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
        run.finish();
        let (path, solution) = (run.trajectory(), numbers(&case["solution"]));
        let (end, value) = (path.last().unwrap(), path.value(path.steps()).unwrap());
        let tolerance = case["tolerance"].as_f64().unwrap();
        for (ours, reference) in end.iter().zip(&solution) {
            assert!((ours - reference).abs() <= tolerance * reference.abs().max(1.0), "{name}: {end}");
            assert!(
                *reference != 0.0 || *ours == 0.0 || scenario.cost.penalty.unwrap().l1 == 0.0,
                "{name}: {end}"
            );
        }
        let reference = case["value"].as_f64().unwrap();
        assert!((value - reference).abs() <= tolerance * reference.abs().max(1.0), "{name}: {value}");
        // And `solve` finds it without a run, be it at a corner.
        let seen = Region::new([-2.5, 6.0], [-2.5, 6.0]).unwrap();
        let found = solve(&scenario.problem().unwrap(), seen).candidates;
        let [best, others @ ..] = found.as_slice() else { panic!("{name}: nothing is found") };
        let off = (best.point - Point::new(solution[0], solution[1])).amax();
        assert!(best.kind == SolutionKind::Minimum && off < 1e-9, "{name}: {best:?}");
        assert!(others.iter().all(|other| other.kind != SolutionKind::Minimum), "{name}: {others:?}");
    }
}

#[test]
fn a_run_on_batches_is_replayed_from_its_record() {
    let rows: [[f64; 2]; 5] = [[1.0, 2.0], [2.0, 3.0], [4.0, 4.0], [5.0, 5.0], [-1.0, 0.5]];
    for (sampling, size, reduce) in [
        ("shuffle", 1, "mean"),
        ("shuffle", 2, "sum"),
        ("replacement", 3, "mean"),
        ("replacement", 1, "sum"),
        ("cyclic", 4, "mean"),
        ("shuffle", 5, "mean"),
    ] {
        let text = format!(
            "[cost]\nformula = \"(w*x + b - y)^2/2\"\nvariables = [\"w\", \"b\"]\nreduce = \"{reduce}\"\nl1 = 0.1\nl2 = 0.05\n[data]\n\
             columns = [\"x\", \"y\"]\nrows = {rows:?}\n[run]\nstart = [2.0, -1.0]\nsteps = 60\ntolerance = 0.0\nbatch = {size}\n\
             sampling = \"{sampling}\"\nseed = 7\n[[optimizer]]\nmethod = \"gd\"\nlearning_rate = 0.003\n"
        );
        let scenario = scenario::read(&text, "sgd.toml").unwrap();
        let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
        run.finish();
        let mut written = Vec::new();
        let runs = [(&scenario.optimizers[0], run.trajectory())];
        json::write_runs(&mut written, "", scenario.batches().as_ref(), runs).unwrap();
        let record: Value = serde_json::from_slice(&written).unwrap();
        let (mut theta, mut looked_at) = ([2.0, -1.0], 0);
        let batches = record["batches"].as_array().unwrap();
        assert_eq!(batches.len(), 60);
        for (step, batch) in batches.iter().enumerate() {
            let batch = numbers(batch);
            let mut slope = [0.0; 2];
            for row in &batch {
                let [x, y] = rows[*row as usize];
                let residual = theta[0] * x + theta[1] - y;
                slope = [slope[0] + residual * x, slope[1] + residual];
            }
            let times = if reduce == "sum" { 5.0 } else { 1.0 };
            for axis in 0..2 {
                let penalty = 0.1 * f64::signum(theta[axis]) + 2.0 * 0.05 * theta[axis];
                slope[axis] = slope[axis] / batch.len() as f64 * times + penalty;
            }
            theta = [theta[0] - 0.003 * slope[0], theta[1] - 0.003 * slope[1]];
            looked_at += batch.len() as u64;
            let recorded = numbers(&record["runs"][0]["points"][step + 1]);
            let off = (theta[0] - recorded[0]).abs().max((theta[1] - recorded[1]).abs());
            assert!(off < 1e-12, "{sampling} {size}: {theta:?} is not {recorded:?} at step {}", step + 1);
        }
        assert_eq!(record["runs"][0]["evaluations"]["rows"], looked_at, "{sampling} {size}");
        let all: f64 = rows.iter().map(|[x, y]| (theta[0] * x + theta[1] - y).powi(2) / 2.0).sum();
        let value = all / if reduce == "sum" { 1.0 } else { 5.0 }
            + 0.1 * (theta[0].abs() + theta[1].abs())
            + 0.05 * (theta[0].powi(2) + theta[1].powi(2));
        let recorded = record["runs"][0]["values"][60].as_f64().unwrap();
        assert!((value - recorded).abs() < 1e-12, "the value is that of all rows: {value} {recorded}");
    }
}

#[test]
fn what_is_wrong_with_penalties_and_batches_is_said_at_its_place() {
    let of = |cost: &str, rest: &str| {
        let text =
            format!("[cost]\nformula = \"(a*x + b - y)^2\"\nvariables = [\"a\", \"b\"]\n{cost}\n{rest}\n");
        scenario::read(&text, "rows.toml").map(|_| ()).unwrap_err().to_string()
    };
    let rows = "[data]\ncolumns = [\"x\", \"y\"]\nrows = [[1, 2], [2, 3]]\n";
    let with = |more: &str| format!("{rows}{more}");
    for (cost, rest, words) in [
        ("l1 = -1", with(""), "`l1` in [cost] must be 0 or larger"),
        ("l2 = \"much\"", with(""), "must be a number, not text"),
        ("l2 = 1\ngoal = \"maximize\"", with(""), "`l2` is a penalty on what is minimized"),
        ("l1 = 1\nregularize = [\"c\"]", with(""), "the cost has no variable `c`"),
        ("l1 = 1\nregularize = []", with(""), "names no variable that l1 and l2 count"),
        ("", with("[run]\nbatch = 3"), "a batch has at most all of them"),
        ("", with("[run]\nbatch = 0"), "must be a whole number from 1"),
        ("", with("[run]\nbatch = 1\nsampling = \"random\""), "must be"),
        ("", with("[run]\nbatch = 1\nseed = -1"), "must be a whole number from 0"),
        (
            "",
            with("[[constraint]]\nformula = \"a\"\n[[optimizer]]\nmethod = \"ista\""),
            "ISTA and FISTA meet l1 with a threshold",
        ),
    ] {
        let said = of(cost, &rest);
        assert!(said.starts_with("rows.toml:") && said.contains(words), "{said}\ndoes not say: {words}");
    }
    for key in ["batch = 1", "sampling = \"cyclic\"", "seed = 2"] {
        let text = format!("[cost]\nformula = \"x^2 + y^2\"\n[run]\n{key}\n");
        let said = scenario::read(&text, "rows.toml").unwrap_err().to_string();
        assert!(said.contains("needs a [data] table"), "{said}");
    }
}

#[test]
fn a_corner_is_told_by_the_subgradient_of_least_norm() {
    // At the corner of |x| the slope of the rest, 0.3, is within l1: there is the minimum, and a run that stands there has arrived.
    let text = |method: &str, rest: &str| {
        format!(
            "[cost]\nformula = \"x^2 + {rest}*x + (y - 1)^2\"\nl1 = 0.5\nregularize = [\"x\"]\n[run]\nstart = [0.0, 1.0]\nsteps = 5\n\
             [[optimizer]]\nmethod = \"{method}\"\n"
        )
    };
    for method in ["gd", "newton", "adam", "ista", "fista"] {
        for (rest, kind) in [("0.3", OutcomeKind::Converged), ("0.7", OutcomeKind::Steps)] {
            let scenario = scenario::read(&text(method, rest), "corner.toml").unwrap();
            let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
            run.finish();
            let path = run.trajectory();
            let outcome = path.outcome.as_ref().unwrap();
            if kind == OutcomeKind::Converged {
                assert_eq!((outcome.kind, outcome.step), (kind, 0), "{method}: {outcome:?}");
                assert_eq!(path.gradient_norm(0), Some(0.0));
            } else {
                let norm = path.gradient_norm(0).unwrap();
                assert!((norm - 0.2).abs() < 1e-15, "{method}: {norm}");
                assert!(outcome.step > 0, "{method}: {outcome:?}");
            }
        }
    }
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

#[test]
fn where_classes_separate_every_method_says_that_there_is_no_minimum() {
    // Squares make no classes, a simplex goes by values alone, and the rule that one's own begins with is momentum's.
    let is_told =
        |method: &&Method| !matches!(method.needs, Needs::Value | Needs::Residuals) && !method.has_own_rule();
    for method in METHODS.iter().filter(is_told) {
        // Newton's direction is the only one that a rate of 1 suits, and Adadelta is slow.
        let rate = match method.id {
            "newton" => 1.0,
            "adadelta" => 10.0,
            _ => 0.3,
        };
        let rate = if method.parameter("learning_rate").is_some() {
            format!("learning_rate = {rate:?}\n")
        } else {
            String::new()
        };
        let text = format!(
            "[cost]\nformula = \"softplus(w*x + b) - y*(w*x + b)\"\nvariables = [\"w\", \"b\"]\n[data]\ncolumns = [\"x\", \"y\"]\n\
             rows = [[0.5, 0], [1, 0], [2, 0], [3, 1], [4, 1], [4.5, 1]]\n[run]\nstart = [0.0, 0.0]\nsteps = 20000\ntolerance = 1e-2\n\
             [[optimizer]]\nmethod = \"{}\"\n{rate}",
            method.id
        );
        let mut scenario = scenario::read(&text, "separable.toml").unwrap();
        let mut finish = |batch: Option<u32>, l2: f64| {
            scenario.run.batch = batch;
            scenario.cost.penalty = Some(Penalty { l2, ..Penalty::default() });
            let mut run = Run::new(&scenario.problem().unwrap(), &scenario.plans().next().unwrap());
            run.finish();
            run.trajectory().outcome.clone().unwrap()
        };
        // Newton's step on two rows leads so far that nothing is left to tell by, and so does a line search.
        let batches = if method.id == "newton" || method.rate == RateForm::Fixed {
            &[None][..]
        } else {
            &[None, Some(2)]
        };
        for batch in batches.iter().copied() {
            let outcome = finish(batch, 0.0);
            // Weight decay keeps AdamW from going there.
            let expected = if method.id == "adamw" { outcome.kind } else { OutcomeKind::NoMinimum };
            assert_eq!(outcome.kind, expected, "{} {batch:?}: {outcome:?}", method.id);
        }
        let outcome = finish(None, 0.01);
        assert_ne!(
            outcome.kind,
            OutcomeKind::NoMinimum,
            "{}: a penalty gives it back: {outcome:?}",
            method.id
        );
    }
}
