//! `downhill render`: figures of scenarios, without a window.

mod batch;
mod choices;
mod watch;

pub use choices::Choices;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::telling::Telling;
use super::{CommandError, RunFormat, input, output, run};
use crate::figure::film::animation::AnimationError;
use crate::figure::{Export, ExportError, Exporting, FigureKind, missing_letters_words};
use crate::files;
use crate::session::Session;
use crate::work::{PART_OF_A_FRAME, Work as _};

const AFTER_HELP: &str = "\
The ending of FIGURE says the kind: .svg .png .gif .pdf .csv .json. A GIF shows the
paths growing, from --from-step to --step. The same scenario and options give the same bytes.

A picture carries its scenario and the options: `downhill figure.png` opens the window on it,
`downhill render figure.png -o again.png` makes the same bytes again, with other options another
picture of it. --no-scenario leaves that out.

Presets: size in points, scale, type
{presets}

Parts: title, legend, caption, axes, heat-map, color-bar, isolines, isoline-labels, paths, heads,
start, optima.

Examples:
  downhill render lecture.toml -o figure.svg
  downhill render lecture.toml -o slide.png --preset slide-16x9 --theme dark --step 50
  downhill render lecture.toml -o figure.png --size 800x600 --scale 2 --without caption,title
  downhill render lecture.toml -o film.gif --size 800x600 --steps-per-frame 2 --fps 20
  downhill render lectures/*.toml -d figures --format png
  downhill render lecture.toml -o figure.svg --watch";

/// Draw the figure of a scenario, with no display.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = choices::help(AFTER_HELP))]
pub struct Render {
    /// Scenario files, pictures that carry one, or `-` for standard input
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// Write to FIGURE, whole or not at all; its ending says the kind
    #[arg(short, long, value_name = "FIGURE", required_unless_present = "dir", conflicts_with = "dir")]
    pub output: Option<PathBuf>,
    /// Write a figure for each scenario to DIR, named after the scenario's file
    #[arg(short, long, value_name = "DIR", requires = "format")]
    pub dir: Option<PathBuf>,
    /// The kind of the figures in DIR, or of FIGURE whatever its ending
    #[arg(long, value_name = "KIND", value_parser = choices::kind)]
    pub format: Option<FigureKind>,
    /// What is drawn, and how.
    #[command(flatten)]
    pub choices: Choices,
    /// Leave the scenario out of the picture
    #[arg(long)]
    pub no_scenario: bool,
    /// Draw again whenever a scenario's file changes, until interrupted
    #[arg(long)]
    pub watch: bool,
    /// How many figures are drawn at a time [default: one on each core]
    #[arg(long, value_name = "N")]
    pub jobs: Option<std::num::NonZeroUsize>,
}

/// One figure that is asked for.
struct Job {
    scenario: PathBuf,
    figure: PathBuf,
    kind: FigureKind,
}

impl Render {
    pub(super) fn run(&self) -> Result<(), CommandError> {
        let jobs = self.jobs()?;
        for job in &jobs {
            output::refuse_over(&self.scenarios, Some(&job.figure))?;
        }
        if self.watch {
            return self.watch(&jobs);
        }
        match (jobs.as_slice(), &self.dir) {
            ([job], None) => self.draw(job),
            _ => self.draw_all(&jobs),
        }
    }

    /// What is to be drawn, or what is wrong before anything is.
    fn jobs(&self) -> Result<Vec<Job>, CommandError> {
        let kind = self.format.or_else(|| self.output.as_deref().and_then(FigureKind::of_path));
        self.choices.check(kind)?;
        if self.scenarios.iter().filter(|path| input::is_stdin(path)).count() > 1 {
            return Err(CommandError::input("standard input (`-`) can be read only once"));
        }
        if self.watch && self.scenarios.iter().any(|path| input::is_stdin(path)) {
            return Err(CommandError::input("standard input cannot be watched: name a file"));
        }
        if let Some(stream) = self.scenarios.iter().find(|path| self.watch && files::is_stream(path)) {
            let message = format!("{}: a pipe or a device cannot be watched: name a file", stream.display());
            return Err(CommandError::input(&message));
        }
        match (&self.output, &self.dir) {
            (Some(figure), _) => {
                let [scenario] = self.scenarios.as_slice() else {
                    let message =
                        "several scenarios make several figures: name a folder with -d DIR instead of -o";
                    return Err(CommandError::input(message));
                };
                let kind = kind.ok_or_else(|| CommandError::input(&unknown_ending(figure)))?;
                Ok(vec![Job { scenario: scenario.clone(), figure: figure.clone(), kind }])
            }
            (None, Some(dir)) => {
                // clap has seen to it that a folder comes with a format.
                batch::jobs(&self.scenarios, dir, kind.unwrap_or(FigureKind::Svg))
            }
            (None, None) => Err(CommandError::input("name the figure with -o FIGURE")),
        }
    }

    /// Draws one figure.
    fn draw(&self, job: &Job) -> Result<(), CommandError> {
        let input = input::read(&job.scenario)?;
        let numbers = match job.kind {
            FigureKind::Csv => Some(RunFormat::Csv),
            FigureKind::Json => Some(RunFormat::Json),
            _ => None,
        };
        if let Some(format) = numbers {
            if self.choices.view.is_some() {
                let message = "--view is for pictures: a .csv or .json file has every step of every run, and `downhill race` \
                               prints what came of each";
                return Err(CommandError::input(message));
            }
            return run::write(&input.opened.scenario, format, Some(&job.figure));
        }
        let is_fresh = input.figure.is_none();
        let mut spec = self.choices.spec(input.figure);
        if let Some(view) = input.opened.scenario.view.as_ref().filter(|_| is_fresh) {
            spec.look.relief = view.relief as f32;
        }
        let mut session = Session::new(input.opened.scenario);
        self.choices.choose_contents(&mut spec, &mut session)?;
        let mut telling = Telling::on_terminal(self.dir.is_none());
        let mut exporting = Exporting::new(session, spec, job.kind, !self.no_scenario);
        let mut is_told = !telling.is_told();
        while !exporting.advance(PART_OF_A_FRAME) {
            if let Some(plan) = exporting.film().filter(|_| !is_told) {
                let _ = writeln!(std::io::stderr(), "{plan}");
                is_told = true;
            }
            telling.tell(exporting.progress());
        }
        drop(telling);
        let Export { bytes, note, missing_letters } = exporting.finish().map_err(|error| match error {
            ExportError::Spec(_) | ExportError::Animation(AnimationError::Plan(_)) => {
                CommandError::input(&error.to_string())
            }
            _ => CommandError::work(&error.to_string()),
        })?;
        let tell = |note: String| {
            let _ = writeln!(std::io::stderr(), "downhill: {}: {note}", job.figure.display());
        };
        missing_letters_words(&missing_letters, true).into_iter().for_each(tell);
        output::to_file_or_stdout(Some(&job.figure), |out| out.write_all(&bytes))?;
        note.into_iter().for_each(tell);
        Ok(())
    }
}

fn unknown_ending(figure: &Path) -> String {
    let endings: Vec<String> = FigureKind::ALL.iter().map(|kind| format!(".{}", kind.ending())).collect();
    let endings = endings.join(" ");
    let name = figure.display();
    match figure.extension() {
        _ if input::is_stdin(figure) => {
            format!("standard output has no ending: say the kind with --format ({endings})")
        }
        Some(ending) => {
            format!("{name}: no figure ends in .{}: the endings are {endings}", ending.to_string_lossy())
        }
        None => format!("{name}: its ending must say the kind of figure: {endings}"),
    }
}
