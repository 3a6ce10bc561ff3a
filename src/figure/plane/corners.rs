//! Where something lies over the plot and hides least of the paths.

use egui::{Align2, Rect, Vec2};

use super::camera::Projection;
use crate::session::Session;

/// From the edge of the plot, in points.
const MARGIN: f32 = 8.0;
/// So many of the drawn iterates of a run, evenly spread, tell where it goes.
const MOST_POINTS: usize = 1000;

/// The place of this size in that of these corners of the plot in which the fewest iterates of the visible runs are hidden;
/// of equals in the first.
pub fn least_hiding(corners: &[Align2], projection: Projection, size: Vec2, session: &Session) -> Rect {
    let room = projection.frame.shrink(MARGIN);
    let room = Rect::from_min_size(room.min, room.size().max(size));
    let hidden = |place: &Rect| {
        let points = session.visible_paths().flat_map(|path| {
            let points = path.trajectory.polyline(u32::MAX);
            points.from(0).step_by(points.len().div_ceil(MOST_POINTS).max(1))
        });
        points.filter(|at| projection.to_pos([at.x, at.y]).is_some_and(|pos| place.contains(pos))).count()
    };
    let places = corners.iter().map(|corner| corner.align_size_within_rect(size, room));
    places.min_by_key(hidden).unwrap_or(Rect::from_min_size(room.min, size))
}

#[cfg(test)]
mod tests {
    use egui::{Pos2, vec2};

    use super::*;
    use crate::landscape::Region;
    use crate::scenario::Scenario;

    #[test]
    fn the_corner_without_paths_is_taken() {
        let frame = Rect::from_min_size(Pos2::ZERO, vec2(400.0, 300.0));
        let corner_for = |start: [f64; 2]| {
            let mut scenario = Scenario::of_formula("(x - 2)^2 + (y - 2)^2");
            scenario.run.start = start;
            let projection = Projection { region: Region { x: [-4.0, 4.0], y: [-4.0, 4.0] }, frame };
            let mut session = Session::new(scenario);
            session.finish();
            let corners = [Align2::LEFT_BOTTOM, Align2::LEFT_TOP, Align2::RIGHT_BOTTOM, Align2::RIGHT_TOP];
            least_hiding(&corners, projection, vec2(190.0, 140.0), &session).min
        };
        assert_eq!(corner_for([1.9, 1.9]), Pos2::new(8.0, 152.0), "the runs are above at the right");
        assert_eq!(corner_for([-1.9, -1.9]), Pos2::new(8.0, 8.0), "they come from below at the left");
    }
}
