//! The solutions of a problem: as JSON, as lines of text.

use std::io::{self, Write};

use serde::Serialize;

use crate::expr::display_name;
use crate::landscape::{Candidate, Solutions};
use crate::scenario::Cost;
use crate::spelling::Selectable;

/// Writes them as one JSON object on a line.
///
/// # Errors
/// What `out` says.
pub fn write_json(out: &mut dyn Write, solutions: &Solutions, variables: usize) -> io::Result<()> {
    #[derive(Serialize)]
    struct Record<'a> {
        point: Vec<f64>,
        value: f64,
        multipliers: Option<&'a [f64]>,
        active: &'a [bool],
        kind: &'static str,
    }
    #[derive(Serialize)]
    struct Whole<'a> {
        candidates: Vec<Record<'a>>,
    }
    // A zero has no sign worth printing.
    let records = solutions.candidates.iter().map(|one| Record {
        point: one.point.iter().take(variables).map(|coordinate| coordinate + 0.0).collect(),
        value: one.value + 0.0,
        multipliers: one.multipliers.as_deref(),
        active: &one.active,
        kind: one.kind.id(),
    });
    let whole = Whole { candidates: records.collect() };
    serde_json::to_writer(&mut *out, &whole)?;
    writeln!(out)
}

/// Writes a line for each: what it is, the point, the value, and λ of each constraint.
///
/// # Errors
/// What `out` says.
pub fn write_text(out: &mut dyn Write, solutions: &Solutions, cost: &Cost) -> io::Result<()> {
    let [x, y] = cost.variable_names().map(display_name);
    let letter = cost.letter();
    if solutions.candidates.is_empty() {
        return writeln!(out, "no solution in the window");
    }
    for Candidate { point, value, multipliers, active, kind } in &solutions.candidates {
        write!(out, "{:<10} {x} = {:?}, ", kind.id(), point.x)?;
        if !y.is_empty() {
            write!(out, "{y} = {:?}, ", point.y)?;
        }
        write!(out, "{letter} = {value:?}")?;
        for (k, is_active) in active.iter().enumerate() {
            let number = if active.len() > 1 { (k + 1).to_string() } else { String::new() };
            match multipliers {
                Some(all) if *is_active => write!(out, ", \u{3bb}{number} = {:?}", all[k])?,
                Some(_) => write!(out, ", constraint {number} not active")?,
                None => write!(out, ", \u{3bb}{number} undetermined")?,
            }
        }
        writeln!(out)?;
    }
    Ok(())
}
