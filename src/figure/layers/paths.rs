//! The paths of a session over its landscape, those that were pinned below those that are walked now.

use egui::{Shape, Stroke};

use super::scene::{Layer, Pace, Scene};
use super::trail::{Course, Trail, TrailState, Trails};
use crate::figure::look::palette::PathStyle;
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::meshed::meshed;
use crate::figure::plane::path::line_shape;
use crate::objective::Point;

/// The most iterates that a window follows at one time, all paths together: about a frame.
const ITERATES_AT_A_TIME: usize = 500_000;

/// The paths as far as they were followed.
#[derive(Default)]
pub(in crate::figure) struct PathLayer {
    walked: Trails,
    pinned: Trails,
    /// The shapes of the runs in a window, with what they were made for.
    drawn: Vec<Option<(DrawnKey, Vec<Shape>)>>,
}

/// What the shapes of a run depend on: how far it is followed, how it looks, whether it is bold, pixels for a point.
type DrawnKey = (TrailState, PathStyle, bool, f32);

impl Layer for PathLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        if !scene.shows(Part::Paths) {
            return true;
        }
        let Scene { painter, picture, projection, options, .. } = *scene;
        let pinned = picture.pinned.map_or(0, |(pinned, _)| pinned.paths.len());
        let paths = scene.styles.len() + pinned;
        let mut left = if options.pace == Pace::AtOnce { usize::MAX } else { ITERATES_AT_A_TIME };
        let mut is_whole = true;
        if let Some((held, version)) = picture.pinned {
            let styles = options.look.path_styles(&held.scenario.optimizers, scene.ui.theme());
            for path in &held.paths {
                let points = path.trajectory.polyline(options.step);
                let course = Course { index: path.index, version, points, paths };
                let trail = self.pinned.follow(course, projection, &mut left);
                is_whole &= trail.is_whole(&points, projection);
                painter.extend(pinned_shapes(trail, points.last(), projection, styles[path.index]));
            }
        }
        for &index in scene.order {
            let Some(path) = picture.paths.get(index) else { continue };
            let points = path.trajectory.polyline(options.step);
            let course = Course { index, version: path.version, points, paths };
            let trail = self.walked.follow(course, projection, &mut left);
            is_whole &= trail.is_whole(&points, projection);
            let bold = Some(index) == options.highlighted;
            let style = scene.styles[index];
            if options.pace == Pace::AtOnce {
                painter.extend(trail.shapes(style, bold, projection).into_iter().flatten());
                continue;
            }
            if self.drawn.len() <= index {
                self.drawn.resize_with(index + 1, || None);
            }
            let key = (trail.state(projection), style, bold, painter.pixels_per_point());
            let drawn = match self.drawn[index].take_if(|(held, _)| *held == key) {
                Some(drawn) => drawn,
                None => {
                    let [lines, mut shapes] = trail.shapes(style, bold, projection);
                    shapes.insert(0, meshed(painter, lines));
                    (key, shapes)
                }
            };
            painter.extend(drawn.1.iter().cloned());
            self.drawn[index] = Some(drawn);
        }
        is_whole
    }
}

/// A pinned path that ends at an iterate: faint and thin, with a ring at its end, so that nobody takes it for a run.
fn pinned_shapes(trail: &Trail, end: Option<Point>, projection: Projection, style: PathStyle) -> Vec<Shape> {
    let stroke = Stroke::new(1.2, style.color.gamma_multiply(0.5));
    let pieces = trail.pieces(projection).into_iter();
    let mut shapes: Vec<Shape> = pieces.map(|piece| line_shape(&piece, stroke)).collect();
    let end = end.and_then(|p| projection.to_pos([p.x, p.y]));
    shapes.extend(end.map(|at| Shape::circle_stroke(at, 5.0, stroke)));
    shapes
}
