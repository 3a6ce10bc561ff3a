//! A step taken apart, as it stands on the board: what a method does, in order, in symbols and with the numbers of the step.
//! The lines of its update rule are those stages that define something; the others are parts of the next line that are worth
//! being seen.

mod numbers;
pub(super) mod sketch;

use std::borrow::Cow;

use super::iterate::Iterate;
use super::term::{Numbers, Term, Value, one_minus, scalar, vector};
use crate::objective::{Goal, Point};
pub use sketch::{Drawn, Sketch};

/// A line of an update rule, written twice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleLine {
    /// One line of Unicode, in the symbols of the parameters and stages.
    pub text: String,
    /// LaTeX for math mode, without dollar signs.
    pub latex: String,
}

/// A part of a step.
#[derive(Clone, PartialEq, Debug)]
pub struct Stage {
    /// Its name in files and on the command line, unique within a method.
    pub id: &'static str,
    /// What it is, for a student.
    pub title: &'static str,
    /// What is computed.
    pub right: Term,
    /// What came out, as the method has it: never computed again from what is written.
    pub value: Value,
    /// What is defined; nothing of a mere part of the next line.
    left: Option<Defined>,
    /// What is drawn of it in the plane.
    pub sketch: Option<Sketch>,
}

#[derive(Clone, PartialEq, Debug)]
struct Defined {
    symbol: [Cow<'static, str>; 2],
    relation: [&'static str; 2],
}

impl Stage {
    /// A line of the rule: `symbol`, as text and as LaTeX, becomes what is on the right, which has come out as `value`.
    pub(super) fn line(
        id: &'static str,
        title: &'static str,
        symbol: [&'static str; 2],
        right: Term,
        value: Value,
    ) -> Self {
        let left = Some(Defined { symbol: symbol.map(Cow::Borrowed), relation: ["←", r"\leftarrow"] });
        Self { id, title, right, value, left, sketch: None }
    }

    /// A line of the rule that says `what` in another way.
    pub(super) fn identity(
        id: &'static str,
        title: &'static str,
        what: &Term,
        right: Term,
        value: Value,
    ) -> Self {
        let symbol = [what.text(None), what.latex(None)].map(Cow::Owned);
        let left = Some(Defined { symbol, relation: ["=", "="] });
        Self { id, title, right, value, left, sketch: None }
    }

    /// The line of a fading average: `symbol`, [before, now], becomes β `symbol` + (1 − β) `of`.
    pub(super) fn average(
        id: &'static str,
        title: &'static str,
        symbol: [&'static str; 2],
        beta: Term,
        [before, now]: [Point; 2],
        of: Term,
    ) -> Self {
        let right = beta.clone() * vector(symbol[0], symbol[1], before) + one_minus(beta) * of;
        Self::line(id, title, symbol, right, Value::Vector(now))
    }

    /// A part of the next line.
    pub(super) fn part(id: &'static str, title: &'static str, right: Term) -> Self {
        Self { id, title, value: right.value(), right, left: None, sketch: None }
    }

    /// What it is called, in a word or two: its id as people write it, or the symbol that it defines.
    pub fn name(&self) -> String {
        match &self.left {
            Some(Defined { symbol, .. }) if self.id.len() == 1 => symbol[0].clone().into_owned(),
            // Not every font has letters with a hat.
            _ if self.id.ends_with("_hat") => format!("Corrected {}", self.id.trim_end_matches("_hat")),
            _ => {
                let words = self.id.replace('_', " ");
                let first = words.chars().take(1).flat_map(char::to_uppercase);
                first.chain(words.chars().skip(1)).collect()
            }
        }
    }

    /// Whether it is a line of the rule.
    pub fn is_line(&self) -> bool {
        self.left.is_some()
    }

    /// Its formula in symbols, with each term marked that one of `before`, the stages before it, is: with that stage's place
    /// among them, by way of its color ([`crate::figure::mathematics`] reads them).
    pub fn marked_formula(&self, before: &[Self]) -> RuleLine {
        let is_of = |stage: &Self, term: &Term| match (&stage.left, term) {
            (Some(defined), Term::Symbol { text, .. }) => defined.symbol[0] == *text,
            (None, term) => stage.right == *term,
            (Some(_), _) => false,
        };
        let mark = |term: &Term| before.iter().rposition(|stage| is_of(stage, term));
        let RuleLine { text, latex } = self.formula(None);
        let right = self.right.latex(None);
        // What is on the left is defined here.
        let left = latex.strip_suffix(right.as_str()).unwrap_or_default();
        RuleLine { text, latex: format!("{left}{}", self.right.marked_latex(&mark)) }
    }

    /// Its formula in symbols, `v ← β v + α g`, or with the numbers of the step in their place.
    pub fn formula(&self, numbers: Numbers<'_>) -> RuleLine {
        let (text, latex) = (self.right.text(numbers), self.right.latex(numbers));
        match &self.left {
            None => RuleLine { text, latex },
            Some(Defined { symbol, relation }) => RuleLine {
                text: format!("{} {} {text}", symbol[0], relation[0]),
                latex: format!("{} {} {latex}", symbol[1], relation[1]),
            },
        }
    }
}

/// A step that was taken, for the stages of a [`super::Stepper`].
#[derive(Debug)]
pub struct Taken<'a, S> {
    /// The state before it.
    pub before: &'a S,
    /// Where it began.
    pub from: Iterate,
    /// Where it leads; not a number where the method has no step from there.
    pub to: Point,
    /// Methods run on −J where the goal is to maximize.
    pub goal: Goal,
}

impl<S> Taken<'_, S> {
    /// θ, where it began.
    pub(super) fn theta(&self) -> Term {
        vector("θ", r"\theta", self.from.at)
    }

    /// α, one number where both coordinates have the same.
    pub(super) fn alpha(&self) -> Term {
        let rate = self.from.rate;
        if rate.x == rate.y { scalar("α", r"\alpha", rate.x) } else { vector("α", r"\alpha", rate) }
    }

    /// g, the gradient of the minimized function.
    pub(super) fn g(&self) -> Term {
        vector("g", "g", self.from.here.gradient)
    }

    /// The line that defines g.
    pub(super) fn gradient(&self) -> Stage {
        self.gradient_as(
            "direction of steepest ascent where the step begins",
            [self.from.at, self.from.here.gradient],
            ["∇J(θ)", r"\nabla J(\theta)"],
        )
    }

    /// The line that defines g as the gradient `symbol` at a point.
    pub(super) fn gradient_as(
        &self,
        title: &'static str,
        [at, g]: [Point; 2],
        [text, latex]: [&'static str; 2],
    ) -> Stage {
        Stage::line(
            "gradient",
            title,
            ["g", "g"],
            self.signed(|sign| vector(text, latex, sign * g)),
            Value::Vector(g),
        )
        .slope_at("g", at)
    }

    /// Something of J, made with the sign that it has beside the same of the minimized function.
    pub(super) fn signed(&self, of_j: impl FnOnce(f64) -> Term) -> Term {
        match self.goal {
            Goal::Minimize => of_j(1.0),
            Goal::Maximize => -of_j(-1.0),
        }
    }

    /// The part that is the learning rate of each coordinate, α / divisor.
    pub(super) fn effective_rate(&self, divisor: Term) -> Stage {
        let title = "learning rate that each coordinate really gets";
        let stage = Stage::part("effective_rate", title, self.alpha() / divisor);
        let sides = stage.entries();
        stage.drawn("rate", Drawn::Sides(sides))
    }

    /// The part that is subtracted, α direction / divisor; `label` stands beside it where it is drawn.
    pub(super) fn displacement(&self, direction: Term, divisor: Term, label: &'static str) -> Stage {
        let right = self.alpha() * direction / divisor;
        Stage::part("displacement", "what the step subtracts", right).subtracted_from(label, self.from.at)
    }

    /// The last line: θ ← θ − what is subtracted.
    pub(super) fn end(&self, subtracted: Term) -> Stage {
        self.end_at(self.theta() - subtracted)
    }

    /// The last line: what θ becomes.
    pub(super) fn end_at(&self, right: Term) -> Stage {
        let step = Drawn::Step { from: self.from.at, to: self.to };
        Stage::line("point", "the next iterate", ["θ", r"\theta"], right, Value::Vector(self.to))
            .drawn("θ", step)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{METHODS, ParameterKind, ParameterValue, Settings};
    use super::*;

    fn texts(settings: &Settings, goal: Goal) -> Vec<String> {
        settings.rule(goal).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn rules_hold_the_formula_of_the_table() {
        for method in METHODS {
            let rule = texts(&Settings::defaults(method), Goal::Minimize);
            // The table says where Nesterov's gradient is taken, which the rule does in a line of its own.
            let formula = method.formula.replace("∇J(θ − β v)", "g");
            let mut lines = rule.iter();
            for part in formula.split(", ") {
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
            ("λ", r"\lambda"),
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
            ["g ← ∇J(θ)", "v ← β v + (1 − β) g", "θ ← θ − α v"]
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
                        form.set(parameter.id, ParameterValue::Choice(id)).unwrap();
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
    fn to_maximize_turns_the_signs_of_what_is_asked_of_j_and_nothing_else() {
        for settings in METHODS.iter().map(Settings::defaults) {
            let [up, down] = [Goal::Maximize, Goal::Minimize].map(|goal| texts(&settings, goal));
            let turned: Vec<_> = down.iter().map(|line| line.replace("← ∇", "← −∇")).collect();
            assert_eq!(up, turned);
            assert!(up.iter().any(|line| line.starts_with("g ← −∇J(θ")), "{up:?}");
        }
        let mut newton = Settings::defaults(super::super::method("newton").unwrap());
        newton.set("variant", ParameterValue::Choice("modified")).unwrap();
        assert_eq!(texts(&newton, Goal::Maximize)[1], "−∇²J(θ) = Q diag(λ) Qᵀ");
    }
}
