//! Rows as a spreadsheet gives them: comma, semicolon or tab, with or without a line of names, to a table.
//!
//! Convention. The separator is the first of tab, semicolon and comma that the first line has outside of quotes. With tab or
//! semicolon a number may have a decimal comma, one way for the whole text. Blank lines are passed over. A column without any
//! number is text, and left out.

mod error;

use std::borrow::Cow;
use std::fmt::Write as _;

pub use error::CsvError;

use super::Table;
use crate::expr::why_no_name;

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// The columns of numbers.
    pub table: Table,
    /// The names of columns of text, which are left out.
    pub left_out: Vec<String>,
}

/// Reads a text.
///
/// # Errors
/// The first thing that is wrong, with its line and column.
pub fn read_text(text: &str) -> Result<Pasted, CsvError> {
    read_columns(text, None)
}

/// Reads the columns of a text that have one of these names, in the order of the names; all of them where none are given.
///
/// # Errors
/// As [`read_text`]; a name that no column has.
pub fn read_columns(text: &str, wanted: Option<&[String]>) -> Result<Pasted, CsvError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = separator(text);
    let has_comma = separator != b',';
    let mut lines = Lines::new(text, separator);
    if !lines.advance()? {
        return Err(CsvError::Empty);
    }
    let first = lines.record.clone();
    let width = first.len();
    let has_names = !first.iter().any(|cell| number(cell, has_comma).is_some());
    let names: Vec<String> = match has_names {
        true => first.iter().enumerate().map(|(place, cell)| name_of(cell, place)).collect(),
        false => (0..width).map(|place| default_name(place, width)).collect(),
    };
    let places: Vec<usize> = match wanted {
        None => (0..width).collect(),
        Some(wanted) => {
            let place = |name: &String| {
                let found = names.iter().position(|known| known == name);
                found.ok_or_else(|| CsvError::NoColumn { name: name.clone(), known: names.join(", ") })
            };
            wanted.iter().map(place).collect::<Result<_, _>>()?
        }
    };
    let mut columns: Vec<Column> = places.iter().map(|_| Column::default()).collect();
    let mut mark = None;
    let mut is_there = !has_names || lines.advance()?;
    while is_there {
        let line = lines.line();
        if lines.record.len() != width {
            return Err(CsvError::Uneven { line, found: lines.record.len(), expected: width });
        }
        for (column, place) in columns.iter_mut().zip(&places) {
            let cell = lines.record.get(*place).unwrap_or_default();
            column.read(cell.trim(), line, &names[*place], has_comma.then_some(&mut mark));
        }
        is_there = lines.advance()?;
    }
    let (mut kept, mut numbers, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    for (column, place) in columns.into_iter().zip(places) {
        let name = names[place].clone();
        match column.wrong {
            _ if wanted.is_none() && column.numbers.is_empty() => left_out.push(name),
            Some(wrong) => return Err(wrong),
            None => {
                kept.push(name);
                numbers.push(column.numbers);
            }
        }
    }
    Ok(Pasted { table: Table::new(kept, numbers)?, left_out })
}

/// The numbers of a column so far, and the first cell that is none.
#[derive(Default)]
struct Column {
    numbers: Vec<f64>,
    wrong: Option<CsvError>,
}

impl Column {
    /// Reads one more cell; `mark` is the decimal mark of the cells before, where there may be two.
    fn read(&mut self, cell: &str, line: u64, name: &str, mark: Option<&mut Option<char>>) {
        let Some(value) = number(cell, mark.is_some()) else {
            let column = || name.to_owned();
            self.wrong.get_or_insert_with(|| match cell.is_empty() {
                true => CsvError::Missing { line, column: column() },
                false => CsvError::NoNumber { line, column: column(), cell: cell.to_owned() },
            });
            return;
        };
        let own = cell.chars().find(|c| matches!(c, '.' | ','));
        if let Some((known, own)) = mark.zip(own)
            && *known.get_or_insert(own) != own
        {
            self.wrong.get_or_insert_with(|| CsvError::TwoMarks { line, cell: cell.to_owned() });
        }
        self.numbers.push(value);
    }
}

/// A table as a text with commas, the names first. Numbers read back exactly.
pub fn write_text(table: &Table) -> String {
    let mut text = table.names().join(",");
    for row in 0..table.rows() {
        text.push('\n');
        for (place, column) in table.columns().iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            // Writing into a text does not fail.
            let _ = write!(text, "{:?}", column[row]);
        }
    }
    text.push('\n');
    text
}

/// The same as people type it: a space behind each comma, whole numbers without a point. Numbers read back exactly too.
pub fn write_typed(table: &Table) -> String {
    let mut text = table.names().join(", ");
    for row in 0..table.rows() {
        let number = |column: &Vec<f64>| {
            let number = format!("{:?}", column[row]);
            number.strip_suffix(".0").map_or_else(|| number.clone(), str::to_owned)
        };
        let row: Vec<String> = table.columns().iter().map(number).collect();
        text.push('\n');
        text.push_str(&row.join(", "));
    }
    text.push('\n');
    text
}

fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut is_quoted = false;
    let outside: String = first
        .chars()
        .filter(|c| {
            is_quoted ^= *c == '"';
            !is_quoted
        })
        .collect();
    [b'\t', b';'].into_iter().find(|mark| outside.contains(char::from(*mark))).unwrap_or(b',')
}

