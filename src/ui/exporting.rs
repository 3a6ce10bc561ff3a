//! A figure being written beside the work: the window goes on, hears how far it is, and can call it off.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use egui::{Context, ProgressBar, Ui};

use crate::figure::{FigureKind, FigureSpec, Progress, export_with};
use crate::files::write_whole_while;
use crate::scenario::Scenario;
use crate::session::Session;

/// A file that is being written.
pub(super) struct Exporting {
    path: PathBuf,
    progress: Arc<Mutex<Option<Progress>>>,
    is_called_off: Arc<AtomicBool>,
    result: Receiver<Result<Option<String>, String>>,
    begun: f64,
}

/// What became of it.
pub(super) enum Exported {
    /// Where, and what it does not show.
    Written(PathBuf, Option<String>),
    Failed(PathBuf, String),
    CalledOff,
}

impl Exporting {
    /// Begins to write a figure of `scenario`.
    ///
    /// # Errors
    /// No thread could be started.
    pub fn begin(
        ctx: &Context,
        scenario: Scenario,
        spec: FigureSpec,
        kind: FigureKind,
        has_scenario: bool,
        path: &Path,
    ) -> Result<Self, String> {
        let progress = Arc::new(Mutex::new(None));
        let is_called_off = Arc::new(AtomicBool::new(false));
        let (send, result) = channel();
        let (ctx_there, path_there) = (ctx.clone(), path.to_owned());
        let (progress_there, off_there) = (Arc::clone(&progress), is_called_off.clone());
        let work = move || {
            let mut session = Session::new(scenario);
            let is_off = || off_there.load(Ordering::Relaxed);
            let mut progress = |progress: Progress| {
                *held(&progress_there) = Some(progress);
                ctx_there.request_repaint();
                if is_off() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            let written = export_with(&mut session, &spec, kind, has_scenario, &mut progress)
                .map_err(|error| error.to_string())
                .and_then(|export| {
                    write_whole_while(&path_there, &export.bytes, &|| !is_off()).map(|()| export.note)
                });
            // Nobody waits any more if the window was closed.
            let _ = send.send(written);
            ctx_there.request_repaint();
        };
        let thread = std::thread::Builder::new().name("figure".to_owned()).spawn(work);
        thread.map_err(|error| format!("{}: cannot be written: {error}", path.display()))?;
        let begun = ctx.input(|input| input.time);
        Ok(Self { path: path.to_owned(), progress, is_called_off, result, begun })
    }

    /// What became of it, once it is over.
    pub fn over(&self) -> Option<Exported> {
        let result = match self.result.try_recv() {
            Ok(result) => result,
            // A disk that does not answer is not waited for.
            Err(TryRecvError::Empty) if self.is_called_off() => return Some(Exported::CalledOff),
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err(format!("{}: cannot be written", self.path.display())),
        };
        let path = self.path.clone();
        Some(match result {
            Ok(note) => Exported::Written(path, note),
            Err(_) if self.is_called_off() => Exported::CalledOff,
            Err(reason) => Exported::Failed(path, reason),
        })
    }

    fn is_called_off(&self) -> bool {
        self.is_called_off.load(Ordering::Relaxed)
    }

    /// How far it is, how long it will take, and a button that calls it off.
    pub fn progress_ui(&self, ui: &mut Ui) {
        let progress = *held(&self.progress);
        let elapsed = ui.input(|input| input.time) - self.begun;
        ui.horizontal(|ui| {
            let name =
                self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let text = match progress.map(|progress| (progress, progress.seconds_left(elapsed))) {
                Some((progress, Some(left))) => format!("writing {name}: {progress}, {left:.0} s left"),
                _ => format!("writing {name}"),
            };
            ui.label(&text);
            if ui.button("Call off").on_hover_text("Write nothing").clicked() {
                self.is_called_off.store(true, Ordering::Relaxed);
            }
            let share = progress.map_or(0.0, |p| p.done as f32 / p.total.max(1) as f32);
            let bar = ui.add(ProgressBar::new(share).desired_width(ui.available_width()));
            bar.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &text));
        });
    }
}

/// What is in the lock, whoever died with it: a number that was written whole.
fn held(progress: &Mutex<Option<Progress>>) -> MutexGuard<'_, Option<Progress>> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Shows the folder of a file in the program that the system has for folders.
///
/// # Errors
/// There is no such program.
pub(super) fn show_in_folder(path: &Path) -> Result<(), String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let started = std::process::Command::new(program)
        .arg(folder)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
    started.map(drop).map_err(|error| format!("{}: {program} cannot be started: {error}", folder.display()))
}
