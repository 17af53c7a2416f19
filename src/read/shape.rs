//! A stretch in, what it is by its own shape out.
//!
//! Running text has a verb's worth of words and ends like a sentence. What a page puts around it (menus, captions,
//! bylines, lists, rating boxes) fails one of the two, or gives itself away by its words.

use std::sync::LazyLock;

use super::captions::{caption, may_end_in_credit};
use super::cues::{FURNITURE, GLUED_IN_FRONT, Opening, Table, folded};
use super::dates::{date_at_start, dates};
#[cfg(test)]
use super::facts::ends_inside;
use super::facts::{Facts, cue, is_plain, mark, phrase_cues};
use super::phrases::Phrases;
use super::unspaced;
use crate::language::{is_southeast_asian, is_unspaced, may_be_unspaced};
use crate::marks::{closes, opens, stop};
use crate::model::{BlockKind, Cue, head};

/// A sentence of running text has at least so many words; shorter stretches are labels, links or exclamations.
const PROSE_WORDS: usize = 5;

/// In scripts without spaces, at least so many letters.
pub(super) const PROSE_LETTERS: usize = 10;

/// A stretch of so many words with full stops in it is running text even if its end is cut off.
const CUT_OFF_WORDS: usize = 40;

/// A stretch of so many words that opens like a sentence is running text whose last mark is missing.
const UNFINISHED_WORDS: usize = 18;

/// A heading has at most so many words.
const HEADING_WORDS: usize = 30;

/// A question or exclamation that is a paragraph of its own is running text only beyond so many words.
const CALL_WORDS: usize = 14;

/// A sentence about "this article" that is a paragraph of its own is furniture of the page up to so many words.
const FURNITURE_WORDS: usize = 25;

/// A button in front of a line has at most so many words.
const LONGEST_BUTTON: usize = 8;

/// What opens like a line of the page is one up to so many words.
const OPENER_WORDS: usize = 40;

/// A dateline is at most so long, in bytes.
const LONGEST_DATELINE: usize = 90;

/// With place, country, day and agency it has at most so many words.
const MOST_DATELINE_WORDS: usize = 8;

/// A place in front of a colon has at most so many words.
const MOST_PLACE_WORDS: usize = 3;

/// And at least so many letters: `Q: ` and `EU: ` are none.
const SHORTEST_PLACE: usize = 4;

/// What a stretch is, as far as it shows by itself, and what shows it.
pub(super) fn by_shape(slice: &str, facts: &Facts) -> (BlockKind, Cue) {
    if facts.has(mark::UNSPACED)
        && let Some(told) = unspaced::by_words(slice)
    {
        return told;
    }
    let opening = Opening::of(slice);
    let words = facts.words;
    if is_list_item(slice) {
        return (BlockKind::ListItem, Cue::Bullet);
    }
    if let Some(cue) = caption(slice, facts, &opening) {
        return (BlockKind::Caption, cue);
    }
    if is_byline(slice, facts, &opening) {
        return (BlockKind::Byline, Cue::Words);
    }
    if let Some(kind) = page_line(slice, facts, &opening) {
        return (kind, Cue::Words);
    }
    if facts.has(mark::SLASH) && is_chain(slice) {
        return (BlockKind::Deck, Cue::Chain);
    }
    if let Some(cue) = date_line(slice, facts, &opening) {
        return (BlockKind::Dateline, cue);
    }
    if let Some(cue) = running_text(slice, facts) {
        return (BlockKind::Prose, cue);
    }
    if is_bar(slice, facts) {
        return (BlockKind::Navigation, Cue::Chain);
    }
    if words <= DATE_LINE_WORDS && facts.has(mark::YEAR) && !dates(slice).is_empty() {
        return (BlockKind::Dateline, Cue::Date);
    }
    let cue = if facts.all_capitals() {
        Cue::Capitals
    } else if facts.ends {
        if slice.ends_with(['!', '?']) { Cue::Call } else { Cue::Short }
    } else {
        Cue::NoStop
    };
    (if words <= HEADING_WORDS { BlockKind::Label } else { BlockKind::Navigation }, cue)
}

