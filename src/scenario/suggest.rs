//! The near miss: what somebody may have meant who typed a name that does not exist.

use strsim::damerau_levenshtein;

/// The candidate that `typed` most likely stands for, if any comes near.
///
/// Case, blanks, hyphens and underscores do not count. A candidate is near if at most a third of the typed
/// characters (at least one) must be changed, or if one of the two begins or ends with the other.
pub(super) fn near<'c>(typed: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let typed = plain(typed);
    let length = typed.chars().count();
    if length == 0 || length > 60 {
        return None;
    }
    let allowed = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let plain_candidate = plain(candidate);
        // Whoever types a constraint means no constants, near as the words are.
        if typed.starts_with("constrain") != plain_candidate.starts_with("constrain") {
            continue;
        }
        let mut distance = damerau_levenshtein(&typed, &plain_candidate);
        // A single letter is one change away from every other.
        let is_short = length.max(plain_candidate.chars().count()) < 3;
        if distance > allowed || (is_short && distance > 0) {
            if !contains_end(&typed, &plain_candidate) {
                continue;
            }
            distance = allowed + 1;
        }
        if best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// "did you mean `…`?" where something is near.
pub(super) fn did_you_mean<'c>(typed: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    near(typed, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// The names as a sentence lists them: "`a`, `b` or `c`".
pub(super) fn any_of<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
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
