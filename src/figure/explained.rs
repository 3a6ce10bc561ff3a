//! A step of a run as it is read: what it came to, and its stages set as mathematics, in symbols and in numbers.

mod rows;
mod search_chart;

pub use rows::{StepRows, step_rows_ui};
use search_chart::SearchChart;

use egui::{Color32, Frame, Label, Margin, Rect, Response, RichText, Sense, Stroke, Ui};
use serde::{Deserialize, Serialize};

use crate::figure::layers::sketches::extent;
use crate::figure::look::verdict_words::{constrained_words, verdict_words};
use crate::figure::mathematics::Mathematics;
use crate::figure::plane::lift::Lift;
use crate::objective::Point;
use crate::optimizer::{OutcomeKind, RuleLine, Stage, Trajectory};
use crate::record::verdict::Verdict;
use crate::session::Session;

/// Which step is taken apart, and how much of it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepChoice {
    /// The place of the run.
    pub run: usize,
    /// The place of the one stage that is shown; all of them where there is none.
    pub stage: Option<usize>,
}

/// What is read of a stage.
#[derive(Debug)]
pub struct Lines {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub title: String,
    /// In symbols, with the terms marked that are stages before it.
    pub formula: RuleLine,
    /// In numbers.
    pub numbers: RuleLine,
    /// The same in parts that may stand below one another.
    parts: Vec<RuleLine>,
    /// What a length was looked for on.
    search: Option<SearchChart>,
}

impl Lines {
    /// Those of a stage of the step from an entry, after others.
    fn of(path: &Trajectory, entry: usize, stage: &Stage, before: &[Stage]) -> Self {
        Self {
            name: stage.name(),
            title: stage.title.clone().into_owned(),
            formula: stage.marked_formula(before),
            numbers: stage.in_numbers(),
            parts: stage.numbers_in_parts(),
            search: SearchChart::of(path, entry, stage),
        }
    }

    /// The numbers in as few lines as there can be in this width: with the value in one of its own, or broken further.
    fn number_lines(&self, ui: &Ui, width: f32, size: f32) -> Vec<RuleLine> {
        let fits = |line: &RuleLine, smallest: f32| {
            let size = mathematics(line, size).natural_size(ui);
            size.is_some_and(|size| smallest * size.x <= width)
        };
        let joined = |a: &RuleLine, b: &RuleLine| RuleLine {
            text: format!("{} {}", a.text, b.text),
            latex: format!("{} {}", a.latex, b.latex),
        };
        if fits(&self.numbers, SMALLEST) {
            return vec![self.numbers.clone()];
        }
        let Some((value, right)) = self.parts.split_last() else { return Vec::new() };
        let mut lines: Vec<RuleLine> =
            right.iter().cloned().reduce(|a, b| joined(&a, &b)).into_iter().collect();
        if lines.iter().any(|line| !fits(line, SMALLEST_UNBROKEN)) {
            lines.clear();
            for part in right {
                let longer = lines.last().map(|line| joined(line, part)).filter(|line| fits(line, SMALLEST));
                match (lines.last_mut(), longer) {
                    (Some(line), Some(longer)) => *line = longer,
                    _ => lines.push(part.clone()),
                }
            }
        }
        lines.push(value.clone());
        lines
    }
}

/// A step taken apart.
#[derive(Debug)]
pub struct Explained {
    /// The entry that it begins at.
    pub entry: usize,
    /// What it came to.
    pub words: String,
    /// Why it is not the step that was asked for, or why it leads nowhere.
    pub note: Option<String>,
    /// Its stages.
    pub stages: Vec<Stage>,
    /// The same as they are read.
    pub lines: Vec<Lines>,
    /// The rows of data that it looks at.
    pub rows: Option<StepRows>,
}

impl Explained {
    /// The step from `step` of a run, the last one of a run that is over; nothing while it is not taken yet.
    pub fn of(session: &Session, run: usize, step: u32) -> Option<Self> {
        let (path, _) = session.trajectory(run)?;
        let (entry, note) = entry_at(path, step)?;
        let verdict = session.objective().and_then(|objective| Verdict::of(path, entry, objective));
        let has_step = verdict.is_some() || failed_in_the_middle(path, entry);
        let stages = if has_step { path.stages(entry).unwrap_or_default() } else { Vec::new() };
        let lines = |(at, stage): (usize, &Stage)| Lines::of(path, entry, stage, &stages[..at]);
        let lines = stages.iter().enumerate().map(lines).collect();
        let words = verdict
            .map(|verdict| {
                let words = constrained_words(path, entry).unwrap_or_else(|| verdict_words(&verdict));
                format!("Step {}. {words}", entry + 1)
            })
            .unwrap_or_default();
        let rows = StepRows::of(session, entry, &stages);
        Some(Self { entry, words, note, stages, lines, rows })
    }

