//! A line in, what one pass over its bytes shows out: how many words it has, which sorts of characters, and which rules can
//! have anything to say about it.
//!
//! Reading asks some forty questions about every line, and of nearly all lines the answer is no. A pass over the bytes
//! gathers what must be so for an answer to be yes: no date without four digits in a row, no credit in brackets without a
//! closing one, no call to subscribe without a piece of such a call. A rule runs only where its condition holds. The rules
//! themselves decide as if there were no conditions: a condition may hold too often, never too seldom.
//!
//! Two tables, made by the compiler from the lists of the rules, know words and phrases again:
//!
//! - words by their first four bytes in lower case ([`word_cues`]);
//! - phrases by four bytes somewhere in them and three beside these. A line is looked at in steps of four bytes, so each
//!   phrase has four entries, one for every way in which it can lie to the steps ([`phrase_cues`]).

use super::captions::{BARE_CREDIT_PARTS, CREDIT_NOUNS, POSITIONS, SCENE_VERBS, SIDES};
use super::cues::{FURNITURE, WRITERS};
use super::dates::{MONTHS, WEEKDAYS};
use super::metadata::RELATIVE_DAYS;
use super::shape::ends_like_a_sentence;
use crate::bits::{BLOCK, bits};
use crate::language::{is_southeast_asian, is_unspaced};
use crate::marks::{Stop, closes, opens, stop};

/// Sorts of characters and of what they make up, as bits.
pub(super) mod mark {
    /// White space.
    pub const SPACE: u32 = 1;
    /// A lower-case letter.
    pub const LOWER: u32 = 1 << 1;
    /// A capital.
    pub const UPPER: u32 = 1 << 2;
    /// A letter without case.
    pub const LETTER: u32 = 1 << 3;
    /// 0 to 9.
    pub const DIGIT: u32 = 1 << 4;
    /// What ends a sentence, see [`stop`](crate::marks::stop).
    pub const STOP: u32 = 1 << 5;
    /// A round or square bracket that closes.
    pub const BRACKET: u32 = 1 << 6;
    /// A slash.
    pub const SLASH: u32 = 1 << 7;
    /// The sign in an address.
    pub const AT: u32 = 1 << 8;
    /// What parts the links of a row: `|`, `>`, `•` and the like.
    pub const BAR: u32 = 1 << 9;
    /// A star of a rating.
    pub const STAR: u32 = 1 << 10;
    /// A letter of a script without spaces.
    pub const UNSPACED: u32 = 1 << 11;
    /// Any other mark.
    pub const OTHER: u32 = 1 << 12;
    /// A character beyond ASCII in a word.
    pub const WIDE: u32 = 1 << 13;
    /// White space other than one blank between two words.
    pub const UNTIDY: u32 = 1 << 14;
    /// Four digits or more in a row: no date is without.
    pub const YEAR: u32 = 1 << 15;
    /// A word of four capitals or more without small letters and digits.
    pub const CAPITALS: u32 = 1 << 16;
    /// A character that becomes an ASCII letter in lower case, though it is none.
    pub const ODD: u32 = 1 << 17;
    /// What can open a quotation or an aside, see [`opens`](crate::marks::opens), apostrophes aside.
    pub const OPENER: u32 = 1 << 18;
}

/// What rules look for in words and phrases, as bits.
pub(super) mod cue {
    /// A verb of a scene: [`SCENE_VERBS`](super::SCENE_VERBS).
    pub const SCENE_VERB: u16 = 1;
    /// The name of a weekday.
    pub const WEEKDAY: u16 = 1 << 1;
    /// The name of a month.
    pub const MONTH: u16 = 1 << 2;
    /// A word for a day by its distance: [`RELATIVE_DAYS`](super::RELATIVE_DAYS).
    pub const RELATIVE_DAY: u16 = 1 << 3;
    /// A noun of a credit without brackets, or what one without a colon has: [`CREDIT_NOUNS`](super::CREDIT_NOUNS),
    /// [`BARE_CREDIT_PARTS`](super::BARE_CREDIT_PARTS).
    pub const CREDIT: u16 = 1 << 4;
    /// A side of a picture: [`SIDES`](super::SIDES).
    pub const SIDE: u16 = 1 << 5;
    /// A place in a picture: [`POSITIONS`](super::POSITIONS).
    pub const POSITION: u16 = 1 << 6;
    /// A word about the page: [`FURNITURE`](super::FURNITURE).
    pub const FURNITURE: u16 = 1 << 7;
    /// What is said of a writer: [`WRITERS`](super::WRITERS).
    pub const WRITER: u16 = 1 << 8;
    /// `contributed`.
    pub const CONTRIBUTED: u16 = 1 << 9;
    /// What is looked for in lines with single spaces.
    pub const FOLDED: u16 = FURNITURE | WRITER | CONTRIBUTED;
    /// Everything.
    pub const ALL: u16 = u16::MAX;
}

