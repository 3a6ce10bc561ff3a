//! What the paths of a session take: runs and pinned paths together, whatever the scenario.

use std::sync::Arc;

use super::Pinned;
use super::pinned::PinnedPath;
use super::runs::Runs;
use crate::optimizer::Trajectory;

/// Bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Of what is recorded beside points, and of where it is found again from.
    pub lists: usize,
    /// Of points.
    pub points: usize,
}

impl Room {
    /// Half a gigabyte: so much that all of seven runs of a million steps stays. What lists leave is not for points: a heap that
    /// had many small lists does not give their place back.
    pub const MOST: Self = Self { lists: 320 << 20, points: 192 << 20 };

    /// What runs and pinned paths take, those that are both counted once.
    pub fn taken(runs: &Runs, pinned: Option<&Pinned>) -> Self {
        let pins = pinned.into_iter().flat_map(|pinned| &pinned.paths).map(|path| &path.trajectory);
        let pins = pins.filter(|path| runs.of_path(path).is_none()).map(|path| &**path);
        runs.paths().chain(pins).fold(Self { lists: 0, points: 0 }, |taken, path| Self {
            lists: taken.lists + path.bytes_of_lists(),
            points: taken.points + path.bytes_of_points(),
        })
    }
}

/// Lets go what can be found again, evenly, where the paths take more together: first the lists of pinned paths, then those of
/// runs, and points of both.
pub(super) fn keep_within(room: Room, runs: &mut Runs, pinned: Option<&mut Pinned>) {
    let taken = Room::taken(runs, pinned.as_deref());
    if taken.lists <= room.lists && taken.points <= room.points {
        return;
    }
    let mut none = Vec::new();
    let held = pinned.map_or(&mut none, |pinned| &mut pinned.paths);
    // A path that is a run's as well is made smaller there, and shared again.
    let mut owners: Vec<(usize, Owner)> = std::mem::take(held)
        .into_iter()
        .map(|PinnedPath { index, trajectory }| {
            let owner = runs.of_path(&trajectory).map_or(Owner::Pin(trajectory), Owner::Run);
            (index, owner)
        })
        .collect();
    let pins = owners.iter_mut().filter_map(|(_, owner)| match owner {
        Owner::Run(_) => None,
        Owner::Pin(path) => Some(Arc::make_mut(path)),
    });
    let mut pins: Vec<&mut Trajectory> = pins.collect();
    let mut walked: Vec<&mut Trajectory> = runs.paths_mut().collect();
    let lists = |paths: &[&mut Trajectory]| paths.iter().map(|path| path.bytes_of_lists()).sum::<usize>();
    let keep_lists = |paths: &mut Vec<&mut Trajectory>, most| {
        share(paths, most, Trajectory::bytes_of_lists, Trajectory::keep_lists_within);
    };
    keep_lists(&mut pins, room.lists.saturating_sub(lists(&walked)));
    keep_lists(&mut walked, room.lists.saturating_sub(lists(&pins)));
    walked.append(&mut pins);
    share(&mut walked, room.points, Trajectory::bytes_of_points, Trajectory::keep_points_within);
    let paths = owners.into_iter().filter_map(|(index, owner)| {
        let trajectory = match owner {
            Owner::Run(run) => runs.shared(run)?,
            Owner::Pin(path) => path,
        };
        Some(PinnedPath { index, trajectory })
    });
    held.extend(paths);
}

/// Who holds a pinned path.
enum Owner {
    /// The run at this place, too.
    Run(usize),
    Pin(Arc<Trajectory>),
}

/// Makes paths smaller until they take so many bytes together. Short ones take less than their share and leave the rest to the
/// others.
fn share(
    paths: &mut [&mut Trajectory],
    most: usize,
    bytes: impl Fn(&Trajectory) -> usize,
    keep_within: impl Fn(&mut Trajectory, usize),
) {
    paths.sort_by_key(|path| bytes(path));
    let (mut left, mut sharing) = (most, paths.len());
    for path in paths {
        keep_within(path, left / sharing);
        left = left.saturating_sub(bytes(path));
        sharing -= 1;
    }
}

#[cfg(test)]
mod tests;
