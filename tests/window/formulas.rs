//! A cost of one's own, typed into the window: what mends it, and how it is read.

use downhill::scenario::Scenario;
use egui::{Role, vec2};
use egui_kittest::kittest::Queryable as _;

use super::drive::{click, retype, window, window_of};

#[test]
fn a_slip_is_mended_by_its_button() {
    for (typed, button, mended) in [
        ("sinx + y^2", "Mend the formula: sin(x)", "sin(x) + y^2"),
        ("sni(x)", "Mend the formula: sin", "sin(x)"),
        ("abx", "Mend the formula: a*b*x", "a*b*x"),
        ("0,5x^2 + y^2", "Mend the formula: 0.5", "0.5x^2 + y^2"),
        ("x 2 + y", "Mend the formula: insert *", "x *2 + y"),
    ] {
        let mut window = window();
        retype(&mut window, typed);
        assert!(window.state().session().formula_error().is_some(), "{typed}");
        click(&mut window, button);
        let session = window.state().session();
        assert_eq!((session.formula_text(), session.formula_error()), (mended, None), "{typed}");
    }
}

#[test]
fn a_cost_that_depends_on_no_variable_is_remarked_on() {
    for (typed, sentence, button, mended) in [
        ("X^2 + Y^2", "J depends on neither x nor y", "Mend the formula: use x and y", "x^2 + y^2"),
        ("a^2 + b^2", "J depends on neither x nor y", "Mend the formula: use a and b", "J(a, b) = a^2 + b^2"),
    ] {
        let mut window = window();
        retype(&mut window, typed);
        window.get_by_label(sentence);
        click(&mut window, button);
        let session = window.state().session();
        assert_eq!(session.formula_text(), mended);
        assert!(session.scenario().cost.constants.is_empty(), "{typed}");
        assert!(window.query_by_label(sentence).is_none(), "{typed}");
    }
}

#[test]
fn the_mathematics_below_shows_how_it_was_read() {
    let mut window = window();
    for (typed, shown) in [
        ("x^2 + 3xy", "J(x, y) = x² + 3x·y"),
        ("sin 2x cos y", "J(x, y) = sin(2x)·cos(y)"),
        (r"\frac{x^{2}}{2}+\sqrt{y}", "J(x, y) = x²/2 + √(y)"),
        ("f(w, b) = (w - 1)^2 + b^2", "f(w, b) = (w − 1)² + b²"),
        ("if(w < 0, -w, b)", "J(w, b) = if(w < 0, −w, b)"),
        ("sum(i, 1, 3, w^i)", "J(w, b) = sum(i, 1, 3, w^i)"),
    ] {
        retype(&mut window, typed);
        assert_eq!(window.state().session().formula_error(), None, "{typed}");
        window.get_by_label(shown);
    }
}

#[test]
fn in_large_text_the_formula_ends_where_the_cards_begin() {
    for zoom in [1.5, 2.0, 2.2] {
        let mut window = window_of(Scenario::default(), vec2(1280.0, 800.0));
        window.ctx.set_zoom_factor(zoom);
        window.run_steps(6);
        let cards = window.get_by_label("Add optimizer").rect().left();
        let field = window.get_by_role_and_label(Role::TextInput, "Cost formula").rect();
        assert!(field.right() < cards && field.width() >= 120.0, "{zoom}: {field}, and cards from {cards}");
    }
}
