//! The view, start, rates and steps that suit a typed cost, found from its optima.
//!
//! Convention, our own, with λ the greatest curvature at the best optimum, at the start, and at three points between them,
//! and D the distance of these two:
//! - The window holds all optima that were found with room around them: 3 to each side, or less where the cost is flat
//!   beyond a bend nearer than that.
//! - Learning rates: gradient descent 0.7/λ, momentum and Nesterov 0.2/λ, since they go on with what they have; AdaGrad,
//!   RMSProp and Adam, whose first steps are as long as the rate, D/4, D/100 and D/20; Newton 1.
//! - Steps: ten times the condition number, as gradient descent wants them, within 200 and 5000.
//!
//! All are rounded to numbers that a person would type.

use super::{CostSource, Scenario, default_start};
use crate::builtin::BUILT_INS;
use crate::decimal::rounded;
use crate::elementary;
use crate::landscape::{Optimum, Region};
use crate::objective::{Curvature, Evaluator, Goal, Point};
use crate::optimizer::{ParameterValue, Settings};

/// What suits a cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion {
    window: Region,
    start: [f64; 2],
    steps: u32,
    rates: [(&'static str, f64); 7],
}

impl Suggestion {
    /// What suits the cost of a scenario with these optima, the best first. `None` where there is none, or the cost cannot
    /// be evaluated.
    pub fn new(scenario: &Scenario, optima: &[Optimum]) -> Option<Self> {
        let best = optima.first()?;
        let objective = scenario.objective().ok()?;
        let sign = if objective.goal() == Goal::Maximize { -1.0 } else { 1.0 };
        let mut evaluator = objective.exact().evaluator();
        let room = room_around(best, |at| sign * (evaluator.value(at) - best.value));
        let [x, y] = [0, 1].map(|axis| {
            let ends = optima.iter().map(|optimum| optimum.at[axis]);
            let [low, high] = ends.fold([best.at[axis]; 2], |[low, high], at| [low.min(at), high.max(at)]);
            let room = room.max(0.3 * (high - low));
            [rounded(low - room, 0.05 * room), rounded(high + room, 0.05 * room)]
        });
        let window = Region::new(x, y).ok()?;
        let start = default_start(&scenario.cost, window)
            .map(|at| rounded(at, 0.02 * window.width().min(window.height())));
        let way = best.at - Point::from(start);
        let steepest = steepest_along(&mut evaluator, start.into(), way).max(best.curvatures[0]);
        let about = |value: f64| rounded(value, 0.3 * value);
        let momentum = about(0.2 / steepest);
        let distance = way.norm();
        let condition = steepest / best.curvatures[1];
        Some(Self {
            window,
            start,
            steps: [200, 500, 1000, 2000]
                .into_iter()
                .find(|steps| f64::from(*steps) >= 10.0 * condition)
                .unwrap_or(5000),
            rates: [
                ("gd", about(0.7 / steepest)),
                ("momentum", momentum),
                ("nesterov", momentum),
                ("adagrad", about(distance / 4.0)),
                ("rmsprop", about(distance / 100.0)),
                ("adam", about(distance / 20.0)),
                ("newton", 1.0),
            ],
        })
    }
}

/// How far around an optimum there is something to be seen: 3, or one and a half times the distance at which the cost has
/// risen, to one side at least, by a third of what its lesser curvature promises.
fn room_around(optimum: &Optimum, mut rise: impl FnMut(Point) -> f64) -> f64 {
    const MOST: f64 = 3.0;
    let [_, least] = optimum.curvatures;
    let mut is_flat_at = |distance: f64| {
        let promised = 0.5 * least * distance * distance;
        let sides = [Point::x(), Point::y(), -Point::x(), -Point::y()];
        !sides.into_iter().any(|side| rise(optimum.at + distance * side) > promised / 3.0)
    };
    let distance =
        (0..8).map(|k| MOST * elementary::pow(10_f64, -0.5 * f64::from(k))).find(|d| !is_flat_at(*d));
    distance.map_or(MOST, |distance| (1.5 * distance).min(MOST))
}

/// The greatest curvature, up or down, at a start and at three points of the way from it.
fn steepest_along(evaluator: &mut Evaluator, start: Point, way: Point) -> f64 {
    let at = |part: f64| start + part * way;
    let hessians = [0.0, 0.25, 0.5, 0.75].map(|part| evaluator.hessian(at(part)));
    let greatest =
        |curvature: Curvature| curvature.eigenvalues.iter().fold(0.0_f64, |most, l| most.max(l.abs()));
    hessians.iter().filter_map(Curvature::of).map(greatest).fold(0.0, f64::max)
}

impl Scenario {
    /// Whether view, start, rates and steps can be suggested: a typed cost has none of its own.
    pub fn wants_suggestion(&self) -> bool {
        // A curve is seen whole as it is.
        matches!(self.cost.source, CostSource::Formula(_)) && !self.cost.is_of_one_variable()
    }

    /// The scenario with what is suggested in place of what nobody chose: what a new scenario or a built-in cost comes
    /// with, or `earlier` suggestions brought. Equal to the scenario where somebody chose everything.
    pub fn suited(&self, to: &Suggestion, earlier: &[Suggestion]) -> Scenario {
        let mut suited = self.clone();
        let fresh = Scenario::of_formula(self.cost.formula());
        let rows = || BUILT_INS.iter();
        let is_given_window = self.window == fresh.window
            || rows().any(|row| [row.window[0], row.window[1]] == [self.window.x, self.window.y])
            || earlier.iter().any(|given| given.window == self.window);
        if is_given_window {
            suited.window = to.window;
        }
        let start = self.run.start;
        let is_given_start = start == fresh.run.start
            || start == default_start(&self.cost, self.window)
            || rows().any(|row| row.start == start)
            || earlier.iter().any(|given| given.start == start);
        if is_given_start {
            suited.run.start = to.start;
        }
        let is_given_steps = self.run.steps == fresh.run.steps
            || rows().any(|row| row.steps == self.run.steps)
            || earlier.iter().any(|given| given.steps == self.run.steps);
        if is_given_steps {
            suited.run.steps = to.steps;
        }
        for choice in &mut suited.optimizers {
            let method = choice.settings.method();
            let rate = choice.settings.real("learning_rate");
            let is_given_rate = rate == Settings::defaults(method).real("learning_rate")
                || rows().any(|row| method.rate_among(row.rates) == Some(rate))
                || earlier.iter().any(|given| method.rate_among(&given.rates) == Some(rate));
            if let Some(rate) = method.rate_among(&to.rates).filter(|_| is_given_rate) {
                // A rate outside the method's range keeps what was there.
                let _ = choice.settings.set("learning_rate", ParameterValue::Real(rate));
            }
        }
        suited
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::OptimaSearch;
    use crate::optimizer::Run;
    use crate::work::Work as _;

    fn suggested(scenario: &Scenario) -> Option<Suggestion> {
        let mut search = OptimaSearch::new(&scenario.objective().unwrap(), scenario.window);
        while !search.advance(u64::MAX) {}
        Suggestion::new(scenario, &search.optima())
    }

    #[test]
    fn a_new_cost_is_seen_with_its_minimum_and_most_methods_reach_it() {
        for (formula, minimum) in [
            ("(x-20)^2 + 3*(y+30)^2", [20.0, -30.0]),
            ("1e4*(x-250)^2 + 3e3*(y+4)^2", [250.0, -4.0]),
            ("1e-3*(x-7)^2 + 2e-3*(y+400)^2", [7.0, -400.0]),
            ("(51-x)^2 + 10*(y-(x-50)^2)^2", [51.0, 1.0]),
            ("-exp(-((x-5)^2+(y-4)^2)/8)", [5.0, 4.0]),
            ("-exp(-3*((x-0.3)^2+(y-0.2)^2))", [0.3, 0.2]),
            ("ln(1 + (x-100)^2 + 2*(y-100)^2)", [100.0, 100.0]),
        ] {
            let scenario = Scenario::of_formula(formula);
            let suited = scenario.suited(&suggested(&scenario).unwrap(), &[]);
            let at = Point::from(minimum);
            assert!(suited.window.contains(at), "{formula}: {:?}", suited.window);
            assert!(suited.window.contains(suited.run.start.into()), "{formula}");
            let problem = suited.problem().unwrap();
            let reached = suited.plans().filter(|plan| {
                let mut run = Run::new(&problem, plan);
                run.finish();
                let end = run.trajectory().last().unwrap();
                (end - at).norm() < 0.05 * suited.window.width()
            });
            assert!(reached.count() >= 5, "{formula}: {suited:?}");
        }
    }

    #[test]
    fn what_somebody_chose_stays() {
        let mut scenario = Scenario::of_formula("(x-20)^2 + 3*(y+30)^2");
        let suggestion = suggested(&scenario).unwrap();
        scenario.window = Region { x: [10.0, 40.0], y: [-40.0, -10.0] };
        scenario.run.start = [33.0, -12.0];
        scenario.run.steps = 77;
        scenario.optimizers[0].settings.set("learning_rate", ParameterValue::Real(0.0123)).unwrap();
        let suited = scenario.suited(&suggestion, &[]);
        assert_eq!((suited.window, suited.run), (scenario.window, scenario.run));
        assert_eq!(suited.optimizers[0], scenario.optimizers[0]);
        assert_ne!(suited.optimizers[1], scenario.optimizers[1]);
        // What an earlier suggestion brought was chosen by nobody.
        let first = Scenario::of_formula("(x-20)^2 + 3*(y+30)^2").suited(&suggestion, &[]);
        let mut next = first.clone();
        next.cost.source = CostSource::Formula("100*(x+50)^2 + (y-1)^2".to_owned());
        let again = suggested(&next).unwrap();
        let suited = next.suited(&again, &[suggestion]);
        assert!(
            suited.window.contains(Point::new(-50.0, 1.0))
                && !suited.window.contains(Point::new(20.0, -30.0))
        );
        assert_eq!(next.suited(&again, &[]).window, first.window);
    }

    #[test]
    fn costs_without_an_optimum_have_no_suggestion() {
        for formula in ["x + y", "x*y", "sqrt(-1)", "3"] {
            assert_eq!(suggested(&Scenario::of_formula(formula)), None, "{formula}");
        }
        assert!(!Scenario::default().wants_suggestion() && Scenario::of_formula("x").wants_suggestion());
    }
}
