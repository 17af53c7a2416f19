//! `epitome bench` from outside, on small corpora made for it and on those that ship.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const FERRY: &str = "A commuter ferry with 187 people on board hit the east pier of Port Ella on Tuesday morning, the harbour authority \
said. Fourteen passengers were hurt when the ferry hit the pier. The operator has taken the sister ship out of service \
until its steering has been inspected.";
const PIER: &str = "Fourteen people were hurt on Tuesday when a ferry hit a pier in Port Ella, and the east pier stays closed. Engineers \
look at the steering of the ferry today. A union had warned of the steering of both ships in October.";
const DAM: &str = "Engineers opened the spillway of the Kessel dam on Monday after four days of heavy rain in the province. Some 6,300 \
people left three villages below the dam overnight. The release of water should end on Friday evening.";
const RIVER: &str = "The river rose by two metres below the Kessel dam on Monday, and a bridge was destroyed by the water. Nobody was \
hurt, the government of the province said. Farmers want to be paid for what the flood took.";

/// A line of a corpus.
fn story(id: &str, documents: [&str; 2], reference: &str) -> Value {
    let documents = documents.map(|text| json!({"id": "d", "title": null, "date": "None", "text": text}));
    json!({"id": id, "lang": "en", "documents": documents, "references": [reference]})
}

fn lines() -> String {
    let ferry = story("ferry", [FERRY, PIER], "A ferry hit a pier in Port Ella and fourteen people were hurt.");
    let dam = story("dam", [DAM, RIVER], "The Kessel dam was opened after heavy rain, and 6,300 people left.");
    format!("{ferry}\n{dam}\n")
}

fn corpus(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("news.jsonl"), text).unwrap();
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_epitome"));
    command.current_dir(folder).arg("bench").args(arguments).stdin(Stdio::null());
    command
}

fn bench(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

#[track_caller]
fn check(output: &Output, code: i32, message: &str) {
    let told = format!("stdout: {}\nstderr: {}", stdout(output), stderr(output));
    assert_eq!(output.status.code(), Some(code), "{told}");
    if message.is_empty() {
        assert!(output.stderr.is_empty(), "{told}");
    } else {
        assert!(stderr(output).contains(message), "{message:?} is not said\n{told}");
    }
}

/// The report in JSON.
#[track_caller]
fn report(folder: &Path, arguments: &[&str]) -> Value {
    let output = bench(folder, &[arguments, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)))
}

/// A row of the first corpus of a report.
#[track_caller]
fn row<'r>(report: &'r Value, system: &str) -> &'r Value {
    let rows = report["corpora"][0]["systems"].as_array().unwrap();
    rows.iter().find(|row| row["name"] == system).unwrap_or_else(|| panic!("no {system}"))
}

