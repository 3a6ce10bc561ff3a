//! `downhill eval`: value, gradient and Hessian of a formula at points.

use super::formula::{TypedFormula, parse};
use super::{CommandError, output};
use crate::record::json;

const AFTER_HELP: &str = "\
Prints one JSON object a line for each point: the point, the value, the gradient and the Hessian,
all exact up to rounding. What does not exist at a point is null.

A formula and a coordinate may begin with a minus sign.

Examples:
  downhill eval 'x^2 + 10*y^2' --at 1,2
  downhill eval '-x^2' --at -1,2 --at 0,0
  downhill eval '(a-x)^2 + b*(y-x^2)^2' --at -1.2,1 --constant a=1 --constant b=100";

/// Print value, exact gradient and exact Hessian of a formula at points.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Eval {
    /// The formula, in x and y.
    #[command(flatten)]
    pub formula: TypedFormula,
    /// A point; may be given several times
    #[arg(
        long,
        required = true,
        value_name = "X,Y",
        value_parser = parse::point,
        allow_hyphen_values = true
    )]
    pub at: Vec<[f64; 2]>,
}

/// The names of the two variables.
const VARIABLES: [&str; 2] = ["x", "y"];

impl Eval {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        let expression = self.formula.read(VARIABLES)?;
        let variables = expression.variables(VARIABLES);
        let tape = expression
            .compile(variables.each_ref().map(String::as_str), &self.formula.constants)
            .map_err(|error| self.formula.mistake(&error))?;
        let mut evaluator = tape.evaluator();
        output::to_stdout(|out| {
            for &[x, y] in &self.at {
                json::write_evaluation(&mut *out, [x, y], &evaluator.second(x, y))?;
            }
            Ok(())
        })
    }
}
