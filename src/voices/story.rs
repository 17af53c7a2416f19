//! The sentences of a story in, its [`Voices`] out.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::Families;
use super::credit::Sender;
use super::groups::{Groups, Join, voices_of};
use super::print::{Keep, Print, Printer};
use super::prints::{Notice, Prints};
use super::repeats::Repeats;
use crate::model::{Article, ArticleId, SentenceId, Span, TermId};
use crate::quotations::words_of_others;
use crate::segment::Sentences;
use crate::stretches::{FEWEST_BYTES_FOR_THREADS, stretches};
use crate::vectorize::{Phrases, TermMatrix};

/// Who speaks in a story: its articles, those that are one voice together, and the sentences that were said before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voices {
    /// For each article the number of its voice.
    of: Vec<usize>,
    /// For each voice its articles, the eldest first. Voices are in the order of their first article.
    members: Vec<Vec<ArticleId>>,
    joins: Vec<Join>,
    /// For each sentence the elder one that it repeats; empty where none does.
    repeats: Vec<Option<SentenceId>>,
}

impl Voices {
    /// Finds the voices of a story. The work grows as the text does.
    pub fn of(sentences: &Sentences<'_>, matrix: &TermMatrix, phrases: &Phrases, families: &Families) -> Self {
        let (own, prints) = OwnWords::of(sentences, matrix, phrases, families);
        let shingles = prints.iter().map(|print| print.shingles().len()).sum();
        let mut filed = Prints::with_room_for(shingles);
        let mut groups = voices_of(prints, &mut filed);
        for Notice { articles, words, why } in filed.notices().iter().copied() {
            if !groups.are_one(articles) && own.end_is_about_the_story(articles[1].into(), words) {
                groups.join(Join { articles, why });
            }
        }
        let shares = filed.shares();
        let order = elders_first(sentences, phrases);
        let mut voices = Self::grouped(&groups, &order);
        let is_concerned =
            |article: &ArticleId| shares[article.index()] || voices.members[voices.voice(*article)].len() > 1;
        let concerned: Vec<ArticleId> = order.into_iter().filter(is_concerned).collect();
        if concerned.len() > 1 {
            voices.repeats = Repeats { sentences, phrases, own_words: &own.counts, voices: &voices }.find(&concerned);
        }
        voices
    }

    /// Groups with their members in an order of all articles.
    fn grouped(groups: &Groups, order: &[ArticleId]) -> Self {
        let mut of = vec![0; groups.articles()];
        let mut count = 0;
        for (article, first) in groups.firsts().into_iter().enumerate() {
            of[article] = if first == article { count } else { of[first] };
            count += usize::from(first == article);
        }
        let mut members = vec![Vec::new(); count];
        order.iter().for_each(|article| members[of[article.index()]].push(*article));
        Self { of, members, joins: groups.joins().to_vec(), repeats: Vec::new() }
    }

    /// How many voices there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none, as there is no article.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The number of an article's voice.
    pub fn voice(&self, article: ArticleId) -> usize {
        self.of[article.index()]
    }

    /// The articles of each voice, the eldest first; voices in the order of their first article.
    pub fn members(&self) -> &[Vec<ArticleId>] {
        &self.members
    }

    /// Why articles are one voice: no more joins than are needed to hold all voices together.
    pub fn joins(&self) -> &[Join] {
        &self.joins
    }

    /// The sentence of an elder article that a sentence repeats, word for word or nearly. That one has no such sentence itself.
    pub fn repeated(&self, sentence: SentenceId) -> Option<SentenceId> {
        self.repeats.get(sentence.index()).copied().flatten()
    }

    /// Whether some sentence repeats another.
    pub fn has_repeats(&self) -> bool {
        !self.repeats.is_empty()
    }

    /// Whether every article speaks for itself alone, and none repeats another.
    pub fn are_articles(&self) -> bool {
        self.len() == self.of.len() && !self.has_repeats()
    }
}

/// What ends an article is about its story if at least this share of its terms stands in the rest of it.
const ABOUT_THE_STORY: f64 = 0.25;

/// Which shingles of a story are kept. In articles of usual length a quarter tells the same in a quarter of the time; of
/// short ones it does not, and in a short story it saves nothing. Those of a book of news would outgrow its text.
fn keep(words: usize, articles: usize) -> Keep {
    const SHORT_STORY: usize = 1 << 12;
    const SHORT_ARTICLE: usize = 250;
    const MOST_OF_SHORT_ARTICLES: usize = 1 << 16;
    const MOST_OF_A_QUARTER: usize = 1 << 19;
    let are_short = words < SHORT_ARTICLE * articles && words <= MOST_OF_SHORT_ARTICLES;
    if words <= SHORT_STORY || are_short {
        Keep::ALL
    } else if words <= MOST_OF_A_QUARTER {
        Keep::QUARTER
    } else {
        Keep::SIXTEENTH
    }
}

