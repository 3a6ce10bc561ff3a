//! The simplex method of Nelder and Mead.
//!
//! ```text
//! vertices x₀, x₁, x₂ with F₀ ≤ F₁ ≤ F₂, c = (x₀ + x₁)/2
//! reflect:           xr = c + (c − x₂),      where F₀ ≤ Fr < F₁
//! expand:            xe = c + 2 (c − x₂),    where Fr < F₀ and Fe < Fr; else xr
//! contract outside:  xo = c + ½ (c − x₂),    where F₁ ≤ Fr < F₂ and Fo ≤ Fr
//! contract inside:   xi = c − ½ (c − x₂),    where F₂ ≤ Fr and Fi < F₂
//! shrink:            xᵢ ← x₀ + ½ (xᵢ − x₀),  else
//! ```
//!
//! Source: Nelder & Mead, *A simplex method for function minimization*, Computer J. 7, 1965; Lagarias, Reeds, Wright & Wright,
//! *Convergence properties of the Nelder–Mead simplex method in low dimensions*, SIAM J. Optimization 9, 1998, section 2.
//! Convention: the first simplex is θ₀, θ₀ + (size, 0), θ₀ + (0, size); an older vertex stands first at ties; what is not finite is
//! higher than everything else. The point is the best vertex. With batches the values of all vertices are found anew in each step.

use super::super::parameter::positive;
use super::super::term::{Value, scalar, vector};
use super::super::{
    Drawn, Family, Iterate, Kin, MarkerForm, NoStep, Oracle, Stage, Stepper, Taken, thresholds,
};
use super::{Method, MethodGroup, Needs, RateForm};
use crate::objective::{Evaluations, Point};

pub(super) const METHOD: Method = Method {
    id: "nelder-mead",
    name: "Nelder-Mead",
    short_name: "Nelder-Mead",
    summary: "Compares three points, and moves the worst one over, out or in: needs values alone.",
    formula: "x₂ ← c + k (c − x₂), θ ← x₀",
    source: "Nelder & Mead 1965; Lagarias, Reeds, Wright & Wright 1998, section 2",
    group: MethodGroup::DerivativeFree,
    family: Family::Of(Kin { id: "gd", marker: MarkerForm::TriangleUp, rates_times: 1.0 }),
    needs: Needs::Value,
    looks_ahead: false,
    by_threshold: false,
    rate: RateForm::Fixed,
    parameters: &[positive(
        ["size", "size", "How far the other vertices of the first simplex are from the start."],
        1.0,
        [1e-3, 10.0],
    )],
    columns: &[],
    thresholds: thresholds::none,
    build: |settings| {
        let nowhere = Point::repeat(f64::NAN);
        Box::new(NelderMead {
            size: settings.real("size"),
            simplex: None,
            before: [Vertex { at: nowhere, value: f64::NAN }; 3],
            moved: Moved { kind: MoveKind::Reflect, to: nowhere },
        })
    },
};

/// A vertex and what is minimized there.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Vertex {
    at: Point,
    value: f64,
}

impl Vertex {
    fn at(at: Point, oracle: &mut Oracle) -> Self {
        let value = oracle.value(at);
        Self { at, value: if value.is_finite() { value } else { f64::INFINITY } }
    }
}

/// What a step did with the worst vertex, or with two.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Moved {
    kind: MoveKind,
    /// Where the worst vertex went.
    to: Point,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum MoveKind {
    Reflect,
    Expand,
    ContractOutside,
    ContractInside,
    Shrink,
}

impl MoveKind {
    /// k in c + k (c − x₂); to shrink, c is x₀.
    fn factor(self) -> f64 {
        match self {
            Self::Reflect => 1.0,
            Self::Expand => 2.0,
            Self::ContractOutside => 0.5,
            Self::ContractInside | Self::Shrink => -0.5,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Reflect => "reflected: the worst vertex goes over to the other side (k = 1)",
            Self::Expand => "expanded: over there it is better than ever, so farther (k = 2)",
            Self::ContractOutside => "contracted outside: over there it is better, but not by much (k = ½)",
            Self::ContractInside => "contracted inside: over there it is no better (k = −½)",
            Self::Shrink => {
                "shrunk: nothing along the line is better, so both other vertices go half way to the best"
            }
        }
    }
}

#[derive(Clone, Debug)]
struct NelderMead {
    size: f64,
    /// The vertices, the best first.
    simplex: Option<[Vertex; 3]>,
    /// Those before the last step.
    before: [Vertex; 3],
    moved: Moved,
}

impl NelderMead {
    /// The vertices that a step begins with, the best first.
    fn vertices(&self, at: Point, value: f64, oracle: &mut Oracle) -> [Vertex; 3] {
        let mut vertices = match self.simplex {
            Some(vertices) if oracle.is_unchanging() => return vertices,
            Some(vertices) => vertices.map(|vertex| Vertex::at(vertex.at, oracle)),
            None => {
                let others = [Point::x(), Point::y()].map(|axis| at + self.size * oracle.along_free(axis));
                let [second, third] = others.map(|at| Vertex::at(at, oracle));
                [Vertex { at, value }, second, third]
            }
        };
        // Stable: an older vertex stands first.
        vertices.sort_by(|a, b| a.value.total_cmp(&b.value));
        vertices
    }
}

