//! `epitome digest --jsonl` from outside, and `epitome verify` of what it writes.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use epitome::read::Lines;
use epitome::render::to_json_line;
use epitome::stream::Stream;
use epitome::{Budget, Options, Summarizer};
use serde_json::{Value, json};
use tempfile::TempDir;

mod outside;
use outside::{DAM, FERRY, PIER, command, ended, epitome, stderr, stdout, with_input};

const DAMM: &str = "Die Behörden öffneten am Montag nach vier Tagen Regen die Schleusen des Damms von Kessel. Rund 6300 Menschen haben \
drei Dörfer unterhalb des Damms in der Nacht verlassen, wie die Regierung der Provinz mitteilte.";

/// A line of a corpus.
fn story(id: Value, documents: &[&str]) -> String {
    json!({"id": id, "documents": documents, "references": ["Not looked at."]}).to_string()
}

fn ferry() -> String {
    story(json!("ferry"), &[FERRY, PIER])
}

fn dam() -> String {
    story(json!(7), &[DAM])
}

/// A folder with a file of two stories.
fn corpus() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("news.jsonl"), format!("{}\n{}\n", ferry(), dam())).unwrap();
    folder
}

/// A hundred stories of very different lengths, and some lines that are none.
fn mixed() -> String {
    let mut lines = String::new();
    for number in 0..100 {
        match number % 10 {
            3 => lines.push_str("no story\n"),
            7 => lines.push_str("\n{\"id\": 7, \"documents\": []}\n"),
            _ => {
                let long = format!("{FERRY}\n\n{PIER}\n\n{DAM}");
                let texts = [FERRY, DAM, &long, PIER].into_iter().cycle().take(1 + number * 7 % 12);
                lines.push_str(&(story(json!(number), &texts.collect::<Vec<&str>>()) + "\n"));
            }
        }
    }
    lines
}

fn digest(folder: &Path, arguments: &[&str]) -> Output {
    epitome(folder, &[&["digest", "--jsonl"], arguments].concat())
}

/// Holds the exit code and what is said against what is expected.
#[track_caller]
fn check(output: &Output, code: i32, messages: &str) {
    let told = ended(output, code);
    assert_eq!(stderr(output), messages, "{told}");
}

#[track_caller]
fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Where each line of the result says that its story stands, and whether there is a digest.
#[track_caller]
fn places(text: &str) -> Vec<(Value, String, bool)> {
    let told = |line: Value| {
        let place = format!("{}:{}", line["file"].as_str().unwrap(), line["line"]);
        let (error, schema) = (line.get("error"), line.get("schema"));
        assert_ne!(error.is_some(), schema.is_some(), "{line}");
        (line["id"].clone(), place, schema.is_some())
    };
    json_lines(text).into_iter().map(told).collect()
}

fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn every_line_has_its_digest_on_a_line_with_the_place_of_its_story() {
    let folder = corpus();
    let output = digest(folder.path(), &["news.jsonl"]);
    check(&output, 0, "");
    let place = |line: usize| format!("news.jsonl:{line}");
    assert_eq!(places(stdout(&output)), [(json!("ferry"), place(1), true), (json!(7), place(2), true)]);
    let lines = json_lines(stdout(&output));
    assert_eq!(lines[0]["items"][0]["citation"]["article"], json!(0));
    let texts: Vec<&str> = (0..2).map(|at| lines[0]["sources"][at]["text"].as_str().unwrap()).collect();
    assert_eq!(texts, [FERRY, PIER]);
    assert_eq!(lines[0]["sources"][1]["path"], json!("ferry/2"));
    assert!(!stdout(&output).contains("Not looked at"), "what people wrote of a story is no part of its digest");
}

#[test]
fn the_library_gives_the_same_lines() {
    let folder = corpus();
    let output = digest(folder.path(), &["news.jsonl", "--words", "30", "--explain"]);
    let options = Options { budget: Budget::Words(30), explain: true, ..Options::default() };
    let stream = Stream::new(Summarizer::new(&options).unwrap());
    let text = fs::read(folder.path().join("news.jsonl")).unwrap();
    let lines = Lines::new("news.jsonl", std::io::Cursor::new(text));
    let written: String = stream.digests(lines, |line| to_json_line(&line.unwrap())).unwrap().collect();
    assert_eq!(stdout(&output), written);
}

