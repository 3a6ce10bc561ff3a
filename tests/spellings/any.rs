//! Any text at all: it is read, or refused with a place and repairs inside it; what is read is read back from the board.

use downhill::expr::FormulaErrorKind;
use downhill::symbolic::Board;

use super::compile;

const PIECES: &[&str] = &[
    "x",
    "y",
    "xy",
    "ab",
    "2",
    ".5",
    "1e",
    "e",
    "pi",
    "i",
    "(",
    ")",
    "|",
    "|x|",
    "||",
    ",",
    "+",
    "-",
    "*",
    "/",
    "^",
    "**",
    "²",
    "⁻¹",
    "ˣ",
    "!",
    "½",
    "θ",
    "₁",
    "_",
    " ",
    "sin",
    "sin(",
    "sin ",
    "cos²",
    "ln|",
    "max(",
    "log_3",
    "λ",
    "é",
    "х",
    "%",
    "=",
    "==",
    "<",
    "≤",
    " and ",
    " not ",
    "if(",
    "if(x<1,",
    "sum(i,1,3,",
    "prod(",
    "#",
    "√",
    "∛",
    "⌊",
    "⌋",
    "⌈",
    "{",
    "}",
    "[",
    "]",
    r"\frac",
    r"\frac{x}{2}",
    r"\frac12",
    r"\sqrt",
    "[3]",
    r"\left(",
    r"\right)",
    r"\theta_{0}",
    r"\theta_",
    r"\operatorname{",
    r"\mathrm{e}",
    r"\cdot ",
    r"\\",
    r"\",
    "$",
    "f(x,y)=",
    "J=",
    ":=",
    "np.",
    "mod",
    "𝑥",
    "\u{200b}",
    "\0",
    "1e999",
];

#[test]
fn any_text_is_read_or_refused_with_a_place_and_repairs_inside_it() {
    let mut random = fastrand::Rng::with_seed(24);
    let (mut read, mut repaired) = (0, 0);
    for _ in 0..40_000 {
        let text: String = (0..random.usize(0..9)).map(|_| PIECES[random.usize(0..PIECES.len())]).collect();
        match compile(&text) {
            Ok(tape) => {
                read += 1;
                let mut at = tape.evaluator();
                let (value, again) = (at.value(0.3, -0.7), at.second(0.3, -0.7).value);
                assert!(value.to_bits() == again.to_bits() || value.is_nan() && again.is_nan(), "{text:?}");
            }
            Err(error) => {
                assert!(text.get(error.span.clone()).is_some(), "{text:?}: {:?} is not inside", error.span);
                assert_ne!(error.kind, FormulaErrorKind::Unreadable, "{text:?}");
                for repair in &error.repairs {
                    assert!(text.get(repair.span.clone()).is_some(), "{text:?}: {repair:?} is not inside");
                    assert_ne!(repair.applied(&text), text, "{text:?}");
                    repaired += 1;
                }
            }
        }
    }
    assert!(read > 1500 && repaired > 300, "{read} read, {repaired} repaired");
}

#[test]
fn what_the_board_prints_of_any_text_is_read_back() {
    let mut random = fastrand::Rng::with_seed(25);
    for _ in 0..10_000 {
        let text: String = (0..random.usize(1..8)).map(|_| PIECES[random.usize(0..PIECES.len())]).collect();
        if let Ok(board) = Board::of(&text, ["x", "y"]) {
            let again = Board::of(&board.cost.text, ["x", "y"]);
            let again = again.unwrap_or_else(|e| panic!("{text:?}: {}: {e}", board.cost.text));
            assert_eq!(again.cost.text, board.cost.text, "{text:?}");
            let derivatives = board.gradient.iter().chain(board.hessian.iter().flatten()).flatten();
            for written in derivatives {
                assert!(Board::of(&written.text, ["x", "y"]).is_ok(), "{text:?}: {}", written.text);
            }
        }
    }
}
