//! SVG to PNG with the fonts of the program, and PNG bytes from pixels.

use resvg::tiny_skia::Pixmap;
use resvg::usvg;

use super::raster;

/// The longest side of a picture, in pixels.
pub const MAX_SIDE: u32 = 20_000;

/// Why there is no PNG.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// A side has no pixels or too many.
    #[error(
        "a picture of {width}×{height} pixels cannot be made: each side must have 1 to {MAX_SIDE} pixels"
    )]
    Size {
        /// The width asked for.
        width: u32,
        /// The height asked for.
        height: u32,
    },
    /// There is no memory for so many pixels.
    #[error("there is not enough memory for a picture of {width}×{height} pixels")]
    Memory {
        /// The width asked for.
        width: u32,
        /// The height asked for.
        height: u32,
    },
    /// The text is not SVG.
    #[error("the SVG cannot be read: {0}")]
    Svg(#[from] usvg::Error),
    /// The pixels cannot be written as PNG.
    #[error("the PNG cannot be written: {0}")]
    Encoding(#[from] png::EncodingError),
}

/// The picture of an SVG text as PNG, stretched to `width` × `height` pixels.
///
/// # Errors
/// A side of 0 or more than [`MAX_SIDE`] pixels; text that is not SVG.
pub fn from_svg(svg: &str, width: u32, height: u32) -> Result<Vec<u8>, PngError> {
    let pixels = pixels_from_svg(svg, width, height)?;
    encode(width, height, &pixels)
}

/// The picture of an SVG text as RGBA bytes (alpha not multiplied in), row 0 at the top.
///
/// # Errors
/// As [`from_svg`].
pub fn pixels_from_svg(svg: &str, width: u32, height: u32) -> Result<Vec<u8>, PngError> {
    check_size(width, height)?;
    let tree = raster::tree(svg)?;
    let mut pixmap = Pixmap::new(width, height).ok_or(PngError::Memory { width, height })?;
    raster::paint(&tree, &mut pixmap);
    Ok(pixmap.take_demultiplied())
}

/// PNG bytes of RGBA pixels (alpha not multiplied in), row 0 at the top, four bytes a pixel.
///
/// A picture without transparent pixels is written as RGB.
///
/// # Errors
/// A side of 0 or more than [`MAX_SIDE`] pixels, or a number of bytes that does not fit the size.
pub fn encode(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<u8>, PngError> {
    encode_with(width, height, rgba, PngNotes::default())
}

/// What a PNG says beside its pixels.
#[derive(Clone, Copy, Debug, Default)]
pub struct PngNotes<'a> {
    /// Texts under keywords (`iTXt`).
    pub texts: &'a [(&'a str, String)],
    /// Pixels for each 1/72 of an inch (`pHYs`), for a picture with a size on paper: by it Word and LaTeX place the
    /// picture in its true width.
    pub pixels_per_point: Option<f32>,
}

/// PNG bytes of RGBA pixels, as [`encode`], with notes before the pixels.
///
/// # Errors
/// As [`encode`], and for a keyword that PNG does not allow.
pub fn encode_with(width: u32, height: u32, rgba: &[u8], notes: PngNotes<'_>) -> Result<Vec<u8>, PngError> {
    check_size(width, height)?;
    let (pixels, rest) = rgba.as_chunks::<4>();
    if rest.is_empty() && pixels.iter().all(|[.., alpha]| *alpha == u8::MAX) {
        let rgb: Vec<u8> = pixels.iter().flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
        write(width, height, png::ColorType::Rgb, &rgb, notes)
    } else {
        write(width, height, png::ColorType::Rgba, rgba, notes)
    }
}

fn write(
    width: u32,
    height: u32,
    color: png::ColorType,
    pixels: &[u8],
    notes: PngNotes<'_>,
) -> Result<Vec<u8>, PngError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    if let Some(pixels_per_point) = notes.pixels_per_point {
        const POINTS_PER_METER: f64 = 72.0 / 0.0254;
        let density = (f64::from(pixels_per_point) * POINTS_PER_METER).round() as u32;
        let unit = png::Unit::Meter;
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: density, yppu: density, unit }));
    }
    for (keyword, text) in notes.texts {
        encoder.add_itxt_chunk((*keyword).to_owned(), text.clone())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}

