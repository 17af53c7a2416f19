//! A stretch in, the blocks that were glued into it out.
//!
//! Text that was copied from a page often has on one line what stood apart: a button in front of a caption, a caption in
//! front of a sentence, a time in front of an entry, or date, section, headline, deck and text one behind the other.

use memchr::memchr;

use super::blocks::Stretch;
use super::captions::{IS_SCENE, behind_credit, credit, scene};
use super::cues::GLUED_IN_FRONT;
use super::dates::{date_at_start, dates};
use super::facts::{Facts, mark};
use super::shape::ends_like_a_sentence;
use crate::marks::{closes, opens, stop};
use crate::model::{BlockKind, Cue, Span, head};

/// Parts a stretch whose [`Facts`] are known. The parts come in order and hold every character that is not white space.
pub(super) fn parts(text: &str, stretch: Stretch, facts: &Facts, parts: &mut Vec<Stretch>) {
    let mut rest = stretch;
    if rest.known.is_some() {
        parts.push(rest);
        return;
    }
    while let Some(length) = button(rest.span.of(text)) {
        parts.push(cut(text, &mut rest, length, BlockKind::Navigation, Cue::Words));
    }
    // A button may have been glued to a word.
    let of_rest = if parts.is_empty() { *facts } else { Facts::of(rest.span.of(text)) };
    let facts = &of_rest;
    // What stands behind the button that closes a film is its caption.
    let closed = parts.iter().any(|part: &Stretch| CLOSING.contains(&part.span.of(text)));
    if closed && rest.span.start <= LATEST_FRONT && is_film_caption(rest.span.of(text)) {
        rest.known = Some((BlockKind::Caption, Cue::Words));
        parts.push(rest);
        return;
    }
    // From here on parts end between words, so that the facts hold of what is left of them.
    if let Some(length) = behind_credit(rest.span.of(text), facts) {
        parts.push(cut(text, &mut rest, length, BlockKind::Caption, Cue::Credit));
    }
    let has_year = facts.has(mark::YEAR);
    if has_year && let Some(length) = byline_in_front(rest.span.of(text)) {
        parts.push(cut(text, &mut rest, length, BlockKind::Byline, Cue::SameLine));
    }
    if has_year && rest.span.start <= LATEST_FRONT {
        one_line(text, &mut rest, parts);
    }
    let slice = rest.span.of(text);
    let place = if facts.has(mark::CAPITALS) { before_place(slice) } else { None };
    if let Some(length) = place {
        parts.push(cut(text, &mut rest, length, BlockKind::Caption, Cue::Place));
    } else if facts.may_be_scene(false)
        && let Some(length) = first_scene(slice).filter(|_| credit(slice).is_none())
    {
        parts.push(cut(text, &mut rest, length, BlockKind::Caption, Cue::Scene));
    }
    if let Some(length) = time_stamp(rest.span.of(text)) {
        parts.push(cut(text, &mut rest, length, BlockKind::Dateline, Cue::Date));
    }
    if !rest.span.is_empty() {
        parts.push(rest);
    }
}

/// Buttons that close a film.
const CLOSING: &[&str] = &["CLOSE", "FERMER", "SCHLIESSEN", "SCHLIEẞEN"];

/// A film's caption has at most so many words.
const FILM_CAPTION_WORDS: usize = 45;

/// A line of date, headline and text stands within so many bytes of the article's start, behind a menu at most.
const LATEST_FRONT: usize = 2_000;

/// Whether a text is short and ends in a credit, as captions of films do: `Police closed the pier. Harbour TV`.
fn is_film_caption(slice: &str) -> bool {
    const CREDIT_BYTES: usize = 40;
    let tail = slice.rsplit(['.', '!', '?']).next().unwrap_or_default().trim();
    slice.split_whitespace().count() <= FILM_CAPTION_WORDS && !tail.is_empty() && tail.len() <= CREDIT_BYTES
}

/// Takes the first `length` bytes off a stretch as a part of their own.
fn cut(text: &str, rest: &mut Stretch, length: usize, kind: BlockKind, cue: Cue) -> Stretch {
    let at = rest.span.start + length;
    let span = Span::new(rest.span.start, at).trimmed(text);
    rest.span = Span::new(at, rest.span.end).trimmed(text);
    Stretch { span, known: Some((kind, cue)) }
}

