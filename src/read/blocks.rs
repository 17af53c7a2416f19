//! Stretches of text in, what each of them is out.
//!
//! A first rule by shape: running text has a verb's worth of words and ends like a sentence. What a page puts around
//! it (menus, captions, bylines, lists, rating boxes) fails one of the two, or gives itself away by its words. A line
//! of running text may open with a dateline (`PORT ELLA, Norland —`), which becomes a block of its own.

use crate::language::is_unspaced;
use crate::marks::{Stop, closes, opens, stop};
use crate::model::{Block, BlockKind, Cue, Span, head};

/// A stretch of text that is one block, and what it is where the markup says so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub span: Span,
    pub kind: Option<BlockKind>,
}

impl Stretch {
    /// A stretch of which only the shape is known.
    pub fn plain(span: Span) -> Self {
        Self { span, kind: None }
    }
}

/// A sentence of running text has at least so many words; shorter stretches are labels, links or exclamations.
const PROSE_WORDS: usize = 5;

/// In scripts without spaces, at least so many letters.
const PROSE_LETTERS: usize = 10;

/// A stretch of so many words with full stops in it is running text even if its end is cut off.
const CUT_OFF_WORDS: usize = 40;

/// A heading has at most so many words.
const HEADING_WORDS: usize = 30;

/// An own headline, in contrast to a section's name, has at least so many words or so many letters.
const HEADLINE_WORDS: usize = 4;

/// A question or exclamation that is a paragraph of its own is running text only beyond so many words.
const CALL_WORDS: usize = 14;

/// A sentence about "this article" that is a paragraph of its own is furniture of the page up to so many words.
const FURNITURE_WORDS: usize = 25;

/// A deck has at most so many words.
const DECK_WORDS: usize = 40;

/// A dateline is at most so long, in bytes.
const LONGEST_DATELINE: usize = 90;

/// Says what each stretch is. Blocks come in the order of the text, without overlaps.
pub(super) fn classify(text: &str, stretches: &[Stretch]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(stretches.len() + 1);
    let mut before_prose = true;
    for stretch in stretches {
        let kind = stretch.kind.unwrap_or_else(|| by_shape(stretch.span.of(text)));
        let dateline = match kind {
            BlockKind::Prose => dateline_length(stretch.span.of(text), before_prose),
            _ => None,
        };
        let mut span = stretch.span;
        if let Some(length) = dateline {
            let head = Span::new(span.start, span.start + length);
            blocks.push(Block { span: head.trimmed(text), kind: BlockKind::Dateline, cue: Cue::Place });
            span = Span::new(head.end, span.end).trimmed(text);
        }
        blocks.push(Block { span, kind, cue: Cue::Sentences });
        before_prose &= kind != BlockKind::Prose;
    }
    find_headline(text, &mut blocks);
    find_deck(text, &mut blocks);
    find_captions(text, &mut blocks);
    blocks
}

/// The first heading above the running text that is more than a section's name is the headline.
fn find_headline(text: &str, blocks: &mut [Block]) {
    if blocks.iter().any(|block| block.kind == BlockKind::Headline) {
        return;
    }
    let above = blocks.iter_mut().take_while(|block| block.kind != BlockKind::Prose);
    let headline = above.filter(|block| block.kind == BlockKind::Label).find(|block| {
        let line = block.span.of(text);
        line.split_whitespace().count() >= HEADLINE_WORDS || letters_without_spaces(line) >= PROSE_LETTERS
    });
    if let Some(block) = headline {
        block.kind = BlockKind::Headline;
    }
}

