//! A sentence in, whether words of it stand for something that was said before out.
//!
//! Tables of such words stand in `openers`, one a language.

use rustc_hash::FxHashSet;

use super::openers::Openers;
use crate::language::{Language, is_unspaced};
use crate::marks::opens_or_parts;
use crate::segment::Lexicon;

/// How many words of the opening are looked at.
const OPENING_WORDS: usize = 4;

/// The first words in lower case, without marks before and between them, each with the comma behind it.
pub(super) fn opening(text: &str) -> String {
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = start.split_whitespace().take(OPENING_WORDS).collect();
    words.join(" ").to_lowercase().replace('’', "'")
}

/// Whether an opening begins with one of the entries as whole words.
pub(super) fn opens_with(opening: &str, entries: &[&str]) -> bool {
    entries.iter().any(|entry| {
        opening.strip_prefix(entry).is_some_and(|rest| {
            entry.ends_with(|c: char| c == ',' || is_unspaced(c))
                || !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '-'))
        })
    })
}

pub(super) fn opens_with_pronoun(opening: &str, openers: &Openers, text: &str) -> bool {
    let mut words = opening.split(' ');
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let time = openers.times.contains(&second.trim_matches(|c: char| !c.is_alphanumeric()));
    // Who says `“We …”` or `“I …”` is named beside the quotation.
    let speaker = openers.speakers.contains(&first) && text.starts_with(opens_or_parts);
    if opens_with_pointer(opening, openers) {
        return true;
    }
    let resolved = speaker || (time && !openers.persons.contains(&first)) || is_expletive(text, openers);
    !resolved && opens_with(opening, openers.pronouns)
}

/// Whether a sentence opens with an *it* that stands for nothing before it, but for what the sentence itself goes on to
/// say: `It is unclear whether …`, `It was about 7:30 a.m. when …`.
fn is_expletive(text: &str, openers: &Openers) -> bool {
    /// Words between the verb and what is said of it.
    const BETWEEN: &[&str] = &[
        "be", "been", "not", "also", "now", "still", "almost", "very", "just", "only", "too", "about", "around",
        "nearly", "so", "far", "long", "widely",
    ];
    /// What is said of something that comes behind.
    #[rustfmt::skip]
    const JUDGED: &[&str] = &[
        "clear", "unclear", "likely", "unlikely", "possible", "impossible", "important", "difficult", "hard", "easy", "necessary", "common", "rare", "true", "obvious", "undeniable", "inconceivable",
        "unthinkable", "estimated", "believed", "expected", "thought", "reported", "alleged", "known", "unknown", "illegal", "legal", "early", "late", "unusual", "understood", "time", "feared", "hoped",
    ];
    const SEEMS: &[&str] =
        &["appears", "appeared", "seems", "seemed", "emerged", "remains", "takes", "took", "turns", "turned"];
    /// What brings it.
    const BEHIND: &[&str] = &["that", "to", "whether", "when", "if", "how", "why", "what", "who", "where", "for"];
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    let mut words = text.split_whitespace().map(word);
    let first = words.next().unwrap_or_default();
    if openers.subordinators.is_empty() || !matches!(first.as_str(), "it" | "it's") {
        return false;
    }
    let verb = if first == "it" { words.next().unwrap_or_default() } else { "is".to_owned() };
    let is = matches!(
        verb.as_str(),
        "is" | "was" | "isn't" | "wasn't" | "will" | "would" | "may" | "could" | "might" | "has"
    );
    let mut rest = words.skip_while(|word| BETWEEN.contains(&word.as_str()));
    let judged = rest
        .next()
        .is_some_and(|word| JUDGED.contains(&word.as_str()) || word.starts_with(|c: char| c.is_ascii_digit()));
    ((is && judged) || SEEMS.contains(&verb.as_str())) && rest.any(|word| BEHIND.contains(&word.as_str()))
}

