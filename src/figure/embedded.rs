//! The scenario inside its own picture: a picture is opened as a scenario, and made again byte by byte.
//!
//! SVG: an element in `<metadata>`. PNG: two texts (`iTXt`). Both hold the text of the scenario file as it is, and the
//! choices about the figure as JSON. PDF: an attached scenario file, the choices in a comment at its end. What is read is
//! a stranger's file: nothing of it is trusted.

mod xml;

use std::fmt::Write as _;

use crate::figure::page::spec::FigureSpec;
use xml::Element;

/// What a picture carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The text of the scenario file.
    pub scenario: String,
    /// The choices about the figure, where they are known.
    pub figure: Option<FigureSpec>,
}

/// Why a picture gives no scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmbeddedError {
    /// The picture carries no scenario.
    #[error(
        "this {0} carries no scenario: it was not made by Downhill, or made without one, or saved by another program"
    )]
    Missing(&'static str),
    /// The picture cannot be read.
    #[error("this {kind} cannot be read: {reason}")]
    Broken {
        /// What the file seems to be.
        kind: &'static str,
        /// What is wrong.
        reason: String,
    },
}

/// The longest text that is taken from a picture, in bytes: more than any scenario has.
const MAX_TEXT_BYTES: usize = 2 << 20;
const KEYWORD: &str = "downhill.scenario";
const FIGURE_KEYWORD: &str = "downhill.figure";
/// What begins the last line of a scenario in a PDF.
const COMMENT: &str = "\n# downhill figure: ";
const NAMESPACE: &str = "urn:downhill";

/// What a file is, by how it begins; nothing for one that is no picture and may be a scenario.
pub fn picture_name(bytes: &[u8]) -> Option<&'static str> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("PNG picture")
    } else if bytes.starts_with(b"%PDF-") {
        Some("PDF")
    } else if text.starts_with(b"<") {
        Some("SVG picture")
    } else {
        None
    }
}

/// What a picture carries; nothing where the bytes are no picture. Its beginning is enough, if what it carries is in there.
///
/// # Errors
/// A picture that carries no scenario or cannot be read.
pub fn extract(bytes: &[u8]) -> Result<Option<Kept>, EmbeddedError> {
    let Some(kind) = picture_name(bytes) else { return Ok(None) };
    let broken = |reason: String| EmbeddedError::Broken { kind, reason };
    let texts = match kind {
        "PNG picture" => texts_of_png(bytes).map_err(broken)?,
        "PDF" => texts_of_pdf(bytes),
        _ => texts_of_svg(bytes).map_err(broken)?,
    };
    let [scenario, figure] = texts;
    let scenario = scenario.ok_or(EmbeddedError::Missing(kind))?;
    // Choices of a later version, or spoiled ones, leave the scenario as it is.
    let figure = figure.and_then(|text| serde_json::from_str(&text).ok());
    Ok(Some(Kept { scenario, figure }))
}

fn figure_text(kept: &Kept) -> Option<String> {
    kept.figure.as_ref().and_then(|figure| serde_json::to_string(figure).ok())
}

