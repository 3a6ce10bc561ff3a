//! The ids that people type: what they choose from, and what they may have meant where there is no such id.

use strsim::damerau_levenshtein;

/// One of a few values that people choose from, each with an id that files and the command line know it by.
pub trait Selectable: Copy + PartialEq + 'static {
    /// Every value, in the order in which they are offered.
    const ALL: &'static [Self];

    /// The id of the value.
    fn id(self) -> &'static str;
}

/// What counts as near.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    /// How many characters may be wrong, left out, superfluous or exchanged with their neighbor in a name of so many.
    pub slips: fn(usize) -> usize,
    /// Whether the beginning or the end of a name, of three characters at least, stands for all of it.
    pub takes_parts: bool,
}

/// That of keys and ids: a third of the typed characters, at least one.
const OF_NAMES: Tolerance = Tolerance { slips: |length| (length / 3).max(1), takes_parts: true };

/// The candidate that `typed` most likely stands for, if any comes near.
///
/// Case, blanks, hyphens and underscores do not count.
pub fn near<'c>(typed: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    near_within(OF_NAMES, typed, candidates)
}

/// The candidate that `typed` most likely stands for, as [`near`]. Of candidates that are equally near it is the one that
/// `typed` begins with, or else the first.
pub fn near_within<'c>(
    tolerance: Tolerance,
    typed: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let typed = plain(typed);
    let length = typed.chars().count();
    if length == 0 || length > 60 {
        return None;
    }
    let allowed = (tolerance.slips)(length);
    let rank = |candidate: &str| {
        let candidate = plain(candidate);
        // Whoever types a constraint means no constants, near as the words are.
        if typed.starts_with("constrain") != candidate.starts_with("constrain") {
            return None;
        }
        let distance = damerau_levenshtein(&typed, &candidate);
        // A single letter is one change away from every other.
        let is_short = length.max(candidate.chars().count()) < 3;
        let is_near = distance <= allowed && (distance == 0 || !is_short);
        let is_part = tolerance.takes_parts && contains_end(&typed, &candidate);
        (is_near || is_part)
            .then(|| (if is_near { distance } else { allowed + 1 }, !typed.starts_with(&candidate)))
    };
    let ranked = candidates.into_iter().filter_map(|candidate| Some((rank(candidate)?, candidate)));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, candidate)| candidate)
}

/// "did you mean `…`?" where something is near.
pub fn did_you_mean<'c>(typed: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    near(typed, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// The names as a sentence lists them: "`a`, `b` or `c`".
pub fn any_of<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// Whether one of the two begins or ends with the other, the shorter having at least three characters.
fn contains_end(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.chars().count() >= 3 && (long.starts_with(short) || long.ends_with(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_found_and_far_ones_are_not() {
        let names = ["learning_rate", "beta1", "beta2", "epsilon", "bias_correction", "label"];
        let cases = [
            ("lerning_rate", Some("learning_rate")),
            ("Learning-Rate", Some("learning_rate")),
            ("rate", Some("learning_rate")),
            ("eps", Some("epsilon")),
            ("beta", Some("beta1")),
            ("lable", Some("label")),
            ("momentum", None),
            ("x", None),
            ("", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(near(typed, names), expected, "{typed}");
        }
        for constraint in ["constraint", "constraints", "Constraint_1", "constrained", "constrain"] {
            assert_eq!(near(constraint, ["formula", "constants"]), None, "{constraint}");
        }
        for constants in ["constant", "constnats", "const", "Constans", "constats"] {
            assert_eq!(near(constants, ["formula", "constants"]), Some("constants"), "{constants}");
        }
        assert_eq!(near("a", ["b", "c"]), None, "one letter is not a near miss of another");
        assert_eq!(near("adm", ["gd", "adam", "adagrad"]), Some("adam"));
    }

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        assert_eq!(any_of(["a"]), "`a`");
        assert_eq!(any_of(["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
