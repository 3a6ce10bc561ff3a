//! The real window: eframe around [`App`], and what is said where no window can be opened.

mod autosave;
mod drawing_mark;
mod file_watch;
mod sessions;
mod storage_check;

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::{Vec2, ViewportBuilder, ViewportCommand, vec2};

use crate::files::{FolderTables, Opened};
use crate::scenario::Scenario;
use crate::ui::app::App;
use crate::ui::app::saved_state::SavedState;
use crate::ui::widgets::style::prepare;
use autosave::Autosave;
use drawing_mark::DrawingMark;
use file_watch::FileWatch;

/// Why there is no window.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(
    "no window can be opened here ({reason}): it needs a display and, on Debian and Ubuntu, the packages libx11-6 \
     libx11-xcb1 libxcursor1 libxi6 libxkbcommon0 libxkbcommon-x11-0 libgl1 libegl1 libgl1-mesa-dri; `downhill run`, \
     `render`, `eval`, `derive`, `check` and `list` need no window"
)]
pub struct WindowError {
    reason: String,
}

/// Under this name the window keeps its geometry and its sessions.
const APP_ID: &str = "downhill";
/// The size of the window at the first start, in points.
const SIZE: Vec2 = vec2(1280.0, 800.0);
/// What a desktop needs around a window for its title bar and its own bars, in points.
const AROUND: Vec2 = vec2(24.0, 96.0);
/// Where early versions kept the session, beside the geometry.
const OLD_SESSION_KEY: &str = "session";

/// The seam between [`App`] and what goes on between frames: the clock, threads, the session's file.
struct Shell {
    app: App,
    has_drawn: Arc<AtomicBool>,
    /// Whether it is settled that the window has room on its monitor.
    has_room: bool,
    autosave: Option<Autosave>,
    mark: Option<DrawingMark>,
    file_watch: Option<FileWatch>,
    /// Held as long as the session belongs to this window.
    _session_lock: Option<File>,
}

impl Shell {
    /// A window on what is asked for, which says a `problem` with the habits.
    fn new(
        start: Start,
        problem: Option<String>,
        ctx: &egui::Context,
        storage: Option<&dyn eframe::Storage>,
        has_drawn: Arc<AtomicBool>,
    ) -> Self {
        let mut session = eframe::storage_dir(APP_ID)
            .map_or_else(sessions::OpenedSession::default, |folder| {
                sessions::open(&folder, !matches!(start, Start::LastSession))
            });
        let goes_on = matches!(start, Start::LastSession) && session.saved_state.is_some();
        let from_storage = || storage.and_then(|storage| eframe::get_value(storage, OLD_SESSION_KEY));
        let tables = FolderTables::beside(session.path.as_deref().unwrap_or(Path::new("")));
        let mut app = match &start {
            Start::Scenario(opened) => App::of_opened(Opened::clone(opened)),
            Start::File(_) => App::new(Scenario::default(), None),
            Start::LastSession => (session.saved_state.take().or_else(from_storage))
                .and_then(|saved_state: SavedState| App::restored_with(&saved_state, &tables))
                .unwrap_or_else(|| App::new(Scenario::default(), None)),
        };
        if let Some(latest) = &session.latest {
            app.take_habits(latest);
        }
        app.offer_tour();
        session.problems.extend(problem);
        if !session.problems.is_empty() {
            app.report("About the last session".to_owned(), session.problems.join("\n"));
        }
        let path = session.path.as_deref();
        if goes_on && path.is_some_and(DrawingMark::was_left) {
            app.suspend_drawing();
        }
        let mark = path.map(DrawingMark::begin);
        if let Start::File(path) = &start {
            app.open(path);
        }
        #[cfg(target_os = "linux")]
        app.set_chooser(Box::new(crate::ui::desktop::portal::Portal::new(ctx.clone())));
        let wake = |ctx: &egui::Context| {
            let ctx = ctx.clone();
            move || ctx.request_repaint()
        };
        let autosave = session.path.and_then(|path| Autosave::new(path, wake(ctx)).ok());
        Self {
            app,
            has_drawn,
            has_room: false,
            autosave,
            mark,
            file_watch: FileWatch::new(wake(ctx)).ok(),
            _session_lock: session.lock,
        }
    }

    /// Takes the whole monitor where the window would reach beyond it: its lowest row would be out of sight. How large the
    /// monitor is, is not known before there is a window.
    fn make_room(&mut self, ctx: &egui::Context) {
        let seen = ctx.input(|input| {
            let viewport = input.viewport();
            Some((viewport.monitor_size?, viewport.inner_rect.map_or(SIZE, |rect| rect.size())))
        });
        let Some((monitor, size)) = seen.filter(|_| !self.has_room) else { return };
        self.has_room = true;
        if is_cramped(size, monitor) {
            ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
        }
    }

