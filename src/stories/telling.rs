//! A heap of articles in, its [`Stories`] out, each with what a reader needs to know of it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::grouper::{Grouper, GroupingOptions};
use super::importance::{Coverage, hours};
use super::join::probability;
use super::overrides::{Overrides, Resolved};
use super::story::{Member, SCHEMA, Stories, Story};
use crate::date::Moment;
use crate::model::{Article, Cluster, LeftOut, StemId};
use crate::segment::sentences;
use crate::vectorize::Vocabulary;

/// A heap that was grouped.
#[derive(Debug)]
pub struct Grouped {
    /// The articles by date, the undated ones last, those of one moment by their ids: so that neither the order in which they
    /// were given nor the number of threads changes anything.
    pub articles: Vec<Article>,
    /// For each story of `stories`, in their order, its articles as indices of `articles`.
    pub members: Vec<Vec<usize>>,
    /// The stories.
    pub stories: Stories,
    /// What was asked for of articles that are not there.
    pub unknown: Vec<String>,
}

/// So many words are named that hold a story together.
const KEYWORDS: usize = 5;

/// The spelling of a keyword is looked for in so many articles.
const MOST_READ: usize = 4;

/// Groups a heap of articles into stories.
pub fn group(mut articles: Vec<Article>, options: &GroupingOptions, overrides: &Overrides) -> Grouped {
    articles.sort_by(|a, b| {
        let key = |article: &Article| article.metadata.day().map_or((true, 0.0), |moment| (false, hours(moment)));
        let ((undated, hour), (other_undated, other_hour)) = (key(a), key(b));
        let by_date = undated.cmp(&other_undated).then(hour.total_cmp(&other_hour));
        by_date.then_with(|| (&a.source, &a.sha256).cmp(&(&b.source, &b.sha256)))
    });
    let ids = ids(&articles);
    let Resolved { together, apart, unknown } = overrides.resolve(&numbers(&articles, &ids));
    let mut grouper = Grouper::new(GroupingOptions { together, apart, ..options.clone() });
    grouper.add(&articles);
    let teller = Teller { articles: &articles, ids: &ids, grouper: &grouper, newest: newest(&articles) };
    let mut told: Vec<(Vec<usize>, Story)> = grouper
        .stories()
        .into_iter()
        .map(|members| {
            let story = teller.story(&members);
            (members.into_iter().map(|article| article as usize).collect(), story)
        })
        .collect();
    // Of equals the one that began first; of articles alone, too, so that they come in the order of the day.
    told.sort_by(|(ours, one), (theirs, other)| {
        one.alone.cmp(&other.alone).then(other.score.total_cmp(&one.score)).then(ours.cmp(theirs))
    });
    let (members, stories) = told.into_iter().unzip();
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Grouped { stories: Stories { schema: SCHEMA, version, stories, left_out: Vec::new() }, members, unknown, articles }
}

impl Grouped {
    /// Says what was given but could not be read.
    pub fn with_left_out(mut self, left_out: Vec<LeftOut>) -> Self {
        self.stories.left_out = left_out;
        self
    }
}

/// What articles are called: the id that their file gives them, if no other article has the same; else where they were read,
/// which is behind a number where even that is not enough.
fn ids(articles: &[Article]) -> Vec<String> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    articles.iter().for_each(|article| *counts.entry(own_id(article)).or_default() += 1);
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut id = |article: &Article| {
        let own = own_id(article);
        let base = if counts[own] == 1 { own } else { &article.source };
        let numbered = (2..).map(|number| format!("{base} ({number})"));
        let free = std::iter::once(base.to_owned()).chain(numbered).find(|name| !taken.contains(name));
        let free = free.expect("numbers do not end");
        taken.insert(free.clone());
        free
    };
    articles.iter().map(&mut id).collect()
}

/// The id that an article has in its file; where it is the file, its path.
fn own_id(article: &Article) -> &str {
    let part = article.file.as_ref().and_then(|file| article.source.strip_prefix(&**file)?.strip_prefix('#'));
    part.unwrap_or(&article.source)
}

/// Articles by their ids, and by where they were read.
fn numbers<'a>(articles: &'a [Article], ids: &'a [String]) -> FxHashMap<&'a str, u32> {
    let sources = articles.iter().map(|article| article.source.as_str()).zip(0..);
    sources.chain(ids.iter().map(String::as_str).zip(0..)).collect()
}

/// Tells what there is to know of stories.
struct Teller<'h> {
    articles: &'h [Article],
    ids: &'h [String],
    grouper: &'h Grouper,
    /// When the newest article was published, in hours.
    newest: f64,
}