/// The `<metadata>` of an SVG; nothing where nothing is kept.
pub(super) fn svg_metadata(kept: Option<&Kept>) -> String {
    let Some(kept) = kept else { return String::new() };
    let mut out = format!("<metadata><d:scenario xmlns:d=\"{NAMESPACE}\"");
    if let Some(figure) = figure_text(kept) {
        out.push_str(" figure=\"");
        figure.chars().for_each(|c| crate::figure::formats::svg::push_escaped(&mut out, c));
        out.push('"');
    }
    // XML has no way to write some characters, and reads others as a line feed.
    let is_plain =
        |c: char| c == '\n' || (c >= ' ' && !matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'));
    if kept.scenario.chars().all(is_plain) {
        let text = kept.scenario.replace("]]>", "]]]]><![CDATA[>");
        let _ = write!(out, "><![CDATA[{text}]]>");
    } else {
        let coded = crate::figure::formats::base64::encode(kept.scenario.as_bytes());
        let _ = write!(out, " encoding=\"base64\">{coded}");
    }
    out.push_str("</d:scenario></metadata>\n");
    out
}

/// The texts of a PNG by their keywords; none where nothing is kept.
pub(super) fn png_texts(kept: Option<&Kept>) -> Vec<(&'static str, String)> {
    let Some(kept) = kept else { return Vec::new() };
    let figure = figure_text(kept).map(|text| (FIGURE_KEYWORD, text));
    std::iter::once((KEYWORD, kept.scenario.clone())).chain(figure).collect()
}

/// The text of a scenario file with the choices about the figure in a comment.
pub(super) fn annotated(kept: &Kept) -> String {
    match figure_text(kept) {
        Some(figure) => format!("{}{COMMENT}{figure}\n", kept.scenario),
        None => kept.scenario.clone(),
    }
}

fn texts_of_pdf(bytes: &[u8]) -> [Option<String>; 2] {
    let Some(text) = crate::figure::formats::pdf::scenario(bytes) else { return [None, None] };
    match text.rsplit_once(COMMENT) {
        // JSON has no line breaks: what follows one is no comment of ours.
        Some((scenario, figure)) if !figure.trim_end().contains('\n') => {
            [Some(scenario.to_owned()), Some(figure.trim_end().to_owned())]
        }
        _ => [Some(text), None],
    }
}

fn texts_of_svg(bytes: &[u8]) -> Result<[Option<String>; 2], String> {
    // The end may be that of what was read, in the middle of a letter.
    let text = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_some() => return Err("it is not a text in UTF-8".to_owned()),
        Err(error) => bytes.get(..error.valid_up_to()).and_then(|whole| std::str::from_utf8(whole).ok()),
        Ok(text) => Some(text),
    };
    let text = text.unwrap_or_default();
    let Some(Element { content, attributes }) = xml::find(text, NAMESPACE, "scenario")? else {
        return Ok([None, None]);
    };
    let attribute = |name: &str| attributes.iter().find(|(known, _)| known == name);
    let scenario = match attribute("encoding") {
        None => content,
        Some(_) => {
            let bytes = crate::figure::formats::base64::decode(content.trim().as_bytes());
            let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            text.ok_or("the text of its scenario is spoiled".to_owned())?
        }
    };
    Ok([Some(scenario), attribute("figure").map(|(_, value)| value.clone())])
}

/// Takes the first text under each of the two keywords and looks at no other: to unpack them all would cost as much memory
/// as whoever made the picture likes.
fn texts_of_png(bytes: &[u8]) -> Result<[Option<String>; 2], String> {
    let first = |keyword: &str| png_chunks(bytes).find(|chunk| is_text_under(chunk, keyword));
    let chunks = [KEYWORD, FIGURE_KEYWORD].map(first);
    if chunks[0].is_some_and(|chunk| chunk.len() > MAX_TEXT_BYTES) {
        return Err("its scenario is longer than any scenario may be".to_owned());
    }
    let chunks = chunks.map(|chunk| chunk.filter(|chunk| chunk.len() <= MAX_TEXT_BYTES));
    // The texts are put into a picture of one pixel, wherever another program has moved them: the pixels of this one are
    // not looked at, so that their number is no reason to ask for memory.
    let pixel =
        crate::figure::formats::png::encode(1, 1, &[u8::MAX; 4]).map_err(|error| error.to_string())?;
    let (start, end) = pixel.split_at_checked(HEADER_END).unwrap_or_default();
    let texts = chunks.into_iter().flatten();
    let small: Vec<u8> = [start].into_iter().chain(texts).chain([end]).flatten().copied().collect();
    let texts =
        crate::figure::formats::png::texts(&small, MAX_TEXT_BYTES).map_err(|error| error.to_string())?;
    Ok([KEYWORD, FIGURE_KEYWORD]
        .map(|keyword| texts.iter().find(|(known, _)| known == keyword).map(|(_, text)| text.clone())))
}

/// Where the header of a PNG ends: 8 bytes of signature and a chunk of 13 bytes.
const HEADER_END: usize = 8 + 12 + 13;

/// The chunks of a PNG in full, as far as they are whole (PNG, third edition, section 5.3).
fn png_chunks(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let (chunk, after) = rest.split_at_checked(length.checked_add(12)?)?;
        rest = after;
        Some(chunk)
    })
}

/// Whether a chunk is a text of any kind under this keyword (PNG, third edition, section 11.3.3).
fn is_text_under(chunk: &[u8], keyword: &str) -> bool {
    matches!(chunk.get(4..8), Some(b"iTXt" | b"zTXt" | b"tEXt"))
        && chunk
            .get(8..)
            .and_then(|data| data.strip_prefix(keyword.as_bytes()))
            .is_some_and(|rest| rest.starts_with(b"\0"))
}

#[cfg(test)]
mod tests;
