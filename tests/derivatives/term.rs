//! Terms in two variables: written as formulas, and evaluated over whatever numbers carry derivatives.

use num_dual::DualNum;

/// A term.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    Number(f64),
    X,
    Y,
    Neg(Box<Term>),
    /// One of `+ - * / % ^`.
    Binary(char, Box<Term>, Box<Term>),
    /// With a constant exponent.
    Power(Box<Term>, f64),
    /// A function by name.
    Call(&'static str, Vec<Term>),
}

/// What a term is evaluated over.
pub trait Number: Copy {
    fn of(value: f64) -> Self;
    fn value(self) -> f64;
    /// How far rounding can have moved the value, if that is known.
    fn error(self) -> f64 {
        0.0
    }
    fn add(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn div(self, other: Self) -> Self;
    fn call(self, function: Function) -> Self;
}

/// A function of one argument.
#[derive(Clone, Copy, Debug)]
pub enum Function {
    Named(&'static str),
    Power(f64),
}

impl Function {
    /// The function in terms of num-dual. Its own `tanh` divides sinh by cosh, whose derivatives cancel.
    pub fn of<D: DualNum<Primitive = f64> + Copy>(self, u: D) -> D {
        let (one, step) = (D::one(), |value: f64| D::from(value));
        let name = match self {
            Self::Named(name) => name,
            // What is undefined stays so, even to the power of 0.
            Self::Power(_) if u.re().is_nan() => return u,
            Self::Power(-1.0) if (1e-70..1e100).contains(&u.re().abs()) => return u.recip(),
            // num-dual goes by way of the third power below, which underflows first.
            Self::Power(c) if u.re().abs().powf(c - 3.0) < f64::MIN_POSITIVE => return step(f64::NAN),
            Self::Power(c) if c.fract() == 0.0 => return u.powi(c as i32),
            Self::Power(c) => return u.powf(c),
        };
        match name {
            "sqrt" => u.sqrt(),
            "exp" => u.exp(),
            "ln" | "log" => u.ln(),
            "log2" => u.log2(),
            "log10" => u.log10(),
            "abs" => u.abs(),
            "sign" | "signum" => step(u.re().signum()),
            "sin" => u.sin(),
            "cos" => u.cos(),
            "tan" => u.tan(),
            "asin" => u.asin(),
            "acos" => u.acos(),
            "atan" => u.atan(),
            "sinh" => u.sinh(),
            "cosh" => u.cosh(),
            "tanh" => one - ((u * 2.0).exp() + 1.0).recip() * 2.0,
            "asinh" => u.asinh(),
            "acosh" => u.acosh(),
            "atanh" => u.atanh(),
            "cbrt" => u.cbrt(),
            "floor" => step(u.re().floor()),
            "ceil" => step(u.re().ceil()),
            "round" => step(u.re().round()),
            "sigmoid" => ((-u).exp() + 1.0).recip(),
            "softplus" => (u.exp() + 1.0).ln(),
            "relu" => {
                if u.re() <= 0.0 {
                    D::zero()
                } else {
                    u
                }
            }
            "log1p" => u.ln_1p(),
            "expm1" => u.exp_m1(),
            "exp2" => u.exp2(),
            "exp10" => (u * std::f64::consts::LN_10).exp(),
            "sec" => u.cos().recip(),
            "csc" => u.sin().recip(),
            "cot" => u.tan().recip(),
            "asec" => u.recip().acos(),
            "acsc" => u.recip().asin(),
            "acot" => u.recip().atan() + if u.re() < 0.0 { std::f64::consts::PI } else { 0.0 },
            "sech" => u.cosh().recip(),
            "csch" => u.sinh().recip(),
            "coth" => one + ((u * 2.0).exp() - 1.0).recip() * 2.0,
            "asech" => u.recip().acosh(),
            "acsch" => u.recip().asinh(),
            "acoth" => u.recip().atanh(),
            "sinc" => u.sin() / u,
            "heaviside" => step(if u.re() > 0.0 { 1.0 } else { 0.0 }),
            _ => panic!("`{name}` has no counterpart in num-dual yet: add one here"),
        }
    }
}

impl Term {
    pub fn call(name: &'static str, arguments: impl IntoIterator<Item = Term>) -> Self {
        Self::Call(name, arguments.into_iter().collect())
    }

    pub fn binary(operator: char, a: Term, b: Term) -> Self {
        Self::Binary(operator, Box::new(a), Box::new(b))
    }

    pub fn power(self, exponent: f64) -> Self {
        Self::Power(Box::new(self), exponent)
    }

    pub fn plus(self, number: f64) -> Self {
        Self::binary('+', self, Self::Number(number))
    }

    pub fn times(self, number: f64) -> Self {
        Self::binary('*', Self::Number(number), self)
    }

