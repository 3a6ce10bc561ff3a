//! The equations that are shown, written out once for each formula.

use crate::scenario::{ConstraintChoice, Cost};
use crate::symbolic::{Equation, Equations, Line, Whole};

/// The equations of a cost.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lines {
    formula: String,
    variables: [String; 2],
    constants: Vec<String>,
    columns: Vec<String>,
    whole: Whole,
    /// What stands for the first derivative where it is taken by central differences.
    pub quotient: Equation,
    /// J and its derivatives, or why they are not written.
    pub equations: Result<Equations, String>,
    /// The formulas of the constraints.
    typed: Vec<String>,
    /// Those of their functions that can be written.
    pub constraints: Vec<Equation>,
}

impl Lines {
    /// Whether these are the equations of this cost.
    pub fn are_of(&self, cost: &Cost, constraints: &[ConstraintChoice]) -> bool {
        let constants = cost.constants.iter().map(|(name, _)| name);
        self.formula == cost.formula()
            && self.variables == cost.variables
            && self.constants.iter().eq(constants)
            && self.columns == cost.columns()
            && self.whole == cost.whole()
            && self.typed.iter().eq(constraints.iter().map(|choice| &choice.formula))
    }

    /// Writes the equations of a cost and its constraints.
    pub fn of(cost: &Cost, constraints: &[ConstraintChoice]) -> Self {
        let constants = cost.constants.iter().map(|(name, _)| name.clone()).collect();
        Self {
            formula: cost.formula().to_owned(),
            variables: cost.variables.clone(),
            constants,
            columns: cost.columns().to_vec(),
            whole: cost.whole(),
            quotient: Equations::difference_quotient(cost.variable_names()),
            equations: cost.equations(),
            typed: constraints.iter().map(|choice| choice.formula.clone()).collect(),
            constraints: (constraints.iter().enumerate())
                .filter_map(|(k, choice)| {
                    let name = if constraints.len() > 1 { format!("g{}", k + 1) } else { "g".to_owned() };
                    cost.constraint_equation(&choice.formula, &name)
                })
                .collect(),
        }
    }

    /// J itself.
    pub fn cost(&self) -> Line {
        self.equations.as_ref().map(|equations| equations.cost.clone()).map_err(Clone::clone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::display_name;

    fn cost(formula: &str, variables: [&str; 2]) -> Cost {
        Cost { variables: variables.map(str::to_owned), ..Cost::of_formula(formula) }
    }

    fn of(formula: &str, variables: [&str; 2]) -> Lines {
        Lines::of(&cost(formula, variables), &[])
    }

    #[test]
    fn equations_name_their_left_sides() {
        let lines = of("theta0^2*w", ["theta0", "w"]);
        assert!(lines.are_of(&cost("theta0^2*w", ["theta0", "w"]), &[]));
        assert!(!lines.are_of(&cost("theta0^2*w", ["w", "theta0"]), &[]));
        let constraints = ["w + theta0", "w^2"].map(ConstraintChoice::of_formula);
        assert!(!lines.are_of(&cost("theta0^2*w", ["theta0", "w"]), &constraints));
        let both = Lines::of(&cost("theta0^2*w", ["theta0", "w"]), &constraints);
        let spoken: Vec<&str> = both.constraints.iter().map(|equation| equation.spoken.as_str()).collect();
        let t = display_name("theta0");
        assert_eq!(spoken, [format!("g₁({t}, w) = w + {t}"), format!("g₂({t}, w) = w²")]);
        let equations = lines.equations.unwrap();
        let all = [Ok(equations.cost)].into_iter().chain(equations.gradient).chain(equations.second);
        let names: Vec<_> = all.map(|line| line.unwrap().name).collect();
        let t = display_name("theta0");
        assert_eq!(
            names,
            [
                format!("J({t}, w)"),
                format!("∂J/∂{t}"),
                "∂J/∂w".to_owned(),
                format!("∂²J/∂{t}²"),
                format!("∂²J/∂{t}∂w"),
                "∂²J/∂w²".to_owned()
            ]
        );
        let hessian = equations.hessian.unwrap();
        assert_eq!(hessian.right_side, format!("[[2w, 2{t}], [2{t}, 0]]"));
        assert!(hessian.latex.contains(r"2\theta_{0}"), "{}", hessian.latex);
    }

    #[test]
    fn what_cannot_be_written_says_why() {
        let lines = of("x^2 +", ["x", "y"]);
        assert!(lines.equations.unwrap_err().starts_with("J(x, y): "));
    }
}
