//! A story in, what speaks against quoting each sentence alone, and what it leans on, out.
//!
//! `guard` judges a sentence by itself; here it is judged by where it stands: inside a long quotation, behind a colon, in a
//! transcript, with a name or a thing that an earlier sentence introduced. A sentence that leans on another can be quoted
//! behind that one.

use std::cell::{OnceCell, RefCell};
use std::hash::Hash;
use std::rc::Rc;
use std::sync::OnceLock;

use memchr::memmem;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::definites::{Mention, bare_words, definites, mention, mentions, nouns};
use super::guard::{Objection, SLIGHT_WORDS, objection};
use super::leaning::person_meant;
use super::lookup::Table;
use super::names::{CommonWords, may_be_in_full, names};
use super::openers::Openers;
use super::tasks::part_by_part;
use super::tokens::is_small;
use crate::language::{Language, is_unspaced};
use crate::marks::closes;
use crate::model::{Article, ArticleId, BlockKind, Cluster, Guards, SentenceId, Span};
use crate::quotations::{quotations, tweets};
use crate::rank::Story;
use crate::segment::Lexicon;

/// What must stand in a digest in front of a sentence that leans on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Need<'c> {
    /// This sentence of its article, and between the two in the digest nothing but what stands between them there.
    Before(SentenceId),
    /// Any sentence that has this word; the first mention in its own article is brought along where none is there.
    Any { first: SentenceId, word: Explained<'c> },
}

impl<'c> Need<'c> {
    /// The word that any sentence may explain, if that is what is needed.
    pub fn word(&self) -> Option<Explained<'c>> {
        match self {
            Self::Before(_) => None,
            Self::Any { word, .. } => Some(*word),
        }
    }
}

/// A word that one sentence leans on and another explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Explained<'c> {
    /// A surname, explained by a sentence that has it in a full name.
    Name(&'c str),
    /// A noun, explained by a sentence that has it at all.
    Thing(&'c str),
}

/// What speaks against quoting each sentence of a story alone, and what would mend that.
///
/// A sentence is judged when somebody first asks about it, and its article read for what it explains then: of a large
/// story few are ever looked at.
pub(super) struct Context<'s, 'c> {
    story: &'s Story<'c>,
    guards: Guards,
    /// Every language of the story with what is known of its words.
    lexicons: Vec<(Option<Language>, Lexicon)>,
    /// What speaks against each sentence by itself and by the quotation that it stands in.
    alone: RefCell<FxHashMap<SentenceId, Option<Objection>>>,
    /// What each sentence leans on that leans on the ones before it.
    roots: RefCell<FxHashMap<SentenceId, SentenceId>>,
    judged: RefCell<FxHashMap<SentenceId, Rc<Judged<'c>>>>,
    frames: RefCell<FxHashMap<ArticleId, Rc<Frames>>>,
    names: RefCell<FxHashMap<SentenceId, Rc<Names<'c>>>>,
    /// For each article the first sentences that have names in full, and the first mentions of nouns.
    introductions: RefCell<FxHashMap<ArticleId, Firsts<'c, SentenceId>>>,
    mentions: RefCell<FxHashMap<ArticleId, Firsts<'c, Mention>>>,
    people: OnceCell<People<'s>>,
    /// The words that any sentence of the story has in a full name.
    introduced: RefCell<Firsts<'c, ()>>,
}

/// What is known of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Judged<'c> {
    /// What speaks against quoting it alone.
    pub objection: Option<Objection>,
    /// What it leans on, each of which has to stand in front of it.
    pub needs: Vec<Need<'c>>,
    /// How far it can be understood without the ones around it, in (0, 1].
    pub clarity: f64,
}

/// What each word that may point out of a sentence takes from its clarity. Against 0 it costs .3 points of ROUGE-2 on
/// Multi-News at 220 words and none at 100 words, nor on AllSides; .12 costs .4 everywhere.
const A_POINTER: f64 = 0.06;

/// What a surname leaves of it that its own article introduces nowhere, and another does.
const A_STRANGER: f64 = 0.7;

/// However many pointers there are, they leave so much of it.
const LEAST_CLARITY: f64 = 0.6;

/// Even a sentence that opens an article has so many words, or it is a caption, or a call.
const FEWEST_OPENING_WORDS: usize = 6;

/// A sentence that is brought along may itself lean on another, and so on up to so many.
const LONGEST_CHAIN: usize = 2;

