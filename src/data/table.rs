//! A table of numbers: columns with names, and rows.

/// The most columns of a table.
pub const MAX_COLUMNS: usize = 32;
/// The most rows.
pub const MAX_ROWS: usize = 100_000;

/// Columns of finite numbers, all of one length. Two tables are equal where every number has the same bits.
#[derive(Clone, Debug)]
pub struct Table {
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
    rows: usize,
}

/// Why columns make no table. Its `Display` is one sentence.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TableError {
    /// There is none.
    #[error("a table needs at least one column")]
    NoColumn,
    /// There is none.
    #[error("a table needs at least one row")]
    NoRow,
    /// Too many columns.
    #[error("a table has at most {MAX_COLUMNS} columns, not {0}")]
    TooManyColumns(usize),
    /// Too many rows.
    #[error("a table has at most {MAX_ROWS} rows, not {0}")]
    TooManyRows(usize),
    /// Two columns of one name.
    #[error("two columns are called `{0}`")]
    SameName(String),
    /// A column of another length than the first, by its name.
    #[error("the column `{name}` has {found} numbers, and the first has {expected}")]
    Uneven {
        /// The column.
        name: String,
        /// How many it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A number that is none, by column and row, counted from 1.
    #[error("row {row} of the column `{name}` is no finite number")]
    NotFinite {
        /// The column.
        name: String,
        /// The row.
        row: usize,
    },
}

impl Table {
    /// A table of these columns.
    ///
    /// # Errors
    /// What is missing, too much, uneven or no finite number.
    pub fn new(names: Vec<String>, columns: Vec<Vec<f64>>) -> Result<Self, TableError> {
        let rows = columns.first().map_or(0, Vec::len);
        if names.is_empty() || columns.is_empty() {
            return Err(TableError::NoColumn);
        }
        if names.len() > MAX_COLUMNS {
            return Err(TableError::TooManyColumns(names.len()));
        }
        if rows == 0 {
            return Err(TableError::NoRow);
        }
        if rows > MAX_ROWS {
            return Err(TableError::TooManyRows(rows));
        }
        for (place, (name, column)) in names.iter().zip(&columns).enumerate() {
            if names[..place].contains(name) {
                return Err(TableError::SameName(name.clone()));
            }
            if column.len() != rows {
                let (name, found) = (name.clone(), column.len());
                return Err(TableError::Uneven { name, found, expected: rows });
            }
            if let Some(row) = column.iter().position(|number| !number.is_finite()) {
                return Err(TableError::NotFinite { name: name.clone(), row: row + 1 });
            }
        }
        Ok(Self { names, columns, rows })
    }

    /// What the columns are called, in their order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The columns, in their order.
    pub fn columns(&self) -> &[Vec<f64>] {
        &self.columns
    }

    /// The numbers of a row.
    pub fn row(&self, index: usize) -> Vec<f64> {
        self.columns.iter().filter_map(|column| column.get(index).copied()).collect()
    }

    /// The same with another row in the place of one, or after the last.
    ///
    /// # Errors
    /// A number that is not finite, or too many rows.
    pub fn with_row(&self, index: usize, row: &[f64]) -> Result<Self, TableError> {
        let mut columns = self.columns.clone();
        for (column, number) in columns.iter_mut().zip(row) {
            match column.get_mut(index) {
                Some(held) => *held = *number,
                None => column.push(*number),
            }
        }
        Self::new(self.names.clone(), columns)
    }

    /// The same without a row.
    ///
    /// # Errors
    /// It was the last one that was left.
    pub fn without_row(&self, index: usize) -> Result<Self, TableError> {
        let mut columns = self.columns.clone();
        for column in &mut columns {
            if index < column.len() {
                column.remove(index);
            }
        }
        Self::new(self.names.clone(), columns)
    }

    /// These rows alone, by their numbers from 0; nothing where there is none, or one of them is not there.
    pub fn only(&self, rows: &[u32]) -> Option<Self> {
        let chosen = |column: &Vec<f64>| -> Option<Vec<f64>> {
            rows.iter().map(|row| column.get(*row as usize).copied()).collect()
        };
        let columns = self.columns.iter().map(chosen).collect::<Option<_>>()?;
        Self::new(self.names.clone(), columns).ok()
    }

    /// How many rows there are, at least one.
    pub fn rows(&self) -> usize {
        self.rows
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        let bits =
            |table: &Self| -> Vec<u64> { table.columns.iter().flatten().map(|n| n.to_bits()).collect() };
        self.names == other.names && self.rows == other.rows && bits(self) == bits(other)
    }
}

// By their bits, so that tables that are shared are known to be equal at once.
impl Eq for Table {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_said() {
        let new = |names: &[&str], columns: &[&[f64]]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            Table::new(names, columns.iter().map(|column| column.to_vec()).collect())
        };
        let table = new(&["x", "y"], &[&[1.0, 2.0], &[3.0, 4.0]]).unwrap();
        assert_eq!((table.rows(), table.columns()[1][0]), (2, 3.0));
        assert_eq!(table, table.clone());
        let said = |result: Result<Table, TableError>| result.unwrap_err().to_string();
        assert_eq!(said(new(&[], &[])), "a table needs at least one column");
        assert_eq!(said(new(&["x"], &[&[]])), "a table needs at least one row");
        assert_eq!(said(new(&["x", "x"], &[&[1.0], &[1.0]])), "two columns are called `x`");
        let uneven = said(new(&["x", "y"], &[&[1.0], &[1.0, 2.0]]));
        assert_eq!(uneven, "the column `y` has 2 numbers, and the first has 1");
        let not_finite = said(new(&["x"], &[&[1.0, f64::NAN]]));
        assert_eq!(not_finite, "row 2 of the column `x` is no finite number");
    }
}
