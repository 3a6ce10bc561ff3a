//! The habits that eframe keeps from one start to the next: how large everything is, and where the window stood.
//!
//! eframe takes what it reads for good, and a zoom of 0 or a window of no size ends the program at every start. So the
//! file is looked at before eframe opens it, and set aside if it cannot be used.

use std::collections::HashMap;
use std::path::Path;

use egui::{Memory, Pos2, Vec2};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::files::{read_text, set_aside};

/// What eframe 0.37 calls the file and what is in it (`native/file_storage.rs`, `native/epi_integration.rs`).
const FILE: &str = "app.ron";
const MEMORY_KEY: &str = "egui";
const WINDOW_KEY: &str = "window";

/// The sizes of everything that egui's own keys reach.
const ZOOMS: std::ops::RangeInclusive<f32> = 0.2..=5.0;
/// How large a number may be that says where something is on a screen, in points or pixels.
const FARTHEST: f64 = 100_000.0;

/// Where the window stood, as egui-winit 0.37 writes it (`window_settings.rs`), whose own type hides its fields.
#[derive(Deserialize)]
struct Window {
    normal_geometry: Geometry,
    #[serde(rename = "fullscreen")]
    _fullscreen: bool,
    #[serde(rename = "maximized")]
    _maximized: bool,
}

#[derive(Deserialize)]
struct Geometry {
    outer_position_pixels: Option<Pos2>,
    scale_factor: f32,
    inner_size_points: Vec2,
}

/// A text in the place of eframe's storage, so that its own reader of RON reads it.
struct Text(String);

impl eframe::Storage for Text {
    fn get_string(&self, _key: &str) -> Option<String> {
        Some(self.0.clone())
    }

    fn set_string(&mut self, _key: &str, value: String) {
        self.0 = value;
    }

    fn remove_string(&mut self, _key: &str) {}

    fn flush(&mut self) {}
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    eframe::get_value(&Text(text.to_owned()), "")
}

/// Sets the habits in `folder` aside if they cannot be used, and says so in a sentence.
///
/// # Errors
/// The sentence, where they could not be set aside: eframe must not read them then.
pub fn check(folder: &Path) -> Result<Option<String>, String> {
    let path = folder.join(FILE);
    let is_there = std::fs::symlink_metadata(&path).is_ok();
    let Some(reason) = is_there.then(|| problem(&path)).flatten() else { return Ok(None) };
    let what = format!("how the window was arranged cannot be used ({reason}), and begins anew");
    match set_aside(&path) {
        Ok(aside) => Ok(Some(format!("{what}; what was kept is now in {}", aside.display()))),
        Err(_) => Err(format!(
            "{what}, now and at every start: it can be neither read nor replaced in {}",
            folder.display()
        )),
    }
}

/// Why the habits in a file cannot be used.
fn problem(path: &Path) -> Option<&'static str> {
    let Ok(text) = read_text(path) else {
        return Some("it is no text, or far too long");
    };
    let Some(habits) = read::<HashMap<String, String>>(&text) else { return Some("it is spoiled") };
    let of = |key| habits.get(key).map(String::as_str);
    let is_usable =
        of(MEMORY_KEY).is_none_or(is_usable_memory) && of(WINDOW_KEY).is_none_or(is_usable_window);
    (!is_usable).then_some("a number in it is far out of range, or none")
}

fn is_usable_memory(text: &str) -> bool {
    has_only_places(text)
        && read::<Memory>(text).is_some_and(|memory| ZOOMS.contains(&memory.options.zoom_factor))
}

fn is_usable_window(text: &str) -> bool {
    let Some(Window { normal_geometry: geometry, .. }) = read::<Window>(text) else { return false };
    let is_place = |number: f32| f64::from(number).abs() <= FARTHEST;
    geometry.outer_position_pixels.is_none_or(|at| is_place(at.x) && is_place(at.y))
        && (0.1..=20.0).contains(&geometry.scale_factor)
        && [geometry.inner_size_points.x, geometry.inner_size_points.y]
            .iter()
            .all(|side| (1.0..=FARTHEST as f32).contains(side))
}

/// Whether every number could be one of a screen. Whole numbers are passed over: they count or identify things, while
/// those of places are written with a point.
fn has_only_places(text: &str) -> bool {
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '-' | '.' | '_')));
    words.all(|word| {
        let is_whole = word.bytes().all(|byte| byte.is_ascii_digit());
        is_whole || word.parse::<f64>().map_or(true, |number| number.abs() <= FARTHEST)
    })
}

