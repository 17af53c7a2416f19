//! The articles of a bundle in, their stories in the order in which they are told out.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::bundle::Entry;
use super::standing::Dating;
use crate::brief::config::{Config, DEFAULT_WEIGHT};
use crate::model::Article;
use crate::segment::count_words;
use crate::stories::{Grouped, GroupingOptions, Overrides, Story, group};
use crate::voices::Families;

/// The logarithm of the articles of a story, times so much, adds to its score: between two stories of as many voices, that
/// of five articles comes before that of two. Less than a voice adds.
const ARTICLES: f64 = 0.25;

/// How sure it is on the mean that its articles belong together, times so much, does so as well: what was thrown together is
/// nothing that happened.
const COHESION: f64 = 0.5;

/// An article of fewer words has nothing to quote: a picture, a video, a mark for "none". In a heap with others such ones are
/// glue, since headlines alone are easily alike.
const FEWEST_WORDS: usize = 8;

/// The articles of a bundle, grouped.
pub(super) struct Heap<'b> {
    config: &'b Config,
    pub grouped: Grouped,
    /// What the bundle says of each grouped article.
    entries: Vec<&'b Entry>,
}

impl<'b> Heap<'b> {
    pub fn of(entries: Vec<&'b Entry>, config: &'b Config) -> Self {
        let options = GroupingOptions {
            across_languages: config.edition.across_languages,
            families: Families::new(&config.families()),
            ..GroupingOptions::default()
        };
        let articles = entries.iter().map(|entry| entry.article.clone()).collect();
        let grouped = group(articles, &options, &Overrides::default());
        let key = |article: &Article| (article.source.clone(), article.sha256.clone());
        let mut by_key: FxHashMap<(String, String), Vec<&Entry>> = FxHashMap::default();
        entries.into_iter().rev().for_each(|entry| by_key.entry(key(&entry.article)).or_default().push(entry));
        let mut next = |article| by_key.get_mut(&key(article)).and_then(Vec::pop).expect("each article has its entry");
        let entries = grouped.articles.iter().map(&mut next).collect();
        Self { config, grouped, entries }
    }

    /// The stories in the order in which they are told: those with a date before those without, since what has none cannot
    /// be said to be of today; then those that several articles tell.
    pub fn ranked(&self) -> Vec<Ranked<'_>> {
        let stories = self.grouped.stories.stories.iter().zip(&self.grouped.members);
        let mut ranked: Vec<Ranked<'_>> = stories.map(|(story, members)| self.rank(story, members)).collect();
        // Of equals the one of which more is told; at last the order of the grouping decides.
        ranked.sort_by(|a, b| {
            let dated = |of: &Ranked<'_>| of.dating == Dating::Dated;
            let several = |of: &Ranked<'_>| !of.story.alone;
            let by_kind = dated(b).cmp(&dated(a)).then(several(b).cmp(&several(a)));
            by_kind.then(b.score.total_cmp(&a.score)).then(b.words.cmp(&a.words))
        });
        ranked
    }

    fn rank<'h>(&'h self, story: &'h Story, members: &'h [usize]) -> Ranked<'h> {
        let entries = || members.iter().map(|member| self.entries[*member]);
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        entries().for_each(|entry| *counts.entry(self.section(&entry.section)).or_default() += 1);
        let most = counts.iter().max_by_key(|(section, count)| (**count, std::cmp::Reverse(**section)));
        let dating = entries().map(|entry| entry.dating).find(|dating| *dating == Dating::Dated);
        let weights: f64 = entries().map(|entry| self.weight(entry)).sum();
        let count = members.len().max(1) as f64;
        let sure: f64 = story.members.iter().filter_map(|member| member.sure).sum();
        let own = story.score + ARTICLES * libm::log(count) + COHESION * sure / count;
        Ranked {
            heap: self,
            story,
            members,
            section: most.map_or(0, |(section, _)| *section),
            dating: dating.or_else(|| entries().next().map(|entry| entry.dating)).unwrap_or(Dating::Undated),
            score: own * weights / count,
            words: entries().map(|entry| words(&entry.article)).sum(),
        }
    }

    /// The section of a name; the first one where it is no longer there.
    fn section(&self, name: &str) -> usize {
        self.config.sections.iter().position(|section| section.name == name).unwrap_or(0)
    }

    /// How much an article counts: what is said of its outlet, or else of its feed.
    fn weight(&self, entry: &Entry) -> f64 {
        let rule = self.config.sources.iter().find(|rule| is_of_outlet(&entry.article, &rule.outlet));
        let feeds = || self.config.sections.iter().flat_map(|section| &section.feeds);
        let feed = || feeds().find(|feed| feed.url == entry.source).map(|feed| feed.weight);
        rule.and_then(|rule| rule.weight).or_else(feed).unwrap_or(DEFAULT_WEIGHT)
    }
}

/// A story, and where it stands in the edition.
pub(super) struct Ranked<'h> {
    pub heap: &'h Heap<'h>,
    pub story: &'h Story,
    pub members: &'h [usize],
    /// The section, as an index.
    pub section: usize,
    /// What is known of its date: of one of its articles that has one, if there is one.
    pub dating: Dating,
    pub score: f64,
    /// How much is told of it.
    words: usize,
}

/// Whether an article has something that could be quoted.
pub(super) fn has_text(article: &Article) -> bool {
    words(article) >= FEWEST_WORDS
}

fn words(article: &Article) -> usize {
    article.prose().map(|block| count_words(block.span().of(&article.text))).sum()
}

/// Whether an article is of an outlet that is left out.
pub fn is_muted(config: &Config, article: &Article) -> bool {
    config.sources.iter().any(|rule| rule.mute && is_of_outlet(article, &rule.outlet))
}

/// Whether an article is of an outlet, which is given by its name or by its host.
fn is_of_outlet(article: &Article, outlet: &str) -> bool {
    let metadata = &article.metadata;
    let is_named = metadata.publisher.as_ref().is_some_and(|fact| fact.value.to_lowercase() == outlet.to_lowercase());
    let host =
        metadata.url.as_ref().and_then(|fact| fact.value.split_once("://")?.1.split(['/', '?', '#', ':']).next());
    let is_at = |host: &str| {
        let (host, outlet) = (host.to_ascii_lowercase(), outlet.trim_start_matches("www.").to_ascii_lowercase());
        host == outlet || host.strip_suffix(&outlet).is_some_and(|before| before.ends_with('.'))
    };
    is_named || host.is_some_and(is_at)
}
