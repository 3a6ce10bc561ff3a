//! Notes as they are read: paragraphs of words, with the mathematics that stands between dollar signs.

use crate::expr::display_name;

/// A piece of a paragraph, as it stands in the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Words(&'a str),
    /// LaTeX of math mode, without its dollar signs.
    Formula(&'a str),
    /// LaTeX that stands on a line of its own, from between two dollar signs each.
    Display(&'a str),
}

/// Lines of this many characters that do not end a sentence were broken by whoever wrote the file in an editor, and go on.
const BROKEN_BY_EDITOR: std::ops::RangeInclusive<usize> = 60..=130;

/// The paragraphs of notes; an empty one where the notes leave a line free.
pub(super) fn paragraphs(notes: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in notes.lines().map(str::trim_end) {
        match paragraphs.last_mut().filter(|_| goes_on && !line.is_empty()) {
            Some(paragraph) => {
                paragraph.push(' ');
                paragraph.push_str(line.trim_start());
            }
            None => paragraphs.push(line.to_owned()),
        }
        goes_on = BROKEN_BY_EDITOR.contains(&line.chars().count()) && !line.ends_with(['.', '?', '!', ':']);
    }
    paragraphs
}

/// A paragraph in its pieces. A dollar sign is one of mathematics where its formula touches it and no digit follows the
/// second, so that "from $5 to $6" is read as it is meant; `\$` always is a dollar.
pub(super) fn pieces(paragraph: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut rest, mut from) = (paragraph, 0);
    while let Some(at) = dollar(rest, from) {
        let is_display = rest[at..].starts_with("$$");
        let formula = if is_display { displayed(rest, at) } else { inline(rest, at) };
        let Some((latex, end)) = formula else {
            from = at + 1;
            continue;
        };
        if at > 0 {
            found.push(Piece::Words(&rest[..at]));
        }
        found.push(if is_display { Piece::Display(latex.trim()) } else { Piece::Formula(latex) });
        (rest, from) = (&rest[end..], 0);
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest));
    }
    found
}

/// A paragraph as plain text, for where nothing is set: letters for the commands that mean one, and no dollar signs.
pub fn plain(paragraph: &str) -> String {
    let plain = pieces(paragraph).into_iter().map(|piece| match piece {
        Piece::Words(text) => text.to_owned(),
        Piece::Formula(latex) | Piece::Display(latex) => with_letters(latex),
    });
    plain.collect()
}

/// Signs that are no letters of an alphabet, with their commands.
const SIGNS: [(&str, &str); 8] = [
    ("nabla", "∇"),
    ("partial", "∂"),
    ("cdot", "·"),
    ("times", "×"),
    ("le", "≤"),
    ("ge", "≥"),
    ("to", "→"),
    ("infty", "∞"),
];

fn with_letters(latex: &str) -> String {
    let (mut plain, mut rest) = (String::new(), latex);
    while let Some((before, part)) = rest.split_once('\\') {
        plain.push_str(before);
        let length = part.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(part.len());
        let (command, after) = part.split_at(length);
        rest = after;
        if let ("frac", Some([over, under, after])) = (command, fraction(after)) {
            let [over, under] = [over, under].map(|side| in_parentheses(&with_letters(side)));
            plain.extend([&over, "/", under.as_str()]);
            rest = after;
            continue;
        }
        let sign = SIGNS.iter().find(|(known, _)| *known == command).map(|(_, sign)| (*sign).to_owned());
        match sign.or_else(|| Some(display_name(command)).filter(|letter| letter != command)) {
            Some(sign) => {
                plain.push_str(&sign);
                // A blank that keeps a command from the letter after it is not seen.
                let next = after.strip_prefix(' ').filter(|next| next.starts_with(char::is_alphabetic));
                rest = next.unwrap_or(after);
            }
            None => plain.extend(["\\", command]),
        }
    }
    plain + rest
}

/// What stands in the two pairs of braces that a text begins with, without braces in them, and what follows.
fn fraction(text: &str) -> Option<[&str; 3]> {
    let (over, after) = text.strip_prefix('{')?.split_once('}')?;
    let (under, after) = after.strip_prefix('{')?.split_once('}')?;
    (!over.contains('{') && !under.contains('{')).then_some([over, under, after])
}

/// The side of a fraction that is written on a line.
fn in_parentheses(side: &str) -> String {
    if side.chars().all(char::is_alphanumeric) { side.to_owned() } else { format!("({side})") }
}

