//! The file that is worked on, and what others do to it.

use std::time::Duration;

use super::*;

/// Looks at the file, as the window does.
fn look(document: &mut Document) {
    if let Some(found) = document.look(false).and_then(|look| look()) {
        document.see(&found);
    }
}

/// Saves, as the window does.
fn save(document: &mut Document, scenario: &Scenario, path: &Path) -> Result<(), String> {
    let work = document.saving(scenario.clone(), path.to_owned());
    *document = crate::files::Errand::begin(work).answer(Duration::from_secs(60)).unwrap()?;
    Ok(())
}

#[test]
fn titles_become_file_names() {
    assert_eq!(file_stem("Rosenbrock: the curved valley"), "rosenbrock-the-curved-valley");
    assert_eq!(file_stem("../?"), "scenario");
}

#[test]
fn a_change_shows_in_the_title_until_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    let mut scenario = Scenario::default();
    let mut document = Document::opened(None, &scenario);
    assert!(!document.is_changed(&scenario));
    scenario.run.start[0] += 0.5;
    assert!(document.is_changed(&scenario));
    assert!(document.title(&scenario, true).starts_with('*'));
    save(&mut document, &scenario, &path).unwrap();
    assert!(!document.is_changed(&scenario));
    assert_eq!(document.title(&scenario, false), "a.toml - Downhill");
    assert_eq!(
        crate::files::open(&path).unwrap(),
        crate::files::Opened { scenario, file: Some(path), ..crate::files::Opened::default() }
    );
}

#[test]
fn what_others_do_to_the_file_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    let mine = Scenario::default();
    let text = scenario::write(&mine);
    std::fs::write(&path, &text).unwrap();
    let mut document = Document::opened(Some(path.clone()), &mine);
    let after = |document: &mut Document, text: &str| {
        std::fs::write(&path, text).unwrap();
        look(document);
        document.on_disk()
    };
    assert_eq!(after(&mut document, &text), OnDisk::AsKnown);
    assert_eq!(after(&mut document, &format!("# a comment\n{text}")), OnDisk::AsKnown);
    let other = scenario::write(&Scenario::of_formula("x^4 + y^2"));
    assert_eq!(after(&mut document, &other), OnDisk::Changed);
    assert_eq!(after(&mut document, "nonsense"), OnDisk::Changed);
    assert_eq!(after(&mut document, &text), OnDisk::AsKnown);
    std::fs::remove_file(&path).unwrap();
    look(&mut document);
    assert!(document.on_disk() == OnDisk::Gone && document.is_changed(&mine));
    assert!(after(&mut document, &text) == OnDisk::AsKnown && !document.is_changed(&mine));
    assert_eq!(after(&mut document, &other), OnDisk::Changed);
    document.accept(&Found::at(path.clone()));
    assert!(document.on_disk() == OnDisk::AsKnown && document.is_changed(&mine));
    document.see(&Found::at(path.clone()));
    assert_eq!(document.on_disk(), OnDisk::AsKnown);
}

#[test]
fn a_change_while_the_program_was_closed_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    let mine = Scenario::default();
    let mut before = Document::opened(None, &mine);
    save(&mut before, &mine, &path).unwrap();
    for changed in [false, true] {
        std::fs::write(&path, scenario::write(&mine)).unwrap();
        let remembered = || Document::remembered(before.place.path.clone(), before.seen(), changed, &mine);
        let mut document = remembered();
        look(&mut document);
        assert!(document.on_disk() == OnDisk::AsKnown && document.is_changed(&mine) == changed);
        std::fs::write(&path, "nonsense").unwrap();
        let mut document = remembered();
        look(&mut document);
        assert_eq!(document.on_disk(), OnDisk::Changed);
    }
}

#[test]
fn recent_files_are_ten_at_most_and_each_is_there_once() {
    let mut recent = Vec::new();
    for number in (0..15).chain([12, 3]) {
        put_first(&mut recent, Path::new(&format!("/{number}.toml")));
    }
    let expected = ["3", "12", "14", "13", "11", "10", "9", "8", "7", "6"];
    assert_eq!(recent, expected.map(|name| PathBuf::from(format!("/{name}.toml"))));
}

/// A figure or a scenario never takes the place of what is open, by whatever path.
#[cfg(unix)]
#[test]
fn the_open_scenario_is_replaced_by_no_figure_and_the_open_picture_by_no_scenario() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let scenario = Scenario::default();
    for ending in ["toml", "svg", "png", "csv"] {
        let own = at(&format!("own.{ending}"));
        std::fs::write(&own, scenario::write(&scenario)).unwrap();
        symlink(&own, at(&format!("link-{ending}.svg"))).unwrap();
        std::fs::hard_link(&own, at(&format!("hard-{ending}.png"))).unwrap();
        symlink(folder.path(), at(&format!("folder-{ending}"))).unwrap();
        let of_text = Document::opened(Some(own.clone()), &scenario);
        let of_picture = Document::opened(None, &scenario).of_picture(Some(own.clone()));
        for path in [
            own.clone(),
            at("./").join(format!("own.{ending}")),
            at(&format!("folder-{ending}/own.{ending}")),
            at(&format!("link-{ending}.svg")),
            at(&format!("hard-{ending}.png")),
        ] {
            for carries in [false, true] {
                assert!(
                    of_text.place().check_figure(&path, carries).unwrap_err().contains("the scenario itself")
                );
                assert_eq!(of_picture.place().check_figure(&path, carries).is_ok(), carries);
            }
            assert!(of_text.place().check_scenario(&path).is_ok());
            let mut document = Document::opened(None, &scenario).of_picture(Some(own.clone()));
            assert!(save(&mut document, &scenario, &path).unwrap_err().contains("choose another file"));
        }
        assert_eq!(std::fs::read_to_string(&own).unwrap(), scenario::write(&scenario));
    }
    let mut document = Document::opened(None, &scenario);
    for (name, is_saved) in [("new.svg", false), ("new.CSV", false), ("new.toml", true), ("new", true)] {
        assert_eq!(save(&mut document, &scenario, &at(name)).is_ok(), is_saved, "{name}");
        assert_eq!(at(name).exists(), is_saved, "{name}");
        assert!(document.place().check_figure(&at("other.svg"), false).is_ok());
    }
}
