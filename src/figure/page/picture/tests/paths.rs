//! Every path of every example as it stands in the SVG: its place by the numbers at the axes, its color, its dashes.

mod drawn;

use std::path::Path;

use drawn::{At, Axes, Drawn, Line, between, drawn_runs, length, to_lines};
use resvg::usvg::roxmltree::Document;

use super::*;
use crate::figure::look::palette::{Palette, PathStyle};
use crate::figure::page::presets::preset;
use crate::figure::{Page, View};

/// The lengths of dashes and gaps may be off by this much, in points of the layout: numbers are rounded to
/// hundredths, and corners cut by a tenth of a pixel.
const LENGTHS: f64 = 0.15;
/// How far beyond the frame a path is cut off, nearly.
const BEYOND: f32 = 3.9;

/// One run: what is drawn of it, where its iterates are, and how it should look.
struct Run<'a> {
    drawn: Drawn,
    trail: Line,
    pattern: &'a [f32],
    axes: &'a Axes,
    /// Half a pixel, in points of the layout.
    near: f64,
}

impl Run<'_> {
    /// Nothing is drawn where the path is not.
    fn check_vertices(&self) {
        for line in self.drawn.lines.iter().chain(&self.drawn.faint) {
            let middles = line.array_windows().map(|[a, b]| [0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])]);
            for at in line.iter().copied().chain(middles) {
                let off = to_lines(at, [&self.trail]);
                assert!(off < self.near, "the line is {off} off the path at {at:?}");
            }
        }
    }

    /// The pieces between the places where the path leaves the plot, each cut into its dashes.
    fn pieces(&self) -> Vec<&[Line]> {
        let longest = self.pattern.iter().skip(1).step_by(2).fold(0.0f32, |a, b| a.max(*b));
        let goes_on = |line: &Line, next: &Line| {
            let is_near = between(line[line.len() - 1], next[0]) < f64::from(longest) + LENGTHS;
            is_near && self.axes.shows(next[0], BEYOND)
        };
        self.drawn.lines.chunk_by(goes_on).collect()
    }

    /// The part of the pattern with this number: a dash if even, otherwise a gap. A whole line has no gap.
    fn part(&self, index: usize) -> f64 {
        match self.pattern {
            [] if index.is_multiple_of(2) => f64::INFINITY,
            [] => 0.0,
            pattern => f64::from(pattern[index % pattern.len()]),
        }
    }

    /// Dashes and gaps have their lengths; a path ends where its last iterate is, or out of sight.
    fn check_dashes(&self) {
        let (start, end) = (self.trail[0], self.trail[self.trail.len() - 1]);
        let pieces = self.pieces();
        for (number, piece) in pieces.iter().enumerate() {
            let begin = piece[0][0];
            let is_start = number == 0 && between(begin, start) < self.near;
            if !is_start && self.axes.shows(begin, BEYOND) {
                // Its first dashes are out of sight beside the frame.
                let period: f32 = self.pattern.iter().sum();
                assert!(!self.axes.shows(begin, -period), "it begins at {begin:?}, in the middle");
                continue;
            }
            for (index, dash) in piece.iter().enumerate() {
                let (length, whole, gap) = (length(dash), self.part(2 * index), self.part(2 * index + 1));
                assert!(length < whole + LENGTHS, "dash {index} has {length}, not {whole}");
                let stop = dash[dash.len() - 1];
                if let Some(next) = piece.get(index + 1) {
                    assert!(length > whole - LENGTHS, "dash {index} has {length}, not {whole}");
                    assert!(
                        self.is_gap(stop, next[0], gap),
                        "no gap of {gap} from {stop:?} to {:?}",
                        next[0]
                    );
                } else {
                    let is_end = number + 1 == pieces.len() && between(stop, end) < gap + self.near;
                    let is_out = !self.axes.shows(stop, -(gap as f32));
                    assert!(is_end || is_out, "it ends at {stop:?}, in the middle");
                }
            }
        }
    }

    /// Whether it is so far from here to there, straight or along iterates.
    fn is_gap(&self, from: At, to: At, gap: f64) -> bool {
        let is_it = |length: f64| (length - gap).abs() < LENGTHS;
        is_it(between(from, to))
            || (0..self.trail.len()).any(|first| {
                let mut walked = between(from, self.trail[first]);
                self.trail[first..].iter().zip(&self.trail[first + 1..]).any(|(at, next)| {
                    let is_there = walked < gap + LENGTHS && is_it(walked + between(*at, to));
                    walked += between(*at, *next);
                    is_there
                })
            })
    }

    /// The line goes through every iterate in sight, if it has no gap there.
    fn check_iterates(&self) {
        let pieces = self.pieces();
        for at in self.trail.iter().copied().filter(|at| self.axes.shows(*at, 0.0)) {
            let off = to_lines(at, &self.drawn.lines);
            let in_gap = |piece: &&[Line]| {
                piece.iter().enumerate().any(|(index, dash)| {
                    let next = piece.get(index + 1).map_or(at, |dash| dash[0]);
                    between(dash[dash.len() - 1], at) + between(at, next) < self.part(2 * index + 1) + LENGTHS
                })
            };
            assert!(off < self.near || pieces.iter().any(in_gap), "{at:?} is {off} off the line");
        }
    }
}