fn running_text(slice: &str, facts: &Facts) -> Option<Cue> {
    let words = facts.words;
    let unspaced = if facts.has(mark::UNSPACED) { letters_without_spaces(slice) } else { 0 };
    if unspaced >= PROSE_LETTERS {
        // Thai and its neighbours write no full stop: there the length has to do, and headlines are long.
        let longest_heading = if slice.contains(is_southeast_asian) { 9 * PROSE_LETTERS } else { 4 * PROSE_LETTERS };
        let running = facts.ends || facts.inner_stops > 0 || unspaced >= longest_heading;
        return running.then_some(Cue::Sentences);
    }
    if words < PROSE_WORDS || facts.all_capitals() {
        return None;
    }
    if words < CALL_WORDS && facts.inner_stops == 0 && slice.ends_with(['!', '?']) {
        return None;
    }
    if facts.ends {
        return Some(Cue::Sentences);
    }
    let cut_off = words >= CUT_OFF_WORDS && facts.inner_stops > 0;
    // A paragraph whose last sentence lost its full stop still has the sentences before it.
    let unfinished = words >= UNFINISHED_WORDS && facts.inner_stops > 0 && !is_bar(slice, facts);
    (cut_off || unfinished).then_some(Cue::CutOff)
}

/// Whether the last character, closing quotes and brackets aside, is one that ends a sentence or announces one.
pub(super) fn ends_like_a_sentence(slice: &str) -> bool {
    // As most do.
    if slice.ends_with('.') {
        return true;
    }
    let bare = slice.trim_end_matches(|c: char| c.is_whitespace() || closes(c));
    bare.ends_with(|c: char| stop(c).is_some() || c == ':') || (bare.len() < slice.len() && bare.ends_with(','))
}

/// How many stops stand inside a stretch with white space behind them, as [`Facts`] are held against it.
#[cfg(test)]
pub(super) fn inner_stops(slice: &str) -> usize {
    let mut stops = 0;
    let mut letters_before = 0;
    let mut characters = slice.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        let spaced = next.is_some_and(|n| n.is_whitespace() || closes(n));
        stops += usize::from(stop(c).is_some_and(|stop| ends_inside(stop, letters_before, spaced, next.is_some())));
        letters_before = if c.is_alphanumeric() { letters_before + 1 } else { 0 };
    }
    stops
}

/// Letters of scripts that put no spaces between words.
pub(super) fn letters_without_spaces(slice: &str) -> usize {
    if may_be_unspaced(slice) { slice.chars().filter(|&c| is_unspaced(c)).count() } else { 0 }
}

fn all_capitals(slice: &str) -> bool {
    slice.chars().any(char::is_uppercase) && !slice.chars().any(char::is_lowercase)
}

/// Whether a line opens like an item of a list: a bullet, or a small number with a bracket or full stop.
pub(super) fn is_list_item(line: &str) -> bool {
    if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let line = line.trim_start();
    if line.starts_with(['•', '‣', '▪', '◦', '●', '■', '►', '▶', '✓', '·', '➤', '○']) {
        return true;
    }
    if ["- ", "* ", "+ ", "– "].iter().any(|bullet| line.starts_with(bullet)) {
        return true;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && [". ", ") "].iter().any(|end| line[digits..].starts_with(end))
}

/// A byline has at most so many words.
const BYLINE_WORDS: usize = 12;

/// A line of credits, for reporters and editors, has at most so many.
const CREDIT_LINE_WORDS: usize = 40;

fn is_byline(slice: &str, facts: &Facts, opening: &Opening<'_>) -> bool {
    if facts.words > CREDIT_LINE_WORDS {
        return false;
    }
    // `By late Tuesday` is no byline: somebody is named behind it.
    let name =
        || slice.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase) || word.contains('@'));
    let small = || slice.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_lowercase));
    let named = || facts.words <= BYLINE_WORDS && !facts.ends && opening.is_of(Table::Byline) && name() && !small();
    let contributed = || {
        let lower = folded(slice);
        lower.contains("contributed to this report") || lower.contains("contributed reporting")
    };
    named()
        || opening.is_of(Table::Credits)
        || (facts.may_have(cue::CONTRIBUTED) && contributed())
        || (facts.has(mark::AT) && is_address(slice, facts.words))
        || is_initials(slice)
}

/// A mail address, alone or with a name.
fn is_address(slice: &str, words: usize) -> bool {
    const MOST_WORDS: usize = 6;
    words <= MOST_WORDS && slice.split_whitespace().any(|word| word.contains('@') && word.contains('.'))
}

