//! A curve as it is walked along: by its length, with the cost beside it.
//!
//! Convention: lengths are those of the plane, in units of the variables, and run on from piece to piece. Between two points
//! of a piece the curve is straight, as [`isolines_of`](super::isolines_of) has it.

use super::Isoline;
use crate::objective::{Objective, Point, is_finite};

/// A curve in pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk {
    /// The pieces that hang together, one after the other.
    pub pieces: Vec<WalkPiece>,
}

/// A piece that hangs together.
#[derive(Clone, Debug, PartialEq)]
pub struct WalkPiece {
    /// At least two points.
    pub points: Vec<Point>,
    /// How far along the curve each point is.
    pub lengths: Vec<f64>,
    /// The cost at each point.
    pub values: Vec<f64>,
    /// Whether the last point is the first one again.
    pub closed: bool,
}

/// A place of a walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WalkPlace {
    /// The point.
    pub at: Point,
    /// How far along the curve it is.
    pub length: f64,
    /// Along which piece.
    pub piece: usize,
}

impl Walk {
    /// These lines, with the values of a cost.
    pub fn of(cost: &Objective, lines: &[Isoline]) -> Self {
        let mut evaluator = cost.evaluator();
        let mut length = 0.0;
        let mut before: Option<Point> = None;
        let mut pieces = Vec::new();
        for line in lines.iter().filter(|line| line.points.len() > 1) {
            let lengths = line.points.iter().map(|at| {
                length += before.replace(*at).map_or(0.0, |before| (at - before).norm());
                length
            });
            let lengths = lengths.collect();
            before = None;
            let values = line.points.iter().map(|at| evaluator.value(*at)).collect();
            pieces.push(WalkPiece { points: line.points.clone(), lengths, values, closed: line.closed });
        }
        Self { pieces }
    }

    /// The length of all pieces.
    pub fn length(&self) -> f64 {
        self.pieces.last().and_then(|piece| piece.lengths.last()).copied().unwrap_or(0.0)
    }

    /// The place of the walk that is nearest to a point, where one unit along x and one along y count `scale`.
    pub fn nearest(&self, to: Point, scale: [f64; 2]) -> Option<WalkPlace> {
        let scaled = |vector: Point| Point::new(vector.x * scale[0], vector.y * scale[1]);
        let mut nearest: Option<(f64, WalkPlace)> = None;
        for (number, piece) in self.pieces.iter().enumerate() {
            for (ends, lengths) in piece.points.windows(2).zip(piece.lengths.windows(2)) {
                let along = ends[1] - ends[0];
                let size = scaled(along).norm_squared();
                let share = if size > 0.0 { scaled(to - ends[0]).dot(&scaled(along)) / size } else { 0.0 };
                let share = share.clamp(0.0, 1.0);
                let at = ends[0] + share * along;
                let distance = scaled(to - at).norm_squared();
                if is_finite(at) && nearest.is_none_or(|(least, _)| distance < least) {
                    let length = lengths[0] + share * (lengths[1] - lengths[0]);
                    nearest = Some((distance, WalkPlace { at, length, piece: number }));
                }
            }
        }
        nearest.map(|(_, place)| place)
    }

    /// The place at a length, at the nearest end where the curve has none.
    pub fn at(&self, length: f64) -> Option<WalkPlace> {
        let beyond = |piece: &WalkPiece| {
            piece.ends().map_or(f64::INFINITY, |[first, last]| (first - length).max(length - last).max(0.0))
        };
        let pieces = self.pieces.iter().enumerate();
        let (number, _) = pieces.min_by(|(_, a), (_, b)| beyond(a).total_cmp(&beyond(b)))?;
        self.on_piece(number, length)
    }

    /// The place so much farther along the same piece: round one that is closed, and to the end of another one at most.
    pub fn moved(&self, from: WalkPlace, by: f64) -> Option<WalkPlace> {
        let piece = self.pieces.get(from.piece)?;
        let [first, last] = piece.ends()?;
        let to = from.length + by;
        let around =
            if piece.closed && last > first { first + (to - first).rem_euclid(last - first) } else { to };
        self.on_piece(from.piece, around)
    }

