//! The rows of the step that is shown, in the plane of the parameters: the isolines of their loss over those of all rows, and how
//! the slopes of many batches spread where a run stands and where one points.

use egui::{Pos2, Shape, Stroke, Vec2, vec2};

use super::scene::{Layer, Scene};
use crate::data::Batches;
use crate::figure::plane::camera::Projection;
use crate::figure::plane::path::{dashes, line_shape};
use crate::landscape::{Field, isolines};
use crate::objective::{Objective, Point};

/// The batches.
#[derive(Default)]
pub(in crate::figure) struct BatchLayer;

/// So many nodes a side.
const NODES: usize = 80;
/// The parts of all nodes that lie below each level.
const SHARES: [f64; 5] = [0.03, 0.12, 0.3, 0.55, 0.8];
/// The batches whose slopes are drawn.
const FAN: usize = 32;
/// The longest of them, in points.
const LONGEST: f32 = 90.0;

impl Layer for BatchLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Scene { picture, options, .. } = *scene;
        let batches = picture.scenario.batches();
        let Some((batches, problem)) = batches.zip(picture.problem) else { return true };
        if options.look.batch_contours
            && let Some(of_batch) = problem.cost.of_batch(batches.at(options.step).batch())
        {
            contours(scene, &of_batch);
        }
        if options.look.batch_gradients {
            let chosen =
                options.spoken_of.filter(|run| scene.order.contains(run)).or(scene.order.first().copied());
            let path = picture.paths.iter().find(|path| Some(path.index) == chosen);
            let head = path.and_then(|path| path.trajectory.point_at(options.step));
            let pointed = options.pointed.filter(|at| Some(*at) != head);
            for at in head.into_iter().chain(pointed) {
                let (full, slopes) = slopes_of_batches(&problem.cost, &batches, options.step, at);
                fan(scene, at, full, &slopes);
            }
        }
        true
    }
}

/// The slope of all rows at a point, and those of so many batches from a step on.
fn slopes_of_batches(cost: &Objective, batches: &Batches, step: u32, at: Point) -> (Point, Vec<Point>) {
    let mut evaluator = cost.exact().evaluator();
    let full = -evaluator.exact_first_order(at).gradient;
    let mut cursor = batches.at(step);
    let slopes = (0..FAN).map(|_| {
        evaluator.look_at(Some(cursor.batch().clone()));
        cursor.advance();
        -evaluator.exact_first_order(at).gradient
    });
    (full, slopes.collect())
}

fn contours(scene: &Scene<'_>, of_batch: &Objective) {
    let Scene { painter, projection, inks, .. } = *scene;
    let field = Field::sample(projection.region, NODES, NODES, |xs, ys, out| of_batch.fill_grid(xs, ys, out));
    let mut values: Vec<f64> = field.values.iter().copied().filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values.get((share * values.len() as f64) as usize).copied();
    let levels: Vec<f64> = SHARES.into_iter().filter_map(at).collect();
    for line in isolines(&field, &levels) {
        let points: Vec<Pos2> = line.points.iter().filter_map(|at| projection.to_pos([at.x, at.y])).collect();
        for (width, color) in [(3.0, inks.edge), (1.4, inks.row)] {
            let pieces = dashes(&points, &[6.0, 4.0]).into_iter();
            painter.extend(pieces.map(|piece| line_shape(&piece, Stroke::new(width, color))));
        }
    }
}

