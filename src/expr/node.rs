//! What the graph of a formula is made of while it is compiled.

use super::op::Op;

/// A constant, an input whose number is given later, or an operation on other nodes.
#[derive(Clone, Copy)]
pub(super) enum Node {
    Constant(f64),
    Input(usize),
    Op(Op),
}