/// The articles of a story, the eldest first: by their dates, those without one last; then the longest first, since what was
/// cut came later than what it was cut from.
fn elders_first(sentences: &Sentences<'_>, phrases: &Phrases) -> Vec<ArticleId> {
    let cluster = sentences.cluster();
    let words = |article: ArticleId| {
        let range = sentences.range(article);
        let bounds = |at: usize| phrases.range(SentenceId::from(at));
        if range.is_empty() { 0 } else { bounds(range.end - 1).end - bounds(range.start).start }
    };
    let date = |article: ArticleId| {
        let moment = cluster[article].metadata.day();
        // A day without a time may be any time of it.
        moment.map(|moment| (moment.date, moment.time.is_none(), moment.time))
    };
    let mut order: Vec<ArticleId> = (0..cluster.articles.len()).map(ArticleId::from).collect();
    order.sort_by_cached_key(|article| {
        let date = date(*article);
        (date.is_none(), date, std::cmp::Reverse(words(*article)), *article)
    });
    order
}

/// The words of sentences that do not stand in quotation marks.
struct OwnWords<'s, 'c> {
    sentences: &'s Sentences<'c>,
    phrases: &'s Phrases,
    matrix: &'s TermMatrix,
    /// How many each sentence has.
    counts: Vec<u32>,
}

impl<'s, 'c> OwnWords<'s, 'c> {
    /// Counts them, and makes the prints of all articles; those of a large story in parallel.
    fn of(
        sentences: &'s Sentences<'c>,
        matrix: &'s TermMatrix,
        phrases: &'s Phrases,
        families: &Families,
    ) -> (Self, Vec<Print>) {
        let mut own = Self { sentences, phrases, matrix, counts: Vec::with_capacity(sentences.len()) };
        let articles = &sentences.cluster().articles;
        let parts = stretches(articles.iter().map(Article::bytes), FEWEST_BYTES_FOR_THREADS);
        let made: Vec<(Vec<Print>, Vec<u32>)> = match &parts[..] {
            [all] => vec![own.prints(all.clone(), families)],
            some => some.par_iter().map(|part| own.prints(part.clone(), families)).collect(),
        };
        let mut prints = Vec::with_capacity(articles.len());
        for (of_part, counts) in made {
            prints.extend(of_part);
            own.counts.extend(counts);
        }
        (own, prints)
    }

    /// The prints of some articles, and how many own words each of their sentences has.
    fn prints(&self, articles: Range<usize>, families: &Families) -> (Vec<Print>, Vec<u32>) {
        let mut printer = Printer::new(keep(self.phrases.words(), self.sentences.ranges().len()));
        let mut counts = Vec::new();
        let print = |id| {
            let article = &self.sentences.cluster()[id];
            let mut ids = self.sentences.range(id).map(SentenceId::from).peekable();
            for block in article.prose() {
                let block = block.span();
                let mut quoted = words_of_others(block.of(&article.text));
                quoted.iter_mut().for_each(|quotation| *quotation = quotation.shifted(block.start));
                while let Some(sentence) = ids.next_if(|id| self.sentences.get(*id).span.start < block.end) {
                    let span = self.sentences.get(sentence).span;
                    let before = quoted.partition_point(|quotation| quotation.end <= span.start);
                    let behind = quoted.partition_point(|quotation| quotation.start < span.end);
                    let within = &quoted[before..behind.max(before)];
                    counts.push(self.print_sentence(sentence, span, within, &mut printer));
                }
            }
            printer.finish(Sender::of(article, families))
        };
        (articles.map(ArticleId::from).map(print).collect(), counts)
    }

    /// Whether the last so many own words of an article are about what the rest of it is about: a background that two articles
    /// share is a part of the text, a notice has words of its own.
    fn end_is_about_the_story(&self, id: ArticleId, words: u32) -> bool {
        let range = self.sentences.range(id);
        let mut end = range.end;
        let mut left = words;
        while end > range.start && left > 0 {
            end -= 1;
            left = left.saturating_sub(self.counts[end]);
        }
        let stems = |ids: Range<usize>| {
            let stems = ids.map(SentenceId::from).flat_map(|id| self.matrix.terms(id).iter().copied());
            stems.collect::<FxHashSet<TermId>>()
        };
        let (body, foot) = (stems(range.start..end), stems(end..range.end));
        let common = foot.iter().filter(|term| body.contains(term)).count();
        common as f64 >= ABOUT_THE_STORY * foot.len().max(1) as f64
    }

    /// Prints the words of a sentence outside of `quoted`; returns how many there are.
    fn print_sentence(&self, sentence: SentenceId, span: Span, quoted: &[Span], printer: &mut Printer) -> u32 {
        let mut stems = self.phrases.stems(sentence);
        if quoted.is_empty() {
            let count = stems.len() as u32;
            stems.for_each(|stem| printer.word(stem.0.into()));
            return count;
        }
        printer.gap();
        if quoted.iter().any(|quotation| quotation.start <= span.start && span.end <= quotation.end) {
            return 0;
        }
        let mut count = 0;
        let mut was_quoted = true;
        crate::segment::words(self.sentences.text(sentence), |word| {
            let stem = stems.next();
            let at = span.start + word.start;
            let is_quoted = quoted.iter().any(|quotation| quotation.start <= at && at < quotation.end);
            match stem.filter(|_| !is_quoted) {
                Some(stem) => {
                    printer.word(stem.0.into());
                    count += 1;
                }
                None if !was_quoted => printer.gap(),
                None => {}
            }
            was_quoted = is_quoted;
        });
        count
    }
}
