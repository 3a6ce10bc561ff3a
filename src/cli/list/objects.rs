//! The rows of the tables as JSON objects. Ids are spelled as scenarios spell them.

use serde_json::{Map, Value, json};

use crate::builtin::{BuiltIn, OptimumKind};
use crate::optimizer::{Method, Needs, Parameter, ParameterKind, ParameterValue, Scale};
use crate::spelling::Selectable;

pub(super) fn function(row: &BuiltIn) -> Value {
    let constants: Map<_, _> =
        row.constants.iter().map(|(name, value)| ((*name).into(), json!(value))).collect();
    let rates: Map<_, _> = row.rates.iter().map(|(method, rate)| ((*method).into(), json!(rate))).collect();
    let optimum = match row.optimum {
        OptimumKind::Stationary => "stationary",
        OptimumKind::NoDerivative => "no-derivative",
        OptimumKind::OnWindowEdge => "on-window-edge",
        OptimumKind::Unbounded => "unbounded",
    };
    let [x, y] = row.window;
    json!({
        "id": row.id,
        "name": row.name,
        "group": row.group.title(),
        "formula": row.formula,
        "variables": row.variables,
        "constants": constants,
        "goal": row.goal.id(),
        "window": { "x": x, "y": y },
        "levels": row.levels.id(),
        "start": row.start,
        "steps": row.steps,
        "rates": rates,
        "minima": row.minima,
        "optimum": optimum,
        "source": row.source,
        "teaches": row.teaches,
    })
}

pub(super) fn method(method: &Method) -> Value {
    let needs = match method.needs {
        Needs::Value => "value",
        Needs::Gradient => "gradient",
        Needs::Residuals => "residuals",
        Needs::Hessian => "hessian",
    };
    json!({
        "id": method.id,
        "name": method.name,
        "group": method.group.title(),
        "summary": method.summary,
        "formula": method.formula,
        "needs": needs,
        "rates": method.rate.id(),
        "parameters": method.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "source": method.source,
    })
}

fn parameter(parameter: &Parameter) -> Value {
    let mut object = json!({
        "id": parameter.id,
        "symbol": parameter.symbol,
        "meaning": parameter.meaning,
        "default": value(parameter.default_value()),
        "expected": parameter.expected(),
    });
    match parameter.kind {
        ParameterKind::Real { min, max, slider, scale, .. } => {
            object["range"] = json!([min, max]);
            object["slider"] = json!(slider);
            object["scale"] = match scale {
                Scale::Linear => "linear".into(),
                Scale::Logarithmic => "logarithmic".into(),
                Scale::Whole => "whole".into(),
            };
        }
        ParameterKind::Choice { options, .. } => {
            object["options"] = options.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
        }
        ParameterKind::Switch { .. } | ParameterKind::Interval { .. } => {}
    }
    object
}

/// A value as a scenario has it; its text is TOML as well as JSON.
pub(super) fn value(value: ParameterValue) -> Value {
    match value {
        ParameterValue::Real(number) => json!(number),
        ParameterValue::PerVariable(numbers) | ParameterValue::Interval(numbers) => json!(numbers),
        ParameterValue::Choice(id) => json!(id),
        ParameterValue::Switch(is_on) => json!(is_on),
    }
}
