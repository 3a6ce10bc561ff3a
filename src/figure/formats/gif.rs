//! Pictures one after another as an animated GIF (GIF89a), with one palette for all of them.
//!
//! After the first frame only the smallest rectangle with a change is written, and in it what stays is transparent. So a
//! background keeps its colors to the bit, and costs nothing. Colors are never dithered: its noise would move.

mod oklab;
mod palette;

#[cfg(test)]
pub(in crate::figure) mod tests;

use std::collections::HashMap;
use std::io::{self, Write};

use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};

pub use palette::GifPalette;

/// How an animation is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GifOptions {
    /// Width and height in pixels, each at least 1.
    pub size: [u16; 2],
    /// Again from the beginning, without end.
    pub repeats: bool,
}

/// Colors found before are kept, up to this many.
const MOST_REMEMBERED: usize = 1 << 18;

/// Writes an animated GIF frame by frame. The same frames give the same bytes.
pub struct GifWriter<W: Write> {
    encoder: Encoder<W>,
    options: GifOptions,
    palette: GifPalette,
    remembered: HashMap<[u8; 3], u8>,
    /// The pixels of the last frame, RGBA.
    before: Vec<u8>,
    /// What is shown after the last frame, as places in the palette.
    shown: Vec<u8>,
}

impl<W: Write> GifWriter<W> {
    /// Writes the head of the file: size, palette, repetition.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W, options: GifOptions, palette: GifPalette) -> io::Result<Self> {
        let [width, height] = options.size;
        let mut table = palette.bytes();
        // The last entry stands for pixels that stay as they are.
        table.extend([0; 3]);
        let mut encoder = Encoder::new(out, width, height, &table).map_err(io_error)?;
        if options.repeats {
            encoder.set_repeat(Repeat::Infinite).map_err(io_error)?;
        }
        let (before, shown) = (Vec::new(), Vec::new());
        Ok(Self { encoder, options, palette, remembered: HashMap::new(), before, shown })
    }

    /// The colors of all frames.
    pub fn palette(&self) -> &GifPalette {
        &self.palette
    }

    /// Adds a frame of opaque RGBA pixels, row 0 at the top, which stays for `delay` hundredths of a second.
    ///
    /// # Errors
    /// The number of bytes does not fit the size; what the writer says.
    pub fn push(&mut self, rgba: &[u8], delay: u16) -> io::Result<()> {
        let [width, height] = self.options.size.map(usize::from);
        if rgba.len() != width * height * 4 {
            let text = format!("a frame of {} bytes is not one of {width}×{height} pixels", rgba.len());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        let is_first = self.shown.is_empty();
        let kept = u8::try_from(self.palette.len()).unwrap_or(u8::MAX);
        let mut frame = Frame { delay, dispose: DisposalMethod::Keep, ..Frame::default() };
        if is_first {
            self.shown = rgba.as_chunks().0.iter().map(|pixel| self.place(*pixel)).collect();
            (frame.width, frame.height) = (self.options.size[0], self.options.size[1]);
            frame.buffer = self.shown.as_slice().into();
            self.encoder.write_frame(&frame).map_err(io_error)?;
        } else {
            let changes = self.take_changes(rgba);
            // A frame has at least one pixel, even if nothing has changed.
            let [left, top, right, bottom] = bounds(&changes, width).unwrap_or([0, 0, 0, 0]);
            let rows = changes.chunks_exact(width).skip(top).take(bottom - top + 1);
            let pixels = rows.flat_map(|row| row.iter().skip(left).take(right - left + 1));
            let pixels: Vec<u8> = pixels.map(|change| change.unwrap_or(kept)).collect();
            [frame.left, frame.top, frame.width, frame.height] =
                [left, top, right - left + 1, bottom - top + 1].map(|side| side as u16);
            frame.transparent = Some(kept);
            frame.buffer = pixels.into();
            self.encoder.write_frame(&frame).map_err(io_error)?;
        }
        self.before.clear();
        self.before.extend_from_slice(rgba);
        Ok(())
    }

    /// Writes the end of the file, and gives the writer back.
    ///
    /// # Errors
    /// What the writer says.
    pub fn finish(self) -> io::Result<W> {
        let mut out = self.encoder.into_inner().map_err(io_error)?;
        out.flush()?;
        Ok(out)
    }

    /// For each pixel its new color, where it has one; `shown` takes it over.
    fn take_changes(&mut self, rgba: &[u8]) -> Vec<Option<u8>> {
        let mut shown = std::mem::take(&mut self.shown);
        let before = std::mem::take(&mut self.before);
        let pixels = rgba.as_chunks().0.iter().zip(before.as_chunks().0);
        let changes = (pixels.zip(&mut shown))
            .map(|((pixel, before), shown): ((&[u8; 4], &[u8; 4]), &mut u8)| {
                if pixel == before {
                    return None;
                }
                let place = self.place(*pixel);
                (std::mem::replace(shown, place) != place).then_some(place)
            })
            .collect();
        (self.shown, self.before) = (shown, before);
        changes
    }

    fn place(&mut self, [r, g, b, _]: [u8; 4]) -> u8 {
        let color = [r, g, b];
        if let Some(place) = self.remembered.get(&color) {
            return *place;
        }
        let place = self.palette.nearest(color);
        if self.remembered.len() < MOST_REMEMBERED {
            self.remembered.insert(color, place);
        }
        place
    }
}

/// The first and last column and row with a change: left, top, right, bottom.
fn bounds(changes: &[Option<u8>], width: usize) -> Option<[usize; 4]> {
    let mut bounds: Option<[usize; 4]> = None;
    for (row, pixels) in changes.chunks_exact(width).enumerate() {
        let Some(first) = pixels.iter().position(Option::is_some) else { continue };
        let last = pixels.iter().rposition(Option::is_some).unwrap_or(first);
        let [left, top, right, _] = bounds.unwrap_or([first, row, last, row]);
        bounds = Some([left.min(first), top, right.max(last), row]);
    }
    bounds
}

fn io_error(error: EncodingError) -> io::Error {
    match error {
        EncodingError::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
