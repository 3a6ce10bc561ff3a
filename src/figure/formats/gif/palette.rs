//! A palette for some pictures: boxes of colors split until there are enough (the variance-based kin of P. Heckbert, "Color
//! image quantization for frame buffer display", 1982), then moved to the middle of what they stand for (S. Lloyd, "Least
//! squares quantization in PCM", 1982). All in OKLab.

use std::collections::HashMap;

use super::oklab::{Lab, from_srgb, squared_distance, to_srgb};

/// Up to 255 colors; one more place is left for "unchanged".
#[derive(Clone, Debug, PartialEq)]
pub struct GifPalette {
    colors: Vec<[u8; 3]>,
    labs: Vec<Lab>,
    tolerance: f32,
}

/// A color of the pictures and how much it counts.
#[derive(Clone, Copy)]
struct Sample {
    lab: Lab,
    weight: f32,
}

const MOST_COLORS: usize = 255;
/// More colors than this are told apart by fewer bits.
const MOST_SAMPLES: usize = 1 << 15;
/// How often the colors are moved: the gain of further rounds is not seen.
const ROUNDS: usize = 4;

impl GifPalette {
    /// The palette for pictures of RGBA pixels. The colors in `exact` are in it as they are, the first 128 of them.
    pub fn new(pictures: &[&[u8]], exact: &[[u8; 3]]) -> Self {
        let mut colors: Vec<[u8; 3]> = Vec::new();
        for color in exact.iter().take(MOST_COLORS / 2 + 1) {
            if !colors.contains(color) {
                colors.push(*color);
            }
        }
        let counts = counts(pictures);
        let others = counts.iter().filter(|(color, _)| !colors.contains(color));
        let others: Vec<([u8; 3], u32)> = others.copied().collect();
        if colors.len() + others.len() <= MOST_COLORS {
            colors.extend(others.iter().map(|(color, _)| *color));
        } else {
            // The root lets seldom colors count: a large surface shall not take all places.
            let samples: Vec<Sample> = (others.iter())
                .map(|(color, count)| Sample { lab: from_srgb(*color), weight: (*count as f32).sqrt() })
                .collect();
            let fixed: Vec<Lab> = colors.iter().map(|color| from_srgb(*color)).collect();
            let mut free = split(&samples, MOST_COLORS - fixed.len());
            for _ in 0..ROUNDS {
                settle(&samples, &fixed, &mut free);
            }
            colors.extend(free.into_iter().map(to_srgb));
        }
        if colors.is_empty() {
            colors.push([0; 3]);
        }
        let mut palette =
            Self { labs: colors.iter().map(|c| from_srgb(*c)).collect(), colors, tolerance: 0.0 };
        let errors = counts.iter().map(|(color, _)| palette.error(*color));
        palette.tolerance = errors.fold(0.0, f32::max);
        palette
    }

    /// How many colors there are, 1 to 255.
    pub fn len(&self) -> usize {
        self.colors.len()
    }

    /// Never: there is at least one color.
    pub fn is_empty(&self) -> bool {
        self.colors.is_empty()
    }

    /// The greatest distance in OKLab from a color of the pictures to the one shown for it. (Where colors were told apart by
    /// fewer bits, of the colors that stand for them.)
    pub fn tolerance(&self) -> f32 {
        self.tolerance
    }

    /// The distance in OKLab from a color to the one shown for it.
    pub fn error(&self, color: [u8; 3]) -> f32 {
        let shown = self.labs.get(usize::from(self.nearest(color))).copied().unwrap_or_default();
        squared_distance(from_srgb(color), shown).sqrt()
    }

    /// The place of the color that is shown for a color.
    pub(super) fn nearest(&self, color: [u8; 3]) -> u8 {
        nearest(from_srgb(color), self.labs.iter()) as u8
    }

    /// Red, green and blue of each color in turn.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.colors.concat()
    }
}