/// About how many words a line has in scripts without spaces: by their mean length in news, to the nearest letter.
fn unspaced_words(line: &str) -> usize {
    const LETTERS_OF_CHINESE: usize = 2;
    const LETTERS_OF_THAI: usize = 4;
    let (mut thai, mut chinese) = (0_usize, 0_usize);
    for c in line.chars().filter(|c| is_unspaced(*c)) {
        *(if is_southeast_asian(c) { &mut thai } else { &mut chinese }) += 1;
    }
    thai.div_ceil(LETTERS_OF_THAI) + chinese.div_ceil(LETTERS_OF_CHINESE)
}

/// What a pass over a line shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Words between white space; where there is none between words, about as many as there are.
    pub words: usize,
    /// Stops with white space behind them: one less than sentences, roughly.
    pub inner_stops: usize,
    /// Whether the line [ends like a sentence](ends_like_a_sentence).
    pub ends: bool,
    marks: u32,
    cues: u16,
}

impl Facts {
    /// Gathers the facts of a line.
    pub fn of(line: &str) -> Self {
        Self::with_marks(line, |_| ())
    }

    /// Gathers the facts of a line and calls `parting` with the place of every mark at which or behind which a sentence may
    /// begin: stops and [openers](mark::OPENER).
    pub fn with_marks(line: &str, mut parting: impl FnMut(usize)) -> Self {
        let cues = phrase_cues(line.as_bytes());
        let mut facts = Self { ends: ends_like_a_sentence(line), cues, ..Self::default() };
        let mut before = Before::default();
        for start in (0..line.len()).step_by(BLOCK) {
            facts.add_block(line, start, &mut before, &mut parting);
        }
        if facts.marks & mark::UNSPACED != 0 {
            facts.words = facts.words.max(unspaced_words(line));
        }
        if facts.marks & mark::UNTIDY != 0 {
            facts.cues |= cue::FOLDED;
        }
        if facts.marks & mark::ODD != 0 {
            facts.cues = cue::ALL;
        }
        facts
    }

    /// Adds what the bytes of a line show from `start` on, up to the end of the block.
    fn add_block(&mut self, line: &str, start: usize, before: &mut Before, parting: &mut impl FnMut(usize)) {
        let bytes = line.as_bytes();
        let in_line = if bytes.len() - start < BLOCK { !(u64::MAX << (bytes.len() - start)) } else { u64::MAX };
        let small = bits(bytes, start, |byte| byte.is_ascii_lowercase());
        let capitals = bits(bytes, start, |byte| byte.is_ascii_uppercase());
        let letters = small | capitals;
        let blanks = bits(bytes, start, |byte| byte == b' ');
        let mut others = in_line & !(letters | blanks);
        let mut spaces = blanks | before.spaces_here;
        before.spaces_here = 0;
        let mut digits = 0;
        while others != 0 {
            let offset = others.trailing_zeros() as usize;
            others &= others - 1;
            match CLASSES[usize::from(bytes[start + offset])] {
                mark::DIGIT => digits |= 1 << offset,
                mark::SPACE => {
                    spaces |= 1 << offset;
                    self.marks |= mark::UNTIDY;
                }
                // The second byte of a character, and those behind it.
                mark::WIDE if !line.is_char_boundary(start + offset) => {}
                mark::WIDE => {
                    let (class, length) = self.add_wide(line, start + offset, before);
                    if class & (mark::STOP | mark::OPENER) != 0 {
                        parting(start + offset);
                    }
                    if class & mark::SPACE != 0 {
                        let taken = (!(u128::MAX << length)) << offset;
                        spaces |= taken as u64;
                        before.spaces_here = (taken >> BLOCK) as u64;
                        self.marks |= mark::UNTIDY;
                    }
                }
                class => {
                    self.marks |= class;
                    if class & (mark::STOP | mark::OPENER) != 0 {
                        parting(start + offset);
                        self.inner_stops += usize::from(class == mark::STOP && is_inner_stop(line, start + offset));
                    }
                }
            }
        }
        self.marks |= if small != 0 { mark::LOWER } else { 0 };
        self.marks |= if capitals != 0 { mark::UPPER } else { 0 };
        if digits != 0 {
            let pairs = digits & moved(digits, before.digits, 1);
            let fours = pairs & moved(pairs, before.digit_pairs, 2);
            self.marks |= mark::DIGIT | if fours != 0 { mark::YEAR } else { 0 };
            before.digit_pairs = pairs;
        } else {
            before.digit_pairs = 0;
        }
        let behind_spaces = moved(spaces, before.spaces, 1);
        if spaces & behind_spaces != 0 {
            self.marks |= mark::UNTIDY;
        }
        let begin = in_line & !spaces & (behind_spaces | u64::from(start == 0));
        self.words += begin.count_ones() as usize;
        self.add_words(bytes, start, letters, before.letters);
        // The fourth bytes of words that have neither a small letter in them nor an end before.
        let large = in_line & !(small | spaces);
        let pairs = large & moved(large, before.large, 1);
        let mut fourth = pairs & moved(pairs, before.large_pairs, 2) & moved(begin, before.begin, 3);
        while fourth != 0 && self.marks & mark::CAPITALS == 0 {
            let begin = start + fourth.trailing_zeros() as usize - (CAPITALS - 1);
            fourth &= fourth - 1;
            self.marks |= if is_in_capitals(line, begin) { mark::CAPITALS } else { 0 };
        }
        (before.spaces, before.letters, before.digits) = (spaces, letters, digits);
        (before.large, before.large_pairs, before.begin) = (large, pairs, begin);
    }