impl<'s, 'c> Context<'s, 'c> {
    /// The sentences of a story, to be judged one by one.
    pub fn new(story: &'s Story<'c>, guards: Guards) -> Self {
        let mut lexicons: Vec<(Option<Language>, Lexicon)> = Vec::new();
        for article in &story.sentences.cluster().articles {
            if lexicons.iter().all(|(known, _)| *known != article.language) {
                lexicons.push((article.language, Lexicon::new(article.language)));
            }
        }
        Self {
            story,
            guards,
            lexicons,
            alone: RefCell::default(),
            roots: RefCell::default(),
            judged: RefCell::default(),
            frames: RefCell::default(),
            names: RefCell::default(),
            introductions: RefCell::default(),
            mentions: RefCell::default(),
            people: OnceCell::new(),
            introduced: RefCell::default(),
        }
    }

    /// Judges every sentence, in parallel as far as each can be judged by itself; one entry a sentence.
    pub fn of_all(story: &'s Story<'c>, guards: Guards) -> Self {
        let context = Self::new(story, guards);
        if guards == Guards::On {
            let (story, lexicons) = (context.story, &context.lexicons);
            let ids: Vec<SentenceId> = story.sentences.ids().collect();
            let objections = |ids: &[SentenceId]| ids.iter().map(|id| (*id, by_itself(story, lexicons, *id))).collect();
            let judged: Vec<_> = part_by_part(&ids, objections);
            let framed = judged.into_iter().map(|(id, objection)| (id, context.unless_framed(id, objection)));
            let framed: FxHashMap<SentenceId, Option<Objection>> = framed.collect();
            context.alone.replace(framed);
        }
        context
    }