#[test]
fn every_system_is_scored_and_every_table_says_what_its_numbers_are() {
    let folder = corpus(&lines());
    let output = bench(folder.path(), &["news.jsonl", "--words", "30", "--seed", "7"]);
    check(&output, 0, "");
    let text = stdout(&output);
    for part in [
        "news: 2 stories, 4 articles",
        "2 references",
        "at most 30 words, cut there",
        "Porter's stems (2 stories)",
        "several references: mean",
        "10,000 draws, seed 7",
        concat!("epitome ", env!("CARGO_PKG_VERSION")),
        "\nepitome-whole ",
        "\nlead ",
        "\nlexrank ",
        "\noracle * ",
        "\nepitome − lead ",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(!text.contains("lead − "), "comparisons of others are for --verbose");
    let all = bench(folder.path(), &["news.jsonl", "--words", "30", "--verbose"]);
    assert!(stdout(&all).contains("\nlead − lexrank "), "{}", stdout(&all));
    assert!(stdout(&all).lines().all(|line| line.chars().count() <= 100), "{}", stdout(&all));
    let whole = bench(folder.path(), &["news.jsonl", "--words", "30", "--whole"]);
    assert!(
        stdout(&whole).contains("at most 30 words, in whole sentences, but for those named -cut"),
        "{}",
        stdout(&whole)
    );
}

#[test]
fn scores_in_json_are_those_counted_by_hand() {
    let folder = corpus(&lines());
    let report = report(folder.path(), &["news.jsonl", "--words", "20", "--systems", "lead-first,epitome"]);
    assert_eq!(report["corpora"][0]["clusters"], 2);
    assert_eq!(report["corpora"][0]["systems"].as_array().unwrap().len(), 2);
    let lead = row(&report, "lead-first");
    // Of the 13 tokens of the first reference, the first 20 words of FERRY have a (once of twice), ferry, hit, pier, port,
    // ella and people; of the 13 of the second, those of DAM have the, kessel, dam, opened, after, heavy and rain.
    let recall = lead["rouge"]["rouge1"]["recall"].as_f64().unwrap();
    assert!((recall - 7.0 / 13.0).abs() < 1e-9, "{recall}");
    let pair = &report["corpora"][0]["comparisons"][0];
    assert_eq!(pair["systems"], json!(["lead-first", "epitome"]));
    assert!(pair["rouge"]["rouge2"]["p"].as_f64().unwrap() <= 1.0);
}

#[test]
fn a_broken_line_is_named_by_its_number_and_left_out() {
    let folder = corpus(&format!("{}{{\"id\": \"x\", \"documents\": [\n", lines()));
    let output = bench(folder.path(), &["news.jsonl", "--systems", "lead"]);
    check(&output, 3, "epitome: news.jsonl:3: not a cluster in JSON (EOF while parsing");
    assert!(stderr(&output).contains("; mend the line or leave it out"), "{}", stderr(&output));
    assert!(stdout(&output).contains("news: 2 stories"), "{}", stdout(&output));
    let report = report(folder.path(), &["news.jsonl", "--systems", "lead"]);
    assert_eq!(report["corpora"][0]["left_out"][0]["source"], "news.jsonl:3");
}

#[test]
fn a_limit_counts_stories_that_can_be_scored() {
    let folder = corpus(&format!("{{}}\n{}", lines()));
    let output = bench(folder.path(), &["news.jsonl", "--systems", "lead", "--limit", "1"]);
    check(&output, 3, "news.jsonl:1: not a cluster");
    assert!(stdout(&output).contains("news: 1 story,"), "{}", stdout(&output));
}

#[test]
fn what_is_written_as_predictions_is_what_was_scored() {
    let folder = corpus(&lines());
    let path = folder.path();
    for (system, limit) in
        [("epitome", ["--words", "17"]), ("lexrank", ["--bytes", "90"]), ("epitome-whole", ["--words", "30"])]
    {
        let arguments = ["news.jsonl", "--systems", system, limit[0], limit[1]];
        let first = report(path, &[&arguments[..], &["--predictions", "out.jsonl"]].concat());
        let written = fs::read_to_string(path.join("out.jsonl")).unwrap();
        let predictions: Vec<Value> = written.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(predictions.iter().map(|line| &line["id"]).collect::<Vec<_>>(), ["ferry", "dam"]);
        for prediction in &predictions {
            assert_eq!(prediction.as_object().unwrap().len(), 2, "one system of one corpus needs no names");
            let summary = prediction["summary"].as_str().unwrap();
            let most = limit[1].parse().unwrap();
            let length = if limit[0] == "--words" { summary.split_whitespace().count() } else { summary.len() };
            assert!(length <= most && (system == "epitome-whole" || length + 2 > most), "{summary}");
        }
        let again = report(path, &[&arguments[..], &["--score-predictions", "again=out.jsonl"]].concat());
        for field in ["rouge", "repetition", "fill"] {
            assert_eq!(row(&again, "again")[field], row(&first, system)[field], "{system} {field}");
        }
        assert_eq!(row(&again, "again")["kind"], "given");
    }
}

#[test]
fn predictions_of_several_systems_and_corpora_bear_their_names() {
    let folder = corpus(&lines());
    let path = folder.path();
    fs::write(path.join("other.jsonl"), lines()).unwrap();
    let arguments = ["news.jsonl", "other.jsonl", "--systems", "lead,random", "--predictions", "out.jsonl"];
    check(&bench(path, &arguments), 0, "");
    let written = fs::read_to_string(path.join("out.jsonl")).unwrap();
    assert_eq!(written.lines().count(), 8);
    assert!(written.starts_with("{\"id\":\"ferry\",\"corpus\":\"news\",\"system\":\"lead\",\"summary\":"), "{written}");
    fs::rename(path.join("out.jsonl"), path.join("given.jsonl")).unwrap();
    let wrong = bench(path, &["news.jsonl", "--systems", "lead", "--score-predictions", "theirs=given.jsonl"]);
    check(&wrong, 1, "no summary by theirs in it; it has lead, random");
    let taken = bench(path, &["news.jsonl", "--score-predictions", "lead=given.jsonl"]);
    check(&taken, 2, "--score-predictions lead=…: the name of another system");
}

#[test]
fn a_story_without_a_prediction_scores_nothing_and_is_counted() {
    let folder = corpus(&lines());
    fs::write(folder.path().join("theirs.jsonl"), "{\"id\": \"dam\", \"summary\": \"The dam was opened.\"}\nx\n")
        .unwrap();
    let arguments = ["news.jsonl", "--systems", "lead", "--score-predictions", "theirs=theirs.jsonl"];
    let output = bench(folder.path(), &arguments);
    check(&output, 3, "theirs.jsonl:2: no {\"id\", \"summary\"} in JSON");
    assert!(stdout(&output).contains("theirs: no summary of 1 of the 2 stories; they score 0"), "{}", stdout(&output));
    assert_eq!(row(&report(folder.path(), &arguments), "theirs")["missing"], 1);
}

#[test]
fn scores_do_not_depend_on_the_number_of_threads() {
    let folder = corpus(&lines());
    let untimed = |threads: &str| {
        let mut report = report(folder.path(), &["news.jsonl", "--words", "25", "--threads", threads]);
        assert_ne!(report["corpora"][0]["measured"].take(), Value::Null);
        report
    };
    assert_eq!(untimed("1"), untimed("2"));
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder = corpus(&lines());
    let path = folder.path();
    fs::write(path.join("empty.jsonl"), "\n").unwrap();
    fs::create_dir(path.join("folder")).unwrap();
    check(&bench(path, &["news.jsonl", "--systems", "lead,led"]), 2, "--systems led: not known; there are epitome, ");
    check(&bench(path, &["empty.jsonl"]), 1, "empty.jsonl: no cluster that can be scored");
    check(&bench(path, &["folder"]), 1, "folder: no story in this folder");
    check(&bench(path, &["nowhere.jsonl"]), 2, "nowhere.jsonl: no such file or folder");
    check(&bench(path, &["nowhere.jsonl", "news.jsonl", "--systems", "lead"]), 3, "nowhere.jsonl: no such file");
    check(&bench(path, &["news.jsonl", "--words", "0"]), 2, "--words");
    check(&bench(path, &["news.jsonl", "--words", "9", "--bytes", "9"]), 2, "cannot be used with");
    check(&bench(path, &["news.jsonl", "--score-predictions", "theirs"]), 2, "NAME=FILE");
    check(&bench(path, &["news.jsonl", "-o", "news.jsonl"]), 2, "news.jsonl: would be written over");
    check(&bench(path, &["news.jsonl", "--predictions", "news.jsonl"]), 2, "news.jsonl: would be written over");
    check(&bench(path, &["news.jsonl", "--check"]), 2, "kept in the folder of a story");
    check(&bench(path, &[]), 2, "Usage: epitome bench");
    assert_eq!(fs::read_to_string(path.join("news.jsonl")).unwrap(), lines());
}

#[test]
fn other_languages_are_scored_with_unicode_tokens() {
    let german = "Die Fähre fuhr am Dienstag gegen die Mole, sagte die Bürgermeisterin der Stadt. Vierzehn Menschen wurden verletzt.";
    let line = json!({"id": "a", "documents": [german], "references": ["Die Fähre fuhr gegen die Mole."]});
    let folder = corpus(&format!("{line}\n"));
    let tokens = |arguments: &[&str]| {
        let report = report(folder.path(), &[&["news.jsonl", "--systems", "lead"], arguments].concat());
        report["corpora"][0]["tokens"][0].clone()
    };
    assert_eq!(tokens(&[]), json!({"tokens": "unicode", "clusters": 1}));
    assert_eq!(tokens(&["--rouge-tokens", "google"])["stemming"], true);
    assert_eq!(tokens(&["--lang", "en", "--no-stemming"])["stemming"], false);
}

#[test]
fn a_change_of_what_is_recorded_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let story = folder.path().join("stories/ferry");
    fs::create_dir_all(story.join("articles")).unwrap();
    fs::create_dir_all(story.join("references")).unwrap();
    fs::write(story.join("articles/a.txt"), FERRY).unwrap();
    fs::write(story.join("articles/b.txt"), PIER).unwrap();
    fs::write(story.join("references/r.txt"), "A ferry hit a pier in Port Ella.").unwrap();
    let path = folder.path();
    check(&bench(path, &["stories", "--check"]), 6, "");
    check(&bench(path, &["stories", "--record"]), 0, "");
    let checked = bench(path, &["stories", "--check"]);
    check(&checked, 0, "");
    assert_eq!(stdout(&checked), "1 cluster checked, all as recorded\n");
    fs::write(story.join("references/r.txt"), "A ferry hit the east pier in Port Ella.").unwrap();
    let changed = bench(path, &["stories/ferry", "--check"]);
    check(&changed, 6, "");
    assert!(stdout(&changed).contains("expected.json: reference_words: 9, recorded 8\n"), "{}", stdout(&changed));
    assert!(stdout(&changed).contains("expected.json: lead rouge1: "), "{}", stdout(&changed));
    check(&bench(path, &["stories", "--check", "--words", "50"]), 2, "cannot be used with");
}

