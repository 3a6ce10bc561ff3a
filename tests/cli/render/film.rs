//! `downhill render` to GIF: which steps, how fast, how often.

use std::time::Duration;

use crate::{TWO_RUNS, assert_output, assert_refusal, downhill, write};

/// The size, whether it repeats, and how long each frame stays, in hundredths of a second.
fn decode(bytes: &[u8]) -> ([u16; 2], bool, Vec<u16>) {
    let mut decoder = gif::DecodeOptions::new().read_info(bytes).unwrap();
    let size = [decoder.width(), decoder.height()];
    let mut delays = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        delays.push(frame.delay);
    }
    (size, decoder.repeat() == gif::Repeat::Infinite, delays)
}

#[test]
fn the_options_of_a_film_are_followed() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(
        folder.path(),
        "bowl.toml",
        "[cost]\nformula = \"x^2 + y^2\"\n[window]\nlevels = { scale = \"linear\", count = 5 }\n[run]\nsteps = 40\ntolerance = 0\n[[optimizer]]\nmethod = \"gd\"\nlearning_rate = 0.05\n",
    );
    let film = folder.path().join("film.gif");
    let film = film.to_str().unwrap();
    let draw = |options: &[&str]| {
        let arguments = [&["render", &scenario, "-o", film, "--size", "120x100"][..], options].concat();
        assert_output(&downhill(&arguments), 0, "", "");
        let bytes = std::fs::read(film).unwrap();
        (decode(&bytes), bytes)
    };
    let ((size, repeats, delays), whole) = draw(&[]);
    assert_eq!((size, repeats, delays.len()), ([120, 100], true, 41), "every step of a short run");
    let length: u64 = delays.iter().map(|delay| u64::from(*delay)).sum();
    assert_eq!(Duration::from_millis(10 * length), Duration::from_millis(41 * 1000 / 15 / 10 * 10 + 2000));
    let ((_, repeats, delays), part) = draw(&[
        "--from-step",
        "10",
        "--step",
        "25",
        "--steps-per-frame",
        "4",
        "--fps",
        "20",
        "--hold",
        "0.5",
        "--once",
    ]);
    assert_eq!((repeats, delays), (false, vec![5, 5, 5, 5, 55]), "steps 10, 14, 18, 22 and 25");
    assert!(part.len() < whole.len());
}

#[test]
fn choices_that_make_no_film_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let film = folder.path().join("film.gif");
    let film = film.to_str().unwrap();
    let cases: &[(&str, &[&str], &str)] = &[
        (film, &["--fps", "0"], "0 frames a second cannot be shown: 1 to 50 can"),
        (film, &["--fps", "51"], "51 frames a second cannot be shown"),
        (film, &["--steps-per-frame", "0"], "at least 1 step"),
        (film, &["--from-step", "2"], "would end at step 1, before its first step, 2"),
        (film, &["--hold", "nan"], "cannot be held for NaN seconds: 0 to 60"),
        (film, &["--size", "3000x200"], "each side must have 64 to 2560 pixels"),
        (film, &["--background", "transparent"], "always has the color of the page"),
        ("figure.svg", &["--once"], "--once is for .gif, not for .svg"),
        ("figure.csv", &["--fps", "5"], "--fps is for .gif, not for .csv"),
        (film, &["--outlines"], "--outlines is for .svg, not for .gif"),
    ];
    for (figure, options, says) in cases {
        let arguments = [&["render", &scenario, "-o", figure][..], options].concat();
        assert_refusal(&downhill(&arguments), 2, says);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is written");
}
