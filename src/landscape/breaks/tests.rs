//! Isolines of costs with poles and jumps, and of steep ones without.

use crate::expr::Expression;
use crate::landscape::{Field, Isoline, LevelScale, Levels, Region, isolines, isolines_of};
use crate::objective::{Derivatives, Goal, Objective, Point};

const REGION: Region = Region { x: [-3.0, 3.0], y: [-3.0, 3.0] };
const SCALES: [LevelScale; 3] = [LevelScale::Linear, LevelScale::Log, LevelScale::Quantile];
/// As in a thumbnail, while the camera moves, and at rest.
const SIZES: [[usize; 2]; 3] = [[80, 48], [150, 111], [600, 450]];

fn objective(formula: &str) -> Objective {
    let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
    Objective::new(tape, Goal::Minimize, Derivatives::Exact)
}

fn lines(objective: &Objective, [columns, rows]: [usize; 2], scale: LevelScale) -> (Vec<f64>, Vec<Isoline>) {
    let field = Field::of(objective, REGION, columns, rows);
    let levels = Levels { scale, count: 20 }.values(&field);
    let lines = isolines_of(objective, &field, &levels);
    (levels, lines)
}

/// A number that changes wherever a cost has a jump or a pole, and nowhere else.
type Part = fn(f64, f64) -> f64;

const BROKEN: [(&str, Part); 18] = [
    ("1/x + y", |x, _| x.signum()),
    ("tan(x) + y", |x, _| (x / std::f64::consts::PI + 0.5).floor()),
    ("tan(x*y)", |x, y| (x * y / std::f64::consts::PI + 0.5).floor()),
    ("1/(x - y)", |x, y| (x - y).signum()),
    ("1/(x^2 + y^2 - 1)", |x, y| (x * x + y * y - 1.0).signum()),
    ("y/x", |x, _| x.signum()),
    ("x/(y - 0.37)^3", |_, y| (y - 0.37).signum()),
    ("1/sin(2x) + y^2", |x, _| (2.0 * x / std::f64::consts::PI).floor()),
    ("1/x - 1/y", |x, y| x.signum() + 10.0 * y.signum()),
    ("1/(x^2 - y)", |x, y| (x * x - y).signum()),
    ("sign(sin(3x))", |x, _| (3.0 * x / std::f64::consts::PI).floor()),
    ("floor(x) + y", |x, _| x.floor()),
    ("floor(x + y/2) + x", |x, y| (x + y / 2.0).floor()),
    ("floor(x)*floor(y)", |x, y| x.floor() + 100.0 * y.floor()),
    ("sign(x - 0.1)*(1 + y^2)", |x, _| (x - 0.1).signum()),
    ("ceil(2x) - x^2 + round(y)", |x, y| (2.0 * x).ceil() + 100.0 * (y + 0.5).floor()),
    ("x^2 + y^2 + 5*sign(x*y + 1)", |x, y| (x * y + 1.0).signum()),
    ("atan(1/x) + y/2", |x, _| x.signum()),
];

#[test]
fn no_isoline_crosses_a_pole_or_a_jump() {
    for (formula, part) in BROKEN {
        let objective = objective(formula);
        for size in SIZES {
            for scale in SCALES {
                let (_, lines) = lines(&objective, size, scale);
                for line in &lines {
                    let parts = |pair: &[Point]| part(pair[0].x, pair[0].y) != part(pair[1].x, pair[1].y);
                    let crossing = line.points.windows(2).find(|pair| parts(pair));
                    assert_eq!(crossing, None, "{formula}, {scale:?}, {size:?}, level {}", line.level);
                }
            }
        }
    }
}

