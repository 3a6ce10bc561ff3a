//! The part of a line that can be seen.
//!
//! Each segment is cut off at the clip rectangle, grown so that the ends of a cut stay out of sight
//! (Y.-D. Liang, B. A. Barsky, "A new concept and method for line clipping", ACM Trans. Graph. 3, 1984).
//! That keeps zoomed figures small, and coordinates within what SVG renderers can tell apart.

use egui::{Pos2, Rect, Vec2};

/// The pieces of the line through `points` that pass through `bounds`, each with at least two points.
///
/// A line with a point that is not finite has none.
pub(super) fn pieces(points: impl IntoIterator<Item = Pos2>, bounds: Rect) -> Vec<Vec<Pos2>> {
    let mut pieces: Vec<Vec<Pos2>> = Vec::new();
    let mut previous: Option<Pos2> = None;
    // True while the last piece ends at `previous`, so that the next segment continues it.
    let mut inside = false;
    for point in points {
        if !point.is_finite() {
            return Vec::new();
        }
        if let Some(from) = previous {
            match cut(from, point, bounds) {
                Some([start, end]) => {
                    match pieces.last_mut() {
                        Some(piece) if inside && start == from => piece.push(end),
                        _ => pieces.push(vec![start, end]),
                    }
                    inside = end == point;
                }
                None => inside = false,
            }
        }
        previous = Some(point);
    }
    pieces
}

/// The part of one segment in `bounds`: the points from + t·(to − from) with t between the last entry and the
/// first exit over the four sides.
fn cut(from: Pos2, to: Pos2, bounds: Rect) -> Option<[Pos2; 2]> {
    let direction = to - from;
    let (mut entry, mut exit) = (0.0_f32, 1.0_f32);
    let sides = [
        (-direction.x, from.x - bounds.min.x),
        (direction.x, bounds.max.x - from.x),
        (-direction.y, from.y - bounds.min.y),
        (direction.y, bounds.max.y - from.y),
    ];
    for (outward, room) in sides {
        if outward < 0.0 {
            entry = entry.max(room / outward);
        } else if outward > 0.0 {
            exit = exit.min(room / outward);
        } else if room < 0.0 {
            return None;
        }
    }
    if entry > exit {
        return None;
    }
    let start = if entry > 0.0 { from + direction * entry } else { from };
    let end = if exit < 1.0 { from + direction * exit } else { to };
    Some([start, end])
}

/// The line with as few of its points as stay within `tolerance` of all of them: from each corner as far as one
/// straight segment reaches (K. Reumann and A. P. M. Witkam, "Optimizing curve segmentation in computer graphics",
/// 1974, with the strip replaced by the cone of directions that meet every point's disk).
pub(super) fn simplified(line: Vec<Pos2>, tolerance: f32) -> Vec<Pos2> {
    if tolerance <= 0.0 || line.len() < 3 {
        return line;
    }
    let mut kept: Vec<Pos2> = line.first().copied().into_iter().collect();
    let mut corner = 0;
    let mut cone = Cone::default();
    for end in 1..line.len() {
        if !cone.narrow(line[end] - line[corner], tolerance) {
            corner = end - 1;
            kept.push(line[corner]);
            cone = Cone::default();
            cone.narrow(line[end] - line[corner], tolerance);
        }
    }
    kept.extend(line.last());
    kept
}

/// The directions from a corner that pass every point so far at no more than the tolerance.
#[derive(Default)]
struct Cone {
    sides: Option<[Vec2; 2]>,
    reach: f32,
}

