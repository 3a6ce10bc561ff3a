//! CPU time of evaluation and stepping, each as a ratio to an alternative timed in the same run.
//!
//! Contenders take turns, so that a change of the machine's speed meets both; the ratio is that of the medians.

#![allow(clippy::print_stdout, reason = "a bench reports on standard output")]
#![allow(clippy::unwrap_used, reason = "every formula here is right")]

mod turns;

use std::f64::consts::{E, TAU};
use std::hint::black_box;

use downhill::expr::{Expression, Tape};
use downhill::objective::{Derivatives, Goal, Objective, Point};
use downhill::optimizer::{Limits, METHODS, Method, Needs, ParameterValue, Plan, Run, Settings, method};
use downhill::scenario::FIRST_METHODS;

use turns::medians;

const NODES: usize = 512;

type Native = Box<dyn Fn(f64, f64) -> f64>;

/// Name, formula, the same in Rust, and the largest ratio to it.
fn costs() -> Vec<(&'static str, &'static str, Native, f64)> {
    vec![
        ("bowl", "x^2+10y^2", Box::new(|x, y| x * x + 10.0 * (y * y)), 1.2),
        (
            "Rosenbrock",
            "(1-x)^2+100*(y-x^2)^2",
            Box::new(|x, y| {
                let (a, b) = (1.0 - x, y - x * x);
                a * a + 100.0 * (b * b)
            }),
            1.2,
        ),
        (
            "Himmelblau",
            "(x^2+y-11)^2+(x+y^2-7)^2",
            Box::new(|x, y| {
                let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
                a * a + b * b
            }),
            1.2,
        ),
        (
            "Rastrigin",
            "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
            Box::new(|x, y| 20.0 + x * x - 10.0 * (TAU * x).cos() + y * y - 10.0 * (TAU * y).cos()),
            0.10,
        ),
        (
            "Ackley",
            "-20*exp(-0.2*sqrt(0.5*(x^2+y^2))) - exp(0.5*(cos(2*pi*x)+cos(2*pi*y))) + e + 20",
            Box::new(|x, y| {
                let mean = 0.5 * ((TAU * x).cos() + (TAU * y).cos());
                -20.0 * (-0.2 * (0.5 * (x * x + y * y)).sqrt()).exp() - mean.exp() + E + 20.0
            }),
            0.5,
        ),
        ("ln(1+exp)", "ln(1+exp(-(x+2y)))", Box::new(|x, y| (1.0 + (-(x + 2.0 * y)).exp()).ln()), 1.15),
    ]
}

fn report(name: &str, ratio: f64, most: f64, detail: &str) {
    let verdict = if ratio <= most { "within" } else { "ABOVE" };
    println!("  {name:<12} {ratio:6.3}  {verdict} {most:<5}  {detail}");
}

fn compile(formula: &str) -> Tape {
    Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap()
}

fn fields() {
    println!("Field of {NODES} x {NODES} nodes against the formula as Box<dyn Fn> called per point:");
    let nodes: Vec<f64> = (0..NODES).map(|i| -5.0 + 10.0 * i as f64 / (NODES - 1) as f64).collect();
    let mut faster_than_meval = Vec::new();
    for (name, formula, native, most) in costs() {
        let tape = compile(formula);
        let meval_text = formula.replace("10y", "10*y").replace("2y", "2*y");
        let meval = meval_text.parse::<meval::Expr>().unwrap().bind2("x", "y").unwrap();
        let (mut ours, mut theirs) = (vec![0.0; NODES * NODES], vec![0.0; NODES * NODES]);
        let mut with_meval = vec![0.0; NODES * NODES / 16];
        let per_point = |out: &mut [f64], f: &dyn Fn(f64, f64) -> f64| {
            for (row, &y) in out.chunks_mut(NODES).zip(&nodes) {
                for (value, &x) in row.iter_mut().zip(&nodes) {
                    *value = f(x, y);
                }
            }
        };
        let native = black_box(native);
        let [tape_time, native_time, meval_time] = medians([
            &mut || tape.fill_grid(black_box(&nodes), black_box(&nodes), &mut ours),
            &mut || per_point(black_box(&mut theirs), &native),
            &mut || per_point(black_box(&mut with_meval), &meval),
        ]);
        for (a, b) in ours.iter().zip(&theirs) {
            assert!((a - b).abs() <= 1e-12 * b.abs().max(1.0), "{name}: {a} is not {b}");
        }
        let points = (NODES * NODES) as f64;
        report(name, tape_time / native_time, most, &format!("{:.2} ns a point", 1e9 * tape_time / points));
        faster_than_meval.push((name, 16.0 * meval_time / tape_time));
    }
    println!("Times faster than meval's bind2 (at least 50 for the first three):");
    for (name, times) in faster_than_meval {
        println!("  {name:<12} {times:6.1}");
    }
}

/// Keeps the compiler from leaving out what made `value`.
fn keep<T>(value: T) {
    black_box(value);
}

