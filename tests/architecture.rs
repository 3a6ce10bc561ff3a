//! The order of the modules, read from every `use crate::…`: a module imports only from those above it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ORDER: [&str; 20] = [
    "elementary",
    "decimal",
    "spelling",
    "work",
    "expr",
    "symbolic",
    "data",
    "objective",
    "optimizer",
    "landscape",
    "survey",
    "builtin",
    "scenario",
    "session",
    "record",
    "figure",
    "files",
    "ui",
    "cli",
    "main",
];

/// Modules that may know how something is drawn.
const WITH_EGUI: [&str; 4] = ["figure", "ui", "cli", "main"];

fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The top-level module that a file belongs to.
fn module_of(path: &Path, root: &Path) -> String {
    let first = path.strip_prefix(root).unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The top-level modules named after `crate::` in a line of code.
fn imported(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let names =
        code.match_indices("crate::").chain(code.match_indices("downhill::")).filter_map(|(at, prefix)| {
            let rest = &code[at + prefix.len()..];
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            (!name.is_empty()).then_some(name)
        });
    names.collect()
}

#[test]
fn modules_import_only_from_those_above() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 30, "the sources were not found");
    let rank = |module: &str| ORDER.iter().position(|m| *m == module);
    for path in files {
        let module = module_of(&path, &root);
        if module == "lib" {
            continue;
        }
        let own =
            rank(&module).unwrap_or_else(|| panic!("{} belongs to no module of the order", path.display()));
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            for name in imported(line) {
                let theirs = rank(&name);
                assert!(
                    theirs.is_some_and(|theirs| theirs <= own),
                    "{}:{}: {module} imports {name}, which comes after it",
                    path.display(),
                    number + 1
                );
            }
            let knows_egui =
                line.contains("egui::") || line.contains("eframe::") || line.contains("egui_plot::");
            assert!(
                !knows_egui || WITH_EGUI.contains(&module.as_str()),
                "{}:{}: {module} knows egui",
                path.display(),
                number + 1
            );
        }
    }
}

/// The code of a file that is no test.
fn code(path: &Path) -> String {
    let is_test = path.components().any(|part| part.as_os_str().to_string_lossy().starts_with("tests"));
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().take_while(|line| !is_test && !line.starts_with("#[cfg(test)]"));
    lines.map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// What is named directly behind a path such as `super::`, alone or in braces.
fn named_behind<'c>(code: &'c str, path: &str) -> Vec<&'c str> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (at, _) in code.match_indices(path).filter(|(at, _)| !code[..*at].ends_with("super::")) {
        let rest = &code[at + path.len()..];
        let end = if rest.starts_with('{') { rest.find(';') } else { rest.find(|c| !word(c)) };
        found.extend(rest[..end.unwrap_or(rest.len())].split(|c| !word(c)).filter(|name| !name.is_empty()));
    }
    found
}

/// The simplifier rewrites factors, powers and sums by each other's rules, which have no order.
const CIRCLES: [(&str, &[&str]); 1] = [("symbolic", &["factors", "power", "simplify"])];

#[test]
fn files_that_stand_side_by_side_import_each_other_in_no_circle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut folders: Vec<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    folders.sort();
    folders.dedup();
    // At the root the order of the modules says more.
    for folder in folders.into_iter().filter(|folder| *folder != root) {
        let inside = folder.strip_prefix(&root).unwrap();
        let above = format!("crate::{}::", inside.to_string_lossy().replace('/', "::"));
        // A file with its folder is one room.
        let mut imports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for file in files.iter().filter(|file| file.starts_with(folder)) {
            let room = module_of(file, folder);
            let depth = file.strip_prefix(folder).unwrap().components().count();
            let code = code(file);
            let named = named_behind(&code, &"super::".repeat(depth)).into_iter();
            let named = named.chain(named_behind(&code, &above)).filter(|name| **name != room);
            imports.entry(room.clone()).or_default().extend(named.map(str::to_owned));
        }
        // Who imports nobody that is left is in no circle, nor who is imported by nobody.
        loop {
            let rooms: BTreeSet<String> = imports.keys().cloned().collect();
            let imported: BTreeSet<String> = imports.values().flatten().cloned().collect();
            for named in imports.values_mut() {
                named.retain(|name| rooms.contains(name));
            }
            imports.retain(|room, named| !named.is_empty() && imported.contains(room));
            if imports.len() == rooms.len() {
                break;
            }
        }
        let circle: Vec<&str> = imports.keys().map(String::as_str).collect();
        let known = CIRCLES.iter().find(|(known, _)| Path::new(known) == inside);
        assert_eq!(circle, known.map_or(&[][..], |(_, rooms)| rooms), "in {}: {imports:?}", inside.display());
    }
}

/// Files, threads, clocks, other programs: what a page does not have.
const OF_A_DESKTOP: [&str; 9] = [
    "std::fs",
    "std::thread",
    "std::process",
    "std::env",
    "Instant::",
    "SystemTime",
    "crate::files",
    ".exists()",
    ".is_dir()",
];

/// Modules that may know them; in `ui` two rooms.
const WITH_A_DESKTOP: [&str; 5] = ["files", "cli", "main", "ui/desktop", "ui/window"];

#[test]
fn what_a_page_does_not_have_is_reached_through_one_seam() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for path in files {
        let inside = path.strip_prefix(&root).unwrap();
        if WITH_A_DESKTOP.iter().any(|room| inside.with_extension("").starts_with(room)) {
            continue;
        }
        let code = code(&path);
        for name in OF_A_DESKTOP.into_iter().chain(["eframe"]) {
            assert!(!code.contains(name), "{} knows {name}", inside.display());
        }
    }
}

/// egui's own field for numbers writes the text anew while it is typed: numbers are typed into `number_field` alone.
#[test]
fn no_number_is_typed_into_a_field_of_egui() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let code: String = text.lines().filter_map(|line| line.split("//").next()).collect();
        assert!(!code.contains("DragValue"), "{}", path.display());
        let (sliders, bare) =
            (code.matches("Slider::new(").count(), code.matches(".show_value(false)").count());
        assert!(sliders <= bare, "{}: a slider shows a field of its own", path.display());
    }
}

#[test]
fn imports_are_recognized() {
    assert_eq!(imported("use crate::expr::{A, B}; use crate::session;"), ["expr", "session"]);
    assert!(imported("// crate::ui").is_empty());
}
