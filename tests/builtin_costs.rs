//! The table of built-in costs, walked: every row compiles, its optima are optima, its suggestions are usable;
//! and the independent reference values of `tests/reference/known_functions.json`.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;

use downhill::builtin::{BUILT_INS, BuiltIn, Group, OptimumKind, by_group, find};
use downhill::expr::{Expression, Jet2, TapeEvaluator};
use downhill::optimizer::{METHODS, method};
use serde_json::Value;

fn compiled(row: &BuiltIn) -> downhill::expr::Tape {
    let constants: Vec<(String, f64)> = row.constants.iter().map(|&(name, v)| (name.to_owned(), v)).collect();
    let parsed = Expression::parse(row.formula).unwrap_or_else(|e| panic!("{}: {e}", row.id));
    parsed.compile(row.variables, &constants).unwrap_or_else(|e| panic!("{}: {e}", row.id))
}

/// How much better `value` is than `than`, in the row's own direction; negative if worse.
fn improvement(row: &BuiltIn, value: f64, than: f64) -> f64 {
    row.goal.sign() * (than - value)
}

fn largest_entry(jet: &Jet2) -> f64 {
    [jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy].iter().fold(1.0, |m: f64, v| m.max(v.abs()))
}

/// Values on a grid of the window, corners included.
fn samples(row: &BuiltIn, per_side: usize) -> Vec<([f64; 2], f64)> {
    let axis = |[low, high]: [f64; 2]| -> Vec<f64> {
        (0..per_side).map(|i| low + (high - low) * i as f64 / (per_side - 1) as f64).collect()
    };
    let (xs, ys) = (axis(row.window[0]), axis(row.window[1]));
    let mut values = vec![0.0; per_side * per_side];
    compiled(row).fill_grid(&xs, &ys, &mut values);
    let points = ys.iter().flat_map(|&y| xs.iter().map(move |&x| [x, y]));
    points.zip(values).collect()
}

#[test]
fn the_table_has_every_group_and_no_id_twice() {
    assert!(BUILT_INS.len() >= 30, "{} rows", BUILT_INS.len());
    let ids: BTreeSet<&str> = BUILT_INS.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), BUILT_INS.len());
    let names: BTreeSet<&str> = BUILT_INS.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), BUILT_INS.len());
    for id in ids {
        assert!(
            !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        );
        assert_eq!(find(id).map(|row| row.id), Some(id));
    }
    assert!(find("no_such_cost").is_none());
    for group in Group::ALL {
        assert!(by_group(group).next().is_some(), "{}", group.title());
    }
    let in_order = Group::ALL.into_iter().flat_map(by_group).map(|row| row.id);
    assert!(in_order.eq(BUILT_INS.iter().map(|row| row.id)), "the table is not in the order of the groups");
}

#[test]
fn every_row_is_complete_and_its_suggestions_are_usable() {
    for row in BUILT_INS {
        let mut evaluator = compiled(row).evaluator();
        for (&[low, high], at) in row.window.iter().zip(row.start) {
            assert!(low.is_finite() && high.is_finite() && low < high, "{}: window", row.id);
            assert!(low < at && at < high, "{}: start", row.id);
        }
        let jet = evaluator.second(row.start[0], row.start[1]);
        let entries = [jet.value, jet.dx, jet.dy, jet.dxx, jet.dxy, jet.dyy];
        assert!(entries.iter().all(|v| v.is_finite()), "{}: {entries:?} at the start", row.id);
        // A zero component would freeze a coordinate: the start would lie on an axis of symmetry.
        assert!(jet.dx != 0.0 && jet.dy != 0.0, "{}: the start is frozen", row.id);
        for method in METHODS.iter().filter(|method| !method.only_finds_roots()) {
            let rate = method.rate_among(row.rates).unwrap();
            assert!(rate.is_finite() && rate > 0.0, "{}: {}", row.id, method.id);
        }
        for (id, _) in row.rates {
            assert!(method(id).is_some(), "{}: a rate for {id}", row.id);
        }
        assert!((1..=1000).contains(&row.steps), "{}: steps", row.id);
        assert!(!row.name.is_empty() && row.name.chars().count() <= 28, "{}: name", row.id);
        assert!(row.source.contains(['1', '2']), "{}: no year in the source", row.id);
        assert!(row.teaches.ends_with('.') && !row.teaches.contains("  "), "{}: teaches", row.id);
        for (name, _) in row.constants {
            assert!(row.formula.contains(name), "{}: {name} is not in the formula", row.id);
        }
    }
}

