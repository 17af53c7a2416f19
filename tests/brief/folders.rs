//! Articles in folders: what is new is told, once.

use std::fs;

use crate::desk::{Desk, FILES, FOLDER, edition, quotes, unchanged};
use crate::outside::{DAM, FERRY, PIER, ended, says, stderr, stdout};

#[test]
fn an_empty_folder_becomes_a_briefing_and_each_fact_an_edition() {
    let desk = Desk::empty();
    says(&desk.brief(&["init"]), 0, "wrote briefing.toml; made the folder articles; ");
    desk.article("ferry", FERRY);
    desk.article("dam", DAM);
    let output = desk.run(&["--verbose"]);
    says(&output, 0, ": 2 stories of 2, from 2 new articles");
    assert_eq!(stdout(&output), "");
    let first = desk.latest();
    assert!(first.window.first && !desk.told().is_empty());
    for form in ["txt", "md", "html", "json"] {
        let latest = fs::read(desk.path(&format!("editions/latest.{form}"))).unwrap();
        assert_eq!(latest, fs::read(desk.path(&format!("editions/{}.{form}", first.id))).unwrap());
    }

    let before = desk.files();
    says(&desk.run(&["--verbose"]), 0, "nothing new since ");
    unchanged(&before, &desk.files());

    let fact = "Divers found a bent propeller blade below the pier on Wednesday.";
    desk.article("blade", &format!("{fact} {FERRY}"));
    desk.runs_well(&[]);
    assert_eq!(desk.told(), [fact]);
    assert_eq!(desk.editions("editions").len(), 2);
    let second = desk.latest();
    assert_eq!((second.window.from, second.window.first), (first.window.until, false));
}

#[test]
fn a_run_is_silent_where_nobody_looks_on_and_all_is_well() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article("ferry", FERRY);
    desk.runs_well(&[]);
    desk.runs_well(&[]);
}

#[test]
fn news_of_a_story_leave_out_what_was_told_of_it() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article("ferry", FERRY);
    desk.runs_well(&[]);
    let first = desk.told();
    desk.article("pier", PIER);
    desk.runs_well(&[]);
    let second = desk.told();
    assert!(
        !second.is_empty() && second.iter().all(|quote| !first.contains(quote) && PIER.contains(quote)),
        "{second:?}"
    );
}

#[test]
fn an_edition_after_days_without_a_run_has_all_of_them() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article_on("2031-03-04T12:00:00Z", "ferry", FERRY);
    desk.runs_well(&["--as-of", "2031-03-05"]);
    assert_eq!(desk.latest().id, "2031-03-05T0630");
    desk.article_on("2031-03-06T12:00:00Z", "dam", DAM);
    desk.article_on(
        "2031-03-08T12:00:00Z",
        "hall",
        "The council voted on Saturday to sell the old market hall of Brim.",
    );
    desk.article_on("2031-03-12T12:00:00Z", "fair", "The spring fair of Brim opens with nine boats from abroad.");
    desk.runs_well(&["--as-of", "2031-03-09T07:00"]);
    let edition = desk.latest();
    assert_eq!(
        (edition.id.as_str(), edition.stories().count()),
        ("2031-03-09T0700", 2),
        "what is later is not there yet"
    );
    assert_eq!(edition.window.from.to_string(), "2031-03-05T06:30:00Z");
    desk.runs_well(&["--as-of", "2031-03-13"]);
    assert_eq!(desk.told(), ["The spring fair of Brim opens with nine boats from abroad."]);
    // A clock that was set back makes nothing, and repeats nothing where it was set back by days.
    says(&desk.run(&["--as-of", "2031-03-13T05:30"]), 1, "the clock is behind the last edition");
    desk.runs_well(&["--as-of", "2031-03-10"]);
    assert_eq!(desk.editions("editions").len(), 3);
}

