//! The colors of the figure, for dark and for light pages.
//!
//! GD cyan, momentum magenta, AdaGrad white (black on light), RMSProp green and Adam blue are those of the field's
//! best-known article (L. Jiang, "A Visual Explanation of Gradient Descent Methods", 2020). A method that runs more
//! than once is told apart by its dashes.

use egui::{Color32, Theme};

use crate::scenario::OptimizerChoice;

/// How one path is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathStyle {
    /// The color of its line, its points and its card.
    pub color: Color32,
    /// Lengths of dash and gap in screen points, alternating; empty for a whole line.
    pub dashes: &'static [f32],
}

/// Method, color on dark, color on light.
const METHOD_COLORS: &[(&str, Color32, Color32)] = &[
    ("gd", Color32::from_rgb(0x2f, 0xe3, 0xf2), Color32::from_rgb(0x00, 0x8c, 0xa5)),
    ("momentum", Color32::from_rgb(0xff, 0x5c, 0xf4), Color32::from_rgb(0xc2, 0x18, 0xb8)),
    ("nesterov", Color32::from_rgb(0xff, 0xa0, 0x3c), Color32::from_rgb(0xd0, 0x62, 0x00)),
    ("adagrad", Color32::from_rgb(0xff, 0xff, 0xff), Color32::from_rgb(0x12, 0x12, 0x12)),
    ("rmsprop", Color32::from_rgb(0x55, 0xe8, 0x6a), Color32::from_rgb(0x13, 0x8a, 0x36)),
    ("adam", Color32::from_rgb(0x5b, 0x9d, 0xff), Color32::from_rgb(0x1f, 0x4f, 0xd8)),
    ("newton", Color32::from_rgb(0xff, 0x6b, 0x6b), Color32::from_rgb(0xcc, 0x1f, 0x2f)),
];

/// The dashes of the first, second, … run of one method.
const DASHES: &[&[f32]] = &[&[], &[9.0, 4.0], &[2.5, 3.5], &[12.0, 3.5, 2.5, 3.5], &[5.0, 7.0]];

/// The style of each run, in the order of the scenario.
pub fn path_styles(optimizers: &[OptimizerChoice], theme: Theme) -> Vec<PathStyle> {
    let same_method_before = |index: usize| {
        let method = optimizers[index].settings.method().id;
        optimizers[..index].iter().filter(|earlier| earlier.settings.method().id == method).count()
    };
    let style = |(index, choice): (usize, &OptimizerChoice)| {
        let id = choice.settings.method().id;
        let color = METHOD_COLORS.iter().find(|(method, ..)| *method == id);
        PathStyle {
            color: color
                .map_or(Color32::GRAY, |(_, dark, light)| if theme == Theme::Dark { *dark } else { *light }),
            dashes: DASHES[same_method_before(index) % DASHES.len()],
        }
    };
    optimizers.iter().enumerate().map(style).collect()
}

/// The colors of everything in the plot that is not a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inks {
    /// Isolines.
    pub isoline: Color32,
    /// A thin edge around paths and markers, so that they stand out on any shade.
    pub edge: Color32,
    /// Start, optima and text inside the plot.
    pub mark: Color32,
    /// What stands behind text inside the plot.
    pub label_background: Color32,
    /// Stripes where the cost is undefined, and what is between them.
    pub hatch: [Color32; 2],
}

impl Inks {
    /// The colors for a theme.
    pub fn of(theme: Theme) -> Self {
        match theme {
            Theme::Dark => Self {
                isoline: Color32::from_white_alpha(70),
                edge: Color32::from_black_alpha(150),
                mark: Color32::WHITE,
                label_background: Color32::from_black_alpha(170),
                hatch: [Color32::from_gray(78), Color32::from_gray(38)],
            },
            Theme::Light => Self {
                isoline: Color32::from_black_alpha(80),
                edge: Color32::from_white_alpha(190),
                mark: Color32::BLACK,
                label_background: Color32::from_white_alpha(215),
                hatch: [Color32::from_gray(176), Color32::from_gray(226)],
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::{METHODS, Settings};

    #[test]
    fn every_method_has_its_own_color_and_a_second_run_its_own_dashes() {
        let once: Vec<OptimizerChoice> =
            METHODS.iter().map(|method| OptimizerChoice::new(Settings::defaults(method))).collect();
        for theme in [Theme::Dark, Theme::Light] {
            let styles = path_styles(&once, theme);
            for (i, style) in styles.iter().enumerate() {
                assert_ne!(style.color, Color32::GRAY, "{}", METHODS[i].id);
                assert!(styles[..i].iter().all(|other| other.color != style.color));
            }
        }
        let twice = [once[0].clone(), once[0].clone()];
        let styles = path_styles(&twice, Theme::Dark);
        assert_eq!(styles[0].color, styles[1].color);
        assert_ne!(styles[0].dashes, styles[1].dashes);
    }
}
