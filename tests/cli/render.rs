//! `downhill render`: figures from files to files.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use resvg::usvg::roxmltree;

use crate::{TWO_RUNS, assert_output, assert_refusal, command, downhill, downhill_reading, write};

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/scenarios");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Width, height and pixels of a PNG, four bytes a pixel.
fn decode(bytes: &[u8]) -> ([u32; 2], Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    ([info.width, info.height], pixels)
}

#[test]
fn every_example_becomes_every_kind_of_figure_on_any_number_of_cores() {
    let folder = tempfile::tempdir().unwrap();
    let examples = examples();
    assert!(examples.len() >= 13);
    for kind in ["svg", "png", "pdf", "csv", "json"] {
        let draw = |dir: &Path, jobs: &str| {
            let mut arguments = vec!["render"];
            arguments.extend(examples.iter().map(|path| text(path)));
            arguments.extend(["-d", text(dir), "--format", kind, "--size", "320x240", "--jobs", jobs]);
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
fn a_picture_is_its_own_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    for ending in ["svg", "png", "pdf"] {
        let [first, again, other, bare] =
            ["first", "again", "other", "bare"].map(|name| path(&format!("{name}.{ending}")));
        let options =
            ["--size", "300x200", "--step", "0", "--theme", "dark", "--palette", "color-blind-safe"];
        let more = ["--without", "legend", "--scale", "1.5"];
        let mut arguments = vec!["render", &scenario, "-o", &first];
        arguments.extend(options.iter().chain(&more));
        assert_output(&downhill(&arguments), 0, "", "");
        let bytes = |path: &str| std::fs::read(path).unwrap();

        assert_output(&downhill(&["render", &first, "-o", &again]), 0, "", "");
        assert!(bytes(&first) == bytes(&again), "{ending}: the options come back");
        assert_output(&downhill(&["render", &first, "-o", &other, "--step", "1"]), 0, "", "");
        assert!(bytes(&first) != bytes(&other));
        let from_pipe = downhill_reading(&bytes(&first), &["render", "-", "-o", "-", "--format", ending]);
        assert!(from_pipe.stdout == bytes(&first), "{ending}: through a pipe");

        assert_output(&downhill(&["check", &first, &again]), 0, "", "");
        let [of_picture, of_file] = [&first, &scenario].map(|file| downhill(&["run", file]).stdout);
        assert!(!of_file.is_empty() && of_picture == of_file, "{ending}");

        assert_output(&downhill(&["render", &first, "-o", &bare, "--no-scenario"]), 0, "", "");
        assert!(bytes(&bare).len() < bytes(&first).len());
        let kind =
            if ending == "pdf" { "PDF".to_owned() } else { format!("{} picture", ending.to_uppercase()) };
        for refused in [&["render", bare.as_str(), "-o", "x.svg"][..], &["run", &bare], &[&bare]] {
            assert_refusal(&downhill(refused), 2, &format!("this {kind} carries no scenario"));
        }
    }
    let svg = std::fs::read_to_string(path("first.svg")).unwrap();
    assert!(svg.contains("<title>Two &quot;runs&quot;</title>"));
    let mistaken =
        write(folder.path(), "mistaken.svg", svg.replace("formula = \"u^2 + v\"", "formula = \"u^2 +\""));
    let place = downhill(&["check", &mistaken]);
    let place = String::from_utf8(place.stdout).unwrap();
    assert!(place.starts_with(&format!("{mistaken}:5:")), "{place}");
}

#[test]
fn every_preset_is_made_in_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    for preset in downhill::figure::presets::PRESETS {
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
    assert_eq!(decode(&std::fs::read(column).unwrap()).0, [482, 454]);
}

#[test]
fn wrong_arguments_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let mut other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    let twin = write(&other, "two.toml", TWO_RUNS);
    other.push("figures");
    let dir = text(&other);
    let cases: &[(&[&str], &str)] = &[
        (&["-o", "figure.gfi"], "figure.gfi: no figure ends in .gfi: the endings are .svg .png"),
        (&["-o", "figure"], "its ending must say the kind of figure: .svg .png"),
        (&["-o", "-"], "say the kind with --format"),
        (&[], "--output"),
        (&["-d", dir], "--format"),
        (&["-o", "a.svg", "-d", dir], "cannot be used with"),
        (
            &["-o", "a.svg", "--size", "0x0"],
            "a figure of 0×0 cannot be made: each side must have 50 to 20000",
        ),
        (&["-o", "a.svg", "--size", "100000x100000"], "a figure of 100000×100000 cannot be made"),
        (&["-o", "a.svg", "--size", "1600"], "expected width and height with an x between"),
        (&["-o", "a.svg", "--size", "infxNaN"], "cannot be made"),
        (&["-o", "a.svg", "--scale", "0"], "a scale of 0 cannot be made"),
        (&["-o", "a.png", "--scale", "39"], "pixels are too many"),
        (&["-o", "a.svg", "--type-size", "nan"], "type of NaN points"),
        (&["-o", "a.svg", "--preset", "slide"], "slide-16x9"),
        (&["-o", "a.svg", "--step", "-1"], "unexpected argument '-1'"),
        (&["-o", "a.svg", "--without", "legends"], "legend"),
        (&["-o", "a.svg", "--color-map", "jet"], "viridis"),
        (&["-o", "a.svg", "--gray", "--palette", "classic"], "cannot be used with"),
        (&["-d", dir, "--format", "svg", &twin], "would both be drawn to"),
        (&["-o", "a.svg", &twin], "several scenarios make several figures"),
        (&["-d", dir, "--format", "svg", "-", "-"], "can be read only once"),
    ];
    for (options, says) in cases {
        let mut arguments = vec!["render", &scenario];
        arguments.extend(*options);
        assert_refusal(&downhill(&arguments), 2, says);
    }
    assert_refusal(&downhill(&["render", "-", "-o", "a.svg", "--watch"]), 2, "cannot be watched");
    assert!(!other.exists());
}

#[test]
fn one_that_fails_does_not_keep_the_others_from_being_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(folder.path(), "good.toml", TWO_RUNS);
    let wrong = write(folder.path(), "wrong.toml", "[cost]\nformula = \"x +\"\n");
    let dir = folder.path().join("new/figures");
    let missing = folder.path().join("missing.toml");
    let scenarios = [wrong.as_str(), text(&missing), &good];
    let mut arguments = vec!["render"];
    arguments.extend(scenarios);
    arguments.extend(["-d", text(&dir), "--format", "svg", "--size", "300x200"]);
    let output = downhill(&arguments);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert_eq!(lines.len(), 3, "{stderr}");
    assert!(lines[0].starts_with(&format!("{wrong}:2:")), "{stderr}");
    assert!(lines[1].contains("missing.toml: cannot be read"), "{stderr}");
    assert_eq!(lines[2], "downhill: 2 of 3 figures not drawn");
    let drawn: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(drawn, ["good.svg"]);
}

