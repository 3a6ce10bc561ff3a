//! Every line that is printed of a step, read and computed again from nothing but what it says, gives the result that it says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::iter::Peekable;
use std::str::Chars;

use downhill::builtin::BUILT_INS;
use downhill::optimizer::{METHODS, ParameterKind, ParameterValue, Run, Settings};
use downhill::scenario::{OptimizerChoice, Scenario};

/// A number, one for each coordinate, or a matrix by rows.
#[derive(Clone, Debug, PartialEq)]
enum Read {
    Scalar(f64),
    Vector([f64; 2]),
    Matrix([[f64; 2]; 2]),
}

use Read::{Matrix, Scalar, Vector};

fn each(a: Read, f: impl Fn(f64) -> f64 + Copy) -> Read {
    match a {
        Scalar(a) => Scalar(f(a)),
        Vector(a) => Vector(a.map(f)),
        Matrix(a) => Matrix(a.map(|row| row.map(f))),
    }
}

fn both(a: Read, b: Read, f: impl Fn(f64, f64) -> f64 + Copy) -> Read {
    match (a, b) {
        (Scalar(a), b) => each(b, |b| f(a, b)),
        (a, Scalar(b)) => each(a, |a| f(a, b)),
        (Vector(a), Vector(b)) => Vector([f(a[0], b[0]), f(a[1], b[1])]),
        (Matrix(a), Matrix(b)) => Matrix([0, 1].map(|i| [0, 1].map(|j| f(a[i][j], b[i][j])))),
        (a, b) => panic!("{a:?} beside {b:?}"),
    }
}

fn times(a: Read, b: Read) -> Read {
    match (a, b) {
        (Matrix(a), Vector(b)) => Vector(a.map(|row| row[0] * b[0] + row[1] * b[1])),
        (Matrix(a), Matrix(b)) => Matrix(a.map(|row| [0, 1].map(|j| row[0] * b[0][j] + row[1] * b[1][j]))),
        (a, b) => both(a, b, |a, b| a * b),
    }
}

/// 0 over anything is 0, as in every rule.
fn over(a: Read, b: Read) -> Read {
    both(a, b, |a, b| if a == 0.0 { 0.0 } else { a / b })
}

struct Reader<'t>(Peekable<Chars<'t>>);

