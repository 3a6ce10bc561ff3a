//! What the loss of a row says of its two parameters: which columns they stand beside, and whether the loss is the same off the
//! scales of these. The formulas stand in the [module](super).

use nalgebra::Matrix2;

use super::{AffineMap, NotUnscaled};
use crate::data::{Roles, Scale, Scaling};
use crate::expr::{Expression, TapeEvaluator};
use crate::objective::Point;
use crate::scenario::{Cost, Data};

/// The loss of a row, and rows to look at it in.
pub(super) struct RowLoss<'a> {
    data: &'a Data,
    loss: TapeEvaluator,
    /// What the columns are.
    pub roles: Roles,
    /// The scale of each.
    pub scales: Vec<Option<Scale>>,
    /// Rows on the scales, between those of the table.
    rows: Vec<Vec<f64>>,
}

/// So many rows are looked at, at these parameters: large ones, and small ones where a column is large.
const ROWS: usize = 8;
const THETAS: [[f64; 2]; 3] = [[0.31, -0.77], [-1.13, 0.42], [0.05, 1.9]];
const SIZES: [f64; 3] = [1.0, 1e-2, 1e-4];
/// So many of them have to say something.
const LEAST_PROBES: usize = 6;
/// What rounding may do to a derivative, and to a loss.
const ROUNDING: f64 = 1e-9;

impl<'a> RowLoss<'a> {
    /// That of a cost over these rows; nothing while it cannot be evaluated.
    pub fn of(cost: &Cost, data: &'a Data) -> Option<Self> {
        let roles = cost.roles()?;
        let columns: Vec<&str> = data.names().iter().map(String::as_str).collect();
        let parsed = Expression::parse(cost.formula()).ok()?;
        let tape = parsed.compile_with(cost.variable_names(), &cost.constants, &columns).ok()?;
        let scale = |(scaling, column): (&Option<Scaling>, &Vec<f64>)| (*scaling)?.scale(column);
        let scales = data.scale().iter().zip(data.table().columns()).map(scale).collect();
        let table = data.rows().table;
        let count = table.rows();
        let row = |number: usize| {
            let from = number * count / ROWS % count;
            let to = (from + count / 3 + 1) % count;
            let mut row = table.row(from);
            for (place, (value, other)) in row.iter_mut().zip(table.row(to)).enumerate() {
                // A target may be a label, of which there is nothing between.
                if place != roles.target {
                    let part = (0.37 + 0.61 * place as f64 + 0.17 * number as f64).fract();
                    *value += part * (other - *value);
                }
            }
            row
        };
        let rows = (0..ROWS).map(row).collect();
        Some(Self { data, loss: tape.evaluator(), roles, scales, rows })
    }

