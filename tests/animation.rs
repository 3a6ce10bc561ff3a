//! An animation that is called off leaves no file, and one that is not is there whole.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::ops::ControlFlow;
use std::path::Path;

use downhill::figure::Progress;
use downhill::figure::film::animation::{GifPlan, write_gif};
use downhill::figure::{FigureSpec, Page};
use downhill::files::write_whole_with;
use downhill::scenario::Scenario;
use downhill::session::Session;

fn save(path: &Path, mut progress: impl FnMut(Progress) -> ControlFlow<()>) -> Result<(), String> {
    let mut session = Session::new(Scenario::default());
    let spec = FigureSpec { step: Some(4), theme: Page::Dark, ..FigureSpec::of_size([160.0, 140.0]) };
    let plan = GifPlan::new(&spec, u32::MAX).unwrap();
    write_whole_with(path, |out| {
        let written = write_gif(out, &mut session, &spec, plan, &mut progress);
        written.map(drop).map_err(std::io::Error::other)
    })
}

#[test]
fn an_animation_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.gif");
    let called_off =
        save(&path, |now| if now.done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) });
    assert!(called_off.unwrap_err().contains("called off"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "something is left");

    save(&path, |_| ControlFlow::Continue(())).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"GIF89a") && bytes.ends_with(&[0x3b]));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
