//! A graph of which some nodes are folded: what they are made of is hidden, and they are linked to what is still seen of it, with the
//! derivative by that along all paths that are hidden. What is seen is a graph of its own, in which the chain rule holds.

use std::collections::BTreeSet;

use super::{Computation, Computed, NodeKind, Written};

/// A link from an operand to what reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The node that is read.
    pub from: usize,
    /// The node that reads it.
    pub to: usize,
    /// The derivative of `to` by `from` as it is written, where there is a form of it and nothing is hidden between them.
    pub slope: Option<Written>,
    /// Whether the node decides what is read, and has no derivative.
    pub is_condition: bool,
}

/// What is seen of a graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Folded {
    /// The nodes that are seen, each behind those that it reads.
    pub nodes: Vec<usize>,
    /// Between them, by the node that reads.
    pub links: Vec<Link>,
    /// By node, whether it is seen, and whether it is folded.
    is_seen: Vec<bool>,
    is_folded: Vec<bool>,
}

impl Folded {
    /// What is seen where these nodes are folded.
    pub fn of(computation: &Computation, folded: &BTreeSet<usize>) -> Self {
        let nodes = computation.nodes();
        let is_folded: Vec<bool> =
            (0..nodes.len()).map(|node| folded.contains(&node) && !nodes[node].kind.is_leaf()).collect();
        let is_seen = seen(computation, &is_folded);
        let mut links = Vec::new();
        for to in (0..nodes.len()).filter(|node| is_seen[*node]) {
            let link = |from: usize, slope: Option<Written>| Link {
                from,
                to,
                slope,
                is_condition: [from, to].iter().any(|node| nodes[*node].kind == NodeKind::Condition),
            };
            if is_folded[to] {
                links.extend(ends(computation, to, &is_seen).into_iter().map(|from| link(from, None)));
            } else {
                let operands = nodes[to].operands.iter();
                links.extend(operands.map(|(from, slope)| link(*from, slope.as_ref().ok().cloned())));
            }
        }
        let seen = (0..nodes.len()).filter(|node| is_seen[*node]).collect();
        Self { nodes: seen, links, is_seen, is_folded }
    }

    /// Which nodes are to be folded so that about so many are seen, those nearest to J.
    pub fn nearest_to_result(computation: &Computation, most: usize) -> BTreeSet<usize> {
        let nodes = computation.nodes();
        if nodes.len() <= most {
            return BTreeSet::new();
        }
        let operations = (0..nodes.len()).filter(|node| !nodes[*node].kind.is_leaf());
        let mut folded: BTreeSet<usize> = operations.collect();
        let mut next = std::collections::VecDeque::from([computation.result()]);
        let mut is_asked = vec![false; nodes.len()];
        while let Some(node) = next.pop_front() {
            if nodes[node].kind.is_leaf() || std::mem::replace(&mut is_asked[node], true) {
                continue;
            }
            folded.remove(&node);
            let is_folded: Vec<bool> = (0..nodes.len()).map(|node| folded.contains(&node)).collect();
            if node != computation.result() && count(&seen(computation, &is_folded)) > most {
                folded.insert(node);
                continue;
            }
            next.extend(nodes[node].operands.iter().map(|(operand, _)| *operand));
        }
        folded
    }

    /// Whether what the node is made of is hidden.
    pub fn is_folded(&self, node: usize) -> bool {
        self.is_folded.get(node).copied().unwrap_or_default()
    }

    /// Whether the node is seen.
    pub fn is_seen(&self, node: usize) -> bool {
        self.is_seen.get(node).copied().unwrap_or_default()
    }

    /// The derivative on each link; nothing where the node is not passed on.
    pub fn slopes(&self, computation: &Computation, computed: &Computed) -> Vec<Option<f64>> {
        let mut slopes = Vec::with_capacity(self.links.len());
        let mut of_node: (Option<usize>, Vec<(usize, Option<f64>)>) = (None, Vec::new());
        for link in &self.links {
            if of_node.0 != Some(link.to) {
                let (vertices, sweep) = (&computation.vertices, &computed.sweep);
                let found = if self.is_folded(link.to) {
                    sweep.derivatives(vertices, link.to, |node| self.is_seen[node])
                } else {
                    sweep.slopes(vertices, link.to)
                };
                of_node = (Some(link.to), found);
            }
            let found = of_node.1.iter().find(|(from, _)| *from == link.from);
            slopes.push(found.and_then(|(_, slope)| *slope).filter(|_| !link.is_condition));
        }
        slopes
    }
}

