//! Optima of a cost, searched for from ever wider grids of starts.
//!
//! Formula. From each start downhill on J or −J by the goal, as [`minimum_downhill`] goes.
//!
//! Convention. The starts are 6 × 6 points over squares about the origin with sides from 6 to 6000, and about the middle of
//! what is looked at. The search ends with the first square that holds an optimum that was found. Saddles are those points to
//! which steps −H⁻¹∇J lead from the same starts, and which have an eigenvalue of each sign.

use super::Region;
use super::corners::{Corner, corners};
use crate::objective::{Curvature, Evaluator, Objective, Point, SecondOrder, is_finite, minimum_downhill};
use crate::work::{Counted, Progress, Work};

/// A minimum of the cost, or a maximum where the goal is to maximize; or a saddle where that is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Optimum {
    /// Where.
    pub at: Point,
    /// J there.
    pub value: f64,
    /// The greatest and the least curvature of what is minimized, both positive; at a saddle without their signs.
    pub curvatures: [f64; 2],
}

/// Half the sides of the squares.
const REACHES: [f64; 4] = [3.0, 30.0, 300.0, 3000.0];
const STARTS: usize = 6;
const SQUARE: usize = STARTS * STARTS;
const STEPS: usize = 50;
/// Two optima nearer than this share of the square are one.
const APART: f64 = 1e-4;

/// A search that goes on from call to call, so that it can be taken in slices.
pub struct OptimaSearch {
    objective: Objective,
    evaluator: Evaluator,
    /// Of an evaluation.
    work: u64,
    sign: f64,
    seen: Region,
    /// How many starts were tried.
    tried: usize,
    found: Vec<Optimum>,
    saddle: Option<Optimum>,
}

impl OptimaSearch {
    /// Begins to search; exact derivatives are used in any case.
    pub fn new(objective: &Objective, seen: Region) -> Self {
        let sign = objective.goal().sign();
        Self {
            objective: objective.clone(),
            evaluator: objective.exact().evaluator(),
            work: objective.work(),
            sign,
            seen,
            tried: 0,
            found: Vec::new(),
            saddle: None,
        }
    }

    /// Goes on from the next start, at the price of at most 1600 evaluations, mostly some twenty. Returns whether the
    /// search is over.
    fn next_start(&mut self) -> bool {
        // What is looked at comes first and has a square of its own.
        let (square, place) = (self.tried / SQUARE, self.tried % SQUARE);
        let Some(region) = self.square(square) else { return true };
        let at = |[low, high]: [f64; 2], place: usize| {
            // Off the axes and the diagonals, where costs are often flat or at a kink.
            low + (high - low) * (place as f64 + 0.47) / STARTS as f64
        };
        let start =
            Point::new(at(region.x, place % STARTS), at(region.y, place / STARTS) + 1e-3 * region.height());
        if let Some(optimum) = self.descend(start) {
            let apart = APART * region.width().max(region.height());
            if self.found.iter().all(|known| (known.at - optimum.at).norm() > apart) {
                self.found.push(optimum);
            }
        }
        if self.found.is_empty()
            && let Some(saddle) = self.settle(start)
            && self.saddle.is_none_or(|known| saddle.at.norm() < known.at.norm())
        {
            self.saddle = Some(saddle);
        }
        self.tried += 1;
        let is_last = self.tried.is_multiple_of(SQUARE);
        if is_last {
            self.found.extend(corners(&self.objective, region).iter().filter_map(at_corner));
        }
        is_last
            && (self.found.iter().any(|optimum| region.contains(optimum.at))
                || self.square(square + 1).is_none())
    }

    /// The saddle nearest to the origin of those that were found; only where no optimum was.
    pub fn saddle(&self) -> Option<Optimum> {
        self.saddle.filter(|_| self.found.is_empty())
    }

    /// What was found within twice the square that was searched last, the best first.
    pub fn optima(mut self) -> Vec<Optimum> {
        let last = self.tried.saturating_sub(1) / SQUARE;
        if let Some(region) = self.square(last) {
            let twice = |[low, high]: [f64; 2]| [1.5 * low - 0.5 * high, 1.5 * high - 0.5 * low];
            let around = Region { x: twice(region.x), y: twice(region.y) };
            self.found.retain(|optimum| around.contains(optimum.at));
        }
        let sign = self.sign;
        self.found.sort_by(|a, b| (sign * a.value).total_cmp(&(sign * b.value)));
        self.found
    }

    fn square(&self, number: usize) -> Option<Region> {
        match number.checked_sub(1) {
            None => Some(self.seen),
            Some(number) => {
                REACHES.get(number).map(|reach| Region { x: [-reach, *reach], y: [-reach, *reach] })
            }
        }
    }

    /// Newton's method, which goes to a saddle as well as to an optimum.
    fn settle(&mut self, start: Point) -> Option<Optimum> {
        let mut at = start;
        for _ in 0..STEPS {
            let SecondOrder { value, gradient, hessian } = self.evaluator.second_order(at);
            let step = -(hessian.try_inverse()? * gradient);
            if !(value.is_finite() && is_finite(step)) {
                return None;
            }
            if step.norm() <= 1e-9 * at.norm().max(1e-3) {
                let [greatest, least] = Curvature::of(&hessian)?.eigenvalues;
                let curvatures = [greatest.max(-least), greatest.min(-least)];
                return (curvatures[1] > 1e-12 * curvatures[0]).then_some(Optimum { at, value, curvatures });
            }
            at += step;
        }
        None
    }

