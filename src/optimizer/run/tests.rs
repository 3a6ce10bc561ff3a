mod endless;
mod outcomes;

use super::super::{METHODS, Needs, OutcomeKind, ParameterValue, RateForm, Settings, method};
use super::*;
use crate::expr::Expression;
use crate::objective::{Derivatives, Evaluations, Goal, Objective};

const ROSENBROCK: &str = "(1-x)^2 + 100*(y-x^2)^2";
const BOWL: &str = "x^2 + 10*y^2";

fn objective_with(formula: &str, goal: Goal, derivatives: Derivatives) -> Objective {
    let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
    Objective::new(tape, goal, derivatives)
}

fn objective(formula: &str) -> Objective {
    objective_with(formula, Goal::Minimize, Derivatives::Exact)
}

fn settings(id: &str, rate: f64) -> Settings {
    let mut settings = Settings::defaults(method(id).unwrap());
    let id = if settings.own_rule().is_some() { "alpha" } else { "learning_rate" };
    if settings.get(id).is_some() {
        settings.set(id, ParameterValue::Real(rate)).unwrap();
    }
    settings
}

fn start(objective: &Objective, settings: &Settings, at: [f64; 2], steps: u32, tolerance: f64) -> Run {
    let (settings, start) = (settings.clone(), Point::from(at));
    Run::new(&Problem::from(objective), &Plan::new(settings, start, Limits { steps, tolerance }))
}

fn finished(
    objective: &Objective,
    settings: &Settings,
    at: [f64; 2],
    steps: u32,
    tolerance: f64,
) -> Trajectory {
    let mut run = start(objective, settings, at, steps, tolerance);
    run.finish();
    run.into_trajectory()
}

/// All numbers of a trajectory bit by bit, so that -0 differs from 0 and NaN equals itself.
fn bits(t: &Trajectory) -> Vec<u64> {
    let more = (0..t.columns().len()).flat_map(|index| t.column(index));
    let vectors = t.points().chain(t.gradients()).chain(more).flat_map(|p| [p.x, p.y]);
    vectors.chain(t.values()).map(f64::to_bits).collect()
}

#[test]
fn any_cut_gives_the_same_bits() {
    let mut random = fastrand::Rng::with_seed(7);
    let objective = objective(ROSENBROCK);
    for m in METHODS.iter().filter(|method| !method.only_finds_roots()) {
        let settings = settings(m.id, 0.0007);
        let whole = finished(&objective, &settings, [-1.2, 1.0], 400, 1e-3);
        for _ in 0..20 {
            let mut run = start(&objective, &settings, [-1.2, 1.0], 400, 1e-3);
            let mut taken = 0;
            while !run.is_over() {
                taken += run.advance(random.u32(0..60));
            }
            assert_eq!(run.advance(10), 0);
            assert_eq!(taken as usize, whole.steps());
            assert_eq!(bits(run.trajectory()), bits(&whole), "{}", m.id);
            assert_eq!(run.trajectory().outcome, whole.outcome);
            assert_eq!(run.trajectory().evaluations, whole.evaluations);
        }
    }
}

#[test]
fn maximizing_mirrors_minimizing_the_negated_cost() {
    for m in METHODS
        .iter()
        .filter(|method| !method.only_finds_roots())
        .filter(|method| method.needs != Needs::Residuals)
    {
        let settings = settings(m.id, 0.001);
        let down = finished(&objective(ROSENBROCK), &settings, [-1.2, 1.0], 100, 1e-6);
        let negated = objective_with(&format!("-({ROSENBROCK})"), Goal::Maximize, Derivatives::Exact);
        let up = finished(&negated, &settings, [-1.2, 1.0], 100, 1e-6);
        assert!(up.points().eq(down.points()), "{}", m.id);
        assert!(up.values().eq(down.values().map(|v| -v)));
        assert!(up.gradients().eq(down.gradients().map(|g| -g)));
        assert_eq!(up.outcome, down.outcome);
        assert!(up.values().last() > up.values().next(), "{} climbs", m.id);
    }
}

