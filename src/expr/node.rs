//! What the graph of a formula is made of while it is compiled.

use super::op::Op;

/// A constant, or an operation on other nodes.
#[derive(Clone, Copy)]
pub(super) enum Node {
    Constant(f64),
    Op(Op),
}
