//! Everything that is chosen about a figure and is not in the scenario.

use egui::{Theme, Vec2, vec2};
use serde::{Deserialize, Serialize};

use super::camera::Camera;
use super::look::Look;
use super::parts::{Part, Parts};
use super::presets::Preset;
use crate::landscape::{ColorMap, Region};

/// The choices about a figure. With a scenario they say every byte of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FigureSpec {
    /// Width and height in points, within [`SIDE`].
    pub size: [f32; 2],
    /// What a point is.
    pub unit: Unit,
    /// Pixels for each point, in pictures that are made of pixels.
    pub scale: f32,
    /// The size of the type of the legend and the axes, in points. Lines and marks grow with it.
    pub type_size: f32,
    /// A light page or a dark one.
    pub theme: Page,
    /// Leaves out the color of the page.
    pub is_transparent: bool,
    /// Colors of paths and heat map.
    pub look: Look,
    /// The step at which the runs are shown; the last one of the longest run where there is none.
    pub step: Option<u32>,
    /// The part of the plane that is seen; the scenario's window where there is none.
    pub view: Option<View>,
    /// What is shown.
    #[serde(rename = "without")]
    pub parts: Parts,
}

/// What a point of a figure is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A pixel at scale 1, as screens count them.
    #[default]
    Pixel,
    /// 1/72 of an inch, as printers count them.
    Point,
}

/// The color of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Page {
    /// White.
    #[default]
    Light,
    /// Nearly black.
    Dark,
}

impl From<Page> for Theme {
    fn from(page: Page) -> Self {
        if page == Page::Dark { Theme::Dark } else { Theme::Light }
    }
}

impl From<Theme> for Page {
    fn from(theme: Theme) -> Self {
        if theme == Theme::Dark { Page::Dark } else { Page::Light }
    }
}

/// A part of the plane that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// The range of the first variable that is seen at least.
    pub x: [f64; 2],
    /// The range of the second.
    pub y: [f64; 2],
    /// One unit of x as long as one of y.
    pub equal_axes: bool,
}

impl From<Camera> for View {
    fn from(camera: Camera) -> Self {
        let Region { x, y } = camera.region;
        Self { x, y, equal_axes: camera.equal_axes }
    }
}

/// Why there is no such figure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SpecError {
    /// A side is too short or too long, or no number.
    #[error(
        "a figure of {width}×{height} cannot be made: each side must have {} to {} points",
        SIDE[0],
        SIDE[1]
    )]
    Size {
        /// The width asked for.
        width: f32,
        /// The height asked for.
        height: f32,
    },
    /// The scale is not within [`SCALE`].
    #[error("a scale of {0} cannot be made: it must be between {low} and {high}", low = SCALE[0], high = SCALE[1])]
    Scale(f32),
    /// The type size is not within [`TYPE_SIZE`].
    #[error("type of {0} points cannot be set: it must have {low} to {high}", low = TYPE_SIZE[0], high = TYPE_SIZE[1])]
    TypeSize(f32),
    /// More pixels than can be held.
    #[error("{width}×{height} pixels are too many: a picture has at most {} million", MAX_PIXELS / 1_000_000)]
    Pixels {
        /// The width in pixels.
        width: u32,
        /// The height in pixels.
        height: u32,
    },
    /// The view is no part of the plane.
    #[error("the view is no part of the plane: the ends of each range must be finite and ascending")]
    View,
}

/// The shortest and the longest side, in points.
pub const SIDE: [f32; 2] = [50.0, 20_000.0];
/// The smallest and the largest scale.
pub const SCALE: [f32; 2] = [0.1, 40.0];
/// The smallest and the largest type, in points.
pub const TYPE_SIZE: [f32; 2] = [3.0, 500.0];
/// The most pixels of a picture.
pub const MAX_PIXELS: u64 = 100_000_000;
/// The size of the type as the figure is laid out.
pub(super) const DRAWN_TYPE: f32 = 12.0;

impl Default for FigureSpec {
    /// 1600×1200 pixels, light, with everything.
    fn default() -> Self {
        Self::of_size([1600.0, 1200.0])
    }
}

impl FigureSpec {
    /// A figure of this size in pixels, light, with everything, in type that suits the size: 24 pixels at 1600×1200.
    pub fn of_size(size: [f32; 2]) -> Self {
        let [width, height] = size;
        let type_size = (DRAWN_TYPE * (width / 800.0).min(height / 600.0)).clamp(9.0, TYPE_SIZE[1]);
        Self {
            size,
            unit: Unit::Pixel,
            scale: 1.0,
            // NaN is left for `check` to refuse.
            type_size,
            theme: Page::Light,
            is_transparent: false,
            look: Look { gradient_arrow: false, ..Look::default() },
            step: None,
            view: None,
            parts: Parts::default(),
        }
    }