#[test]
fn gradient_descent_on_a_quadratic_has_its_closed_form() {
    let t = finished(&objective(BOWL), &settings("gd", 0.03), [4.0, 1.0], 60, 0.0);
    for (k, point) in t.points().enumerate() {
        let k = k as i32;
        let exact = Point::new(4.0 * (1.0 - 0.03 * 2.0_f64).powi(k), (1.0 - 0.03 * 20.0_f64).powi(k));
        assert!((point - exact).norm() < 1e-14, "{k}: {point}");
    }
}

#[test]
fn evaluations_are_counted_step_by_step() {
    for (id, besides) in [
        ("gd", [0, 0]),
        ("momentum", [0, 0]),
        ("nesterov", [1, 0]),
        ("adagrad", [0, 0]),
        ("rmsprop", [0, 0]),
        ("adam", [0, 0]),
        ("newton", [0, 1]),
    ] {
        let t = finished(&objective(ROSENBROCK), &settings(id, 0.0005), [-1.2, 1.0], 173, 0.0);
        let expected =
            Evaluations { value: 174, gradient: 174 + 173 * besides[0], hessian: 173 * besides[1], rows: 0 };
        assert_eq!((t.steps(), t.evaluations), (173, expected), "{id}");
    }
    let t = finished(&objective(BOWL), &settings("gd", 0.05), [4.0, 0.0], 1000, 1e-6);
    assert_eq!(t.outcome.as_ref().unwrap().kind, OutcomeKind::Converged);
    let points = t.len() as u64;
    assert_eq!(t.evaluations, Evaluations { value: points, gradient: points, hessian: 0, rows: 0 });

    let differences = objective_with(BOWL, Goal::Minimize, Derivatives::CentralDifference { step: 1e-5 });
    let t = finished(&differences, &settings("gd", 0.05), [4.0, 1.0], 10, 0.0);
    assert_eq!(t.evaluations, Evaluations { value: 11 * 5, gradient: 11, hessian: 0, rows: 0 });
    let exact = finished(&objective(BOWL), &settings("gd", 0.05), [4.0, 1.0], 10, 0.0);
    assert!(t.points().zip(exact.points()).all(|(a, b)| (a - b).norm() < 1e-8));
}

#[test]
fn a_bad_start_is_kept_with_its_value_and_a_bad_end_is_not() {
    let t = finished(&objective("1/x"), &settings("gd", 0.1), [0.0, 2.0], 10, 0.0);
    assert!(t.points().eq([Point::new(0.0, 2.0)]) && t.value(0) == Some(f64::INFINITY));
    let t = finished(&objective("ln(x)"), &settings("gd", 0.5), [1.0, 0.0], 10, 0.0);
    assert!(t.points().eq([Point::new(1.0, 0.0), Point::new(0.5, 0.0)]));
    assert_eq!(t.evaluations, Evaluations { value: 3, gradient: 3, hessian: 0, rows: 0 });
}

#[test]
fn a_gradient_of_exactly_zero_moves_nothing_without_epsilon() {
    for id in ["adagrad", "rmsprop", "adam"] {
        let mut settings = settings(id, 0.1);
        settings.set("epsilon", ParameterValue::Real(0.0)).unwrap();
        let t = finished(&objective("x^2 + 0*y"), &settings, [1.0, 0.7], 50, 0.0);
        assert_eq!(t.outcome.as_ref().unwrap().kind, OutcomeKind::Steps, "{id}");
        assert!(t.points().all(|p| p.y == 0.7), "{id}");
        assert!(t.last().unwrap().x < 0.9, "{id}");
    }
    let newton = finished(&objective("x^2*y^2"), &settings("newton", 1.0), [0.0, 0.0], 3, 0.0);
    assert!(newton.points().all(|p| p == Point::zeros()));
}

