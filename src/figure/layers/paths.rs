//! The paths of a session over its landscape, those that were pinned below those that are walked now.

use egui::{Shape, Stroke};

use super::scene::{Layer, Pace, Scene};
use super::trail::{Course, Trail, Trails};
use super::triangles::Grain;
use crate::figure::look::palette::PathStyle;
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::lift::Lift;
use crate::figure::plane::path::line_shape;

/// The most iterates that a window follows at one time, all paths together: about a frame.
const ITERATES_AT_A_TIME: usize = 500_000;

/// The paths as far as they were followed.
#[derive(Default)]
pub(in crate::figure) struct PathLayer {
    walked: Trails,
    pinned: Trails,
    /// Where the iterates of those that are pinned stand, with their version.
    stand: Option<(u64, Lift)>,
}

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
        let trail = options.look.curve_trail;
        if let Some((held, version)) = picture.pinned {
            // A path that was pinned stands on the curve that it went along, whatever is drawn now.
            if self.stand.as_ref().is_none_or(|(known, _)| *known != version) {
                self.stand = Some((version, Lift::of(held.scenario.objective().ok().as_ref())));
            }
        }
        if let (Some((held, version)), Some((_, lift))) = (picture.pinned, &self.stand)
            && lift.is_on_curve() == scene.lift.is_on_curve()
        {
            let link = lift.link(trail);
            let styles = options.look.path_styles(&held.scenario.optimizers, scene.ui.theme());
            for path in &held.paths {
                let points = path.trajectory.polyline(options.step);
                let course = Course { index: path.index, version, points, paths, lift, link };
                let trail = self.pinned.follow(course, projection, &mut left);
                is_whole &= trail.is_whole(&points, projection);
                let end = points.last().map(|end| lift.place(end));
                painter.extend(pinned_shapes(trail, end, projection, styles[path.index]));
            }
        }
        for &index in scene.order {
            let Some(path) = picture.paths.get(index) else { continue };
            let points = path.trajectory.polyline(options.step);
            let (version, lift) = (path.version, scene.lift);
            let course = Course { index, version, points, paths, lift, link: lift.link(trail) };
            let trail = self.walked.follow(course, projection, &mut left);
            is_whole &= trail.is_whole(&points, projection);
            let bold = Some(index) == options.highlighted;
            match options.pace {
                Pace::AtOnce => painter.extend(trail.shapes(scene.styles[index], bold, projection)),
                // A figure is made of lines; what is seen again in the next frame need not be.
                Pace::InSlices => {
                    let triangles =
                        trail.triangles(scene.styles[index], bold, projection, Grain::of(painter));
                    painter.extend(triangles.iter().cloned());
                }
            }
        }
        is_whole
    }
}

/// A pinned path that ends at an iterate: faint and thin, with a ring at its end, so that nobody takes it for a run.
fn pinned_shapes(
    trail: &Trail,
    end: Option<[f64; 2]>,
    projection: Projection,
    style: PathStyle,
) -> Vec<Shape> {
    let stroke = Stroke::new(1.2, style.color.gamma_multiply(0.5));
    let pieces = trail.pieces(projection).into_iter();
    let mut shapes: Vec<Shape> = pieces.map(|piece| line_shape(&piece, stroke)).collect();
    let end = end.and_then(|end| projection.to_pos(end));
    shapes.extend(end.map(|at| Shape::circle_stroke(at, 5.0, stroke)));
    shapes
}
