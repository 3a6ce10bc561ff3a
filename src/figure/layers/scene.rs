//! What a layer of the plot is, and what it is painted from.

use egui::{Painter, Ui};

use crate::figure::layers::touched::Touched;
use crate::figure::look::Look;
use crate::figure::look::inks::Inks;
use crate::figure::look::palette::PathStyle;
use crate::figure::look::parts::{Part, Parts};
use crate::figure::plane::camera::Projection;
use crate::figure::plane::lift::Lift;
use crate::landscape::ColorMap;
use crate::objective::Point;
use crate::session::Picture;

/// Something that is drawn into the plot, over the layers before it. What it holds is kept from frame to frame.
pub trait Layer {
    /// Paints it, unless the scene is not to show it. Returns whether nothing of it waits for the next time.
    fn paint(&mut self, scene: &Scene<'_>) -> bool;
}

/// What is painted: a picture of the session, where, and in what look. Nothing of it can be changed by being painted.
pub struct Scene<'a> {
    /// The whole plot, for what stands beside the frame and for texts.
    pub ui: &'a Ui,
    /// Paints inside the frame only.
    pub painter: &'a Painter,
    /// What is read of the session.
    pub picture: &'a Picture<'a>,
    /// The map between the plane and the screen.
    pub projection: Projection,
    /// Where iterates stand in the plot.
    pub lift: &'a Lift,
    /// What is shown, and how finely.
    pub options: &'a PlotOptions,
    /// The inks on these shades.
    pub inks: Inks,
    /// The shades.
    pub color_map: ColorMap,
    /// How the path of each run looks, in the order of the optimizers.
    pub styles: &'a [PathStyle],
    /// The visible runs in the order in which they are painted.
    pub order: &'a [usize],
}

impl Scene<'_> {
    /// Whether a part of the figure is to be seen.
    pub fn shows(&self, part: Part) -> bool {
        self.options.parts.shows(part)
    }
}

/// What is drawn, and how finely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotOptions {
    /// The step whose heads are shown; trails end there.
    pub step: u32,
    /// Distance between neighboring samples of the field, in screen points.
    pub cell: f32,
    /// What a person likes to see.
    pub look: Look,
    /// The run whose path is drawn on top and bolder.
    pub highlighted: Option<usize>,
    /// What is shown. Title, legend and caption are not the plot's.
    pub parts: Parts,
    /// Whether long work is done at once or in slices, the rest of it the next time that the plot is drawn.
    pub pace: Pace,
    /// The run whose multipliers make the Lagrangian and the merit, where contours of these are drawn.
    pub spoken_of: Option<usize>,
    /// Whether every solution is marked by what it is, though there are no constraints.
    pub shows_solutions: bool,
    /// The point that is held on the curve of a constraint.
    pub touched: Option<Touched>,
    /// The row of data whose own loss is shown.
    pub row: Option<usize>,
    /// Whether it is drawn in the parameters of the columns as they are given, where those of the cost are of scaled ones.
    pub is_unscaled: bool,
    /// The run whose map of basins is in the place of the heat map.
    pub basins_of: Option<usize>,
    /// A run, and a start from which its path is drawn as well.
    pub trial: Option<(usize, Point)>,
    /// The point of the plane that is pointed at, where batches are looked at too.
    pub pointed: Option<Point>,
}

/// How much work is done at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Everything, as a picture needs it.
    AtOnce,
    /// So little that a window goes on.
    InSlices,
}

/// With less room than this, in points, all of it belongs to the plot.
const NARROW: f32 = 340.0;

impl PlotOptions {
    /// Samples so close that the isolines are smooth.
    pub const FINE_CELL: f32 = 1.0;

    /// The same for a room of this width: in a narrow one there is no color bar.
    pub fn within(self, width: f32) -> Self {
        let color_bar = self.look.color_bar && width >= NARROW;
        Self { look: Look { color_bar, ..self.look }, ..self }
    }

    /// Everything at `step`, finely.
    pub fn at_step(step: u32, look: Look) -> Self {
        Self {
            step,
            cell: Self::FINE_CELL,
            look,
            highlighted: None,
            parts: Parts::default(),
            pace: Pace::AtOnce,
            spoken_of: None,
            shows_solutions: false,
            touched: None,
            row: None,
            is_unscaled: false,
            basins_of: None,
            trial: None,
            pointed: None,
        }
    }
}
