//! CPU time of maps: where each start of a window leads, and what each pair of two parameters makes of a run; and a step of these
//! beside one of a run that is recorded.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reports on standard output, and stops where it cannot go on"
)]

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::Instant;

use downhill::expr::Expression;
use downhill::landscape::Region;
use downhill::objective::{Derivatives, Goal, Objective, Point, Problem};
use downhill::optimizer::{Limits, ParameterValue, Plan, Run, Settings, method};
use downhill::survey::{BasinSearch, Range, SweepSearch};
use downhill::work::Work;

const WINDOW: Region = Region { x: [-2.0, 2.0], y: [-1.0, 3.0] };

fn rosenbrock() -> Problem {
    let tape =
        Expression::parse("(1-x)^2+100*(y-x^2)^2").and_then(|read| read.compile(["x", "y"], &[])).unwrap();
    Objective::new(tape, Goal::Minimize, Derivatives::Exact).into()
}

fn plan(id: &str, rate: f64, steps: u32) -> Plan {
    let mut settings = Settings::defaults(method(id).unwrap());
    settings.set("learning_rate", ParameterValue::Real(rate)).unwrap();
    Plan::new(settings, Point::new(-1.2, 1.0), Limits { steps, tolerance: 0.0 })
}

fn finish(mut work: impl Work) {
    while !work.advance(u64::MAX) {}
    black_box(work);
}

/// The median of some rounds, in ms of the wall.
fn median(rounds: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            1e3 * start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[rounds / 2]
}

fn report(name: &str, time: f64, most: f64) {
    let verdict = if time <= most { "within" } else { "ABOVE" };
    println!("  {name:<48} {time:8.2} ms  {verdict} {most}");
}

fn main() {
    let problem = rosenbrock();
    let cores = |count: usize| NonZeroUsize::new(count).unwrap();
    let basins = |id: &str, rate: f64, side: usize, steps: u32, count: usize| {
        finish(BasinSearch::new(&problem, &plan(id, rate, steps), WINDOW, [side; 2], cores(count)));
    };
    println!("Maps of Rosenbrock, every step taken:");
    report("gd, 64 x 64 starts x 200 steps", median(9, || basins("gd", 1e-4, 64, 200, 1)), 30.0);
    report("gd, 256 x 256 starts x 500 steps", median(3, || basins("gd", 1e-4, 256, 500, 1)), 1100.0);
    report("the same on two cores", median(3, || basins("gd", 1e-4, 256, 500, 2)), 600.0);
    let sweep = || {
        let plan = plan("momentum", 1e-4, 500);
        let ranges = [("learning_rate", [1e-6, 1e-4]), ("beta", [0.0, 0.9])]
            .map(|(id, ends)| Range::new(&plan.settings, id, Some(ends)).unwrap());
        finish(SweepSearch::new(&problem, &plan, ranges, [64; 2], cores(1)));
    };
    report("momentum, 64 x 64 pairs x 500 steps", median(5, sweep), 80.0);
    println!("A step of a map beside one of a recorded run (at most 0.6 for gd, momentum and adam):");
    for (id, rate) in [
        ("gd", 1e-4),
        ("momentum", 1e-4),
        ("adam", 1e-3),
        ("nesterov", 1e-4),
        ("rmsprop", 1e-3),
        ("newton", 0.1),
    ] {
        const SIDE: usize = 32;
        const STEPS: u32 = 1000;
        let steps = (SIDE * SIDE) as f64 * f64::from(STEPS);
        let of_map = median(5, || basins(id, rate, SIDE, STEPS, 1)) / steps;
        let plan = plan(id, rate, STEPS);
        let of_run = median(5, || {
            for _ in 0..SIDE {
                let mut run = Run::new(&problem, &plan);
                run.finish();
                black_box(run.into_trajectory());
            }
        }) / (SIDE as f64 * f64::from(STEPS));
        println!(
            "  {id:<10} {:5.2}  {:6.1} ns beside {:6.1} ns",
            of_map / of_run,
            1e6 * of_map,
            1e6 * of_run
        );
    }
}
