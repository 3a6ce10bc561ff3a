//! What is embedded comes back, and what strangers made never ends the program.

use super::*;
use crate::figure::formats::png::{PngNotes, encode_with};

fn kept(scenario: &str) -> Kept {
    let mut spec = FigureSpec::of_size([300.0, 200.0]);
    spec.step = Some(3);
    Kept { scenario: scenario.to_owned(), figure: Some(spec) }
}

fn in_svg(kept: &Kept) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}<g/></svg>", svg_metadata(Some(kept))).into_bytes()
}

/// A PNG of one row.
fn with_texts(width: u32, pixels: &[u8], texts: &[(&str, String)]) -> Vec<u8> {
    let notes = PngNotes { texts, ..PngNotes::default() };
    encode_with(width, 1, pixels, notes).unwrap()
}

fn in_png(kept: &Kept) -> Vec<u8> {
    with_texts(2, &[7; 8], &png_texts(Some(kept)))
}

fn in_pdf(kept: &Kept) -> Vec<u8> {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    crate::figure::formats::pdf::from_svg(svg, "", Some(&annotated(kept))).unwrap()
}

#[test]
fn every_text_comes_back_from_every_kind() {
    for text in [
        "title = \"plain\"\n",
        "notes = \"\"\"θ₀ → ∇J, <b> & ]]> and ]]]>]]>\"\"\"\n",
        "carriage\r\nreturns\r",
        "\u{fffe}\u{1}\u{85}",
        "",
    ] {
        let kept = kept(text);
        assert_eq!(extract(&in_svg(&kept)), Ok(Some(kept.clone())), "{text:?}");
        assert_eq!(extract(&in_png(&kept)), Ok(Some(kept.clone())), "{text:?}");
        assert_eq!(extract(&in_pdf(&kept)), Ok(Some(kept.clone())), "{text:?}");
    }
}

#[test]
fn what_is_no_picture_may_be_a_scenario() {
    for text in ["", "[cost]\nformula = \"x\"", "\u{feff}title = \"<svg>\"", "# <svg"] {
        assert_eq!(extract(text.as_bytes()), Ok(None));
    }
}

#[test]
fn a_picture_without_a_scenario_says_so() {
    let svg = b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    assert_eq!(extract(svg), Err(EmbeddedError::Missing("SVG picture")));
    let png = crate::figure::formats::png::encode(1, 1, &[0; 4]).unwrap();
    assert_eq!(extract(&png), Err(EmbeddedError::Missing("PNG picture")));
}

#[test]
fn choices_that_are_spoiled_leave_the_scenario() {
    let texts = [(KEYWORD, "x".to_owned()), (FIGURE_KEYWORD, "{\"size\": 3".to_owned())];
    let png = with_texts(1, &[0; 4], &texts);
    assert_eq!(extract(&png), Ok(Some(Kept { scenario: "x".to_owned(), figure: None })));
}

/// Cut off anywhere, or with any byte changed.
#[test]
fn spoiled_pictures_are_errors_and_never_panics() {
    let mut random = fastrand::Rng::with_seed(7);
    let kept = kept("[cost]\nformula = \"x\"\n");
    for whole in [in_svg(&kept), in_png(&kept), in_pdf(&kept)] {
        for length in 0..whole.len() {
            let _ = extract(&whole[..length]);
        }
        for _ in 0..2000 {
            let mut bytes = whole.clone();
            for _ in 0..random.usize(1..4) {
                let at = random.usize(..bytes.len());
                bytes[at] = random.u8(..);
            }
            let _ = extract(&bytes);
        }
    }
    let huge_chunk = b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXtdownhill.scenario\0\0\0\0\0x";
    assert_eq!(extract(huge_chunk), Err(EmbeddedError::Missing("PNG picture")));
    let deep = format!("<svg>{}", "<g>".repeat(100_000));
    assert_eq!(extract(deep.as_bytes()), Err(EmbeddedError::Missing("SVG picture")));
    let doubled = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><svg>&b;</svg>";
    assert!(extract(doubled.as_bytes()).is_err());
}
