//! Sentences in, those that were said before, and where, out.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::story::Voices;
use crate::model::{ArticleId, SentenceId, StemId};
use crate::segment::Sentences;
use crate::sorted::common;
use crate::vectorize::Phrases;

/// A sentence that stands in two voices is a repetition if it has at least so many words outside of quotation marks: two
/// writers may put fewer in the same order by themselves.
const FEWEST_OWN_WORDS: u32 = 8;

/// And if these are at least this share of its words.
const LEAST_OWN_SHARE: f64 = 0.6;

/// Sentences of one voice are nearly the same if they have at least this share of the pairs of words of the longer one in
/// common.
const NEARLY: f64 = 0.75;

/// Sentences that are nearly the same have so many words in a row in common.
const IN_A_ROW: usize = 4;

/// Looks for sentences that were said before.
pub(super) struct Repeats<'s, 'c> {
    pub sentences: &'s Sentences<'c>,
    pub phrases: &'s Phrases,
    /// For each sentence how many of its words stand outside of quotation marks.
    pub own_words: &'s [u32],
    pub voices: &'s Voices,
}

/// What was said so far.
#[derive(Default)]
struct Said {
    /// The first sentence of such stems: in any voice, and in each.
    same: FxHashMap<u64, SentenceId>,
    /// The first sentence of a voice with such stems in a row.
    rows: FxHashMap<u64, SentenceId>,
}

impl Repeats<'_, '_> {
    /// For each sentence of all articles the elder one that it repeats; empty where none does. `articles` are those that may
    /// repeat each other, the eldest first.
    pub fn find(&self, articles: &[ArticleId]) -> Vec<Option<SentenceId>> {
        let mut repeats = Vec::new();
        let mut said = Said::default();
        let mut stems: Vec<StemId> = Vec::new();
        for article in articles {
            let voice = self.voices.voice(*article) as u64;
            let is_alone = self.voices.members()[voice as usize].len() == 1;
            for id in self.sentences.range(*article).map(SentenceId::from) {
                stems.clear();
                stems.extend(self.phrases.stems(id));
                if stems.is_empty() {
                    continue;
                }
                let [anywhere, here] = [u64::MAX, voice].map(|voice| hash(voice, &stems));
                let same = [here, anywhere].into_iter().filter_map(|key| said.same.get(&key).copied());
                let same = same
                    .into_iter()
                    .find(|elder| self.repeats(id, *elder) && self.phrases.stems(*elder).eq(stems.iter().copied()));
                let elder =
                    same.or_else(|| if is_alone { None } else { self.nearly_the_same(id, &stems, voice, &said) });
                if let Some(elder) = elder {
                    if repeats.is_empty() {
                        repeats.resize(self.sentences.len(), None);
                    }
                    repeats[id.index()] = Some(elder);
                    continue;
                }
                said.same.entry(anywhere).or_insert(id);
                said.same.entry(here).or_insert(id);
                if !is_alone {
                    for row in stems.windows(IN_A_ROW) {
                        said.rows.entry(hash(voice, row)).or_insert(id);
                    }
                }
            }
        }
        repeats
    }

    /// Whether a sentence with the words of an elder one repeats it.
    fn repeats(&self, id: SentenceId, elder: SentenceId) -> bool {
        let [article, elders] = [id, elder].map(|id| self.sentences.get(id).article);
        if article == elders {
            return false;
        }
        let own = |id: SentenceId| {
            let own = self.own_words[id.index()];
            own >= FEWEST_OWN_WORDS && f64::from(own) >= LEAST_OWN_SHARE * self.phrases.range(id).len() as f64
        };
        self.voices.voice(article) == self.voices.voice(elders) || (own(id) && own(elder))
    }

    /// The elder sentence of the same voice that a sentence has most words in a row in common with, if it is nearly the same and
    /// gives the same numbers: a copy that was brought up to date says something new.
    fn nearly_the_same(&self, id: SentenceId, stems: &[StemId], voice: u64, said: &Said) -> Option<SentenceId> {
        let mut elders: Vec<SentenceId> =
            stems.windows(IN_A_ROW).filter_map(|row| said.rows.get(&hash(voice, row)).copied()).collect();
        elders.sort_unstable();
        let most = elders.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), std::cmp::Reverse(same[0])))?;
        let elder = most[0];
        let mut others: Vec<[StemId; 2]> = self.phrases.bigrams(elder).map(|(first, second)| [first, second]).collect();
        let mut own: Vec<[StemId; 2]> = stems.windows(2).map(|pair| [pair[0], pair[1]]).collect();
        others.sort_unstable();
        own.sort_unstable();
        let longer = own.len().max(others.len());
        let is_near = common(&own, &others) as f64 >= NEARLY * longer as f64;
        let digits = |id: SentenceId| self.sentences.text(id).bytes().filter(u8::is_ascii_digit);
        (is_near && self.repeats(id, elder) && digits(id).eq(digits(elder))).then_some(elder)
    }
}

/// Stems of a voice as a number.
fn hash(voice: u64, stems: &[StemId]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(voice);
    stems.iter().for_each(|stem| hasher.write_u32(stem.0));
    hasher.finish()
}
