//! The rules of the registry's methods as one would type them: the operations in the order of their files.

use super::Rule;
use crate::optimizer::{ParameterValue, Settings};

/// Why what a method does cannot be typed. Its `Display` is one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoOwnRule {
    /// It is typed already.
    #[error("it is your own rule already")]
    IsOwn,
    /// The method is more than lines that are computed per coordinate.
    #[error("a step of this method is no list of lines: it solves, searches or projects")]
    NoLines,
    /// Each variable has a learning rate of its own.
    #[error("each variable has a learning rate of its own here, and a rule has one number for both")]
    RatePerVariable,
    /// A schedule changes the rate.
    #[error("a schedule changes its rate: write it into the rule, with t, and take the schedule off")]
    HasSchedule,
}

/// What is typed of a method: its lines, and its state.
type Typed = (&'static [&'static str], &'static [&'static str]);

const M: &str = "m = beta1*m + (1 - beta1)*g";
const S: &str = "s = beta2*s + (1 - beta2)*g^2";
const M_HAT: &str = "m_hat = m/(1 - beta1^t)";
const S_HAT: &str = "s_hat = s/(1 - beta2^t)";
const BY_HATS: &str = "theta = theta - alpha*m_hat/(sqrt(s_hat) + epsilon)";

impl Settings {
    /// The same as a rule that takes the same steps.
    ///
    /// # Errors
    /// Where the method is no list of lines, or its rate is not one number.
    pub fn as_own_rule(&self) -> Result<Self, NoOwnRule> {
        if self.own_rule().is_some() {
            return Err(NoOwnRule::IsOwn);
        }
        let (lines, state) = typed(self).ok_or(NoOwnRule::NoLines)?;
        if self.has_rate_per_variable() {
            return Err(NoOwnRule::RatePerVariable);
        }
        if self.schedule().is_some() {
            return Err(NoOwnRule::HasSchedule);
        }
        let parameters: Vec<(String, f64)> = self
            .iter()
            .filter_map(|(parameter, value)| match value {
                ParameterValue::Real(number) => Some((name(parameter.id).to_owned(), number)),
                _ => None,
            })
            .collect();
        let is_used = |(name, _): &(String, f64)| lines.iter().any(|line| super::line::has_word(line, name));
        let parameters: Vec<_> = parameters.into_iter().filter(is_used).collect();
        let [state, lines] =
            [state, lines].map(|texts| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        // The tables are tested: each of these rules can be read.
        let rule = Rule::new(&parameters, &state, &lines).map_err(|_| NoOwnRule::NoLines)?;
        Self::of_rule(rule).ok_or(NoOwnRule::NoLines)
    }
}

/// A parameter as it is written on the board.
fn name(id: &str) -> &str {
    match id {
        "learning_rate" => "alpha",
        "weight_decay" => "lambda",
        other => other,
    }
}

fn typed(settings: &Settings) -> Option<Typed> {
    let adam: Typed = (&[M, S, M_HAT, S_HAT, BY_HATS], &["m", "s"]);
    Some(match settings.method().id {
        "gd" => (&["theta = theta - alpha*g"], &[]),
        "momentum" if settings.choice("form") == "ewma" => {
            (&["v = beta*v + (1 - beta)*g", "theta = theta - alpha*v"], &["v"])
        }
        "momentum" => (&["v = beta*v + alpha*g", "theta = theta - v"], &["v"]),
        "nesterov" => (&["v = beta*v + alpha*grad(theta - beta*v)", "theta = theta - v"], &["v"]),
        "adagrad" => (&["s = s + g^2", "theta = theta - alpha*g/(sqrt(s) + epsilon)"], &["s"]),
        "rmsprop" => {
            (&["s = beta*s + (1 - beta)*g^2", "theta = theta - alpha*g/(sqrt(s) + epsilon)"], &["s"])
        }
        "adam" if settings.switch("bias_correction") => adam,
        "adam" => (&[M, S, "theta = theta - alpha*m/(sqrt(s) + epsilon)"], &["m", "s"]),
        "adamw" => (
            &[
                M,
                S,
                M_HAT,
                S_HAT,
                "theta = theta - lambda*(alpha*theta) - alpha*m_hat/(sqrt(s_hat) + epsilon)",
            ],
            &["m", "s"],
        ),
        "nadam" => (
            &[
                M,
                S,
                "n = beta1*m/(1 - beta1^(t + 1)) + (1 - beta1)*g/(1 - beta1^t)",
                S_HAT,
                "theta = theta - alpha*n/(sqrt(s_hat) + epsilon)",
            ],
            &["m", "s"],
        ),
        "amsgrad" => (
            &[
                M,
                S,
                "u = max(u, s)",
                M_HAT,
                "u_hat = u/(1 - beta2^t)",
                "theta = theta - alpha*m_hat/(sqrt(u_hat) + epsilon)",
            ],
            &["m", "s", "u"],
        ),
        "adamax" => (
            &[M, "u = max(beta2*u, abs(g))", M_HAT, "theta = theta - alpha*m_hat/(u + epsilon)"],
            &["m", "u"],
        ),
        "adadelta" => (
            &[
                "s = rho*s + (1 - rho)*g^2",
                "d = sqrt((u + epsilon)/(s + epsilon))*g",
                "u = rho*u + (1 - rho)*d^2",
                "theta = theta - alpha*d",
            ],
            &["s", "u"],
        ),
        "qhm" => (&["v = beta*v + (1 - beta)*g", "d = (1 - nu)*g + nu*v", "theta = theta - alpha*d"], &["v"]),
        "qhadam" => (
            &[
                M,
                S,
                M_HAT,
                S_HAT,
                "d = (1 - nu1)*g + nu1*m_hat",
                "q = (1 - nu2)*g^2 + nu2*s_hat",
                "theta = theta - alpha*d/(sqrt(q) + epsilon)",
            ],
            &["m", "s"],
        ),
        "lion" => (
            &[
                "c = sign(beta1*m + (1 - beta1)*g)",
                "m = beta2*m + (1 - beta2)*g",
                "theta = theta - alpha*(c + lambda*theta)",
            ],
            &["m"],
        ),
        _ => return None,
    })
}