#[test]
fn the_corpora_that_ship_score_as_recorded() {
    let output = bench(Path::new(env!("CARGO_MANIFEST_DIR")), &["corpora", "--check"]);
    let told = format!("{}\nafter a change that is meant: epitome bench corpora --record", stdout(&output));
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(stdout(&output).ends_with("8 clusters checked, all as recorded\n"), "{told}");
}

#[cfg(unix)]
#[test]
fn an_interruption_ends_it_with_what_is_done() {
    use std::io::{BufRead, BufReader, Read};
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(folder.path(), &["-", "--systems", "lead", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // A batch: its broken line is named when it is done, and the program waits for more.
    input.write_all(format!("x\n{}", lines().repeat(32)).as_bytes()).unwrap();
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    let mut named = String::new();
    errors.read_line(&mut named).unwrap();
    assert!(named.contains("standard input:1: not a cluster"), "{named}");
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    std::thread::sleep(std::time::Duration::from_millis(300));
    // Whatever comes then is not looked at any more.
    let _ = input.write_all(lines().repeat(64).as_bytes());
    drop(input);
    let output = child.wait_with_output().unwrap();
    let mut said = String::new();
    errors.read_to_string(&mut said).unwrap();
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("interrupted; the result is of the first 63 clusters"), "{said}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["corpora"][0]["clusters"], &report["corpora"][0]["interrupted"]), (&json!(63), &json!(true)));
}