    /// The direction of the curve at a place, of length 1.
    pub fn direction(&self, place: WalkPlace) -> Option<Point> {
        let piece = self.pieces.get(place.piece)?;
        let next = piece.next(place.length)?;
        (piece.points[next] - piece.points[next - 1]).try_normalize(0.0)
    }

    fn on_piece(&self, number: usize, length: f64) -> Option<WalkPlace> {
        let piece = self.pieces.get(number)?;
        let next = piece.next(length)?;
        let [from, to] = [piece.lengths[next - 1], piece.lengths[next]];
        let share = if length > from { ((length - from) / (to - from)).min(1.0) } else { 0.0 };
        let at = piece.points[next - 1] + share * (piece.points[next] - piece.points[next - 1]);
        Some(WalkPlace { at, length: from + share * (to - from), piece: number })
    }
}

impl WalkPiece {
    /// The lengths at which it begins and ends.
    pub fn ends(&self) -> Option<[f64; 2]> {
        Some([*self.lengths.first()?, *self.lengths.last()?])
    }

    /// The point that ends the part on which a length is.
    fn next(&self, length: f64) -> Option<usize> {
        let next = self.lengths.partition_point(|reached| *reached < length);
        Some(next.clamp(1, self.points.len().checked_sub(1).filter(|last| *last > 0)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;
    use crate::objective::{Derivatives, Goal};

    fn walk() -> Walk {
        let tape = Expression::parse("x + 10*y").unwrap().compile(["x", "y"], &[]).unwrap();
        let cost = Objective::new(tape, Goal::Minimize, Derivatives::Exact);
        let line = |points: &[[f64; 2]], closed| Isoline {
            level: 0.0,
            points: points.iter().map(|at| Point::from(*at)).collect(),
            closed,
        };
        Walk::of(
            &cost,
            &[line(&[[0.0, 0.0], [3.0, 4.0], [3.0, 6.0]], false), line(&[[10.0, 0.0], [10.0, 1.0]], true)],
        )
    }

    #[test]
    fn lengths_run_on_over_the_pieces_with_the_cost_beside_them() {
        let walk = walk();
        assert_eq!(walk.length(), 8.0);
        assert_eq!(walk.pieces[0].lengths, [0.0, 5.0, 7.0]);
        assert_eq!(walk.pieces[1].lengths, [7.0, 8.0]);
        assert_eq!(walk.pieces[0].values, [0.0, 43.0, 63.0]);
        assert_eq!(Walk::default().at(1.0), None);
        assert_eq!(Walk::default().nearest(Point::zeros(), [1.0, 1.0]), None);
    }

    #[test]
    fn a_length_and_the_nearest_place_lead_to_one_another() {
        let walk = walk();
        for (length, at) in [(2.5, [1.5, 2.0]), (6.0, [3.0, 5.0]), (7.25, [10.0, 0.25]), (8.0, [10.0, 1.0])] {
            let place = walk.at(length).unwrap();
            assert_eq!((place.at, place.length), (Point::from(at), length));
            assert_eq!(walk.nearest(Point::from(at), [1.0, 1.0]), Some(place));
        }
        assert_eq!(walk.at(99.0).unwrap().length, 8.0);
        assert_eq!(walk.at(-1.0).unwrap().length, 0.0);
        assert_eq!(walk.at(f64::NAN).map(|place| place.at.x.is_finite()), Some(true));
        let [open, closed] = [walk.at(6.0).unwrap(), walk.at(7.25).unwrap()];
        assert_eq!(walk.moved(open, -2.0).unwrap().length, 4.0);
        assert_eq!(walk.moved(open, 5.0).unwrap().length, 7.0, "to its end, not to the next piece");
        assert_eq!(walk.moved(closed, 1.0).unwrap().length, 7.25, "once round");
        assert_eq!(walk.moved(closed, -0.5).unwrap().length, 7.75);
        assert_eq!(walk.direction(open), Some(Point::new(0.0, 1.0)));
        // What is near depends on how long a unit of each axis is.
        let beside = Point::new(9.0, 6.0);
        assert_eq!(walk.nearest(beside, [1.0, 1.0]).unwrap().length, 8.0);
        assert_eq!(walk.nearest(beside, [1.0, 100.0]).unwrap().length, 7.0);
    }
}
