use std::time::Duration;

use super::*;
use crate::figure::formats::gif::tests::decode;
use crate::figure::formats::png::pixels_from_svg;
use crate::figure::page::film::Film;
use crate::figure::stage::draw;
use crate::scenario::Scenario;

fn spec(theme: Theme) -> FigureSpec {
    let film =
        Film { first_step: 2, steps_per_frame: Some(6), frames_per_second: 12, hold: 1.0, ..Film::default() };
    FigureSpec { step: Some(30), theme: theme.into(), film, ..FigureSpec::of_size([420.0, 340.0]) }
}

fn plan() -> GifPlan {
    GifPlan::new(&spec(Theme::Light), u32::MAX).unwrap()
}

fn session() -> Session {
    let mut session = Session::new(Scenario::default());
    session.finish();
    session
}

fn record(spec: &FigureSpec) -> Vec<u8> {
    crate::figure::export(&mut session(), spec, crate::figure::FigureKind::Gif, false).unwrap()
}

/// The picture of a step as the picture export has it.
fn picture(step: u32, theme: Theme) -> Vec<u8> {
    let spec = FigureSpec { step: Some(step), ..spec(theme) };
    let (mut canvas, mut session) = (Canvas::default(), session());
    let page = page(&spec);
    let drawing = draw(page, Some(&|ctx| set_ink(ctx, theme)), |ui| {
        picture_ui(ui, &mut canvas, &mut session, &spec);
    });
    pixels_from_svg(&drawing.to_svg(Some(background(theme))), 420, 340).unwrap()
}

#[test]
fn a_plan_knows_its_frames_steps_and_times() {
    let plan = plan();
    assert_eq!(plan.frames(), 6);
    let steps: Vec<u32> = (0..plan.frames()).map(|frame| plan.step(frame)).collect();
    assert_eq!(steps, [2, 8, 14, 20, 26, 30], "the last frame shows the last step");
    let delays: Vec<u16> = (0..plan.frames()).map(|frame| plan.delay(frame)).collect();
    assert_eq!(delays, [8, 8, 9, 8, 8, 109]);
    assert_eq!(plan.duration(), Duration::from_millis(1500));
    assert_eq!(GifPlan { last_step: 2, ..plan }.frames(), 1);
    let seen: Vec<u32> = [0.0, 0.09, 0.4, 0.6, 1.49, 1.55, 3.0, 4.8].map(|at| plan.frame_at(at)).into();
    assert_eq!(seen, [0, 1, 4, 5, 5, 0, 0, 3]);
    assert_eq!(GifPlan { repeats: false, ..plan }.frame_at(3.0), 5);
    assert_eq!(plan.check(), Ok(()));
}

#[test]
fn a_plan_follows_from_the_figure() {
    let plan = |film: Film, step, longest_run| {
        GifPlan::new(&FigureSpec { film, step, ..spec(Theme::Dark) }, longest_run)
    };
    let automatic = Film::default();
    for (longest_run, stride, frames) in
        [(0, 1, 1), (1, 1, 2), (149, 1, 150), (150, 2, 76), (1_000_000, 6712, 150)]
    {
        let plan = plan(automatic, None, longest_run).unwrap();
        assert_eq!(
            (plan.last_step, plan.steps_per_frame, plan.frames()),
            (longest_run, stride, frames),
            "{longest_run}"
        );
    }
    assert_eq!(plan(automatic, Some(40), 30).unwrap().last_step, 30);
    assert_eq!(plan(automatic, Some(40), 50).unwrap().last_step, 40);
    let begins_late = plan(Film { first_step: 31, ..automatic }, None, 30).unwrap_err();
    assert_eq!(begins_late.to_string(), "the animation would end at step 30, before its first step, 31");
    for hold in [-0.1, 60.5, f32::NAN] {
        assert!(matches!(plan(Film { hold, ..automatic }, None, 30), Err(PlanError::Hold(_))));
    }
}

#[test]
fn plans_beyond_the_limits_say_which() {
    let cases = [
        (GifPlan { last_step: 1, ..plan() }, "before its first step"),
        (GifPlan { steps_per_frame: 0, ..plan() }, "at least 1 step"),
        (GifPlan { fps: 0, ..plan() }, "1 to 50"),
        (GifPlan { fps: 51, ..plan() }, "1 to 50"),
        (GifPlan { last_step: u32::MAX, ..plan() }, "at most 2000"),
        (GifPlan { first_step: 0, last_step: u32::MAX, steps_per_frame: 1, ..plan() }, "at most 2000"),
        (GifPlan { pixels: [63, 100], ..plan() }, "64 to 2560"),
        (GifPlan { pixels: [64, 2561], ..plan() }, "64 to 2560"),
        (GifPlan { pixels: [2500, 2500], last_step: 1900, steps_per_frame: 1, ..plan() }, "MB"),
    ];
    for (plan, words) in cases {
        let error = plan.check().unwrap_err().to_string();
        assert!(error.contains(words), "{plan:?}: {error}");
        assert!(Recording::new(Vec::new(), &mut session(), &spec(Theme::Light), plan).is_err());
    }
}

