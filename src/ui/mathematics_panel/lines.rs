//! The equations of a cost and its derivatives, written out once for each formula.

use crate::expr::display_name;
use crate::symbolic::{Board, Unwritable, Written};

/// An equation, as it is shown and as it is copied.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Equation {
    /// What stands before the equals sign, as text: what assistive technology calls it.
    pub name: String,
    /// The whole equation as text.
    pub spoken: String,
    /// The right side as text, which can be typed in as a formula.
    pub right_side: String,
    /// The whole equation as LaTeX.
    pub latex: String,
}

/// An equation, or why there is none.
pub(super) type Line = Result<Equation, String>;

/// The equations of a cost.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lines {
    formula: String,
    variables: [String; 2],
    /// J itself.
    pub cost: Line,
    /// What stands for the first derivative where it is taken by central differences.
    pub quotient: Equation,
    /// By the variables.
    pub gradient: Vec<Line>,
    /// Twice by the first, by both, twice by the second.
    pub second: Vec<Line>,
    /// The second derivatives in one matrix, where each can be written.
    pub hessian: Option<Equation>,
}

impl Lines {
    /// Whether these are the equations of this formula.
    pub fn are_of(&self, formula: &str, variables: &[String; 2]) -> bool {
        self.formula == formula && self.variables == *variables
    }

    /// Writes the equations of a formula.
    pub fn of(formula: &str, variables: &[String; 2]) -> Self {
        let names = variables.each_ref().map(String::as_str);
        let [x, y] = names.map(|name| name_of(name, names));
        let j = Name {
            text: format!("J({}, {})", x.text, y.text),
            latex: format!("J({}, {})", x.latex, y.latex),
        };
        let mut lines = Self {
            formula: formula.to_owned(),
            variables: variables.clone(),
            cost: Err(String::new()),
            quotient: quotient(&x, &y),
            gradient: Vec::new(),
            second: Vec::new(),
            hessian: None,
        };
        let board = match Board::of(formula, names) {
            Ok(board) => board,
            Err(reason) => {
                lines.cost = Err(format!("{}: {reason}", j.text));
                return lines;
            }
        };
        lines.cost = Ok(equation(&j, &board.cost));
        lines.gradient =
            [&x, &y].into_iter().zip(&board.gradient).map(|(v, d)| line(&v.slope(), d)).collect();
        let [[xx, xy], [_, yy]] = &board.hessian;
        lines.second = vec![line(&x.curvature(), xx), line(&x.mixed(&y), xy), line(&y.curvature(), yy)];
        if let (Ok(xx), Ok(xy), Ok(yy)) = (xx, xy, yy) {
            lines.hessian = Some(matrix(xx, xy, yy));
        }
        lines
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(formula: &str, variables: [&str; 2]) -> Lines {
        Lines::of(formula, &variables.map(str::to_owned))
    }

    #[test]
    fn equations_name_their_left_sides() {
        let lines = of("theta0^2*w", ["theta0", "w"]);
        assert!(lines.are_of("theta0^2*w", &["theta0".to_owned(), "w".to_owned()]));
        assert!(!lines.are_of("theta0^2*w", &["w".to_owned(), "theta0".to_owned()]));
        let all = [lines.cost].into_iter().chain(lines.gradient).chain(lines.second);
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
        let hessian = lines.hessian.unwrap();
        assert_eq!(hessian.right_side, format!("[[2w, 2{t}], [2{t}, 0]]"));
        assert!(hessian.latex.contains(r"2\theta_{0}"), "{}", hessian.latex);
    }

    #[test]
    fn what_cannot_be_written_says_why() {
        let lines = of("x^2 +", ["x", "y"]);
        assert!(lines.cost.unwrap_err().starts_with("J(x, y): "));
        assert!(lines.gradient.is_empty() && lines.hessian.is_none());
    }
}
