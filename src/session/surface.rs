//! The surface of the cost over a part of the plane, in stages: field, levels and isolines, shades.

use super::cached::Cached;
use crate::landscape::{Field, Isoline, Levels, Region, Shades, drawable, isolines_of};
use crate::objective::Objective;

/// What a field depends on: the version of the cost, the region, and the nodes along x and y.
type FieldKey = (u64, Region, [usize; 2]);

/// The stages of the surface, each kept under what it depends on.
#[derive(Debug, Default)]
pub(super) struct SurfaceStages {
    field: Cached<FieldKey, Field>,
    /// A field that is too much work for one time, and how many of its rows are sampled.
    growing: Option<(FieldKey, Field, usize)>,
    isolines: Cached<(u64, Levels, usize), DrawnIsolines>,
    shades: Cached<(u64, Levels), Shades>,
}

/// The lines that are drawn of a field's levels.
#[derive(Debug)]
struct DrawnIsolines {
    lines: Vec<Isoline>,
    dropped_levels: usize,
}

impl DrawnIsolines {
    fn of(objective: &Objective, field: &Field, levels: Levels, most_points: usize) -> Self {
        let all = levels.values(field);
        let drawn = drawable(field, &all, most_points);
        Self { lines: isolines_of(objective, field, &drawn), dropped_levels: all.len() - drawn.len() }
    }
}

/// How finely a surface is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Nodes along x and y.
    pub nodes: [usize; 2],
    /// The most points of all isolines.
    pub isoline_points: usize,
    /// The most work of sampling at one time, as [`Objective::work`] counts it. What takes more has fewer nodes.
    pub work: u64,
    /// Whether the nodes that are missing then are sampled over the next times.
    pub grows: bool,
}

impl Detail {
    /// As many nodes in the same proportion as can be sampled at one time. Where the missing ones follow it is a part of that time:
    /// while something is dragged the field is another one in each frame, which runs and isolines share.
    pub(super) fn nodes_at_once(&self, objective: &Objective) -> [usize; 2] {
        const SHARE_WHILE_IT_CHANGES: f64 = 0.3;
        let all = self.nodes.map(|count| count as f64);
        let of_node = objective.work_of_node((self.nodes[0] * self.nodes[1]) as u64);
        let work = if self.grows { SHARE_WHILE_IT_CHANGES * self.work as f64 } else { self.work as f64 };
        let share = work / (all[0] * all[1] * of_node as f64);
        if share >= 1.0 { self.nodes } else { all.map(|count| (count * share.sqrt()) as usize) }
    }
}

/// What the cost looks like over a part of the plane.
#[derive(Clone, Copy, Debug)]
pub struct Surface<'a> {
    /// The sampled cost.
    pub field: &'a Field,
    /// Whether the field has all nodes that it should have or will have.
    pub is_whole: bool,
    /// Its level sets.
    pub isolines: &'a [Isoline],
    /// How many levels have no isolines, since the cost varies faster than nodes or screen can show.
    pub dropped_levels: usize,
    /// A number that changes whenever the isolines do.
    pub isolines_version: u64,
    /// Its shades, from which a color map makes the heat map.
    pub shades: &'a Shades,
    /// A number that changes whenever the shades do.
    pub shades_version: u64,
}

impl SurfaceStages {
    /// The surface of `objective` (in its `version`) over `region`.
    pub(super) fn get(
        &mut self,
        objective: &Objective,
        version: u64,
        region: Region,
        detail: Detail,
        levels: Levels,
    ) -> Surface<'_> {
        let mut key = (version, region, detail.nodes);
        if !self.field.holds(&key) {
            key.2 = detail.nodes_at_once(objective);
        }
        let mut is_whole = key.2 == detail.nodes || !detail.grows;
        // What changes from frame to frame is seen coarsely: the nodes that are missing would be for nothing.
        let is_at_rest = self.field.holds(&key);
        if !is_whole
            && is_at_rest
            && let Some(grown) = self.grow(objective, (version, region, detail.nodes), detail.work)
        {
            (key.2, is_whole) = (detail.nodes, true);
            self.field.get(key, |_| grown);
        }
        let (field, sampled) = self
            .field
            .get(key, |(_, region, [columns, rows])| Field::of(objective, *region, *columns, *rows));
        let key = (sampled, levels);
        let (DrawnIsolines { lines, dropped_levels }, isolines_version) =
            self.isolines.get((sampled, levels, detail.isoline_points), |_| {
                DrawnIsolines::of(objective, field, levels, detail.isoline_points)
            });
        let (shades, shades_version) = self.shades.get(key, |(_, levels)| Shades::new(field, levels));
        Surface {
            field,
            is_whole,
            isolines: lines,
            dropped_levels: *dropped_levels,
            isolines_version,
            shades,
            shades_version,
        }
    }

    /// Samples some more rows of a field that is too much work for one time. Returns it when it has all of them.
    fn grow(&mut self, objective: &Objective, key: FieldKey, work: u64) -> Option<Field> {
        let (_, region, [columns, rows]) = key;
        let (_, mut field, done) = self
            .growing
            .take()
            .filter(|(held, ..)| *held == key)
            .unwrap_or_else(|| (key, Field::unsampled(region, columns, rows), 0));
        let of_node = objective.work_of_node((columns * rows) as u64);
        let more = (work / (field.columns as u64 * of_node)).max(1) as usize;
        field.fill_rows(done..done.saturating_add(more), |xs, ys, out| objective.fill_grid(xs, ys, out));
        if done + more >= field.rows {
            field.look_for_poles(objective);
            return Some(field);
        }
        self.growing = Some((key, field, done + more));
        None
    }

    /// How often the field and the isolines were made.
    pub(super) fn made(&self) -> [u64; 2] {
        [self.field.made(), self.isolines.made()]
    }
}
