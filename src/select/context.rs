//! A story in, what speaks against quoting each sentence alone, and what it leans on, out.
//!
//! `guard` judges a sentence by itself; here it is judged by where it stands: inside a long quotation, behind a colon, in a
//! transcript, with a name or a thing that an earlier sentence introduced. A sentence that leans on another can be quoted
//! behind that one.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::definites::{definites, mentions, nouns};
use super::guard::{Objection, SLIGHT_WORDS, objection};
use super::leaning::person_meant;
use super::names::{common_words, names};
use super::openers::Openers;
use crate::language::{Language, is_unspaced};
use crate::marks::{closes, closes_quotation, opens_quotation};
use crate::model::{ArticleId, BlockKind, Cluster, Guards, SentenceId, Span};
use crate::rank::Story;
use crate::segment::Lexicon;

/// What must stand in a digest in front of a sentence that leans on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// This sentence of its article, and between the two in the digest nothing but what stands between them there.
    Before(SentenceId),
    /// Any of these, in the order of ids; the first mention in its own article is brought along where none is there.
    Any { first: SentenceId, providers: Arc<[SentenceId]> },
}

impl Need {
    /// Whether a sentence is one of those that explain what leans on them.
    pub fn is_explained_by(&self, id: SentenceId) -> bool {
        match self {
            Self::Before(_) => false,
            Self::Any { first, providers } => *first == id || providers.binary_search(&id).is_ok(),
        }
    }
}

/// For every sentence of a story what speaks against quoting it alone, and what would mend that.
#[derive(Clone, Debug)]
pub(super) struct Context {
    objections: Vec<Option<Objection>>,
    needs: FxHashMap<SentenceId, Vec<Need>>,
    /// How far each sentence can be understood without the ones around it, in (0, 1].
    clarity: Vec<f64>,
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

impl Context {
    /// Judges every sentence of a story.
    pub fn of(story: &Story<'_>) -> Self {
        let mut objections = alone(story);
        let cluster = story.sentences.cluster();
        let articles: Vec<ArticleId> = (0..cluster.articles.len()).map(ArticleId::from).collect();
        let framed: Vec<Vec<SentenceId>> = articles.par_iter().map(|id| framed(story, *id)).collect();
        for id in framed.into_iter().flatten() {
            let objection = &mut objections[id.index()];
            if objection.is_none_or(|objection| objection.can_be_mended()) {
                *objection = Some(Objection::NoSpeaker);
            }
        }
        let mut context = Self { objections, needs: FxHashMap::default(), clarity: vec![1.0; story.sentences.len()] };
        context.find_needs(story);
        context
    }

    /// Judges every sentence, or lets every one through.
    pub fn by(story: &Story<'_>, guards: Guards) -> Self {
        match guards {
            Guards::On => Self::of(story),
            Guards::Off => Self::without_guards(story),
        }
    }

    fn without_guards(story: &Story<'_>) -> Self {
        Self {
            objections: vec![None; story.sentences.len()],
            needs: FxHashMap::default(),
            clarity: vec![1.0; story.sentences.len()],
        }
    }

    /// What speaks against quoting each sentence alone.
    pub fn objections(&self) -> &[Option<Objection>] {
        &self.objections
    }

    /// Whether a sentence may be chosen, alone or behind what it leans on.
    pub fn is_quotable(&self, story: &Story<'_>, id: SentenceId) -> bool {
        // A sentence of stop words alone tells nothing.
        !story.matrix.terms(id).is_empty()
            && match self.objections[id.index()] {
                None => true,
                Some(Objection::Slight) => {
                    let words = story.sentences.text(id).split_whitespace().count();
                    story.sentences.get(id).position == 0 && words >= FEWEST_OPENING_WORDS
                }
                Some(objection) => {
                    let text = story.sentences.text(id);
                    let says_enough = || text.contains(is_unspaced) || text.split_whitespace().count() >= SLIGHT_WORDS;
                    let mended = match objection {
                        // These need the very sentence before them.
                        objection if objection.leans_on_the_one_before() => self.before(id).is_some(),
                        _ => objection.can_be_mended(),
                    };
                    mended && says_enough()
                }
            }
    }

    /// How far a sentence can be understood without the ones around it, in (0, 1].
    pub fn clarity(&self, id: SentenceId) -> f64 {
        self.clarity[id.index()]
    }

    /// Whether all that a sentence leans on is among the picks.
    pub fn is_met(&self, id: SentenceId, picks: &FxHashSet<SentenceId>) -> bool {
        self.missing(id, picks, &[]).is_none()
    }

