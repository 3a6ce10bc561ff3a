//! Isolines: the crossings of each level with the grid, joined to lines.
//!
//! Convention. Along a line the greater values lie to the left (with y up). A line that closes on itself repeats its
//! first point at the end. A line that meets the border of the region, an undefined cell, or an edge on which the cost
//! jumps over the level ends there and is open; nothing is drawn along the border.

use super::Field;
use super::breaks::Breaks;
use super::crossings::{Crossing, MOST_LEVELS, NONE, Node, crossings};
use crate::objective::{Objective, Point};

/// One connected line of constant cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Isoline {
    /// The value of the cost along the line.
    pub level: f64,
    /// At least two points, each on an edge of the grid, where linear interpolation between the nodes gives `level`.
    pub points: Vec<Point>,
    /// Whether the last point is the first one again.
    pub closed: bool,
}

/// The isolines of J at the given levels, where it was sampled in `field`: those of [`isolines`] without what runs along
/// or across a jump or a pole, which the values at the nodes alone do not show.
pub fn isolines_of(objective: &Objective, field: &Field, levels: &[f64]) -> Vec<Isoline> {
    let mut evaluator = objective.evaluator();
    let mut breaks = Breaks::new(field, objective.work(), |at| evaluator.value(at));
    trace(field, levels, |from, to| breaks.gap(from, to))
}

/// The isolines of a field at the given levels, ascending by level, open lines before closed ones. Between its nodes
/// the field is taken to be continuous.
///
/// Levels may come in any order; repeated ones count once, those that are not finite are passed over.
pub fn isolines(field: &Field, levels: &[f64]) -> Vec<Isoline> {
    trace(field, levels, |_, _| None)
}

/// The isolines of a field that leaves out the values of `gap` between two neighboring nodes.
fn trace(
    field: &Field,
    levels: &[f64],
    mut gap: impl FnMut(&Node, &Node) -> Option<[f64; 2]>,
) -> Vec<Isoline> {
    let mut levels: Vec<f64> = levels.iter().copied().filter(|level| level.is_finite()).collect();
    levels.sort_unstable_by(f64::total_cmp);
    levels.dedup();
    let parts = levels.chunks(MOST_LEVELS);
    parts.flat_map(|levels| join(crossings(field, levels, &mut gap), levels)).collect()
}

