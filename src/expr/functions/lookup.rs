//! Functions by their names, those of other books and languages among them, and what only the grammar calls: sums, cases,
//! comparisons.

use super::piecewise::{larger, smaller};
use super::{Binary, Derivatives2, FUNCTIONS, FURTHER, Function, Kind, Unary, function};
use crate::elementary;
use crate::expr::operator::Operator;
use crate::expr::real::Real;
use crate::expr::wide::Wide;

/// Other names of functions.
const ALIASES: &[(&str, &str)] = &[
    ("arcsin", "asin"),
    ("arccos", "acos"),
    ("arctan", "atan"),
    ("arctg", "atan"),
    ("arccot", "acot"),
    ("arcctg", "acot"),
    ("arcsec", "asec"),
    ("arccsc", "acsc"),
    ("arctan2", "atan2"),
    ("arcsinh", "asinh"),
    ("arsinh", "asinh"),
    ("argsinh", "asinh"),
    ("arccosh", "acosh"),
    ("arcosh", "acosh"),
    ("argcosh", "acosh"),
    ("arctanh", "atanh"),
    ("artanh", "atanh"),
    ("argtanh", "atanh"),
    ("arccoth", "acoth"),
    ("arcoth", "acoth"),
    ("arcsech", "asech"),
    ("arsech", "asech"),
    ("arccsch", "acsch"),
    ("arcsch", "acsch"),
    ("tg", "tan"),
    ("ctg", "cot"),
    ("cotg", "cot"),
    ("cotan", "cot"),
    ("cosec", "csc"),
    ("cosech", "csch"),
    ("sh", "sinh"),
    ("ch", "cosh"),
    ("th", "tanh"),
    ("cth", "coth"),
    ("lg", "log10"),
    ("lb", "log2"),
    ("ld", "log2"),
    ("ln1p", "log1p"),
    ("pow2", "exp2"),
    ("sgn", "sign"),
    ("fabs", "abs"),
    ("absolute", "abs"),
    ("power", "pow"),
    ("maximum", "max"),
    ("fmax", "max"),
    ("minimum", "min"),
    ("fmin", "min"),
    ("clip", "clamp"),
    ("ceiling", "ceil"),
    ("rint", "round"),
    ("logistic", "sigmoid"),
    ("expit", "sigmoid"),
    ("ReLU", "relu"),
    ("Heaviside", "heaviside"),
    ("unitstep", "heaviside"),
    ("Gamma", "gamma"),
    ("tgamma", "gamma"),
    ("product", "prod"),
    ("where", "if"),
    ("ifelse", "if"),
];

/// Names that are functions only before a parenthesis: elsewhere they are letters.
const ALSO_LETTERS: &[&str] = &["gamma", "Gamma", "sh", "ch", "th", "cth", "lb", "ld", "if", "sum", "prod"];

const INVERSES: &[(&str, &str)] = &[
    ("sin", "asin"),
    ("cos", "acos"),
    ("tan", "atan"),
    ("cot", "acot"),
    ("sec", "asec"),
    ("csc", "acsc"),
    ("sinh", "asinh"),
    ("cosh", "acosh"),
    ("tanh", "atanh"),
    ("coth", "acoth"),
    ("sech", "asech"),
    ("csch", "acsch"),
    ("exp", "ln"),
    ("ln", "exp"),
    ("exp2", "log2"),
    ("log2", "exp2"),
    ("exp10", "log10"),
    ("log10", "exp10"),
    ("log1p", "expm1"),
    ("expm1", "log1p"),
];

/// What the grammar calls beside the table, by the name under which it is set as mathematics.
static FORMS: &[Function] = &[
    Function { name: "if", meaning: "cases", kind: Kind::If },
    Function { name: "sum", meaning: "sum over an index", kind: Kind::Repeated(Operator::Add) },
    Function { name: "prod", meaning: "product over an index", kind: Kind::Repeated(Operator::Mul) },
];

static LOG_TO_BASE: Function =
    Function { name: "log", meaning: "logarithm to a base", kind: Kind::LogToBase };

macro_rules! comparison {
    ($name:literal, $sign:tt) => {
        Function {
            name: $name,
            meaning: "comparison",
            kind: Kind::Binary(Binary {
                value: |a, b| truth(a, b, a $sign b),
                derivatives: |a, b| flat(truth(a, b, a $sign b)),
                wide: |a, b| flat(truth(a, b, a $sign b)).map(Wide::from),
            }),
        }
    };
}

macro_rules! connective {
    ($name:literal, $alone:literal, $joined:path) => {
        Function {
            name: $name,
            meaning: "connective",
            kind: Kind::Fold(Binary {
                value: |a, b| decided(a, b, $alone, $joined),
                derivatives: |a, b| flat(decided(a, b, $alone, $joined)),
                wide: |a, b| flat(decided(a.to_f64(), b.to_f64(), $alone, $joined)).map(Wide::from),
            }),
        }
    };
}

/// Comparisons and connectives: truth is a number, and its size says how far it holds. 2 is true and -2 false all around
/// the point; 1 and -1 only there, since the two sides of the comparison are equal. So the lesser is the conjunction, the
/// greater the disjunction, and the opposite the negation.
static LOGICAL: &[Function] = &[
    comparison!("<", <),
    comparison!("<=", <=),
    comparison!(">", >),
    comparison!(">=", >=),
    comparison!("==", ==),
    comparison!("!=", !=),
    connective!("and", -2.0, f64::min),
    connective!("or", 2.0, f64::max),
    Function {
        name: "not",
        meaning: "negation",
        kind: Kind::Unary(Unary {
            value: |a| -a,
            with_first: |a| (-a, 0.0),
            second: |_, _, _| 0.0,
            row: |from, to| to.iter_mut().zip(from).for_each(|(out, a)| *out = -a),
            wide: |a| [-a, Wide::default(), Wide::default()],
        }),
    },
];

