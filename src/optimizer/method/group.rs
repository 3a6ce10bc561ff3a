//! What methods go by, for lists in which one is chosen.

/// What a method goes by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MethodGroup {
    /// The slope alone.
    Gradient,
    /// A velocity.
    Momentum,
    /// Rates of the coordinates.
    Adaptive,
    /// Curvature.
    Newton,
    /// Values alone.
    DerivativeFree,
    /// The sign of a function of one variable.
    Roots,
    /// l1.
    Regularized,
    /// Whatever somebody types.
    Own,
}

impl MethodGroup {
    /// Every group, in the order in which they are taught.
    pub const ALL: [MethodGroup; 8] = [
        MethodGroup::Gradient,
        MethodGroup::Momentum,
        MethodGroup::Adaptive,
        MethodGroup::Newton,
        MethodGroup::DerivativeFree,
        MethodGroup::Roots,
        MethodGroup::Regularized,
        MethodGroup::Own,
    ];

    /// The heading above its methods.
    pub fn title(self) -> &'static str {
        match self {
            Self::Gradient => "Gradient",
            Self::Momentum => "Momentum",
            Self::Adaptive => "Adaptive",
            Self::Newton => "Newton and quasi-Newton",
            Self::DerivativeFree => "Derivative-free",
            Self::Roots => "Roots",
            Self::Regularized => "Regularized",
            Self::Own => "Your own",
        }
    }

    /// What its methods have in common.
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Gradient => "go straight down the slope where they are",
            Self::Momentum => "remember where they were going, and coast",
            Self::Adaptive => "give each coordinate a rate of its own, by its gradients so far",
            Self::Newton => "go by the curvature as well",
            Self::DerivativeFree => "compare values, and need no slope",
            Self::Roots => "look for where a function of one variable is 0",
            Self::Regularized => "meet l1 with a threshold, so that what is small becomes exactly 0",
            Self::Own => "do what you type, line by line",
        }
    }
}
