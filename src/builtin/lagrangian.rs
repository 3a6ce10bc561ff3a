//! Constraints folded into the cost: maximize f(x, y) subject to g(x, y) = 0.
//!
//! Convention: the Lagrangian is L = f - lambda g with grad f = lambda grad g at the solution; the penalty
//! form is f - mu g^2. Both costs here are concave in the two variables for every lambda and every mu > 0, so
//! ascent works on them for a fixed lambda; the search for lambda itself is not part of the picture.

use std::f64::consts::LN_2;

use super::{BuiltIn, Group, ROW, rates};
use crate::objective::Goal;

const LAGRANGIAN: BuiltIn = BuiltIn {
    group: Group::Lagrangian,
    goal: Goal::Maximize,
    source: "Lagrange, Mecanique analytique (1788)",
    ..ROW
};
const PENALTY: BuiltIn = BuiltIn {
    source: "Courant, Variational methods for the solution of problems of equilibrium and vibrations (1943)",
    ..LAGRANGIAN
};

/// g = x - y.
const LINE: BuiltIn = BuiltIn { window: [[-1.0, 4.0], [-1.0, 4.0]], start: [-0.5, 3.0], ..LAGRANGIAN };

/// g = p + q - 1; the entropy is defined for positive p and q only.
const COIN: BuiltIn = BuiltIn {
    variables: ["p", "q"],
    window: [[0.0, 1.0], [0.0, 1.0]],
    start: [0.9, 0.2],
    steps: 200,
    ..LAGRANGIAN
};

/// The rows that a lesson shows as what they come from: a cost with a constraint. The gallery brings that, and the formula with
/// its fixed lambda stays for files that name it.
pub const AS_CONSTRAINTS: [(&str, &str); 2] =
    [("lagrange_line", "constraint-line"), ("lagrange_coin", "coin-entropy")];

pub(super) const ROWS: &[BuiltIn] = &[
    BuiltIn {
        id: "lagrange_line",
        name: "Hill on the line x = y",
        formula: "-(x-2)^2 - (y-1)^2 + 10 - lambda*(x-y)",
        constants: &[("lambda", 1.0)],
        rates: rates!(0.1, 0.02, 0.05, 0.5, 0.1, 0.2),
        steps: 150,
        minima: &[[1.5, 1.5]],
        teaches: "lambda moves the top of the hill: at 0 it is the free maximum (2, 1), at the multiplier 1 it \
                  lies on the line x = y and is the constrained maximum.",
        ..LINE
    },
    BuiltIn {
        id: "penalty_line",
        name: "Hill on x = y, penalty",
        formula: "-(x-2)^2 - (y-1)^2 + 10 - mu*(x-y)^2",
        constants: &[("mu", 10.0)],
        rates: rates!(0.02, 0.002, 0.005, 0.5, 0.02, 0.2),
        steps: 200,
        minima: &[[32.0 / 21.0, 31.0 / 21.0]],
        source: PENALTY.source,
        teaches: "The maximum misses the line by 1/(1+2 mu), and a larger mu that brings it closer also makes the \
                  ridge narrower, with curvatures 2 and 2+4 mu, and ascent slower.",
        ..LINE
    },
    BuiltIn {
        id: "lagrange_coin",
        name: "Entropy of a coin",
        formula: "-p*ln(p) - q*ln(q) - lambda*(p+q-1)",
        constants: &[("lambda", LN_2 - 1.0)],
        rates: rates!(0.1, 0.02, 0.05, 0.1, 0.02, 0.05),
        minima: &[[0.5, 0.5]],
        source: "Shannon, A mathematical theory of communication (1948)",
        teaches: "For each lambda the maximum is p = q = exp(-1-lambda); only at lambda = ln 2 - 1 do the two \
                  probabilities add up to 1, and the fair coin is the most uncertain.",
        ..COIN
    },
    BuiltIn {
        id: "penalty_coin",
        name: "Entropy of a coin, penalty",
        formula: "-p*ln(p) - q*ln(q) - mu*(p+q-1)^2",
        constants: &[("mu", 10.0)],
        rates: rates!(0.04, 0.005, 0.01, 0.05, 0.005, 0.05),
        minima: &[[0.49269654551957526, 0.49269654551957526]],
        source: PENALTY.source,
        teaches: "With mu = 0 the maximum is at p = q = 1/e; the penalty pushes the sum toward 1 and reaches it \
                  only in the limit of large mu, at the price of a narrow ridge.",
        ..COIN
    },
];
