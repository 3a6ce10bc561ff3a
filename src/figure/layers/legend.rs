//! The legend of a figure: how each run is drawn, what it is called, and where it stands.
//!
//! It takes the room that the figure can spare: with less of it the words get fewer, then smaller, and at last the runs
//! that are left out are counted.

use egui::{Align2, Color32, FontId, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2};

use crate::expr::display_name;
use crate::figure::look::Look;
use crate::figure::look::inks::Inks;
use crate::figure::look::number::{short, trimmed};
use crate::figure::look::palette::{PathStyle, sample_shapes};
use crate::figure::look::words::{outcome_words, unit_words};
use crate::figure::plane::camera::Projection;
use crate::figure::plane::corners::least_hiding;
use crate::objective::Goal;
use crate::optimizer::{OutcomeKind, Trajectory};
use crate::scenario::ConstraintChoice;
use crate::session::{Path, Session};

/// The legend, laid out for the room that it has.
pub(in crate::figure) struct Legend {
    entries: Vec<Entry>,
    /// How many runs found no room.
    more: usize,
    columns: usize,
    column_width: f32,
    row_height: f32,
    type_size: f32,
    /// What it takes.
    pub size: Vec2,
}

struct Entry {
    sample: Sample,
    text: String,
}

/// What stands before an entry.
#[derive(Clone, Copy)]
enum Sample {
    /// The path of a run with its head.
    Run(PathStyle),
    /// The curve of a constraint.
    Curve(Inks),
}

impl Sample {
    fn shapes(self, rect: Rect) -> Vec<Shape> {
        match self {
            Self::Run(style) => sample_shapes(rect, style),
            Self::Curve(inks) => {
                let line = [rect.left_center() + vec2(2.0, 0.0), rect.right_center() - vec2(2.0, 0.0)];
                let strokes = [Stroke::new(4.6, inks.edge), Stroke::new(2.4, inks.constraint)];
                strokes.map(|stroke| Shape::line_segment(line, stroke)).to_vec()
            }
        }
    }
}

/// A run in many words and in few; or a constraint, which has but one.
struct Run {
    sample: Sample,
    /// On one line, or on one and a second.
    full: [String; 2],
    brief: String,
    /// The same at its end, so that nothing moves from step to step.
    at_end: [String; 2],
    /// What its parameters are off the scales of their columns, a line for each.
    units: Vec<String>,
}

impl Run {
    /// Whichever words are longer, now or at its end.
    fn widest(&self, words: Words, is_low: bool, width: &dyn Fn(String) -> f32) -> f32 {
        let [full, brief] = &self.at_end;
        let end = if words == Words::Full { joined(&self.full[0], full, is_low) } else { brief.clone() };
        width(self.text(words, is_low)).max(width(end))
    }

    fn text(&self, words: Words, is_low: bool) -> String {
        let (mut text, has_units) = match words {
            Words::Brief => (self.brief.clone(), false),
            Words::Units => (self.brief.clone(), true),
            Words::Full => (joined(&self.full[0], &self.full[1], is_low), true),
        };
        for line in self.units.iter().filter(|_| has_units) {
            text.push('\n');
            text.push_str(line);
        }
        text
    }
}

/// Name and state on one line, or one below the other.
fn joined(name: &str, state: &str, is_low: bool) -> String {
    if state.is_empty() {
        return name.to_owned();
    }
    format!("{name}{}{state}", if is_low { ": " } else { "\n" })
}

#[derive(Clone, Copy, PartialEq)]
enum Words {
    Full,
    /// Few, and the parameters off the scales of their columns.
    Units,
    Brief,
}

/// From the most that a run can have to the least that is still read.
const VARIANTS: [(Words, f32); 5] = [
    (Words::Full, 12.0),
    (Words::Brief, 12.0),
    (Words::Brief, 10.5),
    (Words::Brief, 9.0),
    (Words::Brief, 7.5),
];
/// How much of its room a legend below the plot may take with many words.
const FULL_SHARE: f32 = 0.7;
const SAMPLE_WIDTH: f32 = 36.0;
const GAP: f32 = 8.0;
const COLUMN_GAP: f32 = 16.0;
/// The width of a column grows by this much at a time.
const WIDTH_STEP: f32 = 12.0;
/// The height of a line and what is between two runs, in sizes of the type.
const LINE_HEIGHT: f32 = 1.2;
const ROW_GAP: f32 = 0.3;

/// Where a legend may stand.
#[derive(Clone, Copy, Debug)]
pub(in crate::figure) struct Rooms {
    /// What plot and legend have together.
    pub page: Vec2,
    /// The most that it may take beside the plot, and below it.
    pub beside: Vec2,
    pub below: Vec2,
    /// Whether the page is wide enough for one beside the plot.
    pub is_wide: bool,
    /// Width by height of what the plot is to show at least, where its axes are equal.
    pub ratio: Option<f32>,
}

impl Rooms {
    /// What a room is worth to the plot: its area, and as much again the part of it in which the region is seen.
    fn worth(&self, room: Vec2) -> f32 {
        let room = room.max(Vec2::ZERO);
        let region =
            self.ratio.map_or(room, |ratio| vec2(room.x.min(room.y * ratio), room.y.min(room.x / ratio)));
        room.x * room.y + region.x * region.y
    }
}

