//! Problems made at random, against what is found in another way.

use downhill::landscape::{Candidate, Region, SolutionKind, solve};
use downhill::objective::{Goal, Point, Problem, Relation};
use downhill::optimizer::{OutcomeKind, ParameterValue, Run, TreatmentKind, TreatmentSettings};
use downhill::scenario::{self, Scenario};
use downhill::spelling::Selectable;
use nalgebra::{Matrix2, Matrix3, Vector3};

fn scenario_of(text: &str) -> Scenario {
    scenario::read(text, "random").unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn number(random: &mut fastrand::Rng, low: f64, high: f64) -> f64 {
    let value = low + (high - low) * random.f64();
    (value * 1e3).round() / 1e3
}

/// ½ xᵀHx + bᵀx with a positive definite H, and a line aᵀx = c.
struct Quadratic {
    h: Matrix2<f64>,
    b: Point,
    a: Point,
    c: f64,
}

impl Quadratic {
    fn at_random(random: &mut fastrand::Rng) -> Self {
        let [p, q] = [number(random, 0.5, 3.0), number(random, 0.5, 3.0)];
        let r = number(random, -0.6, 0.6) * (p * q).sqrt();
        let mut any = || number(random, -2.0, 2.0);
        let (b, mut a) = (Point::new(any(), any()), Point::new(any(), any()));
        if a.norm() < 0.3 {
            a = Point::new(1.0, 0.5);
        }
        Self { h: Matrix2::new(p, r, r, q), b, a, c: any() }
    }

    fn text(&self, goal: Goal, relation: Relation) -> String {
        let Self { h, b, a, c } = self;
        let sign = if goal == Goal::Maximize { "-" } else { "" };
        format!(
            "[cost]\nformula = \"{sign}({}*x^2/2 + {}*x*y + {}*y^2/2 + {}*x + {}*y)\"\ngoal = \"{}\"\n[[constraint]]\n\
             formula = \"{}*x + {}*y\"\nrelation = \"{}\"\nlevel = {c:?}\n[window]\nx = [-40, 40]\ny = [-40, 40]\n",
            h.m11,
            h.m12,
            h.m22,
            b.x,
            b.y,
            goal.id(),
            a.x,
            a.y,
            relation.id(),
        )
    }

    /// The point with its λ by the linear system of the N + K equations, for what is minimized.
    fn on_line(&self) -> (Point, f64) {
        let Self { h, b, a, c } = self;
        let kkt = Matrix3::new(h.m11, h.m12, -a.x, h.m21, h.m22, -a.y, a.x, a.y, 0.0);
        let solution = kkt.lu().solve(&Vector3::new(-b.x, -b.y, *c)).unwrap();
        (Point::new(solution.x, solution.y), solution.z)
    }
}

#[test]
fn quadratics_with_linear_constraints_are_solved_as_by_the_linear_system() {
    let mut random = fastrand::Rng::with_seed(12);
    for _ in 0..60 {
        let quadratic = Quadratic::at_random(&mut random);
        let (on_line, lambda) = quadratic.on_line();
        let free = -quadratic.h.try_inverse().unwrap() * quadratic.b;
        for goal in [Goal::Minimize, Goal::Maximize] {
            for relation in Relation::ALL {
                let text = quadratic.text(goal, *relation);
                let h = quadratic.a.dot(&free) - quadratic.c;
                let is_active = relation.violation(h) != 0.0;
                let (at, lambda) = if is_active { (on_line, lambda) } else { (free, 0.0) };
                let lambda = if goal == Goal::Maximize { -lambda } else { lambda };
                let scenario = scenario_of(&text);
                let problem = scenario.problem().unwrap();
                let best = &solve(&problem, scenario.window).candidates[0];
                let told = best.multipliers.as_ref().unwrap()[0];
                assert!((best.point - at).norm() < 1e-9, "{text}: {best:?}, not {at}");
                assert!((told - lambda).abs() < 1e-9, "{text}: {told}, not {lambda}");
                assert_eq!(best.active, [is_active], "{text}");
                arrives(scenario, at, lambda);
            }
        }
    }
}

/// Whether runs that correct their multipliers end at a solution with its multiplier.
fn arrives(mut scenario: Scenario, at: Point, lambda: f64) {
    scenario.run.steps = 4000;
    scenario.run.tolerance = 1e-8;
    let problem = scenario.problem().unwrap();
    for (kind, method) in [
        (TreatmentKind::AugmentedLagrangian, "newton"),
        (TreatmentKind::Projected, "gd"),
        (TreatmentKind::LagrangeNewton, "newton"),
    ] {
        scenario.treatment =
            TreatmentSettings { kind, mu: 4.0, inner_steps: 2, ..TreatmentSettings::default() };
        let plans: Vec<_> = scenario.plans().collect();
        let place =
            scenario.optimizers.iter().position(|choice| choice.settings.method().id == method).unwrap();
        let mut plan = plans[place].clone();
        if method == "gd" {
            plan.settings.set("learning_rate", ParameterValue::Real(0.1)).unwrap();
        }
        let mut run = Run::new(&problem, &plan);
        run.finish();
        let path = run.into_trajectory();
        let end = path.last().unwrap();
        let outcome = path.outcome.as_ref().unwrap();
        assert_eq!(outcome.kind, OutcomeKind::Converged, "{kind:?}: {outcome:?}");
        assert!((end - at).norm() < 1e-6, "{kind:?}: {end}, not {at}");
        let told = path.multipliers(path.len() - 1).unwrap().x;
        assert!((told - lambda).abs() < 1e-6, "{kind:?}: {told}, not {lambda}");
    }
}

/// Newton's method on the N + K equations from many starts.
fn by_many_starts(problem: &Problem, region: Region, random: &mut fastrand::Rng) -> Vec<Point> {
    let constraint = &problem.constraints[0];
    let (mut f, mut g) = (problem.cost.evaluator(), constraint.function.evaluator());
    let mut found: Vec<Point> = Vec::new();
    for _ in 0..600 {
        let mut at = Point::new(
            region.x[0] + region.width() * random.f64(),
            region.y[0] + region.height() * random.f64(),
        );
        let (mut lambda, mut step) = (number(random, -2.0, 2.0), f64::INFINITY);
        for _ in 0..60 {
            let (f, g) = (f.second_order(at), g.second_order(at));
            let hessian = f.hessian - lambda * g.hessian;
            let left = f.gradient - lambda * g.gradient;
            let a = g.gradient;
            let kkt =
                Matrix3::new(hessian.m11, hessian.m12, -a.x, hessian.m21, hessian.m22, -a.y, a.x, a.y, 0.0);
            let right = Vector3::new(-left.x, -left.y, constraint.level - g.value);
            let Some(change) = kkt.lu().solve(&right) else { break };
            at += Point::new(change.x, change.y);
            lambda += change.z;
            step = change.amax();
        }
        let is_new = found.iter().all(|other| (other - at).norm() > 1e-6);
        // What lies at the very edge is in the window or not by rounding.
        let inner = |[low, high]: [f64; 2], value: f64| value > low + 1e-6 && value < high - 1e-6;
        if step < 1e-12 && is_new && inner(region.x, at.x) && inner(region.y, at.y) {
            found.push(at);
        }
    }
    found
}

#[test]
fn what_many_starts_find_is_among_the_solutions() {
    let mut random = fastrand::Rng::with_seed(77);
    let costs = [
        "x + 2*y",
        "x^2 - x*y + 2*y",
        "sin(x)*cos(2*y) + x/3",
        "x^3/3 - x*y^2",
        "exp(x/2) + y^2 - x*y",
        "(x^2 + y - 3)^2/10 + (x + y^2 - 2)^2/10",
    ];
    let curves = ["x^2 + y^2", "x*y", "y - x^2 + x/2", "x^2/4 + y^2", "sin(x) + y", "x^4/4 + y^2 - x^2"];
    let (mut all, mut problems) = (0, 0);
    for cost in costs {
        for curve in curves {
            let level = number(&mut random, 0.3, 2.0);
            let text = format!(
                "[cost]\nformula = \"{cost}\"\n[[constraint]]\nformula = \"{curve}\"\nlevel = {level:?}\n[window]\n\
                 x = [-3.1, 2.9]\ny = [-2.8, 3.2]\n"
            );
            let scenario = scenario_of(&text);
            let problem = scenario.problem().unwrap();
            let candidates = solve(&problem, scenario.window).candidates;
            for at in by_many_starts(&problem, scenario.window, &mut random) {
                let is_there = |one: &Candidate| (one.point - at).norm() < 1e-6;
                assert!(candidates.iter().any(is_there), "{text}: {at} is missing among {candidates:?}");
                all += 1;
            }
            problems += 1;
        }
    }
    assert!(all > 2 * problems, "{all} solutions of {problems} problems");
}

#[test]
fn what_cannot_be_solved_is_said_and_nothing_panics() {
    let kinds = TreatmentKind::ALL;
    // A slope that vanishes at the solution, a curve that is a point, none in the window, contradictions, holes, steep merits.
    let problems = [
        ("x + y", vec![("x^2", "=", 0.0)], 1e1),
        ("x + y", vec![("x^2 + y^2", "=", 0.0)], 1e1),
        ("x", vec![("y^2 - x^3", "=", 0.0)], 1e1),
        ("x^2 + y^2", vec![("x^2 + y^2", "=", -1.0)], 1e1),
        ("x^2 + y^2", vec![("x^2 + y^2", "=", 1e9)], 1e1),
        ("x^2 + y^2", vec![("x + y", "=", 1.0), ("x + y", "=", 2.0)], 1e1),
        ("x^2 + y^2", vec![("x", "<=", -1.0), ("x", ">=", 1.0)], 1e1),
        ("x^2 + y^2", vec![("ln(x)", "=", 0.5)], 1e1),
        ("ln(x) + y", vec![("sqrt(y)", "<=", 1.0)], 1e1),
        ("1/x", vec![("1/y", "=", 2.0)], 1e1),
        ("x^2 + y^2", vec![("x + y", "=", 1.0)], 1e12),
        ("x^2 + y^2", vec![("x + y", "<=", 1e-3), ("x*y", ">=", 0.2)], 1e12),
        ("exp(x) + exp(-y)", vec![("exp(x*y)", "=", 1e300)], 1e1),
        ("x", vec![("floor(x) + y", "=", 0.5)], 1e1),
        ("3", vec![("x + y", "=", 1.0)], 1e1),
    ];
    for (cost, constraints, mu) in &problems {
        for start in ["[0.0, 0.0]", "[-1.5, 0.5]", "[1e8, -1e8]"] {
            let tables: String = (constraints.iter())
                .map(|(g, relation, level)| {
                    format!(
                        "[[constraint]]\nformula = \"{g}\"\nrelation = \"{relation}\"\nlevel = {level:?}\n"
                    )
                })
                .collect();
            let text = format!("[cost]\nformula = \"{cost}\"\n{tables}[run]\nstart = {start}\nsteps = 60\n");
            let mut scenario = scenario_of(&text);
            let problem = scenario.problem().unwrap();
            for one in solve(&problem, scenario.window).candidates {
                assert!(one.point.amax().is_finite() && one.value.is_finite(), "{text}: {one:?}");
                // Dependent gradients have no multipliers, and are told so.
                assert!(one.multipliers.is_some() || one.kind == SolutionKind::Degenerate, "{text}: {one:?}");
            }
            for kind in kinds {
                scenario.treatment =
                    TreatmentSettings { kind: *kind, mu: *mu, ..TreatmentSettings::default() };
                for (choice, plan) in scenario.optimizers.iter().zip(scenario.plans()) {
                    if kind.misfit(&choice.settings).is_some() {
                        continue;
                    }
                    let mut run = Run::new(&problem, &plan);
                    run.finish();
                    let outcome = run.trajectory().outcome.clone().unwrap();
                    assert!(!outcome.text.is_empty(), "{text} {kind:?}");
                }
            }
        }
    }
}
