//! The `[data]` table: the rows that the cost is made of, and `reduce` of `[cost]`.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::Cost;
use super::error::ScenarioError;
use super::table::{Field, Table};
use super::tables::Tables;
use super::toml_text::{key, quoted};
use crate::data::csv::{read_columns, write_text};
use crate::data::{Roles, Scaling, Table as Numbers};
use crate::expr::{Expression, canonical_name};
use crate::objective::{Objective, Reduce, RowModel, Rows};
use crate::spelling::{Selectable, did_you_mean};

/// The rows that a cost is made of: its formula is then the loss of one row, in the two variables, the columns and constants.
#[derive(Clone, Debug)]
pub struct Data {
    /// What becomes of the losses.
    pub reduce: Reduce,
    /// The file that the rows are in, as the scenario's file names it; nothing where they stand in the scenario itself. It is
    /// where they are kept, and no part of what they are: rows in two places are equal.
    pub file: Option<String>,
    table: Arc<Numbers>,
    /// How each column is scaled, in their order.
    scale: Vec<Option<Scaling>>,
    /// The columns on their scales.
    scaled: Arc<Numbers>,
}

impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        self.reduce == other.reduce && self.scale == other.scale && self.has_rows_of(other)
    }
}

/// Rows of more text than this are kept in a file of their own, in bytes.
pub const MAX_ROWS_IN_SCENARIO: usize = 256 * 1024;

/// A column that cannot be scaled, by its place: all its numbers are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConstantColumn(pub usize);

impl Data {
    /// The mean over these rows, as they are.
    pub fn new(table: Arc<Numbers>) -> Self {
        let scale = vec![None; table.names().len()];
        Self { reduce: Reduce::Mean, file: None, scaled: Arc::clone(&table), table, scale }
    }

    /// The same with other rows, which are kept in the scenario. Columns have the scales of those that are called as they are; one
    /// that has none any more, since all its numbers are one, is left as it is.
    pub fn with_table(&self, table: Numbers) -> Self {
        let of_name = |name: &String| self.names().iter().position(|known| known == name);
        let scale_of = |name: &String| of_name(name).and_then(|place| self.scale[place]);
        let mut scale: Vec<Option<Scaling>> = table.names().iter().map(scale_of).collect();
        let table = Arc::new(table);
        loop {
            match (Self { reduce: self.reduce, ..Self::new(Arc::clone(&table)) }).with_scale(scale.clone()) {
                Ok(data) => return data,
                Err(ConstantColumn(place)) => scale[place] = None,
            }
        }
    }

    /// The same columns under the names of a table that has them in the same order, on their scales; kept in the scenario.
    pub(super) fn with_names_of(&self, table: Numbers) -> Self {
        let plain = Self { reduce: self.reduce, ..Self::new(Arc::new(table)) };
        plain.clone().with_scale(self.scale.clone()).unwrap_or(plain)
    }