/// A short paragraph right under the headline, with a byline or the like before the running text, is the deck: one
/// sentence above a name, a date or a place, two above a dateline.
fn find_deck(text: &str, blocks: &mut [Block]) {
    for index in 1..blocks.len().saturating_sub(1) {
        let below_headline = blocks[index - 1].kind == BlockKind::Headline && blocks[index].kind == BlockKind::Prose;
        if !below_headline {
            continue;
        }
        let next = blocks[index + 1].kind;
        let parted = matches!(next, BlockKind::Byline | BlockKind::Dateline | BlockKind::Label | BlockKind::Caption);
        let dateline = blocks[index + 1..].iter().take(3).any(|block| block.kind == BlockKind::Dateline);
        let deck = blocks[index].span.of(text);
        let sentences = 1 + inner_stops(deck);
        let short = deck.split_whitespace().count() <= DECK_WORDS;
        if parted && short && (sentences == 1 || (sentences == 2 && dateline)) {
            blocks[index].kind = BlockKind::Deck;
        }
    }
}

/// A sentence with nothing but a picture credit under it is that picture's caption.
fn find_captions(text: &str, blocks: &mut [Block]) {
    for index in 1..blocks.len() {
        let line = blocks[index].span.of(text);
        let credit = blocks[index].kind == BlockKind::Caption && line.split_whitespace().count() <= 8;
        let above = &mut blocks[index - 1];
        if credit && above.kind == BlockKind::Prose && inner_stops(above.span.of(text)) == 0 {
            above.kind = BlockKind::Caption;
        }
    }
}

/// What a stretch is, as far as it shows by itself.
fn by_shape(slice: &str) -> BlockKind {
    let words = slice.split_whitespace().count();
    if is_list_item(slice) {
        return BlockKind::ListItem;
    }
    if is_caption(slice, words) {
        return BlockKind::Caption;
    }
    if is_byline(slice, words) {
        return BlockKind::Byline;
    }
    if is_navigation(slice, words) {
        return BlockKind::Navigation;
    }
    if is_chain(slice) {
        return BlockKind::Deck;
    }
    if is_date_line(slice, words) {
        return BlockKind::Dateline;
    }
    if is_running_text(slice, words) {
        return BlockKind::Prose;
    }
    if is_bar(slice) {
        return BlockKind::Navigation;
    }
    if words <= DATE_LINE_WORDS && holds_date(slice) {
        return BlockKind::Dateline;
    }
    if words <= HEADING_WORDS { BlockKind::Label } else { BlockKind::Navigation }
}

fn is_running_text(slice: &str, words: usize) -> bool {
    let unspaced = letters_without_spaces(slice);
    if unspaced >= PROSE_LETTERS {
        // Thai and its neighbours write no full stop: there the length has to do.
        return ends_like_a_sentence(slice) || inner_stops(slice) > 0 || unspaced >= 4 * PROSE_LETTERS;
    }
    if words < PROSE_WORDS || all_capitals(slice) {
        return false;
    }
    if words < CALL_WORDS && slice.ends_with(['!', '?']) && inner_stops(slice) == 0 {
        return false;
    }
    ends_like_a_sentence(slice) || (words >= CUT_OFF_WORDS && inner_stops(slice) > 0)
}

/// Whether the last character, closing quotes and brackets aside, is one that ends a sentence or announces one.
fn ends_like_a_sentence(slice: &str) -> bool {
    let bare = slice.trim_end_matches(|c: char| c.is_whitespace() || closes(c));
    bare.ends_with(|c: char| stop(c).is_some() || c == ':') || (bare.len() < slice.len() && bare.ends_with(','))
}

/// How many stops stand inside a stretch with white space behind them: one less than sentences, roughly.
fn inner_stops(slice: &str) -> usize {
    let mut stops = 0;
    let mut letters_before = 0;
    let mut characters = slice.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        let spaced = next.is_some_and(|n| n.is_whitespace() || closes(n));
        let wide = stop(c) == Some(Stop::Wide);
        // A stop behind one or two letters is an abbreviation more often than an end.
        if stop(c).is_some() && next.is_some() && (wide || (spaced && letters_before > 2)) {
            stops += 1;
        }
        letters_before = if c.is_alphanumeric() { letters_before + 1 } else { 0 };
    }
    stops
}

