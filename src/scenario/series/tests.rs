use super::*;
use crate::scenario::{Scenario, ScenarioError, Tables, read, read_with, write, write_inline};

/// A folder with one table.
struct OneTable(&'static str);

impl Tables for OneTable {
    fn text(&self, name: &str) -> Result<String, String> {
        if name == "noise.csv" { Ok(self.0.to_owned()) } else { Err("cannot be read: not there".to_owned()) }
    }
}

fn series(scenario: &Scenario) -> &TimeSeries {
    scenario.series.as_ref().unwrap()
}

#[test]
fn every_source_is_written_as_it_was_read() {
    for lines in [
        "values = [10.0, -0.5, 1e-7]\nbeta = 0.9\nbias_correction = \"both\"",
        "values = [3.0]\nbeta = [0.0, 0.999999]\nbias_correction = \"off\"",
        "formula = \"sin(t/10) + 0.3*noise\"\ncount = 7\nseed = 9\nbeta = 0.5\nbias_correction = \"on\"",
        "file = \"noise.csv\"\ncolumn = \"b\"\nbeta = [0.5, 0.5]\nbias_correction = \"both\"",
    ] {
        let text = format!("format = 2\ntitle = \"a \\\"series\\\"\"\n\n[series]\n{lines}\n");
        let tables = OneTable("a,b\n1,2\n3,4\n");
        let scenario = read_with(&text, "series", &tables).unwrap();
        assert_eq!(write(&scenario), text);
        // Without a folder the numbers are kept, and they are the same.
        let inline = read(&write_inline(&scenario), "inline").unwrap();
        assert_eq!(inline, scenario, "{text}");
        assert_eq!(scenario.format(), 2);
    }
}

#[test]
fn what_is_left_out_is_as_the_documents_say() {
    let scenario = read("[series]\nformula = 't'", "series").unwrap();
    let of_formula = series(&scenario);
    assert_eq!((of_formula.values().len(), &of_formula.betas[..]), (200, &[0.9][..]));
    assert_eq!(of_formula.bias_correction, BiasCorrection::Both);
    assert_eq!((of_formula.values()[0], of_formula.values()[199]), (1.0, 200.0), "t begins at 1");
    let SeriesSource::Formula(SeriesFormula { seed, .. }) = of_formula.source() else { panic!("a formula") };
    assert_eq!(*seed, 1);
    assert!(scenario.optimizers.is_empty() && scenario.title.is_empty());
    let noted = read("title = 'T'\nnotes = 'N'\n[series]\nvalues = [1]", "series").unwrap();
    assert_eq!((noted.title.as_str(), noted.notes.as_str()), ("T", "N"));
    assert_eq!(read(&write(&noted), "again").unwrap(), noted);
}

#[test]
fn noise_is_one_number_for_each_t_and_another_for_another_seed() {
    let made = |formula: &str, seed: u64| {
        let formula = SeriesFormula { formula: formula.to_owned(), count: 50, seed };
        TimeSeries::default().with_formula(formula).unwrap().values().to_vec()
    };
    let noise: Vec<f64> = NormalNoise::new(4).take(50).collect();
    assert_eq!(made("noise", 4), noise);
    assert!(made("noise - noise", 4).iter().all(|value| *value == 0.0));
    assert_ne!(made("noise", 5), noise);
}

#[test]
fn a_column_of_a_table_is_read_and_what_is_wrong_with_it_is_said_where_it_is_named() {
    let of = |table: &'static str, lines: &str| -> Result<Scenario, ScenarioError> {
        read_with(&format!("[series]\n{lines}"), "s.toml", &OneTable(table))
    };
    let named = "file = 'noise.csv'\ncolumn = 'b'";
    assert_eq!(series(&of("a;b\n1;2,5\n3;4\n", named).unwrap()).values()[..], [2.5, 4.0]);
    let alone = of("day,x\nMo,1\nTu,2\n", "file = 'noise.csv'").unwrap();
    assert_eq!(series(&alone).values()[..], [1.0, 2.0], "columns of text do not count");
    assert!(write(&alone).contains("column = \"x\""));
    assert_eq!(series(&of("7\n", "file = 'noise.csv'").unwrap()).values()[..], [7.0]);
    for (table, lines, words) in [
        (
            "a,b\n1,2\n",
            "file = 'noise.csv'",
            "s.toml:2:8: `noise.csv` has the columns a, b: say which with `column`",
        ),
        ("a,b\nx,y\n", "file = 'noise.csv'", "s.toml:2:8: `noise.csv` has no column of numbers"),
        ("", "file = 'noise.csv'", "s.toml:2:8: `noise.csv`: there are no rows"),
        ("a,b\n", named, "s.toml:3:10: `noise.csv`: a table needs at least one row"),
        ("a,b\n1,two\n", named, "s.toml:3:10: `noise.csv`: line 2, column `b`: `two` is no number"),
        ("a,c\n1,2\n", named, "s.toml:3:10: `noise.csv`: there is no column `b`; it has a, c"),
        (
            "b\n1\n-1e308\n",
            named,
            "s.toml:3:10: `noise.csv`: row 2 of the column `b` is too large: numbers up to 1e300 in size",
        ),
        ("b\n1\n", "file = 'other.csv'", "s.toml:2:8: `other.csv` cannot be read: not there"),
    ] {
        assert_eq!(of(table, lines).unwrap_err().to_string(), words, "{table:?}");
    }
}

