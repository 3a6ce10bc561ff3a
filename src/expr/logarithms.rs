//! Logarithms of terms with exponentials inside, without the exponentials.

use std::f64::consts::{LN_2, LN_10};

use super::form::{Form, Sign, is};
use super::functions::{LOG_SUM_EXP, POWER, ln_cosh_function};
use super::graph::Graph;
use super::node::Node;
use super::op::{Op, Slot};
use super::operator::Operator;
use crate::elementary;

/// So deep are terms looked into.
pub(super) const MAX_DEPTH: usize = 40;

/// A sum c + t + …
pub(super) struct Sum {
    pub constant: f64,
    pub terms: Vec<Slot>,
}

impl Graph {
    /// Whether this is positive by its form, with an exponential inside.
    pub(super) fn grows(&self, slot: Slot) -> bool {
        let Form { sign, exponential } = self.form(slot);
        exponential && sign == Sign::Positive
    }

    /// The natural logarithm of any term.
    pub(super) fn ln(&mut self, a: Slot, depth: usize) -> Slot {
        self.logarithm(a, depth).unwrap_or_else(|| self.call_unary("ln", a))
    }

    /// u where `slot` is exp(u).
    pub(super) fn natural_exponent(&self, slot: Slot) -> Option<Slot> {
        match self.node(slot)? {
            Node::Op(Op::Unary(u, f)) if is(f, "exp") => Some(u),
            _ => None,
        }
    }

    /// u where `slot` is exp(u), or c^u by way of u·ln c.
    fn exponent(&mut self, slot: Slot) -> Option<Slot> {
        match self.node(slot)? {
            _ if self.natural_exponent(slot).is_some() => self.natural_exponent(slot),
            Node::Op(Op::Unary(u, f)) if is(f, "exp2") => Some(self.scale(u, LN_2)),
            Node::Op(Op::Unary(u, f)) if is(f, "exp10") => Some(self.scale(u, LN_10)),
            Node::Op(Op::Binary(base, u, f)) if std::ptr::eq(f, &POWER) => {
                let base = self.value_of(base).filter(|base| *base > 0.0)?;
                Some(self.scale(u, elementary::ln(base)))
            }
            _ => None,
        }
    }

    /// The logarithm of a term that is positive by its form and has an exponential inside; or of a product of such a term
    /// and any other one, whose logarithm then decides whether there is any.
    pub(super) fn logarithm(&mut self, a: Slot, depth: usize) -> Option<Slot> {
        let depth = depth.checked_sub(1).filter(|_| self.form(a).exponential)?;
        if let Some(u) = self.exponent(a) {
            return Some(u);
        }
        let Node::Op(op) = self.node(a)? else { return None };
        let (of, factor) = match op {
            Op::Add(..) | Op::Shift(..) => {
                let sum = self.sum(a);
                return self.log_of_sum(sum, depth);
            }
            Op::Mul(..) | Op::Div(..) | Op::Scale(..) | Op::Unscale(..) => {
                return self.log_of_product(a, depth);
            }
            Op::Unary(u, f) if is(f, "sigmoid") => {
                let negated = self.negated(u);
                let softplus = self.call_unary("softplus", negated);
                return Some(self.negate(softplus));
            }
            Op::Unary(u, f) if is(f, "cosh") => return Some(self.op(Op::Unary(u, ln_cosh_function()?))),
            Op::Unary(u, f) if is(f, "sech") => {
                let inverse = self.op(Op::Unary(u, ln_cosh_function()?));
                return Some(self.negate(inverse));
            }
            Op::Unary(u, f) if is(f, "sqrt") => (u, 0.5),
            Op::Unary(u, f) if is(f, "cbrt") => (u, 1.0 / 3.0),
            Op::Unary(u, f) if is(f, "abs") => (u, 1.0),
            Op::Binary(u, v, f) if std::ptr::eq(f, &POWER) && self.form(u).sign == Sign::Positive => {
                let logarithm = self.ln(u, depth);
                return Some(self.binary(Operator::Mul, v, logarithm));
            }
            Op::Powi(u, n) => (u, f64::from(n)),
            Op::Powf(u, c) => (u, c),
            _ => return None,
        };
        if self.form(of).sign != Sign::Positive {
            return None;
        }
        let logarithm = self.logarithm(of, depth)?;
        Some(self.scale(logarithm, factor))
    }

