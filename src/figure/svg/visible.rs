//! The part of a line that can be seen.
//!
//! Each segment is cut off at the clip rectangle, grown so that the ends of a cut stay out of sight
//! (Y.-D. Liang, B. A. Barsky, "A new concept and method for line clipping", ACM Trans. Graph. 3, 1984).
//! That keeps zoomed figures small, and coordinates within what SVG renderers can tell apart.

use egui::{Pos2, Rect};

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

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

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
