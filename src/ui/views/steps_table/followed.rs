//! Which run a table shows, while cards are moved, changed, added and removed.

use crate::scenario::OptimizerChoice;

/// A run among those of the scenario, known again wherever it goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Followed {
    index: usize,
    choice: OptimizerChoice,
}

impl Followed {
    /// The run at `index`, if there is one.
    pub fn at(index: usize, runs: &[OptimizerChoice]) -> Option<Self> {
        runs.get(index).map(|choice| Self { index, choice: choice.clone() })
    }

    /// Its place in the last frame.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Whether this was its place in the last frame.
    pub fn is_at(&self, index: usize) -> bool {
        self.index == index
    }

    /// Its place now. `None` when it has been removed, which is all that makes fewer runs of them.
    ///
    /// `before` is how many runs there were. A run that is in no place as it was has been changed where it stands, since
    /// one frame sees one change.
    pub fn find(&mut self, runs: &[OptimizerChoice], before: usize) -> Option<usize> {
        if runs.get(self.index) != Some(&self.choice) {
            let moved = runs.iter().position(|run| *run == self.choice);
            let place = moved.or((runs.len() >= before).then_some(self.index))?;
            *self = Self::at(place, runs)?;
        }
        Some(self.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn runs() -> Vec<OptimizerChoice> {
        Scenario::default().optimizers
    }

    #[test]
    fn a_run_is_found_where_it_has_gone() {
        let mut runs = runs();
        let before = runs.len();
        let mut followed = Followed::at(2, &runs).unwrap();
        runs.swap(2, 5);
        assert_eq!(followed.find(&runs, before), Some(5));
        runs.remove(0);
        assert_eq!(followed.find(&runs, before), Some(4));
        runs.insert(0, runs[1].clone());
        assert_eq!(followed.find(&runs, before - 1), Some(5));
    }

    #[test]
    fn a_changed_run_stays_in_its_place_and_a_removed_one_is_gone() {
        let mut runs = runs();
        let before = runs.len();
        let mut followed = Followed::at(2, &runs).unwrap();
        runs[2].label = Some("mine".to_owned());
        assert_eq!(followed.find(&runs, before), Some(2));
        runs[2].visible = false;
        assert_eq!(followed.find(&runs, before), Some(2));
        runs.remove(2);
        assert_eq!(followed.find(&runs, before), None);
        assert_eq!(followed.find(&[], before), None);
        assert_eq!(Followed::at(0, &[]), None);
    }

    #[test]
    fn of_two_equal_runs_each_stays_where_it_is() {
        let mut runs = runs();
        runs.insert(1, runs[0].clone());
        let mut followed = Followed::at(1, &runs).unwrap();
        assert_eq!(followed.find(&runs, runs.len()), Some(1));
    }
}
