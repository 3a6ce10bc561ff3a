use super::*;
use crate::expr::Expression;
use crate::objective::Goal;
use crate::objective::{Derivatives, Objective};
use crate::optimizer::{Limits, METHODS, ParameterValue, method};

fn problem(formula: &str, goal: Goal) -> Problem {
    let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
    Problem::from(&Objective::new(tape, goal, Derivatives::Exact))
}

/// The bowl (λ₁x² + λ₂y²)/2, on which gradient descent is fastest at 2/(λ₁ + λ₂).
fn bowl() -> Problem {
    problem("(x^2 + 9*y^2)/2", Goal::Minimize)
}

fn plan(id: &str, rate: Option<f64>) -> Plan {
    let mut settings = Settings::defaults(method(id).unwrap());
    if let Some(rate) = rate {
        settings.set("learning_rate", ParameterValue::Real(rate)).unwrap();
    }
    Plan::new(settings, [3.0, 1.0].into(), Limits { steps: 400, tolerance: 1e-6 })
}

fn finished(problem: &Problem, plan: &Plan, slice: u32) -> RateSearch {
    let mut search = RateSearch::new(problem, plan).unwrap();
    while !search.is_over() {
        assert!(search.advance(slice) > 0 || search.is_over());
    }
    search
}

/// Gradient evaluations to the end of a run, and whether it converged.
fn raced(problem: &Problem, plan: &Plan) -> (u64, bool) {
    let mut run = Run::new(problem, plan);
    run.finish();
    let path = run.trajectory();
    let kind = path.outcome.as_ref().map(|outcome| outcome.kind);
    (path.evaluations.gradient, kind == Some(OutcomeKind::Converged))
}

#[test]
fn gradient_descent_on_a_bowl_gets_the_rate_of_theory() {
    let search = finished(&bowl(), &plan("gd", Some(0.01)), 1000);
    let rate = search.best().real("learning_rate");
    // Rates a little below take as many steps, and the smallest of them is taken.
    assert!((0.19..=0.201).contains(&rate), "{rate}");
    assert_eq!(search.rates()[0], search.rates()[1]);
}

#[test]
fn no_rate_that_was_tried_is_faster_and_the_smaller_of_two_alike_is_taken() {
    let problem = bowl();
    for method in METHODS.iter().filter(|method| !method.only_finds_roots()) {
        let plan = plan(method.id, None);
        let Some(mut search) = RateSearch::new(&problem, &plan) else { continue };
        search.advance(u32::MAX);
        let best = search.best();
        let (fewest, has_converged) = raced(&problem, &Plan { settings: best.clone(), ..plan.clone() });
        for rate in &search.tried {
            let (gradients, converges) =
                raced(&problem, &Plan { settings: search.settings_at(*rate).unwrap(), ..plan.clone() });
            assert!(has_converged || !converges, "{}", method.id);
            let is_smaller = *rate < best.rates().max();
            let is_worse = if is_smaller { gradients > fewest } else { gradients >= fewest };
            assert!(!converges || is_worse, "{} {rate}: {gradients}, {fewest}", method.id);
        }
    }
}

#[test]
fn the_slices_change_nothing() {
    let problem = problem("(1-x)^2 + 100*(y-x^2)^2", Goal::Minimize);
    for id in ["momentum", "newton"] {
        let plan = Plan { start: [-1.2, 1.0].into(), ..plan(id, None) };
        let [whole, sliced] = [u32::MAX, 7].map(|slice| finished(&problem, &plan, slice));
        assert_eq!((whole.best(), whole.tried), (sliced.best(), sliced.tried));
    }
}

#[test]
fn where_no_rate_converges_the_lowest_cost_wins_and_to_maximize_the_highest() {
    for (formula, goal) in [("(x^2 + 9*y^2)/2", Goal::Minimize), ("-(x^2 + 9*y^2)/2", Goal::Maximize)] {
        let problem = problem(formula, goal);
        let plan = Plan { limits: Limits { steps: 30, tolerance: 0.0 }, ..plan("gd", Some(1e-3)) };
        let best = finished(&problem, &plan, 1000).best();
        let end = |settings: Settings| {
            let mut run = Run::new(&problem, &Plan { settings, ..plan.clone() });
            run.finish();
            run.trajectory().value(run.trajectory().steps()).unwrap().abs()
        };
        // Nearer to the optimum than at a hundredth more or less.
        let at = |factor: f64| {
            let mut settings = best.clone();
            settings.set_rates(factor * best.rates()).unwrap();
            end(settings)
        };
        assert!(at(1.0) <= at(0.98) && at(1.0) <= at(1.02), "{goal:?}: {best:?}");
    }
}

#[test]
fn two_rates_keep_their_ratio_and_a_given_rate_beyond_the_slider_stays_in_the_race() {
    let problem = bowl();
    let mut settings = Settings::defaults(method("gd").unwrap());
    settings.set("learning_rate", ParameterValue::PerVariable([0.09, 0.01])).unwrap();
    let plan = Plan { settings, ..plan("gd", None) };
    let best = finished(&problem, &plan, 1000).best().rates();
    // With each coordinate's own curvature: at (1, 1/9) one step leads to the minimum.
    assert!((best.x / best.y - 9.0).abs() < 1e-12 && (best.x - 1.0).abs() < 0.01, "{best}");
    // On so flat a bowl no rate of the slider is as good.
    let flat = self::problem("1e-6*(x^2 + y^2)", Goal::Minimize);
    let plan = Plan { limits: Limits { steps: 40, tolerance: 1e-9 }, ..self::plan("gd", Some(4e5)) };
    let best = finished(&flat, &plan, 1000).best().real("learning_rate");
    assert!((3.8e5..=4e5).contains(&best), "{best}");
}

#[test]
fn where_every_rate_is_lost_the_given_one_stays() {
    let problem = problem("ln(x) + y^2", Goal::Minimize);
    let plan = Plan { start: [-1.0, 1.0].into(), ..plan("gd", Some(0.0123)) };
    assert_eq!(finished(&problem, &plan, 1000).best(), plan.settings);
}
