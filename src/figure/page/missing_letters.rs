//! The letters of a figure that no font of the program has: they are drawn as boxes, which is to be known before it is
//! shown to others.

use std::collections::BTreeSet;

use egui::FontFamily;

use super::caption::caption_lines;
use crate::figure::look::fonts::book;
use crate::figure::look::parts::{Part, Parts};
use crate::scenario::Scenario;

/// The letters in what a figure of these parts says that would be boxes, each once, in the order of Unicode.
pub fn missing_letters(scenario: &Scenario, parts: &Parts) -> Vec<char> {
    let mut texts: Vec<String> = Vec::new();
    if parts.shows(Part::Title) {
        texts.push(scenario.title.clone());
    }
    if parts.shows(Part::Axes) && scenario.series.is_none() {
        texts.extend(scenario.cost.variables.iter().cloned());
    }
    if parts.shows(Part::Legend) {
        let visible = (0..scenario.optimizers.len()).filter(|run| scenario.optimizers[*run].visible);
        texts.extend(visible.map(|run| scenario.run_name(run)));
    }
    if parts.shows(Part::Caption) {
        texts.extend(caption_lines(scenario));
    }
    let is_missing = |letter: &char| {
        !letter.is_whitespace() && !letter.is_control() && !book().has(&FontFamily::Proportional, *letter)
    };
    let letters: BTreeSet<char> = texts.iter().flat_map(|text| text.chars()).filter(is_missing).collect();
    letters.into_iter().collect()
}

/// That these letters will be boxes, as a sentence. The letters themselves are named where they can be seen, as on a
/// terminal; their numbers in Unicode everywhere.
pub fn missing_letters_words(letters: &[char], can_be_seen: bool) -> Option<String> {
    const NAMED: usize = 6;
    let named = letters.iter().take(NAMED).map(|letter| {
        let number = format!("U+{:04X}", *letter as u32);
        if can_be_seen { format!("{letter} ({number})") } else { number }
    });
    let mut list = named.collect::<Vec<_>>().join(", ");
    if letters.len() > NAMED {
        list.push_str(&format!(" and {} more", letters.len() - NAMED));
    }
    let are = if letters.len() == 1 {
        "a letter that the fonts lack is drawn as a box"
    } else {
        "letters that the fonts lack are drawn as boxes"
    };
    (!letters.is_empty()).then(|| format!("{are}: {list}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str) -> Scenario {
        Scenario { title: title.to_owned(), ..Scenario::default() }
    }

    #[test]
    fn what_the_fonts_have_is_not_missing() {
        let scenario = titled("θ₀ → ∇J: Äußerst fi ⅓ ×, ‖x‖ ≤ 1\t\u{a0}α");
        assert!(missing_letters(&scenario, &Parts::default()).is_empty());
        assert_eq!(missing_letters_words(&[], true), None);
    }

    #[test]
    fn letters_of_other_scripts_are_named_once_wherever_they_stand() {
        let all = Parts::default();
        assert_eq!(missing_letters(&titled("谷の形, שלום 谷"), &all).len(), 7);
        let mut scenario = Scenario::default();
        scenario.optimizers[0].label = Some("谷".to_owned());
        assert_eq!(missing_letters(&scenario, &all), ['谷']);
        let wordless = Parts::without(&[Part::Legend, Part::Caption]);
        assert!(missing_letters(&scenario, &wordless).is_empty());
        assert!(missing_letters(&titled("谷"), &Parts::without(&[Part::Title])).is_empty());
    }

    #[test]
    fn the_sentence_names_them_where_they_can_be_seen_and_is_never_long() {
        let words = |letters: &[char], seen| missing_letters_words(letters, seen).unwrap();
        assert_eq!(words(&['谷'], true), "a letter that the fonts lack is drawn as a box: 谷 (U+8C37)");
        assert_eq!(
            words(&['谷', '形'], false),
            "letters that the fonts lack are drawn as boxes: U+8C37, U+5F62"
        );
        assert!(words(&['谷'; 200], false).ends_with(" and 194 more"));
    }
}
