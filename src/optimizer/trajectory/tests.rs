use super::super::{Limits, METHODS, RateForm, Run, ScheduleForm, Settings};
use super::*;
use crate::expr::Expression;
use crate::objective::{Derivatives, Goal, Objective};

#[test]
fn what_was_let_go_is_found_again_bit_for_bit() {
    let tape =
        Expression::parse("(1-x)^2 + 100*(y-x^2)^2 + sin(9x)").unwrap().compile(["x", "y"], &[]).unwrap();
    for derivatives in [Derivatives::Exact, Derivatives::CentralDifference { step: 1e-5 }] {
        let objective = Objective::new(tape.clone(), Goal::Maximize, derivatives);
        // The others arrive, or stall, before there is anything to let go.
        for method in METHODS.iter().filter(|method| method.rate != RateForm::Fixed) {
            let mut settings = Settings::defaults(method);
            // What grows with the square of the steps would leave too soon.
            let rate = if method.id == "fista" { 1e-15 } else { 1e-9 };
            let id = if settings.own_rule().is_some() { "alpha" } else { "learning_rate" };
            settings.set(id, super::super::ParameterValue::Real(rate)).unwrap();
            if derivatives != Derivatives::Exact {
                // Whatever a method makes of a rate that changes, and of one for each variable.
                let _ = settings.set_schedule(Some(ScheduleForm::InverseRoot { decay: 0.1 }.into()));
                let each = super::super::ParameterValue::PerVariable([rate, 0.5 * rate]);
                let _ = settings.set("learning_rate", each);
            }
            let limits = Limits { steps: 3 * CHUNK as u32 + 10, tolerance: 0.0 };
            let plan = Plan::new(settings, Point::new(-1.2, 1.0), limits);
            let mut run = Run::new(&Problem::from(&objective), &plan);
            run.finish();
            let whole = run.into_trajectory();
            assert_eq!(whole.chunks.len(), 4, "{}", method.id);
            let points: Vec<Point> = whole.points().collect();
            assert_eq!((points.len(), whole.last()), (whole.len(), points.last().copied()));
            let beyond = whole.len();
            let (mut less, mut passes) = (whole.clone(), 0);
            loop {
                let before = less.bytes_of_lists() + less.bytes_of_points();
                less.keep_lists_within(less.bytes_of_lists() - 1);
                if less.let_go == 3 && passes > 1 {
                    less.keep_points_within(less.bytes_of_points() - 1);
                }
                if less.bytes_of_lists() + less.bytes_of_points() == before {
                    break;
                }
                passes += 1;
                assert!(less == whole, "{} at {passes}", method.id);
                for entry in [2 * CHUNK - 1, 5, 2 * CHUNK, CHUNK + 1, CHUNK, 3 * CHUNK + 10] {
                    assert_eq!(less.point(entry), Some(points[entry]));
                    assert_eq!(less.entry(entry), whole.entry(entry));
                    assert_eq!(less.more(entry), whole.more(entry));
                    assert_eq!(less.stages(entry), whole.stages(entry));
                }
                assert_eq!((less.point(beyond), less.entry(beyond)), (None, None));
                assert_eq!(less.stages(beyond), None);
            }
            assert_eq!((less.let_go, less.polyline(0).stride(), passes), (3, 2187, 9), "{}", method.id);
            assert!(4 * less.bytes_of_lists() < 3 * whole.bytes_of_lists(), "{}", method.id);
            assert!(3 * less.bytes_of_points() < 2 * whole.bytes_of_points(), "{}", method.id);
        }
    }
}

#[test]
fn a_run_goes_on_with_fewer_of_its_points_as_with_all_and_is_drawn_to_its_exact_end() {
    let tape = Expression::parse("x^2 + 3*y^2 + sin(x)").unwrap().compile(["x", "y"], &[]).unwrap();
    let objective = Objective::new(tape, Goal::Minimize, Derivatives::Exact);
    let mut settings = Settings::defaults(&METHODS[0]);
    settings.set("learning_rate", super::super::ParameterValue::Real(1e-5)).unwrap();
    let limits = Limits { steps: 12 * CHUNK as u32 + 77, tolerance: 0.0 };
    let plan = Plan::new(settings, Point::new(-1.2, 1.0), limits);
    let mut whole = Run::new(&Problem::from(&objective), &plan);
    whole.finish();
    let whole = whole.into_trajectory();
    let points: Vec<Point> = whole.points().collect();
    let mut random = fastrand::Rng::with_seed(5);
    for _ in 0..5 {
        let mut run = Run::new(&Problem::from(&objective), &plan);
        let mut strides = Vec::new();
        while !run.is_over() {
            run.advance(random.u32(1..9000));
            run.trajectory_mut().keep_points_within(random.usize(..whole.bytes_of_points()));
            let path = run.trajectory();
            for step in [0, 1, random.usize(..path.len()), path.steps(), path.steps() + 1] {
                let drawn = path.polyline(step as u32);
                let step = step.min(path.steps());
                assert_eq!(path.point_at(step as u32), Some(points[step]));
                assert_eq!(drawn.from(0).next(), Some(&points[0]), "the start");
                assert_eq!(drawn.last(), Some(points[step]), "the end");
                let first = random.usize(..=drawn.len());
                let places: Vec<usize> = (first..drawn.len()).map(|place| drawn.step(place)).collect();
                assert!(places.iter().all(|step| *step < path.len()) && places.is_sorted());
                assert!(drawn.from(first).eq(places.iter().map(|step| &points[*step])));
                let steps = (1..drawn.len()).map(|place| drawn.step(place) - drawn.step(place - 1));
                assert!(
                    steps.enumerate().all(|(k, n)| n <= drawn.stride() && drawn.is_a_step(k + 1) == (n == 1))
                );
                let last = drawn.len() - 1;
                let gap = step - drawn.step(last);
                assert!(gap < drawn.stride() && drawn.end().is_some() == (gap > 0), "{gap}");
            }
            strides.push(path.polyline(0).stride());
        }
        assert!(strides.is_sorted() && strides.last() > Some(&1), "{strides:?}");
        assert!(*run.trajectory() == whole);
    }
}