/// Whether an opening is a preposition with a word that points back: `from this`, `for its part`, but not `in this week`.
pub(super) fn opens_with_pointer(opening: &str, openers: &Openers) -> bool {
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
pub(super) fn ends_in_a_pronouns_words(text: &str, outside: &str, openers: &Openers) -> bool {
    const SAID: &[&str] =
        &["said", "says", "added", "wrote", "tweeted", "explained", "told", "asked", "noted", "continued"];
    let words: Vec<String> = outside
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let clause = words.first().is_some_and(|first| openers.subordinators.contains(&first.as_str()));
    outside.len() < text.len()
        && (clause || text.starts_with(opens_or_parts))
        && words
            .windows(2)
            .rev()
            .take(3)
            .any(|pair| openers.persons.contains(&pair[0].as_str()) && SAID.contains(&pair[1].as_str()))
}

/// Whether a French attribution has a pronoun behind its verb: `a-t-elle dit`, `dit-il`.
pub(super) fn is_inverted(outside: &str, language: Option<Language>) -> bool {
    const PRONOUNS: &[&str] = &["-il", "-elle", "-ils", "-elles", "-on"];
    language.as_ref().map(Language::code) == Some("fr")
        && outside.split_whitespace().any(|word| {
            let word = word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            PRONOUNS.iter().any(|pronoun| word.ends_with(pronoun))
        })
}

/// Whether a sentence points to something that it does not name itself: `answers for those questions`, `on that data`.
pub(super) fn points_back_inside(outside: &str, openers: &Openers) -> bool {
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
            // `those killed`, `those competing`, `those responsible` are told by the word behind.
            "those" => {
                !noun.ends_with("ed") && !noun.ends_with("ing") && !matches!(noun.as_str(), "responsible" | "born")
            }
            "these" | "this" => true,
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
pub(super) fn leans_inside(opening: &str, openers: &Openers) -> bool {
    opening.split(' ').skip(1).any(|word| openers.inner.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// Whether a sentence opens with a time that is counted from something told before: `A little over a year later`. *Earlier
/// this week* is counted from the day of the article.
pub(super) fn is_timed_by_another(outside: &str, openers: &Openers) -> bool {
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
pub(super) fn adds_to_the_subject(outside: &str, openers: &Openers) -> bool {
    const WITHIN: usize = 10;
    let ends = |word: &&str| word.ends_with([';', ':']) || matches!(*word, "but" | "who" | "which" | "that");
    let mut clause = outside.split_whitespace().take(WITHIN).take_while(|word| !ends(word));
    openers.inner.first().is_some_and(|also| clause.any(|word| word == *also))
}

/// Whether a sentence opens with a clause about something that was said before: `If it does not, …`.
pub(super) fn follows_subordinator(opening: &str, openers: &Openers) -> bool {
    const CLAUSE_PRONOUNS: &[&str] =
        &["it", "they", "this", "that", "these", "those", "so", "not", "he", "she", "its", "their", "them"];
    let mut words = opening.split(' ');
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let third = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    openers.subordinators.contains(&first) && CLAUSE_PRONOUNS.contains(&second) && !openers.times.contains(&third)
}

/// Whom the first pronoun for a person in a sentence stands for: its group in [`Openers::same_person`]. `he` and `his` are one.
pub(super) fn person_meant(text: &str, openers: &Openers) -> Option<usize> {
    let outside = super::guard::outside_quotations(text)?;
    outside.split_whitespace().find_map(|word| {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
        let bare = lower.split('\'').next().unwrap_or_default();
        openers.same_person.iter().position(|group| group.contains(&bare))
    })
}

fn is_possessive(pronoun: &str) -> bool {
    matches!(pronoun, "his" | "her" | "hers" | "him")
}

/// Whether somebody who is one *says they*: who they are was told before. `Officials say they …` are they.
pub(super) fn says_of_others(outside: &str, openers: &Openers) -> bool {
    if openers.persons.is_empty() {
        return false;
    }
    let words: Vec<&str> =
        outside.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let plural_before =
        |at: usize| words[..at].iter().any(|word| word.len() > 3 && word.ends_with('s') && !word.ends_with("ss"));
    words.iter().enumerate().any(|(at, word)| {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let (next, behind) =
            if next == "that" { (words.get(at + 2).copied().unwrap_or_default(), at) } else { (next, at) };
        *word == "says" && next == "they" && !plural_before(behind)
    })
}

/// Whether `he` or `she` stands in a sentence before anybody that it could be: a name, or a noun for a person. Where it
/// `opens` its article, somebody who is named behind the pronoun will do, but not behind one that is the subject itself.
pub(super) fn person_without_name(outside: &str, openers: &Openers, lexicon: &Lexicon, opens: bool) -> bool {
    if openers.persons.is_empty() {
        return false;
    }
    let mut waiting = false;
    for (index, word) in outside.split_whitespace().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase().replace('’', "'");
        if openers.persons.contains(&lower.as_str()) {
            let subject = openers.pronouns.contains(&lower.as_str()) && !is_possessive(&lower);
            if !opens || index == 0 || subject {
                return true;
            }
            waiting = true;
            continue;
        }
        let capital = bare.starts_with(char::is_uppercase);
        let name =
            capital && (index > 0 || !lexicon.is_stop_word(&lower)) && !openers.no_names.contains(&lower.as_str());
        let noun = lower.trim_end_matches("'s");
        let person = openers.person_nouns.contains(&noun)
            || (noun.len() > 4 && noun.ends_with("er") && !openers.no_person_nouns.contains(&noun));
        if name || (person && !waiting) {
            return false;
        }
    }
    waiting
}
