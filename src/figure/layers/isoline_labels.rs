//! Where the numbers of the isolines stand.
//!
//! A number stands on its line where the line is straight enough for it, so that the text follows the line and can be
//! read from the left to the right. Of the levels those far apart come first; no two numbers touch each other or the
//! frame. Among the possible places of a level the best one has room to the neighboring levels, a straight and level
//! line, and distance from the numbers that stand already. All of it depends on the lines alone and not on the step
//! that is shown, so that numbers stand still while paths are played.

use egui::{Pos2, Rect, Vec2};

use crate::figure::look::number::{short, trimmed};
use crate::figure::plane::text_box::TextBox;

/// The number of a line and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct IsolineLabel {
    /// The value of the line.
    pub level: f64,
    /// The number as it is written.
    pub text: String,
    /// Where it stands, turned by an angle between −π/2 and π/2.
    pub area: TextBox,
}

/// A piece of an isoline on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct LinePiece {
    /// The value of the line.
    pub level: f64,
    /// At least two points.
    pub points: Vec<Pos2>,
}

/// One label for each patch of this many square points, within [`COUNT`].
const PATCH: f32 = 40_000.0;
const COUNT: std::ops::RangeInclusive<f32> = 3.0..=16.0;
/// Free line beyond each end of a text, and free room around it, in points.
const END: f32 = 3.0;
const ROOM: f32 = 5.0;
/// The least distance to a line of another level, in heights of the text: where lines stand closer, a text tears a hole
/// into them, which is done for the sake of the first few labels only.
const LEAST_CLEARANCE: f32 = 0.4;
const FEW: usize = 5;
/// How far a line may bend away from the text on it.
const BEND: f32 = 3.0;
/// The distance of places that are looked at along a line, and how many are at most.
const PACE: f32 = 12.0;
const MOST_PLACES: f32 = 3000.0;
/// The distance of two numbers on lines of one level.
const SAME_LEVEL: f32 = 240.0;

/// The texts of some ascending levels, as short as they can be: the fewest digits with which each is said to within a
/// hundredth of the way to the next one, and of itself. Round levels are said exactly.
pub fn level_texts(levels: &[f64]) -> Vec<String> {
    const OFF: f64 = 0.01;
    let text = |index: usize| {
        let level = levels[index];
        let room = OFF * gap_beside(levels, index).min(level.abs());
        let written = |digits: usize| trimmed(&short(level, digits));
        let is_near = |text: &String| {
            let said = text.replace('\u{2212}', "-").parse::<f64>();
            said.is_ok_and(|said| (said - level).abs() <= room)
        };
        (1..17).map(written).find(is_near).unwrap_or_else(|| written(17))
    };
    (0..levels.len()).map(text).collect()
}

/// A place for a label.
struct Place {
    area: TextBox,
    merit: f32,
    /// Whether lines of other levels keep their distance.
    is_clear: bool,
}

/// What the lines are placed by.
pub struct Surroundings<'a> {
    /// Where the lines are seen.
    pub frame: Rect,
    /// What no label covers, and the room it takes to each side.
    pub avoided: &'a [(Pos2, f32)],
    /// The size of a text in points.
    pub size_of: &'a dyn Fn(&str) -> Vec2,
    /// How steeply the cost rises at a position: its change per point of the screen.
    pub slope: &'a dyn Fn(Pos2) -> f64,
}

/// The labels of some lines, which come ascending by level.
pub fn place_labels(pieces: &[LinePiece], around: &Surroundings<'_>) -> Vec<IsolineLabel> {
    let mut levels: Vec<f64> = pieces.iter().map(|piece| piece.level).collect();
    levels.dedup();
    let texts = level_texts(&levels);
    let length = |piece: &LinePiece| piece.points.windows(2).map(|p| p[0].distance(p[1])).sum::<f32>();
    let pace = PACE.max(pieces.iter().map(length).sum::<f32>() / MOST_PLACES);
    let most = (around.frame.area() / PATCH).clamp(*COUNT.start(), *COUNT.end()) as usize;

    let mut labels: Vec<IsolineLabel> = Vec::new();
    let mut places: Vec<Option<Vec<Place>>> = levels.iter().map(|_| None).collect();
    // First a label for each level, then more of them where there is room, then what it takes to have a few at all.
    for (needs_room, most) in [(true, most), (true, most), (false, most.min(FEW))] {
        for index in spread_out(levels.len()) {
            if labels.len() >= most {
                return labels;
            }
            let (level, size) = (levels[index], (around.size_of)(&texts[index]));
            let found = places[index].get_or_insert_with(|| {
                let gap = gap_beside(&levels, index);
                let first = pieces.partition_point(|piece| piece.level < level);
                let of_level = pieces[first..].iter().take_while(|piece| piece.level == level);
                of_level.flat_map(|piece| places_on(&piece.points, size, gap, pace, around)).collect()
            });
            let usable = found.iter().filter(|place| place.is_clear || !needs_room);
            let ranked = usable.filter_map(|place| {
                Some((place.area, place.merit + merit_among(&place.area, level, &labels)?))
            });
            if let Some((area, _)) = ranked.max_by(|a, b| a.1.total_cmp(&b.1)) {
                labels.push(IsolineLabel { level, text: texts[index].clone(), area });
            }
        }
    }
    labels
}

