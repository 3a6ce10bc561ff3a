//! Parameters of scaled columns, and what they are for the columns as they are given.
//!
//! A model that is linear in its two parameters has a score s = θ₁m₁ + θ₂m₂ + …, in which each m is a column or 1. With the column
//! x on its scale, x′ = (x − c)/d,
//!
//! ```text
//! θ x′ = (θ/d) x − θ c/d
//! ```
//!
//! so that the same model has the slope θ/d for a unit of x, and the parameter beside 1 takes what the center asks for. Where the
//! target is on a scale too, y′ = (y − c)/d, a loss of the difference s − y′ is one of d s + c − y, and all of the score is
//! stretched by d and moved by c. Together this is an affine map θ̃ = Lθ + b, and J in θ̃ is J(L⁻¹(θ̃ − b)).
//!
//! Source: substitution; the lecture's rule for scaling features. Convention: which column a parameter stands beside is found from
//! the loss alone, whose derivatives by the two parameters are as m₁ to m₂ in every row; and the map is taken only where the loss of
//! a row is the same on both sides of it, but for one factor where the target is on a scale.

mod row_loss;

use std::sync::Arc;

use nalgebra::Matrix2;

use row_loss::RowLoss;

use super::{Cost, CostSource, Data};
use crate::data::{Scaling, Table};
use crate::expr::display_name;
use crate::objective::{Penalty, Point, Reduce};

/// Why there are no parameters of the columns as they are given. Its `Display` is one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUnscaled {
    /// There are no rows.
    #[error("there are no rows, so no columns that could have a scale")]
    NoRows,
    /// No column has a scale.
    #[error("no column has a scale: choose one for a column, and the contours before it are drawn here")]
    NotScaled,
    /// Those that have one stand beside constants.
    #[error("the two parameters stand beside no column that has a scale: they are the same without it")]
    Same,
    /// The loss is not of a score.
    #[error(
        "the model is not linear in its two parameters: there are none of the columns as they are given that say the same"
    )]
    NotLinear,
    /// A centre that nothing can take.
    #[error(
        "the scale moves `{0}`, and the model has no free intercept that could take that up: without it, it is another model"
    )]
    NoIntercept(String),
    /// The loss is not of the difference to a target on a scale.
    #[error(
        "the loss is not that of the difference between the target `{0}` and the model alone, so that its scale cannot be taken back"
    )]
    Target(String),
}

/// Parameters on the scales and off them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AffineMap {
    linear: Matrix2<f64>,
    shift: Point,
    back: Matrix2<f64>,
}

impl AffineMap {
    fn new(linear: Matrix2<f64>, shift: Point) -> Option<Self> {
        linear.try_inverse().map(|back| Self { linear, shift, back })
    }

    /// Parameters of scaled columns as those of the columns as they are given.
    pub fn unscaled(&self, theta: Point) -> Point {
        self.linear * theta + self.shift
    }

    /// Parameters of the columns as they are given as those of scaled ones.
    pub fn scaled(&self, theta: Point) -> Point {
        self.back * (theta - self.shift)
    }
}

/// What a parameter means, on the scales and off them, as it stands behind its value: "per sd of x", "per x".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// On the scales.
    pub scaled: String,
    /// Of the columns as they are given.
    pub given: String,
}

/// A cost in the parameters of its columns as they are given.
#[derive(Clone, Debug, PartialEq)]
pub struct Unscaled {
    /// From the parameters on the scales.
    pub map: AffineMap,
    /// The same cost in those parameters: its value is that of the cost on the scales at the same model.
    pub cost: Cost,
}

/// What the two parameters of a cost are, where a column that one of them stands beside has a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterUnits {
    /// Of each parameter that is another off the scales: what a unit of it becomes, and what it means.
    slopes: [Option<(f64, Meaning)>; 2],
    /// What the parameter beside 1 means, if there is one and it is another off the scales.
    intercept: Option<(usize, Meaning)>,
    /// The cost without the scales, or why there is none.
    pub unscaled: Result<Unscaled, NotUnscaled>,
}