    fn descend(&mut self, start: Point) -> Option<Optimum> {
        let (evaluator, sign) = (&mut self.evaluator, self.sign);
        let minimum = minimum_downhill(start, |at| {
            let SecondOrder { value, gradient, hessian } = evaluator.second_order(at);
            SecondOrder { value: sign * value, gradient: sign * gradient, hessian: sign * hessian }
        })?;
        Some(Optimum { at: minimum.at, value: sign * minimum.value, curvatures: minimum.curvatures })
    }
}

/// A corner that is an optimum. What is seen of it and which rates suit it goes by the curvatures without the corner.
fn at_corner(corner: &Corner) -> Option<Optimum> {
    let [greatest, least] = Curvature::of(&corner.hessian)?.eigenvalues;
    let is_curved = corner.curvature > 0.0 && least > 1e-12 * greatest;
    is_curved.then_some(Optimum { at: corner.at, value: corner.value, curvatures: [greatest, least] })
}

impl Work for OptimaSearch {
    fn advance(&mut self, budget: u64) -> bool {
        /// What one evaluation is in work, with the derivatives that most are of.
        const WORK_OF_EVALUATION: u64 = 3;
        let evaluations = |search: &Self| {
            let counted = search.evaluator.evaluations();
            counted.value + counted.gradient + counted.hessian
        };
        let begun = evaluations(self);
        while !self.next_start() {
            if (evaluations(self) - begun).saturating_mul(WORK_OF_EVALUATION * self.work) >= budget {
                return false;
            }
        }
        true
    }

    fn progress(&self) -> Progress {
        let total = SQUARE * (1 + REACHES.len());
        Progress { of: Counted::Starts, done: self.tried as u64, total: total as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;
    use crate::objective::Derivatives;
    use crate::objective::Goal;

    const SEEN: Region = Region { x: [-3.0, 3.0], y: [-3.0, 3.0] };

    fn found(formula: &str, goal: Goal) -> Vec<Optimum> {
        let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
        let objective = Objective::new(tape, goal, Derivatives::CentralDifference { step: 1e-3 });
        let mut search = OptimaSearch::new(&objective, SEEN);
        let mut starts = 1;
        while !search.advance(1) {
            starts += 1;
        }
        assert!(starts <= 5 * SQUARE, "{formula}");
        search.optima()
    }

    #[test]
    fn optima_are_found_wherever_they_are() {
        for (formula, optimum) in [
            ("(x-20)^2 + 3*(y+30)^2", [20.0, -30.0]),
            ("(x-1)^2 + (y-2)^2", [1.0, 2.0]),
            ("1e6*(x-250)^2 + 1e-3*(y+4)^2 - 17", [250.0, -4.0]),
            ("(1-x)^2 + 100*(y-x^2)^2", [1.0, 1.0]),
            ("-exp(-((x-5)^2 + (y-4)^2)/8)", [5.0, 4.0]),
            ("x*ln(x) + y*ln(y) - 3*x - 3*y", [std::f64::consts::E.powi(2); 2]),
            ("cosh(x/100 - 20) + y^2", [2000.0, 0.0]),
        ] {
            let optima = found(formula, Goal::Minimize);
            let best = optima.first().map(|optimum| optimum.at);
            let off = best.map(|at| (at - Point::from(optimum)).norm() / (1.0 + at.norm()));
            assert!(off.is_some_and(|off| off < 1e-6), "{formula}: {optima:?}");
        }
        let maxima = found("3 - (x-40)^2 - 2*(y-1)^2", Goal::Maximize);
        assert!((maxima[0].at - Point::new(40.0, 1.0)).norm() < 1e-6);
        assert!((maxima[0].curvatures[0] - 4.0).abs() < 1e-9 && (maxima[0].curvatures[1] - 2.0).abs() < 1e-9);
        assert_eq!(found("(x^2+y-11)^2 + (x+y^2-7)^2", Goal::Minimize).len(), 4);
    }

    #[test]
    fn where_there_is_none_the_search_ends() {
        for formula in
            ["x + y", "x*y", "-x^2 - y^2", "5", "sqrt(-1)", "exp(x)", "x^3", "1/x", "floor(x) + y", "ln(x)"]
        {
            assert_eq!(found(formula, Goal::Minimize), [], "{formula}");
        }
    }

    #[test]
    fn where_there_is_no_optimum_the_nearest_saddle_is_found() {
        for (formula, saddle) in [
            ("x^2 - y^2", Some([0.0, 0.0])),
            ("x*y", Some([0.0, 0.0])),
            ("(x-40)*(y+7) + 3", Some([40.0, -7.0])),
            ("(x^2 - 4)*y", Some([-2.0, 0.0])),
            ("x^2 + y^2", None),
            ("-x^2 - y^2", None),
            ("x + y", None),
        ] {
            let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
            let objective = Objective::new(tape, Goal::Minimize, Derivatives::Exact);
            let mut search = OptimaSearch::new(&objective, SEEN);
            while !search.advance(u64::MAX) {}
            let found = search.saddle().map(|saddle| saddle.at);
            let off =
                found.zip(saddle).map(|(found, saddle)| (found.abs() - Point::from(saddle).abs()).norm());
            assert_eq!(
                (found.is_some(), off.is_none_or(|off| off < 1e-9)),
                (saddle.is_some(), true),
                "{formula}: {found:?}"
            );
            assert!(search.saddle().is_none_or(|saddle| saddle.curvatures[0] >= saddle.curvatures[1]));
        }
    }
}
