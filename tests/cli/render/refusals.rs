//! What is refused.

use super::text;
use crate::{TWO_RUNS, assert_refusal, downhill, write};

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
fn letters_that_no_font_has_are_named_and_drawn_as_boxes() {
    let folder = tempfile::tempdir().unwrap();
    let titled = TWO_RUNS.replace(r#"Two \"runs\""#, "谷: x̂ ℝ");
    let scenario = write(folder.path(), "cjk.toml", titled);
    let figure = folder.path().join("cjk.svg");
    let output = downhill(&["render", &scenario, "-o", text(&figure)]);
    assert!(output.status.success() && figure.is_file());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("谷 (U+8C37)"), "{said}");
}