    /// What is known of a sentence.
    pub fn judged(&self, id: SentenceId) -> Rc<Judged<'c>> {
        if let Some(judged) = self.judged.borrow().get(&id) {
            return Rc::clone(judged);
        }
        let judged = Rc::new(match self.guards {
            Guards::On => self.judge(id),
            Guards::Off => Judged { objection: None, needs: Vec::new(), clarity: 1.0 },
        });
        self.judged.borrow_mut().insert(id, Rc::clone(&judged));
        judged
    }

    /// What speaks against quoting a sentence alone.
    pub fn objection(&self, id: SentenceId) -> Option<Objection> {
        self.judged(id).objection
    }

    /// Whether a sentence may be chosen, alone or behind what it leans on.
    pub fn is_quotable(&self, id: SentenceId) -> bool {
        let story = self.story;
        // A sentence of stop words alone tells nothing.
        if story.matrix.terms(id).is_empty() {
            return false;
        }
        // Most that cannot be quoted shows it by itself: what it leans on need not be looked for.
        match self.alone(id) {
            Some(Objection::Slight) => {
                let words = story.sentences.text(id).split_whitespace().count();
                return story.sentences.get(id).position == 0 && words >= FEWEST_OPENING_WORDS;
            }
            Some(objection) if !objection.can_be_mended() => return false,
            _ => {}
        }
        self.objection(id).is_none_or(|objection| {
            // Some need the very sentence before them.
            let mended = !objection.leans_on_the_one_before() || self.before(id).is_some();
            let text = story.sentences.text(id);
            mended && (text.contains(is_unspaced) || text.split_whitespace().count() >= SLIGHT_WORDS)
        })
    }

    /// Whether all that a sentence leans on is among the picks.
    pub fn is_met(&self, id: SentenceId, picks: &Explanations<'_, 's, 'c>) -> bool {
        self.missing(id, picks, &[]).is_none()
    }

    /// Whether a sentence leans on nothing.
    pub fn stands_alone(&self, id: SentenceId) -> bool {
        self.judged(id).needs.is_empty()
    }

    /// Whether a sentence can stand without what it leans on, if need be: a name or a thing in it is not explained then.
    pub fn stands_alone_badly(&self, id: SentenceId) -> bool {
        matches!(self.objection(id), Some(Objection::Name | Objection::Definite))
    }

    /// Whether a sentence is one that explains what leans on it by a need.
    pub fn explains(&self, id: SentenceId, need: &Need<'c>) -> bool {
        match need {
            Need::Before(_) => false,
            Need::Any { first, word } => *first == id || self.has(id, *word),
        }
    }

    /// Whether one of some sentences is one that another leans on.
    pub fn is_helped_by(&self, id: SentenceId, sentences: &Explanations<'_, 's, 'c>) -> bool {
        self.judged(id).needs.iter().any(|need| match need {
            Need::Before(before) => sentences.contains(*before),
            Need::Any { first, word } => sentences.contains(*first) || sentences.explain(*word, id),
        })
    }

    /// Something that a sentence leans on and that is neither among the picks nor among those added: what to bring along.
    fn missing(&self, id: SentenceId, picks: &Explanations<'_, 's, 'c>, added: &[SentenceId]) -> Option<SentenceId> {
        let is_there = |other: &SentenceId| *other != id && (picks.contains(*other) || added.contains(other));
        self.judged(id).needs.iter().find_map(|need| match need {
            Need::Before(before) => (!is_there(before)).then_some(*before),
            Need::Any { first, word } => {
                let met = is_there(first)
                    || picks.explain(*word, id)
                    || added.iter().any(|added| *added != id && self.has(*added, *word));
                (!met).then_some(*first)
            }
        })
    }

    /// What must be added to the picks so that a sentence can stand among them, without the sentence; `None` where
    /// something of that cannot be quoted.
    pub fn antecedents(&self, id: SentenceId, picks: &Explanations<'_, 's, 'c>) -> Option<Vec<SentenceId>> {
        let mut added = Vec::new();
        self.add_antecedents(id, picks, &mut added, LONGEST_CHAIN)?;
        Some(added)
    }

    fn add_antecedents(
        &self,
        id: SentenceId,
        picks: &Explanations<'_, 's, 'c>,
        added: &mut Vec<SentenceId>,
        depth: usize,
    ) -> Option<()> {
        while let Some(missing) = self.missing(id, picks, added) {
            if depth == 0 || missing == id || !self.is_quotable(missing) {
                return None;
            }
            self.add_antecedents(missing, picks, added, depth - 1)?;
            added.push(missing);
        }
        Some(())
    }

    /// What stands in front of a sentence in a digest, if something has to, with nothing but sentences between that stand
    /// between them in their article, too.
    pub fn before(&self, id: SentenceId) -> Option<SentenceId> {
        self.judged(id).needs.iter().find_map(|need| match need {
            Need::Before(before) => Some(*before),
            Need::Any { .. } => None,
        })
    }

    /// Whether a sentence has to stand directly behind another, and whether it leans on something anywhere before it.
    pub fn leans(&self, id: SentenceId) -> [bool; 2] {
        let before = |need: &Need| matches!(need, Need::Before(_));
        let judged = self.judged(id);
        [judged.needs.iter().any(before), judged.needs.iter().any(|need| !before(need))]
    }

    fn judge(&self, id: SentenceId) -> Judged<'c> {
        let mut judged = Judged { objection: self.alone(id), needs: Vec::new(), clarity: 1.0 };
        judged.needs.extend(self.root(id).map(Need::Before));
        self.judge_names(id, &mut judged);
        self.judge_things(id, &mut judged);
        judged
    }

    /// What speaks against a sentence by itself and by the quotation that it stands in.
    fn alone(&self, id: SentenceId) -> Option<Objection> {
        if self.guards == Guards::Off {
            return None;
        }
        if let Some(objection) = self.alone.borrow().get(&id) {
            return *objection;
        }
        let objection = self.unless_framed(id, by_itself(self.story, &self.lexicons, id));
        self.alone.borrow_mut().insert(id, objection);
        objection
    }

    /// What speaks against a sentence, given what speaks against it by itself.
    fn unless_framed(&self, id: SentenceId, objection: Option<Objection>) -> Option<Objection> {
        let mended = objection.is_none_or(Objection::can_be_mended);
        if mended && self.is_framed(id) {
            return Some(Objection::NoSpeaker);
        }
        objection
    }

    /// Whether the speaker of a sentence stands elsewhere: it is inside a quotation that goes on over several sentences,
    /// behind a colon, or in a transcript.
    fn is_framed(&self, id: SentenceId) -> bool {
        let sentence = self.story.sentences.get(id);
        let frames = once(&self.frames, sentence.article, || {
            Rc::new(Frames::of(&self.story.sentences.cluster()[sentence.article]))
        });
        let before = || self.story.sentences.text(SentenceId::from(id.index() - 1)).trim_end_matches(closes);
        let is_behind_colon = || sentence.position > 0 && before().ends_with(':') && follows_directly(self.story, id);
        frames.hold(sentence.span) || is_behind_colon()
    }

    /// The sentence that one leans on which leans on what is directly before it, if it is one of those.
    ///
    /// Where a man is told of as *he* in one sentence after another, or a statement is quoted sentence by sentence, what
    /// all of them lean on is the sentence that names him: each can be quoted behind that one, without those in between.
    fn root(&self, id: SentenceId) -> Option<SentenceId> {
        let leans = |id: SentenceId| {
            self.alone(id).is_some_and(Objection::leans_on_the_one_before) && follows_directly(self.story, id)
        };
        let mut start = id.index();
        while !self.roots.borrow().contains_key(&SentenceId::from(start)) && leans(SentenceId::from(start)) {
            start -= 1;
        }
        for at in start + 1..=id.index() {
            let (before, id) = (SentenceId::from(at - 1), SentenceId::from(at));
            let further = self.roots.borrow().get(&before).copied();
            let root = further.filter(|_| self.goes_on(before, id)).unwrap_or(before);
            self.roots.borrow_mut().insert(id, root);
        }
        self.roots.borrow().get(&id).copied()
    }

    /// Whether a sentence leans on what the one before it leans on.
    fn goes_on(&self, before: SentenceId, id: SentenceId) -> bool {
        let story = self.story;
        match (self.alone(before), self.alone(id)) {
            (Some(Objection::Quotation), Some(Objection::Quotation | Objection::Pronoun)) => true,
            (Some(Objection::Pronoun), Some(Objection::Pronoun)) => {
                let language = story.sentences.cluster()[story.sentences.get(id).article].language;
                let openers = Openers::of(language.as_ref().map_or("", Language::code));
                let meant = |id: SentenceId| person_meant(story.sentences.text(id), openers);
                meant(id).is_some_and(|person| meant(before) == Some(person))
            }
            _ => false,
        }
    }

    /// Surnames whose bearer an earlier sentence of the article introduced.
    fn judge_names(&self, id: SentenceId, judged: &mut Judged<'c>) {
        let article = self.story.sentences.get(id).article;
        let names = self.names(id);
        let unknown = |name: &&&str| !names.full.contains(name) && !self.people().known.contains(**name);
        for &word in names.bare.iter().filter(unknown) {
            match self.introduction(article, word) {
                Some(first) if first < id => {
                    judged.objection = judged.objection.or(Some(Objection::Name));
                    judged.needs.push(Need::Any { first, word: Explained::Name(word) });
                }
                // Where its own article introduces nobody, it trusts readers to know. To lean on other articles
                // then was measured and cost .4 points of ROUGE-2 on Multi-News at 220 words.
                None if self.is_introduced(word) => judged.clarity = A_STRANGER,
                _ => {}
            }
        }
    }

    /// The names of a sentence.
    fn names(&self, id: SentenceId) -> Rc<Names<'c>> {
        once(&self.names, id, || Rc::new(Names::of(self.story.sentences.text(id), &self.people().common)))
    }

    /// The first sentence of an article that has a word in a full name.
    fn introduction(&self, article: ArticleId, word: &'c str) -> Option<SentenceId> {
        let mut articles = self.introductions.borrow_mut();
        let seek = || self.full_name_with(article, word, &memmem::Finder::new(word));
        let all = |note: &mut dyn FnMut(&'c str, SentenceId)| {
            for id in self.story.sentences.range(article).map(SentenceId::from) {
                let names = Names::of(self.story.sentences.text(id), &self.people().common);
                names.full.into_iter().for_each(|name| note(name, id));
            }
        };
        articles.entry(article).or_default().of(word, seek, all)
    }

    /// The same, looked for with a finder of the word.
    fn full_name_with(&self, article: ArticleId, word: &'c str, finder: &memmem::Finder<'_>) -> Option<SentenceId> {
        sentences_with(self.story, article, finder, may_be_in_full).find(|id| self.names(*id).full.contains(&word))
    }

    /// Whether a sentence of the story has a word in a full name.
    fn is_introduced(&self, word: &'c str) -> bool {
        let count = self.story.sentences.ranges().len();
        let seek = || {
            let finder = memmem::Finder::new(word);
            let (story, common) = (self.story, &self.people().common);
            let has_it = |id: SentenceId| Names::of(story.sentences.text(id), common).full.contains(&word);
            let introduces =
                |article: usize| sentences_with(story, article.into(), &finder, may_be_in_full).any(has_it);
            // Where it is common, the first articles have it.
            let first = count.min(ARTICLES_A_TASK);
            let is_introduced = (0..first).any(|article| self.full_name_with(article.into(), word, &finder).is_some())
                || (first..count).into_par_iter().with_min_len(ARTICLES_A_TASK).any(introduces);
            is_introduced.then_some(())
        };
        let all = |note: &mut dyn FnMut(&'c str, ())| {
            let (story, common) = (self.story, &self.people().common);
            let parts: Vec<FxHashSet<&'c str>> = (0..count)
                .into_par_iter()
                .with_min_len(ARTICLES_A_TASK)
                .fold(FxHashSet::default, |mut all, article| {
                    for id in story.sentences.range(article.into()).map(SentenceId::from) {
                        all.extend(Names::of(story.sentences.text(id), common).full);
                    }
                    all
                })
                .collect();
            parts.into_iter().flatten().for_each(|name| note(name, ()));
        };
        self.introduced.borrow_mut().of(word, seek, all).is_some()
    }

    fn people(&self) -> &People<'s> {
        self.people.get_or_init(|| People::of(self.story))
    }

    /// Whether a sentence explains a word.
    fn has(&self, id: SentenceId, word: Explained<'c>) -> bool {
        match word {
            Explained::Name(word) => self.names(id).full.contains(&word),
            Explained::Thing(word) => {
                let mut has = false;
                nouns(self.story.sentences.text(id), |noun, _| has |= noun == word);
                has
            }
        }
    }

    /// Calls `each` with every word that a sentence explains, as often as it stands there; none without guards.
    pub fn each_explained(&self, id: SentenceId, mut each: impl FnMut(Explained<'c>)) {
        if self.guards == Guards::On {
            self.names(id).full.iter().for_each(|name| each(Explained::Name(name)));
            nouns(self.story.sentences.text(id), |noun, _| each(Explained::Thing(noun)));
        }
    }

    /// Things that a sentence has as known and that an earlier sentence of the article brought up; and how far it can be
    /// understood alone, by the words in it that often point out of it: pronouns, *the* before a word that the article had
    /// before, words of comparison. To count them is no proof, so they only lower a score.
    fn judge_things(&self, id: SentenceId, judged: &mut Judged<'c>) {
        let sentence = self.story.sentences.get(id);
        let (text, index) = (self.story.sentences.text(id), sentence.position as usize);
        let start = id.index() - index;
        let mut pointers = pointers(text);
        for thing in definites(text) {
            let earlier = self.mention(sentence.article, thing.noun).filter(|mention| mention.sentence < index);
            pointers += usize::from(thing.first && earlier.is_some());
            let of_a_kind = thing.kind && (thing.opens || thing.first);
            let first = match earlier {
                Some(mention) if mention.introduced || of_a_kind => Some(mention.sentence),
                Some(mention) if thing.opens && thing.first && !mention.definite => Some(mention.sentence),
                // Told of for the first time, and as known: only what stands before can show what it is.
                None if of_a_kind && index > 0 => Some(index - 1),
                _ => None,
            };
            if let Some(first) = first.map(|first| SentenceId::from(start + first)) {
                judged.objection = judged.objection.or(Some(Objection::Definite));
                judged.needs.push(Need::Any { first, word: Explained::Thing(thing.noun) });
            }
        }
        judged.clarity *= (1.0 - A_POINTER * pointers as f64).max(LEAST_CLARITY);
    }

    /// How an article first mentions a noun.
    fn mention(&self, article: ArticleId, noun: &'c str) -> Option<Mention> {
        let range = self.story.sentences.range(article);
        let mut articles = self.mentions.borrow_mut();
        let seek = || {
            let finder = memmem::Finder::new(noun);
            let mut sentences = sentences_with(self.story, article, &finder, begins_word);
            sentences.find_map(|id| mention(noun, id.index() - range.start, self.story.sentences.text(id)))
        };
        let all = |note: &mut dyn FnMut(&'c str, Mention)| {
            for (id, number) in range.clone().map(SentenceId::from).zip(0..) {
                mentions(number, self.story.sentences.text(id), &mut *note);
            }
        };
        articles.entry(article).or_default().of(noun, seek, all)
    }
}