impl Stepper for NelderMead {
    fn step(&mut self, &Iterate { at, here, .. }: &Iterate, oracle: &mut Oracle) -> Result<Point, NoStep> {
        let [best, second, worst] = self.vertices(at, here.value, oracle);
        self.before = [best, second, worst];
        let (across, along) = (second.at - best.at, worst.at - best.at);
        let is_plane = oracle.along_free(Point::repeat(1.0)) == Point::repeat(1.0);
        if is_plane && across.perp(&along).abs() <= 4.0 * f64::EPSILON * across.norm() * along.norm() {
            return Err(NoStep::FlatSimplex);
        }
        let center = 0.5 * (best.at + second.at);
        let away = center - worst.at;
        let mut asked = Evaluations::default();
        let mut look = |kind: MoveKind| {
            let before = oracle.evaluations();
            let vertex = Vertex::at(center + kind.factor() * away, oracle);
            asked = oracle.evaluations() - before;
            vertex
        };
        let reflected = look(MoveKind::Reflect);
        let found = if reflected.value < best.value {
            let expanded = look(MoveKind::Expand);
            let is_better = expanded.value < reflected.value;
            Some(if is_better { (MoveKind::Expand, expanded) } else { (MoveKind::Reflect, reflected) })
        } else if reflected.value < second.value {
            Some((MoveKind::Reflect, reflected))
        } else if reflected.value < worst.value {
            let outside = look(MoveKind::ContractOutside);
            (outside.value <= reflected.value).then_some((MoveKind::ContractOutside, outside))
        } else {
            let inside = look(MoveKind::ContractInside);
            (inside.value < worst.value).then_some((MoveKind::ContractInside, inside))
        };
        let mut after = match found {
            Some((kind, vertex)) => {
                self.moved = Moved { kind, to: vertex.at };
                [best, second, vertex]
            }
            None => {
                let shrunk = |vertex: Vertex| best.at + 0.5 * (vertex.at - best.at);
                self.moved = Moved { kind: MoveKind::Shrink, to: shrunk(worst) };
                let [second, third] = [second, worst].map(|vertex| Vertex::at(shrunk(vertex), oracle));
                [best, second, third]
            }
        };
        after.sort_by(|a, b| a.value.total_cmp(&b.value));
        self.simplex = Some(after);
        // The value at the best vertex is known, whichever step found it.
        oracle.has_evaluated(Evaluations { gradient: 0, hessian: 0, ..asked });
        Ok(after[0].at)
    }

    fn has_settled(&self, tolerance: f64) -> bool {
        self.simplex.is_some_and(|[best, second, worst]| {
            let size = (second.at - best.at).amax().max((worst.at - best.at).amax());
            size < tolerance && worst.value - best.value < tolerance
        })
    }

    fn is_uneven(&self) -> bool {
        true
    }

    fn stages(&self, taken: &Taken<'_, Self>) -> Vec<Stage> {
        let points = |vertices: [Vertex; 3]| vertices.map(|vertex| vertex.at);
        let (before, after) = (points(self.before), points(self.simplex.unwrap_or(self.before)));
        let [best, second, worst] = before;
        let [x0, x1, x2] = [("x₀", "x_0", best), ("x₁", "x_1", second), ("x₂", "x_2", worst)]
            .map(|(text, latex, at)| vector(text, latex, at));
        let kind = self.moved.kind;
        let center = if kind == MoveKind::Shrink { best } else { 0.5 * (best + second) };
        let c = vector("c", "c", center);
        let moved = c.clone() + scalar("k", "k", kind.factor()) * (c - x2.clone());
        let (text, latex) =
            ("½ (x₀ + x₁), or x₀ to shrink", r"\tfrac{1}{2} (x_0 + x_1), \text{ or } x_0 \text{ to shrink}");
        let mut stages = vec![
            Stage::part("best", "the best vertex", x0).drawn("x₀", Drawn::Simplex { before, after: before }),
            Stage::part("second", "the second best vertex", x1)
                .drawn("x₁", Drawn::Simplex { before, after: before }),
            Stage::part("worst", "the worst vertex, which is to be moved", x2)
                .drawn("x₂", Drawn::Simplex { before, after: before }),
            Stage::line(
                "center",
                "middle between the two better vertices",
                ["c", "c"],
                vector(text, latex, center),
                Value::Vector(center),
            )
            .drawn("c", Drawn::Simplex { before, after: before }),
            Stage::line("moved", kind.title(), ["x₂", "x_2"], moved, Value::Vector(self.moved.to))
                .drawn("x₂", Drawn::Simplex { before, after }),
        ];
        let sorted = vector("the best of x₀, x₁, x₂", r"\text{the best of } x_0, x_1, x_2", after[0]);
        stages.push(
            Stage::line(
                "sorted",
                "the vertices are sorted anew",
                ["x₀", "x_0"],
                sorted,
                Value::Vector(after[0]),
            )
            .drawn("x₀", Drawn::Simplex { before: after, after }),
        );
        stages.push(taken.end_at(vector("x₀", "x_0", after[0])));
        stages
    }
}
