//! Where the card of a stop stands: beside what it points at, and over none of it.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

/// About the size of a card, in points; its width exactly.
pub(super) const CARD: Vec2 = vec2(296.0, 150.0);
/// Between the card and what it points at, in points.
const GAP: f32 = 10.0;
/// Between the card and the edge of the window, in points.
const EDGE: f32 = 4.0;
/// Between the card and the edge of the plot that it stands in, in points.
const INSET: f32 = 14.0;

/// What of a part a card may not cover: all of it, or the middle of a plot, whose edges it may lie over.
pub(super) fn protected(part: Rect, is_covered_at_edges: bool) -> Rect {
    if is_covered_at_edges { Rect::from_center_size(part.center(), part.size() / 3.0) } else { part }
}

/// Whether a card covers nothing that is protected and lies within the window.
pub(super) fn is_clear(card: Rect, protected: Rect, window: Rect) -> bool {
    window.contains_rect(card) && !card.intersect(protected).is_positive()
}

/// The corner of a card of this size that speaks of `part`: inside a part that has the room, else on its left, above or
/// below it, or on its right. Where there is room nowhere it covers as little as it can.
pub(super) fn place(part: Rect, protected: Rect, window: Rect, size: Vec2) -> Pos2 {
    let inner = part.shrink(INSET);
    let (left, right) = (inner.left(), inner.right() - size.x);
    let (top, bottom) = (inner.top(), inner.bottom() - size.y);
    let middle = part.center() - size / 2.0;
    let inside = [pos2(right, top), pos2(left, top), pos2(right, bottom), pos2(left, bottom)];
    let beside = [
        pos2(part.left() - GAP - size.x, part.top() + 40.0),
        pos2(middle.x, part.top() - GAP - size.y),
        pos2(middle.x, part.bottom() + GAP),
        pos2(part.right() + GAP, part.top() + 40.0),
    ];
    let room = window.shrink(EDGE);
    let most = (room.max - size).max(room.min);
    let within = |corner: Pos2| corner.clamp(room.min, most);
    let covers = |corner: Pos2| {
        let both = Rect::from_min_size(corner, size).intersect(protected);
        if both.is_positive() { both.area() } else { 0.0 }
    };
    let corners = || inside.into_iter().chain(beside).map(within);
    let clear = corners().find(|corner| covers(*corner) == 0.0);
    let least = || corners().min_by(|a, b| covers(*a).total_cmp(&covers(*b)));
    clear.or_else(least).unwrap_or(room.min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_covers_nothing_of_what_it_points_at_and_stays_in_the_window() {
        let window = Rect::from_min_size(Pos2::ZERO, vec2(1024.0, 768.0));
        let part = |left, top, right, bottom| Rect::from_min_max(pos2(left, top), pos2(right, bottom));
        for (part, is_plot) in [
            (part(720.0, 24.0, 1024.0, 768.0), false),
            (part(0.0, 730.0, 1024.0, 768.0), false),
            (part(0.0, 24.0, 720.0, 130.0), false),
            (part(0.0, 0.0, 1024.0, 26.0), false),
            (part(0.0, 0.0, 300.0, 768.0), false),
            (part(40.0, 170.0, 640.0, 700.0), true),
            (part(40.0, 170.0, 300.0, 300.0), true),
        ] {
            let protected = protected(part, is_plot);
            let card = Rect::from_min_size(place(part, protected, window, CARD), CARD);
            assert!(is_clear(card, protected, window), "{card:?} for {part:?}");
        }
    }

    #[test]
    fn a_card_that_has_room_nowhere_is_within_the_window_and_covers_little() {
        let window = Rect::from_min_size(Pos2::ZERO, vec2(320.0, 240.0));
        let part = window.with_min_y(60.0);
        let card = Rect::from_min_size(place(part, part, window, CARD), CARD);
        assert!(window.contains_rect(card));
        assert!(card.top() < part.top(), "{card:?}");
    }
}