/// The initials of writers and agencies in brackets: `(na/ks)`.
fn is_initials(slice: &str) -> bool {
    const LONGEST: usize = 16;
    slice.len() <= LONGEST
        && slice.starts_with('(')
        && slice.ends_with(')')
        && slice[1..slice.len() - 1].chars().all(|c| c.is_lowercase() || matches!(c, '/' | ',' | ' '))
}

/// What kind of line of the page a stretch is, by how it opens or by what it speaks of.
fn page_line(slice: &str, facts: &Facts, opening: &Opening<'_>) -> Option<BlockKind> {
    let words = facts.words;
    if (words <= LONGEST_BUTTON && GLUED_IN_FRONT.contains(&slice)) || is_counter(slice, facts) {
        return Some(BlockKind::Navigation);
    }
    // `Subscribe to the new shares, the company told its holders` is told.
    const TOLD: &[&str] = &[" said", " told ", " says", " ruled", " announced", " reported", " according to "];
    let told = || facts.ends && TOLD.iter().any(|verb| slice.contains(verb));
    if words <= OPENER_WORDS {
        let longest = |kind: BlockKind| if kind == BlockKind::Notice { OPENER_WORDS } else { FURNITURE_WORDS };
        let opened = opening.find(|table| matches!(table, Table::Page(kind) if words <= longest(kind)));
        if let Some(Table::Page(kind)) = opened.filter(|_| !told()) {
            return Some(kind);
        }
    }
    if words > FURNITURE_WORDS || !facts.may_have(cue::FURNITURE) {
        return None;
    }
    static PHRASES: LazyLock<Phrases<usize>> = LazyLock::new(|| {
        let ranked = FURNITURE.iter().enumerate();
        Phrases::of(ranked.flat_map(|(rank, (_, phrases))| phrases.iter().map(move |phrase| (*phrase, rank))))
    });
    let rank = PHRASES.matches(&folded(slice)).map(|(_, _, rank)| rank).min()?;
    Some(FURNITURE[rank].0)
}

/// Whether a sentence is one of the page rather than of the article, by its words: a call to read or to subscribe, a
/// picture's credit, a notice. What is told of pages and pictures is not.
pub(crate) fn is_page_line(sentence: &str) -> bool {
    let opening = Opening::of(sentence);
    may_be_page_line(sentence, &opening) && reads_like_a_page_line(sentence, &opening)
}

fn reads_like_a_page_line(sentence: &str, opening: &Opening<'_>) -> bool {
    let facts = Facts::of(sentence);
    let credit = || {
        let phrases = [" contributed.", "contributed to this", "contributed reporting"];
        phrases.iter().any(|phrase| sentence.contains(phrase))
    };
    if facts.words <= CREDIT_LINE_WORDS && facts.may_have(cue::CONTRIBUTED) && credit() {
        return true;
    }
    let told =
        || sentence.split_whitespace().any(|word| matches!(word.trim_end_matches(','), "said" | "told" | "says"));
    let is_line = caption(sentence, &facts, opening).is_some()
        || (facts.words <= OPENER_WORDS && page_line(sentence, &facts, opening).is_some());
    is_line && !told()
}

/// What must be so for a sentence to be one of the page: nearly all sentences of articles have nothing of it.
fn may_be_page_line(sentence: &str, opening: &Opening<'_>) -> bool {
    // Buttons and counters have no stop.
    if !is_plain(sentence) || !ends_like_a_sentence(sentence) || opening.may_be_known() || sentence.starts_with('[') {
        return true;
    }
    let phrases = phrase_cues(sentence.as_bytes());
    phrases & (cue::FURNITURE | cue::CONTRIBUTED) != 0 || may_end_in_credit(sentence, phrases)
}

/// `57 comments`, `1,204 Kommentare`, `2 min read`, `Share 12`, `★★★☆☆`.
fn is_counter(slice: &str, facts: &Facts) -> bool {
    const MOST_WORDS: usize = 5;
    const COUNTED: &[&str] = &[
        "comment",
        "comments",
        "kommentare",
        "kommentar",
        "commentaires",
        "commentaire",
        "shares",
        "views",
        "likes",
        "votes",
        "min",
        "read",
        "retweets",
        "replies",
        "abonnés",
    ];
    let stars = facts.words <= FURNITURE_WORDS && facts.has(mark::STAR);
    let counted = facts.words <= MOST_WORDS
        && facts.has(mark::DIGIT)
        && !facts.ends
        && folded(slice).split(|c: char| !c.is_alphabetic()).any(|word| COUNTED.contains(&word));
    stars || counted
}

