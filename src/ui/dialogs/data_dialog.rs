//! Rows of data that are typed or pasted, with the loss that the cost is made of.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{ComboBox, Id, Modal, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use crate::data::csv::{CsvError, Pasted, read_text};
use crate::expr::why_no_name;
use crate::scenario::{Cost, Loss, MAX_ROWS_IN_SCENARIO};
use crate::spelling::Selectable;

/// More text than this is no longer read while it is typed, in bytes.
const MOST_TEXT: usize = MAX_ROWS_IN_SCENARIO;
const WIDTH: f32 = 540.0;
/// What stands in the field at first: the rows of the lecture's regression.
const BEGINNING: &str = "x, y\n1, 2\n2, 3\n4, 4\n5, 5\n";

/// The dialog.
#[derive(Debug)]
pub struct DataDialog {
    text: String,
    /// The file that the rows are from, where they are not typed.
    file: Option<PathBuf>,
    /// What was read of the text, made again when that changes.
    read: Result<Pasted, String>,
    loss: Loss,
    features: [usize; 2],
    target: usize,
    /// The weights that are free of a loss that has more.
    free: [usize; 2],
}

/// What came of it.
#[derive(Debug)]
pub enum DataAnswer {
    Waiting,
    Cancelled,
    /// A file is to be opened.
    File,
    /// The cost over the rows, and the file that they are from.
    Chosen(Box<Cost>, Option<PathBuf>),
}

impl Default for DataDialog {
    fn default() -> Self {
        let mut dialog = Self {
            text: BEGINNING.to_owned(),
            file: None,
            read: Err(String::new()),
            loss: Loss::default(),
            features: [0, 1],
            target: 0,
            free: Loss::default().first_free(),
        };
        dialog.take();
        dialog
    }
}

impl DataDialog {
    /// The rows of a file.
    ///
    /// # Errors
    /// A column whose name no formula could use.
    pub fn of_file(path: &Path, pasted: Pasted) -> Result<Self, String> {
        let pasted = with_names(pasted)?;
        let mut dialog = Self { file: Some(path.to_owned()), read: Ok(pasted), ..Self::default() };
        dialog.choose_columns();
        Ok(dialog)
    }

    /// Reads the text anew.
    fn take(&mut self) {
        self.read = read(&self.text);
        self.choose_columns();
    }

    /// The last column is the target, the first ones are features.
    fn choose_columns(&mut self) {
        if let Ok(pasted) = &self.read {
            let last = pasted.table.names().len() - 1;
            self.target = last;
            self.features = [0, 1.min(last)];
        }
    }

