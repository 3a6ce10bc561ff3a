mod endless;
mod outcomes;

use super::super::{METHODS, OutcomeKind, ParameterValue, Settings, method};
use super::*;
use crate::expr::Expression;
use crate::objective::{Derivatives, Goal};

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
    settings.set("learning_rate", ParameterValue::Real(rate)).unwrap();
    settings
}

fn start(objective: &Objective, settings: &Settings, at: [f64; 2], steps: u32, tolerance: f64) -> Run {
    let (settings, start) = (settings.clone(), Point::from(at));
    Run::new(objective, &Plan { settings, start, limits: Limits { steps, tolerance } })
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
    let lookaheads = t.columns.iter().flat_map(|column| &column.entries);
    let vectors = t.points.iter().chain(&t.gradients).chain(lookaheads).flat_map(|p| [p.x, p.y]);
    vectors.chain(t.values.iter().copied()).map(f64::to_bits).collect()
}

#[test]
fn any_cut_gives_the_same_bits() {
    let mut random = fastrand::Rng::with_seed(7);
    let objective = objective(ROSENBROCK);
    for m in METHODS {
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
    for m in METHODS {
        let settings = settings(m.id, 0.001);
        let down = finished(&objective(ROSENBROCK), &settings, [-1.2, 1.0], 100, 1e-6);
        let negated = objective_with(&format!("-({ROSENBROCK})"), Goal::Maximize, Derivatives::Exact);
        let up = finished(&negated, &settings, [-1.2, 1.0], 100, 1e-6);
        assert_eq!(up.points, down.points, "{}", m.id);
        assert_eq!(up.values, down.values.iter().map(|v| -v).collect::<Vec<_>>());
        assert_eq!(up.gradients, down.gradients.iter().map(|g| -g).collect::<Vec<_>>());
        assert_eq!(up.outcome, down.outcome);
        assert!(up.values.last() > up.values.first(), "{} climbs", m.id);
    }
}

#[test]
fn gradient_descent_on_a_quadratic_has_its_closed_form() {
    let t = finished(&objective(BOWL), &settings("gd", 0.03), [4.0, 1.0], 60, 0.0);
    for (k, point) in t.points.iter().enumerate() {
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
            Evaluations { value: 174, gradient: 174 + 173 * besides[0], hessian: 173 * besides[1] };
        assert_eq!((t.steps(), t.evaluations), (173, expected), "{id}");
    }
    let t = finished(&objective(BOWL), &settings("gd", 0.05), [4.0, 0.0], 1000, 1e-6);
    assert_eq!(t.outcome.as_ref().unwrap().kind, OutcomeKind::Converged);
    let points = t.points.len() as u64;
    assert_eq!(t.evaluations, Evaluations { value: points, gradient: points, hessian: 0 });

    let differences = objective_with(BOWL, Goal::Minimize, Derivatives::CentralDifference { step: 1e-5 });
    let t = finished(&differences, &settings("gd", 0.05), [4.0, 1.0], 10, 0.0);
    assert_eq!(t.evaluations, Evaluations { value: 11 * 5, gradient: 11, hessian: 0 });
    let exact = finished(&objective(BOWL), &settings("gd", 0.05), [4.0, 1.0], 10, 0.0);
    assert!(t.points.iter().zip(&exact.points).all(|(a, b)| (a - b).norm() < 1e-8));
}

#[test]
fn a_bad_start_is_kept_with_its_value_and_a_bad_end_is_not() {
    let t = finished(&objective("1/x"), &settings("gd", 0.1), [0.0, 2.0], 10, 0.0);
    assert_eq!((t.points, t.values), (vec![Point::new(0.0, 2.0)], vec![f64::INFINITY]));
    let t = finished(&objective("ln(x)"), &settings("gd", 0.5), [1.0, 0.0], 10, 0.0);
    assert_eq!(t.points, [Point::new(1.0, 0.0), Point::new(0.5, 0.0)]);
    assert_eq!(t.evaluations, Evaluations { value: 3, gradient: 3, hessian: 0 });
}

#[test]
fn a_gradient_of_exactly_zero_moves_nothing_without_epsilon() {
    for id in ["adagrad", "rmsprop", "adam"] {
        let mut settings = settings(id, 0.1);
        settings.set("epsilon", ParameterValue::Real(0.0)).unwrap();
        let t = finished(&objective("x^2 + 0*y"), &settings, [1.0, 0.7], 50, 0.0);
        assert_eq!(t.outcome.as_ref().unwrap().kind, OutcomeKind::Steps, "{id}");
        assert!(t.points.iter().all(|p| p.y == 0.7), "{id}");
        assert!(t.points.last().unwrap().x < 0.9, "{id}");
    }
    let newton = finished(&objective("x^2*y^2"), &settings("newton", 1.0), [0.0, 0.0], 3, 0.0);
    assert!(newton.points.iter().all(|p| *p == Point::zeros()));
}

#[test]
fn adam_without_bias_correction_starts_with_short_averages() {
    let mut plain = settings("adam", 0.1);
    plain.set("bias_correction", ParameterValue::Switch(false)).unwrap();
    let t = finished(&objective("3*x - 2*y"), &plain, [0.0, 0.0], 1, 0.0);
    let ratio = 0.1 / 0.001_f64.sqrt();
    let expected = Point::new(-0.1 * ratio, 0.1 * ratio);
    assert!((t.points[1] - expected).norm() < 1e-6, "{} {expected}", t.points[1]);
}

#[test]
fn modified_newton_leaves_the_saddle_that_pure_newton_seeks() {
    let objective = objective("x^2 - y^2 + y^4");
    let mut modified = settings("newton", 1.0);
    let pure = finished(&objective, &modified, [1.0, 0.1], 50, 1e-8);
    assert_eq!(pure.outcome.unwrap().kind, OutcomeKind::Saddle);
    modified.set("variant", ParameterValue::Choice("modified")).unwrap();
    let t = finished(&objective, &modified, [1.0, 0.1], 50, 1e-8);
    assert_eq!(t.outcome.unwrap().kind, OutcomeKind::Converged);
    assert!((t.points.last().unwrap() - Point::new(0.0, 0.5_f64.sqrt())).norm() < 1e-6);
}

#[test]
fn norms_are_those_of_the_recorded_gradients() {
    let t = finished(&objective(BOWL), &settings("gd", 0.01), [1.5, 0.2], 1, 0.0);
    assert_eq!(t.gradient_norms()[0], 5.0);
    assert_eq!(t.gradient_norms().len(), 2);
}
