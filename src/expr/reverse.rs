//! Reverse differentiation of a formula that is a graph of operations: values forward, then backward the derivative of the
//! result by every vertex.
//!
//! Chain rule, for a vertex u and the vertices v that read it: ∂J/∂u = Σ ∂J/∂v · ∂v/∂u, from ∂J/∂J = 1 down to the leaves.
//! Source: Griewank & Walther 2008, section 3.2; Linnainmaa 1976. Forward differentiation (`dual`, `careful`) carries the two
//! derivatives of a point up through a tape; here one sweep down gives those by all leaves. Both take the derivatives of
//! functions from the same rows, and nothing else.
//!
//! Conventions: those of the rows, as d|u|/du = 0 at 0. What max, min, clamp and cases do not pass on is no derivative 0 but
//! none at all, so that a missing one behind it is not missed. A product 0·∞ is not a number: the rule says nothing there, even
//! where J has a derivative. Numbers have exponents without bounds, so that ln(1 + exp(u)) has its derivative for any u.

use super::functions::{self, Binary, Function, Kind, REMAINDER, is_logical};
use super::power::{MAX_PRODUCT_EXPONENT, power_partials, powi, powi_first};
use super::real::Real as _;
use super::wide::Wide;

/// What a vertex does with its operands.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Nothing: its number is given.
    Leaf,
    /// −u
    Negative,
    /// Sum of terms, with those marked that are taken off.
    Sum(Vec<bool>),
    /// Product of two factors or more.
    Product,
    /// u/v
    Quotient,
    /// u^v
    Power,
    /// u % v, with the sign of u.
    Remainder,
    /// A function of as many operands as it takes, but no sum or product over an index.
    Call(&'static Function),
}

/// What an operation reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GraphOperand {
    /// The vertex at a place before it.
    Vertex(usize),
    /// A number.
    Number(f64),
}

/// An operation on numbers and on vertices before it.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphVertex {
    /// What it does.
    pub operation: Operation,
    /// With what, in order.
    pub operands: Vec<GraphOperand>,
}

/// A derivative, or nothing where the operation does not pass the operand on.
type Slope = Option<Wide>;

impl Operation {
    /// What it makes of numbers; of a leaf not a number.
    pub fn value(&self, operands: &[f64]) -> f64 {
        let operands: Vec<Wide> = operands.iter().copied().map(Wide::from).collect();
        self.apply(&operands).0.to_f64()
    }

    /// Its value, and its derivatives by each operand.
    fn apply(&self, operands: &[Wide]) -> (Wide, Vec<Slope>) {
        let one = Wide::from(1.0);
        match (self, operands) {
            (Self::Negative, [a]) => (-*a, vec![Some(-one)]),
            (Self::Sum(is_taken_off), terms) => {
                let signed = |(a, is_off): (&Wide, &bool)| if *is_off { -*a } else { *a };
                let value = terms.iter().zip(is_taken_off).map(signed).reduce(|sum, a| sum + a);
                let slopes = is_taken_off.iter().map(|is_off| Some(if *is_off { -one } else { one }));
                (value.unwrap_or_default(), slopes.collect())
            }
            (Self::Product, factors) => product(factors),
            (Self::Quotient, [a, b]) => {
                let quotient = *a / *b;
                (quotient, vec![Some(one / *b), Some(-(quotient / *b))])
            }
            (Self::Power, [a, b]) => power(*a, *b),
            (Self::Remainder, [a, b]) => of_two(&REMAINDER, *a, *b),
            (Self::Call(function), operands) => called(function, operands),
            _ => (Wide::from(f64::NAN), vec![None; operands.len()]),
        }
    }
}

/// The derivative by a factor is the product of the others.
fn product(factors: &[Wide]) -> (Wide, Vec<Slope>) {
    let mut slopes = vec![Some(Wide::from(1.0)); factors.len()];
    let mut before = Wide::from(1.0);
    for (slope, factor) in slopes.iter_mut().zip(factors) {
        *slope = slope.map(|slope| slope * before);
        before = before * *factor;
    }
    let mut behind = Wide::from(1.0);
    for (slope, factor) in slopes.iter_mut().zip(factors).rev() {
        *slope = slope.map(|slope| slope * behind);
        behind = *factor * behind;
    }
    (before, slopes)
}

