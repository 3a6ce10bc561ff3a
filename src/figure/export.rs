//! A session as the bytes of a file: a picture, or its numbers.

mod numbers;

use std::borrow::BorrowMut;
use std::io;
use std::path::Path;

use super::embedded;
use numbers::write_race;

use crate::figure::film::animation::{AnimationError, GifPlan, PlanError, Recording};
use crate::figure::formats::pdf::{self, PdfError};
use crate::figure::formats::png::{self, PngError, PngNotes};
use crate::figure::look::words::dropped_levels_words;
use crate::figure::page::missing_letters::missing_letters;
use crate::figure::page::picture::{Figure, explained_step};
use crate::figure::page::spec::{Contents, FigureSpec, SpecError};
use crate::figure::page::unit::Unit;
use crate::scenario;
use crate::session::Session;
use crate::work::{PART_OF_A_FRAME, Progress, Work};
pub use numbers::write_numbers;

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
    Ok(Exporting::new(session, spec.clone(), kind, has_scenario).finish()?.bytes)
}

/// A session on its way to the bytes of a file: the steps of its pinned paths and of its runs are taken, then the picture is
/// drawn, or a film frame by frame.
pub struct Exporting<S> {
    session: S,
    spec: FigureSpec,
    kind: FigureKind,
    has_scenario: bool,
    phase: Phase,
}

/// What is being done.
enum Phase {
    /// The steps of the paths that were pinned.
    Pinned(Box<Session>),
    /// Those of the session's own.
    Steps,
    Film(Box<Recording<Vec<u8>>>),
    Over(Result<Export, ExportError>),
}

impl Phase {
    /// The first of a picture.
    fn of_picture(spec: &FigureSpec) -> Result<Self, SpecError> {
        spec.check()?;
        let pinned = spec.pinned_scenario()?;
        Ok(pinned.map_or(Phase::Steps, |pinned| Phase::Pinned(Box::new(Session::new(pinned)))))
    }
}

impl<S: BorrowMut<Session>> Exporting<S> {
    /// Begins, as [`export`].
    pub fn new(mut session: S, spec: FigureSpec, kind: FigureKind, has_scenario: bool) -> Self {
        let phase = if kind.is_numbers() {
            Ok(Phase::Steps)
        } else {
            session.borrow_mut().set_pinned(None);
            Phase::of_picture(&spec)
        };
        let phase = phase.unwrap_or_else(|error| Phase::Over(Err(error.into())));
        Self { session, spec, kind, has_scenario, phase }
    }

    /// What the film will be, once that is known and until it is over.
    pub fn film(&self) -> Option<GifPlan> {
        match &self.phase {
            Phase::Film(recording) => Some(recording.plan()),
            _ => None,
        }
    }

    /// Does what is left.
    ///
    /// # Errors
    /// As [`export`].
    pub fn finish(mut self) -> Result<Export, ExportError> {
        loop {
            if let Phase::Over(export) = self.phase {
                return export;
            }
            self.advance(PART_OF_A_FRAME);
        }
    }

    /// What follows the last step.
    fn draw(&mut self) -> Result<Phase, ExportError> {
        let (session, spec, kind) = (self.session.borrow_mut(), &self.spec, self.kind);
        let mut bytes = Vec::new();
        if kind.is_numbers() {
            match spec.contents {
                Contents::Race => write_race(&mut bytes, session, spec, kind)?,
                _ => write_numbers(&mut bytes, session, kind)?,
            }
            return Ok(Phase::Over(Ok(Export { bytes, note: None, missing_letters: Vec::new() })));
        }
        if kind == FigureKind::Gif {
            let plan = film_plan(session, spec).map_err(AnimationError::Plan)?;
            return Ok(Phase::Film(Box::new(Recording::new(bytes, session, spec, plan)?)));
        }
        let text = self.has_scenario.then(|| scenario::write_inline(session.scenario()));
        // What no scenario's file could hold would not be read again.
        let is_too_long = text.as_ref().is_some_and(|text| text.len() > scenario::MAX_FILE_BYTES);
        let kept = text.filter(|_| !is_too_long);
        let kept = kept.map(|scenario| embedded::Kept { scenario, figure: Some(spec.clone()) });
        let figure = Figure::draw(session, spec);
        let dropped_levels = figure.dropped_levels();
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
        let mut export = self.picture(bytes, dropped_levels);
        if is_too_long {
            let left_out = "its rows are more than 1 MiB: the picture carries no scenario";
            export.note =
                Some(export.note.map_or_else(|| left_out.to_owned(), |note| format!("{note}; {left_out}")));
        }
        Ok(Phase::Over(Ok(export)))
    }