/// Arrows without heads for each batch, one with a head for all rows, and the ellipse of one standard deviation around the mean.
fn fan(scene: &Scene<'_>, at: Point, full: Point, slopes: &[Point]) {
    let Scene { painter, projection, inks, .. } = *scene;
    let Some(from) = projection.to_pos([at.x, at.y]) else { return };
    let all = slopes.iter().chain([&full]).map(|slope| on_screen(*slope, projection));
    let longest = all.map(|way| way.length()).fold(0.0, f32::max);
    if !(longest.is_finite() && longest > 0.0) {
        return;
    }
    let scale = LONGEST / longest;
    let tip = |slope: Point| from + scale * on_screen(slope, projection);
    for slope in slopes {
        painter.line_segment([from, tip(*slope)], Stroke::new(1.2, inks.row));
        painter.circle_filled(tip(*slope), 2.2, inks.row);
    }
    let mean = slopes.iter().sum::<Point>() / slopes.len() as f64;
    let spread = |a: usize, b: usize| {
        slopes.iter().map(|s| (s[a] - mean[a]) * (s[b] - mean[b])).sum::<f64>() / slopes.len() as f64
    };
    let covariance = nalgebra::Matrix2::new(spread(0, 0), spread(0, 1), spread(1, 0), spread(1, 1));
    if covariance.iter().all(|entry| entry.is_finite()) {
        let eigen = covariance.symmetric_eigen();
        let axis =
            |k: usize| eigen.eigenvectors.column(k).into_owned() * eigen.eigenvalues[k].max(0.0).sqrt();
        let [a, b] = [axis(0), axis(1)].map(|axis| scale * on_screen(axis, projection));
        let center = tip(mean);
        let corner = |k: u32| {
            let angle = k as f32 * std::f32::consts::TAU / 48.0;
            center + angle.cos() * a + angle.sin() * b
        };
        let ellipse: Vec<Pos2> = (0..=48).map(corner).collect();
        for (width, color) in [(3.2, inks.edge), (1.5, inks.mark)] {
            painter.add(line_shape(&ellipse, Stroke::new(width, color)));
        }
    }
    let way = scale * on_screen(full, projection);
    if way.length() > 6.0 {
        let direction = way.normalized();
        let across = direction.rot90();
        let end = from + way;
        let base = end - 9.0 * direction;
        for (width, color) in [(5.0, inks.edge), (2.4, inks.mark)] {
            painter.line_segment([from, base], Stroke::new(width, color));
        }
        painter.add(Shape::convex_polygon(
            vec![end, base + 4.5 * across, base - 4.5 * across],
            inks.mark,
            Stroke::NONE,
        ));
    }
}

/// A vector of the plane in points, but for a common factor.
fn on_screen(way: Point, Projection { region, frame }: Projection) -> Vec2 {
    let x = way.x / region.width() * f64::from(frame.width());
    let y = way.y / region.height() * f64::from(frame.height());
    let size = x.abs().max(y.abs());
    if size.is_finite() { vec2(x as f32, -y as f32) } else { Vec2::ZERO }
}

#[cfg(test)]
mod tests {
    use egui::Theme;

    use super::*;
    use crate::figure::Look;
    use crate::figure::plane::camera::Camera;
    use crate::figure::plot::{Canvas, PlotOptions};
    use crate::figure::stage::{Sheet, draw};
    use crate::session::Session;

    const ROWS: [[f64; 2]; 5] = [[1.0, 2.0], [2.0, 3.0], [4.0, 4.0], [5.0, 5.0], [-2.0, 0.5]];

    fn session() -> Session {
        let text = format!(
            "[cost]\nformula = \"(a + b*x - y)^2/2\"\nvariables = [\"a\", \"b\"]\nreduce = \"mean\"\n\
             [data]\ncolumns = [\"x\", \"y\"]\nrows = {ROWS:?}\n[window]\nx = [-3, 3]\ny = [-2, 2]\n\
             [run]\nstart = [-1.0, 0.5]\nsteps = 60\nbatch = 2\nseed = 7\n[[optimizer]]\nmethod = \"gd\"\n"
        );
        let mut session = Session::new(crate::scenario::read(&text, "test").unwrap());
        session.finish();
        session
    }

