//! What a parameter of a method is: the row that sliders, command line, validation and documentation share.

/// A parameter of a method of the registry.
pub type Parameter = ParameterRow<'static>;

/// A parameter of a method, or of a rule that somebody typed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ParameterRow<'a> {
    /// Name in scenario files, unique within a method.
    pub id: &'a str,
    /// How it is written in the formula.
    pub symbol: &'a str,
    /// What it does, in one sentence for a student.
    pub meaning: &'a str,
    /// Which values it takes.
    pub kind: ParameterKind,
}

/// Which values a parameter takes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ParameterKind {
    /// A finite real number.
    Real {
        /// The value that is taken where none is given.
        default: f64,
        /// The smallest valid value.
        min: f64,
        /// The largest valid value.
        max: f64,
        /// The ends of a slider, within the valid values.
        slider: [f64; 2],
        /// How a slider spreads the values.
        scale: Scale,
    },
    /// One of some named options.
    Choice {
        /// The id of the option that is taken where none is given.
        default: &'static str,
        /// Each option's id and its name for people.
        options: &'static [(&'static str, &'static str)],
    },
    /// On or off.
    Switch {
        /// The position that is taken where none is given.
        default: bool,
    },
    /// The ends of an interval, the smaller one first.
    Interval {
        /// The ends that are taken where none are given.
        default: [f64; 2],
    },
}

/// How a slider spreads its values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By powers of ten.
    Logarithmic,
    /// Evenly, whole numbers alone.
    Whole,
}

/// The value of a parameter.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ParameterValue {
    /// For [`ParameterKind::Real`].
    Real(f64),
    /// For a [`ParameterKind::Real`] of which each variable may have its own: the learning rate of some methods.
    PerVariable([f64; 2]),
    /// For [`ParameterKind::Choice`]: the id of an option.
    Choice(&'static str),
    /// For [`ParameterKind::Switch`].
    Switch(bool),
    /// For [`ParameterKind::Interval`].
    Interval([f64; 2]),
}

/// The smallest number above 0: "above 0" as a valid minimum.
pub(super) const ABOVE_ZERO: f64 = f64::MIN_POSITIVE;

/// The largest number below 1: "below 1" as a valid maximum.
pub(super) const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

impl ParameterRow<'_> {
    /// The value that is taken where none is given.
    pub fn default_value(&self) -> ParameterValue {
        match self.kind {
            ParameterKind::Real { default, .. } => ParameterValue::Real(default),
            ParameterKind::Choice { default, .. } => ParameterValue::Choice(default),
            ParameterKind::Switch { default } => ParameterValue::Switch(default),
            ParameterKind::Interval { default } => ParameterValue::Interval(default),
        }
    }

    /// The same of a number; not a number where it is none.
    pub fn default_real(&self) -> f64 {
        match self.kind {
            ParameterKind::Real { default, .. } => default,
            ParameterKind::Choice { .. } | ParameterKind::Switch { .. } | ParameterKind::Interval { .. } => {
                f64::NAN
            }
        }
    }

    /// The option with this id, as the value that [`super::Settings::set`] takes; nothing where there is none.
    pub fn option(&self, id: &str) -> Option<ParameterValue> {
        match self.kind {
            ParameterKind::Choice { options, .. } => {
                options.iter().find(|option| option.0 == id).map(|option| ParameterValue::Choice(option.0))
            }
            _ => None,
        }
    }

    /// Whether the value is of this parameter's kind and among its valid values.
    pub fn accepts(&self, value: ParameterValue) -> bool {
        match (self.kind, value) {
            (ParameterKind::Real { min, max, scale, .. }, ParameterValue::Real(v)) => {
                (min..=max).contains(&v) && (scale != Scale::Whole || v.fract() == 0.0)
            }
            (ParameterKind::Real { min, max, .. }, ParameterValue::PerVariable(each)) => {
                each.iter().all(|v| (min..=max).contains(v))
            }
            (ParameterKind::Choice { .. }, ParameterValue::Choice(id)) => self.option(id).is_some(),
            (ParameterKind::Switch { .. }, ParameterValue::Switch(_)) => true,
            (ParameterKind::Interval { .. }, ParameterValue::Interval([low, high])) => {
                low < high && (high - low).is_finite()
            }
            _ => false,
        }
    }

    /// The valid values in words, to follow "expected": "a number above 0 and at most 1000000".
    pub fn expected(&self) -> String {
        match self.kind {
            ParameterKind::Real { min, max, scale, .. } => {
                let number = if scale == Scale::Whole { "a whole number" } else { "a number" };
                let lower = if min == ABOVE_ZERO { "above 0".to_owned() } else { format!("at least {min}") };
                let upper = if max == BELOW_ONE { "below 1".to_owned() } else { format!("at most {max}") };
                format!("{number} {lower} and {upper}")
            }
            ParameterKind::Choice { options, .. } => {
                let quoted: Vec<String> = options.iter().map(|option| format!("\"{}\"", option.0)).collect();
                quoted.join(" or ")
            }
            ParameterKind::Switch { .. } => "true or false".to_owned(),
            ParameterKind::Interval { .. } => "two numbers, the smaller one first".to_owned(),
        }
    }
}

/// A number above 0, slid by powers of ten, with its id, its symbol and what it does.
pub(super) const fn positive(
    [id, symbol, meaning]: [&'static str; 3],
    default: f64,
    slider: [f64; 2],
) -> Parameter {
    let scale = Scale::Logarithmic;
    let kind = ParameterKind::Real { default, min: ABOVE_ZERO, max: 1e6, slider, scale };
    Parameter { id, symbol, meaning, kind }
}

/// α, the learning rate of a method that has one.
pub(super) const fn learning_rate(default: f64) -> Parameter {
    let meaning = "The learning rate: how far a step goes. Too small crawls, too large overshoots.";
    positive(["learning_rate", "α", meaning], default, [1e-5, 10.0])
}

/// A factor in [0, 1) by which something remembered shrinks each step.
pub(super) const fn decay(
    id: &'static str,
    symbol: &'static str,
    meaning: &'static str,
    default: f64,
) -> Parameter {
    Parameter {
        id,
        symbol,
        meaning,
        kind: ParameterKind::Real {
            default,
            min: 0.0,
            max: BELOW_ONE,
            slider: [0.0, 0.999],
            scale: Scale::Linear,
        },
    }
}

/// ε, which keeps a divisor away from 0.
pub(super) const fn epsilon(default: f64) -> Parameter {
    Parameter {
        id: "epsilon",
        symbol: "ε",
        meaning: "A small number added to the divisor, so that a vanishing gradient makes no infinite step.",
        kind: ParameterKind::Real {
            default,
            min: 0.0,
            max: 1e6,
            slider: [1e-12, 1.0],
            scale: Scale::Logarithmic,
        },
    }
}

/// λ, by which a step shrinks the point beside what the gradient does.
pub(super) const fn weight_decay(default: f64) -> Parameter {
    Parameter {
        id: "weight_decay",
        symbol: "λ",
        meaning: "How strongly each step shrinks the point towards zero.",
        kind: ParameterKind::Real { default, min: 0.0, max: 1e6, slider: [0.0, 1.0], scale: Scale::Linear },
    }
}

/// How much of what is remembered a step goes by; the rest is the gradient itself.
pub(super) const fn share(
    id: &'static str,
    symbol: &'static str,
    meaning: &'static str,
    default: f64,
) -> Parameter {
    let kind = ParameterKind::Real { default, min: 0.0, max: 1.0, slider: [0.0, 1.0], scale: Scale::Linear };
    Parameter { id, symbol, meaning, kind }
}
