//! The syntax tree of a formula.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::Unwritable;
use super::number::Number;

/// The most parts a formula may have that is written down. Beyond, nobody would read it.
pub(super) const MAX_PARTS: u32 = 1500;

/// The deepest nesting that is written down; derivatives may be a few times deeper. Walks over the tree are recursive.
pub(super) const MAX_DEPTH: u32 = 60;

/// A term; clones share what they hold.
#[derive(Clone)]
pub(super) struct Term(Rc<Shared>);

struct Shared {
    node: Node,
    parts: u32,
    depth: u32,
    hash: u64,
    /// One bit for each variable that stands in the term.
    variables: u8,
}

/// What a term is.
#[derive(Clone)]
pub(super) enum Node {
    Number(Number),
    /// A variable or a constant, in its canonical form.
    Name(Rc<str>, Role),
    Negative(Term),
    /// Two terms or more; a difference holds a negative term.
    Sum(Vec<Term>),
    /// Two factors or more.
    Product(Vec<Term>),
    Quotient(Term, Term),
    Power(Term, Term),
    Remainder(Term, Term),
    Call(&'static str, Vec<Term>),
    /// Iverson's bracket: 1 where the first is greater than the second, and 0 where it is less.
    Greater(Term, Term),
}

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// The first or the second variable.
    Variable(usize),
    /// Euler's number or pi.
    WellKnown,
    /// A letter whose value is given elsewhere.
    Constant,
    /// A column, whose value is that of the row.
    Column,
}

/// Equal whatever the order of the terms of a sum and of the factors of a product.
impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || (self.0.hash == other.0.hash && self.0.node == other.0.node)
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Name(a, _), Self::Name(b, _)) => a == b,
            (Self::Call(a, _), Self::Call(b, _)) if a != b => false,
            (Self::Sum(a), Self::Sum(b)) | (Self::Product(a), Self::Product(b)) => sorted(a) == sorted(b),
            _ => {
                std::mem::discriminant(self) == std::mem::discriminant(other) && self.inner() == other.inner()
            }
        }
    }
}

fn sorted(terms: &[Term]) -> Vec<&Term> {
    let mut sorted: Vec<&Term> = terms.iter().collect();
    sorted.sort_by_key(|term| term.0.hash);
    sorted
}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        let hashes = self.inner().into_iter().map(|term| term.0.hash);
        match self {
            Self::Number(number) => number.value().to_bits().hash(state),
            Self::Name(name, _) => name.hash(state),
            Self::Sum(_) | Self::Product(_) => hashes.fold(0, u64::wrapping_add).hash(state),
            Self::Call(name, _) => (name, hashes.collect::<Vec<_>>()).hash(state),
            _ => hashes.for_each(|hash| hash.hash(state)),
        }
    }
}

impl Term {
    pub fn new(node: Node) -> Self {
        let (mut parts, mut depth, mut variables) = (1_u32, 0, 0);
        for inner in node.inner() {
            parts = parts.saturating_add(inner.parts());
            depth = depth.max(inner.0.depth);
            variables |= inner.0.variables;
        }
        if let Node::Name(_, Role::Variable(axis)) = node {
            variables = 1 << axis;
        }
        let mut hasher = DefaultHasher::new();
        node.hash(&mut hasher);
        Self(Rc::new(Shared { node, parts, depth: depth + 1, hash: hasher.finish(), variables }))
    }

    pub fn number(number: Number) -> Self {
        Self::new(Node::Number(number))
    }

    pub fn whole(number: i64) -> Self {
        Self::number(Number::whole(number))
    }

    /// A call of a function of one argument.
    pub fn call(name: &'static str, argument: Self) -> Self {
        Self::new(Node::Call(name, vec![argument]))
    }

    pub fn node(&self) -> &Node {
        &self.0.node
    }

    /// How many nodes are written, those of shared terms as often as they are.
    pub fn parts(&self) -> u32 {
        self.0.parts
    }

    /// How deeply it is nested.
    pub fn depth(&self) -> u32 {
        self.0.depth
    }

    /// Whether it changes in the direction of a variable.
    pub fn varies(&self, axis: usize) -> bool {
        self.0.variables & (1 << axis) != 0
    }

    /// Where it stands among its like: terms in the first variable, in both, in the second, in none.
    pub fn order(&self) -> usize {
        [3, 0, 2, 1].get(usize::from(self.0.variables)).copied().unwrap_or(3)
    }

    /// Whether a minus sign is written before it.
    pub fn is_negative(&self) -> bool {
        match self.node() {
            Node::Negative(_) => true,
            Node::Number(number) => number.is_negative(),
            _ => false,
        }
    }

    pub fn as_number(&self) -> Option<Number> {
        match self.node() {
            Node::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The term itself, if it is short enough to be written.
    pub fn within_bounds(self) -> Result<Self, Unwritable> {
        if self.parts() > MAX_PARTS { Err(Unwritable::TooLong) } else { Ok(self) }
    }
}

impl Node {
    pub fn as_sum(&self) -> Option<&[Term]> {
        match self {
            Self::Sum(terms) => Some(terms),
            _ => None,
        }
    }

    pub fn as_product(&self) -> Option<&[Term]> {
        match self {
            Self::Product(factors) => Some(factors),
            _ => None,
        }
    }

    /// Every term directly inside, in order.
    pub fn inner(&self) -> Vec<&Term> {
        match self {
            Self::Number(_) | Self::Name(..) => Vec::new(),
            Self::Negative(a) => vec![a],
            Self::Sum(terms) | Self::Product(terms) | Self::Call(_, terms) => terms.iter().collect(),
            Self::Quotient(a, b) | Self::Power(a, b) | Self::Remainder(a, b) | Self::Greater(a, b) => {
                vec![a, b]
            }
        }
    }
}
