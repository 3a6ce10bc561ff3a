//! The example scenarios that come with the program, read.

use std::sync::LazyLock;

use super::{Scenario, read};
use crate::builtin::lessons::LESSONS;
use crate::builtin::{AS_CONSTRAINTS, BUILT_INS, BuiltIn};

/// A scenario that comes with the program.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The name of its file, without `.toml`.
    pub id: &'static str,
    /// What its file says.
    pub scenario: Scenario,
}

static EXAMPLES: LazyLock<Vec<Example>> = LazyLock::new(|| {
    let read = |(id, text): &(&'static str, &str)| Some(Example { id, scenario: read(text, id).ok()? });
    LESSONS.iter().filter_map(read).collect()
});

/// Every example, read once.
pub fn examples() -> &'static [Example] {
    &EXAMPLES
}

impl Scenario {
    /// What the gallery brings for a built-in cost: its scenario; with its constraint, where one is folded into the cost.
    pub fn of_gallery(row: &BuiltIn) -> Self {
        let lesson = AS_CONSTRAINTS.iter().find(|(id, _)| *id == row.id).map(|(_, lesson)| lesson);
        let example = lesson.and_then(|lesson| examples().iter().find(|example| example.id == *lesson));
        example.map_or_else(|| Self::of_built_in(row), |example| example.scenario.clone())
    }
}

/// Whether these are the notes of an example and the formula is still the one that they speak of.
pub fn has_notes_of_example(scenario: &Scenario) -> bool {
    let is_of = |example: &Scenario| {
        example.notes == scenario.notes && example.cost.formula() == scenario.cost.formula()
    };
    examples().iter().any(|example| is_of(&example.scenario))
}

/// Whether a title came with the program: with a built-in cost or an example.
pub fn is_given_title(title: &str) -> bool {
    BUILT_INS.iter().any(|row| row.name == title)
        || examples().iter().any(|example| example.scenario.title == title)
}

/// Whether notes came with the program: with a built-in cost or an example.
pub fn are_given_notes(notes: &str) -> bool {
    BUILT_INS.iter().any(|row| row.teaches == notes)
        || examples().iter().any(|example| example.scenario.notes == notes)
}

/// The first sentence of a text, on one line.
pub fn first_sentence(text: &str) -> String {
    let mut sentence = String::new();
    for word in text.split_whitespace() {
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        if word.ends_with(['.', '?', '!']) {
            break;
        }
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_every_example_file_as_it_stands() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/scenarios");
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let id = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(path).unwrap();
            let example = examples().iter().find(|example| example.id == id);
            let example = example.unwrap_or_else(|| panic!("{id} is not in the table, or cannot be read"));
            assert_eq!(example.scenario, read(&text, &id).unwrap());
            assert!(
                !example.scenario.title.is_empty() && !first_sentence(&example.scenario.notes).is_empty()
            );
            files.push(id);
        }
        assert_eq!(files.len(), examples().len());
    }

    #[test]
    fn costs_with_a_constraint_folded_in_are_brought_with_the_constraint() {
        for (id, lesson) in AS_CONSTRAINTS {
            let row = crate::builtin::find(id).unwrap();
            let scenario = Scenario::of_gallery(row);
            assert_eq!(scenario.constraints.len(), 1, "{id}");
            let solutions = crate::landscape::solve(&scenario.problem().unwrap(), scenario.window);
            let best = &solutions.candidates[0];
            // The fixed lambda of the formula is the multiplier of the constraint.
            let lambda = row.constants[0].1;
            assert!((best.multipliers.as_ref().unwrap()[0] - lambda).abs() < 1e-9, "{id}: {best:?}");
            assert!((best.point - crate::objective::Point::from(row.minima[0])).norm() < 1e-9, "{lesson}");
        }
    }

    #[test]
    fn a_sentence_ends_where_a_word_does_and_not_inside_a_number() {
        assert_eq!(first_sentence("0.1 creeps,\n0.25 is right. More."), "0.1 creeps, 0.25 is right.");
        assert_eq!(first_sentence("No end\n here"), "No end here");
        assert_eq!(first_sentence(" \n"), "");
    }

    #[test]
    fn notes_of_an_example_speak_of_its_formula_alone() {
        let mut scenario = examples()[0].scenario.clone();
        assert!(has_notes_of_example(&scenario));
        scenario.cost = crate::scenario::Cost::of_formula("x*y");
        assert!(!has_notes_of_example(&scenario));
    }
}
