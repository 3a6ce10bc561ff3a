//! What a storm is made of: events that want something, and events that happen to any window.

use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, Rect, Role, Theme, TouchPhase, vec2};
use egui_kittest::kittest::Queryable as _;

use downhill::ui::App;

use super::Storm;

/// A scenario with longer runs is left, so that the storm blows over in time.
const MOST_STEPS: u32 = 3000;

const TEXTS: &[&str] = &[
    "x",
    "y",
    "^2",
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
    "|",
    "sin(",
    "ln(",
    "exp(",
    "a*",
    "theta",
    "λ",
    "²",
    "√",
    "1e3",
    "-0.5",
    "7",
    "0",
    "1e999",
    "1e308",
    "-1.7e308",
    "1e-320",
    "nan",
    "x^2 + 10*y^2",
    "ln(x)",
    "1/x",
    "sqrt(-1)",
    "1e300*x^2",
    "x +",
    "%",
    "é",
    "\u{1F600}",
    "\n",
    "\t",
    "   ",
    "ж",
    "a b c d e",
    "x + y <= 1",
    " >= ",
    "((((((((",
];
/// Costs that ask more of the drawing or of the runs than others do: denser than the screen, with poles, or such that runs
/// go astray on them.
const UNRULY: &[&str] = &[
    "sin(1e6*x)*cos(1e6*y)",
    "tan(40*x*y)",
    "1/x + y",
    "cos(exp(x*y))",
    "x^4 - 3x^2 + y^2 + x*y/2",
    "sin(1/(x^2 + y^2))",
    "sum(i, 1, 40, cos(3^i x y)/2^i)",
    "sign(sin(3x)) + |y|",
];
/// Numbers as they are typed by hand, a key at a time.
const TYPED: &[&str] = &["0.02", "1,5", "1/3", "-5", "0.0003", "2*pi", "abc", "1e-3", "1.99", "12"];
const KEYS: &[Key] = &[
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Space,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Tab,
    Key::Enter,
    Key::Escape,
    Key::Delete,
    Key::Backspace,
    Key::F1,
    Key::F2,
    Key::F5,
    Key::F6,
    Key::F7,
    Key::F8,
    Key::F11,
    Key::OpenBracket,
    Key::CloseBracket,
];
/// Keys that mean something together with Ctrl.
const LETTERS: &[Key] = &[
    Key::A,
    Key::C,
    Key::V,
    Key::X,
    Key::Z,
    Key::Y,
    Key::N,
    Key::O,
    Key::S,
    Key::E,
    Key::R,
    Key::D,
    Key::G,
    Key::T,
    Key::Plus,
    Key::Minus,
    Key::Num0,
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num6,
    Key::L,
];
const BUTTONS: &[PointerButton] =
    &[PointerButton::Primary, PointerButton::Primary, PointerButton::Secondary, PointerButton::Middle];
/// Where a hand goes that knows what it wants.
const ROLES: &[Role] = &[
    Role::Button,
    Role::CheckBox,
    Role::ComboBox,
    Role::Slider,
    Role::SpinButton,
    Role::TextInput,
    Role::GraphicsObject,
    Role::Row,
    Role::ColumnHeader,
];

