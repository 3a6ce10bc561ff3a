use super::*;
use crate::expr::Expression;
use crate::objective::{Derivatives, Goal, Objective, Point};
use crate::optimizer::{Limits, Run, method};

fn problem(formula: &str) -> Problem {
    let tape = Expression::parse(formula).and_then(|read| read.compile(["x", "y"], &[])).unwrap();
    Objective::new(tape, Goal::Minimize, Derivatives::Exact).into()
}

#[test]
fn each_pair_is_the_run_with_these_parameters() {
    let problem = problem("x^2 + 10*y^2");
    let settings = Settings::defaults(method("momentum").unwrap());
    let plan = Plan::new(settings.clone(), Point::new(4.0, 1.0), Limits { steps: 120, tolerance: 1e-4 });
    let ranges = [
        Range::new(&settings, "learning_rate", Some([1e-4, 1.0])).unwrap(),
        Range::new(&settings, "beta", Some([0.0, 0.99])).unwrap(),
    ];
    let mut search = SweepSearch::new(&problem, &plan, ranges, [9, 5], NonZeroUsize::MIN);
    while !search.advance(1000) {
        assert!(search.sweep().is_none());
    }
    let sweep = search.sweep().unwrap();
    assert_eq!((sweep.size(), sweep.ends.len()), ([9, 5], 45));
    // By powers of ten along the rate, evenly along β.
    assert_eq!((sweep.pair(0), sweep.pair(44)), ([1e-4, 0.0], [1.0, 0.99]));
    let [rate, beta] = sweep.pair(4 + 2 * 9);
    assert!((rate - 1e-2).abs() < 1e-15 && (beta - 0.495).abs() < 1e-15);
    for (place, end) in sweep.ends.iter().enumerate() {
        let [rate, beta] = sweep.pair(place);
        let mut settings = settings.clone();
        settings.set("learning_rate", ParameterValue::Real(rate)).unwrap();
        settings.set("beta", ParameterValue::Real(beta)).unwrap();
        let mut run = Run::new(&problem, &Plan { settings, ..plan.clone() });
        run.finish();
        let end = end.unwrap();
        assert_eq!(run.trajectory().outcome.as_ref().unwrap().kind, end.kind);
        assert_eq!((run.trajectory().steps(), run.trajectory().last()), (end.step as usize, Some(end.at)));
    }
}

#[test]
fn a_range_that_cannot_be_gone_through_says_why() {
    let settings = Settings::defaults(method("momentum").unwrap());
    let why = |id: &str, ends: [f64; 2]| Range::new(&settings, id, Some(ends)).unwrap_err().to_string();
    assert_eq!(
        why("learning-rat", [0.1, 1.0]),
        "Momentum has no parameter `learning-rat` that is a number: did you mean `learning_rate`?"
    );
    assert_eq!(
        why("form", [0.0, 1.0]),
        "Momentum has no parameter `form` that is a number: it has learning_rate, beta"
    );
    assert_eq!(
        why("learning_rate", [1.0, 0.1]),
        "the range of `learning_rate` from 1.0 to 0.1 is empty: its first value must be below its last"
    );
    assert!(why("beta", [0.0, 1.0]).starts_with("1.0 is no value of `beta`: "));
    assert!(why("beta", [f64::NAN, 0.5]).starts_with("NaN is no value of `beta`: "));
    let whole = Range::new(&settings, "beta", None).unwrap();
    assert!(whole.ends[0] < whole.ends[1]);
    assert_eq!(whole.share(whole.at(0.25)), 0.25);
}
