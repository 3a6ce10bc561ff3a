//! The lines of a rule to tapes.

use std::ops::Range;

use super::error::{RuleError, RuleErrorKind as Kind, RulePlace as Place};
use super::line::{Sides, sides};
use super::names::{G, T, THETA, why_reserved};
use super::{
    MOST_RULE_LINES, MOST_RULE_OPERATIONS, MOST_RULE_PARAMETER, MOST_RULE_PARAMETERS, MOST_STATE_VECTORS,
    gradients,
};
use crate::expr::{
    Expression, FormulaError, FormulaErrorKind, MAX_FORMULA_BYTES, Names, Tape, canonical_name,
};

/// Registers of a walk before those of the parameters: θ, t, g.
pub(super) const FIRST_PARAMETER: usize = 3;

/// A line that has been read.
#[derive(Clone, Debug)]
pub(super) struct Assignment {
    /// Which of the lines it is.
    pub line: usize,
    /// The canonical name of what it assigns.
    pub name: String,
    /// The register of that.
    pub register: usize,
    /// What it assigns.
    pub right: Formula,
    /// The points at which it asks for gradients, in order.
    pub points: Vec<Formula>,
    /// The register of the first gradient; the others follow.
    pub first_gradient: usize,
}

/// A formula in the names of a rule.
#[derive(Clone, Debug)]
pub(super) struct Formula {
    pub expression: Expression,
    pub tape: Tape,
    /// The names of its inputs, in the order of the registers behind θ and t.
    pub inputs: Vec<String>,
}

/// Everything that a name may stand for so far, by register: θ, t, g, parameters, state, what lines have assigned.
struct Known {
    names: Vec<String>,
    parameters: usize,
}

