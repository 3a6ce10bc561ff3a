//! A TrueType font cut down to some of its letters, for embedding in a picture.
//!
//! Source: OpenType 1.9.1, chapters "cmap", "glyf", "loca", "hmtx", "head". Glyphs keep their outlines and widths and
//! lose their hints, which nothing that draws SVG uses; kerning and ligatures are left out, since every letter of a
//! figure has its own place.

use std::collections::{BTreeMap, BTreeSet};

/// The font with these letters alone, as far as it has them, under the name of its family; `None` where it is no TrueType
/// font.
pub(in crate::figure) fn subset(font: &[u8], family: &str, letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let tables = Tables::read(font)?;
    let map = tables.character_map()?;
    let characters: BTreeMap<u32, u16> =
        letters.iter().filter_map(|letter| Some((*letter as u32, map(*letter as u32)?))).collect();
    // Glyph 0 is what stands for a missing one.
    let mut glyphs: Vec<u16> = vec![0];
    for &glyph in characters.values() {
        if !glyphs.contains(&glyph) {
            glyphs.push(glyph);
        }
    }
    let mut outlines: Vec<Vec<u8>> = Vec::new();
    while let Some(&glyph) = glyphs.get(outlines.len()) {
        outlines.push(without_hints(tables.outline(glyph)?, &mut glyphs)?);
    }
    let renumbered = |glyph: u16| glyphs.iter().position(|known| *known == glyph).unwrap_or(0) as u16;
    let characters = characters.into_iter().map(|(letter, glyph)| (letter, renumbered(glyph))).collect();

    let (mut glyf, mut loca, mut hmtx) = (Vec::new(), Vec::new(), Vec::new());
    for (glyph, outline) in glyphs.iter().zip(&outlines) {
        loca.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
        glyf.extend(outline);
        glyf.resize(glyf.len().next_multiple_of(4), 0);
        hmtx.extend(tables.metrics(*glyph)?);
    }
    loca.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
    let count = u16::try_from(glyphs.len()).ok()?.to_be_bytes();
    let mut head = tables.get(b"head")?.to_vec();
    head.get_mut(8..12)?.fill(0);
    head.get_mut(50..52)?.copy_from_slice(&[0, 1]);
    let mut hhea = tables.get(b"hhea")?.to_vec();
    hhea.get_mut(34..36)?.copy_from_slice(&count);
    let mut maxp = tables.get(b"maxp")?.to_vec();
    maxp.get_mut(4..6)?.copy_from_slice(&count);
    // Version 3: the glyphs have no names.
    let mut post = tables.get(b"post")?.get(..32)?.to_vec();
    post.get_mut(..4)?.copy_from_slice(&[0, 3, 0, 0]);
    Some(assemble(&[
        (*b"OS/2", tables.get(b"OS/2")?.to_vec()),
        (*b"cmap", character_map_table(&characters)),
        (*b"glyf", glyf),
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", hmtx),
        (*b"loca", loca),
        (*b"maxp", maxp),
        (*b"name", name_table(family)),
        (*b"post", post),
    ]))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|pair| u16::from_be_bytes(*pair))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_be_bytes(*four))
}

/// The tables of a font file.
struct Tables<'a> {
    tables: BTreeMap<[u8; 4], &'a [u8]>,
}

impl<'a> Tables<'a> {
    fn read(font: &'a [u8]) -> Option<Self> {
        let mut tables = BTreeMap::new();
        for index in 0..usize::from(u16_at(font, 4)?) {
            let record = font.get(12 + 16 * index..)?;
            let (start, length) = (u32_at(record, 8)? as usize, u32_at(record, 12)? as usize);
            tables.insert(*record.first_chunk()?, font.get(start..start.checked_add(length)?)?);
        }
        Some(Self { tables })
    }