    /// Adds the character beyond ASCII at a byte of a line, and tells its sort and its length.
    fn add_wide(&mut self, line: &str, at: usize, before: &mut Before) -> (u32, usize) {
        let (class, length) = wide(line, at);
        if class & mark::SPACE != 0 {
            return (class, length);
        }
        self.marks |= class | mark::WIDE;
        if class & mark::STOP != 0 {
            self.inner_stops += usize::from(is_inner_stop(line, at));
        }
        if class & (mark::LOWER | mark::UPPER | mark::LETTER) != 0 && at >= before.run_end {
            let run = line[..at].char_indices().rev().take_while(|(_, c)| c.is_alphabetic());
            let begin = run.last().map_or(at, |(begin, _)| begin);
            before.run_end = line[at..].find(|c: char| !c.is_alphabetic()).map_or(line.len(), |length| at + length);
            self.cues |= letters_cues(&line[begin..before.run_end]);
        }
        (class, length)
    }

    /// Adds what the runs of [`SHORTEST_WORD`] ASCII letters or more that begin in a block are cues of.
    fn add_words(&mut self, bytes: &[u8], start: usize, letters: u64, letters_before: u64) {
        /// Of a word that begins here the first four bytes are not all seen in its block.
        const AT_THE_END: u64 = 0b111 << (BLOCK - 3);
        let block = &bytes[start..];
        let begin = letters & !moved(letters, letters_before, 1);
        let of_four = letters >> 3;
        let mut inside = begin & letters >> 1 & letters >> 2 & !AT_THE_END;
        while inside != 0 {
            let offset = inside.trailing_zeros() as usize;
            inside &= inside - 1;
            let key = word_key(block, offset, SHORTEST_WORD + (of_four >> offset & 1) as usize);
            if may_be(TAKEN_BY_WORDS, key) {
                self.add_word(bytes, start + offset, key);
            }
        }
        let mut last = begin & AT_THE_END;
        while last != 0 {
            let at = start + last.trailing_zeros() as usize;
            last &= last - 1;
            let key = word_key(bytes, at, letters_from(bytes, at));
            if may_be(TAKEN_BY_WORDS, key) {
                self.add_word(bytes, at, key);
            }
        }
    }

    #[cold]
    fn add_word(&mut self, bytes: &[u8], at: usize, key: u32) {
        let mut alike = WORDS.find(key).peekable();
        if alike.peek().is_none() {
            return;
        }
        let end = at + letters_from(bytes, at);
        let alone = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
        let alone = alone(bytes[..at].last()) && alone(bytes.get(end));
        // The marks around the sides of a picture are what gives them away.
        let possible = if alone { !cue::SIDE } else { cue::ALL };
        let cues = alike.filter(|word| word.is(&bytes[at..end])).fold(0, |cues, word| cues | word.cue);
        self.cues |= cues & possible;
    }

    /// Whether one of the sorts of [`mark`]s occurs.
    pub fn has(&self, marks: u32) -> bool {
        self.marks & marks != 0
    }

    /// Whether one of the [`cue`]s may occur.
    pub fn may_have(&self, cues: u16) -> bool {
        self.cues & cues != 0
    }

    /// Whether all letters that have a case are capitals, and there are some.
    pub fn all_capitals(&self) -> bool {
        self.has(mark::UPPER) && !self.has(mark::LOWER)
    }

    /// Whether the line, or a part of it, may have the points of a scene.
    pub fn may_be_scene(&self, beside_furniture: bool) -> bool {
        let [verb, weekday, position] = [cue::SCENE_VERB, cue::WEEKDAY, cue::POSITION].map(|cue| self.may_have(cue));
        let dated = self.has(mark::YEAR);
        self.may_have(cue::SIDE)
            || (verb && (beside_furniture || position || weekday || dated))
            || (dated && (position || weekday))
    }
}

/// What the block before has that the next one goes on with: all words as bits of its bytes.
#[derive(Default)]
struct Before {
    spaces: u64,
    /// The bytes of the next block that the white space at the end of the one before reaches into.
    spaces_here: u64,
    letters: u64,
    digits: u64,
    /// Second ones of two digits.
    digit_pairs: u64,
    /// What is neither a small letter nor white space.
    large: u64,
    /// Second ones of two of these.
    large_pairs: u64,
    /// First bytes of words.
    begin: u64,
    /// Where the last run of letters with some beyond ASCII ends.
    run_end: usize,
}

/// The bits of a block, each moved up by a few bytes, and those that come from the block before.
fn moved(bits: u64, before: u64, count: u32) -> u64 {
    bits << count | before >> (u64::BITS - count)
}

/// So many capitals make a word that may be the name of a place.
const CAPITALS: usize = 4;

