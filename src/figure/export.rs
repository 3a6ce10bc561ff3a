//! A session as the bytes of a file: a picture, or its numbers.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use super::embedded;
use crate::figure::film::animation::{AnimationError, GifPlan, write_gif};
use crate::figure::film::progress::{Counted, Progress, Tell};
use crate::figure::formats::pdf::{self, PdfError};
use crate::figure::formats::png::{self, PngError, PngNotes};
use crate::figure::look::words::dropped_levels_words;
use crate::figure::page::missing_letters::missing_letters;
use crate::figure::page::picture::Figure;
use crate::figure::page::spec::{FigureSpec, SpecError};
use crate::figure::page::unit::Unit;
use crate::record::{csv, json};
use crate::scenario;
use crate::session::{Pinned, Session};

/// What a figure is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// Lines and text, sharp at any size.
    Svg,
    /// Pixels.
    Png,
    /// Every step, as a film.
    Gif,
    /// A page with lines and text.
    Pdf,
    /// Every step as a row.
    Csv,
    /// Every step as numbers.
    Json,
}

impl FigureKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [FigureKind; 6] = [
        FigureKind::Svg,
        FigureKind::Png,
        FigureKind::Gif,
        FigureKind::Pdf,
        FigureKind::Csv,
        FigureKind::Json,
    ];

    /// The ending of its files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            FigureKind::Svg => "svg",
            FigureKind::Png => "png",
            FigureKind::Gif => "gif",
            FigureKind::Pdf => "pdf",
            FigureKind::Csv => "csv",
            FigureKind::Json => "json",
        }
    }

    /// Whether it holds numbers and no picture.
    pub fn is_numbers(self) -> bool {
        matches!(self, FigureKind::Csv | FigureKind::Json)
    }

    /// Whether its files have a place for the scenario.
    pub fn carries_scenario(self) -> bool {
        matches!(self, FigureKind::Svg | FigureKind::Png | FigureKind::Pdf)
    }

    /// What it is good for, in one sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            FigureKind::Svg => "Lines and text that stay sharp at any size, for slides and web pages",
            FigureKind::Png => "A picture made of pixels, which every program takes",
            FigureKind::Gif => {
                "The paths growing step by step, for slides and web pages; carries no scenario"
            }
            FigureKind::Pdf => "A page with lines and text that stay sharp, for papers and printers",
            FigureKind::Csv => "Every step as a row of numbers, for a spreadsheet",
            FigureKind::Json => "Every step as numbers, for programs",
        }
    }

    /// The kind that the ending of a file's name says.
    pub fn of_path(path: &Path) -> Option<Self> {
        let ending = path.extension()?;
        Self::ALL.into_iter().find(|kind| ending.eq_ignore_ascii_case(kind.ending()))
    }
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The choices do not make a figure.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// The pixels could not be made.
    #[error(transparent)]
    Png(#[from] PngError),
    /// The film could not be made.
    #[error(transparent)]
    Animation(#[from] AnimationError),
    /// The page could not be made.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// It was called off while steps were taken.
    #[error("it was called off")]
    CalledOff,
    /// The numbers could not be written.
    #[error("the numbers cannot be written: {0}")]
    Numbers(#[from] io::Error),
}

/// The bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What the picture does not show, as a sentence.
    pub note: Option<String>,
    /// The letters that the picture shows as boxes.
    pub missing_letters: Vec<char>,
}

/// The session as a file of this kind. A picture carries its scenario and its choices if `has_scenario`, so that it can be
/// opened and made again. Takes every step of every run first.
///
/// # Errors
/// Choices that make no figure, and pictures for which there is no memory.
pub fn export(
    session: &mut Session,
    spec: &FigureSpec,
    kind: FigureKind,
    has_scenario: bool,
) -> Result<Vec<u8>, ExportError> {
    let export = export_with(session, spec, kind, has_scenario, &mut |_| ControlFlow::Continue(()))?;
    Ok(export.bytes)
}

/// The session as a file, as [`export`]. `progress` hears of steps that are taken and of each frame of a film, and may call
/// it off.
///
/// # Errors
/// As [`export`], and what was called off.
pub fn export_with(
    session: &mut Session,
    spec: &FigureSpec,
    kind: FigureKind,
    has_scenario: bool,
    progress: &mut Tell<'_>,
) -> Result<Export, ExportError> {
    if !kind.is_numbers() {
        spec.check()?;
        let pinned = spec.pinned_scenario()?.map(Session::new);
        session.set_pinned(match pinned {
            Some(mut pinned) => {
                take_steps(&mut pinned, progress)?;
                Some(Pinned::of_session(&pinned))
            }
            None => None,
        });
    }
    take_steps(session, progress)?;
    let mut bytes = Vec::new();
    let mut dropped_levels = 0;
    match kind {
        FigureKind::Csv | FigureKind::Json => write_numbers(&mut bytes, session, kind)?,
        FigureKind::Gif => {
            let plan = GifPlan::new(spec, session.longest_run()).map_err(AnimationError::Plan)?;
            (bytes, dropped_levels) = write_gif(bytes, session, spec, plan, progress)?;
        }
        FigureKind::Svg | FigureKind::Png | FigureKind::Pdf => {
            let kept = has_scenario.then(|| embedded::Kept {
                scenario: scenario::write(session.scenario()),
                figure: Some(spec.clone()),
            });
            let figure = Figure::draw(session, spec);
            dropped_levels = figure.dropped_levels();
            bytes = match kind {
                FigureKind::Svg => figure.svg_file(&embedded::svg_metadata(kept.as_ref())).into_bytes(),
                FigureKind::Pdf => {
                    let attached = kept.as_ref().map(embedded::annotated);
                    pdf::from_svg(&figure.svg(), &session.scenario().title, attached.as_deref())?
                }
                _ => {
                    let [width, height] = spec.pixels();
                    let pixels = png::pixels_from_svg(&figure.svg(), width, height)?;
                    let texts = &embedded::png_texts(kept.as_ref());
                    let pixels_per_point = (spec.unit == Unit::Point).then_some(spec.scale);
                    png::encode_with(width, height, &pixels, PngNotes { texts, pixels_per_point })?
                }
            };
        }
    }
    let missing =
        if kind.is_numbers() { Vec::new() } else { missing_letters(session.scenario(), &spec.parts) };
    Ok(Export { bytes, note: dropped_levels_words(dropped_levels), missing_letters: missing })
}

/// Takes every step of every run.
fn take_steps(session: &mut Session, progress: &mut Tell<'_>) -> Result<(), ExportError> {
    let mut tell = |done, total| progress(Progress { of: Counted::Steps, done, total });
    if session.finish_with(&mut tell).is_break() { Err(ExportError::CalledOff) } else { Ok(()) }
}

/// The figure as pixels, as large as it can be within `room` in pixels and no larger than it is.
///
/// # Errors
/// As [`export`].
pub fn preview(
    session: &mut Session,
    spec: &FigureSpec,
    room: egui::Vec2,
) -> Result<egui::ColorImage, ExportError> {
    spec.check()?;
    session.finish();
    let [width, height] = preview_pixels(spec, room);
    let pixels = png::pixels_from_svg(&Figure::draw(session, spec).svg(), width, height)?;
    Ok(egui::ColorImage::from_rgba_unmultiplied([width as usize, height as usize], &pixels))
}

/// Width and height of the figure in pixels where it has no more than `room`, in pixels.
pub fn preview_pixels(spec: &FigureSpec, room: egui::Vec2) -> [u32; 2] {
    let [width, height] = spec.pixels().map(|side| side as f32);
    let share = (room.x / width).min(room.y / height).min(1.0);
    [width, height].map(|side| ((side * share).round() as u32).max(1))
}

/// Writes every step of every run: as rows for [`FigureKind::Csv`], else as JSON.
///
/// # Errors
/// What `out` says.
pub fn write_numbers(out: &mut impl Write, session: &Session, kind: FigureKind) -> io::Result<()> {
    let scenario = session.scenario();
    let runs = session.paths().map(|path| (path.choice, path.trajectory));
    if kind == FigureKind::Csv {
        csv::write_runs(out, scenario.cost.variable_names(), runs)
    } else {
        json::write_runs(out, &scenario.title, runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn long() -> Scenario {
        let mut scenario = Scenario::default();
        scenario.run.steps = 1_000_000;
        scenario.run.tolerance = 0.0;
        scenario
    }

    /// How many steps of a session are taken.
    fn taken(session: &Session) -> usize {
        session.paths().map(|path| path.trajectory.steps()).sum()
    }

    #[test]
    fn every_kind_is_called_off_while_steps_are_taken() {
        for kind in FigureKind::ALL {
            for pinned in [None, Some(scenario::write(&long()))] {
                let spec = FigureSpec { pinned, ..FigureSpec::default() };
                let (mut session, mut heard) = (Session::new(long()), 0);
                let mut progress = |progress: Progress| {
                    assert_eq!((progress.of, progress.total), (Counted::Steps, 7_000_000));
                    heard += 1;
                    if heard == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                };
                let called_off = export_with(&mut session, &spec, kind, true, &mut progress);
                assert!(matches!(called_off, Err(ExportError::CalledOff)), "{kind:?}");
                assert!(taken(&session) <= 400_000, "{kind:?}: {}", taken(&session));
            }
        }
    }
}
