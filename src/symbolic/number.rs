//! Numbers as they are written: fractions of whole numbers, exact as long as both are small, and floating point beyond.

/// A number of a formula. 0.1·3 is 0.3, because both are kept as fractions.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    /// `over/under` in lowest terms, `under` above 0.
    Exact {
        over: i64,
        under: i64,
        /// Whether a decimal point was typed, so that it is 0.5 rather than 1/2.
        decimal: bool,
    },
    /// Any other, with its rounding.
    Rounded(f64),
}

/// Equal in value, however written.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exact { over: a, under: b, .. }, Self::Exact { over: c, under: d, .. }) => {
                a == c && b == d
            }
            (Self::Rounded(a), Self::Rounded(b)) => a.to_bits() == b.to_bits(),
            _ => false,
        }
    }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}

/// The greatest common divisor, at least 1.
pub(super) fn common_divisor(a: i64, b: i64) -> i64 {
    i64::try_from(gcd(a.into(), b.into())).unwrap_or(1).max(1)
}

impl Number {
    pub const ZERO: Self = Self::whole(0);
    pub const ONE: Self = Self::whole(1);
    pub const MINUS_ONE: Self = Self::whole(-1);
    pub const HALF: Self = Self::Exact { over: 1, under: 2, decimal: false };

    pub const fn whole(number: i64) -> Self {
        Self::Exact { over: number, under: 1, decimal: false }
    }

    /// What was typed, from its shortest spelling.
    pub fn typed(value: f64) -> Self {
        let spelled = format!("{value:e}");
        let exact = spelled.split_once('e').and_then(|(mantissa, exponent)| {
            let decimals = mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
            let digits: i128 = mantissa.replace('.', "").parse().ok()?;
            let power = exponent.parse::<i32>().ok()? - decimals;
            let scale = 10_i128.checked_pow(power.unsigned_abs())?;
            if power < 0 {
                Self::fraction(digits, scale, true)
            } else {
                Self::fraction(digits.checked_mul(scale)?, 1, false)
            }
        });
        exact.unwrap_or(Self::Rounded(value))
    }

    fn fraction(over: i128, under: i128, decimal: bool) -> Option<Self> {
        let divisor = gcd(over, under);
        if divisor == 0 || under == 0 {
            return None;
        }
        let divisor = if under < 0 { -divisor } else { divisor };
        let over = i64::try_from(over / divisor).ok().filter(|over| *over != i64::MIN)?;
        let under = i64::try_from(under / divisor).ok()?;
        Some(Self::Exact { over, under, decimal: decimal && under != 1 })
    }

    pub fn value(self) -> f64 {
        match self {
            Self::Exact { over, under, .. } => over as f64 / under as f64,
            Self::Rounded(value) => value,
        }
    }

