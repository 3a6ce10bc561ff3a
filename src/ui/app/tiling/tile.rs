//! Views beside one another or behind one another: the room that they need, and what becomes of them where one comes or goes.

use egui::{Vec2, vec2};
use serde::{Deserialize, Serialize};

use super::view_kind::ViewKind;

/// How the parts of a split follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// From left to right.
    Row,
    /// From top to bottom.
    Column,
}

impl Direction {
    pub fn along(self, size: Vec2) -> f32 {
        if self == Self::Row { size.x } else { size.y }
    }

    pub fn across(self, size: Vec2) -> f32 {
        if self == Self::Row { size.y } else { size.x }
    }

    pub fn size(self, along: f32, across: f32) -> Vec2 {
        if self == Self::Row { vec2(along, across) } else { vec2(across, along) }
    }
}

/// A view, or several beside one another or behind one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tile {
    /// One view.
    View(ViewKind),
    /// Several, of which one is in front.
    Tabs {
        /// The place of the one in front.
        front: usize,
        /// All of them.
        parts: Vec<Tile>,
    },
    /// Several side by side, each with its share of the room.
    Split {
        /// How they follow one another.
        direction: Direction,
        /// All of them.
        parts: Vec<(f32, Tile)>,
    },
}

/// Between two views, in points.
pub const GAP: f32 = 6.0;
/// The height of a row of tabs.
pub const TAB_BAR: f32 = 24.0;
impl Tile {
    pub fn split(direction: Direction, parts: Vec<(f32, Self)>) -> Self {
        Self::Split { direction, parts }
    }

    /// Its views, each with whether it is in front.
    pub fn views(&self) -> Vec<(ViewKind, bool)> {
        match self {
            Self::View(kind) => vec![(*kind, true)],
            Self::Tabs { front, parts } => {
                let in_front = |at: usize| move |(kind, is): (ViewKind, bool)| (kind, is && at == *front);
                parts
                    .iter()
                    .enumerate()
                    .flat_map(|(at, part)| part.views().into_iter().map(in_front(at)))
                    .collect()
            }
            Self::Split { parts, .. } => parts.iter().flat_map(|(_, part)| part.views()).collect(),
        }
    }

    /// The least size in which every view is of use.
    pub fn least(&self) -> Vec2 {
        match self {
            Self::View(kind) => kind.least(),
            Self::Tabs { parts, .. } => {
                parts.iter().map(Self::least).fold(Vec2::ZERO, Vec2::max) + vec2(0.0, TAB_BAR)
            }
            Self::Split { direction, parts } => {
                let sizes = || parts.iter().map(|(_, part)| part.least());
                let gaps = GAP * parts.len().saturating_sub(1) as f32;
                let along = sizes().map(|size| direction.along(size)).sum::<f32>() + gaps;
                direction.size(along, sizes().map(|size| direction.across(size)).fold(0.0, f32::max))
            }
        }
    }

    /// The same without a view; nothing where it was all.
    pub fn without(self, kind: ViewKind) -> Option<Self> {
        match self {
            Self::View(held) => (held != kind).then_some(Self::View(held)),
            Self::Tabs { front, parts } => {
                let kept: Vec<(usize, Self)> = parts
                    .into_iter()
                    .enumerate()
                    .filter_map(|(at, part)| Some((at, part.without(kind)?)))
                    .collect();
                let front = kept.iter().position(|(at, _)| *at == front).unwrap_or(0);
                let mut parts: Vec<Self> = kept.into_iter().map(|(_, part)| part).collect();
                match parts.len() {
                    0 | 1 => parts.pop(),
                    _ => Some(Self::Tabs { front, parts }),
                }
            }
            Self::Split { direction, parts } => {
                let mut parts: Vec<(f32, Self)> = parts
                    .into_iter()
                    .filter_map(|(share, part)| Some((share, part.without(kind)?)))
                    .collect();
                match parts.len() {
                    0 | 1 => parts.pop().map(|(_, part)| part),
                    _ => Some(Self::split(direction, parts)),
                }
            }
        }
    }

    /// Puts what `change` makes of it in the place of a view.
    pub fn replace(&mut self, kind: ViewKind, change: &dyn Fn(Self) -> Self) {
        match self {
            Self::View(held) if *held == kind => *self = change(Self::View(kind)),
            Self::View(_) => {}
            Self::Tabs { parts, .. } => parts.iter_mut().for_each(|part| part.replace(kind, change)),
            Self::Split { parts, .. } => parts.iter_mut().for_each(|(_, part)| part.replace(kind, change)),
        }
    }

    /// Brings a view to the front of the tabs that it is in. Returns whether it is there.
    pub fn bring_to_front(&mut self, kind: ViewKind) -> bool {
        match self {
            Self::View(held) => *held == kind,
            Self::Tabs { front, parts } => {
                let found = parts.iter_mut().position(|part| part.bring_to_front(kind));
                *front = found.unwrap_or(*front);
                found.is_some()
            }
            Self::Split { parts, .. } => parts.iter_mut().any(|(_, part)| part.bring_to_front(kind)),
        }
    }

    /// Gives every part at least the room that it needs, where there is as much.
    pub fn fit(&mut self, room: Vec2) {
        match self {
            Self::View(_) => {}
            Self::Tabs { parts, .. } => {
                parts.iter_mut().for_each(|part| part.fit(room - vec2(0.0, TAB_BAR)));
            }
            Self::Split { direction, parts } => {
                let direction = *direction;
                let along = direction.along(room) - GAP * parts.len().saturating_sub(1) as f32;
                let least: Vec<f32> = parts.iter().map(|(_, part)| direction.along(part.least())).collect();
                let sizes = sizes(along, &parts.iter().map(|(share, _)| *share).collect::<Vec<_>>(), &least);
                for ((share, part), size) in parts.iter_mut().zip(sizes) {
                    *share = size / along.max(1.0);
                    part.fit(direction.size(size, direction.across(room)));
                }
            }
        }
    }

    /// Whether its numbers are such, its tabs have a front, and nothing in it is empty.
    pub fn is_sound(&self) -> bool {
        match self {
            Self::View(_) => true,
            Self::Tabs { front, parts } => *front < parts.len() && parts.iter().all(Self::is_sound),
            Self::Split { parts, .. } => {
                let is_share = |share: f32| share.is_finite() && share > 0.0;
                !parts.is_empty() && parts.iter().all(|(share, part)| is_share(*share) && part.is_sound())
            }
        }
    }
}

/// The sizes of parts with these shares of a length, each at least as large as it needs to be; those that are made larger take
/// it from the others.
pub(super) fn sizes(length: f32, shares: &[f32], least: &[f32]) -> Vec<f32> {
    let mut is_least = vec![false; shares.len()];
    loop {
        let taken: f32 = (0..shares.len()).filter(|at| is_least[*at]).map(|at| least[at]).sum();
        let free: f32 = (0..shares.len()).filter(|at| !is_least[*at]).map(|at| shares[at]).sum();
        let size = |at: usize| {
            if is_least[at] { least[at] } else { (length - taken) * shares[at] / free.max(f32::MIN_POSITIVE) }
        };
        match (0..shares.len()).find(|at| !is_least[*at] && size(*at) < least[*at]) {
            Some(at) => is_least[at] = true,
            None => return (0..shares.len()).map(size).collect(),
        }
    }
}
