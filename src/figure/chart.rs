//! The runs as curves: a quantity against steps or evaluations, in the colors, dashes and markers of their paths.
//!
//! Values that leave the scale, or are none, are cut at the edge with a mark and words, never left out silently; runs that
//! ran away do not choose the scale, so that they do not flatten the others.

mod axis;
mod line;
mod painting;

use egui::{FontId, Pos2, Rect, Stroke, Ui, pos2, vec2};

use serde::{Deserialize, Serialize};

pub use axis::ChartScale;
pub(in crate::figure) use axis::ValueAxis;
use line::{Line, limits, usual_values};
pub(in crate::figure) use painting::pieces;

use crate::figure::look::Look;
use crate::figure::look::number::short;
use crate::figure::look::words::outcome_words;
use crate::optimizer::OutcomeKind;
use crate::record::across::Across;
use crate::record::quantity::{Against, Curve, Quantity, Yardstick};
use crate::session::{Path, Session};

/// What a chart shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChartChoice {
    /// What is followed.
    pub quantity: Quantity,
    /// Against what.
    pub against: Against,
    /// How values are spread; as suits the quantity where nobody chose.
    pub scale: Option<ChartScale>,
}

impl ChartChoice {
    /// The scale that was chosen, or that suits the quantity.
    pub fn scale(&self) -> ChartScale {
        let suited = if self.quantity.is_logarithmic() { ChartScale::Log } else { ChartScale::Linear };
        self.scale.unwrap_or(suited)
    }
}

/// The curves of a session's visible runs, with their axes: made once for as long as nothing of them changes.
#[derive(Clone, Debug)]
pub struct Chart {
    choice: ChartChoice,
    lines: Vec<Line>,
    /// The range of the axis of steps or evaluations: all of it, and what is looked at.
    whole: [f64; 2],
    across: [f64; 2],
    up: ValueAxis,
    /// What J* is, where it is no known optimum's.
    note: Option<String>,
}

/// What was drawn, and where.
pub struct ChartOutput {
    /// Clicks, drags and hovering over the inside of the chart.
    pub response: egui::Response,
    /// Inside the axes.
    pub frame: Rect,
}

/// Something of a curve that is pointed at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartPoint {
    /// The place of the run among the optimizers.
    pub run: usize,
    /// The step.
    pub step: u32,
    /// The value there.
    pub value: f64,
    /// Where it is drawn.
    pub at: Pos2,
}

const FONT: FontId = FontId::proportional(12.0);
/// Room for the numbers beside the value axis, and for those below the other with its name.
const LEFT: f32 = 62.0;
const BELOW: f32 = 36.0;
/// Above, for the name of the value axis.
const ABOVE: f32 = 20.0;
const RIGHT: f32 = 20.0;
const HEAD_RADIUS: f32 = 5.0;

