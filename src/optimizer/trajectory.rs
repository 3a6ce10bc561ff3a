//! What a run leaves behind: its iterates, and a list for each of the other things that are recorded at every one of them.
//!
//! The plot follows the iterates; the rest is asked for a step or a table row at a time. It is kept in chunks, of which those of
//! early steps are let go where memory is short; where that is not enough, fewer iterates are kept than there are. What was let
//! go is found again by taking the steps of its chunk once more from a checkpoint. The same arithmetic gives the same bits.

mod columns;
mod evaluated;
mod rates;
mod searched;

use std::sync::{Arc, Mutex, PoisonError};

use super::entries::{ColumnSpec, OF_CONSTRAINTS, Record};
use super::linear::norm;
use super::polyline::{Points, Polyline};
use super::stand::{Bounds, Next};
use super::stepper::{Lists, NoStep};
use super::walker::{Checkpoint, Walker};
use super::{Outcome, Plan, Stage, Treatment, root};
use crate::objective::{Evaluations, Goal, Point, Problem};
pub use evaluated::Evaluated;
pub use rates::StepRate;

/// The entries of a chunk: so few that they are found again within a fraction of a frame, so many that checkpoints are small
/// beside them.
const CHUNK: usize = 4096;

/// The path of a run. All lists have the same length, one entry for the start and one for each step taken.
#[derive(Clone, Debug)]
pub struct Trajectory {
    /// The start and the point after each step.
    points: Points,
    /// How the run ended; nothing while it can go on.
    pub outcome: Option<Outcome>,
    /// What was evaluated on the way.
    pub evaluations: Evaluations,
    chunks: Vec<Chunk>,
    /// The lists of the last chunk, which grow.
    growing: Record,
    /// How many of the first chunks were let go.
    let_go: usize,
    columns: Vec<&'static ColumnSpec>,
    problem: Problem,
    plan: Plan,
    again: Again,
}

/// What stands at an entry of the lists beside the point.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Entry {
    /// The point.
    pub at: Point,
    /// J there, whatever the goal.
    pub value: f64,
    /// The gradient of J there, whatever the goal.
    pub gradient: Point,
}

#[derive(Clone, Debug)]
struct Chunk {
    /// Where its first entry is recorded.
    from: Checkpoint,
    /// Nothing where it was let go, and of the last chunk.
    record: Option<Arc<Record>>,
}

/// The chunk that was found again last. A copy finds its own.
#[derive(Debug, Default)]
struct Again(Mutex<Option<(usize, Arc<Found>)>>);

impl Clone for Again {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// A chunk that was found again.
#[derive(Debug)]
struct Found {
    points: Vec<Point>,
    record: Record,
}

impl Trajectory {
    /// Nothing yet of the path of a plan.
    pub(super) fn new(problem: &Problem, plan: &Plan) -> Self {
        let mut columns: Vec<&'static ColumnSpec> = plan.settings.method().columns.iter().collect();
        if columns::treatment_of(problem, plan).is_some() {
            columns.extend(OF_CONSTRAINTS);
        }
        Self {
            points: Points::new(),
            outcome: None,
            evaluations: Evaluations::default(),
            chunks: Vec::new(),
            growing: Record::new(&columns),
            columns,
            let_go: 0,
            problem: problem.clone(),
            plan: plan.clone(),
            again: Again::default(),
        }
    }

    /// Adds an entry to each list: where the walker stands.
    pub(super) fn push(&mut self, walker: &Walker) {
        if self.len().is_multiple_of(CHUNK) {
            self.begin_chunk(walker);
        }
        walker.record(self.points.growing(), &mut self.growing);
    }

    /// Lets the walker take up to `most` steps to where nothing is to be looked at, as [`Walker::stretch`], and adds an entry
    /// for each; fewer where a chunk is full.
    pub(super) fn stretch(
        &mut self,
        walker: &mut Walker,
        within: &Bounds,
        most: usize,
    ) -> Option<Result<Next, NoStep>> {
        let room = CHUNK - 1 - (self.len() + CHUNK - 1) % CHUNK;
        let into = Lists { points: self.points.growing(), record: &mut self.growing };
        walker.stretch(within, most.min(room), Some(into))
    }

