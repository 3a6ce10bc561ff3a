//! The fonts of every picture: on screen, in SVG and in PNG the same files, in the same order of fallback.
//!
//! egui names a font by its key in `FontDefinitions` ("Ubuntu-Light"), SVG by the family, weight and style that
//! the font file states about itself. [`book`] holds both, and says which font egui takes for a character.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use egui::epaint::text::{Fonts, TextOptions};
use egui::{FontDefinitions, FontFamily};
use resvg::usvg::fontdb;

/// egui's own fonts, with Hack behind the proportional one: it has the arrows and the mathematics that Ubuntu lacks.
pub fn definitions() -> FontDefinitions {
    let mut definitions = FontDefinitions::default();
    if let Some(proportional) = definitions.families.get_mut(&FontFamily::Proportional) {
        proportional.insert(proportional.len().min(1), "Hack".to_owned());
    }
    definitions
}

/// A font as SVG names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// The family stated in the font file.
    pub family: String,
    /// The weight stated in the font file; 400 is regular.
    pub weight: u16,
    /// What egui multiplies the font size by for this font.
    pub scale: f32,
    /// What a viewer without this font may take instead: a generic family of CSS.
    pub generic: &'static str,
}

/// The fonts of [`definitions`], for whoever writes or reads SVG.
pub struct FontBook {
    /// The font files, for resvg.
    pub database: Arc<fontdb::Database>,
    families: BTreeMap<FontFamily, FamilyFaces>,
}

struct FamilyFaces {
    /// In the order of fallback.
    faces: Vec<Face>,
    /// For each character the font that has it, as an index into `faces`.
    owner: BTreeMap<char, usize>,
}

impl FontBook {
    /// The font that egui draws `character` with, where the text asks for `family`.
    ///
    /// `None` only for a family that [`definitions`] does not have. A character that no font has is drawn with the first.
    pub fn face(&self, family: &FontFamily, character: char) -> Option<&Face> {
        let faces = self.families.get(family)?;
        let owner = faces.owner.get(&character).copied().unwrap_or(0);
        faces.faces.get(owner)
    }

    /// Whether a font of `family` has `character`.
    pub fn has(&self, family: &FontFamily, character: char) -> bool {
        self.families.get(family).is_some_and(|faces| faces.owner.contains_key(&character))
    }

    /// What `read` makes of the file of the font of this family and weight.
    pub fn with_data<T>(&self, family: &str, weight: u16, read: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let families = &[fontdb::Family::Name(family)];
        let query = fontdb::Query { families, weight: fontdb::Weight(weight), ..Default::default() };
        self.database.with_face_data(self.database.query(&query)?, |data, _| read(data))
    }
}

/// The one book of the process, read at the first call.
pub fn book() -> &'static FontBook {
    static BOOK: OnceLock<FontBook> = OnceLock::new();
    BOOK.get_or_init(read_book)
}

fn read_book() -> FontBook {
    let definitions = definitions();
    let mut database = fontdb::Database::new();
    let mut names: BTreeMap<&str, (String, u16, f32)> = BTreeMap::new();
    for (key, data) in &definitions.font_data {
        let source = fontdb::Source::Binary(data.font.clone());
        let ids = database.load_font_source(source);
        let face = ids.get(data.index as usize).or(ids.first()).and_then(|id| database.face(*id));
        let Some(face) = face else { continue };
        let Some((family, _)) = face.families.first() else { continue };
        names.insert(key, (family.clone(), face.weight.0, data.tweak.scale));
    }

    let mut fonts = Fonts::new(TextOptions::default(), definitions.clone());
    let mut families = BTreeMap::new();
    for (family, keys) in &definitions.families {
        let generic = if *family == FontFamily::Monospace { "monospace" } else { "sans-serif" };
        let known: Vec<&String> = keys.iter().filter(|key| names.contains_key(key.as_str())).collect();
        let faces = known.iter().filter_map(|key| names.get(key.as_str())).map(|(family, weight, scale)| {
            Face { family: family.clone(), weight: *weight, scale: *scale, generic }
        });
        let faces = faces.collect();
        let mut owner = BTreeMap::new();
        for (&character, holders) in fonts.with_pixels_per_point(1.0).characters(family) {
            if let Some(index) = known.iter().position(|key| holders.contains(key)) {
                owner.insert(character, index);
            }
        }
        families.insert(family.clone(), FamilyFaces { faces, owner });
    }
    FontBook { database: Arc::new(database), families }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_gets_the_font_egui_draws_it_with() {
        let cases = [
            (FontFamily::Proportional, 'a', "Ubuntu"),
            (FontFamily::Proportional, 'θ', "Ubuntu"),
            (FontFamily::Proportional, '∇', "Hack"),
            (FontFamily::Monospace, 'a', "Hack"),
        ];
        for (family, character, expected) in cases {
            let face = book().face(&family, character).unwrap();
            assert!(face.family.starts_with(expected), "{character}: {face:?}");
        }
        assert_eq!(book().face(&FontFamily::Name("none".into()), 'a'), None);
    }

    #[test]
    fn the_database_finds_every_face_under_its_svg_name() {
        for family in book().families.values() {
            for face in &family.faces {
                let query = fontdb::Query {
                    families: &[fontdb::Family::Name(&face.family)],
                    weight: fontdb::Weight(face.weight),
                    ..Default::default()
                };
                assert!(book().database.query(&query).is_some(), "{face:?}");
            }
        }
    }
}