fn check_figure(scenario: Scenario, spec: &FigureSpec) {
    let mut session = Session::new(scenario);
    session.finish();
    let svg = Figure::draw(&mut session, spec).svg_file("");
    let document = Document::parse(&svg).unwrap();
    let axes = Axes::read(&document);
    let optimizers = &session.scenario().optimizers;
    let styles = spec.drawn_look().path_styles(optimizers, spec.theme.into());
    let mut runs = drawn_runs(&document, &axes).into_iter();
    for (index, style) in styles.iter().enumerate().filter(|(index, _)| optimizers[*index].visible) {
        let points: Vec<_> = session.trajectory(index).unwrap().0.points().collect();
        let shown = spec.step.map_or(points.len(), |step| points.len().min(step as usize + 1));
        let trail: Line = points[..shown].iter().map(|point| axes.at(*point)).collect();
        if !trail.iter().any(|at| axes.shows(*at, BEYOND)) {
            continue;
        }
        let PathStyle { color, dashes: pattern, .. } = *style;
        let drawn = runs.next().expect("every path in sight is drawn");
        assert_eq!(drawn.color, format!("#{:02x}{:02x}{:02x}", color.r(), color.g(), color.b()));
        assert!(drawn.lines.iter().all(|line| drawn.edges.contains(line)), "an edge lies under the line");
        let near = 0.5 / f64::from(spec.zoom() * spec.scale);
        let run = Run { drawn, trail, pattern, axes: &axes, near };
        run.check_vertices();
        run.check_dashes();
        run.check_iterates();
    }
    assert!(runs.next().is_none(), "nothing else looks like a path");
}

fn check_every_example(change: impl Fn(&Scenario) -> FigureSpec) {
    let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/scenarios")).unwrap();
    let mut checked = 0;
    for file in files.map(|file| file.unwrap().path()) {
        println!("{}", file.display());
        let scenario = scenario::read(&std::fs::read_to_string(&file).unwrap(), "test").unwrap();
        if scenario.cost.is_of_one_variable() || scenario.series.is_some() {
            // A curve has no heat map that shows its frame, and a series no paths.
            continue;
        }
        let spec = change(&scenario);
        check_figure(scenario, &spec);
        checked += 1;
    }
    assert!(checked >= 13);
}

#[test]
fn every_path_of_every_example_is_drawn_through_its_iterates() {
    check_every_example(|_| FigureSpec::default());
}

#[test]
fn paths_are_in_their_places_whatever_the_unit_the_scale_and_the_type() {
    for id in ["slide-16x9", "column-300", "square"] {
        println!("{id}");
        check_every_example(|_| FigureSpec::of_preset(preset(id).unwrap()));
    }
}

#[test]
fn paths_end_at_the_step_that_is_shown_and_go_on_behind_the_edge_of_a_view() {
    check_every_example(|scenario| {
        let inner = |[low, high]: [f64; 2]| [0.8 * low + 0.2 * high, 0.2 * low + 0.8 * high];
        let window = scenario.window;
        let view = View { x: inner(window.x), y: inner(window.y), equal_axes: false };
        let mut spec = FigureSpec { theme: Page::Dark, step: Some(7), ..FigureSpec::of_size([700.0, 500.0]) };
        (spec.view, spec.look.palette) = (Some(view), Palette::ColorBlindSafe);
        spec
    });
}
