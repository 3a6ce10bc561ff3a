//! A sweep: what each pair of two parameters makes of a run, over the plane of these, with what theory knows of it.

use egui::{
    Align2, Color32, ColorImage, FontId, Pos2, Rect, Sense, Shape, Stroke, TextureHandle, TextureOptions, Ui,
    pos2, vec2,
};
use serde::{Deserialize, Serialize};

use crate::elementary;
use crate::figure::basins::{Fate, fate_color};
use crate::figure::look::Look;
use crate::figure::look::number::{short, superscript, trimmed};
use crate::figure::plane::path::{line_shape, visible_pieces};
use crate::figure::plane::ticks::nice_step;
use crate::landscape::ColorMap;
use crate::optimizer::{End, OutcomeKind, Scale};
use crate::session::Swept;
use crate::spelling::Selectable;
use crate::survey::{Range, Sweep};

/// What is shown of each pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SweepOf {
    /// The steps to the tolerance.
    #[default]
    Steps,
    /// J at the end.
    Value,
}

impl Selectable for SweepOf {
    const ALL: &'static [Self] = &[Self::Steps, Self::Value];

    fn id(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Value => "final J",
        }
    }
}

/// Draws sweeps, and holds the texture of the last one.
#[derive(Default)]
pub struct SweepChart {
    held: Option<(Key, Shades, TextureHandle)>,
}

/// What a texture is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    version: u64,
    of: SweepOf,
    size: [usize; 2],
    hatch: [Color32; 2],
}

/// What was drawn, and where.
pub struct SweepOutput {
    /// Clicks and hovering over the plane of the parameters.
    pub response: egui::Response,
    /// The inside of the axes.
    pub frame: Rect,
}

/// Room for the axes and for the scale of the colors.
const LEFT: f32 = 52.0;
const BELOW: f32 = 38.0;
const RIGHT: f32 = 14.0;
const ABOVE: f32 = 26.0;
const FONT: FontId = FontId::proportional(12.0);
const NUMBERS: FontId = FontId::monospace(11.0);
/// Ticks of an axis are at least this far apart.
const TICK_DISTANCE: f32 = 44.0;

impl SweepChart {
    /// Draws a sweep into the space that is left; `now` is the pair that the run has.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        swept: Swept<'_>,
        of: SweepOf,
        symbols: [&str; 2],
        now: [f64; 2],
        look: Look,
    ) -> SweepOutput {
        let room = ui.available_size();
        let (rect, response) = ui.allocate_exact_size(room, Sense::click_and_drag());
        let frame = Rect::from_min_max(rect.min + vec2(LEFT, ABOVE), rect.max - vec2(RIGHT, BELOW));
        if !frame.is_positive() {
            return SweepOutput { response, frame };
        }
        let inks = look.inks(ui.theme());
        let sweep = swept.sweep;
        let size = [frame.width(), frame.height()].map(|side| (side.round() as usize).clamp(1, 2048));
        let key = Key { version: swept.version, of, size, hatch: inks.hatch };
        let (_, shades, texture) = match self.held.take() {
            Some(held) if held.0 == key => self.held.insert(held),
            before => {
                let shades = Shades::of(sweep, of);
                let image = image(sweep, &shades, size, inks.hatch);
                let texture = match before {
                    Some((.., mut texture)) => {
                        texture.set(image, TextureOptions::NEAREST);
                        texture
                    }
                    None => ui.load_texture("sweep", image, TextureOptions::NEAREST),
                };
                self.held.insert((key, shades, texture))
            }
        };
        let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture.id(), frame, whole, Color32::WHITE);
        let place = |pair: [f64; 2]| place(&sweep.ranges, pair, frame);
        for (line, dashes) in [(&swept.theory.limit, false), (&swept.theory.best, true)] {
            let points = line.iter().map(|pair| place(*pair)).map(|at| [f64::from(at.x), f64::from(at.y)]);
            for piece in visible_pieces(points, frame) {
                painter.add(line_shape(&piece, Stroke::new(4.0, inks.edge)));
                let stroke = Stroke::new(2.0, inks.mark);
                match dashes {
                    true => painter.extend(Shape::dashed_line(&piece, stroke, 6.0, 4.0)),
                    false => {
                        painter.add(line_shape(&piece, stroke));
                    }
                }
            }
        }
        if let Some(at) = swept.theory.fastest.map(place).filter(|at| frame.contains(*at)) {
            painter.add(Shape::circle_filled(at, 5.5, inks.edge));
            painter.add(Shape::circle_stroke(at, 4.0, Stroke::new(2.0, inks.mark)));
        }
        let at = place(now);
        for stroke in [Stroke::new(4.0, inks.edge), Stroke::new(2.0, inks.mark)] {
            painter.hline(at.x - 9.0..=at.x + 9.0, at.y, stroke);
            painter.vline(at.x, at.y - 9.0..=at.y + 9.0, stroke);
        }
        axes_ui(ui, &sweep.ranges, symbols, frame);
        scale_ui(ui, shades, of, Rect::from_min_max(pos2(frame.left(), rect.top()), frame.right_top()));
        SweepOutput { response, frame }
    }
}

