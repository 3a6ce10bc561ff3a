//! The colors through which the maps run.
//!
//! Sources. Viridis, magma and inferno (van der Walt and Smith, 2015) and cividis (Nuñez, Anderton and Renslow, PLoS ONE 13,
//! 2018) as published with matplotlib (CC0). Batlow by Crameri, "Scientific colour maps" 8.0 (MIT license), see Crameri,
//! Shephard and Heron, Nature Communications 11, 2020. Of each, 17 of the 256 entries: number `k * 255 / 16`, rounded.

use super::super::oklab::Oklab;

/// L, a, b: at most half as light as white, so that cyan, orange and white keep their distance.
pub(super) const SLATE: [Oklab; 3] = [[0.19, -0.006, -0.022], [0.34, -0.010, -0.036], [0.53, -0.012, -0.030]];

/// L, a, b: never darker than three quarters, so that black, blue and red keep their distance.
pub(super) const PAPER: [Oklab; 3] =
    [[0.74, -0.012, -0.034], [0.87, -0.008, -0.022], [0.985, -0.001, -0.004]];

/// L, a, b: as light as Paper, from lilac by rose to cream.
pub(super) const DAWN: [Oklab; 3] = [[0.76, 0.028, -0.060], [0.87, 0.040, 0.010], [0.975, -0.008, 0.050]];

pub(super) const VIRIDIS: [u32; 17] = [
    0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c, 0x1f9f88,
    0x27ad81, 0x3dbc74, 0x5cc863, 0x81d34d, 0xaadc32, 0xd5e21a, 0xfde725,
];

pub(super) const CIVIDIS: [u32; 17] = [
    0x00224e, 0x002e6a, 0x1a386f, 0x32436d, 0x434e6c, 0x535a6d, 0x61656f, 0x6f7073, 0x7d7c78, 0x8b8778,
    0x9a9376, 0xaaa073, 0xbbad6d, 0xccba64, 0xddc858, 0xefd748, 0xfee838,
];

pub(super) const MAGMA: [u32; 17] = [
    0x000004, 0x0a0822, 0x1d1147, 0x36106b, 0x51127c, 0x6a1c81, 0x832681, 0x9c2e7f, 0xb73779, 0xcf4070,
    0xe55064, 0xf4695c, 0xfb8761, 0xfea571, 0xfec287, 0xfde0a1, 0xfcfdbf,
];

pub(super) const INFERNO: [u32; 17] = [
    0x000004, 0x0b0724, 0x210c4a, 0x3d0965, 0x57106e, 0x71196e, 0x8a226a, 0xa32c61, 0xbc3754, 0xd04545,
    0xe35933, 0xf1711f, 0xf98c0a, 0xfcaa0f, 0xf9c932, 0xf2e865, 0xfcffa4,
];

pub(super) const BATLOW: [u32; 17] = [
    0x011959, 0x0d315d, 0x114360, 0x175262, 0x226061, 0x356a59, 0x4d734d, 0x677b3e, 0x828231, 0x9f892b,
    0xbe9035, 0xdb954b, 0xf19d6b, 0xfca890, 0xfdb4b4, 0xfcbfd6, 0xfaccfa,
];