/// Where the first dollar sign at or after `from` stands that is not escaped.
fn dollar(text: &str, from: usize) -> Option<usize> {
    let signs = text.match_indices('$').map(|(at, _)| at);
    signs.skip_while(|at| *at < from).find(|at| !text[..*at].ends_with('\\'))
}

/// The formula that begins with the dollar sign at `at`, and where what follows it begins.
fn inline(text: &str, at: usize) -> Option<(&str, usize)> {
    let mut from = at + 1;
    while let Some(end) = dollar(text, from) {
        let (latex, after) = (&text[at + 1..end], &text[end + 1..]);
        if latex.is_empty() || latex.starts_with(char::is_whitespace) {
            return None;
        }
        if !latex.ends_with(char::is_whitespace) && !after.starts_with(|c: char| c.is_ascii_digit()) {
            return Some((latex, end + 1));
        }
        from = end + 1;
    }
    None
}

/// The formula that begins with the two dollar signs at `at`, and where what follows it begins.
fn displayed(text: &str, at: usize) -> Option<(&str, usize)> {
    let begin = at + 2;
    let end = begin + text[begin..].find("$$")?;
    let latex = &text[begin..end];
    (!latex.trim().is_empty()).then_some((latex, end + 2))
}

#[cfg(test)]
mod tests {
    use super::Piece::{Display, Formula, Words};
    use super::*;

    #[test]
    fn mathematics_stands_between_dollars_and_money_does_not() {
        for (paragraph, expected) in [
            ("", vec![]),
            ("no formula", vec![Words("no formula")]),
            ("with $x^2$, so", vec![Words("with "), Formula("x^2"), Words(", so")]),
            ("$\\alpha$$\\beta$", vec![Formula("\\alpha"), Formula("\\beta")]),
            ("from $5 to $6", vec![Words("from $5 to $6")]),
            ("costs $5", vec![Words("costs $5")]),
            ("\\$5, then $5x$", vec![Words("\\$5, then "), Formula("5x")]),
            ("$$J = \\frac12 x^2$$ falls", vec![Display("J = \\frac12 x^2"), Words(" falls")]),
            ("$$ and $$$ and $ a", vec![Display("and"), Words("$ and $ a")]),
            ("$ θ$ and θ$", vec![Words("$ θ$ and θ$")]),
            ("$θ₀", vec![Words("$θ₀")]),
        ] {
            assert_eq!(pieces(paragraph), expected, "{paragraph}");
        }
    }

    #[test]
    fn a_line_of_plain_text_has_letters_for_commands() {
        for (paragraph, expected) in [
            ("no formula for $5", "no formula for $5"),
            ("Set $\\beta = 0$ and $\\nabla J \\to 0$.", "Set β = 0 and ∇J → 0."),
            ("$$\\frac{x}{2}$$ falls, \\$5", "x/2 falls, \\$5"),
            ("$\\frac{2}{L + \\mu}$ or $\\sqrt{2}$", "2/(L + μ) or \\sqrt{2}"),
        ] {
            assert_eq!(plain(paragraph), expected);
        }
    }

    #[test]
    fn lines_that_an_editor_broke_go_on_and_others_end() {
        let long = "This line has been broken by an editor since it became too long for";
        let ends = format!("{long} it.");
        assert_eq!(paragraphs(&format!("{long}\nits file.\n")), [format!("{long} its file.")]);
        assert_eq!(paragraphs(&format!("{ends}\nNext")), [ends.as_str(), "Next"]);
        assert_eq!(paragraphs("one\ntwo\n\nthree"), ["one", "two", "", "three"]);
        assert_eq!(paragraphs(&format!("{long}\n\nNext")), [long, "", "Next"]);
        assert!(paragraphs("").is_empty());
    }

    #[test]
    fn nothing_that_is_typed_is_lost_or_panics() {
        let mut typed = String::new();
        let signs = ["$", "$$", "\\", "é", " ", "\n", "5", "x"];
        let mut state = 1_u32;
        for _ in 0..4000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            typed.push_str(signs[(state >> 24) as usize % signs.len()]);
            if typed.len() > 24 {
                typed.remove(0);
            }
            let _ = plain(&typed);
            for paragraph in paragraphs(&typed) {
                let words = |text: &str| text.chars().filter(|c| *c != '$' && *c != ' ').collect::<String>();
                let read: String = pieces(&paragraph)
                    .into_iter()
                    .map(|piece| match piece {
                        Words(text) | Formula(text) | Display(text) => words(text),
                    })
                    .collect();
                assert_eq!(read, words(&paragraph), "{paragraph:?}");
            }
        }
    }
}