/// So many letters, at least, stand in front of a stop that ends a sentence inside a line.
const ENOUGH: usize = 3;

/// Whether the stop at a byte of a line ends a sentence inside it.
fn is_inner_stop(line: &str, at: usize) -> bool {
    // Most stops have a word in front and a blank behind, or nothing.
    if let Some([word @ .., stop, next]) = line.as_bytes().get(at.saturating_sub(ENOUGH)..at + 2) {
        if *next == b' ' && word.len() == ENOUGH && word.iter().all(u8::is_ascii_alphanumeric) {
            return true;
        }
        if stop.is_ascii() && next.is_ascii_alphanumeric() {
            return false;
        }
    } else {
        return false;
    }
    let mut characters = line[at..].chars();
    let Some(stop) = characters.next().and_then(stop) else { return false };
    let behind = characters.next();
    let spaced = behind.is_some_and(|next| next.is_whitespace() || closes(next));
    let letters_before = || line[..at].chars().rev().take(ENOUGH).take_while(|c| c.is_alphanumeric()).count();
    ends_inside(stop, if spaced { letters_before() } else { 0 }, spaced, behind.is_some())
}

/// Whether the word that begins at a byte has [`CAPITALS`] or more, and neither small letters nor digits.
fn is_in_capitals(line: &str, begin: usize) -> bool {
    let mut seen = 0;
    let mut capitals = 0;
    let mut at = begin;
    while let Some(byte) = line.as_bytes().get(at) {
        let class = CLASSES[usize::from(*byte)];
        let (class, length) = if class == mark::WIDE { wide(line, at) } else { (class, 1) };
        if class & mark::SPACE != 0 {
            break;
        }
        seen |= class;
        if seen & mark::LOWER != 0 {
            return false;
        }
        capitals += usize::from(class & mark::UPPER != 0);
        at += length;
    }
    capitals >= CAPITALS && seen & (mark::DIGIT | mark::LETTER) == 0
}

/// Whether a stop ends a sentence inside a line. Behind one or two letters it is an abbreviation's more often.
pub(super) fn ends_inside(stop: Stop, letters_before: usize, spaced: bool, goes_on: bool) -> bool {
    goes_on && (stop == Stop::Wide || (spaced && letters_before >= ENOUGH))
}

/// The sort of each ASCII character; the bytes of others are [`mark::WIDE`].
static CLASSES: [u32; 256] = {
    let mut classes = [mark::OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'\t'..=b'\r' | b' ' => mark::SPACE,
            b'a'..=b'z' => mark::LOWER,
            b'A'..=b'Z' => mark::UPPER,
            b'0'..=b'9' => mark::DIGIT,
            b'.' | b'!' | b'?' => mark::STOP,
            b')' | b']' => mark::BRACKET,
            b'/' => mark::SLASH,
            b'@' => mark::AT,
            b'|' | b'>' => mark::BAR,
            b'(' | b'[' | b'{' | b'"' | b'*' | b'_' => mark::OPENER,
            0x80.. => mark::WIDE,
            _ => mark::OTHER,
        };
        byte += 1;
    }
    classes
};

/// The sorts of the characters from U+2000 to U+203F, where the quotation marks and dashes stand that most texts have.
static GENERAL_PUNCTUATION: [u32; 64] = {
    let mut classes = [mark::OTHER; 64];
    let mut low = 0;
    while low < 64 {
        classes[low] = match low {
            0x00..=0x0A | 0x28 | 0x29 | 0x2F => mark::SPACE,
            0x25 | 0x26 | 0x3C => mark::STOP,
            0x22 => mark::BAR,
            0x3A => mark::BAR | mark::OPENER,
            0x18 | 0x1A | 0x1C..=0x1E | 0x39 => mark::OPENER,
            _ => mark::OTHER,
        };
        low += 1;
    }
    classes
};

/// The sorts of the characters from U+00C0 to U+00FF, where the accented letters stand that most languages have.
static LATIN_LETTERS: [u32; 64] = {
    let mut classes = [mark::LOWER; 64];
    let mut low = 0;
    while low < 64 {
        classes[low] = match low {
            0x17 | 0x37 => mark::OTHER,
            ..=0x1E => mark::UPPER,
            _ => mark::LOWER,
        };
        low += 1;
    }
    classes
};

/// The sort and the length of the character beyond ASCII at a byte of a line.
fn wide(line: &str, at: usize) -> (u32, usize) {
    if let [0xE2, 0x80, last, ..] = line.as_bytes()[at..] {
        return (GENERAL_PUNCTUATION[usize::from(last & 0x3F)], 3);
    }
    if let [0xC3, last, ..] = line.as_bytes()[at..] {
        return (LATIN_LETTERS[usize::from(last & 0x3F)], 2);
    }
    let c = line[at..].chars().next().expect("a character begins here");
    (sort(c), c.len_utf8())
}

