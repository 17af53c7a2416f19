//! Articles and the cluster that owns them.

use std::ops::Index;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

use super::{ArticleId, Block, BlockKind, Metadata};
use crate::error::Error;
use crate::language::Language;

/// The name of the encoding that texts have in memory, and files need not be decoded from.
pub const UTF_8: &str = "UTF-8";

/// Where an article's text comes from, which decides how a citation can be checked later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A UTF-8 file: the text is the file, byte for byte, its byte-order mark included.
    File,
    /// A file in another encoding, or one of damaged UTF-8: the text was decoded, and a digest keeps a copy of it.
    #[serde(alias = "utf16_file")]
    DecodedFile,
    /// A file that carries the article among other things, as a page, a feed or a message does, or packed: the text was
    /// taken out of it, and a digest keeps a copy of it.
    Extracted,
    /// Standard input, a pipe, memory, or a file whose name cannot be written down: a digest keeps a copy of the text.
    Stream,
}

/// How a text is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Markup {
    /// Not at all: lines and blank lines.
    #[default]
    Plain,
    /// CommonMark, with tables and YAML front matter.
    Markdown,
    /// It was, as a page of HTML: the text was taken out of it.
    Html,
    /// It was, as an entry of a feed.
    Feed,
    /// It was, as a message of electronic mail.
    Mail,
}

/// An article as read: its text, unaltered, and what is known about it. Its serde form is for keeping it, not for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The path as given, or `standard input`; behind it, where one file carries several articles, `#` and which of them
    /// this is.
    pub source: String,
    /// The file as given, where `source` names a part of it.
    pub file: Option<Arc<str>>,
    /// Where the text comes from.
    pub origin: Origin,
    /// SHA-256 of the bytes of the file, or of the text where there is none, in lower-case hexadecimal.
    pub sha256: String,
    /// How the text is marked up.
    pub markup: Markup,
    /// The encoding of its bytes, by its name in the WHATWG Encoding Standard: `UTF-8`, `windows-1252`.
    #[serde(deserialize_with = "name_of_encoding")]
    pub encoding: NameOfEncoding,
    /// What it says about itself.
    pub metadata: Metadata,
    /// The language, if it was given or could be told.
    pub language: Option<Language>,
    /// The text. Every span of this article is a span of this string. A digest that keeps it shares it.
    pub text: Arc<String>,
    /// What stands where, in the order of the text, without overlaps.
    pub blocks: Vec<Block>,
}

/// The name of an encoding. A name of its own, since serde would take what looks like a reference to be lent by the input.
type NameOfEncoding = &'static str;

/// Reads the name of an encoding; what is none stands for UTF-8, which is what the text is in.
fn name_of_encoding<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let name = String::deserialize(deserializer)?;
    Ok(encoding_rs::Encoding::for_label(name.as_bytes()).map_or(UTF_8, encoding_rs::Encoding::name))
}

impl Article {
    /// How long its text is, in bytes.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The headline, if the article has one.
    pub fn title(&self) -> Option<&str> {
        self.metadata.title.as_ref().map(|fact| fact.value.as_str())
    }

    /// How many places of the text were no UTF-8 in a file that otherwise is, and became U+FFFD.
    pub fn broken_places(&self) -> usize {
        let replaced = self.origin == Origin::DecodedFile && self.encoding == UTF_8;
        if replaced { self.text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 }
    }

    /// The blocks of running text.
    pub fn prose(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind == BlockKind::Prose)
    }
}

/// The articles of one story. Owns their text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cluster {
    /// The articles, in the order of their ids.
    pub articles: Vec<Article>,
    /// The language of the cluster: the one that most of its articles are in.
    pub language: Option<Language>,
    /// What was given but is not part of the cluster.
    pub left_out: Vec<LeftOut>,
}

impl Index<ArticleId> for Cluster {
    type Output = Article;

    fn index(&self, id: ArticleId) -> &Article {
        &self.articles[id.index()]
    }
}

/// An input that is not part of a digest, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The path as given, or `standard input`.
    pub source: String,
    /// What was wrong and what to do about it.
    pub reason: String,
}

impl From<&Error> for LeftOut {
    fn from(error: &Error) -> Self {
        Self { source: error.place.clone(), reason: error.reason() }
    }
}
