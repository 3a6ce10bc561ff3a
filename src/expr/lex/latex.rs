//! LaTeX commands, as they are copied from a paper or a page: what each stands for in a formula.

use super::pieces::{Bracket, Mark, Relation};
use super::scan::Scanner;
use super::{FormulaError, Kind};
use crate::expr::functions::called;
use crate::expr::names::{canonical_name, greek_letter};

/// Commands that change the looks alone.
const LOOKS: &[&str] = &[
    "left",
    "right",
    "middle",
    "big",
    "Big",
    "bigg",
    "Bigg",
    "bigl",
    "bigr",
    "Bigl",
    "Bigr",
    "biggl",
    "biggr",
    "Biggl",
    "Biggr",
    "quad",
    "qquad",
    "displaystyle",
    "textstyle",
    "limits",
    "nolimits",
    "thinspace",
    "mathopen",
    "mathclose",
    "nonumber",
];

/// Commands whose group in braces is a name.
const NAMED: &[&str] = &[
    "mathrm",
    "operatorname",
    "text",
    "textrm",
    "mbox",
    "mathit",
    "mathsf",
    "mathbf",
    "boldsymbol",
    "bm",
    "mathop",
];

/// Commands that stand for one mark.
const MARKS: &[(&str, Mark)] = &[
    ("cdot", Mark::Operator('*')),
    ("times", Mark::Operator('*')),
    ("ast", Mark::Operator('*')),
    ("bullet", Mark::Operator('*')),
    ("div", Mark::Operator('/')),
    ("bmod", Mark::Operator('%')),
    ("lvert", Mark::Bar),
    ("rvert", Mark::Bar),
    ("vert", Mark::Bar),
    ("mid", Mark::Bar),
    ("lVert", Mark::Bar),
    ("rVert", Mark::Bar),
    ("Vert", Mark::Bar),
    ("|", Mark::Bar),
    ("lfloor", Mark::Open(Bracket::Floor)),
    ("rfloor", Mark::Close(Bracket::Floor)),
    ("lceil", Mark::Open(Bracket::Ceiling)),
    ("rceil", Mark::Close(Bracket::Ceiling)),
    ("lbrack", Mark::Open(Bracket::Square)),
    ("rbrack", Mark::Close(Bracket::Square)),
    ("{", Mark::Open(Bracket::Round)),
    ("}", Mark::Close(Bracket::Round)),
    ("le", Mark::Relation(Relation::LessOrEqual)),
    ("leq", Mark::Relation(Relation::LessOrEqual)),
    ("leqslant", Mark::Relation(Relation::LessOrEqual)),
    ("ge", Mark::Relation(Relation::GreaterOrEqual)),
    ("geq", Mark::Relation(Relation::GreaterOrEqual)),
    ("geqslant", Mark::Relation(Relation::GreaterOrEqual)),
    ("lt", Mark::Relation(Relation::Less)),
    ("gt", Mark::Relation(Relation::Greater)),
    ("ne", Mark::Relation(Relation::Different)),
    ("neq", Mark::Relation(Relation::Different)),
    ("%", Mark::Operator('%')),
];

/// Connectives.
const WORDS: &[(&str, &str)] =
    &[("land", "and"), ("wedge", "and"), ("lor", "or"), ("vee", "or"), ("lnot", "not"), ("neg", "not")];