/// A value that is the same all around, wherever it does not jump.
fn flat(value: f64) -> Derivatives2 {
    [value, 0.0, 0.0, 0.0, 0.0, 0.0]
}

fn truth<T: Real>(a: T, b: T, holds: bool) -> f64 {
    if a.is_nan() || b.is_nan() {
        return f64::NAN;
    }
    let size = if a == b { 1.0 } else { 2.0 };
    if holds { size } else { -size }
}

/// One side may decide alone, whatever the other one is; else an undefined side leaves all undefined.
fn decided(a: f64, b: f64, alone: f64, joined: fn(f64, f64) -> f64) -> f64 {
    if a == alone || b == alone {
        alone
    } else if a.is_nan() || b.is_nan() {
        f64::NAN
    } else {
        joined(a, b)
    }
}

impl Function {
    /// How many arguments it takes, in words.
    pub fn arguments(&self) -> &'static str {
        match self.kind {
            Kind::Unary(_) => "1 argument",
            Kind::Binary(_) | Kind::Power => "2 arguments",
            Kind::Fold(_) => "at least 1 argument",
            Kind::Clamp | Kind::If => "3 arguments",
            Kind::LogToBase => "1 or 2 arguments",
            Kind::Repeated(_) => "4 arguments",
        }
    }

    pub(in crate::expr) fn accepts(&self, arguments: usize) -> bool {
        match self.kind {
            Kind::Unary(_) => arguments == 1,
            Kind::Binary(_) | Kind::Power => arguments == 2,
            Kind::Fold(_) => arguments >= 1,
            Kind::Clamp | Kind::If => arguments == 3,
            Kind::LogToBase => matches!(arguments, 1 | 2),
            Kind::Repeated(_) => arguments == 4,
        }
    }

    /// What it is of as many arguments as it takes; not a number of another count, and of `sum` and `prod`, which have terms.
    pub fn value(&self, arguments: &[f64]) -> f64 {
        match (&self.kind, arguments) {
            (Kind::Unary(unary), [a]) => (unary.value)(*a),
            (Kind::Binary(binary), [a, b]) => (binary.value)(*a, *b),
            (Kind::Fold(binary), numbers) => numbers.iter().copied().reduce(binary.value).unwrap_or(f64::NAN),
            (Kind::Power, [a, b]) => elementary::pow(*a, *b),
            (Kind::Clamp, [a, low, high]) => smaller(larger(*a, *low), *high),
            (Kind::LogToBase, [a, base]) => elementary::ln(*a) / elementary::ln(*base),
            (Kind::If, [condition, a, _]) if *condition > 0.0 => *a,
            (Kind::If, [condition, _, b]) if *condition < 0.0 => *b,
            _ => f64::NAN,
        }
    }

    /// Whether it is written with its name before its arguments in parentheses: not cases, sums, comparisons and what joins these.
    pub fn is_written_as_call(&self) -> bool {
        function(self.name).is_some() && !matches!(self.kind, Kind::If | Kind::Repeated(_))
    }

    /// Whether its first argument names an index.
    pub(in crate::expr) fn is_repeated(&self) -> bool {
        matches!(self.kind, Kind::Repeated(_))
    }

    /// Whether it takes one argument, so that it may do without parentheses.
    pub(in crate::expr) fn is_unary(&self) -> bool {
        matches!(self.kind, Kind::Unary(_))
    }

    /// The same function as it is called with so many arguments.
    pub(in crate::expr) fn with_arguments(&'static self, arguments: usize) -> &'static Self {
        if self.name == "log" && arguments != 1 { &LOG_TO_BASE } else { self }
    }
}

/// The function that a name calls, whether it is its own name or another one.
pub(in crate::expr) fn called(name: &str) -> Option<&'static Function> {
    let own = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, own)| *own);
    function(own).or_else(|| FORMS.iter().find(|form| form.name == own))
}

/// Every name that calls a function.
pub(in crate::expr) fn callable_names<'a>() -> impl Iterator<Item = &'a str> {
    let rows = FUNCTIONS.iter().chain(FORMS).map(|function| -> &'a str { function.name });
    rows.chain(ALIASES.iter().map(|(alias, _)| -> &'a str { alias }))
}

/// Whether a name is that of a function and can be given to nothing else. Names that came later can: a formula that was
/// written before they came keeps its meaning.
pub fn is_reserved(name: &str) -> bool {
    function(name).is_some() && !FURTHER.iter().any(|later| later.name == name)
}

/// Whether a name is a function only before a parenthesis.
pub(in crate::expr) fn is_also_a_letter(name: &str) -> bool {
    ALSO_LETTERS.contains(&name)
}

/// The inverse of a function, where `f⁻¹` is read as one.
pub(in crate::expr) fn inverse(name: &str) -> Option<&'static Function> {
    INVERSES.iter().find(|(of, _)| *of == name).and_then(|(_, inverse)| function(inverse))
}

/// A comparison or a connective.
pub(in crate::expr) fn logical(name: &str) -> &'static Function {
    LOGICAL.iter().find(|row| row.name == name).unwrap_or(&LOGICAL[0])
}

/// Whether it compares two numbers.
pub(in crate::expr) fn is_comparison(f: &Binary) -> bool {
    LOGICAL.iter().any(|row| matches!(&row.kind, Kind::Binary(binary) if std::ptr::eq(binary, f)))
}

/// Whether the function is a comparison or a connective.
pub(in crate::expr) fn is_logical(function: &Function) -> bool {
    LOGICAL.iter().any(|row| row.name == function.name)
}
