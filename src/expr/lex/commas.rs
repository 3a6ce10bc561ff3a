//! Commas: between arguments, or where a decimal point was meant.

use std::ops::Range;

use super::enclosure::{Enclosure, EnclosureKind};
use super::pieces::{Mark, Piece};
use super::{FormulaError, Kind, Lexeme, Lexer, Names, Repair, Step, Token, suggestions};

impl Lexer<'_> {
    /// A comma between two arguments.
    pub(super) fn comma(&mut self, span: Range<usize>) -> Step {
        self.end_term()?;
        let Some(Enclosure { kind: EnclosureKind::Call(function, _), .. }) = self.open.last() else {
            return Err(self.stray_comma(span));
        };
        let function = *function;
        if self.operand_expected {
            return Err(self.missing_operand(&span));
        }
        if let Some(mut call) = self.open.pop() {
            if call.condition {
                self.finish_condition(call.begin, &call)?;
                call.condition = false;
            }
            if function.is_repeated() && call.index.is_none() {
                call.index = match self.lexemes.get(call.begin..) {
                    Some([Lexeme { token: Token::Name { name, .. }, .. }]) => Some(name.clone()),
                    _ => return self.fail(Kind::MissingIndex(function.name), call.begin_span(&self.lexemes)),
                };
            }
            self.push(Token::Comma, span);
            call.begin = self.lexemes.len();
            self.open.push(call);
        }
        self.condition_ended = None;
        self.operand_expected = true;
        Ok(())
    }

    fn stray_comma(&self, comma: Range<usize>) -> FormulaError {
        if let Some(Enclosure { kind: EnclosureKind::Group(_), start, .. }) = self.open.last()
            && let Some(before) = start.checked_sub(2).and_then(|before| self.lexemes.get(before..*start))
            && let [Lexeme { token: Token::Name { name, called: true }, span }, _] = before
        {
            let suggestions = suggestions(name, true, self.names.unwrap_or(&Names::default()));
            return FormulaError::of_unknown(name, suggestions, span);
        }
        let error = FormulaError::new(Kind::StrayComma, comma.clone());
        let number = |piece: Option<&Piece>| match piece {
            Some(Piece { mark: Mark::Number(number), span }) if number.fract() == 0.0 => Some(span.clone()),
            _ => None,
        };
        match (
            number(self.at.checked_sub(2).and_then(|i| self.pieces.get(i))),
            number(self.pieces.get(self.at)),
        ) {
            (Some(whole), Some(decimals)) if whole.end == comma.start && comma.end == decimals.start => {
                let [span, whole, decimals] =
                    [whole.start..decimals.end, whole, decimals].map(|s| (s.clone(), self.typed(&s)));
                let error =
                    error.repaired(Repair::new(span.0.clone(), format!("{}.{}", whole.1, decimals.1)));
                // Three digits may as well be thousands.
                let thousands = Repair::new(span.0, format!("{}{}", whole.1, decimals.1));
                if decimals.1.len() == 3 { error.repaired(thousands) } else { error }
            }
            _ => error,
        }
    }
}

impl Enclosure {
    /// Where the present argument stands.
    fn begin_span(&self, lexemes: &[Lexeme]) -> Range<usize> {
        let start = lexemes.get(self.begin).map_or(self.at.end, |l| l.span.start);
        start..lexemes.last().map_or(start, |l| l.span.end.max(start))
    }
}
