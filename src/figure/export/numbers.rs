//! A session as numbers: every step of every run, or what came of each.

use std::io::{self, Write};

use super::FigureKind;
use crate::figure::page::spec::FigureSpec;
use crate::record::{csv, json, race, series};
use crate::session::Session;

/// Writes every step of every run, or the averages of a series: as rows for [`FigureKind::Csv`], else as JSON.
///
/// # Errors
/// What `out` says.
pub fn write_numbers(out: &mut impl Write, session: &Session, kind: FigureKind) -> io::Result<()> {
    let scenario = session.scenario();
    if let Some(of_series) = &scenario.series {
        return match kind {
            FigureKind::Csv => series::write_csv(out, of_series),
            _ => series::write_json(out, &scenario.title, of_series),
        };
    }
    let runs = session.paths().map(|path| (path.choice, path.trajectory));
    if kind == FigureKind::Csv {
        csv::write_runs(out, scenario.cost.variable_names(), runs)
    } else {
        json::write_runs(out, &scenario.title, scenario.batches().as_ref(), runs)
    }
}

/// Writes what came of each run, in the order of the table.
pub(super) fn write_race(
    out: &mut Vec<u8>,
    session: &mut Session,
    spec: &FigureSpec,
    kind: FigureKind,
) -> io::Result<()> {
    if session.wants_solutions() {
        // Runs are measured by them.
        session.finish_solutions();
    }
    let mut rows = race::race_rows(session);
    spec.race.sort(&mut rows);
    if kind == FigureKind::Csv {
        race::write_csv(out, &rows)
    } else {
        race::write_json(out, &session.scenario().title, spec.has_tuned_rates, &rows)
    }
}
