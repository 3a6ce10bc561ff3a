//! An arrangement of views as `egui_tiles` draws it, and back.

use egui::{Id, Ui, Vec2};
use egui_tiles::{Behavior, Container, Linear, LinearDir, Tabs, TileId, Tiles, Tree};

use super::tile::{Direction, Tile};
use super::view_kind::ViewKind;
use super::{Drawn, Tiling};

/// Containers have numbers beyond those of the views.
const FIRST_CONTAINER: u64 = 1000;

/// What stands for an arrangement for one frame.
pub struct TileTree {
    tree: Tree<ViewKind>,
    /// Whether views that stand side by side have room for one only.
    pub is_cramped: bool,
}

/// The tile of a view: the same in every frame, so that a drag goes on.
fn id_of(kind: ViewKind) -> TileId {
    TileId::from_u64(kind as u64)
}

impl TileTree {
    /// The arrangement in a room of this size.
    pub fn of(tiling: &Tiling, room: Vec2) -> Self {
        let Drawn { root, is_cramped } = tiling.drawn(room);
        let mut tiles = Tiles::default();
        let mut next = FIRST_CONTAINER;
        let root = insert(&root, &mut tiles, &mut next);
        Self { tree: Tree::new(Id::unique("views"), root, tiles), is_cramped }
    }

    /// Draws it.
    pub fn show_ui(&mut self, behavior: &mut dyn Behavior<ViewKind>, ui: &mut Ui) {
        self.tree.ui(behavior, ui);
    }

    /// Whether a view is one of several tabs.
    pub fn is_tab(&self, kind: ViewKind) -> bool {
        let parent = self.tree.tiles.parent_of(id_of(kind)).and_then(|id| self.tree.tiles.get_container(id));
        matches!(parent, Some(Container::Tabs(_)))
    }

    /// Takes over what a hand made of it.
    pub fn keep_in(&self, tiling: &mut Tiling) {
        let Some(root) = self.tree.root().and_then(|root| read(&self.tree.tiles, root)) else { return };
        if self.is_cramped {
            tiling.front =
                root.views().into_iter().find(|(_, is_in_front)| *is_in_front).map(|(kind, _)| kind);
        } else if let Some(changed) = Tiling::checked(root) {
            *tiling = changed;
        }
    }
}

fn insert(tile: &Tile, tiles: &mut Tiles<ViewKind>, next: &mut u64) -> TileId {
    let (id, held) = match tile {
        Tile::View(kind) => (id_of(*kind), egui_tiles::Tile::Pane(*kind)),
        Tile::Tabs { front, parts } => {
            let id = new_id(next);
            let children: Vec<TileId> = parts.iter().map(|part| insert(part, tiles, next)).collect();
            let active = children.get(*front).copied();
            (id, Container::Tabs(Tabs { children, active }).into())
        }
        Tile::Split { direction, parts } => {
            let id = new_id(next);
            let children: Vec<TileId> = parts.iter().map(|(_, part)| insert(part, tiles, next)).collect();
            let dir = if *direction == Direction::Row { LinearDir::Horizontal } else { LinearDir::Vertical };
            let mut linear = Linear::new(dir, children.clone());
            for (child, (share, _)) in children.into_iter().zip(parts) {
                linear.shares.set_share(child, *share);
            }
            (id, Container::Linear(linear).into())
        }
    };
    tiles.insert(id, held);
    id
}

fn new_id(next: &mut u64) -> TileId {
    *next += 1;
    TileId::from_u64(*next)
}

/// What a tile has become; nothing of one that is empty.
fn read(tiles: &Tiles<ViewKind>, id: TileId) -> Option<Tile> {
    let container = match tiles.get(id)? {
        egui_tiles::Tile::Pane(kind) => return Some(Tile::View(*kind)),
        egui_tiles::Tile::Container(container) => container,
    };
    let share = |child: &TileId| match container {
        Container::Linear(linear) => linear.shares[*child],
        _ => 1.0,
    };
    let held: Vec<(TileId, f32, Tile)> =
        container.children().filter_map(|child| Some((*child, share(child), read(tiles, *child)?))).collect();
    if held.len() < 2 {
        return held.into_iter().next().map(|(.., tile)| tile);
    }
    Some(match container {
        Container::Linear(linear) => {
            let direction =
                if linear.dir == LinearDir::Horizontal { Direction::Row } else { Direction::Column };
            let parts = held.into_iter().map(|(_, share, tile)| (share, tile)).collect();
            Tile::Split { direction, parts }
        }
        Container::Tabs(_) | Container::Grid(_) => {
            let is_active = |id| matches!(container, Container::Tabs(tabs) if tabs.is_active(id));
            let front = held.iter().position(|(id, ..)| is_active(*id)).unwrap_or(0);
            Tile::Tabs { front, parts: held.into_iter().map(|(.., tile)| tile).collect() }
        }
    })
}
