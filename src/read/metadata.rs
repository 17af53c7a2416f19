//! An article's blocks in, what it says about itself out.
//!
//! Front matter is believed first, then the lines above the text, then the dateline, the byline and the notices. Every
//! fact comes with the place where it was found; nothing is taken from the file's name or times, and no clock is read.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::cues::{BYLINE_OPENERS, folded, opening};
use super::dates::{DateOrder, Dated, dates, dates_in_order, full_date, is_month, weekdays, words};
use super::extract::Given;
use super::facts::{Facts, cue, cues_of_word, mark};
use super::unspaced;
use crate::date::Moment;
use crate::language::is_unspaced;
use crate::model::{Article, Block, BlockKind, Cue, Fact, Found, Metadata, Span, head};

/// Reads what an article says about itself. The [`Facts`] of its blocks are given in their order.
pub(super) fn metadata(text: &str, blocks: &[Block], facts: &[Facts], order: DateOrder) -> Metadata {
    let mut metadata = Metadata::default();
    if let Some(front) = blocks.first().filter(|block| block.kind == BlockKind::Markup) {
        front_matter(text, front.span(), &mut metadata);
    }
    headline(text, blocks, &mut metadata);
    byline(text, blocks, &mut metadata);
    dateline(text, blocks, &mut metadata);
    published(text, blocks, order, &mut metadata);
    publisher(text, blocks, &mut metadata);
    let published = metadata.published.as_ref().or(metadata.updated.as_ref());
    metadata.event = event(text, blocks, |index| facts[index], published);
    metadata
}

/// Puts what was given beside an article's text where the text itself does not say it, or, where `given` is the better
/// witness, in front of what the text says. The day of the event is read from the text again where only the date tells
/// which day a weekday in it is.
pub(super) fn complete(article: &mut Article, given: Given, trust: Trust) {
    let known = &mut article.metadata;
    let was = known.day();
    fn put<T>(fact: &mut Option<Fact<T>>, given: Option<(T, Found)>, trust: Trust) {
        if let Some((value, found)) = given {
            if trust == Trust::Given {
                *fact = None;
            }
            set(fact, value, found, Span::default());
        }
    }
    let has_day = known.day().is_some();
    let (published, updated) = match trust {
        Trust::Text if has_day => (None, None),
        Trust::Text => (given.published, given.updated),
        Trust::Given => {
            if given.published.or(given.updated).is_some() {
                (known.published, known.updated) = (None, None);
            }
            (given.published, given.updated)
        }
    };
    put(&mut known.title, given.title, trust);
    put(&mut known.publisher, given.publisher, trust);
    put(&mut known.byline, given.byline, trust);
    put(&mut known.published, published, trust);
    put(&mut known.updated, updated, trust);
    put(&mut known.shown, given.shown, trust);
    put(&mut known.url, given.url, trust);
    put(&mut known.id, given.id, trust);
    known.extent = given.extent.or(known.extent);
    if known.day() != was {
        let facts = |index: usize| Facts::of(article.blocks[index].span().of(&article.text));
        let published = known.published.as_ref().or(known.updated.as_ref());
        known.event = event(&article.text, &article.blocks, facts, published);
    }
}

/// Who is believed where a text and what is given beside it differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// The text: a record of a data set may be about another version.
    Text,
    /// What is given: the head of a page names its headline, its text only lines that look like one.
    Given,
}

fn set<T>(fact: &mut Option<Fact<T>>, value: T, found: Found, span: Span) {
    if fact.is_none() {
        *fact = Some(Fact { value, found, span });
    }
}

