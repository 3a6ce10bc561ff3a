//! How the rows are painted: axes, points, models, and what belongs to single rows.

use egui::{Align2, FontId, Pos2, Rect, Response, Sense, Shape, Stroke, Theme, Ui, pos2, vec2};

use super::{Drawn, MOST_POINTS, Scatter};
use crate::expr::display_name;
use crate::figure::look::Look;
use crate::figure::look::inks::Inks;
use crate::figure::look::marker::{Filling, Marker};
use crate::figure::look::palette::{PathStyle, line_strokes};
use crate::figure::plane::camera::Projection;
use crate::figure::plane::path::{dashes, line_shape};
use crate::figure::plane::ticks::{TickLabels, marks, nice_step};
use crate::objective::Point;
use crate::optimizer::MarkerForm;
use crate::session::{Path, Session};

/// What is shown of the rows besides themselves.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Where each visible run stands, and how it is drawn.
    pub heads: Vec<(Point, PathStyle)>,
    /// Where the chosen run stands, of which residuals and wrong labels are shown.
    pub chosen: Option<(Point, PathStyle)>,
    /// A point of the plane whose model is shown too.
    pub pointed: Option<Point>,
    /// Whether residuals are shown.
    pub residuals: bool,
    /// The rows of the step that is shown, in ascending order; nothing where it looks at all.
    pub batch: Option<Vec<u32>>,
    /// The row that is pointed at.
    pub row: Option<usize>,
}

/// What was drawn, and where.
pub struct ScatterOutput {
    /// Clicks and drags inside the axes.
    pub response: Response,
    /// The map between features and target and the screen.
    pub projection: Projection,
}

const FONT: FontId = FontId::proportional(12.0);
/// Room for the numbers beside and below the axes, and above and right of them.
const LEFT: f32 = 56.0;
const BELOW: f32 = 36.0;
const ABOVE: f32 = 20.0;
const RIGHT: f32 = 14.0;
/// The radius of a point.
const RADIUS: f32 = 4.0;

impl Marks {
    /// The visible runs of a session at a step, the run with this number being the chosen one, or the first of them.
    pub fn of(session: &Session, look: Look, step: u32, chosen: Option<usize>, theme: Theme) -> Self {
        let styles = look.path_styles(&session.scenario().optimizers, theme);
        let head = |path: Path<'_>| -> Option<(usize, (Point, PathStyle))> {
            Some((path.index, (path.trajectory.point_at(step)?, *styles.get(path.index)?)))
        };
        let heads: Vec<_> = session.visible_paths().filter_map(head).collect();
        let of_chosen = heads.iter().find(|(index, _)| Some(*index) == chosen).or(heads.first());
        let batch = session.scenario().batches().map(|batches| {
            let mut rows = batches.at(step).batch().to_vec();
            rows.sort_unstable();
            rows
        });
        Self {
            chosen: of_chosen.map(|(_, head)| *head),
            heads: heads.into_iter().map(|(_, head)| head).collect(),
            batch,
            ..Self::default()
        }
    }
}

impl Scatter {
    /// Draws the rows into the space that is left.
    pub fn show_ui(&mut self, ui: &mut Ui, shown: &Marks, inks: Inks) -> ScatterOutput {
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
        let frame = Rect::from_min_max(
            rect.min + vec2(LEFT, ABOVE),
            (rect.max - vec2(RIGHT, BELOW)).max(rect.min + vec2(LEFT + 1.0, ABOVE + 1.0)),
        );
        let projection = Projection { region: self.region, frame };
        self.axes_shapes(ui, projection);
        let inside = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
        let around = ui.painter().with_clip_rect(frame.expand(RADIUS + 4.0).intersect(ui.clip_rect()));
        for (theta, style) in &shown.heads {
            inside.extend(self.model_shapes(*theta, *style, projection));
        }
        if let Some(theta) = shown.pointed {
            inside.extend(self.model_shapes(theta, pointed_style(ui, inks), projection));
        }
        inside.extend(self.residual_shapes(shown, projection));
        around.extend(self.point_shapes(ui, shown, projection, inks));
        ScatterOutput { response, projection }
    }