#[test]
fn what_is_known_about_a_document_is_in_its_digest() {
    let folder = tempfile::tempdir().unwrap();
    let document =
        json!({"title": "Ferry hits pier", "date": "2031-03-04", "publisher": "Harbour Post", "text": FERRY});
    let line = json!({"id": "a", "lang": "en", "documents": [document]}).to_string();
    let output = with_input(folder.path(), &["digest", "--jsonl"], line.as_bytes());
    check(&output, 0, "");
    let made = &json_lines(stdout(&output))[0];
    assert_eq!((&made["file"], &made["title"]), (&json!("standard input"), &json!("Ferry hits pier")));
    let metadata = &made["sources"][0]["metadata"];
    let known = ["publisher", "published"].map(|fact| &metadata[fact]["value"]);
    assert_eq!(known, [&json!("Harbour Post"), &json!("2031-03-04")]);
}

#[test]
fn a_line_without_a_digest_is_named_and_keeps_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (ferry, dam) = (ferry(), dam());
    let lines = [
        &b"\xef\xbb\xbf"[..],
        ferry.as_bytes(),
        b"\r\n\n  \n{\"id\": \"cut\", \"documents\": [\"The fer\r\n",
        b"{\"id\": 5, \"text\": \"An article, no story.\"}\n",
        b"{\"id\": \"latin\", \"documents\": [\"Die F\xe4hre.\"]}\n",
        b"{\"id\": \"empty\", \"documents\": [\"\", {\"text\": \" \"}, {\"text\": null}]}\n",
        b"[1, 2]\n",
        b"\"\x1b[31m\n",
        b"{\"documents\": []}\n",
        dam.as_bytes(),
    ];
    fs::write(folder.path().join("x.jsonl"), lines.concat()).unwrap();
    let output = digest(folder.path(), &["x.jsonl"]);
    assert_eq!(output.status.code(), Some(3));
    let place = |line: usize| format!("x.jsonl:{line}");
    let expected = [
        (json!("ferry"), place(1), true),
        (Value::Null, place(4), false),
        (json!(5), place(5), false),
        (json!("latin"), place(6), false),
        (json!("empty"), place(7), false),
        (Value::Null, place(8), false),
        (Value::Null, place(9), false),
        (Value::Null, place(10), false),
        (json!(7), place(11), true),
    ];
    assert_eq!(places(stdout(&output)), expected);
    let said: Vec<&str> = stderr(&output).lines().collect();
    let failed: Vec<Value> =
        json_lines(stdout(&output)).into_iter().filter(|line| line.get("error").is_some()).collect();
    assert_eq!(said.len(), failed.len(), "{said:?}");
    for (line, said) in failed.iter().zip(&said) {
        let (number, reason) = (&line["line"], line["error"].as_str().unwrap());
        assert_eq!(*said, format!("epitome: x.jsonl:{number}: {reason}").replace('\u{1b}', ""));
        assert!(said.ends_with("; mend the line or leave it out"), "{said}");
    }
    for (said, what) in said.iter().zip([
        "not a cluster in JSON (",
        "missing field `documents`",
        "not UTF-8 (at byte 37 of the line)",
        "no document with text",
        "(a list where there should be a story",
        "not a cluster in JSON (",
        "no document with text",
    ]) {
        assert!(said.contains(what), "{what:?} is not in {said:?}");
    }
}

