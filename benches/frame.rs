//! CPU time of a frame of the window, layout and tessellation without rasterizing, at 1280×800 points with seven paths of
//! 1,000 steps: untouched, while a learning rate is dragged, while a constant is dragged, while the start is dragged, and
//! while the view is panned. The same with twenty paths and cards, with charts and a step beside the plot, and with the graph of a large cost. Rows of data beside the plot, of which one is
//! dragged. With 1,000,000 steps: untouched, under a moving pointer, and panned.

#![allow(clippy::print_stdout, reason = "a bench reports on standard output")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot find its slider has nothing to report")]
#![allow(clippy::disallowed_methods, reason = "rows need not be the same on every platform")]

use std::sync::Arc;

use cpu_time::ThreadTime;
use downhill::data::Table;
use downhill::landscape::SolutionSearch;
use downhill::objective::Relation;
use downhill::optimizer::{METHODS, Needs};
use downhill::scenario::{ConstraintChoice, Loss, OptimizerChoice, Scenario};
use downhill::ui::{App, prepare};
use downhill::work::{PART_OF_A_FRAME, Work as _};
use egui::accesskit::Role;
use egui::{Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2};

const SIZE: egui::Vec2 = vec2(1280.0, 800.0);
const FRAMES: usize = 60;

/// A window without a window.
struct Headless {
    context: Context,
    app: App,
    time: f64,
}

impl Headless {
    fn new(steps: u32) -> Self {
        Self::of(Scenario::default(), steps)
    }

    fn of(mut scenario: Scenario, steps: u32) -> Self {
        // Tolerance 0 lets all seven take all their steps.
        (scenario.run.tolerance, scenario.run.steps) = (0.0, steps);
        let context = Context::default();
        prepare(&context);
        let mut headless = Self { context, app: App::new(scenario, None), time: 0.0 };
        for _ in 0..5 + 10 * steps / 100_000 {
            headless.frame(vec![]);
        }
        headless.press(egui::Key::End, Modifiers::NONE);
        headless
    }

    /// Presses a key, and lets what moves come to rest.
    fn press(&mut self, key: egui::Key, modifiers: Modifiers) {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.frame(vec![event(true), event(false)]);
        // At rest rates are tried until all are.
        let mut tried = None;
        while tried != Some(self.app.session().recomputed().rates) {
            tried = Some(self.app.session().recomputed().rates);
            for _ in 0..30 {
                self.frame(vec![]);
            }
        }
    }

    /// One frame with these events. Returns its CPU time in milliseconds.
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let start = ThreadTime::now();
        let mut output = self.context.run_ui(input, |ui| self.app.show_ui(ui));
        let triangles = self.context.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
        let time = start.elapsed().as_secs_f64() * 1e3;
        std::hint::black_box(triangles);
        output.textures_delta.clear();
        time
    }

    /// Where the slider with this name is.
    fn slider(&mut self, name: &str) -> Rect {
        self.bounds(Role::Slider, name)
    }

    /// Where what has this role and name is.
    fn bounds(&mut self, role: Role, name: &str) -> Rect {
        self.context.enable_accesskit();
        self.time += 1.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.time),
            ..RawInput::default()
        };
        let mut output = self.context.run_ui(input, |ui| self.app.show_ui(ui));
        output.textures_delta.clear();
        self.context.disable_accesskit();
        let update = output.platform_output.accesskit_update.unwrap();
        let is_it = |node: &egui::accesskit::Node| node.role() == role && node.label() == Some(name);
        let bounds = update.nodes.iter().find(|(_, node)| is_it(node)).unwrap().1.bounds().unwrap();
        Rect::from_min_max(pos2(bounds.x0 as f32, bounds.y0 as f32), pos2(bounds.x1 as f32, bounds.y1 as f32))
    }

    fn click(&mut self, at: Pos2) {
        self.frame(vec![Event::PointerMoved(at)]);
        self.frame(vec![button(at, true)]);
        self.frame(vec![button(at, false)]);
    }

    /// Times of frames in each of which the pointer, pressed at `from`, moves on towards `to`.
    fn drag(&mut self, from: Pos2, to: Pos2) -> Vec<f64> {
        self.frame(vec![Event::PointerMoved(from)]);
        self.frame(vec![button(from, true)]);
        let at = |frame: usize| from.lerp(to, frame as f32 / FRAMES as f32);
        let times = (1..=FRAMES).map(|frame| self.frame(vec![Event::PointerMoved(at(frame))])).collect();
        self.frame(vec![button(to, false)]);
        times
    }
}

