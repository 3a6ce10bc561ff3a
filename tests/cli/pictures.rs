//! Pictures that were made to cost time and memory: whatever they are, two seconds of a processor and few hundred megabytes
//! are enough to say what is in them. The shell sees to both.

use crate::streams::bounded;
use crate::write;

const SCENARIO: &str = "[cost]\nformula = \"x^2+y^2\"\n[run]\nsteps = 10\n";
/// Nearly as large as any picture that is read.
const LARGE: usize = 62_000_000;

/// What `check` says of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Carries,
    Refused,
}
use Verdict::{Carries, Refused};

#[track_caller]
fn assert_verdict(name: &str, bytes: &[u8], verdict: Verdict) {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), name, bytes);
    let output = bounded(600, 2, &["check", &path]).output().unwrap();
    let expected = if verdict == Carries { 0 } else { 2 };
    assert_eq!(output.status.code(), Some(expected), "{name}: {output:?}");
}

/// A chunk of a PNG without its check sum being right, which is not looked at in what is passed over.
fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32).to_be_bytes()[..], kind, data, &[0; 4]].concat()
}

/// A PNG of one pixel with texts before it, and the chunks of these texts.
fn png(add: impl FnOnce(&mut png::Encoder<'_, &mut Vec<u8>>)) -> (Vec<u8>, Vec<u8>) {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    add(&mut encoder);
    encoder.write_header().unwrap().write_image_data(&[0]).unwrap();
    // The signature and the header are 33 bytes, the pixel's chunk begins with its length.
    let end = bytes.windows(4).position(|word| word == b"IDAT").unwrap() - 4;
    let chunks = bytes[33..end].to_vec();
    (bytes, chunks)
}

fn with_scenario(before: &[u8]) -> Vec<u8> {
    let (bytes, chunks) =
        png(|encoder| encoder.add_itxt_chunk("downhill.scenario".to_owned(), SCENARIO.to_owned()).unwrap());
    [&bytes[..33], before, &chunks, &bytes[33 + chunks.len()..]].concat()
}

/// A packed text under a keyword.
fn packed(keyword: &str, text: &str) -> Vec<u8> {
    png(|encoder| encoder.add_ztxt_chunk(keyword.to_owned(), text.to_owned()).unwrap()).1
}

#[test]
fn a_png_is_searched_by_keyword_and_nothing_else_in_it_is_unpacked() {
    let full = "é".repeat((2 << 20) - 10);
    let foreign = packed("k", &full);
    assert!(foreign.len() < 1 << 14, "it is not packed");
    assert_verdict("many-texts.png", &with_scenario(&foreign.repeat(400)), Carries);
    assert_verdict("very-many-texts.png", &with_scenario(&foreign.repeat(3500)), Carries);
    for keyword in ["downhill.scenario2", "downhill", "downhill.figure"] {
        let chunks = packed(keyword, &full).repeat(400);
        assert_verdict("other-keywords.png", &with_scenario(&chunks), Carries);
    }
    let bomb = packed("downhill.scenario", &"a".repeat(64 << 20));
    assert_verdict("bomb.png", &with_scenario(&bomb.repeat(100)), Refused);
    assert_verdict(
        "figure-bomb.png",
        &with_scenario(&packed("downhill.figure", &"[".repeat(8 << 20))),
        Carries,
    );
    for kind in [b"tEXt", b"iTXt", b"zTXt", b"IDAT", b"abCd"] {
        let small = chunk(kind, b"k\0").repeat(LARGE / 14);
        assert_verdict("small-chunks.png", &with_scenario(&small), Carries);
    }
    assert_verdict("pixels.png", &with_scenario(&chunk(b"IDAT", &vec![7; LARGE])), Carries);
    let long = format!("{SCENARIO}{}", "#".repeat(3 << 20));
    let (long, _) = png(|encoder| encoder.add_itxt_chunk("downhill.scenario".to_owned(), long).unwrap());
    assert_verdict("long.png", &long, Refused);
    let mut huge = with_scenario(&[]);
    huge[16..24].fill(0x7f);
    assert_verdict("huge-sides.png", &huge, Carries);
    let mut endless = with_scenario(&[]);
    endless[33..37].fill(0xff);
    assert_verdict("endless-chunk.png", &endless, Refused);
    let whole = with_scenario(&[]);
    for length in [8, 20, 33, 40, 60, 100] {
        assert_verdict("cut-off.png", &whole[..length], Refused);
    }
}

/// The scenario as an SVG carries it.
fn element() -> String {
    format!("<metadata><d:scenario xmlns:d=\"urn:downhill\"><![CDATA[{SCENARIO}]]></d:scenario></metadata>")
}

#[test]
fn an_svg_is_searched_without_a_tree_of_it() {
    let svg = |before: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{before}{}</svg>", element());
    let numbered = |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    let attributes = numbered(400_000, &|i| format!(" a{i}=\"\""));
    let spaces = numbered(20_000, &|i| format!(" xmlns:p{i}=\"u\""));
    let own_spaces = numbered(400_000, &|i| format!(" xmlns:p{i}=\"urn:downhill\""));
    let entities = numbered(9, &|i| format!("<!ENTITY e{} \"{}\">", i + 1, format!("&e{i};").repeat(10)));
    let carrying = [
        ("attributes.svg", format!("<g{attributes}/>")),
        ("spaces.svg", format!("<g{spaces}>{}</g>", "<b xmlns:c=\"d\"/>".repeat(100_000))),
        ("elements.svg", "<a/>".repeat(LARGE / 4)),
        ("deep.svg", "<a>".repeat(LARGE / 3)),
        ("comments.svg", "<!---->".repeat(LARGE / 7)),
        ("blanks.svg", " ".repeat(LARGE)),
        ("references.svg", "&#65;".repeat(LARGE / 5)),
        ("laughs.svg", format!("<!DOCTYPE svg [<!ENTITY e0 \"ha\">{entities}]><t>&e9;</t>")),
        ("nearly.svg", "<d:scenari <scenario>".repeat(LARGE / 22)),
        ("names.svg", "scenario".repeat(LARGE / 8)),
        ("name-spaces.svg", "urn:downhill".repeat(LARGE / 12)),
        ("foreign.svg", "<e:scenario a='".repeat(LARGE / 15)),
    ];
    for (name, before) in carrying {
        assert_verdict(name, svg(&before).as_bytes(), Carries);
    }
    let bound = "<svg xmlns:d=\"urn:downhill\"><d:scenario";
    let refused = [
        ("own-spaces.svg", format!("<svg{own_spaces}><p399999:scenario>{SCENARIO}</p399999:scenario>")),
        ("own-attributes.svg", format!("{bound}{attributes}>{SCENARIO}</d:scenario></svg>")),
        ("open-attribute.svg", format!("{bound} a=\"{}", "x".repeat(LARGE))),
        (
            "attribute.svg",
            format!("{bound} figure=\"{}\">{SCENARIO}</d:scenario>", "&#65;".repeat(LARGE / 5)),
        ),
        ("content.svg", format!("{bound}>{}</d:scenario>", "&#65;".repeat(LARGE / 5))),
        ("data.svg", format!("{bound}>{}</d:scenario>", "<![CDATA[x]]>".repeat(LARGE / 13))),
        ("empty-data.svg", format!("{bound}>{}", "<![CDATA[]]>".repeat(LARGE / 12))),
        ("no-end.svg", format!("{bound}>{}", "<d:scenario".repeat(LARGE / 11))),
        (
            "entity.svg",
            format!("<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{bound}>&a;</d:scenario>"),
        ),
        ("many.svg", format!("{bound}></d:scenario>").repeat(500_000)),
        ("open.svg", "<".repeat(LARGE)),
        ("quotes.svg", format!("<svg>{}", "<scenario a=\"<scenario b='".repeat(LARGE / 26))),
        ("not-utf-8.svg", format!("<svg>{}", "x".repeat(LARGE))),
    ];
    for (name, text) in refused {
        let mut bytes = text.into_bytes();
        if name == "not-utf-8.svg" {
            bytes.push(0xff);
        }
        assert_verdict(name, &bytes, Refused);
    }
    let whole = svg("");
    for share in 1..10 {
        let cut = whole.find(SCENARIO).unwrap() * share / 10;
        assert_verdict("cut-off.svg", &whole.as_bytes()[..cut], Refused);
    }
}

#[test]
fn a_pdf_is_searched_once_from_end_to_end() {
    let attached = |text: &str, length: &str, extra: &str| {
        format!(
            "5 0 obj\n<</Type/EmbeddedFile/Length {length}/Subtype/application#2Ftoml{extra}>>\nstream\n{text}\nendstream\n"
        )
    };
    let length = SCENARIO.len().to_string();
    let good = attached(SCENARIO, &length, "");
    let pdf = |parts: &[&str]| format!("%PDF-1.7\n{}", parts.concat());
    // Every dictionary claims all that follows, up to blanks that go on for long.
    let claims = |count: usize, blanks: usize| {
        let unit =
            |length: usize| format!(" obj/EmbeddedFile/Length {length:010}/application#2Ftoml stream\n");
        let width = unit(0).len();
        let units: String = (0..count).map(|i| unit(width * (count - 1 - i))).collect();
        format!("{units}{}x", " ".repeat(blanks))
    };
    let wrapped = |text: &str| attached(text, &text.len().to_string(), "");
    let cases = [
        ("types.pdf", "/application#2Ftoml".repeat(LARGE / 19), Carries),
        ("objects.pdf", " obj/EmbeddedFile/Length 5/application#2Ftoml".repeat(LARGE / 45), Carries),
        ("dictionaries.pdf", attached("", "99", "").repeat(LARGE / 90), Carries),
        ("streams.pdf", "stream endstream obj ".repeat(LARGE / 21), Carries),
        ("filters.pdf", attached("x", "1", "/Filter/FlateDecode").repeat(LARGE / 110), Carries),
        (
            "object-streams.pdf",
            "1 0 obj<</Type/ObjStm/N 9999999/First 1>>stream\n".repeat(LARGE / 48),
            Carries,
        ),
        ("blanks.pdf", claims(20_000, LARGE - 2_000_000), Carries),
        ("claims.pdf", claims(LARGE / 70, 100), Carries),
        ("nothing.pdf", " ".repeat(LARGE), Carries),
        (
            "huge-lengths.pdf",
            attached("x", "18446744073709551615", "") + &attached("x", &"9".repeat(100), ""),
            Carries,
        ),
        ("too-long.pdf", wrapped(&"#".repeat(LARGE)), Carries),
    ];
    for (name, before, verdict) in cases {
        assert_verdict(name, pdf(&[&before, &good]).as_bytes(), verdict);
        assert_verdict(name, pdf(&[&before]).as_bytes(), Refused);
    }
    // All claim the same bytes, which are no text.
    let mut bytes = pdf(&[&claims(20_000, 1)]).into_bytes();
    bytes.extend([&[0xff; 900_000][..], b"\nendstream"].concat());
    assert_verdict("bytes.pdf", &bytes, Refused);
    let whole = pdf(&[&good]);
    for cut in [5, 9, 40, whole.len() - 40, whole.len() - 12] {
        assert_verdict("cut-off.pdf", &whole.as_bytes()[..cut], Refused);
    }
}
