//! `epitome bench --stories` from outside, on a small corpus made for it.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use tempfile::TempDir;

mod outside;
use outside::{DAM, FERRY, PIER, command, says, stderr, stdout};

const RELEASE: &str = "The spillway of the Kessel dam was opened on Monday because of the rain. Engineers expect the \
release of water to end on Friday. Three villages below the dam are empty.";
const ORCHARD: &str = "An orchard in the north lost its apples to frost. Growers ask for loans.";

/// Five articles in three stories: two on a ferry, two on a dam, of which one is a week younger, and one alone.
fn articles() -> Vec<Value> {
    let article = |id: &str, text: &str, date: Option<&str>, story: &str| {
        let mut article = json!({"id": id, "title": null, "text": text, "lang": "en", "source": "Post"});
        article["date"] = json!(date);
        article["cluster"] = json!(story);
        article
    };
    vec![
        article("f1", FERRY, Some("2031-03-04"), "ferry"),
        article("d1", DAM, Some("2031-03-03"), "dam"),
        article("f2", PIER, Some("2031-03-05"), "ferry"),
        article("d2", RELEASE, Some("2031-03-10"), "dam"),
        article("o1", ORCHARD, None, "orchard"),
    ]
}

fn lines(articles: &[Value]) -> String {
    articles.iter().map(|article| format!("{article}\n")).collect()
}

fn corpus() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("day.jsonl"), lines(&articles())).unwrap();
    folder
}

fn bench(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, &[&["bench", "--stories"], arguments].concat()).output().unwrap()
}

/// The report in JSON, without what is another each time.
#[track_caller]
fn report(folder: &Path, arguments: &[&str]) -> Value {
    let output = bench(folder, &[arguments, &["--format", "json"]].concat());
    let mut report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)));
    for table in report["corpora"].as_array_mut().unwrap() {
        assert_ne!(table["measured"].take(), Value::Null);
    }
    report
}

/// The row of a system in the first table of a report.
#[track_caller]
fn row<'r>(report: &'r Value, system: &str) -> &'r Value {
    let rows = report["corpora"][0]["systems"].as_array().unwrap();
    rows.iter().find(|row| row["name"] == system).unwrap_or_else(|| panic!("no {system}"))
}

/// A score of a system, in points of a hundred, rounded.
#[track_caller]
fn points(report: &Value, system: &str, measure: &str) -> i64 {
    (row(report, system)["scores"][measure]["mean"].as_f64().unwrap() * 100.0).round() as i64
}

