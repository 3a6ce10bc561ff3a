//! The rows that a step looks at, as a table: what each is, what is expected of it, what it costs, and what of the slope comes of it.

use egui::{Grid, RichText, Ui, vec2};

use crate::expr::display_name;
use crate::figure::look::number::short;
use crate::objective::{Point, Reduce};
use crate::optimizer::{Drawn, Stage};
use crate::session::Session;

/// The rows of a step.
#[derive(Debug)]
pub struct StepRows {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    /// The means of losses and slopes, or their sums.
    foot: Vec<String>,
    /// Rows that are left out.
    more: usize,
}

/// So many rows are shown at the most.
const MOST: usize = 12;
const DIGITS: usize = 4;

impl StepRows {
    /// The rows of the step from an entry, where the stages say that its slope is taken. Nothing where J is made of no rows.
    pub fn of(session: &Session, entry: usize, stages: &[Stage]) -> Option<Self> {
        let scenario = session.scenario();
        let (cost, objective) = (&scenario.cost, session.objective()?);
        let data = cost.data.as_ref()?;
        let theta = stages.iter().find_map(|stage| match &stage.sketch {
            Some(sketch) => match sketch.of {
                Drawn::Slope { at, .. } => Some(at),
                _ => None,
            },
            None => None,
        })?;
        let mut model = cost.row_model(objective)?;
        let batch: Vec<u32> = match scenario.batches() {
            Some(batches) => batches.at(u32::try_from(entry).ok()?).batch().to_vec(),
            None => (0..data.table().rows() as u32).collect(),
        };
        // A share of the slope is what the row adds to it.
        let weight = match data.reduce {
            Reduce::Mean => 1.0 / batch.len() as f64,
            Reduce::Sum => data.table().rows() as f64 / batch.len() as f64,
        };
        let target = display_name(&data.names()[model.roles().target]);
        let labels = model.roles().labels;
        let is_decided = labels.is_some_and(|[low, _]| low < 0.0);
        let mut heads = vec!["row".to_owned()];
        heads.extend(data.names().iter().map(|name| display_name(name)));
        heads.push(format!("{target} expected"));
        heads.push("loss".to_owned());
        heads.extend(
            cost.shown_variables()
                .iter()
                .map(|name| format!("\u{2202}J/\u{2202}{} share", display_name(name))),
        );
        let number = |number: f64| short(number, DIGITS);
        let features = model.roles().features.clone();
        let (mut rows, mut loss, mut slope) = (Vec::new(), 0.0, Point::zeros());
        for index in &batch {
            let row = data.table().row(*index as usize);
            let here = model.of_row(theta, &row);
            loss += weight * here.value;
            slope += weight * here.gradient;
            if rows.len() == MOST {
                continue;
            }
            let given: Vec<f64> = features.iter().map(|place| row[*place]).collect();
            let expected = match labels.filter(|_| is_decided) {
                Some([low, high]) => {
                    model.score(theta, &given).map(|score| if score > 0.0 { high } else { low })
                }
                None => model.predict(theta, &given),
            };
            let mut cells = vec![(index + 1).to_string()];
            cells.extend(row.iter().copied().map(number));
            cells.push(expected.map_or_else(|| "\u{2013}".to_owned(), number));
            cells.push(number(here.value));
            cells.extend((weight * here.gradient).iter().copied().map(number));
            rows.push(cells);
        }
        let what = if data.reduce == Reduce::Mean { "mean" } else { "sum" };
        let mut foot = vec![what.to_owned()];
        foot.extend(vec![String::new(); data.names().len() + 1]);
        foot.push(number(loss));
        foot.extend(slope.iter().copied().map(number));
        Some(Self { more: batch.len() - rows.len(), heads, rows, foot })
    }
}

/// Draws the table.
pub fn step_rows_ui(ui: &mut Ui, table: &StepRows) {
    let cell = |ui: &mut Ui, text: &str| {
        ui.label(RichText::new(text).small().monospace());
    };
    Grid::new("rows of the step").striped(true).spacing(vec2(8.0, 2.0)).show(ui, |ui| {
        for head in &table.heads {
            ui.label(RichText::new(head).small().weak());
        }
        ui.end_row();
        for row in table.rows.iter().chain([&table.foot]) {
            row.iter().for_each(|text| cell(ui, text));
            ui.end_row();
        }
    });
    if table.more > 0 {
        ui.label(
            RichText::new(format!("and {} more rows, which the last line counts too", table.more))
                .small()
                .weak(),
        );
    }
}