impl Teller<'_> {
    fn story(&self, numbers: &[u32]) -> Story {
        let article = |number: &u32| &self.articles[*number as usize];
        let voices = self.grouper.voices(numbers);
        let published: Vec<Moment> = numbers.iter().filter_map(|number| article(number).metadata.day()).collect();
        let mut met: FxHashSet<u64> = FxHashSet::default();
        let is_new = |number: &&u32| self.grouper.publisher(**number).is_some_and(|publisher| met.insert(publisher));
        let outlet = |number| article(number).metadata.outlet().map(str::to_owned);
        let outlets: Vec<String> = numbers.iter().filter(is_new).filter_map(outlet).collect();
        // Copies spread a story no further than its first telling.
        let first_told = voices.iter().filter_map(|voice| self.grouper.publisher(numbers[voice[0]]));
        let spread = first_told.collect::<FxHashSet<u64>>().len();
        let coverage = Coverage {
            voices: voices.len(),
            outlets: spread,
            ages: published.iter().map(|moment| (self.newest - hours(*moment)).max(0.0)).collect(),
            articles: numbers.len(),
        };
        let parts = coverage.parts();
        let by_centrality = self.grouper.by_centrality(numbers[0]);
        let language = article(&numbers[0]).language;
        Story {
            id: self.ids[numbers[0] as usize].clone(),
            title: self.title(&by_centrality),
            articles: numbers.iter().map(|number| self.ids[*number as usize].clone()).collect(),
            members: numbers.iter().map(|number| self.member(*number)).collect(),
            alone: numbers.len() == 1,
            outlets,
            first: published.first().copied(),
            last: published.last().copied(),
            language: language.filter(|_| numbers.iter().all(|number| article(number).language == language)),
            keywords: self.keywords(numbers[0], &by_centrality),
            score: parts.sum(),
            parts,
            voices,
        }
    }

    fn member(&self, number: u32) -> Member {
        let article = &self.articles[number as usize];
        let metadata = &article.metadata;
        let original = self.grouper.original(number);
        Member {
            id: self.ids[number as usize].clone(),
            source: article.source.clone(),
            title: article.title().map(str::to_owned),
            publisher: metadata.publisher.as_ref().map(|fact| fact.value.clone()),
            published: metadata.day(),
            copy_of: (original != number).then(|| self.ids[original as usize].clone()),
            sure: self.grouper.log_odds_of(original).map(|odds| (probability(odds) * 1e3).round() / 1e3),
        }
    }

    /// The headline that is closest to the rest of the story, or the first sentence where none has one.
    fn title(&self, by_centrality: &[u32]) -> Option<String> {
        let articles = || by_centrality.iter().map(|number| &self.articles[*number as usize]);
        articles().find_map(Article::title).map(str::to_owned).or_else(|| articles().find_map(first_sentence))
    }

    /// The heaviest terms of a story as they are spelled in its most central articles.
    fn keywords(&self, story: u32, by_centrality: &[u32]) -> Vec<String> {
        let wanted = self.grouper.heaviest_terms(story, KEYWORDS);
        let mut spelled: Vec<Option<String>> = vec![None; wanted.len()];
        for number in by_centrality.iter().take(MOST_READ) {
            if spelled.iter().all(Option::is_some) {
                break;
            }
            let article = &self.articles[*number as usize];
            let mut vocabulary = Vocabulary::new();
            let title = article.title().unwrap_or_default();
            let texts = article.prose().map(|block| block.span().of(&article.text)).chain([title]);
            let mut met: Vec<(StemId, &str)> = Vec::new();
            for text in texts {
                vocabulary.words_at(article.language, text, |span, word| {
                    if word.term.is_some() {
                        met.push((word.stem, span.of(text)));
                    }
                });
            }
            let keys = vocabulary.stem_keys();
            for (spelled, key) in spelled.iter_mut().zip(&wanted).filter(|(spelled, _)| spelled.is_none()) {
                *spelled = met.iter().find(|(stem, _)| keys[stem.index()] == *key).map(|(_, word)| (*word).to_owned());
            }
        }
        spelled.into_iter().flatten().collect()
    }
}

/// When the newest articles of a heap in order of their dates were published, in hours. One in so many may have a date that is
/// wrong, and no story is old for that.
fn newest(articles: &[Article]) -> f64 {
    const ONE_IN: usize = 20;
    let hours: Vec<f64> = articles.iter().filter_map(|article| article.metadata.day()).map(hours).collect();
    hours.len().checked_sub(1 + hours.len() / ONE_IN).map_or(0.0, |at| hours[at])
}

/// The first sentence of an article, if it has any.
fn first_sentence(article: &Article) -> Option<String> {
    let cluster = Cluster { articles: vec![article.clone()], ..Cluster::default() };
    let sentences = sentences(&cluster);
    let first = sentences.ids().next()?;
    Some(sentences.text(first).split_whitespace().collect::<Vec<_>>().join(" "))
}
