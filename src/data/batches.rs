//! Batches: which rows each step of a run looks at, the same for every run and on every machine.
//!
//! The generator is ChaCha8, one stream for all batches of a scenario, the seed expanded as `seed_from_u64` of `rand_core` does.
//! An index below n is the high 64 bits of `next_u64` · n, as a 128-bit product. A shuffle is that of Fisher and Yates from the
//! last row down, with j ≤ i, and goes on from the order of the epoch before. The last batch of an epoch has what is left of it.
//!
//! Source: Durstenfeld, *Algorithm 235: Random permutation*, Communications of the ACM 7(7), 1964, 420; Bernstein, *ChaCha, a
//! variant of Salsa20*, 2008; Lemire, *Fast random integer generation in an interval*, ACM Transactions on Modeling and
//! Computer Simulation 29(1), 2019 (without its rejection, so that every number costs one draw).

use std::sync::{Arc, Mutex, PoisonError};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::spelling::Selectable;

/// In which order rows are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sampling {
    /// All of them once in each epoch, each time in a new order.
    #[default]
    Shuffle,
    /// All of them once in each epoch, in the order of the table.
    Cyclic,
    /// Any of them each time.
    Replacement,
}

impl Selectable for Sampling {
    const ALL: &'static [Self] = &[Self::Shuffle, Self::Cyclic, Self::Replacement];

    fn id(self) -> &'static str {
        match self {
            Self::Shuffle => "shuffle",
            Self::Cyclic => "cyclic",
            Self::Replacement => "replacement",
        }
    }
}

/// How batches are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Batching {
    /// The rows that a step looks at, at least one and at most all.
    pub size: u32,
    /// In which order.
    pub sampling: Sampling,
    /// What the generator begins with.
    pub seed: u64,
}

/// The batches of all steps. A copy shares what has been found of them.
#[derive(Clone, Debug)]
pub struct Batches {
    rows: u32,
    batching: Batching,
    /// The orders of some epochs, the first one first.
    known: Arc<Mutex<Known>>,
}

/// Orders of epochs, so many apart.
struct Known {
    apart: u64,
    orders: Vec<Arc<[u32]>>,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What has been asked for so far is no part of the value.
        f.write_str("Known")
    }
}

/// So many orders are kept at the most; of more, every second one.
const KEPT: usize = 64;

impl PartialEq for Batches {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows && self.batching == other.batching
    }
}

impl Batches {
    /// Those of so many rows, at least one. A batch that is larger than all of them is all of them.
    pub fn new(rows: usize, batching: Batching) -> Self {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX).max(1);
        let batching = Batching { size: batching.size.clamp(1, rows), ..batching };
        let known = Known { apart: 1, orders: Vec::new() };
        Self { rows, batching, known: Arc::new(Mutex::new(known)) }
    }

    /// How they are made.
    pub fn batching(&self) -> Batching {
        self.batching
    }

    /// The steps of an epoch, in which as many rows are looked at as there are.
    pub fn steps_of_epoch(&self) -> u32 {
        self.rows.div_ceil(self.batching.size)
    }

    /// Stands at a step, 0 for the first one.
    pub fn at(&self, step: u32) -> Cursor {
        let epoch = u64::from(step / self.steps_of_epoch());
        let mut cursor = self.first_of(epoch);
        while cursor.step < step {
            cursor.advance();
        }
        cursor
    }

    /// The rows of each step, the first one first.
    pub fn of_steps(&self) -> impl Iterator<Item = Vec<u32>> {
        let mut cursor = self.at(0);
        std::iter::from_fn(move || {
            let batch = cursor.batch().to_vec();
            cursor.advance();
            Some(batch)
        })
    }

    /// Stands at the first step of an epoch.
    fn first_of(&self, epoch: u64) -> Cursor {
        let is_shuffled = self.batching.sampling == Sampling::Shuffle;
        let (nearest, order) =
            if is_shuffled { self.nearest(epoch) } else { (epoch, (0..self.rows).collect()) };
        let mut cursor = Cursor {
            batches: self.clone(),
            generator: ChaCha8Rng::seed_from_u64(self.batching.seed),
            order: order.to_vec(),
            epoch: nearest,
            step: u32::try_from(nearest).unwrap_or(u32::MAX).saturating_mul(self.steps_of_epoch()),
            batch: Arc::new([]),
        };
        let draws = match self.batching.sampling {
            Sampling::Shuffle => nearest * u64::from(self.rows - 1),
            Sampling::Cyclic => 0,
            Sampling::Replacement => u64::from(cursor.step) * u64::from(self.batching.size),
        };
        // A draw of 64 bits is two words.
        cursor.generator.set_word_pos(u128::from(draws) * 2);
        cursor.begin_epoch();
        while cursor.epoch < epoch {
            cursor.epoch += 1;
            cursor.step += self.steps_of_epoch();
            cursor.begin_epoch();
        }
        cursor.take();
        cursor
    }

    /// The last epoch up to this one whose order before it is known, with that order.
    fn nearest(&self, epoch: u64) -> (u64, Arc<[u32]>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.orders.is_empty() {
            known.orders.push((0..self.rows).collect());
        }
        let place = ((epoch / known.apart) as usize).min(known.orders.len() - 1);
        (place as u64 * known.apart, Arc::clone(&known.orders[place]))
    }

    /// Remembers the order before an epoch.
    fn remember(&self, epoch: u64, order: &[u32]) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if epoch != known.orders.len() as u64 * known.apart {
            return;
        }
        known.orders.push(order.into());
        if known.orders.len() > KEPT {
            known.apart *= 2;
            let mut place = 0;
            known.orders.retain(|_| {
                place += 1;
                place % 2 == 1
            });
        }
    }
}

