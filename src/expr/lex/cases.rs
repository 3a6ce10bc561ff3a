//! Cases as LaTeX writes them: `\begin{cases} x^2 & x < 0 \\ x & \text{otherwise} \end{cases}` is `if(x < 0, x^2, x)`.
//!
//! The last row holds where no other does, so it says `otherwise`. Of two rows it may say the opposite of the first
//! instead, as `x \ge 0` after `x < 0`.

use std::ops::Range;

use super::pieces::{Bracket, Mark, Piece, Relation};
use super::scan::{Character, Scanner};
use super::{FormulaError, Kind};
use crate::expr::error::Repair;

/// Environments that are read. The last has its brace around it: `\left\{\begin{array}{ll} … \end{array}\right.`
const ENVIRONMENTS: &[&str] = &["cases", "dcases", "cases*", "dcases*", "array"];

/// Words before a condition, in the languages of many lecture notes.
const IF: &[&str] = &["if", "for", "when", "where", "falls", "wenn", "si"];

/// Words for what holds where nothing else does.
const OTHERWISE: &[&str] = &["otherwise", "else", "sonst", "sinon"];

/// A row: what the cost is there, and where.
struct Row {
    value: Vec<Piece>,
    /// `None` for all the rest.
    condition: Option<Vec<Piece>>,
    /// Where the condition stands, or would.
    place: Range<usize>,
}

impl Scanner {
    /// What follows `\begin`, which began at `start`.
    pub fn environment(&mut self, start: usize) -> Result<(), FormulaError> {
        let name = self.environment_name().filter(|name| ENVIRONMENTS.contains(&name.as_str()));
        let begin = self.since(start);
        // `\{` is read as a parenthesis.
        let brace =
            self.pieces.last().is_some_and(|p| p.mark == Mark::Open(Bracket::Round) && p.span.len() == 2);
        let brace = brace.then(|| self.pieces.len() - 1);
        let Some(name) = name.filter(|name| name != "array" || brace.is_some()) else {
            return Err(FormulaError::new(Kind::InWords("if(x < 0, a, b)", "cases"), begin));
        };
        if name == "array" && self.takes("{") {
            self.until_closing_brace();
            self.takes("}");
        }
        let Some(rows) = self.rows(&name) else {
            return Err(FormulaError::new(Kind::UnclosedCases, begin));
        };
        let mut read = Vec::new();
        for row in rows {
            let is_blank = row.iter().flatten().all(|c| c.plain().is_whitespace());
            if !(is_blank && row.len() == 1) {
                read.push(self.row(&row, &begin)?);
            }
        }
        self.put_cases(read, &begin)?;
        let after = self.at;
        self.skip_blanks();
        match brace {
            Some(brace) if self.takes(r"\right.") => {
                self.pieces.remove(brace);
            }
            _ => self.at = after,
        }
        Ok(())
    }

    fn environment_name(&mut self) -> Option<String> {
        self.skip_blanks();
        self.takes("{").then_some(())?;
        let name = self.take_while(|c| c.is_ascii_alphabetic() || c == '*');
        self.takes("}").then_some(name)
    }

    /// The cells of each row, up to the end of the environment, which is taken. `None` where it does not come.
    fn rows(&mut self, name: &str) -> Option<Vec<Vec<Vec<Character>>>> {
        let (mut rows, mut depth) = (vec![vec![Vec::new()]], 0_usize);
        loop {
            if depth == 0 && self.takes(&format!(r"\end{{{name}}}")) {
                return Some(rows);
            }
            let mut length = 1;
            match (self.peek()?, self.peek_at(1)) {
                ('\\', Some('\\')) if depth == 0 => {
                    self.skip(2);
                    rows.push(vec![Vec::new()]);
                    continue;
                }
                ('&', Some(c)) if depth == 0 && c != '&' => {
                    self.skip(1);
                    rows.last_mut()?.push(Vec::new());
                    continue;
                }
                ('&', Some('&')) => length = 2,
                ('\\', _) if self.comes(r"\begin{") => depth += 1,
                ('\\', _) if self.comes(r"\end{") => depth = depth.checked_sub(1)?,
                ('\\', _) => length = 2,
                ('{', _) => depth += 1,
                ('}', _) => depth = depth.checked_sub(1)?,
                _ => {}
            }
            // The brace of `\begin{` and `\end{` is met by itself.
            let taken = self.characters_ahead(length);
            rows.last_mut()?.last_mut()?.extend(taken);
        }
    }

