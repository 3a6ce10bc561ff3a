//! The part of the plane that is looked at.

use egui::{Pos2, Rect, Vec2};

use super::clip::Far;
use crate::landscape::Region;
use crate::scenario::Scenario;

/// Where one looks. Never saved and never undone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// What is to be seen at least.
    pub region: Region,
    /// One unit of x as long as one unit of y, so that gradients stand at right angles to the isolines.
    pub equal_axes: bool,
}

/// The widest and the narrowest that can be looked at, in units of the plane.
const SPANS: std::ops::RangeInclusive<f64> = 1e-9..=1e12;

/// Beyond this ratio of the window's sides, equal axes would leave a sliver.
const MAX_EQUAL_RATIO: f64 = 4.0;

impl Camera {
    /// Looks at `region`; with equal axes where its sides are not too different.
    pub fn new(region: Region) -> Self {
        let ratio = span(region.x) / span(region.y);
        Self { region, equal_axes: (1.0 / MAX_EQUAL_RATIO..=MAX_EQUAL_RATIO).contains(&ratio) }
    }

    /// Looks at the window of a scenario. Values of a curve are no lengths, so that its axes are not made equal.
    pub fn of(scenario: &Scenario) -> Self {
        let camera = Self::new(scenario.window);
        if scenario.cost.is_of_one_variable() { Self { equal_axes: false, ..camera } } else { camera }
    }

    /// Width by height of the region.
    pub fn ratio(&self) -> f32 {
        (span(self.region.x) / span(self.region.y)) as f32
    }

    /// What is seen in a frame of this size: the region, widened in one direction if the axes are equal.
    pub fn visible(&self, size: Vec2) -> Region {
        let Region { mut x, mut y } = self.region;
        if self.equal_axes && size.x > 0.0 && size.y > 0.0 {
            let unit = (span(x) / f64::from(size.x)).max(span(y) / f64::from(size.y));
            x = widened(x, unit * f64::from(size.x));
            y = widened(y, unit * f64::from(size.y));
        }
        Region { x, y }
    }

    /// Moves with the hand: `delta` in screen points, in a frame of this size.
    pub fn pan(&mut self, delta: Vec2, size: Vec2) {
        let seen = self.visible(size);
        let shift = |range: [f64; 2], by: f64| range.map(|end| end + by);
        let dx = -f64::from(delta.x / size.x) * span(seen.x);
        let dy = f64::from(delta.y / size.y) * span(seen.y);
        self.accept(Region { x: shift(self.region.x, dx), y: shift(self.region.y, dy) });
    }

    /// Zooms by `factor` (above 1: nearer), keeping the point of the plane at `around` where it is.
    pub fn zoom(&mut self, factor: f64, around: [f64; 2]) {
        let scale = |range: [f64; 2], center: f64| range.map(|end| center + (end - center) / factor);
        self.accept(Region { x: scale(self.region.x, around[0]), y: scale(self.region.y, around[1]) });
    }

    /// Takes a region that can be drawn, and leaves the present one otherwise.
    fn accept(&mut self, region: Region) {
        let fits = |range: [f64; 2]| {
            let resolution = span(range) / range[0].abs().max(range[1].abs());
            SPANS.contains(&span(range)) && resolution > 1e-11
        };
        if fits(region.x) && fits(region.y) {
            self.region = region;
        }
    }
}

fn span(range: [f64; 2]) -> f64 {
    range[1] - range[0]
}

fn widened(range: [f64; 2], to: f64) -> [f64; 2] {
    let more = 0.5 * (to - span(range)).max(0.0);
    [range[0] - more, range[1] + more]
}

/// The map between the plane and the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// What is seen, in the plane.
    pub region: Region,
    /// Where it is seen, on the screen; y points down there.
    pub frame: Rect,
}

impl Projection {
    /// A point of the plane on the screen.
    pub fn to_screen(&self, [x, y]: [f64; 2]) -> Far {
        let Self { region, frame } = self;
        let right = (x - region.x[0]) / span(region.x);
        let up = (y - region.y[0]) / span(region.y);
        [
            f64::from(frame.left()) + right * f64::from(frame.width()),
            f64::from(frame.bottom()) - up * f64::from(frame.height()),
        ]
    }

    /// A point of the plane on the screen, if it is not too far away to be placed there.
    pub fn to_pos(&self, point: [f64; 2]) -> Option<Pos2> {
        self.placed(self.to_screen(point))
    }

    /// A position on the screen, if it is not too far away to be placed.
    pub fn placed(&self, at: Far) -> Option<Pos2> {
        let at = at.map(|c| c as f32);
        let reach = self.frame.expand(self.frame.width() + self.frame.height());
        reach.contains(at.into()).then(|| at.into())
    }

    /// The point of the plane at a position on the screen.
    pub fn to_plane(&self, at: Pos2) -> [f64; 2] {
        let Self { region, frame } = self;
        let right = f64::from((at.x - frame.left()) / frame.width());
        let up = f64::from((frame.bottom() - at.y) / frame.height());
        [region.x[0] + right * span(region.x), region.y[0] + up * span(region.y)]
    }

    /// A part of the plane as a rectangle on the screen.
    pub fn rect(&self, region: Region) -> Rect {
        let [left, bottom] = self.to_screen([region.x[0], region.y[0]]).map(|c| c as f32);
        let [right, top] = self.to_screen([region.x[1], region.y[1]]).map(|c| c as f32);
        Rect::from_min_max([left, top].into(), [right, bottom].into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{pos2, vec2};

    const SQUARE: Region = Region { x: [-2.0, 2.0], y: [-1.0, 3.0] };

    #[test]
    fn equal_axes_widen_and_never_crop() {
        let seen = Camera::new(SQUARE).visible(vec2(800.0, 400.0));
        assert_eq!(seen, Region { x: [-4.0, 4.0], y: [-1.0, 3.0] });
        let flat = Camera::new(Region { x: [0.0, 100.0], y: [0.0, 1.0] });
        assert_eq!(flat.visible(vec2(800.0, 400.0)), flat.region);
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer_and_panning_follows_the_hand() {
        let size = vec2(800.0, 400.0);
        let frame = Rect::from_min_size(pos2(10.0, 20.0), size);
        let mut camera = Camera::new(SQUARE);
        let pointer = pos2(300.0, 150.0);
        let at = Projection { region: camera.visible(size), frame }.to_plane(pointer);
        camera.zoom(1.7, at);
        camera.pan(vec2(13.0, -7.0), size);
        let now = Projection { region: camera.visible(size), frame }.to_screen(at);
        assert!((now[0] - 313.0).abs() < 1e-4 && (now[1] - 143.0).abs() < 1e-4, "{now:?}");
    }

    #[test]
    fn there_is_an_end_to_zooming() {
        let mut camera = Camera::new(SQUARE);
        for _ in 0..10_000 {
            camera.zoom(1.3, [1.0, 1.0]);
        }
        assert!(span(camera.region.x) >= 1e-9);
        for _ in 0..10_000 {
            camera.zoom(0.7, [1.0, 1.0]);
        }
        assert!(span(camera.region.x) <= 1e12);
    }
}
