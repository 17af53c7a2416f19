//! A sentence in, whether it is one at all out.
//!
//! What is cut off, glued together, in capitals, without a verb or a part of a list cannot be quoted whatever stands
//! around it.

use super::names::possessor;
use crate::language::{Language, is_unspaced};
use crate::marks::{asks, closes_or_parts, opens_or_parts, stop};
use crate::model::head;
use crate::segment::Lexicon;

/// A sentence has at least so many words.
const FEWEST_WORDS: usize = 4;

/// Or, in scripts without spaces, so many letters.
const FEWEST_LETTERS: usize = 8;

/// Of the letters of a sentence that have a case, at most this share are capitals; more is a headline.
const MOST_CAPITALS: f64 = 0.5;

pub(super) fn is_fragment(text: &str) -> bool {
    let unspaced = text.chars().filter(|&c| is_unspaced(c)).count();
    if unspaced < FEWEST_LETTERS && text.split_whitespace().count() < FEWEST_WORDS {
        return true;
    }
    let Some(first) = text.chars().find(|c| !opens_or_parts(*c)) else {
        return true;
    };
    if !first.is_alphanumeric() || first.is_lowercase() || opens_with_date(text) {
        return true;
    }
    let bare = text.trim_end_matches(closes_or_parts);
    // A phrase of a script without stops ends as it can.
    let ends =
        bare.ends_with(is_stop) || (unspaced >= FEWEST_LETTERS && bare.ends_with(crate::language::is_southeast_asian));
    if !ends || bare.ends_with("..") || bare.ends_with('…') {
        return true;
    }
    if is_labelled(text) {
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
    if comma_before_verb(text) {
        return true;
    }
    // Items of a list, or parts of a menu, that were glued into one.
    if text.contains(['•', '►', '▪', '|']) {
        return true;
    }
    let (capitals, small) = text.chars().fold((0_usize, 0_usize), |(capitals, small), c| {
        (capitals + usize::from(c.is_uppercase()), small + usize::from(c.is_lowercase()))
    });
    capitals as f64 > MOST_CAPITALS * (capitals + small) as f64
}

/// Whether the first comma of a sentence, after a few words, stands right before its verb.
fn comma_before_verb(text: &str) -> bool {
    const WITHIN: usize = 4;
    const VERBS: &[&str] = &["was", "were", "is", "are", "has", "had"];
    let words: Vec<&str> = text.split_whitespace().take(WITHIN + 1).collect();
    let comma = words.iter().take(WITHIN).position(|word| word.ends_with(','));
    comma.and_then(|at| words.get(at + 1)).is_some_and(|word| VERBS.contains(word))
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

/// Whether an English sentence has no subject or no verb: `Briefed them on the pier.`, `Just an hour or two a week.`
pub(super) fn lacks_subject_or_verb(text: &str, language: Option<Language>) -> bool {
    #[rustfmt::skip]
    const FINITE: &[&str] = &[
        "is", "are", "was", "were", "am", "be", "been", "has", "have", "had", "do", "does", "did", "will", "would", "can", "could", "may", "might", "must", "should", "shall", "said", "told",
        "made", "took", "went", "came", "saw", "got", "gave", "found", "left", "held", "won", "lost", "met", "led", "began", "became", "kept", "set", "put", "cut", "hit", "let", "ran", "rose",
        "fell", "grew", "knew", "spoke", "wrote", "brought", "bought", "sold", "paid", "spent", "sent", "built", "felt", "heard", "stood", "sat", "broke", "chose", "drew", "drove", "fought",
        "flew", "shot", "shut", "struck", "thought", "threw", "won't", "wore", "read", "say", "remain", "want", "need", "make", "take", "go", "come", "hope", "plan", "believe", "think",
    ];
    const OBJECTS: &[&str] =
        &["them", "him", "her", "us", "me", "it", "the", "a", "an", "his", "their", "my", "our", "up", "out", "off"];
    /// How sentences without a verb open.
    const ASIDES: &[&str] = &[
        "Just", "Due", "In", "On", "At", "For", "With", "Without", "From", "After", "Before", "By", "About", "Not",
        "Only", "Even", "Like", "Because", "Over", "Under",
    ];
    const LONG: usize = 15;
    if language.as_ref().map(Language::code) != Some("en") {
        return false;
    }
    let mut words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let opens_with_verb = first.len() > 4 && first.ends_with("ed") && OBJECTS.contains(&second);
    let evidence = |word: &str| {
        FINITE.contains(&word) || word.ends_with("ed") || word.ends_with('s') || word.contains(['\'', '’'])
    };
    let all = || text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let opens_aside = ASIDES.contains(&first);
    (opens_with_verb && !text.contains(',')) || (opens_aside && all().count() < LONG && !all().any(evidence))
}

/// Whether a heading or a caption without a stop runs into a sentence: a word that opens sentences has a capital in the
/// middle of one, behind a word and in front of a small letter. `Hepatitis A` and `World War I` are names.
pub(super) fn is_glued(text: &str, language: Option<Language>, lexicon: &Lexicon) -> bool {
    const FEWEST_WORDS_BEFORE: usize = 2;
    let words: Vec<&str> = text.split_whitespace().collect();
    let shouted = words.iter().any(|word| CALLS.contains(word) || CALLS.contains(&possessor(word)) || is_doubled(word));
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
            && letters.all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
    };
    let opens = words.windows(3).enumerate().skip(FEWEST_WORDS_BEFORE - 1).any(|(index, window)| {
        let [before, word, next] = window else { return false };
        // `Ferry Hits Pier The Alda Brim lies`: a headline in capitals runs into a sentence that opens with a name.
        let headline = || *word == "The" && next.starts_with(char::is_uppercase) && is_title(&words[..=index]);
        headline() || before.ends_with(char::is_alphanumeric)
            && capital(word)
            && next.starts_with(char::is_lowercase)
            && lexicon.is_stop_word(&word.to_lowercase())
            && !NAMES_OF_STOP_WORDS.contains(word)
            // In a title every word has a capital: `Gone With the Wind`.
            && !(before.starts_with(char::is_uppercase) && lexicon.is_stop_word(&next.to_lowercase()) && next.len() <= 3)
    });
    // In Vietnamese each syllable of a name is a word, and many of them are stop words.
    let opens = opens && language.as_ref().is_none_or(|language| language.code() != "vi");
    shouted || opens || opens_with_label(&words)
}

/// Whether a label in capitals stands in front of a sentence: `LIVE BLOG Mayor Holm speaks`.
fn opens_with_label(words: &[&str]) -> bool {
    const SHORTEST: usize = 4;
    let [first, second, third, ..] = words else { return false };
    let shouts = |word: &str| word.chars().count() >= SHORTEST && word.chars().all(char::is_uppercase);
    let mut letters = third.chars();
    let title = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    shouts(first) && shouts(second) && title
}

/// Whether words are written as those of a title: at least four, all longer ones with a capital.
fn is_title(words: &[&str]) -> bool {
    const FEWEST_WORDS: usize = 4;
    const LONG: usize = 4;
    words.len() >= FEWEST_WORDS
        && words.last().is_some_and(|word| word.ends_with(char::is_alphanumeric))
        && words.iter().all(|word| word.chars().count() < LONG || word.starts_with(char::is_uppercase))
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

/// Whether a character ends a sentence that tells.
fn is_stop(c: char) -> bool {
    stop(c).is_some() && !asks(c)
}
