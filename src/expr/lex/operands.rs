//! Numbers, names and raised digits.

use super::enclosure::EnclosureKind;
use super::{Kind, Lexer, Step, Token};
use crate::expr::functions::function;
use crate::expr::names::{canonical_name, is_greek, is_subscript};

impl Lexer<'_> {
    /// A number.
    pub(super) fn number(&mut self) -> Step {
        let start = self.at;
        self.take_while(|c| c.is_ascii_digit());
        if self.peek() == Some('.') {
            self.at += 1;
            self.take_while(|c| c.is_ascii_digit());
        }
        let mantissa = start..self.at;
        // An `e` belongs to the number only if digits follow: 2e is twice Euler's number.
        let mut ahead = self.rest().chars();
        if matches!(ahead.next(), Some('e' | 'E')) {
            let sign = usize::from(matches!(ahead.clone().next(), Some('+' | '-')));
            if ahead.nth(sign).is_some_and(|c| c.is_ascii_digit()) {
                self.at += 1 + sign;
                self.take_while(|c| c.is_ascii_digit());
            }
        }
        let span = start..self.at;
        let typed = self.typed(&span).to_owned();
        if self.typed(&mantissa) == "." {
            return self.fail(Kind::UnexpectedCharacter('.'), span);
        }
        if !self.operand_expected {
            return self.fail(Kind::MissingOperator(typed), span);
        }
        match typed.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.push(Token::Number(number), span);
                self.operand_expected = false;
                Ok(())
            }
            _ => self.fail(Kind::NumberTooLarge(typed), span),
        }
    }

    /// A name, or a function with its opening parenthesis.
    pub(super) fn word(&mut self, first: char) -> Step {
        let start = self.at;
        self.at += first.len_utf8();
        if is_greek(first) {
            self.take_while(|c| c.is_ascii_digit() || is_subscript(c));
            if self.peek() == Some('_') {
                self.at += 1;
                self.take_while(|c| c.is_ascii_alphanumeric() || is_subscript(c));
            }
        } else if first != '√' {
            self.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || is_subscript(c));
        }
        let word = start..self.at;
        let typed = self.typed(&word).to_owned();
        self.before_operand(&word, &typed)?;
        let name = if first == '√' { "sqrt".to_owned() } else { canonical_name(&typed) };
        self.take_while(char::is_whitespace);
        let next = self.peek();
        match (function(&name), next) {
            (Some(function), Some('(')) => {
                self.at += 1;
                self.enter(EnclosureKind::Call, Token::Call(function), start..self.at);
            }
            (Some(function), Some('^' | '²' | '³' | '⁻')) => {
                return self.fail(Kind::PowerOfFunctionName(function.name), word);
            }
            (Some(function), _) => return self.fail(Kind::FunctionWithoutParentheses(function.name), word),
            (None, _) => {
                self.push(Token::Name { name, called: next == Some('(') }, word);
                self.operand_expected = false;
            }
        }
        Ok(())
    }

    /// A power written with raised digits.
    pub(super) fn superscript(&mut self) -> Step {
        let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|s| s == c);
        let start = self.at;
        let negative = self.peek() == Some('⁻');
        if negative {
            self.at += '⁻'.len_utf8();
        }
        let digits = self.take_while(|c| digit(c).is_some());
        let span = start..self.at;
        let magnitude = self.typed(&digits).chars().filter_map(digit).fold(0.0, |n, d| 10.0 * n + d as f64);
        if digits.is_empty() || !f64::is_finite(magnitude) {
            return self.fail(Kind::UnexpectedCharacter('⁻'), span);
        }
        self.push(Token::Operator('^'), start..start);
        self.push(Token::Number(if negative { -magnitude } else { magnitude }), span);
        Ok(())
    }
}
