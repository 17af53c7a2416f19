//! A summary and what people wrote in its place in, how much they share out.
//!
//! ROUGE counts what a summary has in common with a reference: runs of `n` tokens (ROUGE-N) or the longest common
//! subsequence (ROUGE-L). Recall is the share of the reference that is found in the summary, precision the share of the
//! summary that is found in the reference, F1 their harmonic mean; what is not there to be divided by gives 0.
//!
//! | measure | what is counted |
//! |---|---|
//! | ROUGE-1 to 4 | n-grams of the whole text, across sentences; one that stands `a` times in the summary and `b` times in the reference counts min(`a`, `b`) times (*clipping*) |
//! | ROUGE-L | the longest common subsequence of the two whole texts: L at *sentence level* |
//! | ROUGE-Lsum | L at *summary level*: each sentence of the reference is aligned with each sentence of the summary; its tokens that are in any of these alignments count (*union LCS*), each token at most as often as it stands in the summary |
//!
//! A sentence is a line. Against several references, precision, recall and F1 are each the mean over the references; so
//! F1 is then the mean of F1s and not the harmonic mean of the means.
//!
//! A longest common subsequence is in general not unique, and which one is taken changes ROUGE-Lsum. Here it is the one
//! of Google's `rouge-score` 0.1.2, to which [`RougeTokens::Google`] is equal in every bit of precision, recall and F1.
//!
//! Tokens are numbered once, by a [`Tokenizer`]; a candidate summary is then put together from sentences that are already
//! numbered, and scored without looking at its text again.
//!
//! ```
//! use epitome::bench::rouge::{Measure, References, RougeTokens, Tokenizer};
//!
//! let mut tokenizer = Tokenizer::new(RougeTokens::Google { stemming: true });
//! let references = References::new(&[tokenizer.summary("The ferry hit a pier.\nFourteen were hurt.")]);
//! let mut summary = tokenizer.sentence("A ferry hits the pier");
//! summary.append(&tokenizer.sentence("14 hurt"));
//! let score = references.score(&summary, Measure::R1);
//! assert_eq!((score.precision, score.recall), (6.0 / 7.0, 6.0 / 8.0));
//! ```
//!
//! Lin, C.-Y. (2004). ROUGE: A package for automatic evaluation of summaries. *Text Summarization Branches Out*, 74–81.

mod grams;
mod lcs;
pub mod porter;
mod score;
mod tokens;

pub use score::{Measure, References, Score};
pub use tokens::{RougeTokens, Summary, TokenId, Tokenizer};
