use std::collections::BTreeMap;

use super::*;
use crate::optimizer::{ParameterValue, Settings, method};
use crate::scenario::Scenario;
use crate::session::Session;

fn long() -> Scenario {
    let mut scenario = Scenario::default();
    (scenario.run.steps, scenario.run.tolerance) = (60_000, 0.0);
    scenario
}

fn stepped(scenario: &Scenario) -> Runs {
    let mut runs = Runs::default();
    runs.update(&scenario.problem().unwrap(), 1, scenario.plans());
    while !runs.advance(u32::MAX) {}
    runs
}

#[test]
fn long_paths_share_the_room_that_short_ones_leave() {
    let mut scenario = long();
    let mut runs = stepped(&scenario);
    let all = Room::taken(&runs, None);
    let whole: Vec<_> = runs.paths().cloned().collect();
    // Where lists are let go, where points are, and both.
    for room in [
        Room { lists: all.lists / 2, ..all },
        Room { points: all.points * 2 / 3, ..all },
        Room { lists: all.lists / 3, points: all.points / 4 },
    ] {
        keep_within(room, &mut runs, None);
        let kept = Room::taken(&runs, None);
        assert!(kept.lists <= room.lists && kept.points <= room.points, "{kept:?} of {room:?}");
        assert!(10 * kept.points > 8 * room.points.min(all.points), "{kept:?} of {room:?}");
        assert!(runs.paths().eq(&whole));
        // What is kept already is kept on.
        keep_within(room, &mut runs, None);
        assert_eq!(Room::taken(&runs, None), kept);
    }
    // A short run lets go nothing, and the others have what it leaves.
    scenario.optimizers[0].settings = Settings::defaults(method("newton").unwrap());
    scenario.run.tolerance = 1e-6;
    let mut runs = stepped(&scenario);
    let bytes = |runs: &Runs| runs.paths().next().map(|path| (path.bytes_of_lists(), path.bytes_of_points()));
    let short = bytes(&runs);
    keep_within(Room { lists: all.lists / 3, points: all.points / 4 }, &mut runs, None);
    assert_eq!(bytes(&runs), short);
}

/// Paths in pairs of one number for each bit of their points.
fn bits<'a>(paths: impl Iterator<Item = &'a Trajectory>) -> Vec<Vec<u64>> {
    let of_path = |path: &Trajectory| path.points().flat_map(|at| [at.x.to_bits(), at.y.to_bits()]).collect();
    paths.map(of_path).collect()
}

fn run_bits(session: &Session) -> Vec<Vec<u64>> {
    bits(session.paths().map(|path| path.trajectory))
}

fn pinned_bits(session: &Session) -> Vec<Vec<u64>> {
    bits(session.pinned().unwrap().paths.iter().map(|path| &*path.trajectory))
}

#[test]
fn runs_and_pinned_paths_stay_within_their_room_together() {
    let dragged = |rate: f64| {
        move |scenario: &mut Scenario| {
            for choice in &mut scenario.optimizers {
                choice.settings.set("learning_rate", ParameterValue::Real(rate)).unwrap();
            }
        }
    };
    let with_rate = |rate: f64| {
        let mut scenario = long();
        dragged(rate)(&mut scenario);
        let mut session = Session::new(scenario);
        session.finish();
        run_bits(&session)
    };
    let mut session = Session::new(long());
    session.edit(dragged(1e-4));
    // All points of the runs have room, but not those of as many pinned paths beside them.
    session.room = Room { lists: 8 << 20, points: 8 << 20 };
    // Each path once, wherever it is.
    let taken = |session: &Session| {
        let pinned = session.pinned().into_iter().flat_map(|pinned| &pinned.paths);
        let all = session.paths().map(|path| path.trajectory).chain(pinned.map(|path| &*path.trajectory));
        let distinct: BTreeMap<*const Trajectory, &Trajectory> =
            all.map(|path| (std::ptr::from_ref(path), path)).collect();
        let sum = |bytes: fn(&Trajectory) -> usize| distinct.values().map(|path| bytes(path)).sum();
        Room { lists: sum(Trajectory::bytes_of_lists), points: sum(Trajectory::bytes_of_points) }
    };
    let is_within = |session: &Session| {
        let (Room { lists, points }, room) = (taken(session), session.room);
        assert!(lists <= room.lists && points <= room.points, "{lists} and {points} of {room:?}");
    };
    let step = |session: &mut Session| {
        while !session.update() {
            is_within(session);
        }
        is_within(session);
    };
    step(&mut session);
    assert_eq!(run_bits(&session), with_rate(1e-4));
    let alone = taken(&session);
    session.pin();
    is_within(&session);
    assert_eq!(taken(&session), alone, "a path that is both is counted once");
    // One changes: the others are still both.
    session.edit(|scenario| {
        scenario.optimizers[2].settings.set("learning_rate", ParameterValue::Real(2e-4)).unwrap();
    });
    step(&mut session);
    let pins = &session.pinned.as_ref().unwrap().paths;
    assert_eq!(pins.iter().filter(|path| session.runs.of_path(&path.trajectory).is_none()).count(), 1);
    // All change.
    session.edit(dragged(3e-4));
    step(&mut session);
    assert_eq!((run_bits(&session), pinned_bits(&session)), (with_rate(3e-4), with_rate(1e-4)));
    let stride = |path: &Trajectory| path.polyline(0).stride();
    let pins = session.pinned().unwrap().paths.iter().map(|path| stride(&path.trajectory));
    assert!(session.paths().map(|path| stride(path.trajectory)).chain(pins).any(|stride| stride > 1));
}