    /// Where it is in the plane.
    pub fn extent(&self, lift: &Lift) -> Vec<Point> {
        extent(&self.stages, lift)
    }
}

/// Whether a run ended at an entry in the middle of a step.
fn failed_in_the_middle(path: &Trajectory, entry: usize) -> bool {
    let kind = path.outcome.as_ref().map(|outcome| outcome.kind);
    entry == path.steps()
        && matches!(kind, Some(OutcomeKind::NotFinite | OutcomeKind::Stalled | OutcomeKind::Infeasible))
        && path.value(entry).is_some_and(f64::is_finite)
}

/// The entry whose step is shown at `step`, and what is to be said of that; nothing while it is not taken yet.
fn entry_at(path: &Trajectory, step: u32) -> Option<(usize, Option<String>)> {
    let (step, steps) = (step as usize, path.steps());
    if step < steps {
        return Some((step, None));
    }
    let outcome = path.outcome.as_ref()?;
    if failed_in_the_middle(path, steps) {
        return Some((steps, Some(format!("The run ends in this step: {}", outcome.text))));
    }
    let last = steps.saturating_sub(1);
    let note = if steps == 0 {
        format!("There is no step to explain: {}", outcome.text)
    } else {
        format!("The run is over, {}. This is its last step.", outcome.text)
    };
    Some((last, Some(note)))
}

/// How a stage stands out among the others.
#[derive(Clone, Copy, Debug)]
pub struct StageLook {
    /// The line around it.
    pub edge: Stroke,
    /// Behind it.
    pub fill: Color32,
    /// Whether it is faint.
    pub is_weak: bool,
    /// The stage whose terms are marked.
    pub marked: Option<usize>,
}

/// What was drawn of a stage.
pub struct StageOutput {
    /// All of it.
    pub response: Response,
    /// The stage before it whose term is under the pointer.
    pub pointed_at: Option<usize>,
}

/// Height of an em of the formulas, in points, and of that of a page with no room for such.
const SIZE: f32 = 16.0;
const SMALLEST_SIZE: f32 = 8.0;
/// That of a wide view, which has about so many of them in its width.
const LARGEST_SIZE: f32 = 24.0;
const EMS: f32 = 24.0;
/// A line that would have to be made smaller than this part of its size is broken.
const SMALLEST: f32 = 0.85;
/// The same of what stands above the value.
const SMALLEST_UNBROKEN: f32 = 0.75;
/// About the least width of a column of stages at full size, in points.
const COLUMN: f32 = 300.0;

/// Draws a stage, the one at `at` of its step.
pub fn stage_ui(ui: &mut Ui, at: usize, lines: &Lines, look: StageLook) -> StageOutput {
    // In a wide view as large as can be read from the last row.
    let size = (ui.available_width() / EMS).clamp(SIZE, LARGEST_SIZE);
    stage_of_size_ui(ui, at, lines, look, size)
}

fn stage_of_size_ui(ui: &mut Ui, at: usize, lines: &Lines, look: StageLook, size: f32) -> StageOutput {
    let frame = Frame::new().fill(look.fill).stroke(look.edge).corner_radius(4.0);
    let scale = size.min(SIZE) / SIZE;
    let margin = Margin::symmetric((8.0 * scale) as i8, (4.0 * scale) as i8);
    let shown = frame.inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0 * scale;
        ui.spacing_mut().interact_size.y = 0.0;
        ui.style_mut().interaction.selectable_labels = false;
        if look.is_weak {
            ui.visuals_mut().override_text_color = Some(ui.visuals().weak_text_color());
        }
        ui.horizontal_wrapped(|ui| {
            let type_size = (0.8 * size).min(16.0);
            ui.label(RichText::new(format!("{}  {}", at + 1, lines.name)).size(type_size).strong());
            ui.label(RichText::new(&lines.title).size(0.78 * type_size).weak());
        });
        let pointed_at = terms_ui(ui, &lines.formula, size, look.marked);
        for line in lines.number_lines(ui, ui.available_width(), size) {
            mathematics(&line, size).show_ui(ui);
        }
        if let Some(search) = &lines.search {
            search.show_ui(ui, size);
        }
        pointed_at
    });
    StageOutput { response: shown.response.interact(Sense::click()), pointed_at: shown.inner }
}