fn sort(c: char) -> u32 {
    let letter = if c.is_lowercase() {
        mark::LOWER
    } else if c.is_whitespace() {
        return mark::SPACE;
    } else if c.is_uppercase() {
        mark::UPPER
    } else if c.is_alphabetic() {
        mark::LETTER
    } else {
        mark::OTHER
    };
    let other = match c {
        '»' | '›' | '•' | '·' => mark::BAR,
        '★' | '☆' => mark::STAR,
        // The sign of kelvins, and the Turkish capital with its dot.
        '\u{212a}' | '\u{130}' => mark::ODD,
        _ if stop(c).is_some() => mark::STOP,
        _ => 0,
    };
    letter | other | if opens(c) { mark::OPENER } else { 0 } | if is_unspaced(c) { mark::UNSPACED } else { 0 }
}

/// What a word, or the letters at the start of one, may be a cue of.
pub(super) fn cues_of_word(word: &str) -> u16 {
    // Four letters of ASCII are a key by themselves, whatever follows, and nearly always one that no table has.
    if let Some(four) = word.as_bytes().first_chunk::<KEY_BYTES>()
        && four.iter().all(u8::is_ascii_alphabetic)
        && !may_be(TAKEN_BY_WORDS, u32::from_le_bytes(*four) | IN_LOWER_CASE)
    {
        return 0;
    }
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    if word.as_bytes().get(letters).is_none_or(u8::is_ascii) {
        return word_cues(word.as_bytes(), 0, letters);
    }
    letters_cues(&word[..word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len())])
}

/// The same for a run of letters of any script.
fn letters_cues(letters: &str) -> u16 {
    if letters.is_ascii() {
        return word_cues(letters.as_bytes(), 0, letters.len());
    }
    let mut key = [0; KEY_BYTES];
    let mut length = 0;
    'word: for c in letters.chars().flat_map(char::to_lowercase) {
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            key[length] = byte;
            length += 1;
            if length == KEY_BYTES {
                break 'word;
            }
        }
    }
    WORDS.find(u32::from_le_bytes(key)).fold(0, |cues, word| cues | word.cue)
}

/// The same for a run of ASCII letters among other bytes.
#[inline]
fn word_cues(bytes: &[u8], start: usize, end: usize) -> u16 {
    let key = word_key(bytes, start, end - start);
    if may_be(TAKEN_BY_WORDS, key) { cues_of_key(key, &bytes[start..end]) } else { 0 }
}

/// Whether a line is of ASCII, quotation marks and dashes alone, with one blank between two words: then phrases stand in it
/// as they stand in the tables, but for capitals.
pub(super) fn is_plain(line: &str) -> bool {
    let bytes = line.as_bytes();
    // Without branches, so that many bytes are looked at in one step. The dashes and marks are E2 80 9x.
    let other = bytes.iter().zip(bytes.get(1..).unwrap_or_default()).fold(false, |other, (&first, &second)| {
        other
            | (first < b' ')
            | ((first == b' ') & (second == b' '))
            | ((first >= 0xC0) & ((first != 0xE2) | (second != 0x80)))
            | ((first == 0x80) & (second & 0xF0 != 0x90))
    });
    !other && bytes.last().is_none_or(|last| *last > b' ')
}

