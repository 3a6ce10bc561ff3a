//! The rule of a run that is typed: a field of several lines, what is wrong marked in it and said below, with buttons that mend it.

use std::ops::Range;

use egui::text::{LayoutJob, LayoutSection, TextFormat};
use egui::{Button, FontId, FontSelection, Id, RichText, Stroke, TextBuffer, TextEdit, Ui, WidgetInfo};

use crate::expr::Repair;
use crate::optimizer::{RuleError, RuleErrorKind, RulePlace};
use crate::session::{RuleEdit, Session};

/// Size of the letters, in points.
const LETTERS: f32 = 13.0;

/// What is known in a rule, for a student.
const HELP: &str = "One line for each name: v = beta*v + alpha*g. Known are theta (the point), g (the gradient there), \
                    grad(theta - beta*v) (the gradient at another point), t = 1, 2, … (the step), the parameters below, what lines \
                    before assign, and all functions of formulas. A name that is read before it is assigned is a state vector: it \
                    begins at 0 and is kept from step to step. The last theta is the next point. # begins a comment.";

/// Draws the field of the rule of a run, which is called `run`. Returns what was typed or asked for.
pub fn own_rule_ui(ui: &mut Ui, session: &Session, index: usize, run: &str) -> Option<RuleEdit> {
    let text = session.rule_text(index)?;
    let error = session.rule_error(index);
    let wrong = error.and_then(|error| place_in(&text, error));
    let mut typed = text.clone();
    let font = FontId::monospace(LETTERS);
    let color = ui.visuals().strong_text_color();
    let error_color = ui.visuals().error_fg_color;
    let mut layouter = |ui: &Ui, buffer: &dyn TextBuffer, wrap: f32| {
        // While a key is being taken in, the text is already ahead of the error.
        let marked = wrong.clone().filter(|_| buffer.as_str() == text).unwrap_or(0..0);
        let plain = TextFormat { font_id: font.clone(), color, ..TextFormat::default() };
        let underlined =
            TextFormat { underline: Stroke::new(2.0, error_color), color: error_color, ..plain.clone() };
        let mut job = LayoutJob { text: buffer.as_str().to_owned(), ..LayoutJob::default() };
        job.wrap.max_width = wrap;
        let end = job.text.len();
        for (range, format) in
            [(0..marked.start, plain.clone()), (marked.clone(), underlined), (marked.end..end, plain)]
        {
            if !range.is_empty() || job.text.is_empty() && job.sections.is_empty() {
                let byte_range = range.start.into()..range.end.into();
                job.sections.push(LayoutSection { leading_space: 0.0, byte_range, format });
            }
        }
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let name = format!("Rule of {run}");
    let field = TextEdit::multiline(&mut typed)
        .id(Id::unique(&name))
        .hint_text("theta = theta - alpha*g")
        .font(FontSelection::FontId(font.clone()))
        .desired_width(ui.available_width() - 8.0)
        .desired_rows(text.lines().count().clamp(2, 8))
        .layouter(&mut layouter);
    let response = ui.add(field);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, &name));
    response.on_hover_text(HELP);
    let edit = error.and_then(|error| error_ui(ui, &text, error));
    edit.or_else(|| (typed != text).then_some(RuleEdit::Text(typed)))
}

/// What is wrong, and a button for each way to mend it.
fn error_ui(ui: &mut Ui, text: &str, error: &RuleError) -> Option<RuleEdit> {
    let line = match error.place {
        RulePlace::Line(line) => format!("line {}: ", line + 1),
        RulePlace::Whole | RulePlace::Parameter(_) | RulePlace::State(_) => String::new(),
    };
    ui.label(RichText::new(format!("{line}{error}")).small().color(ui.visuals().error_fg_color));
    let mut edit = None;
    ui.horizontal_wrapped(|ui| {
        let mut offer = |ui: &mut Ui, words: &str, explanation: &str, mended: RuleEdit| {
            let button = ui.add(Button::new(RichText::new(words).small()).small()).on_hover_text(explanation);
            button.widget_info(|| {
                WidgetInfo::labeled(egui::Role::Button, true, format!("Mend the rule: {words}"))
            });
            if button.clicked() {
                edit = Some(mended);
            }
        };
        for repair in &error.repairs {
            if let Some(mended) = mended(text, error, repair) {
                offer(ui, &repair.text, "Change the line so", RuleEdit::Text(mended));
            }
        }
        if let RuleErrorKind::UnknownName { name, assigned_in, .. } = &error.kind {
            if assigned_in.is_none() {
                let words = format!("make {name} a parameter");
                offer(ui, &words, "A number with a slider", RuleEdit::Parameter(name.clone()));
            }
            let words = format!("make {name} a state vector");
            let explanation = "A number for each coordinate that begins at 0 and is kept from step to step";
            offer(ui, &words, explanation, RuleEdit::State(name.clone()));
        }
    });
    edit
}

/// Where each line of a text begins.
fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}

/// Where a mistake is in the whole text; of an empty place the character before it, so that there is something to mark.
fn place_in(text: &str, error: &RuleError) -> Option<Range<usize>> {
    let RulePlace::Line(line) = error.place else { return None };
    let start = line_starts(text).nth(line)?;
    let Range { start: from, end: to } = error.span.clone();
    let (from, to) = (start + from, start + to);
    let before = text.get(..from)?.char_indices().last().map_or(0, |(at, _)| at);
    let range = if from == to { before..from } else { from..to };
    text.get(range.clone()).map(|_| range)
}

/// The whole text with a line mended.
fn mended(text: &str, error: &RuleError, repair: &Repair) -> Option<String> {
    let RulePlace::Line(line) = error.place else { return None };
    let start = line_starts(text).nth(line)?;
    let span = start + repair.span.start..start + repair.span.end;
    text.get(span.clone())?;
    Some(Repair::new(span, repair.text.clone()).applied(text))
}
