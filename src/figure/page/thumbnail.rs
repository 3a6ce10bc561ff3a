//! A small picture of a scenario: its landscape, the paths of its visible runs, its start and its known optima.
//!
//! Drawn from the cost itself, as the plot is, but into pixels at once: a page of them costs nothing to keep.

use egui::{Color32, ColorImage, Pos2, Rect, Theme, pos2, vec2};
use resvg::tiny_skia::{Color, LineCap, LineJoin, Paint, PathBuilder, Pixmap, Stroke, Transform};

use super::picture::{background, ink};
use crate::figure::chart::{ChartScale, ValueAxis};
use crate::figure::layers::heat_map::{hatch_undefined, opaque};
use crate::figure::layers::trail::passes_through;
use crate::figure::look::Look;
use crate::figure::look::inks::Inks;
use crate::figure::plane::camera::{Camera, Projection};
use crate::figure::plane::lift::Lift;
use crate::figure::plane::path::visible_pieces;
use crate::figure::series::average_colors;
use crate::landscape::{Curve, CurveOf, Field, Levels, Shades};
use crate::scenario::{BiasCorrection, Scenario, TimeSeries};
use crate::session::Session;

/// How a thumbnail is dressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThumbnailStyle {
    /// Width and height in pixels; at most [`ThumbnailStyle::MAX_SIDE`] each is drawn.
    pub pixels: [u32; 2],
    /// Pixels for each point: the unit of line widths.
    pub pixels_per_point: f32,
    /// The colors of the landscape and of the paths.
    pub look: Look,
    /// Whether lines are light on dark or dark on light.
    pub theme: Theme,
}

impl ThumbnailStyle {
    /// The most pixels along one side.
    pub const MAX_SIDE: u32 = 1024;
}

/// Isolines of one thumbnail.
const LEVELS: u16 = 8;
/// Later steps would not be seen at this size.
const MAX_STEPS: u32 = 1000;
/// Widths and lengths in points.
const ISOLINE_WIDTH: f32 = 0.8;
const PATH_WIDTH: f32 = 1.4;
const MARK_WIDTH: f32 = 1.3;
const EDGE: f32 = 1.4;
const START_RADIUS: f32 = 3.5;
const OPTIMUM_ARM: f32 = 2.6;

/// The picture of a scenario in its own window. `None` where there is nothing to draw: a cost that does not compile, or
/// a side of fewer than two pixels.
pub fn thumbnail(scenario: &Scenario, style: ThumbnailStyle) -> Option<ColorImage> {
    let [width, height] = style.pixels.map(|side| side.min(ThumbnailStyle::MAX_SIDE));
    if width < 2 || height < 2 {
        return None;
    }
    if let Some(series) = &scenario.series {
        return series_picture(series, style, [width, height]);
    }
    let mut scenario = scenario.clone();
    scenario.levels.count = LEVELS;
    scenario.run.steps = scenario.run.steps.min(MAX_STEPS);
    scenario.optimizers.retain(|choice| choice.visible);

    let frame = Rect::from_min_size(Pos2::ZERO, vec2(width as f32, height as f32));
    let region = Camera::of(&scenario).visible(frame.size());
    let projection = Projection { region, frame };
    let mut session = Session::new(scenario);
    session.finish();
    let scale = style.pixels_per_point.max(1.0);
    let objective = session.objective()?;
    let lift = Lift::of(Some(objective));
    let look = if lift.is_on_curve() { Look { color_map: None, ..style.look } } else { style.look };
    let inks = look.inks(style.theme);
    let mut page = if lift.is_on_curve() {
        let mut pixmap = Pixmap::new(width, height)?;
        let [red, green, blue, _] = style.theme.default_visuals().extreme_bg_color.to_array();
        pixmap.fill(Color::from_rgba8(red, green, blue, 255));
        let mut page = Page { pixmap, scale };
        let curve = Curve::sample(objective, CurveOf::Value, region, width as usize / 2);
        let lines = curve.lines.iter().map(|line| line.iter().map(|at| projection.to_screen(*at)));
        let pieces: Vec<_> = lines.flat_map(|line| visible_pieces(line, frame.expand(2.0 * scale))).collect();
        page.draw_lines(&pieces, PATH_WIDTH, inks.mark);
        page
    } else {
        let field = Field::of(objective, region, width as usize, height as usize);
        Page { pixmap: landscape(&field, session.scenario().levels, style, inks, scale)?, scale }
    };
    let styles = look.path_styles(&session.scenario().optimizers, style.theme);
    for (path, path_style) in session.paths().zip(&styles) {
        let points = path.trajectory.points().map(|p| projection.to_screen(lift.place(p)));
        let clip = frame.expand(2.0 * scale);
        let mut pieces = visible_pieces(points, clip);
        pieces.retain(|piece| !passes_through(piece, clip));
        page.draw_lines(&pieces, PATH_WIDTH + EDGE, inks.edge.gamma_multiply(0.6));
        page.draw_lines(&pieces, PATH_WIDTH, path_style.color);
    }
    for optimum in session.known_optima() {
        let Some(at) = projection.to_pos(lift.place(optimum)) else { continue };
        let arm = OPTIMUM_ARM * scale;
        page.mark(&[vec2(arm, arm), vec2(arm, -arm)].map(|arm| vec![at - arm, at + arm]), inks);
    }
    if let Some(at) = projection.to_pos(lift.start(session.scenario().run.start, region)) {
        page.mark(&[circle(at, START_RADIUS * scale)], inks);
    }
    Some(ColorImage::from_rgba_premultiplied([width as usize, height as usize], page.pixmap.data()))
}