/// The lines of a text that are not blank, one after the other: a large table is never held as text in pieces.
struct Lines<'a> {
    text: &'a str,
    reader: ::csv::Reader<&'a [u8]>,
    /// The cells of the last line.
    record: ::csv::StringRecord,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, separator: u8) -> Self {
        let mut builder = ::csv::ReaderBuilder::new();
        builder.delimiter(separator).has_headers(false).flexible(true);
        let reader = builder.from_reader(text.as_bytes());
        Self { text, reader, record: ::csv::StringRecord::new() }
    }

    /// Goes on to the next line. Returns whether there is one.
    fn advance(&mut self) -> Result<bool, CsvError> {
        loop {
            let read = self.reader.read_record(&mut self.record);
            if !read.map_err(|error| CsvError::Unreadable(error.to_string()))? {
                return Ok(false);
            }
            if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(true);
            }
        }
    }

    /// The number of the last line, from 1.
    fn line(&self) -> u64 {
        self.record.position().map_or(0, |position| line_of(self.text, position))
    }
}

/// The line of a record. The reader stands before the blank lines that it passes over.
fn line_of(text: &str, position: &::csv::Position) -> u64 {
    let ahead = text.as_bytes().get(position.byte() as usize..).unwrap_or_default();
    let blank = ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + blank.filter(|byte| **byte == b'\n').count() as u64
}

/// A finite number, with a decimal comma where that may be.
fn number(cell: &str, has_comma: bool) -> Option<f64> {
    let mut cell = Cow::Borrowed(cell.trim());
    if cell.contains('\u{2212}') {
        cell = Cow::Owned(cell.replace('\u{2212}', "-"));
    }
    // "inf" and "nan" are words here.
    let is_plain = cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ',' | 'e' | 'E'));
    if has_comma && cell.contains(',') {
        cell = Cow::Owned(cell.replacen(',', ".", 1));
    }
    cell.parse().ok().filter(|number: &f64| is_plain && number.is_finite())
}

/// A name that a formula can use, made of what stands above a column.
fn name_of(cell: &str, place: usize) -> String {
    if why_no_name(cell.trim()).is_none() {
        return cell.trim().to_owned();
    }
    let mut name = String::new();
    for c in cell.trim().chars() {
        let fits = c.is_alphanumeric();
        if fits {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    if name.chars().next().is_some_and(char::is_alphabetic) {
        name.to_owned()
    } else {
        format!("c{}", place + 1)
    }
}

/// The name of a column that has none: the last one is y.
fn default_name(place: usize, width: usize) -> String {
    match (place, width) {
        (0, 1 | 2) => "x".to_owned(),
        _ if place + 1 == width => "y".to_owned(),
        _ => format!("x{}", place + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<Vec<f64>>) {
        let pasted = read_text(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        (pasted.table.names().to_vec(), pasted.table.columns().to_vec())
    }

    #[test]
    fn rows_are_read_as_spreadsheets_give_them() {
        let wanted = (vec!["x".to_owned(), "y".to_owned()], vec![vec![1.5, 2.0], vec![2.0, -3e4]]);
        for text in [
            "x,y\n1.5,2\n2,-3e4\n",
            "\u{feff}x;y\r\n1,5;2\r\n\r\n2;-3e4\r\n",
            "x\ty\n1,5\t2\n2,0\t\u{2212}30000",
            "1.5,2\n2,-30000",
            "\"x\",\"y\"\n\"1.5\",\"2\"\n\n 2 , -3e4 ",
            "name;x;y\nAda;1.5;2\nBob;2;-3e4\n",
        ] {
            assert_eq!(read(text), wanted, "{text:?}");
        }
        assert_eq!(read("1;2;3\n4;5;6").0, ["x1", "x2", "y"]);
        assert_eq!(read("house size,price (k)\n1,2\n").0, ["house_size", "price_k"]);
        assert_eq!(read_text("name;x\nAda;1\n").unwrap().left_out, ["name"]);
    }

    #[test]
    fn columns_are_chosen_by_name_and_what_is_written_reads_back() {
        let wanted = ["y".to_owned(), "x".to_owned()];
        let text = "city,x,y,z\nBern,1,2,3\nRoma,0.1,-5e-324,7\n";
        let pasted = read_columns(text, Some(&wanted)).unwrap();
        assert_eq!(pasted.table.names(), wanted);
        assert_eq!(pasted.table.columns(), [vec![2.0, -5e-324], vec![1.0, 0.1]]);
        assert_eq!(write_typed(&pasted.table), "y, x\n2, 1\n-5e-324, 0.1\n");
        for text in [write_text(&pasted.table), write_typed(&pasted.table)] {
            assert_eq!(read_text(&text).unwrap().table, pasted.table);
        }
        for (column, words) in [
            ("w", "there is no column `w`; it has city, x, y, z"),
            ("city", "line 2, column `city`: `Bern` is no number"),
        ] {
            assert_eq!(read_columns(text, Some(&[column.to_owned()])).unwrap_err().to_string(), words);
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_column() {
        for (text, words) in [
            ("", "there are no rows"),
            ("\n \n", "there are no rows"),
            ("x,y\n", "a table needs at least one column"),
            ("x,y\n1,2\n3\n", "line 3 has 1 cells, and the first has 2"),
            ("x,y\n1,2\n3,four\n", "line 3, column `y`: `four` is no number"),
            ("x,y\n1,2\n3,\n", "line 3, column `y`: a number is missing"),
            ("\n\nx,y\r\n\r\n1,2\n \n\n3,four\n", "line 8, column `y`: `four` is no number"),
            ("x,y\n1,2\n3,nan\n", "line 3, column `y`: `nan` is no number"),
            ("x,y\n1,2\n3,1e999\n", "line 3, column `y`: `1e999` is no number"),
            ("x;y\n1,5;2\n3.5;4\n", "line 3: `3.5` has another decimal mark than the lines before"),
            ("x,x\n1,2\n", "two columns are called `x`"),
            ("a,b\nc,d\n", "a table needs at least one column"),
        ] {
            assert_eq!(read_text(text).unwrap_err().to_string(), words, "{text:?}");
        }
    }
}
