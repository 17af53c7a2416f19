//! Sentences in, a [`TermMatrix`] and their [`Phrases`] out.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::matrix::Rows;
use super::memory::Spelled;
use super::{Phrases, TermMatrix, Vocabulary};
use crate::model::{Article, ArticleId, SentenceId, StemId, TermId};
use crate::segment::Sentences;
use crate::stretches::stretches;

/// The inverse document frequency of a term that `containing` of `sentences` hold: `ln((1 + N) / (1 + n)) + 1`.
///
/// Spärck Jones (1972), smoothed so that it is never zero: the words that every sentence of a story has in common are
/// what the story is about, and must not vanish.
pub fn idf(sentences: usize, containing: usize) -> f64 {
    libm::log((1.0 + sentences as f64) / (1.0 + containing as f64)) + 1.0
}

/// Weighs the terms of each sentence by `tf · idf` and scales each row to Euclidean length one.
///
/// `tf` is the count of the term in the sentence. A sentence of stop words alone gives an empty row. What stands in order is
/// kept beside the rows, so that each word is looked up once.
///
/// A large story is worked on in parts of whole articles, in parallel. The numbers of terms are those of their first
/// appearance in the story, whatever the parts; those of stems depend on the parts, and on nothing but the text.
pub fn vectorize(sentences: &Sentences<'_>) -> (TermMatrix, Phrases) {
    let articles = &sentences.cluster().articles;
    let parts = stretches(articles.iter().map(Article::bytes), BYTES_A_PART);
    let (rows, phrases, width) = if parts.len() <= 1 {
        let Part { phrases, rows, terms, .. } = Part::of(sentences, 0..articles.len(), false);
        (rows, phrases, terms.len())
    } else {
        let read = |wave: &[Range<usize>]| -> Vec<Part> {
            wave.par_iter().map(|articles| Part::of(sentences, articles.clone(), true)).collect()
        };
        let mut joined = Joined { of_parts: parts.len(), ..Joined::default() };
        let mut ready = Vec::new();
        for wave in parts.chunks(PARTS_A_WAVE) {
            (ready, _) = rayon::join(|| read(wave), || joined.add(ready));
        }
        joined.add(ready);
        // What is to come needs the room more than the words. It is not waited for: a thread that is at work forgets later.
        rayon::spawn_broadcast(|_| Vocabulary::forget());
        joined.finish()
    };
    (rows.weighed(width), phrases)
}

/// For each term of the matrix of these sentences, in the order of their ids, a key that is the same for all stories. It
/// takes as long as to read the words once more.
pub(crate) fn term_keys(sentences: &Sentences<'_>) -> Vec<u64> {
    let mut vocabulary = Vocabulary::new();
    for id in sentences.ids() {
        let language = sentences.cluster()[sentences.get(id).article].language;
        vocabulary.words_of(language, sentences.text(id), |_| {});
    }
    vocabulary.term_keys()
}

/// A part of a large story has so many bytes of text at least.
const BYTES_A_PART: usize = 1 << 19;

/// Words and terms of news have about so many bytes with what stands between them: guesses of how many there will be.
const BYTES_A_WORD: usize = 6;
const BYTES_A_TERM: usize = 10;

/// So many parts are read while as many are put behind those before them: a large story is in memory once, not twice.
const PARTS_A_WAVE: usize = 8;

/// What the articles of a part say, in numbers of its own.
struct Part {
    phrases: Phrases,
    rows: Rows,
    /// For each term its stem.
    terms: Vec<StemId>,
    /// How its stems are spelled, in the order of their numbers; empty where there is no other part.
    spelled: Vec<Spelled>,
}

