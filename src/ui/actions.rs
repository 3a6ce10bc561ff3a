//! What can be done, each with its label, its explanation and its key, so that menus, buttons and keys agree.

use egui::{Button, Context, Key, KeyboardShortcut, Modifiers, Popup, Role, Ui, WidgetInfo};

use crate::ui::widgets::sliders::has_focused_slider;

/// Something that concerns the whole program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each action's label and explanation stand in its row")]
pub enum Action {
    New,
    Gallery,
    Open,
    OpenPath,
    /// A file of the list of those that were open lately. Its entry in the menu is the file's name.
    OpenRecent(usize),
    Revert,
    Save,
    SaveAs,
    Figure,
    CopyPicture,
    Undo,
    Redo,
    PlayPause,
    StepForward,
    StepBack,
    ToStart,
    ToEnd,
    ResetView,
    FitPaths,
    SuitCost,
    KeepView,
    AddConstraint,
    AddData,
    AddPenalty,
    PinPaths,
    UnpinPaths,
    PlotAlone,
    Charts,
    Step,
    StageForward,
    StageBack,
    Steps,
    Rows,
    TypeRows,
    Unscaled,
    Solutions,
    Race,
    Series,
    TuneRates,
    Graph,
    Map,
    Notes,
    Palette,
    ToggleOptimizers,
    ToggleCost,
    TogglePlayback,
    LargerText,
    SmallerText,
    NormalText,
    Formula,
    Tour,
    Keys,
    About,
    Quit,
    Dark,
    Light,
    FollowSystem,
}

/// A row of the table of actions.
struct Row {
    action: Action,
    label: &'static str,
    explanation: &'static str,
    key: (Modifiers, Key),
    /// Another key that people try for the same thing.
    other_key: Option<(Modifiers, Key)>,
}

const fn row(action: Action, label: &'static str, explanation: &'static str, key: (Modifiers, Key)) -> Row {
    Row { action, label, explanation, key, other_key: None }
}