/// What stands first in an article for each of the words that are asked for.
///
/// Mostly few are: each is looked for by itself then, which passes over the text fast. Once so many were looked for that
/// this has cost as much, all words are noted in one slow pass, so that no number of words takes longer than a few passes.
struct Firsts<'c, V> {
    /// By word; `None` where the article does not have it.
    known: FxHashMap<&'c str, Option<V>>,
    /// Whether all words that the article has are known.
    complete: bool,
}

/// To note all words of a text takes as long as to look for so many.
const MOST_SOUGHT: usize = 100;

impl<V> Default for Firsts<'_, V> {
    fn default() -> Self {
        Self { known: FxHashMap::default(), complete: false }
    }
}

impl<'c, V: Copy> Firsts<'c, V> {
    /// What stands first for a word: `seek` looks for that alone, `all` notes what stands there for each word, in order.
    fn of(
        &mut self,
        word: &'c str,
        seek: impl FnOnce() -> Option<V>,
        all: impl FnOnce(&mut dyn FnMut(&'c str, V)),
    ) -> Option<V> {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        if !self.complete && self.known.len() < MOST_SOUGHT {
            let found = seek();
            self.known.insert(word, found);
            return found;
        }
        if !self.complete {
            all(&mut |word, value| _ = self.known.entry(word).or_insert(Some(value)));
            self.complete = true;
        }
        self.known.get(word).copied().flatten()
    }
}

/// What is found out when it is first asked for.
fn once<K: Copy + Eq + Hash, V: Clone>(known: &RefCell<FxHashMap<K, V>>, key: K, find_out: impl FnOnce() -> V) -> V {
    if let Some(known) = known.borrow().get(&key) {
        return known.clone();
    }
    let found = find_out();
    known.borrow_mut().insert(key, found.clone());
    found
}

/// The sentences of an article whose text has what a finder looks for at a place that `may_be_it`, in order.
fn sentences_with<'s>(
    story: &'s Story<'_>,
    article: ArticleId,
    finder: &'s memmem::Finder<'_>,
    may_be_it: impl Fn(&str, usize) -> bool + 's,
) -> impl Iterator<Item = SentenceId> + 's {
    let text = &story.sentences.cluster()[article].text;
    let range = story.sentences.range(article);
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + finder.find(text.as_bytes().get(from..)?)?;
            if !may_be_it(text, at) {
                from = at + 1;
                continue;
            }
            // The first sentence that ends behind it.
            let (mut low, mut high) = (range.start, range.end);
            while low < high {
                let middle = low.midpoint(high);
                if story.sentences.get(SentenceId::from(middle)).span.end <= at {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            if low == range.end {
                return None;
            }
            let id = SentenceId::from(low);
            let span = story.sentences.get(id).span;
            from = if span.start <= at { span.end } else { span.start };
            if span.start <= at {
                return Some(id);
            }
        }
    })
}

