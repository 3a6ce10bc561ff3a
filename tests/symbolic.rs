//! Costs as they are written on the board.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use downhill::objective::builtin::BUILT_INS;
use downhill::symbolic::Board;

#[test]
fn built_ins_are_written_down() {
    for row in BUILT_INS {
        let board = Board::of(row.formula, row.variables).unwrap();
        println!("{}", board.cost.text);
        let all =
            board.gradient.iter().chain([&board.hessian[0][0], &board.hessian[0][1], &board.hessian[1][1]]);
        for (w, n) in all.zip(["x ", "y ", "xx", "xy", "yy"]) {
            println!("  {n} {}", w.as_ref().unwrap().text);
        }
        let again = Board::of(&board.cost.text, row.variables).unwrap();
        assert_eq!(again.cost, board.cost, "{}", row.formula);
    }
}
