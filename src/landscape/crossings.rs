//! Marching squares: where isolines cross the edges of the grid, and how the crossings follow each other.
//!
//! Formula. A level l crosses the edge between nodes p and q with values u, v when one of them is greater than l
//! and the other is not; the crossing lies at p + t (q - p), t = (l - u) / (v - u).
//! Within a cell crossings are joined two by two, the greater values to the left.
//!
//! Source. Lorensen and Cline, "Marching cubes", SIGGRAPH 1987, in two dimensions. A cell whose diagonals lie on
//! different sides of the level (a saddle) is decided by the mean of its four corners, as in Wyvill, McPheeters and
//! Wyvill, "Data structure for soft objects", The Visual Computer 2, 1986.
//!
//! Convention. A node equal to the level counts as below it. A cell with an undefined corner is skipped. A crossing of an
//! edge on which the cost jumps over the level is kept, as a false one, so that lines are known to end there.
//!
//! All levels are handled in one pass. A node is reduced to its index, the number of levels below its value: the
//! levels that cross an edge are those between the indices of its ends, and a cell whose indices agree is empty. The
//! crossings of one edge get consecutive numbers, ascending with the level, so that two neighboring cells find
//! the same crossing by adding, without a table of edges.

use super::Field;
use super::field::Extent;
use crate::objective::Point;

/// The most levels of one pass: an index and the mark for undefined fit into one byte.
pub(super) const MOST_LEVELS: usize = 254;

/// The index of a node without a finite value.
pub(super) const UNDEFINED: u8 = u8::MAX;

/// The number of no crossing.
pub(super) const NONE: u32 = u32::MAX;

/// One crossing of a level with an edge of the grid.
pub(super) struct Crossing {
    /// Where.
    pub point: Point,
    /// Number of the crossing after this one, or [`NONE`].
    pub next: u32,
    /// Which level, by position among the levels.
    pub level: u8,
    /// Whether some true crossing comes before this one.
    pub entered: bool,
    /// Whether the cost takes the level here. Where it jumps over it, it does not.
    pub is_true: bool,
}

/// All crossings of at most [`MOST_LEVELS`] ascending, distinct, finite levels. `gap` tells, for two neighboring nodes,
/// the first left of or below the second, the values that the cost jumps over between them.
pub(super) fn crossings(
    field: &Field,
    levels: &[f64],
    gap: impl FnMut(&Node, &Node) -> Option<[f64; 2]>,
) -> Vec<Crossing> {
    let (columns, rows) = (field.columns, field.rows);
    if columns < 2 || rows < 2 || field.values.len() != columns * rows {
        return Vec::new();
    }
    let (xs, ys) = (field.xs(), field.ys());
    let mut march = March { levels, gap, crossings: Vec::new(), south: vec![NONE; columns], west: NONE };
    // Padded, so that eight cells can be looked at in one word everywhere.
    let mut below = vec![0; columns + 8];
    let mut above = vec![0; columns + 8];
    for (j, values) in field.values.chunks_exact(columns).enumerate() {
        std::mem::swap(&mut below, &mut above);
        index_row(values, levels, &mut above[..columns]);
        if j == 0 {
            continue;
        }
        let values_below = &field.values[(j - 1) * columns..j * columns];
        for first in (0..columns - 1).step_by(8) {
            let mut differing = differing(&below, &above, first);
            while differing != 0 {
                let byte = differing.trailing_zeros() / 8;
                differing &= !(0xff << (8 * byte));
                let i = first + byte as usize;
                if i + 1 >= columns {
                    break;
                }
                let node = |i: usize, j: usize, values: &[f64], indices: &[u8]| Node {
                    at: Point::new(xs[i], ys[j]),
                    value: values[i],
                    index: indices[i],
                    column: i,
                    place: j * columns + i,
                };
                march.cell(
                    (i, j - 1),
                    [
                        node(i, j - 1, values_below, &below),
                        node(i + 1, j - 1, values_below, &below),
                        node(i + 1, j, values, &above),
                        node(i, j, values, &above),
                    ],
                );
            }
        }
    }
    march.crossings
}

/// Writes the index of each node of a row: how many levels lie below its value.
pub(super) fn index_row(values: &[f64], levels: &[f64], indices: &mut [u8]) {
    // Short enough that few levels lie within the extent of one block, long enough to fill vector registers.
    const BLOCK: usize = 64;
    for (values, indices) in values.chunks(BLOCK).zip(indices.chunks_mut(BLOCK)) {
        let extent = Extent::of(values);
        let first = levels.partition_point(|level| *level < extent.min);
        let last = levels.partition_point(|level| *level < extent.max);
        if first == last && extent.all_finite {
            indices.fill(first as u8);
            continue;
        }
        // As wide as the values, so that comparing and counting stay in the same lanes.
        let mut counts = [first as u64; BLOCK];
        for level in levels.get(first..last).unwrap_or(&[]) {
            for (count, value) in counts.iter_mut().zip(values) {
                *count += u64::from(value > level);
            }
        }
        for ((index, count), value) in indices.iter_mut().zip(counts).zip(values) {
            *index = count as u8 | if value.is_finite() { 0 } else { UNDEFINED };
        }
    }
}

