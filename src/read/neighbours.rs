//! Blocks with the kinds that their shapes give in, the same with what their neighbours show out.

use std::hash::Hasher;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHasher};

use super::captions::{IS_SCENE, credit_by, scene};
use super::cues::{OFFICES, WRITERS, folded, opening};
use super::facts::{Facts, cue};
use super::metadata::sounds_like_an_outlet;
use super::phrases::Phrases;
use super::shape::{PROSE_LETTERS, is_time, letters_without_spaces};
use crate::hashing::spread;
use crate::language::is_unspaced;
use crate::marks::{closes, is_alphanumeric, opens, stop};
use crate::model::{Block, BlockKind, Cue, head};

/// An own headline, in contrast to a section's name, has at least so many words or so many letters.
const HEADLINE_WORDS: usize = 4;

/// A deck has at most so many words.
const DECK_WORDS: usize = 40;

/// Corrects the kinds of an article's blocks, whose [`Facts`] are given in their order, as are the places of the marks at
/// which or behind which a sentence may begin.
pub(super) fn correct(text: &str, blocks: &mut [Block], facts: &[Facts], marks: &[usize]) {
    find_headline(text, blocks, facts);
    find_front(text, blocks, facts);
    find_captions(text, blocks, facts);
    find_lists(text, blocks, facts);
    // What a reader quotes in a comment must not make the article's own paragraph a repetition.
    find_end(text, blocks, facts);
    find_repeats(text, blocks, facts, marks);
    find_links(text, blocks, facts);
    find_menus(blocks, facts);
}

/// Several lines of a word or two, one below the other, are a menu.
fn find_menus(blocks: &mut [Block], facts: &[Facts]) {
    const FEWEST_LINES: usize = 4;
    const MOST_WORDS: usize = 3;
    let is_entry = |(block, facts): &(&Block, &Facts)| {
        matches!(block.kind, BlockKind::Label | BlockKind::Byline | BlockKind::Navigation) && facts.words <= MOST_WORDS
    };
    let mut index = 0;
    while index < blocks.len() {
        let length = blocks[index..].iter().zip(&facts[index..]).take_while(is_entry).count();
        if length >= FEWEST_LINES {
            for block in &mut blocks[index..index + length] {
                if block.kind != BlockKind::Navigation {
                    set(block, BlockKind::Navigation, Cue::Short);
                }
            }
        }
        index += length.max(1);
    }
}

fn set(block: &mut Block, kind: BlockKind, cue: Cue) {
    (block.kind, block.cue) = (kind, cue);
}

/// The first heading above the running text that is more than a section's name is the headline.
fn find_headline(text: &str, blocks: &mut [Block], facts: &[Facts]) {
    if blocks.iter().any(|block| block.kind == BlockKind::Headline) {
        return;
    }
    let above = blocks.iter_mut().zip(facts).take_while(|(block, _)| block.kind != BlockKind::Prose);
    let headline = above.filter(|(block, _)| block.kind == BlockKind::Label).find(|(block, facts)| {
        let line = block.span().of(text);
        (facts.words >= HEADLINE_WORDS || letters_without_spaces(line) >= PROSE_LETTERS) && !is_slug(line)
    });
    if let Some((block, _)) = headline {
        set(block, BlockKind::Headline, Cue::AboveText);
    }
}

/// A line in which an agency or an outlet says what this is, above the headline: `UPDATE 3 - adds statement`,
/// `NORDWIRE / DOMESTIC / COURTS`, `na0231 4 vm 398`, `The Harbour Post`.
fn is_slug(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "update ",
        "urgent",
        "actualisation",
        "eilmeldung",
        "zusammenfassung",
        "1st lead",
        "2nd lead",
        "3rd lead",
        "corrected",
        "refile",
        "wrapup",
        "adds ",
    ];
    let folded = folded(line);
    let coded = line.split_whitespace().filter(|word| word.bytes().any(|byte| byte.is_ascii_digit())).count();
    WORDS.iter().any(|word| folded.starts_with(word))
        || line.contains(" / ")
        || !line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || opens(c) || is_unspaced(c))
        || coded >= 3
        || sounds_like_an_outlet(line)
}

