//! A ranking in, a [`Selection`] out.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::budget::{Costs, End};
use super::choose::{Chosen, choose, is_candidate};
use super::context::{Context, follows_directly};
use super::guard::Objection;
use super::news::{News, PassedOver};
use super::order::reading_order;
use super::redundancy::{Taken, echoes};
use super::worth::{Part, Worth};
use crate::model::{Budget, Guards, Options, SentenceId};
use crate::rank::{Ranking, Story};
use crate::told::Told;

/// A budget over this share of all running text, or of the quotable words if it is given in per cent, leaves little to
/// choose: the lead is given instead. In per cent.
const MOST_OF_INPUT_PERCENT: usize = 70;

/// A sentence that was chosen, and what else says the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// The sentence.
    pub sentence: SentenceId,
    /// Sentences of other articles that say the same, one an article at most.
    pub echoes: Vec<SentenceId>,
    /// What it was worth when it was chosen.
    pub score: f64,
    /// What made that up, if [`Options::explain`] asks for it: the score is their sum, in this order.
    pub parts: Vec<Part>,
}

/// How a selection came about, or why it is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Sentences were chosen by their rank.
    Chosen,
    /// The budget has room for most of the input, so its beginning was taken.
    Lead,
    /// The budget has room for all of the input, and all of it was taken.
    All,
    /// No sentence can stand alone, so an article was taken from its first whole sentence on: better the beginning of a
    /// story than nothing of it.
    Beginning,
    /// Every quotable sentence is longer than the budget; the shortest costs this much.
    NothingFits {
        /// In the unit of the budget.
        shortest: usize,
    },
    /// There is running text, but no sentence of it can stand alone.
    NothingQuotable,
    /// There is no running text.
    NoProse,
    /// All that could be quoted was told before, or stood in articles that were read before.
    NothingNew,
}

/// What was chosen, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// The picks. Empty unless the outcome is [`Outcome::Chosen`], [`Outcome::Lead`], [`Outcome::All`] or
    /// [`Outcome::Beginning`].
    pub picks: Vec<Pick>,
    /// How it came about.
    pub outcome: Outcome,
    /// How many sentences were passed over because they are no news; `None` where all are.
    pub passed_over: Option<PassedOver>,
}

/// Chooses the sentences of a digest.
pub fn select(story: &Story<'_>, ranking: &Ranking, options: &Options) -> Selection {
    select_ending(story, ranking, options, End::Whole)
}

/// Chooses the sentences of a digest for somebody who was told something before.
pub fn select_new(story: &Story<'_>, ranking: &Ranking, options: &Options, told: &Told) -> Selection {
    select_among(story, ranking, options, End::Whole, News::of(story, told).as_ref())
}

/// Chooses the sentences of a digest that ends as `end` says. Where the last one is to be cut, that is the one chosen last.
pub fn select_ending(story: &Story<'_>, ranking: &Ranking, options: &Options, end: End) -> Selection {
    select_among(story, ranking, options, end, None)
}

/// Chooses among the sentences that are news; among all if it is not given which are.
fn select_among(story: &Story<'_>, ranking: &Ranking, options: &Options, end: End, news: Option<&News>) -> Selection {
    let passed_over = news.map(News::passed_over).filter(|passed_over| *passed_over != PassedOver::default());
    let has_old = news.is_some_and(News::has_old);
    let nothing = |outcome| Selection { picks: Vec::new(), outcome, passed_over };
    if story.sentences.is_empty() {
        return nothing(Outcome::NoProse);
    }
    let share = matches!(options.budget, Budget::Percent(_));
    let context = if share { Context::of_all(story, options.guards) } else { Context::new(story, options.guards) };
    let candidates: Vec<SentenceId> = story.sentences.ids().filter(|id| is_candidate(story, news, *id)).collect();
    let quotable = || candidates.iter().copied().filter(|id| context.is_quotable(*id));
    let for_share: Vec<SentenceId> = if share { quotable().collect() } else { Vec::new() };
    let costs = Costs::new(story, options.budget, end, &for_share);
    let lead = match options.budget {
        // The beginning of a story was told, or is not what was asked for.
        _ if has_old => false,
        _ if ranking.answers().is_some() => costs.allow_share(100),
        Budget::Percent(percent) => percent as usize > MOST_OF_INPUT_PERCENT,
        _ => costs.allow_share(MOST_OF_INPUT_PERCENT),
    };
    let (ordered, outcome) = if lead {
        // Article by article, so that what leans on a sentence stands behind it.
        let taken = take_lead(story, ranking, &context, &costs, options);
        let outcome = if taken.len() == story.sentences.len() { Outcome::All } else { Outcome::Lead };
        (taken, outcome)
    } else {
        let fitting = costs.allowed_alone(&candidates);
        let chosen = choose(story, ranking, &context, &costs, &fitting, &options.redundancy, news);
        (in_reading_order(story, ranking, &context, chosen, end), Outcome::Chosen)
    };
    let may_begin = !has_old && ordered.is_empty();
    let (ordered, outcome) = if may_begin && !quotable().any(|id| context.stands_alone(id)) {
        (take_beginning(story, ranking, &context, &costs, options), Outcome::Beginning)
    } else {
        (ordered, outcome)
    };
    if ordered.is_empty() {
        let alone = quotable().filter(|id| context.stands_alone(*id));
        let shortest = alone.map(|id| costs.of(id)).min().filter(|shortest| *shortest > costs.limit);
        let without = if has_old { Outcome::NothingNew } else { Outcome::NothingQuotable };
        return nothing(shortest.map_or(without, |shortest| Outcome::NothingFits { shortest }));
    }
    let sentences: Vec<SentenceId> = ordered.iter().map(|chosen| chosen.sentence).collect();
    let mut echoes = echoes(story, &sentences, options.redundancy.echo);
    if let Some(news) = news {
        echoes.iter_mut().for_each(|echoes| echoes.retain(|id| !news.was_told(*id)));
    }
    let pick = |(Chosen { sentence, worth, parts }, echoes)| Pick { sentence, echoes, score: worth, parts };
    Selection { picks: ordered.into_iter().zip(echoes).map(pick).collect(), outcome, passed_over }
}

