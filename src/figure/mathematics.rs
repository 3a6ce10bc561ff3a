//! Mathematics set as mathematics: LaTeX in a panel or a figure, with words for those who do not see it.

mod mesh;
mod shelf;
mod typeset;

use egui::emath::GuiRounding as _;
use egui::epaint::Mesh;
use egui::{Context, Id, Rect, Response, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use shelf::Shelf;
use typeset::Mark;

/// A formula to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mathematics<'a> {
    /// LaTeX of math mode, without dollar signs.
    pub latex: &'a str,
    /// The same as one line of text: for assistive technology, and where the LaTeX cannot be set.
    pub spoken: &'a str,
    /// Height of an em in points, as for a font.
    pub size: f32,
}

/// A formula that is too wide is made smaller, down to this part of its size; beyond that it is scrolled.
pub const SMALLEST_SCALE: f32 = 0.7;
/// In a tooltip the whole formula is shown, however small.
const SMALLEST_SCALE_IN_FULL: f32 = 0.3;
/// Sizes between two steps would each cost a texture while a window is resized.
const SCALE_STEPS: f32 = 20.0;

impl Mathematics<'_> {
    /// Width and height in points at full size; nothing where the LaTeX cannot be set.
    pub fn natural_size(&self, ui: &Ui) -> Option<Vec2> {
        let formula = Shelf::of(ui.ctx()).formula(self.latex)?;
        Some(self.size * vec2(formula.width, formula.height + formula.depth))
    }

    /// Where the parts stand that are marked, each with its number, when it is drawn into `rect` as a whole.
    pub fn marks_in(&self, ui: &Ui, rect: Rect) -> Vec<(usize, Rect)> {
        let Some(formula) = Shelf::of(ui.ctx()).formula(self.latex) else { return Vec::new() };
        let em = rect.width() / formula.width.max(f32::MIN_POSITIVE);
        let place = |x: f32, y: f32| rect.min + em * vec2(x, formula.height + y);
        let mark_rect = |mark: &Mark| {
            let corners = [0, 1].map(|end| place(mark.across[end], mark.down[end]));
            (mark.number, Rect::from_min_max(corners[0], corners[1]))
        };
        formula.marks.iter().map(mark_rect).collect()
    }

    /// Whether it can be drawn within `width` points without being scrolled.
    pub fn fits(&self, ui: &Ui, width: f32) -> bool {
        self.natural_size(ui).is_some_and(|size| size.x * SMALLEST_SCALE <= width)
    }

    /// Draws it in the color of the text, as wide as there is room. What does not fit is scrolled, and shown whole on hover.
    pub fn show_ui(&self, ui: &mut Ui) -> Response {
        let room = ui.available_width();
        let natural = self.natural_size(ui);
        let scale = natural.map_or(1.0, |size| self.scale_within(ui, size.x, room, SMALLEST_SCALE));
        let is_cut = natural.is_some_and(|size| size.x * scale > room);
        if !is_cut {
            return self.scaled_ui(ui, scale);
        }
        let response = ScrollArea::horizontal()
            .id_salt(ui.next_auto_id())
            .auto_shrink([false, true])
            .show(ui, |ui| self.scaled_ui(ui, scale))
            .inner;
        response.on_hover_ui(|ui| {
            ui.set_max_width(0.9 * ui.ctx().content_rect().width());
            let room = ui.available_width();
            let whole =
                natural.map_or(1.0, |size| self.scale_within(ui, size.x, room, SMALLEST_SCALE_IN_FULL));
            if natural.is_some_and(|size| size.x * whole <= room) {
                self.scaled_ui(ui, whole);
            } else {
                ui.label(self.spoken);
            }
        })
    }

    fn scale_within(&self, ui: &Ui, width: f32, room: f32, smallest: f32) -> f32 {
        // The margins of the picture are in pixels.
        let room = room - 4.0 / ui.pixels_per_point();
        let steps = (SCALE_STEPS * room / width).floor() / SCALE_STEPS;
        if width <= room { 1.0 } else { steps.clamp(smallest, 1.0) }
    }

    fn scaled_ui(&self, ui: &mut Ui, scale: f32) -> Response {
        if is_drawn_as_outlines(ui.ctx()) {
            return self.outlines_ui(ui, scale);
        }
        let pixels_per_point = ui.pixels_per_point();
        let em_pixels = self.size * scale * pixels_per_point;
        let ink = ui.visuals().text_options.color_transfer_function;
        let Some(picture) = Shelf::of(ui.ctx()).picture(ui.ctx(), self.latex, em_pixels, ink) else {
            return ui.add(egui::Label::new(self.spoken).truncate());
        };
        let points = |pixels: usize| pixels as f32 / pixels_per_point;
        let [width, height] = picture.size.map(points);
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), self.spoken));
        if ui.is_rect_visible(rect) {
            // Pixel on pixel, or it would be blurred.
            let corner = rect.min.round_to_pixels(pixels_per_point);
            let color = ui.visuals().text_color();
            for tile in &picture.tiles {
                let at = pos2(corner.x + points(tile.left), corner.y);
                let rect = Rect::from_min_size(at, vec2(points(tile.width), height));
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(tile.texture.id(), rect, whole, color);
            }
        }
        response
    }

    fn outlines_ui(&self, ui: &mut Ui, scale: f32) -> Response {
        let Some(formula) = Shelf::of(ui.ctx()).formula(self.latex) else {
            return ui.add(egui::Label::new(self.spoken).truncate());
        };
        let em = self.size * scale;
        let size = em * vec2(formula.width, formula.height + formula.depth);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), self.spoken));
        let start = rect.min + vec2(0.0, em * formula.height);
        let color = ui.visuals().text_color();
        let mut mesh = Mesh::default();
        for outline in &formula.outlines {
            mesh::fill(&mut mesh, outline, color, |x, y| start + em * vec2(x, y));
        }
        ui.painter().add(mesh);
        response
    }
}

/// Makes a context draw formulas as outlines. In a window the pixels of a texture are sharper; a picture without a window
/// may be enlarged after it is drawn.
pub fn draw_as_outlines(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(Id::unique(OUTLINES), true));
}

fn is_drawn_as_outlines(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(Id::unique(OUTLINES))).unwrap_or(false)
}

const OUTLINES: &str = "mathematics as outlines";

#[cfg(test)]
mod tests;
