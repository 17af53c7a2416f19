//! Articles in, one heap after the other, stories out: greedy agglomeration over the closest groups.
//!
//! Each article begins as a group of its own, but copies of an earlier one fold into it first. Then the two groups of which it
//! is most likely that they are one story are put together, and so on, until for no two it is more likely than not. What is
//! compared are means over all pairs of articles of two groups (average link): with the closest pair alone (single link),
//! chains of articles that are on a bit of both would join what does not belong together.
//!
//! Only the [`NEAR`] groups that are closest to each are looked at, found by an inverted index: the time for an article does
//! not depend on how many there are. An article that is added later is weighed against the groups that are there, and a
//! story keeps its number: that of its first article.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::calendar::Calendar;
use super::candidates::{Index, Tally};
use super::document::{Document, FIELDS, Field, documents};
use super::evidence::{Evidence, Profile};
use super::form::Form;
use super::join::{Decision, Kind};
use super::sparse::Sparse;
use super::terms::{Numbered, Terms};
use crate::language::Language;
use crate::model::Article;
use crate::voices::{Families, Keep, Print, Printer, Prints, Why};

/// How articles are grouped.
#[derive(Clone, Debug, Default)]
pub struct GroupingOptions {
    /// Whether articles in different languages may be of one story. They share names and numbers at most.
    pub across_languages: bool,
    /// Which outlets are of one publisher.
    pub families: Families,
    /// What decides.
    pub decision: Decision,
    /// Articles, by their numbers, that belong together whatever the evidence.
    pub together: Vec<[u32; 2]>,
    /// Lists of articles of which no two belong together. Where both are asked for, they do not.
    pub apart: Vec<Vec<u32>>,
}

/// So many groups are kept as the closest to each.
pub const NEAR: usize = 12;

/// An article is folded into an earlier one if it has at least this share of its shingles in common with it. A common run, or a
/// common credit, tells copies within a story; in a heap it is oftener what an outlet puts under all of its articles.
const FOLD_SHARE: f64 = 0.6;

/// Copies are folded if they are of days so near: a text that comes back later is news again.
const FOLD_DAYS: u32 = 7;

/// Groups that lie so many days apart are not weighed against each other.
const WINDOW: u32 = 14;

/// So many articles of either group are asked whether they are another use of a template.
const MOST_FORMS: usize = 6;

/// Articles are turned into documents by so many at a time: so long all that they say is in memory.
const WAVE: usize = 4_096;

/// Groups articles into stories.
#[derive(Debug, Default)]
pub struct Grouper {
    options: GroupingOptions,
    terms: Terms,
    calendar: Calendar,
    articles: Vec<Kept>,
    /// For each article another one of its group, by way of which all of it find the first: itself, or an earlier one.
    above: Vec<u32>,
    /// For each article that is the first of a group the group; of others nothing is left.
    groups: Vec<Group>,
    index: Index,
    prints: Prints,
    tally: Tally,
    /// For each article that must be apart from others the lists that it is in.
    lists: FxHashMap<u32, Vec<u32>>,
    /// The first article with exactly such a print.
    same: FxHashMap<u64, u32>,
    /// So many articles were there when groups were put together last...
    settled: usize,
    /// ...down to these log-odds.
    settled_above: f64,
}

/// What is kept of an article.
#[derive(Debug)]
struct Kept {
    vectors: Arc<[Sparse; FIELDS]>,
    form: Form,
    language: Option<Language>,
    day: Option<i32>,
    titled: bool,
    bodied: bool,
    /// The article that it is a copy of, and was folded into.
    copy_of: Option<u32>,
}

impl Kept {
    /// The article as a group of its own.
    fn profile(&self) -> Profile {
        Profile {
            sums: Arc::clone(&self.vectors),
            size: 1,
            titled: u32::from(self.titled),
            bodied: u32::from(self.bodied),
            dated: u32::from(self.day.is_some()),
            days: self.day.map(|day| [day, day]),
        }
    }
}

