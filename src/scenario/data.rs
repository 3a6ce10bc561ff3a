//! The `[data]` table: the rows that the cost is made of, and `reduce` of `[cost]`.

use std::sync::Arc;

use super::Cost;
use super::error::ScenarioError;
use super::table::{Field, Table};
use super::toml_text::{key, quoted};
use crate::data::{Scaling, Table as Numbers};
use crate::expr::{Expression, canonical_name};
use crate::objective::{Reduce, Rows};
use crate::spelling::{Selectable, did_you_mean};

/// The rows that a cost is made of: its formula is then the loss of one row, in the two variables, the columns and constants.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// What becomes of the losses.
    pub reduce: Reduce,
    table: Arc<Numbers>,
    /// How each column is scaled, in their order.
    scale: Vec<Option<Scaling>>,
    /// The columns on their scales.
    scaled: Arc<Numbers>,
}

/// A column that cannot be scaled, by its place: all its numbers are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConstantColumn(pub usize);

impl Data {
    /// The mean over these rows, as they are.
    pub fn new(table: Arc<Numbers>) -> Self {
        let scale = vec![None; table.names().len()];
        Self { reduce: Reduce::Mean, scaled: Arc::clone(&table), table, scale }
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

    /// What the columns are called.
    pub fn names(&self) -> &[String] {
        self.table.names()
    }

    /// The rows that the cost is made of.
    pub fn rows(&self) -> Rows {
        Rows { table: Arc::clone(&self.scaled), reduce: self.reduce }
    }
}

impl Cost {
    /// Lets the rows go. The columns that the formula names become constants at their first numbers, so that it stays right.
    pub fn forget_data(&mut self) {
        let Some(data) = self.data.take() else { return };
        let names = Expression::parse(self.formula()).map(|parsed| parsed.names()).unwrap_or_default();
        let is_used = |column: &str| names.iter().any(|name| name.name == canonical_name(column));
        let columns = data.names().iter().zip(data.table.columns()).filter(|(name, _)| is_used(name));
        self.constants.extend(columns.filter_map(|(name, column)| Some((name.clone(), *column.first()?))));
    }
}

/// Reads `[data]`, with the place of each name of a column.
pub(super) fn read(table: &Table<'_>) -> Result<Data, ScenarioError> {
    table.only(&["columns", "rows", "scale"])?;
    let Some(columns) = table.get("columns") else {
        return Err(table.error("[data] needs `columns`, a list of names such as [\"x\", \"y\"]"));
    };
    let Some(rows) = table.get("rows") else {
        return Err(table.error("[data] needs `rows`, a list with a list of numbers for each row"));
    };
    let names: Vec<String> = columns.texts()?.into_iter().map(|(name, _)| name.to_owned()).collect();
    let mut numbers = vec![Vec::new(); names.len()];
    for row in rows.rows_of(names.len())? {
        numbers.iter_mut().zip(row).for_each(|(column, number)| column.push(number));
    }
    let numbers = Numbers::new(names, numbers).map_err(|error| columns.error(format!("[data]: {error}")))?;
    let data = Data::new(Arc::new(numbers));
    match table.get("scale") {
        None => Ok(data),
        Some(field) => with_scale(data, &field),
    }
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
    let mut lines = vec![format!("columns = [{}]", names.join(", ")), "rows = [".to_owned()];
    for row in 0..data.table.rows() {
        let numbers: Vec<String> =
            data.table.columns().iter().map(|column| format!("{:?}", column[row])).collect();
        lines.push(format!("    [{}],", numbers.join(", ")));
    }
    lines.push("]".to_owned());
    let scales: Vec<String> = (data.names().iter().zip(&data.scale))
        .filter_map(|(name, scaling)| Some(format!("{} = \"{}\"", key(name), (*scaling)?.id())))
        .collect();
    if !scales.is_empty() {
        lines.push(format!("scale = {{ {} }}", scales.join(", ")));
    }
    lines
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
