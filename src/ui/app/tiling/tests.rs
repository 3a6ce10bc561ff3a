use super::tile::sizes;
use super::*;
use egui::vec2;

const WIDE: Vec2 = vec2(1500.0, 820.0);
const USUAL: Vec2 = vec2(930.0, 560.0);
const BEAMER: Vec2 = vec2(700.0, 500.0);
const SMALL: Vec2 = vec2(480.0, 330.0);

/// Where each view is drawn that is in front, by its kind.
fn rects(tile: &Tile, rect: egui::Rect, found: &mut Vec<(ViewKind, egui::Rect)>) {
    match tile {
        Tile::View(kind) => found.push((*kind, rect)),
        Tile::Tabs { front, parts } => {
            rects(&parts[*front], rect.with_min_y(rect.top() + TAB_BAR), found);
        }
        Tile::Split { direction, parts } => {
            let along = direction.along(rect.size()) - GAP * (parts.len() - 1) as f32;
            let all: f32 = parts.iter().map(|(share, _)| share).sum();
            let mut from = rect.min;
            for (share, part) in parts {
                let size = direction.size(along * share / all, direction.across(rect.size()));
                rects(part, egui::Rect::from_min_size(from, size), found);
                from += direction.size(along * share / all + GAP, 0.0);
            }
        }
    }
}

fn drawn(tiling: &Tiling, room: Vec2) -> Vec<(ViewKind, egui::Rect)> {
    let mut found = Vec::new();
    rects(&tiling.drawn(room).root, egui::Rect::from_min_size(egui::Pos2::ZERO, room), &mut found);
    found
}

fn all_orders() -> Vec<Vec<ViewKind>> {
    use ViewKind::{Charts, Step, Table};
    let mut orders = vec![vec![Charts], vec![Step], vec![Table]];
    for [a, b, c] in [
        [Charts, Step, Table],
        [Charts, Table, Step],
        [Step, Charts, Table],
        [Step, Table, Charts],
        [Table, Charts, Step],
        [Table, Step, Charts],
    ] {
        orders.extend([vec![a, b], vec![a, b, c]]);
    }
    orders
}

#[test]
fn whatever_is_opened_is_seen_and_nothing_is_smaller_than_is_of_use() {
    for room in [WIDE, USUAL, BEAMER, SMALL] {
        for order in all_orders() {
            let mut tiling = Tiling::default();
            for kind in &order {
                tiling.toggle(*kind, room);
                let seen = drawn(&tiling, room);
                assert!(seen.iter().any(|(held, _)| held == kind), "{order:?} in {room}: {seen:?}");
                for (kind, rect) in &seen {
                    let least = kind.least().min(room - vec2(0.0, TAB_BAR));
                    let fits = rect.width() >= least.x - 0.1 && rect.height() >= least.y - 0.1;
                    assert!(fits, "{order:?} in {room}: {kind:?} has {rect}");
                }
            }
            for kind in order {
                // One that is behind others comes to the front before it is closed.
                let is_seen = |tiling: &Tiling| drawn(tiling, room).iter().any(|(held, _)| *held == kind);
                if !is_seen(&tiling) {
                    tiling.toggle(kind, room);
                    assert!(is_seen(&tiling));
                }
                tiling.toggle(kind, room);
                assert!(!tiling.is_open(kind));
            }
            assert!(tiling.is_plot_alone());
        }
    }
}

#[test]
fn in_a_wide_window_the_plot_charts_and_a_step_stand_side_by_side() {
    for room in [WIDE, USUAL] {
        let mut tiling = Tiling::default();
        tiling.toggle(ViewKind::Charts, room);
        tiling.toggle(ViewKind::Step, room);
        let seen = drawn(&tiling, room);
        assert_eq!(seen.len(), 3, "{room}: {seen:?}");
        let rect = |kind| seen.iter().find(|(held, _)| *held == kind).unwrap().1;
        assert!(rect(ViewKind::Charts).top() > rect(ViewKind::Plot).bottom());
        assert!(rect(ViewKind::Step).left() > rect(ViewKind::Plot).right());
    }
}

#[test]
fn a_small_window_shows_one_view_at_a_time_and_a_larger_one_all_again() {
    let mut tiling = Tiling::default();
    tiling.toggle(ViewKind::Charts, WIDE);
    let before = tiling.clone();
    assert_eq!(drawn(&tiling, SMALL).len(), 1);
    assert_eq!(drawn(&tiling, WIDE).len(), 2);
    assert_eq!(tiling.root, before.root);
}

#[test]
fn shares_made_by_hand_are_kept_as_far_as_the_least_sizes_allow() {
    let parts = vec![(0.9, Tile::View(ViewKind::Charts)), (0.1, Tile::View(ViewKind::Plot))];
    let tiling = Tiling::checked(Tile::split(Direction::Row, parts)).unwrap();
    let seen = drawn(&tiling, WIDE);
    assert!((seen[1].1.width() - 360.0).abs() < 0.1, "{seen:?}");
    assert_eq!(sizes(100.0, &[1.0, 1.0, 2.0], &[10.0, 40.0, 10.0]), [20.0, 40.0, 40.0]);
}

#[test]
fn what_is_kept_is_read_again_and_what_is_none_is_the_plot_alone() {
    for order in all_orders() {
        let mut tiling = Tiling::default();
        order.iter().for_each(|kind| tiling.toggle(*kind, USUAL));
        let kept = serde_json::to_string(&tiling).unwrap();
        let again: Tiling = serde_json::from_str(&kept).unwrap();
        assert_eq!(again, tiling, "{kept}");
    }
    for wrong in [
        "null",
        "7",
        r#"{"root":{"view":"charts"},"front":null}"#,
        r#"{"root":{"view":"hologram"},"front":null}"#,
        r#"{"root":{"view":"plot"},"front":"hologram"}"#,
        r#"{"root":{"tabs":{"front":3,"parts":[{"view":"plot"},{"view":"step"}]}},"front":null}"#,
        r#"{"root":{"split":{"direction":"row","parts":[]}},"front":null}"#,
        r#"{"root":{"split":{"direction":"row","parts":[[-1.0,{"view":"plot"}],[1.0,{"view":"step"}]]}},"front":null}"#,
        r#"{"root":{"split":{"direction":"row","parts":[[1.0,{"view":"plot"}],[1.0,{"view":"plot"}]]}},"front":null}"#,
    ] {
        assert_eq!(serde_json::from_str::<Tiling>(wrong).unwrap(), Tiling::default(), "{wrong}");
    }
}