    /// The column that each parameter stands beside, or 1; nothing where the loss is not of such a score.
    pub fn beside(&mut self) -> Option<[Option<usize>; 2]> {
        let mut slopes: Vec<(usize, [f64; 2])> = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            self.loss.bind(row);
            for theta in probes() {
                let jet = self.loss.first(theta.x, theta.y);
                let slope = [jet.dx, jet.dy];
                if slope.iter().all(|d| d.is_finite()) && slope != [0.0; 2] {
                    slopes.push((number, slope));
                }
            }
        }
        if slopes.len() < LEAST_PROBES {
            return None;
        }
        let known: Vec<Option<usize>> =
            std::iter::once(None).chain(self.roles.features.iter().copied().map(Some)).collect();
        let value = |number: usize, place: Option<usize>| place.map_or(1.0, |place| self.rows[number][place]);
        let holds = |pair: [Option<usize>; 2]| {
            slopes.iter().all(|(number, [dx, dy])| {
                let [left, right] = [dx * value(*number, pair[1]), dy * value(*number, pair[0])];
                (left - right).abs() <= ROUNDING * (left.abs() + right.abs())
            })
        };
        let pairs = known.iter().flat_map(|a| known.iter().map(move |b| [*a, *b]));
        pairs.filter(|[a, b]| a != b).find(|pair| holds(*pair))
    }

    /// The columns that lose their scales: those beside the parameters, and the target.
    fn is_unscaled(&self, beside: [Option<usize>; 2], place: usize) -> bool {
        beside.contains(&Some(place)) || place == self.roles.target
    }

    /// The columns of the table, without the scales of these.
    pub fn without_scales(&self, beside: [Option<usize>; 2]) -> Vec<Vec<f64>> {
        let (given, scaled) = (self.data.table(), self.data.rows().table);
        let column = |place: usize| {
            let table = if self.is_unscaled(beside, place) { given } else { &scaled };
            table.columns()[place].clone()
        };
        (0..given.names().len()).map(column).collect()
    }

    /// The map, and what the loss on the scales is in losses off them.
    pub fn unscaled(&mut self, beside: [Option<usize>; 2]) -> Result<(AffineMap, f64), NotUnscaled> {
        let of_target = self.scales[self.roles.target];
        let name = |place: usize| self.data.names()[place].clone();
        let (stretch, moved) = of_target.map_or((1.0, 0.0), |scale| (scale.spread, scale.center));
        let mut linear = Matrix2::zeros();
        let mut shift = Point::zeros();
        let intercept = (0..2).find(|axis| beside[*axis].is_none());
        for axis in 0..2 {
            let scale = beside[axis].and_then(|place| self.scales[place]);
            let (center, spread) = scale.map_or((0.0, 1.0), |scale| (scale.center, scale.spread));
            linear[(axis, axis)] = stretch / spread;
            match (beside[axis], intercept) {
                (Some(place), None) if center != 0.0 => return Err(NotUnscaled::NoIntercept(name(place))),
                (Some(_), Some(intercept)) => linear[(intercept, axis)] -= stretch * center / spread,
                _ => {}
            }
        }
        match intercept {
            Some(intercept) => shift[intercept] = moved,
            None if moved != 0.0 => return Err(NotUnscaled::NoIntercept(name(self.roles.target))),
            None => {}
        }
        let other = match of_target {
            Some(_) => NotUnscaled::Target(name(self.roles.target)),
            None => NotUnscaled::NotLinear,
        };
        let map = AffineMap::new(linear, shift).ok_or_else(|| other.clone())?;
        let factor = self.factor(beside, map).filter(|factor| of_target.is_some() || *factor == 1.0);
        factor.map(|factor| (map, factor)).ok_or(other)
    }

    /// What the loss on the scales is in losses off them, if that is the same at all rows and parameters.
    fn factor(&mut self, beside: [Option<usize>; 2], map: AffineMap) -> Option<f64> {
        let mut losses: Vec<[f64; 2]> = Vec::new();
        for row in &self.rows {
            let off = |(place, value): (usize, &f64)| match self.scales[place] {
                Some(scale) if self.is_unscaled(beside, place) => scale.center + scale.spread * value,
                _ => *value,
            };
            let given: Vec<f64> = row.iter().enumerate().map(off).collect();
            for theta in probes() {
                let mut loss = |row: &[f64], at: Point| {
                    self.loss.bind(row);
                    self.loss.value(at.x, at.y)
                };
                losses.push([loss(row, theta), loss(&given, map.unscaled(theta))]);
            }
        }
        losses.retain(|both| both.iter().all(|loss| loss.is_finite()));
        let largest = losses.iter().copied().max_by(|a, b| a[1].abs().total_cmp(&b[1].abs()))?;
        let factor = largest[0] / largest[1];
        // Rounding is not taken for a factor.
        let factor = if (factor - 1.0).abs() <= ROUNDING { 1.0 } else { factor };
        let is_it = |[on, off]: &[f64; 2]| {
            (on - factor * off).abs() <= 1e3 * ROUNDING * on.abs() + ROUNDING * largest[0].abs()
        };
        (losses.len() >= LEAST_PROBES && factor.is_finite() && factor > 0.0 && losses.iter().all(is_it))
            .then_some(factor)
    }
}

/// The parameters at which losses are looked at.
fn probes() -> impl Iterator<Item = Point> {
    SIZES.into_iter().flat_map(|size| THETAS.map(|theta| Point::from(theta) * size))
}
