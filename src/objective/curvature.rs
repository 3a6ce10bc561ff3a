//! How the cost curves at a point: eigenvalues and eigenvectors of the Hessian.
//!
//! Formula. H qᵢ = λᵢ qᵢ with λ₁ ≥ λ₂: along the unit vector qᵢ the second derivative of J is λᵢ. The condition number
//! is κ = max |λ| / min |λ|; gradient descent on a quadratic contracts by (κ − 1) / (κ + 1) a step at best.
//! Source: Nocedal & Wright, *Numerical Optimization*, 2nd ed. 2006, appendix A.1 and section 3.3.
//!
//! Convention. An eigenvalue below 1e-10 of the other counts as 0, which is rounding.

use nalgebra::Matrix2;

use super::Point;

/// The curvatures at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curvature {
    /// λ₁ ≥ λ₂.
    pub eigenvalues: [f64; 2],
    /// The unit vectors along which they hold, at right angles to each other.
    pub eigenvectors: [Point; 2],
}

/// What a surface looks like where it curves so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Up every way.
    Bowl,
    /// Down every way.
    Cap,
    /// Up one way and down the other.
    Saddle,
    /// Up one way and not at all the other.
    Trough,
    /// Down one way and not at all the other.
    Ridge,
    /// Not at all.
    Flat,
}

impl Form {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bowl => "bowl",
            Self::Cap => "cap",
            Self::Saddle => "saddle",
            Self::Trough => "trough",
            Self::Ridge => "ridge",
            Self::Flat => "flat",
        }
    }
}

impl Curvature {
    /// The curvatures of a symmetric Hessian; `None` where an entry is not finite.
    pub fn of(hessian: &Matrix2<f64>) -> Option<Self> {
        let scale = hessian.amax();
        if !hessian.iter().all(|entry| entry.is_finite()) {
            return None;
        }
        if scale == 0.0 {
            return Some(Self { eigenvalues: [0.0; 2], eigenvectors: [Point::x(), Point::y()] });
        }
        // Entries of at most 1, so that nothing overflows on the way.
        let eigen = (hessian / scale).symmetric_eigen();
        let [a, b] = [eigen.eigenvalues.x * scale, eigen.eigenvalues.y * scale];
        let [p, q] = [eigen.eigenvectors.column(0).into_owned(), eigen.eigenvectors.column(1).into_owned()];
        Some(if a >= b {
            Self { eigenvalues: [a, b], eigenvectors: [p, q] }
        } else {
            Self { eigenvalues: [b, a], eigenvectors: [q, p] }
        })
    }

    /// The sign of each eigenvalue, 0 for one that is rounding.
    pub fn signs(&self) -> [i8; 2] {
        let noise = 1e-10 * self.eigenvalues[0].abs().max(self.eigenvalues[1].abs());
        self.eigenvalues.map(|lambda| i8::from(lambda > noise) - i8::from(lambda < -noise))
    }

    /// What the surface looks like.
    pub fn form(&self) -> Form {
        match self.signs() {
            [1, 1] => Form::Bowl,
            [-1, _] => Form::Cap,
            [1, -1] => Form::Saddle,
            [1, _] => Form::Trough,
            [_, -1] => Form::Ridge,
            _ => Form::Flat,
        }
    }

    /// κ, at least 1: infinite where one eigenvalue is 0, not a number where both are.
    pub fn condition(&self) -> f64 {
        let [a, b] = self.eigenvalues.map(f64::abs);
        if self.signs().contains(&0) && a != b { f64::INFINITY } else { a.max(b) / a.min(b) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_descend_and_belong_to_their_vectors() {
        for scale in [1e-300, 1.0, 1e300] {
            for h in [
                Matrix2::new(2.0, 1.0, 1.0, 3.0),
                Matrix2::new(-1.0, 4.0, 4.0, 0.5),
                Matrix2::new(1.0, 0.0, 0.0, 5.0),
                Matrix2::new(7.0, 0.0, 0.0, 7.0),
            ] {
                let curvature = Curvature::of(&(scale * h)).unwrap();
                assert!(curvature.eigenvalues[0] >= curvature.eigenvalues[1]);
                for (lambda, q) in curvature.eigenvalues.into_iter().zip(curvature.eigenvectors) {
                    assert!((q.norm() - 1.0).abs() < 1e-14);
                    assert!((h * q - lambda / scale * q).norm() < 1e-13, "{h} {lambda}");
                }
            }
        }
        assert_eq!(Curvature::of(&Matrix2::new(1.0, f64::NAN, f64::NAN, 1.0)), None);
    }

    #[test]
    fn a_form_and_a_condition_number_for_every_pair_of_signs() {
        let inf = f64::INFINITY;
        for (a, b, form, condition) in [
            (1.0, 4.0, Form::Bowl, 4.0),
            (-8.0, -2.0, Form::Cap, 4.0),
            (1.0, -100.0, Form::Saddle, 100.0),
            (3.0, 0.0, Form::Trough, inf),
            (3.0, -1e-13, Form::Trough, inf),
            (-3.0, 0.0, Form::Ridge, inf),
        ] {
            let curvature = Curvature::of(&Matrix2::new(a, 0.0, 0.0, b)).unwrap();
            assert_eq!(curvature.form(), form);
            assert_eq!(curvature.condition(), condition);
        }
        let flat = Curvature::of(&Matrix2::zeros()).unwrap();
        assert!(flat.form() == Form::Flat && flat.condition().is_nan());
    }
}
