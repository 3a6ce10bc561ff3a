//! Find an action by typing: everything that can be done or chosen, in one list.

use egui::{Align, Button, Id, Key, Modal, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::builtin::{BUILT_INS, BuiltIn, Group};
use crate::optimizer::{METHODS, Method, Parameter};
use crate::ui::actions::{Action, key_words};

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry {
    Action(Action),
    /// Choose a built-in cost.
    Cost(&'static BuiltIn),
    /// Add a run of a method.
    Method(&'static Method),
}

impl Entry {
    fn all() -> impl Iterator<Item = Self> {
        let actions = Action::all().filter(|action| *action != Action::Palette).map(Self::Action);
        let costs = BUILT_INS.iter().map(Self::Cost);
        actions.chain(METHODS.iter().map(Self::Method)).chain(costs)
    }

    fn label(self) -> String {
        match self {
            Self::Action(action) => action.label().trim_end_matches('…').to_owned(),
            Self::Cost(row) => format!("Cost: {}", row.name),
            Self::Method(method) => format!("Add {}", method.name),
        }
    }

    /// What people call it besides.
    fn other_words(self) -> String {
        let words = match self {
            Self::Action(Action::Figure) => "export image pdf svg png gif csv json film animation",
            Self::Action(Action::Formula) => "function expression cost",
            Self::Action(Action::Gallery) => "constraint lagrange multiplier examples functions",
            Self::Action(Action::CopyPicture) => "clipboard image",
            Self::Action(Action::Dark | Action::Light | Action::FollowSystem) => "theme color colour mode",
            Self::Action(Action::LargerText | Action::SmallerText | Action::NormalText) => "zoom font size",
            Self::Action(Action::Keys) => "shortcuts help",
            Self::Action(Action::Tour) => "introduction help",
            Self::Action(Action::Steps) => "iterates numbers",
            Self::Action(Action::TypeRows) => "table csv edit data",
            Self::Action(Action::Unscaled) => "scale standardize min-max contours before",
            Self::Action(Action::Charts) => "curves loss convergence graph",
            Self::Action(Action::Race) => "compare speed fastest evaluations table",
            Self::Action(Action::Map) => "basin attraction starts fractal sweep grid parameters",
            Self::Action(Action::Graph) => "chain rule backpropagation computation reverse tree network",
            Self::Action(Action::Series) => "ewma moving average beta smoothing momentum bias correction",
            Self::Action(Action::TuneRates) => "tune learning rate sweep race fastest",
            Self::Action(Action::Notes) => "text lesson description comment",
            Self::Action(Action::FitPaths | Action::SuitCost | Action::ResetView) => "zoom window",
            Self::Action(_) => "",
            Self::Cost(row) if row.group == Group::Lagrangian => "constraint multiplier",
            Self::Cost(_) => "function",
            Self::Method(method) => {
                let of = |p: &Parameter| format!("{} {} ", p.id.replace('_', " "), p.symbol);
                return method.parameters.iter().map(of).collect();
            }
        };
        words.to_owned()
    }

    fn explanation(self) -> &'static str {
        match self {
            Self::Action(action) => action.sentence(),
            Self::Cost(row) => row.teaches,
            Self::Method(method) => method.summary,
        }
    }
}

/// The open list.
#[derive(Debug, Default)]
pub struct CommandPalette {
    typed: String,
    chosen: usize,
}

/// What became of the list in a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PaletteAnswer {
    Waiting,
    Nothing,
    Entry(Entry),
}

/// The entries in which every typed word stands, those whose label begins with the first word first.
fn matching(typed: &str) -> Vec<Entry> {
    let typed = typed.to_lowercase();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut found: Vec<(u8, Entry)> = Entry::all()
        .filter_map(|entry| {
            let label = entry.label().to_lowercase();
            let whole = format!("{label} {} {}", entry.other_words(), entry.explanation()).to_lowercase();
            if !words.iter().all(|word| whole.contains(word)) {
                return None;
            }
            let first = words.first().copied().unwrap_or_default();
            let rank = if label.starts_with(first) {
                0
            } else if words.iter().all(|word| label.contains(word)) {
                1
            } else {
                2
            };
            Some((rank, entry))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, entry)| entry).collect()
}

impl CommandPalette {
    /// Shows the list over the window.
    pub fn show_ui(&mut self, ui: &Ui) -> PaletteAnswer {
        let width = (ui.ctx().content_rect().width() - 40.0).clamp(200.0, 520.0);
        let modal = Modal::new(Id::unique("palette")).show(ui.ctx(), |ui| {
            ui.set_width(width);
            let moved = moves(ui);
            let label = ui.label(RichText::new("Find an action, a cost or a method").small());
            let field = TextEdit::singleline(&mut self.typed)
                .hint_text("undo, adam, himmelblau …")
                .desired_width(width);
            let field = ui.add(field).labelled_by(label.id);
            if field.changed() {
                self.chosen = 0;
            }
            field.request_focus();
            let found = matching(&self.typed);
            let last = found.len().saturating_sub(1);
            self.chosen = self.chosen.saturating_add_signed(moved).min(last);
            let taken = ui.input(|input| input.key_pressed(Key::Enter));
            let mut result = found.get(self.chosen).filter(|_| taken).copied();
            ScrollArea::vertical().max_height(320.0).auto_shrink([false, false]).show(ui, |ui| {
                for (index, entry) in found.iter().enumerate() {
                    let row = row_ui(ui, *entry, index == self.chosen);
                    if index == self.chosen && (moved != 0 || field.changed()) {
                        row.scroll_to_me(Some(Align::Center));
                    }
                    if row.clicked() {
                        result = Some(*entry);
                    }
                }
                if found.is_empty() {
                    ui.weak("Nothing is called so.");
                }
            });
            result
        });
        match modal.inner {
            Some(entry) => PaletteAnswer::Entry(entry),
            None if modal.should_close() => PaletteAnswer::Nothing,
            None => PaletteAnswer::Waiting,
        }
    }
}

/// How far the arrow keys move the choice; the text field is not to see them.
fn moves(ui: &Ui) -> isize {
    ui.input_mut(|input| {
        let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key) as isize;
        let (down, page_down) = (pressed(Key::ArrowDown), pressed(Key::PageDown));
        down + 8 * page_down - pressed(Key::ArrowUp) - 8 * pressed(Key::PageUp)
    })
}