    /// Makes room for so many points.
    pub(super) fn reserve(&mut self, points: usize) {
        self.points.growing().reserve(points);
    }

    #[cold]
    fn begin_chunk(&mut self, walker: &Walker) {
        let mut record = Record::new(&self.columns);
        // As many as there can be at once, but of a short run no more than it is.
        let left = (self.plan.limits.steps as usize + 1).saturating_sub(self.len());
        record.reserve(left.min(CHUNK));
        let full = std::mem::replace(&mut self.growing, record);
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.record = Some(Arc::new(full));
        }
        self.chunks.push(Chunk { from: walker.checkpoint(), record: None });
        self.points.thin_further(self.points.len());
    }

    /// The lists of a chunk, found again where they were let go.
    fn with_record<T>(&self, chunk: usize, read: impl FnOnce(&Record) -> T) -> Option<T> {
        let held = self.chunks.get(chunk)?;
        if chunk + 1 == self.chunks.len() {
            return Some(read(&self.growing));
        }
        if let Some(record) = &held.record {
            return Some(read(record));
        }
        self.found_again(chunk).map(|found| read(&found.record))
    }

    /// The points of a chunk, found again where not all of them are kept.
    fn with_points<T>(&self, chunk: usize, read: impl FnOnce(&[Point]) -> T) -> Option<T> {
        let first = chunk * CHUNK;
        match self.points.range(first..self.len().min(first + CHUNK)) {
            Some(points) => Some(read(points)),
            None => self.found_again(chunk).map(|found| read(&found.points)),
        }
    }

    /// A chunk, its steps taken once more if they were not the last time.
    fn found_again(&self, chunk: usize) -> Option<Arc<Found>> {
        let mut again = self.again.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = again.as_ref().filter(|(at, _)| *at == chunk) {
            return Some(Arc::clone(found));
        }
        let found = Arc::new(self.taken_again(chunk)?);
        *again = Some((chunk, Arc::clone(&found)));
        Some(found)
    }

    /// A chunk from its checkpoint.
    fn taken_again(&self, chunk: usize) -> Option<Found> {
        let mut walker = self.walker_at(chunk * CHUNK)?;
        let entries = (self.len() - chunk * CHUNK).min(CHUNK);
        let mut record = Record::new(&self.columns);
        record.reserve(entries);
        let mut points = Vec::with_capacity(entries);
        walker.record(&mut points, &mut record);
        while points.len() < entries {
            // The step was taken before, so that it exists.
            let next = walker.next().ok()?;
            walker.go(next);
            walker.record(&mut points, &mut record);
        }
        Some(Found { points, record })
    }

    /// The method as it stood at an entry.
    fn walker_at(&self, entry: usize) -> Option<Walker> {
        let from = &self.chunks.get(entry / CHUNK)?.from;
        let mut walker = Walker::at_checkpoint(&self.problem, &self.plan, from.clone());
        while (walker.stand.step as usize) < entry {
            let next = walker.next().ok()?;
            walker.go(next);
        }
        Some(walker)
    }

    /// Whether a root was looked for.
    pub fn looks_for_root(&self) -> bool {
        self.problem.cost.goal() == Goal::Zero
    }

    /// How many variables there are, 1 or 2.
    pub fn variables(&self) -> usize {
        if self.problem.cost.is_of_one_variable() { 1 } else { 2 }
    }

    /// After how many steps the last iterate came back to where it was, 2 to 20; nothing where it is a new one, or rests.
    pub fn period(&self) -> Option<usize> {
        root::period(self)
    }

    /// The order in which the iterates up to this entry come near a root, estimated from its last steps; nothing where none was looked for, or
    /// the steps do not tell.
    pub fn order(&self, end: usize) -> Option<f64> {
        if self.looks_for_root() { root::order(self, end) } else { None }
    }

