use super::*;
use crate::expr::Expression;
use crate::objective::{Derivatives, Objective};
use crate::optimizer::OutcomeKind;
use crate::optimizer::{Limits, METHODS, Run, Settings, method, nearest_minimum};
use nalgebra::Rotation2;

fn problem(formula: &str) -> Problem {
    let tape = Expression::parse(formula).and_then(|read| read.compile(["x", "y"], &[])).unwrap();
    Objective::new(tape, Goal::Minimize, Derivatives::Exact).into()
}

fn plan(id: &str, rate: f64, steps: u32) -> Plan {
    let mut settings = Settings::defaults(method(id).unwrap());
    settings.set("learning_rate", crate::optimizer::ParameterValue::Real(rate)).unwrap();
    Plan::new(settings, Point::zeros(), Limits { steps, tolerance: 1e-6 })
}

/// On one core.
fn search(problem: &Problem, plan: &Plan, region: Region, size: [usize; 2]) -> BasinSearch {
    BasinSearch::new(problem, plan, region, size, NonZeroUsize::MIN)
}

/// All of it.
trait Finish {
    fn finish(self) -> BasinMap;
}

impl Finish for BasinSearch {
    fn finish(mut self) -> BasinMap {
        while !self.advance(u64::MAX) {}
        self.map().unwrap()
    }
}

const SQUARE: Region = Region { x: [-5.0, 5.0], y: [-5.0, 5.0] };

#[test]
fn the_four_basins_of_himmelblau_are_those_of_its_runs() {
    let problem = problem("(x^2+y-11)^2 + (x+y^2-7)^2");
    let plan = plan("gd", 0.01, 400);
    let map = search(&problem, &plan, SQUARE, [23, 17]).finish();
    assert_eq!((map.size(), map.ends.len(), map.reached.len()), ([23, 17], 391, 391));
    // Minima by the closed form's literature: all of value 0, so that x and y order them.
    let known = [
        [-3.779310253377747, -3.28318599128617],
        [-2.805118086952745, 3.131312518250573],
        [3.0, 2.0],
        [3.584428340330492, -1.848126526964404],
    ];
    assert_eq!(map.optima.len(), known.len());
    for optimum in &map.optima {
        assert!(known.iter().any(|at| (optimum.at - Point::from(*at)).norm() < 1e-8), "{optimum:?}");
    }
    let order = |a: &BasinOptimum, b: &BasinOptimum| {
        // All have the value 0.
        a.at.x.total_cmp(&b.at.x).then(a.at.y.total_cmp(&b.at.y))
    };
    assert!(map.optima.is_sorted_by(|a, b| order(a, b).is_le()));
    let mut shares = [0; 4];
    for place in 0..map.ends.len() {
        let mut run = Run::new(&problem, &Plan { start: map.start(place), ..plan.clone() });
        run.finish();
        let (path, end) = (run.trajectory(), map.ends[place]);
        assert_eq!(path.outcome.as_ref().unwrap().kind, end.kind);
        assert_eq!((path.steps(), path.last()), (end.step as usize, Some(end.at)));
        // Counted by another road: the optimum that is nearest to where the run ends.
        let nearest = (0..4).min_by(|a, b| {
            let far = |place: &usize| (map.optima[*place].at - end.at).norm();
            far(a).total_cmp(&far(b))
        });
        assert_eq!(
            map.reached[place].map(usize::from),
            nearest.filter(|_| end.kind == OutcomeKind::Converged)
        );
        shares[nearest.unwrap()] += u32::from(end.kind == OutcomeKind::Converged);
    }
    assert_eq!(shares.to_vec(), map.optima.iter().map(|optimum| optimum.starts).collect::<Vec<_>>());
}

#[test]
fn any_cut_into_slices_and_any_number_of_cores_find_the_same_map() {
    let problem = problem("x^4 - 2*x^2 + y^2 + sin(3*x*y)");
    for id in ["gd", "adam", "newton"] {
        let whole = search(&problem, &plan(id, 0.05, 90), SQUARE, [13, 11]).finish();
        for budget in [1, 5_000, 300_000] {
            let mut search = search(&problem, &plan(id, 0.05, 90), SQUARE, [13, 11]);
            while !search.advance(budget) {}
            let map = search.map().unwrap();
            assert_eq!(search.progress().done, 143);
            assert_eq!((&map.ends, &map.reached, &map.optima), (&whole.ends, &whole.reached, &whole.optima));
        }
        for cores in [2, 5] {
            let (plan, cores) = (plan(id, 0.05, 90), NonZeroUsize::new(cores).unwrap());
            let map = BasinSearch::new(&problem, &plan, SQUARE, [13, 11], cores).finish();
            assert_eq!((&map.ends, &map.reached, &map.optima), (&whole.ends, &whole.reached, &whole.optima));
        }
    }
}

