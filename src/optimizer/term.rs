//! Formulas of update rules with the numbers that stand in them: written in symbols or in numbers, as one line of text or as
//! LaTeX, and computed again.
//!
//! Conventions are those of the methods: operations are per coordinate, but for products with a matrix; a quotient with
//! numerator 0 is 0, and one by ∞ is not a number.

mod written;

use std::borrow::Cow;
use std::ops::{Add, Div, Mul, Neg, Sub};

use nalgebra::Matrix2;

use super::quotient::{quotient, sign};
use crate::elementary;
use crate::expr::Function;
use crate::objective::{Point, soft_threshold};
pub use written::Numbers;

/// What a term stands for at a step.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value {
    /// A number, the same for both coordinates.
    Scalar(f64),
    /// A number for each coordinate.
    Vector(Point),
    /// A matrix of the plane.
    Matrix(Matrix2<f64>),
}

/// A formula.
#[derive(Clone, PartialEq, Debug)]
pub enum Term {
    /// A name with what it stands for.
    Symbol {
        /// In a line of text.
        text: Cow<'static, str>,
        /// In LaTeX.
        latex: Cow<'static, str>,
        /// What it stands for.
        value: Value,
    },
    /// A number of the rule itself.
    Constant(f64),
    /// a + b.
    Sum(Box<[Term; 2]>),
    /// a − b.
    Difference(Box<[Term; 2]>),
    /// −a.
    Negative(Box<Term>),
    /// Factors side by side; of matrices their product.
    Product(Vec<Term>),
    /// a / b.
    Quotient(Box<[Term; 2]>),
    /// √a.
    Root(Box<Term>),
    /// a².
    Square(Box<Term>),
    /// aᵗ, with the number t of the step.
    Power(Box<Term>, u32),
    /// aᵗ⁺¹, with the number t of the step.
    NextPower(Box<Term>, u32),
    /// a^b, with any exponent.
    Raised(Box<[Term; 2]>),
    /// f(a, …), a function of formulas.
    Call {
        /// f.
        function: &'static Function,
        /// As many as it takes.
        arguments: Vec<Term>,
    },
    /// |a|.
    Magnitude(Box<Term>),
    /// sign(a): −1, 0 or 1.
    Sign(Box<Term>),
    /// max(a, b).
    Larger(Box<[Term; 2]>),
    /// S(a; b): sign(a) max(0, |a| − b), the soft threshold.
    Threshold(Box<[Term; 2]>),
    /// diag(a).
    Diagonal(Box<Term>),
    /// aᵀ.
    Transpose(Box<Term>),
}

/// A name for a number.
pub(super) fn scalar(text: &'static str, latex: &'static str, value: f64) -> Term {
    Term::Symbol { text: text.into(), latex: latex.into(), value: Value::Scalar(value) }
}

/// A name for a number of each coordinate.
pub(super) fn vector(text: &'static str, latex: &'static str, value: Point) -> Term {
    Term::Symbol { text: text.into(), latex: latex.into(), value: Value::Vector(value) }
}

/// A name for a matrix.
pub(super) fn matrix(text: &'static str, latex: &'static str, value: Matrix2<f64>) -> Term {
    Term::Symbol { text: text.into(), latex: latex.into(), value: Value::Matrix(value) }
}

/// 1 − a.
pub(super) fn one_minus(a: Term) -> Term {
    Term::Constant(1.0) - a
}

impl Term {
    /// The soft threshold of this.
    pub(super) fn threshold(self, by: Self) -> Self {
        Self::Threshold(Box::new([self, by]))
    }

    /// √ of this.
    pub(super) fn root(self) -> Self {
        Self::Root(Box::new(self))
    }

    /// The square of this.
    pub(super) fn squared(self) -> Self {
        Self::Square(Box::new(self))
    }

    /// This to the power t, the number of the step.
    pub(super) fn power(self, t: u32) -> Self {
        Self::Power(Box::new(self), t)
    }

    /// This to the power t + 1, where t is the number of the step.
    pub(super) fn next_power(self, t: u32) -> Self {
        Self::NextPower(Box::new(self), t)
    }

    /// The sign of this.
    pub(super) fn sign(self) -> Self {
        Self::Sign(Box::new(self))
    }

    /// The larger one of this and another.
    pub(super) fn larger(self, other: Self) -> Self {
        Self::Larger(Box::new([self, other]))
    }

