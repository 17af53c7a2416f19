//! Laws that hold after any sequence of what can happen to a ledger.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::brief::ledger::{ArticleId, Status, Taken};

const CHANNELS: [&str; 3] = ["atom", "folder", "mail"];

#[derive(Clone, Debug)]
enum Step {
    /// Items of a feed: which feed, which guids with which texts.
    TakeIn(u8, Vec<(u8, u8)>),
    Begin(usize),
    Retire(usize),
    /// An edition for a channel, of every so many things that it has to consider.
    Make(usize, usize),
    Send,
    Fail(bool),
    Deliver,
    GiveUp,
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3_u8, prop::collection::vec((0..5_u8, 0..3_u8), 0..5)).prop_map(|(feed, items)| Step::TakeIn(feed, items)),
        2 => (0..3_usize).prop_map(Step::Begin),
        1 => (0..3_usize).prop_map(Step::Retire),
        3 => (0..3_usize, 1..3_usize).prop_map(|(channel, every)| Step::Make(channel, every)),
        2 => Just(Step::Send),
        2 => any::<bool>().prop_map(Step::Fail),
        3 => Just(Step::Deliver),
        1 => Just(Step::GiveUp),
        1 => Just(Step::Reopen),
    ]
}

/// What should be so, in plain collections.
#[derive(Default)]
struct Model {
    /// Of each channel that has begun, the revision of each article that it has to consider.
    open: BTreeMap<&'static str, BTreeMap<ArticleId, RevisionId>>,
    /// How often a revision was in an edition that was delivered to the channel.
    considered: BTreeMap<(String, RevisionId), usize>,
    /// The latest text of each item of each feed, with those of the same document.
    texts: BTreeMap<(u8, u8), BTreeSet<u8>>,
    editions: BTreeMap<String, Vec<RevisionId>>,
}

fn texts(items: &[(u8, u8)]) -> BTreeMap<u8, BTreeSet<u8>> {
    let mut texts: BTreeMap<u8, BTreeSet<u8>> = BTreeMap::new();
    for (guid, text) in items {
        texts.entry(*guid).or_default().insert(*text);
    }
    texts
}

impl Model {
    fn take_in(&mut self, feed: u8, items: &[(u8, u8)], taken: &[Taken]) {
        let mut now: BTreeMap<u8, BTreeSet<u8>> = BTreeMap::new();
        for ((guid, text), taken) in items.iter().zip(taken) {
            let before = self.texts.get(&(feed, *guid));
            let said = now.entry(*guid).or_default();
            let known = said.contains(text) || before.is_some_and(|before| before.contains(text));
            match taken {
                Taken::New(..) => assert!(before.is_none() && said.is_empty()),
                Taken::Revised(..) => assert!(!known),
                Taken::Known(_) => assert!(known || before.is_some() || !said.is_empty()),
            }
            said.insert(*text);
            if let Taken::New(article, revision) | Taken::Revised(article, revision) = *taken {
                self.open.values_mut().for_each(|open| {
                    open.insert(article, revision);
                });
            }
        }
        self.texts.extend(texts(items).into_iter().map(|(guid, texts)| ((feed, guid), texts)));
    }

    fn deliver(&mut self, edition: &str, channel: &str) {
        for revision in &self.editions[edition] {
            *self.considered.entry((channel.to_owned(), *revision)).or_default() += 1;
            if let Some(open) = self.open.get_mut(channel) {
                open.retain(|_, open| open != revision);
            }
        }
    }
}

