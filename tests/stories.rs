//! Heaps of mixed articles, grouped by the program: as text, as JSON, in folders, and with a digest for each story.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Value, json};
use tempfile::TempDir;

mod outside;
use outside::{DAM, FERRY, PIER, command, ended, epitome, says, stderr, stdout, with_input};

const CORPORA: [&str; 8] = ["dam", "ferry", "hotline", "merger", "musee", "tunnel", "verdict", "wildfire"];

const SPILLWAY: &str = "The spillway of the Kessel dam was opened on Monday after heavy rain in the province, engineers said. Three \
villages below the dam were left by some 6,300 people. Nobody was hurt, the province said.";

/// Two stories of two articles each, weeks apart and one of them in JSON Lines, and one article alone.
fn heap() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let news = folder.path().join("news");
    fs::create_dir_all(news.join("north")).unwrap();
    let write = |name: &str, text: String| fs::write(news.join(name), text).unwrap();
    write("a.txt", format!("Ferry hits pier in Port Ella\n\n4 March 2031\n\n{FERRY}\n"));
    write("north/a.txt", format!("Ferry hits a pier and Port Ella closes it\n\n4 March 2031\n\n{PIER}\n"));
    let line = |id: &str, title: &str, text: &str| {
        json!({"id": id, "title": title, "date": "2031-04-21", "publisher": "Coast Wire", "text": text}).to_string()
    };
    let dam = [
        line("k1", "Kessel dam opens its spillway after rain", DAM),
        line("k2", "Spillway of the Kessel dam opened after heavy rain", SPILLWAY),
    ];
    write("wire.jsonl", dam.join("\n"));
    let band = "The brass band of Holm keeps its old tubas, since a baker paid for new valves. It will play in May.";
    write("z.txt", format!("Band keeps its tubas\n\n5 March 2031\n\n{band}\n"));
    folder
}

fn stories_of(folder: &Path, arguments: &[&str], code: i32) -> Value {
    let run = epitome(folder, &[&["stories", "--format", "json"], arguments].concat());
    ended(&run, code);
    serde_json::from_str(stdout(&run)).unwrap()
}

/// The articles of each story, in the order of the stories.
fn articles(stories: &Value) -> Vec<Vec<&str>> {
    fn list(value: &Value) -> &Vec<Value> {
        value.as_array().unwrap()
    }
    let stories = list(&stories["stories"]).iter();
    stories.map(|story| list(&story["articles"]).iter().map(|id| id.as_str().unwrap()).collect()).collect()
}

const FERRIES: [&str; 2] = ["news/a.txt", "news/north/a.txt"];

#[test]
fn stories_in_json_have_the_ids_of_the_input() {
    let folder = heap();
    let stories = stories_of(folder.path(), &["news"], 0);
    let grouped: BTreeSet<Vec<&str>> = articles(&stories).into_iter().collect();
    assert_eq!(grouped, BTreeSet::from([FERRIES.to_vec(), vec!["k1", "k2"], vec!["news/z.txt"]]));
    assert_eq!((&stories["schema"], &stories["left_out"]), (&json!(1), &json!([])));
    for story in stories["stories"].as_array().unwrap() {
        assert_eq!(story["id"], story["articles"][0]);
        assert!(story["title"].is_string() && story["score"].is_f64() && story["parts"]["voices"].is_number());
        assert_eq!(story["alone"], json!(story["articles"].as_array().unwrap().len() == 1));
        assert_eq!(story["members"].as_array().unwrap().len(), story["articles"].as_array().unwrap().len());
    }
    let dam = stories["stories"].as_array().unwrap().iter().find(|story| story["id"] == "k1").unwrap();
    assert_eq!(dam["members"][0]["source"], "news/wire.jsonl#k1");
    assert_eq!(dam["outlets"], json!(["Coast Wire"]));
    assert_eq!(dam["first"], "2031-04-21");
}