    /// The same of other numbers.
    pub(super) fn map_symbols(&self, map: &dyn Fn(Value) -> Value) -> Self {
        let one = |a: &Self| Box::new(a.map_symbols(map));
        let both = |terms: &[Self; 2]| Box::new(terms.each_ref().map(|a| a.map_symbols(map)));
        match self {
            Self::Symbol { text, latex, value } => {
                Self::Symbol { text: text.clone(), latex: latex.clone(), value: map(*value) }
            }
            Self::Constant(number) => Self::Constant(*number),
            Self::Sum(terms) => Self::Sum(both(terms)),
            Self::Difference(terms) => Self::Difference(both(terms)),
            Self::Negative(a) => Self::Negative(one(a)),
            Self::Product(factors) => Self::Product(factors.iter().map(|a| a.map_symbols(map)).collect()),
            Self::Quotient(terms) => Self::Quotient(both(terms)),
            Self::Root(a) => Self::Root(one(a)),
            Self::Square(a) => Self::Square(one(a)),
            Self::Power(a, t) => Self::Power(one(a), *t),
            Self::NextPower(a, t) => Self::NextPower(one(a), *t),
            Self::Raised(terms) => Self::Raised(both(terms)),
            Self::Call { function, arguments } => {
                let arguments = arguments.iter().map(|a| a.map_symbols(map)).collect();
                Self::Call { function, arguments }
            }
            Self::Sign(a) => Self::Sign(one(a)),
            Self::Magnitude(a) => Self::Magnitude(one(a)),
            Self::Larger(terms) => Self::Larger(both(terms)),
            Self::Threshold(terms) => Self::Threshold(both(terms)),
            Self::Diagonal(a) => Self::Diagonal(one(a)),
            Self::Transpose(a) => Self::Transpose(one(a)),
        }
    }

    /// What comes out.
    pub fn value(&self) -> Value {
        let both = |terms: &[Self; 2]| terms.each_ref().map(Self::value);
        match self {
            Self::Symbol { value, .. } => *value,
            Self::Constant(number) => Value::Scalar(*number),
            Self::Sum(terms) => with(both(terms), |a, b| a + b),
            Self::Difference(terms) => with(both(terms), |a, b| a - b),
            Self::Negative(a) => of(a.value(), |a| -a),
            Self::Product(factors) => {
                let values = factors.iter().map(Self::value);
                values.reduce(product).unwrap_or(Value::Scalar(1.0))
            }
            Self::Quotient(terms) => with(both(terms), quotient),
            Self::Root(a) => of(a.value(), f64::sqrt),
            Self::Square(a) => of(a.value(), |a| a * a),
            Self::Power(a, t) => power(a, *t),
            Self::NextPower(a, t) => power(a, t.saturating_add(1)),
            Self::Raised(terms) => with(both(terms), elementary::pow),
            Self::Call { function, arguments } => called(function, arguments),
            Self::Sign(a) => of(a.value(), sign),
            Self::Magnitude(a) => of(a.value(), f64::abs),
            Self::Larger(terms) => with(both(terms), f64::max),
            Self::Threshold(terms) => {
                with(both(terms), |a, by| soft_threshold(Point::repeat(a), Point::repeat(by)).x)
            }
            Self::Diagonal(a) => match a.value() {
                Value::Scalar(a) => Value::Matrix(Matrix2::from_diagonal_element(a)),
                Value::Vector(a) => Value::Matrix(Matrix2::from_diagonal(&a)),
                matrix @ Value::Matrix(_) => matrix,
            },
            Self::Transpose(a) => match a.value() {
                Value::Matrix(a) => Value::Matrix(a.transpose()),
                other => other,
            },
        }
    }
}

/// A function, coordinate by coordinate where an argument has two.
fn called(function: &Function, arguments: &[Term]) -> Value {
    let values: Vec<Value> = arguments.iter().map(Term::value).collect();
    let at = |axis: usize| {
        let entries: Vec<f64> = (values.iter())
            .map(|value| match value {
                Value::Scalar(a) => *a,
                Value::Vector(a) => a[axis],
                Value::Matrix(_) => f64::NAN,
            })
            .collect();
        function.value(&entries)
    };
    let is_scalar = values.iter().all(|value| matches!(value, Value::Scalar(_)));
    if is_scalar { Value::Scalar(at(0)) } else { Value::Vector(Point::new(at(0), at(1))) }
}

fn power(a: &Term, t: u32) -> Value {
    of(a.value(), |a| elementary::powi(a, i32::try_from(t).unwrap_or(i32::MAX)))
}

fn of(value: Value, map: impl Fn(f64) -> f64) -> Value {
    match value {
        Value::Scalar(a) => Value::Scalar(map(a)),
        Value::Vector(a) => Value::Vector(a.map(map)),
        Value::Matrix(a) => Value::Matrix(a.map(map)),
    }
}

