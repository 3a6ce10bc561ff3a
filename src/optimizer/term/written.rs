//! Formulas of rules on paper: in symbols or in numbers, as one line of text or as LaTeX. Numbers stand where symbols stood, and
//! what binds less than what is around it has parentheses.

use super::{Term, Value};
use crate::symbolic::function_latex;

impl Term {
    /// As one line of text.
    pub(in crate::optimizer) fn text(&self, numbers: Numbers<'_>) -> String {
        self.written(Script::Text, numbers)
    }

    /// As LaTeX for math mode.
    pub(in crate::optimizer) fn latex(&self, numbers: Numbers<'_>) -> String {
        self.written(Script::Latex, numbers)
    }

    /// As LaTeX in symbols, in which some terms are marked with a number by way of their color, whose blue is one more.
    pub(in crate::optimizer) fn marked_latex(&self, mark: &Marking<'_>) -> String {
        self.written_with(Script::Latex, None, Some(mark))
    }

    /// In parts that may stand below one another, as text and as LaTeX: the summands or factors, each but the first with what
    /// joins it to those before.
    pub(in crate::optimizer) fn in_parts(&self, numbers: Numbers<'_>) -> Vec<[String; 2]> {
        let [text, latex] =
            [Script::Text, Script::Latex].map(|script| self.joined_parts(script, numbers, None).into_iter());
        let text = text.map(|(joint, part)| format!("{}{part}", joint.trim_start()));
        // A sign without a left side would be set as that of a number.
        let latex = latex.map(|(joint, part)| match joint {
            "" => part,
            joint => format!("{{}}{joint}{part}"),
        });
        text.zip(latex).map(|(text, latex)| [text, latex]).collect()
    }

    fn written(&self, script: Script, numbers: Numbers<'_>) -> String {
        self.written_with(script, numbers, None)
    }

    /// What a sum, a difference or a product consists of, each part after what joins it to those before; of others one part.
    fn joined_parts(
        &self,
        script: Script,
        numbers: Numbers<'_>,
        mark: Option<&Marking<'_>>,
    ) -> Vec<(&'static str, String)> {
        let is_marked = |term: &Self| mark.is_some_and(|mark| mark(term).is_some());
        let bound = |term: &Self, least| term.bound(script, numbers, mark, least);
        let joint = match self {
            Self::Sum(_) => " + ",
            _ => script.choose(" − ", " - "),
        };
        match self {
            Self::Sum(terms) | Self::Difference(terms) => {
                let [first, second] = &**terms;
                let mut parts = match first {
                    Self::Sum(_) | Self::Difference(_) if !is_marked(first) => {
                        first.joined_parts(script, numbers, mark)
                    }
                    first => vec![("", first.written_with(script, numbers, mark))],
                };
                parts.push((joint, bound(second, Binding::Product)));
                parts
            }
            Self::Product(factors) => {
                let between = match (numbers, script) {
                    (None, Script::Text) => " ",
                    (None, Script::Latex) => r"\,",
                    (Some(_), Script::Text) => "·",
                    (Some(_), Script::Latex) => r" \cdot ",
                };
                let mut is_vector = false;
                let factors = factors.iter().enumerate().map(|(at, factor)| {
                    let is_next = matches!(factor.value(), Value::Vector(_));
                    let joint = match (at, is_vector && is_next) {
                        (0, _) => "",
                        // Coordinate by coordinate.
                        (_, true) => script.choose(" ⊙ ", r" \odot "),
                        (_, false) => between,
                    };
                    is_vector |= is_next;
                    (joint, bound(factor, Binding::Factor))
                });
                factors.collect()
            }
            other => vec![("", other.written_with(script, numbers, mark))],
        }
    }

    /// In parentheses where it binds less than what is around it.
    fn bound(
        &self,
        script: Script,
        numbers: Numbers<'_>,
        mark: Option<&Marking<'_>>,
        least: Binding,
    ) -> String {
        let written = self.written_with(script, numbers, mark);
        if self.binding(script, numbers) < least { script.in_parentheses(&written) } else { written }
    }

