//! The letters that a file uses, embedded so that the picture looks the same where the fonts are missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::figure::formats::base64;
use crate::figure::look::fonts::{self, Face};
use crate::figure::look::typeface;

/// The letters of each font: by family and weight, in a fixed order.
#[derive(Default)]
pub(super) struct Letters {
    used: BTreeMap<(String, u16), BTreeSet<char>>,
}

impl Letters {
    /// Notes that `text` is set in a font.
    pub fn add(&mut self, face: &Face, text: &str) {
        self.used.entry((face.family.clone(), face.weight)).or_default().extend(text.chars());
    }

    /// Writes the fonts, cut down to the letters, as a style sheet.
    pub fn write(&self, out: &mut String) {
        let mut rules = String::new();
        for ((family, weight), letters) in &self.used {
            let cut_down = |data: &[u8]| typeface::subset(data, family, letters);
            let font = fonts::book().with_data(family, *weight, cut_down).flatten();
            let Some(font) = font else { continue };
            let _ = writeln!(
                rules,
                "@font-face{{font-family:\"{family}\";font-weight:{weight};\
                 src:url(data:font/ttf;base64,{})}}",
                base64::encode(&font)
            );
        }
        if !rules.is_empty() {
            let _ = write!(out, "<style>\n{rules}</style>\n");
        }
    }
}
