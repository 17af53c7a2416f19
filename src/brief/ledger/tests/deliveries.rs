//! What channels have still to consider, and what they were told.

use super::*;
use crate::brief::ledger::Status;

#[test]
fn the_run_that_begins_a_channel_gives_it_what_it_took_in_whichever_came_first() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("before", minute(0)).unwrap();
    ledger.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(0)).unwrap();
    ledger.channel("after", minute(0)).unwrap();
    for channel in ["before", "after"] {
        assert_eq!(records(&ledger.unsettled(channel).unwrap()), ["Nine."], "{channel}");
    }
}

#[test]
fn a_channel_that_is_added_later_starts_from_then_on() {
    let (_folder, mut ledger) = ledger();
    assert_eq!(ledger.channel("mail", minute(0)).unwrap().since, minute(0));
    ledger.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(0)).unwrap();
    assert_eq!(ledger.channel("atom", minute(10)).unwrap().since, minute(10));
    ledger.take_in(&[item(FEED, "2", "A storm.")], None, &[], minute(10)).unwrap();
    assert_eq!(records(&ledger.unsettled("atom").unwrap()), ["A storm."]);
    assert_eq!(records(&ledger.unsettled("mail").unwrap()), ["Nine.", "A storm."]);
    assert_eq!(ledger.channel("atom", minute(20)).unwrap().since, minute(10), "it has begun");
    assert!(ledger.unsettled("nobody").unwrap().is_empty());
}

#[test]
fn channels_that_begin_together_begin_at_the_same_moment_and_those_that_had_begun_stay_as_they_are() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    ledger.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(1)).unwrap();
    ledger.begin(&["atom", "files", "mail"], minute(1)).unwrap();
    ledger.begin(&["atom", "files", "mail"], minute(2)).unwrap();
    let since: Vec<Timestamp> = ledger.channels().unwrap().into_iter().map(|channel| channel.since).collect();
    assert_eq!(since, [minute(1), minute(1), minute(0)]);
    for channel in ["atom", "files", "mail"] {
        assert_eq!(records(&ledger.unsettled(channel).unwrap()), ["Nine."], "{channel}");
    }
}

#[test]
fn a_channel_that_comes_back_begins_anew_and_remembers_what_it_was_told() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    ledger.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(0)).unwrap();
    deliver(&mut ledger, "e1", "mail", 1, &[], &["Nine."]);
    ledger.put_edition(&edition("e2", 2, &[], &[]), &["mail".to_owned()]).unwrap();
    ledger.retire("mail", minute(3)).unwrap();
    ledger.take_in(&[item(FEED, "2", "A storm.")], None, &[], minute(4)).unwrap();
    assert!(ledger.channels().unwrap().is_empty() && ledger.pending().unwrap().is_empty());
    assert!(ledger.unsettled("mail").unwrap().is_empty());

    assert_eq!(ledger.channel("mail", minute(5)).unwrap().since, minute(5));
    assert!(ledger.unsettled("mail").unwrap().is_empty());
    assert!(ledger.was_told("mail", &fingerprint("Nine.")).unwrap());
}

#[test]
fn told_and_settled_come_with_the_delivery_and_for_its_channel_only() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("atom", minute(0)).unwrap();
    ledger.channel("mail", minute(0)).unwrap();
    ledger.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(0)).unwrap();
    let considered = revisions(&ledger.unsettled("mail").unwrap());
    let channels = ["atom".to_owned(), "mail".to_owned()];
    ledger.put_edition(&edition("e1", 10, &considered, &["Nine."]), &channels).unwrap();
    ledger.mark_sending("e1", "mail", minute(11)).unwrap();
    assert!(ledger.told("mail", minute(0)).unwrap().is_empty());
    assert_eq!(ledger.unsettled("mail").unwrap().len(), 1);
    assert_eq!(ledger.last_delivered("mail").unwrap(), None);

    ledger.mark_delivered("e1", "mail", minute(12), "250 queued").unwrap();
    assert_eq!(ledger.told("mail", minute(12)).unwrap(), edition("e1", 10, &[], &["Nine."]).told);
    assert!(ledger.told("mail", minute(13)).unwrap().is_empty());
    assert!(ledger.was_told("mail", &fingerprint("Nine.")).unwrap());
    assert!(ledger.unsettled("mail").unwrap().is_empty());
    assert_eq!(ledger.last_delivered("mail").unwrap(), Some(("e1".to_owned(), minute(10))));

    assert!(!ledger.was_told("atom", &fingerprint("Nine.")).unwrap());
    assert_eq!(ledger.unsettled("atom").unwrap().len(), 1);
    assert_eq!(ledger.pending().unwrap().len(), 1);
}

