//! A turned rectangle: the room that a text takes on the screen.

use egui::emath::Rot2;
use egui::{Pos2, Vec2, vec2};

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextBox {
    /// Its middle on the screen.
    pub center: Pos2,
    /// By how much it is turned clockwise, in radians.
    pub angle: f32,
    /// Width and height in points, before it is turned.
    pub size: Vec2,
}

impl TextBox {
    /// The corners of the text with `room` around it.
    pub fn corners(&self, room: f32) -> [Pos2; 4] {
        let half = 0.5 * self.size + Vec2::splat(room);
        let turn = Rot2::from_angle(self.angle);
        [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]
            .map(|[x, y]| self.center + turn * vec2(x * half.x, y * half.y))
    }

    /// Whether two texts, with half of `room` around each, share a point.
    pub fn overlaps(&self, other: &Self, room: f32) -> bool {
        let reach = 0.5 * (self.size.length() + other.size.length()) + 2.0 * room;
        if self.center.distance(other.center) > reach {
            return false;
        }
        let boxes = [self.corners(0.5 * room), other.corners(0.5 * room)];
        // Two rectangles are apart if a side of one of them separates them.
        let is_separated_along = |axis: Vec2| {
            let [a, b] = boxes.map(|corners| {
                let places = corners.map(|corner| corner.to_vec2().dot(axis));
                places.into_iter().fold([f32::INFINITY, f32::NEG_INFINITY], |[low, high], place| {
                    [low.min(place), high.max(place)]
                })
            });
            a[1] < b[0] || b[1] < a[0]
        };
        let sides = [self.angle, other.angle].map(Vec2::angled);
        !sides.into_iter().any(|side| is_separated_along(side) || is_separated_along(side.rot90()))
    }

    /// Whether a circle touches the text.
    pub fn touches(&self, center: Pos2, radius: f32) -> bool {
        let local = Rot2::from_angle(-self.angle) * (center - self.center);
        let half = 0.5 * self.size;
        let beyond = vec2((local.x.abs() - half.x).max(0.0), (local.y.abs() - half.y).max(0.0));
        beyond.length() < radius
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;
    use std::f32::consts::FRAC_PI_2;

    const FLAT: TextBox = TextBox { center: pos2(100.0, 100.0), angle: 0.0, size: vec2(40.0, 10.0) };

    #[test]
    fn turned_boxes_overlap_only_where_they_meet() {
        let upright = |x, y| TextBox { center: pos2(x, y), angle: FRAC_PI_2, ..FLAT };
        assert!(FLAT.overlaps(&upright(100.0, 120.0), 0.0), "its upper end is at y = 100");
        assert!(!FLAT.overlaps(&upright(100.0, 126.0), 0.0));
        assert!(FLAT.overlaps(&upright(100.0, 126.0), 2.0));
        assert!(!FLAT.overlaps(&upright(126.0, 100.0), 0.0));
        // Beside each other along a diagonal: the rectangles around them meet, they do not.
        let slanted = TextBox { angle: 0.8, ..FLAT };
        let beside = TextBox { center: slanted.center + 12.0 * Vec2::angled(0.8 + FRAC_PI_2), ..slanted };
        assert!(!slanted.overlaps(&beside, 1.0) && slanted.overlaps(&beside, 3.0));
    }

    #[test]
    fn a_circle_touches_the_turned_box() {
        let upright = TextBox { angle: FRAC_PI_2, ..FLAT };
        assert!(upright.touches(pos2(100.0, 124.0), 5.0) && !upright.touches(pos2(100.0, 126.0), 5.0));
        assert!(!upright.touches(pos2(115.0, 100.0), 5.0) && FLAT.touches(pos2(115.0, 100.0), 5.0));
    }
}
