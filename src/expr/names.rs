//! Names as they are typed, compared and shown: `theta0`, `theta_0`, `θ0` and `θ₀` are one name, shown as θ₀.

use super::functions::is_reserved;

/// Greek letters by their English names; the first spelling of a name is the one that is shown.
pub(super) const GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ϵ', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ϑ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('\u{b5}', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('φ', "phi"),
    ('ϕ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Θ', "Theta"),
    ('Λ', "Lambda"),
    ('Ξ', "Xi"),
    ('Π', "Pi"),
    ('Σ', "Sigma"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
];

const SUBSCRIPTS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];

pub(super) fn is_greek(c: char) -> bool {
    GREEK.iter().any(|(greek, _)| *greek == c)
}

pub(super) fn is_subscript(c: char) -> bool {
    SUBSCRIPTS.contains(&c)
}

/// The form in which names are compared: Greek letters spelled out, subscripts as digits, no `_` before a final number.
///
/// ```
/// use downhill::expr::canonical_name;
/// assert_eq!(canonical_name("θ₁"), "theta1");
/// assert_eq!(canonical_name("theta_1"), "theta1");
/// ```
pub fn canonical_name(name: &str) -> String {
    let mut spelled = String::with_capacity(name.len());
    for c in name.chars() {
        if let Some((_, greek)) = GREEK.iter().find(|(greek, _)| *greek == c) {
            spelled.push_str(greek);
        } else if let Some(digit) = SUBSCRIPTS.iter().position(|s| *s == c) {
            spelled.push(char::from(b'0' + digit as u8));
        } else {
            spelled.push(c);
        }
    }
    let stem = spelled.trim_end_matches(|c: char| c.is_ascii_digit());
    match stem.strip_suffix('_') {
        Some(head) if stem.len() < spelled.len() && !head.is_empty() => {
            format!("{head}{}", &spelled[stem.len()..])
        }
        _ => spelled,
    }
}

/// The form in which a name is shown: Greek letters as letters, a final number as a subscript.
///
/// ```
/// use downhill::expr::display_name;
/// assert_eq!(display_name("theta0"), "θ₀");
/// assert_eq!(display_name("w"), "w");
/// ```
pub fn display_name(name: &str) -> String {
    let canonical = canonical_name(name);
    let stem = canonical.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut shown = match GREEK.iter().find(|(_, greek)| *greek == stem) {
        Some((letter, _)) => letter.to_string(),
        None => stem.to_owned(),
    };
    shown.extend(
        canonical[stem.len()..].bytes().filter_map(|digit| SUBSCRIPTS.get(usize::from(digit - b'0'))),
    );
    shown
}

/// Whether `name` can name a variable or a constant: a letter, then letters, digits or `_`.
pub fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || is_greek(c))
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || is_greek(c) || is_subscript(c))
}

/// Why a formula could not call a variable or a constant by this name; nothing of one that it could.
pub fn why_no_name(name: &str) -> Option<&'static str> {
    let canonical = canonical_name(name);
    if !is_name(name) {
        Some("a name is a letter followed by letters, digits or underscores")
    } else if is_reserved(&canonical) {
        Some("it is a function")
    } else if matches!(canonical.as_str(), "e" | "pi") {
        Some("it is a number already")
    } else {
        None
    }
}

/// Whether `name` is a letter of a formula, such as `a`, `b2` or `lambda`, rather than a word.
pub fn is_letter(name: &str) -> bool {
    let canonical = canonical_name(name);
    let stem = canonical.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem.len() == 1 && stem.chars().all(|c| c.is_ascii_alphabetic()))
        || GREEK.iter().any(|(_, greek)| *greek == stem)
}

/// The Greek letter with this English name.
pub(super) fn greek_letter(name: &str) -> Option<char> {
    GREEK.iter().find(|(_, greek)| *greek == name).map(|(letter, _)| *letter)
}

/// What stands in the place of a second variable where there is one alone: no formula can name it.
pub const NO_VARIABLE: &str = "";

/// The names that a formula may use, as far as they are known when it is read. Letters side by side are their product,
/// and a name hides some functions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    known: Vec<String>,
    free_letters: bool,
}

impl Names {
    /// The variables, of which one may be missing, and the constants; no other letter has a meaning.
    pub fn new<'a>(variables: [&str; 2], constants: impl IntoIterator<Item = &'a str>) -> Self {
        let there = variables.into_iter().filter(|variable| *variable != NO_VARIABLE);
        let mut known: Vec<String> = there.map(canonical_name).collect();
        known.extend(constants.into_iter().map(canonical_name));
        Self { known, free_letters: false }
    }

    /// Every other letter may stand for a constant whose value is given later.
    #[must_use]
    pub fn with_free_letters(self) -> Self {
        Self { free_letters: true, ..self }
    }

    pub(super) fn knows(&self, canonical: &str) -> bool {
        self.known.iter().any(|name| name == canonical)
    }

    pub(super) fn known(&self) -> impl Iterator<Item = &str> + Clone {
        self.known.iter().map(String::as_str)
    }

    pub(super) fn has_free_letters(&self) -> bool {
        self.free_letters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_one_canonical_form() {
        for spelling in ["theta0", "theta_0", "θ0", "θ_0", "θ₀"] {
            assert_eq!(canonical_name(spelling), "theta0");
            assert_eq!(display_name(spelling), "θ₀");
        }
        assert_eq!(canonical_name("w_max"), "w_max");
        assert_eq!(canonical_name("_1"), "_1");
        assert_eq!(display_name("b12"), "b₁₂");
    }

    #[test]
    fn letters_are_told_from_words() {
        assert!(["a", "b2", "lambda", "λ", "mu_1"].iter().all(|n| is_letter(n)));
        assert!(!["foo", "rate", "ab", ""].iter().any(|n| is_letter(n)));
    }
}
