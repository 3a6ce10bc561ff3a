//! A storm of random events on the window: no panic, and nothing in disorder when it has passed.
//!
//! `DOWNHILL_STORM_FRAMES` is the number of frames, 5000 if it is not set. Every 500 frames a new window is opened with
//! the next seed; seed and frame of a failure are printed.
#![cfg(feature = "window")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod gusts;

use std::path::{Path, PathBuf};

use downhill::scenario::{self, Scenario};
use downhill::session::Session;
use downhill::ui::{App, prepare};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Role, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

const FRAMES_PER_SEED: u32 = 500;

/// Says where the storm was when something broke.
struct Log {
    seed: u64,
    frame: u32,
    events: Vec<String>,
}

#[allow(clippy::print_stdout, reason = "a failed test shows what it printed")]
impl Drop for Log {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let last = self.events.len().saturating_sub(12);
            println!("storm with seed {}, frame {}, after", self.seed, self.frame);
            println!("{}", self.events[last..].join("\n"));
        }
    }
}

struct Storm<'a> {
    random: fastrand::Rng,
    window: Harness<'a, App>,
    size: Vec2,
    pointer: Pos2,
    /// The button that is held down.
    held: Option<PointerButton>,
    /// A pipe that nobody writes into.
    pipe: PathBuf,
    log: Log,
}

impl Storm<'_> {
    fn with_seed(seed: u64, pipe: &Path) -> Self {
        let mut scenario = Scenario::default();
        scenario.run.steps = 200;
        let size = vec2(1024.0, 768.0);
        let window = Harness::builder()
            .with_size(size)
            .with_step_dt(1.0 / 30.0)
            // What is typed may lie beyond the fonts.
            .allow_missing_glyphs()
            .with_context_setup(prepare)
            .build_ui_state(|ui, app: &mut App| app.show_ui(ui), App::new(scenario, None));
        Self {
            random: fastrand::Rng::with_seed(seed),
            window,
            size,
            pointer: pos2(500.0, 400.0),
            held: None,
            pipe: pipe.to_owned(),
            log: Log { seed, frame: 0, events: Vec::new() },
        }
    }

    /// One event, and the frame that takes it.
    fn send(&mut self, event: Event) {
        self.log.events.push(format!("{event:?}"));
        self.window.event(event);
        self.step();
    }

    fn step(&mut self) {
        self.window.step();
        self.log.frame += 1;
        self.check();
    }

    /// What holds in every frame.
    fn check(&self) {
        let app = self.window.state();
        let session = app.session();
        let scenario = session.scenario();
        assert!(scenario.run.start.iter().all(|c| c.is_finite()), "{:?}", scenario.run);
        assert!(scenario.window.width() > 0.0 && scenario.window.height() > 0.0, "{:?}", scenario.window);
        match session.formula_error() {
            None => assert_eq!(session.formula_text(), scenario.cost.formula()),
            Some(error) => assert!(session.formula_text().get(error.span.clone()).is_some(), "{error:?}"),
        }
    }

    /// The calm after the storm.
    fn end(mut self) {
        for _ in 0..3 {
            self.press_key(Key::Escape, Modifiers::NONE);
        }
        self.release();
        self.send(Event::PointerGone);
        let draw = self.window.query_by_role_and_label(Role::Button, "Draw it").map(|button| button.rect());
        if let Some(draw) = draw {
            self.click_in(draw);
        }
        for _ in 0..300 {
            if self.window.state().session().is_stepped() {
                break;
            }
            self.step();
        }
        let app = self.window.state();
        let (session, playback) = (app.session(), app.playback());
        let mut fresh = Session::new(session.scenario().clone());
        fresh.finish();
        for index in 0..=session.scenario().optimizers.len() {
            let path = |session: &Session| format!("{:?}", session.trajectory(index).map(|(path, _)| path));
            assert_eq!(path(session), path(&fresh), "run {index} of {:#?}", session.scenario());
        }
        assert_eq!(session.known_optima(), fresh.known_optima());
        assert!(playback.step <= *scenario::STEPS.end(), "{playback:?}");

        let saved = scenario::write(session.scenario());
        match scenario::read(&saved, "storm") {
            Ok(read) => assert_eq!(read, *session.scenario()),
            Err(error) => panic!("what the window made cannot be opened again: {error}\n{saved}"),
        }
        let (last, end) = (session.longest_run(), session.scenario().clone());
        let undone = self.undo_everything();
        // The storm may have undone some of it itself: only as much is done again.
        for _ in &undone {
            self.press_key(Key::Z, Modifiers::COMMAND.plus(Modifiers::SHIFT));
        }
        assert_eq!(*self.window.state().session().scenario(), end, "undone and done again");
        assert_eq!(self.undo_everything(), undone, "undone a second time");
        for _ in &undone {
            self.press_key(Key::Z, Modifiers::COMMAND.plus(Modifiers::SHIFT));
        }
        for key in [Key::Escape, Key::End] {
            self.press_key(key, Modifiers::NONE);
        }
        let playback = self.window.state().playback();
        assert_eq!((playback.step, playback.playing), (last, false));
    }
}

impl Storm<'_> {
    /// Undoes until nothing changes any more. Returns the states on the way.
    fn undo_everything(&mut self) -> Vec<Scenario> {
        let mut states = Vec::new();
        for _ in 0..=scenario::MAX_UNDO_STEPS {
            let before = self.window.state().session().scenario().clone();
            self.press_key(Key::Z, Modifiers::COMMAND);
            let after = self.window.state().session().scenario().clone();
            if after == before {
                return states;
            }
            states.push(after);
        }
        panic!("{} states are more than the history keeps", states.len());
    }
}

#[test]
fn a_storm_of_events_breaks_nothing() {
    let frames = std::env::var("DOWNHILL_STORM_FRAMES").ok().and_then(|frames| frames.parse().ok());
    let mut left: u32 = frames.unwrap_or(5000);
    let pipes = tempfile::tempdir().unwrap();
    let pipe = pipes.path().join("pipe.toml");
    if cfg!(unix) {
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    }
    let folder = tempfile::tempdir().unwrap();
    std::env::set_current_dir(folder.path()).unwrap();
    for seed in 0.. {
        if left == 0 {
            break;
        }
        let (mut storm, share) = (Storm::with_seed(seed, &pipe), left.min(FRAMES_PER_SEED));
        while storm.log.frame < share {
            storm.blow();
        }
        storm.end();
        left -= share;
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "a file was written");
}
