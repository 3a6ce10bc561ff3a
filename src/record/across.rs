//! Where the points of a run stand along what it is followed against: by what had been evaluated there, not by what a step takes
//! on the average, for a line search tries once in one step and ten times in the next.

use super::quantity::Against;
use crate::optimizer::{Evaluated, Trajectory};

/// Where the points of a run stand across a chart.
#[derive(Clone, PartialEq, Debug)]
pub enum Across {
    /// As far from each to the next.
    Evenly {
        /// The start.
        first: f64,
        /// From a point to the next.
        step: f64,
    },
    /// Each where it is.
    Each(Vec<f64>),
}

impl Across {
    /// Of a run against something.
    pub fn of(against: Against, path: &Trajectory) -> Self {
        if against == Against::Steps {
            return Self::Evenly { first: 0.0, step: 1.0 };
        }
        let rows = path.rows();
        match path.evaluated() {
            Evaluated::Evenly { start, step } => {
                Self::Evenly { first: against.count(start, rows), step: against.count(step, rows) }
            }
            Evaluated::Each(counts) => {
                Self::Each(counts.into_iter().map(|count| against.count(count, rows)).collect())
            }
        }
    }

    /// Where an entry stands; one beyond the end goes on as the run went on the average.
    pub fn at(&self, entry: usize) -> f64 {
        match self {
            Self::Evenly { first, step } => first + step * entry as f64,
            Self::Each(places) => {
                let beyond = (entry + 1).saturating_sub(places.len());
                let last = entry.min(places.len().saturating_sub(1));
                let at = places.get(last).copied().unwrap_or_default();
                if beyond == 0 { at } else { at + beyond as f64 * self.on_the_average() }
            }
        }
    }

    /// The entry that stands nearest to a place.
    pub fn nearest(&self, across: f64) -> u32 {
        let after = |at: f64, step: f64| ((across - at) / step.max(f64::MIN_POSITIVE)).round().max(0.0);
        match self {
            Self::Evenly { first, step } => after(*first, *step) as u32,
            Self::Each(places) => {
                let next = places.partition_point(|at| *at < across);
                let Some(at) = places.get(next) else {
                    let last = places.len().saturating_sub(1);
                    return last as u32 + after(self.at(last), self.on_the_average()) as u32;
                };
                let before = next.saturating_sub(1);
                if across - places[before] < at - across { before as u32 } else { next as u32 }
            }
        }
    }

    /// How far it is from a point to the next on the average.
    fn on_the_average(&self) -> f64 {
        match self {
            Self::Evenly { step, .. } => *step,
            Self::Each(places) => match places.as_slice() {
                [first, .., last] => (last - first) / (places.len() - 1) as f64,
                _ => 0.0,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::{METHODS, Method, Needs, Run};
    use crate::scenario;
    use crate::spelling::Selectable;

    /// One run of each method, with every line search that it knows, of so many steps.
    fn runs(steps: u32, cost: &str, run: &str) -> Vec<(String, Run)> {
        let is_of_rows = cost.contains("[data]");
        let mut found = Vec::new();
        for method in METHODS.iter().filter(|method| is_of_rows || method.needs != Needs::Residuals) {
            for more in variants(method) {
                let text = format!(
                    "format = 2\n{cost}\n[run]\nstart = [0.9, -1.3]\ntolerance = 0.0\n{run}\n\
                     [[optimizer]]\nmethod = \"{}\"\n{more}\n",
                    method.id
                );
                // Not every method goes together with batches.
                let Ok(scenario) = scenario::read(&text, "across.toml") else { continue };
                let mut plan = scenario.plans().next().unwrap();
                plan.limits.steps = steps;
                let mut run = Run::new(&scenario.problem().unwrap(), &plan);
                run.finish();
                found.push((format!("{} {more} on {cost}", method.id), run));
            }
        }
        found
    }

    fn variants(method: &Method) -> Vec<String> {
        let rule = "rule = [\"v = 0.5*v + grad(theta - v)\", \"theta = theta - 0.01*v\"]\nstate = [\"v\"]";
        let searches = ["exact", "armijo", "wolfe"].into_iter();
        match method.parameter("line_search") {
            _ if method.has_own_rule() => vec![rule.to_owned()],
            Some(parameter) => {
                let known = searches.filter(|search| parameter.option(search).is_some());
                let chosen = known.map(|search| format!("line_search = \"{search}\""));
                std::iter::once(String::new()).chain(chosen).collect()
            }
            None => vec![String::new()],
        }
    }

    #[test]
    fn every_point_stands_where_a_run_that_ends_there_has_counted_to() {
        const STEPS: u32 = 9;
        let rows = "variables = [\"p\", \"q\"]\n[data]\ncolumns = [\"u\", \"v\"]\n\
                    rows = [[1.0, 2.0], [2.0, 3.0], [4.0, 4.5], [5.0, 5.0], [6.0, 7.0]]";
        let plane = "[cost]\nformula = \"(1-x)^2 + 5*(y-x^2)^2 + 0.3*sin(3*x)\"";
        let differences = format!("{plane}\nderivatives = \"central-difference\"");
        let loss = format!("[cost]\nformula = \"(exp(p*u/8) + q*u - v)^2/2\"\n{rows}");
        let (mut compared, mut uneven) = (0, 0);
        for (cost, more) in
            [(plane, ""), (&differences, ""), (&loss, ""), (&loss, "batch = 2\nsampling = \"cyclic\"")]
        {
            let shorter: Vec<_> = (0..=STEPS).map(|steps| runs(steps, cost, more)).collect();
            for (place, (name, run)) in shorter[STEPS as usize].iter().enumerate() {
                let path = run.trajectory();
                for against in Against::ALL.iter().filter(|against| **against != Against::Steps) {
                    let across = Across::of(*against, path);
                    for (entry, ended) in shorter.iter().enumerate().take(path.len()) {
                        let ended = ended[place].1.trajectory();
                        assert_eq!(ended.len(), entry + 1, "{name}");
                        let counted = against.count(ended.evaluations, path.rows());
                        assert_eq!(across.at(entry), counted, "{name}: {} at {entry}", against.id());
                        compared += 1;
                    }
                    uneven += usize::from(matches!(across, Across::Each(_)));
                }
            }
        }
        assert!(compared > 2000 && uneven > 50, "{compared}, {uneven}");
    }

    #[test]
    fn the_nearest_point_is_found_before_between_and_beyond() {
        let each = Across::Each(vec![1.0, 3.0, 11.0, 13.0]);
        for (across, nearest) in [(-5.0, 0), (1.9, 0), (2.1, 1), (6.9, 1), (7.1, 2), (13.0, 3), (17.0, 4)] {
            assert_eq!(each.nearest(across), nearest, "{across}");
        }
        assert_eq!((each.at(3), each.at(4)), (13.0, 17.0));
        let evenly = Across::Evenly { first: 1.0, step: 2.0 };
        assert_eq!((evenly.nearest(0.0), evenly.nearest(6.2), evenly.at(3)), (0, 3, 7.0));
    }
}
