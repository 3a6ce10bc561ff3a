//! Paths that were pinned, to be compared with what comes after a change.

use std::sync::Arc;

use super::{Path, Session};
use crate::optimizer::Trajectory;
use crate::scenario::Scenario;

/// A path as it was when it was pinned.
#[derive(Clone, Debug, PartialEq)]
pub struct PinnedPath {
    /// Its place among the runs at that time.
    pub index: usize,
    /// The path, which is that of the run as well as long as nothing changes.
    pub trajectory: Arc<Trajectory>,
}

/// Every path that was visible then, with the scenario that they came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Pinned {
    /// The scenario at that time. All its runs, hidden ones too: the looks of a path depend on its place among them.
    pub scenario: Scenario,
    /// The paths of those that were visible.
    pub paths: Vec<PinnedPath>,
}

impl Pinned {
    /// The paths of a session as they are now.
    pub(super) fn of_session(session: &Session) -> Self {
        let paths = session.visible_paths().filter_map(|Path { index, .. }| {
            Some(PinnedPath { index, trajectory: session.runs.shared(index)? })
        });
        Self { paths: paths.collect(), scenario: session.scenario().clone() }
    }

    /// The pinned path of the run at `index`.
    pub fn get(&self, index: usize) -> Option<&PinnedPath> {
        self.paths.iter().find(|path| path.index == index)
    }
}