fn row_ui(ui: &mut Ui, entry: Entry, is_chosen: bool) -> egui::Response {
    let shortcut = match entry {
        Entry::Action(action) => action.shortcut().map(|shortcut| key_words(ui.ctx(), &shortcut)),
        _ => None,
    };
    let button = Button::selectable(is_chosen, entry.label())
        .right_text(RichText::new(shortcut.unwrap_or_default()).weak())
        .min_size(vec2(ui.available_width(), 0.0));
    ui.add(button).on_hover_text(entry.explanation())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_is_found_first() {
        let first = |typed| matching(typed).first().map(|entry| entry.label());
        assert_eq!(first("und").as_deref(), Some("Undo"));
        assert_eq!(first("adam").as_deref(), Some("Add Adam"));
        assert_eq!(first("himmel").as_deref(), Some("Cost: Himmelblau"));
        assert_eq!(first("fig").as_deref(), Some("Figure"));
        assert_eq!(first("qqq"), None);
        let found = |typed| matching(typed).iter().map(|entry| entry.label()).collect::<Vec<_>>().join(", ");
        for (typed, meant) in [
            ("pdf", "Figure"),
            ("svg", "Figure"),
            ("export", "Figure"),
            ("beta", "Add Momentum"),
            ("beta", "Add Adam"),
            ("constraint", "Gallery"),
            ("formula", "Formula"),
            ("theme", "Dark"),
            ("theme", "Light"),
            ("learning rate", "Add Gradient descent"),
            ("zoom", "Larger text"),
            ("shortcut", "Keys and gestures"),
        ] {
            assert!(found(typed).contains(meant), "{typed}: {}", found(typed));
        }
        assert!(found("constraint").contains("Cost: "));
        assert_eq!(matching("").len(), Entry::all().count());
    }
}
