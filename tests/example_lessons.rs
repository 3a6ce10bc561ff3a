//! Every example scenario shows what its notes say: the outcome of each of its runs.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use downhill::objective::Point;
use downhill::optimizer::OutcomeKind::{
    self, Converged, Cycle, Diverged, Maximum, NoMinimum, Penalized, Saddle, Steps,
};
use downhill::optimizer::{ParameterValue, Run, ScheduleForm, Trajectory};
use downhill::scenario::{Scenario, read};

fn example(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/scenarios").join(name);
    read(&fs::read_to_string(path).unwrap(), name).unwrap_or_else(|error| panic!("{error}"))
}

fn trajectories(scenario: &Scenario) -> Vec<(String, Trajectory)> {
    let problem = scenario.problem().unwrap();
    let trajectory = |plan| {
        let mut run = Run::new(&problem, &plan);
        run.finish();
        run.into_trajectory()
    };
    scenario.optimizers.iter().map(|choice| choice.name()).zip(scenario.plans().map(trajectory)).collect()
}

/// How each run of each example ends: file, and for each run its name, outcome, and steps and end where the
/// notes promise them. The numbers agree with an independent simulation by central differences.
type Lesson = (&'static str, &'static [(&'static str, OutcomeKind, Option<u32>, Option<[f64; 2]>)]);

const LESSONS: &[Lesson] = &[
    (
        "rosenbrock.toml",
        &[
            ("Gradient descent", Steps, None, None),
            ("Momentum", Steps, None, None),
            ("Nesterov", Steps, None, None),
            ("AdaGrad", Steps, None, None),
            ("RMSProp", Steps, None, None),
            ("Adam", Steps, None, None),
            ("Newton", Converged, Some(6), Some([1.0, 1.0])),
        ],
    ),
    (
        "down-a-curve.toml",
        &[
            ("Gradient descent", Steps, None, Some([1.1309, 0.0])),
            ("Momentum", Steps, None, Some([-1.2475, 0.0])),
            ("Newton", Converged, Some(5), Some([1.1309, 0.0])),
        ],
    ),
    (
        "rate-on-a-parabola.toml",
        &[
            ("too small: 0.1", Steps, None, Some([2.9887, 0.0])),
            ("right: 0.5", Converged, Some(1), Some([3.0, 0.0])),
            ("large: 0.95", Steps, None, Some([3.2154, 0.0])),
            ("too large: 1.02", Steps, None, Some([10.9975, 0.0])),
        ],
    ),
    (
        "root-of-two.toml",
        &[
            ("Newton", Converged, Some(5), Some([std::f64::consts::SQRT_2, 0.0])),
            ("Secant", Converged, None, Some([std::f64::consts::SQRT_2, 0.0])),
            ("Bisection", Steps, None, Some([std::f64::consts::SQRT_2, 0.0])),
        ],
    ),
    (
        "double-root.toml",
        &[
            ("Newton", Converged, Some(22), Some([1.0, 0.0])),
            ("Newton, twice the step", Converged, Some(4), Some([1.0, 0.0])),
        ],
    ),
    (
        "newton-cycle.toml",
        &[
            ("Newton", Cycle, Some(2), Some([0.0, 0.0])),
            ("Bisection", Converged, None, Some([-1.769292, 0.0])),
        ],
    ),
    (
        "tangent-throws-far.toml",
        &[("Newton", Diverged, None, None), ("Bisection", Converged, None, Some([0.0, 0.0]))],
    ),
    (
        "how-far-along.toml",
        &[
            ("Steepest, exact: zigzags", Steps, None, None),
            ("Conjugate gradients", Converged, None, Some([1.0, 1.0])),
            ("BFGS", Converged, None, Some([1.0, 1.0])),
            ("Trust region", Converged, None, Some([1.0, 1.0])),
            ("Nelder-Mead", Converged, None, Some([1.0, 1.0])),
        ],
    ),
    (
        "fitting-a-curve.toml",
        &[
            ("Gradient descent", Steps, None, None),
            ("Levenberg-Marquardt", Converged, None, Some([5.104837, 0.476494])),
        ],
    ),
    (
        "zigzag.toml",
        &[
            ("GD 0.02: creeps", Steps, None, None),
            ("GD 2/11: the best fixed rate", Converged, Some(70), None),
            ("GD 0.195: close to the limit", Converged, Some(270), None),
            ("Momentum, tuned", Converged, Some(25), None),
        ],
    ),
    (
        "learning-rate-too-large.toml",
        &[
            ("0.05: creeps", Steps, None, None),
            ("0.25: just right", Converged, None, None),
            ("0.45: overshoots, arrives", Converged, None, None),
            ("0.5: bounces for ever", Steps, None, Some([0.0, 1.5])),
            ("0.6: diverges", Diverged, None, None),
        ],
    ),
    (
        "adam-bias-correction.toml",
        &[
            ("corrected", Converged, None, None),
            ("not corrected", Converged, None, None),
            ("not corrected, beta2 0.99", Converged, None, None),
        ],
    ),
    (
        "momentum-forms.toml",
        &[
            ("standard, rate 0.02", Converged, Some(242), None),
            ("ewma, rate 0.02", Steps, None, None),
            ("ewma, rate 0.2", Converged, Some(242), None),
            ("no momentum, rate 0.02", Steps, None, None),
        ],
    ),
    (
        "nesterov.toml",
        &[
            ("Gradient descent", Converged, Some(256), None),
            ("Momentum", Converged, Some(218), None),
            ("Nesterov", Converged, Some(137), None),
        ],
    ),
    (
        "own-rule.toml",
        &[
            ("Momentum", Converged, Some(242), None),
            ("momentum, typed", Converged, Some(242), None),
            ("one line changed", Converged, Some(134), None),
        ],
    ),
    (
        "saddle-escape.toml",
        &[
            ("Gradient descent", Converged, Some(125), Some([0.0, 1.0])),
            ("Momentum", Steps, None, Some([0.0, 1.0])),
            ("RMSProp", Converged, None, Some([0.0, 1.0])),
            ("Adam", Steps, None, Some([0.0, 1.0])),
            ("Newton, pure: stays", Saddle, Some(1), Some([0.0, 0.0])),
            ("Newton, modified: leaves", Converged, None, Some([0.0, 1.0])),
        ],
    ),
    (
        "himmelblau.toml",
        &[
            ("Gradient descent", Converged, None, Some([3.0, 2.0])),
            ("Momentum", Converged, None, Some([3.5844, -1.8481])),
            ("Nesterov", Converged, None, Some([3.0, 2.0])),
            ("AdaGrad", Converged, None, Some([3.0, 2.0])),
            ("RMSProp", Converged, None, Some([3.0, 2.0])),
            ("Adam", Converged, None, Some([3.0, 2.0])),
            ("Newton", Maximum, None, Some([-0.2708, -0.9230])),
        ],
    ),
    (
        "rastrigin.toml",
        &[
            ("Gradient descent", Converged, None, Some([-1.8968, 1.8968])),
            ("Momentum, beta 0.9", Converged, None, Some([0.0, 1.8968])),
            ("Nesterov", Converged, None, Some([-0.9511, 1.8968])),
            ("Adam, rate 0.1", Converged, None, Some([-0.9511, 1.8968])),
            ("Adam, rate 0.5", Converged, None, Some([0.0, 0.0])),
        ],
    ),
    (
        "linear-regression.toml",
        &[
            ("GD 0.1", Converged, Some(491), Some([1.4, 0.7])),
            ("GD 0.18: diverges", Diverged, None, None),
            ("Momentum", Converged, None, Some([1.4, 0.7])),
            ("Adam", Converged, None, Some([1.4, 0.7])),
            ("Newton", Converged, Some(1), Some([1.4, 0.7])),
        ],
    ),
    (
        "rows-of-data.toml",
        &[
            ("Gradient descent", Converged, Some(491), Some([1.4, 0.7])),
            ("Momentum", Converged, None, Some([1.4, 0.7])),
            ("Adam", Converged, None, Some([1.4, 0.7])),
            ("Newton", Converged, Some(1), Some([1.4, 0.7])),
        ],
    ),
    (
        "sgd-noise.toml",
        &[
            ("Gradient descent", Steps, None, None),
            ("Momentum", Steps, None, None),
            ("Adam", Steps, None, None),
        ],
    ),
    (
        "rate-that-falls.toml",
        &[
            ("Constant", Steps, None, None),
            ("Like 1/t", Steps, None, None),
            ("Exponential", Steps, None, None),
        ],
    ),
    (
        "rate-for-each-variable.toml",
        &[
            ("Gradient descent", Converged, Some(92), Some([0.0, 0.0])),
            ("A rate for each", Converged, Some(1), Some([0.0, 0.0])),
            ("AdaGrad", Converged, Some(96), Some([0.0, 0.0])),
            ("Newton", Converged, Some(1), Some([0.0, 0.0])),
        ],
    ),
    (
        "houses-unscaled.toml",
        &[
            ("Gradient descent", Steps, None, None),
            ("Momentum", Steps, None, None),
            ("Adam", Steps, None, None),
            ("Newton", Converged, Some(1), Some([33.8533, 2.5722])),
        ],
    ),
    (
        "ridge-against-lasso.toml",
        &[
            ("Gradient descent", Steps, None, None),
            ("ISTA", Converged, Some(73), Some([0.0, 0.9783])),
            ("FISTA", Converged, Some(44), Some([0.0, 0.9783])),
        ],
    ),
    (
        "classes-that-overlap.toml",
        &[
            ("Gradient descent", Steps, None, None),
            ("Momentum", Steps, None, None),
            ("Adam", Converged, None, Some([1.1398, -3.7303])),
            ("Newton", Converged, Some(4), Some([1.1398, -3.7303])),
        ],
    ),
    (
        "classes-that-separate.toml",
        &[
            ("Gradient descent", Steps, None, None),
            ("Adam", Steps, None, None),
            ("Newton", NoMinimum, Some(14), None),
        ],
    ),
    (
        "network-two-weights.toml",
        &[
            ("Gradient descent", Steps, None, None),
            ("Momentum", Steps, None, None),
            ("Adam", Converged, None, Some([0.4548, 0.3389])),
        ],
    ),
    ("chain-rule.toml", &[("Gradient descent", Steps, None, None), ("Adam", Steps, None, None)]),
    (
        "logistic-regression.toml",
        &[
            ("Gradient descent", Steps, None, None),
            ("Momentum", Converged, None, Some([1.2140, -3.0350])),
            ("RMSProp", Steps, None, None),
            ("Adam", Converged, None, Some([1.2140, -3.0350])),
            ("Newton", Converged, Some(4), Some([1.2140, -3.0350])),
        ],
    ),
    (
        "l1-versus-l2.toml",
        &[
            ("Gradient descent", Steps, None, None),
            ("Momentum", Steps, None, None),
            ("Adam", Steps, None, None),
        ],
    ),
    (
        "lagrangian.toml",
        &[
            ("Gradient ascent", Converged, None, Some([1.5, 1.5])),
            ("Momentum", Converged, None, Some([1.5, 1.5])),
            ("Adam", Steps, None, Some([1.5, 1.5])),
            ("Newton", Converged, Some(1), Some([1.5, 1.5])),
        ],
    ),
    (
        "constraint-line.toml",
        &[
            ("penalty", Penalized, Some(187), Some([17.0 / 11.0, 16.0 / 11.0])),
            ("augmented Lagrangian", Converged, Some(187), Some([1.5, 1.5])),
            ("projection", Converged, Some(187), Some([1.5, 1.5])),
            ("descent-ascent", Converged, Some(126), Some([1.5, 1.5])),
            ("Newton, N + K equations", Converged, Some(1), Some([1.5, 1.5])),
        ],
    ),
    (
        "coin-entropy.toml",
        &[
            ("Gradient descent", Converged, None, Some([0.5, 0.5])),
            ("Gradient descent", Converged, None, Some([0.5, 0.5])),
            ("Newton", Converged, Some(3), Some([0.5, 0.5])),
        ],
    ),
    (
        "loaded-coin.toml",
        &[
            ("Gradient descent", Converged, None, Some([0.3, 0.7])),
            ("Newton", Converged, Some(2), Some([0.3, 0.7])),
        ],
    ),
    (
        "linear-on-circle.toml",
        &[
            ("Gradient descent", Converged, None, Some([1.0, 2.0])),
            ("Gradient descent", Converged, None, Some([1.0, 2.0])),
            ("Newton", Maximum, None, Some([-1.0, -2.0])),
        ],
    ),
    (
        "nearest-on-ellipse.toml",
        &[
            ("Gradient descent", Converged, None, Some([0.386_857, 0.981_114])),
            ("Gradient descent", Converged, None, Some([0.386_857, 0.981_114])),
            ("Newton", Converged, None, Some([0.386_857, 0.981_114])),
        ],
    ),
    (
        "active-or-not.toml",
        &[
            ("Gradient descent", Converged, None, Some([4.0 / 3.0, 2.0 / 3.0])),
            ("Gradient descent", Converged, None, Some([4.0 / 3.0, 2.0 / 3.0])),
            ("Newton", Converged, Some(1), Some([4.0 / 3.0, 2.0 / 3.0])),
        ],
    ),
    (
        "ridge-and-disc.toml",
        &[
            ("Gradient descent", Converged, None, Some([0.477_038, 0.878_883])),
            ("Gradient descent", Converged, None, Some([0.477_038, 0.878_883])),
            ("Newton", Converged, None, Some([0.477_038, 0.878_883])),
        ],
    ),
    (
        "lasso-and-diamond.toml",
        &[("Gradient descent", Converged, None, Some([0.55, 0.9])), ("penalty", Penalized, None, None)],
    ),
    (
        "budget-line.toml",
        &[
            ("Gradient descent", Converged, None, Some([3.0, 6.0])),
            ("Gradient descent", Converged, None, Some([3.0, 6.0])),
            ("Newton", Converged, Some(1), Some([3.0, 6.0])),
        ],
    ),
    (
        "descent-ascent-circles.toml",
        &[("Gradient descent", Steps, None, None), ("Gradient descent", Converged, None, Some([0.5, -0.3]))],
    ),
];

#[test]
fn every_run_of_every_example_ends_as_its_notes_say() {
    for (file, expected) in LESSONS {
        let runs = trajectories(&example(file));
        assert_eq!(runs.len(), expected.len(), "{file}");
        for ((name, trajectory), (expected_name, kind, steps, end)) in runs.iter().zip(*expected) {
            let outcome = trajectory.outcome.as_ref().unwrap();
            assert_eq!((name.as_str(), outcome.kind), (*expected_name, *kind), "{file}: {}", outcome.text);
            if let Some(steps) = steps {
                assert_eq!(outcome.step, *steps, "{file}, {name}");
            }
            if let Some([x, y]) = end {
                let last = trajectory.last().unwrap();
                assert!((last - Point::new(*x, *y)).norm() < 2e-3, "{file}, {name} ends at {last}");
            }
        }
    }
}

#[test]
fn every_example_has_its_lesson() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/scenarios");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_of_series = OF_SERIES.contains(&name.as_str());
        assert!(is_of_series || LESSONS.iter().any(|(file, _)| *file == name), "{name} has no lesson here");
    }
}

/// Examples of a series, which have no runs.
const OF_SERIES: [&str; 2] = ["ewma-by-hand.toml", "ewma-window.toml"];

#[test]
fn series_are_what_their_notes_say() {
    let series = |file: &str| example(file).series.unwrap();
    let by_hand = series("ewma-by-hand.toml").averages().remove(0);
    for (number, expected) in [by_hand.v[0], by_hand.v[1], by_hand.v_hat[0], by_hand.v_hat[1]]
        .into_iter()
        .zip([1.0, 2.1, 10.0, 11.05])
    {
        assert!((number - expected).abs() < 3e-3, "{number}, not {expected}");
    }
    let [short, middle, long] = series("ewma-window.toml").averages().try_into().unwrap();
    // The second wave comes down from t = 25π on; how much of the noise is left is what changes from one t to the next.
    let highest = |list: &[f64]| 1 + (60..110).max_by(|a, b| list[*a].total_cmp(&list[*b])).unwrap();
    assert!(highest(&long.v_hat) > highest(&middle.v_hat).max(79), "{}", highest(&long.v_hat));
    let rough = |list: &[f64]| list.windows(2).skip(20).map(|two| (two[1] - two[0]).abs()).sum::<f64>();
    assert!(
        rough(&short.v_hat) > 2.0 * rough(&middle.v_hat) && rough(&middle.v_hat) > 2.0 * rough(&long.v_hat)
    );
}

#[test]
fn paths_that_are_meant_to_be_seen_stay_in_the_window() {
    for (file, expected) in LESSONS {
        let scenario = example(file);
        for ((name, trajectory), (_, kind, ..)) in trajectories(&scenario).iter().zip(*expected) {
            let [low, high] = scenario.window.x;
            let is_seen = |point: &Point| match trajectory.variables() {
                1 => (low..=high).contains(&point.x),
                _ => scenario.window.contains(*point),
            };
            let outside = trajectory.points().filter(|point| !is_seen(point)).count();
            // Newton's way through Rosenbrock's valley has one step far outside, as its notes say.
            let allowed = usize::from(*file == "rosenbrock.toml" && name == "Newton");
            assert!(*kind == Diverged || outside == allowed, "{file}, {name}: {outside} points outside");
        }
    }
}

#[test]
fn the_two_forms_of_momentum_draw_the_same_path() {
    let runs = trajectories(&example("momentum-forms.toml"));
    let (standard, ewma) = (runs[0].1.points(), runs[2].1.points());
    for (a, b) in standard.zip(ewma) {
        assert!((a - b).norm() < 1e-12, "{a} {b}");
    }
}

#[test]
fn a_typed_rule_walks_as_the_method_that_it_is_typed_after() {
    let runs = trajectories(&example("own-rule.toml"));
    assert!(runs[0].1.points().eq(runs[1].1.points()), "momentum");
    let mut nesterov = example("nesterov.toml");
    let mut scenario = example("own-rule.toml");
    nesterov.optimizers.truncate(3);
    let mut settings = nesterov.optimizers.remove(2).settings;
    assert_eq!(settings.method().id, "nesterov");
    for (parameter, value) in [("learning_rate", 0.02), ("beta", 0.9)] {
        settings.set(parameter, ParameterValue::Real(value)).unwrap();
    }
    scenario.optimizers[0].settings = settings;
    let runs = trajectories(&scenario);
    assert_eq!(runs[0].1.steps(), runs[2].1.steps());
    for (a, b) in runs[0].1.points().zip(runs[2].1.points()) {
        assert!((a - b).norm() < 1e-12, "{a} {b}");
    }
}

#[test]
fn linear_regression_takes_the_steps_that_are_worked_by_hand() {
    for lesson in ["linear-regression.toml", "rows-of-data.toml"] {
        let runs = trajectories(&example(lesson));
        let points: Vec<Point> = runs[0].1.points().collect();
        assert!((points[1] - Point::new(0.35, 1.225)).norm() < 1e-12);
        assert!((points[2] - Point::new(0.2975, 0.93625)).norm() < 1e-12);
    }
}

#[test]
fn adam_without_correction_starts_with_steps_that_are_too_long() {
    let runs = trajectories(&example("adam-bias-correction.toml"));
    let first = |run: usize| (runs[run].1.point(1).unwrap() - runs[run].1.point(0).unwrap()).abs();
    for (run, expected) in [(0, 0.1), (1, 0.1 * 0.1 / 0.001_f64.sqrt()), (2, 0.1)] {
        assert!((first(run) - Point::new(expected, expected)).norm() < 1e-6, "run {run}: {}", first(run));
    }
}

#[test]
fn changing_the_constants_does_what_the_notes_say() {
    let ends = |file: &str, constant: &str, value: f64| {
        let mut scenario = example(file);
        scenario.cost.constants.iter_mut().find(|(name, _)| name == constant).unwrap().1 = value;
        trajectories(&scenario)
    };
    let near = |trajectory: &Trajectory, x: f64, y: f64| {
        let last = trajectory.last().unwrap();
        assert!((last - Point::new(x, y)).norm() < 2e-3, "{last}");
    };
    for (_, run) in ends("l1-versus-l2.toml", "r", 0.0) {
        near(&run, 0.5833, 0.875);
    }
    for (_, run) in ends("lagrangian.toml", "lambda", 0.0) {
        near(&run, 2.0, 1.0);
    }
    for (name, run) in ends("rastrigin.toml", "A", 5.0) {
        assert!((run.last().unwrap() - Point::new(-2.97, 1.98)).norm() < 0.05, "{name} got out");
    }
    let kinds: Vec<OutcomeKind> =
        ends("zigzag.toml", "kappa", 11.0).into_iter().map(|(_, run)| run.outcome.unwrap().kind).collect();
    assert_eq!(kinds, [Steps, Steps, Diverged, Steps]);
}

#[test]
fn noise_dies_down_where_the_rate_does_and_not_where_all_steps_have_an_end() {
    let mut scenario = example("rate-that-falls.toml");
    // J* is 0.0125: what the line of least squares leaves of the four rows.
    let noise = |path: &Trajectory| path.values().skip(300).map(|value| value - 0.0125).fold(0.0, f64::max);
    let [constant, inverse, exponential] = [0, 1, 2].map(|run| noise(&trajectories(&scenario)[run].1));
    assert!(
        constant > 100.0 * inverse && inverse < 1e-5 && exponential < 1e-4,
        "{constant} {inverse} {exponential}"
    );
    let decay = ScheduleForm::Exponential { decay: 0.5 };
    scenario.optimizers[2].settings.set_schedule(Some(decay.into())).unwrap();
    assert!(noise(&trajectories(&scenario)[2].1) > 0.1, "it has arrived");
}
