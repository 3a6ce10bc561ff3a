//! `downhill map`: where every start of the window leads, or what every pair of two parameters makes of a run.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::render::{Choices, Render};
use super::telling::Telling;
use super::{CommandError, input, output};
use crate::figure::{Contents, FigureKind};
use crate::optimizer::Plan;
use crate::record::survey;
use crate::scenario::Scenario;
use crate::survey::{BasinSearch, MOST_ALONG, Range, SweepSearch};
use crate::work::{PART_OF_A_FRAME, Work};

const AFTER_HELP: &str = "\
Basins: every node of a grid over the window is a start of the run. Rows from the lowest y up, x fastest:
start_x,start_y,outcome,step,end_x,end_y,value,optimum. `optimum` is a number, from 0, in the list of
optima that JSON puts first, the best for the goal first, then by x and y; it is empty (null) where the
run did not converge to one. Ends are polished by Newton's method; two are one optimum where they agree
to 1e-6 max(1, |theta|), and where polishing comes to nothing within 1e-3 of the way from start to end.

Sweep: the run from its own start with every pair of two parameters, spaced as their sliders are:
x,y,outcome,step,value. Without a range it is that of the slider.

Examples:
  downhill map lecture.toml --kind basins --run 2 --size 64x64 > basins.csv
  downhill map lecture.toml --kind basins --run 2 -o basins.svg
  downhill map lecture.toml --kind sweep --x learning_rate=1e-4..1 --y beta=0..0.99 -o sweep.json";

/// Say where every start in the window leads, or what every pair of two parameters makes of a run.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Map {
    /// The scenario, a picture of it, or `-` for standard input
    pub scenario: PathBuf,
    /// What is mapped
    #[arg(long, value_enum)]
    pub kind: MapKind,
    /// The run, from 1
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub run: usize,
    /// How many nodes there are along x and y
    #[arg(long, value_name = "COLUMNSxROWS", default_value = "64x64", value_parser = size)]
    pub size: [usize; 2],
    /// Sweep: the parameter along x, with its range as in `learning_rate=1e-4..1`
    #[arg(long, value_name = "PARAMETER[=FROM..TO]")]
    pub x: Option<String>,
    /// Sweep: the parameter along y, likewise
    #[arg(long, value_name = "PARAMETER[=FROM..TO]")]
    pub y: Option<String>,
    /// How it is written [default: by the ending of FILE, or csv]
    #[arg(long, value_enum)]
    pub format: Option<MapFormat>,
    /// Write to FILE, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What is mapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum MapKind {
    /// Where every start in the window leads
    Basins,
    /// What every pair of two parameters makes of the run
    Sweep,
}

/// How a map is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum MapFormat {
    /// A row each
    Csv,
    /// One object
    Json,
}