fn power(a: Wide, b: Wide) -> (Wide, Vec<Slope>) {
    let [value, da, db, ..] = power_partials(a, b);
    let exponent = b.to_f64();
    if exponent.fract() == 0.0 && exponent.abs() <= MAX_PRODUCT_EXPONENT {
        let n = exponent as i32;
        return (powi(a, n), vec![Some(powi_first(a, n)), Some(db)]);
    }
    if a == std::f64::consts::E {
        let value = b.exp();
        return (value, vec![Some(da), Some(value)]);
    }
    (value, vec![Some(da), Some(db)])
}

fn of_two(f: &Binary, a: Wide, b: Wide) -> (Wide, Vec<Slope>) {
    let [value, da, db, ..] = (f.wide)(a, b);
    (value, vec![Some(da), Some(db)])
}

fn called(function: &Function, operands: &[Wide]) -> (Wide, Vec<Slope>) {
    let none = || vec![None; operands.len()];
    if is_logical(function) {
        let numbers: Vec<f64> = operands.iter().map(|operand| operand.to_f64()).collect();
        return (Wide::from(function.value(&numbers)), none());
    }
    match (&function.kind, operands) {
        (Kind::Unary(f), [a]) => {
            let [value, slope, _] = (f.wide)(*a);
            (value, vec![Some(slope)])
        }
        (Kind::Binary(f), [a, b]) => of_two(f, *a, *b),
        (Kind::Power, [a, b]) => power(*a, *b),
        (Kind::Fold(f), operands) => extreme(f, operands),
        (Kind::Clamp, [x, low, high]) => clamped(*x, *low, *high),
        (Kind::LogToBase, [x, base]) => {
            let [over, under] = [*x, *base].map(|number| number.ln());
            let value = over / under;
            let slope = if *x >= 0.0 { Wide::from(1.0) / (*x * under) } else { Wide::from(f64::NAN) };
            (value, vec![Some(slope), Some(-(value / (*base * under)))])
        }
        (Kind::If, [condition, a, b]) => cases(condition.to_f64(), *a, *b),
        _ => (Wide::from(f64::NAN), none()),
    }
}

/// The derivative of max and min by the operand that is passed on is 1; where several are, there is none by these.
fn extreme(f: &Binary, operands: &[Wide]) -> (Wide, Vec<Slope>) {
    let values = operands.iter().copied();
    let value = values.reduce(|a, b| (f.wide)(a, b)[0]).unwrap_or(Wide::from(f64::NAN));
    let passed = operands.iter().filter(|operand| **operand == value).count();
    let slope = Wide::from(if passed == 1 { 1.0 } else { f64::NAN });
    let is_passed = |operand: &Wide| *operand == value || value.is_nan();
    (value, operands.iter().map(|operand| is_passed(operand).then_some(slope)).collect())
}

/// min(max(x, low), high)
fn clamped(x: Wide, low: Wide, high: Wide) -> (Wide, Vec<Slope>) {
    let (Some(max), Some(min)) = (functions::binary("max"), functions::binary("min")) else {
        return (Wide::from(f64::NAN), vec![None; 3]);
    };
    let (above, of_above) = extreme(max, &[x, low]);
    let (value, of_value) = extreme(min, &[above, high]);
    let passed = |slope: &Slope| Some(of_value[0]? * (*slope)?);
    (value, of_above.iter().map(passed).chain([of_value[1]]).collect())
}

/// The case that holds; at the edge of the condition the rule says nothing.
fn cases(condition: f64, a: Wide, b: Wide) -> (Wide, Vec<Slope>) {
    let undefined = Wide::from(f64::NAN);
    let value = if condition > 0.0 {
        a
    } else if condition < 0.0 {
        b
    } else {
        undefined
    };
    if condition.is_nan() || condition.abs() <= 1.0 {
        return (value, vec![None, Some(undefined), Some(undefined)]);
    }
    let passed = |is_passed: bool| is_passed.then_some(Wide::from(1.0));
    (value, vec![None, passed(condition > 0.0), passed(condition < 0.0)])
}