/// The numbers of a series as dots, and its averages as lines.
fn series_picture(
    series: &TimeSeries,
    style: ThumbnailStyle,
    [width, height]: [u32; 2],
) -> Option<ColorImage> {
    const MARGIN: f32 = 5.0;
    let scale = style.pixels_per_point.max(1.0);
    let mut page = Page { pixmap: Pixmap::new(width, height)?, scale };
    let [r, g, b, a] = background(style.theme).to_array();
    page.pixmap.fill(Color::from_rgba8(r, g, b, a));
    let frame = Rect::from_min_size(Pos2::ZERO, vec2(width as f32, height as f32)).shrink(MARGIN * scale);
    let values = series.values();
    let axis = ValueAxis::over(ChartScale::Linear, values.iter().copied());
    let place = |(at, value): (usize, &f64)| {
        let across = (at as f32 + 0.5) / values.len().max(1) as f32;
        let up = axis.position(*value).clamp(-0.1, 1.1) as f32;
        pos2(frame.left() + across * frame.width(), frame.bottom() - up * frame.height())
    };
    // More dots than there are pixels are not seen.
    let stride = values.len().div_ceil(width as usize).max(1);
    let dots = values.iter().enumerate().step_by(stride).map(place);
    let dots: Vec<Vec<Pos2>> = dots.map(|at| vec![at, at + vec2(0.1, 0.0)]).collect();
    page.draw_lines(&dots, 2.4, ink(style.theme).gamma_multiply(0.55));
    let colors = average_colors(style.look, style.theme);
    for (average, color) in series.averages().iter().zip(colors.iter().cycle()) {
        let line = if series.bias_correction == BiasCorrection::Off { &average.v } else { &average.v_hat };
        let line = line.iter().enumerate().step_by(stride).map(place).collect();
        page.draw_lines(&[line], PATH_WIDTH, *color);
    }
    Some(ColorImage::from_rgba_premultiplied([width as usize, height as usize], page.pixmap.data()))
}

/// A circle as a line that ends where it begins.
fn circle(center: Pos2, radius: f32) -> Vec<Pos2> {
    let turn = |k: u8| f32::from(k) * std::f32::consts::TAU / 24.0;
    (0..=24).map(|k| center + radius * vec2(turn(k).cos(), turn(k).sin())).collect()
}

/// Heat map and isolines, a pixel for each node of the field.
///
/// A pixel is inked by how far it is from the nearest level, |J - level| / |grad J|. Tracing the levels as lines, as the
/// plot does, would take ten times as long and fill the finest waves with ink altogether.
fn landscape(field: &Field, levels: Levels, style: ThumbnailStyle, inks: Inks, scale: f32) -> Option<Pixmap> {
    let mut pixels: Vec<Color32> = Shades::new(field, &levels)
        .pixels(style.look.color_map(style.theme))
        .into_iter()
        .map(opaque)
        .collect();
    hatch_undefined(&mut pixels, field.columns, inks.hatch);
    let levels = levels.values(field);
    let reach = 0.5 * (f64::from(ISOLINE_WIDTH * scale) + 1.0);
    for (row, line) in pixels.chunks_exact_mut(field.columns).rev().enumerate() {
        for (column, pixel) in line.iter_mut().enumerate() {
            if let Some(distance) = distance_to_level(field, &levels, [column, row], reach) {
                *pixel = pixel.blend(inks.isoline.gamma_multiply((reach - distance).min(1.0) as f32));
            }
        }
    }
    let mut pixmap = Pixmap::new(field.columns as u32, field.rows as u32)?;
    for (target, color) in pixmap.data_mut().as_chunks_mut::<4>().0.iter_mut().zip(pixels) {
        *target = color.to_array();
    }
    Some(pixmap)
}

