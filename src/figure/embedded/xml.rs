//! One element of an XML text, found without reading the others: to build a tree of a stranger's picture costs as much time
//! and memory as whoever made it likes. Time and memory here are proportional to the length of the text.
//!
//! What is found may, in a file that was made for it, stand in a comment, or under a name space that is another's there.

use std::borrow::Cow;

/// The element, its entities resolved.
#[derive(Debug, PartialEq)]
pub(super) struct Element {
    /// The text in it. Other elements in it are an error.
    pub content: String,
    /// Its attributes in their order, with their prefixes.
    pub attributes: Vec<(String, String)>,
}

/// The most prefixes that are tried for the name space.
const MAX_PREFIXES: usize = 16;
/// The most attributes that the element may have.
const MAX_ATTRIBUTES: usize = 64;
/// The longest start of the element and the longest content that are read, in bytes.
const MAX_BYTES: usize = 8 << 20;

/// The first element with this name in this name space.
///
/// # Errors
/// The element is there and broken, in a few words.
pub(super) fn find(text: &str, namespace: &str, name: &str) -> Result<Option<Element>, String> {
    let prefixes = prefixes(text, namespace);
    let is_bound = |prefix: &str| prefixes.contains(&prefix);
    for (at, _) in text.match_indices(name) {
        let before = text.get(..at).unwrap_or_default();
        // A prefix longer than this is none that was bound.
        let tail = tail(before, 80);
        let Some((_, prefix)) = tail.rsplit_once('<') else { continue };
        let prefix = match prefix.strip_suffix(':') {
            Some(prefix) => prefix,
            None if prefix.is_empty() => "",
            None => continue,
        };
        let after = text.get(at + name.len()..).unwrap_or_default();
        if is_bound(prefix) && after.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
        {
            return element(after).map(Some);
        }
    }
    Ok(None)
}

/// The prefixes that are bound to a name space anywhere; an empty one where it is the default.
fn prefixes<'t>(text: &'t str, namespace: &str) -> Vec<&'t str> {
    let mut found: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices(namespace) {
        let Some(prefix) = prefix_before(tail(text.get(..at).unwrap_or_default(), 120)) else { continue };
        if !found.contains(&prefix) {
            found.push(prefix);
        }
        if found.len() == MAX_PREFIXES {
            break;
        }
    }
    found
}

/// The prefix that `xmlns:prefix = "` at the end of a text binds.
fn prefix_before(text: &str) -> Option<&str> {
    let text = text.strip_suffix(['"', '\'']).map(str::trim_ascii_end)?;
    let text = text.strip_suffix('=').map(str::trim_ascii_end)?;
    let name = text.rsplit(|c: char| c.is_ascii_whitespace()).next()?;
    match name.strip_prefix("xmlns")? {
        "" => Some(""),
        prefix => prefix.strip_prefix(':'),
    }
}

/// At most so many bytes of the end of a text.
fn tail(text: &str, most: usize) -> &str {
    let start = (text.len().saturating_sub(most)..=text.len()).find(|at| text.is_char_boundary(*at));
    text.get(start.unwrap_or_default()..).unwrap_or_default()
}

/// The element whose name has just been read.
fn element(mut rest: &str) -> Result<Element, String> {
    let broken = || "its scenario is cut off or spoiled".to_owned();
    let length = rest.len();
    let mut attributes = Vec::new();
    let is_empty = loop {
        rest = rest.trim_ascii_start();
        if length - rest.len() > MAX_BYTES || attributes.len() > MAX_ATTRIBUTES {
            return Err(broken());
        }
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break false;
        }
        if rest.starts_with("/>") {
            break true;
        }
        let (name, after) = rest.split_once('=').ok_or_else(broken)?;
        let name = name.trim_ascii_end();
        if name.is_empty() || name.contains(['<', '>', '"', '\'', ' ', '\n', '\t', '\r']) {
            return Err(broken());
        }
        let after = after.trim_ascii_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or_else(broken)?;
        let (value, after) = after.get(1..).and_then(|value| value.split_once(quote)).ok_or_else(broken)?;
        if value.len() > MAX_BYTES {
            return Err(broken());
        }
        let value = value.replace(['\n', '\t', '\r'], " ");
        let value = unescaped(&value).ok_or_else(broken)?;
        attributes.push((name.to_owned(), value.into_owned()));
        rest = after;
    };
    let content = if is_empty { String::new() } else { content(rest).ok_or_else(broken)? };
    Ok(Element { content, attributes })
}

