//! A formula step by step, in reverse Polish order.

use std::ops::Range;

use super::functions::Function;
use super::operator::Operator;

/// A name in a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The canonical form, see [`canonical_name`](super::canonical_name).
    pub name: String,
    /// Where it stands first, in bytes.
    pub span: Range<usize>,
    /// Whether a parenthesis follows, so that a function may have been meant.
    pub called: bool,
}

/// One step of a formula in reverse Polish order: operands are taken from a stack, and the result is put there.
#[derive(Clone, Debug)]
pub enum Step {
    /// Puts a number, above or below 0.
    Number(f64),
    /// Puts what the name stands for.
    Name(Name),
    /// Takes one operand, and puts its negative.
    Negate,
    /// Takes two operands, the left one first put.
    Binary(Operator),
    /// Takes as many operands as there are arguments, the first one first put.
    Call {
        /// The function that is called.
        function: &'static Function,
        /// How many arguments it has here.
        arguments: usize,
    },
    /// Takes the ends of a range of whole numbers, the lower one first put, and joins what the body is for each of them.
    Repeat {
        /// `sum` or `prod`.
        function: &'static Function,
        /// The canonical name of the index, which hides others in the body.
        index: String,
        /// The steps of one term or factor.
        body: Vec<Step>,
        /// Where it stands.
        span: Range<usize>,
    },
}

/// Calls `found` with every name that is not an index where it stands.
pub(super) fn collect_names<'a>(
    steps: &'a [Step],
    indices: &mut Vec<&'a str>,
    found: &mut impl FnMut(&Name),
) {
    for step in steps {
        match step {
            Step::Name(name) if !indices.contains(&name.name.as_str()) => found(name),
            Step::Repeat { index, body, .. } => {
                indices.push(index);
                collect_names(body, indices, found);
                indices.pop();
            }
            _ => {}
        }
    }
}

/// Steps as they are put together: the bodies of sums and products are taken out of the row.
#[derive(Default)]
pub(super) struct Program {
    pub steps: Vec<Step>,
    /// Where the steps of each operand on the stack begin.
    starts: Vec<usize>,
}

impl Program {
    /// Adds a step; `None` if its operands are missing.
    pub fn push(&mut self, step: Step, span: &Range<usize>) -> Option<()> {
        let step = match step {
            Step::Call { function, arguments: 4 } if function.is_repeated() => {
                self.repeated(function, span)?
            }
            step => step,
        };
        let operands = match &step {
            Step::Number(_) | Step::Name(_) => 0,
            Step::Negate => 1,
            Step::Binary(_) | Step::Repeat { .. } => 2,
            Step::Call { arguments, .. } => *arguments,
        };
        let first = self.starts.len().checked_sub(operands)?;
        let start = self.starts.get(first).copied().unwrap_or(self.steps.len());
        self.starts.truncate(first);
        self.starts.push(start);
        self.steps.push(step);
        Some(())
    }

    fn repeated(&mut self, function: &'static Function, span: &Range<usize>) -> Option<Step> {
        let body = self.steps.split_off(self.starts.pop()?);
        let at = self.starts.len().checked_sub(3)?;
        let Step::Name(index) = self.steps.remove(self.starts.remove(at)) else { return None };
        self.starts.iter_mut().skip(at).for_each(|start| *start -= 1);
        Some(Step::Repeat { function, index: index.name, body, span: span.clone() })
    }
}
