//! What is drawn and how, as it is typed.

use std::fmt::Write as _;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};

use super::super::CommandError;
use crate::figure::chart::ChartScale;
use crate::figure::explained::StepChoice;
use crate::figure::graph::{CostGraph, Sweeps};
use crate::figure::look::palette::Palette;
use crate::figure::look::parts::Part;
use crate::figure::page::film::Film;
use crate::figure::page::presets::{PRESETS, preset};
use crate::figure::{Contents, FigureKind, FigureSpec, Page, explained_step};
use crate::landscape::ColorMap;
use crate::record::quantity::{Against, Quantity};
use crate::session::Session;
use crate::spelling::{Selectable as _, did_you_mean};

/// The heading of what only a chart has.
const CHART: &str = "Options of a chart";
/// The heading of what only a step that is taken apart has.
const STEP: &str = "Options of a step";
/// The heading of what only the graph of a cost has.
const GRAPH: &str = "Options of a graph";
/// The heading of what only a GIF has.
const FILM: &str = "Options of a GIF";

/// The choices about a figure.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Choices {
    /// Width and height in points, which are pixels at scale 1 [default: 1600x1200]
    #[arg(long, value_name = "WxH", value_parser = size, conflicts_with = "preset")]
    pub size: Option<[f32; 2]>,
    /// Size, scale, type and parts for a use
    #[arg(long, value_name = "ID", value_parser = presets())]
    pub preset: Option<String>,
    /// Pixels for each point [default: 1, or the preset's]; `linear` or `log` is how the values of a chart are spread
    #[arg(long, value_name = "S|linear|log", value_parser = scale)]
    pub scale: Vec<Scale>,
    /// The size of the type in points [default: as suits the size]
    #[arg(long, value_name = "POINTS")]
    pub type_size: Option<f32>,
    /// The step at which the runs are shown [default: the last]
    #[arg(long, value_name = "K")]
    pub step: Option<u32>,
    /// Show exactly the view (the scenario's window, or that of the picture that is drawn again), even if the plot is smaller
    #[arg(long)]
    pub exact: bool,
    /// The color of the page [default: light]
    #[arg(long, value_name = "THEME", value_parser = theme())]
    pub theme: Option<Page>,
    /// `transparent` leaves out the color of the page
    #[arg(long, value_name = "BACKGROUND", value_parser = background())]
    pub background: Option<bool>,
    /// The colors of the paths [default: classic]
    #[arg(long, value_name = "PALETTE", value_parser = palette())]
    pub palette: Option<Palette>,
    /// The colors of the heat map [default: as suits the theme]
    #[arg(long, value_name = "MAP", value_parser = color_map())]
    pub color_map: Option<ColorMap>,
    /// Grays, and paths that are told apart in gray
    #[arg(long, conflicts_with_all = ["palette", "color_map"])]
    pub gray: bool,
    /// SVG: letters as shapes, for office programs, which pass over the fonts that come with a file
    #[arg(long)]
    pub outlines: bool,
    /// Parts that are left out, with commas between
    #[arg(long, value_name = "PARTS", value_delimiter = ',', value_parser = part())]
    pub without: Vec<Part>,
    /// Parts that are shown though the preset leaves them out
    #[arg(long, value_name = "PARTS", value_delimiter = ',', value_parser = part())]
    pub with: Vec<Part>,
    /// What is drawn: the plot, a chart of the runs, both, the step that begins at --step, taken apart, the rows of data, the contours before scaling, what came of each run, or the graph of the cost [default: plot]
    #[arg(long, value_name = "VIEW", value_parser = contents(), help_heading = CHART)]
    pub view: Option<Contents>,
    /// What the chart follows [default: value]
    #[arg(long, value_name = "QUANTITY", value_parser = quantity(), help_heading = CHART)]
    pub quantity: Option<Quantity>,
    /// What it is followed against [default: steps]
    #[arg(long, value_name = "WHAT", value_parser = against(), help_heading = CHART)]
    pub against: Option<Against>,
    /// `--view step` and `--view graph`: the run that takes the step, or at whose head the numbers are, counted from 1 in the order of the optimizers [default: 1]
    #[arg(long, value_name = "N", help_heading = STEP)]
    pub run: Option<std::num::NonZeroUsize>,
    /// `--view step`: the one stage that is shown, as `explain` names it [default: all]
    #[arg(long, value_name = "ID", help_heading = STEP)]
    pub stage: Option<String>,
    /// `--view graph`: the name whose paths to J are lit, with the derivative by it as the product along them
    #[arg(long, value_name = "NAME", help_heading = GRAPH)]
    pub leaf: Option<String>,
    /// `--view graph`: values forward, derivatives backward, or both [default: both]
    #[arg(long, value_name = "WAY", value_parser = sweeps(), help_heading = GRAPH)]
    pub sweeps: Option<Sweeps>,
    /// `--view graph`: the row of data whose loss it is, counted from 1 [default: 1]
    #[arg(long, value_name = "N", help_heading = GRAPH)]
    pub row: Option<std::num::NonZeroUsize>,
    /// The step of the first frame [default: 0]; the last frame shows --step
    #[arg(long, value_name = "K", help_heading = FILM)]
    pub from_step: Option<u32>,
    /// Steps from one frame to the next [default: so many that there are at most 150 frames]
    #[arg(long, value_name = "N", help_heading = FILM)]
    pub steps_per_frame: Option<u32>,
    /// Frames a second, 1 to 50 [default: 15]
    #[arg(long, value_name = "N", help_heading = FILM)]
    pub fps: Option<u32>,
    /// How much longer the last frame stays, in seconds [default: 2]
    #[arg(long, value_name = "SECONDS", help_heading = FILM)]
    pub hold: Option<f32>,
    /// Play it once, not again and again
    #[arg(long, help_heading = FILM)]
    pub once: bool,
}

