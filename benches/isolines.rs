//! CPU time of 20 joined isolines of a 512 × 512 field, on three classic costs over [-5, 5]².
//!
//! Prints one line for each cost, tab-separated: name, lines, points, median milliseconds, levels.
//! `benches/contourpy_compare.py` reads them and does the same with contourpy.

#![allow(clippy::print_stdout, reason = "a bench reports on standard output")]

use cpu_time::ProcessTime;
use downhill::landscape::{Field, LevelScale, Levels, Region, isolines};
use std::f64::consts::TAU;
use std::hint::black_box;

const NODES: usize = 512;
const RUNS: usize = 15;

type Cost = fn(f64, f64) -> f64;

fn main() {
    let costs: [(&str, LevelScale, Cost); 3] = [
        ("rosenbrock", LevelScale::Log, |x, y| (1.0 - x) * (1.0 - x) + 100.0 * ((y - x * x) * (y - x * x))),
        ("himmelblau", LevelScale::Log, |x, y| {
            (x * x + y - 11.0) * (x * x + y - 11.0) + (x + y * y - 7.0) * (x + y * y - 7.0)
        }),
        ("rastrigin", LevelScale::Linear, |x, y| {
            20.0 + (x * x - 10.0 * (TAU * x).cos()) + (y * y - 10.0 * (TAU * y).cos())
        }),
    ];
    for (name, scale, cost) in costs {
        let region = Region { x: [-5.0, 5.0], y: [-5.0, 5.0] };
        let field = Field::sample(region, NODES, NODES, |xs, ys, out| {
            for (row, &y) in out.chunks_mut(xs.len()).zip(ys) {
                for (value, &x) in row.iter_mut().zip(xs) {
                    *value = cost(x, y);
                }
            }
        });
        let levels = Levels { scale, count: 20 }.values(&field);
        let lines = isolines(&field, &levels);
        let points: usize = lines.iter().map(|line| line.points.len()).sum();
        let mut times: Vec<f64> = (0..RUNS)
            .map(|_| {
                let start = ProcessTime::now();
                black_box(isolines(black_box(&field), black_box(&levels)));
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name}\t{}\t{points}\t{:.4}\t{levels:?}", lines.len(), times[RUNS / 2]);
    }
}