#[test]
fn each_frame_is_the_picture_of_its_step_though_the_background_is_painted_once() {
    for theme in [Theme::Light, Theme::Dark] {
        let mut session = session();
        let mut animation = Animation::new(&spec(theme), plan()).unwrap();
        for frame in 0..plan().frames() {
            let pixels = animation.frame(&mut session, frame).unwrap();
            let wanted = picture(plan().step(frame), theme);
            let worst = pixels.iter().zip(&wanted).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(pixels.len() == wanted.len() && worst <= Some(3), "frame {frame}: {worst:?}");
        }
        assert!(animation.layers.backgrounds() < 4, "{}", animation.layers.backgrounds());
    }
}

#[test]
fn the_file_has_the_planned_frames_and_ends_with_the_last_step() {
    let theme = Theme::Light;
    let (mut session, spec) = (session(), spec(theme));
    let mut recording = Recording::new(Vec::new(), &mut session, &spec, plan()).unwrap();
    let palette = recording.writer.palette().clone();
    assert!(palette.tolerance() < 0.05, "{}", palette.tolerance());
    while !recording.is_over() {
        recording.advance(&mut session).unwrap();
    }
    assert_eq!(recording.progress().done, u64::from(plan().frames()));
    let bytes = recording.finish().unwrap();
    assert_eq!(bytes, record(&spec), "the same bytes twice");
    assert!(bytes.len() as u64 <= plan().estimate_bytes());

    let (size, repeats, frames) = decode(&bytes);
    assert_eq!((size, repeats, frames.len()), ([420, 340], true, 6));
    assert_eq!(frames.iter().map(|frame| u64::from(frame.delay)).sum::<u64>(), 150);
    for (frame, step) in [(0, 2), (5, 30)] {
        let wanted = picture(step, theme);
        let pixels = wanted.as_chunks::<4>().0.iter().zip(&frames[frame].seen);
        for ([r, g, b, _], seen) in pixels {
            // Beyond the palette's tolerance, the layers may differ from the picture by some levels in each channel.
            let allowed = palette.tolerance() + 0.015;
            let other = GifPalette::new(&[], &[*seen]).error([*r, *g, *b]);
            assert!(other <= allowed, "frame {frame}: {:?} for {seen:?}", [r, g, b]);
        }
    }
    // Where no frame differs from the picture before it, the color stays to the bit.
    let pictures: Vec<Vec<u8>> = (0..6).map(|frame| picture(plan().step(frame), theme)).collect();
    let still = |place: &usize| pictures.iter().all(|p| p[place * 4..][..4] == pictures[0][place * 4..][..4]);
    let still: Vec<usize> = (0..420 * 340).filter(still).collect();
    assert!(still.len() > 420 * 340 / 2);
    let moved =
        still.iter().filter(|place| frames.iter().any(|f| f.seen[**place] != frames[0].seen[**place]));
    assert_eq!(moved.count(), 0);
}

#[test]
fn what_lies_over_something_that_moves_is_painted_over_it_again() {
    use egui::epaint::ClippedShape;
    use egui::{Color32, CornerRadius, Rect, Shape, pos2, vec2};
    let page = Rect::from_min_size(pos2(0.0, 0.0), vec2(30.0, 10.0));
    let square = |left: f32, color| {
        let rect = Rect::from_min_size(pos2(left, 2.0), vec2(6.0, 6.0));
        ClippedShape::new(page, Shape::rect_filled(rect, CornerRadius::ZERO, color))
    };
    // A red square goes from left to right below a green one, which stands still, as does a blue one that is not met.
    let frame =
        |left| vec![square(left, Color32::RED), square(12.0, Color32::GREEN), square(24.0, Color32::BLUE)];
    let mut layers = Layers::new(page.size(), [30, 10], Color32::WHITE);
    let mut paint = |left| layers.paint(frame(left), &Default::default(), 0).unwrap();
    let at = |pixels: &[u8], x: usize| pixels.as_chunks::<4>().0[5 * 30 + x];
    for left in [2.0, 8.0, 2.0, 8.0] {
        let pixels = paint(left);
        assert_eq!(at(&pixels, left as usize + 2), [255, 0, 0, 255]);
        assert_eq!(at(&pixels, if left == 2.0 { 10 } else { 4 }), [255; 4], "where it was");
        assert_eq!(at(&pixels, 13), [0, 255, 0, 255]);
        assert_eq!(at(&pixels, 26), [0, 0, 255, 255]);
    }
    assert_eq!(layers.backgrounds(), 2, "all of them, then the blue one alone");
}
