//! What theory says of the rates of runs, and what comes of each rate.

use downhill::objective::Goal;
use downhill::optimizer::{OutcomeKind, ParameterValue, ScheduleForm, ThresholdKind};
use downhill::scenario::Scenario;
use downhill::session::{Place, RATES, Session};

/// Tries rates until there is nothing more to do, a frame at a time. Returns how many frames that took.
fn fill(session: &mut Session, now: &mut f64) -> u32 {
    session.finish();
    let mut frames = 0;
    while let Some(seconds) = session.try_rates(*now, true) {
        *now += seconds;
        frames += 1;
        assert!(frames < 100_000, "it never ends");
    }
    frames
}

fn set_rate(session: &mut Session, index: usize, rate: f64) {
    session.edit(|scenario| {
        let set = scenario.optimizers[index].settings.set("learning_rate", ParameterValue::Real(rate));
        assert_eq!(set, Ok(()));
    });
    session.finish();
}

#[test]
fn each_piece_of_a_strip_is_what_the_run_with_that_rate_comes_to() {
    let (mut session, mut now) = (Session::new(Scenario::default()), 0.0);
    fill(&mut session, &mut now);
    for index in [0, 1, 2, 6] {
        for piece in (0..RATES).step_by(7) {
            let strip = session.rate_strip(index).unwrap();
            assert!(strip.is_complete() && strip.rates.len() == RATES && strip.steps == 1000);
            let tried = strip.tried[piece].clone();
            assert_eq!(tried.rate, strip.rates[piece]);
            set_rate(&mut session, index, tried.rate);
            let (path, _) = session.trajectory(index).unwrap();
            assert_eq!(path.outcome.as_ref(), Some(&tried.outcome));
            assert_eq!(path.value(path.steps()), Some(tried.value));
        }
    }
}

#[test]
fn strips_are_filled_in_slices_at_rest_dropped_when_stale_and_then_left_alone() {
    let (mut session, mut now) = (Session::new(Scenario::default()), 0.0);
    session.finish();
    // While a hand is down nothing is tried, however long.
    for _ in 0..100 {
        now += 0.1;
        assert!(session.try_rates(now, false).is_some());
    }
    assert_eq!(session.recomputed().rates, 0);
    assert!(session.try_rates(now + 0.1, true).is_some());
    assert_eq!(session.recomputed().rates, 0, "it does not rest yet");
    assert!(fill(&mut session, &mut now) > 3, "all in one slice");
    let all = session.recomputed();
    assert_eq!(all.rates, 7 * RATES as u64);
    for _ in 0..50 {
        now += 1.0;
        assert_eq!(session.try_rates(now, true), None);
    }
    assert_eq!(session.recomputed(), all, "an untouched frame tried rates");
    // The rate itself, the label and the order change nothing of it.
    set_rate(&mut session, 0, 0.002);
    session.edit(|scenario| scenario.optimizers.reverse());
    session.edit(|scenario| scenario.optimizers[3].label = Some("Mine".to_owned()));
    session.finish();
    assert_eq!((session.try_rates(now, true), session.recomputed().rates), (None, all.rates));
    assert!((0..7).all(|index| session.rate_strip(index).unwrap().is_complete()));
    // Another beta is another strip, for that run alone.
    session.edit(|scenario| {
        scenario.optimizers[5].settings.set("beta", ParameterValue::Real(0.5)).unwrap();
    });
    assert!(session.rate_strip(5).is_none(), "it is stale");
    fill(&mut session, &mut now);
    assert_eq!(session.recomputed().rates, all.rates + RATES as u64);
    // Hidden runs have none, and of those that are removed nothing is kept.
    session.edit(|scenario| scenario.optimizers[0].visible = false);
    session.edit(|scenario| drop(scenario.optimizers.remove(1)));
    session.edit(|scenario| scenario.run.start = [0.5, 0.5]);
    session.finish();
    session.try_rates(now, true);
    assert!(session.rate_strip(0).is_none() && session.rate_strip(9).is_none());
    assert!((1..6).all(|index| session.rate_strip(index).unwrap().tried.is_empty()));
    fill(&mut session, &mut now);
    assert_eq!(session.recomputed().rates, all.rates + 6 * RATES as u64);
    // Another cost drops them at once.
    session.edit(|scenario| scenario.cost.constants[1].1 = 50.0);
    session.finish();
    assert!((0..6).all(|index| session.rate_strip(index).is_none()));
}

