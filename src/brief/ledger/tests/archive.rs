//! Editions that are looked up.

use super::*;
use crate::brief::ledger::{Status, StoryRow};

fn story(position: u32, title: &str, text: &str) -> StoryRow {
    StoryRow {
        position,
        section: "Islands".to_owned(),
        story: format!("story-{position}"),
        title: title.to_owned(),
        articles: 3,
        voices: 2,
        text: text.to_owned(),
    }
}

fn filled() -> (TempDir, Ledger) {
    let (folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    for (day, id, stories) in [
        (
            1,
            "2031-03-04T0630",
            vec![
                story(1, "Ferries stay in port", "Nine ferries were cancelled. The islands are cut off."),
                story(2, "Café closes", "The café at the harbour closes after forty years."),
            ],
        ),
        (2, "2031-03-05T0630", vec![story(1, "Ferries sail again", "The ferry to the islands left at noon.")]),
    ] {
        let edition = EditionRow { stories, ..edition(id, day * 1440, &[], &["Nine ferries were cancelled."]) };
        ledger.put_edition(&edition, &["mail".to_owned()]).unwrap();
    }
    (folder, ledger)
}

#[test]
fn an_edition_comes_back_as_it_was_put() {
    let (_folder, mut ledger) = ledger();
    ledger.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(0)).unwrap();
    let put = EditionRow {
        stories: vec![story(1, "Ferries", "Nine ferries."), story(2, "Storm", "A storm.")],
        bundle: vec![0, 255, 7],
        ..edition("e1", 10, &[RevisionId(1)], &["Nine.", "Ten."])
    };
    assert!(!ledger.has_edition("e1").unwrap());
    ledger.put_edition(&put, &[]).unwrap();
    assert!(ledger.has_edition("e1").unwrap());
    assert_eq!(ledger.edition("e1").unwrap(), Some(put.clone()));
    assert_eq!(ledger.edition("e2").unwrap(), None);

    let again = EditionRow { title: "Another".to_owned(), ..put.clone() };
    assert!(ledger.put_edition(&again, &[]).is_err(), "no edition takes the place of another one");
    assert!(ledger.put_edition(&edition("e3", 11, &[], &[]), &["nobody".to_owned()]).is_err());
    assert_eq!((ledger.edition("e1").unwrap(), ledger.edition("e3").unwrap()), (Some(put), None));
}

#[test]
fn editions_are_listed_page_by_page_the_newest_first() {
    let (_folder, mut ledger) = filled();
    ledger.mark_delivered("2031-03-04T0630", "mail", minute(9), "").unwrap();
    let all = ledger.editions(10, None).unwrap();
    let ids =
        |listed: &[crate::brief::ledger::Summary]| Vec::from_iter(listed.iter().map(|edition| edition.id.clone()));
    assert_eq!(ids(&all), ["2031-03-05T0630", "2031-03-04T0630"]);
    assert_eq!(
        (all[1].stories, all[1].deliveries["mail"], all[0].deliveries["mail"]),
        (2, Status::Delivered, Status::Pending)
    );
    assert_eq!(ids(&ledger.editions(1, None).unwrap()), ["2031-03-05T0630"]);
    assert_eq!(ids(&ledger.editions(1, Some("2031-03-05T0630")).unwrap()), ["2031-03-04T0630"]);
    assert!(ledger.editions(10, Some("2031-03-04T0630")).unwrap().is_empty());
}

#[test]
fn stories_are_found_by_words_phrases_and_beginnings_whatever_their_case_and_accents() {
    let (_folder, ledger) = filled();
    let found = |query: &str| {
        let mut titles = Vec::from_iter(ledger.search(query, 10).unwrap().into_iter().map(|hit| hit.title));
        titles.sort();
        titles
    };
    assert_eq!(found("FERRIES"), ["Ferries sail again", "Ferries stay in port"]);
    assert_eq!(found("ferry"), ["Ferries sail again"]);
    assert_eq!(found("ferr* cancel*"), ["Ferries stay in port"]);
    assert_eq!(found("\"cut off\""), ["Ferries stay in port"]);
    assert!(found("\"off cut\"").is_empty());
    assert_eq!(found("cafe"), ["Café closes"]);
    assert_eq!(ledger.search("islands", 1).unwrap().len(), 1);
}

#[test]
fn a_hit_shows_where_it_stands_and_why_it_was_found() {
    let (_folder, ledger) = filled();
    let hit = ledger.search("cancelled", 10).unwrap().remove(0);
    assert_eq!((hit.edition.as_str(), hit.position, hit.made), ("2031-03-04T0630", 1, minute(1440)));
    let words = hit.matches.iter().map(|range| &hit.snippet[range.clone()]);
    assert_eq!(words.collect::<Vec<_>>(), ["cancelled"]);
    assert!(hit.snippet.starts_with("Nine ferries were"));
}

#[test]
fn no_query_is_an_error() {
    let (_folder, ledger) = filled();
    let many = "a* ".repeat(10_000);
    let long = "x".repeat(100_000);
    for query in [
        "",
        "\"",
        "AND",
        "ferries NOT",
        "title:",
        "(",
        "^a",
        "a + b",
        "{a b}: c",
        "*",
        "-",
        "\0",
        "'; --",
        &many,
        &long,
    ] {
        assert!(ledger.search(query, 10).is_ok(), "{query:.20}");
    }
}
