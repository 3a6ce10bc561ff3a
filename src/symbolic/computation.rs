//! A formula as the graph of the operations that were typed, from its names up to J: each with a letter, with what it does written
//! as on a board, and with the derivative by each of its operands.
//!
//! ```text
//! Expression ──builder──► vertices with operands ──slopes──► what stands on the edges
//!                              └──expr::reverse──► values, and backward ∂J/∂node
//! ```
//!
//! Nodes are the operations as they were typed, sums and products with all their terms and factors in one; common parts are one node.
//! Variables, constants and columns are leaves, numbers stand inside the operations. Sums and products over an index are written
//! out. The tape that a cost is evaluated with computes the same in other operations: see [`crate::expr`].

mod builder;
mod folded;
mod paths;
mod slopes;

use crate::expr::{Expression, FormulaError, GraphVertex, Jet1, Sweep, Tape, TapeEvaluator, canonical_name};

use super::term::{Node, Role, Term};
use super::{Unwritable, Written, text};
use builder::{Built, VertexKind};
pub use folded::{Folded, Link};
pub use paths::{Factor, MOST_PATHS, Paths};

/// The most nodes that a graph has.
pub const MAX_NODES: usize = 2000;

/// Why a formula has no graph. Its `Display` is one sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoGraph {
    /// It cannot be read.
    #[error("{0}")]
    Formula(#[from] FormulaError),
    /// Nobody would find anything in it.
    #[error("the formula has more than {MAX_NODES} operations: no graph is drawn of so many")]
    TooLarge,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NodeKind {
    /// The first (0) or second (1) variable.
    Variable(usize),
    /// A constant and its number.
    Constant(f64),
    /// The column at a place of a row.
    Column(usize),
    /// An operation.
    Operation,
    /// A comparison, which is true or false.
    Condition,
}

impl NodeKind {
    /// Whether it is a name.
    pub fn is_leaf(self) -> bool {
        matches!(self, Self::Variable(_) | Self::Constant(_) | Self::Column(_))
    }
}

/// A node of the graph.
#[derive(Clone, Debug)]
pub struct ComputedNode {
    /// What it is.
    pub kind: NodeKind,
    /// What stands for it: its own name, or a letter with its number among the operations.
    pub symbol: Written,
    /// What it does with its operands, in what stands for these; of a leaf its name.
    pub definition: Written,
    /// The same in the names of the formula alone.
    pub whole: Result<Written, Unwritable>,
    /// The nodes that it reads, each once, with the derivative by it as it is written.
    pub operands: Vec<(usize, Result<Written, Unwritable>)>,
}

/// A formula as a graph.
#[derive(Clone, Debug)]
pub struct Computation {
    nodes: Vec<ComputedNode>,
    vertices: Vec<GraphVertex>,
    tape: Tape,
}

impl Computation {
    /// The graph of a formula in two variables, with constants that have numbers, and with columns whose numbers are those of a row.
    ///
    /// # Errors
    /// The formula cannot be compiled, or it has too many operations.
    pub fn of(
        expression: &Expression,
        variables: [&str; 2],
        constants: &[(String, f64)],
        columns: &[&str],
    ) -> Result<Self, NoGraph> {
        let tape = expression.compile_with(variables, constants, columns)?;
        let Built { vertices, kinds, operands, wholes } =
            builder::built(expression, variables, constants, columns)?;
        let result = vertices.len().saturating_sub(1);
        let names = variables.into_iter().chain(constants.iter().map(|(name, _)| name.as_str()));
        let letter = free_letter(names.chain(columns.iter().copied()));
        let mut operations = 0;
        let symbols: Vec<Term> = kinds
            .iter()
            .enumerate()
            .map(|(place, kind)| match kind {
                VertexKind::Name { name, role, .. } => Term::new(Node::Name(name.as_str().into(), *role)),
                _ if place == result => named(&canonical_name(expression.name().unwrap_or("J"))),
                _ => {
                    operations += 1;
                    named(&format!("{letter}{operations}"))
                }
            })
            .collect();
        let node = |place: usize| {
            let kind = match &kinds[place] {
                VertexKind::Name { kind, .. } => *kind,
                VertexKind::Condition => NodeKind::Condition,
                VertexKind::Operation => NodeKind::Operation,
            };
            let scope = slopes::Scope { symbols: &symbols, wholes: &wholes, kinds: &kinds };
            let of_node = slopes::DefinedVertex::of(&vertices[place], &operands[place], place, scope);
            ComputedNode {
                kind,
                symbol: written(&symbols[place]),
                definition: match kind.is_leaf() {
                    true => written(&symbols[place]),
                    false => written(&of_node.definition()),
                },
                whole: wholes[place].short_enough().and_then(|term| Written::of(&term)),
                operands: of_node.slopes(),
            }
        };
        Ok(Self { nodes: (0..vertices.len()).map(node).collect(), vertices, tape })
    }

    /// The nodes, each behind those that it reads; the last one is J.
    pub fn nodes(&self) -> &[ComputedNode] {
        &self.nodes
    }

    /// The place of J.
    pub fn result(&self) -> usize {
        self.nodes.len().saturating_sub(1)
    }

    /// The node with this name or letter, however it is spelled.
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = canonical_name(name);
        self.nodes.iter().position(|node| canonical_name(&node.symbol.text) == name)
    }

    /// Something that evaluates it, with scratch memory of its own.
    pub fn evaluator(&self) -> ComputationEvaluator {
        ComputationEvaluator { tape: self.tape.evaluator() }
    }

    /// Whether both have the same nodes with the same operands, so that what was found out about the form of one holds for the other.
    pub fn has_form_of(&self, other: &Self) -> bool {
        self.vertices == other.vertices
            && self.nodes.iter().zip(&other.nodes).all(|(a, b)| a.symbol == b.symbol && a.whole == b.whole)
    }
}

