//! The paths of a session over its landscape, those that were pinned below those that are walked now.

use egui::{Painter, Theme};

use super::PlotOptions;
use crate::figure::layers::marks::{pinned_shapes, up_to};
use crate::figure::layers::trail::{Course, Trails};
use crate::figure::look::palette::PathStyle;
use crate::figure::plane::camera::Projection;
use crate::session::Session;

/// The paths as far as they were followed.
#[derive(Default)]
pub(super) struct Paths {
    walked: Trails,
    pinned: Trails,
}

impl Paths {
    /// Paints the pinned paths and the runs, these in an order and each in the style at its place. Returns whether they were
    /// followed to their ends.
    pub fn paint(
        &mut self,
        painter: &Painter,
        session: &Session,
        projection: Projection,
        options: &PlotOptions,
        theme: Theme,
        (order, styles): (&[usize], &[PathStyle]),
    ) -> bool {
        let pinned = session.pinned().map_or(&[][..], |pinned| &pinned.paths);
        let paths = styles.len() + pinned.len();
        let mut left = options.pace.iterates();
        let mut is_whole = true;
        if let Some(held) = session.pinned() {
            let styles = options.look.path_styles(&held.scenario.optimizers, theme);
            for path in pinned {
                let points = up_to(&path.trajectory.points, options.step);
                let course = Course { index: path.index, version: session.pinned_version(), points, paths };
                let trail = self.pinned.follow(course, projection, &mut left);
                is_whole &= trail.is_whole(points, projection);
                painter.extend(pinned_shapes(trail, points.last(), projection, styles[path.index]));
            }
        }
        for &index in order {
            let Some((path, version)) = session.trajectory(index) else { continue };
            let points = up_to(&path.points, options.step);
            let trail = self.walked.follow(Course { index, version, points, paths }, projection, &mut left);
            is_whole &= trail.is_whole(points, projection);
            let bold = Some(index) == options.highlighted;
            painter.extend(trail.shapes(styles[index], bold, projection));
        }
        is_whole
    }
}
