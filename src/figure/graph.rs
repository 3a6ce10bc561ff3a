//! The cost as a graph of its operations, from its names up to J: values on the nodes, and backward ∂J/∂node with each derivative on
//! its link; below it ∂J/∂leaf as the product along its path, or the sum over several.
//!
//! It is that of the formula as it is typed: of a cost over rows that of the loss of one row, without penalties and constraints.

mod layers;
mod painting;
mod product;
mod words;

use std::collections::BTreeSet;

use egui::{Align, Label, Layout, Pos2, Rect, RichText, Ui, UiBuilder, Vec2, vec2};
use serde::{Deserialize, Serialize};

use crate::expr::Expression;
use crate::figure::mathematics::Mathematics;
use crate::objective::Point;
use crate::scenario::Cost;
use crate::session::Session;
use crate::spelling::Selectable;
use crate::symbolic::{
    Computation, ComputationEvaluator, Computed, Folded, NoGraph, NodeKind, Paths, Written,
};
use layers::Layered;
use painting::Measures;
pub use painting::{GraphCamera, GraphMarks, GraphOutput};
pub use words::{place_at, place_words};

/// A graph of more nodes starts folded.
pub const FOLDED_BEYOND: usize = 60;

/// Which way the graph is gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sweeps {
    /// Values, and derivatives.
    #[default]
    Both,
    /// Values alone, from the leaves to J.
    Forward,
    /// Derivatives alone, from J to the leaves.
    Backward,
}

impl Selectable for Sweeps {
    const ALL: &'static [Self] = &[Self::Both, Self::Forward, Self::Backward];

    fn id(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Forward => "forward",
            Self::Backward => "backward",
        }
    }
}

impl Sweeps {
    fn has_values(self) -> bool {
        self != Self::Backward
    }

    fn has_derivatives(self) -> bool {
        self != Self::Forward
    }
}

/// What is chosen about a graph.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GraphChoice {
    /// Which way it is gone through.
    pub sweeps: Sweeps,
    /// The leaf whose paths are lit, by its name.
    pub leaf: Option<String>,
    /// The row whose loss it is, from 0.
    pub row: usize,
    /// The run at whose head the numbers are.
    pub run: usize,
    /// The nodes that are folded; as suits its size where there is nothing.
    pub folded: Option<BTreeSet<usize>>,
}

/// The graph of a session's cost, with places for what is seen of it.
#[derive(Debug)]
pub struct CostGraph {
    cost: Cost,
    computation: Computation,
    evaluator: ComputationEvaluator,
    folded: BTreeSet<usize>,
    shown: Folded,
    /// What it was laid out for, and how.
    placed: Option<(Sweeps, Layered)>,
    measures: Measures,
}

/// The numbers of a graph.
#[derive(Debug)]
pub struct GraphNumbers {
    computed: Computed,
    /// On each link that is seen.
    slopes: Vec<Option<f64>>,
}

impl CostGraph {
    /// That of a cost, folded where it is large.
    ///
    /// # Errors
    /// The formula is wrong, or there would be too many nodes.
    pub fn of(cost: &Cost) -> Result<Self, NoGraph> {
        let computation = computation_of(cost)?;
        let folded = Folded::nearest_to_result(&computation, FOLDED_BEYOND);
        Ok(Self {
            cost: cost.clone(),
            evaluator: computation.evaluator(),
            shown: Folded::of(&computation, &folded),
            computation,
            folded,
            placed: None,
            measures: Measures::default(),
        })
    }

    /// Whether it is that of the cost with its present constants.
    pub fn is_of(&self, cost: &Cost) -> bool {
        let Cost { source, variables, constants, .. } = &self.cost;
        *source == cost.source
            && *variables == cost.variables
            && *constants == cost.constants
            && self.cost.columns() == cost.columns()
    }

    /// The same of another cost: what is folded and where things stand is kept where only numbers differ.
    ///
    /// # Errors
    /// As [`CostGraph::of`].
    pub fn followed(self, cost: &Cost) -> Result<Self, NoGraph> {
        let computation = computation_of(cost)?;
        if !computation.has_form_of(&self.computation) {
            return Self::of(cost);
        }
        Ok(Self { cost: cost.clone(), evaluator: computation.evaluator(), computation, ..self })
    }

    /// The graph.
    pub fn computation(&self) -> &Computation {
        &self.computation
    }