#[test]
fn stories_in_which_nothing_can_be_quoted_have_digests_that_say_so() {
    let folder = corpus();
    let question = "Who would have thought so, asked the mayor of the town on Tuesday morning?";
    let lines = [story(json!("a"), &["FERRY HITS PIER"]), story(json!("b"), &[question]), dam()];
    let output = with_input(folder.path(), &["digest", "--jsonl", "-", "--words", "5"], lines.join("\n").as_bytes());
    check(
        &output,
        0,
        "epitome: without a quote: 3 of 3 digests; \"outcome\" says why\n\
         epitome: left out of digests: 1 document; \"left_out\" says why\n",
    );
    let outcomes: Vec<Value> = json_lines(stdout(&output)).iter().map(|line| line["outcome"].clone()).collect();
    assert_eq!(outcomes[0], json!("no_prose"));
    assert_eq!(outcomes[1], json!("nothing_quotable"));
    assert!(outcomes[2]["nothing_fits"]["shortest"].is_u64(), "{outcomes:?}");
    let quiet = with_input(folder.path(), &["digest", "--jsonl", "-", "--quiet"], lines[0].as_bytes());
    check(&quiet, 0, "");
    let verbose = with_input(folder.path(), &["digest", "--jsonl", "-", "--verbose"], lines[0].as_bytes());
    assert!(stderr(&verbose).contains("standard input:1: a/1: no running text in it"), "{}", stderr(&verbose));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("x.jsonl"), mixed()).unwrap();
    let once = digest(folder.path(), &["x.jsonl", "--threads", "1"]);
    assert_eq!(once.status.code(), Some(3), "{}", stderr(&once));
    assert_eq!(stdout(&once).lines().count(), 100);
    for arguments in [&["x.jsonl"][..], &["x.jsonl", "--threads", "2"], &["x.jsonl", "--threads", "9"]] {
        let output = digest(folder.path(), arguments);
        assert_eq!(output.stdout, once.stdout, "{arguments:?}");
        assert_eq!(stderr(&output), stderr(&once), "{arguments:?}");
    }
}

#[test]
fn files_are_read_in_the_order_that_is_given_and_standard_input_among_them() {
    let folder = corpus();
    fs::write(folder.path().join("a.jsonl"), dam()).unwrap();
    let arguments = ["digest", "--jsonl", "news.jsonl", "-", "a.jsonl"];
    let output = with_input(folder.path(), &arguments, ferry().as_bytes());
    check(&output, 0, "");
    let of: Vec<String> = places(stdout(&output)).into_iter().map(|(_, place, _)| place).collect();
    assert_eq!(of, ["news.jsonl:1", "news.jsonl:2", "standard input:1", "a.jsonl:1"]);
    let listed = with_input(folder.path(), &["digest", "--jsonl", "--files-from", "-"], b"a.jsonl\nnews.jsonl\n");
    let of: Vec<String> = places(stdout(&listed)).into_iter().map(|(_, place, _)| place).collect();
    assert_eq!(of, ["a.jsonl:1", "news.jsonl:1", "news.jsonl:2"]);
    check(&digest(folder.path(), &["-", "-"]), 2, "epitome: standard input: named twice; name it once\n");
}

#[test]
fn a_file_that_cannot_be_read_costs_nothing_else() {
    let folder = corpus();
    fs::write(folder.path().join("empty.jsonl"), "\n").unwrap();
    fs::write(folder.path().join("packed.jsonl"), b"\x1f\x8b\x08\0\n\n\0").unwrap();
    let good = digest(folder.path(), &["news.jsonl"]);
    let bad = [
        ("nowhere.jsonl", 2, "no such file or folder; check the path"),
        ("empty.jsonl", 1, "no line in it; leave it out"),
        (".", 1, "a folder, and lines are read from files; give the files in it"),
        ("packed.jsonl", 1, "cannot be read (gzip data that break off); leave it out or mend it"),
        (
            "https://example.org/x.jsonl",
            2,
            "a web address, and epitome reads files; save the article's text to a file and give that",
        ),
        #[cfg(unix)]
        ("/dev/zero", 1, "a device, not a file; leave it out"),
    ];
    for (name, code, message) in bad {
        let message = format!("epitome: {name}: {message}\n");
        let beside = digest(folder.path(), &[name, "news.jsonl"]);
        check(&beside, 3, &message);
        assert_eq!(beside.stdout, good.stdout);
        let alone = digest(folder.path(), &[name, "-o", "out.jsonl"]);
        check(&alone, code, &message);
        assert!(!folder.path().join("out.jsonl").exists(), "{name}");
    }
    check(&digest(folder.path(), &[]), 1, "epitome: standard input: no line in it; leave it out\n");
}