const PLAIN: Modifiers = Modifiers::NONE;
const COMMAND: Modifiers = Modifiers::COMMAND;
const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const ROWS: &[Row] = &[
    row(Action::New, "New", "Begin again with Rosenbrock's valley", (COMMAND, Key::N)),
    row(Action::Gallery, "Gallery…", "Built-in costs, by what they teach, and lessons", (COMMAND, Key::G)),
    row(Action::Open, "Open…", "Open a scenario file", (COMMAND, Key::O)),
    row(
        Action::OpenPath,
        "Open a path…",
        "Open a scenario file by typing where it is",
        (COMMAND_SHIFT, Key::O),
    ),
    row(
        Action::Revert,
        "Revert",
        "Go back to the scenario as it is in its file; this can be undone",
        (PLAIN, Key::F5),
    ),
    row(Action::SaveAs, "Save as…", "Save the scenario under another name", (COMMAND_SHIFT, Key::S)),
    row(Action::Save, "Save", "Save the scenario to its file", (COMMAND, Key::S)),
    row(
        Action::Figure,
        "Figure…",
        "Write what is seen as a picture, a page, a film or numbers",
        (COMMAND, Key::E),
    ),
    row(
        Action::CopyPicture,
        "Copy picture",
        "Copy what is seen as a picture, in the size chosen last",
        (COMMAND_SHIFT, Key::C),
    ),
    row(Action::Redo, "Redo", "Do again what was undone", (COMMAND_SHIFT, Key::Z)),
    row(Action::Undo, "Undo", "Take back the last change of the scenario", (COMMAND, Key::Z)),
    row(Action::PlayPause, "Play or pause", "Let the optimizers walk, or hold them", (PLAIN, Key::Space)),
    row(Action::StepForward, "Step forward", "Take one step", (PLAIN, Key::ArrowRight)),
    row(Action::StepBack, "Step back", "Take one step back", (PLAIN, Key::ArrowLeft)),
    row(Action::ToStart, "To the start", "Go back to the start", (PLAIN, Key::Home)),
    row(Action::ToEnd, "To the end", "Go to the last step", (PLAIN, Key::End)),
    row(
        Action::ResetView,
        "Reset view",
        "Show the scenario's window again (double click)",
        (COMMAND, Key::R),
    ),
    row(Action::FitPaths, "Fit paths", "Show every path whole, but those that diverged", (COMMAND, Key::F)),
    row(
        Action::SuitCost,
        "Fit to cost",
        "Show where a typed cost is least (or greatest, by the goal), with start, steps and rates to suit; what you chose stays",
        (COMMAND, Key::M),
    ),
    row(
        Action::KeepView,
        "Keep view",
        "Make what is seen now the scenario's window, and keep with it which views are open",
        (COMMAND_SHIFT, Key::R),
    ),
    row(
        Action::AddConstraint,
        "Constraint",
        "Subject the cost to a constraint, such as x + y = 1; two at most",
        (COMMAND, Key::L),
    ),
    row(
        Action::AddData,
        "Rows of data…",
        "Make the cost of rows of data: typed, or pasted from a spreadsheet",
        (COMMAND_SHIFT, Key::T),
    ),
    row(
        Action::AddPenalty,
        "Penalty",
        "Add l1 or l2 to the cost, which keep the variables small",
        (COMMAND_SHIFT, Key::N),
    ),
    row(Action::UnpinPaths, "Unpin paths", "Let the pinned paths go", (COMMAND_SHIFT, Key::P)),
    row(
        Action::PinPaths,
        "Pin paths",
        "Keep the paths as they are now, faint, to compare with what a change makes of them",
        (COMMAND, Key::P),
    ),
    row(Action::PlotAlone, "Plot alone", "Close every view beside the plot", (COMMAND, Key::Num1)),
    row(
        Action::Charts,
        "Charts",
        "The runs as curves: J, gradient, distance, rates and more against steps or evaluations",
        (COMMAND, Key::Num2),
    ),
    row(
        Action::Step,
        "Step",
        "The next step of a run taken apart as on the board: each stage in symbols, in numbers and on the plot",
        (COMMAND, Key::Num3),
    ),
    row(
        Action::StageForward,
        "Next stage",
        "Go to the next stage of the step, and from the last one to the next step",
        (PLAIN, Key::CloseBracket),
    ),
    row(
        Action::StageBack,
        "Previous stage",
        "Go back a stage of the step, and from the first one to the step before",
        (PLAIN, Key::OpenBracket),
    ),
    row(
        Action::Steps,
        "Table",
        "Every step of a run as a table, to be read, gone to and copied into a spreadsheet",
        (COMMAND, Key::T),
    )
    .or((COMMAND, Key::Num4)),
    row(
        Action::Rows,
        "Data",
        "The rows of data, with the model of each run: drag them, and contours and paths follow",
        (COMMAND, Key::Num5),
    ),
    row(
        Action::TypeRows,
        "Rows as text",
        "Type the rows of data, correct them or paste over them, beside the axes",
        (COMMAND_SHIFT, Key::E),
    ),
    row(
        Action::Unscaled,
        "Unscaled",
        "The contours before scaling, with the same runs: the plot in the parameters of the columns as they are given",
        (COMMAND, Key::U),
    ),
    row(
        Action::Solutions,
        "Solutions",
        "All solutions in the window: where J is stationary, subject to its constraints, with their multipliers",
        (COMMAND, Key::Num6),
    ),
    row(
        Action::Race,
        "Race",
        "What came of each run as a table: steps and evaluations to the tolerance, J, gradient and distance at the end",
        (COMMAND, Key::Num7),
    ),
    row(
        Action::Series,
        "Series",
        "Numbers one after the other with their exponentially weighted averages, step by step, and how long they remember",
        (COMMAND_SHIFT, Key::W),
    ),
    row(
        Action::Map,
        "Map",
        "Where every start leads: the basins of the optima for the chosen run, or what each pair of two parameters makes of it",
        (COMMAND_SHIFT, Key::M),
    ),
    row(
        Action::TuneRates,
        "Best rate for each",
        "Try 61 learning rates for each run, and set the one that takes the fewest gradients to the tolerance",
        (COMMAND, Key::B),
    ),
    row(
        Action::Graph,
        "Graph",
        "The chain rule: the formula as a graph of its operations, with values forward and ∂J/∂node backward",
        (COMMAND, Key::Num8),
    ),
    row(
        Action::Notes,
        "Notes",
        "Read what the scenario says about itself, with its mathematics, and write it",
        (PLAIN, Key::F9),
    ),
    row(Action::Palette, "Find an action…", "Type what you want to do", (COMMAND, Key::K)),
    row(Action::Formula, "Formula", "Type a cost: the formula is selected", (PLAIN, Key::F4)),
    row(Action::ToggleCost, "Cost", "Show or hide the panel of the cost", (PLAIN, Key::F6)),
    row(Action::ToggleOptimizers, "Optimizers", "Show or hide the panel of the optimizers", (PLAIN, Key::F7)),
    row(Action::TogglePlayback, "Playback", "Show or hide the playback controls", (PLAIN, Key::F8)),
    row(Action::LargerText, "Larger text", "Everything a step larger, up to 250 %", (COMMAND, Key::Plus))
        .or((COMMAND, Key::Equals)),
    row(
        Action::SmallerText,
        "Smaller text",
        "Everything a step smaller, down to 75 %",
        (COMMAND, Key::Minus),
    ),
    row(Action::NormalText, "Normal text", "Everything at its own size", (COMMAND, Key::Num0)),
    row(Action::Tour, "Tour", "What can be done here, in a minute", (PLAIN, Key::F2)),
    row(Action::Keys, "Keys and gestures", "What the keys and the pointer do", (PLAIN, Key::F1))
        .or((PLAIN, Key::Questionmark)),
    row(
        Action::About,
        "About Downhill",
        "Version, licence, and where it comes from",
        (COMMAND_SHIFT, Key::I),
    ),
    row(
        Action::Quit,
        "Quit",
        "Close the window; the work is there again at the next start",
        (COMMAND, Key::Q),
    ),
    row(Action::Dark, "Dark", "Light on dark", (COMMAND_SHIFT, Key::D)),
    row(Action::Light, "Light", "Dark on light, for bright rooms", (COMMAND_SHIFT, Key::L)),
    row(Action::FollowSystem, "As the system", "Dark or light as the system is", (COMMAND_SHIFT, Key::A)),
];

