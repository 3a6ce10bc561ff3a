//! What is read off the plot in the window: at the pointer, at an iterate, and through the choices of the View menu.

use downhill::figure::layers::heads::{Head, head_places};
use downhill::figure::plane::lift::Lift;
use downhill::objective::Derivatives;
use downhill::scenario::Scenario;
use downhill::ui::App;
use egui::{Color32, Key, Pos2, Role, Shape, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, window_of};

fn formula(text: &str) -> Scenario {
    downhill::scenario::read(&format!("[cost]\nformula = \"{text}\"\n"), "test").unwrap()
}

fn point_at(window: &mut Window<'_>, place: [f64; 2]) -> Pos2 {
    let at = window.state().projection().unwrap().to_pos(place).unwrap();
    window.hover_at(at);
    window.run();
    at
}

fn toggle(window: &mut Window<'_>, choice: &str) {
    for menu in ["View", "On the plot"] {
        window.get_by_label_contains(menu).click();
        window.run();
    }
    window.get_by_role_and_label(Role::CheckBox, choice).click();
    window.run();
    // A choice may leave the menus open.
    for _ in 0..2 {
        window.key_press(Key::Escape);
        window.run();
    }
}

/// The text that starts with `beginning`.
fn text(window: &Window<'_>, beginning: &str) -> Option<String> {
    let labels = window.get_all_by_role(Role::Label).filter_map(|node| {
        let node = node.accesskit_node();
        node.label().or_else(|| node.value())
    });
    labels.into_iter().find(|label| label.starts_with(beginning))
}

/// How many strokes of this width were drawn.
fn strokes(window: &Window<'_>, width: f32) -> usize {
    let stroke_width = |shape: &Shape| match shape {
        Shape::LineSegment { stroke, .. } => stroke.width,
        Shape::Path(path) => path.stroke.width,
        Shape::Rect(rect) => rect.stroke.width,
        _ => 0.0,
    };
    window.output().shapes.iter().filter(|clipped| stroke_width(&clipped.shape) == width).count()
}

/// The frames drawn around cards in the accent color: their tops.
fn marked_cards(window: &Window<'_>) -> Vec<f32> {
    let accent = Color32::from_rgb(0x1f, 0x86, 0xc8);
    let tops = window.output().shapes.iter().filter_map(|clipped| match &clipped.shape {
        Shape::Rect(rect) if rect.stroke.color == accent && rect.stroke.width == 2.0 => Some(rect.rect.top()),
        _ => None,
    });
    tops.collect()
}

#[test]
fn an_iterate_under_the_pointer_tells_its_run_and_marks_its_card() {
    let mut window = window_of(Scenario::default(), vec2(1024.0, 768.0));
    let (point, value) = {
        let (path, _) = window.state().session().trajectory(1).unwrap();
        (path.point(4).unwrap(), path.value(4).unwrap())
    };
    point_at(&mut window, [point.x, point.y]);
    let said = text(&window, "Momentum\nstep 4\n").unwrap();
    assert!(said.contains(&format!("J {}", downhill::figure::look::number::short(value, 5))), "{said}");
    let card = window.get_by_label("Show Momentum").rect();
    let marked = marked_cards(&window);
    assert_eq!(marked.len(), 1);
    assert!((card.top() - marked[0]).abs() < 12.0, "{card} {marked:?}");
    // Before that step, nothing of the path is there.
    window.key_press(Key::Home);
    window.run();
    point_at(&mut window, [point.x, point.y + 0.001]);
    assert_eq!(text(&window, "Momentum\nstep"), None);
    assert!(marked_cards(&window).is_empty());
}

#[test]
fn each_of_the_heads_at_one_place_tells_its_run() {
    let mut window = window_of(formula("x^2 + y^2"), vec2(1024.0, 768.0));
    window.key_press(Key::End);
    window.run();
    let shown: Vec<(Head, String)> = {
        let app = window.state();
        let runs = 0..app.session().scenario().optimizers.len();
        let head = |run: usize| {
            let (path, _) = app.session().trajectory(run)?;
            let step = path.len() - 1;
            let name = app.session().scenario().run_name(run);
            Some((Head::new(run, path, step as u32, &Lift::default())?, format!("{name}\nstep {step}\n")))
        };
        runs.filter_map(head).collect()
    };
    let heads: Vec<Head> = shown.iter().map(|(head, _)| *head).collect();
    let projection = window.state().projection().unwrap();
    let places = head_places(projection, &heads);
    let moved = |(head, place): (&Head, &Option<Pos2>)| projection.to_pos(head.at) != *place;
    assert!(heads.iter().zip(&places).filter(|pair| moved(*pair)).count() > 2, "several end at the minimum");
    for ((_, said), place) in shown.iter().zip(places) {
        window.hover_at(place.unwrap());
        window.run();
        assert!(text(&window, said).is_some(), "{said}");
    }
}

