//! Typed text to something that can be evaluated.
