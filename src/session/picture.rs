//! What a drawing reads of a session.

use super::{Basins, Boundary, Contours, ContoursAt, Curves, Good, Path, Pinned, Session, Surface, paths_of};
use crate::landscape::{Region, Solutions};
use crate::objective::{Point, Problem};
use crate::optimizer::Trajectory;
use crate::scenario::Scenario;
use crate::session::Detail;

/// A session as it is drawn: nothing of it can be changed from here.
#[derive(Debug)]
pub struct Picture<'s> {
    /// The scenario.
    pub scenario: &'s Scenario,
    /// Every run in the order of the optimizers, with its path as far as it has been taken.
    pub paths: Vec<Path<'s>>,
    /// The paths that were pinned, and a number that changes whenever others are.
    pub pinned: Option<(&'s Pinned, u64)>,
    /// The optima that are known, or that were found.
    pub optima: Vec<Point>,
    /// What the surface is of, where that is not the cost.
    pub contours: Option<Contours>,
    /// Where every start leads, where that is asked for and known.
    pub basins: Option<Basins<'s>>,
    /// The path from a start that is tried.
    pub trial: Option<&'s Trajectory>,
    /// The curves over what is looked at, of a cost of one variable.
    pub curves: Option<Curves<'s>>,
    /// The surface over what is looked at; nothing while there is no cost that can be evaluated.
    pub surface: Option<Surface<'s>>,
    /// The solutions, where they were looked for and found.
    pub solutions: Option<&'s Solutions>,
    /// What is drawn, where it can be evaluated.
    pub problem: Option<&'s Problem>,
    /// The constraints over it.
    pub boundaries: Vec<Boundary<'s>>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct PictureRequest {
    /// The part of the plane.
    pub region: Region,
    /// How finely the surface is looked at.
    pub detail: Detail,
    /// What it is of.
    pub contours: ContoursAt,
    /// Whether it is told where ∇J and ∇g are parallel.
    pub parallel: bool,
    /// Whether f′ and f″ are drawn beside the curve f, of one variable.
    pub derivatives: [bool; 2],
    /// The run of which it is told where every start leads.
    pub basins_of: Option<usize>,
    /// A run, and a start that it is tried from.
    pub trial: Option<(usize, Point)>,
}

/// So many optima are marked at most, the best.
const MOST_OPTIMA: usize = 100;

/// A curve begins with a piece for so many nodes of a field's row.
const CURVE_CELL: usize = 4;

/// Functions other than the cost have versions of their own, beyond all of the cost's.
const OF_CONTOURS: u64 = 1 << 63;

impl Session {
    /// The optima that are marked.
    pub(super) fn picture_optima(&self) -> Vec<Point> {
        // With constraints the cross is where the optimum would be without them.
        let is_constrained = self.scenario.enabled_constraints().next().is_some();
        let mut optima = if is_constrained { self.known_optima() } else { self.optima() };
        optima.truncate(MOST_OPTIMA);
        optima
    }

    /// The session as it is drawn.
    pub fn picture(&mut self, request: PictureRequest) -> Picture<'_> {
        let PictureRequest { region, detail, contours, parallel, derivatives, basins_of, trial } = request;
        self.try_from(trial);
        let optima = self.picture_optima();
        let solutions_key = self.solutions_key();
        let Self {
            scenario,
            runs,
            basins,
            curves,
            surface,
            boundaries,
            contoured,
            solutions,
            last_good,
            pinned,
            pinned_version,
            ..
        } = self;
        let paths: Vec<Path<'_>> = paths_of(scenario, runs).collect();
        let mut contours = Contours::of(scenario, &paths, contours);
        let on_curve = last_good.as_ref().filter(|good| good.problem.cost.is_of_one_variable());
        let curves = on_curve.map(|Good { problem, of_cost, .. }| {
            let pieces = detail.nodes[0] / CURVE_CELL;
            curves.get(&problem.cost, *of_cost, region, pieces, derivatives)
        });
        let on_plane = last_good.as_ref().filter(|good| !good.problem.cost.is_of_one_variable());
        let surface = on_plane.map(|Good { problem, of_cost, version, .. }| {
            let other = contours.as_ref().and_then(|contours| {
                let key = (*version, contours.formula.clone());
                let (made, made_as) =
                    contoured.get(key, |(_, formula)| Contours::objective(&scenario.cost, formula));
                made.as_ref().map(|made| (made, OF_CONTOURS | made_as))
            });
            if other.is_none() {
                contours = None;
            }
            let (function, version) = other.unwrap_or((&problem.cost, *of_cost));
            surface.get(function, version, region, detail, scenario.levels)
        });
        Picture {
            scenario,
            paths,
            pinned: pinned.as_ref().map(|pinned| (pinned, *pinned_version)),
            optima,
            solutions: solutions.found_for(solutions_key),
            basins: basins_of.and_then(|run| basins.get(run)),
            trial: trial.and_then(|_| basins.trial()),
            curves,
            surface,
            contours,
            problem: last_good.as_ref().map(|good| &good.problem),
            boundaries: last_good
                .as_ref()
                .map_or_else(Vec::new, |good| boundaries.get(good, region, detail, parallel)),
        }
    }
}
