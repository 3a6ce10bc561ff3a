//! All points of a window where ∇f is a combination of the gradients of the active constraints; without constraints, all
//! stationary points of f.
//!
//! The window is sampled on a grid. Stationary points begin where both slopes change sign in a cell, or where the gradient is
//! shortest among its neighbors, and are polished by Newton's method on ∇f = 0. A constraint's curve is traced at the accuracy
//! of the grid; on it solutions begin where ∇f × ∇g changes sign or is smallest, and are polished by Newton's method on the
//! N + K equations ∇f = Σ λₖ∇gₖ, gₖ = levelₖ. Two curves cross where the other constraint changes sign along the first. What lies
//! nearer together than two nodes may be missed.
//!
//! What a point is goes by f as it is typed, on the feasible set: by the curvatures of f − Σ λₖgₖ along the active constraints
//! (Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, theorems 12.5 and 12.6), and by the multipliers of active
//! inequalities, which count like curvatures: where λ < 0 for `<=`, or λ > 0 for `>=`, f rises inward.

mod conditions;
mod curves;
mod kind;
mod line;
mod polish;
mod stationary;

pub use conditions::Conditions;
pub use kind::SolutionKind;

use super::corners::corners;
use super::{Isoline, Region};
use crate::objective::{Constraint, Evaluator, Goal, MAX_CONSTRAINTS, Objective, Point, Problem, Relation};
use crate::work::{Counted, Progress, Work};
use kind::kind_of;
use line::OnLine;
use stationary::Slopes;

/// Cells of the grid along each side.
const CELLS: usize = 256;
/// The most candidates that are told.
pub const MOST_CANDIDATES: usize = 1000;
/// A point is feasible where no constraint is violated by more.
const FEASIBLE: f64 = 1e-9;
/// Two points nearer than this, times the largest of 1 and their coordinates, are one.
const ONE: f64 = 1e-6;
/// So many degenerate candidates are told to be a curve of solutions, and so many of them are kept.
const CURVE: usize = 40;
const OF_CURVE: usize = 8;

/// A point where ∇f is a combination of the active ∇g.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// Where.
    pub point: Point,
    /// f there.
    pub value: f64,
    /// λ for each constraint, 0 for those that are not active; nothing where the active gradients are dependent.
    pub multipliers: Option<Vec<f64>>,
    /// Which constraints are active.
    pub active: Vec<bool>,
    /// What f is there on the feasible set.
    pub kind: SolutionKind,
}

/// What was found in a window.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Solutions {
    /// The best value for the goal first, then by x and y.
    pub candidates: Vec<Candidate>,
    /// Whether there were more than [`MOST_CANDIDATES`].
    pub is_cut: bool,
    /// Whether a curve of solutions was met, of which some points are among the candidates.
    pub has_curve: bool,
    /// Of a cost of one variable, what is worth a mark besides: the roots of one that is minimized or maximized, the extrema of one
    /// whose roots are looked for.
    pub marks: Vec<Candidate>,
}

/// A problem that is being solved, a slice at a time.
#[derive(Debug)]
pub struct SolutionSearch {
    search: Search,
    /// What is to be done, the next one last.
    tasks: Vec<Task>,
    /// What one evaluation is, in operations.
    work: u64,
    done: u64,
}

/// The points that were found, and what they are found with.
#[derive(Debug)]
struct Search {
    region: Region,
    f: Evaluator,
    g: Vec<Evaluator>,
    constraints: Vec<Constraint>,
    goal: Goal,
    found: Vec<Candidate>,
    marks: Vec<Candidate>,
    is_level: bool,
}

/// A part of the search.
#[derive(Debug)]
enum Task {
    /// Samples the slopes of f, or of a constraint, row by row.
    Slopes(Box<Slopes>),
    /// Polishes what may be stationary points of f, or points of a constraint's curve without a slope.
    Polish(Of, Vec<Point>),
    /// Traces the curve of a constraint.
    Trace(usize),
    /// Looks along a part of it.
    Follow(usize, Isoline),
    /// Looks for corners of the penalty.
    Corners(Box<Objective>),
    /// Looks along the only variable.
    Line(Box<Objective>),
}

/// Of which function something is asked.
#[derive(Clone, Copy, Debug)]
enum Of {
    Cost,
    Constraint(usize),
}

/// So many starts are polished in one slice.
const STARTS: usize = 32;

/// Finds the solutions of a problem in a window, all at once.
pub fn solve(problem: &Problem, region: Region) -> Solutions {
    let mut search = SolutionSearch::new(problem, region);
    while !search.advance(u64::MAX) {}
    search.told()
}

