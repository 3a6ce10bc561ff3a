//! The session in the parameters of the columns as they are given, where those of the cost are of scaled ones: the same cost over
//! another plane, and the paths of the same runs as they are there.

use super::{Picture, PictureRequest, Session, cached::Cached, paths_of, surface::SurfaceStages};
use crate::landscape::Region;
use crate::objective::{Objective, Point};
use crate::optimizer::Trajectory;
use crate::scenario::{Cost, NotUnscaled, ParameterUnits, Scenario, Unscaled};
use crate::session::Path;

/// What is derived for it, each kept under what it depends on.
#[derive(Debug, Default)]
pub(super) struct UnscaledStages {
    units: Cached<Cost, Result<ParameterUnits, NotUnscaled>>,
    objective: Cached<Cost, Option<Objective>>,
    surface: SurfaceStages,
    /// Of the run at each place: its version and its length, and its path.
    paths: Vec<([u64; 2], Trajectory)>,
    /// The scenario that was drawn last.
    scenario: Option<Scenario>,
}

impl UnscaledStages {
    /// Finds what the parameters of a cost are, if it is another one.
    pub(super) fn update(&mut self, cost: &Cost) {
        if !self.units.holds(cost) {
            self.units.get(cost.clone(), Cost::parameter_units);
        }
    }
}

impl Session {
    /// Lets go of what is drawn in those parameters: nobody asks for it any longer.
    pub fn forget_unscaled(&mut self) {
        self.unscaled.paths = Vec::new();
        self.unscaled.surface = SurfaceStages::default();
    }

    /// What the parameters are off the scales of the columns, or why that cannot be told.
    ///
    /// # Errors
    /// Why not.
    pub fn parameter_units(&self) -> Result<&ParameterUnits, NotUnscaled> {
        let held = self.unscaled.units.held(&self.scenario.cost);
        let (units, _) = held.ok_or(NotUnscaled::NoRows)?;
        units.as_ref().map_err(Clone::clone)
    }

    /// The cost in the parameters of the columns as they are given, with the map to them.
    ///
    /// # Errors
    /// Why there is none.
    pub fn unscaled(&self) -> Result<&Unscaled, NotUnscaled> {
        self.parameter_units()?.unscaled.as_ref().map_err(Clone::clone)
    }

    /// The part of the plane of those parameters in which the scenario's window lies.
    pub fn unscaled_window(&self) -> Option<Region> {
        let map = self.unscaled().ok()?.map;
        let Region { x, y } = self.scenario.window;
        let corners = [[x[0], y[0]], [x[0], y[1]], [x[1], y[0]], [x[1], y[1]]];
        let corners = corners.map(|corner| map.unscaled(corner.into()));
        let side = |axis: usize| {
            let along = corners.map(|corner| corner[axis]);
            [
                along.into_iter().fold(f64::INFINITY, f64::min),
                along.into_iter().fold(f64::NEG_INFINITY, f64::max),
            ]
        };
        Region::new(side(0), side(1)).ok()
    }

    /// The session as it is drawn in the parameters of the columns as they are given; nothing where there are none.
    pub fn unscaled_picture(&mut self, request: PictureRequest) -> Option<Picture<'_>> {
        let window = self.unscaled_window()?;
        let Unscaled { map, cost } = self.unscaled().ok()?.clone();
        let optima = self.picture_optima().into_iter().map(|at| map.unscaled(at)).collect();
        let Self { scenario, runs, unscaled, .. } = self;
        let mut drawn = Scenario { window, constraints: Vec::new(), ..scenario.clone() };
        drawn.run.start = map.unscaled(drawn.run.start.into()).into();
        drawn.cost = cost.clone();
        let UnscaledStages { objective, surface, paths: held, scenario: kept, .. } = unscaled;
        follow(held, paths_of(scenario, runs), |at| map.unscaled(at));
        let (objective, version) = objective.get(cost, |cost| cost.objective().ok());
        let surface = objective.as_ref().map(|objective| {
            surface.get(objective, version, request.region, request.detail, scenario.levels)
        });
        Some(Picture {
            scenario: kept.insert(drawn),
            paths: paths_of(scenario, runs)
                .zip(held.iter())
                .map(|(path, (_, trajectory))| Path { trajectory, ..path })
                .collect(),
            pinned: None,
            optima,
            contours: None,
            basins: None,
            trial: None,
            curves: None,
            surface,
            solutions: None,
            problem: None,
            boundaries: Vec::new(),
        })
    }
}

/// Brings the paths up to those of the runs.
fn follow<'s>(
    held: &mut Vec<([u64; 2], Trajectory)>,
    paths: impl Iterator<Item = Path<'s>>,
    map: impl Fn(Point) -> Point,
) {
    let mut before = std::mem::take(held);
    for Path { trajectory, version, .. } in paths {
        let key = [version, trajectory.len() as u64];
        let kept = before.iter().position(|(held, _)| *held == key).map(|place| before.swap_remove(place));
        held.push(kept.unwrap_or_else(|| (key, trajectory.seen_through(&map))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;

    #[test]
    fn the_same_runs_go_down_the_same_cost_in_other_parameters() {
        let text = "[cost]\nformula = \"(a + b*x - y)^2/2\"\nvariables = [\"a\", \"b\"]\nl2 = 0.1\n[data]\ncolumns = [\"x\", \"y\"]\n\
                    rows = [[1, 2], [2, 3], [4, 4], [5, 5]]\nscale = { x = \"standardize\" }\n[run]\nsteps = 9\ntolerance = 0\n";
        let mut session = Session::new(scenario::read(text, "rows").unwrap());
        session.finish();
        let window = session.unscaled_window().unwrap();
        let detail =
            crate::session::Detail { nodes: [20, 20], isoline_points: 1000, work: u64::MAX, grows: false };
        let contours = crate::session::ContoursAt { of: Default::default(), run: None, step: 0 };
        let request = PictureRequest {
            region: window,
            detail,
            contours,
            parallel: false,
            derivatives: [false; 2],
            basins_of: None,
            trial: None,
        };
        let map = session.unscaled().unwrap().map;
        let on: Vec<Vec<(Point, f64)>> = session
            .paths()
            .map(|path| path.trajectory.points().zip(path.trajectory.values()).collect())
            .collect();
        let cost = session.unscaled().unwrap().cost.objective().unwrap();
        let picture = session.unscaled_picture(request).unwrap();
        assert_eq!(picture.paths.len(), on.len());
        for (path, on) in picture.paths.iter().zip(&on) {
            for (step, (at, value)) in on.iter().enumerate() {
                let there = path.trajectory.point_at(step as u32).unwrap();
                assert_eq!(there, map.unscaled(*at));
                let here = cost.evaluator().value(there);
                assert!((here - value).abs() <= 1e-9 * value.abs().max(1.0), "{here} {value}");
            }
            assert!(path.trajectory.outcome.is_some());
        }
        assert_eq!(picture.paths[0].trajectory.len(), 10);
        let start = Point::from(picture.scenario.run.start);
        assert_eq!(start, map.unscaled(on[0][0].0));
        assert!(picture.surface.is_some_and(|surface| !surface.isolines.is_empty()));
    }
}