    /// Whether a sentence leans on nothing.
    pub fn stands_alone(&self, id: SentenceId) -> bool {
        !self.needs.contains_key(&id)
    }

    /// Whether a sentence can stand without what it leans on, if need be: a name or a thing in it is not explained then.
    pub fn stands_alone_badly(&self, id: SentenceId) -> bool {
        matches!(self.objections[id.index()], Some(Objection::Name | Objection::Definite))
    }

    /// Whether a pick is one that a sentence leans on.
    pub fn is_helped_by(&self, id: SentenceId, pick: SentenceId) -> bool {
        self.needs(id).iter().any(|need| match need {
            Need::Before(before) => *before == pick,
            any => any.is_explained_by(pick),
        })
    }

    /// Something that a sentence leans on and that is neither among the picks nor among those added: what to bring along.
    fn missing(&self, id: SentenceId, picks: &FxHashSet<SentenceId>, added: &[SentenceId]) -> Option<SentenceId> {
        let is_there = |other: &SentenceId| *other != id && (picks.contains(other) || added.contains(other));
        self.needs.get(&id)?.iter().find_map(|need| match need {
            Need::Before(before) => (!is_there(before)).then_some(*before),
            Need::Any { first, providers } => {
                // The shorter of the two lists is gone through.
                let met = if providers.len() <= picks.len() {
                    providers.iter().any(is_there)
                } else {
                    let provides = |pick: &&SentenceId| **pick != id && providers.binary_search(pick).is_ok();
                    picks.iter().any(|pick| provides(&pick)) || added.iter().any(|pick| provides(&pick))
                };
                (!met && !is_there(first)).then_some(*first)
            }
        })
    }

    /// What must be added to the picks so that a sentence can stand among them, without the sentence; `None` where
    /// something of that cannot be quoted.
    pub fn antecedents(
        &self,
        story: &Story<'_>,
        id: SentenceId,
        picks: &FxHashSet<SentenceId>,
    ) -> Option<Vec<SentenceId>> {
        let mut added = Vec::new();
        self.add_antecedents(story, id, picks, &mut added, LONGEST_CHAIN)?;
        Some(added)
    }

    fn add_antecedents(
        &self,
        story: &Story<'_>,
        id: SentenceId,
        picks: &FxHashSet<SentenceId>,
        added: &mut Vec<SentenceId>,
        depth: usize,
    ) -> Option<()> {
        while let Some(missing) = self.missing(id, picks, added) {
            if depth == 0 || missing == id || !self.is_quotable(story, missing) {
                return None;
            }
            self.add_antecedents(story, missing, picks, added, depth - 1)?;
            added.push(missing);
        }
        Some(())
    }

    /// What stands in front of a sentence in a digest, if something has to, with nothing but sentences between that stand
    /// between them in their article, too.
    pub fn before(&self, id: SentenceId) -> Option<SentenceId> {
        self.needs.get(&id)?.iter().find_map(|need| match need {
            Need::Before(before) => Some(*before),
            Need::Any { .. } => None,
        })
    }

    /// Whether a sentence has to stand directly behind another, and whether it leans on something anywhere before it.
    pub fn leans(&self, id: SentenceId) -> [bool; 2] {
        let before = |need: &Need| matches!(need, Need::Before(_));
        let needs = self.needs(id);
        [needs.iter().any(before), needs.iter().any(|need| !before(need))]
    }

    /// What a sentence leans on, each of which has to stand in front of it.
    pub fn needs(&self, id: SentenceId) -> &[Need] {
        self.needs.get(&id).map_or(&[], Vec::as_slice)
    }

    fn find_needs(&mut self, story: &Story<'_>) {
        for id in story.sentences.ids() {
            let leans = self.objections[id.index()].is_some_and(Objection::leans_on_the_one_before);
            if leans && follows_directly(story, id) {
                let before = self.root(story, id);
                self.needs.entry(id).or_default().push(Need::Before(before));
            }
        }
        self.find_names(story);
        self.find_things(story);
    }