/// What stands between the headline and the text: decks, names, places, the headline once more.
///
/// One sentence right under the headline is the deck if a name, a date, a place or a picture stands between it and the
/// text, and so are two above a dateline. A short line there is a deck if it is more than a name, and a byline if it is
/// one.
fn find_front(text: &str, blocks: &mut [Block], facts: &[Facts]) {
    let Some(headline) = blocks.iter().position(|block| block.kind == BlockKind::Headline) else { return };
    let title = key(blocks[headline].span().of(text));
    let parts = |kind: BlockKind| {
        matches!(
            kind,
            BlockKind::Byline
                | BlockKind::Dateline
                | BlockKind::Label
                | BlockKind::Caption
                | BlockKind::Navigation
                | BlockKind::ListItem
        )
    };
    /// Behind so many blocks without text nothing belongs to the headline any more.
    const LONGEST_FRONT: usize = 40;
    let mut decks_above = 0;
    for index in headline + 1..blocks.len().min(headline + LONGEST_FRONT) {
        decks_above += usize::from(blocks[index - 1].kind == BlockKind::Deck);
        let line = blocks[index].span().of(text);
        let next = blocks.get(index + 1).map(|block| block.kind);
        // The time of an entry of a live page parts nothing from the headline.
        let stamp = blocks.get(index + 1).is_some_and(|block| is_time(block.span().of(text)));
        match blocks[index].kind {
            BlockKind::Label if key(line) == title => {
                set(&mut blocks[index], BlockKind::Headline, Cue::RepeatsHeadline)
            }
            BlockKind::Label if is_name(line) || names_a_writer(line, facts[index].words) => {
                set(&mut blocks[index], BlockKind::Byline, Cue::Name)
            }
            BlockKind::Label if facts[index].words > HEADLINE_WORDS && index == headline + 1 => {
                set(&mut blocks[index], BlockKind::Deck, Cue::UnderHeadline);
            }
            BlockKind::Prose => {
                let dateline = blocks[index + 1..].iter().take(8).any(|block| block.kind == BlockKind::Dateline);
                let sentences = 1 + facts[index].inner_stops;
                let short = facts[index].words <= DECK_WORDS;
                let parted = !stamp
                    && next.is_some_and(parts)
                    && blocks[index + 1..].iter().any(|block| block.kind == BlockKind::Prose);
                if !(decks_above == 0 && parted && short && (sentences == 1 || (sentences == 2 && dateline))) {
                    break;
                }
                set(&mut blocks[index], BlockKind::Deck, Cue::UnderHeadline);
            }
            _ => {}
        }
    }
}

/// Names with what their bearers do: `Anna Holm, Courts Editor`.
fn names_a_writer(line: &str, words: usize) -> bool {
    const MOST_WORDS: usize = 10;
    words <= MOST_WORDS && folded(line).split(|c: char| !c.is_alphabetic()).any(|word| OFFICES.contains(&word))
}

/// Names of people by themselves: words with capitals, joined by `and`.
fn is_name(line: &str) -> bool {
    const MOST_WORDS: usize = 3;
    let joined = |word: &&str| matches!(*word, "and" | "und" | "et" | "y" | "e");
    let count = line.split_whitespace().filter(|word| !joined(word)).count();
    (1..=if line.split_whitespace().any(|word| joined(&word)) { 2 * MOST_WORDS } else { MOST_WORDS }).contains(&count)
        && line.split_whitespace().filter(|word| !joined(word)).all(|word| {
            let mut letters = word.chars().filter(|c| !matches!(c, '.' | '-' | '\'' | '’'));
            letters.next().is_some_and(char::is_uppercase)
                && letters.all(|c| c.is_lowercase() || (word.contains('-') && c.is_uppercase()))
        })
}

