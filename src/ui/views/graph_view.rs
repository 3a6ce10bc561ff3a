//! The cost as a graph of its operations beside the plot: dragged, enlarged and folded, with the derivative by a leaf written out below.

use egui::{ComboBox, Label, Rect, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use crate::figure::graph::{
    CostGraph, GraphCamera, GraphChoice, GraphMarks, Sweeps, product_height, product_ui,
};
use crate::objective::Point;
use crate::session::Session;

/// The view, with what it holds from one frame to the next.
#[derive(Debug, Default)]
pub struct GraphView {
    /// The graph, or why there is none of the cost.
    held: Option<Result<CostGraph, Unreadable>>,
    /// Where one looks, if somebody went there; else at all of it or, where that would not be read, at the end with the result.
    camera: Option<GraphCamera>,
    /// Whether all of it is to be seen, however small.
    shows_all: bool,
    /// What the node is called whose paths are lit.
    chosen: Option<String>,
    sweeps: Sweeps,
}

/// A cost without a graph, and why.
#[derive(Debug)]
struct Unreadable {
    cost: crate::scenario::Cost,
    words: String,
}

/// Where the numbers are from.
#[derive(Clone, Debug)]
pub struct GraphPlace {
    /// The point.
    pub point: Point,
    /// What it is.
    pub words: String,
    /// The row whose loss it is.
    pub row: usize,
}

/// The most that the lines below take of the height.
const LINES_SHARE: f32 = 0.45;
/// How much a turn of the wheel enlarges.
const WHEEL: f32 = 0.0035;
/// How large it may be drawn.
const ZOOMS: std::ops::RangeInclusive<f32> = 0.02..=4.0;

impl GraphView {
    /// Makes the graph of the session's cost, if that is another one than before.
    pub fn look_at(&mut self, session: &Session) {
        let cost = &session.scenario().cost;
        let is_held = match &self.held {
            Some(Ok(graph)) => graph.is_of(cost),
            Some(Err(held)) => held.cost == *cost,
            None => false,
        };
        if is_held {
            return;
        }
        let before = self.held.take().and_then(Result::ok);
        let form = before.as_ref().map(|graph| graph.computation().clone());
        let graph = match before {
            Some(graph) => graph.followed(cost),
            None => CostGraph::of(cost),
        };
        let has_other_form =
            !matches!((&graph, &form), (Ok(graph), Some(form)) if graph.computation().has_form_of(form));
        if has_other_form {
            (self.camera, self.shows_all) = (None, false);
        }
        self.held = Some(graph.map_err(|error| Unreadable { cost: cost.clone(), words: error.to_string() }));
    }

    /// Lets go of what is shown, while the view is closed.
    pub fn forget(&mut self) {
        self.held = None;
    }

    /// The row of controls. Returns the figure that was asked for.
    pub fn controls_ui(&mut self, ui: &mut Ui, row: usize) -> Option<GraphChoice> {
        let Some(Ok(graph)) = &mut self.held else { return None };
        let sweeps = [
            (Sweeps::Forward, "forward", "Values alone, from the leaves to J"),
            (Sweeps::Backward, "backward", "Derivatives alone, from J back to the leaves"),
            (Sweeps::Both, "both", "Values forward and derivatives backward"),
        ];
        for (sweep, name, meaning) in sweeps {
            if ui.selectable_label(self.sweeps == sweep, name).on_hover_text(meaning).clicked() {
                self.sweeps = sweep;
            }
        }
        let result = &graph.computation().nodes()[graph.computation().result()].symbol.text;
        let shown = match &self.chosen {
            Some(name) => format!("∂{result}/∂{name}"),
            None => format!("∂{result}/∂…"),
        };
        let combo = ComboBox::from_id_salt("leaf of the graph").selected_text(shown).width(64.0);
        let response = combo.show_ui(ui, |ui| {
            ui.selectable_value(&mut self.chosen, None, "none");
            for (name, _) in graph.leaves() {
                let words = format!("∂{result}/∂{name}");
                ui.selectable_value(&mut self.chosen, Some(name), words);
            }
        });
        response.response.widget_info(|| WidgetInfo {
            current_text_value: Some(self.chosen.clone().unwrap_or_else(|| "none".to_owned())),
            ..WidgetInfo::labeled(Role::ComboBox, true, "Derivative by")
        });
        response.response.on_hover_text(
            "Light the paths from a leaf to the result, and write the derivative by it as the product along them",
        );
        let fit = ui.button("Fit graph").on_hover_text("Show all of it (double click beside its nodes)");
        if fit.clicked() {
            (self.camera, self.shows_all) = (None, true);
        }
        if !graph.folded().is_empty() {
            let unfold = ui.button("Unfold all").on_hover_text("Show what every node is made of");
            if unfold.clicked() {
                graph.fold(Default::default());
                self.camera = None;
            }
        }
        let figure =
            ui.button("Figure…").on_hover_text("Save this graph as a picture, or as a film of the steps");
        figure.clicked().then(|| GraphChoice {
            sweeps: self.sweeps,
            leaf: self.chosen.clone(),
            row,
            folded: Some(graph.folded().clone()),
            ..GraphChoice::default()
        })
    }

    /// The graph with its numbers at a place, and below it the derivative by what is chosen.
    pub fn show_ui(&mut self, ui: &mut Ui, session: &Session, place: &GraphPlace) {
        let graph = match &mut self.held {
            Some(Ok(graph)) => graph,
            Some(Err(held)) => {
                ui.add(Label::new(&held.words).wrap());
                return;
            }
            None => return,
        };
        let numbers = graph.numbers(place.point, place.row);
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add(Label::new(RichText::new(&place.words).small()).wrap());
        for remark in graph.remarks(session, &numbers, place.row) {
            ui.add(Label::new(RichText::new(remark).small().weak()).wrap());
        }
        let chosen = self.chosen.as_deref().and_then(|name| graph.computation().find(name));
        if chosen.is_none() {
            self.chosen = None;
        }
        let room = ui.available_rect_before_wrap();
        let lines = chosen.map(|node| graph.product_lines(&numbers, node)).unwrap_or_default();
        let height = product_height(ui, &lines).min(LINES_SHARE * room.height());
        let whole = Rect::from_min_max(room.min, room.max - vec2(0.0, height));
        let size = graph.size(ui, self.sweeps);
        let fitting = if self.shows_all {
            GraphCamera::fitting(size, whole)
        } else {
            GraphCamera::legible(size, whole)
        };
        let response = ui.interact(whole, ui.scope_id().with("graph"), Sense::CLICK | Sense::DRAG);
        if response.double_clicked() {
            (self.camera, self.shows_all) = (None, true);
        }
        let mut camera = self.camera.unwrap_or(fitting);
        camera.corner += response.drag_delta();
        if let Some(pointer) =
            ui.ctx().pointer_hover_pos().filter(|at| whole.contains(*at) && ui.rect_contains_pointer(whole))
        {
            let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta.y, input.zoom_delta()));
            let zoom = (camera.zoom * (scroll * WHEEL).exp() * pinch).clamp(*ZOOMS.start(), *ZOOMS.end());
            let pointer: Vec2 = pointer - whole.min;
            let fixed = (pointer - camera.corner.to_vec2()) / camera.zoom;
            camera = GraphCamera { corner: (pointer - fixed * zoom).to_pos2(), zoom };
        }
        if camera != self.camera.unwrap_or(fitting) {
            self.camera = Some(camera);
        }
        let marks = GraphMarks { chosen, hovered: None };
        let output = graph.show_ui(ui, whole, camera, self.sweeps, &numbers, marks);
        if let Some(node) = output.clicked {
            // The lines below take of the room, and a second click is to meet the same node.
            self.camera = Some(camera);
            let name = graph.computation().nodes()[node].symbol.text.clone();
            self.chosen = Some(name).filter(|_| chosen != Some(node));
        }
        if let Some(node) = output.turned {
            graph.turn(node);
            // The click before chose it.
            self.chosen = None;
            ui.ctx().request_repaint();
        }
        let below = Rect::from_min_max(whole.left_bottom(), room.max);
        ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| product_ui(ui, &lines));
        });
    }
}
