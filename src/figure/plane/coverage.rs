//! Where a path has been drawn already, in squares of the picture, so that what would add nothing to be seen is left out.
//!
//! There is only so much to spend. Whenever half of what is left is spent, the squares become twice as large: the longer a
//! path is, the less of what is new of it is worth drawing, and however long it is, there is an end.

use egui::{Pos2, Rect, vec2};

/// The most squares that are kept, an eighth of a megabyte of them.
const MOST_SQUARES: f32 = 1_000_000.0;
/// So many places along a line are looked at: it is drawn if one of them is new.
const MOST_PLACES: f32 = 16.0;

/// The squares that have been drawn on.
#[derive(Debug)]
pub(in crate::figure) struct Coverage {
    area: Rect,
    /// Of a square, in points.
    side: f32,
    columns: usize,
    rows: usize,
    covered: Vec<u64>,
    spent: f32,
    /// When so much is spent, the squares become larger.
    coarser_at: f32,
    most: f32,
}

impl Coverage {
    /// Nothing yet of an area in squares of this `side` or, where they would be too many, larger ones. The squares stay
    /// as they are until `free` is spent, and about `most` can be spent at all.
    pub fn new(area: Rect, side: f32, [free, most]: [f32; 2]) -> Self {
        let side = side.max((area.area().max(0.0) / MOST_SQUARES).sqrt());
        let coarser_at = free + 0.5 * (most - free);
        let mut coverage =
            Self { area, side, columns: 0, rows: 0, covered: Vec::new(), spent: 0.0, coarser_at, most };
        coverage.clear();
        coverage
    }

    /// The side of a square, in points.
    pub fn side(&self) -> f32 {
        self.side
    }

    /// How much is spent.
    pub fn spent(&self) -> f32 {
        self.spent
    }

    /// Whether everything from here to there is covered.
    pub fn has(&self, from: Pos2, to: Pos2) -> bool {
        let count = (from.distance(to) / self.side).ceil().clamp(1.0, MOST_PLACES);
        (0..=count as u32).all(|k| self.is_covered(self.square(from.lerp(to, k as f32 / count))))
    }

    /// Covers everything from here to there, and spends this.
    pub fn add(&mut self, from: Pos2, to: Pos2, cost: f32) {
        // Half a square a step passes over nothing but corners.
        let count = (2.0 * from.distance(to) / self.side).ceil().clamp(1.0, 2.0 * MOST_SQUARES);
        for k in 0..=count as u32 {
            let square = self.square(from.lerp(to, k as f32 / count));
            self.cover(square);
        }
        self.spent += cost;
        if self.spent > self.coarser_at {
            self.coarser_at += 0.5 * (self.most - self.coarser_at);
            self.coarsen();
        }
    }

    fn square(&self, at: Pos2) -> [usize; 2] {
        let [x, y] = [at.x - self.area.left(), at.y - self.area.top()].map(|c| (c / self.side) as usize);
        [x.min(self.columns - 1), y.min(self.rows - 1)]
    }

    fn is_covered(&self, [column, row]: [usize; 2]) -> bool {
        let place = row * self.columns + column;
        self.covered[place / 64] >> (place % 64) & 1 == 1
    }

    fn cover(&mut self, [column, row]: [usize; 2]) {
        let place = row * self.columns + column;
        self.covered[place / 64] |= 1 << (place % 64);
    }

    fn clear(&mut self) {
        let size = (self.area.size() / self.side).ceil().max(vec2(1.0, 1.0));
        (self.columns, self.rows) = (size.x as usize, size.y as usize);
        self.covered = vec![0; (self.columns * self.rows).div_ceil(64)];
    }

    /// Squares of twice the side, each covered if one of its four was.
    fn coarsen(&mut self) {
        let mut coarse = Self { side: 2.0 * self.side, covered: Vec::new(), ..*self };
        coarse.clear();
        for row in 0..self.rows {
            for column in 0..self.columns {
                if self.is_covered([column, row]) {
                    coarse.cover([(column / 2).min(coarse.columns - 1), (row / 2).min(coarse.rows - 1)]);
                }
            }
        }
        *self = coarse;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    const AREA: Rect = Rect { min: pos2(-20.0, 30.0), max: pos2(280.0, 230.0) };

    #[test]
    fn what_was_drawn_is_covered_and_nothing_else() {
        let mut coverage = Coverage::new(AREA, 1.0, [1e6, 2e6]);
        let line = [pos2(-20.0, 40.5), pos2(100.0, 200.0)];
        assert!(!coverage.has(line[0], line[1]));
        coverage.add(line[0], line[1], 1.0);
        assert!(coverage.has(line[0], line[1]) && coverage.has(line[1], line[0]));
        assert!(coverage.has(line[0].lerp(line[1], 0.3), line[0].lerp(line[1], 0.7)));
        assert!(!coverage.has(pos2(50.0, 40.0), pos2(52.0, 40.0)));
        assert!(!coverage.has(line[0], pos2(280.0, 230.0)), "it begins on the line and leaves it");
        assert_eq!((coverage.side(), coverage.spent()), (1.0, 1.0));
    }

    #[test]
    fn however_much_is_new_there_is_an_end_to_spending() {
        let mut random = fastrand::Rng::with_seed(5);
        let mut place = || pos2(-20.0 + 300.0 * random.f32(), 30.0 + 200.0 * random.f32());
        let mut coverage = Coverage::new(AREA, 1.0, [2000.0, 20_000.0]);
        let mut early = 0.0;
        for k in 0..200_000 {
            let [from, to] = [place(), place()];
            if !coverage.has(from, to) {
                coverage.add(from, to, from.distance(to));
            }
            if k == 1000 {
                early = coverage.spent();
            }
        }
        assert!(coverage.spent() < 20_400.0, "{}", coverage.spent());
        assert!(early > 10_000.0, "{early}");
        // As coarse as it is, what was covered still is.
        assert!(coverage.side() >= 16.0 && (0..100).all(|_| coverage.has(place(), place())));
    }

    #[test]
    fn an_area_without_end_has_few_squares() {
        let vast = Rect::from_min_max(pos2(0.0, 0.0), pos2(1e5, 1e5));
        let coverage = Coverage::new(vast, 1.0, [0.0, 1.0]);
        assert_eq!(coverage.side(), 100.0);
        assert!(coverage.covered.len() <= 16_000);
        assert!(!Coverage::new(Rect::NOTHING, 1.0, [0.0, 1.0]).has(pos2(1.0, 1.0), pos2(2.0, 2.0)));
    }
}
