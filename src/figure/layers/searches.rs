//! Where the runs look before their next step: the lengths that a line search tries, the disc of a trust region, a simplex, and of the
//! run that is spoken of the quadratic that BFGS has made of the slopes so far.

use super::scene::{Layer, Scene};
use super::sketches::{SketchLook, shapes_of};
use crate::figure::look::parts::Part;
use crate::optimizer::{Drawn, RateForm, Stage};
use crate::session::Path;

/// What the next steps of the visible runs look at. A step is taken apart when its head comes to stand there.
#[derive(Default)]
pub(in crate::figure) struct SearchLayer {
    held: Vec<Option<Held>>,
}

/// What is drawn of a step.
struct Held {
    /// The version of the path, and the entry at which the step begins.
    of: (u64, usize),
    drawn: Vec<Drawn>,
}

impl Layer for SearchLayer {
    fn paint(&mut self, scene: &Scene<'_>) -> bool {
        let Scene { painter, projection, inks, picture, options, styles, .. } = *scene;
        // In other coordinates a disc is none, and steps that were let go are not found again.
        if !(options.look.searches && scene.shows(Part::Heads)) || options.is_unscaled {
            return true;
        }
        self.held.resize_with(picture.paths.len(), || None);
        for run in scene.order {
            let (Some(path), Some(style), Some(held)) =
                (picture.paths.get(*run), styles.get(*run), self.held.get_mut(*run))
            else {
                continue;
            };
            let Some(entry) = searching_entry(path, options.step) else { continue };
            let of = (path.version, entry);
            // Of a method that draws nothing no step is taken apart again: each would be replayed in every frame of the playback.
            let draws_nothing = |held: &Held| held.of.0 == path.version && held.drawn.is_empty();
            let known = held.take().filter(|held| held.of == of || draws_nothing(held));
            let known = known.unwrap_or_else(|| Held { of, drawn: drawn_of(path, entry) });
            let look = SketchLook { inks, run: style.color, edge: style.edge, active: None };
            let is_spoken_of = options.spoken_of == Some(*run) || scene.order.len() == 1;
            for drawn in &known.drawn {
                let is_quadratic = matches!(drawn, Drawn::Quadratic { .. });
                if is_spoken_of || !is_quadratic {
                    painter.extend(shapes_of(drawn, projection, look, is_quadratic));
                }
            }
            *held = Some(known);
        }
        true
    }
}

/// The entry where the next step of a run begins that looks before it goes, if there is one.
fn searching_entry(path: &Path<'_>, step: u32) -> Option<usize> {
    let settings = &path.choice.settings;
    let looks = settings.method().rate == RateForm::Fixed || settings.get("line_search").is_some();
    let entry = path.trajectory.entry_at(step)?;
    (looks && entry < path.trajectory.steps()).then_some(entry)
}

/// What of a step is drawn at its head.
fn drawn_of(path: &Path<'_>, entry: usize) -> Vec<Drawn> {
    let of = |stage: Stage| {
        let drawn = stage.sketch?.of;
        match (&*stage.id, &drawn) {
            ("step_size", Drawn::LineSearch(_))
            | ("direction", Drawn::Disc { .. })
            | ("moved", Drawn::Simplex { .. })
            | ("inverse_hessian", Drawn::Quadratic { .. }) => Some(drawn),
            _ => None,
        }
    };
    path.trajectory.stages(entry).unwrap_or_default().into_iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use crate::session::Session;

    #[test]
    fn at_a_head_there_is_what_its_next_step_looks_at_and_nothing_where_no_step_follows() {
        for (method, expected) in [
            ("steepest", "LineSearch"),
            ("newton\"\nline_search = \"armijo", "LineSearch"),
            ("bfgs", "Quadratic LineSearch"),
            ("trust-region", "Disc"),
            ("nelder-mead", "Simplex"),
            ("barzilai-borwein", ""),
            ("adam", ""),
        ] {
            let text = format!(
                "format = 2\n[cost]\nformula = \"(x-1)^2 + 3*(y-x^2)^2\"\n[run]\nsteps = 9\n[[optimizer]]\nmethod = \"{method}\"\n"
            );
            let mut session = Session::new(scenario::read(&text, "search").unwrap());
            session.finish();
            let path = session.paths().next().unwrap();
            let names = |entry| {
                let name = |drawn: Drawn| match drawn {
                    Drawn::LineSearch(_) => "LineSearch",
                    Drawn::Disc { .. } => "Disc",
                    Drawn::Simplex { .. } => "Simplex",
                    Drawn::Quadratic { .. } => "Quadratic",
                    _ => "other",
                };
                drawn_of(&path, entry).into_iter().map(name).collect::<Vec<_>>().join(" ")
            };
            let looks = searching_entry(&path, 2);
            assert_eq!(looks.is_some(), method != "adam", "{method}");
            assert_eq!(names(2), expected, "{method}");
            assert_eq!(searching_entry(&path, u32::MAX), None, "{method}");
        }
    }
}
