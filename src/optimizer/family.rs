//! Families of methods: what a method is told apart by, or the method that it resembles.

/// Where the colors of a method's paths, and the learning rates that suit it, come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Family {
    /// It has its own: a family begins with it.
    Own(PathLook),
    /// They are beside those of the method that begins the family.
    Of(Kin),
}

/// What a method has of the one that begins its family, and what it has not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kin {
    /// The id of the method that begins the family.
    pub id: &'static str,
    /// The outline of its markers.
    pub marker: MarkerForm,
    /// What that method's learning rates are multiplied by, where none is suggested for this one.
    pub rates_times: f64,
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

/// The outline of a marker; no two methods of a family share one.
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
    Cross,
    TriangleLeft,
    TriangleRight,
    Pentagon,
    Hexagon,
    Spark,
    Hourglass,
    BowTie,
    Tripod,
}
