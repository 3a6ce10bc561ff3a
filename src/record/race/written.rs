//! Rows of a race as they are written.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::{RaceColumn, RaceRow};
use crate::optimizer::StepRate;
use crate::record::csv::{DecimalMark, inert, quoted};
use crate::spelling::Selectable as _;

impl RaceRow {
    /// What stands in a column, with every digit; nothing where there is nothing. Two rates have a space between them.
    pub fn exact(&self, column: RaceColumn) -> String {
        let rate = |rate: StepRate| {
            let numbers: Vec<String> = rate.numbers().map(|number| format!("{number:?}")).collect();
            numbers.join(" ")
        };
        match column {
            RaceColumn::Method => self.method.to_owned(),
            RaceColumn::Label => self.label.clone(),
            RaceColumn::Outcome => {
                self.outcome.as_ref().map(|(kind, _)| kind.id().to_owned()).unwrap_or_default()
            }
            RaceColumn::LearningRate => self.learning_rate.map(rate).unwrap_or_default(),
            RaceColumn::FinalValue | RaceColumn::FinalGradientNorm | RaceColumn::Distance => {
                self.number(column).map(|number| format!("{number:?}")).unwrap_or_default()
            }
            // What is counted.
            _ => self.number(column).map(|number| format!("{number:.0}")).unwrap_or_default(),
        }
    }
}

/// Writes them as one JSON object: the title, whether the rates were tuned, and an object for each run.
///
/// # Errors
/// What `out` says.
pub fn write_json(out: &mut dyn Write, title: &str, are_tuned: bool, rows: &[RaceRow]) -> io::Result<()> {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Rate {
        One(f64),
        PerVariable([f64; 2]),
    }
    #[derive(Serialize)]
    struct Record<'a> {
        run: usize,
        method: &'a str,
        label: &'a str,
        learning_rate: Option<Rate>,
        steps: usize,
        gradients: u64,
        values: u64,
        hessians: u64,
        rows: u64,
        final_value: f64,
        final_gradient_norm: f64,
        distance: Option<f64>,
        outcome: Option<&'static str>,
    }
    let record = |row: &RaceRow| {
        let rate = |rate| match rate {
            StepRate::One(rate) => Rate::One(rate),
            StepRate::PerVariable(rates) => Rate::PerVariable(rates.into()),
        };
        serde_json::to_string(&Record {
            run: row.index + 1,
            method: row.method,
            label: &row.label,
            learning_rate: row.learning_rate.map(rate),
            steps: row.steps,
            gradients: row.evaluations.gradient,
            values: row.evaluations.value,
            hessians: row.evaluations.hessian,
            rows: row.evaluations.rows,
            final_value: row.value,
            final_gradient_norm: row.gradient_norm,
            distance: row.distance,
            outcome: row.outcome.as_ref().map(|(kind, _)| kind.id()),
        })
    };
    write!(out, "{{\"title\":{},\"tuned\":{are_tuned},\"runs\":[", serde_json::to_string(title)?)?;
    for (place, row) in rows.iter().enumerate() {
        write!(out, "{}\n{}", if place == 0 { "" } else { "," }, record(row)?)?;
    }
    writeln!(out, "\n]}}")
}

/// Writes them as comma-separated values, with a header.
///
/// # Errors
/// What `out` says.
pub fn write_csv(out: &mut dyn Write, rows: &[RaceRow]) -> io::Result<()> {
    writeln!(out, "{}", heads().join(","))?;
    for row in rows {
        let cells: Vec<String> = (RaceColumn::ALL.iter())
            .map(|column| {
                let cell = row.exact(*column);
                if *column == RaceColumn::Label { quoted(&inert(&cell)).into_owned() } else { cell }
            })
            .collect();
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

/// The same as lines of tab-separated text, as a spreadsheet takes them from the clipboard.
pub fn tab_separated(rows: &[RaceRow], mark: DecimalMark) -> String {
    let mut text = heads().join("\t");
    text.push('\n');
    for row in rows {
        let cells: Vec<String> = (RaceColumn::ALL.iter())
            .map(|column| match (column, row.exact(*column)) {
                (RaceColumn::Label, label) => inert(&label.replace(['\t', '\n', '\r'], " ")).into_owned(),
                (_, cell) if mark == DecimalMark::Comma => cell.replace('.', ","),
                (_, cell) => cell,
            })
            .collect();
        // A text takes whatever is written to it.
        let _ = writeln!(text, "{}", cells.join("\t"));
    }
    text
}

fn heads() -> Vec<&'static str> {
    RaceColumn::ALL.iter().map(|column| column.id()).collect()
}

/// Writes them as a table for people; rows of data have a column only where there are any.
///
/// # Errors
/// What `out` says.
pub fn write_text(out: &mut dyn Write, rows: &[RaceRow]) -> io::Result<()> {
    let has_rows = rows.iter().any(|row| row.evaluations.rows > 0);
    let is_shown = |column: &RaceColumn| match column {
        RaceColumn::Method => false,
        RaceColumn::Rows => has_rows,
        _ => true,
    };
    let columns: Vec<RaceColumn> = RaceColumn::ALL.iter().copied().filter(is_shown).collect();
    let head = |column: RaceColumn| column.id().replace('_', " ");
    let mut lines = vec![columns.iter().map(|column| head(*column)).collect::<Vec<_>>()];
    for row in rows {
        let cell = |column: &RaceColumn| match column {
            RaceColumn::LearningRate => {
                let short = |rate: StepRate| rate.numbers().map(short).collect::<Vec<_>>().join(" ");
                row.learning_rate.map_or_else(|| "none".to_owned(), short)
            }
            RaceColumn::FinalValue | RaceColumn::FinalGradientNorm | RaceColumn::Distance => {
                row.number(*column).map_or_else(|| "unknown".to_owned(), short)
            }
            _ => row.exact(*column),
        };
        lines.push(columns.iter().map(cell).collect());
    }
    let width = |place: usize| lines.iter().map(|line| line[place].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    for line in &lines {
        let mut text = String::new();
        for ((cell, width), column) in line.iter().zip(&widths).zip(&columns) {
            let _ = match column {
                RaceColumn::Label => write!(text, "  {cell:width$}"),
                RaceColumn::Outcome => write!(text, "  {cell}"),
                _ => write!(text, "  {cell:>width$}"),
            };
        }
        writeln!(out, "{}", text.trim_start_matches("  ").trim_end())?;
    }
    Ok(())
}

/// A number with five digits.
fn short(value: f64) -> String {
    let text = format!("{value:.4e}");
    let exponent = text.split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok());
    match exponent {
        Some(exponent @ -4..=5) => format!("{value:.*}", (4 - exponent).max(0) as usize),
        _ => text,
    }
}
