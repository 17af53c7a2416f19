//! A sentence in, whether words of it stand for something that was said before out.
//!
//! Tables of such words stand in `openers`, one a language.

use super::openers::Openers;
use super::tokens::{Marks, Tokens, Words, push_lower};
use super::vocabulary::{Entries, Known, Roles, Vocabulary};
use crate::language::is_unspaced;
use crate::marks::opens_or_parts;
use crate::segment::Lexicon;

/// How many words of the opening are looked at.
const OPENING_WORDS: usize = 4;

/// How a sentence opens.
pub(super) struct Opening<'a> {
    /// The first words in lower case, without marks before and between them, each with the comma behind it.
    text: &'a str,
    entries: [&'static Entries; 2],
}

impl<'a> Opening<'a> {
    /// The opening of a sentence, which `buffer` keeps.
    pub fn of(words: Words<'_>, vocabulary: &'static Vocabulary, buffer: &'a mut String) -> Self {
        buffer.clear();
        let first = words.tokens.iter().position(|token| token.bare_end > token.bare_start);
        let tokens = &words.tokens[first.unwrap_or(words.count())..];
        let tokens = &tokens[..tokens.len().min(OPENING_WORDS)];
        if let [first, .., last] = tokens {
            let text = &words.text[first.bare_start..last.end];
            let parted_by_spaces = tokens
                .windows(2)
                .all(|pair| pair[1].start == pair[0].end + 1 && words.text.as_bytes()[pair[0].end] == b' ');
            if parted_by_spaces {
                push_lower(text, buffer);
            } else {
                push_lower(&text.split_whitespace().collect::<Vec<_>>().join(" "), buffer);
            }
        } else if let [only] = tokens {
            push_lower(&words.text[only.bare_start..only.end], buffer);
        }
        Self { text: buffer, entries: vocabulary.entries(buffer) }
    }

    /// Whether the opening begins with one of the entries as whole words.
    fn begins_with(&self, list: impl Fn(&Entries) -> &[&'static str]) -> bool {
        self.entries.iter().flat_map(|entries| list(entries)).any(|entry| {
            self.text.strip_prefix(entry).is_some_and(|rest| {
                entry.ends_with(|c: char| matches!(c, ',' | '、') || is_unspaced(c))
                    || !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '-'))
            })
        })
    }

    pub fn calls(&self) -> bool {
        self.begins_with(|entries| &entries.furniture)
    }

    pub fn connects(&self) -> bool {
        self.begins_with(|entries| &entries.connectives)
    }

    pub fn is_fresh(&self) -> bool {
        self.begins_with(|entries| &entries.fresh)
    }
}