    /// Whether it is what was typed, with no rounding.
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Exact { .. })
    }

    pub fn is_negative(self) -> bool {
        self.value() < 0.0
    }

    /// 1, 0 or -1.
    pub fn sign(self) -> Self {
        match self {
            zero if zero.value() == 0.0 => Self::ZERO,
            negative if negative.is_negative() => Self::MINUS_ONE,
            _ => Self::ONE,
        }
    }

    /// The whole number that it is.
    pub fn as_whole(self) -> Option<i64> {
        match self {
            Self::Exact { over, under: 1, .. } => Some(over),
            _ => None,
        }
    }

    /// Numerator and denominator, where it is written as a fraction.
    pub fn as_fraction(self) -> Option<(i64, i64)> {
        match self {
            Self::Exact { over, under, .. } if under != 1 && !self.is_decimal() => Some((over, under)),
            _ => None,
        }
    }

    /// Whether a decimal point writes it exactly, and is to do so.
    fn is_decimal(self) -> bool {
        let Self::Exact { mut under, decimal: true, .. } = self else { return false };
        for prime in [2, 5] {
            while under % prime == 0 {
                under /= prime;
            }
        }
        under == 1
    }

    pub fn negated(self) -> Self {
        match self {
            Self::Exact { over, under, decimal } => Self::Exact { over: -over, under, decimal },
            Self::Rounded(value) => Self::Rounded(-value),
        }
    }

    pub fn plus(self, other: Self) -> Self {
        self.combined(other, |a, b, c, d| Some((a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b * d)))
            .unwrap_or(Self::Rounded(self.value() + other.value()))
    }

    pub fn times(self, other: Self) -> Self {
        self.combined(other, |a, b, c, d| Some((a * c, b * d)))
            .unwrap_or(Self::Rounded(self.value() * other.value()))
    }

    /// The quotient; dividing by 0 is left to floating point.
    pub fn over(self, other: Self) -> Self {
        self.combined(other, |a, b, c, d| Some((a * d, b * c)))
            .unwrap_or(Self::Rounded(self.value() / other.value()))
    }

    /// A whole power, where it is exact or one of a rounded number.
    pub fn to_the(self, exponent: i64) -> Option<Self> {
        let mut power = Self::ONE;
        for _ in 0..exponent.unsigned_abs().min(64) {
            power = power.times(self);
        }
        let power = if exponent < 0 { Self::ONE.over(power) } else { power };
        match power {
            Self::Exact { .. } => (exponent.unsigned_abs() <= 64).then_some(power),
            Self::Rounded(value) => {
                (exponent.abs() == 1 && value.is_finite() && value != 0.0).then_some(power)
            }
        }
    }

    /// What may stand once before all: the greatest divisor of whole numbers, or the magnitude if it is the same.
    pub fn common(numbers: impl Iterator<Item = Self> + Clone) -> Self {
        let mut magnitudes = numbers.clone().map(|n| if n.is_negative() { n.negated() } else { n });
        let first = magnitudes.next().unwrap_or(Self::ONE);
        if first != Self::ZERO && magnitudes.all(|magnitude| magnitude == first) {
            return first;
        }
        let divisor = numbers.map(Self::as_whole).reduce(|a, b| Some(common_divisor(a?, b?)));
        divisor.flatten().map_or(Self::ONE, Self::whole)
    }

    /// The least common multiple of the denominators of fractions.
    pub fn denominator(numbers: impl Iterator<Item = Self>) -> Option<i64> {
        numbers.filter_map(Self::as_fraction).try_fold(1_i64, |multiple, (_, under)| {
            multiple.checked_mul(under / common_divisor(multiple, under))
        })
    }

    fn combined(
        self,
        other: Self,
        f: impl FnOnce(i128, i128, i128, i128) -> Option<(i128, i128)>,
    ) -> Option<Self> {
        match (self, other) {
            (
                Self::Exact { over: a, under: b, decimal },
                Self::Exact { over: c, under: d, decimal: other_decimal },
            ) => {
                let (over, under) = f(a.into(), b.into(), c.into(), d.into())?;
                Self::fraction(over, under, decimal || other_decimal)
            }
            _ => None,
        }
    }

    /// Mantissa and power of ten of the magnitude, unless it is a fraction.
    pub fn digits(self) -> (String, Option<i32>) {
        let value = self.value().abs();
        if value != 0.0 && !(1e-5..1e15).contains(&value) {
            let spelled = format!("{value:e}");
            if let Some((mantissa, Ok(power))) = spelled.split_once('e').map(|(m, p)| (m, p.parse::<i32>())) {
                return (mantissa.to_owned(), Some(power));
            }
        }
        (value.to_string(), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(number: Number) -> String {
        let sign = if number.is_negative() { "-" } else { "" };
        match (number.as_fraction(), number.digits()) {
            (Some((over, under)), _) => format!("{over}/{under}"),
            (None, (digits, None)) => format!("{sign}{digits}"),
            (None, (digits, Some(power))) => format!("{sign}{digits}e{power}"),
        }
    }

    #[test]
    fn arithmetic_leaves_no_rounding_behind() {
        let typed = Number::typed;
        assert_eq!(written(typed(0.1).times(typed(3.0))), "0.3");
        assert_eq!(written(typed(0.1).plus(typed(0.2))), "0.3");
        assert_eq!(written(typed(2.0).times(typed(-1.05))), "-2.1");
        assert_eq!(written(typed(1.0).over(typed(3.0))), "1/3");
        assert_eq!(written(typed(0.5).over(typed(3.0))), "1/6");
        assert_eq!(written(typed(0.5).times(typed(2.0))), "1");
        assert_eq!(written(Number::HALF.plus(Number::HALF)), "1");
    }

    #[test]
    fn numbers_stay_as_typed() {
        for text in ["0", "100", "0.5", "0.001", "1e-300", "2.5e-12", "1e200", "0.30000000000000004"] {
            assert_eq!(written(Number::typed(text.parse().unwrap())), text);
        }
    }

    #[test]
    fn what_overflows_is_rounded() {
        let large = Number::typed(9e18);
        assert_eq!(large.times(large), Number::Rounded(8.1e37));
        assert_eq!(Number::whole(i64::MIN + 1).plus(Number::MINUS_ONE).value(), i64::MIN as f64);
        assert!(Number::ONE.over(Number::ZERO).value().is_infinite());
    }
}