/// The indices below `count` in an order in which every beginning is spread over all of them.
fn spread_out(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|index| (*index as u32 + 1).reverse_bits());
    order
}

/// The distance from a level to the nearer of its neighbors.
fn gap_beside(levels: &[f64], index: usize) -> f64 {
    let below = index.checked_sub(1).and_then(|below| levels.get(below)).map(|other| levels[index] - other);
    let above = levels.get(index + 1).map(|other| other - levels[index]);
    below.into_iter().chain(above).fold(f64::INFINITY, f64::min)
}

/// The places on a line where a text of this size can stand.
fn places_on(points: &[Pos2], size: Vec2, gap: f64, pace: f32, around: &Surroundings<'_>) -> Vec<Place> {
    let width = size.x + 2.0 * END;
    let mut along = Vec::with_capacity(points.len());
    let mut length = 0.0;
    for (index, point) in points.iter().enumerate() {
        length += index.checked_sub(1).map_or(0.0, |before| points[before].distance(*point));
        along.push(length);
    }
    let mut places = Vec::new();
    let inside = around.frame.shrink(ROOM);
    let steps = ((length - width) / pace).floor();
    if !(0.0..=MOST_PLACES * 2.0).contains(&steps) {
        return places;
    }
    // What is left over is shared by both ends, so that a place on a short line is in its middle.
    let margin = 0.5 * (length - width - steps * pace);
    for step in 0..=steps as u32 {
        let from = margin + step as f32 * pace;
        let (a, first) = point_at(points, &along, from);
        let (b, last) = point_at(points, &along, from + width);
        let chord = b - a;
        if chord.length() < 0.95 * width {
            continue;
        }
        let direction = chord.normalized();
        let offsets = points[first.min(last)..last].iter().map(|point| (*point - a).dot(direction.rot90()));
        let [low, high] =
            offsets.fold([0.0f32; 2], |[low, high], offset| [low.min(offset), high.max(offset)]);
        if high - low > BEND {
            continue;
        }
        let center = a + 0.5 * chord + 0.5 * (low + high) * direction.rot90();
        let upright = if direction.x < 0.0 { -direction } else { direction };
        let area = TextBox { center, angle: upright.angle(), size };
        let is_free = around.avoided.iter().all(|(at, room)| !area.touches(*at, *room));
        if is_free && area.corners(0.0).iter().all(|corner| inside.contains(*corner)) {
            let clearance = (gap / (around.slope)(center)) as f32 / size.y;
            let clearance = if clearance.is_nan() { 1.0 } else { clearance.min(1.2) };
            let is_clear = clearance >= LEAST_CLEARANCE;
            let merit = 1.5 * clearance - 0.5 * (high - low) / BEND - 0.3 * upright.y.abs();
            places.push(Place { area, merit, is_clear });
        }
    }
    places
}

/// The point at a distance along a line, and the index of the first of its points that comes after.
fn point_at(points: &[Pos2], along: &[f32], at: f32) -> (Pos2, usize) {
    let after = along.partition_point(|length| *length < at).clamp(1, points.len() - 1);
    let [from, to] = [along[after - 1], along[after]];
    let part = if to > from { ((at - from) / (to - from)).clamp(0.0, 1.0) } else { 0.0 };
    (points[after - 1].lerp(points[after], part), after)
}

