//! A formula to vertices: names become leaves, numbers stay inside what reads them, equal parts are one vertex.

use std::collections::HashMap;

use super::{MAX_NODES, NoGraph, NodeKind};
use crate::expr::{
    Expression, FormulaError, FormulaErrorKind, Function, GraphOperand, GraphVertex, Names, Operation,
    Operator, Step, canonical_name,
};
use crate::symbolic::number::Number;
use crate::symbolic::read::{binary, called};
use crate::symbolic::term::{MAX_DEPTH, Node, Role, Term};

/// A graph with what is needed to write it down.
pub(super) struct Built {
    /// The last one is the result.
    pub vertices: Vec<GraphVertex>,
    pub kinds: Vec<VertexKind>,
    /// The operands of each vertex; numbers as they are written.
    pub operands: Vec<Vec<ReadPart>>,
    /// Each vertex in the names of the formula.
    pub wholes: Vec<WholeTerm>,
}

/// What a vertex is.
#[derive(Clone)]
pub(super) enum VertexKind {
    Name { name: String, role: Role, kind: NodeKind },
    Operation,
    Condition,
}

/// Something that an operation reads.
#[derive(Clone)]
pub(super) enum ReadPart {
    Vertex(usize),
    /// A number, and how it is written.
    Number(f64, Term),
}

/// A term that may be too long to be written.
#[derive(Clone)]
pub(super) struct WholeTerm(Option<Term>);

/// The most parts of a term that is written in full, and how deep it may be.
const MOST_PARTS: u32 = 300;

impl WholeTerm {
    pub fn short_enough(&self) -> Result<Term, crate::symbolic::Unwritable> {
        self.0.clone().ok_or(crate::symbolic::Unwritable::TooLong)
    }

    /// The term that an operation makes of others.
    fn of(term: impl FnOnce(Vec<Term>) -> Term, operands: Vec<Self>) -> Self {
        let terms: Option<Vec<Term>> = operands.into_iter().map(|whole| whole.0).collect();
        let is_long = |terms: &Vec<Term>| {
            let parts = terms.iter().fold(0_u32, |parts, term| parts.saturating_add(term.parts()));
            parts > MOST_PARTS || terms.iter().any(|term| term.depth() >= MAX_DEPTH)
        };
        Self(terms.filter(|terms| !is_long(terms)).map(term))
    }
}

/// The graph of a formula whose names are known.
pub(super) fn built(
    expression: &Expression,
    variables: [&str; 2],
    constants: &[(String, f64)],
    columns: &[&str],
) -> Result<Built, NoGraph> {
    let held = constants.iter().map(|(name, _)| name.as_str());
    let names = Names::new(variables, held.chain(columns.iter().copied()));
    let expression = expression.resolved(&names)?;
    let mut leaves: Vec<(String, Role, NodeKind)> = Vec::new();
    for (axis, name) in variables.iter().enumerate() {
        leaves.push((canonical_name(name), Role::Variable(axis), NodeKind::Variable(axis)));
    }
    for (name, value) in constants {
        leaves.push((canonical_name(name), Role::Constant, NodeKind::Constant(*value)));
    }
    for (place, name) in columns.iter().enumerate() {
        leaves.push((canonical_name(name), Role::Column, NodeKind::Column(place)));
    }
    let mut builder = Builder { leaves, ..Builder::default() };
    let unreadable = || FormulaError::new(FormulaErrorKind::Unreadable, 0..0);
    let result = builder.run(expression.steps())?.ok_or_else(unreadable)?;
    let result = match result {
        ReadPart::Vertex(place) if !matches!(builder.kinds[place], VertexKind::Name { .. }) => place,
        // J = x is an operation too: it has a name and reads what has another.
        only => builder.vertex(Operation::Sum(vec![false]), vec![only])?,
    };
    let built = builder.without_what_is_not_read(result);
    if built.vertices.len() > MAX_NODES { Err(NoGraph::TooLarge) } else { Ok(built) }
}

