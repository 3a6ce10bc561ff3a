//! Losses of learning as functions of intercept theta0 and slope theta1.
//!
//! The regressions fit a line to (1,2), (2,3), (4,4), (5,5) with the loss sum r^2/(2m), m = 4. The intercept is
//! penalized like the slope, so that the penalty is visible along both axes.

use super::{BuiltIn, Group, LevelScale, OptimumKind, ROW, rates};

const LINE: BuiltIn = BuiltIn {
    group: Group::Learning,
    variables: ["theta0", "theta1"],
    window: [[-1.0, 3.0], [-1.0, 3.0]],
    levels: LevelScale::Log,
    ..ROW
};

pub(super) const ROWS: &[BuiltIn] = &[
    BuiltIn {
        id: "linreg_mse",
        name: "Linear regression",
        formula: "((theta0+theta1-2)^2 + (theta0+2*theta1-3)^2 + (theta0+4*theta1-4)^2 \
                  + (theta0+5*theta1-5)^2)/8",
        rates: rates!(0.1, 0.02, 0.02, 0.5, 0.02, 0.1),
        minima: &[[1.4, 0.7]],
        source: "Legendre, Nouvelles methodes pour la determination des orbites des cometes (1805), least squares",
        teaches: "Data that are not centered make intercept and slope pull against each other: a narrow oblique \
                  bowl, in which gradient descent first corrects the slope and then creeps along the valley.",
        ..LINE
    },
    BuiltIn {
        id: "linreg_ridge",
        name: "Linear regression, L2",
        formula: "((theta0+theta1-2)^2 + (theta0+2*theta1-3)^2 + (theta0+4*theta1-4)^2 \
                  + (theta0+5*theta1-5)^2 + lambda*(theta0^2+theta1^2))/8",
        constants: &[("lambda", 1.0)],
        rates: rates!(0.1, 0.02, 0.02, 0.2, 0.02, 0.1),
        minima: &[[10.0 / 13.0, 11.0 / 13.0]],
        source: "Hoerl and Kennard, Ridge regression: biased estimation for nonorthogonal problems (1970)",
        teaches: "A larger lambda pulls the minimum toward the origin and makes the bowl rounder, so gradient \
                  descent converges sooner.",
        ..LINE
    },
    BuiltIn {
        id: "linreg_lasso",
        name: "Linear regression, L1",
        formula: "((theta0+theta1-2)^2 + (theta0+2*theta1-3)^2 + (theta0+4*theta1-4)^2 \
                  + (theta0+5*theta1-5)^2)/8 + lambda*(abs(theta0)+abs(theta1))",
        constants: &[("lambda", 0.5)],
        window: [[-2.0, 3.0], [-1.0, 3.0]],
        start: [-1.0, 2.0],
        rates: rates!(0.02, 0.01, 0.01, 0.2, 0.02, 0.05; newton: 0.05),
        minima: &[[0.0, 47.0 / 46.0]],
        optimum: OptimumKind::NoDerivative,
        source: "Tibshirani, Regression shrinkage and selection via the lasso (1996)",
        teaches: "The minimum sits on the crease theta0 = 0, which is why L1 gives exact zeros; the gradient does \
                  not vanish there, so the methods chatter across the crease instead of converging.",
        ..LINE
    },
    BuiltIn {
        id: "logistic_ce",
        name: "Logistic regression",
        formula: "(ln(1+exp(theta0+0.5*theta1)) + ln(1+exp(theta0+theta1)) + ln(1+exp(-theta0-1.5*theta1)) \
                  + ln(1+exp(theta0+2*theta1)) + ln(1+exp(-theta0-2.5*theta1)) + ln(1+exp(-theta0-3*theta1)))/6",
        window: [[-6.0, 4.0], [-4.0, 6.0]],
        start: [1.0, -1.0],
        rates: rates!(1.0, 0.2, 0.2, 0.5, 0.05, 0.2; newton: 1.0, qhadam: 0.05, lion: 0.01),
        steps: 500,
        minima: &[[-4.249096550479971, 2.4280551717028405]],
        source: "Cox, The regression analysis of binary sequences (1958)",
        teaches: "Cross-entropy, ln(1+e^-z) for class 1 and ln(1+e^z) for class 0, is convex but nearly flat \
                  along its valley: gradient descent takes hundreds of steps, Newton five.",
        ..LINE
    },
];