/// The first button, pressed or let go.
fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

fn report(name: &str, mut times: Vec<f64>, most: Option<f64>) {
    times.sort_by(f64::total_cmp);
    let (median, high) = (times[times.len() / 2], times[times.len() * 9 / 10]);
    let verdict =
        most.map(|most| if median <= most { format!("within {most}") } else { format!("ABOVE {most}") });
    println!(
        "  {name:<28} median {median:5.2} ms, nine in ten below {high:5.2} ms  {}",
        verdict.unwrap_or_default()
    );
}

/// A step of each method explained from nothing, where it has to be found again from a checkpoint.
fn explanations() {
    println!("Step 10,000 of each method explained from nothing, ms of CPU:");
    let mut scenario = Scenario::default();
    (scenario.run.tolerance, scenario.run.steps) = (0.0, 20_000);
    let mut session = downhill::session::Session::new(scenario);
    session.finish();
    for path in session.paths() {
        let start = ThreadTime::now();
        let explained = downhill::figure::explained::Explained::of(&session, path.index, 10_000);
        let time = start.elapsed().as_secs_f64() * 1e3;
        std::hint::black_box(explained);
        report(path.choice.settings.method().name, vec![time], Some(5.0));
    }
}

/// Returns how many runs were made again while the rate was dragged.
fn untouched_and_with_a_rate_dragged(window: &mut Headless) -> u64 {
    let before = window.app.session().recomputed();
    let still = (0..FRAMES).map(|_| window.frame(vec![])).collect();
    report("untouched", still, None);
    assert_eq!(window.app.session().recomputed(), before, "an untouched frame made something again");
    let rate = window.slider("Gradient descent: learning rate");
    let from = rate.center();
    let times = window.drag(from, pos2(rate.left() + 20.0, from.y));
    report("a learning rate is dragged", times, Some(8.0));
    window.app.session().recomputed().runs - before.runs
}

/// A card and a path for each of twenty methods.
fn twenty_cards() {
    println!("The same with 20 methods:");
    let mut scenario = Scenario::default();
    let methods = METHODS.iter().filter(|method| method.needs != Needs::Residuals).take(20);
    scenario.optimizers =
        methods.map(|method| OptimizerChoice::new(scenario.cost.suggested_settings(method))).collect();
    let mut window = Headless::of(scenario, 1000);
    report("untouched", (0..FRAMES).map(|_| window.frame(vec![])).collect(), Some(12.0));
    let slider = window.slider("Gradient descent: learning rate");
    let from = slider.left_center() + vec2(0.5 * slider.width(), 0.0);
    report("a learning rate is dragged", window.drag(from, from - vec2(30.0, 0.0)), Some(12.0));
}

/// A constant that is dragged with the curve, both derivatives and 7 paths x 500 steps.
fn curve() {
    println!("The same of one variable, with the curve, its derivatives and 7 paths x 500 steps:");
    let text = "[cost]\nformula = \"a*x^4 - 3*x^2 + x\"\nvariables = [\"x\"]\nconstants = { a = 1 }\n[window]\nx = [-2.2, 2.2]\n";
    let mut window = Headless::of(downhill::scenario::read(text, "curve").unwrap(), 500);
    for name in ["J\u{2032}", "J\u{2033}"] {
        let at = window.bounds(Role::CheckBox, name).center();
        window.click(at);
    }
    let before = window.app.session().recomputed().curves;
    let constant = window.slider("a");
    let from = constant.left_center() + vec2(0.5 * constant.width(), 0.0);
    let times = window.drag(from, from - vec2(40.0, 0.0));
    let made = window.app.session().recomputed().curves - before;
    assert!(made >= 60, "only {made} curves were sampled");
    report("a constant is dragged", times, Some(8.0));
}

