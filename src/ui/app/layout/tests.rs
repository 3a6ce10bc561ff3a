//! The tour over the window as it is laid out.

use egui::{Event, Pos2, RawInput, Vec2, vec2};

use super::*;
use crate::ui::dialogs::tour::Tour;
use crate::ui::widgets::style::prepare;

/// A frame of a window of this size in pixels, in which everything is `scale` times its size.
fn frame(ctx: &Context, app: &mut App, size: Vec2, scale: f32, events: Vec<Event>, time: f64) {
    app.habits.arrangement.text_scale = scale;
    let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, size / scale));
    let input = RawInput { screen_rect, time: Some(time), events, ..RawInput::default() };
    ctx.run_ui(input, |ui| app.show_ui(ui)).textures_delta.clear();
}

#[test]
fn the_card_of_every_stop_stays_in_place_and_covers_nothing_that_it_points_at() {
    for (size, scale) in [
        (vec2(1024.0, 768.0), 1.0),
        (vec2(1280.0, 800.0), 1.0),
        (vec2(1920.0, 1080.0), 1.0),
        (vec2(1024.0, 768.0), 1.5),
        (vec2(1280.0, 800.0), 1.5),
        (vec2(1920.0, 1080.0), 1.5),
    ] {
        let ctx = Context::default();
        prepare(&ctx);
        let mut app = App::new(Scenario::default(), None);
        let mut time = 0.0;
        let mut next = |app: &mut App| {
            time += 0.02;
            frame(&ctx, app, size, scale, Vec::new(), time);
        };
        (0..3).for_each(|_| next(&mut app));
        for (index, part) in Tour::parts().enumerate() {
            app.overlays.tour = Tour::At(index);
            (0..3).for_each(|_| next(&mut app));
            let card = Tour::card(&ctx, index).unwrap();
            let place = app.place_of(&ctx, part).unwrap();
            let kept = if part == Part::Plot {
                Rect::from_center_size(place.center(), place.size() / 3.0)
            } else {
                place
            };
            assert!(!card.intersect(kept).is_positive(), "{size} {scale} {part:?}: {card:?} over {kept:?}");
            assert!(ctx.content_rect().contains_rect(card), "{size} {scale} {part:?}: {card:?}");
            // The methods walk on meanwhile.
            for _ in 0..10 {
                next(&mut app);
                assert_eq!(Tour::card(&ctx, index), Some(card), "{size} {scale} {part:?}");
            }
        }
    }
}

#[test]
fn the_offer_goes_after_a_minute_of_work_and_not_before() {
    let ctx = Context::default();
    prepare(&ctx);
    let mut app = App::new(Scenario::default(), None);
    app.offer_tour();
    let size = vec2(1024.0, 768.0);
    // Nobody is there.
    for time in [0.0, 100.0, 200.0] {
        frame(&ctx, &mut app, size, 1.0, Vec::new(), time);
    }
    let moved = || vec![Event::PointerMoved(Pos2::new(300.0, 300.0))];
    frame(&ctx, &mut app, size, 1.0, moved(), 300.0);
    frame(&ctx, &mut app, size, 1.0, moved(), 359.0);
    assert!(app.overlays.tour.is_offered() && !app.habits.arrangement.tour_answered);
    frame(&ctx, &mut app, size, 1.0, moved(), 361.0);
    assert!(!app.overlays.tour.is_offered() && app.habits.arrangement.tour_answered);
}
