//! What is being typed, and may be wrong for a while, belongs to a run or a constraint and not to its place.

use downhill::scenario::Scenario;
use downhill::session::Session;

#[test]
fn what_is_typed_for_a_schedule_goes_with_its_run_and_comes_back_with_it() {
    let mut session = Session::new(Scenario::default());
    session.edit(|s| s.optimizers.insert(2, s.optimizers[1].clone()));
    session.set_schedule_text(2, "1/(t");
    let texts = |session: &Session| -> Vec<String> {
        (0..session.scenario().optimizers.len()).map(|run| session.schedule_text(run).to_owned()).collect()
    };
    let only_at = |place: usize, count: usize| -> Vec<String> {
        (0..count).map(|run| if run == place { "1/(t".to_owned() } else { String::new() }).collect()
    };
    let (before, count) = (session.scenario().clone(), session.scenario().optimizers.len());
    assert_eq!(texts(&session), only_at(2, count), "the run that it is a copy of has none");
    // What is done to the runs, where that one stands then, and what undoes it.
    type Change = fn(&mut Scenario);
    let cases: [(Change, Option<usize>); 6] = [
        (|s| drop(s.optimizers.remove(1)), Some(1)),
        (|s| s.optimizers.swap(1, 2), Some(1)),
        (|s| s.optimizers.rotate_left(1), Some(1)),
        (|s| s.optimizers.push(s.optimizers[2].clone()), Some(2)),
        (|s| drop(s.optimizers.remove(2)), None),
        (|s| s.optimizers[2].visible = false, Some(2)),
    ];
    for (number, (change, place)) in cases.into_iter().enumerate() {
        session.edit(change);
        let count_now = session.scenario().optimizers.len();
        assert_eq!(texts(&session), only_at(place.unwrap_or(count_now), count_now), "change {number}");
        let after = session.scenario().clone();
        session.replace(before.clone());
        assert_eq!(texts(&session), only_at(2, count), "change {number} undone");
        session.replace(after);
        assert_eq!(texts(&session), only_at(place.unwrap_or(count_now), count_now), "change {number} redone");
        session.replace(before.clone());
    }
    // Another formula on its card, as undo may bring one, is not what was being typed.
    session.set_schedule_text(2, "1/(t+1)");
    session.set_schedule_text(2, "1/(t+1");
    session.replace(before);
    assert_eq!(session.schedule_text(2), "");
}

#[test]
fn what_is_typed_for_a_constraint_goes_with_it_and_comes_back_with_it() {
    let mut session = Session::new(Scenario::default());
    assert!(session.add_constraint() && session.add_constraint());
    session.set_constraint_text(1, "x +");
    let before = session.scenario().clone();
    let texts = |session: &Session| [0, 1].map(|place| session.constraint_text(place).to_owned());
    assert_eq!(texts(&session), ["x + y", "x +"]);
    session.remove_constraint(0);
    assert_eq!(texts(&session), ["x +", ""]);
    assert!(session.constraint_error(0).is_some());
    session.replace(before.clone());
    assert_eq!(texts(&session), ["x + y", "x +"], "undone");
    session.edit(|s| s.constraints.swap(0, 1));
    assert_eq!(texts(&session), ["x +", "x + y"]);
    session.remove_constraint(0);
    assert_eq!(texts(&session), ["x + y", ""]);
    session.replace(before);
    assert_eq!(texts(&session), ["x + y", "x +"], "undone");
}
