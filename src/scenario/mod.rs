//! The saved value: file format, validation, defaults.
