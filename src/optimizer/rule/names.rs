//! The names that every rule knows.

use crate::expr::{canonical_name, why_no_name};

/// The point.
pub(super) const THETA: &str = "theta";
/// The number of the step.
pub(super) const T: &str = "t";
/// The gradient.
pub(super) const G: &str = "g";
/// The gradient at another point, which is called as a function.
pub(super) const GRAD: &str = "grad";

/// Why neither a parameter nor a state vector can have this name; nothing of one that it can.
pub(super) fn why_reserved(name: &str) -> Option<&'static str> {
    match canonical_name(name).as_str() {
        THETA => Some("it is the point"),
        G => Some("it is the gradient"),
        T => Some("it is the number of the step"),
        canonical if is_gradient(canonical) => Some("grad(…) is the gradient at a point"),
        _ => why_no_name(name),
    }
}

/// Whether a name could stand for a gradient at another point, or is the word itself.
pub(super) fn is_gradient(canonical: &str) -> bool {
    canonical.strip_prefix(GRAD).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
}
