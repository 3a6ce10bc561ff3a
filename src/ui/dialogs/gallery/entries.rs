//! What the gallery holds: the built-in costs by group, then the lessons, each with the words it is found by.

use std::sync::LazyLock;

use crate::builtin::{BuiltIn, Group, by_group};
use crate::scenario::{Example, Scenario, examples};

/// A heading with what stands under it.
pub(super) struct Section {
    pub title: &'static str,
    pub entries: Vec<Entry>,
}

/// Something that can be chosen.
pub(super) struct Entry {
    /// Counts through all sections.
    pub number: usize,
    pub name: &'static str,
    /// What it teaches: a sentence, or the notes of a lesson, of which as much is shown as there is room for.
    pub sentence: String,
    /// On one line.
    pub formula: String,
    /// All that there is to say.
    pub explanation: String,
    /// What words are looked for in, in lower case.
    searched: String,
    choice: Choice,
}

enum Choice {
    Cost(&'static BuiltIn),
    Lesson(&'static Example),
}

static SECTIONS: LazyLock<Vec<Section>> = LazyLock::new(|| {
    let mut number = 0..;
    let mut count = || number.next().unwrap_or(0);
    let costs = Group::ALL.map(|group| Section {
        title: group.title(),
        entries: by_group(group).map(|row| Entry::of_cost(count(), row)).collect(),
    });
    let mut sections: Vec<Section> = costs.into_iter().collect();
    sections.push(Section {
        title: "Lessons",
        entries: examples().iter().map(|example| Entry::of_lesson(count(), example)).collect(),
    });
    sections
});

/// Every section, in the order in which they are shown.
pub(super) fn sections() -> &'static [Section] {
    &SECTIONS
}

impl Entry {
    fn of_cost(number: usize, row: &'static BuiltIn) -> Self {
        let brought = Scenario::of_gallery(row);
        let formula = with_constraints(&brought);
        let notes =
            if brought.notes == row.teaches { row.teaches.to_owned() } else { one_line(&brought.notes) };
        // What a Lagrangian is for, whether its sentence says so or not.
        let topic = if row.group == Group::Lagrangian { "constraint multiplier" } else { "" };
        Self {
            number,
            name: row.name,
            sentence: notes.clone(),
            explanation: format!("{formula}\n\n{notes}\n{}", row.source),
            searched: searched(&[
                row.name,
                &notes,
                row.teaches,
                row.group.title(),
                topic,
                &formula,
                row.id,
                row.source,
            ]),
            formula,
            choice: Choice::Cost(row),
        }
    }

    fn of_lesson(number: usize, example: &'static Example) -> Self {
        let scenario = &example.scenario;
        let of_series = scenario.series.as_ref().map(|series| one_line(&series.source_words()));
        let formula = of_series.unwrap_or_else(|| with_constraints(scenario));
        let notes = one_line(&scenario.notes);
        Self {
            number,
            name: &scenario.title,
            explanation: format!("{formula}\n\n{notes}"),
            searched: searched(&[&scenario.title, &notes, "Lessons", &formula, example.id]),
            sentence: notes,
            formula,
            choice: Choice::Lesson(example),
        }
    }

    /// What assistive technology calls it; no two are the same.
    pub fn label(&self) -> String {
        match self.choice {
            Choice::Cost(_) => self.name.to_owned(),
            Choice::Lesson(_) => format!("Lesson: {}", self.name),
        }
    }

    /// Whether every word stands somewhere in it; the words are in lower case.
    pub fn matches(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.searched.contains(word))
    }

    /// What it brings: cost, window, start and rates.
    pub fn scenario(&self) -> Scenario {
        match self.choice {
            Choice::Cost(row) => Scenario::of_gallery(row),
            Choice::Lesson(example) => example.scenario.clone(),
        }
    }

    /// What its picture shows: the runs of a lesson, and gradient descent on a cost.
    pub fn pictured(&self) -> Scenario {
        let mut scenario = self.scenario();
        if let Choice::Cost(row) = self.choice
            && scenario.cost.built_in() == Some(row)
        {
            scenario.optimizers.retain(|choice| choice.settings.method().id == "gd");
        }
        scenario
    }
}

/// The words of a filter.
pub(super) fn words_of(filter: &str) -> Vec<String> {
    filter.split_whitespace().map(str::to_lowercase).collect()
}

/// The formula, and what it is subject to.
fn with_constraints(scenario: &Scenario) -> String {
    let mut text = one_line(scenario.cost.formula());
    for (k, choice) in scenario.enabled_constraints().enumerate() {
        let head = if k == 0 { " subject to " } else { ", " };
        text.push_str(&format!("{head}{} {} {}", choice.formula, choice.relation.symbol(), choice.level));
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn searched(texts: &[&str]) -> String {
    let lines: Vec<String> = texts.iter().map(|text| one_line(text).to_lowercase()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::BUILT_INS;

    fn found(filter: &str) -> Vec<&'static str> {
        let words = words_of(filter);
        let entries = sections().iter().flat_map(|section| &section.entries);
        entries.filter(|entry| entry.matches(&words)).map(|entry| entry.name).collect()
    }

    #[test]
    fn every_cost_and_every_lesson_stands_in_the_gallery_once() {
        let numbers: Vec<usize> =
            sections().iter().flat_map(|section| &section.entries).map(|entry| entry.number).collect();
        assert_eq!(numbers, (0..BUILT_INS.len() + examples().len()).collect::<Vec<_>>());
        assert_eq!(found(" "), found(""));
        assert_eq!(found("").len(), numbers.len());
        let entries = || sections().iter().flat_map(|section| &section.entries);
        let labels: std::collections::BTreeSet<String> = entries().map(Entry::label).collect();
        assert_eq!(labels.len(), numbers.len());
    }

    #[test]
    fn name_sentence_group_formula_and_id_are_searched_for_all_words() {
        assert_eq!(found("HIMMELBLAU minima"), ["Himmelblau", "Himmelblau: four minima, one start"]);
        assert_eq!(found("condition number 9"), ["Booth"]);
        assert!(found("lessons").contains(&"Nesterov looks ahead"));
        assert_eq!(found("curved valleys").len(), by_group(Group::CurvedValleys).count());
        assert_eq!(found("(x+2*y-7)^2"), ["Booth"]);
        assert_eq!(found("linreg_lasso"), ["Linear regression, L1"]);
        assert_eq!(found("saddle-escape"), ["Escaping from a saddle"]);
        assert!(found("booth rosenbrock").is_empty());
    }

    #[test]
    fn each_is_found_by_every_word_of_its_notes_and_lagrangians_by_constraint() {
        for entry in sections().iter().flat_map(|section| &section.entries) {
            let scenario = entry.scenario();
            for word in words_of(&scenario.notes) {
                assert!(entry.matches(std::slice::from_ref(&word)), "{} by {word}", entry.name);
            }
        }
        let found = found("Constraint");
        let costs: Vec<&str> = by_group(Group::Lagrangian).map(|row| row.name).collect();
        assert!(!costs.is_empty());
        for name in costs.into_iter().chain(["A constraint by its multiplier"]) {
            assert!(found.contains(&name), "{name}");
        }
    }
}