/// What a solution becomes when the levels of its constraints move a little: the one that Newton's method finds from it, with
/// the same constraints active.
pub fn followed(problem: &Problem, region: Region, from: &Candidate) -> Option<Candidate> {
    let mut search = Search::of(problem, region);
    let active: Vec<usize> =
        (0..problem.constraints.len()).filter(|k| from.active.get(*k) == Some(&true)).collect();
    let mut on = [false; MAX_CONSTRAINTS];
    active.iter().for_each(|k| on[*k] = true);
    let at = match active[..] {
        [] => search.polish_inside(from.point)?,
        [k] => {
            let start = search.onto_curve(k, from.point);
            search.polish_on_curve(k, start)?
        }
        _ => search.polish_crossing(from.point)?,
    };
    search.take(at, on);
    search.found.pop()
}

impl SolutionSearch {
    /// Nothing is done yet.
    pub fn new(problem: &Problem, region: Region) -> Self {
        let constraints = &problem.constraints[..problem.constraints.len().min(MAX_CONSTRAINTS)];
        let has_equation = constraints.iter().any(|constraint| constraint.relation == Relation::Equal);
        if problem.cost.is_of_one_variable() {
            let tasks = vec![Task::Line(Box::new(problem.cost.clone()))];
            return Self {
                search: Search::of(problem, region),
                tasks,
                work: problem.cost.work().max(1),
                done: 0,
            };
        }
        let mut tasks = Vec::new();
        for (k, constraint) in constraints.iter().enumerate() {
            tasks.push(Task::Trace(k));
            tasks.push(Task::Slopes(Box::new(Slopes::new(Of::Constraint(k), &constraint.function))));
        }
        if !has_equation {
            tasks.push(Task::Slopes(Box::new(Slopes::new(Of::Cost, &problem.cost))));
        }
        // On constraints J counts as smooth.
        if constraints.is_empty() {
            tasks.push(Task::Corners(Box::new(problem.cost.clone())));
        }
        let work = problem.cost.work() + constraints.iter().map(|one| one.function.work()).sum::<u64>();
        Self { search: Search::of(problem, region), tasks, work: work.max(1), done: 0 }
    }

    /// What was found.
    pub fn told(self) -> Solutions {
        self.search.told()
    }

    /// Does a part of a task. Returns about how many evaluations it took.
    fn part(&mut self, task: Task) -> u64 {
        let search = &mut self.search;
        match task {
            Task::Slopes(mut slopes) => {
                let evaluations = slopes.sample_row(search.region);
                self.tasks.push(match slopes.starts(search.region) {
                    None => Task::Slopes(slopes),
                    Some(starts) => Task::Polish(slopes.of, starts),
                });
                evaluations
            }
            Task::Polish(of, mut starts) => {
                let rest = starts.split_off(starts.len().min(STARTS));
                for start in &starts {
                    match of {
                        Of::Cost => search.inside(*start),
                        Of::Constraint(k) => search.flat(k, *start),
                    }
                }
                if !rest.is_empty() {
                    self.tasks.push(Task::Polish(of, rest));
                }
                30 * starts.len() as u64
            }
            Task::Corners(cost) => {
                search.at_corners(&cost);
                2_000
            }
            Task::Line(cost) => {
                let OnLine { roots, stationary, is_level } = OnLine::find(&cost, search.region.x);
                let of_roots = search.goal == Goal::Zero;
                (search.found, search.marks) =
                    if of_roots { (roots, stationary) } else { (stationary, roots) };
                search.is_level = is_level && !of_roots;
                4_096
            }
            Task::Trace(k) => {
                let lines = search.curve(k);
                self.tasks.extend(lines.into_iter().map(|line| Task::Follow(k, line)));
                (CELLS * CELLS) as u64
            }
            Task::Follow(k, line) => {
                search.on_curve(k, &line);
                8 * line.points.len() as u64
            }
        }
    }
}

impl Work for SolutionSearch {
    fn advance(&mut self, budget: u64) -> bool {
        let mut left = budget / (2 * self.work);
        while let Some(task) = self.tasks.pop() {
            self.done += 1;
            left = left.saturating_sub(self.part(task).max(1));
            if left == 0 {
                break;
            }
        }
        self.tasks.is_empty()
    }

    fn progress(&self) -> Progress {
        Progress { of: Counted::Starts, done: self.done, total: self.done + self.tasks.len() as u64 }
    }
}