/// Whether no letter or digit of ASCII stands in front of a place of a text.
fn begins_word(text: &str, at: usize) -> bool {
    at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric()
}

/// What speaks against a sentence by itself, by the rules of its own language.
fn by_itself(story: &Story<'_>, lexicons: &[(Option<Language>, Lexicon)], id: SentenceId) -> Option<Objection> {
    let sentence = story.sentences.get(id);
    let language = story.sentences.cluster()[sentence.article].language;
    let (_, lexicon) = lexicons.iter().find(|(known, _)| *known == language)?;
    objection(story.sentences.text(id), language, lexicon, sentence.position == 0)
}

/// Fewer articles than this are not worth waking a second thread.
const ARTICLES_A_TASK: usize = 256;

/// Sentences with the words that they explain, filed by those.
pub(super) struct Explanations<'x, 's, 'c> {
    context: &'x Context<'s, 'c>,
    sentences: FxHashSet<SentenceId>,
    /// How often each word stands in them.
    words: FxHashMap<Explained<'c>, usize>,
}

impl<'x, 's, 'c> Explanations<'x, 's, 'c> {
    /// None yet.
    pub fn new(context: &'x Context<'s, 'c>) -> Self {
        /// So many words are in the ten sentences of a usual digest.
        const EXPECTED: usize = 200;
        let words = FxHashMap::with_capacity_and_hasher(EXPECTED, FxBuildHasher);
        Self { context, sentences: FxHashSet::default(), words }
    }

