use super::super::{Limits, ParameterValue, Plan, Run, Settings, method};
use super::*;
use crate::expr::Expression;
use crate::objective::{Derivatives, Goal, Objective, Problem};

/// Costs without a maximum, and where to begin: bowls with ripples, steep ones and flat ones.
fn problems() -> impl Iterator<Item = (Problem, Point)> {
    let mut random = fastrand::Rng::with_seed(14);
    std::iter::repeat_with(move || {
        let mut number = |low: f64, high: f64| low + (high - low) * random.f64();
        let (a, b, c, d) = (number(0.05, 3.0), number(0.05, 30.0), number(-1.0, 1.0), number(0.0, 2.0));
        let text = format!("{a}*x^4/4 + {b}*y^2 + {c}*x*y + {d}*sin(3*x + y) + ln(1 + exp({c}*x))");
        let tape = Expression::parse(&text).unwrap().compile(["x", "y"], &[]).unwrap();
        let objective = Objective::new(tape, Goal::Minimize, Derivatives::Exact);
        (Problem::from(&objective), Point::new(number(-4.0, 4.0), number(-4.0, 4.0)))
    })
    .take(40)
}

/// Every search of a run.
fn searches(problem: &Problem, settings: &Settings, start: Point) -> Vec<LineSearch> {
    let limits = Limits { steps: 40, tolerance: 1e-6 };
    let mut run = Run::new(problem, &Plan::new(settings.clone(), start, limits));
    run.finish();
    let found = run.trajectory().stages_of_steps(1).map(|(_, stages)| {
        let search = stages.into_iter().find_map(|stage| match stage.sketch?.of {
            super::super::Drawn::LineSearch(search) => Some((*search).clone()),
            _ => None,
        });
        search.unwrap()
    });
    found.collect()
}

/// A method with this line search.
fn with_search(id: &str, search: &str) -> Settings {
    let method = method(id).unwrap();
    let mut settings = Settings::defaults(method);
    settings.set("line_search", method.parameter("line_search").unwrap().option(search).unwrap()).unwrap();
    settings
}

#[test]
fn every_length_fulfills_what_is_asked_of_it() {
    let mut searched = 0;
    for (problem, start) in problems() {
        let mut evaluator = problem.cost.evaluator();
        for (id, kind) in [
            ("steepest", "exact"),
            ("steepest", "armijo"),
            ("steepest", "wolfe"),
            ("cg", "wolfe"),
            ("cg", "exact"),
            ("bfgs", "wolfe"),
            ("bfgs", "armijo"),
            ("lbfgs", "exact"),
        ] {
            for search in searches(&problem, &with_search(id, kind), start) {
                let at = evaluator.first_order(search.point(search.length));
                let slope = at.gradient.dot(&search.direction);
                let context = format!("{id} {kind}: {search:?}");
                assert!(search.slope < 0.0 && search.length > 0.0, "{context}");
                let least = search.value + 1e-4 * search.length * search.slope;
                let rounding = 1e-15 * search.value.abs();
                if kind != "exact" {
                    assert!(at.value <= least + rounding, "{context}");
                }
                match kind {
                    "exact" => {
                        // No nearer than the numbers of the points are to each other.
                        let curved = evaluator.hessian(search.from) * search.direction;
                        let spacing = 1e-15 * search.from.abs().dot(&curved.abs());
                        assert!(slope.abs() <= 1e-9 * search.slope.abs() + spacing, "{context}: {slope}");
                        assert!(at.value <= search.value, "{context}");
                    }
                    "wolfe" => {
                        let share = if id == "cg" { 0.1 } else { 0.9 };
                        assert!(slope.abs() <= share * search.slope.abs(), "{context}: {slope}");
                    }
                    _ => {
                        // Twice the length was not enough, or it was the first.
                        let twice = evaluator.value(search.point(2.0 * search.length));
                        let least = search.value + 2e-4 * search.length * search.slope;
                        assert!(search.trials.len() == 1 || twice > least, "{context}");
                    }
                }
                searched += 1;
            }
        }
    }
    assert!(searched > 3000, "{searched}");
}

#[test]
fn an_exact_search_along_the_valley_of_rosenbrock_tries_about_three_lengths_in_a_step() {
    let tape = Expression::parse("(1-x)^2 + 100*(y-x^2)^2").unwrap().compile(["x", "y"], &[]).unwrap();
    let problem = Problem::from(&Objective::new(tape, Goal::Minimize, Derivatives::Exact));
    let limits = Limits { steps: 2000, tolerance: 0.0 };
    let plan = Plan::new(with_search("steepest", "exact"), Point::new(-1.2, 1.0), limits);
    let mut run = Run::new(&problem, &plan);
    run.finish();
    let trials = (run.trajectory().evaluations.gradient - 1) as f64 / 2000.0;
    assert!(trials < 3.5, "{trials} in a step");
}

