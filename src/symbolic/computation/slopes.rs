//! What an operation is called by the letters of its operands, and its derivative by each of them: ∂u₃/∂u₂ = u₃(1 − u₃) of
//! u₃ = sigmoid(u₂).

use super::builder::{ReadPart, VertexKind, WholeTerm, is_condition, written};
use crate::expr::{GraphVertex, Operation};
use crate::symbolic::derive::derivative;
use crate::symbolic::term::{Node, Role, Term};
use crate::symbolic::tidy::tidied;
use crate::symbolic::{Unwritable, Written};

/// The most operands of an operation whose derivatives are written: each is as long as the operation.
const MOST_OPERANDS: usize = 12;

/// What stands for the vertices.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// A letter or a name for each.
    pub symbols: &'a [Term],
    /// Each in the names of the formula.
    pub wholes: &'a [WholeTerm],
    pub kinds: &'a [VertexKind],
}

/// An operation with its operands.
pub(super) struct DefinedVertex<'a> {
    operation: &'a Operation,
    operands: &'a [ReadPart],
    symbol: &'a Term,
    scope: Scope<'a>,
}

impl<'a> DefinedVertex<'a> {
    pub fn of(vertex: &'a GraphVertex, operands: &'a [ReadPart], place: usize, scope: Scope<'a>) -> Self {
        Self { operation: &vertex.operation, operands, symbol: &scope.symbols[place], scope }
    }

    /// The operation in the symbols of its operands.
    pub fn definition(&self) -> Term {
        self.in_terms_of(None)
    }

    /// The same where one of the operands is what it varies with.
    fn in_terms_of(&self, varying: Option<usize>) -> Term {
        let term = |part: &ReadPart| match part {
            ReadPart::Number(_, term) => term.clone(),
            // A condition says more than a letter for it.
            ReadPart::Vertex(place) if matches!(self.scope.kinds[*place], VertexKind::Condition) => {
                let whole = self.scope.wholes[*place].short_enough();
                whole.unwrap_or_else(|_| self.scope.symbols[*place].clone())
            }
            ReadPart::Vertex(place) => match self.scope.symbols[*place].node() {
                Node::Name(name, role) => {
                    let role = match (varying == Some(*place), role) {
                        (true, _) => Role::Variable(0),
                        (false, Role::Variable(_)) => Role::Constant,
                        (false, other) => *other,
                    };
                    Term::new(Node::Name(name.clone(), role))
                }
                _ => self.scope.symbols[*place].clone(),
            },
        };
        written(self.operation, self.operands.iter().map(term).collect())
    }

    /// The vertices that it reads, each once, with the derivative by it.
    pub fn slopes(&self) -> Vec<(usize, Result<Written, Unwritable>)> {
        let mut places = Vec::new();
        for part in self.operands {
            if let ReadPart::Vertex(place) = part
                && !places.contains(place)
            {
                places.push(*place);
            }
        }
        places.into_iter().map(|place| (place, self.slope(place))).collect()
    }

    fn slope(&self, by: usize) -> Result<Written, Unwritable> {
        let is_it = |part: &ReadPart| matches!(part, ReadPart::Vertex(place) if *place == by);
        match self.operation {
            Operation::Sum(is_taken_off) => {
                let of_each = self.operands.iter().zip(is_taken_off).filter(|(part, _)| is_it(part));
                let count: i64 = of_each.map(|(_, is_off)| if *is_off { -1 } else { 1 }).sum();
                let count = Term::whole(count);
                Written::of(&count)
            }
            Operation::Call(function) if is_condition(function) => {
                Err(Unwritable::NoClosedForm("a condition"))
            }
            _ if self.operands.len() > MOST_OPERANDS => Err(Unwritable::TooLong),
            _ => {
                let definition = self.in_terms_of(Some(by));
                let slope = tidied(&derivative(&definition, 0)?);
                let is_function = matches!(definition.node(), Node::Call(..));
                Written::of(&if is_function { with(&slope, &definition, self.symbol) } else { slope })
            }
        }
    }
}

/// The term with a symbol wherever this part of it stands: σ(u)(1 − σ(u)) is v(1 − v) where v is σ(u).
fn with(term: &Term, part: &Term, symbol: &Term) -> Term {
    if term == part {
        return symbol.clone();
    }
    let all = |terms: &[Term]| terms.iter().map(|inner| with(inner, part, symbol)).collect::<Vec<_>>();
    let one = |inner: &Term| with(inner, part, symbol);
    Term::new(match term.node() {
        Node::Negative(a) => Node::Negative(one(a)),
        Node::Sum(terms) => Node::Sum(all(terms)),
        Node::Product(factors) => Node::Product(all(factors)),
        Node::Quotient(a, b) => Node::Quotient(one(a), one(b)),
        Node::Power(a, b) => Node::Power(one(a), one(b)),
        other => other.clone(),
    })
}