#[test]
fn who_goes_back_gets_what_was_passed_over_and_nothing_twice() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article_on("2031-02-01", "dam", DAM);
    desk.article_on("2031-03-04", "ferry", FERRY);
    desk.runs_well(&["--as-of", "2031-03-05"]);
    let first = desk.latest();
    assert_eq!((first.stories().count(), first.status.older), (1, 1));
    desk.runs_well(&["--as-of", "2031-03-06", "--since-date", "2031-01-31"]);
    let told = desk.told();
    assert!(told.iter().any(|quote| DAM.contains(quote)), "{told:?}");
    assert!(!told.iter().any(|quote| quotes(&first).contains(quote)), "{told:?}");
    says(&desk.run(&["--as-of", "2031-03-07", "--since-date", "2031-04-01"]), 2, "--since-date");
}

#[test]
fn an_undated_article_is_told_and_said_to_be_undated() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.write("articles/ferry.txt", FERRY);
    desk.runs_well(&[]);
    assert!(!desk.told().is_empty());
    assert!(desk.read("editions/latest.txt").contains("; undated"), "{}", desk.read("editions/latest.txt"));
    assert!(desk.read("editions/latest.md").contains("1 undated article, not counted as of today"));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_told() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article("ferry", FERRY);
    fs::write(desk.path("articles/broken.pdf"), b"%PDF-1.7\nno text").unwrap();
    says(&desk.run(&[]), 3, "articles/broken.pdf: ");
    assert!(!desk.told().is_empty());
    assert!(desk.read("editions/latest.txt").contains("left out: articles/broken.pdf"));
    // It is tried, and named, each time.
    says(&desk.run(&[]), 3, "articles/broken.pdf: ");
}

#[test]
fn a_folder_that_is_missing_is_an_outage_and_an_empty_one_is_not() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.runs_well(&[]);
    says(&desk.run(&["--verbose"]), 0, "nothing new since ");
    fs::remove_dir(desk.path("articles")).unwrap();
    let output = desk.run(&[]);
    says(&output, 1, "no source could be read");
    assert!(stderr(&output).contains("articles: "), "{}", stderr(&output));
    assert!(!desk.path("editions").exists());
}

#[test]
fn an_article_that_changes_is_told_by_what_is_new_in_it() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article("ferry", FERRY);
    desk.runs_well(&[]);
    let fact = "The harbour authority reopened the east pier on Thursday after divers had looked at it.";
    desk.article("ferry", &format!("{FERRY} {fact}"));
    desk.runs_well(&[]);
    assert_eq!(desk.told(), [fact]);
}

#[test]
fn the_same_bytes_come_of_one_thread_and_of_two() {
    let one = Desk::new(&[FOLDER, FILES]);
    let two = Desk::new(&[FOLDER, FILES]);
    for (desk, threads) in [(&one, "1"), (&two, "2")] {
        for (name, text) in [("ferry", FERRY), ("pier", PIER), ("dam", DAM)] {
            desk.article_on("2031-03-04", name, text);
        }
        desk.runs_well(&["--as-of", "2031-03-05", "--threads", threads]);
    }
    for form in ["txt", "md", "html", "json"] {
        let name = format!("editions/2031-03-05T0630.{form}");
        assert_eq!(one.read(&name), two.read(&name));
    }
}

#[test]
fn an_edition_is_verified_against_its_files_and_is_what_a_digest_leaves_out() {
    let desk = Desk::new(&[FOLDER, FILES]);
    desk.article("ferry", FERRY);
    desk.runs_well(&[]);
    let epitome = |arguments: &[&str]| crate::outside::epitome(&desk.path(""), arguments);
    ended(&epitome(&["verify", "editions/latest.json"]), 0);
    let since = ["digest", "articles", "--since", "editions/latest.json"];
    let output = epitome(&since);
    assert!(!stdout(&output).contains("187 people"), "{}", stdout(&output));
    let fact = "Divers found a bent propeller blade below the pier on Wednesday.";
    desk.article("blade", &format!("{fact} {FERRY}"));
    let output = epitome(&since);
    assert!(stdout(&output).contains("bent propeller blade"), "{}", ended(&output, 0));
    assert!(!stdout(&output).contains("187 people"), "{}", stdout(&output));
    desk.article("ferry", &FERRY.replace("187", "188"));
    ended(&epitome(&["verify", "editions/latest.json"]), 6);
    assert_eq!(edition(&desk.path("editions/latest.json")).stories().count(), 1);
}
