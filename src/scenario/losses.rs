//! Losses that a lecture begins with, as formulas in the columns of a table.

use std::sync::Arc;

use super::{Cost, CostSource, Data};
use crate::data::Table;
use crate::objective::{Derivatives, Goal};
use crate::spelling::Selectable;

/// The weights of a network with what they are while they are not free: into the first hidden unit, into the second, and out.
pub const WEIGHTS: [(&str, f64); 9] = [
    ("w11", 1.0),
    ("w12", -1.5),
    ("b1", 0.3),
    ("w21", 0.8),
    ("w22", 2.0),
    ("b2", -1.0),
    ("v1", 1.0),
    ("v2", 1.2),
    ("b3", -0.5),
];
/// Those that are free where nobody chooses: one into a hidden unit, and the one out of it.
const FIRST_FREE: [usize; 2] = [0, 6];

/// A loss of one row, of a model with two parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loss {
    /// A line, by half the square of its error.
    #[default]
    LeastSquares,
    /// Two features without an intercept, likewise.
    Plane,
    /// A line, by the size of its error.
    Absolute,
    /// A line, by half the square of a small error and the size of a large one.
    Huber,
    /// The probability of the label 1, of the labels 0 and 1, by cross-entropy.
    Logistic,
    /// The same of the labels -1 and 1.
    LogisticSigned,
    /// A margin of the labels -1 and 1.
    Hinge,
    /// A rate of counts, by the logarithm of its likelihood.
    Poisson,
    /// The lecture's network of two inputs, two hidden sigmoids and one more, of whose nine weights two are free.
    Network,
    /// The probability of the label 1 told from every other column, of whose weights two are free.
    LogisticMany,
}

impl Selectable for Loss {
    const ALL: &'static [Self] = &[
        Self::LeastSquares,
        Self::Plane,
        Self::Absolute,
        Self::Huber,
        Self::Logistic,
        Self::LogisticSigned,
        Self::LogisticMany,
        Self::Hinge,
        Self::Poisson,
        Self::Network,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::LeastSquares => "least-squares",
            Self::Plane => "plane",
            Self::Absolute => "absolute",
            Self::Huber => "huber",
            Self::Logistic => "logistic",
            Self::LogisticSigned => "logistic-signed",
            Self::Hinge => "hinge",
            Self::Poisson => "poisson",
            Self::Network => "network",
            Self::LogisticMany => "logistic-many",
        }
    }
}

