//! The rows as a text: typed, corrected, pasted over. While it is wrong, the last good rows stay, with the error below it.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Id, RichText, Role, ScrollArea, TextBuffer, TextEdit, Ui, WidgetInfo};

use crate::data::Table;
use crate::scenario::{Cost, Data, MOST_TYPED_ROWS, TypedRowsError};

/// What assistive technology calls the field.
const NAME: &str = "Rows as text";
const FONT: FontId = FontId::monospace(13.0);

/// The text, if it is shown.
#[derive(Debug, Default)]
pub(super) struct RowsText {
    /// Whether it is.
    pub is_open: bool,
    /// Whether it gets the keyboard the next time that it is drawn.
    pub asks_for_keyboard: bool,
    draft: Option<Draft>,
}

/// The text as it was typed.
#[derive(Debug)]
struct Draft {
    text: String,
    /// The rows that it was last right for. Where others stand now, it was not typed but they were changed elsewhere.
    of: Arc<Table>,
    error: Option<TypedRowsError>,
    /// Columns of text.
    left_out: Vec<String>,
}

impl RowsText {
    /// Lets go of what is typed: other rows stand now, or the same ones again.
    pub fn forget(&mut self) {
        self.draft = None;
    }

    /// Draws it into the space that is left. Returns the rows that were typed, where the text says others.
    pub fn show_ui(&mut self, ui: &mut Ui, cost: &Cost, data: &Data) -> Option<Data> {
        let is_of_these = |draft: &Draft| Arc::ptr_eq(&draft.of, data.table()) || draft.of == *data.table();
        if !self.draft.as_ref().is_some_and(is_of_these) {
            let of = Arc::clone(data.table());
            let draft = |text| Draft { text, of, error: None, left_out: Vec::new() };
            self.draft = data.typed_text().map(draft);
        }
        let Some(draft) = &mut self.draft else {
            ui.label(format!(
                "These rows are not typed here: they are more than {MOST_TYPED_ROWS}, or too wide. Change the file that they are from, and \
                 open it again."
            ));
            return None;
        };
        let below = 3.0 * ui.text_style_height(&egui::TextStyle::Small) + 2.0 * ui.spacing().item_spacing.y;
        let height = (ui.available_height() - below).max(60.0);
        let before = draft.text.clone();
        ScrollArea::both().id_salt(NAME).max_height(height).auto_shrink(false).show(ui, |ui| {
            let wrong = draft.error.as_ref().and_then(|error| error.line(&before));
            let color = [ui.visuals().strong_text_color(), ui.visuals().error_fg_color];
            let mut layouter = |ui: &Ui, buffer: &dyn TextBuffer, _wrap: f32| -> Arc<Galley> {
                // While a key is being taken in, the text is already ahead of the error.
                let wrong = wrong.filter(|_| buffer.as_str() == before);
                let job = layout_job(buffer.as_str(), wrong, color);
                ui.fonts_mut(|fonts| fonts.layout_job(job))
            };
            let rows = (height / 18.0) as usize;
            let field = TextEdit::multiline(&mut draft.text).id(Id::unique(NAME)).code_editor();
            let field = field.desired_width(f32::INFINITY).desired_rows(rows).layouter(&mut layouter);
            let response = ui.add(field);
            response.widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, NAME));
            if std::mem::take(&mut self.asks_for_keyboard) {
                response.request_focus();
            }
        });
        let mut typed = None;
        if draft.text != before {
            match cost.typed_rows(data, &draft.text) {
                Ok((data, left_out)) => {
                    draft.of = Arc::clone(data.table());
                    (draft.error, draft.left_out) = (None, left_out);
                    typed = Some(data);
                }
                Err(error) => draft.error = Some(error),
            }
        }
        draft.words_ui(ui);
        typed.filter(|typed| typed != data)
    }
}

impl Draft {
    /// What is wrong, or what is made of the text.
    fn words_ui(&self, ui: &mut Ui) {
        let words = match (&self.error, &self.left_out[..]) {
            (Some(error), _) => {
                let words = format!("\u{2191} {error}");
                let color = ui.visuals().error_fg_color;
                ui.label(RichText::new(words).small().color(color))
                    .on_hover_text("Until it is mended, the last good rows stay");
                return;
            }
            (None, []) => {
                "A line for each row, the names first; commas, semicolons or tabs between".to_owned()
            }
            (None, names) => format!("Left out, since it is text: {}", names.join(", ")),
        };
        ui.label(RichText::new(words).small().weak());
    }
}

/// The text with a line that is wrong in another color.
fn layout_job(text: &str, wrong: Option<u64>, [color, error_color]: [Color32; 2]) -> LayoutJob {
    let mut job = LayoutJob::default();
    let format = |color| TextFormat { font_id: FONT, color, ..TextFormat::default() };
    for (line, number) in text.split_inclusive('\n').zip(1..) {
        let color = if Some(number) == wrong { error_color } else { color };
        job.append(line, 0.0, format(color));
    }
    if text.is_empty() {
        job.append("", 0.0, format(color));
    }
    job
}
