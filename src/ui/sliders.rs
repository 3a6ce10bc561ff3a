//! Sliders for numbers, with a value that can be typed.

use std::ops::RangeInclusive;

use egui::{Response, Slider, SliderClamping, Ui};

/// How a number is slid and shown.
#[derive(Clone, Debug)]
pub(super) struct NumberSlider<'a> {
    /// What stands before the slider.
    pub symbol: &'a str,
    /// What assistive technology calls it.
    pub name: &'a str,
    /// What it means.
    pub explanation: &'a str,
    /// The ends of the slider; a value that is typed may lie beyond.
    pub range: RangeInclusive<f64>,
    /// Whether equal distances are equal ratios.
    pub logarithmic: bool,
}

/// Room for the value beside a slider, in points: the longest text is `-1.235e-12`.
const VALUE_WIDTH: f32 = 76.0;

/// The shortest text that shows a setting: four significant digits, without trailing zeros.
pub(super) fn setting_text(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}");
    }
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    if (1e-4..1e6).contains(&rounded.abs()) { format!("{rounded}") } else { format!("{rounded:e}") }
}

impl NumberSlider<'_> {
    /// Draws symbol, slider and value into one row. `symbol_width` aligns the sliders of a card.
    pub fn show_ui(&self, ui: &mut Ui, value: &mut f64, symbol_width: f32) -> Response {
        ui.horizontal(|ui| {
            let height = ui.spacing().interact_size.y;
            ui.allocate_ui_with_layout(
                egui::vec2(symbol_width, height),
                egui::Layout::left_to_right(egui::Align::Center),
                |ui| {
                    ui.set_min_width(symbol_width);
                    ui.label(self.symbol).on_hover_text(self.explanation);
                },
            );
            ui.spacing_mut().slider_width =
                (ui.available_width() - VALUE_WIDTH - ui.spacing().item_spacing.x).clamp(40.0, 260.0);
            ui.spacing_mut().interact_size.x = VALUE_WIDTH;
            let smallest = self.range.start().abs().max(1e-12);
            let slider = Slider::new(value, self.range.clone())
                .logarithmic(self.logarithmic)
                .smallest_positive(smallest)
                .clamping(SliderClamping::Never)
                .custom_formatter(|value, _| setting_text(value))
                .custom_parser(parse_number);
            let response = ui.add(slider);
            response.widget_info(|| egui::WidgetInfo::slider(true, *value, self.name));
            response.on_hover_text(self.explanation)
        })
        .inner
    }
}

/// A typed number, with the signs that people paste.
pub(super) fn parse_number(text: &str) -> Option<f64> {
    let plain: String = text.trim().chars().map(|c| if c == '\u{2212}' { '-' } else { c }).collect();
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_written_as_people_write_them() {
        let written = [0.05, 0.001, 1e-8, 0.9, 0.123_456_789, 100.0, 2e7, -0.5, 0.0].map(setting_text);
        assert_eq!(written, ["0.05", "0.001", "1e-8", "0.9", "0.1235", "100", "2e7", "-0.5", "0"]);
    }

    #[test]
    fn typed_numbers_are_read_and_nonsense_is_not() {
        assert_eq!(parse_number(" −0.5 "), Some(-0.5));
        assert_eq!(parse_number("1e-3"), Some(0.001));
        for nonsense in ["", "abc", "inf", "nan", "1e999"] {
            assert_eq!(parse_number(nonsense), None, "{nonsense}");
        }
    }
}
