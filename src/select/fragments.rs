//! A sentence in, whether it is one at all out.
//!
//! What is cut off, glued together, in capitals, without a verb or a part of a list cannot be quoted whatever stands
//! around it.

use super::names::possessor;
use super::tokens::{Marks, Token, Words, is_capital, is_small, lower_case};
use crate::language::is_unspaced;
use crate::marks::{asks, opens_or_parts, stop};
use crate::model::head;
use crate::segment::Lexicon;

/// A sentence has at least so many words.
const FEWEST_WORDS: usize = 4;

/// Or, in scripts without spaces, so many letters.
const FEWEST_LETTERS: usize = 8;

/// Of the letters of a sentence that have a case, at most this share are capitals; more is a headline.
const MOST_CAPITALS: f64 = 0.5;

/// Whether a text is no sentence by its shape; `end` is what it ends in before marks that close.
pub(super) fn is_fragment(words: Words<'_>, end: &str) -> bool {
    let text = words.text;
    let unspaced = if words.marks.any(Marks::UNSPACED) { text.chars().filter(|&c| is_unspaced(c)).count() } else { 0 };
    if unspaced < FEWEST_LETTERS && words.count() < FEWEST_WORDS {
        return true;
    }
    let Some(first) = text.chars().find(|c| !opens_or_parts(*c)) else {
        return true;
    };
    if !first.is_alphanumeric() || first.is_lowercase() || opens_with_date(text) {
        return true;
    }
    // A phrase of a script without stops ends as it can.
    let ends =
        end.ends_with(is_stop) || (unspaced >= FEWEST_LETTERS && end.ends_with(crate::language::is_southeast_asian));
    if !ends || end.ends_with("..") || end.ends_with('…') {
        return true;
    }
    if words.marks.any(Marks::COLON) && is_labelled(text) {
        return true;
    }
    // An item that a list was cut into: `11. According to the mayor`.
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&number) && text[number..].starts_with(". ") {
        return true;
    }
    // An aside by itself: a source, a note of the editors.
    if text.starts_with(['(', '[']) && text.trim_end_matches('.').ends_with([')', ']']) {
        return true;
    }
    // What stood before a comma that parts nothing was cut off: `King Features, was directed by`.
    if words.marks.any(Marks::COMMA) && comma_before_verb(words) {
        return true;
    }
    // Items of a list, or parts of a menu, that were glued into one.
    if words.marks.any(Marks::BULLET) && text.contains(['•', '►', '▪', '|']) {
        return true;
    }
    is_shouted(text)
}

/// Whether more letters are capitals than a sentence has, of those that have a case.
fn is_shouted(text: &str) -> bool {
    let capitals = count(text, u8::is_ascii_uppercase);
    let small = count(text, u8::is_ascii_lowercase);
    // Even if all else were capitals.
    let others = text.len() - capitals - small;
    if text.is_ascii() || !is_mostly_capitals(capitals + others, small) {
        return is_mostly_capitals(capitals, small);
    }
    let (capitals, small) = text.chars().fold((0_usize, 0_usize), |(capitals, small), c| {
        (capitals + usize::from(c.is_uppercase()), small + usize::from(c.is_lowercase()))
    });
    is_mostly_capitals(capitals, small)
}

/// How many bytes of a text are of a kind.
fn count(text: &str, is: impl Fn(&u8) -> bool) -> usize {
    // A count that fits a byte lets the compiler count sixteen bytes at once.
    let in_part = |part: &[u8]| usize::from(part.iter().map(|byte| u8::from(is(byte))).sum::<u8>());
    text.as_bytes().chunks(usize::from(u8::MAX)).map(in_part).sum()
}

fn is_mostly_capitals(capitals: usize, small: usize) -> bool {
    capitals as f64 > MOST_CAPITALS * (capitals + small) as f64
}

/// Whether the first comma of a sentence, after a few words, stands right before its verb.
fn comma_before_verb(words: Words<'_>) -> bool {
    const WITHIN: usize = 4;
    const VERBS: &[&str] = &["was", "were", "is", "are", "has", "had"];
    let comma = words.raws().take(WITHIN).position(|word| word.ends_with(','));
    comma.and_then(|at| words.raw(at + 1)).is_some_and(|word| VERBS.contains(&word))
}

