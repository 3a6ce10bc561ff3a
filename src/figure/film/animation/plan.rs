//! What an animation will be: its frames, how long each stays, and about how large the file gets.

use std::fmt;
use std::time::Duration;

use crate::figure::page::film::Film;
use crate::figure::page::spec::FigureSpec;

/// An animation of the steps from `first_step` to `last_step`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GifPlan {
    /// The step of the first frame.
    pub first_step: u32,
    /// The step of the last frame, whether or not the frames before lead to it evenly.
    pub last_step: u32,
    /// Steps from one frame to the next, at least 1.
    pub steps_per_frame: u32,
    /// Frames a second, 1 to [`GifPlan::MAX_FPS`]. GIF counts in hundredths of a second: where these do not divide evenly,
    /// frames differ by one of them.
    pub fps: u32,
    /// Hundredths of a second that the last frame stays longer than the others.
    pub hold: u16,
    /// Again from the beginning, without end.
    pub repeats: bool,
    /// How long a frame stays where each shows one more stage of a step, in hundredths of a second; where frames show
    /// steps nothing.
    pub stage_delay: Option<u16>,
    /// Width and height of each frame, in pixels.
    pub pixels: [u32; 2],
}

/// Why a plan cannot be carried out.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// The last step comes before the first.
    #[error("the animation would end at step {last}, before its first step, {first}")]
    Order {
        /// The first step.
        first: u32,
        /// The last step.
        last: u32,
    },
    /// No steps from one frame to the next.
    #[error("there must be at least 1 step from one frame to the next")]
    Stride,
    /// Too slow or too fast.
    #[error("{0} frames a second cannot be shown: 1 to {max} can", max = GifPlan::MAX_FPS)]
    Fps(u32),
    /// The last frame is held for less than no time, or too long.
    #[error("the last frame cannot be held for {0} seconds: 0 to {max} are possible", max = Film::MAX_HOLD)]
    Hold(f32),
    /// Too many frames.
    #[error("{0} frames are too many: at most {max} are made; take more steps per frame", max = GifPlan::MAX_FRAMES)]
    Frames(u64),
    /// A side that has too few or too many pixels.
    #[error("a frame of {0}×{1} pixels is not made: each side must have {min} to {max} pixels", min = GifPlan::MIN_SIDE, max = GifPlan::MAX_SIDE)]
    Size(u32, u32),
    /// The file would be too large.
    #[error("the file might have {} MB, more than the {} MB that are made: take fewer frames or a smaller size", .0 / 1_000_000, GifPlan::MAX_BYTES / 1_000_000)]
    Bytes(u64),
}

impl GifPlan {
    /// How long a stage stays, in hundredths of a second.
    pub const STAGE_DELAY: u16 = 200;
    /// The most frames a second: browsers play faster ones slowly.
    pub const MAX_FPS: u32 = 50;
    /// The most frames.
    pub const MAX_FRAMES: u32 = 2000;
    /// The fewest pixels along a side.
    pub const MIN_SIDE: u32 = 64;
    /// The most pixels along a side.
    pub const MAX_SIDE: u32 = 2560;
    /// The largest file, as [`GifPlan::estimate_bytes`] has it.
    pub const MAX_BYTES: u64 = 200_000_000;

    /// The plan of the figure as an animation of runs of which the longest has `longest_run` steps.
    ///
    /// # Errors
    /// The first limit that is passed.
    pub fn new(spec: &FigureSpec, longest_run: u32) -> Result<Self, PlanError> {
        let Film { first_step, steps_per_frame, frames_per_second, hold, repeats } = spec.film;
        if !(0.0..=Film::MAX_HOLD).contains(&hold) {
            return Err(PlanError::Hold(hold));
        }
        let last_step = spec.step.map_or(longest_run, |step| step.min(longest_run));
        let steps = last_step.saturating_sub(first_step);
        let plan = Self {
            first_step,
            last_step,
            steps_per_frame: steps_per_frame.unwrap_or(steps.div_ceil(Film::FRAMES - 1).max(1)),
            fps: frames_per_second,
            hold: (100.0 * hold).round() as u16,
            repeats,
            stage_delay: None,
            pixels: spec.pixels(),
        };
        plan.check().map(|()| plan)
    }

