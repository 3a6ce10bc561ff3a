//! Undo by value: every state that the hand has come to rest at, and what was changed between one and the next.

use super::{Scenario, constraints, cost, optimizers, run, series, treatment, window};

/// The states before and after the present one.
#[derive(Clone, Debug)]
pub struct History {
    present: Scenario,
    past: Vec<Change>,
    future: Vec<Change>,
    /// A state that has not come to rest, and since when it stands.
    moving: Option<(Scenario, f64)>,
    hand_was_down: bool,
}

/// A state that can be gone to, and the name of the change between it and its neighbor nearer to the present.
#[derive(Clone, Debug)]
struct Change {
    name: String,
    scenario: Scenario,
}

/// The most states that are kept; the oldest is forgotten first.
pub const MAX_UNDO_STEPS: usize = 1000;

/// A change without a pointer, such as typing, has come to rest after this time, in seconds.
pub const REST_SECS: f64 = 0.5;

impl History {
    /// A history that begins with `scenario`.
    pub fn new(scenario: Scenario) -> Self {
        Self { present: scenario, past: Vec::new(), future: Vec::new(), moving: None, hand_was_down: false }
    }

    /// Sees the scenario of a frame. A drag becomes one step when the hand lets go, typing when it pauses. Returns
    /// whether a change is still moving, so that another look is needed after [`REST_SECS`].
    pub fn see(&mut self, scenario: &Scenario, now_secs: f64, hand_is_down: bool) -> bool {
        let released = std::mem::replace(&mut self.hand_was_down, hand_is_down) && !hand_is_down;
        if *scenario == self.present {
            self.moving = None;
            return false;
        }
        let since = match &self.moving {
            Some((seen, since)) if seen == scenario => *since,
            _ => {
                self.moving = Some((scenario.clone(), now_secs));
                now_secs
            }
        };
        if released || !hand_is_down && now_secs - since >= REST_SECS {
            self.keep(scenario);
        }
        self.moving.is_some()
    }

    /// Makes `scenario` the present state, and the one before it the last to be undone to.
    fn keep(&mut self, scenario: &Scenario) {
        self.moving = None;
        if *scenario == self.present {
            return;
        }
        let name = name_of_change(&self.present, scenario);
        let before = std::mem::replace(&mut self.present, scenario.clone());
        self.past.push(Change { name, scenario: before });
        if self.past.len() > MAX_UNDO_STEPS {
            self.past.remove(0);
        }
        self.future.clear();
    }

    /// Goes to another state as one step, apart from what `current` may still be moving. `name` stands after "Undo".
    pub fn jump(&mut self, current: &Scenario, to: &Scenario, name: &str) {
        self.keep(current);
        self.keep(to);
        if let Some(change) = self.past.last_mut().filter(|_| current != to) {
            name.clone_into(&mut change.name);
        }
    }

    /// The state before `current`, which may not have come to rest yet.
    pub fn undo(&mut self, current: &Scenario) -> Option<Scenario> {
        self.keep(current);
        let Change { name, scenario } = self.past.pop()?;
        let after = std::mem::replace(&mut self.present, scenario.clone());
        self.future.push(Change { name, scenario: after });
        Some(scenario)
    }

    /// The state that was last undone, unless something else was changed since.
    pub fn redo(&mut self, current: &Scenario) -> Option<Scenario> {
        self.keep(current);
        let Change { name, scenario } = self.future.pop()?;
        let before = std::mem::replace(&mut self.present, scenario.clone());
        self.past.push(Change { name, scenario: before });
        Some(scenario)
    }

    /// What [`History::undo`] would take back.
    pub fn undo_name(&self) -> Option<String> {
        match &self.moving {
            Some((scenario, _)) => Some(name_of_change(&self.present, scenario)),
            None => self.past.last().map(|change| change.name.clone()),
        }
    }

    /// What [`History::redo`] would do again.
    pub fn redo_name(&self) -> Option<String> {
        self.future.last().filter(|_| self.moving.is_none()).map(|change| change.name.clone())
    }
}

