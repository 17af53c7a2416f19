//! Running text in, sentences and words out, both as byte spans.
//!
//! Nothing is copied and nothing is lost: the sentences of a block, in order, hold every character of it that is not
//! white space.
//!
//! * [`Splitter`] finds where sentences end, by rules with small tables of abbreviations (`abbreviations`).
//! * [`words`] finds words: a fast lane for ASCII, Unicode Standard Annex 29 for the rest, dictionaries for scripts without
//!   spaces (`unspaced`).
//! * [`Lexicon`] knows one language's stemmer and stop words; many stems of English are told at a glance (`english`).

mod abbreviations;
mod english;
mod lexicon;
mod sentences;
mod splitter;
mod unspaced;
mod words;

pub use lexicon::Lexicon;
pub use sentences::{Sentence, Sentences, sentences};
pub use splitter::Splitter;
pub(crate) use unspaced::counted_words;
pub use words::{count_words, words};