    /// The nodes that are folded.
    pub fn folded(&self) -> &BTreeSet<usize> {
        &self.folded
    }

    /// Folds these nodes and no others.
    pub fn fold(&mut self, folded: BTreeSet<usize>) {
        if folded != self.folded {
            self.shown = Folded::of(&self.computation, &folded);
            self.folded = folded;
            self.placed = None;
        }
    }

    /// Folds a node, or unfolds it.
    pub fn turn(&mut self, node: usize) {
        let mut folded = self.folded.clone();
        if !folded.remove(&node) {
            folded.insert(node);
        }
        self.fold(folded);
    }

    /// The names of the leaves, variables first, with their nodes.
    pub fn leaves(&self) -> Vec<(String, usize)> {
        let nodes = self.computation.nodes();
        let mut leaves: Vec<usize> = (0..nodes.len()).filter(|node| nodes[*node].kind.is_leaf()).collect();
        leaves.sort_by_key(|leaf| match nodes[*leaf].kind {
            NodeKind::Variable(axis) => axis,
            NodeKind::Constant(_) => 2,
            _ => 3,
        });
        leaves.into_iter().map(|leaf| (nodes[leaf].symbol.text.clone(), leaf)).collect()
    }

    /// The numbers at a point, and of a row where the cost has such.
    pub fn numbers(&mut self, point: Point, row: usize) -> GraphNumbers {
        let data = self.cost.data.as_ref();
        let row = data.map(|data| data.table().row(row)).unwrap_or_default();
        let computed = self.evaluator.at(&self.computation, [point.x, point.y], &row);
        let slopes = self.shown.slopes(&self.computation, &computed);
        GraphNumbers { computed, slopes }
    }

    /// The paths of a node, if it is seen.
    fn paths(&self, node: Option<usize>) -> Option<Paths> {
        let node = node.filter(|node| self.shown.is_seen(*node))?;
        Some(Paths::of(&self.computation, &self.shown, node))
    }

    /// The derivative of J by a node as it is written: in symbols, in what these are, in numbers.
    pub fn product_lines(&self, numbers: &GraphNumbers, node: usize) -> Vec<Written> {
        let GraphNumbers { computed, slopes } = numbers;
        let Some(paths) = self.paths(Some(node)) else { return Vec::new() };
        product::lines(&self.computation, &self.shown, &paths, (computed, slopes), node)
    }

    /// What is to be said of the graph, and of its numbers where that is asked for.
    pub fn remarks(&self, session: &Session, numbers: &GraphNumbers, row: usize) -> Vec<String> {
        words::remarks(&self.computation, &numbers.computed, session.scenario(), row)
    }

    /// Width and height of all that is seen, at its own size.
    pub fn size(&mut self, ui: &Ui, sweeps: Sweeps) -> Vec2 {
        self.lay_out(ui, sweeps).size
    }

    fn lay_out(&mut self, ui: &Ui, sweeps: Sweeps) -> &Layered {
        if self.placed.as_ref().is_none_or(|(held, _)| *held != sweeps) {
            self.measures = Measures::of(ui, &self.computation, &self.shown, sweeps);
            let layered = Layered::of(&self.measures.sizes, &self.measures.links);
            self.placed = Some((sweeps, layered));
        }
        static NOWHERE: Layered = Layered { boxes: Vec::new(), routes: Vec::new(), size: Vec2::ZERO };
        self.placed.as_ref().map_or(&NOWHERE, |(_, layered)| layered)
    }
}

fn computation_of(cost: &Cost) -> Result<Computation, NoGraph> {
    let columns: Vec<&str> = cost.columns().iter().map(String::as_str).collect();
    let expression = Expression::parse(cost.formula())?;
    Computation::of(&expression, cost.variable_names(), &cost.constants, &columns)
}

/// Height of an em of the lines below the graph, and of that of a page with no room for such.
const LINE_SIZE: f32 = 15.0;
const SMALLEST_LINE: f32 = 7.0;
/// The most that the lines take of the height.
const LINES_SHARE: f32 = 0.42;