/// The scalars of YAML front matter: `key: value` on a line of its own, with or without quotes.
fn front_matter(text: &str, span: Span, metadata: &mut Metadata) {
    if !span.of(text).starts_with("---") {
        return;
    }
    let mut at = span.start;
    let mut lines = span.of(text).split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let start = at;
        at += line.len();
        let Some((key, value)) = line.split_once(':') else { continue };
        // A value may stand below its key: a block, or a list.
        let mut below = String::new();
        if matches!(value.trim(), "" | "|" | ">" | "|-" | ">-") {
            while let Some(line) = lines.next_if(|line| line.starts_with([' ', '\t', '-']) && !line.starts_with("---"))
            {
                at += line.len();
                let item = line.trim_start().starts_with('-');
                below.push_str(if below.is_empty() {
                    ""
                } else if item {
                    ", "
                } else {
                    " "
                });
                below.push_str(line.trim().trim_start_matches("- "));
            }
        }
        let raw = if below.is_empty() { value.trim() } else { below.as_str() };
        let value = raw.trim_matches(['"', '\'']).trim();
        if value.is_empty() || key.starts_with(char::is_whitespace) {
            continue;
        }
        let span = Span::new(start, at).trimmed(text);
        // A list of one, `[Anna Holm]`; what is quoted stands as it is.
        let list = raw.strip_prefix('[').and_then(|list| list.strip_suffix(']'));
        let text = || list.unwrap_or(value).trim().trim_matches(['"', '\'']).replace("''", "'");
        let moment = || value.parse::<Moment>().ok().or_else(|| dates(value).first().map(|dated| dated.moment));
        match key.trim().to_lowercase().as_str() {
            "title" | "headline" | "titre" | "titel" => set(&mut metadata.title, text(), Found::FrontMatter, span),
            "author" | "authors" | "byline" | "auteur" | "autor" => {
                set(&mut metadata.byline, text(), Found::FrontMatter, span)
            }
            "publisher" | "source" | "outlet" | "site" | "publication" => {
                set(&mut metadata.publisher, text(), Found::FrontMatter, span)
            }
            "place" | "location" => set(&mut metadata.place, text(), Found::FrontMatter, span),
            "agency" => set(&mut metadata.agency, text(), Found::FrontMatter, span),
            "date" | "published" | "pubdate" | "datum" => {
                if let Some(moment) = moment() {
                    set(&mut metadata.published, moment, Found::FrontMatter, span);
                }
            }
            "updated" | "lastmod" | "modified" => {
                if let Some(moment) = moment() {
                    set(&mut metadata.updated, moment, Found::FrontMatter, span);
                }
            }
            _ => {}
        }
    }
}

fn headline(text: &str, blocks: &[Block], metadata: &mut Metadata) {
    if let Some(block) = blocks.iter().find(|block| block.kind == BlockKind::Headline) {
        let line = block.span().of(text).trim_start_matches('#');
        set(&mut metadata.title, line.split_whitespace().collect::<Vec<_>>().join(" "), Found::Headline, block.span());
    }
}

/// The first line that names a writer, without its opener and what follows a bar or an address.
fn byline(text: &str, blocks: &[Block], metadata: &mut Metadata) {
    const MOST_WORDS: usize = 12;
    let bylines = || blocks.iter().filter(|block| block.kind == BlockKind::Byline);
    let unspaced = bylines().filter(|block| block.span().of(text).contains(is_unspaced));
    if let Some((name, span)) =
        unspaced.filter_map(|block| unspaced::writer_of(block.span().of(text)).map(|name| (name, block.span()))).next()
    {
        return set(&mut metadata.byline, name.to_owned(), Found::Byline, span);
    }
    let named = |block: &&Block| {
        let line = block.span().of(text);
        let opens = || {
            let opening = opening(line);
            BYLINE_OPENERS.iter().any(|opener| opening.starts_with(opener))
        };
        block.kind == BlockKind::Byline
            && line.split_whitespace().count() <= MOST_WORDS
            && (block.cue == Cue::Name || opens())
    };
    let Some(block) = blocks.iter().find(named) else { return };
    let line = block.span().of(text).trim_matches(|c: char| matches!(c, '*' | '_' | '>') || c.is_whitespace());
    // Openers are of one or two words; what follows them is the name.
    let starts: Vec<usize> = line
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| *at > 0 && line[..*at].ends_with(char::is_whitespace))
        .take(2)
        .collect();
    let is_opener = |at: &&usize| BYLINE_OPENERS.contains(&folded(&line[..**at]).as_str());
    let opener = starts.iter().rfind(is_opener).copied().unwrap_or(0);
    let name = &line[opener..];
    let name = name.split([',', '|', '•', '·', '(', '/', '–', '—']).next().unwrap_or_default();
    let name = name.split(" in ").next().unwrap_or_default().trim().trim_end_matches('.');
    if !name.is_empty() && !name.contains('@') {
        set(&mut metadata.byline, name.to_owned(), Found::Byline, block.span());
    }
}

