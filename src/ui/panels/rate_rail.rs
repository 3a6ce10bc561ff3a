//! What stands along the slider of a learning rate: the rates that theory knows, and what comes of each rate; and the rates of
//! theory in the menu of a card, which has those beyond the slider too.

use egui::{Color32, Theme, Ui};

use crate::figure::look::number::short;
use crate::objective::{Goal, Point};
use crate::optimizer::{OutcomeKind, Settings, ThresholdKind};
use crate::session::{Place, RATES, RateMark, RateStrip, RateTheory, Session, TriedRate};
use crate::ui::widgets::number_text::{exact_text, setting_text};
use crate::ui::widgets::rail::{Mark, MarkForm, Piece};
use crate::ui::widgets::style::{minimum_colors, theory_color};

/// The marks of a rail.
pub fn marks_of(theory: &RateTheory) -> Vec<Mark> {
    let form = |mark: &RateMark| match (mark.threshold.kind, mark.place) {
        (ThresholdKind::Fastest, _) => MarkForm::Best,
        (ThresholdKind::Limit, Place::Present(_)) => MarkForm::PassingLimit,
        (ThresholdKind::Limit, _) => MarkForm::Limit,
    };
    theory.marks.iter().map(|mark| Mark { value: mark.threshold.rate, form: form(mark) }).collect()
}

/// Where a mark holds, in words.
fn place_words(place: Place, goal: Goal) -> String {
    let optimum = goal.optimum();
    let at = |point: Point| format!("({}, {})", short(point.x, 4), short(point.y, 4));
    match place {
        Place::Minimum(point) => format!("at the {optimum} {}", at(point)),
        Place::Present(point) => format!("at the present point {}", at(point)),
        Place::Both(point) => format!("at the {optimum} and at the present point {}", at(point)),
    }
}

/// What a mark is called, what is said of it on pointing, and what on pointing beside it.
pub fn mark_words(theory: &RateTheory, index: usize, run: &str, goal: Goal) -> [String; 3] {
    let Some(RateMark { threshold, place, bowl }) = theory.marks.get(index) else { return <_>::default() };
    let (kind, place) = (threshold.kind.name(), place_words(*place, goal));
    let beta = threshold.beta.map_or(String::new(), |beta| format!(" with \u{3b2} = {}", setting_text(beta)));
    let rate = setting_text(threshold.rate);
    let short_words = format!("{rate}{beta}: {kind} {place}, {}", threshold.formula);
    let name = format!("{run}: rate {rate}{beta}, {kind} {} {place}", threshold.formula);
    let beta = threshold.beta.map_or(String::new(), |beta| format!("\n\u{3b2} = {}", exact_text(beta)));
    let meaning = match threshold.kind {
        ThresholdKind::Limit => "Below it a run goes to where the cost curves so, above it away from there.",
        ThresholdKind::Fastest => "On a quadratic that curves so no other rate comes near sooner.",
    };
    let take = if threshold.beta.is_some() { "takes both" } else { "takes it" };
    let explanation = format!(
        "{}{} {place}\n\u{3b1} = {} = {}{beta}\n\u{3bb}min {}, \u{3bb}max {}\n{meaning} A click {take}.",
        kind.get(..1).unwrap_or_default().to_uppercase(),
        kind.get(1..).unwrap_or_default(),
        threshold.formula,
        exact_text(threshold.rate),
        short(bowl.least, 4),
        short(bowl.greatest, 4),
    );
    [name, explanation, short_words]
}

/// What is said of a limit that the rates of a schedule are compared with.
pub fn limit_words(theory: &RateTheory, index: usize, goal: Goal) -> String {
    let Some(RateMark { threshold, place, .. }) = theory.limits.get(index) else { return String::new() };
    let (kind, rate) = (threshold.kind.name(), setting_text(threshold.rate));
    format!("{rate}, {kind} {}, {}", place_words(*place, goal), threshold.formula)
}

/// The colors of the pieces of a strip.
pub fn pieces_of(ui: &Ui, strip: &RateStrip<'_>) -> Vec<Piece> {
    let piece = |tried: &TriedRate| {
        if tried.is_lost() { Piece::Hatched } else { Piece::Plain(shade(ui, strip, tried)) }
    };
    let mut pieces: Vec<Piece> = strip.tried.iter().map(piece).collect();
    pieces.resize(strip.rates.len(), Piece::Unknown);
    pieces
}

/// The nearer to the best, the stronger; in the hue of the minimum where there are several.
fn shade(ui: &Ui, strip: &RateStrip<'_>, tried: &TriedRate) -> Color32 {
    let theme = ui.theme();
    let ink = match tried.minimum {
        Some(minimum) if strip.minima.len() > 1 => {
            let colors = minimum_colors(theme);
            colors[minimum % colors.len()]
        }
        _ => theory_color(theme),
    };
    let ground = match theme {
        Theme::Dark => Color32::from_gray(52),
        Theme::Light => Color32::from_gray(222),
    };
    ground.lerp_to_gamma(ink, strip.nearness(tried.value) as f32)
}

