//! What stands for what in a map of basins: a hue for each of the largest basins, lightness for how soon their optimum is reached,
//! stripes and dots for starts that reach none.

use egui::{Align2, Color32, FontId, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::elementary;
use crate::figure::look::inks::Inks;
use crate::figure::look::number::{short, trimmed};
use crate::landscape::oklab::{Oklab, from_srgb, mix, to_srgb};
use crate::optimizer::{End, OutcomeKind};
use crate::survey::BasinMap;

/// So many basins have a hue of their own, the largest.
pub const HUES: usize = 8;
/// The colors of an optimum that is reached soon. Found by a search for the largest smallest difference of two, the gray below among them: at
/// least 12.9 hundredths of OKLab to normal vision, protanopes, deuteranopes and tritanopes.
const COLORS: [[u8; 3]; HUES] = [
    [0x6c, 0xa7, 0xff],
    [0xfd, 0x9c, 0x03],
    [0x26, 0x8e, 0x6d],
    [0xac, 0x45, 0xe9],
    [0xff, 0xe5, 0x67],
    [0x67, 0x58, 0x93],
    [0xfd, 0x12, 0x07],
    [0x6e, 0xff, 0xf0],
];
/// That of the basins without a hue.
const OTHERS: [u8; 3] = [0xb4, 0xb4, 0xb4];
/// Steps of lightness from the soonest to the latest, and what the latest is mixed with, and how much of it.
const LIGHTNESSES: usize = 24;
const LATE: Oklab = [0.16, 0.0, 0.0];
const MOST_LATE: f64 = 0.62;

/// The colors that basins are told apart by.
#[cfg(test)]
pub(in crate::figure) fn basin_colors() -> Vec<[u8; 3]> {
    COLORS.into_iter().chain([OTHERS]).collect()
}

/// What came of a start, as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It reaches the optimum with this place among all.
    Optimum(u16),
    /// It reaches an optimum beyond those that are told apart.
    AnotherOptimum,
    /// It ends at a saddle, or at a maximum where a minimum is looked for.
    Saddle,
    /// It leaves every bound.
    Diverged,
    /// It leaves the numbers.
    NotFinite,
    /// Its steps are used up.
    Steps,
    /// It ends otherwise: stalled, without a minimum, beside a constraint.
    Other,
}

impl Fate {
    /// That of a start.
    pub fn of(end: &End, reached: Option<u16>) -> Self {
        match (end.kind, reached) {
            (OutcomeKind::Converged, Some(place)) => Self::Optimum(place),
            (OutcomeKind::Converged, None) => Self::AnotherOptimum,
            (OutcomeKind::Saddle | OutcomeKind::Maximum, _) => Self::Saddle,
            (OutcomeKind::Diverged, _) => Self::Diverged,
            (OutcomeKind::NotFinite, _) => Self::NotFinite,
            (OutcomeKind::Steps, _) => Self::Steps,
            _ => Self::Other,
        }
    }
}

/// The color of the pixel at this place, of a fate that reaches no optimum, by stripes and what is between them.
pub fn fate_color(fate: Fate, [column, row]: [usize; 2], [stripe, between]: [Color32; 2]) -> Color32 {
    let is_stripe = match fate {
        Fate::Saddle => column % 5 < 2 && row % 5 < 2,
        Fate::Diverged => (column + row) % 6 < 2,
        Fate::NotFinite => (column + 5 * row) % 6 < 2,
        Fate::Steps => row % 5 < 1,
        Fate::Optimum(_) | Fate::AnotherOptimum | Fate::Other => false,
    };
    if is_stripe { stripe } else { between }
}

/// Fates that no basin has, in the order of the legend, with what they are called.
const WITHOUT_OPTIMUM: [(Fate, &str); 5] = [
    (Fate::Saddle, "saddle"),
    (Fate::Diverged, "diverged"),
    (Fate::NotFinite, "not finite"),
    (Fate::Steps, "out of steps"),
    (Fate::Other, "ended otherwise"),
];

