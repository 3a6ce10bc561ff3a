//! Runs as comma-separated values (RFC 4180, lines ending in a line feed). Numbers read back exactly; one that is not
//! finite is `NaN`, `inf` or `-inf`.

use std::borrow::{Borrow, Cow};
use std::io::{self, Write};

use crate::optimizer::Trajectory;
use crate::scenario::OptimizerChoice;

/// Writes a header, and for each run one row for the start and one for each step. Runs count from 1, steps from 0, which
/// is the start. The runs are taken one after the other, so that each can be made when it is its turn.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_runs<'a, T: Borrow<Trajectory>>(
    mut out: impl Write,
    variables: [&str; 2],
    runs: impl IntoIterator<Item = (&'a OptimizerChoice, T)>,
) -> io::Result<()> {
    let [x, y] = variables;
    let columns = [
        "run",
        "method",
        "label",
        "step",
        x,
        y,
        "value",
        &format!("gradient_{x}"),
        &format!("gradient_{y}"),
        "gradient_norm",
    ];
    writeln!(out, "{}", columns.map(quoted).join(","))?;
    for (number, (choice, trajectory)) in (1..).zip(runs) {
        let trajectory = trajectory.borrow();
        let (method, label) = (choice.settings.method().id, choice.name());
        let run = format!("{number},{method},{}", quoted(&label));
        let states = trajectory.points.iter().zip(&trajectory.values);
        let gradients = trajectory.gradients.iter().zip(trajectory.gradient_norms());
        for (step, ((at, value), (gradient, norm))) in states.zip(gradients).enumerate() {
            // `{:?}` writes the shortest digits that read back as the same number.
            writeln!(
                out,
                "{run},{step},{:?},{:?},{value:?},{:?},{:?},{norm:?}",
                at.x, at.y, gradient.x, gradient.y
            )?;
        }
    }
    Ok(())
}

/// A field in quotes where it needs them.
fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_quotes_gets_them() {
        for (field, written) in [
            ("Adam", "Adam"),
            ("Momentum, beta 0.9", "\"Momentum, beta 0.9\""),
            ("so-called \"heavy ball\"", "\"so-called \"\"heavy ball\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("", ""),
        ] {
            assert_eq!(quoted(field), written);
        }
    }
}
