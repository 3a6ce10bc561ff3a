//! Saddles, plateaus and hills: the gradient is small or zero where no minimum is.
//!
//! The last five are the surfaces of Jiang's visualizer of gradient descent, with z written as y.

use std::f64::consts::FRAC_PI_2;

use super::{BuiltIn, Group, LevelScale, OptimumKind, ROW, rates};

const FLAT: BuiltIn = BuiltIn { group: Group::SaddlesAndPlateaus, ..ROW };
const JIANG: BuiltIn =
    BuiltIn { window: [[-2.0, 2.0], [-2.0, 2.0]], source: "Jiang, gradient_descent_viz (2020)", ..FLAT };

pub(super) const ROWS: &[BuiltIn] = &[
    BuiltIn {
        id: "saddle",
        name: "Saddle",
        formula: "x^2 - y^2",
        window: [[-3.0, 3.0], [-3.0, 3.0]],
        start: [2.5, 0.01],
        rates: rates!(0.025, 0.004, 0.0035, 0.05, 0.022, 0.02; newton: 1.0, adadelta: 0.3),
        steps: 100,
        optimum: OptimumKind::Unbounded,
        source: "Dauphin and others, Identifying and attacking the saddle point problem in high-dimensional \
                 non-convex optimization (2014)",
        teaches: "Beside the ridge gradient descent lingers at the saddle, the adaptive methods leave at once, \
                  and Newton jumps onto the saddle; with more steps every other path leaves the window downhill.",
        ..FLAT
    },
    BuiltIn {
        id: "monkey_saddle",
        name: "Monkey saddle",
        formula: "x^3 - 3*x*y^2",
        window: [[-2.0, 2.0], [-2.0, 2.0]],
        start: [1.5, 0.1],
        rates: rates!(0.005, 0.0008, 0.0008, 0.04, 0.01, 0.012; newton: 1.0, adadelta: 1.0),
        steps: 100,
        optimum: OptimumKind::Unbounded,
        source: "Hilbert and Cohn-Vossen, Geometry and the Imagination (1932)",
        teaches: "Gradient and Hessian both vanish at the origin: paths hesitate there and leave through one of \
                  three valleys, Newton only halves its distance each step.",
        ..FLAT
    },
    BuiltIn {
        id: "local_minimum",
        name: "Local minimum",
        formula: "-2*exp(-((x-1)^2+(1.4*y)^2)/0.2) - 6*exp(-((x+1)^2+(1.4*y)^2)/0.2) + x^2 + (1.4*y)^2",
        start: [1.5, 1.5],
        rates: rates!(0.01, 0.01, 0.01, 0.2, 0.05, 0.1),
        minima: &[[-0.9675774464554597, 0.0]],
        teaches: "Two pits: gradient descent ends in the near, shallow one, momentum and Adam run through it to \
                  the deep one.",
        ..JIANG
    },
    BuiltIn {
        id: "sine_saddle",
        name: "Saddle sin x + y^2",
        formula: "sin(x) + y^2",
        window: [[-3.0, 3.0], [-2.0, 2.0]],
        start: [1.5, 1.5],
        rates: rates!(0.1, 0.02, 0.05, 0.2, 0.05, 0.1),
        minima: &[[-FRAC_PI_2, 0.0]],
        teaches: "The start lies just beside the ridge x = pi/2: gradient descent first runs to the saddle and \
                  then slowly away from it, AdaGrad and RMSProp leave at once, Newton stays.",
        ..JIANG
    },
    BuiltIn {
        id: "elliptic_bowl",
        name: "Elliptic bowl",
        formula: "-exp(-((x/2)^2+5*(y/2)^2)) + (x/2)^2 + 0.5*(y/2)^2",
        start: [1.4, -0.4],
        rates: rates!(0.1, 0.1, 0.1, 0.2, 0.02, 0.1; newton: 0.2),
        steps: 200,
        minima: &[[0.0, 0.0]],
        teaches: "A dent in a shallow bowl: momentum swings through it several times, and where its rim is bent \
                  downward full Newton steps go astray, so Newton is damped here.",
        ..JIANG
    },
    BuiltIn {
        id: "hills",
        name: "Hills",
        formula: "2*exp(-((x-1)^2+(1.4*y)^2)/0.2) + 6*exp(-((x+1)^2+(1.4*y)^2)/0.2) \
                  - 2*exp(-((x-1)^2+(1.4*y+1)^2)/0.2) + x^2 + (1.4*y)^2",
        start: [1.7, -1.6],
        levels: LevelScale::Quantile,
        rates: rates!(0.02, 0.01, 0.01, 0.2, 0.02, 0.1),
        minima: &[[0.9003065222993073, -0.6534011583039486]],
        teaches: "Momentum can also hurt: gradient descent, AdaGrad and RMSProp stop in the best minimum, the \
                  others shoot past it and settle between the hills.",
        ..JIANG
    },
    BuiltIn {
        id: "plateau",
        name: "Plateau",
        formula: "-sin(10*sqrt(x^2+y^2)+0.01)/(10*sqrt(x^2+y^2)+0.01) + 0.01*(10*sqrt(x^2+y^2)+0.01)^2",
        start: [-1.5, -1.2],
        rates: rates!(0.02, 0.005, 0.005, 0.1, 0.02, 0.05),
        minima: &[[0.0, 0.0]],
        optimum: OptimumKind::NoDerivative,
        teaches: "A ring-shaped trough around the hole: gradient descent, AdaGrad and RMSProp stop in the ring, \
                  momentum and Adam cross its inner rim, Newton stops on the rim.",
        ..JIANG
    },
];
