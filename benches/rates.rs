//! CPU time of the strips that say what comes of each learning rate: 64 rates of gradient descent on Rosenbrock with 1,000 steps
//! each, of all seven methods, and of 10,000 steps; as a whole, and the longest slice. Then the search for the best rate of each method.

#![allow(clippy::print_stdout, reason = "a bench reports on standard output")]

use cpu_time::ThreadTime;
use downhill::scenario::Scenario;
use downhill::session::{RATES, Session};
use downhill::work::Work as _;

/// Tries all rates of a scenario. Returns the time of each slice in milliseconds.
fn slices(scenario: &Scenario) -> Vec<f64> {
    let (mut session, mut now) = (Session::new(scenario.clone()), 0.0);
    session.finish();
    let mut times = Vec::new();
    loop {
        let before = session.recomputed().rates;
        let start = ThreadTime::now();
        let more = session.try_rates(now, true);
        let time = 1e3 * start.elapsed().as_secs_f64();
        if session.recomputed().rates > before || more.is_none() {
            times.push(time);
        }
        match more {
            Some(seconds) => now += seconds,
            None => return times,
        }
    }
}

fn report(name: &str, methods: usize, steps: u32, most: Option<[f64; 2]>) {
    let mut scenario = Scenario::default();
    (scenario.run.steps, scenario.run.tolerance) = (steps, 0.0);
    scenario.optimizers.truncate(methods);
    let mut rounds: Vec<(f64, f64, usize)> = (0..7)
        .map(|_| {
            let times = slices(&scenario);
            (times.iter().sum(), times.iter().copied().fold(0.0, f64::max), times.len())
        })
        .collect();
    rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (whole, longest, count) = rounds[rounds.len() / 2];
    let verdict =
        most.map_or("", |[all, one]| if whole <= all && longest <= one { "within" } else { "ABOVE" });
    let most = most.map_or(String::new(), |[all, one]| format!("{all} ms, {one} ms"));
    println!("  {name:<34} {whole:7.2} ms in {count} slices, the longest {longest:5.2} ms  {verdict} {most}");
}

/// The search for the best rate of each method, as `downhill race --tune` and the window do it: with a tolerance that is reached, and
/// with none, where every step of every rate is taken.
fn report_tuning(name: &str, tolerance: f64) {
    /// The most, in ms of CPU, for 7 methods × 64 rates × 500 steps.
    const MOST: f64 = 300.0;
    let mut scenario = Scenario::default();
    (scenario.run.steps, scenario.run.tolerance) = (500, tolerance);
    let session = Session::new(scenario);
    let mut times: Vec<f64> = (0..7)
        .filter_map(|_| {
            let start = ThreadTime::now();
            session.tuning()?.advance(u64::MAX);
            Some(1e3 * start.elapsed().as_secs_f64())
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let whole = times[times.len() / 2];
    let verdict = if whole <= MOST { "within" } else { "ABOVE" };
    println!("  {name:<34} {whole:7.2} ms  {verdict} {MOST} ms");
}

fn main() {
    println!("{RATES} rates for each method, on Rosenbrock, ms of CPU:");
    report("gradient descent x 1,000 steps", 1, 1000, Some([60.0, 3.0]));
    report("seven methods x 1,000 steps", 7, 1000, Some([420.0, 3.0]));
    report("seven methods x 1,000,000 steps", 7, 1_000_000, None);
    println!("The best of 61 rates for each of seven methods x 500 steps:");
    report_tuning("until the tolerance", 1e-6);
    report_tuning("all steps", 0.0);
}