/// The merit of a place among the labels that stand already; `None` if it is too near to one of them.
fn merit_among(area: &TextBox, level: f64, labels: &[IsolineLabel]) -> Option<f32> {
    const FAR: f32 = 160.0;
    let mut nearest = FAR;
    for label in labels {
        let distance = label.area.center.distance(area.center);
        if (label.level == level && distance < SAME_LEVEL) || label.area.overlaps(area, 2.0 * ROOM) {
            return None;
        }
        nearest = nearest.min(distance);
    }
    Some(1.2 * nearest / FAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    const FRAME: Rect = Rect { min: Pos2::ZERO, max: pos2(600.0, 400.0) };

    fn placed(pieces: &[LinePiece], avoided: &[(Pos2, f32)], slope: f64) -> Vec<IsolineLabel> {
        let size_of = |text: &str| vec2(6.0 * text.chars().count() as f32, 13.0);
        // Steep in the left half of the frame.
        let slope = |at: Pos2| if at.x < 300.0 { slope } else { 0.0 };
        let around = Surroundings { frame: FRAME, avoided, size_of: &size_of, slope: &slope };
        place_labels(pieces, &around)
    }

    /// A line across the frame at this height, falling by `fall` on its way.
    fn across(level: f64, y: f32, fall: f32) -> LinePiece {
        let points = (0..=60).map(|i| pos2(10.0 * i as f32, y + fall * i as f32 / 60.0));
        LinePiece { level, points: points.collect() }
    }

    #[test]
    fn texts_have_few_digits_and_tell_levels_apart() {
        assert_eq!(level_texts(&[0.5, 10.0, 1234.5]), ["0.5", "10", "1234"]);
        assert_eq!(level_texts(&[1.001, 1.002, 1.0025]), ["1.001", "1.002", "1.0025"]);
        assert_eq!(level_texts(&[-0.2, 0.0, 0.2, 2e6, 5e6]), ["−0.2", "0", "0.2", "2e6", "5e6"]);
        assert_eq!(level_texts(&[1.0 / 3.0, 2.0 / 3.0]), ["0.33", "0.667"]);
        assert_eq!(level_texts(&[]), [""; 0]);
    }

    #[test]
    fn a_number_lies_along_its_line_and_is_never_upside_down() {
        let mut falling = across(1.0, 100.0, 200.0);
        for _ in 0..2 {
            let labels = placed(&[falling.clone()], &[], 0.0);
            assert!(!labels.is_empty());
            for label in labels {
                assert!((label.area.angle - (200.0f32 / 600.0).atan()).abs() < 1e-3);
                let on_line = 100.0 + label.area.center.x / 3.0;
                assert!((label.area.center.y - on_line).abs() < 0.1);
            }
            falling.points.reverse();
        }
    }

    #[test]
    fn numbers_keep_away_from_marks_and_from_dense_and_crooked_lines() {
        let line = across(1.25, 200.0, 0.0);
        let marks: Vec<(Pos2, f32)> = (0..16).map(|i| (pos2(40.0 * i as f32, 205.0), 12.0)).collect();
        assert!(placed(std::slice::from_ref(&line), &marks, 0.0).is_empty());
        assert!(!placed(std::slice::from_ref(&line), &marks[1..6], 0.0).is_empty());
        // Neighbors 30 points apart on the left, or 3.
        let both: Vec<LinePiece> =
            (0..8).map(|i| across(f64::from(i) + 0.25, 30.0 + 40.0 * i as f32, 0.0)).collect();
        assert!(placed(&both, &[], 1.0 / 3.0).iter().all(|label| label.area.center.x > 280.0));
        let right_half = [(pos2(600.0, 200.0), 330.0)];
        assert_eq!(placed(&both, &right_half, 1.0 / 30.0).len(), 6);
        assert_eq!(placed(&both, &right_half, 1.0 / 3.0).len(), FEW, "a few are worth a hole");
        let mut crooked = line;
        for (index, point) in crooked.points.iter_mut().enumerate() {
            point.y += if index % 2 == 0 { 0.0 } else { 8.0 };
        }
        assert!(placed(&[crooked], &[], 0.0).is_empty());
    }

    #[test]
    fn few_levels_far_apart_come_first() {
        for count in [1, 2, 7, 20, 200] {
            let order = spread_out(count);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..count).collect::<Vec<_>>());
        }
        let mut first = spread_out(20)[..5].to_vec();
        first.sort_unstable();
        assert!(first.windows(2).all(|pair| pair[1] - pair[0] >= 3), "{first:?}");
    }
}
