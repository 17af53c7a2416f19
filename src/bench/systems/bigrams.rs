//! A story in, the sentences that together hold most of what several of its articles say out.
//!
//! Gillick and Favre, *A Scalable Global Model for Summarization* (2009), the system of ICSI at TAC: a concept is a bigram
//! of stems, weighs as much as the number of articles that hold it, and counts once, however often a summary holds it. The
//! summary is the set of sentences within the budget that maximises
//!
//! ```text
//! Σ_c weight(c) · [some sentence of the summary holds c]
//! ```
//!
//! A bigram does not reach from one sentence to another; bigrams of two stop words are no concepts, those of a stop word
//! and another are; concepts that few articles hold are pruned.
//!
//! Done differently: the paper solves an integer linear program; here greedy covers are mended by a bounded search
//! ([`Cover`]), which for short summaries mostly ends with the optimum over the 80 best sentences. The paper prunes what
//! fewer than three of some ten articles hold; as clusters here can be of two, one article is too few and two are enough.
//! Where there is one article, or no two share a concept, a concept weighs as much as the number of sentences that hold it.
//! Stems are those of Snowball instead of Porter's. No sentence is dropped for being short. What is left of the room once
//! every concept that fits is told is filled with what holds most concepts of single articles, where the paper leaves it
//! empty, and where the last sentence may be cut, the one that adds most is put last. The sentences are read in the order
//! of their positions in their articles.

use rustc_hash::FxHashMap;

use super::cover::Cover;
use super::{Room, System};
use crate::language::Language;
use crate::model::SentenceId;
use crate::rank::Story;
use crate::segment::{Lexicon, words};

/// A concept is held by at least so many articles, where there are several.
const FEWEST_ARTICLES: u64 = 2;

/// Coverage of weighted bigrams.
pub struct BigramCoverage;

impl System for BigramCoverage {
    fn name(&self) -> &'static str {
        "bigram-coverage"
    }

    fn choose(&self, story: &Story<'_>, room: &Room) -> Vec<SentenceId> {
        let concepts = Concepts::of(story);
        let mut filling = room.filling(story);
        let costs: Vec<usize> = story.sentences.ids().map(|id| filling.cost(id)).collect();
        let limit = filling.left();
        let cover = Cover { concepts: &concepts.of_sentence, weights: &concepts.weights, costs: &costs };
        let mut chosen = cover.heaviest(limit);
        chosen.extend(cover.filled_up(&chosen, limit));
        let unpruned = Cover { weights: &concepts.unpruned, ..cover };
        chosen.extend(unpruned.filled_up(&chosen, limit));
        chosen.sort_unstable_by_key(|set| (story.sentences.get(SentenceId::from(*set)).position, *set));
        let last = (!room.whole).then(|| cover.best_beside(&chosen).or_else(|| unpruned.best_beside(&chosen)));
        for set in chosen.iter().copied().chain(last.flatten()) {
            filling.take(SentenceId::from(set));
        }
        filling.into_taken()
    }
}

/// What the sentences of a story say.
struct Concepts {
    /// For each sentence its concepts, rising, each once.
    of_sentence: Vec<Vec<usize>>,
    /// For each concept its weight; 0 where it is pruned.
    weights: Vec<u64>,
    /// The weights as they were before any was pruned.
    unpruned: Vec<u64>,
}

impl Concepts {
    fn of(story: &Story<'_>) -> Self {
        let mut stems = Stems::default();
        let mut numbers: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        let mut of_sentence: Vec<Vec<usize>> = Vec::with_capacity(story.sentences.len());
        for id in story.sentences.ids() {
            let language = story.sentences.cluster()[story.sentences.get(id).article].language;
            let stems = stems.of(language, story.sentences.text(id));
            let bigrams = stems.windows(2).filter(|pair| !(pair[0].is_stop_word && pair[1].is_stop_word));
            let mut concepts: Vec<usize> = Vec::new();
            for pair in bigrams {
                let next = numbers.len();
                concepts.push(*numbers.entry((pair[0].number, pair[1].number)).or_insert(next));
            }
            concepts.sort_unstable();
            concepts.dedup();
            of_sentence.push(concepts);
        }
        let in_articles = in_articles(story, &of_sentence, numbers.len());
        if in_articles.iter().all(|articles| *articles < FEWEST_ARTICLES) {
            let weights = in_sentences(&of_sentence, numbers.len());
            return Self { of_sentence, unpruned: weights.clone(), weights };
        }
        let pruned = in_articles.iter().map(|&articles| if articles < FEWEST_ARTICLES { 0 } else { articles });
        Self { of_sentence, weights: pruned.collect(), unpruned: in_articles }
    }
}

