//! What was read in, what became of every part of it out.
//!
//! [`inspect`] tells it of a whole [`Reading`], before anything is chosen; [`dropped`] tells what a digest could not be
//! made of. Both ask the stages themselves; a sentence that leans on another is listed, though it can be quoted behind
//! that one.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::cite::{Digest, Dropped, Lines, Places};
use crate::date::Moment;
use crate::error::{Error, value_or_error};
use crate::language::Language;
use crate::model::{
    Article, ArticleId, Block, BlockKind, Cluster, Cue, LeftOut, Markup, Metadata, Origin, SentenceId, Span,
};
use crate::rank::Story;
use crate::read::{Line, ReadOptions, Reading, RecordId, article_of_line, paragraphs, unfit};
use crate::segment::{Sentence, Splitter, sentences};
use crate::select::{Objection, objections};

/// The number of the JSON format. It rises when a field changes its meaning or goes; new fields do not raise it.
pub const SCHEMA: u32 = 1;

/// What was read. Its serde form is the JSON format, see [`formats`](crate::docs::formats).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// The number of the format: [`SCHEMA`].
    pub schema: u32,
    /// The version of Epitome that read it.
    pub version: String,
    /// Every article that could be read, whatever its language, with running text or without.
    pub articles: Vec<InspectedArticle>,
    /// What could not be read.
    pub left_out: Vec<LeftOut>,
}

/// An article and its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InspectedArticle {
    /// The path as given, or `standard input`.
    pub source: String,
    /// Where its text came from.
    pub origin: Origin,
    /// How its text is marked up.
    pub markup: Markup,
    /// The encoding of its bytes, by its name in the WHATWG Encoding Standard.
    pub encoding: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The language that it is read in: its own, or, where that could not be told, the one of most articles.
    pub language: Option<Language>,
    /// Why a digest of all these articles would leave it out, if it would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unfit: Option<String>,
    /// What it says about itself.
    pub metadata: Metadata,
    /// What stands where, in the order of the text.
    pub blocks: Vec<InspectedBlock>,
    /// The sentences of its running text, in order.
    pub sentences: Vec<InspectedSentence>,
}

/// A block and what gave it away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedBlock {
    /// Bytes of the article's text.
    pub span: Span,
    /// The same in lines.
    pub lines: Lines,
    /// What it is.
    pub kind: BlockKind,
    /// What gave it away.
    pub cue: Cue,
    /// What it says, byte for byte.
    pub text: String,
}

/// A sentence and what speaks against quoting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedSentence {
    /// Bytes of the article's text.
    pub span: Span,
    /// The same in lines.
    pub lines: Lines,
    /// Why it cannot be quoted alone; absent if it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objection: Option<Objection>,
}

/// Tells what was read, part by part.
pub fn inspect(reading: Reading) -> Inspection {
    let left_out = reading.skipped.iter().map(LeftOut::from).collect();
    let language = reading.language();
    let unfit: Vec<Option<String>> = reading.articles.iter().map(|article| unfit(article, language)).collect();
    let mut articles = reading.articles;
    for article in &mut articles {
        article.language = article.language.or(language);
    }
    let cluster = Cluster { articles, language, left_out: Vec::new() };
    let story = Story::new(sentences(&cluster));
    let hindrances = hindrances(&story);
    let inspected = |(index, unfit)| {
        let id = ArticleId::from(index);
        let article = &cluster[id];
        let places = Places::new(&article.text);
        let sentences = story.sentences.range(id).map(|position| {
            let Sentence { span, .. } = story.sentences.get(SentenceId::from(position));
            InspectedSentence { span, lines: places.lines(span), objection: hindrances[position] }
        });
        InspectedArticle {
            source: article.source.clone(),
            origin: article.origin,
            markup: article.markup,
            encoding: article.encoding.to_owned(),
            sha256: article.sha256.clone(),
            language: article.language,
            unfit,
            metadata: article.metadata.clone(),
            blocks: article.blocks.iter().map(|block| inspected_block(article, *block, &places)).collect(),
            sentences: sentences.collect(),
        }
    };
    let articles = unfit.into_iter().enumerate().map(inspected).collect();
    Inspection { schema: SCHEMA, version: env!("CARGO_PKG_VERSION").to_owned(), articles, left_out }
}

/// An article of JSON Lines and its parts, for measuring a stage by itself. Its serde form is a line of what `epitome
/// inspect --format json` writes of JSON Lines, see [`formats`](crate::docs::formats).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InspectedLine {
    /// The name of the article, as its line has it.
    pub id: Option<RecordId>,
    /// The file that the line stands in.
    pub file: String,
    /// Which line of it, counted from 1.
    pub line: usize,
    /// What was read, or why nothing was.
    #[serde(flatten, serialize_with = "value_or_error")]
    pub parts: Result<LineParts, Error>,
}

