//! The steps of an average with their numbers, set as mathematics: whoever computes a line again from what it says gets what it says.

use egui::{RichText, Ui};

use super::SeriesChart;
use crate::data::MovingAverage;
use crate::decimal::with_minus;
use crate::figure::look::number::trimmed;
use crate::figure::mathematics::Mathematics;

/// The significant digits of a result, and the most of what it is computed from.
const DIGITS: usize = 4;
const MOST_DIGITS: usize = 12;
/// Height of an em of the formulas, in points.
const SIZE: f32 = 15.0;
/// So many steps are the first ones.
const FIRST: usize = 3;

/// A line for those who see it and for those who hear it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub latex: String,
    pub spoken: String,
}

/// Draws the rule of an average and the step at `t`, from 1: in symbols and in numbers.
pub fn arithmetic_ui(ui: &mut Ui, chart: &SeriesChart, chosen: usize, t: u32) {
    let [shows_v, shows_v_hat] = chart.bias_correction.shows();
    let rules = [
        (
            true,
            r"v_t = \beta v_{t-1} + (1 - \beta) x_t",
            "v_t = \u{3b2} v_{t\u{2212}1} + (1 \u{2212} \u{3b2}) x_t",
        ),
        (shows_v_hat, r"\hat{v}_t = \frac{v_t}{1 - \beta^t}", "v\u{302}_t = v_t / (1 \u{2212} \u{3b2}^t)"),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 22.0;
        for (_, latex, spoken) in rules.iter().filter(|(is_shown, ..)| *is_shown) {
            Mathematics { latex, spoken, size: SIZE }.show_ui(ui);
        }
    });
    let Some(lines) = chart.step_lines(chosen, t as usize) else { return };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 22.0;
        // v̂ is made of v, which is then said wherever v is shown.
        let shown = [shows_v || shows_v_hat, shows_v_hat];
        for (Line { latex, spoken }, _) in lines.iter().zip(shown).filter(|(_, is_shown)| *is_shown) {
            Mathematics { latex, spoken, size: SIZE }.show_ui(ui);
        }
    });
}

/// Draws the first steps of an average in numbers.
pub fn first_steps_ui(ui: &mut Ui, chart: &SeriesChart, chosen: usize) {
    let [_, shows_v_hat] = chart.bias_correction.shows();
    for t in 1..=FIRST {
        let Some([v, v_hat]) = chart.step_lines(chosen, t) else { break };
        ui.label(RichText::new(format!("t = {t}")).weak());
        Mathematics { latex: &v.latex, spoken: &v.spoken, size: SIZE }.show_ui(ui);
        if shows_v_hat {
            Mathematics { latex: &v_hat.latex, spoken: &v_hat.spoken, size: SIZE }.show_ui(ui);
        }
    }
}

impl SeriesChart {
    /// How v and v̂ come about at `t`; nothing where there is no such number.
    pub(super) fn step_lines(&self, chosen: usize, t: usize) -> Option<[Line; 2]> {
        let average = self.averages.get(chosen.min(self.averages.len().checked_sub(1)?))?;
        let value = *self.values.get(t.checked_sub(1)?)?;
        Some([of_v(average, value, t)?, of_v_hat(average, t)?])
    }
}

/// `v_2 = 0.9 · 1 + 0.1 · 12 = 2.1`.
fn of_v(average: &MovingAverage, value: f64, t: usize) -> Option<Line> {
    let [before, v, _] = average.step(t)?;
    let beta = average.beta;
    let result = written(v, DIGITS);
    let again = |digits: usize| {
        let [b, a, before, x] = [beta, 1.0 - beta, before, value].map(|number| rounded(number, digits));
        b * before + a * x
    };
    let digits = enough_digits(&result, &again);
    let [b, a] = [beta, 1.0 - beta].map(|number| written(number, digits));
    let [before, value] = [before, value].map(|number| in_brackets(written(number, digits)));
    let of = |dot: &str, name: &str| format!("{name} = {b}{dot}{before} + {a}{dot}{value} = {result}");
    Some(Line {
        latex: latex(&of(r" \cdot ", &format!("v_{{{t}}}"))),
        spoken: of("\u{b7}", &format!("v_{t}")),
    })
}

/// `v̂_2 = 2.1 / (1 − 0.9²) = 11.05`.
fn of_v_hat(average: &MovingAverage, t: usize) -> Option<Line> {
    let [_, v, v_hat] = average.step(t)?;
    let result = written(v_hat, DIGITS);
    let ones = 1.0 - crate::elementary::powi(average.beta, i32::try_from(t).unwrap_or(i32::MAX));
    let again = |digits: usize| rounded(v, digits) / rounded(ones, digits);
    let digits = enough_digits(&result, &again);
    let [v, ones, beta] = [v, ones, average.beta].map(|number| written(number, digits));
    let text = format!(
        r"\hat{{v}}_{{{t}}} = \frac{{{v}}}{{1 - {beta}^{{{t}}}}} = \frac{{{v}}}{{{ones}}} = {result}"
    );
    let spoken = format!("v\u{302}_{t} = {v} / (1 \u{2212} {beta}^{t}) = {v} / {ones} = {result}");
    Some(Line { latex: latex(&text), spoken })
}

/// The digits of what a result is computed from, with which it is what it is said to be.
fn enough_digits(result: &str, again: &dyn Fn(usize) -> f64) -> usize {
    (DIGITS..MOST_DIGITS).find(|digits| written(again(*digits), DIGITS) == result).unwrap_or(MOST_DIGITS)
}

/// A number with at most so many significant digits.
fn written(number: f64, digits: usize) -> String {
    let rounded = rounded(number, digits) + 0.0;
    let is_plain = rounded == 0.0 || (1e-3..1e6).contains(&rounded.abs());
    let text = if is_plain { format!("{rounded}") } else { format!("{rounded:e}") };
    with_minus(&trimmed(&text))
}

fn rounded(number: f64, digits: usize) -> f64 {
    format!("{number:.*e}", digits.max(1) - 1).parse().unwrap_or(number)
}

fn in_brackets(number: String) -> String {
    if number.starts_with('\u{2212}') { format!("({number})") } else { number }
}

/// What is written, for math mode: `1.5e−7` is 1.5 · 10⁻⁷ there.
fn latex(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('e') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        let exponent: String =
            after.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '\u{2212}')).collect();
        let is_number = before.ends_with(|c: char| c.is_ascii_digit()) && !exponent.is_empty();
        out.push_str(before);
        if is_number {
            out.push_str(&format!(r" \cdot 10^{{{exponent}}}"));
            rest = &after[exponent.len()..];
        } else {
            out.push('e');
            rest = after;
        }
    }
    out.push_str(rest);
    out.replace('\u{2212}', "-")
}
