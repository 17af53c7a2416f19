//! Sentences in, a [`TermMatrix`] and their [`Phrases`] out.

use ndarray::Array1;

use super::phrases::Collecting;
use super::{Phrases, TermMatrix, Vocabulary};
use crate::model::TermId;
use crate::segment::Sentences;

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
pub fn vectorize(sentences: &Sentences<'_>) -> (TermMatrix, Phrases) {
    let mut vocabulary = Vocabulary::new();
    let mut starts = Vec::with_capacity(sentences.len() + 1);
    starts.push(0);
    let mut terms: Vec<TermId> = Vec::new();
    let mut weights: Vec<f64> = Vec::new();
    let mut document_frequency: Vec<usize> = Vec::new();
    let mut row: Vec<TermId> = Vec::new();
    let mut phrases = Collecting::new();
    for id in sentences.ids() {
        row.clear();
        let language = sentences.cluster()[sentences.get(id).article].language;
        vocabulary.words_of(language, sentences.text(id), |word| {
            phrases.word(word.stem);
            row.extend(word.term);
        });
        phrases.end_sentence();
        row.sort_unstable();
        document_frequency.resize(vocabulary.terms(), 0);
        for run in row.chunk_by(|a, b| a == b) {
            terms.push(run[0]);
            weights.push(run.len() as f64);
            document_frequency[run[0].index()] += 1;
        }
        starts.push(terms.len());
    }
    let idf: Array1<f64> = document_frequency.iter().map(|&containing| idf(sentences.len(), containing)).collect();
    for (weight, term) in weights.iter_mut().zip(&terms) {
        *weight *= idf[term.index()];
    }
    for bounds in starts.windows(2) {
        scale_to_length_one(&mut weights[bounds[0]..bounds[1]]);
    }
    for article in &sentences.cluster().articles {
        let mut stems = Vec::new();
        vocabulary.words_of(article.language, article.title().unwrap_or_default(), |word| stems.push(word.stem));
        phrases.title(stems);
    }
    (TermMatrix::new(starts, terms, weights, idf), phrases.finish(vocabulary.stems()))
}

fn scale_to_length_one(row: &mut [f64]) {
    let length = row.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
    if length > 0.0 {
        for weight in row {
            *weight /= length;
        }
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
        // 6 + 6 + 6 words are 5 + 5 + 5 pairs, of which `aba aba` is one and the first words of two sentences are another.
        assert_eq!(phrases.distinct_stems(), 14);
        assert_eq!(phrases.bigrams(SentenceId(0)).len(), 5);
        assert_eq!(phrases.bigrams(SentenceId(0))[0], phrases.bigrams(SentenceId(2))[0], "aba aba");
        assert_eq!(phrases.distinct_bigrams(), 14);
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
        assert!((matrix.containment(SentenceId(0), SentenceId(1)) - 1.0 / (1.0 + 4.0 * rare)).abs() < 1e-15);
    }
}