/// One sentence with a picture's credit under it is that picture's caption, and so is one that describes a scene.
fn find_captions(text: &str, blocks: &mut [Block], facts: &[Facts]) {
    /// A credit by itself has at most so many words.
    const CREDIT_WORDS: usize = 8;
    for index in 0..blocks.len() {
        let line = blocks[index].span().of(text);
        if !matches!(blocks[index].kind, BlockKind::Prose | BlockKind::Label) || facts[index].inner_stops > 0 {
            continue;
        }
        let above_credit = blocks.get(index + 1).is_some_and(|below| {
            let is_credit = below.kind == BlockKind::Caption
                && facts[index + 1].words <= CREDIT_WORDS
                && credit_by(below.span().of(text), &facts[index + 1]) == Some(0);
            // Pictures stand between paragraphs, too: across a blank line a credit alone proves nothing.
            let joined = || text[blocks[index].span().end..below.span().start].matches('\n').count() <= 1;
            is_credit && (joined() || scene(line, &facts[index], true) + 1 >= IS_SCENE)
        });
        let furniture = |block: Option<&Block>| {
            block.is_some_and(|block| {
                !matches!(
                    block.kind,
                    BlockKind::Prose
                        | BlockKind::Dateline
                        | BlockKind::ListItem
                        | BlockKind::Label
                        | BlockKind::Headline
                )
            })
        };
        let beside_furniture = furniture(blocks.get(index + 1)) || (index > 0 && furniture(blocks.get(index - 1)));
        if above_credit && blocks[index].kind == BlockKind::Prose {
            set(&mut blocks[index], BlockKind::Caption, Cue::AboveCredit);
        } else if facts[index].may_be_scene(beside_furniture)
            && scene(line, &facts[index], beside_furniture)
                >= if blocks[index].kind == BlockKind::Label { IS_SCENE + 1 } else { IS_SCENE }
        {
            set(&mut blocks[index], BlockKind::Caption, Cue::Scene);
        }
    }
}

/// A line in the form in which two are compared: letters and digits in lower case, single spaces.
fn key(line: &str) -> String {
    let mut key = String::with_capacity(line.len());
    let mut parted = false;
    for c in line.chars() {
        if c.is_ascii_alphanumeric() || is_alphanumeric(c) {
            if parted && !key.is_empty() {
                key.push(' ');
            }
            parted = false;
            if c.is_ascii() { key.push(c.to_ascii_lowercase()) } else { key.extend(c.to_lowercase()) }
        } else {
            parted = true;
        }
    }
    key
}

