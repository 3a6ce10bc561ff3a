//! The exact derivatives of formulas against num-dual, which knows nothing of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod kinks;
mod oracle;
mod random_term;
mod reference;
mod reverse;
mod term;
mod written;

use downhill::builtin::BUILT_INS;
use downhill::expr::{Expression, FUNCTIONS, Tape};

use oracle::Entries;
use random_term::Terms;
use term::Term;

const NAMES: [&str; 6] = ["J", "dJ/dx", "dJ/dy", "d2J/dx2", "d2J/dxdy", "d2J/dy2"];

fn compile(term: &Term) -> Tape {
    let text = term.to_string();
    let expression = Expression::parse(&text).unwrap_or_else(|e| panic!("{text}: {e} at {:?}", e.span));
    expression.compile(["x", "y"], &[]).unwrap_or_else(|e| panic!("{text}: {e} at {:?}", e.span))
}

/// Value, gradient and Hessian, after a look whether all three evaluations agree exactly.
fn ours(term: &Term, tape: &Tape, x: f64, y: f64) -> Entries {
    let mut at = tape.evaluator();
    let (value, first, second) = (at.value(x, y), at.first(x, y), at.second(x, y));
    let found = [second.value, second.dx, second.dy, second.dxx, second.dxy, second.dyy];
    let again = [first.value, first.dx, first.dy];
    for (entry, (once, twice)) in again.iter().zip(&found).enumerate() {
        let same = once == twice || once.is_nan() && twice.is_nan();
        assert!(same, "{} of {term} at ({x}, {y}): {once:e} or {twice:e}", NAMES[entry]);
    }
    assert!(value == found[0] || value.is_nan() && found[0].is_nan(), "{term} at ({x}, {y})");
    found
}

/// What became of a point.
#[derive(Debug, PartialEq)]
enum Verdict {
    /// The oracle has no finite answer.
    Undefined,
    /// Rounding alone can move the answer visibly.
    IllConditioned,
    /// Equal to 1e-13 of the largest entry.
    Equal,
    /// Equal to what rounding can do, which is more.
    EqualUpToRounding,
}

/// Compares all entries. `worst` is the largest error so far, as a share of what is allowed.
fn judge(term: &Term, tape: &Tape, [x, y]: [f64; 2], worst: &mut f64) -> Verdict {
    let expected = oracle::entries(term, x, y);
    // Half of it for what num-dual rounds, half for what the tape rounds; and twice that, since the bound is of first order.
    let rounding = oracle::rounding(term, x, y).map(|error| 4.0 * f64::EPSILON * error);
    if !expected.iter().chain(&rounding).all(|entry| entry.is_finite()) {
        return Verdict::Undefined;
    }
    let scale = expected.iter().fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
    if rounding.iter().any(|error| *error > 1e-8 * scale) {
        return Verdict::IllConditioned;
    }
    let found = ours(term, tape, x, y);
    let mut verdict = Verdict::Equal;
    for (entry, name) in NAMES.iter().enumerate() {
        let error = (found[entry] - expected[entry]).abs();
        let allowed = rounding[entry].max(1e-13 * scale);
        assert!(
            error <= allowed,
            "{name} of {term} at ({x}, {y}) is {:e}, num-dual says {:e}: off by {error:.1e}, allowed {allowed:.1e}",
            found[entry],
            expected[entry],
        );
        *worst = worst.max(error / allowed);
        if error > 1e-13 * scale {
            verdict = Verdict::EqualUpToRounding;
        }
    }
    verdict
}

#[test]
fn random_formulas_have_the_derivatives_of_num_dual() {
    let mut terms = Terms::with_seed(20_260_101);
    let (mut equal, mut up_to_rounding, mut undefined, mut ill_conditioned) = (0, 0, 0, 0);
    let mut worst = 0.0;
    for index in 0..12_000 {
        let term = terms.term(1 + index % 6);
        let tape = compile(&term);
        for _ in 0..4 {
            let point = [terms.coordinate(), terms.coordinate()];
            match judge(&term, &tape, point, &mut worst) {
                Verdict::Equal => equal += 1,
                Verdict::EqualUpToRounding => up_to_rounding += 1,
                Verdict::Undefined => undefined += 1,
                Verdict::IllConditioned => ill_conditioned += 1,
            }
        }
    }
    let counts = format!(
        "{equal} points equal, {up_to_rounding} equal up to rounding, {undefined} undefined, \
         {ill_conditioned} ill-conditioned; the worst error is {worst:.2} of what is allowed"
    );
    println!("{counts}");
    assert!(equal > 40_000 && up_to_rounding * 100 < equal, "{counts}");
}

/// A function of two arguments, or of any number.
fn takes_two(name: &str) -> bool {
    matches!(name, "atan2" | "hypot" | "max" | "min" | "pow" | "mod")
}