    /// Passes on what has changed in a frame.
    fn after_frame(&mut self, ctx: &egui::Context) {
        let Self { app, autosave, mark, file_watch, .. } = self;
        if mark.as_mut().is_some_and(|mark| mark.see(ctx.cumulative_frame_nr(), app.drawn())) {
            ctx.request_repaint();
        }
        if let Some(autosave) = autosave {
            autosave.see(app.work());
            if let Some(problem) = autosave.problem() {
                app.report("A crash would cost the work since the last save".to_owned(), problem);
            }
        }
        if let Some(file_watch) = file_watch {
            file_watch.watch(app.file_on_disk());
        }
    }
}

impl eframe::App for Shell {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if self.file_watch.as_ref().is_some_and(FileWatch::has_seen_a_change) {
            self.app.look_at_disk();
        }
        self.make_room(ui.ctx());
        self.app.show_ui(ui);
        self.after_frame(ui.ctx());
        self.has_drawn.store(true, Ordering::Relaxed);
    }

    fn on_exit(&mut self) {
        // The step at which a run that is playing is left.
        self.app.pause();
        if let Some(autosave) = &mut self.autosave {
            autosave.see(self.app.work());
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        // It is in a file of its own now.
        storage.remove_string(OLD_SESSION_KEY);
    }
}

/// What a window opens on.
#[derive(Clone, Debug)]
pub enum Start {
    /// Where the last session was left.
    LastSession,
    /// A scenario that has been read.
    Scenario(Box<Opened>),
    /// A file that has not answered so far: it is shown as soon as it does.
    File(PathBuf),
}

/// Opens the window, and returns when it is closed.
///
/// # Errors
/// If there is no display, or a library that a window needs is missing.
pub fn open(start: Start) -> Result<(), WindowError> {
    let has_drawn = Arc::new(AtomicBool::new(false));
    let drawn = Arc::clone(&has_drawn);
    let folder = eframe::storage_dir(APP_ID);
    let habits = folder.as_deref().map_or(Ok(None), storage_check::check);
    let options = eframe::NativeOptions {
        // Where eframe must not read what it kept, it is sent to where nothing is.
        persistence_path: folder.filter(|_| habits.is_err()).map(|folder| folder.join("none/app.ron")),
        viewport: ViewportBuilder::default()
            .with_title("Downhill")
            .with_app_id(APP_ID)
            .with_inner_size(SIZE)
            .with_min_inner_size([800.0, 560.0]),
        system_font_fallback: false,
        ..eframe::NativeOptions::default()
    };
    // winit panics where a library it loads at run time is missing; its words are of no use to anyone, so they are kept
    // back until the window has been drawn once.
    let report = Arc::new(std::panic::take_hook());
    let (quiet_until_drawn, later) = (Arc::clone(&has_drawn), Arc::clone(&report));
    std::panic::set_hook(Box::new(move |info| {
        if quiet_until_drawn.load(Ordering::Relaxed) {
            later(info);
        }
    }));
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        eframe::run_native(
            APP_ID,
            options,
            Box::new(move |creation| {
                storage_check::keep_usable(&creation.egui_ctx);
                prepare(&creation.egui_ctx);
                let problem = habits.unwrap_or_else(Some);
                Ok(Box::new(Shell::new(start, problem, &creation.egui_ctx, creation.storage, drawn)))
            }),
        )
    }));
    std::panic::set_hook(Box::new(move |info| report(info)));
    match outcome {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(WindowError { reason: plain_reason(&error.to_string()) }),
        Err(panic) if has_drawn.load(Ordering::Relaxed) => std::panic::resume_unwind(panic),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words =
                words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a library is missing");
            Err(WindowError { reason: plain_reason(words) })
        }
    }
}

/// Whether a window of this size would not be seen whole.
fn is_cramped(window: Vec2, monitor: Vec2) -> bool {
    let needed = window + AROUND;
    needed.x > monitor.x || needed.y > monitor.y
}

/// The first line of what a library says, without the place in its source.
fn plain_reason(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    let after_place = line.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": "));
    after_place.map_or(line, |(_, reason)| reason).trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_monitor_is_filled_and_a_large_one_is_not() {
        for monitor in [[1024.0, 768.0], [1280.0, 800.0], [1366.0, 768.0], [1280.0, 1024.0]] {
            assert!(is_cramped(SIZE, monitor.into()), "{monitor:?}");
        }
        for monitor in [[1440.0, 900.0], [1920.0, 1080.0]] {
            assert!(!is_cramped(SIZE, monitor.into()), "{monitor:?}");
        }
        assert!(!is_cramped(vec2(900.0, 600.0), vec2(1024.0, 768.0)));
    }

    #[test]
    fn a_reason_names_no_source_file() {
        let said =
            "winit EventLoopError: os error at /a/b/mod.rs:765: neither DISPLAY nor WAYLAND_DISPLAY is set.";
        assert_eq!(plain_reason(said), "neither DISPLAY nor WAYLAND_DISPLAY is set");
        assert_eq!(
            plain_reason("Library libxkbcommon-x11.so could not be loaded.\nmore"),
            "Library libxkbcommon-x11.so could not be loaded"
        );
    }
}
