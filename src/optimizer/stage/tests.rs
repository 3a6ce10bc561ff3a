use super::super::{METHODS, ParameterKind, ParameterValue, Settings};
use super::*;
use crate::objective::Goal;

fn texts(settings: &Settings, goal: Goal) -> Vec<String> {
    settings.rule(goal).into_iter().map(|line| line.text).collect()
}

/// The lines of a formula of the table: what stands between commas outside of parentheses.
fn parts(formula: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut parts) = (0, 0, Vec::new());
    for (at, letter) in formula.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(formula[begin..at].trim());
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(formula[begin..].trim());
    parts
}

#[test]
fn rules_hold_the_formula_of_the_table() {
    for method in METHODS {
        let rule = texts(&Settings::defaults(method), Goal::Minimize);
        // The table says where Nesterov's gradient is taken, which the rule does in a line of its own.
        let formula = method.formula.replace("∇J(θ − β v)", "g");
        let mut lines = rule.iter();
        for part in parts(&formula) {
            assert!(lines.any(|line| line == part), "{}: {part} is not in {rule:?}", method.id);
        }
        assert!(rule.last().unwrap().starts_with("θ ← "), "{rule:?}");
    }
}

#[test]
fn rules_use_every_parameter_and_follow_every_choice() {
    let commands = [
        ("α", r"\alpha"),
        ("β", r"\beta"),
        ("β₁", r"\beta_1"),
        ("β₂", r"\beta_2"),
        ("ε", r"\varepsilon"),
        ("λ", r"\lambda"),
        ("ρ", r"\rho"),
        ("ν", r"\nu"),
        ("ν₁", r"\nu_1"),
        ("ν₂", r"\nu_2"),
    ];
    for settings in METHODS.iter().filter(|method| !method.only_finds_roots()).map(Settings::defaults) {
        let rule = settings.rule(Goal::Minimize);
        let all = |part: fn(&RuleLine) -> &str| rule.iter().map(part).collect::<Vec<_>>().join("\n");
        let (text, latex) = (all(|line| &line.text), all(|line| &line.latex));
        for (parameter, value) in settings.iter() {
            let others = match parameter.kind {
                ParameterKind::Real { .. } => {
                    // What a run begins with is no part of its rule.
                    if ["a", "m", "Δ", "Δmax", "size"].contains(&parameter.symbol) {
                        continue;
                    }
                    let (symbol, command) =
                        commands.iter().find(|(symbol, _)| *symbol == parameter.symbol).unwrap();
                    assert!(text.contains(symbol), "{symbol} is not in {text}");
                    assert!(latex.contains(command), "{command} is not in {latex}");
                    continue;
                }
                ParameterKind::Choice { options, .. } => {
                    options.iter().map(|(id, _)| ParameterValue::Choice(id)).collect::<Vec<_>>()
                }
                ParameterKind::Switch { .. } => [true, false].map(ParameterValue::Switch).to_vec(),
                ParameterKind::Interval { .. } => continue,
            };
            for other in others.into_iter().filter(|other| *other != value) {
                let mut changed = settings.clone();
                changed.set(parameter.id, other).unwrap();
                let changed = changed.rule(Goal::Minimize);
                for (a, b) in [(&rule, &changed), (&changed, &rule)] {
                    assert!(a.iter().any(|line| !b.contains(line)), "{other:?}: {changed:?}");
                }
            }
        }
    }
}

#[test]
fn the_forms_are_those_of_the_scenario_format() {
    let rule = |id, parameter, value| {
        let mut settings = Settings::defaults(super::super::method(id).unwrap());
        settings.set(parameter, value).unwrap();
        texts(&settings, Goal::Minimize)
    };
    assert_eq!(
        rule("momentum", "form", ParameterValue::Choice("ewma")),
        ["g ← ∇J(θ)", "v ← β v + (1 − β) g", "θ ← θ − α v"]
    );
    let without = rule("adam", "bias_correction", ParameterValue::Switch(false));
    assert_eq!(without.last().unwrap(), "θ ← θ − α m / (√s + ε)");
    assert!(!without.iter().any(|line| line.contains('ᵗ')));
    let with = rule("adam", "bias_correction", ParameterValue::Switch(true));
    assert!(with.contains(&"m̂ ← m / (1 − β₁ᵗ)".to_owned()) && with.contains(&"ŝ ← s / (1 − β₂ᵗ)".to_owned()));
}

