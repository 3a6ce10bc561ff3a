//! The drawing of a session without a window, and its exports.
