//! What a run leaves behind: its iterates, and a list for each of the other things that are recorded at every one of them.
//!
//! The iterates are kept whole: the plot follows them all. The rest is asked for a step or a table row at a time; it is kept in
//! chunks, those of early steps are let go where memory is short, and what was let go is found again by taking the steps of
//! its chunk once more from a checkpoint. The same arithmetic gives the same bits.

use std::cell::RefCell;
use std::sync::Arc;

use super::entries::{ColumnSpec, Record};
use super::stand::{Bounds, Next};
use super::stepper::NoStep;
use super::walker::{Checkpoint, Walker};
use super::{Outcome, Plan, Stage};
use crate::elementary;
use crate::objective::{Evaluations, Point, Problem};

/// The entries of a chunk: so few that they are found again within a fraction of a frame, so many that checkpoints are small
/// beside them.
const CHUNK: usize = 4096;

/// The path of a run. All lists have the same length, one entry for the start and one for each step taken.
#[derive(Clone, Debug)]
pub struct Trajectory {
    /// The start and the point after each step.
    pub points: Vec<Point>,
    /// How the run ended; nothing while it can go on.
    pub outcome: Option<Outcome>,
    /// What was evaluated on the way.
    pub evaluations: Evaluations,
    chunks: Vec<Chunk>,
    /// The lists of the last chunk, which grow.
    growing: Record,
    /// How many of the first chunks were let go.
    let_go: usize,
    problem: Problem,
    plan: Plan,
    /// The chunk that was found again last.
    again: RefCell<Option<(usize, Arc<Record>)>>,
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

impl Trajectory {
    /// Nothing yet of the path of a plan.
    pub(super) fn new(problem: &Problem, plan: &Plan) -> Self {
        Self {
            points: Vec::new(),
            outcome: None,
            evaluations: Evaluations::default(),
            chunks: Vec::new(),
            growing: Record::new(plan.settings.method().columns),
            let_go: 0,
            problem: problem.clone(),
            plan: plan.clone(),
            again: RefCell::default(),
        }
    }

    /// Adds an entry to each list: where the walker stands.
    pub(super) fn push(&mut self, walker: &Walker) {
        if self.points.len().is_multiple_of(CHUNK) {
            self.begin_chunk(walker);
        }
        walker.record(&mut self.points, &mut self.growing);
    }

    /// Lets the walker take up to `most` steps to where nothing is to be looked at, as [`Walker::stretch`], and adds an entry
    /// for each; fewer where a chunk is full.
    pub(super) fn stretch(
        &mut self,
        walker: &mut Walker,
        within: &Bounds,
        most: usize,
    ) -> Option<Result<Next, NoStep>> {
        let room = CHUNK - 1 - (self.points.len() + CHUNK - 1) % CHUNK;
        walker.stretch(within, most.min(room), &mut self.points, &mut self.growing)
    }

    #[cold]
    fn begin_chunk(&mut self, walker: &Walker) {
        let mut record = Record::new(self.columns());
        // As many as there can be at once, but of a short run no more than it is.
        let left = (self.plan.limits.steps as usize + 1).saturating_sub(self.points.len());
        record.reserve(left.min(CHUNK));
        let full = std::mem::replace(&mut self.growing, record);
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.record = Some(Arc::new(full));
        }
        self.chunks.push(Chunk { from: walker.checkpoint(), record: None });
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
        if let Some((_, record)) = self.again.borrow().as_ref().filter(|(at, _)| *at == chunk) {
            return Some(read(record));
        }
        let record = Arc::new(self.taken_again(chunk)?);
        let result = read(&record);
        *self.again.borrow_mut() = Some((chunk, record));
        Some(result)
    }