    /// The value of the term, with whatever `x` and `y` carry.
    pub fn at<N: Number>(&self, x: N, y: N) -> N {
        let named = Function::Named;
        match self {
            Self::Number(value) => N::of(*value),
            Self::X => x,
            Self::Y => y,
            Self::Neg(a) => N::of(-1.0).mul(a.at(x, y)),
            Self::Power(a, c) => a.at(x, y).call(Function::Power(*c)),
            Self::Binary(operator, a, b) => {
                let (a, b) = (a.at(x, y), b.at(x, y));
                let minus = |b: N| N::of(-1.0).mul(b);
                match operator {
                    '+' => a.add(b),
                    '-' => a.add(minus(b)),
                    '*' => a.mul(b),
                    '/' => a.div(b),
                    '%' => {
                        let (quotient, error) = (a.value() / b.value(), uncertainty(a.div(b)));
                        let [whole, above] = [quotient - error, quotient + error].map(f64::trunc);
                        let whole = if whole == above { whole } else { f64::NAN };
                        a.add(minus(b.mul(N::of(whole))))
                    }
                    _ => b.mul(a.call(named("ln"))).call(named("exp")),
                }
            }
            Self::Call(name, arguments) => {
                let mut values = arguments.iter().map(|term| term.at(x, y));
                let (Some(a), b) = (values.next(), values.next()) else { panic!("{name} of nothing") };
                let Some(b) = b else { return a.call(named(name)) };
                match *name {
                    "pow" => b.mul(a.call(named("ln"))).call(named("exp")),
                    "mod" => {
                        let (quotient, error) = (a.value() / b.value(), uncertainty(a.div(b)));
                        let [whole, above] = [quotient - error, quotient + error].map(f64::floor);
                        let whole = if whole == above { whole } else { f64::NAN };
                        a.add(N::of(-whole).mul(b))
                    }
                    "hypot" => a.mul(a).add(b.mul(b)).call(named("sqrt")),
                    "max" | "min" if arguments[0] == arguments[1] => a,
                    "max" | "min" if (a.value() - b.value()).abs() <= uncertainty(a) + uncertainty(b) => {
                        N::of(f64::NAN)
                    }
                    // Where one argument is undefined, so is the choice.
                    "max" => {
                        if a.value().is_nan() || a.value() > b.value() {
                            a
                        } else {
                            b
                        }
                    }
                    "min" => {
                        if a.value().is_nan() || a.value() < b.value() {
                            a
                        } else {
                            b
                        }
                    }
                    "atan2" => {
                        let (u, v) = (a.value(), b.value());
                        if v < 0.0 && u.abs() < -1e-9 * v {
                            // Rounding decides between the angles pi and -pi.
                            return N::of(f64::NAN);
                        }
                        // The angle from the nearer axis, since the quotient with a small divisor is lost.
                        let angle = if u.abs() < v.abs() {
                            a.div(b).call(named("atan"))
                        } else {
                            N::of(-1.0).mul(b.div(a).call(named("atan")))
                        };
                        angle.add(N::of(u.atan2(v) - angle.value()))
                    }
                    _ => panic!("`{name}` of two arguments has no counterpart yet: add one here"),
                }
            }
        }
    }
}

/// Within this, rounding decides which of two values is larger; slopes are not compared there.
fn uncertainty<N: Number>(number: N) -> f64 {
    1e-9 * number.value().abs() + number.error()
}

/// How tightly a term is bound: sums 1, products 2, powers 3, what needs no parentheses 4.
fn tightness(term: &Term) -> u8 {
    match term {
        Term::Number(value) if value.is_sign_negative() => 1,
        Term::Binary('+' | '-', ..) | Term::Neg(_) => 1,
        Term::Binary('*' | '/' | '%', ..) => 2,
        Term::Binary(..) | Term::Power(..) => 3,
        Term::Number(_) | Term::X | Term::Y | Term::Call(..) => 4,
    }
}

/// Written as a formula, with no more parentheses than are needed.
impl std::fmt::Display for Term {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let inside = |term: &Term, least: u8| {
            if tightness(term) < least { format!("({term})") } else { term.to_string() }
        };
        match self {
            Self::Number(value) => write!(f, "{value}"),
            Self::X => f.write_str("x"),
            Self::Y => f.write_str("y"),
            Self::Neg(a) => write!(f, "-{}", inside(a, 2)),
            Self::Power(a, c) if *c < 0.0 => write!(f, "{}^({c})", inside(a, 4)),
            Self::Power(a, c) => write!(f, "{}^{c}", inside(a, 4)),
            Self::Binary('^', a, b) => write!(f, "{}^{}", inside(a, 4), inside(b, 4)),
            Self::Binary(operator, a, b) => {
                let least = tightness(self);
                write!(f, "{} {operator} {}", inside(a, least), inside(b, least + 1))
            }
            Self::Call(name, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(Term::to_string).collect();
                write!(f, "{name}({})", arguments.join(", "))
            }
        }
    }
}
