//! The surface of the cost over a part of the plane, in stages: field, levels and isolines, shades.

use super::cached::Cached;
use crate::landscape::{Field, Isoline, Levels, Region, Shades, isolines_of};
use crate::objective::Objective;

/// The stages of the surface, each kept under what it depends on.
#[derive(Debug, Default)]
pub(super) struct SurfaceStages {
    field: Cached<(u64, Region, [usize; 2]), Field>,
    isolines: Cached<(u64, Levels), Vec<Isoline>>,
    shades: Cached<(u64, Levels), Shades>,
}

/// What the cost looks like over a part of the plane.
#[derive(Clone, Copy, Debug)]
pub struct Surface<'a> {
    /// The sampled cost.
    pub field: &'a Field,
    /// Its level sets.
    pub isolines: &'a [Isoline],
    /// A number that changes whenever the isolines do.
    pub isolines_version: u64,
    /// Its shades, from which a color map makes the heat map.
    pub shades: &'a Shades,
    /// A number that changes whenever the shades do.
    pub shades_version: u64,
}

impl SurfaceStages {
    /// The surface of `objective` (in its `version`) over `region`, sampled at `resolution` = \[columns, rows\].
    pub(super) fn get(
        &mut self,
        objective: &Objective,
        version: u64,
        region: Region,
        resolution: [usize; 2],
        levels: Levels,
    ) -> Surface<'_> {
        let (field, sampled) =
            self.field.get((version, region, resolution), |(_, region, [columns, rows])| {
                Field::of(objective, *region, *columns, *rows)
            });
        let key = (sampled, levels);
        let (isolines, isolines_version) =
            self.isolines.get(key, |(_, levels)| isolines_of(objective, field, &levels.values(field)));
        let (shades, shades_version) = self.shades.get(key, |(_, levels)| Shades::new(field, levels));
        Surface { field, isolines, isolines_version, shades, shades_version }
    }

    /// How often the field and the isolines were made.
    pub(super) fn made(&self) -> [u64; 2] {
        [self.field.made(), self.isolines.made()]
    }
}
