//! The looks of the plot, chosen in the View menu and kept from one start of the program to the next.

use downhill::figure::Look;
use downhill::figure::look::palette::Palette;
use downhill::landscape::ColorMap;
use downhill::ui::{App, SavedState};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::drive::{Window, window};

fn open_colors(window: &mut Window<'_>) {
    window.key_press(egui::Key::End);
    window.step();
    window.run();
    for menu in ["View", "Colors"] {
        let item = window.get_by_label_contains(menu);
        item.click();
        window.run();
    }
}

fn choose(window: &mut Window<'_>, name: &str) {
    open_colors(window);
    window.get_by_label(name).click();
    window.run();
}

#[test]
fn every_palette_and_every_color_map_can_be_chosen_and_is_kept() {
    let mut window = window();
    let at_first = Look { relief: 0.3, ..Look::default() };
    assert_eq!(window.state().saved_state().habits.look, at_first);
    for palette in Palette::ALL.into_iter().rev() {
        choose(&mut window, palette.name());
        assert_eq!(window.state().saved_state().habits.look.palette, palette);
    }
    for map in ColorMap::ALL {
        choose(&mut window, map.name());
        let saved_state = window.state().saved_state();
        assert_eq!(saved_state.habits.look.color_map, Some(map));
        assert_eq!(App::restored(&saved_state).unwrap().saved_state().habits.look, saved_state.habits.look);
    }
    choose(&mut window, "Automatic");
    assert_eq!(window.state().saved_state().habits.look, at_first);
    // The light is off by one click, and on by another.
    for relief in [0.0, 0.3] {
        choose(&mut window, "Relief");
        assert_eq!(window.state().saved_state().habits.look, Look { relief, ..at_first });
    }
}

#[test]
fn the_choice_in_force_is_marked() {
    let mut window = window();
    choose(&mut window, ColorMap::Magma.name());
    open_colors(&mut window);
    let marked = |name: &str| {
        let node = window.get_by_label(name);
        node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
            || node.accesskit_node().is_selected() == Some(true)
    };
    assert!(marked(ColorMap::Magma.name()) && marked(Palette::Classic.name()));
    assert!(!marked("Automatic") && !marked(Palette::ColorBlindSafe.name()));
}

#[test]
fn the_paths_are_drawn_in_the_chosen_colors() {
    let mut window = window();
    let gradient_descent = |window: &Window<'_>, color: egui::Color32| {
        let shapes = &window.output().shapes;
        shapes.iter().any(|clipped| match &clipped.shape {
            egui::Shape::Path(path) => path.stroke.color == egui::epaint::ColorMode::Solid(color),
            _ => false,
        })
    };
    let first = |palette: Palette| palette.colors(window.ctx.theme()).next().unwrap();
    let [classic, safe] = Palette::ALL.map(first);
    window.key_press(egui::Key::End);
    window.step();
    window.run();
    assert!(gradient_descent(&window, classic) && !gradient_descent(&window, safe));
    choose(&mut window, Palette::ColorBlindSafe.name());
    assert!(gradient_descent(&window, safe) && !gradient_descent(&window, classic));
}

#[test]
fn a_look_without_a_palette_is_that_of_an_earlier_program() {
    let saved_state: SavedState = serde_json::from_str(
        r#"{"scenario":"","formula":"","file":null,"changed":false,"look":{"color_map":"viridis"}}"#,
    )
    .unwrap();
    assert_eq!(
        saved_state.habits.look,
        Look { color_map: Some(ColorMap::Viridis), palette: Palette::Classic, ..Look::default() }
    );
}
