//! Typed text to lexemes: what lecturers write (`2x`, `x²`, `|x|`, `θ₀`, `·`) becomes plain operators, names and calls,
//! each with its place in the text. The grammar is checked here, where the places are known.

use std::ops::Range;

use super::error::{FormulaError, FormulaErrorKind as Kind};
use super::functions::{Function, function};
use super::names::{canonical_name, is_greek, is_subscript};

/// A piece of a formula in infix order.
#[derive(Clone, Debug)]
pub(super) struct Lexeme {
    pub token: Token,
    pub span: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum Token {
    Number(f64),
    /// A canonical name; `called` where a parenthesis follows, so that it may be a misspelled function.
    Name {
        name: String,
        called: bool,
    },
    /// A function with its opening parenthesis or bar.
    Call(&'static Function),
    Open,
    Close,
    Comma,
    /// `+` or `-` before an operand.
    Sign(char),
    /// One of `+ - * / % ^` between operands.
    Operator(char),
}

/// What is open, and where it was opened.
struct Enclosure {
    kind: EnclosureKind,
    at: Range<usize>,
    /// The number of lexemes when it was opened, to tell empty ones.
    lexemes: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum EnclosureKind {
    Group,
    Call,
    Bars,
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    lexemes: Vec<Lexeme>,
    open: Vec<Enclosure>,
    operand_expected: bool,
}

type Step = Result<(), FormulaError>;

/// Lexemes of a well-formed formula: every operator has its operands, everything opened is closed.
pub(super) fn lex(text: &str) -> Result<Vec<Lexeme>, FormulaError> {
    if text.len() > super::MAX_FORMULA_BYTES {
        let mut end = super::MAX_FORMULA_BYTES;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        return Err(FormulaError::new(Kind::TooLong { bytes: text.len() }, end..text.len()));
    }
    let mut lexer = Lexer { text, at: 0, lexemes: Vec::new(), open: Vec::new(), operand_expected: true };
    while let Some(c) = lexer.peek() {
        lexer.step(c)?;
    }
    lexer.finish()
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes characters while they fit, and returns their range.
    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        self.at += self.rest().chars().take_while(|c| fits(*c)).map(char::len_utf8).sum::<usize>();
        start..self.at
    }

    fn typed(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    fn push(&mut self, token: Token, span: Range<usize>) {
        self.lexemes.push(Lexeme { token, span });
    }

    fn fail<T>(&self, kind: Kind, span: Range<usize>) -> Result<T, FormulaError> {
        Err(FormulaError::new(kind, span))
    }

    fn step(&mut self, c: char) -> Step {
        let span = self.at..self.at + c.len_utf8();
        match c {
            _ if c.is_whitespace() => {
                self.at = span.end;
                Ok(())
            }
            '0'..='9' | '.' => self.number(),
            _ if c.is_ascii_alphabetic() || c == '_' || c == '√' || is_greek(c) => self.word(c),
            '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '⁻' if !self.operand_expected => {
                self.superscript()
            }
            '+' | '-' | '\u{2212}' | '–' | '*' | '·' | '⋅' | '×' | '∗' | '/' | '÷' | '∕' | '%' | '^' => {
                self.operator(c)
            }
            '(' => {
                self.before_operand(&span, "(")?;
                self.at = span.end;
                self.enter(EnclosureKind::Group, Token::Open, span);
                Ok(())
            }
            ')' => self.close(span),
            '|' => self.bar(span),
            ',' => self.comma(span),
            '=' => self.fail(Kind::EqualsSign, span),
            '[' | ']' | '{' | '}' => self.fail(Kind::WrongBracket(c), span),
            _ => self.fail(Kind::UnexpectedCharacter(c), span),
        }
    }

    /// Puts the operator that lecturers leave out between two operands.
    fn before_operand(&mut self, span: &Range<usize>, typed: &str) -> Step {
        if !self.operand_expected {
            let ends_an_operand = matches!(
                self.lexemes.last().map(|l| &l.token),
                Some(Token::Number(_) | Token::Name { .. } | Token::Close)
            );
            if !ends_an_operand {
                return self.fail(Kind::MissingOperator(typed.to_owned()), span.clone());
            }
            self.push(Token::Operator('*'), span.start..span.start);
            self.operand_expected = true;
        }
        Ok(())
    }

    fn number(&mut self) -> Step {
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
    fn word(&mut self, first: char) -> Step {
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

    fn superscript(&mut self) -> Step {
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

    fn operator(&mut self, c: char) -> Step {
        let start = self.at;
        self.at += c.len_utf8();
        let mut plain = match c {
            '\u{2212}' | '–' => '-',
            '·' | '⋅' | '×' | '∗' => '*',
            '÷' | '∕' => '/',
            other => other,
        };
        if c == '*' && self.peek() == Some('*') {
            self.at += 1;
            plain = '^';
        }
        let span = start..self.at;
        if !self.operand_expected {
            self.push(Token::Operator(plain), span);
            self.operand_expected = true;
        } else if matches!(plain, '+' | '-') {
            self.push(Token::Sign(plain), span);
        } else {
            return self.fail(Kind::MissingLeftOperand(self.typed(&span).to_owned()), span);
        }
        Ok(())
    }

    fn enter(&mut self, kind: EnclosureKind, token: Token, at: Range<usize>) {
        self.push(token, at.clone());
        self.open.push(Enclosure { kind, at, lexemes: self.lexemes.len() });
        self.operand_expected = true;
    }

    /// The error for an operand that is missing before `closing`.
    fn missing_operand(&self, closing: &Range<usize>) -> FormulaError {
        match self.lexemes.last() {
            Some(Lexeme { token: Token::Sign(_) | Token::Operator(_), span }) => {
                FormulaError::new(Kind::MissingRightOperand(self.typed(span).to_owned()), span.clone())
            }
            Some(Lexeme { token: Token::Open, span }) => {
                FormulaError::new(Kind::EmptyParentheses, span.start..closing.end)
            }
            Some(_) => FormulaError::new(Kind::MissingArgument, closing.clone()),
            None => FormulaError::new(Kind::Empty, 0..self.text.len()),
        }
    }

    fn leave(&mut self, span: Range<usize>) {
        self.open.pop();
        self.at = span.end;
        self.push(Token::Close, span);
        self.operand_expected = false;
    }

    fn close(&mut self, span: Range<usize>) -> Step {
        match self.open.last() {
            None => self.fail(Kind::UnopenedParenthesis, span),
            Some(Enclosure { kind: EnclosureKind::Bars, at, .. }) => self.fail(Kind::UnclosedBar, at.clone()),
            Some(_) if self.operand_expected => Err(self.missing_operand(&span)),
            Some(_) => {
                self.leave(span);
                Ok(())
            }
        }
    }

    /// A bar closes if bars are open and an operand has just ended, and opens otherwise.
    fn bar(&mut self, span: Range<usize>) -> Step {
        let innermost = self.open.last().filter(|e| e.kind == EnclosureKind::Bars);
        match innermost {
            Some(_) if !self.operand_expected => {
                self.leave(span);
                Ok(())
            }
            Some(bars) if bars.lexemes == self.lexemes.len() => {
                self.fail(Kind::EmptyBars, bars.at.start..span.end)
            }
            _ => {
                let Some(abs) = function("abs") else {
                    return self.fail(Kind::UnexpectedCharacter('|'), span);
                };
                self.before_operand(&span, "|")?;
                self.at = span.end;
                self.enter(EnclosureKind::Bars, Token::Call(abs), span);
                Ok(())
            }
        }
    }

    fn comma(&mut self, span: Range<usize>) -> Step {
        if self.open.last().is_none_or(|e| e.kind != EnclosureKind::Call) {
            return self.fail(Kind::StrayComma, span);
        }
        if self.operand_expected {
            return Err(self.missing_operand(&span));
        }
        self.at = span.end;
        self.push(Token::Comma, span);
        self.operand_expected = true;
        Ok(())
    }

    fn finish(self) -> Result<Vec<Lexeme>, FormulaError> {
        let end = self.text.len();
        if self.operand_expected
            && !matches!(self.lexemes.last().map(|l| &l.token), Some(Token::Open | Token::Call(_)))
        {
            return Err(self.missing_operand(&(end..end)));
        }
        if let Some(unclosed) = self.open.last() {
            let kind = match unclosed.kind {
                EnclosureKind::Bars => Kind::UnclosedBar,
                EnclosureKind::Group | EnclosureKind::Call => Kind::UnclosedParenthesis,
            };
            // Of a call, only the parenthesis is marked.
            return self.fail(kind, unclosed.at.end - 1..unclosed.at.end);
        }
        Ok(self.lexemes)
    }
}
