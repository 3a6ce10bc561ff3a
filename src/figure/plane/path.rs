//! From iterates to what is drawn of them: lines cut at the edge of the picture, thinned to what can be seen, dashed.

use egui::{Pos2, Rect, Shape, Stroke};

use super::clip::Far;
use super::tracer::Tracer;

/// The pieces of a polyline inside `clip`, each with at least two points.
pub fn visible_pieces(points: impl IntoIterator<Item = Far>, clip: Rect) -> Vec<Vec<Pos2>> {
    let mut tracer = Tracer::new(clip, None);
    points.into_iter().for_each(|point| tracer.push(point));
    tracer.pieces(None)
}

/// A polyline as a shape. All lines of the plot go this way.
///
/// egui finds the corner of a line by dividing by the sum of the normals of its two sides. Where a line turns back on itself
/// that is rounding noise, and the corner may lie anywhere on the screen; where three points are one it is 0. So points that
/// lie on each other are left out, and a line turns back by two right angles, a fiftieth of a point apart.
pub fn line_shape(points: &[Pos2], stroke: Stroke) -> Shape {
    const NEAREST: f32 = 1e-3;
    const APART: f32 = 0.02;
    /// The sine of a degree or so.
    const STRAIGHT_BACK: f32 = 0.02;
    let mut line: Vec<Pos2> = Vec::with_capacity(points.len());
    for at in points {
        match line.as_slice() {
            [.., last] if last.distance_sq(*at) < NEAREST * NEAREST => continue,
            [.., before, last] => {
                let (here, there) = (*last - *before, *at - *last);
                // |here|·|there| times the sine and the cosine of the turn, without roots: lines have many points.
                let (sine, cosine) = (here.dot(there.rot90()), here.dot(there));
                let most = STRAIGHT_BACK * STRAIGHT_BACK * here.length_sq() * there.length_sq();
                if cosine < 0.0 && sine * sine < most {
                    line.push(*last + APART * here.normalized().rot90());
                }
            }
            _ => {}
        }
        line.push(*at);
    }
    if line.len() < 2 { Shape::Noop } else { Shape::line(line, stroke) }
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
    use egui::pos2;

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

    /// How far egui draws from a line.
    fn strays(points: &[Pos2], width: f32) -> f32 {
        let shape = line_shape(points, Stroke::new(width, egui::Color32::WHITE));
        let options = egui::epaint::TessellationOptions::default();
        let mut mesh = egui::Mesh::default();
        egui::epaint::Tessellator::new(1.0, options, [1, 1], Vec::new()).tessellate_shape(shape, &mut mesh);
        assert!(mesh.vertices.len() > 3, "it is drawn");
        let to_line = |at: Pos2| {
            let to_segment = |ends: &[Pos2]| {
                let along = ends[1] - ends[0];
                let share = (at - ends[0]).dot(along) / along.length_sq().max(1e-9);
                at.distance(ends[0] + share.clamp(0.0, 1.0) * along)
            };
            points.windows(2).map(to_segment).fold(f32::INFINITY, f32::min)
        };
        // Not a number is no distance at all.
        let far = |a: f32, b: f32| if b <= a { a } else { b };
        mesh.vertices.iter().map(|vertex| to_line(vertex.pos)).fold(0.0, far)
    }

    #[test]
    fn a_line_that_turns_back_is_drawn_where_it_is_in_a_storm_of_reversals() {
        let mut random = fastrand::Rng::with_seed(11);
        for round in 0..200_000 {
            let at = pos2(2000.0 * random.f32(), 1500.0 * random.f32());
            let length = 10f32.powf(4.0 * random.f32() - 1.0);
            let step = length * egui::Vec2::angled(std::f32::consts::TAU * random.f32());
            // Back by as much, a part, or more; exactly, as rounding has it, and off by a little.
            let off = [0.0, 1e-7, 1e-5, 1e-3, 0.03][round % 5] * (random.f32() - 0.5);
            let back = -[1.0, 0.3, 2.5, 1e-3][round / 5 % 4] * (step + off * step.rot90());
            let tip = at + step;
            let lines: [&[Pos2]; 4] = [
                &[at, tip, tip + back],
                &[at, tip, at, tip, at + 0.1 * step, tip],
                &[at - 0.2 * step.rot90(), at, tip, tip, tip, tip + back, at],
                &[at, at.lerp(tip, 0.999_999_9), tip, tip + back, at - step],
            ];
            let line = lines[random.usize(0..4)];
            // Half the width and the soft edge, times √2 for a corner.
            let far = strays(line, 4.2);
            assert!(far < 4.5, "{far} off {line:?}");
        }
    }

    #[test]
    fn a_line_that_turns_nowhere_back_is_left_as_it_is() {
        let line: Vec<Pos2> = (0..100).map(|k| pos2(k as f32, 30.0 * (0.9 * k as f32).sin())).collect();
        let stroke = Stroke::new(1.0, egui::Color32::WHITE);
        assert_eq!(line_shape(&line, stroke), Shape::line(line, stroke));
        assert_eq!(line_shape(&[pos2(1.0, 1.0); 3], stroke), Shape::Noop);
    }
}
