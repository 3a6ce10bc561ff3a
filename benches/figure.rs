//! CPU time of figures as files, of seven paths of 1,000 steps, and the time from the start of the program to a finished SVG.

#![allow(clippy::print_stdout, reason = "a bench reports on standard output")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot draw has nothing to report")]

use std::process::Command;
use std::time::Instant;

use cpu_time::ProcessTime;
use downhill::figure::page::presets::preset;
use downhill::figure::{FigureKind, FigureSpec, export};
use downhill::scenario::{self, Scenario};
use downhill::session::Session;

const ROUNDS: usize = 15;

/// Tolerance 0 lets all seven take their 1,000 steps.
fn seven_runs() -> String {
    let text = scenario::write(&Scenario::default());
    let text = text
        .replace("tolerance = 1e-6", "tolerance = 0.0")
        .replace("tolerance = 0.000001", "tolerance = 0.0");
    let scenario = scenario::read(&text, "bench").unwrap();
    assert_eq!((scenario.run.tolerance, scenario.run.steps), (0.0, 1000));
    text
}

fn report(name: &str, mut times: Vec<f64>, most: f64) {
    times.sort_by(f64::total_cmp);
    let (median, high) = (times[times.len() / 2], times[times.len() * 9 / 10]);
    let verdict = if median <= most { "within" } else { "ABOVE" };
    println!("  {name:<34} median {median:6.1} ms, nine in ten below {high:6.1} ms  {verdict} {most}");
}

fn main() {
    let text = seven_runs();
    println!("Figures of 7 paths x 1,000 steps:");
    for (kind, most) in [(FigureKind::Svg, 40.0), (FigureKind::Png, 250.0), (FigureKind::Pdf, 250.0)] {
        let spec = FigureSpec::of_preset(preset("slide-16x9").unwrap());
        let mut size = 0;
        let times = (0..ROUNDS).map(|_| {
            let mut session = Session::new(scenario::read(&text, "bench").unwrap());
            session.finish();
            let begun = ProcessTime::now();
            size = export(&mut session, &spec, kind, true).unwrap().len();
            begun.elapsed().as_secs_f64() * 1e3
        });
        let times = times.collect();
        report(&format!("slide 16:9 as {}, CPU", kind.ending()), times, most);
        println!("    ({} kB)", size / 1000);
    }

    let folder = std::env::temp_dir().join(format!("downhill-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let [scenario, figure] = ["seven.toml", "seven.svg"].map(|name| folder.join(name));
    std::fs::write(&scenario, &text).unwrap();
    let times = (0..ROUNDS).map(|_| {
        let begun = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_downhill"));
        command.arg("render").arg(&scenario).arg("-o").arg(&figure).args(["--preset", "slide-16x9"]);
        assert!(command.status().unwrap().success());
        begun.elapsed().as_secs_f64() * 1e3
    });
    report("the program, start to end, clock", times.collect(), 150.0);
    std::fs::remove_dir_all(&folder).unwrap();
}