/// For each concept how many sentences hold it.
fn in_sentences(of_sentence: &[Vec<usize>], concepts: usize) -> Vec<u64> {
    let mut count = vec![0; concepts];
    of_sentence.iter().flatten().for_each(|concept| count[*concept] += 1);
    count
}

/// For each concept how many articles hold it.
fn in_articles(story: &Story<'_>, of_sentence: &[Vec<usize>], concepts: usize) -> Vec<u64> {
    let mut count = vec![0; concepts];
    for range in story.sentences.ranges() {
        let mut held: Vec<usize> = of_sentence[range.clone()].iter().flatten().copied().collect();
        held.sort_unstable();
        held.dedup();
        held.into_iter().for_each(|concept| count[concept] += 1);
    }
    count
}

/// The stem of a word.
#[derive(Clone, Copy)]
struct Stem {
    number: usize,
    is_stop_word: bool,
}

/// Gives every word of a cluster its stem, stop words too. Apart from those of [`vectorize`](mod@crate::vectorize), to which `WHO`
/// is no stop word.
#[derive(Default)]
struct Stems<'t> {
    languages: Vec<(Option<Language>, Lexicon, FxHashMap<&'t str, Stem>)>,
    numbers: FxHashMap<String, usize>,
}

impl<'t> Stems<'t> {
    /// The stems of a text, in order.
    fn of(&mut self, language: Option<Language>, text: &'t str) -> Vec<Stem> {
        let index = self.languages.iter().position(|(known, ..)| *known == language).unwrap_or_else(|| {
            self.languages.push((language, Lexicon::new(language), FxHashMap::default()));
            self.languages.len() - 1
        });
        let (_, lexicon, known) = &mut self.languages[index];
        let numbers = &mut self.numbers;
        let mut stems = Vec::new();
        words(text, |span| {
            let word = span.of(text);
            stems.push(*known.entry(word).or_insert_with(|| {
                let lower = word.to_lowercase().replace('’', "'");
                let next = numbers.len();
                let number = *numbers.entry(lexicon.stem(&lower).into_owned()).or_insert(next);
                Stem { number, is_stop_word: lexicon.is_stop_word(&lower) }
            }));
        });
        stems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{cluster, english, numbers, sentences_of_room, story};
    use crate::model::Budget;

    #[test]
    fn concepts_are_bigrams_of_stems_weighed_by_articles() {
        let cluster = english(&[
            "The ferries of the town hit a pier on Tuesday.",
            "A ferry hit the pier on Tuesday. The ferry of the town hit the pier.",
        ]);
        let story = story(&cluster);
        let concepts = Concepts::of(&story);
        // First: the-ferri, ferri-of, (of-the is two stop words), the-town, town-hit, hit-a, a-pier, pier-on, on-tuesday.
        assert_eq!(concepts.of_sentence[0].len(), 8);
        // Both articles hold the-ferri, ferri-of, the-town, town-hit, pier-on and on-tuesday.
        let shared = concepts.weights.iter().filter(|weight| **weight == 2).count();
        assert_eq!((shared, concepts.weights.iter().max()), (6, Some(&2)));
    }

    #[test]
    fn one_article_counts_sentences() {
        let cluster = cluster(&["Aba bebe cici. Aba bebe dodo. Gogo hihi."]);
        let story = story(&cluster);
        let concepts = Concepts::of(&story);
        // aba-bebe stands in two sentences, bebe-cici, bebe-dodo and gogo-hihi in one.
        assert_eq!(concepts.weights, [2, 1, 1, 1]);
        assert_eq!(numbers(BigramCoverage.choose(&story, &sentences_of_room(2))), [0, 1]);
    }

    #[test]
    fn what_two_articles_say_is_told_before_what_one_says_and_no_concept_twice() {
        let cluster = cluster(&[
            "Zaza zeze zizi zozo. Aba bebe cici dodo. Gogo hihi jojo keke.",
            "Aba bebe cici lolo. Gogo hihi jojo mama. Papa quqo roro sese.",
        ]);
        let story = story(&cluster);
        // aba-bebe, bebe-cici, gogo-hihi, hihi-jojo stand in both. One sentence of either pair holds two of them; of
        // equals the first. The order is by position: 1 before 2.
        let room = Room { budget: Budget::Words(8), whole: true };
        assert_eq!(numbers(BigramCoverage.choose(&story, &room)), [1, 2]);
        // Four more words: each other sentence holds concepts of one article; 0 and 5 hold three each, 0 stands first.
        let room = Room { budget: Budget::Words(12), whole: true };
        assert_eq!(numbers(BigramCoverage.choose(&story, &room)), [0, 1, 2]);
        // Six words hold one sentence and a part of another, which comes last though it stands higher up.
        let room = Room { budget: Budget::Words(6), whole: false };
        assert_eq!(numbers(BigramCoverage.choose(&story, &room)), [1, 2]);
    }
}