impl Part {
    /// Reads the articles of a part; `with_stems` keeps the stems themselves.
    fn of(sentences: &Sentences<'_>, articles: Range<usize>, with_stems: bool) -> Self {
        let mut vocabulary = Vocabulary::new();
        let mut row: Vec<TermId> = Vec::new();
        let cluster = sentences.cluster();
        let bytes: usize = cluster.articles[articles.clone()].iter().map(Article::bytes).sum();
        let mut phrases = Phrases::with_room_for(bytes / BYTES_A_WORD);
        let mut rows = Rows::with_room_for(bytes / BYTES_A_TERM);
        let ids = || articles.clone().map(ArticleId::from);
        for article in ids() {
            let language = cluster[article].language;
            for id in sentences.range(article).map(SentenceId::from) {
                row.clear();
                vocabulary.words_of(language, sentences.text(id), |word| {
                    phrases.word(word.stem);
                    if let Some(term) = word.term {
                        row.push(term);
                    }
                });
                phrases.end_sentence();
                rows.add(&mut row);
            }
        }
        // Words of headlines that no sentence has are no terms of the matrix.
        let width = vocabulary.terms();
        for article in ids() {
            let mut stems = Vec::new();
            let title = cluster[article].title().unwrap_or_default();
            vocabulary.words_of(cluster[article].language, title, |word| stems.push(word.stem));
            phrases.title_of_next(stems);
        }
        phrases.finish(vocabulary.stems());
        let (small, spelled, mut terms) = vocabulary.into_parts(with_stems);
        phrases.spelled(small);
        terms.truncate(width);
        Self { phrases, rows, terms, spelled }
    }
}

/// The parts of a story put together: their stems and terms are numbered anew, in the order of the parts.
#[derive(Default)]
struct Joined {
    /// How many parts are expected. Room for all is made when the first are known: it would be moved each time that it
    /// doubled.
    of_parts: usize,
    stems: FxHashMap<Spelled, StemId>,
    /// For each stem its term, if it has one.
    terms: Vec<Option<TermId>>,
    width: usize,
    rows: Rows,
    phrases: Phrases,
}

impl Joined {
    /// Puts more parts behind those that are there.
    fn add(&mut self, parts: Vec<Part>) {
        let is_first = self.stems.is_empty();
        let numbered: Vec<_> = parts.into_iter().map(|part| self.number(part)).collect();
        let renumbered: Vec<(Phrases, Rows)> = numbered
            .into_par_iter()
            .map(|(phrases, mut rows, stems, terms)| {
                rows.renumber(&terms);
                (phrases.renumbered(&stems), rows)
            })
            .collect();
        let count = renumbered.len().max(1);
        for (phrases, rows) in renumbered {
            self.phrases.append(phrases);
            self.rows.append(rows);
        }
        if is_first {
            self.phrases.reserve_times(self.of_parts / count);
            self.rows.reserve_times(self.of_parts / count);
        }
    }

    /// The numbers of a part's stems and terms among those of the story.
    fn number(&mut self, part: Part) -> (Phrases, Rows, Vec<StemId>, Vec<TermId>) {
        let Part { phrases, rows, terms, spelled } = part;
        let number = |stem| {
            let next = StemId::from(self.stems.len());
            *self.stems.entry(stem).or_insert(next)
        };
        let stems: Vec<StemId> = spelled.into_iter().map(number).collect();
        self.terms.resize(self.stems.len(), None);
        let term = |stem: StemId| {
            *self.terms[stems[stem.index()].index()].get_or_insert_with(|| {
                self.width += 1;
                TermId::from(self.width - 1)
            })
        };
        let terms = terms.into_iter().map(term).collect();
        (phrases, rows, stems, terms)
    }

