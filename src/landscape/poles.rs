//! Poles: whether a cost leaves every bound between the nodes of its field.
//!
//! Convention, our own. The extreme node has a height h over the median of some scattered nodes. It can be beside a pole
//! only if the cost falls by more than h/10 within one cell from it. From there the cost is climbed by steps to the eight
//! sides that are halved 40 times. It is unbounded if that
//! - leads to an infinite value, or up by more than 2 h, or
//! - leads nowhere, because the node itself is on the pole but for rounding: along one axis, a thousandth of a cell to
//!   both sides, the cost has fallen by more than 0.7 of what it falls within the whole cell.
//!
//! A peak that no node has met counts as a pole: the nodes do not show how high it is.

use super::Field;
use super::quantiles::scattered;
use crate::elementary;
use crate::objective::Point;

/// Halvings of the step of the climb: 2⁻⁴⁰ of a cell is as near as rounding allows in most windows.
const HALVINGS: u32 = 40;

/// How far the cost falls within one cell from a node that stands out, as a share of the node's height.
const DROP: f64 = 0.1;

/// How far it is climbed before it counts as unbounded, in heights of the node.
const CLIMB: f64 = 2.0;

/// How many nodes the median is taken of.
const SAMPLE: usize = 65;

/// Whether a cost is unbounded below its smallest and above its largest node. Asks for at most some 700 values, and for
/// none where no node stands out.
pub(super) fn unbounded(field: &Field, mut cost: impl FnMut(Point) -> f64) -> [bool; 2] {
    let Some([min, max]) = field.range().filter(|[min, max]| min < max) else { return [false; 2] };
    let sample = scattered(&field.values, SAMPLE);
    let median = sample.get(sample.len() / 2).copied().unwrap_or(min);
    [(min, -1.0), (max, 1.0)].map(|(extreme, sign)| {
        let height = (sign * (extreme - median)).min(f64::MAX);
        let place = field.values.iter().position(|value| *value == extreme);
        place.is_some_and(|place| is_pole(field, place, height, |at| sign * cost(at)))
    })
}

/// Whether `cost`, greatest at a node that is so high, has a pole within a cell of it.
fn is_pole(field: &Field, place: usize, height: f64, mut cost: impl FnMut(Point) -> f64) -> bool {
    let Field { region, columns, rows, .. } = field;
    let (column, row) = (place % columns, place / columns);
    let around = |center: usize, count: &usize| center.saturating_sub(1)..(center + 2).min(*count);
    let beside = around(row, rows).flat_map(|j| around(column, columns).map(move |i| j * columns + i));
    let drops = beside.map(|other| (field.values[place] - field.values[other]).abs());
    if !drops.into_iter().any(|drop| drop > DROP * height) {
        return false;
    }
    let cell = [region.width() / (columns - 1) as f64, region.height() / (rows - 1) as f64];
    let node = Point::new(region.x[0] + column as f64 * cell[0], region.y[0] + row as f64 * cell[1]);
    let at_node = cost(node);
    let (mut top, mut at) = (at_node, node);
    for halving in 1..=HALVINGS {
        let step = cell.map(|side| side * elementary::powi(0.5_f64, halving as i32));
        let from = at;
        for (right, up) in SIDES {
            let to = Point::new(from.x + right * step[0], from.y + up * step[1]);
            let found = if region.contains(to) { cost(to) } else { f64::NAN };
            if found > top {
                (top, at) = (found, to);
            }
        }
    }
    let mut fall = |toward: Point| {
        let highest = cost(at + toward).max(cost(at - toward));
        if highest.is_finite() { top - highest } else { 0.0 }
    };
    top == f64::INFINITY
        || top - at_node > CLIMB * height
        || [Point::new(cell[0], 0.0), Point::new(0.0, cell[1])].into_iter().any(|side| {
            let whole = fall(side);
            whole > DROP * height && fall(1e-3 * side) > 0.7 * whole
        })
}

/// Right and up of the eight neighbors.
const SIDES: [(f64, f64); 8] =
    [(1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (-1.0, 1.0), (-1.0, 0.0), (-1.0, -1.0), (0.0, -1.0), (1.0, -1.0)];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;
    use crate::landscape::Region;
    use crate::objective::{Derivatives, Goal, Objective};

    /// Whether a formula is unbounded below and above, as seen on grids from coarse to fine, with nodes on the axes and beside them.
    fn seen(formula: &str) -> Vec<[bool; 2]> {
        let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
        let objective = Objective::new(tape, Goal::Minimize, Derivatives::Exact);
        let region = Region { x: [-3.0, 3.0], y: [-3.0, 3.0] };
        let shifted = Region { x: [-2.93, 3.21], y: [-3.07, 2.9] };
        let mut seen: Vec<_> = [region, shifted]
            .into_iter()
            .flat_map(|region| [[40, 31], [161, 120], [512, 512], [801, 601]].map(|size| (region, size)))
            .map(|(region, [columns, rows])| Field::of(&objective, region, columns, rows).unbounded)
            .collect();
        seen.dedup();
        seen
    }

    #[test]
    fn poles_are_found_on_every_grid() {
        for (formula, expected) in [
            ("1/x + y", [true, true]),
            ("tan(x) + y", [true, true]),
            ("1/(x - y)", [true, true]),
            ("1/(x^2 + y^2 - 1)", [true, true]),
            ("tan(x*y)", [true, true]),
            ("1/x^3 - y", [true, true]),
            ("1/sqrt(x^2 + y^2)", [false, true]),
            ("1/(x^2 + y^2)", [false, true]),
            ("x - 1/(x - 0.3)^2", [true, false]),
            ("ln(abs(x)) + y", [true, false]),
            ("ln(x^2 + y^2)", [true, false]),
            ("1/((x-1)^2 + (y+1)^2) + x^2", [false, true]),
        ] {
            assert_eq!(seen(formula), [expected], "{formula}");
        }
    }

    #[test]
    fn steep_costs_and_jumps_are_bounded_on_every_grid() {
        for formula in [
            "exp(x^2 + y^2)",
            "exp(exp(x))",
            "-exp(3*x*y)",
            "100*(y - x^2)^2 + (1 - x)^2",
            "-20*exp(-0.2*sqrt((x^2 + y^2)/2)) - exp((cos(6*x) + cos(6*y))/2)",
            "exp(-4*(x^2 + y^2))",
            "sqrt(abs(x)) - sqrt(abs(y))",
            "sign(sin(3*x))",
            "floor(x) + y",
            "100*sign(x - 0.5) - x^2",
            "abs(x) + abs(y)",
            "x + y",
            "5",
            "sqrt(-1)",
        ] {
            assert_eq!(seen(formula), [[false; 2]], "{formula}");
        }
    }

    #[test]
    fn a_node_on_a_pole_but_for_rounding_is_seen() {
        let region = Region { x: [-1.0, 1.0], y: [-1.0, 1.0] };
        let cost = |at: Point| 1.0 / (at.x * at.x + at.y * at.y).sqrt();
        let mut field = Field::sample(region, 41, 41, |xs, ys, out| {
            for (row, y) in out.chunks_mut(xs.len()).zip(ys) {
                row.iter_mut().zip(xs).for_each(|(value, x)| *value = cost(Point::new(*x, *y)));
            }
        });
        field.values[20 * 41 + 20] = 1e17;
        let on_a_pole = |at: Point| if at.norm() < 1e-12 { 1e17 } else { cost(at) };
        assert_eq!(unbounded(&field, on_a_pole), [false, true]);
    }
}
