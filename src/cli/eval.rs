//! `downhill eval`: value, gradient and Hessian of a formula, or of the cost of a scenario, at points.

use std::path::PathBuf;

use super::formula::{TypedFormula, parse};
use super::{CommandError, input, output};
use crate::expr::Jet2;
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
  downhill eval --scenario regression.toml --at 1.4,0.7";

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
    pub at: Vec<[f64; 2]>,
}

/// The names of the two variables.
const VARIABLES: [&str; 2] = ["x", "y"];

impl Eval {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        match (&self.formula, &self.scenario) {
            (Some(formula), _) => {
                let expression = formula.read(VARIABLES)?;
                let variables = expression.variables(VARIABLES);
                let tape = expression
                    .compile(variables.each_ref().map(String::as_str), &formula.constants)
                    .map_err(|error| formula.mistake(&error))?;
                let mut evaluator = tape.evaluator();
                self.print(|[x, y]| evaluator.second(x, y))
            }
            (None, Some(file)) => {
                let scenario = input::scenario(file)?;
                let objective =
                    scenario.objective().map_err(|error| CommandError::input(&error.to_string()))?;
                let mut evaluator = objective.evaluator();
                self.print(|at| jet_of(&evaluator.exact_uncounted(Point::from(at))))
            }
            (None, None) => Err(CommandError::input("a formula is missing, or --scenario with a file")),
        }
    }

    fn print(&self, mut evaluate: impl FnMut([f64; 2]) -> Jet2) -> Result<(), CommandError> {
        output::to_stdout(|out| {
            for at in &self.at {
                json::write_evaluation(&mut *out, *at, &evaluate(*at))?;
            }
            Ok(())
        })
    }
}

fn jet_of(SecondOrder { value, gradient, hessian }: &SecondOrder) -> Jet2 {
    let [dx, dy] = [gradient.x, gradient.y];
    Jet2 { value: *value, dx, dy, dxx: hessian.m11, dxy: hessian.m12, dyy: hessian.m22 }
}