#[test]
fn stories_in_text_are_told_with_their_articles() {
    let folder = heap();
    let run = epitome(folder.path(), &["stories", "news", "--explain"]);
    let told = ended(&run, 0);
    let text = stdout(&run);
    assert!(text.starts_with("5 articles, 3 stories, 1 of them one article alone\n\n"), "{told}");
    assert!(text.contains("2 articles, 2 voices · 4 March 2031 · "), "{told}");
    assert!(text.contains("\n    news/a.txt · 2031-03-04 · Ferry hits pier in Port Ella · "), "{told}");
    assert!(text.contains(" % sure\n") && text.contains("\n    place "), "{told}");
    assert!(text.contains("\n\nAlone:\n    news/z.txt · 2031-03-05 · Band keeps its tubas\n"), "{told}");
    assert!(!text.contains('\u{1b}'), "a pipe gets no colour");
}

#[test]
fn the_corpora_that_ship_are_never_mixed_and_neither_order_nor_threads_change_a_byte() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths = CORPORA.map(|corpus| format!("corpora/{corpus}/articles"));
    let run = |paths: &[&str], threads: &str| {
        let run = epitome(root, &[&["stories", "--format", "json", "--threads", threads], paths].concat());
        ended(&run, 0);
        stdout(&run).to_owned()
    };
    let forwards: Vec<&str> = paths.iter().map(String::as_str).collect();
    let backwards: Vec<&str> = forwards.iter().rev().copied().collect();
    let grouped = run(&forwards, "1");
    assert_eq!(grouped, run(&backwards, "2"));
    assert_eq!(grouped, run(&backwards, "8"));
    let stories: Value = serde_json::from_str(&grouped).unwrap();
    for story in articles(&stories) {
        let corpora: BTreeSet<&str> = story.iter().filter_map(|path| path.split('/').nth(1)).collect();
        assert_eq!(corpora.len(), 1, "{story:?}");
    }
    let whole = |story: &Vec<&str>| story.len() == 5 && story[0].starts_with("corpora/hotline");
    assert!(articles(&stories).iter().any(whole), "{grouped}");
}

#[test]
fn what_the_user_says_wins() {
    let folder = heap();
    let overrides =
        json!({"together": [["k1", "news/z.txt"], ["k2", "nobody"]], "apart": [["news/wire.jsonl#k1", "k2"]]});
    fs::write(folder.path().join("mine.json"), overrides.to_string()).unwrap();
    let run = epitome(folder.path(), &["stories", "news", "--overrides", "mine.json", "--format", "json"]);
    says(&run, 0, "mine.json: no article is called nobody");
    let stories: Value = serde_json::from_str(stdout(&run)).unwrap();
    let grouped: BTreeSet<Vec<&str>> = articles(&stories).into_iter().collect();
    assert_eq!(grouped, BTreeSet::from([FERRIES.to_vec(), vec!["news/z.txt", "k1"], vec!["k2"]]));
    fs::write(folder.path().join("wrong.json"), "{\"together\": [],\n \"aparts\": []}").unwrap();
    let wrong = |file: &str| epitome(folder.path(), &["stories", "news", "--overrides", file]);
    says(&wrong("wrong.json"), 2, "wrong.json:2:9: no overrides in JSON (unknown field `aparts`");
    says(&wrong("wrong.json"), 2, r#"write {"together": [["id", "id"]], "apart": [["id", "id"]]}"#);
    says(&wrong("nowhere.json"), 2, "nowhere.json: no such file");
    let over = epitome(folder.path(), &["stories", "news", "--overrides", "mine.json", "-o", "mine.json"]);
    says(&over, 2, "mine.json: would be written over");
}

/// The folders in a folder, in the order of their names.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

#[test]
fn folders_of_stories_can_be_digested_and_benched_and_hold_the_files_themselves() {
    let folder = heap();
    let run = epitome(folder.path(), &["stories", "news", "--folders", "day"]);
    ended(&run, 0);
    assert!(stdout(&run).starts_with("5 articles, 3 stories"));
    let found = folders(&folder.path().join("day"));
    let names: Vec<&str> = found.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert!(names[0].starts_with("001-") && names[2] == "003-band-keeps-its-tubas", "{names:?}");
    let of = |word: &str| found.iter().find(|path| path.to_str().unwrap().contains(word)).unwrap();
    let ferry = of("ferry");
    let bytes = |path: PathBuf| fs::read(path).unwrap();
    assert_eq!(bytes(ferry.join("a.txt")), bytes(folder.path().join("news/a.txt")));
    assert_eq!(bytes(ferry.join("a-2.txt")), bytes(folder.path().join("news/north/a.txt")));
    let lines = fs::read_to_string(of("kessel").join("articles.jsonl")).unwrap();
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&first["id"], &first["publisher"], &first["text"]), (&json!("k1"), &json!("Coast Wire"), &json!(DAM)));
    for story in &found {
        ended(&epitome(folder.path(), &["digest", story.to_str().unwrap(), "--sentences", "1"]), 0);
    }
    let bench = epitome(folder.path(), &["bench", "--stories", "day", "--systems", "each-alone"]);
    ended(&bench, 0);
    assert!(stdout(&bench).starts_with("day: 5 articles in 3 stories, 1 of one article"), "{}", stdout(&bench));
}