/// A short block whose words the text has once more is no text of its own: a heading that the next sentence begins with, a
/// sentence that is set large to catch the eye, a headline that is repeated.
fn find_repeats(text: &str, blocks: &mut [Block], facts: &[Facts], marks: &[usize]) {
    const FEWEST_WORDS: usize = 4;
    const MOST_WORDS: usize = 50;
    /// Of more sentences that begin alike only the first are compared.
    const MOST_COMPARED: usize = 16;
    let candidate = |index: usize, block: &Block| {
        matches!(block.kind, BlockKind::Prose | BlockKind::Label | BlockKind::Deck | BlockKind::PullQuote)
            && (FEWEST_WORDS..=MOST_WORDS).contains(&facts[index].words)
            && facts[index].inner_stops <= 1
    };
    let bare = |block: &Block| block.span().of(text).trim_start_matches(|c: char| opens(c) || c.is_whitespace());
    // The first letters of the blocks that may repeat something, and of others now and then.
    let mut sought = LetterSet::default();
    for (index, block) in blocks.iter().enumerate() {
        if candidate(index, block) {
            sought.add(first_letters(bare(block)));
        }
    }
    // Where the article's sentences begin, by their first letters, so that each short block is compared with few others.
    let mut starts: Vec<(u64, usize, usize)> = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Prose) {
        let slice = block.span().of(text);
        let [from, to] = [block.span().start, block.span().end].map(|end| marks.partition_point(|mark| *mark < end));
        let marks = marks[from..to].iter().map(|mark| mark - block.span().start);
        each_sentence_start(slice, marks, |start| {
            let letters = first_letters(&slice[start..]);
            if sought.may_have(letters) {
                starts.push((letters, index, start));
            }
        });
    }
    starts.sort_unstable();
    // Of each crowd of starts with the same letters those that begin with the same words.
    let mut crowds: FxHashMap<u64, FxHashMap<FirstWords, Vec<(usize, usize)>>> = FxHashMap::default();
    for index in 0..blocks.len() {
        if !candidate(index, &blocks[index]) {
            continue;
        }
        let line = blocks[index].span().of(text);
        let bare = bare(&blocks[index]);
        let letters = first_letters(bare);
        let from = starts.partition_point(|(other, _, _)| *other < letters);
        let alike = || starts[from..].iter().take_while(|(other, _, _)| *other == letters);
        if alike().all(|(_, other, _)| *other == index) {
            continue;
        }
        let first = first_words(bare);
        let first_words_at = |other: usize, start: usize| first_words(&blocks[other].span().of(text)[start..]);
        let same: Vec<(usize, usize)> = if alike().nth(MOST_COMPARED).is_none() {
            let begins_alike = |(_, other, start): &&(u64, usize, usize)| first_words_at(*other, *start) == first;
            alike().filter(begins_alike).map(|(_, other, start)| (*other, *start)).collect()
        } else {
            let crowd = crowds.entry(letters).or_insert_with(|| {
                let mut crowd: FxHashMap<FirstWords, Vec<(usize, usize)>> = FxHashMap::default();
                for (_, other, start) in alike() {
                    crowd.entry(first_words_at(*other, *start)).or_default().push((*other, *start));
                }
                crowd
            });
            crowd.get(&first).into_iter().flatten().take(MOST_COMPARED).copied().collect()
        };
        let others = same.iter().filter(|(other, _)| *other != index);
        let mut own_key = String::new();
        let mut repeats = others.filter(|(other, start)| {
            if own_key.is_empty() {
                own_key = key(line);
            }
            key(head(&blocks[*other].span().of(text)[*start..], 2 * line.len()))
                .strip_prefix(&*own_key)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        });
        let Some(&(other, start)) = repeats.next() else { continue };
        // Of two whole paragraphs that are the same the first is the text.
        let twins = || key(blocks[other].span().of(text)) == key(line);
        if blocks[index].kind == BlockKind::Deck || (other > index && twins()) {
            continue;
        }
        if other == index + 1 && start == 0 {
            set(&mut blocks[index], BlockKind::Label, Cue::RepeatedNext);
        } else {
            set(&mut blocks[index], BlockKind::PullQuote, Cue::RepeatedInText);
        }
    }
}

/// A set of [`first_letters`] that may seem to have some that it has not.
#[derive(Default)]
struct LetterSet([u64; 1 << (Self::BITS - 6)]);

impl LetterSet {
    const BITS: u32 = 10;

    fn add(&mut self, letters: u64) {
        let bit = Self::bit(letters);
        self.0[bit >> 6] |= 1 << (bit & 63);
    }

    fn may_have(&self, letters: u64) -> bool {
        let bit = Self::bit(letters);
        self.0[bit >> 6] >> (bit & 63) & 1 != 0
    }

    fn bit(letters: u64) -> usize {
        (spread(letters) >> (u64::BITS - Self::BITS)) as usize
    }
}

