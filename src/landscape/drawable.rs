//! Which levels are drawn: those whose lines the grid can follow, and no more of them than a picture has room for.
//!
//! A level crosses as many edges of the grid as its lines have points, so that counting edges tells what a level costs
//! before anything is traced. Of the grid's every second column and row, lines that the grid follows cross half as many
//! edges. Where the cost goes up and down from node to node they cross a quarter, as chance would have it: such a level
//! is noise, and its lines would be false. (Waves that happen to look smooth at the nodes, of which there are some among
//! the very fast ones, cannot be told from slow ones by the nodes.)

use super::Field;
use super::crossings::{MOST_LEVELS, UNDEFINED, index_row};

/// A level whose lines have this share of their points or more on the grid of every second node can be followed.
const FOLLOWED: f64 = 0.375;
/// Fewer points than these, or than one to so many nodes, say nothing about that.
const FEWEST_POINTS: usize = 1000;
const NODES_TO_A_POINT: usize = 64;

/// The ones of some ascending, distinct, finite levels that are drawn, with lines of `most_points` points at most, all
/// together.
///
/// Levels that are noise are left out, and all of them where half of them or more are. Of the others every second one, every fourth and
/// so on is kept until they fit.
pub fn drawable(field: &Field, levels: &[f64], most_points: usize) -> Vec<f64> {
    let [points, coarse] = [1, 2].map(|stride| points_of_each(field, levels, stride));
    let least = (field.values.len() / NODES_TO_A_POINT).max(FEWEST_POINTS);
    let is_noise =
        |index: usize| points[index] >= least && (coarse[index] as f64) < FOLLOWED * points[index] as f64;
    let followed: Vec<usize> = (0..levels.len()).filter(|index| !is_noise(*index)).collect();
    if 2 * followed.len() <= levels.len() {
        return Vec::new();
    }
    let mut stride = 1;
    loop {
        // As many are left out below the first one as above the last one.
        let first = followed.len().saturating_sub(1) % stride / 2;
        let kept = followed.iter().skip(first).step_by(stride);
        if kept.clone().map(|index| points[*index]).sum::<usize>() <= most_points {
            return kept.map(|index| levels[*index]).collect();
        }
        if stride >= followed.len() {
            return Vec::new();
        }
        stride *= 2;
    }
}

/// How many edges of the grid of every `stride`-th node each level crosses.
fn points_of_each(field: &Field, levels: &[f64], stride: usize) -> Vec<usize> {
    levels.chunks(MOST_LEVELS).flat_map(|levels| points_of_some(field, levels, stride)).collect()
}

