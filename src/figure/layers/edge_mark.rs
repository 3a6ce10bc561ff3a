//! Marks at the edge of the plot for what is outside of it: where each head has gone that cannot be seen.

use egui::{Pos2, Rect, Shape, Stroke, Vec2, vec2};

use crate::elementary;
use crate::figure::look::palette::{MARKER_EDGE, PathStyle};
use crate::figure::plane::camera::Projection;

/// A mark at the edge of the plot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EdgeMark {
    /// Its middle, on the screen.
    pub at: Pos2,
    /// A vector of length 1 on the screen, from the middle of the plot towards what is outside.
    pub direction: Vec2,
}

/// The middle of a mark is this far from the frame, so that all of it is inside, in screen points.
const INSET: f32 = 17.0;
/// Neighboring marks are at least this far apart along the edge, if there is room.
const SPACING: f32 = 19.0;
const RADIUS: f32 = 4.5;
/// Where the arrow begins and ends, from the middle of the mark, and half its width.
const ARROW: [f32; 3] = [7.5, 15.0, 6.0];

/// Where marks have their middles.
fn track(frame: Rect) -> Option<Rect> {
    let track = frame.shrink(INSET);
    (track.width() > SPACING && track.height() > SPACING).then_some(track)
}

/// The mark for a head that lies outside of the plot, on the straight line to it from the middle of the plot. `None` if it
/// lies inside, is not finite, or the plot is too small for marks.
pub fn edge_mark(projection: Projection, head: [f64; 2]) -> Option<EdgeMark> {
    let Projection { region, frame } = projection;
    let track = track(frame)?;
    let inside = |[low, high]: [f64; 2], c: f64| (low..=high).contains(&c);
    if !head.iter().all(|c| c.is_finite()) || (inside(region.x, head[0]) && inside(region.y, head[1])) {
        return None;
    }
    // In units of the larger distance, so that a head at 1e300 keeps its direction on its way to the screen.
    let away = |[low, high]: [f64; 2], c: f64| c - (0.5 * low + 0.5 * high);
    let [right, up] = [away(region.x, head[0]), away(region.y, head[1])];
    let unit = right.abs().max(up.abs());
    let on_screen = |distance: f64, [low, high]: [f64; 2], points: f32| {
        distance / unit * (f64::from(points) / (high - low))
    };
    let x = on_screen(right, region.x, frame.width());
    let y = -on_screen(up, region.y, frame.height());
    let length = elementary::hypot(x, y);
    let direction = vec2((x / length) as f32, (y / length) as f32);
    let reach = 0.5 * track.size() / direction.abs();
    Some(EdgeMark { at: track.clamp(track.center() + reach.min_elem() * direction), direction })
}

/// The marks for several heads, moved along the edge until each can be seen; `None` for each head that needs none.
pub fn edge_marks(projection: Projection, heads: &[[f64; 2]]) -> Vec<Option<EdgeMark>> {
    let mut marks: Vec<Option<EdgeMark>> = heads.iter().map(|head| edge_mark(projection, *head)).collect();
    let Some(track) = track(projection.frame) else { return marks };
    let mut places: Vec<(usize, f32)> = (marks.iter().enumerate())
        .filter_map(|(index, mark)| Some((index, along(track, mark.as_ref()?.at))))
        .collect();
    places.sort_by(|a, b| a.1.total_cmp(&b.1));
    let length = 2.0 * (track.width() + track.height());
    let positions: Vec<f32> = places.iter().map(|(_, place)| *place).collect();
    for ((index, _), place) in places.iter().zip(spread(&positions, length)) {
        if let Some(mark) = &mut marks[*index] {
            mark.at = at(track, place);
        }
    }
    marks
}