#[test]
fn a_delivery_tells_how_often_it_was_tried_and_what_went_wrong() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    ledger.put_edition(&edition("e1", 1, &[], &[]), &["mail".to_owned()]).unwrap();
    let row = |ledger: &Ledger| ledger.deliveries("mail").unwrap().remove(0);
    assert_eq!((row(&ledger).status, row(&ledger).attempts), (Status::Pending, 0));
    ledger.mark_sending("e1", "mail", minute(2)).unwrap();
    assert_eq!((row(&ledger).status, row(&ledger).attempts, row(&ledger).at), (Status::Sending, 1, minute(2)));
    ledger.mark_failed("e1", "mail", minute(3), "refused", false).unwrap();
    assert_eq!((row(&ledger).status, row(&ledger).last_error.as_deref()), (Status::Pending, Some("refused")));
    ledger.mark_sending("e1", "mail", minute(4)).unwrap();
    ledger.mark_failed("e1", "mail", minute(5), "cut off", true).unwrap();
    assert_eq!((row(&ledger).status, row(&ledger).attempts), (Status::Uncertain, 2));
    assert_eq!(ledger.pending().unwrap(), ledger.deliveries("mail").unwrap());
    ledger.mark_sending("e1", "mail", minute(6)).unwrap();
    ledger.mark_delivered("e1", "mail", minute(7), "250 queued").unwrap();
    assert_eq!((row(&ledger).status, row(&ledger).receipt.as_deref()), (Status::Delivered, Some("250 queued")));
    assert!(ledger.pending().unwrap().is_empty());
}

#[test]
fn what_is_delivered_stays_delivered_and_is_not_sent_again() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    deliver(&mut ledger, "e1", "mail", 1, &[], &["Nine."]);
    let before = ledger.deliveries("mail").unwrap();
    assert!(ledger.mark_sending("e1", "mail", minute(2)).is_err());
    assert!(ledger.mark_failed("e1", "mail", minute(2), "no", true).is_err());
    assert!(ledger.mark_given_up("e1", "mail", minute(2), "no").is_err());
    assert!(ledger.mark_delivered("e9", "mail", minute(2), "").is_err());
    assert_eq!(ledger.deliveries("mail").unwrap(), before);
}

#[test]
fn what_was_given_up_is_for_a_later_edition() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    ledger.take_in(&[item(FEED, "1", "Nine.")], None, &[], minute(0)).unwrap();
    let considered = revisions(&ledger.unsettled("mail").unwrap());
    ledger.put_edition(&edition("e1", 1, &considered, &["Nine."]), &["mail".to_owned()]).unwrap();
    ledger.mark_given_up("e1", "mail", minute(2), "no such mailbox").unwrap();
    assert!(ledger.pending().unwrap().is_empty());
    assert_eq!(revisions(&ledger.unsettled("mail").unwrap()), considered);
    assert!(!ledger.was_told("mail", &fingerprint("Nine.")).unwrap());
}