/// `PORT ELLA, Norland (Nordwire) —` gives the place and the agency. It stands above all running text or in front of its
/// first sentence: `Pros:` further down is no place.
fn dateline(text: &str, blocks: &[Block], metadata: &mut Metadata) {
    let is_place = |block: &&Block| block.kind == BlockKind::Dateline && block.cue == Cue::Place;
    let above = blocks.iter().take_while(|block| block.kind != BlockKind::Prose);
    let mut above = above.filter(is_place);
    let Some(block) = above.next() else { return };
    if let Some(formula) = unspaced::formula(block.span().of(text)) {
        let facts = [
            (&mut metadata.place, formula.place),
            (&mut metadata.agency, formula.agency),
            (&mut metadata.byline, formula.writer),
        ];
        for (fact, found) in facts {
            if let Some(value) = found {
                set(fact, value.to_owned(), Found::Dateline, block.span());
            }
        }
        return;
    }
    let line =
        block.span().of(text).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':'));
    let (place, agency) = match (line.find('('), line.rfind(')')) {
        (Some(open), Some(close)) if open < close => (line[..open].trim(), line[open + 1..close].trim()),
        _ => (line.trim(), ""),
    };
    // `PORT ELLA, March 4` is a place and a day.
    let place = match place.rsplit_once([',', '.']) {
        Some((place, day)) if day.split_whitespace().any(is_month) => place,
        _ => place,
    };
    let place = place.trim_end_matches(|c: char| !c.is_alphabetic()).trim();
    if !place.is_empty() {
        set(&mut metadata.place, place.to_owned(), Found::Dateline, block.span());
    }
    if !agency.is_empty() {
        set(&mut metadata.agency, agency.to_owned(), Found::Dateline, block.span());
    }
}

/// Words in front of a date that say that something was changed then, in lower case.
const UPDATED: &[&str] = &[
    "updated",
    "update",
    "modified",
    "mis à jour",
    "mise à jour",
    "actualisé",
    "aktualisiert",
    "stand",
    "actualizado",
    "aggiornato",
    "обновлено",
    "更新",
    "corrected",
];

/// Dates in lines that are no text: those above it count, and those below only where none stands above. In a notice or a
/// list a date may be any.
fn published(text: &str, blocks: &[Block], order: DateOrder, metadata: &mut Metadata) {
    let first_prose = blocks.iter().position(|block| block.kind == BlockKind::Prose).unwrap_or(blocks.len());
    let is_line = |block: &&Block| {
        matches!(
            block.kind,
            BlockKind::Dateline | BlockKind::Byline | BlockKind::Label | BlockKind::Navigation | BlockKind::Deck
        )
    };
    for (above, part) in [(true, &blocks[..first_prose]), (false, &blocks[first_prose..])] {
        for block in part.iter().filter(is_line) {
            let line = block.span().of(text);
            let mut from = 0;
            for Dated { span, moment } in dates_in_order(line, order) {
                let front = folded(&line[from..span.start.max(from)]);
                from = span.end;
                let at = span.shifted(block.span().start);
                if UPDATED.iter().any(|word| front.contains(word)) {
                    set(&mut metadata.updated, moment, Found::Line, at);
                } else if above || block.kind == BlockKind::Dateline {
                    set(&mut metadata.published, moment, Found::Line, at);
                }
            }
        }
        if metadata.published.is_some() || metadata.updated.is_some() {
            break;
        }
    }
}

/// Words that newspapers and stations have in their names, in lower case.
#[rustfmt::skip]
const OUTLET_WORDS: &[&str] = &[
    "post", "times", "news", "herald", "courier", "gazette", "ledger", "tribune", "radio", "tv", "television", "standard", "observer", "journal", "chronicle", "daily", "wire", "press",
    "mail", "guardian", "telegraph", "star", "sun", "echo", "mercury", "independent", "examiner", "review", "weekly", "broadcasting", "bulletin", "dispatch", "register", "sentinel",
    "courrier", "cahiers", "revue", "agence", "matinal", "tagblatt", "zeitung", "anzeiger", "rundschau", "bote", "kurier", "nachrichten", "rundfunk", "tageblatt", "blatt", "dépêche", "écho", "libre", "matin", "presse", "quotidien",
    "gazeta", "corriere", "diario", "jornal", "periódico", "whistle", "drum", "lantern", "clarion",
];