    /// Files a sentence.
    pub fn add(&mut self, id: SentenceId) {
        self.sentences.insert(id);
        let words = &mut self.words;
        self.context.each_explained(id, |word| *words.entry(word).or_default() += 1);
    }

    /// Takes a sentence out again.
    pub fn remove(&mut self, id: SentenceId) {
        self.sentences.remove(&id);
        let words = &mut self.words;
        self.context.each_explained(id, |word| *words.entry(word).or_default() -= 1);
    }

    /// Whether a sentence is one of them.
    pub fn contains(&self, id: SentenceId) -> bool {
        self.sentences.contains(&id)
    }

    /// Whether one of them, other than `but`, explains a word.
    fn explain(&self, word: Explained<'c>, but: SentenceId) -> bool {
        let Some(mut count) = self.words.get(&word).copied() else { return false };
        if count > 0 && self.contains(but) {
            self.context.each_explained(but, |own| count -= usize::from(own == word));
        }
        count > 0
    }
}

/// What the whole story shows of names.
struct People<'c> {
    /// Words that it also has with a small letter.
    common: CommonWords<'c>,
    /// Surnames that the headlines of several outlets have without more: readers know them.
    known: FxHashSet<&'c str>,
}

impl<'c> People<'c> {
    fn of(story: &'c Story<'_>) -> Self {
        let cluster: &'c Cluster = story.sentences.cluster();
        let prose = |article: &'c Article| (article.text.as_str(), article.prose().map(|block| block.span()).collect());
        let texts = cluster.articles.iter().map(prose).collect();
        let common = CommonWords::of(texts, story.phrases.spellings());
        let known = known_names(cluster, &common);
        Self { common, known }
    }
}

/// Surnames that the headlines of several outlets have without more.
fn known_names<'c>(cluster: &'c Cluster, common: &CommonWords<'_>) -> FxHashSet<&'c str> {
    const FEWEST_HEADLINES: usize = 2;
    let mut headlines: FxHashMap<&'c str, usize> = FxHashMap::default();
    for article in &cluster.articles {
        for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Headline).take(1) {
            names(block.span().of(&article.text), common, |name| {
                if !name.full {
                    *headlines.entry(name.surname).or_default() += 1;
                }
            });
        }
    }
    headlines.into_iter().filter(|(_, count)| *count >= FEWEST_HEADLINES).map(|(name, _)| name).collect()
}

/// The words of the names of a sentence: surnames and what stands before them where a name is full, surnames alone.
#[derive(Default)]
struct Names<'c> {
    full: Vec<&'c str>,
    bare: Vec<&'c str>,
}

