//! How a film goes through the steps of the runs.

use serde::{Deserialize, Serialize};

/// What is chosen about an animation. It ends with the step of the figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Film {
    /// The step of the first frame.
    pub first_step: u32,
    /// Steps from one frame to the next; where there is none, so many that there are at most [`Film::FRAMES`].
    pub steps_per_frame: Option<u32>,
    /// Frames a second, 1 to what a GIF can say.
    pub frames_per_second: u32,
    /// How long the last frame stays beyond the others, in seconds, 0 to [`Film::MAX_HOLD`].
    pub hold: f32,
    /// Again from the beginning, without end.
    pub repeats: bool,
}

impl Film {
    /// About ten seconds.
    pub const FRAMES: u32 = 150;
    /// The longest that the last frame is held, in seconds.
    pub const MAX_HOLD: f32 = 60.0;
}

impl Default for Film {
    fn default() -> Self {
        Self { first_step: 0, steps_per_frame: None, frames_per_second: 15, hold: 2.0, repeats: true }
    }
}