/// Many words are worth this part of the plot.
const WORTH_OF_WORDS: f32 = 1.05;

impl Legend {
    /// The legend of the visible runs at `step`, where it leaves the most to the plot, and whether that is below it.
    pub fn new(ui: &Ui, session: &Session, step: u32, look: Look, rooms: Rooms) -> (Self, bool) {
        let runs = runs(ui, session, step, look);
        let [full, brief, rest @ ..] = VARIANTS;
        let has_units = runs.iter().any(|run| !run.units.is_empty());
        let units = if has_units { &[full, (Words::Units, brief.1)][..] } else { &[] };
        for variants in [units, &[full, brief], &rest] {
            let mut fitting: Option<(f32, Self, bool)> = None;
            for (variant, is_low) in variants.iter().flat_map(|variant| [(*variant, false), (*variant, true)])
            {
                let room = if is_low { rooms.below } else { rooms.beside };
                let legend = Self::laid_out(ui, &runs, variant, room, is_low);
                if legend.more > 0 || !(is_low || rooms.is_wide) {
                    continue;
                }
                let left = if is_low {
                    rooms.page - vec2(0.0, legend.size.y)
                } else {
                    rooms.page - vec2(legend.size.x, 0.0)
                };
                let words = if variant.0 == Words::Full { WORTH_OF_WORDS } else { 1.0 };
                // Smaller type is for what has no room otherwise.
                let worth = rooms.worth(left) * words * variant.1;
                if fitting.as_ref().is_none_or(|(best, ..)| worth > *best) {
                    fitting = Some((worth, legend, is_low));
                }
            }
            if let Some((_, legend, is_low)) = fitting {
                return (legend, is_low);
            }
        }
        let last = VARIANTS[VARIANTS.len() - 1];
        (Self::laid_out(ui, &runs, last, rooms.below, true), true)
    }

    fn laid_out(ui: &Ui, runs: &[Run], (words, type_size): (Words, f32), room: Vec2, is_low: bool) -> Self {
        let entry = |run: &Run| Entry { sample: run.sample, text: run.text(words, is_low) };
        let mut entries: Vec<Entry> = runs.iter().map(entry).collect();
        let font = FontId::proportional(type_size);
        let width =
            |text: String| ui.painter().layout_no_wrap(text, font.clone(), Color32::PLACEHOLDER).size().x;
        let widths = runs.iter().map(|run| run.widest(words, is_low, &width));
        // Numbers on the way may be longer than at the end, though not by much.
        let widest = SAMPLE_WIDTH + GAP + (widths.fold(1.0, f32::max) / WIDTH_STEP).ceil() * WIDTH_STEP;
        let columns =
            if is_low { ((room.x + COLUMN_GAP) / (widest + COLUMN_GAP)).floor().max(1.0) } else { 1.0 };
        let of_units = runs.iter().map(|run| run.units.len()).max().filter(|_| words != Words::Brief);
        let lines = if words == Words::Full && !is_low { 2 } else { 1 } + of_units.unwrap_or(0);
        let lines = lines as f32;
        let row_height = type_size * (LINE_HEIGHT * lines + ROW_GAP);
        // Many words are not worth as much of the plot.
        let share = if words == Words::Full && is_low { FULL_SHARE } else { 1.0 };
        let rows_with_room = (share * room.y / row_height).floor().max(1.0) as usize;
        let places = rows_with_room * columns as usize;
        let too_wide = widest > room.x;
        let mut more = 0;
        if entries.len() > places {
            more = entries.len() + 1 - places;
            entries.truncate(places - 1);
        }
        let rows = (entries.len() + usize::from(more > 0)).div_ceil(columns as usize);
        let size = vec2(columns * widest + (columns - 1.0) * COLUMN_GAP, rows as f32 * row_height);
        // A legend that is too wide is not the one that is wanted, as long as there is a smaller one.
        let more = if too_wide && more == 0 && type_size > VARIANTS[VARIANTS.len() - 1].1 { 1 } else { more };
        let (column_width, columns) = (widest, columns as usize);
        Self { entries, more, columns, column_width, row_height, type_size, size }
    }

    /// Draws it.
    pub fn show_ui(&self, ui: &mut Ui) {
        let (rect, _) = ui.allocate_exact_size(self.size, Sense::hover());
        self.paint(ui, rect.min);
    }

    fn paint(&self, ui: &Ui, corner: Pos2) {
        let (painter, ink) = (ui.painter(), ui.visuals().text_color());
        let font = FontId::proportional(self.type_size);
        let line = self.type_size * LINE_HEIGHT;
        let cell = |index: usize| {
            let (row, column) = (index / self.columns, index % self.columns);
            corner + vec2(column as f32 * (self.column_width + COLUMN_GAP), row as f32 * self.row_height)
        };
        for (index, Entry { sample, text }) in self.entries.iter().enumerate() {
            let room = Rect::from_min_size(cell(index), vec2(SAMPLE_WIDTH, line));
            painter.extend(sample.shapes(room.shrink2(vec2(0.0, 1.0))));
            let beside = room.right_top() + vec2(GAP, 0.0);
            painter.text(beside, Align2::LEFT_TOP, text, font.clone(), ink);
        }
        if self.more > 0 {
            let text = format!("… and {} more", self.more);
            painter.text(cell(self.entries.len()), Align2::LEFT_TOP, text, font, ink);
        }
    }
}