#[test]
fn known_optima_are_optimal_in_the_sense_the_row_states() {
    for row in BUILT_INS {
        let mut evaluator = compiled(row).evaluator();
        assert_eq!(row.minima.is_empty(), row.optimum == OptimumKind::Unbounded, "{}", row.id);
        for &at in row.minima {
            let jet = evaluator.second(at[0], at[1]);
            match row.optimum {
                OptimumKind::Stationary => stationary(row, &jet),
                OptimumKind::NoDerivative => best_all_around(row, at, &jet, &mut evaluator),
                OptimumKind::OnWindowEdge => best_on_the_right_edge(row, at, &jet),
                OptimumKind::Unbounded => unreachable!("{} has no optimum", row.id),
            }
        }
    }
}

/// The gradient vanishes up to the rounding of the point, and no direction bends the wrong way.
fn stationary(row: &BuiltIn, jet: &Jet2) {
    let scale = largest_entry(jet);
    assert!(jet.dx.hypot(jet.dy) <= 1e-13 * scale, "{}: gradient {:?}", row.id, [jet.dx, jet.dy]);
    let sign = improvement(row, 0.0, 1.0);
    let (mean, half) = (sign * (jet.dxx + jet.dyy) / 2.0, ((jet.dxx - jet.dyy) / 2.0).hypot(jet.dxy));
    assert!(mean - half >= -1e-12 * scale, "{}: bends the wrong way", row.id);
}

/// Kinks: the derivative does not vanish (else the row should say so), yet no neighbor is better.
fn best_all_around(row: &BuiltIn, at: [f64; 2], jet: &Jet2, evaluator: &mut TapeEvaluator) {
    assert!(jet.value.is_finite(), "{}: undefined at the optimum", row.id);
    let norm = jet.dx.hypot(jet.dy);
    assert!(!norm.is_finite() || norm > 1e-3, "{}: gradient norm {norm}, it is stationary", row.id);
    for radius in [1e-6, 1e-4, 1e-2] {
        for k in 0..360 {
            let (sin, cos) = f64::from(k).to_radians().sin_cos();
            let value = evaluator.value(at[0] + radius * cos, at[1] + radius * sin);
            assert!(
                improvement(row, value, jet.value) <= 1e-14,
                "{}: better at {radius}, {k} degrees",
                row.id
            );
        }
    }
}

/// Stationary along the edge, improving across it.
fn best_on_the_right_edge(row: &BuiltIn, at: [f64; 2], jet: &Jet2) {
    assert_eq!(at[0], row.window[0][1], "{}", row.id);
    assert!(jet.dy.abs() <= 1e-12 * largest_entry(jet), "{}: {}", row.id, jet.dy);
    assert!(improvement(row, jet.dx, 0.0) > 0.1, "{}: the edge does not stop the descent", row.id);
}

#[test]
fn no_sampled_point_of_the_window_is_better_than_the_optimum() {
    for row in BUILT_INS {
        let samples = samples(row, 200);
        let defined = samples.iter().filter(|(_, value)| value.is_finite()).count();
        assert!(defined * 100 >= samples.len() * 98, "{}: undefined at {}", row.id, samples.len() - defined);
        if row.optimum == OptimumKind::Unbounded {
            // The best sample lies on the border, and goes on to improve beyond it.
            let better =
                |a: &&([f64; 2], f64), b: &&([f64; 2], f64)| improvement(row, a.1, b.1).total_cmp(&0.0);
            let &([x, y], best) = samples.iter().max_by(better).unwrap();
            assert!(
                improvement(row, compiled(row).evaluator().value(10.0 * x, 10.0 * y), best) > 1.0,
                "{}",
                row.id
            );
            continue;
        }
        let mut evaluator = compiled(row).evaluator();
        let optimum: Vec<f64> = row.minima.iter().map(|&[x, y]| evaluator.value(x, y)).collect();
        for value in &optimum {
            assert!(
                (value - optimum[0]).abs() <= 1e-12 * optimum[0].abs().max(1.0),
                "{}: {optimum:?}",
                row.id
            );
        }
        for (at, value) in samples.into_iter().filter(|(_, value)| value.is_finite()) {
            let gain = improvement(row, value, optimum[0]);
            assert!(gain <= 1e-12 * optimum[0].abs().max(1.0), "{}: {value} at {at:?}", row.id);
        }
    }
}