/// The text up to the end of the element. `None` where it has no end, or something else in it.
fn content(mut rest: &str) -> Option<String> {
    let mut content = String::new();
    loop {
        let (plain, markup) = rest.split_at_checked(rest.find('<')?)?;
        content.push_str(&unescaped(&with_line_feeds(plain))?);
        if markup.starts_with("</") {
            return Some(content);
        } else if let Some(data) = markup.strip_prefix("<![CDATA[") {
            let (data, after) = data.split_once("]]>")?;
            content.push_str(&with_line_feeds(data));
            rest = after;
        } else {
            (_, rest) = markup.strip_prefix("<!--")?.split_once("-->")?;
        }
        if content.len() > MAX_BYTES {
            return None;
        }
    }
}

/// XML 1.0, section 2.11.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text with the characters that its references mean. `None` for those that another file or a declaration would have
/// to explain: nothing is looked up.
fn unescaped(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('&') {
        return Some(Cow::Borrowed(text));
    }
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (reference, after) = part.split_once(';')?;
        plain.push(match reference {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let number = reference.strip_prefix('#')?;
                let code = match number.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => number.parse(),
                };
                char::from_u32(code.ok()?)?
            }
        });
        plain.push_str(after);
    }
    Some(Cow::Owned(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<Option<Element>, String> {
        find(text, "urn:downhill", "scenario")
    }

    #[test]
    fn the_element_is_found_as_other_programs_write_it() {
        for (text, content, figure) in [
            (
                "<svg><d:scenario xmlns:d=\"urn:downhill\" figure='{&quot;a&quot;: 1}'>x</d:scenario></svg>",
                "x",
                Some("{\"a\": 1}"),
            ),
            (
                "<svg xmlns:ns0 = 'urn:downhill'><ns0:scenario\n>a &lt;&#65;&#x42;</ns0:scenario></svg>",
                "a <AB",
                None,
            ),
            (
                "<scenario xmlns=\"urn:downhill\"><![CDATA[a]]>b<!-- no --><![CDATA[&lt;]]></scenario>",
                "ab&lt;",
                None,
            ),
            ("<a:scenario/><d:scenario xmlns:d=\"urn:downhill\" figure=\"\n\"/>", "", Some(" ")),
            (
                "<t>scenario</t><d:scenarios/><d:scenario xmlns:d='urn:downhill'>a\r\nb\rc</d:scenario>",
                "a\nb\nc",
                None,
            ),
        ] {
            let element = found(text).unwrap().unwrap();
            assert_eq!(element.content, content, "{text}");
            let found = element.attributes.iter().find(|(name, _)| name == "figure");
            assert_eq!(found.map(|(_, value)| value.as_str()), figure, "{text}");
        }
    }

    #[test]
    fn what_is_another_s_is_passed_over_and_what_is_broken_said() {
        for other in [
            "<scenario>x</scenario>",
            "<d:scenario xmlns:d=\"urn:else\">x</d:scenario>",
            "<svg xmlns:d=\"urn:downhill\"><e:scenario>x</e:scenario></svg>",
            "<svg xmlns:d=\"urn:downhill\">d:scenario</svg>",
            "",
        ] {
            assert_eq!(found(other), Ok(None), "{other}");
        }
        for broken in [
            "",
            " a",
            " a=",
            " a=\"",
            " a=1>",
            " a='1",
            ">",
            ">x",
            "><![CDATA[x",
            "><b/>",
            ">&a;</",
            ">&#xd800;</",
            ">&",
            " <",
        ] {
            let text = format!("<svg xmlns:d=\"urn:downhill\"><d:scenario{broken}");
            assert!(found(&text).is_err() || broken.is_empty(), "{broken}");
        }
    }
}