/// A level and a weight that are dragged, with 7 paths x 500 steps.
fn constraints() {
    println!("The same subject to a constraint, 7 paths x 500 steps:");
    let mut scenario = Scenario::default();
    let mut disc = ConstraintChoice::of_formula("x^2 + y^2");
    (disc.relation, disc.level) = (Relation::AtMost, 1.5);
    scenario.constraints = vec![disc];
    let mut window = Headless::of(scenario, 500);
    for name in ["Level of the first constraint", "Treatment: weight of the penalty"] {
        let slider = window.slider(name);
        let from = slider.center();
        let before = window.app.session().recomputed().runs;
        let times = window.drag(from, from + vec2(30.0, 0.0));
        report(name, times, Some(16.0));
        println!("    ({} runs made again)", window.app.session().recomputed().runs - before);
    }
    println!("All solutions in the window, ms of CPU:");
    let cost = |text: &str| Scenario::of_formula(text);
    let on = |mut scenario: Scenario, formula: &str, relation, level| {
        let choice = ConstraintChoice { relation, level, ..ConstraintChoice::of_formula(formula) };
        scenario.constraints.push(choice);
        scenario
    };
    let himmelblau = "(x^2+y-11)^2 + (x+y^2-7)^2";
    for (name, scenario) in [
        ("Himmelblau", cost(himmelblau)),
        ("Himmelblau in a disc", on(cost(himmelblau), "x^2 + y^2", Relation::AtMost, 9.0)),
        ("Rosenbrock on a circle", on(Scenario::default(), "x^2 + y^2", Relation::Equal, 2.0)),
    ] {
        let problem = scenario.problem().unwrap();
        let mut search = SolutionSearch::new(&problem, scenario.window);
        let (mut slices, mut is_over) = (Vec::new(), false);
        while !is_over {
            let start = ThreadTime::now();
            is_over = search.advance(PART_OF_A_FRAME);
            slices.push(start.elapsed().as_secs_f64() * 1e3);
        }
        let (longest, count) = (slices.iter().copied().fold(0.0, f64::max), slices.len());
        report(name, vec![slices.iter().sum()], Some(50.0));
        println!("    ({count} slices, the longest {longest:.2} ms)");
    }
}

/// A row that is dragged in the view of the rows, with 7 paths x 200 steps.
fn rows() {
    println!("The same over rows of data, 7 paths x 200 steps, while a row is dragged:");
    for (name, loss) in [("least squares", Loss::LeastSquares), ("logistic", Loss::Logistic)] {
        for (rows, most) in [(200, 16.0), (10_000, 33.0)] {
            let x: Vec<f64> = (0..rows).map(|row| f64::from(row) / f64::from(rows - 1)).collect();
            let is_label = loss == Loss::Logistic;
            let of_x = |x: &f64| if is_label { f64::from(*x > 0.5 + 0.3 * (40.0 * x).sin()) } else { *x };
            let y = x.iter().map(of_x).collect();
            let table = Table::new(["x", "y"].map(str::to_owned).to_vec(), vec![x, y]).unwrap();
            let scenario = Scenario { cost: loss.cost(Arc::new(table), [0, 0], 1), ..Scenario::default() };
            let mut window = Headless::of(scenario, 200);
            window.press(egui::Key::Num5, Modifiers::COMMAND);
            let view = window.bounds(Role::GraphicsObject, &format!("Rows of data: {rows}"));
            let axes = Rect::from_min_max(view.min + vec2(56.0, 20.0), view.max - vec2(14.0, 36.0));
            // The first row is the smallest in both, within the margin.
            let margin = 0.08 / 1.16 * axes.size();
            let from = pos2(axes.left() + margin.x, axes.bottom() - margin.y);
            let before = window.app.session().recomputed().runs;
            let times = window.drag(from, from + vec2(60.0, -40.0));
            assert!(window.app.session().recomputed().runs > before, "the row was not met");
            report(&format!("{name}, {rows} rows"), times, Some(most));
        }
    }
}

