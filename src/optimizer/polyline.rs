//! The points of a path as they are kept: all of them, or where memory is short every so many.
//!
//! First come those that are kept whatever happens: early steps are the long ones. Then follows every `stride`-th, up to where
//! the last ones begin, which are whole again. A stride is a power of three: every second point of a run that swings from side
//! to side would lie on one side.

use crate::objective::Point;

/// So many points at the beginning are all kept.
const WHOLE: usize = 4096;
/// How much wider a stride is than the one before.
const WIDER: usize = 3;
/// No stride is wider: what is kept of the longest run is little by then.
const WIDEST: usize = WIDER.pow(7);

/// The points of a path, which grows.
#[derive(Clone, Debug)]
pub(super) struct Points {
    kept: Vec<Point>,
    stride: usize,
    /// From this entry on all are kept.
    exact_from: usize,
    /// How many are kept of those before.
    before: usize,
}

impl Points {
    pub fn new() -> Self {
        Self { kept: Vec::new(), stride: 1, exact_from: 0, before: 0 }
    }

    /// The same points in other coordinates.
    pub fn seen_through(&self, map: impl Fn(Point) -> Point) -> Self {
        Self { kept: self.kept.iter().map(|point| map(*point)).collect(), ..*self }
    }

    /// How many points there are, kept or not.
    pub fn len(&self) -> usize {
        self.exact_from + self.kept.len() - self.before
    }

    /// Where further points are added.
    pub fn growing(&mut self) -> &mut Vec<Point> {
        &mut self.kept
    }

    pub fn last(&self) -> Option<Point> {
        self.kept.last().copied()
    }

    /// A point, if it is kept.
    pub fn get(&self, entry: usize) -> Option<Point> {
        let place = if entry >= self.exact_from {
            self.before + entry - self.exact_from
        } else if entry < WHOLE {
            entry
        } else if (entry - WHOLE).is_multiple_of(self.stride) {
            WHOLE + (entry - WHOLE) / self.stride
        } else {
            return None;
        };
        self.kept.get(place).copied()
    }

    /// The points of some entries that follow each other, if all are kept.
    pub fn range(&self, entries: std::ops::Range<usize>) -> Option<&[Point]> {
        let first = if entries.start >= self.exact_from {
            self.before + entries.start - self.exact_from
        } else if entries.end <= WHOLE {
            entries.start
        } else {
            return None;
        };
        self.kept.get(first..first + entries.len())
    }

    /// The bytes that are taken.
    pub fn bytes(&self) -> usize {
        size_of_val(self.kept.as_slice())
    }

    /// Keeps fewer of the points before `until`. Returns whether there were any to spare.
    pub fn thin(&mut self, until: usize) -> bool {
        let can_be_thinned = until > WHOLE + self.stride && self.stride < WIDEST;
        if can_be_thinned {
            self.keep_every(self.stride * WIDER, WHOLE, until);
            self.kept.shrink_to_fit();
        }
        can_be_thinned
    }

    /// Keeps of the points before `until`, which were added since, no more than of those before them.
    pub fn thin_further(&mut self, until: usize) {
        if self.stride > 1 {
            self.keep_every(self.stride, self.before, until);
        }
    }

    /// Keeps every so many of the points before `until`; of these, `done` are as they are to be.
    fn keep_every(&mut self, stride: usize, done: usize, until: usize) {
        let mut count = done;
        for entry in (WHOLE + (done - WHOLE) * stride..until).step_by(stride) {
            // Each multiple of the new stride is one of the old stride.
            let Some(point) = self.get(entry) else { break };
            self.kept[count] = point;
            count += 1;
        }
        let exact = self.before + until - self.exact_from;
        self.kept.drain(count..exact);
        (self.stride, self.exact_from, self.before) = (stride, until, count);
    }

    /// What is drawn of the first `count` points: those of them that lie on the stride. It ends at `end`, where that is another.
    pub fn polyline(&self, count: usize, end: Option<Point>) -> Polyline<'_> {
        if self.stride == 1 {
            return Polyline {
                front: &self.kept[..count.min(self.kept.len())],
                back: &[],
                stride: 1,
                end: None,
            };
        }
        let is_on_stride = count <= WHOLE || (count - 1 - WHOLE).is_multiple_of(self.stride);
        let drawn = if count <= WHOLE { count } else { WHOLE + (count - WHOLE).div_ceil(self.stride) };
        // The first one on the stride of those that are all kept.
        let first = WHOLE + (self.before - WHOLE) * self.stride - self.exact_from + self.before;
        let last = (self.before + count).saturating_sub(self.exact_from);
        Polyline {
            front: &self.kept[..drawn.min(self.before)],
            back: self.kept.get(first..last).unwrap_or_default(),
            stride: self.stride,
            end: end.filter(|_| !is_on_stride),
        }
    }
}

/// Points of a path in order, beginning at its start: all of them, or of a long path those of every so many steps, and its end.
#[derive(Clone, Copy, Debug)]
pub struct Polyline<'a> {
    front: &'a [Point],
    /// Of these every `stride`-th, from the first one on.
    back: &'a [Point],
    stride: usize,
    end: Option<Point>,
}

impl<'a> Polyline<'a> {
    /// How many points it has without the end that [`Self::end`] is.
    #[expect(clippy::len_without_is_empty, reason = "there is the start")]
    pub fn len(&self) -> usize {
        self.front.len() + self.back.len().div_ceil(self.stride)
    }

    /// How many steps lie between its points, but for early ones.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// Its points from the one at `first` on.
    pub fn from(&self, first: usize) -> impl DoubleEndedIterator<Item = &'a Point> + use<'a> {
        let split = first.min(self.front.len());
        let back = self.back.get((first - split) * self.stride..).unwrap_or_default();
        self.front[split..].iter().chain(back.iter().step_by(self.stride))
    }

    /// The step that the point at a place stands at.
    pub fn step(&self, place: usize) -> usize {
        if place < WHOLE { place } else { WHOLE + (place - WHOLE) * self.stride }
    }

    /// Whether it is one step from the point before to the one at a place.
    pub fn is_a_step(&self, place: usize) -> bool {
        self.stride == 1 || place <= WHOLE
    }

    /// Where the path ends after the last of the points, if it does not end there.
    pub fn end(&self) -> Option<Point> {
        self.end
    }

    /// Where the path ends.
    pub fn last(&self) -> Option<Point> {
        self.end.or_else(|| self.from(0).next_back().copied())
    }
}

#[cfg(test)]
impl<'a> From<&'a [Point]> for Polyline<'a> {
    fn from(points: &'a [Point]) -> Self {
        Self { front: points, back: &[], stride: 1, end: None }
    }
}