impl Action {
    fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.action == self)
    }

    /// What menus and buttons call it.
    pub fn label(self) -> &'static str {
        self.row().map_or("", |row| row.label)
    }

    /// All of them, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.action)
    }

    /// What it does, in one sentence.
    pub fn sentence(self) -> &'static str {
        self.row().map_or("", |row| row.explanation)
    }

    /// What it does, in one sentence, with its key.
    pub fn explanation(self, ctx: &Context) -> String {
        let sentence = self.sentence();
        match self.shortcut() {
            Some(shortcut) => format!("{sentence} ({})", key_words(ctx, &shortcut)),
            None => sentence.to_owned(),
        }
    }

    /// Its key.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        self.row().map(Row::shortcut)
    }

    /// Its entry in a menu; `is_on` marks one that is. Returns whether it was chosen.
    pub fn menu_item_ui(self, ui: &mut Ui, is_on: bool) -> bool {
        self.item_ui(ui, self.label(), is_on)
    }

    /// Its entry in a menu under a name that says more. Returns whether it was chosen.
    pub fn named_menu_item_ui(self, ui: &mut Ui, name: &str) -> bool {
        self.item_ui(ui, name, false)
    }

    /// Whether it is on or off, and chosen again turns over.
    fn is_toggle(self) -> bool {
        matches!(
            self,
            Self::ToggleCost
                | Self::ToggleOptimizers
                | Self::TogglePlayback
                | Self::Charts
                | Self::Step
                | Self::Steps
                | Self::Unscaled
                | Self::Solutions
                | Self::Race
                | Self::Graph
                | Self::Map
                | Self::Series
                | Self::Notes
                | Self::Dark
                | Self::Light
                | Self::FollowSystem
        )
    }

    /// Whether it is about a cost, its runs or the views of them, none of which a series has.
    pub fn is_of_cost(self) -> bool {
        matches!(
            self,
            Self::ResetView
                | Self::FitPaths
                | Self::SuitCost
                | Self::KeepView
                | Self::AddConstraint
                | Self::AddData
                | Self::AddPenalty
                | Self::PinPaths
                | Self::UnpinPaths
                | Self::PlotAlone
                | Self::Charts
                | Self::Step
                | Self::StageForward
                | Self::StageBack
                | Self::Steps
                | Self::Rows
                | Self::TypeRows
                | Self::Unscaled
                | Self::Solutions
                | Self::Race
                | Self::Series
                | Self::TuneRates
                | Self::ToggleOptimizers
                | Self::ToggleCost
                | Self::Formula
        )
    }

    fn item_ui(self, ui: &mut Ui, name: &str, is_on: bool) -> bool {
        let mut button = if self.is_toggle() { Button::selectable(is_on, name) } else { Button::new(name) };
        if let Some(shortcut) = self.shortcut() {
            button = button.shortcut_text(key_words(ui.ctx(), &shortcut));
        }
        let item = ui.add(button);
        // The name alone: its key is said by the hover text.
        item.widget_info(|| WidgetInfo {
            selected: self.is_toggle().then_some(is_on),
            ..WidgetInfo::labeled(Role::Button, true, name)
        });
        item.on_hover_text(self.explanation(ui.ctx())).clicked()
    }

    /// The actions whose keys were pressed. Keys without a modifier belong to the widget that has the focus, if any; those
    /// of functions never mean anything to it.
    pub fn pressed(ctx: &Context) -> Vec<Self> {
        // An open menu has a use for arrows also while none of its entries has the focus.
        let focused = ctx.memory(|memory| memory.focused().is_some())
            || ctx.egui_wants_keyboard_input()
            || Popup::is_any_open(ctx);
        let on_slider = has_focused_slider(ctx);
        let has_alt = ctx.input(|input| input.modifiers.alt);
        let of_row = |row: &'static Row| row.shortcuts().map(|shortcut| (shortcut, row.action));
        let mut keys: Vec<(KeyboardShortcut, Self)> = ROWS.iter().flat_map(of_row).collect();
        // A key with Shift comes before the same key without, which would take it.
        keys.sort_by_key(|(shortcut, _)| !shortcut.modifiers.shift);
        let is_function = |key| (Key::F1..=Key::F12).contains(&key);
        keys.retain(|(shortcut, _)| {
            let is_free = !focused || shortcut.modifiers.any() || is_function(shortcut.logical_key);
            // A slider has a use for arrows alone.
            let is_free = is_free || on_slider && shortcut.logical_key == Key::Space;
            // Keys with Alt are the system's and the menus'.
            is_free && !has_alt && ctx.input_mut(|input| input.consume_shortcut(shortcut))
        });
        keys.into_iter().map(|(_, action)| action).collect()
    }
}