/// The first letters and digits of a line in lower case, as a number: the same for lines whose [`first_words`] are the same.
fn first_letters(line: &str) -> u64 {
    /// So many letters fit into the number.
    const COUNT: usize = 8;
    // With so few bytes that are none between so many letters, no four words have ended yet.
    if let Some(first) = line.as_bytes().first_chunk::<{ COUNT + FIRST_WORDS - 1 }>()
        && let Some(letters) = first_letters_of::<COUNT>(first)
    {
        return letters;
    }
    let mut letters = 0;
    let (mut count, mut words, mut in_word) = (0, 0, false);
    let mut rest = line.as_bytes()[..line.len().min(FIRST_WORDS_WITHIN)].iter();
    while let Some(&byte) = rest.next() {
        let lower = IN_LOWER_CASE[usize::from(byte)];
        if lower != 0 {
            letters = letters << 8 | u64::from(lower);
            count += 1;
            in_word = true;
            if count == COUNT {
                break;
            }
            continue;
        }
        words += usize::from(in_word);
        in_word = false;
        let goes_on = || {
            let at = line.len().min(FIRST_WORDS_WITHIN) - rest.len() - 1;
            line.is_char_boundary(at) && line[at..].starts_with(is_alphanumeric)
        };
        if words == FIRST_WORDS || (!byte.is_ascii() && goes_on()) {
            break;
        }
    }
    letters
}

/// The first `COUNT` letters and digits in lower case, if there are so many in front of the first byte beyond ASCII.
fn first_letters_of<const COUNT: usize>(bytes: &[u8]) -> Option<u64> {
    let (mut letters, mut count) = (0, 0);
    for &byte in bytes {
        let lower = IN_LOWER_CASE[usize::from(byte)];
        if lower != 0 {
            letters = letters << 8 | u64::from(lower);
            count += 1;
            if count == COUNT {
                return Some(letters);
            }
        } else if !byte.is_ascii() {
            return None;
        }
    }
    None
}

/// So many words are looked at.
const FIRST_WORDS: usize = 4;

/// So many bytes are searched for the first words of a line.
const FIRST_WORDS_WITHIN: usize = 160;

/// The first words of a line in lower case, as a number: the same for lines that begin alike, and hardly ever for others.
type FirstWords = u64;

fn first_words(line: &str) -> FirstWords {
    let line = head(line, FIRST_WORDS_WITHIN);
    let mut hasher = WordHasher::default();
    for (at, &byte) in line.as_bytes().iter().enumerate() {
        let lower = IN_LOWER_CASE[usize::from(byte)];
        if lower != 0 {
            hasher.push(lower);
            continue;
        }
        if !byte.is_ascii() {
            // Marks part words; the second and third byte of one are no letters either.
            let c = if line.is_char_boundary(at) { line[at..].chars().next() } else { None };
            if c.is_some_and(is_alphanumeric) {
                return first_words_beyond_ascii(line);
            }
        }
        hasher.end_word();
        if hasher.words == FIRST_WORDS {
            break;
        }
    }
    hasher.end_word();
    hasher.all.finish()
}

