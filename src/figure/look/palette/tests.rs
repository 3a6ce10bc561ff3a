use super::super::inks::ground;
use super::vision::{COLORED, GRAY, contrast, rgb};
use super::*;
use crate::landscape::ColorMap;
use crate::landscape::oklab::{distance, from_srgb};
use crate::optimizer::{Method, Settings, method};
use crate::scenario::MAX_OPTIMIZERS;

const GROUNDS: [(Theme, ColorMap); 2] = [(Theme::Dark, ColorMap::Slate), (Theme::Light, ColorMap::Paper)];

fn run(method: &'static Method) -> OptimizerChoice {
    OptimizerChoice::new(Settings::defaults(method))
}

/// The methods with which families begin.
fn beginners() -> impl Iterator<Item = &'static Method> {
    METHODS.iter().filter(|method| matches!(method.family, Family::Own(_)))
}

fn styles(optimizers: &[OptimizerChoice], theme: Theme) -> Vec<PathStyle> {
    path_styles(optimizers, Palette::Classic, theme, Inks::of(theme).edge)
}

/// The difference of two colors in hundredths of OKLab.
fn difference(one: [u8; 3], other: [u8; 3]) -> f64 {
    100.0 * distance(from_srgb(one), from_srgb(other))
}

fn pairs(colors: &[[u8; 3]]) -> impl Iterator<Item = ([u8; 3], [u8; 3])> {
    colors.iter().enumerate().flat_map(|(i, one)| colors[..i].iter().map(move |other| (*one, *other)))
}

fn least(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::INFINITY, f64::min)
}

fn colors(palette: Palette, theme: Theme) -> Vec<[u8; 3]> {
    palette.colors(theme).map(rgb).collect()
}

#[test]
fn every_family_has_its_own_color_marker_and_dashes() {
    let once: Vec<OptimizerChoice> = beginners().map(run).collect();
    for theme in [Theme::Dark, Theme::Light] {
        let styles = styles(&once, theme);
        for (i, style) in styles.iter().enumerate() {
            assert_eq!(style.marker.filling, Filling::Full);
            for other in &styles[..i] {
                assert_ne!(style.color, other.color);
                assert_ne!(style.marker.form, other.marker.form);
                assert_ne!(style.dashes, other.dashes);
            }
        }
    }
}

#[test]
fn without_any_color_21_runs_of_each_family_can_be_told_apart() {
    let runs: Vec<OptimizerChoice> = (0..21).flat_map(|_| beginners().map(run)).collect();
    let same: Vec<OptimizerChoice> = std::iter::repeat_n(run(&METHODS[0]), 21).collect();
    for runs in [runs, same] {
        let styles = styles(&runs, Theme::Dark);
        for (i, style) in styles.iter().enumerate() {
            for other in &styles[..i] {
                assert_ne!((style.dashes, style.marker), (other.dashes, other.marker));
            }
        }
    }
}

#[test]
fn neighboring_runs_of_a_method_differ_in_dashes_filling_and_hue_and_keep_their_outline() {
    for method in METHODS {
        let runs: Vec<OptimizerChoice> = std::iter::repeat_n(run(method), MAX_OPTIMIZERS).collect();
        for pair in styles(&runs, Theme::Light).windows(2) {
            assert_ne!(pair[0].dashes, pair[1].dashes);
            assert_ne!(pair[0].marker.filling, pair[1].marker.filling);
            assert_eq!(pair[0].marker.form, pair[1].marker.form);
            assert_ne!(pair[0].color, pair[1].color);
        }
    }
}

#[test]
fn the_safe_palette_differs_to_every_vision_and_in_gray() {
    for (theme, _) in GROUNDS {
        let colors = colors(Palette::ColorBlindSafe, theme);
        for vision in &COLORED {
            let least = least(pairs(&colors).map(|(a, b)| difference(vision.see(a), vision.see(b))));
            assert!(least >= 12.9, "{theme:?}, {}: {least}", vision.name);
        }
        let grays = least(pairs(&colors).map(|(a, b)| difference(GRAY.see(a), GRAY.see(b))));
        assert!(grays >= 4.6, "{theme:?}, gray: {grays}");
    }
}

#[test]
fn the_classic_palette_differs_to_normal_vision() {
    for (theme, _) in GROUNDS {
        let colors = colors(Palette::Classic, theme);
        let least = least(pairs(&colors).map(|(a, b)| difference(a, b)));
        assert!(least >= 12.0, "{theme:?}: {least}");
    }
}

#[test]
fn every_color_stands_out_from_every_shade_of_its_ground() {
    for (theme, map) in GROUNDS {
        for palette in Palette::ALL {
            for ((family, _), color) in families().zip(colors(palette, theme)) {
                for vision in &COLORED {
                    let shades = map.table().iter();
                    let least = least(shades.map(|shade| difference(vision.see(color), vision.see(*shade))));
                    assert!(least >= 11.0, "{} on {}, {}: {least}", family, map.id(), vision.name);
                }
                let [darkest, lightest] = [map.table()[0], map.table()[255]].map(|end| contrast(color, end));
                assert!(darkest.max(lightest) >= 3.0, "{} on {}: {darkest}, {lightest}", family, map.id());
                // Against the shade nearest to the paths, the edge around the line has the contrast.
                let [r, g, b] = map.table()[if theme == Theme::Dark { 255 } else { 0 }];
                let edge = rgb(Color32::from_rgb(r, g, b).blend(Inks::of(theme).edge));
                let from_edge = contrast(color, edge);
                assert!(from_edge >= 2.3, "{} on {}: {from_edge}", family, map.id());
            }
        }
    }
}