    /// The sentence that one leans on which leans on what is directly before it.
    ///
    /// Where a man is told of as *he* in one sentence after another, or a statement is quoted sentence by sentence, what
    /// all of them lean on is the sentence that names him: each can be quoted behind that one, without those in between.
    fn root(&self, story: &Story<'_>, id: SentenceId) -> SentenceId {
        let before = SentenceId::from(id.index() - 1);
        let Some(further) = self.before(before) else { return before };
        let goes_on = match (self.objections[before.index()], self.objections[id.index()]) {
            (Some(Objection::Quotation), Some(Objection::Quotation | Objection::Pronoun)) => true,
            (Some(Objection::Pronoun), Some(Objection::Pronoun)) => {
                let language = story.sentences.cluster()[story.sentences.get(id).article].language;
                let openers = Openers::of(language.as_ref().map_or("", Language::code));
                let meant = |id: SentenceId| person_meant(story.sentences.text(id), openers);
                meant(id).is_some_and(|person| meant(before) == Some(person))
            }
            _ => false,
        };
        if goes_on { further } else { before }
    }

    /// Surnames whose bearer an earlier sentence of the article introduced.
    fn find_names(&mut self, story: &Story<'_>) {
        let cluster = story.sentences.cluster();
        let prose =
            cluster.articles.iter().flat_map(|article| article.prose().map(|block| block.span.of(&article.text)));
        let common = common_words(prose);
        let known = known_names(story, &common);
        let named = Named::of(story, &common);
        let introduced: FxHashSet<&str> = named.0.iter().flat_map(|names| names.full.iter().copied()).collect();
        let mut leaning = Vec::new();
        for range in story.sentences.ranges() {
            let mut first: FxHashMap<&str, SentenceId> = FxHashMap::default();
            for id in range.clone().map(SentenceId::from) {
                named.0[id.index()].full.iter().for_each(|word| _ = first.entry(*word).or_insert(id));
            }
            for id in range.clone().map(SentenceId::from) {
                let names = &named.0[id.index()];
                let unknown = |name: &&&str| !names.full.contains(name) && !known.contains(**name);
                for word in names.bare.iter().filter(unknown) {
                    match first.get(word) {
                        Some(first) if *first < id => leaning.push(Leaning { id, word, first: *first }),
                        // Where its own article introduces nobody, it trusts readers to know. To lean on other articles
                        // then was measured and cost .4 points of ROUGE-2 on Multi-News at 220 words.
                        None if introduced.contains(word) => self.clarity[id.index()] = A_STRANGER,
                        _ => {}
                    }
                }
            }
        }
        let providers =
            holders(story, &leaning, |id, hold| named.0[id.index()].full.iter().for_each(|word| hold(word)));
        self.lean(leaning, &providers, Objection::Name);
    }

    /// Things that a sentence has as known and that an earlier sentence of the article brought up; and how far each sentence
    /// can be understood alone, by the words in it that often point out of it: pronouns, *the* before a word that the
    /// article had before, words of comparison. To count them is no proof, so they only lower a score.
    fn find_things(&mut self, story: &Story<'_>) {
        let found: Vec<(Vec<Leaning<'_>>, Vec<f64>)> =
            (0..story.sentences.ranges().len()).into_par_iter().map(|article| things(story, article)).collect();
        let mut leaning = Vec::new();
        let mut next = self.clarity.iter_mut();
        for (own, clarity) in found {
            leaning.extend(own);
            clarity.into_iter().zip(next.by_ref()).for_each(|(factor, clarity)| *clarity *= factor);
        }
        let providers = holders(story, &leaning, |id, hold| nouns(story.sentences.text(id), |word, _| hold(word)));
        self.lean(leaning, &providers, Objection::Definite);
    }

    fn lean(&mut self, leaning: Vec<Leaning<'_>>, providers: &Holders<'_>, objection: Objection) {
        for Leaning { id, word, first } in leaning {
            let own = &mut self.objections[id.index()];
            *own = own.or(Some(objection));
            self.needs.entry(id).or_default().push(Need::Any { first, providers: Arc::clone(&providers[word]) });
        }
    }
}

/// A word of a sentence that an earlier one explains.
struct Leaning<'t> {
    id: SentenceId,
    word: &'t str,
    /// The sentence of the same article that explains it first; the sentence before where none has the word.
    first: SentenceId,
}

/// For each word that sentences lean on those that explain it, in the order of ids.
type Holders<'t> = FxHashMap<&'t str, Arc<[SentenceId]>>;

/// The names of each sentence.
struct Named<'t>(Vec<Names<'t>>);

/// The words of the names of a sentence: surnames and what stands before them where a name is full, surnames alone.
#[derive(Default)]
struct Names<'t> {
    full: Vec<&'t str>,
    bare: Vec<&'t str>,
}

