//! Characters that look like others: pasted from a document or typed with another keyboard, they are told apart by nobody
//! who reads them, so that a mistake names them and what to type.

/// Rows of characters with the plain ones that they look like, in the same order.
const ROWS: [(&str, &str, &str); 7] = [
    ("a Cyrillic letter", "аеорсухіјѕԛԝһԁӏкмнтвАВЕЅІЈКМНОРСТУХЗ", "aeopcyxijsqwhdlkmhtbABESIJKMHOPCTYX3"),
    ("an Armenian letter", "օոսհցզ", "onuhgq"),
    ("a phonetic letter", "ɑɡıǀ", "agi|"),
    ("a Roman numeral", "ⅰⅴⅹⅼⅽⅾⅿⅠⅤⅩⅬⅭⅮⅯ", "ivxlcdmIVXLCDM"),
    ("another sign", "⁄‐‑‒—ˆ⌃∣❘❙⁎✕✖․‚∶₊₋", "/----^^|||***.,:+-"),
    ("a letterlike sign", "ℎℯℊℴℂℍℕℙℚℝℤℬℰℱℋℐℒℳℛ", "hegoCHNPQRZBEFHILMR"),
    ("a curly quote", "“”„‟″＂‘’‚‛′", "\"\"\"\"\"\"'''''"),
];

/// What begins a row of ten digits of another script.
const ZEROS: [char; 6] = ['٠', '۰', '०', '০', '๐', '᠐'];

/// What a character is and the plain one that it looks like; nothing for one that looks like no other.
pub fn lookalike(c: char) -> Option<(&'static str, char)> {
    if let Some(found) = ROWS.iter().find_map(|(what, others, plain)| {
        let at = others.chars().position(|other| other == c)?;
        Some((*what, plain.chars().nth(at)?))
    }) {
        return Some(found);
    }
    let code = u32::from(c);
    let plain = |code: u32| char::from_u32(code);
    match code {
        0xff01..=0xff5e => plain(code - 0xff01 + 0x21).map(|plain| ("a full-width character", plain)),
        // Thirteen alphabets of capital and small letters, then digits in five styles.
        0x1d400..=0x1d6a3 => {
            let letter = (code - 0x1d400) % 52;
            let first = if letter < 26 { 'A' } else { 'a' };
            plain(u32::from(first) + letter % 26).map(|plain| ("a mathematical letter", plain))
        }
        0x1d7ce..=0x1d7ff => {
            char::from_digit((code - 0x1d7ce) % 10, 10).map(|plain| ("a mathematical digit", plain))
        }
        _ => ZEROS.iter().find_map(|zero| {
            let digit = code.checked_sub(u32::from(*zero)).filter(|digit| *digit < 10)?;
            char::from_digit(digit, 10).map(|plain| ("a digit of another script", plain))
        }),
    }
}

/// A character that means nothing, in a sentence that says which it is and what to type where that can be known.
pub fn unexpected(c: char, place: &str) -> String {
    let code = u32::from(c);
    match lookalike(c) {
        Some((what, plain)) => {
            format!("`{c}` (U+{code:04X}) is {what} that looks like `{plain}`: type `{plain}`")
        }
        None if is_invisible(c) => {
            format!("a character that cannot be seen (U+{code:04X}) stands here: delete it")
        }
        None => format!("`{c}` has no meaning in {place}"),
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_pairs_its_characters() {
        for (what, others, plain) in ROWS {
            assert_eq!(others.chars().count(), plain.chars().count(), "{what}");
            assert!(plain.is_ascii() && !others.chars().any(|c| c.is_ascii()), "{what}");
        }
    }

    #[test]
    fn lookalikes_are_named_with_what_they_look_like() {
        for (c, plain) in [
            ('х', 'x'),
            ('у', 'y'),
            ('Х', 'X'),
            ('２', '2'),
            ('＋', '+'),
            ('（', '('),
            ('ｘ', 'x'),
            ('𝑥', 'x'),
            ('𝐀', 'A'),
            ('𝟐', '2'),
            ('𝟿', '9'),
            ('٣', '3'),
            ('४', '4'),
            ('ℎ', 'h'),
            ('“', '"'),
            ('’', '\''),
            ('—', '-'),
        ] {
            assert_eq!(lookalike(c).map(|(_, plain)| plain), Some(plain), "{c}");
        }
        for c in ['x', '2', '#', '∇', '\u{200b}', 'я', 'θ', '文'] {
            assert_eq!(lookalike(c), None, "{c}");
        }
        let said = unexpected('х', "a formula");
        assert_eq!(said, "`х` (U+0445) is a Cyrillic letter that looks like `x`: type `x`");
        assert!(unexpected('\u{200b}', "a formula").contains("(U+200B) stands here: delete it"));
        assert_eq!(unexpected('#', "a formula"), "`#` has no meaning in a formula");
    }
}
