//! A digest in, what readers are told of its voices out.

use super::text::plain_path;
use crate::cite::{AlsoIn, Digest, Item, Voice};
use crate::model::ArticleId;
use crate::voices::Why;

/// So many articles of one voice are named; the JSON has all of them.
const MOST_NAMED: usize = 8;

/// The voice of an article; `None` in a digest of before voices were told apart.
fn voice(digest: &Digest, article: ArticleId) -> Option<&Voice> {
    digest.voices.iter().find(|voice| voice.articles.contains(&article))
}

/// What else says what a quote says: other voices, and behind them what only copies it.
pub(super) fn support<'d>(digest: &'d Digest, item: &'d Item) -> [Vec<&'d AlsoIn>; 2] {
    let own = voice(digest, item.citation.article);
    let copies = |also: &&AlsoIn| own.is_some_and(|voice| voice.articles.contains(&also.citation.article));
    let (copies, others) = item.also_in.iter().partition(copies);
    [others, copies]
}

/// `5 articles, 3 voices`, where the numbers differ; else `5 articles`.
pub(super) fn counts(digest: &Digest) -> String {
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let articles = counted(digest.sources.len(), "article");
    if has_copies(digest) { format!("{articles}, {}", counted(digest.voices.len(), "voice")) } else { articles }
}

/// Whether some articles are one voice.
pub(super) fn has_copies(digest: &Digest) -> bool {
    !digest.voices.is_empty() && digest.voices.len() < digest.sources.len()
}

/// How an article is one voice with an elder one: `same text as`, `same publisher as`; `None` where it is not.
pub(super) fn kinship(digest: &Digest, article: ArticleId, elder: ArticleId) -> Option<&'static str> {
    let voice = voice(digest, article).filter(|voice| voice.articles.contains(&elder))?;
    // What can be reached by joins of texts alone.
    let mut reached = vec![article];
    let mut next = 0;
    while let Some(from) = reached.get(next).copied() {
        next += 1;
        for join in voice.joined_by.iter().filter(|join| join.why != Why::Publisher) {
            let [a, b] = join.articles;
            let other = if a == from { b } else { a };
            if (a == from || b == from) && !reached.contains(&other) {
                reached.push(other);
            }
        }
    }
    Some(if reached.contains(&elder) { "same text as" } else { "same publisher as" })
}

/// `5 articles, 3 voices: post.txt, times.txt (same text as wire.txt); b.txt (same publisher as a.txt)`. `None` where every
/// article speaks for itself.
pub(super) fn line(digest: &Digest) -> Option<String> {
    if !has_copies(digest) {
        return None;
    }
    let path = |article: ArticleId| plain_path(&digest.sources[article.index()].path);
    let several = digest.voices.iter().filter_map(|voice| voice.articles.split_first());
    let mut told = Vec::new();
    for (first, others) in several.filter(|(_, others)| !others.is_empty()) {
        let mut named = &others[..others.len().min(MOST_NAMED)];
        while let Some(kin) = named.first().and_then(|other| kinship(digest, *other, *first)) {
            let same = named.iter().take_while(|other| kinship(digest, **other, *first) == Some(kin)).count();
            let paths: Vec<String> = named[..same].iter().map(|other| path(*other)).collect();
            named = &named[same..];
            let more = match others.len().saturating_sub(MOST_NAMED) {
                more if more > 0 && named.is_empty() => format!(" and {more} more"),
                _ => String::new(),
            };
            told.push(format!("{}{more} ({kin} {})", paths.join(", "), path(*first)));
        }
    }
    Some(format!("{}: {}", counts(digest), told.join("; ")))
}