/// The length of the button's text that a line opens with, glued to what follows: `CLOSE Police said`, `Buy PhotoThe`.
fn button(slice: &str) -> Option<usize> {
    // `[Video Link] The ferry`
    const LONGEST_LABEL: usize = 30;
    if slice.starts_with('[')
        && let Some(end) = head(slice, LONGEST_LABEL).find("] ")
        && slice[end + 2..].starts_with(char::is_uppercase)
        && slice[1..end].starts_with(char::is_uppercase)
    {
        return Some(end + 1);
    }
    // The buttons' first letters.
    if !slice.starts_with(['A', 'B', 'C', 'E', 'F', 'H', 'M', 'P', 'S', 'h', 't']) {
        return None;
    }
    let words = GLUED_IN_FRONT.iter().filter(|words| slice.starts_with(**words)).max_by_key(|words| words.len())?;
    let behind = &slice[words.len()..];
    let next = behind.trim_start();
    // `CLOSED` and `Close to the pier` are words of the text.
    let begins = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || opens(c));
    // `Buy PhotoThe pier`, where a small letter stands between two words.
    let glued = words.ends_with(char::is_lowercase) && next.chars().nth(1).is_some_and(|c| !c.is_uppercase());
    (begins && (behind.len() > next.len() || glued)).then_some(words.len())
}

/// The length of what stands in front of a dateline in capitals, a caption mostly: `The pier at night. PORT ELLA — The
/// ferry`.
fn before_place(slice: &str) -> Option<usize> {
    const WITHIN: usize = 400;
    let front = head(slice, WITHIN);
    let span = place(front).filter(|span| span.start > 0 && front[..span.end].ends_with(['—', '–', '-', ' ']))?;
    front[..span.start].trim_end().ends_with(|c: char| stop(c).is_some() || closes(c)).then_some(span.start)
}

/// The length of a first sentence that describes a scene, with running text behind it.
fn first_scene(slice: &str) -> Option<usize> {
    let end = first_stop(slice)?;
    let sentence = &slice[..end];
    let facts = Facts::of(sentence);
    (facts.may_be_scene(false) && scene(sentence, &facts, false) >= IS_SCENE).then_some(end)
}

/// The length of the time of day that an entry of a live page opens with, the marks behind it included: `17.40 CEST – `,
/// `9:30 p.m. | `, `+++ 15.58 Uhr +++`.
fn time_stamp(slice: &str) -> Option<usize> {
    let marks = |c: char| c.is_whitespace() || matches!(c, '+' | '[' | '(' | '*' | '•');
    let start = slice.len() - slice.trim_start_matches(marks).len();
    let bytes = &slice.as_bytes()[start..];
    let hours = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let minutes = |mark: u8| {
        bytes.get(hours) == Some(&mark)
            && bytes.get(hours + 1..hours + 3).is_some_and(|d| d.iter().all(u8::is_ascii_digit))
    };
    if !(1..=2).contains(&hours) || !(minutes(b':') || minutes(b'.') || minutes(b'h')) {
        return None;
    }
    let mut end = start + hours + 3;
    if slice[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '%')) {
        return None;
    }
    let mut zone = false;
    loop {
        let behind = &slice[end..];
        let word = behind.trim_start();
        let space = behind.len() - word.len();
        let known = TIME_WORDS.iter().find(|known| {
            word.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known))
                && !word[known.len()..].starts_with(char::is_alphanumeric)
        });
        match known {
            Some(known) => {
                end += space + known.len();
                zone = true;
            }
            None => break,
        }
    }
    let behind = &slice[end..];
    let zone = zone || minutes(b':');
    let next = behind.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '+' | ']' | ')' | '*' | '|' | ':' | '-' | '–' | '—' | '.')
    });
    let begins = next.starts_with(|c: char| c.is_uppercase() || opens(c));
    (begins
        && behind.len() > next.len()
        && (zone || behind.trim_start().starts_with(['|', '-', '–', '—', '+', ':', ']'])))
    .then(|| slice.len() - next.len())
}

/// What may stand behind a time of day, in any case.
const TIME_WORDS: &[&str] = &[
    "a.m.", "p.m.", "a.m", "p.m", "am", "pm", "uhr", "h", "gmt", "utc", "bst", "cet", "cest", "mez", "mesz", "est",
    "edt", "et", "pst", "pdt",
];

/// A line of fewer words than this has no text behind date and headline.
const FEWEST_WORDS: usize = 12;

/// A headline has so many words at least.
const SHORTEST_HEADLINE: usize = 3;