/// Letters of scripts that put no spaces between words.
fn letters_without_spaces(slice: &str) -> usize {
    if slice.is_ascii() {
        return 0;
    }
    slice.chars().filter(|&c| is_unspaced(c)).count()
}

fn all_capitals(slice: &str) -> bool {
    slice.chars().any(char::is_uppercase) && !slice.chars().any(char::is_lowercase)
}

/// Whether a line opens like an item of a list: a bullet, or a small number with a bracket or full stop.
pub(super) fn is_list_item(line: &str) -> bool {
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

/// Words that name the maker of a picture, in lower case, as they stand in a credit.
#[rustfmt::skip]
const CREDIT_WORDS: &[&str] = &[
    "photo", "picture", "image", "getty", "courtesy", "handout", "illustration", "screenshot", "graphic", "credit",
    "shutterstock", "wire/", "/wire", "pool/", "via ap", "reuters/", "afp/", "epa/", "/afp", "/reuters", "/epa",
    "foto", "bild:", "imagen", "фото", "写真", "图片", "cortesía",
];

/// How a line opens that says what a picture shows or who made it.
#[rustfmt::skip]
const CAPTION_OPENERS: &[&str] = &[
    "photo:", "buy photo", "photos:", "photo by", "image:", "picture:", "pictured:", "pictured above",
    "file photo", "credit:", "photograph:", "photograph by", "caption:", "foto:", "bild:", "photo credit",
    "image credit", "video:", "watch:", "illustration:", "graphic:", "file -", "file —", "file –", "[photo",
    "(photo",
];

/// A bracket longer than this, in bytes, is no picture credit.
const LONGEST_CREDIT: usize = 100;

/// A caption has at most so many words.
const CAPTION_WORDS: usize = 70;

pub(super) fn is_caption(slice: &str, words: usize) -> bool {
    if words > CAPTION_WORDS {
        return false;
    }
    if opens_with_any(slice, CAPTION_OPENERS) {
        return true;
    }
    if slice.starts_with('[') && slice.ends_with(']') {
        return true;
    }
    let end = slice.trim_end_matches(['.', ' ', '"', '”', '*', '_']);
    let Some(close) = end.chars().next_back().filter(|c| matches!(c, ')' | ']')) else {
        return false;
    };
    let open = if close == ')' { '(' } else { '[' };
    let Some(start) = end.rfind(open) else { return false };
    let bracket = &end[start..];
    bracket.len() <= LONGEST_CREDIT && {
        let lower = bracket.to_lowercase();
        CREDIT_WORDS.iter().any(|word| lower.contains(word))
    }
}

/// A byline has at most so many words.
const BYLINE_WORDS: usize = 10;

/// A line of credits, for reporters and editors, has at most so many.
const CREDIT_LINE_WORDS: usize = 40;

fn is_byline(slice: &str, words: usize) -> bool {
    const OPENERS: &[&str] = &["by ", "von ", "par ", "por ", "written by", "story by", "text by"];
    const CREDITS: &[&str] = &[
        "reporting by",
        "editing by",
        "additional reporting",
        "(reporting by",
        "compiled by",
        "with reporting by",
        "text supplied by",
        "about the author",
    ];
    if words > CREDIT_LINE_WORDS {
        return false;
    }
    let lower = slice.to_lowercase();
    (words <= BYLINE_WORDS && !ends_like_a_sentence(slice) && opens_with_any(slice, OPENERS))
        || opens_with_any(slice, CREDITS)
        || lower.contains("contributed to this report")
        || lower.contains("contributed reporting")
}

/// How lines open that belong to the page and not to the article.
#[rustfmt::skip]
const NAVIGATION_OPENERS: &[&str] = &[
    "read more", "eds:", "read also", "also read", "read next", "read the full", "see also", "related:", "related stories",
    "related articles", "more on", "more from", "more:", "recommended", "most read", "trending", "latest news",
    "sign up", "subscribe", "follow us", "follow @", "click here", "click on", "tap here", "share this",
    "share on", "advertisement", "sponsored", "continue reading", "scroll for", "previous article", "next article",
    "watch ", "all rights reserved", "copyright", "©", "(c) 20", "download the app", "download our app",
    "join our", "join the conversation", "get the latest", "get our", "don't miss", "don’t miss",
    "you may also like", "you might also like", "average rating", "leave a comment", "comments", "log in",
    "skip to", "back to top", "newsletter", "support our", "donate", "correction:", "correction ", "editor's note",
    "editor’s note", "clarification:", "this story has been updated", "this article was", "this article has",
    "this story was", "this is a developing story", "listen to this", "lire aussi", "à lire aussi",
    "lesen sie auch", "mehr zum thema", "lea también", "leggi anche", "читайте также",
];

/// Words about the page itself; a short paragraph that has them is furniture.
#[rustfmt::skip]
const FURNITURE: &[&str] = &[
    "this article", "this story", "this page", "this post", "our newsletter", "your inbox", "our app",
    "our website", "cookies", "this site", "privacy policy", "terms of use", "terms of service",
    "all rights reserved", "unsubscribe", "star to", "sign up", "subscribe", "whatsapp channel",
    "push notification", "vote count", "votes so far",
];

fn is_navigation(slice: &str, words: usize) -> bool {
    if words > FURNITURE_WORDS {
        return false;
    }
    let lower = slice.to_lowercase();
    opens_with_any(slice, NAVIGATION_OPENERS) || FURNITURE.iter().any(|phrase| lower.contains(phrase))
}

/// Whether a stretch strings headline, outlet, place and author together: `Title/ Outlet/ CITY/ A. Writer/ …`.
fn is_chain(slice: &str) -> bool {
    head(slice, CHAIN_BYTES).matches("/ ").count() >= 3
}

/// Whether a line is a row of links or a path of sections: `Home | News | Sport`, `News > Regions`, `Home  News  Sport`.
fn is_bar(slice: &str) -> bool {
    let count = |mark: &str| slice.matches(mark).count();
    [" | ", " > ", " » ", " › "].iter().any(|mark| count(mark) > 0) || count("  ") >= 2
}

/// So much of a stretch is searched for a chain, in bytes.
const CHAIN_BYTES: usize = 400;

/// Words that open a line of dates.
const DATE_OPENERS: &[&str] =
    &["date ", "date:", "published", "updated", "posted", "last updated", "last modified", "modified"];

/// Whether a stretch is a line of date, place or outlet, alone or with a headline and a deck behind it.
fn is_date_line(slice: &str, words: usize) -> bool {
    let place_alone = words <= 5 && slice.ends_with([':', '—', '–', '-']) && opens_with_capital(slice);
    let dated = opens_with_date_stamp(slice) || opens_with_any(slice, DATE_OPENERS);
    place_alone || (dated && (inner_stops(slice) == 0 || words < 20))
}

/// A line of date and place has at most so many words.
const DATE_LINE_WORDS: usize = 14;

/// How the names of months begin in English, German, French, Spanish, Italian and Portuguese.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "jan", "gen", "ene", "feb", "fév", "fev", "mar", "mär", "apr", "avr", "abr", "may", "mai", "mag", "jun", "jui",
    "giu", "jul", "lug", "aug", "aoû", "ago", "sep", "set", "oct", "okt", "ott", "out", "nov", "dec", "dez", "dic",
    "déc",
];

