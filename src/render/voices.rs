//! A digest in, what readers are told of its voices out.

use rustc_hash::{FxHashMap, FxHashSet};

use super::stories::counted;
use super::text::plain_path;
use crate::cite::{AlsoIn, Digest, Item, Voice};
use crate::model::ArticleId;
use crate::read::{ARTICLES, VOICES};
use crate::voices::Why;

/// So many articles of one voice are named; the JSON has all of them.
const MOST_NAMED: usize = 8;

/// The voice of an article; `None` in a digest of before voices were told apart.
fn voice(digest: &Digest, article: ArticleId) -> Option<&Voice> {
    digest.voices.iter().find(|voice| voice.articles.binary_search(&article).is_ok())
}

/// What else says what a quote says: other voices, and behind them what only copies it. What the same voice says in words of
/// its own is neither: an outlet does not bear itself out, and what it says later may have other numbers.
pub(super) fn support<'d>(digest: &'d Digest, item: &'d Item) -> [Vec<&'d AlsoIn>; 2] {
    let own = voice(digest, item.citation.article);
    let is_own = |also: &&AlsoIn| own.is_some_and(|voice| voice.articles.binary_search(&also.citation.article).is_ok());
    let (own, others): (Vec<_>, Vec<_>) = item.also_in.iter().partition(is_own);
    [others, own.into_iter().filter(|also| is_copy(&also.quote, &item.quote)).collect()]
}

/// Whether a sentence is another one with a word changed here and there, and no number.
fn is_copy(sentence: &str, other: &str) -> bool {
    /// At least this share of the words of either is in the other.
    const SAME_WORDS: f64 = 0.7;
    let words = |text: &str| -> FxHashSet<String> {
        let bare = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        bare.map(str::to_lowercase).collect()
    };
    let (ours, theirs) = (words(sentence), words(other));
    let is_number = |word: &&String| word.starts_with(|c: char| c.is_ascii_digit());
    let common = ours.intersection(&theirs).count() as f64;
    !ours.symmetric_difference(&theirs).any(|word| is_number(&word))
        && common >= SAME_WORDS * ours.len().max(theirs.len()) as f64
}

/// `5 articles, 3 voices`, where the numbers differ; else `5 articles`.
pub(super) fn counts(digest: &Digest) -> String {
    let articles = counted(digest.sources.len(), ARTICLES);
    if has_copies(digest) { format!("{articles}, {}", counted(digest.voices.len(), VOICES)) } else { articles }
}

/// Whether some articles are one voice.
pub(super) fn has_copies(digest: &Digest) -> bool {
    !digest.voices.is_empty() && digest.voices.len() < digest.sources.len()
}

/// Why an article is one voice with another.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kin {
    Text,
    Publisher,
}

impl Kin {
    /// `same text as`, `same publisher as`: in front of the other.
    pub fn of(self) -> &'static str {
        match self {
            Self::Text => "same text as",
            Self::Publisher => "same publisher as",
        }
    }
}

/// The articles of a voice that have the text of one of them, or that one alone: what joins of texts lead to.
fn of_one_text(voice: &Voice, article: ArticleId) -> FxHashSet<ArticleId> {
    let mut beside: FxHashMap<ArticleId, Vec<ArticleId>> = FxHashMap::default();
    for join in voice.joined_by.iter().filter(|join| join.why != Why::Publisher) {
        let [a, b] = join.articles;
        beside.entry(a).or_default().push(b);
        beside.entry(b).or_default().push(a);
    }
    let mut reached = FxHashSet::from_iter([article]);
    let mut next = vec![article];
    while let Some(from) = next.pop() {
        next.extend(beside.get(&from).into_iter().flatten().filter(|other| reached.insert(**other)));
    }
    reached
}

/// Which of some other articles an article is one voice with, and why: one of the same text before one of the same publisher.
pub(super) fn kin(digest: &Digest, article: ArticleId, others: &[ArticleId]) -> Option<(Kin, ArticleId)> {
    let voice = voice(digest, article)?;
    let same_text = of_one_text(voice, article);
    let by_text = others.iter().find(|other| same_text.contains(other)).map(|other| (Kin::Text, *other));
    let partners = voice.joined_by.iter().filter(|join| join.why == Why::Publisher).filter_map(|join| {
        let [a, b] = join.articles;
        [(a, b), (b, a)].into_iter().find(|(own, _)| same_text.contains(own)).map(|(_, other)| other)
    });
    by_text.or_else(|| partners.into_iter().find(|other| others.contains(other)).map(|other| (Kin::Publisher, other)))
}

/// `5 articles, 3 voices: post.txt, times.txt (same text as wire.txt); b.txt (same publisher as a.txt)`. `None` where every
/// article speaks for itself.
pub(super) fn line(digest: &Digest) -> Option<String> {
    if !has_copies(digest) {
        return None;
    }
    let path = |article: ArticleId| plain_path(&digest.sources[article.index()].path);
    let mut told: Vec<String> = Vec::new();
    for Voice { articles, .. } in &digest.voices {
        let mut same: Vec<(String, Kin, ArticleId)> = Vec::new();
        for (at, article) in articles.iter().enumerate().skip(1).take(MOST_NAMED) {
            let Some((kin, other)) = kin(digest, *article, &articles[..at]) else { continue };
            match same.last_mut().filter(|(_, last, of)| (*last, *of) == (kin, other)) {
                Some((paths, ..)) => *paths += &format!(", {}", path(*article)),
                None => same.push((path(*article), kin, other)),
            }
        }
        told.extend(same.into_iter().map(|(paths, kin, other)| format!("{paths} ({} {})", kin.of(), path(other))));
        if articles.len() > 1 + MOST_NAMED {
            told.push(format!("{} more", articles.len() - 1 - MOST_NAMED));
        }
    }
    Some(format!("{}: {}", counts(digest), told.join("; ")))
}