/// Whether a label with a colon stands in front of a sentence: `More information: The pier`, `7 PM UPDATE: The pier`.
fn is_labelled(text: &str) -> bool {
    const MOST_WORDS: usize = 3;
    const MOST_SHOUTED_WORDS: usize = 5;
    const LONGEST: usize = 60;
    let Some((label, rest)) = head(text, LONGEST).split_once(": ") else { return false };
    let words = label.split_whitespace().count();
    let shouted = label.chars().any(char::is_uppercase) && !label.chars().any(char::is_lowercase);
    let few = words <= if shouted { MOST_SHOUTED_WORDS } else { MOST_WORDS };
    let plain = label.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '.' | '\'' | '’'));
    few && plain && rest.starts_with(char::is_uppercase)
}

/// Whether a sentence opens with a date stamp, as the first line of a page does.
fn opens_with_date(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && text[4..].starts_with(['-', '/', '.']) && text.as_bytes().get(5).is_some_and(u8::is_ascii_digit)
}

/// Verbs that stand in a sentence by themselves, as far as their endings do not show it.
#[rustfmt::skip]
pub(super) const FINITE: &[&str] = &[
    "is", "are", "was", "were", "am", "be", "been", "has", "have", "had", "do", "does", "did", "will", "would", "can", "could", "may", "might", "must", "should", "shall", "said", "told",
    "made", "took", "went", "came", "saw", "got", "gave", "found", "left", "held", "won", "lost", "met", "led", "began", "became", "kept", "set", "put", "cut", "hit", "let", "ran", "rose",
    "fell", "grew", "knew", "spoke", "wrote", "brought", "bought", "sold", "paid", "spent", "sent", "built", "felt", "heard", "stood", "sat", "broke", "chose", "drew", "drove", "fought",
    "flew", "shot", "shut", "struck", "thought", "threw", "won't", "wore", "read", "say", "remain", "want", "need", "make", "take", "go", "come", "hope", "plan", "believe", "think",
];

/// Whether an English sentence has no subject or no verb: `Briefed them on the pier.`, `Just an hour or two a week.`
pub(super) fn lacks_subject_or_verb(words: Words<'_>, code: &str) -> bool {
    const OBJECTS: &[&str] =
        &["them", "him", "her", "us", "me", "it", "the", "a", "an", "his", "their", "my", "our", "up", "out", "off"];
    /// How sentences without a verb open.
    const ASIDES: &[&str] = &[
        "Just", "Due", "In", "On", "At", "For", "With", "Without", "From", "After", "Before", "By", "About", "Not",
        "Only", "Even", "Like", "Because", "Over", "Under",
    ];
    const LONG: usize = 15;
    if code != "en" {
        return false;
    }
    let (first, second) = (words.bare(0), words.bare(1));
    if first.len() > 4 && first.ends_with("ed") && OBJECTS.contains(&second) && !words.marks.any(Marks::COMMA) {
        return true;
    }
    let evidence = |word: &str| {
        word.ends_with("ed") || word.ends_with('s') || word.contains(['\'', '’']) || FINITE.contains(&word)
    };
    words.count() < LONG && ASIDES.contains(&first) && !words.bares().any(evidence)
}

/// Whether a heading or a caption without a stop runs into a sentence: a word that opens sentences has a capital in the
/// middle of one, behind a word and in front of a small letter. `Hepatitis A` and `World War I` are names.
pub(super) fn is_glued(words: Words<'_>, code: &str, lexicon: &Lexicon, lower: &mut String) -> bool {
    // In Vietnamese each syllable of a name is a word, and many of them are stop words.
    let parts_syllables = code == "vi";
    let tokens = words.tokens;
    // All that is looked for begins with a capital.
    tokens.iter().enumerate().filter(|(_, token)| may_be_capital(words.text, token)).any(|(at, token)| {
        let word = token.raw(words.text);
        is_call(word) || is_doubled(word) || (!parts_syllables && opens_inside(words, at, lexicon, lower))
    }) || opens_with_label(words)
}

