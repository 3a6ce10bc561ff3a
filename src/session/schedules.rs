//! The formulas of schedules as they are typed, each of which may be wrong for a while.

use super::Session;
use super::drafts::Draft;
use crate::expr::FormulaError;
use crate::optimizer::{Schedule, ScheduleForm, TypedFactor};

impl Session {
    /// What stands in the field of a run's schedule; nothing where no formula is typed.
    pub fn schedule_text(&self, index: usize) -> &str {
        self.schedule_draft(index).map_or_else(|| self.typed_factor(index), |draft| &draft.text)
    }

    /// What is wrong with it.
    pub fn schedule_error(&self, index: usize) -> Option<&FormulaError> {
        self.schedule_draft(index)?.error.as_ref()
    }

    /// Takes what was typed. What is right counts at once; of what is wrong the text is kept beside the last good schedule.
    pub fn set_schedule_text(&mut self, index: usize, text: &str) {
        if text == self.schedule_text(index) {
            return;
        }
        let Some(choice) = self.scenario.optimizers.get_mut(index) else { return };
        let error = match TypedFactor::new(text) {
            Ok(typed) => {
                let warmup = choice.settings.schedule().map_or(0, |schedule| schedule.warmup);
                let schedule = Schedule { form: ScheduleForm::Typed(typed), warmup };
                // Only a run that takes a schedule has a field for one.
                let _ = choice.settings.set_schedule(Some(schedule));
                None
            }
            Err(error) => Some(error),
        };
        let identity = choice.identity;
        let of = self.typed_factor(index).to_owned();
        self.schedule_drafts.keep(identity, of, text, error);
    }

    fn schedule_draft(&self, index: usize) -> Option<&Draft> {
        let choice = self.scenario.optimizers.get(index)?;
        self.schedule_drafts.get(choice.identity, self.typed_factor(index))
    }

    /// The formula of a run's schedule as the scenario has it.
    fn typed_factor(&self, index: usize) -> &str {
        let schedule = self.scenario.optimizers.get(index).and_then(|choice| choice.settings.schedule());
        match schedule.map(|schedule| &schedule.form) {
            Some(ScheduleForm::Typed(factor)) => factor.text(),
            _ => "",
        }
    }
}
