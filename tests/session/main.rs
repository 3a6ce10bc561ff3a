//! What a session derives from its scenario: as if made afresh after any edits, and made again only where it must be.

mod drafts;
mod edits;
mod rates;

use downhill::builtin::BUILT_INS;
use downhill::landscape::{LevelScale, Levels, Region};
use downhill::objective::Goal;
use downhill::optimizer::{ParameterValue, Run};
use downhill::scenario::{ConstraintChoice, MAX_CONSTANTS, Scenario, examples, read, write};
use downhill::session::{Detail, Recomputed, Session};

use edits::{View, edit_somehow};

const SCALES: [LevelScale; 3] = [LevelScale::Linear, LevelScale::Log, LevelScale::Quantile];

/// With every isoline that the nodes can follow.
fn detail(nodes: [usize; 2]) -> Detail {
    Detail { nodes, isoline_points: usize::MAX, work: u64::MAX, grows: false }
}

/// Everything that is derived, in words: so that values that are not numbers are equal to themselves.
fn derived(session: &mut Session, view: View) -> Vec<String> {
    session.finish();
    let mut parts = vec![
        format!("longest run {}", session.longest_run()),
        format!("optima {:?}", session.known_optima()),
        format!("objective {:?}", session.objective()),
        format!("built-in {:?}", session.built_in().map(|row| row.id)),
    ];
    for index in 0..=session.scenario().optimizers.len() {
        parts.push(format!("run {index} {:?}", session.trajectory(index).map(|(path, _)| path)));
    }
    if let Some(surface) = session.surface(view.region, detail(view.resolution)) {
        parts.push(format!("{:?}", surface.field));
        parts.push(format!("{:?}", surface.isolines));
        parts.push(format!("{:?}", surface.shades));
    }
    parts
}

#[test]
fn after_any_edits_everything_is_as_if_made_afresh() {
    for seed in 0..150 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut scenario = Scenario::default();
        scenario.run.steps = 100;
        let mut view = View { region: scenario.window, resolution: [24, 17] };
        let mut session = Session::new(scenario);
        let mut done = Vec::new();
        for _ in 0..40 {
            done.push(edit_somehow(&mut random, &mut session, &mut view));
            // What is derived is not asked for after every edit.
            match random.u8(0..4) {
                0 => _ = session.update(),
                1 => _ = session.surface(view.region, detail(view.resolution)),
                _ => {}
            }
            if random.u8(0..8) > 0 {
                continue;
            }
            let ours = derived(&mut session, view);
            let mut fresh = Session::new(session.scenario().clone());
            for (held, made) in ours.iter().zip(&derived(&mut fresh, view)) {
                assert_eq!(held, made, "seed {seed}, after {done:#?}");
            }
            let held = session.scenario();
            let again = read(&write(held), "held")
                .unwrap_or_else(|error| panic!("seed {seed}, after {done:#?}: {error}"));
            assert_eq!(again, *held, "seed {seed}, after {done:#?}");
            match session.formula_error() {
                None => assert_eq!(session.formula_text(), session.scenario().cost.formula(), "seed {seed}"),
                Some(error) => assert!(session.formula_text().get(error.span.clone()).is_some()),
            }
        }
    }
}

#[test]
fn a_formula_has_no_more_constants_than_a_file_may_hold() {
    let letters = |count: usize| (0..count).map(|i| format!("a{i}*x")).collect::<Vec<_>>().join(" + ");
    let mut session = Session::new(Scenario::default());
    session.set_formula_text(&letters(MAX_CONSTANTS));
    assert_eq!(session.formula_error(), None);
    let held = session.scenario().clone();
    assert_eq!(read(&write(&held), "held").unwrap(), held);
    let text = letters(MAX_CONSTANTS + 1);
    session.set_formula_text(&text);
    let error = session.formula_error().unwrap();
    assert_eq!((error.to_string().as_str(), &text[error.span.clone()]), (TOO_MANY, "a32"));
    assert_eq!(*session.scenario(), held);
}

const TOO_MANY: &str = "`a₃₂` is one constant too many: a cost has at most 32";

