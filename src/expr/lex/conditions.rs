//! Conditions: `0 < x <= 1 and not y == 2` becomes calls that meval reads, `and(and(<(0,x),<=(x,1)),not(==(y,2)))`.
//!
//! `or` holds together least, then `and`, `not`, and the comparisons; a chain of comparisons is the conjunction of its links.

use std::ops::Range;

use super::pieces::Relation;
use super::{FormulaError, Kind, Lexeme, Token};
use crate::expr::functions::{Function, is_logical, logical};

/// What a condition is made of, beside numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::expr) enum Logic {
    Relation(Relation),
    And,
    Or,
    Not,
}

/// Whether the lexemes are one call of a comparison or a connective, perhaps in parentheses.
pub(super) fn is_condition(lexemes: &[Lexeme]) -> bool {
    let inner = lexemes.iter().find(|l| !matches!(l.token, Token::Open));
    matches!(inner, Some(Lexeme { token: Token::Call(function), .. }) if is_logical(function))
        && parts(lexemes, |t| matches!(t, Token::Operator(_))).len() == 1
}

/// The condition as calls.
///
/// # Errors
/// It compares nothing.
pub(super) fn calls(lexemes: &[Lexeme]) -> Result<Vec<Lexeme>, FormulaError> {
    joined("or", lexemes, Logic::Or, |part| joined("and", part, Logic::And, negated))
}

/// The parts between the separators that stand in no parentheses.
fn parts(lexemes: &[Lexeme], separates: impl Fn(&Token) -> bool) -> Vec<Range<usize>> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (index, lexeme) in lexemes.iter().enumerate() {
        match &lexeme.token {
            Token::Open | Token::Call(_) => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            token if depth == 0 && separates(token) => {
                parts.push(start..index);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(start..lexemes.len());
    parts
}

fn joined(
    name: &'static str,
    lexemes: &[Lexeme],
    separator: Logic,
    part: impl Fn(&[Lexeme]) -> Result<Vec<Lexeme>, FormulaError>,
) -> Result<Vec<Lexeme>, FormulaError> {
    let ranges = parts(lexemes, |token| *token == Token::Logic(separator));
    let parts: Result<Vec<Vec<Lexeme>>, _> = ranges.into_iter().map(|range| part(&lexemes[range])).collect();
    Ok(called(logical(name), parts?, place(lexemes)))
}

/// A call with these arguments, or the only one.
fn called(function: &'static Function, mut arguments: Vec<Vec<Lexeme>>, at: Range<usize>) -> Vec<Lexeme> {
    if arguments.len() == 1 && function.name != "not" {
        return arguments.pop().unwrap_or_default();
    }
    let lexeme = |token| Lexeme { token, span: at.clone() };
    let mut call = vec![lexeme(Token::Call(function))];
    for (index, argument) in arguments.into_iter().enumerate() {
        if index > 0 {
            call.push(lexeme(Token::Comma));
        }
        call.extend(argument);
    }
    call.push(lexeme(Token::Close));
    call
}

fn negated(lexemes: &[Lexeme]) -> Result<Vec<Lexeme>, FormulaError> {
    let nots = lexemes.iter().take_while(|l| l.token == Token::Logic(Logic::Not)).count();
    let mut inner = compared(&lexemes[nots..])?;
    for _ in 0..nots {
        inner = called(logical("not"), vec![inner], place(lexemes));
    }
    Ok(inner)
}

fn compared(lexemes: &[Lexeme]) -> Result<Vec<Lexeme>, FormulaError> {
    let relation = |token: &Token| match token {
        Token::Logic(Logic::Relation(relation)) => Some(*relation),
        _ => None,
    };
    let operands = parts(lexemes, |token| relation(token).is_some());
    if operands.len() == 1 {
        return if is_condition(lexemes) {
            Ok(lexemes.to_vec())
        } else {
            Err(FormulaError::new(Kind::NoCondition, place(lexemes)))
        };
    }
    let links = operands.windows(2).filter_map(|pair| {
        let [left, right] = pair else { return None };
        let relation = relation(&lexemes.get(left.end)?.token)?;
        let sides = vec![lexemes[left.clone()].to_vec(), lexemes[right.clone()].to_vec()];
        Some(called(logical(relation.name()), sides, lexemes[left.end].span.clone()))
    });
    Ok(called(logical("and"), links.collect(), place(lexemes)))
}

fn place(lexemes: &[Lexeme]) -> Range<usize> {
    match lexemes {
        [first, .., last] => first.span.start..last.span.end.max(first.span.start),
        [only] => only.span.clone(),
        [] => 0..0,
    }
}
