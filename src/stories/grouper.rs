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

mod answers;
mod nearest;

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::calendar::Calendar;
use super::candidates::{Index, Tally};
use super::document::{Document, FIELDS, Facts, Field, documents};
use super::evidence::{Evidence, Profile};
use super::form::Form;
use super::join::{Decision, Kind};
use super::sparse::Sparse;
use super::terms::{Numbered, Terms};
use crate::language::Language;
use crate::model::Article;
use crate::union_find::UnionFind;
use crate::voices::{Families, Keep, Print, Printer, Prints, Why};

pub use nearest::NEAR;
use nearest::{Near, Nearest};

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
    /// Which articles are one group, which is called by the first of them.
    sets: UnionFind,
    /// For each article that is the first of a group the group; of others nothing is left.
    groups: Vec<Group>,
    index: Index,
    prints: Prints,
    tally: Tally,
    /// For each article that must be apart from others the lists that it is in.
    lists: FxHashMap<u32, Vec<u32>>,
    /// The first article with exactly such a print.
    same: FxHashMap<u64, u32>,
}

/// What is kept of an article.
#[derive(Debug)]
struct Kept {
    /// The article as a group of its own.
    profile: Profile,
    form: Form,
    language: Option<Language>,
    /// The article that it is a copy of, and was folded into.
    copy_of: Option<u32>,
}

impl Kept {
    fn new(facts: Facts, vectors: [Sparse; FIELDS]) -> Self {
        let Facts { language, day, titled, bodied, form } = facts;
        let profile = Profile {
            sums: Arc::new(vectors),
            size: 1,
            titled: u32::from(titled),
            bodied: u32::from(bodied),
            dated: u32::from(day.is_some()),
            days: day.map(|day| [day, day]),
        };
        Self { profile, form, language, copy_of: None }
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
    /// The closest other groups.
    near: Nearest,
    /// How often it has changed.
    version: u32,
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
        let first = self.len();
        self.add_apart(articles);
        self.settle_from(first, 0.0, |_| {});
    }

