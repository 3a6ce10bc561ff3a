//! Typed readers over the spanned tree of a TOML document: every value knows where it stands.

use std::fmt::Display;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ScenarioError, Source};

use crate::spelling::{Selectable, any_of, did_you_mean};

/// A value of the document and its place.
type Node<'t> = Spanned<DeValue<'t>>;

/// One table of the file.
pub(super) struct Table<'a> {
    pub source: Source<'a>,
    /// As messages call it: `[cost]`. Empty for the document itself.
    pub name: String,
    /// Its header, its braces, or its key where it has neither.
    pub span: Range<usize>,
    entries: &'a DeTable<'a>,
}

/// The value of one key of a table.
pub(super) struct Field<'a> {
    pub source: Source<'a>,
    /// The key as typed, without quotes.
    pub key: &'a str,
    pub key_span: Range<usize>,
    node: &'a Node<'a>,
    table: String,
}

impl<'a> Table<'a> {
    /// The whole document.
    pub fn root(source: Source<'a>, entries: &'a DeTable<'a>) -> Self {
        Self { source, name: String::new(), span: 0..0, entries }
    }

    /// Refuses every key that is not among `known`; the first one in the file is reported.
    pub fn only(&self, known: &[&str]) -> Result<(), ScenarioError> {
        let Some(field) = self.fields().into_iter().find(|field| !known.contains(&field.key)) else {
            return Ok(());
        };
        let expected = did_you_mean(field.key, known.iter().copied())
            .unwrap_or_else(|| format!("expected {}", any_of(known.iter().copied())));
        let message = format!("unknown key {}: {expected}", field.what());
        Err(self.source.error(field.key_span, message))
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<Field<'a>> {
        let (found, node) = self.entries.get_key_value(key)?;
        Some(self.field(found, node))
    }

    /// All values, in the order of the file.
    pub fn fields(&self) -> Vec<Field<'a>> {
        let mut fields: Vec<_> = self.entries.iter().map(|(key, node)| self.field(key, node)).collect();
        fields.sort_by_key(|field| field.key_span.start);
        fields
    }

    /// An error about the table as a whole.
    pub fn error(&self, message: impl Into<String>) -> ScenarioError {
        self.source.error(self.span.clone(), message)
    }

    fn field(&self, key: &'a Spanned<std::borrow::Cow<'a, str>>, node: &'a Node<'a>) -> Field<'a> {
        Field {
            source: self.source,
            key: key.get_ref(),
            key_span: key.span(),
            node,
            table: self.name.clone(),
        }
    }
}

impl<'a> Field<'a> {
    /// An error at the value.
    pub fn error(&self, message: impl Into<String>) -> ScenarioError {
        self.source.error(self.node.span(), message)
    }

    /// An error at the key.
    pub fn key_error(&self, message: impl Into<String>) -> ScenarioError {
        self.source.error(self.key_span.clone(), message)
    }

    /// The value's place in the file.
    pub fn span(&self) -> Range<usize> {
        self.node.span()
    }

    /// As messages call it: `` `steps` in [run] ``.
    pub fn what(&self) -> String {
        if self.table.is_empty() {
            return format!("`{}`", self.key);
        }
        format!("`{}` in {}", self.key, self.table)
    }

    fn wrong_type(&self, expected: &str) -> ScenarioError {
        self.error(format!("{} must be {expected}, not {}", self.what(), kind(self.node.get_ref())))
    }