fn derivatives() {
    println!("Gradient (at most 1.7) and Hessian (at most 2.6) against the value, at single points:");
    let points: Vec<(f64, f64)> =
        (0..4096).map(|i| (-5.0 + 0.61 * f64::from(i % 17), -5.0 + 0.041 * f64::from(i % 241))).collect();
    for (name, formula, ..) in costs() {
        let tape = compile(formula);
        let (mut a, mut b, mut c) = (tape.evaluator(), tape.evaluator(), tape.evaluator());
        let [value, first, second] = medians([
            &mut || points.iter().map(|&(x, y)| a.value(x, y)).for_each(keep),
            &mut || points.iter().map(|&(x, y)| b.first(x, y)).for_each(keep),
            &mut || points.iter().map(|&(x, y)| c.second(x, y)).for_each(keep),
        ]);
        let ns = |time: f64| 1e9 * time / points.len() as f64;
        report(name, first / value, 1.7, &format!("gradient {:.1} ns, value {:.1} ns", ns(first), ns(value)));
        report("", second / value, 2.6, &format!("Hessian {:.1} ns", ns(second)));
    }
}

/// Gradient descent on Rosenbrock as one would write it by hand, recording what a run records.
fn by_hand(steps: usize, rate: f64) -> Vec<(Point, f64, Point)> {
    let mut path = Vec::with_capacity(steps + 1);
    let (mut x, mut y) = (-1.2, 1.0);
    for _ in 0..=steps {
        let (a, b) = (1.0 - x, y - x * x);
        let (gx, gy) = (-2.0 * a - 400.0 * x * b, 200.0 * b);
        path.push((Point::new(x, y), a * a + 100.0 * b * b, Point::new(gx, gy)));
        x -= rate * gx;
        y -= rate * gy;
    }
    path
}

fn stepping() {
    const STEPS: u32 = 10_000;
    let objective = Objective::new(compile("(1-x)^2+100*(y-x^2)^2"), Goal::Minimize, Derivatives::Exact);
    let limits = Limits { steps: STEPS, tolerance: 0.0 };
    let start = Point::new(-1.2, 1.0);
    let rates = [0.001, 0.0005, 0.0005, 0.1, 0.01, 0.05, 1.0];
    let all: Vec<Settings> = FIRST_METHODS
        .iter()
        .zip(rates)
        .map(|(id, rate)| {
            let mut settings = Settings::defaults(method(id).unwrap());
            settings.set("learning_rate", ParameterValue::Real(rate)).unwrap();
            settings
        })
        .collect();
    let run = |settings: &Settings| {
        let mut run = Run::new(
            &downhill::objective::Problem::from(&objective),
            &Plan::new(settings.clone(), start, limits),
        );
        run.finish();
        assert_eq!(run.trajectory().steps(), STEPS as usize, "{}", settings.method().id);
        black_box(run.into_trajectory());
    };
    println!("Gradient descent on Rosenbrock, {STEPS} recorded steps, against the loop written by hand:");
    let [ours, hand] =
        medians([&mut || run(&all[0]), &mut || drop(black_box(by_hand(STEPS as usize, 0.001)))]);
    let ns = |time: f64| 1e9 * time / f64::from(STEPS);
    report("GD", ours / hand, 5.0, &format!("{:.1} ns a step, by hand {:.1} ns", ns(ours), ns(hand)));
    println!("Seven methods x {STEPS} steps, rerun (at most 5 ms):");
    let [together] = medians([&mut || all.iter().for_each(run)]);
    println!("  {:.2} ms", 1e3 * together);
    for settings in &all {
        let [time] = medians([&mut || run(settings)]);
        println!("  {:<10} {:.1} ns a step", settings.method().id, ns(time));
    }
    twenty_methods(&objective, limits, start);
}

/// The first twenty methods that need no rows, each for as many steps or until it arrives.
fn twenty_methods(objective: &Objective, limits: Limits, start: Point) {
    let row = downhill::builtin::find("rosenbrock").unwrap();
    let suited = |method: &'static Method| {
        let mut settings = Settings::defaults(method);
        if let (Some(rate), Some(_)) = (method.rate_among(row.rates), method.parameter("learning_rate")) {
            settings.set("learning_rate", ParameterValue::Real(rate)).unwrap();
        }
        settings
    };
    let methods = METHODS.iter().filter(|method| method.needs != Needs::Residuals).take(20);
    let all: Vec<Settings> = methods.map(suited).collect();
    let problem = downhill::objective::Problem::from(objective);
    let run = |settings: &Settings| {
        let mut run = Run::new(&problem, &Plan::new(settings.clone(), start, limits));
        run.finish();
        black_box(run.into_trajectory()).steps()
    };
    println!("Twenty methods x {} steps, or fewer where they end (at most 15 ms):", limits.steps);
    let [together] = medians([&mut || {
        black_box(all.iter().map(run).sum::<usize>());
    }]);
    println!("  {:.2} ms", 1e3 * together);
    for settings in &all {
        let steps = run(settings);
        let [time] = medians([&mut || {
            black_box(run(settings));
        }]);
        println!("  {:<18} {steps:>6} steps, {:.2} ms", settings.method().id, 1e3 * time);
    }
}

fn main() {
    fields();
    derivatives();
    stepping();
}
