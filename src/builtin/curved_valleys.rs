//! Narrow or bent valleys: easy to enter, slow to follow.

use std::f64::consts::PI;

use super::{BuiltIn, Group, LevelScale, OptimumKind, ROW, rates};

const VALLEY: BuiltIn = BuiltIn { group: Group::CurvedValleys, levels: LevelScale::Log, ..ROW };

pub(super) const ROWS: &[BuiltIn] = &[
    BuiltIn {
        id: "rosenbrock",
        name: "Rosenbrock",
        formula: "(a-x)^2 + b*(y-x^2)^2",
        constants: &[("a", 1.0), ("b", 100.0)],
        window: [[-2.0, 2.0], [-1.0, 3.0]],
        start: [-1.2, 1.0],
        rates: rates!(0.001, 0.001, 0.001, 0.5, 0.01, 0.1),
        steps: 1000,
        minima: &[[1.0, 1.0]],
        source: "Rosenbrock, An automatic method for finding the greatest or least value of a function (1960)",
        teaches: "Gradient descent drops into the bent valley and then crawls, momentum and Adam follow its floor, \
                  and Newton needs six steps, one of them far outside the window; the minimum is (a, a^2), b sets \
                  the steepness of the walls.",
        ..VALLEY
    },
    BuiltIn {
        id: "beale",
        name: "Beale",
        formula: "(1.5-x+x*y)^2 + (2.25-x+x*y^2)^2 + (2.625-x+x*y^3)^2",
        window: [[-4.5, 4.5], [-4.5, 4.5]],
        start: [1.0, 1.5],
        rates: rates!(0.01, 0.005, 0.005, 1.0, 0.05, 0.2; newton: 1.0, qhadam: 0.1, lion: 0.01),
        steps: 500,
        minima: &[[3.0, 0.5]],
        source: "Beale, On an iterative method for finding a local minimum of a function of more than one \
                 variable (1958)",
        teaches: "A nearly flat floor between very steep walls: a rate that is safe on the wall is slow on the \
                  floor, and Newton goes to the saddle at (0, 1).",
        ..VALLEY
    },
    BuiltIn {
        id: "booth",
        name: "Booth",
        formula: "(x+2*y-7)^2 + (2*x+y-5)^2",
        window: [[-10.0, 10.0], [-10.0, 10.0]],
        start: [-8.0, 2.0],
        rates: rates!(0.09, 0.02, 0.02, 2.0, 0.1, 0.5),
        steps: 200,
        minima: &[[1.0, 3.0]],
        source: "Booth, An application of the method of steepest descents to the solution of systems of \
                 non-linear simultaneous equations (1949)",
        teaches: "Two linear equations as least squares: an oblique quadratic with condition number 9 that Newton \
                  solves in one step.",
        ..VALLEY
    },
    BuiltIn {
        id: "matyas",
        name: "Matyas",
        formula: "0.26*(x^2+y^2) - 0.48*x*y",
        window: [[-10.0, 10.0], [-10.0, 10.0]],
        start: [8.0, -2.0],
        rates: rates!(0.5, 0.2, 0.2, 2.0, 0.2, 0.5),
        steps: 400,
        minima: &[[0.0, 0.0]],
        source: "Jamil and Yang, A literature survey of benchmark functions (2013)",
        teaches: "Almost no slope along the diagonal: the value is soon small while the point is still far away.",
        ..VALLEY
    },
    BuiltIn {
        id: "mccormick",
        name: "McCormick",
        formula: "sin(x+y) + (x-y)^2 - 1.5*x + 2.5*y + 1",
        window: [[-1.5, 4.0], [-3.0, 4.0]],
        start: [2.4, -0.9],
        levels: LevelScale::Quantile,
        rates: rates!(0.05, 0.01, 0.01, 0.5, 0.02, 0.1; newton: 1.0, lion: 0.01),
        minima: &[[0.5 - PI / 3.0, -0.5 - PI / 3.0]],
        source: "Jamil and Yang, A literature survey of benchmark functions (2013)",
        teaches: "A parabolic valley with a wave along its floor: first-order methods roll into the lower trough, \
                  Newton runs to the saddle between the troughs.",
        ..VALLEY
    },
    BuiltIn {
        id: "bukin6",
        name: "Bukin 6",
        formula: "100*sqrt(abs(y-0.01*x^2)) + 0.01*abs(x+10)",
        window: [[-15.0, -5.0], [-3.0, 3.0]],
        start: [-8.6, 2.3],
        levels: LevelScale::Linear,
        rates: rates!(0.0002, 0.00002, 0.00001, 0.1, 0.01, 0.02; newton: 0.0005),
        minima: &[[-10.0, 1.0]],
        optimum: OptimumKind::NoDerivative,
        source: "Jamil and Yang, A literature survey of benchmark functions (2013)",
        teaches: "The valley floor is a crease on which the gradient is unbounded: every first-order method \
                  rattles across it, and Newton, misled by the negative curvature, climbs.",
        ..VALLEY
    },
];