    /// The row that is drawn nearest to a place of the screen, within reach of a pointer.
    pub fn nearest(&self, at: Pos2, projection: Projection) -> Option<usize> {
        const REACH: f32 = 10.0;
        let distance = |row: &usize| self.place(*row, projection).map(|place| (place.distance(at), *row));
        let all = self.drawn_rows().collect::<Vec<_>>();
        let nearest = all.iter().filter_map(distance).min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.filter(|(distance, _)| *distance <= REACH).map(|(_, row)| row)
    }

    /// The rows that are drawn: all, or of very many those of every so many.
    fn drawn_rows(&self) -> impl Iterator<Item = usize> + use<> {
        let rows = self.data.table().rows();
        (0..rows).step_by(rows.div_ceil(MOST_POINTS).max(1))
    }

    fn place(&self, row: usize, projection: Projection) -> Option<Pos2> {
        let columns = self.data.table().columns();
        let [x, y] = self.axes.map(|axis| columns[axis].get(row).copied());
        projection.to_pos([x?, y?])
    }

    /// The lines of a model, in the dashes of its path.
    fn model_shapes(&mut self, theta: Point, style: PathStyle, projection: Projection) -> Vec<Shape> {
        let mut shapes = Vec::new();
        for line in self.lines(theta) {
            let places: Vec<Pos2> = line.iter().filter_map(|at| projection.to_pos([at.x, at.y])).collect();
            for stroke in line_strokes(2.0, style) {
                let pieces = dashes(&places, style.dashes).into_iter();
                shapes.extend(pieces.map(|piece| line_shape(&piece, stroke)));
            }
        }
        if self.drawn == Drawn::Values {
            for row in self.drawn_rows() {
                let Some(at) = self.expected(theta, row) else { continue };
                let Some(at) = projection.to_pos([at.x, at.y]) else { continue };
                let half = vec2(4.0, 0.0);
                shapes.push(Shape::line_segment([at - half, at + half], Stroke::new(2.0, style.color)));
            }
        }
        shapes
    }

    /// From rows to what the model of the chosen run expects: of all of them, or of those of the step.
    fn residual_shapes(&mut self, shown: &Marks, projection: Projection) -> Vec<Shape> {
        let Some((theta, style)) = shown.chosen else { return Vec::new() };
        let is_shown = |row: usize| {
            shown.residuals
                || shown.row == Some(row)
                || shown.batch.as_ref().is_some_and(|batch| is_in(batch, row))
        };
        let rows: Vec<usize> = self.drawn_rows().filter(|row| is_shown(*row)).collect();
        let stroke = Stroke::new(1.3, style.color);
        let line = |row: usize| {
            let expected = self.expected(theta, row)?;
            let to = projection.to_pos([expected.x, expected.y])?;
            Some(Shape::line_segment([self.place(row, projection)?, to], stroke))
        };
        rows.into_iter().filter_map(line).collect()
    }

    /// The rows: discs and rings tell the classes apart beside their colors. Those of a batch stand out, and the wrong ones of the
    /// chosen run are ringed.
    fn point_shapes(&mut self, ui: &Ui, shown: &Marks, projection: Projection, inks: Inks) -> Vec<Shape> {
        let ground = ui.visuals().panel_fill;
        let strong = ui.visuals().strong_text_color();
        let labels = self.roles().labels;
        let target = self.roles().target;
        let mut shapes = Vec::new();
        for row in self.drawn_rows() {
            let Some(at) = self.place(row, projection) else { continue };
            let is_high = labels.map(|[_, high]| self.data.table().columns()[target][row] == high);
            let color = inks.classes[usize::from(is_high == Some(true))];
            let is_lit = shown.batch.as_ref().is_none_or(|batch| is_in(batch, row));
            let color = if is_lit { color } else { color.gamma_multiply(0.35) };
            let radius = if is_lit && shown.batch.is_some() { RADIUS + 1.5 } else { RADIUS };
            match is_high {
                Some(false) => {
                    shapes.push(Shape::circle_filled(at, radius, ground));
                    shapes.push(Shape::circle_stroke(at, radius - 0.8, Stroke::new(1.8, color)));
                }
                _ => shapes.push(Shape::circle_filled(at, radius, color)),
            }
            let is_wrong = shown.chosen.is_some_and(|(theta, _)| self.is_misclassified(theta, row));
            if is_wrong {
                shapes.push(Shape::circle_stroke(
                    at,
                    radius + 3.4,
                    Stroke::new(1.6, ui.visuals().error_fg_color),
                ));
            }
            if shown.row == Some(row) {
                shapes.push(Shape::circle_stroke(at, radius + 3.0, Stroke::new(2.0, strong)));
            }
        }
        shapes
    }