    fn get(&self, name: &[u8; 4]) -> Option<&'a [u8]> {
        self.tables.get(name).copied()
    }

    /// From a character to its glyph, by the table for the characters of the first plane (format 4).
    fn character_map(&self) -> Option<impl Fn(u32) -> Option<u16> + use<'a>> {
        let cmap = self.get(b"cmap")?;
        let mut tables = (0..usize::from(u16_at(cmap, 2)?)).filter_map(|index| {
            let start = u32_at(cmap, 4 + 8 * index + 4)? as usize;
            cmap.get(start..).filter(|table| u16_at(table, 0) == Some(4))
        });
        let table = tables.next_back()?;
        let segments = usize::from(u16_at(table, 6)?) / 2;
        Some(move |character: u32| {
            let character = u16::try_from(character).ok()?;
            let segment = (0..segments)
                .find(|segment| u16_at(table, 14 + 2 * segment).is_some_and(|end| end >= character))?;
            let column = |which: usize| 16 + 2 * (which * segments + segment);
            let start = u16_at(table, column(1))?;
            if character < start {
                return None;
            }
            let delta = u16_at(table, column(2))?;
            let offset = usize::from(u16_at(table, column(3))?);
            let glyph = if offset == 0 {
                character.wrapping_add(delta)
            } else {
                let listed = u16_at(table, column(3) + offset + 2 * usize::from(character - start))?;
                if listed == 0 { 0 } else { listed.wrapping_add(delta) }
            };
            (glyph != 0).then_some(glyph)
        })
    }

    /// The outline of a glyph; empty for a blank.
    fn outline(&self, glyph: u16) -> Option<&'a [u8]> {
        let loca = self.get(b"loca")?;
        let is_long = u16_at(self.get(b"head")?, 50)? == 1;
        let place = |index: usize| {
            if is_long {
                u32_at(loca, 4 * index).map(|place| place as usize)
            } else {
                u16_at(loca, 2 * index).map(|place| 2 * usize::from(place))
            }
        };
        let glyph = usize::from(glyph);
        self.get(b"glyf")?.get(place(glyph)?..place(glyph + 1)?)
    }

    /// Width and left side bearing of a glyph, as `hmtx` has them.
    fn metrics(&self, glyph: u16) -> Option<[u8; 4]> {
        let hmtx = self.get(b"hmtx")?;
        let (glyph, full) = (usize::from(glyph), usize::from(u16_at(self.get(b"hhea")?, 34)?));
        let width = u16_at(hmtx, 4 * glyph.min(full.checked_sub(1)?))?.to_be_bytes();
        let bearing = if glyph < full { 4 * glyph + 2 } else { 4 * full + 2 * (glyph - full) };
        let bearing = u16_at(hmtx, bearing)?.to_be_bytes();
        Some([width[0], width[1], bearing[0], bearing[1]])
    }
}

/// A glyph without its hints; the parts of a composed one are added to `glyphs` and renumbered by their place there.
fn without_hints(outline: &[u8], glyphs: &mut Vec<u16>) -> Option<Vec<u8>> {
    const ARE_WORDS: u16 = 0x1;
    const HAS_SCALE: u16 = 0x8;
    const MORE_PARTS: u16 = 0x20;
    const HAS_TWO_SCALES: u16 = 0x40;
    const HAS_MATRIX: u16 = 0x80;
    const HAS_HINTS: u16 = 0x100;
    if outline.is_empty() {
        return Some(Vec::new());
    }
    if let Ok(contours) = usize::try_from(u16_at(outline, 0)?.cast_signed()) {
        let hints_at = 10 + 2 * contours;
        let points_at = hints_at + 2 + usize::from(u16_at(outline, hints_at)?);
        let mut kept = outline.get(..hints_at)?.to_vec();
        kept.extend([0, 0]);
        kept.extend(outline.get(points_at..)?);
        return Some(kept);
    }
    let mut kept = outline.get(..10)?.to_vec();
    let mut at = 10;
    loop {
        let (flags, part) = (u16_at(outline, at)?, u16_at(outline, at + 2)?);
        let place = glyphs.iter().position(|known| *known == part).unwrap_or_else(|| {
            glyphs.push(part);
            glyphs.len() - 1
        });
        let shift = if flags & ARE_WORDS == 0 { 2 } else { 4 };
        let matrix = match flags {
            _ if flags & HAS_SCALE != 0 => 2,
            _ if flags & HAS_TWO_SCALES != 0 => 4,
            _ if flags & HAS_MATRIX != 0 => 8,
            _ => 0,
        };
        let end = at + 4 + shift + matrix;
        kept.extend((flags & !HAS_HINTS).to_be_bytes());
        kept.extend(u16::try_from(place).ok()?.to_be_bytes());
        kept.extend(outline.get(at + 4..end)?);
        at = end;
        if flags & MORE_PARTS == 0 {
            return Some(kept);
        }
    }
}

