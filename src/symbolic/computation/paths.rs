//! The paths from a node up to J: ∂J/∂node is the sum over them of the products of the derivatives on their links.

use super::{Computation, Folded};

/// The most paths that are listed, the first ones from J down.
pub const MOST_PATHS: usize = 6;

/// The paths from a node to J in what is seen of a graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Paths {
    /// How many there are, which soon is more than a whole number can say.
    pub count: f64,
    /// The links of the first of them, each from J down.
    pub listed: Vec<Vec<Factor>>,
    /// Whether each node of the graph is on a path.
    pub has_node: Vec<bool>,
    /// Whether each link is.
    pub has_link: Vec<bool>,
}

/// A factor of a product: the place of a link.
pub type Factor = usize;

impl Paths {
    /// Those from a node that is seen.
    pub fn of(computation: &Computation, shown: &Folded, node: usize) -> Self {
        let result = computation.result();
        let mut to_leaf = vec![0.0; computation.nodes().len()];
        let mut to_result = to_leaf.clone();
        (to_leaf[node], to_result[result]) = (1.0, 1.0);
        // Links stand by what reads, and are passed only where something is passed on.
        for link in shown.links.iter().filter(|link| !link.is_condition) {
            to_leaf[link.to] += to_leaf[link.from];
        }
        for link in shown.links.iter().rev().filter(|link| !link.is_condition) {
            to_result[link.from] += to_result[link.to];
        }
        let is_on = |node: usize| to_leaf[node] > 0.0 && to_result[node] > 0.0;
        let has_link: Vec<bool> =
            shown.links.iter().map(|link| !link.is_condition && is_on(link.from) && is_on(link.to)).collect();
        let mut listed = Vec::new();
        let mut path = Vec::new();
        list(shown, &has_link, [result, node], &mut path, &mut listed);
        Self { count: to_leaf[result], listed, has_node: (0..to_leaf.len()).map(is_on).collect(), has_link }
    }
}

/// Goes down from a node to the last one, in the order of the links.
fn list(
    shown: &Folded,
    has_link: &[bool],
    [from, to]: [usize; 2],
    path: &mut Vec<Factor>,
    listed: &mut Vec<Vec<Factor>>,
) {
    if from == to {
        listed.push(path.clone());
        return;
    }
    let first = shown.links.partition_point(|link| link.to < from);
    for (place, link) in shown.links.iter().enumerate().skip(first).take_while(|(_, link)| link.to == from) {
        if has_link[place] && listed.len() < MOST_PATHS {
            path.push(place);
            list(shown, has_link, [link.from, to], path, listed);
            path.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::expr::Expression;

    fn paths(formula: &str, leaf: &str) -> (Paths, f64, f64) {
        let graph = Computation::of(&Expression::parse(formula).unwrap(), ["x", "y"], &[], &[]).unwrap();
        let shown = Folded::of(&graph, &BTreeSet::new());
        let computed = graph.evaluator().at(&graph, [0.4, 1.1], &[]);
        let leaf = graph.find(leaf).unwrap();
        let paths = Paths::of(&graph, &shown, leaf);
        let slopes = shown.slopes(&graph, &computed);
        let products =
            paths.listed.iter().map(|path| path.iter().map(|link| slopes[*link].unwrap()).product::<f64>());
        (paths.clone(), products.sum(), computed.adjoint(leaf))
    }

    #[test]
    fn a_derivative_is_the_sum_of_products_along_all_paths() {
        for (formula, leaf, count) in [
            ("1/2*(y - sigmoid(3*x))^2", "x", 1.0),
            ("sin(x*y)*exp(x) + x", "x", 3.0),
            ("sin(x*y)*exp(x) + x", "y", 1.0),
            ("if(x < 1, x^2, y)*x", "x", 2.0),
        ] {
            let (paths, sum, adjoint) = paths(formula, leaf);
            assert_eq!((paths.count, paths.listed.len()), (count, count as usize), "{formula}");
            assert!((sum - adjoint).abs() < 1e-14, "{formula}: {sum} is not {adjoint}");
        }
    }

    #[test]
    fn more_paths_than_can_be_listed_are_counted() {
        let deep = (0..30).fold("x".to_owned(), |formula, _| format!("sin({formula})"));
        let (deep, ..) = paths(&deep, "x");
        assert_eq!((deep.count, deep.listed.len()), (1.0, 1));
        // Each of these reads the one before twice.
        let many = (0..3).fold("x".to_owned(), |formula, _| format!("sin({formula})^2 + cos({formula})"));
        let (many, ..) = paths(&many, "x");
        assert_eq!((many.count, many.listed.len()), (8.0, MOST_PATHS));
    }
}
