//! What is the same article, and what is a new revision of it.

use std::collections::BTreeMap;

use super::*;
use crate::brief::ledger::{FileSeen, Taken};

/// What became of each item, as letters: new, revised, known.
fn take(ledger: &mut Ledger, items: &[Incoming]) -> String {
    let taken = ledger.take_in(items, None, &[], minute(0)).unwrap();
    let letter = |taken: Taken| match taken {
        Taken::New(..) => 'n',
        Taken::Revised(..) => 'r',
        Taken::Known(_) => 'k',
    };
    taken.into_iter().map(letter).collect()
}

#[test]
fn the_same_text_is_known_and_another_one_is_a_revision() {
    let (_folder, mut ledger) = ledger();
    assert_eq!(take(&mut ledger, &[item(FEED, "1", "Nine ferries."), item(FEED, "2", "A storm.")]), "nn");
    assert_eq!(take(&mut ledger, &[item(FEED, "1", "Nine  ferries.\n"), item(FEED, "2", "A storm.")]), "kk");
    assert_eq!(take(&mut ledger, &[item(FEED, "1", "Ten ferries.")]), "r");
    assert_eq!(take(&mut ledger, &[item(FEED, "1", "Ten ferries.")]), "k");
}

#[test]
fn a_text_that_returns_is_a_revision_too() {
    let (_folder, mut ledger) = ledger();
    for (text, became) in [("Nine.", "n"), ("Ten.", "r"), ("Nine.", "r"), ("Nine.", "k")] {
        assert_eq!(take(&mut ledger, &[item(FEED, "1", text)]), became);
    }
    let Taken::Known(id) = ledger.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(0)).unwrap()[0] else {
        panic!()
    };
    let article = ledger.article(id).unwrap().unwrap();
    assert_eq!(records(&article.revisions), ["Nine.", "Ten.", "Nine."]);
    assert_eq!(article.revisions.iter().map(|revision| revision.number).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn an_item_without_a_guid_is_known_by_its_link_and_one_without_either_by_its_title() {
    let (_folder, mut ledger) = ledger();
    let by_link = Incoming { guid: None, ..item(FEED, "1", "Nine.") };
    let renamed = Incoming { title: "Another title".to_owned(), ..by_link.clone() };
    let tracked = Incoming { url: by_link.url.clone().map(|url| url + "?utm_source=feed#top"), ..by_link.clone() };
    assert_eq!(take(&mut ledger, &[by_link, renamed, tracked]), "nkk");

    let by_title = Incoming { guid: None, url: None, ..item(FEED, "2", "A storm.") };
    let elsewhere = Incoming { source: OTHER_FEED.to_owned(), ..by_title.clone() };
    assert_eq!(take(&mut ledger, &[by_title.clone(), by_title, elsewhere]), "nkn");
}

#[test]
fn items_that_share_a_link_but_not_their_guid_stay_apart() {
    let (_folder, mut ledger) = ledger();
    let page =
        |guid: &str, text: &str| Incoming { url: Some("https://example.org/".to_owned()), ..item(FEED, guid, text) };
    let items = [page("1", "Nine ferries."), page("2", "A storm.")];
    assert_eq!(take(&mut ledger, &items), "nn");
    assert_eq!(take(&mut ledger, &items), "kk");
    assert_eq!(take(&mut ledger, &[page("3", "A bridge.")]), "n");
}

#[test]
fn a_column_with_the_same_title_every_week_is_another_article_every_week() {
    let (_folder, mut ledger) = ledger();
    let letters = |week: &str| Incoming { guid: None, title: "Letters".to_owned(), ..item(FEED, week, week) };
    assert_eq!(take(&mut ledger, &[letters("1"), letters("2")]), "nn");
}

#[test]
fn a_link_that_changes_under_a_guid_leads_to_the_same_article() {
    let (_folder, mut ledger) = ledger();
    let moved = Incoming { url: Some("https://example.org/moved".to_owned()), ..item(FEED, "1", "Nine.") };
    let by_new_link = Incoming { guid: None, ..moved.clone() };
    assert_eq!(take(&mut ledger, &[item(FEED, "1", "Nine."), moved, by_new_link]), "nkk");
}

#[test]
fn two_feeds_with_two_texts_of_one_article_do_not_revise_each_other_for_ever() {
    let (_folder, mut ledger) = ledger();
    let link = Some("https://example.org/a".to_owned());
    let one = |text: &str| Incoming { url: link.clone(), ..item(FEED, "1", text) };
    let other = |text: &str| Incoming { url: link.clone(), ..item(OTHER_FEED, "x", text) };
    assert_eq!(take(&mut ledger, &[one("Nine ferries.")]), "n");
    assert_eq!(take(&mut ledger, &[other("Nine ferries, says the harbour.")]), "r");
    for _ in 0..3 {
        assert_eq!(take(&mut ledger, &[one("Nine ferries.")]), "k");
        assert_eq!(take(&mut ledger, &[other("Nine ferries, says the harbour.")]), "k");
    }
    assert_eq!(take(&mut ledger, &[one("Ten ferries.")]), "r");
    assert_eq!(take(&mut ledger, &[other("Ten ferries.")]), "k");
}

#[test]
fn a_document_with_two_texts_for_one_guid_gives_two_revisions_once() {
    let (_folder, mut ledger) = ledger();
    let items = [item(FEED, "1", "Nine."), item(FEED, "1", "Ten.")];
    assert_eq!(take(&mut ledger, &items), "nr");
    assert_eq!(take(&mut ledger, &items), "kk");
    assert_eq!(take(&mut ledger, &items[..1]), "k");
}

/// Stories that a document has under one guid and one link, or without a guid.
fn under_one_name(guid: Option<&str>, stories: &[(&str, &str)]) -> Vec<Incoming> {
    let story = |(title, text): &(&str, &str)| Incoming {
        guid: guid.map(str::to_owned),
        title: (*title).to_owned(),
        ..item(FEED, "all", text)
    };
    stories.iter().map(story).collect()
}

#[test]
fn stories_that_a_document_has_under_one_name_are_articles_each_and_known_the_next_time() {
    for guid in [Some("all"), None] {
        let (_folder, mut ledger) = ledger();
        ledger.channel("mail", minute(0)).unwrap();
        let stories = [("Ferries", "Nine ferries."), ("Weather", "A storm."), ("Roads", "A bridge.")];
        let mut items = under_one_name(guid, &stories);
        assert_eq!(take(&mut ledger, &items), "nnn");
        assert_eq!(records(&ledger.unsettled("mail").unwrap()), ["Nine ferries.", "A storm.", "A bridge."]);
        items.rotate_left(1);
        assert_eq!(take(&mut ledger, &items), "kkk");
        // Each alone is still itself, and may be revised; what is new is another one.
        for item in &items {
            assert_eq!(take(&mut ledger, std::slice::from_ref(item)), "k");
        }
        let later = [("Weather", "Two storms."), ("Schools", "A holiday.")];
        assert_eq!(take(&mut ledger, &under_one_name(guid, &later)), "rn");
        assert_eq!(take(&mut ledger, &under_one_name(guid, &[("Harbour", "A pier.")])), "n");
        assert_eq!(ledger.unsettled("mail").unwrap().len(), 5);
    }
}

#[test]
fn an_article_whose_name_is_shared_later_stays_what_it_was() {
    let (_folder, mut ledger) = ledger();
    let items = under_one_name(Some("all"), &[("Weather", "A storm."), ("Ferries", "Nine ferries.")]);
    assert_eq!(take(&mut ledger, &items[1..]), "n");
    assert_eq!(take(&mut ledger, &items), "nk");
    assert_eq!(take(&mut ledger, &items), "kk");
    // The page of one of them has no guid, and the page is its source.
    let page = Incoming { source: "https://example.org/all".to_owned(), guid: None, ..items[1].clone() };
    assert_eq!(take(&mut ledger, &[page]), "k");
}

#[test]
fn an_excerpt_does_not_revise_the_whole_text_of_another_source_and_the_whole_text_revises_an_excerpt() {
    let (_folder, mut ledger) = ledger();
    let link = Some("https://example.org/a".to_owned());
    let whole = Incoming { url: link.clone(), ..item(FEED, "1", "Nine ferries were cancelled on Sunday.") };
    let excerpt = Incoming { url: link, excerpt: true, ..item(OTHER_FEED, "x", "Nine ferries …") };
    assert_eq!(take(&mut ledger, &[excerpt.clone(), whole, excerpt.clone()]), "nrk");
    assert_eq!(take(&mut ledger, &[Incoming { sha256: fingerprint("Nine …"), ..excerpt }]), "k");
}

#[test]
fn everything_that_was_given_comes_back() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    let given = Incoming { excerpt: true, ..item(FEED, "1", "Neun Fähren 船") };
    ledger.take_in(std::slice::from_ref(&given), None, &[], minute(1)).unwrap();
    let stored = ledger.unsettled("mail").unwrap().remove(0);
    assert_eq!((stored.first_seen, stored.seen_at, stored.number), (minute(1), minute(1), 1));
    let Incoming { source, guid: _, url, title, section, publisher, published, sha256, excerpt, record } = given;
    assert_eq!(
        (stored.source, stored.url, stored.title, stored.section, stored.publisher),
        (source, url, title, section, publisher)
    );
    assert_eq!((stored.published, stored.sha256, stored.excerpt, stored.record), (published, sha256, excerpt, record));
}

