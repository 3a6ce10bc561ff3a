//! Where the table opens: over the plot, where it hides least.

use egui::{Pos2, Rect, Vec2, vec2};

use crate::figure::camera::Projection;
use crate::session::Session;

/// From the edge of the plot, in points.
const MARGIN: f32 = 8.0;

/// The corner of the plot, as the left upper corner of a window of this size there, in which the fewest iterates of the
/// visible runs are hidden. Of equals the lower left one.
pub(super) fn least_hiding(projection: Projection, size: Vec2, session: &Session) -> Pos2 {
    let room = projection.frame.shrink(MARGIN);
    let [left, top] = [room.left(), room.top()];
    let right = (room.right() - size.x).max(left);
    let bottom = (room.bottom() - size.y).max(top);
    let corners = [[left, bottom], [left, top], [right, bottom], [right, top]].map(Pos2::from);
    let hidden = |corner: &Pos2| {
        let place = Rect::from_min_size(*corner, size);
        let runs = session.scenario().optimizers.iter().enumerate().filter(|(_, run)| run.visible);
        let paths = runs.filter_map(|(index, _)| session.trajectory(index));
        let points = paths.flat_map(|(path, _)| &path.points);
        points.filter(|at| projection.to_pos([at.x, at.y]).is_some_and(|pos| place.contains(pos))).count()
    };
    corners.into_iter().min_by_key(hidden).unwrap_or(room.min)
}

/// What a window has around its content: margins, and the bar with its title.
pub(super) const AROUND: Vec2 = vec2(14.0, 48.0);

#[cfg(test)]
mod tests {
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
            least_hiding(projection, vec2(190.0, 140.0), &session)
        };
        assert_eq!(corner_for([1.9, 1.9]), Pos2::new(8.0, 152.0), "the runs are above at the right");
        assert_eq!(corner_for([-1.9, -1.9]), Pos2::new(8.0, 8.0), "they come from below at the left");
    }
}
