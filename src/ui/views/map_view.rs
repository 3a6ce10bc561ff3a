//! Where every start leads, beside the plot: the map of the chosen run, or of several runs side by side. Or what each pair of two
//! parameters makes of the chosen run.

mod sweep;

use egui::{Color32, ComboBox, Label, Rect, RichText, Role, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use sweep::SweepView;

use crate::figure::Look;
use crate::figure::basins::{BasinKey, basin_legend_ui, share_words};
use crate::figure::plot::PlotOptions;
use crate::objective::Point;
use crate::scenario::{MapKind, Scenario};
use crate::session::{BASIN_SIZES, MOST_BASIN_STEPS, Session};
use crate::ui::views::plot_panel::PlotState;
use crate::ui::views::run_choice::run_choice_ui;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapRequest {
    /// Speak of the run at this index.
    Choose(usize),
    /// Make a figure of the map of the chosen run.
    Figure,
}

/// The view, with what it holds from one frame to the next.
pub struct MapView {
    of: MapKind,
    sweep: SweepView,
    /// The maps, in the order in which they stand.
    plots: Vec<PlotState>,
    /// Whether every visible run has a map.
    compares: bool,
    /// The place of the finest size among all.
    finest: usize,
    /// What the legend says, with the map and the stripes that it is made of.
    legend: Option<((u64, [Color32; 2]), BasinKey)>,
    /// The start that was pointed at in the last frame, and the run.
    pub pointed: Option<(usize, Point)>,
}

impl Default for MapView {
    fn default() -> Self {
        Self {
            of: MapKind::default(),
            sweep: SweepView::default(),
            plots: Vec::new(),
            compares: false,
            finest: FINEST,
            legend: None,
            pointed: None,
        }
    }
}

/// What a map becomes while nobody asks for more.
const FINEST: usize = 2;
/// So many maps stand side by side at most, and how fine they are.
const MOST_MAPS: usize = 4;
const FINEST_OF_SEVERAL: usize = 2;
/// Room for a head over each of several maps.
const HEAD: f32 = 18.0;
const GAP: f32 = 8.0;
/// Half of the last number under the x axis.
const BESIDE: f32 = 10.0;
/// The most of the height that the legend takes.
const LEGEND_SHARE: f32 = 0.34;

impl MapView {
    /// What is mapped.
    pub fn kind(&self) -> MapKind {
        self.of
    }

    /// Maps that.
    pub fn show_kind(&mut self, kind: MapKind) {
        self.of = kind;
    }

    /// The row of controls; `run` is the one that is chosen. Returns what was asked for.
    pub fn controls_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        run: usize,
        look: Look,
    ) -> Option<MapRequest> {
        for (of, words, meaning) in [
            (MapKind::Basins, "Basins", "Where every start leads"),
            (MapKind::Sweep, "Sweep", "What each pair of two parameters makes of the run from its start"),
        ] {
            ui.selectable_value(&mut self.of, of, words).on_hover_text(meaning);
        }
        let mut chosen = None;
        if self.of == MapKind::Sweep {
            chosen = run_choice_ui(ui, session, run, look, "Run of the map");
            if let Some(choice) = session.scenario().optimizers.get(run) {
                self.sweep.controls_ui(ui, &choice.settings);
            }
            return chosen.map(MapRequest::Choose);
        }
        if !self.compares {
            chosen = run_choice_ui(ui, session, run, look, "Run of the map");
        }
        ui.checkbox(&mut self.compares, "side by side")
            .on_hover_text(format!("A map of each visible run, the first {MOST_MAPS}"));
        let size = |place: usize| {
            let along = BASIN_SIZES.get(place).copied().unwrap_or_default();
            format!("{along} \u{d7} {along}")
        };
        let combo = ComboBox::from_id_salt("starts of the map").selected_text(size(self.finest)).width(84.0);
        let response = combo
            .show_ui(ui, |ui| {
                for place in 1..BASIN_SIZES.len() {
                    ui.selectable_value(&mut self.finest, place, size(place));
                }
            })
            .response;
        response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Starts along each axis"));
        response.on_hover_text("How many starts there are along each axis in the end");
        let figure = ui.button("Figure\u{2026}").on_hover_text("Save the map of the chosen run as a picture");
        if figure.clicked() {
            return Some(MapRequest::Figure);
        }
        chosen.map(MapRequest::Choose)
    }

    /// Draws the maps into the space that is left, over the part of the plane that the plot looks at.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        session: &mut Session,
        plot: &mut PlotState,
        options: PlotOptions,
        chosen: usize,
    ) {
        let scenario = session.scenario();
        if scenario.cost.is_of_one_variable() {
            self.pointed = None;
            ui.weak("A map needs a cost of two variables.");
            return;
        }
        if self.of == MapKind::Sweep {
            session.keep_basins_of(&[]);
            self.pointed = None;
            return self.sweep.show_ui(ui, session, chosen, options.look);
        }
        session.forget_sweep();
        let scenario = session.scenario();
        let visible = (0..scenario.optimizers.len()).filter(|run| scenario.optimizers[*run].visible);
        let runs: Vec<usize> = if self.compares { visible.take(MOST_MAPS).collect() } else { vec![chosen] };
        session.keep_basins_of(&runs);
        self.plots.truncate(runs.len());
        while self.plots.len() < runs.len() {
            self.plots.push(PlotState::new(session.scenario()));
        }
        let before = self.pointed.take();
        let trial = before.map(|(_, start)| start);
        let whole = ui.available_rect_before_wrap();
        let places = places(whole, runs.len());
        let finest = if runs.len() > 1 { self.finest.min(FINEST_OF_SEVERAL) } else { self.finest };
        let mut camera = plot.camera;
        for ((place, run), state) in places.into_iter().zip(&runs).zip(&mut self.plots) {
            let options = PlotOptions {
                basins_of: Some(*run),
                trial: trial.map(|start| (*run, start)),
                highlighted: Some(*run),
                ..options
            };
            let is_alone = runs.len() == 1;
            let mut ui = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("map", run)));
            ui.shrink_clip_rect(place);
            if !is_alone {
                head_ui(&mut ui, session, *run, options.look);
            }
            state.camera = camera;
            let legend = legend_height(&ui, session, *run, is_alone, place.height());
            let rect = ui.available_rect_before_wrap();
            let plane = Rect::from_min_max(rect.min, pos2(rect.right() - BESIDE, rect.bottom() - legend));
            let mut inner = ui.new_child(UiBuilder::new().max_rect(plane).id_salt("plane"));
            let pointed = state.show_basins_ui(&mut inner, session, options, finest);
            self.pointed = self.pointed.or(pointed.map(|start| (*run, start)));
            camera = state.camera;
            if is_alone {
                let below = Rect::from_min_max(pos2(rect.left(), plane.bottom() + 2.0), rect.max);
                let mut inner = ui.new_child(UiBuilder::new().max_rect(below).id_salt("legend"));
                legend_ui(&mut inner, session, *run, options.look, &mut self.legend);
            }
        }
        ui.allocate_rect(whole, egui::Sense::hover());
        if plot.camera != camera {
            plot.camera = camera;
            ui.request_repaint();
        }
        if self.pointed != before {
            // The path from there is drawn in the next frame, on the plot too.
            ui.request_repaint();
        }
    }
}

