//! The dialog of a figure: what is drawn, how large, and as what kind of file, with a preview at its true proportions.

use egui::{
    Align, Checkbox, ComboBox, DragValue, Grid, Id, Layout, Modal, RichText, ScrollArea, TextureHandle,
    TextureOptions, Ui, Vec2, vec2,
};
use serde::{Deserialize, Serialize};

use super::sliders::name_number;
use crate::figure::parts::Part;
use crate::figure::presets::{PRESETS, Preset, preset};
use crate::figure::{FigureKind, FigureSpec, Page, Unit, film, preview};
use crate::session::Session;

/// What was chosen last, kept from one start to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FigureChoices {
    /// The ending of the file.
    ending: String,
    /// The preset whose size it has; nothing for a size of its own.
    preset: Option<String>,
    /// Size, page and parts.
    spec: FigureSpec,
    /// The step and the view as they are in the window, or the last step in the scenario's window.
    is_as_seen: bool,
    /// Whether the file carries the scenario.
    has_scenario: bool,
}

impl Default for FigureChoices {
    fn default() -> Self {
        let first = &PRESETS[0];
        Self {
            ending: FigureKind::Png.ending().to_owned(),
            preset: Some(first.id.to_owned()),
            spec: FigureSpec::of_preset(first),
            is_as_seen: true,
            has_scenario: true,
        }
    }
}

impl FigureChoices {
    /// The kind of file.
    pub fn kind(&self) -> FigureKind {
        FigureKind::ALL.into_iter().find(|kind| kind.ending() == self.ending).unwrap_or(FigureKind::Png)
    }

    /// Whether the file carries the scenario.
    pub fn has_scenario(&self) -> bool {
        self.has_scenario
    }

    /// Everything about the figure, with what is seen in the window where that was asked for.
    pub fn spec(&self, seen: &FigureSpec) -> FigureSpec {
        let mut spec = FigureSpec { look: seen.look, ..self.spec.clone() };
        (spec.step, spec.view) = if self.is_as_seen { (seen.step, seen.view) } else { (None, None) };
        spec
    }

    fn take_preset(&mut self, row: &Preset) {
        let FigureSpec { size, unit, scale, type_size, parts, .. } = FigureSpec::of_preset(row);
        self.preset = Some(row.id.to_owned());
        self.spec = FigureSpec { size, unit, scale, type_size, parts, ..self.spec.clone() };
    }
}

/// What came of a frame of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FigureAnswer {
    Waiting,
    Cancelled,
    Save,
    Copy,
}

/// The open dialog.
#[derive(Default)]
pub(super) struct FigureDialog {
    /// The preview and what it is of.
    shown: Option<(FigureSpec, Result<TextureHandle, String>)>,
}

const CONTROLS_WIDTH: f32 = 318.0;

impl FigureDialog {
    /// Draws the dialog. `seen` is the figure of what the window shows.
    pub fn show_ui(
        &mut self,
        ui: &Ui,
        session: &mut Session,
        choices: &mut FigureChoices,
        seen: &FigureSpec,
    ) -> FigureAnswer {
        let room = ui.ctx().content_rect().size() - vec2(40.0, 40.0);
        let modal = Modal::new(Id::unique("figure")).show(ui.ctx(), |ui| {
            // All of it from the first frame on, so that nothing moves under the pointer.
            let size = room.min(vec2(980.0, 580.0));
            ui.set_min_size(size);
            ui.set_max_size(size);
            ui.heading("Figure");
            let height = (size.y - 90.0).max(60.0);
            let columns = vec2(size.x, height);
            ui.allocate_ui_with_layout(columns, Layout::left_to_right(Align::Min), |ui| {
                ui.allocate_ui_with_layout(
                    vec2(CONTROLS_WIDTH, height),
                    Layout::top_down(Align::Min),
                    |ui| {
                        ui.set_width(CONTROLS_WIDTH);
                        ScrollArea::vertical().max_height(height).auto_shrink(false).show(ui, |ui| {
                            controls_ui(ui, choices, session.longest_run());
                        });
                    },
                );
                ui.add_space(8.0);
                let room = vec2((size.x - CONTROLS_WIDTH - 24.0).max(60.0), height);
                self.preview_ui(ui, session, &choices.spec(seen), room);
            });
            ui.separator();
            answer_ui(ui, choices, seen)
        });
        if modal.should_close() && modal.inner == FigureAnswer::Waiting {
            FigureAnswer::Cancelled
        } else {
            modal.inner
        }
    }

    fn preview_ui(&mut self, ui: &mut Ui, session: &mut Session, spec: &FigureSpec, room: Vec2) {
        if self.shown.as_ref().is_none_or(|(of, _)| of != spec) {
            let picture = preview(session, spec, room * ui.pixels_per_point());
            let texture = picture
                .map(|image| ui.ctx().load_texture("figure", image, TextureOptions::LINEAR))
                .map_err(|error| error.to_string());
            self.shown = Some((spec.clone(), texture));
        }
        match &self.shown {
            Some((_, Ok(texture))) => {
                let size = texture.size_vec2() / ui.pixels_per_point();
                let picture = ui.image((texture.id(), size));
                picture.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Image, true, "Preview of the figure")
                });
            }
            Some((_, Err(problem))) => {
                ui.label(RichText::new(problem).color(ui.visuals().error_fg_color));
            }
            None => {}
        }
    }
}