#[test]
fn runs_at_rates_that_lead_to_several_minima_are_told_apart() {
    let mut scenario = Scenario::of_formula("(x^2+y-11)^2 + (x+y^2-7)^2");
    (scenario.run.start, scenario.run.steps) = ([-0.2, -0.8], 500);
    scenario.optimizers.truncate(2);
    let (mut session, mut now) = (Session::new(scenario), 0.0);
    fill(&mut session, &mut now);
    for index in [0, 1] {
        let strip = session.rate_strip(index).unwrap();
        assert!(strip.minima.len() > 1, "{:?}", strip.minima);
        for tried in strip.tried.iter().filter(|tried| tried.outcome.kind == OutcomeKind::Converged) {
            let minimum = strip.minima[tried.minimum.unwrap()];
            assert!((minimum.value - tried.value).abs() < 1e-9, "{tried:?} {minimum:?}");
            assert!(strip.nearness(tried.value) == 1.0, "{tried:?}");
        }
        let last = strip.tried.last().unwrap();
        assert!(last.is_lost() && last.minimum.is_none(), "{last:?}");
    }
    let momentum = session.rate_strip(1).unwrap().tried;
    let minima: std::collections::HashSet<_> = momentum.iter().filter_map(|tried| tried.minimum).collect();
    assert!(minima.len() > 1, "{minima:?}");
    // The larger the rate the nearer, while it is small.
    let gd = session.rate_strip(0).unwrap();
    let near: Vec<f64> = gd.tried.iter().take(8).map(|tried| gd.nearness(tried.value)).collect();
    assert!(near.windows(2).all(|pair| pair[0] < pair[1]) && near[0] > 0.0, "{near:?}");
}

#[test]
fn strips_of_long_runs_and_of_wild_costs_take_little_and_end() {
    let (mut session, mut now) = (Session::new(Scenario::default()), 0.0);
    session.edit(|scenario| (scenario.run.steps, scenario.run.tolerance) = (1_000_000, 0.0));
    session.edit(|scenario| scenario.optimizers.truncate(1));
    fill(&mut session, &mut now);
    assert_eq!(session.rate_strip(0).unwrap().steps, 10_000);
    for formula in [
        "5",
        "x + y",
        "-x^2 - y^2",
        "ln(x - 300) + y",
        "exp(exp(x^2 + y^2))",
        "sqrt(x) + y^2",
        "1/x + 1/y",
        "abs(x) + abs(y)",
    ] {
        session.set_formula_text(formula);
        assert!(session.formula_error().is_none(), "{formula}");
        session.edit(|scenario| scenario.run.steps = 100);
        fill(&mut session, &mut now);
        let strip = session.rate_strip(0).unwrap();
        assert!(strip.is_complete(), "{formula}");
        for tried in strip.tried {
            let near = strip.nearness(tried.value);
            assert!((0.0..=1.0).contains(&near), "{formula}: {tried:?} {near}");
        }
        session.rate_theory(0, 0);
        session.rate_theory(0, u32::MAX);
    }
    session.set_formula_text("x^2 + (y");
    let before = session.recomputed();
    session.try_rates(now + 9.0, true);
    session.rate_theory(0, 3);
    assert_eq!((session.recomputed().rates, session.recomputed().runs), (before.rates, before.runs));
}

#[test]
fn marks_follow_cost_constants_and_point_and_are_found_once() {
    let mut scenario = Scenario::of_formula("x^2 + k*y^2");
    scenario.cost.constants = vec![("k".to_owned(), 10.0)];
    (scenario.run.start, scenario.run.steps) = ([4.0, 1.0], 100);
    let mut session = Session::new(scenario);
    session.finish();
    let rates = |session: &mut Session, step: u32| {
        let theory = session.rate_theory(0, step);
        theory.marks.iter().map(|mark| (mark.threshold.kind, mark.threshold.rate)).collect::<Vec<_>>()
    };
    use ThresholdKind::{Fastest, Limit};
    assert_eq!(rates(&mut session, 0), [(Limit, 0.1), (Fastest, 2.0 / 22.0)]);
    let made = session.recomputed().curvatures;
    assert_eq!(rates(&mut session, 0), [(Limit, 0.1), (Fastest, 2.0 / 22.0)]);
    assert_eq!(session.recomputed().curvatures, made, "an untouched frame found them again");
    session.edit(|scenario| scenario.cost.constants[0].1 = 50.0);
    session.finish();
    assert_eq!(rates(&mut session, 0), [(Limit, 0.02), (Fastest, 2.0 / 102.0)]);
    session.set_formula_text("2x^2 + 3y^2");
    session.finish();
    assert_eq!(rates(&mut session, 0), [(Limit, 2.0 / 6.0), (Fastest, 0.2)]);
    // On Rosenbrock's valley the present point has a limit of its own, which goes along.
    session.replace(Scenario::default());
    session.finish();
    let at = |session: &mut Session, step| {
        let theory = session.rate_theory(0, step);
        let present = theory.marks.iter().find(|mark| matches!(mark.place, Place::Present(_))).unwrap();
        (theory.marks[0].threshold.rate, present.threshold.rate)
    };
    let ((minimum, begin), (same, later)) = (at(&mut session, 0), at(&mut session, u32::MAX));
    assert!((minimum - 2.0 / 1001.6006).abs() < 1e-8 && minimum == same, "{minimum}");
    assert!(begin < later, "{begin} {later}");
}

