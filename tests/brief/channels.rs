//! Several readers: each is told everything, and nothing twice, whatever becomes of the others.

use std::fs;
use std::process::Stdio;

use crate::desk::{Desk, FILES, FOLDER, edition, quotes, unchanged};
use crate::outside::{DAM, FERRY, PIER, ended, says, stdout};

const FAIR: &str = "The spring fair of Brim opens on Friday with nine boats from abroad.";
const SECOND: &str = "[[channel]]\nname = 'second'\nto = 'folder'\npath = 'second'\n";

/// All that a folder was told, edition by edition.
fn told(desk: &Desk, folder: &str) -> Vec<String> {
    let editions = desk.editions(folder).into_iter();
    editions.flat_map(|id| quotes(&edition(&desk.path(&format!("{folder}/{id}.json"))))).collect()
}

#[track_caller]
fn nothing_twice(told: &[String]) {
    for (index, quote) in told.iter().enumerate() {
        assert!(!told[..index].contains(quote), "told twice: {quote}");
    }
}

#[test]
fn a_channel_that_fails_gets_everything_later_and_the_other_one_gets_it_now() {
    let desk = Desk::new(&[FOLDER, FILES, SECOND]);
    desk.article("ferry", FERRY);
    // A file is where the folder of the second channel should be.
    desk.write("second", "");
    says(&desk.run(&[]), 4, "second: ");
    assert_eq!(desk.editions("editions").len(), 1);
    desk.article("dam", DAM);
    says(&desk.run(&[]), 4, "second: ");
    assert_eq!(desk.editions("editions").len(), 2);
    desk.article("pier", PIER);
    says(&desk.run(&[]), 4, "second: ");

    fs::remove_file(desk.path("second")).unwrap();
    desk.article("fair", FAIR);
    desk.runs_well(&[]);
    desk.runs_well(&[]);
    let (first, second) = (told(&desk, "editions"), told(&desk, "second"));
    nothing_twice(&first);
    nothing_twice(&second);
    for fact in ["187 people", "spillway", "look at the steering", "spring fair"] {
        for told in [&first, &second] {
            assert!(told.iter().any(|quote| quote.contains(fact)), "{fact}: {told:#?}");
        }
    }
    let list = desk.brief(&["archive", "list"]);
    assert!(!stdout(&list).contains("pending"), "{}", stdout(&list));
    // From now on they get the same again.
    desk.article("hall", "The council voted on Saturday to sell the old market hall of Brim.");
    desk.runs_well(&[]);
    assert_eq!(told(&desk, "editions").last(), told(&desk, "second").last());
}

#[test]
fn a_new_channel_begins_with_what_is_new() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article("ferry", FERRY);
    desk.runs_well(&[]);
    desk.configure(&[FOLDER, FILES, SECOND]);
    desk.article("dam", DAM);
    desk.runs_well(&[]);
    for folder in ["editions", "second"] {
        assert!(told(&desk, folder).iter().any(|quote| quote.contains("spillway")), "{folder}");
        nothing_twice(&told(&desk, folder));
    }
}

#[test]
fn each_kind_of_channel_gets_the_edition() {
    let desk = Desk::new(&[
        FOLDER,
        "[[channel]]\nname = 'page'\nto = 'file'\npath = 'today.md'\n",
        "[[channel]]\nname = 'print'\nto = 'stdout'\n",
        "[[channel]]\nname = 'messages'\nto = 'eml'\npath = 'messages'\nfrom = 'briefing@example.org'\n\
         recipients = 'ada@example.org'\n",
        "[[channel]]\nname = 'feed'\nto = 'atom'\npath = 'briefing.atom'\n",
    ]);
    desk.article("ferry", FERRY);
    let first = desk.run(&[]);
    says(&first, 0, "");
    desk.article("dam", DAM);
    let second = desk.run(&[]);
    says(&second, 0, "");
    assert!(stdout(&first).contains("187 people") && stdout(&second).contains("spillway"));
    assert!(desk.read("today.md").contains("spillway") && !desk.read("today.md").contains("187 people"));
    let feed = desk.read("briefing.atom");
    assert_eq!((feed.matches("<entry>").count(), feed.contains("187 people")), (2, true));
    assert_eq!(fs::read_dir(desk.path("messages")).unwrap().count(), 2);
    let entries = epitome::read::from_bytes("briefing.atom", feed.into_bytes(), &epitome::read::ReadOptions::default());
    assert_eq!(entries.articles.len() + entries.skipped.len(), 2);
}