#[test]
fn the_state_of_a_feed_and_its_articles_are_kept_together_or_not_at_all() {
    let (_folder, mut ledger) = ledger();
    ledger.take_in(&[item(FEED, "1", "Nine.")], Some((FEED, r#"{"etag":"a"}"#)), &[], minute(0)).unwrap();
    ledger.take_in(&[], Some((OTHER_FEED, "{}")), &[], minute(1)).unwrap();
    ledger.take_in(&[], Some((FEED, r#"{"etag":"b"}"#)), &[], minute(2)).unwrap();
    let states =
        BTreeMap::from([(FEED.to_owned(), r#"{"etag":"b"}"#.to_owned()), (OTHER_FEED.to_owned(), "{}".to_owned())]);
    assert_eq!(ledger.feed_states().unwrap(), states);

    // Articles that refer to nothing cannot be kept, and neither can what came with them.
    ledger.connection.execute_batch("DROP TABLE record").unwrap();
    let failed = ledger.take_in(&[item(FEED, "2", "A storm.")], Some((FEED, "lost")), &[], minute(3));
    assert!(failed.is_err());
    assert_eq!(ledger.feed_states().unwrap(), states);
}

#[test]
fn a_file_is_known_until_its_length_or_time_changes() {
    let (_folder, mut ledger) = ledger();
    let file = FileSeen { path: "articles/a.txt".to_owned(), size: u64::MAX, mtime_ns: -5, sha256: fingerprint("a") };
    assert_eq!(ledger.files_are_known([&file]).unwrap(), [false]);
    ledger.take_in(&[], None, std::slice::from_ref(&file), minute(0)).unwrap();
    let shorter = FileSeen { size: file.size - 1, ..file.clone() };
    let later = FileSeen { mtime_ns: file.mtime_ns + 1, ..file.clone() };
    let other = FileSeen { path: "articles/b.txt".to_owned(), ..file.clone() };
    let known = ledger.files_are_known([&shorter, &file, &later, &other]).unwrap();
    assert_eq!(known, [false, true, false, false]);
}

#[test]
fn the_articles_of_some_days_are_those_published_then_and_undated_ones_by_when_they_came() {
    let (_folder, mut ledger) = ledger();
    let dated = |guid: &str, published: Option<&str>| Incoming {
        published: published.map(str::to_owned),
        ..item(FEED, guid, &format!("{guid}."))
    };
    let early = [
        dated("The day before", Some("2031-03-02T23:59+00:00")),
        dated("That day", Some("2031-03-03")),
        dated("The day after", Some("2031-03-04T05:10+00:00")),
        dated("No day, early", None),
    ];
    ledger.take_in(&early, None, &[], minute(0)).unwrap();
    let late = [dated("No day", None), dated("Long ago", Some("2030-12-31")), item(FEED, "That day", "Corrected.")];
    ledger.take_in(&late, None, &[], minute(9)).unwrap();
    ledger.channel("mail", minute(0)).unwrap();
    let considered = revisions(&ledger.unsettled("mail").unwrap());
    deliver(&mut ledger, "e1", "mail", 10, &considered, &[]);

    let found = ledger.since(minute(9), "2031-03-03").unwrap();
    assert_eq!(records(&found), ["The day after.", "No day.", "Corrected."]);
    assert_eq!(found[2].number, 2);
    assert_eq!(records(&ledger.since(minute(10), "2031-03-05T00:00+00:00").unwrap()), [""; 0]);
}