/// The texts of a PNG that come before its pixels, with their keywords, each of at most `limit` bytes.
///
/// # Errors
/// Bytes that are no PNG.
pub(in crate::figure) fn texts(
    bytes: &[u8],
    limit: usize,
) -> Result<Vec<(String, String)>, png::DecodingError> {
    let limits = png::Limits { bytes: 4 * limit };
    let reader = png::Decoder::new_with_limits(std::io::Cursor::new(bytes), limits).read_info()?;
    let info = reader.info();
    let mut texts = Vec::new();
    for chunk in &info.utf8_text {
        let mut chunk = chunk.clone();
        if chunk.decompress_text_with_limit(limit).is_ok()
            && let Ok(text) = chunk.get_text()
        {
            texts.push((chunk.keyword, text));
        }
    }
    for chunk in &info.compressed_latin1_text {
        let mut chunk = chunk.clone();
        if chunk.decompress_text_with_limit(limit).is_ok()
            && let Ok(text) = chunk.get_text()
        {
            texts.push((chunk.keyword, text));
        }
    }
    texts.extend(
        info.uncompressed_latin1_text.iter().map(|chunk| (chunk.keyword.clone(), chunk.text.clone())),
    );
    Ok(texts)
}

fn check_size(width: u32, height: u32) -> Result<(), PngError> {
    let allowed = 1..=MAX_SIDE;
    if allowed.contains(&width) && allowed.contains(&height) {
        Ok(())
    } else {
        Err(PngError::Size { width, height })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALVES: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2" viewBox="0 0 4 2">
        <rect width="4" height="1" fill="#ff0000"/><rect y="1" width="4" height="1" fill="#0000ff" fill-opacity="0.5"/></svg>"##;

    /// Width, height, color type, samples.
    fn decode(bytes: &[u8]) -> (u32, u32, png::ColorType, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info.width, info.height, info.color_type, pixels)
    }

    #[test]
    fn the_size_is_what_was_asked_for_and_the_top_row_is_at_the_top() {
        let (width, height, color, pixels) = decode(&from_svg(HALVES, 8, 6).unwrap());
        assert_eq!((width, height, color), (8, 6, png::ColorType::Rgba));
        assert_eq!(pixels.first_chunk(), Some(&[255, 0, 0, 255]));
        assert_eq!(pixels.last_chunk(), Some(&[0, 0, 255, 128]));
    }

    #[test]
    fn a_picture_without_transparency_has_three_samples_a_pixel() {
        let (width, height, color, pixels) = decode(&encode(2, 1, &[1, 2, 3, 255, 4, 5, 6, 255]).unwrap());
        assert_eq!((width, height, color), (2, 1, png::ColorType::Rgb));
        assert_eq!(pixels, [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn a_size_on_paper_is_said_in_pixels_for_each_meter() {
        let density = |pixels_per_point| {
            let notes = PngNotes { pixels_per_point, ..PngNotes::default() };
            let bytes = encode_with(1, 1, &[0; 4], notes).unwrap();
            let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
            reader.info().pixel_dims.map(|dims| (dims.xppu, dims.yppu, dims.unit))
        };
        // 300 dots for each 25.4 mm.
        assert_eq!(density(Some(300.0 / 72.0)), Some((11811, 11811, png::Unit::Meter)));
        assert_eq!(density(None), None);
    }

    #[test]
    fn impossible_sizes_and_other_text_are_errors() {
        for (width, height) in [(0, 10), (10, 0), (MAX_SIDE + 1, 1), (1, u32::MAX)] {
            let error = from_svg(HALVES, width, height).unwrap_err();
            assert!(error.to_string().contains("each side must have 1 to 20000 pixels"), "{error}");
        }
        assert!(matches!(from_svg("J(x, y)", 10, 10), Err(PngError::Svg(_))));
        assert!(matches!(encode(2, 2, &[0; 3]), Err(PngError::Encoding(_))));
    }
}
