use super::*;

/// A frame as it stands in the file, and what is seen while it stays.
pub struct Decoded {
    /// Left, top, width, height of what is written.
    pub rect: [u16; 4],
    pub delay: u16,
    /// All pixels seen, RGB.
    pub seen: Vec<[u8; 3]>,
}

/// The size, whether it repeats without end, and the frames.
pub fn decode(bytes: &[u8]) -> ([u16; 2], bool, Vec<Decoded>) {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    let mut decoder = options.read_info(bytes).unwrap();
    let size = [decoder.width(), decoder.height()];
    let palette: Vec<[u8; 3]> = decoder.global_palette().unwrap().as_chunks().0.to_vec();
    let width = usize::from(size[0]);
    let mut seen = vec![[0; 3]; width * usize::from(size[1])];
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        assert!(frame.palette.is_none() && frame.dispose == DisposalMethod::Keep);
        let rows = frame.buffer.chunks_exact(usize::from(frame.width));
        for (row, pixels) in rows.enumerate() {
            let begin = (usize::from(frame.top) + row) * width + usize::from(frame.left);
            for (seen, place) in seen[begin..].iter_mut().zip(pixels) {
                if Some(*place) != frame.transparent {
                    *seen = palette[usize::from(*place)];
                }
            }
        }
        let rect = [frame.left, frame.top, frame.width, frame.height];
        frames.push(Decoded { rect, delay: frame.delay, seen: seen.clone() });
    }
    (size, decoder.repeat() == Repeat::Infinite, frames)
}

const SIZE: [u16; 2] = [64, 48];

/// A smooth background of more colors than a palette holds, and a square of 6 × 6 pixels.
fn picture(square: Option<[usize; 2]>) -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..48_usize {
        for x in 0..64_usize {
            let inside = square
                .is_some_and(|[left, top]| (left..left + 6).contains(&x) && (top..top + 6).contains(&y));
            let color = if inside { [200, 16, 46] } else { [40 + 3 * x as u8, 60 + 4 * y as u8, 128] };
            pixels.extend(color);
            pixels.push(u8::MAX);
        }
    }
    pixels
}

fn write(pictures: &[(Vec<u8>, u16)], palette: GifPalette, repeats: bool) -> Vec<u8> {
    let mut writer = GifWriter::new(Vec::new(), GifOptions { size: SIZE, repeats }, palette).unwrap();
    for (pixels, delay) in pictures {
        writer.push(pixels, *delay).unwrap();
    }
    writer.finish().unwrap()
}

fn rgb(pixels: &[u8]) -> Vec<[u8; 3]> {
    pixels.as_chunks::<4>().0.iter().map(|[r, g, b, _]| [*r, *g, *b]).collect()
}

#[test]
fn frames_come_back_within_the_tolerance_and_only_changes_are_written() {
    let pictures = [
        (picture(Some([3, 4])), 4),
        (picture(Some([9, 4])), 5),
        (picture(Some([9, 4])), 6),
        (picture(None), 107),
    ];
    let palette = GifPalette::new(&[&pictures[0].0, &pictures[3].0], &[[200, 16, 46]]);
    assert_eq!(palette.len(), 255);
    assert!(palette.tolerance() > 0.0 && palette.tolerance() < 0.04, "{}", palette.tolerance());
    let bytes = write(&pictures, palette.clone(), true);
    let (size, repeats, frames) = decode(&bytes);
    assert_eq!((size, repeats), (SIZE, true));
    assert_eq!(frames.iter().map(|frame| frame.delay).collect::<Vec<_>>(), [4, 5, 6, 107]);
    assert_eq!(frames[0].rect, [0, 0, 64, 48]);
    assert_eq!(frames[1].rect, [3, 4, 12, 6], "where the square was and where it is");
    assert_eq!(frames[2].rect[2..], [1, 1], "nothing has changed");
    assert_eq!(frames[3].rect, [9, 4, 6, 6]);
    for ((pixels, _), frame) in pictures.iter().zip(&frames) {
        for (wanted, seen) in rgb(pixels).into_iter().zip(&frame.seen) {
            let distance = oklab::squared_distance(oklab::from_srgb(wanted), oklab::from_srgb(*seen)).sqrt();
            assert!(distance <= palette.tolerance() + 1e-6, "{wanted:?} {seen:?}");
            assert!(wanted != [200, 16, 46] || *seen == wanted, "an exact color is exact");
        }
    }
    assert_eq!(bytes, write(&pictures, palette, true), "the same bytes twice");
}

#[test]
fn few_colors_are_kept_exactly() {
    let mut pixels = vec![u8::MAX; 64 * 48 * 4];
    for (place, pixel) in pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        *pixel = [(place % 15) as u8 * 17, (place % 16) as u8 * 15, 90, u8::MAX];
    }
    let palette = GifPalette::new(&[&pixels], &[]);
    assert_eq!((palette.len(), palette.tolerance()), (240, 0.0));
    let (_, repeats, frames) = decode(&write(&[(pixels.clone(), 10)], palette, false));
    assert!(!repeats);
    assert_eq!(frames[0].seen, rgb(&pixels));
}

#[test]
fn a_palette_of_nothing_or_of_one_color_still_has_a_color() {
    assert_eq!(GifPalette::new(&[], &[]).len(), 1);
    assert_eq!(GifPalette::new(&[&[1, 2, 3, 255]], &[[1, 2, 3]]).bytes(), [1, 2, 3]);
}

#[test]
fn a_frame_of_another_size_is_an_error_and_so_is_a_full_disk() {
    let palette = || GifPalette::new(&[&picture(None)], &[]);
    let mut writer = GifWriter::new(Vec::new(), GifOptions { size: SIZE, repeats: true }, palette()).unwrap();
    let error = writer.push(&[0; 12], 4).unwrap_err();
    assert!(error.to_string().contains("64×48"), "{error}");
    let mut room = [0; 1000];
    let options = GifOptions { size: SIZE, repeats: true };
    let mut writer = GifWriter::new(room.as_mut_slice(), options, palette()).unwrap();
    assert_eq!(writer.push(&picture(None), 4).unwrap_err().kind(), io::ErrorKind::WriteZero);
}
