//! A series with its averages as curves, and below it what each number counts in an average, back from the one that is looked at.

mod arithmetic;
mod painting;

pub use arithmetic::{arithmetic_ui, first_steps_ui};

use std::sync::Arc;

use egui::{Color32, Pos2, Rect, Response, Theme};

use crate::data::MovingAverage;
use crate::figure::chart::{ChartScale, ValueAxis};
use crate::figure::look::Look;
use crate::scenario::{BiasCorrection, TimeSeries};

/// A series with its averages and their axis: made once for as long as nothing of them changes.
#[derive(Clone, Debug)]
pub struct SeriesChart {
    values: Arc<[f64]>,
    averages: Vec<MovingAverage>,
    bias_correction: BiasCorrection,
    up: ValueAxis,
}

/// What is shown of a series besides itself.
#[derive(Clone, Copy, Debug)]
pub struct SeriesMarks {
    /// The number that is looked at, from 1; beyond the last one it is that, and 0 is none.
    pub t: u32,
    /// The place of the β whose weights are shown.
    pub chosen: usize,
    /// Whether lines are named, and whether axes have numbers.
    pub has_legend: bool,
    /// Whether the axes have their numbers and names.
    pub has_axes: bool,
}

/// What was drawn, and where.
pub struct SeriesOutput {
    /// Clicks, drags and hovering over the inside of both axes.
    pub response: Response,
    /// Inside the axes of the values.
    pub frame: Rect,
}

impl SeriesChart {
    /// That of a series.
    pub fn of(series: &TimeSeries) -> Self {
        let (values, averages) = (Arc::clone(series.values()), series.averages());
        let [shows_v, shows_v_hat] = series.bias_correction.shows();
        let lists = averages.iter().flat_map(|average| {
            [(shows_v, &average.v), (shows_v_hat, &average.v_hat)]
                .into_iter()
                .filter(|(is_shown, _)| *is_shown)
        });
        let all = lists.flat_map(|(_, list)| list.iter()).chain(values.iter()).copied();
        let up = ValueAxis::over(ChartScale::Linear, all);
        Self { up, averages, values, bias_correction: series.bias_correction }
    }

    /// Whether it is still that of a series.
    pub fn is_of(&self, series: &TimeSeries) -> bool {
        Arc::ptr_eq(&self.values, series.values())
            && self.bias_correction == series.bias_correction
            && self.averages.iter().map(|average| average.beta).eq(series.betas.iter().copied())
    }

    /// What it says in a sentence.
    pub fn sentence(&self, t: u32) -> String {
        let betas: Vec<String> = self.averages.iter().map(|average| format!("{:?}", average.beta)).collect();
        let count = self.values.len();
        let of_numbers = if count == 1 { "1 number".to_owned() } else { format!("{count} numbers") };
        let at = if t == 0 { String::new() } else { format!(", at t = {t}") };
        format!("Series of {of_numbers} with averages for \u{3b2} = {}{at}", betas.join(", "))
    }

    /// The number that is drawn nearest to a place of the screen, from 1.
    pub fn t_at(&self, at: Pos2, frame: Rect) -> u32 {
        let last = self.values.len() as f64;
        let t = 0.5 + f64::from((at.x - frame.left()) / frame.width().max(1.0)) * last;
        t.round().clamp(1.0, last.max(1.0)) as u32
    }

    /// The place of a number across, from 1.
    fn x(&self, t: f64, frame: Rect) -> f32 {
        frame.left() + ((t - 0.5) / self.values.len().max(1) as f64) as f32 * frame.width()
    }

    /// How far it is from a number to the next one.
    fn spacing(&self, frame: Rect) -> f32 {
        frame.width() / self.values.len().max(1) as f32
    }

    fn y(&self, value: f64, frame: Rect) -> f32 {
        frame.bottom() - self.up.position(value).clamp(-0.5, 1.5) as f32 * frame.height()
    }
}

/// The colors of the averages, in the order of their β, on a page of this theme: those of the methods but for black and white.
pub fn average_colors(look: Look, theme: Theme) -> Vec<Color32> {
    let is_colored = |color: &Color32| {
        let channels = [color.r(), color.g(), color.b()];
        channels.iter().max().zip(channels.iter().min()).is_some_and(|(most, least)| most - least > 40)
    };
    look.palette.colors(theme).filter(is_colored).collect()
}

#[cfg(test)]
mod tests;
