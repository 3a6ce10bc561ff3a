//! The list of keys and gestures, in the order in which they are needed.

use egui::{Grid, Id, Label, Modal, RichText, ScrollArea, Ui, vec2};

use crate::ui::actions::{Action, key_words};

/// What is done for one purpose.
struct Section {
    title: &'static str,
    actions: &'static [Action],
    /// What is done, and how, beside the keys of the actions.
    gestures: &'static [(&'static str, &'static str)],
}

const SECTIONS: &[Section] = &[
    Section {
        title: "Step by step",
        actions: &[
            Action::PlayPause,
            Action::StepForward,
            Action::StepBack,
            Action::ToStart,
            Action::ToEnd,
            Action::Charts,
            Action::Step,
            Action::StageForward,
            Action::StageBack,
            Action::Steps,
            Action::PlotAlone,
        ],
        gestures: &[("Go to a step", "click its row in the table, or drag in the chart")],
    },
    Section {
        title: "The cost",
        actions: &[Action::Formula, Action::Gallery, Action::Notes, Action::SuitCost],
        gestures: &[("Type a value", "click the number")],
    },
    Section {
        title: "The plot",
        actions: &[Action::ResetView, Action::FitPaths, Action::KeepView],
        gestures: &[
            ("Set the start of every run", "click, or drag the ring"),
            ("Zoom at the pointer", "wheel, or pinch"),
            ("Move the view", "drag"),
            ("The scenario's window", "double click"),
            ("Read J and ∇J, an iterate", "point at it"),
            ("With the focus", "arrow keys, plus, minus"),
        ],
    },
    Section {
        title: "The runs",
        actions: &[Action::PinPaths, Action::UnpinPaths],
        gestures: &[
            ("Small steps of a value", "click its slider, then arrows or wheel; Shift: smaller"),
            ("As it was suggested", "double click its slider"),
            (
                "A rate of theory, or one that was tried",
                "click a mark over its slider, or the strip under it",
            ),
            ("Another order", "drag the dots of a card"),
            ("Draw a path bolder", "point at it or its card"),
        ],
    },
    Section {
        title: "Files and figures",
        actions: &[
            Action::Save,
            Action::SaveAs,
            Action::Open,
            Action::OpenPath,
            Action::New,
            Action::Revert,
            Action::Figure,
            Action::CopyPicture,
            Action::Undo,
            Action::Redo,
            Action::Quit,
        ],
        gestures: &[],
    },
    Section {
        title: "The window",
        actions: &[],
        gestures: &[
            ("The menus", "Alt, or Alt with F, E, P, V, H"),
            ("Next control, or the one before", "Tab, Shift+Tab"),
            ("The next stop of the tour", "Enter; its end: Escape"),
        ],
    },
];

/// Room for three columns of the list, for two, in points.
const THREE_COLUMNS: f32 = 900.0;
const TWO_COLUMNS: f32 = 600.0;
/// The share of a column that the words take.
const WORDS_SHARE: f32 = 0.54;

/// Shows the list over the window. Returns whether it was closed.
pub fn keys_ui(ui: &Ui) -> bool {
    let room = ui.ctx().content_rect().size() - vec2(48.0, 48.0);
    let columns = match room.x {
        x if x >= THREE_COLUMNS => 3,
        x if x >= TWO_COLUMNS => 2,
        _ => 1,
    };
    let modal = Modal::new(Id::unique("keys")).show(ui.ctx(), |ui| {
        ui.heading("Keys and gestures");
        ui.add_space(4.0);
        let width = room.x.min(340.0 * columns as f32);
        let height = (room.y - 76.0).clamp(80.0, 600.0);
        ui.set_width(width);
        // As high from the first frame on, so that nothing moves under the pointer.
        let list = ScrollArea::vertical().auto_shrink([false, true]).max_height(height);
        let list = list.min_scrolled_height(height);
        list.show(ui, |ui| {
            let gap = 14.0;
            let column = (width - gap * (columns - 1) as f32 - 8.0) / columns as f32;
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                for sections in in_columns(&sections(ui), columns) {
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.x = 8.0;
                        ui.spacing_mut().interact_size.y = 14.0;
                        ui.set_width(column);
                        for (title, rows) in sections {
                            section_ui(ui, title, rows, column);
                        }
                    });
                }
            });
        });
        ui.add_space(6.0);
        ui.button("Close").clicked()
    });
    modal.inner || modal.should_close()
}

type Rows = Vec<(&'static str, String)>;

/// Every section with its rows. What stands in none is among those of the window.
fn sections(ui: &Ui) -> Vec<(&'static str, Rows)> {
    let key_of = |action: Action| {
        let key = action.shortcut().map(|shortcut| key_words(ui.ctx(), &shortcut));
        (action.label().trim_end_matches('…'), key.unwrap_or_default())
    };
    let placed = |action: &Action| SECTIONS.iter().any(|section| section.actions.contains(action));
    let all = SECTIONS.iter().enumerate().map(|(index, section)| {
        let mut rows: Rows = section.actions.iter().map(|action| key_of(*action)).collect();
        if index + 1 == SECTIONS.len() {
            rows.extend(Action::all().filter(|action| !placed(action)).map(key_of));
        }
        rows.extend(section.gestures.iter().map(|(words, gesture)| (*words, (*gesture).to_owned())));
        (section.title, rows)
    });
    all.collect()
}

/// The sections in so many columns, in their order, about equally high.
fn in_columns(sections: &[(&'static str, Rows)], columns: usize) -> Vec<Vec<(&'static str, Rows)>> {
    let height = |(_, rows): &(&str, Rows)| rows.len() + 2;
    let all: usize = sections.iter().map(height).sum();
    let mut placed = vec![Vec::new(); columns];
    let mut above = 0;
    for section in sections {
        // By where its middle comes.
        let middle = above + height(section) / 2;
        let column = (middle * columns / all.max(1)).min(columns - 1);
        placed[column].push(section.clone());
        above += height(section);
    }
    placed
}

fn section_ui(ui: &mut Ui, title: &str, rows: Rows, width: f32) {
    ui.label(RichText::new(title).strong());
    Grid::new(title).num_columns(2).spacing([8.0, 2.0]).striped(true).show(ui, |ui| {
        for (words, key) in rows {
            let text = |ui: &mut Ui, text: &str, share: f32| {
                ui.scope(|ui| {
                    ui.set_width(share * width - 8.0);
                    ui.add(Label::new(RichText::new(text).small()).wrap());
                });
            };
            text(ui, words, WORDS_SHARE);
            text(ui, &key, 1.0 - WORDS_SHARE);
            ui.end_row();
        }
    });
    ui.add_space(6.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_stands_in_the_list_once() {
        let mut found = Vec::new();
        egui::__run_test_ui(|ui| found = sections(ui));
        for action in Action::all() {
            let label = action.label().trim_end_matches('…');
            let count = found.iter().flat_map(|(_, rows)| rows).filter(|(words, _)| *words == label).count();
            assert_eq!(count, 1, "{label}");
        }
        for columns in 1..=3 {
            let placed = in_columns(&found, columns);
            let order: Vec<&str> = placed.iter().flatten().map(|(title, _)| *title).collect();
            assert_eq!(order, SECTIONS.iter().map(|section| section.title).collect::<Vec<_>>());
            assert!(placed.iter().all(|column| !column.is_empty()), "{columns}");
        }
    }
}