impl Choices {
    /// The figure that is asked for; what was not said is as the picture has it that is drawn again, or by default.
    pub(super) fn spec(&self, before: Option<FigureSpec>) -> FigureSpec {
        let mut spec = before.unwrap_or_default();
        let resized = match (self.size, self.preset.as_deref().and_then(preset)) {
            (Some(size), _) => Some(FigureSpec { parts: spec.parts, ..FigureSpec::of_size(size) }),
            (None, preset) => preset.map(FigureSpec::of_preset),
        };
        if let Some(FigureSpec { size, unit, scale, type_size, parts, .. }) = resized {
            spec = FigureSpec { size, unit, scale, type_size, parts, ..spec };
        }
        for scale in &self.scale {
            match *scale {
                Scale::Pixels(scale) => spec.scale = scale,
                Scale::Chart(scale) => spec.chart.scale = Some(scale),
            }
        }
        spec.contents = self.view.unwrap_or(spec.contents);
        if let Some(run) = self.run {
            spec.explained = StepChoice { run: run.get() - 1, stage: None };
            spec.graph.run = run.get() - 1;
        }
        spec.graph.leaf = self.leaf.clone().or(spec.graph.leaf);
        spec.graph.sweeps = self.sweeps.unwrap_or(spec.graph.sweeps);
        spec.graph.row = self.row.map_or(spec.graph.row, |row| row.get() - 1);
        spec.chart.quantity = self.quantity.unwrap_or(spec.chart.quantity);
        spec.chart.against = self.against.unwrap_or(spec.chart.against);
        spec.type_size = self.type_size.unwrap_or(spec.type_size);
        spec.step = self.step.or(spec.step);
        spec.theme = self.theme.unwrap_or(spec.theme);
        spec.is_exact |= self.exact;
        spec.is_transparent = self.background.unwrap_or(spec.is_transparent);
        spec.has_outlines |= self.outlines;
        spec.look.palette = self.palette.unwrap_or(spec.look.palette);
        spec.look.color_map = self.color_map.or(spec.look.color_map);
        let Film { first_step, steps_per_frame, frames_per_second, hold, repeats } = spec.film;
        spec.film = Film {
            first_step: self.from_step.unwrap_or(first_step),
            steps_per_frame: self.steps_per_frame.or(steps_per_frame),
            frames_per_second: self.fps.unwrap_or(frames_per_second),
            hold: self.hold.unwrap_or(hold),
            repeats: repeats && !self.once,
        };
        if self.gray {
            spec.make_gray_safe();
        }
        self.without.iter().for_each(|part| spec.parts.set(*part, false));
        self.with.iter().for_each(|part| spec.parts.set(*part, true));
        spec
    }

