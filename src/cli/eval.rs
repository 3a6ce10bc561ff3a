//! `downhill eval`: value, gradient and Hessian of a formula at points.

mod caret;
mod parse;

use super::{CommandError, output};
use crate::expr::{Expression, canonical_name, display_name};
use crate::figure::json;

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
    /// A formula in x and y, such as 'x^2 + 10*y^2'
    #[arg(allow_hyphen_values = true)]
    pub formula: String,
    /// A point; may be given several times
    #[arg(
        long,
        required = true,
        value_name = "X,Y",
        value_parser = parse::point,
        allow_hyphen_values = true
    )]
    pub at: Vec<[f64; 2]>,
    /// The value of another letter of the formula; may be given several times
    #[arg(long = "constant", value_name = "NAME=VALUE", value_parser = parse::constant)]
    pub constants: Vec<(String, f64)>,
}

/// The names of the two variables.
const VARIABLES: [&str; 2] = ["x", "y"];

impl Eval {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        self.check_constants()?;
        let tape = Expression::parse(&self.formula)
            .and_then(|formula| formula.compile(VARIABLES, &self.constants))
            .map_err(|error| {
                let message = CommandError::input(&error.to_string());
                match caret::lines(&self.formula, &error.span) {
                    Some(lines) => message.with_hint(&lines),
                    None => message,
                }
            })?;
        let mut evaluator = tape.evaluator();
        output::to_stdout(|out| {
            for &[x, y] in &self.at {
                json::write_evaluation(&mut *out, [x, y], &evaluator.second(x, y))?;
            }
            Ok(())
        })
    }

    /// Each name may have one value.
    fn check_constants(&self) -> Result<(), CommandError> {
        for (index, (name, _)) in self.constants.iter().enumerate() {
            let mut earlier = self.constants.iter().take(index);
            if earlier.any(|(other, _)| canonical_name(other) == canonical_name(name)) {
                let message = format!("the constant `{}` is given twice", display_name(name));
                return Err(CommandError::input(&message));
            }
        }
        Ok(())
    }
}
