//! How the window looks. The rules:
//!
//! - One accent, [`ACCENT`]: what is selected, focused, or asks to be used. Other colors belong to the paths and to errors.
//! - Three sizes of text: heading, body, small. Numbers are in the fixed width font where they change while playing, in a
//!   fixed number of digits, so that nothing beside them moves.
//! - Four points between what belongs together, eight between what does not; a card is one frame, never a frame in a frame.
//! - Icons are drawn, not typed: no font has all of them.
//! - Every control has a name for assistive technology and a sentence that says what it does; whatever has the focus has a
//!   ring.
//! - The plot gets the room: panels close, rows scroll before they take it.

use egui::{Color32, Context, FontId, TextStyle, Theme, Visuals, vec2};

use crate::ui::widgets::tab_order::TabOrder;
use crate::ui::widgets::turns::Turns;

/// The accent: what is selected or asks to be used.
pub const ACCENT: Color32 = Color32::from_rgb(0x1f, 0x86, 0xc8);

/// The size of the smallest text, in points.
pub const SMALLEST: f32 = 12.0;

/// Gives a context its fonts, sizes and colors, before the first frame.
pub fn prepare(ctx: &Context) {
    ctx.set_fonts(crate::figure::look::fonts::definitions());
    ctx.add_plugin(Turns::default());
    ctx.add_plugin(TabOrder::default());
    // Its keys are actions like any other, with ends to their range.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    for theme in [Theme::Dark, Theme::Light] {
        ctx.style_mut_of(theme, |style| {
            style.text_styles = [
                (TextStyle::Heading, FontId::proportional(17.0)),
                (TextStyle::Body, FontId::proportional(14.0)),
                (TextStyle::Button, FontId::proportional(14.0)),
                (TextStyle::Monospace, FontId::monospace(12.5)),
                (TextStyle::Small, FontId::proportional(SMALLEST)),
            ]
            .into();
            style.spacing.item_spacing = vec2(6.0, 4.0);
            style.spacing.interact_size.y = 20.0;
            style.visuals = visuals(theme);
        });
    }
}

fn visuals(theme: Theme) -> Visuals {
    let mut visuals = match theme {
        Theme::Dark => Visuals::dark(),
        Theme::Light => Visuals::light(),
    };
    visuals.selection.bg_fill = ACCENT.gamma_multiply(if theme == Theme::Dark { 0.75 } else { 0.45 });
    visuals.hyperlink_color = ACCENT;
    visuals.slider_trailing_fill = true;
    visuals.warn_fg_color = warning_color(theme);
    if theme == Theme::Dark {
        // Text that a projector washes out is not read.
        visuals.weak_text_color = Some(Color32::from_gray(170));
        visuals.error_fg_color = Color32::from_rgb(0xff, 0x72, 0x66);
        visuals.widgets.noninteractive.fg_stroke.color = Color32::from_gray(200);
        visuals.widgets.inactive.fg_stroke.color = Color32::from_gray(215);
    } else {
        visuals.weak_text_color = Some(Color32::from_gray(88));
        visuals.error_fg_color = Color32::from_rgb(0xb8, 0x1c, 0x1c);
        visuals.widgets.noninteractive.fg_stroke.color = Color32::from_gray(40);
        visuals.widgets.inactive.fg_stroke.color = Color32::from_gray(30);
    }
    visuals
}

/// The color of an outcome that asks for attention.
pub fn warning_color(theme: Theme) -> Color32 {
    match theme {
        Theme::Dark => Color32::from_rgb(0xff, 0xb0, 0x54),
        Theme::Light => Color32::from_rgb(0x94, 0x4a, 0x00),
    }
}

/// The ink of what theory says: quiet, and no color of a path, of the accent or of a warning.
pub fn theory_color(theme: Theme) -> Color32 {
    match theme {
        Theme::Dark => Color32::from_rgb(0xc9, 0xbf, 0xe6),
        Theme::Light => Color32::from_rgb(0x57, 0x4b, 0x80),
    }
}

/// The inks of minima that are told apart, again from the first one where there are more.
pub fn minimum_colors(theme: Theme) -> [Color32; 6] {
    let rgb = |rgb: u32| Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8);
    match theme {
        Theme::Dark => [0x8fb4ff, 0xf0c060, 0x7fd6a4, 0xf29ac0, 0xc9bfe6, 0xd8d8d8],
        Theme::Light => [0x1f4fb0, 0x9a6200, 0x1c7a48, 0xa82c66, 0x574b80, 0x4a4a4a],
    }
    .map(rgb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::oklab::luminance;

    /// The contrast of two opaque colors (WCAG 2.2, section 1.4.3): from 1 to 21.
    fn contrast(one: Color32, other: Color32) -> f64 {
        let [one, other] = [one, other].map(|color| luminance([color.r(), color.g(), color.b()]));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn over(color: Color32, ground: Color32) -> Color32 {
        ground.blend(color)
    }

    #[test]
    fn every_text_stands_out_from_what_is_behind_it() {
        for theme in [Theme::Dark, Theme::Light] {
            let visuals = visuals(theme);
            let texts = [
                ("text", visuals.text_color()),
                ("weak", visuals.weak_text_color()),
                ("strong", visuals.strong_text_color()),
                ("error", visuals.error_fg_color),
                ("warning", visuals.warn_fg_color),
                ("theory", theory_color(theme)),
            ];
            let panel = visuals.panel_fill;
            let grounds = [
                panel,
                visuals.window_fill,
                visuals.text_edit_bg_color(),
                over(visuals.faint_bg_color, panel),
            ];
            for ground in grounds {
                for (name, text) in texts {
                    let found = contrast(text, ground);
                    assert!(found >= 4.5, "{theme:?}: {name} has {found:.2} on {ground:?}");
                }
            }
            for widgets in [
                &visuals.widgets.inactive,
                &visuals.widgets.hovered,
                &visuals.widgets.active,
                &visuals.widgets.open,
            ] {
                let found = contrast(widgets.fg_stroke.color, over(widgets.weak_bg_fill, panel));
                assert!(found >= 4.5, "{theme:?}: a button has {found:.2}");
            }
        }
    }

    #[test]
    fn no_text_is_smaller_than_the_smallest() {
        let ctx = Context::default();
        prepare(&ctx);
        for theme in [Theme::Dark, Theme::Light] {
            for (style, font) in &ctx.style_of(theme).text_styles {
                assert!(font.size >= SMALLEST, "{style:?}: {}", font.size);
            }
        }
    }
}