/// What was read in a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineParts {
    /// The headline.
    pub title: Option<String>,
    /// The day that it was published, or that its page shows instead.
    pub date: Option<Moment>,
    /// The language.
    pub lang: Option<Language>,
    /// The text: what spans are spans of.
    pub text: String,
    /// What stands where, in the order of the text.
    pub blocks: Vec<LineBlock>,
    /// Where sentences begin and end: of the whole text, whatever its parts are, as `blocks` says which may be quoted.
    pub sentences: Vec<(usize, usize)>,
    /// Everything that is known about the article, and where it was found.
    pub metadata: Metadata,
}

/// A block of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LineBlock {
    /// Bytes of the article's text.
    #[serde(flatten)]
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// What gave it away.
    pub cue: Cue,
}

/// Tells what was read in a line of JSON Lines.
pub fn inspect_line(line: &Line, options: &ReadOptions) -> InspectedLine {
    let parts = article_of_line(line, options).map(|article| {
        let mut sentences = Vec::new();
        let splitter = Splitter::new(article.language);
        for span in paragraphs(&article) {
            let start = span.start;
            splitter.split(span.of(&article.text), |inner| sentences.push((start + inner.start, start + inner.end)));
        }
        let block = |block: &Block| LineBlock { span: block.span(), kind: block.kind, cue: block.cue };
        LineParts {
            title: article.title().map(str::to_owned),
            date: day_shown(&article.metadata),
            lang: article.language,
            blocks: article.blocks.iter().map(block).collect(),
            sentences,
            metadata: article.metadata,
            text: article.text.to_string(),
        }
    });
    let id = line.text().ok().and_then(RecordId::of_line);
    InspectedLine { id, file: line.file.to_string(), line: line.number, parts }
}

fn day_shown(metadata: &Metadata) -> Option<Moment> {
    let shown = metadata.shown.as_ref().map(|fact| fact.value);
    shown.or(metadata.day()).map(|moment| Moment::day(moment.date))
}

fn inspected_block(article: &Article, block: Block, places: &Places<'_>) -> InspectedBlock {
    let (span, Block { kind, cue, .. }) = (block.span(), block);
    InspectedBlock { span, lines: places.lines(span), kind, cue, text: span.of(&article.text).to_owned() }
}

/// What a digest of a cluster could not be made of, article by article in the order of the text: blocks that are no
/// running text, and sentences that cannot be quoted alone. A sentence that is quoted nevertheless, behind the one that it
/// leans on, is none of them.
pub fn dropped(cluster: &Cluster, digest: &Digest) -> Vec<Dropped> {
    let story = Story::new(sentences(cluster));
    let quoted: HashSet<(ArticleId, Span)> =
        digest.items.iter().map(|item| (item.citation.article, item.citation.span)).collect();
    let hindrances = hindrances(&story);
    let mut dropped = Vec::new();
    for (index, article) in cluster.articles.iter().enumerate() {
        let id = ArticleId::from(index);
        let places = Places::new(&article.text);
        let entry = |span: Span, kind: &str, reason: &str| Dropped {
            article: id,
            span,
            line: places.lines(span).first,
            kind: kind.to_owned(),
            reason: reason.to_owned(),
            text: span.of(&article.text).to_owned(),
        };
        let others = article.blocks.iter().filter(|block| block.kind != BlockKind::Prose);
        let start = dropped.len();
        dropped.extend(others.map(|block| entry(block.span(), block.kind.name(), block.cue.reason())));
        dropped.extend(story.sentences.range(id).filter_map(|position| {
            let Sentence { span, .. } = story.sentences.get(SentenceId::from(position));
            let objection = hindrances[position].filter(|_| !quoted.contains(&(id, span)))?;
            Some(entry(span, Dropped::SENTENCE, objection.reason()))
        }));
        dropped[start..].sort_by_key(|dropped| dropped.span);
    }
    dropped
}

/// What keeps each sentence out of a digest, one entry a sentence. That a sentence is slight does not, where it opens
/// its article.
fn hindrances(story: &Story<'_>) -> Vec<Option<Objection>> {
    let mut hindrances = objections(story);
    for id in story.sentences.ids() {
        if hindrances[id.index()] == Some(Objection::Slight) && story.sentences.get(id).position == 0 {
            hindrances[id.index()] = None;
        }
    }
    hindrances
}