    /// Whether both are made of the same rows, whatever their scales.
    pub fn has_rows_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.table, &other.table) || self.table == other.table
    }

    /// Whether the rows are so many that a scenario's file has them beside it.
    pub fn is_large(&self) -> bool {
        let cells = self.table.rows() * self.table.names().len();
        // A number takes two bytes at least.
        cells * 2 > MAX_ROWS_IN_SCENARIO
            || (cells * 26 > MAX_ROWS_IN_SCENARIO && self.rows_text().len() > MAX_ROWS_IN_SCENARIO)
    }

    /// A number that other rows hardly ever have.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.table.names().hash(&mut hasher);
        self.table.columns().iter().flatten().for_each(|number| number.to_bits().hash(&mut hasher));
        hasher.finish()
    }

    /// The rows as a table's file has them.
    pub fn rows_text(&self) -> String {
        write_text(&self.table)
    }

    /// With these scales of the columns, in their order; columns beyond the list are left as they are.
    ///
    /// # Errors
    /// A column whose numbers are all one has no scale.
    pub fn with_scale(mut self, mut scale: Vec<Option<Scaling>>) -> Result<Self, ConstantColumn> {
        scale.resize(self.table.names().len(), None);
        let mut columns = self.table.columns().to_vec();
        for (place, scaling) in scale.iter().enumerate() {
            if let Some(scaling) = scaling {
                let scale = scaling.scale(&columns[place]).ok_or(ConstantColumn(place))?;
                columns[place].iter_mut().for_each(|number| *number = scale.apply(*number));
            }
        }
        // What is finite stays so on a scale.
        if let Ok(scaled) = Numbers::new(self.table.names().to_vec(), columns) {
            (self.scaled, self.scale) = (Arc::new(scaled), scale);
        }
        Ok(self)
    }

    /// The rows as they are given.
    pub fn table(&self) -> &Arc<Numbers> {
        &self.table
    }

    /// How each column is scaled, in their order.
    pub fn scale(&self) -> &[Option<Scaling>] {
        &self.scale
    }

    /// Whether a column has a scale.
    pub fn is_scaled(&self) -> bool {
        self.scale.iter().any(Option::is_some)
    }

    /// What the columns are called.
    pub fn names(&self) -> &[String] {
        self.table.names()
    }

    /// The rows that the cost is made of.
    pub fn rows(&self) -> Rows {
        Rows { table: Arc::clone(&self.scaled), reduce: self.reduce, stand_for: self.table.rows() }
    }
}

impl Cost {
    /// What the columns are that its formula uses; nothing where it has no rows, or uses none of their columns.
    pub fn roles(&self) -> Option<Roles> {
        let data = self.data.as_ref()?;
        let names = Expression::parse(self.formula()).ok()?.names();
        let is_used = |column: &String| names.iter().any(|name| name.name == canonical_name(column));
        let used: Vec<usize> =
            (0..data.names().len()).filter(|place| is_used(&data.names()[*place])).collect();
        Roles::of(&data.table, &used)
    }

    /// The loss of a row with its model, of the objective that this compiles to.
    pub fn row_model(&self, objective: &Objective) -> Option<RowModel> {
        let data = self.data.as_ref()?;
        let scale = |(scaling, column): (&Option<Scaling>, &Vec<f64>)| {
            scaling.and_then(|scaling| scaling.scale(column))
        };
        let scales = data.scale.iter().zip(data.table.columns()).map(scale).collect();
        RowModel::new(objective, self.roles()?, scales)
    }

    /// Lets the rows go. The columns that the formula names become constants at their first numbers, so that it stays right.
    pub fn forget_data(&mut self) {
        let Some(data) = self.data.take() else { return };
        let names = Expression::parse(self.formula()).map(|parsed| parsed.names()).unwrap_or_default();
        let is_used = |column: &str| names.iter().any(|name| name.name == canonical_name(column));
        let columns = data.names().iter().zip(data.table.columns()).filter(|(name, _)| is_used(name));
        self.constants.extend(columns.filter_map(|(name, column)| Some((name.clone(), *column.first()?))));
    }
}

/// Reads `[data]`, whose file is one of `tables`.
pub(super) fn read(table: &Table<'_>, tables: &dyn Tables) -> Result<Data, ScenarioError> {
    table.only(&["columns", "rows", "file", "scale"])?;
    let data = match (table.get("rows"), table.get("file")) {
        (Some(rows), None) => of_rows(table, &rows)?,
        (None, Some(file)) => of_file(table, &file, tables)?,
        (Some(rows), Some(file)) => {
            let later = if rows.key_span.start > file.key_span.start { rows } else { file };
            return Err(later.key_error("[data] has both `rows` and a `file`: keep one of them"));
        }
        (None, None) => {
            let message = "[data] needs `rows`, a list with a list of numbers for each row, or a `file` such as \"houses.csv\"";
            return Err(table.error(message));
        }
    };
    match table.get("scale") {
        None => Ok(data),
        Some(field) => with_scale(data, &field),
    }
}

fn of_rows(table: &Table<'_>, rows: &Field<'_>) -> Result<Data, ScenarioError> {
    let Some(columns) = table.get("columns") else {
        return Err(table.error("[data] needs `columns`, a list of names such as [\"x\", \"y\"]"));
    };
    let names = names_in(&columns)?;
    let mut numbers = vec![Vec::new(); names.len()];
    for row in rows.rows_of(names.len())? {
        numbers.iter_mut().zip(row).for_each(|(column, number)| column.push(number));
    }
    let numbers = Numbers::new(names, numbers).map_err(|error| columns.error(format!("[data]: {error}")))?;
    Ok(Data::new(Arc::new(numbers)))
}