#[test]
fn adam_without_bias_correction_starts_with_short_averages() {
    let mut plain = settings("adam", 0.1);
    plain.set("bias_correction", ParameterValue::Switch(false)).unwrap();
    let t = finished(&objective("3*x - 2*y"), &plain, [0.0, 0.0], 1, 0.0);
    let ratio = 0.1 / 0.001_f64.sqrt();
    let expected = Point::new(-0.1 * ratio, 0.1 * ratio);
    let first = t.point(1).unwrap();
    assert!((first - expected).norm() < 1e-6, "{first} {expected}");
}

#[test]
fn modified_newton_leaves_the_saddle_that_pure_newton_seeks() {
    let objective = objective("x^2 - y^2 + y^4");
    let mut modified = settings("newton", 1.0);
    let pure = finished(&objective, &modified, [1.0, 0.1], 50, 1e-8);
    assert_eq!(pure.outcome.unwrap().kind, OutcomeKind::Saddle);
    modified.set("variant", ParameterValue::Choice("modified")).unwrap();
    let t = finished(&objective, &modified, [1.0, 0.1], 50, 1e-8);
    assert_eq!(t.outcome.as_ref().unwrap().kind, OutcomeKind::Converged);
    assert!((t.last().unwrap() - Point::new(0.0, 0.5_f64.sqrt())).norm() < 1e-6);
}

#[test]
fn norms_are_those_of_the_recorded_gradients() {
    let t = finished(&objective(BOWL), &settings("gd", 0.01), [1.5, 0.2], 1, 0.0);
    assert_eq!((t.gradient_norm(0), t.gradient_norms().count()), (Some(5.0), 2));
}

#[test]
fn a_coordinate_that_does_not_move_leaves_the_other_as_in_one_variable() {
    // Along y = 0.5 this is the cost of one variable beside it, but for what does not depend on x.
    let both = "x^4/4 - x^2 + x*y + 3*y^2";
    let alone = "x^4/4 - x^2 + 0.5*x + 0.75";
    for derivatives in [Derivatives::Exact, Derivatives::CentralDifference { step: 1e-4 }] {
        for goal in [Goal::Minimize, Goal::Maximize] {
            for m in METHODS.iter().filter(|method| !method.only_finds_roots()) {
                let plan = Plan::new(
                    settings(m.id, 0.05),
                    Point::new(0.3, 0.5),
                    Limits { steps: 60, tolerance: 1e-3 },
                );
                let cost = objective_with(both, goal, derivatives);
                let mut run = Run::new(&Problem { free: [true, false], ..Problem::from(cost) }, &plan);
                run.finish();
                let t = run.trajectory();
                assert!(t.points().all(|p| p.y == 0.5), "{} leaves the line", m.id);
                if m.needs == Needs::Hessian {
                    // Newton's second derivative would be 0 in y, and its step would not exist.
                    assert!(t.len() > 1);
                    continue;
                }
                let cost = objective_with(alone, goal, derivatives);
                let mut line = Run::new(&Problem::from(cost), &plan);
                line.finish();
                let line = line.trajectory();
                if m.needs == Needs::Value {
                    // A simplex of the line takes other ways than one of the plane.
                    let ends = [t, line].map(|path| path.last().unwrap().x);
                    assert!((ends[0] - ends[1]).abs() < 1e-2, "{} ends at {ends:?}", m.id);
                    continue;
                }
                assert_eq!(t.len(), line.len(), "{}: {:?} {:?}", m.id, t.outcome, line.outcome);
                // Where it is not held, weight decay moves y.
                let off = t.points().zip(line.points()).map(|(a, b)| (a.x - b.x).abs()).fold(0.0, f64::max);
                assert!(off < 1e-6, "{} is {off} off", m.id);
            }
        }
    }
    // What stands still counts neither as a way up nor as a way down.
    let plan =
        Plan::new(settings("newton", 1.0), Point::new(0.1, 0.5), Limits { steps: 60, tolerance: 1e-9 });
    let cost = objective_with("-x^2 + 3*y^2", Goal::Minimize, Derivatives::Exact);
    let mut run = Run::new(&Problem { free: [true, false], ..Problem::from(cost) }, &plan);
    run.finish();
    assert_eq!(run.trajectory().outcome.as_ref().unwrap().kind, OutcomeKind::Maximum);
}
