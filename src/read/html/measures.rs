//! A block of a page in, what its text looks like out; and how it agrees with what the page says of its article.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::blocks::{Block, Page};
use crate::hashing::spread_word;

/// Kinds of words that a block beside the text begins with or holds.
const CUES: usize = 5;

/// What the text of a block looks like.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measures {
    pub words: usize,
    /// Ends of sentences.
    pub stops: usize,
    pub commas: usize,
    pub ends_in_stop: bool,
    pub ends_in_colon: bool,
    pub begins_small: bool,
    pub begins_with_digit: bool,
    /// Words that begin with a capital letter.
    pub capitalised: usize,
    /// Words of two or more letters in capitals.
    pub all_capitals: usize,
    pub digits: usize,
    /// Bars, arrows, bullets and the like.
    pub marks: usize,
    pub quotes: usize,
    /// Whether it has words of sharing, of more to read, of rights, of authors, of dates.
    pub cues: [bool; CUES],
    /// Whether it names comments, or what is related: of use in headings.
    pub names_comments: bool,
    pub names_related: bool,
}

/// Languages write without spaces in these letters: so many of them count as a word.
const LETTERS_A_WORD: usize = 2;

impl Measures {
    /// Measures a block.
    pub fn of(page: &Page, block: &Block) -> Self {
        let text = page.text_of(block);
        let mut it = Self::default();
        let mut unspaced = 0;
        for c in text.chars() {
            match c {
                '.' | '!' | '?' | '。' | '！' | '？' | '।' => it.stops += 1,
                ',' | '，' | '、' | '،' => it.commas += 1,
                '0'..='9' => it.digits += 1,
                '|' | '»' | '›' | '→' | '•' | '·' | '©' | '®' | '>' | '<' | '/' | '#' | '@' | '+' => {
                    it.marks += 1
                }
                '"' | '“' | '”' | '«' | '„' => it.quotes += 1,
                '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => unspaced += 1,
                _ => {}
            }
        }
        for word in text.split(' ') {
            it.words += 1;
            let mut letters = word.chars().filter(|c| c.is_alphabetic());
            if letters.next().is_some_and(char::is_uppercase) {
                it.capitalised += 1;
                it.all_capitals += usize::from(letters.next().is_some_and(char::is_uppercase));
            }
        }
        it.words += unspaced / LETTERS_A_WORD;
        let end = text.trim_end_matches(['"', '”', '»', '’', '\'', ')', ']']);
        it.ends_in_stop = end.ends_with(['.', '!', '?', '…', '。', '！', '？', '।']);
        it.ends_in_colon = end.ends_with([':', '：']);
        it.begins_small = text.chars().next().is_some_and(char::is_lowercase);
        it.begins_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
        it.find_cues(text);
        it
    }

    /// Looks for words of each kind, and for pairs of words.
    fn find_cues(&mut self, text: &str) {
        if text.len() > LONGEST_WITH_CUES {
            return;
        }
        let small = text.to_lowercase();
        let mut found = u8::from(small.contains('©')) << LEGAL;
        let mut before: Option<&str> = None;
        for word in small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            found |= cues_of(word);
            if let Some(before) = before {
                let pair = PAIRS.iter().find(|(first, second, _)| before == *first && word.starts_with(second));
                found |= pair.map_or(0, |(_, _, cue)| 1 << cue);
            }
            before = Some(word);
        }
        self.cues = [SHARE, MORE, LEGAL, AUTHOR, DATE].map(|cue| found >> cue & 1 == 1);
        self.names_comments = found >> COMMENTS & 1 == 1;
        self.names_related = found >> MORE & 1 == 1;
    }
}

/// Cues stand in short blocks: in longer ones the same words are part of what is told.
const LONGEST_WITH_CUES: usize = 400;

/// What words are cues to.
const SHARE: u8 = 0;
const MORE: u8 = 1;
const LEGAL: u8 = 2;
const AUTHOR: u8 = 3;
const DATE: u8 = 4;
const COMMENTS: u8 = 5;

/// Words that are cues: whole words, or beginnings of words if they have [`LEAST_BEGINNING`] letters.
const WORDS: [(u8, &[&str]); 6] = [
    (
        SHARE,
        &[
            "share",
            "tweet",
            "facebook",
            "whatsapp",
            "subscrib",
            "newsletter",
            "follow",
            "download",
            "click",
            "compart",
            "partag",
            "teilen",
            "abonn",
            "condivid",
            "suscr",
            "inscre",
            "email",
            "print",
            "login",
            "app",
        ],
    ),
    (
        MORE,
        &[
            "related",
            "recommend",
            "trending",
            "popular",
            "latest",
            "más",
            "leia",
            "lire",
            "mehr",
            "leggi",
            "lea",
            "relacionad",
        ],
    ),
    (
        LEGAL,
        &[
            "cookie",
            "privacy",
            "copyright",
            "terms",
            "advertis",
            "sponsor",
            "publicidad",
            "werbung",
            "anzeige",
            "disclaimer",
            "disclosure",
            "affiliate",
            "commission",
            "photo",
            "image",
            "credit",
            "getty",
            "foto",
            "courtesy",
            "reuters",
            "source",
        ],
    ),
    (
        AUTHOR,
        &[
            "by",
            "written",
            "author",
            "reviewed",
            "editor",
            "por",
            "von",
            "reporter",
            "correspondent",
            "staff",
            "contributor",
            "writer",
            "posted",
            "reporting",
        ],
    ),
    (
        DATE,
        &[
            "updated",
            "published",
            "minutes",
            "ago",
            "jan",
            "january",
            "feb",
            "february",
            "mar",
            "march",
            "apr",
            "april",
            "may",
            "jun",
            "june",
            "jul",
            "july",
            "aug",
            "august",
            "sep",
            "sept",
            "september",
            "oct",
            "october",
            "nov",
            "november",
            "dec",
            "december",
            "am",
            "pm",
            "est",
            "gmt",
        ],
    ),
    (COMMENTS, &["comment", "discussion", "responses", "comentario", "kommentar", "reacties"]),
];

