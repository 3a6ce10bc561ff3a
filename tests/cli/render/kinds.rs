//! Each kind of figure, in each size.

use std::path::Path;

use resvg::usvg::roxmltree;

use super::{decode, examples, text};
use crate::{TWO_RUNS, assert_output, assert_refusal, downhill, write};

/// The frames of a film as they are shown, RGBA, each drawn over the one before.
fn film(bytes: &[u8], size: [u16; 2]) -> Vec<Vec<u8>> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).unwrap();
    assert_eq!([decoder.width(), decoder.height()], size);
    let [width, height] = size.map(usize::from);
    let mut shown = vec![0; 4 * width * height];
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        assert!(matches!(frame.dispose, gif::DisposalMethod::Keep | gif::DisposalMethod::Any));
        let [left, top, wide] = [frame.left, frame.top, frame.width].map(usize::from);
        for (row, pixels) in frame.buffer.chunks_exact(4 * wide).enumerate() {
            let at = 4 * ((top + row) * width + left);
            for (below, above) in shown[at..at + 4 * wide].chunks_exact_mut(4).zip(pixels.chunks_exact(4)) {
                if above[3] > 0 {
                    below.copy_from_slice(above);
                }
            }
        }
        frames.push(shown.clone());
    }
    assert!(shown.chunks_exact(4).all(|pixel| pixel[3] == 255), "no place is left empty");
    frames
}

#[test]
fn every_example_becomes_every_kind_of_figure_on_any_number_of_cores() {
    let folder = tempfile::tempdir().unwrap();
    let examples = examples();
    assert!(examples.len() >= 13);
    for kind in ["svg", "png", "gif", "pdf", "csv", "json"] {
        let draw = |dir: &Path, jobs: &str| {
            let mut arguments = vec!["render"];
            arguments.extend(examples.iter().map(|path| text(path)));
            arguments.extend(["-d", text(dir), "--format", kind, "--size", "320x240", "--jobs", jobs]);
            if kind == "gif" {
                arguments.extend(["--step", "12"]);
            }
            assert_output(&downhill(&arguments), 0, "", "");
        };
        let dirs = [folder.path().join(format!("{kind}/one")), folder.path().join(format!("{kind}/two"))];
        draw(&dirs[0], "1");
        draw(&dirs[1], "2");
        for example in &examples {
            let name = Path::new(example.file_stem().unwrap()).with_extension(kind);
            let [first, again] = dirs.each_ref().map(|dir| std::fs::read(dir.join(&name)).unwrap());
            assert!(first == again, "{name:?} is not the same twice");
            match kind {
                "svg" => {
                    let svg = std::str::from_utf8(&first).unwrap();
                    let document = roxmltree::Document::parse(svg).unwrap();
                    let root = document.root_element();
                    assert_eq!(
                        (root.attribute("width"), root.attribute("height")),
                        (Some("320"), Some("240"))
                    );
                }
                "png" => assert_eq!(decode(&first).0, [320, 240]),
                "gif" => {
                    let frames = film(&first, [320, 240]);
                    assert_eq!(frames.len(), 13, "{name:?}: the start and each step");
                    assert!(frames.first() != frames.last(), "{name:?}: something moves");
                }
                "pdf" => assert!(first.starts_with(b"%PDF-") && first.trim_ascii_end().ends_with(b"%%EOF")),
                _ => {
                    let run = downhill(&["run", text(example), "--format", kind]);
                    assert!(first == run.stdout, "{name:?} is not what `run` writes");
                }
            }
        }
    }
}

#[test]
fn a_gif_shows_the_steps_up_to_the_one_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let [film, again] = ["film.gif", "again.gif"].map(|name| folder.path().join(name));
    for film in [&film, &again] {
        assert_output(&downhill(&["render", &scenario, "-o", text(film), "--size", "200x150"]), 0, "", "");
    }
    let bytes = std::fs::read(&film).unwrap();
    assert!(bytes.starts_with(b"GIF89a\xc8\x00\x96\x00"), "200 by 150 pixels");
    assert!(bytes == std::fs::read(&again).unwrap());
    let too_large = ["render", &scenario, "-o", text(&film), "--preset", "column-600"];
    let too_large = [&too_large[..], &["--scale", "20"]].concat();
    assert_refusal(&downhill(&too_large), 2, "each side must have");
}

/// The small reference pictures are drawn anew with `DOWNHILL_PICTURES=write cargo test --test cli`, and looked at.
#[test]
fn pictures_are_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let references = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let cases: [(&str, &str, &[&str]); 4] = [
        ("rosenbrock", "rosenbrock-light", &[]),
        ("himmelblau", "himmelblau-dark", &["--theme", "dark", "--step", "10", "--color-map", "viridis"]),
        ("learning-rate-too-large", "too-large-gray", &["--gray", "--without", "legend,color-bar"]),
        ("l1-versus-l2", "l1-transparent", &["--background", "transparent", "--without", "heat-map,title"]),
    ];
    for (scenario, name, options) in cases {
        let scenario = format!("{}/assets/scenarios/{scenario}.toml", env!("CARGO_MANIFEST_DIR"));
        let drawn = folder.path().join(name).with_extension("png");
        let mut arguments =
            vec!["render", &scenario, "-o", text(&drawn), "--size", "400x300", "--no-scenario"];
        arguments.extend(options);
        assert_output(&downhill(&arguments), 0, "", "");
        let drawn = std::fs::read(drawn).unwrap();
        let reference = references.join(name).with_extension("png");
        if std::env::var_os("DOWNHILL_PICTURES").is_some() {
            std::fs::write(&reference, &drawn).unwrap();
        }
        let ([size, reference_size], [pixels, expected]) = {
            let (a, b) = (decode(&drawn), decode(&std::fs::read(reference).unwrap()));
            ([a.0, b.0], [a.1, b.1])
        };
        assert_eq!(size, reference_size);
        // Another processor may round the last bit of a sine otherwise, which can move the edge of a line by a shade.
        let differing = pixels.iter().zip(&expected).filter(|(a, b)| a.abs_diff(**b) > 16).count();
        assert!(differing * 1000 < pixels.len(), "{name}: {differing} of {} samples differ", pixels.len());
        let has_gaps = pixels.chunks_exact(4).any(|pixel| pixel[3] == 0);
        assert_eq!(has_gaps, name == "l1-transparent");
    }
}

#[test]
fn every_preset_is_made_in_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    for preset in downhill::figure::page::presets::PRESETS {
        let figure = folder.path().join(preset.id).with_extension("svg");
        assert_output(
            &downhill(&["render", &scenario, "-o", text(&figure), "--preset", preset.id]),
            0,
            "",
            "",
        );
        let svg = std::fs::read_to_string(figure).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let side = |name| document.root_element().attribute(name).unwrap().to_owned();
        let unit = if preset.unit == downhill::figure::Unit::Point { "pt" } else { "" };
        for (name, length) in ["width", "height"].into_iter().zip(preset.size) {
            let (side, shown) = (side(name), (100.0 * length).round() / 100.0);
            assert_eq!(side, format!("{shown}{unit}"), "{}", preset.id);
        }
    }
    let column = folder.path().join("column.png");
    let arguments = ["render", &scenario, "-o", text(&column), "--preset", "column-300", "--scale", "2"];
    assert_output(&downhill(&arguments), 0, "", "");
    let bytes = std::fs::read(column).unwrap();
    assert_eq!(decode(&bytes).0, [482, 454]);
    // 2 pixels for each 1/72 of an inch.
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    assert_eq!(reader.info().pixel_dims.map(|dims| dims.xppu), Some(5669));
}
