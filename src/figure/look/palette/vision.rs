//! What colors look like to eyes that see fewer of them.
//!
//! Formula: decoded sRGB times a 3 × 3 matrix, clipped to what a screen can show. Gray: the relative luminance
//! 0.2126 R + 0.7152 G + 0.0722 B of decoded sRGB (ITU-R BT.709).
//!
//! Source: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color
//! Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009: the matrices of severity 1.0.

use egui::Color32;

use crate::landscape::oklab;

/// A way of seeing colors.
pub(super) struct Vision {
    pub name: &'static str,
    matrix: [[f64; 3]; 3],
}

const LUMINANCE: [f64; 3] = [0.2126, 0.7152, 0.0722];

pub(super) const NORMAL: Vision =
    Vision { name: "normal", matrix: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]] };

pub(super) const GRAY: Vision = Vision { name: "gray", matrix: [LUMINANCE; 3] };

pub(super) const PROTANOPIA: Vision = Vision {
    name: "protanopia",
    matrix: [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
};

pub(super) const DEUTERANOPIA: Vision = Vision {
    name: "deuteranopia",
    matrix: [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
};

pub(super) const TRITANOPIA: Vision = Vision {
    name: "tritanopia",
    matrix: [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
};

/// Every vision with colors.
pub(super) const COLORED: [Vision; 4] = [NORMAL, PROTANOPIA, DEUTERANOPIA, TRITANOPIA];

fn decode(byte: u8) -> f64 {
    oklab::decode(f64::from(byte) / 255.0)
}

fn encode(linear: f64) -> u8 {
    (255.0 * oklab::encode(linear.clamp(0.0, 1.0))).round() as u8
}

fn dot(row: [f64; 3], color: [f64; 3]) -> f64 {
    row.iter().zip(color).map(|(a, b)| a * b).sum()
}

impl Vision {
    /// What this color looks like, as sRGB.
    pub fn see(&self, rgb: [u8; 3]) -> [u8; 3] {
        let linear = rgb.map(decode);
        self.matrix.map(|row| encode(dot(row, linear)))
    }
}

/// The contrast of two colors, from 1 to 21 (WCAG 2.2, "contrast ratio").
pub(super) fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let [one, other] = [one, other].map(|rgb| dot(LUMINANCE, rgb.map(decode)) + 0.05);
    one.max(other) / one.min(other)
}

pub(super) fn rgb(color: Color32) -> [u8; 3] {
    [color.r(), color.g(), color.b()]
}

#[test]
fn every_vision_leaves_grays_as_they_are() {
    for byte in (0..=255).step_by(15) {
        for vision in COLORED.iter().chain([&GRAY]) {
            let seen = vision.see([byte; 3]);
            assert!(seen.iter().all(|channel| channel.abs_diff(byte) <= 1), "{}: {seen:?}", vision.name);
        }
    }
}

#[test]
fn red_and_green_of_equal_lightness_meet_in_deuteranopia_and_not_in_tritanopia() {
    let pair = [[204, 80, 60], [120, 130, 30]];
    let difference = |vision: &Vision| {
        let [a, b] = pair.map(|color| crate::landscape::oklab::from_srgb(vision.see(color)));
        100.0 * crate::landscape::oklab::distance(a, b)
    };
    assert!(difference(&DEUTERANOPIA) < 0.5 * difference(&NORMAL));
    assert!(difference(&TRITANOPIA) > 0.7 * difference(&NORMAL));
}
