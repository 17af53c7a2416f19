//! A summary and its references in, precision, recall and F1 out.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::grams::Grams;
use super::lcs::Pattern;
use super::tokens::Summary;

/// What two texts are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// Tokens.
    #[serde(rename = "rouge1")]
    R1,
    /// Pairs of neighbouring tokens.
    #[serde(rename = "rouge2")]
    R2,
    /// Runs of three tokens.
    #[serde(rename = "rouge3")]
    R3,
    /// Runs of four tokens.
    #[serde(rename = "rouge4")]
    R4,
    /// The longest common subsequence of the whole texts.
    #[serde(rename = "rougeL")]
    L,
    /// The union of the longest common subsequences of their sentences.
    #[serde(rename = "rougeLsum")]
    Lsum,
}

impl Measure {
    /// All measures, in the order of tables.
    pub const ALL: [Self; 6] = [Self::R1, Self::R2, Self::R3, Self::R4, Self::L, Self::Lsum];

    /// The name in data, which is that of Google's `rouge-score`: `rouge1`, `rougeLsum`.
    pub fn name(self) -> &'static str {
        match self {
            Self::R1 => "rouge1",
            Self::R2 => "rouge2",
            Self::R3 => "rouge3",
            Self::R4 => "rouge4",
            Self::L => "rougeL",
            Self::Lsum => "rougeLsum",
        }
    }
}

impl fmt::Display for Measure {
    /// The name in tables: `ROUGE-1`, `ROUGE-Lsum`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ROUGE-{}", &self.name()["rouge".len()..])
    }
}

/// How much a summary has in common with its references, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The share of the summary that is found in the reference.
    pub precision: f64,
    /// The share of the reference that is found in the summary.
    pub recall: f64,
    /// `2 · precision · recall / (precision + recall)`; against several references the mean of that.
    pub f1: f64,
}

impl Score {
    /// The score of `shared` units out of so many of the summary and so many of the reference.
    fn of(shared: usize, summary: usize, reference: usize) -> Self {
        let precision = shared as f64 / summary.max(1) as f64;
        let recall = shared as f64 / reference.max(1) as f64;
        let f1 = if shared == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        Self { precision, recall, f1 }
    }

    /// The mean of each number; 0 of no scores.
    fn mean(scores: impl Iterator<Item = Self>) -> Self {
        let (mut sum, mut count) = (Self::default(), 0);
        for score in scores {
            sum.precision += score.precision;
            sum.recall += score.recall;
            sum.f1 += score.f1;
            count += 1;
        }
        let count = f64::from(count.max(1));
        Self { precision: sum.precision / count, recall: sum.recall / count, f1: sum.f1 / count }
    }
}

/// What people wrote about one cluster, ready to be compared with many summaries.
#[derive(Clone, Debug)]
pub struct References {
    references: Vec<Reference>,
}

impl References {
    /// Prepares the references of one cluster. They and all summaries must come from one
    /// [`Tokenizer`](super::Tokenizer).
    pub fn new(references: &[Summary]) -> Self {
        Self { references: references.iter().map(Reference::new).collect() }
    }

    /// The score of a summary: the mean over the references; 0 without references.
    pub fn score(&self, summary: &Summary, measure: Measure) -> Score {
        Score::mean(self.references.iter().map(|reference| reference.score(summary, measure)))
    }

    /// The scores of a summary by several measures, in their order.
    pub fn scores(&self, summary: &Summary, measures: &[Measure]) -> Vec<Score> {
        measures.iter().map(|measure| self.score(summary, *measure)).collect()
    }
}

/// What one person wrote.
#[derive(Clone, Debug)]
struct Reference {
    length: usize,
    grams: Grams,
    whole: Pattern,
    sentences: Vec<Sentence>,
}

/// A sentence of a reference.
#[derive(Clone, Debug)]
struct Sentence {
    pattern: Pattern,
    /// For each token its number among the different tokens of the reference.
    tokens: Vec<usize>,
}

impl Reference {
    fn new(text: &Summary) -> Self {
        let grams = Grams::new(text.tokens());
        let sentence = |tokens| Sentence {
            pattern: Pattern::new(tokens),
            tokens: grams.token_numbers(tokens).map(|number| number.expect("a token of this reference")).collect(),
        };
        let sentences = text.sentences().map(sentence).collect();
        Self { length: text.tokens().len(), whole: Pattern::new(text.tokens()), sentences, grams }
    }

    fn score(&self, summary: &Summary, measure: Measure) -> Score {
        match measure {
            Measure::R1 => self.shared_grams(summary, 1),
            Measure::R2 => self.shared_grams(summary, 2),
            Measure::R3 => self.shared_grams(summary, 3),
            Measure::R4 => self.shared_grams(summary, 4),
            Measure::L => self.of_tokens(self.whole.common(summary.tokens()), summary),
            Measure::Lsum => self.of_tokens(self.shared_by_sentences(summary), summary),
        }
    }

