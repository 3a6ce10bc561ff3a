//! A polyline followed point by point: cut at the edge of the picture, thinned to what can be seen, and no longer than is of
//! use.

use egui::{Pos2, Rect};

use super::clip::{Far, cut, distance, near};
use super::coverage::Coverage;

/// Points nearer than this to the last one that was kept, in screen points, are left out: less than half a pixel even where
/// a point has three, as in the figure for a slide, so that nothing visible changes.
const MIN_DISTANCE: f64 = 0.1;

/// How much line a path may have, in screen points; each of its points counts for one more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::figure) struct Ink {
    /// So much is drawn whatever it does.
    pub free: f32,
    /// After that only what covers something new, until about so much is drawn.
    pub most: f32,
}

impl Ink {
    /// Some thirty times across a screen. What a run that swings about a minimum does a million times is drawn once.
    const FREE: f32 = 30_000.0;
    /// The same of all paths.
    const FREE_OF_ALL: f32 = 210_000.0;
    /// The line of all paths for each square point of the picture: enough to cover it many times over.
    const MOST_OF_ALL: f32 = 10.0;
    /// The line of all paths in any picture: what a machine without a graphics card paints in a fraction of a second, and
    /// into the pixels of a large slide in some.
    const LONGEST_OF_ALL: f32 = 1_500_000.0;

    /// The share of each of so many paths in a picture of this area.
    pub fn share(area: f32, paths: usize) -> Self {
        let each = |all: f32| all / paths.max(1) as f32;
        let most = each((Self::MOST_OF_ALL * area).min(Self::LONGEST_OF_ALL));
        Self { free: Self::FREE.min(each(Self::FREE_OF_ALL)).min(0.5 * most), most }
    }

    /// What a line from here to there takes of that which is free.
    pub fn of(from: Pos2, to: Pos2) -> f32 {
        from.distance(to) + 1.0
    }
}

/// Once the free part is drawn, what a point takes that goes on with a piece, and what a new piece takes.
const POINT: f32 = 8.0;
const PIECE: f32 = 40.0;

/// Follows a polyline point by point: cuts it at the edge of the picture, and leaves out what cannot be seen.
#[derive(Debug)]
pub(in crate::figure) struct Tracer {
    clip: Rect,
    pieces: Vec<Vec<Pos2>>,
    /// The piece that still grows.
    piece: Vec<Pos2>,
    /// The last point that was kept.
    from: Option<Far>,
    /// The last point, if it was left out.
    skipped: Option<Far>,
    /// What is drawn already, if there is a limit.
    limit: Option<Limit>,
}

#[derive(Debug)]
struct Limit {
    free: f32,
    drawn: Coverage,
}

impl Tracer {
    /// Nothing of a polyline yet, of which all is drawn where there is no limit to its ink.
    pub fn new(clip: Rect, ink: Option<Ink>) -> Self {
        let (pieces, piece) = (Vec::new(), Vec::new());
        let limit =
            ink.map(|Ink { free, most }| Limit { free, drawn: Coverage::new(clip, 1.0, [free, most]) });
        Self { clip, pieces, piece, from: None, skipped: None, limit }
    }

    /// Goes on to the next point.
    pub fn push(&mut self, to: Far) {
        match self.from {
            Some(from) if distance(from, to) < self.least_distance() => self.skipped = Some(to),
            from => {
                if let Some(from) = from {
                    self.extend(from, to);
                }
                (self.from, self.skipped) = (Some(to), None);
            }
        }
    }

    /// The pieces of the polyline inside the picture, each with at least two points. It goes on to `end`, if there is one.
    pub fn pieces(&self, end: Option<Far>) -> Vec<Vec<Pos2>> {
        let mut ended = Self::new(self.clip, None);
        (ended.pieces, ended.piece) = (self.pieces.clone(), self.piece.clone());
        if let (Some(from), Some(last)) = (self.from, end.or(self.skipped)) {
            ended.extend(from, last);
        }
        ended.finish();
        ended.pieces
    }

    /// A line that is drawn only where it is new has steps that are as long as what is covered is wide.
    fn least_distance(&self) -> f64 {
        match &self.limit {
            Some(Limit { free, drawn }) if drawn.spent() >= *free => f64::from(drawn.side()),
            _ => MIN_DISTANCE,
        }
    }

    fn extend(&mut self, from: Far, to: Far) {
        let Some([enter, leave]) = cut(from, to, self.clip) else { return self.finish() };
        let goes_on = self.piece.last() == Some(&near(enter));
        if let Some(limit) = &mut self.limit
            && !limit.takes(near(enter), near(leave), goes_on)
        {
            return self.finish();
        }
        if !goes_on {
            self.finish();
            self.piece.push(near(enter));
        }
        self.piece.push(near(leave));
        if leave != to {
            self.finish();
        }
    }

    fn finish(&mut self) {
        let piece = std::mem::take(&mut self.piece);
        if piece.len() > 1 {
            self.pieces.push(piece);
        }
    }
}