/// The outlet: beside the date, in the notice of rights, or a name above the headline that sounds like one.
fn publisher(text: &str, blocks: &[Block], metadata: &mut Metadata) {
    if metadata.publisher.is_some() {
        return;
    }
    let first_prose = blocks.iter().position(|block| block.kind == BlockKind::Prose).unwrap_or(blocks.len());
    let above = &blocks[..first_prose];
    for block in above.iter().filter(|block| block.kind == BlockKind::Dateline) {
        let line = block.span().of(text);
        if let Some(name) = dates(line).first().and_then(|dated| beside_date(line, dated.span)) {
            return set(&mut metadata.publisher, name.to_owned(), Found::Dateline, block.span());
        }
    }
    let named = above.iter().filter(|block| block.span().of(text).contains(is_unspaced));
    if let Some((name, span)) =
        named.filter_map(|block| unspaced::outlet(block.span().of(text)).map(|name| (name, block.span()))).next()
    {
        return set(&mut metadata.publisher, name.to_owned(), Found::Line, span);
    }
    let short = |block: &&Block| {
        matches!(block.kind, BlockKind::Label | BlockKind::Headline | BlockKind::Byline | BlockKind::Navigation)
    };
    let sounding = above.iter().filter(short).find(|block| sounds_like_an_outlet(block.span().of(text)));
    let notice = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Notice)
        .find_map(|block| holder_of_rights(block.span().of(text)).map(|name| (name, block.span())));
    if let Some((name, span)) = notice {
        set(&mut metadata.publisher, name, Found::Notice, span);
    } else if let Some(block) = sounding {
        set(&mut metadata.publisher, clean(block.span().of(text)).to_owned(), Found::Line, block.span());
    }
}

/// `Harbour Post` of `date 2031-03-04 Harbour Post / region` and of `The Harbour Post - Friday, April 18, 2031`.
fn beside_date(line: &str, date: Span) -> Option<&str> {
    const MOST_WORDS: usize = 6;
    fn name(part: &str) -> Option<&str> {
        let part = clean(part);
        let count = part.split_whitespace().count();
        let capital = part.starts_with(|c: char| c.is_uppercase());
        (capital && (1..=MOST_WORDS).contains(&count)).then_some(part)
    }
    let behind = line[date.end..].split_once(" / ").and_then(|(part, _)| name(part));
    behind.or_else(|| {
        let front = line[..date.start].trim_end();
        // A weekday stands in front of the date itself.
        let (front, _) = front.rsplit_once([',', '-', '|', '–', '—', '/'])?;
        let part = front.split(['/', '|', '–', '—']).next().unwrap_or_default();
        let part = part.split(" - ").next().unwrap_or_default();
        name(part).filter(|name| sounds_like_an_outlet(name))
    })
}

fn clean(part: &str) -> &str {
    part.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | '#' | '|' | '-' | '–' | '—' | ',' | '.' | ':')
    })
}

pub(super) fn sounds_like_an_outlet(line: &str) -> bool {
    const MOST_WORDS: usize = 5;
    if !line.starts_with(|c: char| c.is_uppercase() || matches!(c, '*' | '#')) {
        return false;
    }
    let words = || line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // `News` is a section, and so are `Latest news`.
    (2..=MOST_WORDS).contains(&words().take(MOST_WORDS + 1).count())
        && words().any(is_of_an_outlet)
        && !line.contains(['|', '>', '•'])
        && !opens_with_one_of(line, SECTIONS)
}

fn is_of_an_outlet(word: &str) -> bool {
    static WORDS: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| OUTLET_WORDS.iter().copied().collect()).contains(word.to_lowercase().as_str())
}

/// Whether a line opens with one of some short phrases in lower case.
fn opens_with_one_of(line: &str, phrases: &[&str]) -> bool {
    /// More bytes than the phrases have.
    const WITHIN: usize = 32;
    let opening = folded(head(line, WITHIN));
    phrases.iter().any(|phrase| opening.starts_with(phrase))
}

/// How the names of sections open that have a word of an outlet's.
const SECTIONS: &[&str] = &["latest", "top", "more", "local", "world", "business", "sports", "daily news", "breaking"];

/// `Harbour Post` of `© 2031 Harbour Post. All rights reserved.`
fn holder_of_rights(line: &str) -> Option<String> {
    const MOST_WORDS: usize = 6;
    if !(line.contains('©') || opens_with_one_of(line, &["copyright", "(c) "])) {
        return None;
    }
    let front = line.split(['.', '|', '·', '•']).next().unwrap_or_default();
    let words = front.split_whitespace().filter(|word| {
        let bare = folded(word);
        let year = bare
            .trim_matches(|c: char| !c.is_alphanumeric())
            .chars()
            .all(|c| c.is_ascii_digit() || c == '-' || c == '–');
        !(year || matches!(bare.as_str(), "©" | "copyright" | "(c)" | "by"))
    });
    let name = words.collect::<Vec<_>>().join(" ");
    let name = name.split([',', '–', '—']).next().unwrap_or_default();
    let name = clean(name.split(" Alle ").next().unwrap_or_default().split(" Tous ").next().unwrap_or_default());
    let fits = name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= MOST_WORDS;
    fits.then(|| name.to_owned())
}

