use egui::pos2;

use super::arithmetic::Line;
use super::*;
use crate::figure::stage::{self, Sheet};

fn series(values: &[f64], betas: &[f64]) -> TimeSeries {
    let mut series = TimeSeries::new(values.to_vec());
    series.betas = betas.to_vec();
    series
}

fn drawn(series: &TimeSeries, t: u32) -> String {
    let chart = SeriesChart::of(series);
    let sheet = Sheet { passes: 1, ..Sheet::new(egui::vec2(400.0, 300.0), Theme::Light) };
    let drawing = stage::draw(sheet, None, |ui| {
        let marks = SeriesMarks { t, chosen: 0, has_legend: true, has_axes: true };
        arithmetic_ui(ui, &chart, 0, t);
        chart.show_ui(ui, Look::default(), marks);
    });
    drawing.to_svg(None)
}

#[test]
fn the_first_steps_are_said_with_their_numbers() {
    let chart = SeriesChart::of(&series(&[10.0, 12.0, -3e-7], &[0.9]));
    let spoken = |t: usize| chart.step_lines(0, t).unwrap().map(|Line { spoken, .. }| spoken);
    let [v, v_hat] = spoken(1);
    assert_eq!(v, "v_1 = 0.9·0 + 0.1·10 = 1");
    assert_eq!(v_hat, "v\u{302}_1 = 1 / (1 \u{2212} 0.9^1) = 1 / 0.1 = 10");
    let [v, v_hat] = spoken(2);
    assert_eq!(v, "v_2 = 0.9·1 + 0.1·12 = 2.1");
    assert_eq!(v_hat, "v\u{302}_2 = 2.1 / (1 \u{2212} 0.9^2) = 2.1 / 0.19 = 11.05");
    assert_eq!(spoken(3)[0], "v_3 = 0.9·2.1 + 0.1·(\u{2212}3e\u{2212}7) = 1.89");
    let [v, _] = chart.step_lines(0, 3).unwrap();
    assert_eq!(v.latex, r"v_{3} = 0.9 \cdot 2.1 + 0.1 \cdot (-3 \cdot 10^{-7}) = 1.89");
    assert!(chart.step_lines(0, 0).is_none() && chart.step_lines(0, 4).is_none());
}

#[test]
fn every_series_is_drawn_whatever_its_numbers_and_its_betas() {
    let many: Vec<f64> = crate::data::NormalNoise::new(1).take(5_000).collect();
    let sets: [&[f64]; 5] = [&[7.0], &[1e300, -1e300, 1e300], &[0.0; 40], &[5e-324, 0.0], &many];
    for values in sets {
        for betas in [&[0.0][..], &[0.9, 0.98], &[1.0 - f64::EPSILON / 2.0]] {
            for t in [0, 2, u32::MAX] {
                let svg = drawn(&series(values, betas), t);
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{} {betas:?} {t}", values.len());
                assert!(svg.len() < 3_000_000, "{} of {} numbers", svg.len(), values.len());
            }
        }
    }
}

#[test]
fn what_is_looked_at_and_which_beta_changes_the_picture() {
    let two = series(&[10.0, 12.0, 11.0, 13.0], &[0.9, 0.5]);
    assert_ne!(drawn(&two, 1), drawn(&two, 3));
    let mut only_v = two.clone();
    only_v.bias_correction = BiasCorrection::Off;
    assert_ne!(drawn(&two, 3), drawn(&only_v, 3));
    let chart = SeriesChart::of(&two);
    assert!(chart.is_of(&two.clone()) && !chart.is_of(&only_v) && !chart.is_of(&two.with_values(vec![1.0])));
    let frame = Rect::from_min_max(pos2(10.0, 0.0), pos2(50.0, 20.0));
    let t = |x: f32| chart.t_at(pos2(x, 5.0), frame);
    assert_eq!([t(-9.0), t(10.0), t(24.0), t(26.0), t(49.0), t(99.0)], [1, 1, 2, 2, 4, 4]);
}
