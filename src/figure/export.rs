//! A session as the bytes of a file: a picture, or its numbers.

use std::path::Path;

use super::embedded;
use super::pdf::{self, PdfError};
use super::picture::Figure;
use super::png::{self, PngError};
use super::spec::{FigureSpec, SpecError};
use super::{csv, json};
use crate::scenario;
use crate::session::Session;

/// What a figure is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// Lines and text, sharp at any size.
    Svg,
    /// Pixels.
    Png,
    /// A page with lines and text.
    Pdf,
    /// Every step as a row.
    Csv,
    /// Every step as numbers.
    Json,
}

impl FigureKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [FigureKind; 5] =
        [FigureKind::Svg, FigureKind::Png, FigureKind::Pdf, FigureKind::Csv, FigureKind::Json];

    /// The ending of its files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            FigureKind::Svg => "svg",
            FigureKind::Png => "png",
            FigureKind::Pdf => "pdf",
            FigureKind::Csv => "csv",
            FigureKind::Json => "json",
        }
    }

    /// What it is good for, in one sentence.
    pub fn explanation(self) -> &'static str {
        match self {
            FigureKind::Svg => "Lines and text that stay sharp at any size, for slides and web pages",
            FigureKind::Png => "A picture made of pixels, which every program takes",
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
    /// The page could not be made.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The numbers could not be written.
    #[error("the numbers cannot be written: {0}")]
    Numbers(#[from] std::io::Error),
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
    spec.check()?;
    session.finish();
    let mut bytes = Vec::new();
    match kind {
        FigureKind::Csv => {
            csv::write_runs(&mut bytes, session.scenario().cost.variable_names(), runs(session))?
        }
        FigureKind::Json => json::write_runs(&mut bytes, &session.scenario().title, runs(session))?,
        FigureKind::Svg | FigureKind::Png | FigureKind::Pdf => {
            let kept = has_scenario.then(|| embedded::Kept {
                scenario: scenario::write(session.scenario()),
                figure: Some(spec.clone()),
            });
            let figure = Figure::draw(session, spec);
            bytes = match kind {
                FigureKind::Svg => figure.svg_file(&embedded::svg_metadata(kept.as_ref())).into_bytes(),
                FigureKind::Pdf => {
                    pdf::from_svg(&figure.svg(), kept.as_ref().map(embedded::annotated).as_deref())?
                }
                _ => {
                    let [width, height] = spec.pixels();
                    let pixels = png::pixels_from_svg(&figure.svg(), width, height)?;
                    png::encode_with_texts(width, height, &pixels, &embedded::png_texts(kept.as_ref()))?
                }
            };
        }
    }
    Ok(bytes)
}

fn runs(
    session: &Session,
) -> impl Iterator<Item = (&crate::scenario::OptimizerChoice, &crate::optimizer::Trajectory)> {
    let optimizers = session.scenario().optimizers.iter().enumerate();
    optimizers.filter_map(|(index, choice)| Some((choice, session.trajectory(index)?.0)))
}
