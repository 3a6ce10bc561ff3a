//! Which run a view beside the plot speaks of.

use egui::{Atom, AtomPaintArgs, Button, ComboBox, Role, Ui, WidgetInfo, vec2};

use crate::figure::Look;
use crate::figure::look::palette::{PathStyle, sample_shapes};
use crate::session::Session;

/// A box of all runs; `name` is what assistive technology calls it. Returns the run that was chosen in the place of the one
/// at `index`.
pub fn run_choice_ui(ui: &mut Ui, session: &Session, index: usize, look: Look, name: &str) -> Option<usize> {
    let runs = &session.scenario().optimizers;
    let styles = look.path_styles(runs, ui.theme());
    let mut chosen = None;
    let selected = styles.get(index).map(|style| (sample(*style), session.scenario().run_name(index)));
    let box_of_runs = ComboBox::from_id_salt(name).truncate().width(140.0);
    let box_of_runs = match selected {
        Some(selected) => box_of_runs.selected_text(selected),
        None => box_of_runs,
    };
    let box_of_runs = box_of_runs.show_ui(ui, |ui| {
        for (place, style) in styles.iter().enumerate() {
            let name = session.scenario().run_name(place);
            if ui.add(Button::selectable(place == index, (sample(*style), name))).clicked() {
                chosen = Some(place);
            }
        }
    });
    box_of_runs.response.widget_info(|| WidgetInfo {
        current_text_value: Some(session.scenario().run_name(index)),
        ..WidgetInfo::labeled(Role::ComboBox, true, name)
    });
    box_of_runs.response.on_hover_text("The run that is spoken of here");
    chosen.filter(|place| *place != index)
}

/// A piece of a run's path, to stand beside its name.
fn sample(style: PathStyle) -> Atom<'static> {
    Atom::paint(vec2(36.0, 14.0), move |ui: &Ui, args: AtomPaintArgs| {
        ui.painter().extend(sample_shapes(args.rect, style));
    })
}
