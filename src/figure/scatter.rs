//! The rows of data as points, with the model that each run has of them where it stands: a curve, or the line between two
//! classes.

mod painting;

pub use painting::{Marks, ScatterOutput};

use crate::data::Roles;
use crate::landscape::{Field, Region, isolines};
use crate::objective::{Point, RowModel};
use crate::scenario::Data;
use crate::session::Session;

/// What is drawn of the rows, and of a model of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// The target against a feature, and the target that the model expects.
    Curve,
    /// A feature against another one, in classes, and where the model is between them.
    Boundary,
    /// Labels against a feature, and where the model is between them.
    Cut,
    /// The target against one of several features, and for each row the target that the model expects.
    Values,
}

/// The rows of a session.
#[derive(Debug)]
pub struct Scatter {
    data: Data,
    model: RowModel,
    drawn: Drawn,
    /// The columns across and up.
    axes: [usize; 2],
    region: Region,
    /// What stands for features that are not drawn: their means.
    usual: Vec<f64>,
}

/// So many places of a curve are asked for, and so many nodes a side of the field between two classes.
const PLACES: usize = 96;
const NODES: usize = 41;
/// Of more rows only so many are drawn.
pub const MOST_POINTS: usize = 4_000;

impl Scatter {
    /// The rows of a session, against the feature with this number where there are several to choose from. Nothing while there
    /// is no cost that can be evaluated, or where it reads no feature.
    pub fn of(session: &Session, feature: usize) -> Option<Self> {
        let (cost, objective) = (&session.scenario().cost, session.objective()?);
        let model = cost.row_model(objective)?;
        let data = cost.data.clone()?;
        let Roles { target, features, labels } = model.roles();
        let first = *features.first()?;
        let chosen = *features.get(feature).unwrap_or(&first);
        let (drawn, axes) = match (labels, features.get(1)) {
            (Some(_), Some(second)) => (Drawn::Boundary, [first, *second]),
            (Some([low, _]), None) if *low < 0.0 => (Drawn::Cut, [first, *target]),
            (_, None) => (Drawn::Curve, [first, *target]),
            (None, Some(_)) => (Drawn::Values, [chosen, *target]),
        };
        let columns = data.table().columns();
        let mean = |place: &usize| columns[*place].iter().sum::<f64>() / columns[*place].len() as f64;
        let usual = features.iter().map(mean).collect();
        let region = around(&columns[axes[0]], &columns[axes[1]])?;
        Some(Self { drawn, axes, region, usual, model, data })
    }

    /// What is drawn.
    pub fn drawn(&self) -> Drawn {
        self.drawn
    }

    /// What the columns are.
    pub fn roles(&self) -> &Roles {
        self.model.roles()
    }

    /// The rows.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The columns across and up.
    pub fn axes(&self) -> [usize; 2] {
        self.axes
    }

    /// The loss of a row, and what part of the sum of all losses it is.
    pub fn share(&mut self, theta: Point, row: usize) -> (f64, f64) {
        let rows = self.data.table().rows();
        let own = self.loss(theta, row);
        let all: f64 = (0..rows).map(|row| self.loss(theta, row)).sum();
        (own, own / all)
    }

    fn loss(&mut self, theta: Point, row: usize) -> f64 {
        let row = self.data.table().row(row);
        self.model.of_row(theta, &row).value
    }

    /// The target that the model expects of features; where it decides between labels, the one that it decides for.
    pub fn predict(&mut self, theta: Point, features: &[f64]) -> Option<f64> {
        match (self.drawn, self.roles().labels) {
            (Drawn::Boundary | Drawn::Cut, Some([low, high])) => {
                let score = self.model.score(theta, features)?;
                (!score.is_nan()).then_some(if score > 0.0 { high } else { low })
            }
            _ => self.model.predict(theta, features),
        }
    }

    /// The features of a row.
    fn features(&self, row: usize) -> Vec<f64> {
        let columns = self.data.table().columns();
        self.roles().features.iter().map(|place| columns[*place][row]).collect()
    }

    /// Whether a row is on the wrong side of a model; never where there are no classes.
    pub fn is_misclassified(&mut self, theta: Point, row: usize) -> bool {
        let Some([_, high]) = self.roles().labels else { return false };
        let label = self.data.table().columns()[self.roles().target][row];
        let features = self.features(row);
        self.model.score(theta, &features).is_some_and(|score| (score > 0.0) != (label == high))
    }

    /// The lines of a model: the curve that it expects, or what is between the classes.
    pub fn lines(&mut self, theta: Point) -> Vec<Vec<Point>> {
        match self.drawn {
            Drawn::Curve => self.curve(theta),
            Drawn::Boundary => self.boundary(theta),
            Drawn::Cut => self.cuts(theta),
            Drawn::Values => Vec::new(),
        }
    }

    /// The same where a row would have to be, to be as the model expects; nothing between classes.
    pub fn expected(&mut self, theta: Point, row: usize) -> Option<Point> {
        if matches!(self.drawn, Drawn::Boundary | Drawn::Cut) {
            return None;
        }
        let x = self.data.table().columns()[self.axes[0]][row];
        let features = self.features(row);
        self.model.predict(theta, &features).map(|y| Point::new(x, y))
    }