impl ParameterUnits {
    /// What each parameter is off the scales at these values, and what it means on them and off them; nothing of one that is the
    /// same, or of which that cannot be told.
    pub fn given(&self, theta: Point) -> [Option<(f64, &Meaning)>; 2] {
        let off = self.unscaled.as_ref().ok().map(|unscaled| unscaled.map.unscaled(theta));
        [0, 1].map(|axis| match (&self.slopes[axis], &self.intercept) {
            (Some((factor, meaning)), _) => Some((factor * theta[axis], meaning)),
            (None, Some((place, meaning))) if *place == axis => Some((off?[axis], meaning)),
            _ => None,
        })
    }

    /// What each parameter means off the scales, where it is another there.
    pub fn meanings(&self) -> [Option<&Meaning>; 2] {
        [0, 1].map(|axis| match (&self.slopes[axis], &self.intercept) {
            (Some((_, meaning)), _) => Some(meaning),
            (None, Some((place, meaning))) if *place == axis => Some(meaning),
            _ => None,
        })
    }
}

impl Cost {
    /// What its parameters are off the scales of its columns.
    ///
    /// # Errors
    /// No column that a parameter stands beside has a scale, or it is not known which one that is.
    pub fn parameter_units(&self) -> Result<ParameterUnits, NotUnscaled> {
        let data = self.data.as_ref().ok_or(NotUnscaled::NoRows)?;
        if !data.is_scaled() {
            return Err(NotUnscaled::NotScaled);
        }
        let mut loss = RowLoss::of(self, data).ok_or(NotUnscaled::NotLinear)?;
        let beside = loss.beside().ok_or(NotUnscaled::NotLinear)?;
        let (scales, target) = (loss.scales.clone(), loss.roles.target);
        let of_target = scales[target];
        let scale_beside = |axis: usize| beside[axis].and_then(|place| scales[place]);
        if of_target.is_none() && (0..2).all(|axis| scale_beside(axis).is_none()) {
            return Err(NotUnscaled::Same);
        }
        let stretch = of_target.map_or(1.0, |scale| scale.spread);
        let unscaled = loss.unscaled(beside).and_then(|(map, factor)| {
            let cost = self.in_parameters_off(data, &loss.without_scales(beside), map, factor);
            cost.objective().map_err(|_| NotUnscaled::NotLinear)?;
            Ok(Unscaled { map, cost })
        });
        // A slope is known without the map, unless the target has a scale that cannot be taken back.
        let knows_slopes = of_target.is_none() || unscaled.is_ok();
        let on_target = of_target
            .and(data.scale()[target])
            .map(|scaling| format!(", {} in {}", display_name(&data.names()[target]), unit_word(scaling)));
        let on_target = on_target.unwrap_or_default();
        let name = |place: usize| display_name(&data.names()[place]);
        let slope = |axis: usize| {
            let place = beside[axis]?;
            let spread = scale_beside(axis).map_or(1.0, |scale| scale.spread);
            let scaled = match data.scale()[place] {
                Some(scaling) => format!("per {} of {}", unit_word(scaling), name(place)),
                None => format!("per {}", name(place)),
            };
            let meaning = Meaning { scaled: scaled + &on_target, given: format!("per {}", name(place)) };
            (knows_slopes && stretch / spread != 1.0).then_some((stretch / spread, meaning))
        };
        let slopes = [slope(0), slope(1)];
        let intercept = (0..2).find(|axis| beside[*axis].is_none()).filter(|_| unscaled.is_ok());
        let intercept = intercept.map(|axis| {
            let other = beside[1 - axis];
            let scaling = other.and_then(|place| Some((place, data.scale()[place]?)));
            let (scaled, given) = match scaling {
                Some((place, Scaling::Standardize)) => {
                    (format!("at the mean of {}", name(place)), format!("at {} = 0", name(place)))
                }
                Some((place, Scaling::MinMax)) => {
                    (format!("at the least {}", name(place)), format!("at {} = 0", name(place)))
                }
                None => ("on the scale".to_owned(), "off it".to_owned()),
            };
            (axis, Meaning { scaled: scaled + &on_target, given })
        });
        Ok(ParameterUnits { slopes, intercept, unscaled })
    }