    /// Sees to it that the scenario has what is to be shown, and finds the stage that is asked for among those of the step, whose run is
    /// taken as far as that needs.
    pub(super) fn choose_contents(
        &self,
        spec: &mut FigureSpec,
        session: &mut Session,
    ) -> Result<(), CommandError> {
        let fail = |message: String| Err(CommandError::input(&message));
        if session.scenario().series.is_some() {
            let of_runs = [
                ("--view", self.view.is_some()),
                ("--quantity", self.quantity.is_some()),
                ("--against", self.against.is_some()),
                ("--run", self.run.is_some()),
                ("--stage", self.stage.is_some()),
            ];
            let given = of_runs.into_iter().find(|(_, is_given)| *is_given);
            spec.contents = Contents::Plot;
            return given.map_or(Ok(()), |(option, _)| {
                fail(format!("{option} is of runs, and a [series] has none: it is drawn in one way"))
            });
        }
        if spec.contents == Contents::Data && session.scenario().cost.data.is_none() {
            return fail("--view data: the scenario has no [data] table".to_owned());
        }
        if spec.contents == Contents::Unscaled
            && let Err(reason) = session.unscaled()
        {
            return fail(format!("--view unscaled: {reason}"));
        }
        let of_graph = [
            ("--leaf", self.leaf.is_some()),
            ("--sweeps", self.sweeps.is_some()),
            ("--row", self.row.is_some()),
        ];
        if let Some((option, _)) = of_graph.into_iter().find(|(_, is_given)| *is_given)
            && spec.contents != Contents::Graph
        {
            return fail(format!("{option} is for --view graph"));
        }
        if spec.contents != Contents::Step && self.stage.is_some() {
            return fail("--stage is for --view step".to_owned());
        }
        if spec.contents == Contents::Graph {
            return graph_of(spec, session);
        }
        if spec.contents == Contents::Map {
            return map_of(self.run, spec, session);
        }
        if spec.contents != Contents::Step {
            let is_misplaced = self.run.is_some();
            return if is_misplaced {
                fail("--run is for --view step, --view graph and --view map".to_owned())
            } else {
                Ok(())
            };
        }
        let of_steps = [
            ("--from-step", self.from_step.is_some()),
            ("--steps-per-frame", self.steps_per_frame.is_some()),
            ("--fps", self.fps.is_some()),
        ];
        if let Some((option, _)) = of_steps.into_iter().find(|(_, is_given)| *is_given) {
            return fail(format!("{option} is not for --view step: each frame shows one more of its stages"));
        }
        session.finish();
        has_run(session, spec.explained.run)?;
        let Some(stage) = &self.stage else { return Ok(()) };
        let explained = explained_step(session, spec);
        let ids: Vec<&str> =
            explained.iter().flat_map(|explained| &explained.stages).map(|stage| &*stage.id).collect();
        spec.explained.stage = ids.iter().position(|id| id == stage);
        if spec.explained.stage.is_none() {
            let suggestion = did_you_mean(stage, ids.iter().copied())
                .map(|question| format!("; {question}"))
                .unwrap_or_default();
            return fail(format!("--stage {stage}: the step has {}{suggestion}", ids.join(", ")));
        }
        Ok(())
    }

    /// What is wrong with the choices for such a figure, whatever the scenario.
    pub(super) fn check(&self, kind: Option<FigureKind>) -> Result<(), CommandError> {
        let only_for = [
            ("--from-step", self.from_step.is_some(), FigureKind::Gif),
            ("--steps-per-frame", self.steps_per_frame.is_some(), FigureKind::Gif),
            ("--fps", self.fps.is_some(), FigureKind::Gif),
            ("--hold", self.hold.is_some(), FigureKind::Gif),
            ("--once", self.once, FigureKind::Gif),
            ("--outlines", self.outlines, FigureKind::Svg),
        ];
        let misplaced =
            |(_, is_given, only): &(_, bool, _)| *is_given && kind.is_some_and(|kind| kind != *only);
        if let (Some(kind), Some((option, _, only))) = (kind, only_for.into_iter().find(misplaced)) {
            let message = format!("{option} is for .{}, not for .{}", only.ending(), kind.ending());
            return Err(CommandError::input(&message));
        }
        if kind == Some(FigureKind::Gif) && self.background == Some(true) {
            return Err(CommandError::input(
                "a GIF always has the color of the page: leave out --background",
            ));
        }
        self.spec(None).check().map_err(|error| CommandError::input(&error.to_string()))
    }
}

