//! Numbers, names, functions with and without parentheses, and what stands after an operand.

use std::ops::Range;

use super::callee::Callee;
use super::conditions::Logic;
use super::enclosure::{Enclosure, EnclosureKind};
use super::pieces::{Bracket, Mark, Piece, Word};
use super::{FormulaError, Kind, Lexer, Repair, Step, Token};
use crate::expr::functions::{function, inverse, is_also_a_letter};

/// Whether the name is that of a function, however it is called.
pub(super) fn is_function(name: &str) -> bool {
    Callee::of(name).is_some()
}

impl Lexer<'_> {
    pub(super) fn number(&mut self, number: f64, span: Range<usize>) -> Step {
        self.end_bare(true)?;
        if !self.operand_expected {
            // After a parenthesis or a function, a number is likelier a slip than a factor; only a power ends in one.
            let typed = self.typed(&span).to_owned();
            return Err(FormulaError::new(Kind::MissingOperator(typed), span.clone())
                .repaired(Repair::new(span.start..span.start, "*".to_owned())));
        }
        self.operand = self.lexemes.len();
        self.push(Token::Number(number), span.clone());
        self.operand_expected = false;
        // 2½ is five halves.
        if let Some(Piece { mark: Mark::Fraction([over, under]), span: after }) = self.pieces.get(self.at)
            && after.start == span.end
            && number.fract() == 0.0
        {
            let [over, under] = [*over, *under].map(f64::from);
            self.lexemes.pop();
            self.operand_expected = true;
            let at = self.advance();
            self.group_of(number * under + over, under, span.start..at.end);
        }
        Ok(())
    }

    pub(super) fn fraction(&mut self, [over, under]: [u8; 2], span: Range<usize>) -> Step {
        self.before_operand(&span, true)?;
        self.group_of(over.into(), under.into(), span);
        Ok(())
    }

    fn group_of(&mut self, over: f64, under: f64, span: Range<usize>) {
        self.operand = self.lexemes.len();
        let tokens =
            [Token::Open, Token::Number(over), Token::Operator('/'), Token::Number(under), Token::Close];
        tokens.into_iter().for_each(|token| self.push(token, span.clone()));
        self.operand_expected = false;
    }

    /// A name, a function, letters side by side, or a connective.
    pub(super) fn word(&mut self, word: &Word, span: Range<usize>) -> Step {
        let connective = match word.name.as_str() {
            "and" => Some(Logic::And),
            "or" => Some(Logic::Or),
            "not" => Some(Logic::Not),
            _ => None,
        };
        if let Some(logic) = connective.filter(|_| self.in_condition()) {
            return self.logic(logic, span);
        }
        let is_index = self.open.iter().any(|e| e.index.as_ref() == Some(&word.name));
        let is_known = is_index || self.names.is_some_and(|names| names.knows(&word.name));
        let called = matches!(self.peek(), Some(Mark::Open(Bracket::Round)));
        let callee = Callee::of(&word.name).filter(|callee| {
            let letter = word.greek && word.name != "Gamma" || is_also_a_letter(&word.name) && !called;
            let hidden = is_index || is_known && callee.may_be_hidden;
            !letter && !hidden
        });
        if let Some(callee) = callee {
            return self.function(&callee, &word.typed, span);
        }
        self.before_operand(&span, true)?;
        // In LaTeX a function has its backslash, so that letters before a parenthesis are letters there too.
        let is_latex = ["\\", "^{", "_{"].iter().any(|sign| self.text.contains(sign));
        if !is_known && (!called || is_latex) && self.letters(word, &span) {
            return Ok(());
        }
        self.name(word.name.clone(), called, span);
        Ok(())
    }

    pub(super) fn name(&mut self, name: String, called: bool, span: Range<usize>) {
        self.operand = self.lexemes.len();
        self.push(Token::Name { name, called }, span);
        self.operand_expected = false;
    }

    /// A call of a function by its own name, at a sign that is its opening.
    pub(super) fn open_call(&mut self, name: &str, kind: EnclosureKind, span: &Range<usize>) -> Step {
        let Some(function) = function(name) else { return Ok(()) };
        self.before_operand(span, false)?;
        self.enter(kind, vec![Token::Call(function)], span, span.clone(), vec![Token::Close]);
        Ok(())
    }

    fn function(&mut self, callee: &Callee, typed: &str, word: Range<usize>) -> Step {
        let function = callee.function;
        if function.name == "mod" && !self.operand_expected && !self.has_two_arguments() {
            return self.fail(Kind::InWords("mod(a, b)", "the remainder of a divided by b"), word);
        }
        let after_name = self.at;
        let exponent = self.exponent();
        if exponent.is_none() && matches!(self.peek(), Some(Mark::Operator('^'))) {
            return self.fail(Kind::PowerOfFunctionName(typed.to_owned()), word);
        }
        let (mut tokens, mut closing) = callee.tokens();
        match exponent.as_deref() {
            Some([Token::Number(power)]) if *power == -1.0 => match inverse(function.name) {
                Some(inverse) => tokens = vec![Token::Call(inverse)],
                None => return self.fail(Kind::NoInverse(typed.to_owned()), word),
            },
            Some(exponent) => {
                tokens.insert(0, Token::Open);
                closing.push(Token::Operator('^'));
                closing.extend_from_slice(exponent);
                closing.push(Token::Close);
            }
            None => {}
        }
        if let Some(Mark::Open(bracket @ (Bracket::Round | Bracket::Curly))) = self.peek() {
            let bracket = *bracket;
            self.before_operand(&word, false)?;
            let at = self.advance();
            self.enter(EnclosureKind::Call(function, bracket), tokens, &(word.start..at.end), at, closing);
            return Ok(());
        }
        if !function.is_unary() || !self.peek().is_some_and(begins_argument) {
            self.at = after_name;
            // A constant may have this name: that is seen when the names are known.
            if self.names.is_none() && callee.may_be_hidden && exponent.is_none() {
                self.before_operand(&word, true)?;
                self.name(typed.to_owned(), false, word);
                return Ok(());
            }
            return Err(FormulaError::new(Kind::FunctionWithoutParentheses(typed.to_owned()), word));
        }
        self.before_operand(&word, false)?;
        self.enter(EnclosureKind::Bare { full: false }, tokens, &word, word.clone(), closing);
        Ok(())
    }

    /// The error for a function that stands alone.
    pub(super) fn without_argument(&self, word: &Range<usize>) -> FormulaError {
        FormulaError::new(Kind::FunctionWithoutParentheses(self.typed(word).to_owned()), word.clone())
    }

    /// The exponent at the name of a function, as in sin²x: a number or a name, perhaps in brackets. Nothing is taken if
    /// it is anything else.
    fn exponent(&mut self) -> Option<Vec<Token>> {
        let marks: Vec<Mark> = self.pieces.iter().skip(self.at).take(6).map(|p| p.mark.clone()).collect();
        let [Mark::Operator('^'), rest @ ..] = marks.as_slice() else { return None };
        let (bracket, rest) = match rest {
            [Mark::Open(bracket), rest @ ..] => (Some(*bracket), rest),
            _ => (None, rest),
        };
        let (negative, rest) = match rest {
            [Mark::Operator('-'), rest @ ..] => (true, rest),
            _ => (false, rest),
        };
        let (first, rest) = rest.split_first()?;
        let token = match first {
            Mark::Number(number) => Token::Number(if negative { -number } else { *number }),
            Mark::Word(word) if !is_function(&word.name) => {
                Token::Name { name: word.name.clone(), called: false }
            }
            _ => return None,
        };
        if bracket.is_some_and(|bracket| rest.first() != Some(&Mark::Close(bracket))) {
            return None;
        }
        let named = matches!(token, Token::Name { .. });
        self.at += 2 + usize::from(negative) + 2 * usize::from(bracket.is_some());
        Some(if negative && named { vec![Token::Sign('-'), token] } else { vec![token] })
    }

    /// Whether the parenthesis that comes next holds a comma of its own.
    fn has_two_arguments(&self) -> bool {
        let mut depth = 0_usize;
        for piece in self.pieces.iter().skip(self.at) {
            match piece.mark {
                Mark::Open(_) => depth += 1,
                Mark::Close(_) => depth = depth.saturating_sub(1),
                Mark::Comma if depth == 1 => return true,
                _ => {}
            }
            if depth == 0 {
                return false;
            }
        }
        false
    }

    /// `x!` is bound to x before any power.
    pub(super) fn factorial(&mut self, span: Range<usize>) -> Step {
        let Some(factorial) = function("factorial") else { return Ok(()) };
        if let Some(Enclosure { kind: EnclosureKind::Bare { full: true }, .. }) = self.open.last() {
            self.end_bare(true)?;
        }
        if self.operand_expected || self.condition_ended.is_some() {
            return self.fail(Kind::MissingLeftOperand("!".to_owned()), span);
        }
        if let Some(Mark::Factorial) =
            self.at.checked_sub(2).and_then(|i| self.pieces.get(i)).map(|p| &p.mark)
        {
            return self.fail(Kind::DoubleFactorial, span);
        }
        let operand = self.operand.min(self.lexemes.len());
        self.lexemes.insert(operand, super::Lexeme { token: Token::Call(factorial), span: span.clone() });
        self.push(Token::Close, span);
        Ok(())
    }

    /// `\frac{a}{b}`
    pub(super) fn quotient(&mut self, span: Range<usize>) -> Step {
        self.before_operand(&span, false)?;
        let Some(Mark::Open(Bracket::Curly)) = self.peek() else {
            return self.fail(Kind::MissingBraces, span);
        };
        let at = self.advance();
        self.enter(EnclosureKind::Numerator, vec![Token::Open; 2], &span, at, Vec::new());
        Ok(())
    }

    /// `\sqrt{x}` and `\sqrt[3]{x}`
    pub(super) fn root(&mut self, span: Range<usize>) -> Step {
        let index = match self.peek().cloned() {
            Some(Mark::Number(number)) => Some(Token::Number(number)),
            Some(Mark::Word(word)) => Some(Token::Name { name: word.name, called: false }),
            _ => None,
        };
        self.before_operand(&span, false)?;
        self.at += usize::from(index.is_some());
        let Some(Mark::Open(Bracket::Curly)) = self.peek() else {
            return self.fail(Kind::MissingBraces, span);
        };
        let at = self.advance();
        let name = if index == Some(Token::Number(3.0)) { "cbrt" } else { "sqrt" };
        let Some(function) = function(name) else { return Ok(()) };
        match index {
            Some(index) if index != Token::Number(2.0) && index != Token::Number(3.0) => {
                let power = [Token::Open, Token::Number(1.0), Token::Operator('/'), index, Token::Close];
                let closing = [vec![Token::Close, Token::Operator('^')], power.to_vec(), vec![Token::Close]];
                let kind = EnclosureKind::Group(Bracket::Curly);
                self.enter(kind, vec![Token::Open; 2], &span, at, closing.concat());
            }
            _ => {
                let kind = EnclosureKind::Call(function, Bracket::Curly);
                self.enter(kind, vec![Token::Call(function)], &span, at, vec![Token::Close]);
            }
        }
        Ok(())
    }
}

/// Whether a function without parentheses may take what begins so.
fn begins_argument(mark: &Mark) -> bool {
    match mark {
        Mark::Number(_) | Mark::Fraction(_) | Mark::Bar | Mark::Quotient | Mark::Root => true,
        Mark::Word(word) => !matches!(word.name.as_str(), "and" | "or"),
        Mark::Open(bracket) => matches!(bracket, Bracket::Floor | Bracket::Ceiling),
        Mark::Operator(c) => matches!(c, '+' | '-'),
        _ => false,
    }
}