/// And at most so many.
const LONGEST_HEADLINE: usize = 26;

/// So many bytes of a line may be date, headline, deck and byline.
const LONGEST_FRONT: usize = 700;

/// Parts a line that opens with a date and goes on with headline, deck and text: `2031-03-04 Harbour Post / region Ferry
/// hits pier, two hurt A ferry hit … The ferry, which …`.
fn one_line(text: &str, rest: &mut Stretch, parts: &mut Vec<Stretch>) {
    let slice = rest.span.of(text);
    let Some(date) = date_at_start(slice) else { return };
    // A line of dates and sections alone is no article.
    let behind = &slice[date.span.end..];
    if behind.split_whitespace().count() < FEWEST_WORDS
        || !(first_stop(behind).is_some() || ends_like_a_sentence(behind))
    {
        return;
    }
    let date_end = date.span.end + outlet(&slice[date.span.end..]);
    let front = slice[date_end..].trim_start();
    let front_start = slice.len() - front.len();
    match front_end(front) {
        Some((names, end)) => {
            parts.push(cut(text, rest, front_start, BlockKind::Dateline, Cue::Date));
            if names > 0 {
                let headline = headline_end(&front[..names], text).unwrap_or(names);
                parts.push(cut(text, rest, headline, BlockKind::Headline, Cue::SameLine));
                let deck = front[headline..names].trim();
                if !deck.is_empty() {
                    parts.push(cut(text, rest, deck.len(), BlockKind::Deck, Cue::SameLine));
                }
            }
            let length = rest.span.len() - front[end..].trim_start().len();
            parts.push(cut(text, rest, length, BlockKind::Byline, Cue::SameLine));
        }
        None => {
            let Some(headline) = headline_end(front, text) else { return };
            parts.push(cut(text, rest, front_start, BlockKind::Dateline, Cue::Date));
            parts.push(cut(text, rest, headline, BlockKind::Headline, Cue::SameLine));
            let behind = rest.span.of(text);
            let deck = first_stop(behind).unwrap_or(behind.len());
            // A line of headline and one sentence that is all of the article has no deck.
            if deck < behind.len() || rest.span.end < text.trim_end().len() {
                parts.push(cut(text, rest, deck, BlockKind::Deck, Cue::SameLine));
            }
        }
    }
}

/// How many bytes behind a date name the outlet and its section: ` Harbour Post / region`.
fn outlet(behind: &str) -> usize {
    const LONGEST_OUTLET: usize = 60;
    const MOST_WORDS: usize = 6;
    let Some(slash) = head(behind, LONGEST_OUTLET).find(" / ") else { return 0 };
    let name = &behind[..slash];
    let is_name = name.split_whitespace().count() <= MOST_WORDS
        && name.split_whitespace().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '&' | '-' | '·' | '|'))
        });
    if !is_name {
        return 0;
    }
    // A section is some words in lower case, or one with a capital.
    let mut end = slash + " / ".len();
    let mut first = true;
    for word in behind[end..].split_inclusive(char::is_whitespace) {
        let small = word.starts_with(|c: char| c.is_lowercase());
        if !(first || small) {
            break;
        }
        end += word.len();
        if first && !small {
            break;
        }
        first = false;
    }
    end
}

/// Where headline and deck end, and where the byline, date and place behind them end, if there are any: the text begins
/// there.
fn front_end(front: &str) -> Option<(usize, usize)> {
    /// The next mark of a front stands within so many bytes of the one before.
    const NEXT_WITHIN: usize = 90;
    let front = head(front, LONGEST_FRONT);
    let mut marks: Vec<Span> = dates(front).into_iter().map(|dated| dated.span).collect();
    marks.extend(reading_time(front));
    marks.extend(bylines(front));
    marks.extend(place(front));
    marks.sort();
    let first = *marks.first()?;
    // Where a sentence has ended, the text has begun.
    if first_stop(front).is_some_and(|stop| stop + NEXT_WITHIN < first.start) {
        return None;
    }
    let mut end = first.end;
    for mark in &marks[1..] {
        if mark.start <= end + NEXT_WITHIN {
            end = end.max(mark.end);
        }
    }
    Some((first.start, end))
}

