//! `downhill eval`: value, gradient and Hessian of a formula, or of the cost of a scenario, at points.

use std::path::PathBuf;

use super::formula::parse::TypedPoint;
use super::formula::{TypedFormula, parse};
use super::{CommandError, input, output};
use crate::expr::{Jet2, NO_VARIABLE};
use crate::objective::{Point, SecondOrder};
use crate::record::json;

const AFTER_HELP: &str = "\
Prints one JSON object a line for each point: the point, the value, the gradient and the Hessian,
all exact up to rounding. What does not exist at a point is null.

A formula and a coordinate may begin with a minus sign.

Examples:
  downhill eval 'x^2 + 10*y^2' --at 1,2
  downhill eval '-x^2' --at -1,2 --at 0,0
  downhill eval '(a-x)^2 + b*(y-x^2)^2' --at -1.2,1 --constant a=1 --constant b=100
  downhill eval --scenario regression.toml --at 1.4,0.7
  downhill eval 'f(x) = x^2 - 2' --at 1.5";

/// Print value, exact gradient and exact Hessian of a formula, or of the cost of a scenario, at points.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Eval {
    /// The formula, in x and y.
    #[command(flatten)]
    pub formula: Option<TypedFormula>,
    /// A scenario, whose cost is evaluated in the place of a formula
    #[arg(long, value_name = "FILE", conflicts_with_all = ["formula", "constants"])]
    pub scenario: Option<PathBuf>,
    /// A point; may be given several times
    #[arg(
        long,
        required = true,
        value_name = "X,Y",
        value_parser = parse::point,
        allow_hyphen_values = true
    )]
    pub at: Vec<TypedPoint>,
}

/// The names of the two variables.
const VARIABLES: [&str; 2] = ["x", "y"];

impl Eval {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        match (&self.formula, &self.scenario) {
            (Some(formula), _) => {
                let expression = formula.read(VARIABLES)?;
                let variables = match expression.only_variable(VARIABLES[1]) {
                    Some(only) if only != VARIABLES[1] => [only.to_owned(), NO_VARIABLE.to_owned()],
                    _ => expression.variables(VARIABLES),
                };
                let count = if variables[1] == NO_VARIABLE { 1 } else { 2 };
                let tape = expression
                    .compile(variables.each_ref().map(String::as_str), &formula.constants)
                    .map_err(|error| formula.mistake(&error))?;
                let mut evaluator = tape.evaluator();
                self.print(count, |[x, y]| evaluator.second(x, y))
            }
            (None, Some(file)) => {
                let scenario = input::scenario(file)?;
                let objective =
                    scenario.objective().map_err(|error| CommandError::input(&error.to_string()))?;
                let mut evaluator = objective.evaluator();
                let count = scenario.cost.shown_variables().len();
                self.print(count, |at| jet_of(&evaluator.exact_uncounted(Point::from(at))))
            }
            (None, None) => Err(CommandError::input("a formula is missing, or --scenario with a file")),
        }
    }

    fn print(
        &self,
        variables: usize,
        mut evaluate: impl FnMut([f64; 2]) -> Jet2,
    ) -> Result<(), CommandError> {
        let has_others = |at: &&TypedPoint| at.0.len() != variables;
        if let Some(TypedPoint(at)) = self.at.iter().find(has_others) {
            let point = at.iter().map(|number| format!("{number:?}")).collect::<Vec<_>>().join(",");
            let expected = match variables {
                1 => "one number: there is one variable",
                _ => "two numbers with a comma between them, as in -1,2.5",
            };
            return Err(CommandError::input(&format!("--at {point}: expected {expected}")));
        }
        output::to_stdout(|out| {
            for TypedPoint(at) in &self.at {
                let whole = [at[0], at.get(1).copied().unwrap_or(0.0)];
                json::write_evaluation(&mut *out, at, &evaluate(whole))?;
            }
            Ok(())
        })
    }
}

fn jet_of(SecondOrder { value, gradient, hessian }: &SecondOrder) -> Jet2 {
    let [dx, dy] = [gradient.x, gradient.y];
    Jet2 { value: *value, dx, dy, dxx: hessian.m11, dxy: hessian.m12, dyy: hessian.m22 }
}
