//! What tells a run from others, as small as a word.

use egui::{Sense, Ui, vec2};

use crate::figure::look::palette::{PathStyle, sample_shapes};

/// A piece of the path as it is drawn.
pub fn swatch_ui(ui: &mut Ui, style: PathStyle) {
    let (rect, _) = ui.allocate_exact_size(vec2(36.0, 14.0), Sense::hover());
    ui.painter().extend(sample_shapes(rect, style));
}