/// On maps from dark to light no color differs from every shade: there it is the edge that carries the line.
#[test]
fn where_a_color_is_near_a_shade_its_edge_is_not() {
    for map in ColorMap::ALL {
        for theme in [Theme::Dark, Theme::Light] {
            let edge = Inks::on(map, theme).edge;
            for palette in Palette::ALL {
                for color in colors(palette, ground(map, theme)) {
                    for shade in map.table() {
                        let edge_here = rgb(Color32::from_rgb(shade[0], shade[1], shade[2]).blend(edge));
                        let seen = difference(color, *shade).max(difference(edge_here, *shade));
                        assert!(seen >= 11.0, "{color:?} over {shade:?} of {}: {seen}", map.id());
                    }
                }
            }
        }
    }
}

#[test]
fn a_sample_stays_within_its_place() {
    let rect = Rect::from_min_size(Pos2::new(10.0, 20.0), vec2(34.0, 12.0));
    for style in
        styles(&std::iter::repeat_n(run(method("newton").unwrap()), 3).collect::<Vec<_>>(), Theme::Dark)
    {
        let shapes = sample_shapes(rect, style);
        assert!(shapes.len() > 3);
        for shape in shapes {
            assert!(rect.expand(0.5).contains_rect(shape.visual_bounding_rect()), "{shape:?}");
        }
    }
}

#[test]
fn the_runs_of_one_method_have_hues_of_their_own() {
    for (palette, (theme, _)) in Palette::ALL.into_iter().flat_map(|p| GROUNDS.map(|ground| (p, ground))) {
        for method in METHODS {
            let runs: Vec<OptimizerChoice> = std::iter::repeat_n(run(method), 5).collect();
            let styles = path_styles(&runs, palette, theme, Inks::of(theme).edge);
            let colors: Vec<[u8; 3]> = styles.iter().map(|style| rgb(style.color)).collect();
            let nearest = least(pairs(&colors).map(|(one, other)| difference(one, other)));
            assert!(nearest >= 6.0, "{palette:?} {theme:?} {}: {nearest} {colors:?}", method.id);
        }
    }
}

/// Lists of eight methods: some at random, the kin of Adam, one method eight times, and the seven with each other one.
fn eights() -> Vec<Vec<&'static Method>> {
    let mut random = fastrand::Rng::with_seed(14);
    let mut eights: Vec<Vec<&'static Method>> = (0..60).map(|_| random.choose_multiple(METHODS, 8)).collect();
    eights.extend(METHODS.iter().map(|method| vec![method; 8]));
    let further = METHODS.iter().filter(|method| method.family_id() != method.id);
    eights.extend(further.clone().map(|method| beginners().chain([method]).collect()));
    eights.push(further.filter(|method| method.family_id() == "adam").chain(beginners()).take(8).collect());
    eights
}

#[test]
fn any_eight_runs_differ_in_color_and_without_it_and_the_seven_keep_theirs() {
    for eight in eights() {
        let ids: Vec<&str> = eight.iter().map(|method| method.id).collect();
        let runs: Vec<OptimizerChoice> = eight.iter().copied().map(run).collect();
        for (palette, (theme, _)) in Palette::ALL.into_iter().flat_map(|p| GROUNDS.map(|ground| (p, ground)))
        {
            let styles = path_styles(&runs, palette, theme, Inks::of(theme).edge);
            let colors: Vec<[u8; 3]> = styles.iter().map(|style| rgb(style.color)).collect();
            let nearest = least(pairs(&colors).map(|(one, other)| difference(one, other)));
            assert!(nearest >= 100.0 * hues::APART, "{palette:?} {theme:?} {ids:?}: {nearest}");
            for (index, method) in eight.iter().enumerate() {
                let is_first = !eight[..index].contains(method);
                if let (Family::Own(look), true) = (method.family, is_first) {
                    assert_eq!(styles[index].color, color(look, palette, theme), "{ids:?}");
                }
                let other = styles[..index].iter().find(|other| {
                    (other.marker, other.dashes) == (styles[index].marker, styles[index].dashes)
                });
                assert_eq!(other, None, "{ids:?}: {}", method.id);
            }
        }
    }
}

#[test]
fn every_method_has_an_outline_and_dashes_that_no_other_has_and_its_kin_has_another_outline() {
    let looks: Vec<_> =
        METHODS.iter().map(|method| (method, styles(&[run(method)], Theme::Dark)[0])).collect();
    for (index, (method, style)) in looks.iter().enumerate() {
        for (other, theirs) in &looks[..index] {
            let both = [method.id, other.id];
            assert_ne!((style.marker.form, style.dashes), (theirs.marker.form, theirs.dashes), "{both:?}");
            let is_kin = method.family_id() == other.family_id();
            assert!(!is_kin || style.marker.form != theirs.marker.form, "{both:?}");
        }
    }
}

#[test]
fn basins_are_told_apart_by_every_vision() {
    let colors = crate::figure::basins::basin_colors();
    assert_eq!(colors.len(), crate::figure::basins::HUES + 1);
    for vision in COLORED {
        let seen: Vec<[u8; 3]> = colors.iter().map(|color| vision.see(*color)).collect();
        let apart = least(pairs(&seen).map(|(one, other)| difference(one, other)));
        assert!(apart >= 12.8, "{}: {apart}", vision.name);
    }
}
