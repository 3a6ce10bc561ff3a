//! Maps of basins and sweeps as they are written: a row for each start, or for each pair of parameters.

use std::io::{self, Write};

use crate::objective::Point;
use crate::survey::{BasinMap, Sweep};

/// What a row of a map of basins has.
const OF_BASINS: [&str; 8] = ["start_x", "start_y", "outcome", "step", "end_x", "end_y", "value", "optimum"];
/// What a row of a sweep has.
const OF_SWEEP: [&str; 5] = ["x", "y", "outcome", "step", "value"];

/// What stands in a cell.
enum Cell {
    Number(f64),
    Count(u64),
    Word(&'static str),
    Nothing,
}

impl Cell {
    /// With every digit; empty where there is nothing.
    fn csv(&self) -> String {
        match self {
            Self::Number(number) => format!("{number:?}"),
            Self::Count(count) => count.to_string(),
            Self::Word(word) => (*word).to_owned(),
            Self::Nothing => String::new(),
        }
    }

    /// `null` where there is nothing, or what is no number of JSON.
    fn json(&self) -> String {
        match self {
            Self::Number(number) if !number.is_finite() => "null".to_owned(),
            Self::Word(word) => format!("\"{word}\""),
            Self::Nothing => "null".to_owned(),
            Self::Number(_) | Self::Count(_) => self.csv(),
        }
    }
}

fn basin_rows(map: &BasinMap) -> impl Iterator<Item = Vec<Cell>> {
    map.ends.iter().zip(&map.reached).enumerate().map(|(place, (end, reached))| {
        let start = map.start(place);
        vec![
            Cell::Number(start.x),
            Cell::Number(start.y),
            Cell::Word(end.kind.id()),
            Cell::Count(end.step.into()),
            Cell::Number(end.at.x + 0.0),
            Cell::Number(end.at.y + 0.0),
            Cell::Number(end.value + 0.0),
            reached.map_or(Cell::Nothing, |optimum| Cell::Count(optimum.into())),
        ]
    })
}

fn sweep_rows(sweep: &Sweep) -> impl Iterator<Item = Vec<Cell>> {
    sweep.ends.iter().enumerate().map(|(place, end)| {
        let [x, y] = sweep.pair(place);
        let mut cells = vec![Cell::Number(x), Cell::Number(y)];
        cells.extend(match end {
            Some(end) => {
                [Cell::Word(end.kind.id()), Cell::Count(end.step.into()), Cell::Number(end.value + 0.0)]
            }
            None => [Cell::Nothing, Cell::Nothing, Cell::Nothing],
        });
        cells
    })
}

/// Writes a map of basins as comma-separated values, with a header.
///
/// # Errors
/// What `out` says.
pub fn write_basins_csv(out: &mut dyn Write, map: &BasinMap) -> io::Result<()> {
    write_csv(out, &OF_BASINS, basin_rows(map))
}

/// Writes a sweep as comma-separated values, with a header.
///
/// # Errors
/// What `out` says.
pub fn write_sweep_csv(out: &mut dyn Write, sweep: &Sweep) -> io::Result<()> {
    write_csv(out, &OF_SWEEP, sweep_rows(sweep))
}

/// Writes a map of basins as one JSON object: the optima, the names of the columns, the rows.
///
/// # Errors
/// What `out` says.
pub fn write_basins_json(out: &mut dyn Write, map: &BasinMap) -> io::Result<()> {
    let pair = |at: Point| format!("[{:?},{:?}]", at.x + 0.0, at.y + 0.0);
    let optima: Vec<String> = map.optima.iter().map(|optimum| pair(optimum.at)).collect();
    write!(out, "{{\"optima\":[{}],", optima.join(","))?;
    write_json(out, &OF_BASINS, basin_rows(map))
}

/// Writes a sweep as one JSON object: the parameters along x and y, the names of the columns, the rows.
///
/// # Errors
/// What `out` says.
pub fn write_sweep_json(out: &mut dyn Write, sweep: &Sweep) -> io::Result<()> {
    let [x, y] = sweep.ranges.each_ref().map(|range| serde_json::to_string(&range.parameter));
    write!(out, "{{\"x\":{},\"y\":{},", x?, y?)?;
    write_json(out, &OF_SWEEP, sweep_rows(sweep))
}

fn write_csv(out: &mut dyn Write, head: &[&str], rows: impl Iterator<Item = Vec<Cell>>) -> io::Result<()> {
    writeln!(out, "{}", head.join(","))?;
    for row in rows {
        let cells: Vec<String> = row.iter().map(Cell::csv).collect();
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

/// The rest of an object that has begun.
fn write_json(out: &mut dyn Write, head: &[&str], rows: impl Iterator<Item = Vec<Cell>>) -> io::Result<()> {
    write!(out, "\"columns\":{},\"rows\":[", serde_json::to_string(head)?)?;
    for (place, row) in rows.enumerate() {
        let cells: Vec<String> = row.iter().map(Cell::json).collect();
        write!(out, "{}\n[{}]", if place == 0 { "" } else { "," }, cells.join(","))?;
    }
    writeln!(out, "\n]}}")
}
