//! Lines in an SVG, and the numbers at its axes.

use egui::{Rect, pos2, vec2};
use resvg::usvg::roxmltree::{Document, Node};

use crate::objective::Point;

pub(super) type At = [f64; 2];
pub(super) type Line = Vec<At>;

pub(super) fn between(a: At, b: At) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

pub(super) fn length(line: &[At]) -> f64 {
    line.array_windows().map(|[from, to]| between(*from, *to)).sum()
}

/// From a point to a segment, of which an end may be far away.
fn to_segment(at: At, [from, to]: [At; 2]) -> f64 {
    // From the nearer end, so that the other costs no digits.
    let [near, far] = if between(at, from) <= between(at, to) { [from, to] } else { [to, from] };
    let length = between(near, far);
    if length == 0.0 {
        return between(at, near);
    }
    let along = [(far[0] - near[0]) / length, (far[1] - near[1]) / length];
    let share = ((at[0] - near[0]) * along[0] + (at[1] - near[1]) * along[1]).clamp(0.0, length);
    between(at, [near[0] + share * along[0], near[1] + share * along[1]])
}

/// From a point to the nearest of some lines.
pub(super) fn to_lines<'a>(at: At, lines: impl IntoIterator<Item = &'a Line>) -> f64 {
    let segments = lines.into_iter().flat_map(|line| line.array_windows().copied());
    segments.map(|segment| to_segment(at, segment)).fold(f64::INFINITY, f64::min)
}

/// The inside of the axes, and what the numbers beside it say, as a reader has it: the middle of a number is at its tick.
pub(super) struct Axes {
    clip: String,
    frame: Rect,
    /// Of each axis: where 0 is, and how long 1 is.
    scale: [[f64; 2]; 2],
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().split(' ').next().unwrap().parse().unwrap()
}

impl Axes {
    /// Half the height of a digit, and the width of one, in sizes of its type.
    const DIGIT: [f64; 2] = [0.3465, 0.564];

    pub fn read(document: &Document<'_>) -> Self {
        // The heat map reaches half a cell beyond the frame, at which it is cut off.
        let image = document.descendants().find(|n| n.has_tag_name("image")).unwrap();
        let clip = image.ancestors().find_map(|n| n.attribute("clip-path")).unwrap().to_owned();
        let id = clip.trim_start_matches("url(#").trim_end_matches(')');
        let rect = document.descendants().find(|n| n.attribute("id") == Some(id)).unwrap();
        let rect = rect.first_element_child().unwrap();
        let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| number(rect, name) as f32);
        let frame = Rect::from_min_size(pos2(x, y), vec2(width, height));
        let mut marks: [Vec<At>; 2] = Default::default();
        for text in document.descendants().filter(|n| n.attribute("font-size") == Some("13")) {
            let Ok(value) = text.text().unwrap_or_default().replace('\u{2212}', "-").parse::<f64>() else {
                continue;
            };
            let letters: Vec<f64> =
                text.attribute("x").unwrap().split(' ').map(|x| x.parse().unwrap()).collect();
            let (first, last) = (letters[0], letters[letters.len() - 1] + 13.0 * Self::DIGIT[1]);
            let baseline = number(text, "y");
            let below = baseline - f64::from(frame.bottom());
            if (6.0..20.0).contains(&below) {
                marks[0].push([value, 0.5 * (first + last)]);
            } else if last < f64::from(frame.left()) {
                marks[1].push([value, baseline - 13.0 * Self::DIGIT[0]]);
            }
        }
        let scale = marks.map(|marks| {
            let ([low, from], [high, to]) = (marks[0], marks[marks.len() - 1]);
            let unit = (to - from) / (high - low);
            let zero = from - low * unit;
            for [value, at] in marks {
                assert!((zero + value * unit - at).abs() < 0.05, "{value} is not where it should be");
            }
            [zero, unit]
        });
        Self { clip, frame, scale }
    }

    /// Where a point of the plane is on the page.
    pub fn at(&self, point: Point) -> At {
        let [[x0, x], [y0, y]] = self.scale;
        [x0 + point.x * x, y0 + point.y * y]
    }

    /// Whether a place on the page is inside the axes, grown by a margin.
    pub fn shows(&self, [x, y]: At, margin: f32) -> bool {
        self.frame.expand(margin).contains(pos2(x as f32, y as f32))
    }
}

/// What is drawn of one run: under its line lies an edge; steps with both ends out of sight are faint.
#[derive(Default)]
pub(super) struct Drawn {
    pub color: String,
    pub edges: Vec<Line>,
    pub lines: Vec<Line>,
    pub faint: Vec<Line>,
}

/// The runs inside the axes, from the lowest to the one on top. A line of any other kind ends the one before it.
pub(super) fn drawn_runs(document: &Document<'_>, axes: &Axes) -> Vec<Drawn> {
    let inside = document
        .descendants()
        .filter(|n| n.parent().is_some_and(|g| g.attribute("clip-path") == Some(&axes.clip)));
    let mut runs = Vec::new();
    let mut run = Drawn::default();
    for node in inside.filter(Node::is_element) {
        let stroke = node
            .attribute("stroke")
            .filter(|_| node.has_tag_name("path") && node.attribute("fill").is_none());
        let d = node.attribute("d").filter(|d| !d.ends_with('Z'));
        let (Some(color), Some(d)) = (stroke, d) else {
            if !run.lines.is_empty() {
                runs.push(std::mem::take(&mut run));
            }
            run = Drawn::default();
            continue;
        };
        let numbers = d.replace(['M', 'L'], " ");
        let numbers: Vec<f64> = numbers.split_whitespace().map(|n| n.parse().unwrap()).collect();
        let line = numbers.as_chunks::<2>().0.to_vec();
        let width = node.attribute("stroke-width").unwrap_or("1");
        if !run.lines.is_empty() && (width != "2" || run.color != color) {
            runs.push(std::mem::take(&mut run));
        }
        match (width, node.attribute("stroke-opacity")) {
            ("2", None) => {
                run.color = color.to_owned();
                run.lines.push(line);
            }
            ("4.2", _) => run.edges.push(line),
            ("1", Some("0.302")) => run.faint.push(line),
            _ => run = Drawn::default(),
        }
    }
    runs
}
