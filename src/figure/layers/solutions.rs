//! The solutions that were found, each kind by a mark of its own.

use egui::{Pos2, Shape, Stroke, pos2};

use super::scene::{Layer, Scene};
use crate::figure::look::inks::Inks;
use crate::figure::look::parts::Part;
use crate::landscape::SolutionKind;

/// From the middle of a mark to its corners, in points.
const REACH: f32 = 6.0;
/// The widths of its lines with their edge, and without.
const WIDTHS: [f32; 2] = [4.2, 1.8];

/// The solutions.
#[derive(Default)]
pub(in crate::figure) struct SolutionLayer;

impl Layer for SolutionLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let is_shown =
            scene.options.shows_solutions || !scene.picture.boundaries.is_empty() || scene.lift.is_on_curve();
        let Some(solutions) = scene.picture.solutions.filter(|_| is_shown && scene.shows(Part::Optima))
        else {
            return true;
        };
        for candidate in solutions.marks.iter().chain(&solutions.candidates) {
            let at = scene.projection.to_pos(scene.lift.place(candidate.point));
            if let Some(at) = at {
                scene.painter.extend(mark_shapes(candidate.kind, at, scene.inks));
            }
        }
        true
    }
}

/// A mark: a triangle that stands on its tip for a minimum and on its base for a maximum, both joined at their tips for a
/// saddle, a square where it is not told.
pub fn mark_shapes(kind: SolutionKind, at: Pos2, inks: Inks) -> Vec<Shape> {
    let corners = |list: &[[f32; 2]]| -> Vec<Pos2> {
        list.iter().map(|[x, y]| pos2(at.x + REACH * x, at.y + REACH * y)).collect()
    };
    let outline = match kind {
        SolutionKind::Minimum => corners(&[[-0.9, -0.7], [0.9, -0.7], [0.0, 0.9]]),
        SolutionKind::Maximum => corners(&[[-0.9, 0.7], [0.0, -0.9], [0.9, 0.7]]),
        SolutionKind::Root => corners(&[[-0.8, 0.0], [0.0, -0.8], [0.8, 0.0], [0.0, 0.8]]),
        SolutionKind::Saddle => corners(&[[-0.9, -0.8], [0.9, -0.8], [-0.9, 0.8], [0.9, 0.8]]),
        SolutionKind::Degenerate => corners(&[[-0.75, -0.75], [0.75, -0.75], [0.75, 0.75], [-0.75, 0.75]]),
    };
    let strokes = WIDTHS.into_iter().zip([inks.edge, inks.mark]);
    strokes.map(|(width, ink)| Shape::closed_line(outline.clone(), Stroke::new(width, ink))).collect()
}
