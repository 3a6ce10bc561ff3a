//! The legend of a figure: how each run is drawn, what it is called, and where it stands.

use egui::{FontId, Grid, RichText, Ui, vec2};

use super::look::Look;
use super::number::short;
use super::palette::{PathStyle, sample_shapes};
use super::words::outcome_words;
use crate::session::Session;

const SAMPLE_WIDTH: f32 = 36.0;
const FONT: FontId = FontId::proportional(12.0);

struct Entry {
    style: PathStyle,
    name: String,
    state: String,
}

/// The visible runs, as they stand at `step`.
fn entries(ui: &Ui, session: &Session, step: u32, look: Look) -> Vec<Entry> {
    let optimizers = &session.scenario().optimizers;
    let styles = look.path_styles(optimizers, ui.theme());
    (optimizers.iter().zip(styles).enumerate())
        .filter(|(_, (choice, _))| choice.visible)
        .filter_map(|(index, (choice, style))| {
            let (path, _) = session.trajectory(index)?;
            let at = (step as usize).min(path.points.len().saturating_sub(1));
            let value = short(path.values.get(at).copied().unwrap_or(f64::NAN), 3);
            let goal = session.scenario().cost.goal;
            let state = outcome_words(path, step, goal).unwrap_or_else(|| format!("step {at}"));
            Some(Entry { style, name: choice.name(), state: format!("J {value}, {state}") })
        })
        .collect()
}

/// A line for each run, in as many columns as there is room for.
pub(super) fn legend_below_ui(ui: &mut Ui, session: &Session, step: u32, look: Look) {
    let entries = entries(ui, session, step, look);
    let texts = entries.iter().map(|entry| format!("{}: {}", entry.name, entry.state));
    let texts: Vec<String> = texts.collect();
    let width = |text: &String| {
        ui.painter().layout_no_wrap(text.clone(), FONT, egui::Color32::PLACEHOLDER).size().x
    };
    let widest = texts.iter().map(width).fold(1.0, f32::max) + SAMPLE_WIDTH + 24.0;
    let columns = (ui.available_width() / widest).floor().max(1.0) as usize;
    Grid::new("legend entries").spacing(vec2(16.0, 3.0)).show(ui, |ui| {
        for (index, (entry, text)) in entries.iter().zip(texts).enumerate() {
            ui.horizontal(|ui| {
                sample_ui(ui, entry.style);
                ui.label(RichText::new(text).font(FONT));
            });
            if (index + 1) % columns == 0 {
                ui.end_row();
            }
        }
    });
}

/// Two lines for each run, one run below the other.
pub(super) fn legend_beside_ui(ui: &mut Ui, session: &Session, step: u32, look: Look) {
    ui.spacing_mut().item_spacing = vec2(8.0, 0.0);
    for entry in entries(ui, session, step, look) {
        ui.horizontal(|ui| {
            sample_ui(ui, entry.style);
            ui.label(RichText::new(entry.name).font(FONT).strong());
        });
        ui.horizontal(|ui| {
            ui.add_space(SAMPLE_WIDTH + 8.0);
            ui.add(egui::Label::new(RichText::new(entry.state).font(FONT)).wrap());
        });
        ui.add_space(7.0);
    }
}

/// A piece of a path with its head.
fn sample_ui(ui: &mut Ui, style: PathStyle) {
    let (rect, _) = ui.allocate_exact_size(vec2(SAMPLE_WIDTH, 12.0), egui::Sense::hover());
    ui.painter().extend(sample_shapes(rect, style));
}
