//! The suggested starts and rates of the built-in costs, run: nothing blows up, and every method does what the
//! row's `teaches` says of it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use downhill::builtin::{BUILT_INS, BuiltIn, OptimumKind, find};
use downhill::expr::Expression;
use downhill::objective::{Derivatives, Goal, Objective, Point};
use downhill::optimizer::{
    Limits, METHODS, Needs, OutcomeKind, ParameterValue, Plan, RateForm, Run, Settings, Trajectory, method,
};

fn run(row: &BuiltIn, method_id: &str) -> Trajectory {
    let constants: Vec<(String, f64)> = row.constants.iter().map(|&(name, v)| (name.to_owned(), v)).collect();
    let tape = Expression::parse(row.formula).unwrap().compile(row.variables, &constants).unwrap();
    let objective = Objective::new(tape, row.goal, Derivatives::Exact);
    let mut settings = Settings::defaults(method(method_id).unwrap());
    let id = if settings.own_rule().is_some() { "alpha" } else { "learning_rate" };
    if settings.get(id).is_some() {
        let rate = ParameterValue::Real(method(method_id).unwrap().rate_among(row.rates).unwrap());
        settings.set(id, rate).unwrap_or_else(|e| panic!("{} {method_id}: {e:?}", row.id));
    }
    let limits = Limits { steps: row.steps, tolerance: 1e-6 };
    let mut run = Run::new(
        &downhill::objective::Problem::from(&objective),
        &Plan::new(settings, row.start.into(), limits),
    );
    run.finish();
    run.into_trajectory()
}

/// How far the path gets outside the window, and how long it is, in shares of the window's sides.
fn excursion_and_length(row: &BuiltIn, path: &Trajectory) -> (f64, f64) {
    let in_window = |p: Point| -> Point {
        let share = |k: usize| (p[k] - row.window[k][0]) / (row.window[k][1] - row.window[k][0]);
        Point::new(share(0), share(1))
    };
    let points: Vec<Point> = path.points().map(in_window).collect();
    let outside = points.iter().flat_map(|p| [-p.x, -p.y, p.x - 1.0, p.y - 1.0]).fold(0.0, f64::max);
    (outside, points.windows(2).map(|pair| (pair[1] - pair[0]).norm()).sum())
}

#[test]
fn suggested_rates_keep_every_path_finite_and_in_the_window() {
    for row in BUILT_INS {
        // No built-in cost is made of rows.
        for method in METHODS
            .iter()
            .filter(|method| !method.only_finds_roots())
            .filter(|method| method.needs != Needs::Residuals)
        {
            let path = run(row, method.id);
            let outcome = path.outcome.as_ref().unwrap();
            let blown_up = matches!(outcome.kind, OutcomeKind::Diverged | OutcomeKind::NotFinite);
            let is_endless = row.optimum == OptimumKind::Unbounded;
            if method.rate == RateForm::Fixed {
                // What finds its lengths itself has none that were suggested, and follows a fall as far as there is one.
                // It may come to an edge where there is no slope.
                let is_lost = outcome.kind == OutcomeKind::Diverged;
                assert!(!is_lost || is_endless, "{} {}: {}", row.id, method.id, outcome.text);
                let [first, last] = [0, path.steps()].map(|entry| path.value(entry).unwrap());
                let better = if row.goal == Goal::Maximize { last - first } else { first - last };
                // At an edge no length need fulfill what a line search asks, and without a minimum none may;
                // a rate by secants promises no fall.
                let ends_without_a_length =
                    matches!(outcome.kind, OutcomeKind::Stalled | OutcomeKind::NoMinimum);
                let promises_none = method.id == "barzilai-borwein";
                assert!(
                    better > 0.0 || ends_without_a_length || promises_none,
                    "{} {}: from {first} to {last}",
                    row.id,
                    method.id
                );
                continue;
            }
            assert!(!blown_up, "{} {}: {}", row.id, method.id, outcome.text);
            let (outside, length) = excursion_and_length(row, &path);
            let allowed = match (row.id, method.id) {
                ("rosenbrock", "newton") => 0.6,
                // Its momentum grows from step to step.
                ("levy13", "fista") => 0.1,
                _ if row.optimum == OptimumKind::Unbounded => 0.15,
                _ => 0.0,
            };
            assert!(outside <= allowed, "{} {}: {outside} outside the window", row.id, method.id);
            assert!(length > 0.005, "{} {}: a path of length {length} cannot be seen", row.id, method.id);
        }
    }
}

