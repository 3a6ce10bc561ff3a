//! Round numbers: decimals with few digits, for levels that can be read and remembered.

/// A number `digits` · 10^`exponent`, with which can be reckoned exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: i64,
    exponent: i32,
}

impl Decimal {
    pub fn new(digits: i64, exponent: i32) -> Self {
        Self { digits, exponent }
    }

    /// The nearest number of 64 bits.
    pub fn value(self) -> f64 {
        // Through its text, since a product with a power of ten is rounded twice.
        format!("{}e{}", self.digits, self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// The nearest number to the sum with another one.
    pub fn plus(self, other: Self) -> f64 {
        let exponent = self.exponent.min(other.exponent);
        let aligned = |number: Self| {
            let shift = 10_i128.checked_pow((number.exponent - exponent).unsigned_abs())?;
            i128::from(number.digits).checked_mul(shift)
        };
        let sum = aligned(self).zip(aligned(other)).and_then(|(a, b)| a.checked_add(b));
        sum.and_then(|digits| format!("{digits}e{exponent}").parse().ok())
            .unwrap_or_else(|| self.value() + other.value())
    }
}

/// The decimal with the fewest digits from `low` to `high`: 0 if it lies there, else as near to `value`, which lies
/// between, as so many digits come.
pub(super) fn roundest(value: f64, low: f64, high: f64) -> Decimal {
    if low <= 0.0 && 0.0 <= high {
        return Decimal::new(0, 0);
    }
    let rounded = |decimals: usize| {
        let text = format!("{value:.decimals$e}");
        let (mantissa, exponent) = text.split_once('e')?;
        let digits = mantissa.replace('.', "").parse().ok()?;
        Some(Decimal::new(digits, exponent.parse::<i32>().ok()? - decimals as i32))
    };
    // 17 digits are always enough to say the value itself.
    let candidates = (0..17).filter_map(rounded);
    let mut last = Decimal::new(0, 0);
    for candidate in candidates {
        if (low..=high).contains(&candidate.value()) {
            return candidate;
        }
        last = candidate;
    }
    last
}

/// The number with the fewest digits within `room` of a value: 0 if it lies there.
pub fn rounded(value: f64, room: f64) -> f64 {
    roundest(value, value - room, value + room).value()
}

/// Multiples of 1, 2 or 5 times a power of ten strictly between two ends, as near to `count` of them as such a step
/// comes. `None` where the ends are too near to each other, or to 0, for round numbers to lie between.
pub(super) fn multiples([low, high]: [f64; 2], count: u16) -> Option<Vec<f64>> {
    /// Whole numbers up to here are exact.
    const EXACT: f64 = 9e15;
    let parts = f64::from(count) + 1.0;
    // Each end by itself, since their difference may overflow.
    let ideal = high / parts - low / parts;
    if !(ideal.is_normal() && ideal > 0.0) {
        return None;
    }
    let power = ideal.log10().floor() as i32;
    let steps = [(5, power - 1), (1, power), (2, power), (5, power), (1, power + 1)];
    let inside = |(lead, exponent): (i64, i32)| {
        let step = Decimal::new(lead, exponent).value();
        let [first, last] = [(low / step).floor() + 1.0, (high / step).ceil() - 1.0];
        (first.abs() < EXACT && last.abs() < EXACT && first <= last).then_some((first as i64, last as i64))
    };
    let sets = steps.into_iter().filter_map(|step| Some((step, inside(step)?)));
    let (step, (first, last)) = nearest(sets, count, |(_, (first, last))| last - first + 1)?;
    let values = (first..=last).map(|k| Decimal::new(k * step.0, step.1).value());
    // An end that is itself a multiple may have come in by rounding.
    Some(values.filter(|value| low < *value && *value < high).collect())
}

/// Numbers between two positive ends with nearly equal ratios, as near to `count` of them as such a series comes: every
/// power of ten, or every second, third, fifth, …, or 2, 3, 5, 10, … of them within a factor of ten, each rounded to
/// the fewest digits within a quarter of a step. Three are 1, 2, 5; ten are 1, 1.3, 1.6, 2, 2.5, 3, 4, 5, 6, 8, nearly
/// the preferred numbers of ISO 3.
pub(super) fn ratios([low, high]: [f64; 2], count: u16) -> Option<Vec<Decimal>> {
    let ends = [low.log10(), high.log10()];
    // A step in decades is numerator / denominator.
    let leads = (0..5).flat_map(|power| [1, 2, 3, 5].map(|lead| lead * 10_i32.pow(power)));
    let steps = leads.flat_map(|lead| [(lead, 1), (1, lead)]).map(|(a, b)| (f64::from(a), f64::from(b)));
    let sets = steps.filter_map(|(wide, fine)| {
        let [first, last] = [(ends[0] * fine / wide).ceil(), (ends[1] * fine / wide).floor()];
        (first <= last).then_some((wide / fine, (first as i64, last as i64)))
    });
    let (step, (first, last)) = nearest(sets, count, |(_, (first, last))| last - first + 1)?;
    let at = |place: f64| 10_f64.powf(place * step);
    Some((first..=last).map(|k| k as f64).map(|k| roundest(at(k), at(k - 0.25), at(k + 0.25))).collect())
}

/// The set whose size is nearest to `count` by ratio, and none above [`super::Levels::MOST`].
fn nearest<T>(sets: impl Iterator<Item = T>, count: u16, size: impl Fn(&T) -> i64) -> Option<T> {
    let most = i64::from(super::Levels::MOST);
    let off = |set: &T| (size(set) as f64 / f64::from(count)).ln().abs();
    sets.filter(|set| size(set) <= most).min_by(|a, b| off(a).total_cmp(&off(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(decimals: Vec<Decimal>) -> Vec<f64> {
        decimals.into_iter().map(Decimal::value).collect()
    }

    #[test]
    fn the_roundest_number_is_the_one_with_the_fewest_digits() {
        let roundest = |value, low, high| super::roundest(value, low, high).value();
        assert_eq!(roundest(3.162, 2.4, 4.2), 3.0);
        assert_eq!(roundest(3.162, 3.1, 3.3), 3.2);
        assert_eq!(roundest(-106.7645, -106.79, -106.74), -106.76);
        assert_eq!(roundest(1e-9, -1e-3, 2e-3), 0.0);
        assert_eq!(roundest(9.96, 9.9, 10.1), 10.0);
        assert_eq!(roundest(0.1 + 0.2, 0.3, 0.1 + 0.2), 0.3);
        let value = 1.234_567_890_123_456_7e-300;
        assert_eq!(roundest(value, value, value), value);
    }

    #[test]
    fn multiples_are_round_exact_and_near_the_count() {
        assert_eq!(multiples([0.0, 8.0], 3), Some(vec![2.0, 4.0, 6.0]));
        assert_eq!(multiples([-0.43, 0.43], 9).unwrap()[3..6], [-0.1, 0.0, 0.1]);
        assert_eq!(multiples([-1.0, 1.0], 1), Some(vec![0.0]));
        assert_eq!(multiples([0.0, 1.0], 1), Some(vec![0.5]));
        assert_eq!(multiples([1.0, 1.0 + 4.0 * f64::EPSILON], 20), None);
        assert_eq!(multiples([-f64::MAX, f64::MAX], 3), Some(vec![-1e308, 0.0, 1e308]));
        for count in 1..=200 {
            for ends in [[0.0, 1.0], [-3.7, 12.9], [1e6, 1e6 + 1e-3], [-1e300, 1e301], [1e-300, 3e-299]] {
                let found = multiples(ends, count).unwrap();
                let ratio = found.len() as f64 / f64::from(count);
                assert!((0.5..=2.0).contains(&ratio), "{} for {count} in {ends:?}", found.len());
                assert!(found.iter().all(|value| ends[0] < *value && *value < ends[1]));
                assert!(found.is_sorted_by(|a, b| a < b));
            }
        }
    }

    #[test]
    fn ratios_are_those_that_are_read_off_a_logarithmic_scale() {
        assert_eq!(values(ratios([0.9, 110.0], 3).unwrap()), [1.0, 10.0, 100.0]);
        assert_eq!(values(ratios([0.9, 11.0], 3).unwrap()), [1.0, 3.0, 10.0]);
        assert_eq!(values(ratios([0.9, 11.0], 4).unwrap()), [1.0, 2.0, 5.0, 10.0]);
        assert_eq!(values(ratios([0.9, 11.0], 6).unwrap()), [1.0, 1.6, 2.5, 4.0, 6.0, 10.0]);
        let ten = [1.0, 1.3, 1.6, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
        assert_eq!(values(ratios([0.9, 11.0], 11).unwrap()), ten);
        assert_eq!(values(ratios([1e-300, 1e300], 12).unwrap())[5..8], [1e-50, 1.0, 1e50]);
        for count in 1..=200 {
            for ends in [[1e-3, 1e4], [2e-300, 1e300], [1.0, 1.2], [3e-7, 4e-6], [5.0, 900.0]] {
                let found = values(ratios(ends, count).unwrap());
                let ratio = found.len() as f64 / f64::from(count);
                assert!((0.5..=2.0).contains(&ratio), "{} for {count} in {ends:?}", found.len());
                assert!(found.is_sorted_by(|a, b| a < b), "{found:?}");
            }
        }
    }

    #[test]
    fn sums_of_decimals_are_exact() {
        assert_eq!(Decimal::new(-10676, -2).plus(Decimal::new(1, -1)), -106.66);
        assert_eq!(Decimal::new(0, 0).plus(Decimal::new(5, -300)), 5e-300);
        assert_eq!(Decimal::new(1, -300).plus(Decimal::new(1, 300)), 1e300);
    }
}
