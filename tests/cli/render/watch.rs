//! A scenario that is watched.

use std::time::{Duration, Instant};

use super::text;
use crate::{TWO_RUNS, command, write};

#[test]
fn a_watched_scenario_is_drawn_again_and_a_mistake_leaves_the_figure() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let figure = folder.path().join("figure.svg");
    let errors = folder.path().join("said");
    let mut child = command(&["render", &scenario, "-o", text(&figure), "--size", "300x200", "--watch"])
        .stderr(std::fs::File::create(&errors).unwrap())
        .spawn()
        .unwrap();
    let wait_for = |what: &dyn Fn(&str) -> bool| {
        let begun = Instant::now();
        loop {
            let said = std::fs::read_to_string(&errors).unwrap();
            if what(&said) || begun.elapsed() > Duration::from_secs(60) {
                return said;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let drawn = |times: usize| move |said: &str| said.matches("drawn: ").count() >= times;
    wait_for(&drawn(1));
    let first = std::fs::read(&figure).unwrap();
    std::fs::write(&scenario, "[cost]\n").unwrap();
    let said = wait_for(&|said| said.contains("two.toml:1:1: "));
    assert!(said.contains("two.toml:1:1: "), "{said}");
    assert!(std::fs::read(&figure).unwrap() == first);
    std::fs::write(&scenario, TWO_RUNS.replace("u^2 + v", "u^2 + 2v")).unwrap();
    wait_for(&drawn(2));
    assert!(std::fs::read(&figure).unwrap() != first);
    child.kill().unwrap();
    child.wait().unwrap();
}