#[test]
fn what_decides_about_a_digest_decides_about_each() {
    let folder = corpus();
    let items = |arguments: &[&str]| {
        let output = digest(folder.path(), &[&["news.jsonl"], arguments].concat());
        check(&output, 0, "");
        json_lines(stdout(&output))[0].clone()
    };
    let count = |digest: &Value| digest["items"].as_array().unwrap().len();
    assert_eq!(count(&items(&["--sentences", "1"])), 1);
    assert!(count(&items(&["--percent", "90"])) > 2);
    assert_eq!(items(&["--chars", "300"])["options"]["budget"], json!({"chars": 300}));
    assert!(items(&["--explain"])["items"][0]["parts"].is_array());
    assert!(items(&["--show-dropped"])["dropped"].is_array());
    assert_eq!(items(&["--format", "json"]), items(&[]));
    fs::write(folder.path().join("p.json"), include_str!("../src/rank/prior.json")).unwrap();
    assert!(items(&["--prior", "p.json"])["options"]["prior"].is_object());
    fs::write(folder.path().join("news.jsonl"), story(json!(1), &[DAM, DAMM, DAM])).unwrap();
    assert_eq!(items(&["--lang", "de", "--quiet"])["language"], json!("de"));
    assert_eq!(items(&["--quiet"])["left_out"][0]["source"], json!("1/2"));
}

#[test]
fn what_a_line_cannot_be_is_refused() {
    let folder = corpus();
    let refused = |arguments: &[&str], message: &str| {
        let output = digest(folder.path(), &[&["news.jsonl"], arguments].concat());
        check(&output, 2, &format!("epitome: {message}\n"));
    };
    refused(&["--format", "text"], "--format text: with --jsonl digests are in JSON; leave it out");
    refused(&["--format", "markdown"], "--format markdown: with --jsonl digests are in JSON; leave it out");
    refused(
        &["--keep-sources", "kept"],
        "--keep-sources kept: with --jsonl each digest holds the text of its sources; leave it out",
    );
    refused(&["-o", "./news.jsonl"], "./news.jsonl: would be written over; give -o another file");
    refused(&["-o", "."], ".: a folder; give the name of a file in it");
    assert_eq!(files(folder.path()), ["news.jsonl"]);
    let nowhere = digest(folder.path(), &["news.jsonl", "-o", "no/where.jsonl"]);
    check(&nowhere, 1, "epitome: no/where.jsonl: its folder does not exist; make the folder first\n");
}

#[test]
fn stories_are_not_taken_for_an_article() {
    let folder = corpus();
    let output = epitome(folder.path(), &["digest", "news.jsonl"]);
    let message = "news.jsonl: stories, one a line, not an article; read them with epitome digest --jsonl";
    check(&output, 1, &format!("epitome: {message}\n"));
}

