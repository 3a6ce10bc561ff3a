//! Characters that look like others: what word processors, typeset pages and keyboards make of plain ones.

/// Plain characters, and those that are read as them.
const LOOK_ALIKES: &[(char, &str)] = &[
    ('-', "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{2043}\u{fe58}\u{fe63}\u{2796}"),
    ('+', "\u{2795}\u{fe62}"),
    ('*', "·⋅×∗∙•‧・✕✖⨯⨉✱"),
    ('/', "÷∕⁄➗"),
    ('^', "ˆ⌃\u{2191}"),
    ('|', "∣❘ǀ‖∥"),
    ('=', "≔"),
    ('≤', "⩽≦"),
    ('≥', "⩾≧"),
    ('√', "\u{221a}"),
    ('e', "ℯⅇ"),
    ('h', "ℎ"),
    ('l', "ℓ"),
    ('Ω', "\u{2126}"),
    (
        ' ',
        "\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{2061}\u{2062}\u{2063}\u{feff}\u{fe0e}\u{fe0f}~$",
    ),
];

const SUPERSCRIPTS: [&str; 2] =
    ["⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵅᵝᵞᵟᶿ", "0123456789+-()abcdefghijklmnoprstuvwxyzαβγδθ"];

/// Numerator and denominator of the fractions that are one character.
const FRACTIONS: &[(char, u8, u8)] = &[
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅚', 5, 6),
    ('⅐', 1, 7),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
    ('⅑', 1, 9),
    ('⅒', 1, 10),
];

/// The character that is meant.
pub(super) fn plain(c: char) -> char {
    if c.is_ascii() && !matches!(c, '~' | '$') {
        return c;
    }
    if let Some((plain, _)) = LOOK_ALIKES.iter().find(|(_, alike)| alike.contains(c)) {
        return *plain;
    }
    match u32::from(c) {
        // Full-width forms of ASCII.
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        code => typeset(code).unwrap_or(c),
    }
}

/// The letter or digit in one of the mathematical alphabets (bold, italic, script …) of Unicode.
fn typeset(code: u32) -> Option<char> {
    let nth = |first: char, index: u32| char::from_u32(u32::from(first) + index);
    match code {
        0x1d400..=0x1d6a3 => match (code - 0x1d400) % 52 {
            capital @ 0..=25 => nth('A', capital),
            small => nth('a', small - 26),
        },
        0x1d6a8..=0x1d7cb => match (code - 0x1d6a8) % 58 {
            capital @ 0..=24 => nth('Α', capital),
            small @ 26..=50 => nth('α', small - 26),
            52 => Some('ε'),
            53 => Some('θ'),
            55 => Some('φ'),
            _ => None,
        },
        0x1d7ce..=0x1d7ff => nth('0', (code - 0x1d7ce) % 10),
        _ => None,
    }
}

fn counterpart([from, to]: [&str; 2], c: char) -> Option<char> {
    to.chars().nth(from.chars().position(|other| other == c)?)
}

/// What a raised character is when it stands on the line.
pub(super) fn lowered(c: char) -> Option<char> {
    counterpart(SUPERSCRIPTS, c)
}

/// Numerator and denominator of a fraction that is one character.
pub(super) fn fraction(c: char) -> Option<[u8; 2]> {
    FRACTIONS.iter().find(|(fraction, ..)| *fraction == c).map(|(_, over, under)| [*over, *under])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_alike_has_its_counterpart() {
        let [raised, plain_ones] = SUPERSCRIPTS.map(|row| row.chars().count());
        assert_eq!(raised, plain_ones);
        for (typed, meant) in [('\u{2010}', '-'), ('∙', '*'), ('𝑥', 'x'), ('𝜃', 'θ'), ('𝟐', '2'), ('（', '(')]
        {
            assert_eq!(plain(typed), meant);
        }
        assert_eq!(lowered('ˣ'), Some('x'));
    }
}
