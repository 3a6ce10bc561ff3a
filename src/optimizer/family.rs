//! Families of methods: what a method is told apart by, or the method that it resembles.

/// Where the looks of a method's paths, and the learning rates that suit it, come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Family {
    /// It has its own: a family begins with it.
    Own(PathLook),
    /// It has those of the method with this id, which begins the family: its runs look like further runs of that one.
    Of(&'static str),
}

/// How the paths of a family look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathLook {
    /// The outline of the markers.
    pub marker: MarkerForm,
    /// The color in which the field knows the method, on dark and on light, as sRGB 0xRRGGBB.
    pub classic: [u32; 2],
    /// The color that differs from those of the others to every kind of color vision, and in gray.
    pub color_blind_safe: [u32; 2],
}

/// The outline of a marker; each family has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say what they look like")]
pub enum MarkerForm {
    Circle,
    Square,
    Diamond,
    TriangleUp,
    TriangleDown,
    Plus,
    Star,
}