    /// The constant and the other terms of a sum.
    pub(super) fn sum(&self, a: Slot) -> Sum {
        let (mut sum, mut left) = (Sum { constant: 0.0, terms: Vec::new() }, vec![a]);
        while let Some(slot) = left.pop() {
            match self.node(slot) {
                Some(Node::Op(Op::Add(a, b))) => left.extend([b, a]),
                Some(Node::Op(Op::Shift(a, c))) => {
                    sum.constant += c;
                    left.push(a);
                }
                _ => sum.terms.push(slot),
            }
        }
        sum
    }

    /// The logarithm of a sum of exponentials and a positive rest, or none.
    pub(super) fn log_of_sum(&mut self, sum: Sum, depth: usize) -> Option<Slot> {
        let (exponentials, others): (Vec<Slot>, Vec<Slot>) =
            sum.terms.into_iter().partition(|term| self.grows(*term));
        let (first, further) = exponentials.split_first()?;
        let mut total = self.ln(*first, depth);
        for term in further {
            let logarithm = self.ln(*term, depth);
            total = if total == logarithm {
                self.shift(total, LN_2)
            } else {
                self.call(&LOG_SUM_EXP, total, logarithm)
            };
        }
        let rest = others.into_iter().reduce(|a, b| self.binary(Operator::Add, a, b));
        if let Some(rest) = rest {
            let rest = self.shifted(rest, sum.constant);
            if self.form(rest).sign != Sign::Positive {
                return None;
            }
            let logarithm = self.call_unary("ln", rest);
            return Some(self.call(&LOG_SUM_EXP, total, logarithm));
        }
        if sum.constant > 0.0 {
            let constant = elementary::ln(sum.constant);
            let above = self.shifted(total, -constant);
            let softplus = self.call_unary("softplus", above);
            total = self.shifted(softplus, constant);
        }
        (sum.constant >= 0.0).then_some(total)
    }

    /// The constant and the other factors of a product; those that it is divided by are marked.
    pub(super) fn factors(&self, a: Slot) -> (f64, Vec<(Slot, bool)>) {
        let (mut constant, mut factors, mut left) = (1.0, Vec::new(), vec![(a, false)]);
        while let Some((slot, below)) = left.pop() {
            let mut times = |c: f64| constant *= if below { 1.0 / c } else { c };
            match self.node(slot) {
                Some(Node::Op(Op::Mul(a, b))) => left.extend([(b, below), (a, below)]),
                Some(Node::Op(Op::Div(a, b))) => left.extend([(b, !below), (a, below)]),
                Some(Node::Op(Op::Scale(a, c))) => {
                    times(c);
                    left.push((a, below));
                }
                Some(Node::Op(Op::Unscale(a, c))) => {
                    times(1.0 / c);
                    left.push((a, below));
                }
                Some(Node::Constant(c)) => times(c),
                _ => factors.push((slot, below)),
            }
        }
        (constant, factors)
    }

    /// The logarithm of a product: of what is positive by its form factor by factor, of the rest together.
    fn log_of_product(&mut self, a: Slot, depth: usize) -> Option<Slot> {
        let (constant, factors) = self.factors(a);
        let (growing, others): (Vec<_>, Vec<_>) =
            factors.into_iter().partition(|(slot, _)| self.grows(*slot));
        let logarithms = growing.into_iter().map(|(slot, below)| (self.ln(slot, depth), below)).collect();
        let total = self.signed_sum(logarithms)?;
        if others.is_empty() {
            return Some(self.shifted(total, elementary::ln(constant)));
        }
        let mut rest = self.constant(constant);
        for (slot, below) in others {
            rest = self.binary(if below { Operator::Div } else { Operator::Mul }, rest, slot);
        }
        let logarithm = self.call_unary("ln", rest);
        Some(self.binary(Operator::Add, total, logarithm))
    }