impl<'c> Names<'c> {
    fn of(text: &'c str, common: &CommonWords<'_>) -> Self {
        let mut all = Self::default();
        names(text, common, |name| match name.given {
            Some(given) => all.full.extend([given, name.surname]),
            None if name.full => all.full.push(name.surname),
            None => all.bare.push(name.surname),
        });
        all
    }
}

/// How many words of a text often point out of it.
fn pointers(text: &str) -> usize {
    #[rustfmt::skip]
    const POINTERS: &[&str] = &[
        "he", "she", "they", "it", "his", "her", "their", "its", "him", "them", "this", "that", "these", "those", "there", "so", "such", "then", "another", "other", "others", "same", "still",
        "again", "also", "earlier", "later", "more", "less", "former", "latter", "er", "sie", "es", "sein", "seine", "ihr", "ihre", "diese", "dieser", "dieses", "il", "elle", "ils", "elles", "son",
        "sa", "ses", "leur", "leurs", "ce", "cette", "ces", "cet", "él", "ella", "su", "sus", "este", "esta", "ese", "esa",
    ];
    const LONGEST: usize = 7;
    static SET: OnceLock<Table<()>> = OnceLock::new();
    let set = SET.get_or_init(|| Table::of(POINTERS));
    let mut count = 0;
    bare_words(text, |raw| {
        let points = raw.len() <= LONGEST && if is_small(raw) { set.has(raw) } else { set.has_in_any_case(raw) };
        count += usize::from(points);
    });
    count
}

/// Whether nothing but white space stands between a sentence and the one before it in its article.
pub(super) fn follows_directly(story: &Story<'_>, id: SentenceId) -> bool {
    let sentence = story.sentences.get(id);
    if sentence.position == 0 {
        return false;
    }
    let before = story.sentences.get(SentenceId::from(id.index() - 1));
    let text = &story.sentences.cluster()[sentence.article].text;
    text[before.span.end..sentence.span.start].trim().is_empty()
}

/// The stretches of an article whose speaker stands elsewhere.
struct Frames {
    /// Whether all of it is what several people said.
    transcript: bool,
    /// Quotations in order, each with the furthest end of those up to it.
    quoted: Vec<(Span, usize)>,
}

impl Frames {
    fn of(article: &Article) -> Self {
        let text = &article.text;
        if is_transcript(article.blocks.iter().map(|block| block.span().of(text))) {
            return Self { transcript: true, quoted: Vec::new() };
        }
        let mut quoted: Vec<Span> = tweets(text);
        for block in article.prose() {
            quoted.extend(quotations(block.span().of(text)).into_iter().map(|span| span.shifted(block.span().start)));
        }
        quoted.sort_unstable();
        let mut furthest = 0;
        let with_furthest = |span: Span| {
            furthest = furthest.max(span.end);
            (span, furthest)
        };
        Self { transcript: false, quoted: quoted.into_iter().map(with_furthest).collect() }
    }

    /// Whether a sentence stands in one of them, not at its beginning.
    fn hold(&self, sentence: Span) -> bool {
        // The first quotation that does not end in front of it.
        let at = self.quoted.partition_point(|(_, furthest)| *furthest <= sentence.start);
        let inside = |(quotation, _): &(Span, usize)| quotation.start < sentence.start && sentence.end <= quotation.end;
        self.transcript || self.quoted.get(at).is_some_and(inside)
    }
}