/// Sees to it that the scenario has that run.
fn has_run(session: &Session, run: usize) -> Result<(), CommandError> {
    let runs = session.scenario().optimizers.len();
    if run < runs {
        return Ok(());
    }
    let runs = if runs == 1 { "1 run".to_owned() } else { format!("{runs} runs") };
    Err(CommandError::input(&format!("--run {}: the scenario has {runs}", run + 1)))
}

/// Sees to it that there is such a graph, with the run, the row and the leaf that are asked for.
fn graph_of(spec: &FigureSpec, session: &Session) -> Result<(), CommandError> {
    let fail = |message: String| Err(CommandError::input(&message));
    has_run(session, spec.graph.run)?;
    let cost = &session.scenario().cost;
    let rows = cost.data.as_ref().map(|data| data.table().rows());
    if spec.graph.row >= rows.unwrap_or(1) {
        let has = rows.map_or("no [data] table".to_owned(), |rows| format!("{rows} rows"));
        return fail(format!("--row {}: the scenario has {has}", spec.graph.row + 1));
    }
    let graph = match CostGraph::of(cost) {
        Ok(graph) => graph,
        Err(error) => return fail(format!("--view graph: {error}")),
    };
    let Some(leaf) = spec.graph.leaf.as_deref().filter(|leaf| graph.computation().find(leaf).is_none())
    else {
        return Ok(());
    };
    let names: Vec<String> = graph.leaves().into_iter().map(|(name, _)| name).collect();
    let suggestion = did_you_mean(leaf, names.iter().map(String::as_str));
    let suggestion = suggestion.map(|question| format!("; {question}")).unwrap_or_default();
    fail(format!("--leaf {leaf}: the graph has the leaves {}{suggestion}", names.join(", ")))
}

/// The help with the table of presets.
pub(super) fn help(text: &str) -> String {
    let mut table = String::new();
    for preset in &PRESETS {
        let [width, height] = preset.size;
        let _ = write!(
            table,
            "\n  {:<16} {:>4}x{:<4} {:>5}  {:>4}  {}",
            preset.id,
            width.round(),
            height.round(),
            (100.0 * preset.scale).round() / 100.0,
            preset.type_size,
            preset.name
        );
    }
    text.replace("\n{presets}", &table)
}

/// The kind of figure with this ending.
pub(super) fn kind(typed: &str) -> Result<FigureKind, String> {
    let is_it = |kind: &FigureKind| typed.trim_start_matches('.').eq_ignore_ascii_case(kind.ending());
    let known: Vec<&str> = FigureKind::ALL.iter().map(|kind| kind.ending()).collect();
    FigureKind::ALL.into_iter().find(is_it).ok_or_else(|| format!("expected one of {}", known.join(", ")))
}

fn size(typed: &str) -> Result<[f32; 2], String> {
    let sides = typed.split_once(['x', 'X', '×']);
    let side = |text: &str| text.trim().parse::<f32>().ok();
    match sides.map(|(width, height)| (side(width), side(height))) {
        Some((Some(width), Some(height))) => Ok([width, height]),
        _ => Err("expected width and height with an x between, as in 1600x1200".to_owned()),
    }
}

/// A parser for one of some ids, each with what it means.
fn one_of<T: Clone + Send + Sync + 'static>(
    known: Vec<(&'static str, &'static str, T)>,
) -> impl clap::builder::TypedValueParser<Value = T> {
    let values = known.iter().map(|(id, help, _)| PossibleValue::new(*id).help(*help));
    PossibleValuesParser::new(values.collect::<Vec<_>>()).try_map(move |id| {
        let found = known.iter().find(|(known, ..)| *known == id);
        found.map(|(.., value)| value.clone()).ok_or("not one of the possible values")
    })
}