    /// Where the ends of the slopes are painted, and what is looked at.
    fn painted(session: &mut Session, options: &PlotOptions) -> (Vec<Pos2>, Projection) {
        let camera = Camera::new(session.scenario().window);
        let (mut canvas, mut projection) = (Canvas::default(), None);
        let sheet = Sheet::new(vec2(600.0, 400.0), Theme::Light);
        let drawing = draw(sheet, None, |ui| {
            projection = Some(canvas.plot_ui(ui, session, &camera, options).projection);
        });
        let inks = options.look.inks(Theme::Light);
        let ends = drawing.shapes.iter().filter_map(|clipped| match &clipped.shape {
            Shape::Circle(circle) if circle.fill == inks.row && circle.radius == 2.2 => Some(circle.center),
            _ => None,
        });
        (ends.collect(), projection.unwrap())
    }

    #[test]
    fn the_slopes_of_32_batches_fan_out_where_the_run_stands_and_where_one_points() {
        let mut session = session();
        let look = Look { batch_gradients: true, ..Look::default() };
        let pointed = Point::new(1.0, -0.75);
        let step = 3;
        let options = PlotOptions { cell: 8.0, pointed: Some(pointed), ..PlotOptions::at_step(step, look) };
        let head = session.trajectory(0).and_then(|(path, _)| path.point_at(step)).unwrap();
        let (ends, projection) = painted(&mut session, &options);
        assert_eq!(ends.len(), 2 * 32);
        // By hand: the mean over the rows of −(a + b x − y)·(1, x).
        let slope = |at: Point, rows: &[u32]| {
            let of_row = |row: &u32| {
                let [x, y] = ROWS[*row as usize];
                -(at.x + at.y * x - y) * Point::new(1.0, x)
            };
            rows.iter().map(of_row).sum::<Point>() / rows.len() as f64
        };
        let batches = session.scenario().batches().unwrap();
        for (at, ends) in [(head, &ends[..32]), (pointed, &ends[32..])] {
            let from = projection.to_pos([at.x, at.y]).unwrap();
            let [across, up] = [projection.region.width(), projection.region.height()];
            let seen = |slope: Point| {
                let size = projection.frame.size();
                vec2((slope.x / across) as f32 * size.x, -(slope.y / up) as f32 * size.y)
            };
            let mut cursor = batches.at(step);
            let mut slopes = Vec::new();
            for _ in 0..32 {
                slopes.push(seen(slope(at, cursor.batch())));
                cursor.advance();
            }
            let full = seen(slope(at, &[0, 1, 2, 3, 4]));
            let longest = slopes.iter().map(|way| way.length()).fold(full.length(), f32::max);
            for (number, (end, way)) in ends.iter().zip(&slopes).enumerate() {
                let expected = from + 90.0 / longest * *way;
                assert!(end.distance(expected) < 0.05, "{number} at {at}: {end}, expected {expected}");
            }
            assert!(slopes.iter().any(|way| (*way - slopes[0]).length() > 0.1 * longest), "they differ");
        }
    }

    #[test]
    fn there_is_no_fan_where_nothing_is_pointed_at_and_one_where_that_is_the_run_itself() {
        let mut session = session();
        let look = Look { batch_gradients: true, ..Look::default() };
        let options = PlotOptions { cell: 8.0, ..PlotOptions::at_step(3, look) };
        let head = session.trajectory(0).and_then(|(path, _)| path.point_at(3));
        let count = |session: &mut Session, options: PlotOptions| painted(session, &options).0.len();
        assert_eq!(count(&mut session, options), 32);
        assert_eq!(count(&mut session, PlotOptions { pointed: head, ..options }), 32);
        let off = Look { batch_gradients: false, ..look };
        let pointed = Some(Point::new(1.0, -0.75));
        assert_eq!(count(&mut session, PlotOptions { look: off, pointed, ..options }), 0);
        session.edit(|scenario| scenario.run.batch = None);
        session.finish();
        assert_eq!(count(&mut session, PlotOptions { pointed, ..options }), 0, "all rows are one batch");
    }
}