    /// The lists of a chunk from its checkpoint.
    fn taken_again(&self, chunk: usize) -> Option<Record> {
        let mut walker = self.walker_at(chunk * CHUNK)?;
        let entries = (self.points.len() - chunk * CHUNK).min(CHUNK);
        let mut record = Record::new(self.columns());
        record.reserve(entries);
        let mut points = Vec::with_capacity(entries);
        walker.record(&mut points, &mut record);
        while points.len() < entries {
            // The step was taken before, so that it exists.
            let next = walker.next().ok()?;
            walker.go(next);
            walker.record(&mut points, &mut record);
        }
        Some(record)
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

    /// What stands at an entry.
    pub fn entry(&self, entry: usize) -> Option<Entry> {
        let at = *self.points.get(entry)?;
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

    /// What the method records beside point, value and gradient.
    pub fn columns(&self) -> &'static [ColumnSpec] {
        self.plan.settings.method().columns
    }

    /// What stands at an entry in the columns.
    pub fn more(&self, entry: usize) -> Vec<Point> {
        let of = |record: &Record| {
            record.columns.iter().filter_map(|column| column.entries.get(entry % CHUNK).copied()).collect()
        };
        self.with_record(entry / CHUNK, of).unwrap_or_default()
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
        self.points.get(entry)?;
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

    /// Whether the method steps down the slope alone.
    pub fn is_gradient_descent(&self) -> bool {
        self.plan.settings.method().id == "gd"
    }

    /// The learning rate of the run's plan.
    pub fn learning_rate(&self) -> f64 {
        self.plan.settings.real("learning_rate")
    }

    /// The entry of the lists that stands at a step: the last one where no such step was taken. `None` of an empty path.
    pub fn entry_at(&self, step: u32) -> Option<usize> {
        self.points.len().checked_sub(1).map(|last| last.min(step as usize))
    }

    /// The number of steps recorded.
    pub fn steps(&self) -> usize {
        self.points.len().saturating_sub(1)
    }

    /// The iterates up to a step.
    pub fn up_to(&self, step: u32) -> &[Point] {
        self.points.get(..=step as usize).unwrap_or(&self.points)
    }

    /// The bytes that its lists take.
    pub fn bytes(&self) -> usize {
        self.points.len() * size_of::<Point>() + (self.chunks.len() - self.let_go) * self.bytes_of_chunk()
    }

    fn bytes_of_chunk(&self) -> usize {
        let points = 1 + self.columns().len();
        CHUNK.min(self.points.len()) * (size_of::<f64>() + points * size_of::<Point>())
    }

    /// Lets go early chunks until the lists take so many bytes at the most, or nothing is left but the points and the last
    /// chunk.
    pub fn keep_at_most(&mut self, bytes: usize) {
        while self.bytes() > bytes && self.let_go + 1 < self.chunks.len() {
            self.chunks[self.let_go].record = None;
            self.let_go += 1;
        }
    }
}

impl PartialEq for Trajectory {
    fn eq(&self, other: &Self) -> bool {
        let columns = self.columns();
        self.points == other.points
            && self.outcome == other.outcome
            && self.evaluations == other.evaluations
            && columns == other.columns()
            && self.values().eq(other.values())
            && self.gradients().eq(other.gradients())
            && (0..columns.len()).all(|index| self.column(index).eq(other.column(index)))
    }
}

/// The Euclidean norm, without overflow on the way.
pub(super) fn norm(vector: Point) -> f64 {
    elementary::hypot(vector.x, vector.y)
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, METHODS, Run, Settings};
    use super::*;
    use crate::expr::Expression;
    use crate::objective::{Derivatives, Goal, Objective};

    #[test]
    fn what_was_let_go_is_found_again_bit_for_bit() {
        let tape =
            Expression::parse("(1-x)^2 + 100*(y-x^2)^2 + sin(9x)").unwrap().compile(["x", "y"], &[]).unwrap();
        for derivatives in [Derivatives::Exact, Derivatives::CentralDifference { step: 1e-5 }] {
            let objective = Objective::new(tape.clone(), Goal::Maximize, derivatives);
            for method in METHODS {
                let mut settings = Settings::defaults(method);
                settings.set("learning_rate", super::super::ParameterValue::Real(1e-9)).unwrap();
                let limits = Limits { steps: 3 * CHUNK as u32 + 10, tolerance: 0.0 };
                let start = Point::new(-1.2, 1.0);
                let mut run = Run::new(&Problem::from(&objective), &Plan::new(settings, start, limits));
                run.finish();
                let whole = run.into_trajectory();
                assert_eq!(whole.chunks.len(), 4, "{}", method.id);
                let mut less = whole.clone();
                less.keep_at_most(0);
                assert_eq!((less.let_go, whole.let_go), (3, 0));
                assert!(less.bytes() < whole.bytes() * 3 / 4 && less == whole, "{}", method.id);
                for entry in [2 * CHUNK - 1, 5, 2 * CHUNK, CHUNK, 3 * CHUNK + 10] {
                    assert_eq!(less.entry(entry), whole.entry(entry));
                    assert_eq!(less.more(entry), whole.more(entry));
                    assert_eq!(less.stages(entry), whole.stages(entry));
                }
                assert_eq!((less.entry(whole.points.len()), less.stages(whole.points.len())), (None, None));
            }
        }
    }
}
