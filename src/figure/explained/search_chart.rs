//! φ(α) along the direction of a line search, with what was tried, and what is asked of the length that was found.

use std::sync::Arc;

use egui::{Align2, Color32, FontId, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::figure::along::{axes, finite_runs};
use crate::figure::chart::{ChartScale, ValueAxis};
use crate::figure::look::inks::Inks;
use crate::figure::plane::path::{dashes, line_shape};
use crate::optimizer::{Drawn, LineSearch, LineSearchKind, Stage, Trajectory};

/// φ of a step, sampled.
#[derive(Debug)]
pub struct SearchChart {
    search: Arc<LineSearch>,
    /// α and φ(α).
    curve: Vec<(f64, f64)>,
}

/// How many lengths the curve is drawn through.
const SAMPLES: usize = 160;
/// Height of the chart, in ems of the formulas around it.
const HEIGHT: f32 = 10.5;
/// Room for the numbers beside and below the axes, and above and right of them, in points.
const LEFT: f32 = 56.0;
const BELOW: f32 = 34.0;
const ABOVE: f32 = 18.0;
const RIGHT: f32 = 14.0;
const FONT: FontId = FontId::proportional(11.0);

impl SearchChart {
    /// That of a stage of the step from an entry, where the stage looks for a length.
    pub fn of(path: &Trajectory, entry: usize, stage: &Stage) -> Option<Self> {
        let Drawn::LineSearch(search) = &stage.sketch.as_ref().filter(|_| stage.id == "step_size")?.of else {
            return None;
        };
        let end = end_of(search)?;
        let lengths = (0..=SAMPLES).map(|k| end * k as f64 / SAMPLES as f64);
        let values = path.values_along(entry, search, lengths.clone())?;
        Some(Self { search: Arc::clone(search), curve: lengths.zip(values).collect() })
    }

    /// How high it is among formulas of this size.
    pub fn height(size: f32) -> f32 {
        HEIGHT * size
    }

    /// Draws it among formulas of this size.
    pub fn show_ui(&self, ui: &mut Ui, size: f32) {
        let search = &self.search;
        let (rect, _) =
            ui.allocate_exact_size(vec2(ui.available_width(), Self::height(size)), egui::Sense::hover());
        let frame = Rect::from_min_max(
            rect.min + vec2(LEFT, ABOVE),
            (rect.max - vec2(RIGHT, BELOW)).max(rect.min + vec2(LEFT + 1.0, ABOVE + 1.0)),
        );
        let Some(whole) = self.curve.last().map(|(length, _)| *length) else { return };
        let up = self.axis();
        let place = |length: f64, value: f64| {
            let y = frame.bottom() - up.position(value).clamp(-4.0, 5.0) as f32 * frame.height();
            pos2(frame.left() + (length / whole) as f32 * frame.width(), y)
        };
        axes(ui, frame, &up, whole, ["φ(α)", "step length α along d"]);
        let inside = ui.painter().with_clip_rect(frame.expand(6.0).intersect(ui.clip_rect()));
        let clipped = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
        let ink = ui.visuals().text_color();
        for run in finite_runs(self.curve.iter().copied()) {
            let line: Vec<Pos2> = run.into_iter().map(|(length, value)| place(length, value)).collect();
            clipped.add(line_shape(&line, Stroke::new(1.8, ink)));
        }
        // What is asked is drawn in one color, and named where its line leaves the chart.
        let asked = Inks::of(ui.theme()).constraint;
        let line = |from: (f64, f64), to: (f64, f64), pattern: &[f32], color: Color32| {
            for dash in dashes(&[place(from.0, from.1), place(to.0, to.1)], pattern) {
                clipped.add(line_shape(&dash, Stroke::new(1.5, color)));
            }
        };
        let through =
            |(length, value): (f64, f64), slope: f64, pattern: &[f32], color: Color32, reach: f64| {
                let [a, b] = [length - reach, length + reach].map(|at| at.clamp(0.0, whole));
                line((a, value + slope * (a - length)), (b, value + slope * (b - length)), pattern, color);
            };
        let start = (0.0, search.value);
        through(start, search.slope, &[2.0, 3.0], ink.gamma_multiply(0.7), 0.25 * whole);
        let found = search.trials.iter().rev().find(|trial| trial.length == search.length);
        if search.kind != LineSearchKind::Exact {
            let slope = search.sufficient() * search.slope;
            through(start, slope, &[6.0, 4.0], asked, whole);
        }
        if let (LineSearchKind::Wolfe, Some(found)) = (search.kind, found) {
            for sign in [1.0, -1.0] {
                let slope = sign * search.curvature * search.slope;
                through((found.length, found.value), slope, &[3.0, 3.0], asked, 0.18 * whole);
            }
        }
        self.trials(ui, &inside, &place, whole);
        self.words(ui, frame, asked);
    }

    /// What was tried, each with its number.
    fn trials(&self, ui: &Ui, painter: &egui::Painter, place: &impl Fn(f64, f64) -> Pos2, whole: f64) {
        let search = &self.search;
        let (strong, behind) = (ui.visuals().strong_text_color(), ui.visuals().extreme_bg_color);
        let shown = search.trials.iter().enumerate().filter(|(_, trial)| trial.length <= whole);
        let mut last: Option<Pos2> = None;
        for (number, trial) in shown.filter(|(_, trial)| trial.value.is_finite()) {
            let at = place(trial.length, trial.value);
            let is_found = trial.length == search.length;
            let fill = if is_found { Inks::of(ui.theme()).constraint } else { behind };
            painter.extend([Shape::circle_filled(at, 5.0, strong), Shape::circle_filled(at, 3.6, fill)]);
            // Numbers of trials that are nearly one would cover one another.
            if last.is_none_or(|last| last.distance(at) > 14.0) {
                painter.text(
                    at + vec2(0.0, -7.0),
                    Align2::CENTER_BOTTOM,
                    (number + 1).to_string(),
                    FONT,
                    strong,
                );
                last = Some(at);
            }
        }
    }

    /// What the lines are, in the corner that the curve leaves free, and how many trials lie beyond.
    fn words(&self, ui: &Ui, frame: Rect, asked: Color32) {
        let search = &self.search;
        let painter = ui.painter();
        let end = self.curve.last().map_or(0.0, |(length, _)| *length);
        let beyond = search.trials.iter().filter(|trial| trial.length > end).count();
        let mut right = frame.right();
        let mut say = |text: String, color: Color32| {
            let rect = painter.text(pos2(right, frame.top() - 3.0), Align2::RIGHT_BOTTOM, text, FONT, color);
            right = rect.left() - 10.0;
        };
        match search.kind {
            LineSearchKind::Exact => {}
            LineSearchKind::Armijo => say("- -  φ(0) + c₁ α φ′(0)".to_owned(), asked),
            LineSearchKind::Wolfe => say("- -  φ(0) + c₁ α φ′(0), slopes ±c₂ φ′(0)".to_owned(), asked),
        }
        if beyond > 0 {
            say(format!("{beyond} tried farther out"), ui.visuals().weak_text_color());
        }
    }

    /// What is seen of φ: all that is below where it begins, and some of what is above.
    fn axis(&self) -> ValueAxis {
        let start = self.search.value;
        let values = self.curve.iter().map(|(_, value)| *value).filter(|value| value.is_finite());
        let lowest = values.clone().fold(start, f64::min);
        let most = start + 0.6 * (start - lowest);
        let seen = values.map(move |value| if lowest < start { value.min(most) } else { value });
        ValueAxis::over(ChartScale::Linear, seen.chain([start]))
    }
}

/// How far the curve is drawn: to the last trial, but no farther than a few times what was found.
fn end_of(search: &LineSearch) -> Option<f64> {
    let farthest = search.trials.iter().map(|trial| trial.length).fold(0.0, f64::max);
    let end = if search.length > 0.0 { (1.15 * farthest).min(4.2 * search.length) } else { farthest };
    (end > 0.0 && end.is_finite()).then_some(end)
}