/// A key as it stands on the keyboard.
pub fn key_words(ctx: &Context, shortcut: &KeyboardShortcut) -> String {
    ctx.format_shortcut(shortcut).replace("OpenBracket", "[").replace("CloseBracket", "]")
}

impl Row {
    const fn or(self, key: (Modifiers, Key)) -> Self {
        Self { other_key: Some(key), ..self }
    }

    fn shortcut(&self) -> KeyboardShortcut {
        let (modifiers, key) = self.key;
        KeyboardShortcut::new(modifiers, key)
    }

    /// Its keys.
    fn shortcuts(&self) -> impl Iterator<Item = KeyboardShortcut> {
        let keys = std::iter::once(self.key).chain(self.other_key);
        keys.map(|(modifiers, key)| KeyboardShortcut::new(modifiers, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_one_row_and_no_two_share_a_key() {
        for (index, row) in ROWS.iter().enumerate() {
            assert!(!row.label.is_empty() && !row.explanation.is_empty());
            for earlier in &ROWS[..index] {
                assert_ne!(earlier.action, row.action);
                let keys: Vec<_> = earlier.shortcuts().collect();
                assert!(
                    row.shortcuts().all(|key| !keys.contains(&key)),
                    "{} and {}",
                    earlier.label,
                    row.label
                );
            }
        }
    }
}
