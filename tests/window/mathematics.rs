//! The cost set as mathematics, its derivatives, and how they are obtained, driven through the accessibility tree.

use downhill::expr::Expression;
use downhill::objective::{Derivatives, Point};
use downhill::scenario::Scenario;
use downhill::ui::{App, prepare};
use egui::{Key, OutputCommand, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::drive::{Window, click, retype};

fn window<'a>(scenario: Scenario, pixels_per_point: f32, theme: egui::Theme) -> Window<'a> {
    let app = App::new(scenario, None);
    let mut window = Harness::builder()
        .with_size(vec2(1024.0, 768.0))
        .with_pixels_per_point(pixels_per_point)
        .with_theme(theme)
        .with_max_steps(64)
        .with_step_dt(0.05)
        .with_context_setup(prepare)
        .build_ui_state(|ui, app: &mut App| app.show_ui(ui), app);
    window.key_press(Key::End);
    window.step();
    window.run();
    window
}

fn dark<'a>(formula: &str) -> Window<'a> {
    window(Scenario::of_formula(formula), 1.0, egui::Theme::Dark)
}

/// What a click on an entry of the open menu puts into the clipboard.
fn copied(window: &mut Window<'_>, entry: &str) -> String {
    window.get_by_label(entry).click();
    let mut copied = Vec::new();
    for _ in 0..6 {
        window.step();
        copied.extend(window.output().platform_output.commands.iter().filter_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        }));
    }
    assert_eq!(copied.len(), 1, "{copied:?}");
    copied.remove(0)
}

fn derivatives(window: &Window<'_>) -> Derivatives {
    window.state().session().scenario().cost.derivatives
}

#[test]
fn the_strip_follows_what_is_typed_and_keeps_the_last_good_formula() {
    let mut window = dark("x^2 + y^2");
    let line = window.get_by_label("J(x, y) = x² + y²").rect();
    assert!(line.height() <= 40.0 && line.width() > 60.0, "{line}");
    retype(&mut window, "x^2 + 3y^2");
    window.get_by_label("J(x, y) = x² + 3y²");
    retype(&mut window, "x^2 + 3y^");
    window.get_by_label("J(x, y) = x² + 3y²");
    retype(&mut window, "x^2/(x^2/(1 + y^2/3) + 1)");
    let high = window.get_by_label_contains("J(x, y) = x²").rect();
    assert!(high.height() <= 48.0, "a formula of many floors is made smaller, not {high}");
    click(&mut window, "Hide the mathematics");
    assert!(window.query_by_label_contains("J(x, y) = x²").is_none());
    click(&mut window, "Show the cost as mathematics");
    window.get_by_label_contains("J(x, y) = x²");
}

#[test]
fn a_formula_that_is_cut_is_shown_whole_under_the_pointer() {
    let mut window = dark(
        "sin(x)*cos(y) + exp(-x^2-y^2)*(x^3-3*x*y^2) + ln(1+x^2+y^2)/(2+cos(3*x)) + abs(x-y)*tanh(x+y) \
         + (x^2+y-11)^2 + (x+y^2-7)^2",
    );
    let widths = |window: &Window<'_>| {
        let shown = window.query_all_by_label_contains("J(x, y) = sin");
        shown.map(|node| node.rect().width()).collect::<Vec<_>>()
    };
    assert_eq!(widths(&window).len(), 1);
    let copy = window.get_by_label("Copy J(x, y)").rect();
    window.hover_at(copy.left_center() - vec2(100.0, 0.0));
    window.run_steps(30);
    let shown = widths(&window);
    assert_eq!(shown.len(), 2, "{shown:?}");
    assert!(shown.iter().all(|width| *width < 1024.0), "{shown:?}");
    window.remove_cursor();
    window.run_steps(10);
    assert_eq!(widths(&window).len(), 1);
}

#[test]
fn derivatives_open_below_and_follow() {
    let mut window = dark("x^2*y");
    assert!(window.query_by_label_contains("∂J/∂x").is_none());
    click(&mut window, "derivatives");
    window.get_by_label("∂J/∂x = 2x·y");
    window.get_by_label("∂J/∂y = x²");
    window.get_by_label("∇²J = [[2y, 2x], [2x, 0]]");
    retype(&mut window, "x^3 + y");
    window.get_by_label("∂J/∂x = 3x²");
    window.get_by_label("∂J/∂y = 1");
    retype(&mut window, "sin(x*y)^2*exp(-x^2-y^2)/(1+x^2) + sqrt(x^2+3*y^2)");
    assert!(window.query_by_label_contains("∇²J = ").is_none(), "a matrix that is too wide");
    window.get_by_label_contains("∂²J/∂x∂y = ");
    click(&mut window, "derivatives");
    assert!(window.query_by_label_contains("∂²J/∂x∂y = ").is_none());
}