#[test]
fn a_reader_who_closes_the_pipe_before_the_first_byte_gets_the_edition_from_the_next_run() {
    let desk = Desk::new(&[FOLDER, "[[channel]]\nname = 'print'\nto = 'stdout'\n"]);
    desk.article("ferry", FERRY);
    let mut child = desk.command(&["run"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    says(&child.wait_with_output().unwrap(), 4, "was not delivered");
    assert!(stdout(&desk.run(&[])).contains("187 people"));
    assert!(stdout(&desk.brief(&["archive", "list"])).ends_with("print: delivered\n"));
}

#[test]
fn a_dry_run_prints_the_edition_and_changes_nothing() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article_on("2031-03-04", "ferry", FERRY);
    let before = desk.files();
    let dry = desk.run(&["--dry-run", "--as-of", "2031-03-05"]);
    says(&dry, 0, "");
    unchanged(&before, &desk.files());
    desk.runs_well(&["--as-of", "2031-03-05"]);
    assert_eq!(stdout(&dry), desk.read("editions/latest.txt"));

    desk.article_on("2031-03-05", "dam", DAM);
    let before = desk.files();
    let dry = desk.run(&["--dry-run", "--as-of", "2031-03-06", "--format", "json"]);
    unchanged(&before, &desk.files());
    desk.runs_well(&["--as-of", "2031-03-06"]);
    assert_eq!(stdout(&dry), desk.read("editions/latest.json"));
    let none = desk.run(&["--dry-run", "--verbose"]);
    assert_eq!(stdout(&none), "", "{}", ended(&none, 0));
}

#[test]
fn an_edition_that_is_not_sent_is_kept_and_counts_as_told_to_nobody() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article_on("2031-03-04", "ferry", FERRY);
    desk.runs_well(&["--no-send", "--as-of", "2031-03-05"]);
    assert!(!desk.path("editions").exists());
    let list = desk.brief(&["archive", "list"]);
    assert!(stdout(&list).ends_with("  not sent\n"), "{}", stdout(&list));
    let kept = stdout(&desk.brief(&["archive", "show"])).to_owned();
    let story = kept.split("At a glance").nth(1).unwrap().split("How this").next().unwrap();
    desk.runs_well(&["--as-of", "2031-03-05"]);
    // The same but for its name: that one is taken.
    assert_eq!(desk.editions("editions"), ["2031-03-05T0630-2"]);
    assert!(desk.read("editions/latest.txt").contains(story), "{kept}");
    says(&desk.run(&["--as-of", "2031-03-06", "--verbose"]), 0, "nothing new since");
}

#[test]
fn a_file_of_somebody_else_is_not_written_over() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article_on("2031-03-04", "ferry", FERRY);
    fs::create_dir(desk.path("editions")).unwrap();
    desk.write("editions/2031-03-05T0630.txt", "my notes");
    desk.runs_well(&["--as-of", "2031-03-05"]);
    assert_eq!(desk.read("editions/2031-03-05T0630.txt"), "my notes");
    assert_eq!(desk.editions("editions"), ["2031-03-05T0630-2"]);
}

#[test]
fn a_channel_that_is_taken_out_hinders_nobody_and_begins_anew_when_it_comes_back() {
    let desk = Desk::new(&[FOLDER, FILES, SECOND]);
    desk.article("ferry", FERRY);
    desk.write("second", "");
    says(&desk.run(&[]), 4, "second: ");
    desk.configure(&[FOLDER, FILES]);
    says(&desk.run(&[]), 0, "second: no longer in the configuration; 1 edition that it waited for given up");
    assert!(stdout(&desk.brief(&["archive", "list"])).contains("second: given up"));
    fs::remove_file(desk.path("second")).unwrap();
    desk.configure(&[FOLDER, FILES, SECOND]);
    desk.article("dam", DAM);
    desk.runs_well(&[]);
    let second = told(&desk, "second");
    assert!(!second.is_empty() && second.iter().all(|quote| DAM.contains(quote)), "{second:?}");
}
