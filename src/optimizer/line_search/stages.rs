//! A line search as it stands on the board: the slope along the direction, the length that was found, and what it fulfills.

use std::sync::Arc;

use super::{LineSearch, LineSearchKind};
use crate::optimizer::term::{Term, Value, scalar, vector};
use crate::optimizer::{Drawn, Stage};

impl LineSearch {
    /// α_k.
    pub(in crate::optimizer) fn alpha(&self) -> Term {
        scalar("α_k", r"\alpha_k", self.length)
    }

    /// α_k d.
    pub(in crate::optimizer) fn displacement(&self) -> Term {
        self.alpha() * vector("d", "d", self.direction)
    }

    /// The slope that it begins with, the line that finds α_k, and those that say what α_k fulfills.
    pub(in crate::optimizer) fn stages(&self) -> Vec<Stage> {
        let tried = || Drawn::LineSearch(Arc::new(self.clone()));
        let slope = scalar("gᵀd", r"g^{\top} d", self.slope);
        let (text, latex, title) = match self.kind {
            LineSearchKind::Exact => (
                "min{α > 0 : φ′(α) = 0}",
                r"\min\{\alpha > 0 : \varphi'(\alpha) = 0\}",
                "step length to the first minimum of φ(α), what is minimized at θ + α d",
            ),
            LineSearchKind::Armijo => (
                "max{a, a/2, a/4, …}",
                r"\max\{a, a/2, a/4, \ldots\}",
                "step length: the first that lowers φ(α), what is minimized at θ + α d, far enough",
            ),
            LineSearchKind::Wolfe => (
                "some α > 0",
                r"\text{some } \alpha > 0",
                "step length with which φ(α), what is minimized at θ + α d, falls far enough and flattens",
            ),
        };
        let found = scalar(text, latex, self.length);
        let way = Drawn::Way { from: self.from, by: self.direction };
        let mut stages = vec![
            Stage::part("slope", "φ′(0): how fast the value changes along d where the step begins", slope)
                .drawn("d", way),
            Stage::line("step_size", title, ["α_k", r"\alpha_k"], found, Value::Scalar(self.length))
                .drawn("α_k", tried()),
        ];
        if self.kind != LineSearchKind::Exact {
            let allowed = scalar("φ(0)", r"\varphi(0)", self.value)
                + scalar("c₁", "c_1", self.sufficient())
                    * self.alpha()
                    * scalar("φ′(0)", r"\varphi'(0)", self.slope);
            let title = "Armijo's condition: the value falls by a share c₁ of what the slope promises";
            let symbol = ["φ(α_k)", r"\varphi(\alpha_k)"];
            stages.push(Stage::at_most("armijo", title, symbol, allowed).drawn("α_k", tried()));
        }
        if self.kind == LineSearchKind::Wolfe {
            let slope = Term::Magnitude(Box::new(scalar("φ′(0)", r"\varphi'(0)", self.slope)));
            let allowed = scalar("c₂", "c_2", self.curvature) * slope;
            let title = "Wolfe's condition: no more than a share c₂ of the slope is left";
            let symbol = ["|φ′(α_k)|", r"|\varphi'(\alpha_k)|"];
            stages.push(Stage::at_most("wolfe", title, symbol, allowed).drawn("α_k", tried()));
        }
        stages
    }
}
