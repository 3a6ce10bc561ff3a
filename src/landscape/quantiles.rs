//! Quantiles of the values of a field.

/// Finite values in ascending order: all of them, or those at `most` places of a longer list. The places follow multiples
/// of the golden ratio, which meet rows and columns evenly, whereas a fixed stride would see only some columns.
pub(super) fn scattered(values: &[f64], most: usize) -> Vec<f64> {
    const GOLDEN: f64 = 0.618_033_988_749_894_8;
    let finite = |value: &f64| value.is_finite();
    let mut sample: Vec<f64> = if values.len() <= most {
        values.iter().copied().filter(finite).collect()
    } else {
        let place = |k: usize| ((k as f64 * GOLDEN).fract() * values.len() as f64) as usize;
        (0..most).filter_map(|k| values.get(place(k)).copied()).filter(finite).collect()
    };
    if sample.is_empty() {
        // So few finite values that scattered places miss them.
        sample = values.iter().copied().filter(finite).collect();
    }
    sample.sort_unstable_by(f64::total_cmp);
    sample
}

/// The value below which the share `t` of ascending values lies, interpolated; NaN of none.
pub(super) fn quantile(sorted: &[f64], t: f64) -> f64 {
    let position = t * sorted.len().saturating_sub(1) as f64;
    let below = position.floor();
    let at = |place: f64| sorted.get(place as usize).copied().unwrap_or(f64::NAN);
    mix(at(below), at(position.ceil()), position - below)
}

/// Linear interpolation that is exact for equal ends and does not overflow.
pub(super) fn mix(low: f64, high: f64, t: f64) -> f64 {
    let rise = high - low;
    if rise.is_finite() { low + t * rise } else { (1.0 - t) * low + t * high }
}
