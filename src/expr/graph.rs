//! The operations of a formula while it is compiled: constants are folded, equal subterms are shared, powers with whole
//! exponents become products, and forms that overflow on the way to a finite value are replaced (see `exponentials`).

use std::collections::HashMap;

use super::form::Form;
use super::functions::{self, POWER, REMAINDER};
use super::node::Node;
use super::op::{FIRST_CONSTANT, Op, Slot};
use super::operator::Operator;
use super::power::MAX_PRODUCT_EXPONENT;

/// Operations under construction: nodes are numbered as slots will be, constants among them.
#[derive(Default)]
pub(super) struct Graph {
    pub nodes: Vec<Node>,
    forms: Vec<Form>,
    known: HashMap<Key, Slot>,
}

/// What makes two nodes the same: the operation, its operands and its number, bit for bit.
type Key = (u8, [Slot; 3], u64);

fn key(node: &Node) -> Key {
    let op = match node {
        Node::Constant(value) => return (0, [0; 3], value.to_bits()),
        Node::Input(index) => return (20, [0; 3], *index as u64),
        Node::Op(op) => op,
    };
    let [a, b, c] = op.operands();
    // The order of the operands of a sum or a product makes no difference, to the last bit.
    let (low, high) = (a.min(b), a.max(b));
    match *op {
        Op::Neg(_) => (1, [a, b, c], 0),
        Op::Add(..) => (2, [low, high, high], 0),
        Op::Sub(..) => (3, [a, b, c], 0),
        Op::Mul(..) => (4, [low, high, high], 0),
        Op::Div(..) => (5, [a, b, c], 0),
        Op::Shift(_, number) => (6, [a, b, c], number.to_bits()),
        Op::ShiftNeg(_, number) => (7, [a, b, c], number.to_bits()),
        Op::Scale(_, number) => (8, [a, b, c], number.to_bits()),
        Op::Unscale(_, number) => (9, [a, b, c], number.to_bits()),
        Op::SquareShift(_, number) => (14, [a, b, c], number.to_bits()),
        Op::SquareShiftNeg(_, number) => (15, [a, b, c], number.to_bits()),
        Op::SquareAdd(..) => (16, [low, high, high], 0),
        Op::SquareSub(..) => (17, [a, b, c], 0),
        Op::ScaleAdd(_, number, _) => (18, [a, b, c], number.to_bits()),
        Op::Powi(_, n) => (10, [a, b, c], n as u64),
        Op::Powf(_, number) => (11, [a, b, c], number.to_bits()),
        Op::Unary(_, f) => (12, [a, b, c], std::ptr::from_ref(f) as u64),
        Op::Select(..) => (19, [a, b, c], 0),
        Op::Binary(_, _, f) => (13, [a, b, c], std::ptr::from_ref(f) as u64),
    }
}

impl Graph {
    fn push(&mut self, node: Node) -> Slot {
        let next = (FIRST_CONSTANT + self.nodes.len()) as Slot;
        let slot = *self.known.entry(key(&node)).or_insert(next);
        if slot == next {
            self.forms.push(Form::of(&node, |slot| self.form(slot)));
            self.nodes.push(node);
        }
        slot
    }

    pub fn constant(&mut self, value: f64) -> Slot {
        self.push(Node::Constant(value))
    }

    /// The input at a place among the inputs.
    pub fn input(&mut self, index: usize) -> Slot {
        self.push(Node::Input(index))
    }

    pub(super) fn node(&self, slot: Slot) -> Option<Node> {
        usize::from(slot).checked_sub(FIRST_CONSTANT).and_then(|index| self.nodes.get(index)).copied()
    }

    pub(super) fn form(&self, slot: Slot) -> Form {
        let index = usize::from(slot).checked_sub(FIRST_CONSTANT);
        index.and_then(|index| self.forms.get(index)).copied().unwrap_or_default()
    }

    pub(super) fn value_of(&self, slot: Slot) -> Option<f64> {
        match self.node(slot) {
            Some(Node::Constant(value)) => Some(value),
            _ => None,
        }
    }

    /// The operation, or its value where all its operands are constants.
    pub(super) fn op(&mut self, op: Op) -> Slot {
        match op.operands().map(|slot| self.value_of(slot)) {
            [Some(_), Some(_), Some(_)] => {
                let value = op.apply(|slot| self.value_of(slot).unwrap_or(f64::NAN));
                self.constant(value)
            }
            _ => self.push(Node::Op(op)),
        }
    }

