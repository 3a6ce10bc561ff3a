//! Where every start of what is seen leads, in the place of the heat map; the optima, numbered; and the path from a start that is
//! pointed at.

use egui::{Color32, ColorImage, Rect, Shape, Stroke, TextureHandle, TextureOptions, pos2};

use super::scene::{Layer, Pace, Scene};
use crate::figure::basins::{BasinKey, Fate, number_shape};
use crate::figure::look::parts::Part;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::path::{line_shape, visible_pieces};
use crate::objective::Point;
use crate::optimizer::OutcomeKind;
use crate::session::Basins;

/// Pixels of the map for a point of a picture; in a window, for a point of the screen.
const PIXELS_OF_A_PICTURE: f32 = 2.0;
/// The most along each axis.
const MOST_PIXELS: f32 = 2048.0;

/// The map as a texture.
#[derive(Default)]
pub(in crate::figure) struct BasinLayer {
    held: Option<Held>,
}

struct Held {
    version: u64,
    projection: Projection,
    hatch: [Color32; 2],
    texture: TextureHandle,
    key: BasinKey,
}

impl Layer for BasinLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Some(basins) = scene.picture.basins else {
            self.held = None;
            return true;
        };
        let before = self.held.take();
        let is_of_map = |held: &Held| held.version == basins.version && held.hatch == scene.inks.hatch;
        let held = match before {
            Some(held) if is_of_map(&held) && held.projection == scene.projection => held,
            before => {
                let (texture, key) = match before {
                    Some(held) if is_of_map(&held) => (Some(held.texture), held.key),
                    before => (before.map(|held| held.texture), BasinKey::of(basins.map, scene.inks)),
                };
                let image = image_of(&basins, &key, scene);
                let texture = match texture {
                    Some(mut texture) => {
                        texture.set(image, TextureOptions::NEAREST);
                        texture
                    }
                    None => scene.ui.load_texture("map of basins", image, TextureOptions::NEAREST),
                };
                let (version, projection, hatch) = (basins.version, scene.projection, scene.inks.hatch);
                Held { version, projection, hatch, texture, key }
            }
        };
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        scene.painter.image(held.texture.id(), scene.projection.frame, whole, Color32::WHITE);
        if scene.shows(Part::Optima) {
            for (place, optimum) in (0..=u16::MAX).zip(&basins.map.optima) {
                let at = scene.projection.to_pos([optimum.at.x, optimum.at.y]);
                let Some(at) = at.filter(|at| scene.projection.frame.contains(*at)) else { continue };
                scene.painter.add(Shape::circle_filled(at, 4.5, scene.inks.edge));
                scene.painter.add(Shape::circle_filled(at, 3.0, scene.inks.mark));
                if held.key.has_hue(place) {
                    scene.painter.extend(number_shape(scene.ui, at, place, scene.inks));
                }
            }
        }
        self.held = Some(held);
        true
    }
}

/// The map, a pixel for each of the picture.
fn image_of(basins: &Basins<'_>, key: &BasinKey, scene: &Scene<'_>) -> ColorImage {
    let Projection { region, frame } = scene.projection;
    let scale = match scene.options.pace {
        Pace::AtOnce => PIXELS_OF_A_PICTURE,
        Pace::InSlices => 1.0,
    };
    let size = (frame.size() * scale).round().clamp(egui::Vec2::splat(1.0), egui::Vec2::splat(MOST_PIXELS));
    let [columns, rows] = [size.x as usize, size.y as usize];
    let map = basins.map;
    let background = key_background(scene);
    // The nearest start of each column and of each row of pixels; rows of a picture go down.
    let along =
        |count: usize, [low, high]: [f64; 2], to: &dyn Fn(f64) -> Point, of: &dyn Fn(usize) -> usize| {
            (0..count)
                .map(|pixel| {
                    let share = (pixel as f64 + 0.5) / count as f64;
                    map.nearest(to(low + share * (high - low))).map(of)
                })
                .collect::<Vec<_>>()
        };
    let covered = map.region();
    let [width, _] = map.size();
    let of_columns = along(columns, region.x, &|x| Point::new(x, covered.y[0]), &|place| place % width);
    let of_rows =
        along(rows, [region.y[1], region.y[0]], &|y| Point::new(covered.x[0], y), &|place| place / width);
    let mut pixels = Vec::with_capacity(columns * rows);
    for (row, of_row) in of_rows.iter().enumerate() {
        for (column, of_column) in of_columns.iter().enumerate() {
            let color = match (of_row, of_column) {
                (Some(of_row), Some(of_column)) => {
                    let place = of_row * width + of_column;
                    let end = &map.ends[place];
                    let at = [column, row].map(|pixel| (pixel as f32 / scale) as usize);
                    key.color(end, Fate::of(end, map.reached[place]), at)
                }
                _ => background,
            };
            pixels.push(color);
        }
    }
    ColorImage::new([columns, rows], pixels)
}

/// What is not covered yet.
fn key_background(scene: &Scene<'_>) -> Color32 {
    scene.ui.visuals().extreme_bg_color
}

/// The path from the start that is pointed at.
#[derive(Default)]
pub(in crate::figure) struct TrialLayer;

impl Layer for TrialLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Some(path) = scene.picture.trial else { return true };
        let projection = scene.projection;
        let points = path.points().map(|at| projection.to_screen([at.x, at.y]));
        let pieces = visible_pieces(points, projection.frame.expand(4.0));
        for stroke in [Stroke::new(4.0, scene.inks.edge), Stroke::new(1.6, scene.inks.mark)] {
            scene.painter.extend(pieces.iter().map(|piece| line_shape(piece, stroke)));
        }
        let ends =
            [path.point(0), path.last()].map(|end| end.and_then(|end| projection.to_pos([end.x, end.y])));
        if let Some(start) = ends[0] {
            scene.painter.add(Shape::circle_stroke(start, 4.0, Stroke::new(1.6, scene.inks.mark)));
        }
        let is_there = path.outcome.as_ref().is_some_and(|outcome| outcome.kind == OutcomeKind::Converged);
        if let Some(end) = ends[1].filter(|_| is_there) {
            scene.painter.add(Shape::circle_filled(end, 4.5, scene.inks.edge));
            scene.painter.add(Shape::circle_filled(end, 3.0, scene.inks.mark));
        }
        true
    }
}
