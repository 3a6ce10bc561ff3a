//! What of a stage can be drawn in the plane, beside the point that the step begins at. Nothing is drawn here: it is data.

use std::borrow::Cow;
use std::sync::Arc;

use nalgebra::Matrix2;

use super::Stage;
use crate::objective::Point;
use crate::optimizer::{LineSearch, Value};

/// A stage in the plane.
#[derive(Clone, PartialEq, Debug)]
pub struct Sketch {
    /// What is written beside it: symbols of the rule.
    pub label: Cow<'static, str>,
    /// What is drawn.
    pub of: Drawn,
}

/// What is drawn of a stage.
#[derive(Clone, PartialEq, Debug)]
pub enum Drawn {
    /// A slope at a point. It has another unit than the plane, in which only its direction means something.
    Slope {
        /// Where it is one.
        at: Point,
        /// J per unit of each variable.
        slope: Point,
        /// The same before it was corrected, drawn beside it to scale.
        before: Option<Point>,
    },
    /// A way in the plane, true to scale.
    Way {
        /// Where it begins.
        from: Point,
        /// What it adds.
        by: Point,
    },
    /// The step itself.
    Step {
        /// The iterate.
        from: Point,
        /// The next one.
        to: Point,
    },
    /// A square for each coordinate, whose area is its entry.
    Squares {
        /// The entries.
        of: Point,
        /// The same before they were corrected, drawn beside them to scale.
        before: Option<Point>,
    },
    /// A box with a side for each coordinate.
    Sides(Point),
    /// The quadratic that has this slope and these curvatures at a point: its isolines, its axes, and where it is
    /// stationary.
    Quadratic {
        /// Where it touches J.
        at: Point,
        /// Its gradient there.
        gradient: Point,
        /// Its Hessian.
        hessian: Matrix2<f64>,
    },
    /// Lengths that were tried along a direction.
    LineSearch(Arc<LineSearch>),
    /// A disc that a step stays in.
    Disc {
        /// Its middle.
        at: Point,
        /// Its radius.
        radius: f64,
    },
    /// The line that touches the graph of a function of one variable, down to the axis.
    Tangent {
        /// Where it touches.
        at: f64,
        /// The function there.
        value: f64,
        /// Its slope there.
        slope: f64,
    },
    /// The line through two points of such a graph, down to the axis.
    Secant {
        /// The older one: where, and the function there.
        from: [f64; 2],
        /// The newer one.
        to: [f64; 2],
    },
    /// An interval, of which a step keeps a half.
    Bracket {
        /// Its ends.
        before: [f64; 2],
        /// Those after the step.
        after: [f64; 2],
    },
    /// A simplex, which a step makes another one.
    Simplex {
        /// Its vertices, the best first.
        before: [Point; 3],
        /// Those after the step.
        after: [Point; 3],
    },
}

impl Stage {
    /// The same with what is drawn of it in the plane.
    pub(in crate::optimizer) fn drawn(self, label: &'static str, of: Drawn) -> Self {
        self.drawn_as(label, of)
    }

    /// The same with a label of names that somebody typed.
    pub(in crate::optimizer) fn drawn_as(self, label: impl Into<Cow<'static, str>>, of: Drawn) -> Self {
        Self { sketch: Some(Sketch { label: label.into(), of }), ..self }
    }

    /// The same, drawn as a way from a point: the value of the stage, subtracted.
    pub(in crate::optimizer) fn subtracted_from(self, label: &'static str, from: Point) -> Self {
        let by = -self.entries();
        self.drawn(label, Drawn::Way { from, by })
    }

    /// The same, drawn as a slope at a point.
    pub(in crate::optimizer) fn slope_at(self, label: &'static str, at: Point) -> Self {
        let slope = self.entries();
        self.drawn(label, Drawn::Slope { at, slope, before: None })
    }

    /// The same, drawn as squares.
    pub(in crate::optimizer) fn squares(self, label: &'static str) -> Self {
        let of = self.entries();
        self.drawn(label, Drawn::Squares { of, before: None })
    }

    /// The same, drawn as a box with a side for each coordinate.
    pub(in crate::optimizer) fn sides(self, label: &'static str) -> Self {
        let sides = self.entries();
        self.drawn(label, Drawn::Sides(sides))
    }

    /// The entries of its value; a number stands for both.
    pub(in crate::optimizer) fn entries(&self) -> Point {
        match self.value {
            Value::Scalar(a) => Point::repeat(a),
            Value::Vector(a) => a,
            Value::Matrix(_) => Point::repeat(f64::NAN),
        }
    }
}