/// Words for the day before an article's, the day itself and the day after it, by how many days they are back.
#[rustfmt::skip]
pub(super) const RELATIVE_DAYS: &[(&str, i64)] = &[
    ("today", 0), ("tonight", 0), ("tomorrow", -1), ("demain", -1), ("übermorgen", -2), ("mañana", -1), ("domani", -1), ("yesterday", 1), ("heute", 0), ("gestern", 1), ("vorgestern", 2), ("aujourd'hui", 0), ("hier", 1), ("avant-hier", 2), ("hoy", 0),
    ("ayer", 1), ("oggi", 0), ("ieri", 1), ("hoje", 0), ("ontem", 1), ("vandaag", 0), ("gisteren", 1), ("сегодня", 0), ("вчера", 1),
];

/// Words that tell of what is to come.
const FUTURE: &[&str] = &[
    "will",
    "next",
    "wird",
    "werden",
    "kommenden",
    "nächsten",
    "prochain",
    "prochaine",
    "próximo",
    "prossimo",
    "until",
    "bis",
    "jusqu'à",
    "jusqu'au",
];

fn is_of_the_future(word: &str) -> bool {
    if word.is_ascii() {
        return FUTURE.iter().any(|known| known.eq_ignore_ascii_case(word));
    }
    FUTURE.contains(&folded(word).as_str())
}

/// So many paragraphs of text are searched for the day of the event.
const PARAGRAPHS: usize = 3;

/// And of each so much, in bytes.
const PARAGRAPH_BYTES: usize = 2_000;

/// The first day that the text names: a date, or a weekday or `yesterday` counted back from the day of publication.
fn event(
    text: &str,
    blocks: &[Block],
    facts: impl Fn(usize) -> Facts,
    published: Option<&Fact<Moment>>,
) -> Option<Fact<Moment>> {
    let prose = blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Prose).take(PARAGRAPHS);
    for (index, block) in prose {
        let slice = head(block.span().of(text), PARAGRAPH_BYTES);
        let facts = facts(index);
        let is_past = |(span, moment): &(Span, Moment)| {
            let future = || {
                let sentence = slice[..span.start].rfind(['.', '!', '?']).map_or(0, |at| at + 1);
                slice[sentence..span.start].split_whitespace().any(is_of_the_future)
            };
            published.is_none_or(|fact| moment.date <= fact.value.date) && !future()
        };
        let dates = if facts.has(mark::YEAR) { dates(slice) } else { Vec::new() };
        let dated = dates.iter().map(|dated| (dated.span, Moment::day(dated.moment.date))).find(is_past);
        // Other days are told by the date of the article alone.
        let published = published.map(|fact| fact.value);
        let weekday = published.filter(|_| facts.may_have(cue::WEEKDAY)).and_then(|published| {
            weekdays(slice).map(|(span, day)| (span, Moment::day(published.last(day)))).find(is_past)
        });
        let relative = published.filter(|_| facts.may_have(cue::RELATIVE_DAY)).and_then(|published| {
            relative_days(slice).map(|(span, back)| (span, Moment::day(published.days_back(back)))).find(is_past)
        });
        let first = [dated, weekday, relative].into_iter().flatten().min_by_key(|(span, _)| *span);
        if let Some((span, value)) = first {
            return Some(Fact { value, found: Found::Prose, span: span.shifted(block.span().start) });
        }
    }
    None
}

/// The words for a day by its distance that a text has: where, and how many days back.
fn relative_days(text: &str) -> impl Iterator<Item = (Span, i64)> + '_ {
    static DAYS: OnceLock<FxHashMap<&'static str, i64>> = OnceLock::new();
    let days = DAYS.get_or_init(|| RELATIVE_DAYS.iter().copied().collect());
    words(text).filter_map(move |(span, word)| {
        if cues_of_word(word) & cue::RELATIVE_DAY == 0 {
            return None;
        }
        // What stands between white space, marks at its ends aside: `aujourd'hui`, and not `pre/today`.
        let mark = |c: char| !c.is_alphanumeric();
        let start = text[..span.start].rfind(char::is_whitespace).unwrap_or(0);
        let end = text[span.end..].find(char::is_whitespace).map_or(text.len(), |length| span.end + length);
        let behind = text[start..end].trim_start_matches(|c: char| c.is_whitespace() || mark(c));
        let start = end - behind.len();
        let bare = behind.trim_end_matches(mark);
        let back = days.get(folded(bare).as_str()).filter(|_| start == span.start)?;
        Some((Span::new(start, start + bare.len()), *back))
    })
}

