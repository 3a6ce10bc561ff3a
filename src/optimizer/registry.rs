//! The table of methods. Everything that lists, validates, documents or builds a method walks it.

use super::{
    ColumnSpec, Family, Parameter, PathLook, RuleLine, Settings, Stepper, adagrad, adam, gd, momentum,
    nesterov, newton, rmsprop,
};
use crate::objective::Goal;

/// All methods, in the order in which they are taught.
pub static METHODS: &[Method] = &[
    gd::METHOD,
    momentum::METHOD,
    nesterov::METHOD,
    adagrad::METHOD,
    rmsprop::METHOD,
    adam::METHOD,
    newton::METHOD,
];

/// A method: what it is called, what it does, where it comes from, and its parameters.
#[derive(Debug)]
pub struct Method {
    /// Name in scenario files and on the command line.
    pub id: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// The same where there is little room.
    pub short_name: &'static str,
    /// What it does, in one sentence for a student.
    pub summary: &'static str,
    /// The update rule, with g the gradient and H the Hessian at the current point.
    pub formula: &'static str,
    /// Where it comes from: paper and equation.
    pub source: &'static str,
    /// What its paths are told apart by, and whose learning rates suit it where none is suggested for it.
    pub family: Family,
    /// The highest derivatives that it uses.
    pub needs: Needs,
    /// Its parameters, in the order of sliders and files.
    pub parameters: &'static [Parameter],
    /// What is recorded of its runs beside point, value and gradient.
    pub columns: &'static [ColumnSpec],
    pub(super) rule: fn(&Settings, Goal) -> Vec<RuleLine>,
    pub(super) build: fn(&Settings) -> Box<dyn Stepper>,
}

impl Method {
    /// The learning rate among those that are suggested by the ids of methods: its own, or that of its family.
    pub fn rate_among(&self, rates: &[(&str, f64)]) -> Option<f64> {
        let of = |id: &str| rates.iter().find(|(known, _)| *known == id).map(|(_, rate)| *rate);
        of(self.id).or_else(|| of(self.family_id()))
    }

    /// The id of the method that its family begins with.
    pub fn family_id(&self) -> &'static str {
        match self.family {
            Family::Own(_) => self.id,
            Family::Of(id) => id,
        }
    }

    /// How the paths of its family look; nothing of one whose family has no beginning, which the registry does not hold.
    pub fn path_look(&self) -> Option<PathLook> {
        match self.family {
            Family::Own(look) => Some(look),
            Family::Of(id) => match method(id)?.family {
                Family::Own(look) => Some(look),
                Family::Of(_) => None,
            },
        }
    }

    /// The parameter with this id.
    pub fn parameter(&self, id: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.id == id)
    }
}

