//! What the window is made of: fields, sliders, icons, the keyboard's way through them, colors and sizes.

pub mod focus;
pub mod icons;
pub mod nudge;
pub mod number_field;
pub mod number_text;
pub mod rail;
pub mod seed;
pub mod sliders;
pub mod style;
pub mod swatch;
pub mod tab_order;
pub mod turns;
