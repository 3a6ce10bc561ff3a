//! The example scenarios that come with the program: a lesson each, in the order in which a lecture would give them.
//!
//! They are part of the binary, so that the gallery needs no folder beside it. Adding one is a file in
//! `assets/scenarios` and a row here; the tests hold the two against each other.

/// Name and text of each file.
pub static LESSONS: &[(&str, &str)] = &[
    ("learning-rate-too-large", include_str!("../../assets/scenarios/learning-rate-too-large.toml")),
    ("zigzag", include_str!("../../assets/scenarios/zigzag.toml")),
    ("rate-for-each-variable", include_str!("../../assets/scenarios/rate-for-each-variable.toml")),
    ("momentum-forms", include_str!("../../assets/scenarios/momentum-forms.toml")),
    ("nesterov", include_str!("../../assets/scenarios/nesterov.toml")),
    ("adam-bias-correction", include_str!("../../assets/scenarios/adam-bias-correction.toml")),
    ("rosenbrock", include_str!("../../assets/scenarios/rosenbrock.toml")),
    ("how-far-along", include_str!("../../assets/scenarios/how-far-along.toml")),
    ("saddle-escape", include_str!("../../assets/scenarios/saddle-escape.toml")),
    ("himmelblau", include_str!("../../assets/scenarios/himmelblau.toml")),
    ("rastrigin", include_str!("../../assets/scenarios/rastrigin.toml")),
    ("linear-regression", include_str!("../../assets/scenarios/linear-regression.toml")),
    ("rows-of-data", include_str!("../../assets/scenarios/rows-of-data.toml")),
    ("fitting-a-curve", include_str!("../../assets/scenarios/fitting-a-curve.toml")),
    ("sgd-noise", include_str!("../../assets/scenarios/sgd-noise.toml")),
    ("rate-that-falls", include_str!("../../assets/scenarios/rate-that-falls.toml")),
    ("houses-unscaled", include_str!("../../assets/scenarios/houses-unscaled.toml")),
    ("ridge-against-lasso", include_str!("../../assets/scenarios/ridge-against-lasso.toml")),
    ("classes-that-overlap", include_str!("../../assets/scenarios/classes-that-overlap.toml")),
    ("classes-that-separate", include_str!("../../assets/scenarios/classes-that-separate.toml")),
    ("network-two-weights", include_str!("../../assets/scenarios/network-two-weights.toml")),
    ("logistic-regression", include_str!("../../assets/scenarios/logistic-regression.toml")),
    ("l1-versus-l2", include_str!("../../assets/scenarios/l1-versus-l2.toml")),
    ("lagrangian", include_str!("../../assets/scenarios/lagrangian.toml")),
    ("constraint-line", include_str!("../../assets/scenarios/constraint-line.toml")),
    ("coin-entropy", include_str!("../../assets/scenarios/coin-entropy.toml")),
    ("loaded-coin", include_str!("../../assets/scenarios/loaded-coin.toml")),
    ("linear-on-circle", include_str!("../../assets/scenarios/linear-on-circle.toml")),
    ("nearest-on-ellipse", include_str!("../../assets/scenarios/nearest-on-ellipse.toml")),
    ("active-or-not", include_str!("../../assets/scenarios/active-or-not.toml")),
    ("ridge-and-disc", include_str!("../../assets/scenarios/ridge-and-disc.toml")),
    ("lasso-and-diamond", include_str!("../../assets/scenarios/lasso-and-diamond.toml")),
    ("budget-line", include_str!("../../assets/scenarios/budget-line.toml")),
    ("descent-ascent-circles", include_str!("../../assets/scenarios/descent-ascent-circles.toml")),
];
