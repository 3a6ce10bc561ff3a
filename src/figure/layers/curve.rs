//! The curve of a cost of one variable, on demand with its derivatives, over the axis.

use egui::{Align2, Color32, FontId, Pos2, Stroke, vec2};

use super::scene::{Layer, Scene};
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::path::{dashes, line_shape, visible_pieces};
use crate::landscape::Curve;

/// The curve itself is this wide, in points, and its derivatives are thinner.
const WIDTHS: [f32; 3] = [2.6, 1.7, 1.7];
/// How the derivatives are dashed, so that they are told apart without color.
const DASHES: [&[f32]; 3] = [&[], &[9.0, 5.0], &[2.5, 4.0]];

/// The curve of the cost, and its derivatives.
#[derive(Default)]
pub(in crate::figure) struct CurveLayer;

impl Layer for CurveLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Some(curves) = scene.picture.curves else { return true };
        let Scene { painter, projection, inks, .. } = *scene;
        if scene.shows(Part::Axes) {
            let [low, high] = projection.region.x.map(|x| projection.to_pos([x, 0.0]));
            if let Some((low, high)) = low.zip(high) {
                painter.line_segment([low, high], Stroke::new(1.0, inks.isoline));
            }
        }
        if !scene.shows(Part::Isolines) {
            return true;
        }
        let name = scene.picture.scenario.cost.letter();
        let names = ["", "\u{2032}", "\u{2033}"].map(|primes| format!("{name}{primes}"));
        let has_several = curves.of.iter().flatten().count() > 1;
        for (place, curve) in curves.of.iter().enumerate().rev() {
            let Some(curve) = curve else { continue };
            let ink = if place == 0 { inks.mark } else { inks.mark.gamma_multiply(0.75) };
            let pieces = on_screen(curve, projection);
            for piece in &pieces {
                for dash in dashes(piece, DASHES[place]) {
                    painter.add(line_shape(&dash, Stroke::new(WIDTHS[place], ink)));
                }
            }
            if has_several {
                label(scene, &pieces, &names[place], ink);
            }
        }
        true
    }
}

/// The lines of a curve as far as they are seen.
fn on_screen(curve: &Curve, projection: Projection) -> Vec<Vec<Pos2>> {
    let clip = projection.frame.expand(2.0 * WIDTHS[0]);
    let lines = curve.lines.iter();
    lines.flat_map(|line| visible_pieces(line.iter().map(|at| projection.to_screen(*at)), clip)).collect()
}

/// Writes the name of a curve beside where it is last seen.
fn label(scene: &Scene<'_>, pieces: &[Vec<Pos2>], name: &str, ink: Color32) {
    let frame = scene.projection.frame.shrink(16.0);
    let seen = pieces.iter().flatten().rev().find(|at| frame.contains(**at));
    let Some(at) = seen else { return };
    let font = FontId::proportional(14.0);
    let galley = scene.painter.layout_no_wrap(name.to_owned(), font, ink);
    let place = Align2::CENTER_BOTTOM.anchor_size(*at - vec2(0.0, 5.0), galley.size());
    scene.painter.rect_filled(place.expand(1.5), 3.0, scene.inks.label_background);
    scene.painter.galley(place.min, galley, ink);
}