impl Chart {
    /// The curves of the visible runs of a session. Nothing while there is no cost that can be evaluated.
    pub fn of(session: &Session, choice: ChartChoice) -> Option<Self> {
        let optima = session.optima();
        // The best of all values is asked for only where something is measured by it.
        let compared = session.paths().filter(|_| choice.quantity == Quantity::Excess);
        let by = Yardstick::new(session.objective()?, &optima, compared.map(|path| path.trajectory));
        let line = |Path { index, choice: run, trajectory, .. }: Path<'_>| {
            let kind = trajectory.outcome.as_ref().map(|outcome| outcome.kind);
            let has_run_away = matches!(kind, Some(OutcomeKind::Diverged | OutcomeKind::NotFinite));
            let goal = session.scenario().cost.goal;
            let is_descent = choice.quantity == Quantity::Sharpness && run.settings.method().id == "gd";
            Some(Line {
                run: index,
                places: Across::of(choice.against, trajectory),
                curve: Curve::new(choice.quantity, trajectory, &by)?,
                ran_away: has_run_away.then(|| outcome_words(trajectory, u32::MAX, goal)).flatten(),
                limits: if is_descent { limits(trajectory) } else { Vec::new() },
            })
        };
        let lines: Vec<Line> = session.visible_paths().filter_map(line).collect();
        let farthest = |line: &Line| {
            let entries = line.curve.coordinates.iter().filter_map(|list| list.last());
            entries.map(|(entry, _)| line.across(*entry)).fold(0.0, f64::max)
        };
        let right = lines.iter().map(farthest).fold(0.0, f64::max);
        let left = lines.iter().map(|line| line.across(0)).fold(f64::INFINITY, f64::min);
        let across = if left < right { [left, right] } else { [0.0, 1.0] };
        let values = usual_values(&lines, choice.scale(), across);
        let note = match by.best {
            Some((best, false)) if choice.quantity == Quantity::Excess => {
                Some(format!("J* = {}, the best value of all runs", short(best, 4)))
            }
            _ => None,
        };
        let up = ValueAxis::over(choice.scale(), values.iter().copied());
        Some(Self { choice, whole: across, across, up, lines, note })
    }

    /// The range across that is looked at.
    pub fn across(&self) -> [f64; 2] {
        self.across
    }

    /// Looks at a part of the range across, with the values that are there; at all of it where nothing is asked for.
    pub fn look_at(&mut self, across: Option<[f64; 2]>) {
        let across = across.map_or(self.whole, |range| within(range, self.whole));
        if across != self.across {
            self.across = across;
            let values = usual_values(&self.lines, self.choice.scale(), across);
            self.up = ValueAxis::over(self.choice.scale(), values.iter().copied());
        }
    }

    /// What would be looked at, nearer by this factor around a place of the screen.
    pub fn zoomed(&self, factor: f64, at: Pos2, frame: Rect) -> [f64; 2] {
        let around = self.across_at(at, frame);
        self.across.map(|end| around + (end - around) / factor)
    }

    /// What would be looked at, moved by so many points.
    pub fn moved(&self, by: f32, frame: Rect) -> [f64; 2] {
        let [left, right] = self.across;
        let shift = f64::from(by / frame.width()) * (right - left);
        self.across.map(|end| end - shift)
    }

    fn across_at(&self, at: Pos2, frame: Rect) -> f64 {
        let share = f64::from((at.x - frame.left()) / frame.width()).clamp(0.0, 1.0);
        self.across[0] + share * (self.across[1] - self.across[0])
    }

    /// What the chart says in a sentence.
    pub fn sentence(&self) -> String {
        let ChartChoice { quantity, against, .. } = self.choice;
        let runs = self.lines.len();
        let scale = if self.choice.scale() == ChartScale::Log { ", by powers of ten" } else { "" };
        let runs = if runs == 1 { "1 run".to_owned() } else { format!("{runs} runs") };
        format!("Chart of {} of {runs} against {}{scale}", quantity.name(), against.name())
    }

    /// Whether any run has the quantity.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Draws it into the space that is left, with the heads of the runs at `step`. Where several are stacked over one axis, only
    /// the last of them has its numbers.
    pub fn show_ui(
        &self,
        ui: &mut Ui,
        session: &Session,
        look: Look,
        step: u32,
        highlighted: Option<usize>,
        is_last: bool,
    ) -> ChartOutput {
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), egui::Sense::click_and_drag());
        let below = if is_last { BELOW } else { RIGHT * 0.5 };
        let frame = Rect::from_min_max(
            rect.min + vec2(LEFT, ABOVE),
            (rect.max - vec2(RIGHT, below)).max(rect.min + vec2(LEFT + 1.0, ABOVE + 1.0)),
        );
        self.axes(ui, frame, is_last);
        let within = |more: f32| ui.painter().with_clip_rect(frame.expand(more).intersect(ui.clip_rect()));
        let (inside, around) = (within(1.0), within(HEAD_RADIUS + 2.0));
        let styles = look.path_styles(&session.scenario().optimizers, ui.theme());
        let mut order: Vec<&Line> = self.lines.iter().collect();
        order.sort_by_key(|line| Some(line.run) == highlighted);
        for line in &order {
            let bold = if Some(line.run) == highlighted { 1.0 } else { 0.0 };
            inside.extend(self.line_shapes(line, frame, styles[line.run], bold));
        }
        let ink = ui.visuals().text_color();
        if self.choice.against == Against::Steps {
            let x = self.x(f64::from(step), frame);
            inside.line_segment(
                [pos2(x, frame.top()), pos2(x, frame.bottom())],
                Stroke::new(1.0, ink.gamma_multiply(0.5)),
            );
        }
        for line in &order {
            let style = styles[line.run];
            for head in line.at_step(step).filter_map(|(entry, value)| self.place(line, entry, value, frame))
            {
                around.extend(style.marker.shapes(
                    head,
                    HEAD_RADIUS,
                    style.color,
                    Stroke::new(1.5, style.edge),
                ));
            }
        }
        self.edge_marks(ui, &order, frame, &styles);
        ChartOutput { response, frame }
    }

    /// The step of a run that stands below a place of the screen.
    pub fn step_at(&self, at: Pos2, frame: Rect) -> u32 {
        let across = self.across_at(at, frame);
        self.lines.first().map_or(0, |line| line.places.nearest(across))
    }

    /// The point of a curve that is nearest to a place of the screen, within reach of a pointer.
    pub fn nearest(&self, at: Pos2, frame: Rect) -> Option<ChartPoint> {
        const REACH: f32 = 12.0;
        let near = |line: &Line| -> Option<(f32, ChartPoint)> {
            let list = line.curve.coordinates.first()?;
            let wanted = list.partition_point(|(entry, _)| self.x(line.across(*entry), frame) < at.x);
            let around = list.get(wanted.saturating_sub(1)..(wanted + 1).min(list.len()))?;
            let distance = |(entry, value): &(usize, f64)| {
                let place = self.place(line, *entry, *value, frame)?;
                let point = ChartPoint { run: line.run, step: *entry as u32, value: *value, at: place };
                Some((place.distance(at), point))
            };
            around.iter().filter_map(distance).min_by(|a, b| a.0.total_cmp(&b.0))
        };
        let nearest = self.lines.iter().filter_map(near).min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.filter(|(distance, _)| *distance <= REACH).map(|(_, point)| point)
    }

    fn x(&self, across: f64, frame: Rect) -> f32 {
        let share = (across - self.across[0]) / (self.across[1] - self.across[0]);
        frame.left() + share as f32 * frame.width()
    }

    /// Where a value of a run is drawn, at the edge where it is beyond; nothing where it is none.
    fn place(&self, line: &Line, entry: usize, value: f64, frame: Rect) -> Option<Pos2> {
        let up = self.up.position(value);
        let is_somewhere = !up.is_nan();
        // A little beyond, so that a line leaves the frame where it does.
        let y = frame.bottom() - up.clamp(-0.5, 1.5) as f32 * frame.height();
        is_somewhere.then(|| pos2(self.x(line.across(entry), frame), y))
    }
}

/// A range of at least three steps within another one, moved into it where that is enough.
fn within([left, right]: [f64; 2], [first, last]: [f64; 2]) -> [f64; 2] {
    let all = last - first;
    let width = (right - left).clamp(all.min(3.0), all);
    let left = (0.5 * (left + right - width)).clamp(first, last - width);
    if width < all { [left, left + width] } else { [first, last] }
}
