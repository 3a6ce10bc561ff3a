//! A graph as it is drawn: boxes with what a node is, its value and ∂J/∂node; links with the derivative of what reads by what is read.

use egui::{
    Align2, Color32, CursorIcon, FontId, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Theme,
    Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::layers::Route;
use super::{CostGraph, GraphNumbers, Sweeps};
use crate::figure::look::number::{short, trimmed};
use crate::symbolic::{Computation, ComputedNode, Folded, Link, NodeKind};

/// The type of a box and of the words on a link, at full size.
const NAME: f32 = 13.0;
const SMALL: f32 = 11.0;
/// The height of the name, of a number below it, and the room around both.
const NAME_ROW: f32 = 19.0;
const ROW: f32 = 14.0;
const AROUND: Vec2 = vec2(9.0, 5.0);
/// The widest number that is drawn, so that nothing moves while numbers change.
const WIDEST: &str = "−0.0001234";
/// Longer forms are cut, on a box and on a link.
const MOST_CHARS: usize = 30;
const MOST_ON_LINK: usize = 16;
/// Smaller type is left out.
const LEGIBLE: f32 = 4.5;
/// A link without words.
const BARE: Vec2 = vec2(16.0, 8.0);
/// What is not on the paths that are lit.
const FAINT: f32 = 0.3;

/// Where one looks: the corner of the graph, from that of its room, and how large it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GraphCamera {
    /// Where its corner is.
    pub corner: Pos2,
    /// Points for each of its own.
    pub zoom: f32,
}

impl GraphCamera {
    fn place(self, room: Rect, at: Pos2) -> Pos2 {
        room.min + self.corner.to_vec2() + at.to_vec2() * self.zoom
    }

    fn rect(self, room: Rect, rect: Rect) -> Rect {
        Rect::from_min_max(self.place(room, rect.min), self.place(room, rect.max))
    }
}

/// What is marked.
#[derive(Clone, Copy, Debug, Default)]
pub struct GraphMarks {
    /// The node whose paths are lit.
    pub chosen: Option<usize>,
    /// The node that is pointed at elsewhere.
    pub hovered: Option<usize>,
}

/// What was done with the graph.
#[derive(Clone, Copy, Debug, Default)]
pub struct GraphOutput {
    /// The node that was clicked.
    pub clicked: Option<usize>,
    /// The node that was clicked twice.
    pub turned: Option<usize>,
}

/// The sizes of what is drawn, and the places of nodes among those that are seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Measures {
    pub sizes: Vec<Vec2>,
    pub links: Vec<([usize; 2], Vec2)>,
}

impl Measures {
    pub fn of(ui: &Ui, computation: &Computation, shown: &Folded, sweeps: Sweeps) -> Self {
        let width = |text: &str, size: f32| {
            let font = FontId::proportional(size);
            ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
        };
        let number = width(WIDEST, SMALL);
        let size = |node: &usize| {
            let node_at = &computation.nodes()[*node];
            let mut widest = width(&title(node_at, shown.is_folded(*node)), NAME);
            if sweeps.has_values() {
                widest = widest.max(number);
            }
            if sweeps.has_derivatives() {
                let left = left_side(computation, node_at);
                widest = widest.max(width(&left, SMALL) + number);
            }
            let rows = f32::from(u8::from(sweeps.has_values()) + u8::from(sweeps.has_derivatives()));
            vec2(widest, NAME_ROW + ROW * rows) + 2.0 * AROUND
        };
        let mut places = vec![0; computation.nodes().len()];
        for (place, node) in shown.nodes.iter().enumerate() {
            places[*node] = place;
        }
        let label = |link: &Link| {
            if !sweeps.has_derivatives() || link.is_condition {
                return BARE;
            }
            match form_on_link(link) {
                Some(OnLink::Number(text)) => vec2(width(&text, SMALL) + 8.0, ROW + 2.0),
                Some(OnLink::Term(text)) => vec2(width(&text, SMALL).max(number) + 8.0, 2.0 * ROW + 2.0),
                None => vec2(number + 8.0, ROW + 2.0),
            }
        };
        let links = shown.links.iter().map(|link| ([places[link.from], places[link.to]], label(link)));
        Self { sizes: shown.nodes.iter().map(size).collect(), links: links.collect() }
    }
}