#[test]
fn an_equation_is_copied_as_text_that_can_be_typed_in_and_as_latex() {
    let mut window = dark("(1-x)^2/2 + 100*(y-x^2)^2");
    click(&mut window, "derivatives");
    for name in ["J(x, y)", "∂J/∂x", "∂J/∂y"] {
        let button = format!("Copy {name}");
        click(&mut window, &button);
        let text = copied(&mut window, "As text");
        window.run();
        Expression::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        click(&mut window, &button);
        let latex = copied(&mut window, "As LaTeX");
        window.run();
        assert!(latex.contains(" = ") && latex.contains("^{2}") && !latex.contains('²'), "{latex}");
    }
    click(&mut window, "Copy ∇²J");
    let latex = copied(&mut window, "As LaTeX");
    assert!(latex.starts_with(r"\nabla^2 J = \begin{pmatrix}"), "{latex}");
    window.run();
    // A click with the other button on the formula itself opens the same menu.
    window.get_by_label_contains("∂J/∂y = ").click_secondary();
    window.run();
    let text = copied(&mut window, "As text");
    assert!(text.contains('y') && !text.contains('='), "{text}");
}

#[test]
fn central_differences_are_chosen_stepped_and_undone() {
    let mut window = dark("x^4 + y^4");
    let start = window.state().session().scenario().run.start;
    let error = |window: &Window<'_>| {
        window.state().session().objective().unwrap().difference_error(Point::from(start))
    };
    let path_end = |window: &Window<'_>| {
        let (path, _) = window.state().session().trajectory(0).unwrap();
        path.last().unwrap()
    };
    let exact_end = path_end(&window);
    assert_eq!(error(&window), None);
    click(&mut window, "derivatives");
    click(&mut window, "Derivatives");
    click(&mut window, "central differences");
    assert_eq!(derivatives(&window), Derivatives::CentralDifference { step: 1e-5 });
    window.get_by_label_contains("(J(x + h, y) − J(x − h, y)) / 2h");
    window.run_steps(20);
    window.get_by_role_and_label(Role::Slider, "Difference step").set_value_accesskit(0.5);
    window.run_steps(20);
    assert_eq!(derivatives(&window), Derivatives::CentralDifference { step: 0.5 });
    // ((x+h)⁴ − (x−h)⁴) / 2h − 4x³ = 4xh²
    let expected = 4.0 * 0.25 * start[0].hypot(start[1]);
    let found = error(&window).unwrap();
    assert!((found.error.norm() - expected).abs() < 1e-12 && found.step == 0.5, "{found:?}");
    assert!((path_end(&window) - exact_end).norm() > 1e-9, "the methods walk on the differences");

    window.get_by_label("Edit").click();
    window.run();
    window.get_by_label_contains("Undo difference step").click();
    window.run();
    assert_eq!(derivatives(&window), Derivatives::CentralDifference { step: 1e-5 });
    window.get_by_label("Edit").click();
    window.run();
    window.get_by_label_contains("Undo derivatives").click();
    window.run();
    assert_eq!(derivatives(&window), Derivatives::Exact);
    assert_eq!(path_end(&window), exact_end);
}

#[test]
fn a_step_that_no_file_may_hold_is_not_taken() {
    let mut scenario = Scenario::of_formula("x^2 + y^2");
    scenario.cost.derivatives = Derivatives::CentralDifference { step: 1e-3 };
    let mut window = window(scenario, 1.0, egui::Theme::Light);
    click(&mut window, "derivatives");
    for refused in [0.0, -1.0] {
        window.get_by_role_and_label(Role::Slider, "Difference step").set_value_accesskit(refused);
        window.run();
        assert_eq!(derivatives(&window), Derivatives::CentralDifference { step: 1e-3 });
    }
    assert!(App::restored(&window.state().saved_state()).is_some());
}

#[test]
fn no_formula_and_no_zoom_upsets_the_strip() {
    let nested = format!("{}x{}", "sin(".repeat(60), ")".repeat(60));
    let floors = format!("{}x{}", "1/(1+".repeat(40), ")".repeat(40));
    let wide = vec!["exp(-x^2)*sin(y)"; 120].join("+");
    let tower = "x^".repeat(30) + "y";
    let hostile = [
        "",
        " ",
        "x",
        "0",
        "1e300*x",
        "1e-300",
        "\\frac{x}{y}",
        "$x$",
        "x_{1}",
        "{x}",
        "%",
        "x & y",
        "θ₀^2",
        "x^-y^-x",
        "abs(x)/abs(abs(y))",
        "min(x, max(y, 2, 3), 4)",
        "floor(x)*signum(y)",
        "atan2(y, x)",
        "x % y",
        "ln(ln(ln(x)))",
        "0^0",
        "x/0",
        "((((x))))",
        "-(-(-x))",
        "2^0.5 x",
        &nested,
        &floors,
        &wide,
        &tower,
    ];
    for (pixels_per_point, theme) in
        [(0.75, egui::Theme::Dark), (1.0, egui::Theme::Light), (2.5, egui::Theme::Dark)]
    {
        let mut window = window(Scenario::default(), pixels_per_point, theme);
        click(&mut window, "derivatives");
        for formula in hostile {
            retype(&mut window, formula);
            let session = window.state().session();
            assert_eq!(session.formula_text(), formula);
            let strip = window.query_all_by_label_contains("J(x, y)").map(|node| node.rect());
            assert!(strip.into_iter().all(|rect| rect.is_finite() && rect.left() >= 0.0), "{formula:.60}");
            assert!(window.query_by_label("derivatives").is_some(), "{formula:.60}");
        }
    }
}
