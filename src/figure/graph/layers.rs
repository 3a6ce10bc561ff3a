//! Where the boxes of a graph stand: in layers from left to right, with what is read left of what reads it, and the words on a link
//! in layers of their own between, so that nothing covers anything.
//!
//! Layered drawing: layers by the longest path from the leaves, the order within each by barycenters (Sugiyama, Tagawa & Toda 1981),
//! heights by least squares to the neighbors that keep the order and the room (isotonic regression, pooling adjacent violators).

use egui::{Pos2, Rect, Vec2, pos2, vec2};

/// Between two boxes of a layer, and between two layers.
const GAP: Vec2 = vec2(13.0, 9.0);
/// The height of a link that passes a layer.
const BEND: f32 = 8.0;
/// How often the order is swept, and how often the heights are.
const SWEEPS: usize = 8;
const SETTLING: usize = 14;

/// A graph with places. Its corner is the origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layered {
    /// The boxes, in the order in which they were given.
    pub boxes: Vec<Rect>,
    /// The links, likewise.
    pub routes: Vec<Route>,
    /// Width and height of all.
    pub size: Vec2,
}

/// Where a link runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// From the box that is read to the box that reads.
    pub points: Vec<Pos2>,
    /// The room for words on it.
    pub label: Rect,
}

/// Something with a place in a layer.
struct Seat {
    layer: usize,
    size: Vec2,
    /// The slots in the layer before and in the layer behind that it is linked with.
    before: Vec<usize>,
    behind: Vec<usize>,
    /// A bend is held straight before anything else.
    is_bend: bool,
    /// Its middle.
    y: f32,
}

impl Layered {
    /// Boxes of these sizes with these links, each from a box to a later one, with room for words of a size.
    pub fn of(sizes: &[Vec2], links: &[([usize; 2], Vec2)]) -> Self {
        let layers = layers(sizes.len(), links);
        let mut slots: Vec<Seat> =
            sizes.iter().zip(&layers).map(|(size, layer)| slot(*layer, *size)).collect();
        // The slots that each link goes through, the last one with its words.
        let mut chains = Vec::with_capacity(links.len());
        for ([from, to], label) in links {
            let (first, last) = (layers[*from] + 1, layers[*to] - 1);
            let mut chain = Vec::new();
            for layer in first..=last {
                let is_bend = layer < last;
                let size = if is_bend { vec2(0.0, BEND) } else { *label };
                let before = chain.last().copied().unwrap_or(*from);
                slots.push(Seat { is_bend, before: vec![before], ..slot(layer, size) });
                let place = slots.len() - 1;
                slots[before].behind.push(place);
                chain.push(place);
            }
            let before = chain.last().copied().unwrap_or(*from);
            slots[before].behind.push(*to);
            slots[*to].before.push(before);
            chains.push(chain);
        }
        let mut rows = rows(&slots);
        order(&slots, &mut rows);
        settle(&mut slots, &rows);
        Self::placed(sizes, links, &slots, &rows, &chains)
    }

    fn placed(
        sizes: &[Vec2],
        links: &[([usize; 2], Vec2)],
        slots: &[Seat],
        rows: &[Vec<usize>],
        chains: &[Vec<usize>],
    ) -> Self {
        let mut left = 0.0;
        let mut middles = Vec::with_capacity(rows.len());
        for row in rows {
            let width = row.iter().map(|slot| slots[*slot].size.x).fold(0.0, f32::max);
            middles.push(left + 0.5 * width);
            left += width + if row.is_empty() { 0.0 } else { GAP.x };
        }
        let top = slots.iter().map(|slot| slot.y - 0.5 * slot.size.y).fold(f32::INFINITY, f32::min);
        let bottom = slots.iter().map(|slot| slot.y + 0.5 * slot.size.y).fold(f32::NEG_INFINITY, f32::max);
        let rect = |slot: &Seat| Rect::from_center_size(pos2(middles[slot.layer], slot.y - top), slot.size);
        let boxes: Vec<Rect> = slots[..sizes.len()].iter().map(rect).collect();
        // Links enter a box below one another, in the order in which they come.
        let mut entering: Vec<Vec<(f32, usize)>> = vec![Vec::new(); sizes.len()];
        for (place, ([from, to], _)) in links.iter().enumerate() {
            let last = chains[place].last().copied().unwrap_or(*from);
            entering[*to].push((slots[last].y, place));
        }
        let mut ends = vec![Pos2::ZERO; links.len()];
        for (to, entering) in entering.iter_mut().enumerate() {
            entering.sort_by(|a, b| a.0.total_cmp(&b.0));
            let share = boxes[to].height() / (entering.len() + 1) as f32;
            for (rank, (_, link)) in entering.iter().enumerate() {
                ends[*link] = boxes[to].left_top() + vec2(0.0, share * (rank + 1) as f32);
            }
        }
        let route = |(place, ([from, _], _)): (usize, &([usize; 2], Vec2))| {
            let mut points = vec![boxes[*from].right_center()];
            let mut label = Rect::from_center_size(boxes[*from].right_center(), Vec2::ZERO);
            for at in &chains[place] {
                let here = rect(&slots[*at]);
                points.push(here.center());
                label = here;
            }
            points.push(ends[place]);
            Route { points, label }
        };
        let routes = links.iter().enumerate().map(route).collect();
        let height = if bottom > top { bottom - top } else { 0.0 };
        Self { boxes, routes, size: vec2((left - GAP.x).max(0.0), height) }
    }
}

