use super::*;
use crate::expr::Expression;
use crate::objective::Point;
use crate::objective::{Derivatives, Goal, Objective, Problem};
use crate::optimizer::{
    Drawn, Limits, METHODS, OutcomeKind, ParameterValue, Plan, Run, Schedule, ScheduleForm, Settings,
    Trajectory, Value, method,
};

fn read(parameters: &[(&str, f64)], state: &[&str], lines: &[&str]) -> Result<Rule, RuleError> {
    let parameters: Vec<(String, f64)> =
        parameters.iter().map(|(name, v)| ((*name).to_owned(), *v)).collect();
    let [state, lines] =
        [state, lines].map(|texts| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>());
    Rule::new(&parameters, &state, &lines)
}

#[test]
fn what_is_wrong_is_said_at_its_character() {
    let parameters = [("alpha", 0.1), ("beta", 0.9)];
    // The lines, with a mark where one is wrong, and what is said.
    for (lines, words) in [
        (&["theta = theta - alpha*¦q"][..], "unknown name `q`"),
        (&["theta = theta - ¦alhpa*g"], "did you mean `alpha`?"),
        (&["theta = theta - alpha*¦w", "w = g"], "line 2 assigns it; a state vector begins at 0"),
        (&["¦alpha = 2", "theta = theta - g"], "`alpha` is a parameter, which a rule does not change"),
        (&["¦g = 2", "theta = theta - g"], "it is the gradient"),
        (&["¦t = 2", "theta = theta - g"], "it is the number of the step"),
        (&["¦grad = 2", "theta = theta - g"], "grad(…) is the gradient at a point"),
        (&["¦sin = 2", "theta = theta - g"], "it is a function"),
        (&["¦pi = 2", "theta = theta - g"], "it is a number already"),
        (&["¦2v = 2", "theta = theta - g"], "a name is a letter"),
        (&["¦v + w = 2", "theta = theta - g"], "left of `=` stands one name"),
        (&["¦theta - g"], "a line says what a name becomes"),
        (&["theta¦ ="], "`=` needs something to its right"),
        (&["theta = v ¦= g"], "one `=`"),
        (&["theta = theta - ¦grad*alpha"], "`grad` needs a point in parentheses"),
        (&["theta = theta - ¦grad( )"], "`grad` needs a point in parentheses"),
        (&["theta = theta - grad¦(theta - v"], "this `(` is never closed"),
        (&["theta = theta - grad(theta - ¦betta*g)"], "did you mean `beta`?"),
        (&["theta = theta - alpha*grad(theta - grad(¦q))"], "unknown name `q`"),
        (&["theta = theta - ¦grad1"], "did you mean `grad`?"),
        (&["# α is the rate", "θ = θ - ¦β₂*g  # a comment with =, q and grad("], "unknown name `beta2`"),
        (&["theta = theta - sin(¦)"], ""),
    ] {
        let at = lines.iter().position(|line| line.contains('¦')).unwrap();
        let plain: Vec<String> = lines.iter().map(|line| line.replace('¦', "")).collect();
        let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
        let error = read(&parameters, &[], &plain).unwrap_err();
        assert!(error.to_string().contains(words), "{lines:?}: {error}");
        assert_eq!(error.place, RulePlace::Line(at), "{lines:?}: {error}");
        if !words.is_empty() && !words.starts_with("`=` needs") {
            assert_eq!(error.span.start, lines[at].find('¦').unwrap(), "{lines:?}: {error}");
        }
        assert!(plain[at].get(error.span.clone()).is_some(), "{lines:?}: {error:?}");
    }
}