/// Articles that are one story as far as is known.
#[derive(Debug, Default)]
struct Group {
    profile: Profile,
    /// Its articles but for copies, rising.
    articles: Vec<u32>,
    /// The copies of them that were folded.
    copies: Vec<u32>,
    language: Option<Language>,
    /// The closest other groups, the closest first.
    near: Vec<Near>,
    /// How often it has changed.
    version: u32,
}

/// A group that is close to another one.
#[derive(Clone, Copy, Debug)]
struct Near {
    group: u32,
    /// In which state it was when the cosine was found.
    version: u32,
    /// The mean cosine of the bodies.
    cosine: f64,
}

/// Two groups that may be one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair {
    log_odds: f64,
    groups: [u32; 2],
    versions: [u32; 2],
}

impl Eq for Pair {}

impl Ord for Pair {
    fn cmp(&self, other: &Self) -> Ordering {
        self.log_odds.total_cmp(&other.log_odds).then_with(|| other.groups.cmp(&self.groups))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Two groups at the moment when they are weighed against each other.
pub struct Weighed<'g> {
    /// What speaks for and against their being one story.
    pub evidence: Evidence,
    /// What there is to compare of them.
    pub kind: Kind,
    /// The articles of either, by their numbers, without copies.
    pub articles: [&'g [u32]; 2],
}

impl Grouper {
    /// No articles yet.
    pub fn new(options: GroupingOptions) -> Self {
        let mut lists: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (list, articles) in (0..).zip(&options.apart) {
            articles.iter().for_each(|article| lists.entry(*article).or_default().push(list));
        }
        Self { options, lists, ..Self::default() }
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// Adds articles, numbered on from those that are there, and groups them. What is counted for the weights of terms is
    /// counted before any of them is weighed, so add a heap at once.
    pub fn add(&mut self, articles: &[Article]) {
        self.add_apart(articles);
        self.settle(|_| {});
    }

    /// Adds articles without putting anything together but copies.
    pub fn add_apart(&mut self, articles: &[Article]) {
        let first = self.len();
        let mut numbered = Vec::with_capacity(articles.len());
        let mut prints = Vec::with_capacity(articles.len());
        let mut metadata = Vec::with_capacity(articles.len());
        for wave in articles.chunks(WAVE) {
            let (documents, printed) = rayon::join(|| documents(wave), || self.printed(wave));
            prints.extend(printed);
            numbered.extend(documents.iter().map(|document| self.terms.count(document)));
            metadata.extend(documents.into_iter().map(|document| Document { counts: Default::default(), ..document }));
        }
        metadata.iter().filter_map(|document: &Document| document.day).for_each(|day| self.calendar.count(day));
        let terms = &self.terms;
        let vectors: Vec<[Sparse; FIELDS]> =
            numbered.into_par_iter().map(|numbered: Numbered| terms.weigh(&numbered)).collect();
        for ((document, vectors), print) in metadata.into_iter().zip(vectors).zip(prints) {
            self.take_in(document, vectors, print);
        }
        self.find_near(first);
    }

    fn printed(&self, articles: &[Article]) -> Vec<Print> {
        let printer = || Printer::new(Keep::QUARTER);
        articles
            .par_iter()
            .map_init(printer, |printer, article| printer.article(article, &self.options.families))
            .collect()
    }

    /// Takes in the next article: as a group of its own, or as a copy.
    fn take_in(&mut self, document: Document, vectors: [Sparse; FIELDS], print: Print) {
        let article = u32::try_from(self.len()).expect("fewer than 2^32 articles");
        let Document { language, day, titled, bodied, form, .. } = document;
        let text = print.text();
        let copies = self.prints.add(print);
        self.articles.push(Kept { vectors: Arc::new(vectors), form, language, day, titled, bodied, copy_of: None });
        self.above.push(article);
        self.groups.push(Group::default());
        let shared =
            copies.iter().filter(|copy| matches!(copy.why, Why::Shared { containment } if containment >= FOLD_SHARE));
        let originals: Vec<u32> = shared.map(|copy| self.original(copy.article as u32)).collect();
        // A text that stands in many uses of a template is not filed under each of them.
        let same = text.map(|text| *self.same.entry(text).or_insert(article)).filter(|same| *same != article);
        let same = same.map(|same| self.original(same));
        let original = same.into_iter().chain(originals).find(|original| self.folds(*original, article));
        if let Some(original) = original {
            self.articles[article as usize].copy_of = Some(original);
            let group = self.find(original);
            self.above[article as usize] = group;
            self.groups[group as usize].copies.push(article);
            return;
        }
        let kept = &self.articles[article as usize];
        self.index.file(article, &kept.vectors[Field::Body as usize]);
        let profile = kept.profile();
        self.groups[article as usize] = Group { profile, articles: vec![article], language, ..Group::default() };
    }

    /// The article that another one is a copy of, or itself.
    pub fn original(&self, article: u32) -> u32 {
        self.articles[article as usize].copy_of.unwrap_or(article)
    }

    /// Whether a copy of an article is the same news.
    fn folds(&self, original: u32, copy: u32) -> bool {
        let [one, other] = [original, copy].map(|article| &self.articles[article as usize]);
        let days = one.day.zip(other.day).map_or(0, |(one, other)| one.abs_diff(other));
        days <= FOLD_DAYS
            && self.same_language(one.language, other.language)
            && !one.form.is_other_use(&other.form)
            && !self.are_apart(self.story_of(original), &[copy])
    }

    fn same_language(&self, one: Option<Language>, other: Option<Language>) -> bool {
        self.options.across_languages || one.is_none() || other.is_none() || one == other
    }

    /// Whether somebody asked that an article of a group be apart from one of others.
    fn are_apart(&self, group: u32, others: &[u32]) -> bool {
        if self.lists.is_empty() {
            return false;
        }
        let lists = |article: &u32| self.lists.get(article).into_iter().flatten().copied();
        let of_group: FxHashSet<u32> = self.all_articles(group).iter().flat_map(lists).collect();
        others.iter().flat_map(lists).any(|list| of_group.contains(&list))
    }

    /// The number of the story that an article is in: that of its first article.
    pub fn story_of(&self, article: u32) -> u32 {
        let mut at = article;
        while self.above[at as usize] != at {
            at = self.above[at as usize];
        }
        at
    }

    /// As [`story_of`](Self::story_of), and shortens the way there (Tarjan and van Leeuwen, 1984).
    fn find(&mut self, mut article: u32) -> u32 {
        while self.above[article as usize] != article {
            let above = self.above[article as usize];
            self.above[article as usize] = self.above[above as usize];
            article = above;
        }
        article
    }

    /// The stories: for each the numbers of its articles, rising; in the order of their first articles.
    pub fn stories(&self) -> Vec<Vec<u32>> {
        let mut stories: Vec<Vec<u32>> = Vec::new();
        let mut places = vec![None; self.len()];
        for article in 0..self.len() as u32 {
            let place = *places[self.story_of(article) as usize].get_or_insert_with(|| {
                stories.push(Vec::new());
                stories.len() - 1
            });
            stories[place].push(article);
        }
        stories
    }

    /// The publisher of an article, as a key that is the same for all names of it.
    pub fn publisher(&self, article: u32) -> Option<u64> {
        self.prints.prints()[article as usize].sender().publisher
    }

    /// The voices of some articles of one story: their places in the list, those that count once together.
    pub fn voices(&self, articles: &[u32]) -> Vec<Vec<usize>> {
        let prints = articles.iter().map(|article| self.prints.prints()[*article as usize].clone());
        let groups = crate::voices::group(prints);
        let mut voices: Vec<Vec<usize>> = Vec::new();
        let mut places: FxHashMap<usize, usize> = FxHashMap::default();
        for at in 0..articles.len() {
            let place = *places.entry(groups.first(at)).or_insert_with(|| {
                voices.push(Vec::new());
                voices.len() - 1
            });
            voices[place].push(at);
        }
        voices
    }

    /// The articles of a story without copies, the one that is closest to all of them first.
    pub fn by_centrality(&self, article: u32) -> Vec<u32> {
        let group = &self.groups[self.story_of(article) as usize];
        let centrality = |article: u32| -> f64 {
            let vectors = &self.articles[article as usize].vectors;
            [Field::Body, Field::Title]
                .iter()
                .map(|field| vectors[*field as usize].dot(&group.profile.sums[*field as usize]))
                .sum()
        };
        let mut articles: Vec<(f64, u32)> =
            group.articles.iter().map(|article| (centrality(*article), *article)).collect();
        articles.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.cmp(y)));
        articles.into_iter().map(|(_, article)| article).collect()
    }

    /// The keys of the terms that weigh most in all of a story.
    pub fn heaviest_terms(&self, article: u32, most: usize) -> Vec<u64> {
        let group = &self.groups[self.story_of(article) as usize];
        let heaviest = group.profile.sums[Field::Body as usize].heaviest(most);
        heaviest.into_iter().map(|entry| self.terms.key(entry.term)).collect()
    }

    /// The log-odds that an article is of one story with the rest of its story; `None` where it is alone in it.
    pub fn log_odds_of(&self, article: u32) -> Option<f64> {
        let kept = &self.articles[article as usize];
        let group = &self.groups[self.story_of(article) as usize];
        let rest = group.profile.size.checked_sub(1).filter(|rest| *rest > 0)?;
        let own = kept.profile();
        let closest = group.near.first().map_or(0.0, |near| near.cosine);
        let evidence = own.evidence_within(&group.profile, rest, [closest; 2]);
        Some(
            self.options.decision.weights(own.kind(&group.profile, self.calendar.is_of_few_days())).log_odds(&evidence),
        )
    }

    /// Finds the closest groups of those that begin at `first`, and has them known to these.
    fn find_near(&mut self, first: usize) {
        let this = &*self;
        let near: Vec<Vec<Near>> = (first as u32..self.len() as u32)
            .into_par_iter()
            .map_init(Tally::default, |tally, group| this.closest(group, tally))
            .collect();
        for (group, list) in (first as u32..).zip(&near) {
            for near in list {
                let version = self.groups[group as usize].version;
                self.groups[near.group as usize].consider(Near { group, version, cosine: near.cosine });
            }
        }
        for (group, list) in (first..).zip(near) {
            list.into_iter().for_each(|near| self.groups[group].consider(near));
        }
    }

    /// The closest groups of a group, by the mean cosine of their bodies.
    fn closest(&self, group: u32, tally: &mut Tally) -> Vec<Near> {
        let own = &self.groups[group as usize];
        if own.articles.is_empty() {
            return Vec::new();
        }
        let candidate = |article: u32| {
            let found = self.story_of(article);
            let other = &self.groups[found as usize];
            let near = own.profile.days_between(&other.profile).is_none_or(|days| days <= WINDOW);
            let fits = found != group && near && self.same_language(own.language, other.language);
            fits.then_some((found, other.profile.size))
        };
        let body = &own.profile.sums[Field::Body as usize];
        let closest = self.index.closest(body, tally, self.groups.len(), candidate);
        let mut list = Group::default();
        for group in closest {
            let other = &self.groups[group as usize];
            let cosine = own.profile.mean_cosine(&other.profile, Field::Body as usize);
            list.consider(Near { group, version: other.version, cosine });
        }
        list.near
    }

    /// Puts groups together, the likeliest two first, until for no two it is more likely than not that they are one story.
    /// `observe` sees what was weighed last before each two are put together.
    pub fn settle(&mut self, observe: impl FnMut(&Weighed<'_>)) {
        self.settle_above(0.0, observe);
    }

    /// The same down to other log-odds.
    pub fn settle_above(&mut self, threshold: f64, mut observe: impl FnMut(&Weighed<'_>)) {
        self.put_together();
        let mut heap = BinaryHeap::new();
        // The groups of articles that were added, and all once the threshold is another one.
        let from = if threshold < self.settled_above { 0 } else { self.settled };
        for group in from..self.groups.len() {
            if !self.groups[group].articles.is_empty() {
                self.push_near(group as u32, threshold, &mut heap);
            }
        }
        (self.settled, self.settled_above) = (self.groups.len(), threshold);
        while let Some(pair) = heap.pop() {
            let [one, other] = pair.groups;
            if [one, other].map(|group| self.groups[group as usize].version) != pair.versions {
                continue;
            }
            // The third groups may have come closer since.
            pair.groups.into_iter().for_each(|group| self.refresh(group));
            let weighed = self.weigh(pair.groups);
            let log_odds = self.log_odds(&weighed);
            if log_odds < pair.log_odds {
                if log_odds >= threshold {
                    heap.push(Pair { log_odds, ..pair });
                }
                continue;
            }
            if self.is_vetoed(pair.groups) {
                continue;
            }
            observe(&weighed);
            self.merge([one, other]);
            self.push_near(one, threshold, &mut heap);
        }
    }

    /// Puts together what was asked for.
    fn put_together(&mut self) {
        for [a, b] in self.options.together.clone() {
            let [a, b] = [self.find(a), self.find(b)];
            if a != b && !self.are_apart(a, &self.all_articles(b)) {
                self.merge([a.min(b), a.max(b)]);
            }
        }
    }

    /// The articles of a group, copies included.
    fn all_articles(&self, group: u32) -> Vec<u32> {
        let Group { articles, copies, .. } = &self.groups[group as usize];
        articles.iter().chain(copies).copied().collect()
    }

    /// Files what a group and those close to it have for being one.
    fn push_near(&mut self, group: u32, threshold: f64, heap: &mut BinaryHeap<Pair>) {
        self.refresh(group);
        for near in self.groups[group as usize].near.clone() {
            let groups = [group.min(near.group), group.max(near.group)];
            self.refresh(near.group);
            let weighed = self.weigh(groups);
            let log_odds = self.log_odds(&weighed);
            if log_odds >= threshold {
                let versions = groups.map(|group| self.groups[group as usize].version);
                heap.push(Pair { log_odds, groups, versions });
            }
        }
    }

    fn log_odds(&self, weighed: &Weighed<'_>) -> f64 {
        self.options.decision.weights(weighed.kind).log_odds(&weighed.evidence)
    }

    /// What speaks for and against two groups being one, as their lists of the closest are.
    fn weigh(&self, groups: [u32; 2]) -> Weighed<'_> {
        let [one, other] = groups.map(|group| &self.groups[group as usize]);
        // A group that must stay apart is no rival.
        let is_apart = |group: u32, near: u32| {
            !self.lists.is_empty() && self.are_apart(group, &self.all_articles(self.story_of(near)))
        };
        let closest = |group: u32, but: u32| {
            let mut near = self.groups[group as usize].near.iter();
            near.find(|near| near.group != but && !is_apart(group, near.group)).map_or(0.0, |near| near.cosine)
        };
        let others = [closest(groups[0], groups[1]), closest(groups[1], groups[0])];
        Weighed {
            evidence: one.profile.evidence(&other.profile, others),
            kind: one.profile.kind(&other.profile, self.calendar.is_of_few_days()),
            articles: [&one.articles, &other.articles],
        }
    }

    /// All pairs of close groups, weighed.
    pub fn weigh_all(&mut self, mut observe: impl FnMut(&Weighed<'_>)) {
        for group in 0..self.groups.len() as u32 {
            self.refresh(group);
            for near in self.groups[group as usize].near.clone() {
                self.refresh(near.group);
                observe(&self.weigh([group, near.group]));
            }
        }
    }

    /// Brings the list of the closest groups of a group up to date.
    fn refresh(&mut self, group: u32) {
        let is_fresh = |near: &Near| self.groups[near.group as usize].version == near.version;
        if self.groups[group as usize].near.iter().all(is_fresh) {
            return;
        }
        let old = std::mem::take(&mut self.groups[group as usize].near);
        let mut list = Group::default();
        for near in old {
            if is_fresh_in(&self.groups, &near) {
                list.consider(near);
                continue;
            }
            let other = self.find(near.group);
            if other != group {
                list.consider(self.near(group, other));
            }
        }
        self.groups[group as usize].near = list.near;
    }

    /// How close another group is to a group.
    fn near(&self, group: u32, other: u32) -> Near {
        let [own, others] = [group, other].map(|group| &self.groups[group as usize]);
        let cosine = own.profile.mean_cosine(&others.profile, Field::Body as usize);
        Near { group: other, version: others.version, cosine }
    }

    /// Puts two groups together, the first of which has the smaller number and stays.
    fn merge(&mut self, [one, other]: [u32; 2]) {
        let taken = std::mem::take(&mut self.groups[other as usize]);
        self.groups[other as usize].version = taken.version + 1;
        self.above[other as usize] = one;
        let group = &mut self.groups[one as usize];
        group.profile.add(&taken.profile);
        group.articles.extend(taken.articles);
        group.articles.sort_unstable();
        group.copies.extend(taken.copies);
        group.language = group.language.or(taken.language);
        group.version += 1;
        let mut known: Vec<u32> =
            std::mem::take(&mut group.near).iter().chain(&taken.near).map(|near| near.group).collect();
        if known.len() < NEAR {
            let mut tally = std::mem::take(&mut self.tally);
            known.extend(self.closest(one, &mut tally).iter().map(|near| near.group));
            self.tally = tally;
        }
        let mut known: Vec<u32> =
            known.into_iter().map(|group| self.find(group)).filter(|group| *group != one).collect();
        known.sort_unstable();
        known.dedup();
        for other in known {
            let near = self.near(one, other);
            self.groups[one as usize].consider(near);
            let own = Near { group: one, version: self.groups[one as usize].version, cosine: near.cosine };
            self.groups[other as usize].consider(own);
        }
    }

    /// Whether two groups must stay apart: since somebody asked for it, or since they are different uses of a template.
    fn is_vetoed(&self, groups: [u32; 2]) -> bool {
        let [one, other] = groups.map(|group| &self.groups[group as usize]);
        let forms = |group: &Group| -> Vec<&Form> {
            group.articles.iter().take(MOST_FORMS).map(|article| &self.articles[*article as usize].form).collect()
        };
        let (ours, theirs) = (forms(one), forms(other));
        let pairs = ours.iter().flat_map(|form| theirs.iter().map(move |other| form.is_other_use(other)));
        let uses = pairs.filter(|is_other_use| *is_other_use).count();
        2 * uses >= ours.len() * theirs.len()
            || (!self.lists.is_empty() && self.are_apart(groups[0], &self.all_articles(groups[1])))
    }
}

fn is_fresh_in(groups: &[Group], near: &Near) -> bool {
    groups[near.group as usize].version == near.version
}

impl Group {
    /// Keeps another group in the list of the closest if it is one of them. What is known of it already is replaced.
    fn consider(&mut self, near: Near) {
        self.near.retain(|known| known.group != near.group);
        let place = self.near.partition_point(|known| {
            known.cosine > near.cosine || (known.cosine == near.cosine && known.group < near.group)
        });
        if place < NEAR {
            self.near.insert(place, near);
            self.near.truncate(NEAR);
        }
    }
}