    /// This cost in the parameters that `map` makes of its own, over rows in which its formula is that many times smaller.
    fn in_parameters_off(&self, data: &Data, rows: &[Vec<f64>], map: AffineMap, factor: f64) -> Self {
        let mut formula = self.right_side();
        if factor != 1.0 {
            formula = format!("({factor:e})*({formula})");
        }
        // The penalty stays on the parameters that it was put on. The loss of a row has its part of it.
        if let Some(Penalty { l1, l2, counts }) = self.penalty.filter(|penalty| !penalty.is_nothing()) {
            let part =
                if data.reduce == Reduce::Sum { format!("/{}", data.table().rows()) } else { String::new() };
            let at_zero = map.scaled(Point::zeros());
            for axis in (0..2).filter(|axis| counts[*axis]) {
                let [x, y] = &self.variables;
                let [a, b, c] = [map.back[(axis, 0)], map.back[(axis, 1)], at_zero[axis]];
                let scaled = format!("(({a:e})*{x} + ({b:e})*{y} + ({c:e}))");
                formula.push_str(&format!(" + (({l1:e})*abs({scaled}) + ({l2:e})*{scaled}^2){part}"));
            }
        }
        let table = Table::new(data.names().to_vec(), rows.to_vec()).ok();
        let data = table.map(|table| {
            let mut rows = Data::new(Arc::new(table));
            rows.reduce = data.reduce;
            rows
        });
        Self { source: CostSource::Formula(formula), data, penalty: None, ..self.clone() }
    }
}