#[test]
fn levels_are_where_the_cost_is_and_not_at_its_poles() {
    // All but this share of the nodes lies between levels that are at most as far out.
    const FAR: f64 = 0.05;
    for formula in BROKEN.map(|(formula, _)| formula).into_iter().chain([
        "1/sqrt(x^2 + y^2)",
        "1/(x^2 + y^2)",
        "-1/((x - 1)^2 + y^2) + x",
        "1/x^2 + y",
        "ln(abs(x)) + y",
        "ln(x^2 + y^2)",
    ]) {
        let objective = objective(formula);
        for size in SIZES {
            let mut sorted = Field::of(&objective, REGION, size[0], size[1]).values;
            sorted.retain(|value| value.is_finite());
            sorted.sort_by(f64::total_cmp);
            let at = |share: f64| sorted[(share * (sorted.len() - 1) as f64) as usize];
            for scale in SCALES {
                let (levels, _) = lines(&objective, size, scale);
                // Logarithmic levels are meant to be near the smallest value.
                let low = if scale == LevelScale::Log { at(0.0) } else { at(0.5 * FAR) };
                let within = low..=at(1.0 - 0.5 * FAR);
                let seen = levels.iter().filter(|level| within.contains(level)).count();
                assert!(2 * seen >= levels.len(), "{formula}, {scale:?}, {size:?}: {levels:?} {within:?}");
            }
        }
    }
}

#[test]
fn a_line_beside_a_pole_is_whole() {
    let (levels, lines) = lines(&objective("1/x + y"), SIZES[2], LevelScale::Linear);
    assert!(levels.len() > 10);
    for line in &lines {
        for point in &line.points {
            // Linear interpolation between nodes 0.01 apart errs most where the line is steepest.
            assert!((line.level - point.y - 1.0 / point.x).abs() < 0.05, "{point} on {}", line.level);
        }
        let [first, last] = [line.points[0], line.points[line.points.len() - 1]];
        let is_at_border = |at: Point| at.x.abs() > 2.98 || at.y.abs() > 2.98;
        assert!(is_at_border(first) && is_at_border(last), "{} from {first} to {last}", line.level);
    }
    assert_eq!(lines.iter().filter(|line| line.level.abs() < 2.0).count() % 2, 0, "one on each side");
}

#[test]
fn isolines_of_continuous_costs_are_all_drawn() {
    let steep = [
        "exp(x^2)",
        "exp(x^2 + y^2)",
        "exp(-50*(x^2 + y^2))",
        "tanh(40*x) + y",
        "abs(x) + abs(y)",
        "sqrt(abs(x - y))",
        "x^5*y^3",
        "max(x, y^2)",
        "ln(x + y)",
        "1/(x^2 + y^2 + 0.01)",
        "sin(9*x)*cos(9*y)",
        "abs(x)^(1/3) * sign(x) + y/5",
        "1/(1 + exp(-30*(x - y)))",
        "x*exp(-x^2-y^2)",
    ];
    let mut cut = Vec::new();
    for (name, objective) in steep.iter().map(|formula| (*formula, objective(formula))) {
        for [columns, rows] in SIZES {
            let field = Field::of(&objective, REGION, columns, rows);
            for scale in SCALES {
                let levels = Levels { scale, count: 20 }.values(&field);
                let [found, all] = [isolines_of(&objective, &field, &levels), isolines(&field, &levels)];
                if found != all {
                    cut.push((name, scale, columns));
                }
            }
        }
    }
    assert_eq!(cut, []);
}

#[test]
fn the_border_of_a_plateau_is_no_isoline() {
    // Beyond 27 from the origin there is no smaller number than this cost.
    let cost = objective("x*exp(-x^2-y^2)");
    let region = Region { x: [-40.0, 40.0], y: [-40.0, 40.0] };
    let field = Field::of(&cost, region, 400, 300);
    for line in isolines_of(&cost, &field, &[0.0]) {
        assert!(line.points.iter().all(|at| at.x.abs() < 0.2), "{:?}", line.points);
    }
    let cost = objective("min(max(x, -1), 1) + 0*y");
    let field = Field::of(&cost, REGION, 400, 300);
    assert!(isolines_of(&cost, &field, &[-1.0, 1.0]).is_empty());
    assert_eq!(isolines_of(&cost, &field, &[0.5]).len(), 1);
}

#[test]
fn a_cost_that_is_all_breaks_asks_for_a_bounded_number_of_values() {
    let field = Field::of(&objective("sin(1e7*x*y)"), REGION, 900, 700);
    for (work, most) in [(1, super::MOST_VALUES), (100_000, 100), (u64::MAX, 0)] {
        let mut asked = 0;
        let mut breaks = super::Breaks::new(&field, work, |at: Point| {
            asked += 1;
            (1e7 * at.x * at.y).sin()
        });
        crate::landscape::crossings::crossings(&field, &[0.0, 0.5], |from, to| breaks.gap(from, to));
        assert_eq!(asked, most, "work {work}");
    }
}
