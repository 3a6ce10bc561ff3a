//! The run that the views beside the plot speak of, while cards are moved, changed, added and removed.

use crate::scenario::OptimizerChoice;

/// The one run that is chosen: where nobody chose, and where it was removed, the first visible one.
#[derive(Clone, Debug, Default)]
pub struct ChosenRun {
    /// With how many runs there were when it was looked for last.
    held: Option<(Followed, usize)>,
}

impl ChosenRun {
    /// Chooses the run at `index`, if there is one.
    pub fn choose(&mut self, index: usize, runs: &[OptimizerChoice]) {
        self.held = Followed::at(index, runs).map(|run| (run, runs.len())).or(self.held.take());
    }

    /// Its place now. `None` where there are no runs.
    pub fn find(&mut self, runs: &[OptimizerChoice]) -> Option<usize> {
        let found = self.held.as_mut().and_then(|(run, before)| run.find(runs, *before));
        let first = || runs.iter().position(|run| run.visible).or(Some(0));
        let index = found.or_else(first).filter(|index| *index < runs.len())?;
        self.held = Followed::at(index, runs).map(|run| (run, runs.len()));
        Some(index)
    }

    /// Its place in the last frame.
    pub fn index(&self) -> Option<usize> {
        self.held.as_ref().map(|(run, _)| run.index)
    }
}

/// A run among those of the scenario, known again wherever it goes.
#[derive(Clone, Debug, PartialEq)]
struct Followed {
    index: usize,
    choice: OptimizerChoice,
}

impl Followed {
    /// The run at `index`, if there is one.
    fn at(index: usize, runs: &[OptimizerChoice]) -> Option<Self> {
        runs.get(index).map(|choice| Self { index, choice: choice.clone() })
    }

    /// Its place now. `None` when it has been removed, which is all that makes fewer runs of them.
    ///
    /// `before` is how many runs there were. A run that is in no place as it was has been changed where it stands, since
    /// one frame sees one change.
    fn find(&mut self, runs: &[OptimizerChoice], before: usize) -> Option<usize> {
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
    fn where_nobody_chose_or_the_run_is_gone_the_first_visible_one_is_chosen() {
        let mut runs = runs();
        runs[0].visible = false;
        let mut chosen = ChosenRun::default();
        assert_eq!(chosen.find(&runs), Some(1));
        chosen.choose(4, &runs);
        chosen.choose(99, &runs);
        runs.swap(4, 6);
        assert_eq!(chosen.find(&runs), Some(6));
        runs.remove(6);
        assert_eq!(chosen.find(&runs), Some(1));
        runs.iter_mut().for_each(|run| run.visible = false);
        assert_eq!(ChosenRun::default().find(&runs), Some(0));
        assert_eq!(chosen.find(&[]), None);
    }

    #[test]
    fn of_two_equal_runs_each_stays_where_it_is() {
        let mut runs = runs();
        runs.insert(1, runs[0].clone());
        let mut followed = Followed::at(1, &runs).unwrap();
        assert_eq!(followed.find(&runs, runs.len()), Some(1));
    }
}
