//! The update rule of a method, set as mathematics, in the form that its card has chosen.

use egui::{RichText, Ui};

use crate::figure::mathematics::Mathematics;
use crate::objective::Goal;
use crate::optimizer::Settings;

/// Height of an em of a rule, in points.
const SIZE: f32 = 16.0;

/// Draws the rule line by line, and what its signs and squares mean.
pub fn rule_ui(ui: &mut Ui, settings: &Settings, goal: Goal) {
    for line in settings.rule(goal) {
        Mathematics { latex: &line.latex, spoken: &line.text, size: SIZE }.show_ui(ui);
    }
    for note in notes(settings, goal) {
        ui.label(RichText::new(note).small().weak());
    }
    if let Some(schedule) = settings.schedule() {
        let words = format!("φ(t) = {}, after t = 0, 1, 2, … steps.", schedule.words());
        ui.label(RichText::new(words).small().weak());
    }
}

fn notes(settings: &Settings, goal: Goal) -> Vec<&'static str> {
    let mut notes = Vec::new();
    let rule = settings.rule(goal);
    if rule.iter().any(|line| line.text.contains("g²")) {
        notes.push("Squares, roots and quotients are taken for each coordinate.");
    }
    if rule.iter().any(|line| line.text.contains('δ')) {
        notes.push("δ = 10⁻⁶ max(1, |λ| of the largest): no curvature is taken for less.");
    }
    if settings.has_rate_per_variable() {
        notes.push("⊙ multiplies coordinate by coordinate.");
    }
    if goal == Goal::Maximize {
        notes.push("To maximize, methods run on −J: the signs of its derivatives are turned.");
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::stage::{Sheet, draw};
    use crate::optimizer::{METHODS, ParameterKind, ParameterValue, ScheduleForm};

    /// Every method in every form, all else at its default.
    fn forms() -> Vec<Settings> {
        let mut forms = Vec::new();
        for defaults in METHODS.iter().map(Settings::defaults) {
            let before = forms.len();
            for (parameter, _) in defaults.iter() {
                let mut add = |value| {
                    let mut form = defaults.clone();
                    form.set(parameter.id, value).unwrap();
                    forms.push(form);
                };
                match parameter.kind {
                    ParameterKind::Real { .. } | ParameterKind::Interval { .. } => {}
                    ParameterKind::Choice { options, .. } => {
                        options.iter().filter_map(|(id, _)| parameter.option(id)).for_each(&mut add);
                    }
                    ParameterKind::Switch { .. } => {
                        [true, false]
                            .map(crate::optimizer::ParameterValue::Switch)
                            .into_iter()
                            .for_each(&mut add);
                    }
                }
            }
            if forms.len() == before {
                forms.push(defaults);
            }
        }
        forms
    }

    #[test]
    fn every_rule_is_set_and_fits_a_card() {
        let forms = forms();
        assert_eq!(
            forms.len(),
            METHODS.len() + 16,
            "momentum and Adam have two forms, those with line searches up to five"
        );
        draw(Sheet::new(egui::vec2(300.0, 400.0), egui::Theme::Dark), None, |ui| {
            for settings in &forms {
                for line in [Goal::Minimize, Goal::Maximize].into_iter().flat_map(|goal| settings.rule(goal))
                {
                    let formula = Mathematics { latex: &line.latex, spoken: &line.text, size: SIZE };
                    let size = formula.natural_size(ui).unwrap_or_else(|| panic!("{line:?} is not set"));
                    assert!(size.x < 280.0 && size.y < 50.0, "{line:?} takes {size}");
                }
                rule_ui(ui, settings, Goal::Maximize);
            }
        });
    }

    #[test]
    fn rates_that_change_and_rates_for_each_variable_stand_in_the_rule() {
        draw(Sheet::new(egui::vec2(300.0, 400.0), egui::Theme::Dark), None, |ui| {
            for mut settings in METHODS.iter().map(Settings::defaults) {
                let id = settings.method().id;
                let _ = settings.set_schedule(Some(ScheduleForm::InverseTime { decay: 0.1 }.into()));
                let _ = settings.set("learning_rate", ParameterValue::PerVariable([0.1, 0.2]));
                let rule = settings.rule(Goal::Minimize);
                for line in &rule {
                    let formula = Mathematics { latex: &line.latex, spoken: &line.text, size: SIZE };
                    let size = formula.natural_size(ui).unwrap_or_else(|| panic!("{line:?} is not set"));
                    assert!(size.x < 280.0 && size.y < 50.0, "{line:?} takes {size}");
                }
                let text: String = rule.iter().map(|line| format!("{}\n", line.text)).collect();
                assert_eq!(text.contains("α_t ← α φ(t)"), settings.schedule().is_some(), "{id}: {text}");
                assert_eq!(text.contains("α_t ⊙"), settings.has_rate_per_variable(), "{id}: {text}");
                rule_ui(ui, &settings, Goal::Minimize);
            }
        });
    }

    #[test]
    fn notes_stand_where_they_apply() {
        let of = |id, goal| notes(&Settings::defaults(crate::optimizer::method(id).unwrap()), goal);
        assert!(of("gd", Goal::Minimize).is_empty());
        assert_eq!(of("adam", Goal::Minimize).len(), 1);
        assert!(of("gd", Goal::Maximize)[0].contains("turned"));
    }
}
