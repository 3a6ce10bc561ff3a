//! How costs are typed, copied from papers and written by programmers: what each spelling means, and what mends a slip.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod any;
mod board;
mod cases;
mod functions;
mod meanings;
mod mistakes;

use downhill::expr::{Expression, FormulaError, Names, Tape};

/// As the window reads a formula whose free letters are a, b, c and so on, each with a value of its own.
fn compile(text: &str) -> Result<Tape, FormulaError> {
    let parsed = Expression::parse(text)?;
    let variables = parsed.variables(["x", "y"]);
    let variables = variables.each_ref().map(String::as_str);
    let names = Names::new(variables, []).with_free_letters();
    let resolved = parsed.resolved(&names)?;
    let letters = resolved.names().into_iter().filter(|n| !variables.contains(&n.name.as_str()));
    let constants: Vec<(String, f64)> = letters
        .filter(|name| downhill::expr::is_letter(&name.name) && name.name != "z")
        .map(|name| (name.name.clone(), value_of(&name.name)))
        .collect();
    resolved.compile(variables, &constants)
}

/// A whole number for n, and a different one for every other letter.
fn value_of(letter: &str) -> f64 {
    if letter == "n" { 3.0 } else { 0.3 + f64::from(letter.bytes().map(u32::from).sum::<u32>() % 17) }
}