/// The functions that num-dual knows too, and well. The others are held against numbers of 60 digits.
fn functions() -> impl Iterator<Item = &'static str> {
    let unknown = ["gamma", "factorial", "digamma", "trigamma", "clamp", "sinc"];
    FUNCTIONS.iter().map(|function| function.name).filter(move |name| !unknown.contains(name))
}

#[test]
fn every_function_has_the_derivatives_of_num_dual() {
    let coordinates = [-7.3, -2.6, -1.4, -0.83, -0.31, -0.02, 0.04, 0.27, 0.71, 0.96, 1.2, 2.3, 4.8, 18.7];
    for name in functions() {
        let product = || Term::binary('*', Term::X, Term::Y);
        let terms = if takes_two(name) {
            let mixed = Term::binary('-', Term::Y, product().times(0.3));
            [Term::call(name, [Term::X, Term::Y]), Term::call(name, [product().plus(0.7), mixed])]
        } else {
            let mixed = Term::binary('+', product(), Term::X).times(0.13);
            [Term::call(name, [Term::X]), Term::call(name, [mixed])]
        };
        for term in &terms {
            let (tape, mut kept, mut worst) = (compile(term), 0, 0.0);
            for x in coordinates {
                for y in coordinates {
                    let verdict = judge(term, &tape, [x, y], &mut worst);
                    kept += usize::from(matches!(verdict, Verdict::Equal | Verdict::EqualUpToRounding));
                }
            }
            // acosh is defined on less than half of the points, pow at positive bases only.
            assert!(kept >= 20, "{term} was compared at {kept} points only");
        }
    }
}

/// A derivative as a central difference with half the step, and how far it may be off: twice what the halving changed,
/// and the rounding of values as large as `scale`.
fn difference(f: impl Fn(f64) -> f64, step: f64, scale: f64) -> (f64, f64) {
    let slope = |h: f64| (f(h) - f(-h)) / (2.0 * h);
    let (wide, narrow) = (slope(step), slope(0.5 * step));
    (narrow, 2.0 * (wide - narrow).abs() + 32.0 * f64::EPSILON * scale / step)
}

#[test]
fn every_built_in_has_the_derivatives_of_its_differences() {
    let mut random = fastrand::Rng::with_seed(40);
    for row in BUILT_INS {
        let constants: Vec<(String, f64)> =
            row.constants.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect();
        let tape = Expression::parse(row.formula).and_then(|e| e.compile(row.variables, &constants)).unwrap();
        let jet = |x, y| tape.evaluator().second(x, y);
        let points: Vec<[f64; 2]> = (0..200)
            .map(|_| row.window.map(|[low, high]| low + (high - low) * (0.01 + 0.98 * random.f64())))
            .collect();
        let jets: Vec<_> = points.iter().map(|[x, y]| jet(*x, *y)).collect();
        let largest = |entries: fn(&downhill::expr::Jet2) -> [f64; 3]| {
            jets.iter().flat_map(entries).filter(|e| e.is_finite()).fold(1.0, |s: f64, e| s.max(e.abs()))
        };
        let scale = largest(|j| [j.value, j.dx, j.dy]);
        let size = scale.max(largest(|j| [j.dxx, j.dxy, j.dyy]));
        let steps = row.window.map(|[low, high]| 1e-4 * (high - low));
        let (mut compared, mut sharp) = (0, 0);
        for ([x, y], j) in points.into_iter().zip(&jets) {
            let along_x =
                |f: fn(downhill::expr::Jet2) -> f64| difference(|h| f(jet(x + h, y)), steps[0], scale);
            let along_y =
                |f: fn(downhill::expr::Jet2) -> f64| difference(|h| f(jet(x, y + h)), steps[1], scale);
            let pairs = [
                (j.dx, along_x(|j| j.value)),
                (j.dy, along_y(|j| j.value)),
                (j.dxx, along_x(|j| j.dx)),
                (j.dxy, along_y(|j| j.dx)),
                (j.dxy, along_x(|j| j.dy)),
                (j.dyy, along_y(|j| j.dy)),
            ];
            for ((exact, (slope, allowed)), name) in pairs.into_iter().zip(["x", "y", "xx", "xy", "yx", "yy"])
            {
                // A kink within a step, or the edge of where the cost is defined.
                if !(exact.is_finite() && allowed.is_finite()) {
                    continue;
                }
                let error = (exact - slope).abs();
                assert!(
                    error <= allowed,
                    "{}: {}, derivative {name} at ({x}, {y}): {exact:e}, by differences {slope:e} with {allowed:.1e}",
                    row.id,
                    row.formula
                );
                compared += 1;
                sharp += usize::from(allowed <= 1e-4 * size);
            }
        }
        assert!(
            compared > 900 && sharp * 10 > compared * 9,
            "{}: {compared} compared, {sharp} sharply",
            row.id
        );
    }
}
