//! A sentence in, what speaks against quoting it alone out.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::names::possessor;
use super::openers::Openers;
use crate::language::{Language, is_unspaced};
use crate::marks::{asks, closes, closes_quotation, opens, opens_quotation, stop};
use crate::model::head;
use crate::read::is_page_line;
use crate::segment::Lexicon;

/// Why a sentence cannot stand alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Objection {
    /// It is cut off, or no sentence at all: too short, no capital at the start, no stop at the end, a line of capitals.
    Fragment,
    /// It opens or closes a quotation whose other half stands elsewhere.
    HalfQuotation,
    /// It is all quotation, and who said it stands elsewhere.
    NoSpeaker,
    /// It opens with a word for something that was said before.
    Pronoun,
    /// It opens with a word that connects to what was said before.
    Connective,
    /// It names somebody whom an earlier sentence of its article introduces.
    Name,
    /// It opens with a thing as known that an earlier sentence of its article brings up.
    Definite,
    /// It asks instead of telling.
    Question,
    /// It belongs to the page rather than to the article: a call to read more or to subscribe.
    Furniture,
    /// It is so short that it says little by itself. No hindrance for the sentence that opens an article.
    Slight,
}

impl Objection {
    /// Whether the sentence can be quoted all the same behind the one that it leans on.
    pub fn can_be_mended(self) -> bool {
        matches!(self, Self::Pronoun | Self::Connective | Self::Name | Self::Definite)
    }

    /// The reason for people: `opens with a word for something said before`.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Fragment => "cut off, or no sentence",
            Self::HalfQuotation => "half a quotation",
            Self::NoSpeaker => "who says it stands elsewhere",
            Self::Pronoun => "a word in it stands for something said before",
            Self::Connective => "connects to what was said before",
            Self::Name => "names somebody who is introduced elsewhere",
            Self::Definite => "opens with a thing that is told of elsewhere",
            Self::Question => "asks instead of telling",
            Self::Furniture => "belongs to the page",
            Self::Slight => "too short to say much",
        }
    }
}

/// A sentence has at least so many words.
const FEWEST_WORDS: usize = 4;

/// A sentence with fewer words than this seldom says much by itself: `The board would not say.` From 5 to 10 it changes
/// ROUGE-2 by at most 0.15 points; what it changes is what a reader stumbles over.
pub(super) const SLIGHT_WORDS: usize = 8;

/// Or, in scripts without spaces, so many letters.
const FEWEST_LETTERS: usize = 8;

/// Of the letters of a sentence that have a case, at most this share are capitals; more is a headline.
const MOST_CAPITALS: f64 = 0.5;