/// Whether an article is what several people said, each under a name in capitals with a colon: at least every sixth block,
/// and one of them more than once. `PHOTOS:` and `RELATED:` between the paragraphs of an article are nobody's names.
fn is_transcript<'t>(blocks: impl Iterator<Item = &'t str>) -> bool {
    const FEWEST_SPEECHES: usize = 3;
    const MOST_BLOCKS_A_SPEECH: usize = 6;
    const LONGEST_NAME: usize = 40;
    #[rustfmt::skip]
    const PAGE_WORDS: &[&str] = &[
        "PHOTO",
        "PHOTOS",
        "PICS",
        "VIDEO",
        "WATCH",
        "AUDIO",
        "LISTEN",
        "MAP",
        "RELATED",
        "MORE",
        "READ",
        "ALSO",
        "STORY",
        "UPDATE",
        "BREAKING",
        "EXCLUSIVE",
        "REPORT",
        "ORIGINAL",
        "LIVE",
        "OPINION",
        "EDITORIAL",
        "POLL",
        "GALLERY",
        "SEE",
    ];
    let mut speeches: FxHashMap<&str, usize> = FxHashMap::default();
    let mut all = 0;
    for block in blocks {
        all += 1;
        let name = crate::model::head(block, LONGEST_NAME);
        let name = memchr::memchr(b':', name.as_bytes()).map_or(name, |colon| &name[..colon]);
        let behind = &block[name.len()..];
        let colon = behind == ":" || behind.starts_with(": ") || behind.starts_with(":\u{a0}");
        let letters = || name.chars().filter(|c| c.is_alphabetic());
        let of_the_page = || name.split_whitespace().any(|word| PAGE_WORDS.contains(&word.trim_start_matches('(')));
        if colon && letters().count() > 2 && letters().all(char::is_uppercase) && !of_the_page() {
            *speeches.entry(name).or_default() += 1;
        }
    }
    let count: usize = speeches.values().sum();
    count >= FEWEST_SPEECHES.max(all / MOST_BLOCKS_A_SPEECH) && speeches.values().any(|speeches| *speeches > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Markup, ReadOptions, Reading, article};
    use crate::segment::sentences;

    fn judged(texts: &[&str]) -> Vec<(String, Option<Objection>)> {
        let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
        let articles = texts.iter().map(|text| article("x", text.to_string(), Markup::Plain, &options)).collect();
        let cluster = Reading::of(articles, Vec::new()).into_cluster();
        let story = Story::new(sentences(&cluster));
        let context = Context::new(&story, Guards::On);
        story.sentences.ids().map(|id| (story.sentences.text(id).to_owned(), context.objection(id))).collect()
    }

    #[test]
    fn words_are_looked_for_one_by_one_as_all_at_once() {
        let texts = [
            "Harbour Master Bram Askel closed the east pier of Port Ella. Askel’s deputy, Ludwig van Holm, saw a crack in \
             the pier—the third. The report of Mayor HolmHarbour said so: “Askel, Anna Holm and Brandt left the Harbour.”",
            "Brandt wrote two reports/letters. The letter said that Sanna Brandt’s Askel was old. An old pier is a pier.",
        ];
        let options = ReadOptions { language: "en".parse().ok(), ..ReadOptions::default() };
        let articles = texts.iter().map(|text| article("x", text.to_string(), Markup::Plain, &options)).collect();
        let cluster = Reading::of(articles, Vec::new()).into_cluster();
        let others: Vec<String> = (0..MOST_SOUGHT).map(|number| format!("Zz{number}")).collect();
        let story = Story::new(sentences(&cluster));
        let (one_by_one, all) = (|| Context::new(&story, Guards::On), Context::new(&story, Guards::On));
        let ids = [ArticleId(0), ArticleId(1)];
        for other in &others {
            let found = ids.map(|id| (all.introduction(id, other), all.mention(id, other)));
            assert!(found == [(None, None); 2] && !all.is_introduced(other));
        }
        let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        let mut found = [0; 2];
        for word in words.chain(["letter", "report", "van Holm"]).filter(|word| !word.is_empty()) {
            for id in ids {
                let context = one_by_one();
                let (introduction, mention) = (context.introduction(id, word), context.mention(id, word));
                assert_eq!((introduction, mention), (all.introduction(id, word), all.mention(id, word)), "{word}");
                assert_eq!(context.is_introduced(word), all.is_introduced(word), "{word}");
                found[0] += usize::from(introduction.is_some());
                found[1] += usize::from(mention.is_some());
            }
        }
        assert!(found.iter().all(|found| *found > 5), "{found:?}");
    }

    #[test]
    fn a_surname_leans_on_the_sentence_that_introduces_it() {
        let judged = judged(&[
            "Harbour Master Bram Askel closed the east pier on Tuesday morning. Askel said that divers would go down on Wednesday at first light. Mayor Askel said nothing at all about the pier.",
        ]);
        assert_eq!(judged[0].1, None);
        assert_eq!(judged[1].1, Some(Objection::Name));
        assert_eq!(judged[2].1, None);
    }

    #[test]
    fn a_thing_leans_on_the_sentence_that_brought_it_up() {
        let judged = judged(&[
            "The council asked for a report on the state of the pier. The report was late by more than two years. The council said nothing about the state of it.",
        ]);
        assert_eq!(judged[1].1, Some(Objection::Definite));
        assert_eq!(judged[2].1, None);
    }

    #[test]
    fn what_is_said_inside_a_long_quotation_or_a_transcript_has_no_speaker() {
        let long = format!(
            "“The pier was old. {} It broke on Tuesday morning,” the mayor of Port Ella said.",
            "Nobody had looked at the iron under the planks for years. ".repeat(8)
        );
        let judged = judged(&[&long]);
        assert!(judged.len() > 5);
        assert!(
            judged[1..judged.len() - 1].iter().all(|(_, objection)| *objection == Some(Objection::NoSpeaker)),
            "{judged:?}"
        );
        let judged = self::judged(&[
            "ANNA HOLM: The pier was closed on Tuesday by the town.\nBRAM ASKEL: The pier will open on Friday at noon.\nANNA HOLM: The town is happy to hear that today.",
        ]);
        assert!(judged.iter().all(|(_, objection)| objection.is_some()), "{judged:?}");
    }
}
