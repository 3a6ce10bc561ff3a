use super::*;
use crate::figure::Look;
use crate::figure::look::curve_trail::CurveTrail;
use crate::figure::plane::lift::Lift;
use crate::figure::plane::path::visible_pieces;
use crate::landscape::Region;
use crate::objective::{Goal, Point};
use crate::optimizer::{Limits, METHODS, ParameterValue, Plan, Run, Settings, Trajectory};
use crate::scenario::{OptimizerChoice, Scenario};
use crate::spelling::Selectable as _;
use egui::{Theme, pos2};
use std::sync::Arc;

/// A hundred points for a hundred units.
pub const PLOT: Projection = Projection {
    region: Region { x: [0.0, 100.0], y: [0.0, 100.0] },
    frame: Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0)),
};

/// How the first of the methods is drawn.
pub fn style() -> PathStyle {
    let run = OptimizerChoice::new(Settings::defaults(&METHODS[0]));
    Look::default().path_styles(&[run], Theme::Dark)[0]
}

#[test]
fn only_a_step_with_both_ends_out_of_sight_passes_through() {
    let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0));
    let pieces = |points: &[[f64; 2]]| visible_pieces(points.iter().copied(), clip);
    let swing = pieces(&[[50.0, -80.0], [60.0, 190.0], [70.0, -400.0]]);
    assert_eq!(swing.len(), 2);
    assert!(swing.iter().all(|piece| passes_through(piece, clip)));
    for seen in
        [pieces(&[[50.0, 50.0], [60.0, 190.0]]), pieces(&[[50.0, -80.0], [60.0, 50.0], [70.0, 190.0]])]
    {
        assert!(!passes_through(&seen[0], clip));
    }
}

/// The shapes of a path that is followed at once.
fn follow(trails: &mut Trails, version: u64, points: &[Point], projection: Projection) -> Vec<Shape> {
    let course = Course {
        index: 3,
        version,
        points: points.into(),
        paths: 1,
        lift: &Lift::default(),
        link: Link::Line,
    };
    trails.follow(course, projection, &mut usize::MAX.clone()).shapes(style(), false, projection)
}

#[test]
fn triangles_are_made_once_for_as_long_as_nothing_of_a_path_changes() {
    let points: Vec<Point> =
        (0..300).map(|k| f64::from(k) * 0.3).map(|x| Point::new(x, 50.0 + 9.0 * x.sin())).collect();
    let (mut trails, context) = (Trails::default(), egui::Context::default());
    let grain = Grain::of(&egui::Painter::new(context, egui::LayerId::background(), Rect::EVERYTHING));
    let mut lines = |count: usize, version: u64, bold: bool, projection: Projection| {
        let course = Course {
            index: 0,
            version,
            points: points[..count].into(),
            paths: 1,
            lift: &Lift::default(),
            link: Link::Line,
        };
        let trail = trails.follow(course, projection, &mut usize::MAX.clone());
        let shapes = trail.triangles(style(), bold, projection, grain);
        shapes
            .iter()
            .find_map(|shape| if let Shape::Mesh(mesh) = shape { Some(Arc::clone(mesh)) } else { None })
            .unwrap()
    };
    let panned = Projection { region: Region { x: [10.0, 90.0], y: [0.0, 70.0] }, ..PLOT };
    let first = lines(200, 1, false, PLOT);
    assert!(Arc::ptr_eq(&first, &lines(200, 1, false, PLOT)), "nothing has changed");
    for (count, version, bold, projection) in [
        (201, 1, false, PLOT),
        (300, 1, true, PLOT),
        (300, 1, true, panned),
        (300, 2, true, panned),
        (300, 2, false, panned),
    ] {
        let before = lines(count, version, bold, projection);
        assert!(Arc::ptr_eq(&before, &lines(count, version, bold, projection)));
        assert!(!Arc::ptr_eq(&first, &before), "{count} {version} {bold}");
    }
    assert_ne!(*first, *lines(300, 2, false, panned));
}

