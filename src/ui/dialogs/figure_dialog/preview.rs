//! What the dialog shows of a figure: the picture, the film as it plays, or the first rows of its numbers.

use std::io::{self, Write};

use egui::{
    ColorImage, Image, Label, RichText, Role, ScrollArea, StrokeKind, TextStyle, TextureHandle,
    TextureOptions, Ui, Vec2, WidgetInfo,
};

use crate::figure::film::animation::{Animation, GifPlan};
use crate::figure::{FigureKind, FigureSpec, film_plan, preview, preview_pixels, write_numbers};
use crate::session::Session;

/// The preview, and what it is of.
#[derive(Default)]
pub(super) struct Preview {
    of: Option<(FigureSpec, FigureKind, Vec2)>,
    shown: Shown,
}

#[derive(Default)]
enum Shown {
    #[default]
    Nothing,
    Picture(TextureHandle),
    Film(Box<Playing>),
    Numbers(String),
    Problem(String),
}

/// A film that is being played.
struct Playing {
    animation: Animation,
    plan: GifPlan,
    begun: f64,
    /// The last frame that was drawn.
    frame: Option<u32>,
    texture: TextureHandle,
}

impl Preview {
    /// Draws it within `room`, in points.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        session: &mut Session,
        spec: &FigureSpec,
        kind: FigureKind,
        room: Vec2,
    ) {
        let room_in_pixels = room * ui.pixels_per_point();
        if self.of.as_ref().is_none_or(|of| (&of.0, of.1, of.2) != (spec, kind, room)) {
            self.shown = Shown::of(ui, session, spec, kind, room_in_pixels);
            self.of = Some((spec.clone(), kind, room));
        }
        match &mut self.shown {
            Shown::Nothing => {}
            Shown::Picture(texture) => picture_ui(ui, texture, "Preview of the figure"),
            Shown::Film(playing) => match playing.advance(ui, session) {
                Ok(()) => picture_ui(ui, &playing.texture, "Preview of the film"),
                Err(problem) => self.shown = Shown::Problem(problem),
            },
            Shown::Numbers(text) => {
                ScrollArea::both().max_width(room.x).max_height(room.y).auto_shrink(false).show(ui, |ui| {
                    let text = RichText::new(text.as_str()).text_style(TextStyle::Monospace);
                    let is_table = kind == FigureKind::Csv;
                    ui.add(if is_table { Label::new(text).extend() } else { Label::new(text).wrap() });
                });
            }
            Shown::Problem(text) => {
                ui.label(RichText::new(text.as_str()).color(ui.visuals().error_fg_color));
            }
        }
    }
}

impl Shown {
    fn of(ui: &Ui, session: &mut Session, spec: &FigureSpec, kind: FigureKind, room: Vec2) -> Self {
        if kind.is_numbers() {
            return Self::Numbers(first_rows(session, kind));
        }
        if kind == FigureKind::Gif
            && let Some(playing) = Playing::begin(ui, session, spec, room)
        {
            return Self::Film(Box::new(playing));
        }
        match preview(session, spec, room) {
            Ok(image) => Self::Picture(ui.ctx().load_texture("figure", image, TextureOptions::LINEAR)),
            Err(error) => Self::Problem(error.to_string()),
        }
    }
}

impl Playing {
    /// Nothing where there is no such film, or where it would be too small here.
    fn begin(ui: &Ui, session: &Session, spec: &FigureSpec, room: Vec2) -> Option<Self> {
        spec.check().ok()?;
        let plan = film_plan(session, spec).ok()?;
        let plan = GifPlan { pixels: preview_pixels(spec, room), ..plan };
        let animation = Animation::new(spec, plan).ok()?;
        let texture = ui.ctx().load_texture("film", ColorImage::default(), TextureOptions::LINEAR);
        Some(Self { animation, plan, begun: ui.input(|input| input.time), frame: None, texture })
    }

    /// Draws the frame that is seen now, if it is another one.
    fn advance(&mut self, ui: &Ui, session: &mut Session) -> Result<(), String> {
        let frame = self.plan.frame_at(ui.input(|input| input.time) - self.begun);
        if self.frame != Some(frame) {
            let pixels = self.animation.frame(session, frame).map_err(|error| error.to_string())?;
            let size = self.plan.pixels.map(|side| side as usize);
            let image = ColorImage::from_rgba_unmultiplied(size, &pixels);
            self.texture.set(image, TextureOptions::LINEAR);
            self.frame = Some(frame);
        }
        if self.plan.frames() > 1 {
            ui.request_repaint_after(std::time::Duration::from_secs_f64(1.0 / f64::from(self.plan.fps)));
        }
        Ok(())
    }
}

fn picture_ui(ui: &mut Ui, texture: &TextureHandle, name: &str) {
    let size = texture.size_vec2() / ui.pixels_per_point();
    let picture = ui.add(Image::new((texture.id(), size)));
    // Where the page ends is to be seen on a dialog of the same color.
    let edge = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.painter().rect_stroke(picture.rect, 0.0, edge, StrokeKind::Outside);
    picture.widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
}

/// As many rows as one can see.
fn first_rows(session: &Session, kind: FigureKind) -> String {
    let mut head = Head::default();
    // It ends early, on purpose.
    let _ = write_numbers(&mut head, session, kind);
    let mut text = String::from_utf8_lossy(&head.0).into_owned();
    if head.0.len() >= Head::MOST {
        text.truncate(text.rfind(['\n', ',']).map_or(text.len(), |at| at + 1));
        text.push('…');
    }
    text
}

/// Takes the beginning of what is written, and refuses the rest.
#[derive(Default)]
struct Head(Vec<u8>);

impl Head {
    /// In bytes.
    const MOST: usize = 4000;
}

impl Write for Head {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = Self::MOST - self.0.len().min(Self::MOST);
        if room == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::WriteZero.into());
        }
        let taken = room.min(bytes.len());
        self.0.extend_from_slice(bytes.get(..taken).unwrap_or_default());
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