impl<'c> Named<'c> {
    fn of(story: &Story<'c>, common: &FxHashSet<&str>) -> Self {
        let of = |text: &'c str| {
            let mut all = Names::default();
            names(text, common, |name| match name.given {
                Some(given) => all.full.extend([given, name.surname]),
                None if name.full => all.full.push(name.surname),
                None => all.bare.push(name.surname),
            });
            all
        };
        let ids: Vec<SentenceId> = story.sentences.ids().collect();
        Self(ids.par_iter().with_min_len(SENTENCES_A_TASK).map(|id| of(story.sentences.text(*id))).collect())
    }
}

/// The sentences of an article, in order.
fn texts<'c>(story: &Story<'c>, article: usize) -> impl Iterator<Item = &'c str> {
    story.sentences.ranges()[article].clone().map(|at| story.sentences.text(SentenceId::from(at)))
}

/// Looks through all sentences for the words that some lean on; `words` calls back with those that a sentence explains.
fn holders<'c>(
    story: &Story<'_>,
    leaning: &[Leaning<'c>],
    words: impl Fn(SentenceId, &mut dyn FnMut(&str)),
) -> Holders<'c> {
    let mut holders: FxHashMap<&'c str, Vec<SentenceId>> =
        leaning.iter().map(|leaning| (leaning.word, Vec::new())).collect();
    if holders.is_empty() {
        return Holders::default();
    }
    for id in story.sentences.ids() {
        words(id, &mut |word| {
            if let Some(sentences) = holders.get_mut(word).filter(|sentences| sentences.last() != Some(&id)) {
                sentences.push(id);
            }
        });
    }
    holders.into_iter().map(|(word, sentences)| (word, sentences.into())).collect()
}

/// The things that the sentences of an article lean on, and the clarity of each of them.
fn things<'c>(story: &Story<'c>, article: usize) -> (Vec<Leaning<'c>>, Vec<f64>) {
    let id = |index: usize| SentenceId::from(story.sentences.ranges()[article].start + index);
    let mentioned = mentions(texts(story, article));
    let mut leaning = Vec::new();
    let mut clarity = Vec::new();
    for (index, text) in texts(story, article).enumerate() {
        let mut pointers = pointers(text);
        for thing in definites(text) {
            let earlier = mentioned.get(thing.noun).filter(|mention| mention.sentence < index);
            pointers += usize::from(thing.first && earlier.is_some());
            let of_a_kind = thing.kind && (thing.opens || thing.first);
            let first = match earlier {
                Some(mention) if mention.introduced || of_a_kind => Some(mention.sentence),
                Some(mention) if thing.opens && thing.first && !mention.definite => Some(mention.sentence),
                // Told of for the first time, and as known: only what stands before can show what it is.
                None if of_a_kind && index > 0 => Some(index - 1),
                _ => None,
            };
            leaning.extend(first.map(|first| Leaning { id: id(index), word: thing.noun, first: id(first) }));
        }
        clarity.push((1.0 - A_POINTER * pointers as f64).max(LEAST_CLARITY));
    }
    (leaning, clarity)
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
    static SET: OnceLock<FxHashSet<&str>> = OnceLock::new();
    let set = SET.get_or_init(|| POINTERS.iter().copied().collect());
    let mut count = 0;
    nouns(text, |_, raw| {
        let points = raw.len() <= LONGEST
            && if raw.starts_with(char::is_lowercase) {
                set.contains(raw)
            } else {
                set.contains(raw.to_lowercase().as_str())
            };
        count += usize::from(points);
    });
    count
}

/// Fewer sentences than this are not worth waking a second thread.
const SENTENCES_A_TASK: usize = 256;

/// What speaks against each sentence by itself, by the rules of its own language.
fn alone(story: &Story<'_>) -> Vec<Option<Objection>> {
    let cluster = story.sentences.cluster();
    let languages: FxHashSet<Option<Language>> = cluster.articles.iter().map(|article| article.language).collect();
    let lexicons: FxHashMap<Option<Language>, Lexicon> =
        languages.into_iter().map(|language| (language, Lexicon::new(language))).collect();
    let ids: Vec<SentenceId> = story.sentences.ids().collect();
    ids.par_iter()
        .with_min_len(SENTENCES_A_TASK)
        .map(|id| {
            let language = cluster[story.sentences.get(*id).article].language;
            let opens = story.sentences.get(*id).position == 0;
            objection(story.sentences.text(*id), language, &lexicons[&language], opens)
        })
        .collect()
}