/// The numbers of a graph: values, the derivative of each vertex by each of its operands, and that of the result by each vertex.
#[derive(Clone, Debug)]
pub struct Sweep {
    values: Vec<Wide>,
    /// By the places of the operands.
    slopes: Vec<Vec<Slope>>,
    adjoints: Vec<Slope>,
}

impl Sweep {
    /// Forward and back. `leaf` gives the number of the leaf at a place.
    pub fn of(vertices: &[GraphVertex], result: usize, leaf: impl Fn(usize) -> f64) -> Self {
        let mut values: Vec<Wide> = Vec::with_capacity(vertices.len());
        let mut slopes = Vec::with_capacity(vertices.len());
        let mut operands = Vec::new();
        for (place, vertex) in vertices.iter().enumerate() {
            operands.clear();
            operands.extend(vertex.operands.iter().map(|operand| match operand {
                GraphOperand::Vertex(before) => values.get(*before).copied().unwrap_or(Wide::from(f64::NAN)),
                GraphOperand::Number(number) => Wide::from(*number),
            }));
            let (value, of_operands) = match vertex.operation {
                Operation::Leaf => (Wide::from(leaf(place)), Vec::new()),
                _ => vertex.operation.apply(&operands),
            };
            values.push(value);
            slopes.push(of_operands);
        }
        let mut sweep = Self { values, slopes, adjoints: Vec::new() };
        sweep.adjoints = sweep.back(vertices, result, |_| false);
        sweep
    }

    /// The derivative of a vertex by each before it, along the paths that go through no vertex at which they are to end.
    fn back(&self, vertices: &[GraphVertex], from: usize, ends_at: impl Fn(usize) -> bool) -> Vec<Slope> {
        let mut adjoints = vec![None; vertices.len()];
        if let Some(adjoint) = adjoints.get_mut(from) {
            *adjoint = Some(Wide::from(1.0));
        }
        for place in (0..=from.min(vertices.len().saturating_sub(1))).rev() {
            let Some(adjoint) = adjoints[place].filter(|_| place == from || !ends_at(place)) else {
                continue;
            };
            // What is read twice counts as one: the two derivatives of x − x by x leave nothing to be rounded.
            for (before, slope) in self.merged(vertices, place) {
                if let Some(slope) = slope {
                    let share = adjoint * slope;
                    adjoints[before] = Some(adjoints[before].map_or(share, |sum| sum + share));
                }
            }
        }
        adjoints
    }

    /// The value of a vertex.
    pub fn value(&self, vertex: usize) -> f64 {
        self.values.get(vertex).map_or(f64::NAN, |value| value.to_f64())
    }

    /// The derivative of the result by a vertex; 0 where the result does not change with it.
    pub fn adjoint(&self, vertex: usize) -> f64 {
        self.adjoints.get(vertex).map_or(f64::NAN, |adjoint| adjoint.map_or(0.0, Wide::to_f64))
    }

    /// The derivatives of a vertex by those that it reads, each once. One that it does not pass on has none.
    pub fn slopes(&self, vertices: &[GraphVertex], of: usize) -> Vec<(usize, Option<f64>)> {
        let merged = self.merged(vertices, of).into_iter();
        merged.map(|(place, slope)| (place, slope.map(Wide::to_f64))).collect()
    }

    /// The same without bounds.
    fn merged(&self, vertices: &[GraphVertex], of: usize) -> Vec<(usize, Slope)> {
        let mut found: Vec<(usize, Slope)> = Vec::new();
        let Some(vertex) = vertices.get(of) else { return Vec::new() };
        for (operand, slope) in vertex.operands.iter().zip(&self.slopes[of]) {
            let GraphOperand::Vertex(before) = operand else { continue };
            match found.iter_mut().find(|(place, _)| place == before) {
                Some((_, Some(sum))) => *sum = *sum + slope.unwrap_or_default(),
                Some((_, none)) => *none = *slope,
                None => found.push((*before, *slope)),
            }
        }
        found
    }

