//! Triangles: a textured mesh as images, a colored one as filled paths.

use std::fmt::Write as _;

use egui::epaint::textures::TextureFilter;
use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Pos2, Rect, TextureId, Vec2, pos2};

use super::Page;
use super::element::{Element, push_decimal, push_number, short};
use super::image::data_uri;

/// Colors of a triangle's corners that differ by no more than this in each channel are one color.
const SAME_COLOR: u8 = 8;
/// How often a triangle is cut into four to follow its colors.
const MOST_CUTS: u32 = 5;

type Triangle = [Vertex; 3];

impl Page<'_> {
    pub(super) fn mesh(&mut self, mesh: &Mesh) {
        let triangles = triangles(mesh);
        if mesh.texture_id == TextureId::default() {
            self.colored(&triangles);
        } else {
            self.textured(&triangles, mesh.texture_id);
        }
    }

    pub(super) fn textured_rect(&mut self, rect: Rect, uv: Rect, texture: TextureId, tint: Color32) {
        let mut mesh = Mesh::with_texture(texture);
        mesh.add_rect_with_uv(rect, uv, tint);
        self.mesh(&mesh);
    }

    /// Runs of triangles that show the texture in the same place with the same tint are one image.
    fn textured(&mut self, triangles: &[Triangle], id: TextureId) {
        let mut rest = triangles;
        while let Some(first) = rest.first() {
            let (placement, tint) = (Placement::of(first), mean_color(first));
            let same = |triangle: &&Triangle| {
                placement.is_some_and(|placement| placement.fits(triangle)) && mean_color(triangle) == tint
            };
            let count = rest.iter().take_while(same).count().max(1);
            let (run, others) = rest.split_at(count);
            rest = others;
            if let Some(placement) = placement {
                self.image(run, id, placement, tint);
            }
        }
    }

    fn image(&mut self, run: &[Triangle], id: TextureId, placement: Placement, tint: Color32) {
        let Some(texture) = self.textures.get(id) else { return };
        let Some(uri) = data_uri(texture, tint) else { return };
        let rendering = match texture.magnification {
            TextureFilter::Nearest => "image-rendering:pixelated",
            TextureFilter::Linear => "image-rendering:smooth",
        };
        // The triangles may show a part of the texture only.
        let clip = (!placement.is_covered_by(run)).then(|| {
            let mut outline = String::new();
            Element::begin(&mut outline, "path").text("d", &path_data(run)).close();
            self.define("clipPath", "", outline)
        });
        if let Some(clip) = clip {
            let _ = writeln!(self.body, "<g clip-path=\"url(#d{clip})\">");
        }
        let Placement { origin, u, v } = placement;
        let element = self.element("image");
        let element = if u.y == 0.0 && v.x == 0.0 && u.x > 0.0 && v.y > 0.0 {
            element.rect(Rect::from_min_size(origin, Vec2::new(u.x, v.y)))
        } else {
            let mut matrix = "matrix(".to_owned();
            for value in [u.x, u.y, v.x, v.y] {
                push_decimal(&mut matrix, f64::from(value), 5);
                matrix.push(' ');
            }
            let _ = write!(matrix, "{} {})", short(origin.x), short(origin.y));
            element.rect(Rect::from_min_size(Pos2::ZERO, Vec2::splat(1.0))).text("transform", &matrix)
        };
        element.text("preserveAspectRatio", "none").text("style", rendering).text("xlink:href", &uri).close();
        if clip.is_some() {
            self.body.push_str("</g>\n");
        }
    }

    /// Runs of triangles with the same color are one path, so that no light shines through between them.
    fn colored(&mut self, triangles: &[Triangle]) {
        let mut pieces = Vec::with_capacity(triangles.len());
        for triangle in triangles {
            cut(*triangle, MOST_CUTS, &mut pieces);
        }
        // Where neighbors differ in color, soft edges would show the background between them.
        let uniform = pieces.windows(2).all(|pair| match pair {
            [a, b] => mean_color(a) == mean_color(b),
            _ => true,
        });
        for run in pieces.chunk_by(|a, b| mean_color(a) == mean_color(b)) {
            let Some(color) = run.first().map(mean_color) else { continue };
            if color.a() == 0 {
                continue;
            }
            let data = path_data(run);
            let element = self.element("path").text("d", &data).fill(color);
            let element = if uniform { element } else { element.text("shape-rendering", "crispEdges") };
            element.close();
        }
    }
}

