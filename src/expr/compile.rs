//! Reverse Polish order to tape: names get their meaning, and operations their operands.

use std::ops::Range;

use super::MAX_OPERATIONS;
use super::emit::emit;
use super::error::{FormulaError, FormulaErrorKind as Kind, Repair};
use super::functions::{self, Function, Kind as FunctionKind};
use super::graph::Graph;
use super::lex::suggestions;
use super::names::{NO_VARIABLE, Names, canonical_name, display_name};
use super::op::{SLOT_X, SLOT_Y, Slot};
use super::operator::Operator;
use super::parse::Expression;
use super::steps::{Name, Step};
use super::tape::Tape;

impl Expression {
    /// Gives the names their meaning and compiles. `constants` are pairs of name and value.
    ///
    /// # Errors
    /// A name that is neither a variable nor a constant nor `e` nor `pi`, with its place in the typed text; sums and
    /// products whose ends are not whole, or that are too long.
    pub fn compile(&self, variables: [&str; 2], constants: &[(String, f64)]) -> Result<Tape, FormulaError> {
        self.compile_with(variables, constants, &[])
    }

    /// As [`Expression::compile`], with further names whose numbers are given when it is evaluated, by
    /// [`TapeEvaluator::bind`](super::TapeEvaluator::bind), and again as often as they change: those of a row of data, or of
    /// a step. No derivatives are taken by them.
    ///
    /// # Errors
    /// As for [`Expression::compile`].
    pub fn compile_with(
        &self,
        variables: [&str; 2],
        constants: &[(String, f64)],
        inputs: &[&str],
    ) -> Result<Tape, FormulaError> {
        let held = constants.iter().map(|(name, _)| name.as_str());
        let names = Names::new(variables, held.chain(inputs.iter().copied()));
        let names = if self.has_free_letters { names.with_free_letters() } else { names };
        let expression = self.resolved(&names)?;
        let scope = Scope {
            variables: variables.map(canonical_name),
            constants: constants.iter().map(|(name, value)| (canonical_name(name), *value)).collect(),
            inputs: inputs.iter().map(|name| canonical_name(name)).collect(),
            indices: Vec::new(),
            names,
        };
        let mut compiler = Compiler { graph: Graph::default(), scope, repeated: 0, inside: 0 };
        let unreadable = || FormulaError::new(Kind::Unreadable, 0..self.text.len());
        let result = compiler.run(expression.steps())?.ok_or_else(unreadable)?;
        Ok(emit(compiler.graph.nodes, result))
    }
}

/// The most sums within sums.
const MAX_SUMS: usize = 20;

struct Compiler {
    graph: Graph,
    scope: Scope,
    /// Operations of sums and products so far.
    repeated: usize,
    /// How many sums and products are around.
    inside: usize,
}

impl Compiler {
    /// The slot of the result; `None` if operands are missing.
    fn run(&mut self, steps: &[Step]) -> Result<Option<Slot>, FormulaError> {
        let mut stack = Vec::new();
        for step in steps {
            if self.step(step, &mut stack)?.is_none() {
                return Ok(None);
            }
        }
        Ok(stack.pop())
    }

    fn step(&mut self, step: &Step, stack: &mut Vec<Slot>) -> Result<Option<()>, FormulaError> {
        let graph = &mut self.graph;
        let node = match step {
            Step::Number(number) => Some(graph.constant(*number)),
            Step::Name(name) => Some(self.scope.resolve(name, graph)?),
            Step::Negate => pop(stack).map(|[a]| graph.negate(a)),
            Step::Binary(operator) => pop(stack).map(|[a, b]| graph.binary(*operator, a, b)),
            Step::Call { function, arguments } => call(graph, function, *arguments, stack),
            Step::Repeat { function, index, body, span } => {
                let Some([from, to]) = pop(stack) else { return Ok(None) };
                self.repeat(function, index, body, [from, to], span)?
            }
        };
        Ok(node.map(|node| stack.push(node)))
    }

    /// Writes a sum or a product out.
    fn repeat(
        &mut self,
        function: &Function,
        index: &str,
        body: &[Step],
        ends: [Slot; 2],
        span: &Range<usize>,
    ) -> Result<Option<Slot>, FormulaError> {
        let FunctionKind::Repeated(operator) = function.kind else { return Ok(None) };
        let too_many = || FormulaError::new(Kind::TooManyOperations, span.clone());
        let [mut value, last] = ends.map(|end| self.graph.value_of(end));
        for end in [value, last] {
            if end.is_none_or(|end| end.fract() != 0.0) {
                return Err(FormulaError::new(Kind::NoWholeEnd { found: end }, span.clone()));
            }
        }
        self.inside += 1;
        if self.inside > MAX_SUMS {
            return Err(too_many());
        }
        let operations = 1 + body.iter().filter(|s| !matches!(s, Step::Number(_) | Step::Name(_))).count();
        let mut joined = None;
        while let (Some(at), Some(last)) = (value, last)
            && at <= last
        {
            self.repeated += operations;
            if self.repeated > MAX_OPERATIONS {
                return Err(too_many());
            }
            self.scope.indices.push((index.to_owned(), at));
            let term = self.run(body)?;
            self.scope.indices.pop();
            let Some(term) = term else { return Ok(None) };
            joined = Some(joined.map_or(term, |joined| self.graph.binary(operator, joined, term)));
            value = Some(at + 1.0);
        }
        self.inside -= 1;
        let empty = if operator == Operator::Add { 0.0 } else { 1.0 };
        Ok(joined.or_else(|| Some(self.graph.constant(empty))))
    }
}