/// The colors of all pictures with their numbers, ascending.
fn counts(pictures: &[&[u8]]) -> Vec<([u8; 3], u32)> {
    let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
    for [r, g, b, _] in pictures.iter().flat_map(|picture| picture.as_chunks().0) {
        *counts.entry([*r, *g, *b]).or_default() += 1;
    }
    for bits in 1..=3 {
        if counts.len() <= MOST_SAMPLES {
            break;
        }
        let mut coarser: HashMap<[u8; 3], u32> = HashMap::new();
        for (color, count) in counts {
            let half = 1_u8 << (bits - 1);
            *coarser.entry(color.map(|code| code >> bits << bits | half)).or_default() += count;
        }
        counts = coarser;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable();
    counts
}

/// The middles of `count` boxes around all samples: each time the box with the greatest spread is cut at its mean.
fn split(samples: &[Sample], count: usize) -> Vec<Lab> {
    let mut boxes = vec![Box::around(samples.to_vec())];
    while boxes.len() < count {
        let widest = (boxes.iter().enumerate()).max_by(|(_, a), (_, b)| a.spread.total_cmp(&b.spread));
        let Some((widest, _)) = widest.filter(|(_, widest)| widest.spread > 0.0) else { break };
        let Box { mean, axis, samples, .. } = boxes.swap_remove(widest);
        let (low, high): (Vec<_>, Vec<_>) =
            samples.into_iter().partition(|sample| sample.lab[axis] <= mean[axis]);
        let halves = [low, high].into_iter().filter(|half| !half.is_empty());
        let before = boxes.len();
        boxes.extend(halves.map(Box::around));
        if boxes.len() == before + 1 {
            // All on one side: only rounding says that it has a spread.
            if let Some(whole) = boxes.last_mut() {
                whole.spread = 0.0;
            }
        }
    }
    boxes.into_iter().map(|it| it.mean).collect()
}

struct Box {
    samples: Vec<Sample>,
    mean: Lab,
    /// The coordinate along which the samples vary most.
    axis: usize,
    /// The sum of their weighted squared distances from the mean along it.
    spread: f32,
}

impl Box {
    fn around(samples: Vec<Sample>) -> Self {
        let mean = mean(samples.iter());
        let spreads: Lab = std::array::from_fn(|axis| {
            samples.iter().map(|sample| sample.weight * (sample.lab[axis] - mean[axis]).powi(2)).sum()
        });
        let axis = (0..3).max_by(|a, b| spreads[*a].total_cmp(&spreads[*b])).unwrap_or(0);
        Self { samples, mean, axis, spread: spreads[axis] }
    }
}

fn mean<'a>(samples: impl Iterator<Item = &'a Sample>) -> Lab {
    let mut sum = [0.0_f64; 4];
    for Sample { lab, weight } in samples {
        let weight = f64::from(*weight);
        for (sum, part) in sum.iter_mut().zip(lab) {
            *sum += weight * f64::from(*part);
        }
        sum[3] += weight;
    }
    std::array::from_fn(|axis| (sum[axis] / sum[3].max(f64::MIN_POSITIVE)) as f32)
}

/// Moves each free color to the mean of the samples that are nearest to it.
fn settle(samples: &[Sample], fixed: &[Lab], free: &mut [Lab]) {
    let mut groups: Vec<Vec<Sample>> = vec![Vec::new(); free.len()];
    for sample in samples {
        let place = nearest(sample.lab, fixed.iter().chain(free.iter()));
        if let Some(group) = place.checked_sub(fixed.len()).and_then(|place| groups.get_mut(place)) {
            group.push(*sample);
        }
    }
    for (color, group) in free.iter_mut().zip(groups).filter(|(_, group)| !group.is_empty()) {
        *color = mean(group.iter());
    }
}

/// The place of the nearest color; of equals the first.
fn nearest<'a>(color: Lab, among: impl Iterator<Item = &'a Lab>) -> usize {
    let mut best = (0, f32::INFINITY);
    for (place, other) in among.enumerate() {
        let distance = squared_distance(color, *other);
        if distance < best.1 {
            best = (place, distance);
        }
    }
    best.0
}