#[test]
fn text_and_latex_say_the_same() {
    const WORDS: [(&str, &str); 47] = [
        (r"\tfrac{1}{2}", "½"),
        (r"\text", ""),
        (r"\varphi", "φ"),
        (r"\gamma", "γ"),
        (r"\Delta", "Δ"),
        (r"\ldots", "…"),
        (r"\sum", "Σ"),
        (r"\min", "min"),
        (r"\le ", "≤"),
        (r"\{", ""),
        (r"\}", ""),
        ("_{-}", "₋"),
        ("_0", "₀"),
        ("'", "′"),
        ("c_1", "c₁"),
        (r"\hat{m}", "m̂"),
        (r"\hat{s}", "ŝ"),
        (r"\hat{u}", "û"),
        (r"\mathrm{diag}", "diag"),
        (r"\mathrm{sign}", "sign"),
        (r"\leftarrow", "←"),
        (r"\varepsilon", "ε"),
        (r"\lambda", "λ"),
        (r"\theta", "θ"),
        (r"\tau", "τ"),
        (r"\rho", "ρ"),
        (r"\nu", "ν"),
        ("^{-}", "⁻"),
        (r"\alpha", "α"),
        (r"\delta", "δ"),
        (r"\nabla", "∇"),
        (r"\beta", "β"),
        (r"\sqrt", "√"),
        (r"\frac", ""),
        (r"\max", "max"),
        (r"\odot", "⊙"),
        (r"^{\top}", "ᵀ"),
        (r"^{-1}", "⁻¹"),
        (r"\,", ""),
        ("^{t+1}", "ᵗ⁺¹"),
        ("^2", "²"),
        ("^t", "ᵗ"),
        ("_1", "₁"),
        ("_2", "₂"),
        ("-", "−"),
        ("}{", "/"),
        (" ", ""),
    ];
    let bare = |text: &str| text.replace([' ', '(', ')', '{', '}'], "");
    for settings in METHODS.iter().filter(|method| !method.only_finds_roots()).map(Settings::defaults) {
        for parameter in settings.method().parameters {
            let mut forms = vec![settings.clone()];
            if let ParameterKind::Choice { options, .. } = parameter.kind {
                forms = vec![settings.clone(); options.len()];
                for (form, (id, _)) in forms.iter_mut().zip(options) {
                    form.set(parameter.id, ParameterValue::Choice(id)).unwrap();
                }
            } else if let ParameterKind::Switch { .. } = parameter.kind {
                forms.push(settings.clone());
                forms[1].set(parameter.id, ParameterValue::Switch(false)).unwrap();
            }
            for goal in [Goal::Minimize, Goal::Maximize] {
                for line in forms.iter().flat_map(|form| form.rule(goal)) {
                    let latex = WORDS.iter().fold(line.latex.clone(), |latex, (a, b)| latex.replace(a, b));
                    assert_eq!(bare(&latex), bare(&line.text), "{}", line.latex);
                }
            }
        }
    }
}

#[test]
fn to_maximize_turns_the_signs_of_what_is_asked_of_j_and_nothing_else() {
    for settings in METHODS.iter().filter(|method| !method.only_finds_roots()).map(Settings::defaults) {
        let [up, down] = [Goal::Maximize, Goal::Minimize].map(|goal| texts(&settings, goal));
        let turned: Vec<_> = down.iter().map(|line| line.replace("← ∇", "← −∇")).collect();
        assert_eq!(up, turned);
        let asks = settings.method().needs != crate::optimizer::Needs::Value;
        assert!(!asks || up.iter().any(|line| line.starts_with("g ← −∇")), "{up:?}");
    }
    let mut newton = Settings::defaults(super::super::method("newton").unwrap());
    newton.set("variant", ParameterValue::Choice("modified")).unwrap();
    assert_eq!(texts(&newton, Goal::Maximize)[1], "−∇²J(θ) = Q diag(λ) Qᵀ");
}
