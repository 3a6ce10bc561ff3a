//! What a step came to: how J changed, how much of it the slope at its beginning promised, and what way it took.
//!
//! Formula. With the step Δ = θ′ − θ: J(θ′) − J(θ) = ∇J(θ)·Δ + rest. The first term is what the slope promises, the rest what
//! the curvature takes back or gives. Of gradient descent the first is −α‖∇J‖² (for the goal to maximize +α‖∇J‖²).
//! The way is told by signs alone, each of something that is computed: of ∇J·Δ at both ends, of the gradient's components
//! along the Hessian's eigenvectors at both ends, and of the Hessian's eigenvalues where the step begins.
//! Source: Taylor's theorem; Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, sections 2.2 and 3.3.

use crate::objective::{Curvature, Form, Goal, Objective, Point};
use crate::optimizer::Trajectory;

/// The way that a step took, for what is minimized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The point is where it was.
    Still,
    /// Along the step the slope went up from its beginning: what carried it there came from earlier steps.
    CarriedOn,
    /// Along the direction that curves most the gradient has turned round, and that direction is far steeper than the other.
    AcrossTheValley,
    /// The slope along the step fell at its beginning and rises at its end.
    OverTheMinimum,
    /// The quadratic that is fitted where it begins has a saddle, straight to which it leads.
    TowardsASaddle,
    /// As the slope promised.
    Along,
}

/// A step that was taken, judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// J where it begins.
    pub before: f64,
    /// J where it ends.
    pub after: f64,
    /// ∇J·Δ, what the slope where it begins promised.
    pub promised: f64,
    /// Whether that is −α‖∇J‖² in the method's own words.
    pub is_steepest: bool,
    /// What J is to do.
    pub goal: Goal,
    /// The way that it took.
    pub way: Way,
}

/// A valley is one where one curvature is at least so many times the other.
const VALLEY: f64 = 5.0;

impl Verdict {
    /// The step from an entry of a run on a cost; nothing where no step was taken from there.
    pub fn of(path: &Trajectory, entry: usize, objective: &Objective) -> Option<Self> {
        let (from, to) = (path.entry(entry)?, path.entry(entry + 1)?);
        let goal = objective.goal();
        let sign = goal.sign();
        let step = to.at - from.at;
        let promised = from.gradient.dot(&step);
        let [falls, rises] = [sign * promised, sign * to.gradient.dot(&step)];
        let hessian = sign * objective.exact().evaluator().hessian(from.at);
        let curvature = Curvature::of(&hessian);
        let turns_along_the_steepest = curvature.is_some_and(|curvature| {
            let [steep, flat] = curvature.eigenvalues;
            let along = |gradient: Point| gradient.dot(&curvature.eigenvectors[0]);
            steep > 0.0 && steep >= VALLEY * flat.abs() && along(from.gradient) * along(to.gradient) < 0.0
        });
        // The stationary point of the fitted quadratic is at −H⁻¹g from here.
        let to_stationary = hessian * step;
        let (along, across) = (to_stationary.dot(&from.gradient), to_stationary.perp(&from.gradient));
        let is_saddle = curvature.is_some_and(|curvature| curvature.form() == Form::Saddle);
        let to_saddle = is_saddle && sign * along < 0.0 && across.abs() <= -1e-6 * sign * along;
        let way = if step == Point::zeros() {
            Way::Still
        } else if to_saddle {
            Way::TowardsASaddle
        } else if falls > 0.0 {
            Way::CarriedOn
        } else if turns_along_the_steepest {
            Way::AcrossTheValley
        } else if falls < 0.0 && rises > 0.0 {
            Way::OverTheMinimum
        } else {
            Way::Along
        };
        Some(Self {
            before: from.value,
            after: to.value,
            promised,
            is_steepest: path.is_gradient_descent(),
            goal,
            way,
        })
    }

    /// What the curvature gave to J beside what the slope promised.
    pub fn rest(&self) -> f64 {
        self.after - self.before - self.promised
    }