fn may_be_capital(text: &str, token: &Token) -> bool {
    let first = text.as_bytes()[token.start];
    first.is_ascii_uppercase() || !first.is_ascii()
}

/// Whether a word opens a sentence in the middle of another.
fn opens_inside(words: Words<'_>, at: usize, lexicon: &Lexicon, lower: &mut String) -> bool {
    const FEWEST_WORDS_BEFORE: usize = 2;
    if at < FEWEST_WORDS_BEFORE {
        return false;
    }
    let [before, word, next, ..] = words.tokens[at - 1..] else { return false };
    // The next word has a small letter, or this one is `The`.
    let bytes = words.text.as_bytes();
    if bytes[next.start].is_ascii_uppercase() && bytes[word.start] != b'T' {
        return false;
    }
    let (word, next) = (word.raw(words.text), next.raw(words.text));
    // `Ferry Hits Pier The Alda Brim lies`: a headline in capitals runs into a sentence that opens with a name.
    if word == "The" && is_capital(next) && is_title(words, at) {
        return true;
    }
    before.has_no_mark_behind()
        && is_small(next)
        && is_word_with_capital(word)
        && lexicon.is_stop_word(lower_case(word, lower))
        && !NAMES_OF_STOP_WORDS.contains(&word)
        // In a title every word has a capital: `Gone With the Wind`.
        && !(is_capital(before.raw(words.text)) && next.len() <= 3 && lexicon.is_stop_word(lower_case(next, lower)))
}

/// Whether a word is written with a capital and then small letters.
fn is_word_with_capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && letters.all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
}

/// Whether a label in capitals stands in front of a sentence: `LIVE BLOG Mayor Holm speaks`.
fn opens_with_label(words: Words<'_>) -> bool {
    const SHORTEST: usize = 4;
    let (Some(first), Some(second), Some(third)) = (words.raw(0), words.raw(1), words.raw(2)) else { return false };
    let shouts = |word: &str| word.chars().all(char::is_uppercase) && word.chars().count() >= SHORTEST;
    let title = || {
        let mut letters = third.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    shouts(first) && shouts(second) && title()
}

/// Whether the first words are written as those of a title: at least four, all longer ones with a capital.
fn is_title(words: Words<'_>, count: usize) -> bool {
    const FEWEST_WORDS: usize = 4;
    const LONG: usize = 4;
    count >= FEWEST_WORDS
        && words.tokens[count - 1].has_no_mark_behind()
        && words.raws().take(count).all(|word| is_capital(word) || word.chars().count() < LONG)
}

/// Whether a word is the same twice, as where a name runs into the headline that is linked to it: `HolmHolm`.
fn is_doubled(word: &str) -> bool {
    const SHORTEST: usize = 8;
    let half = word.len() / 2;
    word.len() >= SHORTEST
        && word.is_char_boundary(half)
        && word[..half] == word[half..]
        && word.starts_with(char::is_uppercase)
}

/// Stop words that are somebody's name or part of a name, with a capital.
const NAMES_OF_STOP_WORDS: &[&str] = &[
    "Will", "May", "Can", "Don", "Ma", "An", "Do", "Ve", "Re", "No", "Am", "Us", "Own", "Even", "Still", "West",
    "Best", "Once", "Sie", "Ihr", "Ihre", "Ihnen", "Ihrer", "Ihren", "Ihrem", "Man",
];

/// Calls of a page in capitals, which stand in no sentence.
const CALLS: &[&str] =
    &["MORE", "MORE:", "CLOSE", "WATCH:", "READ:", "RELATED:", "ADVERTISEMENT", "SHARE", "SUBSCRIBE", "CLICK"];

/// Whether a word is a call of a page.
fn is_call(word: &str) -> bool {
    word.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase)
        && (CALLS.contains(&word) || CALLS.contains(&possessor(word)))
}

/// Whether a character ends a sentence that tells.
fn is_stop(c: char) -> bool {
    stop(c).is_some() && !asks(c)
}