/// Whether a line holds a date: an ISO date, or a month by name and a year.
fn holds_date(slice: &str) -> bool {
    let words = || slice.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '.' | '/'));
    let year = |word: &str| {
        word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.parse::<u16>().is_ok()
    };
    let month = |word: &str| {
        let lower = word.to_lowercase();
        word.chars().count() <= 10 && MONTHS.iter().any(|month| lower.starts_with(month))
    };
    words().any(opens_with_date_stamp) || (words().any(year) && words().any(month))
}

/// Whether the text opens with an ISO date, `2031-03-04`.
fn opens_with_date_stamp(slice: &str) -> bool {
    let bytes = slice.as_bytes();
    bytes.len() >= 10
        && bytes[..10].iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => matches!(byte, b'-' | b'/' | b'.'),
            _ => byte.is_ascii_digit(),
        })
}

/// The length in bytes of a dateline that running text opens with, the dash or colon and the space behind it included.
///
/// `KYIV, Ukraine — `, `PORT ELLA (Nordwire) - `, `(Nordwire) — `, and, above all other running text only, a place
/// with a colon: `Kyiv: `.
fn dateline_length(slice: &str, before_prose: bool) -> Option<usize> {
    let head = head(slice, LONGEST_DATELINE);
    let marked = |mark: &&str| head.find(*mark).map(|at| (at, at + mark.len()));
    // Some put nothing between the agency and the sentence: `PORT ELLA (Nordwire) The ferry`.
    let unmarked = || head.find(") ").filter(|_| before_prose && !head.contains('-')).map(|at| (at + 1, at + 1));
    let (mark, length) = ["—", "–", "--", " - ", ": "].iter().filter_map(marked).min().or_else(unmarked)?;
    let (place, rest) = (slice[..mark].trim(), slice[length..].trim_start());
    if place.is_empty() || !rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || opens(c)) {
        return None;
    }
    let (bare, agency) = match (place.find('('), place.ends_with(')')) {
        (Some(open), true) => (place[..open].trim(), true),
        _ => (place, false),
    };
    let words: Vec<&str> = bare.split_whitespace().collect();
    let all_names = words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let in_capitals = words.first().is_some_and(|word| word.len() > 2 && all_capitals(word));
    let colon = slice[..length].ends_with(": ");
    let is_dateline = words.len() <= 8
        && all_names
        && if colon {
            before_prose && words.len() <= 3 && bare.len() > 3 && !agency
        } else {
            agency || in_capitals || before_prose
        };
    is_dateline.then(|| slice.len() - rest.len())
}

