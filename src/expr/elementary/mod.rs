//! Elementary functions that the system's libraries lack, are slow at or get wrong. In pure Rust, so that their results are
//! the same to the last bit on every platform.

mod exponential;
mod gamma;
mod inverse_hyperbolic;

pub(super) use exponential::{exp_of_nonpositive, ln_1p_of_fraction};
pub(super) use gamma::{gamma, polygammas};
pub(super) use inverse_hyperbolic::{acosh, asinh, atanh, exp_m1};