/// `2 min read`, `Lesezeit 3 Min.`, `Temps de lecture : 3 min`.
fn reading_time(front: &str) -> Option<Span> {
    const FORMS: &[&str] =
        &["min read", "minute read", "minutes read", "mins read", "Lesezeit", "Temps de lecture", "Min. Lesezeit"];
    let (at, form) = FORMS.iter().filter_map(|form| front.find(form).map(|at| (at, form))).min()?;
    let number = front[..at].trim_end();
    let digits = number.len() - number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let start = if digits > 0 { number.len() - digits } else { at };
    let behind = &front[at + form.len()..];
    let tail = behind.find(|c: char| !(c.is_whitespace() || c.is_ascii_digit() || c == ':')).unwrap_or(behind.len());
    let minutes = ["Minuten", "Min.", "min.", "min"].iter().find(|unit| behind[tail..].starts_with(**unit));
    let end = at + form.len() + if digits > 0 { 0 } else { tail + minutes.map_or(0, |unit| unit.len()) };
    Some(Span::new(start, end))
}

/// The length of a byline with a date that a line of text opens with: `By Anna Holm Oct 31, 2031 in Culture The ferry`.
fn byline_in_front(slice: &str) -> Option<usize> {
    const WITHIN: usize = 90;
    const FEWEST_WORDS_BEHIND: usize = 8;
    /// A byline may have something so long in front of it.
    const BEFORE: usize = "By ".len();
    let front = head(slice, WITHIN);
    let opens = |rest: &[u8]| BYLINE_WORDS.iter().any(|word| rest.starts_with(word.as_bytes()));
    if !(0..=BEFORE).filter_map(|at| slice.as_bytes().get(at..)).any(opens) {
        return None;
    }
    let byline = bylines(front).filter(|span| span.start <= BEFORE)?;
    let end = dates(front).into_iter().map(|dated| dated.span).find(|date| date.start >= byline.start)?.end;
    let behind = slice[end..].trim_start();
    // The section that the article stands in: `in Culture`.
    let section = behind.strip_prefix("in ").filter(|rest| rest.starts_with(char::is_uppercase));
    let behind = section.and_then(|rest| rest.split_once(' ')).map_or(behind, |(_, rest)| rest);
    (behind.split_whitespace().count() >= FEWEST_WORDS_BEHIND).then(|| slice.len() - behind.len())
}

/// What stands in front of the names of writers.
const BYLINE_WORDS: [&str; 4] = ["By ", "by ", "Von ", "Par "];

/// `By Anna Holm`, `Von Anna Holm`: the word and two or three names.
fn bylines(front: &str) -> Option<Span> {
    const FEWEST_NAMES: usize = 2;
    let opens = |at: usize| front[..at].chars().next_back().is_none_or(char::is_whitespace);
    let first = |word: &'static str| {
        let named = |at: &usize| opens(*at) && names(&front[at + word.len()..]).0 >= FEWEST_NAMES;
        front.match_indices(word).map(|(at, _)| at).find(named).map(|at| (at, word))
    };
    let (start, word) = BYLINE_WORDS.into_iter().filter_map(first).min()?;
    let (_, length) = names(&front[start + word.len()..]);
    Some(Span::new(start, start + word.len() + length))
}

/// So many names are read at most: given names, a surname.
const MOST_NAMES: usize = 4;

/// How many names stand at the start of a text, and their length.
fn names(text: &str) -> (usize, usize) {
    let mut count = 0;
    let mut length = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        let is_name = bare.starts_with(char::is_uppercase)
            && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | ','))
            && !(bare.chars().count() > 2 && bare.chars().all(char::is_uppercase))
            && !SENTENCE_OPENERS.contains(&bare);
        if !is_name {
            break;
        }
        count += 1;
        length += word.len();
        if bare.ends_with(',') || count == MOST_NAMES {
            break;
        }
    }
    (count, text[..length].trim_end().len())
}

