//! SVG text to a tree of shapes, and the tree to pixels: the step that PNG, GIF and PDF share.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::figure::look::fonts;

/// What an SVG text says, its texts laid out with the fonts of the program.
pub(in crate::figure) fn tree(svg: &str) -> Result<usvg::Tree, usvg::Error> {
    let mut options = usvg::Options { fontdb: fonts::book().database.clone(), ..Default::default() };
    // Images are part of the text; no file is read.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    usvg::Tree::from_str(svg, &options)
}

/// Paints a tree over what the pixels show already, stretched to all of them.
pub(in crate::figure) fn paint(tree: &usvg::Tree, pixmap: &mut Pixmap) {
    let size = tree.size();
    let scale =
        Transform::from_scale(pixmap.width() as f32 / size.width(), pixmap.height() as f32 / size.height());
    resvg::render(tree, scale, &mut pixmap.as_mut());
}