#[test]
fn a_revision_that_comes_while_an_edition_is_under_way_is_still_to_be_considered() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    ledger.take_in(&[item(FEED, "1", "Nine."), item(FEED, "2", "A storm.")], None, &[], minute(0)).unwrap();
    let considered = revisions(&ledger.unsettled("mail").unwrap());
    ledger.put_edition(&edition("e1", 1, &considered, &[]), &["mail".to_owned()]).unwrap();
    ledger.take_in(&[item(FEED, "1", "Ten.")], None, &[], minute(2)).unwrap();
    ledger.mark_delivered("e1", "mail", minute(3), "").unwrap();
    let left = ledger.unsettled("mail").unwrap();
    assert_eq!(records(&left), ["Ten."]);
    assert_eq!((left[0].number, left[0].earlier.as_slice()), (2, &["Nine.".to_owned()][..]));
}

#[test]
fn earlier_revisions_are_those_that_the_channel_considered_and_not_all_of_a_live_page() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    for number in 1..=12 {
        ledger.take_in(&[item(FEED, "1", &format!("Text {number}."))], None, &[], minute(number)).unwrap();
        // The second one was never considered: the third came first.
        if number != 2 {
            let considered = revisions(&ledger.unsettled("mail").unwrap());
            deliver(&mut ledger, &format!("e{number}"), "mail", number, &considered, &[]);
        }
    }
    ledger.take_in(&[item(FEED, "1", "Text 13.")], None, &[], minute(13)).unwrap();
    let earlier = ledger.unsettled("mail").unwrap().remove(0).earlier;
    assert_eq!(earlier, Vec::from_iter((5..=12).map(|number| format!("Text {number}."))));
}

#[test]
fn what_a_channel_considered_is_what_was_delivered_to_it_lately_and_each_text_once() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    let texts = ["Nine.", "A storm.", "A strike."];
    for (number, text) in (0..).zip(texts) {
        ledger.take_in(&[item(FEED, text, text)], None, &[], minute(number)).unwrap();
    }
    let [nine, storm, strike] = revisions(&ledger.unsettled("mail").unwrap()).try_into().unwrap();
    ledger.put_edition(&edition("e1", 10, &[strike, nine], &[]), &["mail".to_owned()]).unwrap();
    assert!(ledger.considered("mail", minute(0)).unwrap().is_empty(), "it is not delivered yet");
    ledger.mark_sending("e1", "mail", minute(11)).unwrap();
    ledger.mark_delivered("e1", "mail", minute(12), "").unwrap();
    deliver(&mut ledger, "e2", "mail", 20, &[storm, nine], &[]);

    assert_eq!(ledger.considered("mail", minute(12)).unwrap(), ["Nine.", "A storm.", "A strike."]);
    assert_eq!(ledger.considered("mail", minute(13)).unwrap(), ["Nine.", "A storm."]);
    assert!(ledger.considered("mail", minute(21)).unwrap().is_empty());
    assert!(ledger.considered("atom", minute(0)).unwrap().is_empty());
}

#[test]
fn the_next_window_begins_where_the_latest_one_ended_even_if_that_was_delivered_first() {
    let (_folder, mut ledger) = ledger();
    ledger.channel("mail", minute(0)).unwrap();
    deliver(&mut ledger, "e2", "mail", 20, &[], &[]);
    deliver(&mut ledger, "e1", "mail", 10, &[], &[]);
    assert_eq!(ledger.last_delivered("mail").unwrap(), Some(("e2".to_owned(), minute(20))));
}

#[test]
fn no_query_of_a_run_reads_a_whole_table() {
    use crate::brief::ledger::{deliveries, revisions, told};
    let (_folder, ledger) = ledger();
    for sql in [
        revisions::UNSETTLED,
        revisions::CONSIDERED,
        revisions::CONSIDERED_EARLIER,
        told::TOLD,
        told::WAS_TOLD,
        deliveries::LAST_DELIVERED,
        deliveries::PENDING,
    ] {
        let mut plan = ledger.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let values = vec![rusqlite::types::Null; plan.parameter_count()];
        let steps = plan.query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
        for step in steps.map(Result::unwrap) {
            // The index of outstanding deliveries is read whole: it has nothing else in it.
            let scans =
                step.starts_with("SCAN") && !step.contains("delivery_outstanding") && step != "SCAN CONSTANT ROW";
            assert!(!scans, "{step}: {sql}");
        }
    }
}