/// Surnames that the headlines of several outlets have without more: readers know them.
fn known_names<'c>(story: &Story<'c>, common: &FxHashSet<&str>) -> FxHashSet<&'c str> {
    const FEWEST_HEADLINES: usize = 2;
    let cluster: &'c Cluster = story.sentences.cluster();
    let mut headlines: FxHashMap<&'c str, usize> = FxHashMap::default();
    for article in &cluster.articles {
        for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Headline).take(1) {
            names(block.span.of(&article.text), common, |name| {
                if !name.full {
                    *headlines.entry(name.surname).or_default() += 1;
                }
            });
        }
    }
    headlines.into_iter().filter(|(_, count)| *count >= FEWEST_HEADLINES).map(|(name, _)| name).collect()
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

/// The sentences of an article whose speaker stands elsewhere: inside a quotation that goes on over several sentences,
/// behind a colon, and all of a transcript.
fn framed(story: &Story<'_>, id: ArticleId) -> Vec<SentenceId> {
    let article = &story.sentences.cluster()[id];
    let text = &article.text;
    let ids: Vec<SentenceId> = story.sentences.range(id).map(SentenceId::from).collect();
    if is_transcript(article.blocks.iter().map(|block| block.span.of(text))) {
        return ids;
    }
    let mut quoted: Vec<Span> = Vec::new();
    for block in article.prose() {
        quoted.extend(quotations(block.span.of(text)).into_iter().map(|span| span.shifted(block.span.start)));
    }
    quoted.extend(tweets(text));
    quoted.sort();
    let mut next = 0;
    let mut framed = Vec::new();
    let mut behind_colon = false;
    for id in ids {
        let span = story.sentences.get(id).span;
        while quoted.get(next).is_some_and(|quotation| quotation.end <= span.start) {
            next += 1;
        }
        let inside =
            quoted.get(next).is_some_and(|quotation| quotation.start < span.start && span.end <= quotation.end);
        if inside || (behind_colon && follows_directly(story, id)) {
            framed.push(id);
        }
        behind_colon = span.of(text).trim_end_matches(closes).ends_with(':');
    }
    framed
}

/// Messages that are set into an article, up to the name of who sent them: `The pier is closed. — Ada Holm (@aholm)`.
fn tweets(text: &str) -> Vec<Span> {
    /// A message is at most so long, in bytes.
    const LONGEST: usize = 320;
    const LONGEST_NAME: usize = 60;
    let signed = text.match_indices("(@").filter_map(|(at, _)| {
        let start = at.saturating_sub(LONGEST_NAME);
        let start = (start..at).find(|at| text.is_char_boundary(*at))?;
        text[start..at].rfind('—').map(|dash| start + dash)
    });
    let begin = |dash: usize| {
        let start = dash.saturating_sub(LONGEST);
        let start = (start..=dash).find(|at| text.is_char_boundary(*at)).unwrap_or(dash);
        // A message does not reach over the paragraph that it stands in.
        text[start..dash].trim_end().rfind('\n').map_or(start, |end| start + end)
    };
    signed.map(|dash| Span::new(begin(dash).saturating_sub(1), dash + 1)).collect()
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
        let name = crate::model::head(block, LONGEST_NAME).split(':').next().unwrap_or_default();
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

/// The quotations of a paragraph, from the opening mark to the closing one or, where that is in a later paragraph, to the
/// end: but only where the mark opens the paragraph, since elsewhere its other half was forgotten. A straight mark that
/// looks like an opening one behind another tells the same.
fn quotations(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let behind = || text[at + c.len_utf8()..].chars().next();
        let opens_anew =
            || c == '"' && before.is_some_and(char::is_whitespace) && behind().is_some_and(char::is_alphanumeric);
        match open {
            Some((_, '"')) if opens_anew() => open = Some((at, c)),
            Some((start, opener)) if closes_quotation(opener, c) => {
                spans.push(Span::new(start, at + c.len_utf8()));
                open = None;
            }
            Some(_) => {}
            None if opens_quotation(c, before, behind()) => open = Some((at, c)),
            None => {}
        }
        before = Some(c);
    }
    spans.extend(
        open.filter(|(start, _)| text[..*start].trim().is_empty()).map(|(start, _)| Span::new(start, text.len())),
    );
    spans
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
        let context = Context::of(&story);
        story
            .sentences
            .ids()
            .map(|id| (story.sentences.text(id).to_owned(), context.objections()[id.index()]))
            .collect()
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
