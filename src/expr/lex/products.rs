//! Letters side by side: `xy` is x·y, unless it looks like a slip in the name of something else.

use std::ops::Range;

use strsim::damerau_levenshtein;

use super::enclosure::EnclosureKind;
use super::pieces::{Mark, Word};
use super::{Lexer, Token};
use crate::expr::functions::{Function, callable_names, called};
use crate::expr::names::{GREEK, Names, canonical_name, is_letter, is_subscript};
use crate::spelling::{Tolerance, near_within};

/// The most letters that a product may add to those that are known.
const MAX_NEW_LETTERS: usize = 2;

/// Words beyond are no slips of the hand.
const LONGEST_WORD: usize = 40;

/// A letter of a product: its canonical name, and where it stands in the word.
type Letter = (String, Range<usize>);

impl Lexer<'_> {
    /// Reads a word as a product of letters. Whether it is one.
    pub(super) fn letters(&mut self, word: &Word, span: &Range<usize>) -> bool {
        if word.greek || is_letter(&word.name) || matches!(word.name.as_str(), "e" | "pi") {
            return false;
        }
        let Some(names) = self.names else { return false };
        let indices: Vec<&str> = self.open.iter().filter_map(|e| e.index.as_deref()).collect();
        let known = |name: &str| names.knows(name) || indices.contains(&name);
        let Some(letters) = product(&word.typed, &known, names.has_free_letters()) else { return false };
        if is_slip(&word.name, names) {
            return false;
        }
        // 1/xy is 1/(xy), and 1/xy² is 1/(xy²).
        let tight = matches!(
            self.lexemes.last().map(|l| &l.token),
            Some(Token::Operator('/' | '%' | '^') | Token::Sign(_))
        );
        if tight {
            self.enter(EnclosureKind::Letters, vec![Token::Open], span, span.clone(), vec![Token::Close]);
        }
        let exact = word.typed.len() == span.len();
        for (index, (name, at)) in letters.into_iter().enumerate() {
            let place = if exact { span.start + at.start..span.start + at.end } else { span.clone() };
            if index > 0 {
                self.push(Token::Operator('*'), place.start..place.start);
            }
            self.name(name, false, place);
        }
        // A factorial is of the last letter alone; so is a power.
        if !tight || matches!(self.peek(), Some(Mark::Operator('^') | Mark::Factorial)) {
            return true;
        }
        self.end_bare(true).is_ok()
    }
}

/// The letters of a word, if each is known or may be new.
fn product(word: &str, known: &dyn Fn(&str) -> bool, free: bool) -> Option<Vec<Letter>> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut new: Vec<String> = Vec::new();
    let mut start = 0;
    while let Some(first) = word[start..].chars().next() {
        let rest = &word[start..];
        let head = if rest.starts_with("pi") && !known("p") { 2 } else { first.len_utf8() };
        let tail = rest.get(head..)?;
        let underscore = usize::from(tail.starts_with('_'));
        let is_digit = |c: &char| c.is_ascii_digit() || is_subscript(*c);
        let digits: usize = tail[underscore..].chars().take_while(is_digit).map(char::len_utf8).sum();
        let length = head + if digits > 0 { underscore + digits } else { 0 };
        let name = canonical_name(rest.get(..length)?);
        let stem = canonical_name(&rest[..head]);
        if !first.is_ascii_alphabetic() {
            return None;
        }
        if !known(&name) && !matches!(name.as_str(), "e" | "pi") && !new.contains(&name) {
            // x2 is likelier a slip for x² than a letter of its own.
            if !free || digits > 0 && underscore == 0 && (known(&stem) || stem == "pi") {
                return None;
            }
            new.push(name.clone());
        }
        letters.push((name, start..start + length));
        start += length;
    }
    (letters.len() > 1 && new.len() <= MAX_NEW_LETTERS).then_some(letters)
}

/// Names that are words: what a longer word may begin with, and a slip of the hand may spoil.
fn words(names: &Names) -> Vec<&str> {
    let is_word =
        |name: &&str| name.len() > 2 && !is_letter(name) || GREEK.iter().any(|(_, greek)| greek == name);
    callable_names()
        .chain(names.known().filter(is_word))
        .chain(GREEK.iter().map(|(_, greek)| -> &str { greek }))
        .collect()
}

/// Whether the word begins with a function or another word, or is one slip from one.
fn is_slip(word: &str, names: &Names) -> bool {
    let begins =
        |name: &&str| word.starts_with(name) && (name.len() > 2 || matches!(*name, "ln" | "lg" | "tg"));
    let near = |name: &str| name.len() > 2 && word.len() > 2 && damerau_levenshtein(word, name) <= 1;
    words(names).into_iter().any(|name| begins(&name) || near(name))
}

