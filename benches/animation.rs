//! CPU time of an animated GIF of 120 frames at 800 x 600 pixels, with all paths, on the thread that writes it.
//!
//! `cargo bench --bench animation`

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints, and has no caller to report to"
)]

use std::ops::ControlFlow;

use cpu_time::ThreadTime;
use downhill::figure::animation::{Animation, GifPlan, write_gif};
use downhill::figure::camera::Camera;
use downhill::figure::plot::PlotOptions;
use downhill::figure::{Look, PictureSize};
use downhill::scenario::Scenario;
use downhill::session::Session;
use egui::{Theme, vec2};

const PLAN: GifPlan = GifPlan {
    first_step: 0,
    last_step: 119,
    steps_per_frame: 1,
    fps: 25,
    hold: 100,
    size: PictureSize { points: vec2(800.0, 600.0), scale: 1.0 },
};
/// Seconds of CPU that the whole may take.
const MOST: f64 = 12.0;

fn main() {
    let scenario = Scenario::default();
    let camera = Camera::new(scenario.window);
    let options = PlotOptions::at_step(0, Look::default());
    println!("{} frames at 800 x 600, {} paths, s of CPU:", PLAN.frames(), scenario.optimizers.len());

    let mut session = Session::new(scenario.clone());
    session.finish();
    let start = ThreadTime::now();
    let mut animation = Animation::new(PLAN, camera, options, Theme::Light).unwrap();
    for frame in 0..PLAN.frames() {
        std::hint::black_box(animation.frame(&mut session, frame).unwrap());
    }
    println!("  frames alone     {:6.2}", start.elapsed().as_secs_f64());

    let mut session = Session::new(scenario);
    session.finish();
    let start = ThreadTime::now();
    let go_on = &mut |_| ControlFlow::Continue(());
    let gif = write_gif(Vec::new(), &mut session, camera, options, Theme::Light, PLAN, go_on).unwrap();
    let time = start.elapsed().as_secs_f64();
    let verdict = if time <= MOST { "within" } else { "ABOVE" };
    println!("  frames and file  {time:6.2}  {verdict} {MOST}");
    println!("  {} kB, estimated at most {} kB", gif.len() / 1000, PLAN.estimate_bytes() / 1000);
}