#[test]
fn on_a_quadratic_an_exact_search_ends_conjugate_gradients_in_two_steps_and_bfgs_in_three() {
    let mut random = fastrand::Rng::with_seed(2);
    for _ in 0..50 {
        let mut number = |low: f64, high: f64| low + (high - low) * random.f64();
        let (a, c) = (number(0.2, 5.0), number(0.2, 5.0));
        let b = number(-0.9, 0.9) * 2.0 * f64::sqrt(a * c);
        let text = format!("{a}*(x-1)^2 + {b}*(x-1)*(y+2) + {c}*(y+2)^2");
        let tape = Expression::parse(&text).unwrap().compile(["x", "y"], &[]).unwrap();
        let problem = Problem::from(&Objective::new(tape, Goal::Minimize, Derivatives::Exact));
        let start = Point::new(number(-5.0, 5.0), number(-5.0, 5.0));
        for (id, most) in [("cg", 2), ("bfgs", 3), ("lbfgs", 3)] {
            let mut settings = with_search(id, "exact");
            let formulas: &[&str] =
                if id == "cg" { &["polak-ribiere", "fletcher-reeves", "hestenes-stiefel"] } else { &[""] };
            for formula in formulas {
                if id == "cg" {
                    settings.set("formula", ParameterValue::Choice(formula)).unwrap();
                }
                let limits = Limits { steps: 9, tolerance: 1e-8 };
                let mut run = Run::new(&problem, &Plan::new(settings.clone(), start, limits));
                run.finish();
                let path = run.trajectory();
                assert!(path.steps() <= most, "{id} {formula} on {text}: {:?}", path.outcome);
                assert!((path.last().unwrap() - Point::new(1.0, -2.0)).norm() < 1e-6);
            }
        }
    }
}

#[test]
fn where_no_length_is_found_the_run_stalls_and_says_why() {
    let problem = |text: &str, goal| {
        let tape = Expression::parse(text).unwrap().compile(["x", "y"], &[]).unwrap();
        Problem::from(&Objective::new(tape, goal, Derivatives::Exact))
    };
    let end = |text: &str, settings: &Settings, start: [f64; 2]| {
        let limits = Limits { steps: 300, tolerance: 0.0 };
        let mut run =
            Run::new(&problem(text, Goal::Minimize), &Plan::new(settings.clone(), start.into(), limits));
        run.finish();
        run.trajectory().outcome.clone().unwrap().text
    };
    for (text, id, search, said) in [
        // Falls for ever.
        (
            "x + y",
            "steepest",
            "exact",
            "the cost still falls where the search direction was followed the farthest",
        ),
        (
            "x + y",
            "bfgs",
            "wolfe",
            "the cost still falls where the search direction was followed the farthest",
        ),
        // Up is down for Newton's pure step beside a maximum.
        ("-x^2 - y^2", "newton", "armijo", "the search direction does not lead down"),
        // At a kink everything is higher.
        (
            "abs(x - 0.3) + (x - 0.3)/2",
            "steepest",
            "armijo",
            "no length that moves the point lowers the cost",
        ),
    ] {
        let outcome = end(text, &with_search(id, search), [0.3, -0.7]);
        let kind = if text == "x + y" { "no minimum" } else { "stalled" };
        assert!(
            outcome.starts_with(&format!("{kind}: at step ")) && outcome.contains(said),
            "{text}: {outcome}"
        );
    }
}

#[test]
fn what_a_search_has_evaluated_where_the_step_ends_is_counted_once() {
    let tape = Expression::parse("x^2 + 10*y^2").unwrap().compile(["x", "y"], &[]).unwrap();
    let problem = Problem::from(&Objective::new(tape, Goal::Minimize, Derivatives::Exact));
    for (id, kind) in
        [("steepest", "armijo"), ("steepest", "wolfe"), ("steepest", "exact"), ("bfgs", "wolfe")]
    {
        let limits = Limits { steps: 12, tolerance: 0.0 };
        let plan = Plan::new(with_search(id, kind), Point::new(4.0, 1.0), limits);
        let mut run = Run::new(&problem, &plan);
        run.finish();
        let path = run.trajectory();
        let mut trials = 0;
        for (_, stages) in path.stages_of_steps(1) {
            for stage in stages.into_iter().filter(|stage| stage.id == "step_size") {
                if let Some(super::super::Drawn::LineSearch(search)) = stage.sketch.map(|sketch| sketch.of) {
                    trials += search.trials.len() as u64;
                }
            }
        }
        let (steps, counted) = (path.steps() as u64, path.evaluations);
        assert_eq!(counted.value, 1 + trials, "{id} {kind}");
        let gradients = if kind == "armijo" { 1 + steps } else { 1 + trials };
        assert_eq!(counted.gradient, gradients, "{id} {kind}");
        assert_eq!(counted.hessian, if kind == "exact" { steps } else { 0 }, "{id} {kind}");
    }
}