impl PartialEq for Method {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The highest derivatives that a method uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Needs {
    /// First derivatives.
    Gradient,
    /// First and second derivatives.
    Hessian,
}

/// The method with this id.
pub fn method(id: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::{Limits, ParameterKind, Plan, Quantity, Run, Scale};
    use super::*;
    use crate::expr::Expression;
    use crate::objective::{Derivatives, Objective, Point};

    #[test]
    fn the_table_is_complete_and_consistent() {
        for m in METHODS {
            assert!(m.path_look().is_some(), "{}: its family has no beginning", m.id);
            assert_eq!(method(m.id), Some(m));
            for text in [m.name, m.summary, m.formula, m.source] {
                assert!(!text.is_empty(), "{}", m.id);
            }
            assert_eq!(m.needs == Needs::Hessian, m.formula.contains('H'), "{}", m.id);
            assert_eq!(m.parameters.first().map(|p| p.id), Some("learning_rate"));
            let unique: HashSet<_> = m.parameters.iter().map(|p| p.id).collect();
            assert_eq!(unique.len(), m.parameters.len(), "{}", m.id);
            for p in m.parameters {
                assert!(p.meaning.ends_with('.') && !p.symbol.is_empty(), "{} {}", m.id, p.id);
                assert!(p.accepts(p.default_value()), "{} {}", m.id, p.id);
                if let ParameterKind::Real { default, min, max, slider: [low, high], scale } = p.kind {
                    assert!(min <= low && low < high && high <= max, "{} {}", m.id, p.id);
                    assert!(low <= default && default <= high, "{} {}", m.id, p.id);
                    assert!(scale == Scale::Linear || low > 0.0, "{} {}", m.id, p.id);
                }
            }
        }
        assert_eq!(method("sgd"), None);
    }

    /// Every combination of choices and switches of a method, all else at its default.
    fn variants(method: &'static Method) -> Vec<Settings> {
        let mut all = vec![Settings::defaults(method)];
        for p in method.parameters {
            let values: Vec<_> = match p.kind {
                ParameterKind::Real { .. } => continue,
                ParameterKind::Choice { options, .. } => {
                    options.iter().map(|o| super::super::ParameterValue::Choice(o.0)).collect()
                }
                ParameterKind::Switch { .. } => {
                    [true, false].map(super::super::ParameterValue::Switch).to_vec()
                }
            };
            all = all
                .iter()
                .flat_map(|s| {
                    values.iter().map(|v| {
                        let mut s = s.clone();
                        s.set(p.id, *v).unwrap();
                        s
                    })
                })
                .collect();
        }
        all
    }

    fn of(quantities: &[Quantity], id: &str) -> Option<Point> {
        quantities.iter().find(|q| q.id == id).map(|q| Point::from(q.value))
    }

    #[test]
    fn each_step_can_be_recomputed_from_its_quantities() {
        let tape = Expression::parse("(1-x)^2 + 5*(y-x^2)^2").unwrap().compile(["x", "y"], &[]).unwrap();
        let objective = Objective::new(tape, Goal::Minimize, Derivatives::Exact);
        for settings in METHODS.iter().flat_map(variants) {
            let id = settings.method().id;
            let start = Point::new(-0.6, 1.1);
            let limits = Limits { steps: 50, tolerance: 0.0 };
            let mut run = Run::new(&objective, &Plan { settings: settings.clone(), start, limits });
            assert!(run.quantities().is_empty(), "{id}: no step was taken yet");
            while run.advance(1) == 1 {
                let q = run.quantities();
                let names: HashSet<_> = q.iter().map(|q| q.id).collect();
                assert_eq!(names.len(), q.len(), "{id}");
                assert!(q.iter().all(|q| !q.symbol.is_empty() && !q.meaning.is_empty()), "{id}");
                let rate = settings.real("learning_rate");
                let get = |name| of(&q, name).unwrap();
                let displacement = match id {
                    "gd" => rate * get("gradient"),
                    "momentum" if settings.choice("form") == "ewma" => rate * get("velocity"),
                    "momentum" | "nesterov" => get("velocity"),
                    "adagrad" | "rmsprop" => get("effective_rate").component_mul(&get("gradient")),
                    "adam" => {
                        let m = of(&q, "m_hat").unwrap_or(get("m"));
                        get("effective_rate").component_mul(&m)
                    }
                    "newton" => rate * get("direction"),
                    _ => unreachable!(),
                };
                let points = &run.trajectory().points;
                let [.., before, after] = points.as_slice() else { unreachable!() };
                assert!((before - displacement - after).norm() < 1e-13, "{settings:?} step {}", points.len());
                if id == "nesterov" {
                    let lookaheads = &run.trajectory().columns[0].entries;
                    assert_eq!(lookaheads[lookaheads.len() - 2], get("lookahead"));
                }
                if id == "newton" && settings.choice("variant") == "pure" {
                    let (d, g) = (get("direction"), get("gradient"));
                    let h_d = Point::new(get("hessian_x").dot(&d), get("hessian_y").dot(&d));
                    assert!((h_d - g).norm() < 1e-11, "{h_d} {g}");
                }
            }
            assert_eq!(run.trajectory().points.len(), 51, "{settings:?} {:?}", run.trajectory().outcome);
        }
    }
}
