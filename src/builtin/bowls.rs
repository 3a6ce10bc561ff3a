//! Convex quadratics. On them everything is known: gradient descent converges if and only if its rate is below
//! 2/L, L the largest eigenvalue of the Hessian, and its pace is set by the condition number kappa.

use super::{BuiltIn, Group, ROW, rates};

const BOWL: BuiltIn = BuiltIn { group: Group::Bowls, minima: &[[0.0, 0.0]], ..ROW };

pub(super) const ROWS: &[BuiltIn] = &[
    BuiltIn {
        id: "sphere",
        name: "Round bowl",
        formula: "x^2 + y^2",
        window: [[-5.0, 5.0], [-5.0, 5.0]],
        start: [-4.0, 3.0],
        rates: rates!(0.1, 0.02, 0.05, 1.0, 0.2, 0.2),
        steps: 150,
        source: "De Jong, An analysis of the behavior of a class of genetic adaptive systems (1975), F1",
        teaches: "Where all curvatures are equal the gradient points at the minimum: descent goes straight, \
                  momentum overshoots, and Newton arrives in one step.",
        ..BOWL
    },
    BuiltIn {
        id: "bowl",
        name: "Elongated bowl",
        formula: "x^2 + kappa*y^2",
        constants: &[("kappa", 10.0)],
        window: [[-5.0, 5.0], [-2.0, 2.0]],
        start: [4.0, 1.0],
        rates: rates!(0.09, 0.01, 0.01, 0.5, 0.05, 0.2),
        steps: 200,
        source: "Nocedal and Wright, Numerical Optimization (2006), section 3.3",
        teaches: "With condition number kappa the steep direction limits the rate: gradient descent zigzags \
                  across the valley and diverges above 1/kappa, while AdaGrad rescales each axis and goes straight.",
        ..BOWL
    },
    BuiltIn {
        id: "rotated_bowl",
        name: "Rotated narrow bowl",
        formula: "((x+y)^2 + kappa*(x-y)^2)/4",
        constants: &[("kappa", 100.0)],
        window: [[-5.0, 5.0], [-5.0, 5.0]],
        start: [4.0, 2.0],
        rates: rates!(0.018, 0.005, 0.005, 1.0, 0.05, 0.5),
        steps: 500,
        source: "Nocedal and Wright, Numerical Optimization (2006), section 3.3, turned by 45 degrees",
        teaches: "A valley across the axes: rescaling each coordinate no longer helps, momentum still does, and \
                  Newton does not notice the rotation.",
        ..BOWL
    },
];
