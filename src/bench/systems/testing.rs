//! Small stories for tests, mostly in a language that nobody speaks, so that neither stemmer nor stop words take part.

use super::Room;
use crate::model::{Article, Block, BlockKind, Budget, Cluster, Cue, SentenceId, Span};
use crate::rank::Story;
use crate::read::{Markup, ReadOptions, article};
use crate::segment::sentences;

/// Four articles that share words, one of them with nobody.
pub(super) const STORY: [&str; 4] = [
    "Aba bebe cici dodo efe gogo. Bebe cici hihi jojo keke lolo. Zaza zeze zizi zozo zuzu.",
    "Aba bebe cici dodo mama nono. Gogo hihi jojo aba bebe papa. Keke keke lolo mama cici.",
    "Dodo efe gogo hihi aba nono. Wawa wewe wiwi wowo wuwu.",
    "Yaya yeye yiyi yoyo yuyu.",
];

/// Articles in no known language.
pub(super) fn cluster(texts: &[&str]) -> Cluster {
    in_language("qaa", texts)
}

/// Articles in English, with its stemmer and its stop words.
pub(super) fn english(texts: &[&str]) -> Cluster {
    in_language("en", texts)
}

/// Each text is one block of running text, however short, so that the rules of reading do not take part either.
fn in_language(code: &str, texts: &[&str]) -> Cluster {
    let options = ReadOptions { language: code.parse().ok(), ..ReadOptions::default() };
    let mut articles: Vec<Article> =
        texts.iter().map(|text| article("x", text.to_string(), Markup::Plain, &options)).collect();
    for article in &mut articles {
        let span = Span::new(0, article.text.len());
        article.blocks = vec![Block::new(span, BlockKind::Prose, Cue::Sentences)];
    }
    Cluster { articles, ..Cluster::default() }
}

pub(super) fn story(cluster: &Cluster) -> Story<'_> {
    Story::new(sentences(cluster))
}

/// Room for so many sentences.
pub(super) fn sentences_of_room(count: usize) -> Room {
    Room { budget: Budget::Sentences(count), whole: true }
}

pub(super) fn numbers(ids: Vec<SentenceId>) -> Vec<u32> {
    ids.into_iter().map(|id| id.0).collect()
}