/// Which methods end within 3 % of the window from which point: the claims of `teaches`, in numbers.
const ENDS: &[(&str, &[&str], [f64; 2])] = &[
    ("sphere", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [0.0, 0.0]),
    ("bowl", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [0.0, 0.0]),
    ("rotated_bowl", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [0.0, 0.0]),
    ("rosenbrock", &["momentum", "nesterov", "adam", "newton"], [1.0, 1.0]),
    ("beale", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"], [3.0, 0.5]),
    ("beale", &["newton"], [0.0, 1.0]),
    ("booth", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [1.0, 3.0]),
    ("matyas", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [0.0, 0.0]),
    ("mccormick", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"], [-0.55, -1.55]),
    ("mccormick", &["newton"], [1.55, 0.55]),
    ("himmelblau", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"], [-2.81, 3.13]),
    ("himmelblau", &["newton"], [-0.27, -0.92]),
    ("rastrigin", &["gd", "nesterov", "adagrad", "rmsprop", "adam"], [-1.99, 1.99]),
    ("rastrigin", &["momentum"], [-0.99, 1.99]),
    ("ackley", &["gd", "adagrad", "rmsprop"], [0.97, -0.97]),
    ("ackley", &["momentum", "nesterov", "adam"], [0.0, 0.0]),
    ("styblinski_tang", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"], [-2.9, -2.9]),
    ("styblinski_tang", &["newton"], [0.16, 0.16]),
    ("six_hump_camel", &["gd", "adagrad", "rmsprop", "newton"], [1.61, 0.57]),
    ("six_hump_camel", &["momentum", "nesterov"], [0.09, -0.71]),
    ("six_hump_camel", &["adam"], [-0.09, 0.71]),
    ("three_hump_camel", &["gd", "adagrad", "rmsprop", "newton"], [1.75, -0.87]),
    ("three_hump_camel", &["momentum", "nesterov", "adam"], [0.0, 0.0]),
    ("goldstein_price", &["momentum", "nesterov", "adam"], [0.0, -1.0]),
    ("goldstein_price", &["gd", "adagrad", "rmsprop", "newton"], [-0.6, -0.4]),
    ("branin", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"], [PI, 2.27]),
    ("branin", &["newton"], [TAU, 1.1]),
    ("easom", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"], [PI, PI]),
    ("easom", &["newton"], [FRAC_PI_2, FRAC_PI_2]),
    ("levy13", &["nesterov", "adam"], [1.0, 1.0]),
    ("levy13", &["gd", "adagrad", "rmsprop"], [-1.31, 2.34]),
    ("bohachevsky1", &["gd", "adagrad", "rmsprop"], [0.62, -0.93]),
    ("bohachevsky1", &["momentum"], [0.0, 0.47]),
    ("bohachevsky1", &["adam"], [0.0, 0.0]),
    ("drop_wave", &["newton"], [0.65, -0.44]),
    ("cross_in_tray", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [1.35, -1.35]),
    ("holder_table", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"], [8.05, 9.66]),
    ("holder_table", &["newton"], [TAU, 7.85]),
    ("saddle", &["newton"], [0.0, 0.0]),
    ("monkey_saddle", &["newton"], [0.0, 0.0]),
    ("local_minimum", &["gd", "nesterov", "adagrad", "rmsprop"], [0.91, 0.0]),
    ("local_minimum", &["momentum", "adam"], [-0.97, 0.0]),
    ("sine_saddle", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"], [-FRAC_PI_2, 0.0]),
    ("sine_saddle", &["newton"], [FRAC_PI_2, 0.0]),
    ("elliptic_bowl", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [0.0, 0.0]),
    ("hills", &["gd", "adagrad", "rmsprop"], [0.9, -0.65]),
    ("hills", &["momentum", "nesterov", "adam", "newton"], [0.04, -0.0]),
    ("plateau", &["momentum", "nesterov", "adam"], [0.0, 0.0]),
    ("plateau", &["gd"], [-0.52, -0.41]),
    ("linreg_mse", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [1.4, 0.7]),
    ("linreg_ridge", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [0.77, 0.85]),
    ("linreg_lasso", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [0.0, 1.02]),
    ("logistic_ce", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [-4.25, 2.43]),
    ("lagrange_line", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [1.5, 1.5]),
    ("penalty_line", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [1.52, 1.48]),
    ("lagrange_coin", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [0.5, 0.5]),
    ("penalty_coin", &["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "newton"], [0.49, 0.49]),
    // Methods beyond the seven: what is good at steep walls, at flat parts, and what stays in the first hollow.
    ("bowl", &["adamw", "nadam", "amsgrad", "adamax", "adadelta", "qhm", "qhadam", "lion"], [0.0, 0.0]),
    ("rosenbrock", &["amsgrad", "qhadam", "lion"], [1.0, 1.0]),
    (
        "himmelblau",
        &["adamw", "nadam", "amsgrad", "adamax", "adadelta", "qhm", "qhadam", "lion"],
        [-2.81, 3.13],
    ),
    ("bohachevsky1", &["amsgrad"], [0.0, 0.0]),
    ("plateau", &["adamw", "nadam", "amsgrad", "adamax", "qhadam", "lion"], [0.0, 0.0]),
    ("plateau", &["adadelta"], [-0.57, -0.34]),
    ("plateau", &["qhm"], [-0.51, -0.41]),
    ("local_minimum", &["adamw", "nadam", "amsgrad", "adamax", "qhadam", "lion"], [-0.97, 0.0]),
    ("local_minimum", &["adadelta", "qhm"], [0.91, 0.0]),
];

#[test]
fn each_method_ends_where_the_lesson_says() {
    for (id, methods, end) in ENDS {
        let row = find(id).unwrap();
        for method in *methods {
            let last = run(row, method).last().unwrap();
            for k in 0..2 {
                let share = (last[k] - end[k]).abs() / (row.window[k][1] - row.window[k][0]);
                assert!(share <= 0.03, "{id} {method} ends at {last:?}, not {end:?}");
            }
        }
    }
}

#[test]
fn newton_climbs_where_the_cost_is_bent_downward() {
    let path = run(find("bukin6").unwrap(), "newton");
    let values: Vec<f64> = path.values().collect();
    assert!(values.windows(2).all(|pair| pair[1] > pair[0]), "{values:?}");
}

/// The first step from which on the path stays within 1 % of the window from its best known end.
fn settled(row: &BuiltIn, path: &Trajectory) -> usize {
    let end = row.minima[0];
    let far =
        |p: &Point| (0..2).any(|k| (p[k] - end[k]).abs() > 0.01 * (row.window[k][1] - row.window[k][0]));
    path.points().enumerate().filter(|(_, p)| far(p)).last().map_or(0, |(last, _)| last + 1)
}

#[test]
fn the_quadratics_show_what_the_lecture_says_of_each_method() {
    for id in
        ["sphere", "bowl", "rotated_bowl", "booth", "matyas", "linreg_mse", "linreg_ridge", "penalty_line"]
    {
        assert_eq!(run(find(id).unwrap(), "newton").outcome.unwrap().step, 1, "Newton on {id}");
    }
    // The elongated bowl: descent changes sides at every step, AdaGrad never, momentum overshoots both ways.
    let bowl = find("bowl").unwrap();
    let sign_changes = |path: &Trajectory, k: usize| {
        path.points().zip(path.points().skip(1)).take(20).filter(|(from, to)| from[k] * to[k] < 0.0).count()
    };
    assert_eq!(sign_changes(&run(bowl, "gd"), 1), 20);
    assert_eq!(sign_changes(&run(bowl, "gd"), 0), 0);
    assert_eq!(sign_changes(&run(bowl, "adagrad"), 1), 0);
    let momentum = run(bowl, "momentum");
    assert!(momentum.points().any(|p| p.x < -0.5) && momentum.points().any(|p| p.y < -0.3));
    // The narrow bowl: momentum and Nesterov arrive several times sooner than descent.
    let narrow = find("rotated_bowl").unwrap();
    for method in ["momentum", "nesterov"] {
        let (theirs, plain) = (settled(narrow, &run(narrow, method)), settled(narrow, &run(narrow, "gd")));
        assert!(2 * theirs < plain, "{method} after {theirs} steps, descent after {plain}");
    }
}

#[test]
fn lion_circles_the_minimum_by_its_rate_and_amsgrad_comes_to_rest_there() {
    let bowl = find("bowl").unwrap();
    let lion = run(bowl, "lion");
    let rate = method("lion").unwrap().rate_among(bowl.rates).unwrap();
    assert_eq!(lion.outcome.as_ref().unwrap().kind, OutcomeKind::Steps);
    for (from, to) in lion.points().zip(lion.points().skip(1)) {
        assert!((0..2).all(|k| ((to[k] - from[k]).abs() - rate).abs() < 1e-12), "{from:?} to {to:?}");
    }
    assert!(run(bowl, "amsgrad").last().unwrap().norm() < 1e-3);
}

#[test]
fn descent_crawls_where_the_others_get_through() {
    let rosenbrock = find("rosenbrock").unwrap();
    let descent = run(rosenbrock, "gd");
    let end = descent.last().unwrap();
    assert!(end.x < 0.5 && descent.value(20).unwrap() < 5.0, "descent ends at {end:?}");
    assert!((5..=7).contains(&run(rosenbrock, "newton").outcome.unwrap().step));

    let easom = find("easom").unwrap();
    for method in ["adagrad", "rmsprop", "adam"] {
        assert!(2 * settled(easom, &run(easom, method)) < settled(easom, &run(easom, "gd")), "{method}");
    }

    // Beside the ridge: after 50 steps descent is still at the saddle, Adam and RMSProp are not.
    let saddle = find("saddle").unwrap();
    let after_50 = |method: &str| run(saddle, method).point(50).unwrap().y.abs();
    assert!(after_50("gd") < 0.2 && after_50("adam") > 0.7 && after_50("rmsprop") > 0.7);

    let logistic = find("logistic_ce").unwrap();
    assert!(
        run(logistic, "newton").outcome.unwrap().step <= 6 && settled(logistic, &run(logistic, "gd")) > 150
    );
}
