//! The built-in costs: rows of formula text with everything needed to show one in a lecture.
//!
//! A row holds the formula as a lecturer would write it, the part of the plane to show, a start from which the
//! methods differ, a learning rate for each family of methods, and the known optima, which the tests verify. The rates go
//! with the methods' other parameters at their defaults (beta 0.9, beta2 0.999, epsilon 1e-8). Unless `teaches`
//! says otherwise, no path leaves the window from the suggested start within `steps`.
//!
//! Adding a cost is adding a row to the file of its group; lists, menus and tests walk [`BUILT_INS`].

mod bowls;
mod curved_valleys;
mod lagrangian;
mod learning;
pub mod lessons;
mod many_minima;
mod saddles;

pub use lagrangian::AS_CONSTRAINTS;

use crate::landscape::LevelScale;
use crate::objective::Goal;

/// What a cost is there to show; also the order of the menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Convex quadratics, from round to narrow.
    Bowls,
    /// A narrow or bent valley leads to one minimum.
    CurvedValleys,
    /// Several minima: where a path ends depends on start, method and rate.
    ManyMinima,
    /// The gradient is small or zero where no minimum is.
    SaddlesAndPlateaus,
    /// Regression and classification losses as functions of two parameters.
    Learning,
    /// A constraint, folded into the cost by a multiplier or a penalty.
    Lagrangian,
}

impl Group {
    /// Every group, in the order of the menus.
    pub const ALL: [Group; 6] = [
        Group::Bowls,
        Group::CurvedValleys,
        Group::ManyMinima,
        Group::SaddlesAndPlateaus,
        Group::Learning,
        Group::Lagrangian,
    ];

    /// The heading above the group's costs.
    pub fn title(self) -> &'static str {
        match self {
            Group::Bowls => "Bowls",
            Group::CurvedValleys => "Curved valleys",
            Group::ManyMinima => "Many minima",
            Group::SaddlesAndPlateaus => "Saddles and plateaus",
            Group::Learning => "Learning",
            Group::Lagrangian => "Lagrangian",
        }
    }
}

/// In what sense the points in [`BuiltIn::minima`] are optimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptimumKind {
    /// The gradient vanishes there.
    Stationary,
    /// Best, but the formula has no derivative there: a kink, or a root taken of zero.
    NoDerivative,
    /// Best within the window, on its edge: beyond the edge the cost goes on to improve.
    OnWindowEdge,
    /// There is none: the cost improves without bound, and paths leave the window.
    Unbounded,
}

/// Learning rates by the ids of methods, their other parameters at their defaults.
pub type Rates = &'static [(&'static str, f64)];

/// Rates of the first-order methods in the order in which they are taught. Newton takes full steps, or what is said; behind it
/// stand those of further methods that what their families say does not suit here.
macro_rules! rates {
    ($gd:expr, $momentum:expr, $nesterov:expr, $adagrad:expr, $rmsprop:expr, $adam:expr) => {
        rates!($gd, $momentum, $nesterov, $adagrad, $rmsprop, $adam; newton: 1.0)
    };
    (
        $gd:expr, $momentum:expr, $nesterov:expr, $adagrad:expr, $rmsprop:expr, $adam:expr;
        newton: $newton:expr $(, $further:ident: $rate:expr)*
    ) => {
        &[
            ("gd", $gd),
            ("momentum", $momentum),
            ("nesterov", $nesterov),
            ("adagrad", $adagrad),
            ("rmsprop", $rmsprop),
            ("adam", $adam),
            ("newton", $newton),
            $((stringify!($further), $rate),)*
        ]
    };
}
use rates;

/// A cost that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BuiltIn {
    /// Stable name in scenario files, snake_case.
    pub id: &'static str,
    /// Short name for menus.
    pub name: &'static str,
    /// The heading it stands under.
    pub group: Group,
    /// Formula text in `variables` and the letters of `constants`.
    pub formula: &'static str,
    /// The horizontal and the vertical axis.
    pub variables: [&'static str; 2],
    /// The formula's other letters, with their default values.
    pub constants: &'static [(&'static str, f64)],
    /// Which way is better.
    pub goal: Goal,
    /// The part of the plane to show: `[[x_min, x_max], [y_min, y_max]]`.
    pub window: [[f64; 2]; 2],
    /// Suggested start, inside the window.
    pub start: [f64; 2],
    /// Suggested spacing of contour levels.
    pub levels: LevelScale,
    /// Suggested learning rates from `start`.
    pub rates: Rates,
    /// Suggested number of steps.
    pub steps: u32,
    /// Known global optima in the window, for the default constants: minima, or maxima where `goal` says so.
    pub minima: &'static [[f64; 2]],
    /// What kind of optimum `minima` are.
    pub optimum: OptimumKind,
    /// Where the cost comes from, with the year.
    pub source: &'static str,
    /// One sentence: what to look for.
    pub teaches: &'static str,
}

/// What most rows have in common; each row overrides the rest.
const ROW: BuiltIn = BuiltIn {
    id: "",
    name: "",
    group: Group::Bowls,
    formula: "",
    variables: ["x", "y"],
    constants: &[],
    goal: Goal::Minimize,
    window: [[-1.0, 1.0], [-1.0, 1.0]],
    start: [0.0, 0.0],
    levels: LevelScale::Linear,
    rates: rates!(0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
    steps: 300,
    minima: &[],
    optimum: OptimumKind::Stationary,
    source: "",
    teaches: "",
};

const BY_GROUP: [&[BuiltIn]; Group::ALL.len()] =
    [bowls::ROWS, curved_valleys::ROWS, many_minima::ROWS, saddles::ROWS, learning::ROWS, lagrangian::ROWS];

const COUNT: usize = {
    let (mut count, mut group) = (0, 0);
    while group < BY_GROUP.len() {
        count += BY_GROUP[group].len();
        group += 1;
    }
    count
};

const TABLE: [BuiltIn; COUNT] = {
    let mut table = [ROW; COUNT];
    let (mut next, mut group) = (0, 0);
    while group < BY_GROUP.len() {
        let mut row = 0;
        while row < BY_GROUP[group].len() {
            table[next] = BY_GROUP[group][row];
            next += 1;
            row += 1;
        }
        group += 1;
    }
    table
};

/// Every built-in cost, group by group.
pub static BUILT_INS: &[BuiltIn] = &TABLE;

/// The cost with this id.
pub fn find(id: &str) -> Option<&'static BuiltIn> {
    BUILT_INS.iter().find(|row| row.id == id)
}

/// The costs of one group, in the order in which a lecture would show them.
pub fn by_group(group: Group) -> impl Iterator<Item = &'static BuiltIn> {
    BUILT_INS.iter().filter(move |row| row.group == group)
}