/// Where a pair is on the screen.
fn place(ranges: &[Range; 2], pair: [f64; 2], frame: Rect) -> Pos2 {
    let [x, y] = [0, 1].map(|axis| ranges[axis].share(pair[axis]) as f32);
    pos2(frame.left() + x * frame.width(), frame.bottom() - y * frame.height())
}

/// The pair at a place on the screen.
pub fn pair_at(ranges: &[Range; 2], at: Pos2, frame: Rect) -> [f64; 2] {
    let share = [(at.x - frame.left()) / frame.width(), (frame.bottom() - at.y) / frame.height()];
    [0, 1].map(|axis| ranges[axis].at(f64::from(share[axis].clamp(0.0, 1.0))))
}

/// The place among all of the pair that is nearest to one on the screen.
pub fn nearest_to(sweep: &Sweep, at: Pos2, frame: Rect) -> usize {
    let [columns, rows] = sweep.size();
    let along = |share: f32, count: usize| {
        let last = count.saturating_sub(1) as f32;
        (share.clamp(0.0, 1.0) * last).round() as usize
    };
    let column = along((at.x - frame.left()) / frame.width(), columns);
    let row = along((frame.bottom() - at.y) / frame.height(), rows);
    row * columns + column
}

/// What is told by the colors, and from where to where.
struct Shades {
    of: SweepOf,
    /// Logarithms of what is told: the least and the greatest; the least first even where nothing is.
    range: [f64; 2],
    /// What is subtracted of J before its logarithm is taken.
    from: f64,
}

impl Shades {
    fn of(sweep: &Sweep, of: SweepOf) -> Self {
        let told = || sweep.ends.iter().flatten().filter(|end| is_told(end, of));
        let least = told().map(|end| end.value).fold(f64::INFINITY, f64::min);
        let from = if least.is_finite() { least } else { 0.0 };
        let mut shades = Self { of, range: [0.0, 1.0], from };
        let numbers = told().map(|end| shades.number(end));
        let [low, high] = numbers.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], number| {
            [low.min(number), high.max(number)]
        });
        if low <= high {
            shades.range = [low, high];
        }
        shades
    }

    /// The logarithm of what is told of an end: of 1 + the steps, or of how far J is above the least one.
    fn number(&self, end: &End) -> f64 {
        match self.of {
            SweepOf::Steps => elementary::log10(1.0 + f64::from(end.step)),
            SweepOf::Value => elementary::log10((end.value - self.from).max(1e-12)),
        }
    }

    fn color(&self, end: &End) -> Color32 {
        let [low, high] = self.range;
        let share = if high > low { (self.number(end) - low) / (high - low) } else { 0.0 };
        shade(share)
    }
}

/// Whether an end has a color of the scale.
fn is_told(end: &End, of: SweepOf) -> bool {
    match of {
        SweepOf::Steps => end.kind == OutcomeKind::Converged,
        SweepOf::Value => {
            end.value.is_finite() && !matches!(end.kind, OutcomeKind::Diverged | OutcomeKind::NotFinite)
        }
    }
}

/// From soon, or low, to late, or high.
fn shade(share: f64) -> Color32 {
    let table = ColorMap::ViridisReversed.table();
    let [r, g, b] = table[((share.clamp(0.0, 1.0) * 255.0).round() as usize).min(255)];
    Color32::from_rgb(r, g, b)
}

fn image(sweep: &Sweep, shades: &Shades, [width, height]: [usize; 2], hatch: [Color32; 2]) -> ColorImage {
    let [columns, rows] = sweep.size();
    let along = |pixel: usize, pixels: usize, count: usize| {
        ((pixel as f64 + 0.5) / pixels as f64 * (count - 1) as f64).round() as usize
    };
    let mut pixels = Vec::with_capacity(width * height);
    for row in 0..height {
        let of_row = along(height - 1 - row, height, rows);
        for column in 0..width {
            let end = sweep.ends[of_row * columns + along(column, width, columns)];
            pixels.push(match end {
                Some(end) if is_told(&end, shades.of) => shades.color(&end),
                Some(end) => fate_color(Fate::of(&end, None), [column, row], hatch),
                None => hatch[1],
            });
        }
    }
    ColorImage::new([width, height], pixels)
}