/// A table from characters to glyphs (format 12: one group for each character).
fn character_map_table(characters: &BTreeMap<u32, u16>) -> Vec<u8> {
    let groups = characters.len() as u32;
    // One table, for Unicode in full (platform 3, encoding 10), which begins after 12 bytes.
    let mut table: Vec<u8> = [0u16, 1, 3, 10].into_iter().flat_map(u16::to_be_bytes).collect();
    table.extend(12u32.to_be_bytes());
    table.extend([0, 12, 0, 0]);
    table.extend([16 + 12 * groups, 0, groups].into_iter().flat_map(u32::to_be_bytes));
    for (character, glyph) in characters {
        table.extend([*character, *character, u32::from(*glyph)].into_iter().flat_map(u32::to_be_bytes));
    }
    table
}

/// The name of the family, which is all that programs look for: family, style, full name and PostScript name.
fn name_table(family: &str) -> Vec<u8> {
    let names = [(1, family.to_owned()), (2, "Regular".to_owned()), (4, family.to_owned())];
    let names = names.into_iter().chain([(6, family.replace(' ', "-"))]);
    let coded: Vec<(u16, Vec<u8>)> =
        names.map(|(id, name)| (id, name.encode_utf16().flat_map(u16::to_be_bytes).collect())).collect();
    let records = coded.len() as u16;
    let mut table: Vec<u8> = [0, records, 6 + 12 * records].into_iter().flat_map(u16::to_be_bytes).collect();
    let mut start = 0;
    for (id, name) in &coded {
        let length = name.len() as u16;
        // Platform 3, encoding 1, language 0x409: Windows, Unicode, English.
        table.extend([3, 1, 0x409, *id, length, start].into_iter().flat_map(u16::to_be_bytes));
        start += length;
    }
    table.extend(coded.into_iter().flat_map(|(_, name)| name));
    table
}

/// A font file of tables that come in the order of their names.
fn assemble(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.ilog2() as u16;
    let range = 16 << power;
    let mut font: Vec<u8> = vec![0, 1, 0, 0];
    font.extend([count, range, power, 16 * count - range].into_iter().flat_map(u16::to_be_bytes));
    let mut start = 12 + 16 * tables.len();
    for (name, table) in tables {
        font.extend(name);
        font.extend(
            [checksum(table), start as u32, table.len() as u32].into_iter().flat_map(u32::to_be_bytes),
        );
        start += table.len().next_multiple_of(4);
    }
    let mut head_at = None;
    for (name, table) in tables {
        if name == b"head" {
            head_at = Some(font.len());
        }
        font.extend(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xb1b0_afba_u32.wrapping_sub(checksum(&font));
    if let Some(place) = head_at.and_then(|at| font.get_mut(at + 8..at + 12)) {
        place.copy_from_slice(&adjustment.to_be_bytes());
    }
    font
}

fn checksum(table: &[u8]) -> u32 {
    let words = table.chunks(4).map(|word| {
        let byte = |index: usize| word.get(index).copied().unwrap_or(0);
        u32::from_be_bytes([byte(0), byte(1), byte(2), byte(3)])
    });
    words.fold(0, u32::wrapping_add)
}
