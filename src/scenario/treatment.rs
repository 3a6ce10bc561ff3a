//! The `[treatment]` table, and the same within an `[[optimizer]]`: how runs meet the constraints.

use super::error::ScenarioError;
use super::table::Table;
use super::toml_text::quoted;
use super::{OptimizerChoice, Scenario};
use crate::optimizer::TreatmentSettings;
use crate::spelling::Selectable;

/// The steps between two updates of multipliers that may be asked for at most.
const MOST_INNER_STEPS: u32 = 1_000_000;

/// Reads a treatment; what it leaves out comes from the defaults.
pub(super) fn read(table: &Table<'_>) -> Result<TreatmentSettings, ScenarioError> {
    table.only(&["kind", "mu", "multiplier_rate", "inner_steps"])?;
    let mut settings = TreatmentSettings::default();
    if let Some(kind) = table.get("kind") {
        settings.kind = kind.choice()?;
    }
    for (key, value) in [("mu", &mut settings.mu), ("multiplier_rate", &mut settings.multiplier_rate)] {
        let Some(field) = table.get(key) else { continue };
        *value = field.real()?;
        if *value <= 0.0 {
            return Err(field.unexpected("a number above 0"));
        }
    }
    if let Some(steps) = table.get("inner_steps") {
        settings.inner_steps = steps.whole(1..=MOST_INNER_STEPS)?;
    }
    Ok(settings)
}

/// Refuses a run that does not fit its treatment, at the run's table or else at the treatment's.
pub(super) fn check(scenario: &Scenario, optimizers: &[Table<'_>]) -> Result<(), ScenarioError> {
    if scenario.constraints.is_empty() {
        return Ok(());
    }
    let misfit = |choice: &OptimizerChoice| scenario.treatment_of(choice).kind.misfit(&choice.settings);
    for (choice, table) in scenario.optimizers.iter().zip(optimizers) {
        if let Some(sentence) = misfit(choice) {
            let key = if choice.settings.method().meets_no_constraint() { "method" } else { "treatment" };
            return Err(match table.get(key) {
                Some(field) => field.error(sentence),
                None => table.error(sentence),
            });
        }
    }
    Ok(())
}

/// The entries, as they stand in a table.
pub(super) fn lines(settings: &TreatmentSettings) -> Vec<String> {
    let TreatmentSettings { kind, mu, multiplier_rate, inner_steps } = settings;
    vec![
        format!("kind = {}", quoted(kind.id())),
        format!("mu = {mu:?}"),
        format!("multiplier_rate = {multiplier_rate:?}"),
        format!("inner_steps = {inner_steps}"),
    ]
}

/// The same between braces.
pub(super) fn inline(settings: &TreatmentSettings) -> String {
    format!("{{ {} }}", lines(settings).join(", "))
}

/// What was changed between two treatments.
pub(super) fn change(before: &TreatmentSettings, after: &TreatmentSettings) -> Option<String> {
    let named = [
        (before.kind != after.kind, "treatment"),
        (before.mu != after.mu, "\u{3bc}"),
        (before.multiplier_rate != after.multiplier_rate, "rate of the multipliers"),
        (before.inner_steps != after.inner_steps, "steps between updates of the multipliers"),
    ];
    named.iter().find(|(differs, _)| *differs).map(|(_, name)| (*name).to_owned())
}