/// Reads the lines.
pub(super) fn compile(
    parameters: &[(String, f64)],
    state: &[String],
    lines: &[String],
) -> Result<Vec<Assignment>, RuleError> {
    let whole = |kind| RuleError { kind, place: Place::Whole, span: 0..0, repairs: Vec::new() };
    if parameters.len() > MOST_RULE_PARAMETERS {
        return Err(error(
            Kind::TooManyParameters(parameters.len()),
            Place::Parameter(MOST_RULE_PARAMETERS),
            0..0,
        ));
    }
    if state.len() > MOST_STATE_VECTORS {
        return Err(error(Kind::TooManyState(state.len()), Place::State(MOST_STATE_VECTORS), 0..0));
    }
    if lines.len() > MOST_RULE_LINES {
        return Err(error(Kind::TooManyLines(lines.len()), Place::Line(MOST_RULE_LINES), 0..0));
    }
    let mut known = declared(parameters, state)?;
    let read = lines.iter().enumerate().map(|(at, text)| match sides(text) {
        Ok(sides) => Ok(sides.map(|sides| (at, sides))),
        Err((kind, span)) => Err(error(kind, Place::Line(at), span)),
    });
    let read: Vec<(usize, Sides<'_>)> = read.filter_map(Result::transpose).collect::<Result<_, _>>()?;
    if read.is_empty() {
        return Err(whole(Kind::Empty));
    }
    let targets: Vec<(usize, String)> =
        read.iter().map(|(at, sides)| (*at, canonical_name(sides.name))).collect();
    let mut assignments = Vec::new();
    let mut operations = 0;
    for (at, sides) in read {
        let at_line = |(kind, span)| error(kind, Place::Line(at), span);
        let name = known.target(&sides).map_err(at_line)?;
        let assignment = known.assignment(at, &sides, name).map_err(|failed| failed.at(at, &targets))?;
        let formulas = assignment.points.iter().chain([&assignment.right]);
        operations += formulas.map(|formula| formula.tape.len()).sum::<usize>();
        if operations > MOST_RULE_OPERATIONS {
            let span = sides.name_span.start..sides.text.trim_end().len();
            return Err(at_line((Kind::TooManyOperations(MOST_RULE_OPERATIONS), span)));
        }
        if assignment.register == known.names.len() {
            known.names.push(assignment.name.clone());
        }
        assignments.push(assignment);
    }
    if !targets.iter().any(|(_, name)| name == THETA) {
        return Err(whole(Kind::WithoutTheta));
    }
    Ok(assignments)
}

fn error(kind: Kind, place: Place, span: Range<usize>) -> RuleError {
    RuleError { kind, place, span, repairs: Vec::new() }
}

/// What is known before the first line.
fn declared(parameters: &[(String, f64)], state: &[String]) -> Result<Known, RuleError> {
    let mut known = Known { names: [THETA, T, G].map(str::to_owned).to_vec(), parameters: parameters.len() };
    let named = parameters.iter().enumerate().map(|(at, (name, _))| (Place::Parameter(at), name));
    for (place, name) in named.chain(state.iter().enumerate().map(|(at, name)| (Place::State(at), name))) {
        let span = 0..name.len();
        if let Some(why) = why_reserved(name) {
            return Err(error(Kind::ReservedName { name: name.clone(), why }, place, span));
        }
        let canonical = canonical_name(name);
        if known.names.contains(&canonical) {
            return Err(error(Kind::NamedTwice(name.clone()), place, span));
        }
        known.names.push(canonical);
    }
    for (at, (name, value)) in parameters.iter().enumerate() {
        if !(-MOST_RULE_PARAMETER..=MOST_RULE_PARAMETER).contains(value) {
            return Err(error(Kind::OutOfRange(*value), Place::Parameter(at), 0..name.len()));
        }
    }
    Ok(known)
}

/// A mistake somewhere in a line.
enum Failed {
    Line(Kind, Range<usize>),
    Formula(FormulaError),
}

impl Failed {
    fn at(self, line: usize, targets: &[(usize, String)]) -> RuleError {
        let place = Place::Line(line);
        let FormulaError { kind, span, repairs } = match self {
            Self::Line(kind, span) => return error(kind, place, span),
            Self::Formula(formula) => formula,
        };
        let kind = match kind {
            FormulaErrorKind::UnknownName { name, suggestions, .. } => unknown(name, suggestions, targets),
            FormulaErrorKind::ThirdVariable { name, .. } => unknown(name, Vec::new(), targets),
            FormulaErrorKind::Empty => Kind::NothingAssigned,
            kind => Kind::Formula(Box::new(kind)),
        };
        RuleError { kind, place, span, repairs }
    }
}

fn unknown(name: String, suggestions: Vec<String>, targets: &[(usize, String)]) -> Kind {
    let assigned_in = targets.iter().find(|(_, target)| *target == name).map(|(line, _)| *line as u32);
    Kind::UnknownName { name, suggestions, assigned_in }
}

impl Known {
    /// The canonical name that a line assigns.
    fn target(&self, sides: &Sides<'_>) -> Result<String, (Kind, Range<usize>)> {
        let name = canonical_name(sides.name);
        let refused = |kind| Err((kind, sides.name_span.clone()));
        if sides.name.contains(|c: char| c.is_whitespace() || "+-*/^()[]{}<>,!|%".contains(c)) {
            return refused(Kind::NoName);
        }
        if name != THETA
            && let Some(why) = why_reserved(sides.name)
        {
            return refused(Kind::ReservedName { name: sides.name.to_owned(), why });
        }
        let of_parameters = FIRST_PARAMETER..FIRST_PARAMETER + self.parameters;
        if self.names.get(of_parameters).is_some_and(|names| names.contains(&name)) {
            return refused(Kind::ChangesParameter(sides.name.to_owned()));
        }
        Ok(name)
    }

    fn assignment(&self, line: usize, sides: &Sides<'_>, name: String) -> Result<Assignment, Failed> {
        let typed = gradients::blank(sides.right) + sides.text.get(sides.right..).unwrap_or_default();
        if typed.len() > MAX_FORMULA_BYTES {
            let kind = Kind::Formula(Box::new(FormulaErrorKind::TooLong { bytes: typed.len() }));
            return Err(Failed::Line(kind, sides.name_span.clone()));
        }
        let taken = gradients::take(&typed).map_err(|(kind, span)| Failed::Line(kind, span))?;
        let mut points = Vec::new();
        for point in &taken.points {
            let formula = self.formula(point, points.len())?;
            points.push(formula);
        }
        let right = self.formula(&taken.text, points.len())?;
        let register = self.names.iter().position(|known| *known == name).unwrap_or(self.names.len());
        Ok(Assignment { line, name, register, right, points, first_gradient: self.names.len() })
    }

    /// A formula in what is known and so many gradients.
    fn formula(&self, text: &str, gradients: usize) -> Result<Formula, Failed> {
        let placeholders: Vec<String> = (0..gradients).map(gradients::name).collect();
        let all = self.names.iter().chain(&placeholders).map(String::as_str);
        // θ and t stand in the places of the two variables of a cost.
        let inputs: Vec<&str> = all.skip(2).collect();
        let parsed = Expression::parse(text).map_err(|formula| without_gradients(formula, &placeholders))?;
        if parsed.name().is_some() {
            let at = text.rfind('=').unwrap_or(0);
            return Err(Failed::Line(Kind::SecondAssignment, at..at + 1));
        }
        let names = Names::new([THETA, T], inputs.iter().copied());
        let read = parsed.resolved(&names).and_then(|expression| {
            let tape = expression.compile_with([THETA, T], &[], &inputs)?;
            let inputs = inputs.iter().map(|name| (*name).to_owned()).collect();
            Ok(Formula { expression, tape, inputs })
        });
        read.map_err(|formula| without_gradients(formula, &placeholders))
    }
}

/// A mistake that quotes no name that nobody typed.
fn without_gradients(mut formula: FormulaError, placeholders: &[String]) -> Failed {
    use FormulaErrorKind as Of;
    if let Of::MissingOperator(quoted) = &mut formula.kind
        && placeholders.contains(quoted)
    {
        "grad".clone_into(quoted);
    }
    let is_none = |text: &String| !placeholders.contains(text);
    if let Of::UnknownName { suggestions, .. } | Of::UnknownFunction { suggestions, .. } = &mut formula.kind {
        suggestions.retain(is_none);
    }
    formula.repairs.retain(|repair| is_none(&repair.text));
    Failed::Formula(formula)
}