fn run(steps: Vec<Step>) {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let mut model = Model::default();
    for (step, at) in steps.into_iter().zip(0..) {
        let first = ledger.pending().unwrap().into_iter().next();
        let first = first.as_ref().map(|row| (row.edition.as_str(), row.channel.as_str()));
        match (step, first) {
            (Step::TakeIn(feed, items), _) => {
                let source = format!("https://example.org/{feed}");
                let read = |(guid, text): &(u8, u8)| item(&source, &guid.to_string(), &text.to_string());
                let read: Vec<_> = items.iter().map(read).collect();
                let taken = ledger.take_in(&read, Some((&source, "{}")), &[], minute(at)).unwrap();
                model.take_in(feed, &items, &taken);
            }
            (Step::Begin(channel), _) => {
                ledger.channel(CHANNELS[channel], minute(at)).unwrap();
                model.open.entry(CHANNELS[channel]).or_default();
            }
            (Step::Retire(channel), _) => {
                ledger.retire(CHANNELS[channel], minute(at)).unwrap();
                model.open.remove(CHANNELS[channel]);
            }
            (Step::Make(channel, every), _) => make(&mut ledger, &mut model, CHANNELS[channel], every, at),
            (Step::Send, Some((edition, channel))) => ledger.mark_sending(edition, channel, minute(at)).unwrap(),
            (Step::Fail(uncertain), Some((edition, channel))) => {
                ledger.mark_failed(edition, channel, minute(at), "no", uncertain).unwrap();
            }
            (Step::Deliver, Some((edition, channel))) => {
                ledger.mark_delivered(edition, channel, minute(at), "").unwrap();
                model.deliver(edition, channel);
            }
            (Step::GiveUp, Some((edition, channel))) => {
                ledger.mark_given_up(edition, channel, minute(at), "no").unwrap();
            }
            (Step::Reopen, _) => {
                drop(ledger);
                ledger = Ledger::open(&path).unwrap();
            }
            (Step::Send | Step::Fail(_) | Step::Deliver | Step::GiveUp, None) => {}
        }
        agree(&ledger, &model);
    }
}

/// As a run does: only for a channel that nothing waits for.
fn make(ledger: &mut Ledger, model: &mut Model, channel: &str, every: usize, at: i64) {
    let blocked = ledger.pending().unwrap().iter().any(|row| row.channel == channel);
    let open = ledger.channels().unwrap().iter().any(|row| row.name == channel);
    if blocked || !open {
        return;
    }
    let considered: Vec<_> = revisions(&ledger.unsettled(channel).unwrap()).into_iter().step_by(every).collect();
    let sentences: Vec<_> = considered.iter().map(|revision| format!("{revision:?}")).collect();
    let sentences: Vec<_> = sentences.iter().map(String::as_str).collect();
    let id = format!("e{at}");
    ledger.put_edition(&edition(&id, at, &considered, &sentences), &[channel.to_owned()]).unwrap();
    model.editions.insert(id, considered);
}

fn agree(ledger: &Ledger, model: &Model) {
    for channel in CHANNELS {
        // Nothing is lost: what was taken in is open until it is considered, or a newer text takes its place.
        let open: BTreeSet<_> = revisions(&ledger.unsettled(channel).unwrap()).into_iter().collect();
        let expected = model.open.get(channel).into_iter().flat_map(BTreeMap::values).copied().collect();
        assert_eq!(open, expected, "{channel}");
        // Nothing is told twice, and nothing that was not delivered.
        let told = ledger.told(channel, Timestamp::UNIX_EPOCH, Timestamp::MAX).unwrap();
        let delivered = model.considered.iter().filter(|((of, _), _)| of == channel);
        let expected: BTreeMap<_, _> =
            delivered.map(|((_, revision), times)| (format!("{revision:?}"), *times)).collect();
        assert!(expected.values().all(|times| *times == 1));
        assert_eq!(told.len(), expected.len());
        assert!(
            told.iter().all(|row| expected.contains_key(&row.quote) && ledger.was_told(channel, &row.sha256).unwrap())
        );
        // One at a time: no channel waits for two editions.
        let outstanding = [Status::Pending, Status::Sending, Status::Uncertain];
        let rows = ledger.deliveries(channel).unwrap();
        assert!(rows.iter().filter(|row| outstanding.contains(&row.status)).count() <= 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_nothing_told_twice(steps in prop::collection::vec(step(), 1..40)) {
        run(steps);
    }
}