/// How many ASCII letters a line has from a byte on.
fn letters_from(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// The first four bytes, or fewer, of a run of so many ASCII letters among other bytes, in lower case.
#[inline]
fn word_key(bytes: &[u8], start: usize, length: usize) -> u32 {
    /// The bytes of a key that so many letters take.
    const TAKEN: [u32; KEY_BYTES + 1] = [0, 0xFF, 0xFFFF, 0xFF_FFFF, u32::MAX];
    match bytes[start..].first_chunk() {
        Some(first) => (u32::from_le_bytes(*first) | IN_LOWER_CASE) & TAKEN[length.min(KEY_BYTES)],
        None => bytes[start..start + length].iter().rev().fold(0, |key, byte| key << 8 | u32::from(byte | 0x20)),
    }
}

#[cold]
fn cues_of_key(key: u32, letters: &[u8]) -> u16 {
    WORDS.find(key).filter(|word| word.is(letters)).fold(0, |cues, word| cues | word.cue)
}

/// Words are found by so many first bytes, phrases by so many in them.
const KEY_BYTES: usize = 4;

/// Sets the bit in which small letters of ASCII differ from capitals, in four bytes.
const IN_LOWER_CASE: u32 = 0x2020_2020;

/// An odd number whose multiples are spread well (the golden ratio of 2³²).
const SPREAD: u32 = 0x9E37_79B1;

/// A table of entries by four bytes that are not all zero, several entries for the same bytes if need be: open addressing.
struct Table<E, const BITS: u32, const SLOTS: usize> {
    keys: [u32; SLOTS],
    entries: [E; SLOTS],
}

impl<E: Copy, const BITS: u32, const SLOTS: usize> Table<E, BITS, SLOTS> {
    const fn of(none: E) -> Self {
        assert!(SLOTS == 1 << BITS);
        Self { keys: [0; SLOTS], entries: [none; SLOTS] }
    }

    const fn insert(&mut self, key: u32, entry: E) {
        let mut slot = Self::first_slot(key);
        while self.keys[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.keys[slot] = key;
        self.entries[slot] = entry;
    }

    fn find(&self, key: u32) -> impl Iterator<Item = &E> {
        let mut slot = Self::first_slot(key);
        std::iter::from_fn(move || {
            while self.keys[slot] != 0 {
                let at = slot;
                slot = (slot + 1) % SLOTS;
                if self.keys[at] == key {
                    return Some(&self.entries[at]);
                }
            }
            None
        })
    }

    const fn first_slot(key: u32) -> usize {
        (key.wrapping_mul(SPREAD) >> (32 - BITS)) as usize
    }
}

/// The first letters of a word up to another mark, and what it is a cue of. No letters where not all of them are ASCII:
/// then the key has to do.
#[derive(Clone, Copy)]
struct Word {
    letters: &'static [u8],
    cue: u16,
}

impl Word {
    fn is(&self, letters: &[u8]) -> bool {
        self.letters.is_empty() || self.letters.eq_ignore_ascii_case(letters)
    }
}

/// No word in the table has fewer letters.
const SHORTEST_WORD: usize = 3;

type Words = Table<Word, 11, 2048>;

impl Words {
    const fn insert_words(&mut self, words: &[&'static str], cue: u16) {
        let mut index = 0;
        while index < words.len() {
            let word = words[index].as_bytes();
            let mut key = 0;
            let mut end = 0;
            let mut is_ascii = true;
            while end < word.len() && (word[end].is_ascii_alphabetic() || !word[end].is_ascii()) {
                if end < KEY_BYTES {
                    key |= (word[end] as u32) << (8 * end);
                }
                is_ascii = is_ascii && word[end].is_ascii();
                end += 1;
            }
            assert!(end >= SHORTEST_WORD, "shorter words are not looked up");
            let letters = if is_ascii { word.split_at(end).0 } else { &[] };
            self.insert(key, Word { letters, cue });
            index += 1;
        }
    }
}

static WORDS: Words = {
    let mut table = Table::of(Word { letters: &[], cue: 0 });
    table.insert_words(SCENE_VERBS, cue::SCENE_VERB);
    table.insert_words(CREDIT_NOUNS, cue::CREDIT);
    table.insert_words(&["left", "center", "centre"], cue::SIDE);
    table.insert_words(&["suit"], cue::WRITER);
    let mut index = 0;
    while index < WEEKDAYS.len() {
        table.insert_words(WEEKDAYS[index], cue::WEEKDAY);
        index += 1;
    }
    index = 0;
    while index < MONTHS.len() {
        table.insert_words(MONTHS[index], cue::MONTH);
        index += 1;
    }
    index = 0;
    while index < RELATIVE_DAYS.len() {
        table.insert_words(&[RELATIVE_DAYS[index].0], cue::RELATIVE_DAY);
        index += 1;
    }
    table
};

/// So many bytes of a phrase are compared. Shorter phrases do not hold four bytes at every step of four.
const WINDOW: usize = 2 * KEY_BYTES - 1;

/// Seven bytes of a phrase, how many of them stand in front of the four that they are found by, and what they are a cue of.
#[derive(Clone, Copy)]
struct Phrase {
    window: [u8; WINDOW],
    in_front: usize,
    cue: u16,
}

type Phrases = Table<Phrase, 11, 2048>;

impl Phrases {
    const fn insert_phrases(&mut self, phrases: &[&str], cue: u16) {
        let mut index = 0;
        while index < phrases.len() {
            let phrase = phrases[index].as_bytes();
            if phrase.len() >= WINDOW {
                let start = rarest(phrase);
                let mut window = [0; WINDOW];
                let mut at = 0;
                while at < WINDOW {
                    window[at] = phrase[start + at] | 0x20;
                    at += 1;
                }
                let mut in_front = 0;
                while in_front < KEY_BYTES {
                    self.insert(gram(&window, in_front), Phrase { window, in_front, cue });
                    in_front += 1;
                }
            }
            index += 1;
        }
    }
}

static PHRASES: Phrases = {
    let mut table = Table::of(Phrase { window: [0; WINDOW], in_front: 0, cue: 0 });
    table.insert_phrases(SIDES, cue::SIDE);
    table.insert_phrases(POSITIONS, cue::POSITION);
    table.insert_phrases(WRITERS, cue::WRITER);
    table.insert_phrases(&["contributed"], cue::CONTRIBUTED);
    table.insert_phrases(&BARE_CREDIT_PARTS, cue::CREDIT);
    let mut index = 0;
    while index < FURNITURE.len() {
        table.insert_phrases(FURNITURE[index].1, cue::FURNITURE);
        index += 1;
    }
    table
};

/// Which slots of a larger table would be taken by the keys of [`WORDS`] and of [`PHRASES`]: nearly all four bytes are found
/// to be none of them there.
static TAKEN: [u8; 1 << TAKEN_BITS] = {
    let mut taken = [0; 1 << TAKEN_BITS];
    let mut slot = 0;
    while slot < WORDS.keys.len() {
        if WORDS.keys[slot] != 0 {
            taken[taken_slot(WORDS.keys[slot])] |= TAKEN_BY_WORDS;
        }
        slot += 1;
    }
    slot = 0;
    while slot < PHRASES.keys.len() {
        if PHRASES.keys[slot] != 0 {
            taken[taken_slot(PHRASES.keys[slot])] |= TAKEN_BY_PHRASES;
        }
        slot += 1;
    }
    taken
};

const TAKEN_BITS: u32 = 14;

const TAKEN_BY_WORDS: u8 = 1;

const TAKEN_BY_PHRASES: u8 = 1 << 1;

const fn taken_slot(key: u32) -> usize {
    (key.wrapping_mul(SPREAD) >> (32 - TAKEN_BITS)) as usize
}

/// Whether four bytes may be a key of one of the tables.
fn may_be(table: u8, key: u32) -> bool {
    TAKEN[taken_slot(key)] & table != 0
}

/// Which phrases a line may hold, as long as it is [plain](is_plain).
pub(super) fn phrase_cues(line: &[u8]) -> u16 {
    let mut cues = 0;
    for (step, four) in line.chunks_exact(KEY_BYTES).enumerate() {
        let gram = u32::from_le_bytes(four.try_into().expect("four bytes are four bytes")) | IN_LOWER_CASE;
        if may_be(TAKEN_BY_PHRASES, gram) {
            cues |= phrase_cues_at(line, step * KEY_BYTES, gram);
        }
    }
    cues
}

#[cold]
fn phrase_cues_at(line: &[u8], at: usize, gram: u32) -> u16 {
    let holds = |phrase: &&Phrase| {
        let window = at.checked_sub(phrase.in_front).and_then(|start| line.get(start..start + WINDOW));
        window.is_some_and(|window| window.iter().zip(&phrase.window).all(|(byte, known)| byte | 0x20 == *known))
    };
    PHRASES.find(gram).filter(holds).fold(0, |cues, phrase| cues | phrase.cue)
}

const fn gram(phrase: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([phrase[at], phrase[at + 1], phrase[at + 2], phrase[at + 3]])
}

/// Where the seven bytes of a phrase begin that are the least common in texts, apostrophes and what is not ASCII aside:
/// these have several spellings.
const fn rarest(phrase: &[u8]) -> usize {
    let mut best = usize::MAX;
    let mut least = u32::MAX;
    let mut start = 0;
    while start + WINDOW <= phrase.len() {
        let mut sum = 0;
        let mut at = start;
        while at < start + WINDOW {
            sum += match phrase[at] {
                b'\'' | 0x80.. => SPELLED_OTHERWISE,
                b'e' | b' ' => 12,
                b't' => 9,
                b'a' | b'o' => 8,
                b'i' | b'n' => 7,
                b's' | b'h' | b'r' => 6,
                b'd' | b'l' => 4,
                b'c' | b'u' | b'm' => 3,
                _ => 1,
            };
            at += 1;
        }
        let mut step = 0;
        while step < KEY_BYTES {
            let mut common = 0;
            while common < COMMON.len() {
                if gram(phrase, start + step) == u32::from_le_bytes(*COMMON[common]) {
                    sum += 40;
                }
                common += 1;
            }
            step += 1;
        }
        if sum < least {
            (best, least) = (start, sum);
        }
        start += 1;
    }
    assert!(least < SPELLED_OTHERWISE, "a phrase has seven bytes that are spelled in one way");
    best
}

const SPELLED_OTHERWISE: u32 = 1_000;

/// What is common in texts, though its letters one by one are not more so than others.
const COMMON: &[&[u8; 4]] = &[
    b" the", b"the ", b" of ", b"and ", b" and", b" to ", b"ing ", b"tion", b"d th", b"this", b"his ", b"s of",
    b"from", b"ther", b"port", b"over", b"with", b"hat ",
];

#[cfg(test)]
mod tests {
    use super::super::cues::folded;
    use super::super::shape::{inner_stops, letters_without_spaces};
    use super::*;

    const TRICKY: &[&str] = &[
        "",
        " ",
        "The ferry hit the pier on Tuesday. Twelve were hurt.",
        "“It was quiet,” the mayor said. “Then it was not.”",
        "Dr. A. Holm met Capt. Brim… then left.”  He smiled! (So did she.) Yes?!",
        "渡轮星期二早上撞上了港口的码头，十二人受伤。港口关闭。",
        "Der Hafen\u{a0}bleibt bis Freitag\u{2009}geschlossen.\u{85}Ende.",
        "In 2031年3月4日 the pier… 1,204 people; 20th of MAR2031, 2\u{bd}Monday",
        "ÉTATS UNIS: GENÈVE 12",
        "Ferry \u{212a}ept \u{130}n port",
        "\u{2028}a\tb\u{b}c ",
        "Zürich, Ærø × Łódź ÷ Ørsted: ÅRHUS. Ÿ?",
    ];

    /// The tricky lines, and the same wherever they can lie to the blocks.
    fn tricky() -> impl Iterator<Item = String> {
        (0..=BLOCK).flat_map(|shift| TRICKY.iter().map(move |line| format!("{}{line}", "x".repeat(shift))))
    }

    #[test]
    fn the_pass_counts_what_the_rules_count() {
        for line in tricky() {
            let line = line.as_str();
            let facts = Facts::of(line);
            assert_eq!(facts.words, line.split_whitespace().count().max(unspaced_words(line)), "{line}");
            assert_eq!(facts.inner_stops, inner_stops(line), "{line}");
            assert_eq!(facts.has(mark::LOWER), line.chars().any(char::is_lowercase), "{line}");
            assert_eq!(facts.has(mark::UPPER), line.chars().any(char::is_uppercase), "{line}");
            assert_eq!(facts.has(mark::DIGIT), line.contains(|c: char| c.is_ascii_digit()), "{line}");
            assert_eq!(facts.has(mark::UNSPACED), letters_without_spaces(line) > 0, "{line}");
            let mut marks = Vec::new();
            assert_eq!(Facts::with_marks(line, |at| marks.push(at)), facts);
            let parts = |c: char| stop(c).is_some() || (opens(c) && !matches!(c, '\'' | '’'));
            assert_eq!(marks, line.match_indices(parts).map(|(at, _)| at).collect::<Vec<_>>(), "{line}");
            let bytes = line.as_bytes();
            let long_number = bytes.windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
            assert_eq!(facts.has(mark::YEAR), long_number, "{line}");
            let in_capitals = |word: &str| {
                let letters = || word.chars().filter(|c| c.is_alphabetic() || c.is_ascii_digit());
                letters().count() >= CAPITALS && letters().all(char::is_uppercase)
            };
            assert_eq!(facts.has(mark::CAPITALS), line.split_whitespace().any(in_capitals), "{line}");
            let one_blank = line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
            let tidy = one_blank == line.strip_prefix(' ').unwrap_or(line).strip_suffix(' ').unwrap_or(line)
                || line.chars().all(|c| c == ' ') && line.len() < 2;
            assert_eq!(
                facts.has(mark::UNTIDY),
                !tidy || line.contains(|c: char| c != ' ' && c.is_whitespace()),
                "{line:?}"
            );
        }
    }

    #[test]
    fn phrases_are_seen_wherever_they_lie_and_in_any_case() {
        let lists = [(cue::POSITION, POSITIONS), (cue::WRITER, WRITERS)];
        let furniture = FURNITURE.iter().map(|(_, phrases)| (cue::FURNITURE, *phrases));
        for (cue, phrases) in lists.into_iter().chain(furniture) {
            for phrase in phrases {
                for shift in 0..8 {
                    let line = format!("{}{phrase} quay", "x".repeat(shift));
                    assert!(Facts::of(&line).may_have(cue), "{line}");
                    assert!(Facts::of(&line.to_uppercase()).may_have(cue), "{line}");
                    let untidy = line.replace(' ', " \n").replace('\'', "’");
                    assert!(cue & cue::FOLDED == 0 || Facts::of(&untidy).may_have(cue), "{line}");
                }
            }
        }
        assert!(!Facts::of("The ferry hit the pier on a calm day and twelve were hurt.").may_have(cue::ALL));
    }

    #[test]
    fn plain_lines_have_nothing_that_phrases_may_be_spelled_with_in_two_ways() {
        for line in ["The ferry — “it” hit the pier.", "a", ""] {
            assert!(is_plain(line), "{line}");
        }
        for line in tricky().filter(|line| is_plain(line)) {
            assert!(!Facts::of(&line).has(mark::UNTIDY | mark::ODD | mark::STAR), "{line}");
        }
        for line in ["two  blanks", "a\u{a0}b", "a\u{2009}b", "a\u{2028}b", "a\tb", "★", "\u{212a}", "é", "a "] {
            assert!(!is_plain(line), "{line}");
        }
    }

    #[test]
    fn every_side_of_a_picture_is_seen() {
        for side in SIDES {
            assert!(Facts::of(&format!("Divers {side} of the pier")).may_have(cue::SIDE), "{side}");
        }
    }

    #[test]
    fn days_and_months_are_seen_in_any_case_and_behind_digits() {
        let days = WEEKDAYS.iter().copied().flatten().map(|name| (cue::WEEKDAY, name));
        let months = MONTHS.iter().copied().flatten().map(|name| (cue::MONTH, name));
        let relative = RELATIVE_DAYS.iter().map(|(name, _)| (cue::RELATIVE_DAY, name));
        for (cue, name) in days.chain(months).chain(relative) {
            assert!(cues_of_word(name) & cue != 0, "{name}");
            assert!(cues_of_word(&name.to_uppercase()) & cue != 0, "{name}");
            for line in [format!("on {name}, he"), format!("4{name}"), format!("“{}”", name.to_uppercase())] {
                assert!(Facts::of(&line).may_have(cue), "{line}");
            }
        }
    }

    #[test]
    fn what_is_looked_for_is_folded() {
        for verb in SCENE_VERBS.iter().chain(CREDIT_NOUNS) {
            assert_eq!(folded(verb), **verb);
        }
    }
}