    /// The sum of terms, of which the marked ones are taken away; none of no terms.
    pub(super) fn signed_sum(&mut self, terms: Vec<(Slot, bool)>) -> Option<Slot> {
        terms.into_iter().fold(None, |total, (term, below)| {
            Some(match (total, below) {
                (None, false) => term,
                (None, true) => self.negate(term),
                (Some(total), false) => self.binary(Operator::Add, total, term),
                (Some(total), true) => self.binary(Operator::Sub, total, term),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::elementary;
    use crate::expr::Expression;

    fn value(formula: &str, x: f64, y: f64) -> f64 {
        let tape = Expression::parse(formula).and_then(|e| e.compile(["x", "y"], &[])).unwrap();
        tape.evaluator().value(x, y)
    }

    #[test]
    fn what_is_undefined_stays_so() {
        let undefined = [
            "ln(x*exp(y))",
            "ln(exp(y)/x)",
            "ln(-exp(x))",
            "ln(exp(x) - exp(y))",
            "ln(exp(x) - 1)",
            "ln(exp(ln(x)) + exp(y))",
            "log10(x^3*exp(y))",
            "ln(sqrt(x)*exp(y))",
            "ln(x^1.5*exp(y)^2)",
            "log2(-2*cosh(y))",
            "ln((x - 1)*(exp(x) + 1))",
            "ln(exp(1e3*x)*exp(-1e3*x)*x)",
        ];
        for formula in undefined {
            for (x, y) in [(-2.0, 3.0), (-0.5, 0.0), (-700.0, 900.0)] {
                assert!(value(formula, x, y).is_nan(), "{formula} at ({x}, {y})");
            }
        }
        for formula in ["ln(0*exp(x))", "ln(y*exp(x))", "ln(0*exp(x) + 0*exp(-x) + 0)", "ln(y^2*cosh(x))"] {
            assert_eq!(value(formula, 3.0, 0.0), f64::NEG_INFINITY, "{formula}");
        }
    }

    #[test]
    fn two_negative_factors_make_a_positive_one() {
        for formula in ["ln(x*y*exp(x))", "ln(exp(x)*(x/(1/y)))", "ln(-x*exp(x)*(-1)*y)"] {
            let (x, y) = (-3.0_f64, -0.7);
            assert!((value(formula, x, y) - ((x * y).ln() + x)).abs() < 1e-14, "{formula}");
        }
    }

    #[test]
    fn formulas_without_exponentials_are_evaluated_as_they_are_written() {
        type Cost = fn(f64, f64) -> f64;
        let written: [(&str, Cost); 6] = [
            ("ln(3*x*y)", |x, y| elementary::ln(3.0 * x * y)),
            ("ln(1 + x^2)", |x, _| elementary::ln(1.0 + x * x)),
            ("ln(sqrt(x))", |x, _| elementary::ln(x.sqrt())),
            ("log2(x^3/y)", |x, y| elementary::log2(x * x * x / y)),
            ("x/(x + y)", |x, y| x / (x + y)),
            ("1 - sin(x)", |x, _| 1.0 - elementary::sin(x)),
        ];
        for (formula, cost) in written {
            for (x, y) in [(0.3, 7.0), (5.1, 0.01), (1e-9, 3e8)] {
                assert_eq!(value(formula, x, y).to_bits(), cost(x, y).to_bits(), "{formula}");
            }
        }
    }

    #[test]
    fn sums_products_and_towers_may_be_long() {
        let sum = format!("ln({})", vec!["e^x"; 800].join("+"));
        let product = format!("ln({})", vec!["e^x"; 800].join("*"));
        let tower = format!("ln({}e^x{})", "sqrt(1+".repeat(400), ")".repeat(400));
        let quotient = format!("{}e^x{}", "1/(1+".repeat(500), ")".repeat(500));
        assert!((value(&sum, 900.0, 0.0) - 900.0 - 800.0_f64.ln()).abs() < 1e-10);
        assert!((value(&product, 2.0, 0.0) - 1600.0).abs() < 1e-10);
        assert!((value(&tower, 0.0, 0.0) - (0.5 + 1.25_f64.sqrt()).ln()).abs() < 1e-12);
        assert!((value(&quotient, 0.0, 0.0) - (1.25_f64.sqrt() - 0.5)).abs() < 1e-12);
    }
}