/// Follows the crossings from each start: first those nothing leads to, then what is left, which is closed.
fn join(mut crossings: Vec<Crossing>, levels: &[f64]) -> Vec<Isoline> {
    let mut lines = Vec::new();
    let mut points = Vec::new();
    for closed in [false, true] {
        for start in 0..crossings.len() {
            let Crossing { level, next, entered, is_true, .. } = crossings[start];
            // A crossing between undefined cells has neither a next nor a previous one.
            if next == NONE || !is_true || entered && !closed {
                continue;
            }
            points.clear();
            let mut number = start as u32;
            while let Some(crossing) = crossings.get_mut(number as usize).filter(|crossing| crossing.is_true)
            {
                points.push(crossing.point);
                // A crossing is left once: back at the start of a closed line there is no next one.
                number = std::mem::replace(&mut crossing.next, NONE);
            }
            // Between two false crossings one alone is no line.
            if points.len() < 2 {
                continue;
            }
            lines.push(Isoline { level: levels[usize::from(level)], points: points.clone(), closed });
        }
    }
    lines.sort_by(|a, b| a.level.total_cmp(&b.level));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::Region;
    use std::f64::consts::TAU;

    const REGION: Region = Region { x: [-5.0, 5.0], y: [-5.0, 5.0] };

    fn sample(nodes: usize, cost: impl Fn(f64, f64) -> f64) -> Field {
        Field::sample(REGION, nodes, nodes, |xs, ys, out| {
            for (row, y) in out.chunks_mut(xs.len()).zip(ys) {
                for (value, x) in row.iter_mut().zip(xs) {
                    *value = cost(*x, *y);
                }
            }
        })
    }

    fn rosenbrock(x: f64, y: f64) -> f64 {
        (1.0 - x) * (1.0 - x) + 100.0 * ((y - x * x) * (y - x * x))
    }

    fn himmelblau(x: f64, y: f64) -> f64 {
        (x * x + y - 11.0) * (x * x + y - 11.0) + (x + y * y - 7.0) * (x + y * y - 7.0)
    }

    fn rastrigin(x: f64, y: f64) -> f64 {
        20.0 + (x * x - 10.0 * (TAU * x).cos()) + (y * y - 10.0 * (TAU * y).cos())
    }

    /// Whole numbers 0 to 16 without order: saddles everywhere, and levels that nodes meet exactly.
    fn scrambled(nodes: usize) -> Field {
        let mut field = sample(nodes, |_, _| 0.0);
        for (place, value) in field.values.iter_mut().enumerate() {
            let (i, j) = (place % nodes, place / nodes);
            *value = ((i * 7919 + j * 104_729 + i * j * 31) % 17) as f64;
        }
        field
    }

    /// Lines, points, and lines whose ends coincide.
    fn counts(lines: &[Isoline]) -> [usize; 3] {
        let points = lines.iter().map(|line| line.points.len()).sum();
        let returning = lines.iter().filter(|line| line.points.first() == line.points.last()).count();
        [lines.len(), points, returning]
    }

    /// The field between its nodes: linear along the edges of the grid, which is where isolines have their points.
    fn interpolated(field: &Field, at: Point) -> f64 {
        let place = |min: f64, max: f64, count: usize, at: f64| {
            let exact = (at - min) / (max - min) * (count - 1) as f64;
            let low = (exact.floor() as usize).min(count - 2);
            (low, exact - low as f64)
        };
        let (i, s) = place(field.region.x[0], field.region.x[1], field.columns, at.x);
        let (j, t) = place(field.region.y[0], field.region.y[1], field.rows, at.y);
        let node = |i: usize, j: usize| field.values[j * field.columns + i];
        let south = node(i, j) + s * (node(i + 1, j) - node(i, j));
        let north = node(i, j + 1) + s * (node(i + 1, j + 1) - node(i, j + 1));
        south + t * (north - south)
    }

    #[test]
    fn counts_are_those_of_contourpy() {
        // Generated by contourpy 1.3.3 with numpy 2.4.6: contour_generator(name="serial", line_type=Separate) on
        // np.linspace(-5, 5, n) along both axes; lines, points, and lines whose first and
        // last point coincide (closed ones, and open ones between two edges of a node on the border), over all levels.
        // The field with a hole was given NaN and corner_mask=False.
        let ring = |x: f64, y: f64| {
            let r2 = x * x + y * y;
            if r2 > 4.0 && r2 < 9.0 { f64::NAN } else { himmelblau(x, y) }
        };
        let powers: Vec<f64> = (-3..17).map(|k| 2_f64.powi(k)).collect();
        let steps = |step: f64| -> Vec<f64> { (1..=20).map(|k| step * f64::from(k)).collect() };
        let whole: Vec<f64> = (0..17).map(f64::from).collect();
        let between: Vec<f64> = (0..17).map(|k| f64::from(k) + 0.25).collect();
        let cases = [
            ("Rosenbrock", sample(512, rosenbrock), powers, [51, 21_550, 22]),
            ("Himmelblau", sample(512, himmelblau), steps(40.0), [49, 18_834, 5]),
            ("Rastrigin", sample(512, rastrigin), steps(3.9), [966, 104_710, 758]),
            ("Rastrigin, coarse", sample(7, rastrigin), steps(3.9), [38, 214, 6]),
            ("Himmelblau with a hole", sample(512, ring), steps(40.0), [59, 17_704, 2]),
            ("scrambled, coarse", scrambled(7), whole.clone(), [125, 525, 42]),
            ("scrambled, levels at nodes", scrambled(64), whole, [7690, 52_889, 6865]),
            ("scrambled, levels between", scrambled(64), between, [7662, 52_861, 6751]),
        ];
        for (name, field, levels, expected) in cases {
            let lines = isolines(&field, &levels);
            assert_eq!(counts(&lines), expected, "{name}");
            assert!(
                lines.iter().all(|line| !line.closed || line.points.first() == line.points.last()),
                "{name}"
            );
        }
    }

    #[test]
    fn the_cost_interpolates_to_the_level_at_every_point() {
        for (field, scale) in [(sample(65, himmelblau), 1000.0), (sample(65, rastrigin), 80.0)] {
            let levels: Vec<f64> = (1..40).map(|k| scale / 40.0 * f64::from(k)).collect();
            let lines = isolines(&field, &levels);
            assert!(lines.is_sorted_by(|a, b| a.level <= b.level));
            for line in &lines {
                for point in &line.points {
                    assert!((interpolated(&field, *point) - line.level).abs() < 1e-9 * scale, "{point}");
                }
            }
        }
    }

    #[test]
    fn a_circle_has_its_radius_and_the_greater_values_outside() {
        let field = sample(101, |x, y| x * x + y * y);
        let lines = isolines(&field, &[9.0]);
        assert_eq!(counts(&lines)[0], 1);
        assert!(lines[0].closed);
        let mut twice_area = 0.0;
        for pair in lines[0].points.windows(2) {
            // Linear interpolation of x² errs by at most (0.1 / 2)², hence the radius by 0.0025 / (2 * 3).
            assert!((pair[0].norm() - 3.0).abs() < 4.2e-4);
            twice_area += pair[0].perp(&pair[1]);
        }
        // Greater values to the left: clockwise, which makes the area negative.
        assert!((0.5 * twice_area + 9.0 * TAU / 2.0).abs() < 0.03);
    }

    #[test]
    fn lines_that_meet_the_border_stay_open() {
        let field = sample(11, |x, _| x);
        let lines = isolines(&field, &[0.25]);
        assert_eq!(counts(&lines), [1, 11, 0]);
        let points = &lines[0].points;
        assert!(points.iter().all(|point| (point.x - 0.25).abs() < 1e-15));
        assert_eq!(
            (points[0].y, points[10].y),
            (5.0, -5.0),
            "upwards would have the greater values on the right"
        );
    }

    #[test]
    fn a_saddle_is_decided_by_the_mean_of_its_corners() {
        // South-west and north-east are 1, the others 0: the mean 0.5 joins the high corners where it is above the level.
        let field = Field {
            region: REGION,
            columns: 2,
            rows: 2,
            values: vec![1.0, 0.0, 0.0, 1.0],
            unbounded: [false; 2],
        };
        for (level, cut_off) in [(0.4, 0.0), (0.6, 1.0)] {
            let lines = isolines(&field, &[level]);
            assert_eq!(counts(&lines), [2, 4, 0]);
            for line in &lines {
                // Each line cuts off one corner: it lies on one side of the diagonal of the other two.
                let middle = 0.5 * (line.points[0] + line.points[1]);
                assert_eq!(if middle.x * middle.y > 0.0 { 1.0 } else { 0.0 }, cut_off, "level {level}");
            }
        }
    }

    #[test]
    fn lines_end_at_undefined_cells() {
        for hole in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut field = sample(11, |x, _| x);
            field.values[5 * 11 + 5] = hole;
            assert_eq!(
                counts(&isolines(&field, &[0.25])),
                [2, 10, 0],
                "above and below the four cells around {hole}"
            );
            // Nothing but edges without a cell: no lines of a single point.
            let checks = |i: usize, j: usize| if j == 1 { hole } else { i as f64 };
            let values = (0..9).map(|place| checks(place % 3, place / 3)).collect();
            assert!(
                isolines(
                    &Field { region: REGION, columns: 3, rows: 3, values, unbounded: [false; 2] },
                    &[0.5]
                )
                .is_empty()
            );
        }
    }

    #[test]
    fn extreme_values_keep_finite_points() {
        let field = Field {
            region: REGION,
            columns: 2,
            rows: 2,
            values: vec![-1.7e308, 1.7e308, -1.7e308, 1.7e308],
            unbounded: [false; 2],
        };
        let lines = isolines(&field, &[0.0, f64::NAN, f64::INFINITY]);
        assert_eq!(lines[0].points, [Point::new(0.0, 5.0), Point::new(0.0, -5.0)]);
        assert_eq!(lines.len(), 1);
    }

    #[test]
    fn more_levels_than_fit_one_pass_in_any_order() {
        let field = sample(5, |x, _| x);
        let mut levels: Vec<f64> = (0..1000).map(|k| f64::from(k) / 100.0 - 4.995).rev().collect();
        levels.push(levels[0]);
        let lines = isolines(&field, &levels);
        assert_eq!(counts(&lines), [1000, 5000, 0]);
        assert!(lines.is_sorted_by(|a, b| a.level < b.level));
    }

    #[test]
    fn a_grid_without_cells_has_no_lines() {
        for (columns, rows) in [(0, 0), (1, 4), (4, 1), (3, 3)] {
            let field = Field {
                region: REGION,
                columns,
                rows,
                values: vec![0.0, 1.0, 2.0, 3.0],
                unbounded: [false; 2],
            };
            assert!(isolines(&field, &[0.5]).is_empty());
        }
    }
}
