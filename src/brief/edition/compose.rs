//! A [`Bundle`] in, an [`Edition`] out: a pure function.
//!
//! All articles are grouped together, so that an event which two sections have is told once. The stories are told in the order
//! of their importance, each without what this reader was told before, by earlier editions or by the stories above, until
//! the edition is full. A story in which nothing is news is passed over and takes no place.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::bundle::{Bundle, Entry};
use super::paper::{Edition, Headline, Line, SCHEMA, SourceReport, Status, StorySection, ToldStory};
use super::standing::Dating;
use crate::brief::config::{Config, DEFAULT_WEIGHT, Section};
use crate::cite::Digest;
use crate::error::Error;
use crate::model::{Article, Budget, Cluster, Extent, LeftOut, Options};
use crate::read::Reading;
use crate::segment::count_words;
use crate::select::Outcome;
use crate::stories::{Grouped, GroupingOptions, Overrides, Story, group};
use crate::summarize::Summarizer;
use crate::told::Told;
use crate::voices::Families;

/// A story of one article has so large a share of the length of a digest: it has one voice.
const SHARE_ALONE: [usize; 2] = [1, 2];

/// Of stories that one article tells, one outlet has at most a share of one in so many of an edition: a fast outlet must not
/// crowd out the others.
const OUTLET_SHARE: usize = 4;

/// So many things that could not be read are named; a folder of pictures has thousands.
const MOST_LEFT_OUT: usize = 20;

/// The logarithm of the articles of a story, times so much, adds to its score: between two stories of as many voices, that
/// of five articles comes before that of two. Less than a voice adds.
const ARTICLES: f64 = 0.25;

/// How sure it is on the mean that its articles belong together, times so much, does so as well: what was thrown together is
/// nothing that happened.
const COHESION: f64 = 0.5;

/// An article of fewer words has nothing to quote: a picture, a video, a mark for "none". In a heap with others such ones are
/// glue, since headlines alone are easily alike.
const FEWEST_WORDS: usize = 8;

/// What became of a bundle.
#[derive(Clone, Debug, PartialEq)]
pub enum Composed {
    /// There is something to tell.
    Edition(Box<Edition>),
    /// There is not: how that came about.
    NothingNew(Status),
}

/// Makes an edition.
///
/// # Errors
///
/// [`ErrorKind::Usage`](crate::error::ErrorKind::Usage) where a configuration that was not checked cannot work.
pub fn compose(bundle: &Bundle) -> Result<Composed, Error> {
    let config = &bundle.config;
    let (with_text, headlines): (Vec<&Entry>, Vec<&Entry>) =
        bundle.articles.iter().partition(|entry| has_text(&entry.article));
    let heaps = [Heap::of(with_text, config), Heap::of(headlines, config)];
    let desk = Desk::new(config, &heaps[0], bundle.told())?;
    let mut told = desk.tell();
    // What has nothing to quote is named behind what has.
    let named = heaps[1].stories().map(|(story, members)| desk.rank(&heaps[1], story, members));
    told.more.extend(in_order(named.collect()).iter().map(|of| desk.headline(of)));
    let status = status(bundle, &heaps, told.nothing_new);
    if told.stories.is_empty() && told.more.is_empty() {
        return Ok(Composed::NothingNew(status));
    }
    let glance = told.glance(config.edition.glance);
    let more_unnamed = told.more.len().saturating_sub(config.edition.more);
    Ok(Composed::Edition(Box::new(Edition {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        briefing: config.id.clone(),
        id: bundle.id.clone(),
        title: config.title.clone(),
        zone: config.zone.clone(),
        window: bundle.window,
        glance,
        more: told.more.into_iter().take(config.edition.more).collect(),
        more_unnamed,
        sections: sections(&config.sections, told.stories),
        status,
    })))
}

/// The articles of a bundle, grouped.
struct Heap<'b> {
    grouped: Grouped,
    /// What the bundle says of each grouped article.
    entries: Vec<&'b Entry>,
}

