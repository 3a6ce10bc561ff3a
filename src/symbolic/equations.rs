//! The equations of a cost and its derivatives, with their left sides.

use super::{Board, Unwritable, Written};
use crate::expr::{NO_VARIABLE, display_name};

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
    /// By each of the variables.
    pub gradient: Vec<Line>,
    /// Twice by the first, by both, twice by the second; of one variable twice by that.
    pub second: Vec<Line>,
    /// The second derivatives in one matrix, where there are two variables and each can be written.
    pub hessian: Option<Equation>,
}

impl Equations {
    /// The equations of what stands on a board in these variables.
    pub fn of(board: &Board, variables: [&str; 2]) -> Self {
        let [x, y] = names(variables);
        let j = name_of(&board.name, variables);
        let [[xx, xy], [_, yy]] = &board.hessian;
        let cost = equation(&j.at(&x, &y), &board.cost);
        if y.is_nothing() {
            let [first, second] = [1, 2].map(|times| j.derivative(times, &x));
            return Self {
                cost,
                gradient: vec![line(&first, &board.gradient[0])],
                second: vec![line(&second, xx)],
                hessian: None,
            };
        }
        Self {
            cost,
            gradient: vec![line(&j.slope(&x), &board.gradient[0]), line(&j.slope(&y), &board.gradient[1])],
            second: vec![line(&j.curvature(&x), xx), line(&j.mixed(&x, &y), xy), line(&j.curvature(&y), yy)],
            hessian: match (xx, xy, yy) {
                (Ok(xx), Ok(xy), Ok(yy)) => Some(matrix(&j, xx, xy, yy)),
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
        format!("{}: {reason}", Name::cost().at(&x, &y).text)
    }
}

fn names(variables: [&str; 2]) -> [Name; 2] {
    variables.map(|variable| name_of(variable, variables))
}

/// The left side of an equation, or a part of it.
struct Name {
    text: String,
    latex: String,
}

impl Name {
    /// What a cost is called that has no name of its own.
    fn cost() -> Self {
        Self { text: "J".to_owned(), latex: "J".to_owned() }
    }

    /// Whether it stands for a variable that there is not.
    fn is_nothing(&self) -> bool {
        self.text.is_empty()
    }

    /// The cost of this name at a point.
    fn at(&self, x: &Self, y: &Self) -> Self {
        if y.is_nothing() {
            return self.derivative(0, x);
        }
        Self {
            text: format!("{}({}, {})", self.text, x.text, y.text),
            latex: format!("{}({}, {})", self.latex, x.latex, y.latex),
        }
    }

    /// A function of one variable, derived so many times.
    fn derivative(&self, times: usize, x: &Self) -> Self {
        Self {
            text: format!("{}{}({})", self.text, ["", "\u{2032}", "\u{2033}"][times.min(2)], x.text),
            latex: format!("{}{}({})", self.latex, "'".repeat(times), x.latex),
        }
    }

    /// Its derivative by a variable.
    fn slope(&self, x: &Self) -> Self {
        Self {
            text: format!("∂{}/∂{}", self.text, x.text),
            latex: format!(r"\frac{{\partial {}}}{{\partial {}}}", self.latex, x.latex),
        }
    }

    fn curvature(&self, x: &Self) -> Self {
        Self {
            text: format!("∂²{}/∂{}²", self.text, x.text),
            latex: format!(r"\frac{{\partial^2 {}}}{{\partial {}^2}}", self.latex, x.latex),
        }
    }

    fn mixed(&self, x: &Self, y: &Self) -> Self {
        let [f, x_latex, y_latex] = [self, x, y].map(|name| &name.latex);
        Self {
            text: format!("∂²{}/∂{}∂{}", self.text, x.text, y.text),
            latex: format!(r"\frac{{\partial^2 {f}}}{{\partial {x_latex}\,\partial {y_latex}}}"),
        }
    }
}

/// A variable by itself is a formula too.
fn name_of(name: &str, variables: [&str; 2]) -> Name {
    if name == NO_VARIABLE {
        return Name { text: String::new(), latex: String::new() };
    }
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
    if y.is_nothing() {
        return quotient_of_one(x);
    }
    let slope = Name::cost().slope(x);
    let right_side = format!("(J({0} + h, {1}) − J({0} − h, {1})) / 2h", x.text, y.text);
    let numerator = format!(r"J({0}+h,\,{1}) - J({0}-h,\,{1})", x.latex, y.latex);
    Equation {
        spoken: format!("{} ≈ {right_side}", slope.text),
        latex: format!(r"{} \approx \frac{{{numerator}}}{{2h}}", slope.latex),
        name: slope.text,
        right_side,
    }
}

fn quotient_of_one(x: &Name) -> Equation {
    let slope = Name::cost().derivative(1, x);
    let right_side = format!("(J({0} + h) \u{2212} J({0} \u{2212} h)) / 2h", x.text);
    Equation {
        spoken: format!("{} \u{2248} {right_side}", slope.text),
        latex: format!(r"{} \approx \frac{{J({1}+h) - J({1}-h)}}{{2h}}", slope.latex, x.latex),
        name: slope.text,
        right_side,
    }
}

fn matrix(j: &Name, xx: &Written, xy: &Written, yy: &Written) -> Equation {
    let text = format!("[[{}, {}], [{}, {}]]", xx.text, xy.text, xy.text, yy.text);
    let rows = format!(r"{} & {} \\ {} & {}", xx.latex, xy.latex, xy.latex, yy.latex);
    Equation {
        name: format!("∇²{}", j.text),
        spoken: format!("∇²{} = {text}", j.text),
        right_side: text,
        latex: format!(r"\nabla^2 {} = \begin{{pmatrix}} {rows} \end{{pmatrix}}", j.latex),
    }
}