impl Loss {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::LeastSquares => "least squares, a line",
            Self::Plane => "least squares, two features",
            Self::Absolute => "absolute error",
            Self::Huber => "Huber",
            Self::Logistic => "logistic, labels 0 and 1",
            Self::LogisticSigned => "logistic, labels \u{2212}1 and 1",
            Self::Hinge => "hinge, labels \u{2212}1 and 1",
            Self::Poisson => "Poisson, counts",
            Self::Network => "network 2-2-1, two of nine weights",
            Self::LogisticMany => "logistic, all other columns, two weights free",
        }
    }

    /// How many features are chosen for it besides the target.
    pub fn features(self) -> usize {
        match self {
            Self::Plane | Self::Network => 2,
            Self::LogisticMany => 0,
            _ => 1,
        }
    }

    /// The weights of which two are free, over these columns; none where all parameters are.
    pub fn weights(self, columns: &[String], target: usize) -> Vec<String> {
        match self {
            Self::Network => Self::weights_of_network(columns).to_vec(),
            Self::LogisticMany => Self::weights_of_columns(columns, target),
            _ => Vec::new(),
        }
    }

    /// The weights that are free where nobody chooses.
    pub fn first_free(self) -> [usize; 2] {
        if self == Self::Network { FIRST_FREE } else { [0, 1] }
    }

    /// A weight for each column but the target, called after it, and the intercept.
    fn weights_of_columns(columns: &[String], target: usize) -> Vec<String> {
        let features =
            || columns.iter().enumerate().filter(|(place, _)| *place != target).map(|(_, name)| name);
        let free = |name: &String| !columns.contains(name);
        let called = |letter: &str| features().map(|name| format!("{letter}_{name}")).collect::<Vec<_>>();
        let weights = ["w", "v", "theta"].into_iter().map(called).find(|names| names.iter().all(free));
        let intercept = ["b", "b_0", "theta_0"].into_iter().map(str::to_owned).find(free);
        weights.unwrap_or_else(|| called("weight")).into_iter().chain(intercept).collect()
    }

    /// The cross-entropy of the labels 0 and 1 told from every other column, as [`Loss::cost`], with these two of its weights free.
    /// The others begin at 0.
    pub fn logistic_many(table: Arc<Table>, target: usize, free: [usize; 2]) -> Cost {
        let names = table.names();
        let weights = Self::weights_of_columns(names, target);
        let y = names.get(target).map_or("0", String::as_str);
        let features = (0..names.len()).filter(|place| *place != target).map(|place| &names[place]);
        let terms = features.zip(&weights).map(|(name, weight)| format!("{weight}*{name} + "));
        let intercept = weights.last().map_or("0", String::as_str);
        let score = format!("({}{intercept})", terms.collect::<String>());
        let fixed = (0..weights.len()).filter(|place| !free.contains(place));
        Cost {
            source: CostSource::Formula(format!("softplus{score} - {y}*{score}")),
            variables: free.map(|place| weights[place.min(weights.len() - 1)].clone()),
            constants: fixed.map(|place| (weights[place].clone(), 0.0)).collect(),
            goal: Goal::Minimize,
            derivatives: Derivatives::Exact,
            data: Some(Data::new(table)),
            penalty: None,
        }
    }

    /// The two parameters, none of which is a column.
    fn parameters(self, columns: &[String]) -> [String; 2] {
        let pairs = match self {
            Self::Plane => [["w1", "w2"], ["theta1", "theta2"], ["a1", "a2"]],
            Self::LeastSquares | Self::Absolute | Self::Huber => {
                [["theta0", "theta1"], ["b", "w"], ["a0", "a1"]]
            }
            _ => [["w", "b"], ["theta1", "theta0"], ["a1", "a0"]],
        };
        let is_free = |pair: &[&str; 2]| pair.iter().all(|name| !columns.iter().any(|column| column == name));
        pairs.into_iter().find(is_free).unwrap_or(["p_1", "p_2"]).map(str::to_owned)
    }

    /// The names of the weights of a network over these columns, those into the hidden units first.
    fn weights_of_network(columns: &[String]) -> [String; 9] {
        let plain = WEIGHTS.map(|(name, _)| name.to_owned());
        let is_taken = plain.iter().any(|name| columns.contains(name));
        if is_taken { plain.map(|name| format!("n_{name}")) } else { plain }
    }

    /// The cost of a network over a table, as [`Loss::cost`], with these two of its weights free.
    pub fn network(table: Arc<Table>, features: [usize; 2], target: usize, free: [usize; 2]) -> Cost {
        let names = table.names();
        let column = |place: usize| names.get(place).map_or("0", String::as_str);
        let [a, b, y] = [column(features[0]), column(features[1]), column(target)];
        let weights = Self::weights_of_network(names);
        let [w11, w12, b1, w21, w22, b2, v1, v2, b3] = &weights;
        let hidden = [
            format!("sigmoid({w11}*{a} + {w12}*{b} + {b1})"),
            format!("sigmoid({w21}*{a} + {w22}*{b} + {b2})"),
        ];
        let out = format!("sigmoid({v1}*{} + {v2}*{} + {b3})", hidden[0], hidden[1]);
        let fixed = (0..weights.len()).filter(|place| !free.contains(place));
        Cost {
            source: CostSource::Formula(format!("({out} - {y})^2/2")),
            variables: free.map(|place| weights[place.min(weights.len() - 1)].clone()),
            constants: fixed.map(|place| (weights[place].clone(), WEIGHTS[place].1)).collect(),
            goal: Goal::Minimize,
            derivatives: Derivatives::Exact,
            data: Some(Data::new(table)),
            penalty: None,
        }
    }

    /// The cost over a table: its features and its target by their places.
    pub fn cost(self, table: Arc<Table>, features: [usize; 2], target: usize) -> Cost {
        if self == Self::Network {
            return Self::network(table, features, target, FIRST_FREE);
        }
        if self == Self::LogisticMany {
            return Self::logistic_many(table, target, self.first_free());
        }
        let names = table.names();
        let column = |place: usize| names.get(place).map_or("0", String::as_str);
        let [x, other, y] = [column(features[0]), column(features[1]), column(target)];
        let [p, q] = self.parameters(names);
        let line = format!("{p} + {q}*{x}");
        let score = format!("({p}*{x} + {q})");
        let mut constants = Vec::new();
        let formula = match self {
            Self::LeastSquares => format!("({line} - {y})^2/2"),
            Self::Plane => format!("({p}*{x} + {q}*{other} - {y})^2/2"),
            Self::Absolute => format!("abs({line} - {y})"),
            Self::Huber => {
                let delta = if names.iter().any(|name| name == "delta") { "d_0" } else { "delta" };
                constants.push((delta.to_owned(), 1.0));
                let error = format!("abs({line} - {y})");
                format!("if({error} <= {delta}, {error}^2/2, {delta}*({error} - {delta}/2))")
            }
            Self::Logistic => format!("softplus{score} - {y}*{score}"),
            Self::LogisticSigned => format!("softplus(-{y}*{score})"),
            Self::Hinge => format!("max(0, 1 - {y}*{score})"),
            Self::Poisson => format!("exp{score} - {y}*{score}"),
            Self::Network | Self::LogisticMany => String::new(),
        };
        Cost {
            source: CostSource::Formula(formula),
            variables: [p, q],
            constants,
            goal: Goal::Minimize,
            derivatives: Derivatives::Exact,
            data: Some(Data::new(table)),
            penalty: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::Point;

    #[test]
    fn every_loss_is_right_in_whatever_the_columns_are_called() {
        for names in [["x", "z", "y"], ["theta0", "w", "b"], ["w1", "delta", "theta1"]] {
            let names = names.map(str::to_owned).to_vec();
            let table = Table::new(names, vec![vec![1.0, 2.0], vec![0.5, -1.0], vec![1.0, 1.0]]).unwrap();
            let table = Arc::new(table);
            let at = Point::new(0.3, -0.2);
            for (loss, wanted) in [
                (Loss::LeastSquares, [0.9 * 0.9 / 2.0, 1.1 * 1.1 / 2.0]),
                (Loss::Plane, [0.8 * 0.8 / 2.0, 0.2 * 0.2 / 2.0]),
                (Loss::Absolute, [0.9, 1.1]),
                (Loss::Huber, [0.9 * 0.9 / 2.0, 1.1 - 0.5]),
                (Loss::Logistic, [0.1, 0.4].map(|z: f64| z.exp().ln_1p() - z)),
                (Loss::LogisticSigned, [0.1, 0.4].map(|z: f64| (-z).exp().ln_1p())),
                (Loss::Hinge, [0.9, 0.6]),
                (Loss::Poisson, [0.1, 0.4].map(|z: f64| z.exp() - z)),
                (Loss::LogisticMany, [0.2, 0.8].map(|z: f64| z.exp().ln_1p() - z)),
                (
                    Loss::Network,
                    [[1.0, 0.5], [2.0, -1.0]].map(|[a, b]| {
                        let sigma = |s: f64| 1.0 / (1.0 + (-s).exp());
                        let first = sigma(0.3 * a - 1.5 * b + 0.3);
                        let second = sigma(0.8 * a + 2.0 * b - 1.0);
                        (sigma(-0.2 * first + 1.2 * second - 0.5) - 1.0_f64).powi(2) / 2.0
                    }),
                ),
            ] {
                let cost = loss.cost(Arc::clone(&table), [0, 1], 2);
                let objective =
                    cost.objective().unwrap_or_else(|error| panic!("{}: {error}", cost.formula()));
                let found = objective.evaluator().value(at);
                let wanted = (wanted[0] + wanted[1]) / 2.0;
                assert!(
                    (found - wanted).abs() < 1e-12,
                    "{loss:?}: {} is {found}, not {wanted}",
                    cost.formula()
                );
            }
        }
    }
}