/// Evaluates a [`Computation`].
#[derive(Clone, Debug)]
pub struct ComputationEvaluator {
    tape: TapeEvaluator,
}

impl ComputationEvaluator {
    /// All numbers of the graph at a point; `row` has the numbers of the columns.
    pub fn at(&mut self, computation: &Computation, point: [f64; 2], row: &[f64]) -> Computed {
        let number = |place: usize| match computation.nodes[place].kind {
            NodeKind::Variable(axis) => point[axis],
            NodeKind::Constant(value) => value,
            NodeKind::Column(column) => row.get(column).copied().unwrap_or(f64::NAN),
            NodeKind::Operation | NodeKind::Condition => f64::NAN,
        };
        let sweep = Sweep::of(&computation.vertices, computation.result(), number);
        if !row.is_empty() {
            self.tape.bind(row);
        }
        let forward = self.tape.first(point[0], point[1]);
        let variables = [0, 1]
            .map(|axis| computation.nodes.iter().position(|node| node.kind == NodeKind::Variable(axis)));
        Computed { sweep, forward, variables, result: computation.result() }
    }
}

/// The numbers of a graph at a point.
#[derive(Clone, Debug)]
pub struct Computed {
    sweep: Sweep,
    /// What the tape makes of the formula there.
    forward: Jet1,
    variables: [Option<usize>; 2],
    result: usize,
}

/// Values that differ by less, relatively, are the same but for the order of the operations.
const SAME: f64 = 1e-6;

impl Computed {
    /// The value of a node.
    pub fn value(&self, node: usize) -> f64 {
        self.sweep.value(node)
    }

    /// ∂J/∂node by the chain rule alone, not a number where that says nothing.
    pub fn adjoint(&self, node: usize) -> f64 {
        self.sweep.adjoint(node)
    }

    /// ∂J/∂node: by a variable that of forward differentiation where the chain rule says nothing, as for cos(|x|) at 0.
    pub fn derivative(&self, node: usize) -> f64 {
        let adjoint = self.adjoint(node);
        if adjoint.is_finite() { adjoint } else { self.forward_derivative(node).unwrap_or(adjoint) }
    }

    /// Whether the derivative by a variable exists although the chain rule does not say it.
    pub fn is_beyond_chain_rule(&self, node: usize) -> bool {
        !self.adjoint(node).is_finite() && self.derivative(node).is_finite()
    }

    /// ∂J/∂node by forward differentiation, of variables.
    pub fn forward_derivative(&self, node: usize) -> Option<f64> {
        let Jet1 { dx, dy, .. } = self.forward;
        let mut slopes = self.variables.into_iter().zip([dx, dy]);
        slopes.find(|(variable, _)| *variable == Some(node)).map(|(_, slope)| slope)
    }

    /// J as the program computes it, where the operations as they are typed lose it by rounding: ln(1 − sigmoid(50)) is −50, and
    /// 1 − sigmoid(50) rounds to 0.
    pub fn lost_value(&self) -> Option<f64> {
        let (value, forward) = (self.value(self.result), self.forward.value);
        let is_same = (value - forward).abs() <= SAME * forward.abs().max(1.0);
        (forward.is_finite() && !is_same).then_some(forward)
    }
}

/// What a term that is a single name or a short operation looks like.
fn written(term: &Term) -> Written {
    Written::of(term).unwrap_or_else(|_| {
        let text = text::write(term);
        Written { latex: format!(r"\text{{{text}}}"), text }
    })
}

fn named(canonical: &str) -> Term {
    Term::new(Node::Name(canonical.into(), Role::Constant))
}

/// A letter that numbers can be given to, without any of them being a name of the formula.
fn free_letter<'a>(names: impl Iterator<Item = &'a str>) -> char {
    let taken: Vec<char> = names.filter_map(|name| canonical_name(name).chars().next()).collect();
    ['u', 'v', 'z', 'q', 'h'].into_iter().find(|letter| !taken.contains(letter)).unwrap_or('u')
}
