//! The rows that the cost is made of: how many, what becomes of their losses, and the scales of their columns.

use egui::{ComboBox, Key, RichText, Role, TextEdit, Ui, WidgetInfo, vec2};

use crate::data::Scaling;
use crate::expr::display_name;
use crate::figure::look::number::short;
use crate::objective::Reduce;
use crate::scenario::{ConstantColumn, Data};
use crate::session::{Condition, Session};
use crate::spelling::Selectable;
use crate::ui::panels::constraints::HEAD_WIDTH;
use crate::ui::widgets::icons::{Icon, icon_button_ui};

/// The longest name that is typed, in characters.
const MAX_NAME_CHARS: usize = 64;

/// The column that is being given another name, if one is.
#[derive(Debug, Default)]
pub struct ColumnRenaming(Option<Renaming>);

/// A column with the name that is typed for it.
#[derive(Debug)]
struct Renaming {
    place: usize,
    /// What it is called until then.
    of: String,
    text: String,
    /// Why it cannot be called so.
    error: Option<String>,
    /// Whether its field gets the keyboard.
    begins: bool,
}

/// What a hand did to the field of a name.
#[derive(Clone, Copy, PartialEq)]
enum Typed {
    Nothing,
    Name,
    Away,
}

/// Draws the row, where there are rows.
pub fn data_row_ui(ui: &mut Ui, session: &mut Session, renaming: &mut ColumnRenaming) {
    let Some(data) = session.scenario().cost.data.clone() else { return };
    let mut changed = Some(data.clone());
    let is_there = |renaming: &Renaming| data.names().get(renaming.place) == Some(&renaming.of);
    renaming.0 = renaming.0.take().filter(is_there);
    let mut typed = Typed::Nothing;
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
            match renaming.0.as_mut().filter(|renaming| renaming.place == place) {
                Some(renaming) => typed = name_ui(ui, renaming),
                None if scaling_ui(ui, &display_name(name), &mut scale[place], &data, place) => {
                    let (of, text) = (name.clone(), name.clone());
                    renaming.0 = Some(Renaming { place, of, text, error: None, begins: true });
                }
                None => {}
            }
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
    if let Some(error) = renaming.0.as_ref().and_then(|renaming| renaming.error.as_ref()) {
        ui.label(RichText::new(format!("\u{2191} {error}")).small().color(ui.visuals().error_fg_color));
    }
    match changed {
        Some(now) if now == data => {}
        Some(now) => session.edit(|scenario| scenario.cost.data = Some(now)),
        None => session.edit(|scenario| scenario.cost.forget_data()),
    }
    match (typed, &mut renaming.0) {
        (Typed::Name, Some(named)) => {
            match session.rename_column(named.place, &named.text) {
                Ok(()) => renaming.0 = None,
                Err(error) => named.error = Some(error.to_string()),
            }
            ui.request_repaint();
        }
        (Typed::Away, _) => renaming.0 = None,
        _ => {}
    }
}

/// The field for the name of a column.
fn name_ui(ui: &mut Ui, renaming: &mut Renaming) -> Typed {
    let field = TextEdit::singleline(&mut renaming.text).desired_width(84.0).char_limit(MAX_NAME_CHARS);
    let output = field.show(ui);
    let response = output.response.response;
    response.widget_info(|| {
        WidgetInfo::labeled(Role::TextInput, true, format!("Name of {}", display_name(&renaming.of)))
    });
    if std::mem::take(&mut renaming.begins) {
        response.request_focus();
    }
    if response.changed() {
        renaming.error = None;
    }
    let is_left = response.lost_focus();
    let is_away = is_left && ui.input(|input| input.key_pressed(Key::Escape));
    response.on_hover_text("Enter gives the column this name, in the formula too; Escape leaves it as it is");
    match (is_left, is_away) {
        (_, true) => Typed::Away,
        (true, false) => Typed::Name,
        (false, false) => Typed::Nothing,
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

/// The scale of a column. Returns whether the column is to be given another name.
fn scaling_ui(ui: &mut Ui, name: &str, scaling: &mut Option<Scaling>, data: &Data, place: usize) -> bool {
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
            ui.separator();
            let rename = ui.button("Rename\u{2026}");
            rename.on_hover_text("Give this column another name, in the formula too").clicked()
        },
    );
    let is_renamed = shown.inner == Some(true);
    shown.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Scale of {name}")));
    shown.response.on_hover_text(
        "How this column is scaled: standardize to mean 0 and deviation 1, min-max to 0 and 1. The parameters are then those of the \
         scaled column",
    );
    is_renamed
}
