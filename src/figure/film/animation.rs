//! A session's paths growing step by step, as an animated GIF.
//!
//! One egui context draws all frames, so that layout, isolines and heat map are made once.

mod layers;
mod plan;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use egui::Theme;

use crate::figure::formats::gif::{GifOptions, GifPalette, GifWriter};
use crate::figure::formats::png::PngError;
use crate::figure::page::picture::{background, ink, page, picture_ui, set_ink};
use crate::figure::page::spec::FigureSpec;
use crate::figure::plot::Canvas;
use crate::figure::stage::Offscreen;
use crate::session::Session;
use crate::work::{Counted, Progress};
use layers::Layers;

pub use plan::{GifPlan, PlanError};

/// Why there is no animation.
#[derive(Debug, thiserror::Error)]
pub enum AnimationError {
    /// The plan cannot be carried out.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A frame cannot be painted.
    #[error(transparent)]
    Frame(#[from] PngError),
    /// The file cannot be written.
    #[error("the animation cannot be written: {0}")]
    Writing(#[from] io::Error),
}

/// The frames of a session as pixels. The session given to [`Animation::frame`] must not change from frame to frame.
pub struct Animation {
    plan: GifPlan,
    spec: FigureSpec,
    stage: Offscreen,
    canvas: Canvas,
    layers: Layers,
}

impl Animation {
    /// An animation as planned, whose frames look as `spec` says but for the step. Its page is never transparent: what
    /// stays from one frame to the next is.
    ///
    /// # Errors
    /// The plan cannot be carried out.
    pub fn new(spec: &FigureSpec, plan: GifPlan) -> Result<Self, PlanError> {
        plan.check()?;
        let (theme, size) = (Theme::from(spec.theme), spec.drawn_size());
        let stage = Offscreen::new(page(spec), Some(&|ctx| set_ink(ctx, theme)));
        let layers = Layers::new(size, plan.pixels, background(theme));
        Ok(Self { plan, spec: spec.clone(), stage, canvas: Canvas::default(), layers })
    }

    /// The pixels of a frame, counted from 0: RGBA, row 0 at the top.
    ///
    /// # Errors
    /// There is no memory for the pixels.
    pub fn frame(&mut self, session: &mut Session, index: u32) -> Result<Vec<u8>, PngError> {
        let Self { plan, spec, stage, canvas, layers } = self;
        if plan.stage_delay.is_some() {
            spec.explained.stage = Some(index as usize);
        } else {
            spec.step = Some(plan.step(index));
        }
        let shapes = stage.settled(|ui| picture_ui(ui, canvas, session, spec));
        layers.paint(shapes, stage.textures(), stage.images_version())
    }
}

/// An animation being written, a frame at a time, so that a window can go on between them.
pub struct Recording<W: Write> {
    animation: Animation,
    writer: GifWriter<W>,
    first: Option<Vec<u8>>,
    progress: Progress,
}

impl<W: Write> Recording<W> {
    /// Draws the first and the last frame, which decide the palette, and begins the file.
    ///
    /// # Errors
    /// The plan cannot be carried out, a frame cannot be painted, or what `out` says.
    pub fn new(
        out: W,
        session: &mut Session,
        spec: &FigureSpec,
        plan: GifPlan,
    ) -> Result<Self, AnimationError> {
        let mut animation = Animation::new(spec, plan)?;
        session.finish();
        let last = animation.frame(session, plan.frames() - 1)?;
        let first = animation.frame(session, 0)?;
        let theme = spec.theme.into();
        let styles = spec.look.path_styles(&session.scenario().optimizers, theme);
        let own = [background(theme), ink(theme)].into_iter().chain(styles.iter().map(|style| style.color));
        let exact: Vec<[u8; 3]> = own.map(|color| [color.r(), color.g(), color.b()]).collect();
        let palette = GifPalette::new(&[&first, &last], &exact);
        // The plan holds sides to far less.
        let size = plan.pixels.map(|side| u16::try_from(side).unwrap_or(u16::MAX));
        let writer = GifWriter::new(out, GifOptions { size, repeats: plan.repeats }, palette)?;
        let progress = Progress { of: Counted::Frames, done: 0, total: plan.frames().into() };
        Ok(Self { animation, writer, first: Some(first), progress })
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// What it will be.
    pub fn plan(&self) -> GifPlan {
        self.animation.plan
    }

    /// Whether every frame is written.
    pub fn is_over(&self) -> bool {
        self.progress.done >= self.progress.total
    }

    /// How many levels it shows without isolines.
    pub fn dropped_levels(&self) -> usize {
        self.animation.canvas.dropped_levels()
    }

    /// Writes the next frame, if there is one. The session must be the one it began with, unchanged.
    ///
    /// # Errors
    /// A frame cannot be painted, or what the writer says.
    pub fn advance(&mut self, session: &mut Session) -> Result<(), AnimationError> {
        if !self.is_over() {
            // A plan counts frames in 32 bits.
            let frame = self.progress.done as u32;
            let pixels = match self.first.take() {
                Some(pixels) => pixels,
                None => self.animation.frame(session, frame)?,
            };
            self.writer.push(&pixels, self.animation.plan.delay(frame))?;
            self.progress.done += 1;
        }
        Ok(())
    }

    /// Writes the end of the file, and gives the writer back.
    ///
    /// # Errors
    /// What the writer says.
    pub fn finish(self) -> Result<W, AnimationError> {
        Ok(self.writer.finish()?)
    }
}