    /// Whether J went where the goal wants it to go.
    pub fn is_better(&self) -> bool {
        if self.goal == Goal::Maximize { self.after > self.before } else { self.after < self.before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use crate::session::Session;

    fn verdict(formula: &str, goal: &str, optimizer: &str, start: [f64; 2]) -> Verdict {
        let text = format!(
            "[cost]\nformula = \"{formula}\"\ngoal = \"{goal}\"\n[run]\nstart = {start:?}\nsteps = 3\n[[optimizer]]\n{optimizer}"
        );
        let mut session = Session::new(scenario::read(&text, "test").unwrap());
        session.finish();
        let (path, _) = session.trajectory(0).unwrap();
        Verdict::of(path, 0, session.objective().unwrap()).unwrap()
    }

    fn gd(formula: &str, rate: f64, start: [f64; 2]) -> Verdict {
        verdict(formula, "minimize", &format!("method = \"gd\"\nlearning_rate = {rate}"), start)
    }

    #[test]
    fn the_slope_promises_and_the_curvature_takes_back_half_of_it_at_half_the_step_to_the_minimum() {
        // J = 5x² from x = 1: g = 10, H = 10, so that the step α g promises −100 α and the curvature takes 500 α² back.
        for rate in [0.01, 0.05, 0.1, 0.19] {
            let judged = gd("5x^2 + y^2", rate, [1.0, 0.0]);
            assert!((judged.promised + 100.0 * rate).abs() < 1e-12);
            assert!((judged.rest() - 500.0 * rate * rate).abs() < 1e-12);
            assert!(judged.is_better() && judged.is_steepest);
        }
    }

    #[test]
    fn what_is_promised_is_the_rate_times_the_square_of_the_slope_where_one_rate_stays() {
        for (rates, is_steepest) in [
            ("learning_rate = 0.1", true),
            ("learning_rate = [0.1, 0.05]", false),
            ("learning_rate = 0.1\nschedule = { kind = \"step\" }", false),
        ] {
            let judged = verdict("5x^2 + y^2", "minimize", &format!("method = \"gd\"\n{rates}"), [1.0, 1.0]);
            assert_eq!(judged.is_steepest, is_steepest, "{rates}");
            assert_eq!(
                (judged.promised + 0.1 * (100.0 + 4.0)).abs() < 1e-12,
                !rates.contains('['),
                "{rates}"
            );
        }
    }

    #[test]
    fn each_way_is_told_by_what_is_computed() {
        assert_eq!(gd("5x^2 + y^2", 0.05, [1.0, 1.0]).way, Way::Along);
        assert_eq!(gd("5x^2 + 4y^2", 0.15, [1.0, 0.0]).way, Way::OverTheMinimum);
        assert_eq!(gd("50x^2 + y^2", 0.015, [1.0, 1.0]).way, Way::AcrossTheValley);
        assert_eq!(gd("x^2 + y^2", 0.0001, [1e-300, 1.0]).way, Way::Along);
        let newton = |formula, variant: &str| {
            let optimizer = format!("method = \"newton\"\nvariant = \"{variant}\"");
            verdict(formula, "minimize", &optimizer, [1.0, 0.5])
        };
        assert_eq!(newton("x^2 - y^2", "pure").way, Way::TowardsASaddle);
        assert_eq!(newton("x^2 - y^2", "modified").way, Way::Along);
        assert_eq!(newton("x^2 + 3y^2", "pure").way, Way::Along);
        // Gradient descent on the ridge of a saddle goes to the saddle too.
        assert_eq!(gd("x^2 - y^2", 0.1, [1.0, 0.0]).way, Way::TowardsASaddle);
    }

    #[test]
    fn momentum_that_carries_on_uphill_is_said_to() {
        let text = "[cost]\nformula = \"x^2 + y^2\"\n[run]\nstart = [1.0, 0.0]\nsteps = 40\n[[optimizer]]\nmethod = \"momentum\"\nlearning_rate = 0.05\nbeta = 0.95";
        let mut session = Session::new(scenario::read(text, "test").unwrap());
        session.finish();
        let (path, _) = session.trajectory(0).unwrap();
        let objective = session.objective().unwrap();
        let judged: Vec<Verdict> = (0..40).filter_map(|entry| Verdict::of(path, entry, objective)).collect();
        let carried = judged.iter().filter(|verdict| verdict.way == Way::CarriedOn);
        assert!(carried.clone().count() > 5);
        assert!(carried.into_iter().all(|verdict| verdict.promised > 0.0 && verdict.after > verdict.before));
        assert_eq!(Verdict::of(path, 40, objective), None, "no step was taken from the last point");
    }

    #[test]
    fn to_maximize_turns_better_and_way_round() {
        let up = verdict("-5x^2 - 4y^2", "maximize", "method = \"gd\"\nlearning_rate = 0.15", [1.0, 0.0]);
        let down = gd("5x^2 + 4y^2", 0.15, [1.0, 0.0]);
        assert_eq!((up.way, up.is_better()), (down.way, down.is_better()));
        assert_eq!((up.promised, up.rest()), (-down.promised, -down.rest()));
    }
}