    /// A string.
    pub fn text(&self) -> Result<&'a str, ScenarioError> {
        self.node.get_ref().as_str().ok_or_else(|| self.wrong_type("text in quotes"))
    }

    /// A string of at most `most` characters.
    pub fn text_up_to(&self, most: usize) -> Result<&'a str, ScenarioError> {
        let text = self.text()?;
        let count = text.chars().count();
        if count > most {
            return Err(
                self.error(format!("{} may have at most {most} characters, not {count}", self.what()))
            );
        }
        Ok(text)
    }

    /// A finite number, with or without a decimal point.
    pub fn real(&self) -> Result<f64, ScenarioError> {
        self.real_of(self.node)
    }

    fn real_of(&self, node: &Node<'_>) -> Result<f64, ScenarioError> {
        let number = match node.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse().ok(),
            DeValue::Integer(integer) => {
                u64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|n| n as f64)
            }
            other => {
                let message = format!("{} must be a number, not {}", self.what(), kind(other));
                return Err(self.source.error(node.span(), message));
            }
        };
        number.filter(|number: &f64| number.is_finite()).ok_or_else(|| {
            let typed = self.source.text.get(node.span()).unwrap_or_default();
            let message = format!("{} must be a finite number, not `{typed}`", self.what());
            self.source.error(node.span(), message)
        })
    }

    /// A whole number within `range`.
    pub fn whole<T: TryFrom<u64> + PartialOrd + Display>(
        &self,
        range: RangeInclusive<T>,
    ) -> Result<T, ScenarioError> {
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        let DeValue::Integer(integer) = self.node.get_ref() else {
            return Err(self.wrong_type(&expected));
        };
        let number = u64::from_str_radix(integer.as_str(), integer.radix()).ok();
        number
            .and_then(|number| T::try_from(number).ok())
            .filter(|number| range.contains(number))
            .ok_or_else(|| self.unexpected(&expected))
    }

    /// "… must be a number above 0, not -1".
    pub fn unexpected(&self, expected: &str) -> ScenarioError {
        let typed = self.source.text.get(self.node.span()).unwrap_or_default();
        self.error(format!("{} must be {expected}, not {typed}", self.what()))
    }

    /// Whether it is a string.
    pub fn is_text(&self) -> bool {
        self.node.get_ref().as_str().is_some()
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.node.get_ref(), DeValue::Array(_))
    }

    /// The values of a list, each at its own place under the key of the list.
    pub fn items(&self, expected: &str) -> Result<Vec<Field<'a>>, ScenarioError> {
        let item = |node| Field {
            source: self.source,
            key: self.key,
            key_span: self.key_span.clone(),
            node,
            table: self.table.clone(),
        };
        Ok(self.list(expected)?.iter().map(item).collect())
    }

    /// True or false.
    pub fn switch(&self) -> Result<bool, ScenarioError> {
        self.node.get_ref().as_bool().ok_or_else(|| self.wrong_type("true or false"))
    }

    /// Two finite numbers.
    pub fn pair(&self, example: &str) -> Result<[f64; 2], ScenarioError> {
        let expected = format!("two numbers such as {example}");
        match self.list(&expected)? {
            [first, second] => Ok([self.real_of(first)?, self.real_of(second)?]),
            other => Err(self.error(format!("{} must be {expected}, not {}", self.what(), other.len()))),
        }
    }

    /// A list of two finite numbers, the smaller one first, whose difference is finite too.
    pub fn range(&self, example: &str) -> Result<[f64; 2], ScenarioError> {
        let [min, max] = self.pair(example)?;
        if min >= max {
            let message =
                format!("{} must be [min, max] with min < max, not [{min:?}, {max:?}]", self.what());
            return Err(self.error(message));
        }
        if !(max - min).is_finite() {
            return Err(self.error(format!("{} is too wide: max - min must be finite", self.what())));
        }
        Ok([min, max])
    }

    /// Two strings, each with its place.
    pub fn two_texts(&self) -> Result<[(&'a str, Range<usize>); 2], ScenarioError> {
        let expected = "two names such as [\"x\", \"y\"]";
        match self.list(expected)? {
            [first, second] => Ok([self.text_of(first, expected)?, self.text_of(second, expected)?]),
            other => Err(self.error(format!("{} must be {expected}, not {}", self.what(), other.len()))),
        }
    }

    /// A list of strings, each with its place.
    pub fn texts(&self) -> Result<Vec<(&'a str, Range<usize>)>, ScenarioError> {
        let expected = "a list of names such as [\"x\", \"y\"]";
        self.list(expected)?.iter().map(|node| self.text_of(node, expected)).collect()
    }

    fn text_of(&self, node: &'a Node<'a>, expected: &str) -> Result<(&'a str, Range<usize>), ScenarioError> {
        let text = node.get_ref().as_str().ok_or_else(|| {
            let message = format!("{} must be {expected}, not {}", self.what(), kind(node.get_ref()));
            self.source.error(node.span(), message)
        })?;
        Ok((text, node.span()))
    }

    /// A list of lists of so many finite numbers each.
    pub fn rows_of(&self, count: usize) -> Result<Vec<Vec<f64>>, ScenarioError> {
        let expected = "a list with a list of numbers for each row";
        let row = |(place, node): (usize, &'a Node<'a>)| {
            let at = |message: String| self.source.error(node.span(), message);
            let DeValue::Array(numbers) = node.get_ref() else {
                let found = kind(node.get_ref());
                return Err(at(format!(
                    "row {} of {} must be a list of numbers, not {found}",
                    place + 1,
                    self.what()
                )));
            };
            if numbers.len() != count {
                let (found, what) = (numbers.len(), self.what());
                let numbers = if found == 1 { "number" } else { "numbers" };
                return Err(at(format!(
                    "row {} of {what} has {found} {numbers}, and there are {count} columns",
                    place + 1
                )));
            }
            numbers.iter().map(|number| self.real_of(number)).collect()
        };
        self.list(expected)?.iter().enumerate().map(row).collect()
    }

    fn list(&self, expected: &str) -> Result<&'a [Node<'a>], ScenarioError> {
        match self.node.get_ref() {
            DeValue::Array(array) => Ok(array),
            _ => Err(self.wrong_type(expected)),
        }
    }

    /// One of the values that people choose from.
    pub fn choice<T: Selectable>(&self) -> Result<T, ScenarioError> {
        let options: Vec<(&str, T)> = T::ALL.iter().map(|value| (value.id(), *value)).collect();
        self.one_of(&options)
    }

    /// One of the ids in `options`, each with what it stands for.
    pub fn one_of<T: Copy>(&self, options: &[(&str, T)]) -> Result<T, ScenarioError> {
        let ids = || options.iter().map(|(id, _)| *id);
        let Some(typed) = self.node.get_ref().as_str() else {
            return Err(self.wrong_type(&any_of(ids())));
        };
        if let Some((_, value)) = options.iter().find(|(id, _)| *id == typed) {
            return Ok(*value);
        }
        let suggestion = did_you_mean(typed, ids()).map(|text| format!("; {text}")).unwrap_or_default();
        Err(self.error(format!("{} must be {}, not `{typed}`{suggestion}", self.what(), any_of(ids()))))
    }

    /// A table, which messages call `name`.
    pub fn table(&self, name: impl Into<String>) -> Result<Table<'a>, ScenarioError> {
        self.table_of(self.node, name.into()).ok_or_else(|| self.wrong_type("a table"))
    }

    /// A list of tables, each written under a header with two brackets.
    pub fn tables(&self) -> Result<Vec<Table<'a>>, ScenarioError> {
        let name = format!("[[{}]]", self.key);
        let no_list =
            || self.error(format!("`{}` is a list: write {name}, with two brackets, for each", self.key));
        let DeValue::Array(nodes) = self.node.get_ref() else { return Err(no_list()) };
        nodes.iter().map(|node| self.table_of(node, name.clone()).ok_or_else(no_list)).collect()
    }

    fn table_of(&self, node: &'a Node<'a>, name: String) -> Option<Table<'a>> {
        let entries = node.get_ref().as_table()?;
        Some(Table { source: self.source, name, span: node.span(), entries })
    }
}

/// A TOML type as a sentence calls it.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a decimal point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