/// The graph of a cost of about 200 nodes beside the plot, all unfolded and as it starts: what it adds to a frame while it is dragged, and
/// while its numbers follow the pointer over the plot.
fn graph() {
    println!("The same with the graph of a cost of 200 nodes beside the plot, what it adds to a frame:");
    let formula = "sum(k, 1, 33, sin(k*x + y)*exp(-k*y^2/50))";
    let scenario = Scenario { cost: downhill::scenario::Cost::of_formula(formula), ..Scenario::default() };
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let mut times = Vec::new();
    let mut window = Headless::of(scenario, 200);
    for is_open in [false, true] {
        if is_open {
            window.press(egui::Key::Num8, Modifiers::COMMAND);
        }
        let middle = window.app.projection().unwrap().frame.center();
        let at = |frame: usize| middle + vec2(0.5 * frame as f32, 0.3 * frame as f32);
        let moved = (0..FRAMES).map(|frame| window.frame(vec![Event::PointerMoved(at(frame))])).collect();
        times.push(median(moved));
    }
    report("its numbers follow the pointer", vec![times[1] - times[0]], Some(4.0));
    let still = median((0..FRAMES).map(|_| window.frame(vec![])).collect());
    let unfold = window.bounds(Role::Button, "Unfold all").center();
    window.drag(unfold, unfold);
    let middle = window.app.projection().unwrap().frame.center();
    let at = |frame: usize| middle + vec2(0.5 * frame as f32, 0.3 * frame as f32);
    let moved = (0..FRAMES).map(|frame| window.frame(vec![Event::PointerMoved(at(frame))])).collect();
    report("the same, all unfolded", vec![median(moved) - times[0]], Some(4.0));
    println!("    (a frame untouched: {still:.2} ms)");
}

fn main() {
    println!("Frame at 1280 x 800, 7 paths x 1,000 steps, ms of CPU:");
    let mut window = Headless::new(1000);
    let runs = untouched_and_with_a_rate_dragged(&mut window);
    println!("    ({runs} runs made again)");

    let constant = window.slider("b");
    let from = constant.left_center() + vec2(0.5 * constant.width(), 0.0);
    let times = window.drag(from, from - vec2(40.0, 0.0));
    report("a constant is dragged", times, Some(16.0));

    let start = window.app.session().scenario().run.start;
    let from = window.app.projection().unwrap().to_pos(start).unwrap();
    let times = window.drag(from, from + vec2(120.0, 40.0));
    report("the start is dragged", times, None);

    let from = window.app.projection().unwrap().frame.center() + vec2(100.0, -100.0);
    let times = window.drag(from, from + vec2(90.0, 60.0));
    report("the view is panned", times, None);

    twenty_cards();

    println!("The same with charts and a step taken apart beside the plot:");
    let mut window = Headless::new(1000);
    window.press(egui::Key::Num2, Modifiers::COMMAND);
    window.press(egui::Key::Num3, Modifiers::COMMAND);
    untouched_and_with_a_rate_dragged(&mut window);

    explanations();
    curve();
    constraints();
    rows();
    graph();

    println!("The same with 7 paths x 1,000,000 steps:");
    let mut window = Headless::new(1_000_000);
    let still = (0..FRAMES).map(|_| window.frame(vec![])).collect();
    report("untouched", still, None);
    let middle = window.app.projection().unwrap().frame.center();
    let at = |frame: usize| middle + vec2(frame as f32, 0.0);
    let times = (0..FRAMES).map(|frame| window.frame(vec![Event::PointerMoved(at(frame))])).collect();
    report("the pointer moves", times, None);
    let times = window.drag(middle + vec2(100.0, -100.0), middle + vec2(190.0, -40.0));
    report("the view is panned", times, None);
}