/// What an unknown word may have been meant to be, the likeliest first, at most two; `called` where a parenthesis follows.
pub(in crate::expr) fn suggestions(word: &str, was_called: bool, names: &Names) -> Vec<String> {
    if word.len() > LONGEST_WORD {
        return Vec::new();
    }
    let is_whole = is_whole(word, was_called);
    let split = split_at_name(word, was_called, names).filter(|_| !is_whole);
    let begins_with_function = callable_names().any(|name| name.len() > 2 && word.starts_with(name));
    let letters = factors(word, names, names.has_free_letters() && !was_called)
        .filter(|_| split.is_none() && !begins_with_function && !is_whole);
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_power = stem.len() < word.len() && (names.knows(stem) || stem == "pi");
    let power = is_power.then(|| format!("{stem}^{}", &word[stem.len()..]));
    let mut found: Vec<String> = split.into_iter().chain(letters).chain(power).collect();
    if found.len() < 2 && !is_power {
        found.extend(nearest(word, was_called, names).filter(|near| !found.iter().any(|f| f.contains(near))));
    }
    found.truncate(2);
    found
}

/// Whether the word is a letter such as θ₀, which lacks its value: `theta0` begins like a word, and is no slip in one.
fn is_whole(word: &str, was_called: bool) -> bool {
    is_letter(word) && !was_called
}

/// The letters of a word with their signs of multiplication.
fn factors(word: &str, names: &Names, free: bool) -> Option<String> {
    let letters = product(word, &|name| names.knows(name), free)?;
    Some(letters.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join("*"))
}

/// A word that begins with a function or a name, as in `sinx` and `ratex`, or that ends with a function before a
/// parenthesis, as in `xsin(y)`.
fn split_at_name(word: &str, was_called: bool, names: &Names) -> Option<String> {
    let operand = |word: &str| {
        let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = &word[..word.len() - rest.len()];
        let is_one = names.knows(rest) || rest.len() == 1 || rest == "pi";
        let letters =
            if is_one { Some(rest.to_owned()) } else { factors(rest, names, names.has_free_letters()) };
        match (number, letters) {
            (number, _) if rest.is_empty() => Some(number.to_owned()),
            ("", letters) => letters,
            (number, letters) => Some(format!("{number}*{}", letters?)),
        }
    };
    let mut splits = (1..word.len()).rev().filter_map(|at| Some((word.get(..at)?, word.get(at..)?)));
    let is_function = |name: &str| name.len() > 1 && called(name).is_some();
    if was_called {
        return splits.rev().find_map(|(before, name)| {
            is_function(name).then(|| operand(before)).flatten().map(|before| format!("{before}*{name}"))
        });
    }
    splits.find_map(|(name, rest)| {
        if is_function(name) && called(name).is_some_and(Function::is_unary) {
            let rest = rest.trim_start_matches('_');
            // sinxcosy is two functions side by side.
            let two = || {
                (1..rest.len()).find_map(|at| {
                    let (first, second) = (operand(rest.get(..at)?)?, rest.get(at..)?);
                    Some(format!("{name}({first})*{}", split_at_name(second, false, names)?))
                })
            };
            operand(rest).map(|rest| format!("{name}({rest})")).or_else(two)
        } else if name.len() > 1 && names.knows(name) {
            Some(format!("{name}*{}", operand(rest)?))
        } else {
            None
        }
    })
}

/// The name that is spelled most like the word. Short words are like too many others.
fn nearest(word: &str, was_called: bool, names: &Names) -> Option<String> {
    let lower = word.to_lowercase();
    if let Some((_, meant)) = OTHER_NAMES.iter().find(|(other, _)| was_called && *other == lower) {
        return Some((*meant).to_owned());
    }
    let slips = |length| match length {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let letters = GREEK.iter().map(|(_, greek)| -> &str { greek }).filter(|_| !was_called);
    let words = letters.chain(callable_names()).filter(|_| !is_whole(word, was_called));
    let own = names.known().filter(|name| !was_called && name.len() > 1);
    near_within(Tolerance { slips, takes_parts: false }, word, own.chain(words)).map(str::to_owned)
}

/// Names of functions elsewhere that are like no name here.
const OTHER_NAMES: &[(&str, &str)] = &[("norm", "hypot"), ("root", "sqrt"), ("step", "heaviside")];
