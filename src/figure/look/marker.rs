//! Markers: what tells the runs apart without their colors. Drawn by us as polygons, so that they look the same in the
//! window and in every picture.

use egui::{Color32, Pos2, Shape, Stroke, Vec2, vec2};

use crate::optimizer::MarkerForm;

/// What is inside the outline; the runs of one method take turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Filling {
    /// The color of the path.
    Full,
    /// The ink of the edge: a ring.
    Hollow,
    /// A ring with a dot.
    Dotted,
}

/// How a point of a path is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Marker {
    /// The outline, which is that of the method.
    pub form: MarkerForm,
    /// What is inside.
    pub filling: Filling,
}

/// No marker reaches farther from its center than this, in radii, its edge aside.
pub const REACH: f32 = 1.35;

/// The reach of each form such that all cover about as much as a disk of radius 1.
fn reach(form: MarkerForm) -> f32 {
    match form {
        MarkerForm::Circle => 1.0,
        MarkerForm::Hexagon => 1.1,
        MarkerForm::Pentagon => 1.15,
        MarkerForm::Square => 1.22,
        MarkerForm::Diamond | MarkerForm::Plus | MarkerForm::Cross => 1.25,
        MarkerForm::TriangleUp
        | MarkerForm::TriangleDown
        | MarkerForm::TriangleLeft
        | MarkerForm::TriangleRight
        | MarkerForm::Star
        | MarkerForm::Spark
        | MarkerForm::Hourglass
        | MarkerForm::BowTie
        | MarkerForm::Tripod => REACH,
    }
}

/// The corners of a form that reaches 1 from its center, around it; none of a circle.
fn corners(form: MarkerForm) -> Vec<Vec2> {
    let around = |count: u8, turn: f32, radius: [f32; 2]| -> Vec<Vec2> {
        let angle = |k: u8| std::f32::consts::TAU * (f32::from(k) / f32::from(count) + turn);
        (0..count).map(|k| radius[usize::from(k % 2)] * Vec2::angled(angle(k))).collect()
    };
    match form {
        MarkerForm::Circle => Vec::new(),
        MarkerForm::Square => around(4, 0.125, [1.0; 2]),
        MarkerForm::Diamond => around(4, 0.0, [1.0; 2]),
        MarkerForm::TriangleUp => around(3, -0.25, [1.0; 2]),
        MarkerForm::TriangleDown => around(3, 0.25, [1.0; 2]),
        MarkerForm::TriangleLeft => around(3, 0.5, [1.0; 2]),
        MarkerForm::TriangleRight => around(3, 0.0, [1.0; 2]),
        MarkerForm::Pentagon => around(5, -0.25, [1.0; 2]),
        MarkerForm::Hexagon => around(6, 0.0, [1.0; 2]),
        MarkerForm::Star => around(10, -0.25, [1.0, 0.45]),
        MarkerForm::Spark => around(8, -0.25, [1.0, 0.42]),
        MarkerForm::Tripod => around(6, 0.25, [1.0, 0.45]),
        MarkerForm::Plus => plus(),
        MarkerForm::Cross => {
            let eighth = Vec2::angled(std::f32::consts::FRAC_PI_4);
            plus()
                .into_iter()
                .map(|v| vec2(v.x * eighth.x - v.y * eighth.y, v.x * eighth.y + v.y * eighth.x))
                .collect()
        }
        MarkerForm::Hourglass => hourglass().to_vec(),
        MarkerForm::BowTie => hourglass().map(|v| vec2(-v.y, v.x)).to_vec(),
    }
}

fn plus() -> Vec<Vec2> {
    let [tip, side] = [0.93, 0.34];
    let quarter = [vec2(side, -side), vec2(tip, -side), vec2(tip, side)];
    let turn = |v: Vec2, times: usize| (0..times).fold(v, |v, _| vec2(-v.y, v.x));
    (0..4).flat_map(|times| quarter.map(|v| turn(v, times))).collect()
}

/// Two triangles, tip to tip, with a waist that can be seen.
fn hourglass() -> [Vec2; 6] {
    let [wide, waist, high] = [0.66, 0.15, 0.75];
    [
        vec2(-wide, -high),
        vec2(wide, -high),
        vec2(waist, 0.0),
        vec2(wide, high),
        vec2(-wide, high),
        vec2(-waist, 0.0),
    ]
}