/// Puts what was chosen in reading order; what is to be cut stays at the end.
fn in_reading_order(
    story: &Story<'_>,
    ranking: &Ranking,
    context: &Context<'_, '_>,
    mut chosen: Vec<Chosen>,
    end: End,
) -> Vec<Chosen> {
    let last = if end == End::Cut { chosen.pop() } else { None };
    let ids = chosen.iter().map(|chosen| chosen.sentence).collect();
    let order = reading_order(story, ranking, context, ids);
    let place: FxHashMap<SentenceId, usize> = order.into_iter().enumerate().map(|(at, id)| (id, at)).collect();
    chosen.sort_by_key(|chosen| place[&chosen.sentence]);
    chosen.extend(last);
    chosen
}

/// What speaks against quoting each sentence of a story alone; one entry a sentence.
pub fn objections(story: &Story<'_>) -> Vec<Option<Objection>> {
    let context = Context::of_all(story, Guards::On);
    story.sentences.ids().map(|id| context.objection(id)).collect()
}

/// The beginnings of the articles: all first sentences, then all second ones, as far as the budget goes, without
/// repeats; in the order of ids. A sentence that leans on the one right before it is taken if that one was, and a
/// short one is no hindrance.
fn take_lead<'s, 'c>(
    story: &'s Story<'c>,
    ranking: &Ranking,
    context: &Context<'s, 'c>,
    costs: &Costs<'_>,
    options: &Options,
) -> Vec<Chosen> {
    let mut by_position: Vec<SentenceId> = story.sentences.ids().collect();
    // What was said before comes behind what it repeats.
    let was_said = |id: SentenceId| story.voices.repeated(id).is_some();
    by_position.sort_by_key(|id| (story.sentences.get(*id).position, was_said(*id), *id));
    let mut filed = Taken::new(story, options.redundancy);
    let mut taken = vec![false; story.sentences.len()];
    let mut spent = 0;
    for id in by_position {
        let stands = match context.objection(id) {
            None | Some(Objection::Slight) => true,
            // What these lean on stands further up in the same article, and most of that is taken.
            Some(Objection::Name | Objection::Definite) => true,
            Some(objection) if objection.leans_on_the_one_before() => {
                follows_directly(story, id) && taken[id.index() - 1]
            }
            Some(_) => false,
        };
        if stands && costs.allow(spent, costs.of(id)) && !filed.repeats(id) {
            spent += costs.of(id);
            filed.add(id);
            taken[id.index()] = true;
        }
    }
    in_order(story, ranking, context, story.sentences.ids().filter(|id| taken[id.index()]))
}

/// The first article that has a whole sentence, from that one on, as far as the budget goes and nothing comes between or
/// comes again.
fn take_beginning<'s, 'c>(
    story: &'s Story<'c>,
    ranking: &Ranking,
    context: &Context<'s, 'c>,
    costs: &Costs<'_>,
    options: &Options,
) -> Vec<Chosen> {
    let whole = |id: &SentenceId| {
        let broken = context.objection(*id).is_some_and(Objection::is_no_sentence);
        !broken && !story.matrix.terms(*id).is_empty()
    };
    let Some(first) = story.sentences.ids().find(whole) else { return Vec::new() };
    let range = story.sentences.range(story.sentences.get(first).article);
    let mut filed = Taken::new(story, options.redundancy);
    let (mut spent, mut taken) = (0, Vec::new());
    for id in (first.index()..range.end).map(SentenceId::from) {
        let goes_on = id == first || follows_directly(story, id);
        if !goes_on || !whole(&id) || !costs.allow(spent, costs.of(id)) || filed.repeats(id) {
            break;
        }
        spent += costs.of(id);
        filed.add(id);
        taken.push(id);
    }
    in_order(story, ranking, context, taken.into_iter())
}

/// Sentences with what makes up the worth of each behind those before it.
fn in_order<'s, 'c>(
    story: &'s Story<'c>,
    ranking: &Ranking,
    context: &Context<'s, 'c>,
    sentences: impl Iterator<Item = SentenceId>,
) -> Vec<Chosen> {
    let mut worth = Worth::new(story, ranking, context, None);
    let chosen = sentences.map(|sentence| {
        let chosen = Chosen { sentence, worth: worth.of(sentence), parts: worth.parts(sentence) };
        worth.add(sentence);
        chosen
    });
    chosen.collect()
}