    fn written_with(&self, script: Script, numbers: Numbers<'_>, mark: Option<&Marking<'_>>) -> String {
        if let Some(number) = mark.and_then(|mark| mark(self)) {
            return format!(r"\textcolor[HTML]{{{:06X}}}{{{}}}", number + 1, self.written(script, numbers));
        }
        let write = |term: &Self| term.written_with(script, numbers, mark);
        let bound = |term: &Self, least: Binding| term.bound(script, numbers, mark, least);
        let call = |name: &str, arguments: String| format!("{name}{}", script.in_parentheses(&arguments));
        match self {
            Self::Symbol { text, latex, value } => match numbers {
                Some(number) => script.value(*value, number),
                None => script.choose(text, latex).to_owned(),
            },
            Self::Constant(number) => number.to_string(),
            Self::Sum(_) | Self::Difference(_) | Self::Product(_) => {
                let parts = self.joined_parts(script, numbers, mark).into_iter();
                parts.flat_map(|(joint, part)| [joint.to_owned(), part]).collect()
            }
            Self::Negative(a) => format!("{}{}", script.choose("−", "-"), bound(a, Binding::Product)),
            Self::Quotient(terms) => match script {
                Script::Text => {
                    format!("{} / {}", bound(&terms[0], Binding::Product), bound(&terms[1], Binding::Factor))
                }
                Script::Latex => format!(r"\frac{{{}}}{{{}}}", write(&terms[0]), write(&terms[1])),
            },
            Self::Root(a) => match script {
                Script::Text => format!("√{}", bound(a, Binding::Base)),
                Script::Latex => format!(r"\sqrt{{{}}}", write(a)),
            },
            Self::Square(a) => format!("{}{}", bound(a, Binding::Base), script.choose("²", "^2")),
            Self::Power(a, t) => {
                let base = bound(a, Binding::Base);
                match (script, numbers) {
                    (Script::Text, None) => format!("{base}ᵗ"),
                    (Script::Text, Some(_)) => format!("{base}{}", superscript(*t)),
                    (Script::Latex, None) => format!("{base}^t"),
                    (Script::Latex, Some(_)) => format!("{base}^{{{t}}}"),
                }
            }
            Self::NextPower(a, t) => {
                let base = bound(a, Binding::Base);
                match (script, numbers) {
                    (Script::Text, None) => format!("{base}ᵗ⁺¹"),
                    (Script::Text, Some(_)) => format!("{base}{}", superscript(t.saturating_add(1))),
                    (Script::Latex, None) => format!("{base}^{{t+1}}"),
                    (Script::Latex, Some(_)) => format!("{base}^{{{}}}", t.saturating_add(1)),
                }
            }
            Self::Raised(terms) => {
                let base = bound(&terms[0], Binding::Base);
                match script {
                    Script::Text => format!("{base}^{}", bound(&terms[1], Binding::Base)),
                    Script::Latex => format!("{base}^{{{}}}", write(&terms[1])),
                }
            }
            Self::Call { function, arguments } => {
                let arguments = arguments.iter().map(write).collect::<Vec<_>>().join(", ");
                match script {
                    Script::Text => format!("{}({arguments})", function.name),
                    Script::Latex => format!("{}({arguments})", function_latex(function.name)),
                }
            }
            Self::Sign(a) => call(script.choose("sign", r"\mathrm{sign}"), write(a)),
            // The typesetter has no longer bars.
            Self::Magnitude(a) => format!("|{}|", write(a)),
            Self::Larger(terms) => {
                call(script.choose("max", r"\max"), format!("{}, {}", write(&terms[0]), write(&terms[1])))
            }
            Self::Threshold(terms) => call("S", format!("{}; {}", write(&terms[0]), write(&terms[1]))),
            Self::Diagonal(a) => call(script.choose("diag", r"\mathrm{diag}"), write(a)),
            Self::Transpose(a) => {
                format!("{}{}", bound(a, Binding::Base), script.choose("ᵀ", r"^{\top}"))
            }
        }
    }

