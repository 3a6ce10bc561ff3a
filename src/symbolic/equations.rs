//! The equations of a cost and its derivatives, with their left sides.

use super::{Board, Unwritable, Written};
use crate::expr::display_name;

/// An equation, as it is shown and as it is copied.
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// What stands before the equals sign, as text: what assistive technology calls it.
    pub name: String,
    /// The whole equation as text.
    pub spoken: String,
    /// The right side as text, which can be typed in as a formula.
    pub right_side: String,
    /// The whole equation as LaTeX.
    pub latex: String,
}

/// An equation, or in one sentence why there is none.
pub type Line = Result<Equation, String>;

/// The equations of a cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Equations {
    /// J itself.
    pub cost: Equation,
    /// By the variables.
    pub gradient: [Line; 2],
    /// Twice by the first, by both, twice by the second.
    pub second: [Line; 3],
    /// The second derivatives in one matrix, where each can be written.
    pub hessian: Option<Equation>,
}

impl Equations {
    /// The equations of what stands on a board in these variables.
    pub fn of(board: &Board, variables: [&str; 2]) -> Self {
        let [x, y] = names(variables);
        let [[xx, xy], [_, yy]] = &board.hessian;
        Self {
            cost: equation(&cost_name(&x, &y), &board.cost),
            gradient: [line(&x.slope(), &board.gradient[0]), line(&y.slope(), &board.gradient[1])],
            second: [line(&x.curvature(), xx), line(&x.mixed(&y), xy), line(&y.curvature(), yy)],
            hessian: match (xx, xy, yy) {
                (Ok(xx), Ok(xy), Ok(yy)) => Some(matrix(xx, xy, yy)),
                _ => None,
            },
        }
    }

    /// What stands for the first derivative where it is taken by central differences.
    pub fn difference_quotient(variables: [&str; 2]) -> Equation {
        let [x, y] = names(variables);
        quotient(&x, &y)
    }

    /// The line of a cost that is not written, for this reason.
    pub fn unwritten(variables: [&str; 2], reason: &Unwritable) -> String {
        let [x, y] = names(variables);
        format!("{}: {reason}", cost_name(&x, &y).text)
    }
}

fn names(variables: [&str; 2]) -> [Name; 2] {
    variables.map(|variable| name_of(variable, variables))
}

fn cost_name(x: &Name, y: &Name) -> Name {
    Name { text: format!("J({}, {})", x.text, y.text), latex: format!("J({}, {})", x.latex, y.latex) }
}

/// The left side of an equation, or a part of it.
struct Name {
    text: String,
    latex: String,
}

impl Name {
    fn slope(&self) -> Self {
        Self {
            text: format!("∂J/∂{}", self.text),
            latex: format!(r"\frac{{\partial J}}{{\partial {}}}", self.latex),
        }
    }

    fn curvature(&self) -> Self {
        Self {
            text: format!("∂²J/∂{}²", self.text),
            latex: format!(r"\frac{{\partial^2 J}}{{\partial {}^2}}", self.latex),
        }
    }

    fn mixed(&self, other: &Self) -> Self {
        Self {
            text: format!("∂²J/∂{}∂{}", self.text, other.text),
            latex: format!(r"\frac{{\partial^2 J}}{{\partial {}\,\partial {}}}", self.latex, other.latex),
        }
    }
}

/// A variable by itself is a formula too.
fn name_of(name: &str, variables: [&str; 2]) -> Name {
    let latex = Board::of(name, variables).map_or_else(|_| name.to_owned(), |board| board.cost.latex);
    Name { text: display_name(name), latex }
}

fn line(name: &Name, written: &Result<Written, Unwritable>) -> Line {
    match written {
        Ok(written) => Ok(equation(name, written)),
        Err(reason) => Err(format!("{}: {reason}", name.text)),
    }
}

fn equation(name: &Name, right: &Written) -> Equation {
    Equation {
        name: name.text.clone(),
        spoken: format!("{} = {}", name.text, right.text),
        right_side: right.text.clone(),
        latex: format!("{} = {}", name.latex, right.latex),
    }
}

fn quotient(x: &Name, y: &Name) -> Equation {
    let slope = x.slope();
    let right_side = format!("(J({0} + h, {1}) − J({0} − h, {1})) / 2h", x.text, y.text);
    let numerator = format!(r"J({0}+h,\,{1}) - J({0}-h,\,{1})", x.latex, y.latex);
    Equation {
        spoken: format!("{} ≈ {right_side}", slope.text),
        latex: format!(r"{} \approx \frac{{{numerator}}}{{2h}}", slope.latex),
        name: slope.text,
        right_side,
    }
}

fn matrix(xx: &Written, xy: &Written, yy: &Written) -> Equation {
    let text = format!("[[{}, {}], [{}, {}]]", xx.text, xy.text, xy.text, yy.text);
    let rows = format!(r"{} & {} \\ {} & {}", xx.latex, xy.latex, xy.latex, yy.latex);
    Equation {
        name: "∇²J".to_owned(),
        spoken: format!("∇²J = {text}"),
        right_side: text,
        latex: format!(r"\nabla^2 J = \begin{{pmatrix}} {rows} \end{{pmatrix}}"),
    }
}
