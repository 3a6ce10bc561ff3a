//! What the contours are of, where that is not the cost: a line in a corner, so that nobody takes them for those of J.

use egui::{Align2, FontId};

use super::scene::{Layer, Scene};
use crate::figure::look::number::short;
use crate::figure::look::parts::Part;
use crate::session::{Contours, ContoursOf};

/// The line.
#[derive(Default)]
pub(in crate::figure) struct ContoursNoteLayer;

impl Layer for ContoursNoteLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Scene { painter, projection, inks, picture, .. } = *scene;
        let is_told = scene.shows(Part::Isolines) || scene.shows(Part::HeatMap);
        if let Some(contours) = picture.contours.as_ref().filter(|_| is_told) {
            let text = words(contours, &picture.scenario.run_name(contours.run));
            let galley = painter.layout_no_wrap(text, FontId::proportional(12.5), inks.mark);
            let rect = Align2::RIGHT_TOP.align_size_within_rect(galley.size(), projection.frame.shrink(10.0));
            painter.rect_filled(rect.expand(4.0), 3.0, inks.label_background);
            painter.galley(rect.min, galley, inks.mark);
        }
        true
    }
}

/// Of what, and whose.
fn words(contours: &Contours, run: &str) -> String {
    let Contours { of, step, multipliers, .. } = contours;
    let what = if *of == ContoursOf::Lagrangian { "J − λh" } else { "what is walked on" };
    let lambda: Vec<String> = multipliers.iter().map(|multiplier| short(*multiplier, 4)).collect();
    format!("contours of {what}: {run}, step {step}, λ {}", lambda.join(", "))
}