fn points_of_some(field: &Field, levels: &[f64], stride: usize) -> Vec<usize> {
    // What an edge adds is noted where it begins and ends to count, and summed up at the end.
    let (mut begin, mut end) = (vec![0; levels.len() + 1], vec![0; levels.len() + 1]);
    let mut edge = |a: u8, b: u8| {
        if a != b && a != UNDEFINED && b != UNDEFINED {
            begin[usize::from(a.min(b))] += 1;
            end[usize::from(a.max(b))] += 1;
        }
    };
    let columns = field.columns.max(1);
    let (mut below, mut above) = (vec![UNDEFINED; columns], vec![UNDEFINED; columns]);
    for values in field.values.chunks_exact(columns).step_by(stride) {
        std::mem::swap(&mut below, &mut above);
        index_row(values, levels, &mut above);
        for column in (0..columns).step_by(stride) {
            edge(below[column], above[column]);
            if let Some(next) = above.get(column + stride) {
                edge(above[column], *next);
            }
        }
    }
    let mut crossed = 0;
    let counts = begin.iter().zip(&end).map(|(begin, end): (&usize, &usize)| {
        crossed = crossed + begin - end;
        crossed
    });
    counts.take(levels.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::{LevelScale, Levels, Region, isolines};

    fn sample(nodes: usize, cost: impl Fn(f64, f64) -> f64) -> Field {
        let region = Region { x: [-5.0, 5.0], y: [-4.0, 6.0] };
        Field::sample(region, nodes, nodes, |xs, ys, out| {
            for (row, y) in out.chunks_mut(xs.len()).zip(ys) {
                row.iter_mut().zip(xs).for_each(|(value, x)| *value = cost(*x, *y));
            }
        })
    }

    fn rastrigin(x: f64, y: f64) -> f64 {
        let wave = |x: f64| x * x - 10.0 * (std::f64::consts::TAU * x).cos();
        20.0 + wave(x) + wave(y)
    }

    fn every_levels() -> impl Iterator<Item = Levels> {
        [LevelScale::Linear, LevelScale::Log, LevelScale::Quantile]
            .into_iter()
            .flat_map(|scale| [1, 2, 7, 20, 60, 200].map(|count| Levels { scale, count }))
    }

    #[test]
    fn points_are_counted_as_they_are_traced() {
        let hole = |x: f64, y: f64| if x.hypot(y) < 1.0 { f64::NAN } else { rastrigin(x, y) };
        for field in [sample(64, rastrigin), sample(64, hole)] {
            let levels: Vec<f64> = (1..300).map(|k| 0.3 * f64::from(k)).collect();
            for (level, counted) in levels.iter().zip(points_of_each(&field, &levels, 1)) {
                let lines = isolines(&field, &[*level]);
                // A closed line repeats its first point; points between undefined cells are on no line.
                let traced: usize =
                    lines.iter().map(|line| line.points.len() - usize::from(line.closed)).sum();
                assert!(counted >= traced && counted < traced + 40, "{level}: {counted}, {traced}");
            }
        }
    }

    #[test]
    fn what_the_grid_follows_is_drawn_whole() {
        let valley = |x: f64, y: f64| (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x);
        // Even where the view moves, with a node for every six points.
        for field in
            [sample(400, valley), sample(400, rastrigin), sample(130, rastrigin), sample(100, valley)]
        {
            for levels in every_levels() {
                let all = levels.values(&field);
                assert_eq!(drawable(&field, &all, usize::MAX), all, "{levels:?}");
            }
        }
    }

    #[test]
    fn of_noise_nothing_is_drawn() {
        let mut random = fastrand::Rng::with_seed(1);
        let mut noise = sample(300, |_, _| 0.0);
        noise.values.iter_mut().for_each(|value| *value = random.f64());
        let waves = |per_unit: f64| sample(300, move |x, y| (per_unit * x).sin() * (per_unit * y).cos());
        let mut slope = sample(300, |x, y| 0.1 * x + 0.05 * y);
        slope.values.iter_mut().for_each(|value| *value += random.f64());
        // Of waves with fewer than 3.5 nodes each.
        for field in [noise, waves(71.0), waves(80.0), waves(2e3), waves(7.7e6), slope] {
            for levels in every_levels() {
                let all = levels.values(&field);
                assert_eq!(drawable(&field, &all, usize::MAX), [0.0; 0], "{levels:?}");
            }
        }
        // A level within the rounding of a plateau is left out by itself.
        let mut plateau = sample(300, |x, _| x.max(0.0));
        plateau.values.iter_mut().for_each(|value| *value += 1e-15 * random.f64());
        assert_eq!(drawable(&plateau, &[5e-16, 1.0, 2.0], usize::MAX), [1.0, 2.0]);
    }

    #[test]
    fn levels_are_left_out_evenly_until_their_lines_fit() {
        let field = sample(200, rastrigin);
        for levels in every_levels() {
            let all = levels.values(&field);
            let mut before = all.len();
            for most in [100_000, 30_000, 10_000, 3000, 500, 0] {
                let kept = drawable(&field, &all, most);
                let points: usize = isolines(&field, &kept).iter().map(|line| line.points.len() - 1).sum();
                assert!(points <= most && kept.len() <= before, "{levels:?}: {points} of {most}");
                before = kept.len();
                let places: Vec<usize> =
                    kept.iter().map(|level| all.iter().position(|l| l == level).unwrap()).collect();
                let Some((first, last)) = places.first().zip(places.last()) else { continue };
                let stride = places.get(1).map_or(all.len(), |second| second - first);
                assert!(places.windows(2).all(|pair| pair[1] - pair[0] == stride), "{places:?}");
                assert!(first.abs_diff(all.len() - 1 - last) <= 1, "{places:?}");
            }
        }
    }

    #[test]
    fn a_field_without_cells_has_levels_that_cost_nothing() {
        let field = Field {
            region: sample(2, |_, _| 0.0).region,
            columns: 1,
            rows: 1,
            values: vec![1.0],
            unbounded: [false; 2],
        };
        assert_eq!(drawable(&field, &[0.5], 0), [0.5]);
        assert_eq!(drawable(&field, &[], 0), [0.0; 0]);
    }
}
