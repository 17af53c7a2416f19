//! A story in, how often each sentence says each word out.

use crate::model::{SentenceId, TermId};
use crate::rank::Story;
use crate::vectorize::Vocabulary;

/// For each sentence its terms with their counts. The terms are those of the story's
/// [`TermMatrix`](crate::vectorize::TermMatrix), whose rows have lost the counts.
pub(super) struct Counts {
    rows: Vec<Vec<(TermId, u32)>>,
}

impl Counts {
    /// Counts the words of all sentences.
    pub fn of(story: &Story<'_>) -> Self {
        // In the order of sentences, as `vectorize` goes, so that a word gets the same number.
        let mut vocabulary = Vocabulary::new();
        let mut terms: Vec<TermId> = Vec::new();
        let row = |id: SentenceId| {
            let language = story.sentences.cluster()[story.sentences.get(id).article].language;
            terms.clear();
            vocabulary.words_of(language, story.sentences.text(id), |word| terms.extend(word.term));
            terms.sort_unstable();
            terms.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect()
        };
        Self { rows: story.sentences.ids().map(row).collect() }
    }

    /// The terms of a sentence with their counts, terms rising.
    pub fn row(&self, id: SentenceId) -> &[(TermId, u32)] {
        &self.rows[id.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::systems::testing::{STORY, cluster, story};

    #[test]
    fn the_terms_are_those_of_the_matrix() {
        let cluster = cluster(&STORY);
        let story = story(&cluster);
        let counts = Counts::of(&story);
        for id in story.sentences.ids() {
            let terms: Vec<TermId> = counts.row(id).iter().map(|(term, _)| *term).collect();
            assert_eq!(terms, story.matrix.terms(id));
        }
    }

    #[test]
    fn a_word_that_is_said_twice_counts_two() {
        let cluster = cluster(&["Aba bebe aba cici."]);
        let story = story(&cluster);
        assert_eq!(Counts::of(&story).row(SentenceId(0)), [(TermId(0), 2), (TermId(1), 1), (TermId(2), 1)]);
    }
}