/// The change between two states in a few words, as they stand after "Undo".
fn name_of_change(before: &Scenario, after: &Scenario) -> String {
    let (cost, now) = (&before.cost, &after.cost);
    let is_another = (cost, before.window, &before.optimizers) != (now, after.window, &after.optimizers);
    if is_another && before.title != after.title && !after.title.is_empty() {
        return format!("choosing {}", after.title);
    }
    if cost.source != now.source && before.window != after.window {
        return "choice of cost".to_owned();
    }
    series::change(before.series.as_ref(), after.series.as_ref())
        .or_else(|| cost::change(cost, now))
        .or_else(|| constraints::change(&before.constraints, &after.constraints))
        .or_else(|| treatment::change(&before.treatment, &after.treatment))
        .or_else(|| run::change(&before.run, &after.run))
        .or_else(|| window::change(before, after))
        .or_else(|| (before.sliders != after.sliders).then(|| "slider range".to_owned()))
        .or_else(|| (before.view != after.view).then(|| "open views".to_owned()))
        .or_else(|| (before.notes != after.notes).then(|| "notes".to_owned()))
        .or_else(|| optimizers::change(&before.optimizers, &after.optimizers))
        .unwrap_or_else(|| "text".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::ParameterValue;

    fn with_rate(scenario: &Scenario, rate: f64) -> Scenario {
        let mut changed = scenario.clone();
        changed.optimizers[0].settings.set("learning_rate", ParameterValue::Real(rate)).unwrap();
        changed
    }

    #[test]
    fn a_drag_is_one_step_with_the_name_of_what_was_dragged() {
        let begin = Scenario::default();
        let mut history = History::new(begin.clone());
        for (frame, rate) in [0.002, 0.003, 0.004].into_iter().enumerate() {
            assert!(history.see(&with_rate(&begin, rate), frame as f64, true));
        }
        let end = with_rate(&begin, 0.004);
        assert!(!history.see(&end, 3.0, false));
        assert_eq!(history.undo_name().as_deref(), Some("learning rate of Gradient descent"));
        assert_eq!(history.undo(&end), Some(begin.clone()));
        assert_eq!(history.undo(&begin), None);
        assert_eq!(history.redo(&begin), Some(end));
    }

    #[test]
    fn typing_becomes_a_step_when_it_pauses() {
        let begin = Scenario::of_formula("x^2 + y^2");
        let mut history = History::new(begin.clone());
        for (at, text) in [(0.0, "x^2 + y"), (0.2, "x^2 + y^4"), (0.3, "x^2 + y^4 + 1")] {
            let mut typed = begin.clone();
            typed.cost.source = crate::scenario::CostSource::Formula(text.to_owned());
            history.see(&typed, at, false);
            if at == 0.3 {
                assert!(history.see(&typed, 0.7, false));
                assert!(!history.see(&typed, 0.9, false));
                assert_eq!(history.undo_name().as_deref(), Some("formula"));
                assert_eq!(history.undo(&typed), Some(begin.clone()));
            }
        }
    }

    #[test]
    fn what_is_still_moving_can_be_undone_and_a_new_change_forgets_what_was_undone() {
        let begin = Scenario::default();
        let mut history = History::new(begin.clone());
        let (first, second) = (with_rate(&begin, 0.5), with_rate(&begin, 0.7));
        history.see(&first, 0.0, true);
        assert_eq!(history.undo(&first), Some(begin.clone()));
        assert_eq!(history.undo(&second), Some(begin.clone()));
        assert_eq!(history.redo(&begin), Some(second));
        assert_eq!(history.redo_name(), None);
    }

    #[test]
    fn a_jump_is_a_step_of_its_own_with_its_own_name() {
        let begin = Scenario::default();
        let mut history = History::new(begin.clone());
        let (moving, other) = (with_rate(&begin, 0.5), Scenario::of_formula("x^4 + y^2"));
        history.see(&moving, 0.0, true);
        history.jump(&moving, &other, "revert");
        assert_eq!(history.undo_name().as_deref(), Some("revert"));
        assert_eq!(history.undo(&other), Some(moving.clone()));
        assert_eq!(history.redo(&moving), Some(other.clone()));
        history.undo(&other);
        history.jump(&moving, &moving, "revert");
        assert_eq!(history.undo_name().as_deref(), Some("learning rate of Gradient descent"));
        assert_eq!(history.undo(&moving), Some(begin));
    }

    #[test]
    fn hundreds_of_steps_lead_back_to_the_beginning() {
        let begin = Scenario::default();
        let mut history = History::new(begin.clone());
        let mut now = begin.clone();
        for step in 1..=400 {
            now = with_rate(&begin, 1e-4 * f64::from(step));
            history.see(&now, f64::from(step), true);
            history.see(&now, f64::from(step), false);
        }
        let end = now.clone();
        while let Some(before) = history.undo(&now) {
            now = before;
        }
        assert_eq!(now, begin);
        while let Some(after) = history.redo(&now) {
            now = after;
        }
        assert_eq!(now, end);
    }

    #[test]
    fn changes_are_named_after_what_they_change() {
        let begin = Scenario::default();
        let name = |change: fn(&mut Scenario)| {
            let mut after = begin.clone();
            change(&mut after);
            name_of_change(&begin, &after)
        };
        assert_eq!(name(|s| s.run.start[0] = 0.0), "start");
        assert_eq!(name(|s| s.cost.constants[1].1 = 5.0), "constant b");
        assert_eq!(name(|s| s.optimizers[5].visible = false), "hiding Adam");
        assert_eq!(name(|s| drop(s.optimizers.remove(1))), "removing Momentum");
        assert_eq!(name(|s| s.optimizers.push(s.optimizers[5].clone())), "adding Adam");
        assert_eq!(name(|s| s.notes.push('.')), "notes");
        assert_eq!(name(|s| s.title = "other".to_owned()), "text");
        let row = crate::builtin::find("himmelblau").unwrap();
        assert_eq!(name_of_change(&begin, &Scenario::of_built_in(row)), "choosing Himmelblau");
    }
}