    pub fn negate(&mut self, a: Slot) -> Slot {
        self.op(Op::Neg(a))
    }

    pub fn binary(&mut self, operator: Operator, a: Slot, b: Slot) -> Slot {
        let constants = (self.value_of(a), self.value_of(b));
        let op = match (operator, constants) {
            (_, (Some(_), Some(_))) => self.plain(operator, a, b),
            (Operator::Add, (Some(c), None)) => return self.shift(b, c),
            (Operator::Add, (None, Some(c))) => return self.shift(a, c),
            (Operator::Sub, (Some(c), None)) => return self.shift_negative(b, c),
            (Operator::Sub, (None, Some(c))) => return self.shift(a, -c),
            (Operator::Mul, (Some(c), None)) => return self.scale(b, c),
            (Operator::Mul, (None, Some(c))) => return self.scale(a, c),
            (Operator::Div, (None, Some(c))) => Op::Unscale(a, c),
            (Operator::Div, _) => return self.quotient(a, b),
            (Operator::Pow, (None, Some(c))) => return self.power(a, c),
            (Operator::Pow, (Some(base), None)) if base == std::f64::consts::E => return self.exp(b),
            _ => self.plain(operator, a, b),
        };
        self.op(op)
    }

    fn plain(&self, operator: Operator, a: Slot, b: Slot) -> Op {
        match operator {
            Operator::Add => Op::Add(a, b),
            Operator::Sub => Op::Sub(a, b),
            Operator::Mul => Op::Mul(a, b),
            Operator::Div => Op::Div(a, b),
            Operator::Rem => Op::Binary(a, b, &REMAINDER),
            Operator::Pow => Op::Binary(a, b, &POWER),
        }
    }

    /// a + c
    pub(super) fn shift(&mut self, a: Slot, c: f64) -> Slot {
        self.complement(a, c, 1.0).unwrap_or_else(|| self.op(Op::Shift(a, c)))
    }

    /// c - a
    fn shift_negative(&mut self, a: Slot, c: f64) -> Slot {
        self.complement(a, c, -1.0).unwrap_or_else(|| self.op(Op::ShiftNeg(a, c)))
    }

    pub(super) fn scale(&mut self, a: Slot, c: f64) -> Slot {
        if c == 1.0 { a } else { self.op(Op::Scale(a, c)) }
    }

    pub(super) fn power(&mut self, a: Slot, c: f64) -> Slot {
        if c == 1.0 {
            a
        } else if let Some(power) = self.power_of_exponential(a, c) {
            power
        } else if c.fract() == 0.0 && c.abs() <= MAX_PRODUCT_EXPONENT {
            self.op(Op::Powi(a, c as i32))
        } else {
            self.op(Op::Powf(a, c))
        }
    }

    fn quotient(&mut self, a: Slot, b: Slot) -> Slot {
        self.quotient_of_exponentials(a, b).unwrap_or_else(|| self.op(Op::Div(a, b)))
    }

    pub fn call(&mut self, f: &'static functions::Binary, a: Slot, b: Slot) -> Slot {
        self.op(Op::Binary(a, b, f))
    }

    /// `if(condition, a, b)`. A condition that is the same everywhere leaves one of them.
    pub fn select(&mut self, condition: Slot, a: Slot, b: Slot) -> Slot {
        match self.value_of(condition) {
            _ if a == b => a,
            Some(truth) if truth > 0.0 => a,
            Some(truth) if truth < 0.0 => b,
            _ => self.op(Op::Select(condition, a, b)),
        }
    }

    /// The logarithm of x to any base.
    pub fn log_to_base(&mut self, x: Slot, base: Slot) -> Slot {
        let own = match self.value_of(base) {
            Some(2.0) => functions::unary("log2"),
            Some(10.0) => functions::unary("log10"),
            _ => None,
        };
        match (own, functions::unary("ln")) {
            (Some(log), _) => self.unary(log, x),
            (None, Some(ln)) => {
                let (over, under) = (self.unary(ln, x), self.unary(ln, base));
                self.binary(Operator::Div, over, under)
            }
            (None, None) => x,
        }
    }

    pub fn unary(&mut self, f: &'static functions::Unary, a: Slot) -> Slot {
        self.without_overflow(f, a).unwrap_or_else(|| self.op(Op::Unary(a, f)))
    }
}
