//! Pictures that carry their scenario.

use crate::{TWO_RUNS, assert_output, assert_refusal, downhill, downhill_reading, write};

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
fn hostile_pictures_are_refused_in_words() {
    let deep = format!("<svg>{}", "<g>".repeat(200_000));
    let cases: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n\x1a\n", "this PNG picture carries no scenario"),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt", "this PNG picture carries no scenario"),
        (b"<svg", "this SVG picture carries no scenario"),
        (b"<svg>\xff</svg>", "it is not a text in UTF-8"),
        (b"<html/>", "this SVG picture carries no scenario"),
        (deep.as_bytes(), "this SVG picture carries no scenario"),
        (
            b"<d:scenario xmlns:d=\"urn:downhill\">[cost",
            "this SVG picture cannot be read: its scenario is cut off",
        ),
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
