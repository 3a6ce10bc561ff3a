//! Everything that is chosen about a figure and is not in the scenario.

mod limits;

pub use limits::{MAX_PIXELS, SCALE, SIDE, SpecError, TYPE_SIZE};

use egui::{Theme, Vec2, vec2};
use serde::{Deserialize, Serialize};

use super::film::Film;
use super::presets::Preset;
use super::unit::Unit;
use crate::figure::chart::ChartChoice;
use crate::figure::explained::StepChoice;
use crate::figure::graph::GraphChoice;
use crate::figure::layers::touched::Touched;
use crate::figure::look::Look;
use crate::figure::look::parts::{Part, Parts};
use crate::figure::plane::camera::Camera;
use crate::landscape::{ColorMap, Region};
use crate::record::race::RaceOrder;
use crate::scenario::{self, Scenario};
use crate::spelling::Selectable;

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
    /// Whether the letters of an SVG are shapes, for programs that pass over the fonts that come with a file.
    pub has_outlines: bool,
    /// Colors of paths and heat map.
    pub look: Look,
    /// The step at which the runs are shown; the last one of the longest run where there is none.
    pub step: Option<u32>,
    /// The part of the plane that is seen; the scenario's window where there is none.
    pub view: Option<View>,
    /// Whether exactly that part is seen, with the plot as large as its proportions allow; else the plot fills its room, and
    /// with equal axes more is seen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_exact: bool,
    /// The scenario whose visible paths are pinned, as the text of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<String>,
    /// Whether the plot is shown, or a chart of the runs, or both, or a step taken apart.
    #[serde(skip_serializing_if = "is_default")]
    pub contents: Contents,
    /// What the chart shows.
    #[serde(skip_serializing_if = "is_default")]
    pub chart: ChartChoice,
    /// By what the table of the race is sorted.
    #[serde(skip_serializing_if = "is_default")]
    pub race: RaceOrder,
    /// What is shown of the graph of the cost.
    #[serde(skip_serializing_if = "is_default")]
    pub graph: GraphChoice,
    /// The run, from 0, whose map of basins is shown.
    #[serde(skip_serializing_if = "is_default")]
    pub map_run: usize,
    /// Whether the rates of the runs are known to be the best for each, which the caption then says.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub has_tuned_rates: bool,
    /// Which step is taken apart, beginning at the step that is shown, and how much of it is shown.
    #[serde(skip_serializing_if = "is_default")]
    pub explained: StepChoice,
    /// The run whose multipliers make the Lagrangian and the merit, where contours of these are drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spoken_of: Option<usize>,
    /// The point that is held on the curve of a constraint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub touched: Option<Touched>,
    /// How a film goes through the steps up to that one.
    pub film: Film,
    /// What is shown.
    #[serde(rename = "without")]
    pub parts: Parts,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What of a session is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contents {
    /// The paths over the contour plot.
    #[default]
    Plot,
    /// The runs as curves.
    Chart,
    /// The plot, and a chart below it.
    Both,
    /// A step of a run: its stages over the plot, and as mathematics beside it.
    Step,
    /// The plot, and beside it the rows of data with the model of each run.
    Data,
    /// The plot, and beside it the same in the parameters of the columns as they are given, where those of the plot are of
    /// scaled ones.
    Unscaled,
    /// The plot, and below it what came of each run as a table.
    Race,
    /// The cost as a graph of its operations, with values and derivatives at the head of a run.
    Graph,
    /// Where every start leads.
    Map,
}

impl Selectable for Contents {
    const ALL: &'static [Self] = &[
        Self::Plot,
        Self::Chart,
        Self::Both,
        Self::Step,
        Self::Data,
        Self::Unscaled,
        Self::Race,
        Self::Graph,
        Self::Map,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Plot => "plot",
            Self::Chart => "chart",
            Self::Both => "both",
            Self::Step => "step",
            Self::Data => "data",
            Self::Unscaled => "unscaled",
            Self::Race => "race",
            Self::Graph => "graph",
            Self::Map => "map",
        }
    }
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

/// The size of the type as the figure is laid out.
pub(in crate::figure) const DRAWN_TYPE: f32 = 12.0;

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
            has_outlines: false,
            look: Look { gradient_arrow: false, ..Look::default() },
            step: None,
            view: None,
            is_exact: false,
            pinned: None,
            contents: Contents::default(),
            chart: ChartChoice::default(),
            race: RaceOrder::default(),
            graph: GraphChoice::default(),
            map_run: 0,
            has_tuned_rates: false,
            explained: StepChoice::default(),
            spoken_of: None,
            touched: None,
            film: Film::default(),
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
        self.look.palette = crate::figure::look::palette::Palette::ColorBlindSafe;
        self.look.color_map = Some(if self.theme == Page::Dark { ColorMap::Slate } else { ColorMap::Paper });
    }

    /// Width and height in pixels.
    pub fn pixels(&self) -> [u32; 2] {
        self.size.map(|side| ((side * self.scale).round() as u32).max(1))
    }

    /// The scenario whose paths are pinned.
    ///
    /// # Errors
    /// The text is no scenario.
    pub fn pinned_scenario(&self) -> Result<Option<Scenario>, SpecError> {
        let read = |text| scenario::read(text, "the pinned paths");
        let pinned = self.pinned.as_deref().map(read).transpose();
        pinned.map_err(|error| SpecError::Pinned(error.to_string()))
    }

    /// How much larger the figure is than it is laid out.
    pub(in crate::figure) fn zoom(&self) -> f32 {
        self.type_size / DRAWN_TYPE
    }

    /// The size at which it is laid out, in points of the layout.
    pub(in crate::figure) fn drawn_size(&self) -> Vec2 {
        let [width, height] = self.size;
        vec2(width, height) / self.zoom()
    }

    /// Where one looks.
    pub(in crate::figure) fn camera(&self, scenario: &Scenario) -> Camera {
        match self.view {
            Some(View { x, y, equal_axes }) => Camera { region: Region { x, y }, equal_axes },
            None => Camera::of(scenario),
        }
    }

    /// The look with its parts as they are chosen here. Without a heat map the inks are those of the page.
    pub(in crate::figure) fn drawn_look(&self) -> Look {
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
        spec.is_exact = true;
        spec.view = Some(View { x: [0.1, 0.3], y: [-1e-7, 1e7], equal_axes: false });
        spec.parts.set(Part::Legend, false);
        let text = serde_json::to_string(&spec).unwrap();
        assert_eq!(serde_json::from_str::<FigureSpec>(&text).unwrap(), spec);
        assert_eq!(serde_json::from_str::<FigureSpec>("{}").unwrap(), FigureSpec::default());
    }
}
