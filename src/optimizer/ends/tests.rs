use super::*;
use crate::expr::Expression;
use crate::objective::{Derivatives, Goal, Objective};
use crate::optimizer::{Limits, METHODS, ParameterValue, Run};

fn problem(formula: &str, goal: Goal, derivatives: Derivatives) -> Problem {
    let tape = Expression::parse(formula).and_then(|read| read.compile(["x", "y"], &[])).unwrap();
    Objective::new(tape, goal, derivatives).into()
}

/// Starts of a grid, some of them where nothing is defined or at a stationary point.
fn starts() -> Vec<Point> {
    let side = [-3.0, -1.1, -0.3, 0.0, 0.4, 1.0, 2.7];
    side.iter().flat_map(|x| side.map(|y| Point::new(*x, y))).collect()
}

/// The end of the run itself.
fn of_run(problem: &Problem, plan: &Plan) -> End {
    let mut run = Run::new(problem, plan);
    run.finish();
    let path = run.trajectory();
    let (kind, step) = (path.outcome.as_ref().unwrap().kind, path.steps());
    let value = path.value(step).unwrap();
    End { kind, step: u32::try_from(step).unwrap(), at: path.point(step).unwrap(), value }
}

fn bits(end: End) -> (OutcomeKind, u32, [u64; 3]) {
    let number = |number: f64| if number.is_nan() { u64::MAX } else { number.to_bits() };
    (end.kind, end.step, [end.at.x, end.at.y, end.value].map(number))
}

#[test]
fn ends_of_every_method_are_those_of_its_runs_however_they_are_cut() {
    let exact = Derivatives::Exact;
    let problems = [
        problem("(1-x)^2 + 10*(y-x^2)^2", Goal::Minimize, exact),
        problem("(x^2+y-11)^2 + (x+y^2-7)^2", Goal::Minimize, exact),
        problem("-ln(x + 2) - y^2 + sin(x*y)", Goal::Maximize, exact),
        problem("x^2 + y^2/4", Goal::Minimize, Derivatives::CentralDifference { step: 1e-5 }),
    ];
    let mut kinds = std::collections::HashSet::new();
    for method in
        METHODS.iter().filter(|method| !method.only_finds_roots() && method.id != "levenberg-marquardt")
    {
        for (number, problem) in problems.iter().enumerate() {
            let settings = Settings::defaults(method);
            let limits = Limits { steps: 60, tolerance: 1e-3 };
            let plan = Plan::new(settings.clone(), Point::zeros(), limits);
            // The rate of each differs, where there is one.
            let tasks = starts().into_iter().zip(0..).map(|(start, id)| {
                let mut settings = settings.clone();
                let rate = [0.001, 0.02, 0.3][id as usize % 3];
                let _ = settings.set("learning_rate", ParameterValue::Real(rate));
                Task { id, settings, start }
            });
            let tasks: Vec<Task> = tasks.collect();
            for slice in [1, 97, 1_000_000] {
                let mut ends = Ends::new(problem, &plan);
                let mut found = vec![None; tasks.len()];
                let mut waiting = tasks.iter().cloned();
                let mut next = || waiting.next();
                let mut take = |id: u32, end| {
                    assert!(found[id as usize].replace(end).is_none(), "{} is told twice", method.id);
                };
                while !ends.advance(slice, &mut next, &mut take) {}
                for (task, end) in tasks.iter().zip(&found) {
                    let plan = Plan { settings: task.settings.clone(), start: task.start, ..plan.clone() };
                    let (end, expected) = (end.unwrap(), of_run(problem, &plan));
                    assert_eq!(
                        bits(end),
                        bits(expected),
                        "{} on problem {number} from {:?}",
                        method.id,
                        task.start
                    );
                    kinds.insert(end.kind.id());
                }
            }
        }
    }
    for kind in ["converged", "saddle", "steps", "diverged", "not_finite"] {
        assert!(kinds.contains(kind), "{kind} comes up among {kinds:?}");
    }
}

#[test]
fn three_methods_walk_from_several_starts_at_a_time() {
    let problem = problem("x^2 + y^2", Goal::Minimize, Derivatives::Exact);
    for method in METHODS {
        let plan = Plan::new(Settings::defaults(method), Point::zeros(), Limits { steps: 9, tolerance: 0.0 });
        let together = Ends::new(&problem, &plan).together.is_some();
        assert_eq!(together, ["gd", "momentum", "adam"].contains(&method.id), "{}", method.id);
    }
}
