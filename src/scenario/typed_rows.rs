//! Rows that are typed in the place of those that a cost is made of.

use super::{ColumnNameError, Cost, Data};
use crate::data::Table;
use crate::data::csv::{CsvError, Pasted, read_text, write_typed};
use crate::expr::{Expression, FormulaError, canonical_name};

/// The most rows that are typed, and the most numbers: of more, a text would be slow to type into.
pub const MOST_TYPED_ROWS: usize = 2_000;
const MOST_TYPED_NUMBERS: usize = 20_000;

/// Why a text is not taken for the rows. Its `Display` is one sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TypedRowsError {
    /// It is no table.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// It is too long.
    #[error(
        "at most {MOST_TYPED_ROWS} rows of {MOST_TYPED_NUMBERS} numbers are typed here, not {0} rows: save them as a file, and open that"
    )]
    TooMany(usize),
    /// A column cannot be called so.
    #[error(transparent)]
    Name(#[from] ColumnNameError),
    /// A column that the formula reads is gone.
    #[error("the formula reads the column `{name}`, and no column is called so: {offer}")]
    Gone {
        /// The column.
        name: String,
        /// What to do.
        offer: String,
    },
    /// The formula cannot be evaluated on them.
    #[error(transparent)]
    Formula(#[from] FormulaError),
}

impl TypedRowsError {
    /// The line of the text that is wrong, counted from 1, where it is one.
    pub fn line(&self, text: &str) -> Option<u64> {
        match self {
            Self::Csv(error) => error.line(),
            Self::TooMany(_) => None,
            // What is wrong with a name is wrong with the first line that has something.
            Self::Name(_) | Self::Gone { .. } | Self::Formula(_) => {
                text.lines().position(|line| !line.trim().is_empty()).map(|line| line as u64 + 1)
            }
        }
    }
}

impl Data {
    /// The rows as a text that is typed into; nothing where they are too many.
    pub fn typed_text(&self) -> Option<String> {
        is_typed(self.table()).then(|| write_typed(self.table()))
    }
}

impl Cost {
    /// The rows that are typed in the place of its own, on the scales of its columns, and the names of columns of text, which are
    /// left out.
    ///
    /// # Errors
    /// What of the text is wrong, or no rows for its formula.
    pub fn typed_rows(&self, data: &Data, text: &str) -> Result<(Data, Vec<String>), TypedRowsError> {
        let Pasted { table, left_out } = read_text(text)?;
        if !is_typed(&table) {
            return Err(TypedRowsError::TooMany(table.rows()));
        }
        self.check_names(data, table.names())?;
        let data = data.with_table(table);
        Self { data: Some(data.clone()), ..self.clone() }.objective()?;
        Ok((data, left_out))
    }

    /// Whether the formula can use these columns in the place of those that it has.
    fn check_names(&self, data: &Data, names: &[String]) -> Result<(), TypedRowsError> {
        let is = |name: &str, other: &str| canonical_name(name) == canonical_name(other);
        for name in names {
            self.check_column_name(name)?;
        }
        let read = Expression::parse(self.formula())?.names();
        let is_gone = |column: &&String| {
            read.iter().any(|name| is(&name.name, column)) && !names.iter().any(|name| is(name, column))
        };
        let Some(gone) = data.names().iter().find(is_gone) else { return Ok(()) };
        let mut others = names.iter().filter(|name| !data.names().contains(name));
        let offer = match (others.next(), others.next()) {
            (Some(other), None) => format!("put `{gone}` in the place of `{other}`"),
            _ => format!("name one `{gone}` in the first line"),
        };
        Err(TypedRowsError::Gone { name: gone.clone(), offer })
    }
}

/// Whether there are so few numbers that they are typed.
fn is_typed(table: &Table) -> bool {
    table.rows() <= MOST_TYPED_ROWS && table.rows() * table.names().len() <= MOST_TYPED_NUMBERS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Scaling;

    fn cost() -> Cost {
        let text = "[cost]\nformula = \"(a + b*x - y)^2/2 + c\"\nvariables = [\"a\", \"b\"]\nconstants = { c = 1.0 }\n\
                    [data]\ncolumns = [\"x\", \"y\"]\nrows = [[1, 2], [2.5, -3e-7]]\nscale = { y = \"min-max\" }\n";
        crate::scenario::read(text, "rows").unwrap().cost
    }

    #[test]
    fn rows_are_typed_in_any_order_of_the_columns_and_keep_their_scales() {
        let cost = cost();
        let data = cost.data.clone().unwrap();
        let text = data.typed_text().unwrap();
        assert_eq!(text, "x, y\n1, 2\n2.5, -3e-7\n");
        let (same, left_out) = cost.typed_rows(&data, &text).unwrap();
        assert_eq!((same, left_out.len()), (data.clone(), 0));
        for text in ["y;city;x\n2,5;Bern;1\n\n3;Roma;2", "y\tcity\tx\n2.5\tBern\t1\n3.0\tRoma\t2\n"] {
            let (typed, left_out) = cost.typed_rows(&data, text).unwrap();
            assert_eq!(
                (typed.names(), typed.table().row(0)),
                (&["y".to_owned(), "x".to_owned()][..], vec![2.5, 1.0])
            );
            assert_eq!(typed.scale(), [Some(Scaling::MinMax), None]);
            assert_eq!(left_out, ["city"]);
        }
    }

    #[test]
    fn what_is_no_table_for_the_formula_is_said_with_its_line() {
        let cost = cost();
        let data = cost.data.clone().unwrap();
        let many = format!("x, y\n{}", "1, 2\n".repeat(MOST_TYPED_ROWS + 1));
        for (text, line, words) in [
            ("x, y\n1, 2\n3\n", Some(3), "line 3 has 1 cells, and the first has 2"),
            ("x, y\n1, 2\n3, a\n", Some(3), "line 3, column `y`: `a` is no number"),
            (
                "\nx, z\n1, 2\n",
                Some(2),
                "the formula reads the column `y`, and no column is called so: put `y` in the place of `z`",
            ),
            (
                "x\n1\n",
                Some(1),
                "the formula reads the column `y`, and no column is called so: name one `y` in the first line",
            ),
            ("x, y, b\n1, 2, 3\n", Some(1), "`b` is a variable already: call the column something else"),
            ("x, y, c\n1, 2, 3\n", Some(1), "`c` is a constant already: call the column something else"),
            ("x, y, sin\n1, 2, 3\n", Some(1), "`sin` cannot name a column: it is a function"),
            ("", None, "there are no rows"),
            (
                &many,
                None,
                "at most 2000 rows of 20000 numbers are typed here, not 2001 rows: save them as a file, and open that",
            ),
        ] {
            let error = cost.typed_rows(&data, text).unwrap_err();
            assert_eq!((error.to_string().as_str(), error.line(text)), (words, line), "{text:.40}");
        }
        let large = Table::new(vec!["x".to_owned(), "y".to_owned()], vec![vec![0.0; 2_001]; 2]).unwrap();
        assert_eq!(Data::new(std::sync::Arc::new(large)).typed_text(), None);
    }
}