/// What comes of the rates of a piece.
pub fn piece_words(strip: &RateStrip<'_>, index: usize, asked: u32) -> String {
    let Some(tried) = strip.tried.get(index) else {
        let rate = strip.rates.get(index).copied().unwrap_or(f64::NAN);
        return format!("\u{3b1} = {}: not tried yet", exact_text(rate));
    };
    let mut lines = vec![format!("\u{3b1} = {}: J {}", exact_text(tried.rate), short(tried.value, 4))];
    lines.push(tried.outcome.text.clone());
    if let Some(minimum) =
        tried.minimum.and_then(|at| strip.minima.get(at)).filter(|_| strip.minima.len() > 1)
    {
        lines.push(format!("near ({}, {})", short(minimum.at.x, 4), short(minimum.at.y, 4)));
    }
    if strip.steps < asked {
        lines.push(format!("after {} of {asked} steps, so that many rates can be tried", strip.steps));
    }
    lines.push("A click takes this rate.".to_owned());
    lines.join("\n")
}

/// What the strip says as a whole.
pub fn strip_words(strip: Option<&RateStrip<'_>>, run: &str) -> String {
    let mut parts: Vec<(&str, f64, f64)> = Vec::new();
    for tried in strip.map_or(&[][..], |strip| strip.tried) {
        let word = word(tried);
        match parts.last_mut() {
            Some((last, _, to)) if *last == word => *to = tried.rate,
            _ => parts.push((word, tried.rate, tried.rate)),
        }
    }
    if parts.len() > 12 {
        // Where it changes from rate to rate nobody would listen to it.
        let count = |lost: bool| {
            strip.map_or(0, |strip| strip.tried.iter().filter(|tried| tried.is_lost() == lost).count())
        };
        return format!(
            "What comes of each rate of {run}: of {RATES} rates {} are lost, mixed with {} that are not",
            count(true),
            count(false)
        );
    }
    let words = |(word, from, to): &(&str, f64, f64)| {
        let [from, to] = [from, to].map(|rate| setting_text(*rate));
        if from == to { format!("{word} at {from}") } else { format!("{word} from {from} to {to}") }
    };
    let parts: Vec<String> = parts.iter().map(words).collect();
    let parts = if parts.is_empty() { "not tried yet".to_owned() } else { parts.join("; ") };
    format!("What comes of each rate of {run}: {parts}")
}

fn word(tried: &TriedRate) -> &'static str {
    match tried.outcome.kind {
        OutcomeKind::Converged => "converged",
        OutcomeKind::Saddle => "ends on a saddle",
        OutcomeKind::Maximum => "ends on an extremum of the other kind",
        OutcomeKind::Steps => "still on its way",
        OutcomeKind::Diverged => "diverged",
        OutcomeKind::NotFinite => "undefined",
        OutcomeKind::Stalled => "stalled",
        OutcomeKind::NoMinimum => "goes on for ever",
        OutcomeKind::Penalized => "rests beside the constraint",
        OutcomeKind::Infeasible => "finds no feasible point",
        OutcomeKind::Cycle => "goes round for ever",
    }
}

/// The rates of theory as entries of a menu. Whether one was chosen, which `settings` then has.
pub fn theory_menu_ui(ui: &mut Ui, session: &Session, theory: &RateTheory, settings: &mut Settings) -> bool {
    let goal = session.scenario().cost.goal;
    if theory.marks.is_empty() && theory.absent.is_empty() {
        return false;
    }
    let mut is_chosen = false;
    ui.menu_button("Rate by theory", |ui| {
        for (index, RateMark { threshold, place, .. }) in theory.marks.iter().enumerate() {
            let beta =
                threshold.beta.map_or(String::new(), |beta| format!(", \u{3b2} {}", setting_text(beta)));
            let at = match place {
                Place::Present(_) => ", present point",
                Place::Minimum(_) | Place::Both(_) => "",
            };
            let (rate, kind) = (setting_text(threshold.rate), threshold.kind.name());
            let words = format!("{rate}{beta}: {kind}{at}, {}", threshold.formula);
            let entry = ui.button(words).on_hover_ui(|ui| {
                ui.label(&mark_words(theory, index, "", goal)[1]);
            });
            if entry.clicked() {
                is_chosen = threshold.give(settings);
                ui.close();
            }
        }
        for sentence in &theory.absent {
            ui.label(sentence);
        }
    });
    is_chosen
}
