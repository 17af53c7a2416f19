//! Past editions: listed, shown, found, made again.

use rusqlite::Connection;

use crate::desk::{Desk, FILES, FOLDER};
use crate::outside::{DAM, FERRY, ended, says, stdout};

/// Two editions.
fn two_mornings() -> Desk {
    let desk = Desk::new(&[FOLDER, FILES]);
    for (day, name, text) in [("2031-03-05", "ferry", FERRY), ("2031-03-06", "dam", DAM)] {
        desk.article_on(day, name, text);
        desk.runs_well(&["--as-of", day]);
    }
    desk
}

#[test]
fn past_editions_are_listed_shown_and_found() {
    let desk = two_mornings();
    let list = desk.brief(&["archive", "list"]);
    assert_eq!(
        stdout(&list),
        "2031-03-06T0630  Thu 2031-03-06 06:30  1 story  files: delivered\n\
         2031-03-05T0630  Wed 2031-03-05 06:30  1 story  files: delivered\n"
    );
    assert_eq!(stdout(&desk.brief(&["archive", "list", "--limit", "1"])).lines().count(), 1);
    let json: serde_json::Value =
        serde_json::from_slice(&desk.brief(&["archive", "list", "--format", "json"]).stdout).unwrap();
    assert_eq!(json[1]["deliveries"]["files"], "delivered");

    for (format, ending) in [("text", "txt"), ("markdown", "md"), ("html", "html"), ("json", "json")] {
        let shown = desk.brief(&["archive", "show", "2031-03-05T0630", "--format", format]);
        assert_eq!(stdout(&shown), desk.read(&format!("editions/2031-03-05T0630.{ending}")));
    }
    assert_eq!(stdout(&desk.brief(&["archive", "show"])), desk.read("editions/latest.txt"));
    says(&desk.brief(&["archive", "show", "2031-03-07T0630"]), 2, "no such edition; see `epitome brief archive list`");

    for (query, found) in [(&["FÉRRY", "pier"][..], "2031-03-05T0630"), (&["\"below the dam\""], "2031-03-06T0630")] {
        let hits = desk.brief(&[&["archive", "search"], query].concat());
        assert!(stdout(&hits).starts_with(found), "{query:?}: {}", stdout(&hits));
    }
    let none = desk.brief(&["archive", "search", "\"", "AND", "NEAR(", "zebra*"]);
    says(&none, 0, "nothing that was told has all of");
}

#[test]
fn without_an_edition_the_archive_says_so() {
    let desk = Desk::new(&[FOLDER, FILES]);
    for command in [&["archive", "list"][..], &["archive", "show"], &["archive", "search", "dam"], &["replay"]] {
        says(&desk.brief(command), 1, "there is no edition yet");
        assert!(!desk.path("state").exists());
    }
    desk.runs_well(&[]);
    assert_eq!(stdout(&desk.brief(&["archive", "list"])), "");
    says(&desk.brief(&["replay"]), 1, "there is no edition yet");
}

#[test]
fn an_edition_is_made_again_to_the_byte() {
    let desk = two_mornings();
    let sha256 = |edition: &str| {
        let output = desk.brief(&["replay", edition]);
        ended(&output, 0);
        stdout(&output).rsplit(' ').next().unwrap().trim().to_owned()
    };
    for edition in ["2031-03-05T0630", "2031-03-06T0630"] {
        let kept = epitome::read::sha256(desk.read(&format!("editions/{edition}.json")).as_bytes());
        assert_eq!(sha256(edition), kept);
    }
    // The articles are in the archive: where they were may be empty by now.
    std::fs::remove_dir_all(desk.path("articles")).unwrap();
    sha256("latest");
}

#[test]
fn an_edition_of_which_a_byte_was_changed_is_not_the_same_again() {
    let desk = two_mornings();
    for form in ["json", "text"] {
        change_a_byte(&desk, form);
        let output = desk.brief(&["replay"]);
        says(&output, 6, "2031-03-06T0630: ");
        assert!(stdout(&output).contains(&format!("2031-03-06T0630: {form}: kept ")), "{}", stdout(&output));
    }
    ended(&desk.brief(&["replay", "2031-03-05T0630"]), 0);
}

/// Changes a letter in the newest edition as the ledger keeps it.
fn change_a_byte(desk: &Desk, form: &str) {
    use std::io::{Read, Write};
    let ledger = Connection::open(desk.ledger()).unwrap();
    let of = "name = ?1 AND edition = (SELECT max(number) FROM edition)";
    let packed: Vec<u8> =
        ledger.query_row(&format!("SELECT packed FROM form WHERE {of}"), [form], |row| row.get(0)).unwrap();
    let mut bytes = Vec::new();
    flate2::read::ZlibDecoder::new(&packed[..]).read_to_end(&mut bytes).unwrap();
    let at = bytes.windows(7).position(|word| word == b"Kessel ").unwrap();
    bytes[at] = b'V';
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&bytes).unwrap();
    let packed = packer.finish().unwrap();
    ledger.execute(&format!("UPDATE form SET packed = ?2 WHERE {of}"), (form, packed)).unwrap();
}
