//! The program from outside: standard output, standard error and exit code, for each way that it can go.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use tempfile::TempDir;

#[path = "../benches/news/mod.rs"]
mod made_up_news;
mod outside;
use outside::{command, epitome, says, stderr, stdout, with_input};

const WIRE: &str =
    "PORT ELLA (Nordwire) — A commuter ferry with 187 people on board hit the east pier of Port Ella on \
Tuesday morning and 14 of them were hurt, the harbour authority said. Investigators are looking at the steering \
hydraulics of the ferry, a spokesman of the accident board told reporters on Wednesday. He would not say more.

The operator Sund Line has taken the sister ship out of service until its steering has been inspected. The east pier \
stays closed until further notice, and commuters travel by bus. But the union had warned of a similar fault in 2029.
";

const POST: &str = "Ferry hits pier in Port Ella

Fourteen people were hurt when a commuter ferry hit the east pier of Port Ella on Tuesday morning, the harbour \
authority said. The steering hydraulics failed in the last minute of the crossing, according to the captain's report.

Sund Line has taken the sister ship out of service, and eighteen buses carry the commuters between the two towns. A \
union secretary said that the company had been warned of the steering after a fault in October 2029.
";

/// A folder with two articles on one story.
fn story() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("post.txt"), POST).unwrap();
    fs::write(folder.path().join("wire.txt"), WIRE).unwrap();
    folder
}

/// Holds the exit code, and whether there is a result and a message, against what is expected.
#[track_caller]
fn check(output: &Output, code: i32, result: bool, message: &str) {
    says(output, code, message);
    assert_eq!(!output.stdout.is_empty(), result, "stdout: {}\nstderr: {}", stdout(output), stderr(output));
}

fn quotes(output: &Output) -> Vec<&str> {
    stdout(output).lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).collect()
}

