//! The functions that num-dual does not know, and those that came with them, against numbers of 60 digits.

use super::compile;

const REFERENCE: &str = include_str!("../reference/functions.json");

#[test]
fn every_function_has_the_value_and_derivatives_of_sixty_digits() {
    let reference: serde_json::Value = serde_json::from_str(REFERENCE).unwrap();
    let mut wrong = Vec::new();
    for (name, rows) in reference.as_object().unwrap() {
        let tape = compile(&format!("{name}(x)")).unwrap();
        for row in rows.as_array().unwrap() {
            let x = row[0].as_f64().unwrap();
            let exact = [1, 2, 3].map(|entry| row[entry].as_str().unwrap().parse::<f64>().unwrap());
            let jet = tape.evaluator().second(x, 0.0);
            let found = [jet.value, jet.dx, jet.dxx];
            for (entry, (found, exact)) in found.into_iter().zip(exact).enumerate() {
                let error = (found - exact).abs() / exact.abs();
                if exact != 0.0 && exact.is_finite() && (error.is_nan() || error > 1e-13) {
                    wrong.push(format!(
                        "{name}({x}), derivative {entry}: {found:e}, not {exact:e}: {error:.1e}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn poles_jumps_and_edges_have_no_derivatives() {
    let nan = f64::NAN;
    let table: &[(&str, [f64; 2], [f64; 6])] = &[
        ("heaviside(x)", [0.0, 0.0], [0.5, nan, 0.0, nan, 0.0, 0.0]),
        ("sinc(x)", [0.0, 0.0], [1.0, 0.0, 0.0, -1.0 / 3.0, 0.0, 0.0]),
        ("mod(x, 2)", [-0.5, 0.0], [1.5, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("mod(x, y)", [-7.0, 3.0], [2.0, 1.0, 3.0, 0.0, 0.0, 0.0]),
        ("mod(x, 2)", [4.0, 0.0], [0.0, nan, 0.0, nan, 0.0, 0.0]),
        ("clamp(x, -1, 2)", [5.0, 0.0], [2.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("clamp(x, -1, 2)", [0.5, 0.0], [0.5, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("gamma(x)", [-2.0, 0.0], [nan, nan, nan, nan, nan, nan]),
        ("5! + x", [0.0, 0.0], [120.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("170! + x", [0.0, 0.0], [7.257415615307999e306, 1.0, 0.0, 0.0, 0.0, 0.0]),
        ("if(x > 0, ln(x), 3)", [-1.0, 2.0], [3.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("if(x > 0, y^2, 3)", [1.0, 2.0], [4.0, 0.0, 4.0, 0.0, 0.0, 2.0]),
        ("if(x > 0, 1, 2) + y", [0.0, 2.0], [4.0, nan, 1.0, nan, 0.0, 0.0]),
        ("if(x >= 0, 1, 2) + y", [0.0, 2.0], [3.0, nan, 1.0, nan, 0.0, 0.0]),
        ("if(x < y, y, x)", [2.0, 2.0], [2.0, nan, nan, nan, nan, nan]),
        ("if(x < y, 1, 2)", [2.0, 2.0], [2.0, nan, nan, nan, nan, nan]),
        ("if(x < 0, y, 2 y)", [0.0, 2.0], [4.0, nan, 2.0, nan, nan, 0.0]),
        ("if(x < 0, 0, x^2) + y", [0.0, 2.0], [2.0, 0.0, 1.0, nan, 0.0, 0.0]),
        ("if(x < 0, -x, x) + y", [0.0, 2.0], [2.0, nan, 1.0, nan, 0.0, 0.0]),
        ("if(x < 0, 0, x^3)", [0.0, 2.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("if(x > 0 and ln(x) < 0, 1, 2)", [-1.0, 0.0], [2.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("if(x > 0 and y > 5, 1, 2)", [0.0, 0.0], [2.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("if(x > 0 or y < 5, 1, 2)", [0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        ("if(ln(x) > 0, 1, 2)", [-1.0, 0.0], [nan, nan, nan, nan, nan, nan]),
        ("if(|x| <= 1, x^2/2, |x| - 1/2)", [1.0, 0.0], [0.5, 1.0, 0.0, nan, 0.0, 0.0]),
        ("sum(i, 1, 3, i x^i)", [2.0, 0.0], [34.0, 45.0, 0.0, 40.0, 0.0, 0.0]),
        ("prod(i, 1, 3, x - i)", [2.0, 0.0], [0.0, -1.0, 0.0, 0.0, 0.0, 0.0]),
    ];
    for (formula, [x, y], expected) in table {
        let tape = compile(formula).unwrap();
        let j = tape.evaluator().second(*x, *y);
        let found = [j.value, j.dx, j.dy, j.dxx, j.dxy, j.dyy];
        for (entry, (f, e)) in found.iter().zip(expected).enumerate() {
            let close = (f - e).abs() <= 1e-15 * e.abs() || f.is_nan() && e.is_nan();
            assert!(close, "{formula} at ({x}, {y}), entry {entry}: {found:?}, not {expected:?}");
        }
        let mut grid = [0.0; 6];
        tape.fill_grid(&[*x, *x + 0.5, *x - 0.5], &[*y, *y + 0.25], &mut grid);
        for (index, cell) in grid.into_iter().enumerate() {
            let at = [x + [0.0, 0.5, -0.5][index % 3], y + [0.0, 0.25][index / 3]];
            let point = tape.evaluator().value(at[0], at[1]);
            assert!(
                cell.to_bits() == point.to_bits() || cell.is_nan() && point.is_nan(),
                "{formula} at {at:?}"
            );
        }
    }
}
