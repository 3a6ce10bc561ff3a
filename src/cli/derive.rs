//! `downhill derive`: a cost with its gradient and Hessian as formulas.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;

use super::formula::{TypedFormula, parse};
use super::{CommandError, output};
use crate::expr::{Expression, NO_VARIABLE, Name, canonical_name, is_letter};
use crate::symbolic::{Board, Equations, Line, Unwritable, Written};

const AFTER_HELP: &str = "\
Letters that are no variables stay letters, unless --constant puts a number in their place. The right
side of each equation is a formula that `eval` reads. As JSON, what has no closed form is null.

Examples:
  downhill derive '(a-x)^2 + b*(y-x^2)^2'
  downhill derive 'theta0^2 + 2*theta0*theta1' --variables theta0,theta1 --format latex
  downhill derive 'x^2 + kappa*y^2' --constant kappa=10 --format json";

/// Print a cost with its gradient and Hessian as formulas.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Derive {
    /// The formula.
    #[command(flatten)]
    pub formula: TypedFormula,
    /// The names of the two variables, or of one
    #[arg(long, value_name = "X,Y", default_value = "x,y", value_parser = parse::variables)]
    pub variables: [String; 2],
    /// As equations in one line each, as equations for LaTeX, or as one JSON object
    #[arg(long, value_enum, default_value_t = DeriveFormat::Text)]
    pub format: DeriveFormat,
}

/// How formulas are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DeriveFormat {
    /// Unicode, an equation a line.
    Text,
    /// LaTeX for math mode, an equation a line.
    Latex,
    /// One object with both.
    Json,
}

impl Derive {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        let typed = self.variables.each_ref().map(String::as_str);
        let expression = self.formula.read(typed)?;
        let variables = expression.variables(typed);
        let variables = variables.each_ref().map(String::as_str);
        self.check_names(&expression, variables)?;
        let board = Board::of_expression(&expression, variables, &self.formula.constants, &[])
            .map_err(|reason| CommandError::input(&format!("the formula is not derived: {reason}")))?;
        output::to_stdout(|out| match self.format {
            DeriveFormat::Text => write_text(out, &Equations::of(&board, variables)),
            DeriveFormat::Latex => write_latex(out, &Equations::of(&board, variables)),
            DeriveFormat::Json => write_json(out, &board, variables),
        })
    }
}

impl Derive {
    /// Any name may stand for a number, but a word before a parenthesis is a function that is not known.
    fn check_names(&self, expression: &Expression, variables: [&str; 2]) -> Result<(), CommandError> {
        let is_letter = |name: &Name| !name.called || is_letter(&name.name);
        let is_variable = |name: &Name| variables.iter().any(|v| canonical_name(v) == name.name);
        let letters = expression.names().into_iter().filter(|name| is_letter(name) && !is_variable(name));
        let letters = letters.map(|name| (name.name, 1.0));
        let constants: Vec<(String, f64)> = self.formula.constants.iter().cloned().chain(letters).collect();
        let compiled = expression.compile(variables, &constants);
        compiled.map(drop).map_err(|error| self.formula.mistake(&error))
    }
}

fn write_text(out: &mut dyn Write, equations: &Equations) -> io::Result<()> {
    writeln!(out, "{}", equations.cost.spoken)?;
    for line in equations.gradient.iter().chain(&equations.second) {
        match line {
            Ok(equation) => writeln!(out, "{}", equation.spoken)?,
            Err(reason) => writeln!(out, "{reason}")?,
        }
    }
    Ok(())
}

/// The Hessian as a matrix, or entry by entry where one of them is not written; reasons as comments.
fn write_latex(out: &mut dyn Write, equations: &Equations) -> io::Result<()> {
    let mut lines = |lines: &[Line]| -> io::Result<()> {
        for line in lines {
            match line {
                Ok(equation) => writeln!(out, "{}", equation.latex)?,
                Err(reason) => writeln!(out, "% {reason}")?,
            }
        }
        Ok(())
    };
    lines(&[Ok(equations.cost.clone())])?;
    lines(&equations.gradient)?;
    match &equations.hessian {
        Some(hessian) => lines(&[Ok(hessian.clone())]),
        None => lines(&equations.second),
    }
}

#[derive(Serialize)]
struct FormulaRecord<'a> {
    text: &'a str,
    latex: &'a str,
}

#[derive(Serialize)]
struct BoardRecord<'a> {
    cost: FormulaRecord<'a>,
    gradient: Vec<Option<FormulaRecord<'a>>>,
    hessian: Vec<Vec<Option<FormulaRecord<'a>>>>,
}

impl<'a> From<&'a Written> for FormulaRecord<'a> {
    fn from(Written { text, latex }: &'a Written) -> Self {
        Self { text, latex }
    }
}

fn write_json(out: &mut dyn Write, board: &Board, variables: [&str; 2]) -> io::Result<()> {
    fn record(written: &Result<Written, Unwritable>) -> Option<FormulaRecord<'_>> {
        written.as_ref().ok().map(FormulaRecord::from)
    }
    let count = variables.iter().filter(|variable| **variable != NO_VARIABLE).count();
    let record = BoardRecord {
        cost: (&board.cost).into(),
        gradient: board.gradient.iter().take(count).map(record).collect(),
        hessian: board
            .hessian
            .iter()
            .take(count)
            .map(|row| row.iter().take(count).map(record).collect())
            .collect(),
    };
    serde_json::to_writer(&mut *out, &record)?;
    writeln!(out)
}