impl Limit {
    /// Whether the step is drawn.
    fn takes(&mut self, from: Pos2, to: Pos2, goes_on: bool) -> bool {
        let is_free = self.drawn.spent() < self.free;
        if !is_free && self.drawn.has(from, to) {
            return false;
        }
        let more = if goes_on { POINT } else { PIECE };
        self.drawn.add(from, to, if is_free { Ink::of(from, to) } else { from.distance(to) + more });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    const CLIP: Rect = Rect { min: Pos2::ZERO, max: pos2(100.0, 100.0) };
    const INK: Ink = Ink { free: 30_000.0, most: 100_000.0 };

    /// How many points are drawn, and how long they are together.
    fn drawn(points: impl Iterator<Item = Far>, ink: Ink) -> (usize, f32) {
        let mut tracer = Tracer::new(CLIP, Some(ink));
        points.for_each(|point| tracer.push(point));
        let pieces = tracer.pieces(None);
        let length = |piece: &Vec<Pos2>| piece.windows(2).map(|ends| ends[0].distance(ends[1])).sum::<f32>();
        (pieces.iter().map(Vec::len).sum(), pieces.iter().map(length).sum())
    }

    #[test]
    fn a_line_that_goes_the_same_way_without_end_is_left_out_where_nothing_new_is_seen() {
        let round = |k: u32| {
            let [x, y] = [[10.0, 20.0], [70.0, 20.0], [70.0, 60.0]][k as usize % 3];
            [x, y + 1e-4 * f64::from(k % 7)]
        };
        let length = |count: u32| drawn((0..count).map(round), INK).0;
        assert_eq!(length(400), 400, "a short line is drawn whole");
        assert!(length(100_000) < 540, "{}", length(100_000));
        let mut tracer = Tracer::new(CLIP, Some(INK));
        (0..100_000).for_each(|k| tracer.push(round(k)));
        // A new way is seen, however late.
        tracer.push([90.0, 90.0]);
        assert_eq!(tracer.pieces(None).last().and_then(|piece| piece.last()), Some(&pos2(90.0, 90.0)));
    }

    #[test]
    fn whatever_a_line_does_there_is_an_end_to_its_points_and_its_length() {
        let mut random = fastrand::Rng::with_seed(3);
        let mut anywhere = || [130.0 * random.f64() - 15.0, 130.0 * random.f64() - 15.0];
        let chaos: Vec<Far> = (0..300_000).map(|_| anywhere()).collect();
        let turns =
            |k: f64| [50.0 + 60.0 * (0.7 * k).sin() * (1e-4 * k).cos(), 50.0 + 60.0 * (0.7 * k).cos()];
        let crawl = |k: f64| [50.0 + 45.0 * (1e-3 * k).sin(), 50.0 + 45.0 * (1.618e-3 * k).cos()];
        let noise = |k: f64| [50.0 + 0.4 * (1e6 * k).sin() + 1e-4 * k, 50.0 + 0.3 * (1e7 * k).cos()];
        let lines: [(&str, Vec<Far>); 4] = [
            ("chaos", chaos),
            ("turns", (0..300_000).map(|k| turns(f64::from(k))).collect()),
            ("crawl", (0..300_000).map(|k| crawl(f64::from(k))).collect()),
            ("noise", (0..300_000).map(|k| noise(f64::from(k))).collect()),
        ];
        for (name, line) in lines {
            for ink in [INK, Ink { free: 1000.0, most: 5000.0 }, Ink { free: 0.0, most: 0.0 }] {
                let (points, length) = drawn(line.iter().copied(), ink);
                // A last step, and one of each piece in a hundred more for its first point.
                let most = ink.most + 400.0;
                assert!(points as f32 <= 0.5 * most && length <= most, "{name}: {points} points, {length}");
            }
        }
    }

    #[test]
    fn what_is_left_out_lies_where_the_line_is_drawn() {
        let mut random = fastrand::Rng::with_seed(3);
        let chaos: Vec<Far> = (0..50_000).map(|_| [100.0 * random.f64(), 100.0 * random.f64()]).collect();
        let mut tracer = Tracer::new(CLIP, Some(Ink { free: 1000.0, most: 1e6 }));
        chaos.iter().for_each(|point| tracer.push(*point));
        let pieces = tracer.pieces(None);
        assert!(
            pieces.iter().all(|piece| piece.iter().all(|at| chaos.iter().any(|from| near(*from) == *at)))
        );
        let to_segment = |at: Pos2, [from, to]: [Pos2; 2]| {
            let along = to - from;
            at.distance(from + ((at - from).dot(along) / along.length_sq()).clamp(0.0, 1.0) * along)
        };
        for at in chaos.iter().step_by(250).map(|at| near(*at)) {
            let segments = pieces.iter().flat_map(|piece| piece.array_windows().copied());
            let off = segments.map(|ends| to_segment(at, ends)).fold(f32::INFINITY, f32::min);
            assert!(off < 1.5, "{at} is {off} off");
        }
    }
}