fn count(flags: &[bool]) -> usize {
    flags.iter().filter(|flag| **flag).count()
}

/// Which nodes are seen: those that J is reached from by way of nodes that are not folded, and the variables.
fn seen(computation: &Computation, is_folded: &[bool]) -> Vec<bool> {
    let nodes = computation.nodes();
    let mut is_seen = vec![false; nodes.len()];
    is_seen[computation.result()] = true;
    for node in (0..nodes.len()).rev() {
        is_seen[node] |= matches!(nodes[node].kind, NodeKind::Variable(_));
        if is_seen[node] && !is_folded[node] {
            nodes[node].operands.iter().for_each(|(operand, _)| is_seen[*operand] = true);
        }
    }
    is_seen
}

/// The seen nodes that a folded one is made of, by way of hidden ones.
fn ends(computation: &Computation, of: usize, is_seen: &[bool]) -> Vec<usize> {
    let nodes = computation.nodes();
    let mut is_read = vec![false; of + 1];
    is_read[of] = true;
    for node in (0..=of).rev() {
        if is_read[node] && (node == of || !is_seen[node]) {
            nodes[node].operands.iter().for_each(|(operand, _)| is_read[*operand] = true);
        }
    }
    (0..of).filter(|node| is_read[*node] && is_seen[*node]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Expression;

    fn computation(formula: &str) -> Computation {
        let constants = [("a".to_owned(), 0.7), ("b".to_owned(), -1.3)];
        Computation::of(&Expression::parse(formula).unwrap(), ["x", "y"], &constants, &[]).unwrap()
    }

    /// However a graph is folded, ∂J/∂node is the sum over the links of what is seen.
    #[test]
    fn the_chain_rule_holds_in_what_is_seen_of_a_folded_graph() {
        let mut random = fastrand::Rng::with_seed(11);
        for formula in [
            "(a*sin(x*y) - b)^2 + exp(sin(x*y))/(1 + x^2)",
            "1/2*(a - sigmoid(b*sigmoid(x + a*y) + a*sigmoid(x*y - b)))^2",
            "sum(k, 1, 4, (x - k*y)^2*cos(k*x))",
        ] {
            let graph = computation(formula);
            let computed = graph.evaluator().at(&graph, [0.3, -0.8], &[]);
            for _ in 0..60 {
                let folded = (0..graph.nodes().len()).filter(|_| random.u8(0..4) == 0).collect();
                let shown = Folded::of(&graph, &folded);
                let slopes = shown.slopes(&graph, &computed);
                for node in shown.nodes.iter().filter(|node| **node != graph.result()) {
                    let read = shown.links.iter().zip(&slopes).filter(|(link, _)| link.from == *node);
                    let sum: f64 =
                        read.map(|(link, slope)| slope.unwrap() * adjoint(&shown, &slopes, link.to)).sum();
                    let is_variable = matches!(graph.nodes()[*node].kind, NodeKind::Variable(_));
                    // Of a node that hidden ones read as well, what is seen are the paths through seen nodes: all of them.
                    assert!(
                        (sum - computed.adjoint(*node)).abs() < 1e-12,
                        "{formula} {is_variable} {folded:?}"
                    );
                }
            }
        }
    }

    /// The derivative of J by a seen node along the links.
    fn adjoint(shown: &Folded, slopes: &[Option<f64>], node: usize) -> f64 {
        if Some(&node) == shown.nodes.last() {
            return 1.0;
        }
        let read = shown.links.iter().zip(slopes).filter(|(link, _)| link.from == node);
        read.map(|(link, slope)| slope.unwrap() * adjoint(shown, slopes, link.to)).sum()
    }

    #[test]
    fn a_large_graph_is_folded_to_what_is_nearest_to_the_result() {
        let graph = computation("sum(k, 1, 60, sin(k*x)*exp(-k*y^2))");
        assert!(graph.nodes().len() > 200, "{}", graph.nodes().len());
        let folded = Folded::nearest_to_result(&graph, 70);
        let shown = Folded::of(&graph, &folded);
        assert!((60..=70).contains(&shown.nodes.len()), "{}", shown.nodes.len());
        assert!(!shown.is_folded(graph.result()));
        assert!(Folded::nearest_to_result(&computation("x^2 + y^2"), 70).is_empty());
    }
}
