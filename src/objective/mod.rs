//! The cost: value, gradient and Hessian at a point, and the built-in costs.