impl<'b> Heap<'b> {
    fn of(entries: Vec<&'b Entry>, config: &Config) -> Self {
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
        Self { grouped, entries }
    }

    fn stories(&self) -> impl Iterator<Item = (&Story, &[usize])> {
        self.grouped.stories.stories.iter().zip(self.grouped.members.iter().map(Vec::as_slice))
    }
}

/// A story, and where it stands in the edition.
struct Ranked<'h> {
    heap: &'h Heap<'h>,
    story: &'h Story,
    members: &'h [usize],
    /// The section, as an index.
    section: usize,
    /// What is known of its date: of one of its articles that has one, if there is one.
    dating: Dating,
    score: f64,
    /// How much is told of it.
    words: usize,
}

/// Tells stories.
struct Desk<'h> {
    config: &'h Config,
    heap: &'h Heap<'h>,
    /// What the reader was told by earlier editions.
    before: Told,
    /// For each section who digests a story of several articles, and who one of a single article.
    summarizers: Vec<[Summarizer; 2]>,
}

/// What was told, and what was not.
#[derive(Default)]
struct Telling {
    /// With the section of each, the most important one first.
    stories: Vec<(usize, ToldStory)>,
    more: Vec<Headline>,
    nothing_new: usize,
}

impl<'h> Desk<'h> {
    fn new(config: &'h Config, heap: &'h Heap<'h>, before: Told) -> Result<Self, Error> {
        let summarizers = |section: &Section| {
            let budget = section.budget.unwrap_or(config.edition.budget);
            let about = section.about.clone().or_else(|| config.edition.about.clone());
            let options =
                |budget| Options { budget, about: about.clone(), families: config.families(), ..Options::default() };
            Ok([Summarizer::new(&options(budget))?, Summarizer::new(&options(alone(budget)))?])
        };
        let summarizers = config.sections.iter().map(summarizers).collect::<Result<_, Error>>()?;
        Ok(Self { config, heap, before, summarizers })
    }

    fn rank(&self, heap: &'h Heap<'h>, story: &'h Story, members: &'h [usize]) -> Ranked<'h> {
        let entries = || members.iter().map(|member| heap.entries[*member]);
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        entries().for_each(|entry| *counts.entry(self.section(&entry.section)).or_default() += 1);
        let most = counts.iter().max_by_key(|(section, count)| (**count, std::cmp::Reverse(**section)));
        let dating = entries().map(|entry| entry.dating).find(|dating| *dating == Dating::Dated);
        let weights: f64 = entries().map(|entry| self.weight(entry)).sum();
        let count = members.len().max(1) as f64;
        let sure: f64 = story.members.iter().filter_map(|member| member.sure).sum();
        let own = story.score + ARTICLES * libm::log(count) + COHESION * sure / count;
        Ranked {
            heap,
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
        rule.map(|rule| rule.weight).or_else(feed).unwrap_or(DEFAULT_WEIGHT)
    }

    fn tell(&self) -> Telling {
        let mut told = self.before.clone();
        let mut telling = Telling::default();
        let ranked =
            in_order(self.heap.stories().map(|(story, members)| self.rank(self.heap, story, members)).collect());
        let mut room = Room::new(self.config);
        let mut waiting = Vec::new();
        for of in ranked {
            match room.has(&of) {
                Place::Free => self.tell_one(of, &mut told, &mut room, &mut telling),
                Place::Later => waiting.push(of),
                Place::Full => telling.more.push(self.headline(&of)),
            }
        }
        // What one outlet has too much of fills what nobody else has filled.
        for of in waiting {
            if room.is_full(of.section) {
                telling.more.push(self.headline(&of));
            } else {
                self.tell_one(of, &mut told, &mut room, &mut telling);
            }
        }
        telling
    }

