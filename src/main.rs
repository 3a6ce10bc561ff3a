//! Arguments to a command or the window, and the only exit codes.

fn main() {}