fn opens_with_capital(slice: &str) -> bool {
    slice.starts_with(|c: char| c.is_uppercase())
}

fn opens_with_any(slice: &str, openers: &[&str]) -> bool {
    let head = head(slice.trim_start_matches(['*', '_', '#', ' ', '>']), 40).to_lowercase();
    openers.iter().any(|opener| head.starts_with(opener))
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
            (Navigation, "Read more: how the ferry was built in the first place."),
            (Navigation, "No votes so far! Be the first to rate this article."),
            (Navigation, "How useful did you find this article?"),
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
            assert_eq!(by_shape(slice), kind, "{slice}");
        }
    }

    #[test]
    fn a_dateline_is_parted_from_the_sentence_behind_it() {
        let cases = [
            ("PORT ELLA, Norland — The ferry hit.", true, "The ferry hit."),
            ("PORT ELLA, Norland (Nordwire) -- The ferry hit.", false, "The ferry hit."),
            ("NEW HAVEN, March 4 (Nordwire) - The ferry hit.", false, "The ferry hit."),
            ("(Nordwire) — The ferry hit.", false, "The ferry hit."),
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

    #[test]
    fn headline_and_deck_are_told_by_their_neighbours() {
        let lines = [
            "Norland",
            "Ferry hits the pier at Port Ella",
            "Twelve are hurt as the morning boat fails to stop.",
            "Anna Holm",
            "The ferry hit the pier on Tuesday.",
        ];
        let text = lines.join("\n");
        let mut stretches = Vec::new();
        let mut start = 0;
        for line in lines {
            stretches.push(Stretch::plain(Span::new(start, start + line.len())));
            start += line.len() + 1;
        }
        let kinds: Vec<BlockKind> = classify(&text, &stretches).iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [Label, Headline, Deck, Label, Prose]);
    }
}