/// A place in capitals with a full stop or dash behind it: `ROHNSTADT. `, `PORT ELLA (Nordwire) — `.
fn place(front: &str) -> Option<Span> {
    const SHORTEST: usize = 4;
    let mut start = 0;
    while start < front.len() {
        let end = memchr(b' ', &front.as_bytes()[start..]).map_or(front.len(), |length| start + length + 1);
        let word = &front[start..end];
        // No more is needed to know nearly all words for what they are.
        if word.bytes().take(2).any(|byte| byte.is_ascii_lowercase()) {
            start = end;
            continue;
        }
        let bare = word.trim_end();
        let letters = || bare.chars().filter(|c| c.is_alphabetic()).count();
        if !bare.ends_with(|c: char| c.is_ascii_lowercase())
            && letters() >= SHORTEST
            && bare.chars().all(|c| c.is_uppercase() || matches!(c, '/' | '.' | '-' | ','))
        {
            let behind = &front[start + bare.len()..];
            let near = head(behind, PLACE_BYTES);
            let dashes = if near.contains(['-', '–', '—']) { PLACE_DASHES.iter() } else { [].iter() };
            let marked = dashes.filter_map(|mark| near.find(mark).map(|at| at + mark.len())).min();
            if let Some(length) = marked.filter(|length| !head(behind, *length).contains(['.', '!', '?'])) {
                return Some(Span::new(start, start + bare.len() + length));
            }
            if bare.ends_with('.') {
                return Some(Span::new(start, start + bare.len()));
            }
            // The place may be of several words.
            let capitals = &behind[..behind.find(char::is_lowercase).unwrap_or(behind.len())];
            if let Some(stop) = capitals.find(". ") {
                return Some(Span::new(start, start + bare.len() + stop + 1));
            }
        }
        start = end;
    }
    None
}

/// What stands behind a place.
const PLACE_DASHES: [&str; 4] = [" — ", " – ", " -- ", " - "];

/// A dash that belongs to a place stands within so many bytes of it.
const PLACE_BYTES: usize = 40;

/// Words that open sentences, and with a small letter stand in headlines: where one has a capital behind a word without a
/// stop, a sentence begins.
#[rustfmt::skip]
const SENTENCE_OPENERS: &[&str] = &[
    "A", "An", "The", "In", "On", "At", "It", "He", "She", "They", "We", "This", "That", "These", "Those", "There", "After", "Before", "When", "While", "As", "For", "More",
    "Two", "Three", "Four", "Five", "Police", "Some", "Several", "One", "Der", "Die", "Das", "Ein", "Eine", "Im", "In", "Am", "Bei", "Nach", "Mit", "Bis", "Es", "Le", "La",
    "Les", "Ils", "Elles", "Ce", "Cette", "Sie", "Er", "Un", "Une", "Des", "Il", "Elle", "Dans", "En", "Au", "Aux", "Après", "El", "Los", "Las", "Una",
];

/// Where a headline without a stop ends and a sentence begins behind it on the same line.
///
/// The surest sign is that what follows stands once more elsewhere in the article, or opens with a word that is spelled
/// with a capital only there.
fn headline_end(line: &str, text: &str) -> Option<usize> {
    const WORDS_THAT_PROVE: usize = 6;
    /// So much of an article is searched for the sentence once more, in bytes.
    const REPEATED_WITHIN: usize = 16_000;
    let mut starts = Vec::new();
    let mut at = 0;
    for word in line.split_inclusive(' ') {
        starts.push(at);
        at += word.len();
    }
    let stop = first_stop(line).unwrap_or(line.len());
    let possible = |index: &usize| {
        let start = starts[*index];
        start < stop
            && line[start..].starts_with(|c: char| c.is_uppercase() || opens(c))
            && !line[..start].trim_end().ends_with([',', ':', ';', '-', '–', '—'])
    };
    let range = || (SHORTEST_HEADLINE..starts.len().min(LONGEST_HEADLINE)).filter(possible);
    let repeated = range().find(|index| {
        let end = starts.get(index + WORDS_THAT_PROVE).copied().unwrap_or(line.len());
        let words = line[starts[*index]..end].trim_end();
        words.split_whitespace().count() == WORDS_THAT_PROVE && head(text, REPEATED_WITHIN).matches(words).count() > 1
    });
    let opener = |index: &usize| {
        let word = line[starts[*index]..].split([' ', '\u{a0}']).next().unwrap_or_default();
        SENTENCE_OPENERS.contains(&word)
    };
    let before_small = |index: &usize| {
        line[starts[*index]..].split(' ').nth(1).is_some_and(|word| word.starts_with(char::is_lowercase))
    };
    let index = repeated
        .or_else(|| range().find(|index| opener(index) && before_small(index)))
        .or_else(|| range().find(opener))?;
    Some(starts[index])
}

/// Abbreviations of three letters and more behind which names and numbers follow. Shorter ones end no sentence here.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "Jan", "Feb", "Mar", "Apr", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "Gen", "Gov", "Sen", "Rep", "Rev", "Hon", "Sgt", "Capt", "Col", "Maj", "Cmdr", "Prof", "Mrs", "Inc",
    "Corp", "Ltd", "Bros", "Mio", "Mrd", "Mme", "Mlle", "Mgr", "Calif", "Mass", "Conn", "Ariz", "Pvt", "Cpl", "Supt", "Dipl", "Ing",
];