    /// How strongly it holds together as it is written.
    fn binding(&self, script: Script, numbers: Numbers<'_>) -> Binding {
        match self {
            // The bar of a fraction holds it together.
            Self::Quotient(_) if script == Script::Latex => Binding::Factor,
            Self::Symbol { value: Value::Scalar(value), .. } if numbers.is_some() => {
                let written = numbers.map_or_else(String::new, |number| number(*value));
                match written {
                    written if written.starts_with('-') => Binding::Sum,
                    written if written.contains('e') => Binding::Product,
                    _ => Binding::Base,
                }
            }
            // A name such as ∇J(θ) or H⁻¹ g holds together but under a power.
            Self::Symbol { text, .. } if numbers.is_none() && text.chars().count() > 2 => Binding::Factor,
            Self::Symbol { .. } | Self::Constant(_) => Binding::Base,
            Self::Sum(_) | Self::Difference(_) | Self::Negative(_) => Binding::Sum,
            Self::Product(_) | Self::Quotient(_) => Binding::Product,
            Self::Root(_)
            | Self::Square(_)
            | Self::Raised(_)
            | Self::Power(..)
            | Self::NextPower(..)
            | Self::Transpose(_) => Binding::Factor,
            Self::Call { .. }
            | Self::Magnitude(_)
            | Self::Sign(_)
            | Self::Larger(_)
            | Self::Threshold(_)
            | Self::Diagonal(_) => Binding::Base,
        }
    }
}

/// What a term is marked with, if it is.
pub(in crate::optimizer) type Marking<'a> = dyn Fn(&Term) -> Option<usize> + 'a;

/// How a number is written where formulas are written in numbers: `-1.5e-8` or shorter; nothing where they are in symbols.
pub type Numbers<'a> = Option<&'a dyn Fn(f64) -> String>;

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Sum,
    Product,
    Factor,
    Base,
}

#[derive(Clone, Copy, PartialEq)]
enum Script {
    Text,
    Latex,
}

impl Script {
    fn choose<'a>(self, text: &'a str, latex: &'a str) -> &'a str {
        match self {
            Self::Text => text,
            Self::Latex => latex,
        }
    }

    /// Parentheses grow with what is in them only where it is tall: growing ones stand off from the factor before them.
    fn in_parentheses(self, written: &str) -> String {
        let is_tall = |command: &&str| written.contains(*command);
        match self {
            Self::Latex if [r"\frac", r"\begin"].iter().any(is_tall) => format!(r"\left({written}\right)"),
            _ => format!("({written})"),
        }
    }

    fn number(self, written: &str) -> String {
        match self {
            Self::Text => written.replace('-', "−"),
            Self::Latex => match written.split_once('e') {
                Some(("1", exponent)) => format!("10^{{{exponent}}}"),
                Some(("-1", exponent)) => format!("-10^{{{exponent}}}"),
                Some((mantissa, exponent)) => format!(r"{mantissa} \cdot 10^{{{exponent}}}"),
                None => match written {
                    "inf" => r"\infty".to_owned(),
                    "-inf" => r"-\infty".to_owned(),
                    "NaN" => r"\mathrm{NaN}".to_owned(),
                    written => written.to_owned(),
                },
            },
        }
    }

    fn value(self, value: Value, number: &dyn Fn(f64) -> String) -> String {
        let number = |entry: f64| self.number(&number(entry));
        match (value, self) {
            (Value::Scalar(entry), _) => number(entry),
            (Value::Vector(v), Self::Text) => format!("({}, {})", number(v.x), number(v.y)),
            (Value::Vector(v), Self::Latex) => {
                format!(r"\begin{{pmatrix}} {} \\ {} \end{{pmatrix}}", number(v.x), number(v.y))
            }
            (Value::Matrix(m), _) => {
                let rows = [[m.m11, m.m12], [m.m21, m.m22]].map(|row| row.map(number));
                match self {
                    Self::Text => {
                        format!("[{}, {}; {}, {}]", rows[0][0], rows[0][1], rows[1][0], rows[1][1])
                    }
                    Self::Latex => {
                        let rows = rows.map(|[left, right]| format!("{left} & {right}"));
                        format!(r"\begin{{pmatrix}} {} \\ {} \end{{pmatrix}}", rows[0], rows[1])
                    }
                }
            }
        }
    }
}

impl Value {
    /// As one line of text: a number, `(x, y)` or `[a, b; c, d]`.
    pub fn text(self, number: &dyn Fn(f64) -> String) -> String {
        Script::Text.value(self, number)
    }

    /// As LaTeX for math mode, a vector as a column.
    pub fn latex(self, number: &dyn Fn(f64) -> String) -> String {
        Script::Latex.value(self, number)
    }
}

fn superscript(t: u32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    t.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
}