fn reference() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("reference/known_functions.json")).unwrap();
    file["functions"].as_array().unwrap().clone()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

fn pair(value: &Value) -> [f64; 2] {
    [number(&value[0]), number(&value[1])]
}

fn reference_tape(case: &Value) -> TapeEvaluator {
    let parsed = Expression::parse(case["function"].as_str().unwrap()).unwrap();
    parsed.compile(["x", "y"], &[]).unwrap().evaluator()
}

#[test]
fn reference_values_gradients_and_hessians_hold() {
    for case in reference() {
        let (name, tolerance) = (case["name"].as_str().unwrap(), number(&case["rel_tolerance"]));
        let mut evaluator = reference_tape(&case);
        for point in case["derivatives"].as_array().unwrap() {
            let [x, y] = pair(&point["point"]);
            let value = number(&point["value"]);
            let gradient = pair(&point["gradient"]);
            let hessian = [pair(&point["hessian"][0]), pair(&point["hessian"][1])];
            let jet = evaluator.second(x, y);
            let first = evaluator.first(x, y);
            for got in [jet.value, first.value, evaluator.value(x, y)] {
                assert!(
                    (got - value).abs() <= tolerance * value.abs().max(1.0),
                    "{name}: {got}, not {value}"
                );
            }
            let pairs = [
                (jet.dx, gradient[0]),
                (jet.dy, gradient[1]),
                (first.dx, gradient[0]),
                (first.dy, gradient[1]),
                (jet.dxx, hessian[0][0]),
                (jet.dxy, hessian[0][1]),
                (jet.dxy, hessian[1][0]),
                (jet.dyy, hessian[1][1]),
            ];
            let scale = pairs.iter().fold(1.0, |m: f64, (_, want)| m.max(want.abs()));
            for (k, (got, want)) in pairs.into_iter().enumerate() {
                assert!((got - want).abs() <= tolerance * scale, "{name} entry {k}: {got}, not {want}");
            }
        }
        for minimum in case["global_minima"].as_array().unwrap() {
            let ([x, y], value) = (pair(&minimum["point"]), number(&minimum["value"]));
            let got = evaluator.value(x, y);
            assert!(
                (got - value).abs() <= tolerance * value.abs().max(1.0),
                "{name}: minimum {got}, not {value}"
            );
        }
    }
}

#[test]
fn built_ins_agree_with_the_reference_formula_of_the_same_name() {
    let cases = reference();
    let mut shared = 0;
    for case in &cases {
        let Some(row) = case["name"].as_str().and_then(find) else { continue };
        shared += 1;
        let tolerance = number(&case["rel_tolerance"]);
        let mut own = compiled(row).evaluator();
        let mut theirs = reference_tape(case);
        for point in case["derivatives"].as_array().unwrap() {
            let [x, y] = pair(&point["point"]);
            let (got, want) = (own.value(x, y), theirs.value(x, y));
            assert!((got - want).abs() <= tolerance * want.abs().max(1.0), "{}: {got}, not {want}", row.id);
        }
        let mut known: Vec<[f64; 2]> =
            case["global_minima"].as_array().unwrap().iter().map(|m| pair(&m["point"])).collect();
        if let Some(edge) = case.get("boundary_minimum") {
            known.push(pair(&edge["point"]));
        }
        assert_eq!(row.minima.len(), known.len(), "{}", row.id);
        for [x, y] in known {
            let near = |m: &&[f64; 2]| {
                (m[0] - x).abs().max((m[1] - y).abs()) <= 1e-14 * x.abs().max(y.abs()).max(1.0)
            };
            assert!(row.minima.iter().any(|m| near(&m)), "{}: ({x}, {y}) is not among the optima", row.id);
        }
    }
    assert_eq!(shared, cases.len(), "a reference function is not built in");
}