/// A window's legend: over the plot, in the corner where it hides least of the paths, in at most 0.6 of the height. The
/// lower left corner is that of what the pointer reads.
pub fn legend_over_ui(ui: &Ui, session: &Session, step: u32, look: Look, projection: Projection) {
    const CORNERS: [Align2; 3] = [Align2::LEFT_TOP, Align2::RIGHT_TOP, Align2::RIGHT_BOTTOM];
    let frame = projection.frame;
    let runs = runs(ui, session, step, look);
    let room = vec2(0.5 * frame.width(), 0.6 * frame.height());
    let with_units = Legend::laid_out(ui, &runs, (Words::Units, VARIANTS[1].1), room, false);
    let has_room = with_units.more == 0 && with_units.size.x <= room.x;
    let legend = if has_room { with_units } else { Legend::laid_out(ui, &runs, VARIANTS[1], room, false) };
    if runs.is_empty() || legend.size.x > room.x {
        return;
    }
    let rect = least_hiding(&CORNERS, projection, legend.size + Vec2::splat(MARGIN), session);
    let rect = rect.shrink(0.5 * MARGIN);
    let response = ui.interact(rect, ui.scope_id().with("legend"), Sense::hover());
    response.widget_info(|| {
        let entries: Vec<&str> = legend.entries.iter().map(|entry| entry.text.as_str()).collect();
        WidgetInfo::labeled(Role::Label, true, format!("Legend: {}", entries.join(", ")))
    });
    let ground = ui.visuals().panel_fill.gamma_multiply(0.85);
    ui.painter().rect_filled(rect.expand(0.5 * MARGIN), 4.0, ground);
    legend.paint(ui, rect.min);
}

/// What the ground of a window's legend has more than the legend, in points.
const MARGIN: f32 = 10.0;

/// The visible runs, as they stand at `step`.
fn runs(ui: &Ui, session: &Session, step: u32, look: Look) -> Vec<Run> {
    let scenario = session.scenario();
    let styles = look.path_styles(&scenario.optimizers, ui.theme());
    let units = session.parameter_units().ok();
    let names = scenario.cost.variables.each_ref().map(|name| display_name(name));
    let run = |Path { index, choice, trajectory, .. }: Path<'_>| {
        let name = scenario.run_name(index);
        let method = choice.settings.method();
        let short = if name == method.name { method.short_name } else { &name };
        let [now, end] = [step, u32::MAX].map(|step| states(trajectory, step, scenario.cost.goal, short));
        let [state, brief] = now;
        let stand = units.zip(trajectory.point_at(step));
        let units = stand.map_or_else(Vec::new, |(units, at)| unit_words(units, &names, at));
        Run { sample: Sample::Run(styles[index]), full: [name, state], brief, at_end: end, units }
    };
    let constraint = |choice: &ConstraintChoice| {
        let text = constraint_words(choice);
        let full = [text.clone(), String::new()];
        Run {
            sample: Sample::Curve(look.inks(ui.theme())),
            at_end: [String::new(), text.clone()],
            brief: text,
            full,
            units: Vec::new(),
        }
    };
    session.visible_paths().map(run).chain(scenario.enabled_constraints().map(constraint)).collect()
}

/// A constraint as it is written on the board, cut where it is long.
fn constraint_words(ConstraintChoice { formula, relation, level, .. }: &ConstraintChoice) -> String {
    const MOST: usize = 28;
    let cut = if formula.chars().count() > MOST { "…" } else { "" };
    let formula: String = formula.chars().take(MOST).collect();
    format!("{formula}{cut} {} {}", relation.symbol(), trimmed(&short(*level, 4)))
}

/// Where a run stands at `step`, in full and, with its name, in brief.
fn states(path: &Trajectory, step: u32, goal: Goal, name: &str) -> [String; 2] {
    let at = path.entry_at(step).unwrap_or_default();
    let letter = goal.letter();
    let mut value = format!("{letter} {}", short(path.value(at).unwrap_or(f64::NAN), 3));
    if let Some(multipliers) = path.multipliers(at) {
        let all = multipliers.iter().take(path.constraints()).map(|multiplier| short(*multiplier, 3));
        value.push_str(&format!(", λ {}", all.collect::<Vec<_>>().join(" and ")));
    }
    let words = outcome_words(path, step, goal);
    // What a reader would not expect of a run goes before its value.
    let is_expected = path
        .outcome
        .as_ref()
        .is_none_or(|outcome| matches!(outcome.kind, OutcomeKind::Converged | OutcomeKind::Steps));
    let told = words.clone().filter(|_| !is_expected).unwrap_or_else(|| value.clone());
    [format!("{value}, {}", words.unwrap_or_else(|| format!("step {at}"))), format!("{name}: {told}")]
}