/// The triangles of a mesh that have all their corners, at finite places.
fn triangles(mesh: &Mesh) -> Vec<Triangle> {
    let corner = |index: &u32| mesh.vertices.get(*index as usize).copied();
    let triangle = |corners: &[u32]| match corners {
        [a, b, c] => Some([corner(a)?, corner(b)?, corner(c)?]),
        _ => None,
    };
    let finite =
        |triangle: &Triangle| triangle.iter().all(|vertex| vertex.pos.is_finite() && vertex.uv.is_finite());
    mesh.indices.chunks_exact(3).filter_map(triangle).filter(finite).collect()
}

/// Where the whole texture lies: its top left corner, and the ways from there to its right and its lower edge.
#[derive(Clone, Copy)]
struct Placement {
    origin: Pos2,
    u: Vec2,
    v: Vec2,
}

impl Placement {
    /// Solves pos = origin + uv.x·u + uv.y·v for the three corners; `None` where the texture has no extent in them.
    fn of([a, b, c]: &Triangle) -> Option<Self> {
        let (p, q) = (b.uv - a.uv, c.uv - a.uv);
        let determinant = p.x * q.y - q.x * p.y;
        if determinant.abs() < 1e-12 {
            return None;
        }
        let (to_b, to_c) = (b.pos - a.pos, c.pos - a.pos);
        let u = (to_b * q.y - to_c * p.y) / determinant;
        let v = (to_c * p.x - to_b * q.x) / determinant;
        let origin = a.pos - u * a.uv.x - v * a.uv.y;
        (origin.is_finite() && u.is_finite() && v.is_finite()).then_some(Self { origin, u, v })
    }

    fn at(&self, uv: Pos2) -> Pos2 {
        self.origin + self.u * uv.x + self.v * uv.y
    }

    /// True where the corners lie where this placement has them, to a hundredth of a point.
    fn fits(&self, triangle: &Triangle) -> bool {
        triangle.iter().all(|vertex| self.at(vertex.uv).distance(vertex.pos) < 0.01)
    }

    /// True where two triangles show the whole texture.
    fn is_covered_by(&self, run: &[Triangle]) -> bool {
        let corners = [pos2(0.0, 0.0), pos2(1.0, 0.0), pos2(0.0, 1.0), pos2(1.0, 1.0)];
        let shown = |corner: &Pos2| run.iter().flatten().any(|vertex| vertex.uv == *corner);
        run.len() == 2 && corners.iter().all(shown)
    }
}

/// Path data of triangles, all in the same sense of rotation: common edges then cancel and leave no seam.
fn path_data(triangles: &[Triangle]) -> String {
    let mut data = String::new();
    for [a, b, c] in triangles {
        let (to_b, to_c) = (b.pos - a.pos, c.pos - a.pos);
        let clockwise = to_b.x * to_c.y - to_b.y * to_c.x >= 0.0;
        let corners = if clockwise { [a, b, c] } else { [a, c, b] };
        for (letter, vertex) in ["M", "L", " "].into_iter().zip(corners) {
            data.push_str(letter);
            push_number(&mut data, vertex.pos.x);
            data.push(' ');
            push_number(&mut data, vertex.pos.y);
        }
        data.push('Z');
    }
    data
}

/// Cuts a triangle into four until each has one color.
fn cut(triangle: Triangle, cuts: u32, out: &mut Vec<Triangle>) {
    let [a, b, c] = triangle;
    if cuts == 0 || is_one_color(&triangle) {
        out.push(triangle);
        return;
    }
    let [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
    for part in [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]] {
        cut(part, cuts - 1, out);
    }
}

fn middle(a: Vertex, b: Vertex) -> Vertex {
    Vertex { pos: a.pos.lerp(b.pos, 0.5), uv: a.uv.lerp(b.uv, 0.5), color: mean(&[a.color, b.color]) }
}

fn is_one_color([a, b, c]: &Triangle) -> bool {
    let close = |p: Color32, q: Color32| {
        p.to_array().iter().zip(q.to_array()).all(|(p, q)| p.abs_diff(q) <= SAME_COLOR)
    };
    close(a.color, b.color) && close(b.color, c.color) && close(c.color, a.color)
}

fn mean_color(triangle: &Triangle) -> Color32 {
    mean(&triangle.map(|vertex| vertex.color))
}

/// The mean of colors with alpha multiplied in, as a graphics card interpolates them.
fn mean(colors: &[Color32]) -> Color32 {
    let count = colors.len().max(1) as u32;
    let channel = |index: usize| {
        let sum: u32 =
            colors.iter().filter_map(|color| color.to_array().get(index).copied()).map(u32::from).sum();
        ((sum + count / 2) / count) as u8
    };
    Color32::from_rgba_premultiplied(channel(0), channel(1), channel(2), channel(3))
}