#[test]
fn a_hidden_path_is_not_read_and_a_click_on_an_iterate_still_sets_the_start() {
    let mut window = window_of(Scenario::default(), vec2(1024.0, 768.0));
    let point = window.state().session().trajectory(1).unwrap().0.point(4).unwrap();
    window.get_by_label("Show Momentum").click();
    window.run();
    let at = point_at(&mut window, [point.x, point.y]);
    assert_eq!(text(&window, "Momentum\nstep"), None);
    window.drag_at(at);
    window.drop_at(at);
    window.run();
    let start = window.state().session().scenario().run.start;
    assert!((start[0] - point.x).abs() < 0.01 && (start[1] - point.y).abs() < 0.01, "{start:?}");
}

#[test]
fn the_pointer_reads_cost_and_gradient_and_shows_the_way_down() {
    let mut scenario = formula("x^2 + y^2");
    scenario.optimizers.clear();
    let mut window = window_of(scenario, vec2(1024.0, 768.0));
    assert_eq!(text(&window, "x "), None);
    point_at(&mut window, [1.0, -2.0]);
    let said = text(&window, "x 1.0").unwrap();
    assert!(said.contains("   J 5.0") && said.contains("∇J (2.0"), "{said}");
    assert!(!said.contains('\n'), "{said}");
    assert_eq!(strokes(&window, 2.4), 1, "the arrow");
    toggle(&mut window, "Gradient arrow");
    point_at(&mut window, [1.0, -2.0]);
    assert_eq!(strokes(&window, 2.4), 0);
    toggle(&mut window, "Hessian axes");
    point_at(&mut window, [1.0, -2.0]);
    let said = text(&window, "x 1.0").unwrap();
    assert!(said.contains("bowl: Hessian λ₁ 2.000   λ₂ 2.000   condition 1.00"), "{said}");
    assert!(strokes(&window, 1.6) >= 3, "two axes and an ellipse");
}

#[test]
fn central_differences_own_up_to_their_error() {
    let mut scenario = formula("x^3 + y^2");
    scenario.cost.derivatives = Derivatives::CentralDifference { step: 0.1 };
    scenario.optimizers.clear();
    let mut window = window_of(scenario, vec2(1024.0, 768.0));
    point_at(&mut window, [1.0, 1.0]);
    let said = text(&window, "x ").unwrap();
    assert!(said.contains("∇J by central differences, h 0.1: off by 0.0100"), "{said}");
}

#[test]
fn labels_and_bar_are_switched_in_the_view_menu_and_remembered() {
    let mut window = window_of(Scenario::default(), vec2(1024.0, 768.0));
    let turned = |window: &Window<'_>| {
        let shapes = &window.output().shapes;
        shapes
            .iter()
            .filter(|clipped| matches!(&clipped.shape, Shape::Text(text) if text.angle != 0.0))
            .count()
    };
    let name_of_y_axis = 1;
    assert!(turned(&window) >= 5);
    let width = |window: &Window<'_>| window.state().projection().unwrap().frame.width();
    let with_bar = width(&window);
    toggle(&mut window, "Isoline labels");
    assert_eq!(turned(&window), name_of_y_axis);
    toggle(&mut window, "Color bar");
    assert!(width(&window) > with_bar + 60.0);
    let look = window.state().saved_state().habits.look;
    assert!(!look.isoline_labels && !look.color_bar && look.gradient_arrow && !look.hessian_axes);
    let window =
        egui_kittest::Harness::builder().with_size(vec2(1024.0, 768.0)).with_max_steps(64).build_ui_state(
            |ui, app: &mut App| app.show_ui(ui),
            App::restored(&window.state().saved_state()).unwrap(),
        );
    assert_eq!(window.state().saved_state().habits.look, look);
}

#[test]
fn a_path_is_drawn_bolder_while_the_pointer_is_on_it_or_on_its_card() {
    let mut window = window_of(Scenario::default(), vec2(1024.0, 768.0));
    // What its triangles cover, soft edges left out.
    let covered = |window: &Window<'_>| {
        let styles = downhill::figure::Look::default()
            .path_styles(&window.state().session().scenario().optimizers, window.ctx.theme());
        let shapes = window.output().shapes.iter();
        let meshes = shapes.filter_map(|clipped| match &clipped.shape {
            Shape::Mesh(mesh) => Some(mesh),
            _ => None,
        });
        let areas = meshes.flat_map(|mesh| {
            mesh.indices.chunks_exact(3).map(|corners| {
                let [a, b, c] = [0, 1, 2].map(|k| mesh.vertices[corners[k] as usize]);
                let full = [a, b, c].iter().all(|vertex| vertex.color == styles[1].color);
                let (to_b, to_c) = (b.pos - a.pos, c.pos - a.pos);
                if full { 0.5 * (to_b.x * to_c.y - to_b.y * to_c.x).abs() } else { 0.0 }
            })
        });
        areas.sum::<f32>()
    };
    let resting = covered(&window);
    assert!(resting > 0.0);
    let point = window.state().session().trajectory(1).unwrap().0.point(4).unwrap();
    point_at(&mut window, [point.x, point.y]);
    assert!(covered(&window) > 1.3 * resting);
    point_at(&mut window, [0.0, 2.9]);
    assert_eq!(covered(&window), resting);
    let card = window.get_by_label("Show Momentum").rect().right_center();
    window.hover_at(card + vec2(60.0, 0.0));
    window.run();
    assert!(covered(&window) > 1.3 * resting);
    assert_eq!(text(&window, "x "), None, "the pointer has left the plot");
}