impl Reader<'_> {
    fn takes(&mut self, c: char) -> bool {
        while self.0.next_if_eq(&' ').is_some() {}
        self.0.next_if_eq(&c).is_some()
    }

    fn expect(&mut self, c: char) {
        assert!(self.takes(c), "no {c} before {:?}", self.0.clone().collect::<String>());
    }

    fn sum(&mut self) -> Read {
        let mut sum = if self.takes('−') { each(self.product(), |a| -a) } else { self.product() };
        loop {
            if self.takes('+') {
                sum = both(sum, self.product(), |a, b| a + b);
            } else if self.takes('−') {
                sum = both(sum, self.product(), |a, b| a - b);
            } else {
                return sum;
            }
        }
    }

    fn product(&mut self) -> Read {
        let mut product = self.factor();
        loop {
            if self.takes('·') || self.takes('⊙') {
                product = times(product, self.factor());
            } else if self.takes('/') {
                product = over(product, self.factor());
            } else {
                return product;
            }
        }
    }

    fn factor(&mut self) -> Read {
        if self.takes('√') {
            return each(self.factor(), f64::sqrt);
        }
        let base = self.base();
        if self.takes('ᵀ') {
            let Matrix([[a, b], [c, d]]) = base else { panic!("{base:?} is no matrix") };
            return Matrix([[a, c], [b, d]]);
        }
        let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == c);
        let mut power = None;
        while let Some(next) = self.0.peek().copied().and_then(digit) {
            self.0.next();
            power = Some(10 * power.unwrap_or(0) + next as i32);
        }
        power.map_or(base.clone(), |power| each(base, |a| a.powi(power)))
    }

    fn base(&mut self) -> Read {
        if self.takes('(') {
            let first = self.sum();
            if !self.takes(',') {
                self.expect(')');
                return first;
            }
            let (Scalar(x), Scalar(y)) = (first, self.sum()) else { panic!("a vector of no numbers") };
            self.expect(')');
            return Vector([x, y]);
        }
        if self.takes('[') {
            let mut entries = [0.0; 4];
            for (entry, after) in entries.iter_mut().zip([',', ';', ',', ']']) {
                let Scalar(number) = self.sum() else { panic!("a matrix of no numbers") };
                *entry = number;
                self.expect(after);
            }
            return Matrix([[entries[0], entries[1]], [entries[2], entries[3]]]);
        }
        if self.takes('|') {
            let inside = self.sum();
            self.expect('|');
            return each(inside, f64::abs);
        }
        let word: String = std::iter::from_fn(|| self.0.next_if(|c| "maxdigsn".contains(*c))).collect();
        match word.as_str() {
            "max" => {
                self.expect('(');
                let a = self.sum();
                self.expect(',');
                let b = self.sum();
                self.expect(')');
                both(a, b, f64::max)
            }
            "sign" => {
                let inside = self.base();
                each(inside, |a| if a == 0.0 { 0.0 } else { a.signum() })
            }
            "diag" => {
                let Vector([a, b]) = self.base() else { panic!("diag of no vector") };
                Matrix([[a, 0.0], [0.0, b]])
            }
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Read {
        let mut text = String::new();
        while let Some(c) = self.0.next_if(|c| c.is_ascii_digit() || *c == '.' || *c == 'e') {
            text.push(c);
            if c == 'e' && self.0.next_if_eq(&'−').is_some() {
                text.push('-');
            }
        }
        Scalar(
            text.parse()
                .unwrap_or_else(|_| panic!("{text:?} before {:?}", self.0.clone().collect::<String>())),
        )
    }
}

fn read(text: &str) -> Read {
    let mut reader = Reader(text.chars().peekable());
    let read = reader.sum();
    assert!(reader.0.next().is_none(), "{text} goes on");
    read
}

fn entries(value: &Read) -> Vec<f64> {
    match value {
        Scalar(a) => vec![*a],
        Vector(a) => a.to_vec(),
        Matrix(a) => a.concat(),
    }
}

/// Whether a result is that which is printed with five significant digits, but for the rounding of its largest entry.
fn is_printed(computed: &Read, printed: &Read) -> bool {
    let (computed, printed) = (entries(computed), entries(printed));
    let rounding = printed.iter().fold(0.0_f64, |most, entry| most.max(entry.abs())) * 1e-14;
    computed.len() == printed.len()
        && computed.iter().zip(&printed).all(|(a, b)| {
            let rounded: f64 = format!("{a:.4e}").parse().unwrap();
            rounded == *b || (a - b).abs() <= rounding
        })
}

/// Every combination of choices and switches of a method, all else at its default.
fn forms() -> Vec<Settings> {
    let mut forms = Vec::new();
    for defaults in METHODS.iter().filter(|method| !method.only_finds_roots()).map(Settings::defaults) {
        let mut of_method = vec![defaults];
        for parameter in of_method[0].method().parameters {
            let values: Vec<ParameterValue> = match parameter.kind {
                ParameterKind::Real { .. } | ParameterKind::Interval { .. } => continue,
                ParameterKind::Choice { options, .. } => {
                    options.iter().map(|option| ParameterValue::Choice(option.0)).collect()
                }
                ParameterKind::Switch { .. } => [true, false].map(ParameterValue::Switch).to_vec(),
            };
            let with = |form: &Settings| {
                let form = form.clone();
                values.clone().into_iter().map(move |value| {
                    let mut form = form.clone();
                    form.set(parameter.id, value).unwrap();
                    form
                })
            };
            of_method = of_method.iter().flat_map(with).collect();
        }
        forms.extend(of_method);
    }
    forms
}

#[test]
fn what_is_read_is_computed_as_on_paper() {
    assert_eq!(read("(1, 2) − 0.05·(−3, 0) / (√(9, 0.25) + 1e−8)"), Vector([1.0 + 0.15 / (3.0 + 1e-8), 2.0]));
    assert_eq!(read("[1, 2; 3, 4]·(1, 1)"), Vector([3.0, 7.0]));
    assert_eq!(
        read("[1, 2; 3, 4]·diag(max(|(−2, 1)|, 1.5))·[1, 2; 3, 4]ᵀ"),
        Matrix([[8.0, 18.0], [18.0, 42.0]])
    );
    assert_eq!(
        read("−(1, 2)² / (1 − 0.5¹²)"),
        Vector([-1.0 / (1.0 - 0.5_f64.powi(12)), -4.0 / (1.0 - 0.5_f64.powi(12))])
    );
}

#[test]
fn every_line_of_every_method_gives_its_result_on_every_built_in_cost() {
    let forms = forms();
    let mut lines = 0;
    for row in BUILT_INS {
        let mut scenario = Scenario::of_built_in(row);
        scenario.run.steps = 12;
        scenario.optimizers = forms.iter().cloned().map(OptimizerChoice::new).collect();
        let problem = scenario.problem().unwrap();
        for plan in scenario.plans() {
            let mut run = Run::new(&problem, &plan);
            run.finish();
            let path = run.trajectory();
            for step in [0, 1, path.steps().saturating_sub(1)] {
                for stage in path.stages(step).unwrap_or_default() {
                    let line = stage.in_numbers().text;
                    let parts: Vec<&str> = line.split(" = ").collect();
                    if line.contains("inf") || line.contains("NaN") {
                        continue;
                    }
                    let (result, rest) = parts.split_last().unwrap();
                    // What something is at most stands behind it.
                    let computed = rest.last().map(|part| part.rsplit("≤ ").next().unwrap());
                    let computed = computed.filter(|part| part.contains(|c: char| c.is_ascii_digit()));
                    // A line without more than its result says a number that was asked for.
                    let Some(computed) = computed
                        .filter(|part| !part.starts_with(|c: char| c.is_alphabetic() && !"mds".contains(c)))
                    else {
                        continue;
                    };
                    lines += 1;
                    let id = plan.settings.method().id;
                    let (computed, printed) = (read(computed), read(result));
                    assert!(is_printed(&computed, &printed), "{} {id} step {step}: {line}", row.id);
                }
            }
        }
    }
    assert!(lines > 5000, "{lines}");
}
