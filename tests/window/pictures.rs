//! Pictures of the main states of the window, drawn without a graphics card and compared with those kept in
//! tests/pictures/window. With `UPDATE_PICTURES` set they are written instead; look at them.

use std::path::Path;

use downhill::figure::formats::png::{encode, pixels_from_svg};
use downhill::figure::formats::svg;
use downhill::figure::formats::textures::TextureImages;
use downhill::scenario::Scenario;
use downhill::ui::{App, prepare};
use egui::epaint::ClippedShape;
use egui::{Context, Event, Key, Modifiers, Pos2, RawInput, Rect, Theme, Vec2, vec2};

/// The window without anything around it: events in, shapes and textures out.
struct Stage {
    context: Context,
    app: App,
    textures: TextureImages,
    shapes: Vec<ClippedShape>,
    size: Vec2,
    time: f64,
}

/// Pixels of a kept picture for each point of the window.
const SCALE: f32 = 0.625;
/// A pixel differs where a channel is further off than this; rounding differs between processors.
const CHANNEL: u8 = 24;
/// The share of pixels that may differ.
const SHARE: f64 = 0.001;

impl Stage {
    fn new(app: App, theme: Theme) -> Self {
        let context = Context::default();
        prepare(&context);
        context.set_theme(theme);
        // The triangles of paths have hard edges then: as a picture, each soft one would be a thousand.
        context.tessellation_options_mut(|options| options.feathering = false);
        let textures = TextureImages::default();
        let mut stage =
            Self { context, app, textures, shapes: Vec::new(), size: vec2(1024.0, 768.0), time: 0.0 };
        // Sizes settle, the paths are taken to their ends.
        stage.frames(4);
        stage.press(Modifiers::NONE, Key::End);
        // Every rate is tried.
        stage.frames(60);
        stage
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.time += 0.5;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let app = &mut self.app;
        let mut output = self.context.run_ui(input, |ui| app.show_ui(ui));
        self.textures.apply(&mut output.textures_delta);
        self.shapes = output.shapes;
    }

    fn frames(&mut self, count: usize) {
        for _ in 0..count {
            self.frame(Vec::new());
        }
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        for pressed in [true, false] {
            let event = Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
            self.frame(vec![event]);
        }
        self.frames(4);
    }

    fn pixels(&self) -> ([u32; 2], Vec<u8>) {
        let size = (self.size * SCALE).round();
        let [width, height] = [size.x as u32, size.y as u32];
        let background = self.context.global_style().visuals.panel_fill;
        let svg = svg::from_shapes(&self.shapes, self.size, &self.textures, Some(background));
        ([width, height], pixels_from_svg(&svg, width, height).unwrap())
    }

    /// Compares what is seen with the picture that is kept under `name`.
    fn is_as_kept(&self, name: &str) {
        let ([width, height], seen) = self.pixels();
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/window/{name}.png"));
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
            std::fs::write(&kept, encode(width, height, &seen).unwrap()).unwrap();
        }
        let file = std::fs::File::open(&kept).unwrap_or_else(|error| panic!("{}: {error}", kept.display()));
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!([info.width, info.height], [width, height], "{name}");
        let channels = info.color_type.samples();
        let differs = |(old, new): (&[u8], &[u8])| old.iter().zip(new).any(|(a, b)| a.abs_diff(*b) > CHANNEL);
        let different = pixels.chunks(channels).zip(seen.chunks(4)).filter(|pair| differs(*pair)).count();
        let share = different as f64 / f64::from(width * height);
        if share > SHARE {
            let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
            std::fs::write(&made, encode(width, height, &seen).unwrap()).unwrap();
            panic!(
                "{name}: {:.2} % of the pixels differ; the new picture is {}",
                100.0 * share,
                made.display()
            );
        }
    }
}

#[test]
fn the_main_window_looks_as_it_did() {
    Stage::new(App::new(Scenario::default(), None), Theme::Dark).is_as_kept("dark");
    Stage::new(App::new(Scenario::default(), None), Theme::Light).is_as_kept("light");
}

#[test]
fn a_wrong_formula_looks_as_it_did() {
    let mut saved_state = App::new(Scenario::default(), None).saved_state();
    saved_state.formula = "(1-x)^2 + 100*(y-x^2".to_owned();
    Stage::new(App::restored(&saved_state).unwrap(), Theme::Light).is_as_kept("wrong-formula");
}

#[test]
fn an_undefined_part_and_central_differences_look_as_they_did() {
    let file = "[cost]\nformula = \"ln(x) + k*y^2\"\nconstants = { k = 2.0 }\n\
                derivatives = \"central-difference\"\ndifference_step = 1e-3\n";
    let scenario = downhill::scenario::read(file, "undefined").unwrap();
    Stage::new(App::new(scenario, None), Theme::Dark).is_as_kept("undefined-part");
}

#[test]
fn what_opens_over_the_window_looks_as_it_did() {
    for (name, modifiers, key) in [
        ("gallery", Modifiers::COMMAND, Key::G),
        ("find", Modifiers::COMMAND, Key::K),
        ("keys", Modifiers::NONE, Key::F1),
        ("tour", Modifiers::NONE, Key::F2),
    ] {
        let mut stage = Stage::new(App::new(Scenario::default(), None), Theme::Dark);
        stage.press(modifiers, key);
        // The gallery draws a few pictures in each frame.
        stage.frames(12);
        stage.is_as_kept(name);
    }
}

#[test]
fn notes_look_as_they_did() {
    let mut scenario = Scenario::of_formula("(x^2 + 10*y^2)/2");
    scenario.title = "Why a valley is slow".to_owned();
    scenario.notes = "With $J = \\frac{1}{2}(x^2 + 10y^2)$ the largest curvature is $L = 10$, and gradient descent converges for \
                      $0 < \\alpha < \\frac{2}{L}$.\n\nOf all rates the best is\n\
                      $$\\alpha^* = \\frac{2}{L + \\mu} = \\frac{2}{11}$$\n\
                      and each step leaves $\\frac{9}{11}$ of the distance."
        .to_owned();
    let mut stage = Stage::new(App::new(scenario, None), Theme::Light);
    stage.press(Modifiers::NONE, Key::F9);
    stage.frames(6);
    stage.is_as_kept("notes");
}

#[test]
fn a_window_without_panels_looks_as_it_did() {
    let mut stage = Stage::new(App::new(Scenario::default(), None), Theme::Light);
    for key in [Key::F6, Key::F7, Key::F8] {
        stage.press(Modifiers::NONE, key);
    }
    stage.frames(4);
    stage.is_as_kept("plot-alone");
}