impl Cone {
    /// Takes another point, as seen from the corner. Says whether the segment to it passes all points before it.
    fn narrow(&mut self, to: Vec2, tolerance: f32) -> bool {
        let length = to.length();
        // A line that turns back has a point farther out than its end.
        if length < self.reach {
            return false;
        }
        self.reach = length;
        if length <= tolerance {
            return true;
        }
        let cross = |a: Vec2, b: Vec2| a.x * b.y - a.y * b.x;
        if let Some([right, left]) = self.sides
            && (cross(right, to) < 0.0 || cross(left, to) > 0.0 || right.dot(to) <= 0.0)
        {
            return false;
        }
        let sine = tolerance / length;
        let cosine = (1.0 - sine * sine).sqrt();
        let turned = |sine: f32| Vec2::new(cosine * to.x - sine * to.y, sine * to.x + cosine * to.y);
        let [right, left] = [turned(-sine), turned(sine)];
        self.sides = Some(match self.sides {
            None => [right, left],
            Some([before_right, before_left]) => [
                if cross(before_right, right) > 0.0 { right } else { before_right },
                if cross(before_left, left) < 0.0 { left } else { before_left },
            ],
        });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    fn distance_to_segment(point: Pos2, from: Pos2, to: Pos2) -> f32 {
        let along = to - from;
        let share = ((point - from).dot(along) / along.length_sq().max(1e-12)).clamp(0.0, 1.0);
        point.distance(from + share * along)
    }

    #[test]
    fn a_line_with_fewer_points_passes_all_of_them() {
        let tolerance = 0.05;
        let spiral = |k: u32| {
            let turn = 0.02 * k as f32;
            pos2(100.0, 100.0) + (90.0 - 0.05 * k as f32) * Vec2::angled(turn)
        };
        let swing = |k: u32| pos2(if k.is_multiple_of(2) { 10.0 } else { 50.0 }, 0.01 * k as f32);
        let crawl = |k: u32| pos2(0.01 * k as f32, 5.0);
        let lines: [(Vec<Pos2>, usize); 3] = [
            ((0..1000).map(spiral).collect(), 500),
            ((0..1000).map(swing).collect(), 1000),
            ((0..1000).map(crawl).collect(), 2),
        ];
        for (line, most) in lines {
            let kept = simplified(line.clone(), tolerance);
            assert!(kept.len() <= most, "{}", kept.len());
            assert_eq!((kept.first(), kept.last()), (line.first(), line.last()));
            let mut segment = 0;
            for point in &line {
                // In order: a point may not be met by a later part of the line only.
                while distance_to_segment(*point, kept[segment], kept[segment + 1]) > tolerance + 1e-3 {
                    segment += 1;
                    assert!(segment + 1 < kept.len(), "{point} is left out");
                }
            }
        }
        assert_eq!(simplified(vec![pos2(0.0, 0.0), pos2(1.0, 0.0), pos2(2.0, 0.0)], 0.0).len(), 3);
    }

    const BOUNDS: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(10.0, 10.0) };

    #[test]
    fn lines_are_cut_at_the_edge_and_joined_inside() {
        // Points of the line, points of its pieces.
        type Line = &'static [(f32, f32)];
        let cases: [(Line, &[Line]); 6] = [
            (&[(1.0, 1.0), (5.0, 2.0), (9.0, 9.0)], &[&[(1.0, 1.0), (5.0, 2.0), (9.0, 9.0)]]),
            (&[(-5.0, 5.0), (5.0, 5.0), (5.0, 15.0)], &[&[(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)]]),
            (
                &[(5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)],
                &[&[(5.0, 5.0), (10.0, 5.0)], &[(10.0, 8.0), (5.0, 8.0)]],
            ),
            (&[(-1.0, 2.0), (-1.0, 8.0)], &[]),
            (&[(0.0, 0.0), (4e9, 2e9)], &[&[(0.0, 0.0), (10.0, 5.0)]]),
            (&[(1.0, 1.0), (f32::NAN, 5.0), (2.0, 2.0)], &[]),
        ];
        for (line, expected) in cases {
            let points = |line: &[(f32, f32)]| line.iter().map(|&(x, y)| pos2(x, y)).collect::<Vec<_>>();
            let expected: Vec<Vec<Pos2>> = expected.iter().map(|piece| points(piece)).collect();
            assert_eq!(pieces(points(line), BOUNDS), expected, "{line:?}");
        }
    }
}