/// What speaks against quoting a sentence of `language` alone, if anything does; `lexicon` is that language's.
///
/// The tables know twelve languages; in the others only the shape of the sentence is judged.
pub fn objection(text: &str, language: Option<Language>, lexicon: &Lexicon) -> Option<Objection> {
    if text.trim_end_matches(is_closer).ends_with(asks) {
        return Some(Objection::Question);
    }
    if is_fragment(text) {
        return Some(Objection::Fragment);
    }
    let Some(outside) = outside_quotations(text) else {
        return Some(Objection::HalfQuotation);
    };
    if !outside.contains(|c: char| c.is_alphabetic()) {
        return Some(Objection::NoSpeaker);
    }
    let openers = Openers::of(language.as_ref().map_or("", Language::code));
    let whole = opening(text);
    // The attribution behind a quotation has an opener of its own: `“…,” he said`.
    let attribution = match &outside {
        Cow::Borrowed(_) => None,
        Cow::Owned(outside) => Some(opening(outside)),
    };
    if opens_with(&whole, openers.furniture) || is_page_line(text) {
        return Some(Objection::Furniture);
    }
    if is_glued(text, lexicon) || lacks_subject_or_verb(text, language) {
        return Some(Objection::Fragment);
    }
    // What cannot be mended by another sentence is told first.
    if tells_of_its_writer(&outside, openers) || is_unattributed(text, &outside, language) {
        return Some(Objection::NoSpeaker);
    }
    let connects = |opening: &String| opens_with(opening, openers.connectives);
    if connects(&whole) || attribution.as_ref().is_some_and(connects) {
        return Some(Objection::Connective);
    }
    let points_back = |opening: &String| opens_with_pronoun(opening, openers, &outside);
    if opens_with_pronoun(&whole, openers, text) || attribution.as_ref().is_some_and(points_back) {
        return Some(Objection::Pronoun);
    }
    if person_without_name(&outside, openers, lexicon) {
        return Some(Objection::Pronoun);
    }
    if is_inverted(&outside, language) || ends_in_a_pronouns_words(text, &outside, openers) {
        return Some(Objection::Pronoun);
    }
    if points_back_inside(&outside, openers) {
        return Some(Objection::Pronoun);
    }
    if openers.asides.iter().any(|aside| outside.contains(aside)) {
        return Some(Objection::Connective);
    }
    if is_timed_by_another(&outside, openers) {
        return Some(Objection::Connective);
    }
    let added = attribution.as_ref().is_some_and(|opening| leans_inside(opening, openers));
    if leans_inside(&whole, openers)
        || adds_to_the_subject(&outside, openers)
        || added
        || follows_subordinator(&whole, openers)
    {
        return Some(Objection::Connective);
    }
    let unspaced = text.chars().any(is_unspaced);
    (!unspaced && text.split_whitespace().count() < SLIGHT_WORDS).then_some(Objection::Slight)
}

fn is_fragment(text: &str) -> bool {
    let unspaced = text.chars().filter(|&c| is_unspaced(c)).count();
    if unspaced < FEWEST_LETTERS && text.split_whitespace().count() < FEWEST_WORDS {
        return true;
    }
    let Some(first) = text.chars().find(|c| !is_opener(*c)) else {
        return true;
    };
    if !first.is_alphanumeric() || first.is_lowercase() || opens_with_date(text) {
        return true;
    }
    let bare = text.trim_end_matches(is_closer);
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
    // Items of a list, or parts of a menu, that were glued into one.
    if text.contains(['•', '►', '▪', '|']) {
        return true;
    }
    let (capitals, small) = text.chars().fold((0_usize, 0_usize), |(capitals, small), c| {
        (capitals + usize::from(c.is_uppercase()), small + usize::from(c.is_lowercase()))
    });
    capitals as f64 > MOST_CAPITALS * (capitals + small) as f64
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

/// Whether an English sentence has no subject or no verb: `Briefed them on the pier.`, `Just an hour or two a week.`
fn lacks_subject_or_verb(text: &str, language: Option<Language>) -> bool {
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

/// Whether a sentence opens with a date stamp, as the first line of a page does.
fn opens_with_date(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && text[4..].starts_with(['-', '/', '.']) && text.as_bytes().get(5).is_some_and(u8::is_ascii_digit)
}

/// The text without what stands in quotation marks; `None` where a quotation opens or closes only.
fn outside_quotations(text: &str) -> Option<Cow<'_, str>> {
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』');
    if !text.contains(is_mark) {
        return Some(Cow::Borrowed(text));
    }
    let mut outside = String::with_capacity(text.len());
    let mut open: Option<char> = None;
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match open {
            Some(opener) if closes_quotation(opener, c) => open = None,
            Some('“') if c == '“' => return None,
            Some(_) => {}
            None if opens_quotation(c, before, characters.peek().copied()) => open = Some(c),
            None if is_mark(c) => return None,
            None => outside.push(c),
        }
        before = Some(c);
    }
    open.is_none().then_some(Cow::Owned(outside))
}

/// How many words of the opening are looked at.
const OPENING_WORDS: usize = 4;

/// The first words in lower case, without marks before and between them, each with the comma behind it.
fn opening(text: &str) -> String {
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = start.split_whitespace().take(OPENING_WORDS).collect();
    words.join(" ").to_lowercase().replace('’', "'")
}