/// Two words that are a cue together; the second may go on.
const PAIRS: [(&str, &str, u8); 16] = [
    ("sign", "up", SHARE),
    ("log", "in", SHARE),
    ("read", "more", MORE),
    ("read", "next", MORE),
    ("more", "from", MORE),
    ("also", "read", MORE),
    ("read", "also", MORE),
    ("you", "may", MORE),
    ("you", "might", MORE),
    ("most", "read", MORE),
    ("see", "also", MORE),
    ("more", "on", MORE),
    ("up", "next", MORE),
    ("further", "reading", MORE),
    ("rights", "reserved", LEGAL),
    ("min", "read", DATE),
];

/// Shorter words begin too many others.
const LEAST_BEGINNING: usize = 4;

static MEANINGS: LazyLock<FxHashMap<&str, u8>> = LazyLock::new(|| {
    let mut meanings = FxHashMap::default();
    for (cue, words) in WORDS {
        for word in words {
            *meanings.entry(*word).or_default() |= 1 << cue;
        }
    }
    meanings
});

/// The longest of these words, in bytes.
static LONGEST: LazyLock<usize> = LazyLock::new(|| MEANINGS.keys().map(|word| word.len()).max().unwrap_or(0));

fn cues_of(word: &str) -> u8 {
    let beginnings = (LEAST_BEGINNING..word.len().min(*LONGEST + 1)).filter_map(|end| MEANINGS.get(word.get(..end)?));
    beginnings.chain(MEANINGS.get(word)).fold(0, |all, one| all | one)
}

/// What the page says of its article in its head, to compare blocks with.
#[derive(Debug, Default)]
pub(super) struct Said {
    titles: Vec<FxHashSet<u64>>,
    descriptions: Vec<FxHashSet<u64>>,
    article_body: FxHashSet<u64>,
}

/// Words that follow each other, so many are looked up at once in the body that the page gives as data.
const RUN: usize = 3;

impl Said {
    /// Takes titles, descriptions and the text of the article as the page gives them as data.
    pub fn new<'a>(titles: &[&'a str], descriptions: &[&'a str], article_body: &str) -> Self {
        let set = |text: &&str| words(text).collect();
        Self {
            titles: titles.iter().map(set).collect(),
            descriptions: descriptions.iter().map(set).collect(),
            article_body: runs(article_body).collect(),
        }
    }

    /// Whether the page gives the text of its article as data.
    pub fn has_article_body(&self) -> bool {
        self.article_body.len() > LEAST_OF_BODY
    }

    /// How much a short block is the title.
    pub fn likeness_to_title(&self, text: &str, measures: &Measures) -> f32 {
        if measures.words > LONGEST_TITLE { 0.0 } else { likeness(&self.titles, text) }
    }

    /// How much a block is the description.
    pub fn likeness_to_description(&self, text: &str, measures: &Measures) -> f32 {
        if measures.words > LONGEST_DESCRIPTION { 0.0 } else { likeness(&self.descriptions, text) }
    }

    /// Which part of a block stands in the text that the page gives as data; -1 if it gives none.
    pub fn share_in_article_body(&self, text: &str) -> f32 {
        if !self.has_article_body() {
            return -1.0;
        }
        let (mut all, mut known) = (0, 0);
        for run in runs(text) {
            all += 1;
            known += usize::from(self.article_body.contains(&run));
        }
        if all == 0 { -1.0 } else { known as f32 / all as f32 }
    }
}

/// Less than this is no text of an article.
const LEAST_OF_BODY: usize = 50;
const LONGEST_TITLE: usize = 40;
const LONGEST_DESCRIPTION: usize = 120;

/// The greatest share of words in common, of all of both (Jaccard).
fn likeness(known: &[FxHashSet<u64>], text: &str) -> f32 {
    let own: FxHashSet<u64> = words(text).collect();
    let jaccard = |other: &FxHashSet<u64>| {
        let both = own.intersection(other).count();
        both as f32 / (own.len() + other.len() - both).max(1) as f32
    };
    known.iter().map(jaccard).fold(0.0, f32::max)
}

fn words(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| spread_word(&word.to_lowercase()))
}

/// Every run of [`RUN`] words.
fn runs(text: &str) -> impl Iterator<Item = u64> {
    let mut last = [0; RUN];
    let mut count = 0;
    words(text).filter_map(move |word| {
        last.rotate_left(1);
        last[RUN - 1] = word;
        count += 1;
        (count >= RUN).then(|| last.iter().fold(0, |all: u64, one| all.rotate_left(21) ^ one))
    })
}