/// What stands for what in a map, gone through once: it may have a million starts.
#[derive(Clone, Debug)]
pub struct BasinKey {
    /// The place of the hue of each optimum; nothing where it has none.
    hues: Vec<Option<u8>>,
    /// The colors of each hue from soon to late, then those of the basins without one.
    shades: Vec<[Color32; LIGHTNESSES]>,
    /// The logarithms of 1 + the fewest steps to an optimum and of the most.
    soonest_latest: [f64; 2],
    hatch: [Color32; 2],
    /// What the legend says.
    lines: Vec<BasinLine>,
}

impl BasinKey {
    /// That of a map, on these inks.
    pub fn of(map: &BasinMap, inks: Inks) -> Self {
        let mut by_size: Vec<usize> = (0..map.optima.len()).collect();
        by_size.sort_by_key(|place| std::cmp::Reverse(map.optima[*place].starts));
        let mut hues = vec![None; map.optima.len()];
        for (hue, place) in (0..HUES as u8).zip(by_size) {
            hues[place] = Some(hue);
        }
        let reaches = map.ends.iter().filter(|end| end.kind == OutcomeKind::Converged);
        let steps = reaches.map(|end| log_of(end.step));
        let soonest_latest = steps
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], step| [low.min(step), high.max(step)]);
        let shades = COLORS
            .iter()
            .chain([&OTHERS])
            .map(|color| std::array::from_fn(|place| shade(*color, place as f64 / (LIGHTNESSES - 1) as f64)));
        let mut key =
            Self { hues, shades: shades.collect(), soonest_latest, hatch: inks.hatch, lines: Vec::new() };
        key.lines = lines_of(map, &key);
        key
    }

    /// The color of a start's pixel, the one at this place of the picture.
    pub fn color(&self, end: &End, fate: Fate, at: [usize; 2]) -> Color32 {
        match fate {
            Fate::Optimum(place) => self.shades[self.hue(place)][self.lightness(end.step)],
            Fate::AnotherOptimum => self.shades[HUES][self.lightness(end.step)],
            fate => fate_color(fate, at, self.hatch),
        }
    }

    /// The color that stands for an optimum.
    pub fn color_of(&self, place: u16) -> Color32 {
        self.shades[self.hue(place)][0]
    }

    /// Whether an optimum has a hue of its own.
    pub fn has_hue(&self, place: u16) -> bool {
        self.hue(place) < HUES
    }

    fn hue(&self, place: u16) -> usize {
        self.hues.get(usize::from(place)).copied().flatten().map_or(HUES, usize::from)
    }

    fn lightness(&self, step: u32) -> usize {
        let [soonest, latest] = self.soonest_latest;
        let share = if latest > soonest { (log_of(step) - soonest) / (latest - soonest) } else { 0.0 };
        (share.clamp(0.0, 1.0) * (LIGHTNESSES - 1) as f64).round() as usize
    }
}

fn log_of(step: u32) -> f64 {
    elementary::ln(1.0 + f64::from(step))
}

/// A color, later from 0 to 1.
fn shade(color: [u8; 3], late: f64) -> Color32 {
    let [r, g, b] = to_srgb(mix(from_srgb(color), LATE, MOST_LATE * late));
    Color32::from_rgb(r, g, b)
}

/// A line of the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct BasinLine {
    /// What it is of; nothing for the basins without a hue, together.
    pub fate: Option<Fate>,
    /// What it says.
    pub text: String,
    /// The share of all starts, from 0 to 1.
    pub share: f64,
}

