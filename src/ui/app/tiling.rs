//! Which views are open, and how they stand beside one another in the middle of the window.
//!
//! It is a value: opening, closing and fitting it need no window. `egui_tiles` draws it, and what a hand makes of it there
//! is read back ([`tree`]).

mod tile;
pub(super) mod tree;
mod view_kind;

use egui::Vec2;
use serde::{Deserialize, Deserializer, Serialize};

use tile::{Direction, Tile};
pub(super) use tile::{GAP, TAB_BAR};
pub use view_kind::ViewKind;

/// The share of the room that a view has when it opens.
const SHARE_BELOW: f32 = 0.42;
const SHARE_BESIDE: f32 = 0.4;

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