#[test]
fn numbers_are_typed_and_pasted_in_any_form_and_a_slip_is_said_with_its_place() {
    for text in [
        "10, 12 11.5",
        "10\n12\n11.5\n",
        "\u{feff}x\r\n10\r\n12\r\n11.5",
        "10; 12; 11,5",
        "10\t12\t11,5",
        ",10,,12,11.5,",
    ] {
        assert_eq!(typed_values(text).unwrap(), [10.0, 12.0, 11.5], "{text:?}");
    }
    assert_eq!(typed_values("\u{2212}1e-3").unwrap(), [-1e-3]);
    let many = "1 ".repeat(MAX_TYPED_VALUES + 1);
    for (text, words) in [
        ("", "there are no numbers: type some, such as 10, 12, 11"),
        ("price", "there are no numbers: type some, such as 10, 12, 11"),
        ("10, 12,\n  α 1", "line 2, column 3: `α` is no number"),
        ("x y 1", "line 1, column 3: `y` is no number"),
        ("1, nan", "line 1, column 4: `nan` is no number"),
        ("1e308", "line 1, column 1: `1e308` is too large: a series has numbers up to 1e300 in size"),
        ("1e999", "line 1, column 1: `1e999` is too large: a series has numbers up to 1e300 in size"),
        (
            many.as_str(),
            "at most 10000 numbers are typed here, not 10001: save them as a CSV file, and name that in a [series]",
        ),
    ] {
        assert_eq!(typed_values(text).unwrap_err().to_string(), words, "{text:.40}");
    }
}

#[test]
fn a_change_has_a_name_and_another_place_of_the_same_numbers_is_none() {
    let begin = TimeSeries::new(vec![1.0, 2.0]);
    let formula = |text: &str, count, seed| {
        let formula = SeriesFormula { formula: text.to_owned(), count, seed };
        begin.with_formula(formula).unwrap()
    };
    let of_t = formula("t", 2, 1);
    let named = |before: &TimeSeries, after: &TimeSeries| change(Some(before), Some(after));
    assert_eq!(named(&begin, &begin.in_file("a.csv".to_owned(), "x".to_owned())), None);
    assert_ne!(begin, of_t, "a formula is another source");
    for (before, after, name) in [
        (&begin, &begin.with_values(vec![1.0]), "series"),
        (&begin, &of_t, "series"),
        (&of_t, &formula("2*t", 2, 1), "formula"),
        (&of_t, &formula("t", 3, 1), "count"),
        (&of_t, &formula("t", 2, 2), "seed"),
        (&begin, &TimeSeries { betas: vec![0.5], ..begin.clone() }, "β"),
        (&begin, &TimeSeries { betas: vec![0.9, 0.5], ..begin.clone() }, "adding β"),
        (&begin, &TimeSeries { bias_correction: BiasCorrection::On, ..begin.clone() }, "bias correction"),
    ] {
        assert_eq!(named(before, after).as_deref(), Some(name));
    }
}