/// Keeps of egui's memory what is meant to last: how large everything is, light or dark, and how wide the panels are.
pub fn keep_usable(ctx: &egui::Context) {
    ctx.memory_mut(|memory| {
        let mut kept = Memory::default();
        kept.options.zoom_factor = memory.options.zoom_factor;
        kept.options.theme_preference = memory.options.theme_preference;
        kept.data = std::mem::take(&mut memory.data);
        *memory = kept;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As eframe writes it.
    fn written(memory: &Memory, window: &str) -> String {
        let mut text = Text(String::new());
        eframe::set_value(&mut text, "", memory);
        let habits = HashMap::from([(MEMORY_KEY, text.0.clone()), (WINDOW_KEY, window.to_owned())]);
        eframe::set_value(&mut text, "", &habits);
        text.0
    }

    fn window(x: &str, scale: &str, width: &str) -> String {
        format!(
            "(normal_geometry:(outer_position_pixels:Some((x:{x},y:-20.5)),scale_factor:{scale},\
             inner_size_points:(x:{width},y:800)),fullscreen:false,maximized:true)"
        )
    }

    fn with_zoom(zoom: f32) -> Memory {
        let mut memory = Memory::default();
        memory.options.zoom_factor = zoom;
        memory
    }

    #[test]
    fn habits_as_they_are_kept_stay_and_spoiled_ones_are_set_aside_and_said() {
        let usual = Memory::default();
        let stands = window("0.0", "1.0", "1280.0");
        let mut panels = Memory::default();
        let id = egui::Id::unique("panel");
        let state =
            |right: f32| egui::PanelState { outer_rect: egui::Rect::from_x_y_ranges(0.0..=right, 0.0..=9.0) };
        panels.data.insert_persisted(id, state(320.5));
        let mut spoiled_panels = Memory::default();
        spoiled_panels.data.insert_persisted(id, state(f32::NAN));
        let good = [
            written(&usual, &stands),
            written(&with_zoom(2.5), &window("-1900.5", "2", "64")),
            written(&panels, &stands),
            "{}".to_owned(),
            "{\"session\":\"[1e300]\"}".to_owned(),
        ];
        let mut bad: Vec<Vec<u8>> = [0.0, -1.0, 1e-30, 1e30, f32::NAN, f32::INFINITY, f32::NEG_INFINITY]
            .map(|zoom| written(&with_zoom(zoom), &stands).into_bytes())
            .to_vec();
        for spoiled in ["0", "-5.0", "1e9", "NaN", "inf", "\"wide\"", "true", ""] {
            bad.push(written(&usual, &window("0.0", "1.0", spoiled)).into_bytes());
            bad.push(written(&usual, &window("0.0", spoiled, "1280.0")).into_bytes());
        }
        for spoiled in ["1e9", "-1e30", "NaN", "-inf", "\"left\"", "[]"] {
            bad.push(written(&usual, &window(spoiled, "1.0", "1280.0")).into_bytes());
        }
        bad.push(written(&spoiled_panels, &stands).into_bytes());
        let whole = written(&panels, &stands).into_bytes();
        bad.extend([1, whole.len() / 3, whole.len() - 1].map(|length| whole[..length].to_vec()));
        bad.extend([vec![], vec![0; 100], b"\xff\xfe".to_vec(), vec![b' '; 10 << 20], b"[1, 2]".to_vec()]);
        bad.push(b"(".repeat(100_000));

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        assert_eq!(check(folder.path()), Ok(None));
        for text in good {
            std::fs::write(&path, &text).unwrap();
            assert_eq!(check(folder.path()), Ok(None), "{text}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
        for (number, text) in bad.iter().enumerate() {
            std::fs::write(&path, text).unwrap();
            let said = check(folder.path()).unwrap().unwrap_or_default();
            let shown = String::from_utf8_lossy(text);
            assert!(said.starts_with("how the window was arranged cannot be used ("), "{number}: {shown}");
            assert!(!path.exists());
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), bad.len(), "each is kept");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_set_aside_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        for target in ["/dev/zero", "/dev/tty", "/nowhere", "/"] {
            std::os::unix::fs::symlink(target, &path).unwrap();
            assert!(check(folder.path()).unwrap().is_some(), "{target}");
            assert!(std::fs::symlink_metadata(&path).is_err());
        }
    }
}
