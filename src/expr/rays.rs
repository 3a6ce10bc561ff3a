//! Derivatives at points where the rules of calculus give none, as of |x|², max(0, x)² and cos(hypot(x, y)) at 0: from
//! what the formula is along rays, f(p + t d) = f(p) + c₁ t + c₂ t² + … for t > 0.
//!
//! ∂x exists where c₁ along (1, 0) and along (-1, 0) are opposite, ∂xx where besides their c₂ are equal, and ∂xy where
//! c₁ and c₂ along rays in all directions d are those of one gradient g and one Hessian H: g·d and dᵀH d/2.
//!
//! Source: derivatives in the sense of Peano, *Sur la définition de la dérivée*, Mathesis 12, 1892. Convention: where only
//! the kink of |u| at u = 0 keeps an entry from existing, it is the mean of both sides, as the derivative 0 of abs at 0 is.

use super::jet::Jet2;
use super::one_sided::{Abs, along};
use super::program::Program;
use super::series::{SAME, Term};

/// Both diagonal entries are told along the first two directions and their opposites, the mixed one along the next two,
/// and along the last two that there is nothing else.
const DIRECTIONS: [[f64; 2]; 6] =
    [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, -1.0], [0.75, 0.3125], [-0.4375, 0.90625]];

/// Two coefficients are equal where they differ by at most this share of what they were summed from.
const EQUAL: f64 = 1e-11;

/// `plain` with the entries that are missing in it where they exist at (x, y) after all.
pub(super) fn complete(program: &Program, at: [f64; 2], plain: Jet2) -> Jet2 {
    let found = [plain.dx, plain.dy, plain.dxx, plain.dxy, plain.dyy];
    if !plain.value.is_finite() || found.iter().all(|entry| entry.is_finite()) {
        return plain;
    }
    let lines = |abs| DIRECTIONS.map(|direction| Line::new(program, at, direction, plain.value, abs));
    let kinked = lines(Abs::Kinked);
    let (exact, mean) = (exact(&kinked), mean(&kinked));
    let is_missing =
        |entry: usize| !found[entry].is_finite() && exact[entry].is_none() && mean[entry].is_some();
    let without_abs = if (0..5).any(is_missing) { self::exact(&lines(Abs::Flat)) } else { [None; 5] };
    let entry = |index: usize| {
        let only_abs = mean[index].filter(|_| without_abs[index].is_some());
        if found[index].is_finite() { found[index] } else { exact[index].or(only_abs).unwrap_or(f64::NAN) }
    };
    let [dx, dy, dxx, dxy, dyy] = [0, 1, 2, 3, 4].map(entry);
    Jet2 { value: plain.value, dx, dy, dxx, dxy, dyy }
}

/// What a formula is on both sides of a point, along a direction and its opposite.
struct Line {
    direction: [f64; 2],
    /// The coefficients of t, where there is nothing between them and the value.
    slopes: Option<[Term; 2]>,
    /// The coefficients of t², where there is nothing between them and the slope.
    curvatures: Option<[Term; 2]>,
}

impl Line {
    fn new(program: &Program, at: [f64; 2], direction: [f64; 2], value: f64, abs: Abs) -> Self {
        let sides = [1.0, -1.0].map(|sign| {
            let series = along(program, at, direction.map(|d| sign * d), abs)?;
            let limit = series.at(0.0)?;
            let jump = (limit.coefficient - value).abs();
            (jump <= EQUAL * (limit.size + value.abs())).then_some(series)
        });
        let coefficients = |exponent: f64| match &sides {
            [Some(right), Some(left)] => {
                let is_of_taylor = |e: f64| e > -0.5 && (e - e.round()).abs() < SAME;
                let mut terms = right.terms.iter().chain(&left.terms);
                let has_others = terms.any(|term| term.exponent < exponent && !is_of_taylor(term.exponent));
                let pair = (right.at(exponent)?, left.at(exponent)?);
                (!has_others).then_some([pair.0, pair.1])
            }
            _ => None,
        };
        Self { direction, slopes: coefficients(1.0), curvatures: coefficients(2.0) }
    }

    /// The first and second derivative along the direction as means of both sides.
    fn mean(&self) -> [Option<f64>; 2] {
        let slope = self.slopes.map(|[right, left]| 0.5 * (right.coefficient - left.coefficient));
        let curvature = self.curvatures.map(|[right, left]| right.coefficient + left.coefficient);
        [slope, curvature]
    }

    /// The same where both sides have them in common.
    fn exact(&self) -> [Option<f64>; 2] {
        let [slope, curvature] = self.mean();
        let slope = slope.filter(|_| self.slopes.is_some_and(|[right, left]| equal(right, left, -1.0)));
        let has_curvature = self.curvatures.is_some_and(|[right, left]| equal(right, left, 1.0));
        [slope, curvature.filter(|_| slope.is_some() && has_curvature)]
    }

    /// How far these derivatives may be off for rounding.
    fn rounding(&self) -> [f64; 2] {
        let sizes =
            |pair: Option<[Term; 2]>| pair.map_or(0.0, |[right, left]| EQUAL * (right.size + left.size));
        [sizes(self.slopes), sizes(self.curvatures)]
    }
}

fn equal(right: Term, left: Term, sign: f64) -> bool {
    (right.coefficient - sign * left.coefficient).abs() <= EQUAL * (right.size + left.size)
}

/// ∂x, ∂y, ∂xx, ∂xy, ∂yy as far as they exist.
fn exact(lines: &[Line; 6]) -> [Option<f64>; 5] {
    let entries = from_lines(&lines.each_ref().map(Line::exact));
    let [Some(dx), Some(dy), Some(dxx), Some(dxy), Some(dyy)] = entries else {
        let [dx, dy, dxx, _, dyy] = entries;
        return [dx, dy, dxx, None, dyy];
    };
    let is_smooth = lines.iter().all(|line| {
        let ([a, b], [slope, curvature]) = (line.direction, line.exact());
        let [of_slope, of_curvature] = line.rounding();
        is_sum(slope, &[a * dx, b * dy], of_slope)
            && is_sum(curvature, &[a * a * dxx, 2.0 * a * b * dxy, b * b * dyy], of_curvature)
    });
    [Some(dx), Some(dy), Some(dxx), is_smooth.then_some(dxy), Some(dyy)]
}

/// Whether a derivative along a line is that of a gradient or a Hessian, up to rounding.
fn is_sum(found: Option<f64>, terms: &[f64], rounding: f64) -> bool {
    let (sum, size) = terms.iter().fold((0.0, 0.0), |(sum, size), term| (sum + term, size + term.abs()));
    found.is_some_and(|found| (found - sum).abs() <= rounding + EQUAL * size)
}

/// The same from the means of both sides.
fn mean(lines: &[Line; 6]) -> [Option<f64>; 5] {
    from_lines(&lines.each_ref().map(Line::mean))
}

fn from_lines(derivatives: &[[Option<f64>; 2]; 6]) -> [Option<f64>; 5] {
    let [[dx, dxx], [dy, dyy], [_, up], [_, down], ..] = *derivatives;
    let mixed = up.zip(down).map(|(up, down)| 0.25 * (up - down));
    [dx, dy, dxx, mixed, dyy]
}
