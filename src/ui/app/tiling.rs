//! Which views are open, and how they stand beside one another in the middle of the window.
//!
//! It is a value: opening, closing and fitting it need no window. `egui_tiles` draws it, and what a hand makes of it there
//! is read back ([`tree`]).

pub(super) mod tree;

use egui::{Vec2, vec2};
use serde::{Deserialize, Deserializer, Serialize};

use crate::ui::actions::Action;

/// Something that shows the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViewKind {
    /// The paths over the contour plot. Always there.
    Plot,
    /// The runs as curves.
    Charts,
    /// A step taken apart.
    Step,
    /// Every step of a run.
    Table,
}

impl ViewKind {
    /// Those that are opened and closed, in the order of their buttons.
    pub const BESIDE_THE_PLOT: [Self; 3] = [Self::Charts, Self::Step, Self::Table];

    /// What its tab and its head say.
    pub fn title(self) -> &'static str {
        match self {
            Self::Plot => "Plot",
            Self::Charts => "Charts",
            Self::Step => "Step",
            Self::Table => "Table",
        }
    }

    /// What opens and closes it.
    pub fn action(self) -> Action {
        match self {
            Self::Plot => Action::PlotAlone,
            Self::Charts => Action::Charts,
            Self::Step => Action::Step,
            Self::Table => Action::Steps,
        }
    }

    /// The least width and height, in points, in which it is of use.
    fn least(self) -> Vec2 {
        match self {
            Self::Plot => vec2(360.0, 300.0),
            Self::Charts => vec2(330.0, 160.0),
            Self::Step => vec2(310.0, 190.0),
            Self::Table => vec2(330.0, 150.0),
        }
    }

    /// Whether it reads from left to right, and stands below the plot rather than beside it.
    fn is_wide(self) -> bool {
        matches!(self, Self::Charts | Self::Table)
    }
}

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
    fn along(self, size: Vec2) -> f32 {
        if self == Self::Row { size.x } else { size.y }
    }

    fn across(self, size: Vec2) -> f32 {
        if self == Self::Row { size.y } else { size.x }
    }

    fn size(self, along: f32, across: f32) -> Vec2 {
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
pub(super) const GAP: f32 = 6.0;
/// The height of a row of tabs.
pub(super) const TAB_BAR: f32 = 24.0;
/// The share of the room that a view has when it opens.
const SHARE_BELOW: f32 = 0.42;
const SHARE_BESIDE: f32 = 0.4;

impl Tile {
    fn split(direction: Direction, parts: Vec<(f32, Self)>) -> Self {
        Self::Split { direction, parts }
    }

    /// Its views, each with whether it is in front.
    fn views(&self) -> Vec<(ViewKind, bool)> {
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
    fn least(&self) -> Vec2 {
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
    fn without(self, kind: ViewKind) -> Option<Self> {
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
    fn replace(&mut self, kind: ViewKind, change: &dyn Fn(Self) -> Self) {
        match self {
            Self::View(held) if *held == kind => *self = change(Self::View(kind)),
            Self::View(_) => {}
            Self::Tabs { parts, .. } => parts.iter_mut().for_each(|part| part.replace(kind, change)),
            Self::Split { parts, .. } => parts.iter_mut().for_each(|(_, part)| part.replace(kind, change)),
        }
    }

    /// Brings a view to the front of the tabs that it is in. Returns whether it is there.
    fn bring_to_front(&mut self, kind: ViewKind) -> bool {
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
    fn fit(&mut self, room: Vec2) {
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
    fn is_sound(&self) -> bool {
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
fn sizes(length: f32, shares: &[f32], least: &[f32]) -> Vec<f32> {
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

/// The views of the window.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tiling {
    root: Tile,
    /// The view that is in front where there is room for one only.
    front: Option<ViewKind>,
}

impl Default for Tiling {
    /// The plot alone.
    fn default() -> Self {
        Self { root: Tile::View(ViewKind::Plot), front: None }
    }
}

impl<'de> Deserialize<'de> for Tiling {
    /// What does not arrange the views of this program is the plot alone: nothing else of what is read with it is lost by that.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Kept {
            root: Tile,
            front: Option<ViewKind>,
        }
        let value = serde_json::Value::deserialize(deserializer)?;
        let kept: Option<Kept> = serde_json::from_value(value).ok();
        let checked = |Kept { root, front }| Some(Self { front, ..Self::checked(root)? });
        Ok(kept.and_then(checked).unwrap_or_default())
    }
}

impl Tiling {
    /// An arrangement that can be drawn: the plot and other views, each once.
    fn checked(root: Tile) -> Option<Self> {
        let views = root.views();
        let count = |kind| views.iter().filter(|(held, _)| *held == kind).count();
        let is_each_once = ViewKind::BESIDE_THE_PLOT.into_iter().all(|kind| count(kind) <= 1);
        (root.is_sound() && is_each_once && count(ViewKind::Plot) == 1).then_some(Self { root, front: None })
    }

    /// Whether a view is open, in front or not.
    pub fn is_open(&self, kind: ViewKind) -> bool {
        self.root.views().iter().any(|(held, _)| *held == kind)
    }

    /// Whether nothing but the plot is open.
    pub fn is_plot_alone(&self) -> bool {
        self.root == Tile::View(ViewKind::Plot)
    }

    /// Closes all but the plot.
    pub fn close_all(&mut self) {
        *self = Self::default();
    }

    /// Closes a view that is open and seen, brings one to the front that is behind others, and opens one that is closed, in a
    /// room of this size.
    pub fn toggle(&mut self, kind: ViewKind, room: Vec2) {
        let drawn = self.drawn(room);
        match drawn.root.views().iter().find(|(held, _)| *held == kind) {
            Some((_, true)) => self.close(kind),
            _ => self.open(kind, room),
        }
    }

    /// Closes a view. The plot stays.
    pub fn close(&mut self, kind: ViewKind) {
        if kind != ViewKind::Plot {
            let root = std::mem::replace(&mut self.root, Tile::View(ViewKind::Plot));
            self.root = root.without(kind).unwrap_or(Tile::View(ViewKind::Plot));
            self.front = None;
        }
    }

    /// Opens a view where there is room for it, or brings it to the front.
    pub fn open(&mut self, kind: ViewKind, room: Vec2) {
        self.front = Some(kind);
        if self.root.bring_to_front(kind) {
            return;
        }
        let places = self.places(kind);
        let with_room = places.iter().find(|root| {
            let least = root.least();
            least.x <= room.x && least.y <= room.y
        });
        // Where there is room for none it is for one of them as soon as the window is larger.
        if let Some(root) = with_room.or(places.first()).cloned() {
            self.root = root;
            self.root.bring_to_front(kind);
        }
    }

    /// What becomes of the arrangement where a view is put, the best place first.
    fn places(&self, kind: ViewKind) -> Vec<Tile> {
        let put = |beside: ViewKind, change: &dyn Fn(Tile) -> Tile| {
            let mut root = self.root.clone();
            root.replace(beside, change);
            root
        };
        let halves = |direction, share: f32| {
            move |held: Tile| Tile::split(direction, vec![(1.0 - share, held), (share, Tile::View(kind))])
        };
        let below = || put(ViewKind::Plot, &halves(Direction::Column, SHARE_BELOW));
        let right = || halves(Direction::Row, SHARE_BESIDE)(self.root.clone());
        let others =
            self.root.views().into_iter().map(|(held, _)| held).filter(|held| *held != ViewKind::Plot);
        let others: Vec<ViewKind> = others.collect();
        let alike = others.iter().copied().find(|held| held.is_wide() == kind.is_wide());
        let tabs = |held: Tile| Tile::Tabs { front: 1, parts: vec![held, Tile::View(kind)] };
        let mut places = Vec::new();
        if let Some(held) = alike {
            places.push(put(held, &halves(Direction::Row, 0.5)));
            places.push(put(held, &tabs));
        }
        places.extend(if kind.is_wide() { [below(), right()] } else { [right(), below()] });
        places.extend(others.first().map(|held| put(*held, &tabs)));
        places
    }

    /// The arrangement as it is drawn in a room of this size: each view at least as large as is of use, or where that cannot
    /// be, one at a time.
    fn drawn(&self, room: Vec2) -> Drawn {
        let least = self.root.least();
        let mut root = self.root.clone();
        if least.x <= room.x && least.y <= room.y || self.is_plot_alone() {
            root.fit(room);
            return Drawn { root, is_cramped: false };
        }
        let views: Vec<ViewKind> = root.views().into_iter().map(|(kind, _)| kind).collect();
        let front = self.front.and_then(|kind| views.iter().position(|held| *held == kind)).unwrap_or(0);
        let parts = views.into_iter().map(Tile::View).collect();
        Drawn { root: Tile::Tabs { front, parts }, is_cramped: true }
    }
}

/// An arrangement for one frame.
struct Drawn {
    root: Tile,
    /// Whether views that stand side by side have room for one only.
    is_cramped: bool,
}

#[cfg(test)]
mod tests;
