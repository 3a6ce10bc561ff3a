//! What the program is, under which licences, and where it comes from.

use egui::{Id, Label, Modal, RichText, Ui};

const PARAGRAPHS: [&str; 4] = [
    "Watch gradient descent and its relatives walk over the contour plot of any cost function of two variables.",
    "It follows lecture notes on gradient descent and its variants, and Lili Jiang's program for her article \u{201c}A Visual \
     Explanation of Gradient Descent Methods\u{201d} (2020), from which the colors of the best-known methods are.",
    "Every rule and every benchmark function names its source: in the menu of a card, in the gallery, in the documentation \
     of the code.",
    "Licence: MIT or Apache-2.0, as you choose. Formulas are set in STIX Two Math, under the SIL Open Font License 1.1; all \
     other text is set in Ubuntu and Hack with the symbols of egui's default fonts, under their own free licences.",
];

/// Shows it over the window. Returns whether it was closed.
pub fn about_ui(ui: &Ui) -> bool {
    let modal = Modal::new(Id::unique("about")).show(ui.ctx(), |ui| {
        ui.set_width(420.0_f32.min(ui.ctx().content_rect().width() - 48.0));
        ui.heading("Downhill");
        ui.label(RichText::new(format!("Version {}", env!("CARGO_PKG_VERSION"))).strong());
        for paragraph in PARAGRAPHS {
            ui.add_space(4.0);
            ui.add(Label::new(paragraph).wrap());
        }
        ui.add_space(8.0);
        ui.button("Close").clicked()
    });
    modal.inner || modal.should_close()
}
