//! A figure being written beside the work: the window goes on, hears how far it is, and can call it off.

use std::path::{Path, PathBuf};

use egui::{Context, ProgressBar, Ui};

use super::LOOK_EVERY;
use crate::figure::{self, FigureKind, FigureSpec};
use crate::files::write_whole_while;
use crate::scenario::Scenario;
use crate::session::Session;
use crate::ui::desktop::background::Background;

/// A file that is being written, until this is dropped.
pub struct FigureExport {
    path: PathBuf,
    work: Background<Result<Option<String>, String>>,
    begun: f64,
}

/// What became of it.
pub enum Exported {
    /// Where, and what it does not show.
    Written(PathBuf, Option<String>),
    Failed(PathBuf, String),
}

impl FigureExport {
    /// Begins to write a figure of `scenario`.
    pub fn begin(
        ctx: &Context,
        scenario: Scenario,
        spec: FigureSpec,
        kind: FigureKind,
        has_scenario: bool,
        path: &Path,
    ) -> Self {
        let (window, there) = (ctx.clone(), path.to_owned());
        let work = Background::begin(
            move || window.request_repaint(),
            move || figure::Exporting::new(Session::new(scenario), spec, kind, has_scenario),
            move |work, wanted| {
                let export = work.finish().map_err(|error| error.to_string())?;
                write_whole_while(&there, &export.bytes, &|| wanted.is_still())?;
                Ok(export.note)
            },
        );
        Self { path: path.to_owned(), work, begun: ctx.input(|input| input.time) }
    }

    /// What became of it, once it is over.
    pub fn over(&self) -> Option<Exported> {
        let path = self.path.clone();
        Some(match self.work.over()? {
            Ok(Ok(note)) => Exported::Written(path, note),
            Ok(Err(reason)) => Exported::Failed(path, reason),
            Err(error) => Exported::Failed(path, error.to_string()),
        })
    }

    /// How far it is, how long it will take, and a button that calls it off. Returns whether it was pressed.
    pub fn progress_ui(&self, ui: &mut Ui) -> bool {
        let progress = self.work.progress();
        let elapsed = ui.input(|input| input.time) - self.begun;
        ui.request_repaint_after(LOOK_EVERY);
        let row = ui.horizontal(|ui| {
            let name =
                self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let text = match progress.map(|progress| (progress, progress.seconds_left(elapsed))) {
                Some((progress, Some(left))) => format!("writing {name}: {progress}, {left:.0} s left"),
                _ => format!("writing {name}"),
            };
            ui.label(&text);
            let is_called_off = ui.button("Call off").on_hover_text("Write nothing").clicked();
            let share = progress.map_or(0.0, |p| p.done as f32 / p.total.max(1) as f32);
            let bar = ui.add(ProgressBar::new(share).desired_width(ui.available_width()));
            bar.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, &text));
            is_called_off
        });
        row.inner
    }
}
