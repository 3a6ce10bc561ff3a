use super::*;
use crate::record::csv::DecimalMark;
use crate::scenario::read;

const SCENARIO: &str = r#"
    title = "Three"
    [cost]
    formula = "x^2 + y^2"
    [run]
    start = [1.0, 0.0]
    steps = 4
    tolerance = 1e-6
    [[optimizer]]
    method = "gd"
    learning_rate = [0.25, 0.5]
    label = "=slow, and plain"
    [[optimizer]]
    method = "gd"
    learning_rate = 0.5
    visible = false
    [[optimizer]]
    method = "gd"
    learning_rate = 1e300
"#;

fn rows() -> Vec<RaceRow> {
    let text = SCENARIO.replace("1e300", "1e6");
    let mut session = Session::new(read(&text, "a test").unwrap());
    session.finish();
    session.finish_solutions();
    race_rows(&session)
}

fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_row_says_what_came_of_its_run() {
    let rows = rows();
    let csv = written(|out| write_csv(out, &rows));
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "run,method,label,learning_rate,steps,gradients,values,hessians,rows,final_value,final_gradient_norm,distance,outcome",
            "1,gd,\"'=slow, and plain\",0.25 0.5,4,5,5,0,0,0.00390625,0.125,0.0625,steps",
            "2,gd,Gradient descent,0.5,1,2,2,0,0,0.0,0.0,0.0,converged",
        ]
    );
    assert!(lines[3].ends_with(",diverged"), "{}", lines[3]);
    let json: serde_json::Value =
        serde_json::from_str(&written(|out| write_json(out, "Three", true, &rows))).unwrap();
    assert_eq!((&json["title"], &json["tuned"]), (&"Three".into(), &true.into()));
    assert_eq!(json["runs"][0]["learning_rate"], serde_json::json!([0.25, 0.5]));
    // In the order of the columns, each under its name.
    let names: Vec<&str> = RaceColumn::ALL.iter().map(|column| column.id()).collect();
    assert_eq!(json["runs"][1].as_object().unwrap().len(), names.len());
    assert!(names.iter().all(|name| json["runs"][1].get(name).is_some()));
    let copied = tab_separated(&rows, DecimalMark::Comma);
    assert!(copied.contains("\n1\tgd\t'=slow, and plain\t0,25 0,5\t4\t"), "{copied}");
    assert!(copied.lines().all(|line| line.split('\t').count() == names.len()), "{copied}");
}

#[test]
fn rows_are_sorted_stably_and_what_is_no_number_comes_last_either_way() {
    let mut rows = rows();
    rows[1].distance = None;
    rows[0].value = f64::NAN;
    let sorted = |order: RaceOrder| {
        let mut sorted = rows.clone();
        order.sort(&mut sorted);
        sorted.iter().map(|row| row.index).collect::<Vec<_>>()
    };
    let by = |column| RaceOrder::default().by(column);
    assert_eq!(sorted(by(RaceColumn::Distance)), [0, 2, 1]);
    assert_eq!(sorted(by(RaceColumn::Distance).by(RaceColumn::Distance)), [2, 0, 1]);
    assert_eq!(sorted(by(RaceColumn::FinalValue)), [1, 2, 0]);
    assert_eq!(sorted(by(RaceColumn::Hessians)), [0, 1, 2]);
    assert_eq!(sorted(by(RaceColumn::Hessians).by(RaceColumn::Hessians)), [0, 1, 2]);
    assert_eq!(sorted(by(RaceColumn::Outcome)), [1, 0, 2]);
    assert_eq!(sorted(by(RaceColumn::Label)), [0, 1, 2]);
    assert_eq!(by(RaceColumn::Steps).by(RaceColumn::Steps).by(RaceColumn::Steps), by(RaceColumn::Steps));
}

#[test]
fn the_table_is_aligned_and_short() {
    let text = written(|out| write_text(out, &rows()));
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("run  label"), "{text}");
    assert!(!lines[0].contains("rows"), "no data: {text}");
    let column = lines[0].find("outcome").unwrap();
    assert!(lines[2][column..].starts_with("converged") || lines[2].contains("  converged"), "{text}");
}

#[test]
fn the_sentence_of_tuned_rates_says_by_what() {
    let words = |change: &str, to: &str| {
        tuned_words(&read(&SCENARIO.replace("1e300", "1").replace(change, to), "a test").unwrap())
    };
    assert_eq!(
        words("", ""),
        "Rates tuned for each run: fewest gradient evaluations to ‖∇J‖ < 1e\u{2212}6, else lowest J."
    );
    assert_eq!(
        words("tolerance = 1e-6", "tolerance = 0"),
        "Rates tuned for each run: lowest J after at most 4 steps."
    );
    assert!(words("    [run]", "goal = 'maximize'\n[run]").ends_with("else highest J."));
    let constrained = words("    [run]", "[[constraint]]\nformula = 'x'\n[run]");
    assert!(constrained.contains("‖∇J − Σ λ∇g‖ < 1e\u{2212}6, else least left"), "{constrained}");
}
