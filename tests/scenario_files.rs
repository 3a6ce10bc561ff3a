//! Scenario files as a lecturer meets them: every example reads and survives a round trip, every mistake has
//! its exact message, and no text whatever makes the reader panic.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use downhill::builtin::BUILT_INS;
use downhill::landscape::{LevelScale, Region};
use downhill::objective::{Derivatives, Goal};
use downhill::optimizer::{METHODS, Needs, ParameterKind, ParameterValue, Scale, Settings};
use downhill::scenario::{
    Cost, FIRST_METHODS, MAX_FILE_BYTES, OptimizerChoice, Scenario, ScenarioError, read, write,
};

/// The TOML files of a folder of the project, sorted.
fn toml_files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Every example, as text with its name.
fn examples() -> Vec<(String, String)> {
    toml_files("assets/scenarios")
        .iter()
        .map(|path| (file_name(path), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn every_example_reads_and_survives_a_round_trip() {
    let examples = examples();
    assert!(examples.len() >= 10, "{} examples", examples.len());
    for (name, text) in examples {
        let scenario = read(&text, &name).unwrap_or_else(|error| panic!("{error}"));
        assert!(!scenario.title.is_empty() && !scenario.notes.is_empty(), "{name} has no title or no notes");
        let shows_something = !scenario.optimizers.is_empty() || scenario.series.is_some();
        assert!(shows_something, "{name} has no optimizers");
        let written = write(&scenario);
        let again = read(&written, &name).unwrap_or_else(|error| panic!("{error}\n{written}"));
        assert_eq!(again, scenario, "{name}");
        assert_eq!(write(&again), written, "{name}: writing is not stable");
    }
}

/// With `UPDATE_MESSAGES` set, the expected messages are written instead of compared; read the difference.
#[test]
fn every_wrong_file_has_its_exact_message() {
    let files = toml_files("tests/scenarios/bad");
    assert!(files.len() >= 35, "{} wrong files", files.len());
    let mut differences = String::new();
    for path in files {
        let name = file_name(&path);
        let message = match read(&fs::read_to_string(&path).unwrap(), &name) {
            Ok(_) => format!("{name} was accepted"),
            Err(error) => error.to_string(),
        };
        let expected_path = path.with_extension("txt");
        if std::env::var_os("UPDATE_MESSAGES").is_some() {
            fs::write(&expected_path, format!("{message}\n")).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if message != expected.trim_end_matches('\n') {
            differences += &format!("expected {expected}\n     got {message}\n");
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
}

#[test]
fn a_file_with_only_a_function_is_that_built_in() {
    for row in BUILT_INS {
        let scenario = read(&format!("cost.function = '{}'", row.id), "f.toml").unwrap();
        assert_eq!(scenario, Scenario::of_built_in(row), "{}", row.id);
        assert_eq!(scenario.run.start, row.start);
        assert_eq!(scenario.window, Region { x: row.window[0], y: row.window[1] });
        let methods: Vec<&str> = scenario.optimizers.iter().map(|o| o.settings.method().id).collect();
        assert_eq!(methods, FIRST_METHODS);
        for choice in &scenario.optimizers {
            let expected = choice.settings.method().rate_among(row.rates).unwrap();
            assert_eq!(choice.settings.real("learning_rate"), expected, "{} {}", row.id, choice.name());
        }
        assert!(scenario.objective().is_ok(), "{}", row.id);
        assert_eq!(read(&write(&scenario), "f.toml").unwrap(), scenario, "{}", row.id);
    }
}

#[test]
fn a_file_with_only_a_formula_has_sensible_defaults() {
    let scenario = read("[cost]\nformula = 'x^2 + y^2'", "f.toml").unwrap();
    assert_eq!(scenario, Scenario::of_formula("x^2 + y^2"));
    assert_eq!(scenario.window, Region { x: [-3.0, 3.0], y: [-3.0, 3.0] });
    assert_eq!((scenario.run.start, scenario.run.steps, scenario.run.tolerance), ([-2.0, 1.5], 500, 1e-6));
    assert_eq!((scenario.levels.scale, scenario.levels.count), (LevelScale::Quantile, 20));
    assert_eq!(scenario.optimizers.len(), FIRST_METHODS.len());
    for choice in &scenario.optimizers {
        assert_eq!(choice.settings, Settings::defaults(choice.settings.method()));
        assert!(choice.visible && choice.label.is_none());
    }
}

#[test]
fn the_default_start_lies_where_the_formula_is_defined() {
    let scenario = read("[cost]\nformula = 'x*ln(x) + y*ln(y)'", "f.toml").unwrap();
    assert_eq!(scenario.run.start, [2.0, 1.5]);
    let shifted = read("[cost]\nformula = 'x^2+y^2'\n[window]\nx = [0, 6]\ny = [10, 14]", "f.toml").unwrap();
    assert_eq!(shifted.run.start, [1.0, 13.0], "the start moves with the window");
}

#[test]
fn a_function_keeps_the_constants_that_the_file_does_not_name() {
    let scenario = read("[cost]\nfunction = 'rosenbrock'\nconstants = { b = 5 }", "f.toml").unwrap();
    assert_eq!(scenario.cost.constants, [("a".to_owned(), 1.0), ("b".to_owned(), 5.0)]);
    assert_eq!(read(&write(&scenario), "f.toml").unwrap(), scenario);
}

#[test]
fn constants_keep_the_order_of_the_file() {
    let text = "[cost]\nformula = 'z*x + a*y'\n[cost.constants]\nz = 1\na = 2\nm = 3";
    let scenario = read(text, "f.toml").unwrap();
    let names: Vec<&str> = scenario.cost.constants.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["z", "a", "m"]);
    assert_eq!(read(&write(&scenario), "f.toml").unwrap(), scenario);
}

#[test]
fn a_label_stands_for_the_method_unless_it_is_blank() {
    let text = "cost.formula = 'x+y'\n[[optimizer]]\nmethod = 'adam'\n[[optimizer]]\nmethod = 'adam'\nlabel = 'fast'\n[[optimizer]]\nmethod = 'adam'\nlabel = ' '";
    let names: Vec<String> = read(text, "f").unwrap().optimizers.iter().map(OptimizerChoice::name).collect();
    assert_eq!(names, ["Adam", "fast", "Adam"]);
}

#[test]
fn an_empty_list_of_optimizers_stays_empty() {
    let mut scenario = Scenario::of_formula("x+y");
    scenario.optimizers.clear();
    assert_eq!(read(&write(&scenario), "f.toml").unwrap(), scenario);
}

#[test]
fn a_file_that_is_too_large_is_refused_at_its_start() {
    let text = format!("[cost]\nformula = 'x+y'\n#{}", "x".repeat(MAX_FILE_BYTES));
    let error = read(&text, "large.toml").unwrap_err();
    assert_eq!((error.line, error.column), (1, 1));
    assert!(error.message.contains("bytes"), "{error}");
}

#[test]
fn random_scenarios_survive_a_round_trip() {
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..400 {
        let scenario = random_scenario(&mut random);
        let text = write(&scenario);
        let again = read(&text, "random.toml").unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(again, scenario, "{text}");
    }
}

fn random_text(random: &mut fastrand::Rng, most: usize) -> String {
    const ODD: [char; 16] = [
        '"', '\'', '\\', '\n', '\r', '\t', '\0', '\u{7f}', '\u{85}', '\u{feff}', 'θ', '𝛁', '#', '=', ' ', '}',
    ];
    let length = random.usize(0..most);
    (0..length)
        .map(|_| if random.bool() { random.alphanumeric() } else { ODD[random.usize(0..16)] })
        .collect()
}

/// Any finite number: of a usual size, or of any bit pattern.
fn random_real(random: &mut fastrand::Rng) -> f64 {
    if random.bool() {
        return random.f64() * 20.0 - 10.0;
    }
    let number = f64::from_bits(random.u64(..));
    if number.is_finite() { number } else { 0.0 }
}

fn random_side(random: &mut fastrand::Rng) -> [f64; 2] {
    let min = random_real(random) % 1e9;
    [min, min + 1.0 + random.f64() * 10.0]
}

fn random_scenario(random: &mut fastrand::Rng) -> Scenario {
    let mut scenario = if random.bool() {
        let row = &BUILT_INS[random.usize(0..BUILT_INS.len())];
        Scenario::of_built_in(row)
    } else {
        let formulas = ["x^2+10*y^2", "ln(1+exp(-(x+2y)))", " |x| + y² ", "sin(x)·y − π"];
        let mut scenario = Scenario::of_formula(*random.choice(&formulas).unwrap());
        if random.bool() {
            scenario.cost = Cost::of_formula("(u - θ₁)^2 + k_2*w_b");
            scenario.cost.variables = ["u".to_owned(), "w_b".to_owned()];
            scenario.cost.constants = vec![("θ₁".to_owned(), 0.0), ("k_2".to_owned(), 0.0)];
        }
        scenario
    };
    scenario.title = random_text(random, 40);
    scenario.notes = random_text(random, 200);
    for (_, value) in &mut scenario.cost.constants {
        *value = random_real(random);
    }
    for name in scenario.cost.constants.iter().map(|(name, _)| name) {
        if random.bool() {
            scenario.sliders.push((name.clone(), random_side(random)));
        }
    }
    scenario.cost.goal = if random.bool() { Goal::Minimize } else { Goal::Maximize };
    if random.bool() {
        scenario.cost.derivatives = Derivatives::CentralDifference { step: 1e-9 + random.f64() };
    }
    scenario.window = Region { x: random_side(random), y: random_side(random) };
    scenario.levels.count = random.u16(1..=200);
    scenario.levels.scale =
        *random.choice(&[LevelScale::Linear, LevelScale::Log, LevelScale::Quantile]).unwrap();
    scenario.run.start = [random_real(random), random_real(random)];
    scenario.run.steps = random.u32(1..=1_000_000);
    scenario.run.tolerance = random.f64();
    scenario.optimizers = (0..random.usize(0..9)).map(|_| random_optimizer(random)).collect();
    scenario
}

fn random_optimizer(random: &mut fastrand::Rng) -> OptimizerChoice {
    // One that needs rows is in no scenario without them.
    let methods: Vec<_> = METHODS
        .iter()
        .filter(|method| !method.only_finds_roots())
        .filter(|method| method.needs != Needs::Residuals)
        .collect();
    let method = methods[random.usize(0..methods.len())];
    let mut choice = OptimizerChoice::new(Settings::defaults(method));
    for parameter in method.parameters {
        let value = match &parameter.kind {
            ParameterKind::Real { slider: [low, high], scale, .. } => {
                let number = low + random.f64() * (high - low);
                ParameterValue::Real(if *scale == Scale::Whole { number.round() } else { number })
            }
            ParameterKind::Choice { options, .. } => {
                ParameterValue::Choice(options[random.usize(0..options.len())].0)
            }
            ParameterKind::Switch { .. } => ParameterValue::Switch(random.bool()),
            ParameterKind::Interval { default } => ParameterValue::Interval(*default),
        };
        choice.settings.set(parameter.id, value).unwrap();
    }
    choice.label = random.bool().then(|| random_text(random, 30));
    choice.visible = random.bool();
    choice
}

/// The place of an error exists in the text.
fn assert_inside(error: &ScenarioError, text: &str) {
    let line =
        text.split('\n').nth(error.line - 1).unwrap_or_else(|| panic!("{error}: no such line\n{text}"));
    assert!(
        (1..=line.chars().count() + 1).contains(&error.column),
        "{error}: no such column in {line:?}\n{text}"
    );
    assert!(text.get(error.span.clone()).is_some(), "{error}: span {:?}\n{text}", error.span);
    assert!(!error.message.is_empty());
}

#[test]
fn mutated_files_never_panic_and_errors_lie_inside() {
    let mut random = fastrand::Rng::with_seed(11);
    let mut sources: Vec<String> = examples().into_iter().map(|(_, text)| text).collect();
    sources.extend(toml_files("tests/scenarios/bad").iter().map(|path| fs::read_to_string(path).unwrap()));
    let mut refused = 0;
    for _ in 0..6000 {
        let mut bytes = random.choice(&sources).unwrap().clone().into_bytes();
        for _ in 0..random.usize(1..6) {
            mutate(&mut bytes, &sources, &mut random);
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Err(error) = read(&text, "mutated.toml") {
            refused += 1;
            assert_inside(&error, &text);
        }
    }
    assert!(refused > 1000, "only {refused} were wrong");
}

fn mutate(bytes: &mut Vec<u8>, sources: &[String], random: &mut fastrand::Rng) {
    const PIECES: [&str; 20] = [
        "\"", "'", "\"\"\"", "'''", "[", "]", "[[", "]]", "{", "}", "=", ",", "\n", "inf", "-nan", "1e999",
        "\\u03b8", "θ", "\u{feff}", "0x_",
    ];
    let at = random.usize(0..=bytes.len());
    match random.u8(0..5) {
        0 => bytes.truncate(at),
        1 if at < bytes.len() => bytes[at] = random.u8(..),
        2 if at < bytes.len() => {
            let end = (at + random.usize(1..20)).min(bytes.len());
            bytes.drain(at..end);
        }
        3 => {
            let other = random.choice(sources).unwrap().as_bytes();
            let from = random.usize(0..=other.len());
            let to = (from + 30).min(other.len());
            bytes.splice(at..at, other[from..to].iter().copied());
        }
        _ => {
            let piece = PIECES[random.usize(0..PIECES.len())];
            bytes.splice(at..at, piece.bytes());
        }
    }
}