#[test]
fn folders_replace_nothing_and_are_not_put_among_what_is_read() {
    let folder = heap();
    let run = |target: &str| epitome(folder.path(), &["stories", "news", "--folders", target]);
    says(&run("news"), 2, "--folders news: inside a folder that is read");
    says(&run("news/day"), 2, "--folders news/day: inside a folder that is read");
    says(&run("news/a.txt"), 2, "--folders news/a.txt: not a folder");
    says(&run("nowhere/day"), 1, "nowhere/day: its folder does not exist");
    fs::create_dir(folder.path().join("day")).unwrap();
    ended(&run("day"), 0);
    let before = folders(&folder.path().join("day"));
    says(&run("day"), 2, "--folders day: not empty");
    assert_eq!(folders(&folder.path().join("day")), before);
    let names: Vec<PathBuf> = folders(folder.path());
    assert!(names.iter().all(|name| !name.to_str().unwrap().contains(".epitome")), "{names:?}");
}

#[test]
fn headlines_alone_are_grouped_and_not_digested() {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: u32, title: &str| json!({"id": id, "title": title, "source": "Harbour Post"}).to_string();
    let lines = [
        line(1, "Ferry hits pier in Port Ella, 14 hurt"),
        line(2, "Fourteen hurt as ferry hits Port Ella pier"),
        line(3, "Kessel dam opens its spillway after rain"),
        json!({"id": 4}).to_string(),
    ];
    fs::write(folder.path().join("h.jsonl"), lines.join("\n")).unwrap();
    let entries = "<item><title>Kessel dam spillway opened after rain</title><link>https://x.example/1</link></item>";
    let feed = format!("<rss version=\"2.0\"><channel><title>Coast Wire</title>{entries}</channel></rss>");
    fs::write(folder.path().join("f.rss"), feed).unwrap();
    let run = epitome(folder.path(), &["stories", "h.jsonl", "f.rss", "--format", "json"]);
    says(&run, 3, "h.jsonl:4: an article without text");
    let stories: Value = serde_json::from_str(stdout(&run)).unwrap();
    let titles: Vec<usize> = articles(&stories).iter().map(Vec::len).collect();
    assert_eq!(titles, [2, 2], "{stories:#}");
    assert_eq!(stories["left_out"][0]["source"], "h.jsonl:4");
    let digest = epitome(folder.path(), &["digest", "--stories", "h.jsonl"]);
    says(&digest, 1, "no story of several articles with text among 3 articles");
    says(&digest, 1, "passed over: 1 story of headlines without text");
    // Where text is what is asked for, a headline is none.
    says(&epitome(folder.path(), &["digest", "f.rss", "h.jsonl"]), 1, "f.rss#1: no running text in it");
    ended(&epitome(folder.path(), &["stories", "h.jsonl", "--folders", "day", "--quiet"]), 3);
    let bench = epitome(folder.path(), &["bench", "--stories", "day", "--systems", "each-alone"]);
    assert!(stdout(&bench).starts_with("day: 3 articles in 2 stories"), "{}", ended(&bench, 0));
}

