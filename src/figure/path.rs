//! From iterates to what is drawn of them: lines cut at the edge of the picture, thinned to what can be seen, dashed.
//!
//! Positions on the screen are f64 until a line has been cut: an iterate at 10⁹ would lose its direction in f32.

use egui::{Pos2, Rect, pos2};

/// A position on the screen before it is known to be near the picture.
pub type Far = [f64; 2];

/// Points nearer than this to the last one that was kept, in screen points, are left out: less than half a pixel even where
/// a point has three, as in the figure for a slide, so that nothing visible changes.
const MIN_DISTANCE: f64 = 0.1;

/// The pieces of a polyline inside `clip`, each with at least two points.
pub fn visible_pieces(points: impl IntoIterator<Item = Far>, clip: Rect) -> Vec<Vec<Pos2>> {
    let mut pieces: Vec<Vec<Pos2>> = Vec::new();
    let mut piece: Vec<Pos2> = Vec::new();
    let mut points = points.into_iter();
    let Some(mut from) = points.next() else { return pieces };
    let mut skipped = None;
    for to in points {
        if distance(from, to) < MIN_DISTANCE {
            skipped = Some(to);
            continue;
        }
        extend(&mut piece, &mut pieces, from, to, clip);
        (from, skipped) = (to, None);
    }
    if let Some(last) = skipped {
        extend(&mut piece, &mut pieces, from, last, clip);
    }
    finish(&mut piece, &mut pieces);
    pieces
}

fn distance(a: Far, b: Far) -> f64 {
    (a[0] - b[0]).abs().max((a[1] - b[1]).abs())
}

fn finish(piece: &mut Vec<Pos2>, pieces: &mut Vec<Vec<Pos2>>) {
    if piece.len() > 1 {
        pieces.push(std::mem::take(piece));
    }
    piece.clear();
}

fn extend(piece: &mut Vec<Pos2>, pieces: &mut Vec<Vec<Pos2>>, from: Far, to: Far, clip: Rect) {
    let Some([enter, leave]) = cut(from, to, clip) else { return finish(piece, pieces) };
    if piece.last() != Some(&near(enter)) {
        finish(piece, pieces);
        piece.push(near(enter));
    }
    piece.push(near(leave));
    if leave != to {
        finish(piece, pieces);
    }
}

fn near([x, y]: Far) -> Pos2 {
    pos2(x as f32, y as f32)
}

/// The part of a segment inside a rectangle (Liang & Barsky 1984).
pub(super) fn cut(from: Far, to: Far, clip: Rect) -> Option<[Far; 2]> {
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

/// Cuts a polyline into dashes; `pattern` alternates lengths of dash and gap in screen points. An empty pattern draws
/// the line whole.
pub fn dashes(line: &[Pos2], pattern: &[f32]) -> Vec<Vec<Pos2>> {
    if pattern.is_empty() || pattern.iter().any(|length| *length <= 0.0) {
        return vec![line.to_vec()];
    }
    let mut dashes = Vec::new();
    let (mut part, mut left) = (0, pattern[0]);
    let mut dash: Vec<Pos2> = line.first().copied().into_iter().collect();
    for pair in line.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut length = from.distance(to);
        while length > left {
            from += (to - from) * (left / length);
            length -= left;
            if part % 2 == 0 {
                dash.push(from);
                dashes.push(std::mem::take(&mut dash));
            }
            part = (part + 1) % (2 * pattern.len().div_ceil(2));
            left = pattern[part % pattern.len()];
            if part % 2 == 0 {
                dash.push(from);
            }
        }
        left -= length;
        if part % 2 == 0 {
            dash.push(to);
        }
    }
    if dash.len() > 1 {
        dashes.push(dash);
    }
    dashes
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIP: Rect = Rect { min: Pos2::ZERO, max: pos2(100.0, 100.0) };

    #[test]
    fn a_line_is_cut_where_it_leaves_and_begins_again_where_it_returns() {
        let pieces = visible_pieces([[50.0, 50.0], [150.0, 50.0], [150.0, 80.0], [50.0, 80.0]], CLIP);
        assert_eq!(
            pieces,
            vec![vec![pos2(50.0, 50.0), pos2(100.0, 50.0)], vec![pos2(100.0, 80.0), pos2(50.0, 80.0)]]
        );
    }

    #[test]
    fn a_point_far_away_keeps_the_direction_of_the_line_to_it() {
        let pieces = visible_pieces([[50.0, 50.0], [1e15, 2e15]], CLIP);
        assert_eq!(pieces, vec![vec![pos2(50.0, 50.0), pos2(75.0, 100.0)]]);
    }

    #[test]
    fn a_line_across_the_picture_is_seen_though_both_ends_are_outside() {
        assert_eq!(
            visible_pieces([[-50.0, 50.0], [150.0, 50.0]], CLIP),
            vec![vec![pos2(0.0, 50.0), pos2(100.0, 50.0)]]
        );
        assert!(visible_pieces([[-50.0, 10.0], [10.0, -50.0]], CLIP).is_empty());
    }

    #[test]
    fn steps_too_small_to_see_are_merged_but_the_end_is_kept() {
        let crawl = (0..=1000).map(|i| [10.0 + 0.01 * f64::from(i), 20.0]);
        let pieces = visible_pieces(crawl, CLIP);
        assert_eq!(pieces.len(), 1);
        assert!(pieces[0].len() < 110);
        assert_eq!(pieces[0].last(), Some(&pos2(20.0, 20.0)));
        assert!(visible_pieces([[10.0, f64::NAN], [20.0, 20.0]], CLIP).is_empty());
    }

    #[test]
    fn dashes_and_gaps_have_their_lengths_around_corners_too() {
        let corner = [pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(10.0, 10.0)];
        let dashes = dashes(&corner, &[6.0, 2.0]);
        assert_eq!(
            dashes,
            vec![
                vec![pos2(0.0, 0.0), pos2(6.0, 0.0)],
                vec![pos2(8.0, 0.0), pos2(10.0, 0.0), pos2(10.0, 4.0)],
                vec![pos2(10.0, 6.0), pos2(10.0, 10.0)],
            ]
        );
    }
}