/// Whether an opening begins with one of the entries as whole words.
fn opens_with(opening: &str, entries: &[&str]) -> bool {
    entries.iter().any(|entry| {
        opening.strip_prefix(entry).is_some_and(|rest| {
            entry.ends_with(|c: char| c == ',' || is_unspaced(c))
                || !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '-'))
        })
    })
}

fn opens_with_pronoun(opening: &str, openers: &Openers, text: &str) -> bool {
    let mut words = opening.split(' ');
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let time = openers.times.contains(&second.trim_matches(|c: char| !c.is_alphanumeric()));
    // Who says `“We …”` or `“I …”` is named beside the quotation.
    let speaker = openers.speakers.contains(&first) && text.starts_with(is_opener);
    if opens_with_pointer(opening, openers) {
        return true;
    }
    let resolved = speaker || (time && !openers.persons.contains(&first));
    !resolved && opens_with(opening, openers.pronouns)
}

/// Whether an opening is a preposition with a word that points back: `from this`, `for its part`, but not `in this week`.
fn opens_with_pointer(opening: &str, openers: &Openers) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    openers.prepositions.iter().any(|preposition| {
        let Some(behind) = opening.strip_prefix(preposition).and_then(|rest| rest.strip_prefix(' ')) else {
            return false;
        };
        let mut words = behind.split(' ');
        let (pointer, noun) = (bare(words.next().unwrap_or_default()), bare(words.next().unwrap_or_default()));
        let noun = noun.trim_end_matches("'s");
        openers.pointers.contains(&pointer.as_str()) && !openers.times.contains(&noun)
    })
}

/// Whether a sentence that opens with a quotation or a clause ends in what *he* or *she* said: `If it “is unsafe,” he
/// said.` Whoever is named in the clause is not who spoke.
fn ends_in_a_pronouns_words(text: &str, outside: &str, openers: &Openers) -> bool {
    const SAID: &[&str] =
        &["said", "says", "added", "wrote", "tweeted", "explained", "told", "asked", "noted", "continued"];
    let words: Vec<String> = outside
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let clause = words.first().is_some_and(|first| openers.subordinators.contains(&first.as_str()));
    outside.len() < text.len()
        && (clause || text.starts_with(is_opener))
        && words
            .windows(2)
            .rev()
            .take(3)
            .any(|pair| openers.persons.contains(&pair[0].as_str()) && SAID.contains(&pair[1].as_str()))
}

/// Whether a French attribution has a pronoun behind its verb: `a-t-elle dit`, `dit-il`.
fn is_inverted(outside: &str, language: Option<Language>) -> bool {
    const PRONOUNS: &[&str] = &["-il", "-elle", "-ils", "-elles", "-on"];
    language.as_ref().map(Language::code) == Some("fr")
        && outside.split_whitespace().any(|word| {
            let word = word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            PRONOUNS.iter().any(|pronoun| word.ends_with(pronoun))
        })
}

/// Whether a sentence points to something that it does not name itself: `answers for those questions`, `on that data`.
fn points_back_inside(outside: &str, openers: &Openers) -> bool {
    /// What may follow `those` where it points to nothing: `those who`, `those of`.
    const EXPLAINED: &[&str] = &[
        "who", "whose", "that", "which", "of", "in", "with", "from", "on", "for", "at", "by", "under", "over", "being",
        "already", "most", "affected", "involved",
    ];
    /// Verbs behind *that* where it is the subject.
    const IS: &[&str] = &[
        "is", "isn't", "was", "wasn't", "does", "doesn't", "did", "didn't", "would", "will", "won't", "can", "makes",
        "means", "has", "hasn't",
    ];
    if openers.pointers.is_empty() {
        return false;
    }
    // Most sentences have none of these words.
    if !["this", "This", "that", "These", "these", "those", "Those", "such"].iter().any(|word| outside.contains(word)) {
        return false;
    }
    let words: Vec<String> = outside
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .collect();
    let mut before: FxHashSet<&str> = FxHashSet::default();
    words.windows(3).any(|window| {
        let [previous, word, noun] = window else { return false };
        before.insert(previous.trim_end_matches('s'));
        let points = match word.as_str() {
            "these" | "those" | "this" => true,
            "such" => !matches!(noun.as_str(), "as" | "a" | "an" | "that"),
            // `…, but that's unrealistic` points; `a plan that's unrealistic` does not.
            "that's" => matches!(
                previous.as_str(),
                "and" | "but" | "so" | "because" | "says" | "said" | "think" | "thinks" | "if" | "believes" | "argues"
            ),
            "that" => {
                let clause = matches!(previous.as_str(), "and" | "but" | "so" | "because" | "or");
                openers.prepositions.contains(&previous.as_str()) || (clause && IS.contains(&noun.as_str()))
            }
            _ => false,
        };
        points
            && !noun.is_empty()
            && !EXPLAINED.contains(&noun.as_str())
            && !openers.times.contains(&noun.trim_end_matches("'s"))
            && !before.contains(noun.trim_end_matches('s'))
            && !is_time_word(noun)
    })
}