#[test]
fn articles_in_two_languages_are_two_stories_and_stay() {
    let folder = heap();
    let german = "Die Fähre Alda Brim hat am Dienstagmorgen im Hafen von Port Ella die Ostmole gerammt, vierzehn Menschen wurden \
                  verletzt. Der Bürgermeister ließ den Hafen schließen, sagte die Hafenbehörde.";
    fs::write(folder.path().join("news/d.txt"), format!("Fähre rammt Mole in Port Ella\n\n{german}\n")).unwrap();
    let stories = stories_of(folder.path(), &["news"], 0);
    assert!(articles(&stories).contains(&vec!["news/d.txt"]), "{stories:#}");
    assert!(articles(&stories).contains(&FERRIES.to_vec()), "{stories:#}");
    // Asked for, it may join; and its story is digested in the language of most.
    fs::write(folder.path().join("o.json"), json!({"together": [["news/a.txt", "news/d.txt"]]}).to_string()).unwrap();
    let arguments = ["digest", "--stories", "news", "--across-languages", "--overrides", "o.json", "--format", "json"];
    let run = epitome(folder.path(), &arguments);
    says(&run, 3, "news/d.txt: in German, and most of the input is in English");
    assert_eq!(stdout(&run).lines().count(), 2);
}

#[test]
fn what_cannot_be_read_is_named_and_costs_the_others_nothing() {
    let folder = heap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    says(&epitome(folder.path(), &["stories", "empty"]), 1, "empty: no article in this folder");
    says(&epitome(folder.path(), &["stories", "nowhere"]), 2, "nowhere: no such file or folder");
    says(&epitome(folder.path(), &["stories", "news", "nowhere"]), 3, "nowhere: no such file or folder");
    let good = articles(&stories_of(folder.path(), &["news"], 0)).concat().len();
    fs::write(folder.path().join("news/p.txt"), b"\x89PNG\r\n\x1a\n\0\0").unwrap();
    fs::write(folder.path().join("news/q.txt"), "Menu\n\nHome\n").unwrap();
    let stories = stories_of(folder.path(), &["news"], 3);
    assert_eq!(articles(&stories).concat().len(), good);
    let left_out: Vec<&str> =
        stories["left_out"].as_array().unwrap().iter().map(|left| left["source"].as_str().unwrap()).collect();
    assert_eq!(left_out, ["news/p.txt", "news/q.txt"]);
    let run = epitome(folder.path(), &["stories", "news"]);
    says(&run, 3, "news/p.txt: not text (PNG image)");
    assert!(stderr(&run).contains("news/q.txt: no running text in it"), "{}", stderr(&run));
    let bad = epitome(folder.path(), &["stories", "news/p.txt"]);
    says(&bad, 1, "news/p.txt: not text");
    assert!(bad.stdout.is_empty());
}

#[test]
fn nothing_that_is_read_is_written_over_and_nothing_that_was_written_is_read() {
    let folder = heap();
    says(&epitome(folder.path(), &["stories", "news", "-o", "news/a.txt"]), 2, "news/a.txt: would be written over");
    let write = |arguments: &[&str]| ended(&epitome(folder.path(), arguments), 0);
    write(&["stories", "news", "-o", "news/stories.txt"]);
    write(&["stories", "news", "-o", "news/stories.txt"]);
    fs::rename(folder.path().join("news/stories.txt"), folder.path().join("t.txt")).unwrap();
    write(&["stories", "news", "--format", "json", "-o", "news/stories.json"]);
    fs::rename(folder.path().join("news/stories.json"), folder.path().join("j.txt")).unwrap();
    write(&["digest", "--stories", "news", "-o", "news/d.txt", "--sentences", "1"]);
    fs::rename(folder.path().join("news/d.txt"), folder.path().join("d.txt")).unwrap();
    for (name, what) in
        [("t", "what epitome stories wrote"), ("j", "what epitome stories wrote"), ("d", "a digest that")]
    {
        let again = folder.path().join(format!("news/{name}.txt"));
        fs::copy(folder.path().join(format!("{name}.txt")), &again).unwrap();
        says(&epitome(folder.path(), &["stories", "news"]), 3, &format!("news/{name}.txt: {what}"));
        fs::remove_file(again).unwrap();
    }
}