/// The rows of a file: those of its columns that `columns` names, or all that hold numbers.
fn of_file(table: &Table<'_>, file: &Field<'_>, tables: &dyn Tables) -> Result<Data, ScenarioError> {
    let name = file.text()?;
    let text = tables.text(name).map_err(|reason| file.error(format!("`{name}` {reason}")))?;
    let columns = table.get("columns").map(|field| names_in(&field)).transpose()?;
    let read = read_columns(&text, columns.as_deref());
    let numbers = read.map_err(|error| file.error(format!("`{name}`: {error}")))?.table;
    Ok(Data { file: Some(name.to_owned()), ..Data::new(Arc::new(numbers)) })
}

fn names_in(columns: &Field<'_>) -> Result<Vec<String>, ScenarioError> {
    Ok(columns.texts()?.into_iter().map(|(name, _)| name.to_owned()).collect())
}

fn with_scale(data: Data, field: &Field<'_>) -> Result<Data, ScenarioError> {
    let fields = field.table("[data.scale]")?.fields();
    let mut scale = vec![None; data.names().len()];
    for field in &fields {
        let Some(place) = data.names().iter().position(|name| name == field.key) else {
            let expected = did_you_mean(field.key, data.names().iter().map(String::as_str));
            let expected = expected.map(|text| format!(": {text}")).unwrap_or_default();
            return Err(field.key_error(format!("no column is called `{}`{expected}", field.key)));
        };
        scale[place] = Some(field.choice()?);
    }
    let names = data.names().to_vec();
    data.with_scale(scale).map_err(|ConstantColumn(place)| {
        let name = &names[place];
        let field = fields.iter().find(|field| field.key == name).unwrap_or(field);
        field
            .error(format!("the column `{name}` cannot be scaled: all its numbers are one, or too far apart"))
    })
}

/// What of the table a program that reads only the first format does not know.
pub(super) fn newer(data: Option<&Data>) -> Option<String> {
    data.map(|_| "[data]".to_owned())
}

/// The lines of the table.
pub(super) fn lines(data: &Data) -> Vec<String> {
    let names: Vec<String> = data.names().iter().map(|name| quoted(name)).collect();
    let mut lines = vec![format!("columns = [{}]", names.join(", "))];
    match &data.file {
        Some(file) => lines.push(format!("file = {}", quoted(file))),
        None => lines.extend(rows_lines(&data.table)),
    }
    let scales: Vec<String> = (data.names().iter().zip(&data.scale))
        .filter_map(|(name, scaling)| Some(format!("{} = \"{}\"", key(name), (*scaling)?.id())))
        .collect();
    if !scales.is_empty() {
        lines.push(format!("scale = {{ {} }}", scales.join(", ")));
    }
    lines
}

fn rows_lines(table: &Numbers) -> impl Iterator<Item = String> {
    let row = |row: usize| {
        let numbers: Vec<String> =
            table.columns().iter().map(|column| format!("{:?}", column[row])).collect();
        format!("    [{}],", numbers.join(", "))
    };
    let rows = (0..table.rows()).map(row);
    ["rows = [".to_owned()].into_iter().chain(rows).chain(["]".to_owned()])
}

/// What was changed between two states of the table, in a word or two.
pub(super) fn change(before: Option<&Data>, after: Option<&Data>) -> Option<String> {
    let (before, after) = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => return Some("adding data".to_owned()),
        (Some(_), None) => return Some("removing the data".to_owned()),
        (Some(before), Some(after)) => (before, after),
    };
    let named = [
        (before.reduce != after.reduce, "mean or sum of the losses"),
        (before.scale != after.scale, "scales of the columns"),
        (before != after, "rows of the data"),
    ];
    named.iter().find(|(differs, _)| *differs).map(|(_, name)| (*name).to_owned())
}