#[test]
fn every_system_is_scored_and_the_table_says_what_its_numbers_are() {
    let folder = corpus();
    let output = bench(folder.path(), &["day.jsonl", "--seed", "7"]);
    says(&output, 0, "");
    let text = stdout(&output);
    for part in [
        "day: 5 articles in 3 stories, 1 of one article\n",
        "4 dated; the baselines compare dated articles at most 3 days apart\n",
        "10,000 draws, seed 7",
        concat!("epitome ", env!("CARGO_PKG_VERSION")),
        "\nepitome  ",
        "\neach-alone ",
        "\nsingle-link * ",
        "\naverage-link * ",
        "\n* at the threshold with the highest B³ F1 on this very corpus",
        "\nepitome − average-link ",
        "p: paired bootstrap over stories, two-sided",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn scores_in_json_are_those_reckoned_by_hand() {
    let folder = corpus();
    let report = report(folder.path(), &["day.jsonl", "--systems", "each-alone,single-link,average-link"]);
    // Alone all are pure, and of two stories each article has a half: (4 · ½ + 1) / 5.
    let alone = ["b_cubed_precision", "b_cubed_recall", "b_cubed_f1", "pair_precision", "pair_recall", "adjusted_rand"];
    assert_eq!(alone.map(|measure| points(&report, "each-alone", measure)), [100, 60, 75, 100, 0, 0]);
    // The ferry is found; the articles on the dam lie too far apart.
    let linked = ["b_cubed_precision", "b_cubed_recall", "pair_precision", "pair_recall", "pair_f1"];
    assert_eq!(linked.map(|measure| points(&report, "average-link", measure)), [100, 80, 100, 50, 67]);
    let row = row(&report, "average-link");
    assert_eq!((&row["kind"], &row["stories"], &row["alone"]), (&json!("best_threshold"), &json!(4), &json!(3)));
    assert!(row["threshold"].as_f64().unwrap() > 0.0);
    let table = &report["corpora"][0];
    let facts = ["articles", "dated", "stories", "alone", "undated_left_out"].map(|name| table[name].clone());
    assert_eq!(facts, [5, 4, 3, 1, 0]);
    let pair = &table["comparisons"][1];
    assert_eq!(pair["systems"], json!(["each-alone", "average-link"]));
    let difference = &pair["scores"]["b_cubed_recall"];
    assert!((difference["difference"].as_f64().unwrap() + 0.2).abs() < 1e-9, "{difference}");
    assert!(difference["low"].as_f64().unwrap() < -0.2 && difference["high"] == 0.0, "{difference}");
}

#[test]
fn a_wider_window_and_undated_articles_are_a_question_of_options() {
    let folder = corpus();
    let wide = report(folder.path(), &["day.jsonl", "--window", "7"]);
    assert_eq!(points(&wide, "average-link", "b_cubed_f1"), 100);
    assert_eq!(wide["settings"]["window_days"], 7);
    let dated = report(folder.path(), &["day.jsonl", "--dated"]);
    let table = &dated["corpora"][0];
    assert_eq!(["articles", "dated", "undated_left_out"].map(|name| table[name].clone()), [4, 4, 1]);
    let first = report(folder.path(), &["day.jsonl", "--limit", "3"]);
    assert_eq!(first["corpora"][0]["articles"], 3);
}

#[test]
fn neither_threads_nor_the_order_of_articles_change_a_bit() {
    let folder = corpus();
    let as_given = report(folder.path(), &["day.jsonl", "--threads", "1"]);
    assert_eq!(report(folder.path(), &["day.jsonl", "--threads", "2"]), as_given);
    let mut turned = articles();
    turned.reverse();
    fs::write(folder.path().join("day.jsonl"), lines(&turned)).unwrap();
    assert_eq!(report(folder.path(), &["day.jsonl"]), as_given);
}

#[test]
fn what_is_written_as_predictions_is_what_was_scored() {
    let folder = corpus();
    let path = folder.path();
    let arguments = ["day.jsonl", "--systems", "average-link"];
    let first = report(path, &[&arguments[..], &["--predictions", "out.jsonl"]].concat());
    let written = fs::read_to_string(path.join("out.jsonl")).unwrap();
    let expected = [("f1", "1"), ("d1", "2"), ("f2", "1"), ("d2", "3"), ("o1", "4")];
    let expected = expected.map(|(id, story)| format!("{{\"id\":\"{id}\",\"story\":\"{story}\"}}\n")).concat();
    assert_eq!(written, expected);
    let again = report(path, &[&arguments[..], &["--score-predictions", "theirs=out.jsonl"]].concat());
    assert_eq!(row(&again, "theirs")["scores"], row(&first, "average-link")["scores"]);
    assert_eq!((&row(&again, "theirs")["kind"], &row(&again, "theirs")["missing"]), (&json!("given"), &json!(0)));
    let all = ["day.jsonl", "--systems", "each-alone,single-link", "--predictions", "out.jsonl"];
    says(&bench(path, &all), 0, "");
    let written = fs::read_to_string(path.join("out.jsonl")).unwrap();
    assert_eq!(written.lines().count(), 10);
    assert!(written.starts_with("{\"id\":\"f1\",\"system\":\"each-alone\",\"story\":\"1\"}\n"), "{written}");
    let one =
        report(path, &["day.jsonl", "--systems", "each-alone", "--score-predictions", "old=out.jsonl:single-link"]);
    assert_eq!(points(&one, "old", "b_cubed_recall"), 80);
}

#[test]
fn an_article_that_nobody_placed_is_a_story_by_itself_and_counted() {
    let folder = corpus();
    let given = "{\"id\": \"f1\", \"story\": 1}\n{\"id\": \"f2\", \"story\": 1}\n{\"id\": \"d1\", \"story\": 9}\nx\n\
                 {\"id\": \"d2\", \"story\": \"9\"}\n{\"id\": \"d2\", \"story\": 9}\n";
    fs::write(folder.path().join("theirs.jsonl"), given).unwrap();
    let arguments = ["day.jsonl", "--systems", "each-alone", "--score-predictions", "theirs=theirs.jsonl"];
    let output = bench(folder.path(), &arguments);
    says(&output, 3, "theirs.jsonl:4: no {\"id\", \"story\"} in JSON");
    assert!(stderr(&output).contains("theirs.jsonl:6: a second story of one article"), "{}", stderr(&output));
    let told = "theirs: no story for 1 of the 5 articles; each is one by itself";
    assert!(stdout(&output).contains(told), "{}", stdout(&output));
    let report = report(folder.path(), &arguments);
    assert_eq!((&row(&report, "theirs")["missing"], points(&report, "theirs", "adjusted_rand")), (&json!(1), 100));
}

#[test]
fn broken_lines_are_named_and_left_out() {
    let folder = corpus();
    let path = folder.path();
    fs::write(path.join("day.jsonl"), format!("{{\"id\": \"x\", \"title\": \"Dam\"}}\n{}", lines(&articles())))
        .unwrap();
    let output = bench(path, &["day.jsonl", "--systems", "each-alone"]);
    says(&output, 3, "epitome: day.jsonl:1: not said which story it is of; add \"cluster\" or leave the line out");
    let report = report(path, &["day.jsonl", "--systems", "each-alone"]);
    assert_eq!(report["corpora"][0]["left_out"][0]["source"], "day.jsonl:1");
}

#[test]
fn folders_of_articles_are_stories() {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [("ferry/a.txt", FERRY), ("ferry/b.txt", PIER), ("dam/a.txt", DAM), ("dam/b.txt", RELEASE)] {
        let path = folder.path().join("stories").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let report = report(folder.path(), &["stories", "--predictions", "out.jsonl"]);
    assert_eq!(
        (points(&report, "average-link", "b_cubed_f1"), points(&report, "single-link", "adjusted_rand")),
        (100, 100)
    );
    let written = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    assert!(written.starts_with("{\"id\":\"dam/a.txt\",\"system\":\"epitome\",\"story\":\"1\"}\n"), "{written}");
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder = corpus();
    let path = folder.path();
    fs::write(path.join("empty.jsonl"), "\n").unwrap();
    fs::create_dir(path.join("folder")).unwrap();
    for summaries_alone in [
        &["--words", "9"][..],
        &["--bytes", "9"],
        &["--whole"],
        &["--prior", "p.json"],
        &["--without-guards"],
        &["--rouge-tokens", "google"],
        &["--no-stemming"],
        &["--check"],
        &["--record"],
    ] {
        let output = bench(path, &[&["day.jsonl"], summaries_alone].concat());
        says(&output, 2, "the argument '--stories' cannot be used with '");
        assert!(stderr(&output).contains(summaries_alone[0]), "{}", stderr(&output));
    }
    for stories_alone in [&["--dated"][..], &["--window", "2"]] {
        let output = command(path, &[&["bench", "day.jsonl"], stories_alone].concat()).output().unwrap();
        says(&output, 2, "--stories");
    }
    says(&bench(path, &["day.jsonl", "--systems", "each-alone,lead"]), 2, "--systems lead: not known; there are ");
    says(&bench(path, &["day.jsonl", "--window=-1"]), 2, "invalid value '-1' for '--window <DAYS>'");
    says(&bench(path, &["empty.jsonl"]), 1, "empty.jsonl: no article that can be grouped");
    says(&bench(path, &["folder"]), 1, "folder: no folder in this folder, and each would be a story");
    says(&bench(path, &["nowhere.jsonl"]), 2, "nowhere.jsonl: no such file or folder");
    says(&bench(path, &["nowhere.jsonl", "day.jsonl", "--systems", "each-alone"]), 3, "nowhere.jsonl: no such file");
    says(&bench(path, &["day.jsonl", "-o", "day.jsonl"]), 2, "day.jsonl: would be written over");
    fs::write(path.join("given.jsonl"), "{\"id\": \"f1\", \"story\": 1}\n").unwrap();
    let taken = bench(path, &["day.jsonl", "--score-predictions", "each-alone=given.jsonl"]);
    says(&taken, 2, "--score-predictions each-alone=…: the name of another system");
    let undated = r#"{"id": "a", "title": "Dam opened", "cluster": 1}"#;
    fs::write(path.join("undated.jsonl"), undated).unwrap();
    says(&bench(path, &["undated.jsonl", "--dated"]), 1, "none has a date; leave out --dated");
    says(&bench(path, &[]), 2, "Usage: epitome bench");
}
