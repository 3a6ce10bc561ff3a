//! The gamma function and its logarithmic derivatives, in additions, multiplications and divisions alone (and, for the digamma
//! function of large or negative arguments, logarithm and tangent).
//!
//! 1/Γ has no poles: around x₀ = 1.4616…, where Γ is least, its Taylor series converges everywhere, and between x₀ - 1/2 and
//! x₀ + 1/2 its first 29 terms are exact to rounding. Elsewhere Γ(x + 1) = x Γ(x) leads there. Around x₀ the first derivative
//! has no digit to lose. Coefficients: mpmath 1.3 with 60 digits, `taylor(rgamma, x0, 28)`.

use std::f64::consts::PI;

/// Where the gamma function of a positive argument is least, as a sum of two numbers.
const LEAST: [f64; 2] = [1.461_632_144_968_362_2, 9.549_995_429_965_697e-17];

/// The Taylor coefficients of 1/Γ there.
const RECIPROCAL: [f64; 29] = [
    1.129_173_885_450_141_2,
    0.0,
    -0.546_335_114_617_176_5,
    0.166_652_202_618_473_38,
    0.059_195_536_915_565_394,
    -0.043_608_391_219_183,
    0.005_996_828_914_680_146,
    0.002_469_554_452_779_607_8,
    -0.001_161_529_521_132_080_3,
    0.000_141_477_528_846_649_8,
    3.142_866_079_100_822_6e-5,
    -1.488_101_583_656_663e-5,
    2.114_918_838_279_547e-6,
    1.084_934_780_267_710_4e-7,
    -9.913_259_270_982_908e-8,
    1.761_805_410_135_388_5e-8,
    -7.392_966_429_576_432e-10,
    -3.215_697_812_095_798e-10,
    8.039_395_019_864_103e-11,
    -7.893_636_750_223_357e-12,
    -2.300_271_038_718_213e-13,
    1.936_722_118_702_442_5e-13,
    -2.946_382_326_765_741_4e-14,
    1.724_552_177_746_548_6e-15,
    1.799_314_435_325_529_2e-16,
    -5.453_148_775_715_199e-17,
    6.077_952_645_308_738_4e-18,
    -2.186_236_532_206_694_4e-19,
    -4.261_040_998_765_402_4e-20,
];

/// The Bernoulli numbers B₂, B₄, … B₂₀.
const BERNOULLI: [f64; 10] = [
    0.166_666_666_666_666_66,
    -0.033_333_333_333_333_33,
    0.023_809_523_809_523_808,
    -0.033_333_333_333_333_33,
    0.075_757_575_757_575_76,
    -0.253_113_553_113_553_1,
    1.166_666_666_666_666_7,
    -7.092_156_862_745_098,
    54.971_177_944_862_156,
    -529.124_242_424_242_4,
];

/// From here on the asymptotic series of the polygamma functions are exact to rounding (Abramowitz & Stegun 6.3.18, 6.4.11).
const FAR: f64 = 16.0;

/// 1/Γ and its first four derivatives, at most 1/2 away from where Γ is least.
fn reciprocal(x: f64) -> [f64; 5] {
    let t = (x - LEAST[0]) - LEAST[1];
    let derivative = |order: usize| {
        let terms = RECIPROCAL.iter().enumerate().skip(order).rev();
        terms.fold(0.0, |sum, (power, c)| {
            let factor = (0..order).fold(1.0, |factor, k| factor * (power - k) as f64);
            sum * t + factor * c
        })
    };
    [0, 1, 2, 3, 4].map(derivative)
}

/// How many steps of 1 lead from x to where the series is used.
fn steps(x: f64) -> f64 {
    (x - LEAST[0]).round()
}

/// Γ(x). At a negative whole number it is none, at 0 it is infinite.
pub fn gamma(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 && x.fract() == 0.0 {
        return f64::NAN;
    }
    // Beyond, it overflows, or is smaller than any number.
    if x > 172.0 {
        return f64::INFINITY;
    }
    if x < -190.0 {
        return 0.0;
    }
    let count = steps(x);
    if count >= 0.0 {
        let factors = (1..=count as u32).map(|k| x - f64::from(k));
        let near = reciprocal(x - count)[0];
        factors.product::<f64>() / near
    } else {
        let divisors = (0..(-count) as u32).map(|k| x + f64::from(k));
        divisors.fold(1.0 / reciprocal(x - count)[0], |value, divisor| value / divisor)
    }
}

/// The digamma function Γ'/Γ and its first three derivatives.
pub fn polygammas(x: f64) -> [f64; 4] {
    if x <= 0.0 {
        reflected(x)
    } else if x >= FAR {
        asymptotic(x)
    } else if steps(x) == 0.0 {
        logarithmic(reciprocal(x))
    } else {
        // ψ(x) = ψ(x + 1) - 1/x, up to where the asymptotic series holds.
        let count = (FAR - x).ceil();
        (0..count as u32).rev().fold(asymptotic(x + count), |[a, b, c, d], k| {
            let inverse = 1.0 / (x + f64::from(k));
            let square = inverse * inverse;
            [a - inverse, b + square, c - 2.0 * square * inverse, d + 6.0 * square * square]
        })
    }
}

/// Derivatives of -ln(g) from those of g.
fn logarithmic([g, g1, g2, g3, g4]: [f64; 5]) -> [f64; 4] {
    let [a, b, c, d] = [g1 / g, g2 / g, g3 / g, g4 / g];
    [
        -a,
        a * a - b,
        3.0 * a * b - c - 2.0 * a * a * a,
        4.0 * a * c + 3.0 * b * b - d - 12.0 * a * a * b + 6.0 * a * a * a * a,
    ]
}

fn asymptotic(x: f64) -> [f64; 4] {
    let square = 1.0 / (x * x);
    // Of Σ c(2k) B₂ₖ / x²ᵏ, from its last term.
    let series = |factor: fn(f64) -> f64| {
        let terms = BERNOULLI.iter().enumerate().rev();
        terms.fold(0.0, |sum, (k, b)| (sum + factor(2.0 * (k as f64 + 1.0)) * b) * square)
    };
    [
        libm::log(x) - 0.5 / x - series(|k| 1.0 / k),
        (1.0 + 0.5 / x + series(|_| 1.0)) / x,
        -(1.0 + 1.0 / x + series(|k| k + 1.0)) * square,
        (2.0 + 3.0 / x + series(|k| (k + 1.0) * (k + 2.0))) * square / x,
    ]
}

/// ψ(x) = ψ(1 - x) - π cot(πx), and its derivatives.
fn reflected(x: f64) -> [f64; 4] {
    let [a, b, c, d] = polygammas(1.0 - x);
    let (sine, cosine) = libm::sincos(PI * (x - x.round()));
    if sine == 0.0 {
        return [f64::NAN; 4];
    }
    let cotangent = cosine / sine;
    let square = PI * PI / (sine * sine);
    [
        a - PI * cotangent,
        square - b,
        c - 2.0 * PI * square * cotangent,
        2.0 * square * square * (1.0 + 2.0 * cosine * cosine) - d,
    ]
}