#[test]
fn what_a_terminal_would_obey_is_taken_out_of_titles_and_ids() {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: &str, text: &str| {
        json!({"id": id, "title": "Ferry\u{1b}[31m hits\u{202e} pier", "source": "Post\u{7}", "text": text}).to_string()
    };
    fs::write(folder.path().join("w.jsonl"), [line("a\u{1b}c", FERRY), line("b\nb", PIER)].join("\n")).unwrap();
    for arguments in [&["stories", "w.jsonl", "--explain"][..], &["digest", "--stories", "w.jsonl"]] {
        let run = epitome(folder.path(), arguments);
        ended(&run, 0);
        for c in ['\u{1b}', '\u{202e}', '\u{7}'] {
            assert!(!stdout(&run).contains(c), "{c:?}: {}", stdout(&run));
        }
    }
    ended(&epitome(folder.path(), &["stories", "w.jsonl", "--folders", "day"]), 0);
    let names = folders(&folder.path().join("day"));
    assert!(names[0].ends_with("001-ferry-31m-hits-pier"), "{names:?}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error_and_standard_input_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..3_000)
        .map(|n| json!({"id": n, "title": format!("Council {n} of Holm votes on bridge {}", n * 7)}).to_string())
        .collect();
    fs::write(folder.path().join("h.jsonl"), lines.join("\n")).unwrap();
    let mut child = command(folder.path(), &["stories", "h.jsonl"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdout.take().unwrap();
    pipe.read_exact(&mut [0; 10]).unwrap();
    drop(pipe);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let piped = with_input(folder.path(), &["stories", "--format", "json"], lines[..2].join("\n").as_bytes());
    ended(&piped, 0);
    assert!(stdout(&piped).contains("\"standard input#0\""), "{}", stdout(&piped));
    says(&with_input(folder.path(), &["stories", "-"], b""), 1, "standard input: empty");
}

#[test]
fn digests_of_stories_stand_below_their_titles_and_can_be_checked() {
    let folder = heap();
    let digest = |arguments: &[&str]| epitome(folder.path(), &[&["digest", "--stories", "news"], arguments].concat());
    let run = digest(&["--sentences", "1"]);
    let told = ended(&run, 0);
    let text = stdout(&run);
    assert!(
        text.starts_with("== ")
            && text.contains(" ==\n2 articles, 2 voices\n\n")
            && text.contains(" ==\n2 articles, 1 voice, 1 outlet\n\n"),
        "{told}"
    );
    assert!(text.ends_with("\n\n1 more story:\nBand keeps its tubas\n"), "{told}");
    let one = digest(&["--sentences", "1", "--top", "1"]);
    assert!(stdout(&one).contains("\n\n2 more stories:\n"), "{}", ended(&one, 0));
    let lines = digest(&["--format", "json", "-o", "d.json"]);
    ended(&lines, 0);
    let written = fs::read_to_string(folder.path().join("d.json")).unwrap();
    let first: Value = serde_json::from_str(written.lines().next().unwrap()).unwrap();
    assert!(written.starts_with("{\"story\":{\"id\":") && written.lines().count() == 2, "{written}");
    assert!(first["story"]["title"].is_string() && !first["items"].as_array().unwrap().is_empty());
    let verified = epitome(folder.path(), &["verify", "d.json"]);
    ended(&verified, 0);
    assert!(stdout(&verified).starts_with("2 digests, "), "{}", stdout(&verified));
    for (format, heading) in [("markdown", "\n# Ferry hits"), ("html", "<h2 dir=\"auto\">Ferry hits")] {
        let run = digest(&["--format", format, "--explain", "--show-dropped"]);
        assert!(stdout(&run).contains(heading), "{}", ended(&run, 0));
    }
    says(&digest(&["--jsonl"]), 2, "cannot be used with");
    says(&digest(&["--each-language"]), 2, "cannot be used with");
    says(&epitome(folder.path(), &["digest", "news", "--top", "2"]), 2, "--stories");
    says(&digest(&["--words", "1"]), 1, "the shortest quotable sentence has");
}