/// How many disks in the path's color are drawn of a path along the x axis.
fn disks(xs: &[f64]) -> usize {
    let points: Vec<Point> = xs.iter().map(|x| Point::new(*x, 50.0)).collect();
    let is_disk = |shape: &&Shape| matches!(shape, Shape::Circle(c) if c.fill == style().color);
    follow(&mut Trails::default(), 0, &points, PLOT).iter().filter(is_disk).count()
}

#[test]
fn iterates_are_marked_only_where_their_markers_leave_the_dashes_to_be_seen() {
    assert_eq!(disks(&[5.0, 25.0, 45.0]), 2);
    assert_eq!(disks(&[5.0, 14.0, 23.0]), 0);
    assert_eq!(disks(&[5.0, 25.0, 1e300, 45.0]), 1);
    assert_eq!(disks(&[5.0, 25.0, 45.0, 25.1, 45.1, 25.0]), 2);
}

#[test]
fn a_path_that_swings_without_end_is_dashed_at_first_and_then_whole() {
    let swings = |count: usize| -> Vec<Pos2> {
        (0..=count).map(|k| pos2(if k % 2 == 0 { 0.0 } else { 100.0 }, 50.0)).collect()
    };
    let pattern: &[f32] = &[6.0, 4.0];
    assert_eq!(dashed_at_first(&[swings(20)], pattern, 30_000.0), dashes(&swings(20), pattern));
    let long = [swings(2), swings(5000), swings(3)];
    let drawn = dashed_at_first(&long, pattern, 30_000.0);
    assert!((2500..3100).contains(&drawn.len()), "{}", drawn.len());
    let length = |line: &Vec<Pos2>| line.windows(2).map(|ends| ends[0].distance(ends[1])).sum::<f32>();
    assert!(drawn[..2500].iter().all(|dash| length(dash) < 6.1));
    assert_eq!(drawn.last(), Some(&swings(3)));
}

#[test]
fn a_path_that_grows_or_goes_back_is_the_one_that_is_followed_anew() {
    let points: Vec<Point> = (0..4000)
        .map(|k| f64::from(k) * 0.05)
        .map(|t| Point::new(50.0 + 0.4 * t * t.sin(), 50.0 + 0.7 * t * (0.9 * t).cos()))
        .collect();
    let anew = |projection, count: usize| follow(&mut Trails::default(), 1, &points[..count], projection);
    let panned = Projection { region: Region { x: [10.0, 90.0], y: [0.0, 70.0] }, ..PLOT };
    let mut trails = Trails::default();
    let steps = [(PLOT, 1), (PLOT, 2), (PLOT, 700), (PLOT, 701), (PLOT, 701), (PLOT, 4000)];
    for (projection, count) in
        steps.into_iter().chain([(PLOT, 900), (panned, 900), (panned, 3000), (PLOT, 0)])
    {
        let kept = follow(&mut trails, 1, &points[..count], projection);
        assert!(kept == anew(projection, count), "{count} points");
    }
    follow(&mut trails, 1, &points, PLOT);
    let other: Vec<Point> = points.iter().map(|at| Point::new(at.y, at.x)).collect();
    let shapes = follow(&mut trails, 2, &other, PLOT);
    assert!(shapes == follow(&mut Trails::default(), 2, &other, PLOT));
}