#[test]
fn newton_on_the_cube_roots_of_one_is_symmetric_and_is_the_iteration_written_by_hand() {
    // |z³ − 1|² with z = x + iy.
    let problem = problem("(x^3 - 3*x*y^2 - 1)^2 + (3*x^2*y - y^3)^2");
    let plan = plan("newton", 1.0, 60);
    let region = Region { x: [-1.5, 1.5], y: [-1.5, 1.5] };
    // Nodes that are mirrored exactly.
    let size = [33, 33];
    let map = search(&problem, &plan, region, size).finish();
    let third = |k: f64| {
        let angle = k * std::f64::consts::TAU / 3.0;
        Point::new(angle.cos(), angle.sin())
    };
    let roots = [0.0, 1.0, 2.0].map(third);
    let place_of = |at: Point| roots.iter().position(|root| (root - at).norm() < 1e-9);
    let root_at = |place: usize| map.reached[place].and_then(|k| place_of(map.optima[usize::from(k)].at));
    let mut reached = 0;
    for row in 0..size[1] {
        for column in 0..size[0] {
            let (place, mirrored) = (row * size[0] + column, (size[1] - 1 - row) * size[0] + column);
            let other = root_at(place).map(|root| [0, 2, 1][root]);
            assert_eq!(root_at(mirrored), other, "y → −y at {:?}", map.start(place));
            let [here, there] = [map.ends[place], map.ends[mirrored]];
            assert_eq!(
                (here.kind, here.step, here.at.x, here.at.y),
                (there.kind, there.step, there.at.x, -there.at.y)
            );
            reached += usize::from(root_at(place).is_some());
            let (kind, at) = by_hand(map.start(place));
            if kind {
                assert!((at - here.at).norm() < 1e-6, "{:?}: {at:?} {here:?}", map.start(place));
            }
        }
    }
    assert!(reached > 400, "{reached}");
    // A turn by 120° leads each root to the next.
    let turn = Rotation2::new(std::f64::consts::TAU / 3.0);
    let alike = (0..map.ends.len()).filter(|place| {
        let start = turn * map.start(*place);
        let mut run = Run::new(&problem, &Plan { start, ..plan.clone() });
        run.finish();
        let turned = nearest_minimum(&problem, &plan, run.trajectory().last().unwrap());
        let kind = run.trajectory().outcome.as_ref().unwrap().kind;
        let root = turned.filter(|_| kind == OutcomeKind::Converged).and_then(|minimum| place_of(minimum.at));
        root == root_at(*place).map(|root| (root + 1) % 3)
    });
    let (alike, all) = (alike.count(), map.ends.len());
    assert!(100 * alike >= 99 * all, "{alike} of {all}");
}

/// The same iteration with the derivatives written out: whether the gradient fell below the tolerance at a point that Newton's
/// method is stable at, and where.
fn by_hand(mut at: Point) -> (bool, Point) {
    for _ in 0..=60 {
        let (x, y) = (at.x, at.y);
        let (u, v) = (x * x * x - 3.0 * x * y * y - 1.0, 3.0 * x * x * y - y * y * y);
        let [ux, uy] = [3.0 * x * x - 3.0 * y * y, -6.0 * x * y];
        let [vx, vy] = [-uy, ux];
        let g = Point::new(2.0 * (u * ux + v * vx), 2.0 * (u * uy + v * vy));
        if g.norm() < 1e-6 {
            return ((u * u + v * v) < 0.5, at);
        }
        let [uxx, uxy, uyy] = [6.0 * x, -6.0 * y, -6.0 * x];
        let [vxx, vxy, vyy] = [6.0 * y, 6.0 * x, -6.0 * y];
        let h11 = 2.0 * (ux * ux + u * uxx + vx * vx + v * vxx);
        let h12 = 2.0 * (ux * uy + u * uxy + vx * vy + v * vxy);
        let h22 = 2.0 * (uy * uy + u * uyy + vy * vy + v * vyy);
        let determinant = h11 * h22 - h12 * h12;
        at -= Point::new(h22 * g.x - h12 * g.y, h11 * g.y - h12 * g.x) / determinant;
        if !(at.x.is_finite() && at.y.is_finite()) {
            return (false, at);
        }
    }
    (false, at)
}

#[test]
fn what_has_no_optimum_or_a_whole_valley_of_them_is_told_so() {
    let slope = search(&problem("x + y"), &plan("gd", 0.1, 30), SQUARE, [4, 4]).finish();
    assert!(slope.optima.is_empty() && slope.reached.iter().all(Option::is_none));
    let constant = search(&problem("7"), &plan("gd", 0.1, 30), SQUARE, [4, 4]).finish();
    assert_eq!(constant.ends.len(), 16);
    // Along the floor every start has an optimum of its own, as far as they are told apart.
    let valley = search(&problem("x^2"), &plan("gd", 0.1, 200), SQUARE, [2, 5]).finish();
    assert_eq!(valley.optima.len(), 5);
    let undefined = search(&problem("ln(x) + 1e300*y^2"), &plan("gd", 0.1, 30), SQUARE, [5, 5]).finish();
    assert!(undefined.ends.iter().any(|end| end.kind == OutcomeKind::NotFinite));
}

#[test]
fn every_method_has_a_map() {
    let problem = problem("x^2 + 3*y^2");
    for method in METHODS.iter().filter(|method| !method.only_finds_roots()) {
        let settings = Settings::defaults(method);
        let plan = Plan::new(settings, Point::zeros(), Limits { steps: 20, tolerance: 1e-3 });
        assert_eq!(search(&problem, &plan, SQUARE, [3, 3]).finish().ends.len(), 9, "{}", method.id);
    }
}

#[test]
fn a_window_of_a_tenth_of_a_billionth_has_starts_that_differ() {
    let region = Region { x: [1.0, 1.0 + 1e-10], y: [2.0, 2.0 + 1e-10] };
    let map = search(&problem("x^2 + y^2"), &plan("gd", 0.1, 5), region, [64, 64]).finish();
    let xs: std::collections::BTreeSet<u64> = (0..64).map(|place| map.start(place).x.to_bits()).collect();
    assert_eq!(xs.len(), 64);
    for place in [0, 63, 64, 2000, 4095] {
        assert_eq!(map.nearest(map.start(place)), Some(place));
    }
    assert_eq!(map.nearest(Point::new(0.9, 2.0)), None);
}