/// The legend of a map: the largest basins, the others together, what reaches no optimum.
fn lines_of(map: &BasinMap, key: &BasinKey) -> Vec<BasinLine> {
    let all = map.ends.len().max(1) as f64;
    let mut places: Vec<u16> =
        (0..=u16::MAX).take(map.optima.len()).filter(|place| key.has_hue(*place)).collect();
    places.sort_by_key(|place| std::cmp::Reverse(map.optima[usize::from(*place)].starts));
    let mut lines: Vec<BasinLine> = places
        .into_iter()
        .map(|place| {
            let optimum = &map.optima[usize::from(place)];
            BasinLine {
                fate: Some(Fate::Optimum(place)),
                text: optimum_words(map, place),
                share: f64::from(optimum.starts) / all,
            }
        })
        .collect();
    let (mut of_others, mut without) = (0_u32, [0_u32; WITHOUT_OPTIMUM.len()]);
    for (end, reached) in map.ends.iter().zip(&map.reached) {
        match Fate::of(end, *reached) {
            Fate::Optimum(place) if key.has_hue(place) => {}
            Fate::Optimum(_) | Fate::AnotherOptimum => of_others += 1,
            fate => {
                let known = WITHOUT_OPTIMUM.iter().position(|(known, _)| *known == fate);
                known.into_iter().for_each(|place| without[place] += 1);
            }
        }
    }
    let others = f64::from(of_others) / all;
    if others > 0.0 {
        let count = map.optima.len().saturating_sub(HUES);
        let text = if count == 1 { "1 other optimum".to_owned() } else { format!("{count} other optima") };
        lines.push(BasinLine { fate: None, text, share: others });
    }
    for ((fate, words), count) in WITHOUT_OPTIMUM.into_iter().zip(without) {
        let share = f64::from(count) / all;
        if share > 0.0 {
            lines.push(BasinLine { fate: Some(fate), text: words.to_owned(), share });
        }
    }
    lines
}

/// "1: (3, 2), J 0".
pub fn optimum_words(map: &BasinMap, place: u16) -> String {
    map.optima.get(usize::from(place)).map_or_else(String::new, |optimum| {
        let [x, y, value] =
            [optimum.at.x, optimum.at.y, optimum.value].map(|number| trimmed(&short(rounded_off(number), 4)));
        format!("{}: ({x}, {y})  J {value}", place + 1)
    })
}

/// What is 0 but for rounding is told as 0.
fn rounded_off(number: f64) -> f64 {
    if number.abs() < 1e-12 { 0.0 } else { number }
}

/// A share for people: "42.0 %", "< 0.1 %".
pub fn share_words(share: f64) -> String {
    if share > 0.0 && share < 0.001 { "< 0.1 %".to_owned() } else { format!("{:.1} %", 100.0 * share) }
}

const FONT: FontId = FontId::proportional(12.0);
const NUMBERS: FontId = FontId::monospace(12.0);
const LINE: f32 = 18.0;
const SWATCH: f32 = 14.0;
/// From swatch to words, and from words to share, and from a line to the next beside it.
const GAP: f32 = 7.0;
const BETWEEN: f32 = 22.0;

/// Draws the legend, as many lines beside one another as there is room for. Returns the place of its lines.
pub fn basin_legend_ui<'k>(ui: &mut Ui, key: &'k BasinKey) -> Vec<(&'k BasinLine, Rect)> {
    let lines = &key.lines;
    let color = ui.visuals().text_color();
    let words: Vec<_> = lines
        .iter()
        .map(|line| {
            let text = ui.painter().layout_no_wrap(line.text.clone(), FONT, color);
            let share = ui.painter().layout_no_wrap(share_words(line.share), NUMBERS, color);
            (text, share)
        })
        .collect();
    let widest = words.iter().map(|(text, share)| text.size().x + share.size().x).fold(0.0, f32::max);
    let cell = SWATCH + 2.0 * GAP + widest;
    let beside = (((ui.available_width() + BETWEEN) / (cell + BETWEEN)).floor() as usize).max(1);
    let height = LINE * lines.len().div_ceil(beside) as f32;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let mut placed = Vec::with_capacity(lines.len());
    for (index, (line, (text, share))) in lines.iter().zip(words).enumerate() {
        let left = rect.left() + (index % beside) as f32 * (cell + BETWEEN);
        let place =
            Rect::from_min_size(pos2(left, rect.top() + LINE * (index / beside) as f32), vec2(cell, LINE));
        let swatch =
            Rect::from_center_size(pos2(left + 0.5 * SWATCH, place.center().y), vec2(SWATCH, SWATCH - 1.0));
        ui.painter().extend(swatch_shapes(swatch, line.fate, key));
        let (text_width, middle) = (text.size().x, place.center().y);
        let words_at = pos2(left + SWATCH + GAP, middle - 0.5 * text.size().y);
        ui.painter().galley(words_at, text, color);
        let share_at = pos2(words_at.x + text_width + GAP, middle - 0.5 * share.size().y);
        ui.painter().galley(share_at, share, color);
        placed.push((line, place));
    }
    placed
}