/// Convex polygons that cover a form together; those of a star overlap, so that no seam shows.
fn pieces(form: MarkerForm, corners: &[Pos2], center: Pos2) -> Vec<Vec<Pos2>> {
    match form {
        MarkerForm::Circle => Vec::new(),
        MarkerForm::Plus | MarkerForm::Cross => {
            let bar = |ends: [usize; 4]| ends.map(|k| corners[k]).to_vec();
            vec![bar([1, 2, 7, 8]), bar([4, 5, 10, 11])]
        }
        MarkerForm::Star | MarkerForm::Spark | MarkerForm::Tripod => {
            let count = corners.len();
            let tip = |k: usize| vec![center, corners[(k + count - 1) % count], corners[k], corners[k + 1]];
            let tips = (0..count).step_by(2);
            let inner = tips.clone().map(|k| corners[k + 1]).collect();
            tips.map(tip).chain([inner]).collect()
        }
        MarkerForm::Hourglass | MarkerForm::BowTie => {
            let half = |ends: [usize; 4]| ends.map(|k| corners[k]).to_vec();
            vec![half([0, 1, 2, 5]), half([2, 3, 4, 5])]
        }
        _ => vec![corners.to_vec()],
    }
}

impl Marker {
    /// The marker around `center`, as large as a disk of this radius, with an edge of this width in the ink `edge`.
    pub fn shapes(self, center: Pos2, radius: f32, color: Color32, edge: Stroke) -> Vec<Shape> {
        let reach = radius * reach(self.form);
        let corners: Vec<Pos2> =
            corners(self.form).into_iter().map(|corner| center + reach * corner).collect();
        let outline = |stroke: Stroke| match self.form {
            MarkerForm::Circle => Shape::circle_stroke(center, reach, stroke),
            _ => Shape::closed_line(corners.clone(), stroke),
        };
        let filled = |color: Color32| match self.form {
            MarkerForm::Circle => vec![Shape::circle_filled(center, reach, color)],
            form => pieces(form, &corners, center)
                .into_iter()
                .map(|piece| Shape::convex_polygon(piece, color, Stroke::NONE))
                .collect(),
        };
        if self.filling == Filling::Full {
            return std::iter::once(outline(Stroke::new(2.0 * edge.width, edge.color)))
                .chain(filled(color))
                .collect();
        }
        let ring = (0.32 * radius).clamp(1.0, 1.8);
        let mut shapes = vec![outline(Stroke::new(ring + 2.0 * edge.width, edge.color))];
        shapes.extend(filled(edge.color.to_opaque()));
        shapes.push(outline(Stroke::new(ring, color)));
        if self.filling == Filling::Dotted {
            shapes.push(Shape::circle_filled(center, 0.36 * radius, color));
        }
        shapes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Rect, pos2};

    const FORMS: [MarkerForm; 16] = [
        MarkerForm::Circle,
        MarkerForm::Square,
        MarkerForm::Diamond,
        MarkerForm::TriangleUp,
        MarkerForm::TriangleDown,
        MarkerForm::Plus,
        MarkerForm::Star,
        MarkerForm::Cross,
        MarkerForm::TriangleLeft,
        MarkerForm::TriangleRight,
        MarkerForm::Pentagon,
        MarkerForm::Hexagon,
        MarkerForm::Spark,
        MarkerForm::Hourglass,
        MarkerForm::BowTie,
        MarkerForm::Tripod,
    ];

    /// The area of a polygon: half the sum of the cross products of its sides.
    fn area(corners: &[Pos2]) -> f32 {
        let next = corners.iter().cycle().skip(1);
        0.5 * corners.iter().zip(next).map(|(a, b)| a.x * b.y - a.y * b.x).sum::<f32>()
    }

    #[test]
    fn every_marker_stays_within_its_reach_and_is_about_as_large_as_the_disk() {
        let (center, radius, edge) = (pos2(40.0, 30.0), 5.0, Stroke::new(1.2, Color32::BLACK));
        let room = Rect::from_center_size(center, Vec2::splat(2.0 * (radius * REACH + 0.9 + edge.width)));
        for form in FORMS {
            for filling in [Filling::Full, Filling::Hollow, Filling::Dotted] {
                let shapes = Marker { form, filling }.shapes(center, radius, Color32::RED, edge);
                assert!(shapes.iter().all(|shape| room.contains_rect(shape.visual_bounding_rect())));
            }
            if form != MarkerForm::Circle {
                let corners: Vec<Pos2> =
                    corners(form).into_iter().map(|c| (reach(form) * c).to_pos2()).collect();
                let area = area(&corners) / std::f32::consts::PI;
                assert!((0.6..1.1).contains(&area), "{form:?}: {area}");
            }
        }
    }

    #[test]
    fn pieces_are_convex_and_within_the_outline() {
        for form in FORMS {
            let corners: Vec<Pos2> = corners(form).into_iter().map(Vec2::to_pos2).collect();
            let pieces = pieces(form, &corners, Pos2::ZERO);
            for piece in &pieces {
                let turns = (0..piece.len()).map(|k| {
                    let [a, b, c] = [0, 1, 2].map(|more| piece[(k + more) % piece.len()]);
                    (b - a).x * (c - b).y - (b - a).y * (c - b).x
                });
                assert!(turns.into_iter().all(|turn| turn > 0.0), "{form:?}");
            }
            let covered = pieces.iter().map(|piece| area(piece)).sum::<f32>();
            assert!(covered >= area(&corners) - 1e-4, "{form:?}: {covered}");
        }
    }
}