    /// All rows, all phrases and the number of terms.
    fn finish(self) -> (Rows, Phrases, usize) {
        let mut phrases = self.phrases;
        phrases.finish(self.stems.len());
        (self.rows, phrases, self.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cluster, SentenceId};
    use crate::read::{Markup, ReadOptions, article};
    use crate::segment::sentences;

    /// Three sentences of made-up words in no known language, so that neither stemmer nor stop words take part.
    fn cluster() -> Cluster {
        let options = ReadOptions { language: "qaa".parse().ok(), ..ReadOptions::default() };
        let text = "Aba aba bebe cici dodo efe. Aba gogo hihi jojo keke lolo. Aba aba mama nono papa quqo.";
        Cluster { articles: vec![article("a", text.into(), Markup::Plain, &options)], ..Cluster::default() }
    }

    #[test]
    fn weights_are_those_worked_out_by_hand() {
        let cluster = cluster();
        let (matrix, phrases) = vectorize(&sentences(&cluster));
        assert_eq!((matrix.rows(), matrix.width(), matrix.nonzeros()), (3, 14, 16));
        assert_eq!(phrases.distinct_stems(), 14);
        let bigrams = |id: u32| phrases.bigrams(SentenceId(id)).collect::<Vec<_>>();
        assert_eq!(bigrams(0).len(), 5, "6 words are 5 pairs");
        assert_eq!(bigrams(0)[0], bigrams(2)[0], "aba aba");
        // `aba` stands in all three sentences: idf = ln(4/4) + 1 = 1. The others in one: ln(4/2) + 1 = 1.693147…
        let rare = 1.693_147_180_559_945_3;
        assert!((matrix.idf()[0] - 1.0).abs() < 1e-15);
        assert!((matrix.idf()[1] - rare).abs() < 1e-15);
        // The first row holds `aba` twice and four others once: length = sqrt(2² + 4 · 1.693…²).
        let length = (4.0 + 4.0 * rare * rare).sqrt();
        let first: Vec<f64> = matrix.row(SentenceId(0)).map(|(_, weight)| weight).collect();
        assert!((first[0] - 2.0 / length).abs() < 1e-15);
        assert!((first[1] - rare / length).abs() < 1e-15);
        // The first two rows have `aba` alone in common: 2/length · 1/length of the second.
        let second_length = (1.0 + 5.0 * rare * rare).sqrt();
        let cosine = matrix.cosine(SentenceId(0), SentenceId(1));
        assert!((cosine - 2.0 / (length * second_length)).abs() < 1e-15);
        assert!((matrix.cosine(SentenceId(1), SentenceId(1)) - 1.0).abs() < 1e-12);
        // Of the first sentence's mass, 1 + 4 · 1.693…, the second holds `aba`: 1.
        let contained = matrix.common_mass(SentenceId(0), SentenceId(1)) / matrix.mass(SentenceId(0));
        assert!((contained - 1.0 / (1.0 + 4.0 * rare)).abs() < 1e-15);
    }

    #[test]
    fn a_story_in_parts_is_the_story_in_one() {
        let word = |number: usize| {
            format!("Aba{} ", "bcdfghjklm".chars().nth(number % 10).unwrap_or('z').to_string().repeat(1 + number % 7))
        };
        let text = |article: usize| {
            let sentence = |at: usize| {
                let words: String = (0..9).map(|place| word(article * 31 + at * 7 + place * place)).collect();
                format!("{}.", words.trim_end())
            };
            (0..4).map(sentence).collect::<Vec<_>>().join(" ")
        };
        let options = ReadOptions { language: "qaa".parse().ok(), ..ReadOptions::default() };
        let articles = (0..12).map(|index| article("x", text(index), Markup::Plain, &options)).collect();
        let cluster = Cluster { articles, ..Cluster::default() };
        let sentences = sentences(&cluster);
        let (matrix, phrases) = vectorize(&sentences);
        let parts = [0..5, 5..6, 6..6, 6..12].map(|articles| Part::of(&sentences, articles, true));
        let mut joined = Joined::default();
        let mut parts = Vec::from(parts);
        let last = parts.split_off(3);
        joined.add(parts);
        joined.add(last);
        let (rows, joined_phrases, width) = joined.finish();
        assert_eq!(rows.weighed(width), matrix);
        assert_eq!(joined_phrases, phrases);
    }
}
