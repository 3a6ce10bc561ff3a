//! Where the tables are that a scenario names.

/// Gives the texts of tables that a scenario names: those of a folder, or whatever a page has at hand.
pub trait Tables {
    /// The text of a table by the name that the scenario has for it.
    ///
    /// # Errors
    /// Why it cannot be had, in words that go on after "`houses.csv` ".
    fn text(&self, name: &str) -> Result<String, String>;
}

/// No tables: of a scenario that has no folder, as one from standard input, or in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoTables;

impl Tables for NoTables {
    fn text(&self, _: &str) -> Result<String, String> {
        Err("cannot be read: a scenario that is in no file has no folder that its tables are in; give its `rows`".to_owned())
    }
}
