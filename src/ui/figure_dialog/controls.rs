//! The controls of the dialog: kind of file, size, page, steps of a film, parts.

use egui::{Checkbox, ComboBox, DragValue, Grid, RichText, Ui};

use super::super::sliders::name_number;
use super::choices::FigureChoices;
use crate::figure::animation::{Film, GifPlan};
use crate::figure::parts::Part;
use crate::figure::presets::{PRESETS, preset};
use crate::figure::{FigureKind, Page, Unit};

pub(super) fn controls_ui(ui: &mut Ui, choices: &mut FigureChoices, longest_run: u32) {
    ui.horizontal_wrapped(|ui| {
        for kind in FigureKind::ALL {
            let name = kind.ending().to_uppercase();
            let option = ui.selectable_label(choices.kind() == kind, name);
            if option.on_hover_text(kind.explanation()).clicked() {
                choices.set_kind(kind);
            }
        }
    });
    ui.label(RichText::new(choices.kind().explanation()).small());
    if choices.kind().is_numbers() {
        return;
    }
    ui.add_space(6.0);
    size_ui(ui, choices);
    ui.add_space(6.0);
    page_ui(ui, choices);
    ui.add_space(6.0);
    if choices.kind() == FigureKind::Gif {
        ui.add(Checkbox::new(&mut choices.is_as_seen, "view as in the window"))
            .on_hover_text("Otherwise the scenario's window");
        film_ui(ui, choices, longest_run);
    } else {
        ui.add(Checkbox::new(&mut choices.is_as_seen, "step and view as in the window"))
            .on_hover_text("Otherwise the last step, in the scenario's window");
        if choices.kind() == FigureKind::Svg {
            ui.add(Checkbox::new(&mut choices.spec.has_outlines, "letters as shapes")).on_hover_text(
                "For office programs and Inkscape, which pass over the fonts that come with a file; the text can then \
                 no longer be searched or edited",
            );
        }
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
    let is_film = choices.kind() == FigureKind::Gif;
    let spec = &mut choices.spec;
    ui.horizontal(|ui| {
        ui.label("page");
        ui.selectable_value(&mut spec.theme, Page::Light, "light").on_hover_text("Dark on white");
        ui.selectable_value(&mut spec.theme, Page::Dark, "dark").on_hover_text("Light on dark");
        if !is_film {
            ui.add(Checkbox::new(&mut spec.is_transparent, "transparent"))
                .on_hover_text("No color of the page");
        }
    });
    ui.add(Checkbox::new(&mut choices.is_gray_safe, "safe in gray"))
        .on_hover_text("A gray heat map, and paths that are told apart on a black-and-white printer");
}

/// Which steps, how fast, and how large the file gets.
fn film_ui(ui: &mut Ui, choices: &mut FigureChoices, longest_run: u32) {
    let spec = &mut choices.spec;
    let plan = GifPlan::new(spec, longest_run);
    let step_field = |ui: &mut Ui, name: &str, explanation: &str, field: DragValue<'_>, value: u32| {
        let field = ui.add(field.speed(0.2));
        name_number(&field, name, f64::from(value));
        field.on_hover_text(explanation);
    };
    ui.horizontal(|ui| {
        ui.label("steps");
        let first = &mut spec.film.first_step;
        let shown = *first;
        let field = DragValue::new(first).range(0..=longest_run);
        step_field(ui, "First step of the film", "The step of the first frame", field, shown);
        ui.label("to");
        let mut last = spec.step.map_or(longest_run, |step| step.min(longest_run));
        let shown = last;
        let field = DragValue::new(&mut last).range(0..=longest_run);
        step_field(ui, "Last step of the film", "The step of the last frame", field, shown);
        if last != shown {
            // The end stays the end, however far the runs get.
            spec.step = (last < longest_run).then_some(last);
        }
        ui.label("by");
        let automatic = plan.map_or(1, |plan| plan.steps_per_frame);
        let mut stride = spec.film.steps_per_frame.unwrap_or(automatic);
        let shown = stride;
        let field = DragValue::new(&mut stride).range(1..=longest_run.max(1));
        step_field(ui, "Steps per frame", "From one frame to the next", field, shown);
        if stride != shown {
            spec.film.steps_per_frame = Some(stride);
        }
        let mut is_automatic = spec.film.steps_per_frame.is_none();
        let explanation = format!("So many steps that there are at most {} frames", Film::FRAMES);
        if ui.checkbox(&mut is_automatic, "auto").on_hover_text(explanation).changed() {
            spec.film.steps_per_frame = (!is_automatic).then_some(stride);
        }
    });
    ui.horizontal(|ui| {
        let film = &mut spec.film;
        let shown = film.frames_per_second;
        let field =
            DragValue::new(&mut film.frames_per_second).range(1..=GifPlan::MAX_FPS).suffix(" frames/s");
        step_field(ui, "Frames per second", "How fast it plays", field, shown);
        let shown = f64::from(film.hold);
        let field = DragValue::new(&mut film.hold).range(0.0..=Film::MAX_HOLD).speed(0.05).max_decimals(2);
        let field = ui.add(field.prefix("end + ").suffix(" s"));
        name_number(&field, "Hold the end", shown);
        field.on_hover_text("How much longer the last frame stays than the others");
        ui.add(Checkbox::new(&mut film.repeats, "repeat"))
            .on_hover_text("Again from the beginning, without end");
    });
    if let Ok(plan) = plan {
        ui.label(RichText::new(plan.to_string()).small());
    }
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
