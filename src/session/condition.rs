//! How much longer than wide the valley of a cost over rows is, with the scales of its columns and without.

use super::{Session, cached::Cached};
use crate::objective::{Objective, Point, minimum_downhill};
use crate::scenario::{Cost, Data};

/// What it was for the last costs, from the last starts.
#[derive(Debug, Default)]
pub(super) struct Conditions(Cached<(Cost, [f64; 2]), Condition>);

/// The condition numbers κ of the Hessian at the minimum downhill of the start, each where there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// Of the cost with columns as they are given.
    pub unscaled: Option<f64>,
    /// With their scales; nothing where none has one.
    pub scaled: Option<f64>,
}

/// With more work for one value than this it is not looked for: it would hold the hand up.
const MOST_WORK: u64 = 200_000;

impl Session {
    /// The condition of the cost, where it is made of rows.
    pub fn condition(&mut self) -> Option<Condition> {
        let cost = &self.scenario.cost;
        cost.data.as_ref()?;
        let key = (cost.clone(), self.scenario.run.start);
        Some(*self.conditions.0.get(key, |(cost, start)| Condition::of(cost, (*start).into())).0)
    }
}

impl Condition {
    fn of(cost: &Cost, start: Point) -> Self {
        // The corners of l1 have no curvature.
        let smooth = |objective: Objective| {
            let penalty = objective.penalty().smooth();
            objective.with_penalty(penalty)
        };
        let of = |cost: &Cost| condition(&smooth(cost.objective().ok()?), start);
        let is_scaled = cost.data.as_ref().is_some_and(Data::is_scaled);
        let given = cost.data.as_ref().and_then(|data| data.clone().with_scale(Vec::new()).ok());
        let unscaled = Cost { data: given, ..cost.clone() };
        Self { unscaled: of(&unscaled), scaled: is_scaled.then(|| of(cost)).flatten() }
    }
}

fn condition(objective: &Objective, start: Point) -> Option<f64> {
    if objective.work() > MOST_WORK {
        return None;
    }
    let mut evaluator = objective.exact().evaluator();
    let [greatest, least] = minimum_downhill(start, |at| evaluator.exact_uncounted(at))?.curvatures;
    Some(greatest / least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;

    #[test]
    fn standard_scores_make_a_circle_of_a_ravine() {
        let text = "[cost]\nformula = \"(a + b*x - y)^2/2\"\nvariables = [\"a\", \"b\"]\n[data]\ncolumns = [\"x\", \"y\"]\n\
                    rows = [[1, 2], [2, 3], [4, 4], [5, 5]]\n";
        let of = |text: &str| Session::new(scenario::read(text, "rows").unwrap()).condition().unwrap();
        // λ of [[1, 3], [3, 11.5]]: (12.5 ± √(12.5² − 10))/2.
        let root = (12.5_f64 * 12.5 - 10.0).sqrt();
        let expected = (12.5 + root) / (12.5 - root);
        let plain = of(text);
        assert!((plain.unscaled.unwrap() / expected - 1.0).abs() < 1e-9 && plain.scaled.is_none());
        let scaled = of(&format!("{text}scale = {{ x = \"standardize\" }}\n"));
        assert!((scaled.unscaled.unwrap() / expected - 1.0).abs() < 1e-9);
        assert!((scaled.scaled.unwrap() - 1.0).abs() < 1e-9);
    }
}