/// The letters and digits of ASCII in lower case, and zero for all other bytes.
static IN_LOWER_CASE: [u8; 256] = {
    let mut lower = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() {
            lower[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    lower
};

/// The same for lines with letters beyond ASCII.
fn first_words_beyond_ascii(line: &str) -> FirstWords {
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(FIRST_WORDS).collect();
    let mut hasher = WordHasher::default();
    for word in words.join(" ").to_lowercase().split(' ') {
        word.bytes().for_each(|byte| hasher.push(byte));
        hasher.end_word();
    }
    hasher.all.finish()
}

/// Makes one number of words that come byte by byte.
#[derive(Default)]
struct WordHasher {
    all: FxHasher,
    words: usize,
    /// The last eight bytes of the word, and how many it has had.
    last: u64,
    length: usize,
}

impl WordHasher {
    fn push(&mut self, byte: u8) {
        self.last = self.last << 8 | u64::from(byte);
        self.length += 1;
        if self.length.is_multiple_of(8) {
            self.all.write_u64(self.last);
        }
    }

    fn end_word(&mut self) {
        if self.length > 0 {
            self.all.write_u64(self.last);
            (self.last, self.length) = (0, 0);
            self.words += 1;
        }
    }
}

/// Calls `found` with every place where a sentence of a paragraph may begin: its start, behind every stop with white space,
/// and at quotations. The places of all such marks are given.
fn each_sentence_start(slice: &str, marks: impl Iterator<Item = usize>, mut found: impl FnMut(usize)) {
    found(0);
    // Up to where the line has been looked at.
    let mut done = 0;
    for mark in marks {
        if mark < done {
            continue;
        }
        let mut at = mark;
        let mut parts = false;
        while let Some(c) = slice[at..].chars().next() {
            if parts && !c.is_whitespace() && !closes(c) {
                found(at);
                parts = false;
            }
            let quotation = opens(c) && !matches!(c, '\'' | '’');
            parts = stop(c).is_some()
                || (parts && (c.is_whitespace() || closes(c)))
                || (quotation && at > 0 && slice[..at].ends_with(char::is_whitespace));
            at += c.len_utf8();
            if !parts {
                break;
            }
        }
        done = at;
    }
}

/// Lines between the items of a list belong to it.
fn find_lists(text: &str, blocks: &mut [Block], facts: &[Facts]) {
    /// `1. FC Hafen won the cup` is a sentence if no other number stands around it.
    const FEWEST_WORDS: usize = 8;
    for index in 0..blocks.len() {
        let line = blocks[index].span().of(text);
        let is_item = |block: Option<&Block>| block.is_some_and(|block| block.kind == BlockKind::ListItem);
        let above = if index > 0 { blocks.get(index - 1) } else { None };
        let alone = !is_item(blocks.get(index + 1)) && !is_item(above);
        let numbered = blocks[index].cue == Cue::Bullet && line.starts_with(|c: char| c.is_ascii_digit());
        if alone && numbered && facts[index].words >= FEWEST_WORDS && facts[index].ends {
            set(&mut blocks[index], BlockKind::Prose, Cue::Sentences);
        }
    }
    for index in 1..blocks.len().saturating_sub(1) {
        let between = blocks[index - 1].kind == BlockKind::ListItem && blocks[index + 1].kind == BlockKind::ListItem;
        if between && blocks[index].kind == BlockKind::Label && facts[index].inner_stops == 0 {
            set(&mut blocks[index], BlockKind::ListItem, Cue::AmongItems);
        }
    }
}

/// How a line opens behind which no text of the article follows, and what follows instead.
#[rustfmt::skip]
const ENDS: &[(BlockKind, &[&str])] = &[
    (BlockKind::Comment, &["comments", "leave a comment", "kommentare", "commentaires", "reader comments", "leserkommentare", "vos réactions", "reactions", "commenter", "top comments", "join the conversation"]),
    (BlockKind::Notice, &["about the author", "forward-looking statements", "cautionary statement", "media contact", "press contact", "notes to editors"]),
];

/// How many of the last words of a counter say that comments follow.
const COUNTED_COMMENTS: &[&str] = &["comments", "comment", "kommentare", "kommentar", "commentaires", "commentaire"];

/// What stands below the heading of the comments, below `About the author` or `About Sund Line Inc.` is not the article's.
fn find_end(text: &str, blocks: &mut [Block], facts: &[Facts]) {
    /// The end of an article is not looked for in its first part.
    const EARLIEST: f64 = 0.3;
    let earliest = (blocks.len() as f64 * EARLIEST) as usize;
    let length = |block: &Block| if block.kind == BlockKind::Prose { block.span().len() } else { 0 };
    let all: usize = blocks.iter().map(length).sum();
    let mut told = 0;
    let mut below: Option<BlockKind> = None;
    for (index, (block, facts)) in blocks.iter_mut().zip(facts).enumerate() {
        let line = block.span().of(text);
        let kind = block.kind;
        told += length(block);
        // A counter of comments above more than three fifths of the text is a button.
        let may_end = index >= earliest && told * 5 >= all * 2;
        if kind != BlockKind::Prose && may_end {
            if let Some(end) = end(line, facts) {
                below = Some(end);
                continue;
            }
            // A heading of another kind ends what an outlet says of itself, and links end the comments.
            let other = match below {
                Some(BlockKind::Notice) => matches!(kind, BlockKind::Label | BlockKind::Headline),
                Some(_) => matches!(kind, BlockKind::Teaser | BlockKind::Subscription),
                None => false,
            };
            if other {
                below = None;
            }
        }
        let own = matches!(kind, BlockKind::Prose | BlockKind::Label | BlockKind::PullQuote | BlockKind::ListItem);
        if let Some(kind) = below.filter(|_| own) {
            set(block, kind, Cue::BelowEnd);
        } else if kind == BlockKind::Prose && index >= earliest && tells_of_a_writer(line, facts) {
            set(block, BlockKind::Byline, Cue::Words);
        }
    }
}

/// What follows a line that ends an article, if it is one.
fn end(line: &str, facts: &Facts) -> Option<BlockKind> {
    const MOST_WORDS: usize = 8;
    if facts.words > MOST_WORDS {
        return None;
    }
    let opening = opening(line);
    let counted = facts.words <= 4
        && line.starts_with(|c: char| c.is_ascii_digit())
        && folded(line).split(|c: char| !c.is_alphabetic()).any(|word| COUNTED_COMMENTS.contains(&word));
    if counted {
        return Some(BlockKind::Comment);
    }
    let company = ["about ", "über die ", "à propos de "].iter().any(|about| opening.starts_with(about))
        && (!facts.ends || facts.words <= 6)
        && line.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_uppercase));
    if company {
        return Some(BlockKind::Notice);
    }
    let bare = opening.trim_matches(|c: char| !c.is_alphabetic());
    let whole = |entries: &&(BlockKind, &[&str])| entries.1.contains(&bare);
    ENDS.iter().find(whole).map(|(kind, _)| *kind)
}