    fn curve(&mut self, theta: Point) -> Vec<Vec<Point>> {
        let mut pieces = vec![Vec::new()];
        for place in 0..PLACES {
            let x = self.across(place as f64 / (PLACES - 1) as f64);
            match self.model.predict(theta, &[x]).filter(|y| y.is_finite()) {
                Some(y) => pieces.last_mut().into_iter().for_each(|piece| piece.push(Point::new(x, y))),
                None => pieces.push(Vec::new()),
            }
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }

    fn boundary(&mut self, theta: Point) -> Vec<Vec<Point>> {
        let (model, mut features) = (&mut self.model, self.usual.clone());
        let field = Field::sample(self.region, NODES, NODES, |xs, ys, out| {
            for (line, y) in out.chunks_exact_mut(xs.len()).zip(ys) {
                for (value, x) in line.iter_mut().zip(xs) {
                    (features[0], features[1]) = (*x, *y);
                    *value = model.score(theta, &features).unwrap_or(f64::NAN);
                }
            }
        });
        isolines(&field, &[0.0]).into_iter().map(|line| line.points).collect()
    }

    fn cuts(&mut self, theta: Point) -> Vec<Vec<Point>> {
        let mut score = |x: f64| self.model.score(theta, &[x]).unwrap_or(f64::NAN);
        let [low, high] = self.region.x;
        let at = |place: usize| low + (high - low) * place as f64 / (PLACES - 1) as f64;
        let mut cuts = Vec::new();
        for place in 1..PLACES {
            let (mut a, mut b) = (at(place - 1), at(place));
            let is_above = score(a) > 0.0;
            if is_above == (score(b) > 0.0) {
                continue;
            }
            for _ in 0..50 {
                let middle = 0.5 * (a + b);
                if (score(middle) > 0.0) == is_above { a = middle } else { b = middle }
            }
            cuts.push(vec![Point::new(a, self.region.y[0]), Point::new(a, self.region.y[1])]);
        }
        cuts
    }

    fn across(&self, share: f64) -> f64 {
        self.region.x[0] + share * self.region.width()
    }
}

/// What is seen of the rows: all of them, with some room around.
fn around(x: &[f64], y: &[f64]) -> Option<Region> {
    const MARGIN: f64 = 0.08;
    let side = |column: &[f64]| {
        let low = column.iter().copied().fold(f64::INFINITY, f64::min);
        let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let room = if high > low { MARGIN * (high - low) } else { 0.5 * low.abs().max(1.0) };
        [low - room, high + room]
    };
    Region::new(side(x), side(y)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;

    fn scatter(formula: &str, columns: &str, rows: &str) -> Scatter {
        let text = format!(
            "[cost]\nformula = \"{formula}\"\nvariables = [\"w\", \"b\"]\n[data]\ncolumns = {columns}\nrows = {rows}\n"
        );
        Scatter::of(&Session::new(scenario::read(&text, "rows").unwrap()), 0).unwrap()
    }

    #[test]
    fn what_is_drawn_follows_from_the_columns_and_the_labels() {
        let line = "[[1, 2], [2, 3], [4, 4], [5, 5]]";
        let mut curve = scatter("(w*x + b - y)^2", "[\"x\", \"y\"]", line);
        assert_eq!(curve.drawn(), Drawn::Curve);
        let [piece] = curve.lines(Point::new(0.5, 1.0)).try_into().unwrap();
        assert!(piece.iter().all(|at| (at.y - 0.5 * at.x - 1.0).abs() < 1e-12));
        assert_eq!(curve.expected(Point::new(0.5, 1.0), 2), Some(Point::new(4.0, 3.0)));
        let (own, share) = curve.share(Point::new(0.0, 0.0), 1);
        assert_eq!((own, share), (9.0, 9.0 / 54.0));
        let plane = "[[0, 0, 0], [1, 0, 1], [0, 2, 1], [-1, 0, 0]]";
        let mut boundary = scatter("softplus(w*u + b*v) - y*(w*u + b*v)", "[\"u\", \"v\", \"y\"]", plane);
        assert_eq!(boundary.drawn(), Drawn::Boundary);
        let theta = Point::new(2.0, -1.0);
        let lines = boundary.lines(theta);
        assert!(!lines.is_empty() && lines.concat().iter().all(|at| (2.0 * at.x - at.y).abs() < 1e-9));
        let wrong: Vec<bool> = (0..4).map(|row| boundary.is_misclassified(theta, row)).collect();
        assert_eq!(wrong, [false, false, true, false]);
        assert_eq!(boundary.predict(theta, &[1.0, 1.0]), Some(1.0));
        let signed = "[[-1, -1], [1, 1], [2, 1]]";
        let mut cut = scatter("max(0, 1 - y*(w*x + b))", "[\"x\", \"y\"]", signed);
        assert_eq!(cut.drawn(), Drawn::Cut);
        let [line] = cut.lines(Point::new(2.0, -1.0)).try_into().unwrap();
        assert!(line.iter().all(|at| (at.x - 0.5).abs() < 1e-9));
        let values =
            scatter("(w*u + b*v - y)^2", "[\"u\", \"v\", \"y\"]", "[[0, 1, 2.5], [1, 0, 1], [1, 1, 3]]");
        assert_eq!((values.drawn(), values.axes()), (Drawn::Values, [0, 2]));
    }

    #[test]
    fn nothing_is_drawn_of_a_loss_that_reads_no_feature_and_nothing_breaks_on_one_row() {
        let text = "[cost]\nformula = \"(w - y)^2 + b^2\"\nvariables = [\"w\", \"b\"]\n[data]\ncolumns = [\"y\"]\nrows = [[1]]\n";
        assert!(Scatter::of(&Session::new(scenario::read(text, "rows").unwrap()), 0).is_none());
        let mut one = scatter("(w*x + b - y)^2", "[\"x\", \"y\"]", "[[3, 3]]");
        assert_eq!(one.lines(Point::new(1.0, 0.0)).len(), 1);
        assert!(one.lines(Point::new(f64::NAN, 0.0)).is_empty());
    }
}