/// Draws the graph of a figure into all the room there is: as large as fits, with the lines of a leaf below.
pub fn graph_ui(ui: &mut Ui, session: &Session, choice: &GraphChoice, place: (Point, &str)) {
    let mut graph = match CostGraph::of(&session.scenario().cost) {
        Ok(graph) => graph,
        Err(error) => {
            ui.label(error.to_string());
            return;
        }
    };
    if let Some(folded) = &choice.folded {
        graph.fold(folded.clone());
    }
    let (point, words) = place;
    let numbers = graph.numbers(point, choice.row);
    let leaf = choice.leaf.as_deref().and_then(|name| graph.computation.find(name));
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.add(Label::new(RichText::new(words).strong()).wrap());
    for remark in graph.remarks(session, &numbers, choice.row) {
        ui.add(Label::new(RichText::new(remark).size(10.0)).wrap());
    }
    let room = ui.available_rect_before_wrap();
    let lines = leaf.map(|leaf| graph.product_lines(&numbers, leaf)).unwrap_or_default();
    let size = size_within(ui, &lines, vec2(room.width(), LINES_SHARE * room.height()));
    let height = height_of(ui, &lines, size);
    let whole = Rect::from_min_max(room.min, room.max - vec2(0.0, height));
    let view = GraphCamera::fitting(graph.size(ui, choice.sweeps), whole);
    let marks = GraphMarks { chosen: leaf, hovered: None };
    graph.show_ui(ui, whole, view, choice.sweeps, &numbers, marks);
    let below = Rect::from_min_max(whole.left_bottom(), room.max);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(below).layout(Layout::top_down(Align::Min)));
    ui.spacing_mut().item_spacing.y = LINE_GAP;
    for line in &lines {
        mathematics(line, size).show_ui(&mut ui);
    }
}

/// Between two lines.
const LINE_GAP: f32 = 4.0;

fn mathematics(line: &Written, size: f32) -> Mathematics<'_> {
    Mathematics { latex: &line.latex, spoken: &line.text, size }
}

/// Draws the lines of a leaf in a view.
pub fn product_ui(ui: &mut Ui, lines: &[Written]) {
    ui.spacing_mut().item_spacing.y = LINE_GAP;
    for line in lines {
        mathematics(line, LINE_SIZE).show_ui(ui);
    }
}

/// How high the lines of a leaf are in a view.
pub fn product_height(ui: &Ui, lines: &[Written]) -> f32 {
    height_of(ui, lines, LINE_SIZE)
}

fn height_of(ui: &Ui, lines: &[Written], size: f32) -> f32 {
    let height = |line: &Written| mathematics(line, size).natural_size(ui).map_or(1.5 * size, |size| size.y);
    lines.iter().map(|line| height(line) + LINE_GAP).sum()
}

/// The largest size at which the lines fit into the room.
fn size_within(ui: &Ui, lines: &[Written], room: Vec2) -> f32 {
    let width = |size: f32| {
        let width = |line: &Written| mathematics(line, size).natural_size(ui).map_or(0.0, |size| size.x);
        lines.iter().map(width).fold(0.0, f32::max)
    };
    let sizes = std::iter::successors(Some(LINE_SIZE), |size| Some(0.93 * size));
    let mut sizes = sizes.take_while(|size| *size > SMALLEST_LINE);
    let fitting = sizes.find(|size| width(*size) <= room.x && height_of(ui, lines, *size) <= room.y);
    fitting.unwrap_or(SMALLEST_LINE)
}

impl GraphCamera {
    /// Looks at all of a graph of this size, or at its end with the result where it could not be read as a whole.
    pub fn legible(size: Vec2, room: Rect) -> Self {
        /// Smaller the letters of a node are not read.
        const SMALLEST: f32 = 0.62;
        let fitting = Self::fitting(size, room);
        if fitting.zoom >= SMALLEST {
            return fitting;
        }
        let beyond = room.size() - size * SMALLEST;
        let corner = egui::pos2(if beyond.x < 0.0 { beyond.x - 8.0 } else { 0.5 * beyond.x }, 0.5 * beyond.y);
        Self { corner, zoom: SMALLEST }
    }

    /// All of a graph of this size in a room.
    pub fn fitting(size: Vec2, room: Rect) -> Self {
        const MARGIN: f32 = 10.0;
        const LARGEST: f32 = 1.6;
        let share = (room.size() - Vec2::splat(2.0 * MARGIN)) / size.max(Vec2::splat(1.0));
        let zoom = share.x.min(share.y).clamp(0.02, LARGEST);
        let corner = room.size() * 0.5 - size * (0.5 * zoom);
        Self { corner: Pos2::ZERO + corner, zoom }
    }
}

#[cfg(test)]
mod tests;
