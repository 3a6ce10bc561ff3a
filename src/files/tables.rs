//! Tables beside a scenario's file: read from its folder and nowhere else, and written there.

use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::write::write_whole_while;
use super::{is_stream, open_file};
use crate::data::Table;
use crate::data::csv::{read_columns, write_text};
use crate::scenario::{Scenario, SeriesSource, Tables, TimeSeries};

/// The largest table that is read, in bytes.
const MAX_TABLE_BYTES: u64 = 64 << 20;

/// The tables in a folder and below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderTables {
    folder: PathBuf,
}

impl FolderTables {
    /// Those beside a scenario's file.
    pub fn beside(file: &Path) -> Self {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        Self { folder: folder.map_or_else(|| PathBuf::from("."), Path::to_owned) }
    }

    /// Those in a folder.
    pub fn within(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Where a table is.
    ///
    /// # Errors
    /// A name that leads out of the folder.
    fn place(&self, name: &str) -> Result<PathBuf, String> {
        let path = Path::new(name);
        // A name from another system must not mean another place here.
        let is_below = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
            && !name.contains(['\\', ':'])
            && path.file_name().is_some();
        if !is_below {
            return Err(
                "is not beside the scenario or below it: a table has no absolute path and no `..`".to_owned()
            );
        }
        Ok(self.folder.join(path))
    }
}

impl Tables for FolderTables {
    fn text(&self, name: &str) -> Result<String, String> {
        let path = self.place(name)?;
        let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
        let real = path.canonicalize().map_err(unreadable)?;
        let folder = self.folder.canonicalize().map_err(unreadable)?;
        if !real.starts_with(&folder) {
            return Err("is a link that leads out of the scenario's folder".to_owned());
        }
        if is_stream(&real) {
            return Err("is a pipe or a device, and no file".to_owned());
        }
        let file = open_file(&real).map_err(|error| format!("cannot be read: {}", error.reason()))?;
        let mut bytes = Vec::new();
        file.take(MAX_TABLE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > MAX_TABLE_BYTES {
            return Err("is larger than 64 MiB, which no table is".to_owned());
        }
        String::from_utf8(bytes).map_err(|error| {
            format!("is not a text in UTF-8: byte {} does not fit", error.utf8_error().valid_up_to())
        })
    }
}

/// The scenario as it is to be written to `path`: its rows, or the numbers of a series, where they are many or were in a file, are
/// in a table beside it, which is written unless it is there already. What is there and differs is left alone.
///
/// # Errors
/// One sentence: the table cannot be written, or it was called off.
pub fn with_table_beside(
    mut scenario: Scenario,
    path: &Path,
    goes_on: &dyn Fn() -> bool,
) -> Result<Scenario, String> {
    let is_from_file = |series: &TimeSeries| matches!(series.source(), SeriesSource::File { .. });
    if let Some(series) = scenario.series.take_if(|series| is_from_file(series) || series.is_large()) {
        let file = match series.source() {
            SeriesSource::File { file, .. } => Some(file.clone()),
            _ => None,
        };
        let Some(table) = series.table() else { return Ok(scenario) };
        let file = put_beside(path, file, &table, goes_on)?;
        let column = table.names().concat();
        return Ok(Scenario { series: Some(series.in_file(file, column)), ..scenario });
    }
    let Some(data) = &mut scenario.cost.data else { return Ok(scenario) };
    if data.file.is_none() && !data.is_large() {
        return Ok(scenario);
    }
    data.file = Some(put_beside(path, data.file.clone(), data.table(), goes_on)?);
    Ok(scenario)
}

/// Sees to it that a table is beside a scenario's file, under the name that it had, or one of the scenario's own. Returns the name.
fn put_beside(
    path: &Path,
    file: Option<String>,
    table: &Table,
    goes_on: &dyn Fn() -> bool,
) -> Result<String, String> {
    let tables = FolderTables::beside(path);
    let stem = path.file_stem().map_or_else(|| "rows".into(), |stem| stem.to_string_lossy().into_owned());
    let own = format!("{stem}.csv");
    // A name that does not lead out of the folder stays; one that the scenario shares with others keeps its ending.
    let first = file.filter(|name| tables.place(name).is_ok()).unwrap_or(own);
    let mut number = 1;
    loop {
        let name = if number == 1 { first.clone() } else { numbered(&first, number) };
        number += 1;
        let place = tables.place(&name)?;
        if place.exists() {
            let text = tables.text(&name);
            let there = text.ok().and_then(|text| read_columns(&text, Some(table.names())).ok());
            if there.is_none_or(|there| there.table != *table) {
                continue;
            }
        } else {
            if let Some(folder) = place.parent() {
                std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
            }
            write_whole_while(&place, write_text(table).as_bytes(), goes_on)?;
        }
        return Ok(name);
    }
}

/// `houses.csv` becomes `houses-2.csv`.
fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => format!("{stem}-{number}.{ending}"),
        _ => format!("{name}-{number}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::scenario::{self, Loss};

    fn rows(count: u32, seed: f64) -> Scenario {
        let column = |shift: f64| (0..count).map(|row| (f64::from(row) + shift).sin() * seed).collect();
        let table = Table::new(vec!["x".to_owned(), "y".to_owned()], vec![column(0.0), column(1.0)]).unwrap();
        Scenario::of_data(Loss::LeastSquares.cost(Arc::new(table), [0, 0], 1))
    }

    fn file_of(scenario: &Scenario) -> Option<&str> {
        scenario.cost.data.as_ref().unwrap().file.as_deref()
    }

    #[test]
    fn many_rows_are_written_once_beside_the_scenario_and_few_stay_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lecture.toml");
        let save = |scenario: Scenario| with_table_beside(scenario, &path, &|| true).unwrap();
        assert_eq!(file_of(&save(rows(100, 1.0))), None);
        let saved = save(rows(20_000, 1.0));
        assert_eq!(file_of(&saved), Some("lecture.csv"));
        let text = scenario::write(&saved);
        assert!(text.len() < 2_000, "{text}");
        let again = scenario::read_with(&text, "lecture.toml", &FolderTables::beside(&path)).unwrap();
        assert_eq!((&again, file_of(&again)), (&saved, Some("lecture.csv")));
        assert_eq!(scenario::read(&scenario::write_inline(&rows(50, 1.0)), "inline").unwrap(), rows(50, 1.0));
        // What is there and the same is used again; what is another's stays as it is.
        let before = std::fs::metadata(folder.path().join("lecture.csv")).unwrap().modified().unwrap();
        assert_eq!(file_of(&save(rows(20_000, 1.0))), Some("lecture.csv"));
        assert_eq!(file_of(&save(saved.clone())), Some("lecture.csv"));
        assert_eq!(std::fs::metadata(folder.path().join("lecture.csv")).unwrap().modified().unwrap(), before);
        assert_eq!(file_of(&save(rows(20_000, 2.0))), Some("lecture-2.csv"));
        // Saved elsewhere, the table goes with the scenario, under its name.
        let other = tempfile::tempdir().unwrap();
        let elsewhere = with_table_beside(saved, &other.path().join("copy.toml"), &|| true).unwrap();
        assert_eq!(file_of(&elsewhere), Some("lecture.csv"));
        assert!(other.path().join("lecture.csv").is_file());
        // Called off, nothing is written.
        let third = tempfile::tempdir().unwrap();
        with_table_beside(rows(20_000, 1.0), &third.path().join("a.toml"), &|| false).unwrap_err();
        assert_eq!(std::fs::read_dir(third.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_with_more_columns_than_are_used_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("wide.csv"), "city,x,y\nBern,1,2\nRoma,3,4\n").unwrap();
        let path = folder.path().join("a.toml");
        let text = "[cost]\nformula = \"(a*x + b - y)^2\"\nvariables = [\"a\", \"b\"]\n[data]\nfile = \"wide.csv\"\n";
        let scenario = scenario::read_with(text, "a.toml", &FolderTables::beside(&path)).unwrap();
        let saved = with_table_beside(scenario, &path, &|| true).unwrap();
        assert_eq!(file_of(&saved), Some("wide.csv"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
