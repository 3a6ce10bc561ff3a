//! What is seen of the built-in costs: their optima are found, and their isolines are whole.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use downhill::builtin::{BUILT_INS, BuiltIn};
use downhill::expr::Expression;
use downhill::landscape::{Field, LevelScale, Levels, OptimaSearch, Region, isolines, isolines_of};
use downhill::objective::{Derivatives, Objective, Point};
use downhill::spelling::Selectable as _;
use downhill::work::Work as _;

fn objective(row: &BuiltIn) -> Objective {
    let constants: Vec<_> = row.constants.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    let tape = Expression::parse(row.formula).unwrap().compile(row.variables, &constants).unwrap();
    Objective::new(tape, row.goal, Derivatives::Exact)
}

#[test]
fn the_best_of_a_built_in_cost_is_among_those_found_for_most() {
    let mut missed = Vec::new();
    for row in BUILT_INS {
        let mut search = OptimaSearch::new(&objective(row), Region { x: row.window[0], y: row.window[1] });
        while !search.advance(u64::MAX) {}
        let optima = search.optima();
        let is_near = |at: &[f64; 2]| {
            optima.iter().any(|found| (found.at - Point::from(*at)).norm() < 1e-3 * (1.0 + found.at.norm()))
        };
        if !row.minima.is_empty() && !row.minima.iter().any(is_near) {
            missed.push(row.id);
        }
    }
    assert!(missed.len() * 3 <= BUILT_INS.len(), "{missed:?}");
}

/// At the sizes of a thumbnail, of a plot while the camera moves, and of one at rest.
#[test]
fn isolines_of_continuous_built_in_costs_are_all_drawn() {
    const REGION: Region = Region { x: [-3.0, 3.0], y: [-3.0, 3.0] };
    let mut cut = Vec::new();
    // The trenches of the cross in tray are narrower than anything that can be drawn.
    for row in BUILT_INS.iter().filter(|row| row.id != "cross_in_tray") {
        let objective = objective(row);
        for [columns, rows] in [[80, 48], [150, 111], [600, 450]] {
            let field = Field::of(&objective, REGION, columns, rows);
            for scale in LevelScale::ALL {
                let levels = Levels { scale: *scale, count: 20 }.values(&field);
                if isolines_of(&objective, &field, &levels) != isolines(&field, &levels) {
                    cut.push((row.id, *scale, columns));
                }
            }
        }
    }
    assert_eq!(cut, []);
}