/// Entry by entry; a number stands for as many as there are on the other side, and a vector beside a matrix, which no rule
/// has, for nothing.
fn with([a, b]: [Value; 2], join: impl Fn(f64, f64) -> f64) -> Value {
    match (a, b) {
        (Value::Scalar(a), b) => of(b, |b| join(a, b)),
        (a, Value::Scalar(b)) => of(a, |a| join(a, b)),
        (Value::Vector(a), Value::Vector(b)) => Value::Vector(a.zip_map(&b, join)),
        (Value::Matrix(a), Value::Matrix(b)) => Value::Matrix(a.zip_map(&b, join)),
        (Value::Vector(_), Value::Matrix(_)) | (Value::Matrix(_), Value::Vector(_)) => {
            Value::Scalar(f64::NAN)
        }
    }
}

fn product(a: Value, b: Value) -> Value {
    match (a, b) {
        (Value::Matrix(a), Value::Vector(b)) => Value::Vector(a * b),
        (Value::Matrix(a), Value::Matrix(b)) => Value::Matrix(a * b),
        (a, b) => with([a, b], |a, b| a * b),
    }
}

impl Add for Term {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::Sum(Box::new([self, other]))
    }
}

impl Sub for Term {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::Difference(Box::new([self, other]))
    }
}

impl Mul for Term {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        match self {
            Self::Product(mut factors) => {
                factors.push(other);
                Self::Product(factors)
            }
            first => Self::Product(vec![first, other]),
        }
    }
}

impl Div for Term {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        Self::Quotient(Box::new([self, other]))
    }
}

impl Neg for Term {
    type Output = Self;

    fn neg(self) -> Self {
        Self::Negative(Box::new(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adams() -> Term {
        let alpha = scalar("α", r"\alpha", 0.05);
        let m = vector("m̂", r"\hat{m}", Point::new(-3.0, 0.0));
        let s = vector("ŝ", r"\hat{s}", Point::new(9.0, 0.25));
        alpha * m / (s.root() + scalar("ε", r"\varepsilon", 1e-8))
    }

    #[test]
    fn a_formula_is_written_in_symbols_and_in_numbers() {
        let shortest = |number: f64| {
            if number != 0.0 && number.abs() < 1e-4 { format!("{number:e}") } else { number.to_string() }
        };
        let theta = vector("θ", r"\theta", Point::new(1.0, 2.0));
        let rule = theta - adams();
        assert_eq!(rule.text(None), "θ − α m̂ / (√ŝ + ε)");
        assert_eq!(rule.latex(None), r"\theta - \frac{\alpha\,\hat{m}}{\sqrt{\hat{s}} + \varepsilon}");
        assert_eq!(rule.text(Some(&shortest)), "(1, 2) − 0.05·(−3, 0) / (√(9, 0.25) + 1e−8)");
        assert!(rule.latex(Some(&shortest)).contains(r"+ 10^{-8}"));
        let beta = scalar("β₁", r"\beta_1", 0.9);
        let g = vector("g", "g", Point::new(-1.0, 4.0));
        let average = one_minus(beta.clone()) * g.clone().squared();
        assert_eq!(
            (average.text(None), average.latex(None)),
            ("(1 − β₁) g²".into(), r"(1 - \beta_1)\,g^2".into())
        );
        assert_eq!(average.text(Some(&shortest)), "(1 − 0.9)·(−1, 4)²");
        let corrected = g / one_minus(beta.power(12));
        assert_eq!(
            (corrected.text(None).as_str(), corrected.text(Some(&shortest)).as_str()),
            ("g / (1 − β₁ᵗ)", "(−1, 4) / (1 − 0.9¹²)")
        );
        let negative = scalar("a", "a", -2.0) * scalar("b", "b", -3.0).squared();
        assert_eq!(negative.text(Some(&shortest)), "(−2)·(−3)²");
        assert_eq!(negative.value(), Value::Scalar(-18.0));
    }

    #[test]
    fn what_is_written_is_what_comes_out() {
        let Value::Vector(step) = adams().value() else { panic!("one number for each coordinate") };
        assert!((step.x + 0.15 / (3.0 + 1e-8)).abs() < 1e-16 && step.y == 0.0, "{step}");
        let h = Matrix2::new(2.0, 1.0, 1.0, -3.0);
        let q = matrix("Q", "Q", h);
        let spectral = q.clone()
            * Term::Diagonal(Box::new(vector("λ", r"\lambda", Point::new(1.0, 2.0))))
            * Term::Transpose(Box::new(q));
        assert_eq!(spectral.text(None), "Q diag(λ) Qᵀ");
        assert_eq!(spectral.value(), Value::Matrix(h * Matrix2::new(1.0, 0.0, 0.0, 2.0) * h.transpose()));
    }
}