/// Whether a stretch strings headline, outlet, place and author together: `Title/ Outlet/ CITY/ A. Writer/ …`.
fn is_chain(slice: &str) -> bool {
    head(slice, CHAIN_BYTES).matches("/ ").count() >= CHAIN_LINKS
}

/// Whether a line is a row of links or a path of sections: `Home | News | Sport`, `News > Regions`, `Home  News  Sport`.
fn is_bar(slice: &str, facts: &Facts) -> bool {
    let count = |mark: &str| slice.matches(mark).count();
    facts.has(mark::BAR | mark::UNTIDY)
        && ([" | ", " > ", " » ", " › ", " • ", " · ", "\t"].iter().any(|mark| count(mark) > 0) || count("  ") >= 2)
}

/// A chain has at least so many slashes.
const CHAIN_LINKS: usize = 3;

/// So much of a stretch is searched for a chain, in bytes.
const CHAIN_BYTES: usize = 400;

/// A line of date and place has at most so many words.
const DATE_LINE_WORDS: usize = 14;

/// With a date in front it may have more, if no sentence ends in it.
const LONG_DATE_LINE_WORDS: usize = 20;

/// What shows that a stretch is a line of date, place or outlet.
fn date_line(slice: &str, facts: &Facts, opening: &Opening<'_>) -> Option<Cue> {
    const PLACE_WORDS: usize = 5;
    let words = facts.words;
    if facts.ends && facts.has(mark::UNSPACED) && letters_without_spaces(slice) >= PROSE_LETTERS {
        return None;
    }
    let place_alone = words <= PLACE_WORDS && slice.ends_with([':', '—', '–', '-']) && opens_with_capital(slice);
    if place_alone {
        return Some(Cue::Place);
    }
    let has_year = facts.has(mark::YEAR);
    let dated = has_year
        && words < LONG_DATE_LINE_WORDS
        && !(facts.ends && words > DATE_LINE_WORDS)
        && date_at_start(slice).is_some();
    let worded = words < LONG_DATE_LINE_WORDS && !facts.ends && opening.is_of(Table::Dates);
    // `date 2031-03-04 Ferry hits pier A ferry hit …`, of which no part could be told from the next.
    let stamped = has_year && facts.inner_stops == 0 && dated_front(slice);
    if dated || stamped || worded || is_time(slice) {
        return Some(Cue::Date);
    }
    None
}

/// Whether a line opens with a date as programs write it, alone or behind `date`.
fn dated_front(slice: &str) -> bool {
    let bytes = slice.strip_prefix("date ").unwrap_or(slice).as_bytes();
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    digits(0, 4) && digits(5, 7) && digits(8, 10) && bytes[4] == b'-' && bytes[7] == b'-'
}

/// Words that open a line of dates.
#[rustfmt::skip]
pub(super) const DATE_OPENERS: &[&str] = &[
    "date ", "date:", "published", "updated", "posted", "last updated", "last modified", "modified", "publié le", "mis à jour", "stand:", "aktualisiert", "veröffentlicht am", "zuletzt aktualisiert",
    "publicado", "actualizado", "pubblicato", "first published",
];

/// A time of day by itself, as above an entry of a live page.
pub(super) fn is_time(slice: &str) -> bool {
    const LONGEST: usize = 24;
    slice.len() <= LONGEST
        && slice.contains([':', '.', 'h'])
        && slice.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '['))
        && slice.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
            let lower = word.to_lowercase();
            let clock = lower.split('h').all(|part| part.bytes().all(|byte| byte.is_ascii_digit()) && part.len() <= 2);
            clock
                || matches!(
                    lower.as_str(),
                    "a" | "p"
                        | "m"
                        | "am"
                        | "pm"
                        | "uhr"
                        | "cet"
                        | "cest"
                        | "gmt"
                        | "est"
                        | "edt"
                        | "mez"
                        | "mesz"
                        | "et"
                        | "bst"
                        | "utc"
                )
        })
}