/// What stands on a link besides a number.
enum OnLink {
    /// A number that needs no other.
    Number(String),
    Term(String),
}

fn form_on_link(link: &Link) -> Option<OnLink> {
    let text = &link.slope.as_ref()?.text;
    let is_number = text.replace('−', "-").parse::<f64>().is_ok();
    match is_number {
        true => Some(OnLink::Number(text.clone())),
        false => (text.chars().count() <= MOST_ON_LINK).then(|| OnLink::Term(text.clone())),
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MOST_CHARS {
        return text.to_owned();
    }
    let kept: String = text.chars().take(MOST_CHARS - 1).collect();
    format!("{kept}…")
}

/// What stands on a box: a name, or a letter with what it is.
fn title(node: &ComputedNode, is_folded: bool) -> String {
    let symbol = &node.symbol.text;
    match (&node.whole, node.kind.is_leaf()) {
        (_, true) => symbol.clone(),
        (Ok(whole), false) if is_folded => format!("{symbol} = {} …", cut(&whole.text)),
        (_, false) if is_folded => format!("{symbol} = …"),
        _ if node.kind == NodeKind::Condition => match &node.whole {
            Ok(whole) => cut(&whole.text),
            Err(_) => symbol.clone(),
        },
        _ => format!("{symbol} = {}", cut(&node.definition.text)),
    }
}

/// ∂J/∂node =
fn left_side(computation: &Computation, node: &ComputedNode) -> String {
    let result = &computation.nodes()[computation.result()].symbol.text;
    format!("∂{result}/∂{} = ", node.symbol.text)
}

fn number(value: f64) -> String {
    trimmed(&short(value, 4))
}

/// The colors.
struct GraphInks {
    text: Color32,
    edge: Color32,
    fill: Color32,
    leaf: Color32,
    /// Of everything that goes backward.
    backward: Color32,
    page: Color32,
}

impl GraphInks {
    fn of(ui: &Ui) -> Self {
        let is_dark = ui.theme() == Theme::Dark;
        let visuals = ui.visuals();
        Self {
            text: visuals.text_color(),
            edge: visuals.text_color().gamma_multiply(0.55),
            fill: if is_dark { Color32::from_gray(38) } else { Color32::from_gray(246) },
            leaf: if is_dark { Color32::from_rgb(30, 50, 66) } else { Color32::from_rgb(222, 236, 248) },
            backward: if is_dark {
                Color32::from_rgb(0xff, 0xb0, 0x6a)
            } else {
                Color32::from_rgb(0x9a, 0x3c, 0x00)
            },
            page: if is_dark { Color32::from_gray(24) } else { Color32::WHITE },
        }
    }
}

impl CostGraph {
    /// Draws what is seen of it in a part of the room. Returns what was done with it.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        room: Rect,
        view: GraphCamera,
        sweeps: Sweeps,
        numbers: &GraphNumbers,
        marks: GraphMarks,
    ) -> GraphOutput {
        let layered = self.lay_out(ui, sweeps).clone();
        let paths = self.paths(marks.chosen);
        let inks = GraphInks::of(ui);
        let painter = ui.painter_at(room);
        let drawing = GraphDrawing { graph: self, numbers, sweeps, view, room, inks, painter };
        for (place, (link, route)) in self.shown.links.iter().zip(&layered.routes).enumerate() {
            let is_lit = paths.as_ref().map(|paths| paths.has_link[place]);
            drawing.link(link, numbers.slopes[place], route, is_lit);
        }
        let mut output = GraphOutput::default();
        for (node, rect) in self.shown.nodes.iter().zip(&layered.boxes) {
            let is_lit = paths.as_ref().map(|paths| paths.has_node[*node]);
            let rect = view.rect(room, *rect);
            let visible = rect.intersect(room);
            if !visible.is_positive() {
                continue;
            }
            let response = ui.interact(visible, ui.scope_id().with(("node", *node)), Sense::CLICK);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, drawing.words(*node)));
            let is_marked = response.hovered() || marks.hovered == Some(*node);
            drawing.node(*node, rect, is_lit, is_marked, marks.chosen == Some(*node));
            if response.double_clicked() {
                output.turned = Some(*node).filter(|node| !self.computation.nodes()[*node].kind.is_leaf());
            } else if response.clicked() {
                output.clicked = Some(*node);
            }
            response
                .on_hover_cursor(CursorIcon::PointingHand)
                .on_hover_ui(|ui| drawing.explain_ui(ui, *node));
        }
        output
    }
}

