//! LaTeX to outlines. The only file that knows the typesetter, which sets math mode in STIX Two Math.
//!
//! Lengths are in em, x to the right and y down from the left end of the baseline.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use latex_rust::ttf_parser::{GlyphId, OutlineBuilder};
use latex_rust::{BoxContent, Dim, MathBox, MathFont, MathStyle};
use resvg::tiny_skia::{Path, PathBuilder};

/// The longest LaTeX that is set, in bytes: it would be many screens wide.
const MAX_BYTES: usize = 16_384;
/// The longest side of what is set, in em.
const MAX_SIDE: f32 = 2_000.0;

/// A formula as outlines, each to be filled by itself.
#[derive(Debug, Default)]
pub(super) struct Typeset {
    /// How far it reaches to the right, overhanging strokes included.
    pub width: f32,
    /// How far it reaches above the baseline.
    pub height: f32,
    /// How far it reaches below the baseline.
    pub depth: f32,
    pub outlines: Vec<Path>,
    /// The parts that have a color, which is not drawn: they are marked by it.
    pub marks: Vec<Mark>,
}

/// A part of a formula that is marked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// What it is marked with: the blue of its color, less one.
    pub number: usize,
    /// Its left and right ends, from the left end of the formula.
    pub across: [f32; 2],
    /// Its upper and lower ends, down from the baseline.
    pub down: [f32; 2],
}

/// Sets a formula, with fractions in full height; nothing where the typesetter cannot.
pub(super) fn typeset(latex: &str) -> Option<Typeset> {
    if latex.len() > MAX_BYTES {
        return None;
    }
    // A young library at the mercy of what people type: a formula that upsets it is shown as text.
    catch_unwind(AssertUnwindSafe(|| {
        let font = font()?;
        let tree = latex_rust::layout(&latex_rust::parse(latex).ok()?, font, MathStyle::Display).ok()?;
        let [width, height, depth] = [&tree.width, &tree.height, &tree.depth].map(em);
        let mut set = Typeset { width: width?, height: height?, depth: depth?, ..Typeset::default() };
        set.add(&tree, font, 0.0, 0.0)?;
        for outline in &set.outlines {
            let ink = outline.bounds();
            set.width = set.width.max(ink.right());
            set.height = set.height.max(-ink.top());
            set.depth = set.depth.max(ink.bottom());
        }
        let fits = |side: f32| (0.0..MAX_SIDE).contains(&side);
        (fits(set.width) && fits(set.height + set.depth)).then_some(set)
    }))
    .ok()
    .flatten()
}

fn font() -> Option<&'static MathFont> {
    static FONT: OnceLock<Option<MathFont>> = OnceLock::new();
    FONT.get_or_init(|| MathFont::stix_two_math().ok()).as_ref()
}

fn em(length: &Dim) -> Option<f32> {
    let (over, under) = length.as_ratio()?;
    let value = (over as f64 / under as f64) as f32;
    value.is_finite().then_some(value)
}

impl Typeset {
    /// Adds a box whose parent has its left end at `x` and its baseline at `baseline`; nothing if a length is no number.
    fn add(&mut self, set: &MathBox, font: &MathFont, x: f32, baseline: f32) -> Option<()> {
        let y = baseline - em(&set.shift)?;
        match &set.content {
            BoxContent::Empty | BoxContent::Kern(_) => {}
            BoxContent::Glyph { glyph_id, scale, .. } => {
                let scale = em(scale)? / f32::from(font.units_per_em());
                let mut pen = Pen { path: PathBuilder::new(), x, y, scale };
                font.face().outline_glyph(GlyphId(*glyph_id), &mut pen);
                self.outlines.extend(pen.path.finish());
            }
            BoxContent::Rule => {
                let (width, height, depth) = (em(&set.width)?, em(&set.height)?, em(&set.depth)?);
                self.polygon(&[
                    (x, y - height),
                    (x + width, y - height),
                    (x + width, y + depth),
                    (x, y + depth),
                ]);
            }
            BoxContent::HList(row) => {
                let mut x = x;
                for part in row {
                    self.add(part, font, x, y)?;
                    x += em(&part.width)?;
                }
            }
            BoxContent::VList(column) => {
                // The first stands on the baseline, each other below the one before.
                let mut bottom = None;
                for part in column {
                    let baseline = bottom.map_or(Some(y), |bottom| Some(bottom + em(&part.height)?))?;
                    self.add(part, font, x, baseline)?;
                    bottom = Some(baseline + em(&part.depth)?);
                }
            }
            BoxContent::Overlap(parts) => {
                for part in parts {
                    self.add(part, font, x, y)?;
                }
            }
            // A formula has one color, that of the text around it.
            BoxContent::Color(color, inner) => {
                let [_, _, blue, _] = color.to_rgba8();
                if let Some(number) = usize::from(blue).checked_sub(1) {
                    let (width, height, depth) = (em(&inner.width)?, em(&inner.height)?, em(&inner.depth)?);
                    self.marks.push(Mark { number, across: [x, x + width], down: [y - height, y + depth] });
                }
                self.add(inner, font, x, y)?;
            }
            BoxContent::BackColor(_, inner) => self.add(inner, font, x, y)?,
            BoxContent::Line { x1, y1, x2, y2, thickness } => {
                let (from, to) = ((x + em(x1)?, y - em(y1)?), (x + em(x2)?, y - em(y2)?));
                self.line(from, to, em(thickness)?);
            }
            BoxContent::Frame { thickness, inner, .. } => {
                let thickness = em(thickness)?;
                let (left, right) = (x + 0.5 * thickness, x + em(&set.width)? - 0.5 * thickness);
                let top = y - em(&set.height)? + 0.5 * thickness;
                let bottom = y + em(&set.depth)? - 0.5 * thickness;
                let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
                for (from, to) in corners.iter().zip(&corners[1..]) {
                    self.line(*from, *to, thickness);
                }
                self.add(inner, font, x, y)?;
            }
        }
        Some(())
    }