    fn tell_one(&self, of: Ranked<'h>, told: &mut Told, room: &mut Room<'_>, telling: &mut Telling) {
        let Some(cluster) = self.cluster(of.members) else {
            telling.more.push(self.headline(&of));
            return;
        };
        let [several, alone] = &self.summarizers[of.section];
        let digest = if of.story.alone { alone } else { several }.summarize_new(&cluster, told);
        match digest.outcome {
            _ if !digest.items.is_empty() => {}
            Outcome::NothingNew => {
                telling.nothing_new += 1;
                return;
            }
            _ => {
                telling.more.push(self.headline(&of));
                return;
            }
        }
        told.add_quotes(&digest);
        room.take(&of);
        telling.stories.push((of.section, self.told(&of, &cluster, digest)));
    }

    /// The articles of a story that have text, in the language of most.
    fn cluster(&self, members: &[usize]) -> Option<Cluster> {
        let articles = members.iter().map(|member| &self.heap.grouped.articles[*member]);
        let with_text: Vec<Article> = articles.filter(|article| article.prose().next().is_some()).cloned().collect();
        (!with_text.is_empty()).then(|| Reading { articles: with_text, skipped: Vec::new() }.into_cluster())
    }

    fn told(&self, of: &Ranked<'_>, cluster: &Cluster, digest: Digest) -> ToldStory {
        let story = of.story;
        let is_excerpt = |article: &Article| article.metadata.extent == Some(Extent::Excerpt);
        ToldStory {
            id: story.id.clone(),
            // The headline of the article that the first quote is from: one of another article promises another story.
            title: digest.title.clone().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| called(story)),
            articles: story.articles.len(),
            voices: story.voices.len(),
            outlets: story.outlets.clone(),
            first: story.first,
            last: story.last,
            dating: of.dating,
            excerpts: cluster.articles.iter().all(is_excerpt),
            told_before: self.told_before(of, cluster, &digest),
            score: of.score,
            digest,
        }
    }

    /// How many sentences of a story earlier editions told. What this one told further up is no news of yesterday.
    fn told_before(&self, of: &Ranked<'_>, cluster: &Cluster, digest: &Digest) -> usize {
        let told = |digest: &Digest| digest.passed_over.map_or(0, |passed_over| passed_over.told);
        if told(digest) == 0 || self.before.told_sentences() == 0 {
            return 0;
        }
        told(&self.summarizers[of.section][0].summarize_new(cluster, &self.before))
    }

    fn headline(&self, of: &Ranked<'_>) -> Headline {
        let url = |member: &usize| of.heap.grouped.articles[*member].metadata.url.as_ref().map(|url| url.value.clone());
        Headline {
            story: of.story.id.clone(),
            section: self.config.sections.get(of.section).map(|section| section.name.clone()).unwrap_or_default(),
            title: called(of.story),
            outlet: of.story.outlets.first().cloned(),
            url: of.members.iter().find_map(url),
            articles: of.story.articles.len(),
        }
    }
}

impl Telling {
    fn glance(&self, lines: usize) -> Vec<Line> {
        let line = |story: &ToldStory| Line {
            story: story.id.clone(),
            title: story.title.clone(),
            articles: story.articles,
            voices: story.voices,
            dating: story.dating,
        };
        self.stories.iter().take(lines).map(|(_, story)| line(story)).collect()
    }
}

/// Whether an article has something that could be quoted.
fn has_text(article: &Article) -> bool {
    words(article) >= FEWEST_WORDS
}

fn words(article: &Article) -> usize {
    article.prose().map(|block| count_words(block.span().of(&article.text))).sum()
}