/// What is being drawn, and on what.
struct GraphDrawing<'a> {
    graph: &'a CostGraph,
    numbers: &'a GraphNumbers,
    sweeps: Sweeps,
    view: GraphCamera,
    room: Rect,
    inks: GraphInks,
    painter: Painter,
}

impl GraphDrawing<'_> {
    fn node_at(&self, node: usize) -> &ComputedNode {
        &self.graph.computation.nodes()[node]
    }

    fn value(&self, node: usize) -> String {
        let value = self.numbers.computed.value(node);
        match self.node_at(node).kind {
            NodeKind::Condition if value > 0.0 => "true".to_owned(),
            NodeKind::Condition if value < 0.0 => "false".to_owned(),
            _ => number(value),
        }
    }

    fn text(&self, at: Pos2, anchor: Align2, text: &str, size: f32, color: Color32) {
        let size = size * self.view.zoom;
        if size >= LEGIBLE {
            self.painter.text(at, anchor, text, FontId::proportional(size), color);
        }
    }

    fn link(&self, link: &Link, slope: Option<f64>, route: &Route, is_lit: Option<bool>) {
        let points: Vec<Pos2> = route.points.iter().map(|at| self.view.place(self.room, *at)).collect();
        let bounds = Rect::from_points(&points);
        if !bounds.expand(1.0).intersects(self.room) {
            return;
        }
        let (zoom, inks) = (self.view.zoom, &self.inks);
        let is_back = self.sweeps == Sweeps::Backward;
        let strength = if is_lit == Some(false) { FAINT } else { 1.0 };
        let color = match is_lit {
            Some(true) => inks.backward,
            _ if is_back => inks.backward.gamma_multiply(0.7 * strength),
            _ => inks.edge.gamma_multiply(strength),
        };
        let width = if is_lit == Some(true) { 2.2 } else { 1.1 } * zoom.clamp(0.4, 1.2);
        let stroke = Stroke::new(width, color);
        let curve = curve(&points);
        if link.is_condition {
            self.painter.extend(Shape::dashed_line(&curve, stroke, 5.0 * zoom, 4.0 * zoom));
        } else {
            self.painter.add(Shape::line(curve, stroke));
        }
        let (tip, towards) = match points.as_slice() {
            [first, ..] if is_back => (*first, 1.0),
            [.., last] => (*last, -1.0),
            [] => return,
        };
        let arrow = [vec2(0.0, 0.0), vec2(towards * 7.0, -3.2), vec2(towards * 7.0, 3.2)];
        let arrow = arrow.map(|corner| tip + corner * zoom.max(0.3)).to_vec();
        self.painter.add(Shape::convex_polygon(arrow, color, Stroke::NONE));
        if !self.sweeps.has_derivatives() || link.is_condition {
            return;
        }
        let label = self.view.rect(self.room, route.label);
        if SMALL * zoom < LEGIBLE || !label.intersects(self.room) {
            return;
        }
        self.painter.rect_filled(label, 3.0 * zoom, inks.page.gamma_multiply(0.92));
        let ink = inks.backward.gamma_multiply(strength);
        let slope = slope.map_or_else(|| "none".to_owned(), number);
        match form_on_link(link) {
            Some(OnLink::Number(text)) => self.text(label.center(), Align2::CENTER_CENTER, &text, SMALL, ink),
            Some(OnLink::Term(text)) => {
                let half = vec2(0.0, 0.5 * ROW * zoom);
                self.text(label.center() - half, Align2::CENTER_CENTER, &text, SMALL, ink);
                self.text(label.center() + half, Align2::CENTER_CENTER, &slope, SMALL, ink);
            }
            None => self.text(label.center(), Align2::CENTER_CENTER, &slope, SMALL, ink),
        }
    }

    fn node(&self, node: usize, rect: Rect, is_lit: Option<bool>, is_marked: bool, is_chosen: bool) {
        let (zoom, inks, node_at) = (self.view.zoom, &self.inks, self.node_at(node));
        let strength = if is_lit == Some(false) && !is_marked { FAINT } else { 1.0 };
        let fill = if node_at.kind.is_leaf() { inks.leaf } else { inks.fill };
        let edge = match (is_lit, is_marked) {
            (Some(true), _) => Stroke::new(if is_chosen { 3.0 } else { 2.0 }, inks.backward),
            (_, true) => Stroke::new(1.6, inks.text),
            _ => Stroke::new(1.0, inks.edge.gamma_multiply(strength)),
        };
        let corner = if node_at.kind.is_leaf() { 9.0 } else { 3.0 } * zoom;
        if self.graph.shown.is_folded(node) {
            // There is more below it.
            let behind = rect.translate(Vec2::splat(3.0 * zoom));
            self.painter.rect(behind, corner, fill, Stroke::new(1.0, edge.color), StrokeKind::Inside);
        }
        self.painter.rect(rect, corner, fill, edge, StrokeKind::Inside);
        let left = rect.left() + AROUND.x * zoom;
        let mut y = rect.top() + (AROUND.y + 0.5 * NAME_ROW) * zoom;
        let ink = inks.text.gamma_multiply(strength);
        let words = title(node_at, self.graph.shown.is_folded(node));
        self.text(pos2(left, y), Align2::LEFT_CENTER, &words, NAME, ink);
        y += 0.5 * (NAME_ROW + ROW) * zoom;
        if self.sweeps.has_values() {
            self.text(pos2(left, y), Align2::LEFT_CENTER, &self.value(node), SMALL, ink);
            y += ROW * zoom;
        }
        if self.sweeps.has_derivatives() && node_at.kind != NodeKind::Condition {
            let derivative = number(self.numbers.computed.derivative(node));
            let words = format!("{}{derivative}", left_side(&self.graph.computation, node_at));
            self.text(
                pos2(left, y),
                Align2::LEFT_CENTER,
                &words,
                SMALL,
                inks.backward.gamma_multiply(strength),
            );
        }
    }

    /// A node as it is read out.
    fn words(&self, node: usize) -> String {
        let node_at = self.node_at(node);
        let title = title(node_at, self.graph.shown.is_folded(node));
        let mut words = format!("{title}, value {}", self.value(node));
        if self.sweeps.has_derivatives() && node_at.kind != NodeKind::Condition {
            let derivative = number(self.numbers.computed.derivative(node));
            words.push_str(&format!(", {}{derivative}", left_side(&self.graph.computation, node_at)));
        }
        words
    }

    fn explain_ui(&self, ui: &mut Ui, node: usize) {
        let (node_at, computed) = (self.node_at(node), &self.numbers.computed);
        let symbol = &node_at.symbol.text;
        if !node_at.kind.is_leaf() {
            ui.label(format!("{symbol} = {}", node_at.definition.text));
            if let Ok(whole) = &node_at.whole
                && *whole != node_at.definition
            {
                ui.label(format!("= {}", whole.text));
            }
        }
        let what = match node_at.kind {
            NodeKind::Variable(_) => "variable",
            NodeKind::Constant(_) => "constant",
            NodeKind::Column(_) => "column of the row",
            NodeKind::Condition => "condition: it decides, and has no derivative",
            NodeKind::Operation => "",
        };
        if node_at.kind == NodeKind::Condition {
            ui.label(self.value(node));
        } else {
            ui.label(crate::decimal::with_minus(&format!("{symbol} = {}", computed.value(node))));
            let left = left_side(&self.graph.computation, node_at);
            ui.label(crate::decimal::with_minus(&format!("{left}{}", computed.derivative(node))));
        }
        if !what.is_empty() {
            ui.weak(what);
        }
        let fold = if self.graph.shown.is_folded(node) { "unfold" } else { "fold" };
        ui.weak(match node_at.kind.is_leaf() {
            true => "click: light its paths to the result".to_owned(),
            false => format!("click: light its paths to the result; double click: {fold} what it is made of"),
        });
    }
}

/// Through the points, level at each of them.
fn curve(points: &[Pos2]) -> Vec<Pos2> {
    const PARTS: usize = 8;
    let mut curve: Vec<Pos2> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let [a, b] = [pair[0], pair[1]];
        if (a.y - b.y).abs() > 1.0 {
            for part in 1..PARTS {
                let t = part as f32 / PARTS as f32;
                // Smoothstep.
                curve.push(pos2(a.x + t * (b.x - a.x), a.y + t * t * (3.0 - 2.0 * t) * (b.y - a.y)));
            }
        }
        curve.push(b);
    }
    curve
}