/// Goes through batches step by step.
#[derive(Clone, Debug)]
pub struct Cursor {
    batches: Batches,
    generator: ChaCha8Rng,
    order: Vec<u32>,
    epoch: u64,
    step: u32,
    batch: Arc<[u32]>,
}

impl Cursor {
    /// The rows of the step that it stands at, by their numbers from 0.
    pub fn batch(&self) -> &Arc<[u32]> {
        &self.batch
    }

    /// Goes to a step, 0 for the first one.
    pub fn go_to(&mut self, step: u32) {
        *self = self.batches.at(step);
    }

    /// Goes on to the next step.
    pub fn advance(&mut self) {
        self.step += 1;
        if self.step.is_multiple_of(self.batches.steps_of_epoch()) {
            self.epoch += 1;
            self.begin_epoch();
        }
        self.take();
    }

    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        let product = u128::from(self.generator.next_u64()) * n as u128;
        (product >> 64) as usize
    }

    fn begin_epoch(&mut self) {
        if self.batches.batching.sampling == Sampling::Shuffle {
            self.batches.remember(self.epoch, &self.order);
            for i in (1..self.order.len()).rev() {
                let j = self.below(i + 1);
                self.order.swap(i, j);
            }
        }
    }

    fn take(&mut self) {
        let size = self.batches.batching.size as usize;
        self.batch = match self.batches.batching.sampling {
            Sampling::Shuffle | Sampling::Cyclic => {
                let first = (self.step % self.batches.steps_of_epoch()) as usize * size;
                self.order[first..self.order.len().min(first + size)].into()
            }
            Sampling::Replacement => {
                let rows = self.order.len();
                (0..size).map(|_| self.below(rows) as u32).collect()
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batches(rows: usize, size: u32, sampling: Sampling, seed: u64) -> Batches {
        Batches::new(rows, Batching { size, sampling, seed })
    }

    fn first(batches: &Batches, steps: usize) -> Vec<Vec<u32>> {
        batches.of_steps().take(steps).collect()
    }

    #[test]
    fn the_first_numbers_are_these_on_every_machine() {
        let mut generator = ChaCha8Rng::seed_from_u64(1);
        assert_eq!([generator.next_u64(), generator.next_u64()], [7424550030962593201, 1482817706323250795]);
        let shuffled = first(&batches(5, 2, Sampling::Shuffle, 1), 6);
        assert_eq!(shuffled, [vec![4, 3], vec![1, 0], vec![2], vec![0, 4], vec![2, 1], vec![3]]);
        let replaced = first(&batches(5, 2, Sampling::Replacement, 1), 3);
        assert_eq!(replaced, [[2, 0], [2, 1], [1, 3]]);
    }

    #[test]
    fn an_epoch_has_every_row_once() {
        for sampling in [Sampling::Shuffle, Sampling::Cyclic] {
            for size in 1..=7 {
                let batches = batches(7, size, sampling, 3);
                let steps = batches.steps_of_epoch() as usize;
                for epoch in first(&batches, 4 * steps).chunks(steps) {
                    let mut rows = epoch.concat();
                    assert!(epoch[..steps - 1].iter().all(|batch| batch.len() == size as usize));
                    rows.sort_unstable();
                    assert_eq!(rows, [0, 1, 2, 3, 4, 5, 6]);
                }
            }
        }
        assert_eq!(first(&batches(3, 2, Sampling::Cyclic, 3), 3), [vec![0, 1], vec![2], vec![0, 1]]);
        assert_eq!(batches(3, 9, Sampling::Cyclic, 3).batching().size, 3);
        assert!(first(&batches(3, 2, Sampling::Replacement, 3), 50).iter().all(|batch| batch.len() == 2));
    }

    #[test]
    fn a_step_has_the_same_batch_however_it_is_come_to() {
        for sampling in Sampling::ALL {
            for (rows, size) in [(1, 1), (2, 1), (7, 3), (13, 13), (50, 7)] {
                let steps = 1_500;
                let one_by_one = first(&batches(rows, size, *sampling, 11), steps);
                let asked = batches(rows, size, *sampling, 11);
                for step in [1_499, 0, 3, 700, 1_000, 701, 1, 1_499] {
                    assert_eq!(asked.at(step).batch()[..], one_by_one[step as usize], "{sampling:?} {step}");
                }
            }
        }
    }
}