/// Stories in the order in which they are told: those with a date before those without, since what has none cannot be said to
/// be of today; then those that several articles tell.
fn in_order(mut ranked: Vec<Ranked<'_>>) -> Vec<Ranked<'_>> {
    // Of equals the one of which more is told; at last the order of the grouping decides.
    ranked.sort_by(|a, b| {
        let dated = |of: &Ranked<'_>| of.dating == Dating::Dated;
        let several = |of: &Ranked<'_>| !of.story.alone;
        let by_kind = dated(b).cmp(&dated(a)).then(several(b).cmp(&several(a)));
        by_kind.then(b.score.total_cmp(&a.score)).then(b.words.cmp(&a.words))
    });
    ranked
}

/// Whether a story has a place in the edition.
enum Place {
    Free,
    /// If nobody else wants it.
    Later,
    Full,
}

/// The places of an edition that are left.
struct Room<'c> {
    config: &'c Config,
    left: usize,
    /// For each section.
    left_in: Vec<usize>,
    /// How many stories that one article tells each outlet has.
    alone: FxHashMap<String, usize>,
}

impl<'c> Room<'c> {
    fn new(config: &'c Config) -> Self {
        let left = config.edition.stories;
        let left_in = config.sections.iter().map(|section| section.stories.unwrap_or(left)).collect();
        Self { config, left, left_in, alone: FxHashMap::default() }
    }

    fn is_full(&self, section: usize) -> bool {
        self.left == 0 || self.left_in[section] == 0
    }

    fn has(&self, of: &Ranked<'_>) -> Place {
        let most = (self.config.edition.stories / OUTLET_SHARE).max(1);
        if self.is_full(of.section) {
            Place::Full
        } else if of.story.alone && outlet(of).is_some_and(|outlet| self.alone.get(outlet).is_some_and(|n| *n >= most))
        {
            Place::Later
        } else {
            Place::Free
        }
    }

    fn take(&mut self, of: &Ranked<'_>) {
        self.left -= 1;
        self.left_in[of.section] -= 1;
        if of.story.alone
            && let Some(outlet) = outlet(of)
        {
            *self.alone.entry(outlet.to_owned()).or_default() += 1;
        }
    }
}

fn outlet<'s>(of: &Ranked<'s>) -> Option<&'s str> {
    of.story.outlets.first().map(String::as_str)
}

/// The length of a digest of a story that one article tells.
fn alone(budget: Budget) -> Budget {
    let [share, of] = SHARE_ALONE;
    let part = |length: usize| (length * share).div_ceil(of);
    match budget {
        Budget::Words(words) => Budget::Words(part(words)),
        Budget::Sentences(sentences) => Budget::Sentences(part(sentences)),
        Budget::Chars(chars) => Budget::Chars(part(chars)),
        Budget::Percent(percent) => Budget::Percent(percent),
    }
}

/// The title of a story, or the name of its first article where it has none.
fn called(story: &Story) -> String {
    story.title.clone().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| story.id.clone())
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

/// Sections of the configuration that have stories.
fn sections(sections: &[Section], told: Vec<(usize, ToldStory)>) -> Vec<StorySection> {
    let mut parted: Vec<StorySection> =
        sections.iter().map(|section| StorySection { name: section.name.clone(), stories: Vec::new() }).collect();
    told.into_iter().for_each(|(section, story)| parted[section].stories.push(story));
    parted.retain(|section| !section.stories.is_empty());
    parted
}

fn status(bundle: &Bundle, heaps: &[Heap<'_>], nothing_new: usize) -> Status {
    let dated = |dating: Dating| bundle.articles.iter().filter(|entry| entry.dating == dating).count();
    let sources: Vec<SourceReport> = bundle.sources.clone();
    let left_out: Vec<LeftOut> = bundle.left_out.iter().take(MOST_LEFT_OUT).cloned().collect();
    Status {
        sources,
        articles: bundle.articles.len(),
        stories: heaps.iter().map(|heap| heap.grouped.stories.stories.len()).sum(),
        nothing_new,
        undated: dated(Dating::Undated),
        ahead: dated(Dating::Ahead),
        older: bundle.counts.older,
        muted: bundle.counts.muted,
        left_out_unnamed: bundle.left_out.len() - left_out.len(),
        left_out,
    }
}