#[test]
fn a_rule_without_a_point_or_with_too_much_is_refused() {
    let many: Vec<(String, f64)> = (0..13).map(|k| (format!("a{k}"), 1.0)).collect();
    let many: Vec<(&str, f64)> = many.iter().map(|(name, v)| (name.as_str(), *v)).collect();
    let vectors: Vec<String> = (0..9).map(|k| format!("v{k}")).collect();
    let vectors: Vec<&str> = vectors.iter().map(String::as_str).collect();
    let long = vec!["theta = theta - g"; 1000];
    let sums = ["v = sum(k, 1, 300, sin(k*g))"; 3];
    let gradients = format!("theta = theta{}", " - grad(theta)".repeat(17));
    let step = &["theta = theta - g"][..];
    for (parameters, state, lines, words) in [
        (&[][..], &[][..], &[][..], "the rule is empty"),
        (&[], &[], &["", "  # nothing"], "the rule is empty"),
        (&[], &["v"], &["v = v + g"], "no line says what theta becomes"),
        (&[], &[], &long, "at most 64 lines, not 1000"),
        (&many, &[], step, "at most 12 parameters, not 13"),
        (&[], &vectors, step, "at most 8 state vectors, not 9"),
        (&[("theta", 1.0)], &[], step, "it is the point"),
        (&[("sin", 1.0)], &[], step, "it is a function"),
        (&[("grad2", 1.0)], &[], step, "grad(…) is the gradient"),
        (&[("α", 1.0), ("alpha", 1.0)], &[], step, "`alpha` is named twice"),
        (&[("v", 1.0)], &["v"], step, "`v` is named twice"),
        (&[], &["a b"], step, "a name is a letter"),
        (&[("a", f64::NAN)], &[], step, "a number from -1000000 to 1000000"),
        (&[], &[], &sums, "more than 1000 operations"),
        (&[], &[], &[gradients.as_str()], "at most 16 gradients"),
    ] {
        let error = read(parameters, state, lines).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn state_that_is_not_declared_is_found() {
    let found = |lines: &[&str]| {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let rule = Rule::with_found_state(&[("beta".to_owned(), 0.9)], &["w".to_owned()], &lines);
        rule.map(|rule| rule.state().to_vec()).map_err(|error| error.to_string())
    };
    assert_eq!(found(&["v = β*v + g", "theta = theta - v"]).unwrap(), ["v"]);
    assert_eq!(found(&["v = beta*w + g", "theta = theta - v"]).unwrap(), ["w"], "as it was declared");
    assert_eq!(found(&["v = 2 g", "theta = theta - v"]).unwrap(), [""; 0], "what is assigned first is none");
    assert!(found(&["theta = theta - q*g"]).unwrap_err().contains("unknown name `q`"));
}

fn settings(parameters: &[(&str, f64)], state: &[&str], lines: &[&str]) -> Settings {
    Settings::of_rule(read(parameters, state, lines).unwrap()).unwrap()
}

fn walk(formula: &str, settings: &Settings, start: [f64; 2], steps: u32) -> Trajectory {
    let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
    let objective = Objective::new(tape, Goal::Minimize, Derivatives::Exact);
    let plan = Plan::new(settings.clone(), start.into(), Limits { steps, tolerance: 0.0 });
    let mut run = Run::new(&Problem::from(&objective), &plan);
    run.finish();
    run.into_trajectory()
}

/// The methods that can be typed, in every form.
fn typed_methods() -> Vec<Settings> {
    let mut all: Vec<Settings> =
        METHODS.iter().filter(|method| !method.only_finds_roots()).map(Settings::defaults).collect();
    for (id, parameter, value) in [
        ("momentum", "form", ParameterValue::Choice("ewma")),
        ("adam", "bias_correction", ParameterValue::Switch(false)),
        ("lion", "weight_decay", ParameterValue::Real(0.1)),
        ("qhadam", "nu2", ParameterValue::Real(0.9)),
    ] {
        let mut other = Settings::defaults(method(id).unwrap());
        other.set(parameter, value).unwrap();
        all.push(other);
    }
    all.retain(|settings| settings.as_own_rule().is_ok());
    all
}

#[test]
fn a_method_as_a_rule_takes_the_same_steps() {
    let all = typed_methods();
    assert_eq!(all.len(), 14 + 4);
    for (formula, start) in [
        ("x^2 + 2*y^2", [1.5, -1.0]),
        ("(x - 1)^2 + (y + 2)^2 + 0.5*x*y", [3.0, 1.0]),
        ("ln(exp(x) + exp(-x)) + ln(exp(y) + exp(-y))", [1.0, -0.7]),
        ("x^2 + y^2 + 0.3*sin(x + y)", [-1.2, 0.4]),
        ("sqrt(1 + x^2) + sqrt(1 + 2*y^2)", [2.0, 1.0]),
    ] {
        for mut own in all.iter().cloned() {
            own.set("learning_rate", ParameterValue::Real(0.03)).unwrap();
            let typed = own.as_own_rule().unwrap();
            let [given, typed] = [&own, &typed].map(|settings| walk(formula, settings, start, 200));
            assert_eq!([given.len(), typed.len()], [201; 2], "{own:?}");
            let far = given.points().zip(typed.points()).map(|(a, b)| (a - b).amax()).fold(0.0, f64::max);
            assert!(far <= 1e-12, "{formula}: {} is {far:e} off", own.method().id);
            assert_eq!(given.evaluations, typed.evaluations, "{}", own.method().id);
        }
    }
}

#[test]
fn what_is_no_list_of_lines_says_why() {
    let why = |settings: &Settings| settings.as_own_rule().unwrap_err();
    for id in ["newton", "ista", "fista"] {
        assert_eq!(why(&Settings::defaults(method(id).unwrap())), NoOwnRule::NoLines, "{id}");
    }
    let gd = Settings::defaults(method("gd").unwrap());
    assert_eq!(why(&gd.as_own_rule().unwrap()), NoOwnRule::IsOwn);
    let mut scheduled = gd.clone();
    scheduled.set_schedule(Some(Schedule::from(ScheduleForm::Constant))).unwrap();
    assert_eq!(why(&scheduled), NoOwnRule::HasSchedule);
    let mut each = gd;
    each.set("learning_rate", ParameterValue::PerVariable([0.1, 0.2])).unwrap();
    assert_eq!(why(&each), NoOwnRule::RatePerVariable);
}

#[test]
fn a_number_that_is_none_ends_the_run() {
    for (lines, kind, words) in [
        (&["theta = theta - g/(t - 3)"][..], OutcomeKind::NotFinite, "at step 3"),
        (&["u = g - g", "theta = theta - u/u"], OutcomeKind::NotFinite, "at step 1"),
        (
            &["theta = theta - grad(ln(theta - 5))"],
            OutcomeKind::NotFinite,
            "the gradient that line 1 of its rule asks for",
        ),
        (&["u = ln(0 - 1)", "theta = theta - 0.1 g"], OutcomeKind::Steps, ""),
    ] {
        let path = walk("x^2 + y^2", &settings(&[], &[], lines), [1.0, 2.0], 9);
        let outcome = path.outcome.unwrap();
        assert!(outcome.kind == kind && outcome.text.contains(words), "{lines:?}: {outcome:?}");
    }
}

#[test]
fn names_are_what_the_line_before_left() {
    // By hand: θ₁ = θ₀ − g(θ₀ − g(θ₀)/4)/2 with g = 2θ is θ₀(1 − (1 − 1/2)) = θ₀/2; t and e are known, letters may touch.
    let lines = ["u = theta - grad(theta)/4", "theta = theta - grad(u)/2 + (t - 1) e*0", "w = w + 2theta"];
    let own = settings(&[], &["w"], &lines);
    let path = walk("x^2 + y^2", &own, [8.0, -4.0], 3);
    let points: Vec<Point> = path.points().collect();
    assert_eq!(points, [[8.0, -4.0], [4.0, -2.0], [2.0, -1.0], [1.0, -0.5]].map(Point::from));
    assert_eq!(path.evaluations.gradient, 4 + 3 * 2);
    let stages = path.stages(1).unwrap();
    let said: Vec<(String, String)> =
        stages.iter().map(|stage| (stage.id.to_string(), stage.formula(None).text)).collect();
    assert_eq!(
        said.iter().map(|(id, text)| [id.as_str(), text.as_str()]).collect::<Vec<_>>(),
        [
            ["gradient", "g ← ∇J(θ)"],
            ["u", "u ← θ − ∇J(θ) / 4"],
            ["theta", "θ ← θ − ∇J(u) / 2 + (t − 1) e 0"],
            ["w", "w ← w + 2 θ"],
            ["point", "θ ← θ"],
        ]
    );
    assert_eq!(stages[3].value, Value::Vector(Point::new(12.0, -6.0)));
    assert!(stages.iter().all(|stage| stage.right.value() == stage.value), "{stages:?}");
}

#[test]
fn every_state_vector_is_drawn_where_the_step_begins() {
    let ball = "v = beta*v + alpha*g";
    let average = "m = beta*m + (1 - beta)*g";
    for (state, lines, labels, is_way) in [
        (&["v"][..], &[ball, "theta = theta - v"][..], &["−v"][..], true),
        (&["v"], &["v = beta*v - alpha*g", "theta = v + theta"], &["v"], true),
        (&["m"], &[average, "theta = theta - alpha*m"], &["m"], false),
        (
            &["m", "s"],
            &[average, "s = s + g^2", "d = m/sqrt(s)", "theta = theta - alpha*d"],
            &["m", "s"],
            false,
        ),
        (&[], &["w = g", "theta = theta - alpha*w"], &[], false),
    ] {
        let rule = settings(&[("alpha", 0.1), ("beta", 0.5)], state, lines);
        let path = walk("x^2 + 3*y^2", &rule, [1.0, -0.5], 3);
        let at = path.point(2).unwrap();
        let stages = path.stages(2).unwrap();
        // The gradient and the step itself are drawn of every method.
        let lines_between = stages[1..stages.len() - 1].iter();
        let drawn: Vec<_> = lines_between.filter_map(|stage| Some((stage, stage.sketch.as_ref()?))).collect();
        let found: Vec<&str> = drawn.iter().map(|(_, sketch)| &*sketch.label).collect();
        assert_eq!(found, labels, "{lines:?}");
        for (stage, sketch) in drawn {
            let Value::Vector(value) = stage.value else { panic!("{lines:?}") };
            match sketch.of {
                Drawn::Way { from, by } => {
                    assert!(is_way && from == at && by.abs() == value.abs(), "{lines:?}");
                    assert_eq!(from + by, path.point(3).unwrap(), "{lines:?}");
                }
                Drawn::Slope { at: from, slope, before: None } => {
                    assert!(!is_way && from == at && slope == value, "{lines:?}");
                }
                _ => panic!("{lines:?}"),
            }
        }
    }
}

#[test]
fn every_function_of_formulas_is_set_as_mathematics_and_gives_its_number() {
    let lines = [
        "m_hat = beta*g^2/(1 - beta^t) + beta^(t + 1)",
        "a = max(abs(g), sqrt(m_hat)) + exp(-g) - sign(g) + min(g, 1, 2)",
        "c = if(g > 0, a, 2a) + sum(k, 1, 3, g^k)",
        "theta = theta - 0.01 tanh(a) + 0*c",
    ];
    let path = walk("x^2 + y^2", &settings(&[("beta", 0.5)], &[], &lines), [1.0, -2.0], 4);
    let stages = path.stages(2).unwrap();
    for stage in &stages {
        let (Value::Vector(said), Value::Vector(is)) = (stage.right.value(), stage.value) else { panic!() };
        assert!((said - is).amax() <= 1e-12, "{stage:?}");
    }
    let latex: Vec<String> = stages.iter().map(|stage| stage.formula(None).latex).collect();
    assert!(latex[1].starts_with(r"\hat{m} \leftarrow \frac{\beta\,g^2}{1 - \beta^t}"), "{latex:?}");
    assert!(latex[2].contains(r"\max(|g|, \sqrt{\hat{m}})"), "{latex:?}");
    assert!(latex[3].contains(r"\begin{cases}") && latex[3].contains(r"\sum"), "{latex:?}");
}