/// A formula in symbols. Returns the stage whose term is under the pointer.
fn terms_ui(ui: &mut Ui, line: &RuleLine, size: f32, marked: Option<usize>) -> Option<usize> {
    let formula = mathematics(line, size);
    let behind = ui.painter().add(egui::Shape::Noop);
    let rect = formula.show_ui(ui).rect;
    let terms = formula.marks_in(ui, rect);
    let pointer = ui.ctx().pointer_hover_pos().filter(|at| ui.clip_rect().contains(*at));
    let is_pointed_at = |rect: &Rect| pointer.is_some_and(|pointer| rect.expand(2.0).contains(pointer));
    let pointed_at = terms.iter().find(|(_, rect)| is_pointed_at(rect)).map(|(stage, _)| *stage);
    let shown = pointed_at.or(marked);
    let plates = terms.iter().filter(|(stage, _)| Some(*stage) == shown);
    let color = ui.visuals().selection.bg_fill.gamma_multiply(0.5);
    let plates = plates.map(|(_, rect)| egui::Shape::rect_filled(rect.expand(2.0), 3.0, color));
    ui.painter().set(behind, egui::Shape::Vec(plates.collect()));
    pointed_at
}

/// Draws a step, or one stage of it, with what it came to above: in columns, and as large as there is room for.
pub fn explained_ui(ui: &mut Ui, explained: &Explained, stage: Option<usize>) {
    ui.spacing_mut().item_spacing.y = 5.0;
    let words = Some(&explained.words).filter(|words| !words.is_empty());
    for line in words.into_iter().chain(&explained.note) {
        ui.add(Label::new(RichText::new(line).strong()).wrap());
    }
    if let Some(rows) = &explained.rows {
        step_rows_ui(ui, rows);
    }
    let shown: Vec<usize> = match stage {
        Some(stage) => vec![stage.min(explained.lines.len().saturating_sub(1))],
        None => (0..explained.lines.len()).collect(),
    };
    let room = ui.available_size();
    // Smaller ones stand in more columns.
    let columns_of = |size: f32| ((room.x / COLUMN * SIZE / size) as usize).clamp(1, shown.len().clamp(1, 3));
    let column_height = |size: f32| {
        let columns = columns_of(size);
        let rows = shown.len().div_ceil(columns);
        let width = (room.x - 8.0 * (columns - 1) as f32) / columns as f32;
        let height =
            |at: &usize| explained.lines.get(*at).map_or(0.0, |lines| lines.height(ui, width - 18.0, size));
        shown.chunks(rows.max(1)).map(|column| column.iter().map(height).sum::<f32>()).fold(0.0, f32::max)
    };
    let sizes = std::iter::successors(Some(SIZE), |size| Some(0.94 * size));
    let fitting = sizes.take_while(|size| *size > SMALLEST_SIZE).find(|size| column_height(*size) <= room.y);
    let size = fitting.unwrap_or(SMALLEST_SIZE);
    let columns = columns_of(size);
    let rows = shown.len().div_ceil(columns);
    let ink = ui.visuals().text_color();
    let look = StageLook {
        edge: Stroke::new(1.0, ink.gamma_multiply(0.35)),
        fill: Color32::TRANSPARENT,
        is_weak: false,
        marked: None,
    };
    ui.columns(columns, |uis| {
        for (column, ui) in shown.chunks(rows.max(1)).zip(uis) {
            for at in column {
                if let Some(lines) = explained.lines.get(*at) {
                    stage_of_size_ui(ui, *at, lines, look, size);
                }
            }
        }
    });
}

impl Lines {
    /// About how high it is in a column of this width.
    fn height(&self, ui: &Ui, width: f32, size: f32) -> f32 {
        let height = |line: &RuleLine| match mathematics(line, size).natural_size(ui) {
            _ if line.text.is_empty() => 0.0,
            Some(natural) => natural.y * (width / natural.x.max(1.0)).min(1.0) + 3.0,
            None => 1.5 * size,
        };
        let numbers: f32 = self.number_lines(ui, width, size).iter().map(height).sum();
        // A long title takes a second line.
        let type_size = (0.8 * size).min(16.0);
        let letters = self.name.len() as f32 + 0.8 * self.title.len() as f32;
        let titles = (0.55 * type_size * letters / width).ceil().max(1.0) * 1.6 * type_size;
        let chart = if self.search.is_some() { SearchChart::height(size) } else { 0.0 };
        titles + height(&self.formula) + numbers + chart + 26.0 * size.min(SIZE) / SIZE
    }
}

fn mathematics(line: &RuleLine, size: f32) -> Mathematics<'_> {
    Mathematics { latex: &line.latex, spoken: &line.text, size }
}

#[cfg(test)]
mod tests;