    fn line(&mut self, from: (f32, f32), to: (f32, f32), thickness: f32) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let half = 0.5 * thickness / dx.hypot(dy).max(f32::MIN_POSITIVE);
        let (nx, ny) = (-dy * half, dx * half);
        self.polygon(&[
            (from.0 + nx, from.1 + ny),
            (to.0 + nx, to.1 + ny),
            (to.0 - nx, to.1 - ny),
            (from.0 - nx, from.1 - ny),
        ]);
    }

    fn polygon(&mut self, corners: &[(f32, f32)]) {
        let mut path = PathBuilder::new();
        for (index, (x, y)) in corners.iter().enumerate() {
            if index == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
        }
        path.close();
        self.outlines.extend(path.finish());
    }
}

/// Writes a glyph's outline down, from font units with y up.
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + self.scale * x, self.y - self.scale * y)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_stands_over_and_under_the_axis() {
        let set = typeset(r"\frac{x+1}{2}").unwrap();
        // x, +, 1, the bar and 2.
        assert_eq!(set.outlines.len(), 5);
        assert!(set.height > 1.0 && set.depth > 0.5 && set.width > 1.0, "{set:?}");
        let [x, _, _, bar, two] = [0, 1, 2, 3, 4].map(|index| set.outlines[index].bounds());
        let [upper, bar, lower] = [x, bar, two].map(|ink| (ink.top(), ink.bottom()));
        assert!(upper.1 < bar.0 && bar.1 < lower.0, "{upper:?} {bar:?} {lower:?}");
        assert!((set.outlines[3].bounds().width() - set.width).abs() < 0.3);
    }

    #[test]
    fn everything_lies_within_the_stated_size() {
        for latex in
            ["f", r"\int f", r"\boxed{x}", r"\cancel{x+y}", r"\hat{m}", r"\sqrt[3]{\frac{x}{y}}", "j_j^j"]
        {
            let set = typeset(latex).unwrap_or_else(|| panic!("{latex}"));
            for ink in set.outlines.iter().map(Path::bounds) {
                assert!(ink.right() <= set.width && -ink.top() <= set.height && ink.bottom() <= set.depth);
                assert!(ink.left() > -0.3, "{latex}");
            }
        }
    }

    #[test]
    fn what_has_a_color_is_marked_where_it_stands() {
        let plain = typeset(r"v + \alpha\,g").unwrap();
        let set = typeset(r"\textcolor[HTML]{000003}{v} + \alpha\,\textcolor[HTML]{000001}{g}").unwrap();
        assert_eq!(plain.outlines.len(), set.outlines.len());
        assert!((plain.width - set.width).abs() < 0.02 && plain.marks.is_empty());
        let [v, g] = set.marks.as_slice() else { panic!("{:?}", set.marks) };
        assert_eq!([v.number, g.number], [2, 0]);
        let ink = |at: usize| set.outlines[at].bounds();
        for (mark, ink) in [(v, ink(0)), (g, ink(3))] {
            let middle = 0.5 * (ink.left() + ink.right());
            assert!(mark.across[0] <= middle && middle <= mark.across[1], "{mark:?} {ink:?}");
        }
    }

    #[test]
    fn what_cannot_be_set_is_nothing() {
        let deep = format!("{}x{}", "{".repeat(5_000), "}".repeat(5_000));
        let nested = format!("{}x{}", r"\frac{1}{".repeat(1_000), "}".repeat(1_000));
        let long = "x+".repeat(MAX_BYTES);
        let wide = r"\hspace{1e30em}".to_owned();
        for latex in [
            r"\frac{",
            r"\nonsense",
            "x}",
            r"\left(",
            r"\begin{pmatrix}",
            "\\",
            "x_",
            "日本",
            &deep,
            &nested,
            &long,
        ] {
            assert!(typeset(latex).is_none(), "{:.30}", latex);
        }
        typeset(&wide);
        for latex in ["", " ", "x^{}", "{}"] {
            typeset(latex);
        }
    }
}
