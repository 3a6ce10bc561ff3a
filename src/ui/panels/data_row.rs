//! The rows that the cost is made of: how many, what becomes of their losses, and the scales of their columns.

use egui::{ComboBox, Role, Ui, WidgetInfo, vec2};

use crate::data::Scaling;
use crate::expr::display_name;
use crate::figure::look::number::short;
use crate::objective::Reduce;
use crate::scenario::{ConstantColumn, Data};
use crate::session::{Condition, Session};
use crate::spelling::Selectable;
use crate::ui::panels::constraints::HEAD_WIDTH;
use crate::ui::widgets::icons::{Icon, icon_button_ui};

/// Draws the row, where there are rows.
pub fn data_row_ui(ui: &mut Ui, session: &mut Session) {
    let Some(data) = session.scenario().cost.data.clone() else { return };
    let mut changed = Some(data.clone());
    ui.horizontal_wrapped(|ui| {
        let size = vec2(HEAD_WIDTH, ui.spacing().interact_size.y);
        ui.allocate_ui(size, |ui| {
            ui.set_min_width(HEAD_WIDTH);
            let rows = data.table().rows();
            ui.label(format!("over {rows} {}", if rows == 1 { "row" } else { "rows" }))
                .on_hover_text("The formula is the loss of one row; J is made of the losses of all");
        });
        let mut reduce = data.reduce;
        reduce_ui(ui, &mut reduce);
        let mut scale = data.scale().to_vec();
        for (place, name) in data.names().iter().enumerate() {
            scaling_ui(ui, &display_name(name), &mut scale[place], &data, place);
        }
        if reduce != data.reduce || scale != data.scale() {
            let mut kept = data.clone();
            kept.reduce = reduce;
            changed = kept.clone().with_scale(scale).ok().or(Some(kept));
        }
        if let Some(words) = session.condition().and_then(condition_words) {
            ui.label(words).on_hover_text(
                "Condition number \u{3ba} of the Hessian at the minimum, its largest curvature by its least: 1 is a circle, large is a \
                 ravine. Of the columns as they are, and on their scales",
            );
        }
        let remove = icon_button_ui(ui, Icon::Remove, "Remove the data");
        if remove
            .on_hover_text("Take the rows away: the formula is then the cost itself, its columns are letters")
            .clicked()
        {
            changed = None;
        }
    });
    match changed {
        Some(now) if now == data => {}
        Some(now) => session.edit(|scenario| scenario.cost.data = Some(now)),
        None => session.edit(|scenario| scenario.cost.forget_data()),
    }
}

/// The condition of the cost, without and with scales.
fn condition_words(Condition { unscaled, scaled }: Condition) -> Option<String> {
    let before = unscaled.map(|condition| short(condition, 3));
    Some(match (before, scaled.map(|condition| short(condition, 3))) {
        (None, None) => return None,
        (Some(before), None) => format!("\u{3ba} {before}"),
        (None, Some(after)) => format!("\u{3ba} {after}"),
        (Some(before), Some(after)) => format!("\u{3ba} {before} \u{2192} {after}"),
    })
}

fn reduce_ui(ui: &mut Ui, reduce: &mut Reduce) {
    let shown = ComboBox::from_id_salt("reduce").selected_text(reduce.id()).width(62.0).show_ui(ui, |ui| {
        for option in Reduce::ALL {
            ui.selectable_value(reduce, *option, option.id());
        }
    });
    shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Mean or sum"));
    shown.response.on_hover_text("Whether J is the mean of the losses of all rows, or their sum");
}

fn scaling_ui(ui: &mut Ui, name: &str, scaling: &mut Option<Scaling>, data: &Data, place: usize) {
    let words = |scaling: Option<Scaling>| match scaling {
        None => name.to_owned(),
        Some(scaling) => format!("{name}, {}", scaling.id()),
    };
    let shown = ComboBox::from_id_salt(("scale", place)).selected_text(words(*scaling)).width(84.0).show_ui(
        ui,
        |ui| {
            ui.selectable_value(scaling, None, "as it is");
            for option in Scaling::ALL {
                let mut scale = data.scale().to_vec();
                scale[place] = Some(*option);
                let can =
                    !matches!(data.clone().with_scale(scale), Err(ConstantColumn(column)) if column == place);
                let entry = ui
                    .add_enabled_ui(can, |ui| ui.selectable_value(scaling, Some(*option), option.id()))
                    .inner;
                if !can {
                    entry.on_disabled_hover_text("All numbers of this column are one");
                }
            }
        },
    );
    shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Scale of {name}")));
    shown.response.on_hover_text(
        "How this column is scaled: standardize to mean 0 and deviation 1, min-max to 0 and 1. The parameters are then those of the \
         scaled column",
    );
}
