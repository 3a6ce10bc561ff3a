//! Where the numbers of a series are from: typed or pasted as a text, a column of a table, or made by a formula with noise. While a
//! text is wrong, the last good numbers stay, with the error below it.

use std::sync::Arc;

use egui::{ComboBox, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use crate::data::Table;
use crate::scenario::{
    MAX_SEED, MAX_TYPED_VALUES, MAX_VALUES, SeriesError, SeriesFormula, SeriesSource, SeriesTextError,
    TimeSeries, typed_values,
};
use crate::ui::widgets::icons::{Icon, icon_button_ui};
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::seed::next_seed;

/// The fields, with what is typed into them.
#[derive(Default)]
pub(super) struct SourceFields {
    numbers: Option<NumbersDraft>,
    formula: Option<FormulaDraft>,
    columns: Option<Columns>,
    /// Whether a table is asked for.
    pub asks_for_table: bool,
}

/// A table whose columns are looked at.
pub(super) struct Columns {
    name: String,
    table: Table,
    /// The numbers that were taken of it, and the place of their column.
    taken: Arc<[f64]>,
    column: usize,
    error: Option<String>,
}

impl Columns {
    /// A table with the series that its first column makes, with the averages of another one.
    ///
    /// # Errors
    /// No column of it is one of a series.
    pub fn of(name: String, table: Table, series: &TimeSeries) -> Result<(Self, TimeSeries), String> {
        let mut problem = "it has no column of numbers".to_owned();
        for (column, (label, values)) in table.names().iter().zip(table.columns()).enumerate() {
            match series.with_column(label, values) {
                Ok(made) => {
                    let taken = Arc::clone(made.values());
                    return Ok((Self { name, table, taken, column, error: None }, made));
                }
                Err(words) => problem = words,
            }
        }
        Err(problem)
    }

    /// Offers its columns. Returns the series of another one.
    fn show_ui(&mut self, ui: &mut Ui, series: &TimeSeries) -> Option<TimeSeries> {
        let Self { name, table, .. } = self;
        let mut wanted = self.column;
        ui.horizontal_wrapped(|ui| {
            ui.label("column");
            let shown = table.names().get(wanted).map_or("", String::as_str);
            let combo = ComboBox::from_id_salt("column of the series").selected_text(shown).width(100.0);
            let response = combo
                .show_ui(ui, |ui| {
                    for (place, name) in table.names().iter().enumerate() {
                        ui.selectable_value(&mut wanted, place, name);
                    }
                })
                .response;
            response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Column of the table"));
            ui.label(RichText::new(format!("of {name}")).weak());
        });
        let mut changed = None;
        if wanted != self.column
            && let Some((label, values)) = table.names().get(wanted).zip(table.columns().get(wanted))
        {
            match series.with_column(label, values) {
                Ok(made) => {
                    (self.column, self.taken, self.error) = (wanted, Arc::clone(made.values()), None);
                    changed = Some(made);
                }
                Err(problem) => self.error = Some(problem),
            }
        }
        error_ui(ui, self.error.as_ref());
        changed
    }
}

/// Numbers as they are typed.
struct NumbersDraft {
    text: String,
    /// The numbers that the text was last right for. Where others stand now, they were changed elsewhere.
    of: Arc<[f64]>,
    error: Option<SeriesTextError>,
}

/// A formula as it is typed.
struct FormulaDraft {
    text: String,
    /// The one that the text was last right for.
    of: String,
    error: Option<SeriesError>,
}

/// What a formula is at first.
const FORMULA: &str = "sin(t/10) + 0.3*noise";
const COUNT: u32 = 120;
/// The lines of numbers that are seen at once.
const LINES: usize = 4;

impl SourceFields {
    /// The fields of a table.
    pub fn of_columns(columns: Columns) -> Self {
        Self { columns: Some(columns), ..Self::default() }
    }

    /// Draws them. Returns the series that it becomes.
    pub fn show_ui(&mut self, ui: &mut Ui, series: &TimeSeries) -> Option<TimeSeries> {
        let formula = match series.source() {
            SeriesSource::Formula(formula) => Some(formula),
            SeriesSource::Values | SeriesSource::File { .. } => None,
        };
        let mut changed = None;
        ui.horizontal(|ui| {
            let numbers = ui.selectable_label(formula.is_none(), "Numbers");
            if numbers.on_hover_text("Typed, or pasted from a spreadsheet").clicked() && formula.is_some() {
                changed = Some(series.with_values(series.values().to_vec()));
            }
            let by_formula = ui.selectable_label(formula.is_some(), "Formula");
            let meaning = "Made by a formula in t = 1, 2, \u{2026} and noise, which is standard normal";
            if by_formula.on_hover_text(meaning).clicked() && formula.is_none() {
                let text = self.formula.as_ref().map_or(FORMULA, |draft| draft.of.as_str());
                let formula = SeriesFormula { formula: text.to_owned(), count: COUNT, seed: 1 };
                changed = series.with_formula(formula).ok();
            }
            let table = ui.button("Table\u{2026}");
            table.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Numbers of a table\u{2026}"));
            self.asks_for_table |=
                table.on_hover_text("Take a column of a CSV file in place of these").clicked();
        });
        // As long as its numbers are the ones that stand.
        let is_of_these = |columns: &&mut Columns| Arc::ptr_eq(&columns.taken, series.values());
        if let Some(columns) = self.columns.as_mut().filter(is_of_these)
            && columns.table.names().len() > 1
        {
            changed = changed.or(columns.show_ui(ui, series));
        }
        let typed = match formula {
            Some(formula) => self.formula_ui(ui, series, formula),
            None => self.numbers_ui(ui, series),
        };
        changed.or(typed)
    }

    fn numbers_ui(&mut self, ui: &mut Ui, series: &TimeSeries) -> Option<TimeSeries> {
        if let SeriesSource::File { file, column } = series.source() {
            ui.label(RichText::new(format!("{column} of {file}")).weak());
        }
        let values = series.values();
        if values.len() > MAX_TYPED_VALUES {
            ui.label(format!(
                "These {} numbers are too many to be typed: change the file that they are from.",
                values.len()
            ));
            return None;
        }
        let is_of_these = |draft: &NumbersDraft| Arc::ptr_eq(&draft.of, values) || draft.of == *values;
        if !self.numbers.as_ref().is_some_and(is_of_these) {
            self.numbers = Some(NumbersDraft { text: text_of(values), of: Arc::clone(values), error: None });
        }
        let draft = self.numbers.as_mut()?;
        let before = draft.text.clone();
        let height = LINES as f32 * ui.text_style_height(&egui::TextStyle::Body) + 8.0;
        ScrollArea::vertical().id_salt("numbers").max_height(height).show(ui, |ui| {
            let field = TextEdit::multiline(&mut draft.text).desired_width(f32::INFINITY).desired_rows(LINES);
            let response = ui.add(field);
            response
                .widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, "Numbers of the series"));
            response
                .on_hover_text("Commas, blanks or lines between; a column of a spreadsheet can be pasted");
        });
        let mut changed = None;
        if draft.text != before {
            match typed_values(&draft.text) {
                Ok(values) => {
                    let typed = series.with_values(values);
                    (draft.of, draft.error) = (Arc::clone(typed.values()), None);
                    changed = Some(typed);
                }
                Err(error) => draft.error = Some(error),
            }
        }
        error_ui(ui, draft.error.as_ref());
        changed
    }

    fn formula_ui(
        &mut self,
        ui: &mut Ui,
        series: &TimeSeries,
        formula: &SeriesFormula,
    ) -> Option<TimeSeries> {
        if self.formula.as_ref().is_none_or(|draft| draft.of != formula.formula) {
            let text = formula.formula.clone();
            self.formula = Some(FormulaDraft { of: text.clone(), text, error: None });
        }
        let draft = self.formula.as_mut()?;
        let before = draft.text.clone();
        let mut wanted = formula.clone();
        ui.horizontal(|ui| {
            let label = ui.label("x =");
            let field = TextEdit::singleline(&mut draft.text).desired_width(f32::INFINITY);
            ui.add(field)
                .labelled_by(label.id)
                .on_hover_text("In t and noise, such as sin(t/10) + 0.3*noise");
        });
        ui.horizontal(|ui| {
            let most = MAX_VALUES as f64;
            let mut count = f64::from(wanted.count);
            let meaning = "How many numbers the formula makes, t = 1, 2, \u{2026}";
            ui.label("count").on_hover_text(meaning);
            number_ui(ui, "count", meaning, 1.0..=most, &mut count);
            wanted.count = count.round().clamp(1.0, most) as u32;
            let mut seed = wanted.seed as f64;
            let meaning = "What noise begins with: the same seed gives the same numbers, on every machine";
            ui.label("seed").on_hover_text(meaning);
            if number_ui(ui, "seed", meaning, 0.0..=MAX_SEED as f64, &mut seed) {
                wanted.seed = seed.round().max(0.0) as u64;
            }
            let dice = icon_button_ui(ui, Icon::Dice, "Another seed");
            if dice.on_hover_text("Another seed, and so other noise").clicked() {
                wanted.seed = next_seed(wanted.seed);
            }
        });
        let is_typed = draft.text != before;
        if is_typed {
            wanted.formula.clone_from(&draft.text);
        }
        let mut changed = None;
        if wanted != *formula {
            match series.with_formula(wanted) {
                Ok(made) => {
                    if is_typed {
                        draft.of.clone_from(&draft.text);
                    }
                    draft.error = None;
                    changed = Some(made);
                }
                Err(error) => draft.error = Some(error),
            }
        } else if is_typed {
            draft.error = None;
        }
        error_ui(ui, draft.error.as_ref());
        changed
    }
}

/// A number of its own. Returns whether it was changed.
fn number_ui(
    ui: &mut Ui,
    name: &str,
    meaning: &str,
    range: std::ops::RangeInclusive<f64>,
    number: &mut f64,
) -> bool {
    let before = *number;
    let field = NumberField {
        takes: Takes::Within(range),
        speed: 0.5,
        width: 58.0,
        ..NumberField::new(name, meaning)
    };
    field.show_ui(ui, number);
    *number != before
}

fn error_ui(ui: &mut Ui, error: Option<&impl std::fmt::Display>) {
    if let Some(error) = error {
        let words = RichText::new(format!("\u{2191} {error}")).small().color(ui.visuals().error_fg_color);
        ui.add(egui::Label::new(words).wrap())
            .on_hover_text("Until it is mended, the last good numbers stay");
    }
}

/// Numbers as people type them. They read back exactly.
fn text_of(values: &[f64]) -> String {
    let number = |value: &f64| {
        let number = format!("{value:?}");
        number.strip_suffix(".0").map_or_else(|| number.clone(), str::to_owned)
    };
    values.iter().map(number).collect::<Vec<_>>().join(", ")
}