/// How far along the edge of a rectangle a point of it is, clockwise from the top left corner.
fn along(track: Rect, at: Pos2) -> f32 {
    let [from_left, from_top] = [at.x - track.left(), at.y - track.top()];
    let [to_right, to_bottom] = [track.right() - at.x, track.bottom() - at.y];
    let nearest = from_left.min(from_top).min(to_right).min(to_bottom);
    if nearest == from_top {
        from_left
    } else if nearest == to_right {
        track.width() + from_top
    } else if nearest == to_bottom {
        track.width() + track.height() + to_right
    } else {
        2.0 * track.width() + track.height() + to_bottom
    }
}

/// The point of the edge of a rectangle at this way along it.
fn at(track: Rect, along: f32) -> Pos2 {
    let [width, height] = track.size().into();
    let along = along.rem_euclid(2.0 * (width + height));
    if along < width {
        track.left_top() + vec2(along, 0.0)
    } else if along < width + height {
        track.right_top() + vec2(0.0, along - width)
    } else if along < 2.0 * width + height {
        track.right_bottom() - vec2(along - width - height, 0.0)
    } else {
        track.left_bottom() - vec2(0.0, along - 2.0 * width - height)
    }
}

/// Moves ascending positions on a ring of this length as little as needed (in the sum of squares) until neighbors are
/// [`SPACING`] apart, or less if there are too many. The ring is cut in its widest gap. What remains is isotonic regression
/// of the positions less their places in a row: neighbors in the wrong order are pooled at their mean.
fn spread(positions: &[f32], length: f32) -> Vec<f32> {
    let count = positions.len();
    if count < 2 {
        return positions.to_vec();
    }
    let spacing = SPACING.min(0.5 * length / count as f32);
    let gap = |k: usize| match positions.get(k + 1) {
        Some(next) => next - positions[k],
        None => positions[0] + length - positions[k],
    };
    let widest = (0..count).fold(0, |widest, k| if gap(k) > gap(widest) { k } else { widest });
    let first = (widest + 1) % count;
    let in_row = |k: usize| positions[(first + k) % count] + if first + k >= count { length } else { 0.0 };
    let mut pools: Vec<(f32, usize)> = Vec::new();
    for k in 0..count {
        let mut pool = (in_row(k) - k as f32 * spacing, 1);
        while let Some(last) = pools.pop_if(|last| last.0 > pool.0) {
            let size = last.1 + pool.1;
            pool = ((last.0 * last.1 as f32 + pool.0 * pool.1 as f32) / size as f32, size);
        }
        pools.push(pool);
    }
    let mut row: Vec<f32> =
        pools.into_iter().flat_map(|(mean, size)| std::iter::repeat_n(mean, size)).collect();
    row.iter_mut().enumerate().for_each(|(k, place)| *place += k as f32 * spacing);
    row.rotate_right(first);
    row
}

/// A mark for each head outside of the plot: the run's marker, and an arrow to where its head is.
pub(in crate::figure) fn edge_mark_shapes(
    projection: Projection,
    heads: &[([f64; 2], PathStyle)],
) -> Vec<Shape> {
    let positions: Vec<[f64; 2]> = heads.iter().map(|(head, _)| *head).collect();
    let marks = edge_marks(projection, &positions).into_iter().zip(heads);
    marks.filter_map(|(mark, (_, style))| Some(mark_shapes(mark?, *style))).flatten().collect()
}

fn mark_shapes(EdgeMark { at, direction }: EdgeMark, style: PathStyle) -> Vec<Shape> {
    let [base, tip, half_width] = ARROW;
    let across = half_width * direction.rot90();
    let base = at + base * direction;
    let arrow = vec![at + tip * direction, base + across, base - across];
    let edge = Stroke::new(MARKER_EDGE, style.edge);
    let mut shapes = vec![
        Shape::closed_line(arrow.clone(), Stroke::new(2.0 * edge.width, edge.color)),
        Shape::convex_polygon(arrow, style.color, Stroke::NONE),
    ];
    shapes.extend(style.marker.shapes(at, RADIUS, style.color, edge));
    shapes
}

#[cfg(test)]
mod tests;
