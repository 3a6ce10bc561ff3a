//! A graph to a tape: the commonest pairs of operations become one, what the result does not need is left out, and the
//! rest is numbered as the tape keeps it.

use std::sync::Arc;

use super::node::Node;
use super::op::{FIRST_CONSTANT, Op, Slot};
use super::program::Program;
use super::tape::Tape;

/// The tape that computes the node at `result`.
pub(super) fn emit(mut nodes: Vec<Node>, result: Slot) -> Tape {
    fuse(&mut nodes, result);
    let needed = uses(&nodes, result);
    let kept = || nodes.iter().enumerate().filter(|(index, _)| needed[FIRST_CONSTANT + index] > 0);
    let mut slots: Vec<Slot> = (0..needed.len() as Slot).collect();
    let (mut constants, mut inputs) = (Vec::new(), Vec::new());
    for (index, node) in kept() {
        let value = match node {
            Node::Constant(value) => *value,
            Node::Input(input) => {
                inputs.push((*input, FIRST_CONSTANT + constants.len()));
                f64::NAN
            }
            Node::Op(_) => continue,
        };
        slots[FIRST_CONSTANT + index] = (FIRST_CONSTANT + constants.len()) as Slot;
        constants.push(value);
    }
    let mut ops = Vec::new();
    for (index, node) in kept() {
        if let Node::Op(op) = node {
            let renumbered = op.with_operands(op.operands().map(|slot| slots[usize::from(slot)]));
            slots[FIRST_CONSTANT + index] = (FIRST_CONSTANT + constants.len() + ops.len()) as Slot;
            ops.push(renumbered);
        }
    }
    let polynomial = ops.iter().all(is_of_polynomial);
    Tape {
        program: Arc::new(Program { result: slots[usize::from(result)], constants, inputs, ops, polynomial }),
    }
}

/// Whether this is a sum, a product or a power with a factor that alone leads no ordinary number out of the range of f64.
fn is_of_polynomial(op: &Op) -> bool {
    match *op {
        Op::Div(..) | Op::Powf(..) | Op::Unary(..) | Op::Binary(..) => false,
        Op::Powi(_, n) => n >= 0,
        Op::Scale(_, c) | Op::Unscale(_, c) | Op::ScaleAdd(_, c, _) => (1e-50..1e50).contains(&c.abs()),
        _ => true,
    }
}

/// How many operations read each slot, on the way to the result.
fn uses(nodes: &[Node], result: Slot) -> Vec<u32> {
    let mut uses = vec![0; FIRST_CONSTANT + nodes.len()];
    uses[usize::from(result)] = 1;
    for (index, node) in nodes.iter().enumerate().rev() {
        if let (true, Node::Op(op)) = (uses[FIRST_CONSTANT + index] > 0, node) {
            let [a, b, c] = op.operands();
            uses[usize::from(a)] += 1;
            if a != b {
                uses[usize::from(b)] += 1;
            }
            if c != b && c != a {
                uses[usize::from(c)] += 1;
            }
        }
    }
    uses
}

/// Which of x and y each slot depends on.
fn dependencies(nodes: &[Node]) -> Vec<[bool; 2]> {
    let mut depends = vec![[true, false], [false, true]];
    for node in nodes {
        depends.push(match node {
            Node::Constant(_) | Node::Input(_) => [false, false],
            Node::Op(op) => {
                let operands = op.operands().map(|slot| depends[usize::from(slot)]);
                [0, 1].map(|axis| operands.iter().any(|operand| operand[axis]))
            }
        });
    }
    depends
}

/// Makes one operation of a square and its argument, and of a sum and its scaled term, where nothing else reads what is
/// between. Only where both depend on the same variables: what depends on one alone is computed less often.
fn fuse(nodes: &mut [Node], result: Slot) {
    let (uses, depends) = (uses(nodes, result), dependencies(nodes));
    for index in 0..nodes.len() {
        let outer = FIRST_CONSTANT + index;
        let inner = |slot: Slot| {
            let at = usize::from(slot);
            let alone = uses[at] == 1 && depends[at] == depends[outer];
            match at.checked_sub(FIRST_CONSTANT).map(|i| nodes[i]) {
                Some(Node::Op(op)) if alone => Some(op),
                _ => None,
            }
        };
        let fused = match nodes[index] {
            Node::Op(Op::Powi(a, 2)) => match inner(a) {
                Some(Op::Shift(u, c)) => Some(Op::SquareShift(u, c)),
                Some(Op::ShiftNeg(u, c)) => Some(Op::SquareShiftNeg(u, c)),
                Some(Op::Add(u, v)) => Some(Op::SquareAdd(u, v)),
                Some(Op::Sub(u, v)) => Some(Op::SquareSub(u, v)),
                _ => None,
            },
            Node::Op(Op::Add(a, b)) => match (inner(a), inner(b)) {
                (Some(Op::Scale(u, c)), _) => Some(Op::ScaleAdd(u, c, b)),
                (_, Some(Op::Scale(u, c))) => Some(Op::ScaleAdd(u, c, a)),
                _ => None,
            },
            _ => None,
        };
        if let Some(op) = fused {
            nodes[index] = Node::Op(op);
        }
    }
}