impl Search {
    /// Nothing is found yet.
    fn of(problem: &Problem, region: Region) -> Self {
        let constraints: Vec<Constraint> =
            problem.constraints.iter().take(MAX_CONSTRAINTS).cloned().collect();
        Self {
            region,
            f: problem.cost.evaluator(),
            g: constraints.iter().map(|constraint| constraint.function.evaluator()).collect(),
            constraints,
            goal: problem.cost.goal(),
            found: Vec::new(),
            marks: Vec::new(),
            is_level: false,
        }
    }

    /// Whether the other constraint need not be met as an equation.
    fn is_alone(&self, k: usize) -> bool {
        let mut others = self.constraints.iter().enumerate().filter(|(other, _)| *other != k);
        others.all(|(_, other)| other.relation != Relation::Equal)
    }

    /// h = g − level of a constraint at a point.
    fn h(&mut self, k: usize, at: Point) -> f64 {
        self.g[k].value(at) - self.constraints[k].level
    }

    /// Whether a point lies in the closed window, but for rounding.
    fn is_in_sight(&self, at: Point) -> bool {
        let within = |[low, high]: [f64; 2], value: f64| {
            let room = 1e-12 * (high - low) + 1e-15 * value.abs();
            low - room <= value && value <= high + room
        };
        within(self.region.x, at.x) && within(self.region.y, at.y)
    }

    /// Takes a point where ∇f is a combination of the gradients of these constraints, if it is feasible and a new one.
    fn take(&mut self, point: Point, on: [bool; MAX_CONSTRAINTS]) {
        if !self.is_in_sight(point) || self.found.len() > 2 * MOST_CANDIDATES {
            return;
        }
        let size = point.amax().max(1.0);
        if self.found.iter().any(|other| (other.point - point).amax() <= ONE * size) {
            return;
        }
        let count = self.constraints.len();
        let mut active = vec![false; count];
        for k in 0..count {
            let Constraint { relation, level, .. } = self.constraints[k];
            let h = self.h(k, point);
            let room = FEASIBLE * level.abs().max(1.0);
            if on[k] || h.abs() <= room {
                active[k] = true;
            } else if !h.is_finite() || relation.violation(h).abs() > room {
                return;
            }
        }
        let f = self.f.exact_uncounted(point);
        if !f.value.is_finite() {
            return;
        }
        let g: Vec<_> = self.g.iter_mut().map(|g| g.exact_uncounted(point)).collect();
        let relations: Vec<Relation> =
            self.constraints.iter().map(|constraint| constraint.relation).collect();
        let (multipliers, kind) = kind_of(&f, &g, &active, &relations, self.goal);
        self.found.push(Candidate { point, value: f.value, multipliers, active, kind });
    }

    /// Takes the corners of a penalty: along the other axis the cost rises there.
    fn at_corners(&mut self, cost: &Objective) {
        for corner in corners(cost, self.region) {
            // What is stationary beside a corner to within rounding is the corner.
            self.found.retain(|other| (other.point - corner.at).amax() > ONE * corner.at.amax().max(1.0));
            let kind = match corner.curvature {
                curvature if curvature > 0.0 => SolutionKind::Minimum,
                curvature if curvature < 0.0 => SolutionKind::Saddle,
                _ => SolutionKind::Degenerate,
            };
            let (point, value) = (corner.at, corner.value);
            self.found.push(Candidate {
                point,
                value,
                multipliers: Some(Vec::new()),
                active: Vec::new(),
                kind,
            });
        }
    }

    /// What was found, in order.
    fn told(mut self) -> Solutions {
        let sign = self.goal.sign();
        // Values that differ by rounding alone are one value.
        let key = |candidate: &Candidate| {
            let value = sign * candidate.value;
            let value = format!("{value:.9e}").parse().unwrap_or(value);
            [value, candidate.point.x, candidate.point.y]
        };
        self.found.sort_by(|a, b| {
            let pairs = key(a).into_iter().zip(key(b));
            pairs
                .map(|(a, b)| f64::total_cmp(&a, &b))
                .find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let degenerate = self.found.iter().filter(|one| one.kind == SolutionKind::Degenerate).count();
        let has_curve = degenerate > CURVE || self.is_level;
        if degenerate > CURVE {
            let stride = degenerate.div_ceil(OF_CURVE);
            let mut place = 0;
            self.found.retain(|one| {
                let is_kept = one.kind != SolutionKind::Degenerate || place % stride == 0;
                place += usize::from(one.kind == SolutionKind::Degenerate);
                is_kept
            });
        }
        let is_cut = self.found.len() > MOST_CANDIDATES;
        self.found.truncate(MOST_CANDIDATES);
        Solutions { candidates: self.found, is_cut, has_curve, marks: self.marks }
    }
}