fn controls_ui(ui: &mut Ui, choices: &mut FigureChoices, longest_run: u32) {
    ui.horizontal_wrapped(|ui| {
        for kind in FigureKind::ALL {
            let name = kind.ending().to_uppercase();
            let option = ui.selectable_label(choices.kind() == kind, name);
            if option.on_hover_text(kind.explanation()).clicked() {
                kind.ending().clone_into(&mut choices.ending);
            }
        }
    });
    ui.label(RichText::new(choices.kind().explanation()).small());
    if matches!(choices.kind(), FigureKind::Csv | FigureKind::Json) {
        return;
    }
    ui.add_space(6.0);
    size_ui(ui, choices);
    ui.add_space(6.0);
    page_ui(ui, choices);
    ui.add_space(6.0);
    ui.add(Checkbox::new(&mut choices.is_as_seen, "step and view as in the window"))
        .on_hover_text("Otherwise the last step, in the scenario's window");
    if choices.kind() == FigureKind::Gif {
        let plan = film(&choices.spec, longest_run);
        let seconds = plan.duration().as_secs_f32();
        let megabytes = plan.estimate_bytes() as f64 / 1e6;
        let text = format!("{} frames, {seconds:.0} s, at most about {megabytes:.1} MB", plan.frames());
        ui.label(RichText::new(text).small());
    } else {
        ui.add(Checkbox::new(&mut choices.has_scenario, "carry the scenario"))
            .on_hover_text("Opening the file in Downhill brings back the scenario that made it");
    }
    ui.add_space(6.0);
    parts_ui(ui, choices);
}

fn size_ui(ui: &mut Ui, choices: &mut FigureChoices) {
    let current = choices.preset.as_deref().and_then(preset);
    let label = ui.label("size");
    let shown = current.map_or("its own", |row| row.name);
    let combo = ComboBox::from_id_salt("preset").selected_text(shown).width(220.0).show_ui(ui, |ui| {
        for row in &PRESETS {
            let is_chosen = current.is_some_and(|chosen| chosen.id == row.id);
            if ui.selectable_label(is_chosen, row.name).on_hover_text(row.explanation).clicked() {
                choices.take_preset(row);
            }
        }
    });
    combo.response.labelled_by(label.id);
    let before = choices.spec.clone();
    let spec = &mut choices.spec;
    let unit = if spec.unit == Unit::Point { "pt" } else { "px" };
    ui.horizontal(|ui| {
        let [width, height] = &mut spec.size;
        for (name, side) in [("width", width), ("height", height)] {
            let field = ui
                .add(DragValue::new(side).range(50.0..=20_000.0).max_decimals(1).suffix(format!(" {unit}")));
            name_number(&field, &format!("Figure {name}"), f64::from(*side));
            field.on_hover_text(format!("The {name} of the figure"));
        }
        let field =
            ui.add(DragValue::new(&mut spec.scale).range(0.1..=40.0).speed(0.02).max_decimals(3).prefix("×"));
        name_number(&field, "Figure scale", f64::from(spec.scale));
        field.on_hover_text("Pixels for each point, in a picture made of pixels");
    });
    ui.horizontal(|ui| {
        let field = ui.add(DragValue::new(&mut spec.type_size).range(3.0..=500.0).speed(0.1).max_decimals(1));
        name_number(&field, "Type size", f64::from(spec.type_size));
        field.on_hover_text("The size of the type in points; lines and marks grow with it");
        ui.label("type");
        let [width, height] = spec.pixels();
        ui.label(RichText::new(format!("{width} × {height} pixels")).small());
    });
    if (before.size, before.scale, before.type_size) != (spec.size, spec.scale, spec.type_size) {
        choices.preset = None;
    }
}

fn page_ui(ui: &mut Ui, choices: &mut FigureChoices) {
    let spec = &mut choices.spec;
    ui.horizontal(|ui| {
        ui.label("page");
        ui.selectable_value(&mut spec.theme, Page::Light, "light").on_hover_text("Dark on white");
        ui.selectable_value(&mut spec.theme, Page::Dark, "dark").on_hover_text("Light on dark");
        ui.add(Checkbox::new(&mut spec.is_transparent, "transparent")).on_hover_text("No color of the page");
    });
}

fn parts_ui(ui: &mut Ui, choices: &mut FigureChoices) {
    Grid::new("parts").num_columns(2).show(ui, |ui| {
        for (index, part) in Part::ALL.into_iter().enumerate() {
            let mut is_shown = choices.spec.parts.shows(part);
            if ui.checkbox(&mut is_shown, part.name()).on_hover_text(part.explanation()).changed() {
                choices.spec.parts.set(part, is_shown);
            }
            if index % 2 == 1 {
                ui.end_row();
            }
        }
    });
}

fn answer_ui(ui: &mut Ui, choices: &FigureChoices, seen: &FigureSpec) -> FigureAnswer {
    let problem = choices.spec(seen).check().err();
    let mut answer = FigureAnswer::Waiting;
    ui.horizontal(|ui| {
        ui.add_enabled_ui(problem.is_none(), |ui| {
            let save = ui.button("Save figure…").on_hover_text("Choose where it is written");
            if save.clicked() {
                answer = FigureAnswer::Save;
            }
            let copy = ui.button("Copy picture").on_hover_text("As pixels, to be pasted elsewhere");
            if copy.clicked() {
                answer = FigureAnswer::Copy;
            }
        });
        if ui.button("Cancel").clicked() {
            answer = FigureAnswer::Cancelled;
        }
        if let Some(problem) = problem {
            ui.label(RichText::new(problem.to_string()).small().color(ui.visuals().error_fg_color));
        }
    });
    answer
}
