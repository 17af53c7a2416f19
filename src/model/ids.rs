//! Typed indices and stretches of text.

use serde::{Deserialize, Serialize};

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The index as a position in a slice.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            /// # Panics
            ///
            /// Panics beyond 2³² − 1: more articles, sentences or terms than one cluster can hold.
            fn from(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 2^32 of anything in a cluster"))
            }
        }
    };
}

index_type! {
    /// Which article of a [`Cluster`](super::Cluster), in the cluster's order.
    ArticleId
}
index_type! {
    /// Which sentence of a cluster, counted through all its articles.
    SentenceId
}
index_type! {
    /// Which term: a stem, whatever its language, or a word where the language has no stemmer.
    TermId
}

index_type! {
    /// Which stem: that of a term, or a stop word.
    StemId
}
/// A stretch of an article's text in bytes, half open, with both ends on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes of `text` under the span.
    ///
    /// # Panics
    ///
    /// Panics when the span reaches out of `text` or cuts a character; a span is only ever used on the text that it
    /// was made for.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The span without white space at its ends.
    pub fn trimmed(self, text: &str) -> Self {
        let slice = self.of(text);
        // Nearly all spans that are trimmed have nothing to lose.
        if let [first, .., last] = slice.as_bytes()
            && first.is_ascii_graphic()
            && last.is_ascii_graphic()
        {
            return self;
        }
        let start = self.start + (slice.len() - slice.trim_start().len());
        Self { start, end: start + slice.trim().len() }
    }

    /// The same stretch seen from a text in which this one's text begins at byte `offset`.
    pub fn shifted(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }
}

/// The first `length` bytes of a text, or a few less so that no character is cut.
pub(crate) fn head(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last `length` bytes of a text, or a few less so that no character is cut.
pub(crate) fn tail(text: &str, length: usize) -> &str {
    let mut start = text.len().saturating_sub(length);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}