/// The places of so many maps: one, two beside or below each other, or four.
fn places(whole: Rect, count: usize) -> Vec<Rect> {
    let columns = match count {
        0 | 1 => 1,
        2 if whole.width() < whole.height() => 1,
        _ => 2,
    };
    let rows = count.max(1).div_ceil(columns);
    let gaps = vec2((columns - 1) as f32, (rows - 1) as f32) * GAP;
    let size = (whole.size() - gaps).max(Vec2::splat(1.0)) / vec2(columns as f32, rows as f32);
    let place = |index: usize| {
        let at = vec2((index % columns) as f32, (index / columns) as f32) * (size + Vec2::splat(GAP));
        Rect::from_min_size(whole.min + at, size)
    };
    (0..count).map(place).collect()
}

/// What stands over one of several maps: the run, and how many starts reach an optimum, and the best.
fn head_ui(ui: &mut Ui, session: &Session, run: usize, look: Look) {
    let scenario = session.scenario();
    let styles = look.path_styles(&scenario.optimizers, ui.theme());
    let color = styles.get(run).map_or(Color32::GRAY, |style| style.color);
    let name = RichText::new(scenario.run_name(run)).color(color).strong();
    ui.allocate_ui(vec2(ui.available_width(), HEAD), |ui| {
        ui.horizontal(|ui| {
            ui.add(Label::new(name).truncate());
            if let Some(words) = reached_words(session, run) {
                ui.add(Label::new(RichText::new(words).small()).truncate());
            }
        });
    });
}