#[test]
fn of_a_changed_cost_the_words_that_came_with_it_go_and_those_that_were_written_stay() {
    let example = |id: &str| examples().iter().find(|example| example.id == id).unwrap().scenario.clone();
    for given in [Scenario::default(), example("himmelblau")] {
        for [title, notes] in [["", ""], ["My valley", ""], ["", "Look at $x$ first."], ["Mine", "Mine"]] {
            let mut session = Session::new(given.clone());
            session.edit(|scenario| {
                let set = |word: &mut String, mine: &str| {
                    if !mine.is_empty() {
                        mine.clone_into(word);
                    }
                };
                set(&mut scenario.title, title);
                set(&mut scenario.notes, notes);
            });
            session.set_formula_text("x^2 + 3*y^2");
            let scenario = session.scenario();
            assert_eq!([&scenario.title, &scenario.notes], [title, notes], "of {}", given.title);
        }
    }
}

#[test]
fn a_constant_keeps_its_value_however_it_is_spelled() {
    let mut scenario = Scenario::of_formula("λ*x^2 + theta_2*y^2");
    scenario.cost.constants = vec![("λ".to_owned(), 3.0), ("theta_2".to_owned(), 5.0)];
    let mut session = Session::new(scenario);
    session.set_formula_text("lambda*x^2 + 2*theta2*y^2");
    let constants: Vec<f64> = session.scenario().cost.constants.iter().map(|(_, value)| *value).collect();
    assert_eq!(constants, [3.0, 5.0]);
}

/// What an edit alone makes the session compute again.
fn cost_of(change: impl FnOnce(&mut Session, &mut View)) -> Recomputed {
    let mut session = Session::new(Scenario::default());
    let mut view = View { region: session.scenario().window, resolution: [32, 24] };
    let look = |session: &mut Session, view: View| {
        session.finish();
        session.surface(view.region, detail(view.resolution)).map(|surface| surface.isolines.len());
        session.recomputed()
    };
    let before = look(&mut session, view);
    change(&mut session, &mut view);
    let after = look(&mut session, view);
    assert_eq!(look(&mut session, view), after, "a second look made something again");
    Recomputed {
        objectives: after.objectives - before.objectives,
        runs: after.runs - before.runs,
        fields: after.fields - before.fields,
        isolines: after.isolines - before.isolines,
        curves: after.curves - before.curves,
        curvatures: after.curvatures - before.curvatures,
        rates: after.rates - before.rates,
        solutions: after.solutions - before.solutions,
        contoured: after.contoured - before.contoured,
    }
}

