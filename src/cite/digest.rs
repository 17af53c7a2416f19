//! What a digest is. Its serde form is the JSON format, see [`formats`](crate::docs::formats).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::date::Moment;
use crate::language::Language;
use crate::model::{ArticleId, Cluster, LeftOut, Markup, Metadata, Options, Origin, Span, UTF_8};
use crate::rank::Convergence;
use crate::select::{Outcome, Part, PassedOver};
use crate::told::Fingerprints;
use crate::voices::Why;

/// The number of the JSON format. It rises when a field changes its meaning or goes; new fields do not raise it.
pub const SCHEMA: u32 = 1;

/// A short account of a story in sentences quoted from its articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The number of the format: [`SCHEMA`].
    pub schema: u32,
    /// The version of Epitome that made it.
    pub version: String,
    /// What it was made with.
    pub options: Options,
    /// How it came about, or why it has no items.
    pub outcome: Outcome,
    /// How the ranking came to rest.
    pub convergence: Convergence,
    /// The headline of the article that the first quote is from; of the first article that has one, failing that.
    pub title: Option<String>,
    /// The language of the cluster.
    pub language: Option<Language>,
    /// The quotes, in reading order.
    pub items: Vec<Item>,
    /// The articles, in the order of their ids.
    pub sources: Vec<Source>,
    /// Who speaks in them: each article is of one voice. In the order of their first articles; empty in digests of before
    /// voices were told apart.
    #[serde(default)]
    pub voices: Vec<Voice>,
    /// What was given but is not in the digest.
    pub left_out: Vec<LeftOut>,
    /// What became of [`Options::about`]; absent where nothing was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Asked>,
    /// How many sentences of the articles were passed over because they are no news to somebody who was told something
    /// before; absent where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_over: Option<PassedOver>,
    /// What of the articles was set aside before anything was chosen, if that was asked for:
    /// [`dropped`](crate::inspect::dropped).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Vec<Dropped>>,
}

impl Digest {
    /// Notes of each source the words of its sentences, so that [`Told::of_digests`](crate::told::Told::of_digests) knows
    /// what stood there. `cluster` is what the digest was made from. It takes about as long as to find the sentences.
    pub fn keep_known(&mut self, cluster: &Cluster) {
        for (source, article) in self.sources.iter_mut().zip(&cluster.articles) {
            source.known = Some(Fingerprints::of(article));
        }
    }
}

/// What became of what was asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// How many sentences have a word of it. If none has, the digest is what it would be had nobody asked.
    pub sentences: usize,
    /// The words of it that no sentence has, as they were given; stop words are not looked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// Articles that count as one: copies of one text, whole or in large part, or from one publisher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// The articles, rising, as indices of [`Digest::sources`].
    pub articles: Vec<ArticleId>,
    /// Why they are one: as many joins as hold them together, one less than articles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined_by: Vec<JoinedBy>,
}

/// Why two articles are one voice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JoinedBy {
    /// The two articles, as indices of [`Digest::sources`].
    pub articles: [ArticleId; 2],
    /// Why they are one voice.
    #[serde(flatten)]
    pub why: Why,
    /// The agency or the writer that both credit, where that is why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
}

/// A part of an article that no digest is made of: a block that is no running text, or a sentence that cannot be quoted.
///
/// Its kind and its reason are words for people, so that a digest with kinds of a later version can still be read;
/// [`inspect`](crate::inspect::inspect) has both as types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The article, as an index of [`Digest::sources`].
    pub article: ArticleId,
    /// Bytes of the article's text.
    pub span: Span,
    /// The line that it begins on.
    pub line: usize,
    /// What it is: `caption`, `list item`, [`Dropped::SENTENCE`].
    pub kind: String,
    /// Why it was set aside.
    pub reason: String,
    /// What it says, byte for byte.
    pub text: String,
}

impl Dropped {
    /// The kind of a sentence of running text.
    pub const SENTENCE: &str = "sentence";
}

/// A quote and where it is from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The sentence as it stands in the source, its line breaks included.
    pub quote: String,
    /// How much it was worth quoting when it was chosen: the sum of `parts`, added up in their order.
    pub score: f64,
    /// What its score is made of, if that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Where it stands.
    pub citation: Citation,
    /// Where other articles say the same, one place an article at most.
    pub also_in: Vec<AlsoIn>,
    /// What a reader must know beside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// What a reader must know beside a quote so as not to misread it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Note {
    /// It names a day by its weekday, or as `yesterday`, and the articles are of different days: this is the day that
    /// its article was published.
    Published(Moment),
}

/// A sentence of another article that says the same as a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlsoIn {
    /// The sentence as it stands in the source.
    pub quote: String,
    /// Where it stands.
    pub citation: Citation,
}

/// Where a quote stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The article, as an index of [`Digest::sources`].
    pub article: ArticleId,
    /// Bytes of the article's text.
    pub span: Span,
    /// The same in characters (Unicode scalar values): a `TextPositionSelector`.
    pub chars: Span,
    /// The same in lines.
    pub lines: Lines,
    /// Up to 32 characters that stand before the quote: with it and `suffix` a `TextQuoteSelector`.
    pub prefix: String,
    /// Up to 32 characters that stand behind it.
    pub suffix: String,
}

/// Lines, counted from 1, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// The line that the quote begins on.
    pub first: usize,
    /// The line that it ends on.
    pub last: usize,
}

/// An article that a digest was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The path as given, or `standard input`; behind it, where one file carries several articles, `#` and which of them
    /// this is.
    pub path: String,
    /// The file as given, where `path` names a part of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Arc<str>>,
    /// Where its text came from.
    pub origin: Origin,
    /// How its text is marked up.
    #[serde(default)]
    pub markup: Markup,
    /// SHA-256 of the bytes of the file, or of the text where there is none, in lower-case hexadecimal.
    pub sha256: String,
    /// SHA-256 of the text in UTF-8, where it was taken out of a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// The encoding of its bytes, by its name in the WHATWG Encoding Standard.
    #[serde(default = "utf8")]
    pub encoding: String,
    /// What it says about itself: headline, outlet, dates.
    #[serde(default)]
    pub metadata: Metadata,
    /// Its language.
    pub language: Option<Language>,
    /// The text, where the source is not a UTF-8 file that holds it: what the spans are spans of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Arc<String>>,
    /// The file that the text is kept in instead, as a path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
    /// The words of its sentences, so that a later digest knows what is no news, if that was asked for:
    /// [`Digest::keep_known`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Fingerprints>,
}

/// What digests of before other encodings were read were made from.
fn utf8() -> String {
    UTF_8.to_owned()
}
