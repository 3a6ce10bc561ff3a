//! Random terms that are defined nearly everywhere.

use super::term::Term;

/// Makes terms from a seed.
pub struct Terms {
    random: fastrand::Rng,
    /// Parts that were made before, to appear again.
    parts: Vec<Term>,
}

/// Functions that are defined everywhere.
const TOTAL: &[&str] = &[
    "exp", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "asinh", "cbrt", "abs", "sigmoid",
    "softplus", "relu",
];
/// Functions of a positive argument.
const POSITIVE: &[&str] = &["sqrt", "ln", "log", "log2", "log10"];
/// Functions of an argument between -1 and 1.
const BETWEEN: &[&str] = &["asin", "acos", "atanh"];

impl Terms {
    pub fn with_seed(seed: u64) -> Self {
        Self { random: fastrand::Rng::with_seed(seed), parts: Vec::new() }
    }

    /// A term of at most this depth.
    pub fn term(&mut self, depth: u32) -> Term {
        self.parts.clear();
        self.part(depth)
    }

    /// A coordinate between -2 and 2.
    pub fn coordinate(&mut self) -> f64 {
        4.0 * self.random.f64() - 2.0
    }

    fn part(&mut self, depth: u32) -> Term {
        let part = if depth == 0 || self.random.u8(0..8) == 0 {
            self.leaf()
        } else if self.random.u8(0..12) == 0 && !self.parts.is_empty() {
            return self.parts[self.random.usize(0..self.parts.len())].clone();
        } else {
            self.branch(depth - 1)
        };
        self.parts.push(part.clone());
        part
    }

    fn leaf(&mut self) -> Term {
        match self.random.u8(0..8) {
            0..3 => Term::X,
            3..6 => Term::Y,
            6 => Term::Number(f64::from(self.random.u8(1..6))),
            _ => Term::Number(f64::from(self.random.u8(1..100)) / 16.0),
        }
    }

    fn branch(&mut self, depth: u32) -> Term {
        let a = self.part(depth);
        match self.random.u8(0..30) {
            0..4 => Term::binary('+', a, self.part(depth)),
            4..7 => Term::binary('-', a, self.part(depth)),
            7..11 => Term::binary('*', a, self.part(depth)),
            11..13 => Term::binary('/', a, self.part(depth)),
            13 => Term::binary('/', a, Self::positive(self.part(depth), 0)),
            14 => Term::Neg(Box::new(a)),
            15..17 => a.power(f64::from(self.random.i8(-3..=6))),
            17 => self.safe(a).power(f64::from(self.random.i8(-20..20)) / 8.0),
            18 => Term::binary('^', self.safe(a), self.part(depth)),
            19 => Term::call("pow", [self.safe(a), self.part(depth)]),
            20..24 => Term::call(self.one_of(TOTAL), [a]),
            24 => Term::call(self.one_of(POSITIVE), [self.safe(a)]),
            25 => Term::call(self.one_of(BETWEEN), [Term::call("sin", [a]).times(0.9)]),
            26 => Term::call("acosh", [a.power(2.0).plus(1.25)]),
            27 => {
                let name = self.one_of(&["atan2", "hypot", "max", "min"]);
                Term::call(name, [a, self.part(depth)])
            }
            28 => Term::binary('%', a, Self::positive(self.part(depth), 0)),
            _ => {
                let b = self.part(depth);
                self.rewritten(a, b)
            }
        }
    }

    fn one_of(&mut self, names: &[&'static str]) -> &'static str {
        names[self.random.usize(0..names.len())]
    }

    /// A term above 0, made of any term; sometimes the term itself.
    fn safe(&mut self, a: Term) -> Term {
        let how = self.random.u8(0..4);
        Self::positive(a, how)
    }

    fn positive(a: Term, how: u8) -> Term {
        match how {
            0 => a.power(2.0).plus(0.5),
            1 => Term::call("sin", [a]).plus(1.5),
            2 => Term::call("abs", [a]).plus(0.25),
            _ => a,
        }
    }

    /// The forms that are compiled to something other than what is written.
    fn rewritten(&mut self, a: Term, b: Term) -> Term {
        let exp = |term: Term| Term::call("exp", [term]);
        let above_one = |term: Term| Term::binary('+', Term::Number(1.0), exp(term));
        let sum = |a: Term, b: Term| Term::binary('+', a, b);
        match self.random.u8(0..12) {
            0 => Term::call("ln", [above_one(a)]),
            1 => Term::call("ln", [Term::binary('+', exp(a), exp(b))]),
            2 => Term::binary('/', Term::Number(1.0), above_one(a)),
            3 => Term::binary('/', Term::Number(3.0), above_one(Term::Neg(Box::new(a)))),
            4 => Term::binary('/', exp(a.clone()), above_one(a)),
            5 => Term::call(
                "log2",
                [sum(exp(a.clone()).times(0.75), sum(exp(b), exp(Term::Neg(Box::new(a)))))],
            ),
            6 => Term::call("ln", [Term::binary('-', Term::Number(1.0), Term::call("sigmoid", [a]))]),
            7 => Term::call("log10", [Term::binary('*', Term::call("cosh", [a]), exp(b))]),
            8 => Term::call("ln", [Term::binary('/', exp(a).power(1.5), above_one(b).plus(2.0))]),
            9 => Term::binary('/', exp(a.clone()), sum(exp(a), exp(b))),
            10 => Term::call("ln", [Term::binary('*', self.safe(a), exp(b))]),
            _ => Term::call("sqrt", [Term::binary('+', a.power(2.0), b.power(2.0))]),
        }
    }
}