/// For the eight cells from column `first` on: a byte each, zero where the four indices agree.
fn differing(below: &[u8], above: &[u8], first: usize) -> u64 {
    let word = |row: &[u8], at: usize| row[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    let corner = word(below, first);
    (corner ^ word(below, first + 1)) | (corner ^ word(above, first)) | (corner ^ word(above, first + 1))
}

/// A node of the grid.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub at: Point,
    pub value: f64,
    index: u8,
    pub column: usize,
    /// Its place among the values of the field.
    pub place: usize,
}

/// Edges of a cell: south, east, north, west.
const SOUTH: u8 = 0;
const EAST: u8 = 1;
const NORTH: u8 = 2;
const WEST: u8 = 3;

/// From which edge to which a level passes through a cell, by the corners above it: south-west counts 1, south-east 2,
/// north-east 4, north-west 8. Rows 0 and 15 have no line; the saddles 5 and 10 are put together from other rows.
const PASSAGES: [[u8; 2]; 16] = [
    [SOUTH, SOUTH],
    [SOUTH, WEST],
    [EAST, SOUTH],
    [EAST, WEST],
    [NORTH, EAST],
    [SOUTH, SOUTH],
    [NORTH, SOUTH],
    [NORTH, WEST],
    [WEST, NORTH],
    [SOUTH, NORTH],
    [SOUTH, SOUTH],
    [EAST, NORTH],
    [WEST, EAST],
    [SOUTH, EAST],
    [WEST, SOUTH],
    [SOUTH, SOUTH],
];

struct March<'a, G> {
    levels: &'a [f64],
    gap: G,
    crossings: Vec<Crossing>,
    /// For each column the origin (see [`March::cross`]) of the edge south of the cell to come.
    south: Vec<u32>,
    /// The same for the edge west of the cell to come. An edge that is crossed belongs to cells that are visited,
    /// so both are up to date wherever they are used.
    west: u32,
}

impl<G: FnMut(&Node, &Node) -> Option<[f64; 2]>> March<'_, G> {
    /// Crossings on the edges of a cell that no earlier cell shares, and the passages through the cell.
    /// Corners: south-west, south-east, north-east, north-west.
    fn cell(&mut self, (i, j): (usize, usize), corners: [Node; 4]) {
        let [a, b, c, d] = corners;
        let south = if j == 0 { self.cross(a, b) } else { self.south[i] };
        let west = if i == 0 { self.cross(a, d) } else { self.west };
        let east = self.cross(b, c);
        let north = self.cross(d, c);
        self.south[i] = north;
        self.west = east;

        let indices = corners.map(|corner| corner.index);
        if indices.contains(&UNDEFINED) {
            return;
        }
        let lowest = a.index.min(b.index).min(c.index.min(d.index));
        let highest = a.index.max(b.index).max(c.index.max(d.index));
        let origins = [south, east, north, west];
        for level in lowest..highest {
            let above = indices.map(|index| usize::from(index > level));
            match above[0] | above[1] << 1 | above[2] << 2 | above[3] << 3 {
                saddle @ (5 | 10) => {
                    // Scaled before adding, since the sum of four finite values may overflow.
                    let mean = 0.25 * a.value + 0.25 * b.value + 0.25 * c.value + 0.25 * d.value;
                    let passages = match (saddle == 5, mean > self.levels[usize::from(level)]) {
                        (true, true) => [13, 7],
                        (true, false) => [1, 4],
                        (false, true) => [14, 11],
                        (false, false) => [2, 8],
                    };
                    for row in passages {
                        self.join(PASSAGES[row], origins, level);
                    }
                }
                row => self.join(PASSAGES[row], origins, level),
            }
        }
    }

    fn join(&mut self, [from, to]: [u8; 2], origins: [u32; 4], level: u8) {
        let number = |edge: u8| origins[usize::from(edge)].wrapping_add(u32::from(level));
        let (from, to) = (number(from), number(to));
        self.crossings[from as usize].next = to;
        self.crossings[to as usize].entered = self.crossings[from as usize].is_true;
    }

    /// Adds the crossings of an edge, if any. Returns the edge's origin: adding a level's position to it (wrapping)
    /// gives the number of the crossing.
    fn cross(&mut self, from: Node, to: Node) -> u32 {
        let (lowest, highest) = (from.index.min(to.index), from.index.max(to.index));
        if lowest == highest || highest == UNDEFINED {
            return NONE;
        }
        let origin = (self.crossings.len() as u32).wrapping_sub(u32::from(lowest));
        let gap = (self.gap)(&from, &to);
        for level in lowest..highest {
            let value = self.levels[usize::from(level)];
            let t = share(value, from.value, to.value);
            let point = from.at + t * (to.at - from.at);
            let is_true = gap.is_none_or(|[low, high]| value < low || high < value);
            self.crossings.push(Crossing { point, next: NONE, level, entered: false, is_true });
        }
        origin
    }
}

/// t with (1 - t) u + t v = level, for a level between two finite values u and v.
fn share(level: f64, u: f64, v: f64) -> f64 {
    let rise = v - u;
    if rise.is_finite() { (level - u) / rise } else { (0.5 * level - 0.5 * u) / (0.5 * v - 0.5 * u) }
}
