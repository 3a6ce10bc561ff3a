//! Which bars of absolute values open and which close: |x|, ||x| - 1|, 2|x||y|.
//!
//! A bar can close only after an operand, and open only before one. Where both are possible it closes what is open, unless
//! that would enclose a lone number: |2|x| - 1| is not |2|·x·|-1|. A reading in which all are closed is found if there is one.

use super::pieces::{Mark, Piece};

/// The most bars within bars.
const MAX_DEPTH: usize = 64;

/// What may be done with a bar.
#[derive(Clone, Copy, Default)]
struct Bar {
    /// Its place among the pieces.
    piece: usize,
    after_operand: bool,
    before_operand: bool,
    /// Whether nothing stands between it and the bar before it, so that it follows an operand if that one closes.
    adjacent: bool,
}

/// For every piece, whether it is a bar that opens.
pub(super) fn opening_bars(pieces: &[Piece]) -> Vec<bool> {
    let mut opens = vec![false; pieces.len()];
    // Bars are read between the brackets and commas that stand around them.
    let mut levels: Vec<Vec<Bar>> = vec![Vec::new()];
    for (index, piece) in pieces.iter().enumerate() {
        match &piece.mark {
            Mark::Bar => {
                let last = levels.last_mut().and_then(|bars| bars.last()).map(|bar| bar.piece);
                let bar = Bar {
                    piece: index,
                    after_operand: index.checked_sub(1).is_some_and(|before| ends_operand(&pieces[before])),
                    before_operand: pieces.get(index + 1).is_some_and(begins_operand),
                    adjacent: last.is_some_and(|last| last + 1 == index),
                };
                if let Some(bars) = levels.last_mut() {
                    bars.push(bar);
                }
            }
            Mark::Open(_) => levels.push(Vec::new()),
            Mark::Close(_) => {
                let bars = levels.pop().unwrap_or_default();
                decide(&bars, pieces, &mut opens);
                if levels.is_empty() {
                    levels.push(Vec::new());
                }
            }
            Mark::Comma | Mark::Relation(_) => {
                let bars = levels.last_mut().map(std::mem::take).unwrap_or_default();
                decide(&bars, pieces, &mut opens);
            }
            _ => {}
        }
    }
    for bars in levels {
        decide(&bars, pieces, &mut opens);
    }
    opens
}

fn ends_operand(piece: &Piece) -> bool {
    match &piece.mark {
        Mark::Number(_) | Mark::Fraction(_) | Mark::Factorial | Mark::Close(_) => true,
        Mark::Word(word) => word.greek || !super::operands::is_function(&word.name),
        _ => false,
    }
}

fn begins_operand(piece: &Piece) -> bool {
    match &piece.mark {
        Mark::Number(_)
        | Mark::Fraction(_)
        | Mark::Open(_)
        | Mark::Bar
        | Mark::Quotient
        | Mark::Repeated { .. }
        | Mark::Root => true,
        Mark::Word(word) => !matches!(word.name.as_str(), "and" | "or"),
        Mark::Operator(c) => matches!(c, '+' | '-'),
        _ => false,
    }
}

/// Reads the bars of one level.
fn decide(bars: &[Bar], pieces: &[Piece], opens: &mut [bool]) {
    // feasible[i][d][p]: whether bars i.. can be closed from depth d, the bar before having closed (p = 1) or opened.
    let mut feasible = vec![[[false; 2]; MAX_DEPTH + 2]; bars.len() + 1];
    feasible[bars.len()][0] = [true; 2];
    for (index, bar) in bars.iter().enumerate().rev() {
        for depth in 0..=MAX_DEPTH {
            for closed_before in [false, true] {
                let ended = bar.after_operand || bar.adjacent && closed_before;
                let closes = ended && depth > 0 && feasible[index + 1][depth - 1][1];
                let opens = bar.before_operand && depth < MAX_DEPTH && feasible[index + 1][depth + 1][0];
                feasible[index][depth][usize::from(closed_before)] = closes || opens;
            }
        }
    }
    let (mut open, mut closed_before): (Vec<usize>, _) = (Vec::new(), false);
    for (index, bar) in bars.iter().enumerate() {
        let ended = bar.after_operand || bar.adjacent && closed_before;
        let can = |closes: bool| {
            let depth = if closes { open.len().wrapping_sub(1) } else { open.len() + 1 };
            feasible[index + 1].get(depth).is_some_and(|after| after[usize::from(closes)])
        };
        let lone = open.last().is_some_and(|last| is_lone_number(&pieces[last + 1..bar.piece]));
        let closes = ended && !open.is_empty() && !(bar.before_operand && can(false) && (lone || !can(true)));
        opens[bar.piece] = !closes;
        closed_before = closes;
        if closes {
            open.pop();
        } else {
            open.push(bar.piece);
        }
    }
}

fn is_lone_number(pieces: &[Piece]) -> bool {
    let unsigned = match pieces {
        [Piece { mark: Mark::Operator('+' | '-'), .. }, rest @ ..] => rest,
        all => all,
    };
    matches!(unsigned, [Piece { mark: Mark::Number(_) | Mark::Fraction(_), .. }])
}
