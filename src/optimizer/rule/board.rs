//! The lines of a rule as they stand on the board, and a step of it line by line.

use std::borrow::Cow;

use super::RuleWalk;
use super::compile::{Assignment, Formula};
use super::gradients;
use super::names::{G, T, THETA};
use crate::expr::{Operator, Step, canonical_name, display_name};
use crate::objective::Point;
use crate::optimizer::term::{Term, Value, vector};
use crate::optimizer::{Drawn, Stage, Taken};
use crate::symbolic;

/// What the names stand for when a line is computed, each by its canonical form.
struct Names(Vec<(String, Term)>);

impl Names {
    fn set(&mut self, name: &str, term: Term) {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), term));
    }

    fn get(&self, name: &str) -> Option<&Term> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, term)| term)
    }
}

impl RuleWalk {
    /// What the step did that brought the rule here from `before`: the gradient, then each line. The last one is the next iterate.
    pub(in crate::optimizer) fn stages<S>(&self, before: &Self, taken: &Taken<'_, S>) -> Vec<Stage> {
        let mut names = Names(Vec::new());
        names.set(THETA, taken.theta());
        names.set(G, taken.g());
        names.set(T, named(T, Value::Scalar(f64::from(taken.from.t))));
        let rule = &self.rule;
        for (parameter, value) in rule.parameters.iter().zip(self.parameters.iter()) {
            let canonical = canonical_name(&parameter.name);
            names.set(&canonical, named(&canonical, Value::Scalar(*value)));
        }
        for (name, vector) in rule.state.iter().zip(before.state) {
            let canonical = canonical_name(name);
            names.set(&canonical, named(&canonical, Value::Vector(vector)));
        }
        // A step that does not exist came only as far as it came; a rule without a step has no numbers.
        let missing = if self.scratch.results.is_empty() { Point::zeros() } else { Point::repeat(f64::NAN) };
        let mut asked = self.scratch.gradients.iter().copied();
        let mut lines = Vec::new();
        for (place, assignment) in rule.assignments.iter().enumerate() {
            let result = self.scratch.results.get(place).copied().unwrap_or(missing);
            for (number, point) in assignment.points.iter().enumerate() {
                let symbol = gradient_symbol(&written(point, &names), taken, asked.next().unwrap_or(missing));
                names.set(&gradients::name(number), symbol);
            }
            let right = written(&assignment.right, &names);
            let is_point = assignment.name == THETA;
            let value = match right.value() {
                Value::Scalar(_) if !is_point => Value::Scalar(result.x),
                _ => Value::Vector(result),
            };
            names.set(&assignment.name, named(&assignment.name, value));
            lines.push((assignment, right, value));
        }
        let mut stages = vec![taken.gradient()];
        let last = rule.assignments.iter().rposition(|assignment| assignment.name == THETA).unwrap_or(0);
        let is_last_free = can_come_last(&rule.assignments, last);
        let mut point = None;
        for (place, (assignment, right, value)) in lines.into_iter().enumerate() {
            if place == last && is_last_free {
                point = Some(taken.end_at(right));
                continue;
            }
            let symbol = [text_of(&assignment.name), latex_of(&assignment.name)].map(Cow::Owned);
            let id = free_id(&assignment.name, &stages);
            let title = self.title(assignment);
            stages.push(self.drawn(Stage::line_named(id, title, symbol, right, value), assignment, taken));
        }
        stages.push(point.unwrap_or_else(|| taken.end_at(vector("θ", r"\theta", taken.to))));
        stages
    }

    fn title(&self, assignment: &Assignment) -> Cow<'static, str> {
        let number = assignment.line + 1;
        let kept = if self.keeps(assignment) { ": a state vector, kept for the next step" } else { "" };
        format!("line {number} of the rule{kept}").into()
    }

    /// Whether a line assigns a state vector.
    fn keeps(&self, assignment: &Assignment) -> bool {
        self.rule.state.iter().any(|name| canonical_name(name) == assignment.name)
    }

    /// The same, drawn as a way where the next iterate is θ and what the line assigns, or θ less that. Of another state vector
    /// nobody knows the unit: it is drawn as a slope is, whose direction alone means something.
    fn drawn<S>(&self, stage: Stage, assignment: &Assignment, taken: &Taken<'_, S>) -> Stage {
        let (symbol, at) = (text_of(&assignment.name), taken.from.at);
        let last = self.rule.assignments.iter().rev().find(|line| line.name == THETA);
        match last.map(|line| line.right.expression.steps()) {
            Some([Step::Name(theta), Step::Name(by), Step::Binary(Operator::Sub)])
                if theta.name == THETA && by.name == assignment.name =>
            {
                let by = -stage.entries();
                stage.drawn_as(format!("−{symbol}"), Drawn::Way { from: at, by })
            }
            Some([Step::Name(one), Step::Name(other), Step::Binary(Operator::Add)])
                if [[THETA, assignment.name.as_str()], [assignment.name.as_str(), THETA]]
                    .contains(&[one.name.as_str(), other.name.as_str()]) =>
            {
                let by = stage.entries();
                stage.drawn_as(symbol, Drawn::Way { from: at, by })
            }
            _ if self.keeps(assignment) => {
                let slope = stage.entries();
                stage.drawn_as(symbol, Drawn::Slope { at, slope, before: None })
            }
            _ => stage,
        }
    }
}

