//! J along the curve of a constraint, with the point that is held on it, the solutions, and the runs that stand there.

use egui::{Role, Ui, WidgetInfo};

use super::SolutionsView;
use crate::figure::Look;
use crate::figure::along::AlongChart;
use crate::figure::look::number::short;
use crate::landscape::{Region, Walk};
use crate::objective::{Point, Relation};
use crate::session::Session;
use crate::spelling::Selectable as _;
use crate::ui::views::plot_panel::PlotState;
use crate::ui::widgets::number_text::setting_text;

/// The strip takes this part of the view, but no less and no more than so many points.
const SHARE: f32 = 0.4;
const HEIGHTS: std::ops::RangeInclusive<f32> = 120.0..=230.0;
/// What is nearer to the curve than this part of what is seen stands on it.
const ON_CURVE: f64 = 0.01;

impl SolutionsView {
    /// Draws the strip, where there is a constraint.
    pub(super) fn along_ui(
        &mut self,
        ui: &mut Ui,
        session: &mut Session,
        plot: &mut PlotState,
        look: Look,
        step: u32,
    ) {
        let count = session.problem().map_or(0, |problem| problem.constraints.len());
        let Some(region) = plot.projection.map(|projection| projection.region).filter(|_| count > 0) else {
            return;
        };
        // The curve with the point is the one that is looked at.
        self.along = plot.touched.map_or(self.along, |held| held.constraint).min(count - 1);
        if count > 1 {
            self.choice_ui(ui, session, plot, count);
        }
        let along = self.along;
        let scale = [1.0 / region.width(), 1.0 / region.height()];
        let heads = heads(session, look, step, ui.theme());
        let solutions: Vec<_> = session.solutions().map_or_else(Vec::new, |solutions| {
            let on_it = solutions.candidates.iter().filter(|one| one.active.get(along) == Some(&true));
            on_it.map(|one| (one.point, one.value, one.kind)).collect()
        });
        let held = plot.touched.filter(|held| held.constraint == along);
        let value = held.zip(session.objective()).map(|(held, cost)| cost.evaluator().value(held.at()));
        let name = name(session, along);
        let Some(walk) = session.walk(region, along).filter(|walk| walk.length() > 0.0) else {
            ui.weak("The curve of the constraint is not in sight.");
            return;
        };
        let on_curve = |at: Point| place_on(walk, at, region, scale);
        let chart = AlongChart {
            walk,
            name: &name,
            solutions: solutions
                .iter()
                .filter_map(|(at, value, kind)| Some((on_curve(*at)?, *value, *kind)))
                .collect(),
            heads: heads
                .iter()
                .filter_map(|(at, value, style)| Some((on_curve(*at)?, *value, style.marker, style.color)))
                .collect(),
            held: held
                .zip(value)
                .and_then(|(held, value)| Some([walk.nearest(held.at(), scale)?.length, value])),
        };
        let height = (SHARE * ui.available_height()).clamp(*HEIGHTS.start(), *HEIGHTS.end());
        let output = chart.show_ui(ui, height, look.inks(ui.theme()));
        let place = output.taken_to.and_then(|length| walk.at(length));
        let words = match held.zip(value) {
            Some((_, value)) => format!("J along the constraint; at the point J is {}", short(value, 5)),
            None => "J along the constraint".to_owned(),
        };
        output.response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, &words));
        output.response.on_hover_text(
            "J along the curve of the constraint. Click or drag: the point on the curve goes there. Where J is flat here, a \
             contour of J touches the curve",
        );
        if let Some(place) = place {
            plot.hold(session, along, place);
            ui.request_repaint();
        }
    }

    /// Along which of two constraints.
    fn choice_ui(&mut self, ui: &mut Ui, session: &Session, plot: &mut PlotState, count: usize) {
        let before = self.along;
        ui.horizontal(|ui| {
            ui.label("J along");
            for place in 0..count {
                ui.selectable_value(&mut self.along, place, constraint_words(session, place));
            }
        });
        if self.along != before {
            plot.touched = None;
        }
    }
}

/// How far along the curve a point is, if it is on it.
fn place_on(walk: &Walk, at: Point, region: Region, scale: [f64; 2]) -> Option<f64> {
    let place = walk.nearest(at, scale)?;
    let away = Point::new((place.at.x - at.x) / region.width(), (place.at.y - at.y) / region.height());
    (away.norm() <= ON_CURVE).then_some(place.length)
}

/// Where the visible runs stand, with J there and how they are drawn.
fn heads(
    session: &Session,
    look: Look,
    step: u32,
    theme: egui::Theme,
) -> Vec<(Point, f64, crate::figure::look::palette::PathStyle)> {
    let styles = look.path_styles(&session.scenario().optimizers, theme);
    let head = |path: crate::session::Path<'_>| {
        let entry = path.trajectory.entry_at(step)?;
        Some((path.trajectory.point_at(step)?, path.trajectory.value(entry)?, *styles.get(path.index)?))
    };
    session.visible_paths().filter_map(head).collect()
}

fn name(session: &Session, along: usize) -> String {
    format!("length along {}", constraint_words(session, along))
}

/// The equation of a curve.
fn constraint_words(session: &Session, place: usize) -> String {
    session.scenario().enabled_constraints().nth(place).map_or_else(String::new, |choice| {
        let formula: String = choice.formula.chars().take(24).collect();
        let cut = if formula.len() < choice.formula.len() { "\u{2026}" } else { "" };
        format!("{formula}{cut} {} {}", Relation::Equal.id(), setting_text(choice.level))
    })
}