    /// The bytes of a picture, with what it does not show.
    fn picture(&self, bytes: Vec<u8>, dropped_levels: usize) -> Export {
        let missing_letters = missing_letters(self.session.borrow().scenario(), &self.spec.parts);
        Export { bytes, note: dropped_levels_words(dropped_levels), missing_letters }
    }

    /// Does some more, and says what is to be done then.
    fn go_on(&mut self, phase: Phase, budget: u64) -> Result<Phase, ExportError> {
        let session = self.session.borrow_mut();
        Ok(match phase {
            Phase::Pinned(mut pinned) => {
                if !pinned.advance(budget) {
                    return Ok(Phase::Pinned(pinned));
                }
                session.set_pinned(Some(pinned.into_pinned()));
                Phase::Steps
            }
            Phase::Steps if session.advance(budget) => self.draw()?,
            Phase::Steps => Phase::Steps,
            Phase::Film(mut recording) => {
                recording.advance(session)?;
                if !recording.is_over() {
                    return Ok(Phase::Film(recording));
                }
                let dropped_levels = recording.dropped_levels();
                let bytes = recording.finish()?;
                Phase::Over(Ok(self.picture(bytes, dropped_levels)))
            }
            Phase::Over(export) => Phase::Over(export),
        })
    }
}

impl<S: BorrowMut<Session>> Work for Exporting<S> {
    fn advance(&mut self, budget: u64) -> bool {
        let phase = std::mem::replace(&mut self.phase, Phase::Steps);
        self.phase = self.go_on(phase, budget).unwrap_or_else(|error| Phase::Over(Err(error)));
        matches!(self.phase, Phase::Over(_))
    }

    fn progress(&self) -> Progress {
        match &self.phase {
            Phase::Pinned(pinned) => pinned.progress(),
            Phase::Film(recording) => recording.progress(),
            Phase::Steps | Phase::Over(_) => self.session.borrow().progress(),
        }
    }
}

/// What a figure is as a film: its steps, or of a step that is taken apart its stages.
///
/// # Errors
/// It is too large or too long for one.
pub fn film_plan(session: &Session, spec: &FigureSpec) -> Result<GifPlan, PlanError> {
    match explained_step(session, spec) {
        Some(explained) => GifPlan::of_stages(spec, explained.stages.len()),
        None => GifPlan::new(spec, session.longest_run()),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::work::Counted;

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
    fn every_kind_is_left_off_while_steps_are_taken() {
        for kind in FigureKind::ALL {
            for pinned in [None, Some(scenario::write(&long()))] {
                let spec = FigureSpec { pinned, ..FigureSpec::default() };
                let mut session = Session::new(long());
                let mut exporting = Exporting::new(&mut session, spec, kind, true);
                for _ in 0..3 {
                    assert!(!exporting.advance(PART_OF_A_FRAME), "{kind:?}");
                    let Progress { of, total, .. } = exporting.progress();
                    assert_eq!((of, total), (Counted::Steps, 7_000_000));
                }
                drop(exporting);
                assert!(taken(&session) <= 400_000, "{kind:?}: {}", taken(&session));
            }
        }
    }

    #[test]
    fn a_film_is_written_frame_by_frame_and_is_whole_at_the_end() {
        let spec = FigureSpec { step: Some(4), ..FigureSpec::of_size([160.0, 140.0]) };
        let session = Session::new(Scenario::default());
        let mut exporting = Exporting::new(session, spec, FigureKind::Gif, false);
        let mut told = Vec::new();
        while !exporting.advance(PART_OF_A_FRAME) {
            told.extend(exporting.film().map(|plan| (exporting.progress(), plan.frames())));
        }
        let frames: Vec<_> = (0..5).map(|done| Progress { of: Counted::Frames, done, total: 5 }).collect();
        assert_eq!(told, frames.into_iter().map(|progress| (progress, 5)).collect::<Vec<_>>());
        let bytes = exporting.finish().unwrap().bytes;
        assert!(bytes.starts_with(b"GIF89a") && bytes.ends_with(&[0x3b]));
    }
}
