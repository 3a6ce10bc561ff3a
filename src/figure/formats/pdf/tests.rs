use lopdf::{Document, Object};

use super::*;
use crate::figure::FigureSpec;
use crate::figure::page::picture::Figure;
use crate::scenario::{self, Scenario};
use crate::session::Session;

/// A figure with everything: title, heat map, isolines with numbers, paths, legend.
fn figure() -> (String, String) {
    let scenario = Scenario { title: "Two valleys & a saddle".to_owned(), ..Scenario::default() };
    let toml = scenario::write(&scenario);
    let mut session = Session::new(scenario);
    session.finish();
    let spec = FigureSpec { type_size: 12.0, step: Some(40), ..FigureSpec::of_size([640.0, 480.0]) };
    (Figure::draw(&mut session, &spec).svg(), toml)
}

fn streams<'a>(document: &'a Document, key: &[u8], name: &[u8]) -> Vec<&'a lopdf::Stream> {
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    streams
        .filter(|stream| stream.dict.get(key).and_then(Object::as_name).is_ok_and(|found| found == name))
        .collect()
}

#[test]
fn a_figure_is_one_page_of_its_size_with_two_images_and_its_fonts() {
    let (svg, toml) = figure();
    let pdf = from_svg(&svg, "Zwei Täler", Some(&toml)).unwrap();
    let document = Document::load_mem(&pdf).unwrap();
    let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info)).unwrap().1;
    let title = info.as_dict().unwrap().get(b"Title").unwrap();
    assert_eq!(lopdf::decode_text_string(title).unwrap(), "Zwei Täler");
    let pages = document.get_pages();
    assert_eq!(pages.len(), 1);
    let page = document.get_dictionary(pages[&1]).unwrap();
    let media: Vec<f32> = (page.get(b"MediaBox").unwrap().as_array().unwrap().iter())
        .map(|side| side.as_float().unwrap())
        .collect();
    assert_eq!(media, [0.0, 0.0, 640.0, 480.0]);
    assert_eq!(streams(&document, b"Subtype", b"Image").len(), 2, "the heat map and the color bar");

    let descriptors = document.objects.values().filter_map(|object| object.as_dict().ok());
    let descriptors: Vec<_> = descriptors
        .filter(|dict| {
            dict.get(b"Type").is_ok_and(|t| t.as_name().is_ok_and(|name| name == b"FontDescriptor"))
        })
        .collect();
    assert!(!descriptors.is_empty());
    for font in descriptors {
        assert!(font.has(b"FontFile2") || font.has(b"FontFile3"), "not embedded: {font:?}");
    }
    let text = document.extract_text(&[1]).unwrap();
    assert!(text.contains("Two valleys & a saddle"), "{text}");
    assert!(text.contains("Gradient descent"), "{text}");
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    let (svg, toml) = figure();
    assert_eq!(from_svg(&svg, "", Some(&toml)).unwrap(), from_svg(&svg, "", Some(&toml)).unwrap());
}

#[test]
fn the_scenario_comes_back_as_it_was() {
    let (svg, toml) = figure();
    assert_eq!(scenario(&from_svg(&svg, "", Some(&toml)).unwrap()), Some(toml));
    assert_eq!(scenario(&from_svg(&svg, "", None).unwrap()), None);
    // What looks like the end of the file or like another one is part of it.
    for text in [
        "",
        "a\r\nendstream\nendobj\n",
        "<</Type/EmbeddedFile/Subtype/application#2Ftoml/Length 2>>stream\nab",
    ] {
        assert_eq!(scenario(&from_svg(SQUARE, "", Some(text)).unwrap()).as_deref(), Some(text));
    }
    let long = "#".repeat(attachment::MAX_BYTES);
    assert_eq!(
        scenario(&from_svg(SQUARE, "", Some(&long)).unwrap()).map(|text| text.len()),
        Some(long.len())
    );
    assert!(matches!(from_svg(SQUARE, "", Some(&format!("{long}#"))), Err(PdfError::Scenario)));
}

const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#ff0000"/></svg>"##;

#[test]
fn damaged_files_have_a_scenario_or_none_but_never_a_panic() {
    let pdf = from_svg(SQUARE, "", Some("title = \"a\"\n")).unwrap();
    for end in 0..pdf.len() {
        let found = scenario(&pdf[..end]);
        assert!(found.is_none() || found.as_deref() == Some("title = \"a\"\n"));
    }
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..2000 {
        let mut damaged = pdf.clone();
        for _ in 0..random.usize(1..20) {
            let at = random.usize(..damaged.len());
            damaged[at] = random.u8(..);
        }
        scenario(&damaged);
    }
    for hostile in [
        "%PDF-1 0 obj<</Type/EmbeddedFile/Subtype/application#2Ftoml/Length 99999999999999999999999>>stream\na",
        "%PDF-1 0 obj<</Type/EmbeddedFile/Subtype/application#2Ftoml/Length 18446744073709551615>>stream\na",
        "%PDF-1 0 obj<</Type/EmbeddedFile/Subtype/application#2Ftoml/Length 1/Filter/FlateDecode>>stream\na\nendstream",
        "%PDF-1 0 obj<</Type/EmbeddedFile/Subtype/application#2Ftoml/Length 1>>stream\nab\nendstream",
        "%PDF-/application#2Ftoml",
        "1 0 obj<</Type/EmbeddedFile/Subtype/application#2Ftoml/Length 1>>stream\na\nendstream",
    ] {
        assert_eq!(scenario(hostile.as_bytes()), None, "{hostile}");
    }
}

#[test]
fn what_cannot_be_shown_faithfully_is_an_error() {
    assert!(matches!(from_svg("J(x, y)", "", None), Err(PdfError::Svg(_))));
    let page = |content: &str| {
        format!(r##"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{content}</svg>"##)
    };
    let gradient = r##"<defs><linearGradient id="a"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient></defs><rect width="9" height="9" fill="url(#a)"/>"##;
    let blur = r##"<defs><filter id="a"><feGaussianBlur stdDeviation="2"/></filter></defs><rect width="9" height="9" filter="url(#a)"/>"##;
    for content in [gradient, blur] {
        assert!(matches!(from_svg(&page(content), "", None), Err(PdfError::Unsupported(_))), "{content}");
    }
    let large = r##"<svg xmlns="http://www.w3.org/2000/svg" width="14401" height="9"><rect width="9" height="9"/></svg>"##;
    assert!(matches!(from_svg(large, "", None), Err(PdfError::Size { .. })));
}
