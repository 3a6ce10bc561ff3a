//! Where the axes have their ticks: at multiples of 1, 2 or 5 times a power of ten.

use egui_plot::GridMark;

use super::number::short;

/// The smallest 1, 2 or 5 times a power of ten that divides `span` into at most about `parts` parts.
pub fn nice_step(span: f64, parts: f32) -> f64 {
    let least = span / f64::from(parts.max(1.0));
    let power = 10f64.powf(least.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= least).unwrap_or(10.0);
    factor * power
}

/// A mark at every multiple of `step` between two ends.
pub fn marks((low, high): (f64, f64), step: f64) -> Vec<GridMark> {
    /// More marks are no help, and a step that is no number would make them without end.
    const MOST: f64 = 200.0;
    let (first, last) = ((low / step).ceil(), (high / step).floor());
    let count = last - first + 1.0;
    if !(1.0..=MOST).contains(&count) {
        return Vec::new();
    }
    (0..count as u32).map(|i| GridMark { value: (first + f64::from(i)) * step, step_size: step }).collect()
}

/// The number at a mark, with as many decimals as the step has.
pub fn tick_label(mark: GridMark) -> String {
    let GridMark { value, step_size } = mark;
    if value.abs() >= 1e6 || (value != 0.0 && step_size < 1e-6) {
        return short(value, 4);
    }
    // 0.1 is a little more than a tenth, which must not cost a decimal.
    let decimals = (-step_size.log10() - 1e-9).ceil().clamp(0.0, 9.0) as usize;
    let text = format!("{:.decimals$}", value.abs());
    if value < 0.0 { format!("\u{2212}{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_not_too_many() {
        assert_eq!(nice_step(4.0, 10.0), 0.5);
        assert_eq!(nice_step(4.0, 4.0), 1.0);
        assert_eq!(nice_step(1000.0, 9.0), 200.0);
        assert!((nice_step(3e-7, 5.0) - 1e-7).abs() < 1e-20);
        assert_eq!(nice_step(6.1, 1.0), 10.0);
    }

    #[test]
    fn marks_stand_at_multiples_inside() {
        let values = |ends, step| marks(ends, step).into_iter().map(|mark| mark.value).collect::<Vec<_>>();
        assert_eq!(values((-1.2, 1.1), 0.5), [-1.0, -0.5, 0.0, 0.5, 1.0]);
        assert!(values((0.1, 0.2), 1.0).is_empty());
        assert!(values((0.0, f64::INFINITY), 1.0).is_empty());
        assert!(values((0.0, 1.0), f64::NAN).is_empty());
    }

    #[test]
    fn labels_have_the_decimals_of_their_step() {
        let label = |value, step_size| tick_label(GridMark { value, step_size });
        assert_eq!(label(0.5, 0.5), "0.5");
        assert_eq!(label(-1.0, 0.5), "−1.0");
        assert_eq!(label(0.1 * 3.0, 0.1), "0.3");
        assert_eq!(label(0.25, 0.05), "0.25");
        assert_eq!(label(200.0, 200.0), "200");
        assert_eq!(label(-2e9, 1e9), "−2.000e9");
    }
}