    /// How many entries there are: one more than steps.
    #[expect(clippy::len_without_is_empty, reason = "there is the start")]
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// The point at an entry.
    pub fn point(&self, entry: usize) -> Option<Point> {
        if entry >= self.len() {
            return None;
        }
        let found = || self.with_points(entry / CHUNK, |points| points.get(entry % CHUNK).copied())?;
        self.points.get(entry).or_else(found)
    }

    /// The last point.
    pub fn last(&self) -> Option<Point> {
        self.points.last()
    }

    /// What stands at an entry.
    pub fn entry(&self, entry: usize) -> Option<Entry> {
        let at = self.point(entry)?;
        let (value, gradient) = self.with_record(entry / CHUNK, |record| {
            let within = entry % CHUNK;
            Some((*record.values.get(within)?, *record.gradients.get(within)?))
        })??;
        Some(Entry { at, value, gradient })
    }

    /// J at an entry.
    pub fn value(&self, entry: usize) -> Option<f64> {
        self.entry(entry).map(|entry| entry.value)
    }

    /// The Euclidean norm of the gradient at an entry of the lists.
    pub fn gradient_norm(&self, entry: usize) -> Option<f64> {
        self.entry(entry).map(|entry| norm(entry.gradient))
    }

    /// The start and the point after each step.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        (0..self.chunks.len())
            .flat_map(|chunk| self.with_points(chunk, <[Point]>::to_vec).unwrap_or_default())
    }

    /// J at each point.
    pub fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.entries(|record, to: &mut Vec<f64>| to.extend(&record.values))
    }

    /// The gradient of J at each point.
    pub fn gradients(&self) -> impl Iterator<Item = Point> + '_ {
        self.entries(|record, to: &mut Vec<Point>| to.extend(&record.gradients))
    }

    /// The Euclidean norm of the gradient at each point.
    pub fn gradient_norms(&self) -> impl Iterator<Item = f64> + '_ {
        self.gradients().map(norm)
    }

    /// A column at each point.
    pub fn column(&self, index: usize) -> impl Iterator<Item = Point> + '_ {
        self.entries(move |record, to: &mut Vec<Point>| {
            if let Some(column) = record.columns.get(index) {
                to.extend(&column.entries);
            }
        })
    }

    /// A list whole, a chunk at a time.
    fn entries<'a, T: 'a>(
        &'a self,
        copy: impl Fn(&Record, &mut Vec<T>) + 'a,
    ) -> impl Iterator<Item = T> + 'a {
        (0..self.chunks.len()).flat_map(move |chunk| {
            let mut list = Vec::new();
            self.with_record(chunk, |record| copy(record, &mut list));
            list
        })
    }

    /// What the step from an entry did, or would do that does not exist. `None` beyond the end.
    pub fn stages(&self, entry: usize) -> Option<Vec<Stage>> {
        if entry >= self.len() {
            return None;
        }
        self.walker_at(entry).map(|mut walker| walker.explained())
    }

    /// What every so many steps did, each with the entry that it begins at: each step is taken once more, in order.
    pub fn stages_of_steps(&self, stride: usize) -> impl Iterator<Item = (usize, Vec<Stage>)> + '_ {
        let mut walker = self.walker_at(0);
        (0..self.steps()).filter_map(move |entry| {
            let walker = walker.as_mut()?;
            let stages = entry.is_multiple_of(stride).then(|| (entry, walker.explained()));
            // The step was taken before, so that it exists.
            if let Ok(next) = walker.next() {
                walker.go(next);
            }
            stages
        })
    }

    /// The rows of data that what it minimizes is made of; 0 where there are none.
    pub fn rows(&self) -> usize {
        self.problem.cost.rows().map_or(0, |rows| rows.table.rows())
    }

    /// J at each point by the rows of the step from there; nothing where steps look at all rows.
    pub fn batch_values(&self) -> Option<Vec<f64>> {
        let batches = self.plan.batches.as_ref()?;
        let mut evaluator = self.problem.cost.exact().evaluator();
        let value = |(at, batch): (Point, Vec<u32>)| {
            evaluator.look_at(Some(batch.into()));
            evaluator.value(at)
        };
        Some(self.points().zip(batches.of_steps()).map(value).collect())
    }

    /// Whether its steps are −α∇J: down the slope of J alone, with one rate that stays.
    pub fn is_gradient_descent(&self) -> bool {
        let Plan { settings, treatment, batches, .. } = &self.plan;
        let is_plain = *treatment == Treatment::Plain && batches.is_none();
        let is_constant = settings.schedule().is_none() && !settings.has_rate_per_variable();
        settings.method().id == "gd" && is_plain && is_constant
    }

    /// The entry of the lists that stands at a step: the last one where no such step was taken. `None` of an empty path.
    pub fn entry_at(&self, step: u32) -> Option<usize> {
        self.len().checked_sub(1).map(|last| last.min(step as usize))
    }

    /// The number of steps recorded.
    pub fn steps(&self) -> usize {
        self.len().saturating_sub(1)
    }

    /// Where the run stands at a step, or at its end before that.
    pub fn point_at(&self, step: u32) -> Option<Point> {
        self.point(self.entry_at(step)?)
    }

    /// What is drawn of the path up to a step: its points, or of a long one those of every so many steps, and where it ends.
    pub fn polyline(&self, step: u32) -> Polyline<'_> {
        self.points.polyline(self.len().min((step as usize).saturating_add(1)), self.point_at(step))
    }

    /// The points of the path as they are in other coordinates. Nothing else is told of it; points that were let go are gone.
    pub fn seen_through(&self, map: impl Fn(Point) -> Point) -> Self {
        Self {
            points: self.points.seen_through(map),
            outcome: self.outcome.clone(),
            evaluations: self.evaluations,
            chunks: Vec::new(),
            growing: Record::new(&self.columns),
            let_go: 0,
            columns: self.columns.clone(),
            problem: self.problem.clone(),
            plan: self.plan.clone(),
            again: Again::default(),
        }
    }

    /// The bytes that its points take.
    pub fn bytes_of_points(&self) -> usize {
        self.points.bytes()
    }

    /// The bytes that everything else takes.
    pub fn bytes_of_lists(&self) -> usize {
        let checkpoint = self.chunks.first().map_or(0, |chunk| size_of::<Chunk>() + chunk.from.bytes_apart());
        let found = if self.let_go == 0 { 0 } else { self.bytes_of_chunk() + CHUNK * size_of::<Point>() };
        self.chunks.len() * checkpoint + (self.chunks.len() - self.let_go) * self.bytes_of_chunk() + found
    }

    fn bytes_of_chunk(&self) -> usize {
        let points = 1 + self.columns().len();
        let counts = if self.growing.evaluated.is_empty() { 0 } else { size_of::<Evaluations>() };
        CHUNK.min(self.len()) * (size_of::<f64>() + points * size_of::<Point>() + counts)
    }

    /// Lets go early chunks until the lists take so many bytes at the most, or nothing is left of them but the last chunk.
    pub fn keep_lists_within(&mut self, bytes: usize) {
        while self.bytes_of_lists() > bytes && self.let_go + 1 < self.chunks.len() {
            self.chunks[self.let_go].record = None;
            self.let_go += 1;
        }
    }

    /// Keeps fewer of the points between the first ones and those of the last chunk, until they take so many bytes at the most
    /// or hardly any is left.
    pub fn keep_points_within(&mut self, bytes: usize) {
        let last = self.chunks.len().saturating_sub(1) * CHUNK;
        while self.points.bytes() > bytes && self.points.thin(last) {}
    }

    /// Lets go what can be found again.
    pub fn keep_least(&mut self) {
        self.keep_lists_within(0);
        self.keep_points_within(0);
    }
}

impl PartialEq for Trajectory {
    fn eq(&self, other: &Self) -> bool {
        let columns = self.columns();
        self.len() == other.len()
            && self.points().eq(other.points())
            && self.outcome == other.outcome
            && self.evaluations == other.evaluations
            && columns == other.columns()
            && self.values().eq(other.values())
            && self.gradients().eq(other.gradients())
            && self.evaluated() == other.evaluated()
            && (0..columns.len()).all(|index| self.column(index).eq(other.column(index)))
    }
}

#[cfg(test)]
mod tests;