/// A square in the color or the stripes of a fate.
fn swatch_shapes(rect: Rect, fate: Option<Fate>, key: &BasinKey) -> Vec<Shape> {
    let [stripe, between] = key.hatch;
    let lines = |from_to: Vec<[egui::Pos2; 2]>| {
        let mut shapes = vec![Shape::rect_filled(rect, 0.0, between)];
        let clipped = from_to.into_iter().map(|ends| Shape::line_segment(ends, Stroke::new(1.6, stripe)));
        shapes.extend(clipped);
        shapes
    };
    let (low, high) = (rect.left_bottom(), rect.right_top());
    let (left, right, middle) = (rect.left(), rect.right(), rect.center());
    match fate {
        Some(Fate::Optimum(place)) => vec![Shape::rect_filled(rect, 0.0, key.color_of(place))],
        None | Some(Fate::AnotherOptimum) => vec![Shape::rect_filled(rect, 0.0, key.shades[HUES][0])],
        Some(Fate::Diverged) => lines(vec![
            [low, high],
            [pos2(left, middle.y), pos2(middle.x, rect.top())],
            [pos2(middle.x, rect.bottom()), pos2(right, middle.y)],
        ]),
        Some(Fate::NotFinite) => lines(vec![
            [rect.left_top(), rect.right_bottom()],
            [pos2(middle.x, rect.top()), pos2(right, middle.y)],
            [pos2(left, middle.y), pos2(middle.x, rect.bottom())],
        ]),
        Some(Fate::Steps) => lines(
            [0.2, 0.55, 0.9]
                .map(|t| rect.top() + t * rect.height())
                .map(|y| [pos2(left, y), pos2(right, y)])
                .to_vec(),
        ),
        Some(Fate::Saddle) => {
            let mut shapes = vec![Shape::rect_filled(rect, 0.0, between)];
            for (dx, dy) in [(0.27, 0.27), (0.73, 0.27), (0.27, 0.73), (0.73, 0.73)] {
                let at = rect.min + vec2(dx * rect.width(), dy * rect.height());
                shapes.push(Shape::circle_filled(at, 1.6, stripe));
            }
            shapes
        }
        Some(Fate::Other) => vec![Shape::rect_filled(rect, 0.0, between)],
    }
}

/// What an optimum is numbered with on the map, beside its mark.
pub fn number_shape(ui: &Ui, at: egui::Pos2, place: u16, inks: Inks) -> Vec<Shape> {
    let text = (usize::from(place) + 1).to_string();
    let galley = ui.painter().layout_no_wrap(text, FONT, inks.mark);
    let rect = Align2::LEFT_BOTTOM.anchor_size(at + vec2(5.0, -4.0), galley.size());
    vec![
        Shape::rect_filled(rect.expand2(vec2(2.0, 0.0)), 2.0, inks.label_background),
        Shape::galley(rect.min, galley, inks.mark),
    ]
}
