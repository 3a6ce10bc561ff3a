//! Round numbers for levels that can be read and remembered.

use crate::decimal::{Decimal, roundest};
use crate::elementary;

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
    let power = elementary::log10(ideal).floor() as i32;
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
    let ends = [elementary::log10(low), elementary::log10(high)];
    // A step in decades is numerator / denominator.
    let leads = (0..5).flat_map(|power| [1, 2, 3, 5].map(|lead| lead * 10_i32.pow(power)));
    let steps = leads.flat_map(|lead| [(lead, 1), (1, lead)]).map(|(a, b)| (f64::from(a), f64::from(b)));
    let sets = steps.filter_map(|(wide, fine)| {
        let [first, last] = [(ends[0] * fine / wide).ceil(), (ends[1] * fine / wide).floor()];
        (first <= last).then_some((wide / fine, (first as i64, last as i64)))
    });
    let (step, (first, last)) = nearest(sets, count, |(_, (first, last))| last - first + 1)?;
    let at = |place: f64| elementary::pow(10_f64, place * step);
    Some((first..=last).map(|k| k as f64).map(|k| roundest(at(k), at(k - 0.25), at(k + 0.25))).collect())
}

/// The set whose size is nearest to `count` by ratio, and none above [`super::Levels::MOST`].
fn nearest<T>(sets: impl Iterator<Item = T>, count: u16, size: impl Fn(&T) -> i64) -> Option<T> {
    let most = i64::from(super::Levels::MOST);
    let off = |set: &T| elementary::ln(size(set) as f64 / f64::from(count)).abs();
    sets.filter(|set| size(set) <= most).min_by(|a, b| off(a).total_cmp(&off(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(decimals: Vec<Decimal>) -> Vec<f64> {
        decimals.into_iter().map(Decimal::value).collect()
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
}
