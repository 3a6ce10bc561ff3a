//! A rule under way: what its names stand for, coordinate by coordinate, and what its lines gave in a step.

use std::sync::Arc;

use super::compile::FIRST_PARAMETER;
use super::{MOST_STATE_VECTORS, Rule};
use crate::expr::TapeEvaluator;
use crate::objective::{Point, is_finite};
use crate::optimizer::{Iterate, NoStep, Oracle};

/// A rule with its numbers. A copy goes on as the original does.
#[derive(Clone, Debug)]
pub(in crate::optimizer) struct RuleWalk {
    pub(super) rule: Arc<Rule>,
    pub(super) parameters: Arc<[f64]>,
    /// The state vectors, in the order of the rule.
    pub(super) state: [Point; MOST_STATE_VECTORS],
    pub(super) scratch: Scratch,
}

/// What is made anew for whoever takes a step, and what its lines gave in the last one: not carried to a copy, which is one of many.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Those of each line: of the points that it asks for, then its own.
    evaluators: Vec<TapeEvaluator>,
    /// What each name stands for, by coordinate.
    registers: [Vec<f64>; 2],
    /// What each line gave, as far as the step came.
    pub results: Vec<Point>,
    /// The gradients at other points, in order.
    pub gradients: Vec<Point>,
}

impl Clone for Scratch {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl RuleWalk {
    /// A rule before its first step.
    pub(in crate::optimizer) fn new(rule: Arc<Rule>, parameters: impl Iterator<Item = f64>) -> Self {
        let state = [Point::zeros(); MOST_STATE_VECTORS];
        Self { rule, parameters: parameters.collect(), state, scratch: Scratch::default() }
    }

    /// Takes a step.
    pub(in crate::optimizer) fn step(
        &mut self,
        &Iterate { t, at, here, .. }: &Iterate,
        oracle: &mut Oracle,
    ) -> Result<Point, NoStep> {
        let Self { rule, parameters, state, scratch } = self;
        scratch.begin(rule);
        let Scratch { evaluators, registers, results, gradients } = scratch;
        let first_state = FIRST_PARAMETER + parameters.len();
        for (axis, registers) in registers.iter_mut().enumerate() {
            registers[..FIRST_PARAMETER].copy_from_slice(&[at[axis], f64::from(t), here.gradient[axis]]);
            registers[FIRST_PARAMETER..first_state].copy_from_slice(parameters);
            for (register, vector) in registers[first_state..].iter_mut().zip(state.iter()) {
                *register = vector[axis];
            }
        }
        let mut evaluators = evaluators.iter_mut();
        for assignment in &rule.assignments {
            for place in 0..assignment.points.len() {
                let Some(point) = evaluators.next() else { break };
                let asked = value(point, registers);
                let gradient = oracle.gradient(asked);
                if !is_finite(gradient) {
                    let line = assignment.line + 1;
                    let lost = oracle.lost_step(asked);
                    return Err(lost.map_or(NoStep::AskedNotFinite { line }, NoStep::LookaheadLost));
                }
                gradients.push(gradient);
                for (axis, registers) in registers.iter_mut().enumerate() {
                    registers[assignment.first_gradient + place] = gradient[axis];
                }
            }
            let Some(right) = evaluators.next() else { break };
            let result = value(right, registers);
            results.push(result);
            for (axis, registers) in registers.iter_mut().enumerate() {
                registers[assignment.register] = result[axis];
            }
        }
        let now = |register: usize| Point::new(registers[0][register], registers[1][register]);
        for (place, vector) in state.iter_mut().enumerate().take(rule.state.len()) {
            *vector = now(first_state + place);
        }
        Ok(now(0))
    }
}

impl Scratch {
    /// Makes what is missing, and forgets the last step.
    fn begin(&mut self, rule: &Rule) {
        if self.evaluators.is_empty() {
            let formulas = rule.assignments.iter().flat_map(|line| line.points.iter().chain([&line.right]));
            self.evaluators = formulas.map(|formula| formula.tape.evaluator()).collect();
            let last =
                |line: &super::Assignment| (line.first_gradient + line.points.len()).max(line.register + 1);
            let count = rule.assignments.iter().map(last).max().unwrap_or(0);
            let least = FIRST_PARAMETER + rule.parameters.len() + rule.state.len();
            self.registers = [const { Vec::new() }; 2].map(|_: Vec<f64>| vec![f64::NAN; count.max(least)]);
        }
        self.results.clear();
        self.gradients.clear();
    }
}

/// What a formula is for each coordinate. θ and t are its variables, the others its inputs.
fn value(evaluator: &mut TapeEvaluator, registers: &[Vec<f64>; 2]) -> Point {
    let [x, y] = registers.each_ref().map(|registers| {
        evaluator.bind(&registers[2..]);
        evaluator.value(registers[0], registers[1])
    });
    Point::new(x, y)
}