/// Whether the line that makes the next iterate may be said after those that follow it: none reads the point, and none makes
/// another of what it reads.
fn can_come_last(assignments: &[Assignment], last: usize) -> bool {
    let Some(point) = assignments.get(last) else { return false };
    let read = |assignment: &Assignment, name: &str| {
        assignment.points.iter().chain([&assignment.right]).any(|formula| formula.expression.uses(name))
    };
    assignments.iter().skip(last + 1).all(|later| !read(later, THETA) && !read(point, &later.name))
}

/// An id that no stage has: the name of what a line assigns, numbered where it has been assigned before.
fn free_id(name: &str, stages: &[Stage]) -> Cow<'static, str> {
    let is_free = |id: &str| id != "point" && stages.iter().all(|stage| stage.id != id);
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|id| is_free(id)).unwrap_or_default().into()
}

/// A name as one line of text has it: m_hat is m̂.
fn text_of(name: &str) -> String {
    match name.strip_suffix("_hat") {
        Some(letter) if display_name(letter).chars().count() == 1 => {
            format!("{}\u{302}", display_name(letter))
        }
        _ => display_name(name),
    }
}

fn latex_of(name: &str) -> String {
    match name.strip_suffix("_hat") {
        Some(letter) if display_name(letter).chars().count() == 1 => {
            format!(r"\hat{{{}}}", symbolic::name_latex(letter))
        }
        _ => symbolic::name_latex(name),
    }
}

fn named(name: &str, value: Value) -> Term {
    Term::Symbol { text: text_of(name).into(), latex: latex_of(name).into(), value }
}

/// The gradient at a point by its name: that of J, of −J where the goal is to maximize, or of what is walked on.
fn gradient_symbol<S>(point: &Term, taken: &Taken<'_, S>, gradient: Point) -> Term {
    let of = if taken.on_merit {
        ["M"; 2]
    } else if taken.on_batch {
        ["J_B"; 2]
    } else {
        ["J"; 2]
    };
    let text = format!("∇{}({})", of[0], point.text(None));
    let latex = format!(r"\nabla {}({})", of[1], point.latex(None));
    taken.signed(|sign| Term::Symbol {
        text: text.into(),
        latex: latex.into(),
        value: Value::Vector(sign * gradient),
    })
}

/// A formula as a term; one with sums over an index or with cases, which terms have not, as one symbol without numbers in it.
fn written(formula: &Formula, names: &Names) -> Term {
    term_of(formula.expression.steps(), names).unwrap_or_else(|| {
        let value = value_of(formula, names);
        match symbolic::written(&formula.expression, [THETA, T]) {
            Ok(symbolic::Written { text, latex }) => {
                Term::Symbol { text: text.into(), latex: latex.into(), value }
            }
            Err(_) => Term::Symbol { text: "…".into(), latex: r"\dots".into(), value },
        }
    })
}

/// What a formula is where its names stand for these.
fn value_of(formula: &Formula, names: &Names) -> Value {
    let entry = |name: &str, axis: usize| match names.get(name).map(Term::value) {
        Some(Value::Scalar(number)) => number,
        Some(Value::Vector(vector)) => vector[axis],
        _ => f64::NAN,
    };
    let mut result = Point::zeros();
    for axis in [0, 1] {
        let inputs: Vec<f64> = formula.inputs.iter().map(|name| entry(name, axis)).collect();
        let mut evaluator = formula.tape.evaluator();
        evaluator.bind(&inputs);
        result[axis] = evaluator.value(entry(THETA, axis), entry(T, axis));
    }
    Value::Vector(result)
}

fn term_of(steps: &[Step], names: &Names) -> Option<Term> {
    let mut stack: Vec<Term> = Vec::new();
    for step in steps {
        let term = match step {
            Step::Number(number) if *number < 0.0 => -Term::Constant(-number),
            Step::Number(number) => Term::Constant(*number),
            Step::Name(name) => match names.get(&name.name) {
                Some(term) => term.clone(),
                None if name.name == "e" => named("e", Value::Scalar(std::f64::consts::E)),
                None if name.name == "pi" => named("pi", Value::Scalar(std::f64::consts::PI)),
                None => return None,
            },
            Step::Negate => -stack.pop()?,
            Step::Binary(operator) => {
                let (right, left) = (stack.pop()?, stack.pop()?);
                joined(*operator, left, right, names)?
            }
            Step::Call { function, arguments } => {
                let start = stack.len().checked_sub(*arguments)?;
                let mut arguments = stack.split_off(start);
                match (function.name, arguments.len()) {
                    ("sqrt", 1) => arguments.pop()?.root(),
                    ("abs", 1) => Term::Magnitude(Box::new(arguments.pop()?)),
                    ("sign" | "signum", 1) => arguments.pop()?.sign(),
                    ("max", 2) => {
                        let other = arguments.pop()?;
                        arguments.pop()?.larger(other)
                    }
                    ("pow", 2) => {
                        let exponent = arguments.pop()?;
                        joined(Operator::Pow, arguments.pop()?, exponent, names)?
                    }
                    _ if function.is_written_as_call() => Term::Call { function, arguments },
                    _ => return None,
                }
            }
            Step::Repeat { .. } => return None,
        };
        stack.push(term);
    }
    stack.pop()
}

fn joined(operator: Operator, left: Term, right: Term, names: &Names) -> Option<Term> {
    Some(match operator {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mul => left * right,
        Operator::Div => left / right,
        Operator::Rem => return None,
        Operator::Pow => match (&right, names.get(T)) {
            (Term::Constant(2.0), _) => left.squared(),
            (exponent, Some(t)) if *exponent == *t => match t.value() {
                Value::Scalar(number) => left.power(number as u32),
                _ => return None,
            },
            _ => Term::Raised(Box::new([left, right])),
        },
    })
}