fn slot(layer: usize, size: Vec2) -> Seat {
    Seat { layer, size, before: Vec::new(), behind: Vec::new(), is_bend: false, y: 0.0 }
}

/// Twice the longest path to each box; a box that reads nothing stands just before the first that reads it.
fn layers(boxes: usize, links: &[([usize; 2], Vec2)]) -> Vec<usize> {
    let mut layers = vec![0_usize; boxes];
    let mut reads = vec![false; boxes];
    let mut sorted: Vec<[usize; 2]> = links.iter().map(|(ends, _)| *ends).collect();
    sorted.sort_by_key(|[_, to]| *to);
    for [from, to] in &sorted {
        layers[*to] = layers[*to].max(layers[*from] + 2);
        reads[*to] = true;
    }
    let mut first = vec![usize::MAX; boxes];
    for [from, to] in &sorted {
        first[*from] = first[*from].min(layers[*to]);
    }
    for place in 0..boxes {
        if !reads[place] && first[place] != usize::MAX {
            layers[place] = first[place].saturating_sub(2);
        }
    }
    layers
}

fn rows(slots: &[Seat]) -> Vec<Vec<usize>> {
    let count = slots.iter().map(|slot| slot.layer + 1).max().unwrap_or(0);
    let mut rows = vec![Vec::new(); count];
    for (place, slot) in slots.iter().enumerate() {
        rows[slot.layer].push(place);
    }
    rows
}