/// Whether an opening, of `text`, is a word for something that was said before.
pub(super) fn opens_with_pronoun(opening: &Opening<'_>, openers: &Openers, text: &str) -> bool {
    if opens_with_pointer(opening, openers) {
        return true;
    }
    if !opening.begins_with(|entries| &entries.pronouns) {
        return false;
    }
    let mut words = opening.text.split(' ');
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let time = openers.times.contains(&second.trim_matches(|c: char| !c.is_alphanumeric()));
    // Who says `“We …”` or `“I …”` is named beside the quotation.
    let speaker = openers.speakers.contains(&first) && text.starts_with(opens_or_parts);
    !(speaker || (time && !openers.persons.contains(&first)) || is_expletive(text, openers))
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
    if openers.subordinators.is_empty() {
        return false;
    }
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    let mut words = text.split_whitespace().map(word);
    let first = words.next().unwrap_or_default();
    if !matches!(first.as_str(), "it" | "it's") {
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
pub(super) fn opens_with_pointer(opening: &Opening<'_>, openers: &Openers) -> bool {
    opening.entries[0].prepositions.iter().any(|preposition| {
        let Some(behind) = opening.text.strip_prefix(preposition).and_then(|rest| rest.strip_prefix(' ')) else {
            return false;
        };
        let mut words = behind.split(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let (pointer, noun) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        openers.pointers.contains(&pointer) && !openers.times.contains(&noun.trim_end_matches("'s"))
    })
}

/// Verbs that say that somebody said something.
pub(super) const SAID: &[&str] =
    &["said", "says", "added", "wrote", "tweeted", "explained", "told", "asked", "noted", "continued"];

/// Whether a sentence that opens with a quotation or a clause ends in what *he* or *she* said: `If it “is unsafe,” he
/// said.` Whoever is named in the clause is not who spoke.
pub(super) fn ends_in_a_pronouns_words(text: &str, outside: &Known<'_>) -> bool {
    const LAST_PAIRS: usize = 3;
    if outside.words.text.len() == text.len() || !outside.all.any(Roles::PERSON) || !outside.all.any(Roles::SAID) {
        return false;
    }
    // The words of the tables have a straight apostrophe, if any.
    let is = |roles: Roles, role: Roles| roles.any(role) && !roles.any(Roles::CURLY);
    let words = || {
        let tokens = outside.words.tokens.iter().zip(outside.roles);
        tokens.filter(|(token, _)| token.bare_end > token.bare_start).map(|(_, roles)| *roles)
    };
    let clause = words().next().is_some_and(|first| is(first, Roles::SUBORDINATOR));
    let mut last = words().rev().take(LAST_PAIRS + 1);
    let mut behind = last.next().unwrap_or_default();
    (clause || text.starts_with(opens_or_parts))
        && last.any(|word| {
            let said = is(word, Roles::PERSON) && is(behind, Roles::SAID);
            behind = word;
            said
        })
}

/// Whether a French attribution has a pronoun behind its verb: `a-t-elle dit`, `dit-il`.
pub(super) fn is_inverted(outside: Words<'_>, code: &str) -> bool {
    const PRONOUNS: &[&str] = &["-il", "-elle", "-ils", "-elles", "-on"];
    code == "fr"
        && outside.tokens.iter().any(|token| {
            let word = &outside.text.as_bytes()[token.start..token.bare_end];
            PRONOUNS.iter().any(|pronoun| {
                let from = word.len().checked_sub(pronoun.len());
                from.is_some_and(|from| word[from..].eq_ignore_ascii_case(pronoun.as_bytes()))
            })
        })
}

/// Words that may point to what was said before, wherever they stand.
pub(super) const DEMONSTRATIVES: &[&str] = &["this", "these", "those", "such", "that", "that's"];

/// Whether a sentence points to something that it does not name itself: `answers for those questions`, `on that data`.
pub(super) fn points_back_inside(outside: &Known<'_>, openers: &Openers) -> bool {
    /// How the words are written; `That` in the middle of a sentence begins another, and is none of them.
    const WRITTEN: &[&str] = &["this", "This", "that", "These", "these", "those", "Those", "such"];
    let mut points = (1..outside.words.count().saturating_sub(1))
        .filter(|at| outside.roles[*at].any(Roles::DEMONSTRATIVE) && !outside.roles[*at].any(Roles::CURLY))
        .filter(|at| points_back(outside, *at, openers));
    outside.all.any(Roles::DEMONSTRATIVE)
        && points.next().is_some()
        && WRITTEN.iter().any(|word| outside.words.text.contains(word))
}

/// Whether one of [`DEMONSTRATIVES`], neither the first nor the last word, points back.
fn points_back(outside: &Known<'_>, at: usize, openers: &Openers) -> bool {
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
    // Most are `that` behind a verb or a noun.
    const CLAUSES: &[&str] = &["and", "but", "so", "because", "or"];
    let before = outside.words.bare(at - 1);
    let clause = || CLAUSES.iter().any(|word| before.eq_ignore_ascii_case(word));
    let behind_preposition = outside.roles[at - 1].any(Roles::PREPOSITION);
    if outside.words.bare(at).eq_ignore_ascii_case("that") && !behind_preposition && !clause() {
        return false;
    }
    let lower = |at: usize| outside.words.bare(at).to_lowercase();
    let (previous, word, noun) = (lower(at - 1), lower(at), lower(at + 1));
    let points = match word.as_str() {
        // `those killed`, `those competing`, `those responsible` are told by the word behind.
        "those" => !noun.ends_with("ed") && !noun.ends_with("ing") && !matches!(noun.as_str(), "responsible" | "born"),
        "these" | "this" => true,
        "such" => !matches!(noun.as_str(), "as" | "a" | "an" | "that"),
        // `…, but that's unrealistic` points; `a plan that's unrealistic` does not.
        "that's" => matches!(
            previous.as_str(),
            "and" | "but" | "so" | "because" | "says" | "said" | "think" | "thinks" | "if" | "believes" | "argues"
        ),
        "that" => behind_preposition || IS.contains(&noun.as_str()),
        _ => false,
    };
    let is_named_before = || {
        let stem = noun.trim_end_matches('s');
        (0..at).any(|before| lower(before).trim_end_matches('s') == stem)
    };
    points
        && !noun.is_empty()
        && !EXPLAINED.contains(&noun.as_str())
        && !openers.times.contains(&noun.trim_end_matches("'s"))
        && !is_time_word(&noun)
        && !is_named_before()
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
pub(super) fn leans_inside(opening: &Opening<'_>, openers: &Openers) -> bool {
    let bare = |word: &'_ str| openers.inner.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
    !openers.inner.is_empty() && opening.text.split(' ').skip(1).any(bare)
}

/// What is counted in a time.
pub(super) const COUNTED: &[&str] = &[
    "year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minute", "minutes", "moments",
];

/// Whether a sentence opens with a time that is counted from something told before: `A little over a year later`. *Earlier
/// this week* is counted from the day of the article.
pub(super) fn is_timed_by_another(outside: &Known<'_>) -> bool {
    const WITHIN: usize = 7;
    let words = outside.words;
    outside.all.any(Roles::COUNTED)
        && (1..words.count().min(WITHIN)).any(|at| {
            outside.roles[at - 1].any(Roles::COUNTED)
                && COUNTED.contains(&words.bare(at - 1))
                && matches!(words.bare(at), "later" | "earlier" | "afterward" | "afterwards" | "before")
        })
}

/// Whether a first clause says that something holds of its subject, too: `Bats and golf clubs also will be permitted`.
pub(super) fn adds_to_the_subject(outside: &Known<'_>, openers: &Openers) -> bool {
    const WITHIN: usize = 10;
    let ends = |word: &&str| word.ends_with([';', ':']) || matches!(*word, "but" | "who" | "which" | "that");
    let mut clause = outside.words.raws().take(WITHIN).take_while(|word| !ends(word));
    outside.all.any(Roles::ALSO) && openers.inner.first().is_some_and(|also| clause.any(|word| word == *also))
}

/// Whether a sentence opens with a clause about something that was said before: `If it does not, …`.
pub(super) fn follows_subordinator(opening: &Opening<'_>, openers: &Openers) -> bool {
    const CLAUSE_PRONOUNS: &[&str] =
        &["it", "they", "this", "that", "these", "those", "so", "not", "he", "she", "its", "their", "them"];
    let [entries, _] = opening.entries;
    if entries.subordinators.is_empty() {
        return false;
    }
    let mut words = opening.text.split(' ');
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let third = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    entries.subordinators.contains(&first) && CLAUSE_PRONOUNS.contains(&second) && !openers.times.contains(&third)
}

/// Whether an aside ties a sentence to the one before: `…, for example, …`.
pub(super) fn has_aside(outside: Words<'_>, openers: &Openers) -> bool {
    let Words { text, tokens, marks } = outside;
    let bytes = text.as_bytes();
    !openers.asides.is_empty()
        && marks.any(Marks::COMMA)
        && tokens.iter().filter(|token| bytes[token.end - 1] == b',').any(|comma| {
            let behind = &bytes[comma.end - 1..];
            let Some(letter) = behind.get(2) else { return false };
            // Most differ in the first letter behind the comma and the space.
            let asides = openers.asides.iter().map(|aside| aside.as_bytes()).filter(|aside| aside[2] == *letter);
            asides.into_iter().any(|aside| behind.starts_with(aside))
        })
}

/// Whom the first pronoun for a person in a sentence stands for: its group in [`Openers::same_person`]. `he` and `his` are one.
pub(super) fn person_meant(text: &str, openers: &Openers) -> Option<usize> {
    let longest = openers.same_person.iter().copied().flatten().map(|pronoun| pronoun.len()).max()?;
    let outside = super::guard::outside_quotations(text)?;
    let mut lower = String::new();
    Tokens::of(&outside).find_map(|token| {
        lower.clear();
        push_lower(token.bare(&outside), &mut lower);
        let bare = lower.split('\'').next().unwrap_or_default();
        let person = || openers.same_person.iter().position(|group| group.contains(&bare));
        if bare.len() <= longest { person() } else { None }
    })
}

fn is_possessive(pronoun: &str) -> bool {
    matches!(pronoun, "his" | "her" | "hers" | "him")
}

/// Whether somebody who is one *says they*: who they are was told before. `Officials say they …` are they.
pub(super) fn says_of_others(outside: &Known<'_>) -> bool {
    if !outside.all.any(Roles::SAYS) {
        return false;
    }
    let words = outside.words;
    let plural_before =
        |at: usize| words.bares().take(at).any(|word| word.len() > 3 && word.ends_with('s') && !word.ends_with("ss"));
    words.bares().enumerate().any(|(at, word)| {
        let next = words.bare(at + 1);
        let (next, behind) = if next == "that" { (words.bare(at + 2), at) } else { (next, at) };
        word == "says" && next == "they" && !plural_before(behind)
    })
}

/// Whether `he` or `she` stands in a sentence before anybody that it could be: a name, or a noun for a person. Where it
/// `opens` its article, somebody who is named behind the pronoun will do, but not behind one that is the subject itself.
pub(super) fn person_without_name(
    outside: &Known<'_>,
    vocabulary: &Vocabulary,
    lexicon: &Lexicon,
    opens: bool,
) -> bool {
    if !outside.all.any(Roles::PERSON) {
        return false;
    }
    let mut waiting = false;
    let mut lower = String::new();
    for (index, roles) in outside.roles.iter().enumerate() {
        let bare = outside.words.bare(index);
        lower.clear();
        push_lower(bare, &mut lower);
        if roles.any(Roles::PERSON) {
            let subject = roles.any(Roles::PRONOUN) && !is_possessive(&lower);
            if !opens || index == 0 || subject {
                return true;
            }
            waiting = true;
            continue;
        }
        let name =
            roles.any(Roles::CAPITAL) && !roles.any(Roles::NO_NAME) && (index > 0 || !lexicon.is_stop_word(&lower));
        let noun = lower.trim_end_matches("'s");
        let roles = if noun.len() < lower.len() { vocabulary.roles(noun) } else { *roles };
        let person = roles.any(Roles::PERSON_NOUN)
            || (noun.len() > 4 && noun.ends_with("er") && !roles.any(Roles::NO_PERSON_NOUN));
        if name || (person && !waiting) {
            return false;
        }
    }
    waiting
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connects(code: &str, text: &str) -> bool {
        let (mut tokens, mut buffer) = (Vec::new(), String::new());
        Opening::of(Words::read(text, &mut tokens), Vocabulary::of(code), &mut buffer).connects()
    }

    #[test]
    fn an_opening_begins_with_entries_as_whole_words() {
        for (code, text) in [
            ("en", "But the pier"),
            ("en", "“BUT—the pier"),
            ("en", "— As\u{a0}a  result, the pier"),
            ("en", "What’s more, the pier"),
            ("en", "No, the pier"),
            ("vi", "Trong đó, bến tàu"),
            ("zh", "但码头"),
            ("ja", "また、埠頭"),
            ("th", "นอกจากนี้ ท่าเรือ"),
        ] {
            assert!(connects(code, text), "{text}");
        }
        for (code, text) in
            [("en", "Butter"), ("en", "But-and"), ("en", "As a resulting"), ("en", "—"), ("en", "No pier")]
        {
            assert!(!connects(code, text), "{text}");
        }
    }
}