/// Whether a short paragraph says who wrote the article: `Anna Holm covers the harbour for the Post.`
fn tells_of_a_writer(line: &str, facts: &Facts) -> bool {
    const MOST_WORDS: usize = 40;
    const NAME_WITHIN: usize = 5;
    if facts.words > MOST_WORDS || facts.inner_stops > 2 || !facts.may_have(cue::WRITER) {
        return false;
    }
    let named = line.split_whitespace().take(2).all(|word| word.starts_with(char::is_uppercase));
    if !named {
        return false;
    }
    static PHRASES: LazyLock<Phrases<bool>> = LazyLock::new(|| {
        // These say it wherever they stand; the others only right behind the name.
        let anywhere = |phrase: &str| phrase.starts_with("contributed") || phrase.starts_with("can");
        Phrases::of(WRITERS.iter().map(|phrase| (*phrase, anywhere(phrase))))
    });
    let lower = folded(line);
    let near = |at: usize| lower[..at].split_whitespace().count() <= NAME_WITHIN;
    PHRASES.matches(&lower).any(|(at, _, anywhere)| anywhere || near(at))
}

/// Short lines below a heading such as `Related` or `Latest news` are links to other stories, and so is a sentence that
/// stands between two of them.
fn find_links(text: &str, blocks: &mut [Block], facts: &[Facts]) {
    let mut below = false;
    for (block, facts) in blocks.iter_mut().zip(facts) {
        let line = block.span().of(text);
        match block.kind {
            // `Read more: the ferry's history` is the link itself, `Related stories` heads a row of them.
            BlockKind::Teaser => below = facts.words <= HEADLINE_WORDS || line.trim_end().ends_with(':'),
            BlockKind::Label | BlockKind::ListItem if below && !line.ends_with(':') && block.cue != Cue::MarkedUp => {
                set(block, BlockKind::Teaser, Cue::AmongLinks);
            }
            BlockKind::Navigation | BlockKind::Dateline | BlockKind::Rating | BlockKind::Subscription => {}
            _ => below = false,
        }
    }
    for index in 1..blocks.len().saturating_sub(1) {
        let between = [blocks[index - 1], blocks[index + 1]]
            .iter()
            .all(|block| matches!(block.kind, BlockKind::Teaser | BlockKind::Navigation));
        let line = blocks[index].span().of(text);
        let other = [blocks[index - 1], blocks[index + 1]].iter().any(|block| block.kind == BlockKind::Teaser);
        if between
            && other
            && blocks[index].kind == BlockKind::Prose
            && facts[index].inner_stops == 0
            && line.ends_with(['?', '!'])
        {
            set(&mut blocks[index], BlockKind::Teaser, Cue::AmongLinks);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::plain;
    use BlockKind::*;

    fn kinds(lines: &[&str]) -> Vec<BlockKind> {
        plain::blocks(&lines.join("\n")).iter().map(|block| block.kind).collect()
    }

    #[test]
    fn sentences_begin_at_the_marks_of_a_line_alone() {
        for slice in [
            "",
            "The ferry hit the pier. Twelve were hurt… “It was quiet,” (she said) *then* it was not!” Yes?!",
            "渡轮撞上了码头。港口关闭。‘x’ ¿Qué? «Oui.» _a_ [b] {c} \"d.\" e",
        ] {
            let mut marks = Vec::new();
            Facts::with_marks(slice, |at| marks.push(at));
            let starts = |marks: &mut dyn Iterator<Item = usize>| {
                let mut starts = Vec::new();
                each_sentence_start(slice, marks, |at| starts.push(at));
                starts
            };
            let everywhere = starts(&mut slice.char_indices().map(|(at, _)| at));
            assert_eq!(starts(&mut marks.into_iter()), everywhere, "{slice}");
        }
    }

    #[test]
    fn headline_deck_and_name_are_told_by_their_neighbours() {
        let lines = [
            "Norland",
            "Ferry hits the pier at Port Ella",
            "Twelve are hurt as the morning boat fails to stop.",
            "Anna Holm",
            "The ferry hit the pier on Tuesday.",
        ];
        assert_eq!(kinds(&lines), [Label, Headline, Deck, Byline, Prose]);
    }

    #[test]
    fn a_heading_that_the_next_sentence_repeats_and_a_sentence_set_large_are_no_text() {
        let lines = [
            "The ferry hit the pier on Tuesday. “I held on to a stranger,” said Mira Oster of Port Ella.",
            "The harbour was calm that day.",
            "The harbour was calm that day. The view was clear.",
            "“I held on to a stranger”",
            "Divers will go down on Wednesday.",
        ];
        assert_eq!(kinds(&lines), [Prose, Label, Prose, PullQuote, Prose]);
    }

    #[test]
    fn a_sentence_set_large_is_found_among_many_that_begin_like_it() {
        let day =
            |number: usize| format!("On the {number} of the month the ferry called at Port Ella and took on water.");
        let mut lines: Vec<String> = (1..60).map(day).collect();
        lines[40] = "On the 41 of the month she struck. Twelve were hurt as the boat failed to stop.".to_owned();
        lines.insert(3, "On the 41 of the month she struck.".to_owned());
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let kinds = kinds(&lines);
        let set_apart: Vec<usize> = (0..kinds.len()).filter(|at| kinds[*at] != Prose).collect();
        assert_eq!(set_apart, [3], "{:?}", kinds[3]);
    }

    #[test]
    fn what_readers_write_and_companies_say_of_themselves_stands_below_the_end() {
        let lines = [
            "The ferry hit the pier on Tuesday.",
            "The mayor closed the harbour of the town.",
            "About Sund Line Inc.",
            "Sund Line Inc. runs twelve ferries on the coast.",
            "2 comments",
            "I have always said that this would happen one day.",
        ];
        assert_eq!(kinds(&lines), [Prose, Prose, Label, Notice, Navigation, Comment]);
    }

    #[test]
    fn lines_below_related_are_links() {
        let lines = [
            "The ferry hit the pier on Tuesday.",
            "Related stories",
            "Bus times for Wednesday",
            "How safe are our boats?",
        ];
        assert_eq!(kinds(&lines), [Prose, Teaser, Teaser, Teaser]);
    }
}