#[test]
fn families_of_publishers_are_read_from_a_file_and_other_shapes_are_refused() {
    let folder = story();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("post.md", &format!("---\npublisher: Harbour Post\n---\n\n{POST}"));
    write("wire.md", &format!("---\npublisher: www.ellatimes.com\n---\n\n{WIRE}"));
    write("families.json", r#"{"Brim Media": ["The Harbour Post", "Ella Times"]}"#);
    let digest = ["digest", "post.md", "wire.md"];
    let output = epitome(folder.path(), &digest);
    assert!(!stdout(&output).contains("voice"), "{}", stdout(&output));
    let output = epitome(folder.path(), &[&digest[..], &["--families", "families.json"]].concat());
    assert!(
        stdout(&output).contains("2 articles, 1 voice: wire.md (same publisher as post.md)"),
        "{}",
        stdout(&output)
    );
    for wrong in [r#"["Harbour Post"]"#, r#"{"Brim Media": "Harbour Post"}"#, "Brim Media: Harbour Post"] {
        write("families.json", wrong);
        let output = epitome(folder.path(), &[&digest[..], &["--families", "families.json"]].concat());
        check(&output, 2, false, "families.json: no families of publishers in JSON");
    }
    write("families.json", r#"{"--": ["Harbour Post"]}"#);
    let output = epitome(folder.path(), &[&digest[..], &["--families", "families.json"]].concat());
    check(&output, 2, false, "is no name of an outlet");
}

#[test]
fn a_folder_gives_a_cited_digest_and_nothing_else() {
    let folder = story();
    let output = epitome(folder.path(), &["digest", ".", "--words", "60"]);
    check(&output, 0, true, "");
    let quotes = quotes(&output);
    let words: usize = quotes.iter().map(|quote| quote.split_whitespace().count()).sum();
    assert!((40..=60).contains(&words), "{quotes:?}");
    assert!(quotes[0].contains("commuter ferry"), "{quotes:?}");
    for quote in &quotes {
        assert!(WIRE.contains(quote) || POST.contains(quote), "{quote}");
        assert!(!quote.starts_with("He ") && !quote.starts_with("But ") && !quote.contains("PORT ELLA"), "{quote}");
    }
    assert!(stdout(&output).contains("also in"), "{}", stdout(&output));
    assert!(!stdout(&output).contains('\u{1b}'), "a pipe gets no colour");
}

#[test]
fn every_length_is_an_upper_bound() {
    let folder = story();
    let output = epitome(folder.path(), &["digest", ".", "--sentences", "2"]);
    assert_eq!(quotes(&output).len(), 2);
    let output = epitome(folder.path(), &["digest", ".", "--chars", "300"]);
    let chars: usize = quotes(&output).iter().map(|quote| quote.chars().count()).sum();
    assert!((150..=300).contains(&chars), "{chars}");
    let output = epitome(folder.path(), &["digest", ".", "--percent", "30"]);
    check(&output, 0, true, "");
    check(&epitome(folder.path(), &["digest", ".", "--words", "5", "--chars", "9"]), 2, false, "cannot be used with");
    check(&epitome(folder.path(), &["digest", ".", "--words", "0"]), 2, false, "--words");
    check(&epitome(folder.path(), &["digest", ".", "--percent", "101"]), 2, false, "--percent");
}

#[test]
fn a_budget_smaller_than_every_sentence_names_the_shortest() {
    let folder = story();
    let output = epitome(folder.path(), &["digest", ".", "--words", "4"]);
    check(&output, 1, false, "the shortest quotable sentence has 13 words; allow more");
}

#[test]
fn wrong_usage_is_answered_with_help() {
    let folder = story();
    check(&epitome(folder.path(), &[]), 2, false, "Examples:");
    check(&epitome(folder.path(), &["digset", "."]), 2, false, "'digest'");
    check(&epitome(folder.path(), &["digest", ".", "--lang", "germna"]), 2, false, "did you mean german?");
    check(&epitome(folder.path(), &["digest", "--help"]), 0, true, "");
}

#[test]
fn what_does_not_exist_is_named() {
    let folder = story();
    check(&epitome(folder.path(), &["digest", "nowhere"]), 2, false, "epitome: nowhere: no such file or folder");
    check(&epitome(folder.path(), &["digest", ".", "nowhere"]), 3, true, "epitome: nowhere: no such file or folder");
    check(&epitome(folder.path(), &["digest", "https://example.org/news"]), 2, false, "a web address");
}

#[test]
fn an_empty_folder_and_an_empty_file_are_named() {
    let folder = story();
    fs::create_dir(folder.path().join("empty")).unwrap();
    check(&epitome(folder.path(), &["digest", "empty"]), 1, false, "empty: no article in this folder");
    fs::write(folder.path().join("zero.txt"), "").unwrap();
    check(&epitome(folder.path(), &["digest", "zero.txt"]), 1, false, "zero.txt: empty");
    check(&epitome(folder.path(), &["digest", "post.txt", "wire.txt", "zero.txt"]), 3, true, "zero.txt: empty");
}

#[test]
fn one_bad_file_spoils_nothing() {
    let folder = story();
    let good = stdout(&epitome(folder.path(), &["digest", "post.txt", "wire.txt"])).to_owned();
    let bad: [(&str, &[u8], &str); 6] = [
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "a.txt: not text (PNG image); leave it out or convert it"),
        ("b.txt", b"\x81\x82\x83 and \x84\x85\x86\x01\x02\x03\x04", "b.txt: not text ("),
        ("c.txt", b"<!DOCTYPE html><p>x", "c.txt: a page without a main text"),
        ("d.pdf", b"%PDF-1.7", "d.pdf: not text (PDF document); convert it to text first"),
        ("e.txt", b"PK\x03\x04...", "e.txt: not text (ZIP archive"),
        ("f.txt", b"Menu\n\nHome\n", "f.txt: no running text in it"),
    ];
    for (name, bytes, message) in bad {
        fs::write(folder.path().join(name), bytes).unwrap();
        let output = epitome(folder.path(), &["digest", "post.txt", "wire.txt", name]);
        check(&output, 3, true, message);
        assert_eq!(stdout(&output), good, "{name} changed the digest");
        check(&epitome(folder.path(), &["digest", name]), 1, false, message);
        fs::remove_file(folder.path().join(name)).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_read_spoils_nothing() {
    let folder = story();
    // Reading a process's memory from its start fails for everybody, root included.
    let output = epitome(folder.path(), &["digest", "post.txt", "wire.txt", "/proc/self/mem"]);
    check(&output, 3, true, "/proc/self/mem: cannot be read");
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let folder = story();
    std::os::unix::fs::symlink(".", folder.path().join("loop")).unwrap();
    check(&epitome(folder.path(), &["digest", "."]), 0, true, "");
}

#[test]
fn neither_repeats_nor_the_order_of_arguments_change_a_byte() {
    let folder = story();
    let once = epitome(folder.path(), &["digest", "post.txt", "wire.txt", "--format", "json"]);
    assert_eq!(once.status.code(), Some(0));
    for arguments in [
        &["digest", "wire.txt", "post.txt", "--format", "json"][..],
        &["digest", "wire.txt", "post.txt", "wire.txt", "post.txt", "--format", "json", "--threads", "1"],
        &["digest", "post.txt", "wire.txt", "--format", "json", "--threads", "2"],
        &["digest", "post.txt", "wire.txt", "--format", "json", "--threads", "8"],
    ] {
        assert_eq!(stdout(&epitome(folder.path(), arguments)), stdout(&once), "{arguments:?}");
    }
    // Two spellings of one path are one article.
    let spellings = epitome(folder.path(), &["digest", "wire.txt", "./wire.txt", "--words", "40"]);
    assert!(!stdout(&spellings).contains("also in"), "{}", stdout(&spellings));
}

#[test]
fn two_identical_articles_are_cited_together_and_quoted_once() {
    let folder = story();
    fs::write(folder.path().join("copy.txt"), WIRE).unwrap();
    let output = epitome(folder.path(), &["digest", "copy.txt", "wire.txt", "--words", "40"]);
    check(&output, 0, true, "");
    assert!(stdout(&output).contains("copy.txt:1; copied in wire.txt:1"), "{}", stdout(&output));
    let quotes = quotes(&output);
    let distinct: std::collections::HashSet<&&str> = quotes.iter().collect();
    assert_eq!(distinct.len(), quotes.len());
}

#[test]
fn short_inputs_give_their_beginning() {
    let folder = story();
    check(&epitome(folder.path(), &["digest", "wire.txt", "--words", "40"]), 0, true, "");
    fs::write(folder.path().join("one.txt"), "The harbour of Port Ella was closed on Tuesday.").unwrap();
    let output = epitome(folder.path(), &["digest", "one.txt"]);
    check(&output, 0, true, "this is all of it");
    assert_eq!(quotes(&output), ["The harbour of Port Ella was closed on Tuesday."]);
    let quiet = epitome(folder.path(), &["digest", "one.txt", "--quiet"]);
    check(&quiet, 0, true, "");
    let whole = epitome(folder.path(), &["digest", "wire.txt", "post.txt", "--words", "5000"]);
    check(&whole, 0, true, "this is its beginning");
    // Read from its beginning, an article may say `He`: the sentence that says who stands right before.
    let quotes = quotes(&whole);
    let he = quotes.iter().position(|quote| quote.starts_with("He would not say more")).expect("the whole article");
    assert!(quotes[he - 1].contains("a spokesman of the accident board"), "{quotes:?}");
}

#[test]
fn scripts_without_spaces_and_stop_words_alone_are_no_trouble() {
    let folder = tempfile::tempdir().unwrap();
    let chinese = "星期二早上，一艘载有一百八十七人的渡轮撞上了埃拉港的东码头，十四人受伤。港务局说，东码头将关闭到星期五。\
                   调查人员正在检查渡轮的转向液压系统。公司已经停用了姐妹船。";
    fs::write(folder.path().join("zh.txt"), chinese).unwrap();
    let output = epitome(folder.path(), &["digest", "zh.txt", "--words", "20"]);
    check(&output, 0, true, "");
    assert!(quotes(&output)[0].ends_with('。'), "{}", stdout(&output));
    let thai = "เรือเฟอร์รี่ชนท่าเรือด้านตะวันออกเมื่อเช้าวันอังคาร มีผู้บาดเจ็บสิบสี่คน เจ้าหน้าที่ท่าเรือกล่าวว่าท่าเรือจะปิดจนถึงวันศุกร์ \
                ผู้สืบสวนกำลังตรวจสอบระบบบังคับเลี้ยวของเรือ บริษัทได้หยุดเดินเรืออีกลำหนึ่งแล้วจนกว่าจะตรวจสอบเสร็จ";
    fs::write(folder.path().join("th.txt"), thai).unwrap();
    let output = epitome(folder.path(), &["digest", "th.txt", "--chars", "120"]);
    check(&output, 0, true, "");
    assert!(quotes(&output)[0].chars().count() > 20, "{}", stdout(&output));
    fs::write(folder.path().join("stop.txt"), "The and of it was in the of and the to be. ".repeat(9)).unwrap();
    for words in ["30", "300"] {
        let output = epitome(folder.path(), &["digest", "stop.txt", "--lang", "en", "--words", words]);
        check(&output, 1, false, "no whole sentence in it");
    }
}

#[test]
fn an_article_in_another_language_is_set_aside_and_named() {
    let folder = story();
    let german = "Vierzehn Menschen wurden verletzt, als die Fähre am Dienstagmorgen gegen die Mole des Hafens fuhr, wie \
                  die Behörde mitteilte. Die Ermittler untersuchen nun die Hydraulik der Steuerung, sagte ein Sprecher.";
    fs::write(folder.path().join("german.txt"), german).unwrap();
    let output = epitome(folder.path(), &["digest", "."]);
    check(&output, 3, true, "german.txt: in German, and most of the input is in English; digest it apart");
    assert!(!stdout(&output).contains("german.txt"));
    check(&epitome(folder.path(), &["digest", "german.txt", "--lang", "deu", "--words", "20"]), 0, true, "");
    let unknown = epitome(folder.path(), &["digest", "wire.txt", "--lang", "qaa", "--words", "40"]);
    check(&unknown, 0, true, "qaa has neither a stemmer nor stop words here");
}

#[test]
fn fifty_megabytes_on_one_line_without_a_stop_are_no_article() {
    let folder = story();
    fs::write(folder.path().join("long.txt"), "word ".repeat(10_000_000)).unwrap();
    check(&epitome(folder.path(), &["digest", "long.txt"]), 1, false, "long.txt: no running text in it");
    check(&epitome(folder.path(), &["digest", "."]), 3, true, "long.txt: no running text in it");
}

#[test]
fn standard_input_and_lists_of_files_are_read() {
    let folder = story();
    let output = with_input(folder.path(), &["digest", "-", "--words", "40"], WIRE.as_bytes());
    check(&output, 0, true, "");
    assert!(stdout(&output).contains("standard input:1"));
    check(&with_input(folder.path(), &["digest", "--words", "40"], WIRE.as_bytes()), 0, true, "");
    let lines = with_input(folder.path(), &["digest", "--files-from", "-"], b"wire.txt\r\n\npost.txt\n");
    check(&lines, 0, true, "");
    let zeros = with_input(folder.path(), &["digest", "--files-from", "-", "-0"], b"wire.txt\0post.txt\0");
    assert_eq!(stdout(&lines), stdout(&zeros));
    let both = with_input(folder.path(), &["digest", "--files-from", "-", "-"], b"wire.txt\n");
    check(&both, 2, false, "named both as a list and as an article");
    check(&with_input(folder.path(), &["digest", "--files-from", "-"], b"\n"), 1, false, "no path in this list");
    check(&epitome(folder.path(), &["digest", "--files-from", "nowhere"]), 2, false, "nowhere: no such file");
}

#[test]
fn utf_16_is_decoded_and_its_text_kept() {
    let folder = story();
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(WIRE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    fs::write(folder.path().join("wide.txt"), &utf16).unwrap();
    let output = epitome(folder.path(), &["digest", "wide.txt", "--words", "40", "--format", "json", "-o", "d.json"]);
    check(&output, 0, false, "");
    let json = fs::read_to_string(folder.path().join("d.json")).unwrap();
    assert!(json.contains("\"decoded_file\"") && json.contains("\"UTF-16LE\""), "{json}");
    check(&epitome(folder.path(), &["verify", "d.json"]), 0, true, "");
    let kept = epitome(
        folder.path(),
        &["digest", "wide.txt", "--words", "40", "--format", "json", "-o", "k.json", "--keep-sources", "kept"],
    );
    check(&kept, 0, false, "");
    assert!(!fs::read_to_string(folder.path().join("k.json")).unwrap().contains("\"text\""));
    assert_eq!(fs::read_dir(folder.path().join("kept")).unwrap().count(), 1);
    check(&epitome(folder.path(), &["verify", "k.json"]), 0, true, "");
}

/// The wire story as Windows wrote it: 0x93 and 0x94 are its quotation marks, 0x96 its dash, 0x85 its ellipsis.
fn in_windows_1252() -> Vec<u8> {
    let text =
        WIRE.replace(" (Nordwire) —", " –").replace("the harbour authority said", "“so far…”, the café owner said");
    let byte = |c: char| match c {
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        '…' => 0x85,
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    text.chars().map(byte).collect()
}

#[test]
fn a_folder_with_another_encoding_in_it_just_works() {
    let folder = story();
    let wire = folder.path().join("wire.txt");
    fs::write(&wire, in_windows_1252()).unwrap();
    let digest = ["digest", "wire.txt", "post.txt", "--words", "60"];
    let output = epitome(folder.path(), &digest);
    check(&output, 0, true, "");
    check(&epitome(folder.path(), &[&digest[..], &["-v"]].concat()), 0, true, "wire.txt: read as windows-1252");
    let to_json = [&digest[..], &["--format", "json", "-o", "d.json"]].concat();
    check(&epitome(folder.path(), &to_json), 0, false, "");
    let json = fs::read_to_string(folder.path().join("d.json")).unwrap();
    assert!(json.contains("\"windows-1252\"") && json.contains("“so far…”, the café owner said"), "{json}");
    check(&epitome(folder.path(), &["verify", "d.json"]), 0, true, "");
    // The file is decoded by the name that was written down, not by what it looks like now.
    fs::write(folder.path().join("d.json"), json.replace("\"windows-1252\"", "\"windows-1251\"")).unwrap();
    check(&epitome(folder.path(), &["verify", "d.json"]), 6, true, "");
    fs::write(folder.path().join("d.json"), json.replace("\"windows-1252\"", "\"klingon\\u001b\"")).unwrap();
    let forged = epitome(folder.path(), &["verify", "d.json"]);
    check(&forged, 6, true, "");
    assert!(stdout(&forged).contains("in an encoding that is not known (klingon"), "{}", stdout(&forged));
    fs::write(folder.path().join("d.json"), &json).unwrap();
    fs::write(&wire, b"Nothing of the story is left.").unwrap();
    let changed = epitome(folder.path(), &["verify", "d.json"]);
    assert!(stdout(&changed).contains("absent"), "{}", stdout(&changed));
}

#[test]
fn damaged_utf_8_is_read_and_its_damage_told() {
    let folder = story();
    let mut bytes = WIRE.as_bytes().to_vec();
    bytes.truncate(bytes.len() - 2);
    bytes.extend(b"\xe2\x80");
    fs::write(folder.path().join("wire.txt"), &bytes).unwrap();
    let json = ["digest", "wire.txt", "post.txt", "--format", "json", "-o", "d.json"];
    check(&epitome(folder.path(), &json), 0, false, "epitome: wire.txt: broken UTF-8; 1 place shown as \u{fffd}");
    check(&epitome(folder.path(), &["verify", "d.json", "--strict"]), 0, true, "");
}

#[test]
fn a_file_is_written_whole_and_never_over_an_article() {
    let folder = story();
    let write = || epitome(folder.path(), &["digest", ".", "-o", "digest.txt"]);
    check(&write(), 0, false, "");
    let first = fs::read(folder.path().join("digest.txt")).unwrap();
    // The second run finds the first one's digest in the folder, and must not take it for an article.
    check(&write(), 0, false, "");
    assert_eq!(fs::read(folder.path().join("digest.txt")).unwrap(), first);
    let over = epitome(folder.path(), &["digest", "wire.txt", "post.txt", "-o", "wire.txt"]);
    check(&over, 2, false, "wire.txt: would be written over");
    assert_eq!(fs::read_to_string(folder.path().join("wire.txt")).unwrap(), WIRE);
    check(&epitome(folder.path(), &["digest", ".", "-o", "no/where.txt"]), 1, false, "its folder does not exist");
    check(&epitome(folder.path(), &["digest", ".", "-o", "."]), 2, false, "a folder; give the name of a file in it");
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "something was left lying about: {names:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.path().join("digest.txt")).unwrap().permissions().mode();
        let plain = fs::metadata(folder.path().join("wire.txt")).unwrap().permissions().mode();
        assert_eq!(mode, plain, "a digest has the permissions of any new file");
    }
}

#[test]
fn nothing_that_is_read_is_ever_written_over() {
    let folder = story();
    let path = |name: &str| folder.path().join(name);
    check(&epitome(folder.path(), &["digest", ".", "-o", "wire.txt"]), 2, false, "would be written over");
    fs::write(path("list"), "wire.txt\npost.txt\n").unwrap();
    check(
        &epitome(folder.path(), &["digest", "--files-from", "list", "-o", "list"]),
        2,
        false,
        "would be written over",
    );
    digest_of(folder.path());
    for target in ["d.json", "wire.txt"] {
        check(&epitome(folder.path(), &["verify", "d.json", "-o", target]), 2, false, "would be written over");
    }
    for arguments in [&["digest", "-", "-o", "wire.txt"][..], &["digest", "--files-from", "-", "-o", "wire.txt"]] {
        let input = fs::File::open(path("wire.txt")).unwrap();
        let output = command(folder.path(), arguments).stdin(input).output().unwrap();
        check(&output, if cfg!(unix) { 2 } else { 0 }, false, "would be written over");
    }
    fs::write(path("verse.txt"), "The sermon of the bishop was about the love of all.\n    John 3:16\n").unwrap();
    fs::write(path("photo.png"), "no photo").unwrap();
    for target in ["verse.txt", "photo.png"] {
        check(&epitome(folder.path(), &["digest", ".", "-o", target]), 2, false, "would be written over");
    }
    assert_eq!(fs::read_to_string(path("wire.txt")).unwrap(), WIRE);
    assert_eq!(fs::read_to_string(path("list")).unwrap(), "wire.txt\npost.txt\n");
    check(&epitome(folder.path(), &["verify", "d.json"]), 0, true, "");
    // A digest that lies among the articles is none of them.
    check(&epitome(folder.path(), &["digest", "post.txt", "wire.txt", "-o", "old.txt"]), 0, false, "");
    let output = epitome(folder.path(), &["digest", "post.txt", "wire.txt", "old.txt"]);
    check(&output, 3, true, "old.txt: a digest that epitome wrote, not an article");
}

#[test]
fn kept_texts_do_not_become_articles() {
    let folder = story();
    let refused = epitome(folder.path(), &["digest", ".", "--format", "json", "--keep-sources", "kept"]);
    check(&refused, 2, false, "inside a folder that is read");
    check(&epitome(folder.path(), &["digest", ".", "--keep-sources", "../kept"]), 2, false, "add --format json");
    let file = epitome(folder.path(), &["digest", "wire.txt", "--format", "json", "--keep-sources", "post.txt"]);
    check(&file, 2, false, "not a folder");
}

#[cfg(target_os = "linux")]
#[test]
fn devices_are_refused_and_pipes_are_kept() {
    let folder = story();
    for arguments in [&["digest", "/dev/zero"][..], &["digest", "--files-from", "/dev/zero"], &["verify", "/dev/zero"]]
    {
        check(&epitome(folder.path(), arguments), 1, false, "/dev/zero: a device, not a file");
    }
    let output = with_input(
        folder.path(),
        &["digest", "/dev/stdin", "--words", "40", "--format", "json", "-o", "d.json"],
        WIRE.as_bytes(),
    );
    check(&output, 0, false, "");
    check(&epitome(folder.path(), &["verify", "d.json"]), 0, true, "checked against the text that the digest keeps");
    digest_of(folder.path());
    let json = fs::read_to_string(folder.path().join("d.json")).unwrap().replace("\"wire.txt\"", "\"/dev/zero\"");
    fs::write(folder.path().join("d.json"), json).unwrap();
    let forged = epitome(folder.path(), &["verify", "d.json"]);
    check(&forged, 6, true, "");
    assert!(stdout(&forged).contains("not a file"), "{}", stdout(&forged));
}

#[test]
fn more_threads_than_anybody_has_are_no_trouble() {
    let folder = story();
    check(&epitome(folder.path(), &["digest", ".", "--threads", "1000000"]), 0, true, "");
    check(&epitome(folder.path(), &["digest", ".", "--threads", "0"]), 2, false, "--threads");
}

#[test]
fn copies_do_not_crowd_out_what_else_there_is() {
    let folder = story();
    for copy in 0..60 {
        fs::write(folder.path().join(format!("copy-{copy}.txt")), WIRE).unwrap();
    }
    let copied = epitome(folder.path(), &["digest", ".", "--words", "60"]);
    // The two sentences that rank highest, sixty times each, are not all that is looked at.
    let words: usize = quotes(&copied).iter().map(|quote| quote.split_whitespace().count()).sum();
    assert!((45..=60).contains(&words), "{}", stdout(&copied));
    assert!(stdout(&copied).contains(" more"), "the list of copies is cut: {}", stdout(&copied));
}

#[test]
fn large_budgets_are_filled_without_looking_at_every_pair() {
    let folder = tempfile::tempdir().unwrap();
    for (index, text) in made_up_news::texts(400, 3).iter().enumerate() {
        fs::write(folder.path().join(format!("{index}.txt")), text).unwrap();
    }
    // Quadratic work on pairs of picks and candidates took minutes here.
    let output = epitome(folder.path(), &["digest", ".", "--lang", "en", "--percent", "50"]);
    check(&output, 0, true, "");
    let quoted: usize = quotes(&output).iter().map(|quote| quote.split_whitespace().count()).sum();
    let all: usize = made_up_news::texts(400, 3).iter().map(|text| text.split_whitespace().count()).sum();
    assert!(quoted * 100 <= all * 50 && quoted * 100 > all * 25, "{quoted} of {all} words");
}

#[test]
fn text_without_spaces_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    for (name, piece) in [("a", "abc.Def"), ("b", "a."), ("c", "!a"), ("d", ".("), ("e", ".*_"), ("f", ".\"")] {
        let text = format!("The pier of the town was {} closed on Tuesday.", piece.repeat(300_000));
        fs::write(folder.path().join(format!("{name}.txt")), text).unwrap();
    }
    let output = epitome(folder.path(), &["digest", ".", "--lang", "en"]);
    assert!(output.status.code().is_some(), "{}", stderr(&output));
}

#[test]
fn markdown_is_shown_without_its_marks_and_kept_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# Ferry\n\nThe **mayor** of [Port Ella](https://ella.example/a.b) closed the `east` pier on Tuesday.\n";
    fs::write(folder.path().join("a.md"), text).unwrap();
    let output = epitome(folder.path(), &["digest", "a.md"]);
    assert_eq!(quotes(&output), ["The mayor of Port Ella closed the east pier on Tuesday."]);
    let json = epitome(folder.path(), &["digest", "a.md", "--format", "json"]);
    assert!(stdout(&json).contains("The **mayor** of [Port Ella]"), "{}", stdout(&json));
}

#[test]
fn markdown_has_front_matter_a_headline_quotes_and_footnotes() {
    let folder = story();
    let digest = ["digest", ".", "--words", "60", "--format", "markdown"];
    let output = epitome(folder.path(), &digest);
    check(&output, 0, true, "");
    let text = stdout(&output);
    assert!(
        text.starts_with("---\ntitle: \"Ferry hits pier in Port Ella\"\n") || text.starts_with("---\nlang: \"en\"\n"),
        "{text}"
    );
    assert!(text.contains("\ngenerator: \"epitome ") && text.contains("\narticles: 2\n"), "{text}");
    assert!(text.contains(".[^1]\n\n") && text.contains("\n[^1]: ") && text.contains("; also in "), "{text}");
    // The second run finds the first one's digest in the folder, as text or as an article, and knows it.
    let twice = [&digest[..], &["-o", "digest.md"]].concat();
    for _ in 0..2 {
        check(&epitome(folder.path(), &twice), 0, false, "");
        assert_eq!(fs::read_to_string(folder.path().join("digest.md")).unwrap(), text);
    }
    check(&epitome(folder.path(), &digest), 3, true, "digest.md: a digest that epitome wrote, not an article");
}

#[test]
fn a_pipe_that_closes_early_is_no_error() {
    let folder = story();
    let mut child = command(folder.path(), &["digest", "."])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
}

/// Writes the digest of `story()` to `d.json` and gives it back.
fn digest_of(folder: &Path) -> epitome::Digest {
    check(
        &epitome(folder, &["digest", "post.txt", "wire.txt", "--words", "60", "--format", "json", "-o", "d.json"]),
        0,
        false,
        "",
    );
    epitome::render::from_json(&fs::read_to_string(folder.join("d.json")).unwrap(), "d.json").unwrap()
}

#[test]
fn a_digest_verifies_against_its_sources() {
    let folder = story();
    let digest = digest_of(folder.path());
    let places = digest.items.len() + digest.items.iter().map(|item| item.also_in.len()).sum::<usize>();
    let output = epitome(folder.path(), &["verify", "d.json"]);
    check(&output, 0, true, "");
    assert_eq!(stdout(&output), format!("{places} cited places checked, all hold\n"));
    let elsewhere = tempfile::tempdir().unwrap();
    let json = folder.path().join("d.json").to_string_lossy().into_owned();
    check(&epitome(elsewhere.path(), &["verify", &json]), 6, true, "");
    let root = folder.path().to_string_lossy().into_owned();
    check(&epitome(elsewhere.path(), &["verify", &json, "--root", &root]), 0, true, "");
    check(&with_input(folder.path(), &["verify", "-"], &fs::read(&json).unwrap()), 0, true, "");
}

#[test]
fn any_changed_byte_of_a_cited_span_is_found_and_its_sentence_named() {
    let folder = story();
    let digest = digest_of(folder.path());
    for (index, item) in digest.items.iter().enumerate() {
        let places = std::iter::once(&item.citation).chain(item.also_in.iter().map(|also| &also.citation));
        for citation in places {
            let name = &digest.sources[citation.article.index()].path;
            let path = folder.path().join(name);
            let good = fs::read(&path).unwrap();
            for byte in [citation.span.start, (citation.span.start + citation.span.end) / 2, citation.span.end - 1] {
                let mut bad = good.clone();
                bad[byte] = if bad[byte] == b'x' { b'y' } else { b'x' };
                fs::write(&path, bad).unwrap();
                let output = epitome(folder.path(), &["verify", "d.json", "--quiet"]);
                check(&output, 6, true, "");
                assert!(stdout(&output).contains(&format!("sentence {}", index + 1)), "{}", stdout(&output));
                assert!(
                    stdout(&output).contains(&format!("{name}:{}: absent", citation.lines.first)),
                    "{}",
                    stdout(&output)
                );
            }
            fs::write(&path, good).unwrap();
        }
    }
    check(&epitome(folder.path(), &["verify", "d.json"]), 0, true, "");
}

#[test]
fn moved_missing_and_otherwise_changed_sources_are_told_apart() {
    let folder = story();
    digest_of(folder.path());
    let wire = folder.path().join("wire.txt");
    fs::write(&wire, format!("{WIRE}A line that was added later.\n")).unwrap();
    check(&epitome(folder.path(), &["verify", "d.json"]), 0, true, "wire.txt: changed since");
    let strict = epitome(folder.path(), &["verify", "d.json", "--strict"]);
    check(&strict, 6, true, "");
    assert!(stdout(&strict).contains("wire.txt: changed since the digest was made"), "{}", stdout(&strict));
    fs::write(&wire, format!("A line above.\n{WIRE}")).unwrap();
    let moved = epitome(folder.path(), &["verify", "d.json"]);
    check(&moved, 6, true, "wire.txt: changed since");
    assert!(stdout(&moved).contains("moved to bytes"), "{}", stdout(&moved));
    fs::write(&wire, b"caf\xe9").unwrap();
    let broken = epitome(folder.path(), &["verify", "d.json"]);
    assert_eq!(broken.status.code(), Some(6));
    assert!(stdout(&broken).contains("not UTF-8"), "{}", stdout(&broken));
    fs::remove_file(&wire).unwrap();
    let missing = epitome(folder.path(), &["verify", "d.json"]);
    check(&missing, 6, true, "");
    assert!(stdout(&missing).contains("source missing"), "{}", stdout(&missing));
    let json = epitome(folder.path(), &["verify", "d.json", "--format", "json"]);
    assert!(stdout(&json).contains("\"source_missing\""), "{}", stdout(&json));
}

#[test]
fn a_quote_that_was_changed_in_the_digest_does_not_hold() {
    let folder = story();
    digest_of(folder.path());
    let path = folder.path().join("d.json");
    let forged = fs::read_to_string(&path).unwrap().replace("\"quote\": \"A", "\"quote\": \"No, a");
    let forged = forged.replace("\"quote\": \"F", "\"quote\": \"Not f");
    fs::write(&path, forged).unwrap();
    check(&epitome(folder.path(), &["verify", "d.json"]), 6, true, "");
}

#[test]
fn a_citation_that_gives_another_line_does_not_hold() {
    let folder = story();
    let mut digest = digest_of(folder.path());
    digest.items[0].citation.lines.first += 2;
    fs::write(folder.path().join("d.json"), epitome::render::to_json(&digest)).unwrap();
    let output = epitome(folder.path(), &["verify", "d.json"]);
    check(&output, 6, true, "");
    assert!(stdout(&output).contains("its citation says otherwise"), "{}", stdout(&output));
}

#[test]
fn what_is_no_digest_is_refused() {
    let folder = story();
    digest_of(folder.path());
    let path = folder.path().join("d.json");
    let good = fs::read_to_string(&path).unwrap();
    check(&epitome(folder.path(), &["verify", "nowhere.json"]), 2, false, "nowhere.json: no such file");
    check(&epitome(folder.path(), &["verify", "wire.txt"]), 1, false, "wire.txt: not a digest in JSON");
    fs::write(&path, good.replace("\"schema\": 1", "\"schema\": 2")).unwrap();
    check(&epitome(folder.path(), &["verify", "d.json"]), 1, false, "use a newer epitome");
    fs::write(&path, good.replace("\"article\": 1", "\"article\": 9")).unwrap();
    check(&epitome(folder.path(), &["verify", "d.json"]), 1, false, "contradicts itself");
    fs::write(&path, good.replace("\"schema\": 1", "\"schema\": 1, \"a_later_field\": true")).unwrap();
    check(&epitome(folder.path(), &["verify", "d.json"]), 0, true, "");
}

#[test]
fn where_no_sentence_stands_alone_an_article_is_begun_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let text = "It happened on Tuesday morning when two ferries met off the east pier. He said that nobody was hurt.\n";
    fs::write(folder.path().join("wire.txt"), text).unwrap();
    let output = epitome(folder.path(), &["digest", "wire.txt", "--words", "15"]);
    check(&output, 0, true, "no sentence can stand alone");
    assert!(stdout(&output).starts_with("It happened on Tuesday morning when two ferries met off the east pier.\n"));
    assert!(!stdout(&output).contains("He said"), "that does not fit");
}

#[test]
fn the_printed_parts_of_a_score_add_up_to_it() {
    let folder = story();
    for format in ["text", "markdown"] {
        let output = epitome(folder.path(), &["digest", ".", "--words", "40", "--explain", "--format", format]);
        let scores: Vec<&str> =
            stdout(&output).lines().filter_map(|line| line.find("score ").map(|at| &line[at..])).collect();
        assert!(!scores.is_empty(), "{}", stdout(&output));
        for line in scores {
            let line = line.replace('\\', "");
            let (score, parts) = line.split_once(" = ").unwrap();
            // In millionths, as they are printed.
            let millionths = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
            let (mut sum, mut sign) = (0, 1);
            for word in parts.split(' ') {
                match word {
                    "+" => sign = 1,
                    "-" => sign = -1,
                    number if number.contains('.') => sum += sign * millionths(number),
                    _ => {}
                }
            }
            assert_eq!(sum, millionths(score.trim().strip_prefix("score ").unwrap()), "{line}");
        }
    }
    let plain = epitome(folder.path(), &["digest", ".", "--words", "40"]);
    assert!(!stdout(&plain).contains("score "));
}

#[test]
fn a_second_run_says_that_nothing_is_new() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ferry.txt"), WIRE).unwrap();
    assert!(epitome(folder.path(), &["digest", "ferry.txt", "--format", "json", "-o", "old.json"]).status.success());
    let again = epitome(folder.path(), &["digest", "ferry.txt", "--since", "old.json"]);
    assert!(again.status.success());
    assert_eq!((stdout(&again), stderr(&again)), ("", "epitome: nothing new since old.json\n"));
    let json = epitome(folder.path(), &["digest", "ferry.txt", "--since", "old.json", "--format", "json"]);
    assert!(json.status.success() && stdout(&json).contains("\"outcome\": \"nothing_new\""));
}

#[test]
fn what_nobody_says_anything_about_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ferry.txt"), WIRE).unwrap();
    let usual = epitome(folder.path(), &["digest", "ferry.txt"]);
    let zebras = epitome(folder.path(), &["digest", "ferry.txt", "--about", "zebras"]);
    assert!(zebras.status.success());
    assert_eq!(stdout(&zebras), stdout(&usual));
    assert!(stderr(&zebras).contains("no sentence has: zebras"), "{}", stderr(&zebras));
}
