//! What stands left of an equals sign: `f(x, y) = …` and `J = …` name the cost, and the arguments become its variables.

use super::pieces::{Bracket, Mark, Piece};
use super::{FormulaError, Kind, Repair, operands};

/// The left side of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What the cost is called.
    pub name: String,
    /// The canonical names of its arguments, at most two; none for `J = …`.
    pub arguments: Vec<String>,
    /// Where the right side begins, in bytes.
    pub end: usize,
}

/// The left side, if there is one, and the pieces of the right side.
pub(super) fn split(mut pieces: Vec<Piece>, text: &str) -> Result<(Option<Head>, Vec<Piece>), FormulaError> {
    let Some(equals) = pieces.iter().position(|piece| piece.mark == Mark::Equals) else {
        return Ok((None, pieces));
    };
    let right = pieces.split_off(equals + 1);
    let place = pieces.pop().map_or(0..0, |piece| piece.span);
    let (name, list) = match pieces.split_first() {
        Some((Piece { mark: Mark::Word(word), .. }, list)) => (word.name.clone(), list),
        _ => return Err(no_name(place, text)),
    };
    let inner = match list {
        [] => &[],
        [Piece { mark: Mark::Open(open), .. }, inner @ .., Piece { mark: Mark::Close(close), .. }]
            if open == close && *open != Bracket::Square =>
        {
            inner
        }
        _ => return Err(no_name(place, text)),
    };
    let mut arguments: Vec<String> = Vec::new();
    for (index, piece) in inner.iter().enumerate() {
        match &piece.mark {
            Mark::Word(word) if index % 2 == 0 => {
                let is_number = matches!(word.name.as_str(), "e" | "pi");
                let is_function = !word.greek && operands::is_function(&word.name);
                if is_number || is_function || arguments.contains(&word.name) {
                    let typed = word.typed.clone();
                    return Err(FormulaError::new(Kind::NoArgument(typed), piece.span.clone()));
                }
                if arguments.len() == 2 {
                    return Err(FormulaError::new(
                        Kind::ThirdArgument(word.typed.clone()),
                        piece.span.clone(),
                    ));
                }
                arguments.push(word.name.clone());
            }
            Mark::Comma if index % 2 == 1 => {}
            _ => return Err(no_name(place, text)),
        }
    }
    if !list.is_empty() && inner.len() % 2 == 0 {
        return Err(no_name(place, text));
    }
    if right.is_empty() {
        return Err(FormulaError::new(Kind::MissingRightOperand("=".to_owned()), place));
    }
    Ok((Some(Head { name, arguments, end: place.end }), right))
}

/// The left side is no name. Where the right side is 0, the left one may have been meant.
fn no_name(equals: std::ops::Range<usize>, text: &str) -> FormulaError {
    let error = FormulaError::new(Kind::EqualsSign, equals.clone());
    let zero = text.get(equals.end..).is_some_and(|right| right.trim() == "0");
    if zero { error.repaired(Repair::new(equals.start..text.len(), String::new())) } else { error }
}