/// The length in bytes of a dateline that running text opens with, the dash or colon and the space behind it included.
///
/// `KYIV, Ukraine — `, `PORT ELLA (Nordwire) - `, `(Nordwire) — `, and, above all other running text only, a place
/// with a colon: `Kyiv: `.
pub(super) fn dateline_length(slice: &str, before_prose: bool) -> Option<usize> {
    if !may_open_with_a_dateline(slice) {
        return None;
    }
    let head = head(slice, LONGEST_DATELINE);
    let marked = |mark: &&str| head.find(*mark).map(|at| (at, at + mark.len()));
    // Some put nothing between the agency and the sentence: `PORT ELLA (Nordwire) The ferry`.
    let unmarked = || head.find(") ").filter(|_| before_prose && !head.contains('-')).map(|at| (at + 1, at + 1));
    let (mark, length) =
        ["—", "–", "--", " - ", ".- ", " | ", ": "].iter().filter_map(marked).min().or_else(unmarked)?;
    let (place, rest) = (slice[..mark].trim(), slice[length..].trim_start());
    if !rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || opens(c)) {
        return None;
    }
    if place.is_empty() {
        // The place was lost when the page was copied, and the dash was not.
        return (before_prose && slice[length..].starts_with(' ')).then(|| slice.len() - rest.len());
    }
    let (bare, agency) = match (place.find('('), place.ends_with(')')) {
        (Some(open), true) => (place[..open].trim(), true),
        _ => (place, false),
    };
    let words: Vec<&str> = bare.split_whitespace().collect();
    let all_names = words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let in_capitals = words.first().is_some_and(|word| word.len() > 2 && all_capitals(word));
    let colon = slice[..length].ends_with(": ");
    // `UNICEF – the agency of children – said` is an aside.
    let aside =
        [" – ", " — ", " -- "].iter().any(|dash| slice[length..].contains(dash)) && !agency && !place.contains(',');
    let is_dateline = words.len() <= MOST_DATELINE_WORDS
        && (before_prose || !aside)
        && all_names
        && if slice[..length].ends_with(" | ") {
            before_prose && in_capitals
        } else if colon {
            before_prose && words.len() <= MOST_PLACE_WORDS && bare.len() >= SHORTEST_PLACE && !agency
        } else {
            agency || in_capitals || before_prose
        };
    is_dateline.then(|| slice.len() - rest.len())
}

/// Whether the marks of a dateline can stand behind nothing but names, as [`dateline_length`] wants it: in front of the
/// first word that is no name there is a mark, or a bracket, in which words may be small.
fn may_open_with_a_dateline(slice: &str) -> bool {
    let mut before = ' ';
    let mut at = 0;
    while let Some(c) = slice[at..].chars().next() {
        let behind = &slice.as_bytes()[at..];
        if c.is_ascii_alphabetic() {
            // Inside of words nothing is to be seen.
            let length = behind.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let small = before.is_whitespace() && c.is_ascii_lowercase();
            if small || at + length - 1 > LONGEST_DATELINE {
                return false;
            }
            at += length;
            before = c;
            continue;
        }
        let marked = matches!(c, '(' | ')' | '—' | '–')
            || matches!(behind, [b'-', b'-', ..] | [b' ', b'-' | b'|', b' ', ..] | [b'.', b'-', b' ', ..])
            || behind.starts_with(b": ");
        if marked || at > LONGEST_DATELINE {
            return marked;
        }
        if before.is_whitespace() && !(c.is_whitespace() || c.is_uppercase() || c.is_ascii_digit()) {
            return false;
        }
        before = c;
        at += c.len_utf8();
    }
    false
}