/// How large a picture is, or how the values of its chart are spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Pixels for each point.
    Pixels(f32),
    /// Of the chart.
    Chart(ChartScale),
}

fn scale(typed: &str) -> Result<Scale, String> {
    let of_chart = ChartScale::ALL.iter().find(|scale| scale.id() == typed).map(|scale| Scale::Chart(*scale));
    let pixels = || typed.parse().ok().map(Scale::Pixels);
    of_chart.or_else(pixels).ok_or_else(|| {
        let near = did_you_mean(typed, ChartScale::ALL.iter().map(|scale| scale.id()));
        let near = near.map(|near| format!("; {near}")).unwrap_or_default();
        format!("expected a number, `linear` or `log`{near}")
    })
}

fn contents() -> impl clap::builder::TypedValueParser<Value = Contents> {
    one_of(vec![
        ("plot", "The paths over the contour plot", Contents::Plot),
        ("chart", "The runs as curves", Contents::Chart),
        ("both", "The plot, and a chart below it", Contents::Both),
        ("step", "A step over the plot, with its stages as mathematics", Contents::Step),
        ("data", "The plot, and the rows of data with the model of each run", Contents::Data),
        (
            "unscaled",
            "The plot, and beside it the same in the parameters of the columns before they were scaled",
            Contents::Unscaled,
        ),
        ("race", "The plot, and below it what came of each run, as a table", Contents::Race),
        (
            "graph",
            "The cost as a graph of its operations: values forward, derivatives backward",
            Contents::Graph,
        ),
        ("map", "Where every start leads: the basins of the optima for a run", Contents::Map),
    ])
}

/// Chooses the run whose map is drawn.
fn map_of(
    asked: Option<std::num::NonZeroUsize>,
    spec: &mut FigureSpec,
    session: &Session,
) -> Result<(), CommandError> {
    let scenario = session.scenario();
    if scenario.series.is_some() || scenario.cost.is_of_one_variable() {
        return Err(CommandError::input("--view map: a map needs a cost of two variables"));
    }
    let run = asked.map_or(spec.map_run, |run| run.get() - 1);
    let runs = scenario.optimizers.len();
    if run >= runs {
        let has = crate::cli::counted(runs, "run");
        return Err(CommandError::input(&format!("--run {}: the scenario has {has}", run + 1)));
    }
    spec.map_run = run;
    Ok(())
}

fn quantity() -> impl clap::builder::TypedValueParser<Value = Quantity> {
    one_of(Quantity::ALL.iter().map(|it| (it.id(), it.explanation(), *it)).collect())
}

fn against() -> impl clap::builder::TypedValueParser<Value = Against> {
    one_of(Against::ALL.iter().map(|it| (it.id(), it.explanation(), *it)).collect())
}

fn sweeps() -> impl clap::builder::TypedValueParser<Value = Sweeps> {
    one_of(vec![
        ("both", "Values, and derivatives", Sweeps::Both),
        ("forward", "Values alone, from the leaves to J", Sweeps::Forward),
        ("backward", "Derivatives alone, from J to the leaves", Sweeps::Backward),
    ])
}

fn presets() -> impl clap::builder::TypedValueParser<Value = String> {
    one_of(PRESETS.iter().map(|preset| (preset.id, preset.explanation, preset.id.to_owned())).collect())
}

fn theme() -> impl clap::builder::TypedValueParser<Value = Page> {
    one_of(vec![("light", "White", Page::Light), ("dark", "Nearly black", Page::Dark)])
}

fn background() -> impl clap::builder::TypedValueParser<Value = bool> {
    one_of(vec![("page", "The color of the page", false), ("transparent", "None", true)])
}

fn palette() -> impl clap::builder::TypedValueParser<Value = Palette> {
    one_of(Palette::ALL.map(|palette| (palette.id(), palette.explanation(), palette)).to_vec())
}

fn color_map() -> impl clap::builder::TypedValueParser<Value = ColorMap> {
    one_of(ColorMap::ALL.map(|map| (map.id(), map.explanation(), map)).to_vec())
}

fn part() -> impl clap::builder::TypedValueParser<Value = Part> {
    one_of(Part::ALL.map(|part| (part.id(), part.explanation(), part)).to_vec())
}