#[test]
fn where_there_is_no_bowl_there_is_no_mark_and_it_is_said_why() {
    let mut session = Session::new(Scenario::of_formula("x^2 - y^2"));
    session.finish();
    let theory = session.rate_theory(0, 0);
    assert!(theory.marks.is_empty());
    assert_eq!(
        theory.absent,
        [
            "No mark for the minimum: none with a definite Hessian is found from where the run ends.",
            "No mark for the present point: there the Hessian is not positive definite, with eigenvalues \u{2212}2.0000 and 2.0000.",
        ]
    );
    session.edit(|scenario| scenario.cost.goal = Goal::Maximize);
    session.set_formula_text("3 - x^2 - 10*y^2");
    session.finish();
    let theory = session.rate_theory(0, 0);
    assert_eq!((theory.marks[0].threshold.rate, theory.absent.len()), (0.1, 0));
    // AdaGrad knows none, and misses none.
    let theory = session.rate_theory(3, 0);
    assert!(theory.marks.is_empty() && theory.absent.is_empty());
    assert!(session.rate_theory(99, 0).marks.is_empty());
}

#[test]
fn on_a_schedule_a_strip_is_of_the_schedule_and_no_mark_is_of_a_rate_that_stays() {
    let mut scenario = Scenario::of_formula("x^2 + 10*y^2");
    scenario.optimizers.truncate(1);
    scenario.run.steps = 60;
    let (mut session, mut now) = (Session::new(scenario), 0.0);
    session.finish();
    assert!(!session.rate_theory(0, 0).marks.is_empty());
    let schedule = ScheduleForm::InverseTime { decay: 0.1 }.into();
    session.edit(|s| assert_eq!(s.optimizers[0].settings.set_schedule(Some(schedule)), Ok(())));
    fill(&mut session, &mut now);
    let theory = session.rate_theory(0, 0);
    assert!(theory.marks.is_empty() && theory.absent[0].contains("schedule"), "{theory:?}");
    // The rates of its steps are compared with the limit, 2/20.
    assert_eq!(theory.limits.iter().map(|mark| mark.threshold.rate).collect::<Vec<_>>(), [0.1]);
    for piece in (0..RATES).step_by(9) {
        let tried = session.rate_strip(0).unwrap().tried[piece].clone();
        set_rate(&mut session, 0, tried.rate);
        let (path, _) = session.trajectory(0).unwrap();
        assert!(path.has_schedule());
        assert_eq!(
            (path.outcome.as_ref(), path.value(path.steps())),
            (Some(&tried.outcome), Some(tried.value))
        );
    }
    // With a rate for each variable it is not one number that could be tried.
    let rates = ParameterValue::PerVariable([0.3, 0.04]);
    session.edit(|s| {
        assert_eq!(s.optimizers[0].settings.set("learning_rate", rates), Ok(()));
        assert_eq!(s.optimizers[0].settings.set_schedule(None), Ok(()));
    });
    fill(&mut session, &mut now);
    let theory = session.rate_theory(0, 0);
    assert!(theory.marks.is_empty() && theory.absent[0].contains("each variable"), "{theory:?}");
    assert!(session.rate_strip(0).is_none() && !session.tries_rates(0));
}

#[test]
fn a_schedule_that_is_typed_wrong_is_kept_beside_the_last_good_one() {
    let mut session = Session::new(Scenario::default());
    session.set_schedule_text(0, "1/sqrt(t+1)");
    session.finish();
    let (before, version) = session.trajectory(0).map(|(path, version)| (path.last(), version)).unwrap();
    session.set_schedule_text(0, "1/sqrt(t+k)");
    session.finish();
    assert_eq!((session.schedule_text(0), session.schedule_text(1)), ("1/sqrt(t+k)", ""));
    assert!(session.schedule_error(0).unwrap().to_string().contains("unknown name `k`"));
    assert_eq!(session.trajectory(0).map(|(path, version)| (path.last(), version)), Some((before, version)));
    session.set_schedule_text(0, "1/(t+1)");
    session.finish();
    assert_eq!((session.schedule_text(0), session.schedule_error(0)), ("1/(t+1)", None));
    assert_ne!(session.trajectory(0).map(|(_, version)| version), Some(version));
}