/// Words behind `this` that speak of the time of the article rather than of something told before.
fn is_time_word(word: &str) -> bool {
    matches!(
        word,
        "time"
            | "past"
            | "coming"
            | "last"
            | "season"
            | "decade"
            | "century"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "days"
            | "country"
            | "country's"
            | "nation"
            | "particular"
    ) || crate::read::is_month(word)
}

/// Whether a word near the subject points back: `Holm also said`.
fn leans_inside(opening: &str, openers: &Openers) -> bool {
    opening.split(' ').skip(1).any(|word| openers.inner.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// Whether a sentence opens with a time that is counted from something told before: `A little over a year later`. *Earlier
/// this week* is counted from the day of the article.
fn is_timed_by_another(outside: &str, openers: &Openers) -> bool {
    const WITHIN: usize = 7;
    if openers.inner.is_empty() {
        return false;
    }
    let words: Vec<&str> =
        outside.split_whitespace().take(WITHIN).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    words.windows(2).any(|pair| {
        let counted = matches!(
            pair[0],
            "year"
                | "years"
                | "month"
                | "months"
                | "week"
                | "weeks"
                | "day"
                | "days"
                | "hour"
                | "hours"
                | "minute"
                | "minutes"
                | "moments"
        );
        counted && matches!(pair[1], "later" | "earlier" | "afterward" | "afterwards" | "before")
    })
}

/// Whether a first clause says that something holds of its subject, too: `Bats and golf clubs also will be permitted`.
fn adds_to_the_subject(outside: &str, openers: &Openers) -> bool {
    const WITHIN: usize = 10;
    let ends = |word: &&str| word.ends_with([';', ':']) || matches!(*word, "but" | "who" | "which" | "that");
    let mut clause = outside.split_whitespace().take(WITHIN).take_while(|word| !ends(word));
    openers.inner.first().is_some_and(|also| clause.any(|word| word == *also))
}

/// Whether a sentence opens with a clause about something that was said before: `If it does not, …`.
fn follows_subordinator(opening: &str, openers: &Openers) -> bool {
    const CLAUSE_PRONOUNS: &[&str] =
        &["it", "they", "this", "that", "these", "those", "so", "not", "he", "she", "its", "their", "them"];
    let mut words = opening.split(' ');
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let third = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    openers.subordinators.contains(&first) && CLAUSE_PRONOUNS.contains(&second) && !openers.times.contains(&third)
}

/// Whether a heading or a caption without a stop runs into a sentence: a word that opens sentences has a capital in the
/// middle of one, behind a word and in front of a small letter. `Hepatitis A` and `World War I` are names.
fn is_glued(text: &str, lexicon: &Lexicon) -> bool {
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

/// Whether a sentence tells what somebody said without naming who: in German the mood of the verb shows it.
fn is_unattributed(text: &str, outside: &str, language: Option<Language>) -> bool {
    /// Verbs in the mood of indirect speech whose forms are no other's.
    const REPORTED: &[&str] = &[
        "sei", "seien", "habe", "könne", "müsse", "werde", "wolle", "solle", "dürfe", "wisse", "gebe", "gehe", "komme",
        "brauche", "lasse", "stehe",
    ];
    /// Words that say who said it.
    #[rustfmt::skip]
    const ATTRIBUTED: &[&str] = &[
        "sagte", "sagten", "sagt", "sagen", "erklärte", "erklärten", "teilte", "teilten", "laut", "zufolge", "hieß", "heißt", "berichtete", "berichteten", "betonte", "so", "nach", "meinte",
        "behauptete", "behaupten", "behauptet", "kritisierte", "forderte", "warnte", "räumte", "erwiderte", "dass", "ob", "damit", "erklärt", "betont", "warf", "wirft", "fügte", "kündigte", "schrieb", "gab", "gesagt",
        "mitgeteilt", "versicherte", "bestätigte", "bestätigten", "bezeichnete", "sprach", "hofft", "hoffte", "glaubt", "glaubte", "vermutet", "vermutete", "als", "wenn", "erzählte", "rief", "ergänzte",
    ];
    if language.as_ref().map(Language::code) != Some("de") || outside.len() < text.len() {
        return false;
    }
    let has = |list: &[&str]| {
        text.split(|c: char| !c.is_alphabetic()).any(|word| list.contains(&word.to_lowercase().as_str()))
    };
    has(REPORTED) && !has(ATTRIBUTED)
}

/// Whether the writer speaks of themselves or to the reader: in a digest nobody knows who that is. `World War I` is a
/// numeral, and the US a country.
fn tells_of_its_writer(outside: &str, openers: &Openers) -> bool {
    let mut capital_before = false;
    outside.split_whitespace().any(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let numeral = bare == "I" && capital_before;
        capital_before = bare.starts_with(char::is_uppercase);
        let country = bare == "US";
        !numeral && !country && openers.writer.contains(&bare.to_lowercase().replace('’', "'").as_str())
    })
}

/// Whether `he` or `she` stands in a sentence before anybody that it could be: a name, or a noun for a person.
fn person_without_name(outside: &str, openers: &Openers, lexicon: &Lexicon) -> bool {
    if openers.persons.is_empty() {
        return false;
    }
    for (index, word) in outside.split_whitespace().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase().replace('’', "'");
        if openers.persons.contains(&lower.as_str()) {
            return true;
        }
        let capital = bare.starts_with(char::is_uppercase);
        let name =
            capital && (index > 0 || !lexicon.is_stop_word(&lower)) && !openers.no_names.contains(&lower.as_str());
        let noun = lower.trim_end_matches("'s");
        let person = openers.person_nouns.contains(&noun)
            || (noun.len() > 4 && noun.ends_with("er") && !openers.no_person_nouns.contains(&noun));
        if name || person {
            return false;
        }
    }
    false
}

fn is_opener(c: char) -> bool {
    opens(c) || c.is_whitespace()
}

fn is_closer(c: char) -> bool {
    closes(c) || c.is_whitespace()
}

/// Whether a character ends a sentence that tells.
fn is_stop(c: char) -> bool {
    stop(c).is_some() && !asks(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(code: &str, text: &str) -> Option<Objection> {
        let language = code.parse().ok();
        objection(text, language, &Lexicon::new(language))
    }

    #[test]
    fn sentences_that_lean_on_another_are_kept_out() {
        use Objection::*;
        let cases = [
            (Pronoun, "He closed the harbour on Tuesday."),
            (Pronoun, "This marks the first closure since 2021."),
            (Pronoun, "In one such incident in 2021 the pier was hit."),
            (Pronoun, "“The pier is closed,” he said on Tuesday."),
            (Pronoun, "The last time he gave a figure, he said 46 were hurt."),
            (Pronoun, "In a statement on Tuesday, she called it a disaster."),
            (Pronoun, "From this they learned that the pier was old."),
            (Pronoun, "For its part, the company said nothing about the pier."),
            (NoSpeaker, "As a sailor, I did not believe in the old pier."),
            (NoSpeaker, "Let's say the pier was closed on Tuesday by the town."),
            (NoSpeaker, "Mayor Holm, you are not welcome at the old pier any more."),
            (Pronoun, "The mayor had no answers for those questions of the council."),
            (Connective, "The mayor also closed the harbour of the town."),
            (Connective, "If it does not rain, the harbour of the town will stay closed."),
            (Connective, "A little over a year later the pier of Port Ella was closed."),
            (Pronoun, "The pier is old, but that doesn't matter to the mayor."),
            (Fragment, "LIVE BLOG Mayor Holm speaks to the council of Port Ella."),
            (Fragment, "More information: The pier is closed until Friday."),
            (Fragment, "Briefed them on the state of the pier in Port Ella."),
            (Fragment, "Just an hour or two a week for the pier."),
            (Connective, "Boats and rafts of the town also will be allowed there."),
            (Fragment, "New pier for Port Ella The town council voted for it on Tuesday."),
            (Fragment, "The mayor faces a vote on the pier MORE and the harbour today."),
            (Furniture, "Subscribe to the Harbour Post for more on the old pier."),
            (Fragment, "Photo: Anna Holm of the Harbour Post took this on Tuesday."),
            (Connective, "But the harbour was closed on Tuesday."),
            (Connective, "In addition, the pier was closed on Tuesday."),
            (HalfQuotation, "“The pier is closed for the rest of the week."),
            (HalfQuotation, "The pier is closed,\" the mayor said on Tuesday."),
            (NoSpeaker, "“The pier is closed for the rest of the week.”"),
            (Question, "Who closed the pier on Tuesday morning?"),
            (Furniture, "Read more about the pier and the harbour here."),
            (Fragment, "Closed on Tuesday."),
            (Slight, "The board would not say."),
            (Fragment, "and the pier was closed on Tuesday."),
            (Fragment, "The mayor closed the pier on Tuesday, saying:"),
            (Fragment, "The mayor closed the pier on Tuesday and..."),
            (Fragment, "2031-03-04 Harbour Post The pier was closed on Tuesday."),
            (Fragment, "THE PIER IS CLOSED UNTIL FRIDAY."),
        ];
        for (expected, text) in cases {
            assert_eq!(says("en", text), Some(expected), "{text}");
        }
    }

    #[test]
    fn sentences_that_stand_alone_are_let_through() {
        let cases = [
            "The ferry hit the east pier on Tuesday.",
            "This week the harbour stays closed, the mayor said.",
            "In this week's council the mayor spoke of the pier.",
            "The pier was built after World War I by the town.",
            "“I close the harbour today,” Mayor Liv Holm said.",
            "“We close the harbour today,” Mayor Holm said.",
            "Holm said she had closed the harbour on Tuesday.",
            "The mayor said she had closed the whole harbour.",
            "Sund Line — which owns the ferry — said so on Tuesday.",
            "The mayor thanked those who had come to the pier this week.",
            "The US closed its embassy in Port Ella on Tuesday morning.",
            "The band played Gone With the Wind in Port Ella on Tuesday.",
            "Both-sided printing was invented in Port Ella in 1931.",
            "55,000 people live in Port Ella and Hesterby.",
        ];
        for text in cases {
            assert_eq!(says("en", text), None, "{text}");
        }
        assert_eq!(says("zh", "渡轮星期二早上撞上了港口的码头。"), None);
        assert_eq!(says("zh", "（渡轮星期二早上撞上了港口的码头。）"), None);
        assert_eq!(says("zh", "他还说，许多人星期二早上失踪了。"), Some(Objection::Pronoun));
        assert_eq!(says("sv", "”Vi stänger hamnen på tisdag”, sade borgmästare Holm i går."), None);
        assert_eq!(says("de", "»Wir schließen den Hafen am Dienstag«, sagte Bürgermeisterin Holm."), None);
        assert_eq!(says("de", "Die Bürgermeisterin schloss am Dienstag den Hafen der Stadt."), None);
        assert_eq!(
            says("fr", "« Le port est fermé depuis mardi », a-t-elle dit à la presse."),
            Some(Objection::Pronoun)
        );
        assert_eq!(says("de", "Danach wurde der Hafen am Dienstag geschlossen."), Some(Objection::Pronoun));
    }
}
