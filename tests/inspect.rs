//! What is told of articles beside a digest, from outside: `epitome inspect` and `epitome digest --show-dropped`.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

mod outside;
use outside::{epitome, stderr, stdout};

const LEDGER: &str = "Bridge over the Karn shut after inspection

By Oda Fennimore
PELLWICK, 4 March 2031

Engineers shut the Karn bridge at Pellwick on Monday evening because two of its cables had lost a third of their wires, \
the county road office said. It will stay shut for at least six weeks. Who had inspected the cables before?

Lorries are sent round by the valley road, which takes forty minutes longer, the haulage union of the county said.
";

const GERMAN: &str = "Die Brücke über die Karn wurde am Montag gesperrt, weil zwei ihrer Seile ein Drittel ihrer Drähte \
verloren hatten, wie das Straßenamt mitteilte. Die Lastwagen fahren nun über die Straße im Tal, die länger ist.\n";

/// A folder with an article, one in another language and encoding, one without running text, and a picture.
fn heap() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("german.txt", &GERMAN.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<u8>>());
    write("ledger.txt", LEDGER.as_bytes());
    write("menu.txt", b"Home\n\nSport\n");
    write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0");
    folder
}

/// The exit code, standard output and standard error of a run.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = epitome(folder, arguments);
    (output.status.code().unwrap(), stdout(&output).to_owned(), stderr(&output).to_owned())
}

#[test]
fn all_that_was_read_is_shown_and_what_was_not_is_named() {
    let folder = heap();
    let (code, text, messages) = run(folder.path(), &["inspect", "."]);
    assert_eq!(code, 3, "{messages}");
    assert_eq!(messages, "epitome: ./picture.txt: not text (PNG image); leave it out or convert it\n");
    for expected in [
        ": 3 articles, 1 left out\n",
        "\n./german.txt\n    decoded file in windows-1252, in German\n",
        "\n./ledger.txt\n    file in UTF-8, in English\n",
        "    not for a digest of these articles: no running text in it",
        "     6  prose\n     6    Engineers shut the Karn bridge at Pellwick on Monday evening because two of its …\n",
        "     6    not quotable alone (a word in it stands for something said before): It will stay shut",
        "     6    not quotable (asks instead of telling): Who had inspected the cables before?\n",
        "     8    Lorries are sent round",
        "\nLeft out:\n    ./picture.txt: not text (PNG image)",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in\n{text}");
    }
    assert!(
        text.lines().any(|line| line.starts_with("     3  byline (") && line.ends_with("): By Oda Fennimore")),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "a pipe gets no colour");
    assert_eq!(run(folder.path(), &["inspect", "ledger.txt"]).0, 0);
    assert_eq!(run(folder.path(), &["inspect", "picture.txt"]).0, 1);
    assert_eq!(run(folder.path(), &["inspect", "nowhere"]).0, 2);
}

#[test]
fn an_inspection_in_json_has_spans_that_slice_to_what_they_say() {
    let folder = heap();
    let (code, json, _) = run(folder.path(), &["inspect", ".", "--format", "json", "--threads", "2"]);
    assert_eq!(code, 3);
    let inspection: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&inspection["schema"], &inspection["left_out"][0]["source"]), (&1.into(), &"./picture.txt".into()));
    let ledger = &inspection["articles"][1];
    assert_eq!((&ledger["origin"], &ledger["language"]), (&"file".into(), &"en".into()));
    let slice = |part: &Value| {
        let at = |end: &str| usize::try_from(part["span"][end].as_u64().unwrap()).unwrap();
        &LEDGER[at("start")..at("end")]
    };
    for block in ledger["blocks"].as_array().unwrap() {
        assert_eq!(slice(block), block["text"].as_str().unwrap());
        assert!(block["kind"].is_string() && block["cue"].is_string() && block["lines"]["first"].is_u64(), "{block}");
    }
    let sentences = ledger["sentences"].as_array().unwrap();
    let objections: Vec<Option<&str>> = sentences.iter().map(|sentence| sentence["objection"].as_str()).collect();
    assert_eq!(objections, [None, Some("pronoun"), Some("question"), None]);
    assert!(slice(&sentences[1]).starts_with("It will stay"), "{}", slice(&sentences[1]));
    let german = &inspection["articles"][0];
    assert_eq!((&german["origin"], &german["encoding"]), (&"decoded_file".into(), &"windows-1252".into()));
    assert!(inspection["articles"][2]["unfit"].is_string());
}

