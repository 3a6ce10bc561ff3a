use super::*;

fn factor(schedule: &Schedule, t: u32) -> f64 {
    schedule.factors().at(t)
}

#[test]
fn what_is_typed_is_in_t_and_what_is_wrong_with_it_is_said_at_its_characters() {
    for (text, t, value) in
        [("1/(1 + 0.01 t)", 100, 0.5), ("1/sqrt(t+1)", 3, 0.5), ("2t", 4, 8.0), ("phi(t) = 3", 9, 3.0)]
    {
        let schedule = ScheduleForm::Typed(TypedFactor::new(text).unwrap()).into();
        assert_eq!(factor(&schedule, t), value, "{text}");
    }
    for (text, at, words) in [
        ("1/(1 + k t)", "k", "unknown name `k`: a schedule is in t"),
        ("1/(1 + x)", "x", "unknown name `x`: a schedule is in t"),
        ("sqr(t+1)", "sqr", "did you mean `sqrt`"),
        ("1/(1 + t", "(", "never closed"),
        ("", "", "type φ in t, such as 1/(1 + 0.01 t)"),
    ] {
        let error = TypedFactor::new(text).unwrap_err();
        assert!(error.to_string().contains(words), "{text}: {error}");
        assert_eq!(text.get(error.span.clone()), Some(at), "{text}: {error}");
    }
}

#[test]
fn a_warm_up_rises_to_what_comes_after_it() {
    let schedule = Schedule { form: ScheduleForm::InverseTime { decay: 1.0 }, warmup: 4 };
    let factors: Vec<f64> = (0..7).map(|t| factor(&schedule, t)).collect();
    assert_eq!(factors, [0.25, 0.5, 0.75, 1.0, 1.0, 0.5, 1.0 / 3.0]);
}

#[test]
fn what_suits_a_run_is_of_its_kind_and_falls_over_its_steps() {
    for steps in [0, 1, 2, 5, 300, 1_000_000] {
        for kind in ScheduleKind::ALL {
            let form = ScheduleForm::suited(*kind, steps);
            assert_eq!(form.kind(), *kind);
            if let ScheduleForm::Piecewise(pieces) = &form {
                assert!(0 < pieces[0].at && pieces[0].at < pieces[1].at, "{pieces:?}");
            }
            let schedule = form.into();
            let [begin, end] = [0, steps.max(4)].map(|t| factor(&schedule, t));
            let is_right = if *kind == ScheduleKind::Constant { end == 1.0 } else { end < 0.5 };
            assert!(begin == 1.0 && is_right && end >= 0.0, "{schedule:?}: {end} after {steps}");
        }
    }
}

#[test]
fn no_schedule_of_any_numbers_panics() {
    let piece = |at, factor| SchedulePiece { at, factor };
    for form in [
        ScheduleForm::Piecewise(Vec::new()),
        ScheduleForm::Piecewise(vec![piece(u32::MAX, -1.0)]),
        ScheduleForm::Step { every: 0, factor: f64::NAN },
        ScheduleForm::Cosine { steps: 0, last: f64::INFINITY },
        ScheduleForm::Exponential { decay: -1e300 },
    ] {
        for t in [0, 1, u32::MAX] {
            factor(&Schedule { form: form.clone(), warmup: t }, t);
        }
    }
}