/// The axes with their ticks and what they are of.
fn axes_ui(ui: &Ui, ranges: &[Range; 2], symbols: [&str; 2], frame: Rect) {
    let color = ui.visuals().text_color();
    let line = Stroke::new(1.0, ui.visuals().widgets.noninteractive.fg_stroke.color);
    ui.painter().rect_stroke(frame, 0.0, line, egui::StrokeKind::Outside);
    for (axis, range) in ranges.iter().enumerate() {
        let length = if axis == 0 { frame.width() } else { frame.height() };
        for (share, text) in ticks(range, length) {
            let share = share as f32;
            if axis == 0 {
                let x = frame.left() + share * frame.width();
                ui.painter().vline(x, frame.bottom()..=frame.bottom() + 4.0, line);
                ui.painter().text(pos2(x, frame.bottom() + 5.0), Align2::CENTER_TOP, text, NUMBERS, color);
            } else {
                let y = frame.bottom() - share * frame.height();
                ui.painter().hline(frame.left() - 4.0..=frame.left(), y, line);
                ui.painter().text(pos2(frame.left() - 6.0, y), Align2::RIGHT_CENTER, text, NUMBERS, color);
            }
        }
    }
    let below = pos2(frame.center().x, frame.bottom() + BELOW);
    ui.painter().text(below, Align2::CENTER_BOTTOM, symbols[0], FONT, color);
    let beside = pos2(frame.left() - 8.0, frame.top() - 6.0);
    ui.painter().text(beside, Align2::RIGHT_BOTTOM, symbols[1], FONT, color);
}

/// Where the ticks of an axis are, from 0 to 1, with what is written there.
fn ticks(range: &Range, length: f32) -> Vec<(f64, String)> {
    let [low, high] = range.ends;
    let parts = (length / TICK_DISTANCE).max(1.0);
    match range.scale() {
        Scale::Logarithmic => {
            let [first, last] =
                [elementary::log10(low).ceil() as i32, elementary::log10(high).floor() as i32];
            let every = ((f64::from(last - first) / f64::from(parts)).ceil() as usize).max(1);
            let decade = |exponent: i32| {
                let value = elementary::pow(10.0, exponent.into());
                (range.share(value), format!("10{}", superscript(exponent)))
            };
            (first..=last).step_by(every).map(decade).collect()
        }
        Scale::Linear | Scale::Whole => {
            let step = nice_step(high - low, parts);
            let first = (low / step).ceil() as i64;
            let last = (high / step + 1e-9).floor() as i64;
            (first..=last)
                .take(50)
                .map(|k| k as f64 * step)
                .map(|v| (range.share(v), plain(v, step)))
                .collect()
        }
    }
}

/// A multiple of a step with the decimals of that.
fn plain(value: f64, step: f64) -> String {
    let decimals = (-elementary::log10(step)).ceil().max(0.0) as usize;
    crate::decimal::with_minus(&format!("{value:.decimals$}"))
}

/// What the colors say: a strip with its ends.
fn scale_ui(ui: &Ui, shades: &Shades, of: SweepOf, rect: Rect) {
    let color = ui.visuals().text_color();
    let (name, ends) = match of {
        SweepOf::Steps => {
            let ends = shades.range.map(|log| trimmed(&short((elementary::pow(10.0, log) - 1.0).round(), 4)));
            ("steps to the tolerance", ends)
        }
        SweepOf::Value => {
            let ends = shades.range.map(|log| trimmed(&short(shades.from + elementary::pow(10.0, log), 3)));
            ("final J", ends)
        }
    };
    let middle = rect.top() + 9.0;
    let drawn = ui.painter().text(pos2(rect.left(), middle), Align2::LEFT_CENTER, name, FONT, color);
    let low =
        ui.painter().text(pos2(drawn.right() + 10.0, middle), Align2::LEFT_CENTER, &ends[0], NUMBERS, color);
    let strip = Rect::from_min_size(pos2(low.right() + 6.0, middle - 6.0), vec2(90.0, 12.0));
    const PARTS: usize = 30;
    for part in 0..PARTS {
        let left = strip.left() + strip.width() * part as f32 / PARTS as f32;
        let piece = Rect::from_min_size(
            pos2(left, strip.top()),
            vec2(strip.width() / PARTS as f32 + 0.5, strip.height()),
        );
        ui.painter().rect_filled(piece, 0.0, shade(part as f64 / (PARTS - 1) as f64));
    }
    ui.painter().text(pos2(strip.right() + 6.0, middle), Align2::LEFT_CENTER, &ends[1], NUMBERS, color);
}
