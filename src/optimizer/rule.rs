//! The update rule of a method as it stands on the board, in the form that is set.

use super::Settings;
use crate::objective::Goal;

/// A line of an update rule, written twice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleLine {
    /// One line of Unicode, in the symbols of the parameters and quantities.
    pub text: String,
    /// LaTeX for math mode, without dollar signs.
    pub latex: String,
}

impl Settings {
    /// What a step does, line by line: θ is the point, ∇J(θ) the gradient of the cost itself, whatever the goal. Where the
    /// goal is to maximize, methods run on −J, and the signs say so.
    pub fn rule(&self, goal: Goal) -> Vec<RuleLine> {
        (self.method().rule)(self, goal)
    }
}

/// A line of a rule.
pub(super) fn line(text: impl Into<String>, latex: impl Into<String>) -> RuleLine {
    RuleLine { text: text.into(), latex: latex.into() }
}

/// θ ← θ − v for the goal to minimize, with `what` in the place of v, a multiple of ∇J; θ ← θ + v for the other.
pub(super) fn downhill(goal: Goal, what: &str, latex: &str) -> RuleLine {
    let [text_sign, latex_sign] = sign(goal, ["−", "-"], ["+", "+"]);
    line(format!("θ ← θ {text_sign} {what}"), format!(r"\theta \leftarrow \theta {latex_sign} {latex}"))
}

/// v ← β v + α ∇J(θ), with `before` for β v and `slope` for α ∇J(θ), which is subtracted where the goal is to maximize.
pub(super) fn velocity(goal: Goal, before: [&str; 2], slope: [&str; 2]) -> RuleLine {
    let [text_sign, latex_sign] = sign(goal, ["+", "+"], ["−", "-"]);
    line(
        format!("v ← {} {text_sign} {}", before[0], slope[0]),
        format!(r"v \leftarrow {} {latex_sign} {}", before[1], slope[1]),
    )
}

/// The line that defines g, for rules that use it more than once.
pub(super) fn gradient(goal: Goal) -> RuleLine {
    let [text_sign, latex_sign] = sign(goal, ["", ""], ["−", "-"]);
    line(format!("g ← {text_sign}∇J(θ)"), format!(r"g \leftarrow {latex_sign}\nabla J(\theta)"))
}

fn sign<'a>(goal: Goal, minimize: [&'a str; 2], maximize: [&'a str; 2]) -> [&'a str; 2] {
    match goal {
        Goal::Minimize => minimize,
        Goal::Maximize => maximize,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{METHODS, ParameterKind, ParameterValue};
    use super::*;

    fn texts(settings: &Settings, goal: Goal) -> Vec<String> {
        settings.rule(goal).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn rules_hold_the_formula_of_the_table() {
        for method in METHODS {
            let rule = texts(&Settings::defaults(method), Goal::Minimize);
            // Where a rule names the gradient once, it is written out.
            let short: Vec<String> = rule.iter().map(|line| line.replace("∇J(θ)", "g")).collect();
            let mut lines = short.iter();
            for part in method.formula.split(", ") {
                assert!(lines.any(|line| line == part), "{}: {part} is not in {rule:?}", method.id);
            }
            assert!(rule.last().unwrap().starts_with("θ ← θ −"), "{rule:?}");
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
        ];
        for settings in METHODS.iter().map(Settings::defaults) {
            let rule = settings.rule(Goal::Minimize);
            let all = |part: fn(&RuleLine) -> &str| rule.iter().map(part).collect::<Vec<_>>().join("\n");
            let (text, latex) = (all(|line| &line.text), all(|line| &line.latex));
            for (parameter, value) in settings.iter() {
                let others = match parameter.kind {
                    ParameterKind::Real { .. } => {
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
            ["v ← β v + (1 − β) ∇J(θ)", "θ ← θ − α v"]
        );
        let without = rule("adam", "bias_correction", ParameterValue::Switch(false));
        assert_eq!(without.last().unwrap(), "θ ← θ − α m / (√s + ε)");
        assert!(!without.iter().any(|line| line.contains('ᵗ')));
        let with = rule("adam", "bias_correction", ParameterValue::Switch(true));
        assert!(
            with.contains(&"m̂ ← m / (1 − β₁ᵗ)".to_owned()) && with.contains(&"ŝ ← s / (1 − β₂ᵗ)".to_owned())
        );
    }

    #[test]
    fn text_and_latex_say_the_same() {
        const WORDS: [(&str, &str); 24] = [
            (r"\hat{m}", "m̂"),
            (r"\hat{s}", "ŝ"),
            (r"\mathrm{diag}", "diag"),
            (r"\leftarrow", "←"),
            (r"\varepsilon", "ε"),
            (r"\lambda", "λ"),
            (r"\theta", "θ"),
            (r"\alpha", "α"),
            (r"\delta", "δ"),
            (r"\nabla", "∇"),
            (r"\beta", "β"),
            (r"\sqrt", "√"),
            (r"\frac", ""),
            (r"\max", "max"),
            (r"^{\top}", "ᵀ"),
            (r"^{-1}", "⁻¹"),
            (r"\,", ""),
            ("^2", "²"),
            ("^t", "ᵗ"),
            ("_1", "₁"),
            ("_2", "₂"),
            ("-", "−"),
            ("}{", "/"),
            (" ", ""),
        ];
        let bare = |text: &str| text.replace([' ', '(', ')', '{', '}'], "");
        for settings in METHODS.iter().map(Settings::defaults) {
            for parameter in settings.method().parameters {
                let mut forms = vec![settings.clone()];
                if let ParameterKind::Choice { options, .. } = parameter.kind {
                    forms = vec![settings.clone(); options.len()];
                    for (form, (id, _)) in forms.iter_mut().zip(options) {
                        form.set_choice(parameter.id, id).unwrap();
                    }
                } else if let ParameterKind::Switch { .. } = parameter.kind {
                    forms.push(settings.clone());
                    forms[1].set(parameter.id, ParameterValue::Switch(false)).unwrap();
                }
                for goal in [Goal::Minimize, Goal::Maximize] {
                    for line in forms.iter().flat_map(|form| form.rule(goal)) {
                        let latex =
                            WORDS.iter().fold(line.latex.clone(), |latex, (a, b)| latex.replace(a, b));
                        assert_eq!(bare(&latex), bare(&line.text), "{}", line.latex);
                    }
                }
            }
        }
    }

    #[test]
    fn to_maximize_turns_the_sign_of_the_gradient_once() {
        for (id, line) in [
            ("gd", "θ ← θ + α ∇J(θ)"),
            ("momentum", "v ← β v − α ∇J(θ)"),
            ("nesterov", "v ← β v − α ∇J(θ − β v)"),
            ("adam", "g ← −∇J(θ)"),
        ] {
            let settings = Settings::defaults(super::super::method(id).unwrap());
            let [up, down] = [Goal::Maximize, Goal::Minimize].map(|goal| texts(&settings, goal));
            let changed: Vec<_> = up.iter().filter(|line| !down.contains(line)).collect();
            assert_eq!(changed, [line]);
        }
        // H and ∇J both turn: Newton's step is the same for both goals unless H is modified.
        let mut newton = Settings::defaults(super::super::method("newton").unwrap());
        assert_eq!(newton.rule(Goal::Minimize), newton.rule(Goal::Maximize));
        newton.set_choice("variant", "modified").unwrap();
        assert_eq!(texts(&newton, Goal::Maximize).last().unwrap(), "θ ← θ + α H⁻¹ ∇J(θ)");
    }
}