    fn axes_shapes(&self, ui: &Ui, projection: Projection) {
        let Projection { region, frame } = projection;
        let painter = ui.painter();
        let ink = ui.visuals().text_color();
        let faint = Stroke::new(1.0, ink.gamma_multiply(0.13));
        let names = self.axes.map(|axis| display_name(&self.data.names()[axis]));
        let up = nice_step(region.height(), frame.height() / 34.0);
        let labels = TickLabels::new(region.y, up);
        for mark in marks((region.y[0], region.y[1]), up) {
            let Some(at) = projection.to_pos([region.x[0], mark.value]) else { continue };
            painter.line_segment([pos2(frame.left(), at.y), pos2(frame.right(), at.y)], faint);
            painter.text(
                pos2(frame.left() - 6.0, at.y),
                Align2::RIGHT_CENTER,
                labels.label(mark.value),
                FONT,
                ink,
            );
        }
        painter.text(
            pos2(frame.left(), frame.top() - 4.0),
            Align2::LEFT_BOTTOM,
            self.words_above(&labels.axis_name(&names[1])),
            FONT,
            ink,
        );
        let across = nice_step(region.width(), frame.width() / 64.0);
        let labels = TickLabels::new(region.x, across);
        for mark in marks((region.x[0], region.x[1]), across) {
            let Some(at) = projection.to_pos([mark.value, region.y[0]]) else { continue };
            painter.line_segment([pos2(at.x, frame.top()), pos2(at.x, frame.bottom())], faint);
            painter.text(
                pos2(at.x, frame.bottom() + 4.0),
                Align2::CENTER_TOP,
                labels.label(mark.value),
                FONT,
                ink,
            );
        }
        let below = pos2(frame.center().x, frame.bottom() + 19.0);
        painter.text(below, Align2::CENTER_TOP, labels.axis_name(&names[0]), FONT, ink);
        painter.rect_stroke(frame, 0.0, Stroke::new(1.0, ink.gamma_multiply(0.4)), egui::StrokeKind::Inside);
    }

    /// The name of the axis, with what tells the classes apart, and how many rows there are where not all are drawn.
    fn words_above(&self, name: &str) -> String {
        let mut words = name.to_owned();
        if let (Some([low, high]), Drawn::Boundary) = (self.roles().labels, self.drawn) {
            let target = display_name(&self.data.names()[self.roles().target]);
            words.push_str(&format!("      \u{25cb} {target} = {low}   \u{25cf} {target} = {high}"));
        }
        let rows = self.data.table().rows();
        let drawn = self.drawn_rows().count();
        if drawn < rows {
            words.push_str(&format!("      {drawn} of {rows} rows are drawn"));
        }
        words
    }
}

fn is_in(batch: &[u32], row: usize) -> bool {
    batch.binary_search(&(row as u32)).is_ok()
}

/// How the model of a place that is pointed at is drawn: unlike that of any run.
fn pointed_style(ui: &Ui, inks: Inks) -> PathStyle {
    PathStyle {
        color: ui.visuals().strong_text_color(),
        edge: inks.edge,
        dashes: &[2.0, 3.0],
        marker: Marker { form: MarkerForm::Circle, filling: Filling::Full },
    }
}
