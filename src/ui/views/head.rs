//! The row above a view beside the plot: what it is, what is chosen in it, and what closes it.

use egui::{CursorIcon, Label, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::ui::actions::{Action, key_words};
use crate::ui::widgets::icons::{Icon, icon_button_ui};

/// What a hand did to the row.
#[derive(Clone, Copy, Debug, Default)]
pub struct HeadOutput {
    /// Whether the view begins to be dragged to another place.
    pub is_dragged: bool,
    /// Whether it is to be closed.
    pub is_closed: bool,
}

/// Room for what closes the view, in points.
const CLOSE_WIDTH: f32 = 24.0;

/// Draws the row with `controls` in it, in more than one line where there is little room. A tab says the title already, and
/// has its own cross.
pub fn head_ui(
    ui: &mut Ui,
    title: &str,
    action: Action,
    is_tab: bool,
    controls: impl FnOnce(&mut Ui),
) -> HeadOutput {
    let mut output = HeadOutput::default();
    let room = ui.available_rect_before_wrap();
    let width = room.width() - if is_tab { 0.0 } else { CLOSE_WIDTH };
    ui.scope(|ui| {
        ui.set_max_width(width);
        ui.horizontal_wrapped(|ui| {
            if !is_tab {
                let title_response =
                    ui.add(Label::new(RichText::new(title).strong()).selectable(false).sense(Sense::drag()));
                title_response.widget_info(|| WidgetInfo::labeled(Role::Label, true, title));
                output.is_dragged = title_response.drag_started();
                title_response
                    .on_hover_cursor(CursorIcon::Grab)
                    .on_hover_text("Drag it to another place of the window");
            }
            controls(ui);
        });
    });
    if !is_tab {
        let corner = Rect::from_min_size(room.right_top() - vec2(CLOSE_WIDTH, 0.0), vec2(CLOSE_WIDTH, 20.0));
        let mut corner = ui.new_child(UiBuilder::new().max_rect(corner));
        let close = icon_button_ui(&mut corner, Icon::Remove, &format!("Close {title}"));
        let explanation = format!("Close this view{}", key_in_brackets(ui, action));
        output.is_closed = close.on_hover_text(explanation).clicked();
    }
    output
}

/// The key of an action in brackets.
fn key_in_brackets(ui: &Ui, action: Action) -> String {
    action.shortcut().map(|key| format!(" ({})", key_words(ui.ctx(), &key))).unwrap_or_default()
}
