//! The text field of a formula, with what is wrong marked in the text and said below it.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{CCursor, LayoutJob, LayoutSection, TextFormat};
use egui::{
    Align, Button, Color32, Context, FontId, FontSelection, Galley, Id, RichText, Stroke, TextBuffer,
    TextEdit, Ui,
};

use crate::expr::{FormulaError, Repair};
use crate::session::Remark;
use crate::ui::widgets::focus::select_all;

/// What assistive technology calls the field of the cost.
pub const NAME: &str = "Cost formula";

/// A field for a formula.
pub struct FormulaField<'a> {
    /// What assistive technology calls it; no other field is called so.
    pub name: &'a str,
    /// What stands in it while it is empty.
    pub hint: &'a str,
    /// In points.
    pub width: f32,
}

/// What a hand did to a field.
pub struct FieldOutput {
    /// The text, if it was changed.
    pub typed: Option<String>,
    /// Whether the keyboard has just gone elsewhere.
    pub is_left: bool,
}

/// Gives the field of the cost the keyboard, with all of its text selected.
pub fn focus_formula(ctx: &Context, text: &str) {
    let id = Id::unique(NAME);
    ctx.memory_mut(|memory| memory.request_focus(id));
    select_all(ctx, id, text);
}

/// The field, and under it what is wrong or to be remarked, with buttons that mend it.
pub fn formula_field_ui(
    ui: &mut Ui,
    field: &FormulaField<'_>,
    text: &str,
    error: Option<&FormulaError>,
    remark: Option<&Remark>,
) -> FieldOutput {
    let mut typed = text.to_owned();
    let font = FontId::monospace(15.0);
    let wrong = error.map(|e| visible_span(text, &e.span));
    let error_color = ui.visuals().error_fg_color;
    let text_color = ui.visuals().strong_text_color();
    let mut layouter = |ui: &Ui, buffer: &dyn TextBuffer, _wrap: f32| -> Arc<Galley> {
        // While a key is being taken in, the text is already ahead of the error.
        let marked = wrong.clone().filter(|_| buffer.as_str() == text);
        let job = layout_job(buffer.as_str(), marked, &font, text_color, error_color);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let output = TextEdit::singleline(&mut typed)
        .id(Id::unique(field.name))
        .hint_text(field.hint)
        .font(FontSelection::FontId(font.clone()))
        .desired_width(field.width)
        .layouter(&mut layouter)
        .show(ui);
    output.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, field.name));
    let mut mended = None;
    if let Some(error) = error {
        let start = error.span.start.min(text.len());
        let characters = text.get(..start).map_or(0, |before| before.chars().count());
        let x = output.galley.pos_from_cursor(CCursor::new(characters)).left() + output.galley_pos.x;
        let offers: Vec<_> = error.repairs.iter().map(|repair| (name_of(repair), repair)).collect();
        mended = sentence_ui(ui, &format!("\u{2191} {error}"), &offers, x, error_color);
    } else if let Some(Remark { sentence, offer }) = remark {
        let offers: Vec<_> = offer.iter().map(|(name, repair)| (name.clone(), repair)).collect();
        let color = ui.visuals().warn_fg_color;
        mended = sentence_ui(ui, sentence, &offers, output.galley_pos.x, color);
    }
    let typed = mended.map(|repair| repair.applied(text)).or_else(|| (typed != text).then_some(typed));
    FieldOutput { typed, is_left: output.response.lost_focus() }
}

/// What the button of a repair says.
fn name_of(repair: &Repair) -> String {
    match (repair.span.is_empty(), repair.text.as_str()) {
        (_, "") => "leave it out".to_owned(),
        (true, text) => format!("insert {}", text.trim()),
        (false, text) => text.to_owned(),
    }
}

/// A sentence, beginning under the first wrong character as far as there is room, and a button for each offer. Returns the
/// one that was taken.
fn sentence_ui<'a>(
    ui: &mut Ui,
    sentence: &str,
    offers: &[(String, &'a Repair)],
    x: f32,
    color: Color32,
) -> Option<&'a Repair> {
    let text = RichText::new(sentence).small().color(color);
    let button = |name: &str| Button::new(RichText::new(name).small().monospace()).small();
    ui.horizontal(|ui| {
        let width = |ui: &Ui, text: RichText| {
            let extend = Some(egui::TextWrapMode::Extend);
            egui::WidgetText::from(text)
                .into_galley(ui, extend, f32::INFINITY, egui::TextStyle::Small)
                .size()
                .x
        };
        let padding = 2.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x;
        let buttons: f32 =
            offers.iter().map(|(name, _)| width(ui, RichText::new(name).small().monospace()) + padding).sum();
        let room = ui.available_width() - width(ui, text.clone()) - buttons;
        ui.add_space((x - ui.min_rect().left() - 3.0).min(room).max(0.0));
        let sentence_width = ui.available_width() - buttons;
        ui.scope(|ui| {
            ui.set_max_width(sentence_width.max(0.0));
            ui.add(egui::Label::new(text).truncate()).on_hover_text(sentence);
        });
        let mut taken = None;
        for (name, repair) in offers {
            let response = ui.add(button(name)).on_hover_text("Change the formula so");
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Mend the formula: {name}"))
            });
            if response.clicked() {
                taken = Some(*repair);
            }
        }
        taken
    })
    .inner
}

/// The span, widened to a character where it is empty, so that there is something to mark.
fn visible_span(text: &str, span: &Range<usize>) -> Range<usize> {
    if !span.is_empty() {
        return span.clone();
    }
    let before = text.get(..span.start).and_then(|t| t.char_indices().last()).map_or(0, |(at, _)| at);
    before..span.start
}

fn layout_job(
    text: &str,
    marked: Option<Range<usize>>,
    font: &FontId,
    color: Color32,
    error_color: Color32,
) -> LayoutJob {
    let marked = marked.filter(|m| text.get(m.clone()).is_some()).unwrap_or(0..0);
    let plain = TextFormat { font_id: font.clone(), color, valign: Align::Center, ..TextFormat::default() };
    let wrong = TextFormat { underline: Stroke::new(2.0, error_color), color: error_color, ..plain.clone() };
    let parts = [(0..marked.start, plain.clone()), (marked.clone(), wrong), (marked.end..text.len(), plain)];
    let mut job = LayoutJob { text: text.to_owned(), break_on_newline: false, ..LayoutJob::default() };
    for (range, format) in parts {
        if !range.is_empty() || text.is_empty() && range.start == 0 && job.sections.is_empty() {
            job.sections.push(LayoutSection {
                leading_space: 0.0,
                byte_range: range.start.into()..range.end.into(),
                format,
            });
        }
    }
    job
}
