//! The columns of the table of steps: their heads, their numbers and their widths.

use egui::{FontId, Ui};

use crate::decimal::with_minus;
use crate::figure::look::number::short;
use crate::optimizer::{ColumnKind, Trajectory};
use crate::record::step::numbers;

/// The font of the numbers.
pub(super) const FONT: FontId = FontId::monospace(12.0);
/// Digits that are read; all of them can be asked for.
const DIGITS: usize = 5;
/// Room for one of these, −1.2346e−10, and for the longest number with all its digits, in characters. An exponent of three
/// digits reaches into the gap.
const SHORT_CHARS: usize = 11;
const LONG_CHARS: usize = 24;
/// Between two columns, and beside the outer ones, in points.
const GAP: f32 = 12.0;

/// A column.
pub(super) struct TableColumn {
    /// What stands above it.
    pub head: String,
    /// What its numbers are.
    pub meaning: String,
    /// Its right edge, from the left edge of the table, in points.
    pub right: f32,
}

/// The columns of a run.
pub(super) struct Columns {
    pub list: Vec<TableColumn>,
    all_digits: bool,
}

impl Columns {
    /// The columns of `path`: the step, the variables by their `names`, J, its gradient and the norm of that, and what
    /// else its method has.
    pub fn new(ui: &Ui, [x, y]: [&str; 2], path: &Trajectory, all_digits: bool) -> Self {
        let coordinate = |name: &str| (name.to_owned(), format!("{name} after this step"));
        let slope =
            |name: &str| (format!("∂J/∂{name}"), format!("The derivative of J by {name} at this point"));
        let told = |head: &str, meaning: &str| (head.to_owned(), meaning.to_owned());
        let step = told("step", "The number of steps taken; 0 is the start");
        let mut heads = if path.looks_for_root() {
            let value = told("f", "The function whose root is looked for, at this point");
            let slope = told("f′", "Its derivative at this point");
            vec![step, coordinate(x), value, slope, told("|f′|", "The size of the derivative")]
        } else if path.variables() == 1 {
            let size = told("|J′|", "The size of the derivative: what is compared with the tolerance");
            vec![step, coordinate(x), told("J", "The cost at this point"), slope(x), size]
        } else {
            let norm = told("‖∇J‖", "The Euclidean norm of the gradient at this point");
            let cost = told("J", "The cost at this point");
            vec![step, coordinate(x), coordinate(y), cost, slope(x), slope(y), norm]
        };
        for spec in path.columns() {
            let head = |owner: String| match spec.kind {
                ColumnKind::One => (spec.short_prefix.to_owned(), spec.meaning.to_owned()),
                ColumnKind::PerVariable | ColumnKind::PerConstraint => {
                    (format!("{} {owner}", spec.short_prefix), format!("{owner} {}", spec.meaning))
                }
            };
            heads.extend(spec.owners([x, y], path.constraints()).into_iter().map(head));
        }
        if path.has_schedule() {
            let meaning = "The learning rate of the step that leads on from here, by its schedule";
            if path.rates().are_per_variable() {
                let of = |name: &str| (format!("α {name}"), format!("{meaning}, for {name}"));
                heads.extend([of(x), of(y)]);
            } else {
                heads.push(("α".to_owned(), meaning.to_owned()));
            }
        }
        if path.looks_for_root() {
            heads.push(told("|Δ|", "How far the step that led here went"));
            heads.push(told("order", "The order in which the iterates up to here come near: 1 of bisection, 1.6 of the secant, 2 of Newton"));
            heads.push(told("digits", "The significant digits in which it agrees with the iterate before"));
        }
        let character = ui.fonts_mut(|fonts| fonts.glyph_width(&FONT, '0'));
        let step_chars = path.steps().to_string().len().max(5);
        let number_chars = if all_digits { LONG_CHARS } else { SHORT_CHARS };
        let mut right = 0.0;
        let column = |(index, (head, meaning)): (usize, (String, String))| {
            let chars = if index == 0 { step_chars } else { number_chars.max(head.chars().count()) };
            right += GAP + character * chars as f32;
            TableColumn { head, meaning, right }
        };
        Self { list: heads.into_iter().enumerate().map(column).collect(), all_digits }
    }

    /// The width of the table, in points.
    pub fn width(&self) -> f32 {
        self.list.last().map_or(0.0, |column| column.right) + GAP
    }

    /// The right edge of the column of the step, from the left edge of what is in sight: it stays there, whatever the
    /// others are scrolled to sideways.
    pub fn step_right(&self) -> f32 {
        self.list.first().map_or(0.0, |column| column.right)
    }

    /// The column at `x` points from the left edge of the table.
    pub fn at(&self, x: f32) -> usize {
        let left = self.list.iter().filter(|column| column.right + 0.5 * GAP < x).count();
        left.min(self.list.len().saturating_sub(1))
    }

    /// What stands in the columns at a step, as it is read.
    pub fn cells(&self, path: &Trajectory, step: usize) -> Vec<String> {
        let number = |value: f64| if self.all_digits { exact(value) } else { short(value, DIGITS) };
        std::iter::once(step.to_string()).chain(numbers(path, step).map(number)).collect()
    }

    /// What stands in a column at a step, with all its digits and its name.
    pub fn in_full(&self, path: &Trajectory, step: usize, column: usize) -> String {
        let number = column.checked_sub(1).and_then(|index| numbers(path, step).nth(index));
        let (head, number) = (self.list.get(column).map(|column| &column.head), number.map(exact));
        match (head, number) {
            (Some(head), Some(number)) => format!("step {step}: {head} = {number}"),
            _ => format!("step {step}"),
        }
    }
}

/// `value` with every digit that it takes to read it back, and a true minus sign.
fn exact(value: f64) -> String {
    if value.is_finite() { with_minus(&format!("{value:?}")) } else { short(value, 1) }
}