impl Map {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        if let Some(kind) = self.picture() {
            return self.draw(kind);
        }
        let format = self.format()?;
        output::refuse_over(std::slice::from_ref(&self.scenario), self.output.as_deref())?;
        let scenario = input::scenario(&self.scenario)?;
        let problem = scenario.problem().map_err(|error| CommandError::input(&error.to_string()))?;
        let plan = self.plan(&scenario)?;
        let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let file = self.output.as_deref();
        match self.kind {
            MapKind::Basins => {
                if let Some(given) = self.x.as_ref().or(self.y.as_ref()) {
                    let message =
                        format!("`{given}` is the range of a parameter: --x and --y belong to --kind sweep");
                    return Err(CommandError::input(&message));
                }
                let mut search = BasinSearch::new(&problem, &plan, scenario.window, self.size, cores);
                finish(&mut search);
                let map = search.map().ok_or_else(lost)?;
                output::to_file_or_stdout(file, |out| match format {
                    MapFormat::Csv => survey::write_basins_csv(out, &map),
                    MapFormat::Json => survey::write_basins_json(out, &map),
                })
            }
            MapKind::Sweep => {
                let ranges =
                    [self.range("x", self.x.as_deref(), &plan)?, self.range("y", self.y.as_deref(), &plan)?];
                if ranges[0].parameter == ranges[1].parameter {
                    let message = format!(
                        "--x and --y are both `{}`: a sweep needs two parameters",
                        ranges[0].parameter
                    );
                    return Err(CommandError::input(&message));
                }
                let mut search = SweepSearch::new(&problem, &plan, ranges, self.size, cores);
                finish(&mut search);
                let sweep = search.sweep().ok_or_else(lost)?;
                output::to_file_or_stdout(file, |out| match format {
                    MapFormat::Csv => survey::write_sweep_csv(out, &sweep),
                    MapFormat::Json => survey::write_sweep_json(out, &sweep),
                })
            }
        }
    }

    /// The kind of picture that is asked for.
    fn picture(&self) -> Option<FigureKind> {
        let kind = self.output.as_deref().and_then(FigureKind::of_path).filter(|kind| !kind.is_numbers());
        kind.filter(|_| self.format.is_none())
    }

    /// Draws the map of basins, as `downhill render --view map` does.
    fn draw(&self, kind: FigureKind) -> Result<(), CommandError> {
        if self.kind == MapKind::Sweep {
            let message = "a sweep is written as numbers: end FILE in .csv or .json";
            return Err(CommandError::input(message));
        }
        let run = NonZeroUsize::new(self.run);
        let run = run.ok_or_else(|| CommandError::input("--run 0: runs are numbered from 1"))?;
        let choices = Choices { view: Some(Contents::Map), run: Some(run), ..Choices::default() };
        let render = Render {
            scenarios: vec![self.scenario.clone()],
            output: self.output.clone(),
            dir: None,
            format: Some(kind),
            choices,
            no_scenario: false,
            watch: false,
            jobs: None,
        };
        render.run()
    }

    /// The plan of the run.
    fn plan(&self, scenario: &Scenario) -> Result<Plan, CommandError> {
        if scenario.cost.is_of_one_variable() {
            return Err(CommandError::input("a map needs a cost of two variables, and this one has one"));
        }
        let runs = scenario.optimizers.len();
        let plan = self.run.checked_sub(1).and_then(|index| scenario.plans().nth(index));
        plan.ok_or_else(|| {
            let has = super::counted(runs, "run");
            CommandError::input(&format!("--run {}: the scenario has {has}", self.run))
        })
    }

    fn range(&self, axis: &str, typed: Option<&str>, plan: &Plan) -> Result<Range, CommandError> {
        let problem = |message: String| CommandError::input(&format!("--{axis}: {message}"));
        let Some(typed) = typed else {
            let known = Range::parameters(&plan.settings).join(", ");
            let has = if known.is_empty() { "it has none".to_owned() } else { format!("it has {known}") };
            let name = plan.settings.method().name;
            return Err(problem(format!("a sweep needs a parameter of {name} along each axis: {has}")));
        };
        let (id, ends) = match typed.split_once('=') {
            None => (typed, None),
            Some((id, range)) => {
                let ends = range
                    .split_once("..")
                    .and_then(|(low, high)| Some([low.trim().parse().ok()?, high.trim().parse().ok()?]));
                let message = || format!("`{range}` is no range: write it as in `learning_rate=1e-4..1`");
                (id, Some(ends.ok_or_else(|| problem(message()))?))
            }
        };
        Range::new(&plan.settings, id.trim(), ends).map_err(|error| problem(error.to_string()))
    }

    /// How it is written.
    fn format(&self) -> Result<MapFormat, CommandError> {
        let ending =
            self.output.as_deref().and_then(Path::extension).map(|ending| ending.to_ascii_lowercase());
        match (self.format, ending.as_deref().and_then(|ending| ending.to_str())) {
            (Some(format), _) => Ok(format),
            (None, None | Some("csv")) => Ok(MapFormat::Csv),
            (None, Some("json")) => Ok(MapFormat::Json),
            (None, Some(other)) => {
                let message = format!(
                    "`.{other}` does not say how a map is written: end FILE in .csv, .json, .svg, .png or .pdf, or give --format"
                );
                Err(CommandError::input(&message))
            }
        }
    }
}

/// Does all of some work, and says how far it is.
fn finish(work: &mut impl Work) {
    let mut telling = Telling::on_terminal(true);
    while !work.advance(PART_OF_A_FRAME) {
        telling.tell(work.progress());
    }
}

/// Of a run that never came to an end.
fn lost() -> CommandError {
    CommandError::work("the map is not whole: a part of it was lost")
}

/// "64x64".
fn size(typed: &str) -> Result<[usize; 2], String> {
    let sides = typed.split_once(['x', '×']).and_then(|(columns, rows)| {
        Some([columns.trim().parse::<usize>().ok()?, rows.trim().parse::<usize>().ok()?])
    });
    sides
        .filter(|sides| sides.iter().all(|side| (2..=MOST_ALONG).contains(side)))
        .ok_or_else(|| format!("expected two numbers from 2 to {MOST_ALONG}, such as 64x64"))
}
