//! CPU time of an animated GIF of 120 frames at 800 x 600 pixels, with all paths, on the thread that writes it.
//!
//! `cargo bench --bench animation`

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and has no caller to report to"
)]

use cpu_time::ThreadTime;
use downhill::figure::FigureSpec;
use downhill::figure::film::animation::{Animation, GifPlan, Recording};
use downhill::figure::page::film::Film;
use downhill::scenario::Scenario;
use downhill::session::Session;

/// Seconds of CPU that the whole may take.
const MOST: f64 = 12.0;

fn main() {
    let scenario = Scenario::default();
    let film = Film { steps_per_frame: Some(1), ..Film::default() };
    let spec = FigureSpec { step: Some(119), film, ..FigureSpec::of_size([800.0, 600.0]) };
    let plan = GifPlan::new(&spec, u32::MAX).unwrap();
    println!("{} frames at 800 x 600, {} paths, s of CPU:", plan.frames(), scenario.optimizers.len());

    let mut session = Session::new(scenario.clone());
    session.finish();
    let start = ThreadTime::now();
    let mut animation = Animation::new(&spec, plan).unwrap();
    for frame in 0..plan.frames() {
        std::hint::black_box(animation.frame(&mut session, frame).unwrap());
    }
    println!("  frames alone     {:6.2}", start.elapsed().as_secs_f64());

    let mut session = Session::new(scenario);
    session.finish();
    let start = ThreadTime::now();
    let mut recording = Recording::new(Vec::new(), &mut session, &spec, plan).unwrap();
    while !recording.is_over() {
        recording.advance(&mut session).unwrap();
    }
    let gif = recording.finish().unwrap();
    let time = start.elapsed().as_secs_f64();
    let verdict = if time <= MOST { "within" } else { "ABOVE" };
    println!("  frames and file  {time:6.2}  {verdict} {MOST}");
    println!("  {} kB, estimated at most {} kB", gif.len() / 1000, plan.estimate_bytes() / 1000);
}
