//! Colors for runs that cannot have their family's own: beside it as long as that is told apart, then anywhere around it.
//!
//! Convention: hues in degrees, lightness and chroma in OKLCh; the difference of two colors is their distance in OKLab. The
//! larger number below is the largest whole hundredth with which the search never failed for eight runs of whatever methods, in
//! both palettes on both grounds; the tests look for eights of which two are nearer than the smaller one.

use std::ops::RangeInclusive;

use egui::{Color32, Theme};

use crate::elementary;
use crate::landscape::oklab::{self, Oklab};

/// The smallest difference of two runs that are told apart by their colors.
pub(super) const APART: f64 = 0.06;
/// That of colors that are looked for.
const WELL_APART: f64 = 0.09;

/// How the first few depart from the color of their family: the hue and the lightness.
const DEPARTURES: [[f64; 2]; 5] = [[0.0, 0.0], [42.0, -0.06], [-42.0, 0.05], [84.0, 0.04], [-84.0, -0.07]];
/// The chroma of a departure: white and black have no hue beside them, and screens not every vivid one.
const CHROMA: RangeInclusive<f64> = 0.11..=0.15;

/// The hues around that of the family, the nearest first, each with every lightness.
const AROUND: [f64; 12] = [0.0, 30.0, -30.0, 60.0, -60.0, 90.0, -90.0, 120.0, -120.0, 150.0, -150.0, 180.0];
/// Their chroma.
const CHROMA_AROUND: f64 = 0.14;

/// What lies behind the paths leaves this much room for lightness.
fn lightness(ground: Theme) -> RangeInclusive<f64> {
    if ground == Theme::Dark { 0.66..=0.88 } else { 0.44..=0.6 }
}

fn lab(color: Color32) -> Oklab {
    oklab::from_srgb([color.r(), color.g(), color.b()])
}

/// The color with this hue, an angle.
fn of_hue(lightness: f64, chroma: f64, angle: f64) -> Color32 {
    let [a, b] = [elementary::cos(angle), elementary::sin(angle)].map(|part| chroma * part);
    let [r, g, b] = oklab::to_srgb([lightness, a, b]);
    Color32::from_rgb(r, g, b)
}

/// The departure from a family's own color with this number; after the last it begins again.
fn departed(own: Color32, number: usize, ground: Theme) -> Color32 {
    let [hue, lighter] = DEPARTURES[number % DEPARTURES.len()];
    if hue == 0.0 {
        return own;
    }
    let [own_lightness, a, b] = lab(own);
    let chroma = elementary::hypot(a, b).clamp(*CHROMA.start(), *CHROMA.end());
    let angle = elementary::atan2(b, a) + hue.to_radians();
    // Towards the middle, where there is room for chroma, but no nearer to what lies behind the paths.
    let range = lightness(ground);
    of_hue((own_lightness + lighter).clamp(*range.start(), *range.end()), chroma, angle)
}

/// Colors as far around a family's own as it takes, in the order in which they are tried.
fn around(own: Color32, ground: Theme) -> impl Iterator<Item = Color32> {
    let [_, a, b] = lab(own);
    let angle = elementary::atan2(b, a);
    let range = lightness(ground);
    let lights =
        if ground == Theme::Dark { [0.7, 0.8, *range.end()] } else { [*range.start(), 0.52, *range.end()] };
    let further = AROUND.into_iter().flat_map(move |hue| {
        lights.map(|lightness| of_hue(lightness, CHROMA_AROUND, angle + hue.to_radians()))
    });
    (0..DEPARTURES.len()).map(move |number| departed(own, number, ground)).chain(further)
}

/// The color of a run of a family whose own is `own`, told apart from those that are taken: the departure whose turn it is after
/// `earlier` runs of the family, else the first around it, else, where there are too many, that departure again.
pub(super) fn told_apart(own: Color32, taken: &[Color32], earlier: usize, ground: Theme) -> Color32 {
    let taken: Vec<Oklab> = taken.iter().copied().map(lab).collect();
    let is_apart = |color: Color32, by: f64| {
        let [l, a, b] = lab(color);
        let squared = |other: &Oklab| {
            let [l, a, b] = [l - other[0], a - other[1], b - other[2]];
            l * l + a * a + b * b
        };
        taken.iter().all(|other| squared(other) >= by * by)
    };
    let next = departed(own, earlier, ground);
    if is_apart(next, APART) {
        return next;
    }
    around(own, ground).find(|color| is_apart(*color, WELL_APART)).unwrap_or(next)
}