/// How far a node is from the nearest of some ascending levels, in distances of nodes, to first order. `None` beyond
/// `reach`, and where there is no level, no slope or no value. Of the slopes to both sides the gentler one counts, and
/// none where they disagree: what is steep to one side only may be a jump or a pole, which is no isoline.
fn distance_to_level(field: &Field, levels: &[f64], [column, row]: [usize; 2], reach: f64) -> Option<f64> {
    let at = |column: usize, row: usize| field.values[row * field.columns + column];
    let value = at(column, row);
    let above = levels.partition_point(|level| *level <= value);
    let neighbors = [above.checked_sub(1), Some(above)].into_iter().flatten().filter_map(|k| levels.get(k));
    let gap = neighbors.map(|level| (level - value).abs()).fold(f64::INFINITY, f64::min);
    let slope = |before: Option<f64>, after: Option<f64>| {
        let [back, forth] = [before.map(|before| value - before), after.map(|after| after - value)];
        let [back, forth] = [back.or(forth).unwrap_or(0.0), forth.or(back).unwrap_or(0.0)];
        if back * forth > 0.0 { back.abs().min(forth.abs()) } else { 0.0 }
    };
    let beyond = |further: usize, count: usize| Some(further).filter(|further| *further < count);
    let (left, right) = (column.checked_sub(1), beyond(column + 1, field.columns));
    let (below, over) = (row.checked_sub(1), beyond(row + 1, field.rows));
    let along_x = slope(left.map(|i| at(i, row)), right.map(|i| at(i, row)));
    let along_y = slope(below.map(|j| at(column, j)), over.map(|j| at(column, j)));
    let steepness = (along_x * along_x + along_y * along_y).sqrt();
    (gap < reach * steepness && steepness.is_finite()).then(|| gap / steepness)
}

/// The pixels, and how many of them make a point.
struct Page {
    pixmap: Pixmap,
    scale: f32,
}

impl Page {
    /// Lines with an edge around them.
    fn mark(&mut self, lines: &[Vec<Pos2>], inks: Inks) {
        self.draw_lines(lines, MARK_WIDTH + EDGE, inks.edge);
        self.draw_lines(lines, MARK_WIDTH, inks.mark);
    }