/// What a scale measures by.
fn unit_word(scaling: Scaling) -> &'static str {
    match scaling {
        Scaling::Standardize => "sd",
        Scaling::MinMax => "range",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use crate::spelling::Selectable as _;

    const HOUSES: &str = "columns = [\"x\", \"y\"]\nrows = [[45, 152], [60, 178], [82, 251], [128, 371]]\n";

    fn cost(formula: &str, data: &str, more: &str) -> Cost {
        let text =
            format!("[cost]\nformula = \"{formula}\"\nvariables = [\"a\", \"b\"]\n{more}[data]\n{data}\n");
        scenario::read(&text, "units").unwrap_or_else(|error| panic!("{error}")).cost
    }

    /// Both costs at models that are the same.
    fn assert_same(cost: &Cost, units: &ParameterUnits) {
        let Unscaled { map, cost: off } = units.unscaled.as_ref().unwrap();
        let [on, off] = [cost, off].map(|cost| cost.objective().unwrap());
        for theta in [[0.0, 0.0], [1.0, -2.0], [0.3, 0.7], [-4.0, 5.0]].map(Point::from) {
            let [here, there] = [on.evaluator().value(theta), off.evaluator().value(map.unscaled(theta))];
            assert!((here - there).abs() <= 1e-9 * here.abs().max(1.0), "{theta}: {here} {there}");
            assert!((map.scaled(map.unscaled(theta)) - theta).norm() < 1e-9);
        }
    }

    #[test]
    fn a_line_over_a_scaled_column_is_the_same_line_in_other_parameters() {
        for (scaling, words) in [
            ("standardize", ["at the mean of x", "per sd of x"]),
            ("min-max", ["at the least x", "per range of x"]),
        ] {
            let scale = format!("{HOUSES}scale = {{ x = \"{scaling}\" }}");
            for more in ["", "l1 = 0.3\nl2 = 0.2\nregularize = [\"b\"]\n", "reduce = \"sum\"\nl2 = 0.2\n"] {
                let cost = cost("(a + b*x - y)^2/2", &scale, more);
                let units = cost.parameter_units().unwrap();
                assert_same(&cost, &units);
                let x = [45.0, 60.0, 82.0, 128.0];
                let of_x =
                    Scaling::ALL.iter().find(|known| known.id() == scaling).unwrap().scale(&x).unwrap();
                let theta = Point::new(230.0, 77.0);
                let [a, b] = units.given(theta).map(Option::unwrap);
                assert!((b.0 - 77.0 / of_x.spread).abs() < 1e-12);
                assert!((a.0 - (230.0 - 77.0 * of_x.center / of_x.spread)).abs() < 1e-9);
                assert_eq!([a.1.scaled.as_str(), &b.1.scaled], words);
                assert_eq!([a.1.given.as_str(), &b.1.given], ["at x = 0", "per x"]);
            }
        }
    }

    #[test]
    fn every_loss_of_a_score_has_parameters_off_the_scales() {
        let labels = "columns = [\"x\", \"y\"]\nrows = [[10, 0], [20, 0], [35, 1], [90, 1], [15, 1]]\nscale = { x = \"standardize\" }";
        let signed = "columns = [\"x\", \"y\"]\nrows = [[10, -1], [20, -1], [35, 1], [90, 1], [15, 1]]\nscale = { x = \"min-max\" }";
        for (formula, data) in [
            ("softplus(a*x + b) - y*(a*x + b)", labels),
            ("softplus(-y*(a*x + b))", signed),
            ("max(0, 1 - y*(a*x + b))", signed),
            ("exp(a*x + b) - y*(a*x + b)", labels),
            ("abs(a + b*x - y)", labels),
            ("if(abs(a + b*x - y) <= 1, (a + b*x - y)^2/2, abs(a + b*x - y) - 1/2)", labels),
        ] {
            let cost = cost(formula, data, "");
            assert_same(&cost, &cost.parameter_units().unwrap_or_else(|error| panic!("{formula}: {error}")));
        }
        // The target on a scale too: the loss is so many times smaller.
        let both = format!("{HOUSES}scale = {{ x = \"standardize\", y = \"standardize\" }}");
        let cost = cost("(a + b*x - y)^2/2", &both, "");
        let units = cost.parameter_units().unwrap();
        assert_same(&cost, &units);
        assert_eq!(units.meanings()[1].unwrap().scaled, "per sd of x, y in sd");
    }

    #[test]
    fn what_is_another_model_without_its_scale_is_said() {
        let three =
            "columns = [\"x\", \"z\", \"y\"]\nrows = [[1, 10, 2], [2, 30, 3], [4, 10, 4], [5, 70, 5]]\n";
        let scaled = |which: &str| format!("{three}scale = {{ {which} }}");
        let reason = |formula: &str, data: &str| {
            let units = cost(formula, data, "").parameter_units();
            units.map(|units| units.unscaled.map(|_| ())).and_then(|result| result).unwrap_err()
        };
        assert_eq!(reason("(a + b*x - y)^2", three), NotUnscaled::NotScaled);
        let x = scaled("x = \"standardize\"");
        assert_eq!(reason("(a*x + b*z - y)^2", &x), NotUnscaled::NoIntercept("x".to_owned()));
        assert_eq!(reason("(a + b*z - y)^2", &x), NotUnscaled::Same);
        assert_eq!(reason("(a*sin(b*x) - y)^2", &x), NotUnscaled::NotLinear);
        let y = scaled("y = \"standardize\"");
        assert_eq!(reason("(a + b*x - y)^2 + y", &y), NotUnscaled::Target("y".to_owned()));
        // The slopes are known all the same.
        let units = cost("(a*x + b*z - y)^2", &x, "").parameter_units().unwrap();
        let [slope, other] = units.given(Point::new(3.0, 1.0));
        assert!((slope.unwrap().0 - 3.0 / 2.5_f64.sqrt()).abs() < 1e-12 && other.is_none());
    }
}