#[test]
fn a_path_followed_in_slices_is_the_one_followed_at_once_and_seen_on_the_way() {
    let points: Vec<Point> = (0..5000)
        .map(|k| f64::from(k) * 0.05)
        .map(|t| Point::new(50.0 + 0.2 * t * t.sin(), 50.0 + 0.2 * t * (0.9 * t).cos()))
        .collect();
    let panned = Projection { region: Region { x: [10.0, 110.0], y: [-5.0, 95.0] }, ..PLOT };
    let mut trails = Trails::default();
    let mut frame = |projection: Projection| {
        let mut left = 1000;
        let course = Course {
            index: 0,
            version: 1,
            points: points[..].into(),
            paths: 1,
            lift: &Lift::default(),
            link: Link::Line,
        };
        let trail = trails.follow(course, projection, &mut left);
        (trail.is_whole(&course.points, projection), left, trail.shapes(style(), false, projection))
    };
    let mut before = 0;
    for number in 1..=5 {
        let (is_whole, left, shapes) = frame(PLOT);
        assert_eq!((is_whole, left), (number == 5, 0));
        let points = |shape: &Shape| if let Shape::Path(path) = shape { path.points.len() } else { 1 };
        let count = shapes.iter().map(points).sum();
        assert!(count > before, "it grows");
        before = count;
    }
    let (is_whole, left, there) = frame(PLOT);
    assert!(is_whole && left == 1000 && there == follow(&mut Trails::default(), 1, &points, PLOT));
    // What was found is shown in its new place until all of it is followed anew, wherever one looks meanwhile.
    let line = |shapes: &[Shape]| {
        let at = |shape: &Shape| shape.visual_bounding_rect();
        shapes.iter().map(at).fold(Rect::NOTHING, |all, rect| all.union(rect))
    };
    for _ in 0..4 {
        let (is_whole, _, shapes) = frame(panned);
        assert!(!is_whole && line(&shapes).translate(egui::vec2(10.0, -5.0)).intersects(line(&there)));
        assert!(line(&shapes).right() < 100.0, "what comes into sight comes later");
    }
    let (is_whole, _, shapes) = frame(panned);
    assert!(is_whole && shapes == follow(&mut Trails::default(), 1, &points, panned));
    let zoomed = Projection { region: Region { x: [50.0, 50.1], y: [50.0, 50.1] }, ..PLOT };
    for shape in frame(zoomed).2 {
        assert!(clip(zoomed).expand(8.0).contains_rect(shape.visual_bounding_rect()));
    }
}

#[test]
fn a_path_of_which_few_points_are_kept_is_drawn_from_its_exact_start_to_its_exact_end() {
    let problem = Scenario::of_formula("x^2/2 + y^2/2").problem().unwrap();
    let mut settings = Settings::defaults(&METHODS[0]);
    settings.set("learning_rate", ParameterValue::Real(1e-4)).unwrap();
    let limits = Limits { steps: 30_000, tolerance: 0.0 };
    let mut run = Run::new(&problem, &Plan::new(settings, Point::new(90.0, 80.0), limits));
    run.finish();
    let whole = run.trajectory().clone();
    run.keep_least();
    let mut trails = Trails::default();
    let mut ends = |path: &Trajectory, projection: Projection, step: u32| {
        let course = Course {
            index: 0,
            version: 1,
            points: path.polyline(step),
            paths: 1,
            lift: &Lift::default(),
            link: Link::Line,
        };
        let trail = trails.follow(course, projection, &mut usize::MAX.clone());
        assert!(trail.is_whole(&course.points, projection));
        let pieces = trail.pieces(projection);
        assert_eq!(pieces.len(), 1);
        [pieces[0][0], *pieces[0].last().unwrap()]
    };
    let panned = Projection { region: Region { x: [-10.0, 110.0], y: [-5.0, 95.0] }, ..PLOT };
    let wide = run.trajectory().polyline(0).stride() as u32;
    assert!(wide > 100);
    for projection in [PLOT, panned] {
        // Forward, beside what is kept; back; and to where all is kept again.
        for step in [1, 4096, 4096 + wide, 4097 + wide, 4096 + 3 * wide - 1, 6000, 5000, 29_000, 30_000] {
            let at = |step: usize| {
                let point = whole.point(step).unwrap();
                projection.to_pos([point.x, point.y]).unwrap()
            };
            let [from, to] = ends(run.trajectory(), projection, step);
            assert!(from == at(0) && to.distance(at(step as usize)) < 1e-3, "{step}: {from} {to}");
        }
    }
    // While it is followed anew because fewer points are kept, it is seen whole.
    let mut less = Trails::default();
    let mut length = |path: &Trajectory, mut left: usize| {
        let course = Course {
            index: 0,
            version: 1,
            points: path.polyline(20_000),
            paths: 1,
            lift: &Lift::default(),
            link: Link::Line,
        };
        let trail = less.follow(course, PLOT, &mut left);
        let pieces = trail.pieces(PLOT);
        (trail.is_whole(&course.points, PLOT), pieces[0][0].distance(*pieces[0].last().unwrap()))
    };
    let (is_whole, all) = length(&whole, usize::MAX);
    assert!(is_whole && all > 50.0);
    assert_eq!(length(run.trajectory(), 2000), (false, all));
    assert_eq!(length(run.trajectory(), 9000), (true, all));
    // The same run with all of its points is followed anew, and is what it is alone.
    let shapes = |trails: &mut Trails, path: &Trajectory| {
        let course = Course {
            index: 0,
            version: 1,
            points: path.polyline(20_000),
            paths: 1,
            lift: &Lift::default(),
            link: Link::Line,
        };
        trails.follow(course, PLOT, &mut usize::MAX.clone()).shapes(style(), false, PLOT)
    };
    for path in [&whole, run.trajectory()] {
        assert!(shapes(&mut trails, path) == shapes(&mut Trails::default(), path));
    }
}