#[test]
fn what_cannot_be_written_leaves_the_old_figure() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let wrong = write(folder.path(), "wrong.toml", "[cost]\n");
    let old = write(folder.path(), "old.svg", "old");
    let size = ["--size", "300x200"];
    let draw =
        |scenario: &str, figure: &str| downhill(&[&["render", scenario, "-o", figure][..], &size].concat());
    assert_refusal(&draw(&wrong, &old), 2, "wrong.toml:1:1: ");
    let mut permissions = std::fs::metadata(&old).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&old, permissions).unwrap();
    assert_refusal(&draw(&scenario, &old), 1, "it is read-only");
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "old");
    let nowhere = folder.path().join("missing/figure.png");
    assert_refusal(&draw(&scenario, text(&nowhere)), 1, "cannot be written");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
    let in_the_way = ["render", &scenario, "-d", &old, "--format", "svg"];
    assert_refusal(&downhill(&in_the_way), 1, "cannot be made a folder");
    #[cfg(target_os = "linux")]
    {
        let full = [&["render", &scenario, "-o", "/dev/full", "--format", "svg"][..], &size].concat();
        assert_refusal(&downhill(&full), 1, "No space left on device");
    }
}

#[test]
fn hostile_pictures_are_refused_in_words() {
    let deep = format!("<svg>{}", "<g>".repeat(200_000));
    let cases: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n\x1a\n", "this PNG picture carries no scenario"),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt", "this PNG picture carries no scenario"),
        (b"<svg", "this SVG picture cannot be read"),
        (b"<svg>\xff</svg>", "it is not a text in UTF-8"),
        (b"<html/>", "this SVG picture carries no scenario"),
        (deep.as_bytes(), "this SVG picture cannot be read"),
        (b"<d:scenario xmlns:d=\"urn:downhill\" encoding=\"base64\">*</d:scenario>", "is spoiled"),
        (b"<d:scenario xmlns:d=\"urn:downhill\">x</d:scenario>", "<stdin>:1:"),
    ];
    for (bytes, says) in cases {
        assert_refusal(&downhill_reading(bytes, &["render", "-", "-o", "never.svg"]), 2, says);
    }
    // Choices that a picture carries are not believed either.
    let kept = "<d:scenario xmlns:d=\"urn:downhill\" figure='{\"size\":[1e9,1e9]}'>[cost]\nformula = \"x\"</d:scenario>";
    assert_refusal(
        &downhill_reading(kept.as_bytes(), &["render", "-", "-o", "never.svg"]),
        2,
        "cannot be made",
    );
    let output =
        downhill_reading(kept.as_bytes(), &["render", "-", "-o", "-", "--format", "svg", "--size", "99x99"]);
    assert!(output.stdout.starts_with(b"<svg"));
}

#[test]
fn a_watched_scenario_is_drawn_again_and_a_mistake_leaves_the_figure() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let figure = folder.path().join("figure.svg");
    let errors = folder.path().join("said");
    let mut child = command(&["render", &scenario, "-o", text(&figure), "--size", "300x200", "--watch"])
        .stderr(std::fs::File::create(&errors).unwrap())
        .spawn()
        .unwrap();
    let wait_for = |what: &dyn Fn(&str) -> bool| {
        let begun = Instant::now();
        loop {
            let said = std::fs::read_to_string(&errors).unwrap();
            if what(&said) || begun.elapsed() > Duration::from_secs(60) {
                return said;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let drawn = |times: usize| move |said: &str| said.matches("drawn: ").count() >= times;
    wait_for(&drawn(1));
    let first = std::fs::read(&figure).unwrap();
    std::fs::write(&scenario, "[cost]\n").unwrap();
    let said = wait_for(&|said| said.contains("two.toml:1:1: "));
    assert!(said.contains("two.toml:1:1: "), "{said}");
    assert!(std::fs::read(&figure).unwrap() == first);
    std::fs::write(&scenario, TWO_RUNS.replace("u^2 + v", "u^2 + 2v")).unwrap();
    wait_for(&drawn(2));
    assert!(std::fs::read(&figure).unwrap() != first);
    child.kill().unwrap();
    child.wait().unwrap();
}
