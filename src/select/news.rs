//! A story and what was told before in, which of its sentences are news out.

use serde::{Deserialize, Serialize};

use crate::model::{ArticleId, SentenceId};
use crate::rank::Story;
use crate::told::{Fingerprint, Overlap, Overlaps, Particulars, Told};
use crate::vectorize::term_keys;

/// A sentence is told if one that was told holds this share of its terms, weighted by IDF (ICSI at TAC 2009).
const TOLD_BY_ONE: f64 = 0.6;

/// The same for all together that overlap with it: what one tells is told again by two halves.
const TOLD_TOGETHER: f64 = 0.9;

/// How many sentences were passed over because they are no news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    /// Those that were told before, in these or in other words, but for the shortest of the latter.
    pub told: usize,
    /// Those that stood, in these words, in articles that were read before.
    pub known: usize,
}

/// Which sentences of a story are news.
pub(super) struct News {
    /// One entry a sentence.
    standing: Vec<Standing>,
}

/// What a sentence is to somebody who was told something before.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Standing {
    /// News, of which one sentence that was told holds such a share.
    News { told: f32 },
    /// It stood in an article that was read.
    Known,
    /// It was told in other words. `Whole` if it says enough for that to mean that its story goes on.
    Repeats(Repeated),
    /// It was told in these words.
    Told,
}

/// How much a sentence says whose words were told in others.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Repeated {
    Whole,
    /// Hardly anything: `He was there.` is held by many a sentence of many a story.
    Little,
}

/// A sentence of fewer terms says hardly anything.
const FEWEST_TERMS: usize = 5;

impl News {
    /// Holds every sentence of a story against what was told. `None` where all of it is news.
    pub fn of(story: &Story<'_>, told: &Told) -> Option<Self> {
        if told.is_empty() {
            return None;
        }
        let cluster = story.sentences.cluster();
        let of_known = |article: usize| told.knows_all_of(&cluster[ArticleId::from(article)]);
        let known: Vec<bool> = (0..cluster.articles.len()).map(of_known).collect();
        let mut overlaps = Overlaps::new(told);
        let keys = if told.told_sentences() > 0 { term_keys(&story.sentences) } else { Vec::new() };
        let standing = |id: SentenceId| {
            let fingerprint = Fingerprint::of(story.sentences.text(id));
            if told.is_told(fingerprint) {
                Standing::Told
            } else if known[story.sentences.get(id).article.index()] || told.is_known(fingerprint) {
                Standing::Known
            } else if keys.is_empty() {
                Standing::News { told: 0.0 }
            } else {
                of_new_words(story, id, &keys, &mut overlaps)
            }
        };
        let standing: Vec<Standing> = story.sentences.ids().map(standing).collect();
        standing.iter().any(|standing| *standing != Standing::News { told: 0.0 }).then_some(Self { standing })
    }

    /// Whether a sentence is news.
    pub fn is_news(&self, id: SentenceId) -> bool {
        matches!(self.standing[id.index()], Standing::News { .. })
    }

    /// Whether a sentence was told in these words: it is never told again, whatever leans on it.
    pub fn was_told(&self, id: SentenceId) -> bool {
        self.standing[id.index()] == Standing::Told
    }

    /// The largest share of a sentence that one that was told holds.
    pub fn told_share(&self, id: SentenceId) -> f64 {
        match self.standing[id.index()] {
            Standing::News { told } => f64::from(told),
            _ => 1.0,
        }
    }

    /// Whether any is none.
    pub fn has_old(&self) -> bool {
        self.standing.iter().any(|standing| !matches!(standing, Standing::News { .. }))
    }

    /// How many are no news, and why.
    pub fn passed_over(&self) -> PassedOver {
        let count = |wanted: &[Standing]| self.standing.iter().filter(|standing| wanted.contains(standing)).count();
        PassedOver {
            told: count(&[Standing::Told, Standing::Repeats(Repeated::Whole)]),
            known: count(&[Standing::Known]),
        }
    }
}

/// What a sentence is whose words were never told or known: no news if what it says was told, unless it has a number or a
/// name that was not.
fn of_new_words(story: &Story<'_>, id: SentenceId, keys: &[u64], overlaps: &mut Overlaps<'_>) -> Standing {
    let idf = story.matrix.idf();
    let terms = story.matrix.terms(id).iter();
    let mut terms: Vec<(u64, f64)> = terms.map(|term| (keys[term.index()], idf[term.index()])).collect();
    let overlap = overlaps.of(&mut terms);
    let is_told = overlap.most >= TOLD_BY_ONE || overlap.together >= TOLD_TOGETHER;
    if is_told && !has_new_particulars(story, id, overlaps, &overlap) {
        Standing::Repeats(if terms.len() < FEWEST_TERMS { Repeated::Little } else { Repeated::Whole })
    } else {
        Standing::News { told: overlap.most as f32 }
    }
}

fn has_new_particulars(story: &Story<'_>, id: SentenceId, overlaps: &Overlaps<'_>, overlap: &Overlap) -> bool {
    let language = story.sentences.cluster()[story.sentences.get(id).article].language;
    let is_common = |word: &str| story.phrases.spellings().may_have(word);
    let particulars = Particulars::of(story.sentences.text(id), language, is_common);
    particulars.are_new_to(overlaps.sentences(overlap))
}