#[test]
fn a_file_is_replaced_when_all_of_it_is_there() {
    let folder = corpus();
    let to_file = |arguments: &[&str]| digest(folder.path(), &[arguments, &["-o", "out.jsonl"]].concat());
    fs::write(folder.path().join("out.jsonl"), "old").unwrap();
    check(&to_file(&["nowhere.jsonl"]), 2, "epitome: nowhere.jsonl: no such file or folder; check the path\n");
    let written = || fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    assert_eq!(written(), "old");
    check(&to_file(&["news.jsonl"]), 0, "");
    assert_eq!(written(), stdout(&digest(folder.path(), &["news.jsonl"])));
    assert_eq!(files(folder.path()), ["news.jsonl", "out.jsonl"]);
    // The result of one run is no input of another.
    let again = digest(folder.path(), &["out.jsonl"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        stderr(&again).contains("out.jsonl:2: not a cluster in JSON (missing field `documents`"),
        "{}",
        stderr(&again)
    );
}

#[cfg(unix)]
#[test]
fn what_is_read_is_not_appended_to() {
    let folder = corpus();
    let path = folder.path().join("news.jsonl");
    let before = fs::read(&path).unwrap();
    let appended = fs::OpenOptions::new().append(true).open(&path).unwrap();
    let output = command(folder.path(), &["digest", "--jsonl", "news.jsonl"]).stdout(appended).output().unwrap();
    check(&output, 2, "epitome: news.jsonl: read and written to at once; send the result to another file\n");
    assert_eq!(fs::read(&path).unwrap(), before);
}

/// A run that waits for more, with its input and what it has written.
#[cfg(unix)]
struct Waiting {
    child: std::process::Child,
    input: std::process::ChildStdin,
}

#[cfg(unix)]
impl Waiting {
    fn new(folder: &Path, arguments: &[&str], lines: &[String]) -> Self {
        let mut command = command(folder, &[&["digest", "--jsonl", "-"], arguments].concat());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all((lines.join("\n") + "\n").as_bytes()).unwrap();
        Self { child, input }
    }

    /// Interrupts it, and gives back how it ended and what it said.
    fn interrupt(mut self, mut errors: impl Read) -> (Option<i32>, String) {
        let interrupted = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(interrupted.success());
        let status = self.child.wait().unwrap();
        // It has ended though its input has not.
        drop(self.input);
        let mut said = String::new();
        errors.read_to_string(&mut said).unwrap();
        (status.code(), said)
    }
}

#[cfg(unix)]
#[test]
fn a_digest_comes_before_the_next_story_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Waiting::new(folder.path(), &[], &[ferry()]);
    let mut output = BufReader::new(run.child.stdout.take().unwrap());
    for (story, id) in [(dam(), json!("ferry")), (ferry(), json!(7)), (ferry(), json!("ferry"))] {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(json_lines(&line)[0]["id"], id);
        writeln!(run.input, "{story}").unwrap();
    }
    drop(run.input);
    assert_eq!(run.child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_what_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Waiting::new(folder.path(), &["-o", "out.jsonl"], &[ferry(), dam(), "x".to_owned()]);
    let mut errors = BufReader::new(run.child.stderr.take().unwrap());
    // By the time that a line is named those before it are done.
    let mut named = String::new();
    errors.read_line(&mut named).unwrap();
    assert!(named.starts_with("epitome: standard input:3: not a cluster"), "{named}");
    let (code, said) = run.interrupt(errors);
    assert_eq!((code, said.as_str()), (Some(130), "epitome: interrupted; the result is of the first 3 lines\n"));
    let written = fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    assert_eq!(places(&written).len(), 3);
    assert_eq!(files(folder.path()), ["out.jsonl"]);
}

#[cfg(unix)]
#[test]
fn an_interruption_before_anything_is_done_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Waiting::new(folder.path(), &["-o", "out.jsonl"], &["x".to_owned()]);
    let mut errors = BufReader::new(run.child.stderr.take().unwrap());
    errors.read_line(&mut String::new()).unwrap();
    let (code, said) = run.interrupt(errors);
    assert_eq!((code, said.as_str()), (Some(130), "epitome: interrupted before the first story was done\n"));
    assert_eq!(files(folder.path()), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_closes_early_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Waiting::new(folder.path(), &[], &[ferry()]);
    let mut first = String::new();
    BufReader::new(run.child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert_eq!(places(&first).len(), 1);
    // Stories without end: that it ends at all is due to the pipe.
    let line = ferry() + "\n";
    while run.input.write_all(line.as_bytes()).is_ok() {}
    let mut said = String::new();
    run.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((run.child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn a_pipe_with_a_name_is_read() {
    let folder = corpus();
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
    let child = command(folder.path(), &["digest", "--jsonl", "pipe"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    fs::write(folder.path().join("pipe"), dam()).unwrap();
    let output = child.wait_with_output().unwrap();
    check(&output, 0, "");
    assert_eq!(places(stdout(&output)), [(json!(7), "pipe:1".to_owned(), true)]);
}

/// A folder with the digests of a corpus that has a line without one.
fn digests() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("news.jsonl"), format!("{}\nx\n{}\n", ferry(), dam())).unwrap();
    let output = digest(folder.path(), &["news.jsonl", "-o", "d.jsonl"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    folder
}

const KEPT: &str = "epitome: no files: 3 sources; checked against the text that the digests keep\n";
const WITHOUT: &str = "epitome: without a digest: 1 line; \"error\" says why\n";

#[test]
fn every_digest_of_a_file_is_checked() {
    let folder = digests();
    let output = epitome(folder.path(), &["verify", "d.jsonl"]);
    check(&output, 0, &format!("{KEPT}{WITHOUT}"));
    let quotes = stdout(&output).strip_prefix("2 digests, ").unwrap().strip_suffix(" cited places checked, all hold\n");
    assert!(quotes.unwrap().parse::<usize>().unwrap() > 4, "{}", stdout(&output));
    let json = epitome(folder.path(), &["verify", "d.jsonl", "--format", "json", "--quiet"]);
    check(&json, 0, "");
    let lines = json_lines(stdout(&json));
    let numbers: Vec<&Value> = lines.iter().map(|line| &line["line"]).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!((&lines[0]["id"], &lines[2]["id"]), (&json!("ferry"), &json!(7)));
    assert_eq!(lines[0]["checks"][0]["finding"], json!("holds"));
    assert!(lines[1]["error"].as_str().unwrap().starts_with("not a cluster"));
}

#[test]
fn a_digest_of_a_file_that_does_not_hold_is_named_by_its_line() {
    let folder = digests();
    let path = folder.path().join("d.jsonl");
    let written = fs::read_to_string(&path).unwrap();
    // The text of the last source, not the quotes, which stand in front of it.
    let at = written.rfind("6,300").unwrap();
    fs::write(&path, format!("{}9,300{}", &written[..at], &written[at + 5..])).unwrap();
    let output = epitome(folder.path(), &["verify", "d.jsonl", "--quiet"]);
    check(&output, 6, "");
    assert!(stdout(&output).starts_with("d.jsonl:3: sentence "), "{}", stdout(&output));
    assert!(stdout(&output).ends_with(" cited places checked, 1 differ\n"), "{}", stdout(&output));
}

#[test]
fn a_line_that_is_no_digest_is_named() {
    let folder = digests();
    let path = folder.path().join("d.jsonl");
    let written = fs::read_to_string(&path).unwrap();
    fs::write(&path, &written[..written.len() - 9]).unwrap();
    let output = epitome(folder.path(), &["verify", "d.jsonl", "--quiet"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).starts_with("epitome: d.jsonl:3: not a digest in JSON (EOF"), "{}", stderr(&output));
    let input = with_input(folder.path(), &["verify", "-", "--quiet"], b"{}\n{}\n");
    assert_eq!(input.status.code(), Some(1));
    assert!(
        stderr(&input).starts_with("epitome: standard input:1: not a digest in JSON (missing"),
        "{}",
        stderr(&input)
    );
    assert_eq!(stdout(&input), "");
}

#[test]
fn a_file_with_one_digest_on_one_line_is_a_digest() {
    let folder = digests();
    let written = fs::read_to_string(folder.path().join("d.jsonl")).unwrap();
    let first = written.lines().next().unwrap();
    for text in [first.to_owned(), format!("{first}\n\n")] {
        let output = with_input(folder.path(), &["verify", "-"], text.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stderr(&output).starts_with("epitome: ferry/1: no file; checked against"), "{}", stderr(&output));
        assert!(!stdout(&output).contains("digest"), "{}", stdout(&output));
    }
}

#[test]
fn a_report_does_not_replace_what_it_is_about() {
    let folder = digests();
    let output = epitome(folder.path(), &["verify", "d.jsonl", "-o", "d.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("would be written over"), "{}", stderr(&output));
    let kept = epitome(folder.path(), &["verify", "d.jsonl", "-o", "report.txt", "--quiet"]);
    check(&kept, 0, "");
    assert!(fs::read_to_string(folder.path().join("report.txt")).unwrap().ends_with("all hold\n"));
}
