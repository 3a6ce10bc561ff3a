//! Which of the rows a step looks at: how many, in which order, and the seed.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use crate::data::Sampling;
use crate::scenario::{MAX_SEED, RunOptions};
use crate::spelling::Selectable;
use crate::ui::widgets::icons::{Icon, icon_button_ui};
use crate::ui::widgets::number_field::{NumberField, Takes};
use crate::ui::widgets::seed::next_seed;
use crate::ui::widgets::sliders::NumberSlider;

/// Room for the symbol, as on the cards.
const SYMBOL_WIDTH: f32 = 38.0;

/// Draws the rows, for so many rows of data.
pub fn batch_row_ui(ui: &mut Ui, rows: usize, run: &mut RunOptions) {
    let all = u32::try_from(rows).unwrap_or(u32::MAX);
    let mut size = f64::from(run.batch.unwrap_or(all));
    let slider = NumberSlider {
        symbol: "batch",
        name: "batch",
        explanation: "Rows that a step looks at: all of them is gradient descent, few of them is stochastic gradient descent",
        range: 1.0..=f64::from(all),
        takes: Takes::Within(1.0..=f64::from(all)),
        logarithmic: all > 100,
        default: f64::from(all),
    };
    if slider.show_ui(ui, &mut size, SYMBOL_WIDTH) {
        // Within the rows that there are.
        let chosen = size.round().clamp(1.0, f64::from(all)) as u32;
        run.batch = (chosen < all).then_some(chosen);
    }
    if run.batch.is_some() {
        ui.horizontal(|ui| {
            sampling_ui(ui, &mut run.sampling);
            if run.sampling != Sampling::Cyclic {
                seed_ui(ui, &mut run.seed);
            }
        });
    }
}

fn sampling_ui(ui: &mut Ui, sampling: &mut Sampling) {
    let words = |sampling: Sampling| match sampling {
        Sampling::Shuffle => "shuffle each epoch",
        Sampling::Cyclic => "in their order",
        Sampling::Replacement => "with replacement",
    };
    let shown =
        ComboBox::from_id_salt("sampling").selected_text(words(*sampling)).width(124.0).show_ui(ui, |ui| {
            for option in Sampling::ALL {
                ui.selectable_value(sampling, *option, words(*option));
            }
        });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Sampling"));
    shown.response.on_hover_text(
        "In which order batches take the rows. An epoch is as many steps as it takes to look at every row once",
    );
}

fn seed_ui(ui: &mut Ui, seed: &mut u64) {
    let meaning =
        "What the random numbers begin with: the same seed gives the same batches, on every machine";
    ui.label("seed").on_hover_text(meaning);
    let mut number = *seed as f64;
    let field = NumberField {
        takes: Takes::Within(0.0..=MAX_SEED as f64),
        speed: 0.2,
        width: 48.0,
        ..NumberField::new("seed", meaning)
    };
    let before = number;
    field.show_ui(ui, &mut number);
    if number != before {
        *seed = number.round().max(0.0) as u64;
    }
    let dice = icon_button_ui(ui, Icon::Dice, "Another seed");
    if dice.on_hover_text("Another seed, and so other batches").clicked() {
        *seed = next_seed(*seed);
    }
}