fn call(
    graph: &mut Graph,
    function: &'static Function,
    arguments: usize,
    stack: &mut Vec<Slot>,
) -> Option<Slot> {
    match &function.kind {
        FunctionKind::Unary(unary) => pop(stack).map(|[a]| graph.unary(unary, a)),
        FunctionKind::Power => pop(stack).map(|[a, b]| graph.binary(Operator::Pow, a, b)),
        FunctionKind::Binary(f) => pop(stack).map(|[a, b]| graph.call(f, a, b)),
        FunctionKind::Fold(f) => {
            let start = stack.len().checked_sub(arguments)?;
            // The larger of a term and itself is the term, with its slopes: this is no tie.
            stack.drain(start..).reduce(|a, b| if a == b { a } else { graph.call(f, a, b) })
        }
        FunctionKind::Clamp => {
            let [x, low, high] = pop(stack)?;
            let above = graph.call(functions::binary("max")?, x, low);
            Some(graph.call(functions::binary("min")?, above, high))
        }
        FunctionKind::LogToBase => {
            let [x, base] = pop(stack)?;
            Some(graph.log_to_base(x, base))
        }
        FunctionKind::If => pop(stack).map(|[condition, a, b]| graph.select(condition, a, b)),
        FunctionKind::Repeated(_) => None,
    }
}

/// Operands in the order in which they were written, if there are as many.
fn pop<const N: usize>(stack: &mut Vec<Slot>) -> Option<[Slot; N]> {
    let start = stack.len().checked_sub(N)?;
    let operands = stack.get(start..)?.try_into().ok()?;
    stack.truncate(start);
    Some(operands)
}

/// What the names mean.
struct Scope {
    variables: [String; 2],
    constants: Vec<(String, f64)>,
    inputs: Vec<String>,
    /// The indices of the sums around, the innermost last.
    indices: Vec<(String, f64)>,
    names: Names,
}

impl Scope {
    fn resolve(&self, name: &Name, graph: &mut Graph) -> Result<Slot, FormulaError> {
        let Name { name: typed, span, called } = name;
        if let Some((_, value)) = self.indices.iter().rev().find(|(index, _)| index == typed) {
            return Ok(graph.constant(*value));
        }
        if let Some(variable) = self.variables.iter().position(|v| v == typed) {
            return Ok(if variable == 0 { SLOT_X } else { SLOT_Y });
        }
        if let Some((_, value)) = self.constants.iter().find(|(constant, _)| constant == typed) {
            return Ok(graph.constant(*value));
        }
        if let Some(input) = self.inputs.iter().position(|input| input == typed) {
            return Ok(graph.input(input));
        }
        match typed.as_str() {
            "e" => return Ok(graph.constant(std::f64::consts::E)),
            "pi" => return Ok(graph.constant(std::f64::consts::PI)),
            _ => {}
        }
        if !called && functions::called(typed).is_some() {
            return Err(FormulaError::new(Kind::FunctionWithoutParentheses(typed.clone()), span.clone()));
        }
        let there = self.variables.iter().filter(|variable| *variable != NO_VARIABLE);
        let variables = there.map(|variable| display_name(variable)).collect::<Vec<_>>().join(" and ");
        let suggestions = if typed.len() > 1 { suggestions(typed, *called, &self.names) } else { Vec::new() };
        if *called && typed.len() > 1 {
            return Err(FormulaError::of_unknown(typed, suggestions, span));
        }
        let is_of_one = self.variables[1] == NO_VARIABLE;
        let mut repairs: Vec<Repair> =
            suggestions.iter().map(|text| Repair::new(span.clone(), text.clone())).collect();
        let name = typed.clone();
        let kind = if matches!(typed.as_str(), "x" | "y" | "z") {
            if is_of_one && suggestions.is_empty() {
                repairs.push(Repair::new(0..0, format!("J({}, {typed}) = ", self.variables[0])));
            }
            Kind::ThirdVariable { name, variables }
        } else {
            Kind::UnknownName { name, suggestions, variables }
        };
        Err(FormulaError { kind, span: span.clone(), repairs })
    }
}