impl Scanner {
    /// What begins with a backslash.
    pub fn command(&mut self) -> Result<(), FormulaError> {
        let start = self.place();
        self.skip(1);
        let mut name = self.take_while(|c| c.is_ascii_alphabetic());
        if name.is_empty() {
            name.extend(self.peek());
            self.skip(1);
        }
        let span = self.since(start);
        let argument = self.argument.take();
        match name.as_str() {
            // Space, thin and negative ones too, a new line, and the ends of a formula in a text.
            "," | ";" | ":" | "!" | " " | "\\" | "(" | ")" | "[" | "]" | ">" => self.argument = argument,
            _ if LOOKS.contains(&name.as_str()) => {
                if matches!(name.as_str(), "left" | "right") {
                    self.skip_blanks();
                    self.takes(".");
                }
                self.argument = argument;
            }
            "sum" | "prod" if self.has_limits() => self.limits(&name, span)?,
            "begin" => self.environment(start)?,
            "frac" | "dfrac" | "tfrac" | "cfrac" if argument.is_none() => {
                self.push(Mark::Quotient, span);
                self.argument = Some(true);
            }
            "sqrt" if argument.is_none() => self.root(span)?,
            _ if NAMED.contains(&name.as_str()) => {
                self.within_braces(argument, |scanner| scanner.named(start))?;
            }
            _ if let Some((_, mark)) = MARKS.iter().find(|(command, _)| *command == name) => {
                self.push(mark.clone(), span);
            }
            _ if let Some((_, word)) = WORDS.iter().find(|(command, _)| *command == name) => {
                self.word((*word).to_owned(), span);
            }
            _ if let Some(letter) = greek_letter(name.strip_prefix("var").unwrap_or(&name)) => {
                self.within_braces(argument, |scanner| scanner.greek(letter, start))?;
            }
            _ if called(&canonical_name(&name)).is_some() => {
                let mut typed = name;
                self.index(&mut typed)?;
                self.word(typed, self.since(start));
            }
            _ => return Err(FormulaError::new(Kind::UnknownCommand(name), span)),
        }
        Ok(())
    }

    /// An argument of a fraction that is one command stands for a group.
    fn within_braces(
        &mut self,
        argument: Option<bool>,
        read: impl FnOnce(&mut Self) -> Result<(), FormulaError>,
    ) -> Result<(), FormulaError> {
        let Some(numerator) = argument else { return read(self) };
        let start = self.place();
        self.push(Mark::Open(Bracket::Curly), start..start);
        self.braces.push(numerator);
        read(self)?;
        let end = self.since(start).end;
        self.push(Mark::Close(Bracket::Curly), end..end);
        self.close_brace();
        Ok(())
    }

    /// `\sqrt[3]{x}`: the index is left to the grammar, the braces are seen to here.
    fn root(&mut self, span: std::ops::Range<usize>) -> Result<(), FormulaError> {
        self.push(Mark::Root, span);
        self.skip_blanks();
        if self.takes("[") {
            let start = self.place();
            let index = self.take_while(|c| c != ']');
            let span = self.since(start);
            let index = index.trim();
            match index.parse::<f64>() {
                Ok(number) if number.is_finite() => self.push(Mark::Number(number), span),
                _ if index.len() == 1 && index.chars().all(|c| c.is_ascii_alphabetic()) => {
                    self.word(index.to_owned(), span);
                }
                _ => return Err(FormulaError::new(Kind::UnreadableSubscript, span)),
            }
            self.takes("]");
        }
        self.argument = Some(false);
        Ok(())
    }

    /// The name in the braces of `\mathrm{…}` and its like; the command began at `start`.
    fn named(&mut self, start: usize) -> Result<(), FormulaError> {
        self.skip_blanks();
        self.takes("*");
        let braced = self.takes("{");
        self.skip_blanks();
        let mut typed = String::new();
        if self.takes("\\") {
            let command = self.take_while(|c| c.is_ascii_alphabetic());
            typed.extend(greek_letter(&command));
        }
        typed.push_str(&self.take_while(|c| c.is_ascii_alphanumeric() || c == '_'));
        self.skip_blanks();
        if typed.is_empty() || braced && !self.takes("}") {
            return Err(FormulaError::new(Kind::UnreadableSubscript, self.since(start)));
        }
        self.index(&mut typed)?;
        self.word(typed, self.since(start));
        Ok(())
    }

    fn greek(&mut self, letter: char, start: usize) -> Result<(), FormulaError> {
        let mut typed = letter.to_string();
        self.index(&mut typed)?;
        self.word(typed, self.since(start));
        Ok(())
    }

    /// `_0`, `_{10}` or `_k` after a command. Without braces it is one letter, or digits.
    fn index(&mut self, name: &mut String) -> Result<(), FormulaError> {
        if self.peek() != Some('_') {
            return Ok(());
        }
        self.skip(1);
        name.push('_');
        if self.peek() == Some('{') {
            return self.subscript(name);
        }
        let digits = self.take_while(|c| c.is_ascii_digit());
        name.push_str(&digits);
        if digits.is_empty() {
            name.extend(self.peek().filter(char::is_ascii_alphabetic));
            self.skip(1);
        }
        Ok(())
    }
}