#[test]
fn an_edit_makes_again_what_depends_on_it_and_nothing_else() {
    type Edit = fn(&mut Session, &mut View);
    // The edit, then the objectives, runs, fields and sets of isolines that are made.
    let table: &[(&str, Edit, [u64; 4])] = &[
        ("nothing", |_, _| {}, [0, 0, 0, 0]),
        ("learning rate", |s, _| set_rate(s, 0, 0.000_25), [0, 1, 0, 0]),
        ("the same learning rate", |s, _| set_rate(s, 0, rate(s, 0)), [0, 0, 0, 0]),
        ("start", |s, _| s.edit(|s| s.run.start = [0.5, 0.5]), [0, 7, 0, 0]),
        ("a constraint", |s, _| assert!(s.add_constraint()), [0, 7, 0, 0]),
        (
            "a constraint that does not count",
            |s, _| {
                s.edit(|s| {
                    s.constraints
                        .push(ConstraintChoice { enabled: false, ..ConstraintChoice::of_formula("x") });
                });
            },
            [0, 0, 0, 0],
        ),
        ("a treatment without a constraint", |s, _| s.edit(|s| s.treatment.mu = 3.0), [0, 0, 0, 0]),
        ("steps", |s, _| s.edit(|s| s.run.steps += 1), [0, 7, 0, 0]),
        ("tolerance", |s, _| s.edit(|s| s.run.tolerance = 0.0), [0, 7, 0, 0]),
        ("constant", |s, _| s.edit(|s| s.cost.constants[1].1 = 50.0), [1, 7, 1, 1]),
        ("goal", |s, _| s.edit(|s| s.cost.goal = Goal::Maximize), [1, 7, 1, 1]),
        ("formula", |s, _| s.set_formula_text("x^2 + y^2"), [1, 7, 1, 1]),
        ("wrong formula", |s, _| s.set_formula_text("x^2 + (y"), [0, 0, 0, 0]),
        ("pan", |_, v| v.region.x = v.region.x.map(|x| x + 0.5), [0, 0, 1, 1]),
        ("resolution", |_, v| v.resolution = [64, 48], [0, 0, 1, 1]),
        ("level count", |s, _| s.edit(|s| s.levels.count = 7), [0, 0, 0, 1]),
        ("level scale", |s, _| s.edit(|s| s.levels.scale = LevelScale::Linear), [0, 0, 0, 1]),
        ("title and notes", |s, _| s.edit(|s| s.title = s.notes.clone() + "!"), [0, 0, 0, 0]),
        ("the window that is kept", |s, _| s.edit(|s| s.window.x = [-9.0, 9.0]), [0, 0, 0, 0]),
        ("label", |s, _| s.edit(|s| s.optimizers[2].label = Some("Mine".to_owned())), [0, 0, 0, 0]),
        ("visibility", |s, _| s.edit(|s| s.optimizers[2].visible = false), [0, 0, 0, 0]),
        ("order", |s, _| s.edit(|s| s.optimizers.reverse()), [0, 0, 0, 0]),
        ("remove", |s, _| s.edit(|s| drop(s.optimizers.remove(3))), [0, 0, 0, 0]),
        ("duplicate", |s, _| s.edit(|s| s.optimizers.push(s.optimizers[3].clone())), [0, 1, 0, 0]),
        ("the same scenario", |s, _| s.replace(s.scenario().clone()), [0, 0, 0, 0]),
        ("another scenario", |s, _| s.replace(Scenario::of_built_in(&BUILT_INS[0])), [1, 7, 1, 1]),
    ];
    for (edit, change, expected) in table {
        let Recomputed { objectives, runs, fields, isolines, .. } = cost_of(change);
        assert_eq!([objectives, runs, fields, isolines], *expected, "{edit}");
    }
}

#[test]
fn the_plot_and_the_preview_of_a_figure_do_not_push_each_other_out() {
    let mut session = Session::new(Scenario::default());
    let plot = session.scenario().window;
    let preview = Region { x: [-1.0, 1.0], ..plot };
    let looks = [(plot, [40, 30]), (preview, [16, 9])];
    let mut versions = Vec::new();
    for _ in 0..5 {
        for (region, nodes) in looks {
            let surface = session.surface(region, detail(nodes)).unwrap();
            assert_eq!([surface.field.columns, surface.field.rows], nodes);
            versions.push((surface.isolines_version, surface.shades_version));
        }
    }
    let Recomputed { fields, isolines, .. } = session.recomputed();
    assert_eq!((fields, isolines), (2, 2));
    assert!(versions.chunks(2).all(|pair| pair == &versions[..2]) && versions[0] != versions[1]);
}

fn rate(session: &Session, index: usize) -> f64 {
    session.scenario().optimizers[index].settings.real("learning_rate")
}

fn set_rate(session: &mut Session, index: usize, rate: f64) {
    let value = ParameterValue::Real(rate);
    session.edit(|s| assert_eq!(s.optimizers[index].settings.set("learning_rate", value), Ok(())));
}

#[test]
fn a_long_run_is_taken_in_slices_that_leave_no_trace() {
    let mut scenario = Scenario::default();
    scenario.run.steps = 60_000;
    scenario.run.tolerance = 0.0;
    let mut session = Session::new(scenario.clone());
    let taken = |session: &Session| -> usize {
        (0..7).filter_map(|index| session.trajectory(index)).map(|(path, _)| path.steps()).sum()
    };
    let (mut before, mut slices) = (taken(&session), 1);
    while !session.update() {
        slices += 1;
        assert!(taken(&session) - before <= 100_000);
        before = taken(&session);
        if slices == 2 {
            // The first run begins again, the others go on where they are.
            before -= session.trajectory(0).unwrap().0.steps();
            set_rate(&mut session, 0, 0.000_1);
        }
    }
    assert!(slices >= 4, "{slices} slices");
    let problem = session.scenario().problem().unwrap();
    for (path, plan) in session.paths().zip(session.scenario().plans()) {
        let mut whole = Run::new(&problem, &plan);
        whole.finish();
        let sliced = path.trajectory;
        assert!(sliced == whole.trajectory(), "{}: {:?}", path.choice.name(), sliced.outcome);
    }
}

