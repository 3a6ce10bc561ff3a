//! From iterates to what is drawn of them: lines cut at the edge of the picture, thinned to what can be seen, dashed.
//!
//! Positions on the screen are f64 until a line has been cut: an iterate at 10⁹ would lose its direction in f32.

use std::collections::HashSet;

use egui::{Pos2, Rect, pos2};

/// A position on the screen before it is known to be near the picture.
pub type Far = [f64; 2];

/// Points nearer than this to the last one that was kept, in screen points, are left out: less than half a pixel even where
/// a point has three, as in the figure for a slide, so that nothing visible changes.
const MIN_DISTANCE: f64 = 0.1;

/// Up to this length a line is drawn whatever it does, in screen points: some thirty times across a screen. What comes after
/// it is left out where it goes the same way again, as a run that swings about a minimum does a million times.
pub const FOLLOWED_LENGTH: f32 = 30_000.0;
/// Two steps go the same way if both ends are in the same squares of this side, in screen points.
const SAME: f32 = 0.5;

/// Where no step is.
const NOWHERE: Step = [[i32::MIN; 2]; 2];

/// Follows a polyline point by point: cuts it at the edge of the picture, and leaves out what cannot be seen.
#[derive(Debug)]
pub struct Tracer {
    clip: Rect,
    pieces: Vec<Vec<Pos2>>,
    /// The piece that still grows.
    piece: Vec<Pos2>,
    /// The last point that was kept.
    from: Option<Far>,
    /// The last point, if it was left out.
    skipped: Option<Far>,
    /// How long the line is, up to [`FOLLOWED_LENGTH`].
    length: f32,
    /// The steps after that, each by the squares of its ends.
    taken: HashSet<Step>,
    /// The last two of them.
    recent: [Step; 2],
}

/// The squares of the ends of a step, in ascending order.
type Step = [[i32; 2]; 2];

impl Tracer {
    /// Nothing of a polyline yet.
    pub fn new(clip: Rect) -> Self {
        let (pieces, piece) = (Vec::new(), Vec::new());
        Self {
            clip,
            pieces,
            piece,
            from: None,
            skipped: None,
            length: 0.0,
            taken: HashSet::new(),
            recent: [NOWHERE; 2],
        }
    }

    /// Goes on to the next point.
    pub fn push(&mut self, to: Far) {
        match self.from {
            Some(from) if distance(from, to) < MIN_DISTANCE => self.skipped = Some(to),
            from => {
                if let Some(from) = from {
                    self.extend(from, to);
                }
                (self.from, self.skipped) = (Some(to), None);
            }
        }
    }

    /// The pieces of the polyline inside the picture, each with at least two points.
    pub fn pieces(&self) -> Vec<Vec<Pos2>> {
        let mut ended = Self::new(self.clip);
        (ended.pieces, ended.piece) = (self.pieces.clone(), self.piece.clone());
        if let (Some(from), Some(last)) = (self.from, self.skipped) {
            ended.extend(from, last);
        }
        ended.finish();
        ended.pieces
    }

    fn extend(&mut self, from: Far, to: Far) {
        let Some([enter, leave]) = cut(from, to, self.clip) else { return self.finish() };
        if self.goes_again(near(enter), near(leave)) {
            return self.finish();
        }
        if self.piece.last() != Some(&near(enter)) {
            self.finish();
            self.piece.push(near(enter));
        }
        self.piece.push(near(leave));
        if leave != to {
            self.finish();
        }
    }

    /// Whether the line, long as it is, has gone from here to there or back before.
    fn goes_again(&mut self, from: Pos2, to: Pos2) -> bool {
        if self.length < FOLLOWED_LENGTH {
            self.length += from.distance(to);
            return false;
        }
        let square = |at: Pos2| [at.x, at.y].map(|c| (c / SAME).floor() as i32);
        let mut ends = [square(from), square(to)];
        ends.sort_unstable();
        // Most that go again go to and fro.
        if self.recent.contains(&ends) {
            return true;
        }
        self.recent = [self.recent[1], ends];
        !self.taken.insert(ends)
    }

    fn finish(&mut self) {
        let piece = std::mem::take(&mut self.piece);
        if piece.len() > 1 {
            self.pieces.push(piece);
        }
    }
}

/// The pieces of a polyline inside `clip`, each with at least two points.
pub fn visible_pieces(points: impl IntoIterator<Item = Far>, clip: Rect) -> Vec<Vec<Pos2>> {
    let mut tracer = Tracer::new(clip);
    points.into_iter().for_each(|point| tracer.push(point));
    tracer.pieces()
}

fn distance(a: Far, b: Far) -> f64 {
    (a[0] - b[0]).abs().max((a[1] - b[1]).abs())
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
    fn a_line_that_goes_the_same_way_without_end_is_left_out_where_nothing_new_is_seen() {
        let round = |k: u32| {
            let [x, y] = [[10.0, 20.0], [70.0, 20.0], [70.0, 60.0]][k as usize % 3];
            [x, y + 1e-4 * f64::from(k % 7)]
        };
        let length = |count: u32| {
            let pieces = visible_pieces((0..count).map(round), CLIP);
            pieces.iter().map(Vec::len).sum::<usize>()
        };
        assert_eq!(length(400), 400, "a short line is drawn whole");
        assert!(length(100_000) < 540, "{}", length(100_000));
        let mut tracer = Tracer::new(CLIP);
        (0..100_000).for_each(|k| tracer.push(round(k)));
        // A new way is seen, however late.
        tracer.push([90.0, 90.0]);
        assert_eq!(tracer.pieces().last().and_then(|piece| piece.last()), Some(&pos2(90.0, 90.0)));
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