    /// Size, scale, type and parts of a preset, everything else as by default.
    pub fn of_preset(preset: &Preset) -> Self {
        let Preset { size, unit, scale, type_size, parts, .. } = *preset;
        Self { size, unit, scale, type_size, parts, ..Self::default() }
    }

    /// Grays for the heat map, and colors for the paths that are far apart in gray.
    pub fn make_gray_safe(&mut self) {
        self.look.palette = super::palette::Palette::ColorBlindSafe;
        self.look.color_map = Some(if self.theme == Page::Dark { ColorMap::Slate } else { ColorMap::Paper });
    }

    /// Width and height in pixels.
    pub fn pixels(&self) -> [u32; 2] {
        self.size.map(|side| ((side * self.scale).round() as u32).max(1))
    }

    /// What is wrong with it, if anything.
    ///
    /// # Errors
    /// A number out of its range.
    pub fn check(&self) -> Result<(), SpecError> {
        let within = |value: f32, [low, high]: [f32; 2]| (low..=high).contains(&value);
        let [width, height] = self.size;
        if !self.size.into_iter().all(|side| within(side, SIDE)) {
            return Err(SpecError::Size { width, height });
        }
        if !within(self.scale, SCALE) {
            return Err(SpecError::Scale(self.scale));
        }
        if !within(self.type_size, TYPE_SIZE) {
            return Err(SpecError::TypeSize(self.type_size));
        }
        let [width, height] = self.pixels();
        let longest = super::png::MAX_SIDE;
        if width > longest || height > longest || u64::from(width) * u64::from(height) > MAX_PIXELS {
            return Err(SpecError::Pixels { width, height });
        }
        match self.view {
            Some(View { x, y, .. }) if Region::new(x, y).is_err() => Err(SpecError::View),
            _ => Ok(()),
        }
    }

    /// How much larger the figure is than it is laid out.
    pub(super) fn zoom(&self) -> f32 {
        self.type_size / DRAWN_TYPE
    }

    /// The size at which it is laid out, in points of the layout.
    pub(super) fn drawn_size(&self) -> Vec2 {
        let [width, height] = self.size;
        vec2(width, height) / self.zoom()
    }

    /// Where one looks.
    pub(super) fn camera(&self, window: Region) -> Camera {
        match self.view {
            Some(View { x, y, equal_axes }) => Camera { region: Region { x, y }, equal_axes },
            None => Camera::new(window),
        }
    }

    /// The look with its parts as they are chosen here. Without a heat map the inks are those of the page.
    pub(super) fn drawn_look(&self) -> Look {
        let shows = |part| self.parts.shows(part);
        Look {
            color_map: self.look.color_map.filter(|_| shows(Part::HeatMap)),
            isoline_labels: self.look.isoline_labels && shows(Part::IsolineLabels),
            color_bar: self.look.color_bar && shows(Part::ColorBar) && shows(Part::HeatMap),
            ..self.look
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_choices_are_refused_in_words() {
        let spec = |change: &dyn Fn(&mut FigureSpec)| {
            let mut spec = FigureSpec::default();
            change(&mut spec);
            spec.check().map_err(|error| error.to_string())
        };
        assert_eq!(spec(&|_| {}), Ok(()));
        let refused = |change: &dyn Fn(&mut FigureSpec), says: &str| {
            let error = spec(change).unwrap_err();
            assert!(error.contains(says), "{error}");
        };
        refused(&|s| s.size = [0.0, 0.0], "a figure of 0×0 cannot be made");
        refused(&|s| s.size = [1e5, 1e5], "50 to 20000 points");
        refused(&|s| s.size = [f32::NAN, 100.0], "NaN");
        refused(&|s| s.scale = 0.0, "a scale of 0 cannot be made");
        refused(&|s| s.scale = 30.0, "pixels are too many");
        refused(&|s| (s.size, s.scale) = ([3000.0, 50.0], 10.0), "pixels are too many");
        refused(&|s| s.type_size = 0.0, "type of 0 points");
        let view = View { x: [1.0, 1.0], y: [0.0, 1.0], equal_axes: true };
        refused(&|s| s.view = Some(view), "no part of the plane");
    }

    #[test]
    fn type_grows_with_the_figure_and_stays_legible() {
        assert_eq!(FigureSpec::default().type_size, 24.0);
        assert_eq!(FigureSpec::of_size([400.0, 300.0]).type_size, 9.0);
        assert_eq!(FigureSpec::of_size([3000.0, 200.0]).type_size, 9.0);
    }

    #[test]
    fn what_is_written_reads_back() {
        let mut spec = FigureSpec::of_size([640.5, 333.3]);
        spec.make_gray_safe();
        spec.step = Some(7);
        spec.view = Some(View { x: [0.1, 0.3], y: [-1e-7, 1e7], equal_axes: false });
        spec.parts.set(Part::Legend, false);
        let text = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<FigureSpec>(&text).unwrap(), spec);
        assert_eq!(serde_json::from_str::<FigureSpec>("{}").unwrap(), FigureSpec::default());
    }
}