impl Storm<'_> {
    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.random.usize(0..list.len())]
    }

    /// One thing that happens.
    pub fn blow(&mut self) {
        if self.window.state().is_asking() {
            // A file dialog: nothing is chosen in it, and no path leads out of the present folder.
            return match self.random.u8(0..6) {
                0 => self.press_key(Key::Escape, Modifiers::NONE),
                1 | 2 => {
                    let text: String =
                        self.one_of(TEXTS).chars().filter(|c| !"/~.\n\t".contains(*c)).collect();
                    self.send(Event::Text(text));
                }
                _ => self.move_pointer(),
            };
        }
        if self.window.state().session().scenario().run.steps > MOST_STEPS {
            self.press_key(Key::N, Modifiers::COMMAND);
        }
        match self.random.u8(0..104) {
            100 => self.type_slowly(),
            101 => self.set_unruly_cost(),
            102 => self.open_what_is_no_file(),
            103 => self.reopen(),
            0..14 => self.move_pointer(),
            14..24 => {
                self.move_pointer();
                self.press();
                self.release();
            }
            24..36 => self.open_and_choose(),
            36..44 => self.type_into_a_field(),
            44..52 => match self.held {
                None => self.press(),
                Some(_) => self.release(),
            },
            52..58 => self.turn_wheel(),
            58..72 => {
                let text = self.one_of(TEXTS);
                self.send(Event::Text(text.to_owned()));
            }
            72..84 => {
                let (key, modifiers) = (self.one_of(KEYS), self.modifiers());
                self.press_key(key, modifiers);
            }
            84..90 => {
                let key = self.one_of(LETTERS);
                let shift = self.one_of(&[Modifiers::NONE, Modifiers::NONE, Modifiers::SHIFT]);
                self.press_key(key, Modifiers::COMMAND.plus(shift));
            }
            90..93 => {
                let text = self.one_of(TEXTS).repeat(3);
                let event = match self.random.u8(0..3) {
                    0 => Event::Copy,
                    1 => Event::Cut,
                    _ => Event::Paste(text),
                };
                self.send(event);
            }
            93 => self.resize(),
            94 => {
                let density = self.one_of(&[0.75, 1.0, 1.5, 2.0]);
                self.log.events.push(format!("{density} pixels per point"));
                self.window.set_pixels_per_point(density);
                self.step();
            }
            95 => {
                let theme = self.one_of(&[Theme::Dark, Theme::Light]);
                self.log.events.push(format!("{theme:?}"));
                self.window.ctx.set_theme(theme);
                self.step();
            }
            96 => self.send(Event::PointerGone),
            97 => {
                let factor = self.one_of(&[0.5, 0.9, 1.1, 3.0]);
                self.send(Event::Zoom(factor));
            }
            98 => {
                let focused = self.random.bool();
                self.send(Event::WindowFocused(focused));
            }
            _ => {
                // A long pause.
                let now = self.window.ctx.input(|input| input.time);
                self.window.input_mut().time = Some(now + 5.0);
                self.step();
            }
        }
    }

    fn modifiers(&mut self) -> Modifiers {
        self.one_of(&[
            Modifiers::NONE,
            Modifiers::NONE,
            Modifiers::NONE,
            Modifiers::SHIFT,
            Modifiers::COMMAND,
            Modifiers::ALT,
        ])
    }

    pub fn press_key(&mut self, key: Key, modifiers: Modifiers) {
        self.send(Event::ModifiersChanged(modifiers));
        for pressed in [true, false] {
            self.send(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
        }
        self.send(Event::ModifiersChanged(Modifiers::NONE));
    }

    /// The places of the widgets of these kinds.
    fn places(&self, roles: &[Role]) -> Vec<Rect> {
        let nodes = roles.iter().flat_map(|role| self.window.query_all_by_role(*role));
        nodes.map(|node| node.rect()).collect()
    }

    pub fn click_in(&mut self, rect: Rect) {
        if self.window.state().is_asking() {
            return;
        }
        self.release();
        self.pointer = rect.center();
        self.send(Event::PointerMoved(self.pointer));
        for pressed in [true, false] {
            if !self.window.state().is_asking() {
                let (pos, button, modifiers) = (self.pointer, PointerButton::Primary, Modifiers::NONE);
                self.send(Event::PointerButton { pos, button, pressed, modifiers });
            }
        }
    }

    /// Clicks on a widget, then on what has appeared, and so on: menus within menus.
    fn open_and_choose(&mut self) {
        const ROLES: &[Role] = &[Role::Button, Role::CheckBox, Role::ComboBox];
        let mut before = Vec::new();
        for _ in 0..3 {
            let now = self.places(ROLES);
            let new: Vec<Rect> = now.iter().copied().filter(|rect| !before.contains(rect)).collect();
            if new.is_empty() {
                return;
            }
            let rect = self.one_of(&new);
            self.click_in(rect);
            self.step();
            before = now;
        }
    }

    fn type_into_a_field(&mut self) {
        let role = self.one_of(&[Role::TextInput, Role::SpinButton]);
        let fields = self.places(&[role]);
        if fields.is_empty() {
            return;
        }
        let field = self.one_of(&fields);
        self.click_in(field);
        if self.random.u8(0..4) > 0 {
            self.press_key(Key::A, Modifiers::COMMAND);
        }
        for _ in 0..self.random.u8(1..5) {
            if self.window.state().is_asking() {
                return;
            }
            let text = self.one_of(TEXTS);
            self.send(Event::Text(text.to_owned()));
        }
        if self.random.bool() && !self.window.state().is_asking() {
            self.press_key(Key::Enter, Modifiers::NONE);
        }
    }

    /// A text at the pace of a hand: a key every fifth of a second.
    fn type_by_hand(&mut self, text: &str) {
        for letter in text.chars() {
            if self.window.state().is_asking() {
                return;
            }
            self.send(Event::Text(letter.to_string()));
            (0..5).for_each(|_| self.step());
        }
    }

    fn type_slowly(&mut self) {
        let fields = self.places(&[Role::SpinButton]);
        if fields.is_empty() {
            return;
        }
        let (field, text) = (self.one_of(&fields), self.one_of(TYPED));
        self.click_in(field);
        self.press_key(Key::A, Modifiers::COMMAND);
        self.type_by_hand(text);
        let key = self.one_of(&[Key::Enter, Key::Tab, Key::Escape]);
        self.press_key(key, Modifiers::NONE);
    }

    fn set_unruly_cost(&mut self) {
        self.press_key(Key::F4, Modifiers::NONE);
        self.press_key(Key::A, Modifiers::COMMAND);
        let text = self.one_of(UNRULY);
        if self.random.bool() {
            self.type_by_hand(text);
        } else if !self.window.state().is_asking() {
            self.send(Event::Paste(text.to_owned()));
        }
    }

    /// A pipe that nobody writes into.
    fn open_what_is_no_file(&mut self) {
        let pipe = self.pipe.clone();
        self.window.state_mut().open(&pipe);
        self.step();
    }

    /// The program is killed, and started again; sometimes it died while it drew.
    fn reopen(&mut self) {
        let kept = serde_json::to_string(&self.window.state().saved_state()).unwrap();
        let mut app = App::restored(&serde_json::from_str(&kept).unwrap()).unwrap();
        if self.random.bool() {
            app.suspend_drawing();
        }
        self.log.events.push("killed and started again".to_owned());
        *self.window.state_mut() = app;
        self.step();
    }

    /// To a widget, to anywhere, or a little further.
    fn move_pointer(&mut self) {
        let widget = match self.random.u8(0..5) {
            0 | 1 => {
                let rects = self.places(ROLES);
                (!rects.is_empty()).then(|| self.one_of(&rects))
            }
            2 => Some(Rect::from_min_size(Pos2::ZERO, self.size)),
            3 => self.window.state().projection().map(|projection| projection.frame),
            _ => Some(Rect::from_center_size(self.pointer, vec2(80.0, 80.0))),
        };
        if let Some(rect) = widget {
            let share = vec2(self.random.f32(), self.random.f32());
            self.pointer = rect.min + share * rect.size();
        }
        self.send(Event::PointerMoved(self.pointer));
    }

    fn press(&mut self) {
        if self.window.state().is_asking() {
            return;
        }
        let (button, modifiers) = (self.one_of(BUTTONS), self.modifiers());
        let again = if self.random.u8(0..4) == 0 { 2 } else { 1 };
        for _ in 0..again {
            self.release();
            if self.window.state().is_asking() {
                return;
            }
            self.held = Some(button);
            self.send(Event::PointerButton { pos: self.pointer, button, pressed: true, modifiers });
        }
    }

    /// While a file dialog is open, the button stays down: nothing is clicked there.
    pub fn release(&mut self) {
        if self.window.state().is_asking() {
            return;
        }
        if let Some(button) = self.held.take() {
            let modifiers = Modifiers::NONE;
            self.send(Event::PointerButton { pos: self.pointer, button, pressed: false, modifiers });
        }
    }

    fn turn_wheel(&mut self) {
        let unit = self.one_of(&[MouseWheelUnit::Point, MouseWheelUnit::Line, MouseWheelUnit::Page]);
        let delta = vec2(20.0, 200.0) * vec2(self.random.f32() - 0.5, self.random.f32() - 0.5);
        let modifiers = self.modifiers();
        let source = egui::MouseWheelSource::Unknown;
        self.send(Event::MouseWheel { unit, delta, phase: TouchPhase::Move, source, modifiers });
    }

    fn resize(&mut self) {
        self.size = vec2(self.random.f32() * 1280.0 + 640.0, self.random.f32() * 600.0 + 480.0);
        self.log.events.push(format!("resized to {:?}", self.size));
        self.window.set_size(self.size);
        self.step();
    }
}
