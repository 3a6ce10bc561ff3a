//! One SVG element: short numbers, colors, strokes, escaped text.

use std::fmt::Write as _;

use egui::{Color32, Pos2, Rect, Stroke};

/// An element without children, written attribute by attribute.
///
/// One number that is not finite takes the whole element back at [`close`](Self::close).
pub(super) struct Element<'a> {
    out: &'a mut String,
    start: usize,
    finite: bool,
}

impl<'a> Element<'a> {
    pub fn begin(out: &'a mut String, name: &str) -> Self {
        let start = out.len();
        out.push('<');
        out.push_str(name);
        Self { out, start, finite: true }
    }

    /// An attribute with a number.
    pub fn number(mut self, name: &str, value: f32) -> Self {
        self.open(name);
        self.push(value);
        self.out.push('"');
        self
    }

    /// An attribute with text that needs no escaping.
    pub fn text(mut self, name: &str, value: &str) -> Self {
        self.open(name);
        self.out.push_str(value);
        self.out.push('"');
        self
    }

    /// `x`, `y`, `width` and `height`.
    pub fn rect(self, rect: Rect) -> Self {
        self.number("x", rect.min.x)
            .number("y", rect.min.y)
            .number("width", rect.width())
            .number("height", rect.height())
    }

    /// The rotation by `angle` radians, clockwise, about `pivot`; nothing where the angle is zero.
    pub fn rotation(mut self, angle: f32, pivot: Pos2) -> Self {
        if angle != 0.0 {
            self.open("transform");
            self.out.push_str("rotate(");
            for value in [angle.to_degrees(), pivot.x, pivot.y] {
                self.push(value);
                self.out.push(' ');
            }
            self.out.pop();
            self.out.push_str(")\"");
        }
        self
    }

    /// A path through `points`: `letters` are put before them in turn, `end` after the last.
    pub fn path(mut self, parts: impl IntoIterator<Item = (&'static str, Pos2)>, end: &str) -> Self {
        self.open("d");
        for (letter, point) in parts {
            if letter.is_empty() {
                self.out.push(' ');
            }
            self.out.push_str(letter);
            self.push(point.x);
            self.out.push(' ');
            self.push(point.y);
        }
        self.out.push_str(end);
        self.out.push('"');
        self
    }

    /// The fill; nothing for a transparent one, which is what shapes inherit.
    pub fn fill(self, color: Color32) -> Self {
        self.paint("fill", color)
    }

    /// The stroke; nothing for an empty one.
    pub fn stroke(self, stroke: Stroke) -> Self {
        if stroke.is_empty() {
            return self;
        }
        let element = self.paint("stroke", stroke.color);
        if stroke.width == 1.0 { element } else { element.number("stroke-width", stroke.width) }
    }

    /// Ends the element, or takes it back where a number in it is not finite. Says whether it stands.
    pub fn close(self) -> bool {
        self.end("/>\n")
    }

    /// Ends the start tag; the caller writes the content and the end tag. Says whether the element stands.
    pub fn close_start(self) -> bool {
        self.end(">")
    }

    fn end(self, end: &str) -> bool {
        if self.finite {
            self.out.push_str(end);
        } else {
            self.out.truncate(self.start);
        }
        self.finite
    }

    fn paint(mut self, name: &str, color: Color32) -> Self {
        let [r, g, b, a] = color.to_srgba_unmultiplied();
        if a == 0 {
            return self;
        }
        self.open(name);
        let _ = write!(self.out, "#{r:02x}{g:02x}{b:02x}\"");
        if a < u8::MAX {
            let _ = write!(self.out, " {name}-opacity=\"");
            push_decimal(self.out, f64::from(a) / 255.0, 3);
            self.out.push('"');
        }
        self
    }

    fn open(&mut self, name: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
    }

    fn push(&mut self, value: f32) {
        self.finite &= push_number(self.out, value);
    }
}

/// Further out than this no page reaches; renderers lose their precision there.
const FAR: f64 = 1e6;

/// Writes a coordinate to a hundredth of a point. Says whether it was finite; one that is not writes nothing.
pub(super) fn push_number(out: &mut String, value: f32) -> bool {
    if value.is_finite() {
        push_decimal(out, f64::from(value).clamp(-FAR, FAR), 2);
    }
    value.is_finite()
}

/// Writes a finite number with at most `digits` decimals, without trailing zeros and never as "-0".
pub(super) fn push_decimal(out: &mut String, value: f64, digits: u32) {
    let unit = 10_u64.pow(digits);
    let scaled = (value.abs() * unit as f64).round() as u64;
    if value < 0.0 && scaled > 0 {
        out.push('-');
    }
    let _ = write!(out, "{}", scaled / unit);
    let mut fraction = scaled % unit;
    let mut width = digits as usize;
    if fraction > 0 {
        while fraction.is_multiple_of(10) {
            fraction /= 10;
            width -= 1;
        }
        let _ = write!(out, ".{fraction:0width$}");
    }
}

/// A coordinate as text.
pub(super) fn short(value: f32) -> String {
    let mut out = String::new();
    push_number(&mut out, value);
    out
}

/// Writes one character of content, escaped; what XML does not allow becomes U+FFFD.
pub(crate) fn push_escaped(out: &mut String, character: char) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\t' | '\n' | '\r' => out.push(' '),
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
        _ => out.push(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let cases = [
            (0.0, "0"),
            (-0.001, "0"),
            (1.0, "1"),
            (-1.5, "-1.5"),
            (0.05, "0.05"),
            (12.999, "13"),
            (100.0, "100"),
            (1e30, "1000000"),
            (-3.204, "-3.2"),
        ];
        for (value, text) in cases {
            assert_eq!(short(value), text);
        }
    }

    #[test]
    fn an_element_with_a_number_that_is_not_finite_is_taken_back() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let mut out = "before".to_owned();
            assert!(!Element::begin(&mut out, "circle").number("r", 1.0).number("cx", bad).close());
            assert_eq!(out, "before");
        }
    }

    #[test]
    fn premultiplied_colors_become_color_and_opacity() {
        let mut out = String::new();
        let half_red = Color32::from_rgba_unmultiplied(255, 0, 0, 51);
        Element::begin(&mut out, "path").fill(half_red).stroke(Stroke::new(1.5, Color32::WHITE)).close();
        assert_eq!(
            out,
            "<path fill=\"#ff0000\" fill-opacity=\"0.2\" stroke=\"#ffffff\" stroke-width=\"1.5\"/>\n"
        );
    }

    #[test]
    fn content_is_escaped() {
        let mut out = String::new();
        "a<b & \"c\"\u{1}>".chars().for_each(|character| push_escaped(&mut out, character));
        assert_eq!(out, "a&lt;b &amp; &quot;c&quot;\u{fffd}&gt;");
    }
}
