//! What stands beside a stage over the plot: a symbol of the rule, set as mathematics.

use egui::emath::Rot2;
use egui::{Pos2, Rect, Ui, UiBuilder, Vec2, vec2};

use crate::figure::look::palette::Inks;
use crate::figure::mathematics::Mathematics;

/// Height of an em of the labels, in points.
pub(super) const LABEL_SIZE: f32 = 15.0;

/// What stands beside a stage.
pub(super) struct Label<'a> {
    pub text: &'a str,
    /// Where it belongs.
    pub anchor: Pos2,
    /// To which side of that.
    pub away: Vec2,
    /// From 0 for nothing to 1 for the whole ink.
    pub strength: f32,
}

impl Label<'_> {
    /// Writes it where it covers no other, nor the end of the step, as near as that can be to where it belongs.
    pub fn show_ui(&self, ui: &mut Ui, frame: Rect, inks: Inks, taken: &mut Vec<Rect>) {
        let latex = latex_of(self.text);
        let formula = Mathematics { latex: &latex, spoken: self.text, size: LABEL_SIZE };
        let Some(natural) = formula.natural_size(ui) else { return };
        let size = natural + vec2(8.0, 5.0);
        let first = if self.away.length() > 0.1 { self.away.normalized() } else { vec2(1.0, 0.0) };
        let turns = [0.0_f32, 0.7, -0.7, 1.4, -1.4, 2.2, -2.2, std::f32::consts::PI];
        let places = [4.0, 20.0, 40.0, 62.0].into_iter().flat_map(|distance| {
            turns.map(|turn| {
                let direction = Rot2::from_angle(turn) * first;
                let half = 0.5 * size + Vec2::splat(distance);
                Rect::from_center_size(self.anchor + direction * half, size)
            })
        });
        let is_free =
            |rect: &Rect| frame.contains_rect(*rect) && !taken.iter().any(|other| other.intersects(*rect));
        let Some(rect) = places.clone().find(is_free).or_else(|| places.clone().next()) else { return };
        taken.push(rect);
        let builder =
            UiBuilder::new().max_rect(Rect::from_center_size(rect.center(), natural + vec2(2.0, 0.0)));
        let mut ui = ui.new_child(builder);
        ui.shrink_clip_rect(frame);
        ui.painter().rect_filled(rect, 3.0, inks.label_background);
        ui.visuals_mut().override_text_color = Some(inks.mark.gamma_multiply(self.strength));
        formula.show_ui(&mut ui);
    }
}

/// The LaTeX of a label, which is written in the symbols of the rules.
pub(super) fn latex_of(text: &str) -> String {
    const COMMANDS: [(&str, &str); 19] = [
        ("⊙", r"\odot "),
        ("√ŝ", r"\sqrt{\hat{s}}"),
        ("√s", r"\sqrt{s}"),
        ("√û", r"\sqrt{\hat{u}}"),
        ("√q", r"\sqrt{q}"),
        ("m̂", r"\hat{m}"),
        ("ŝ", r"\hat{s}"),
        ("û", r"\hat{u}"),
        ("rate", r"\mathrm{rate}"),
        ("max", r"\max"),
        ("α", r"\alpha "),
        ("β", r"\beta "),
        ("δ", r"\delta "),
        ("ε", r"\varepsilon "),
        ("θ", r"\theta "),
        ("λ", r"\lambda "),
        ("⁻¹", "^{-1}"),
        ("²", "^2"),
        ("−", "-"),
    ];
    COMMANDS.iter().fold(text.to_owned(), |latex, (symbol, command)| latex.replace(symbol, command))
}
