//! The `[view]` table: what is open beside the plot, and how the window looks at the landscape. Where there is none, that is a matter
//! of whoever looks.

use super::Scenario;
use super::error::ScenarioError;
use super::table::Table;
use crate::spelling::Selectable;

/// What is open, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ViewOptions {
    /// The views beside the plot, each once, in the order in which they are opened.
    pub open: Vec<OpenView>,
    /// What the map shows; the basins of the first run where nothing is said.
    pub map: Option<MapOptions>,
    /// How strongly the heat map is shaded like a hill, from 0 to 1.
    pub relief: f64,
}

/// A view that stands beside the plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenView {
    /// The runs as curves.
    Charts,
    /// A step taken apart.
    Step,
    /// Every step of a run.
    Table,
    /// The rows of data.
    Data,
    /// The solutions of the problem.
    Solutions,
    /// What came of each run.
    Race,
    /// The cost as a graph of its operations.
    Graph,
    /// Where every start leads.
    Map,
}

impl Selectable for OpenView {
    const ALL: &'static [Self] = &[
        Self::Charts,
        Self::Step,
        Self::Table,
        Self::Data,
        Self::Solutions,
        Self::Race,
        Self::Graph,
        Self::Map,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Charts => "charts",
            Self::Step => "step",
            Self::Table => "table",
            Self::Data => "data",
            Self::Solutions => "solutions",
            Self::Race => "race",
            Self::Graph => "graph",
            Self::Map => "map",
        }
    }
}

/// What a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapOptions {
    /// Starts or parameters.
    pub kind: MapKind,
    /// The place of its run.
    pub run: usize,
}

/// What is mapped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapKind {
    /// Where every start leads.
    #[default]
    Basins,
    /// What each pair of two parameters makes of a run.
    Sweep,
}

impl Selectable for MapKind {
    const ALL: &'static [Self] = &[Self::Basins, Self::Sweep];

    fn id(self) -> &'static str {
        match self {
            Self::Basins => "basins",
            Self::Sweep => "sweep",
        }
    }
}

/// Reads `[view]` of a scenario whose runs are known.
pub(super) fn read(table: &Table<'_>, scenario: &Scenario) -> Result<ViewOptions, ScenarioError> {
    table.only(&["open", "map", "relief"])?;
    let mut view = ViewOptions::default();
    if let Some(field) = table.get("open") {
        for item in field.items("names of views, such as [\"charts\", \"step\"]")? {
            let open: OpenView = item.choice()?;
            if view.open.contains(&open) {
                return Err(item.error(format!("`{}` is open already", open.id())));
            }
            if open == OpenView::Data && scenario.cost.data.is_none() {
                return Err(item.error("the view `data` needs a [data] table"));
            }
            if open == OpenView::Map && scenario.cost.is_of_one_variable() {
                return Err(item.error("the view `map` needs a cost of two variables, and this one has one"));
            }
            view.open.push(open);
        }
    }
    if let Some(field) = table.get("map") {
        let map = field.table("map")?;
        map.only(&["kind", "run"])?;
        let kind = map.get("kind").map_or(Ok(MapKind::default()), |field| field.choice())?;
        let run = match map.get("run") {
            None => 0,
            Some(field) => {
                let run = field.whole::<u32>(1..=u32::MAX)? as usize - 1;
                let runs = scenario.optimizers.len();
                if run >= runs {
                    let has = if runs == 1 { "1 run".to_owned() } else { format!("{runs} runs") };
                    return Err(field.error(format!("`run` is {}, and the scenario has {has}", run + 1)));
                }
                run
            }
        };
        view.map = Some(MapOptions { kind, run });
    }
    if let Some(field) = table.get("relief") {
        view.relief = field.real()?;
        if !(0.0..=1.0).contains(&view.relief) {
            return Err(field.unexpected("a number from 0 to 1"));
        }
    }
    Ok(view)
}

/// The lines of the table.
pub(super) fn lines(view: &ViewOptions) -> Vec<String> {
    let open: Vec<String> = view.open.iter().map(|open| format!("\"{}\"", open.id())).collect();
    let mut lines = vec![format!("open = [{}]", open.join(", "))];
    if let Some(MapOptions { kind, run }) = view.map {
        lines.push(format!("map = {{ kind = \"{}\", run = {} }}", kind.id(), run + 1));
    }
    if view.relief > 0.0 {
        lines.push(format!("relief = {:?}", view.relief));
    }
    lines
}

/// What an older program does not know of it.
pub(super) fn newer(view: Option<&ViewOptions>) -> Option<String> {
    view.map(|_| "[view]".to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{read, write};
    use super::*;

    const COST: &str =
        "[cost]\nformula = \"x^2 + y^2\"\n[[optimizer]]\nmethod = \"gd\"\n[[optimizer]]\nmethod = \"adam\"\n";

    #[test]
    fn a_view_is_read_and_written_again_and_is_of_format_2() {
        let text = format!(
            "{COST}[view]\nopen = [\"map\", \"race\"]\nmap = {{ kind = \"sweep\", run = 2 }}\nrelief = 0.5\n"
        );
        let scenario = read(&text, "").unwrap();
        let map = Some(MapOptions { kind: MapKind::Sweep, run: 1 });
        let view = ViewOptions { open: vec![OpenView::Map, OpenView::Race], map, relief: 0.5 };
        assert_eq!(scenario.view, Some(view));
        let written = write(&scenario);
        assert!(written.starts_with("format = 2\n"), "{written}");
        assert_eq!(read(&written, "").unwrap(), scenario);
        assert!(read(&format!("format = 1\n{text}"), "").unwrap_err().to_string().contains("[view]"));
        let nothing = read(&format!("{COST}[view]\n"), "").unwrap();
        assert_eq!(nothing.view, Some(ViewOptions::default()));
        assert_eq!(read(&write(&nothing), "").unwrap(), nothing);
    }

    #[test]
    fn a_run_that_is_gone_takes_the_map_of_it_along() {
        let text = format!("{COST}[view]\nopen = [\"map\"]\nmap = {{ kind = \"basins\", run = 2 }}\n");
        let mut scenario = read(&text, "").unwrap();
        scenario.optimizers.pop();
        scenario.fit();
        assert_eq!(scenario.view.as_ref().unwrap().map, None);
        assert_eq!(read(&write(&scenario), "").unwrap(), scenario);
    }
}