    /// The derivatives of a vertex by those among the vertices before it at which paths end, each along the paths that go
    /// through no other one of them. One that it does not pass on has none.
    pub fn derivatives(
        &self,
        vertices: &[GraphVertex],
        of: usize,
        ends_at: impl Fn(usize) -> bool,
    ) -> Vec<(usize, Option<f64>)> {
        let mut is_read = vec![false; of.min(vertices.len())];
        for place in (0..=of.min(vertices.len().saturating_sub(1))).rev() {
            if place == of || is_read[place] && !ends_at(place) {
                for operand in &vertices[place].operands {
                    if let GraphOperand::Vertex(before) = operand {
                        is_read[*before] = true;
                    }
                }
            }
        }
        let slopes = self.back(vertices, of, &ends_at);
        let ends = (0..is_read.len()).filter(|place| is_read[*place] && ends_at(*place));
        ends.map(|place| (place, slopes[place].map(Wide::to_f64))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::function;

    fn vertex(operation: Operation, operands: &[usize]) -> GraphVertex {
        GraphVertex { operation, operands: operands.iter().copied().map(GraphOperand::Vertex).collect() }
    }

    /// The derivative by a leaf is the sum over all paths: of u = xy, v = sin u, J = u v + v it is that of xy sin xy + sin xy.
    #[test]
    fn what_is_read_twice_has_the_sum_of_both_paths() {
        let sine = Operation::Call(function("sin").unwrap());
        let graph = [
            vertex(Operation::Leaf, &[]),
            vertex(Operation::Leaf, &[]),
            vertex(Operation::Product, &[0, 1]),
            vertex(sine, &[2]),
            vertex(Operation::Product, &[2, 3]),
            vertex(Operation::Sum(vec![false, false]), &[4, 3]),
        ];
        let sweep = Sweep::of(&graph, 5, |leaf| [0.5, -1.5][leaf]);
        let u = -0.75_f64;
        let slope = u.sin() + (u + 1.0) * u.cos();
        assert!((sweep.adjoint(2) - slope).abs() < 1e-15);
        assert!((sweep.adjoint(0) + 1.5 * slope).abs() < 1e-15);
        assert_eq!(sweep.derivatives(&graph, 4, |place| place == 2), [(2, Some(u.sin() + u * u.cos()))]);
        let ends = sweep.derivatives(&graph, 4, |place| place == 2 || place == 3);
        assert_eq!(ends, [(2, Some(u.sin())), (3, Some(u))]);
    }

    #[test]
    fn a_branch_that_is_not_passed_on_has_no_derivative_rather_than_one_of_nothing() {
        let call = |name| Operation::Call(function(name).unwrap());
        let graph = [vertex(Operation::Leaf, &[]), vertex(Operation::Leaf, &[]), vertex(call("sqrt"), &[1])];
        let larger = [&graph[..], &[vertex(call("max"), &[0, 2])]].concat();
        let sweep = Sweep::of(&larger, 3, |leaf| [1.0, 0.0][leaf]);
        assert_eq!([0, 1].map(|leaf| sweep.adjoint(leaf)), [1.0, 0.0]);
        let sum = [&graph[..], &[vertex(Operation::Product, &[0, 2])]].concat();
        let sweep = Sweep::of(&sum, 3, |leaf| [0.0, 0.0][leaf]);
        assert!(sweep.adjoint(1).is_nan(), "0 times the infinite slope of a root");
    }

    #[test]
    fn what_leaves_the_range_on_the_way_has_its_derivative() {
        let call = |name| Operation::Call(function(name).unwrap());
        let graph = [
            vertex(Operation::Leaf, &[]),
            vertex(call("exp"), &[0]),
            GraphVertex {
                operation: Operation::Sum(vec![false, false]),
                operands: vec![GraphOperand::Number(1.0), GraphOperand::Vertex(1)],
            },
            vertex(call("ln"), &[2]),
        ];
        let sweep = Sweep::of(&graph, 3, |_| 2000.0);
        assert_eq!(sweep.value(1), f64::INFINITY);
        assert!((sweep.value(3) - 2000.0).abs() < 1e-9);
        assert!((sweep.adjoint(0) - 1.0).abs() < 1e-12);
    }
}