/// Corners of the line of a path on x² from 2 to −1 and to 0.5, and how many tips it has.
fn on_a_curve(goal: Goal, trail: CurveTrail) -> (Vec<[f64; 2]>, usize) {
    let text = format!("[cost]\nformula = \"x^2\"\nvariables = [\"x\"]\ngoal = \"{}\"\n", goal.id());
    let cost = crate::scenario::read(&text, "").unwrap().objective().unwrap();
    let lift = Lift::of(Some(&cost));
    let points: Vec<Point> = [2.0, -1.0, 0.5].map(|x| Point::new(x, 0.0)).to_vec();
    let link = lift.link(trail);
    let course = Course { index: 0, version: 0, points: points[..].into(), paths: 1, lift: &lift, link };
    let region = Region { x: [-5.0, 5.0], y: [-5.0, 5.0] };
    let mut trails = Trails::default();
    let there = Projection { region, ..PLOT };
    let trail = trails.follow(course, there, &mut usize::MAX.clone());
    let pieces = trail.pieces(there);
    let corners = pieces.iter().flatten().map(|at| there.to_plane(*at).map(|x| (x * 100.0).round() / 100.0));
    let corners = corners.collect();
    let triangles =
        |shape: &&Shape| matches!(shape, Shape::Path(path) if path.closed && path.points.len() == 3);
    (corners, trail.shapes(style(), false, there).iter().filter(triangles).count())
}

#[test]
fn a_trail_on_a_curve_goes_straight_or_by_the_axis_as_is_asked() {
    let straight = vec![[2.0, 4.0], [-1.0, 1.0], [0.5, 0.25]];
    let tangent = vec![[2.0, 4.0], [-1.0, 0.0], [-1.0, 1.0], [0.5, 0.0], [0.5, 0.25]];
    // From the start on the axis up to the curve, too.
    let feet = vec![
        [2.0, 0.0],
        [2.0, 4.0],
        [2.0, 0.0],
        [-1.0, 0.0],
        [-1.0, 1.0],
        [-1.0, 0.0],
        [0.5, 0.0],
        [0.5, 0.25],
    ];
    for (goal, trail, corners, tips) in [
        (Goal::Minimize, CurveTrail::Usual, &straight, 1),
        (Goal::Minimize, CurveTrail::Arrows, &straight, 1),
        (Goal::Minimize, CurveTrail::Cobweb, &feet, 0),
        (Goal::Zero, CurveTrail::Usual, &tangent, 0),
        (Goal::Zero, CurveTrail::Arrows, &straight, 1),
        (Goal::Zero, CurveTrail::Cobweb, &tangent, 0),
    ] {
        let drawn = on_a_curve(goal, trail);
        assert_eq!(drawn, (corners.clone(), tips), "{goal:?} {trail:?}");
    }
}