fn opens_with_capital(slice: &str) -> bool {
    slice.starts_with(|c: char| c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::*;

    #[test]
    fn each_kind_is_told_by_its_shape() {
        let cases = [
            (Prose, "The ferry hit the pier on Tuesday."),
            (Prose, "“It was quiet,” the mayor said. “Then it was not.”"),
            (Prose, "渡轮星期二早上撞上了港口的码头，十二人受伤。"),
            (Prose, "Der Hafen bleibt bis Freitag geschlossen, sagte sie:"),
            (Label, "Ferry hits the pier at Port Ella, two hurt"),
            (Label, "Top StoryWorld"),
            (Label, "FERRY HITS PIER AND TWELVE ARE HURT."),
            (ListItem, "• Twelve people were hurt on Tuesday morning."),
            (ListItem, "2. Twelve people were hurt on Tuesday morning."),
            (Caption, "The ferry lies at the east pier on Tuesday. (Photo: Nordwire/A. Holm)"),
            (Caption, "The pier in the evening light, seen from the quay [Picture by A. Holm]"),
            (Byline, "By Anna Holm, staff writer"),
            (Byline, "Reporting by Anna Holm; editing by J. R. Halvard."),
            (Teaser, "Read more: how the ferry was built in the first place."),
            (Rating, "No votes so far! Be the first to rate this article."),
            (Rating, "How useful did you find this article?"),
            (Subscription, "Get the Courier’s morning letter: enter your e-mail address."),
            (Notice, "© 2031 Harbour Post. All rights reserved."),
            (Navigation, "57 comments"),
            (Dateline, "date 2031-03-04 Harbour Post / region"),
            (Dateline, "Port Ella:"),
            (Dateline, "NORDWIRE / DOMESTIC / 2031-03-11 13:20"),
            (Dateline, "The Harbour Post - Friday, April 18, 2031"),
            (Navigation, "Harbour News > Regions > Port Ella"),
            (Navigation, "HOME  NEWS  SPORT  STARS"),
            (Caption, "[Chart: crowns a day. Source: Harbour Exchange]"),
            (Deck, "Ferry hits pier/ Harbour Post/ PORT ELLA/ A. Holm/ The ferry hit the pier."),
        ];
        for (kind, slice) in cases {
            assert_eq!(by_shape(slice, &Facts::of(slice)).0, kind, "{slice}");
        }
    }

    #[test]
    fn no_line_of_a_page_is_passed_over_before_its_facts_are_gathered() {
        let openers = super::super::cues::OPENERS.iter().flat_map(|openers| openers.words);
        let furniture = FURNITURE.iter().flat_map(|(_, phrases)| phrases.iter());
        let opened = openers.map(|opener| format!("{opener} the old ferry."));
        let spoken = furniture.map(|phrase| format!("The old ferry has “{phrase}” here."));
        let others = [
            "The ferry at the pier. (Photo: Nordwire/A. Holm)",
            "The ferry at the pier. Photo: Nordwire/A. Holm.",
            "The ferry at the pier. Photo courtesy of Holm.",
            "Ada Holm contributed to this report.",
            "[Chart: crowns a day.]",
            "57 comments",
            "Hide caption",
            "★★★☆☆.",
            "The old ferry has  this \u{a0}article here.",
        ];
        let lines: Vec<String> = opened.chain(spoken).chain(others.map(str::to_owned)).collect();
        for line in &lines {
            for line in [line.clone(), line.to_uppercase(), line.replace(' ', "  ")] {
                let opening = Opening::of(&line);
                assert!(may_be_page_line(&line, &opening) || !reads_like_a_page_line(&line, &opening), "{line}");
            }
        }
        assert!(lines.iter().filter(|line| is_page_line(line)).count() > lines.len() / 2);
        let line = "The ferry hit the pier — “hard” — on Tuesday, police said.";
        assert!(!may_be_page_line(line, &Opening::of(line)));
    }

    #[test]
    fn a_dateline_is_parted_from_the_sentence_behind_it() {
        let cases = [
            ("PORT ELLA, Norland — The ferry hit.", true, "The ferry hit."),
            ("PORT ELLA, Norland (Nordwire) -- The ferry hit.", false, "The ferry hit."),
            ("NEW HAVEN, March 4 (Nordwire) - The ferry hit.", false, "The ferry hit."),
            ("(Nordwire) — The ferry hit.", false, "The ferry hit."),
            ("— The ferry hit.", true, "The ferry hit."),
            ("PORT ELLA | The ferry hit.", true, "The ferry hit."),
            ("Home | The ferry hit.", true, "Home | The ferry hit."),
            ("Port Ella (Nordwire News) The ferry hit.", true, "The ferry hit."),
            ("The ferry (of Sund Line) The pier.", true, "The ferry (of Sund Line) The pier."),
            ("Kyiv: The talks went on.", true, "The talks went on."),
            ("Kyiv: The talks went on.", false, "Kyiv: The talks went on."),
            ("The ferry — Alda Brim — hit the pier.", true, "The ferry — Alda Brim — hit the pier."),
            ("The mayor said: There is no danger.", true, "The mayor said: There is no danger."),
        ];
        for (slice, before_prose, rest) in cases {
            assert_eq!(&slice[dateline_length(slice, before_prose).unwrap_or(0)..], rest, "{slice}");
        }
    }
}