#[test]
fn an_inspection_is_no_article_and_may_be_written_again_but_over_nothing_else() {
    let folder = heap();
    for (format, name) in [("text", "inspection.txt"), ("json", "inspection.json")] {
        for _ in 0..2 {
            let (code, text, messages) = run(folder.path(), &["inspect", ".", "--format", format, "-o", name]);
            assert_eq!((code, text.as_str()), (3, ""), "{messages}");
        }
    }
    let (code, _, messages) = run(folder.path(), &["inspect", ".", "-o", "ledger.txt"]);
    assert_eq!(code, 2);
    assert!(messages.contains("would be written over"), "{messages}");
    assert_eq!(fs::read_to_string(folder.path().join("ledger.txt")).unwrap(), LEDGER);
    let (code, _, messages) = run(folder.path(), &["digest", "ledger.txt", "inspection.txt"]);
    assert_eq!(code, 3);
    assert!(messages.contains("inspection.txt: what epitome inspect wrote, not an article"), "{messages}");
}

#[test]
fn what_was_set_aside_is_listed_below_the_digest_if_asked_for() {
    let folder = heap();
    let digest = ["digest", "ledger.txt", "--words", "30"];
    let (_, without, _) = run(folder.path(), &digest);
    assert!(!without.contains("Set aside"), "{without}");
    let (code, text, messages) = run(folder.path(), &[&digest[..], &["--show-dropped"]].concat());
    assert_eq!(code, 0, "{messages}");
    let below = text.strip_prefix(&format!("{without}\nSet aside:\n")).expect("the digest, and then the list");
    let lines: Vec<&str> = below.lines().collect();
    assert!(
        lines[0].starts_with("ledger.txt:1: headline (")
            && lines[0].ends_with(": \"Bridge over the Karn shut after inspection\""),
        "{below}"
    );
    assert!(
        lines.contains(&"ledger.txt:6: sentence (asks instead of telling): \"Who had inspected the cables before?\""),
        "{below}"
    );
    let places: Vec<usize> = lines.iter().map(|line| line.split(':').nth(1).unwrap().parse().unwrap()).collect();
    assert!(places.is_sorted(), "{below}");
    // It is still known as a digest where it lies among articles.
    assert!(epitome::read::looks_like_digest(&text.replace("ledger.txt:", "standard input:")), "{text}");
}

#[test]
fn what_was_set_aside_is_in_json_and_markdown_too() {
    let folder = heap();
    let digest = ["digest", "ledger.txt", "--words", "30", "--format"];
    let (_, without, _) = run(folder.path(), &[&digest[..], &["json"]].concat());
    assert!(!without.contains("\"dropped\""), "{without}");
    let (_, json, _) = run(folder.path(), &[&digest[..], &["json", "--show-dropped"]].concat());
    let read = epitome::render::from_json(&json, "test").unwrap();
    assert_eq!(epitome::render::to_json(&read), json);
    let dropped = read.dropped.unwrap();
    for part in &dropped {
        assert_eq!(part.span.of(LEDGER), part.text);
    }
    assert!(dropped.iter().any(|part| part.kind == "sentence" && part.line == 6), "{dropped:?}");
    let forged =
        json.replacen("\"dropped\": [\n    {\n      \"article\": 0", "\"dropped\": [\n    {\n      \"article\": 7", 1);
    assert!(epitome::render::from_json(&forged, "test").is_err());
    let (_, markdown, _) = run(folder.path(), &[&digest[..], &["markdown", "--show-dropped"]].concat());
    assert!(markdown.contains("\n## Set aside\n\n- ledger.txt:1: headline, "), "{markdown}");
}
