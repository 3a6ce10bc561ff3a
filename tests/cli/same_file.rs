//! A result never takes the place of what it is made from, whatever it is called.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

use crate::{TWO_RUNS, assert_output, assert_refusal, command, downhill, write};

/// Every way to call the file `name` in `folder`, all with the same ending.
fn aliases(folder: &Path, name: &str) -> Vec<String> {
    let file = folder.join(name);
    let ending = file.extension().unwrap().to_str().unwrap();
    let linked = |kind: &str| folder.join(format!("{kind}.{ending}"));
    symlink(&file, linked("symbolic")).unwrap();
    symlink(linked("symbolic"), linked("chain")).unwrap();
    std::fs::hard_link(&file, linked("hard")).unwrap();
    symlink(folder, folder.join("elsewhere")).unwrap();
    let folder_name = folder.file_name().unwrap();
    let paths = [
        file.clone(),
        folder.join(".").join(name),
        folder.join("..").join(folder_name).join(name),
        folder.join("elsewhere").join(name),
        linked("symbolic"),
        linked("chain"),
        linked("hard"),
    ];
    paths.map(|path| path.to_str().unwrap().to_owned()).to_vec()
}

/// A scenario that is called like a figure, and a picture that carries it.
fn inputs(ending: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let input = folder.path().join(format!("input.{ending}")).to_str().unwrap().to_owned();
    match ending {
        "svg" | "png" | "pdf" => {
            assert_output(&downhill(&["render", &scenario, "-o", &input, "--size", "200x200"]), 0, "", "");
        }
        _ => std::fs::copy(&scenario, &input).map(drop).unwrap(),
    }
    (folder, input)
}

#[test]
fn no_command_writes_over_what_it_reads() {
    for ending in ["toml", "csv", "json", "svg", "png", "pdf", "gif"] {
        let (folder, input) = inputs(ending);
        let before = std::fs::read(&input).unwrap();
        let names = aliases(folder.path(), &format!("input.{ending}"));
        for (from, to) in names.iter().flat_map(|name| [(&input, name), (name, &input)]) {
            let mut refused = vec![vec!["run", from, "-o", to]];
            refused.push(vec!["run", from, "-o", to, "--format", "csv"]);
            if ending != "toml" {
                refused.push(vec!["render", from, "-o", to]);
                refused.push(vec!["render", from, "-o", to, "--watch"]);
            }
            refused.push(vec!["render", from, "-o", to, "--format", "json"]);
            for arguments in refused {
                assert_refusal(&downhill(&arguments), 2, "which is read and would be lost");
            }
        }
        // A picture stays also where the new one would carry the scenario.
        assert!(std::fs::read(&input).unwrap() == before, "{ending}");
    }
}

#[test]
fn nor_does_a_folder_of_figures_get_one_over_any_of_the_scenarios() {
    for ending in ["svg", "png", "csv"] {
        let (folder, input) = inputs(ending);
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        std::fs::create_dir(path("figures")).unwrap();
        symlink(&input, path(&format!("figures/two.{ending}"))).unwrap();
        let (dir, figures) = (folder.path().to_str().unwrap(), path("figures"));
        let scenario = path("two.toml");
        // Over itself; over another scenario of the list; by way of a link in the folder.
        std::fs::copy(&scenario, path("input.toml")).unwrap();
        for arguments in [
            vec!["-d", dir, &input],
            vec!["-d", dir, &scenario, &input],
            vec!["-d", dir, &path("input.toml"), &input],
            vec!["-d", &figures, &scenario, &input],
        ] {
            let arguments = [vec!["render", "--format", ending], arguments].concat();
            let before = std::fs::read(&input).unwrap();
            let output = downhill(&arguments);
            assert_eq!(output.status.code(), Some(2), "{output:?}");
            assert!(std::fs::read(&input).unwrap() == before);
            assert!(!folder.path().join(format!("two.{ending}")).exists(), "drawn before it was refused");
        }
    }
}

#[test]
fn streams_of_the_shell_are_the_files_that_they_lead_to() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = write(folder.path(), "two.toml", TWO_RUNS);
    let open = || std::fs::OpenOptions::new().read(true).append(true).open(&scenario).unwrap();
    let output = command(&["run", "-", "-o", &scenario]).stdin(open()).output().unwrap();
    assert_refusal(&output, 2, "is the same file as standard input, which is read");
    for arguments in [vec!["run", &scenario], vec!["run", &scenario, "-o", "-"]] {
        let output = command(&arguments).stdout(open()).stderr(Stdio::piped()).output().unwrap();
        assert_refusal(&output, 2, "standard output is the same file as");
    }
    assert_eq!(std::fs::read_to_string(&scenario).unwrap(), TWO_RUNS);
    // What is no file may be read and written at once, and so may another file with the same text.
    let output = command(&["run", &scenario, "-o", "/dev/null"]).output().unwrap();
    assert_output(&output, 0, "", "");
    let twin = write(folder.path(), "twin.toml", TWO_RUNS);
    assert_output(&downhill(&["run", &scenario, "-o", &twin]), 0, "", "");
    assert_ne!(std::fs::read_to_string(twin).unwrap(), TWO_RUNS);
}
