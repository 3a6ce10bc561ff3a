//! Files of a series: their averages are written and drawn, and whoever asks for a cost is told that there is none.

use super::{assert_output, assert_refusal, downhill, downhill_reading, write};

const SERIES: &str = "title = \"Two\"\n[series]\nvalues = [10.0, 12.0]\nbeta = [0.5, 0.0]\n";

#[test]
fn averages_are_written_as_the_documents_say() {
    let json = "{\"title\":\"Two\",\"values\":[10.0,12.0],\"averages\":[\
                {\"beta\":0.5,\"v\":[5.0,8.5],\"v_hat\":[10.0,11.333333333333334]},\
                {\"beta\":0.0,\"v\":[10.0,12.0],\"v_hat\":[10.0,12.0]}]}\n";
    assert_output(&downhill_reading(SERIES.as_bytes(), &["run", "-"]), 0, json, "");
    let csv = "beta,t,value,v,v_hat\n0.5,1,10.0,5.0,10.0\n0.5,2,12.0,8.5,11.333333333333334\n\
               0.0,1,10.0,10.0,10.0\n0.0,2,12.0,12.0,12.0\n";
    assert_output(&downhill_reading(SERIES.as_bytes(), &["run", "-", "--format", "csv"]), 0, csv, "");
    assert_output(&downhill_reading(SERIES.as_bytes(), &["check", "-"]), 0, "", "");
}

#[test]
fn whoever_asks_for_a_cost_is_told_that_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "series.toml", SERIES);
    for arguments in [
        &["explain", &file, "--run", "1", "--step", "1"][..],
        &["race", &file],
        &["solve", &file],
        &["eval", "--scenario", &file, "--at", "0,0"],
    ] {
        let says = "series.toml: a [series] has no cost and no runs: `downhill run` writes its averages";
        assert_refusal(&downhill(arguments), 2, says);
    }
}
