//! A short text of a page in, which of the words that stand beside articles it has out.
//!
//! The words are few, of the languages that most pages of news are in, and none of them decides anything by itself.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Cues stand in short blocks: in longer ones the same words are part of what is told.
const LONGEST_WITH_CUES: usize = 400;

/// What a text has words of: a bit for each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cues(u8);

impl Cues {
    /// Looks for words, and for pairs of words.
    pub fn of(text: &str) -> Self {
        if text.len() > LONGEST_WITH_CUES {
            return Self::default();
        }
        let small = text.to_lowercase();
        let mut found = u8::from(small.contains('©')) << LEGAL;
        let mut before = "";
        for word in small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let pair = PAIRS.iter().find(|(first, second, _)| before == *first && word.starts_with(second));
            found |= cues_of(word) | pair.map_or(0, |(_, _, cue)| 1 << cue);
            before = word;
        }
        Self(found)
    }

    fn has(self, cue: u8) -> bool {
        self.0 >> cue & 1 == 1
    }

    /// Whether it has words of sharing, of more to read, of rights, of authors, of dates.
    pub fn flags(self) -> [bool; 5] {
        [SHARE, MORE, LEGAL, AUTHOR, DATE].map(|cue| self.has(cue))
    }

    /// Whether it names comments: of use in headings.
    pub fn names_comments(self) -> bool {
        self.has(COMMENTS)
    }

    /// Whether it names what is related: of use in headings.
    pub fn names_related(self) -> bool {
        self.has(MORE)
    }
}

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

/// The first [`LEAST_BEGINNING`] bytes of them: most words begin with none, and are looked up no further.
static BEGINNINGS: LazyLock<FxHashSet<&[u8]>> =
    LazyLock::new(|| MEANINGS.keys().filter_map(|word| word.as_bytes().get(..LEAST_BEGINNING)).collect());

fn cues_of(word: &str) -> u8 {
    match word.as_bytes().get(..LEAST_BEGINNING) {
        Some(beginning) if !BEGINNINGS.contains(beginning) => return 0,
        _ => {}
    }
    let beginnings = (LEAST_BEGINNING..word.len().min(*LONGEST + 1)).filter_map(|end| MEANINGS.get(word.get(..end)?));
    beginnings.chain(MEANINGS.get(word)).fold(0, |all, one| all | one)
}