/// Brings the slots of each layer into the order in which the fewest links cross that was found.
fn order(slots: &[Seat], rows: &mut [Vec<usize>]) {
    let mut places = vec![0.0_f32; slots.len()];
    let number = |row: &[usize], places: &mut Vec<f32>| {
        for (rank, slot) in row.iter().enumerate() {
            places[*slot] = rank as f32;
        }
    };
    for row in rows.iter() {
        number(row, &mut places);
    }
    let mut best = (usize::MAX, rows.to_vec());
    for sweep in 0..SWEEPS {
        let to_left = sweep % 2 == 0;
        let count = rows.len();
        for step in 0..count {
            let layer = if to_left { count - 1 - step } else { step };
            let mean = |slot: usize| {
                let neighbors = if to_left { &slots[slot].behind } else { &slots[slot].before };
                let sum: f32 = neighbors.iter().map(|neighbor| places[*neighbor]).sum();
                if neighbors.is_empty() { places[slot] } else { sum / neighbors.len() as f32 }
            };
            let mut keyed: Vec<(f32, usize)> = rows[layer].iter().map(|slot| (mean(*slot), *slot)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            rows[layer] = keyed.into_iter().map(|(_, slot)| slot).collect();
            number(&rows[layer], &mut places);
        }
        let crossed = crossings(slots, rows, &places);
        if crossed < best.0 {
            best = (crossed, rows.to_vec());
        }
    }
    rows.clone_from_slice(&best.1);
}

/// How many pairs of links cross.
fn crossings(slots: &[Seat], rows: &[Vec<usize>], places: &[f32]) -> usize {
    let mut crossed = 0;
    for row in rows {
        let links: Vec<[f32; 2]> = row
            .iter()
            .flat_map(|slot| slots[*slot].behind.iter().map(|other| [places[*slot], places[*other]]))
            .collect();
        for (at, a) in links.iter().enumerate() {
            crossed += links[at + 1..].iter().filter(|b| (a[0] - b[0]) * (a[1] - b[1]) < 0.0).count();
        }
    }
    crossed
}

/// Gives each slot a height near to those of its neighbors, in the order of its layer and with room between.
fn settle(slots: &mut [Seat], rows: &[Vec<usize>]) {
    for row in rows {
        let mut bottom = 0.0;
        for slot in row {
            slots[*slot].y = bottom + 0.5 * slots[*slot].size.y;
            bottom += slots[*slot].size.y + GAP.y;
        }
        for slot in row {
            slots[*slot].y -= 0.5 * bottom;
        }
    }
    for sweep in 0..SETTLING {
        for step in 0..rows.len() {
            let row = &rows[if sweep % 2 == 0 { rows.len() - 1 - step } else { step }];
            let wanted = |slot: &Seat| {
                let neighbors = slot.before.iter().chain(&slot.behind);
                let (mut sum, mut weight) = (0.0, 0.0);
                for neighbor in neighbors {
                    // Long links are held straight.
                    let share = if slots[*neighbor].is_bend && slot.is_bend { 8.0 } else { 1.0 };
                    sum += share * slots[*neighbor].y;
                    weight += share;
                }
                if weight > 0.0 { sum / weight } else { slot.y }
            };
            let wanted: Vec<f32> = row.iter().map(|slot| wanted(&slots[*slot])).collect();
            let heights: Vec<f32> = row.iter().map(|slot| slots[*slot].size.y).collect();
            for (slot, y) in row.iter().zip(apart(&wanted, &heights)) {
                slots[*slot].y = y;
            }
        }
    }
}

/// The middles nearest to those that are wanted, by least squares, in order and with room for each.
fn apart(wanted: &[f32], heights: &[f32]) -> Vec<f32> {
    let mut offsets = Vec::with_capacity(wanted.len());
    let mut offset = 0.0;
    for (place, height) in heights.iter().enumerate() {
        if place > 0 {
            offset += 0.5 * (heights[place - 1] + height) + GAP.y;
        }
        offsets.push(offset);
    }
    // Blocks that move as one: the sum of what their members want, and how many they are.
    let mut blocks: Vec<(f32, usize)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        blocks.push((wanted - offset, 1));
        while let [.., (a, m), (b, n)] = blocks.as_slice()
            && a / *m as f32 > b / *n as f32
        {
            let joined = (a + b, m + n);
            blocks.truncate(blocks.len() - 2);
            blocks.push(joined);
        }
    }
    let levels = blocks.iter().flat_map(|(sum, count)| std::iter::repeat_n(sum / *count as f32, *count));
    levels.zip(&offsets).map(|(level, offset)| level + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A random graph: each box but the first few reads some before it.
    fn random(random: &mut fastrand::Rng, boxes: usize) -> (Vec<Vec2>, Vec<([usize; 2], Vec2)>) {
        let size = |random: &mut fastrand::Rng| vec2(30.0 + 120.0 * random.f32(), 20.0 + 40.0 * random.f32());
        let sizes = (0..boxes).map(|_| size(random)).collect();
        let mut links = Vec::new();
        for to in 1..boxes {
            for _ in 0..random.usize(0..3) {
                let from = random.usize(to.saturating_sub(12)..to);
                if links.iter().all(|(ends, _)| *ends != [from, to]) {
                    links.push(([from, to], vec2(20.0 + 60.0 * random.f32(), 14.0)));
                }
            }
        }
        (sizes, links)
    }

    #[test]
    fn no_two_boxes_overlap_nor_words_cover_any_and_links_go_forward() {
        let mut rng = fastrand::Rng::with_seed(8);
        for boxes in [1, 2, 5, 20, 60, 200] {
            let (sizes, links) = random(&mut rng, boxes);
            let graph = Layered::of(&sizes, &links);
            let all: Vec<Rect> =
                graph.boxes.iter().copied().chain(graph.routes.iter().map(|route| route.label)).collect();
            let whole = Rect::from_min_size(Pos2::ZERO, graph.size).expand(0.01);
            for (at, rect) in all.iter().enumerate() {
                assert!(whole.contains_rect(*rect), "{rect:?} is not within {whole:?}");
                for other in &all[at + 1..] {
                    assert!(!rect.shrink(0.01).intersects(other.shrink(0.01)), "{rect:?} covers {other:?}");
                }
            }
            for (size, rect) in sizes.iter().zip(&graph.boxes) {
                assert!((rect.size() - *size).length() < 0.01);
            }
            for (([from, to], _), route) in links.iter().zip(&graph.routes) {
                assert!(graph.boxes[*from].right() < graph.boxes[*to].left());
                assert!(route.points.windows(2).all(|pair| pair[0].x < pair[1].x), "{:?}", route.points);
                assert_eq!(route.points.first(), Some(&graph.boxes[*from].right_center()));
                let end = *route.points.last().unwrap();
                assert!(graph.boxes[*to].expand(0.01).contains(end));
            }
        }
    }

    #[test]
    fn links_of_a_tree_do_not_cross() {
        // Sums of two, pairwise: 16 leaves, 8, 4, 2, 1.
        let mut links = Vec::new();
        let (mut row, mut next): (Vec<usize>, usize) = ((0..16).rev().collect(), 16);
        while row.len() > 1 {
            let mut sums = Vec::new();
            for pair in row.chunks(2) {
                links.extend(pair.iter().map(|from| ([*from, next], vec2(10.0, 10.0))));
                sums.push(next);
                next += 1;
            }
            row = sums.into_iter().rev().collect();
        }
        let sizes = vec![vec2(40.0, 20.0); next];
        let layers = layers(sizes.len(), &links);
        assert_eq!(layers[next - 1], 8);
        let graph = Layered::of(&sizes, &links);
        let mut ends: Vec<[f32; 2]> = Vec::new();
        for (([from, to], _), _) in links.iter().zip(&graph.routes).filter(|(([from, _], _), _)| *from < 16) {
            ends.push([graph.boxes[*from].center().y, graph.boxes[*to].center().y]);
        }
        for a in &ends {
            assert!(ends.iter().all(|b| (a[0] - b[0]) * (a[1] - b[1]) >= -0.01));
        }
    }
}
