use super::*;
use crate::expr::Expression;
use crate::objective::{Goal, Objective};

fn objective(formula: &str, derivatives: Derivatives) -> Objective {
    let tape = Expression::parse(formula).unwrap().compile(["x", "y"], &[]).unwrap();
    Objective::new(tape, Goal::Minimize, derivatives)
}

const DIFFERENCE: Derivatives = Derivatives::CentralDifference { step: 1e-4 };

#[test]
fn differences_come_close_to_the_exact_derivatives() {
    let formula = "x^3*y + 2*y^2 - sin(x*y)";
    let mut exact = objective(formula, Derivatives::Exact).evaluator();
    let mut difference = objective(formula, DIFFERENCE).evaluator();
    for at in [Point::new(0.5, -1.0), Point::new(-2.0, 0.25), Point::new(0.0, 0.0)] {
        let (e, d) = (exact.second_order(at), difference.second_order(at));
        assert_eq!(e.value, d.value);
        assert!((e.gradient - d.gradient).norm() < 1e-6, "{e:?} {d:?}");
        assert!((e.hessian - d.hessian).norm() < 1e-5, "{e:?} {d:?}");
        assert_eq!(exact.hessian(at), e.hessian);
        assert_eq!(exact.exact_uncounted(at), e);
        assert_eq!(difference.exact_uncounted(at), e);
        let kept = exact.first_order_keeping_hessian(at);
        assert_eq!(kept, FirstOrder { value: e.value, gradient: e.gradient });
        assert_eq!(exact.hessian(at), e.hessian);
        exact.first_order_keeping_hessian(Point::new(9.0, 9.0));
        assert_eq!(exact.hessian(at), e.hessian, "what is kept belongs to its point");
        assert_eq!(difference.hessian(at), d.hessian);
        assert_eq!(difference.first_order(at), FirstOrder { value: d.value, gradient: d.gradient });
    }
}

#[test]
fn evaluations_are_counted_as_the_table_says() {
    let count = |derivatives, ask: fn(&mut Evaluator)| {
        let mut evaluator = objective("x^2 + y^2", derivatives).evaluator();
        ask(&mut evaluator);
        let Evaluations { value, gradient, hessian, .. } = evaluator.evaluations();
        [value, gradient, hessian]
    };
    type Row = (fn(&mut Evaluator), [u64; 3], [u64; 3]);
    let rows: [Row; 7] = [
        (|e| _ = e.value(Point::new(1.0, 2.0)), [1, 0, 0], [1, 0, 0]),
        (|e| _ = e.gradient(Point::new(1.0, 2.0)), [0, 1, 0], [4, 1, 0]),
        (|e| _ = e.hessian(Point::new(1.0, 2.0)), [0, 0, 1], [9, 0, 1]),
        (|e| _ = e.first_order(Point::new(1.0, 2.0)), [1, 1, 0], [5, 1, 0]),
        (|e| _ = e.exact_uncounted(Point::new(1.0, 2.0)), [0, 0, 0], [0, 0, 0]),
        (|e| _ = e.first_order_keeping_hessian(Point::new(1.0, 2.0)), [1, 1, 0], [5, 1, 0]),
        (|e| _ = e.second_order(Point::new(1.0, 2.0)), [1, 1, 1], [9, 1, 1]),
    ];
    for (ask, exact, difference) in rows {
        assert_eq!(count(Derivatives::Exact, ask), exact);
        assert_eq!(count(DIFFERENCE, ask), difference);
    }
}

#[test]
fn slopes_are_divided_by_the_distance_of_the_numbers_that_there_are() {
    let gradient = |formula, step, x| {
        let derivatives = Derivatives::CentralDifference { step };
        objective(formula, derivatives).evaluator().gradient(Point::new(x, 0.0))
    };
    // Beside 1e12 numbers are 1.2e-4 apart, and beside 3 they are 4.4e-16 apart.
    for (step, x) in [(1e-4, 1e12), (3e-4, -1e12), (3e-16, 3.0), (1e-15, 3.0), (0.1, 0.3)] {
        assert_eq!(gradient("2*x", step, x), Point::new(2.0, 0.0), "{step} {x}");
    }
    for (formula, step, x) in [("2*x", 1e-5, 1e12), ("x^2", 1e-17, 1.0), ("x^2", 1e-16, 1.0)] {
        let gradient = gradient(formula, step, x);
        assert!(gradient.x.is_nan() && gradient.y == 0.0, "{formula} {step} {x}");
    }
}