/// "99.2 % reach an optimum, 40.0 % the best".
fn reached_words(session: &Session, run: usize) -> Option<String> {
    let map = session.basins(run)?.map;
    let all = map.ends.len().max(1) as f64;
    let reached = map.optima.iter().map(|optimum| f64::from(optimum.starts)).sum::<f64>() / all;
    let best = map.optima.first().map_or(0.0, |best| f64::from(best.starts) / all);
    let reach = share_words(reached);
    Some(match map.optima.len() {
        0 => "no start reaches an optimum".to_owned(),
        1 => format!("{reach} reach the optimum"),
        _ => format!("{reach} reach an optimum, {} the best", share_words(best)),
    })
}

/// The room that is left for the legend: of a single map all of it.
fn legend_height(ui: &Ui, session: &Session, run: usize, is_alone: bool, height: f32) -> f32 {
    let lines =
        session.basins(run).filter(|_| is_alone).map_or(0, |basins| basins.map.optima.len().min(9) + 3);
    let beside = (ui.available_width() / 230.0).floor().max(1.0);
    let wanted = 18.0 * (lines as f32 / beside).ceil() + 22.0;
    if is_alone { wanted.min(LEGEND_SHARE * height) } else { 0.0 }
}

fn legend_ui(
    ui: &mut Ui,
    session: &Session,
    run: usize,
    look: Look,
    held: &mut Option<((u64, [Color32; 2]), BasinKey)>,
) {
    let Some(basins) = session.basins(run) else { return };
    let inks = look.inks(ui.theme());
    let made_of = (basins.version, inks.hatch);
    let (_, key) = match held.take() {
        Some(kept) if kept.0 == made_of => held.insert(kept),
        _ => held.insert((made_of, BasinKey::of(basins.map, inks))),
    };
    egui::ScrollArea::vertical().auto_shrink([false; 2]).show(ui, |ui| {
        for (line, place) in basin_legend_ui(ui, key) {
            let response = ui.interact(place, ui.scope_id().with(&line.text), egui::Sense::hover());
            let words = format!("{}, {} of the starts", line.text, share_words(line.share));
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        }
        ui.add(Label::new(RichText::new(about(session.scenario(), session, run)).small().weak()).wrap());
    });
}

/// How fine the map is, what lightness means, and what bounds it.
fn about(scenario: &Scenario, session: &Session, run: usize) -> String {
    let [columns, rows] = session.basins(run).map_or([0; 2], |basins| basins.map.size());
    let mut words = format!("{columns} × {rows} starts; darker: after more steps");
    if scenario.run.steps > MOST_BASIN_STEPS {
        words.push_str(&format!("; each takes at most {MOST_BASIN_STEPS} of {} steps", scenario.run.steps));
    }
    if let Some((progress, size)) = session.basins_progress(run) {
        words.push_str(&format!("; {size} × {size} under way, {progress}"));
    }
    words
}