    /// Draws it over the window.
    pub fn show_ui(&mut self, ui: &Ui) -> DataAnswer {
        let mut answer = DataAnswer::Waiting;
        let modal = Modal::new(Id::unique("data")).show(ui.ctx(), |ui| {
            ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 48.0));
            ui.heading("Data");
            match &self.file {
                Some(path) => _ = ui.label(format!("Rows of {}", path.display())),
                None => self.text_ui(ui),
            }
            let open = ui.button("Open a file\u{2026}");
            if open
                .on_hover_text(
                    "A table with commas, semicolons or tabs; it can also be dropped on the window",
                )
                .clicked()
            {
                answer = DataAnswer::File;
            }
            let chosen = match &self.read {
                Ok(_) => self.choices_ui(ui),
                Err(problem) => {
                    ui.label(RichText::new(problem).color(ui.visuals().error_fg_color));
                    None
                }
            };
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                let can = ui.add_enabled(chosen.is_some(), egui::Button::new("Use these rows"));
                if can
                    .on_hover_text("The formula becomes the loss of one row; undo brings back what was")
                    .clicked()
                    && let Some(cost) = &chosen
                {
                    answer = DataAnswer::Chosen(Box::new(cost.clone()), self.file.clone());
                }
                if ui.button("Cancel").clicked() {
                    answer = DataAnswer::Cancelled;
                }
            });
        });
        if modal.should_close() && matches!(answer, DataAnswer::Waiting) {
            answer = DataAnswer::Cancelled;
        }
        answer
    }

    /// The rows as a text.
    fn text_ui(&mut self, ui: &mut Ui) {
        ui.label("Paste rows from a spreadsheet, or type them: a line each, the names of the columns first.");
        let before = self.text.clone();
        ScrollArea::vertical().max_height(190.0).show(ui, |ui| {
            let field = TextEdit::multiline(&mut self.text).code_editor().desired_rows(8);
            let field = ui.add(field.desired_width(f32::INFINITY));
            field.widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, "Rows"));
        });
        if self.text != before {
            self.take();
        }
    }

    /// The loss and its columns. Returns the cost that they make.
    fn choices_ui(&mut self, ui: &mut Ui) -> Option<Cost> {
        let Ok(Pasted { table, left_out }) = &self.read else { return None };
        let (rows, names) = (table.rows(), table.names());
        let mut words = format!("{rows} rows of {}", names.join(", "));
        if !left_out.is_empty() {
            words.push_str(&format!("; left out, since it is text: {}", left_out.join(", ")));
        }
        ui.label(words);
        ui.horizontal_wrapped(|ui| {
            ui.label("loss");
            // High enough that none is hidden.
            let losses = ComboBox::from_id_salt("loss").width(190.0).height(300.0);
            let shown = losses.selected_text(self.loss.name()).show_ui(ui, |ui| {
                for loss in Loss::ALL {
                    if ui.selectable_value(&mut self.loss, *loss, loss.name()).changed() {
                        self.free = loss.first_free();
                    }
                }
            });
            shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Loss"));
            for (place, feature) in self.features.iter_mut().enumerate().take(self.loss.features()) {
                let name = if self.loss.features() > 1 {
                    format!("feature {}", place + 1)
                } else {
                    "feature".to_owned()
                };
                column_ui(ui, &name, names, feature);
            }
            column_ui(ui, "target", names, &mut self.target);
            let weights = self.loss.weights(names, self.target);
            if !weights.is_empty() {
                let [across, up] = self.free.each_mut().map(|place| {
                    *place = (*place).min(weights.len() - 1);
                    place
                });
                column_ui(ui, "free weight across", &weights, across);
                column_ui(ui, "free weight up", &weights, up);
            }
        });
        let weights = self.loss.weights(names, self.target).len();
        let used: Vec<usize> =
            self.features[..self.loss.features()].iter().copied().chain([self.target]).collect();
        let is_twice = (1..used.len()).any(|place| used[..place].contains(&used[place]));
        if is_twice {
            ui.weak("Each column can be used once: choose another feature or target.");
            return None;
        }
        if weights > 0 && self.free[0] == self.free[1] {
            let words = match weights {
                1 => "There is one weight only: the table needs a feature besides the target.",
                _ => "The two free weights differ: choose another one. The others become sliders.",
            };
            ui.weak(words);
            return None;
        }
        let table = Arc::new(table.clone());
        let cost = match self.loss {
            Loss::Network => Loss::network(table, self.features, self.target, self.free),
            Loss::LogisticMany => Loss::logistic_many(table, self.target, self.free),
            loss => loss.cost(table, self.features, self.target),
        };
        match cost.objective() {
            Ok(_) => {
                ui.label(RichText::new(cost.formula()).monospace());
                Some(cost)
            }
            Err(error) => {
                ui.label(RichText::new(error.to_string()).color(ui.visuals().error_fg_color));
                None
            }
        }
    }
}

fn column_ui(ui: &mut Ui, role: &str, names: &[String], column: &mut usize) {
    ui.label(role);
    let shown = names.get(*column).map_or("", String::as_str);
    let shown = ComboBox::from_id_salt(role).selected_text(shown).width(70.0).show_ui(ui, |ui| {
        for (place, name) in names.iter().enumerate() {
            ui.selectable_value(column, place, name);
        }
    });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Column of the {role}")));
}

/// Rows that a scenario can hold, or what is wrong with them.
fn read(text: &str) -> Result<Pasted, String> {
    if text.len() > MOST_TEXT {
        return Err(format!(
            "these are {} KiB of text, and at most {} can be pasted: save them as a file, and open that",
            text.len() / 1024,
            MOST_TEXT / 1024
        ));
    }
    with_names(read_text(text).map_err(|error: CsvError| error.to_string())?)
}

/// The same if a formula can use the names of the columns.
fn with_names(pasted: Pasted) -> Result<Pasted, String> {
    match pasted.table.names().iter().find_map(|name| Some((name, why_no_name(name)?))) {
        Some((name, why)) => Err(format!("`{name}` cannot name a column: {why}")),
        None => Ok(pasted),
    }
}
