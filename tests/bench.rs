//! `epitome bench` and `epitome train` from outside, on small corpora made for them and on those that ship.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

mod outside;
use outside::{DAM, FERRY, PIER, command, says, stderr, stdout};

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

fn bench_command(folder: &Path, arguments: &[&str]) -> Command {
    command(folder, &[&["bench"], arguments].concat())
}

fn bench(folder: &Path, arguments: &[&str]) -> Output {
    bench_command(folder, arguments).output().unwrap()
}

fn train_command(folder: &Path, arguments: &[&str]) -> Command {
    command(folder, &[&["train"], arguments].concat())
}

fn train(folder: &Path, arguments: &[&str]) -> Output {
    train_command(folder, arguments).output().unwrap()
}

fn json_of(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The lines of a file, each an object.
fn json_lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The folder of a story with two articles and a reference, in `folder`.
fn story_folder(folder: &Path, name: &str) -> std::path::PathBuf {
    let story = folder.join(name);
    fs::create_dir_all(story.join("articles")).unwrap();
    fs::create_dir_all(story.join("references")).unwrap();
    fs::write(story.join("articles/a.txt"), FERRY).unwrap();
    fs::write(story.join("articles/b.txt"), PIER).unwrap();
    fs::write(story.join("references/D1.M.100.A"), "A ferry hit a pier in Port Ella.").unwrap();
    story
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
    says(&output, 0, "");
    let text = stdout(&output);
    for part in [
        "news: 2 stories, 4 articles",
        "2 references",
        "at most 30 words, cut there",
        "Porter's stems (2 stories)",
        "R-Lsum: union over lines, so a reference on one line is one sentence",
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
    assert!(!text.contains("R-3"), "and so are measures that few compare by");
    let all = bench(folder.path(), &["news.jsonl", "--words", "30", "--verbose"]);
    assert!(stdout(&all).contains("\nlead − lexrank "), "{}", stdout(&all));
    let heads = stdout(&all).lines().find(|line| line.contains("R-1")).unwrap().split_whitespace();
    assert_eq!(heads.collect::<Vec<&str>>(), ["R-1", "R-2", "R-3", "R-4", "R-L", "R-Lsum"]);
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
    says(&output, 3, "epitome: news.jsonl:3: not a cluster in JSON (EOF while parsing");
    assert!(stderr(&output).contains("; mend the line or leave it out"), "{}", stderr(&output));
    assert!(stdout(&output).contains("news: 2 stories"), "{}", stdout(&output));
    let report = report(folder.path(), &["news.jsonl", "--systems", "lead"]);
    assert_eq!(report["corpora"][0]["left_out"][0]["source"], "news.jsonl:3");
}

#[test]
fn a_limit_counts_stories_that_can_be_scored() {
    let folder = corpus(&format!("{{}}\n{}", lines()));
    let output = bench(folder.path(), &["news.jsonl", "--systems", "lead", "--limit", "1"]);
    says(&output, 3, "news.jsonl:1: not a cluster");
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
    says(&bench(path, &arguments), 0, "");
    let written = fs::read_to_string(path.join("out.jsonl")).unwrap();
    assert_eq!(written.lines().count(), 8);
    assert!(written.starts_with("{\"id\":\"ferry\",\"corpus\":\"news\",\"system\":\"lead\",\"summary\":"), "{written}");
    fs::rename(path.join("out.jsonl"), path.join("given.jsonl")).unwrap();
    let wrong = bench(path, &["news.jsonl", "--systems", "lead", "--score-predictions", "theirs=given.jsonl"]);
    says(
        &wrong,
        1,
        "given.jsonl: no summary by theirs in it; it has lead, random; name one as in theirs=given.jsonl:SYSTEM",
    );
    let row_of = |given: &str| {
        let report = report(path, &["news.jsonl", "--systems", "lead", "--score-predictions", given]);
        assert_eq!(row(&report, "old")["rouge"], row(&report, "lead")["rouge"], "{given}");
    };
    row_of("old=given.jsonl:lead");
    // A file of the whole name goes before a system behind a colon; and what one system alone wrote is that system's.
    let lines: Vec<&str> = written.lines().filter(|line| line.contains("\"lead\"")).collect();
    fs::write(path.join("given.jsonl:random"), lines.join("\n")).unwrap();
    row_of("old=given.jsonl:random");
    let none = bench(path, &["news.jsonl", "--score-predictions", "old=none.jsonl:lead"]);
    says(&none, 2, "none.jsonl:lead: no such file");
    let over = ["news.jsonl", "--score-predictions", "old=given.jsonl:lead", "-o", "given.jsonl"];
    says(&bench(path, &over), 2, "given.jsonl: would be written over");
    let taken = bench(path, &["news.jsonl", "--score-predictions", "lead=given.jsonl"]);
    says(&taken, 2, "--score-predictions lead=…: the name of another system");
}

#[test]
fn a_story_without_a_prediction_scores_nothing_and_is_counted() {
    let folder = corpus(&lines());
    fs::write(folder.path().join("theirs.jsonl"), "{\"id\": \"dam\", \"summary\": \"The dam was opened.\"}\nx\n")
        .unwrap();
    let arguments = ["news.jsonl", "--systems", "lead", "--score-predictions", "theirs=theirs.jsonl"];
    let output = bench(folder.path(), &arguments);
    says(&output, 3, "theirs.jsonl:2: no {\"id\", \"summary\"} in JSON");
    assert!(stdout(&output).contains("theirs: no summary of 1 of the 2 stories; they score 0"), "{}", stdout(&output));
    assert_eq!(row(&report(folder.path(), &arguments), "theirs")["missing"], 1);
    let empty = "{\"id\": \"dam\", \"summary\": \"\"}\n{\"id\": \"ferry\", \"summary\": \"A ferry hit.\"}\n";
    fs::write(folder.path().join("theirs.jsonl"), empty).unwrap();
    assert_eq!(row(&report(folder.path(), &arguments), "theirs")["missing"], 1, "an empty summary is none");
}

#[test]
fn stories_of_one_name_are_told_apart_and_their_summaries_with_them() {
    let dam = lines().lines().nth(1).unwrap().replace("\"dam\"", "\"ferry\"");
    let folder = corpus(&format!("{}\n{dam}\n", lines().lines().next().unwrap()));
    let path = folder.path();
    let arguments = ["news.jsonl", "--systems", "lead"];
    let output = bench(path, &[&arguments[..], &["--predictions", "out.jsonl"]].concat());
    says(&output, 0, "epitome: news: 1 story has the id of an earlier one; it is called ferry-2");
    let written = json_lines(&path.join("out.jsonl"));
    assert_eq!(written.iter().map(|line| &line["id"]).collect::<Vec<_>>(), ["ferry", "ferry-2"]);
    // Whoever did not tell them apart has written them in the order of the corpus.
    let text = fs::read_to_string(path.join("out.jsonl")).unwrap();
    fs::write(path.join("theirs.jsonl"), text.replace("ferry-2", "ferry")).unwrap();
    for given in ["again=out.jsonl", "again=theirs.jsonl"] {
        let report = report(path, &[&arguments[..], &["--score-predictions", given]].concat());
        assert_eq!(row(&report, "again")["rouge"], row(&report, "lead")["rouge"], "{given}");
        assert_eq!(row(&report, "again")["missing"], 0);
    }
    fs::write(path.join("news.jsonl"), lines()).unwrap();
    let twice = bench(path, &[&arguments[..], &["--score-predictions", "again=theirs.jsonl"]].concat());
    says(&twice, 3, "theirs.jsonl:2: a second summary of one story; mend the line or leave it out");
}

#[test]
fn a_folder_story_loses_nothing_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let story = story_folder(path, "news/v1.2");
    story_folder(path, "news/v1.3");
    let arguments = ["news", "--systems", "lead", "--predictions", "out.jsonl"];
    says(&bench(path, &arguments), 0, "");
    let ids = |path: &Path| json_lines(path).iter().map(|line| line["id"].clone()).collect::<Vec<Value>>();
    assert_eq!(ids(&path.join("out.jsonl")), ["v1.2", "v1.3"]);
    fs::write(story.join("articles/c.pdf"), "%PDF-1.4").unwrap();
    let output = bench(path, &arguments);
    says(&output, 3, "epitome: news/v1.2/articles/c.pdf: ");
    assert!(stdout(&output).contains("news: 2 stories, 4 articles"), "{}", stdout(&output));
    fs::write(story.join("references/D1.M.100.B"), b"\x89PNG\r\n\x1a\n\0\0").unwrap();
    let output = bench(path, &arguments);
    says(&output, 3, "epitome: news/v1.2/references/D1.M.100.B: not text");
    assert!(stdout(&output).contains("news: 1 story, "), "{}", stdout(&output));
    let report = report(path, &arguments);
    assert_eq!(report["corpora"][0]["left_out"][0]["source"], "news/v1.2/references/D1.M.100.B");
}

#[test]
fn who_was_fitted_on_the_corpus_says_so() {
    let folder = corpus(&lines());
    let path = folder.path();
    fs::rename(path.join("news.jsonl"), path.join("multinews-dev.jsonl")).unwrap();
    fs::copy(path.join("multinews-dev.jsonl"), path.join("other.jsonl")).unwrap();
    let note = "\nepitome: its prior was fitted on this corpus, so it may look a little\n";
    let told = |arguments: &[&str]| {
        let output = bench(path, &[&["--systems", "epitome,lead", "--words", "30"], arguments].concat());
        stdout(&output).contains(note)
    };
    assert!(told(&["multinews-dev.jsonl"]), "the prior that ships names its corpora");
    assert!(!told(&["other.jsonl"]));
    let trained = train(path, &["other.jsonl", "--folds", "2", "-o", "prior.json"]);
    assert_eq!(trained.status.code(), Some(0), "{}", stderr(&trained));
    assert!(told(&["other.jsonl", "--prior", "prior.json"]));
    assert!(!told(&["multinews-dev.jsonl", "--prior", "prior.json"]));
    let report = report(path, &["other.jsonl", "--systems", "epitome,lead", "--prior", "prior.json"]);
    assert_eq!([&row(&report, "epitome")["trained_on"], &row(&report, "lead")["trained_on"]], [true, false]);
}

#[test]
fn training_is_for_the_words_that_are_asked_for() {
    let folder = corpus(&lines());
    let path = folder.path();
    fs::write(path.join("other.jsonl"), lines()).unwrap();
    let files = ["-o", "prior.json", "--predictions", "out.jsonl", "--folds", "2"];
    let output = train(path, &[&["news.jsonl", "other.jsonl", "--words", "30,12"], &files[..]].concat());
    says(&output, 0, "epitome: news, 2 stories, 30 words: ROUGE-1 ");
    assert!(stderr(&output).contains("epitome: other, 2 stories, 12 words: ROUGE-1 "), "{}", stderr(&output));
    let longest = |corpus: &str| {
        let lines = json_lines(&path.join("out.jsonl"));
        let of_corpus = lines.iter().filter(|line| line["corpus"] == corpus);
        of_corpus.map(|line| line["summary"].as_str().unwrap().split_whitespace().count()).max()
    };
    assert_eq!((longest("news"), longest("other")), (Some(30), Some(12)));
    let prior = json_of(&path.join("prior.json"));
    let made = &prior["made"];
    assert_eq!(made["command"], "epitome train news.jsonl other.jsonl --words 30,12 --folds 2");
    let facts = ["stories", "articles", "references", "words"].map(|name| made["corpora"][1][name].clone());
    assert_eq!(facts, [2, 4, 2, 12]);
    assert!(!fs::read_to_string(path.join("prior.json")).unwrap().contains("-0.0,"), "{prior}");
    // Without a length it is that of the references, 12 or 13 words here.
    let output = train(path, &[&["news.jsonl"], &files[..]].concat());
    says(&output, 0, "epitome: news, 2 stories, 10 words: ROUGE-1 ");
    says(&train(path, &["news.jsonl", "--words", "30,12"]), 2, "--words: 2 for 1 corpus; give one for each corpus");
}

#[test]
fn a_feature_that_is_left_out_counts_nothing_and_an_unknown_one_is_refused() {
    let folder = corpus(&lines());
    let path = folder.path();
    let output = train(path, &["news.jsonl", "--folds", "2", "--without", "first,told words", "-o", "prior.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let prior: Value = serde_json::from_slice(&fs::read(path.join("prior.json")).unwrap()).unwrap();
    for (table, name) in [("sentence", "first"), ("chosen", "told words")] {
        let row = prior[table].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap();
        assert_eq!((&row["short"], &row["long"]), (&json!(0.0), &json!(0.0)), "{name}");
    }
    assert_eq!(prior["made"]["command"], "epitome train news.jsonl --folds 2 --without 'first,told words'");
    let unknown = train(path, &["news.jsonl", "--without", "luck"]);
    says(&unknown, 2, "--without luck: not known; there are first, near the top,");
}

#[test]
fn what_cannot_be_trained_on_is_said() {
    let folder = corpus(&lines());
    let path = folder.path();
    fs::write(path.join("empty.jsonl"), "\n").unwrap();
    fs::write(path.join("broken.jsonl"), "{\n").unwrap();
    let folds = ["--folds", "2", "-o", "prior.json"];
    let with = |corpora: &[&str]| train(path, &[corpora, &folds].concat());
    let missing = with(&["nowhere.jsonl", "news.jsonl", "empty.jsonl"]);
    says(&missing, 3, "epitome: nowhere.jsonl: no such file or folder");
    assert!(stderr(&missing).contains("epitome: empty.jsonl: no story to learn from"), "{}", stderr(&missing));
    assert_eq!(json_of(&path.join("prior.json"))["made"]["corpora"].as_array().unwrap().len(), 1);
    fs::remove_file(path.join("prior.json")).unwrap();
    let broken = with(&["broken.jsonl"]);
    says(&broken, 1, "epitome: broken.jsonl:1: not a cluster in JSON");
    assert!(stderr(&broken).contains("epitome: broken.jsonl: no story to learn from"), "{}", stderr(&broken));
    says(&with(&["nowhere.jsonl"]), 2, "nowhere.jsonl: no such file");
    let few = train(path, &["news.jsonl", "-o", "prior.json"]);
    says(&few, 2, "news.jsonl: 2 stories, and 5 folds; give at most --folds 2, or more stories");
    says(&with(&["-"]), 2, "-: can be read once, and a corpus is read several times; give a file or a folder");
    #[cfg(unix)]
    says(&with(&["/dev/null"]), 2, "/dev/null: can be read once");
    assert!(!path.join("prior.json").exists());
}

#[test]
fn no_result_is_written_over_what_it_is_made_from_or_over_another() {
    let folder = corpus(&lines());
    let path = folder.path();
    story_folder(path, "stories/ferry");
    let article = "stories/ferry/articles/a.txt";
    for run in [bench, train] {
        for option in ["-o", "--predictions"] {
            says(&run(path, &["news.jsonl", option, "news.jsonl"]), 2, "news.jsonl: would be written over");
            says(&run(path, &["stories", option, article]), 2, "a.txt: would be written over");
        }
        let twice = ["news.jsonl", "-o", "out.json", "--predictions", "./out.json"];
        says(&run(path, &twice), 2, "./out.json: would be written twice; give another file");
    }
    assert_eq!(fs::read_to_string(path.join(article)).unwrap(), FERRY);
}

#[test]
fn a_prior_that_cannot_work_is_refused_in_words_for_people() {
    let folder = corpus(&lines());
    let path = folder.path();
    let said = |text: &str, message: &str| {
        fs::write(path.join("prior.json"), text).unwrap();
        let output = bench(path, &["news.jsonl", "--prior", "prior.json"]);
        says(&output, 2, &format!("epitome: prior.json: {message}"));
    };
    said("[1]", "no object in braces; give a file that epitome train wrote");
    said("{\"short_words\": 30, \"longwords\": 2}", "the prior has a field “longwords” that is not known");
    let shipped = include_str!("../src/rank/prior.json");
    let mut prior: Value = serde_json::from_str(shipped).unwrap();
    prior["chosen"][0]["short"] = json!(0.5);
    said(&prior.to_string(), "“nearest” may only count against a sentence, and 0.5 does the opposite; give 0 or less");
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
    says(&bench(path, &["news.jsonl", "--systems", "lead,led"]), 2, "--systems led: not known; there are epitome, ");
    says(&bench(path, &["empty.jsonl"]), 1, "empty.jsonl: no cluster that can be scored");
    says(&bench(path, &["folder"]), 1, "folder: no story in this folder");
    says(&bench(path, &["nowhere.jsonl"]), 2, "nowhere.jsonl: no such file or folder");
    says(&bench(path, &["nowhere.jsonl", "news.jsonl", "--systems", "lead"]), 3, "nowhere.jsonl: no such file");
    says(&bench(path, &["news.jsonl", "--words", "0"]), 2, "--words");
    says(&bench(path, &["news.jsonl", "--words", "9", "--bytes", "9"]), 2, "cannot be used with");
    says(&bench(path, &["news.jsonl", "--score-predictions", "theirs"]), 2, "NAME=FILE");
    says(&bench(path, &["news.jsonl", "-o", "news.jsonl"]), 2, "news.jsonl: would be written over");
    says(&bench(path, &["news.jsonl", "--predictions", "news.jsonl"]), 2, "news.jsonl: would be written over");
    says(&bench(path, &["news.jsonl", "--check"]), 2, "kept in the folder of a story");
    says(&bench(path, &[]), 2, "Usage: epitome bench");
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
    says(&bench(path, &["stories", "--check"]), 6, "");
    says(&bench(path, &["stories", "--record"]), 0, "");
    let checked = bench(path, &["stories", "--check"]);
    says(&checked, 0, "");
    assert_eq!(stdout(&checked), "1 cluster checked, all as recorded\n");
    fs::write(story.join("references/r.txt"), "A ferry hit the east pier in Port Ella.").unwrap();
    let changed = bench(path, &["stories/ferry", "--check"]);
    says(&changed, 6, "");
    assert!(stdout(&changed).contains("expected.json: reference_words: 9, recorded 8\n"), "{}", stdout(&changed));
    assert!(stdout(&changed).contains("expected.json: lead rouge1: "), "{}", stdout(&changed));
    for others in [&["--words", "50"][..], &["--without-guards"], &["--prior", "prior.json"]] {
        for recorded in ["--check", "--record"] {
            says(&bench(path, &[&["stories", recorded], others].concat()), 2, "cannot be used with");
        }
    }
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
    let mut child = bench_command(folder.path(), &["-", "--systems", "lead", "--format", "json"])
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

#[cfg(unix)]
#[test]
fn training_that_is_interrupted_writes_nothing() {
    use std::io::{BufRead, BufReader, Read};
    let folder = corpus(&lines().repeat(5000));
    let mut child =
        train_command(folder.path(), &["news.jsonl", "--verbose", "-o", "prior.json", "--predictions", "out"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    errors.read_line(&mut said).unwrap();
    assert_eq!(said, "epitome: reading news\n");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    errors.read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{said}");
    assert!(said.ends_with("epitome: interrupted; nothing is written\n"), "{said}");
    assert!(!folder.path().join("prior.json").exists() && !folder.path().join("out").exists());
}
