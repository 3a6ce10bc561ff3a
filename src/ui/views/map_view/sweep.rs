//! What each pair of two parameters makes of the chosen run, in the place of the map: a click takes the pair.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use crate::figure::Look;
use crate::figure::basins::Fate;
use crate::figure::look::number::short;
use crate::figure::sweep::{SweepChart, SweepOf, SweepOutput, nearest_to, pair_at};
use crate::optimizer::{End, ParameterValue, Settings};
use crate::session::{MOST_SWEEP_STEPS, Session};
use crate::spelling::Selectable as _;
use crate::survey::Range;

/// What is gone through, with what is drawn.
#[derive(Default)]
pub(super) struct SweepView {
    /// The parameters along x and y; where the run has none of the name, its first ones.
    chosen: [String; 2],
    of: SweepOf,
    chart: SweepChart,
}

impl SweepView {
    /// The values along each axis for a run with these settings; nothing where it has fewer than two parameters.
    fn ranges(&self, settings: &Settings) -> Option<[Range; 2]> {
        let known = Range::parameters(settings);
        let pick = |wanted: &String, other: Option<&String>, place: usize| {
            let is_free = |id: &&String| Some(*id) != other;
            let named = known.iter().find(|id| *id == wanted).filter(is_free);
            named.or_else(|| known.get(place).filter(is_free)).or_else(|| known.iter().find(is_free)).cloned()
        };
        let x = pick(&self.chosen[0], None, 0)?;
        let y = pick(&self.chosen[1], Some(&x), 1)?;
        let [x, y] = [x, y].map(|id| Range::new(settings, &id, None).ok());
        Some([x?, y?])
    }

    /// The row of controls.
    pub fn controls_ui(&mut self, ui: &mut Ui, settings: &Settings) {
        let Some(ranges) = self.ranges(settings) else { return };
        let symbol = |id: &str| symbol_of(settings, id);
        for (axis, name) in [(0, "x"), (1, "y")] {
            let shown = &ranges[axis].parameter;
            let combo = ComboBox::from_id_salt(("parameter of the sweep", axis))
                .selected_text(symbol(shown))
                .width(44.0);
            let response = combo
                .show_ui(ui, |ui| {
                    for id in Range::parameters(settings) {
                        let words = format!("{}  {id}", symbol(&id));
                        let is_it = *shown == id;
                        if ui.selectable_label(is_it, words).clicked() && !is_it {
                            let other = ranges[1 - axis].parameter.clone();
                            // The one that stands on the other axis changes places with this.
                            self.chosen[1 - axis] = if other == id { shown.clone() } else { other };
                            self.chosen[axis] = id;
                        }
                    }
                })
                .response;
            response
                .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Parameter along {name}")));
            response.on_hover_text(format!("The parameter along {name}, over the range of its slider"));
        }
        let combo = ComboBox::from_id_salt("what of the sweep").selected_text(self.of.id()).width(60.0);
        let response = combo
            .show_ui(ui, |ui| {
                for of in SweepOf::ALL {
                    ui.selectable_value(&mut self.of, *of, of.id());
                }
            })
            .response;
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "What is told of each pair"));
        response.on_hover_text("Steps to the tolerance, or J at the end");
    }

    /// Draws the sweep of a run into the space that is left, and goes on with it by one slice.
    pub fn show_ui(&mut self, ui: &mut Ui, session: &mut Session, run: usize, look: Look) {
        let Some(settings) = session.scenario().optimizers.get(run).map(|choice| choice.settings.clone())
        else {
            return;
        };
        let Some(ranges) = self.ranges(&settings) else {
            let name = settings.method().name;
            ui.weak(format!("A sweep needs two parameters, and {name} has fewer: choose another run."));
            return;
        };
        if !session.look_for_sweep(run, &ranges) {
            ui.ctx().request_repaint();
        }
        let Some(swept) = session.swept().filter(|swept| swept.sweep.ranges == ranges) else { return };
        let now = ranges.each_ref().map(|range| settings.real(&range.parameter));
        let symbols = ranges.each_ref().map(|range| symbol_of(&settings, &range.parameter));
        let names = symbols.each_ref().map(String::as_str);
        let words = about(session);
        ui.weak(egui::RichText::new(words).small());
        let SweepOutput { response, frame } = self.chart.show_ui(ui, swept, self.of, names, now, look);
        let name =
            format!("Sweep of {} over {} and {}", session.scenario().run_name(run), names[0], names[1]);
        response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, &name));
        let at = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged());
        let taken = at.map(|at| pair_at(&ranges, at, frame));
        if let Some(at) = response.hover_pos().filter(|at| frame.contains(*at)) {
            let place = nearest_to(swept.sweep, at, frame);
            let pair = swept.sweep.pair(place);
            let end = swept.sweep.ends.get(place).copied().flatten();
            let lines: Vec<String> = names
                .iter()
                .zip(pair)
                .map(|(symbol, value)| format!("{symbol} {}", short(value, 4)))
                .collect();
            let words =
                format!("{}\n{}", lines.join("   "), end.map_or_else(String::new, |end| end_words(&end)));
            response.on_hover_text_at_pointer(words);
        }
        if let Some(pair) = taken {
            take(session, run, &ranges, pair);
        }
    }
}

/// Gives the run a pair of values, rounded as they are typed.
fn take(session: &mut Session, run: usize, ranges: &[Range; 2], pair: [f64; 2]) {
    session.edit(|scenario| {
        let Some(choice) = scenario.optimizers.get_mut(run) else { return };
        for (range, value) in ranges.iter().zip(pair) {
            let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
            let rounded = rounded.clamp(range.ends[0], range.ends[1]);
            // Every value of the range is one of the parameter.
            let _ = choice.settings.set(&range.parameter, ParameterValue::Real(rounded));
        }
    });
}

fn symbol_of(settings: &Settings, id: &str) -> String {
    settings.parameters().find(|row| row.id == id).map_or_else(|| id.to_owned(), |row| row.symbol.to_owned())
}

/// What came of a pair.
fn end_words(end: &End) -> String {
    let steps = if end.step == 1 { "1 step".to_owned() } else { format!("{} steps", end.step) };
    let how = match Fate::of(end, None) {
        Fate::Optimum(_) | Fate::AnotherOptimum => format!("converged after {steps}"),
        Fate::Saddle => format!("a stationary point that is no optimum after {steps}"),
        Fate::Diverged => format!("diverged after {steps}"),
        Fate::NotFinite => format!("not finite after {steps}"),
        Fate::Steps => format!("out of steps after {}", end.step),
        Fate::Other => format!("{} after {steps}", end.kind.id().replace('_', " ")),
    };
    format!("{how}, J {}", short(end.value, 4))
}

/// How fine it is, what is drawn of theory, and what bounds it.
fn about(session: &Session) -> String {
    let Some(swept) = session.swept() else { return String::new() };
    let [columns, rows] = swept.sweep.size();
    let mut words = format!("{columns} × {rows} runs from the start; the cross is the run's own pair");
    if !swept.theory.limit.is_empty() {
        words.push_str("; line: stability limit at the minimum");
    }
    if !swept.theory.best.is_empty() {
        words.push_str(", dashes: the best β of each α, ring: the best pair, on a quadratic");
    }
    let steps = session.scenario().run.steps;
    if steps > MOST_SWEEP_STEPS {
        words.push_str(&format!("; each takes at most {MOST_SWEEP_STEPS} of {steps} steps"));
    }
    words
}
