//! How finely the cost is looked at, and how much of it at one time.

use egui::Vec2;

use crate::figure::layers::scene::Pace;
use crate::session::Detail;

/// The most samples of the field along one axis.
const MAX_SAMPLES: f32 = 1024.0;
/// Isolines are drawn as long as they are so far apart on an average, in points: nearer ones are a gray.
const ISOLINE_DISTANCE: f32 = 2.0;
/// The most points of all isolines, however large the plot is.
const MAX_ISOLINE_POINTS: f32 = 300_000.0;

/// The most work of sampling the cost: some seconds or a tenth of one, on most machines. Nothing but formulas of hundreds of
/// functions takes more.
fn sampling(pace: Pace) -> u64 {
    if pace == Pace::AtOnce { 2_000_000_000 } else { 100_000_000 }
}

/// How finely the surface is looked at in a frame of this size, with a sample for every `cell` points.
pub(super) fn detail(size: Vec2, cell: f32, pace: Pace) -> Detail {
    let samples = (size / cell).ceil().clamp(Vec2::splat(2.0), Vec2::splat(MAX_SAMPLES));
    // A line has about as many points as it has samples along it.
    let between = (size.x * size.y / (samples.x * samples.y)).sqrt();
    let points = size.x * size.y / (ISOLINE_DISTANCE * between);
    Detail {
        nodes: [samples.x as usize, samples.y as usize],
        isoline_points: points.min(MAX_ISOLINE_POINTS) as usize,
        work: sampling(pace),
        grows: pace == Pace::InSlices,
    }
}