#[derive(Default)]
struct Builder {
    /// The names that leaves may have.
    leaves: Vec<(String, Role, NodeKind)>,
    operations: Vec<Operation>,
    kinds: Vec<VertexKind>,
    operands: Vec<Vec<ReadPart>>,
    wholes: Vec<WholeTerm>,
    /// The number of a vertex that depends on constants alone.
    numbers: Vec<Option<f64>>,
    known: HashMap<Key, usize>,
    /// The indices of the sums around, the innermost last.
    indices: Vec<(String, f64)>,
    /// All operands so far.
    links: usize,
}

/// What makes two vertices the same.
#[derive(PartialEq, Eq, Hash)]
struct Key(&'static str, Vec<(bool, bool, u64)>);

impl Builder {
    /// What the steps come to; `None` if operands are missing.
    fn run(&mut self, steps: &[Step]) -> Result<Option<ReadPart>, NoGraph> {
        let mut stack = Vec::new();
        for step in steps {
            let Some(part) = self.step(step, &mut stack)? else { return Ok(None) };
            stack.push(part);
        }
        Ok(stack.pop())
    }

    fn step(&mut self, step: &Step, stack: &mut Vec<ReadPart>) -> Result<Option<ReadPart>, NoGraph> {
        Ok(Some(match step {
            Step::Number(value) if *value < 0.0 => {
                ReadPart::Number(*value, Term::new(Node::Negative(Term::number(Number::typed(-value)))))
            }
            Step::Number(value) => ReadPart::Number(*value, Term::number(Number::typed(*value))),
            Step::Name(name) => self.name(&name.name)?,
            Step::Negate => {
                let Some(part) = stack.pop() else { return Ok(None) };
                self.negative(part)?
            }
            Step::Binary(operator) => {
                let (Some(b), Some(a)) = (stack.pop(), stack.pop()) else { return Ok(None) };
                self.binary(*operator, a, b)?
            }
            Step::Call { function, arguments } => {
                let Some(start) = stack.len().checked_sub(*arguments) else { return Ok(None) };
                let arguments = stack.split_off(start);
                self.call(function, arguments)?
            }
            Step::Repeat { function, index, body, .. } => {
                let (Some(last), Some(first)) = (stack.pop(), stack.pop()) else { return Ok(None) };
                let (Some(first), Some(last)) = (self.number(&first), self.number(&last)) else {
                    return Ok(None);
                };
                return self.repeated(function, index, body, [first, last]);
            }
        }))
    }

    fn name(&mut self, name: &str) -> Result<ReadPart, NoGraph> {
        if let Some((_, value)) = self.indices.iter().rev().find(|(index, _)| index == name) {
            return Ok(ReadPart::Number(*value, Term::number(Number::typed(*value))));
        }
        let Some((name, role, kind)) = self.leaves.iter().find(|(leaf, ..)| leaf == name).cloned() else {
            let value = if name == "pi" { std::f64::consts::PI } else { std::f64::consts::E };
            return Ok(ReadPart::Number(value, Term::new(Node::Name(name.into(), Role::WellKnown))));
        };
        let whole = WholeTerm(Some(Term::new(Node::Name(name.as_str().into(), role))));
        let number = match kind {
            NodeKind::Constant(value) => Some(value),
            _ => None,
        };
        let leaf = VertexKind::Name { name, role, kind };
        let place = match self.kinds.iter().position(|known| is_same_name(known, &leaf)) {
            Some(place) => place,
            None => self.push(Operation::Leaf, leaf, Vec::new(), whole, number)?,
        };
        Ok(ReadPart::Vertex(place))
    }

    /// The number of a part that does not depend on the point.
    fn number(&self, part: &ReadPart) -> Option<f64> {
        match part {
            ReadPart::Number(value, _) => Some(*value),
            ReadPart::Vertex(place) => self.numbers[*place],
        }
    }

    fn negative(&mut self, part: ReadPart) -> Result<ReadPart, NoGraph> {
        match &part {
            ReadPart::Vertex(place) if self.operations[*place] == Operation::Negative => {
                Ok(self.operands[*place][0].clone())
            }
            _ => self.operation(Operation::Negative, vec![part]),
        }
    }

    fn binary(&mut self, operator: Operator, a: ReadPart, b: ReadPart) -> Result<ReadPart, NoGraph> {
        if let (ReadPart::Number(x, written), ReadPart::Number(y, other)) = (&a, &b) {
            let operation = match operator {
                Operator::Add => Operation::Sum(vec![false, false]),
                Operator::Sub => Operation::Sum(vec![false, true]),
                Operator::Mul => Operation::Product,
                Operator::Div => Operation::Quotient,
                Operator::Rem => Operation::Remainder,
                Operator::Pow => Operation::Power,
            };
            let value = operation.value(&[*x, *y]);
            return Ok(ReadPart::Number(value, Term::new(binary(operator, written.clone(), other.clone()))));
        }
        match operator {
            Operator::Add => {
                let terms = [self.terms(a, true), self.terms(b, true)].concat();
                self.sum(terms)
            }
            Operator::Sub => {
                let mut terms = self.terms(a, true);
                terms.extend(self.terms(b, false).into_iter().map(|(is_off, part)| (!is_off, part)));
                self.sum(terms)
            }
            Operator::Mul => {
                let factors = [self.factors(a), self.factors(b)].concat();
                self.operation(Operation::Product, factors)
            }
            Operator::Div => self.operation(Operation::Quotient, vec![a, b]),
            Operator::Rem => self.operation(Operation::Remainder, vec![a, b]),
            Operator::Pow => self.operation(Operation::Power, vec![a, b]),
        }
    }

    fn sum(&mut self, terms: Vec<(bool, ReadPart)>) -> Result<ReadPart, NoGraph> {
        let (is_taken_off, parts) = terms.into_iter().unzip();
        self.operation(Operation::Sum(is_taken_off), parts)
    }

    /// The terms of what is added, each with whether it is taken off; those of a sum one by one where it is opened.
    fn terms(&self, part: ReadPart, opens: bool) -> Vec<(bool, ReadPart)> {
        match &part {
            ReadPart::Vertex(place) => match &self.operations[*place] {
                Operation::Sum(is_taken_off) if opens => {
                    is_taken_off.iter().copied().zip(self.operands[*place].iter().cloned()).collect()
                }
                Operation::Negative => vec![(true, self.operands[*place][0].clone())],
                _ => vec![(false, part)],
            },
            ReadPart::Number(value, term) => match term.node() {
                Node::Negative(inner) => vec![(true, ReadPart::Number(-value, inner.clone()))],
                _ => vec![(false, part)],
            },
        }
    }

    fn factors(&self, part: ReadPart) -> Vec<ReadPart> {
        match &part {
            ReadPart::Vertex(place) if self.operations[*place] == Operation::Product => {
                self.operands[*place].clone()
            }
            _ => vec![part],
        }
    }

    fn call(&mut self, function: &'static Function, arguments: Vec<ReadPart>) -> Result<ReadPart, NoGraph> {
        match (function.name, arguments.as_slice()) {
            ("pow", [a, b]) => return self.binary(Operator::Pow, a.clone(), b.clone()),
            ("max" | "min", [a, others @ ..]) if others.iter().all(|other| is_same(a, other)) => {
                return Ok(a.clone());
            }
            _ => {}
        }
        self.operation(Operation::Call(function), arguments)
    }

    fn repeated(
        &mut self,
        function: &Function,
        index: &str,
        body: &[Step],
        [first, last]: [f64; 2],
    ) -> Result<Option<ReadPart>, NoGraph> {
        let is_sum = function.name == "sum";
        let (mut terms, mut at) = (Vec::new(), first);
        while at <= last {
            self.indices.push((index.to_owned(), at));
            let term = self.run(body)?;
            self.indices.pop();
            let Some(term) = term else { return Ok(None) };
            if is_sum {
                terms.extend(self.terms(term, true));
            } else {
                terms.extend(self.factors(term).into_iter().map(|factor| (false, factor)));
            }
            if terms.len() > MAX_NODES {
                return Err(NoGraph::TooLarge);
            }
            at += 1.0;
        }
        let empty: i32 = if is_sum { 0 } else { 1 };
        Ok(Some(match terms.as_slice() {
            [] => ReadPart::Number(f64::from(empty), Term::whole(i64::from(empty))),
            [(false, only)] => only.clone(),
            _ if is_sum => self.sum(terms)?,
            _ => self.operation(Operation::Product, terms.into_iter().map(|(_, part)| part).collect())?,
        }))
    }

    /// The operation on these; a number where all of them are.
    fn operation(&mut self, operation: Operation, operands: Vec<ReadPart>) -> Result<ReadPart, NoGraph> {
        let numbers: Option<Vec<(f64, Term)>> = operands
            .iter()
            .map(|part| match part {
                ReadPart::Number(value, term) => Some((*value, term.clone())),
                ReadPart::Vertex(_) => None,
            })
            .collect();
        if let Some(numbers) = numbers {
            let (values, terms): (Vec<f64>, Vec<Term>) = numbers.into_iter().unzip();
            return Ok(ReadPart::Number(operation.value(&values), written(&operation, terms)));
        }
        self.vertex(operation, operands).map(ReadPart::Vertex)
    }

    fn vertex(&mut self, operation: Operation, operands: Vec<ReadPart>) -> Result<usize, NoGraph> {
        let key = key(&operation, &operands);
        if let Some(place) = self.known.get(&key) {
            return Ok(*place);
        }
        let wholes = operands.iter().map(|part| self.whole(part)).collect();
        let whole = WholeTerm::of(|terms| written(&operation, terms), wholes);
        let numbers: Option<Vec<f64>> = operands.iter().map(|part| self.number(part)).collect();
        let number = numbers.map(|numbers| operation.value(&numbers));
        let is_condition = matches!(&operation, Operation::Call(function) if is_condition(function));
        let kind = if is_condition { VertexKind::Condition } else { VertexKind::Operation };
        let place = self.push(operation, kind, operands, whole, number)?;
        self.known.insert(key, place);
        Ok(place)
    }

    fn whole(&self, part: &ReadPart) -> WholeTerm {
        match part {
            ReadPart::Vertex(place) => self.wholes[*place].clone(),
            ReadPart::Number(_, term) => WholeTerm(Some(term.clone())),
        }
    }

    fn push(
        &mut self,
        operation: Operation,
        kind: VertexKind,
        operands: Vec<ReadPart>,
        whole: WholeTerm,
        number: Option<f64>,
    ) -> Result<usize, NoGraph> {
        self.links += operands.len();
        // What a sum was before its last term is no part of the graph, and does not count.
        if self.operations.len() > 4 * MAX_NODES || self.links > MAX_NODES * MAX_NODES {
            return Err(NoGraph::TooLarge);
        }
        self.operations.push(operation);
        self.kinds.push(kind);
        self.operands.push(operands);
        self.wholes.push(whole);
        self.numbers.push(number);
        Ok(self.operations.len() - 1)
    }

    /// Only what the result is made of, which comes last.
    fn without_what_is_not_read(self, result: usize) -> Built {
        let mut is_read = vec![false; self.operations.len()];
        is_read[result] = true;
        for place in (0..=result).rev().filter(|place| self.operations[*place] != Operation::Leaf) {
            if is_read[place] {
                for part in &self.operands[place] {
                    if let ReadPart::Vertex(before) = part {
                        is_read[*before] = true;
                    }
                }
            }
        }
        let mut places = vec![0; self.operations.len()];
        let mut built =
            Built { vertices: Vec::new(), kinds: Vec::new(), operands: Vec::new(), wholes: Vec::new() };
        let all = self.operations.into_iter().zip(self.kinds).zip(self.operands).zip(self.wholes);
        for (place, (((operation, kind), operands), whole)) in all.enumerate() {
            if !is_read[place] {
                continue;
            }
            places[place] = built.vertices.len();
            let moved = |part: ReadPart| match part {
                ReadPart::Vertex(before) => ReadPart::Vertex(places[before]),
                number => number,
            };
            let operands: Vec<ReadPart> = operands.into_iter().map(moved).collect();
            let numbers = operands.iter().map(|part| match part {
                ReadPart::Vertex(before) => GraphOperand::Vertex(*before),
                ReadPart::Number(value, _) => GraphOperand::Number(*value),
            });
            built.vertices.push(GraphVertex { operation, operands: numbers.collect() });
            built.kinds.push(kind);
            built.operands.push(operands);
            built.wholes.push(whole);
        }
        built
    }
}

fn is_same_name(a: &VertexKind, b: &VertexKind) -> bool {
    match (a, b) {
        (VertexKind::Name { name: a, .. }, VertexKind::Name { name: b, .. }) => a == b,
        _ => false,
    }
}

fn is_same(a: &ReadPart, b: &ReadPart) -> bool {
    matches!((a, b), (ReadPart::Vertex(a), ReadPart::Vertex(b)) if a == b)
}

/// Whether it is true or false.
pub(super) fn is_condition(function: &Function) -> bool {
    matches!(function.name, "<" | "<=" | ">" | ">=" | "==" | "!=" | "and" | "or" | "not")
}

/// The order of terms and factors makes no difference.
fn key(operation: &Operation, operands: &[ReadPart]) -> Key {
    let flags: &[bool] = match operation {
        Operation::Sum(is_taken_off) => is_taken_off,
        _ => &[],
    };
    let mut read: Vec<(bool, bool, u64)> = operands
        .iter()
        .enumerate()
        .map(|(place, part)| {
            let flag = flags.get(place).copied().unwrap_or_default();
            match part {
                ReadPart::Vertex(before) => (flag, true, *before as u64),
                ReadPart::Number(value, _) => (flag, false, value.to_bits()),
            }
        })
        .collect();
    let name = match operation {
        Operation::Leaf => "",
        Operation::Negative => "−",
        Operation::Sum(_) => "+",
        Operation::Product => "·",
        Operation::Quotient => "/",
        Operation::Power => "^",
        Operation::Remainder => "%",
        Operation::Call(function) => function.name,
    };
    if matches!(operation, Operation::Sum(_) | Operation::Product) {
        read.sort_unstable();
    }
    Key(name, read)
}

/// The operation on terms, as it is written.
pub(super) fn written(operation: &Operation, terms: Vec<Term>) -> Term {
    let node = match (operation, terms.as_slice()) {
        (Operation::Sum(_), [only]) => return only.clone(),
        (Operation::Sum(is_taken_off), _) => {
            let signed = |(term, is_off): (Term, &bool)| {
                if *is_off { Term::new(Node::Negative(term)) } else { term }
            };
            Node::Sum(terms.into_iter().zip(is_taken_off).map(signed).collect())
        }
        (Operation::Product, _) => Node::Product(terms),
        (Operation::Negative, [a]) => Node::Negative(a.clone()),
        (Operation::Quotient, [a, b]) => binary(Operator::Div, a.clone(), b.clone()),
        (Operation::Power, [a, b]) => binary(Operator::Pow, a.clone(), b.clone()),
        (Operation::Remainder, [a, b]) => binary(Operator::Rem, a.clone(), b.clone()),
        (Operation::Call(function), _) => called(function, terms),
        _ => Node::Number(Number::ZERO),
    };
    Term::new(node)
}