#[test]
fn costs_that_are_undefined_infinite_or_flat_somewhere_are_data() {
    type Formula = fn(f64, f64) -> f64;
    let formulas: &[(&str, Formula)] = &[
        ("ln(x)", |x, _| x.ln()),
        ("ln(x) + ln(y)", |x, y| x.ln() + y.ln()),
        ("3", |_, _| 3.0),
        ("0*x", |_, _| 0.0),
        ("1/x", |x, _| 1.0 / x),
        ("1/(x-x)", |_, _| f64::NAN),
        ("1/(x-x) - 1/(y-y)", |_, _| f64::NAN),
        ("1e300*x^2", |x, _| 1e300 * x * x),
        ("1e308*(x+y)", |x, y| 1e308 * (x + y)),
        ("1e-320*x", |x, _| 1e-320 * x),
        ("x^0.5", |x, _| x.powf(0.5)),
        ("sqrt(-1)", |_, _| f64::NAN),
        ("sqrt(-1) + x", |_, _| f64::NAN),
        ("exp(1000*x)", |x, _| (1000.0 * x).exp()),
        ("x^y", |x, y| x.powf(y)),
        ("floor(x)", |x, _| x.floor()),
        ("max(x, y)", |x, y| x.max(y)),
        ("tan(3*x)", |x, _| (3.0 * x).tan()),
        ("sqrt(1 - x^2 - y^2)", |x, y| (1.0 - x * x - y * y).sqrt()),
        ("1/0 + x*0", |_, _| f64::INFINITY),
    ];
    let region = Region { x: [-2.0, 2.0], y: [-1.0, 2.0] };
    for (text, formula) in formulas {
        let mut scenario = Scenario::of_formula(*text);
        scenario.run.steps = 40;
        let mut session = Session::new(scenario);
        assert_eq!(session.formula_error(), None, "{text}");
        for scale in SCALES {
            let levels = Levels { scale, count: 12 };
            session.edit(|s| s.levels = levels);
            session.update();
            let surface = session.surface(region, detail([41, 31])).unwrap();
            let nodes = surface
                .field
                .ys()
                .into_iter()
                .flat_map(|y| surface.field.xs().into_iter().map(move |x| (x, y)));
            let undefined = nodes.filter(|(x, y)| !formula(*x, *y).is_finite()).count();
            assert_eq!(surface.field.undefined_share(), undefined as f64 / (41.0 * 31.0), "{text}");
            let values = levels.values(surface.field);
            assert!(values.iter().all(|value| value.is_finite()), "{text}, {scale:?}: {values:?}");
            assert!(values.is_sorted_by(|a, b| a < b), "{text}, {scale:?}: {values:?}");
            assert!(values.len() <= 24, "{text}, {scale:?}: {values:?}");
            for line in surface.isolines {
                assert!(line.points.iter().all(|at| region.contains(*at)), "{text}: {line:?}");
            }
        }
        for goal in [Goal::Minimize, Goal::Maximize] {
            for start in [[-1.0, 1.0], [0.0, 0.0], [1.0, -0.5], [0.3, 0.2], [1e300, -1e300], [1e-300, 1.0]] {
                session.edit(|s| s.cost.goal = goal);
                session.edit(|s| s.run.start = start);
                session.finish();
                for index in 0..session.scenario().optimizers.len() {
                    let (path, _) = session.trajectory(index).unwrap();
                    let outcome = path.outcome.as_ref().unwrap();
                    assert_eq!(outcome.step as usize, path.steps(), "{text} from {start:?}: {outcome:?}");
                    let mut later = path.points().zip(path.values()).skip(1);
                    let finite = |(at, value): (downhill::objective::Point, f64)| {
                        at.iter().all(|c| c.is_finite()) && value.is_finite()
                    };
                    assert!(later.all(finite), "{text} from {start:?}: {outcome:?}");
                }
            }
        }
    }
}