    /// Adds articles without putting anything together but copies.
    pub fn add_apart(&mut self, articles: &[Article]) {
        let first = self.len();
        let mut facts = Vec::with_capacity(articles.len());
        let mut numbered = Vec::with_capacity(articles.len());
        let mut prints = Vec::with_capacity(articles.len());
        for wave in articles.chunks(WAVE) {
            let (documents, printed) = rayon::join(|| documents(wave), || self.printed(wave));
            prints.extend(printed);
            for Document { counts, facts: of_document } in documents {
                numbered.push(self.terms.count(&counts));
                of_document.day.into_iter().for_each(|day| self.calendar.count(day));
                facts.push(of_document);
            }
        }
        let terms = &self.terms;
        let vectors: Vec<[Sparse; FIELDS]> =
            numbered.into_par_iter().map(|numbered: Numbered| terms.weigh(&numbered)).collect();
        for ((facts, vectors), print) in facts.into_iter().zip(vectors).zip(prints) {
            self.take_in(Kept::new(facts, vectors), print);
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
    fn take_in(&mut self, kept: Kept, print: Print) {
        let article = u32::try_from(self.len()).expect("fewer than 2^32 articles");
        let originals = self.originals(article, print);
        self.articles.push(kept);
        self.sets.push();
        self.groups.push(Group::default());
        if let Some(original) = originals.into_iter().find(|original| self.folds(*original, article)) {
            self.articles[article as usize].copy_of = Some(original);
            let group = self.sets.find(original as usize);
            self.sets.put(article as usize, group);
            self.groups[group].copies.push(article);
            return;
        }
        let Kept { profile, language, .. } = &self.articles[article as usize];
        self.index.file(article, &profile.sums[Field::Body as usize]);
        let (profile, language) = (profile.clone(), *language);
        self.groups[article as usize] = Group { profile, articles: vec![article], language, ..Group::default() };
    }

    /// The articles that the next one may be a copy of, by its print, which is filed.
    fn originals(&mut self, article: u32, print: Print) -> Vec<u32> {
        // A text that stands in many uses of a template is not found under each of its shingles.
        let same = print.fingerprint().map(|text| *self.same.entry(text).or_insert(article));
        let copies = self.prints.add(print);
        let is_shared = |why: Why| matches!(why, Why::Shared { containment } if containment >= FOLD_SHARE);
        let shared = copies.iter().filter(|copy| is_shared(copy.why)).map(|copy| copy.article as u32);
        let found = same.filter(|same| *same != article).into_iter().chain(shared);
        found.map(|found| self.original(found)).collect()
    }

    /// The article that another one is a copy of, or itself.
    pub fn original(&self, article: u32) -> u32 {
        self.articles[article as usize].copy_of.unwrap_or(article)
    }

    /// Whether a copy of an article is the same news.
    fn folds(&self, original: u32, copy: u32) -> bool {
        let [one, other] = [original, copy].map(|article| &self.articles[article as usize]);
        one.profile.days_between(&other.profile).is_none_or(|days| days <= FOLD_DAYS)
            && self.same_language(one.language, other.language)
            && !one.form.is_other_use(&other.form)
            && !self.are_apart(|| self.all_articles(self.story_of(original)), || vec![copy])
    }

    fn same_language(&self, one: Option<Language>, other: Option<Language>) -> bool {
        self.options.across_languages || one.is_none() || other.is_none() || one == other
    }

    /// Whether somebody asked that one of some articles be apart from one of others.
    fn are_apart(&self, some: impl Fn() -> Vec<u32>, others: impl Fn() -> Vec<u32>) -> bool {
        if self.lists.is_empty() {
            return false;
        }
        let lists = |article: &u32| self.lists.get(article).into_iter().flatten().copied();
        let of_some: FxHashSet<u32> = some().iter().flat_map(lists).collect();
        others().iter().flat_map(lists).any(|list| of_some.contains(&list))
    }

    /// The same of the articles of two groups.
    fn are_groups_apart(&self, groups: [u32; 2]) -> bool {
        let [one, other] = groups.map(|group| move || self.all_articles(group));
        self.are_apart(one, other)
    }

    /// The number of the story that an article is in: that of its first article.
    pub fn story_of(&self, article: u32) -> u32 {
        self.sets.top(article as usize) as u32
    }

    /// Finds the closest groups of those that begin at `first`, and has them known to these.
    fn find_near(&mut self, first: usize) {
        let this = &*self;
        let near: Vec<Nearest> = (first as u32..self.len() as u32)
            .into_par_iter()
            .map_init(Tally::default, |tally, group| this.closest(group, tally))
            .collect();
        for (group, list) in (first as u32..).zip(&near) {
            for near in list.iter() {
                let version = self.groups[group as usize].version;
                self.groups[near.group as usize].near.consider(Near { group, version, cosine: near.cosine });
            }
        }
        for (group, list) in (first..).zip(near) {
            list.iter().for_each(|near| self.groups[group].near.consider(*near));
        }
    }

    /// The closest groups of a group, by the mean cosine of their bodies.
    fn closest(&self, group: u32, tally: &mut Tally) -> Nearest {
        let own = &self.groups[group as usize];
        if own.articles.is_empty() {
            return Nearest::default();
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
        closest.into_iter().map(|other| near_of(&self.groups, group, other)).collect()
    }

    /// Puts groups together, the likeliest two first, down to such log-odds: at 0 until for no two it is more likely than not
    /// that they are one story. `observe` sees what was weighed last before each two are put together.
    pub fn settle(&mut self, threshold: f64, observe: impl FnMut(&Weighed<'_>)) {
        self.settle_from(0, threshold, observe);
    }

    /// The same where nothing has changed but for the articles from `first` on.
    fn settle_from(&mut self, first: usize, threshold: f64, mut observe: impl FnMut(&Weighed<'_>)) {
        self.put_together();
        let mut heap = BinaryHeap::new();
        for group in first..self.groups.len() {
            if !self.groups[group].articles.is_empty() {
                self.push_near(group as u32, threshold, &mut heap);
            }
        }
        while let Some(pair) = heap.pop() {
            if self.versions(pair.groups) != pair.versions {
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
            self.merge(pair.groups);
            self.push_near(pair.groups[0], threshold, &mut heap);
        }
    }

    /// Puts together what was asked for.
    fn put_together(&mut self) {
        for [a, b] in self.options.together.clone() {
            let [a, b] = [a, b].map(|article| self.sets.find(article as usize) as u32);
            if a != b && !self.are_groups_apart([a, b]) {
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
        for near in self.groups[group as usize].near.clone().iter() {
            let groups = [group.min(near.group), group.max(near.group)];
            self.refresh(near.group);
            let weighed = self.weigh(groups);
            let log_odds = self.log_odds(&weighed);
            if log_odds >= threshold {
                heap.push(Pair { log_odds, groups, versions: self.versions(groups) });
            }
        }
    }

    fn versions(&self, groups: [u32; 2]) -> [u32; 2] {
        groups.map(|group| self.groups[group as usize].version)
    }

    fn log_odds(&self, weighed: &Weighed<'_>) -> f64 {
        self.options.decision.weights(weighed.kind).log_odds(&weighed.evidence)
    }

    /// What speaks for and against two groups being one, whose lists of the closest are up to date.
    fn weigh(&self, groups: [u32; 2]) -> Weighed<'_> {
        let [one, other] = groups.map(|group| &self.groups[group as usize]);
        // A group that must stay apart is no rival.
        let closest = |group: u32, but: u32| {
            let mut near = self.groups[group as usize].near.iter();
            let rival = near.find(|near| near.group != but && !self.are_groups_apart([group, near.group]));
            rival.map_or(0.0, |near| near.cosine)
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
            for near in self.groups[group as usize].near.clone().iter() {
                self.refresh(near.group);
                observe(&self.weigh([group, near.group]));
            }
        }
    }

    /// Brings the list of the closest groups of a group up to date.
    fn refresh(&mut self, group: u32) {
        let Self { groups, sets, .. } = self;
        let is_fresh = |near: &Near| groups[near.group as usize].version == near.version;
        if groups[group as usize].near.iter().all(is_fresh) {
            return;
        }
        let mut list = Nearest::default();
        for near in groups[group as usize].near.iter() {
            let other = sets.find(near.group as usize) as u32;
            if is_fresh(near) {
                list.consider(*near);
            } else if other != group {
                list.consider(near_of(groups, group, other));
            }
        }
        self.groups[group as usize].near = list;
    }

    /// Puts two groups together, the first of which has the smaller number and stays.
    fn merge(&mut self, [one, other]: [u32; 2]) {
        let taken = std::mem::take(&mut self.groups[other as usize]);
        self.groups[other as usize].version = taken.version + 1;
        self.sets.put(other as usize, one as usize);
        let mut known: Vec<u32> = taken.near.iter().map(|near| near.group).collect();
        let group = &mut self.groups[one as usize];
        known.extend(std::mem::take(&mut group.near).iter().map(|near| near.group));
        group.take_in(taken);
        if known.len() < NEAR {
            let mut tally = std::mem::take(&mut self.tally);
            known.extend(self.closest(one, &mut tally).iter().map(|near| near.group));
            self.tally = tally;
        }
        known.iter_mut().for_each(|group| *group = self.sets.find(*group as usize) as u32);
        known.sort_unstable();
        known.dedup();
        for other in known.into_iter().filter(|group| *group != one) {
            let near = near_of(&self.groups, one, other);
            let own = Near { group: one, version: self.groups[one as usize].version, cosine: near.cosine };
            self.groups[one as usize].near.consider(near);
            self.groups[other as usize].near.consider(own);
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
        2 * uses >= ours.len() * theirs.len() || self.are_groups_apart(groups)
    }
}

/// How close another group is to a group.
fn near_of(groups: &[Group], group: u32, other: u32) -> Near {
    let [own, others] = [group, other].map(|group| &groups[group as usize]);
    let cosine = own.profile.mean_cosine(&others.profile, Field::Body as usize);
    Near { group: other, version: others.version, cosine }
}

impl Group {
    /// Takes in what another group has.
    fn take_in(&mut self, other: Self) {
        self.profile.add(&other.profile);
        self.articles.extend(other.articles);
        self.articles.sort_unstable();
        self.copies.extend(other.copies);
        self.language = self.language.or(other.language);
        self.version += 1;
    }
}
