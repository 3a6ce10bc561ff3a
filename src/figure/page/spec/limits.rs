//! What a figure can be, and what is said of one that cannot.

use super::{FigureSpec, View};
use crate::figure::formats::png;
use crate::landscape::Region;

/// Why there is no such figure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SpecError {
    /// A side is too short or too long, or no number.
    #[error(
        "a figure of {width}×{height} cannot be made: each side must have {} to {} points",
        SIDE[0],
        SIDE[1]
    )]
    Size {
        /// The width asked for.
        width: f32,
        /// The height asked for.
        height: f32,
    },
    /// The scale is not within [`SCALE`].
    #[error("a scale of {0} cannot be made: it must be between {low} and {high}", low = SCALE[0], high = SCALE[1])]
    Scale(f32),
    /// The type size is not within [`TYPE_SIZE`].
    #[error("type of {0} points cannot be set: it must have {low} to {high}", low = TYPE_SIZE[0], high = TYPE_SIZE[1])]
    TypeSize(f32),
    /// More pixels than can be held.
    #[error("{width}×{height} pixels are too many: a picture has at most {} million", MAX_PIXELS / 1_000_000)]
    Pixels {
        /// The width in pixels.
        width: u32,
        /// The height in pixels.
        height: u32,
    },
    /// The view is no part of the plane.
    #[error("the view is no part of the plane: the ends of each range must be finite and ascending")]
    View,
    /// What should be pinned is no scenario.
    #[error("{0}")]
    Pinned(String),
}

/// The shortest and the longest side, in points.
pub const SIDE: [f32; 2] = [50.0, 20_000.0];
/// The smallest and the largest scale.
pub const SCALE: [f32; 2] = [0.1, 40.0];
/// The smallest and the largest type, in points.
pub const TYPE_SIZE: [f32; 2] = [3.0, 500.0];
/// The most pixels of a picture.
pub const MAX_PIXELS: u64 = 100_000_000;

impl FigureSpec {
    /// What is wrong with it, if anything.
    ///
    /// # Errors
    /// A number out of its range.
    pub fn check(&self) -> Result<(), SpecError> {
        let within = |value: f32, [low, high]: [f32; 2]| (low..=high).contains(&value);
        let [width, height] = self.size;
        if !self.size.into_iter().all(|side| within(side, SIDE)) {
            return Err(SpecError::Size { width, height });
        }
        if !within(self.scale, SCALE) {
            return Err(SpecError::Scale(self.scale));
        }
        if !within(self.type_size, TYPE_SIZE) {
            return Err(SpecError::TypeSize(self.type_size));
        }
        let [width, height] = self.pixels();
        let longest = png::MAX_SIDE;
        if width > longest || height > longest || u64::from(width) * u64::from(height) > MAX_PIXELS {
            return Err(SpecError::Pixels { width, height });
        }
        match self.view {
            Some(View { x, y, .. }) if Region::new(x, y).is_err() => Err(SpecError::View),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_choices_are_refused_in_words() {
        let spec = |change: &dyn Fn(&mut FigureSpec)| {
            let mut spec = FigureSpec::default();
            change(&mut spec);
            spec.check().map_err(|error| error.to_string())
        };
        assert_eq!(spec(&|_| {}), Ok(()));
        let refused = |change: &dyn Fn(&mut FigureSpec), says: &str| {
            let error = spec(change).unwrap_err();
            assert!(error.contains(says), "{error}");
        };
        refused(&|s| s.size = [0.0, 0.0], "a figure of 0×0 cannot be made");
        refused(&|s| s.size = [1e5, 1e5], "50 to 20000 points");
        refused(&|s| s.size = [f32::NAN, 100.0], "NaN");
        refused(&|s| s.scale = 0.0, "a scale of 0 cannot be made");
        refused(&|s| s.scale = 30.0, "pixels are too many");
        refused(&|s| (s.size, s.scale) = ([3000.0, 50.0], 10.0), "pixels are too many");
        refused(&|s| s.type_size = 0.0, "type of 0 points");
        let view = View { x: [1.0, 1.0], y: [0.0, 1.0], equal_axes: true };
        refused(&|s| s.view = Some(view), "no part of the plane");
    }
}
