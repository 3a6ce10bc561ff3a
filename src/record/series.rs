//! A series and its averages as numbers: JSON, and CSV with a row for each number of each average. They read back exactly.

use std::io::{self, Write};

use serde::Serialize;

use crate::scenario::TimeSeries;

/// Writes them as one JSON object on a line: v where bias correction is not on, v̂ where it is not off.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_json(out: &mut dyn Write, title: &str, series: &TimeSeries) -> io::Result<()> {
    #[derive(Serialize)]
    struct AverageRecord {
        beta: f64,
        #[serde(skip_serializing_if = "Option::is_none")]
        v: Option<Vec<f64>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        v_hat: Option<Vec<f64>>,
    }
    #[derive(Serialize)]
    struct Whole<'a> {
        title: &'a str,
        values: &'a [f64],
        averages: Vec<AverageRecord>,
    }
    let [shows_v, shows_v_hat] = series.bias_correction.shows();
    let averages = series.averages().into_iter().map(|average| AverageRecord {
        beta: average.beta,
        v: shows_v.then_some(average.v),
        v_hat: shows_v_hat.then_some(average.v_hat),
    });
    let whole = Whole { title, values: series.values(), averages: averages.collect() };
    serde_json::to_writer(&mut *out, &whole)?;
    writeln!(out)
}

/// Writes a row for each number of each average, t counted from 1; a field is empty where it is not shown.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_csv(out: &mut dyn Write, series: &TimeSeries) -> io::Result<()> {
    let [shows_v, shows_v_hat] = series.bias_correction.shows();
    writeln!(out, "beta,t,value,v,v_hat")?;
    for average in series.averages() {
        let columns = average.v.iter().zip(&average.v_hat);
        for ((t, value), (v, v_hat)) in (1..).zip(series.values().iter()).zip(columns) {
            let field = |number: &f64, is_shown| if is_shown { format!("{number:?}") } else { String::new() };
            let (v, v_hat) = (field(v, shows_v), field(v_hat, shows_v_hat));
            writeln!(out, "{:?},{t},{value:?},{v},{v_hat}", average.beta)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::BiasCorrection;

    #[test]
    fn what_is_not_shown_is_left_out() {
        let mut series = TimeSeries::new(vec![4.0, 8.0]);
        series.betas = vec![0.5];
        for (bias_correction, json, csv) in [
            (
                BiasCorrection::Both,
                r#""v":[2.0,5.0],"v_hat":[4.0,6.666666666666667]"#,
                "8.0,5.0,6.666666666666667",
            ),
            (BiasCorrection::Off, r#""v":[2.0,5.0]"#, "8.0,5.0,"),
            (BiasCorrection::On, r#""v_hat":[4.0,6.666666666666667]"#, "8.0,,6.666666666666667"),
        ] {
            series.bias_correction = bias_correction;
            let mut out = Vec::new();
            write_json(&mut out, "two \"numbers\"", &series).unwrap();
            let expected = format!(
                "{{\"title\":\"two \\\"numbers\\\"\",\"values\":[4.0,8.0],\"averages\":[{{\"beta\":0.5,{json}}}]}}\n"
            );
            assert_eq!(String::from_utf8(out).unwrap(), expected);
            let mut out = Vec::new();
            write_csv(&mut out, &series).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.starts_with("beta,t,value,v,v_hat\n0.5,1,4.0,"), "{text}");
            assert!(text.ends_with(&format!("\n0.5,2,{csv}\n")), "{text}");
        }
    }
}