    /// The plan of the figure as an animation that shows one more of so many stages of a step in each frame.
    ///
    /// # Errors
    /// The first limit that is passed.
    pub fn of_stages(spec: &FigureSpec, stages: usize) -> Result<Self, PlanError> {
        let last = u32::try_from(stages.saturating_sub(1)).unwrap_or(u32::MAX);
        let film = Film { first_step: 0, steps_per_frame: Some(1), ..spec.film };
        let spec = FigureSpec { film, step: Some(last), ..spec.clone() };
        Ok(Self { stage_delay: Some(Self::STAGE_DELAY), ..Self::new(&spec, last)? })
    }

    /// Says whether the plan can be carried out.
    ///
    /// # Errors
    /// The first limit that is passed.
    pub fn check(&self) -> Result<(), PlanError> {
        let [width, height] = self.pixels;
        let sides = Self::MIN_SIDE..=Self::MAX_SIDE;
        if self.last_step < self.first_step {
            Err(PlanError::Order { first: self.first_step, last: self.last_step })
        } else if self.steps_per_frame == 0 {
            Err(PlanError::Stride)
        } else if !(1..=Self::MAX_FPS).contains(&self.fps) {
            Err(PlanError::Fps(self.fps))
        } else if self.frames() > Self::MAX_FRAMES {
            Err(PlanError::Frames(self.frames().into()))
        } else if !(sides.contains(&width) && sides.contains(&height)) {
            Err(PlanError::Size(width, height))
        } else if self.estimate_bytes() > Self::MAX_BYTES {
            Err(PlanError::Bytes(self.estimate_bytes()))
        } else {
            Ok(())
        }
    }

    /// The number of frames, at least 1.
    pub fn frames(&self) -> u32 {
        let steps = self.last_step.saturating_sub(self.first_step);
        steps.div_ceil(self.steps_per_frame.max(1)).saturating_add(1)
    }

    /// The step that a frame shows, counted from 0.
    pub fn step(&self, frame: u32) -> u32 {
        let behind = frame.saturating_mul(self.steps_per_frame.max(1));
        self.first_step.saturating_add(behind).min(self.last_step)
    }

    /// How long a frame stays, in hundredths of a second.
    pub fn delay(&self, frame: u32) -> u16 {
        let hold = if frame + 1 >= self.frames() { self.hold } else { 0 };
        if let Some(delay) = self.stage_delay {
            return delay.saturating_add(hold);
        }
        let until = |frames: u32| u64::from(frames) * 100 / u64::from(self.fps.max(1));
        u16::try_from(until(frame + 1) - until(frame)).unwrap_or(u16::MAX).saturating_add(hold)
    }

    /// The frame that is seen this many seconds after the beginning.
    pub fn frame_at(&self, seconds: f64) -> u32 {
        let within = if self.repeats { seconds.rem_euclid(self.duration().as_secs_f64()) } else { seconds };
        let frames = match self.stage_delay {
            Some(delay) => within * 100.0 / f64::from(delay.max(1)),
            None => within * f64::from(self.fps),
        };
        (frames as u32).min(self.frames() - 1)
    }

    /// How long it plays, once.
    pub fn duration(&self) -> Duration {
        let frames = u64::from(self.frames());
        let hundredths = match self.stage_delay {
            Some(delay) => frames * u64::from(delay),
            None => frames * 100 / u64::from(self.fps.max(1)),
        };
        Duration::from_millis(10 * (hundredths + u64::from(self.hold)))
    }

    /// About the largest file to expect, in bytes: half a byte a pixel for the first frame and a fortieth for each later one,
    /// with some for what does not grow with the size. Of 30 frames of each example, from 400×320 to 1200×900 pixels, none
    /// took more than half of it. It is no bound: frames of noise take far more.
    pub fn estimate_bytes(&self) -> u64 {
        let [width, height] = self.pixels;
        let pixels = u64::from(width).saturating_mul(height.into());
        let later = (pixels / 40).saturating_add(1500).saturating_mul(u64::from(self.frames() - 1));
        (pixels / 2).saturating_add(later).saturating_add(2000)
    }
}

/// How long and about how large it will be.
impl fmt::Display for GifPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frames = if self.frames() == 1 { "frame" } else { "frames" };
        let seconds = self.duration().as_secs_f32();
        let megabytes = self.estimate_bytes() as f64 / 1e6;
        write!(f, "{} {frames}, {seconds:.1} s, at most about {megabytes:.1} MB", self.frames())
    }
}
