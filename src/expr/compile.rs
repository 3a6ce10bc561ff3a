//! Reverse Polish order to tape: names get their meaning, and operations their operands.

use super::emit::emit;
use super::error::{FormulaError, FormulaErrorKind as Kind};
use super::functions::{FUNCTIONS, Kind as FunctionKind};
use super::graph::Graph;
use super::names::{canonical_name, display_name, suggest};
use super::parse::{Expression, Name, Operator, Step};
use super::tape::{SLOT_X, SLOT_Y, Slot, Tape};

impl Expression {
    /// Gives the names their meaning and compiles. `constants` are pairs of name and value.
    ///
    /// # Errors
    /// A name that is neither a variable nor a constant nor `e` nor `pi`, with its place in the typed text.
    pub fn compile(&self, variables: [&str; 2], constants: &[(String, f64)]) -> Result<Tape, FormulaError> {
        let scope = Scope {
            variables: variables.map(canonical_name),
            constants: constants.iter().map(|(name, value)| (canonical_name(name), *value)).collect(),
        };
        let mut graph = Graph::default();
        let mut stack = Vec::new();
        for item in &self.steps {
            let node = match item {
                Step::Number(number) => graph.constant(*number),
                Step::Name(name) => scope.resolve(name, &mut graph)?,
                Step::Negate => pop(&mut stack, self)?.map(|[a]| graph.negate(a)),
                Step::Binary(operator) => pop(&mut stack, self)?.map(|[a, b]| graph.binary(*operator, a, b)),
                Step::Call { function, arguments } => match &function.kind {
                    FunctionKind::Unary(unary) => pop(&mut stack, self)?.map(|[a]| graph.unary(unary, a)),
                    FunctionKind::Power => {
                        pop(&mut stack, self)?.map(|[a, b]| graph.binary(Operator::Pow, a, b))
                    }
                    FunctionKind::Binary(f) => pop(&mut stack, self)?.map(|[a, b]| graph.call(f, a, b)),
                    FunctionKind::Fold(f) => {
                        for _ in 1..*arguments {
                            let [a, b] = pop(&mut stack, self)?.0;
                            // The larger of a term and itself is the term, with its slopes: this is no tie.
                            stack.push(if a == b { a } else { graph.call(f, a, b) });
                        }
                        continue;
                    }
                },
            };
            stack.push(node);
        }
        let [result] = pop(&mut stack, self)?.0;
        Ok(emit(graph.nodes, result))
    }
}

/// Operands in the order in which they were written.
struct Operands<const N: usize>([Slot; N]);

impl<const N: usize> Operands<N> {
    fn map(self, f: impl FnOnce([Slot; N]) -> Slot) -> Slot {
        f(self.0)
    }
}

fn pop<const N: usize>(stack: &mut Vec<Slot>, expression: &Expression) -> Result<Operands<N>, FormulaError> {
    let unreadable = FormulaError::new(Kind::Unreadable, 0..expression.length);
    let start = stack.len().checked_sub(N).ok_or(unreadable)?;
    let mut operands = [0; N];
    operands.copy_from_slice(&stack[start..]);
    stack.truncate(start);
    Ok(Operands(operands))
}

/// What the names mean.
struct Scope {
    variables: [String; 2],
    constants: Vec<(String, f64)>,
}

impl Scope {
    fn resolve(&self, name: &Name, graph: &mut Graph) -> Result<Slot, FormulaError> {
        let Name { name: typed, span, called } = name;
        if let Some(variable) = self.variables.iter().position(|v| v == typed) {
            return Ok(if variable == 0 { SLOT_X } else { SLOT_Y });
        }
        if let Some((_, value)) = self.constants.iter().find(|(constant, _)| constant == typed) {
            return Ok(graph.constant(*value));
        }
        match typed.as_str() {
            "e" => return Ok(graph.constant(std::f64::consts::E)),
            "pi" => return Ok(graph.constant(std::f64::consts::PI)),
            _ => {}
        }
        let variables = self.variables.iter().map(|v| display_name(v)).collect::<Vec<_>>().join(" and ");
        let (name, names) = (typed.clone(), self.names());
        let kind = if *called && typed.len() > 1 {
            Kind::UnknownFunction { suggestion: suggest(typed, names), name }
        } else if matches!(typed.as_str(), "x" | "y" | "z") {
            Kind::ThirdVariable { name, variables }
        } else {
            Kind::UnknownName { suggestion: suggest(typed, names), name, variables }
        };
        Err(FormulaError::new(kind, span.clone()))
    }

    fn names(&self) -> impl Iterator<Item = &str> + Clone {
        let own =
            self.variables.iter().chain(self.constants.iter().map(|(name, _)| name)).map(String::as_str);
        own.chain(["e", "pi"]).chain(FUNCTIONS.iter().map(|f| f.name))
    }
}
