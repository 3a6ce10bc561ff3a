//! Lines cut at the edge of the picture.
//!
//! Positions on the screen are f64 until a line has been cut: an iterate at 10⁹ would lose its direction in f32.

use egui::{Pos2, Rect, pos2};

/// A position on the screen before it is known to be near the picture.
pub type Far = [f64; 2];

/// How far two positions are apart, along the axis along which that is more.
pub(in crate::figure) fn distance(a: Far, b: Far) -> f64 {
    (a[0] - b[0]).abs().max((a[1] - b[1]).abs())
}

/// A position that is near the picture.
pub(in crate::figure) fn near([x, y]: Far) -> Pos2 {
    pos2(x as f32, y as f32)
}

/// The part of a segment inside a rectangle (Liang & Barsky 1984).
pub(in crate::figure) fn cut(from: Far, to: Far, clip: Rect) -> Option<[Far; 2]> {
    if !from.iter().chain(&to).all(|c| c.is_finite()) {
        return None;
    }
    let bounds = [[clip.left(), clip.right()], [clip.top(), clip.bottom()]];
    let (mut first, mut last) = (0.0f64, 1.0f64);
    for axis in [0, 1] {
        let along = to[axis] - from[axis];
        let [low, high] = bounds[axis].map(f64::from);
        if along == 0.0 {
            if from[axis] < low || from[axis] > high {
                return None;
            }
            continue;
        }
        let [a, b] = [(low - from[axis]) / along, (high - from[axis]) / along];
        first = first.max(a.min(b));
        last = last.min(a.max(b));
    }
    let at = |t: f64| [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
    (first <= last)
        .then(|| [if first == 0.0 { from } else { at(first) }, if last == 1.0 { to } else { at(last) }])
}