    fn row(&self, cells: &[Vec<Character>], begin: &Range<usize>) -> Result<Row, FormulaError> {
        let place_of = |cell: &[Character]| match cell {
            [first, .., last] => first.span().start..last.span().end,
            [only] => only.span(),
            [] => begin.clone(),
        };
        let [value, conditions @ ..] = cells else {
            return Err(FormulaError::new(Kind::InWords("if(x < 0, a, b)", "cases"), begin.clone()));
        };
        let place = place_of(conditions.first().unwrap_or(value));
        if conditions.len() > 1 {
            return Err(FormulaError::new(Kind::InWords("if(x < 0, a, b)", "cases"), place));
        }
        let value = self.pieces_of(trimmed(value))?;
        let condition = match conditions.first() {
            Some(cell) => self.pieces_of(trimmed(cell))?,
            None => Vec::new(),
        };
        let condition = match condition.as_slice() {
            [] => None,
            [Piece { mark: Mark::Word(word), .. }] if OTHERWISE.contains(&word.name.as_str()) => None,
            [Piece { mark: Mark::Word(word), .. }, rest @ ..] if IF.contains(&word.name.as_str()) => {
                Some(rest)
            }
            all => Some(all),
        };
        let equals_is_compared = |piece: &Piece| match piece.mark {
            Mark::Equals => Piece { mark: Mark::Relation(Relation::Equal), span: piece.span.clone() },
            _ => piece.clone(),
        };
        let condition = condition.map(|pieces| pieces.iter().map(equals_is_compared).collect());
        Ok(Row { value, condition, place })
    }

    fn put_cases(&mut self, mut rows: Vec<Row>, begin: &Range<usize>) -> Result<(), FormulaError> {
        let Some(last) = rows.pop() else {
            return Err(FormulaError::new(Kind::InWords("if(x < 0, a, b)", "cases"), begin.clone()));
        };
        let is_rest = match (&last.condition, rows.as_slice()) {
            (None, _) => true,
            (Some(condition), [Row { condition: Some(first), .. }]) => are_opposite(first, condition),
            _ => false,
        };
        if rows.is_empty() || !is_rest {
            let error = FormulaError::new(Kind::CasesWithoutRest, last.place.clone());
            return Err(if rows.is_empty() {
                error
            } else {
                error.repaired(Repair::new(last.place, r"\text{otherwise} ".to_owned()))
            });
        }
        let end = self.place();
        let count = rows.len();
        for Row { value, condition, place } in rows {
            let Some(condition) = condition else {
                return Err(FormulaError::new(Kind::CasesWithoutRest, place));
            };
            self.word("if".to_owned(), begin.clone());
            self.push(Mark::Open(Bracket::Round), begin.clone());
            self.pieces.extend(condition);
            self.push(Mark::Comma, place);
            let value_end = value.last().map_or(end, |piece| piece.span.end);
            self.pieces.extend(value);
            self.push(Mark::Comma, value_end..value_end);
        }
        self.pieces.extend(last.value);
        for _ in 0..count {
            self.push(Mark::Close(Bracket::Round), end..end);
        }
        Ok(())
    }
}

/// Without the punctuation of a sentence around the cases.
fn trimmed(cell: &[Character]) -> Vec<Character> {
    let is_kept = |c: &Character| !(c.plain().is_whitespace() || matches!(c.plain(), ',' | '.' | ';'));
    let end = cell.iter().rposition(is_kept).map_or(0, |last| last + 1);
    cell.iter().take(end).cloned().collect()
}

/// Whether of two comparisons that differ in their relation alone one holds where the other does not.
fn are_opposite(first: &[Piece], second: &[Piece]) -> bool {
    use Relation::{Different, Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
    let mut differ = 0;
    first.len() == second.len()
        && first.iter().zip(second).all(|(a, b)| match (&a.mark, &b.mark) {
            (Mark::Relation(a), Mark::Relation(b)) => {
                differ += 1;
                matches!(
                    (*a, *b),
                    (Less, GreaterOrEqual)
                        | (GreaterOrEqual, Less)
                        | (Greater, LessOrEqual)
                        | (LessOrEqual, Greater)
                        | (Equal, Different)
                        | (Different, Equal)
                )
            }
            // Of joined conditions the opposite is another one.
            (Mark::Word(word), _) if matches!(word.name.as_str(), "and" | "or" | "not") => false,
            (a, b) => a == b,
        })
        && differ == 1
}
