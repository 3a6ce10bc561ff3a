//! The controls of the dialog: kind of file, size, page, steps of a film, parts.

use std::ops::RangeInclusive;

use egui::emath::Numeric;
use egui::{Checkbox, ComboBox, Grid, RichText, TextEdit, Ui};

use super::choices::FigureChoices;
use crate::figure::film::animation::GifPlan;
use crate::figure::look::parts::Part;
use crate::figure::page::film::Film;
use crate::figure::page::presets::{PRESETS, preset};
use crate::figure::{Contents, FigureKind, Page, Unit};
use crate::scenario::MAX_TITLE_CHARS;
use crate::ui::widgets::number_field::{NumberField, Takes};

pub(super) fn controls_ui(ui: &mut Ui, choices: &mut FigureChoices, longest_run: u32, contents: Contents) {
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
        exact_ui(ui, choices);
        if contents == Contents::Step {
            let seconds = f64::from(GifPlan::STAGE_DELAY) / 100.0;
            ui.label(format!("each stage for {seconds} s"));
            ui.horizontal(|ui| ending_ui(ui, &mut choices.spec.film));
        } else {
            film_ui(ui, choices, longest_run);
        }
    } else {
        ui.add(Checkbox::new(&mut choices.is_as_seen, "step and view as in the window"))
            .on_hover_text("Otherwise the last step, in the scenario's window");
        exact_ui(ui, choices);
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

fn exact_ui(ui: &mut Ui, choices: &mut FigureChoices) {
    ui.add(Checkbox::new(&mut choices.spec.is_exact, "exactly this view")).on_hover_text(
        "The plot keeps the proportions of what is seen; otherwise it takes all the room, and shows more at its sides",
    );
}

/// The title above the plot, which is the scenario's. Returns the other one that was typed.
pub(super) fn title_ui(ui: &mut Ui, title: &str, hint: &str) -> Option<String> {
    let label = ui.label("title");
    let mut typed = title.to_owned();
    let field = TextEdit::singleline(&mut typed)
        .hint_text(hint)
        .char_limit(MAX_TITLE_CHARS)
        .desired_width(f32::INFINITY);
    let field = ui.add(field).labelled_by(label.id);
    field.on_hover_text("Without a title the cost stands above the plot, as mathematics");
    (typed != title).then(|| typed.replace(['\n', '\r'], " "))
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
            let explanation = format!("The {name} of the figure");
            number_ui(ui, &format!("Figure {name}"), &explanation, side, 50.0..=20_000.0, 1.0);
            ui.label(unit);
        }
        ui.label("×");
        let explanation = "Pixels for each point, in a picture made of pixels";
        number_ui(ui, "Figure scale", explanation, &mut spec.scale, 0.1..=40.0, 0.02);
    });
    ui.horizontal(|ui| {
        ui.label("type");
        let explanation = "The size of the type in points; lines and marks grow with it";
        number_ui(ui, "Type size", explanation, &mut spec.type_size, 3.0..=500.0, 0.1);
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

/// A number within a range; a point of dragging adds `speed`.
fn number_ui<N: Numeric>(
    ui: &mut Ui,
    name: &str,
    explanation: &str,
    value: &mut N,
    range: RangeInclusive<f64>,
    speed: f64,
) {
    let takes = Takes::Within(range);
    NumberField { takes, speed, width: 48.0, ..NumberField::new(name, explanation) }.show_ui(ui, value);
}

/// Which steps, how fast, and how large the file gets.
fn film_ui(ui: &mut Ui, choices: &mut FigureChoices, longest_run: u32) {
    let spec = &mut choices.spec;
    let plan = GifPlan::new(spec, longest_run);
    let end = f64::from(longest_run);
    ui.horizontal(|ui| {
        ui.label("steps");
        let explanation = "The step of the first frame";
        number_ui(ui, "First step of the film", explanation, &mut spec.film.first_step, 0.0..=end, 0.2);
        ui.label("to");
        let mut last = spec.step.map_or(longest_run, |step| step.min(longest_run));
        let shown = last;
        number_ui(ui, "Last step of the film", "The step of the last frame", &mut last, 0.0..=end, 0.2);
        if last != shown {
            // The end stays the end, however far the runs get.
            spec.step = (last < longest_run).then_some(last);
        }
        ui.label("by");
        let automatic = plan.map_or(1, |plan| plan.steps_per_frame);
        let mut stride = spec.film.steps_per_frame.unwrap_or(automatic);
        let shown = stride;
        let explanation = "From one frame to the next";
        number_ui(ui, "Steps per frame", explanation, &mut stride, 1.0..=end.max(1.0), 0.2);
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
        let fastest = f64::from(GifPlan::MAX_FPS);
        number_ui(
            ui,
            "Frames per second",
            "How fast it plays",
            &mut film.frames_per_second,
            1.0..=fastest,
            0.2,
        );
        ui.label("frames/s,");
        ending_ui(ui, film);
    });
    if let Ok(plan) = plan {
        ui.label(RichText::new(plan.to_string()).small());
    }
}

/// How a film ends.
fn ending_ui(ui: &mut Ui, film: &mut Film) {
    ui.label("end +");
    let explanation = "How much longer the last frame stays than the others";
    number_ui(ui, "Hold the end", explanation, &mut film.hold, 0.0..=f64::from(Film::MAX_HOLD), 0.05);
    ui.label("s");
    ui.add(Checkbox::new(&mut film.repeats, "repeat")).on_hover_text("Again from the beginning, without end");
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
