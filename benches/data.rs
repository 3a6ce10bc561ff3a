//! CPU time of costs over rows, each as a ratio to the same loop by hand in Rust, or in milliseconds.
//!
//! Contenders take turns, so that a change of the machine's speed meets both; the ratio is that of the medians.

#![allow(clippy::print_stdout, reason = "a bench reports on standard output")]
#![allow(clippy::unwrap_used, reason = "every formula here is right")]
#![allow(clippy::disallowed_methods, reason = "a loop by hand uses the standard library")]

mod turns;

use std::hint::black_box;
use std::sync::Arc;

use cpu_time::ThreadTime;
use downhill::data::{MovingAverage, NormalNoise, Table};
use downhill::landscape::{Field, Region};
use downhill::objective::{Objective, Point};
use downhill::scenario::{Cost, Loss};

use turns::medians;

/// Rows of a feature and a target, of which half is above 0; or its labels 0 and 1.
fn columns(rows: usize, labels: bool) -> [Vec<f64>; 2] {
    let mut random = fastrand::Rng::with_seed(7);
    let x: Vec<f64> = (0..rows).map(|_| 4.0 * random.f64() - 2.0).collect();
    let noisy: Vec<f64> = x.iter().map(|x| 0.5 + 1.5 * x + random.f64() - 0.5).collect();
    let y = if labels { noisy.iter().map(|y| f64::from(*y > 0.0)).collect() } else { noisy };
    [x, y]
}

fn objective(loss: Loss, columns: &[Vec<f64>; 2]) -> Objective {
    let names = ["x", "y"].map(str::to_owned).to_vec();
    let table = Arc::new(Table::new(names, columns.to_vec()).unwrap());
    let cost: Cost = loss.cost(table, [0, 0], 1);
    cost.objective().unwrap()
}

fn gradients() {
    let rows = 10_000;
    for (name, loss, labels) in
        [("least squares", Loss::LeastSquares, false), ("logistic", Loss::Logistic, true)]
    {
        let columns = columns(rows, labels);
        let mut evaluator = objective(loss, &columns).evaluator();
        let at = Point::new(0.3, -0.2);
        let [x, y] = &columns;
        let by_hand = |at: Point| {
            let mut sum = [0.0; 2];
            for (x, y) in x.iter().zip(y) {
                // The parameters are those of the preset: the intercept first for a line, last for a score.
                let (s, slot) = if labels { (at.x * x + at.y, 0) } else { (at.x + at.y * x, 1) };
                let r = if labels { 1.0 / (1.0 + (-s).exp()) - y } else { s - y };
                sum[slot] += r * x;
                sum[1 - slot] += r;
            }
            Point::from(sum) / rows as f64
        };
        let (ours, theirs) = (evaluator.gradient(at), by_hand(at));
        assert!((ours - theirs).norm() < 1e-12, "{name}: {ours} {theirs}");
        let [ours, theirs] = medians([&mut || _ = black_box(evaluator.gradient(black_box(at))), &mut || {
            _ = black_box(by_hand(black_box(at)))
        }]);
        println!(
            "gradient of {name}, {rows} rows: {:.2} ms, {:.2} times a loop by hand (at most 1.3)",
            1e3 * ours,
            ours / theirs
        );
    }
}

fn fields() {
    let region = Region::new([-2.0, 3.0], [-2.0, 3.0]).unwrap();
    for (name, loss, labels, most) in
        [("least squares", Loss::LeastSquares, false, 25.0), ("logistic", Loss::Logistic, true, 600.0)]
    {
        let objective = objective(loss, &columns(1_000, labels));
        let start = ThreadTime::now();
        black_box(Field::of(&objective, region, 256, 256));
        println!(
            "field of {name}, 256 × 256 over 1,000 rows: {:.1} ms (at most {most})",
            1e3 * start.elapsed().as_secs_f64()
        );
    }
}

/// Averages of a series, as the window takes them anew while a β is dragged.
fn averages() {
    let values: Vec<f64> = NormalNoise::new(1).take(100_000).collect();
    let betas = [0.5, 0.9, 0.98, 0.99, 0.999];
    let mut all = || _ = black_box(betas.map(|beta| MovingAverage::of(black_box(&values), beta)));
    let [ours, _] = medians([&mut all, &mut || _ = black_box(values.iter().sum::<f64>())]);
    println!("5 averages of 100,000 numbers: {:.2} ms (at most 16)", 1e3 * ours);
}

fn main() {
    gradients();
    fields();
    averages();
}