    /// ROUGE-N.
    fn shared_grams(&self, summary: &Summary, n: usize) -> Score {
        let grams = |length: usize| (length + 1).saturating_sub(n);
        Score::of(self.grams.shared(summary.tokens(), n), grams(summary.tokens().len()), grams(self.length))
    }

    /// A score in tokens.
    fn of_tokens(&self, shared: usize, summary: &Summary) -> Score {
        Score::of(shared, summary.tokens().len(), self.length)
    }

    /// How many tokens are in the union of alignments of each sentence of the reference with those of the summary. A
    /// token of the summary stands for one token of the reference only, as in the original program; the paper does not
    /// say so.
    fn shared_by_sentences(&self, summary: &Summary) -> usize {
        let mut left = vec![0_usize; self.grams.different_tokens()];
        self.grams.token_numbers(summary.tokens()).flatten().for_each(|number| left[number] += 1);
        let mut shared = 0;
        for sentence in &self.sentences {
            let mut aligned = vec![false; sentence.tokens.len()];
            summary.sentences().for_each(|other| sentence.pattern.each_common(other, |place| aligned[place] = true));
            for (number, _) in sentence.tokens.iter().zip(aligned).filter(|(_, aligned)| *aligned) {
                if left[*number] > 0 {
                    left[*number] -= 1;
                    shared += 1;
                }
            }
        }
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::super::{RougeTokens, Tokenizer};
    use super::*;

    fn score(references: &[&str], summary: &str, measure: Measure) -> Score {
        let mut tokenizer = Tokenizer::new(RougeTokens::Google { stemming: false });
        let references: Vec<Summary> = references.iter().map(|text| tokenizer.summary(text)).collect();
        References::new(&references).score(&tokenizer.summary(summary), measure)
    }

    fn assert_near(score: Score, precision: f64, recall: f64, f1: f64) {
        let expected = [precision, recall, f1];
        let found = [score.precision, score.recall, score.f1];
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}, not {expected:?}");
    }

    #[test]
    fn the_example_of_the_paper_has_the_scores_of_the_paper() {
        // Lin (2004), section 3.1: S2 keeps the order of the reference and has an L of 3/4, S3 has 1/2; by pairs of
        // tokens both have the same.
        let reference = ["police killed the gunman"];
        assert_near(score(&reference, "police kill the gunman", Measure::L), 0.75, 0.75, 0.75);
        assert_near(score(&reference, "the gunman kill police", Measure::L), 0.5, 0.5, 0.5);
        for summary in ["police kill the gunman", "the gunman kill police"] {
            assert_near(score(&reference, summary, Measure::R2), 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0);
        }
    }

    #[test]
    fn the_union_of_alignments_is_counted_as_in_the_paper() {
        // Lin (2004), section 3.2: w1 w2 w3 w4 w5 against "w1 w2 w6 w7 w8" and "w1 w3 w8 w9 w5" is w1 w2 w3 w5.
        let summary = "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5";
        assert_near(score(&["w1 w2 w3 w4 w5"], summary, Measure::Lsum), 0.4, 0.8, 2.0 * 0.4 * 0.8 / 1.2);
    }

    #[test]
    fn a_token_of_the_summary_stands_for_one_token_of_the_reference() {
        assert_near(score(&["a b\na c"], "a", Measure::Lsum), 1.0, 0.25, 0.4);
        assert_near(score(&["a b"], "a a a", Measure::R1), 1.0 / 3.0, 0.5, 0.4);
    }

    #[test]
    fn n_grams_reach_across_sentences() {
        assert_near(score(&["a b\nc d"], "b c", Measure::R2), 1.0, 1.0 / 3.0, 0.5);
    }

    #[test]
    fn sentences_in_another_order_change_l_but_not_lsum() {
        assert_near(score(&["a b\nc d"], "c d\na b", Measure::L), 0.5, 0.5, 0.5);
        assert_near(score(&["a b\nc d"], "c d\na b", Measure::Lsum), 1.0, 1.0, 1.0);
    }

    #[test]
    fn a_text_equal_to_its_reference_scores_one_and_an_empty_one_nothing() {
        for measure in Measure::ALL {
            assert_near(score(&["a b c d\ne"], "a b c d\ne", measure), 1.0, 1.0, 1.0);
            assert_eq!(score(&["a b c d\ne"], "", measure), Score::default());
            assert_eq!(score(&[""], "a b c d\ne", measure), Score::default());
            assert_eq!(score(&[], "a", measure), Score::default());
        }
    }

    #[test]
    fn against_several_references_each_number_is_the_mean() {
        // 1/1, 1/1, 1 against "a"; 1/1, 1/3, 1/2 against "a b c".
        assert_near(score(&["a", "a b c"], "a", Measure::R1), 1.0, 2.0 / 3.0, 0.75);
    }

    #[test]
    fn measures_have_one_name_in_code_and_data() {
        for measure in Measure::ALL {
            assert_eq!(serde_json::to_value(measure).expect("a name"), measure.name());
        }
        assert_eq!([Measure::R2, Measure::Lsum].map(|measure| measure.to_string()), ["ROUGE-2", "ROUGE-Lsum"]);
    }
}
