//! The scenario inside a PDF: an attached file whose bytes stand in the PDF as they are.

use krilla::document::Document;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};

use super::PdfError;

/// The largest scenario that is attached and read back, as for scenario files.
pub(super) const MAX_BYTES: usize = 1 << 20;
/// How far the dictionary of the attached file may reach before its bytes begin.
const MAX_DICTIONARY: usize = 1024;
/// The type of the attached file, as a PDF name.
const TYPE: &[u8] = b"/application#2Ftoml";

/// Attaches a scenario as `scenario.toml`.
pub(super) fn attach(document: &mut Document, text: &str) -> Result<(), PdfError> {
    if text.len() > MAX_BYTES {
        return Err(PdfError::Scenario);
    }
    let file = EmbeddedFile {
        path: "scenario.toml".to_owned(),
        mime_type: MimeType::new("application/toml"),
        description: Some("The scenario that this figure shows, for Downhill".to_owned()),
        association_kind: AssociationKind::Source,
        data: text.as_bytes().to_vec().into(),
        modification_date: None,
        compress: Some(false),
        location: None,
    };
    document.embed_file(file).ok_or_else(|| PdfError::Writing("the scenario is attached twice".to_owned()))
}

/// The scenario that [`super::from_svg`] attached; `None` where there is none, or where another program has packed the
/// PDF anew. Any bytes may be given; nothing is decompressed.
pub fn scenario(pdf: &[u8]) -> Option<String> {
    if !pdf.starts_with(b"%PDF-") {
        return None;
    }
    // Each piece reaches from one type to the next, so that nothing is looked at twice.
    let (mut before, mut from) = (0, find(pdf, TYPE)?);
    loop {
        let next = find(pdf.get(from + TYPE.len()..)?, TYPE).map(|at| from + TYPE.len() + at);
        if let Some(body) = file_at(pdf, before, from, next.unwrap_or(pdf.len())) {
            // The first that is whole is the one, or there is none.
            return String::from_utf8(body.to_vec()).ok();
        }
        (before, from) = (from + TYPE.len(), next?);
    }
}

/// The bytes of the attached file whose dictionary has its type at `found`, and lies between `first` and `last`.
fn file_at(pdf: &[u8], first: usize, found: usize, last: usize) -> Option<&[u8]> {
    let before = pdf.get(first.max(found.saturating_sub(MAX_DICTIONARY))..found)?;
    let head = before.get(rfind(before, b" obj")?..)?;
    let after = pdf.get(found..)?;
    let tail_length = find(pdf.get(found..last.min(found + MAX_DICTIONARY))?, b"stream")?;
    let dictionary = [head, after.get(..tail_length)?].concat();
    if find(&dictionary, b"/EmbeddedFile").is_none() || find(&dictionary, b"/Filter").is_some() {
        return None;
    }
    let length = number_after(&dictionary, b"/Length")?;
    // The word is followed by one line end, of one character or two (ISO 32000-1, 7.3.8.1), and so is the body.
    let body = after.get(tail_length + b"stream".len()..)?;
    let body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n"))?;
    let (body, end) = body.split_at_checked(length).filter(|_| length <= MAX_BYTES)?;
    end.get(..end.len().min(16))?.trim_ascii_start().starts_with(b"endstream").then_some(body)
}

fn number_after(dictionary: &[u8], key: &[u8]) -> Option<usize> {
    let rest = dictionary.get(find(dictionary, key)? + key.len()..)?.trim_ascii_start();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok()
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn rfind(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).rposition(|window| window == part)
}