/// Where the first sentence of a line ends, roughly: behind a stop that more follows, and that is no abbreviation's.
fn first_stop(line: &str) -> Option<usize> {
    const FEWEST_LETTERS: usize = 3;
    let may_be_stop = |byte: &u8| matches!(byte, b'.' | b'!' | b'?' | 0x80..);
    let mut end = 0;
    while let Some(length) = line.as_bytes()[end..].iter().position(may_be_stop) {
        let at = end + length;
        let c = line[at..].chars().next().expect("a character begins here");
        end = at + c.len_utf8();
        let letters = || line[..at].chars().rev().take(FEWEST_LETTERS).take_while(|c| c.is_alphanumeric()).count();
        if stop(c).is_some()
            && letters() == FEWEST_LETTERS
            && !ABBREVIATIONS.iter().any(|word| line[..at].ends_with(word))
        {
            let closed = end + line[end..].len() - line[end..].trim_start_matches(closes).len();
            let behind = &line[closed..];
            let next = behind.trim_start();
            if behind.len() > next.len() && next.starts_with(|c: char| c.is_uppercase() || opens(c)) {
                return Some(closed);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(line: &str) -> Vec<(Option<BlockKind>, &str)> {
        let stretch = Stretch::plain(Span::new(0, line.len()));
        let mut found = Vec::new();
        parts(line, stretch, &Facts::of(line), &mut found);
        found.iter().map(|part| (part.known.map(|(kind, _)| kind), part.span.of(line))).collect()
    }

    #[test]
    fn date_section_headline_deck_and_text_on_one_line_are_parted() {
        use BlockKind::*;
        let line = "2031-03-04 Harbour Post / region Ferry hits pier, two hurt A ferry hit the pier in calm weather. The ferry, \
                    which came from Hesterby, had lost its steering.";
        let expected = [
            (Some(Dateline), "2031-03-04 Harbour Post / region"),
            (Some(Headline), "Ferry hits pier, two hurt"),
            (Some(Deck), "A ferry hit the pier in calm weather."),
            (None, "The ferry, which came from Hesterby, had lost its steering."),
        ];
        assert_eq!(kinds(line), expected);
    }

    #[test]
    fn a_byline_or_place_behind_the_headline_shows_where_the_text_begins() {
        use BlockKind::*;
        let line = "2031-03-04 Harbour Post / region Ferry hits pier Two are hurt as the boat fails to stop By Anna Holm 2 min read \
                    PORT ELLA — Liv Tarrand closed the harbour of the town.";
        let parts = kinds(line);
        assert_eq!(parts.last(), Some(&(None, "Liv Tarrand closed the harbour of the town.")));
        assert_eq!(parts[1], (Some(Headline), "Ferry hits pier"));
        assert_eq!(parts[2], (Some(Deck), "Two are hurt as the boat fails to stop"));
    }

    #[test]
    fn buttons_open_with_known_letters() {
        for words in GLUED_IN_FRONT {
            assert_eq!(button(&format!("{words} Police said")), Some(words.len()), "{words}");
        }
    }

    #[test]
    fn buttons_captions_and_times_are_taken_off() {
        use BlockKind::*;
        let cases = [
            ("[Video Link] The pier was closed on Tuesday.", Navigation, "The pier was closed on Tuesday."),
            ("Buy PhotoThe pier was closed on Tuesday.", Navigation, "The pier was closed on Tuesday."),
            ("The pier. (Photo: A. Holm) The town closed it.", Caption, "The town closed it."),
            ("17.40 CEST – The pier is closed.", Dateline, "The pier is closed."),
            ("+++ 15.58 Uhr +++ Die Mole ist gesperrt.", Dateline, "Die Mole ist gesperrt."),
            ("9:30 p.m. | The pier is closed.", Dateline, "The pier is closed."),
        ];
        for (line, kind, rest) in cases {
            let parts = kinds(line);
            assert_eq!((parts[0].0, parts[1].1), (Some(kind), rest), "{line}");
        }
        for line in [
            "CLOSED piers stay closed.",
            "Close to the pier a boat sank.",
            "10.30 was too late.",
            "12:30 train is late.",
        ] {
            assert_eq!(kinds(line), [(None, line)]);
        }
    }
}