/// Whether a sentence names a day that only the date of its article tells: `on Thursday`, `yesterday`.
pub(crate) fn names_relative_day(sentence: &str) -> bool {
    let facts = Facts::of(sentence);
    let weekday = || facts.may_have(cue::WEEKDAY) && weekdays(sentence).next().is_some();
    let relative = || facts.may_have(cue::RELATIVE_DAY) && relative_days(sentence).next().is_some();
    (weekday() || relative()) && !(facts.has(mark::YEAR) && full_date(sentence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Markup, ReadOptions, article};

    fn of(text: &str, markup: Markup) -> Metadata {
        article("x", text.to_owned(), markup, &ReadOptions::default()).metadata
    }

    fn value(fact: &Option<Fact<String>>) -> &str {
        fact.as_ref().map_or("", |fact| &fact.value)
    }

    #[test]
    fn facts_are_found_with_the_place_where_they_stand() {
        let text = "The Harbour Post\n\nFerry hits the pier at Port Ella\n\nBy Anna Holm | Harbour desk\n\nPublished 4 March 2031 18:20 CET, updated 5 March 2031\n\n\
                    PORT ELLA, Norland (Nordwire) — The ferry hit the pier on Monday, the mayor of the town said.\n\n© 2031 Harbour Post Ltd. All rights reserved.";
        let metadata = of(text, Markup::Plain);
        assert_eq!(value(&metadata.title), "Ferry hits the pier at Port Ella");
        assert_eq!(value(&metadata.byline), "Anna Holm");
        assert_eq!(value(&metadata.place), "PORT ELLA, Norland");
        assert_eq!(value(&metadata.agency), "Nordwire");
        assert_eq!(value(&metadata.publisher), "Harbour Post Ltd");
        let published = metadata.published.unwrap();
        assert_eq!(published.value.to_string(), "2031-03-04T18:20+01:00");
        assert_eq!(published.span.of(text), "4 March 2031 18:20 CET");
        assert_eq!(metadata.updated.unwrap().value.to_string(), "2031-03-05");
        let event = metadata.event.unwrap();
        assert_eq!((event.value.to_string().as_str(), event.span.of(text)), ("2031-03-03", "Monday"));
    }

    #[test]
    fn front_matter_is_believed_first() {
        let text = "---\ntitle: \"Ferry hits the pier\"\nauthor: Anna Holm\ndate: 2031-03-04T07:15:00+01:00\npublisher: Harbour Post\n---\n\n# Ferry\n\nThe ferry hit the pier.\n";
        let metadata = of(text, Markup::Markdown);
        assert_eq!(value(&metadata.title), "Ferry hits the pier");
        assert_eq!(metadata.title.unwrap().found, Found::FrontMatter);
        assert_eq!(value(&metadata.publisher), "Harbour Post");
        assert_eq!(metadata.published.unwrap().value.to_string(), "2031-03-04T07:15+01:00");
        let text = "---\ntitle: |\n  Ferry hits\n  the pier\nauthor:\n  - Anna Holm\n  - Bram Askel\n---\n\nThe ferry hit the pier.\n";
        let metadata = of(text, Markup::Markdown);
        assert_eq!(value(&metadata.title), "Ferry hits the pier");
        assert_eq!(value(&metadata.byline), "Anna Holm, Bram Askel");
    }

    #[test]
    fn a_line_of_date_outlet_and_section_gives_two_facts() {
        let metadata = of(
            "date 2031-03-04 Harbour Post / region\n\nThe ferry hit the pier on Tuesday, the mayor said.",
            Markup::Plain,
        );
        assert_eq!(value(&metadata.publisher), "Harbour Post");
        assert_eq!(metadata.published.unwrap().value.to_string(), "2031-03-04");
        assert_eq!(metadata.event.unwrap().value.to_string(), "2031-03-04");
    }

    #[test]
    fn an_article_without_dates_has_none() {
        let metadata = of("The ferry hit the pier on Tuesday, the mayor of the town said.", Markup::Plain);
        assert_eq!(metadata, Metadata::default());
    }
}