    /// All lines in one stroke, so that they do not cover each other. `width` in points.
    fn draw_lines(&mut self, lines: &[Vec<Pos2>], width: f32, color: Color32) {
        let mut path = PathBuilder::new();
        for line in lines {
            for (index, Pos2 { x, y }) in line.iter().enumerate() {
                if index == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
            }
        }
        let Some(path) = path.finish() else { return };
        let [r, g, b, a] = color.to_srgba_unmultiplied();
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color_rgba8(r, g, b, a);
        let stroke = Stroke {
            width: width * self.scale,
            line_cap: LineCap::Round,
            line_join: LineJoin::Bevel,
            ..Stroke::default()
        };
        self.pixmap.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::BUILT_INS;
    use crate::landscape::{ColorMap, Region};
    use crate::scenario::examples;

    fn dark() -> ThumbnailStyle {
        let look = Look { color_map: Some(ColorMap::Slate), ..Look::default() };
        ThumbnailStyle { pixels: [80, 48], pixels_per_point: 1.0, look, theme: Theme::Dark }
    }

    /// How many pixels differ.
    fn difference(a: &ColorImage, b: &ColorImage) -> usize {
        assert_eq!(a.size, b.size);
        a.pixels.iter().zip(&b.pixels).filter(|(a, b)| a != b).count()
    }

    #[test]
    fn every_cost_and_every_example_has_a_picture_of_its_own() {
        let scenarios = BUILT_INS.iter().map(Scenario::of_built_in);
        let scenarios = scenarios.chain(examples().iter().map(|example| example.scenario.clone()));
        let mut seen: Vec<(Scenario, ColorImage)> = Vec::new();
        for scenario in scenarios {
            let picture = thumbnail(&scenario, dark()).unwrap();
            assert!(picture.pixels.iter().all(|pixel| pixel.a() == 255), "{}", scenario.title);
            for (earlier, other) in &seen {
                let formulas = [earlier, &scenario].map(|scenario| scenario.cost.formula().replace(' ', ""));
                let same = formulas[0] == formulas[1];
                let differ = difference(&picture, other);
                assert!(differ > 100 || same, "{} and {}: {differ}", earlier.title, scenario.title);
            }
            seen.push((scenario, picture));
        }
    }

    #[test]
    fn the_start_the_optimum_and_the_visible_paths_are_drawn() {
        let mut scenario = Scenario::of_formula("x^2 + y^2");
        let bare = |scenario: &Scenario| {
            let mut scenario = scenario.clone();
            scenario.optimizers.clear();
            thumbnail(&scenario, dark()).unwrap()
        };
        let without_paths = bare(&scenario);
        assert!(difference(&thumbnail(&scenario, dark()).unwrap(), &without_paths) > 20);
        scenario.optimizers.iter_mut().for_each(|choice| choice.visible = false);
        assert_eq!(thumbnail(&scenario, dark()).unwrap(), without_paths);
        // The ring of the start moves, and nothing else does.
        scenario.run.start = [0.0, 0.0];
        let moved = difference(&bare(&scenario), &without_paths);
        assert!((20..300).contains(&moved), "{moved}");
        // The known minimum of Booth's valley stands at (1, 3) of a window from -10 to 10, seen 33 wide.
        let booth = Scenario::of_built_in(crate::builtin::find("booth").unwrap());
        let mut typed = booth.clone();
        typed.cost = crate::scenario::Cost::of_formula(booth.cost.formula());
        let marked = difference(&bare(&booth), &bare(&typed));
        assert!((5..100).contains(&marked), "{marked}");
    }

    #[test]
    fn isolines_are_inked_where_the_levels_are() {
        let field = Field::sample(Region { x: [0.0, 100.0], y: [0.0, 4.0] }, 101, 5, |xs, _, out| {
            for row in out.chunks_mut(xs.len()) {
                row.iter_mut().zip(xs).for_each(|(value, x)| *value = 3.0 * x);
            }
        });
        for (node, expected) in
            [(30, Some(0.0)), (31, Some(1.0)), (27, None), (70, Some(0.5)), (71, Some(0.5)), (72, None)]
        {
            assert_eq!(distance_to_level(&field, &[90.0, 211.5], [node, 2], 1.5), expected, "{node}");
        }
        let constant = Field { values: vec![1.0; 505], ..field.clone() };
        assert_eq!(distance_to_level(&constant, &[1.0], [3, 0], 1.5), None);
        let undefined = Field { values: vec![f64::NAN; 505], ..field };
        assert_eq!(distance_to_level(&undefined, &[1.0], [3, 0], 1.5), None);
        // A plane that rises to the right has eight upright lines in its picture, the last row of which the start leaves free.
        let mut plane = Scenario::of_formula("x");
        plane.optimizers.clear();
        let bare = ThumbnailStyle { pixels: [200, 20], ..dark() };
        let row: Vec<u8> =
            thumbnail(&plane, bare).unwrap().pixels[19 * 200..].iter().map(|pixel| pixel.g()).collect();
        let peaks = row.windows(3).filter(|w| w[1] > w[0] + 4 && w[1] >= w[2]).count();
        assert_eq!(peaks, usize::from(LEVELS));
    }

    #[test]
    fn theme_colors_and_density_are_those_asked_for_and_nonsense_has_no_picture() {
        let scenario = Scenario::default();
        let light = ThumbnailStyle {
            look: Look { color_map: Some(ColorMap::Paper), ..Look::default() },
            theme: Theme::Light,
            ..dark()
        };
        let brightness = |style| {
            let pixels = thumbnail(&scenario, style).unwrap().pixels;
            pixels.iter().map(|pixel| u32::from(pixel.g())).sum::<u32>() / pixels.len() as u32
        };
        assert!(brightness(light) > brightness(dark()) + 60);
        let fine = ThumbnailStyle { pixels: [160, 96], pixels_per_point: 2.0, ..dark() };
        assert_eq!(thumbnail(&scenario, fine).unwrap().size, [160, 96]);
        assert_eq!(thumbnail(&scenario, ThumbnailStyle { pixels: [0, 48], ..dark() }), None);
        assert_eq!(thumbnail(&Scenario::of_formula("x +"), dark()), None);
        let undefined = thumbnail(&Scenario::of_formula("sqrt(-1 - x^2)"), dark()).unwrap();
        assert_eq!(undefined.pixels[0], Inks::of(Theme::Dark).hatch[0]);
    }
}
